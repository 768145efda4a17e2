@testable import BitimDomain
import Testing

/// Case 60: the application of person 8 for an entry, received on 1 August 2026 by 9. 10 is a certifier. The entry
/// M-2026-5 is hers since 10 August.
enum RegisterFacts {
  static let day = People.day

  static func file(_ change: (inout CaseRecord) -> Void = { _ in }) -> CaseRecord {
    var file = CaseRecord(
      sequence: 60, kind: .entry, person: 8, receivedOn: Self.day("2026-08-01"), toldOn: nil,
      grounds: 0, contested: [])
    change(&file)
    return file
  }

  static let number = RegisterNumber(year: 2026, serial: 5)

  static func entry(_ marks: EntryMark..., diedOn: String? = nil) -> RegisterEntry {
    RegisterEntry(
      Self.number, of: 8, application: 60, enteredOn: Self.day("2026-08-10"), marks: marks,
      diedOn: diedOn.map(Self.day))
  }

  static func suspended(_ from: String, complaint: Int64 = 70) -> EntryMark {
    EntryMark(
      .suspended(complaint: complaint), days: Period(from: Self.day(from), months: 6),
      sequence: 80)
  }

  static func excluded(_ from: String) -> EntryMark {
    EntryMark(.excluded(.decision), days: Period(from: Self.day(from), until: nil), sequence: 90)
  }

  static let text = EntryApplication(
    kk: EntryText(address: "Алматы, Абай 1", field: "отбасылық", languages: "қазақ"),
    ru: EntryText(address: "Алматы, Абая 1", field: "семейная", languages: "казахский"),
    contact: "+7 701 000 00 00")
}

@Suite("How an entry in the register stands (R-009, R-801, R-807, R-808)")
struct RegisterEntryTests {
  private static let day = People.day

  private static func state(
    _ standing: EntryStanding, _ from: String, _ until: String? = nil
  ) -> RegisterEntry.State {
    .init(standing, Period(from: Self.day(from), until: until.map(Self.day)))
  }

  @Test(
    "has a number of its own, of the year and a serial, which is read in letters of either alphabet (R-801)"
  )
  func numbers() {
    let number = RegisterFacts.number
    #expect(number.text == "M-2026-5")
    #expect(number.value == 2_026_000_005)
    for text in ["M-2026-5", "m-2026-5", "М-2026-5", "м-2026-000005"] {
      #expect(RegisterNumber(typed: text) == number)
    }
    for text in [
      "", "2026-5", "N-2026-5", "M-2026", "M-2026-0", "M-1999-5", "M-10000-5", "M-2026-1000000",
      "M-2026-5-1", "M-2026-x", "M-x-5",
    ] {
      #expect(RegisterNumber(typed: text) == nil, "\(text)")
    }
  }

  @Test(
    "is suspended for six months and entered again, by itself: excluded before suspended before entered"
  )
  func states() {
    let entry = RegisterFacts.entry(
      RegisterFacts.suspended("2026-08-31"), RegisterFacts.excluded("2027-05-01"))
    #expect(entry.state(on: Self.day("2026-08-09")) == nil)
    #expect(entry.state(on: Self.day("2026-08-10")) == Self.state(.entered, "2026-08-10"))
    #expect(entry.state(on: Self.day("2026-08-30")) == Self.state(.entered, "2026-08-10"))
    let suspended = Self.state(.suspended, "2026-08-31", "2027-02-28")
    #expect(entry.state(on: Self.day("2026-08-31")) == suspended)
    #expect(entry.state(on: Self.day("2027-02-28")) == suspended)
    #expect(entry.state(on: Self.day("2027-03-01")) == Self.state(.entered, "2027-03-01"))
    #expect(entry.state(on: Self.day("2027-05-01")) == Self.state(.excluded, "2027-05-01"))
    let both = RegisterFacts.entry(
      RegisterFacts.suspended("2026-08-31"), RegisterFacts.excluded("2026-10-01"))
    #expect(both.state(on: Self.day("2026-09-30")) == suspended)
    #expect(both.state(on: Self.day("2026-10-01")) == Self.state(.excluded, "2026-10-01"))
  }

