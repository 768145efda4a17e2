import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Agreements with partners, and what their tokens do (R-206)")
struct AgreementTests {
  private static func paper(_ number: String, _ code: String = "")
    -> BitimV1.VerifyCertificateRequest
  {
    var request = BitimV1.VerifyCertificateRequest()
    (request.number, request.code) = (number, code)
    return request
  }

  private static func verdict(
    _ client: BitimClient, _ number: String, _ code: String = ""
  ) async throws -> BitimV1.Verdict {
    try await CertificateServiceClient(client).verifyCertificate(Self.paper(number, code)).verdict
  }

  private static func bulk(
    _ client: BitimClient, _ numbers: [String]
  ) async throws -> [BitimV1.Verdict] {
    let bulk = try await CertificateServiceClient(client).verifyCertificates()
    for number in numbers { try await bulk.send(Self.paper(number)) }
    bulk.finishSending()
    var verdicts: [BitimV1.Verdict] = []
    for try await answer in bulk.answers { verdicts.append(answer.verdict) }
    return verdicts
  }

  private static func list(_ client: BitimClient) async throws -> [BitimV1.Agreement] {
    try await AgreementServiceClient(client).listAgreements(.init()).agreements
  }

  private static func end(_ school: TestSchool, _ organisation: String, _ day: String) async throws
    -> BitimV1.Agreement?
  {
    var request = BitimV1.EndAgreementRequest()
    (request.organisation, request.lastDay) = (organisation, day)
    return try await AgreementServiceClient(school.administrator).endAgreement(request).agreement
  }

  private static func due(_ school: TestSchool) async throws -> [String] {
    try await DueServiceClient(school.administrator).listDue(.init()).items
      .filter { [.agreementMissing, .agreementEnding].contains($0.kind) }
      .map {
        [
          $0.kind == .agreementMissing ? "missing" : "ending", $0.organisation, $0.tokenName,
          $0.until,
        ].filter { !$0.isEmpty }.joined(separator: " ")
      }
  }

  private static func token(_ school: TestSchool, _ organisation: String) async throws
    -> BitimClient
  {
    var request = BitimV1.CreateTokenRequest()
    (request.organisation, request.roles) = (organisation, [.verifier])
    (request.name, request.days) = ("partner", 90)
    let made = try await AccessServiceClient(school.administrator).createToken(request)
    return BitimClient(address: school.address, token: made.secret)
  }

