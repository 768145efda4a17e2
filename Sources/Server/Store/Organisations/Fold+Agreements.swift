import BitimDomain

/// Agreements with partners.
extension Fold {
  func adopt(_ agreement: Agreement, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO agreement (seq, organisation_id, number, signed_on, valid_from, valid_until, country,
        purpose, transfer_ground, scope, calls_per_day)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """,
      [
        .integer(seq), .integer(agreement.organisation), .text(agreement.number),
        .date(agreement.signedOn), .date(agreement.from), .date(agreement.until),
        .text(agreement.country), .text(agreement.purpose), .text(agreement.transferGround),
        .text(agreement.scope.map(\.rawValue).joined(separator: " ")),
        .integer(agreement.callsPerDay),
      ])
  }

  /// First what stood gives way: of an organisation one is in force on a day.
  func end(agreement deed: AgreementEnded, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE agreement SET ended_seq = ?2 WHERE seq = ?1 AND organisation_id = ?3 AND ended_seq IS NULL
      """, [.integer(deed.ends), .integer(seq), .integer(deed.organisationID)])
    try self.expectOneChange("agreement")
    try self.database.execute(
      """
      INSERT INTO agreement (seq, organisation_id, number, signed_on, valid_from, valid_until, country,
        purpose, transfer_ground, scope, calls_per_day)
      SELECT ?2, organisation_id, number, signed_on, valid_from, ?3, country,
        purpose, transfer_ground, scope, calls_per_day
      FROM agreement WHERE seq = ?1
      """, [.integer(deed.ends), .integer(seq), .date(deed.lastDay)])
  }
}
