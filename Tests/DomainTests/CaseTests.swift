@testable import BitimDomain
import Testing

/// Case 60: the appeal of person 8 with two grounds against the act 50, which confirmed the result 31; told on
/// 6 July 2026, received on 1 August. 9 is a registrar, 10 an arbiter.
enum CaseFacts {
  static let day = People.day
  static let contested = [ContestedAct(50, .result(31))]

  static func appeal(_ change: (inout CaseRecord) -> Void = { _ in }) -> CaseRecord {
    var file = CaseRecord(
      sequence: 60, kind: .appeal, person: 8, receivedOn: Self.day("2026-08-01"),
      toldOn: Self.day("2026-07-06"), grounds: 2, contested: Self.contested)
    change(&file)
    return file
  }

  static func complaint(_ change: (inout CaseRecord) -> Void = { _ in }) -> CaseRecord {
    var file = Self.appeal()
    (file.kind, file.toldOn, file.contested) = (.complaint, nil, [])
    change(&file)
    return file
  }

  static func moves(_ moves: [(CaseStep, String)]) -> [CaseMove] {
    moves.enumerated().map { CaseMove($1.0, on: Self.day($1.1), sequence: Int64(61 + $0)) }
  }

  static let paper = CasePaper(
    document: "апелляция", number: "12", datedOn: Self.day("2026-08-01"), seenBy: "Әлия Серікова",
    seenOn: Self.day("2026-08-01"))
}

@Suite("How a case stands (R-008, R-040, R-043, R-044)")
struct CaseRecordTests {
  private static let day = People.day

  @Test("is received, acknowledged, returned and complete again, or lapses after fourteen days")
  func states() {
    var file = CaseFacts.appeal()
    #expect(file.state(on: Self.day("2026-08-01")) == .received)
    #expect(file.state(on: Self.day("2026-12-31")) == .received)
    file.moves = CaseFacts.moves([(.acknowledged, "2026-08-03")])
    #expect(file.state(on: Self.day("2026-08-03")) == .acknowledged)
    file.moves = CaseFacts.moves([(.acknowledged, "2026-08-03"), (.returned, "2026-08-04")])
    #expect(file.state(on: Self.day("2026-08-18")) == .returned)
    #expect(file.state(on: Self.day("2026-08-19")) == .lapsed)
    #expect(file.completeOn == nil)
    #expect(file.lastDay == Self.day("2026-08-18"))
    file.moves.append(CaseMove(.completed, on: Self.day("2026-08-10"), sequence: 70))
    #expect(file.state(on: Self.day("2026-08-19")) == .acknowledged)
    #expect(file.completeOn == Self.day("2026-08-10"))
    #expect(file.lastDay == Self.day("2026-09-09"))
    // Returned once more: what is missing now counts.
    file.moves.append(CaseMove(.returned, on: Self.day("2026-08-20"), sequence: 71))
    #expect(file.state(on: Self.day("2026-09-03")) == .returned)
    #expect(file.state(on: Self.day("2026-09-04")) == .lapsed)
  }

  @Test(
    "is decided in thirty days from the day complete, extended by thirty; listed seven days before")
  func deadline() {
    var file = CaseFacts.appeal()
    #expect(file.lastDay == Self.day("2026-08-31"))
    #expect(!file.isExtended)
    #expect(!file.isDue(on: Self.day("2026-08-23")))
    #expect(file.isDue(on: Self.day("2026-08-24")))
    #expect(file.isDue(on: Self.day("2026-12-31")))
    file.moves = CaseFacts.moves([(.extended, "2026-08-20")])
    #expect(file.lastDay == Self.day("2026-09-30"))
    #expect(file.isExtended)
    #expect(!file.isDue(on: Self.day("2026-09-22")))
    file.moves.append(CaseMove(.returned, on: Self.day("2026-08-21"), sequence: 70))
    #expect(!file.isDue(on: Self.day("2026-12-31")))
    file.moves = []
    file.end = .init(.decisionStands, on: Self.day("2026-08-20"))
    #expect(!file.isDue(on: Self.day("2026-12-31")))
  }

