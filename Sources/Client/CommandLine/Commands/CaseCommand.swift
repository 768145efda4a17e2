import BitimClient
import BitimProtocol
import Foundation

/// `bitim case`: appeals and complaints are received, moved and decided; `bitim application` and `bitim
/// recognition` share what is alike.
enum CaseCommand {
  static let help = Help(
    summary: .helpCase, usage: .helpCaseUsage,
    examples: [
      "bitim case receive --kind appeal --person Өтегенова --act 417 \\",
      "  --told 2026-07-06 --ground 'комиссия толық болмаған' \\",
      "  --paper 'апелляция;12;2026-08-05;Әлия Серікова;2026-08-05'",
      "bitim case return 431 --why 'сенімхат жоқ'",
      "bitim case stay 431 --why 'шешімге дейін жұмысынан айырылады'",
      "bitim case decide 431 --outcome decision_changed \\",
      "  --reason 'хаттамада екі қол ғана бар'",
    ])

  private static let kinds: [String: BitimV1.CaseKind] = [
    "appeal": .appeal, "complaint": .complaint,
  ]

  private static let outcomes: [String: BitimV1.CaseOutcome] = [
    "decision_stands": .decisionStands, "decision_changed": .decisionChanged,
    "confirmed": .confirmed, "not_confirmed": .notConfirmed, "court": .court,
    "not_admitted": .notAdmitted, "re_examination": .reExamination,
  ]

