/// The rules that the program holds: the rows of `schema/rules.tsv`.
///
/// Columns, with a tab between: the number, which is never given to another rule; where it comes
/// from, a letter of ``bases`` with its articles, several with `; ` between; and what it says, in
/// one sentence of the School's words.
struct RuleTable: Equatable {
  static let path = "rules.tsv"
  static let columns = ["number", "basis", "rule"]

  /// Where a rule may come from, by its letter.
  static let bases: [(letter: Character, meaning: String)] = [
    ("K", "law of Kazakhstan, read; an article alone is of the Law On Mediation"),
    ("k", "a rule of Kazakhstan known from the press or from secondary sources"),
    ("F", "foreign law"),
    ("I", "ISO/IEC 17024:2012, good practice and no law"),
    ("S", "the School's rule by the press"),
    ("G", "good engineering"),
    ("D", "the School's default: no source says so, and the School may change it"),
  ]

  /// A part of the book, named after the hundreds of its numbers.
  static let chapters = [
    "Every act", "Who is who", "Organisations and trainers", "Programmes and editions",
    "From application to enrolment", "Classes and hours", "Attestation", "A certificate's life",
    "The person's standing", "Oversight and the person's own data", "Reports",
  ]

  struct Row: Equatable {
    /// As it is cited, with the letter and the dash.
    var number: String
    var basis: String
    var rule: String
    /// An index of ``chapters``.
    var chapter: Int
  }

  var rows: [Row] = []

  /// - Throws: ``SchemaFault`` by the line that can't be.
  init(reading source: [UInt8]) throws {
    var lines = String(decoding: source, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.popLast() == "" else {
      throw Self.fault(lines.count + 1, "the last line is not ended")
    }
    guard lines.first == Self.columns.joined(separator: "\t") else {
      throw Self.fault(1, "the columns must be \(Self.columns.joined(separator: ", "))")
    }
    var last = 0
    for (index, line) in lines.enumerated().dropFirst() {
      let (row, value) = try Self.row(line, at: index + 1)
      guard value > last else {
        throw Self.fault(index + 1, "\(row.number) must stand once, behind the lower numbers")
      }
      last = value
      self.rows.append(row)
    }
  }

  private static func row(_ line: String, at place: Int) throws -> (row: Row, value: Int) {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == Self.columns.count, parts.allSatisfy({ !$0.isEmpty }) else {
      throw Self.fault(place, "a row has \(Self.columns.count) columns, none of them empty")
    }
    let digits = parts[0].dropFirst(2)
    guard parts[0].hasPrefix("R-"), (3...4).contains(digits.utf8.count), let value = Int(digits),
      value > 0, Self.chapters.indices.contains(value / 100)
    else { throw Self.fault(place, "'\(parts[0])' is no number of a rule") }
    for basis in parts[1].split(separator: ";", omittingEmptySubsequences: false) {
      let words = basis.split(separator: " ")
      guard let first = words.first, Self.bases.contains(where: { String($0.letter) == first })
      else { throw Self.fault(place, "'\(basis)' begins with no letter of a basis") }
    }
    guard parts[2].hasSuffix("."), !parts[2].contains("|") else {
      throw Self.fault(place, "a rule is a sentence with a full stop, without '|'")
    }
    return (Row(number: parts[0], basis: parts[1], rule: parts[2], chapter: value / 100), value)
  }

  private static func fault(_ line: Int, _ problem: String) -> SchemaFault {
    SchemaFault(path: Self.path, line: line, column: 1, problem: problem)
  }
}
