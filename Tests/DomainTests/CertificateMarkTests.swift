@testable import BitimDomain
import Testing

/// Facts of certificate 2026-000417, held by person 8, issued on 2026-01-10, valid from 2026-02-01.
enum MarkFacts {
  static let number: CertificateNumber = {
    guard let number = CertificateNumber(value: 2_026_000_417) else {
      preconditionFailure("a serial of a year")
    }
    return number
  }()

  static func day(_ text: String) -> CivilDate {
    guard let day = CivilDate(iso: text) else { preconditionFailure("\(text) is no day") }
    return day
  }

  static func days(_ from: String, _ until: String? = nil) -> Period {
    Period(from: self.day(from), until: until.map(self.day))
  }

  static func suspended(
    _ from: String, _ until: String? = nil, for ground: SuspensionGround = .court,
    sequence: Int64 = 40
  ) -> CertificateMark {
    CertificateMark(.suspended(ground), days: self.days(from, until), sequence: sequence)
  }

  static func revoked(_ since: String, sequence: Int64 = 50) -> CertificateMark {
    CertificateMark(.revoked(.fraud), days: self.days(since), sequence: sequence)
  }

  static let other: CertificateNumber = {
    guard let number = CertificateNumber(value: 2_026_000_418) else {
      preconditionFailure("a serial of a year")
    }
    return number
  }()

  static func replaced(_ since: String, sequence: Int64 = 60) -> CertificateMark {
    CertificateMark(
      .replaced(.nameChange, by: self.other), days: self.days(since), sequence: sequence)
  }

  static func life(_ marks: CertificateMark..., until: String? = nil) -> CertificateLife {
    CertificateLife(
      issuedOn: self.day("2026-01-10"),
      validity: Period(from: self.day("2026-02-01"), until: until.map(self.day)), marks: marks)
  }

  static func facts(_ marks: CertificateMark..., until: String? = nil) -> CertificateFacts {
    CertificateFacts(
      holder: 8,
      life: CertificateLife(
        issuedOn: self.day("2026-01-10"),
        validity: Period(from: self.day("2026-02-01"), until: until.map(self.day)), marks: marks))
  }
}

@Suite("What stands against a certificate and is stayed (R-632)")
struct StayTests {
  /// Revoked, or suspended for March, and stayed in case 60 on `stays`.
  private static func mark(_ until: String? = nil, _ stays: Period...) -> CertificateMark {
    CertificateMark(
      .suspended(.court), days: MarkFacts.days("2026-03-01", until), sequence: 40,
      stays: stays.enumerated().map { .init(in: Int64(60 + $0), days: $1) })
  }