  @Test("ends with its mediator (R-124)")
  func death() {
    let dead = RegisterFacts.entry(diedOn: "2026-09-01")
    #expect(dead.state(on: Self.day("2026-08-31")) == Self.state(.entered, "2026-08-10"))
    #expect(dead.state(on: Self.day("2026-09-01")) == Self.state(.excluded, "2026-09-01"))
    let late = RegisterFacts.entry(RegisterFacts.excluded("2026-08-20"), diedOn: "2026-09-01")
    #expect(late.endsOn == Self.day("2026-08-20"))
    #expect(RegisterFacts.entry().endsOn == nil)
  }

  @Test(
    "a bar, or no certificate of programme 1 that is valid, is a condition of article 9 that is lost (R-808)"
  )
  func lost() {
    func life(_ marks: CertificateMark..., until: String? = nil) -> CertificateLife {
      CertificateLife(
        issuedOn: Self.day("2026-02-01"),
        validity: Period(from: Self.day("2026-02-01"), until: until.map(Self.day)), marks: marks)
    }
    func bar(_ from: String, _ until: String? = nil) -> Bar {
      Bar(
        .stateFunction, days: Period(from: Self.day(from), until: until.map(Self.day)),
        document: "x")
    }
    func lost(_ bars: [Bar], _ certificates: [CertificateLife]) -> String? {
      RegisterEntry.lostOn(bars, certificates, on: Self.day("2026-11-22"))?.iso
    }
    let revoked = life(MarkFacts.revoked("2026-09-15"))
    #expect(lost([], [life()]) == nil)
    #expect(lost([bar("2026-01-01", "2026-11-21"), bar("2026-11-23")], [life()]) == nil)
    #expect(lost([bar("2026-11-01")], [life()]) == "2026-11-01")
    #expect(lost([], [revoked]) == "2026-09-15")
    #expect(lost([], [revoked, life()]) == nil)
    #expect(lost([], [revoked, life(until: "2026-10-31")]) == "2026-11-01")
    #expect(lost([bar("2026-10-01")], [revoked]) == "2026-09-15")
    #expect(lost([], []) == "2026-11-22")
  }

  @Test(
    "an application for an entry is decided in ten days after its receipt, incomplete or not (R-043, R-044)"
  )
  func deadline() {
    let file = RegisterFacts.file {
      $0.moves = CaseFacts.moves([(.returned, "2026-08-03")])
    }
    #expect(file.lastDay == Self.day("2026-08-11"))
    #expect(file.state(on: Self.day("2026-12-31")) == .returned)
    #expect(!file.isDue(on: Self.day("2026-08-03")))
    #expect(file.isDue(on: Self.day("2026-08-04")))
    let complete = RegisterFacts.file {
      $0.moves = CaseFacts.moves([(.returned, "2026-08-03"), (.completed, "2026-08-09")])
    }
    #expect(complete.lastDay == Self.day("2026-08-11"))
    #expect(!CaseKind.entry.isOfArbiter)
    #expect(!CaseOutcome.entered.changesDecision)
    #expect(throws: Refusal(.caseOutOfOrder, ["state": "received"])) {
      try MoveCase(.extended, on: Self.day("2026-08-02"), why: "x", papers: []).decided(
        RegisterFacts.file(), marked: [], hands: [], by: 9, isArbiter: true)
    }
  }
}

@Suite("Applying for an entry in the register (R-802)")
struct ApplyForEntryTests {
  private static let day = People.day