  @Test("ends withdrawn, not admitted, or decided, and executed by acts that cite it (R-045)")
  func ends() {
    var file = CaseFacts.appeal { $0.end = .init(nil, on: Self.day("2026-08-20")) }
    #expect(file.state(on: Self.day("2026-08-20")) == .withdrawn)
    #expect(!file.changesDecision)
    file.end?.outcome = .notAdmitted
    #expect(file.state(on: Self.day("2026-08-20")) == .notAdmitted)
    for outcome in CaseOutcome.allCases where outcome != .notAdmitted {
      file.end?.outcome = outcome
      file.carriedOutBy = []
      #expect(file.state(on: Self.day("2026-08-20")) == .decided)
      file.carriedOutBy = [80]
      #expect(file.state(on: Self.day("2026-08-20")) == .executed)
      // A court's is carried out alike.
      #expect(file.changesDecision == [.decisionChanged, .court].contains(outcome))
    }
    #expect(file.notifiedOn == nil)
    #expect(file.lastDone == Self.day("2026-08-20"))
    file.moves = CaseFacts.moves([(.notified, "2026-08-22")])
    #expect(file.notifiedOn == Self.day("2026-08-22"))
    #expect(file.lastDone == Self.day("2026-08-22"))
    #expect(CaseFacts.appeal().lastDone == Self.day("2026-08-01"))
    #expect(!CaseFacts.appeal().changesDecision)
  }

  @Test("a paper says what it is, who saw it and when; its number and day may be none (R-041)")
  func papers() throws {
    let today = Self.day("2026-08-02")
    func read(
      _ document: String = " апелляция ", number: String = "12", dated: String = "2026-08-01",
      by: String = "Әлия Серікова", on day: String = "2026-08-01"
    ) throws(Refusal) -> CasePaper {
      try CasePaper(
        document: document, number: number, datedOn: dated, seenBy: by, seenOn: day, of: .appeal,
        on: today)
    }
    #expect(try read() == CaseFacts.paper)
    let bare = try read(number: "", dated: "")
    #expect(bare.number == "")
    #expect(bare.datedOn == nil)
    let long = String(repeating: "ә", count: 251)
    let cases: [(Refusal, () throws(Refusal) -> CasePaper)] = [
      (Refusal(.missing, column: "paper"), { () throws(Refusal) in try read(" ") }),
      (
        Refusal(
          .textTooLong, column: "paper_number", value: String(long.prefix(40)), ["limit": "500"]),
        { () throws(Refusal) in try read(number: long) }
      ),
      (
        Refusal(.notADate, column: "dated_on", value: "1.8"),
        { () throws(Refusal) in try read(dated: "1.8") }
      ),
      (Refusal(.missing, column: "seen_by"), { () throws(Refusal) in try read(by: "") }),
      (Refusal(.missing, column: "seen_on"), { () throws(Refusal) in try read(on: "") }),
      (
        Refusal(.dateInFuture, column: "seen_on", value: "2026-08-03"),
        { () throws(Refusal) in try read(on: "2026-08-03") }
      ),
    ]
    for (refusal, act) in cases { #expect(throws: refusal) { try act() } }
    #expect(try read(on: "2026-08-02").seenOn == today)
  }
}

@Suite("Receiving a case (R-021, R-041, R-630)")
struct ReceiveCaseTests {
  private struct Form {
    var kind = CaseKind.appeal
    var person: Int64 = 8
    var acts: [Int64] = [50]
    var received = "2026-08-01"
    var told: String? = "2026-07-06"
    var late = ""
    var grounds = ["комиссия толық болмаған", " хаттама  жоқ "]
    var papers = [CaseFacts.paper]

    func read() throws(Refusal) -> ReceiveCase {
      try ReceiveCase(
        self.kind, of: self.person, contesting: self.acts, receivedOn: People.day(self.received),
        toldOn: self.told.map(People.day), lateReason: self.late, grounds: self.grounds,
        papers: self.papers)
    }

    func decided(by caller: Int64 = 9, isArbiter: Bool = false) throws(Refusal) -> Deed {
      try self.read().decided(CaseFacts.contested, by: caller, isArbiter: isArbiter)
    }
  }

  private static func form(_ change: (inout Form) -> Void) -> Form {
    var form = Form()
    change(&form)
    return form
  }

