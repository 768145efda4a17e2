import BitimClient
import BitimProtocol
import BitimSystem
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

/// A real `bitimd` as a process, on a folder of its own.
final class DaemonProcess {
  let folder: URL
  private var process: Program?
  var address: Address { .unix(path: self.folder.appendingPathComponent("s").path) }

  init() throws {
    self.folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bd-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    let (status, _, errors) = try self.run([
      "init", "--database", "db", "--name-kk", "Мектеп", "--name-ru", "Школа", "--name-en",
      "School",
      "--region", "Алматы", "--entitled-from", "2020-01-01", "--entitled-by", "№ 7",
      "--administrator", "Әбенова Гүлнәр", "--born", "1980-05-02",
    ])
    #expect(status == 0, "\(errors)")
  }

  deinit {
    self.process?.send(SIGTERM)
    self.process?.end()
    // A temporary folder that stays harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }

  /// Runs a command to its end.
  func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    try Repository.run("bitimd", arguments, in: self.folder)
  }

  func serve(errors: FileHandle? = nil, environment: [String: String] = [:]) throws {
    self.process = try Program(
      Repository.program("bitimd"),
      [
        "serve", "--database", "db", "--listen", self.address.description, "--token-changes",
        "1000000",
      ], in: self.folder, environment: environment, errors: errors)
  }

  /// Sends the server a signal.
  func send(_ signal: Int32) { self.process?.send(signal) }

  /// Whether it holds a signal back; nil once it has ended.
  func holds(_ signal: Int32) throws -> Bool? {
    guard let process, process.isRunning else { return nil }
    let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
    let mask = try #require(status.firstMatch(of: /SigBlk:\s*([0-9a-f]+)/)?.1)
    return try #require(UInt64(mask, radix: 16)) >> UInt64(signal - 1) & 1 == 1
  }

  /// What the server wrote to standard error.
  func complained() throws -> String { try self.process?.complained() ?? "" }

  var isRunning: Bool { self.process?.isRunning == true }

  func kill() {
    self.process?.send(SIGKILL)
    self.process?.end()
  }

  /// Waits until the server has ended by itself; returns its exit status.
  func end() -> Int32 { self.process?.end() ?? -1 }

  func stop(by signal: Int32 = SIGTERM) -> Int32 {
    self.process?.send(signal)
    return self.end()
  }

  var token: String {
    let text = try? Repository.octets(
      absolute: self.folder.appendingPathComponent("admin.token").path)
    return String(decoding: text ?? [], as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }
}

@Suite("bitimd as a process", .serialized)
struct KillTests {
  private func batch(_ number: Int, _ count: Int) -> BitimV1.RegisterOrganisationsRequest {
    var request = BitimV1.RegisterOrganisationsRequest()
    request.organisations = (0..<count).map {
      .with(code: "C-\(number)-\($0)", kind: .centre, name: "Орталық", activities: [.train])
    }
    return request
  }

