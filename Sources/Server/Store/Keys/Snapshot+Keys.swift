package import BitimDomain
import BitimTrust

/// Keys that sign for the School.
extension Snapshot {
  /// The name of the log, which its keys have too.
  package func logName() throws -> String {
    guard let first = try self.entries(after: 0, limit: 1).first else {
      throw StoreFailure.corrupt("entry: a journal without a first act")
    }
    return Checkpoint.origin(firstEntry: first)
  }

  /// The salt of the first act: a secret of whoever keeps the journal.
  package func firstSalt() throws -> [UInt8] {
    let salt = try self.database.first("SELECT salt FROM act WHERE seq = 1", []) { $0.blob(0) }
    guard let salt else { throw StoreFailure.corrupt("act: a journal without a first act") }
    return salt
  }

  /// All keys that were ever certified, in that order.
  package func signingKeys() throws -> [CertifiedKey] {
    try self.database.rows(
      """
      SELECT k.public_key, k.name, k.use, k.valid_from, k.kept, k.seq,
        r.last_day, r.ground, r.believed_size, r.seq
      FROM signing_key k
      LEFT JOIN key_retirement r ON r.public_key = k.public_key AND r.ended_seq IS NULL
      ORDER BY k.seq
      """
    ) { try Self.signingKey($0) }
  }

  /// Who proposed and who approved an act of two persons.
  package func hands(ofAct sequence: Int64) throws -> (proposer: Int64, approver: Int64)? {
    try self.database.first(
      """
      SELECT proposed_by, ended_by FROM proposal WHERE ended_seq = ?1 AND ended_how = 'approved'
      """, [.integer(sequence)]
    ) { ($0.integer(0), $0.integer(1)) }
  }

  private static func signingKey(_ row: borrowing Row) throws -> CertifiedKey {
    let key = SigningKey(
      name: row.text(1), publicKey: row.blob(0), use: try row.noun(2), from: try row.date(3),
      kept: row.text(4))
    var retirement: KeyRetirement?
    if let lastDay = try row.optionalDate(6) {
      retirement = KeyRetirement(
        lastDay: lastDay, ground: try row.noun(7), believedSize: row.optionalInteger(8))
    }
    return CertifiedKey(
      key, sequence: row.integer(5), retirement: retirement, retiredBy: row.optionalInteger(9))
  }
}