  private static func deed(_ change: (inout CaseReceived) -> Void = { _ in }) -> Deed {
    var deed = CaseReceived(
      kind: .appeal, person: 8, contested: CaseFacts.contested, toldOn: People.day("2026-07-06"),
      lateReason: "", grounds: ["комиссия толық болмаған", "хаттама жоқ"],
      papers: [CaseFacts.paper])
    change(&deed)
    return .caseReceived(deed)
  }

  @Test("is received in thirty days after the person was told; later by an arbiter, who says why")
  func late() throws {
    #expect(try Form().decided() == Self.deed())
    // 6 July and thirty days are 5 August.
    #expect(try Self.form { $0.received = "2026-08-05" }.decided() == Self.deed())
    let late = Refusal(
      .appealTooLate, column: "received_on", value: "2026-08-06", ["last": "2026-08-05"])
    let silent = Self.form { $0.received = "2026-08-06" }
    let told = Self.form { ($0.received, $0.late) = ("2026-08-06", " ауруханада  болды ") }
    #expect(throws: late) { try silent.decided() }
    #expect(throws: late) { try silent.decided(isArbiter: true) }
    #expect(throws: late) { try told.decided() }
    #expect(
      try told.decided(isArbiter: true) == Self.deed { $0.lateReason = "ауруханада болды" })
    // A complaint is never late.
    let complaint = Self.form { ($0.kind, $0.received) = (.complaint, "2026-12-31") }
    #expect(try complaint.decided() == Self.deed { $0.kind = .complaint })
    let bare = Self.form { ($0.kind, $0.told, $0.person) = (.complaint, nil, 0) }
    #expect(
      try bare.decided()
        == Self.deed { ($0.kind, $0.toldOn, $0.person) = (.complaint, nil, 0) })
  }

  @Test("nobody receives a case of his or her own")
  func own() {
    #expect(throws: Refusal(.actsOnHimself, column: "person")) { try Form().decided(by: 8) }
  }

  @Test("an appeal says of whom, what it contests and when that was told; any case says why")
  func missing() throws {
    let cases: [(Refusal, Form)] = [
      (Refusal(.missing, column: "person"), Self.form { $0.person = 0 }),
      (Refusal(.missing, column: "act"), Self.form { $0.acts = [] }),
      (Refusal(.missing, column: "told_on"), Self.form { $0.told = nil }),
      (Refusal(.missing, column: "ground"), Self.form { $0.grounds = [] }),
      (Refusal(.missing, column: "ground"), Self.form { $0.grounds = ["x", " "] }),
      (
        Refusal(.tooManyRows, ["limit": "20"]),
        Self.form { $0.grounds = Array(repeating: "x", count: 21) }
      ),
      (
        Refusal(.tooManyRows, ["limit": "20"]),
        Self.form { $0.papers = Array(repeating: CaseFacts.paper, count: 21) }
      ),
      (Refusal(.tooManyRows, ["limit": "20"]), Self.form { $0.acts = Array(1...21) }),
      (
        Refusal(.datesReversed, column: "told_on", value: "2026-08-02"),
        Self.form { $0.told = "2026-08-02" }
      ),
      (
        Refusal(.controlCharacter, column: "late_reason"),
        Self.form { $0.late = "\u{7}" }
      ),
    ]
    for (refusal, form) in cases { #expect(throws: refusal) { try form.read() } }
    #expect(try Self.form { $0.told = "2026-08-01" }.read().toldOn == People.day("2026-08-01"))
    #expect(
      try Self.form { $0.grounds = Array(repeating: "x", count: 20) }.read().grounds.count == 20)
  }
}

@Suite("Steps of a case (R-021, R-040, R-042, R-043, R-044)")
struct MoveCaseTests {
  private static func decided(
    _ step: CaseStep, on day: String = "2026-08-10", by caller: Int64 = 9,
    isArbiter: Bool = false, marked: [CertificateNumber] = [MarkFacts.number],
    successor: CertificateNumber? = nil, _ file: CaseRecord = CaseFacts.appeal()
  ) -> Result<Deed, Refusal> {
    Result { () throws(Refusal) in
      try MoveCase(step, on: People.day(day), why: " өтініш  бойынша ", papers: [CaseFacts.paper])
        .decided(
          file, marked: marked, successor: successor, hands: [4, 5], by: caller,
          isArbiter: isArbiter)
    }
  }

