/// Values between separators by RFC 4180: commas, semicolons or tabs.
enum CSV {
  /// A record, where it stands in the sheet and on which line of the file it begins, both from 1.
  ///
  /// The two differ behind a value of several lines, and behind a line `sep=;`, which no sheet shows.
  struct Record: Equatable {
    var row: Int
    var line: Int
    var fields: [String]

    /// Whether nothing stands in it that anybody sees.
    var isBlank: Bool { self.fields.allSatisfy(\.isBlank) }
  }

  /// What is wrong with a file, and where.
  enum Fault: Error, Equatable {
    /// A quotation mark is not closed.
    case quoteOpen(line: Int)
    /// Something stands behind a closing quotation mark.
    case textBehindQuote(line: Int)
  }

  /// Reads all records of a text, blank ones too.
  ///
  /// - Parameter separator: What separates its values; nil where the text itself shows it.
  static func records(
    _ text: String, separatedBy separator: Unicode.Scalar? = nil
  ) throws(Fault) -> (records: [Record], separator: Unicode.Scalar) {
    // Programs of DOS end a text with one character more.
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.last == "\u{1A}" { scalars = scalars.dropLast() }
    var stated: Unicode.Scalar?
    // Excel's own line: it says what separates, and is none of the rows.
    let first = scalars.prefix { !$0.isLineEnd }
    let bare = first.first == "\"" ? first.dropFirst() : first
    if String(String.UnicodeScalarView(bare.prefix(4))).lowercased() == "sep=" {
      let sign = bare.dropFirst(4).first
      stated = sign == nil || sign == "\"" ? "\t" : sign
      scalars = scalars.dropFirst(first.count)
      if scalars.first == "\r" { scalars = scalars.dropFirst() }
      if scalars.first == "\n" { scalars = scalars.dropFirst() }
    }
    let separator = separator ?? stated ?? Self.separator(scalars)
    var reader = Reader(
      scalars: Array(scalars), separator: separator, line: stated == nil ? 1 : 2)
    var records: [Record] = []
    while let record = try reader.next() { records.append(record) }
    return (records, separator)
  }

  /// The text of records: CRLF at each end, quotes where they are needed, and nothing that a
  /// spreadsheet would run as a formula.
  static func text(_ records: [[String]], separatedBy separator: Unicode.Scalar = ",") -> String {
    records.map { fields in
      fields.map { Self.field($0, separator) }.joined(separator: String(separator)) + "\r\n"
    }.joined()
  }