  @Test("has effect before and after the days on which it is stayed, and on none if on all")
  func effect() {
    let days = MarkFacts.days
    let cases: [(CertificateMark, [Period])] = [
      (Self.mark(), [days("2026-03-01", nil)]),
      (Self.mark(nil, days("2026-03-10", nil)), [days("2026-03-01", "2026-03-09")]),
      (
        Self.mark(nil, days("2026-03-10", "2026-03-20")),
        [days("2026-03-01", "2026-03-09"), days("2026-03-21", nil)]
      ),
      (
        Self.mark("2026-03-31", days("2026-03-10", "2026-03-20")),
        [days("2026-03-01", "2026-03-09"), days("2026-03-21", "2026-03-31")]
      ),
      (
        Self.mark("2026-03-31", days("2026-03-10", "2026-03-31")),
        [days("2026-03-01", "2026-03-09")]
      ),
      (
        Self.mark("2026-03-31", days("2026-03-01", "2026-03-30")),
        [days("2026-03-31", "2026-03-31")]
      ),
      (Self.mark("2026-03-31", days("2026-03-01", nil)), []),
      (Self.mark("2026-03-31", days("2026-02-20", "2026-04-02")), []),
      (Self.mark("2026-03-31", days("2026-04-01", nil)), [days("2026-03-01", "2026-03-31")]),
      (
        Self.mark("2026-03-31", days("2026-02-01", "2026-02-28")),
        [days("2026-03-01", "2026-03-31")]
      ),
      (
        Self.mark(nil, days("2026-03-10", "2026-03-19"), days("2026-03-20", nil)),
        [days("2026-03-01", "2026-03-09")]
      ),
    ]
    for (mark, effect) in cases { #expect(mark.effect == effect) }
  }

  @Test("on a stayed day the certificate stands as if it were not there, and it is told which case")
  func standing() {
    let life = MarkFacts.life(Self.mark(nil, MarkFacts.days("2026-03-10", "2026-03-20")))
    for (day, standing, stayed): (String, Standing, Int64?) in [
      ("2026-02-28", .valid, nil), ("2026-03-09", .suspended, nil), ("2026-03-10", .valid, 60),
      ("2026-03-20", .valid, 60), ("2026-03-21", .suspended, nil),
    ] {
      let day = MarkFacts.day(day)
      #expect(life.standing(on: day) == standing)
      #expect(life.stayedMark(on: day)?.stay(on: day) == stayed)
    }
    // Nothing that does not stand on a day is stayed on it.
    let ended = Self.mark("2026-03-12", MarkFacts.days("2026-03-10", nil))
    #expect(ended.stay(on: MarkFacts.day("2026-03-12")) == 60)
    #expect(ended.stay(on: MarkFacts.day("2026-03-13")) == nil)
  }
}

@Suite("Standing of a certificate (R-701)")
struct StandingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let life: CertificateLife
    let day: String
    let standing: Standing
    var testDescription: String { self.name }
  }

  private static let cases: [Case] = [
    Case(
      name: "the day before it is valid", life: MarkFacts.life(), day: "2026-01-31",
      standing: .notYetValid),
    Case(name: "its first day", life: MarkFacts.life(), day: "2026-02-01", standing: .valid),
    Case(
      name: "its last day", life: MarkFacts.life(until: "2026-03-01"), day: "2026-03-01",
      standing: .valid),
    Case(
      name: "the day after", life: MarkFacts.life(until: "2026-03-01"), day: "2026-03-02",
      standing: .expired),
    Case(
      name: "revoked before expired",
      life: MarkFacts.life(MarkFacts.revoked("2026-02-02"), until: "2026-03-01"),
      day: "2026-03-02", standing: .revoked),
    Case(
      name: "revoked before not yet valid",
      life: MarkFacts.life(MarkFacts.revoked("2026-01-11")), day: "2026-01-12",
      standing: .revoked),
    Case(
      name: "the day before the revocation",
      life: MarkFacts.life(MarkFacts.revoked("2026-03-20")), day: "2026-03-19", standing: .valid),
    Case(
      name: "the first day of a suspension",
      life: MarkFacts.life(MarkFacts.suspended("2026-03-01", "2026-03-31")), day: "2026-03-01",
      standing: .suspended),
    Case(
      name: "the last day of a suspension",
      life: MarkFacts.life(MarkFacts.suspended("2026-03-01", "2026-03-31")), day: "2026-03-31",
      standing: .suspended),
    Case(
      name: "the day after a suspension",
      life: MarkFacts.life(MarkFacts.suspended("2026-03-01", "2026-03-31")), day: "2026-04-01",
      standing: .valid),
    Case(
      name: "suspended before expired",
      life: MarkFacts.life(MarkFacts.suspended("2026-02-10"), until: "2026-03-01"),
      day: "2026-03-02", standing: .suspended),
    Case(
      name: "revoked before suspended",
      life: MarkFacts.life(
        MarkFacts.revoked("2026-03-10"), MarkFacts.suspended("2026-03-01")), day: "2026-03-10",
      standing: .revoked),
    Case(
      name: "suspended up to the day of the revocation",
      life: MarkFacts.life(
        MarkFacts.revoked("2026-03-10"), MarkFacts.suspended("2026-03-01")), day: "2026-03-09",
      standing: .suspended),
    Case(
      name: "the day before it is replaced (R-722)",
      life: MarkFacts.life(MarkFacts.replaced("2026-03-20")), day: "2026-03-19", standing: .valid),
    Case(
      name: "the day from which it is replaced (R-722)",
      life: MarkFacts.life(MarkFacts.replaced("2026-03-20")), day: "2026-03-20",
      standing: .replaced),
    Case(
      name: "replaced before expired",
      life: MarkFacts.life(MarkFacts.replaced("2026-02-20"), until: "2026-03-01"),
      day: "2026-03-02", standing: .replaced),
    Case(
      name: "suspended before replaced",
      life: MarkFacts.life(
        MarkFacts.suspended("2026-03-01"), MarkFacts.replaced("2026-03-01")), day: "2026-03-01",
      standing: .suspended),
    Case(
      name: "before its issue, though valid from a day before (R-721)",
      life: CertificateLife(
        issuedOn: MarkFacts.day("2027-01-10"), validity: MarkFacts.days("2026-02-01"), marks: []),
      day: "2027-01-09", standing: .notYetValid),
    Case(
      name: "on the day of its issue",
      life: CertificateLife(
        issuedOn: MarkFacts.day("2027-01-10"), validity: MarkFacts.days("2026-02-01"), marks: []),
      day: "2027-01-10", standing: .valid),
  ]

  @Test("marks are asked revoked, suspended, replaced, each by its first day and its act")
  func order() {
    let marks = [
      MarkFacts.revoked("2026-06-01"), MarkFacts.revoked("2026-06-02", sequence: 2),
      MarkFacts.suspended("2026-05-01", sequence: 3),
      MarkFacts.suspended("2026-05-01", sequence: 4), MarkFacts.replaced("2026-02-02"),
    ]
    #expect(marks.reversed().sorted(by: CertificateMark.precedes) == marks)
  }

  @Test("of the marks that stand the first that covers the day is taken", arguments: Self.cases)
  func standing(_ given: Case) {
    #expect(given.life.standing(on: MarkFacts.day(given.day)) == given.standing)
  }

  // Worked example 3: issued on 2026-02-01, suspended from 03-01, reinstated from 04-01; on 05-10
  // revoked from 02-20.
  @Test("a deed shows what it would make of the story")
  func story() {
    let suspension = Deed.certificateSuspended(
      .init(
        number: MarkFacts.number, days: MarkFacts.days("2026-03-01"), ground: .court, why: ""))
    let suspended = MarkFacts.life().after(suspension)
    #expect(suspended.standing(on: MarkFacts.day("2026-03-15")) == .suspended)
    #expect(suspended.standing(on: MarkFacts.day("2026-04-15")) == .suspended)
    let reinstatement = Deed.certificateReinstated(
      .init(
        number: MarkFacts.number, endsSequence: .max, reason: .mended, why: "",
        suspendedFrom: MarkFacts.day("2026-03-01"), suspendedUntil: MarkFacts.day("2026-03-31"),
        ground: .court))
    let reinstated = suspended.after(reinstatement)
    #expect(reinstated.standing(on: MarkFacts.day("2026-03-15")) == .suspended)
    #expect(reinstated.standing(on: MarkFacts.day("2026-04-15")) == .valid)
    let revocation = Deed.certificateRevoked(
      .init(number: MarkFacts.number, since: MarkFacts.day("2026-02-20"), reason: .fraud, why: "x"))
    let revoked = reinstated.after(revocation)
    #expect(revoked.standing(on: MarkFacts.day("2026-02-10")) == .valid)
    #expect(revoked.standing(on: MarkFacts.day("2026-03-15")) == .revoked)
    #expect(revoked.standing(on: MarkFacts.day("2026-04-15")) == .revoked)
    #expect(revoked.after(.tokenRevoked(.init(id: 1))) == revoked)
  }

  @Test("words of tables make the cause that wrote them, and others none")
  func words() {
    func cause(
      _ kind: String, _ reason: String, _ other: CertificateNumber? = nil
    ) -> CertificateMark.Cause? {
      .init(kind: kind, reason: reason, successor: other)
    }
    for known in [CertificateMark.Cause.revoked(.misconduct), .suspended(.holderRequest)] {
      #expect(cause(known.kind, known.reason) == known)
    }
    let replaced = CertificateMark.Cause.replaced(.renewal, by: MarkFacts.other)
    #expect(cause("replaced", "renewal", MarkFacts.other) == replaced)
    #expect(replaced.kind == "replaced")
    #expect(replaced.reason == "renewal")
    #expect(cause("replaced", "renewal") == nil)
    #expect(cause("replaced", "fraud", MarkFacts.other) == nil)
    #expect(cause("revoked", "investigation") == nil)
    #expect(cause("suspended", "fraud") == nil)
    #expect(cause("expired", "fraud") == nil)
  }
}

