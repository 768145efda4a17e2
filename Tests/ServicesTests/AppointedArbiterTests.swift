import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Arbiters from outside (R-631)")
struct AppointedArbiterTests {
  private func look(_ act: Int64, _ client: BitimClient) async throws -> BitimV1.Case? {
    var request = BitimV1.GetCaseRequest()
    request.act = act
    return try await CaseServiceClient(client).getCase(request).found
  }

  private func tokens(_ school: TestSchool, of person: Int64) async throws -> [BitimV1.Token] {
    var request = BitimV1.ListAccessRequest()
    request.personId = person
    return try await AccessServiceClient(school.administrator).listAccess(request).tokens
  }

  @Test("one reads, moves and decides one case, and the token ends with it")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let registrar = CaseServiceClient(cohort.registrar)
    var other = BitimV1.ReceiveCaseRequest()
    (other.kind, other.grounds) = (.complaint, ["басқа іс"])
    let foreign = try await registrar.receiveCase(other).found?.act ?? 0
    let (guest, client, act) = try await cohort.appoint()
    #expect(try await self.tokens(school, of: guest).map(\.roles) == [[.appointed]])

    let shown = try await self.look(act, client)
    #expect(shown?.grounds == ["сабақ болмады"])
    #expect(shown?.appointed.map(\.person?.id) == [guest])
    #expect(shown?.appointed.map(\.invitation) == [TestCohort.letter])
    // It waits for the guest from the first day on, and no other does.
    let due = try await DueServiceClient(client).listDue(.init()).items
    #expect(due.map(\.kind) == [.case])
    #expect(due.map(\.caseAct) == [act])
    // No other case is there, and nothing else is for a guest.
    let service = CaseServiceClient(client)
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await self.look(foreign, client) }
    var move = BitimV1.MoveCaseRequest()
    (move.act, move.step, move.why) = (foreign, .extended, "куәлар көп")
    let moved = move
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await service.moveCase(moved) }
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome, decision.reasons) = (foreign, .notConfirmed, ["жоқ"])
    let decided = decision
    await expectRefused(["CASE_UNKNOWN"], .notFound) { _ = try await service.decideCase(decided) }
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await service.listCases(.init())
    }
    // As an arbiter he or she extends, and decides.
    move.act = act
    #expect(try await service.moveCase(move).found?.lastDay == "2027-01-21")
    decision.act = act
    #expect(try await service.decideCase(decision).found?.state == .decided)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await self.look(act, client)
    }
    #expect(try await self.tokens(school, of: guest) == [])
    await expectRefused(["ROLE_NOT_GRANTED"], .failedPrecondition) {
      _ = try await school.token(guest, [.appointed], in: "SCHOOL")
    }
    #expect(try school.check().problems == [])
  }

  @Test("not while an arbiter is free, not of the School, by a letter, of a case that is there")
  func refused() async throws {
    let scene = try await CaseScene()
    let school = scene.school
    let act = try await scene.registrar.receiveCase(try await scene.appeal()).found?.act ?? 0
    let administrator = CaseServiceClient(school.administrator)
    let guest = try await school.person("Abenova", "Saule")
    var request = BitimV1.AppointArbiterRequest()
    (request.act, request.personId) = (act, guest)
    let bare = request
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await administrator.appointArbiter(bare)
    }
    request.invitation = TestCohort.letter
    let free = request
    await expectRefused(["ARBITER_FREE"], .failedPrecondition) {
      _ = try await administrator.appointArbiter(free)
    }
    var withdrawal = BitimV1.WithdrawRoleRequest()
    (withdrawal.personId, withdrawal.role, withdrawal.organisation) = (
      scene.arbiterID, .arbiter, "SCHOOL"
    )
    let access = AccessServiceClient(school.administrator)
    _ = try await access.withdrawRole(withdrawal)
    // The one arbiter who is left was in the commission.
    _ = try await school.client(scene.cohort.memberID, [.arbiter])
    for (person, reason, code) in [
      (scene.cohort.certifierID, "FROM_SCHOOL", Status.Code.failedPrecondition),
      (scene.cohort.chairID, "DECIDES_OWN_ACT", .permissionDenied),
      (scene.trainee, "DECIDES_HIMSELF", .permissionDenied),
      (9_999, "PERSON_UNKNOWN", .notFound),
    ] {
      request.personId = person
      let asked = request
      await expectRefused([reason], code) { _ = try await administrator.appointArbiter(asked) }
    }
    (request.act, request.personId) = (9_999, guest)
    let unknown = request
    await expectRefused(["CASE_UNKNOWN"], .notFound) {
      _ = try await administrator.appointArbiter(unknown)
    }
    await expectRefused(["ROLE_NOT_GRANTED"], .failedPrecondition) {
      _ = try await school.token(guest, [.appointed], in: "SCHOOL")
    }
    _ = try await administrator.appointArbiter(free)
    await expectRefused(["ALREADY_THERE"], .alreadyExists) {
      _ = try await administrator.appointArbiter(free)
    }
    await expectRefused(["ROLE_NOT_GRANTED"], .failedPrecondition) {
      _ = try await school.token(guest, [.appointed], in: "ALA-01")
    }
    let client = try await school.token(guest, [.appointed], in: "SCHOOL")
    #expect(
      try await scene.decide(act, .decisionStands, by: CaseServiceClient(client))?.state
        == .decided)
    try scene.end()
  }
}
