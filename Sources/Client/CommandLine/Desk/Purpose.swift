import BitimProtocol

/// What personal data is read for: the job says it, and `--purpose` says otherwise.
extension Desk {
  /// The purposes by their words, which are the same in every language: they are typed.
  static let purposes: [String: BitimV1.ReadPurpose] = [
    "enrolment": .enrolment, "attestation": .attestation, "certification": .certification,
    "correction": .correction, "complaint": .complaint, "audit": .audit,
    "subject_request": .subjectRequest, "legal_request": .legalRequest,
  ]

  /// The word of a purpose.
  static func word(_ purpose: BitimV1.ReadPurpose) -> String {
    Self.purposes.first { $0.value == purpose }?.key ?? ""
  }

  /// The same desk for a job that reads for a purpose.
  func reading(for purpose: BitimV1.ReadPurpose) -> Desk {
    var desk = self
    desk.purpose = purpose
    return desk
  }

  /// The same desk for the purpose that `--purpose` says, where it is given.
  func reading(_ arguments: Arguments) throws -> Desk {
    guard arguments["purpose"] != nil else { return self }
    return self.reading(for: try self.word(arguments, "purpose", Self.purposes))
  }
}

extension Command {
  /// What its job reads personal data for.
  func purpose(_ words: [String]) -> BitimV1.ReadPurpose {
    switch self {
    case .person: PersonCommand.purpose(words.first ?? "")
    case .enrol, .hours, .cohort, .application, .recognition, .edition, .proposal, .list, .login,
      .logout, .whoami, .profiles, .completion, .man:
      .enrolment
    case .attest, .session: .attestation
    case .why, .issue, .verify, .certificate, .register, .learning, .practice, .report, .publish,
      .key:
      .certification
    case .case: .complaint
    case .history, .due, .notices, .audit, .admin: .audit
    }
  }
}