/// A case of an act on a certificate: what is there, what is asked, what comes of it. Today is
/// 2026-06-15, the certifier is person 5.
struct MarkCase: CustomTestStringConvertible, Sendable {
  let name: String
  var facts: CertificateFacts
  var day: String
  var until: String?
  var why: String
  var certifier: Int64
  let expected: Result<Deed, Refusal>
  var testDescription: String { self.name }

  init(
    _ name: String, _ facts: CertificateFacts, on day: String, until: String? = nil,
    why: String = "", by certifier: Int64 = 5, _ expected: Result<Deed, Refusal>
  ) {
    self.name = name
    self.facts = facts
    self.day = day
    self.until = until
    self.why = why
    self.certifier = certifier
    self.expected = expected
  }

  func check(_ decide: (CivilDate) throws -> Deed) {
    let decided = Result { try decide(MarkFacts.day("2026-06-15")) }
      .mapError { $0 as? Refusal ?? Refusal(.busy) }
    #expect(decided == self.expected)
  }
}

@Suite("Revoking a certificate (R-713)")
struct RevokeCertificateTests {
  private static func done(_ since: String, _ why: String = "") -> Result<Deed, Refusal> {
    .success(
      .certificateRevoked(
        .init(number: MarkFacts.number, since: MarkFacts.day(since), reason: .fraud, why: why)))
  }

