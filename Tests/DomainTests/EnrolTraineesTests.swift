@testable import BitimDomain
import Testing

@Suite("Enrolling trainees")
struct EnrolTraineesTests {
  static func edition(
    programme: Int = 1, groupMax: Int = 25, prerequisite: Int = 0, ageMin: Int = 25,
    higherEducation: Int = 1
  ) -> Edition {
    .of(
      code: "P1-2025", programme: programme,
      [
        .groupMax: .init(groupMax, .law), .prerequisite: .init(prerequisite, .law),
        .ageMin: .init(ageMin, .law), .higherEducation: .init(higherEducation, .law),
      ])
  }

  static func cohort(_ id: Int64 = 5, code: String = "P1-ALA-01") -> CohortRecord {
    CohortRecord(
      id: id, code: code, editionID: 3, organisationID: 2, language: .kk, form: .inPerson,
      startsOn: People.day("2026-02-02"), endsOn: People.day("2026-03-31"), place: "Алматы")
  }

  /// A row and what the registry says of it: in order until something is changed.
  struct Setting {
    var form = People.form()
    var distinctFrom: [String] = []
    var place: EnrolTrainees.Place? = .init(
      cohort: EnrolTraineesTests.cohort(), edition: EnrolTraineesTests.edition(), enrolled: [],
      trainers: [30], isEntitled: true)
    var candidates: [Candidate] = []
    var admissions: [Int64: Admission] = [:]
    var day = People.day("2026-02-01")
    var isSchool = true

    /// P-51 is in the registry.
    mutating func known(_ change: (inout Admission) -> Void = { _ in }) {
      self.candidates = [Candidate(People.aigerim(), isKnownHere: true)]
      var admission = Admission(
        birthDate: People.day("1991-12-31"), education: .higher, bars: [], held: [])
      change(&admission)
      self.admissions = [51: admission]
    }

    func row(_ line: Int = 2) -> EnrolTrainees.Row {
      .init(
        line: line, self.form, distinctFrom: self.distinctFrom, evidence: "two passports",
        on: People.today)
    }

    var facts: EnrolTrainees.Facts {
      .init(place: self.place, candidates: self.candidates, admissions: self.admissions)
    }

    func list() -> EnrolTrainees {
      EnrolTrainees(
        on: self.day, by: 9, isSchool: self.isSchool, nextPerson: 77, nextEnrolment: 400)
    }
  }

  static func enrolment(
    _ id: Int64 = 400, _ person: Int64 = 77, cohort: Int64 = 5, on day: String = "2026-02-01"
  ) -> EnrolmentRecord {
    EnrolmentRecord(id: id, cohortID: cohort, personID: person, enrolledOn: People.day(day))
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let outcome: RowOutcome
    let deed: TraineesEnrolled?
    let change: @Sendable (inout Setting) -> Void

    init(
      _ name: String, _ outcome: RowOutcome, _ deed: TraineesEnrolled? = nil,
      _ change: @escaping @Sendable (inout Setting) -> Void
    ) {
      (self.name, self.outcome, self.deed, self.change) = (name, outcome, deed, change)
    }

    /// A row that is refused.
    init(
      _ name: String, person: Int64? = nil, _ refusals: Refusal..., isDoubt: Bool = false,
      change: @escaping @Sendable (inout Setting) -> Void
    ) {
      self.init(name, .init(.refused, person: person, refusals, isDoubt: isDoubt), nil, change)
    }

    var testDescription: String { self.name }
  }

  static let new = TraineesEnrolled(
    people: [People.aigerim(77)], enrolments: [Self.enrolment()])
  static let there = TraineesEnrolled(enrolments: [Self.enrolment(400, 51)])

