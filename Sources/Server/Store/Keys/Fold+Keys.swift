import BitimDomain

/// Keys that sign for the School.
extension Fold {
  func certify(_ key: SigningKey, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO signing_key (public_key, name, use, valid_from, kept, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .blob(key.publicKey), .text(key.name), .text(key.use.rawValue), .date(key.from),
        .text(key.kept), .integer(seq),
      ])
  }

  /// First what stood before gives way.
  func retire(_ deed: KeyRetired, _ seq: Int64) throws {
    if let ends = deed.ends {
      try self.database.execute(
        """
        UPDATE key_retirement SET ended_seq = ?3
        WHERE public_key = ?1 AND seq = ?2 AND ended_seq IS NULL
        """, [.blob(deed.publicKey), .integer(ends), .integer(seq)])
      try self.expectOneChange("key_retirement")
    }
    try self.database.execute(
      """
      INSERT INTO key_retirement (public_key, seq, last_day, ground, believed_size)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .blob(deed.publicKey), .integer(seq), .date(deed.retirement.lastDay),
        .text(deed.retirement.ground.rawValue),
        deed.retirement.believedSize.map { .integer($0) } ?? .null,
      ])
  }
}
