import BitimClient
import BitimProtocol
import Foundation

/// `bitim register`: the register of mediators (R-801 to R-808). Applications are cases: what is alike is what
/// `bitim case` does.
enum RegisterCommand {
  static let help = Help(
    summary: .helpRegister, usage: .helpRegisterUsage,
    examples: [
      "bitim register apply Өтегенова --contact '+7 701 000 00 00' \\",
      "  --address-kk 'Алматы, Абай даңғылы 1' --address-ru 'Алматы, пр. Абая 1' \\",
      "  --field-kk 'отбасылық' --field-ru 'семейная' \\",
      "  --languages-kk 'қазақ, орыс' --languages-ru 'казахский, русский' \\",
      "  --paper 'diploma;ЖБ 0012;2012-06-20;Әлия Серікова;2026-02-02;'",
      "bitim register complete 431 \\",
      "  --paper 'narcology;;2026-02-01;Әлия Серікова;2026-02-03;есепте тұрмайды'",
      "bitim register enter 431",
      "bitim register refuse 431 --reason 'сертификаты жоқ'",
      "bitim register suspend M-2026-5 --case 440",
      "bitim register correct M-2026-5 --contact '+7 701 000 00 01' --why '14-өтініш'",
      "bitim register exclude M-2026-5 --ground own_request --why '12-өтініш'",
    ])

  private static let grounds: [String: BitimV1.ExclusionGround] = [
    "own_request": .ownRequest, "decision": .decision,
  ]

  /// The papers that an entry asks for, by the words that are typed.
  static let matters: [String: BitimV1.PaperMatter] = [
    "identity": .identity, "narcology": .narcology, "psychoneurology": .psychoneurology,
    "criminal_record": .criminalRecord, "diploma": .diploma, "certificate": .certificate,
  ]

  /// What is published of a mediator, by the options that say it.
  private static let texts: Set<String> = [
    "address-kk", "address-ru", "field-kk", "field-ru", "languages-kk", "languages-ru", "contact",
  ]

