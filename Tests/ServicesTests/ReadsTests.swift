import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Who reads says what for, and it is kept (R-903)")
struct ReadsTests {
  /// A cohort with one trainee, an auditor, and what each of them calls.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let trainee: Int64
    let auditorID: Int64
    let auditor: AccessServiceClient
    let people: PersonServiceClient

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      _ = try await self.cohort.enrol([TestCohort.row(2, iin: "991231000014")])
      self.auditorID = try await self.school.person("Tursynova", "Zhanar")
      self.auditor = AccessServiceClient(
        try await self.school.client(self.auditorID, [.auditor]))
      self.people = PersonServiceClient(self.cohort.registrar)
      var find = BitimV1.FindPeopleRequest()
      find.query = "Ахметова"
      self.trainee = try #require(try await self.people.findPeople(find).people.first).id
    }

    func find(
      _ query: String, for purpose: BitimV1.ReadPurpose = .unspecified
    ) async throws -> [Int64] {
      var request = BitimV1.FindPeopleRequest()
      (request.query, request.purpose) = (query, purpose)
      return try await self.people.findPeople(request).people.map(\.id)
    }

    func file(_ person: Int64, for purpose: BitimV1.ReadPurpose = .unspecified) async throws {
      var request = BitimV1.GetPersonRequest()
      (request.personId, request.purpose) = (person, purpose)
      _ = try await self.people.getPerson(request)
    }

    func history(
      _ of: BitimV1.GetHistoryRequest.Of, for purpose: BitimV1.ReadPurpose = .unspecified
    ) async throws {
      var request = BitimV1.GetHistoryRequest()
      (request.of, request.purpose) = (of, purpose)
      _ = try await self.auditor.getHistory(request)
    }

    func reads(
      _ change: (inout BitimV1.ListReadsRequest) -> Void = { _ in }
    ) async throws -> [BitimV1.ReadLine] {
      var request = BitimV1.ListReadsRequest()
      change(&request)
      return try await self.auditor.listReads(request).reads
    }

    func acts() async throws -> Int64 {
      try await AccessServiceClient(self.school.administrator).getJournal(.init()).size
    }
  }

  @Test("a file, a history and a search by an identifier are refused without a purpose")
  func missing() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    let person = scene.trainee
    await expectRefused(["PURPOSE_MISSING"], .invalidArgument) { try await scene.file(person) }
    for of: BitimV1.GetHistoryRequest.Of in [
      .personId(person), .session("S-014"), .organisation("ALA-01"),
    ] {
      await expectRefused(["PURPOSE_MISSING"], .invalidArgument) { try await scene.history(of) }
    }
    // Whether anybody has the identifier or nobody; beside a name as alone.
    for query in ["991231000014", "991231000024", "Ахметова 991231000014", "N7654321"] {
      await expectRefused(["PURPOSE_MISSING"], .invalidArgument) { _ = try await scene.find(query) }
    }
    // Of a purpose that no program of today knows.
    await expectRefused(["PURPOSE_MISSING"], .invalidArgument) {
      try await scene.file(person, for: .init(rawValue: 99))
    }
    #expect(try await scene.reads() == [])
    // What is no identifier needs none, and is kept by nobody.
    for query in ["Ахметова", PersonNumber.text(person), "1991-12-31", "P1-ALA-01"] {
      #expect(try await scene.find(query) == [person], "\(query)")
    }
    #expect(try await scene.reads() == [])
    #expect(try scene.school.check().problems == [])
  }

  @Test("who read, for whom, by which token, whose data, which fields, when and what for is kept")
  func kept() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    let before = try await scene.acts()
    try await scene.file(scene.trainee, for: .subjectRequest)
    #expect(try await scene.find("991231000014", for: .enrolment) == [scene.trainee])
    #expect(try await scene.find("991231000024", for: .complaint) == [])
    try await scene.history(.personId(scene.trainee), for: .audit)
    try await scene.history(.organisation("ALA-01"), for: .legalRequest)
    // What is read is no act.
    #expect(try await scene.acts() == before)
    let registrar = try await AccessServiceClient(scene.cohort.registrar).whoAmI(.init()).person
    func line(
      _ number: Int64, _ kind: BitimV1.ReadKind, _ purpose: BitimV1.ReadPurpose,
      _ fields: [String], byAuditor: Bool = false, of person: Int64 = 0, about: String = ""
    ) -> BitimV1.ReadLine {
      var line = BitimV1.ReadLine()
      (line.number, line.kind, line.purpose, line.fields) = (number, kind, purpose, fields)
      line.readAt = .init(unixMilliseconds: scene.school.clock.now.unixMilliseconds)
      line.readerId = byAuditor ? scene.auditorID : registrar?.id ?? 0
      line.readerName = byAuditor ? "Tursynova Zhanar" : "Serik Aliya"
      (line.organisation, line.tokenName) = ("SCHOOL", "test")
      line.personId = person
      line.personName = person == 0 ? "" : "Ахметова Әйгерім Қайратқызы"
      line.about = about
      return line
    }
    let file = ["names", "birth_date", "identifiers", "education", "enrolments"]
    #expect(
      try await scene.reads() == [
        line(5, .history, .legalRequest, ["acts"], byAuditor: true, about: "ALA-01"),
        line(4, .history, .audit, ["acts"], byAuditor: true, of: scene.trainee),
        line(3, .search, .complaint, []),
        line(2, .search, .enrolment, ["names", "birth_year"], of: scene.trainee),
        line(1, .file, .subjectRequest, file, of: scene.trainee),
      ])
    #expect(try scene.school.check().problems == [])
  }

  @Test("a list has what fits, and goes on where the last page ended")
  func filters() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    try await scene.file(scene.trainee, for: .enrolment)
    try await scene.file(scene.auditorID, for: .correction)
    scene.school.turn(to: "2026-11-24")
    try await scene.history(.personId(scene.trainee), for: .audit)
    try await scene.file(scene.trainee, for: .enrolment)
    func numbers(
      _ change: (inout BitimV1.ListReadsRequest) -> Void
    ) async throws -> [Int64] {
      try await scene.reads(change).map(\.number)
    }
    #expect(try await numbers { _ in } == [4, 3, 2, 1])
    #expect(try await numbers { $0.personId = scene.trainee } == [4, 3, 1])
    #expect(try await numbers { $0.readerId = scene.auditorID } == [3])
    #expect(
      try await numbers { ($0.personId, $0.readerId) = (scene.trainee, scene.auditorID) } == [3])
    #expect(
      try await numbers { ($0.personId, $0.readerId) = (scene.auditorID, scene.auditorID) } == [])
    #expect(try await numbers { $0.purpose = .enrolment } == [4, 1])
    #expect(try await numbers { ($0.personId, $0.purpose) = (scene.trainee, .audit) } == [3])
    #expect(try await numbers { ($0.readerId, $0.purpose) = (scene.auditorID, .enrolment) } == [])
    #expect(try await numbers { $0.organisation = "SCHOOL" } == [4, 3, 2, 1])
    #expect(try await numbers { $0.organisation = "ALA-01" } == [])
    #expect(try await numbers { ($0.personId, $0.organisation) = (scene.trainee, "ALA-01") } == [])
    #expect(
      try await numbers { ($0.readerId, $0.organisation) = (scene.auditorID, "ALA-01") } == [])
    #expect(try await numbers { $0.from = "2026-11-22" } == [4, 3, 2, 1])
    #expect(try await numbers { $0.from = "2026-11-23" } == [4, 3])
    #expect(try await numbers { $0.until = "2026-11-23" } == [2, 1])
    #expect(try await numbers { $0.until = "2026-11-24" } == [4, 3, 2, 1])
    #expect(
      try await numbers {
        ($0.personId, $0.from, $0.until) = (scene.trainee, "2026-11-22", "2026-11-22")
      }
        == [1])
    for filter: (inout BitimV1.ListReadsRequest) -> Void in [
      { _ in }, { $0.personId = scene.trainee }, { $0.until = "2026-11-24" },
    ] {
      var request = BitimV1.ListReadsRequest()
      filter(&request)
      request.pageSize = 1
      var paged: [Int64] = []
      repeat {
        let page = try await scene.auditor.listReads(request)
        #expect(page.reads.count == 1)
        paged += page.reads.map(\.number)
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      #expect(try await numbers(filter) == paged)
    }
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await scene.reads { $0.purpose = .init(rawValue: 99) }
    }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await scene.reads { $0.personId = 999 }
    }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await scene.reads { $0.readerId = 999 }
    }
    await expectRefused(["ORGANISATION_UNKNOWN"], .notFound) {
      _ = try await scene.reads { $0.organisation = "XXX" }
    }
    await expectRefused(["NOT_A_DATE"], .invalidArgument) {
      _ = try await scene.reads { $0.from = "x" }
    }
    await expectRefused(["NOT_A_DATE"], .invalidArgument) {
      _ = try await scene.reads { $0.until = "x" }
    }
  }

  @Test("a day's reads are counted by an act before the first change or read of another day")
  func counted() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    func last() async throws -> String {
      let act = try #require(try await scene.auditor.listActs(.init()).acts.first)
      return "\(act.kind) \(act.actorId)"
    }
    func digests() async throws -> [Int64] { try await scene.reads().map(\.digestAct) }
    let before = try await scene.acts()
    try await scene.file(scene.trainee, for: .enrolment)
    _ = try await scene.school.person("Bekov", "Talgat")
    #expect(try await scene.acts() == before + 1)
    #expect(try await digests() == [0])
    // By a change.
    scene.school.turn(to: "2026-11-24")
    _ = try await scene.school.person("Nurgaliev", "Asan")
    #expect(try await scene.acts() == before + 3)
    #expect(try await digests() == [before + 2])
    // By a read; it is of the other day itself.
    try await scene.file(scene.trainee, for: .enrolment)
    #expect(try await scene.acts() == before + 3)
    scene.school.turn(to: "2026-11-25")
    try await scene.file(scene.trainee, for: .enrolment)
    #expect(try await last() == "reads_counted 0")
    #expect(try await digests() == [0, before + 4, before + 2])
    // A day without reads has nothing to count, and what was counted is not again.
    scene.school.turn(to: "2026-11-26")
    _ = try await scene.school.person("Oralov", "Erlan")
    scene.school.turn(to: "2026-11-27")
    _ = try await scene.school.person("Kenzhin", "Azamat")
    #expect(try await scene.acts() == before + 7)
    #expect(try await digests() == [before + 5, before + 4, before + 2])
    #expect(try scene.school.check().problems == [])
  }

  @Test("what is verified is kept by nobody")
  func verified() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    try await scene.cohort.allHours()
    try await scene.cohort.session("S-014")
    _ = try await scene.cohort.result("991231000014", [80, 75, 90], in: "S-014")
    _ = try await scene.cohort.confirm("S-014")
    let issued = try #require(try await scene.cohort.issue().first)
    var request = BitimV1.VerifyCertificateRequest()
    (request.number, request.code) = (issued.number, issued.code)
    let answer = try await CertificateServiceClient(scene.school.stranger)
      .verifyCertificate(request)
    #expect(answer.verdict == .valid)
    #expect(try await scene.reads() == [])
    // The history of the certificate is its holder's.
    try await scene.history(.certificate(issued.number), for: .audit)
    let read = try #require(try await scene.reads().first)
    #expect(read.personId == scene.trainee)
    #expect(read.about == issued.number)
  }
}
