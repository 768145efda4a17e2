import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What waits for somebody (R-010)")
struct DueTests {
  private static func due(
    _ client: BitimClient, pages size: Int32 = 0
  ) async throws -> [BitimV1.DueItem] {
    var request = BitimV1.ListDueRequest()
    request.pageSize = size
    var items: [BitimV1.DueItem] = []
    repeat {
      let page = try await DueServiceClient(client).listDue(request)
      if size > 0 { #expect((1...Int(size)).contains(page.items.count)) }
      items += page.items
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return items
  }

  /// An item in short: its kind, what it names, how many it is of, since and until.
  private static func short(_ items: [BitimV1.DueItem]) -> [String] {
    items.map { item in
      let words = [
        DueKind(number: item.kind.rawValue)?.rawValue ?? "", item.cohort, item.session,
        item.people == 0 ? "" : "\(item.people)",
        item.person?.names?.latin?.surname ?? "", item.person?.names?.latin?.given ?? "",
        item.certificate, item.proposal == 0 ? "" : "proposal", item.tokenName, item.since,
        item.until,
      ]
      return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  @Test("people who are missing for the next session and the certificates are told of (R-033)")
  func people() async throws {
    let school = try TestSchool(on: "2026-02-02")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    #expect(try await cohort.enrol([TestCohort.row(2, iin: "991231000014")]).recorded)
    let service = CohortServiceClient(cohort.registrar)
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    let look = get
    func staffing() async throws -> [[String]] {
      let found = try await service.getCohort(look).staffing ?? .init()
      let names = [found.maySit, found.mayDecide].map { $0.compactMap { $0.names?.latin?.surname } }
      return names + [["\(found.toInvite)", "\(found.lacksDecider)"]]
    }
    #expect(
      try await staffing() == [["Kim", "Garcia", "Petrov"], ["Sadykova"], ["0", "false"]])
    #expect(try await Self.due(cohort.registrar) == [])
    let access = AccessServiceClient(school.administrator)
    var role = BitimV1.WithdrawRoleRequest()
    (role.personId, role.role, role.organisation) = (cohort.memberID, .examiner, "SCHOOL")
    _ = try await access.withdrawRole(role)
    #expect(try await staffing() == [["Kim", "Garcia"], ["Sadykova"], ["1", "false"]])
    // To its own centre's registrar, too.
    let short = ["people_short P1-ALA-01 1 2026-03-31"]
    #expect(try await Self.short(Self.due(cohort.registrar)) == short)
    let centre = try await school.client(
      school.person("Akhanov", "Erlan"), [.registrar], in: "ALA-01")
    #expect(try await Self.short(Self.due(centre)) == short)
    try await school.centre("AST-02")
    let other = try await school.client(
      school.person("Akhanova", "Raushan"), [.registrar], in: "AST-02")
    #expect(try await Self.due(other) == [])
    // Who certifies is no examiner, and is missed by another item of the same kind.
    (role.personId, role.role) = (cohort.certifierID, .certifier)
    _ = try await access.withdrawRole(role)
    #expect(try await Self.due(cohort.registrar).map(\.lacksDecider) == [true])
    school.turn(to: "2026-03-01")
    let guest = try await school.person("Tleuov", "Marat")
    var open = BitimV1.OpenSessionRequest()
    var session = BitimV1.Session()
    (session.code, session.cohort, session.heldOn) = ("S-014", cohort.code, "2026-03-20")
    session.protocolNumber = "№ 12"
    for (person, seat) in [
      (cohort.chairID, BitimV1.Seat.chair), (cohort.examinerID, .member), (guest, .member),
    ] {
      var place = BitimV1.CommissionSeat()
      (place.personId, place.seat) = (person, seat)
      if person == guest { place.invitation = TestCohort.letter }
      session.commission.append(place)
    }
    open.session = session
    _ = try await AttestationServiceClient(cohort.registrar).openSession(open)
    #expect(try await staffing() == [["Kim", "Garcia"], [], ["0", "true"]])
    _ = try await school.client(cohort.certifierID, [.certifier])
    #expect(try await Self.due(cohort.registrar) == [])
    // Twelve months after its last day nobody is told any more.
    var cancel = BitimV1.CancelSessionRequest()
    (cancel.session, cancel.why) = ("S-014", "үміткер жоқ")
    _ = try await AttestationServiceClient(cohort.registrar).cancelSession(cancel)
    #expect(try await Self.short(Self.due(cohort.registrar)) == short)
  }

  @Test(
    "results wait for the chair, passes for the certifier, retakes for the registrar, until answered"
  )
  func attestation() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let (first, second) = ("991231000014", "880706400016")
    let rows = [TestCohort.row(2, iin: first), TestCohort.row(3, iin: second)]
    #expect(try await cohort.enrol(rows).recorded)
    try await cohort.allHours()
    try await cohort.session("S-014")
    #expect(try await Self.due(cohort.registrar) == [])
    _ = try await cohort.result(first, [80, 75, 90], in: "S-014")
    _ = try await cohort.result(second, [80, 10, 90], in: "S-014")
    let unconfirmed = ["confirm P1-ALA-01 S-014 2 Kim Yelena 2026-03-20"]
    #expect(try await Self.short(Self.due(cohort.registrar)) == unconfirmed)
    #expect(try await Self.short(Self.due(cohort.chair)) == unconfirmed)
    #expect(try await Self.due(cohort.examiner) == [])
    #expect(try await Self.due(cohort.certifier) == [])
    _ = try await cohort.confirm("S-014")
    let failed = "retake P1-ALA-01 Akhmetova Aiiazajdaaabj 2026-03-20"
    #expect(try await Self.due(cohort.chair) == [])
    #expect(try await Self.short(Self.due(cohort.registrar)) == [failed])
    #expect(try await Self.short(Self.due(cohort.certifier)) == ["issue P1-ALA-01 1 2026-03-20"])
    #expect(try await cohort.issue().count == 1)
    #expect(try await Self.due(cohort.certifier) == [])
    // Another attempt is under way, then it has failed too.
    try await cohort.session("S-015", on: "2026-03-27")
    _ = try await cohort.result(second, [80, 20, 90], in: "S-015")
    #expect(
      try await Self.short(Self.due(cohort.registrar))
        == ["confirm P1-ALA-01 S-015 1 Kim Yelena 2026-03-27"])
    _ = try await cohort.confirm("S-015")
    #expect(
      try await Self.short(Self.due(cohort.registrar))
        == ["retake P1-ALA-01 Akhmetova Aiiazajdaaabj 2026-03-27"])
    #expect(try school.check().problems == [])
  }

