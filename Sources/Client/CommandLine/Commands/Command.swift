/// The words of the first level.
enum Command: String, CaseIterable, Sendable {
  case enrol, hours, attest, why, history, issue, verify, person, cohort, session, certificate,
    edition, proposal, application, recognition, register, learning, practice, `case`, due, notices,
    report, list, publish,
    audit, key, login,
    logout, whoami,
    profiles,
    admin,
    completion, man

  /// Runs a command that needs no server; nil for one that does.
  func runHere(_ words: [String], _ start: Start) throws -> Desk.End? {
    switch self {
    case .list: try ListCommand.run(words, start.output())
    case .profiles: try ProfilesCommand.run(words, start.output(), used: start.usedProfile)
    case .completion: try CompletionCommand.run(words)
    case .man: try ManCommand.run(words, start.output())
    case .logout: try LogoutCommand.run(words, start.output(), used: start.usedProfile)
    case .verify:
      VerifyCommand.isOffline(words) ? try VerifyCommand.offline(words, start.output()) : nil
    case .enrol, .hours, .attest, .why, .history, .issue, .person, .cohort, .session, .certificate,
      .edition, .proposal, .application, .recognition, .register, .learning, .practice, .case, .due,
      .notices, .report, .publish,
      .audit, .key, .login,
      .whoami, .admin:
      nil
    }
  }

  /// Runs the command with the words behind it; one that needs no server has run here.
  func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let desk = desk.reading(for: self.purpose(words))
    return switch self {
    case .enrol: try await EnrolCommand.run(words, desk)
    case .hours: try await HoursCommand.run(words, desk)
    case .attest: try await AttestCommand.run(words, desk)
    case .why: try await WhyCommand.run(words, desk)
    case .history: try await HistoryCommand.run(words, desk)
    case .issue: try await IssueCommand.run(words, desk)
    case .verify: try await VerifyCommand.run(words, desk)
    case .person: try await PersonCommand.run(words, desk)
    case .cohort: try await CohortCommand.run(words, desk)
    case .session: try await SessionCommand.run(words, desk)
    case .certificate: try await CertificateCommand.run(words, desk)
    case .edition: try await EditionCommand.run(words, desk)
    case .proposal: try await ProposalCommand.run(words, desk)
    case .application: try await ApplicationCommand.run(words, desk)
    case .recognition: try await RecognitionCommand.run(words, desk)
    case .register: try await RegisterCommand.run(words, desk)
    case .learning: try await LearningCommand.run(words, desk)
    case .practice: try await PracticeCommand.run(words, desk)
    case .case: try await CaseCommand.run(words, desk)
    case .due: try await DueCommand.run(words, desk)
    case .notices: try await NoticesCommand.run(words, desk)
    case .report: try await ReportCommand.run(words, desk)
    case .publish: try await PublishCommand.run(words, desk)
    case .audit: try await AuditCommand.run(words, desk)
    case .key: try await KeyCommand.run(words, desk)
    case .login: try await LoginCommand.run(words, desk)
    case .whoami: try await WhoAmICommand.run(words, desk)
    case .list, .profiles, .logout, .completion, .man: .done
    case .admin: try await AdminCommand.run(words, desk)
    }
  }

  /// What `--help` shows.
  var help: Help {
    switch self {
    case .enrol: EnrolCommand.help
    case .hours: HoursCommand.help
    case .attest: AttestCommand.help
    case .why: WhyCommand.help
    case .history: HistoryCommand.help
    case .issue: IssueCommand.help
    case .verify: VerifyCommand.help
    case .person: PersonCommand.help
    case .cohort: CohortCommand.help
    case .session: SessionCommand.help
    case .certificate: CertificateCommand.help
    case .edition: EditionCommand.help
    case .proposal: ProposalCommand.help
    case .application: ApplicationCommand.help
    case .recognition: RecognitionCommand.help
    case .register: RegisterCommand.help
    case .learning: LearningCommand.help
    case .practice: PracticeCommand.help
    case .case: CaseCommand.help
    case .due: DueCommand.help
    case .notices: NoticesCommand.help
    case .report: ReportCommand.help
    case .publish: PublishCommand.help
    case .audit: AuditCommand.help
    case .key: KeyCommand.help
    case .list: ListCommand.help
    case .login: LoginCommand.help
    case .logout: LogoutCommand.help
    case .whoami: WhoAmICommand.help
    case .profiles: ProfilesCommand.help
    case .completion: CompletionCommand.help
    case .man: ManCommand.help
    case .admin: AdminCommand.help
    }
  }
}
