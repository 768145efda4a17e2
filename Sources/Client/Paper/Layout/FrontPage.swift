import BitimProtocol

/// The front of a certificate, layout 1, in the order in which it is read. Places are those of the layout;
/// what is not given has no place on it.
extension Composer {
  /// Left and right column.
  private static let (left, right, column) = (25.0, 155.0, 117.0)
  private static let whole = 247.0

  mutating func front(of paper: CertificatePaper) throws(PaperFault) {
    self.draw(
      Ornament.frame(
        width: self.page.width, height: self.page.height, paper.ink, isDouble: paper.isSchool))
    // What the paper is no longer comes before what it says.
    try self.watermark(of: paper)
    try self.head(of: paper)
    try self.holder(of: paper)
    try self.statement(of: paper)
    if paper.isSchool {
      try self.cards(of: paper)
    } else {
      try self.facts(of: paper)
    }
    self.rule(from: 25, to: 230, y: 155.7, paper.ink)
    try self.issue(of: paper)
    try self.signature(of: paper)
    try self.verification(of: paper)
  }

  /// Across the page: what became of the certificate.
  mutating func watermark(of paper: CertificatePaper) throws(PaperFault) {
    let label: PaperWords.Label
    switch paper.standing {
    case _ where paper.isSpecimen: label = PaperWords.specimen
    case .revoked: label = PaperWords.revoked
    case .suspended: label = PaperWords.suspended
    case .replaced: label = PaperWords.replaced
    case .expired: label = PaperWords.expired
    default: return
    }
    let pair = try self.fitting.pair(
      label.kk, label.text(paper.second), .words, .sansBold,
      sizes: [62, 54, 48, 42, 38, 34, 30, 26, 22], width: self.page.width - 47, lines: 1)
    let leading = 1.15 * pair.size * Millimetres.perPoint
    let (angle, sine, cosine) = (-18.0, 0.309_017, 0.951_057)
    for (line, tongue, half) in [
      (pair.first, Tongue.kk, -leading / 2), (pair.second, paper.second, leading / 2),
    ] {
      // The two lines are turned about one point, the middle of the page.
      let middle = Point(
        x: self.page.width / 2 + half * sine, y: self.page.height / 2 + 3 + half * cosine)
      self.page.items.append(
        .text(
          TextBlock(
            role: .paragraph, tongue: tongue,
            lines: line.map { [.init(text: $0, typeface: .sansBold)] }, size: pair.size,
            leading: leading, x: middle.x - (self.page.width - 47) / 2,
            top: middle.y - leading / 2, width: self.page.width - 47,
            alignment: .centre, ink: .black, turned: angle)))
    }
  }

  private mutating func head(of paper: CertificatePaper) throws(PaperFault) {
    let (sheet, second) = (paper.sheet, paper.second)
    let issuer = Style(
      typeface: .serifBold, sizes: [13, 12, 11, 10, 9], leading: .times(1.22), lines: 3,
      ink: paper.ink, alignment: .centre)
    try self.pair(
      CertificatePaper.text(sheet.issuer, .kk), CertificatePaper.text(sheet.issuer, second),
      .issuer,
      second, issuer, boxes: [(25, .middle(30)), (163, .middle(30))], width: 109)
    self.draw(Ornament.emblem(at: Point(x: 148.5, y: 30), paper.ink))
    try self.box(of: paper, at: Point(x: 25, y: 42.6))
    // Two words beside a box of 62 mm leave less room.
    let isBoxed = paper.isBoxed
    try self.set(
      second == .en ? "СЕРТИФИКАТ · CERTIFICATE" : "СЕРТИФИКАТ", .words, .kk,
      Style(
        typeface: .serifBold, sizes: [second == .ru ? 32 : isBoxed ? 20 : 23], leading: .points(36),
        ink: paper.ink, alignment: .centre, tracking: second == .en ? 0.1 : 0.2),
      x: Self.left, width: Self.whole, .top(42.6), role: .heading1)
    let about = Style(
      typeface: paper.isSchool ? .serifBold : .serifItalic,
      sizes: paper.isSchool ? [13, 12, 11, 10, 9] : [11.5], leading: .points(14),
      alignment: .centre)
    let title = CertificatePaper.text(sheet.title, .kk)
    let other = CertificatePaper.text(sheet.title, second)
    try self.pair(
      paper.isSchool ? title : PaperWords.about.kk,
      paper.isSchool ? other : PaperWords.about.text(second), paper.isSchool ? .title : .words,
      second,
      about, boxes: [(Self.left, .top(56.2)), (Self.left, .top(61.2))], width: Self.whole)
    if paper.isSpecimen { return }
    try self.number(
      sheet.number, .number, size: 14, leading: 18, x: Self.left, width: Self.whole, top: 67.4,
      alignment: .centre)
  }

