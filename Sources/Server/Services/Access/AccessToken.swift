import BitimCrypto

/// A secret that says who calls: `bitim_live_`, 43 base62 characters, 6 of CRC-32.
///
/// The prefix lets scanners find one that leaked, the check finds typing errors before the
/// database is asked; only SHA-256 of the whole is stored.
package struct AccessToken: Sendable {
  private static let prefix = "bitim_live_"
  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The whole text.
  package let text: String

  /// Makes a token of 32 random octets.
  package init(random: [UInt8]) {
    precondition(random.count == 32, "a token has 256 bits")
    let body = Self.prefix + Self.base62(random, width: 43)
    self.text = body + Self.check(body)
  }

  /// Reads a token; nil unless form and check fit.
  package init?(text: String) {
    let octets = Array(text.utf8)
    let bodyCount = Self.prefix.utf8.count + 43
    guard octets.count == bodyCount + 6, text.hasPrefix(Self.prefix) else { return nil }
    let body = String(decoding: octets[..<bodyCount], as: UTF8.self)
    guard text == body + Self.check(body) else { return nil }
    self.text = text
  }

  /// Reads the value of an `authorization` key: `Bearer` in any case, a space and the token.
  init?(header: String) {
    guard header.prefix(7).lowercased() == "bearer " else { return nil }
    self.init(text: String(header.dropFirst(7)))
  }

  /// What is stored.
  package var hash: [UInt8] { SHA256.digest(Array(self.text.utf8)) }

  private static func check(_ body: String) -> String {
    let crc = CRC32.sum(Array(body.utf8))
    return Self.base62(
      (0..<4).map { UInt8(truncatingIfNeeded: crc >> UInt32(24 - 8 * $0)) }, width: 6)
  }

  /// The digits of a big-endian number, with leading zeros.
  private static func base62(_ octets: [UInt8], width: Int) -> String {
    var number = octets
    var digits: [UInt8] = []
    for _ in 0..<width {
      var rest = 0
      for index in number.indices {
        let value = rest << 8 | Int(number[index])
        number[index] = UInt8(value / 62)
        rest = value % 62
      }
      digits.append(Self.alphabet[rest])
    }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }
}
