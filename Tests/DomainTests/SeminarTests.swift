@testable import BitimDomain
import Testing

/// A seminar asks six quarters of theory and two of practice; today is 20 January 2026.
@Suite("Seminars and their attendance (R-307)")
struct SeminarTests {
  private static func day(_ text: String) -> CivilDate { People.day(text) }
  private static let today = Self.day("2026-01-20")

  static let edition = Edition.of(
    id: 101, code: "negotiation", programme: Edition.seminar, isDefault: false,
    [.theoryQuarters: .init(6, .school), .practiceQuarters: .init(2, .school)])

  // Adopting one.

  private static func form(
    _ change: (inout EditionForm) -> Void = { _ in }
  ) -> EditionForm {
    var form = EditionForm(
      code: "negotiation", programme: 4, isDefault: false, from: "2026-01-01", until: nil,
      settings: [
        .theoryQuarters: .init(value: 6, basis: 3, article: ""),
        .practiceQuarters: .init(value: 2, basis: 3, article: ""),
      ], components: [],
      legalBasis: Trilingual(kk: "№ 7 бұйрық", ru: "Приказ № 7", en: "Order No. 7"),
      name: Trilingual(kk: " Келіссөз  өнері", ru: "Искусство переговоров", en: "Negotiation "))
    change(&form)
    return form
  }

  private static func refusals(
    _ change: (inout EditionForm) -> Void
  ) -> [Refusal] {
    do throws(Refusals) {
      _ = try AdoptEdition(reading: Self.form(change), on: Self.today)
      return []
    } catch {
      return error.all
    }
  }

