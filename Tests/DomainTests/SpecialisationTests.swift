@testable import BitimDomain
import Testing

/// Families are number 5, in force in 2026; cohorts begin on 2 February 2026, today is 20 January.
@Suite("Specialisations of programme 2 (R-306)")
struct SpecialisationTests {
  private static func day(_ text: String) -> CivilDate { People.day(text) }
  private static let today = Self.day("2026-01-20")

  private static func family(
    from: String = "2026-01-01", until: String? = "2026-12-31"
  ) -> Specialisation {
    Specialisation(
      id: 5, code: "family",
      name: Trilingual(kk: "Отбасы медиациясы", ru: "Семейная медиация", en: "Family mediation"),
      inForce: Period(from: Self.day(from), until: until.map(Self.day)))
  }

  private static func form(
    _ change: (inout SpecialisationForm) -> Void = { _ in }
  ) -> SpecialisationForm {
    var form = SpecialisationForm(
      code: " family ",
      name: Trilingual(
        kk: " Отбасы  медиациясы", ru: "Семейная медиация", en: "Family mediation "),
      from: "2026-01-01", until: "2026-12-31")
    change(&form)
    return form
  }

  private func refusals(_ change: (inout SpecialisationForm) -> Void) -> [Refusal] {
    do throws(Refusals) {
      _ = try DefineSpecialisation(reading: Self.form(change), on: Self.today)
      return []
    } catch {
      return error.all
    }
  }

