import BitimProtocol

/// The statement of attendance at a seminar, layout 1: one page, upright, without frame, ornament or seal, so
/// that nobody takes it for a certificate. All of it stands in Kazakh, Russian and English, one under the other.
extension Composer {
  private static let (margin, measure) = (25.0, 160.0)
  /// Above which line all that is said of the seminar has to end.
  private static let bottom = 199.0

  mutating func attendance(of paper: CertificatePaper) throws(PaperFault) {
    try self.watermark(of: paper)
    try self.box(of: paper, at: Point(x: 123, y: 23))
    // In the first size in which it leaves the box its room.
    var whole: Composer?
    for size in [12.0, 11, 10, 9, 8] where whole == nil {
      var attempt = self
      if try attempt.story(of: paper, size) <= Self.bottom { whole = attempt }
    }
    guard let whole else { throw PaperFault.tooLong(.title) }
    self = whole
    try self.warning()
    try self.foot(of: paper)
  }

  /// Who issues, what it is, whose, and of what; returns where it ends.
  private mutating func story(
    of paper: CertificatePaper, _ size: Double
  ) throws(PaperFault) -> Double {
    let (sheet, isBoxed) = (paper.sheet, paper.isBoxed)
    var y = 24.0
    for (tongue, style) in [
      (Tongue.kk, Self.lines(.serifBold, 13, 12, 11, 10, 9, 8, 7.5)),
      (.ru, Self.lines(.serif, 12, 11, 10, 9, 8, 7.5)),
      (.en, Self.lines(.serif, 10.5, 10, 9, 8, 7.5, ink: .label)),
    ] {
      y += try self.set(
        CertificatePaper.text(sheet.issuer, tongue), .issuer, tongue, style, x: Self.margin,
        width: isBoxed ? 94 : Self.measure, .top(y))
    }
    y = max(y + 3, 44)
    self.rule(from: Self.margin, to: Self.margin + Self.measure, y: y, .black)
    y += 6
    for (tongue, style) in [
      (Tongue.kk, Self.lines(.serifBold, 18)), (.ru, Self.lines(.serif, 14)),
      (.en, Self.lines(.serif, 12, ink: .label)),
    ] {
      y += try self.set(
        PaperWords.statementOfAttendance.text(tongue), .words, tongue, style, x: Self.margin,
        width: Self.measure, .top(y), role: tongue == .kk ? .heading1 : .paragraph)
    }
    y += 1
    y += try self.set(
      Self.three(PaperWords.attended), .words, .kk, Self.lines(.serifItalic, 10.5, 10, 9.5),
      x: Self.margin, width: Self.measure, .top(y))
    y += 2.5
    if !paper.isSpecimen {
      try self.number(
        sheet.number, .number, size: 13, leading: 18, x: Self.margin, width: Self.measure, top: y,
        alignment: .left)
    }
    y += 18 * Millimetres.perPoint + 5
    try self.holder(sheet.holder, size, &y)
    func texts(_ text: BitimV1.Text?) -> [(String, Tongue)] {
      [Tongue.kk, .ru, .en].map { (CertificatePaper.text(text, $0), $0) }
    }
    let day = { (iso: String) in PaperDates.digits(iso, beside: paper.second) }
    let days = Set([sheet.trainedFrom, sheet.trainedUntil]).sorted().map(day)
    let issued = [Tongue.kk, .ru, .en].map { PaperDates.words(sheet.issuedOn, $0) }
    try self.field(PaperWords.subject, texts(sheet.title), .title, size, &y)
    try self.field(PaperWords.dates, [(days.joined(separator: " – "), .kk)], .trained, size, &y)
    try self.field(PaperWords.hours, [(PaperHours.told(sheet, .kk), .kk)], .hours, size, &y)
    try self.field(PaperWords.heldBy, texts(sheet.trainedBy), .trainedBy, size, &y)
    try self.field(
      PaperWords.issued,
      [(issued.joined(separator: " · "), .kk), (CertificatePaper.plain(sheet.place), .kk)], .issued,
      size, &y)
    return y
  }

