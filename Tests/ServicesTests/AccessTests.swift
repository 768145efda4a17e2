import BitimClient
import BitimDomain
import BitimProtocol
import BitimServices
import BitimStore
import BitimTestSupport
import Foundation
import Testing

@Suite("Who may")
struct AccessTests {
  @Test("a revoked token is refused on the next call of a live connection, an expired one in time")
  func revoked() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let person = try await school.person("Serik", "Aliya")
    let registrar = try await school.client(person, [.registrar])
    let who = try await AccessServiceClient(registrar).whoAmI(.init())
    #expect(who.roles == [.registrar])
    #expect(who.person?.id == person)
    let access = AccessServiceClient(school.administrator)
    let tokens = try await access.listAccess(.init()).tokens
    var revoke = BitimV1.RevokeTokenRequest()
    revoke.id = try #require(tokens.last).id
    _ = try await access.revokeToken(revoke)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await AccessServiceClient(registrar).whoAmI(.init())
    }
    let short = try await school.token(person, [.registrar], in: "SCHOOL", days: 1)
    _ = try await AccessServiceClient(short).whoAmI(.init())
    // Not to the same time of the day after: the commits in between are a millisecond apart at least.
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-24")))
    await expectRefused(["TOKEN_EXPIRED"], .unauthenticated) {
      _ = try await AccessServiceClient(short).whoAmI(.init())
    }
  }

  @Test("who gave a role and made a token is shown; the first ones the program gave itself")
  func madeBy() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let access = AccessServiceClient(school.administrator)
    let first = try #require(try await access.whoAmI(.init()).person).id
    let person = try await school.person("Serik", "Aliya")
    _ = try await school.client(person, [.registrar])
    let list = try await access.listAccess(.init())
    #expect(list.grants.map(\.personId) == [first, person])
    #expect(list.grants.map(\.grantedBy) == [0, first])
    #expect(list.tokens.map(\.personId) == [first, person])
    #expect(list.tokens.map(\.madeBy) == [0, first])
  }

  @Test("a withdrawn role is refused at the next call of a live connection, and its tokens end")
  func withdrawnRole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let person = try await school.person("Serik", "Aliya")
    let both = try await school.client(person, [.registrar, .trainer])
    let trainer = try await school.token(person, [.trainer], in: "SCHOOL")
    _ = try await CohortServiceClient(both).listCohorts(.init())
    var withdrawal = BitimV1.WithdrawRoleRequest()
    withdrawal.personId = person
    withdrawal.role = .registrar
    withdrawal.organisation = "SCHOOL"
    let access = AccessServiceClient(school.administrator)
    _ = try await access.withdrawRole(withdrawal)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await CohortServiceClient(both).listCohorts(.init())
    }
    // A token that did not carry the role goes on, and none in the lists does.
    #expect(try await AccessServiceClient(trainer).whoAmI(.init()).roles == [.trainer])
    var list = BitimV1.ListAccessRequest()
    list.personId = person
    let left = try await access.listAccess(list)
    #expect(left.tokens.map(\.roles) == [[.trainer]])
    #expect(left.grants.map(\.role) == [.trainer])
    #expect(try school.check().problems == [])
  }

  @Test("a change that waits while its token is revoked is refused")
  func revokedWhileWaiting() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let registrar = try await school.client(school.person("Serik", "Aliya"), [.registrar])
    try await school.centre("ALA-01")
    let access = AccessServiceClient(school.administrator)
    var revoke = BitimV1.RevokeTokenRequest()
    revoke.id = try #require(try await access.listAccess(.init()).tokens.last).id
    let revocation = revoke
    _ = try await AccessServiceClient(registrar).whoAmI(.init())
    let release = await school.holdWriter()
    async let revoked = access.revokeToken(revocation)
    while school.waitingCount < 1 { await Task.yield() }
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-ALA-01")
    let opening = open
    async let refused: Void = expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await CohortServiceClient(registrar).openCohort(opening)
    }
    while school.waitingCount < 2 { await Task.yield() }
    release()
    _ = try await revoked
    await refused
  }

  @Test("nobody gives himself a role, nor takes one from himself (R-021)")
  func ownRole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let access = AccessServiceClient(school.administrator)
    var grant = BitimV1.GrantRoleRequest()
    grant.personId = 1
    grant.role = .registrar
    grant.organisation = "SCHOOL"
    let own = grant
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await access.grantRole(own)
    }
    _ = try await school.client(school.person("Serik", "Aliya"), [.administrator])
    var withdrawal = BitimV1.WithdrawRoleRequest()
    withdrawal.personId = 1
    withdrawal.role = .administrator
    withdrawal.organisation = "SCHOOL"
    let withdrawn = withdrawal
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await access.withdrawRole(withdrawn)
    }
  }

  @Test("a token makes so many calls at once and no more; each counts once, a list's too")
  func counted() async throws {
    var limits = TokenLimits()
    limits.callsPerSecond = 2
    let school = try TestSchool(limits: limits)
    defer { school.close() }
    let access = AccessServiceClient(school.administrator)
    for _ in 0..<5 {
      _ = try await access.whoAmI(.init())
      _ = try await access.listAccess(.init())
    }
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await access.whoAmI(.init())
    }
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await access.listAccess(.init())
    }
  }

  @Test("a token is shown in one line, whose first word may be written in any case")
  func oneLine() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let access = AccessServiceClient(school.stranger)
    func roles(_ lines: [String]) async throws -> [BitimV1.Role] {
      var metadata = Metadata()
      for line in lines { metadata.add("authorization", line) }
      return try await access.whoAmI(.init(), options: .init(metadata: metadata)).roles
    }
    for word in ["Bearer", "bearer", "BEARER"] {
      #expect(try await roles(["\(word) \(school.secret)"]) == [.administrator])
    }
    let twice = "Bearer \(school.secret)"
    for lines in [[twice, twice], [twice, "Bearer another"], ["Basic \(school.secret)"]] {
      await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) { _ = try await roles(lines) }
    }
  }

  @Test("an idempotency key that is too long is said to be too long")
  func longKey() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let organisations = OrganisationServiceClient(school.administrator)
    func register(_ key: String) async throws {
      _ = try await organisations.registerOrganisations(
        .init(), options: .init(idempotencyKey: key))
    }
    try await register(String(repeating: "k", count: 128))
    await expectRefused(["TEXT_TOO_LONG"], .invalidArgument) {
      try await register(String(repeating: "k", count: 129))
    }
    await expectRefused(["IDEMPOTENCY_KEY_MISSING"], .invalidArgument) { try await register("") }
  }

  /// Registers an organisation with a text of so many octets in it.
  private func register(_ number: Int, octets: Int, _ school: TestSchool) async throws {
    var organisation = BitimV1.Organisation()
    organisation.code = "C-\(number)"
    organisation.region = String(repeating: "x", count: octets)
    var request = BitimV1.RegisterOrganisationsRequest()
    request.organisations = [organisation]
    _ = try await OrganisationServiceClient(school.administrator).registerOrganisations(request)
  }

  private func refusals(_ school: TestSchool) async throws -> Int {
    var request = BitimV1.GetJournalRequest()
    request.entries = 100
    let journal = try await AccessServiceClient(school.administrator).getJournal(request)
    return journal.entries.count { $0.contains("\"kind\":\"act_refused\"") }
  }

  @Test("a token writes so much in a minute and in a day; that it met the limit is recorded once")
  func written() async throws {
    var limits = TokenLimits()
    limits.changesPerMinute = 6
    limits.octetsPerDay = 20_000
    let school = try TestSchool(limits: limits)
    defer { school.close() }
    let before = try await self.refusals(school)
    for number in 0..<6 { try await self.register(number, octets: 10, school) }
    for number in 6..<9 {
      await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
        try await self.register(number, octets: 10, school)
      }
    }
    #expect(try await self.refusals(school) == before + 1)
    #expect(try school.check().problems == [])

    limits.changesPerMinute = 1_000
    let other = try TestSchool(limits: limits)
    defer { other.close() }
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      try await self.register(1, octets: 20_000, other)
    }
    try await self.register(2, octets: 10, other)
  }

  @Test("the journal's root at an earlier size is what it was then, and none where it never was")
  func earlier() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let access = AccessServiceClient(school.administrator)
    let then = try await access.getJournal(.init())
    #expect(then.earlierRoot == [])
    _ = try await school.person("Serik", "Aliya")
    var request = BitimV1.GetJournalRequest()
    request.earlierSize = then.size
    let now = try await access.getJournal(request)
    #expect(now.size == then.size + 1)
    #expect(now.root != then.root)
    #expect(now.earlierRoot == then.root)
    request.earlierSize = now.size
    #expect(try await access.getJournal(request).earlierRoot == now.root)
    request.earlierSize = now.size + 1
    #expect(try await access.getJournal(request).earlierRoot == [])
    request.earlierSize = -1
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await access.getJournal(request)
    }
  }

  @Test("an administrator can neither teach, attest nor issue, and is never the last to go")
  func administrator() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let access = AccessServiceClient(school.administrator)
    for role in [BitimV1.Role.trainer, .examiner, .certifier] {
      var request = BitimV1.GrantRoleRequest()
      request.personId = 1
      request.role = role
      request.organisation = "SCHOOL"
      await expectRefused(["ROLES_INCOMPATIBLE"], .failedPrecondition) {
        _ = try await access.grantRole(request)
      }
    }
    var withdrawal = BitimV1.WithdrawRoleRequest()
    withdrawal.personId = 1
    withdrawal.role = .administrator
    withdrawal.organisation = "SCHOOL"
    await expectRefused(["LAST_ADMINISTRATOR"], .failedPrecondition) {
      _ = try await access.withdrawRole(withdrawal)
    }
    let issue = BitimV1.IssueCertificatesRequest()
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await CertificateServiceClient(school.administrator).issueCertificates(issue)
    }
  }

  @Test("a centre's registrar sees its own people and cohorts alone")
  func scope() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await school.centre("AST-01")
    let stranger = try await school.client(
      school.person("Bekova", "Saule"), [.registrar], in: "AST-01")
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    #expect(try await PersonServiceClient(stranger).findPeople(find).people.isEmpty)
    let found = try await PersonServiceClient(cohort.registrar).findPeople(find).people
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = try #require(found.first).id
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await PersonServiceClient(stranger).getPerson(get)
    }
    #expect(try await CohortServiceClient(stranger).listCohorts(.init()).cohorts.isEmpty)
    var enrol = BitimV1.EnrolTraineesRequest()
    enrol.rows = [TestCohort.row(2, iin: "123456789013")]
    enrol.enrolledOn = "2026-02-02"
    #expect(
      try await CohortServiceClient(stranger).enrolTrainees(enrol).rows.reasons
        == ["NOT_YOUR_ORGANISATION"])
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-ALA-02")
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await CohortServiceClient(stranger).openCohort(open)
    }
    var shown = BitimV1.GetCohortRequest()
    shown.code = cohort.code
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await CohortServiceClient(stranger).getCohort(shown)
    }
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = cohort.code
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await CertificateServiceClient(stranger).previewIssue(preview)
    }
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await CertificateServiceClient(stranger).listCertificates(.init())
    }
    var grant = BitimV1.GrantRoleRequest()
    grant.personId = try #require(found.first).id
    grant.role = .certifier
    grant.organisation = "AST-01"
    await expectRefused(["ROLE_ONLY_AT_SCHOOL"], .failedPrecondition) {
      _ = try await AccessServiceClient(school.administrator).grantRole(grant)
    }
  }

  @Test("the same key gives the first answer, another request under it is refused")
  func idempotency() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let people = PersonServiceClient(school.administrator)
    var request = BitimV1.RegisterPersonRequest()
    request.person = .init()
    request.person?.names = .latin("Serik", "Aliya")
    request.person?.birthDate = "1985-03-04"
    request.person?.evidence = "staff"
    let options = CallOptions(idempotencyKey: "k-1")
    let first = try await people.registerPerson(request, options: options)
    #expect(try await people.registerPerson(request, options: options) == first)
    // Under another key it is another person, and so has to be told apart.
    await expectRefused(["POSSIBLE_DOUBLE"], .failedPrecondition) {
      _ = try await people.registerPerson(request)
    }
    var other = request
    other.distinctFrom = [PersonNumber.text(try #require(first.person).id)]
    other.distinctEvidence = "two passports"
    #expect(try await people.registerPerson(other) != first)
    request.person?.birthDate = "1985-03-05"
    await expectRefused(["IDEMPOTENCY_KEY_REUSED"], .invalidArgument) {
      _ = try await people.registerPerson(request, options: options)
    }
  }

  @Test("a token's secret is answered once and stored nowhere")
  func secret() async throws {
    let school = try TestSchool()
    defer { school.close() }
    var request = BitimV1.CreateTokenRequest()
    request.personId = 1
    request.organisation = "SCHOOL"
    request.roles = [.administrator]
    request.name = "second"
    request.days = 1
    let access = AccessServiceClient(school.administrator)
    let options = CallOptions(idempotencyKey: "t-1")
    let made = try await access.createToken(request, options: options)
    #expect(made.secret.hasPrefix("bitim_live_"))
    #expect(try await access.createToken(request, options: options).secret.isEmpty)
    for file in ["bitim.db", "bitim.db-wal"] {
      let octets = try Repository.octets(absolute: school.folder.appendingPathComponent(file).path)
      #expect(!octets.contains(sequence: Array(made.secret.utf8)))
    }
  }
}