  private static func deed(
    _ step: CaseStep, _ certificates: [CertificateNumber] = []
  ) -> Result<Deed, Refusal> {
    .success(
      .caseMoved(
        CaseMoved(
          case: 60, step: step, why: "өтініш бойынша", papers: [CaseFacts.paper],
          certificates: certificates)))
  }

  /// A case in each state on 10 August.
  private static let files: [CaseState: CaseRecord] = [
    .received: CaseFacts.appeal(),
    .acknowledged: CaseFacts.appeal {
      $0.moves = CaseFacts.moves([(.acknowledged, "2026-08-02")])
    },
    .returned: CaseFacts.appeal { $0.moves = CaseFacts.moves([(.returned, "2026-08-02")]) },
    .lapsed: CaseFacts.appeal {
      $0.receivedOn = People.day("2026-07-10")
      $0.moves = CaseFacts.moves([(.returned, "2026-07-20")])
    },
    .withdrawn: CaseFacts.appeal { $0.end = .init(nil, on: People.day("2026-08-02")) },
    .decided: CaseFacts.appeal {
      $0.end = .init(.decisionChanged, on: People.day("2026-08-02"))
    },
    .executed: CaseFacts.appeal {
      $0.end = .init(.decisionChanged, on: People.day("2026-08-02"))
      $0.carriedOutBy = [70]
    },
    .notAdmitted: CaseFacts.appeal {
      $0.end = .init(.notAdmitted, on: People.day("2026-08-02"))
    },
  ]

  @Test("each step follows certain states and no other")
  func order() {
    let follows: [CaseStep: Set<CaseState>] = [
      .acknowledged: [.received], .returned: [.received, .acknowledged],
      .completed: [.returned], .extended: [.received, .acknowledged],
      .withdrawn: [.received, .acknowledged, .returned],
      .notified: [.decided, .executed, .notAdmitted], .stayed: [.received, .acknowledged],
    ]
    #expect(Set(Self.files.keys) == Set(CaseState.allCases))
    for (state, file) in Self.files {
      #expect(file.state(on: People.day("2026-08-10")) == state)
      for step in CaseStep.allCases {
        let expected =
          follows[step]?.contains(state) == true
          ? Self.deed(step, step == .stayed ? [MarkFacts.number] : [])
          : .failure(Refusal(.caseOutOfOrder, ["state": state.rawValue]))
        #expect(Self.decided(step, isArbiter: true, file) == expected, "\(step) of \(state)")
      }
    }
  }

