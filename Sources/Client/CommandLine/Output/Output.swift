import BitimProtocol
import Foundation

/// What people and programs see: data on standard output, everything else on standard error.
struct Output: Sendable {
  /// The form of data.
  enum Form: String, CaseIterable, Sendable { case table, json, csv }

  let form: Form
  let language: Language
  /// Whether CSV is for a spreadsheet, which guesses what programs read.
  var isForExcel = false
  /// Whether data goes to standard error too, since what goes to standard output comes later.
  private(set) var isAside = false

  /// The same for what somebody is shown before he or she is asked: a table on standard error, so that
  /// it is seen where the data goes to a file, and the file has the data alone.
  var aside: Output {
    var aside = Output(form: .table, language: self.language)
    aside.isAside = true
    return aside
  }

  /// The same for what stands in cells: programs read the same English words whatever the reader's language is.
  var cells: Output {
    self.isForPrograms ? Output(form: .csv, language: .en) : self
  }

  /// Whether a program reads what is printed as CSV, and no spreadsheet.
  var isForPrograms: Bool { self.form == .csv && !self.isForExcel }

  /// Prints rows in the form asked for; `messages` are the same rows as messages.
  ///
  /// - Parameters:
  ///   - titled: What people read above a column, where that is other than its name says.
  ///   - isLastRare: Whether people see the last column only where something stands in it; programs always do.
  func rows(
    _ columns: [Column], _ rows: [[String]], messages: [any Message], titled: [Column: Text] = [:],
    isLastRare: Bool = false
  ) {
    switch self.form {
    case .json: Self.show(messages.compactMap(self.jsonText).joined())
    case .csv: self.csv([columns.map(\.rawValue)] + rows)
    case .table:
      guard !rows.isEmpty else { return self.note(.nothingFound) }
      let hidden = isLastRare && rows.allSatisfy { $0.last == "" } ? 1 : 0
      let text = Self.tableText(
        columns.dropLast(hidden).map { self.say(titled[$0] ?? $0.title) },
        rows.map { Array($0.dropLast(hidden)) }, width: self.width, isBold: self.isColoured)
      if self.isAside {
        // As it is: what is in the cells is made visible already, and the titles are ours.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
      } else {
        Self.show(text)
      }
    }
  }

  /// Prints rows that no message holds: in JSON each is an object of texts.
  func rows(_ columns: [Column], _ rows: [[String]]) {
    guard self.form == .json else { return self.rows(columns, rows, messages: []) }
    let lines = rows.map { row in
      Self.objectText(Dictionary(uniqueKeysWithValues: zip(columns.map(\.rawValue), row)))
    }
    Self.show(lines.joined())
  }

  /// Prints what no message holds as an object of texts in a line.
  func object(_ fields: some Encodable) { Self.write(Self.objectText(fields)) }