  /// An application for an entry is neither extended nor stayed.
  private static let steps: Set<BitimV1.CaseStep> = [
    .acknowledged, .returned, .completed, .withdrawn, .notified,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    let word = words.first ?? ""
    if let step = CaseCommand.steps[word], Self.steps.contains(step) {
      return try await CaseCommand.move(rest, step, desk, paper: Self.paper)
    }
    switch word {
    case "list": return try await Self.list(rest, desk)
    case "show": return try await Self.show(rest, desk)
    case "applications": return try await CaseCommand.list(rest, of: .entry, desk)
    case "apply": return try await Self.apply(rest, desk)
    case "enter": return try await Self.enter(rest, desk)
    case "refuse": return try await Self.refuse(rest, desk)
    case "suspend": return try await Self.suspend(rest, desk)
    case "correct": return try await Self.correct(rest, desk)
    case "exclude": return try await Self.exclude(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": "list | show | applications | apply | acknowledge | return | complete | withdraw"
            + " | enter | refuse | notify | suspend | exclude | correct"
        ])
    }
  }

  private static func apply(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: Self.texts.union(["date"]), repeatable: ["paper"])
    try arguments.atMost(1)
    func text(_ language: String) throws(Arguments.Fault) -> BitimV1.EntryText {
      var text = BitimV1.EntryText()
      text.address = try arguments.required("address-\(language)")
      text.field = try arguments.required("field-\(language)")
      text.languages = try arguments.required("languages-\(language)")
      return text
    }
    var request = BitimV1.ApplyForEntryRequest()
    var entry = BitimV1.EntryApplication()
    (entry.kk, entry.ru) = (try text("kk"), try text("ru"))
    entry.contact = try arguments.required("contact")
    request.entry = entry
    request.receivedOn = Sheet.iso(arguments["date"] ?? "")
    request.papers = try arguments.each("paper").map(Self.paper)
    request.personId = try await desk.person(arguments.position(0, "NAME")).id
    return desk.done(try await RegisterServiceClient(desk.client).applyForEntry(request))
  }

  /// A paper as it is typed: what it shows, and five parts more between semicolons.
  private static func paper(_ text: String) throws -> BitimV1.CasePaper {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard parts.count == 6, let matter = Self.matters[parts[0]] else {
      throw Arguments.Fault(
        text: .usageEntryPaper,
        arguments: ["value": text, "list": Self.matters.keys.sorted().joined(separator: ", ")])
    }
    var paper = BitimV1.CasePaper()
    paper.matter = matter
    paper.number = parts[1]
    paper.datedOn = Sheet.iso(parts[2])
    paper.seenBy = parts[3]
    paper.seenOn = Sheet.iso(parts[4])
    paper.result = parts[5]
    return paper
  }

  private static func enter(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "digest"])
    try arguments.atMost(1)
    var request = BitimV1.EnterRegisterRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    let done = try await request.done(by: RegisterServiceClient(desk.client).enterRegister) {
      desk.isApproved($0, arguments)
    }
    return desk.end(of: done?.answer)
  }

  private static func refuse(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "digest"], repeatable: ["reason"])
    try arguments.atMost(1)
    var request = BitimV1.RefuseEntryRequest()
    request.act = try desk.act(arguments.position(0, "NUMBER"), of: "NUMBER")
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.reasons = arguments.each("reason")
    let done = try await request.done(by: RegisterServiceClient(desk.client).refuseEntry) {
      desk.isApproved($0, arguments)
    }
    guard done != nil else { return .refused }
    desk.output.note(.entryRefused, ["case": "\(request.act)"])
    return .done
  }

  private static func suspend(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "case", "why", "digest"])
    try arguments.atMost(1)
    var request = BitimV1.SuspendEntryRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    if arguments["case"] != nil { request.caseAct = try desk.act(arguments, "case") }
    request.why = arguments["why"] ?? ""
    let done = try await request.done(by: RegisterServiceClient(desk.client).suspendEntry) {
      desk.isApproved($0, arguments)
    }
    return desk.end(of: done?.answer)
  }

  private static func exclude(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["date", "ground", "why", "digest"])
    try arguments.atMost(1)
    var request = BitimV1.ExcludeEntryRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    request.ground = try desk.word(arguments, "ground", Self.grounds)
    request.why = try arguments.required("why")
    let done = try await request.done(by: RegisterServiceClient(desk.client).excludeEntry) {
      desk.isApproved($0, arguments)
    }
    return desk.end(of: done?.answer)
  }

  private static func correct(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: Self.texts.union(["date", "why"]))
    try arguments.atMost(1)
    func text(_ language: String) -> BitimV1.EntryText {
      var text = BitimV1.EntryText()
      text.address = arguments["address-\(language)"] ?? ""
      text.field = arguments["field-\(language)"] ?? ""
      text.languages = arguments["languages-\(language)"] ?? ""
      return text
    }
    var request = BitimV1.CorrectEntryRequest()
    request.number = try arguments.position(0, "NUMBER")
    request.heldOn = Sheet.iso(arguments["date"] ?? "")
    var published = BitimV1.EntryApplication()
    (published.kk, published.ru) = (text("kk"), text("ru"))
    published.contact = arguments["contact"] ?? ""
    request.published = published
    request.why = try arguments.required("why")
    let entry = try await RegisterServiceClient(desk.client).correctEntry(request).entry
    desk.output.note(.entryCorrected, ["number": entry?.number ?? ""])
    for (column, value) in desk.facts(of: entry?.published) {
      Output.complain("\(desk.output.say(column.title)): \(value)")
    }
    return .done
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [], switches: ["all"])
    try arguments.atMost(0)
    var request = BitimV1.ListEntriesRequest()
    request.withExcluded = arguments.has("all")
    let service = RegisterServiceClient(desk.client)
    let entries = try await request.pages(by: service.listEntries).flatMap(\.entries)
    desk.output.rows(
      [.number, .person, .standing, .since, .until, .contact],
      entries.map { entry in
        [
          entry.number, desk.person(of: entry), desk.cells.standing(of: entry.standing),
          entry.since, entry.until, entry.published?.contact ?? "",
        ]
      }, messages: entries)
    return .done
  }

  /// An entry by its number, or an application by that of its act.
  private static func show(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let number = try arguments.position(0, "NUMBER")
    if number.allSatisfy(\.isNumber) { return try await CaseCommand.show(words, desk) }
    var request = BitimV1.GetEntryRequest()
    request.number = number
    let entry =
      try await RegisterServiceClient(desk.client).getEntry(request).entry ?? .init()
    let marks = entry.marks.map { mark in
      let file = mark.caseAct == 0 ? "" : "№\(mark.caseAct)"
      let days = mark.until.isEmpty ? mark.from : "\(mark.from) – \(mark.until)"
      return ["№\(mark.act)", desk.standing(of: mark.standing), days, mark.why, file]
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
    desk.output.facts(
      [
        (.number, entry.number), (.person, desk.person(of: entry)),
        (.standing, desk.standing(of: entry.standing)), (.since, entry.since),
        (.until, entry.until), (.date, entry.enteredOn),
      ] + desk.facts(of: entry.published) + [
        (
          .certificates,
          desk.output.say(entry.hasCertificate ? .entryCertified : .entryNotCertified)
        ),
        (.basis, "№\(entry.caseAct)"), (.step, marks.joined(separator: "; ")),
      ], message: entry)
    return .done
  }
}

