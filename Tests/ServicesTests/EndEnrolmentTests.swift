import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("The end of an enrolment")
struct EndEnrolmentTests {
  private func withdrawal(_ person: Int64, on day: String) -> BitimV1.WithdrawTraineeRequest {
    var request = BitimV1.WithdrawTraineeRequest()
    request.cohort = "P1-ALA-01"
    request.personId = person
    request.lastDay = day
    request.reason = .ownRequest
    return request
  }

  private func trainees(_ cohort: TestCohort) async throws -> [Int64] {
    var request = BitimV1.GetCohortRequest()
    request.code = "P1-ALA-01"
    return try await CohortServiceClient(cohort.registrar).getCohort(request).trainees
      .map { $0.person?.id ?? 0 }
  }

  @Test(
    "a trainee is withdrawn: the place is free, hours stay in the file, and no more are added (R-420)"
  )
  func withdrawn() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let service = CohortServiceClient(cohort.registrar)
    let person = try #require(try await self.trainees(cohort).first)
    let early = self.withdrawal(person, on: "2026-02-02")
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await service.withdrawTrainee(early)
    }
    // The cohort ended long ago: its last day is what is meant.
    let done = try await service.withdrawTrainee(self.withdrawal(person, on: ""))
    #expect(done.lastDay == "2026-03-31")
    #expect(try await self.trainees(cohort) == [])
    let again = self.withdrawal(person, on: "2026-02-03")
    await expectRefused(["TRAINEE_WITHDRAWN"], .failedPrecondition) {
      _ = try await service.withdrawTrainee(again)
    }
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = person
    let line = try #require(
      try await PersonServiceClient(cohort.registrar).getPerson(get).enrolments.first)
    var expected = BitimV1.PersonEnrolment()
    expected.cohort = "P1-ALA-01"
    expected.programme = 1
    expected.enrolledOn = "2026-02-02"
    expected.theoryQuarters = 36
    expected.state = "withdrawn"
    expected.lastDay = "2026-03-31"
    #expect(line == expected)
    let late = try await cohort.hours(day: "2026-02-04", theory: 4)
    #expect(late.rows.first?.findings.map(\.reason) == ["NOT_ENROLLED"])
    // The list given again takes her back neither with her hours nor without them.
    let anew = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")], on: "2026-02-05")
    #expect(!anew.recorded)
    #expect(anew.rows.first?.findings.map(\.reason) == ["TRAINEE_WITHDRAWN"])
    #expect(try await self.trainees(cohort) == [])
    #expect(try school.check().problems == [])
  }

  @Test("who was withdrawn comes back to a free place, hours and attempts with her (R-420, R-423)")
  func reinstated() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let service = CohortServiceClient(cohort.registrar)
    let person = try #require(try await self.trainees(cohort).first)
    _ = try await service.withdrawTrainee(self.withdrawal(person, on: "2026-02-10"))
    var request = BitimV1.ReinstateTraineeRequest()
    request.cohort = "P1-ALA-01"
    request.personId = person
    request.from = "2026-02-09"
    request.why = "сауығып шықты"
    let early = request
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await service.reinstateTrainee(early)
    }
    // The cohort ended long ago: its last day is what is meant.
    request.from = ""
    #expect(try await service.reinstateTrainee(request).from == "2026-03-31")
    let again = request
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await service.reinstateTrainee(again)
    }
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = person
    var expected = BitimV1.PersonEnrolment()
    expected.cohort = "P1-ALA-01"
    expected.programme = 1
    expected.enrolledOn = "2026-03-31"
    expected.theoryQuarters = 36
    expected.state = "enrolled"
    let answer = try await PersonServiceClient(cohort.registrar).getPerson(get)
    #expect(answer.enrolments == [expected])
    #expect(try await self.trainees(cohort) == [person])
    #expect(try await cohort.hours(day: "2026-03-31", theory: 4).recorded)
    #expect(try school.check().problems == [])
  }

  @Test("hours are corrected before a result rests on them, and sums follow (R-504, R-506)")
  func corrected() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let person = try #require(try await self.trainees(cohort).first)
    try await cohort.allHours()
    let service = CohortServiceClient(cohort.registrar)
    func hours() async throws -> [Int32] {
      var request = BitimV1.GetCohortRequest()
      request.code = "P1-ALA-01"
      let trainee = try #require(try await service.getCohort(request).trainees.first)
      return [trainee.theoryQuarters, trainee.practiceQuarters]
    }
    var request = BitimV1.CorrectHoursRequest()
    request.cohort = "P1-ALA-01"
    request.personId = person
    request.heldOn = "2026-02-03"
    request.startsAt = "09:00"
    request.reason = .lateReport
    request.evidence = "қатысу парағы"
    let before = try await hours()
    let absent = try await service.correctHours(request)
    #expect(
      try await hours() == [
        before[0] - absent.theoryQuartersBefore, before[1] - absent.practiceQuartersBefore,
      ])
    #expect(absent.theoryQuartersBefore + absent.practiceQuartersBefore > 0)
    let again = request
    await expectRefused(["HOURS_NOT_THERE"], .failedPrecondition) {
      _ = try await service.correctHours(again)
    }
    request.startsAt = "03:00"
    let nowhere = request
    await expectRefused(["CLASS_UNKNOWN"], .notFound) {
      _ = try await service.correctHours(nowhere)
    }
    #expect(try school.check().problems == [])
  }

  @Test("an enrolment made in error is undone while nothing rests on it (R-422)")
  func undone() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let person = try #require(try await self.trainees(cohort).first)
    let service = CohortServiceClient(cohort.registrar)
    var request = BitimV1.UndoEnrolmentRequest()
    request.cohort = "P1-ALA-01"
    request.personId = person
    request.why = "басқа топқа арналған"
    _ = try await service.undoEnrolment(request)
    #expect(try await self.trainees(cohort) == [])
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 4)
    let taught = request
    await expectRefused(["HOURS_THERE"], .failedPrecondition) {
      _ = try await service.undoEnrolment(taught)
    }
    #expect(try school.check().problems == [])
  }
}