  /// The commands that take a step.
  static let steps: [String: BitimV1.CaseStep] = [
    "acknowledge": .acknowledged, "return": .returned, "complete": .completed,
    "extend": .extended, "withdraw": .withdrawn, "notify": .notified, "stay": .stayed,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    let word = words.first ?? ""
    if let step = Self.steps[word] { return try await Self.move(rest, step, desk) }
    switch word {
    case "receive": return try await Self.receive(rest, desk)
    case "list": return try await Self.list(rest, desk)
    case "show": return try await Self.show(rest, desk)
    case "appoint": return try await Self.appoint(rest, desk)
    case "decide": return try await Self.decide(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": "receive | list | show | acknowledge | return | complete | extend | withdraw"
            + " | stay | appoint | decide | notify"
        ])
    }
  }

  private static func receive(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["kind", "person", "date", "told", "late"],
      repeatable: ["act", "ground", "paper"])
    try arguments.atMost(0)
    var request = BitimV1.ReceiveCaseRequest()
    request.kind = try desk.word(arguments, "kind", Self.kinds)
    for text in arguments.all("act") { request.contested.append(try desk.act(text, of: "--act")) }
    request.receivedOn = Sheet.iso(arguments["date"] ?? "")
    request.toldOn = Sheet.iso(arguments["told"] ?? "")
    request.lateReason = arguments["late"] ?? ""
    request.grounds = arguments.each("ground")
    request.papers = try Self.papers(arguments)
    if let name = arguments["person"] { request.personId = try await desk.person(name).id }
    let response = try await CaseServiceClient(desk.client).receiveCase(request)
    return desk.done(response)
  }

  static func move(
    _ words: [String], _ step: BitimV1.CaseStep, _ desk: Desk,
    paper: (String) throws -> BitimV1.CasePaper = CaseCommand.paper
  ) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "why"], repeatable: ["paper"])
    try arguments.atMost(1)
    var request = BitimV1.MoveCaseRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.step = step
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.why = arguments["why"] ?? ""
    request.papers = try arguments.each("paper").map(paper)
    return desk.done(try await CaseServiceClient(desk.client).moveCase(request))
  }

  private static func appoint(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["letter"])
    try arguments.atMost(2)
    var request = BitimV1.AppointArbiterRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.invitation = try Letter(arguments.required("letter"), named: false).invitation
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    _ = try await CaseServiceClient(desk.client).appointArbiter(request)
    desk.output.note(
      .caseAppointed, ["name": desk.name(person.names), "case": "\(request.act)"])
    return .done
  }

  private static func decide(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "outcome"], repeatable: ["reason"])
    try arguments.atMost(1)
    var request = BitimV1.DecideCaseRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.outcome = try desk.word(arguments, "outcome", Self.outcomes)
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.reasons = arguments.each("reason")
    return desk.done(try await CaseServiceClient(desk.client).decideCase(request))
  }

  static func list(
    _ words: [String], of kind: BitimV1.CaseKind? = nil, _ desk: Desk
  ) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [], switches: ["all"])
    try arguments.atMost(0)
    var request = BitimV1.ListCasesRequest()
    request.withEnded = arguments.has("all")
    let service = CaseServiceClient(desk.client)
    let cases = try await request.pages(by: service.listCases).flatMap(\.cases)
      .filter { kind == nil || $0.kind == kind }
    desk.output.rows(
      [.number, .kind, .person, .received, .state, .until],
      cases.map { found in
        [
          "\(found.act)", desk.cells.kind(of: found), desk.person(of: found), found.receivedOn,
          desk.cells.state(of: found), found.endedOn.isEmpty ? found.lastDay : "",
        ]
      }, messages: cases)
    return .done
  }

  static func show(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    var request = BitimV1.GetCaseRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    let found = try await CaseServiceClient(desk.client).getCase(request).found ?? .init()
    let contested = found.contested.map { act in
      ["№\(act.act)", act.kind, act.session, act.certificate].filter { !$0.isEmpty }
        .joined(separator: " ")
    }
    let checks = (found.application?.checks ?? []).map { check in
      "\(desk.matter(of: check)): \(desk.line(of: check.paper ?? .init()))"
    }
    let steps = found.steps.map { step in
      let word = BitimV1.CaseStep.words[step.step] ?? ""
      return [word, step.heldOn, step.why].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let appointed = found.appointed.map { arbiter in
      let letter = arbiter.invitation ?? .init()
      return "\(desk.name(arbiter.person?.names)) (\(letter.document), \(letter.datedOn), "
        + "\(letter.organisation))"
    }
    let lists: [(Column, [String])] = [
      (.by, appointed),
      (.contested, contested), (.ground, found.grounds), (.paper, found.papers.map(desk.line)),
      (.check, checks), (.step, steps),
      (.reason, found.reasons), (.carriedOut, found.carriedOutBy.map { "№\($0)" }),
    ]
    let asked = found.application?.programme ?? found.recognition?.programme ?? 0
    let programme = asked == 0 ? "" : "\(asked)"
    let recognised = found.recognised.map {
      "\(Desk.hours($0.theoryQuarters, $0.practiceQuarters)), \($0.cohort)"
    }
    desk.output.facts(
      [
        (.number, "\(found.act)"), (.kind, desk.kind(of: found)),
        (.person, desk.person(of: found)),
        (.programme, programme),
        (.organisation, found.application?.organisation ?? ""),
        (.category, found.application?.category ?? ""),
        (.consent, found.application?.consentVersion ?? ""), (.received, found.receivedOn),
        (.told, found.toldOn), (.state, desk.state(of: found)),
        (.until, found.endedOn.isEmpty ? found.lastDay : ""),
        (.outcome, desk.outcome(of: found)), (.decided, found.endedOn),
        (.decidingAct, found.outcome == .unspecified ? "" : "№\(found.endedAct)"),
        (.recognised, recognised ?? ""), (.notified, found.notifiedOn),
        (.note, found.lateReason), (.entry, found.entryNumber),
      ] + desk.facts(of: found.recognition) + desk.facts(of: found.entry)
        + lists.map { ($0, $1.joined(separator: "; ")) },
      message: found)
    return .done
  }

  /// Papers as they are typed.
  static func papers(_ arguments: Arguments) throws -> [BitimV1.CasePaper] {
    try arguments.each("paper").map(Self.paper)
  }

  /// A paper as it is typed: five parts, between semicolons.
  static func paper(_ text: String) throws -> BitimV1.CasePaper {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard parts.count == 5 else {
      throw Arguments.Fault(text: .usagePaper, arguments: ["value": text])
    }
    var paper = BitimV1.CasePaper()
    paper.document = parts[0]
    paper.number = parts[1]
    paper.datedOn = Sheet.iso(parts[2])
    paper.seenBy = parts[3]
    paper.seenOn = Sheet.iso(parts[4])
    return paper
  }
}

