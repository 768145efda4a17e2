import BitimProtocol
import Foundation

/// What people and programs see: data on standard output, everything else on standard error.
struct Output: Sendable {
  /// The form of data.
  enum Form: String, Sendable { case table, json, csv }

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

  /// Prints rows in the form asked for; `messages` are the same rows as messages.
  func rows(_ columns: [Column], _ rows: [[String]], messages: [any Message]) {
    switch self.form {
    case .json: for message in messages { self.json(message) }
    case .csv: self.csv([columns.map(\.rawValue)] + rows)
    case .table:
      guard !rows.isEmpty else { return self.note(.nothingFound) }
      let text = Self.tableText(columns.map { self.say($0.title) }, rows)
      if self.isAside { Self.complain(String(text.dropLast())) } else { Self.write(text) }
    }
  }

  /// Prints facts under their names, one object for programs.
  func facts(_ facts: [(Column, String)], message: any Message) {
    switch self.form {
    case .json: self.json(message)
    case .csv: self.csv([facts.map(\.0.rawValue), facts.map(\.1)])
    case .table:
      let shown = facts.filter { !$0.1.isEmpty }
      let width = shown.map { self.say($0.0.title).count }.max() ?? 0
      for (column, value) in shown {
        let name = self.say(column.title)
        let gap = String(repeating: " ", count: width - name.count + 2)
        Self.write("\(name)\(gap)\(value.visible)\n")
      }
    }
  }

  /// Prints rows with too many columns for a screen, each under the other's: facts that are there, and an
  /// empty line between.
  func records(_ columns: [Column], _ rows: [[String]]) {
    let titles = columns.map { self.say($0.title) }
    let width = titles.map(\.count).max() ?? 0
    let records = rows.map { row in
      zip(titles, row).filter { !$0.1.isEmpty }.map { title, value in
        title + String(repeating: " ", count: width - title.count + 2) + value.visible + "\n"
      }.joined()
    }
    Self.write(records.joined(separator: "\n"))
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

  private func json(_ message: any Message) {
    // What this program decoded it can encode.
    guard let text = try? JSONText(showsDefaults: true).text(message) else { return }
    Self.write(text + "\n")
  }

  /// Programs get what there is; a terminal is moved by nothing that a server says.
  private func csv(_ records: [[String]]) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let records = isTerminal ? records.map { $0.map(\.visible) } : records
    Self.write(self.isForExcel ? CSV.forExcel(records, self.language) : CSV.text(records))
  }

  /// Prints a table that fits a screen.
  func table(_ titles: [Text], _ rows: [[String]]) {
    Self.write(Self.wrapped(titles.map { self.say($0) }, rows))
  }

  /// Rows under their titles, at most so wide: cells are wrapped at words, the last column has what the
  /// others leave it.
  static func wrapped(_ titles: [String], _ rows: [[String]], width: Int = 80) -> String {
    let rows = ([titles] + rows).map { $0.map(\.visible) }
    let last = titles.count - 1
    // The others are as wide as their cells, if that leaves the last one something; else a part of it all.
    let natural = titles.indices.dropLast().map { column in rows.map { $0[column].count }.max() ?? 0
    }
    let isRoomy = natural.reduce(0) { $0 + $1 + 2 } + 28 <= width
    let widths = natural.enumerated().map { column, own in
      isRoomy ? own : min(own, column == last - 1 ? width / 4 : width / 6)
    }
    let room = width - widths.reduce(0) { $0 + $1 + 2 }
    return rows.map { row in
      let cells = zip(row, widths + [room]).map { Self.lines(of: $0, within: $1) }
      let count = cells.map(\.count).max() ?? 0
      return (0..<count).map { index in
        let line = zip(cells, widths + [0]).map { cell, width in
          let text = index < cell.count ? cell[index] : ""
          return text + String(repeating: " ", count: max(0, width - text.count))
        }.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
      }.joined()
    }.joined()
  }

  /// A text in lines of at most so many characters, broken at spaces, and within words that are longer.
  private static func lines(of text: String, within room: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, line.count + 1 + word.count <= room {
        lines[lines.count - 1] += " " + word
        continue
      }
      var rest = word
      while rest.count > room {
        lines.append(String(rest.prefix(room)))
        rest = rest.dropFirst(room)
      }
      lines.append(String(rest))
    }
    return lines.isEmpty ? [""] : lines
  }

  /// Rows under their titles, in columns.
  static func tableText(_ titles: [String], _ rows: [[String]]) -> String {
    let rows = rows.map { $0.map(\.visible) }
    let widths = titles.indices.map { column in
      ([titles] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (index, cell) in cells.enumerated() {
        text += cell
        if index < cells.count - 1 {
          text += String(repeating: " ", count: widths[index] - cell.count + 2)
        }
      }
      return text + "\n"
    }
    return ([titles] + rows).map(line).joined()
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

  /// Writes a line to standard error, if anybody takes it.
  static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text.visibleLines + "\n").utf8))
  }
}
