import BitimDomain
import Testing

/// The same random acts, once as values for the domain and once as rows: what the one adopts and ends the other does,
/// and the same agreements stand then.
@Suite("Domain and triggers agree on agreements (R-206)")
struct AgreementRulesAgreeTests {
  private static func row(_ agreement: Agreement, _ act: Int64) -> String {
    """
    INSERT INTO agreement VALUES (\(act), \(agreement.organisation), '\(agreement.number)',
      '\(agreement.signedOn.iso)', '\(agreement.from.iso)', '\(agreement.until.iso)', '\(agreement.country)',
      'x', '\(agreement.transferGround)', '\(agreement.scope.map(\.rawValue).joined(separator: " "))',
      \(agreement.callsPerDay), NULL);
    """
  }

  private static func ended(
    _ there: StandingAgreement, on lastDay: CivilDate, _ act: Int64
  ) -> String {
    var remains = there.agreement
    remains.until = lastDay
    return "UPDATE agreement SET ended_seq = \(act) WHERE seq = \(there.sequence);"
      + Self.row(remains, act)
  }

  /// What is the domain's alone: a country, and what lets something be told there.
  private static let toldOnce: Set<Reason> = [.notInList, .missing]

  @Test("over random acts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["agreement"])
    defer { rows.close() }
    rows.put(
      """
      INSERT INTO organisation VALUES (2, 'UGR', 'university', 'a', 'b', 'c', 'd', 'ESP', 1);
      INSERT INTO organisation VALUES (3, 'SOF', 'university', 'a', 'b', 'c', 'd', 'BGR', 1);
      """)
    var chance = Chance(seed: 206)
    var drawn: Set<Reason> = []
    var accepted = 0
    let first = CivilDate.of("2026-06-01").dayNumber
    for number in 0..<250 {
      rows.begin()
      defer { rows.undo() }
      var all: [StandingAgreement] = []
      for act in Int64(2)...12 {
        let organisation = chance.of([Int64(2), 3])
        let standing = all.filter { $0.agreement.organisation == organisation }
        let day = CivilDate(dayNumber: first + chance.of([0, 1, 2, 5, 9, 14]))
        let sql: String
        let decided: Result<StandingAgreement, Refusal>
        if chance.often(3) {
          let agreement = Agreement(
            organisation: organisation, number: "\(act)", signedOn: day, from: day,
            until: CivilDate(dayNumber: day.dayNumber + chance.of([-1, 0, 1, 3, 8])),
            country: chance.of(["KAZ", "ESP", "ESP", "ES"]), purpose: "x",
            transferGround: chance.of(["", "x", "x"]),
            scope: chance.of([[.watch], [.verifyNumber, .reasons]]),
            callsPerDay: chance.of([0, 1, 500]))
          sql = Self.row(agreement, act)
          decided = Result { () throws(Refusal) in
            let decision = try AdoptAgreement(agreement).decided(standing)
            // What takes two is approved.
            if decision.takesTwo {
              rows.put(
                """
                INSERT INTO proposal VALUES (\(act + 100), 'adopt_agreement', NULL, 1, '2026-06-01',
                  '2026-06-15', \(act), 2, '2026-06-01', 'approved')
                """)
            }
            return StandingAgreement(agreement, sequence: act)
          }
        } else {
          guard let there = standing.first(where: { $0.agreement.days.contains(day) }) else {
            continue
          }
          sql = Self.ended(there, on: day, act)
          decided = Result { () throws(Refusal) in
            _ = try EndAgreement(with: organisation, lastDay: day).decided(standing)
            var remains = there.agreement
            remains.until = day
            return StandingAgreement(remains, sequence: act)
          }
          // That an end changes something is the domain's alone.
          if case .failure(let refusal) = decided {
            drawn.insert(refusal.reason)
            continue
          }
          all.removeAll { $0 == there }
        }
        switch decided {
        case .success(let new):
          accepted += 1
          rows.put(sql)
          all.append(new)
        case .failure(let refusal):
          drawn.insert(refusal.reason)
          if Self.toldOnce.contains(refusal.reason) { continue }
          rows.put("SAVEPOINT one")
          #expect(!rows.run(sql), "case \(number), act \(act): \(refusal)")
          rows.put("ROLLBACK TO one; RELEASE one")
        }
        #expect(
          rows.texts(
            "SELECT seq || ' ' || valid_until FROM agreement WHERE ended_seq IS NULL ORDER BY seq")
            == all.map { "\($0.sequence) \($0.agreement.until.iso)" }, "case \(number)")
      }
    }
    #expect(
      drawn == [
        .missing, .notInList, .datesReversed, .outOfRange, .agreementThere, .agreementMissing,
      ])
    #expect(accepted > 500)
  }
}
