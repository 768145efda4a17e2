/// Where the columns and rows of a list are among the records of a file.
struct Layout {
  /// A column: where it stands, what it is called in the file, and what this program calls it.
  struct Column {
    let index: Int
    let title: String
    let name: String
  }

  let columns: [Column]
  /// The records of the list itself.
  let rows: [CSV.Record]
  /// What stands above it, titles and all, and below it.
  let above: [CSV.Record]
  let below: [CSV.Record]

  /// How many rows of a sheet are looked at to find the titles.
  private static let headerWithin = 40

  /// Finds the columns that are among `allowed`; all that nobody knows are named at once.
  ///
  /// - Throws: ``Sheet/Fault``
  init(
    of records: [CSV.Record], _ mapping: Mapping, leavingOut: [String],
    columns allowed: Set<String>,
    path: String
  ) throws(Sheet.Fault) {
    let seen = records.filter { !$0.isBlank }
    let header: ClosedRange<Int>
    if let stated = mapping.header {
      header = stated
    } else {
      guard let first = seen.first else {
        throw Sheet.Fault(text: .fileEmpty, arguments: ["file": path])
      }
      let likely = Self.header(of: seen) { Self.known($0, allowed) }
      if let likely, likely.row > first.row, Self.known(first, allowed).isEmpty {
        throw Sheet.Fault(
          text: .fileHeaderElsewhere,
          arguments: ["file": path, "row": "\(first.row)", "header": "\(likely.row)"])
      }
      header = first.row...first.row
    }
    let titles = Self.titles(records.filter { header.contains($0.row) })
    if mapping.columns.isEmpty { try Self.checkNamed(titles, header.lowerBound, allowed, path) }
    var rows = seen.filter { $0.row > header.upperBound }
    // Forms number their columns below the titles.
    if let first = rows.first, Self.isNumbering(first) { rows.removeFirst() }
    let end = rows.count - min(mapping.rowsAtEnd, rows.count)
    self.rows = Array(rows[..<end])
    self.below = Array(rows[end...])
    self.above = records.filter { $0.row <= header.upperBound }
    guard !self.rows.isEmpty else {
      throw Sheet.Fault(text: .fileEmpty, arguments: ["file": path])
    }
    self.columns = try Self.columns(
      titles, self.rows, mapping, leavingOut: leavingOut, columns: allowed, path: path)
  }

  /// Whether titles are one alone, in which the values of a row were not told apart.
  static func isOneCell(_ titles: [String]) -> Bool {
    titles.count == 1 && titles[0].contains { ",;|\t".contains($0) }
  }

  /// Refuses a row of titles none of which anybody knows: it is none, or its values were not told apart.
  private static func checkNamed(
    _ titles: [String], _ row: Int, _ allowed: Set<String>, _ path: String
  ) throws(Sheet.Fault) {
    let there = titles.filter { !Self.isLetters($0) }
    let isKnown = there.contains { title in
      Self.name(of: title).map { allowed.contains($0) || Columns.unread.contains($0) } ?? false
    }
    guard !isKnown, !there.isEmpty else { return }
    let quoted = there.prefix(3).map { "\"\($0.prefix(40))\($0.count > 40 ? "…" : "")\"" }
    throw Sheet.Fault(
      text: Self.isOneCell(there) ? .fileOneCell : .fileNoTitles,
      arguments: [
        "file": path, "row": "\(row)",
        "columns": quoted.joined(separator: ", ") + (there.count > 3 ? ", …" : ""),
      ])
  }

