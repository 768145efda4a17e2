import BitimDomain
import Testing

/// The same random changes, once as values for the act and once as rows: what the one suspends the other
/// suspends, and the same classes count nothing then.
@Suite("Domain and triggers agree on what entitles (R-202, R-204)")
struct EntitlementRulesAgreeTests {
  /// What there is of one organisation.
  private struct Model {
    var entitlements: [Entitlement] = []
    var suspensions: [Entitlement] = []
    /// Everything that was ever granted.
    var ever: [Entitlement] = []
    var nextSuspension: Int64 = 1

    var facts: ChangeEntitlement.Facts {
      .init(
        entitlements: self.entitlements, suspensions: self.suspensions,
        wasEntitled: !self.ever.isEmpty, nextEntitlement: Int64(self.ever.count + 1),
        nextSuspension: self.nextSuspension)
    }

    func isLost(_ day: CivilDate) -> Bool {
      func covers(_ days: [Entitlement]) -> Bool { days.contains { $0.days.contains(day) } }
      return covers(self.suspensions) || covers(self.ever) && !covers(self.entitlements)
    }
  }

  private static let first = CivilDate.of("2026-03-01").dayNumber

  @Test("over random changes, every reason among them; hours follow what counts")
  func agree() throws {
    let rows = try RuleRows(of: ["entitlement", "entitlement_suspension", "class_uncounted"])
    defer { rows.close() }
    rows.put(
      """
      INSERT INTO organisation VALUES (2, 'ALA-01', 'centre', 'a', 'b', 'c', 'd', 'KAZ', 1);
      INSERT INTO person VALUES (5, '', 1);
      INSERT INTO cohort VALUES (4, 'C', 3, 2, 'kk', 'remote', '2026-03-01', '2026-03-31', 'x', 1);
      """)
    // Day n has class n + 1, and 2 to the n of theory: a sum says which of them count.
    let days = (0..<6).map { CivilDate(dayNumber: Self.first + $0) }
    for (index, day) in days.enumerated() {
      rows.put(
        """
        INSERT INTO class VALUES (\(index + 1), 4, '\(day.iso)', 540, 720, 5, 1, NULL);
        INSERT INTO attendance VALUES (40, \(index + 1), \(1 << index), 1, 1, NULL);
        """)
    }
    rows.put("INSERT INTO enrolment_hours VALUES (40, 63, 6, '2026-03-06')")
    var chance = Chance(seed: 204)
    var drawn: Set<Reason> = []
    var accepted: [EntitlementChange: Int] = [:]
    for number in 0..<200 {
      rows.begin()
      defer { rows.undo() }
      var model = Model()
      for sequence in 2...13 {
        // First what is granted from the day before the first on.
        let isFirst = sequence == 2
        let from = CivilDate(
          dayNumber: Self.first + (isFirst ? -1 : chance.of([-1, 0, 1, 2, 3, 4, 5])))
        let until: CivilDate? =
          isFirst || chance.often(1)
          ? nil : CivilDate(dayNumber: from.dayNumber + chance.of([0, 1, 3]))
        let change = chance.of(
          EntitlementChange.allCases + [.suspend, .suspend, .resume, .withdrawSuspension])
        let act = ChangeEntitlement(
          isFirst ? .grant : change, of: 2, to: .train, day: from, until: until, basis: "x")
        do throws(Refusal) {
          let decision = try act.decided(model.facts, on: days[0])
          accepted[act.change, default: 0] += 1
          self.apply(decision.deed, act, sequence, to: &model, rows)
          let lost = days.map { model.isLost($0) }
          #expect(
            rows.texts("SELECT class_id FROM class_uncounted ORDER BY 1")
              == lost.indices.filter { lost[$0] }.map { "\($0 + 1)" }, "case \(number): \(act)")
          let theory = lost.indices.reduce(0) { lost[$1] ? $0 : $0 + 1 << $1 }
          #expect(
            rows.texts("SELECT theory_quarters || ' ' || practice_quarters FROM enrolment_hours")
              == ["\(theory) \(lost.count { !$0 })"], "case \(number): \(act)")
        } catch {
          drawn.insert(error.reason)
          // Grants that overlap are refused by the act alone: old lists have some. What ends or is resumed
          // is a row that is not there. One that begins with another is taken for what remains of that.
          if act.change == .suspend, !model.suspensions.contains(where: { $0.days.from == act.day })
          {
            rows.run("SAVEPOINT told")
            #expect(
              !rows.run(self.suspension(act, 90)), "case \(number): \(error) \(act)")
            rows.run("ROLLBACK TO told")
          }
        }
      }
    }
    #expect(accepted.count == 6 && accepted.values.allSatisfy { $0 > 15 }, "\(accepted)")
    #expect(
      drawn == [
        .entitlementThere, .noEntitlement, .entitlementSuspended, .entitlementInForce,
        .datesReversed,
      ])
  }

  private func suspension(_ act: ChangeEntitlement, _ id: Int64) -> String {
    """
    INSERT INTO entitlement_suspension VALUES (\(id), 2, 'train', '\(act.day.iso)',
      \(Self.text(act.until)), 'x', 1, NULL, NULL)
    """
  }

  private static func text(_ day: CivilDate?) -> String { day.map { "'\($0.iso)'" } ?? "NULL" }

  /// As the fold does it.
  private func apply(
    _ deed: Deed, _ act: ChangeEntitlement, _ sequence: Int, to model: inout Model, _ rows: RuleRows
  ) {
    switch deed {
    case .entitlementGranted(let deed):
      model.entitlements.append(deed.entitlement)
      model.ever.append(deed.entitlement)
      rows.put(
        """
        INSERT INTO entitlement VALUES (\(deed.entitlement.id), 2, 'train', '\(act.day.iso)',
          \(Self.text(act.until)), 'x', \(sequence), NULL, NULL)
        """)
    case .entitlementSuspended(let deed):
      model.suspensions.append(deed.suspension)
      model.nextSuspension += 1
      rows.put(self.suspension(act, deed.suspension.id))
    case .entitlementEnded(let deed):
      let remains = self.end(
        deed.ends, "entitlement", deed.lastDay, sequence, &model.entitlements, rows)
      model.ever += remains
    case .entitlementResumed(let deed):
      let remains = self.end(
        deed.ends, "entitlement_suspension", deed.lastDay, sequence, &model.suspensions, rows)
      model.nextSuspension += Int64(remains.count)
    default: Issue.record("\(deed)")
    }
  }

  private func end(
    _ ends: [EntitlementEnd], _ table: String, _ lastDay: CivilDate?, _ sequence: Int,
    _ standing: inout [Entitlement], _ rows: RuleRows
  ) -> [Entitlement] {
    var remains: [Entitlement] = []
    for end in ends {
      if let id = end.remains, let old = standing.first(where: { $0.id == end.id }) {
        remains.append(
          Entitlement(
            id: id, activity: .train, days: Period(from: old.days.from, until: lastDay),
            basis: "x"))
        rows.put(
          """
          INSERT INTO \(table) SELECT \(id), organisation_id, activity, valid_from,
            \(Self.text(lastDay)), basis, \(sequence), NULL, NULL FROM \(table) WHERE id = \(end.id)
          """)
      }
      standing.removeAll { $0.id == end.id }
      rows.put(
        """
        UPDATE \(table) SET ended_seq = \(sequence),
          ended_how = '\(lastDay == nil ? "in_error" : "ended")' WHERE id = \(end.id)
        """)
    }
    standing += remains
    return remains
  }
}
