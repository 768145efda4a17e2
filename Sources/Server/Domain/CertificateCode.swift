/// The code beside a certificate's number: 80 random bits in Crockford's base32.
///
/// Who has the number and the code has seen the paper; the number alone can be guessed.
package struct CertificateCode: Hashable, Sendable {
  /// How many octets a code holds.
  package static let octetCount = 10
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// The code's octets.
  package let octets: [UInt8]

  /// The code with these octets; nil unless there are ten.
  package init?(octets: [UInt8]) {
    guard octets.count == Self.octetCount else { return nil }
    self.octets = octets
  }

  /// Reads what somebody typed; nil unless 16 letters and digits of the alphabet are left when
  /// case, spaces and dashes are forgiven and O, I and L are read as 0 and 1.
  package init?(typed text: String) {
    let characters = TypedText.digits(text)
    guard characters.count == 16 else { return nil }
    var octets: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in characters {
      guard let digit = Self.alphabet.firstIndex(of: character) else { return nil }
      bits = (bits << 5 | UInt32(digit)) & 0xFFFF
      count += 5
      if count >= 8 {
        count -= 8
        octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    self.octets = octets
  }

  /// The code as printed, in four groups: `7KQ2-M9XD-4TRA-0ZHC`.
  package var text: String {
    var text = ""
    var bits: UInt32 = 0
    var count = 0
    var written = 0
    for octet in self.octets {
      bits = (bits << 8 | UInt32(octet)) & 0xFFFF
      count += 8
      while count >= 5 {
        count -= 5
        if written > 0, written % 4 == 0 { text += "-" }
        text.append(Self.alphabet[Int(bits >> UInt32(count) & 31)])
        written += 1
      }
    }
    return text
  }
}
