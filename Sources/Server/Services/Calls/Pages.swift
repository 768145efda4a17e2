import BitimCrypto
import BitimDomain
import BitimProtocol

/// Tokens of pages: where the last page ended, bound to the filter it was asked with.
enum Pages {
  /// How many rows a page has: what was asked for, 50 by default, 500 at most.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outOfRange``.
  static func size(_ asked: Int32) throws(Refusal) -> Int {
    guard (0...500).contains(asked) else {
      throw Refusal(
        finding: .outOfRange, column: "page_size", value: "\(asked)", ["low": "1", "high": "500"])
    }
    return asked == 0 ? 50 : Int(asked)
  }

  /// A token that goes on after `key`.
  static func token(after key: String, filter: String) -> String {
    Hex.text(Self.digest(filter)) + "." + Base64.text(Array(key.utf8))
  }

  /// The key a token goes on after; empty for the first page.
  ///
  /// - Throws: ``Refusal`` with ``Reason/pageTokenForeign`` for another filter's token.
  static func key(_ token: String, filter: String) throws(Refusal) -> String {
    if token.isEmpty { return "" }
    let parts = token.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, Hex.octets(parts[0]) == Self.digest(filter),
      let octets = Base64.octets(String(parts[1]))
    else { throw Refusal(finding: .pageTokenForeign, column: "page_token") }
    return String(decoding: octets, as: UTF8.self)
  }

  private static func digest(_ filter: String) -> [UInt8] {
    Array(SHA256.digest(Array(filter.utf8)).prefix(8))
  }
}