  private static func paper(
    _ matter: PaperMatter?, document: String = "", number: String = "",
    dated: String = "2026-07-20", result: String = "есепте тұрмайды", of kind: CaseKind = .entry
  ) throws -> CasePaper {
    try CasePaper(
      document: document, number: number, datedOn: dated, seenBy: "Әлия", seenOn: "2026-08-01",
      matter: matter, result: result, of: kind, on: Self.day("2026-08-01"))
  }

  @Test(
    "a paper says what it shows; of one on health no number is kept, one of the State has a day and a result"
  )
  func papers() throws {
    let finding = try Self.paper(.narcology)
    #expect(finding.matter == .narcology)
    #expect(finding.result == "есепте тұрмайды")
    #expect(finding.document == "")
    #expect(try Self.paper(.criminalRecord, number: "7").number == "7")
    #expect(try Self.paper(.diploma, dated: "", result: "").result == "")
    #expect(try Self.paper(nil, document: "өтініш").matter == nil)
    for matter in [PaperMatter.narcology, .psychoneurology] {
      #expect(throws: Refusal(.healthPaperNumber, column: "paper_number")) {
        try Self.paper(matter, number: "7")
      }
    }
    for matter in [PaperMatter.narcology, .psychoneurology, .criminalRecord] {
      #expect(throws: Refusal(.missing, column: "dated_on")) { try Self.paper(matter, dated: "") }
      #expect(throws: Refusal(.missing, column: "result")) { try Self.paper(matter, result: " ") }
    }
    #expect(throws: Refusal(.missing, column: "paper")) { try Self.paper(nil) }
    #expect(throws: Refusal(.notInList, column: "paper", value: "diploma")) {
      try Self.paper(.diploma, of: .appeal)
    }
    let long = String(repeating: "ә", count: 251)
    for (column, read) in [
      ("paper", { try Self.paper(.diploma, document: long) }),
      ("result", { try Self.paper(.diploma, result: long) }),
    ] {
      #expect(
        throws: Refusal(
          .textTooLong, column: column, value: String(long.prefix(40)), ["limit": "500"])
      ) { try read() }
    }
  }

  @Test(
    "what is published is said in both languages, and everything that is missing at once (R-806)")
  func texts() throws {
    #expect(try EntryApplication(typed: RegisterFacts.text) == RegisterFacts.text)
    let nothing = EntryText(address: " ", field: "", languages: "")
    #expect(
      throws: Refusals(
        all: [
          "address_kk", "field_kk", "languages_kk", "address_ru", "field_ru", "languages_ru",
          "contact",
        ].map { Refusal(.missing, column: $0) })
    ) { try EntryApplication(typed: .init(kk: nothing, ru: nothing, contact: "")) }
  }

  private static func applied(
    person: Int64 = 8, papers: [CasePaper], on day: String = "2026-08-01", open: Int64? = nil,
    by caller: Int64 = 9
  ) throws -> Deed {
    try ApplyForEntry(
      of: person, RegisterFacts.text, receivedOn: Self.day(day), papers: papers
    ).decided(open: open, by: caller)
  }

  @Test("is received with some papers, those of the State ninety days old at most")
  func received() throws {
    let papers = [try Self.paper(.narcology, dated: "2026-05-03")]
    #expect(
      try Self.applied(papers: papers)
        == .caseReceived(
          CaseReceived(
            kind: .entry, person: 8, contested: [], toldOn: nil, lateReason: "", grounds: [],
            papers: papers, entry: RegisterFacts.text)))
    #expect(
      throws: Refusal(.paperTooOld, column: "narcology", value: "2026-05-03", ["days": "90"])
    ) { try Self.applied(papers: papers, on: "2026-08-02") }
    let old = try Self.paper(.diploma, dated: "2003-06-20")
    #expect(try Self.applied(papers: [old]).subjects == [.person(8)])
    #expect(throws: Refusal(.missing, column: "person")) {
      try Self.applied(person: 0, papers: papers)
    }
    #expect(throws: Refusal(.missing, column: "paper")) { try Self.applied(papers: []) }
    #expect(throws: Refusal(.tooManyRows, ["limit": "20"])) {
      try Self.applied(papers: Array(repeating: papers[0], count: 21))
    }
    #expect(throws: Refusal(.actsOnHimself, column: "person")) {
      try Self.applied(papers: papers, by: 8)
    }
    #expect(throws: Refusal(.alreadyThere, column: "person", value: "55")) {
      try Self.applied(papers: papers, open: 55)
    }
  }

  @Test("what completes it is as young")
  func completed() throws {
    let file = RegisterFacts.file { $0.moves = CaseFacts.moves([(.returned, "2026-08-03")]) }
    let papers = [try Self.paper(.criminalRecord, dated: "2026-05-06")]
    func move(_ day: String) throws -> Deed {
      try MoveCase(.completed, on: Self.day(day), why: "", papers: papers).decided(
        file, marked: [], hands: [], by: 9, isArbiter: false)
    }
    #expect(
      try move("2026-08-04")
        == .caseMoved(CaseMoved(case: 60, step: .completed, why: "", papers: papers)))
    #expect(
      throws: Refusal(
        .paperTooOld, column: "criminal_record", value: "2026-05-06", ["days": "90"])
    ) { try move("2026-08-05") }
  }
}

