import BitimProtocol

/// The supplement: the same in Kazakh, Russian and English, for who compares. What is not given has no row.
extension Composer {
  /// A row in three languages.
  private struct Row {
    let label: PaperWords.Label
    let texts: PaperWords.Label
    let field: PaperField
  }

  /// A fact that has no language.
  private struct Fact {
    let label: PaperWords.Label
    let value: String
    let field: PaperField
  }

  private static let (edge, foot, columns) = (15.0, 194.0, [15.0, 106.0, 197.0])
  private static let tongues: [Tongue] = [.kk, .ru, .en]

  /// The pages of a supplement: one at the first size at which its rows fit it, more at the smallest.
  static func supplement(
    to paper: CertificatePaper, _ typefaces: Typefaces
  ) throws(PaperFault) -> [Page] {
    let rows = Self.rows(of: paper)
    var pages: [Page] = []
    for size in [8.5, 8, 7.5, 7] {
      pages = try Self.pages(paper, rows, typefaces, size)
      if pages.count == 1 { break }
    }
    let count = pages.count + 1
    for index in pages.indices {
      var composer = Composer(typefaces, width: 297, height: 210)
      composer.page = pages[index]
      try composer.foot(of: paper, page: index + 2, of: count)
      pages[index] = composer.page
    }
    return pages
  }

  private static func pages(
    _ paper: CertificatePaper, _ rows: [Row], _ typefaces: Typefaces, _ size: Double
  ) throws(PaperFault) -> [Page] {
    var composer = Composer(typefaces, width: 297, height: 210)
    var pages: [Page] = []
    var y = try composer.supplementHead(of: paper)
    for row in rows {
      let height = try composer.height(of: row, size)
      if y + height > Self.foot {
        pages.append(composer.page)
        composer = Composer(typefaces, width: 297, height: 210)
        y = 15
      }
      try composer.put(row, size, top: y)
      y += height
      composer.rule(from: Self.edge, to: 282, y: y, pen: 0.1, .hairline)
    }
    return pages + [composer.page]
  }

  /// Band, titles, whose it is, and the facts; returns where the rows begin.
  private mutating func supplementHead(of paper: CertificatePaper) throws(PaperFault) -> Double {
    let (width, height, top) = (267.0, 5.2, 10.4)
    self.rule(from: Self.edge, to: 282, y: top, pen: 0.5, paper.ink)
    self.rule(from: Self.edge, to: 282, y: top + height, pen: 0.5, paper.ink)
    self.draw([
      Ornament.band(
        from: Point(x: Self.edge, y: top + height / 2), units: 23, length: width / 23,
        half: height / 2, pen: 0.36, isUpright: false, paper.ink)
    ])
    for (x, tongue) in zip(Self.columns, Self.tongues) {
      try self.set(
        PaperWords.supplement.text(tongue), .words, tongue,
        Style(typeface: .serifBold, sizes: [11.5], leading: .points(14), ink: paper.ink), x: x,
        width: 85, .top(19), role: .heading2)
    }
    let holder = paper.sheet.holder
    let names = [holder?.kk, holder?.ru, holder?.latin].compactMap { $0 }.map(CertificatePaper.name)
    var y =
      24.6
      + (try self.set(
        ((paper.isSpecimen ? [] : ["№ \(paper.sheet.number)"]) + names).joined(separator: " · "),
        .holder, .kk,
        .serif(9.5, 9, 8.5, 8, leading: .points(12), lines: 2), x: Self.edge, width: 267,
        .top(24.6)))
    y += 1.6
    self.rule(from: Self.edge, to: 282, y: y, paper.ink)
    y += 1.2
    let facts = Self.facts(of: paper)
    for (index, fact) in facts.enumerated() {
      let (x, top) = (Self.edge + 67.5 * Double(index % 4), y + 11.2 * Double(index / 4))
      let label = Style(typeface: .sans, sizes: [6.4, 6], leading: .points(7.8), ink: .label)
      let line = 7.8 * Millimetres.perPoint
      try self.set(fact.label.kk, .words, .kk, label, x: x, width: 65, .top(top))
      try self.set(
        "\(fact.label.ru) · \(fact.label.en)", .words, .ru, label, x: x, width: 65, .top(top + line)
      )
      try self.set(
        fact.value, fact.field, .kk, .serif(9, 8.5, 8, 7.5, 7, leading: .points(11)), x: x,
        width: 65,
        .top(top + 2 * line))
    }
    y += 11.2 * Double((facts.count + 3) / 4)
    self.rule(from: Self.edge, to: 282, y: y, paper.ink)
    return y
  }

