import BitimClient
import BitimDomain
import BitimProtocol
import BitimServices
import BitimTestSupport
import Testing

@Suite("A centre and what is another's (R-020)")
struct ForeignTests {
  /// Calls that say nothing of a person, cohort, session or certificate that is another's: of oneself,
  /// of what is public, of the own organisation alone, or by a paper.
  private static let open: Set<String> = [
    "AccessService/GetCheckpoint", "AccessService/WhoAmI", "CertificateService/GetBundle",
    "CertificateService/GetCredential", "CertificateService/VerifyAdopted",
    "CertificateService/VerifyCertificate",
    "CertificateService/VerifyCertificates", "CertificateService/WatchCertificates",
    "CaseService/ListCases",
    "CohortService/ListCohorts", "DueService/ListDue", "KeyService/ListKeys",
    "OrganisationService/ListOrganisations",
    "PersonService/FindPeople", "PersonService/RegisterPerson", "ProgrammeService/ListProgrammes",
    "ProposalService/ListProposals", "ReportService/GetYearReport", "SettingService/ListSettings",
  ]

  /// What may be said of what is another's: that it is, or that there is no such thing.
  private static let answers: Set<String> = [
    "NOT_YOUR_ORGANISATION", "COHORT_UNKNOWN", "SESSION_UNKNOWN", "PERSON_UNKNOWN",
    "CERTIFICATE_UNKNOWN", "CASE_UNKNOWN", "LEARNING_UNKNOWN",
  ]

