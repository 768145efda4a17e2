/// Rows that acts change never or seldom, as one connection has read them: who asks again need not.
///
/// Of an act that changes one the fold has them forgotten, for the writer, and a reader forgets them with
/// each newer snapshot. A row of a transaction that was set back was never there: its writer forgets all.
struct Memo<Key: Hashable, Row> {
  /// How many are kept; above it all are forgotten.
  private static var countMax: Int { 512 }

  private var rows: [Key: Row] = [:]

  /// The row under `key`, read if it is not known; `read` must not ask the same memo.
  mutating func row(_ key: Key, else read: () throws -> Row?) rethrows -> Row? {
    if let known = self.rows[key] { return known }
    guard let row = try read() else { return nil }
    if self.rows.count >= Self.countMax { self.forget() }
    self.rows[key] = row
    return row
  }

  /// Forgets every row.
  mutating func forget() {
    if !self.rows.isEmpty { self.rows.removeAll(keepingCapacity: true) }
  }
}