  private static func objectText(_ fields: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts can be encoded.
    guard let data = try? encoder.encode(fields) else { return "" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// Prints facts under their names, one object for programs.
  func facts(_ facts: [(Column, String)], message: any Message) {
    switch self.form {
    case .json: Self.show(self.jsonText(message) ?? "")
    case .csv: self.csv([facts.map(\.0.rawValue), facts.map(\.1)])
    case .table: Self.show(self.listed(facts))
    }
  }

  /// Prints facts under their names, those that are there.
  func list(_ facts: [(Column, String)]) { Self.write(self.listed(facts)) }

  private func listed(_ facts: [(Column, String)]) -> String {
    let shown = facts.filter { !$0.1.isEmpty }
    let width = shown.map { self.say($0.0.title).displayWidth }.max() ?? 0
    let lines = shown.map { column, value in
      Table.fact(self.say(column.title), value, under: width, within: self.width)
    }
    return lines.joined()
  }

  /// Prints rows with too many columns for a screen, each under the other's: facts that are there, and an
  /// empty line between.
  func records(_ columns: [Column], _ rows: [[String]]) {
    Self.show(Table.records(columns.map { self.say($0.title) }, rows, within: self.width))
  }

  /// A text in the reader's language.
  func say(_ text: Text, _ arguments: [String: String] = [:]) -> String {
    text.filled(self.language, arguments)
  }

  /// A text in the reader's language, with what the server sent filled in.
  func say(_ text: Text, sent arguments: [String: String]) -> String {
    text.filled(self.language, sent: arguments)
  }

  /// Tells people something; not data.
  func note(_ text: Text, _ arguments: [String: String] = [:]) {
    Self.complain(self.say(text, arguments))
  }

  private func jsonText(_ message: any Message) -> String? {
    // What this program decoded it can encode.
    try? JSONText(showsDefaults: true).text(message) + "\n"
  }

  /// Programs get what there is; a terminal is moved by nothing that a server says.
  private func csv(_ records: [[String]]) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    Self.show(self.csvText(isTerminal ? records.map { $0.map(\.visible) } : records))
  }

  /// Records as CSV, for programs or a spreadsheet.
  ///
  /// - Parameter isBeginning: Whether they stand at the beginning of a file, and not behind others.
  func csvText(_ records: [[String]], isBeginning: Bool = true) -> String {
    guard self.isForExcel else { return CSV.text(records) }
    let text = CSV.forExcel(records, self.language)
    // The byte order mark stands once.
    return isBeginning ? text : String(text.unicodeScalars.dropFirst())
  }

  /// Prints a table that fits a screen.
  func table(_ titles: [Text], _ rows: [[String]]) {
    Self.show(Self.wrapped(titles.map { self.say($0) }, rows, width: self.width ?? 80))
  }

  /// Rows under their titles, at most so wide: cells are wrapped at words, the last column has what the
  /// others leave it.
  static func wrapped(_ titles: [String], _ rows: [[String]], width: Int = 80) -> String {
    let rows = ([titles] + rows).map { $0.map(\.visible) }
    let last = titles.count - 1
    // The others are as wide as their cells, if that leaves the last one something; else a part of it all.
    let natural = titles.indices.dropLast().map { column in
      rows.map { $0[column].displayWidth }.max() ?? 0
    }
    let isRoomy = natural.reduce(0) { $0 + $1 + 2 } + 28 <= width
    let widths = natural.enumerated().map { column, own in
      isRoomy ? own : min(own, column == last - 1 ? width / 4 : width / 6)
    }
    let room = width - widths.reduce(0) { $0 + $1 + 2 }
    return rows.map { row in
      let cells = zip(row, widths + [room]).map { Table.lines(of: $0, within: $1) }
      let count = cells.map(\.count).max() ?? 0
      return (0..<count).map { index in
        let line = zip(cells, widths + [0]).map { cell, width in
          let text = index < cell.count ? cell[index] : ""
          return text.padded(to: width)
        }.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
      }.joined()
    }.joined()
  }

  /// Rows under their titles, in columns; within so many columns of a screen, if it has an end.
  static func tableText(
    _ titles: [String], _ rows: [[String]], width: Int? = nil, isBold: Bool = false
  ) -> String {
    Table(titles, rows, width: width, isBold: isBold).text
  }

  /// How wide a table may be; nil where nothing but its cells says so.
  private var width: Int? { Screen.width(of: self.isAside ? STDERR_FILENO : STDOUT_FILENO) }

  /// Whether what is said may have colours.
  var isColoured: Bool {
    self.form == .table && Screen.hasColours(self.isAside ? STDERR_FILENO : STDOUT_FILENO)
  }

  /// A text in a colour, where there are any; the words say it all without.
  func coloured(_ text: String, _ colour: Screen.Colour) -> String {
    self.isColoured ? colour.rawValue + text + Screen.plain : text
  }

  /// Writes data to standard output; data that can't be written ends the command, and says so.
  static func write(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      let language = Start.language(ProcessInfo.processInfo.environment)
      Self.complain("bitim: " + Text.outputUnwritable.filled(language))
      exit(Desk.End.failed.rawValue)
    }
  }

  /// Prints data that people read: page by page where it is longer than the terminal.
  static func show(_ text: String) { if !Pager.show(text) { Self.write(text) } }

  /// Prints a text that is broken at words where the screen ends, what follows under so many columns.
  static func paragraph(_ text: String, hanging: Int) -> String {
    text.visible.wrapped(to: Screen.width(of: STDOUT_FILENO), hanging: hanging) + "\n"
  }

  /// Writes a line to standard error, if anybody takes it; at a terminal it is broken at words.
  static func complain(_ text: String) {
    let lines = text.visibleLines.wrapped(to: Screen.width(of: STDERR_FILENO))
    try? FileHandle.standardError.write(contentsOf: Data((lines + "\n").utf8))
  }
}
