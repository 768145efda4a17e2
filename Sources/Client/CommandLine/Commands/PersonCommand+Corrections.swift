import BitimClient
import BitimProtocol

/// `bitim person add-identifier`, `end-identifier`, `correct-identifier`, `correct`.
extension PersonCommand {
  /// Why what is known of a person is corrected, and the paper that shows it.
  private static let groundOptions: Set<String> = [
    "reason", "evidence", "evidence-number", "seen-by", "seen-on",
  ]

  /// A number, and whom it may be taken for and is not.
  private static let claimOptions = Set(
    (PersonFields.identifierColumns + PersonFields.distinctColumns).map {
      $0.replacing("_", with: "-")
    })

  static func addIdentifier(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: Self.groundOptions.union(Self.claimOptions))
    try arguments.atMost(1)
    var request = BitimV1.AddIdentifierRequest()
    guard let identifier = try Self.claimed(arguments) else {
      throw Arguments.Fault(text: .usageOneOf, arguments: ["list": Self.claims])
    }
    request.identifier = identifier
    request.distinctFrom = PersonFields.numbers(arguments["distinct-from"] ?? "")
    request.distinctEvidence = arguments["distinct-evidence"] ?? ""
    (request.reason, request.evidence) = try Self.ground(arguments, desk)
    let person = try await desk.person(arguments.position(0, "NAME"))
    request.personId = person.id
    let done = try await PersonServiceClient(desk.client).addIdentifier(request)
    if done.proposal != 0 { return desk.end(of: person.displayId, proposedAs: done.proposal) }
    desk.output.note(
      .identifierAdded, ["number": person.displayId, "identifier": identifier.line])
    return .done
  }

  static func endIdentifier(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: Self.groundOptions.union(["identifier", "last-day"]))
    try arguments.atMost(1)
    var request = BitimV1.EndIdentifierRequest()
    let number = try arguments.required("identifier")
    request.lastDay = Sheet.iso(arguments["last-day"] ?? "")
    (request.reason, request.evidence) = try Self.ground(arguments, desk)
    let person = try await desk.person(arguments.position(0, "NAME"))
    request.personId = person.id
    request.identifier = try await Self.known(number, of: person, desk)
    let done = try await PersonServiceClient(desk.client).endIdentifier(request)
    if done.proposal != 0 { return desk.end(of: person.displayId, proposedAs: done.proposal) }
    let ended = done.person?.endedIdentifiers.last { $0.identifier == request.identifier }
    desk.output.note(
      .identifierEnded,
      [
        "number": person.displayId, "identifier": request.identifier?.line ?? "",
        "day": ended?.lastDay ?? request.lastDay,
      ])
    return .done
  }

  static func correctIdentifier(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: Self.groundOptions.union(Self.claimOptions).union(["identifier"]))
    try arguments.atMost(1)
    var request = BitimV1.CorrectIdentifierRequest()
    let number = try arguments.required("identifier")
    request.right = try Self.claimed(arguments)
    request.distinctFrom = PersonFields.numbers(arguments["distinct-from"] ?? "")
    request.distinctEvidence = arguments["distinct-evidence"] ?? ""
    (request.reason, request.evidence) = try Self.ground(arguments, desk)
    let person = try await desk.person(arguments.position(0, "NAME"))
    request.personId = person.id
    request.wrong = try await Self.known(number, of: person, desk, ended: true)
    let done = try await PersonServiceClient(desk.client).correctIdentifier(request)
    if done.proposal != 0 { return desk.end(of: person.displayId, proposedAs: done.proposal) }
    desk.output.note(
      .identifierCorrected,
      [
        "number": person.displayId, "before": request.wrong?.line ?? "",
        "after": request.right?.line ?? "–",
      ])
    return .done
  }

  static func correct(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: Self.groundOptions.union(["birth-date", "education"]))
    try arguments.atMost(1)
    var request = BitimV1.CorrectPersonRequest()
    guard arguments["birth-date"] != nil || arguments["education"] != nil else {
      throw Arguments.Fault(
        text: .usageWordNeeded, arguments: ["what": "--birth-date | --education"])
    }
    request.birthDate = Sheet.iso(arguments["birth-date"] ?? "")
    if arguments["education"] != nil {
      request.education = try desk.word(arguments, "education", PersonFields.educations)
    }
    (request.reason, request.evidence) = try Self.ground(arguments, desk)
    let person = try await desk.person(arguments.position(0, "NAME"))
    request.personId = person.id
    let done = try await PersonServiceClient(desk.client).correctPerson(request)
    if done.proposal != 0 { return desk.end(of: person.displayId, proposedAs: done.proposal) }
    desk.output.note(
      .personCorrected,
      [
        "number": person.displayId, "born": done.person?.birthDate ?? "",
        "education": desk.education(done.person?.education),
      ])
    return .done
  }

  private static let claims = "--iin | --document-number"

  /// The one number that options name; nil where they name none.
  private static func claimed(_ arguments: Arguments) throws -> BitimV1.Identifier? {
    let identifiers = PersonFields.identifiers { column in
      arguments[column.replacing("_", with: "-")] ?? ""
    }
    guard identifiers.count <= 1 else {
      throw Arguments.Fault(text: .usageOneOf, arguments: ["list": Self.claims])
    }
    return identifiers.first
  }

  private static func ground(
    _ arguments: Arguments, _ desk: Desk
  ) throws -> (BitimV1.CorrectionReason, BitimV1.Evidence) {
    var evidence = BitimV1.Evidence()
    evidence.document = try arguments.required("evidence")
    evidence.number = try arguments.required("evidence-number")
    evidence.seenBy = try arguments.required("seen-by")
    evidence.seenOn = Sheet.iso(try arguments.required("seen-on"))
    return (try desk.word(arguments, "reason", BitimV1.CorrectionReason.words), evidence)
  }

  /// The number of a person that is `typed`: the number alone, or as `bitim person show` has it.
  ///
  /// - Parameter ended: Whether it may be one that has ended.
  private static func known(
    _ typed: String, of person: BitimV1.PersonLine, _ desk: Desk, ended: Bool = false
  ) async throws -> BitimV1.Identifier {
    var request = BitimV1.GetPersonRequest()
    request.personId = person.id
    request.purpose = desk.purpose
    let file = try await PersonServiceClient(desk.client).getPerson(request).person
    let before = ended ? file?.endedIdentifiers.compactMap(\.identifier) ?? [] : []
    let known = (file?.identifiers ?? []) + before
    if let shown = known.first(where: { $0.line == typed }) { return shown }
    func reduced(_ text: String) -> String {
      text.uppercased().filter { $0.isLetter || $0.isNumber }
    }
    let meant = known.filter { reduced($0.number) == reduced(typed) }
    guard let only = meant.first else {
      Output.complain(desk.words("IDENTIFIER_UNKNOWN", ["value": typed], place: true))
      throw Desk.End.refused
    }
    guard meant.count == 1 else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: [
          "option": "--identifier", "value": typed,
          "list": meant.map(\.line).joined(separator: ", "),
        ])
    }
    return only
  }
}

extension BitimV1.CorrectionReason {
  /// The words of why.
  static let words: [String: BitimV1.CorrectionReason] = [
    "typing_error": .typingError, "document_renewed": .documentRenewed,
    "document_lost": .documentLost, "court": .court, "marriage": .marriage,
    "divorce": .divorce, "own_wish": .ownWish, "spelling": .spelling,
    "education_completed": .educationCompleted,
  ]
}

extension BitimV1.Identifier {
  /// A number in one line, with the country and the type of a document.
  var line: String {
    [self.country, self.documentType, self.number].filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