  @Test("an arbiter extends, once; the decision is told once; nothing goes back in time")
  func once() {
    #expect(
      Self.decided(.extended) == .failure(Refusal(.notAllowed, ["roles": "arbiter"])))
    #expect(Self.decided(.acknowledged, by: 8) == .failure(Refusal(.actsOnHimself, column: "act")))
    let extended = CaseFacts.appeal { $0.moves = CaseFacts.moves([(.extended, "2026-08-05")]) }
    #expect(
      Self.decided(.extended, isArbiter: true, extended)
        == .failure(Refusal(.deadlineExtendedOnce)))
    let told = CaseFacts.appeal {
      $0.end = .init(.decisionStands, on: People.day("2026-08-02"))
      $0.moves = CaseFacts.moves([(.notified, "2026-08-03")])
    }
    #expect(
      Self.decided(.notified, told)
        == .failure(Refusal(.alreadyThere, column: "held_on", value: "2026-08-03")))
    #expect(
      Self.decided(.acknowledged, on: "2026-07-31")
        == .failure(Refusal(.datesReversed, column: "held_on", value: "2026-07-31")))
    #expect(Self.decided(.acknowledged, on: "2026-08-01") == Self.deed(.acknowledged))
    // What came in time may be recorded after the case has lapsed.
    let lapsed = Self.files[.lapsed] ?? CaseFacts.appeal()
    #expect(Self.decided(.completed, on: "2026-08-03", lapsed) == Self.deed(.completed))
    #expect(
      Self.decided(.completed, on: "2026-08-04", lapsed)
        == .failure(Refusal(.caseOutOfOrder, ["state": "lapsed"])))
  }

  @Test("an arbiter with no hand in it stays what is contested and stands, once (R-027, R-632)")
  func stay() {
    #expect(Self.decided(.stayed) == .failure(Refusal(.notAllowed, ["roles": "arbiter"])))
    #expect(
      Self.decided(.stayed, by: 5, isArbiter: true)
        == .failure(Refusal(.decidesOwnAct, column: "act")))
    // Whoever has a hand in it takes any other step.
    #expect(Self.decided(.extended, by: 5, isArbiter: true) == Self.deed(.extended))
    #expect(
      Self.decided(.stayed, isArbiter: true, marked: [])
        == .failure(Refusal(.nothingToStay, column: "act")))
    // Of one programme one certificate is valid.
    #expect(
      Self.decided(.stayed, isArbiter: true, successor: MarkFacts.number)
        == .failure(
          Refusal(.certificateReplaced, column: "act", ["number": MarkFacts.number.text])))
    #expect(
      Self.decided(.extended, isArbiter: true, successor: MarkFacts.number) == Self.deed(.extended))
    let stayed = CaseFacts.appeal { $0.moves = CaseFacts.moves([(.stayed, "2026-08-05")]) }
    #expect(stayed.stayedOn == People.day("2026-08-05"))
    #expect(CaseFacts.appeal().stayedOn == nil)
    #expect(
      Self.decided(.stayed, isArbiter: true, stayed)
        == .failure(Refusal(.alreadyThere, column: "held_on", value: "2026-08-05")))
    // It would lapse, and nobody would say that what is contested has effect again.
    #expect(
      Self.decided(.returned, stayed)
        == .failure(Refusal(.caseOutOfOrder, ["state": "received"])))
    #expect(Self.decided(.withdrawn, stayed) == Self.deed(.withdrawn, [MarkFacts.number]))
    #expect(Self.decided(.acknowledged, stayed) == Self.deed(.acknowledged))
  }

  @Test("says why it is returned, extended, withdrawn or stayed")
  func why() throws {
    let day = People.day("2026-08-10")
    for step in CaseStep.allCases {
      let silent = Result { () throws(Refusal) in try MoveCase(step, on: day, why: "", papers: []) }
      switch step {
      case .returned, .extended, .withdrawn, .stayed:
        #expect(silent == .failure(Refusal(.missing, column: "why")))
      case .acknowledged, .completed, .notified: #expect(try silent.get().why == "")
      }
      #expect(throws: Refusal(.controlCharacter, column: "why")) {
        try MoveCase(step, on: day, why: "\u{7}", papers: [])
      }
      #expect(throws: Refusal(.tooManyRows, ["limit": "20"])) {
        try MoveCase(
          step, on: day, why: "x", papers: Array(repeating: CaseFacts.paper, count: 21))
      }
    }
    let most = Array(repeating: CaseFacts.paper, count: 20)
    #expect(try MoveCase(.completed, on: day, why: "", papers: most).papers == most)
  }
}

@Suite("Deciding a case (R-021, R-027, R-043, R-045, R-631)")
struct DecideCaseTests {
  private static func decided(
    _ outcome: CaseOutcome = .decisionChanged, on day: String = "2026-08-20",
    reasons: [String] = [" бірінші ", "екінші"], by caller: Int64 = 10, hands: Set<Int64> = [4, 5],
    file: CaseRecord = CaseFacts.appeal()
  ) -> Result<Deed, Refusal> {
    Result { () throws(Refusal) in
      try DecideCase(outcome, on: People.day(day), reasons: reasons)
        .decided(file, marked: [MarkFacts.number], hands: hands, by: caller)
    }
  }