  /// The calls that centres' people may make on what is another's, each tried on the story's.
  private static func calls(
    _ story: Story, _ client: BitimClient
  ) -> [String: () async throws -> [BitimV1.RowOutcome]] {
    let sessions = AttestationServiceClient(client)
    let certificates = CertificateServiceClient(client)
    let cohorts = CohortServiceClient(client)
    let people = PersonServiceClient(client)
    let proposals = ProposalServiceClient(client)
    let programmes = ProgrammeServiceClient(client)
    let cases = CaseServiceClient(client)
    let register = RegisterServiceClient(client)
    let learning = LearningServiceClient(client)
    let (person, code) = (story.trainees[0], story.cohort.code)
    let evidence = Story.evidence
    var known = BitimV1.Identifier()
    known.kind = .iin
    known.number = Story.people[0].3
    return [
      "AccessService/GetHistory": {
        var request = BitimV1.GetHistoryRequest()
        request.purpose = .audit
        request.of = .session("S-014")
        _ = try await AccessServiceClient(client).getHistory(request)
        return []
      },
      "AttestationService/AmendSession": {
        var request = BitimV1.AmendSessionRequest()
        (request.session, request.heldOn, request.why) = ("S-014", "2026-03-27", "a letter")
        _ = try await sessions.amendSession(request)
        return []
      },
      "AttestationService/CancelSession": {
        var request = BitimV1.CancelSessionRequest()
        (request.session, request.why) = ("S-014", "a letter")
        _ = try await sessions.cancelSession(request)
        return []
      },
      "AttestationService/ChangeSeat": {
        var request = BitimV1.ChangeSeatRequest()
        (request.session, request.why) = ("S-014", "a letter")
        (request.goes, request.comes) = (story.cohort.chairID, story.cohort.memberID)
        _ = try await sessions.changeSeat(request)
        return []
      },
      "AttestationService/AnnulResult": {
        var request = BitimV1.AnnulResultRequest()
        request.session = "S-014"
        request.personId = story.trainees[2]
        request.reason = "procedure"
        _ = try await sessions.annulResult(request)
        return []
      },
      "AttestationService/ConfirmResults": {
        var request = BitimV1.ConfirmResultsRequest()
        request.session = "S-014"
        _ = try await sessions.confirmResults(request)
        return []
      },
      "AttestationService/CorrectResult": {
        var request = BitimV1.CorrectResultRequest()
        request.session = "S-014"
        request.personId = person
        _ = try await sessions.correctResult(request)
        return []
      },
      "AttestationService/ExcuseAbsence": {
        var request = BitimV1.ExcuseAbsenceRequest()
        (request.session, request.personId, request.paper) = ("S-012", person, "a letter")
        request.datedOn = "2026-03-18"
        _ = try await sessions.excuseAbsence(request)
        return []
      },
      "AttestationService/GetSession": {
        var request = BitimV1.GetSessionRequest()
        request.code = "S-014"
        _ = try await sessions.getSession(request)
        return []
      },
      "AttestationService/OpenSession": {
        var request = BitimV1.OpenSessionRequest()
        request.session = .init()
        request.session?.code = "S-015"
        request.session?.cohort = code
        request.session?.heldOn = "2026-11-22"
        request.session?.protocolNumber = "№ 13"
        _ = try await sessions.openSession(request)
        return []
      },
      "AttestationService/RecordResults": {
        try await story.cohort.result(Story.people[0].3, [80, 75, 90], in: "S-014", by: client).rows
      },
      "AttestationService/AdmitCandidate": {
        var request = BitimV1.AdmitCandidateRequest()
        request.session = "S-014"
        _ = try await sessions.admitCandidate(request)
        return []
      },
      "AttestationService/DeclareInterest": {
        var request = BitimV1.DeclareInterestRequest()
        request.session = "S-014"
        _ = try await sessions.declareInterest(request)
        return []
      },
      "AttestationService/ReviewResults": {
        var request = BitimV1.ReviewResultsRequest()
        request.session = "S-014"
        _ = try await sessions.reviewResults(request)
        return []
      },
      "CaseService/GetCase": {
        var request = BitimV1.GetCaseRequest()
        request.act = story.appeal
        _ = try await cases.getCase(request)
        return []
      },
      "CaseService/DecideApplication": {
        var request = BitimV1.DecideApplicationRequest()
        (request.act, request.outcome, request.reasons) = (story.application, .refused, ["x"])
        _ = try await cases.decideApplication(request)
        return []
      },
      "CaseService/DecideRecognition": {
        var request = BitimV1.DecideRecognitionRequest()
        (request.act, request.outcome, request.reasons) = (story.recognition, .refused, ["x"])
        _ = try await cases.decideRecognition(request)
        return []
      },
      "CaseService/ReceiveRecognition": {
        _ = try await cases.receiveRecognition(Story.recognition(of: person))
        return []
      },
      "RegisterService/ApplyForEntry": {
        _ = try await register.applyForEntry(Story.application(of: person))
        return []
      },
      "RegisterService/CorrectEntry": {
        var request = BitimV1.CorrectEntryRequest()
        (request.number, request.why) = ("M-2026-1", "x")
        _ = try await register.correctEntry(request)
        return []
      },
      "RegisterService/GetEntry": {
        var request = BitimV1.GetEntryRequest()
        request.number = "M-2026-1"
        _ = try await register.getEntry(request)
        return []
      },
      "ReportService/FileReport": {
        var request = BitimV1.FileReportRequest()
        request.year = 2026
        _ = try await ReportServiceClient(client).fileReport(request)
        return []
      },
      "RegisterService/ListEntries": {
        _ = try await register.listEntries(.init())
        return []
      },
      "LearningService/CheckLearning": {
        var request = BitimV1.CheckLearningRequest()
        request.act = story.learning
        _ = try await learning.checkLearning(request)
        return []
      },
      "LearningService/EndLearning": {
        var request = BitimV1.EndLearningRequest()
        (request.act, request.why) = (story.learning, "x")
        _ = try await learning.endLearning(request)
        return []
      },
      "LearningService/ListLearning": {
        var request = BitimV1.ListLearningRequest()
        request.personId = person
        _ = try await learning.listLearning(request)
        return []
      },
      "LearningService/ListPractice": {
        var request = BitimV1.ListPracticeRequest()
        request.personId = person
        _ = try await learning.listPractice(request)
        return []
      },
      "LearningService/RecordLearning": {
        _ = try await learning.recordLearning(Story.learning(of: person))
        return []
      },
      "LearningService/RecordPractice": {
        var request = BitimV1.RecordPracticeRequest()
        request.personId = person
        _ = try await learning.recordPractice(request)
        return []
      },
      "NoticeService/ListNotices": {
        _ = try await NoticeServiceClient(client).listNotices(.init())
        return []
      },
      "CaseService/SubmitApplication": {
        var request = BitimV1.SubmitApplicationRequest()
        (request.personId, request.organisation, request.programme) = (person, "ALA-01", 2)
        (request.consentVersion, request.papers) = ("2026-01", [CaseScene.paper])
        _ = try await cases.submitApplication(request)
        return []
      },
      "CaseService/MoveCase": {
        var request = BitimV1.MoveCaseRequest()
        (request.act, request.step) = (story.appeal, .acknowledged)
        _ = try await cases.moveCase(request)
        return []
      },
      "CaseService/ReceiveCase": {
        var request = BitimV1.ReceiveCaseRequest()
        (request.kind, request.personId, request.grounds) = (.complaint, person, ["a letter"])
        _ = try await cases.receiveCase(request)
        return []
      },
      "CertificateService/AdoptCertificates": {
        var request = BitimV1.AdoptCertificatesRequest()
        request.rows = [.init()]
        return try await certificates.adoptCertificates(request).rows
      },
      "CertificateService/MakeDuplicate": {
        var request = BitimV1.MakeDuplicateRequest()
        request.number = story.issued[0].number
        request.reason = .lost
        _ = try await certificates.makeDuplicate(request)
        return []
      },
      "CertificateService/ReplaceCertificate": {
        var request = BitimV1.ReplaceCertificateRequest()
        request.number = story.issued[0].number
        request.reason = .correction
        request.evidence = "a letter"
        _ = try await certificates.replaceCertificate(request)
        return []
      },
      "CertificateService/ExplainEligibility": {
        var request = BitimV1.ExplainEligibilityRequest()
        request.personId = person
        request.target = .init()
        request.target?.kind = .school
        _ = try await certificates.explainEligibility(request)
        return []
      },
      "CertificateService/ExportCertificates": {
        _ = try await certificates.exportCertificates(.init()).next()
        return []
      },
      "CertificateService/GetCertificate": {
        var request = BitimV1.GetCertificateRequest()
        request.number = story.issued[0].number
        _ = try await certificates.getCertificate(request)
        return []
      },
      "CertificateService/GetStatusLists": {
        var request = BitimV1.GetStatusListsRequest()
        request.year = 2026
        _ = try await certificates.getStatusLists(request)
        return []
      },
      "CertificateService/ListCertificates": {
        _ = try await certificates.listCertificates(.init())
        return []
      },
      "CertificateService/IssueCertificates": {
        var request = BitimV1.IssueCertificatesRequest()
        request.cohort = code
        _ = try await certificates.issueCertificates(request)
        return []
      },
      "CertificateService/PreviewIssue": {
        var request = BitimV1.PreviewIssueRequest()
        request.cohort = code
        _ = try await certificates.previewIssue(request)
        return []
      },
      "CohortService/RepinCohort": {
        var request = BitimV1.RepinCohortRequest()
        (request.code, request.edition, request.why) = (code, "school", "a letter")
        _ = try await cohorts.repinCohort(request)
        return []
      },
      "CohortService/ReplaceTrainer": {
        var request = BitimV1.ReplaceTrainerRequest()
        request.comes = .init()
        request.comes?.cohort = code
        request.comes?.personId = story.cohort.memberID
        (request.goes, request.why) = (story.cohort.trainerID, "a letter")
        _ = try await cohorts.replaceTrainer(request)
        return []
      },
      "CohortService/UnassignTrainer": {
        var request = BitimV1.UnassignTrainerRequest()
        (request.cohort, request.why) = (code, "a letter")
        request.personId = story.cohort.trainerID
        _ = try await cohorts.unassignTrainer(request)
        return []
      },
      "CohortService/AssignTrainer": {
        var request = BitimV1.AssignTrainerRequest()
        request.cohort = code
        request.personId = story.cohort.memberID
        request.evidence = "a letter"
        _ = try await cohorts.assignTrainer(request)
        return []
      },
      "CohortService/AmendCohort": {
        var request = BitimV1.AmendCohortRequest()
        (request.code, request.endsOn, request.why) = (code, "2026-04-30", "a letter")
        _ = try await cohorts.amendCohort(request)
        return []
      },
      "CohortService/CancelCohort": {
        var request = BitimV1.CancelCohortRequest()
        (request.code, request.why) = (code, "a letter")
        _ = try await cohorts.cancelCohort(request)
        return []
      },
      "CohortService/CorrectClass": {
        var request = BitimV1.CorrectClassRequest()
        (request.cohort, request.heldOn, request.startsAt) = (code, "2026-02-03", "09:00")
        (request.newStartsAt, request.reason, request.evidence) = ("10:00", .dispute, "a letter")
        _ = try await cohorts.correctClass(request)
        return []
      },
      "CohortService/CancelClass": {
        var request = BitimV1.CancelClassRequest()
        (request.cohort, request.heldOn, request.startsAt) = (code, "2026-02-03", "09:00")
        (request.reason, request.evidence) = (.dispute, "a letter")
        _ = try await cohorts.cancelClass(request)
        return []
      },
      "CohortService/CorrectHours": {
        var request = BitimV1.CorrectHoursRequest()
        request.cohort = code
        request.personId = person
        request.heldOn = "2026-02-03"
        request.startsAt = "09:00"
        request.reason = .dispute
        request.evidence = "a letter"
        _ = try await cohorts.correctHours(request)
        return []
      },
      "CohortService/ReinstateTrainee": {
        var request = BitimV1.ReinstateTraineeRequest()
        request.cohort = code
        request.personId = person
        request.why = "a letter"
        _ = try await cohorts.reinstateTrainee(request)
        return []
      },
      "CohortService/TransferTrainee": {
        var request = BitimV1.TransferTraineeRequest()
        request.cohort = code
        request.personId = person
        request.to = code
        request.why = "a letter"
        _ = try await cohorts.transferTrainee(request)
        return []
      },
      "CohortService/UndoEnrolment": {
        var request = BitimV1.UndoEnrolmentRequest()
        request.cohort = code
        request.personId = person
        request.why = "an error"
        _ = try await cohorts.undoEnrolment(request)
        return []
      },
      "CohortService/WithdrawTrainee": {
        var request = BitimV1.WithdrawTraineeRequest()
        request.cohort = code
        request.personId = person
        request.reason = .illness
        _ = try await cohorts.withdrawTrainee(request)
        return []
      },
      "CohortService/OfferPlace": {
        var request = BitimV1.OfferPlaceRequest()
        (request.cohort, request.personId) = (code, person)
        _ = try await cohorts.offerPlace(request)
        return []
      },
      "CohortService/EndWaiting": {
        var request = BitimV1.EndWaitingRequest()
        (request.cohort, request.personId, request.why) = (code, person, "a letter")
        _ = try await cohorts.endWaiting(request)
        return []
      },
      "CohortService/EnrolTrainees": {
        var request = BitimV1.EnrolTraineesRequest()
        request.rows = [TestCohort.row(1, iin: "880706400026")]
        request.enrolledOn = "2026-02-02"
        return try await cohorts.enrolTrainees(request).rows
      },
      "CohortService/ListClasses": {
        var request = BitimV1.ListClassesRequest()
        request.cohort = code
        _ = try await cohorts.listClasses(request)
        return []
      },
      "CohortService/GetCohort": {
        var request = BitimV1.GetCohortRequest()
        request.code = code
        _ = try await cohorts.getCohort(request)
        return []
      },
      "CohortService/ImportTrainees": {
        let list = try await cohorts.importTrainees(
          options: .init(timeout: nil, idempotencyKey: "foreign"))
        var portion = BitimV1.ImportTraineesRequest()
        portion.rows = [TestCohort.row(1, iin: "880706400026")]
        portion.enrolledOn = "2026-02-02"
        try await list.send(portion)
        list.finishSending()
        var rows: [BitimV1.RowOutcome] = []
        while let answer = try await list.answers.next() { rows += answer.rows }
        return rows
      },
      "CohortService/OpenCohort": {
        var request = BitimV1.OpenCohortRequest()
        request.cohort = TestCohort.cohort("P1-ALA-02")
        _ = try await cohorts.openCohort(request)
        return []
      },
      "CohortService/RecordHours": {
        var row = BitimV1.HoursRow()
        row.line = 1
        row.cohort = code
        row.heldOn = "2026-03-03"
        row.startsAt = "09:00"
        row.theoryQuarters = 4
        var request = BitimV1.RecordHoursRequest()
        request.rows = [row]
        return try await cohorts.recordHours(request).rows
      },
      "PersonService/BarPerson": {
        var request = BitimV1.BarPersonRequest()
        request.personId = person
        request.bar = .init()
        request.bar?.kind = .conviction
        request.bar?.validFrom = "2026-11-01"
        request.bar?.document = "an order"
        _ = try await people.barPerson(request)
        return []
      },
      "PersonService/AddIdentifier": {
        var request = BitimV1.AddIdentifierRequest()
        request.personId = person
        request.identifier = .init()
        request.identifier?.kind = .iin
        request.identifier?.number = "850505300011"
        request.reason = .typingError
        request.evidence = evidence
        _ = try await people.addIdentifier(request)
        return []
      },
      "PersonService/EndIdentifier": {
        var request = BitimV1.EndIdentifierRequest()
        request.personId = person
        request.identifier = known
        request.reason = .court
        request.evidence = evidence
        _ = try await people.endIdentifier(request)
        return []
      },
      "PersonService/CorrectIdentifier": {
        var request = BitimV1.CorrectIdentifierRequest()
        request.personId = person
        request.wrong = known
        request.right = known
        request.right?.number = "850505300011"
        request.reason = .typingError
        request.evidence = evidence
        _ = try await people.correctIdentifier(request)
        return []
      },
      "PersonService/CorrectPerson": {
        var request = BitimV1.CorrectPersonRequest()
        request.personId = person
        request.birthDate = "1991-12-30"
        request.reason = .typingError
        request.evidence = evidence
        _ = try await people.correctPerson(request)
        return []
      },
      "PersonService/DismissDouble": {
        var request = BitimV1.DismissDoubleRequest()
        request.personId = person
        request.otherId = story.trainees[1]
        request.evidence = "two passports"
        _ = try await people.dismissDouble(request)
        return []
      },
      "PersonService/ListDoubles": {
        _ = try await people.listDoubles(.init())
        return []
      },
      "PersonService/MergePeople": {
        var request = BitimV1.MergePeopleRequest()
        request.personId = person
        request.otherId = story.trainees[1]
        request.document = "an identity card"
        _ = try await people.mergePeople(request)
        return []
      },
      "PersonService/SplitPeople": {
        var request = BitimV1.SplitPeopleRequest()
        request.personId = person
        request.otherId = story.trainees[1]
        request.how = .inError
        request.document = "an identity card"
        _ = try await people.splitPeople(request)
        return []
      },
      "PersonService/EndBar": {
        var request = BitimV1.EndBarRequest()
        request.personId = person
        request.act = 1
        request.lastDay = "2026-11-01"
        _ = try await people.endBar(request)
        return []
      },
      "PersonService/WithdrawBar": {
        var request = BitimV1.WithdrawBarRequest()
        request.personId = person
        request.act = 1
        request.reason = "an error"
        _ = try await people.withdrawBar(request)
        return []
      },
      "PersonService/RecordDeath": {
        var request = BitimV1.RecordDeathRequest()
        request.personId = person
        request.diedOn = "2026-11-01"
        request.document = "a certificate"
        _ = try await people.recordDeath(request)
        return []
      },
      "PersonService/WithdrawDeath": {
        var request = BitimV1.WithdrawDeathRequest()
        request.personId = person
        request.reason = "an error"
        _ = try await people.withdrawDeath(request)
        return []
      },
      "ProposalService/Approve": {
        var request = BitimV1.ApproveRequest()
        request.act = 1
        request.shownDigest = "0"
        _ = try await proposals.approve(request)
        return []
      },
      "ProgrammeService/AdoptEdition": {
        _ = try await programmes.adoptEdition(.init())
        return []
      },
      "ProgrammeService/CloseEdition": {
        _ = try await programmes.closeEdition(.init())
        return []
      },
      "ProgrammeService/DefineSpecialisation": {
        _ = try await programmes.defineSpecialisation(.init())
        return []
      },
      "ProposalService/EndProposal": {
        var request = BitimV1.EndProposalRequest()
        request.act = 1
        request.reason = "an error"
        _ = try await proposals.endProposal(request)
        return []
      },
      "PersonService/GetPerson": {
        var request = BitimV1.GetPersonRequest()
        request.purpose = .enrolment
        request.personId = person
        _ = try await people.getPerson(request)
        return []
      },
      "PersonService/RenamePerson": {
        var request = BitimV1.RenamePersonRequest()
        request.personId = person
        request.names = .latin("Ivanova", "Aigerim")
        request.reason = "marriage"
        _ = try await people.renamePerson(request)
        return []
      },
    ]
  }

