import BitimProtocol
import BitimSystem
import Foundation
import Testing

@testable import bitim

@Suite("What an examiner types is kept as it is typed")
struct EveningTests {
  private static let plan = EveningPlan(
    session: "S-014", heldOn: "2026-04-22",
    parts: [
      .init(component: .test, passMark: 60), .init(component: .rolePlay, passMark: 60),
      .init(component: .interview, passMark: 50),
    ],
    candidates: [
      .init(displayID: "P-8-74", name: "Өтегенова Ұлжан Ғабитқызы"),
      .init(displayID: "P-9-71", name: "Әбілов Әлихан"),
      .init(displayID: "P-10-68", name: "Жұмабекова Гүлнұр"),
    ])

  /// A folder of its own, which is gone with it.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("be-\(UUID().uuidString.prefix(12))")
    var path: String { self.url.appendingPathComponent("S-014.txt").path }

    init() throws {
      try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
    }
    // What is left of a temporary folder harms no test.
    deinit { try? FileManager.default.removeItem(at: self.url) }

    func text() throws -> String { try String(contentsOfFile: self.path, encoding: .utf8) }
    func add(_ text: String) throws {
      let handle = try #require(FileHandle(forUpdatingAtPath: self.path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(text.utf8))
    }
  }

  private static let head = """
    bitim-evening\t1
    session\tS-014\t2026-04-22
    seed\tab12
    part\ttest\t60
    part\trole_play\t60
    part\tinterview\t50
    candidate\tP-8-74\tӨтегенова Ұлжан Ғабитқызы
    candidate\tP-9-71\tӘбілов Әлихан
    candidate\tP-10-68\tЖұмабекова Гүлнұр

    """

  @Test("an answer is a score for each part, or that nobody came")
  func answers() {
    func read(_ text: String) -> TypedResult? { TypedResult(text, parts: 3, markers: 0) }
    #expect(read("80 75 90") == Self.scores("80", "75", "90"))
    #expect(read("0, 100;7") == Self.scores("0", "100", "7"))
    #expect(read("-") == .instead(.absent, why: ""))
    #expect(read("-  № 12 анықтама") == .instead(.absent, why: "№ 12 анықтама"))
    #expect(read("! көшірді")?.text == "! көшірді")
    #expect(read("! көшірді") == .instead(.excluded, why: "көшірді"))
    #expect(read("~ жарық сөнді") == .instead(.interrupted, why: "жарық сөнді"))
    for wrong in [
      "80 75", "80 75 90 1", "80 75 101", "80 -1 90", "80 x 90", "8075 90", "", "80+70 75 90",
      "- 80 75", "!", "~", "! 7", "!көшірді", "-а", "--",
    ] {
      #expect(read(wrong) == nil, "\(wrong)")
    }
  }

  private static func scores(_ marks: String..., by markers: Int = 0) -> TypedResult {
    .scores(marks.compactMap { TypedScore($0, markers: markers) })
  }

  @Test(
    "of members who each give a mark, theirs stand with + between, and - of who gave none (R-615)")
  func members() throws {
    func read(_ text: String) -> TypedResult? { TypedResult(text, parts: 2, markers: 3) }
    #expect(read("60+60+59 70+-+80") == Self.scores("60+60+59", "70 + - + 80", by: 3))
    #expect(read("60+60+59 70+-+80")?.text == "60+60+59 70+-+80")
    for wrong in ["60 70", "60+60 70+70", "60+60+59", "60+60+101 1+1+1", "60+-+- 1+1+1"] {
      #expect(read(wrong) == nil, "\(wrong)")
    }
    let folder = try Folder()
    let plan = EveningPlan(
      session: "S-014", heldOn: "2026-04-22",
      parts: [.init(component: .test, passMark: 60)],
      markers: [.init(personID: 4, name: "Ким Елена"), .init(personID: 7, name: "Петров Иван")],
      candidates: Array(Self.plan.candidates.prefix(1)))
    do {
      let file = try EveningFile(creating: folder.path, plan, seed: "ab12")
      try file.type(Self.scores("60+59", by: 2), of: "P-8-74")
    }
    let file = try EveningFile(opening: folder.path)
    #expect(file.plan == plan)
    #expect(
      try folder.text()
        == "bitim-evening\t1\nsession\tS-014\t2026-04-22\nseed\tab12\npart\ttest\t60\n"
        + "marker\t4\tКим Елена\nmarker\t7\tПетров Иван\n"
        + "candidate\tP-8-74\tӨтегенова Ұлжан Ғабитқызы\ntyped\tP-8-74\t60+59\n")
    let sent = file.request.rows.flatMap(\.scores)
    #expect(sent.map(\.component) == [.test])
    #expect(sent.map(\.points) == [0])
    #expect(sent.flatMap(\.marks).map { [$0.personId, Int64($0.points)] } == [[4, 60], [7, 59]])
  }

  @Test("the file is its owner's alone, says what it holds in words, and is read again as it was")
  func file() throws {
    let folder = try Folder()
    do {
      let file = try EveningFile(creating: folder.path, Self.plan, seed: "ab12")
      #expect(file.key == "ab12-0")
      try file.type(Self.scores("80", "75", "90"), of: "P-8-74")
      try file.type(.instead(.absent, why: ""), of: "P-9-71")
      try file.type(Self.scores("52", "70", "81"), of: "P-8-74")
      try file.type(nil, of: "P-9-71")
    }
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(
      try folder.text()
        == Self.head + "typed\tP-8-74\t80 75 90\ntyped\tP-9-71\t-\ntyped\tP-8-74\t52 70 81\n"
        + "typed\tP-9-71\t\n")
    let file = try EveningFile(opening: folder.path)
    #expect(file.plan == Self.plan)
    #expect(file.typed == ["P-8-74": Self.scores("52", "70", "81")])
    // Another key whenever something was typed, and never one for two contents.
    #expect(file.key == "ab12-4")
    #expect(file.isSent == false)
    try file.noteSent()
    #expect(file.key == "ab12-4")
    #expect(file.isSent)
    try file.type(.instead(.absent, why: ""), of: "P-10-68")
    #expect(file.isSent == false)
    var row = BitimV1.ResultRow()
    (row.line, row.candidate) = (1, "P-8-74")
    row.scores = [(BitimV1.Component.test, Int32(52)), (.rolePlay, 70), (.interview, 81)].map {
      var score = BitimV1.Score()
      (score.component, score.points) = $0
      return score
    }
    var absent = BitimV1.ResultRow()
    (absent.line, absent.candidate, absent.outcome) = (3, "P-10-68", .absent)
    #expect(file.request.session == "S-014")
    #expect(file.request.rows == [row, absent])
    try file.type(.instead(.excluded, why: "көшірді"), of: "P-10-68")
    (absent.outcome, absent.why) = (.excluded, "көшірді")
    #expect(file.request.rows == [row, absent])
  }

  @Test("what a killed program left of a last line is not read, and the next line stands by itself")
  func cutOff() throws {
    let folder = try Folder()
    do {
      let file = try EveningFile(creating: folder.path, Self.plan, seed: "ab12")
      try file.type(.instead(.absent, why: ""), of: "P-9-71")
    }
    // In the middle of a letter of two octets too.
    try folder.add("typed\tP-8-74\t80 7")
    let file = try EveningFile(opening: folder.path)
    #expect(file.typed == ["P-9-71": .instead(.absent, why: "")])
    try file.type(Self.scores("1", "2", "3"), of: "P-8-74")
    #expect(
      try folder.text() == Self.head + "typed\tP-9-71\t-\ntyped\tP-8-74\t1 2 3\n")
  }

  @Test("one program at a time has a file; what is there is not written over")
  func alone() throws {
    let folder = try Folder()
    let file = try EveningFile(creating: folder.path, Self.plan, seed: "ab12")
    #expect(throws: EveningFile.Fault(.eveningTaken, ["file": folder.path])) {
      _ = try EveningFile(opening: folder.path)
    }
    #expect(throws: EveningFile.Fault(.fileThere, ["file": folder.path])) {
      _ = try EveningFile(creating: folder.path, Self.plan, seed: "cd34")
    }
    #expect(file.typed.isEmpty)
  }

  @Test(
    "a file of others is refused by its line, and stays as it is",
    arguments: [
      ("", 1), ("surname;given\n", 1), ("bitim-evening\t2\n", 1), ("bitim-evening\t1\n", 1),
      (head + "typed\tP-8-74\t80 75\n", 10), (head + "typed\tP-7-77\t-\n", 10),
      ("surname;given", 1), ("surname;given\nӨтегенова;Ұлжан", 1), (head + "sent\tnow\ntyped", 10),
      (head + "sent\tnow\n", 10), (head.replacing("part\ttest\t60", with: "part\ttests\t60"), 4),
    ])
  func foreign(text: String, line: Int) throws {
    let folder = try Folder()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path))
    #expect(throws: EveningFile.Fault(.eveningForeign, ["file": folder.path, "line": "\(line)"])) {
      _ = try EveningFile(opening: folder.path)
    }
    // Not an octet is taken off what is somebody else's.
    #expect(try folder.text() == text)
  }

  /// Asks with answers that are given; returns the questions and what was told.
  private func ask(
    _ file: EveningFile, _ answers: [String?], fromLast: Bool = false
  ) throws -> (end: Evening.End, told: [String]) {
    var rest = answers[...]
    var told: [String] = []
    let evening = Evening(
      file: file,
      voice: .init(
        ask: { text, arguments in
          told.append(text.filled(.kk, arguments))
          return rest.popFirst() ?? nil
        }, note: { text, arguments in told.append("\(text) \(arguments["parts"] ?? "")") }),
      parts: "тест, рөлдік ойын")
    let end = try evening.ask(from: fromLast)
    #expect(rest.isEmpty)
    return (end, told)
  }

  @Test(
    "each candidate is asked with the row's number and what was typed; back, later and enough do as they say"
  )
  func questions() throws {
    let folder = try Folder()
    let file = try EveningFile(creating: folder.path, Self.plan, seed: "ab12")
    let first = try self.ask(file, ["80 75", "80 75 90", "<", "?", "81 75 90", "", "-"])
    #expect(first.end == .asked)
    let ulzhan = "Өтегенова Ұлжан Ғабитқызы (P-8-74)"
    #expect(
      first.told == [
        "1/3  \(ulzhan):", "eveningUnread тест, рөлдік ойын", "1/3  \(ulzhan):",
        "2/3  Әбілов Әлихан (P-9-71):",
        "1/3  \(ulzhan) = 80 75 90:", "eveningExplain тест, рөлдік ойын",
        "1/3  \(ulzhan) = 80 75 90:",
        "2/3  Әбілов Әлихан (P-9-71):", "3/3  Жұмабекова Гүлнұр (P-10-68):",
      ])
    #expect(
      file.typed == [
        "P-8-74": Self.scores("81", "75", "90"), "P-10-68": .instead(.absent, why: ""),
      ])
    // From the first who is left; the end of the input is no answer.
    let second = try self.ask(file, ["70 70 70", nil])
    #expect(second.end == .leftOff)
    #expect(
      second.told == [
        "2/3  Әбілов Әлихан (P-9-71):", "3/3  Жұмабекова Гүлнұр (P-10-68) = -:",
      ])
    let third = try self.ask(file, ["x"], fromLast: true)
    #expect(third.end == .asked)
    #expect(file.typed["P-10-68"] == nil)
    #expect(try self.ask(file, ["."]).told == ["3/3  Жұмабекова Гүлнұр (P-10-68):"])
  }
}
