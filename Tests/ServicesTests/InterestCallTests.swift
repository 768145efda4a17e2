import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("A seat declares what interest it has in candidates (R-603)")
struct InterestCallTests {
  private static func declare(
    _ client: BitimClient, of member: Int64 = 0, in candidate: String? = nil,
    _ kind: BitimV1.InterestKind = .kin
  ) async throws(CallFailure) -> Int32 {
    var request = BitimV1.DeclareInterestRequest()
    (request.session, request.memberId) = ("S-014", member)
    if let candidate {
      request.interests = [.init()]
      (request.interests[0].candidate, request.interests[0].kind) = (candidate, kind)
    }
    return try await AttestationServiceClient(client).declareInterest(request).withdrawn
  }

  private static func shown(
    _ client: BitimClient
  ) async throws -> BitimV1.GetSessionResponse {
    var look = BitimV1.GetSessionRequest()
    look.code = "S-014"
    return try await AttestationServiceClient(client).getSession(look)
  }

  @Test("and what it recorded of the candidate is withdrawn; another session takes the candidate")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let before = try await Self.shown(cohort.chair)
    #expect(before.interests == [] && before.undeclared == [])
    let candidate = try #require(before.candidates.first { $0.outcome == .passed }?.personId)
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await Self.declare(cohort.examiner, in: "991231000014", .unspecified)
    }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await Self.declare(cohort.examiner, in: "P-999-70")
    }
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await Self.declare(cohort.registrar)
    }
    // The recorder says it of a member, from the paper; the edition asks for all three.
    #expect(
      try await Self.declare(cohort.examiner, of: cohort.memberID, in: "991231000014", .partner)
        == 1)
    let after = try await Self.shown(cohort.chair)
    #expect(
      after.interests.map { [$0.member?.id ?? 0, $0.candidate?.id ?? 0] } == [
        [cohort.memberID, candidate]
      ])
    #expect(after.interests.map(\.kind) == [.partner])
    #expect(after.candidates.first { $0.personId == candidate }?.outcome == .unspecified)
    #expect(after.resultsDigest != before.resultsDigest)
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await Self.declare(
        cohort.examiner, of: cohort.memberID, in: "991231000014", .partner)
    }
    func refused() async throws -> [String] {
      try await cohort.result("991231000014", [80, 75, 90], in: "S-014").rows
        .flatMap(\.findings).map(\.reason)
    }
    #expect(try await refused() == ["COMMISSION_TOO_SMALL"])
    // Her own: she records nothing of that candidate, and is named to who asks.
    #expect(try await Self.declare(cohort.examiner, in: "991231000014", .other) == 0)
    #expect(try await refused() == ["CONFLICT_DECLARED"])
    #expect(try school.check().problems == [])
  }

  @Test("each for itself before the confirmation, where the School settled that")
  func each() async throws {
    let school = try TestSchool(on: "2026-03-21")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    var change = BitimV1.ChangeSettingRequest()
    change.name = .declaration
    var setting = BitimV1.Setting()
    (setting.value, setting.basis) = (1, .school)
    change.setting = setting
    (change.validFrom, change.why) = ("2026-03-20", "аккредиттеу талабы")
    let settings = SettingServiceClient(school.administrator)
    let proposal = try await settings.changeSetting(change).proposal
    let service = ProposalServiceClient(cohort.certifier)
    let waiting = try await service.listProposals(.init()).proposals
    var approval = BitimV1.ApproveRequest()
    approval.act = proposal
    approval.shownDigest = try #require(waiting.first { $0.act == proposal }).shownDigest
    _ = try await service.approve(approval)
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    await expectRefused(["DECLARES_FOR_ANOTHER"], .permissionDenied) {
      _ = try await Self.declare(cohort.examiner, of: cohort.memberID)
    }
    #expect(try await Self.declare(cohort.examiner) == 0)
    #expect(try await Self.declare(cohort.chair) == 0)
    #expect(try await Self.shown(cohort.chair).undeclared.map(\.id) == [cohort.memberID])
    await expectRefused(["DECLARATION_MISSING"], .failedPrecondition) {
      _ = try await cohort.confirm("S-014")
    }
    let member = try await school.client(cohort.memberID, [.examiner])
    #expect(try await Self.declare(member) == 0)
    #expect(try await cohort.confirm("S-014").confirmed == 1)
    #expect(try school.check().problems == [])
  }
}
