@testable import BitimDomain
import Testing

/// What the rules of admission, scores and certification are asked about.
private enum Sample {
  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  /// An edition that asks everything: 36 hours of each kind, 25 years, higher education and the
  /// first programme.
  static func edition() throws -> Edition {
    .of(
      id: 1, programme: 2,
      [
        .theoryQuarters: .init(144, .reported), .groupMax: .init(10, .school),
        .attemptsMax: .init(3, .reported), .commissionMin: .init(3, .reported),
        .prerequisite: .init(1, .school), .ageMin: .init(25, .law),
        .higherEducation: .init(1, .law),
      ],
      components: [
        .init(component: .test, passMark: .init(70, .reported)),
        .init(component: .interview, passMark: .init(60, .reported)),
      ])
  }

  /// Somebody who meets all of it.
  static func admission() throws -> Admission {
    Admission(
      birthDate: try self.day("1991-12-31"), education: .higher, bars: [], held: [Study(1)],
      lives: [1: [try CertificateLife.of(from: "2025-06-20")]])
  }

  /// Somebody who meets none of it.
  static func refused() throws -> Admission {
    Admission(
      birthDate: try self.day("2010-01-01"), education: .secondary,
      bars: [Bar(.conviction, days: Period(from: try self.day("2026-01-01"), until: nil))],
      held: [Study(2), Study(3)])
  }
}

@Suite("Admission (R-410, R-411)")
struct AdmissionTests {
  @Test("who meets every condition on the day is refused nothing")
  func admitted() throws {
    var admission = try Sample.admission()
    // Twenty-five that very day, and a bar that ended the day before.
    admission.birthDate = try Sample.day("2001-02-02")
    admission.bars = [
      Bar(
        .prosecution,
        days: Period(from: try Sample.day("2020-01-01"), until: try Sample.day("2026-02-01")))
    ]
    #expect(
      try admission.refusals(under: Sample.edition(), on: Sample.day("2026-02-02")) == [])
  }

  @Test("whoever meets none is told all of them, in a fixed order")
  func refused() throws {
    let refusals = try Sample.refused().refusals(
      under: Sample.edition(), on: Sample.day("2026-02-02"))
    #expect(
      refusals == [
        Refusal(
          .tooYoung, column: "birth_date", value: "2010-01-01",
          ["age": "25", "day": "2026-02-02"]),
        Refusal(.educationTooLow, column: "education", value: "secondary"),
        Refusal(.barred, ["bar": "conviction", "from": "2026-01-01"]),
        Refusal(.prerequisiteMissing, ["programme": "1", "day": "2026-02-02"]),
      ])
  }

  /// How the certificate of programme 1 is on the first day of training, and whether it counts.
  struct Held: CustomTestStringConvertible {
    let testDescription: String
    let isMet: Bool
    let lives: [CertificateLife]
    let isHeld: Bool

    init(
      _ what: String, isMet: Bool, isHeld: Bool = true, _ lives: () throws -> [CertificateLife]
    ) {
      (self.testDescription, self.isMet, self.isHeld) = (what, isMet, isHeld)
      self.lives = (try? lives()) ?? []
    }

    /// A mark of these days.
    static func mark(
      _ cause: CertificateMark.Cause, from: String, until: String? = nil
    ) throws -> CertificateMark {
      CertificateMark(
        cause,
        days: Period(
          from: try Sample.day(from), until: try until.map { try Sample.day($0) }), sequence: 9)
    }
  }

  static let held: [Held] = [
    Held("valid from that day on", isMet: true) { [try CertificateLife.of(from: "2026-02-02")] },
    Held("issued the day after", isMet: true) { [try CertificateLife.of(from: "2026-02-03")] },
    Held("valid until that day", isMet: true) {
      [try CertificateLife.of(from: "2023-02-03", until: "2026-02-02")]
    },
    Held("expired the day before", isMet: false) {
      [try CertificateLife.of(from: "2023-02-02", until: "2026-02-01")]
    },
    Held("suspended that day", isMet: false) {
      let mark = try Held.mark(.suspended(.investigation), from: "2026-02-02", until: "2026-02-02")
      return [try CertificateLife.of(from: "2025-06-20", marks: [mark])]
    },
    Held("suspended until the day before", isMet: true) {
      let mark = try Held.mark(.suspended(.investigation), from: "2026-01-02", until: "2026-02-01")
      return [try CertificateLife.of(from: "2025-06-20", marks: [mark])]
    },
    Held("replaced before by one that is valid", isMet: true) {
      let next = try #require(CertificateNumber(year: 2026, serial: 7))
      let mark = try Held.mark(.replaced(.correction, by: next), from: "2026-01-10")
      return [
        try CertificateLife.of(from: "2025-06-20", marks: [mark]),
        try CertificateLife.of(from: "2026-01-10"),
      ]
    },
    Held("revoked from the day after, and so not held any more", isMet: false, isHeld: false) {
      let mark = try Held.mark(.revoked(.fraud), from: "2026-02-03")
      return [try CertificateLife.of(from: "2025-06-20", marks: [mark])]
    },
  ]

  @Test("what an edition asks first is valid on the first day of training", arguments: Self.held)
  func prerequisite(_ held: Held) throws {
    var admission = try Sample.admission()
    admission.lives = [1: held.lives]
    admission.held = held.isHeld ? [Study(1)] : []
    let refusals = try admission.refusals(under: Sample.edition(), on: Sample.day("2026-02-02"))
    let missing = Refusal(.prerequisiteMissing, ["programme": "1", "day": "2026-02-02"])
    #expect(refusals == (held.isMet ? [] : [missing]))
  }
}

