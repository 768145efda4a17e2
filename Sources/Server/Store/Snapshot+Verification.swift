package import BitimDomain

/// What verification reads of a certificate, where it stands in the database; gone with the row.
package struct VerificationRow {
  private let row: Row

  fileprivate init(_ row: Row) { self.row = row }

  /// The certificate's number without its check digits.
  package var number: Int64 { self.row.integer(0) }

  /// Lends the code's octets.
  package func withCode<Answer>(_ body: (Span<UInt8>) throws -> Answer) rethrows -> Answer {
    try self.row.withBlob(1, body)
  }

  /// Lends `bitim.v1.Sheet` as it was frozen at issue.
  package func withSheet<Answer>(_ body: (Span<UInt8>) throws -> Answer) rethrows -> Answer {
    try self.row.withBlob(7, body)
  }

  /// The certificate's life so far.
  ///
  /// - Throws: ``StoreFailure``.
  package func life() throws -> CertificateLife {
    var revocation: CertificateLife.Revocation?
    if !self.row.isNull(5) {
      revocation = .init(since: try self.row.date(5), reason: try self.row.noun(6))
    }
    return CertificateLife(
      issuedOn: try self.row.date(2),
      validity: Period(from: try self.row.date(3), until: try self.row.optionalDate(4)),
      revocation: revocation)
  }
}

/// Verification.
extension Snapshot {
  // The last certificate up to the number, so that a number that was never given out costs the
  // same look-up as one that was: who asks can't tell them apart by time.
  private static let sql: StaticString = """
    SELECT c.number, c.code, c.issued_on, c.valid_from, c.valid_until, r.since, r.reason, c.sheet
    FROM certificate c LEFT JOIN revocation r ON r.number = c.number
    WHERE c.number <= ?1 ORDER BY c.number DESC LIMIT 1
    """

  /// Lends the certificate with this number, or the last one before it; nil when there is none
  /// before it either. Whose it is `body` must see by ``VerificationRow/number``.
  package func verification<Answer>(
    _ number: CertificateNumber, _ body: (VerificationRow?) throws -> Answer
  ) throws -> Answer {
    try self.database.firstByKey(Self.sql, number.value) { row in
      guard let row else { return try body(nil) }
      return try body(VerificationRow(row))
    }
  }
}