  static let cases: [Case] = [
    // Who is enrolled.
    Case("somebody new", .init(.added), Self.new) { _ in },
    Case("somebody who is in the registry", .init(.added, person: 51), Self.there) { $0.known() },
    Case(
      "a double that is dismissed", .init(.added),
      TraineesEnrolled(
        people: [People.aigerim(77)], enrolments: [Self.enrolment()],
        dismissed: [DismissedDouble(personID: 77, otherID: 51, evidence: "two passports")])
    ) {
      $0.candidates = [Candidate(People.aigerim(51, []), isKnownHere: true)]
      $0.distinctFrom = ["P-51-42"]
    },
    Case(
      "an identifier that is not taken",
      .init(
        .added, person: 51,
        [Refusal(.identifierNotTaken, column: "document_number", value: "N1")]), Self.there
    ) {
      $0.known()
      $0.form.identifiers.append(People.typed("N 1"))
    },
    Case(
      "names in capitals",
      .init(
        .added, person: 51, [Refusal(.nameInCapitals, column: "surname_ru", value: "АХМЕТОВА")]),
      Self.there
    ) {
      $0.known()
      $0.candidates[0].person.names.ru = People.name("АХМЕТОВА", "Айгерим")
      $0.form.names.ru = People.name("АХМЕТОВА", "Айгерим")
    },
    // Who is enrolled already.
    Case("there already", .init(.unchanged, person: 51)) {
      $0.known()
      $0.place?.enrolled = [51]
    },
    Case(
      "there already, an identifier more",
      .init(
        .unchanged, person: 51,
        [Refusal(.identifierNotTaken, column: "document_number", value: "N1")])
    ) {
      $0.known()
      $0.place?.enrolled = [51]
      $0.form.identifiers.append(People.typed("N1"))
    },
    Case(
      "there already with other names and another education",
      .init(
        .differs, person: 51,
        [
          Refusal(.differs, column: "surname_ru", value: "Ахметова", ["there": ""]),
          Refusal(.differs, column: "given_ru", value: "Айгерим", ["there": ""]),
          Refusal(.differs, column: "given_latin", value: "Aygerim", ["there": "Aigerim"]),
          Refusal(.differs, column: "education", value: "secondary", ["there": "higher"]),
        ])
    ) {
      $0.known()
      $0.place?.enrolled = [51]
      $0.form.names.ru = People.name("Ахметова", "Айгерим")
      $0.form.names.latin?.given = "Aygerim"
      $0.form.education = 1
    },
    Case("there already, less is said", .init(.unchanged, person: 51)) {
      $0.known()
      $0.place?.enrolled = [51]
      $0.form.names.latin = nil
      $0.form.education = 0
    },
    // What is refused before anybody is asked for.
    Case("a row filled in wrongly", Refusal(.missing, column: "birth_date")) {
      $0.form.birthDate = ""
    },
    Case(
      "a number of a double that is mistyped, and what is filled in wrongly besides",
      Refusal(.missing, column: "birth_date"),
      Refusal(.numberMistyped, column: "distinct_from", value: "51")
    ) {
      $0.form.birthDate = ""
      $0.distinctFrom = ["51"]
    },
    Case("no cohort for the caller", .init(.refused)) { $0.place = nil },
    // Who it is.
    Case(
      "a number with another birth date",
      Refusal(.otherBirthDate, column: "iin", value: "991231000014", ["person": "P-51-42"]),
      isDoubt: true
    ) {
      $0.known()
      $0.form.birthDate = "1991-12-30"
    },
    Case("a double", Refusal(.possibleDouble, ["people": "P-51-42"]), isDoubt: true) {
      $0.candidates = [Candidate(People.aigerim(51, []), isKnownHere: true)]
    },
    // Separation.
    Case("himself (R-416)", person: 9, Refusal(.actsOnHimself)) {
      $0.known()
      $0.candidates[0].person.id = 9
    },
    Case(
      "a trainer of the cohort", person: 30,
      Refusal(.trainsHimself, column: "cohort", value: "P1-ALA-01")
    ) {
      $0.known()
      $0.candidates[0].person.id = 30
    },
    // What differs is not enrolled over.
    Case(
      "other names than are recorded", person: 51,
      Refusal(.differs, column: "given_latin", value: "Aygerim", ["there": "Aigerim"])
    ) {
      $0.known()
      $0.form.names.latin?.given = "Aygerim"
    },
    // Admission.
    Case(
      "after the last day",
      Refusal(
        .enrolledAfterEnd, column: "cohort", value: "P1-ALA-01", ["ends": "2026-03-31"])
    ) { $0.day = People.day("2026-04-01") },
    Case(
      "of who is not entitled that day (R-415)",
      Refusal(
        .notEntitledToTrain, column: "cohort", value: "P1-ALA-01", ["day": "2026-02-02"])
    ) { $0.place?.isEntitled = false },
    Case(
      "of who is not entitled on a later day",
      Refusal(
        .notEntitledToTrain, column: "cohort", value: "P1-ALA-01", ["day": "2026-02-09"])
    ) {
      $0.place?.isEntitled = false
      $0.day = People.day("2026-02-09")
    },
    Case(
      "too young on the first day of the cohort",
      Refusal(
        .tooYoung, column: "birth_date", value: "2001-02-03", ["age": "25", "day": "2026-02-02"])
    ) { $0.form.birthDate = "2001-02-03" },
    Case(
      "born on 29 February, on 28 February",
      Refusal(
        .tooYoung, column: "birth_date", value: "2000-02-29", ["age": "25", "day": "2025-02-28"])
    ) {
      $0.form.birthDate = "2000-02-29"
      $0.place?.cohort.startsOn = People.day("2025-02-28")
      $0.day = People.day("2025-02-28")
    },
    Case("no education", Refusal(.educationTooLow, column: "education")) {
      $0.form.education = 0
    },
    Case(
      "an education below", Refusal(.educationTooLow, column: "education", value: "secondary")
    ) { $0.form.education = 1 },
    Case(
      "barred on the first day", person: 51,
      Refusal(.barred, ["bar": "prosecution", "from": "2026-01-15", "until": "2026-02-02"])
    ) {
      $0.known {
        $0.bars = [
          Bar(
            .prosecution,
            days: Period(from: People.day("2026-01-15"), until: People.day("2026-02-02")))
        ]
      }
    },
    Case(
      "barred, as a centre reads it", person: 51,
      Refusal(.barred, ["from": "2026-02-02"])
    ) {
      $0.isSchool = false
      $0.known {
        $0.bars = [Bar(.conviction, days: Period(from: People.day("2026-02-02"), until: nil))]
      }
    },
    Case(
      "without the programme before",
      Refusal(.prerequisiteMissing, ["programme": "1", "day": "2026-02-02"])
    ) {
      $0.place?.edition = Self.edition(
        programme: 2, prerequisite: 1, ageMin: 0, higherEducation: 0)
    },
    Case("holding the programme", person: 51, Refusal(.programmeHeld, ["programme": "1"])) {
      $0.known { $0.held = [Study(1)] }
    },
    Case(
      "a cohort that is cancelled (R-415)",
      Refusal(.cohortClosed, column: "cohort", value: "P1-ALA-01")
    ) { $0.place?.cohort.isCancelled = true },
    Case(
      "a full group",
      Refusal(.groupFull, column: "cohort", value: "P1-ALA-01", ["limit": "25"])
    ) { $0.place?.enrolled = Set(100..<125) },
    Case(
      "everything at once", person: 51,
      Refusal(
        .enrolledAfterEnd, column: "cohort", value: "P1-ALA-01", ["ends": "2026-03-31"]),
      Refusal(.educationTooLow, column: "education", value: "secondary"),
      Refusal(.programmeHeld, ["programme": "1"]),
      Refusal(.groupFull, column: "cohort", value: "P1-ALA-01", ["limit": "25"])
    ) {
      $0.known {
        $0.education = .secondary
        $0.held = [Study(1)]
      }
      $0.place?.enrolled = Set(100..<125)
      $0.day = People.day("2026-04-01")
    },
    // The other side of each bound.
    Case(
      "on the last day, when no hours can be had any more",
      .init(
        .added,
        [
          Refusal(
            .hoursCannotSuffice, column: "cohort", value: "P1-ALA-01",
            ["most": "10", "needed": "72", "ends": "2026-03-31"])
        ]),
      TraineesEnrolled(
        people: [People.aigerim(77)], enrolments: [Self.enrolment(on: "2026-03-31")])
    ) { $0.day = People.day("2026-03-31") },
    // 72 hours at 10 a day take eight days: from the 24th on seven are left, and then six.
    Case(
      "with eight days left", .init(.added),
      TraineesEnrolled(
        people: [People.aigerim(77)], enrolments: [Self.enrolment(on: "2026-03-24")])
    ) { $0.day = People.day("2026-03-24") },
    Case(
      "with seven days left, a warning (R-418)",
      .init(
        .added,
        [
          Refusal(
            .hoursCannotSuffice, column: "cohort", value: "P1-ALA-01",
            ["most": "70", "needed": "72", "ends": "2026-03-31"])
        ]),
      TraineesEnrolled(
        people: [People.aigerim(77)], enrolments: [Self.enrolment(on: "2026-03-25")])
    ) { $0.day = People.day("2026-03-25") },
    Case(
      "with the cohort's first day, short as it is, no warning", .init(.added), Self.new
    ) { $0.place?.cohort.endsOn = People.day("2026-02-05") },
    Case("the last place", .init(.added), Self.new) { $0.place?.enrolled = Set(100..<124) },
    Case("no limit", .init(.added), Self.new) {
      $0.place?.edition = Self.edition(groupMax: 0)
      $0.place?.enrolled = Set(100..<200)
    },
    Case("an edition that asks no age and no education", .init(.added, person: 51), Self.there) {
      $0.known {
        $0.birthDate = People.day("2026-02-03")
        $0.education = nil
      }
      $0.place?.edition = Self.edition(ageMin: 0, higherEducation: 0)
    },
    Case("barred until the day before", .init(.added, person: 51), Self.there) {
      $0.known {
        $0.bars = [
          Bar(
            .prosecution,
            days: Period(from: People.day("2026-01-15"), until: People.day("2026-02-01")))
        ]
      }
    },
    Case("holding another programme", .init(.added, person: 51), Self.there) {
      $0.known { $0.held = [Study(2)] }
    },
    Case("the programme before is held", .init(.added, person: 51), Self.there) {
      $0.known {
        $0.held = [Study(1)]
        $0.lives = [1: [(try? CertificateLife.of(from: "2025-06-20"))].compactMap { $0 }]
      }
      $0.place?.edition = Self.edition(programme: 2, prerequisite: 1)
    },
    Case(
      "taking the programme elsewhere (R-412)",
      .init(
        .refused, person: 51,
        [Refusal(.alreadyEnrolled, ["programme": "1", "cohort": "P1-AST-01"])])
    ) {
      $0.known { $0.courses = [Self.course("P1-AST-01")] }
    },
    Case(
      "taking it elsewhere, told to a centre, which reads nothing of other organisations (R-207)",
      .init(.refused, person: 51, [Refusal(.alreadyEnrolled, ["programme": "1"])])
    ) {
      $0.known { $0.courses = [Self.course("P1-AST-01")] }
      $0.isSchool = false
    },
    Case(
      "passed and waiting for the certificate, however long ago (R-412)",
      .init(.refused, person: 51, [Refusal(.alreadyPassed)])
    ) {
      $0.known { $0.courses = [Self.course("P1-AST-01", until: "2020-03-31", isPassed: true)] }
    },
    Case(
      "taking it elsewhere from this cohort's last day on",
      .init(
        .refused, person: 51,
        [Refusal(.alreadyEnrolled, ["programme": "1", "cohort": "P1-AST-01"])])
    ) {
      $0.known {
        $0.courses = [Self.course("P1-AST-01", from: "2026-03-31", until: "2026-05-31")]
      }
    },
    Case("taking it elsewhere when this cohort is over", .init(.added, person: 51), Self.there) {
      $0.known {
        $0.courses = [Self.course("P1-AST-01", from: "2026-04-01", until: "2026-05-31")]
      }
    },
    Case("taking another programme", .init(.added, person: 51), Self.there) {
      $0.known { $0.courses = [Self.course("P2-AST-01", programme: 2, isPassed: true)] }
    },
    Case(
      "withdrawn from this cohort before (R-420)",
      .init(
        .refused, person: 51,
        [
          Refusal(
            .traineeWithdrawn, column: "person_id",
            ["cohort": "P1-ALA-01", "day": "2026-02-20", "person": PersonNumber.text(51)])
        ])
    ) {
      $0.known()
      $0.place?.left = [.withdrawn(Self.left, lastDay: People.day("2026-02-20"))]
    },
    Case(
      "transferred from this cohort before (R-421)",
      .init(
        .refused, person: 51,
        [
          Refusal(
            .traineeTransferred, column: "person_id",
            ["cohort": "P1-ALA-01", "to": "P1-ALA-02", "day": "2026-02-20"])
        ])
    ) {
      $0.known()
      $0.place?.left = [
        .transferred(Self.left, to: "P1-ALA-02", lastDay: People.day("2026-02-20"))
      ]
    },
    Case("somebody else was withdrawn from it", .init(.added, person: 51), Self.there) {
      $0.known()
      var other = Self.left
      other.personID = 52
      $0.place?.left = [.withdrawn(other, lastDay: People.day("2026-02-20"))]
    },
  ]