@Suite("Entering somebody in the register, or refusing it (R-803, R-804)")
struct EnterRegisterTests {
  private static let day = People.day

  static func facts(
    _ change: (inout EnterRegister.Facts) -> Void = { _ in }
  ) -> EnterRegister.Facts {
    var facts = EnterRegister.Facts(
      file: RegisterFacts.file(), shown: Set(PaperMatter.allCases), hands: [9],
      names: Names(
        kk: People.name("Ахметова", "Әйгерім"), ru: People.name("Ахметова", "Айгерим")),
      admission: Admission(
        birthDate: Self.day("2001-08-10"), education: .higher, bars: [], held: [Study(1)]),
      certificates: [
        CertificateLife(
          issuedOn: Self.day("2026-02-01"),
          validity: Period(from: Self.day("2026-02-01"), until: nil), marks: [])
      ], entries: [], lastSerial: 4)
    change(&facts)
    return facts
  }

  private static func entered(
    on day: String = "2026-08-10", by caller: Int64 = 10,
    _ change: (inout EnterRegister.Facts) -> Void = { _ in }
  ) throws -> CaseDecided {
    try EnterRegister(on: Self.day(day)).decided(Self.facts(change), by: caller)
  }

  private static let deed = CaseDecided(
    case: 60, outcome: .entered, reasons: [], entry: RegisterFacts.number)

