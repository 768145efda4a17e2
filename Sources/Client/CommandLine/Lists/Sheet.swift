import BitimProtocol
import BitimSystem
import Foundation

/// A file of a person's making: records under named columns.
struct Sheet {
  /// What is wrong with a file as a whole.
  struct Fault: Error, Equatable {
    let text: Text
    let arguments: [String: String]

    init(text: Text, arguments: [String: String]) {
      self.text = text
      self.arguments = arguments
    }

    init(_ text: Text, _ arguments: [String: String]) {
      self.init(text: text, arguments: arguments)
    }

    /// Why there is no new file under a name.
    init(_ failure: PrivateFile.Failure, creating path: String) {
      self.init(failure == .isThere ? .fileThere : .profileUnwritable, ["file": path])
    }
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

  /// What is wrong with a cell, or with a row: then there is no column.
  struct Flawed {
    let column: String
    let typed: String
    var flaw: Cell.Flaw
  }

  let path: String
  let layout: Layout
  let encoding: TextFile.Encoding
  let separator: Unicode.Scalar
  /// The rows that can be sent: all but those with another number of cells than the titles.
  private(set) var rows: [Row] = []
  /// What is wrong with how rows are written, by line.
  private(set) var flaws: [Int32: [Flawed]] = [:]
  /// How many values were taken as they are proposed, by the kind of proposal.
  private(set) var taken: [Proposal: Int] = [:]
  /// The records by line, with what was filled down.
  private(set) var records: [Int32: CSV.Record] = [:]
  /// The cells as they were typed, by line and column.
  private var typed: [Int32: [String: String]] = [:]

  /// Reads a file whose columns are among `allowed`: a column that is read by nobody is a mistake somebody
  /// must hear of.
  ///
  /// - Parameters:
  ///   - options: How it is to be taken.
  ///   - cohort: The cohort of rows that name none; what they name must be the same.
  ///   - needsCohort: Whether each row must have a cohort.
  init(
    path: String, columns allowed: Set<String>, _ options: ListOptions? = nil,
    cohort: String? = nil, needsCohort: Bool = false
  ) throws {
    let all = Self.allColumns(allowed)
    let mapping = try options?.mapping.map { try Mapping(path: $0, columns: all) } ?? Mapping()
    let (text, encoding) = try Self.text(of: path, as: mapping.encoding)
    let (records, separator) = try Self.records(of: text, separatedBy: mapping.separator, path)
    self.path = path
    self.encoding = encoding
    self.separator = separator
    self.layout = try Layout(
      of: records, mapping, leavingOut: options?.leftOut ?? [], columns: all, path: path)
    if needsCohort, cohort == nil, !self.columns.contains("cohort") {
      throw Fault(text: .fileColumnNeeded, arguments: ["file": path, "column": "cohort"])
    }
    let manner = options?.manner(mapping) ?? Cell.Manner()
    var above: [String: String] = [:]
    for record in self.layout.rows {
      let line = Int32(record.line)
      guard let record = self.filled(record, mapping.filledDown, &above) else {
        self.records[line] = record
        self.flaws[line] = [
          Flawed(
            column: "", typed: "",
            flaw: .init(
              .cellFieldCount,
              ["found": "\(record.fields.count)", "expected": "\(self.width)"]))
        ]
        continue
      }
      self.records[line] = record
      self.read(record, mapping, manner, cohort: cohort, needsCohort: needsCohort)
    }
  }

  /// The columns of a list, with whole names where it has names in parts.
  static func allColumns(_ allowed: Set<String>) -> Set<String> {
    allowed.isSuperset(of: ["surname_kk", "given_kk"])
      ? allowed.union(Columns.fullNames) : allowed
  }

  /// The columns that the file has.
  var columns: Set<String> { Set(self.layout.columns.map(\.name)) }

  /// How many cells a row needs to have.
  private var width: Int { (self.layout.columns.map(\.index).max() ?? 0) + 1 }