  private static let cases: [MarkCase] = [
    MarkCase("today", MarkFacts.facts(), on: "2026-06-15", Self.done("2026-06-15")),
    MarkCase(
      "a suspended one, whose suspension stays in the story",
      MarkFacts.facts(MarkFacts.suspended("2026-06-01")), on: "2026-06-10",
      Self.done("2026-06-10")),
    MarkCase(
      "a replaced one", MarkFacts.facts(MarkFacts.replaced("2026-06-01")), on: "2026-06-10",
      Self.done("2026-06-10")),
    MarkCase(
      "an expired one", MarkFacts.facts(until: "2026-06-01"), on: "2026-06-10",
      Self.done("2026-06-10")),
    MarkCase("thirty days ahead", MarkFacts.facts(), on: "2026-07-15", Self.done("2026-07-15")),
    MarkCase(
      "thirty-one days ahead", MarkFacts.facts(), on: "2026-07-16",
      .failure(
        Refusal(
          .outOfRange, column: "held_on", value: "2026-07-16",
          ["low": "2000-01-01", "high": "2026-07-15"]))),
    MarkCase("thirty days back", MarkFacts.facts(), on: "2026-05-16", Self.done("2026-05-16")),
    MarkCase(
      "thirty-one days back without a word why (R-016)", MarkFacts.facts(), on: "2026-05-15",
      .failure(Refusal(.missing, column: "why"))),
    MarkCase(
      "thirty-one days back with a word why", MarkFacts.facts(), on: "2026-05-15",
      why: "істің қорытындысы", Self.done("2026-05-15", "істің қорытындысы")),
    MarkCase(
      "on the day of its issue", MarkFacts.facts(), on: "2026-01-10", why: "x",
      Self.done("2026-01-10", "x")),
    MarkCase(
      "before its issue", MarkFacts.facts(), on: "2026-01-09", why: "x",
      .failure(
        Refusal(
          .revokedBeforeIssue, column: "held_on", value: "2026-01-09", ["issued": "2026-01-10"]))),
    MarkCase(
      "a second time, since the first date stands",
      MarkFacts.facts(MarkFacts.revoked("2026-06-01")), on: "2026-06-10",
      .failure(Refusal(.alreadyRevoked, ["since": "2026-06-01"]))),
    MarkCase(
      "one that will be revoked", MarkFacts.facts(MarkFacts.revoked("2026-07-01")),
      on: "2026-06-10", .failure(Refusal(.alreadyRevoked, ["since": "2026-07-01"]))),
    MarkCase(
      "one's own (R-021)", MarkFacts.facts(), on: "2026-06-15", by: 8,
      .failure(Refusal(.actsOnHimself, column: "number"))),
  ]

  @Test("takes back what stands, from a day on", arguments: Self.cases)
  func decided(_ given: MarkCase) {
    given.check { today in
      try RevokeCertificate(
        MarkFacts.number, for: .fraud, since: MarkFacts.day(given.day), why: given.why
      ).decided(given.facts, by: given.certifier, on: today)
    }
  }
}

@Suite("Suspending a certificate (R-711)")
struct SuspendCertificateTests {
  private static func done(
    _ from: String, _ until: String? = nil, _ why: String = ""
  ) -> Result<Deed, Refusal> {
    .success(
      .certificateSuspended(
        .init(
          number: MarkFacts.number, days: MarkFacts.days(from, until), ground: .court, why: why)))
  }

  private static func already(_ from: String, since: String) -> Result<Deed, Refusal> {
    .failure(Refusal(.alreadySuspended, column: "held_on", value: from, ["since": since]))
  }

