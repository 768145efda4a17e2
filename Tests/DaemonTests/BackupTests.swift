import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

@Suite("A backup knows that it is one, and a restoration takes no other history")
struct BackupTests {
  /// A registry beside which its server has made a backup, and then stopped.
  private struct Stopped {
    let daemon: DaemonProcess
    /// The backup's path within the daemon's folder.
    let backup: String
    let root: String
    /// The instant of its last act.
    let asOf: String

    init() async throws {
      self.daemon = try DaemonProcess()
      try self.daemon.serve()
      let client = BitimClient(address: self.daemon.address, token: self.daemon.token)
      let made = try await BackupServiceClient(client).makeBackup(
        .init(), options: CallOptions(timeout: .seconds(60), waitsForReady: true))
      #expect(self.daemon.stop() == 0)
      self.backup = "backups/\(made.file)"
      self.root = Base64.text(made.root)
      let stamp = try #require(made.asOf)
      self.asOf = String(try JSONText().text(stamp).dropFirst().dropLast())
    }

    func path(_ name: String) -> String { self.daemon.folder.appendingPathComponent(name).path }

    /// Runs a command on a database of the daemon's folder; its status and what it complained of.
    func said(_ words: [String], _ database: String = "db") throws -> String {
      let (status, _, errors) = try self.daemon.run(words + ["--database", database])
      // How far a long step is, is a line of the log.
      return "\(status) " + errors.split(separator: "\n").filter { !$0.contains("{") }.joined()
    }

    func recover(_ token: String, _ database: String = "db") throws {
      let words = ["recover-admin", "--person", PersonNumber.text(1), "--token-file", token]
      #expect(try self.said(words, database) == "0 ")
    }
  }

