import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Who waits for a place (R-417)")
struct WaitingTests {
  /// Rows of so many people, from a number on.
  static func rows(_ numbers: Range<Int>, cohort: String = "P1-ALA-01") -> [BitimV1.IntakeRow] {
    numbers.map { number in
      var row = TestCohort.row(
        Int32(number + 2), iin: InvariantTests.withCheckDigit(Self.iins[number]), cohort: cohort)
      let given = row.person?.names?.latin?.given ?? ""
      row.person?.names = .latin("Zhumabaeva", given)
      return row
    }
  }

  private static let iins = [
    "690101310009", "810121310009", "710202310013", "720303410023", "730404310037", "740505410041",
    "750606310055", "760707410069", "770808310073", "780909410087", "790910410099", "801011410106",
  ]

  static func enrol(
    _ rows: [BitimV1.IntakeRow], waits: Bool, by client: BitimClient
  ) async throws -> BitimV1.EnrolTraineesResponse {
    var request = BitimV1.EnrolTraineesRequest()
    (request.rows, request.enrolledOn, request.waits) = (rows, "2026-02-02", waits)
    return try await CohortServiceClient(client).enrolTrainees(request)
  }

  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    var service: CohortServiceClient { CohortServiceClient(self.cohort.registrar) }

    /// Ten have places, and two wait; the last day is the 31st of December.
    init() async throws {
      self.school = try TestSchool(on: "2026-02-02")
      self.cohort = try await TestCohort(self.school)
      let first = try await WaitingTests.enrol(
        WaitingTests.rows(0..<11), waits: true, by: self.cohort.registrar)
      #expect(first.recorded)
      #expect(first.rows.map(\.verdict) == Array(repeating: .added, count: 10) + [.waiting])
      let second = try await WaitingTests.enrol(
        WaitingTests.rows(11..<12), waits: true, by: self.cohort.registrar)
      #expect(second.rows.map(\.verdict) == [.waiting])
    }

    func shown(
      _ client: BitimClient? = nil
    ) async throws -> BitimV1.GetCohortResponse {
      var request = BitimV1.GetCohortRequest()
      request.code = self.cohort.code
      return try await CohortServiceClient(client ?? self.cohort.registrar).getCohort(request)
    }

    func waiting() async throws -> [Int64] {
      try await self.shown().waiting.compactMap { $0.person?.id }
    }

    func free(_ client: BitimClient) async throws -> [BitimV1.DueItem] {
      try await DueServiceClient(client).listDue(.init()).items.filter { $0.kind == .placeFree }
    }

    func leave(_ person: Int64) async throws {
      var request = BitimV1.WithdrawTraineeRequest()
      (request.cohort, request.personId, request.reason) = (self.cohort.code, person, .illness)
      _ = try await self.service.withdrawTrainee(request)
    }

    func offer(
      _ person: Int64, by client: BitimClient? = nil
    ) async throws -> BitimV1.OfferPlaceResponse {
      var request = BitimV1.OfferPlaceRequest()
      (request.cohort, request.personId) = (self.cohort.code, person)
      return try await CohortServiceClient(client ?? self.cohort.registrar).offerPlace(request)
    }
  }

  @Test("a place that comes free is due, and given to the first; past the first it is warned of")
  func whole() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    let shown = try await scene.shown()
    #expect(shown.trainees.count == 10)
    #expect(shown.waiting.map(\.since) == ["2026-02-02", "2026-02-02"])
    #expect(shown.waiting.allSatisfy { $0.isAdmitted })
    let (first, second) = (
      shown.waiting[0].person?.id ?? 0, shown.waiting[1].person?.id ?? 0
    )
    // Only registrars are shown who waits.
    #expect(try await scene.shown(scene.cohort.trainer).waiting.isEmpty)
    #expect(try await scene.free(scene.cohort.registrar).isEmpty)
    await expectRefused(["GROUP_FULL"], .failedPrecondition) { _ = try await scene.offer(first) }
    try await scene.leave(shown.trainees[0].person?.id ?? 0)
    let due = try await scene.free(scene.cohort.registrar)
    #expect(due.map(\.cohort) == ["P1-ALA-01"])
    #expect(due.map(\.people) == [2])
    #expect(due.map { $0.person?.id } == [first])
    #expect(due.map(\.until) == ["2026-03-31"])
    // A centre knows whom its cohort lets wait, and another one neither sees nor gives.
    let centre = try await scene.school.client(
      scene.school.person("Registrar", "First"), [.registrar], in: "ALA-01")
    #expect(try await scene.free(centre).count == 1)
    try await scene.school.centre("AST-02")
    let other = try await scene.school.client(
      scene.school.person("Registrar", "Second"), [.registrar], in: "AST-02")
    #expect(try await scene.free(other).isEmpty)
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await scene.offer(first, by: other)
    }
    let given = try await scene.offer(second, by: centre)
    #expect(given.enrolledOn == "2026-02-02")
    #expect(given.findings.map(\.reason) == ["WAITING_ORDER"])
    #expect(try await scene.waiting() == [first])
    #expect(try await scene.shown().trainees.count == 10)
    await expectRefused(["NOT_WAITING"], .failedPrecondition) { _ = try await scene.offer(second) }
    #expect(try scene.school.check().problems == [])
  }

  @Test("waiting ends with a place by a list, by an act, and with the cohort")
  func ends() async throws {
    let scene = try await Scene()
    defer { scene.school.close() }
    let shown = try await scene.shown()
    let waiting = try await scene.waiting()
    // By a list, to who waits second, which is warned of.
    try await scene.leave(shown.trainees[0].person?.id ?? 0)
    let row = try await Self.enrol(Self.rows(11..<12), waits: false, by: scene.cohort.registrar)
    #expect(row.rows.map(\.verdict) == [.added])
    #expect(row.rows.reasons == ["WAITING_ORDER"])
    #expect(try await scene.waiting() == [waiting[0]])
    // Who waits already is not recorded again.
    let again = try await Self.enrol(Self.rows(10..<11), waits: true, by: scene.cohort.registrar)
    #expect(again.rows.map(\.verdict) == [.unchanged])
    #expect(!again.recorded)
    var request = BitimV1.EndWaitingRequest()
    (request.cohort, request.personId, request.why) = ("P1-ALA-01", waiting[0], "басқа топқа барды")
    _ = try await scene.service.endWaiting(request)
    #expect(try await scene.waiting() == [])
    let ended = request
    await expectRefused(["NOT_WAITING"], .failedPrecondition) {
      _ = try await scene.service.endWaiting(ended)
    }
    let back = try await Self.enrol(Self.rows(10..<11), waits: true, by: scene.cohort.registrar)
    #expect(back.rows.map(\.verdict) == [.waiting])
    var cancel = BitimV1.CancelCohortRequest()
    (cancel.code, cancel.why) = ("P1-ALA-01", "топ жиналмады")
    _ = try await scene.service.cancelCohort(cancel)
    #expect(try await scene.waiting() == [])
    #expect(try scene.school.check().problems == [])
  }

  @Test("of twelve who come at once to ten places ten have one and two wait")
  func atOnce() async throws {
    let school = try TestSchool(on: "2026-02-02")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let registrar = cohort.registrar
    let tasks = Self.rows(0..<12).map { row in
      Task { try await Self.enrol([row], waits: true, by: registrar).rows.first?.verdict }
    }
    var verdicts: [BitimV1.RowVerdict?] = []
    for task in tasks { verdicts.append(try await task.value) }
    #expect(verdicts.count { $0 == .added } == 10)
    #expect(verdicts.count { $0 == .waiting } == 2)
    #expect(try school.check().problems == [])
  }
}
