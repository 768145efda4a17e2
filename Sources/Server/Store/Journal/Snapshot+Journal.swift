package import BitimDomain
import BitimProtocol
import BitimTrust

/// The journal as readers see it.
extension Snapshot {
  /// How many acts there are.
  package func journalSize() throws -> Int64 {
    try self.database.first("SELECT size FROM journal_head") { $0.integer(0) } ?? 0
  }

  /// Whether an answer is kept under a caller's key.
  package func hasAnswer(of principal: String, key: String) throws -> Bool {
    try self.database.first(
      "SELECT 1 FROM answer WHERE place = ?1 AND principal = ?2 AND key = ?3",
      [
        .integer(KeptAnswer.place(principal: principal, key: key)), .text(principal), .text(key),
      ]
    ) { _ in true } ?? false
  }

  /// The journal's size, root and last entries, newest last.
  package func journal(last count: Int) throws -> (size: Int64, root: [UInt8], entries: [String]) {
    let frontier = try Journal.frontier(self.database)
    let entries = try self.database.rows(
      "SELECT octets FROM entry ORDER BY seq DESC LIMIT ?1", [.int(count)]
    ) { String(decoding: $0.blob(0), as: UTF8.self) }
    return (Int64(frontier.size), frontier.root, entries.reversed())
  }

  /// The entries behind a sequence number, in their order, at most `limit` of them.
  package func entries(after sequence: Int64, limit: Int = 1_000) throws -> [[UInt8]] {
    try self.database.rows(
      "SELECT octets FROM entry WHERE seq > ?1 ORDER BY seq LIMIT ?2",
      [.integer(sequence), .int(limit)]
    ) { $0.blob(0) }
  }

  /// The root that the journal had when it had `size` acts, which it has had.
  package func journalRoot(size: Int64) throws -> [UInt8] {
    try Journal.frontier(self.database, upTo: size).root
  }

  /// What was done after an act, in its order; at most `limit` acts and about 4 MiB of records.
  package func deeds(
    after sequence: Int64, limit: Int
  ) throws -> [(sequence: Int64, deed: Deed)] {
    try self.acts(after: sequence, limit: limit, octetsMax: 4 << 20).map { act in
      (act.sequence, try Record.act(in: act.record).deed)
    }
  }
}
