import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("A trainee goes to another cohort (R-421)")
struct TransferTests {
  /// One trainee of P1-ALA-01 with nine hours, a second cohort of the centre, and one of another centre.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let service: CohortServiceClient
    let her: Int64

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.service = CohortServiceClient(self.cohort.registrar)
      try await self.school.centre("AST-02")
      for (code, organisation) in [("P1-ALA-02", "ALA-01"), ("P1-AST-01", "AST-02")] {
        var request = BitimV1.OpenCohortRequest()
        request.cohort = TestCohort.cohort(code)
        request.cohort?.organisation = organisation
        request.cohort?.startsOn = "2026-02-09"
        _ = try await self.service.openCohort(request)
      }
      _ = try await self.cohort.enrol([TestCohort.row(2, iin: "991231000014")])
      _ = try await self.cohort.hours(day: "2026-02-03", theory: 9)
      var get = BitimV1.GetCohortRequest()
      get.code = "P1-ALA-01"
      self.her = try await self.service.getCohort(get).trainees.first?.person?.id ?? 0
    }

    func request(to code: String, on day: String = "2026-02-10") -> BitimV1.TransferTraineeRequest {
      var request = BitimV1.TransferTraineeRequest()
      request.cohort = "P1-ALA-01"
      request.personId = self.her
      request.to = code
      request.day = day
      request.why = "жұмыс кестесі өзгерді"
      return request
    }

    func trainees(of code: String) async throws -> [BitimV1.Trainee] {
      var get = BitimV1.GetCohortRequest()
      get.code = code
      return try await self.service.getCohort(get).trainees
    }

    /// A registrar of a centre.
    func registrar(_ given: String, of centre: String) async throws -> BitimClient {
      try await self.school.client(
        self.school.person("Registrar", given), [.registrar], in: centre)
    }

    func line(_ cohort: String, from: String, _ state: String, theory: Int32, until: String = "")
      -> BitimV1.PersonEnrolment
    {
      var line = BitimV1.PersonEnrolment()
      line.cohort = cohort
      line.programme = 1
      line.enrolledOn = from
      line.theoryQuarters = theory
      line.state = state
      line.lastDay = until
      return line
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("within the centre at once: hours count where they were earned, and are corrected there")
  func within() async throws {
    let scene = try await Scene()
    let done = try await scene.service.transferTrainee(scene.request(to: "P1-ALA-02"))
    #expect(done.proposal == 0)
    #expect(done.day == "2026-02-10")
    #expect(try await scene.trainees(of: "P1-ALA-01") == [])
    let there = try #require(try await scene.trainees(of: "P1-ALA-02").first)
    #expect(there.enrolledOn == "2026-02-10")
    #expect(there.theoryQuarters == 36)
    let again = scene.request(to: "P1-ALA-02")
    await expectRefused(["TRAINEE_TRANSFERRED"], .failedPrecondition) {
      _ = try await scene.service.transferTrainee(again)
    }
    // A class that she had before she went is told late; one after she went is not hers.
    #expect(try await scene.cohort.hours(day: "2026-02-04", theory: 4).recorded)
    let after = try await scene.cohort.hours(day: "2026-02-11", theory: 4)
    #expect(after.rows.first?.findings.map(\.reason) == ["NOT_ENROLLED"])
    var correction = BitimV1.CorrectHoursRequest()
    correction.cohort = "P1-ALA-01"
    correction.personId = scene.her
    correction.heldOn = "2026-02-03"
    correction.startsAt = "09:00"
    correction.theoryQuarters = 32
    correction.reason = .typingError
    correction.evidence = "қатысу парағы"
    #expect(try await scene.service.correctHours(correction).theoryQuartersBefore == 36)
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = scene.her
    let answer = try await PersonServiceClient(scene.cohort.registrar).getPerson(get)
    #expect(
      answer.enrolments == [
        scene.line("P1-ALA-02", from: "2026-02-10", "enrolled", theory: 48),
        scene.line(
          "P1-ALA-01", from: "2026-02-02", "transferred", theory: 48, until: "2026-02-10"),
      ])
    try scene.end()
  }

  @Test("to another centre two persons do it: one who sends proposes, one who receives approves")
  func between() async throws {
    let scene = try await Scene()
    let sender = try await scene.registrar("First", of: "ALA-01")
    let colleague = try await scene.registrar("Second", of: "ALA-01")
    let receiver = try await scene.registrar("Third", of: "AST-02")
    try await scene.school.centre("SHY-03")
    let stranger = try await scene.registrar("Fourth", of: "SHY-03")
    let proposed = try await CohortServiceClient(sender).transferTrainee(
      scene.request(to: "P1-AST-01"))
    #expect(proposed.proposal != 0)
    #expect(try await scene.trainees(of: "P1-ALA-01").count == 1)
    var shown = BitimV1.TransferShown()
    shown.displayId = try await scene.trainees(of: "P1-ALA-01").first?.person?.displayId ?? ""
    shown.names = TestCohort.row(2, iin: "991231000014").person?.names
    shown.cohort = "P1-ALA-01"
    shown.organisation = "ALA-01"
    shown.to = "P1-AST-01"
    shown.toOrganisation = "AST-02"
    shown.day = "2026-02-10"
    shown.theoryQuarters = 36
    shown.attemptsLeft = 3
    shown.why = "жұмыс кестесі өзгерді"
    // Both centres see it, and the School; a third does not.
    let obstacles: [(BitimClient, String?)] = [
      (sender, "APPROVES_OWN_PROPOSAL"), (colleague, "NOT_YOUR_ORGANISATION"), (receiver, ""),
      (scene.cohort.registrar, ""), (stranger, nil),
    ]
    for (client, obstacle) in obstacles {
      let waiting = try await ProposalServiceClient(client).listProposals(.init()).proposals
      #expect(waiting.map(\.obstacle) == [obstacle].compactMap(\.self))
      #expect(waiting.map(\.shown) == (obstacle == nil ? [] : [.transfer(shown)]))
      #expect(waiting.map(\.kind) == (obstacle == nil ? [] : [.transferTrainee]))
    }
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest =
      try await ProposalServiceClient(receiver).listProposals(.init()).proposals.first?
      .shownDigest ?? ""
    for client in [colleague, stranger] {
      await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) { [approval] in
        _ = try await ProposalServiceClient(client).approve(approval)
      }
    }
    _ = try await ProposalServiceClient(receiver).approve(approval)
    #expect(try await scene.trainees(of: "P1-ALA-01") == [])
    #expect(try await scene.trainees(of: "P1-AST-01").map(\.theoryQuarters) == [36])
    // Each reads its own: the one what was earned there, the other all that counts.
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = scene.her
    #expect(
      try await PersonServiceClient(sender).getPerson(get).enrolments == [
        scene.line(
          "P1-ALA-01", from: "2026-02-02", "transferred", theory: 36, until: "2026-02-10")
      ])
    #expect(
      try await PersonServiceClient(receiver).getPerson(get).enrolments == [
        scene.line("P1-AST-01", from: "2026-02-10", "enrolled", theory: 36)
      ])
    withExtendedLifetime([sender, colleague, receiver, stranger]) {}
    try scene.end()
  }

  @Test("the School approves too; who receives may decline, and nothing is changed")
  func declined() async throws {
    let scene = try await Scene()
    let sender = try await scene.registrar("First", of: "ALA-01")
    let receiver = try await scene.registrar("Third", of: "AST-02")
    let first = try await CohortServiceClient(sender).transferTrainee(
      scene.request(to: "P1-AST-01"))
    var end = BitimV1.EndProposalRequest()
    end.act = first.proposal
    end.reason = "орын сақталған"
    #expect(try await ProposalServiceClient(receiver).endProposal(end).how == .declined)
    let second = try await CohortServiceClient(sender).transferTrainee(
      scene.request(to: "P1-AST-01"))
    let school = ProposalServiceClient(scene.cohort.registrar)
    var approval = BitimV1.ApproveRequest()
    approval.act = second.proposal
    approval.shownDigest =
      try await school.listProposals(.init()).proposals.first?.shownDigest ?? ""
    // A class more that she had there is other hours than were shown.
    _ = try await scene.cohort.hours(day: "2026-02-04", theory: 4)
    await expectRefused(["PROPOSAL_CHANGED"], .aborted) { [approval] in
      _ = try await school.approve(approval)
    }
    end.act = second.proposal
    #expect(try await ProposalServiceClient(sender).endProposal(end).how == .withdrawn)
    let third = try await CohortServiceClient(sender).transferTrainee(
      scene.request(to: "P1-AST-01"))
    approval.act = third.proposal
    approval.shownDigest =
      try await school.listProposals(.init()).proposals.first?.shownDigest ?? ""
    _ = try await school.approve(approval)
    #expect(try await scene.trainees(of: "P1-AST-01").map(\.theoryQuarters) == [52])
    withExtendedLifetime([sender, receiver]) {}
    try scene.end()
  }
}