  /// A record with what cells above it say for its own that are empty; nil if it has another number of
  /// cells than the titles, so that nobody knows what stands where.
  private func filled(
    _ record: CSV.Record, _ columns: Set<String>, _ above: inout [String: String]
  ) -> CSV.Record? {
    let titles = self.layout.above.last?.fields.count ?? 0
    guard record.fields.count >= self.width, record.fields.dropFirst(titles).allSatisfy(\.isBlank)
    else { return nil }
    var record = record
    for column in self.layout.columns where columns.contains(column.name) {
      if record.fields[column.index].isBlank {
        record.fields[column.index] = above[column.name] ?? ""
      } else {
        above[column.name] = record.fields[column.index]
      }
    }
    return record
  }

  private mutating func read(
    _ record: CSV.Record, _ mapping: Mapping, _ manner: Cell.Manner, cohort: String?,
    needsCohort: Bool
  ) {
    let line = Int32(record.line)
    var typed: [String: String] = [:]
    for column in self.layout.columns {
      let field = CSV.armed(record.fields[column.index])
      // Who was absent stands in one cell, in lines of it too.
      typed[column.name] =
        column.name == "absent"
        ? field.split(whereSeparator: \.isNewline).map(\.withSingleSpaces).joined(separator: ", ")
        : field.withSingleSpaces
    }
    self.typed[line] = typed
    var flaws: [Flawed] = []
    var cells = typed
    for column in Columns.fullNames {
      guard let whole = cells.removeValue(forKey: column), !whole.isEmpty else { continue }
      let script = column.split(separator: "_").last.map(String.init) ?? ""
      guard let parts = FullName.split(whole, as: mapping.nameOrder) else {
        flaws.append(Flawed(column: column, typed: whole, flaw: .init(.cellFullName)))
        continue
      }
      for (part, value) in parts { cells["\(part)_\(script)"] = value }
    }
    let birthDate = Cell(cells["birth_date"] ?? "", in: "birth_date", manner).value
    var fields: [String: String] = [:]
    for column in self.columns(of: cells) {
      let cell = Cell(cells[column] ?? "", in: column, birthDate: birthDate, manner)
      fields[column] = cell.value
      flaws += cell.flaws.map {
        Flawed(column: column, typed: typed[column] ?? cells[column] ?? "", flaw: $0)
      }
      for kind in cell.taken { self.taken[kind, default: 0] += 1 }
    }
    if let flaw = Self.cohortFlaw(fields["cohort"] ?? "", cohort, isNeeded: needsCohort) {
      flaws.append(Flawed(column: "cohort", typed: fields["cohort"] ?? "", flaw: flaw))
    }
    if let cohort { fields["cohort"] = cohort }
    if !flaws.isEmpty { self.flaws[line] = self.together(flaws) }
    self.rows.append(Row(line: line, fields: fields))
  }

  /// What is wrong alike with the parts of a whole name is wrong once, with one proposal for all of them.
  private func together(_ flaws: [Flawed]) -> [Flawed] {
    var together: [Flawed] = []
    for next in flaws {
      let whole = self.title(of: next.column).column
      let same = together.firstIndex { known in
        known.flaw.text == next.flaw.text && known.flaw.arguments == next.flaw.arguments
          && self.title(of: known.column).column == whole
      }
      guard let same, let proposal = next.flaw.proposal else {
        together.append(next)
        continue
      }
      together[same].flaw.proposal?.value += " " + proposal.value
    }
    return together
  }

  /// The columns of cells in the order of the file.
  private func columns(of cells: [String: String]) -> [String] {
    self.layout.columns.flatMap { column in
      let script = column.name.split(separator: "_").last ?? ""
      return column.name.hasPrefix("full_name_")
        ? FullName.parts.map { "\($0)_\(script)" } : [column.name]
    }.filter { cells[$0] != nil }
  }

  /// What is wrong with the cohort of a row: there is none, or another than the option says.
  private static func cohortFlaw(
    _ own: String, _ option: String?, isNeeded: Bool
  ) -> Cell.Flaw? {
    guard let option else { return own.isEmpty && isNeeded ? .init(.cellCohortMissing) : nil }
    return own.isEmpty || own == option
      ? nil : .init(.cellCohortDiffers, ["cohort": own, "option": option])
  }

  /// Whether a word of the command line names a file and nothing in the registry.
  static func isNamed(by word: String) -> Bool {
    word.contains("/")
      || [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"].contains {
        word.lowercased().hasSuffix($0)
      }
  }

  /// Notes what else is wrong in a row.
  mutating func note(_ flaw: Cell.Flaw, line: Int32, column: String) {
    self.flaws[line, default: []].append(
      Flawed(column: column, typed: self.value(line: line, column: column) ?? "", flaw: flaw))
  }

