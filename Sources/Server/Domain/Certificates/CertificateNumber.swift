/// The number on a certificate: year, serial of the year and two check digits, `2026-000417-29`.
///
/// Nothing else is in it, so that it stays true whatever becomes of the certificate; never reused
///
package struct CertificateNumber: Hashable, Comparable, Sendable {
  /// A text that can't be a number: mistyped, and told apart before any look-up.
  package struct Mistyped: Error, Equatable, Sendable {
    /// A text that is no number.
    package init() {}
  }

  /// The highest serial of a year.
  package static let serialMax: Int64 = 999_999

  /// The year of the series by which adopted certificates are called, `1000-000001-90`: of no year in
  /// which a certificate was issued.
  package static let adoptedYear = 1000

  /// Year times a million plus serial: the number without its check digits.
  package let value: Int64

  /// The number with this serial of this year; nil outside 2000 to 9999 and ``adoptedYear``, and outside
  /// 1 to ``serialMax``.
  package init?(year: Int, serial: Int64) {
    guard (2000...9999).contains(year) || year == Self.adoptedYear,
      (1...Self.serialMax).contains(serial)
    else { return nil }
    self.value = Int64(year) * 1_000_000 + serial
  }

  /// The number of an adopted certificate with this serial; nil outside 1 to ``serialMax``.
  package init?(adopted serial: Int64) { self.init(year: Self.adoptedYear, serial: serial) }

  /// The number with this value; nil if no certificate can have it.
  package init?(value: Int64) {
    // Asked of each paper that is verified: the values of the years in which we issue lie in one row.
    let isIssued = (2_000_000_000...9_999_999_999).contains(value)
    guard isIssued || value / 1_000_000 == Int64(Self.adoptedYear), value % 1_000_000 != 0
    else { return nil }
    self.value = value
  }

  /// Whether it is of the series of adopted certificates.
  package var isAdopted: Bool { self.value / 1_000_000 == Int64(Self.adoptedYear) }

  /// Reads what somebody typed; case, spaces, dashes and look-alikes are forgiven.
  ///
  /// - Throws: ``Mistyped``.
  package init(typed text: String) throws(Mistyped) {
    let digits = TypedText.digits(text)
    // A sign among the twelve leaves eleven digits, which no year has.
    guard digits.utf8.count == 12, let whole = Int64(digits),
      let number = CertificateNumber(value: whole / 100),
      CheckDigits.fit(whole % 100, number.value)
    else { throw Mistyped() }
    self = number
  }

  /// Reads what somebody typed, as ``init(typed:)`` does; a number that is typed as printed, or
  /// without its dashes, is read where it stands.
  ///
  /// - Throws: ``Mistyped``.
  package init(typed octets: Span<UInt8>) throws(Mistyped) {
    var whole: Int64 = 0
    var count = 0
    for index in octets.indices {
      let octet = octets[index]
      if octet >= 0x30, octet <= 0x39 {
        count &+= 1
        whole = whole &* 10 &+ Int64(octet &- 0x30)
      } else if octet != 0x2D, octet != 0x20 {
        // Letters that look like digits, dashes of other alphabets: the long way.
        try self.init(typed: String(copying: octets))
        return
      }
    }
    guard count == 12, let number = CertificateNumber(value: whole / 100),
      CheckDigits.fit(whole % 100, number.value)
    else { throw Mistyped() }
    self = number
  }

  /// The year of issue.
  package var year: Int { Int(self.value / 1_000_000) }
  /// The serial within the year, from 1.
  package var serial: Int64 { self.value % 1_000_000 }

  /// The number as printed.
  package var text: String {
    let serial = String(self.serial)
    let padded = String(repeating: "0", count: 6 - serial.count) + serial
    return "\(self.year)-\(padded)-\(CheckDigits.text(CheckDigits.of(self.value)))"
  }

  /// The order in which numbers were given out.
  package static func < (left: CertificateNumber, right: CertificateNumber) -> Bool {
    left.value < right.value
  }
}
