import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Hours of a class, through the services")
struct HoursTests {
  /// Two trainees, 991231000014 and 123456789013.
  private func two(_ cohort: TestCohort) async throws {
    let enrolled = try await cohort.enrol([
      TestCohort.row(2, iin: "991231000014"), TestCohort.row(3, iin: "123456789013"),
    ])
    #expect(enrolled.recorded)
  }

  /// The class of 2026-02-03 at 09:00, four hours of practice.
  private func record(
    _ cohort: TestCohort, absent: [String] = [], by client: BitimClient? = nil,
    _ change: (inout BitimV1.HoursRow) -> Void = { _ in }
  ) async throws -> BitimV1.RecordHoursResponse {
    var row = BitimV1.HoursRow()
    row.line = 2
    row.cohort = cohort.code
    row.heldOn = "2026-02-03"
    row.startsAt = "09:00"
    row.practiceQuarters = 16
    row.absent = absent
    change(&row)
    var request = BitimV1.RecordHoursRequest()
    request.rows = [row]
    return try await CohortServiceClient(client ?? cohort.trainer).recordHours(request)
  }

  private func practice(_ cohort: TestCohort) async throws -> [Int32] {
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    return try await CohortServiceClient(cohort.registrar).getCohort(get).trainees
      .map(\.practiceQuarters)
  }

  private func finding(_ response: BitimV1.RecordHoursResponse) -> [String] {
    response.rows.flatMap { row in
      row.findings.map { finding in
        let arguments = finding.arguments.map { "\($0.name)=\($0.value)" }.sorted()
        return "\(finding.column) \(finding.reason) \(finding.value) "
          + arguments.joined(separator: " ")
      }
    }
  }

