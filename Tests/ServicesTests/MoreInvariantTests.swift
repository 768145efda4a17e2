import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Editions, serials, trainers and attempts")
struct MoreInvariantTests {
  //
  @Test("the edition is pinned by the day the cohort starts; the School's own goes by name")
  func edition() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let service = CohortServiceClient(cohort.registrar)
    func opened(_ code: String, _ from: String, _ edition: String) async throws -> String {
      var request = BitimV1.OpenCohortRequest()
      request.cohort = TestCohort.cohort(code)
      request.cohort?.startsOn = from
      request.cohort?.endsOn = "2026-12-31"
      request.cohort?.edition = edition
      return try await service.openCohort(request).cohort?.edition ?? ""
    }
    #expect(try await opened("E-1", "2023-08-07", "") == "2011")
    #expect(try await opened("E-2", "2023-08-08", "") == "2023")
    #expect(try await opened("E-3", "2025-12-30", "") == "2025")
    #expect(try await opened("E-4", "2026-01-10", "school") == "school")
    await expectRefused(["EDITION_NOT_IN_FORCE"], .failedPrecondition) {
      _ = try await opened("E-5", "2026-01-10", "2011")
    }
    await expectRefused(["CODE_TAKEN"], .alreadyExists) {
      _ = try await opened("е-4", "2026-01-10", "")
    }
  }

  //
  @Test("serials follow one another, are never reused, and a revoked number stays taken")
  func serials() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let first = try await cohort.certified()
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = first.number
    revocation.reason = .error
    revocation.heldOn = "2026-11-22"
    let certificates = CertificateServiceClient(cohort.certifier)
    _ = try await revocation.asShown(by: certificates.revokeCertificate)
    await expectRefused(["ALREADY_REVOKED"], .failedPrecondition) {
      _ = try await revocation.asShown(by: certificates.revokeCertificate)
    }
    let second = try await cohort.issue()
    #expect(second.map(\.number) == ["2026-000002-13"])
    var list = BitimV1.ListCertificatesRequest()
    list.year = 2026
    let listed = try await certificates.listCertificates(list)
    #expect(listed.certificates.map(\.number) == ["2026-000001-16", "2026-000002-13"])
    #expect(listed.certificates.map(\.status?.standing) == [.revoked, .valid])
    #expect(listed.missingSerials == [])
  }

  // The token was made by hand: its key is the largest 64-bit integer, where adding one traps.
  @Test("a page token of another query is refused, and one made by hand ends no server")
  func pageTokens() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let certificates = CertificateServiceClient(cohort.certifier)
    var list = BitimV1.ListCertificatesRequest()
    list.pageToken = "a6f9a4086f5fcb92.OTIyMzM3MjAzNjg1NDc3NTgwNw=="
    #expect(try await certificates.listCertificates(list).certificates.isEmpty)
    list.year = 2026
    await expectRefused(["PAGE_TOKEN_FOREIGN"], .invalidArgument) {
      _ = try await certificates.listCertificates(list)
    }
    list.pageToken = ""
    list.pageSize = 501
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await certificates.listCertificates(list)
    }
  }

  @Test("only a cohort's trainer teaches in it, and a trainer does nothing else (R-210)")
  func trainers() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let other = try await school.client(
      school.person("Bekova", "Saule"), [.trainer], in: "ALA-01")
    var row = BitimV1.HoursRow()
    row.line = 2
    row.cohort = cohort.code
    row.heldOn = "2026-02-03"
    row.startsAt = "09:00"
    row.practiceQuarters = 16
    var request = BitimV1.RecordHoursRequest()
    request.rows = [row]
    #expect(
      try await CohortServiceClient(other).recordHours(request).rows.reasons
        == ["NOT_TRAINER_HERE"])
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await cohort.result("991231000014", [80, 80, 80], in: "S-014", by: cohort.trainer)
    }
    var assignment = BitimV1.AssignTrainerRequest()
    assignment.cohort = cohort.code
    assignment.personId = cohort.memberID
    await expectRefused(["TRAINER_NOT_ENTITLED"], .failedPrecondition) {
      _ = try await CohortServiceClient(cohort.registrar).assignTrainer(assignment)
    }
  }

  //
  @Test("a failure leaves two attempts, an absence none less, and annulment gives one back")
  func attempts() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.allHours()
    try await cohort.session("S-0", on: "2026-03-01")
    #expect(try await cohort.result("991231000014", [], in: "S-0").absent == 1)
    _ = try await cohort.confirm("S-0")
    for (index, day) in ["2026-03-02", "2026-03-03", "2026-03-04"].enumerated() {
      let session = "S-\(index + 1)"
      try await cohort.session(session, on: day)
      #expect(try await cohort.result("991231000014", [59, 60, 60], in: session).failed == 1)
      _ = try await cohort.confirm(session)
    }
    try await cohort.session("S-4", on: "2026-03-05")
    #expect(
      try await cohort.result("991231000014", [60, 60, 60], in: "S-4").rows.reasons
        == ["ATTEMPTS_USED"])
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "991231000014"
    let people = try await PersonServiceClient(cohort.registrar).findPeople(find).people
    var annulment = BitimV1.AnnulResultRequest()
    annulment.session = "S-3"
    annulment.personId = try #require(people.first).id
    annulment.reason = "the room was noisy"
    await expectRefused(["ANNULS_OWN_RESULT"], .permissionDenied) {
      _ = try await AttestationServiceClient(cohort.examiner).annulResult(annulment)
    }
    _ = try await AttestationServiceClient(cohort.certifier).annulResult(annulment)
    #expect(try await cohort.result("991231000014", [60, 60, 60], in: "S-4").passed == 1)
    #expect(try school.check().problems == [])
  }

  @Test("two people with one number from two countries are two people, and so recorded")
  func sameNumber() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    func row(_ line: Int32, _ country: String, _ surname: String, born: String) -> BitimV1.IntakeRow
    {
      var row = TestCohort.row(line, iin: "")
      row.person?.names = .latin(surname, "John")
      row.person?.birthDate = born
      row.person?.identifiers[0].kind = .document
      row.person?.identifiers[0].number = "777123"
      row.person?.identifiers[0].country = country
      row.person?.identifiers[0].documentType = "passport"
      return row
    }
    let rows = [
      row(2, "USA", "Smith", born: "1980-01-01"), row(3, "DEU", "Zweig", born: "1975-01-01"),
    ]
    #expect(try await cohort.enrol(rows).recorded)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Zweig"
    #expect(
      try await PersonServiceClient(cohort.registrar).findPeople(find).people.map(\.birthYear)
        == [1975])
    let other = try await cohort.enrol([row(2, "USA", "Smith", born: "1981-01-01")])
    #expect(other.rows.reasons == ["OTHER_BIRTH_DATE"])
  }

  @Test("a row without hours is missing its hours, and no day too long")
  func emptyHours() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    #expect(try await cohort.hours(day: "2026-02-03").rows.reasons == ["VALUE_MISSING"])
    #expect(
      try await cohort.hours(day: "2026-02-03", theory: -1).rows.reasons
        == ["VALUE_OUT_OF_RANGE"])
    #expect(
      try await cohort.hours(day: "2026-02-03", theory: 500_000_000, practice: 500_000_000)
        .rows.reasons == ["HOURS_ABOVE_DAY_LIMIT"])
  }

  //
  @Test("who is barred on the day training begins is not admitted, before and after it is")
  func barred() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let row = TestCohort.row(2, iin: "991231000014")
    var register = BitimV1.RegisterPersonRequest()
    register.person = row.person
    let people = PersonServiceClient(cohort.registrar)
    let person = try #require(try await people.registerPerson(register).person)
    var bar = BitimV1.BarPersonRequest()
    bar.personId = person.id
    bar.bar = .init()
    bar.bar?.kind = .prosecution
    bar.bar?.validFrom = "2026-01-15"
    bar.bar?.validUntil = "2026-02-02"
    bar.bar?.document = "an order"
    _ = try await bar.asShown(by: people.barPerson)
    #expect(try await cohort.enrol([row], on: "2026-02-02").rows.reasons == ["BARRED"])
    #expect(try await cohort.enrol([row], on: "2026-01-10").rows.reasons == ["BARRED"])
    #expect(try await cohort.enrol([row], on: "2026-02-03").recorded)
  }

  //
  @Test("a School whose entitlement has ended issues nothing, and the journal knows it tried")
  func notEntitled() async throws {
    let school = try TestSchool(issuesUntil: "2026-11-21")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    await expectRefused(["NOT_ENTITLED_TO_ISSUE"], .failedPrecondition) {
      _ = try await cohort.issue()
    }
    var request = BitimV1.GetJournalRequest()
    request.entries = 1
    let journal = try await AccessServiceClient(school.administrator).getJournal(request)
    #expect(try #require(journal.entries.last).contains("\"kind\":\"act_refused\""))
  }

  @Test("a centre whose entitlement has ended takes nobody in from the next day on (R-415)")
  func entitledToEnrol() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var register = BitimV1.RegisterOrganisationsRequest()
    register.organisations = [
      .with(code: "SHY-03", kind: .centre, name: "Шымкент орталығы", activities: [.train])
    ]
    register.organisations[0].entitlements[0].validUntil = "2026-02-10"
    _ = try await OrganisationServiceClient(school.administrator).registerOrganisations(register)
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-SHY-01")
    open.cohort?.organisation = "SHY-03"
    _ = try await CohortServiceClient(cohort.registrar).openCohort(open)
    let first = TestCohort.row(2, iin: "991231000014", cohort: "P1-SHY-01")
    let second = TestCohort.row(2, iin: "880706400016", cohort: "P1-SHY-01")
    #expect(try await cohort.enrol([first], on: "2026-02-10").recorded)
    #expect(
      try await cohort.enrol([second], on: "2026-02-11").rows.reasons == ["NOT_ENTITLED_TO_TRAIN"])
    // The first day of training is the cohort's, where that is later.
    #expect(try await cohort.enrol([second], on: "2026-01-20").recorded)
  }
}
