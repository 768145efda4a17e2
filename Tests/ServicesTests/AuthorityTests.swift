import BitimClient
import BitimDomain
import BitimProtocol
import BitimServices
import BitimTestSupport
import Testing

@Suite("Who may make which call")
struct AuthorityTests {
  private static let staff: [Role] = [
    .administrator, .registrar, .trainer, .examiner, .certifier, .auditor,
  ]

  /// Those, and who decides on cases.
  private static let everybody = Self.staff + [.arbiter]

  /// Every call of the registry and who may make it, said once more by hand.
  private static let audiences: [(call: String, audience: Authority.Audience)] = [
    ("AccessService/CreateToken", .roles([.administrator])),
    ("AccessService/GetCheckpoint", .anyToken),
    ("AccessService/GetHistory", .roles([.registrar, .certifier, .auditor])),
    ("AccessService/GetJournal", .roles([.administrator, .auditor])),
    ("AccessService/GrantRole", .roles([.administrator])),
    ("AccessService/ListAccess", .roles([.administrator, .auditor])),
    ("AccessService/ListActs", .roles([.auditor])),
    ("AccessService/ListReads", .roles([.auditor])),
    ("AccessService/RevokeToken", .roles([.administrator])),
    ("AccessService/WhoAmI", .anyToken),
    ("AccessService/WithdrawRole", .roles([.administrator])),
    ("AgreementService/AdoptAgreement", .roles([.administrator])),
    ("AgreementService/EndAgreement", .roles([.administrator])),
    ("AgreementService/ListAgreements", .roles([.administrator, .auditor, .certifier])),
    ("AttestationService/AdmitCandidate", .roles([.registrar])),
    ("AttestationService/AmendSession", .roles([.registrar])),
    ("AttestationService/AnnulResult", .roles([.arbiter, .certifier, .examiner])),
    ("AttestationService/CancelSession", .roles([.registrar])),
    ("AttestationService/ChangeSeat", .roles([.registrar])),
    ("AttestationService/ConfirmResults", .roles([.examiner, .invited])),
    ("AttestationService/CorrectResult", .roles([.examiner])),
    ("AttestationService/DeclareInterest", .roles([.examiner, .invited])),
    ("AttestationService/ExcuseAbsence", .roles([.registrar])),
    (
      "AttestationService/GetSession",
      .roles([.auditor, .certifier, .examiner, .invited, .registrar, .trainer])
    ),
    ("AttestationService/OpenSession", .roles([.registrar])),
    ("AttestationService/RecordResults", .roles([.examiner, .invited])),
    ("AttestationService/ReviewResults", .roles([.examiner, .invited])),
    ("AttestationService/WithdrawAnnulment", .roles([.certifier])),
    ("BackupService/FollowActs", .roles([.administrator])),
    ("BackupService/GetServerStatus", .roles([.administrator, .auditor])),
    ("BackupService/MakeBackup", .roles([.administrator])),
    ("CaseService/AppointArbiter", .roles([.administrator])),
    ("CaseService/DecideApplication", .roles([.registrar])),
    ("CaseService/DecideCase", .roles([.appointed, .arbiter])),
    ("CaseService/DecideRecognition", .roles([.registrar])),
    ("CaseService/GetCase", .roles(Set(everybody + [.appointed]))),
    ("CaseService/ListCases", .roles([.arbiter, .auditor, .certifier, .registrar])),
    ("CaseService/MoveCase", .roles([.appointed, .arbiter, .registrar])),
    ("CaseService/ReceiveCase", .roles([.arbiter, .registrar])),
    ("CaseService/ReceiveRecognition", .roles([.registrar])),
    ("CaseService/SubmitApplication", .roles([.registrar])),
    ("CertificateService/AdoptCertificates", .roles([.registrar])),
    (
      "CertificateService/ExplainEligibility",
      .roles([.certifier, .examiner, .registrar, .trainer])
    ),
    ("CertificateService/ExportCertificates", .roles([.auditor, .certifier, .registrar])),
    ("CertificateService/GetBundle", .anyone),
    ("CertificateService/GetCertificate", .roles([.certifier, .registrar])),
    ("CertificateService/GetCredential", .anyone),
    ("CertificateService/GetStatusLists", .roles([.certifier, .registrar])),
    ("CertificateService/IssueCertificates", .roles([.certifier, .registrar])),
    ("CertificateService/LetStand", .roles([.certifier])),
    ("CertificateService/ListCertificates", .roles([.auditor, .certifier, .registrar])),
    ("CertificateService/MakeDuplicate", .roles([.registrar])),
    ("CertificateService/PreviewIssue", .roles([.certifier, .registrar])),
    ("CertificateService/RefuseCertificate", .roles([.certifier])),
    ("CertificateService/ReinstateCertificate", .roles([.certifier])),
    ("CertificateService/ReplaceCertificate", .roles([.registrar])),
    ("CertificateService/RevokeCertificate", .roles([.certifier])),
    ("CertificateService/SuspendCertificate", .roles([.certifier])),
    ("CertificateService/VerifyAdopted", .anyone),
    ("CertificateService/VerifyCertificate", .anyone),
    ("CertificateService/VerifyCertificates", .roles([.certifier, .registrar, .verifier])),
    (
      "CertificateService/WatchCertificates",
      .roles([.auditor, .certifier, .registrar, .verifier])
    ),
    ("CertificateService/WithdrawMark", .roles([.certifier])),
    ("CertificateService/WithdrawRefusal", .roles([.certifier])),
    ("CohortService/AmendCohort", .roles([.registrar])),
    ("CohortService/AssignTrainer", .roles([.registrar])),
    ("CohortService/CancelClass", .roles([.registrar, .trainer])),
    ("CohortService/CancelCohort", .roles([.registrar])),
    ("CohortService/CorrectClass", .roles([.registrar, .trainer])),
    ("CohortService/CorrectHours", .roles([.registrar, .trainer])),
    ("CohortService/EndWaiting", .roles([.registrar])),
    ("CohortService/EnrolTrainees", .roles([.registrar])),
    ("CohortService/GetCohort", .roles(Set(staff))),
    ("CohortService/ImportTrainees", .roles([.registrar])),
    ("CohortService/ListClasses", .roles(Set(staff))),
    ("CohortService/ListCohorts", .roles(Set(staff))),
    ("CohortService/OfferPlace", .roles([.registrar])),
    ("CohortService/OpenCohort", .roles([.registrar])),
    ("CohortService/RecordHours", .roles([.registrar, .trainer])),
    ("CohortService/ReinstateTrainee", .roles([.registrar])),
    ("CohortService/RepinCohort", .roles([.registrar])),
    ("CohortService/ReplaceTrainer", .roles([.registrar])),
    ("CohortService/TransferTrainee", .roles([.registrar])),
    ("CohortService/UnassignTrainer", .roles([.registrar])),
    ("CohortService/UndoEnrolment", .roles([.registrar])),
    ("CohortService/WithdrawTrainee", .roles([.registrar])),
    (
      "DueService/ListDue",
      .roles([.administrator, .appointed, .arbiter, .certifier, .examiner, .invited, .registrar])
    ),
    ("KeyService/CertifyKey", .roles([.administrator])),
    ("KeyService/ListKeys", .anyToken),
    ("KeyService/RetireKey", .roles([.administrator])),
    ("LearningService/CheckLearning", .roles([.certifier, .registrar])),
    ("LearningService/EndLearning", .roles([.certifier, .registrar])),
    ("LearningService/ListLearning", .roles([.certifier, .registrar])),
    ("LearningService/ListPractice", .roles([.certifier, .registrar])),
    ("LearningService/RecordLearning", .roles([.registrar])),
    ("LearningService/RecordPractice", .roles([.registrar])),
    ("NoticeService/ListNotices", .roles([.administrator, .certifier, .registrar])),
    ("OrganisationService/ChangeOrganisation", .roles([.administrator])),
    ("OrganisationService/EndEntitlement", .roles([.administrator])),
    ("OrganisationService/GrantEntitlement", .roles([.administrator])),
    ("OrganisationService/ListOrganisations", .roles(Set(staff))),
    ("OrganisationService/RegisterOrganisations", .roles([.administrator])),
    ("OrganisationService/ResumeEntitlement", .roles([.administrator])),
    ("OrganisationService/SuspendEntitlement", .roles([.administrator])),
    ("PersonService/AddIdentifier", .roles([.registrar])),
    ("PersonService/BarPerson", .roles([.certifier, .registrar])),
    ("PersonService/CorrectIdentifier", .roles([.registrar])),
    ("PersonService/CorrectPerson", .roles([.registrar])),
    ("PersonService/DismissDouble", .roles([.registrar])),
    ("PersonService/EndBar", .roles([.certifier, .registrar])),
    ("PersonService/EndIdentifier", .roles([.registrar])),
    ("PersonService/FindPeople", .roles(Set(everybody))),
    ("PersonService/GetPerson", .roles([.certifier, .registrar])),
    ("PersonService/ListDoubles", .roles([.auditor, .certifier, .registrar])),
    ("PersonService/MergePeople", .roles([.registrar])),
    ("PersonService/RecordDeath", .roles([.registrar])),
    ("PersonService/RegisterPerson", .roles([.administrator, .registrar])),
    ("PersonService/RenamePerson", .roles([.registrar])),
    ("PersonService/SplitPeople", .roles([.registrar])),
    ("PersonService/WithdrawBar", .roles([.certifier, .registrar])),
    ("PersonService/WithdrawDeath", .roles([.registrar])),
    ("ProgrammeService/AdoptEdition", .roles([.registrar])),
    ("ProgrammeService/CloseEdition", .roles([.registrar])),
    ("ProgrammeService/DefineSpecialisation", .roles([.registrar])),
    ("ProgrammeService/ListProgrammes", .anyToken),
    ("ProposalService/Approve", .roles([.arbiter, .certifier, .registrar])),
    (
      "ProposalService/EndProposal",
      .roles([.administrator, .arbiter, .certifier, .examiner, .registrar])
    ),
    ("ProposalService/ListProposals", .roles([.administrator, .arbiter, .certifier, .registrar])),
    ("RegisterService/ApplyForEntry", .roles([.registrar])),
    ("RegisterService/CorrectEntry", .roles([.registrar])),
    ("RegisterService/EnterRegister", .roles([.certifier])),
    ("RegisterService/ExcludeEntry", .roles([.certifier])),
    ("RegisterService/GetEntry", .roles([.arbiter, .auditor, .certifier, .registrar])),
    ("RegisterService/ListEntries", .roles([.arbiter, .auditor, .certifier, .registrar])),
    ("RegisterService/RefuseEntry", .roles([.certifier])),
    ("RegisterService/SuspendEntry", .roles([.certifier])),
    ("ReportService/FileReport", .roles([.registrar])),
    ("ReportService/GetYearReport", .roles([.auditor, .certifier, .registrar])),
    ("SettingService/ChangeSetting", .roles([.administrator])),
    ("SettingService/ListSettings", .anyToken),
  ]

