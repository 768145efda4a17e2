/// The marks of a page: its content stream, and what its parts are to who has it read aloud.
struct PDFPage {
  /// A part of the page in the structure: which marks, and what they are.
  struct Part {
    let role: String
    let tongue: Tongue
    /// For a figure: what it is, and where, in points.
    let figure: (told: String, box: [Double])?
  }

  private(set) var content = ""
  private(set) var parts: [Part] = []
  /// What is drawn more than once, by number: the page calls it `U0`, `U1` and so on.
  private(set) var forms: [String] = []
  private let page: Page
  private let typefaces: Typefaces

  init(_ page: Page, _ typefaces: Typefaces) {
    self.page = page
    self.typefaces = typefaces
    for item in page.items {
      switch item {
      case .drawing(let drawing):
        self.content += "/Artifact BMC\nq\n"
        self.place(drawing)
        self.content += "Q\nEMC\n"
      case .text(let block):
        self.begin(.init(role: block.role.rawValue, tongue: block.tongue, figure: nil))
        self.show(block)
        self.content += "Q\nEMC\n"
      case .code(let figure):
        let (corner, end) = (figure.corner, figure.corner.y + figure.side)
        let box = [self.x(corner.x), self.y(end), self.x(corner.x + figure.side), self.y(corner.y)]
        self.begin(.init(role: "Figure", tongue: figure.tongue, figure: (figure.told, box)))
        self.content += self.marks(of: figure.drawing)
        self.content += "Q\nEMC\n"
      }
    }
  }

  private mutating func begin(_ part: Part) {
    self.content += "/\(part.role) <</MCID \(self.parts.count)>> BDC\nq\n"
    self.parts.append(part)
  }

  // PDF measures in points from the lower left corner.
  private func x(_ millimetres: Double) -> Double { millimetres / Millimetres.perPoint }
  private func y(_ millimetres: Double) -> Double {
    (self.page.height - millimetres) / Millimetres.perPoint
  }

  private func text(_ point: Point) -> String {
    "\(Decimal.text(self.x(point.x))) \(Decimal.text(self.y(point.y)))"
  }

  static func colour(_ ink: Ink) -> String {
    [16, 8, 0].map { shift in
      Decimal.text(Double(ink.rawValue >> shift & 0xFF) / 255, places: 3)
    }.joined(separator: " ")
  }

  /// Draws what stands there once; what stands there more often is drawn apart, and called for.
  private mutating func place(_ drawing: Drawing) {
    guard drawing.copies.count > 1 else {
      self.content += self.marks(of: drawing)
      return
    }
    let name = "U\(self.forms.count)"
    self.forms.append(self.marks(of: drawing))
    for copy in drawing.copies {
      let (right, up) = (Decimal.text(self.x(copy.x)), Decimal.text(self.x(-copy.y)))
      self.content += "q 1 0 0 1 \(right) \(up) cm /\(name) Do Q\n"
    }
  }

  private func marks(of drawing: Drawing) -> String {
    let colour = Self.colour(drawing.ink)
    var marks: String
    switch drawing.paint {
    case .fill: marks = "\(colour) rg\n"
    case .stroke(let pen, let dash):
      marks = "\(colour) RG \(Decimal.text(self.x(pen))) w\n"
      if !dash.isEmpty {
        marks += "[\(dash.map { Decimal.text(self.x($0)) }.joined(separator: " "))] 0 d\n"
      }
    }
    for step in drawing.path.steps {
      switch step {
      case .move(let point): marks += "\(self.text(point)) m\n"
      case .line(let point): marks += "\(self.text(point)) l\n"
      case .curve(let one, let two, let end):
        marks += "\(self.text(one)) \(self.text(two)) \(self.text(end)) c\n"
      case .close: marks += "h\n"
      }
    }
    return marks + (drawing.paint == .fill ? "f\n" : "S\n")
  }

  private mutating func show(_ block: TextBlock) {
    let colour = Self.colour(block.ink)
    self.content += "BT\n"
    if block.turned == nil {
      self.content += "\(colour) rg\n"
    } else {
      self.content += "\(colour) RG 1 Tr \(Decimal.text(self.x(0.3))) w\n"
    }
    if block.tracking != 0 { self.content += "\(Decimal.text(block.tracking * block.size)) Tc\n" }
    for index in block.lines.indices {
      // Letters that stand apart are a word all the same.
      let isApart = block.tracking != 0
      if isApart {
        self.content += "/Span <</ActualText \(PDFFile.text(block.text(index)))>> BDC\n"
      }
      defer { if isApart { self.content += "EMC\n" } }
      var runs = block.lines[index].map { GlyphRun($0, self.typefaces) }
      // Between the last letter and what comes after it nothing is seen.
      let width =
        runs.reduce(0) { $0 + $1.width(block.size, tracking: block.tracking) }
        - block.tracking * block.size * Millimetres.perPoint
      let place = Point(x: block.start(width), y: block.baseline(index))
      if index + 1 < block.lines.count, let last = block.lines[index].last,
        !last.text.hasSuffix("-")
      {
        // A line that goes on ends with a space, for who reads its letters one after the other.
        runs.append(GlyphRun(.init(text: " ", typeface: last.typeface), self.typefaces))
      }
      self.content += "\(self.matrix(block, place)) Tm\n"
      for run in runs {
        self.content += "/\(run.typeface.resource) \(Decimal.text(block.size)) Tf \(run.shown)\n"
      }
    }
    self.content += "ET\n"
  }

  /// Where a line begins, and how it is turned about the middle of its box.
  private func matrix(_ block: TextBlock, _ place: Point) -> String {
    guard block.turned != nil else { return "1 0 0 1 \(self.text(place))" }
    let (cosine, sine) = (0.951_057, 0.309_017)
    let middle = Point(x: block.x + block.width / 2, y: block.top + block.leading / 2)
    let (right, down) = (place.x - middle.x, place.y - middle.y)
    let turned = Point(
      x: middle.x + right * cosine + down * sine, y: middle.y - right * sine + down * cosine)
    let (c, s) = (Decimal.text(cosine, places: 6), Decimal.text(sine, places: 6))
    return "\(c) \(s) -\(s) \(c) \(self.text(turned))"
  }
}

extension Typeface {
  /// What a page calls it.
  var resource: String {
    switch self {
    case .serif: "S"
    case .serifBold: "B"
    case .serifItalic: "I"
    case .sans: "N"
    case .sansBold: "NB"
    case .monoBold: "M"
    }
  }

  /// The font's name in PDF.
  var name: String {
    switch self {
    case .serif: "PTSerif-Regular"
    case .serifBold: "PTSerif-Bold"
    case .serifItalic: "PTSerif-Italic"
    case .sans: "PTSans-Regular"
    case .sansBold: "PTSans-Bold"
    case .monoBold: "PTMono-Bold"
    }
  }
}

extension CodeFigure {
  /// The dark modules, side by side ones as one piece, four modules of quiet zone around them.
  var drawing: Drawing {
    let module = self.side / Double(self.code.modules.count + 8)
    var path = Path()
    for (row, modules) in self.code.modules.enumerated() {
      var start: Int?
      for column in 0...modules.count {
        let isDark = column < modules.count && modules[column]
        if isDark, start == nil { start = column }
        guard !isDark, let first = start else { continue }
        path.rectangle(
          self.corner.x + module * Double(first + 4), self.corner.y + module * Double(row + 4),
          module * Double(column - first), module)
        start = nil
      }
    }
    return Drawing(path: path, ink: .black, paint: .fill)
  }
}
