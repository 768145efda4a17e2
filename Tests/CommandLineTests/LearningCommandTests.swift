import BitimClient
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Learning, practice and notices at the command line (R-810, R-811, R-820)")
struct LearningCommandTests {
  private static func desk(
    _ client: BitimClient, _ language: Language = .en, _ form: Output.Form = .table
  ) -> Desk {
    Desk(
      client: client, output: Output(form: form, language: language), isInteractive: false)
  }

  @Test("what somebody learned is recorded, checked by another, listed, and ended with why")
  func learning() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(1, iin: "991231000014")])
    func run(_ words: [String], by client: BitimClient) async throws -> Desk.End {
      try await LearningCommand.run(words, Self.desk(client))
    }
    let (office, certifier) = (cohort.registrar, cohort.certifier)
    let record = [
      "record", "Ахметова", "--kind", "course", "--date", "12.10.2026", "--provider",
      "Әділет академиясы", "--evidence", "№ 7 куәлік",
    ]
    #expect(try await run(record + ["--hours", "6"], by: office) == .done)
    var request = BitimV1.ListLearningRequest()
    request.personId =
      try await Self.desk(office).person("Ахметова").id
    let asked = request
    let service = LearningServiceClient(office)
    let line = try #require(try await service.listLearning(asked).lines.first)
    #expect([line.heldOn, line.provider] == ["2026-10-12", "Әділет академиясы"])
    #expect(line.quarters == 24)
    #expect(try await run(["check", "№\(line.act)"], by: certifier) == .done)
    let points = ["--points", "10", "--relevant"]
    #expect(
      try await run(
        record.map { $0 == "course" ? "conference" : $0 } + points, by: office) == .done)
    #expect(try await run(["list", "Ахметова"], by: office) == .done)
    let lines = try await service.listLearning(asked).lines
    #expect(lines.map(\.points) == [0, 10])
    #expect(lines.map(\.isRelevant) == [false, true])
    #expect(lines.map(\.checkedOn) == ["2026-11-22", ""])
    #expect(
      try await run(["end", "\(line.act)", "--why", "басқа адамның куәлігі"], by: certifier)
        == .done)
    #expect(try await service.listLearning(asked).lines.map(\.points) == [10])

    for (more, fault) in [
      ([], Arguments.Fault(text: .usageOneOf, arguments: ["list": "--hours, --points"])),
      (
        ["--hours", "1", "--points", "1"],
        Arguments.Fault(text: .usageOneOf, arguments: ["list": "--hours, --points"])
      ),
      (
        ["--points", "x"],
        Arguments.Fault(text: .usageNotNumber, arguments: ["option": "--points", "value": "x"])
      ),
    ] {
      await #expect(throws: fault) { _ = try await run(record + more, by: office) }
    }
    await #expect(throws: Arguments.Fault.self) { _ = try await run(["delete"], by: office) }
  }

  @Test("a window says what counts of what is asked, in hours or in points")
  func windows() throws {
    let school = try TestSchool()
    defer { school.close() }
    let desk = Self.desk(school.stranger)
    var short = BitimV1.LearningShort()
    (short.recorded, short.unchecked) = (3, 1)
    #expect(desk.learning(nil) == "")
    #expect(desk.learning(short) == "recorded: 3, not checked yet: 1")
    var window = BitimV1.LearningWindow()
    (window.entry, window.from, window.until) = ("M-2026-1", "2027-11-22", "2028-11-21")
    (window.quarters, window.quartersNeeded) = (22, 24)
    short.window = window
    (window.quarters, window.quartersNeeded) = (0, 0)
    (window.points, window.pointsNeeded, window.relevant, window.relevantNeeded) = (40, 60, 10, 30)
    (window.from, window.until) = ("2026-11-22", "2027-11-21")
    short.missed = window
    #expect(
      desk.windows(of: short) == [
        "M-2026-1, 2026-11-22 – 2027-11-21 was not filled: 40 of 60 points, 10 of 30 of mediation",
        "M-2026-1, 2027-11-22 – 2028-11-21: 5.5 of 6 hours",
      ])
  }

  @Test("what a mediator declares is recorded and listed")
  func practice() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(1, iin: "991231000014")])
    func run(_ words: [String]) async throws -> Desk.End {
      try await PracticeCommand.run(words, Self.desk(cohort.registrar))
    }
    let record = ["record", "Ахметова", "--year", "2026", "--field", "family", "--cases", "12"]
    #expect(try await run(record + ["--settled", "9"]) == .done)
    #expect(try await run(["list", "Ахметова"]) == .done)
    var request = BitimV1.ListPracticeRequest()
    request.personId = try await Self.desk(cohort.registrar).person("Ахметова").id
    let lines = try await LearningServiceClient(cohort.registrar).listPractice(request).lines
    #expect(lines.map { $0.practice?.settled } == [9])
    await #expect(
      throws: Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--settled", "value": "x"])
    ) { _ = try await run(record + ["--settled", "x"]) }
    await #expect(throws: Arguments.Fault.self) { _ = try await run(["delete"]) }
  }

  @Test("notices are sentences for people and rows for programs, behind the last that was told")
  func notices() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    for form in [Output.Form.table, .csv, .json] {
      let desk = Self.desk(cohort.registrar, .kk, form)
      #expect(try await NoticesCommand.run([], desk) == .done)
      #expect(try await NoticesCommand.run(["--day", "01.06.2030"], desk) == .done)
      let after = "2026-11-21/certificate/90/2026000001"
      #expect(try await NoticesCommand.run(["--after", after], desk) == .done)
    }
    let desk = Self.desk(cohort.registrar)
    var notice = BitimV1.Notice()
    (notice.day, notice.daysLeft, notice.number) = ("2026-12-22", 30, "7")
    notice.organisation = "AST-02"
    func sentence(_ kind: BitimV1.NoticeKind, _ activity: String = "") -> String {
      (notice.kind, notice.activity) = (kind, activity)
      return desk.sentence(of: notice)
    }
    #expect(
      [
        sentence(.certificate), sentence(.entitlement, "train"), sentence(.entitlement, "issue"),
        sentence(.agreement), sentence(.suspension), sentence(.entrySuspension),
        sentence(.learning), sentence(.token), sentence(.case),
        sentence(BitimV1.NoticeKind(rawValue: 99)),
      ] == [
        "2026-12-22  certificate 7 expires in 30 days",
        "2026-12-22  AST-02 is entitled to train for 30 days more",
        "2026-12-22  AST-02 is entitled to issue for 30 days more",
        "2026-12-22  the agreement with AST-02 ends in 30 days",
        "2026-12-22  the suspension of 7 ends in 30 days",
        "2026-12-22  register: the suspension of 7 ends in 30 days",
        "2026-12-22  register: 7 has 30 days left to learn what is asked",
        "2026-12-22  token 7 ends in 30 days",
        "2026-12-22  case 7 is to be decided, days left: 30", "2026-12-22  7: ends in 30 days",
      ])
  }
}
