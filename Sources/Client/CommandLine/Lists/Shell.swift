/// Commands that this program prints for somebody to paste.
enum Shell {
  /// A word as a shell takes it.
  static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || "-_./:,@".unicodeScalars.contains($0)
    }
    if isPlain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  /// A command of this program with options that have a value.
  static func command(_ words: [String], _ options: [(String, String)]) -> String {
    (["bitim"] + words.map(Self.quoted)
      + options.flatMap { ["--\($0.0)", Self.quoted($0.1)] }).joined(separator: " ")
  }
}