  @Test("every call of a centre's people on what is another's is refused, and nothing is recorded")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    try await school.centre("AST-02")
    let roles: [BitimV1.Role] = [.registrar, .trainer, .examiner]
    // One with all three: what is refused is refused for the organisation, not for the role.
    let client = try await school.client(
      school.person("Foreign", "Registrar"), roles, in: "AST-02")
    let ofCentres: Set<Role> = [.registrar, .trainer, .examiner]
    let asked = school.methods.filter { method in
      switch Authority.audience(of: method) {
      case .anyone, .anyToken: true
      case .roles(let roles): !roles.isDisjoint(with: ofCentres)
      case nil: false
      }
    }.map { String($0.path.dropFirst("bitim.v1.".count)) }
    let calls = Self.calls(story, client)
    #expect(Set(asked).subtracting(Self.open) == Set(calls.keys))
    #expect(Self.open.isSubset(of: asked))
    let access = AccessServiceClient(school.administrator)
    let before = try await access.getJournal(.init()).size
    for (name, call) in calls.sorted(by: { $0.key < $1.key }) {
      do {
        let rows = try await call()
        #expect(!rows.isEmpty, "\(name) was not refused")
        for row in rows {
          #expect(row.personId == 0, "\(name)")
          #expect(row.verdict == .refused, "\(name)")
          let reasons = row.findings.map(\.reason)
          #expect(!reasons.isEmpty && Self.answers.isSuperset(of: reasons), "\(name): \(reasons)")
        }
      } catch let failure as CallFailure {
        let reasons = failure.status?.reasons.map(\.reason) ?? []
        #expect(!reasons.isEmpty && Self.answers.isSuperset(of: reasons), "\(name): \(failure)")
      }
    }
    // A refusal of separation or of a seat is an act of its own; nothing else was recorded.
    var look = BitimV1.GetJournalRequest()
    look.entries = 10
    let journal = try await access.getJournal(look)
    for entry in journal.entries.suffix(Int(journal.size - before)) {
      #expect(entry.contains("refused"), "\(entry)")
    }
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    for query in [Story.people[0].0, Story.people[0].3] {
      find.query = query
      #expect(try await PersonServiceClient(client).findPeople(find).people == [])
    }
    #expect(try await CohortServiceClient(client).listCohorts(.init()).cohorts == [])
    #expect(try await DueServiceClient(client).listDue(.init()).items == [])
  }
}
