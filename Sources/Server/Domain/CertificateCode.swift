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
      let value = Self.value(of: octet)
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
  /// L are read as 0 and 1. The alphabet leaves out just these and U.
  private static func value(of octet: UInt8) -> UInt8 {
    if octet &- 0x30 <= 9 { return octet &- 0x30 }
    let letter = (octet | 0x20) &- 0x61
    guard octet >= 0x41, letter <= 25 else { return 255 }
    switch letter {
    case 0...7: return letter &+ 10
    case 8, 11: return 1
    case 14: return 0
    case 20: return 255
    case 9, 10: return letter &+ 9
    case 12, 13: return letter &+ 8
    case 15...19: return letter &+ 7
    default: return letter &+ 6
    }
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
