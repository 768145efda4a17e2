import BitimProtocol
import Foundation

/// The certificate as a web page of one file: no script, no link, nothing fetched.
struct HTMLFile {
  private let paper: CertificatePaper
  private let typefaces: Typefaces
  private var text = ""

  static func octets(
    _ paper: CertificatePaper, _ pages: [Page], _ typefaces: Typefaces
  ) throws(PaperFault) -> [UInt8] {
    var file = HTMLFile(paper: paper, typefaces: typefaces)
    try file.head(pages)
    for page in pages { file.add(page) }
    file.text += "</body>\n</html>\n"
    return Array(file.text.utf8)
  }

  private init(paper: CertificatePaper, typefaces: Typefaces) {
    self.paper = paper
    self.typefaces = typefaces
  }

  private mutating func head(_ pages: [Page]) throws(PaperFault) {
    // All pages of a paper are of one size.
    let (width, height) = pages.first.map { (Int($0.width), Int($0.height)) } ?? (297, 210)
    self.text += """
      <!DOCTYPE html>
      <html lang="kk">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=\(width * 96 * 10 / 254 + 1)">
      <title>\(Markup.text(self.paper.title))</title>
      <style>

      """
    for (typeface, glyphs) in pages.glyphs(self.typefaces) {
      let octets = try self.typefaces[typeface].embedded(glyphs, typeface, for: .web)
      self.text +=
        "@font-face{font-family:\(typeface.resource);"
        + "src:url(data:font/ttf;base64,\(Base64.text(octets)))}\n"
    }
    self.text += """
      @page{size:\(width)mm \(height)mm;margin:0}
      body{margin:0;background:#fff}
      section{position:relative;width:\(width)mm;height:\(height)mm;overflow:hidden;break-after:page}
      section:last-child{break-after:auto}
      section>*{position:absolute;margin:0;font-weight:normal;white-space:pre;font-kerning:normal;\
      font-synthesis:none;-webkit-text-size-adjust:none;text-size-adjust:none;\
      -webkit-print-color-adjust:exact;print-color-adjust:exact}
      </style>
      </head>
      <body>

      """
  }

  private mutating func add(_ page: Page) {
    self.text += "<section>\n"
    let drawings = page.items.compactMap { item in
      if case .drawing(let drawing) = item { drawing } else { nil }
    }
    self.text +=
      "<svg aria-hidden=\"true\" style=\"left:0;top:0;width:\(Int(page.width))mm;"
      + "height:\(Int(page.height))mm\" viewBox=\"0 0 \(Int(page.width)) \(Int(page.height))\">\n"
    for drawing in drawings { self.text += Self.path(drawing) }
    self.text += "</svg>\n"
    for item in page.items {
      switch item {
      case .drawing: continue
      case .text(let block): self.add(block)
      case .code(let figure): self.add(figure)
      }
    }
    self.text += "</section>\n"
  }

  private static func number(_ value: Double) -> String { Decimal.text(value, places: 3) }

  private static func path(_ drawing: Drawing) -> String {
    var text = ""
    func add(_ point: Point) { text += "\(Self.number(point.x)) \(Self.number(point.y))" }
    let steps = drawing.copies.flatMap { copy in drawing.path.mapped { $0 + copy }.steps }
    for step in steps {
      switch step {
      case .move(let point):
        text += "M"
        add(point)
      case .line(let point):
        text += "L"
        add(point)
      case .curve(let one, let two, let end):
        text += "C"
        add(one)
        text += " "
        add(two)
        text += " "
        add(end)
      case .close: text += "Z"
      }
    }
    switch drawing.paint {
    case .fill: return "<path fill=\"\(drawing.ink.hex)\" d=\"\(text)\"/>\n"
    case .stroke(let pen, let dash):
      let dashes =
        dash.isEmpty
        ? "" : " stroke-dasharray=\"\(dash.map(Self.number).joined(separator: " "))\""
      return
        "<path fill=\"none\" stroke=\"\(drawing.ink.hex)\" stroke-width=\"\(Self.number(pen))\""
        + "\(dashes) d=\"\(text)\"/>\n"
    }
  }

  private mutating func add(_ block: TextBlock) {
    let element: String
    switch block.role {
    case .heading1: element = "h1"
    case .heading2: element = "h2"
    case .paragraph: element = "p"
    }
    let size = block.size * Millimetres.perPoint
    // The space behind the last letter is none of the line's width.
    let trailing = block.tracking * size
    var style =
      "left:\(Self.number(block.x))mm;top:\(Self.number(block.top))mm;"
      + "width:\(Self.number(block.width + trailing))mm;"
      + "font-size:\(Self.number(size))mm;line-height:\(Self.number(block.leading))mm;"
      + "color:\(block.ink.hex)"
    switch block.alignment {
    case .left: break
    case .centre: style += ";text-align:center"
    case .right: style += ";text-align:right"
    }
    if block.tracking != 0 { style += ";letter-spacing:\(Decimal.text(block.tracking))em" }
    if let turned = block.turned {
      style +=
        ";transform:rotate(\(Decimal.text(turned))deg);color:transparent;"
        + "-webkit-text-stroke:0.3mm \(block.ink.hex)"
    }
    let faces = Set(block.lines.joined().map(\.typeface))
    let only = faces.count == 1 ? faces.first : nil
    if let only { style += ";font-family:\(only.resource)" }
    let lines = block.lines.map { line in
      line.map { run in
        let text = Markup.text(run.text.replacingOccurrences(of: "\u{A0}", with: " "))
        return only == nil
          ? "<span style=\"font-family:\(run.typeface.resource)\">\(text)</span>" : text
      }.joined()
    }
    self.text +=
      "<\(element) lang=\"\(block.tongue.rawValue)\" style=\"\(style)\">"
      + "\(lines.joined(separator: "\n"))</\(element)>\n"
  }

  private mutating func add(_ figure: CodeFigure) {
    let (x, y, side) = (
      Self.number(figure.corner.x), Self.number(figure.corner.y), Self.number(figure.side)
    )
    self.text +=
      "<svg role=\"img\" lang=\"\(figure.tongue.rawValue)\" "
      + "aria-label=\"\(Markup.text(figure.told))\" "
      + "style=\"left:\(x)mm;top:\(y)mm;width:\(side)mm;height:\(side)mm\" "
      + "viewBox=\"\(x) \(y) \(side) \(side)\">\n\(Self.path(figure.drawing))</svg>\n"
  }
}

/// Text within markup.
enum Markup {
  /// With what markup would take for its own written out.
  static func text(_ text: String) -> String {
    var escaped = ""
    // By scalars: with a mark beside it a sign is another character.
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension CertificatePaper {
  /// The certificate as a web page.
  package func html(_ typefaces: Typefaces) throws(PaperFault) -> [UInt8] {
    try HTMLFile.octets(self, self.pages(typefaces), typefaces)
  }
}