  private static let cases: [MarkCase] = [
    MarkCase("open", MarkFacts.facts(), on: "2026-06-15", Self.done("2026-06-15")),
    MarkCase(
      "until a day", MarkFacts.facts(), on: "2026-06-15", until: "2026-06-30",
      Self.done("2026-06-15", "2026-06-30")),
    MarkCase(
      "for one day", MarkFacts.facts(), on: "2026-06-15", until: "2026-06-15",
      Self.done("2026-06-15", "2026-06-15")),
    MarkCase(
      "one that is replaced by then (R-711)", MarkFacts.facts(MarkFacts.replaced("2026-06-15")),
      on: "2026-06-15",
      .failure(
        Refusal(.certificateReplaced, column: "number", ["number": MarkFacts.other.text]))),
    MarkCase(
      "one that will be replaced", MarkFacts.facts(MarkFacts.replaced("2026-06-16")),
      on: "2026-06-15", Self.done("2026-06-15")),
    MarkCase(
      "until the day before", MarkFacts.facts(), on: "2026-06-15", until: "2026-06-14",
      .failure(Refusal(.datesReversed, column: "until", value: "2026-06-14"))),
    MarkCase("thirty days ahead", MarkFacts.facts(), on: "2026-07-15", Self.done("2026-07-15")),
    MarkCase(
      "thirty-one days ahead", MarkFacts.facts(), on: "2026-07-16",
      .failure(
        Refusal(
          .outOfRange, column: "held_on", value: "2026-07-16",
          ["low": "2000-01-01", "high": "2026-07-15"]))),
    MarkCase(
      "thirty-one days back without a word why", MarkFacts.facts(), on: "2026-05-15",
      .failure(Refusal(.missing, column: "why"))),
    MarkCase(
      "thirty-one days back with a word why", MarkFacts.facts(), on: "2026-05-15", why: "x",
      Self.done("2026-05-15", nil, "x")),
    MarkCase(
      "on the day of its issue", MarkFacts.facts(), on: "2026-01-10", why: "x",
      Self.done("2026-01-10", nil, "x")),
    MarkCase(
      "before its issue", MarkFacts.facts(), on: "2026-01-09", why: "x",
      .failure(
        Refusal(
          .suspendedBeforeIssue, column: "held_on", value: "2026-01-09",
          ["issued": "2026-01-10"]))),
    MarkCase(
      "a revoked one", MarkFacts.facts(MarkFacts.revoked("2026-07-01")), on: "2026-06-15",
      .failure(Refusal(.alreadyRevoked, ["since": "2026-07-01"]))),
    MarkCase(
      "on its last day", MarkFacts.facts(until: "2026-06-15"), on: "2026-06-15",
      Self.done("2026-06-15")),
    MarkCase(
      "an expired one", MarkFacts.facts(until: "2026-06-14"), on: "2026-06-15",
      .failure(
        Refusal(
          .certificateExpired, column: "held_on", value: "2026-06-15", ["until": "2026-06-14"]))),
    MarkCase(
      "one that is suspended on the first day",
      MarkFacts.facts(MarkFacts.suspended("2026-06-01", "2026-06-15")), on: "2026-06-15",
      Self.already("2026-06-15", since: "2026-06-01")),
    MarkCase(
      "one that is suspended on the last day",
      MarkFacts.facts(MarkFacts.suspended("2026-06-20")), on: "2026-06-15", until: "2026-06-20",
      Self.already("2026-06-15", since: "2026-06-20")),
    MarkCase(
      "right behind another suspension",
      MarkFacts.facts(MarkFacts.suspended("2026-06-01", "2026-06-14")), on: "2026-06-15",
      Self.done("2026-06-15")),
    MarkCase(
      "right before another suspension", MarkFacts.facts(MarkFacts.suspended("2026-06-20")),
      on: "2026-06-15", until: "2026-06-19", Self.done("2026-06-15", "2026-06-19")),
    MarkCase(
      "one's own (R-021)", MarkFacts.facts(), on: "2026-06-15", by: 8,
      .failure(Refusal(.actsOnHimself, column: "number"))),
  ]

  @Test("takes effect away for the days that are asked", arguments: Self.cases)
  func decided(_ given: MarkCase) {
    given.check { today in
      try SuspendCertificate(
        MarkFacts.number, for: .court, from: MarkFacts.day(given.day),
        until: given.until.map(MarkFacts.day), why: given.why
      ).decided(given.facts, by: given.certifier, on: today)
    }
  }

