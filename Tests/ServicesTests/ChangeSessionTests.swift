import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Sessions that change")
struct ChangeSessionTests {
  private func session(_ code: String, _ client: BitimClient) async throws
    -> BitimV1.GetSessionResponse
  {
    var request = BitimV1.GetSessionRequest()
    request.code = code
    return try await AttestationServiceClient(client).getSession(request)
  }

  // Worked example 18 of the rule book.
  @Test("the chair is shown one thing, falls ill, and another confirms what stands (R-602, R-622)")
  func chair() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let shown = try await self.session("S-014", cohort.chair).resultsDigest
    _ = try await cohort.result("991231000014", [81, 75, 90], in: "S-014")
    var confirm = BitimV1.ConfirmResultsRequest()
    confirm.session = "S-014"
    confirm.resultsDigest = shown
    await expectRefused(["RESULTS_CHANGED"], .aborted) {
      _ = try await AttestationServiceClient(cohort.chair).confirmResults(confirm)
    }
    let id = try await school.person("Zhunissova", "Gulnar")
    let other = try await school.client(id, [.examiner])
    var change = BitimV1.ChangeSeatRequest()
    (change.session, change.goes, change.comes) = ("S-014", cohort.chairID, id)
    change.why = "төраға ауырып қалды"
    let service = AttestationServiceClient(cohort.registrar)
    #expect(try await service.changeSeat(change).seat == .chair)
    let after = try await self.session("S-014", cohort.registrar)
    #expect(after.session?.protocolNumber == "№ S-014")
    #expect(after.members.map(\.id) == [cohort.examinerID, cohort.memberID, id].sorted())
    #expect(
      after.session?.commission.filter { $0.seat == .chair }.map(\.personId) == [id])
    // Who left has no hand in it any more; who came is shown the marks and confirms.
    await expectRefused(["NOT_CHAIR"], .permissionDenied) { _ = try await cohort.confirm("S-014") }
    #expect(try await cohort.confirm("S-014", by: other).confirmed == 1)
    change.goes = id
    change.comes = cohort.chairID
    await expectRefused(["SESSION_CLOSED"], .failedPrecondition) {
      _ = try await service.changeSeat(change)
    }
    // Who sat and left, and who confirmed, both examined: neither decides.
    #expect(try school.check().problems == [])
  }

  @Test("who recorded keeps the seat, and who is another centre's is as one who is not there")
  func recorder() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    var change = BitimV1.ChangeSeatRequest()
    (change.session, change.goes, change.why) = ("S-014", cohort.examinerID, "іссапар")
    change.comes = try await school.person("Seitova", "Aliya")
    let service = AttestationServiceClient(cohort.registrar)
    await expectRefused(["RECORDER_STAYS"], .failedPrecondition) {
      _ = try await service.changeSeat(change)
    }
    change.goes = cohort.memberID
    await expectRefused(["NOT_EXAMINER"], .failedPrecondition) {
      _ = try await service.changeSeat(change)
    }
    change.comes = 999
    await expectRefused(["PERSON_UNKNOWN"], .notFound) { _ = try await service.changeSeat(change) }
  }

  @Test("a session moves with its protocol, is cancelled, and then takes nothing (R-602)")
  func moved() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let service = AttestationServiceClient(cohort.registrar)
    var amend = BitimV1.AmendSessionRequest()
    (amend.session, amend.heldOn, amend.why) = ("S-014", "2027-01-08", "зал жабық")
    _ = try await service.amendSession(amend)
    #expect(try await self.session("S-014", cohort.chair).session?.heldOn == "2027-01-08")
    // The number is of the year in which it was planned first.
    await expectRefused(["PROTOCOL_TAKEN"], .alreadyExists) {
      try await cohort.session("S-015", on: "2026-03-20", protocol: "№ S-014")
    }
    try await cohort.session("S-016", on: "2027-01-08", protocol: "№ S-014")
    amend.heldOn = "2026-03-27"
    _ = try await service.amendSession(amend)
    var cancel = BitimV1.CancelSessionRequest()
    (cancel.session, cancel.why) = ("S-014", "үміткерлер ауырды")
    _ = try await service.cancelSession(cancel)
    #expect(try await self.session("S-014", cohort.chair).session?.isCancelled == true)
    let line = try await self.line("S-014", cohort)
    #expect(line?.isCancelled == true)
    await expectRefused(["SESSION_CANCELLED"], .failedPrecondition) {
      _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    }
    for again in [
      { _ = try await service.cancelSession(cancel) },
      { _ = try await service.amendSession(amend) },
    ] {
      await expectRefused(["SESSION_CANCELLED"], .failedPrecondition) { try await again() }
    }
    await expectRefused(["PROTOCOL_TAKEN"], .alreadyExists) {
      try await cohort.session("S-017", on: "2026-04-20", protocol: "№ S-014")
    }
    // Another day is another session, of another number.
    try await cohort.session("S-018", on: "2026-03-27")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-018")
    (cancel.session, amend.session) = ("S-018", "S-018")
    amend.heldOn = "2026-03-28"
    await expectRefused(["SESSION_HELD"], .failedPrecondition) {
      _ = try await service.cancelSession(cancel)
    }
    await expectRefused(["SESSION_HELD"], .failedPrecondition) {
      _ = try await service.amendSession(amend)
    }
    #expect(try school.check().problems == [])
  }

  private func line(_ code: String, _ cohort: TestCohort) async throws -> BitimV1.SessionLine? {
    var request = BitimV1.GetCohortRequest()
    request.code = cohort.code
    return try await CohortServiceClient(cohort.registrar).getCohort(request).sessions.first {
      $0.code == code
    }
  }
}
