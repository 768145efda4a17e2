/// What the command line proposes for a value that is not as it should be: taken by `--accept` alone.
enum Proposal: String, CaseIterable {
  /// The text read in the other encoding.
  case encoding
  /// Without characters nobody can see.
  case invisible
  /// With the letters of its column in place of those that look like them.
  case lookAlikes = "look-alikes"
  /// Without spaces around a hyphen.
  case spaces
  /// A capital at the beginning, small letters behind it.
  case capitals
  /// No patronymic.
  case emptyPatronymic = "empty-patronymic"
  /// Digits in place of the letters that look like them.
  case iinLetters = "iin-letters"
  /// With the zeros that a spreadsheet dropped.
  case iinZeros = "iin-zeros"

  /// The word for all of them.
  static let all = "all"
  /// The word of who wants names in one case as they are.
  static let asWritten = "as-written"

  static var words: [String] { Self.allCases.map(\.rawValue) + [Self.all, Self.asWritten] }
}
