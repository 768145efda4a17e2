import BitimProtocol
import BitimSystem
import Foundation

/// Rows under their titles in columns, as wide as the screen at most.
///
/// Cells that are too wide are wrapped at spaces, and within words that are wider than their column. The widest
/// columns give way first, so that one long name takes no place from the others. Where numbers, days or keys would be
/// broken all the same, each row stands by itself, a cell a line: who copies half a key has none.
struct Table {
  private let rows: [[String]]
  private let widths: [Int]
  private let isBold: Bool
  /// How wide the screen is, if each row is to stand by itself.
  private let tall: Int?

  /// What is wider is wrapped like a text.
  private static let wholeMost = 20
  /// How many columns of the screen another column needs at least.
  private static let restLeast = 8

  /// - Parameters:
  ///   - width: How many columns there are; nil for as many as the cells want.
  ///   - isBold: Whether the titles are set apart, as a terminal shows it.
  init(_ titles: [String], _ rows: [[String]], width: Int?, isBold: Bool = false) {
    self.isBold = isBold
    let shown = ([titles] + rows).map { $0.map(\.visible) }
    self.rows = shown
    var widths = titles.indices.map { column in
      shown.map { $0[column].displayWidth }.max() ?? 0
    }
    var room = width.map { max($0 - 2 * (titles.count - 1), titles.count) } ?? Int.max
    var open = Set(titles.indices)
    // Numbers, codes and days are copied and searched for: they stay in one piece, if the others can give way.
    let whole = titles.indices.filter { column in
      let cells = shown.map { $0[column] }
      // What is longer and of one length in all rows is a key or a hash.
      let isKey = Set(cells.dropFirst().map(\.displayWidth)).count == 1
      return cells.allSatisfy { !$0.contains(" ") } && (widths[column] <= Self.wholeMost || isKey)
    }
    let natural = widths
    let wanted = whole.reduce(0) { $0 + widths[$1] }
    if room - wanted >= Self.restLeast * (titles.count - whole.count) {
      room -= wanted
      open.subtract(whole)
    }
    // A column that asks for less than its share gives the rest to the others.
    while !open.isEmpty, open.reduce(0, { $0 + widths[$1] }) > room {
      let share = room / open.count
      let modest = open.filter { widths[$0] <= share }
      guard !modest.isEmpty, modest.count < open.count else {
        // All ask for more than there is: each has the same.
        for (index, column) in open.sorted().enumerated() {
          widths[column] = min(widths[column], share + (index < room % open.count ? 1 : 0))
        }
        break
      }
      for column in modest { room = max(room - widths[column], 1) }
      open.subtract(modest)
    }
    self.widths = widths.map { max($0, 1) }
    self.tall = whole.contains { widths[$0] < natural[$0] } ? width : nil
  }

  var text: String {
    if let tall {
      return Self.records(
        self.rows[0], Array(self.rows.dropFirst()), within: tall, isBold: self.isBold)
    }
    return self.rows.enumerated().map { place, row in
      let cells = zip(row, self.widths).map { Self.lines(of: $0, within: $1) }
      return (0..<(cells.map(\.count).max() ?? 0)).map { index in
        let line = zip(cells, self.widths).map { cell, width in
          (index < cell.count ? cell[index] : "").padded(to: width)
        }.joined(separator: "  ")
        let shown = String(line.reversed().drop { $0 == " " }.reversed())
        let isTitle = place == 0 && self.isBold && !shown.isEmpty
        return (isTitle ? Screen.Colour.head.rawValue + shown + Screen.plain : shown) + "\n"
      }.joined()
    }.joined()
  }

  /// Each row by itself, an empty line between two: a title and its cell a line, if there is anything in it.
  static func records(
    _ titles: [String], _ rows: [[String]], within screen: Int?, isBold: Bool = false
  ) -> String {
    let names = titles.map(\.displayWidth).max() ?? 0
    return rows.map { row in
      zip(titles, row).filter { !$0.1.isEmpty }.map { title, cell in
        self.fact(title, cell, under: names, within: screen, isBold: isBold)
      }.joined()
    }.joined(separator: "\n")
  }