  @Test("a session is looked back at for twelve months, the same-numbered day included")
  func lookedBack() async throws {
    let school = try TestSchool(on: "2027-03-20")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 10, 90], in: "S-014")
    #expect(try await Self.due(cohort.registrar).map(\.kind) == [.confirm])
    school.clock.turn(to: try #require(CivilDate(iso: "2027-03-21")))
    #expect(try await Self.due(cohort.registrar) == [])
    #expect(try await Self.due(cohort.chair) == [])
    school.clock.turn(to: try #require(CivilDate(iso: "2027-03-20")))
    _ = try await cohort.confirm("S-014")
    #expect(try await Self.due(cohort.registrar).map(\.kind) == [.retake])
    school.clock.turn(to: try #require(CivilDate(iso: "2027-03-21")))
    #expect(try await Self.due(cohort.registrar) == [])
  }

  @Test("who has no attempt left, was withdrawn or has passed since sits no more")
  func noRetake() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let iins = ["991231000014", "880706400016", "700101410009"]
    #expect(
      try await cohort.enrol(
        iins.enumerated().map { TestCohort.row(Int32($0 + 2), iin: $1) }
      ).recorded)
    try await cohort.allHours()
    for (index, day) in ["2026-03-18", "2026-03-20", "2026-03-24"].enumerated() {
      try await cohort.session("S-\(index)", on: day)
      _ = try await cohort.result(iins[0], [10, 10, 10], in: "S-\(index)")
      if index == 0 { _ = try await cohort.result(iins[1], [10, 10, 10], in: "S-0") }
      if index < 2 {
        _ = try await cohort.result(iins[2], [80, index == 0 ? 10 : 75, 90], in: "S-\(index)")
      }
      _ = try await cohort.confirm("S-\(index)")
    }
    var leave = BitimV1.WithdrawTraineeRequest()
    leave.cohort = cohort.code
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    let service = CohortServiceClient(cohort.registrar)
    leave.personId = try await service.getCohort(get).trainees[1].person?.id ?? 0
    leave.reason = .moved
    #expect(
      try await Self.short(Self.due(cohort.registrar))
        == ["retake P1-ALA-01 Akhmetova Aiiazajdaaabj 2026-03-18"])
    _ = try await service.withdrawTrainee(leave)
    #expect(try await Self.due(cohort.registrar) == [])
  }

  @Test("an annulled pass waits no more, and a second one waits again")
  func annulled() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    var annulment = BitimV1.AnnulResultRequest()
    annulment.session = "S-014"
    var look = BitimV1.GetSessionRequest()
    look.code = "S-014"
    annulment.personId =
      try await AttestationServiceClient(cohort.chair).getSession(look).candidates[0].personId
    annulment.reason = "procedure"
    _ = try await AttestationServiceClient(cohort.certifier).annulResult(annulment)
    #expect(try await Self.due(cohort.certifier) == [])
    try await cohort.session("S-015", on: "2026-03-27")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-015")
    _ = try await cohort.confirm("S-015")
    #expect(try await Self.short(Self.due(cohort.certifier)) == ["issue P1-ALA-01 1 2026-03-27"])
    #expect(try school.check().problems == [])
  }

  @Test("a centre's people are told of their own cohorts, and of sessions that they chair")
  func foreign() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await school.centre("AST-02")
    let stranger = try await school.person("Foreign", "Chair")
    let chair = try await school.client(stranger, [.examiner, .registrar], in: "AST-02")
    let own = try await school.client(school.person("Own", "Registrar"), [.registrar], in: "ALA-01")
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.allHours()
    try await cohort.session("S-014")
    _ = try await cohort.result("991231000014", [80, 10, 90], in: "S-014")
    #expect(try await Self.due(chair) == [])
    #expect(
      try await Self.short(Self.due(own)) == ["confirm P1-ALA-01 S-014 1 Kim Yelena 2026-03-20"])
    _ = try await cohort.confirm("S-014")
    #expect(try await Self.due(chair) == [])
    #expect(try await Self.due(own).map(\.kind) == [.retake])
    try await cohort.session(
      "S-015", on: "2026-03-27",
      commission: [(stranger, .chair), (cohort.examinerID, .member), (cohort.memberID, .member)])
    _ = try await cohort.result("991231000014", [80, 10, 90], in: "S-015")
    #expect(try await Self.due(chair).map(\.session) == ["S-015"])
    #expect(try await Self.due(own).map(\.session) == ["S-015"])
  }

  @Test(
    "proposals wait for whoever can approve them, suspensions and tokens that end for thirty days")
  func ends() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    var rename = BitimV1.RenamePersonRequest()
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Akhmetova"
    let people = PersonServiceClient(cohort.registrar)
    rename.personId = try await people.findPeople(find).people.first?.id ?? 0
    rename.names = .latin("Serikova", "Aigerim")
    rename.reason = "marriage"
    #expect(try await people.renamePerson(rename).proposal != 0)
    var suspension = BitimV1.SuspendCertificateRequest()
    suspension.number = issued.number
    suspension.ground = .court
    suspension.until = "2026-12-23"
    let certificates = CertificateServiceClient(cohort.certifier)
    _ = try await suspension.asShown(by: certificates.suspendCertificate)
    let proposal = "approve Serik Aliya proposal 2026-11-22 2026-12-06"
    // 23 December is 31 days off.
    #expect(try await Self.short(Self.due(cohort.certifier)) == [proposal])
    #expect(try await Self.due(cohort.registrar) == [])
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-23")))
    let ending = "suspension_ending \(issued.number) 2026-12-23"
    #expect(try await Self.short(Self.due(cohort.certifier)) == [proposal, ending])
    #expect(try await Self.short(Self.due(cohort.certifier, pages: 1)) == [proposal, ending])
    var token = BitimV1.CreateTokenRequest()
    token.personId = cohort.trainerID
    token.organisation = "ALA-01"
    token.roles = [.trainer]
    let access = AccessServiceClient(school.administrator)
    for (name, days) in [("екінші", 30), ("бірінші", 10), ("үшінші", 31)] as [(String, Int32)] {
      (token.name, token.days) = (name, days)
      _ = try await access.createToken(token)
    }
    let tokens = [
      "token_ending Omarov Nurlan бірінші 2026-12-03",
      "token_ending Omarov Nurlan екінші 2026-12-23",
    ]
    // A partner's is nobody's: it is known by the organisation.
    _ = try await school.token(0, [.verifier], in: "ALA-01", days: 29)
    let others = try await Self.due(school.administrator).filter { $0.kind == .tokenEnding }
    #expect(others.filter { $0.person == nil }.map(\.organisation) == ["ALA-01"])
    #expect(others.filter { $0.person != nil }.allSatisfy { $0.organisation.isEmpty })
    // Those of everybody else were made for thirty days yesterday.
    for size: Int32 in [0, 1] {
      let items = try await Self.due(school.administrator, pages: size)
      #expect(Self.short(items.filter { $0.tokenName.hasSuffix("інші") }) == tokens)
      #expect(items.map(\.until) == items.map(\.until).sorted())
    }
  }
}
