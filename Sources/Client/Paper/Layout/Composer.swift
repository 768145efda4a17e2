/// Puts texts and drawings on a page.
struct Composer {
  var page: Page
  let fitting: Fitting

  init(_ typefaces: Typefaces, width: Double, height: Double) {
    self.page = Page(width: width, height: height)
    self.fitting = Fitting(typefaces: typefaces)
  }

  /// From line to line.
  enum Leading {
    /// Of the size.
    case times(Double)
    /// In points, at every size.
    case points(Double)

    func millimetres(_ size: Double) -> Double {
      switch self {
      case .times(let factor): factor * size * Millimetres.perPoint
      case .points(let points): points * Millimetres.perPoint
      }
    }
  }

  /// A way to set texts.
  struct Style {
    let typeface: Typeface
    /// The first is taken at which a text fits.
    let sizes: [Double]
    let leading: Leading
    var lines = 1
    var ink = Ink.text
    var alignment = TextBlock.Alignment.left
    var tracking = 0.0

    static let label = Style(
      typeface: .sans, sizes: [6.8], leading: .points(8.4), ink: .label)

    static func serif(
      _ sizes: Double..., leading: Leading, lines: Int = 1, ink: Ink = .text
    ) -> Style {
      Style(typeface: .serif, sizes: sizes, leading: leading, lines: lines, ink: ink)
    }
  }

  /// Where a box stands.
  enum Place {
    case top(Double)
    case middle(Double)

    func top(_ height: Double) -> Double {
      switch self {
      case .top(let top): top
      case .middle(let middle): middle - height / 2
      }
    }
  }

  /// Sets a text; nothing for an empty one. Returns how high it is.
  @discardableResult
  mutating func set(
    _ text: String, _ field: PaperField, _ tongue: Tongue, _ style: Style, x: Double,
    width: Double, _ place: Place, role: TextBlock.Role = .paragraph
  ) throws(PaperFault) -> Double {
    guard !text.isEmpty else { return 0 }
    let fitted = try self.fitting.fit(
      text, field, style.typeface, sizes: style.sizes, width: width, lines: style.lines,
      tracking: style.tracking)
    return self.put(fitted, text, tongue, style, x: x, width: width, place, role: role)
  }

  /// Sets a text in both languages, in one size, each in its own box.
  mutating func pair(
    _ first: String, _ second: String, _ field: PaperField, _ tongue: Tongue, _ style: Style,
    boxes: [(x: Double, place: Place)], width: Double
  ) throws(PaperFault) {
    let pair = try self.fitting.pair(
      first, second, field, style.typeface, sizes: style.sizes, width: width, lines: style.lines)
    for (index, part) in [(first, pair.first, Tongue.kk), (second, pair.second, tongue)]
      .enumerated()
    where !part.0.isEmpty {
      self.put(
        .init(size: pair.size, lines: part.1), part.0, part.2, style, x: boxes[index].x,
        width: width, boxes[index].place)
    }
  }

  /// Puts lines that were fitted on the page; centred ones balanced.
  @discardableResult
  mutating func put(
    _ fitted: Fitting.Fitted, _ text: String, _ tongue: Tongue, _ style: Style, x: Double,
    width: Double, _ place: Place, role: TextBlock.Role = .paragraph
  ) -> Double {
    let lines =
      style.alignment == .centre
      ? self.fitting.balanced(fitted, text, style.typeface, width: width) : fitted.lines
    let leading = style.leading.millimetres(fitted.size)
    let height = leading * Double(lines.count)
    self.page.items.append(
      .text(
        TextBlock(
          role: role, tongue: tongue,
          lines: lines.map { [TextBlock.Run(text: $0, typeface: style.typeface)] },
          size: fitted.size, leading: leading, x: x, top: place.top(height), width: width,
          alignment: style.alignment, ink: style.ink, tracking: style.tracking)))
    return height
  }

  /// A label in Kazakh, and in the second language under it.
  mutating func labels(
    _ label: PaperWords.Label, _ second: Tongue, x: Double, width: Double, top: Double
  ) throws(PaperFault) {
    try self.set(label.kk, .words, .kk, .label, x: x, width: width, .top(top))
    try self.set(
      label.text(second), .words, second, .label, x: x, width: width,
      .top(top + 8.4 * Millimetres.perPoint))
  }

  /// A number in the face for numbers, behind a № of PT Serif, since PT Mono's is cramped.
  mutating func number(
    _ number: String, _ field: PaperField, size: Double, leading: Double, x: Double, width: Double,
    top: Double, alignment: TextBlock.Alignment
  ) throws(PaperFault) {
    // The two faces are measured apart; the number never breaks.
    _ = try self.fitting.fit(
      number, field, .monoBold, sizes: [size], width: width - 2 * size * Millimetres.perPoint,
      lines: 1)
    self.page.items.append(
      .text(
        TextBlock(
          role: .paragraph, tongue: .kk,
          lines: [
            [.init(text: "№ ", typeface: .serifBold), .init(text: number, typeface: .monoBold)]
          ],
          size: size, leading: leading * Millimetres.perPoint, x: x, top: top, width: width,
          alignment: alignment, ink: .text)))
  }

  mutating func draw(_ drawings: [Drawing]) {
    self.page.items += drawings.map(Page.Item.drawing)
  }

  /// A rule from left to right.
  mutating func rule(
    from left: Double, to right: Double, y: Double, pen: Double = 0.3, _ ink: Ink
  ) {
    var path = Path()
    path.move(left, y)
    path.line(right, y)
    self.draw([Drawing(path: path, ink: ink, paint: .stroke(pen, dash: []))])
  }
}
