import BitimDomain
import Testing

/// The same random cases, once as values for the acts and once as rows: what the one takes the other takes.
@Suite("Domain and triggers agree on cases")
struct CaseRulesAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<Reason> = [
    // Roles stand in tokens; reasons in the act; the last day of a step in other steps; a day that has passed
    // in no row at all.
    .notAllowed, .groundUnanswered, .datesReversed, .caseOutOfOrder,
  ]

  /// 3 taught 8, 4 chaired and confirmed, 5 recorded, 6 sat beside them, 7 revoked, 9 proposed it; 2 and 10 have
  /// no hand.
  private static let hands: [String: Set<Int64>] = ["result": [3, 4, 5, 6], "mark": [7, 9]]

  private static func rows() throws -> RuleRows {
    let rows = try RuleRows(of: ["case_file", "case_contested", "case_step"])
    for person in 2...10 { rows.put("INSERT INTO person VALUES (\(person), '', 1)") }
    rows.put(
      """
      INSERT INTO enrolment VALUES (1, 8, 1);
      INSERT INTO taught VALUES (8, 3, '2026-02-10');
      INSERT INTO session VALUES (1, 'S', 1, '2026-03-20', '2026-03-20', 'x', 1, NULL, NULL);
      INSERT INTO commission_seat VALUES (1, 4, 'chair', 1, NULL, NULL);
      INSERT INTO commission_seat VALUES (1, 6, 'member', 1, NULL, NULL);
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by, recorded_at_ms,
        seq, confirmed_by, confirmed_seq) VALUES (31, 1, 1, 1, 'failed', 5, 0, 48, 4, 50);
      INSERT INTO certificate VALUES (2026000001, zeroblob(10), 8, 'programme', 1, 1, '2026-04-01',
        '2026-04-01', NULL, 7, 51);
      INSERT INTO proposal VALUES (52, 'withdraw_mark', 8, 9, '2026-04-01', '2026-04-15', NULL, NULL,
        NULL, NULL);
      UPDATE proposal SET ended_seq = 53, ended_by = 7, ended_on = '2026-04-02', ended_how = 'approved';
      INSERT INTO certificate_mark VALUES (2026000001, 53, 'revoked', '2026-04-02', NULL, 'error', '', 7,
        NULL, NULL, NULL, NULL);
      """)
    return rows
  }

  @Test("over random facts, every reason among them (R-021, R-027, R-040, R-043, R-044)")
  func agree() throws {
    let rows = try Self.rows()
    defer { rows.close() }
    var chance = Chance(seed: 27)
    var drawn: Set<Reason> = []
    var accepted: [String: Int] = [:]
    for number in 0..<600 {
      rows.begin()
      defer { rows.undo() }
      guard var file = Self.received(rows, &chance, &drawn) else { continue }
      for sequence in Int64(101)...108 {
        let told = ToldMove(&chance, hasEnded: file.end != nil)
        let hands = Self.hands[file.contested.first?.subject.word ?? ""] ?? []
        do throws(Refusal) {
          let deed = try told.decided(file, hands: hands)
          accepted[told.name, default: 0] += 1
          #expect(rows.change(told.sql(sequence)), "case \(number): \(told) \(file)")
          told.apply(deed, sequence, to: &file)
        } catch {
          drawn.insert(error.reason)
          if !Self.toldOnce.contains(error.reason) {
            rows.run("SAVEPOINT told")
            #expect(!rows.change(told.sql(sequence)), "case \(number): \(error) \(told)")
            rows.run("ROLLBACK TO told")
          }
        }
      }
    }
    #expect(
      Set(accepted.keys)
        == Set(CaseStep.allCases.map(\.rawValue) + CaseOutcome.allCases.map(\.rawValue))
        .subtracting(["admitted", "refused", "recognised", "recognised_part", "entered"]))
    #expect(
      drawn == [
        .actsOnHimself, .decidesHimself, .decidesOwnAct, .notAllowed, .datesReversed,
        .nothingToStay,
        .caseOutOfOrder, .caseIncomplete, .deadlineExtendedOnce, .notInList, .groundUnanswered,
        .alreadyThere,
      ])
  }

  /// A case as it is received, with its rows; nil where it is refused, by both.
  private static func received(
    _ rows: RuleRows, _ chance: inout Chance, _ drawn: inout Set<Reason>
  ) -> CaseRecord? {
    let kind: CaseKind = chance.of([.appeal, .complaint])
    let day = CivilDate.of("2026-06-01")
    let told: CivilDate? = kind == .appeal ? day.plus(-5) : nil
    guard let number = CertificateNumber(value: 2_026_000_001) else { return nil }
    let contested = chance.of([
      ContestedAct(50, .result(31)), ContestedAct(53, .mark(number)),
    ])
    let caller: Int64 = chance.often(8) ? 2 : 8
    let sql = """
      INSERT INTO case_file VALUES (100, '\(kind.rawValue)', 8, '\(day.iso)', \(RuleRows.text(told)),
        \(caller), 2, NULL, NULL, NULL, NULL);
      """
    do throws(Refusal) {
      _ = try ReceiveCase(
        kind, of: 8, contesting: [contested.sequence], receivedOn: day, toldOn: told,
        lateReason: "",
        grounds: ["а", "ә"], papers: []
      ).decided([contested], by: caller, isArbiter: false)
    } catch {
      drawn.insert(error.reason)
      #expect(!rows.run(sql), "\(error)")
      return nil
    }
    rows.put(sql)
    let (result, mark) = contested.subject.word == "mark" ? ("NULL", "2026000001") : ("31", "NULL")
    rows.put(
      """
      INSERT INTO case_contested
      VALUES (100, \(contested.sequence), '\(contested.subject.word)', \(result), \(mark), NULL)
      """)
    return CaseRecord(
      sequence: 100, kind: kind, person: 8, receivedOn: day, toldOn: told, grounds: 2,
      contested: [contested])
  }
}