  @Test("who is 25 on that day, with all papers, is entered under the next number of the year")
  func entered() throws {
    #expect(try Self.entered() == Self.deed)
    #expect(
      try Self.entered {
        $0.lastSerial = 0
      }.entry?.text == "M-2026-1")
    #expect(Deed.caseDecided(Self.deed).ofTheLiving == [.caseFile(60)])
    // Who was excluded before that day gets a new entry.
    #expect(
      try Self.entered { $0.entries = [RegisterFacts.entry(RegisterFacts.excluded("2026-08-10"))] }
        == Self.deed)
  }

  @Test("each condition that is not met is said")
  func conditions() {
    let cases: [(Refusal, (inout EnterRegister.Facts) -> Void)] =
      [
        (
          Refusal(
            .tooYoung, column: "birth_date", value: "2001-08-11",
            ["age": "25", "day": "2026-08-10"]),
          { $0.admission.birthDate = Self.day("2001-08-11") }
        ),
        (
          Refusal(.educationTooLow, column: "education", value: "secondary"),
          { $0.admission.education = .secondary }
        ),
        (
          Refusal(.barred, ["from": "2026-08-10", "bar": "conviction"]),
          {
            $0.admission.bars = [
              Bar(
                .conviction, days: Period(from: Self.day("2026-08-10"), until: nil), document: "x")
            ]
          }
        ),
        (Refusal(.certificateNotValid, ["day": "2026-08-10"]), { $0.certificates = [] }),
        (
          Refusal(.certificateNotValid, ["day": "2026-08-10"]),
          {
            $0.certificates = [
              CertificateLife(
                issuedOn: Self.day("2026-02-01"),
                validity: Period(from: Self.day("2026-02-01"), until: nil),
                marks: [MarkFacts.suspended("2026-08-01")])
            ]
          }
        ),
        (Refusal(.namesMissing, column: "surname_kk"), { $0.names.kk = nil }),
        (Refusal(.namesMissing, column: "surname_ru"), { $0.names.ru = nil }),
        (
          Refusal(.entryThere, column: "person", ["number": "M-2026-5"]),
          { $0.entries = [RegisterFacts.entry()] }
        ),
        (
          Refusal(.entryThere, column: "person", ["number": "M-2026-5"]),
          { $0.entries = [RegisterFacts.entry(RegisterFacts.excluded("2026-08-11"))] }
        ),
      ]
      + PaperMatter.allCases.map { matter in
        (Refusal(.caseIncomplete, column: matter.rawValue), { $0.shown.remove(matter) })
      }
    for (refusal, change) in cases {
      #expect(throws: Refusals(all: [refusal])) { try Self.entered(change) }
    }
    #expect(
      throws: Refusals(all: [
        Refusal(.caseIncomplete, column: "diploma"),
        Refusal(.educationTooLow, column: "education"),
      ])
    ) {
      try Self.entered {
        $0.shown.remove(.diploma)
        $0.admission.education = nil
      }
    }
  }

  @Test("not by who received it, nor by whom it is about; nor out of order (R-021, R-027, R-040)")
  func order() {
    let cases: [(Refusal, Int64, String, (inout EnterRegister.Facts) -> Void)] = [
      (Refusal(.decidesHimself, column: "act"), 8, "2026-08-10", { _ in }),
      (Refusal(.decidesOwnAct, column: "act"), 9, "2026-08-10", { _ in }),
      (
        Refusal(.caseUnfit, column: "case", value: "60"), 10, "2026-08-10",
        { $0.file.kind = .application }
      ),
      (
        Refusal(.datesReversed, column: "held_on", value: "2026-07-31"), 10, "2026-07-31",
        { _ in }
      ),
      (
        Refusal(.caseIncomplete, ["last": "2026-08-11"]), 10, "2026-08-10",
        { $0.file.moves = CaseFacts.moves([(.returned, "2026-08-03")]) }
      ),
      (
        Refusal(.caseOutOfOrder, ["state": "withdrawn"]), 10, "2026-08-10",
        { $0.file.end = .init(nil, on: Self.day("2026-08-05")) }
      ),
    ]
    for (refusal, caller, day, change) in cases {
      #expect(throws: Refusals(all: [refusal])) {
        try Self.entered(on: day, by: caller, change)
      }
    }
  }

  private static func refused(
    _ reasons: [String] = [" диплом  жоқ "], by caller: Int64 = 10,
    _ change: (inout CaseRecord) -> Void = { _ in }
  ) throws -> Deed {
    try RefuseEntry(on: Self.day("2026-08-11"), reading: reasons).decided(
      RegisterFacts.file(change), hands: [9], by: caller)
  }

  @Test("is refused with reasons, also while something is missing")
  func refusals() throws {
    let deed = Deed.caseDecided(
      CaseDecided(case: 60, outcome: .refused, reasons: ["диплом жоқ"]))
    #expect(try Self.refused() == deed)
    #expect(try Self.refused { $0.moves = CaseFacts.moves([(.returned, "2026-08-03")]) } == deed)
    #expect(throws: Refusal(.missing, column: "reason")) { try Self.refused([]) }
    #expect(throws: Refusal(.missing, column: "reason")) { try Self.refused([" "]) }
    #expect(throws: Refusal(.tooManyRows, ["limit": "20"])) {
      try Self.refused(Array(repeating: "x", count: 21))
    }
    #expect(throws: Refusal(.decidesOwnAct, column: "act")) { try Self.refused(by: 9) }
    #expect(throws: Refusal(.caseOutOfOrder, ["state": "decided"])) {
      try Self.refused { $0.end = .init(.entered, on: Self.day("2026-08-10")) }
    }
  }
}