  @Test("an investigation lasts ninety days unless told otherwise; other grounds are open")
  func investigation() {
    func days(_ ground: SuspensionGround, until: String?) -> Period {
      SuspendCertificate(
        MarkFacts.number, for: ground, from: MarkFacts.day("2026-06-15"),
        until: until.map(MarkFacts.day), why: ""
      ).days
    }
    // 15 June is the first of ninety: 16 in June, 31 in July, 31 in August, 12 in September.
    #expect(days(.investigation, until: nil) == MarkFacts.days("2026-06-15", "2026-09-12"))
    #expect(days(.investigation, until: "2026-06-30") == MarkFacts.days("2026-06-15", "2026-06-30"))
    for ground in [SuspensionGround.entitlement, .court, .holderRequest] {
      #expect(days(ground, until: nil) == MarkFacts.days("2026-06-15"))
    }
  }
}

@Suite("Reinstating a certificate (R-712)")
struct ReinstateCertificateTests {
  private static func done(_ until: String, _ why: String = "") -> Result<Deed, Refusal> {
    .success(
      .certificateReinstated(
        .init(
          number: MarkFacts.number, endsSequence: 40, reason: .mended, why: why,
          suspendedFrom: MarkFacts.day("2026-05-01"), suspendedUntil: MarkFacts.day(until),
          ground: .court)))
  }

  private static func none(_ day: String) -> Result<Deed, Refusal> {
    .failure(Refusal(.notSuspended, column: "held_on", value: day, ["day": day]))
  }

  private static let suspended = MarkFacts.facts(MarkFacts.suspended("2026-05-01"))
  private static let bounded = MarkFacts.facts(MarkFacts.suspended("2026-05-01", "2026-06-20"))

  private static let cases: [MarkCase] = [
    MarkCase("an open one, today", Self.suspended, on: "2026-06-15", Self.done("2026-06-14")),
    MarkCase("thirty days ahead", Self.suspended, on: "2026-07-15", Self.done("2026-07-14")),
    MarkCase(
      "thirty-one days ahead", Self.suspended, on: "2026-07-16",
      .failure(
        Refusal(
          .outOfRange, column: "held_on", value: "2026-07-16",
          ["low": "2000-01-01", "high": "2026-07-15"]))),
    MarkCase(
      "thirty-one days back without a word why", Self.suspended, on: "2026-05-15",
      .failure(Refusal(.missing, column: "why"))),
    MarkCase(
      "thirty-one days back with a word why", Self.suspended, on: "2026-05-15", why: "x",
      Self.done("2026-05-14", "x")),
    MarkCase("on its last day", Self.bounded, on: "2026-06-20", Self.done("2026-06-19")),
    MarkCase("after its last day", Self.bounded, on: "2026-06-21", Self.none("2026-06-21")),
    MarkCase(
      "from its second day", Self.suspended, on: "2026-05-02", why: "x",
      Self.done("2026-05-01", "x")),
    MarkCase(
      "from its first day, which would make it none", Self.suspended, on: "2026-05-01",
      why: "x", .failure(Refusal(.datesReversed, column: "held_on", value: "2026-05-01"))),
    MarkCase("before its first day", Self.suspended, on: "2026-04-30", Self.none("2026-04-30")),
    MarkCase(
      "one that is replaced", MarkFacts.facts(MarkFacts.replaced("2026-06-01")), on: "2026-06-15",
      Self.none("2026-06-15")),
    MarkCase(
      "one that is not suspended", MarkFacts.facts(), on: "2026-06-15", Self.none("2026-06-15")),
    MarkCase(
      "a revoked one",
      MarkFacts.facts(MarkFacts.revoked("2026-06-01"), MarkFacts.suspended("2026-05-01")),
      on: "2026-05-20", .failure(Refusal(.alreadyRevoked, ["since": "2026-06-01"]))),
    MarkCase(
      "one's own (R-021)", Self.suspended, on: "2026-06-15", by: 8,
      .failure(Refusal(.actsOnHimself, column: "number"))),
    MarkCase(
      "by who suspended it (R-028)", Self.suspended, on: "2026-06-15", by: 6,
      .failure(Refusal(.endsOwnAct, column: "number"))),
  ]

  @Test("ends what another suspended, the day before", arguments: Self.cases)
  func decided(_ given: MarkCase) {
    given.check { today in
      try ReinstateCertificate(
        MarkFacts.number, of: 8, for: .mended, from: MarkFacts.day(given.day), why: given.why
      ).decided(
        .init(
          certificate: given.facts, makers: [40: 6, 50: 5], isPassed: true, certifiers: [5, 6]),
        by: given.certifier, on: today
      ).deed
    }
  }

