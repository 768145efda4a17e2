import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

/// Expects a call to be refused for these reasons.
func expectRefused(
  _ reasons: [String], _ code: Status.Code, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Void
) async {
  do {
    try await body()
    Issue.record("was not refused", sourceLocation: sourceLocation)
  } catch let failure as CallFailure {
    #expect(
      failure.status?.reasons.map(\.reason) == reasons, sourceLocation: sourceLocation)
    #expect(failure.status?.code == code, sourceLocation: sourceLocation)
  } catch {
    Issue.record(error, sourceLocation: sourceLocation)
  }
}

extension [BitimV1.RowOutcome] {
  /// The reasons of every row that is not accepted.
  var reasons: [String] { self.flatMap { $0.findings.map(\.reason) } }
}

@Suite("Rules of the School, through the services")
struct InvariantTests {
  @Test("no attestation before the hours are there, theory and practice each (R-500, R-610)")
  func hoursShort() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    try await cohort.session("S-014")
    let response = try await cohort.result("991231000014", [80, 80, 80], in: "S-014")
    #expect(response.rows.reasons == ["HOURS_SHORT"])
    #expect(!response.recorded)
    #expect(
      response.rows[0].findings[0].arguments.map { "\($0.name)=\($0.value)" } == [
        "got=9", "kind=theory", "needed=36",
      ])
  }

  @Test("a cohort never exceeds its edition's group, and a list is refused as a whole (R-413)")
  func groupFull() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    // Eleven synthetic IINs, valid by their check digit.
    let iins = [
      "991231000014", "123456789013", "700101410009", "710202310013", "720303410023",
      "730404310037", "740505410041", "750606310055", "760707410069", "770808310073",
      "780909410087",
    ]
    let valid = iins.map { Self.withCheckDigit($0) }
    let rows = valid.enumerated().map { TestCohort.row(Int32($0.offset + 2), iin: $0.element) }
    let refused = try await cohort.enrol(rows)
    #expect(refused.rows.reasons == ["GROUP_FULL"])
    #expect(refused.rows.last?.line == 12)
    #expect(!refused.recorded)
    let accepted = try await cohort.enrol(Array(rows.dropLast()))
    #expect(accepted.recorded)
    #expect(accepted.rows.allSatisfy { $0.verdict == .added })
    let late = try await cohort.enrol([rows[10]])
    #expect(late.rows.reasons == ["GROUP_FULL"])
  }

  /// The eleven digits with the check digit of the first cycle that fits; bodies are chosen so.
  static func withCheckDigit(_ iin: String) -> String {
    let digits = iin.prefix(11).compactMap(\.wholeNumberValue)
    let first = zip(digits, 1...11).reduce(0) { $0 + $1.0 * $1.1 } % 11
    let weights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
    let second = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
    return iin.prefix(11) + "\(first < 10 ? first : second)"
  }

  @Test("admission asks for age, education and no bar at the start of training (R-410)")
  func admission() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var young = TestCohort.row(2, iin: "991231000014")
    young.person?.birthDate = "2001-02-03"
    young.person?.education = .secondary
    let response = try await cohort.enrol([young])
    #expect(response.rows.reasons == ["TOO_YOUNG", "EDUCATION_TOO_LOW"])
    young.person?.birthDate = "2001-02-02"
    young.person?.education = .higher
    #expect(try await cohort.enrol([young], validateOnly: true).rows[0].verdict == .added)
  }

  @Test("the specialised course needs the general one (R-411)")
  func prerequisite() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var second = TestCohort.cohort("P2-ALA-01")
    second.programme = 2
    var request = BitimV1.OpenCohortRequest()
    request.cohort = second
    _ = try await CohortServiceClient(cohort.registrar).openCohort(request)
    let row = TestCohort.row(2, iin: "991231000014", cohort: "P2-ALA-01")
    #expect(try await cohort.enrol([row]).rows.reasons == ["PREREQUISITE_MISSING"])
  }

  @Test(
    "who taught does not examine, by no second token; the journal knows (R-022, R-031, R-613)")
  func examinerTaught() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.allHours()
    // The trainer gets a second role and a second token: she is the same person.
    _ = try await school.client(cohort.trainerID, [.examiner])
    let before = try await Self.journalSize(school)
    await expectRefused(["EXAMINER_TAUGHT_CANDIDATE"], .failedPrecondition) {
      try await cohort.session(
        "S-013",
        commission: [
          (cohort.chairID, .chair), (cohort.trainerID, .member), (cohort.memberID, .member),
        ])
    }
    #expect(try await Self.journalSize(school) == before + 1)
    // A member who teaches after the session was opened records nothing in it.
    try await cohort.session("S-014")
    let member = try await school.client(cohort.memberID, [.examiner])
    let trainer = try await school.client(cohort.memberID, [.trainer], in: "ALA-01")
    try await cohort.assign(cohort.memberID)
    #expect(
      try await cohort.hours(day: "2026-02-20", practice: 1, by: trainer).recorded)
    let opened = try await Self.journalSize(school)
    let own = try await cohort.result("991231000014", [80, 80, 80], in: "S-014", by: member)
    #expect(own.rows.reasons == ["EXAMINER_TAUGHT_CANDIDATE"])
    #expect(
      own.rows[0].findings[0].arguments.map { "\($0.name)=\($0.value)" } == [
        "day=2026-02-20", "examiner=\(PersonNumber.text(cohort.memberID))",
        "name=Petrov Ivan",
      ])
    #expect(try await Self.journalSize(school) == opened + 1)
    #expect(try school.check().problems == [])
  }

  private static func journalSize(_ school: TestSchool) async throws -> Int64 {
    try await AccessServiceClient(school.administrator).getJournal(.init()).size
  }

  @Test("nobody decides on whom he taught or examined, whatever token he shows (R-025)")
  func decider() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let trainer = try await school.client(cohort.trainerID, [.certifier])
    await expectRefused(["DECIDES_OWN_TRAINEE"], .permissionDenied) {
      _ = try await cohort.issue(by: trainer)
    }
    let member = try await school.client(cohort.memberID, [.certifier])
    await expectRefused(["DECIDES_OWN_CANDIDATE"], .permissionDenied) {
      _ = try await cohort.issue(by: member)
    }
    // The preview says so before: to whom it concerns, and of whom.
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = cohort.code
    for (client, reason) in [
      (trainer, "DECIDES_OWN_TRAINEE"), (member, "DECIDES_OWN_CANDIDATE"), (cohort.certifier, nil),
      (cohort.registrar, nil),
    ] {
      let lines = try await CertificateServiceClient(client).previewIssue(preview).lines
      #expect(lines.map(\.isEligible) == [true])
      #expect(lines.map(\.separation?.reason) == [reason])
      let who = lines.compactMap(\.separation).flatMap(\.arguments).map { "\($0.name) \($0.value)" }
      #expect(who == (reason == nil ? [] : ["who \(lines[0].person?.displayId ?? "")"]))
    }
    #expect(try await cohort.issue().map(\.number) == ["2026-000001-16"])
  }

  @Test("no certificate without a confirmed pass, and none twice (R-622, R-703)")
  func confirmedPass() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 80, 80], in: "S-014")
    await expectRefused(["NOTHING_TO_ISSUE"], .failedPrecondition) {
      _ = try await cohort.issue()
    }
    await expectRefused(["NOT_CHAIR"], .permissionDenied) {
      _ = try await cohort.confirm("S-014", by: cohort.examiner)
    }
    _ = try await cohort.confirm("S-014")
    #expect(try await cohort.issue().count == 1)
    await expectRefused(["NOTHING_TO_ISSUE"], .failedPrecondition) {
      _ = try await cohort.issue()
    }
  }

  @Test("the School's certificate needs three programmes (R-308)")
  func schoolCertificate() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    let people = try await PersonServiceClient(cohort.registrar).findPeople(find).people
    var request = BitimV1.ExplainEligibilityRequest()
    request.personId = try #require(people.first).id
    request.target = .init()
    request.target?.kind = .school
    let why = try await CertificateServiceClient(cohort.certifier).explainEligibility(request)
    #expect(!why.isEligible)
    #expect(why.rules.map(\.isMet) == [true, false, false])
  }

  // R-620, R-623.
  @Test("a result may be replaced by its recorder until it is confirmed, then only annulled")
  func replacement() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    #expect(try await cohort.result("991231000014", [50, 80, 80], in: "S-014").failed == 1)
    #expect(try await cohort.result("991231000014", [80, 80, 80], in: "S-014").passed == 1)
    await expectRefused(["CHAIR_RECORDS"], .permissionDenied) {
      _ = try await cohort.result("991231000014", [80, 80, 80], in: "S-014", by: cohort.chair)
    }
    _ = try await cohort.confirm("S-014")
    let late = try await cohort.result("991231000014", [90, 80, 80], in: "S-014")
    #expect(late.rows.reasons == ["ALREADY_CONFIRMED"])
    #expect(try school.check().problems == [])
  }

  // R-501, R-503, R-508.
  @Test("hours neither before the enrolment nor after the pass, nor beyond ten a day")
  func plausibleHours() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")], on: "2026-02-04")
    #expect(try await cohort.hours(day: "2026-02-03", theory: 4).rows.reasons == ["NOT_ENROLLED"])
    #expect(
      try await cohort.hours(day: "2026-02-04", theory: 11).rows.reasons
        == ["HOURS_ABOVE_DAY_LIMIT"])
    #expect(try await cohort.hours(day: "2026-02-04", theory: 8).recorded)
    #expect(
      try await cohort.hours(day: "2026-02-04", start: "10:00", theory: 1).rows.reasons
        == ["CLASSES_OVERLAP"])
    #expect(
      try await cohort.hours(day: "2026-02-04", start: "18:00", theory: 3).rows.reasons
        == ["HOURS_ABOVE_DAY_LIMIT"])
    #expect(
      try await cohort.hours(day: "2026-04-01", theory: 3).rows.reasons
        == ["OUTSIDE_COHORT_DATES"])
  }

  @Test("one person is one record: the same list again adds nothing and shows what differs")
  func identity() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let row = TestCohort.row(2, iin: "991231000014")
    #expect(try await cohort.enrol([row]).recorded)
    let again = try await cohort.enrol([row])
    #expect(again.rows.map(\.verdict) == [.unchanged])
    #expect(!again.recorded)
    var renamed = row
    renamed.person?.names?.kk?.surname = "Ахметова-Қасымова"
    let different = try await cohort.enrol([renamed])
    #expect(different.rows.map(\.verdict) == [.differs])
    #expect(different.rows[0].findings.map(\.column) == ["surname_kk"])
    // Nothing of a list is recorded where a row differs (R-018).
    let newcomer = TestCohort.row(3, iin: "123456789013")
    let mixed = try await cohort.enrol([renamed, newcomer])
    #expect(mixed.rows.map(\.verdict) == [.differs, .added])
    #expect(!mixed.recorded)
    #expect(try await cohort.enrol([row, newcomer]).rows.map(\.verdict) == [.unchanged, .added])
    var other = row
    other.person?.birthDate = "1991-12-30"
    #expect(try await cohort.enrol([other]).rows.reasons == ["OTHER_BIRTH_DATE"])
    var twice = row
    twice.line = 3
    #expect(
      try await cohort.enrol([
        TestCohort.row(2, iin: "123456789013"), TestCohort.row(3, iin: "123456789013"),
      ]).rows.reasons == ["TWICE_IN_FILE"])
  }

  @Test("verification answers every frozen field and nothing personal beyond (R-125)")
  func publicAnswer() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    var request = BitimV1.VerifyCertificateRequest()
    request.number = issued.number
    request.code = issued.code
    let answer = try await CertificateServiceClient(school.stranger).verifyCertificate(request)
    let json = try JSONText().text(answer)
    for secret in ["991231000014", "1991", "80", "75", "90"] {
      #expect(!json.contains("\"\(secret)"), "\(secret) is answered")
    }
  }

  @Test("a wrong code and an unknown number get the same answer, octet for octet (R-750)")
  func sameAnswer() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    let certificates = CertificateServiceClient(school.stranger)
    var wrong = BitimV1.VerifyCertificateRequest()
    wrong.number = issued.number
    wrong.code = "0000-0000-0000-0000"
    var unknown = wrong
    unknown.number = "2026-000417-29"
    let first = try await certificates.verifyCertificate(wrong)
    #expect(first.encoded == (try await certificates.verifyCertificate(unknown)).encoded)
    #expect(first.verdict == .unknown)
    var mistyped = wrong
    mistyped.number = "2026-000417-92"
    #expect(try await certificates.verifyCertificate(mistyped).verdict == .mistyped)
    var bare = wrong
    bare.code = ""
    await expectRefused(["CODE_NEEDED"], .invalidArgument) {
      _ = try await certificates.verifyCertificate(bare)
    }
  }

  @Test("the School must be entitled to issue on the day (R-202, R-203)")
  func entitled() async throws {
    let school = try TestSchool()
    defer { school.close() }
    var request = BitimV1.OpenCohortRequest()
    request.cohort = TestCohort.cohort("P1-ALA-09")
    let cohort = try await TestCohort(school)
    var organisations = BitimV1.RegisterOrganisationsRequest()
    var centre = BitimV1.Organisation.with(
      code: "ALA-09", kind: .centre, name: "Орталық", activities: [.train])
    centre.entitlements[0].validUntil = "2025-12-31"
    organisations.organisations = [centre]
    _ = try await OrganisationServiceClient(school.administrator)
      .registerOrganisations(organisations)
    request.cohort?.organisation = "ALA-09"
    await expectRefused(["NOT_ENTITLED_TO_TRAIN"], .failedPrecondition) {
      _ = try await CohortServiceClient(cohort.registrar).openCohort(request)
    }
  }
}
