import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

/// What a centre learns of what is not its own: nothing.
@Suite("A centre's stranger")
struct StrangerTests {
  /// Registrar and examiner of a centre that has nothing to do with the cohort.
  private struct Strangers {
    let registrar: BitimClient
    let examiner: BitimClient

    init(_ school: TestSchool) async throws {
      try await school.centre("AST-01")
      self.registrar = try await school.client(
        school.person("Bekova", "Saule"), [.registrar], in: "AST-01")
      self.examiner = try await school.client(
        school.person("Dosov", "Timur"), [.examiner], in: "AST-01")
    }
  }

  /// The whole status of each call, by the call's name.
  private typealias Answers = [String: Status]

  private func answer(
    _ call: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) async -> Status? {
    do {
      try await call()
      Issue.record("was not refused", sourceLocation: sourceLocation)
    } catch let failure as CallFailure {
      return failure.status
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
  }

  /// Every call that takes a person's number.
  private func answers(about person: Int64, _ strangers: Strangers) async -> Answers {
    let people = PersonServiceClient(strangers.registrar)
    let certificates = CertificateServiceClient(strangers.registrar)
    let sessions = AttestationServiceClient(strangers.examiner)
    var answers: Answers = [:]
    answers["GetPerson"] = await self.answer {
      var request = BitimV1.GetPersonRequest()
      request.purpose = .enrolment
      request.personId = person
      _ = try await people.getPerson(request)
    }
    answers["RenamePerson"] = await self.answer {
      var request = BitimV1.RenamePersonRequest()
      request.personId = person
      request.names = .latin("Bekova", "Saule")
      request.reason = "marriage"
      _ = try await people.renamePerson(request)
    }
    answers["BarPerson"] = await self.answer {
      var request = BitimV1.BarPersonRequest()
      request.personId = person
      request.bar = .init()
      request.bar?.kind = .prosecution
      request.bar?.validFrom = "2026-01-01"
      _ = try await people.barPerson(request)
    }
    answers["ExplainEligibility"] = await self.answer {
      var request = BitimV1.ExplainEligibilityRequest()
      request.personId = person
      request.target = .init()
      request.target?.kind = .school
      _ = try await certificates.explainEligibility(request)
    }
    answers["PreviewIssue"] = await self.answer {
      var request = BitimV1.PreviewIssueRequest()
      request.personId = person
      request.target = .init()
      request.target?.kind = .school
      _ = try await certificates.previewIssue(request)
    }
    answers["AssignTrainer"] = await self.answer {
      var request = BitimV1.AssignTrainerRequest()
      request.cohort = "P1-AST-01"
      request.personId = person
      request.evidence = "certificate of 2019"
      _ = try await CohortServiceClient(strangers.registrar).assignTrainer(request)
    }
    answers["AnnulResult"] = await self.answer {
      var request = BitimV1.AnnulResultRequest()
      request.session = "S-014"
      request.personId = person
      request.reason = "an error"
      _ = try await sessions.annulResult(request)
    }
    return answers
  }

  private func open(_ code: String, _ organisation: String, by registrar: BitimClient) async throws
  {
    var request = BitimV1.OpenCohortRequest()
    request.cohort = TestCohort.cohort(code)
    request.cohort?.organisation = organisation
    _ = try await CohortServiceClient(registrar).openCohort(request)
  }

  @Test("a person of another and one who is not there get one answer (R-020, R-207)")
  func people() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let strangers = try await Strangers(school)
    try await self.open("P1-AST-01", "AST-01", by: strangers.registrar)
    let next = try await school.person("Last", "One") + 1
    let before = await self.answers(about: next, strangers)
    try await cohort.passed()
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = next
    _ = try await PersonServiceClient(cohort.registrar).getPerson(get)
    let after = await self.answers(about: next, strangers)
    #expect(after == before)
    #expect(before.count == 7)
    for (call, status) in before where call != "AnnulResult" {
      #expect(status.code == .notFound, "\(call)")
      #expect(status.reasons.map(\.reason) == ["PERSON_UNKNOWN"], "\(call)")
    }
    #expect(before["AnnulResult"]?.reasons.map(\.reason) == ["SESSION_UNKNOWN"])
    // And so do two numbers at one time.
    #expect(await self.answers(about: 1, strangers) == before)
    #expect(try school.check().problems == [])
  }

  @Test("a session of another and one that is not there get one answer (R-020)")
  func sessions() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let strangers = try await Strangers(school)
    let service = AttestationServiceClient(strangers.examiner)
    func answers() async -> Answers {
      var answers: Answers = [:]
      answers["GetSession"] = await self.answer {
        var request = BitimV1.GetSessionRequest()
        request.code = "S-014"
        _ = try await service.getSession(request)
      }
      answers["RecordResults"] = await self.answer {
        _ = try await cohort.result(
          "991231000014", [80, 80, 80], in: "S-014", by: strangers.examiner)
      }
      answers["ConfirmResults"] = await self.answer {
        var request = BitimV1.ConfirmResultsRequest()
        request.session = "S-014"
        _ = try await service.confirmResults(request)
      }
      answers["AnnulResult"] = await self.answer {
        var request = BitimV1.AnnulResultRequest()
        request.session = "S-014"
        request.personId = 1
        request.reason = "an error"
        _ = try await service.annulResult(request)
      }
      return answers
    }
    let before = await answers()
    try await cohort.passed()
    #expect(await answers() == before)
    #expect(before.values.map(\.code) == Array(repeating: .notFound, count: 4))
    #expect(
      before.values.map { $0.reasons.map(\.reason) }
        == Array(repeating: ["SESSION_UNKNOWN"], count: 4))
  }

  @Test("who has a seat sees the session of another organisation's cohort")
  func seat() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let strangers = try await Strangers(school)
    let person = try #require(
      try await AccessServiceClient(strangers.examiner).whoAmI(.init()).person)
    try await cohort.session(
      "S-014",
      commission: [(cohort.chairID, .chair), (person.id, .member), (cohort.memberID, .member)])
    var request = BitimV1.GetSessionRequest()
    request.code = "S-014"
    let shown = try await AttestationServiceClient(strangers.examiner).getSession(request)
    #expect(shown.session?.code == "S-014")
  }

  @Test("a certificate and one that is not there get one answer (R-020)")
  func certificates() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let strangers = try await Strangers(school)
    func answer() async -> Status? {
      await self.answer {
        var request = BitimV1.GetCertificateRequest()
        request.number = "2026-000001-16"
        _ = try await CertificateServiceClient(strangers.registrar).getCertificate(request)
      }
    }
    let before = await answer()
    #expect(try await cohort.certified().number == "2026-000001-16")
    #expect(await answer() == before)
    #expect(before?.reasons.map(\.reason) == ["CERTIFICATE_UNKNOWN"])
  }

  @Test("another's cohort is previewed by nobody, empty or not")
  func preview() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let strangers = try await Strangers(school)
    var request = BitimV1.PreviewIssueRequest()
    request.cohort = cohort.code
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await CertificateServiceClient(strangers.registrar).previewIssue(request)
    }
  }

  @Test("a call there is none of is answered as PROTOCOL.md says, octet for octet")
  func missing() throws {
    let school = try TestSchool()
    defer { school.close() }
    let steps = try #require(WorkedExchanges.connections(of: "Frames").first)
    let peer = try RawPeer(to: school.address)
    peer.send(steps[0].octets)
    let frame = try #require(peer.frame())
    #expect(frame.header.octets + frame.data == steps[1].octets)
    #expect(steps.count == 2)
  }
}