extension ContestedAct.Subject {
  fileprivate var word: String {
    switch self {
    case .result: "result"
    case .annulment: "annulment"
    case .mark: "mark"
    case .application: "application"
    }
  }
}

/// What somebody does in case 100.
private struct ToldMove: CustomStringConvertible {
  private let step: CaseStep?
  private let outcome: CaseOutcome
  private let day: CivilDate
  private let caller: Int64
  private let isArbiter: Bool
  private let reasons: Int

  init(_ chance: inout Chance, hasEnded: Bool) {
    let step = hasEnded && chance.often(1) ? .notified : chance.of(CaseStep.allCases)
    self.step = chance.often(3) ? step : nil
    self.outcome = chance.of(CaseOutcome.allCases)
    self.day = CivilDate.of("2026-06-01").plus(chance.of([-1, 0, 5, 10, 14, 20, 25]))
    self.caller = chance.often(5) ? chance.of([2, 10]) : chance.of([3, 4, 5, 6, 7, 8, 9])
    self.isArbiter = chance.often(3)
    self.reasons = chance.often(6) ? 2 : 1
  }

  var name: String { self.step?.rawValue ?? self.outcome.rawValue }
  var description: String { "\(self.name) on \(self.day.iso) by \(self.caller)" }

  func decided(_ file: CaseRecord, hands: Set<Int64>) throws(Refusal) -> Deed {
    let marked = file.contested.compactMap { act in
      if case .mark(let number) = act.subject { number } else { nil }
    }
    if let step = self.step {
      return try MoveCase(step, on: self.day, why: "себеп", papers: [])
        .decided(
          file, marked: marked, hands: hands, by: self.caller, isArbiter: self.isArbiter)
    }
    return try DecideCase(
      self.outcome, on: self.day, reasons: Array(repeating: "себеп", count: self.reasons)
    ).decided(file, marked: marked, hands: hands, by: self.caller)
  }

  func sql(_ sequence: Int64) -> String {
    if let step = self.step, step != .withdrawn {
      return """
        INSERT INTO case_step
        VALUES (100, \(sequence), '\(step.rawValue)', '\(self.day.iso)', \(self.caller))
        """
    }
    return """
      UPDATE case_file SET ended_seq = \(sequence), ended_by = \(self.caller),
        ended_on = '\(self.day.iso)', ended_how = '\(self.name)' WHERE seq = 100
      """
  }

  func apply(_ deed: Deed, _ sequence: Int64, to file: inout CaseRecord) {
    if case .caseDecided(let decided) = deed {
      file.end = .init(decided.outcome, on: self.day)
    } else if self.step == .withdrawn {
      file.end = .init(nil, on: self.day)
    } else if let step = self.step {
      file.moves.append(CaseMove(step, on: self.day, sequence: sequence))
    }
  }
}