  @Test(
    "one adopts it, a token is made under it, does what it says, and nothing behind its last day")
  func life() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    try await school.centre("UGR")
    await expectRefused(["AGREEMENT_MISSING"], .failedPrecondition) {
      _ = try await Self.token(school, "UGR")
    }
    #expect(try await school.agree(with: "UGR", [.verifyNumber], until: "2027-03-31") == 0)
    var expected = BitimV1.Agreement()
    (expected.organisation, expected.number) = ("UGR", "№ 7")
    expected.name = .init()
    expected.name?.kk = "Орталық UGR"
    expected.name?.ru = "Орталық UGR"
    expected.name?.en = "Орталық UGR"
    (expected.signedOn, expected.validFrom) = ("2024-01-15", "2026-11-22")
    (expected.validUntil, expected.country) = ("2027-03-31", "KAZ")
    (expected.purpose, expected.transferGround) = ("дипломдарды тану", "94-V, 16-бап")
    (expected.scope, expected.callsPerDay) = ([.verifyNumber], 1_000_000)
    expected.standing = .inForce
    #expect(try await Self.list(school.administrator) == [expected])
    let partner = try await Self.token(school, "UGR")
    #expect(try await Self.verdict(partner, issued.number) == .valid)
    #expect(try await Self.verdict(partner, issued.number, issued.code) == .valid)
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) {
      _ = try await Self.bulk(partner, [issued.number])
    }
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) {
      _ = try await CertificateServiceClient(partner).watchCertificates(.init()).next()
    }
    expected.validUntil = "2026-11-23"
    expected.standing = .ending
    #expect(try await Self.end(school, "UGR", "2026-11-23") == expected)
    #expect(try await Self.list(school.administrator) == [expected])
    await expectRefused(["AGREEMENT_MISSING"], .failedPrecondition) {
      _ = try await Self.end(school, "UGR", "2026-11-23")
    }
    school.turn(to: "2026-11-23")
    #expect(try await Self.verdict(partner, issued.number) == .valid)
    school.turn(to: "2026-11-24")
    // With the paper in hand, too: whoever shows a token is asked by whose agreement.
    await expectRefused(["AGREEMENT_ENDED"], .permissionDenied) {
      _ = try await Self.verdict(partner, issued.number, issued.code)
    }
    await expectRefused(["AGREEMENT_ENDED"], .permissionDenied) {
      _ = try await AccessServiceClient(partner).whoAmI(.init())
    }
    #expect(try await Self.verdict(school.stranger, issued.number, issued.code) == .valid)
    await expectRefused(["AGREEMENT_MISSING"], .failedPrecondition) {
      _ = try await Self.token(school, "UGR")
    }
    // Another lets the same token go on.
    #expect(try await school.agree(with: "UGR", [.verifyBulk, .watch]) == 0)
    #expect(try await Self.list(school.administrator).map(\.standing) == [.ended, .inForce])
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) {
      _ = try await Self.verdict(partner, issued.number)
    }
    var bundle = BitimV1.GetBundleRequest()
    bundle.number = issued.number
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) { [bundle] in
      _ = try await CertificateServiceClient(partner).getBundle(bundle)
    }
    var credential = BitimV1.GetCredentialRequest()
    credential.number = issued.number
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) { [credential] in
      _ = try await CertificateServiceClient(partner).getCredential(credential)
    }
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) {
      _ = try await Self.bulk(partner, [issued.number])
    }
    let watched = try await CertificateServiceClient(partner).watchCertificates(.init())
    #expect(try await watched.next()?.number == issued.number)
    watched.cancel()
    #expect(try school.check().problems == [])
  }

  @Test("a watch that goes on ends with its agreement")
  func watch() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let watched = try await CertificateServiceClient(partner).watchCertificates(.init())
    _ = try await watched.next()
    _ = try await Self.end(school, "SCHOOL", "2026-11-22")
    school.turn(to: "2026-11-23")
    _ = try await school.person("Axmetov", "Daulet")
    await expectRefused(["AGREEMENT_ENDED"], .permissionDenied) {
      while try await watched.next() != nil {}
    }
  }

  @Test("what tells whole grounds an administrator proposes and a certifier approves (R-751)")
  func grounds() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    for code in ["UGR", "SOF"] { try await school.centre(code) }
    let act = try await school.agree(with: "UGR", [.verifyNumber, .watch, .reasons])
    #expect(act != 0)
    #expect(try await Self.list(school.administrator) == [])
    await expectRefused(["AGREEMENT_MISSING"], .failedPrecondition) {
      _ = try await Self.token(school, "UGR")
    }
    for client in [school.administrator, cohort.registrar] {
      let seen = try await ProposalServiceClient(client).listProposals(.init()).proposals
      #expect(seen.map(\.act) == [act])
    }
    let proposals = ProposalServiceClient(cohort.certifier)
    let proposal = try #require(try await proposals.listProposals(.init()).proposals.first)
    #expect(proposal.kind == .adoptAgreement)
    guard case .agreement(let shown) = proposal.shown else {
      Issue.record("an agreement is shown as one")
      return
    }
    #expect(shown.agreement?.scope == [.verifyNumber, .watch, .reasons])
    #expect(shown.others == [])
    // What is shown is the same on the day of the approval.
    school.turn(to: "2026-11-23")
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (act, proposal.shownDigest)
    _ = try await proposals.approve(approval)
    #expect(try await Self.list(cohort.certifier).map(\.organisation) == ["UGR"])
    let told = try await Self.token(school, "UGR")
    try await school.agree(with: "SOF", [.verifyNumber, .watch])
    let untold = try await Self.token(school, "SOF")
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (issued.number, .fraud)
    _ = try await revocation.asShown(
      by: CertificateServiceClient(cohort.certifier).revokeCertificate)
    var status = BitimV1.CertificateStatus()
    (status.standing, status.since, status.told) = (.revoked, "2026-11-23", .decision)
    var whole = status
    whole.reason = .fraud
    for (client, expected) in [(told, whole), (untold, status)] {
      let service = CertificateServiceClient(client)
      let answer = try await service.verifyCertificate(Self.paper(issued.number))
      #expect(answer.verdict == .notValid)
      #expect(answer.status == expected)
      let watched = try await service.watchCertificates(.init())
      #expect(try await watched.next()?.status == expected)
      watched.cancel()
      // Of the day before nothing stood against it.
      var before = Self.paper(issued.number)
      before.asOf = "2026-11-22"
      #expect(try await service.verifyCertificate(before).verdict == .valid)
    }
    #expect(try await Self.verdict(told, issued.number, "0000-0000-0000-0000") == .unknown)
    // One ends it.
    #expect(try await Self.end(school, "UGR", "2026-12-31")?.scope.count == 3)
    #expect(try school.check().problems == [])
  }

  @Test("its calls of a day are counted over all its tokens; of many papers each is one")
  func calls() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    try await school.centre("UGR")
    try await school.agree(with: "UGR", [.verifyNumber, .verifyBulk], calls: 7)
    let (first, second) = (
      try await Self.token(school, "UGR"), try await Self.token(school, "UGR")
    )
    _ = try await AccessServiceClient(first).whoAmI(.init())
    #expect(try await Self.verdict(second, issued.number) == .valid)
    // Before a stream the client shows its token with a small call.
    let numbers = [issued.number, issued.number, issued.number]
    #expect(try await Self.bulk(first, numbers) == [.valid, .valid, .valid])
    _ = try await KeyServiceClient(first).listKeys(.init())
    for client in [first, second] {
      await expectRefused(["AGREED_CALLS_SPENT"], .resourceExhausted) {
        _ = try await Self.verdict(client, issued.number)
      }
      await expectRefused(["AGREED_CALLS_SPENT"], .resourceExhausted) {
        _ = try await Self.bulk(client, numbers)
      }
      await expectRefused(["AGREED_CALLS_SPENT"], .resourceExhausted) {
        _ = try await KeyServiceClient(client).listKeys(.init())
      }
    }
    // Others go on.
    #expect(try await Self.verdict(school.stranger, issued.number, issued.code) == .valid)
  }

  @Test("a token from before goes on as it was, is due, and follows the first agreement")
  func before() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    // The School is 1, the centre of the cohort 2.
    let partner = try await school.oldToken(of: 2, named: "admissions")
    #expect(try await Self.verdict(partner, issued.number) == .valid)
    #expect(try await Self.bulk(partner, [issued.number]) == [.valid])
    let watched = try await CertificateServiceClient(partner).watchCertificates(.init())
    #expect(try await watched.next()?.number == issued.number)
    watched.cancel()
    #expect(try await Self.due(school) == ["missing ALA-01 admissions 2026-12-22"])
    try await school.agree(with: "ALA-01", [.watch], until: "2026-12-01")
    #expect(try await Self.due(school) == ["ending ALA-01 2026-12-01"])
    await expectRefused(["NOT_IN_AGREEMENT"], .permissionDenied) {
      _ = try await Self.verdict(partner, issued.number)
    }
    school.turn(to: "2026-12-02")
    #expect(try await Self.due(school) == [])
    await expectRefused(["AGREEMENT_ENDED"], .permissionDenied) {
      _ = try await AccessServiceClient(partner).whoAmI(.init())
    }
    #expect(try school.check().problems == [])
  }

  @Test("what ends within ninety days is due, unless another follows; a page goes on behind it")
  func ending() async throws {
    let school = try TestSchool()
    defer { school.close() }
    for code in ["ALA-01", "ALA-02", "ALA-03"] { try await school.centre(code) }
    // 20 February is ninety days after 22 November.
    try await school.agree(with: "ALA-01", [.watch], until: "2027-02-20")
    try await school.agree(with: "ALA-02", [.watch], until: "2027-02-21")
    try await school.agree(with: "ALA-03", [.watch], until: "2026-12-01")
    #expect(
      try await Self.due(school) == ["ending ALA-03 2026-12-01", "ending ALA-01 2027-02-20"])
    var request = BitimV1.ListDueRequest()
    request.pageSize = 1
    var seen: [String] = []
    repeat {
      let page = try await DueServiceClient(school.administrator).listDue(request)
      seen += page.items.filter { $0.kind == .agreementEnding }.map(\.organisation)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(seen == ["ALA-03", "ALA-01"])
    school.turn(to: "2026-12-01")
    let all = try await Self.list(school.administrator)
    var following = try #require(all.first { $0.organisation == "ALA-03" })
    (following.validFrom, following.validUntil) = ("2026-12-02", "2028-12-01")
    var next = BitimV1.AdoptAgreementRequest()
    next.agreement = following
    let shown = try await AgreementServiceClient(school.administrator).adoptAgreement(next).shown
    #expect(shown?.others.map(\.validUntil) == ["2026-12-01"])
    #expect(
      try await Self.due(school) == ["ending ALA-01 2027-02-20", "ending ALA-02 2027-02-21"])
  }

  @Test("what is not said as it must be is refused by its column")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    try await school.centre("UGR")
    try await school.agree(with: "UGR", [.watch])
    let service = AgreementServiceClient(school.administrator)
    let there = try #require(try await Self.list(school.administrator).first)
    func adopt(_ change: (inout BitimV1.Agreement) -> Void) async throws {
      var request = BitimV1.AdoptAgreementRequest()
      var agreement = there
      change(&agreement)
      request.agreement = agreement
      _ = try await service.adoptAgreement(request)
    }
    await expectRefused(["AGREEMENT_THERE"], .alreadyExists) { try await adopt { _ in } }
    await expectRefused(["ORGANISATION_UNKNOWN"], .notFound) {
      try await adopt { $0.organisation = "X" }
    }
    await expectRefused(["DATE_IN_FUTURE"], .invalidArgument) {
      try await adopt { $0.signedOn = "2026-11-23" }
    }
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      try await adopt { $0.scope = [.unspecified] }
    }
    await expectRefused(["NOT_A_DATE"], .invalidArgument) {
      try await adopt { $0.validUntil = "x" }
    }
    await expectRefused(["CONTROL_CHARACTER"], .invalidArgument) {
      try await adopt { $0.purpose = "a\u{7}" }
    }
    for day in ["", "x"] {
      await expectRefused(
        [day.isEmpty ? "VALUE_MISSING" : "NOT_A_DATE"], .invalidArgument
      ) { _ = try await Self.end(school, "UGR", day) }
    }
    await expectRefused(["ORGANISATION_UNKNOWN"], .notFound) {
      _ = try await Self.end(school, "X", "2026-11-22")
    }
  }
}