  @Test(
    "who suspended it proposes its end where no other certifier is there, and else may not (R-712, R-028)",
    arguments: [
      // Who decides, who may certify, and whether it takes two; nil: ENDS_OWN_ACT.
      (6, [6], true), (6, [6, 8], true), (6, [], true), (6, [5, 6], nil), (6, [5], nil),
      (5, [6], false), (5, [5, 6], false), (4, [6], false),
    ] as [(Int64, Set<Int64>, Bool?)])
  func alone(_ caller: Int64, _ certifiers: Set<Int64>, _ takesTwo: Bool?) throws {
    let act = ReinstateCertificate(
      MarkFacts.number, of: 8, for: .mended, from: MarkFacts.day("2026-06-15"), why: "")
    let facts = ReinstateCertificate.Facts(
      certificate: Self.suspended, makers: [40: 6], isPassed: true, certifiers: certifiers)
    guard let takesTwo else {
      #expect(throws: Refusal(.endsOwnAct, column: "number")) {
        try act.decided(facts, by: caller, on: MarkFacts.day("2026-06-15"))
      }
      return
    }
    #expect(
      try act.decided(facts, by: caller, on: MarkFacts.day("2026-06-15"))
        == Decision(Self.done("2026-06-14").get(), takesTwo: takesTwo))
  }

  @Test("not where the pass was annulled meanwhile (R-731)")
  func annulled() {
    #expect(throws: Refusal(.groundFailed, column: "number")) {
      try ReinstateCertificate(
        MarkFacts.number, of: 8, for: .mended, from: MarkFacts.day("2026-06-15"), why: ""
      ).decided(
        .init(certificate: Self.suspended, makers: [40: 6], isPassed: false, certifiers: []), by: 5,
        on: MarkFacts.day("2026-06-15"))
    }
  }
}

