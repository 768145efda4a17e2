import BitimProtocol

/// A page of the office's day: what it is of, tables, places to sign. One web page that any browser prints on A4,
/// in the reader's language; nothing in it runs, and it asks for nothing.
///
/// It says nothing of when it was printed: of the same records it is the same octets.
package struct OfficePage: Equatable, Sendable {
  /// How the sheet lies.
  enum Way: String, Sendable {
    case portrait, landscape
  }

  /// What a cell holds, and a smaller line beneath.
  struct Cell: Equatable, Sendable {
    let text: String
    var beneath = ""
    var isStrong = false

    init(_ text: String, beneath: String = "", isStrong: Bool = false) {
      (self.text, self.beneath, self.isStrong) = (text, beneath, isStrong)
    }
  }

  /// What stands in a column.
  enum Kind: String, Sendable {
    /// A number of the row, or of points: as narrow as it is, to the right.
    case count
    /// A word or a day that is not broken.
    case word
    /// Text, which takes the room there is.
    case text
    /// Words that are broken between them alone.
    case words
    /// Room for a hand to write something short.
    case blank
    /// Room to sign.
    case sign
  }

  /// A column, with what stands above it.
  struct Column: Equatable, Sendable {
    let title: String
    let kind: Kind
    var beneath = ""

    init(_ title: String, _ kind: Kind, beneath: String = "") {
      (self.title, self.kind, self.beneath) = (title, kind, beneath)
    }
  }

  struct Table: Equatable, Sendable {
    var caption = ""
    let columns: [Column]
    let rows: [[Cell]]
  }

  /// Somebody's place to sign.
  struct Place: Equatable, Sendable {
    let seat: String
    /// Empty where who signs writes it by hand.
    let name: String
    var beneath = ""
  }

  let tongue: Tongue
  /// The language of a page that is in none of the reader's.
  var language = ""
  let way: Way
  let title: String
  /// What must not be overlooked.
  var warnings: [String] = []
  var facts: [(name: String, value: String)] = []
  var tables: [Table] = []
  /// What it comes to, beneath the tables.
  var sums: [String] = []
  var places: [Place] = []
  /// What tells where all this is kept.
  var foot: [String] = []

  package static func == (one: Self, other: Self) -> Bool { one.octets == other.octets }

  /// The page as a file.
  package var octets: [UInt8] {
    let style = OfficeStyle.text(self.way)
    let title = Markup.text(self.title)
    var text = """
      <!DOCTYPE html>
      <html lang="\(self.language.isEmpty ? self.tongue.rawValue : self.language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(OfficeStyle.policy(style))">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <title>\(title)</title>
      <style>\(style)</style>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>

      """
    for warning in self.warnings {
      text += "<p class=\"warning\" role=\"note\">\(Markup.text(warning))</p>\n"
    }
    if !self.facts.isEmpty {
      text += "<dl>\n"
      for fact in self.facts {
        text += "<div><dt>\(Markup.text(fact.name))</dt><dd>\(Markup.text(fact.value))</dd></div>\n"
      }
      text += "</dl>\n"
    }
    for table in self.tables { text += Self.markup(table) }
    for sum in self.sums { text += "<p class=\"sum\">\(Markup.text(sum))</p>\n" }
    text += self.signatures
    if !self.foot.isEmpty {
      let lines = self.foot.map { "<p>\(Markup.text($0))</p>\n" }
      text += "<footer>\n\(lines.joined())</footer>\n"
    }
    return Array((text + "</main>\n</body>\n</html>\n").utf8)
  }

  private static func markup(_ table: Table) -> String {
    var text = "<table>\n"
    if !table.caption.isEmpty { text += "<caption>\(Markup.text(table.caption))</caption>\n" }
    text += "<thead>\n<tr>"
    for column in table.columns {
      let title = Self.markup(Cell(column.title, beneath: column.beneath))
      text += "<th scope=\"col\" class=\"\(column.kind.rawValue)\">\(title)</th>"
    }
    text += "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      text += "<tr>"
      for (column, cell) in zip(table.columns, row) {
        text += "<td class=\"\(column.kind.rawValue)\">\(Self.markup(cell))</td>"
      }
      text += "</tr>\n"
    }
    return text + "</tbody>\n</table>\n"
  }

  private static func markup(_ cell: Cell) -> String {
    let text = Markup.text(cell.text)
    return (cell.isStrong ? "<b>\(text)</b>" : text)
      + (cell.beneath.isEmpty ? "" : "<small>\(Markup.text(cell.beneath))</small>")
  }

  /// Places to sign, which stay together on one sheet.
  private var signatures: String {
    guard !self.places.isEmpty else { return "" }
    let signature = Markup.text(PaperWords.signature.text(self.tongue))
    let places = self.places.map { place in
      let beneath = place.beneath.isEmpty ? "" : "<small>\(Markup.text(place.beneath))</small>"
      return """
        <div><p class="seat">\(Markup.text(place.seat))</p>\
        <p class="line"><small>\(signature)</small></p>\
        <p class="name">\(Markup.text(place.name))\(beneath)</p></div>

        """
    }
    return "<section>\n\(places.joined())</section>\n"
  }
}
