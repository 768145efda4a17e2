import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Counts what was done (R-1001 to R-1010).
enum ReportService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      .task(BitimV1.ReportService.getYearReport) { call, request throws(Status) in
        try Self.year(services.visit(call), request)
      },
      .task(BitimV1.ReportService.fileReport) { call, request throws(Status) in
        try await Self.file(services.visit(call), request)
      },
    ]
  }

  /// What is read in one snapshot: none is held for long, whatever the year had.
  private enum Portion {
    static let cohorts = 500
    static let sessions = 1_000
    static let certificates = 5_000
  }

  /// What is asked for, with the act before which all is told as it was known.
  private struct Question {
    let year: ReportYear
    /// At whose end in the School's zone it was known.
    let asKnown: CivilDate
    let sequence: Int64
    /// The acts that were recorded on the year's days.
    let actsOfYear: Range<Int64>
    let school: Int64
    /// Nil for all organisations.
    let organisation: Int64?
  }

  private static func year(
    _ visit: Visit, _ request: BitimV1.GetYearReportRequest
  ) throws(Status) -> BitimV1.GetYearReportResponse {
    let (asked, report) = try Self.figures(request, visit)
    let rows = report.rows
    return try visit.read { caller, state in
      var response = try Self.response(rows, asked, state)
      guard caller.isSchool else { return response }
      if request.byExaminer {
        response.examiners = try report.examiners.map { examiner, figures in
          var row = BitimV1.ExaminerRow()
          row.personId = examiner.personID
          row.name = try PersonFinder.name(of: examiner.personID, in: .kk, state)
          row.programme = Int32(examiner.programme)
          row.figures = Self.values(figures)
          return row
        }
      }
      if request.withCases {
        let cases = try state.cases(reportedIn: asked.year, knownBefore: asked.sequence)
        response.cases = CaseReport.rows(cases, in: asked.year).map { kind, figures in
          var row = BitimV1.CaseRow()
          row.kind = BitimV1.CaseKind(rawValue: kind.number)
          row.figures = Self.values(figures)
          return row
        }
      }
      return response
    }
  }

  private static func values(_ figures: [Figure: Int]) -> [BitimV1.FigureValue] {
    Figure.allCases.compactMap { figure in
      figures[figure].map { BitimV1.FigureValue(figure, $0) }
    }
  }

  /// Files what is counted now. It is counted before the change, as known before one act, so that the writer waits for
  /// nothing, and whatever is recorded meanwhile changes nothing of it.
  private static func file(
    _ visit: Visit, _ request: BitimV1.FileReportRequest
  ) async throws(Status) -> BitimV1.FileReportResponse {
    var filed = ReportFiled(
      year: Int(request.year), asOf: CivilDate(dayNumber: 0), size: 0,
      definitions: YearReport.definitions, rows: [])
    let isRepeat = try visit.hasAnswer()
    try visit.read { caller, _ in
      guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    }
    // A repeat is told its answer alone.
    if !isRepeat {
      var asked = BitimV1.GetYearReportRequest()
      (asked.year, asked.asOf) = (request.year, request.asOf)
      let (question, report) = try Self.figures(asked, visit)
      filed.asOf = question.year.asOf
      filed.size = question.sequence - 1
      filed.rows = report.rows
    }
    let act = FileReport(filed)
    return try await visit.services.record(
      visit, request,
      { caller, request, transaction in
        guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
        let last = try transaction.state.filedReport(act.report.year, before: .max)
        try transaction.record(
          try act.decided(last?.report, on: caller.today), by: caller.actor, heldOn: caller.today)
        var response = BitimV1.FileReportResponse()
        response.filed = try transaction.state.filedReport(act.report.year, before: .max).map {
          .init($0)
        }
        return response
      }, kept: { $0 })
  }

  /// Gathers the figures in portions, each of a snapshot of its own. As all is told as it was known before one act, it
  /// makes no difference what is recorded between two.
  private static func figures(
    _ request: BitimV1.GetYearReportRequest, _ visit: Visit
  ) throws(Status) -> (Question, YearReport) {
    let zone = visit.services.zone
    let (asked, persons) = try visit.read { caller, state in
      let asked = try Self.question(request, caller, zone, state)
      return (asked, try state.persons(knownBefore: asked.sequence))
    }
    var report = YearReport(asked.year, persons)
    try Self.addEnrolments(to: &report, asked, visit)
    let sessions = try visit.read { _, state in try state.sessions(reportedIn: asked.year) }
    for portion in Self.portions(sessions, of: Portion.sessions) {
      try visit.read { _, state in
        for session in portion {
          for result in try state.results(
            reportedInSession: session, knownBefore: asked.sequence)
          {
            try Self.know(result.cohortID, in: &report, asked, state)
            report.add(result)
          }
        }
      }
    }
    try Self.addCertificates(to: &report, asked, visit)
    return (asked, report)
  }

  private static func question(
    _ request: BitimV1.GetYearReportRequest, _ caller: Caller, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> Question {
    let day = try caller.dateOrToday(request.asOf, column: "as_of")
    guard (2000...9999).contains(request.year), let year = ReportYear(Int(request.year), asOf: day)
    else {
      throw Refusal(
        finding: .outOfRange, column: "year", value: "\(request.year)",
        ["low": "2000", "high": "9999"])
    }
    let known = try CivilDate(typedIfThere: request.asKnown, column: "as_known")
    let next = try state.journalSize() + 1
    let sequence = try known.map { try state.firstAct(after: $0, zone: zone) } ?? next
    let before = CivilDate(dayNumber: year.first.dayNumber - 1)
    let first = try state.firstAct(after: before, zone: zone)
    let behind = max(first, try state.firstAct(after: year.last, zone: zone))
    guard let school = try state.school()?.id else {
      throw StoreFailure.corrupt("organisation: the School is not there")
    }
    return Question(
      year: year, asKnown: min(known ?? caller.today, caller.today), sequence: sequence,
      actsOfYear: first..<behind, school: school,
      organisation: caller.isSchool ? nil : caller.organisationID)
  }

  private static func addEnrolments(
    to report: inout YearReport, _ asked: Question, _ visit: Visit
  ) throws(Status) {
    let cohorts = try visit.read { _, state in
      try state.cohorts(
        reportedIn: asked.year, knownBefore: asked.sequence, actsOfYear: asked.actsOfYear)
    }
    // Who was in several cohorts is met in each.
    var moved: Set<Int64> = []
    for portion in Self.portions(cohorts, of: Portion.cohorts) {
      try visit.read { _, state in
        for cohort in portion {
          let enrolments = try state.enrolments(
            ofCohort: cohort, reportedIn: asked.year, knownBefore: asked.sequence)
          for enrolment in enrolments {
            if enrolment.places.contains(where: { $0.cohortID != cohort }),
              !moved.insert(enrolment.id).inserted
            {
              continue
            }
            for place in enrolment.places {
              try Self.know(place.cohortID, in: &report, asked, state)
            }
            report.add(enrolment)
          }
        }
      }
    }
  }

  private static func addCertificates(
    to report: inout YearReport, _ asked: Question, _ visit: Visit
  ) throws(Status) {
    var last: Int64 = 0
    var isOver = false
    while !isOver {
      try visit.read { _, state in
        let certificates = try state.certificates(
          reportedIn: asked.year, after: last, knownBefore: asked.sequence,
          limit: Portion.certificates, school: asked.school)
        for certificate in certificates {
          try Self.add(certificate, to: &report, asked, state)
          last = certificate.number.value
        }
        isOver = certificates.count < Portion.certificates
      }
    }
    try visit.read { _, state in
      let others = try state.otherCertificates(
        reportedIn: asked.year, knownBefore: asked.sequence, school: asked.school)
      for certificate in others { try Self.add(certificate, to: &report, asked, state) }
    }
  }

  private static func add(
    _ certificate: ReportedCertificate, to report: inout YearReport, _ asked: Question,
    _ state: borrowing Snapshot
  ) throws {
    if case .training(let cohort, let first) = certificate.origin {
      try Self.know(cohort, in: &report, asked, state)
      try Self.know(first.cohortID, in: &report, asked, state)
    }
    report.add(certificate)
  }

  private static func know(
    _ id: Int64, in report: inout YearReport, _ asked: Question, _ state: borrowing Snapshot
  ) throws {
    guard !report.knows(cohort: id) else { return }
    let cohort = try state.reportedCohort(id, knownBefore: asked.sequence)
    report.know(
      cohort, try state.teachingDays(of: cohort.organisationID, knownBefore: asked.sequence))
  }

  private static func portions(_ ids: [Int64], of size: Int) -> [ArraySlice<Int64>] {
    stride(from: 0, to: ids.count, by: size).map { ids[$0..<min($0 + size, ids.count)] }
  }

  private static func response(
    _ rows: [YearReport.Row], _ asked: Question, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetYearReportResponse {
    var response = BitimV1.GetYearReportResponse()
    response.year = Int32(asked.year.year)
    response.asOf = asked.year.asOf.iso
    response.asKnown = asked.asKnown.iso
    response.size = asked.sequence - 1
    response.definitions = Int32(YearReport.definitions)
    let last = try state.filedReport(asked.year.year, before: asked.sequence)
    response.filed = last.map { .init($0) }
    for (place, figures) in YearReport.compared(rows, last?.report.rows ?? []) {
      // To a centre there are no others.
      guard asked.organisation.map({ $0 == place.organisationID }) ?? true else { continue }
      var message = BitimV1.FigureRow()
      message.programme = Int32(place.programme)
      message.organisation =
        place.organisationID == 0
        ? "" : try state.organisation(id: place.organisationID)?.code ?? ""
      for figure in Figure.allCases {
        guard let pair = figures[figure] else { continue }
        var line = BitimV1.FigureValue(figure, pair.now ?? 0)
        line.filed = pair.filed.map(Int64.init)
        message.figures.append(line)
      }
      response.rows.append(message)
    }
    return response
  }
}

extension BitimV1.FigureValue {
  fileprivate init(_ figure: Figure, _ value: Int) {
    self.init()
    self.figure = BitimV1.Figure(rawValue: figure.number)
    self.value = Int64(value)
  }
}

extension BitimV1.FiledReport {
  /// What was filed, by which act and on which day.
  fileprivate init(_ filed: (act: Int64, filedOn: CivilDate, report: ReportFiled)) {
    self.init()
    self.act = filed.act
    self.filedOn = filed.filedOn.iso
    self.asOf = filed.report.asOf.iso
    self.size = filed.report.size
    self.definitions = Int32(filed.report.definitions)
  }
}