  /// What the file itself has in a column of a line; nil if it has nothing there.
  func value(line: Int32, column: String) -> String? {
    let text = self.typed[line]?[self.title(of: column).column] ?? ""
    return text.isEmpty ? nil : text
  }

  /// The file's own title of a column, and the column that has it: of a part of a name, that of the whole.
  func title(of column: String) -> (title: String, column: String) {
    func found(_ name: String) -> Layout.Column? {
      self.layout.columns.first { $0.name == name }
    }
    let script = column.split(separator: "_").last.map(String.init) ?? ""
    let isName = FullName.parts.contains { column.hasPrefix("\($0)_") }
    guard let there = found(column) ?? (isName ? found("full_name_\(script)") : nil) else {
      return (column, column)
    }
    return (there.title, there.name)
  }

  /// The same, but where a list tells who is meant by IIN alone, that column is shown.
  func shownTitle(of column: String) -> String {
    let there = self.columns
    let isByIIN =
      ["candidate", "trainee", "person"].contains(column) && !there.contains(column)
      && there.contains("iin")
    return self.title(of: isByIIN ? "iin" : column).title
  }

  /// The row of the sheet that begins on a line of the file.
  func row(ofLine line: Int32) -> Int { self.records[line]?.row ?? Int(line) }

  /// The text of a file, and how its octets were read.
  static func text(
    of path: String, as asked: TextFile.Encoding?
  ) throws(Fault) -> (text: String, encoding: TextFile.Encoding) {
    guard let data = FileManager.default.contents(atPath: path) else {
      // Of folders alone there is a `.`.
      let isFolder = FileManager.default.fileExists(atPath: path + "/.")
      let isThere = FileManager.default.fileExists(atPath: path)
      let text: Text = isFolder ? .fileIsFolder : isThere ? .fileUnreadable : .fileNotThere
      throw Fault(text: text, arguments: ["file": path])
    }
    do throws(TextFile.Fault) {
      return try TextFile.read([UInt8](data), as: asked)
    } catch {
      throw Fault(error, path)
    }
  }

  /// The records of a text, and what separates their values.
  static func records(
    of text: String, separatedBy separator: Unicode.Scalar?, _ path: String
  ) throws(Fault) -> (records: [CSV.Record], separator: Unicode.Scalar) {
    do throws(CSV.Fault) {
      return try CSV.records(text, separatedBy: separator)
    } catch {
      switch error {
      case .quoteOpen(let line), .textBehindQuote(let line):
        throw Fault(text: .fileQuote, arguments: ["file": path, "line": "\(line)"])
      }
    }
  }

  /// A date as people write it, in ISO 8601; what can't be read is returned as it is, for the
  /// server to refuse by line and column.
  static func iso(_ text: String) -> String {
    if case .day(let iso) = DateText(text) { return iso }
    return text
  }

  /// Academic hours as typed, in quarters; nil for what isn't a multiple of a quarter.
  static func quarters(_ text: String) -> Int32? {
    if text.isEmpty { return 0 }
    let decimal = text.replacingOccurrences(of: ",", with: ".")
    guard decimal.contains(/^[0-9]+(\.[0-9]+)?$/), let hours = Double(decimal), hours <= 1_000
    else { return nil }
    let quarters = hours * 4
    return quarters == quarters.rounded() ? Int32(quarters) : nil
  }
}

extension Sheet.Fault {
  /// What is wrong with the octets of a file.
  init(_ fault: TextFile.Fault, _ path: String) {
    switch fault {
    case .workbook(let kind):
      self.init(text: .fileWorkbook, arguments: ["file": path, "kind": kind])
    case .noList(let kind):
      self.init(
        text: .fileNoList,
        arguments: kind.isEmpty ? ["file": path] : ["file": path, "kind": kind])
    case .noEncoding: self.init(text: .fileNoEncoding, arguments: ["file": path])
    case .notUTF8(let line):
      self.init(text: .fileNotUTF8, arguments: ["file": path, "line": "\(line)"])
    case .not(let encoding):
      self.init(
        text: .fileNotEncoding, arguments: ["file": path, "encoding": encoding.rawValue])
    }
  }
}
