import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What becomes of a cohort")
struct AmendCohortTests {
  private func opened(
    _ code: String, _ service: CohortServiceClient
  ) async throws {
    var request = BitimV1.OpenCohortRequest()
    request.cohort = TestCohort.cohort(code)
    request.cohort?.endsOn = "2026-12-31"
    _ = try await service.openCohort(request)
  }

  @Test("its days, form and place change while no class is left outside (R-430)")
  func amended() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let service = CohortServiceClient(cohort.registrar)
    var request = BitimV1.AmendCohortRequest()
    request.code = "P1-ALA-01"
    request.startsOn = "2026-02-04"
    request.why = "ғимарат жөнделеді"
    let late = request
    await expectRefused(["CLASS_OUTSIDE"], .failedPrecondition) {
      _ = try await service.amendCohort(late)
    }
    request.startsOn = "2026-02-01"
    request.endsOn = "2026-04-15"
    request.place = "Қонаев"
    request.form = .blended
    var expected = TestCohort.cohort("P1-ALA-01")
    expected.startsOn = "2026-02-01"
    expected.endsOn = "2026-04-15"
    expected.place = "Қонаев"
    expected.form = .blended
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-01"
    let before = try await service.getCohort(get).cohort
    expected.id = before?.id ?? 0
    expected.edition = before?.edition ?? ""
    #expect(try await service.amendCohort(request).cohort == expected)
    #expect(try await service.getCohort(get).cohort == expected)
    // A class on the new last day is within, for every reader and the writer.
    #expect(try await cohort.hours(day: "2026-04-15", theory: 4).recorded)
    request.endsOn = "2027-03-31"
    let long = request
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await service.amendCohort(long)
    }
    #expect(try school.check().problems == [])
  }

  @Test("cancelled, its trainees are withdrawn, and go on elsewhere with their hours (R-431)")
  func cancelled() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let service = CohortServiceClient(cohort.registrar)
    try await self.opened("P1-ALA-02", service)
    try await self.opened("P1-ALA-03", service)
    let row = TestCohort.row(2, iin: "991231000014", cohort: "P1-ALA-02")
    _ = try await cohort.enrol([row])
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-02"
    let her = try #require(try await service.getCohort(get).trainees.first?.person?.id)
    try await cohort.session("S-014", on: "2026-12-20", of: "P1-ALA-02")
    var request = BitimV1.CancelCohortRequest()
    request.code = "P1-ALA-02"
    request.why = "жаттықтырушы жоқ"
    let early = request
    await expectRefused(["SESSION_THERE"], .failedPrecondition) {
      _ = try await service.cancelCohort(early)
    }
    var session = BitimV1.CancelSessionRequest()
    (session.session, session.why) = ("S-014", "топ болмайды")
    _ = try await AttestationServiceClient(cohort.registrar).cancelSession(session)
    #expect(try await service.cancelCohort(request).withdrawn == 1)
    let shown = try await service.getCohort(get)
    #expect(shown.cohort?.isCancelled == true)
    #expect(shown.trainees == [])
    let again = try await cohort.enrol([row])
    #expect(again.rows.first?.findings.map(\.reason) == ["COHORT_CLOSED"])
    var back = BitimV1.ReinstateTraineeRequest()
    (back.cohort, back.personId, back.why) = ("P1-ALA-02", her, "қайтты")
    let closed = back
    await expectRefused(["COHORT_CLOSED"], .failedPrecondition) {
      _ = try await service.reinstateTrainee(closed)
    }
    await expectRefused(["COHORT_CLOSED"], .failedPrecondition) {
      try await cohort.session("S-015", on: "2026-12-20", of: "P1-ALA-02")
    }
    var transfer = BitimV1.TransferTraineeRequest()
    (transfer.cohort, transfer.personId, transfer.to) = ("P1-ALA-02", her, "P1-ALA-03")
    transfer.day = "2026-11-21"
    transfer.why = "топ болмайды"
    let before = transfer
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await service.transferTrainee(before)
    }
    transfer.day = ""
    #expect(try await service.transferTrainee(transfer).day == "2026-11-22")
    get.code = "P1-ALA-03"
    #expect(try await service.getCohort(get).trainees.map(\.enrolledOn) == ["2026-11-22"])
    var person = BitimV1.GetPersonRequest()
    person.purpose = .enrolment
    person.personId = her
    let lines = try await PersonServiceClient(cohort.registrar).getPerson(person).enrolments
    #expect(lines.map(\.cohort) == ["P1-ALA-03", "P1-ALA-02"])
    #expect(lines.map(\.state) == ["enrolled", "transferred"])
    #expect(try school.check().problems == [])
  }
}
