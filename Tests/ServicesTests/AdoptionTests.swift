import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Certificates from before this registry (R-741 to R-743)")
struct AdoptionTests {
  /// A School with a cohort, and the clients of an adoption.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let registrar: CertificateServiceClient
    let certifier: CertificateServiceClient
    let approver: ProposalServiceClient
    let stranger: CertificateServiceClient

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.registrar = CertificateServiceClient(self.cohort.registrar)
      self.certifier = CertificateServiceClient(self.cohort.certifier)
      self.approver = ProposalServiceClient(self.cohort.certifier)
      self.stranger = CertificateServiceClient(self.school.stranger)
    }

    func propose(_ rows: [BitimV1.AdoptionRow]) async throws -> BitimV1.AdoptCertificatesResponse {
      var request = BitimV1.AdoptCertificatesRequest()
      request.rows = rows
      return try await request.asShown(by: self.registrar.adoptCertificates)
    }

    /// What becomes of rows that are refused, without a digest.
    func refused(_ rows: [BitimV1.AdoptionRow]) async throws -> BitimV1.AdoptCertificatesResponse {
      var request = BitimV1.AdoptCertificatesRequest()
      request.rows = rows
      request.validateOnly = true
      return try await self.registrar.adoptCertificates(request)
    }

    @discardableResult
    func adopt(_ rows: [BitimV1.AdoptionRow]) async throws -> BitimV1.Proposal? {
      let proposed = try await self.propose(rows)
      var approval = BitimV1.ApproveRequest()
      approval.act = proposed.proposal
      approval.shownDigest = proposed.shownDigest
      return try await self.approver.approve(approval).proposal
    }

    func verify(
      _ number: String, _ day: String, _ surname: String
    ) async throws -> BitimV1.VerifyCertificateResponse {
      var request = BitimV1.VerifyAdoptedRequest()
      request.ownNumber = number
      request.issuedOn = day
      request.surname = surname
      return try await self.stranger.verifyAdopted(request)
    }

    /// Opens a cohort of a programme, and enrols Ахметова in it.
    func enrol(programme: Int32) async throws -> BitimV1.EnrolTraineesResponse {
      let code = "P\(programme)-ALA-02"
      var request = BitimV1.OpenCohortRequest()
      request.cohort = TestCohort.cohort(code)
      request.cohort?.programme = programme
      do throws(CallFailure) {
        _ = try await CohortServiceClient(self.cohort.registrar).openCohort(request)
      } catch {
        guard error.status?.code == .alreadyExists else { throw error }
      }
      return try await self.cohort.enrol([
        TestCohort.row(1, iin: "991231000014", cohort: code)
      ])
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  /// Number 45 of 2013-05-20: Ахметова Әйгерім, programme 1.
  private static func row(
    _ line: Int32 = 2, _ ownNumber: String = "45", programme: Int32 = 1,
    _ attestation: BitimV1.OldAttestation = .unknown
  ) -> BitimV1.AdoptionRow {
    var row = BitimV1.AdoptionRow()
    row.line = line
    row.holder = TestCohort.row(1, iin: "991231000014").person
    row.issuedOn = "2013-05-20"
    row.programme = programme
    row.entry = .init()
    row.entry?.ownNumber = ownNumber
    row.entry?.attestation = attestation
    return row
  }

  private static func reasons(_ response: BitimV1.AdoptCertificatesResponse) -> [[String]] {
    response.rows.map { $0.findings.map(\.reason) }
  }

  @Test(
    "worked example 19: adopted, a prerequisite, taken for ever, verified with the note ADOPTED")
  func example() async throws {
    let scene = try await Scene()
    #expect(
      try await scene.enrol(programme: 2).rows.first?.findings.map(\.reason) == [
        "PREREQUISITE_MISSING"
      ])
    var row = Self.row()
    row.entry?.book = "3"
    let proposed = try await scene.propose([row])
    // Nothing is in effect by a proposal.
    #expect(try await scene.verify("45", "2013-05-20", "Ахметова").verdict == .unknown)
    #expect(try await !scene.enrol(programme: 2).recorded)
    let waiting = try #require(try await scene.approver.listProposals(.init()).proposals.first)
    var line = BitimV1.AdoptionLine()
    line.row = row
    line.row?.holder?.identifiers[0].country = "KAZ"
    line.names = row.holder?.names
    var shown = BitimV1.AdoptionShown()
    shown.lines = [line]
    #expect(waiting.shown == .adoption(shown))
    #expect(waiting.kind == .adoptCertificates)
    #expect(proposed.shown == shown)
    var approval = BitimV1.ApproveRequest()
    approval.act = waiting.act
    approval.shownDigest = waiting.shownDigest
    _ = try await scene.approver.approve(approval)

    #expect(try await scene.enrol(programme: 2).recorded)
    let held = try await scene.enrol(programme: 1)
    #expect(held.rows.first?.findings.map(\.reason) == ["PROGRAMME_HELD"])
    let again = try await scene.refused([Self.row()])
    #expect(Self.reasons(again) == [["NUMBER_TAKEN"]])
    #expect(again.shown == nil)

    var sheet = BitimV1.Sheet()
    sheet.number = "1000-000001-90"
    sheet.kind = .adopted
    sheet.holder = row.holder?.names
    sheet.programme = 1
    sheet.title = try await ProgrammeServiceClient(scene.cohort.registrar)
      .listProgrammes(.init()).programmes.first?.name
    sheet.issuedOn = "2013-05-20"
    sheet.validFrom = "2013-05-20"
    sheet.issuer = .init()
    sheet.issuer?.kk = "Медиаторлар мектебі"
    sheet.issuer?.ru = "Медиаторлар мектебі"
    sheet.issuer?.en = "Медиаторлар мектебі"
    sheet.entry = row.entry
    var expected = BitimV1.VerifyCertificateResponse()
    expected.verdict = .valid
    expected.status = .init()
    expected.status?.standing = .valid
    expected.sheet = sheet
    for (number, surname) in [("45", "Ахметова"), ("№ 45", "ахметова"), ("45", "AKHMETOVA")] {
      var answer = try await scene.verify(number, "2013-05-20", surname)
      answer.asOf = nil
      #expect(answer == expected)
    }
    try scene.end()
  }

  @Test("unknown number, wrong day and wrong surname get one answer (R-743); a code fits none")
  func unknown() async throws {
    let scene = try await Scene()
    try await scene.adopt([Self.row()])
    var expected = BitimV1.VerifyCertificateResponse()
    expected.verdict = .unknown
    for (number, day, surname) in [
      ("46", "2013-05-20", "Ахметова"), ("45", "2013-05-21", "Ахметова"),
      ("45", "2013-05-20", "Әбілова"), ("45", "2013-05-20", "Әйгерім"),
    ] {
      var answer = try await scene.verify(number, day, surname)
      answer.asOf = nil
      #expect(answer == expected)
    }
    await expectRefused(["NOT_A_DATE"], .invalidArgument) {
      _ = try await scene.verify("45", "мамыр", "Ахметова")
    }
    var byCode = BitimV1.VerifyCertificateRequest()
    byCode.number = "1000-000001-90"
    byCode.code = "0000-0000-0000-0000"
    #expect(try await scene.stranger.verifyCertificate(byCode).verdict == .unknown)
    byCode.code = ""
    let bare = byCode
    await expectRefused(["CODE_NEEDED"], .invalidArgument) {
      _ = try await scene.stranger.verifyCertificate(bare)
    }
    // A partner verifies by the registry's number alone.
    let partner = try await scene.school.token(0, [.verifier], in: "SCHOOL")
    let answer = try await CertificateServiceClient(partner).verifyCertificate(bare)
    #expect(answer.verdict == .valid)
    #expect(answer.sheet?.kind == .adopted)
    try scene.end()
  }

  @Test("a list is refused whole by its rows, and says of each what is wrong")
  func rows() async throws {
    let scene = try await Scene()
    var wrong = Self.row(3, " - ")
    wrong.issuedOn = "2026-11-23"
    wrong.programme = 4
    wrong.entry?.attestation = .init(rawValue: 9)
    var twice = Self.row(4, "№45")
    twice.programme = 2
    let response = try await scene.refused([Self.row(), wrong, twice])
    #expect(
      Self.reasons(response) == [
        [], ["VALUE_MISSING", "DATE_IN_FUTURE", "NOT_IN_LIST", "NOT_IN_LIST"], ["TWICE_IN_FILE"],
      ])
    #expect(
      response.rows[1].findings.map(\.column) == [
        "own_number", "issued_on", "programme", "attestation",
      ])
    #expect(response.shown == nil)
    #expect(response.proposal == 0)
    #expect(try await scene.approver.listProposals(.init()).proposals == [])
    await expectRefused(["VALUE_MISSING"], .invalidArgument) { _ = try await scene.refused([]) }
    await expectRefused(["TOO_MANY_ROWS"], .invalidArgument) {
      _ = try await scene.refused((1...501).map { Self.row(Int32($0), "\($0)") })
    }
    try scene.end()
  }

  @Test(
    "a holder without an identifier is found by birth date and names, or is new, with a warning")
  func unidentified() async throws {
    let scene = try await Scene()
    var first = Self.row()
    first.holder?.identifiers = []
    var second = Self.row(3, "12/2", programme: 2)
    second.holder?.identifiers = []
    let proposal = try #require(try await scene.adopt([first, second]))
    guard case .adoption(let shown) = proposal.shown else {
      Issue.record("no adoption is shown")
      return
    }
    #expect(shown.lines.map(\.displayId) == ["", "#2"])
    #expect(
      shown.lines.map { $0.findings.map(\.reason) } == [
        ["ADOPTED_UNIDENTIFIED"], ["ADOPTED_UNIDENTIFIED"],
      ])
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    let people = PersonServiceClient(scene.cohort.registrar)
    let her = try #require(try await people.findPeople(find).people.first)
    #expect(try await people.findPeople(find).people.count == 1)
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = her.id
    #expect(
      try await people.getPerson(get).certificateNumbers == ["1000-000001-90", "1000-000002-87"])
    // She has no number, and a row that has one must say whether it means her.
    #expect(Self.reasons(try await scene.refused([Self.row(4, "77")])) == [["POSSIBLE_DOUBLE"]])
    try scene.end()
  }

  @Test("marks apply: suspended, reinstated, revoked, and a withdrawn revocation never stood")
  func marks() async throws {
    let scene = try await Scene()
    // Two of one programme: neither stands in the other's place.
    try await scene.adopt([Self.row(), Self.row(3, "46")])
    var suspension = BitimV1.SuspendCertificateRequest()
    suspension.number = "1000-000001-90"
    suspension.ground = .court
    _ = try await suspension.asShown(by: scene.certifier.suspendCertificate)
    #expect(try await scene.verify("45", "2013-05-20", "Ахметова").status?.standing == .suspended)
    let other = try await scene.school.client(
      scene.school.person("Nurlanova", "Botagoz"), [.certifier])
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = "1000-000001-90"
    revocation.reason = .fraud
    _ = try await revocation.asShown(by: scene.certifier.revokeCertificate)
    #expect(try await scene.verify("45", "2013-05-20", "Ахметова").verdict == .notValid)
    var undoing = BitimV1.WithdrawMarkRequest()
    undoing.number = "1000-000001-90"
    undoing.reason = .wrongCertificate
    undoing.why = "46 еді"
    let proposed = try await undoing.asShown(by: scene.certifier.withdrawMark)
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    _ = try await ProposalServiceClient(other).approve(approval)
    var reinstatement = BitimV1.ReinstateCertificateRequest()
    reinstatement.number = "1000-000001-90"
    reinstatement.reason = .mended
    reinstatement.heldOn = "2026-11-23"
    _ = try await reinstatement.asShown(
      by: CertificateServiceClient(other).reinstateCertificate)
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-11-23")))
    #expect(try await scene.verify("45", "2013-05-20", "Ахметова").verdict == .valid)
    // Of another day, as all is known now.
    var asked = BitimV1.VerifyAdoptedRequest()
    asked.ownNumber = "45"
    asked.issuedOn = "2013-05-20"
    asked.surname = "Ахметова"
    for (day, verdict) in [
      ("2013-05-19", BitimV1.Verdict.notValid), ("2013-05-20", .valid), ("2026-11-22", .notValid),
    ] {
      asked.asOf = day
      #expect(try await scene.stranger.verifyAdopted(asked).verdict == verdict)
    }
    asked.asOf = "кеше"
    let unread = asked
    await expectRefused(["NOT_A_DATE"], .invalidArgument) {
      _ = try await scene.stranger.verifyAdopted(unread)
    }
    // A revoked one is held no more, and its number stays taken.
    var again = BitimV1.RevokeCertificateRequest()
    for number in ["1000-000001-90", "1000-000002-87"] {
      again.number = number
      again.reason = .error
      _ = try await again.asShown(by: scene.certifier.revokeCertificate)
    }
    #expect(
      try await scene.enrol(programme: 2).rows.first?.findings.map(\.reason) == [
        "PREREQUISITE_MISSING"
      ])
    #expect(Self.reasons(try await scene.refused([Self.row()])) == [["NUMBER_TAKEN"]])
    try scene.end()
  }

  @Test("the School's certificate takes an adopted one where the register says passed (R-308)")
  func school() async throws {
    let scene = try await Scene()
    try await scene.adopt([
      Self.row(2, "45", programme: 1, .unknown), Self.row(3, "46", programme: 2, .yes),
      Self.row(4, "47", programme: 3, .yes),
    ])
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    let her = try #require(
      try await PersonServiceClient(scene.cohort.registrar).findPeople(find).people.first)
    var preview = BitimV1.PreviewIssueRequest()
    preview.personId = her.id
    preview.target = .init()
    preview.target?.kind = .school
    let short = try await scene.certifier.previewIssue(preview)
    #expect(short.lines.map(\.isEligible) == [false])
    #expect(
      short.lines[0].missing.map { "\($0.rule) \($0.arguments[0].value) \($0.arguments[1].value)" }
        == ["PROGRAMME_HELD  1"])
    try await scene.adopt([Self.row(2, "48", programme: 1, .yes)])
    let shown = try await scene.certifier.previewIssue(preview)
    #expect(shown.lines.map(\.isEligible) == [true])
    var issue = BitimV1.IssueCertificatesRequest()
    issue.personId = her.id
    issue.target = preview.target
    issue.previewDigest = shown.digest
    let issued = try await scene.certifier.issueCertificates(issue).issued
    #expect(issued.map(\.number) == ["2026-000001-16"])
    var get = BitimV1.GetCertificateRequest()
    get.number = "2026-000001-16"
    #expect(
      try await scene.certifier.getCertificate(get).sheet?.basedOn == [
        "1000-000004-81", "1000-000002-87", "1000-000003-84",
      ])
    // Of those that it is based on one is revoked: a certifier answers.
    func due() async throws -> [BitimV1.DueItem] {
      try await DueServiceClient(scene.cohort.certifier).listDue(.init()).items
    }
    #expect(try await due() == [])
    // Verification names those that are not valid on the day that is asked about, and its verdict stays.
    let code = issued[0].code
    func verified(_ day: String = "") async throws -> [String] {
      var paper = BitimV1.VerifyCertificateRequest()
      (paper.number, paper.code, paper.asOf) = ("2026-000001-16", code, day)
      let answer = try await scene.stranger.verifyCertificate(paper)
      #expect(answer.verdict == (day.isEmpty || day >= "2026-11-22" ? .valid : .notValid))
      return answer.basedOnNotValid
    }
    #expect(try await verified() == [])
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = ("1000-000002-87", .investigation)
    _ = try await suspension.asShown(by: scene.certifier.suspendCertificate)
    #expect(try await due() == [])
    #expect(try await verified() == ["1000-000002-87"])
    #expect(try await verified("2026-11-21") == [])
    // While it is suspended no School's certificate is issued by it.
    #expect(
      try await scene.certifier.previewIssue(preview).lines[0].missing.map(\.rule)
        == ["PROGRAMME_HELD"])
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = ("1000-000002-87", .fraud)
    _ = try await revocation.asShown(by: scene.certifier.revokeCertificate)
    var item = BitimV1.DueItem()
    (item.kind, item.since, item.until) = (.groundFails, "2026-11-22", "2026-12-22")
    (item.certificate, item.found, item.person) = ("2026-000001-16", "PROGRAMME_HELD 2", her)
    #expect(try await due() == [item])
    (revocation.number, revocation.reason) = ("2026-000001-16", .error)
    _ = try await revocation.asShown(by: scene.certifier.revokeCertificate)
    #expect(try await due() == [])
    try scene.end()
  }

  @Test("a certifier approves, who neither taught nor examined the holder and is not the holder")
  func separation() async throws {
    let scene = try await Scene()
    _ = try await scene.cohort.certified()
    // The examiner becomes a certifier; so does the registrar's colleague, who may not approve without.
    let examiner = try await scene.school.client(scene.cohort.examinerID, [.certifier])
    let proposed = try await scene.propose([Self.row(2, "45", programme: 3)])
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    let asked = approval
    await expectRefused(["DECIDES_OWN_CANDIDATE"], .permissionDenied) {
      _ = try await ProposalServiceClient(examiner).approve(asked)
    }
    let colleague = try await scene.school.client(
      scene.school.person("Nurlanova", "Botagoz"), [.registrar])
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await ProposalServiceClient(colleague).approve(asked)
    }
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      _ = try await ProposalServiceClient(scene.cohort.registrar).approve(asked)
    }
    _ = try await scene.approver.approve(asked)
    try scene.end()
  }

  @Test(
    "a list that waits is not proposed again, and one that others took meanwhile is not approved")
  func waiting() async throws {
    let scene = try await Scene()
    let first = try await scene.propose([Self.row()])
    await expectRefused(["ALREADY_PROPOSED"], .alreadyExists) {
      _ = try await scene.propose([Self.row()])
    }
    let second = try await scene.propose([Self.row(), Self.row(3, "46")])
    var approval = BitimV1.ApproveRequest()
    approval.act = first.proposal
    approval.shownDigest = first.shownDigest
    _ = try await scene.approver.approve(approval)
    let late = try #require(try await scene.approver.listProposals(.init()).proposals.first)
    #expect(late.act == second.proposal)
    #expect(late.obstacle == "NUMBER_TAKEN")
    approval.act = late.act
    approval.shownDigest = late.shownDigest
    let asked = approval
    await expectRefused(["NUMBER_TAKEN"], .alreadyExists) {
      _ = try await scene.approver.approve(asked)
    }
    try scene.end()
  }

  @Test("lists, export and watch tell of adopted certificates; a year's series has none of them")
  func told() async throws {
    let scene = try await Scene()
    let issued = try await scene.cohort.certified()
    try await scene.adopt([Self.row(2, "45", programme: 3)])
    var list = BitimV1.ListCertificatesRequest()
    #expect(
      try await scene.certifier.listCertificates(list).certificates.map(\.number) == [
        "1000-000001-90", issued.number,
      ])
    list.adopted = true
    let adopted = try await scene.certifier.listCertificates(list).certificates
    #expect(adopted.map(\.number) == ["1000-000001-90"])
    #expect(adopted.map(\.kind) == [.adopted])
    list.year = 2026
    let both = list
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await scene.certifier.listCertificates(both)
    }
    list.adopted = false
    let year = try await scene.certifier.listCertificates(list)
    #expect(year.certificates.map(\.number) == [issued.number])
    #expect(year.missingSerials == [])
    var export = BitimV1.ExportCertificatesRequest()
    for (asked, numbers) in [(0, ["1000-000001-90", issued.number]), (2026, [issued.number])] {
      export.year = Int32(asked)
      let lines = try await scene.certifier.exportCertificates(export)
      var exported: [String] = []
      while let line = try await lines.next() { exported.append(line.number) }
      #expect(exported == numbers)
    }
    // A watch ends here with an act that changed none.
    _ = try await scene.school.person("Nurlanova", "Botagoz")
    #expect(
      try await Story.changes(scene.cohort.certifier).map(\.number) == [
        issued.number, "1000-000001-90",
      ])
    try scene.end()
  }
}