@Suite("Withdrawing a revocation, a suspension or a replacement (R-715)")
struct WithdrawMarkTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var mark: Int64 = 50
    var marks = [MarkFacts.revoked("2026-06-01"), MarkFacts.suspended("2026-05-01")]
    var isPassed = true
    var successor: CertificateNumber?
    var replacement: CertificateLife?
    var caller: Int64 = 5
    let expected: Result<Decision, Refusal>
    var testDescription: String { self.name }
  }

  private static func done(
    _ mark: Int64, revokes other: CertificateNumber? = nil
  ) -> Result<Decision, Refusal> {
    let revocation = other.map {
      CertificateRevoked(
        number: $0, since: MarkFacts.day("2026-05-20"), reason: .error, why: "қате нөмір")
    }
    return .success(
      Decision(
        .markWithdrawn(
          MarkWithdrawn(
            number: MarkFacts.number, endsSequence: mark, reason: .wrongCertificate,
            why: "қате нөмір", revokes: revocation)), takesTwo: true))
  }

  /// Certificate 418, issued instead on 2026-05-20.
  private static func issuedInstead(_ marks: CertificateMark...) -> CertificateLife {
    CertificateLife(
      issuedOn: MarkFacts.day("2026-05-20"), validity: MarkFacts.days("2026-02-01"), marks: marks)
  }

  private static let third: CertificateNumber = {
    guard let number = CertificateNumber(value: 2_026_000_419) else {
      preconditionFailure("a serial of a year")
    }
    return number
  }()

  private static let cases: [Case] = [
    Case(name: "a revocation", expected: Self.done(50)),
    Case(name: "a suspension within a revocation", mark: 40, expected: Self.done(40)),
    Case(
      name: "a suspension, whatever stands beside", mark: 40, successor: MarkFacts.other,
      expected: Self.done(40)),
    Case(
      name: "a revocation after which another was issued", successor: MarkFacts.other,
      expected: .failure(
        Refusal(.certificateReplaced, column: "number", ["number": MarkFacts.other.text]))),
    Case(
      name: "a replacement, and what was issued instead is revoked from its issue", mark: 60,
      marks: [MarkFacts.replaced("2026-05-20")], successor: MarkFacts.other,
      replacement: Self.issuedInstead(), expected: Self.done(60, revokes: MarkFacts.other)),
    Case(
      name: "a replacement by what is suspended", mark: 60,
      marks: [MarkFacts.replaced("2026-05-20")], successor: MarkFacts.other,
      replacement: Self.issuedInstead(MarkFacts.suspended("2026-06-01")),
      expected: Self.done(60, revokes: MarkFacts.other)),
    Case(
      name: "a replacement by what is revoked already", mark: 60,
      marks: [MarkFacts.replaced("2026-05-20")],
      replacement: Self.issuedInstead(MarkFacts.revoked("2026-06-01")), expected: Self.done(60)),
    Case(
      name: "a replacement after which a third was issued", mark: 60,
      marks: [MarkFacts.replaced("2026-05-20")], successor: Self.third,
      replacement: Self.issuedInstead(),
      expected: .failure(
        Refusal(.certificateReplaced, column: "number", ["number": Self.third.text]))),
    Case(
      name: "a revocation of what is replaced, and stays so", mark: 50,
      marks: [MarkFacts.revoked("2026-06-01"), MarkFacts.replaced("2026-05-20")],
      successor: MarkFacts.other, replacement: Self.issuedInstead(), expected: Self.done(50)),
    Case(
      name: "what stands no more", mark: 41,
      expected: .failure(
        Refusal(.nothingToEnd, column: "held_on", value: "2026-06-15", ["day": "2026-06-15"]))),
    Case(
      name: "nothing", mark: 0, marks: [],
      expected: .failure(
        Refusal(.nothingToEnd, column: "held_on", value: "2026-06-15", ["day": "2026-06-15"]))),
    Case(
      name: "one whose pass is annulled (R-731)", isPassed: false,
      expected: .failure(Refusal(.groundFailed, column: "number"))),
    Case(
      name: "one's own (R-021)", caller: 8,
      expected: .failure(Refusal(.actsOnHimself, column: "number"))),
  ]

  @Test("takes away what stands, by two", arguments: Self.cases)
  func decided(_ given: Case) throws {
    let act = try WithdrawMark(
      MarkFacts.number, of: 8, mark: given.mark, for: .wrongCertificate, reading: " қате  нөмір")
    let life = CertificateLife(
      issuedOn: MarkFacts.day("2026-01-10"), validity: MarkFacts.days("2026-02-01"),
      marks: given.marks)
    let decided = Result {
      try act.decided(
        .init(
          life: life, isPassed: given.isPassed, successor: given.successor,
          replacement: given.replacement),
        by: given.caller, on: MarkFacts.day("2026-06-15"))
    }.mapError { $0 as? Refusal ?? Refusal(.busy) }
    #expect(decided == given.expected)
  }

  @Test("says why in words, and leaves a life without it")
  func words() throws {
    #expect(throws: Refusal(.missing, column: "why")) {
      try WithdrawMark(MarkFacts.number, of: 8, mark: 50, for: .court, reading: " ")
    }
    let suspension = MarkFacts.suspended("2026-05-01")
    let withdrawn = Deed.markWithdrawn(
      MarkWithdrawn(number: MarkFacts.number, endsSequence: 50, reason: .court, why: "x"))
    #expect(
      MarkFacts.life(MarkFacts.revoked("2026-06-01"), suspension).after(withdrawn)
        == MarkFacts.life(suspension))
  }
}

@Suite("Approving what was shown (R-007)")
struct ApprovalTests {
  @Test("takes the digest of what is there now, and no other")
  func digest() throws {
    try Approval.check("ab12", is: "ab12", column: "shown_digest")
    #expect(throws: Refusal(.missing, column: "shown_digest")) {
      try Approval.check("", is: "ab12", column: "shown_digest")
    }
    #expect(throws: Refusal(.shownChanged, column: "shown_digest")) {
      try Approval.check("ab13", is: "ab12", column: "shown_digest")
    }
    #expect(throws: Refusal(.previewOutdated, column: "preview_digest")) {
      try Approval.check(
        "ab13", is: "ab12", column: "preview_digest", else: .previewOutdated)
    }
  }
}

@Suite("What anybody is told of a revocation")
struct RevocationToldTests {
  @Test("that it was an error, the holder's wish, or decided: no word of what (R-751)")
  func told() {
    let told = Dictionary(uniqueKeysWithValues: RevocationReason.allCases.map { ($0, $0.told) })
    #expect(
      told == [
        .fraud: .decision, .error: .issuedInError, .attestationAnnulled: .decision,
        .misconduct: .decision, .holderRequest: .atHoldersRequest, .hoursMissing: .decision,
        .issuerNotEntitled: .issuedInError, .court: .decision,
      ])
  }
}
