import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Figures of a year, as they are told (R-017, R-1001)")
struct ReportTests {
  private static func report(
    _ client: BitimClient, _ year: Int32 = 2026, asOf: String = "", known: String = ""
  ) async throws -> BitimV1.GetYearReportResponse {
    var request = BitimV1.GetYearReportRequest()
    (request.year, request.asOf, request.asKnown) = (year, asOf, known)
    return try await ReportServiceClient(client).getYearReport(request)
  }

  /// What a report tells of a programme and an organisation.
  private static func figures(
    _ report: BitimV1.GetYearReportResponse, _ programme: Int32 = 1, at organisation: String = ""
  ) -> [BitimV1.Figure: Int64] {
    let row = report.rows.first { $0.programme == programme && $0.organisation == organisation }
    return Dictionary(
      uniqueKeysWithValues: (row?.figures ?? []).map { ($0.figure, $0.value) })
  }

  @Test("one who was certified is in every figure, of the programme, all together and the centre's")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    let report = try await Self.report(cohort.registrar)
    #expect(report.year == 2026)
    #expect(report.asOf == "2026-11-22")
    #expect(report.asKnown == "2026-11-22")
    #expect(report.definitions == 1)
    #expect(
      try await AccessServiceClient(school.administrator).getJournal(.init()).size == report.size)
    #expect(report.rows.map(\.programme) == [1, 1])
    #expect(report.rows.map(\.organisation) == ["", "ALA-01"])
    for organisation in ["", "ALA-01"] {
      #expect(
        Self.figures(report, at: organisation) == [
          .enrolled: 1, .trained: 1, .attempts: 1, .passed: 1, .firstAttempts: 1, .firstPassed: 1,
          .passRate: 1_000, .firstPassRate: 1_000, .certified: 1, .theory: 144, .practice: 144,
          .taught: 288, .testPassRate: 1_000, .rolePlayPassRate: 1_000, .interviewPassRate: 1_000,
        ])
    }
    #expect(try await Self.report(cohort.registrar, 2025).rows == [])
    #expect(try await Self.report(cohort.registrar, 2027).rows == [])
  }

  @Test(
    "as it was known: what came later is told as it was before, in what the tables say otherwise now"
  )
  func asKnown() async throws {
    let school = try TestSchool(on: "2026-03-20")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let taught = try await Self.report(cohort.registrar)
    #expect(
      Self.figures(taught) == [
        .enrolled: 1, .trained: 1, .theory: 144, .practice: 144, .taught: 288,
      ])
    school.turn(to: "2026-03-21")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    // A result that nobody confirmed is none.
    #expect(try await Self.report(cohort.registrar).rows == taught.rows)
    _ = try await cohort.confirm("S-014")
    let passed = try await Self.report(cohort.registrar)
    #expect(Self.figures(passed)[.passed] == 1)
    school.turn(to: "2026-03-22")
    _ = try await cohort.issue()
    let certified = try await Self.report(cohort.registrar)
    #expect(Self.figures(certified)[.certified] == 1)
    school.turn(to: "2026-03-23")
    for (known, was) in [
      ("2026-03-20", taught), ("2026-03-21", passed), ("2026-03-22", certified),
      ("2026-03-23", certified),
    ] {
      let again = try await Self.report(cohort.registrar, known: known)
      #expect(again.rows == was.rows, "\(known)")
      #expect(again.asKnown == known)
      #expect(again.asOf == "2026-03-23")
      #expect(again.size == was.size)
    }
    #expect(try await Self.report(cohort.registrar, known: "2026-03-19").rows == [])
    #expect(
      Self.figures(try await Self.report(cohort.registrar, asOf: "2026-03-21"))[.certified] == nil)
  }

  @Test("the days and the edition of a cohort are told as they were known")
  func amended() async throws {
    let school = try TestSchool(on: "2026-01-10")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")], on: "2026-01-10")
    school.turn(to: "2026-01-11")
    var amend = BitimV1.AmendCohortRequest()
    (amend.code, amend.startsOn, amend.endsOn) = (cohort.code, "2027-01-05", "2027-02-28")
    amend.why = "мұғалім ауырып қалды"
    _ = try await CohortServiceClient(cohort.registrar).amendCohort(amend)
    let whole = "2026-12-31"
    #expect(try await Self.report(cohort.registrar, asOf: whole).rows == [])
    let known = try await Self.report(cohort.registrar, asOf: whole, known: "2026-01-10")
    #expect(Self.figures(known) == [.enrolled: 1])
    #expect(
      Self.figures(try await Self.report(cohort.registrar, 2027, asOf: "2027-12-31")) == [
        .enrolled: 1
      ])
  }

  @Test("a centre's registrar is told the centre's own figures alone (R-020)")
  func centre() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    try await school.centre("AST-02")
    for (centre, rows) in [("ALA-01", ["ALA-01"]), ("AST-02", [])] {
      let registrar = try await school.client(
        school.person("Registrar", centre == "ALA-01" ? "First" : "Second"), [.registrar],
        in: centre)
      #expect(try await Self.report(registrar).rows.map(\.organisation) == rows)
    }
  }

  @Test("what is no year or no day is refused")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let registrar = try await school.client(school.person("Serik", "Aliya"), [.registrar])
    for (year, asOf, known, reason) in [
      (Int32(1999), "", "", "VALUE_OUT_OF_RANGE"), (10_000, "", "", "VALUE_OUT_OF_RANGE"),
      (2026, "2026-13-01", "", "NOT_A_DATE"), (2026, "", "x", "NOT_A_DATE"),
    ] {
      await expectRefused([reason], .invalidArgument) {
        _ = try await Self.report(registrar, year, asOf: asOf, known: known)
      }
    }
  }

  // MARK: What is filed

  private static func file(
    _ client: BitimClient, _ year: Int32 = 2026, asOf: String = ""
  ) async throws -> BitimV1.FiledReport? {
    var request = BitimV1.FileReportRequest()
    (request.year, request.asOf) = (year, asOf)
    return try await ReportServiceClient(client).fileReport(request).filed
  }

  @Test(
    "what was filed stands beside what is counted later, and was known from its act on (R-1001)")
  func filed() async throws {
    let school = try TestSchool(on: "2026-03-20")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let before = try await Self.report(cohort.registrar)
    #expect(before.filed == nil)
    #expect(before.rows.flatMap(\.figures).allSatisfy { $0.filed == nil })
    let filed = try #require(try await Self.file(cohort.registrar))
    var expected = BitimV1.FiledReport()
    (expected.act, expected.filedOn, expected.asOf) = (before.size + 1, "2026-03-20", "2026-03-20")
    (expected.size, expected.definitions) = (before.size, 1)
    #expect(filed == expected)
    // The same once, whoever files it, of whatever day.
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await Self.file(cohort.registrar)
    }
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await Self.file(cohort.registrar, asOf: "2026-03-21")
    }
    school.turn(to: "2026-03-21")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    _ = try await cohort.confirm("S-014")
    let after = try await Self.report(cohort.registrar)
    #expect(after.filed == filed)
    #expect(after.rows.map(\.organisation) == ["", "ALA-01"])
    for row in after.rows {
      let pairs = Dictionary(
        uniqueKeysWithValues: row.figures.map { ($0.figure, [$0.value, $0.filed]) })
      #expect(pairs[.enrolled] == [1, 1])
      #expect(pairs[.taught] == [288, 288])
      #expect(pairs[.passed] == [1, nil])
      #expect(pairs[.passRate] == [1_000, nil])
    }
    // As it was known on the day of filing it was filed already; the day before nothing was.
    let known = try await Self.report(cohort.registrar, known: "2026-03-20")
    #expect(known.filed == filed)
    #expect(known.rows.flatMap(\.figures).allSatisfy { $0.filed == $0.value })
    #expect(try await Self.report(cohort.registrar, known: "2026-03-19").filed == nil)
    #expect(try await Self.report(cohort.registrar, 2027).filed == nil)
    // Filed anew, the last stands beside.
    let again = try #require(try await Self.file(cohort.registrar))
    #expect(again.act > filed.act)
    let last = try await Self.report(cohort.registrar)
    #expect(last.filed == again)
    #expect(last.rows.flatMap(\.figures).allSatisfy { $0.filed == $0.value })
    #expect(try school.check().problems == [])
  }

  @Test("what was filed and is there no more is told as 0 beside it (R-1001)")
  func gone() async throws {
    let school = try TestSchool(on: "2026-01-10")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")], on: "2026-01-10")
    school.turn(to: "2026-02-03")
    _ = try await Self.file(cohort.registrar)
    // Of the day before training began nobody had.
    let earlier = try await Self.report(cohort.registrar, asOf: "2026-01-31")
    #expect(earlier.rows.map(\.organisation) == ["", "ALA-01"])
    for row in earlier.rows {
      #expect(row.figures.map(\.figure) == [.enrolled])
      #expect(row.figures.map(\.value) == [0])
      #expect(row.figures.map(\.filed) == [1])
    }
    #expect(try school.check().problems == [])
  }

  @Test("figures are filed at the School; a centre's registrar sees what was filed of the centre")
  func filedAtTheSchool() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    let centre = try await school.client(
      school.person("Registrar", "First"), [.registrar], in: "ALA-01")
    let size = try await AccessServiceClient(school.administrator).getJournal(.init()).size
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await Self.file(centre)
    }
    #expect(
      try await AccessServiceClient(school.administrator).getJournal(.init()).size == size)
    _ = try await Self.file(cohort.registrar)
    let told = try await Self.report(centre)
    #expect(told.filed != nil)
    #expect(told.rows.map(\.organisation) == ["ALA-01"])
    #expect(told.rows.flatMap(\.figures).allSatisfy { $0.filed == $0.value })
    #expect(try school.check().problems == [])
  }

  @Test("of two who file the same at once, one does (R-1001)")
  func once() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    let registrar = cohort.registrar
    @Sendable func refused() async -> [String] {
      do {
        _ = try await Self.file(registrar)
        return []
      } catch {
        return (error as? CallFailure)?.status?.reasons.map(\.reason) ?? ["\(error)"]
      }
    }
    async let first = refused()
    async let second = refused()
    let ends = [await first, await second]
    #expect(ends.sorted { $0.count < $1.count } == [[], ["NOTHING_CHANGED"]])
    #expect(try school.check().problems == [])
  }

  @Test("examiners and cases are told to the School's people who ask, and to nobody else (R-1006)")
  func examiners() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    var request = BitimV1.GetYearReportRequest()
    (request.year, request.byExaminer, request.withCases) = (2026, true, true)
    let told = try await ReportServiceClient(cohort.registrar).getYearReport(request)
    #expect(told.examiners.map(\.personId).contains(cohort.chairID))
    for row in told.examiners {
      #expect(row.programme == 1)
      #expect(row.figures.map(\.figure) == [.attempts, .passed, .failed, .passRate])
      #expect(row.figures.map(\.value) == [1, 1, 0, 1_000])
    }
    #expect(told.cases == [])
    #expect(try await Self.report(cohort.registrar).examiners == [])
    let centre = try await school.client(
      school.person("Registrar", "First"), [.registrar], in: "ALA-01")
    let own = try await ReportServiceClient(centre).getYearReport(request)
    #expect(own.examiners == [])
    #expect(own.cases == [])
    #expect(own.rows.map(\.organisation) == ["ALA-01"])
  }
}
