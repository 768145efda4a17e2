import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Learning and practice since the certificate, as calls (R-810, R-811)")
struct LearningCallTests {
  /// A School with a trainee, somebody of its staff, and another registrar beside the cohort's.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let other: LearningServiceClient
    let people: [Int64]
    var registrar: LearningServiceClient { LearningServiceClient(self.cohort.registrar) }
    var certifier: LearningServiceClient { LearningServiceClient(self.cohort.certifier) }

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      #expect(try await self.cohort.enrol([TestCohort.row(1, iin: "991231000014")]).recorded)
      var find = BitimV1.FindPeopleRequest()
      (find.query, find.purpose) = ("991231000014", .enrolment)
      let found = try await PersonServiceClient(self.cohort.registrar).findPeople(find).people
      self.people = [try #require(found.first).id, self.cohort.memberID]
      self.other = LearningServiceClient(
        try await self.school.client(self.school.person("Other", "Registrar"), [.registrar]))
    }

    func record(
      _ change: (inout BitimV1.RecordLearningRequest) -> Void = { _ in },
      by client: LearningServiceClient? = nil
    ) async throws -> BitimV1.LearningLine {
      var request = Story.learning(of: self.people[0])
      change(&request)
      return try #require(
        try await (client ?? self.registrar).recordLearning(request).learning)
    }

    func check(_ act: Int64, by client: LearningServiceClient) async throws -> String {
      var request = BitimV1.CheckLearningRequest()
      request.act = act
      return try await client.checkLearning(request).learning?.checkedOn ?? ""
    }

    func list(
      _ client: LearningServiceClient? = nil, size: Int32 = 0, token: String = ""
    ) async throws -> BitimV1.ListLearningResponse {
      var request = BitimV1.ListLearningRequest()
      (request.personId, request.pageSize, request.pageToken) = (self.people[0], size, token)
      return try await (client ?? self.registrar).listLearning(request)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("what one registrar recorded counts once another person has checked it, and is listed")
  func whole() async throws {
    let scene = try await Scene()
    let line = try await scene.record()
    var expected = BitimV1.LearningLine()
    (expected.act, expected.displayId) = (line.act, PersonNumber.text(scene.people[0]))
    (expected.heldOn, expected.kind, expected.quarters) = ("2026-10-12", .course, 24)
    (expected.provider, expected.evidence) = ("Әділет академиясы", "№ 7 куәлік")
    #expect(line == expected)
    await expectRefused(["CONFIRMS_OWN_RECORD"], .permissionDenied) {
      _ = try await scene.check(line.act, by: scene.registrar)
    }
    #expect(try await scene.check(line.act, by: scene.other) == "2026-11-22")
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await scene.check(line.act, by: scene.certifier)
    }
    await expectRefused(["ALREADY_THERE"], .alreadyExists) {
      _ = try await scene.record({ $0.amount = .points(3) }, by: scene.other)
    }
    let points = try await scene.record {
      ($0.kind, $0.amount, $0.isRelevant) = (.conference, .points(10), true)
    }
    #expect(points.points == 10)
    #expect(points.quarters == 0)
    #expect(points.isRelevant)
    expected.checkedOn = "2026-11-22"
    var list = BitimV1.ListLearningResponse()
    list.lines = [expected, points]
    list.short = .init()
    list.short?.recorded = 2
    list.short?.unchecked = 1
    #expect(try await scene.list() == list)
    let first = try await scene.list(size: 1)
    #expect(first.lines == [expected])
    let second = try await scene.list(size: 1, token: first.nextPageToken)
    #expect(second.lines == [points])
    #expect(second.nextPageToken == "")
    // A person's file has it in short.
    var get = BitimV1.GetPersonRequest()
    (get.personId, get.purpose) = (scene.people[0], .enrolment)
    let file = try await PersonServiceClient(scene.cohort.registrar).getPerson(get)
    #expect(file.learning == list.short)
    get.personId = scene.people[1]
    #expect(try await PersonServiceClient(scene.cohort.registrar).getPerson(get).learning == nil)
    try scene.end()
  }

  @Test("what was recorded in error is ended, checked or not, and is not there any more")
  func ended() async throws {
    let scene = try await Scene()
    let line = try await scene.record()
    _ = try await scene.check(line.act, by: scene.certifier)
    var end = BitimV1.EndLearningRequest()
    (end.act, end.why) = (line.act, "басқа адамның куәлігі")
    #expect(try await scene.certifier.endLearning(end).learning?.act == line.act)
    #expect(try await scene.list().lines == [])
    #expect(try await scene.list().short == nil)
    let again = end
    await expectRefused(["LEARNING_UNKNOWN"], .notFound) {
      _ = try await scene.certifier.endLearning(again)
    }
    await expectRefused(["LEARNING_UNKNOWN"], .notFound) {
      _ = try await scene.check(line.act, by: scene.other)
    }
    await expectRefused(["LEARNING_UNKNOWN"], .notFound) {
      _ = try await scene.check(1, by: scene.other)
    }
    // It may be recorded anew.
    #expect(try await scene.record().act > line.act)
    try scene.end()
  }

  @Test("a centre records what whom it knows learned, and knows nothing of others (R-207)")
  func centre() async throws {
    let scene = try await Scene()
    let line = try await scene.record()
    let own = LearningServiceClient(
      try await scene.school.client(
        scene.school.person("Centre", "Registrar"), [.registrar], in: "ALA-01"))
    #expect(try await scene.record({ $0.kind = .teaching }, by: own).kind == .teaching)
    #expect(try await scene.check(line.act, by: own) == "2026-11-22")
    #expect(try await scene.list(own).lines.count == 2)
    try await scene.school.centre("AST-02")
    let foreign = LearningServiceClient(
      try await scene.school.client(
        scene.school.person("Foreign", "Registrar"), [.registrar], in: "AST-02"))
    for call: () async throws -> Void in [
      { _ = try await scene.record(by: foreign) }, { _ = try await scene.list(foreign) },
    ] {
      await expectRefused(["PERSON_UNKNOWN"], .notFound) { try await call() }
    }
    await expectRefused(["LEARNING_UNKNOWN"], .notFound) {
      _ = try await scene.check(line.act, by: foreign)
    }
    try scene.end()
  }

  @Test("a day to come, no kind, no amount and no evidence are refused in words")
  func refused() async throws {
    let scene = try await Scene()
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await scene.record { $0.heldOn = "2026-11-23" }
    }
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await scene.record { $0.kind = .unspecified }
    }
    await expectRefused(["VALUE_MISSING", "VALUE_MISSING"], .invalidArgument) {
      _ = try await scene.record { ($0.amount, $0.evidence) = (nil, "") }
    }
    try scene.end()
  }

  @Test("what is declared of a year and a field stands instead of what was declared before")
  func practice() async throws {
    let scene = try await Scene()
    func record(
      _ cases: Int32, _ settled: Int32, _ field: BitimV1.PracticeField = .family
    ) async throws -> BitimV1.PracticeLine {
      var request = BitimV1.RecordPracticeRequest()
      request.personId = scene.people[0]
      var practice = BitimV1.Practice()
      (practice.year, practice.field) = (2026, field)
      (practice.cases, practice.settled) = (cases, settled)
      request.practice = practice
      return try #require(try await scene.registrar.recordPractice(request).line)
    }
    func list(size: Int32 = 0, token: String = "") async throws -> BitimV1.ListPracticeResponse {
      var request = BitimV1.ListPracticeRequest()
      (request.personId, request.pageSize, request.pageToken) = (scene.people[0], size, token)
      return try await scene.certifier.listPractice(request)
    }
    let first = try await record(12, 9)
    #expect(first.displayId == PersonNumber.text(scene.people[0]))
    #expect(first.practice?.settled == 9)
    let labour = try await record(3, 3, .labour)
    #expect(try await list().lines == [first, labour])
    let page = try await list(size: 1)
    #expect(page.lines == [first])
    #expect(try await list(size: 1, token: page.nextPageToken).lines == [labour])
    let second = try await record(12, 10)
    #expect(try await list().lines == [labour, second])
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await record(12, 10)
    }
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await record(1, 2)
    }
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await record(1, 1, .unspecified)
    }
    try scene.end()
  }
}