  /// The box of a duplicate, and of what was issued instead of another.
  mutating func box(of paper: CertificatePaper, at corner: Point) throws(PaperFault) {
    let second = paper.second
    var lines: [(text: String, tongue: Tongue)] = []
    var head = ""
    if !paper.sheet.replaces.isEmpty {
      head = PaperWords.replacement.both(second)
      let instead =
        paper.isAttendance
        ? PaperWords.insteadOfStatement(paper.sheet.replaces)
        : PaperWords.instead(of: paper.sheet.replaces)
      lines = [(instead.kk, .kk), (instead.text(second), second)]
    }
    if let duplicate = paper.duplicate {
      let label = PaperWords.duplicate
      head = "\(label.kk) № \(duplicate.copy) · \(label.text(second)) № \(duplicate.copy)"
      lines.insert((PaperWords.made(duplicate.madeOn, beside: second), .kk), at: 0)
    }
    guard !head.isEmpty else { return }
    let (x, top, width, edge) = (corner.x, corner.y, 62.0, 1.3)
    var y = top + edge
    y += try self.set(
      head, .duplicate, .kk,
      Style(
        typeface: .sansBold, sizes: [10, 9.5, 9, 8.5, 8], leading: .points(12), alignment: .centre),
      x: x + 1, width: width - 2, .top(y))
    for line in lines {
      y += try self.set(
        line.text, .duplicate, line.tongue,
        Style(typeface: .sans, sizes: [7, 6.5], leading: .points(8.6), alignment: .centre),
        x: x + 1, width: width - 2, .top(y))
    }
    var path = Path()
    path.rectangle(x, top, width, y + edge - top)
    self.draw([Drawing(path: path, ink: .black, paint: .stroke(0.6, dash: []))])
  }

