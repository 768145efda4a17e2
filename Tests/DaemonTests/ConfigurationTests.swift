import BitimDomain
import BitimSystem
import Foundation
import Testing

@testable import bitimd

@Suite("Configuration")
struct ConfigurationTests {
  private func file(_ text: String) throws -> String {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("bc-\(UUID().uuidString).conf")
    try Data(text.utf8).write(to: url)
    return url.path
  }

  @Test(
    "2: an instant is of the day that it is in Almaty, where a night had its last hour twice (R-012)"
  )
  func civilDay() throws {
    let day = System.day(in: try Configuration(flags: [:], file: nil, environment: [:]).zone)
    func text(_ seconds: Int64) -> String { day(Instant(unixMilliseconds: seconds * 1_000)).iso }
    // 2024-02-29T17:59:59Z, 18:30Z, 18:59:59Z and 19:00Z: six hours behind, and five since 18:00Z.
    #expect(text(1_709_229_599) == "2024-02-29")
    #expect(text(1_709_231_400) == "2024-02-29")
    #expect(text(1_709_233_199) == "2024-02-29")
    #expect(text(1_709_233_200) == "2024-03-01")
  }

  @Test("flags go over the environment, and that over the file")
  func precedence() throws {
    let file = try self.file("# the School's\ndatabase = a.db\nloops = 3\nzone = Asia/Qyzylorda\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let configuration = try Configuration(
      flags: [.loops: "1"], file: file,
      environment: ["BITIMD_LOOPS": "2", "BITIMD_DATABASE": "b.db"])
    #expect(
      configuration.text == """
        database = b.db
        backups = backups
        listen = unix://bitim.sock
        loops = 1
        zone = Asia/Qyzylorda
        behind-terminator = no
        terminators = none
        address-calls = 200
        address-connections = 64
        token-calls = 1000
        token-changes = 1000
        token-mebibytes = 256
        memory = 256
        commit-group = 1000
        signer = own
        """)
  }

  struct Wrong: CustomTestStringConvertible {
    let text: String
    let fault: String
    var testDescription: String { self.text }
  }

  @Test(
    "names the setting, the place and what it takes",
    arguments: [
      Wrong(text: "loops = 0", fault: "line 1: '0' is not a number from 1 to 64"),
      Wrong(text: "\nzone = Almaty", fault: "line 2: 'Almaty' is not a time zone as Asia/Almaty"),
      Wrong(
        text: "listen = 127.0.0.1:7420",
        fault: "line 1: '127.0.0.1:7420' is not tcp://HOST:PORT or unix://PATH"),
      Wrong(
        text: "colour = blue",
        fault:
          "line 1: 'colour = blue' is not NAME = VALUE with one of: database, backups, listen, loops, "
          + "zone, behind-terminator, terminators, address-calls, address-connections, "
          + "token-calls, token-changes, token-mebibytes, memory, commit-group, signer, signing-key"
      ),
      Wrong(
        text: "signer = ssh",
        fault: "line 1: 'ssh' is not own, none, or an agent's socket, unix://PATH"),
      Wrong(
        text: "signer = tcp://127.0.0.1:1",
        fault: "line 1: 'tcp://127.0.0.1:1' is not own, none, or an agent's socket, unix://PATH"),
      Wrong(
        text: "signing-key =", fault: "line 1: a key's fingerprint or comment is missing"),
      Wrong(
        text: "terminators = haproxy",
        fault: "line 1: 'haproxy' is not a user's number; `id -u NAME` says it"),
      Wrong(
        text: "address-calls = many", fault: "line 1: 'many' is not a number from 1 to 1000000"),
      Wrong(
        text: "loops = 1\n\nloops = 2",
        fault: "line 3: loops is set in line 1 already; say it once"),
      Wrong(
        text: "listen = unix://a\nlisten = unix://b",
        fault: "line 2: listen is set in line 1 already; say it once, several values with commas "
          + "between"),
      Wrong(
        text: "zone = \"Asia/Almaty",
        fault: "line 1: \"Asia/Almaty begins with a quote that nothing closes"),
      Wrong(text: "database =", fault: "line 1: a path is missing"),
      Wrong(text: "behind-terminator = maybe", fault: "line 1: 'maybe' is not yes or no"),
    ])
  func wrong(_ wrong: Wrong) throws {
    let file = try self.file(wrong.text)
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(throws: Configuration.Fault(description: "\(file), \(wrong.fault)")) {
      try Configuration(flags: [:], file: file, environment: [:])
    }
  }

  @Test("a key is named of an agent that others run, and lies in the settings with it")
  func signingKey() throws {
    #expect(
      throws: Configuration.Fault(
        description: "signing-key: names a key of an agent that others run; name it with signer = "
          + "unix://PATH.")
    ) { try Configuration(flags: [.signingKey: "log"], file: nil, environment: [:]) }
    let configuration = try Configuration(
      flags: [.signingKey: "log", .signer: "unix:///run/agent"], file: nil, environment: [:])
    #expect(configuration.text.hasSuffix("signer = unix:///run/agent\nsigning-key = log"))
    #expect(configuration.signing == "bitim.db-signing")
  }

  @Test("a folder is no file of settings, and neither is what is not there")
  func noFile() {
    for (file, why) in [
      ("/", "can't be read; name a file of settings."),
      ("/none/мектеп.conf", "there is no such file of settings."),
    ] {
      #expect(throws: Configuration.Fault(description: "\(file): \(why)")) {
        try Configuration(flags: [:], file: file, environment: [:])
      }
    }
  }

  @Test("a file from another system's editor is read: its mark, its ends of lines, quotes")
  func foreignFile() throws {
    let file = try self.file(
      "\u{FEFF}database = \"мектеп.db\"\r\n# loops = 9\r\nlisten = 'unix://a b'\r\nloops = 3")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let configuration = try Configuration(flags: [:], file: file, environment: [:])
    #expect(configuration.database == "мектеп.db")
    #expect(configuration.listen == [.unix(path: "a b")])
    #expect(configuration.loops == 3)
  }

  @Test("a variable of ours that is no setting is refused, others are not our business")
  func variables() throws {
    let known = Configuration.Setting.allCases.map(\.variable).joined(separator: ", ")
    #expect(
      throws: Configuration.Fault(
        description: "environment BITIMD_LISTN: is no setting; there are: \(known)")
    ) {
      try Configuration(flags: [:], file: nil, environment: ["BITIMD_LISTN": "unix://s"])
    }
    _ = try Configuration(flags: [:], file: nil, environment: ["BITIM_LANGUAGE": "kk"])
  }

  // Almaty went from +06 to +05 on 29 February 2024 at midnight.
  @Test("a day is the School's own, on both sides of the change of its zone")
  func days() throws {
    let almaty = try #require(TimeZone(identifier: "Asia/Almaty"))
    let day = System.day(in: almaty)
    func iso(_ ms: Int64) -> String { day(.init(unixMilliseconds: ms)).iso }
    // 2024-02-28T17:59:59Z and 18:00:00Z: before the change the day begins at 18:00 in UTC.
    #expect(iso(1_709_143_199_000) == "2024-02-28")
    // 2026-11-21T18:59:59Z and 19:00:00Z: after it, at 19:00.
    #expect(iso(1_795_287_599_000) == "2026-11-21")
    #expect(iso(1_795_287_600_000) == "2026-11-22")
  }
}
