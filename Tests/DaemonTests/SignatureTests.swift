import BitimClient
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitimd

@Suite(
  "bitimd signs checkpoints of the journal",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct SignatureTests {
  /// What was not signed in time.
  private struct Unsigned: Error {}

  private static func access(_ daemon: DaemonProcess) -> AccessServiceClient {
    AccessServiceClient(BitimClient(address: daemon.address, token: daemon.token))
  }

  /// Asks until something is signed.
  private static func signed(
    _ daemon: DaemonProcess
  ) async throws -> BitimV1.GetCheckpointResponse {
    let access = Self.access(daemon)
    let patient = CallOptions(timeout: .seconds(60), waitsForReady: true)
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      do throws(CallFailure) {
        return try await access.getCheckpoint(.init(), options: patient)
      } catch {
        // Not yet, or asked too often meanwhile.
        guard error.status != nil else { throw error }
      }
      await Task.yield()
    }
    throw Unsigned()
  }

  private static func path(_ name: String, of daemon: DaemonProcess) -> String {
    daemon.folder.appendingPathComponent("db-signing/\(name)").path
  }

  private static func text(_ name: String, of daemon: DaemonProcess) throws -> String {
    try String(contentsOfFile: Self.path(name, of: daemon), encoding: .utf8)
  }

  private static func sockets(_ daemon: DaemonProcess) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: daemon.folder.appendingPathComponent("db-signing").path
    ).filter { $0.hasSuffix(".sock") }
  }

  @Test("by a key it had made, whose agent ends with it however it ends, and goes on with the same")
  func own() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    let first = try await Self.signed(daemon)
    #expect(try Self.text("checkpoint", of: daemon) == first.note)
    let keys = try Self.text("log.vkey", of: daemon).split(separator: "\n")
    #expect(keys.first.map(String.init) == first.key)
    // The name by which certificates are signed stands with the log's.
    #expect(keys.count == 2 && keys[1].contains("/certificates+"))
    #expect(first.trouble == "")
    let key = try Self.text("log-key", of: daemon)
    #expect(FileSystem.mode(of: Self.path("log-key", of: daemon)).map { $0 & 0o777 } == 0o600)
    let folder = daemon.folder.appendingPathComponent("db-signing").path
    #expect(FileSystem.mode(of: folder).map { $0 & 0o777 } == 0o700)
    let socket = try #require(try Self.sockets(daemon).first)
    daemon.kill()
    // The kernel closes what it held, and with that the agent goes: nobody answers any more.
    let address = Address.unix(path: Self.path(socket, of: daemon))
    let end = ContinuousClock.now + .seconds(30)
    while (try? Endpoint.connect(to: address)) != nil, ContinuousClock.now < end {
      await Task.yield()
    }
    #expect((try? Endpoint.connect(to: address)) == nil)
    #expect(!(try daemon.complained()).contains("PRIVATE KEY"))

    try daemon.serve()
    let second = try await Self.signed(daemon)
    #expect(second.key == first.key)
    #expect(try Self.text("log-key", of: daemon) == key)
    #expect(daemon.stop() == 0)

    try Data(second.note.utf8).write(to: daemon.folder.appendingPathComponent("note"))
    try Data(second.key.utf8).write(to: daemon.folder.appendingPathComponent("key"))
    let check = ["check", "--database", "db", "--checkpoint", "note", "--trust", "key"]
    let clean = try daemon.run(check)
    #expect(clean.status == 0, "\(clean.output)\(clean.errors)")
    let origin = try #require(second.note.split(separator: "\n").first)
    #expect(clean.output.hasPrefix("checkpoint: signed by a trusted key of \(origin)\nacts 4\n"))
    let forged = second.note.replacingOccurrences(of: "\n4\n", with: "\n3\n")
    try Data(forged.utf8).write(to: daemon.folder.appendingPathComponent("note"))
    let refused = try daemon.run(check)
    #expect(refused.status == 2)
    #expect(
      refused.errors
        == "bitimd: note: has a signature of \(origin) that does not hold: it was changed. "
        + "Nothing was done.\n")
    let alone = try daemon.run(["check", "--database", "db", "--trust", "key"])
    #expect(alone.errors == "bitimd: --trust: name what was signed with --checkpoint.\n")
  }

  @Test("with the first of its keys, until two persons certify another that was made beside it")
  func next() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve()
    let first = try await Self.signed(daemon)
    let log = try #require(first.note.split(separator: "\n").first)
    for number in [2, 3] {
      // It runs meanwhile: a running server takes the key up by itself.
      let made = try daemon.run(["key", "new", "--database", "db"])
      #expect(made.status == 0, "\(made.errors)")
      let file = Self.path("log-key-\(number)", of: daemon)
      #expect(FileSystem.mode(of: file).map { $0 & 0o777 } == 0o600)
      let lines = made.output.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines.first?.contains("log-key-\(number) (mode 0600;") == true)
      #expect(lines.dropFirst().first?.hasPrefix("key       \(log)+") == true)
    }
    #expect(daemon.stop() == 0)
    try daemon.serve()
    let second = try await Self.signed(daemon)
    #expect(second.key == first.key)
    #expect(daemon.stop() == 0)
    let refused = try daemon.run(["key", "new", "--database", "db", "--signer", "none"])
    #expect(refused.status == 2)
    #expect(
      refused.errors
        == "bitimd: --signer none: make the next key where that agent is, and give its public half to "
        + "`bitim key add`.\n")
  }

  @Test("not without an agent: it serves, and says so in its log and in its standing")
  func without() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve(environment: ["BITIMD_SIGNER": "unix://none.sock"])
    let access = Self.access(daemon)
    let patient = CallOptions(timeout: .seconds(60), waitsForReady: true)
    _ = try await access.whoAmI(.init(), options: patient)
    let backups = BackupServiceClient(BitimClient(address: daemon.address, token: daemon.token))
    let words =
      "the agent can't be reached: connect to unix://none.sock: No such file or directory"
    var standing = try await backups.getServerStatus(.init())
    let end = ContinuousClock.now + .seconds(60)
    while standing.signingTrouble == "the server has just started", ContinuousClock.now < end {
      await Task.yield()
      standing = try await backups.getServerStatus(.init())
    }
    #expect(standing.signs)
    #expect(standing.signingTrouble == words)
    let refused = await #expect(throws: CallFailure.self) {
      try await access.getCheckpoint(.init())
    }
    #expect(refused?.status?.reasons.map(\.reason) == ["NOTHING_SIGNED"])
    #expect(refused?.status?.reasons.first?.metadata == ["what": words])
    #expect(daemon.stop() == 0)
    let log = try daemon.complained()
    #expect(log.contains("\"event\":\"signing-fails\",\"what\":\"\(words)\""))
    #expect(FileSystem.mode(of: Self.path("log-key", of: daemon)) == nil)
  }

  @Test("nothing where it is told not to: no key, no folder")
  func none() async throws {
    let daemon = try DaemonProcess()
    try daemon.serve(environment: ["BITIMD_SIGNER": "none"])
    let patient = CallOptions(timeout: .seconds(60), waitsForReady: true)
    let refused = await #expect(throws: CallFailure.self) {
      try await Self.access(daemon).getCheckpoint(.init(), options: patient)
    }
    #expect(
      refused?.status?.reasons.first?.metadata == ["what": "signing is off (signer = none)"])
    #expect(daemon.stop() == 0)
    #expect(!FileSystem.isThere(daemon.folder.appendingPathComponent("db-signing").path))
  }
}
