import BitimClient
import BitimDomain
import BitimProtocol
import BitimSystem
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Synchronization
import Testing

/// A registry that an older commit's own programs made: `Tests/Support/Registries`.
struct OldRegistry: CustomTestStringConvertible {
  let commit: String
  /// What that commit's own check said.
  let root: String
  /// The instant of its last act, by its entry.
  let asOf: String
  /// The code of the certificate 2026-000002-13.
  let code: String
  var testDescription: String { self.commit }

  static let all = [
    OldRegistry(
      commit: "dad938a", root: "2hR1HHrX0OC+fS3Hzi/T3mdC+FOvEafU9YpFgXHtohU=",
      asOf: "2026-11-28T00:18:18.559Z",
      code: "S9QN-9V9K-G698-BZMZ"),
    OldRegistry(
      commit: "78cea9d", root: "q7osi8Do6L0KcWwcCzpIBK3hJqs9cOuuNtc1lvNaK9A=",
      asOf: "2026-11-28T00:18:19.716Z",
      code: "95NP-W1XS-VPAK-TKRT"),
  ]

  /// Unpacks it as `db` into a folder of its own.
  func unpack() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bu-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Self.unpack("\(self.commit).db", to: folder.appendingPathComponent("db"))
    return folder
  }

  /// Unpacks what `Tests/Support/Registries` has under `name`.
  static func unpack(_ name: String, to place: URL) throws {
    let packed = Repository.root.appendingPathComponent("Tests/Support/Registries/\(name).gz")
    try Data().write(to: place)
    let gzip = try Program(
      URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-dc", packed.path],
      output: try FileHandle(forWritingTo: place))
    #expect(gzip.end() == 0)
  }
}

@Suite("An upgrade folds the acts anew")
struct UpgradeTests {
  private struct Kept { var principal, key: String; var digest, payload: [UInt8] }

