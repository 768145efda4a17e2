package import BitimDomain

/// What ends on a day, for notices of it: each behind a number, by number.
extension Snapshot {
  /// Certificates that stand.
  package func certificates(
    expiringOn day: CivilDate, after number: Int64, limit: Int
  ) throws -> [(number: CertificateNumber, person: Int64)] {
    try self.database.rows(
      """
      SELECT number, person_id FROM certificate_standing
      WHERE valid_until = ?1 AND number > ?2 ORDER BY number LIMIT ?3
      """, [.date(day), .integer(number), .int(limit)]
    ) { (try $0.certificateNumber(0), $0.integer(1)) }
  }

  /// Entitlements that nothing else follows on the next day.
  package func entitlements(
    endingOn day: CivilDate, after id: Int64, limit: Int
  ) throws -> [(id: Int64, organisation: Int64, activity: Activity)] {
    try self.database.rows(
      """
      SELECT id, organisation_id, activity FROM entitlement e
      WHERE valid_until = ?1 AND id > ?2 AND ended_seq IS NULL
        AND NOT EXISTS (SELECT 1 FROM entitlement o WHERE o.organisation_id = e.organisation_id
          AND o.activity = e.activity AND o.ended_seq IS NULL AND o.valid_from = ?3)
      ORDER BY id LIMIT ?4
      """,
      [
        .date(day), .integer(id), .date(CivilDate(dayNumber: day.dayNumber + 1)), .int(limit),
      ]
    ) { ($0.integer(0), $0.integer(1), try $0.noun(2)) }
  }

  /// Entries in the register whose suspension ends.
  package func registerNumbers(
    suspendedUntil day: CivilDate, after number: Int64, limit: Int
  ) throws -> [RegisterNumber] {
    try self.database.rows(
      """
      SELECT number FROM entry_mark WHERE kind = 'suspended' AND until = ?1 AND number > ?2
      ORDER BY number LIMIT ?3
      """, [.date(day), .integer(number), .int(limit)]
    ) { RegisterNumber(value: $0.integer(0)) }
  }

  /// Entries in the register of a day.
  package func registerNumbers(
    enteredOn day: CivilDate, after number: Int64, limit: Int
  ) throws -> [RegisterNumber] {
    try self.database.rows(
      """
      SELECT number FROM register_entry WHERE entered_on = ?1 AND number > ?2 ORDER BY number LIMIT ?3
      """, [.date(day), .integer(number), .int(limit)]
    ) { RegisterNumber(value: $0.integer(0)) }
  }
}