  @Test(
    "is read with its name and hours, no limit of the group and ten hours a day unless it says so")
  func read() throws {
    let edition = try AdoptEdition(reading: Self.form(), on: Self.today).edition
    #expect(edition.isSeminar)
    #expect(
      edition.name
        == Trilingual(kk: "Келіссөз өнері", ru: "Искусство переговоров", en: "Negotiation"))
    #expect(edition.said == [.theoryQuarters, .practiceQuarters, .groupMax, .dayQuarters])
    let said: [EditionValue: Int] = [.theoryQuarters: 6, .practiceQuarters: 2, .dayQuarters: 40]
    for value in EditionValue.allCases {
      #expect(edition[value] == .init(said[value] ?? 0, .school), "\(value)")
    }
    let limited = try AdoptEdition(
      reading: Self.form {
        $0.settings[.groupMax] = .init(value: 30, basis: 3, article: "")
        $0.settings[.dayQuarters] = .init(value: 32, basis: 3, article: "")
        $0.settings[.practiceQuarters]?.value = 0
      }, on: Self.today
    ).edition
    #expect(limited.groupMax.value == 30)
    #expect(limited[.dayQuarters].value == 32)
  }

  @Test("what a seminar has none of is refused by name")
  func notAsked() {
    for value in EditionValue.allCases where !value.isOfSeminar {
      #expect(
        Self.refusals { $0.settings[value] = .init(value: 1, basis: 3, article: "") }
          == [Refusal(.valueNotAsked, column: value.column, value: "1")])
    }
    #expect(
      Self.refusals { $0.isDefault = true } == [
        Refusal(.valueNotAsked, column: "is_default", value: "yes")
      ])
    #expect(
      Self.refusals { $0.components = [(component: 1, passMark: nil)] }
        == [Refusal(.valueNotAsked, column: "components")])
  }

  @Test("it has hours and a name; a programme has a name of its own")
  func needed() {
    #expect(
      Self.refusals {
        $0.settings = [:]
        $0.name = nil
      } == [
        Refusal(.missing, column: "name_kk"), Refusal(.missing, column: "name_ru"),
        Refusal(.missing, column: "name_en"), Refusal(.missing, column: "theory_quarters"),
        Refusal(.missing, column: "practice_quarters"),
      ])
    let none = [
      Refusal(
        .outOfRange, column: "theory_quarters", value: "0", ["low": "1", "high": "4000"])
    ]
    #expect(
      Self.refusals {
        $0.settings[.theoryQuarters]?.value = 0
        $0.settings[.practiceQuarters]?.value = 0
      } == none)
    #expect(Self.refusals { $0.settings[.theoryQuarters]?.value = 0 } == [])
    let programme = Self.refusals { $0.programme = 3 }
    #expect(
      programme.first == Refusal(.valueNotAsked, column: "name", value: " Келіссөз  өнері"))
  }

  // Its cohort.

  @Test("a cohort names it, and is told so where it names none")
  func opened() throws {
    func open(_ code: String, _ edition: Edition?) -> Result<Int64, Refusal> {
      let act = OpenCohort(
        code: "SEM-01", programme: 4, edition: code, organisation: "ALA-01", language: .kk,
        form: .inPerson, from: Self.day("2026-02-02"), until: Self.day("2026-02-03"),
        place: "Алматы")
      let facts = OpenCohort.Facts(
        isCodeTaken: false, organisationID: 2, edition: edition, entitlement: "№ 17", nextID: 41)
      return AttestationFacts.outcome { () throws(Refusal) in
        guard case .cohortOpened(let deed) = try act.decided(facts, on: Self.today) else {
          return -1
        }
        return deed.cohort.editionID
      }
    }
    #expect(open("negotiation", Self.edition) == .success(101))
    #expect(
      open("", nil)
        == .failure(Refusal(.editionUnknown, column: "edition", ["day": "2026-02-02"])))
  }

  static func room(isEntitled: Bool = true, _ edition: Edition = Self.edition) -> CohortRoom {
    CohortRoom(
      cohort: AttestationFacts.cohort, edition: edition, enrolled: [11], trainers: [],
      isEntitled: isEntitled, needsApplication: true)
  }

  private static func obstacles(
    in room: CohortRoom = Self.room(), _ change: (inout Admission) -> Void = { _ in }
  ) -> [Refusal] {
    var admission = Admission(
      birthDate: Self.day("2009-12-31"), education: nil, bars: [], held: [])
    change(&admission)
    return room.refusals(admission, from: Self.day("2026-02-02"), isSchool: true)
  }

  @Test(
    "nobody is asked for age, education, a certificate or an application, nor what was attended")
  func admitted() {
    #expect(Self.obstacles() == [])
    #expect(
      Self.obstacles {
        $0.held = [Study(4), Study(4, in: 101)]
        $0.courses = [
          Course(
            enrolmentID: 300, study: Study(4, in: 101), cohort: "SEM-00",
            startsOn: Self.day("2026-02-02"), endsOn: Self.day("2026-03-31"), isPassed: false)
        ]
      } == [])
  }

  @Test("but entitlement, a bar and the group's limit are asked as ever")
  func refused() {
    #expect(
      Self.obstacles(in: Self.room(isEntitled: false)) == [
        Refusal(
          .notEntitledToTrain, column: "cohort", value: "P1-ALA-01", ["day": "2026-02-02"])
      ])
    #expect(
      Self.obstacles {
        $0.bars = [Bar(.conviction, days: Period(from: Self.day("2026-02-02"), until: nil))]
      } == [Refusal(.barred, ["from": "2026-02-02", "bar": "conviction"])])
    let limited = Edition.of(
      programme: 4, isDefault: false,
      [.theoryQuarters: .init(6, .school), .groupMax: .init(1, .school)])
    #expect(
      Self.obstacles(in: Self.room(limited)) == [
        Refusal(.groupFull, column: "cohort", value: "P1-ALA-01", ["limit": "1"])
      ])
  }

  @Test("who left comes back: there are no attempts to use up")
  func back() {
    let returner = Returner(
      40, admission: ReinstateTraineeTests.adult, start: Self.day("2026-02-02"), results: [])
    let outcome = AttestationFacts.outcome { () throws(Refusal) in
      try returner.check(8, in: Self.room(), from: Self.day("2026-02-10"), isSchool: true)
      return true
    }
    #expect(outcome == .success(true))
  }

  @Test("what is taken in two seminars is two, and what is specialised is of a programme alone")
  func study() {
    #expect(Self.edition.study(in: 0) == Study(4, in: 101))
    #expect(Edition.of(programme: 2).study(in: 7) == Study(2, in: 7))
    #expect(Self.edition.certificateKind == .attendance)
    #expect(Edition.of().certificateKind == .programme)
  }

  // Its attendance.

  private static func dossier(
    theory: Int = 6, practice: Int = 2, _ certificate: CertificateNumber? = nil
  ) -> Dossier {
    Dossier(
      edition: Self.edition, startedOn: Self.day("2026-02-02"),
      admission: Admission(
        birthDate: Self.day("2009-12-31"), education: nil, bars: [], held: []),
      hours: Hours(theory: theory, practice: practice),
      trained: (Self.day("2026-02-02"), Self.day("2026-02-03")), daysNotEntitled: [], results: [],
      hasLatinName: true, certificate: certificate)
  }

  @Test(
    "its certificate asks for hours, entitled days, no bar and a Latin name, and for no attestation"
  )
  func rules() throws {
    let findings = Eligibility.training(Self.dossier(practice: 1))
    #expect(
      findings == [
        RuleFinding(.noBar, isMet: true, ["day": "2026-02-02"], basis: .law),
        RuleFinding(.centreEntitled, isMet: true, ["days": ""], basis: .law),
        RuleFinding(
          .hoursTheory, isMet: true, ["got": "1.5", "needed": "1.5", "short": "0"],
          basis: .school),
        RuleFinding(
          .hoursPractice, isMet: false, ["got": "0.25", "needed": "0.5", "short": "0.25"],
          basis: .school),
        RuleFinding(.latinName, isMet: true, [:], basis: .school),
      ])
    for kind in [CertificateKind.programme, .school, .adopted] {
      #expect(
        Eligibility.notEnrolled(for: kind) == [
          RuleFinding(
            .attestation, isMet: false, ["state": "not_enrolled", "attempts": "0", "limit": "0"],
            basis: .reported)
        ])
    }
    #expect(
      Eligibility.notEnrolled(for: .attendance) == [
        RuleFinding(.enrolment, isMet: false, [:], basis: .school)
      ])
    let number = try #require(CertificateNumber(year: 2026, serial: 1))
    #expect(Self.dossier(6, number).groundFinding == nil)
    #expect(Self.dossier(5, number).groundFinding?.found == "HOURS_THEORY 1.25 / 1.5")
  }

  private static func dossier(_ theory: Int, _ number: CertificateNumber) -> Dossier {
    Self.dossier(theory: theory, practice: 2, number)
  }

  @Test("it waits while the hours are there and nothing is issued, and nobody passes")
  func stage() throws {
    let number = try #require(CertificateNumber(year: 2026, serial: 1))
    #expect(Self.dossier().awaitsAttendance)
    #expect(!Self.dossier(theory: 5).awaitsAttendance)
    #expect(!Self.dossier(6, number).awaitsAttendance)
    var programme = Self.dossier()
    programme.edition = .of([.theoryQuarters: .init(0, .law), .practiceQuarters: .init(0, .law)])
    #expect(!programme.awaitsAttendance)
    #expect(Self.dossier().stage == .enrolled)
    #expect(Self.dossier(6, number).stage == .attended)
  }

  private static func issued(
    _ kind: CertificateKind, by certifier: Int64 = 5, as roles: Set<Role>
  ) -> Result<[CertificateKind], Refusals> {
    let candidate = IssueCertificates.Candidate(
      personID: 8, kind: kind, programme: kind == .attendance ? 4 : 1, enrolmentID: 80,
      hands: .init(taughtHere: [3], taught: [:], examinedHere: [], examined: [:]),
      validityMonths: 0)
    return Result { () throws(Refusals) in
      try IssueCertificates(of: kind, by: certifier, as: roles, on: Self.today)
        .decided(.init(candidates: [candidate], isEntitled: true, lastSerial: 0))
        .map(\.candidate.kind)
    }
  }

  private static func refused(
    _ reason: Reason, _ arguments: [String: String]
  ) -> Result<[CertificateKind], Refusals> {
    .failure(Refusals(all: [Refusal(reason, arguments)]))
  }

  @Test("attendance is a registrar's to state, and all else a certifier's")
  func roles() {
    #expect(Self.issued(.attendance, as: [.registrar]) == .success([.attendance]))
    #expect(
      Self.issued(.attendance, as: [.certifier])
        == Self.refused(.notAllowed, ["roles": "registrar"]))
    for kind in [CertificateKind.programme, .school] {
      #expect(Self.issued(kind, as: [.certifier]) == .success([kind]))
      #expect(
        Self.issued(kind, as: [.registrar, .trainer])
          == Self.refused(.notAllowed, ["roles": "certifier"]))
    }
  }

  @Test("who taught may state it (R-025 does not apply), but nobody his own (R-021)")
  func hands() {
    #expect(Self.issued(.attendance, by: 3, as: [.registrar]) == .success([.attendance]))
    #expect(
      Self.issued(.programme, by: 3, as: [.certifier])
        == Self.refused(.decidesOwnTrainee, ["who": "P-8-74"]))
    #expect(
      Self.issued(.attendance, by: 8, as: [.registrar])
        == Self.refused(.decidesHimself, ["who": "P-8-74"]))
  }

  @Test("it is counted apart from what is certified, and tells no days to a certificate (R-1007)")
  func counted() throws {
    let year = try #require(ReportYear(2026, asOf: Self.day("2026-12-31")))
    var report = YearReport(year, .apart)
    report.know(
      ReportedCohort(
        id: 1, organisationID: 10, study: Study(4, in: 101), startsOn: Self.day("2026-02-01"),
        minimum: Hours(theory: 6, practice: 2)), .init())
    let place = ReportedPlace(in: 1, from: Self.day("2026-02-01"), ending: nil)
    let life = try CertificateLife.of(from: "2026-02-10")
    for serial in 1...10 {
      let number = try #require(CertificateNumber(year: 2026, serial: Int64(serial)))
      report.add(
        ReportedCertificate(
          number, .attendance, of: Int64(serial), programme: 4, by: .training(in: 1, from: place),
          life))
    }
    #expect(
      report.rows == [
        .init(.init(programme: 4, organisationID: 0), [.attendance: 10]),
        .init(.init(programme: 4, organisationID: 10), [.attendance: 10]),
      ])
  }
}
