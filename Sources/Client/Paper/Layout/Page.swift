/// Units: millimetres for places, points for type.
enum Millimetres {
  static let perPoint = 25.4 / 72
}

/// A place on a page, from its upper left corner.
struct Point: Equatable, Sendable {
  var x: Double
  var y: Double

  static func + (left: Point, right: Point) -> Point {
    Point(x: left.x + right.x, y: left.y + right.y)
  }
}

/// A colour of ink; paper is white.
enum Ink: UInt32, Sendable {
  /// A programme's ornament.
  case programme = 0x17395C
  /// The School's.
  case school = 0x6D1F2B
  case text = 0x111111
  case label = 0x333333
  case stamp = 0x444444
  case ring = 0x666666
  case hairline = 0x999999
  case black = 0x000000

  /// As CSS has it.
  var hex: String {
    let digits = String(self.rawValue, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// The language of a text on paper.
package enum Tongue: String, Sendable {
  case kk, ru, en
  /// A name as the passport has it: of no language.
  case latin = "und-Latn"
}

/// A page: what it shows, in the order in which it is read.
struct Page: Equatable, Sendable {
  /// In millimetres.
  let width: Double
  let height: Double
  var items: [Item] = []

  enum Item: Equatable, Sendable {
    /// Ornament and rules: nobody is told of them.
    case drawing(Drawing)
    case text(TextBlock)
    case code(CodeFigure)

    /// The same elsewhere.
    func moved(by offset: Point) -> Item {
      switch self {
      case .drawing(var drawing):
        drawing.path = drawing.path.mapped { $0 + offset }
        return .drawing(drawing)
      case .text(var block):
        block.x += offset.x
        block.top += offset.y
        return .text(block)
      case .code(var figure):
        figure.corner = figure.corner + offset
        return .code(figure)
      }
    }
  }

  /// The page with all that is on it elsewhere.
  func moved(by offset: Point) -> Page {
    var page = self
    page.items = self.items.map { $0.moved(by: offset) }
    return page
  }
}

/// Lines, drawn or filled in one go.
struct Drawing: Equatable, Sendable {
  enum Paint: Equatable, Sendable {
    /// Drawn with a pen so wide, in millimetres; dashes and gaps by turns.
    case stroke(Double, dash: [Double])
    case fill
  }

  var path: Path
  let ink: Ink
  let paint: Paint
  /// Where it stands, each from where it was drawn.
  var copies = [Point(x: 0, y: 0)]
}

/// A QR code with its quiet zone, as a square.
struct CodeFigure: Equatable, Sendable {
  let code: QRCode
  var corner: Point
  let side: Double
  /// What it is, for who does not see it.
  let told: String
  let tongue: Tongue
}

/// A text in a box: lines that were broken here, never by the reader's program.
struct TextBlock: Equatable, Sendable {
  enum Role: String, Sendable {
    case heading1 = "H1"
    case heading2 = "H2"
    case paragraph = "P"
  }

  enum Alignment: Equatable, Sendable { case left, centre, right }

  /// A part of a line in one face.
  struct Run: Equatable, Sendable {
    let text: String
    let typeface: Typeface
  }

  let role: Role
  let tongue: Tongue
  let lines: [[Run]]
  /// In points.
  let size: Double
  /// From line to line, in millimetres.
  let leading: Double
  var x: Double
  var top: Double
  let width: Double
  let alignment: Alignment
  let ink: Ink
  /// Between letters, in ems.
  var tracking: Double = 0
  /// Set across the page: outlined and turned about the middle of its box, in degrees.
  var turned: Double?

  /// Where a line stands.
  func baseline(_ line: Int) -> Double {
    let drop = (self.lines[line].first?.typeface ?? .serif).drop
    return self.top + (Double(line) + 0.5) * self.leading + drop * self.size * Millimetres.perPoint
  }

  /// Where a line begins, if it is so wide.
  func start(_ width: Double) -> Double {
    switch self.alignment {
    case .left: self.x
    case .centre: self.x + (self.width - width) / 2
    case .right: self.x + self.width - width
    }
  }

  /// The text of a line.
  func text(_ line: Int) -> String { self.lines[line].map(\.text).joined() }
}