  @Test("a late absence is not \"nothing to do\": it differs, and nothing is recorded (R-018)")
  func lateAbsence() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await self.two(cohort)
    let first = try await self.record(cohort)
    #expect(first.recorded)
    #expect(first.attendances == 2)
    let late = try await self.record(cohort, absent: ["123456789013"])
    #expect(late.rows.map(\.verdict) == [.refused])
    #expect(!late.recorded)
    #expect(late.attendances == 0)
    // Persons 1 to 6 are the School's, 7 the certifier, 8 and 9 the trainees.
    let who = PersonNumber.text(9)
    #expect(self.finding(late) == ["absent DIFFERS 0 + 0 there=0 + 4 who=\(who)"])
    #expect(try await self.practice(cohort) == [16, 16])
    #expect(try school.check().problems == [])
  }

  @Test("nor are hours added to somebody left out, by a row for all; by name they are (R-018)")
  func leftOut() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await self.two(cohort)
    #expect(try await self.record(cohort, absent: ["123456789013"]).attendances == 1)
    let all = try await self.record(cohort)
    #expect(
      self.finding(all)
        == ["practice DIFFERS 0 + 4 there=0 + 0 who=\(PersonNumber.text(9))"])
    #expect(try await self.practice(cohort) == [16, 0])
    let again = try await self.record(cohort, absent: ["123456789013"])
    #expect(again.rows.map(\.verdict) == [.unchanged])
    #expect(!again.recorded)
    let named = try await self.record(cohort) { $0.trainee = "123456789013" }
    #expect(named.rows.map(\.verdict) == [.added])
    #expect(named.rows.map(\.personId) == [9])
    #expect(try await self.practice(cohort) == [16, 16])
    #expect(try await self.record(cohort).rows.map(\.verdict) == [.unchanged])
    #expect(try school.check().problems == [])
  }

  @Test("another end than is recorded differs (R-018)")
  func anotherEnd() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await self.two(cohort)
    _ = try await self.record(cohort)
    let longer = try await self.record(cohort) { $0.endsAt = "13:00" }
    #expect(self.finding(longer) == ["end DIFFERS 13:00 there=12:00"])
    let same = try await self.record(cohort) { $0.endsAt = "12:00" }
    #expect(same.rows.map(\.verdict) == [.unchanged])
  }

  @Test("a class past midnight takes its hours, and its trainer's next morning with them (R-502)")
  func pastMidnight() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await self.two(cohort)
    func night(_ start: String, _ end: String, on day: String) async throws
      -> BitimV1.RecordHoursResponse
    {
      try await self.record(cohort) {
        $0.heldOn = day
        $0.startsAt = start
        $0.endsAt = end
        $0.practiceQuarters = 4
      }
    }
    #expect(try await night("22:00", "01:30", on: "2026-02-03").recorded)
    #expect(
      self.finding(try await night("01:29", "03:00", on: "2026-02-04"))
        == ["start CLASSES_OVERLAP 01:29 other=22:00 who=trainer"])
    #expect(try await night("01:30", "03:00", on: "2026-02-04").recorded)
    // Told again it is what is there, and told with another end it differs.
    #expect(
      try await night("22:00", "01:30", on: "2026-02-03").rows.map(\.verdict) == [.unchanged])
    #expect(
      self.finding(try await night("22:00", "01:45", on: "2026-02-03"))
        == ["end DIFFERS 01:45 there=01:30"])
    #expect(
      self.finding(try await night("22:00", "06:01", on: "2026-02-05"))
        == ["end HOURS_ABOVE_CLASS 06:01 hours=1 needed=22:45"])
    #expect(try await self.practice(cohort) == [8, 8])
    #expect(try school.check().problems == [])
  }

  @Test(
    "a class on the wrong day is told anew for all, and one that was none is taken back (R-504)")
  func retold() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await self.two(cohort)
    #expect(try await self.record(cohort, absent: ["123456789013"]).recorded)
    #expect(
      try await self.record(cohort) {
        $0.heldOn = "2026-02-04"
        $0.startsAt = "10:00"
        $0.endsAt = "11:00"
        $0.practiceQuarters = 4
      }.recorded)
    let service = CohortServiceClient(cohort.registrar)
    var request = BitimV1.CorrectClassRequest()
    (request.cohort, request.heldOn, request.startsAt) = (cohort.code, "2026-02-03", "09:00")
    (request.reason, request.evidence) = (.wrongDay, "сынып журналы")
    let same = request
    await expectRefused(["CORRECTED_LATE"], .permissionDenied) {
      _ = try await CohortServiceClient(cohort.trainer).correctClass(same)
    }
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await service.correctClass(same)
    }
    // On the fourth another class of theirs is from 10:00 to 11:00: the trainer's day forbids it.
    request.newHeldOn = "2026-02-04"
    let overlapping = request
    await expectRefused(["CLASSES_OVERLAP"], .failedPrecondition) {
      _ = try await service.correctClass(overlapping)
    }
    request.newStartsAt = "10:00"
    let there = request
    await expectRefused(["CLASSES_OVERLAP"], .failedPrecondition) {
      _ = try await service.correctClass(there)
    }
    var nowhere = request
    nowhere.startsAt = "08:00"
    let unknown = nowhere
    await expectRefused(["CLASS_UNKNOWN"], .notFound) {
      _ = try await service.correctClass(unknown)
    }
    // After it there is room, and the class is as long as before.
    request.newStartsAt = "13:30"
    request.validateOnly = true
    var expected = BitimV1.CorrectClassResponse()
    (expected.heldOn, expected.startsAt, expected.endsAt) = ("2026-02-04", "13:30", "16:30")
    (expected.endsAtBefore, expected.attendances) = ("12:00", 1)
    #expect(try await service.correctClass(request) == expected)
    let absent = ["123456789013"]
    #expect(try await self.record(cohort, absent: absent).rows.map(\.verdict) == [.unchanged])
    request.validateOnly = false
    #expect(try await service.correctClass(request) == expected)
    let former = request
    await expectRefused(["CLASS_UNKNOWN"], .notFound) {
      _ = try await service.correctClass(former)
    }
    #expect(try await self.practice(cohort) == [20, 4])
    // Fewer hours for whoever was there; who was absent stays so.
    request.heldOn = "2026-02-04"
    (request.startsAt, request.newHeldOn, request.newStartsAt) = ("13:30", "", "")
    request.newHours = .init()
    request.newHours?.practiceQuarters = 8
    #expect(try await service.correctClass(request).endsAt == "16:30")
    #expect(try await self.practice(cohort) == [12, 4])
    var cancel = BitimV1.CancelClassRequest()
    (cancel.cohort, cancel.heldOn, cancel.startsAt) = (cohort.code, "2026-02-04", "10:00")
    (cancel.reason, cancel.evidence, cancel.validateOnly) = (.inError, "сынып журналы", true)
    var gone = BitimV1.CancelClassResponse()
    (gone.endsAt, gone.attendances) = ("11:00", 2)
    #expect(try await service.cancelClass(cancel) == gone)
    #expect(try await self.practice(cohort) == [12, 4])
    cancel.validateOnly = false
    #expect(try await service.cancelClass(cancel) == gone)
    #expect(try await self.practice(cohort) == [8, 0])
    let again = cancel
    await expectRefused(["CLASS_UNKNOWN"], .notFound) {
      _ = try await service.cancelClass(again)
    }
    // The hour is free for a class that was.
    #expect(
      try await self.record(cohort) {
        $0.heldOn = "2026-02-04"
        $0.startsAt = "10:00"
        $0.practiceQuarters = 4
      }.recorded)
    #expect(try school.check().problems == [])
  }

  @Test("under a result a class is neither told anew nor taken back (R-506)")
  func retoldUnderResult() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let service = CohortServiceClient(cohort.registrar)
    var request = BitimV1.CorrectClassRequest()
    (request.cohort, request.heldOn, request.startsAt) = (cohort.code, "2026-02-03", "09:00")
    (request.newStartsAt, request.reason) = ("10:00", .typingError)
    request.evidence = "сынып журналы"
    let correct = request
    await expectRefused(["HOURS_EXAMINED"], .failedPrecondition) {
      _ = try await service.correctClass(correct)
    }
    var cancel = BitimV1.CancelClassRequest()
    (cancel.cohort, cancel.heldOn, cancel.startsAt) = (cohort.code, "2026-02-03", "09:00")
    (cancel.reason, cancel.evidence) = (.inError, "сынып журналы")
    let none = cancel
    await expectRefused(["HOURS_EXAMINED"], .failedPrecondition) {
      _ = try await service.cancelClass(none)
    }
    #expect(try school.check().problems == [])
  }

  @Test("nobody records hours of himself, registrar or trainer (R-021)")
  func himself() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await self.two(cohort)
    let registrar = try await school.client(9, [.registrar], in: "ALA-01")
    let trainer = PersonNumber.text(cohort.trainerID)
    let refused = try await self.record(cohort, by: registrar) { $0.trainer = trainer }
    let who = PersonNumber.text(9)
    #expect(self.finding(refused) == ["trainee ACTS_ON_HIMSELF \(who) "])
    let others = try await self.record(cohort, absent: [who], by: registrar) {
      $0.trainer = trainer
    }
    #expect(others.recorded)
    // The journal knows that it was tried.
    var request = BitimV1.GetJournalRequest()
    request.entries = 3
    let journal = try await AccessServiceClient(school.administrator).getJournal(request)
    #expect(journal.entries.contains { $0.contains("\"kind\":\"act_refused\"") })
    #expect(try school.check().problems == [])
  }

  @Test("a cohort begins at most two years ahead, and not before 2000 (R-016)")
  func firstDay() async throws {
    let school = try TestSchool(on: "2026-11-22")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    func open(_ from: String) async throws {
      var request = BitimV1.OpenCohortRequest()
      request.cohort = TestCohort.cohort("P1-" + from)
      request.cohort?.startsOn = from
      request.cohort?.endsOn = "2030-01-01"
      _ = try await CohortServiceClient(cohort.registrar).openCohort(request)
    }
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) { try await open("2028-11-23") }
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) { try await open("1999-12-31") }
    try await open("2028-11-22")
  }
}