  @Test("kill -9 in the middle of imports loses nothing acknowledged and leaves none half done")
  func kill() async throws {
    let daemon = try DaemonProcess()
    let access = BitimClient(address: daemon.address, token: daemon.token)
    let organisations = OrganisationServiceClient(access)
    var acknowledged: Set<Int> = []
    for round in 0..<4 {
      try daemon.serve()
      try await self.waitUntilServing(access)
      await withTaskGroup(of: Int?.self) { group in
        for number in (round * 8)..<(round * 8 + 8) {
          let request = self.batch(number, 200)
          group.addTask {
            // Unanswered ones may or may not be there: that is what the check below is about.
            let answer = try? await organisations.registerOrganisations(
              request, options: CallOptions(timeout: .seconds(5)))
            return answer?.recorded == true ? number : nil
          }
        }
        // The first answer that arrives pulls the plug on the others.
        for await number in group {
          if let number { acknowledged.insert(number) }
          daemon.kill()
        }
      }
    }
    try daemon.serve()
    try await self.waitUntilServing(access)
    var counts: [Int: Int] = [:]
    var request = BitimV1.ListOrganisationsRequest()
    request.pageSize = 500
    request.kind = .centre
    repeat {
      let page = try await organisations.listOrganisations(request)
      for organisation in page.organisations {
        let number = Int(organisation.code.split(separator: "-")[1]) ?? -1
        counts[number, default: 0] += 1
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(!acknowledged.isEmpty)
    #expect(acknowledged.subtracting(counts.keys) == [])
    #expect(counts.values.allSatisfy { $0 == 200 })
    #expect(daemon.stop() == 0)
    let check = try daemon.run(["check", "--database", "db"])
    #expect(check.status == 0)
    #expect(check.output.hasSuffix("clean\n"))
  }

  private func waitUntilServing(_ client: BitimClient) async throws {
    for _ in 0..<200 {
      if (try? await AccessServiceClient(client).whoAmI(.init())) != nil { return }
    }
    Issue.record("the server did not come up")
  }

  @Test("init writes one token of mode 0600 and never touches a database that exists")
  func founding() throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("admin.token").path
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(daemon.token.hasPrefix("bitim_live_"))
    let again = try daemon.run(["init", "--database", "db", "--name-kk", "x"])
    #expect(again.status == 2)
    #expect(
      again.errors == "bitimd: db: is there already; init never touches a database that exists.\n")
  }

  @Test(
    "TERM and INT let what was begun end: each call is answered, and what was taken is there",
    arguments: [SIGTERM, SIGINT])
  func drains(_ signal: Int32) async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    let client = BitimClient(address: daemon.address, token: daemon.token)
    try await self.waitUntilServing(client)
    let organisations = OrganisationServiceClient(client)
    let requests = (0..<12).map { self.batch($0, 100) }
    let taken = await withTaskGroup(of: Bool.self) { group in
      for request in requests {
        group.addTask {
          // A call that came after the end was asked for is refused, and was not begun.
          let answer = try? await organisations.registerOrganisations(
            request, options: CallOptions(timeout: .seconds(60)))
          return answer?.recorded == true
        }
      }
      var taken = 0
      for await isTaken in group {
        if isTaken { taken += 1 }
        // The first answer brings the order to stop.
        if isTaken, taken == 1 { daemon.send(signal) }
      }
      return taken
    }
    #expect(daemon.end() == 0)
    #expect(taken > 0)
    let events = try daemon.complained().matches(of: /"event":"(\w+)"/).map(\.1)
    #expect(events.suffix(2) == ["stopping", "stopped"])
    let path = daemon.folder.appendingPathComponent("db").path
    #expect(try RegistryFile(path: path).acts() == 4 + Int64(taken))
    #expect(try daemon.run(["check", "--database", "db"]).output.hasSuffix("clean\n"))
  }

  @Test("a server whose log nobody can take serves, and drains when it is told to stop")
  func unwritableLog() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve(errors: FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full")))
    try await self.waitUntilServing(BitimClient(address: daemon.address, token: daemon.token))
    #expect(daemon.stop() == 0)
  }

