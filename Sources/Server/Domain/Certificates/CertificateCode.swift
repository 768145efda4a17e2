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

  /// Reads what somebody typed, as ``init(typed:)`` does, into the ten octets at the start of
  /// `target`; false unless it is a code. A code typed as printed is read where it stands.
  package static func read(
    typed octets: Span<UInt8>, into target: inout InlineArray<10, UInt8>
  ) -> Bool {
    // Eighty bits: the last sixteen digits shifted through two words.
    var high: UInt64 = 0
    var low: UInt64 = 0
    var count = 0
    for index in octets.indices {
      let octet = octets[index]
      if octet == 0x2D || octet == 0x20 { continue }
      let value = octet < 128 ? Self.values[Int(octet)] : 255
      guard value < 32 else {
        guard let code = CertificateCode(typed: String(copying: octets)) else { return false }
        for place in code.octets.indices { target[place] = code.octets[place] }
        return true
      }
      count &+= 1
      high = high &<< 5 | low &>> 59
      low = low &<< 5 | UInt64(value)
    }
    guard count == 16 else { return false }
    target[0] = UInt8(truncatingIfNeeded: high &>> 8)
    target[1] = UInt8(truncatingIfNeeded: high)
    for place in 0..<8 {
      target[place + 2] = UInt8(truncatingIfNeeded: low &>> UInt64(56 &- 8 &* place))
    }
    return true
  }

  /// What a character of ASCII stands for in a code, 255 for none: case is forgiven, and O, I and
  /// L are read as 0 and 1. The alphabet leaves out just these and U. A row holds sixteen.
  private static let values: InlineArray<128, UInt8> = [
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 255, 255, 255, 255, 255,
    255, 10, 11, 12, 13, 14, 15, 16, 17, 1, 18, 19, 1, 20, 21, 0,
    22, 23, 24, 25, 26, 255, 27, 28, 29, 30, 31, 255, 255, 255, 255, 255,
    255, 10, 11, 12, 13, 14, 15, 16, 17, 1, 18, 19, 1, 20, 21, 0,
    22, 23, 24, 25, 26, 255, 27, 28, 29, 30, 31, 255, 255, 255, 255, 255,
  ]

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