  private mutating func holder(
    _ holder: BitimV1.Names?, _ size: Double, _ y: inout Double
  ) throws(PaperFault) {
    y += try self.set(
      Self.three(PaperWords.participant), .words, .kk, .label, x: Self.margin, width: Self.measure,
      .top(y))
    let names = [(holder?.kk, Tongue.kk), (holder?.ru, .ru), (holder?.latin, .latin)]
      .compactMap { name, tongue in name.map { (CertificatePaper.name($0), tongue) } }
    for (index, (name, tongue)) in names.enumerated() {
      let style =
        index == 0
        ? Self.lines(.serifBold, 1.5 * size, 1.25 * size)
        : Self.lines(.serif, size + 1, size)
      y += try self.set(
        name, .holder, tongue, style, x: Self.margin, width: Self.measure, .top(y),
        role: index == 0 ? .heading2 : .paragraph)
    }
    y += size / 3
  }

  /// A label in a line, and what it is of, a language a line.
  private mutating func field(
    _ label: PaperWords.Label, _ texts: [(text: String, tongue: Tongue)], _ field: PaperField,
    _ size: Double, _ y: inout Double
  ) throws(PaperFault) {
    guard texts.contains(where: { !$0.text.isEmpty }) else { return }
    y += try self.set(
      Self.three(label), .words, .kk, .label, x: Self.margin, width: Self.measure, .top(y))
    for (text, tongue) in texts {
      y += try self.set(
        text, field, tongue, .serif(size, leading: .times(1.22), lines: 4), x: Self.margin,
        width: Self.measure, .top(y))
    }
    y += size / 4.6
  }

  /// That it is no certificate and gives no right.
  private mutating func warning() throws(PaperFault) {
    let (top, edge) = (203.0, 3.4)
    var y = top + edge
    for (tongue, typeface) in [(Tongue.kk, Typeface.serifBold), (.ru, .serif), (.en, .serif)] {
      y += try self.set(
        PaperWords.noCertificate.text(tongue), .words, tongue,
        Style(typeface: typeface, sizes: [10], leading: .times(1.22), lines: 3),
        x: Self.margin + edge, width: Self.measure - 2 * edge, .top(y))
    }
    var path = Path()
    path.rectangle(Self.margin, top, Self.measure, y + edge - top)
    self.draw([Drawing(path: path, ink: .black, paint: .stroke(0.5, dash: []))])
  }

  /// Who signs, and how it is verified.
  private mutating func foot(of paper: CertificatePaper) throws(PaperFault) {
    let (sheet, second) = (paper.sheet, paper.second)
    var y = 248.0
    for tongue in [Tongue.kk, second] {
      y += try self.set(
        CertificatePaper.text(sheet.signatoryPost, tongue), .signatoryPost, tongue,
        .serif(9.5, 9, 8.5, 8, leading: .times(1.22), lines: 2), x: Self.margin, width: 62,
        .top(y))
    }
    self.rule(from: Self.margin, to: Self.margin + 62, y: 271, .black)
    try self.set(
      PaperWords.signature.both(second), .words, .kk, .label, x: Self.margin, width: 62, .top(271.6)
    )
    try self.set(
      CertificatePaper.plain(sheet.signatory), .signatory, .kk,
      .serif(10.5, 10, 9.5, 9, leading: .times(1.14), lines: 2), x: Self.margin, width: 62,
      .top(274.8))
    if paper.isSpecimen { return }
    let (x, width) = (99.0, 56.0)
    try self.set(PaperWords.code.both(second), .words, .kk, .label, x: x, width: width, .top(248))
    try self.set(
      paper.code, .code, .kk,
      Style(typeface: .monoBold, sizes: [10.5], leading: .points(13)), x: x, width: width,
      .top(251.4))
    let style = Style(typeface: .sans, sizes: [7, 6.5], leading: .points(8.6), lines: 4)
    try self.scan(
      paper, style, boxes: [(x, .top(258)), (x, .top(269))], width: width,
      corner: Point(x: 158, y: 247), side: 27)
  }

  /// A label in three languages, in a line.
  private static func three(_ label: PaperWords.Label) -> String {
    [label.kk, label.ru, label.en].joined(separator: " · ")
  }

  private static func lines(_ typeface: Typeface, _ sizes: Double..., ink: Ink = .text) -> Style {
    Style(typeface: typeface, sizes: sizes, leading: .times(1.25), lines: 2, ink: ink)
  }
}
