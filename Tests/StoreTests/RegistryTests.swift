import BitimDomain
import BitimProtocol
import BitimStore
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
}