@Suite("Suspending and excluding in the register (R-807, R-808)")
struct EntryMarkTests {
  private static let day = People.day
  private static let today = People.day("2026-11-22")

  /// Complaint 70 of person 8, which was confirmed.
  private static func complaint(_ change: (inout CaseRecord) -> Void = { _ in }) -> CaseRecord {
    CaseFacts.complaint {
      $0.sequence = 70
      $0.end = .init(.confirmed, on: Self.day("2026-08-20"))
      change(&$0)
    }
  }

  private static func suspended(
    _ entry: RegisterEntry = RegisterFacts.entry(), from day: String = "2026-11-20",
    why: String = "", by caller: Int64 = 10, accused: Int64 = 8,
    citing file: CaseRecord? = Self.complaint()
  ) throws -> EntrySuspended {
    try SuspendEntry(
      RegisterFacts.number, from: Self.day(day), cites: file?.sequence ?? 0, why: why
    ).decided(
      .init(entry: entry, cited: file, hands: [12], accused: accused), by: caller, on: Self.today)
  }

  @Test("on a complaint that was confirmed, for six months: from 31 August to 28 February (R-013)")
  func suspension() throws {
    #expect(
      try Self.suspended(from: "2026-08-31", why: "кеш жазылды")
        == EntrySuspended(
          RegisterFacts.number, of: 8,
          days: Period(from: Self.day("2026-08-31"), until: Self.day("2027-02-28")),
          why: "кеш жазылды", cites: 70))
    #expect(
      SuspendEntry(RegisterFacts.number, from: Self.day("2026-03-15"), cites: 70, why: "").days
        == Period(from: Self.day("2026-03-15"), until: Self.day("2026-09-14")))
    // One more complaint suspends anew, once the first is over.
    let again = RegisterFacts.entry(
      EntryMark(
        .suspended(complaint: 71),
        days: Period(from: Self.day("2026-08-10"), until: Self.day("2026-11-21")), sequence: 80))
    #expect(try Self.suspended(again, from: "2026-11-22").cites == 70)
  }

  @Test(
    "not before the entry, nor twice, nor on another case; not by a hand in the complaint (R-027)")
  func refusals() {
    let unfit = Refusal(.caseUnfit, column: "case", value: "70")
    let cases: [(Refusal, () throws -> EntrySuspended)] = [
      (Refusal(.actsOnHimself, column: "number"), { try Self.suspended(by: 8) }),
      (Refusal(.decidesOwnAct, column: "number"), { try Self.suspended(by: 12) }),
      (
        Refusal(.datesReversed, column: "held_on", value: "2026-08-09"),
        { try Self.suspended(from: "2026-08-09") }
      ),
      (
        Refusal(.entryExcluded, column: "number", ["since": "2026-12-01"]),
        { try Self.suspended(RegisterFacts.entry(RegisterFacts.excluded("2026-12-01"))) }
      ),
      (
        Refusal(
          .alreadySuspended, column: "held_on", value: "2026-11-20", ["since": "2026-08-20"]),
        {
          try Self.suspended(
            RegisterFacts.entry(RegisterFacts.suspended("2026-08-20", complaint: 71)))
        }
      ),
      (Refusal(.caseMissing, column: "case"), { try Self.suspended(citing: nil) }),
      (unfit, { try Self.suspended(accused: 7) }),
      (unfit, { try Self.suspended(citing: Self.complaint { $0.kind = .appeal }) }),
      (unfit, { try Self.suspended(citing: Self.complaint { $0.end?.outcome = .notConfirmed }) }),
      (unfit, { try Self.suspended(citing: Self.complaint { $0.end = nil }) }),
      (
        unfit,
        {
          try Self.suspended(
            RegisterFacts.entry(
              EntryMark(
                .suspended(complaint: 70),
                days: Period(from: Self.day("2026-08-10"), until: Self.day("2026-08-11")),
                sequence: 80)))
        }
      ),
      (
        Refusal(
          .outOfRange, column: "held_on", value: "2026-12-23",
          ["low": "2000-01-01", "high": "2026-12-22"]),
        { try Self.suspended(from: "2026-12-23") }
      ),
      (Refusal(.missing, column: "why"), { try Self.suspended(from: "2026-10-01") }),
    ]
    for (refusal, act) in cases { #expect(throws: refusal) { try act() } }
  }

  private static func excluded(
    _ entry: RegisterEntry = RegisterFacts.entry(), from day: String = "2026-11-22",
    why: String = " 12-өтініш ", by caller: Int64 = 10
  ) throws -> EntryExcluded {
    try ExcludeEntry(RegisterFacts.number, from: Self.day(day), for: .ownRequest, reading: why)
      .decided(entry, by: caller, on: Self.today)
  }

  @Test("is ended from a day on, for a reason, once (R-808)")
  func exclusion() throws {
    let deed = EntryExcluded(
      RegisterFacts.number, of: 8, from: Self.day("2026-11-22"), ground: .ownRequest,
      why: "12-өтініш")
    #expect(try Self.excluded() == deed)
    #expect(try Self.excluded(RegisterFacts.entry(RegisterFacts.suspended("2026-11-01"))) == deed)
    #expect(Deed.entryExcluded(deed).subjects == [.person(8)])
    #expect(Deed.entryExcluded(deed).ofTheLiving == [.person(8)])
    let cases: [(Refusal, () throws -> EntryExcluded)] = [
      (Refusal(.missing, column: "why"), { try Self.excluded(why: " ") }),
      (Refusal(.actsOnHimself, column: "number"), { try Self.excluded(by: 8) }),
      (
        Refusal(.datesReversed, column: "held_on", value: "2026-08-09"),
        { try Self.excluded(from: "2026-08-09") }
      ),
      (
        Refusal(.entryExcluded, column: "number", ["since": "2026-09-01"]),
        { try Self.excluded(RegisterFacts.entry(diedOn: "2026-09-01")) }
      ),
      (
        Refusal(
          .outOfRange, column: "held_on", value: "2026-12-23",
          ["low": "2000-01-01", "high": "2026-12-22"]),
        { try Self.excluded(from: "2026-12-23") }
      ),
    ]
    for (refusal, act) in cases { #expect(throws: refusal) { try act() } }
  }

  @Test("a suspension is of a living person's entry (R-124)")
  func living() throws {
    let deed = Deed.entrySuspended(try Self.suspended())
    #expect(deed.subjects == [.person(8)])
    #expect(deed.ofTheLiving == [.person(8)])
    #expect(deed.certificates == [])
    let entry = RegisterFacts.entry().with(
      .excluded(.ownRequest), on: Period(from: Self.day("2026-12-01"), until: nil))
    #expect(entry.endsOn == Self.day("2026-12-01"))
  }
}

@Suite("Correcting what is published of an entry (R-809)")
struct CorrectEntryTests {
  private static let day = People.day

  private static func changes(
    address: String = "", languages: String = "", contact: String = ""
  ) -> EntryApplication {
    EntryApplication(
      kk: EntryText(address: address, field: "", languages: ""),
      ru: EntryText(address: "", field: "", languages: languages), contact: contact)
  }

  private static func corrected(
    _ changes: EntryApplication = Self.changes(contact: " +7 701 000 00 01 "),
    of entry: RegisterEntry = RegisterFacts.entry(), from day: String = "2026-11-20",
    since: String? = nil, why: String = " 14-өтініш ", by caller: Int64 = 9
  ) throws -> EntryCorrected {
    try CorrectEntry(RegisterFacts.number, from: Self.day(day), typed: changes, reading: why)
      .decided(
        .init(entry: entry, published: RegisterFacts.text, since: since.map(Self.day)),
        by: caller)
  }

  @Test("what is said is published from then on, and what is not said stays")
  func corrected() throws {
    func text(
      kk address: String = "Алматы, Абай 1", ru languages: String = "казахский",
      contact: String = "+7 701 000 00 00"
    ) -> EntryCorrected {
      EntryCorrected(
        RegisterFacts.number, of: 8,
        published: EntryApplication(
          kk: EntryText(address: address, field: "отбасылық", languages: "қазақ"),
          ru: EntryText(address: "Алматы, Абая 1", field: "семейная", languages: languages),
          contact: contact), why: "14-өтініш")
    }
    #expect(try Self.corrected() == text(contact: "+7 701 000 00 01"))
    #expect(
      try Self.corrected(
        Self.changes(address: "Алматы, Төле би 5", languages: "казахский, русский"))
        == text(kk: "Алматы, Төле би 5", ru: "казахский, русский"))
    // From the day of the entry, while it is suspended, and again on the day of the correction before.
    #expect(try Self.corrected(from: "2026-08-10") == text(contact: "+7 701 000 00 01"))
    #expect(
      try Self.corrected(
        of: RegisterFacts.entry(RegisterFacts.suspended("2026-11-01")), since: "2026-11-20")
        == text(contact: "+7 701 000 00 01"))
    let deed = Deed.entryCorrected(text())
    #expect(deed.subjects == [.person(8)])
    #expect(deed.ofTheLiving == [])
    #expect(deed.certificates == [])
    #expect(
      deed.telling.map(\.field) == [
        .entry, .why, .addressKk, .addressRu, .fieldKk, .fieldRu, .languagesKk, .languagesRu,
        .contact,
      ])
  }

  @Test(
    "by another than whose it is, while it stands, for a reason, and not before what is corrected")
  func refusals() throws {
    #expect(throws: Refusal(.missing, column: "why")) { try Self.corrected(why: " ") }
    let long = String(repeating: "а", count: 251)
    let cases: [([Refusal], () throws -> EntryCorrected)] = [
      ([Refusal(.actsOnHimself, column: "number")], { try Self.corrected(by: 8) }),
      (
        [Refusal(.entryExcluded, column: "number", ["since": "2026-12-01"])],
        { try Self.corrected(of: RegisterFacts.entry(RegisterFacts.excluded("2026-12-01"))) }
      ),
      (
        [Refusal(.entryExcluded, column: "number", ["since": "2026-09-01"])],
        { try Self.corrected(of: RegisterFacts.entry(diedOn: "2026-09-01")) }
      ),
      (
        [Refusal(.datesReversed, column: "held_on", value: "2026-08-09")],
        { try Self.corrected(from: "2026-08-09") }
      ),
      (
        [Refusal(.datesReversed, column: "held_on", value: "2026-11-19")],
        { try Self.corrected(from: "2026-11-19", since: "2026-11-20") }
      ),
      ([Refusal(.nothingChanged)], { try Self.corrected(Self.changes()) }),
      (
        [Refusal(.nothingChanged)],
        { try Self.corrected(Self.changes(contact: "+7  701 000 00 00")) }
      ),
      (
        [
          Refusal(.missing, column: "address_kk"),
          Refusal(
            .textTooLong, column: "contact", value: String(repeating: "а", count: 40),
            ["limit": "500"]),
        ], { try Self.corrected(Self.changes(address: " ", contact: long)) }
      ),
    ]
    for (refusals, act) in cases { #expect(throws: Refusals(all: refusals)) { try act() } }
  }
}
