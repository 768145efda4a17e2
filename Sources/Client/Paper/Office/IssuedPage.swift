package import BitimProtocol

/// The list of the issued for the bookkeeper.
extension OfficePage {
  /// Of which certificates a list is.
  package enum Selection: Equatable, Sendable {
    case year(Int32)
    case days(from: String, until: String)
    case cohort(String)
  }

  /// The issued: numbers, days, holders, programmes, and how each stands.
  package static func issued(
    _ lines: [BitimV1.CertificateLine], of selection: Selection, in tongue: Tongue
  ) -> OfficePage {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    var page = OfficePage(tongue: tongue, way: .landscape, title: label(OfficeWords.issued))
    page.facts =
      switch selection {
      case .year(let year): [(label(OfficeWords.days), "\(year)")]
      case .days(let from, let until):
        [
          (
            label(OfficeWords.days),
            [from, until].map { PaperDates.digits($0, beside: tongue) }.joined(separator: " – ")
          )
        ]
      case .cohort(let code): [(label(OfficeWords.cohort), code)]
      }
    page.facts.append((label(OfficeWords.count), "\(lines.count)"))
    page.tables = [
      Table(
        columns: [
          Column(label(OfficeWords.row), .count), Column(label(OfficeWords.number), .word),
          Column(label(OfficeWords.issuedOn), .word), Column(label(OfficeWords.holder), .text),
          Column(label(OfficeWords.programme), .word),
          Column(label(OfficeWords.organisation), .words),
          Column(label(OfficeWords.standing), .words),
        ],
        rows: lines.enumerated().map { index, line in
          [
            Cell("\(index + 1)"), Cell(line.number),
            Cell(PaperDates.digits(line.issuedOn, beside: tongue)),
            Cell(OfficeWords.name(line.holder, tongue)), Cell(Self.programme(of: line, tongue)),
            Cell(OfficeWords.text(line.trainedBy, tongue)), Self.standing(line.status, tongue),
          ]
        })
    ]
    // In the order of the programmes, the School's and attendance last.
    let kinds = [1, 2, 3, 0, OfficeWords.seminar].compactMap { (number: Int32) -> String? in
      let those = lines.filter { ($0.kind == .school ? 0 : $0.programme) == number }
      return those.first.map { "\(Self.programme(of: $0, tongue)) – \(those.count)" }
    }
    let others = lines.count { $0.status?.standing != .valid }
    page.sums = ["\(label(OfficeWords.count)): \(lines.count)"]
    if !kinds.isEmpty { page.sums[0] += "; " + kinds.joined(separator: ", ") }
    page.sums[0] += "."
    page.sums.append(
      "\(label(OfficeWords.standing)): \(label(OfficeWords.valid)) – \(lines.count - others).")
    page.places = [OfficeWords.preparer, OfficeWords.bookkeeper].map {
      Place(seat: label($0), name: "")
    }
    return page
  }

  private static func programme(of line: BitimV1.CertificateLine, _ tongue: Tongue) -> String {
    (line.kind == .school ? OfficeWords.school : OfficeWords.programme(line.programme)).text(tongue)
  }

  /// How a certificate stands, without why: that is not the bookkeeper's.
  private static func standing(_ status: BitimV1.CertificateStatus?, _ tongue: Tongue) -> Cell {
    guard let status else { return Cell("–") }
    let since = status.since.isEmpty ? "" : PaperDates.digits(status.since, beside: tongue)
    switch status.standing {
    case .valid: return Cell(OfficeWords.valid.text(tongue))
    case .revoked: return Cell(OfficeWords.revoked.text(tongue), beneath: since, isStrong: true)
    case .suspended: return Cell(OfficeWords.suspended.text(tongue), beneath: since, isStrong: true)
    case .replaced:
      return Cell(
        OfficeWords.replaced.text(tongue),
        beneath: [since, status.successor].filter { !$0.isEmpty }.joined(separator: ", "),
        isStrong: true)
    case .expired: return Cell(OfficeWords.expired.text(tongue), isStrong: true)
    case .notYetValid: return Cell(OfficeWords.notYetValid.text(tongue))
    default: return Cell("–")
    }
  }
}
