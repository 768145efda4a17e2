import BitimDomain
import BitimProtocol
import BitimStore
import CSQLite
import Foundation
import Testing

@Suite("Readers")
struct ReaderTests {
  @Test("a read asked for after an answer never sees an older state, even from a shared snapshot")
  func fresh() async throws {
    let fixture = try LedgerTests.Fixture()
    let reader = try Reader(path: fixture.path, commits: fixture.ledger.commits)
    for number in 1...50 {
      // The snapshot is open, and stays so, when the change is made.
      let before = try reader.share { try $0.organisations(kind: nil, after: "", limit: 500).count }
      #expect(before == number - 1)
      let answer = await LedgerTests.submit(fixture.ledger, key: "\(number)") { transaction in
        try LedgerTests.register("C\(number)", id: Int64(number), transaction)
        return .done([], kept: [])
      }
      #expect(answer == .success([]))
      let after = try reader.share { try $0.organisations(kind: nil, after: "", limit: 500).count }
      #expect(after == number)
    }
  }

  @Test("a shared snapshot is one state until it is settled or there is a commit")
  func shared() throws {
    let fixture = try LedgerTests.Fixture()
    let commits = CommitCount()
    let reader = try Reader(path: fixture.path, commits: commits)
    #expect(try reader.share { try $0.journal(last: 1).size } == 0)
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &database) == SQLITE_OK)
    defer { unsafe sqlite3_close(database) }
    let added = unsafe sqlite3_exec(
      database, "INSERT INTO person VALUES (1, 'x', 1)", nil, nil, nil)
    #expect(added == SQLITE_OK)
    // Nothing raised the count that this reader knows: it stays where it is.
    #expect(try reader.share { try $0.hasPerson(1) } == false)
    reader.settle()
    #expect(try reader.share { try $0.hasPerson(1) })
  }

  @Test("who waits for a commit is let go at the end, and who asks after it is not kept")
  func ended() async {
    let commits = CommitCount()
    async let waiting: Void = commits.changed(since: commits.value)
    commits.end()
    await waiting
    await commits.changed(since: commits.value)
  }

  @Test("a read that takes too many steps is cut off, and the next is served")
  func cutOff() throws {
    let fixture = try LedgerTests.Fixture()
    let reader = try Reader(
      path: fixture.path, commits: fixture.ledger.commits, stepsMax: 15_000)
    let failure = #expect(throws: StoreFailure.self) {
      try reader.read { snapshot in
        for _ in 0..<100_000 { _ = try snapshot.hasPerson(1) }
      }
    }
    #expect(failure?.kind == .cutOff)
    #expect(try reader.read { try $0.hasPerson(1) } == false)
  }
}
