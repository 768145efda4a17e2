import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What waits for a second person (R-006)")
struct ProposalTests {
  /// A School with a certified trainee, whom two persons rename, and a bar of hers.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let her: Int64
    let people: PersonServiceClient
    let registrar: ProposalServiceClient
    let certifier: ProposalServiceClient

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      _ = try await self.cohort.certified()
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = "Ахметова"
      self.people = PersonServiceClient(self.cohort.registrar)
      self.her = try #require(try await self.people.findPeople(find).people.first).id
      self.registrar = ProposalServiceClient(self.cohort.registrar)
      self.certifier = ProposalServiceClient(self.cohort.certifier)
    }

    var married: BitimV1.Names {
      var names = TestCohort.row(2, iin: "991231000014").person?.names ?? .init()
      names.kk?.surname = "Әбілова"
      return names
    }

    /// Proposes other names for her.
    func rename(as names: BitimV1.Names? = nil) async throws -> Int64 {
      var request = BitimV1.RenamePersonRequest()
      request.personId = self.her
      request.names = names ?? self.married
      request.reason = "неке"
      request.from = "2026-11-01"
      return try await self.people.renamePerson(request).proposal
    }

    func surname() async throws -> String? {
      var get = BitimV1.GetPersonRequest()
      get.purpose = .enrolment
      get.personId = self.her
      return try await self.people.getPerson(get).person?.names?.kk?.surname
    }

    func waiting(_ client: ProposalServiceClient) async throws -> [BitimV1.Proposal] {
      try await client.listProposals(.init()).proposals
    }

    func approval(_ proposal: BitimV1.Proposal) -> BitimV1.ApproveRequest {
      var request = BitimV1.ApproveRequest()
      request.act = proposal.act
      request.shownDigest = proposal.shownDigest
      return request
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("R-114: a certified person is renamed once another person approves what was shown")
  func approved() async throws {
    let scene = try await Scene()
    let act = try await scene.rename()
    #expect(try await scene.surname() == "Ахметова")
    let own = try #require(try await scene.waiting(scene.registrar).first)
    let proposal = try #require(try await scene.waiting(scene.certifier).first)
    var expected = BitimV1.Proposal()
    expected.act = act
    expected.kind = .renamePerson
    expected.proposer = try await AccessServiceClient(scene.cohort.registrar).whoAmI(.init()).person
    expected.proposedOn = "2026-11-22"
    expected.lastDay = "2026-12-06"
    expected.shownDigest = proposal.shownDigest
    var shown = BitimV1.RenameShown()
    shown.displayId = PersonNumber.text(scene.her)
    shown.before = TestCohort.row(2, iin: "991231000014").person?.names
    shown.after = scene.married
    shown.reason = "неке"
    shown.from = "2026-11-01"
    expected.shown = .rename(shown)
    #expect(proposal == expected)
    expected.obstacle = "APPROVES_OWN_PROPOSAL"
    #expect(own == expected)
    let approval = scene.approval(proposal)
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      _ = try await scene.registrar.approve(approval)
    }
    #expect(try await scene.certifier.approve(approval).proposal == proposal)
    #expect(try await scene.surname() == "Әбілова")
    #expect(try await scene.waiting(scene.certifier) == [])
    await expectRefused(["PROPOSAL_ENDED"], .failedPrecondition) {
      _ = try await scene.certifier.approve(approval)
    }
    try scene.end()
  }

  @Test("what was not shown is not approved, and what has changed since is not either (R-007)")
  func shown() async throws {
    let scene = try await Scene()
    let act = try await scene.rename()
    let proposal = try #require(try await scene.waiting(scene.certifier).first)
    var approval = scene.approval(proposal)
    approval.shownDigest = ""
    await expectRefused(["VALUE_MISSING"], .invalidArgument) { [approval] in
      _ = try await scene.certifier.approve(approval)
    }
    approval.shownDigest = "0123456789abcdef0123456789abcdef"
    await expectRefused(["PROPOSAL_CHANGED"], .aborted) { [approval] in
      _ = try await scene.certifier.approve(approval)
    }
    approval.act = act + 1
    await expectRefused(["PROPOSAL_UNKNOWN"], .notFound) { [approval] in
      _ = try await scene.certifier.approve(approval)
    }
    #expect(try await scene.surname() == "Ахметова")
    try scene.end()
  }

  @Test("the same is not proposed twice for a person; declined or lapsed, it may be proposed anew")
  func anew() async throws {
    let scene = try await Scene()
    let first = try await scene.rename()
    await expectRefused(["ALREADY_PROPOSED"], .alreadyExists) { _ = try await scene.rename() }
    var end = BitimV1.EndProposalRequest()
    end.act = first
    end.reason = "құжат жоқ"
    #expect(try await scene.certifier.endProposal(end).how == .declined)
    let asked = end
    await expectRefused(["PROPOSAL_ENDED"], .failedPrecondition) {
      _ = try await scene.certifier.endProposal(asked)
    }
    end.act = try await scene.rename()
    #expect(try await scene.registrar.endProposal(end).how == .withdrawn)
    let third = try await scene.rename()
    scene.school.clock.turn(to: try #require(CivilDate(iso: "2026-12-07")))
    let lapsed = try #require(try await scene.waiting(scene.certifier).first)
    #expect(lapsed.act == third)
    #expect(lapsed.obstacle == "PROPOSAL_LAPSED")
    let late = scene.approval(lapsed)
    await expectRefused(["PROPOSAL_LAPSED"], .failedPrecondition) {
      _ = try await scene.certifier.approve(late)
    }
    let fourth = try await scene.rename()
    #expect(try await scene.waiting(scene.certifier).map(\.act) == [third, fourth])
    #expect(try await scene.surname() == "Ахметова")
    try scene.end()
  }

  @Test("R-028: who recorded a bar may propose that it was an error, and may not approve it")
  func errorInARecord() async throws {
    let scene = try await Scene()
    var bar = BitimV1.BarPersonRequest()
    bar.personId = scene.her
    bar.bar = .init()
    bar.bar?.kind = .conviction
    bar.bar?.validFrom = "2026-01-15"
    bar.bar?.document = "№7 үкім"
    let certifier = PersonServiceClient(scene.cohort.certifier)
    let made = try #require(try await bar.asShown(by: certifier.barPerson).person?.bars.first)
    var withdrawal = BitimV1.WithdrawBarRequest()
    withdrawal.personId = scene.her
    withdrawal.act = made.act
    withdrawal.reason = "аты бірдей басқа адам"
    let proposed = try await withdrawal.asShown(by: scene.people.withdrawBar)
    #expect(proposed.person?.bars == [made])
    var shown = BitimV1.BarShown()
    shown.displayId = PersonNumber.text(scene.her)
    shown.names = TestCohort.row(2, iin: "991231000014").person?.names
    shown.before = made
    shown.reason = "аты бірдей басқа адам"
    #expect(proposed.shown == shown)
    let waiting = try #require(try await scene.waiting(scene.certifier).first)
    #expect(waiting.shown == .bar(shown))
    #expect(waiting.obstacle == "ENDS_OWN_ACT")
    let approval = scene.approval(waiting)
    await expectRefused(["ENDS_OWN_ACT"], .permissionDenied) {
      _ = try await scene.certifier.approve(approval)
    }
    // Ended meanwhile, the bar is not there to be withdrawn; the proposal says so to whoever looks.
    var end = BitimV1.EndBarRequest()
    end.personId = scene.her
    end.act = made.act
    end.lastDay = "2026-11-22"
    _ = try await end.asShown(by: certifier.endBar)
    let gone = try #require(try await scene.waiting(scene.certifier).first)
    #expect(gone.obstacle == "BAR_UNKNOWN")
    shown.before = nil
    #expect(gone.shown == .bar(shown))
    try scene.end()
  }

  @Test("a bar is recorded, and ended, as it was shown and not otherwise (R-007)")
  func barShown() async throws {
    let scene = try await Scene()
    var bar = BitimV1.BarPersonRequest()
    bar.personId = scene.her
    bar.bar = .init()
    bar.bar?.kind = .conviction
    bar.bar?.validFrom = "2026-01-15"
    bar.bar?.document = "№7 үкім"
    let bare = bar
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await scene.people.barPerson(bare)
    }
    bar.validateOnly = true
    let look = try await scene.people.barPerson(bar)
    #expect(!look.recorded)
    #expect(look.person?.bars == [])
    var shown = BitimV1.BarShown()
    shown.displayId = PersonNumber.text(scene.her)
    shown.names = TestCohort.row(2, iin: "991231000014").person?.names
    shown.after = bar.bar
    #expect(look.shown == shown)
    bar.validateOnly = false
    bar.shownDigest = look.shownDigest
    bar.bar?.validFrom = "2026-01-16"
    let other = bar
    await expectRefused(["SHOWN_CHANGED"], .aborted) {
      _ = try await scene.people.barPerson(other)
    }
    bar.bar?.validFrom = "2026-01-15"
    let made = try await scene.people.barPerson(bar)
    #expect(made.recorded)
    var end = BitimV1.EndBarRequest()
    end.personId = scene.her
    end.act = try #require(made.person?.bars.first).act
    end.lastDay = "2026-02-01"
    end.shownDigest = look.shownDigest
    let foreign = end
    await expectRefused(["SHOWN_CHANGED"], .aborted) { _ = try await scene.people.endBar(foreign) }
    let ended = try await end.asShown(by: scene.people.endBar)
    #expect(ended.recorded)
    shown.before = made.person?.bars.first
    shown.after?.validUntil = "2026-02-01"
    #expect(ended.shown == shown)
    try scene.end()
  }
}
