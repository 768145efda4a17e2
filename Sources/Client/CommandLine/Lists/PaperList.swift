import Foundation

/// Numbers of certificates, and codes where they are known: a list with titles, or a number a line.
struct PaperList {
  /// One paper, as somebody typed it.
  struct Paper: Equatable {
    let line: Int32
    let number: String
    let code: String
  }

  let papers: [Paper]

  /// Reads a list. Without titles the first cell is the number and the second the code; spaces or tabs may
  /// stand between them.
  ///
  /// - Throws: ``Sheet/Fault``, and what a mapping throws.
  init(path: String, _ options: ListOptions) throws {
    let columns: Set<String> = ["number", "code"]
    if options.mapping == nil {
      let (text, _) = try Sheet.text(of: path, as: nil)
      let records = try Sheet.records(of: text, separatedBy: nil, path).records
        .filter { !$0.isBlank }
      if let first = records.first, Self.isBare(first) {
        self.papers = records.map(Self.paper)
        return
      }
    }
    let sheet = try Sheet(path: path, columns: columns, options)
    guard sheet.columns.contains("number") else {
      throw Sheet.Fault(text: .fileColumnNeeded, arguments: ["file": path, "column": "number"])
    }
    // A row with too few cells has a number all the same, or none: the answer says so.
    self.papers = sheet.layout.rows.map { record in
      let line = Int32(record.line)
      func cell(_ name: String) -> String {
        let column = sheet.layout.columns.first { $0.name == name }
        guard let column, column.index < record.fields.count else { return "" }
        return CSV.armed(record.fields[column.index]).withoutUnseen.withSingleSpaces
      }
      return Paper(line: line, number: cell("number"), code: cell("code"))
    }
  }

  /// Whether a record is of a list without titles: it begins with a number.
  private static func isBare(_ record: CSV.Record) -> Bool {
    let first = record.fields.first.map { CSV.armed($0).withoutUnseen.withSingleSpaces } ?? ""
    return first.first?.isNumber == true
  }

  private static func paper(_ record: CSV.Record) -> Paper {
    let cells = record.fields.map { CSV.armed($0).withoutUnseen.withSingleSpaces }
    let code = cells.dropFirst().first ?? ""
    guard code.isEmpty, let space = cells[0].firstIndex(of: " ") else {
      return Paper(line: Int32(record.line), number: cells[0], code: code)
    }
    return Paper(
      line: Int32(record.line), number: String(cells[0][..<space]),
      code: String(cells[0][cells[0].index(after: space)...]))
  }
}
