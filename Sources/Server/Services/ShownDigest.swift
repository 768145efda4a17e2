import BitimCrypto

/// Names what a person was shown, so that what he or she then approves is that and nothing else.
enum ShownDigest {
  /// Thirty-two hexadecimal digits: half a SHA-256 over the lines, joined by line feeds.
  static func text(of lines: [String]) -> String {
    Hex.text(SHA256.digest(Array(lines.joined(separator: "\n").utf8)).prefix(16))
  }
}
