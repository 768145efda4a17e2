import BitimDomain
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

/// A School of which its founder's token alone is there: all else somebody types, each at a place of his or her own.
final class Day {
  typealias Said = (status: Int32, output: String, errors: String)

  let school: TestSchool
  /// Where they all keep their files.
  let folder: URL

  init(on day: String) throws {
    self.school = try TestSchool(on: day, signs: true)
    self.folder = self.school.folder.appendingPathComponent("кеңсе")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    try PrivateFile.create(self.path("founder.token"), Array(self.school.secret.utf8))
  }

  deinit { self.school.close() }

  func turn(to day: String) throws {
    self.school.clock.turn(to: try #require(CivilDate(iso: day)))
  }

  func path(_ name: String) -> String { self.folder.appendingPathComponent(name).path }

  func write(_ text: String, as name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: self.path(name)))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: self.path(name), encoding: .utf8)
  }

  /// Puts one of the office's files into the folder.
  func copy(_ file: String, as name: String) throws {
    try FileManager.default.copyItem(
      atPath: Repository.root.appendingPathComponent(file).path, toPath: self.path(name))
  }

  /// The folder itself, under a name that is the same each time.
  static let state = "/proc/self/cwd"

  /// Where `bitim` of everybody keeps what it keeps, and how wide a screen is.
  func environment(of name: String?, in language: String = "en") -> [String: String] {
    var environment = [
      "XDG_CONFIG_HOME": self.path("config"), "XDG_STATE_HOME": Self.state,
      "BITIM_LANGUAGE": language, "COLUMNS": "80", "PAGER": "cat",
    ]
    if let name { environment["BITIM_PROFILE"] = name }
    return environment
  }

  /// What `bitim` says to somebody; to nobody's profile where no name is given.
  func bitim(_ name: String?, _ words: [String], in language: String = "en") throws -> Said {
    let server = name == nil ? ["--server", "\(self.school.address)"] : []
    return try Program.run(
      Repository.program("bitim"), words + server, in: self.folder,
      environment: self.environment(of: name, in: language))
  }

  /// Done, and without a word of refusal; what it says of it.
  @discardableResult
  func done(
    _ name: String?, _ words: String..., in language: String = "en",
    at place: SourceLocation = #_sourceLocation
  ) throws -> (output: String, errors: String) {
    let said = try self.bitim(name, words, in: language)
    #expect(said.status == 0, "\(words): \(said.output)\(said.errors)", sourceLocation: place)
    return (said.output, said.errors)
  }

  /// Somebody gets a profile by a token's file.
  func login(_ name: String, _ file: String) throws {
    try self.done(nil, "login", "--token-file", file, "--profile", name)
  }

  /// What somebody sees at a terminal of 80 columns: what is shown, and what he or she types when it is asked for.
  ///
  /// - Parameter answers: What is waited for, and what is typed then; nil is the end of the input.
  func screen(
    _ name: String?, _ words: [String], in language: String,
    answers: [(upTo: String, typed: String?)] = []
  ) throws -> String {
    let terminal = try TypingTerminal(size: (24, 80))
    let server = name == nil ? ["--server", "\(self.school.address)"] : []
    let environment = ["NO_COLOR": "1", "TERM": "xterm"]
    let program = try Program(
      Repository.program("bitim"), words + server, in: self.folder,
      environment: self.environment(of: name, in: language).merging(environment) { $1 },
      input: terminal.theirs, output: terminal.theirs, errors: terminal.theirs)
    var text = ""
    for (words, typed) in answers {
      text += try terminal.shown(upTo: words)
      if let typed { try terminal.type(typed) } else { try terminal.end() }
    }
    return try (text + terminal.shown(toTheEndOf: program)).replacing("\r\n", with: "\n")
  }

  /// `bitim` of somebody who sits at a terminal, and goes on.
  func sit(
    _ name: String, at terminal: TypingTerminal, _ words: String..., in language: String = "en"
  ) throws -> Program {
    try Program(
      Repository.program("bitim"), words, in: self.folder,
      environment: self.environment(of: name, in: language), input: terminal.theirs,
      errors: terminal.theirs)
  }
}
