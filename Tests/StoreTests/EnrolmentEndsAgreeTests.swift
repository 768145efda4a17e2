import BitimDomain
import Testing

/// The same random enrolment, once as values for the acts that end one and once as rows for the trigger:
/// what the one takes the other takes, and what the one refuses the other refuses.
@Suite("Domain and triggers agree on the end of an enrolment")
struct EnrolmentEndsAgreeTests {
  /// Refused by the domain alone: who withdraws stands in the act, not in its rows, and the file knows no
  /// today; what is not enrolled has no row.
  static let toldOnce: Set<Reason> = [.actsOnHimself]

  private static let enrolment = EnrolmentRecord(
    id: 40, cohortID: 4, personID: 8, enrolledOn: .of("2026-02-02"))

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["place"])
    defer { rows.close() }
    rows.put("INSERT INTO person VALUES (5, '', 1), (8, '', 1)")
    rows.putUnasked(Enrolled.sql(40, person: 8, cohort: 4))
    var chance = Chance(seed: 420)
    var drawn: Set<Reason> = []
    var accepted: [String: Int] = [:]
    for number in 0..<600 {
      rows.begin()
      defer { rows.undo() }
      let lastClass = chance.often(1) ? nil : CivilDate.of("2026-02-20")
      let results = chance.often(1) ? [] : [Self.result(&chance)]
      self.put(lastClass, results, rows)
      let by: Int64 = chance.often(15) ? 5 : 8
      let day = CivilDate.of(
        chance.of([
          "2026-02-01", "2026-02-02", "2026-02-19", "2026-02-20", "2026-02-28", "2026-03-01",
        ]))
      let isWithdrawal = chance.often(1)
      let change = """
        UPDATE place SET ended_seq = 9, ended_how = '\(isWithdrawal ? "withdrawn" : "in_error")',
          ended_on = \(isWithdrawal ? "'\(day.iso)'" : "NULL") WHERE enrolment_id = 40
        """
      do throws(Refusal) {
        _ = try self.decide(isWithdrawal, day, lastClass, results, by)
        accepted[isWithdrawal ? "withdrawn" : "undone", default: 0] += 1
        #expect(rows.change(change), "case \(number): \(results) \(day)")
      } catch {
        drawn.insert(error.reason)
        if !Self.toldOnce.contains(error.reason) {
          #expect(!rows.change(change), "case \(number): \(error) \(results) \(day)")
        }
      }
    }
    #expect(accepted.count == 2 && accepted.values.allSatisfy { $0 > 40 }, "\(accepted)")
    #expect(
      drawn == [
        .actsOnHimself, .alreadyPassed, .resultPending, .outOfRange, .resultThere, .hoursThere,
      ])
  }

  private func decide(
    _ isWithdrawal: Bool, _ day: CivilDate, _ lastClass: CivilDate?, _ results: [ResultRecord],
    _ caller: Int64
  ) throws(Refusal) -> Deed {
    if isWithdrawal {
      return try WithdrawTrainee(lastDay: day, for: .illness, why: "").decided(
        .init(
          place: .enrolled(Self.enrolment), cohort: "C", lastClass: lastClass, results: results),
        by: caller, on: .of("2026-03-31"))
    }
    return try UndoEnrolment(why: "қате").decided(
      .init(
        place: .enrolled(Self.enrolment), cohort: "C", hasHours: lastClass != nil,
        hasResults: !results.isEmpty), by: caller)
  }

  private static func result(_ chance: inout Chance) -> ResultRecord {
    let isConfirmed = chance.often(2)
    return ResultRecord(
      id: 1, sessionID: 1, enrolmentID: 40, attempt: 1, outcome: chance.of([.passed, .failed]),
      scores: [:], recordedBy: 5, confirmedBy: isConfirmed ? 6 : 0,
      isAnnulled: isConfirmed && !chance.often(1), heldOn: .of("2026-03-01"), protocolNumber: "1")
  }

  private func put(_ lastClass: CivilDate?, _ results: [ResultRecord], _ rows: RuleRows) {
    if let lastClass {
      rows.put(
        """
        INSERT INTO class VALUES (1, 4, '\(lastClass.iso)', 540, 720, 5, 1, NULL);
        INSERT INTO attendance VALUES (40, 1, 4, 0, 1, NULL);
        INSERT INTO enrolment_hours (enrolment_id, theory_quarters, practice_quarters, last_on)
          VALUES (40, 4, 0, '\(lastClass.iso)');
        """)
    }
    for result in results {
      rows.put(
        """
        INSERT INTO session (id, code, cohort_id, planned_on, held_on, protocol_number, seq)
          VALUES (1, 'S', 4, '\(result.heldOn.iso)', '\(result.heldOn.iso)', '1', 1);
        INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
          recorded_at_ms, seq, confirmed_by, confirmed_seq, annulled_by, annulled_seq)
        VALUES (1, 1, 40, 1, '\(result.outcome.rawValue)', 5, 0, 1,
          \(result.isConfirmed ? "6, 2" : "NULL, NULL"), \(result.isAnnulled ? "5, 3" : "NULL, NULL"))
        """)
    }
  }
}
