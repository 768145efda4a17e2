import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@Suite("Refusals, each by its reason")
struct RefusalTests {
  //
  @Test("of a list: what is filled in wrongly, by column")
  func intake() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    func refused(_ change: (inout BitimV1.IntakeRow) -> Void) async throws -> [String] {
      var row = TestCohort.row(2, iin: "991231000014")
      change(&row)
      let rows = try await cohort.enrol([row], validateOnly: true).rows
      return rows.flatMap { $0.findings.map { "\($0.column) \($0.reason)" } }
    }
    #expect(
      try await refused { $0.person?.identifiers = [] } == ["iin IDENTIFIER_MISSING"])
    #expect(try await refused { $0.person?.birthDate = "" } == ["birth_date VALUE_MISSING"])
    #expect(
      try await refused { $0.person?.birthDate = "1980-02-31" } == ["birth_date NOT_A_DATE"])
    #expect(
      try await refused { $0.person?.birthDate = "2027-01-01" } == ["birth_date DATE_IN_FUTURE"])
    #expect(
      try await refused { $0.person?.names?.kk?.given = "?йгерім" } == ["given_kk LETTERS_LOST"])
    #expect(
      try await refused { $0.person?.names?.kk?.given = "Әйгерім\u{7}" }
        == ["given_kk CONTROL_CHARACTER"])
    #expect(
      try await refused { $0.person?.names?.kk?.surname = String(repeating: "ә", count: 251) }
        == ["surname_kk TEXT_TOO_LONG"])
    #expect(try await refused { $0.person?.names = nil } == ["surname_kk VALUE_MISSING"])
    #expect(try await refused { $0.cohort = "" } == ["cohort VALUE_MISSING"])
    #expect(try await refused { $0.cohort = "P9-XXX" } == ["cohort COHORT_UNKNOWN"])
    #expect(
      try await refused { $0.person?.identifiers[0].number = "9,91231E+11" }
        == ["iin IIN_EXPONENT"])
    #expect(try await refused { _ in } == [])
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      _ = try await cohort.enrol([], on: "2026-11-23")
    }
    let late = try await cohort.enrol(
      [TestCohort.row(2, iin: "991231000014")], on: "2026-04-01")
    #expect(late.rows.flatMap { $0.findings.map(\.reason) } == ["ENROLLED_AFTER_END"])
  }

  //
  @Test("of hours: a name that fits two, a day before the enrolment, a trainer who examined")
  func hours() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([
      TestCohort.row(2, iin: "991231000014"), TestCohort.row(3, iin: "123456789013"),
    ])
    func refused(_ change: (inout BitimV1.HoursRow) -> Void) async throws -> [String] {
      var row = BitimV1.HoursRow()
      row.line = 2
      row.cohort = cohort.code
      row.heldOn = "2026-02-03"
      row.startsAt = "09:00"
      row.practiceQuarters = 16
      change(&row)
      var request = BitimV1.RecordHoursRequest()
      request.rows = [row]
      let service = CohortServiceClient(cohort.registrar)
      return try await service.recordHours(request).rows.flatMap { $0.findings.map(\.reason) }
    }
    #expect(try await refused { $0.trainee = "Ахметова" } == ["VALUE_MISSING"])
    #expect(
      try await refused {
        $0.trainer = "Omarov"
        $0.trainee = "Ахметова"
      } == ["PERSON_AMBIGUOUS"])
    #expect(
      try await refused {
        $0.trainer = "Omarov"
        $0.startsAt = "25:00"
      } == ["NOT_A_TIME"])
    #expect(
      try await refused {
        $0.trainer = "Omarov"
        $0.endsAt = "10:00"
      } == ["HOURS_ABOVE_CLASS"])
    #expect(
      try await refused {
        $0.trainer = "Omarov"
        $0.heldOn = "2026-02-02"
        $0.trainee = "Nobody"
      } == ["NOT_ENROLLED"])
    #expect(
      try await refused {
        $0.trainer = "Omarov"
        $0.absent = ["991231000014", "123456789013", "991231000014"]
      } == ["TOO_MANY_ROWS"])
    let third = TestCohort.row(4, iin: "700101410009")
    _ = try await cohort.enrol([third], on: "2026-02-10")
    #expect(
      try await refused {
        $0.trainer = "Omarov"
        $0.trainee = "700101410009"
      } == ["BEFORE_ENROLMENT"])
  }

  @Test("of results, rows that look for many names in the whole registry")
  func strangers() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.allHours()
    try await cohort.session("S-014")
    var request = BitimV1.RecordResultsRequest()
    request.session = "S-014"
    request.validateOnly = true
    request.rows = (1...102).map { line in
      var row = BitimV1.ResultRow()
      row.line = Int32(line)
      // The cohort's own are looked for among themselves, as often as you like.
      row.candidate = line == 102 ? "Ахметова" : "Ешкім"
      row.isAbsent = true
      return row
    }
    let response = try await AttestationServiceClient(cohort.examiner).recordResults(request)
    let reasons = response.rows.map { $0.findings.map(\.reason) }
    #expect(
      reasons == Array(repeating: ["PERSON_UNKNOWN"], count: 100) + [["TOO_MANY_ROWS"], []])
  }

  //
  @Test("of sessions and results")
  func attestation() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.allHours()
    let iin = "991231000014"
    await expectRefused(["COMMISSION_WITHOUT_CHAIR"], .failedPrecondition) {
      try await cohort.session("S-1", commission: [(cohort.examinerID, .member)])
    }
    await expectRefused(["COMMISSION_TOO_SMALL"], .failedPrecondition) {
      try await cohort.session(
        "S-1", commission: [(cohort.chairID, .chair), (cohort.examinerID, .member)])
    }
    await expectRefused(["NOT_EXAMINER"], .failedPrecondition) {
      try await cohort.session(
        "S-1",
        commission: [
          (cohort.chairID, .chair), (cohort.examinerID, .member), (cohort.certifierID, .member),
        ])
    }
    await expectRefused(["SESSION_UNKNOWN"], .notFound) {
      _ = try await cohort.result(iin, [80, 80, 80], in: "S-9")
    }
    // Composed or not, a code is one, though SQLite compares octets.
    let (composed, decomposed) = ("\u{419}-1", "\u{418}\u{306}-1")
    try await cohort.session(composed, on: "2026-03-25")
    let session = AttestationServiceClient(cohort.examiner)
    func heldOn(_ code: String) async throws -> String? {
      var request = BitimV1.GetSessionRequest()
      request.code = code
      return try await session.getSession(request).session?.heldOn
    }
    #expect(try await heldOn(composed) == "2026-03-25")
    #expect(try await heldOn(decomposed) == "2026-03-25")
    await expectRefused(["CODE_TAKEN"], .alreadyExists) {
      try await cohort.session(decomposed, on: "2026-03-26")
    }
    try await cohort.session("S-1", on: "2026-02-05")
    func reasons(_ points: [Int32], in session: String) async throws -> [String] {
      try await cohort.result(iin, points, in: session).rows.flatMap {
        $0.findings.map(\.reason)
      }
    }
    #expect(try await reasons([80, 80, 80], in: "S-1") == ["BEFORE_LAST_CLASS"])
    await expectRefused(["NOTHING_TO_CONFIRM"], .failedPrecondition) {
      _ = try await cohort.confirm("S-1")
    }
    let fourth = try await school.person("Bekova", "Saule")
    _ = try await school.client(fourth, [.examiner])
    try await cohort.session(
      "S-2", on: "2026-03-01",
      commission: [
        (cohort.chairID, .chair), (cohort.examinerID, .member), (fourth, .member),
      ])
    try await cohort.session("S-3", on: "2026-03-02")
    #expect(try await reasons([80, 80], in: "S-2") == ["SCORE_MISSING"])
    #expect(try await reasons([80, 80, 101], in: "S-2") == ["VALUE_OUT_OF_RANGE"])
    #expect(try await reasons([59, 80, 80], in: "S-2") == [])
    #expect(try await reasons([80, 80, 80], in: "S-3") == ["RESULT_PENDING"])
    var blind = BitimV1.ConfirmResultsRequest()
    blind.session = "S-2"
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await AttestationServiceClient(cohort.chair).confirmResults(blind)
    }
    _ = try await cohort.confirm("S-2")
    // A member becomes a trainer: whom she examined she may not teach.
    try await cohort.assign(fourth)
    var row = BitimV1.HoursRow()
    row.line = 2
    row.cohort = cohort.code
    row.heldOn = "2026-03-10"
    row.startsAt = "09:00"
    row.practiceQuarters = 4
    row.trainer = "Bekova"
    var request = BitimV1.RecordHoursRequest()
    request.rows = [row]
    let taught = try await CohortServiceClient(cohort.registrar).recordHours(request)
    #expect(taught.rows.flatMap { $0.findings.map(\.reason) } == ["TRAINER_EXAMINED"])
    #expect(try await reasons([80, 80, 80], in: "S-3") == [])
    try await cohort.session("S-4", on: "2026-03-20")
    #expect(try await reasons([80, 80, 80], in: "S-4") == ["ALREADY_PASSED"])
    #expect(
      try await cohort.hours(day: "2026-03-12", theory: 1).rows.flatMap {
        $0.findings.map(\.reason)
      } == ["ALREADY_PASSED"])
  }

  //
  @Test("of certificates: another list than was shown, a pass it rests on, a programme held")
  func certificates() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    let certificates = CertificateServiceClient(cohort.certifier)
    var issue = BitimV1.IssueCertificatesRequest()
    issue.cohort = cohort.code
    issue.previewDigest = "another"
    await expectRefused(["PREVIEW_OUTDATED"], .aborted) {
      _ = try await certificates.issueCertificates(issue)
    }
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = issued.number
    revocation.reason = .fraud
    revocation.heldOn = "2026-11-21"
    await expectRefused(["REVOKED_BEFORE_ISSUE"], .failedPrecondition) {
      _ = try await revocation.asShown(by: certificates.revokeCertificate)
    }
    revocation.number = "2026-000417-29"
    await expectRefused(["CERTIFICATE_UNKNOWN"], .notFound) {
      _ = try await revocation.asShown(by: certificates.revokeCertificate)
    }
    revocation.number = "2026-000417-92"
    await expectRefused(["NUMBER_MISTYPED"], .invalidArgument) {
      _ = try await revocation.asShown(by: certificates.revokeCertificate)
    }
    var annulment = BitimV1.AnnulResultRequest()
    annulment.session = "S-014"
    annulment.personId = 8
    annulment.reason = "an error"
    await expectRefused(["CERTIFICATE_STANDS"], .failedPrecondition) {
      _ = try await AttestationServiceClient(cohort.certifier).annulResult(annulment)
    }
    annulment.personId = 1
    await expectRefused(["RESULT_UNKNOWN"], .notFound) {
      _ = try await AttestationServiceClient(cohort.certifier).annulResult(annulment)
    }
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-ALA-02")
    _ = try await CohortServiceClient(cohort.registrar).openCohort(open)
    let again = try await cohort.enrol([
      TestCohort.row(2, iin: "991231000014", cohort: "P1-ALA-02")
    ])
    #expect(again.rows.flatMap { $0.findings.map(\.reason) } == ["PROGRAMME_HELD"])
  }

  @Test("of organisations, cohorts, roles and tokens")
  func administration() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var organisations = BitimV1.RegisterOrganisationsRequest()
    var second = BitimV1.Organisation.with(
      code: "SCHOOL-2", kind: .school, name: "Мектеп", activities: [])
    second.country = "Kazakhstan"
    second.region = ""
    organisations.organisations = [second]
    let response = try await OrganisationServiceClient(school.administrator)
      .registerOrganisations(organisations)
    #expect(
      response.rows.flatMap { $0.findings.map(\.reason) } == [
        "VALUE_MISSING", "NOT_IN_LIST", "SCHOOL_EXISTS",
      ])
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-X")
    open.cohort?.organisation = "NOWHERE"
    await expectRefused(["ORGANISATION_UNKNOWN"], .notFound) {
      _ = try await CohortServiceClient(cohort.registrar).openCohort(open)
    }
    open.cohort?.organisation = "ALA-01"
    open.cohort?.endsOn = "2026-01-01"
    await expectRefused(["DATES_REVERSED"], .invalidArgument) {
      _ = try await CohortServiceClient(cohort.registrar).openCohort(open)
    }
    let access = AccessServiceClient(school.administrator)
    var grant = BitimV1.GrantRoleRequest()
    grant.personId = cohort.certifierID
    grant.role = .certifier
    grant.organisation = "SCHOOL"
    await expectRefused(["ALREADY_THERE"], .alreadyExists) {
      _ = try await access.grantRole(grant)
    }
    grant.personId = 999
    await expectRefused(["PERSON_UNKNOWN"], .notFound) { _ = try await access.grantRole(grant) }
    var withdrawal = BitimV1.WithdrawRoleRequest()
    withdrawal.personId = cohort.certifierID
    withdrawal.role = .auditor
    withdrawal.organisation = "SCHOOL"
    await expectRefused(["ROLE_UNKNOWN"], .notFound) {
      _ = try await access.withdrawRole(withdrawal)
    }
    var revocation = BitimV1.RevokeTokenRequest()
    revocation.id = 999
    await expectRefused(["TOKEN_UNKNOWN"], .notFound) {
      _ = try await access.revokeToken(revocation)
    }
    await expectRefused(["ROLE_NOT_GRANTED"], .failedPrecondition) {
      _ = try await school.token(cohort.certifierID, [.registrar], in: "SCHOOL")
    }
    var again = BitimV1.RegisterPersonRequest()
    again.person = TestCohort.row(2, iin: "991231000014").person
    _ = try await PersonServiceClient(cohort.registrar).registerPerson(again)
    await expectRefused(["IDENTIFIER_TAKEN"], .alreadyExists) {
      _ = try await PersonServiceClient(cohort.registrar).registerPerson(again)
    }
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await PersonServiceClient(school.stranger).registerPerson(again)
    }
  }
}
