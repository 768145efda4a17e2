import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

@Suite("A registry's file as a whole")
struct RegistryTests {
  @Test("a check finds nothing wrong with what is written while it looks")
  func checkBesideWriter() async throws {
    let fixture = try LedgerTests.Fixture()
    _ = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      try LedgerTests.register("A", id: 1, transaction)
      return .done([], kept: [])
    }
    let scratch = fixture.folder.appendingPathComponent("derived.db").path
    let findings = try Registry.check(path: fixture.path, scratch: scratch) { acts in
      let isMade = DispatchSemaphore(value: 0)
      _ = fixture.ledger.submit(
        Change(
          principal: "person:1", key: "beside \(acts)", digest: [1],
          work: { transaction in
            try LedgerTests.register("B", id: 2, transaction)
            return .done([], kept: [])
          }, answer: { _ in isMade.signal() }))
      isMade.wait()
    }
    #expect(findings.problems == [])
    #expect(findings.acts == 1)
    #expect(try fixture.codes() == ["A", "B"])
  }

  @Test("every table says what it is: a fold, reference data, the journal or operation")
  func tables() throws {
    let fixture = try LedgerTests.Fixture()
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &database) == SQLITE_OK)
    defer { unsafe sqlite3_close(database) }
    var statement: OpaquePointer?
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    #expect(unsafe sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK)
    defer { unsafe sqlite3_finalize(statement) }
    var names: [String] = []
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      names.append(unsafe String(cString: sqlite3_column_text(statement, 0)))
    }
    // What a database says of itself is in no registry.
    #expect(names == (RegistrySchema.tables.map(\.name) + ["schema_migration"]).sorted())
    #expect(
      RegistrySchema.tables.filter { $0.kind != .fold }.map(\.name) == [
        "act", "entry", "journal_head", "answer", "token_use", "inquiry", "programme", "edition",
        "edition_component",
      ])
    #expect(
      Registry.folded.sorted()
        == RegistrySchema.tables.map(\.name).filter {
          !["act", "entry", "journal_head", "answer", "token_use", "inquiry"].contains($0)
        }.sorted())
  }

  @Test("what was recorded before a rule is folded all the same, by a check and by an upgrade")
  func beforeTheRule() async throws {
    let fixture = try LedgerTests.Fixture()
    // Today nobody is administrator and trainer: there was no such rule when this was recorded.
    #expect(Shell.refusal("DROP TRIGGER role_grant_administrator", in: fixture.path) == nil)
    let day = try #require(CivilDate(iso: "2026-11-22"))
    let answer = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      try LedgerTests.register("S", id: 1, kind: .school, transaction)
      let person = Person(
        id: 1, names: Names(), birthDate: day, education: nil, identifiers: [], evidence: "x")
      try transaction.record(.personRegistered(.init(person)), by: .program, heldOn: day)
      for role in [Role.trainer, .administrator] {
        try transaction.record(
          .roleGranted(.init(personID: 1, role: role, organisationID: 1)), by: .program,
          heldOn: day)
      }
      return .done([1], kept: [])
    }
    #expect(answer == .success([1]))
    fixture.ledger.close()
    func check(_ path: String, _ scratch: String) throws -> Registry.Findings {
      try Registry.check(
        path: path, scratch: fixture.folder.appendingPathComponent(scratch).path,
        progress: { _ in })
    }
    let before = try check(fixture.path, "scratch-1")
    #expect(before.acts == 4)
    #expect(before.problems == ["trigger role_grant_administrator: is missing or altered"])
    let fresh = fixture.folder.appendingPathComponent("fresh").path
    let (acts, root) = try Registry.upgrade(
      from: fixture.path, to: fresh, at: Instant(unixMilliseconds: 1), progress: { _ in })
    #expect(acts == 4)
    #expect(root == before.root)
    #expect(try check(fresh, "scratch-2").problems == [])
    // To what comes new it speaks.
    #expect(
      Shell.refusal(
        "INSERT INTO role_grant VALUES (1, 'certifier', 1, 99, 0, NULL, NULL)", in: fresh)
        == "role_grant: an administrator can neither teach, attest nor issue")
  }

  @Test("a database whose WAL can't be moved into it is not called settled")
  func settle() throws {
    let fixture = try LedgerTests.Fixture()
    fixture.ledger.close()
    // Somebody looks at a state from before the last change: it can't be moved past him.
    var other: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &other) == SQLITE_OK)
    for sql in [
      "BEGIN", "SELECT count(*) FROM person",
    ] {
      #expect(unsafe sqlite3_exec(other, sql, nil, nil, nil) == SQLITE_OK)
    }
    var writer: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &writer) == SQLITE_OK)
    let sql = "INSERT INTO person VALUES (1, '1980-05-02', NULL, 'x', 1)"
    #expect(unsafe sqlite3_exec(writer, sql, nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(writer)
    let failure = #expect(throws: StoreFailure.self) { try Registry.settle(path: fixture.path) }
    #expect(failure?.kind == .disk)
    unsafe sqlite3_close(other)
    try Registry.settle(path: fixture.path)
    #expect(!FileManager.default.fileExists(atPath: fixture.path + "-wal"))
  }

  @Test("one letter of the schema's own table is named, though no SQL says otherwise")
  func schemaLetter() throws {
    let fixture = try LedgerTests.Fixture()
    fixture.ledger.close()
    let flip = """
      PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'Index' WHERE name = 'answer_one'
      """
    #expect(Shell.refusal(flip, in: fixture.path) == nil)
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.problems.contains("index answer_one: is missing or altered"))
  }
}
