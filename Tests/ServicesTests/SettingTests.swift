import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What the School settles for itself, by two persons (R-019)")
struct SettingTests {
  private static func setting(
    _ value: Int32, _ basis: BitimV1.Basis = .school, article: String = ""
  ) -> BitimV1.Setting {
    var setting = BitimV1.Setting()
    (setting.value, setting.basis, setting.article) = (value, basis, article)
    return setting
  }

  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort

    init() async throws {
      self.school = try TestSchool(on: "2026-02-02")
      self.cohort = try await TestCohort(self.school)
    }

    func propose(
      _ setting: BitimV1.Setting, from day: String = "", why: String = "кеңес № 4",
      by client: BitimClient? = nil
    ) async throws -> BitimV1.ChangeSettingResponse {
      var request = BitimV1.ChangeSettingRequest()
      (request.name, request.setting, request.validFrom) = (.waitingStrict, setting, day)
      request.why = why
      return try await SettingServiceClient(client ?? self.school.administrator)
        .changeSetting(request)
    }

    @discardableResult
    func approve(_ act: Int64) async throws -> BitimV1.Proposal {
      let service = ProposalServiceClient(self.cohort.certifier)
      let waiting = try await service.listProposals(.init()).proposals
      let proposal = try #require(waiting.first { $0.act == act })
      #expect(proposal.obstacle == "")
      var approval = BitimV1.ApproveRequest()
      (approval.act, approval.shownDigest) = (act, proposal.shownDigest)
      return try #require(try await service.approve(approval).proposal)
    }

    func periods(_ client: BitimClient? = nil) async throws -> [BitimV1.SettingPeriod] {
      let settings = try await SettingServiceClient(client ?? self.cohort.trainer)
        .listSettings(.init()).settings
      #expect(
        settings.map(\.name) == [
          .waitingStrict, .applicationRequired, .makeUpDays, .declaration, .learningScheme,
        ])
      return settings.first?.periods ?? []
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test(
    "a setting is proposed by an administrator, approved by a certifier, and listed with its basis")
  func whole() async throws {
    let scene = try await Scene()
    var before = BitimV1.SettingPeriod()
    before.setting = Self.setting(0)
    #expect(try await scene.periods() == [before])
    let law = Self.setting(1, .law, article: "9-бап")
    let response = try await scene.propose(law, from: "2026-03-01")
    var shown = BitimV1.SettingShown()
    (shown.name, shown.before, shown.after) = (.waitingStrict, Self.setting(0), law)
    (shown.validFrom, shown.why) = ("2026-03-01", "кеңес № 4")
    #expect(response.shown == shown)
    #expect(try await scene.periods() == [before])
    let proposal = try await scene.approve(response.proposal)
    #expect(proposal.kind == .changeSetting)
    #expect(proposal.shown == .setting(shown))
    before.validUntil = "2026-02-28"
    var after = BitimV1.SettingPeriod()
    (after.setting, after.validFrom, after.why) = (law, "2026-03-01", "кеңес № 4")
    #expect(try await scene.periods() == [before, after])
    #expect(try await scene.periods(scene.cohort.certifier) == [before, after])
    // Who changed it is the administrator's and the auditor's to read.
    let auditor = try await scene.school.client(
      scene.school.person("Auditor", "Aigul"), [.auditor])
    for client in [scene.school.administrator, auditor] {
      let hands = try #require(try await scene.periods(client).last?.changed)
      #expect(hands.act == response.proposal + 1)
      #expect(hands.proposedBy?.names == proposal.proposer?.names)
      #expect(hands.approvedBy?.id == scene.cohort.certifierID)
    }
    await #expect(throws: CallFailure.self) { try await scene.periods(scene.school.stranger) }
    // What was to come gives way to what is recorded later, from an earlier day on.
    let school = Self.setting(1)
    try await scene.approve(try await scene.propose(school, from: "2026-02-20").proposal)
    before.validUntil = "2026-02-19"
    (after.setting, after.validFrom) = (school, "2026-02-20")
    #expect(try await scene.periods() == [before, after])
    try scene.end()
  }