  @Test("by somebody who has no hand in what is contested, with a reason for each ground")
  func whole() {
    let deed = Deed.caseDecided(
      CaseDecided(case: 60, outcome: .decisionChanged, reasons: ["бірінші", "екінші"]))
    #expect(Self.decided() == .success(deed))
    #expect(Self.decided(by: 8) == .failure(Refusal(.decidesHimself, column: "act")))
    #expect(Self.decided(by: 5) == .failure(Refusal(.decidesOwnAct, column: "act")))
    for reasons in [[], ["x"], ["x", "y", "z"]] {
      #expect(
        Self.decided(reasons: reasons)
          == .failure(Refusal(.groundUnanswered, column: "reason", ["count": "2"])))
    }
    #expect(
      Self.decided(reasons: ["x", ""]) == .failure(Refusal(.missing, column: "reason")))
    #expect(
      Self.decided(on: "2026-07-31")
        == .failure(Refusal(.datesReversed, column: "held_on", value: "2026-07-31")))
    // A missed deadline decides nothing.
    #expect(Self.decided(on: "2026-12-31") == .success(deed))
  }

  @Test("what was stayed has effect again, unless it is changed (R-632)")
  func stayed() {
    for (outcome, certificates): (CaseOutcome, [CertificateNumber]) in [
      (.decisionStands, [MarkFacts.number]), (.notAdmitted, [MarkFacts.number]),
      (.reExamination, [MarkFacts.number]), (.decisionChanged, []), (.court, []),
    ] {
      let file = CaseFacts.appeal { $0.moves = CaseFacts.moves([(.stayed, "2026-08-05")]) }
      #expect(
        Self.decided(outcome, file: file)
          == .success(
            .caseDecided(
              CaseDecided(
                case: 60, outcome: outcome, reasons: ["бірінші", "екінші"],
                certificates: certificates))))
    }
  }

  @Test("while it is complete and open")
  func states() {
    let returned = CaseFacts.appeal { $0.moves = CaseFacts.moves([(.returned, "2026-08-10")]) }
    #expect(
      Self.decided(file: returned) == .failure(Refusal(.caseIncomplete, ["last": "2026-08-24"])))
    #expect(
      Self.decided(on: "2026-08-25", file: returned)
        == .failure(Refusal(.caseOutOfOrder, ["state": "lapsed"])))
    let acknowledged = CaseFacts.appeal {
      $0.moves = CaseFacts.moves([(.acknowledged, "2026-08-02")])
    }
    #expect(throws: Never.self) { try Self.decided(file: acknowledged).get() }
    for (outcome, state) in [
      (nil, "withdrawn"), (.notAdmitted, "not_admitted"), (CaseOutcome.court, "decided"),
    ] {
      let ended = CaseFacts.appeal { $0.end = .init(outcome, on: People.day("2026-08-02")) }
      #expect(
        Self.decided(file: ended) == .failure(Refusal(.caseOutOfOrder, ["state": state])))
    }
  }

  @Test("examined anew is whose result is contested, and nobody else (R-633)")
  func anew() throws {
    for subject in [ContestedAct.Subject.annulment(31), .mark(MarkFacts.number)] {
      let file = CaseFacts.appeal { $0.contested = [ContestedAct(50, subject)] }
      #expect(
        Self.decided(.reExamination, file: file)
          == .failure(Refusal(.notInList, column: "outcome", value: "re_examination")))
    }
    let both = CaseFacts.appeal {
      $0.contested = [ContestedAct(49, .mark(MarkFacts.number)), ContestedAct(50, .result(31))]
    }
    #expect(throws: Never.self) { try Self.decided(.reExamination, file: both).get() }
  }

  @Test("an appeal and a complaint end each in its own words")
  func outcomes() {
    for outcome in CaseOutcome.allCases {
      let other = Refusal(.notInList, column: "outcome", value: outcome.rawValue)
      let isAppeal = [.decisionStands, .decisionChanged, .court, .notAdmitted, .reExamination]
        .contains(outcome)
      let isComplaint = [.confirmed, .notConfirmed, .notAdmitted].contains(outcome)
      for (file, isOf) in [
        (CaseFacts.appeal(), isAppeal), (CaseFacts.complaint(), isComplaint),
      ] {
        let deed = Deed.caseDecided(
          CaseDecided(case: 60, outcome: outcome, reasons: ["бірінші", "екінші"]))
        #expect(Self.decided(outcome, file: file) == (isOf ? .success(deed) : .failure(other)))
      }
    }
  }
}
