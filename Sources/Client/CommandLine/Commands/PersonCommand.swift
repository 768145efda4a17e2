import BitimClient
import BitimProtocol

/// `bitim person`: find, show, add, rename, correct; bar, end a bar, propose to withdraw one; record a death; merge,
/// split, tell doubles apart.
enum PersonCommand {
  static let help = Help(
    summary: .helpPerson, usage: .helpPersonUsage,
    examples: [
      "bitim person find өте", "bitim person show 'Өтегенова Ұлжан'",
      "bitim person rename P-7-93 --surname-kk Әбілова --given-kk Ұлжан --reason неке",
    ], lists: .helpListsOfRows)

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let verb = words.first ?? ""
    let rest = Array(words.dropFirst())
    switch verb {
    case "find": return try await Self.find(rest, desk)
    case "show": return try await Self.show(rest, desk)
    case "add": return try await Self.add(rest, desk)
    case "rename": return try await Self.rename(rest, desk)
    case "add-identifier": return try await Self.addIdentifier(rest, desk)
    case "end-identifier": return try await Self.endIdentifier(rest, desk)
    case "correct-identifier": return try await Self.correctIdentifier(rest, desk)
    case "correct": return try await Self.correct(rest, desk)
    case "bar": return try await Self.bar(rest, desk)
    case "end-bar": return try await Self.endBar(rest, desk)
    case "withdraw-bar": return try await Self.withdrawBar(rest, desk)
    case "death": return try await Self.death(rest, desk)
    case "withdraw-death": return try await Self.withdrawDeath(rest, desk)
    case "merge": return try await Self.merge(rest, desk)
    case "split": return try await Self.split(rest, desk)
    case "doubles": return try await Self.doubles(rest, desk)
    case "distinct": return try await Self.distinct(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": """
          find | show | add | rename | add-identifier | end-identifier | correct-identifier | \
          correct | bar | end-bar | withdraw-bar | death | withdraw-death | merge | split | \
          doubles | distinct
          """
        ])
    }
  }

  /// What a verb reads personal data for.
  static func purpose(_ verb: String) -> BitimV1.ReadPurpose {
    ["find", "show", "add", ""].contains(verb) ? .enrolment : .correction
  }

  private static func find(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["limit", "purpose"])
    var request = BitimV1.FindPeopleRequest()
    request.purpose = try desk.reading(arguments).purpose
    _ = try arguments.position(0, "PART-OF-NAME")
    request.query = arguments.positions.joined(separator: " ")
    request.pageSize = Int32(try Self.limit(arguments))
    let response = try await PersonServiceClient(desk.client).findPeople(request)
    // A program takes what it is given for what it asked for: only people are shown who else there is.
    let isRead = desk.output.form == .table
    let people = response.people + (isRead ? response.similar : [])
    desk.output.rows(
      [.number, .name, .born],
      people.map { [$0.displayId, desk.name($0.names), Desk.born($0)] }, messages: people)
    if response.hasMore {
      let isCounted = Int(response.total) > response.people.count
      desk.output.note(
        isCounted ? .personFoundOf : .moreFound,
        ["shown": "\(response.people.count)", "count": "\(response.total)"])
    }
    if !response.similar.isEmpty {
      desk.output.note(
        response.people.isEmpty ? .personSimilarAlone : .personSimilar,
        ["count": "\(response.similar.count)"])
    }
    return response.people.isEmpty ? .refused : .done
  }

  /// How many are shown at most.
  private static func limit(_ arguments: Arguments) throws -> Int {
    guard let text = arguments["limit"] else { return 50 }
    guard let limit = Int(text), (1...500).contains(limit) else {
      throw Arguments.Fault(text: .usageLimit, arguments: ["option": "--limit", "value": text])
    }
    return limit
  }

  private static func show(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["purpose"])
    try arguments.atMost(1)
    let desk = try desk.reading(arguments)
    var request = BitimV1.GetPersonRequest()
    request.purpose = desk.purpose
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    let response = try await PersonServiceClient(desk.client).getPerson(request)
    let person = response.person ?? .init()
    let former = person.formerNames.map { "\(desk.name($0)) – \($0.lastDay)" }
    let ended = person.endedIdentifiers.map { "\($0.identifier?.line ?? "") – \($0.lastDay)" }
    desk.output.facts(
      [
        (.number, response.displayId), (.linked, response.numbers.joined(separator: ", ")),
        (.name, desk.name(person.names)),
        (
          .holderLatin,
          [person.names?.latin?.surname, person.names?.latin?.given]
            .compactMap { $0 }.joined(separator: " ")
        ),
        (.born, person.birthDate),
        (
          .education,
          person.education == .unspecified ? "" : desk.cells.education(person.education)
        ),
        (.identifiers, person.identifiers.map(\.line).joined(separator: ", ")),
        (.endedIdentifiers, ended.joined(separator: ", ")),
        (.formerNames, former.joined(separator: "; ")),
        (.certificates, response.certificateNumbers.joined(separator: ", ")),
        (.learning, desk.learning(response.learning)),
        (.bars, person.bars.map(\.line).joined(separator: "; ")),
        (.died, person.death?.line ?? ""),
      ], message: response)
    guard desk.output.form == .table, !response.enrolments.isEmpty else { return .done }
    Output.write("\n")
    desk.output.rows(
      [.cohort, .programme, .enrolled, .theory, .practice, .state, .recognised],
      response.enrolments.map { line in
        [
          line.cohort, Desk.programme(line.programme), line.enrolledOn,
          Desk.hours(line.theoryQuarters),
          Desk.hours(line.practiceQuarters),
          [desk.state(line.state), line.lastDay].filter { !$0.isEmpty }.joined(separator: " "),
          Desk.recognised(line.recognisedTheoryQuarters, line.recognisedPracticeQuarters),
        ]
      }, messages: [], isLastRare: true)
    return .done
  }

  private static func add(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: PersonFields.options.union(["mapping"]),
      repeatable: ListOptions.repeatable, switches: ["guess"])
    try arguments.atMost(1)
    let service = PersonServiceClient(desk.client)
    guard let file = arguments.positions.first else {
      try ListOptions.refuse(arguments)
      try desk.checkEducation(arguments)
      let request = Self.registration { arguments[$0.replacing("_", with: "-")] ?? "" }
      let person = try await service.registerPerson(request).person ?? .init()
      var found = BitimV1.FindPeopleRequest()
      found.query = desk.name(person.names)
      found.purpose = desk.purpose
      let line = try await service.findPeople(found).people.last { $0.id == person.id }
      // A centre is told the number of whom it knows: once he or she is enrolled there (R-207).
      Output.complain(
        desk.output.say(
          .personAdded,
          sent: ["number": line?.displayId ?? "", "name": desk.name(person.names)]))
      return .done
    }
    try arguments.refuse(PersonFields.options)
    let columns = Set(PersonFields.columns + PersonFields.distinctColumns)
    let options = try ListOptions(arguments)
    if options.guesses { return try Guess.write(for: file, columns: columns, desk) }
    let sheet = try Sheet(path: file, columns: columns, options)
    return try await desk.each(sheet, correction: PersonFields.corrections) { row in
      let request = Self.registration { row[$0] }
      let person = request.person ?? .init()
      // Without an identifier nothing tells a repeat from a namesake: look before adding.
      let query = person.identifiers.first?.number ?? desk.name(person.names)
      var find = BitimV1.FindPeopleRequest()
      find.query = query
      find.purpose = desk.purpose
      for line in try await service.findPeople(find).people {
        var get = BitimV1.GetPersonRequest()
        get.personId = line.id
        get.purpose = desk.purpose
        // Whoever may add people may not always look at them: then the namesake is added.
        let there = try? await service.getPerson(get).person
        guard let there, there.birthDate == person.birthDate else { continue }
        if person.identifiers.isEmpty {
          desk.output.note(
            .personThere,
            [
              "line": "\(sheet.row(ofLine: row.line))", "number": line.displayId,
              "name": desk.name(line.names),
            ])
        }
        return .there(PersonFields.differences(row, from: there))
      }
      _ = try await service.registerPerson(request)
      return .added
    }
  }

  private static func registration(
    _ value: (String) -> String
  ) -> BitimV1.RegisterPersonRequest {
    var request = BitimV1.RegisterPersonRequest()
    request.person = PersonFields.person(value)
    request.distinctFrom = PersonFields.numbers(value("distinct_from"))
    request.distinctEvidence = value("distinct_evidence")
    return request
  }

  private static func rename(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    // Names alone are renamed: an option that changed nothing would be said to be done.
    let arguments = try Arguments(
      words, options: PersonFields.nameOptions.union(["from", "reason"]))
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.RenamePersonRequest()
    request.personId = person.id
    request.reason = try arguments.required("reason")
    request.from = Sheet.iso(arguments["from"] ?? "")
    // A part that isn't named stays as it is: marriage changes a surname and nothing else.
    let names = person.names
    request.names = PersonFields.names { column in
      if let part = arguments[column.replacing("_", with: "-")] { return part }
      let name =
        column.hasSuffix("_kk") ? names?.kk : column.hasSuffix("_ru") ? names?.ru : names?.latin
      if column.hasPrefix("surname") { return name?.surname ?? "" }
      return (column.hasPrefix("given") ? name?.given : name?.patronymic) ?? ""
    }
    let response = try await PersonServiceClient(desk.client).renamePerson(request)
    if response.proposal != 0 {
      return desk.end(of: person.displayId, proposedAs: response.proposal)
    }
    desk.output.note(
      .personRenamed,
      ["number": person.displayId, "name": desk.name(response.person?.names)])
    return .done
  }

  private static func bar(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["kind", "from", "until", "document", "digest"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.BarPersonRequest()
    request.personId = person.id
    request.bar = .init()
    request.bar?.kind = try desk.word(arguments, "kind", BitimV1.Bar.kinds)
    request.bar?.validFrom = Sheet.iso(try arguments.required("from"))
    request.bar?.validUntil = arguments["until"].map { Sheet.iso($0) }
    request.bar?.document = try arguments.required("document")
    let done = try await request.done(by: PersonServiceClient(desk.client).barPerson) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard done != nil else { return .refused }
    desk.output.note(.personBarred, ["number": person.displayId])
    return .done
  }

  private static func endBar(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["bar", "last-day", "digest"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.EndBarRequest()
    request.personId = person.id
    request.act = try desk.act(arguments, "bar")
    request.lastDay = Sheet.iso(try arguments.required("last-day"))
    let done = try await request.done(by: PersonServiceClient(desk.client).endBar) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard done != nil else { return .refused }
    desk.output.note(
      .personBarEnded, ["number": person.displayId, "day": request.lastDay])
    return .done
  }

  private static func withdrawBar(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["bar", "reason", "digest"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.WithdrawBarRequest()
    request.personId = person.id
    request.act = try desk.act(arguments, "bar")
    request.reason = try arguments.required("reason")
    let done = try await request.done(by: PersonServiceClient(desk.client).withdrawBar) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: person.displayId, proposedAs: done.answer.proposal)
  }

  private static func doubles(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let service = PersonServiceClient(desk.client)
    let doubles = try await BitimV1.ListDoublesRequest().pages(by: service.listDoubles)
      .flatMap(\.doubles)
    desk.output.rows(
      [.number, .other, .alike],
      doubles.map { [$0.displayId, $0.otherDisplayId, desk.cells.alike($0)] }, messages: doubles)
    return .done
  }

  private static func distinct(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["evidence"])
    try arguments.atMost(2)
    let person = try await desk.person(arguments.position(0, "NAME"))
    let other = try await desk.person(arguments.position(1, "NAME"))
    var request = BitimV1.DismissDoubleRequest()
    request.personId = person.id
    request.otherId = other.id
    request.evidence = try arguments.required("evidence")
    _ = try await PersonServiceClient(desk.client).dismissDouble(request)
    desk.output.note(
      .personsDistinct, ["number": person.displayId, "other": other.displayId])
    return .done
  }
}

extension Desk {
  /// In what two people are alike, in words.
  func alike(_ pair: BitimV1.PossibleDouble) -> String {
    let words: [(Bool, Text)] = [
      (pair.sharesBirthDate, .alikeBirthDate), (pair.namesAgree, .alikeNames),
      (pair.identifierIsNear, .alikeIdentifier),
    ]
    return words.filter(\.0).map { self.output.say($0.1) }.joined(separator: ", ")
  }

  /// Refuses a word of education that is none, as it was typed.
  func checkEducation(_ arguments: Arguments) throws(Arguments.Fault) {
    guard let text = arguments["education"], !text.isEmpty else { return }
    _ = try self.word(text.lowercased(), option: "--education", PersonFields.educations)
  }

  /// Where an enrolment stands, in words.
  func state(_ state: String) -> String {
    switch state {
    case "enrolled": self.output.say(.stateEnrolled)
    case "passed": self.output.say(.statePassed)
    case "failed": self.output.say(.stateFailed)
    case "annulled": self.output.say(.stateAnnulled)
    case "certified": self.output.say(.stateCertified)
    case "attended": self.output.say(.stateAttended)
    case "withdrawn": self.output.say(.stateWithdrawn)
    case "transferred": self.output.say(.stateTransferred)
    default: state
    }
  }

  /// The value of an option that takes one of a few words.
  func word<Value>(
    _ arguments: Arguments, _ name: String, _ words: [String: Value]
  ) throws(Arguments.Fault) -> Value {
    try self.word(try arguments.required(name), option: "--\(name)", words)
  }

  /// The value one of a few words stands for.
  func word<Value>(
    _ text: String, option: String, _ words: [String: Value]
  ) throws(Arguments.Fault) -> Value {
    guard let value = words[text] else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: [
          "option": option, "value": text,
          "list": words.keys.sorted().joined(separator: ", "),
        ])
    }
    return value
  }
}
