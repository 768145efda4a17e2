import BitimClient
import BitimSystem
import Foundation

/// What is known before a command runs: which one, in which language, against which server.
struct Start {
  let command: Command?
  let rest: [String]
  let language: Language
  let asksForHelp: Bool
  private let arguments: [String: String]
  private let profile: Profile?
  /// The profile that was asked for, or else the one that is used.
  let usedProfile: String

  /// Reads the command and the global options; a command's own options are its own business.
  init(_ words: [String], _ environment: [String: String]) throws {
    // `help WORD` is `WORD --help`, and `-h` is too.
    var words = words.map { $0 == "-h" ? "--help" : $0 }
    while words.first == "help" { words = words.dropFirst() + ["--help"] }
    let first = Self.command(in: words)
    self.asksForHelp = words.contains("--help")
    if let first {
      guard let command = Command(rawValue: first) else {
        guard let near = Nearest.word(to: first, among: Command.allCases.map(\.rawValue)) else {
          throw Arguments.Fault(text: .usageCommandUnknown, arguments: ["word": first])
        }
        throw Arguments.Fault(text: .usageWordNear, arguments: ["word": first, "near": near])
      }
      self.command = command
    } else {
      self.command = nil
      try Self.refuseUnknown(words)
    }
    var rest = words
    if let index = words.firstIndex(where: { $0 == first }) { rest.remove(at: index) }
    self.rest = rest
    var arguments: [String: String] = [:]
    for (index, word) in rest.enumerated() where word.hasPrefix("--") {
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first, Arguments.global.contains(name) else { continue }
      arguments[name] = parts.count == 2 ? parts[1] : rest.dropFirst(index + 1).first
    }
    self.arguments = arguments
    let named = arguments["profile"] ?? environment["BITIM_PROFILE"]
    self.usedProfile = named ?? "default"
    // One that can't be read can be named and forgotten all the same.
    let isOffline = self.command == .verify && VerifyCommand.isOffline(rest)
    let usesProfile = self.command != .profiles && self.command != .logout && !isOffline
    let kept = Result { try Profile.load(named ?? "default") }
    self.profile = usesProfile ? try kept.get() : (try? kept.get()) ?? nil
    // Without a profile of that name a login may make it, and a server may be given in full.
    let needsProfile =
      self.command != .login && usesProfile && arguments["server"] == nil && !self.asksForHelp
    if let named, self.profile == nil, needsProfile, self.command != nil {
      throw Profile.Fault(text: .profileMissing, arguments: ["name": named])
    }
    // `cohort open --language` is the language of the course, not of the reader.
    // And what a partner reads is none of the reader's either.
    let isOther =
      self.command == .cohort && rest.first == "open"
      || self.command == .admin && rest.starts(with: ["partner", "page"])
    let asked = isOther ? nil : arguments["language"]
    if let asked {
      guard let language = Language(rawValue: asked) else {
        throw Arguments.Fault(
          text: .usageValueNotInList,
          arguments: ["option": "--language", "value": asked, "list": Self.languages])
      }
      self.language = language
    } else {
      self.language =
        environment["BITIM_LANGUAGE"].flatMap(Language.init)
        ?? self.profile.flatMap { Language(rawValue: $0.language) } ?? Self.language(environment)
    }
  }

  /// The words behind the command, without options and their values.
  var positions: [String] {
    var rest = self.rest[...]
    var positions: [String] = []
    while let word = rest.popFirst() {
      guard !word.hasPrefix("-") else {
        if Arguments.global.contains(String(word.dropFirst(2))) { _ = rest.popFirst() }
        continue
      }
      positions.append(word)
    }
    return positions
  }

  /// Refuses an option that is none, where no command could know it.
  private static func refuseUnknown(_ words: [String]) throws(Arguments.Fault) {
    let known = Arguments.global.union(["help", "version", Arguments.forExcel])
    for word in words where word.hasPrefix("--") {
      let name = String(word.dropFirst(2).prefix { $0 != "=" })
      guard !known.contains(name) else { continue }
      guard let near = Nearest.word(to: name, among: known) else {
        throw Arguments.Fault(text: .usageUnknownOption, arguments: ["option": "--\(name)"])
      }
      throw Arguments.Fault(
        text: .usageOptionNear, arguments: ["option": "--\(name)", "near": "--\(near)"])
    }
  }

  /// The languages there are, as `--language` takes them.
  private static var languages: String {
    Language.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// The first word that is neither an option nor the value of a global one.
  private static func command(in words: [String]) -> String? {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-") else { return word }
      if Arguments.global.contains(String(word.dropFirst(2))) { _ = rest.popFirst() }
    }
    return nil
  }

  /// The language of the environment: `kk_KZ.UTF-8` is Kazakh; English when none of ours.
  static func language(_ environment: [String: String]) -> Language {
    // An empty one says nothing.
    let locale =
      ["BITIM_LANGUAGE", "LC_ALL", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty } ?? ""
    return Language(rawValue: String(locale.prefix(2))) ?? .en
  }

  /// Whether the server is shown a token. One belongs to its server: another is not shown the profile's.
  var hasToken: Bool {
    self.arguments["token-file"] != nil
      || self.arguments["server"] == nil && self.profile != nil
  }

  /// The form and the language of what is said.
  func output() throws(Arguments.Fault) -> Output {
    let isForExcel = self.rest.contains("--\(Arguments.forExcel)")
    let formText = self.arguments["output"] ?? (isForExcel ? "csv" : "table")
    guard let form = Output.Form(rawValue: formText) else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--output", "value": formText, "list": "table, json, csv"])
    }
    guard form == .csv || !isForExcel else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--output", "value": formText, "list": "csv (--for-excel)"])
    }
    return Output(form: form, language: self.language, isForExcel: isForExcel)
  }

  /// Connects nothing yet; gathers what commands need.
  func desk() throws -> Desk {
    let output = try self.output()
    guard let server = self.arguments["server"] ?? self.profile?.server else {
      throw Arguments.Fault(text: .loginNeeded, arguments: [:])
    }
    guard let address = ServerAddress(server) else {
      throw Arguments.Fault(text: .usageAddress, arguments: ["value": server])
    }
    let token = try self.arguments["token-file"].map { file throws(Profile.Fault) in
      try Profile.token(in: file)
    }
    // A token belongs to its server: another server is not shown the profile's.
    let kept = self.arguments["server"] == nil ? self.profile?.token : nil
    return Desk(
      client: BitimClient(
        servers: [address], .init(token: token ?? kept)),
      output: output,
      isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1)
  }
}
