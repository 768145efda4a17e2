import BitimCrypto
import BitimDomain
import BitimStore
import BitimSystem
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@Suite("A year of the School, as it is told in examples/year")
struct YearStoryTests {
  @Test("every command answers what is told, line by line, and no act but those named is left out")
  func year() throws {
    let story = try YearStory()
    for chapter in try YearStory.chapters() { try story.play(chapter) }
    #expect(try story.day.school.problems() == [])
    let untold = try Deed.kinds.subtracting(story.kinds())
    #expect(untold == Self.untold)
  }

  @Test("a chapter is read as it is written, and a line that is none is said with its place")
  func chapter() throws {
    let text = """
      Сәуір.

      == 2025-04-05 as gulzhan in kk
      > a.csv
      | x,y
      |
      $ bitim attest 'S 1' \\
          --show
        one

        two
      (told)
      """
    let chapter = try Chapter("04.txt", text)
    try #require(chapter.steps.count == 3)
    #expect(chapter.steps.map(\.line) == [3, 4, 7])
    guard case .scene("2025-04-05", "gulzhan", "kk") = chapter.steps[0].step,
      case .file("a.csv", "x,y\n\n") = chapter.steps[1].step,
      case .command(let command) = chapter.steps[2].step
    else {
      Issue.record("\(chapter.steps)")
      return
    }
    #expect(command.words == ["attest", "S 1", "--show"])
    #expect(command.answer == ["one", "", "two"])
    #expect(command.lines == 8..<11)
    for (line, what) in [("== April as aliya", "no scene"), ("$ ls", "no command")] {
      let fault = #expect(throws: Chapter.Fault.self) { try Chapter("04.txt", "\n\(line)") }
      #expect(fault?.description.hasPrefix("04.txt:2: is \(what)") == true)
    }
  }

  @Test("a blank takes what it may be, keeps it, and a line that differs is named")
  func blanks() {
    var blanks = Blanks()
    let digest = String(repeating: "0a", count: 16)
    #expect(blanks.difference(["No. {act}: {digest}."], ["No. 7: \(digest)."], typed: []) == nil)
    #expect(blanks.filled("--digest {digest} {other}").text == "--digest \(digest) {other}")
    #expect(blanks.filled("{case}").missing == "case")
    // Of one answer: the next has another. What was typed, it has alike.
    #expect(blanks.difference(["No. {act}"], ["No. 8"], typed: []) == nil)
    #expect(blanks.difference(["No. {act}"], ["No. 9"], typed: ["{act}"]) == 0)
    #expect(blanks.difference(["a", "No. {act-one}"], ["a", "No. 9"], typed: []) == nil)
    #expect(blanks.difference(["a", "No. {act-one}"], ["a", "No. 8"], typed: []) == 1)
    #expect(blanks.difference(["a"], ["a", "b"], typed: []) == 1)
    #expect(blanks.difference(["{digest}"], ["0a"], typed: []) == 0)
  }

  /// Acts that the story leaves out.
  private static let untold: Set<String> = [
    // No command makes it: a registry that was restored has it.
    "records_restored"
  ]
}

/// The story, as far as it was played.
final class YearStory {
  let day: Day
  private var blanks = Blanks()
  private var (date, speaker, language) = ("", "", "en")
  /// Where chapters are written as they were told; nil where none are.
  private let told = ProcessInfo.processInfo.environment["BITIM_YEAR"]