  @Test("a backup under the registry's name is not served: it goes by a restoration, which burns")
  func marked() async throws {
    let stopped = try await Stopped()
    let files = FileManager.default
    for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: stopped.path("db" + suffix)) {
      try files.removeItem(atPath: stopped.path("db" + suffix))
    }
    try files.copyItem(atPath: stopped.path(stopped.backup), toPath: stopped.path("db"))
    let refused =
      "2 bitimd: db: is a backup, as of \(stopped.asOf): numbers may have been given out since. Put it "
      + "in place with `bitimd restore --from db --burn N`, which burns them."
    #expect(try stopped.said(["serve", "--listen", "unix://other"]) == refused)
    #expect(
      try stopped.said(["recover-admin", "--person", PersonNumber.text(1), "--token-file", "t"])
        == refused)
    let checked = try stopped.daemon.run(["check", "--database", "db"])
    #expect(
      checked.output
        == "acts 4\nroot \(stopped.root)\nbackup: `bitimd restore` puts it in a registry's place\n"
        + "clean\n")
    // It says no more than itself whose it is.
    let restore = ["restore", "--from", "db", "--burn", "7"]
    #expect(
      try stopped.said(restore)
        == "2 bitimd: db: there is no registry, and no --checkpoint was given, so nobody can say "
        + "whether the copy is this registry's, nor how many acts it lacks. It has 4 acts up to "
        + "\(stopped.asOf), with the root \(stopped.root). To take it as it is, say --give-up unknown."
    )
    let restored = try stopped.daemon.run(restore + ["--give-up", "unknown", "--database", "db"])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.contains("burned    serials 1 to 7 of "))
    #expect(try stopped.daemon.run(["check", "--database", "db"]).output.hasSuffix("clean\n"))
    try stopped.daemon.serve()
    let client = BitimClient(address: stopped.daemon.address, token: stopped.daemon.token)
    let me = try await AccessServiceClient(client).whoAmI(
      .init(), options: CallOptions(timeout: .seconds(60), waitsForReady: true))
    #expect(me.roles == [.administrator])
    #expect(stopped.daemon.stop() == 0)
  }

  @Test("a backup beside the WAL that a killed server left is opened by no command")
  func besideWAL() async throws {
    let stopped = try await Stopped()
    try stopped.daemon.serve()
    let client = BitimClient(address: stopped.daemon.address, token: stopped.daemon.token)
    var request = BitimV1.RegisterOrganisationsRequest()
    request.organisations = [
      .with(code: "ALA-01", kind: .centre, name: "Орталық ALA-01", activities: [.train])
    ]
    _ = try await OrganisationServiceClient(client).registerOrganisations(
      request, options: CallOptions(timeout: .seconds(60), waitsForReady: true))
    let files = FileManager.default
    let wal = try Data(contentsOf: URL(fileURLWithPath: stopped.path("db-wal")))
    #expect(wal.count > 0)
    #expect(stopped.daemon.stop() == 0)
    try? files.removeItem(atPath: stopped.path("db-shm"))
    try files.removeItem(atPath: stopped.path("db"))
    try files.copyItem(atPath: stopped.path(stopped.backup), toPath: stopped.path("db"))
    try wal.write(to: URL(fileURLWithPath: stopped.path("db-wal")))
    let backup = try Data(contentsOf: URL(fileURLWithPath: stopped.path("db")))
    let refused =
      "2 bitimd: db: is a backup, and db-wal beside it is another database's, which would be written "
      + "over it. Move that file away, and put the backup in place with `bitimd restore`."
    #expect(try stopped.said(["serve", "--listen", "unix://other"]) == refused)
    #expect(try stopped.said(["check"]) == refused)
    #expect(try stopped.said(["migrate"]) == refused)
    #expect(
      try stopped.said(["recover-admin", "--person", PersonNumber.text(1), "--token-file", "t"])
        == refused)
    #expect(try Data(contentsOf: URL(fileURLWithPath: stopped.path("db"))) == backup)
    #expect(try Data(contentsOf: URL(fileURLWithPath: stopped.path("db-wal"))) == wal)
    // Without it the backup is what it was.
    try files.removeItem(atPath: stopped.path("db-wal"))
    #expect(try stopped.daemon.run(["check", "--database", "db"]).output.hasSuffix("clean\n"))
  }

  @Test("a registry that was moved with its server stopped is no backup")
  func moved() async throws {
    let stopped = try await Stopped()
    let folder = stopped.path("басқа")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for suffix in ["", "-wal"]
    where FileManager.default.fileExists(atPath: stopped.path("db" + suffix)) {
      try FileManager.default.moveItem(
        atPath: stopped.path("db" + suffix), toPath: folder + "/db" + suffix)
    }
    try stopped.recover("t", "басқа/db")
    let checked = try stopped.daemon.run(["check", "--database", "басқа/db"])
    #expect(checked.output.hasPrefix("acts 5\n"))
    #expect(checked.output.hasSuffix("=\nclean\n"))
  }

  @Test("a copy of another history is refused, shorter or not, whatever is given up")
  func fork() async throws {
    let stopped = try await Stopped()
    let files = FileManager.default
    // From the fourth act on there are two histories of one registry.
    try files.copyItem(atPath: stopped.path("db"), toPath: stopped.path("fork"))
    if files.fileExists(atPath: stopped.path("db-wal")) {
      try files.copyItem(atPath: stopped.path("db-wal"), toPath: stopped.path("fork-wal"))
    }
    try stopped.recover("fork-1", "fork")
    try stopped.recover("db-1")
    try stopped.recover("db-2")
    // And there is another School's.
    let other = try DaemonProcess()
    let foreign = other.folder.appendingPathComponent("db").path
    for (copy, acts) in [("fork", 5), (foreign, 4)] {
      for word in ["0", "\(6 - acts)", "unknown"] {
        #expect(
          try stopped.said(["restore", "--from", copy, "--burn", "0", "--give-up", word])
            == "2 bitimd: the database that is there and the copy have another history from some act "
            + "up to \(acts) on; one of them is not this registry's. Nothing was replaced.")
      }
    }
    #expect(try stopped.daemon.run(["check", "--database", "db"]).output.hasPrefix("acts 6\n"))
  }

  @Test("of a copy shorter than the only checkpoint nobody can say whose it is")
  func shorter() async throws {
    let stopped = try await Stopped()
    try stopped.recover("t")
    let (_, output, _) = try stopped.daemon.run(["check", "--database", "db"])
    let root = try #require(output.firstMatch(of: /root (\S+)/)?.1)
    try Data("bitim\n5\n\(root)\n".utf8).write(
      to: URL(fileURLWithPath: stopped.path("kept")))
    // The backup of before, and another School's registry that is as long: both look alike.
    let other = try await Stopped()
    let foreign = other.path("db")
    for (copy, root) in [(stopped.backup, stopped.root), (foreign, other.root)] {
      for word in [[], ["--give-up", "1"]] {
        #expect(
          try stopped.said(
            ["restore", "--from", copy, "--burn", "0", "--checkpoint", "kept"] + word, "new")
            == "2 bitimd: the checkpoint has 5 acts, the copy 4: nobody can say whether the copy is of "
            + "the same registry. It has the root \(root). To take it as it is, and give up what it lacks "
            + "for ever, say --give-up unknown.")
      }
    }
    let restored = try stopped.daemon.run([
      "restore", "--from", stopped.backup, "--burn", "0", "--checkpoint", "kept", "--give-up",
      "unknown", "--database", "new",
    ])
    #expect(restored.status == 0, "\(restored.errors)")
  }

  @Test("what was signed here last is held against a copy, and told where the copy has less")
  func signedLast() async throws {
    let stopped = try await Stopped()
    let copy = ["restore", "--from", stopped.backup, "--burn", "0", "--give-up", "unknown"]
    try FileManager.default.createDirectory(
      atPath: stopped.path("new-signing"), withIntermediateDirectories: false)
    func sign(_ lines: String) throws {
      try Data(lines.utf8).write(to: URL(fileURLWithPath: stopped.path("new-signing/checkpoint")))
    }
    try sign("bitim\n4\n\(Base64.text([UInt8](repeating: 7, count: 32)))\n")
    #expect(
      try stopped.said(copy, "new")
        == "2 bitimd: what was signed here last (new-signing/checkpoint) and the copy have another "
        + "history from some act up to 4 on; one of them is not this registry's. Nothing was replaced."
    )
    try sign("bitim\n4\n")
    #expect(
      try stopped.said(copy, "new")
        == "2 bitimd: new-signing/checkpoint: is no signed checkpoint, or can't be read; move it away "
        + "if you know why. Nothing was replaced.")
    // Of a note that was signed the log's name is told; nobody looks at the signature here.
    let note =
      "bitim/0123456789abcdef0123456789abcdef\n5\n\(stopped.root)\n\n— x AAAAAAAA\n"
    try sign(note)
    let other = try stopped.said(copy, "new")
    #expect(
      other.hasPrefix(
        "2 bitimd: new-signing/checkpoint: was signed of another registry, "
          + "bitim/0123456789abcdef0123456789abcdef; the copy's is bitim/"), "\(other)")
    try sign("bitim\n5\n\(stopped.root)\n")
    let restored = try stopped.daemon.run(copy + ["--database", "new"])
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(
      restored.output.contains(
        "unsigned  new-signing/checkpoint has 5 acts, which others may have kept: nothing is signed "
          + "until you move it away\n"))
  }

  @Test("a check holds a kept checkpoint against the registry")
  func checkpoint() async throws {
    let stopped = try await Stopped()
    try stopped.recover("t")
    func check(_ size: Int, _ root: String) throws -> [Substring] {
      try Data("bitim\n\(size)\n\(root)\n".utf8).write(
        to: URL(fileURLWithPath: stopped.path("kept")))
      let words = ["check", "--checkpoint", "kept", "--database", "db"]
      return try stopped.daemon.run(words).output.split(separator: "\n")
        .filter { !$0.hasPrefix("root ") }
    }
    let next: Substring =
      "next: keep db as it is; `bitimd restore` brings a backup or the second copy in its place"
    #expect(try check(4, stopped.root) == ["acts 5", "clean"])
    #expect(
      try check(5, stopped.root) == [
        "problem: the checkpoint: has another history from some act up to 5 on", "acts 5",
        "NOT CLEAN: 1 problems", next,
      ])
    #expect(
      try check(6, stopped.root) == [
        "problem: the checkpoint: has 6 acts, and the registry has 5", "acts 5",
        "NOT CLEAN: 1 problems", next,
      ])
  }

  @Test(
    "a copy of every older schema is restored as it is: the same acts and root",
    arguments: OldRegistry.all)
  func olderCopies(_ old: OldRegistry) throws {
    let folder = try old.unpack()
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = try Repository.octets(absolute: folder.appendingPathComponent("db").path)
    let restored = try Repository.run(
      "bitimd",
      [
        "restore", "--from", "db", "--burn", "3", "--give-up", "unknown", "--database", "new",
      ], in: folder)
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.hasPrefix("restored  86 acts from db\n"))
    #expect(restored.output.contains("root      \(old.root)\n"))
    #expect(restored.output.contains("burned    serials "))
    let checked = try Repository.run("bitimd", ["check", "--database", "new"], in: folder)
    #expect(checked.output.hasPrefix("acts 87\n"))
    #expect(checked.output.hasSuffix("\nclean\n"))
    #expect(
      try Repository.octets(absolute: folder.appendingPathComponent("db").path) == before)
  }

  @Test("a backup of an older schema stays one when it comes forward, and is restored as it is")
  func older() throws {
    let folder = try OldRegistry.all[1].unpack()
    defer { try? FileManager.default.removeItem(at: folder) }
    func bitimd(_ command: String...) throws -> (status: Int32, output: String, errors: String) {
      try Repository.run("bitimd", command, in: folder)
    }
    let restored = try bitimd(
      "restore", "--from", "db", "--burn", "0", "--give-up", "unknown", "--database", "new")
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(restored.output.hasPrefix("restored  86 acts from db\n"))
    #expect(restored.output.contains("root      \(OldRegistry.all[1].root)\n"))
    #expect(try bitimd("check", "--database", "new").output.hasSuffix("clean\n"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter {
        $0.contains("older") || $0.contains("restoring")
      } == [])

    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(folder.appendingPathComponent("db").path, &database) == SQLITE_OK)
    #expect(unsafe sqlite3_exec(database, "PRAGMA user_version = 1", nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(database)
    let migrated = try bitimd("migrate", "--database", "db")
    #expect(migrated.status == 0, "\(migrated.errors)")
    #expect(
      migrated.output.contains(
        "as of     2026-11-28T00:18:19.716Z, the last act\n"
          + "backup    it stays one: `bitimd restore` puts it in a registry's place\n"))
    let served = try bitimd("serve", "--database", "db", "--listen", "unix://s")
    #expect(served.status == 2)
    #expect(
      served.errors.hasPrefix("bitimd: db: is a backup, as of 2026-11-28T00:18:19.716Z: numbers"))
  }

  @Test("a server does not start where a trigger or index is gone or a strange one is there")
  func schema() async throws {
    let stopped = try await Stopped()
    func sql(_ text: String) {
      var database: OpaquePointer?
      #expect(unsafe sqlite3_open(stopped.path("db"), &database) == SQLITE_OK)
      #expect(unsafe sqlite3_exec(database, text, nil, nil, nil) == SQLITE_OK)
      unsafe sqlite3_close(database)
    }
    let rest =
      ": something changed the database behind the program's back. `bitimd check` names all of it; "
      + "rebuild it with `bitimd restore` of a second copy."
    // SQLite's own statistics change nothing.
    sql("ANALYZE")
    #expect(try stopped.daemon.run(["check", "--database", "db"]).output.hasSuffix("=\nclean\n"))
    try stopped.recover("t")
    sql("CREATE VIEW бөтен AS SELECT 1")
    #expect(
      try stopped.said(["serve", "--listen", "unix://s"])
        == "2 bitimd: db: view бөтен: is not of this program" + rest)
    sql("DROP VIEW бөтен; DROP TRIGGER act_stays_u; DROP INDEX token_of")
    #expect(
      try stopped.said(["serve", "--listen", "unix://s"])
        == "2 bitimd: db: index token_of: is missing or altered, and 1 more" + rest)
    // A view of a table's index's name is not that index.
    sql("CREATE VIEW token_of AS SELECT 1")
    let problems = try stopped.daemon.run(["check", "--database", "db"]).output
      .split(separator: "\n").filter { $0.hasPrefix("problem: ") }
    #expect(
      problems == [
        "problem: index token_of: is missing or altered",
        "problem: trigger act_stays_u: is missing or altered",
        "problem: view token_of: is not of this program",
      ])
  }
}