  @Test("every call that is served has an audience, and the table says exactly this")
  func table() throws {
    let school = try TestSchool()
    defer { school.close() }
    let pinned = Self.audiences
    #expect(school.methods.map(\.path) == pinned.map { "bitim.v1.\($0.call)" })
    for (method, pinned) in zip(school.methods, pinned) {
      #expect(Authority.audience(of: method) == pinned.audience, "\(method.path)")
    }
  }

  @Test("a call answers NOT_AUTHENTICATED to strangers, NOT_ALLOWED to each role it is not for")
  func asked() async throws {
    let school = try TestSchool()
    defer { school.close() }
    var clients: [Role: BitimClient] = [
      .administrator: school.administrator,
      .verifier: try await school.token(0, [.verifier], in: "SCHOOL"),
    ]
    let cohort = try await TestCohort(school)
    try await cohort.session("S-014")
    clients[.invited] = try await cohort.invite(to: "S-014", insteadOf: cohort.memberID).client
    clients[.appointed] = try await cohort.appoint().client
    for role in Self.everybody where role != .administrator {
      let person = try await school.person("Serik", "Aliya")
      clients[role] = try await school.client(person, [.init(rawValue: role.number)])
    }
    #expect(Set(clients.keys) == Set(Role.allCases))
    for (method, pinned) in zip(school.methods, Self.audiences) {
      let roles: Set<Role>
      switch pinned.audience {
      case .anyone: continue
      case .anyToken: roles = Set(Role.allCases)
      case .roles(let allowed): roles = allowed
      }
      #expect(
        await Self.answer(method, school.stranger) == "UNAUTHENTICATED NOT_AUTHENTICATED",
        "\(method.path)")
      for role in Role.allCases where !roles.contains(role) {
        let client = try #require(clients[role])
        #expect(
          await Self.answer(method, client) == "PERMISSION_DENIED NOT_ALLOWED",
          "\(method.path), asked as \(role)")
      }
    }
  }

  /// Code and reasons of the refusal of a call, or what came instead.
  private static func answer(_ method: MethodDescriptor, _ client: BitimClient) async -> String {
    do throws(CallFailure) {
      try await Self.call(method, client)
      return "done"
    } catch {
      guard let status = error.status else { return "\(error)" }
      return ([status.code.name] + status.reasons.map(\.reason)).joined(separator: " ")
    }
  }

  /// Makes a call with empty messages, whatever its shape: who asks comes before what is asked.
  private static func call(
    _ method: MethodDescriptor, _ client: BitimClient
  ) async throws(CallFailure) {
    typealias Empty = GoogleProtobuf.Empty
    let call = Method<Empty, Empty>(method)
    let options = CallOptions(timeout: .seconds(20))
    switch method.shape {
    case .unary: _ = try await client.exchange(method, [], options)
    case .serverStream: _ = try await client.stream(call, Empty(), options).next()
    case .clientStream: _ = try await client.upload(call, options).finish()
    case .bidirectional: _ = try await client.converse(call, options).answers.next()
    }
  }
}