  private static func facts(of paper: CertificatePaper) -> [Fact] {
    let sheet = paper.sheet
    let all =
      sheet.theoryQuarters + sheet.practiceQuarters + sheet.recognisedTheoryQuarters
      + sheet.recognisedPracticeQuarters
    let facts = [
      Fact(
        label: .init(
          kk: PaperWords.hours.kk, ru: "Академ. часов (теория + практика)", en: "Academic hours"),
        value: all == 0 ? "" : PaperHours.told(sheet, .kk), field: .hours),
      Fact(
        label: PaperWords.trained,
        value: sheet.trainedFrom.isEmpty ? "" : "\(sheet.trainedFrom) – \(sheet.trainedUntil)",
        field: .trained),
      Fact(
        label: .init(
          kk: PaperWords.attested.kk, ru: "Аттестация: дата, № протокола", en: "Attested, protocol"),
        value: [sheet.attestedOn, CertificatePaper.plain(sheet.protocolNumber)]
          .filter { !$0.isEmpty }.joined(separator: ", "), field: .attested),
      Fact(
        label: .init(
          kk: "Шешім күні; берілген күні", ru: "Дата решения; выдачи", en: "Decided; issued"),
        value: "\(sheet.decidedOn); \(sheet.issuedOn)", field: .decided),
      Fact(label: PaperWords.firstIssued, value: sheet.firstIssuedOn, field: .issued),
    ]
    return facts.filter { !$0.value.isEmpty }
  }

  private static func rows(of paper: CertificatePaper) -> [Row] {
    let sheet = paper.sheet
    func same(_ text: String) -> PaperWords.Label { .init(kk: text, ru: text, en: text) }
    func text(_ text: BitimV1.Text?, _ more: String = "") -> PaperWords.Label {
      func with(_ tongue: Tongue) -> String {
        [CertificatePaper.text(text, tongue), CertificatePaper.plain(more)]
          .filter { !$0.isEmpty }.joined(separator: ", ")
      }
      return .init(kk: with(.kk), ru: with(.ru), en: with(.en))
    }
    let (from, until) = (sheet.validFrom, sheet.validUntil)
    let validity =
      until.map { same("\(from) – \($0)") }
      ?? .init(
        kk: "\(from) бастап, мерзімсіз", ru: "с \(from), бессрочно", en: "from \(from), no expiry")
    let signatory = CertificatePaper.plain(sheet.signatory)
    func post(_ tongue: Tongue) -> String {
      [signatory, CertificatePaper.text(sheet.signatoryPost, tongue)].filter { !$0.isEmpty }
        .joined(separator: ", ")
    }
    let rows = [
      Row(label: PaperWords.validity, texts: validity, field: .validity),
      Row(
        label: paper.isSchool ? PaperWords.title : PaperWords.edition,
        texts: text(sheet.title, sheet.edition), field: .title),
      Row(
        label: PaperWords.specialisation, texts: text(sheet.specialisation),
        field: .specialisation),
      Row(label: PaperWords.legalBasis, texts: text(sheet.legalBasis), field: .legalBasis),
      Row(label: PaperWords.trainedBy, texts: text(sheet.trainedBy), field: .trainedBy),
      Row(label: PaperWords.issuer, texts: text(sheet.issuer), field: .issuer),
      Row(
        label: PaperWords.entitlement, texts: same(CertificatePaper.plain(sheet.issuerEntitlement)),
        field: .entitlement),
      Row(
        label: PaperWords.signatory, texts: .init(kk: post(.kk), ru: post(.ru), en: post(.en)),
        field: .signatory),
      Row(
        label: PaperWords.basedOn, texts: same(sheet.basedOn.joined(separator: ", ")),
        field: .basedOn),
    ]
    return rows.filter { row in Self.tongues.contains { !row.texts.text($0).isEmpty } }
  }

  private static let label = Style(
    typeface: .sans, sizes: [6.4], leading: .points(7.8), ink: .label)

  private static func value(_ size: Double) -> Style {
    .serif(size, leading: .times(1.2), lines: 12)
  }

  private func height(of row: Row, _ size: Double) throws(PaperFault) -> Double {
    var lines = 0
    for tongue in Self.tongues {
      let fitted = try self.fitting.fit(
        row.texts.text(tongue), row.field, .serif, sizes: [size], width: 85, lines: 12)
      lines = max(lines, fitted.lines.count)
    }
    return 1 + 7.8 * Millimetres.perPoint
      + Self.value(size).leading.millimetres(size) * Double(lines) + 1
  }

  private mutating func put(_ row: Row, _ size: Double, top: Double) throws(PaperFault) {
    for (x, tongue) in zip(Self.columns, Self.tongues) where !row.texts.text(tongue).isEmpty {
      try self.set(
        row.label.text(tongue), .words, tongue, Self.label, x: x, width: 85, .top(top + 1))
      try self.set(
        row.texts.text(tongue), row.field, tongue, Self.value(size), x: x, width: 85,
        .top(top + 1 + 7.8 * Millimetres.perPoint))
    }
  }

  /// The code, and which page of how many it is.
  private mutating func foot(
    of paper: CertificatePaper, page: Int, of count: Int
  ) throws(PaperFault) {
    let label = PaperWords.code
    let style = Style(typeface: .sans, sizes: [7], leading: .points(8.6), ink: .label)
    if !paper.isSpecimen {
      try self.set(
        "№ \(paper.sheet.number) · \(label.kk) · \(label.ru) · \(label.en): \(paper.code)", .code,
        .kk, style, x: Self.edge, width: 200, .top(199))
    }
    var right = style
    right.alignment = .right
    try self.set("\(page) / \(count)", .words, .kk, right, x: 232, width: 50, .top(199))
  }
}