  private static func columns(
    _ titles: [String], _ rows: [CSV.Record], _ mapping: Mapping, leavingOut: [String],
    columns allowed: Set<String>, path: String
  ) throws(Sheet.Fault) -> [Column] {
    let mapped = Dictionary(
      mapping.columns.map { (Columns.folded($0.title), $0.column) },
      uniquingKeysWith: { first, _ in first })
    let leftOut = Self.titles(in: mapping.leftOut + leavingOut, among: titles)
    let named = mapping.columns.map(\.title) + leftOut
    let there = Set(titles.map(Columns.folded))
    if let missing = named.first(where: { !there.contains(Columns.folded($0)) }) {
      throw Sheet.Fault(text: .fileColumnNotThere, arguments: ["file": path, "column": missing])
    }
    let out = Set(leftOut.map(Columns.folded))
    var columns: [Column] = []
    var unknown: [String] = []
    for (index, title) in titles.enumerated() {
      let folded = Columns.folded(title)
      if out.contains(folded) { continue }
      // Without a title it holds nothing, or nobody knows what.
      if Self.isLetters(title),
        rows.allSatisfy({ $0.fields.count <= index || $0.fields[index].isBlank })
      {
        continue
      }
      let name = mapped[folded] ?? Self.name(of: title)
      guard let name, allowed.contains(name) || Columns.unread.contains(name) else {
        unknown.append(title)
        continue
      }
      // What is for people alone may be there, if the list has no such column itself.
      if !allowed.contains(name) { continue }
      guard !columns.contains(where: { $0.name == name }) else {
        throw Sheet.Fault(text: .fileColumnTwice, arguments: ["file": path, "column": title])
      }
      columns.append(Column(index: index, title: title, name: name))
    }
    guard unknown.isEmpty else {
      let quoted = unknown.map { "\"\($0)\"" }.joined(separator: ", ")
      throw Sheet.Fault(
        text: .fileColumnsUnknown,
        arguments: ["file": path, "columns": quoted, "flag": Self.flag(leavingOut: unknown)])
    }
    return columns
  }

  /// The option that leaves columns out, as it is typed.
  static func flag(leavingOut titles: [String]) -> String {
    let isPlain = titles.allSatisfy { !$0.contains(",") }
    let parts = isPlain ? [titles.joined(separator: ",")] : titles
    return parts.map { "--leave-out \(Shell.quoted($0))" }.joined(separator: " ")
  }

  /// The titles that somebody named: each by itself, or several between commas.
  private static func titles(in named: [String], among titles: [String]) -> [String] {
    let there = Set(titles.map(Columns.folded))
    return named.flatMap { text in
      there.contains(Columns.folded(text))
        ? [text] : text.split(separator: ",").map { String($0).withSingleSpaces }
    }
  }

  /// A column's English name by its title; a title that was read in the wrong encoding is read in the other.
  private static func name(of title: String) -> String? {
    Columns.name(of: title) ?? Misreading.undone(title).flatMap(Columns.name)
  }

  /// The titles of one row or of several below each other; of a column without one, its letters: `(M)`.
  private static func titles(_ header: [CSV.Record]) -> [String] {
    (0..<(header.map(\.fields.count).max() ?? 0)).map { index in
      let parts = header.compactMap { $0.fields.count > index ? $0.fields[index] : nil }
      let title = parts.joined(separator: " ").withoutUnseen.withSingleSpaces
      return title.isEmpty ? "(\(Self.letters(index)))" : title
    }
  }

  /// A column's letters in a spreadsheet.
  static func letters(_ index: Int) -> String {
    let last = String(Character(Unicode.Scalar(UInt8(65 + index % 26))))
    return index < 26 ? last : Self.letters(index / 26 - 1) + last
  }

  private static func isLetters(_ title: String) -> Bool { title.contains(/^\([A-Z]+\)$/) }

  private static func isNumbering(_ record: CSV.Record) -> Bool {
    let cells = record.fields.map { $0.withoutUnseen.withSingleSpaces }
    let numbers = cells.prefix { !$0.isEmpty }
    return numbers.count > 2 && numbers.elementsEqual((1...numbers.count).map { "\($0)" })
      && cells.dropFirst(numbers.count).allSatisfy(\.isEmpty)
  }

  /// The columns that a row of titles names.
  private static func known(_ record: CSV.Record, _ allowed: Set<String>) -> Set<String> {
    Set(record.fields.compactMap { Self.name(of: $0) }.filter(allowed.contains))
  }

  /// The first row that names most columns, if any names two.
  ///
  /// - Parameter named: The columns that a row names, if it is one of titles.
  static func header(
    of records: [CSV.Record], named: (CSV.Record) -> Set<String>
  ) -> CSV.Record? {
    let likely = records.prefix(Self.headerWithin).map { ($0, named($0).count) }
    guard let most = likely.map(\.1).max(), most >= 2 else { return nil }
    return likely.first { $0.1 == most }?.0
  }
}