  private static func field(_ value: String, _ separator: Unicode.Scalar) -> String {
    let value = Self.disarmed(value)
    let needsQuotes = value.unicodeScalars.contains {
      $0 == separator || "\"\r\n".unicodeScalars.contains($0)
    }
    guard needsQuotes else { return value }
    return "\""
      + value.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  /// The value with an apostrophe before each part that a spreadsheet would run, whichever separator it
  /// takes: it is told of quotes by none of them but at the beginning of its own cells.
  private static func disarmed(_ value: String) -> String {
    let scalars = value.unicodeScalars
    var disarmed = String.UnicodeScalarView()
    var begins = true
    for (index, scalar) in zip(scalars.indices, scalars) {
      if begins, Self.runs(scalars[index...]) { disarmed.append("'") }
      begins = ",;|\t\r\n".unicodeScalars.contains(scalar)
      disarmed.append(scalar)
    }
    return String(disarmed)
  }

  /// The text of records for a spreadsheet in a reader's language: with a byte order mark, by which it knows
  /// UTF-8, the separator that it takes there, and what it would turn into numbers and days as text.
  static func forExcel(_ records: [[String]], _ language: Language) -> String {
    // Where the comma stands in numbers, lists are separated by semicolons.
    let separator: Unicode.Scalar = language == .en ? "," : ";"
    let records = records.map { $0.map { Self.isLikeNumber($0) ? "'" + $0 : $0 } }
    return "\u{FEFF}" + Self.text(records, separatedBy: separator)
  }

  /// Whether a spreadsheet would take a value for a number, a day or a time: an IIN loses its zeros there,
  /// and 4.5 hours become the fourth of May.
  private static func isLikeNumber(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first, ("0"..."9").contains(first) else { return false }
    return value.unicodeScalars.allSatisfy {
      ("0"..."9").contains($0) || " .,:/+-eE%".unicodeScalars.contains($0)
    }
  }

  /// Whether a spreadsheet would run what stands at the beginning of a cell.
  private static func runs(_ text: Substring.UnicodeScalarView) -> Bool {
    let first = text.first { $0 != " " && $0 != "\"" }
    return first.map { "=+-@".unicodeScalars.contains($0) } ?? false
  }

  /// A value as it was before it was disarmed.
  static func armed(_ value: String) -> String {
    let scalars = value.unicodeScalars
    var armed = String.UnicodeScalarView()
    var begins = true
    for (index, scalar) in zip(scalars.indices, scalars) {
      let rest = scalars[scalars.index(after: index)...]
      let isText = index == scalars.startIndex && Self.isLikeNumber(String(rest))
      let wasAdded = begins && scalar == "'" && (Self.runs(rest) || isText)
      begins = ",;|\t\r\n".unicodeScalars.contains(scalar)
      if !wasAdded { armed.append(scalar) }
    }
    return String(armed)
  }

  /// Which of the three separates the values of a text: that of which most of its first rows have equally
  /// many, and of two such the one they have more of.
  private static func separator(_ scalars: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar {
    let candidates: [Unicode.Scalar] = [",", ";", "\t"]
    var counts: [[Unicode.Scalar: Int]] = [[:]]
    var isQuoted = false
    for scalar in scalars {
      if scalar == "\"" { isQuoted.toggle() }
      if isQuoted { continue }
      if scalar.isLineEnd {
        if !(counts.last?.isEmpty ?? true) { counts.append([:]) }
        if counts.count > 100 { break }
      } else if candidates.contains(scalar) {
        counts[counts.count - 1][scalar, default: 0] += 1
      }
    }
    func weight(_ separator: Unicode.Scalar) -> (rows: Int, each: Int) {
      let each = counts.compactMap { $0[separator] }
      let sizes = Dictionary(grouping: each) { $0 }.mapValues(\.count)
      let most = sizes.max { ($0.value, $0.key) < ($1.value, $1.key) }
      return (most?.value ?? 0, most?.key ?? 0)
    }
    return candidates.max { weight($0) < weight($1) } ?? ","
  }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    let separator: Unicode.Scalar
    var at = 0
    var row = 1
    var line: Int

    init(scalars: [Unicode.Scalar], separator: Unicode.Scalar, line: Int) {
      self.scalars = scalars
      self.separator = separator
      self.line = line
    }

    mutating func next() throws(Fault) -> Record? {
      guard self.at < self.scalars.count else { return nil }
      var record = Record(row: self.row, line: self.line, fields: [])
      while true {
        record.fields.append(try self.field())
        guard self.at < self.scalars.count else { return record }
        let end = self.scalars[self.at]
        self.at += 1
        if end == self.separator { continue }
        if end == "\r", self.at < self.scalars.count, self.scalars[self.at] == "\n" {
          self.at += 1
        }
        self.line += 1
        self.row += 1
        return record
      }
    }

    /// Reads up to a separator or the end of a line, and stops before it.
    private mutating func field() throws(Fault) -> String {
      var text = String.UnicodeScalarView()
      guard self.at < self.scalars.count, self.scalars[self.at] == "\"" else {
        while self.at < self.scalars.count {
          let scalar = self.scalars[self.at]
          if scalar == self.separator || scalar == "\n" || scalar == "\r" { break }
          text.append(scalar)
          self.at += 1
        }
        return String(text)
      }
      let opened = self.line
      self.at += 1
      while true {
        guard self.at < self.scalars.count else { throw .quoteOpen(line: opened) }
        let scalar = self.scalars[self.at]
        self.at += 1
        if scalar == "\"" {
          guard self.at < self.scalars.count, self.scalars[self.at] == "\"" else { break }
          self.at += 1
        }
        let isPair = scalar == "\r" && self.at < self.scalars.count && self.scalars[self.at] == "\n"
        if scalar.isLineEnd, !isPair { self.line += 1 }
        text.append(scalar)
      }
      if self.at < self.scalars.count {
        let scalar = self.scalars[self.at]
        guard scalar == self.separator || scalar == "\n" || scalar == "\r" else {
          throw .textBehindQuote(line: self.line)
        }
      }
      return String(text)
    }
  }
}

extension Unicode.Scalar {
  /// Whether a line of a file ends here.
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" }
}
