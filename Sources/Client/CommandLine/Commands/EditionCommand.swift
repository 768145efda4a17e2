import BitimClient
import BitimProtocol

/// `bitim edition`: editions of the programmes and of seminars are listed, shown, proposed and closed; specialisations
/// are listed and proposed.
enum EditionCommand {
  static let help = Help(
    summary: .helpEdition, usage: .helpEditionUsage,
    examples: [
      "bitim edition show 2025 --programme 1 > жаңа.txt", "bitim edition propose жаңа.txt",
      "bitim edition close 2025 --programme 1 --last-day 2027-08-31",
      "bitim edition specialise family --name-kk 'Отбасы медиациясы' \\",
      "  --name-ru 'Семейная медиация' --name-en 'Family mediation' \\",
      "  --from 2026-01-01",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "list": return try await Self.list(rest, desk)
    case "show": return try await Self.show(rest, desk)
    case "propose": return try await Self.propose(rest, desk)
    case "close": return try await Self.close(rest, desk)
    case "specialisations": return try await Self.specialisations(rest, desk)
    case "specialise": return try await Self.specialise(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: ["what": "list | show | propose | close | specialisations | specialise"])
    }
  }

  static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let response = try await ProgrammeServiceClient(desk.client).listProgrammes(.init())
    func shown(_ setting: BitimV1.Setting?, hours: Bool = false) -> String {
      guard let setting else { return "" }
      let value = hours ? Desk.hours(setting.value) : "\(setting.value)"
      return setting.basis == .school ? value + " *" : value
    }
    let seminars = response.seminars.map { (Desk.programme($0.programme), $0.name, $0) }
    let editions = response.programmes.flatMap { programme in
      programme.editions.map { ("\(programme.number)", programme.name, $0) }
    }
    let rows = (editions + seminars).map { of, name, edition in
      [
        "\(of) \(desk.text(name))", edition.code, edition.validFrom,
        edition.validUntil ?? "", shown(edition.theoryQuarters, hours: true),
        shown(edition.practiceQuarters, hours: true), shown(edition.groupMax),
        shown(edition.attemptsMax),
        edition.isDefault ? "" : desk.output.cells.say(.editionByName),
      ]
    }
    desk.output.rows(
      [
        .programme, .edition,
        .from, .until,
        .theory, .practice,
        .group, .attempts, .note,
      ], rows, messages: response.programmes)
    if desk.output.form == .table { Output.write("* " + desk.output.say(.unitDefault) + "\n") }
    return .done
  }

  /// Prints a file that can be proposed again, under another code.
  private static func show(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["programme"])
    try arguments.atMost(1)
    let edition = try await Self.edition(arguments, desk)
    if desk.output.form == .table {
      Output.show(EditionFile.text(edition))
    } else {
      desk.output.rows(
        [.column, .value, .basis, .article], EditionFile.rows(edition), messages: [edition])
    }
    return .done
  }

  private static func propose(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["digest"])
    try arguments.atMost(1)
    var request = BitimV1.AdoptEditionRequest()
    request.edition = try EditionFile.edition(in: arguments.position(0, "FILE"))
    let service = ProgrammeServiceClient(desk.client)
    let done = try await request.done(by: service.adoptEdition) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(
      of: (done.look.shown?.edition ?? .init()).title, proposedAs: done.answer.proposal)
  }

  private static func close(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["programme", "last-day", "digest"])
    try arguments.atMost(1)
    var request = BitimV1.CloseEditionRequest()
    request.lastDay = Sheet.iso(try arguments.required("last-day"))
    let edition = try await Self.edition(arguments, desk)
    request.programme = edition.programme
    request.code = edition.code
    let service = ProgrammeServiceClient(desk.client)
    let done = try await request.done(by: service.closeEdition) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: edition.title, proposedAs: done.answer.proposal)
  }

  /// The edition that a code means: of the programme that is named, or of the only one that has it.
  private static func edition(
    _ arguments: Arguments, _ desk: Desk
  ) async throws -> BitimV1.Edition {
    let code = try arguments.position(0, "CODE")
    let response = try await ProgrammeServiceClient(desk.client).listProgrammes(.init())
    let named = arguments["programme"]
    let found = (response.programmes.flatMap(\.editions) + response.seminars).filter {
      $0.code == code && (named == nil || named == Desk.programme($0.programme))
    }
    guard let edition = found.first else {
      let arguments = ["value": code].merging(named.map { ["programme": $0] } ?? [:]) { $1 }
      Output.complain(desk.words("EDITION_UNKNOWN", arguments, place: true))
      throw Desk.End.refused
    }
    guard found.count == 1 else {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--programme"])
    }
    return edition
  }
}

extension BitimV1.Edition {
  /// Programme and code, as "1/2025" or "seminar/negotiation".
  var title: String { "\(Desk.programme(self.programme))/\(self.code)" }
}

extension Desk {
  /// What stands for a programme where there is none: a seminar.
  static let seminar: Int32 = 4

  /// A programme by its number, or the word of what is none.
  static func programme(_ number: Int32) -> String {
    number == Self.seminar ? "seminar" : "\(number)"
  }

  /// Shows an edition that is to be adopted or closed, each value with its basis.
  func show(_ shown: BitimV1.EditionShown) {
    let edition = shown.edition ?? .init()
    Output.complain(String(EditionFile.text(edition).dropLast()))
    if !shown.lastDay.isEmpty {
      self.output.note(.shownEditionCloses, ["edition": edition.title, "day": shown.lastDay])
    }
  }
}