  @Test("a file that is no socket is not taken for a stale one")
  func notASocket() throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("db").path
    let before = try Repository.octets(absolute: path)
    let refused = try daemon.run(["serve", "--database", "db", "--listen", "unix://\(path)"])
    #expect(refused.status == 5)
    #expect(refused.errors.contains("something that is no socket lies there"))
    #expect(try Repository.octets(absolute: path) == before)
  }

  @Test(
    "a database of another user is touched by nobody else, root included",
    .enabled(if: geteuid() == 0, "only root may give a file away"))
  func anothersDatabase() throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("db").path
    try FileManager.default.setAttributes([.ownerAccountID: 1], ofItemAtPath: path)
    for command in ["serve", "migrate"] {
      let refused = try daemon.run([command, "--database", "db"])
      #expect(refused.status == 2)
      #expect(
        refused.errors
          == "bitimd: db: belongs to another user; work as that one (sudo -u '#1').\n")
    }
  }

  @Test("a database of another schema is refused with the way out, and so is a backup of it")
  func schemas() throws {
    let daemon = try DaemonProcess()
    func sql(_ text: String) throws {
      var database: OpaquePointer?
      let path = daemon.folder.appendingPathComponent("db").path
      #expect(unsafe sqlite3_open(path, &database) == SQLITE_OK)
      #expect(unsafe sqlite3_exec(database, text, nil, nil, nil) == SQLITE_OK)
      unsafe sqlite3_close(database)
    }
    let name = RegistrySchema.name
    let cases = [
      (
        "INSERT INTO schema_migration VALUES ('m9999_later', x'00', 0)",
        "has m9999_later, which this program does not know: it is newer"
      ),
      (
        "DELETE FROM schema_migration WHERE name = 'm9999_later'; "
          + "UPDATE schema_migration SET name = 'registry-999-00000000'",
        "has registry-999-00000000, which this program does not know: it is newer"
      ),
      (
        "UPDATE schema_migration SET name = '\(name)', hash = x'00'",
        "has another \(name) than this program: something changed what it says of itself"
      ),
      (
        "DELETE FROM schema_migration", "was left half made; remove it, and make it anew"
      ),
    ]
    for (change, why) in cases {
      try sql(change)
      let served = try daemon.run(["serve", "--database", "db", "--listen", "unix://other"])
      #expect(served.status == 2)
      #expect(served.errors.hasPrefix("bitimd: db: \(why)"))
      let migrated = try daemon.run(["migrate", "--database", "db"])
      #expect(migrated.status == 2)
      #expect(migrated.errors.hasPrefix("bitimd: db: \(why)"))
      let restored = try daemon.run(["restore", "--database", "new", "--from", "db", "--burn", "0"])
      #expect(restored.status == 2)
      #expect(restored.errors.contains("bitimd: db: \(why)"))
    }
    try sql(
      """
      INSERT INTO schema_migration VALUES ('registry-3-00000000', x'00', 0)
      """)
    let served = try daemon.run(["serve", "--database", "db", "--listen", "unix://other"])
    #expect(
      served.errors
        == "bitimd: db: has registry-3-00000000, an older schema; bring it forward with "
        + "`bitimd migrate`.\n")
    // A copy of an older schema comes forward while it is restored.
    let restored = try daemon.run([
      "restore", "--database", "new", "--from", "db", "--burn", "0", "--give-up", "unknown",
    ])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(try daemon.run(["check", "--database", "new"]).output.hasSuffix("clean\n"))
    let migrated = try daemon.run(["migrate", "--database", "db"])
    #expect(migrated.status == 0)
    #expect(try daemon.run(["check", "--database", "db"]).output.hasSuffix("clean\n"))
  }

  @Test("a database with two names is refused, and so is a link to one")
  func names() throws {
    let daemon = try DaemonProcess()
    let folder = daemon.folder.path
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/soft", withDestinationPath: "\(folder)/db")
    let soft = try daemon.run(["serve", "--database", "soft", "--listen", "unix://x"])
    #expect(soft.status == 2)
    #expect(
      soft.errors
        == "bitimd: soft: is not a plain file; name the database itself, not a link to it.\n")
    try FileManager.default.linkItem(atPath: "\(folder)/db", toPath: "\(folder)/hard")
    let hard = try daemon.run(["serve", "--database", "db", "--listen", "unix://x"])
    #expect(hard.status == 2)
    #expect(
      hard.errors == "bitimd: db: has 2 names (hard links); leave it one, or they will differ.\n")
  }

  @Test("a database that a newer program migrated is refused, by name")
  func newer() throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("db").path
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(path, &database) == SQLITE_OK)
    let sql = "INSERT INTO schema_migration VALUES ('m0999_of_tomorrow', x'00', 1)"
    #expect(unsafe sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(database)
    let serve = try daemon.run(["serve", "--database", "db", "--listen", "unix://x"])
    #expect(serve.status == 2)
    #expect(
      serve.errors
        == "bitimd: db: has m0999_of_tomorrow, which this program does not know: it is "
        + "newer; start the program that last migrated it, or a later one.\n")
    #expect(try daemon.run(["check", "--database", "db"]).status == 1)
  }

  @Test("an order to stop is kept however early it comes")
  func earlyStop() throws {
    let daemon = try DaemonProcess()
    for _ in 0..<5 {
      try daemon.serve()
      // Before that nothing is opened, and the system itself ends it.
      while try daemon.holds(SIGTERM) == false {}
      #expect(daemon.stop() == 0)
    }
  }

  @Test(
    "a database that is removed or replaced under the server acknowledges nothing more",
    arguments: ["db", "db-wal", "db-shm"], [true, false])
  func moved(file: String, isReplaced: Bool) async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    let client = BitimClient(address: daemon.address, token: daemon.token)
    try await self.waitUntilServing(client)
    let organisations = OrganisationServiceClient(client)
    #expect(try await organisations.registerOrganisations(self.batch(1, 1)).recorded)
    let url = daemon.folder.appendingPathComponent(file)
    let before = try Data(contentsOf: url)
    try FileManager.default.removeItem(at: url)
    if isReplaced { try before.write(to: url) }
    let lost = self.batch(2, 1)
    await #expect(throws: CallFailure.self) {
      try await organisations.registerOrganisations(
        lost, options: CallOptions(timeout: .seconds(60)))
    }
    #expect(daemon.end() == 74)
    let said = try daemon.complained()
    #expect(
      said.contains(
        "\"what\":\"\(file) is not the file that was opened: it was removed, moved or replaced "
          + "under the server\""))
  }

  @Test("HUP, USR1 and USR2 end nothing; HUP is told that there is nothing to reload")
  func otherSignals() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    let client = BitimClient(address: daemon.address, token: daemon.token)
    try await self.waitUntilServing(client)
    for signal in [SIGUSR1, SIGUSR2, SIGHUP, SIGHUP] { daemon.send(signal) }
    try await self.waitUntilServing(client)
    #expect(daemon.stop() == 0)
    let said = try daemon.complained()
    let events = said.split(separator: "\n").compactMap {
      $0.firstMatch(of: /"event":"([a-z-]+)"/)?.1
    }
    // A signal that comes twice before it is seen is one.
    #expect(events.filter { $0 == "nothing-to-reload" }.count >= 1)
    // A minute without a second copy would say so; what is signed is signed beside the start.
    let others = events.filter { $0 != "nothing-to-reload" && $0 != "copy-missing" }
    #expect(
      others.filter { !$0.hasPrefix("signing") } == [
        "started", "listening", "stopping", "stopped",
      ])
  }

  @Test("HUP ends nothing while the registry is being opened, and TERM is heeded when it is open")
  func earlySignals() async throws {
    let daemon = try DaemonProcess()
    // Whoever opens it waits for somebody who has it for himself.
    var database: OpaquePointer?
    defer { unsafe sqlite3_close(database) }
    let path = daemon.folder.appendingPathComponent("db").path
    #expect(unsafe sqlite3_open(path, &database) == SQLITE_OK)
    let alone = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"
    #expect(unsafe sqlite3_exec(database, alone, nil, nil, nil) == SQLITE_OK)
    try daemon.serve()
    while try daemon.holds(SIGHUP) == false { await Task.yield() }
    #expect(try daemon.holds(SIGHUP) == true)
    daemon.send(SIGHUP)
    unsafe sqlite3_close(database)
    unsafe database = nil
    let client = BitimClient(address: daemon.address, token: daemon.token)
    try await self.waitUntilServing(client)
    #expect(daemon.stop() == 0)
    #expect(try daemon.complained().contains("\"event\":\"nothing-to-reload\""))
  }

  @Test("whoever supervises is told when it serves and when it stops, in systemd's own way")
  func supervised() async throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("notify").path
    let supervisor = try ListeningSupervisor(at: path)
    try daemon.serve(environment: ["NOTIFY_SOCKET": path])
    #expect(supervisor.told() == "READY=1")
    // What is said to be ready answers: nobody waits for it.
    let client = BitimClient(address: daemon.address, token: daemon.token)
    _ = try await AccessServiceClient(client).whoAmI(.init())
    #expect(daemon.stop() == 0)
    #expect(supervisor.told() == "STOPPING=1")
  }

  @Test("a supervisor that waits for it is told again and again that loops and writer move")
  func watched() throws {
    let daemon = try DaemonProcess()
    let path = daemon.folder.appendingPathComponent("notify").path
    let supervisor = try ListeningSupervisor(at: path)
    try daemon.serve(environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "3000"])
    let told = (0..<6).map { _ in supervisor.told() }
    #expect(told == ["READY=1"] + Array(repeating: "WATCHDOG=1", count: 5))
    #expect(daemon.stop() == 0)
    var last = supervisor.told()
    while last == "WATCHDOG=1" { last = supervisor.told() }
    #expect(last == "STOPPING=1")
  }

  @Test("with too few descriptors the server says how many it needs and how to get them")
  func descriptors() throws {
    let daemon = try DaemonProcess()
    let (status, _, said) = try Program.run(
      URL(fileURLWithPath: "/bin/bash"),
      [
        "-c", "ulimit -n 40; exec \"$0\" serve --database db --listen unix://s --loops 2",
        Repository.program("bitimd").path,
      ], in: daemon.folder)
    #expect(status == 2)
    // 3 standard, lock, acceptor 2, listener, loops 2 x 2, eight connections to the database of 3 each,
    // 8 for a while, 6 and one more connection of 3 for what is signed, and 12 connections.
    #expect(
      said
        == "bitimd: this process may open 40 files and connections, and needs at least 64 with 2 "
        + "loops; raise the limit (LimitNOFILE= in the unit, `ulimit -n` in a shell), or set fewer "
        + "--loops.\n")
  }

  @Test("a second server on one database is refused, and so is an address open to others")
  func refusals() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    try await self.waitUntilServing(BitimClient(address: daemon.address, token: daemon.token))
    let second = try daemon.run(["serve", "--database", "db", "--listen", "unix://other"])
    #expect(second.status == 2)
    #expect(second.errors == "bitimd: db: another bitimd works on this database; stop it first.\n")
    // Root may open any file, but no folder as one.
    try FileManager.default.createDirectory(
      at: daemon.folder.appendingPathComponent("mine.lock"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: daemon.folder.appendingPathComponent("db"),
      to: daemon.folder.appendingPathComponent("mine"))
    let foreign = try daemon.run(["serve", "--database", "mine", "--listen", "unix://other"])
    #expect(foreign.status == 2)
    #expect(
      foreign.errors
        == "bitimd: mine.lock: Is a directory; name another place with --database.\n")
    let swallowed = try daemon.run(["serve", "--database", "--listen", "unix://other"])
    #expect(swallowed.status == 2)
    #expect(swallowed.errors == "bitimd: --database: a value is missing.\n")
    let open = try daemon.run(["config", "check", "--listen", "tcp://0.0.0.0:7420"])
    #expect(open.status == 2)
    #expect(open.errors.contains("bitimd speaks no TLS"))
    let allowed = try daemon.run([
      "config", "check", "--database", "db", "--listen", "tcp://0.0.0.0:0", "--behind-terminator",
      "yes", "--loops", "2", "--signer", "none",
    ])
    #expect(
      allowed.output == """
        database = db
        backups = backups
        listen = tcp://0.0.0.0:0
        loops = 2
        zone = Asia/Almaty
        behind-terminator = yes
        terminators = none
        address-calls = 200
        address-connections = 64
        token-calls = 1000
        token-changes = 1000
        token-mebibytes = 256
        memory = 256
        commit-group = 1000
        signer = none
        # ok  db: \(RegistrySchema.name), 4 acts, a bitimd works on it now
        # ok  backups: is made with the first backup
        # ok  tcp://0.0.0.0:0: is free
        # ok  signer: none; checkpoints of the journal are signed by nobody
        # serve would start

        """)
  }
}
