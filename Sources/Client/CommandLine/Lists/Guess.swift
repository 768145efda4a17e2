import BitimSystem
import Foundation

/// `--guess`: a mapping for a list as an office has it, for somebody to correct.
enum Guess {
  /// Writes a mapping beside a list, and says what to do with it.
  static func write(for path: String, columns allowed: Set<String>, _ desk: Desk) throws -> Desk.End
  {
    let text = try Sheet.text(of: path, as: nil).text
    let records = try Sheet.records(of: text, separatedBy: nil, path).records
    let columns = Sheet.allColumns(allowed)
    let lines = try Self.lines(records, columns, path, desk)
    let target = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent + ".mapping"
    let folder = (path as NSString).deletingLastPathComponent
    let file = folder.isEmpty ? target : "\(folder)/\(target)"
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(file, Array((lines.joined(separator: "\n") + "\n").utf8))
    } catch {
      throw Sheet.Fault(error, creating: file)
    }
    desk.output.note(.mappingWritten, ["file": Shell.quoted(file), "list": path])
    return .done
  }

  private static func lines(
    _ records: [CSV.Record], _ allowed: Set<String>, _ path: String, _ desk: Desk
  ) throws(Sheet.Fault) -> [String] {
    let seen = records.filter { !$0.isBlank }
    guard let first = seen.first else {
      throw Sheet.Fault(text: .fileEmpty, arguments: ["file": path])
    }
    let header =
      Layout.header(of: seen) { record in
        Set(
          record.fields.compactMap { field in
            field.isBlank ? nil : Columns.guessed(from: field, among: allowed)
          })
      } ?? first
    let titles = header.fields.map(\.withSingleSpaces).filter { !$0.isEmpty }
    if Layout.isOneCell(titles), Columns.guessed(from: titles[0], among: allowed) == nil {
      throw Sheet.Fault(
        text: .fileOneCell,
        arguments: [
          "file": path, "row": "\(header.row)", "columns": "\"\(titles[0].prefix(40))…\"",
        ])
    }
    let rows = seen.filter { $0.row > header.row }
    let atEnd = Self.rowsAtEnd(rows, width: header.fields.count { !$0.isBlank })
    let list = rows.dropLast(atEnd)
    var lines = ["# " + desk.output.say(.mappingHead), "header_row = \(header.row)"]
    if atEnd > 0 { lines.append("rows_at_end = \(atEnd)") }
    var (named, filled, leftOut): ([String], [String], [String]) = ([], [], [])
    var taken: Set<String> = []
    var hasFullName = false
    for (index, field) in header.fields.enumerated() {
      let title = field.withoutUnseen.withSingleSpaces
      let cells = list.compactMap { $0.fields.count > index ? $0.fields[index] : nil }
      if title.isEmpty, cells.allSatisfy(\.isBlank) { continue }
      let exact = Columns.name(of: title).flatMap { allowed.contains($0) ? $0 : nil }
      let name = exact ?? Columns.guessed(from: title, among: allowed)
      guard let name = name.map({ Self.script($0, cells) }), taken.insert(name).inserted else {
        if Columns.name(of: title).map(Columns.unread.contains) != true {
          leftOut.append("leave_out = \(title.isEmpty ? "(\(Layout.letters(index)))" : title)")
        }
        continue
      }
      if exact == nil { named.append("# " + desk.output.say(.mappingGuessed)) }
      named.append("\(name) = \(title)")
      hasFullName = hasFullName || name.hasPrefix("full_name")
      if name == "cohort", cells.first?.isBlank == false, cells.contains(where: \.isBlank) {
        filled.append("fill_down = \(name)")
      }
      if Cell.dates.contains(name), let form = Self.dateForm(cells),
        !lines.contains(where: { $0.hasPrefix("date_form") })
      {
        // Which of the first two numbers is the day, somebody must say.
        if form == .dayFirst { lines.append("# " + desk.output.say(.mappingGuessed)) }
        lines.append("date_form = \(form.rawValue)")
      }
    }
    if hasFullName { lines.append("full_name_order = \(FullName.parts.joined(separator: " "))") }
    return lines + named + filled + leftOut
  }

  /// How many rows at the end are sums and signatures: they have few cells, or begin with the word.
  private static func rowsAtEnd(_ rows: [CSV.Record], width: Int) -> Int {
    let sums = [
      "итого", "всего", "барлығы", "жиыны", "жалпы", "total", "sum", "руководитель", "директор",
      "басшы", "м.п.", "м.о.", "исп.", "орынд",
    ]
    return rows.reversed().prefix { row in
      let cells = row.fields.map(\.withSingleSpaces).filter { !$0.isEmpty }
      let isSum = cells.contains { cell in sums.contains { cell.lowercased().hasPrefix($0) } }
      return isSum || cells.count * 3 < width
    }.count
  }

  /// A whole name in whose cells Kazakh letters stand is a Kazakh one.
  private static func script(_ name: String, _ cells: [String]) -> String {
    guard name == "full_name_ru" else { return name }
    let isKazakh = cells.contains { $0.unicodeScalars.contains(where: NameScript.kazakh.contains) }
    return isKazakh ? "full_name_kk" : name
  }

  /// The form of days that can be read in one way alone; nil where they need none.
  private static func dateForm(_ cells: [String]) -> DateText.Form? {
    let unread = cells.map(\.withSingleSpaces).filter { cell in
      if case .day = DateText(cell) { return false }
      return !cell.isEmpty
    }
    return DateText.Form.allCases.first { form in
      !unread.isEmpty
        && unread.allSatisfy { cell in
          if case .day = DateText(cell, as: form) { return true }
          return false
        }
    }
  }
}