  @Test("a value out of its range, a day too far, no change and another's proposal are refused")
  func refused() async throws {
    let scene = try await Scene()
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await scene.propose(Self.setting(2))
    }
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await scene.propose(Self.setting(1), from: "2028-02-03")
    }
    await expectRefused(["NOT_A_DATE"], .invalidArgument) {
      _ = try await scene.propose(Self.setting(1), from: "31.02.2026")
    }
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await scene.propose(Self.setting(0))
    }
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await SettingServiceClient(scene.school.administrator)
        .changeSetting(
          {
            var request = BitimV1.ChangeSettingRequest()
            request.name = .waitingStrict
            return request
          }())
    }
    await #expect(throws: CallFailure.self) {
      try await scene.propose(Self.setting(1), by: scene.cohort.registrar)
    }
    // Of two proposals of one value, each with its reason, the second finds it so already.
    let first = try await scene.propose(Self.setting(1)).proposal
    let second = try await scene.propose(Self.setting(1), why: "кеңес № 5").proposal
    try await scene.approve(first)
    let left = try await ProposalServiceClient(scene.cohort.certifier)
      .listProposals(.init()).proposals
    #expect(left.map(\.act) == [second])
    #expect(left.map(\.obstacle) == ["NOTHING_CHANGED"])
    try scene.end()
  }

  @Test("in strict order a list and an offer past the first who waits are refused, from its day on")
  func strict() async throws {
    let scene = try await Scene()
    let registrar = scene.cohort.registrar
    // Ten have places, and one waits; then one leaves.
    #expect(
      try await WaitingTests.enrol(WaitingTests.rows(0..<11), waits: true, by: registrar).recorded)
    var show = BitimV1.GetCohortRequest()
    show.code = scene.cohort.code
    let service = CohortServiceClient(registrar)
    let there = try await service.getCohort(show)
    let first = try #require(there.waiting.first?.person?.id)
    var leave = BitimV1.WithdrawTraineeRequest()
    (leave.cohort, leave.reason) = (scene.cohort.code, .illness)
    leave.personId = there.trainees[0].person?.id ?? 0
    _ = try await service.withdrawTrainee(leave)
    try await scene.approve(try await scene.propose(Self.setting(1), from: "2026-02-03").proposal)

    func enrol(on day: String, dry: Bool = true) async throws -> BitimV1.EnrolTraineesResponse {
      var request = BitimV1.EnrolTraineesRequest()
      (request.rows, request.enrolledOn) = (WaitingTests.rows(11..<12), day)
      request.validateOnly = dry
      return try await service.enrolTrainees(request)
    }
    let lax = try await enrol(on: "2026-02-02")
    #expect(lax.rows.map(\.verdict) == [.added])
    #expect(lax.rows.flatMap(\.findings).map(\.reason) == ["WAITING_ORDER"])
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-02-03")))
    let strict = try await enrol(on: "2026-02-03", dry: false)
    #expect(strict.rows.map(\.verdict) == [.refused])
    #expect(strict.rows.flatMap(\.findings).map(\.reason) == ["WAITING_ORDER"])
    #expect(!strict.recorded)
    let behind = try await WaitingTests.enrol(
      WaitingTests.rows(11..<12), waits: true, by: registrar)
    #expect(behind.rows.map(\.verdict) == [.waiting])
    let second = try #require(try await service.getCohort(show).waiting.last?.person?.id)
    func offer(_ person: Int64) async throws {
      var request = BitimV1.OfferPlaceRequest()
      (request.cohort, request.personId) = (scene.cohort.code, person)
      _ = try await service.offerPlace(request)
    }
    await expectRefused(["WAITING_ORDER"], .failedPrecondition) { try await offer(second) }
    try await offer(first)
    try scene.end()
  }
}