@Suite("Scores")
struct ScoresTests {
  @Test("every component must reach its mark (R-615)")
  func passed() throws {
    let edition = try Sample.edition()
    #expect(edition.isPassed(with: [.test: 70, .interview: 60]))
    #expect(!edition.isPassed(with: [.test: 69, .interview: 60]))
    #expect(!edition.isPassed(with: [.test: 100, .interview: 0]))
  }
}

@Suite("Certification (R-703)")
struct CertificationTests {
  private func dossier() throws -> Dossier {
    Dossier(
      edition: try Sample.edition(), startedOn: try Sample.day("2026-01-20"),
      admission: try Sample.admission(), hours: Hours(theory: 144, practice: 145),
      trained: (try Sample.day("2026-02-02"), try Sample.day("2026-03-10")), daysNotEntitled: [],
      results: [
        .init(
          id: 1, sessionID: 1, enrolmentID: 40, attempt: 1, outcome: .failed, scores: [:],
          recordedBy: 5, confirmedBy: 3, isAnnulled: false,
          heldOn: try Sample.day("2026-03-12"), protocolNumber: "№ 11"),
        .init(
          id: 2, sessionID: 2, enrolmentID: 40, attempt: 2, outcome: .passed, scores: [:],
          recordedBy: 5, confirmedBy: 3, isAnnulled: false,
          heldOn: try Sample.day("2026-03-20"), protocolNumber: "№ 12"),
      ], hasLatinName: true, certificate: nil)
  }

  @Test("a dossier in order meets every rule, each with its evidence and basis (R-302)")
  func met() throws {
    #expect(
      Eligibility.training(try self.dossier()) == [
        RuleFinding(
          .age, isMet: true, ["age": "34", "needed": "25", "day": "2026-01-20"], basis: .law),
        RuleFinding(.education, isMet: true, ["education": "higher"], basis: .law),
        RuleFinding(.noBar, isMet: true, ["day": "2026-01-20"], basis: .law),
        RuleFinding(
          .prerequisite, isMet: true, ["programme": "1", "day": "2026-01-20"], basis: .school),
        RuleFinding(.centreEntitled, isMet: true, ["days": ""], basis: .law),
        RuleFinding(
          .hoursTheory, isMet: true, ["got": "36", "needed": "36", "short": "0"],
          basis: .reported),
        RuleFinding(
          .hoursPractice, isMet: true, ["got": "36.25", "needed": "36", "short": "0"],
          basis: .school),
        RuleFinding(
          .attestation, isMet: true,
          ["attempts": "2", "limit": "3", "day": "2026-03-20", "protocol": "№ 12"],
          basis: .reported),
        RuleFinding(.latinName, isMet: true, [:], basis: .school),
      ])
  }

  @Test("a dossier without anything meets no rule, and each says what is missing")
  func unmet() throws {
    var dossier = try self.dossier()
    dossier.admission = try Sample.refused()
    dossier.hours = Hours(theory: 40, practice: 0)
    dossier.trained = nil
    dossier.daysNotEntitled = [try Sample.day("2026-02-03"), try Sample.day("2026-02-04")]
    dossier.results = []
    dossier.hasLatinName = false
    #expect(
      Eligibility.training(dossier) == [
        RuleFinding(
          .age, isMet: false, ["age": "16", "needed": "25", "day": "2026-01-20"], basis: .law),
        RuleFinding(.education, isMet: false, ["education": "secondary"], basis: .law),
        RuleFinding(.noBar, isMet: false, ["day": "2026-01-20"], basis: .law),
        RuleFinding(
          .prerequisite, isMet: false, ["programme": "1", "day": "2026-01-20"], basis: .school),
        RuleFinding(
          .centreEntitled, isMet: false, ["days": "2026-02-03, 2026-02-04"], basis: .law),
        RuleFinding(
          .hoursTheory, isMet: false, ["got": "10", "needed": "36", "short": "26"],
          basis: .reported),
        RuleFinding(
          .hoursPractice, isMet: false, ["got": "0", "needed": "36", "short": "36"],
          basis: .school),
        RuleFinding(
          .attestation, isMet: false, ["attempts": "0", "limit": "3", "state": "none"],
          basis: .reported),
        RuleFinding(.latinName, isMet: false, [:], basis: .school),
      ])
  }

  @Test("the School's certificate names each of the three programmes, held or not (R-308)")
  func school() throws {
    // 2026-000417-29 is the architecture's own example.
    let number = try CertificateNumber(typed: "2026-000417-29")
    #expect(
      Eligibility.school(held: [2: number]) == [
        RuleFinding(
          .programmeHeld, isMet: false, ["programme": "1", "number": ""], basis: .school),
        RuleFinding(
          .programmeHeld, isMet: true, ["programme": "2", "number": "2026-000417-29"],
          basis: .school),
        RuleFinding(
          .programmeHeld, isMet: false, ["programme": "3", "number": ""], basis: .school),
      ])
  }
}

extension CertificateLife {
  /// The life of a certificate that was issued on a day.
  static func of(
    from day: String, until: String? = nil, marks: [CertificateMark] = []
  ) throws -> CertificateLife {
    let from = try #require(CivilDate(iso: day))
    let until = try until.map { try #require(CivilDate(iso: $0)) }
    return CertificateLife(
      issuedOn: from, validity: Period(from: from, until: until), marks: marks)
  }
}
