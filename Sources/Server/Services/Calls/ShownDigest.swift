import BitimCrypto
import BitimDomain
import BitimProtocol

/// Names what a person was shown, so that what he or she then approves is that and nothing else.
enum ShownDigest {
  /// Thirty-two hexadecimal digits: half a SHA-256 over the act's name, a zero and the preview as our
  /// own message. No instant, age or language may be in it.
  static func text(of act: String, _ shown: some Message) -> String {
    Self.text(Array(act.utf8) + [0] + shown.encoded)
  }

  /// The same over lines, joined by line feeds.
  static func text(of lines: [String]) -> String {
    Self.text(Array(lines.joined(separator: "\n").utf8))
  }

  /// Whether what is shown is to be done: false where it was only looked at.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/shownChanged``.
  static func isApproved(
    _ stated: String, is shown: String, validateOnly: Bool
  ) throws(Refusal) -> Bool {
    if validateOnly { return false }
    try Approval.check(stated, is: shown, column: "shown_digest")
    return true
  }

  private static func text(_ octets: [UInt8]) -> String {
    Hex.text(SHA256.digest(octets).prefix(16))
  }
}
