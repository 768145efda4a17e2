import BitimClient
import BitimPaper
import BitimProtocol

/// `bitim report`: the figures of a year; the certificates of a year, and whether the series has gaps, of a period or
/// of a cohort, as a page for the bookkeeper too; those that were adopted.
enum ReportCommand {
  static let help = Help(
    summary: .helpReport, usage: .helpReportUsage,
    examples: [
      "bitim report year 2026 --output csv > жыл.csv",
      "bitim report year 2026 --known 2027-01-10",
      "bitim report file 2026",
      "bitim report passes 2026 --by examiner",
      "bitim report issued --year 2026 --output csv > берілген.csv",
      "bitim report issued --cohort P1-ALA-01 --format html --to наурыз.html",
      "bitim report adopted",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "year": return try await Self.year(rest, desk)
    case "passes": return try await Self.part(.passes, rest, desk)
    case "hours": return try await Self.part(.hours, rest, desk)
    case "times": return try await Self.part(.times, rest, desk)
    case "cases": return try await Self.cases(rest, desk)
    case "file": return try await Self.file(rest, desk)
    case "issued": return try await Self.issued(rest, desk)
    case "adopted": return try await Self.adopted(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: ["what": "year | file | passes | hours | times | cases | issued | adopted"])
    }
  }