  /// The holder's names as recorded, one under the other around one middle; no gap for one that is not
  /// there.
  private mutating func holder(of paper: CertificatePaper) throws(PaperFault) {
    let holder = paper.sheet.holder
    // Beside English the Russian name stands on page 2 alone.
    let names: [(name: BitimV1.Name?, tongue: Tongue)] =
      paper.second == .ru
      ? [(holder?.kk, .kk), (holder?.ru, .ru), (holder?.latin, .latin)]
      : [(holder?.kk, .kk), (holder?.latin, .latin)]
    let shown = names.compactMap { name, tongue in
      name.map { (text: CertificatePaper.name($0), tongue: tongue) }
    }
    // Who has but a name that does not stand there is called by it all the same.
    let first = shown.first ?? (text: holder?.ru.map(CertificatePaper.name) ?? "", tongue: .ru)
    var main = Style(
      typeface: .serifBold, sizes: [27, 25, 23, 21, 20], leading: .times(1.14), alignment: .centre)
    var fitted: [(Fitting.Fitted, String, Tongue, Style)] = []
    var seconds = [15.0, 14, 13, 12, 11.5, 11, 10.5, 10, 9.5]
    var thirds = [12.0, 11, 10.5, 10, 9.5, 9]
    do {
      fitted.append((try self.fit(first.text, main), first.text, first.tongue, main))
    } catch PaperFault.tooLong {
      main = Style(
        typeface: .serifBold, sizes: [17, 16, 15], leading: .times(1.14), lines: 2,
        alignment: .centre)
      fitted.append((try self.fit(first.text, main), first.text, first.tongue, main))
      (seconds, thirds) = ([12, 11.5, 11, 10.5, 10, 9.5], [10, 9.5, 9])
    }
    for (index, name) in shown.dropFirst().enumerated() {
      let style = Style(
        typeface: .serif, sizes: index == 0 ? seconds : thirds, leading: .times(1.25),
        ink: name.tongue == .latin && paper.second == .ru ? .label : .text, alignment: .centre)
      fitted.append((try self.fit(name.text, style), name.text, name.tongue, style))
    }
    let gap = 0.8
    var height = gap * Double(fitted.count - 1)
    for (text, _, _, style) in fitted {
      height += style.leading.millimetres(text.size) * Double(text.lines.count)
    }
    var y = 87.4 - height / 2
    for (index, (text, whole, tongue, style)) in fitted.enumerated() {
      y +=
        gap
        + self.put(
          text, whole, tongue, style, x: Self.left, width: Self.whole, .top(y),
          role: index == 0 ? .heading2 : .paragraph)
    }
  }

  private func fit(_ text: String, _ style: Style) throws(PaperFault) -> Fitting.Fitted {
    try self.fitting.fit(
      text, .holder, style.typeface, sizes: style.sizes, width: Self.whole, lines: style.lines)
  }

  private mutating func statement(of paper: CertificatePaper) throws(PaperFault) {
    let (sheet, second) = (paper.sheet, paper.second)
    self.rule(from: 25, to: 272, y: 100.9, paper.ink)
    let quarters = sheet.theoryQuarters + sheet.practiceQuarters
    func text(_ tongue: Tongue) -> String {
      paper.isSchool
        ? PaperWords.school.text(tongue)
        : PaperWords.statement(
          title: CertificatePaper.text(sheet.title, tongue), quarters: quarters, tongue)
    }
    try self.pair(
      text(.kk), text(second), .title, second,
      .serif(11, 10.5, 10, leading: .times(1.3), lines: paper.isSchool ? 4 : 3),
      boxes: [(Self.left, .top(102.3)), (Self.right, .top(102.3))], width: Self.column)
    self.rule(from: 25, to: 272, y: paper.isSchool ? 123.4 : 118.8, paper.ink)
  }

  /// Hours, training, attestation, decision; who trained; what it rests on.
  private mutating func facts(of paper: CertificatePaper) throws(PaperFault) {
    let (sheet, second) = (paper.sheet, paper.second)
    func day(_ iso: String) -> String { PaperDates.digits(iso, beside: second) }
    let tongue: Tongue = second == .en ? .en : .kk
    let facts: [(PaperWords.Label, String, PaperField, x: Double, width: Double)] = [
      (
        PaperWords.hours, PaperHours.told(sheet, tongue), .hours, 25, 62
      ),
      (
        PaperWords.trained,
        sheet.trainedFrom.isEmpty
          ? "" : "\(day(sheet.trainedFrom)) – \(day(sheet.trainedUntil))", .trained, 89, 64
      ),
      (
        PaperWords.attested,
        [day(sheet.attestedOn), CertificatePaper.plain(sheet.protocolNumber)]
          .filter { !$0.isEmpty }.joined(separator: ", "), .attested, 155, 60
      ),
      (PaperWords.decided, day(sheet.decidedOn), .decided, 217, 55),
    ]
    for fact in facts where !fact.1.isEmpty {
      try self.labels(fact.0, second, x: fact.x, width: fact.width, top: 120.3)
      // A protocol's number is as long as its commission made it.
      try self.set(
        fact.1, fact.2, .kk, .serif(10.5, 10, 9.5, 9, 8.5, 8, leading: .points(12.5)), x: fact.x,
        width: fact.width, .top(126.4))
    }
    try self.columns(
      PaperWords.trainedBy, sheet.trainedBy, .trainedBy, second,
      .serif(9.5, 9, 8.5, 8, leading: .times(1.16), lines: 2), label: 132.5, value: 135.7)
    try self.columns(
      PaperWords.legalBasis, sheet.legalBasis, .legalBasis, second,
      .serif(8.5, 8, 7.5, leading: .times(1.16), lines: 2), label: 143.9, value: 147.1)
  }

