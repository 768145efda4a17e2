/// The status lists of a year, as the registry gave them: files that anybody may have, and that the page has itself.
package struct StatusFiles: Sendable {
  /// What a bit of each list says, in the order of ``files``.
  package static let purposes = ["revocation", "suspension"]
  /// The folder of the lists, beside the page.
  package static let folder = "status"

  /// The year that begins the certificates' numbers.
  package let year: Int
  /// The lists: revoked or replaced, suspended.
  package let files: [String]

  /// Takes the two lists of a year.
  package init(year: Int, revocation: String, suspension: String) {
    self.year = year
    self.files = [revocation, suspension]
  }

  /// Who signed them, as the page tells it: `did:key:z6Mk…`; nil where the first does not say.
  package var issuer: String? {
    self.files.first?.firstMatch(of: /"issuer":"(did:key:z[0-9A-Za-z]+)"/).map { String($0.1) }
  }

  /// What a list's file is called.
  package static func name(_ year: Int, _ purpose: String) -> String { "\(year)-\(purpose).json" }

  /// Where the lists lie, as an answer's file calls it.
  ///
  /// - Parameter page: The page's address; nil where nobody knows it.
  package static func folder(beside page: String?) -> String {
    page.map { Self.address(beside: $0) } ?? "../\(Self.folder)"
  }

  /// The address of the lists' folder, by that of the page.
  package static func address(beside page: String) -> String {
    let parts = page.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    // Scheme, nothing and host are three; the last of more is the page.
    let folder = parts.count > 3 ? parts.dropLast() : parts[...]
    return (folder + [Substring(Self.folder)]).joined(separator: "/")
  }
}
