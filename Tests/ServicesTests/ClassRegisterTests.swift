import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@Suite("The class register, through the services")
struct ClassRegisterTests {
  private func page(
    _ cohort: TestCohort, size: Int32 = 0, token: String = "", by client: BitimClient? = nil
  ) async throws -> BitimV1.ListClassesResponse {
    var request = BitimV1.ListClassesRequest()
    (request.cohort, request.pageSize, request.pageToken) = (cohort.code, size, token)
    return try await CohortServiceClient(client ?? cohort.trainer).listClasses(request)
  }

  @Test("classes come by day and beginning, in pages, each with who attended it and how much")
  func pages() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    #expect(try await self.page(cohort).classes == [])
    let enrolled = try await cohort.enrol([
      TestCohort.row(2, iin: "991231000014"), TestCohort.row(3, iin: "123456789013"),
    ])
    #expect(enrolled.recorded)
    // Recorded in another order than held.
    for (day, start, theory, practice, absent) in [
      ("2026-02-04", "22:00", Int32(0), Int32(16), ["123456789013"]),
      ("2026-02-03", "14:00", 8, 0, []),
      ("2026-02-03", "09:00", 6, 2, []),
    ] {
      var row = BitimV1.HoursRow()
      (row.line, row.cohort, row.heldOn, row.startsAt) = (2, cohort.code, day, start)
      (row.theoryQuarters, row.practiceQuarters, row.absent) = (theory, practice, absent)
      var request = BitimV1.RecordHoursRequest()
      request.rows = [row]
      #expect(try await CohortServiceClient(cohort.trainer).recordHours(request).recorded)
    }
    let whole = try await self.page(cohort)
    #expect(
      whole.classes.map { "\($0.heldOn) \($0.startsAt)" } == [
        "2026-02-03 09:00", "2026-02-03 14:00", "2026-02-04 22:00",
      ])
    // An academic hour is 45 minutes: four of them from ten at night on end after midnight.
    #expect(whole.classes[2].endsAt == "01:00")
    #expect(whole.classes.map { $0.attended.map(\.theoryQuarters) } == [[6, 6], [8, 8], [0]])
    #expect(whole.classes.map { $0.attended.map(\.practiceQuarters) } == [[2, 2], [0, 0], [16]])
    #expect(whole.people.map(\.id) == whole.classes[0].attended.map(\.personId))
    #expect(whole.classes[2].attended.map(\.personId) == [whole.people[0].id])
    #expect(whole.nextPageToken == "")

    var paged: [BitimV1.HeldClass] = []
    var token = ""
    repeat {
      let next = try await self.page(cohort, size: 1, token: token)
      #expect(next.classes.count == 1)
      paged += next.classes
      token = next.nextPageToken
    } while !token.isEmpty
    #expect(paged == whole.classes)
  }
}