  /// A label and a text in each of the two columns.
  private mutating func columns(
    _ label: PaperWords.Label, _ text: BitimV1.Text?, _ field: PaperField, _ second: Tongue,
    _ style: Style, label top: Double, value: Double
  ) throws(PaperFault) {
    let texts = (CertificatePaper.text(text, .kk), CertificatePaper.text(text, second))
    guard !texts.0.isEmpty || !texts.1.isEmpty else { return }
    for (word, tongue, x) in [
      (label.kk, Tongue.kk, Self.left), (label.text(second), second, Self.right),
    ] {
      try self.set(word, .words, tongue, .label, x: x, width: Self.column, .top(top))
    }
    try self.pair(
      texts.0, texts.1, field, second, style,
      boxes: [(Self.left, .top(value)), (Self.right, .top(value))], width: Self.column)
  }

  /// The three certificates that the School's rests on, and what entitles the School.
  private mutating func cards(of paper: CertificatePaper) throws(PaperFault) {
    let second = paper.second
    for (index, (number, x)) in zip(paper.sheet.basedOn, [25.0, 109, 193]).enumerated() {
      self.draw([Ornament.rosette(at: Point(x: x + 6.2, y: 133.5), scale: 0.55, paper.ink)])
      try self.set(
        PaperWords.programme(index + 1).both(second), .words, .kk, .label, x: x + 15, width: 64,
        .top(128.1))
      try self.number(
        number, .basedOn, size: 12, leading: 15, x: x + 15, width: 64, top: 131.7, alignment: .left)
    }
    self.rule(from: 25, to: 272, y: 142.1, paper.ink)
    var entitlement = BitimV1.Text()
    entitlement.kk = paper.sheet.issuerEntitlement
    (entitlement.ru, entitlement.en) = (entitlement.kk, entitlement.kk)
    try self.columns(
      PaperWords.entitlement, entitlement, .entitlement,
      second, .serif(9.5, 8, leading: .times(1.16), lines: 2), label: 143.7, value: 146.9)
  }

  private mutating func issue(of paper: CertificatePaper) throws(PaperFault) {
    let (sheet, second) = (paper.sheet, paper.second)
    let (x, width) = (25.0, 54.0)
    try self.labels(PaperWords.issued, second, x: x, width: width, top: 157.6)
    let style = Style.serif(10, leading: .points(12))
    try self.set(
      PaperDates.words(sheet.issuedOn, .kk), .issued, .kk, style, x: x, width: width, .top(164))
    try self.set(
      PaperDates.words(sheet.issuedOn, second), .issued, second, style, x: x, width: width,
      .top(168.3))
    try self.set(
      CertificatePaper.plain(sheet.place), .place, .kk,
      .serif(10, 9.5, 9, 8.5, 8, leading: .points(12), lines: 2), x: x, width: width, .top(172.6))
    try self.set(
      PaperWords.validity.both(second), .words, .kk, .label, x: x, width: width, .top(182.8))
    try self.set(
      Self.validity(of: sheet, beside: second), .validity, .kk, style, x: x, width: width, .top(186)
    )
  }

  /// How long it is valid: it always stands there.
  private static func validity(of sheet: BitimV1.Sheet, beside second: Tongue) -> String {
    let from = PaperDates.digits(sheet.validFrom, beside: second)
    if let until = sheet.validUntil {
      return "\(from) – \(PaperDates.digits(until, beside: second))"
    }
    return sheet.validFrom > sheet.issuedOn ? "\(from) –" : PaperWords.unlimited.both(second)
  }

