import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Editions as acts (R-301 to R-304)")
struct EditionTests {
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let programmes: ProgrammeServiceClient
    let certifier: ProposalServiceClient

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.programmes = ProgrammeServiceClient(self.cohort.registrar)
      self.certifier = ProposalServiceClient(self.cohort.certifier)
    }

    /// Approves what waits, as it is shown.
    func approve() async throws -> BitimV1.Proposal {
      let proposal = try #require(try await self.certifier.listProposals(.init()).proposals.first)
      #expect(proposal.obstacle == "")
      var approval = BitimV1.ApproveRequest()
      approval.act = proposal.act
      approval.shownDigest = proposal.shownDigest
      return try #require(try await self.certifier.approve(approval).proposal)
    }

    func editions(_ programme: Int = 1) async throws -> [BitimV1.Edition] {
      try await self.programmes.listProgrammes(.init()).programmes[programme - 1].editions
    }

    func close(_ code: String, on day: String) async throws {
      var request = BitimV1.CloseEditionRequest()
      request.programme = 1
      request.code = code
      request.lastDay = day
      #expect(try await request.asShown(by: self.programmes.closeEdition).proposal != 0)
    }

    func open(
      _ code: String, from day: String, edition: String = ""
    ) async throws -> BitimV1.Cohort? {
      var request = BitimV1.OpenCohortRequest()
      request.cohort = TestCohort.cohort(code)
      request.cohort?.startsOn = day
      request.cohort?.endsOn = day
      request.cohort?.edition = edition
      return try await CohortServiceClient(self.cohort.registrar).openCohort(request).cohort
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  /// The edition 2025 of the general course with 40 hours of theory, from 2027 on.
  private static func next(_ scene: Scene) async throws -> BitimV1.Edition {
    var edition = try #require(try await scene.editions().first { $0.code == "2025" })
    edition.id = 0
    edition.code = "2027"
    edition.validFrom = "2027-01-01"
    edition.validUntil = nil
    edition.theoryQuarters?.value = 160
    edition.theoryQuarters?.basis = .law
    edition.theoryQuarters?.article = "1-қосымша"
    edition.legalBasis?.kk = "Министрдің 2026 жылғы 20 қарашадағы № 5 бұйрығы"
    edition.legalBasis?.ru = "Приказ министра от 20 ноября 2026 года № 5"
    edition.legalBasis?.en = "Order of the Minister No. 5 of 20 November 2026"
    return edition
  }

  @Test("the first editions are there, with each value's basis and the law's article (R-303)")
  func first() async throws {
    let scene = try await Scene()
    for programme in 1...3 {
      let editions = try await scene.editions(programme)
      #expect(editions.map(\.code) == ["2011", "2023", "2025", "school"])
      #expect(editions.map(\.isDefault) == [true, true, true, false])
    }
    func setting(_ value: Int32, _ basis: BitimV1.Basis, _ article: String = "") -> BitimV1.Setting
    {
      var setting = BitimV1.Setting()
      (setting.value, setting.basis, setting.article) = (value, basis, article)
      return setting
    }
    let law = "Law On Mediation, article 9(4)(1)"
    var expected = BitimV1.Edition()
    expected.id = 3
    expected.code = "2025"
    expected.programme = 1
    expected.isDefault = true
    expected.validFrom = "2025-12-30"
    expected.theoryQuarters = setting(144, .school)
    expected.practiceQuarters = setting(144, .school)
    expected.groupMax = setting(10, .reported)
    expected.attemptsMax = setting(3, .school)
    expected.commissionMin = setting(3, .school)
    expected.prerequisite = setting(0, .school)
    expected.ageMin = setting(25, .law, law)
    expected.higherEducation = setting(1, .law, law)
    expected.retakeWaitDays = setting(0, .school)
    expected.absenceUsesAttempt = setting(0, .school)
    expected.taughtBarMonths = setting(24, .school)
    expected.dayQuarters = setting(40, .school)
    expected.validityMonths = setting(0, .school)
    expected.memberMarks = setting(0, .school)
    expected.markRule = setting(0, .school)
    expected.overallMark = setting(0, .school)
    expected.reviewsMin = setting(0, .school)
    expected.components = [BitimV1.Component.test, .rolePlay, .interview].map { component in
      var rule = BitimV1.ComponentRule()
      rule.component = component
      rule.passMark = setting(60, .school)
      return rule
    }
    let edition = try await scene.editions()[2]
    expected.legalBasis = edition.legalBasis
    #expect(edition == expected)
    #expect(edition.legalBasis?.en.hasSuffix("of 30 December 2025") == true)
    try scene.end()
  }

  @Test("a new default follows the one that is closed; cohorts keep what they were opened under")
  func whole() async throws {
    let scene = try await Scene()
    var request = BitimV1.AdoptEditionRequest()
    request.edition = try await Self.next(scene)
    let asked = request
    await expectRefused(["EDITIONS_OVERLAP"], .failedPrecondition) {
      _ = try await asked.asShown(by: scene.programmes.adoptEdition)
    }
    try await scene.close("2025", on: "2026-12-31")
    // Proposed, it is in effect nowhere.
    #expect(try await scene.editions()[2].validUntil == nil)
    await expectRefused(["EDITIONS_OVERLAP"], .failedPrecondition) {
      _ = try await asked.asShown(by: scene.programmes.adoptEdition)
    }
    let closing = try await scene.approve()
    #expect(closing.kind == .closeEdition)
    guard case .edition(let shown) = closing.shown else {
      Issue.record("no edition is shown")
      return
    }
    #expect(shown.lastDay == "2026-12-31")
    #expect(shown.edition?.code == "2025")
    #expect(try await scene.editions()[2].validUntil == "2026-12-31")

    let proposed = try await request.asShown(by: scene.programmes.adoptEdition)
    #expect(proposed.shown?.edition == request.edition)
    await expectRefused(["ALREADY_PROPOSED"], .alreadyExists) {
      _ = try await asked.asShown(by: scene.programmes.adoptEdition)
    }
    let waiting = try await scene.certifier.listProposals(.init()).proposals.first
    let registrar = ProposalServiceClient(
      try await scene.school.client(scene.school.person("Second", "Registrar"), [.registrar]))
    #expect(
      try await registrar.listProposals(.init()).proposals.map(\.obstacle) == ["NOT_ALLOWED"])
    #expect(try await scene.approve().act == proposed.proposal)
    #expect(waiting?.kind == .adoptEdition)
    var adopted = asked.edition
    adopted?.id = 101
    #expect(try await scene.editions().last == adopted)

    // The cohort of 2026 is under 2025; one of 2027 is under 2027, and under 2025 it is not opened.
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-01"
    let cohorts = CohortServiceClient(scene.cohort.registrar)
    #expect(try await cohorts.getCohort(get).cohort?.edition == "2025")
    #expect(try await scene.open("P1-ALA-27", from: "2027-01-01")?.edition == "2027")
    #expect(try await scene.open("P1-ALA-26", from: "2026-12-31")?.edition == "2025")
    await expectRefused(["EDITION_NOT_IN_FORCE"], .failedPrecondition) {
      _ = try await scene.open("P1-ALA-28", from: "2027-01-01", edition: "2025")
    }
    await expectRefused(["EDITION_NOT_IN_FORCE"], .failedPrecondition) {
      _ = try await scene.open("P1-ALA-28", from: "2026-12-31", edition: "2027")
    }
    await expectRefused(["EDITION_UNKNOWN"], .notFound) {
      _ = try await scene.open("P1-ALA-28", from: "2027-01-01", edition: "2028")
    }
    get.code = "P1-ALA-27"
    #expect(try await cohorts.getCohort(get).theoryQuartersMin == 160)
    try scene.end()
  }

  @Test("what has changed between proposal and approval is not approved (R-007)")
  func changed() async throws {
    let scene = try await Scene()
    try await scene.close("2025", on: "2026-12-31")
    try await scene.close("2025", on: "2027-12-31")
    #expect(try await scene.approve().kind == .closeEdition)
    let second = try await scene.certifier.listProposals(.init()).proposals.first
    #expect(second?.obstacle == "EDITION_CLOSED")
    var request = BitimV1.AdoptEditionRequest()
    request.edition = try await Self.next(scene)
    _ = try await request.asShown(by: scene.programmes.adoptEdition)
    request.edition?.theoryQuarters?.value = 164
    _ = try await request.asShown(by: scene.programmes.adoptEdition)
    let editions = try await scene.certifier.listProposals(.init()).proposals.filter {
      $0.kind == .adoptEdition
    }
    var approval = BitimV1.ApproveRequest()
    approval.act = try #require(editions.first).act
    approval.shownDigest = try #require(editions.first).shownDigest
    _ = try await scene.certifier.approve(approval)
    let rest = try await scene.certifier.listProposals(.init()).proposals.last
    #expect(rest?.obstacle == "CODE_TAKEN")
    try scene.end()
  }

  @Test("wrong values are refused all at once; what is not there is not closed")
  func wrong() async throws {
    let scene = try await Scene()
    var request = BitimV1.AdoptEditionRequest()
    request.edition = try await Self.next(scene)
    request.edition?.attemptsMax?.value = 0
    request.edition?.groupMax = nil
    let asked = request
    await expectRefused(["VALUE_MISSING", "VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await asked.asShown(by: scene.programmes.adoptEdition)
    }
    var close = BitimV1.CloseEditionRequest()
    close.programme = 1
    close.code = "2099"
    close.lastDay = "2026-12-31"
    let unknown = close
    await expectRefused(["EDITION_UNKNOWN"], .notFound) {
      _ = try await unknown.asShown(by: scene.programmes.closeEdition)
    }
    try scene.end()
  }
}