  private static func issued(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: OfficeFile.options.union(["year", "from", "until", "cohort"]))
    try arguments.atMost(0)
    let selection = try Self.selection(arguments)
    let (lines, missing) = try await Self.lines(of: selection, desk)
    let name =
      switch selection {
      case .year(let year): "issued-\(year)"
      case .days(let from, let until): "issued-\(from)-\(until)"
      case .cohort(let code): "issued-\(code)"
      }
    var end = Desk.End.done
    if let file = try OfficeFile.asked(arguments, called: name) {
      end = try file.write(.issued(lines, of: selection, in: desk.tongue), desk)
    } else {
      Self.show(lines, desk)
    }
    guard case .year(let year) = selection else {
      desk.output.note(.reportCount, ["count": "\(lines.count)"])
      return end
    }
    if missing.isEmpty {
      desk.output.note(.reportTotal, ["year": "\(year)", "count": "\(lines.count)"])
    } else {
      let serials = missing.map(String.init).joined(separator: ", ")
      desk.output.note(.reportGaps, ["year": "\(year)", "serials": serials])
    }
    return end
  }

  /// Of which certificates the list is asked for: of a year, of a period, or of a cohort.
  private static func selection(
    _ arguments: Arguments
  ) throws(Arguments.Fault) -> OfficePage.Selection {
    let period = [arguments["from"], arguments["until"]]
    switch (arguments["year"], period.contains { $0 != nil }, arguments["cohort"]) {
    case (let text?, false, nil):
      guard let year = Int32(text) else {
        throw Arguments.Fault(
          text: .usageNotNumber, arguments: ["option": "--year", "value": text])
      }
      return .year(year)
    case (nil, true, nil):
      let (from, until) = (try Self.day("from", arguments), try Self.day("until", arguments))
      // A period that ends before it begins has nothing, and would be printed so.
      guard from <= until else {
        throw Arguments.Fault(
          text: .usageDaysTurned, arguments: ["from": from, "until": until])
      }
      return .days(from: from, until: until)
    case (nil, false, let code?): return .cohort(code)
    default:
      throw Arguments.Fault(
        text: .usageOneOf, arguments: ["list": "--year, --from + --until, --cohort"])
    }
  }

  /// The day that an option says.
  private static func day(
    _ option: String, _ arguments: Arguments
  ) throws(Arguments.Fault) -> String {
    let text = try arguments.required(option)
    guard case .day(let day) = DateText(text) else {
      throw Arguments.Fault(
        text: .usageNotDay, arguments: ["option": "--\(option)", "value": text])
    }
    return day
  }

  /// The certificates, in the order of their numbers, or of a cohort in its own; and what a year's series lacks.
  private static func lines(
    of selection: OfficePage.Selection, _ desk: Desk
  ) async throws -> (lines: [BitimV1.CertificateLine], missing: [Int32]) {
    switch selection {
    case .year(let year):
      var request = BitimV1.ListCertificatesRequest()
      request.year = year
      return try await Self.lines(request, desk)
    case .days(let from, let until):
      var request = BitimV1.ListCertificatesRequest()
      var lines: [BitimV1.CertificateLine] = []
      let years = [from, until].compactMap { Int32($0.prefix(4)) }
      for year in (years.first ?? 0)...(years.last ?? 0) {
        request.year = year
        lines += try await Self.lines(request, desk).lines
      }
      return (lines.filter { (from...until).contains($0.issuedOn) }, [])
    case .cohort(let code):
      return (try await Self.lines(ofCohort: code, desk), [])
    }
  }

  /// What was issued of a cohort's programme to its trainees since it began, whatever became of it: who keeps the
  /// books counts papers.
  private static func lines(
    ofCohort code: String, _ desk: Desk
  ) async throws -> [BitimV1.CertificateLine] {
    let answer = try await CohortServiceClient(desk.client).cohort(code)
    let cohort = answer.cohort ?? .init()
    var lines: [BitimV1.CertificateLine] = []
    for trainee in answer.trainees {
      var person = BitimV1.GetPersonRequest()
      person.personId = trainee.person?.id ?? 0
      person.purpose = desk.purpose
      let numbers = try await PersonServiceClient(desk.client).getPerson(person)
        .certificateNumbers
      for number in numbers.sorted() {
        var request = BitimV1.GetCertificateRequest()
        request.number = number
        let certificate = try await CertificateServiceClient(desk.client).getCertificate(request)
        let sheet = certificate.sheet ?? .init()
        // Of seminars the one that the cohort attended.
        let isOfCohort =
          sheet.kind == .attendance
          ? cohort.programme == Desk.seminar && sheet.edition == cohort.edition
          : sheet.kind == .programme && sheet.programme == cohort.programme
        guard isOfCohort, sheet.issuedOn >= cohort.startsOn else { continue }
        lines.append(.init(certificate))
      }
    }
    return lines
  }

  private static func adopted(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    try Arguments(words, options: []).atMost(0)
    var request = BitimV1.ListCertificatesRequest()
    request.adopted = true
    let (lines, _) = try await Self.lines(request, desk)
    Self.show(lines, desk)
    desk.output.note(.adoptionCount, ["count": "\(lines.count)"])
    return .done
  }

  /// All pages, and what the series lacks.
  private static func lines(
    _ request: BitimV1.ListCertificatesRequest, _ desk: Desk
  ) async throws -> (lines: [BitimV1.CertificateLine], missing: [Int32]) {
    let pages = try await request.pages(
      by: CertificateServiceClient(desk.client).listCertificates)
    // The first page alone says what the whole year lacks.
    return (pages.flatMap(\.certificates), pages.flatMap(\.missingSerials))
  }

  private static func show(_ lines: [BitimV1.CertificateLine], _ desk: Desk) {
    desk.output.rows(
      [.number, .programme, .name, .issued, .organisation, .standing],
      lines.map { line in
        [
          line.number, line.kind == .school ? "school" : Desk.programme(line.programme),
          desk.name(line.holder), line.issuedOn, desk.text(line.trainedBy),
          desk.standingCell(line.status),
        ]
      }, messages: lines)
  }
}

extension BitimV1.CertificateLine {
  /// What a list says of a certificate.
  fileprivate init(_ certificate: BitimV1.GetCertificateResponse) {
    self.init()
    let sheet = certificate.sheet ?? .init()
    (self.number, self.kind, self.programme) = (sheet.number, sheet.kind, sheet.programme)
    (self.holder, self.issuedOn, self.trainedBy) = (sheet.holder, sheet.issuedOn, sheet.trainedBy)
    self.status = certificate.status
  }
}