  @Test("is read with its code, its names in three languages and its days")
  func read() throws {
    var read = Self.family()
    read.id = 0
    #expect(
      try DefineSpecialisation(reading: Self.form(), on: Self.today).specialisation == read)
    #expect(self.refusals { $0.until = nil } == [])
  }

  @Test("everything that is filled in wrongly is told at once")
  func wrong() {
    #expect(
      self.refusals {
        $0.code = "Family"
        $0.name = Trilingual(kk: "", ru: " ", en: "")
        $0.from = "2026-13-01"
      } == [
        Refusal(.codeMalformed, column: "code", value: "Family"),
        Refusal(.missing, column: "name_kk"), Refusal(.missing, column: "name_ru"),
        Refusal(.missing, column: "name_en"),
        Refusal(.notADate, column: "valid_from", value: "2026-13-01"),
      ])
    #expect(
      self.refusals { $0.until = "2025-12-31" }
        == [Refusal(.datesReversed, column: "valid_until", value: "2025-12-31")])
    #expect(
      self.refusals { $0.from = "2031-01-21" }
        == [
          Refusal(
            .outOfRange, column: "valid_from", value: "2031-01-21",
            ["low": "2000-01-01", "high": "2031-01-20"])
        ])
  }

  @Test("none is called general, which is what a cohort without one is")
  func general() {
    #expect(
      self.refusals { $0.code = "general" }
        == [Refusal(.codeTaken, column: "code", value: "general")])
  }

  private static func decided(
    _ change: (inout SpecialisationForm) -> Void = { _ in }, there: Specialisation? = nil
  ) throws -> Result<Decision, Refusal> {
    let act = try DefineSpecialisation(reading: Self.form(change), on: Self.today)
    return AttestationFacts.outcome { () throws(Refusal) in
      try act.decided(.init(there: there, nextID: 6))
    }
  }

  private static func done(
    _ id: Int64, until: String?
  ) -> Result<Decision, Refusal> {
    var defined = Self.family(until: until)
    defined.id = id
    return .success(
      Decision(.specialisationDefined(SpecialisationDefined(defined)), takesTwo: true))
  }

  @Test("takes two persons, and the next id")
  func defined() throws {
    #expect(try Self.decided() == Self.done(6, until: "2026-12-31"))
  }

  @Test("defined again it gets another last day under its id, and nothing else")
  func again() throws {
    #expect(
      try Self.decided({ $0.until = nil }, there: Self.family()) == Self.done(5, until: nil))
    #expect(
      try Self.decided({ $0.until = "2026-06-30" }, there: Self.family())
        == Self.done(5, until: "2026-06-30"))
    #expect(
      try Self.decided(there: Self.family())
        == .failure(Refusal(.nothingChanged, column: "valid_until", value: "2026-12-31")))
    #expect(
      try Self.decided({ $0.until = nil }, there: Self.family(until: nil))
        == .failure(Refusal(.nothingChanged, column: "valid_until")))
    let others: [(String, String, String, (inout SpecialisationForm) -> Void)] = [
      ("valid_from", "2026-01-02", "2026-01-01", { $0.from = "2026-01-02" }),
      ("name_kk", "Отбасы", "Отбасы медиациясы", { $0.name.kk = "Отбасы" }),
      ("name_ru", "Семья", "Семейная медиация", { $0.name.ru = "Семья" }),
      ("name_en", "Family", "Family mediation", { $0.name.en = "Family" }),
    ]
    for (column, mine, theirs, change) in others {
      #expect(
        try Self.decided(change, there: Self.family())
          == .failure(Refusal(.differs, column: column, value: mine, ["there": theirs])))
    }
  }

  // Cohorts.

  private static func open(
    _ code: String, programme: Int = 2, _ found: Specialisation? = Self.family()
  ) -> Result<Int64, Refusal> {
    let act = OpenCohort(
      code: "P2-ALA-01", programme: programme, edition: "2025", specialisation: code,
      organisation: "ALA-01", language: .kk, form: .inPerson, from: Self.day("2026-02-02"),
      until: Self.day("2026-03-31"), place: "Алматы")
    let facts = OpenCohort.Facts(
      isCodeTaken: false, organisationID: 2, edition: .of(from: "2000-01-01"),
      specialisation: found, entitlement: "register, 17", nextID: 41)
    do throws(Refusal) {
      guard case .cohortOpened(let deed) = try act.decided(facts, on: Self.today) else {
        return .success(-1)
      }
      return .success(deed.cohort.specialisationID)
    } catch {
      return .failure(error)
    }
  }

  private static func refused(
    _ reason: Reason, _ arguments: [String: String] = [:]
  ) -> Result<Int64, Refusal> {
    .failure(Refusal(reason, column: "specialisation", value: "family", arguments))
  }

  @Test("a cohort names one, or is general")
  func named() {
    #expect(Self.open("family") == .success(5))
    #expect(Self.open("", nil) == .success(0))
    #expect(Self.open("general", nil) == .success(0))
    #expect(Self.open("", programme: 1, nil) == .success(0))
    #expect(Self.open("family", programme: 1) == Self.refused(.specialisationElsewhere))
    #expect(Self.open("family", programme: 3) == Self.refused(.specialisationElsewhere))
    #expect(Self.open("family", nil) == Self.refused(.specialisationUnknown))
  }

  @Test("one that is in force on its first day")
  func inForce() {
    #expect(
      Self.open("family", Self.family(from: "2026-02-02", until: "2026-02-02")) == .success(5))
    #expect(
      Self.open("family", Self.family(from: "2026-02-03"))
        == Self.refused(
          .specialisationNotInForce,
          ["day": "2026-02-02", "from": "2026-02-03", "to": "2026-12-31"]))
    #expect(
      Self.open("family", Self.family(until: "2026-02-01"))
        == Self.refused(
          .specialisationNotInForce,
          ["day": "2026-02-02", "from": "2026-01-01", "to": "2026-02-01"]))
    #expect(Self.open("family", Self.family(until: nil)) == .success(5))
  }

  // Who may take it.

  private static func room(_ specialisation: Int64) -> CohortRoom {
    var cohort = AttestationFacts.cohort
    cohort.specialisationID = specialisation
    return CohortRoom(
      cohort: cohort, edition: EnrolTraineesTests.edition(programme: 2), enrolled: [],
      trainers: [], isEntitled: true)
  }

  private static func obstacles(
    _ specialisation: Int64, _ change: (inout Admission) -> Void
  ) -> [Refusal] {
    var admission = ReinstateTraineeTests.adult
    change(&admission)
    return Self.room(specialisation).obstacles(
      admission, from: Self.day("2026-02-02"), isSchool: true)
  }

  private static func course(
    in specialisation: Int64, isPassed: Bool, from first: String = "2025-02-02",
    until last: String = "2025-03-31"
  ) -> Course {
    Course(
      enrolmentID: 300, study: Study(2, in: specialisation), cohort: "P2-AST-01",
      startsOn: Self.day(first), endsOn: Self.day(last), isPassed: isPassed)
  }

  @Test("what is held is a programme and a specialisation")
  func held() {
    let held = [Refusal(.programmeHeld, ["programme": "2"])]
    #expect(Self.obstacles(5) { $0.held = [Study(2, in: 5)] } == held)
    #expect(Self.obstacles(0) { $0.held = [Study(2)] } == held)
    #expect(Self.obstacles(5) { $0.held = [Study(2, in: 6), Study(2)] } == [])
    #expect(Self.obstacles(0) { $0.held = [Study(2, in: 5)] } == [])
  }

  @Test("what is passed, too; but a programme is taken once at a time")
  func passed() {
    let passed = Self.course(in: 5, isPassed: true)
    #expect(Self.obstacles(5) { $0.courses = [passed] } == [Refusal(.alreadyPassed)])
    #expect(Self.obstacles(6) { $0.courses = [passed] } == [])
    let taken = Self.course(in: 5, isPassed: false, from: "2026-02-10", until: "2026-04-30")
    #expect(
      Self.obstacles(6) { $0.courses = [taken] }
        == [Refusal(.alreadyEnrolled, ["programme": "2", "cohort": "P2-AST-01"])])
  }

  @Test("who needs programme 2 first needs any of it")
  func prerequisite() throws {
    var room = Self.room(0)
    room.edition = EnrolTraineesTests.edition(programme: 3, prerequisite: 2)
    var admission = ReinstateTraineeTests.adult
    func obstacles() -> [Refusal] {
      room.obstacles(admission, from: Self.day("2026-02-02"), isSchool: true)
    }
    #expect(
      obstacles() == [Refusal(.prerequisiteMissing, ["programme": "2", "day": "2026-02-02"])])
    admission.held = [Study(2, in: 5)]
    admission.lives = [2: [try CertificateLife.of(from: "2025-06-20")]]
    #expect(obstacles() == [])
  }
}