  /// A fact beside its name: what is too long goes on under itself.
  static func fact(
    _ name: String, _ value: String, under width: Int, within screen: Int?, isBold: Bool = false
  ) -> String {
    let room = screen.map { max($0 - width - 2, 20) } ?? Int.max
    return self.lines(of: value.visible, within: room).enumerated().map { index, line in
      let beside = (index == 0 ? name : "").padded(to: width)
      let isHead = isBold && index == 0
      return (isHead ? Screen.Colour.head.rawValue + beside + Screen.plain : beside) + "  " + line
        + "\n"
    }.joined()
  }

  /// A text in lines of at most so many columns, broken at spaces, and within words that are longer.
  static func lines(of text: String, within room: Int) -> [String] {
    guard text.displayWidth > room else { return [text] }
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, line.displayWidth + 1 + String(word).displayWidth <= room {
        lines[lines.count - 1] += " " + word
        continue
      }
      var line = ""
      var width = 0
      for character in word {
        if width + character.displayWidth > room, !line.isEmpty {
          lines.append(line)
          (line, width) = ("", 0)
        }
        line.append(character)
        width += character.displayWidth
      }
      lines.append(line)
    }
    return lines.isEmpty ? [""] : lines
  }
}

extension String {
  /// The text with lines of at most so many columns, if a screen has an end: broken at spaces, what follows under the
  /// beginning of its line, and so many columns to the right.
  ///
  /// A command stays in one piece, for it is copied. A line that is nothing else the terminal breaks, and puts together
  /// again.
  func wrapped(to width: Int?, hanging: Int = 0) -> String {
    guard let width else { return self }
    return self.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let shown = String(line)
      let words = line.drop { $0 == " " }
      guard shown.displayWidth > width, !words.hasPrefix("bitim ") else { return shown }
      let indent = line.count - words.count + hanging
      let rest = String(line.dropFirst(indent)).withWholeCommands(within: width - indent)
      let lines = Table.lines(of: rest, within: max(width - indent, 1)).map {
        $0.replacing(Self.space, with: " ")
      }
      return line.prefix(indent)
        + lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }.joined(separator: "\n")
  }

  /// A space at which no line is broken; for private use, so that no text has one.
  private static let space = "\u{E000}"

  /// The text with such spaces in each command that fits a line: between backquotes, or from its word to the end.
  private func withWholeCommands(within width: Int) -> String {
    self.replacing(/`bitim [^`]*`|(?:^|: )bitim .*$/) { match in
      // Before a command behind a colon a line may end.
      let colon = match.0.hasPrefix(": ") ? ": " : ""
      let command = String(match.0.dropFirst(colon.count))
      return colon
        + (command.displayWidth <= width ? command.replacing(" ", with: Self.space) : command)
    }
  }
}

/// What of a screen is known: how wide it is, and whether it has colours.
enum Screen {
  /// A beginning that gives what follows a colour.
  enum Colour: String {
    case head = "\u{1b}[1m"
    case good = "\u{1b}[1;32m"
    case bad = "\u{1b}[1;31m"
    case unknown = "\u{1b}[1;35m"
  }

  /// The end of a colour.
  static let plain = "\u{1b}[0m"

  /// How wide what a descriptor shows may be: the terminal's columns, 80 where it does not say them, from 20 to
  /// 100. Nil where there is no terminal: a pipe has no end of a line. `COLUMNS` says it where it is exported.
  static func width(
    of descriptor: Int32,
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Int? {
    let stated = environment["COLUMNS"].flatMap { Int($0) }
    guard stated != nil || isatty(descriptor) == 1 else { return nil }
    return min(max(stated ?? Terminal.columns(of: descriptor) ?? 80, 20), 100)
  }

  /// Whether a descriptor shows colours: a terminal that is not dumb, where `NO_COLOR` is empty.
  static func hasColours(
    _ descriptor: Int32,
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Bool {
    isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }
}