  private static let left = EnrolmentRecord(
    id: 399, cohortID: 5, personID: 51, enrolledOn: People.day("2026-02-01"))

  private static func course(
    _ cohort: String = "P1-ALA-01", programme: Int = 1, from first: String = "2020-02-02",
    until day: String = "2026-03-31", isPassed: Bool = false
  ) -> Course {
    Course(
      enrolmentID: 300, study: Study(programme), cohort: cohort, startsOn: People.day(first),
      endsOn: People.day(day), isPassed: isPassed)
  }

  @Test("asks for everybody who shares a trait")
  func traits() {
    var setting = Setting()
    #expect(setting.row().traits == People.aigerim().traits)
    setting.form.birthDate = ""
    #expect(setting.row().traits == [])
  }

  @Test("a row is enrolled, or everything that speaks against it is told", arguments: Self.cases)
  func row(_ test: Case) {
    var setting = Setting()
    test.change(&setting)
    var list = setting.list()
    #expect(list.add(setting.row(), setting.facts) == test.outcome)
    #expect(list.deeds == test.deed.map { [.traineesEnrolled($0)] } ?? [])
  }

  @Test("who is born on 29 February is 25 on 1 March")
  func leap() {
    var setting = Setting()
    setting.form.birthDate = "2000-02-29"
    setting.place?.cohort.startsOn = People.day("2025-03-01")
    setting.day = People.day("2025-03-01")
    var list = setting.list()
    #expect(list.add(setting.row(), setting.facts) == .init(.added))
  }

