package import BitimDomain

/// What verification reads of a certificate, where it stands in the database; gone with the row.
package struct VerificationRow {
  private let row: Row

  fileprivate init(_ row: Row) { self.row = row }

  /// The certificate's number without its check digits.
  package var number: Int64 { self.row.integer(0) }

  /// Lends the code's octets.
  package func withCode(_ body: (Span<UInt8>) -> Void) { self.row.withBlob(1, body) }

  /// Lends `bitim.v1.Sheet` as it was frozen at issue.
  package func withSheet(_ body: (Span<UInt8>) -> Void) { self.row.withBlob(5, body) }

  /// Whether anything stands against the certificate, on whatever day, or a duplicate was made.
  package var isMarked: Bool { !self.row.isNull(4) }

  /// Lends `bitim.v1.CertificateStatus` by the mark that covers `day`; false, and nothing lent, if
  /// none does.
  package func withMark(on day: CivilDate, _ body: (Span<UInt8>) -> Void) -> Bool {
    var isCovered = false
    self.row.withBlob(4) { octets in
      guard let range = VerificationMark.answer(on: day, in: octets) else { return }
      isCovered = true
      body(octets.extracting(range))
    }
    return isCovered
  }

  /// Lends `bitim.v1.Duplicate` of the last duplicate, if there is one.
  package func withDuplicate(_ body: (Span<UInt8>) -> Void) {
    self.row.withBlob(4) { octets in
      if let range = VerificationMark.duplicate(in: octets) { body(octets.extracting(range)) }
    }
  }

  /// How the certificate stands on `day` if nothing stands against it.
  package func standing(on day: CivilDate) -> Standing {
    CertificateLife.standing(
      on: day,
      validity: Period(
        from: CivilDate(dayNumber: self.row.int(2)),
        until: self.row.isNull(3) ? nil : CivilDate(dayNumber: self.row.int(3))))
  }
}

/// Verification.
extension Reader {
  // The last certificate up to the number, so that a number that was never given out costs the
  // same look-up as one that was: who asks can't tell them apart by time.
  private static let sql: StaticString = """
    SELECT number, code, valid_from_day, valid_until_day, mark, sheet FROM verification
    WHERE number <= ?1 ORDER BY number DESC
    """

  /// Lends the certificate with this number from the shared snapshot, or the last one before it;
  /// nil when there is none before it either. Whose it is `body` must see by
  /// ``VerificationRow/number``.
  ///
  /// - Throws: ``StoreFailure``, and what `body` throws.
  package func verification(
    of number: CertificateNumber, _ body: (VerificationRow?) throws -> Void
  ) throws {
    try self.open()
    do {
      try self.database.firstByKey(Self.sql, number.value) { row in
        if let row { try body(VerificationRow(row)) } else { try body(nil) }
      }
    } catch {
      // A statement that failed may have ended the transaction; the next read begins another.
      self.settle()
      throw error
    }
  }
}
