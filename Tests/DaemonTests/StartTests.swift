import BitimClient
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore
import BitimSystem
import BitimTestSupport
import CSQLite
import Foundation
import Testing

@testable import bitimd

@Suite("What bitimd can't start with is said with its place, the reason and the way out")
struct StartTests {
  /// Runs `bitimd` and gives what it said, and with which status it ended.
  private func said(_ daemon: DaemonProcess, _ words: [String]) throws -> String {
    let (status, _, errors) = try daemon.run(words)
    return "\(status) \(errors)"
  }

  @Test("a file that is no registry is refused by every command, and nothing is made of it")
  func noRegistry() throws {
    let daemon = try DaemonProcess()
    let garbage = daemon.folder.appendingPathComponent("garbage")
    try Data(repeating: 0xA7, count: 5_000).write(to: garbage)
    let empty = daemon.folder.appendingPathComponent("empty")
    try Data().write(to: empty)
    let foreign = daemon.folder.appendingPathComponent("foreign").path
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(foreign, &database) == SQLITE_OK)
    #expect(unsafe sqlite3_exec(database, "CREATE TABLE t (x)", nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(database)
    let bare = daemon.folder.appendingPathComponent("bare").path
    try Registry.create(path: bare, at: Instant(unixMilliseconds: 1))
    for command in ["serve", "check", "migrate"] {
      func refused(_ path: String) throws -> String {
        try self.said(daemon, [command, "--database", path])
      }
      #expect(
        try refused("garbage")
          == "2 bitimd: garbage: is no database; name the one that `bitimd init` made.\n")
      #expect(
        try refused("empty")
          == "2 bitimd: empty: is empty; remove it, and make a registry with `bitimd init`.\n")
      #expect(
        try refused("foreign")
          == "2 bitimd: foreign: is another program's database; name the one that `bitimd init` made.\n"
      )
      #expect(
        try refused("bare")
          == "2 bitimd: bare: is a registry without a School, of an `init` that was cut off; "
          + "remove it, and make one with `bitimd init`.\n")
    }
    let none = "holds no act; nothing was replaced. Restore from another copy."
    for (copy, what) in [
      (
        "garbage",
        "is no database; name the one that `bitimd init` made. Nothing was replaced."
      ),
      ("empty", none),
      ("foreign", "is another program's database; name a copy of the registry."), ("bare", none),
    ] {
      let (status, _, errors) = try daemon.run([
        "restore", "--from", copy, "--burn", "0", "--give-up", "unknown", "--database", "new",
      ])
      #expect(status == 2)
      // How far a long step is, is a line of the log.
      #expect(
        errors.split(separator: "\n").filter { !$0.hasPrefix("{") } == [
          "bitimd: \(copy): \(what)"
        ])
    }
    // Nor is another program's database moved aside for a registry, whatever is given up.
    let octets = try Data(contentsOf: URL(fileURLWithPath: foreign))
    #expect(
      try self.said(
        daemon,
        [
          "restore", "--from", "db", "--burn", "0", "--give-up", "unknown", "--database", "foreign",
        ])
        == "2 bitimd: foreign: is another program's database; name with --database where the registry "
        + "is to be. Nothing was replaced.\n")
    #expect(try Data(contentsOf: URL(fileURLWithPath: foreign)) == octets)
    #expect(try Data(contentsOf: empty).isEmpty)
    #expect(try Data(contentsOf: garbage) == Data(repeating: 0xA7, count: 5_000))
    #expect(
      !FileManager.default.fileExists(atPath: daemon.folder.appendingPathComponent("new").path))
  }

  @Test("what a terminal would obey is shown, of paths and settings, by every command")
  func escapes() throws {
    let daemon = try DaemonProcess()
    let settings = daemon.folder.appendingPathComponent("esc.conf").path
    let path = "db\u{1b}[31m\u{202e}"
    try Data("database = \(path)\n".utf8).write(to: URL(fileURLWithPath: settings))
    let shown = "db\\u{1b}[31m\\u{202e}"
    let (_, output, _) = try daemon.run(["config", "check", "--config", settings])
    #expect(output.contains(shown))
    for command in ["serve", "check", "migrate"] {
      #expect(
        try self.said(daemon, [command, "--database", path]).hasPrefix("2 bitimd: \(shown): "))
    }
    #expect(try self.said(daemon, ["serve", "--\u{1b}[31m"]).contains("\\u{1b}[31m"))
    for (_, output, errors) in try [
      daemon.run(["config", "check", "--config", settings]),
      daemon.run(["check", "--database", path]),
    ] {
      #expect(!(output + errors).unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    }
  }

  @Test("a place that is not there, or not possible, is named")
  func places() throws {
    let daemon = try DaemonProcess()
    #expect(
      try self.said(daemon, ["serve", "--database", "db", "--listen", "unix:///none/s"])
        == "5 bitimd: listen at unix:///none/s: No such file or directory; see its folder, "
        + "or name another address.\n")
    let long = "unix://" + String(repeating: "ұ", count: 54)
    #expect(
      try self.said(daemon, ["serve", "--database", "db", "--listen", long])
        == "2 bitimd: --listen: '\(long)' is longer than the 107 octets a socket's path may have\n")
    #expect(
      try self.said(daemon, ["serve", "--database", "none"])
        == "2 bitimd: none: there is no database; name it with --database, or make one with "
        + "`bitimd init`.\n")
  }

  @Test("a setting is given once, as two words or as one; a server may listen at several places")
  func words() throws {
    let daemon = try DaemonProcess()
    let several = try daemon.run([
      "config", "check", "--database=db", "--listen=unix://a", "--listen", "unix://b",
    ])
    #expect(several.status == 0)
    #expect(several.output.contains("\nlisten = unix://a, unix://b\n"))
    #expect(
      try self.said(daemon, ["config", "check", "--loops", "1", "--loops", "2"])
        == "2 bitimd: --loops: is given twice.\n")
    #expect(
      try self.said(daemon, ["migrate", "--plan=yes"])
        == "2 bitimd: --plan: takes no value.\n")
  }

  @Test("a server that is to listen at two addresses answers at both")
  func listens() async throws {
    let daemon = try DaemonProcess()
    let addresses = ["бір", "екі"].map {
      Address.unix(path: daemon.folder.appendingPathComponent($0).path)
    }
    let server = try Program(
      Repository.program("bitimd"),
      ["serve", "--database", "db"] + addresses.flatMap { ["--listen", $0.description] },
      in: daemon.folder)
    for address in addresses {
      let client = BitimClient(address: address, token: daemon.token)
      let me = try await AccessServiceClient(client).whoAmI(
        .init(), options: CallOptions(timeout: .seconds(60), waitsForReady: true))
      #expect(me.roles == [.administrator])
    }
    server.send(SIGTERM)
    #expect(server.end() == 0)
  }

  @Test("what is set of addresses, loops, callers and memory is what the server is laid out with")
  func layout() throws {
    let configuration = try Configuration(
      flags: [
        .listen: "unix://a,unix://b", .loops: "3", .memory: "77", .addressConnections: "5",
        .addressCalls: "7", .terminators: "1001",
      ], file: nil, environment: [:])
    let layout = Serve.layout(configuration, connections: 99)
    #expect(layout.addresses == [.unix(path: "a"), .unix(path: "b")])
    #expect(layout.loops == 3)
    #expect(layout.memory == 77 << 20)
    #expect(layout.limits == AddressLimits(connections: 5, callsPerSecond: 7, burst: 35))
    #expect(layout.terminators == [1001])
    #expect(layout.connections == 99)
  }

  @Test("the unit in examples waits for the server, spares it a hopeless start and lets it drain")
  func unit() throws {
    let text = try String(
      contentsOf: Repository.root.appendingPathComponent("examples/bitimd.service"),
      encoding: .utf8)
    var unit: [Substring: Substring] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { unit[parts[0]] = parts[1] }
    }
    func number(_ name: Substring) throws -> Int { try #require(unit[name].flatMap { Int($0) }) }
    #expect(unit["Type"] == "notify")
    #expect(unit["Restart"] == "on-failure")
    // The status of a setting that is wrong, which `words()` and `places()` see.
    #expect(unit["RestartPreventExitStatus"] == "2")
    #expect(unit["After"] == "local-fs.target time-sync.target")
    // Five starts that fail at once lie within the interval, so that the limit is met.
    #expect(
      try number("StartLimitBurst") * number("RestartSec") < number("StartLimitIntervalSec"))
    #expect(try number("TimeoutStopSec") > Serve.drainSeconds)
    #expect(try number("WatchdogSec") > 0)
  }

  @Test("config check looks at what the settings name, and says what serve would do")
  func check() throws {
    let daemon = try DaemonProcess()
    let good = try daemon.run(["config", "check", "--database", "db", "--listen", "unix://s"])
    #expect(good.status == 0)
    let found = good.output.split(separator: "\n").filter { $0.hasPrefix("#") }
    #expect(
      found == [
        "# ok  db: \(RegistrySchema.name), 4 acts",
        "# ok  backups: is made with the first backup",
        "# ok  unix://s: is free",
        "# ok  db-signing: is made, with a key, when the server starts",
        "# serve would start",
      ])
    try Data(repeating: 0xA7, count: 100).write(
      to: daemon.folder.appendingPathComponent("garbage"))
    let bad = try daemon.run([
      "config", "check", "--database", "garbage", "--backups", "none/b", "--listen",
      "unix:///none/s",
    ])
    #expect(bad.status == 1)
    // Keys that others may read are said, and so are they in a folder that others may enter.
    let signing = daemon.folder.appendingPathComponent("db-signing")
    try FileManager.default.createDirectory(
      at: signing, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let key = signing.appendingPathComponent("log-key").path
    try Data().write(to: URL(fileURLWithPath: key))
    func signer() throws -> Substring? {
      let said = try daemon.run(["config", "check", "--database", "db", "--listen", "unix://s"])
      return said.output.split(separator: "\n").first { $0.contains("db-signing") }
    }
    for (path, mode) in [("db-signing/log-key", 0o640), ("db-signing", 0o701)] {
      let there = daemon.folder.appendingPathComponent(path).path
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: there)
      #expect(
        try signer()
          == "# ok  \(path): others may read it, and nothing is signed with it; keep them out: chmod go= \(path)"
      )
      try FileManager.default.setAttributes(
        [.posixPermissions: mode & 0o700], ofItemAtPath: there)
    }
    let wrong = bad.output.split(separator: "\n").filter { $0.hasPrefix("#") }
    #expect(
      wrong == [
        "# BAD garbage: is no database; name the one that `bitimd init` made.",
        "# BAD none/b: is not there; none: No such file or directory; name a folder that is there.",
        "# BAD unix:///none/s: no socket in /none: No such file or directory; name a folder that is there.",
        "# ok  garbage-signing: is made, with a key, when the server starts",
        "# serve would not start: 3 of these",
      ])
  }

  @Test("a database that others may read or change, or put another in its place, is not served")
  func open() throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("db").path
    func mode(_ mode: Int, of path: String) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    func checked() throws -> String {
      let said = try daemon.run(["config", "check", "--database", path, "--listen", "unix://s"])
      return "\(said.status) "
        + (said.output.split(separator: "\n").first { $0.hasPrefix("#") } ?? "")
    }
    for wrong in [0o644, 0o604, 0o620, 0o602] {
      try mode(wrong, of: path)
      let fault =
        "\(path): has mode \(String(wrong, radix: 8)), and people's data in it; "
        + "keep others out: chmod 600 \(path)"
      #expect(try checked() == "1 # BAD \(fault)")
      #expect(try self.said(daemon, ["serve", "--database", path]) == "2 bitimd: \(fault)\n")
    }
    // Its group may read it, to copy it.
    try mode(0o640, of: path)
    #expect(try checked() == "0 # ok  \(path): \(RegistrySchema.name), 4 acts")
    try mode(0o777, of: daemon.folder.path)
    let fault =
      "\(daemon.folder.path): everybody may put another database there; "
      + "keep others out: chmod o-w \(daemon.folder.path)"
    #expect(try checked() == "1 # BAD \(fault)")
    #expect(try self.said(daemon, ["serve", "--database", path]) == "2 bitimd: \(fault)\n")
    try mode(0o1777, of: daemon.folder.path)
    #expect(try checked() == "0 # ok  \(path): \(RegistrySchema.name), 4 acts")
  }

  @Test("config check says that the server runs, and who else takes its place")
  func served() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    let client = BitimClient(address: daemon.address, token: daemon.token)
    _ = try await AccessServiceClient(client).whoAmI(
      .init(), options: CallOptions(timeout: .seconds(60), waitsForReady: true))
    let address = daemon.address.description
    let own = try daemon.run(["config", "check", "--database", "db", "--listen", address])
    #expect(own.status == 0)
    #expect(own.output.contains("4 acts, a bitimd works on it now\n"))
    #expect(own.output.contains("# ok  \(address): the server that runs answers there\n"))
    try FileManager.default.copyItem(
      at: daemon.folder.appendingPathComponent("db"),
      to: daemon.folder.appendingPathComponent("other"))
    let other = try daemon.run(["config", "check", "--database", "other", "--listen", address])
    #expect(other.status == 1)
    #expect(
      other.output.contains(
        "# BAD \(address): another program answers there; name another address.\n"))
  }

  @Test("a folder for temporary files that is not there is named")
  func temporary() throws {
    let daemon = try DaemonProcess()
    let (status, _, said) = try Program.run(
      Repository.program("bitimd"), ["check", "--database", "db"], in: daemon.folder,
      environment: ["TMPDIR": "/none"])
    #expect(status == 2)
    #expect(said.hasPrefix("bitimd: /none/bitim-check-"))
    #expect(
      said.hasSuffix(
        ": No such file or directory; a check needs room for a second database: name a folder "
          + "that has it in TMPDIR.\n"))
  }
}
