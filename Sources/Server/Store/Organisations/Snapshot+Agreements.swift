package import BitimDomain

/// Agreements with partners.
extension Snapshot {
  /// The agreements with an organisation that stand, ended ones too, by their first days.
  package func agreements(of organisation: Int64) throws -> [StandingAgreement] {
    try self.database.rows(
      """
      SELECT seq, organisation_id, number, signed_on, valid_from, valid_until, country, purpose,
        transfer_ground, scope, calls_per_day
      FROM agreement WHERE organisation_id = ?1 AND ended_seq IS NULL ORDER BY valid_from
      """, [.integer(organisation)]
    ) { try Self.agreement($0) }
  }

  /// The agreements behind an act that stand, in the order in which they were adopted or ended.
  package func agreements(after seq: Int64, limit: Int) throws -> [StandingAgreement] {
    try self.database.rows(
      """
      SELECT seq, organisation_id, number, signed_on, valid_from, valid_until, country, purpose,
        transfer_ground, scope, calls_per_day
      FROM agreement WHERE seq > ?1 AND ended_seq IS NULL ORDER BY seq LIMIT ?2
      """, [.integer(seq), .int(limit)]
    ) { try Self.agreement($0) }
  }

  /// Agreements that end from a day behind `until` and an act on to `last`, and none follows them; by day and act.
  package func endingAgreements(
    after until: CivilDate, _ seq: Int64, last: CivilDate, limit: Int
  ) throws -> [StandingAgreement] {
    try self.database.rows(
      """
      SELECT seq, organisation_id, number, signed_on, valid_from, valid_until, country, purpose,
        transfer_ground, scope, calls_per_day
      FROM agreement a
      WHERE ended_seq IS NULL AND valid_until >= ?1 AND (valid_until > ?1 OR seq > ?2)
        AND valid_until <= ?3
        AND NOT EXISTS (SELECT 1 FROM agreement o WHERE o.organisation_id = a.organisation_id
          AND o.ended_seq IS NULL AND o.valid_from > a.valid_until)
      ORDER BY valid_until, seq LIMIT ?4
      """, [.date(until), .integer(seq), .date(last), .int(limit)]
    ) { try Self.agreement($0) }
  }

  /// Partners' tokens in force behind a number whose organisations never had an agreement, by number.
  package func unagreedTokens(
    after id: Int64, at instant: Instant, limit: Int
  ) throws -> [(id: Int64, name: String, organisation: String, expiresAt: Instant)] {
    try self.database.rows(
      """
      SELECT t.id, t.name, o.code, t.expires_at_ms
      FROM token t JOIN organisation o ON o.id = t.organisation_id
      WHERE t.person_id IS NULL AND t.id > ?1 AND t.ended_seq IS NULL AND t.expires_at_ms > ?2
        AND NOT EXISTS (SELECT 1 FROM agreement a WHERE a.organisation_id = t.organisation_id)
      ORDER BY t.id LIMIT ?3
      """, [.integer(id), .integer(instant.unixMilliseconds), .int(limit)]
    ) {
      (
        id: $0.integer(0), name: $0.text(1), organisation: $0.text(2),
        expiresAt: Instant(unixMilliseconds: $0.integer(3))
      )
    }
  }

  private static func agreement(_ row: borrowing Row) throws -> StandingAgreement {
    let scope = try row.text(9).split(separator: " ").map { word in
      guard let word = AgreementScope(rawValue: String(word)) else {
        throw StoreFailure.corrupt("agreement: a word of its scope is not known")
      }
      return word
    }
    return StandingAgreement(
      Agreement(
        organisation: row.integer(1), number: row.text(2), signedOn: try row.date(3),
        from: try row.date(4), until: try row.date(5), country: row.text(6), purpose: row.text(7),
        transferGround: row.text(8), scope: scope, callsPerDay: row.integer(10)),
      sequence: row.integer(0))
  }
}