  /// The first answer that the old program kept for a call that was done.
  private func keptAnswer(_ path: String) throws -> Kept {
    var database: OpaquePointer?
    var statement: OpaquePointer?
    #expect(unsafe sqlite3_open(path, &database) == SQLITE_OK)
    defer { unsafe sqlite3_close(database) }
    let sql = """
      SELECT principal, key, digest, payload FROM answer
      WHERE principal <> 'program' AND status = x'' AND payload <> x'' ORDER BY at_ms LIMIT 1
      """
    #expect(unsafe sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK)
    defer { unsafe sqlite3_finalize(statement) }
    try #require(unsafe sqlite3_step(statement) == SQLITE_ROW)
    func octets(_ column: Int32) -> [UInt8] {
      let count = Int(unsafe sqlite3_column_bytes(statement, column))
      let start = unsafe sqlite3_column_blob(statement, column)
      return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
    return Kept(
      principal: String(decoding: octets(0), as: UTF8.self),
      key: String(decoding: octets(1), as: UTF8.self), digest: octets(2), payload: octets(3))
  }

  @Test(
    "an older program's registry comes forward: the same acts and root, papers and kept answers",
    arguments: OldRegistry.all)
  func comesForward(_ old: OldRegistry) async throws {
    let folder = try old.unpack()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("db").path
    let before = try Repository.octets(absolute: path)
    let kept = try self.keptAnswer(path)
    let name = RegistrySchema.name
    func bitimd(_ command: String...) throws -> (status: Int32, output: String, errors: String) {
      try Repository.run("bitimd", command + ["--database", "db"], in: folder)
    }
    let needs =
      "older     m0003_invariants needs \(name): its acts are folded anew\nas of     \(old.asOf), the last "
      + "act\nnote      is it a backup? One goes by `bitimd restore`, which burns numbers\n"
    let planned = try bitimd("migrate", "--plan")
    #expect(planned.output == needs)
    #expect(try Repository.octets(absolute: path) == before)
    let migrated = try bitimd("migrate")
    #expect(migrated.status == 0, "\(migrated.errors)")
    let beside = "db.before-\(RegistrySchema.shortDigest)"
    #expect(
      migrated.output == needs + """
        upgraded  86 acts
        root      \(old.root)
        before    \(beside) (delete it when the registry is in order)
        schema    \(name)

        """)
    #expect(try bitimd("check").output == "acts 86\nroot \(old.root)\nclean\n")
    #expect(
      try Repository.octets(absolute: folder.appendingPathComponent(beside).path) == before)
    let fresh = try Repository.octets(absolute: path)
    #expect(try bitimd("migrate").output == "schema    \(name)\n")
    #expect(try Repository.octets(absolute: path) == fresh)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["db", beside, "db.lock"])
    try await self.papers(old, folder)
    try await self.repeats(kept, path)
  }

  /// A valid certificate, a revoked one, and a number that was burned.
  private func papers(_ old: OldRegistry, _ folder: URL) async throws {
    let server = try Program(
      Repository.program("bitimd"), ["serve", "--database", "db", "--listen", "unix://s"],
      in: folder)
    defer {
      server.send(SIGTERM)
      server.end()
    }
    let client = BitimClient(
      address: .unix(path: folder.appendingPathComponent("s").path))
    let certificates = CertificateServiceClient(client)
    func verify(_ number: String, _ code: String) async throws -> BitimV1.VerifyCertificateResponse
    {
      var request = BitimV1.VerifyCertificateRequest()
      (request.number, request.code) = (number, code)
      while true {
        do throws(CallFailure) {
          return try await certificates.verifyCertificate(request)
        } catch {
          // Until it listens.
          guard server.isRunning, error.status == nil else { throw error }
        }
      }
    }
    let valid = try await verify("2026-000002-13", old.code)
    #expect(valid.verdict == .valid)
    #expect(valid.sheet?.holder?.latin?.given == "Alikhan")
    #expect(valid.sheet?.issuedOn == "2026-11-28")
    #expect(try await verify("2026-000002-13", "0000-0000-0000-0000").verdict == .unknown)
    let burned = try await verify("2026-000009-89", old.code)
    #expect(burned.verdict == .unknown)
    #expect(burned.restoredTo != nil)
  }

  /// Who repeats a call that the old program answered gets that answer, and nothing is done again.
  private func repeats(_ kept: Kept, _ path: String) async throws {
    let ledger = try Ledger(
      path: path, now: { Instant(unixMilliseconds: 1_795_900_000_000) },
      random: { [UInt8](repeating: 7, count: $0) }, report: { _, _ in })
    let runs = Lock(0)
    let answer = await withCheckedContinuation { continuation in
      _ = ledger.submit(
        Change(
          principal: kept.principal, key: kept.key, digest: kept.digest,
          work: { _ in
            runs.withLock { $0 += 1 }
            return .done([1], kept: [1])
          }, answer: { continuation.resume(returning: $0) }))
    }
    ledger.close()
    #expect(answer == .success(kept.payload))
    #expect(runs.withLock { $0 } == 0)
  }

  @Test("the steps of OPERATIONS keep a checkpoint, a second copy that goes on, and the way back")
  func beside() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bu-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("copy"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (database, acts) = (
      folder.appendingPathComponent("school.db"), folder.appendingPathComponent("copy/acts.bitim")
    )
    try OldRegistry.unpack("78cea9d-followed.db", to: database)
    try OldRegistry.unpack("78cea9d-followed.acts", to: acts)
    let (old, followed) = (try Data(contentsOf: database), try Data(contentsOf: acts))
    // As that program printed it, eleven acts after init.
    try Data("bitim\n11\nedrcO8Qil0WHjwU4TaCpVW9RwESCp1Njbe4UjxHs9n8=\n".utf8)
      .write(to: folder.appendingPathComponent("kept.checkpoint"))
    func bitimd(_ words: String...) throws -> String {
      let (status, output, errors) = try Repository.run(
        "bitimd", words + ["--database", "school.db"], in: folder)
      #expect(status == 0, "\(words): \(errors)")
      return output
    }
    _ = try bitimd("migrate", "--plan")
    #expect(try Data(contentsOf: database) == old)
    _ = try bitimd("migrate")
    #expect(
      try bitimd("check", "--checkpoint", "kept.checkpoint") == """
        acts 11
        root edrcO8Qil0WHjwU4TaCpVW9RwESCp1Njbe4UjxHs9n8=
        clean

        """)
    // Its own tokens end one day; this one is an act of its own.
    _ = try bitimd("recover-admin", "--person", "P-1-95", "--token-file", "admin.token")
    let server = try Program(
      Repository.program("bitimd"), ["serve", "--database", "school.db", "--listen", "unix://s"],
      in: folder)
    func bitim(_ words: String...) throws -> String {
      var answer = (status: Int32(0), output: "", errors: "")
      repeat {
        answer = try Program.run(
          Repository.program("bitim"),
          words + ["--server", "unix://s", "--token-file", "admin.token"], in: folder,
          environment: ["BITIM_LANGUAGE": "en"])
        // Until it listens.
      } while answer.status == 4 && server.isRunning
      #expect(answer.status == 0, "\(words): \(answer.errors)")
      return answer.errors
    }
    #expect(
      try bitim("admin", "journal", "--against", "kept.checkpoint").hasPrefix(
        "kept.checkpoint: the registry has the history of this checkpoint (11 of 12 acts)\n"))
    #expect(
      try bitim("admin", "backup", "--follow", "copy", "--once").hasPrefix(
        """
        the second copy has 11 acts; following …
        the second copy is whole: 12 acts

        """))
    server.send(SIGTERM)
    #expect(server.end() == 0)
    let grown = try Data(contentsOf: acts)
    #expect(grown.count > followed.count && grown.starts(with: followed))
    // The way back is the old programs and the old file, which is as it was.
    let before = folder.appendingPathComponent("school.db.before-\(RegistrySchema.shortDigest)")
    #expect(try Data(contentsOf: before) == old)
  }

  @Test("an upgrade that was cut off before the new database took its place is made again")
  func again() throws {
    let folder = try OldRegistry.all[1].unpack()
    defer { try? FileManager.default.removeItem(at: folder) }
    let beside = "db.before-\(RegistrySchema.shortDigest)"
    func bitimd() throws -> (status: Int32, output: String, errors: String) {
      try Repository.run("bitimd", ["migrate", "--database", "db"], in: folder)
    }
    try FileManager.default.linkItem(
      at: folder.appendingPathComponent("db"), to: folder.appendingPathComponent(beside))
    try Data([1, 2, 3]).write(to: folder.appendingPathComponent("db.upgrading"))
    #expect(try bitimd().status == 0)
    // Something else under that name is never written over.
    let other = try OldRegistry.all[0].unpack()
    defer { try? FileManager.default.removeItem(at: other) }
    try FileManager.default.removeItem(at: folder.appendingPathComponent("db"))
    try FileManager.default.moveItem(
      at: other.appendingPathComponent("db"), to: folder.appendingPathComponent("db"))
    let refused = try bitimd()
    #expect(refused.status == 2)
    #expect(
      refused.errors
        == "bitimd: \(beside): is there already; give it another name, it is an older database.\n")
  }

  @Test("a registry whose act was changed behind the program's back is not brought forward")
  func damaged() throws {
    let folder = try OldRegistry.all[1].unpack()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("db").path
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(path, &database) == SQLITE_OK)
    let sql = "DROP TRIGGER act_stays_u; UPDATE act SET salt = zeroblob(32) WHERE seq = 40"
    #expect(unsafe sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(database)
    let before = try Repository.octets(absolute: path)
    let refused = try Repository.run("bitimd", ["migrate", "--database", "db"], in: folder)
    #expect(refused.status == 5)
    #expect(
      refused.errors == "bitimd: db: act 40 is not the one its entry commits to.\n")
    #expect(try Repository.octets(absolute: path) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["db", "db.lock"])
  }
}