  /// A list of two rows after each other; the outcome of the second and what is planned.
  private func second(
    _ change: (inout Setting) -> Void, first: (inout Setting) -> Void = { _ in }
  ) -> (RowOutcome, [Deed]) {
    var setting = Setting()
    first(&setting)
    var list = setting.list()
    _ = list.add(setting.row(2), setting.facts)
    change(&setting)
    let outcome = list.add(setting.row(3), setting.facts)
    return (outcome, list.deeds)
  }

  private func refused(_ refusal: Refusal, isDoubt: Bool = false) -> RowOutcome {
    .init(.refused, [refusal], isDoubt: isDoubt)
  }

  @Test("a person stands in a cohort's list once, by number and by person")
  func twice() {
    #expect(
      self.second({ _ in }).0
        == self.refused(
          Refusal(.twiceInFile, column: "iin", value: "991231000014", ["line": "2"])))
    #expect(
      self.second {
        $0.form.identifiers = [People.typed("N1"), People.typed("N2")]
      } first: {
        $0.form.identifiers = [People.typed("N2")]
      }.0
        == self.refused(
          Refusal(.twiceInFile, column: "document_number", value: "N2", ["line": "2"])))
    // By two numbers of one person.
    #expect(
      self.second {
        $0.form.identifiers = [People.typed("N1")]
      } first: {
        $0.known()
        $0.candidates[0].person.identifiers.append(People.passport("N1"))
      }.0 == self.refused(Refusal(.twiceInFile, column: "iin", ["line": "2"])))
    // Also when the first row is refused.
    #expect(
      self.second({ _ in }, first: { $0.form.education = 0 }).0
        == self.refused(
          Refusal(.twiceInFile, column: "iin", value: "991231000014", ["line": "2"])))
  }

  @Test(
    "somebody new may stand in the list for a cohort of each of several programmes, and is one person"
  )
  func cohorts() {
    let (outcome, deeds) = self.second {
      $0.place?.cohort = Self.cohort(6)
      $0.place?.edition = Self.edition(programme: 2)
    }
    #expect(outcome == .init(.added))
    #expect(
      deeds == [
        .traineesEnrolled(
          TraineesEnrolled(
            people: [People.aigerim(77)],
            enrolments: [Self.enrolment(), Self.enrolment(401, 77, cohort: 6)]))
      ])
  }

  @Test("a list gives nobody two places in a programme at a time (R-412)")
  func onceAtATime() {
    let refusal = Refusal(.alreadyEnrolled, ["programme": "1", "cohort": "P1-ALA-01"])
    let other: @Sendable (inout Setting) -> Void = {
      $0.place?.cohort = Self.cohort(6, code: "P1-ALA-02")
    }
    #expect(self.second(other).0 == self.refused(refusal))
    #expect(
      self.second(other, first: { $0.known() }).0
        == RowOutcome(.refused, person: 51, [refusal]))
    // From the day after the first cohort's last on; its last day itself is none. It is the start of training that
    // counts: beforehand anybody is enrolled.
    for (day, outcome) in [
      ("2026-03-31", RowOutcome(.refused, person: 51, [refusal])),
      ("2026-04-01", RowOutcome(.added, person: 51)),
    ] {
      for isEarly in [false, true] {
        var setting = Setting()
        setting.day = People.day(isEarly ? "2026-03-01" : day)
        setting.place?.cohort.endsOn = People.day("2026-05-31")
        setting.place?.cohort.startsOn = People.day(isEarly ? day : "2026-03-01")
        setting.known {
          $0.courses = [Self.course()]
        }
        var list = setting.list()
        #expect(list.add(setting.row(), setting.facts) == outcome)
      }
    }
  }

  @Test("a row that says otherwise of somebody whom the list brings is refused")
  func otherwise() {
    #expect(
      self.second {
        $0.place?.cohort = Self.cohort(6)
        $0.place?.edition = Self.edition(programme: 2)
        $0.form.birthDate = "1991-12-30"
      }.0
        == self.refused(
          Refusal(.otherBirthDate, column: "iin", value: "991231000014", ["person": "#2"]),
          isDoubt: true))
    #expect(
      self.second {
        $0.place?.cohort = Self.cohort(6)
        $0.place?.edition = Self.edition(programme: 2)
        $0.form.names.latin?.given = "Aygerim"
      }.0
        == self.refused(
          Refusal(.differs, column: "given_latin", value: "Aygerim", ["there": "Aigerim"])))
    // Its number belongs to somebody in the registry, its passport to somebody of the list.
    #expect(
      self.second {
        $0.known()
        $0.place?.cohort = Self.cohort(6)
        $0.place?.edition = Self.edition(programme: 2)
        $0.form.identifiers = People.form().identifiers + [People.typed("N1")]
      } first: {
        $0.form.identifiers = [People.typed("N1")]
      }.0
        == self.refused(
          Refusal(
            .identifiersDisagree, column: "document_number", value: "N1",
            ["people": "P-51-42, #2"]), isDoubt: true))
  }

  @Test("a double of somebody whom the list brings is refused with the line")
  func doubles() {
    #expect(
      self.second { $0.form.identifiers = [People.typed("N1")] }.0
        == self.refused(Refusal(.possibleDouble, ["people": "#2"]), isDoubt: true))
  }

  @Test("the list fills the group")
  func full() {
    let (outcome, deeds) = self.second {
      $0.form.identifiers = [People.typed("N1")]
      $0.form.birthDate = "1980-01-01"
    } first: {
      $0.place?.enrolled = Set(100..<124)
    }
    #expect(
      outcome
        == self.refused(
          Refusal(.groupFull, column: "cohort", value: "P1-ALA-01", ["limit": "25"])))
    #expect(deeds == [.traineesEnrolled(Self.new)])
  }

  @Test("two who are new get numbers one after the other")
  func numbers() {
    let (outcome, deeds) = self.second {
      $0.form.identifiers = [People.typed("N1")]
      $0.form.birthDate = "1980-01-01"
    }
    var second = People.aigerim(78, [People.passport("N1")])
    second.birthDate = People.day("1980-01-01")
    #expect(outcome == .init(.added))
    #expect(
      deeds == [
        .traineesEnrolled(
          TraineesEnrolled(
            people: [People.aigerim(77), second],
            enrolments: [Self.enrolment(), Self.enrolment(401, 78)]))
      ])
  }

  @Test("a list that is longer than one deed makes several")
  func deeds() {
    var setting = Setting()
    var list = EnrolTrainees(
      on: setting.day, by: 9, isSchool: true, nextPerson: 77, nextEnrolment: 400, deedMax: 2)
    let row = setting.row()
    for cohort in Int64(1)...3 {
      setting.place?.cohort.id = cohort
      setting.place?.edition = Self.edition(programme: Int(cohort))
      _ = list.add(row, setting.facts)
    }
    let planned = list.deeds.compactMap { deed -> TraineesEnrolled? in
      guard case .traineesEnrolled(let enrolled) = deed else { return nil }
      return enrolled
    }
    #expect(planned.map(\.enrolments.count) == [2, 1])
    #expect(planned.map(\.people) == [[People.aigerim(77)], []])
    #expect(planned[1].enrolments == [Self.enrolment(402, 77, cohort: 3)])
  }
}