  /// Post, room for the hand, name; and for the seal.
  private mutating func signature(of paper: CertificatePaper) throws(PaperFault) {
    let (sheet, second) = (paper.sheet, paper.second)
    let (x, width) = (83.0, 62.0)
    let style = Style.serif(9.5, 9, 8.5, 8, leading: .times(1.16), lines: 2)
    let posts = (
      CertificatePaper.text(sheet.signatoryPost, .kk),
      CertificatePaper.text(sheet.signatoryPost, second)
    )
    let pair = try self.fitting.pair(
      posts.0, posts.1, .signatoryPost, .serif, sizes: style.sizes, width: width, lines: 2)
    var y = 157.6
    for (lines, text, tongue) in [(pair.first, posts.0, Tongue.kk), (pair.second, posts.1, second)]
    where !text.isEmpty {
      y +=
        0.8
        + self.put(
          .init(size: pair.size, lines: lines), text, tongue, style, x: x, width: width, .top(y))
    }
    self.rule(from: x, to: x + width, y: 182.2, .black)
    try self.set(
      PaperWords.signature.both(second), .words, .kk, .label, x: x, width: width, .top(182.8))
    try self.set(
      CertificatePaper.plain(sheet.signatory), .signatory, .kk,
      .serif(10.5, 10, 9.5, 9, leading: .times(1.14), lines: 2), x: x, width: width, .top(186))
    let (centre, radius) = (Point(x: 167, y: 174.6), 17.5)
    var ring = Path()
    ring.move(centre.x - radius, centre.y)
    ring.arc(centre.x + radius, centre.y, clockwise: true)
    ring.arc(centre.x - radius, centre.y, clockwise: true)
    self.draw([Drawing(path: ring, ink: .ring, paint: .stroke(0.25, dash: [1, 1.2]))])
    try self.set(
      PaperWords.seal.both(second), .words, .kk,
      Style(
        typeface: .sans, sizes: [7.5], leading: .points(9), ink: .stamp, alignment: .centre),
      x: centre.x - radius, width: 2 * radius, .middle(centre.y))
  }

  /// The code, how to verify, and the QR code.
  private mutating func verification(of paper: CertificatePaper) throws(PaperFault) {
    if paper.isSpecimen { return }
    let (x, width, second) = (191.0, 40.0, paper.second)
    try self.set(PaperWords.code.both(second), .words, .kk, .label, x: x, width: width, .top(157.6))
    try self.set(
      paper.code, .code, .kk,
      Style(typeface: .monoBold, sizes: [9.5], leading: .points(11.4)), x: x, width: width,
      .top(161))
    try self.scan(
      paper, Style(typeface: .sans, sizes: [7, 6.5], leading: .points(8.6), lines: 4),
      boxes: [(x, .top(167.6)), (x, .top(180.2))], width: width,
      corner: Point(x: 236, y: 154.4), side: 38)
  }

  /// How to verify, and the QR code; neither without a page that does.
  mutating func scan(
    _ paper: CertificatePaper, _ style: Style, boxes: [(x: Double, place: Place)], width: Double,
    corner: Point, side: Double
  ) throws(PaperFault) {
    guard let link = paper.link else { return }
    let second = paper.second
    try self.pair(
      PaperWords.verify.kk, PaperWords.verify.text(second), .words, second, style, boxes: boxes,
      width: width)
    let code: QRCode
    do {
      code = try QRCode(
        QRSegment.segments("\(paper.address)#", String(link.dropFirst(paper.address.count + 1))))
    } catch {
      throw PaperFault.addressTooLong
    }
    self.page.items.append(
      .code(
        CodeFigure(
          code: code, corner: corner, side: side,
          told: PaperWords.codeTold.text(second), tongue: second)))
  }
}
