import Foundation

/// A file of a person's making: records under named columns.
struct Sheet {
  /// What is wrong with a file as a whole.
  struct Fault: Error, Equatable {
    let text: Text
    let arguments: [String: String]
  }

  /// A record with its line.
  struct Row {
    let line: Int32
    private let fields: [String: String]

    init(line: Int32, fields: [String: String]) {
      self.line = line
      self.fields = fields
    }

    /// The value of a column; empty if there is none.
    subscript(_ column: String) -> String { self.fields[column] ?? "" }
  }

  let rows: [Row]
  let columns: Set<String>

  /// Reads a file whose columns are among `allowed` and `note`: a column that is read by nobody is
  /// a mistake somebody must hear of.
  init(path: String, columns allowed: Set<String>) throws(Fault) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(text: .fileUnreadable, arguments: ["file": path])
    }
    let records: [CSV.Record]
    do throws(CSV.Fault) {
      records = try CSV.records([UInt8](data))
    } catch {
      throw Self.fault(error, path)
    }
    let header = records[0]
    var names: [String] = []
    for field in header.fields {
      let title = field.trimmingCharacters(in: .whitespaces)
      guard let name = Columns.name(of: title), allowed.contains(name) || name == "note" else {
        throw Fault(text: .fileColumnUnknown, arguments: ["file": path, "column": title])
      }
      guard !names.contains(name) else {
        throw Fault(text: .fileColumnTwice, arguments: ["file": path, "column": title])
      }
      names.append(name)
    }
    self.columns = Set(names)
    self.rows = records.dropFirst().map { record in
      let values = record.fields.map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(
        line: Int32(record.line),
        fields: Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// What the file itself has in a column of a line; nil if it has nothing there.
  func value(line: Int32, column: String) -> String? {
    guard let row = self.rows.first(where: { $0.line == line }) else { return nil }
    return row[column].isEmpty ? nil : row[column]
  }

  /// The cohort of a row: its column's, or the option's where there is none.
  ///
  /// - Throws: ``Fault`` when the two disagree: one of them is a mistake.
  func cohort(of row: Row, option: String?, path: String) throws(Fault) -> String {
    let own = row["cohort"]
    guard let option, !own.isEmpty, own != option else { return option ?? own }
    throw Fault(
      text: .fileCohortDiffers,
      arguments: ["file": path, "line": "\(row.line)", "cohort": own, "option": option])
  }

  private static func fault(_ fault: CSV.Fault, _ path: String) -> Fault {
    switch fault {
    case .notUTF8(let line):
      Fault(text: .fileNotUTF8, arguments: ["file": path, "line": "\(line)"])
    case .quoteOpen(let line), .textBehindQuote(let line):
      Fault(text: .fileQuote, arguments: ["file": path, "line": "\(line)"])
    case .fieldCount(let line, let found, let expected):
      Fault(
        text: .fileFieldCount,
        arguments: [
          "file": path, "line": "\(line)", "found": "\(found)", "expected": "\(expected)",
        ])
    case .empty: Fault(text: .fileEmpty, arguments: ["file": path])
    }
  }

  /// A date as people write it, in ISO 8601; what can't be read is returned as it is, for the
  /// server to refuse by line and column.
  static func iso(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count),
      parts[2].count == 4, parts.allSatisfy({ $0.allSatisfy(\.isASCII) && Int($0) != nil })
    else { return text }
    func padded(_ part: Substring) -> String { part.count == 1 ? "0\(part)" : String(part) }
    return "\(parts[2])-\(padded(parts[1]))-\(padded(parts[0]))"
  }

  /// Academic hours as typed, in quarters; nil for what isn't a multiple of a quarter.
  static func quarters(_ text: String) -> Int32? {
    if text.isEmpty { return 0 }
    let decimal = text.replacingOccurrences(of: ",", with: ".")
    guard let hours = Double(decimal), hours >= 0, hours <= 1_000 else { return nil }
    let quarters = hours * 4
    return quarters == quarters.rounded() ? Int32(quarters) : nil
  }
}