extension BitimV1.CaseStep {
  /// The words of steps.
  fileprivate static let words: [BitimV1.CaseStep: String] = [
    .acknowledged: "acknowledged", .returned: "returned", .completed: "completed",
    .extended: "extended", .withdrawn: "withdrawn", .notified: "notified", .stayed: "stayed",
  ]
}

extension Desk {
  /// Says how a case stands by now.
  func done(_ response: BitimV1.CaseResponse) -> End {
    let found = response.found ?? .init()
    let isOpen = found.endedOn.isEmpty
    self.output.note(
      isOpen ? .caseStands : .caseEnded,
      [
        "case": "\(found.act)", "state": isOpen ? self.state(of: found) : self.end(of: found),
        "last": found.lastDay,
      ])
    if let stay = found.steps.first(where: { $0.step == .stayed }) {
      self.output.note(isOpen ? .caseStayed : .caseStayEnds, ["day": stay.heldOn])
    }
    return .done
  }

  private func end(of found: BitimV1.Case) -> String {
    let outcome = self.outcome(of: found)
    return outcome.isEmpty ? self.state(of: found) : outcome
  }

  fileprivate func kind(of found: BitimV1.Case) -> String { self.kind(of: found.kind) }

  func kind(of kind: BitimV1.CaseKind) -> String {
    switch kind {
    case .appeal: self.output.say(.caseAppeal)
    case .complaint: self.output.say(.caseComplaint)
    case .application: self.output.say(.caseApplication)
    case .recognition: self.output.say(.caseRecognition)
    case .entry: self.output.say(.caseEntry)
    default: ""
    }
  }

  fileprivate func person(of found: BitimV1.Case) -> String {
    guard let person = found.person else { return "" }
    return "\(person.displayId) \(self.name(person.names))"
  }

  fileprivate func state(of found: BitimV1.Case) -> String {
    switch found.state {
    case .received: self.output.say(.caseReceived)
    case .acknowledged: self.output.say(.caseAcknowledged)
    case .returned: self.output.say(.caseReturned)
    case .decided: self.output.say(.caseDecided)
    case .executed: self.output.say(.caseExecuted)
    case .withdrawn: self.output.say(.caseWithdrawn)
    case .lapsed: self.output.say(.caseLapsed)
    case .notAdmitted: self.output.say(.caseNotAdmitted)
    default: ""
    }
  }

  /// A paper in a line: what it shows and is, who has seen it when, and what it says.
  fileprivate func line(of paper: BitimV1.CasePaper) -> String {
    let word = RegisterCommand.matters.first { $0.value == paper.matter }?.key
    let matter = word.map { self.field($0) } ?? ""
    let name = [matter, paper.document, paper.number, paper.datedOn].filter { !$0.isEmpty }
    let line = "\(name.joined(separator: " ")) (\(paper.seenBy), \(paper.seenOn))"
    return paper.result.isEmpty ? line : "\(line): \(paper.result)"
  }

  fileprivate func matter(of check: BitimV1.ApplicationCheck) -> String {
    switch check.matter {
    case .age: self.output.say(.ruleAge)
    case .education: self.output.say(.matterEducation)
    case .bars: self.output.say(.ruleNoBar)
    default: ""
    }
  }

  fileprivate func outcome(of found: BitimV1.Case) -> String { self.outcome(found.outcome) }

  /// How a case is decided, in words.
  func outcome(_ outcome: BitimV1.CaseOutcome) -> String {
    switch outcome {
    case .decisionStands: self.output.say(.outcomeStands)
    case .decisionChanged: self.output.say(.outcomeChanged)
    case .confirmed: self.output.say(.outcomeConfirmed)
    case .notConfirmed: self.output.say(.outcomeNotConfirmed)
    case .court: self.output.say(.outcomeCourt)
    case .reExamination: self.output.say(.outcomeReExamination)
    case .admitted: self.output.say(.outcomeAdmitted)
    case .refused: self.output.say(.outcomeRefused)
    case .recognised: self.output.say(.outcomeRecognised)
    case .recognisedPart: self.output.say(.outcomeRecognisedPart)
    case .entered: self.output.say(.entryEntered)
    case .notAdmitted: self.output.say(.caseNotAdmitted)
    default: ""
    }
  }
}
