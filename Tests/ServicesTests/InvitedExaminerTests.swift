import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Examiners by an invitation (R-605)")
struct InvitedExaminerTests {
  private func look(
    _ code: String, _ client: BitimClient
  ) async throws -> BitimV1.GetSessionResponse {
    var request = BitimV1.GetSessionRequest()
    request.code = code
    return try await AttestationServiceClient(client).getSession(request)
  }

  private func tokens(_ school: TestSchool, of person: Int64) async throws -> [BitimV1.Token] {
    var request = BitimV1.ListAccessRequest()
    request.personId = person
    return try await AccessServiceClient(school.administrator).listAccess(request).tokens
  }

  @Test("a guest chairs one session by a letter, and the token ends with it")
  func chair() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    try await cohort.session("S-015")
    let guest = try await school.person("Abenov", "Marat")
    var change = BitimV1.ChangeSeatRequest()
    (change.session, change.goes, change.comes) = ("S-014", cohort.chairID, guest)
    change.why = "ауырып қалды"
    let registrar = AttestationServiceClient(cohort.registrar)
    let plain = change
    await expectRefused(["NOT_EXAMINER"], .failedPrecondition) {
      _ = try await registrar.changeSeat(plain)
    }
    change.invitation = TestCohort.letter
    change.invitation?.datedOn = "2026-11-23"
    let tomorrow = change
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await registrar.changeSeat(tomorrow)
    }
    await expectRefused(["ROLE_NOT_GRANTED"], .failedPrecondition) {
      _ = try await school.token(guest, [.invited], in: "ALA-01", at: "S-014")
    }
    change.invitation = TestCohort.letter
    #expect(try await registrar.changeSeat(change).seat == .chair)
    // Neither of another session, nor of another organisation, nor with a role that stays.
    for (roles, place, session) in [
      ([BitimV1.Role.invited], "ALA-01", "S-015"), ([.invited], "SCHOOL", "S-014"),
      ([.examiner], "ALA-01", "S-014"), ([.invited], "ALA-01", ""),
    ] {
      await expectRefused(["ROLE_NOT_GRANTED"], .failedPrecondition) {
        _ = try await school.token(guest, roles, in: place, at: session)
      }
    }
    let client = try await school.token(guest, [.invited], in: "ALA-01", at: "S-014")
    #expect(try await self.tokens(school, of: guest).map(\.session) == ["S-014"])
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")

    // Marks and letter of that session are shown, and no other session is there.
    let shown = try await self.look("S-014", client)
    #expect(shown.candidates.map(\.scores.count) == [3])
    #expect(
      shown.session?.commission.filter { $0.invitation != nil }.map(\.personId) == [guest])
    #expect(shown.session?.commission.compactMap(\.invitation) == [TestCohort.letter])
    await expectRefused(["SESSION_UNKNOWN"], .notFound) { _ = try await self.look("S-015", client) }
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.reason) = ("S-014", "procedure")
    let annul = annulment
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await AttestationServiceClient(client).annulResult(annul)
    }
    let due = try await DueServiceClient(client).listDue(.init()).items
    #expect(due.map(\.kind) == [.confirm])
    #expect(due.map(\.session) == ["S-014"])

    #expect(try await cohort.confirm("S-014", by: client).confirmed == 1)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await self.look("S-014", client)
    }
    #expect(try await self.tokens(school, of: guest) == [])
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = cohort.code
    let lines = try await CertificateServiceClient(cohort.certifier).previewIssue(preview).lines
    #expect(lines.flatMap(\.invited).map(\.invitation) == [TestCohort.letter])
    #expect(lines.flatMap(\.invited).map(\.person?.id) == [guest])
    #expect(try await cohort.issue().count == 1)
    #expect(try school.check().problems == [])
  }

  @Test("a guest records, and what is annulled and recorded anew gives the token its work again")
  func recorder() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let (_, client) = try await cohort.invite(to: "S-014", insteadOf: cohort.memberID)
    let recorded = try await cohort.result("991231000014", [80, 75, 90], in: "S-014", by: client)
    #expect(recorded.passed == 1)
    // The guest's is not the chair's to confirm by anybody else, and the recorder keeps the seat.
    await expectRefused(["NOT_CHAIR"], .permissionDenied) {
      _ = try await cohort.confirm("S-014", by: client)
    }
    #expect(try await cohort.confirm("S-014").confirmed == 1)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await self.look("S-014", client)
    }
    let candidate = try await self.look("S-014", cohort.registrar).candidates[0].personId
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId) = ("S-014", candidate)
    annulment.reason = "clerical_error"
    _ = try await AttestationServiceClient(cohort.certifier).annulResult(annulment)
    _ = try await cohort.result("991231000014", [81, 75, 90], in: "S-014")
    #expect(try await self.look("S-014", client).candidates.count == 2)
    #expect(try school.check().problems == [])
  }

  @Test("the token ends with the seat, and with a session that is cancelled")
  func ends() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.session("S-014")
    let (first, client) = try await cohort.invite(to: "S-014", insteadOf: cohort.memberID)
    #expect(try await self.look("S-014", client).members.count == 3)
    let (_, other) = try await cohort.invite(to: "S-014", insteadOf: first, named: "Kassenova")
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await self.look("S-014", client)
    }
    #expect(try await self.look("S-014", other).members.count == 3)
    var cancel = BitimV1.CancelSessionRequest()
    (cancel.session, cancel.why) = ("S-014", "үміткер жоқ")
    _ = try await AttestationServiceClient(cohort.registrar).cancelSession(cancel)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await self.look("S-014", other)
    }
  }

  @Test("an administrator is invited by no letter (R-029)")
  func administrator() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let administrator = try await AccessServiceClient(school.administrator).whoAmI(.init()).person
    var request = BitimV1.OpenSessionRequest()
    var session = BitimV1.Session()
    (session.code, session.cohort, session.heldOn) = ("S-014", cohort.code, "2026-03-20")
    session.protocolNumber = "№ 12"
    for (person, seat) in [
      (cohort.chairID, BitimV1.Seat.chair), (cohort.examinerID, .member),
      (administrator?.id ?? 0, .member),
    ] {
      var place = BitimV1.CommissionSeat()
      (place.personId, place.seat, place.invitation) = (person, seat, TestCohort.letter)
      session.commission.append(place)
    }
    request.session = session
    let asked = request
    await expectRefused(["ROLES_INCOMPATIBLE"], .failedPrecondition) {
      _ = try await AttestationServiceClient(cohort.registrar).openSession(asked)
    }
  }
}
