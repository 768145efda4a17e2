/// Comma-separated values by RFC 4180, with `;` as well and UTF-8 with or without a mark.
enum CSV {
  /// A record and the line of the file it begins on, from 1.
  struct Record: Equatable {
    var line: Int
    var fields: [String]
  }

  /// What is wrong with a file, and where.
  enum Fault: Error, Equatable {
    /// The octets are not UTF-8; offices save as Windows-1251 unless told otherwise.
    case notUTF8(line: Int)
    /// A quotation mark is not closed.
    case quoteOpen(line: Int)
    /// Something stands behind a closing quotation mark.
    case textBehindQuote(line: Int)
    /// A record has another number of fields than the header.
    case fieldCount(line: Int, found: Int, expected: Int)
    /// There is nothing but a header, or not even that.
    case empty
  }

  /// Reads header and records; empty lines are skipped.
  static func records(_ octets: [UInt8]) throws(Fault) -> [Record] {
    var octets = octets[...]
    if octets.starts(with: [0xEF, 0xBB, 0xBF]) { octets = octets.dropFirst(3) }
    guard let text = String(validating: octets, as: UTF8.self) else {
      throw .notUTF8(line: Self.firstBadLine(octets))
    }
    let scalars = Array(text.unicodeScalars)
    let separator = Self.separator(scalars)
    var records: [Record] = []
    var reader = Reader(scalars: scalars, separator: separator)
    while let record = try reader.next() {
      if record.fields.allSatisfy({ $0.isEmpty }) { continue }
      if let header = records.first, record.fields.count != header.fields.count {
        throw .fieldCount(
          line: record.line, found: record.fields.count, expected: header.fields.count)
      }
      records.append(record)
    }
    guard records.count > 1 else { throw .empty }
    return records
  }

  /// The text of records: CRLF at each end, quotes where they are needed, and nothing that a
  /// spreadsheet would run as a formula.
  static func text(_ records: [[String]]) -> String {
    records.map { fields in
      fields.map(Self.field).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func field(_ value: String) -> String {
    let value = Self.disarmed(value)
    let needsQuotes = value.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
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
      if begins {
        let runs = scalars[index...].first { $0 != " " && $0 != "\"" }
        if let runs, "=+-@".unicodeScalars.contains(runs) { disarmed.append("'") }
      }
      begins = ",;|\t\r\n".unicodeScalars.contains(scalar)
      disarmed.append(scalar)
    }
    return String(disarmed)
  }

  /// Whichever of `;` and `,` the header has more of.
  private static func separator(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar {
    let header = scalars.prefix { $0 != "\n" && $0 != "\r" }
    let semicolons = header.count { $0 == ";" }
    return semicolons > header.count { $0 == "," } ? ";" : ","
  }

  private static func firstBadLine(_ octets: ArraySlice<UInt8>) -> Int {
    var line = 1
    for part in octets.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    let separator: Unicode.Scalar
    var at = 0
    var line = 1

    init(scalars: [Unicode.Scalar], separator: Unicode.Scalar) {
      self.scalars = scalars
      self.separator = separator
    }

    mutating func next() throws(Fault) -> Record? {
      guard self.at < self.scalars.count else { return nil }
      var record = Record(line: self.line, fields: [])
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
        if scalar == "\n" { self.line += 1 }
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