  init() throws {
    self.day = try Day(on: "2025-01-06")
    self.speaker = "founder"
    // The log's, and under it that of certificates.
    _ = try self.said(["audit", "key", "--to", "own.vkey"])
    let keys = try self.day.text("own.vkey").split(separator: "\n")
    let own = try #require(NoteKey(String(keys[0])))
    // RFC 8032, section 7.1, TEST 1: what `bitimd key new` might have made.
    let octets = try #require(
      Hex.octets("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    let publicKey = try #require(Ed25519PublicKey(octets))
    let next = try #require(NoteKey(name: own.name, publicKey: publicKey))
    self.blanks.know("key-school", is: "\(own)")
    self.blanks.know("key-next", is: "\(next)")
    self.blanks.know("log-school", is: own.name)
  }

  static func chapters() throws -> [Chapter] {
    let folder = Repository.root.appendingPathComponent("examples/year")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".txt") }.sorted().map {
      try Chapter($0, Repository.text("examples/year/\($0)"))
    }
  }

  /// Plays a chapter; each difference is a failure, with its file and line.
  func play(_ chapter: Chapter) throws {
    var source = chapter.source
    var shift = 0
    for (line, step) in chapter.steps {
      switch step {
      case .scene(let day, let speaker, let language):
        if day < self.date {
          Issue.record("examples/year/\(chapter.name):\(line)\n\(day) is before \(self.date)")
        }
        try self.day.turn(to: day)
        self.date = day
        (self.speaker, self.language) = (speaker, language)
      case .file(let name, let text):
        try self.day.write(self.filled(text, chapter, line), as: name)
      case .command(let command):
        let words = command.words.map { self.filled($0, chapter, line) }
        let said = try self.said(words)
        guard let difference = self.blanks.difference(command.answer, said, typed: command.words)
        else { continue }
        func at(_ lines: [String]) -> String {
          difference < lines.count ? lines[difference] : "(nothing more)"
        }
        Issue.record(
          """
          examples/year/\(chapter.name):\(command.lines.lowerBound + difference + 1), \
          of the command in line \(line)
          expected: \(at(command.answer))
          got:      \(at(said))
          """)
        guard self.told != nil else { continue }
        let lines = self.blanks.told(said).map { $0.isEmpty ? "" : "  \($0)" }
        let range = command.lines.lowerBound + shift..<command.lines.upperBound + shift
        source.replaceSubrange(range, with: lines)
        shift += lines.count - command.lines.count
      }
    }
    guard let told = self.told else { return }
    try Data(source.joined(separator: "\n").utf8)
      .write(to: URL(fileURLWithPath: told).appendingPathComponent(chapter.name))
  }

  /// With what is known in it; a blank that no answer before had is a failure.
  private func filled(_ text: String, _ chapter: Chapter, _ line: Int) -> String {
    let (filled, missing) = self.blanks.filled(text)
    if let missing {
      Issue.record("examples/year/\(chapter.name):\(line)\n{\(missing)} is not known yet")
    }
    return filled ?? text
  }

  /// Words of commands that ask for what is signed.
  private static let signed: Set<String> = ["audit", "bundle", "key"]

  /// What stands on the screen, and the exit status where it is not 0.
  private func said(_ words: [String]) throws -> [String] {
    var words = words
    // As the server does each five seconds, which only those who ask for what is signed notice.
    if !Self.signed.isDisjoint(with: words) { try self.day.school.sign() }
    words += ["--server", "\(self.day.school.address)"]
    if self.speaker != "nobody" {
      words += ["--token-file", self.token()]
    }
    var environment = self.day.environment(of: nil, in: self.language)
    // Wide enough for tables with many columns of days, and no wider than a line of prose.
    (environment["XDG_STATE_HOME"], environment["COLUMNS"]) = (self.day.path("state"), "100")
    let said = try Program.run(
      Repository.program("bitim"), words, in: self.day.folder, environment: environment)
    // A row of CSV ends as RFC 4180 says.
    var lines = (said.output + said.errors).replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    if said.status != 0 { lines.append("(exit status \(said.status))") }
    return lines
  }

  /// The file of the speaker's token: the founder's lies in the folder, others lie where they were made.
  private func token() -> String {
    let paths = ["tokens/\(self.speaker).token", "\(self.speaker).token"].map(self.day.path)
    let found = paths.first { FileManager.default.fileExists(atPath: $0) }
    if found == nil { Issue.record("\(self.speaker) has no token") }
    return found ?? ""
  }

  /// The kinds of all acts, and of what was done by approval.
  func kinds() throws -> Set<String> {
    let reader = try Reader(path: self.day.school.database, commits: CommitCount())
    return try reader.read { snapshot in
      var kinds: Set<String> = []
      var deeds = try snapshot.deeds(after: 0, limit: 500)
      while let last = deeds.last {
        for (_, deed) in deeds { kinds.formUnion(Self.kinds(of: deed)) }
        deeds = try snapshot.deeds(after: last.sequence, limit: 500)
      }
      return kinds
    }
  }

  private static func kinds(of deed: Deed) -> [String] {
    guard case .approved(let approved) = deed else { return [deed.kind] }
    return [deed.kind] + Self.kinds(of: approved.deed)
  }
}