extension Desk {
  /// What is published of a mediator.
  func facts(of entry: BitimV1.EntryApplication?) -> [(Column, String)] {
    guard let entry else { return [] }
    let (kk, ru) = (entry.kk ?? .init(), entry.ru ?? .init())
    return [
      (.address, "\(kk.address) / \(ru.address)"), (.contact, entry.contact),
      (.field, "\(kk.field) / \(ru.field)"), (.languages, "\(kk.languages) / \(ru.languages)"),
    ]
  }

  fileprivate func person(of entry: BitimV1.Entry) -> String {
    "\(entry.person?.displayId ?? "") \(self.name(entry.person?.names))"
  }

  fileprivate func standing(of standing: BitimV1.EntryStanding) -> String {
    switch standing {
    case .entered: self.output.say(.entryEntered)
    case .suspended: self.output.say(.entrySuspended)
    case .excluded: self.output.say(.entryExcluded)
    default: ""
    }
  }

  /// Shows what would be done, and asks.
  fileprivate func isApproved(_ look: BitimV1.EntryResponse, _ arguments: Arguments) -> Bool {
    let shown = look.shown ?? .init()
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    let standing = self.standing(of: shown.after)
    self.output.note(
      .shownEntry,
      [
        "number": shown.number.isEmpty ? "№\(shown.caseAct)" : shown.number,
        "standing": standing.isEmpty ? self.output.say(.outcomeRefused) : standing,
        "day": shown.effectOn,
      ].merging(shown.until.isEmpty ? [:] : ["until": shown.until]) { $1 })
    for (column, value) in self.facts(of: shown.published) {
      Output.complain("\(self.output.say(column.title)): \(value)")
    }
    if !shown.reasons.isEmpty {
      self.output.note(.shownWhy, ["why": shown.reasons.joined(separator: "; ")])
    }
    return self.isApproved(look.shownDigest, arguments)
  }

  /// Says how an entry stands by now.
  fileprivate func end(of answer: BitimV1.EntryResponse?) -> End {
    guard let entry = answer?.entry else { return .refused }
    let standing = self.standing(of: entry.standing)
    self.output.note(
      .entryStands,
      ["number": entry.number, "standing": standing, "since": entry.since]
        .merging(entry.until.isEmpty ? [:] : ["until": entry.until]) { $1 })
    return .done
  }
}
