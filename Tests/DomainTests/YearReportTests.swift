import Testing

@testable import BitimDomain

/// Cohort 1 of programme 1 at centre 10 begins on 1 February 2026 and asks 4 + 4 quarters, cohort 2 the same at centre
/// 20 from 1 December 2026 on; cohort 3 is of programme 2 and was cancelled by act 90. The year is 2026, asked about on
/// 10 January 2027.
@Suite("Figures of a year (R-1001 to R-1010)")
struct YearReportTests {
  private static func day(_ text: String) -> CivilDate { AttestationFacts.day(text) }

  private static func report(
    _ year: Int = 2026, asOf day: String = "2027-01-10", links: [(Int64, Int64)] = [],
    teaching: TeachingDays = .init()
  ) throws -> YearReport {
    let year = try #require(ReportYear(year, asOf: Self.day(day)))
    var report = YearReport(year, NaturalPersons(links: links))
    let minimum = Hours(theory: 4, practice: 4)
    report.know(
      ReportedCohort(
        id: 1, organisationID: 10, study: Study(1), startsOn: Self.day("2026-02-01"),
        minimum: minimum, passMarks: [.test: 60, .interview: 70]), teaching)
    report.know(
      ReportedCohort(
        id: 2, organisationID: 20, study: Study(1), startsOn: Self.day("2026-12-01"),
        minimum: minimum), .init())
    report.know(
      ReportedCohort(
        id: 3, organisationID: 10, study: Study(2, in: 7), startsOn: Self.day("2026-02-01"),
        minimum: minimum, cancelledBy: 90), .init())
    return report
  }

  /// What is told of a programme and an organisation.
  private static func figures(
    _ report: YearReport, _ programme: Int = 1, at organisation: Int64 = 0
  ) -> [Figure: Int] {
    report.rows.first {
      $0.place == .init(programme: programme, organisationID: organisation)
    }?.figures ?? [:]
  }

  private static func place(
    _ cohort: Int64 = 1, from: String = "2026-01-20", ending: ReportedPlace.Ending? = nil
  ) -> ReportedPlace {
    ReportedPlace(in: cohort, from: Self.day(from), ending: ending)
  }

  private static func enrolment(
    _ places: ReportedPlace..., of person: Int64 = 100, hours: [ReportedHours] = []
  ) -> ReportedEnrolment {
    ReportedEnrolment(1, of: person, places: places, hours: hours)
  }

  private static func attended(
    _ day: String, _ theory: Int, _ practice: Int, lesson: Int64 = 1, in cohort: Int64 = 1
  ) -> ReportedHours {
    ReportedHours(
      on: Self.day(day), Hours(theory: theory, practice: practice),
      in: (id: lesson, cohortID: cohort))
  }

  // MARK: Enrolled

  @Test(
    "enrolled is who begins in the year, on the later of two days (R-1002)",
    arguments: [
      ("2026-01-20", 1, 2026, 1), ("2025-12-20", 1, 2026, 1), ("2025-12-20", 1, 2025, 0),
      ("2026-03-01", 1, 2026, 1), ("2026-12-31", 2, 2026, 1), ("2027-01-01", 2, 2026, 0),
      ("2027-01-01", 2, 2027, 1),
    ])
  func enrolled(from: String, cohort: Int64, year: Int, count: Int) throws {
    var report = try Self.report(year)
    report.add(Self.enrolment(Self.place(cohort, from: from)))
    #expect(Self.figures(report) == (count == 0 ? [:] : [.enrolled: count]))
  }

  @Test("who is transferred counts once, at the first start and the first organisation (R-1002)")
  func transferred() throws {
    var report = try Self.report()
    report.add(
      Self.enrolment(
        Self.place(ending: .transferred), Self.place(2, from: "2026-12-05")))
    #expect(
      report.rows == [
        .init(.init(programme: 1, organisationID: 0), [.enrolled: 1]),
        .init(.init(programme: 1, organisationID: 10), [.enrolled: 1]),
      ])
  }

  @Test("what never was is not counted: an enrolment that was undone has no place")
  func undone() throws {
    var report = try Self.report()
    report.add(Self.enrolment())
    #expect(report.rows == [])
  }

  // MARK: Trained

  @Test("trained is who reaches both kinds by a class of a day in the year (R-1003)")
  func trained() throws {
    let cases: [(String, [ReportedHours], Int?)] = [
      ("both kinds", [Self.attended("2026-02-03", 4, 4)], 1),
      ("a quarter of theory short", [Self.attended("2026-02-03", 3, 8)], nil),
      ("a quarter of practice short", [Self.attended("2026-02-03", 8, 3)], nil),
      (
        "reached in the year, begun before it",
        [Self.attended("2025-12-31", 4, 0), Self.attended("2026-01-01", 0, 4, lesson: 2)], 1
      ),
      (
        "reached before the year",
        [Self.attended("2025-12-31", 4, 4), Self.attended("2026-01-01", 4, 4, lesson: 2)], nil
      ),
      (
        "reached after it",
        [Self.attended("2026-12-31", 4, 0), Self.attended("2027-01-01", 0, 4, lesson: 2)], nil
      ),
      (
        "told in another order",
        [Self.attended("2026-02-04", 0, 4, lesson: 2), Self.attended("2025-12-31", 4, 0)], 1
      ),
      (
        "by a recognition",
        [
          Self.attended("2026-02-03", 4, 0),
          ReportedHours(on: Self.day("2026-03-01"), Hours(theory: 0, practice: 4)),
        ], 1
      ),
    ]
    for (name, hours, trained) in cases {
      var report = try Self.report()
      report.add(Self.enrolment(Self.place(), hours: hours))
      #expect(Self.figures(report)[.trained] == trained, "\(name)")
    }
  }

  @Test("who was transferred is trained where the last class was, or hours were recognised")
  func trainedAt() throws {
    var report = try Self.report()
    report.add(
      Self.enrolment(
        Self.place(ending: .transferred), Self.place(2, from: "2026-12-05"),
        hours: [
          Self.attended("2026-02-03", 4, 0), Self.attended("2026-12-06", 0, 4, lesson: 2, in: 2),
        ]))
    #expect(Self.figures(report, at: 20) == [.trained: 1, .practice: 4, .taught: 4])
    var recognised = try Self.report()
    recognised.add(
      Self.enrolment(
        Self.place(ending: .transferred), Self.place(2, from: "2026-12-05"),
        hours: [ReportedHours(on: Self.day("2026-12-05"), Hours(theory: 4, practice: 4))]))
    #expect(Self.figures(recognised, at: 20) == [.trained: 1])
    #expect(Self.figures(recognised, at: 10) == [.enrolled: 1])
  }

  // MARK: Withdrawn

  @Test("withdrawn is whose last day is in the year, and who did not come back (R-1004)")
  func withdrawn() throws {
    func left(_ day: String, by act: Int64 = 50) -> ReportedPlace.Ending {
      .withdrawn(on: Self.day(day), by: act)
    }
    let cases: [(String, [ReportedPlace], Figure?)] = [
      ("within the year", [Self.place(ending: left("2026-12-31"))], .withdrawn),
      ("after it", [Self.place(ending: left("2027-01-01"))], nil),
      (
        "came back",
        [Self.place(ending: left("2026-03-01")), Self.place(from: "2026-04-01")], nil
      ),
      (
        "comes back after the day that is asked about",
        [Self.place(ending: left("2026-03-01")), Self.place(from: "2027-01-11")], .withdrawn
      ),
      (
        "came back, and left again",
        [
          Self.place(ending: left("2026-03-01")),
          Self.place(from: "2026-04-01", ending: left("2026-05-01", by: 51)),
        ], .withdrawn
      ),
      ("transferred", [Self.place(ending: .transferred), Self.place(2, from: "2026-12-05")], nil),
    ]
    for (name, places, figure) in cases {
      var report = try Self.report()
      report.add(ReportedEnrolment(1, of: 100, places: places))
      let found = Self.figures(report).keys.filter { $0 != .enrolled }
      #expect(found == figure.map { [$0] } ?? [], "\(name)")
    }
  }

  @Test("who ended with a cancelled cohort is counted apart (R-1004)")
  func cancelled() throws {
    for (act, figure) in [(Int64(90), Figure.cohortCancelled), (89, .withdrawn)] {
      var report = try Self.report()
      let ending = ReportedPlace.Ending.withdrawn(on: Self.day("2026-03-01"), by: act)
      report.add(Self.enrolment(Self.place(3, ending: ending)))
      #expect(Self.figures(report, 2) == [.enrolled: 1, figure: 1])
    }
  }

  // MARK: Results

  @Test(
    "what used an attempt is passed or failed, and first attempts have a rate of their own (R-1005, R-1006)"
  )
  func results() throws {
    var report = try Self.report()
    let results: [(String, Int, ResultOutcome)] = [
      ("2026-03-20", 1, .passed), ("2026-03-20", 1, .failed), ("2026-04-20", 2, .passed),
      ("2026-03-20", 1, .excluded), ("2026-03-20", 1, .absent), ("2026-03-20", 0, .absent),
      ("2026-03-20", 0, .interrupted), ("2025-12-31", 1, .passed), ("2027-01-01", 1, .passed),
    ]
    for (day, attempt, outcome) in results {
      report.add(ReportedResult(on: Self.day(day), from: 1, attempt: attempt, outcome))
    }
    #expect(
      Self.figures(report, at: 10) == [
        .attempts: 5, .passed: 2, .failed: 3, .firstAttempts: 4, .firstPassed: 1, .passRate: 400,
        .firstPassRate: 250,
      ])
  }

  @Test("a rate is in tenths of a per cent, half of one up; of nothing there is none (R-1006)")
  func rates() {
    #expect(YearReport.rate(2, of: 3) == 667)
    #expect(YearReport.rate(1, of: 3) == 333)
    #expect(YearReport.rate(1, of: 16) == 63)
    #expect(YearReport.rate(nil, of: 4) == 0)
    #expect(YearReport.rate(7, of: 7) == 1_000)
    #expect(YearReport.rate(nil, of: nil) == nil)
    #expect(YearReport.rate(0, of: 0) == nil)
  }

  @Test(
    "a component is passed at its mark; one that is not asked, or has no mark, says nothing (R-1006)"
  )
  func components() throws {
    var report = try Self.report()
    let marks: [(Int, [Component: Int])] = [
      (1, [.test: 60, .interview: 69]), (1, [.test: 59, .interview: 70, .rolePlay: 90]),
      (2, [.test: 61]), (0, [.test: 10]),
    ]
    for (attempt, points) in marks {
      report.add(
        ReportedResult(
          on: Self.day("2026-03-20"), from: 1, attempt: attempt, .failed, points: points))
    }
    for organisation in [Int64(0), 10] {
      let figures = Self.figures(report, at: organisation)
      #expect(figures[.testPassRate] == 667)
      #expect(figures[.interviewPassRate] == 500)
      #expect(figures[.rolePlayPassRate] == nil)
    }
  }

  @Test("before an examiner are results of sessions with a seat, under one number (R-1006)")
  func examiners() throws {
    var report = try Self.report(links: [(8, 7)])
    let results: [(Int64, ResultOutcome, Set<Int64>)] = [
      (1, .passed, [7, 9]), (1, .failed, [8, 7]), (1, .absent, [9]), (3, .passed, [9]),
    ]
    for (cohort, outcome, seats) in results {
      report.add(
        ReportedResult(
          on: Self.day("2026-03-20"), from: cohort, attempt: outcome == .absent ? 0 : 1, outcome,
          before: seats))
    }
    let told = report.examiners
    #expect(
      told.map(\.examiner) == [
        .init(programme: 1, personID: 7), .init(programme: 1, personID: 9),
        .init(programme: 2, personID: 9),
      ])
    #expect(
      told.map(\.figures) == [
        [.attempts: 2, .passed: 1, .failed: 1, .passRate: 500],
        [.attempts: 1, .passed: 1, .failed: 0, .passRate: 1_000],
        [.attempts: 1, .passed: 1, .failed: 0, .passRate: 1_000],
      ])
  }

  // MARK: Cases

  private static func complaint(
    received: String, decided: String? = nil, _ moves: [(CaseStep, String)] = [],
    kind: CaseKind = .complaint, outcome: CaseOutcome? = .notConfirmed
  ) -> CaseRecord {
    CaseRecord(
      sequence: 1, kind: kind, person: 100, receivedOn: Self.day(received), toldOn: nil,
      grounds: 1, contested: [],
      moves: moves.map { CaseMove($0.0, on: Self.day($0.1), sequence: 2) },
      end: decided.map { .init(outcome, on: Self.day($0)) })
  }

  @Test("cases are received, decided and overdue in the year (R-1010)")
  func cases() throws {
    let year = try #require(ReportYear(2026, asOf: Self.day("2027-01-10")))
    let cases: [(String, CaseRecord, [Figure: Int])] = [
      (
        "in time", Self.complaint(received: "2026-03-01", decided: "2026-03-31"),
        [.received: 1, .decided: 1]
      ),
      (
        "a day late", Self.complaint(received: "2026-03-01", decided: "2026-04-01"),
        [.received: 1, .decided: 1, .overdue: 1]
      ),
      (
        "received before", Self.complaint(received: "2025-12-20", decided: "2026-01-02"),
        [.decided: 1]
      ),
      (
        "withdrawn", Self.complaint(received: "2026-03-01", decided: "2026-05-01", outcome: nil),
        [.received: 1]
      ),
      (
        "open, and late at the end", Self.complaint(received: "2026-11-30"),
        [.received: 1, .overdue: 1]
      ),
      ("open, the last day is the year's", Self.complaint(received: "2026-12-01"), [.received: 1]),
      (
        "decided after the year, late at its end",
        Self.complaint(received: "2026-11-30", decided: "2027-01-05"),
        [.received: 1, .overdue: 1]
      ),
      (
        "waits for a paper", Self.complaint(received: "2026-03-01", [(.returned, "2026-03-05")]),
        [.received: 1]
      ),
      (
        "the clock starts when it is complete",
        Self.complaint(
          received: "2026-03-01", decided: "2026-04-09",
          [(.returned, "2026-03-05"), (.completed, "2026-03-10")]), [.received: 1, .decided: 1]
      ),
    ]
    for (name, record, figures) in cases {
      let rows = CaseReport.rows([record], in: year)
      #expect(rows.map(\.kind) == [.complaint], "\(name)")
      #expect(rows.first?.figures == figures, "\(name)")
    }
    #expect(CaseReport.rows([], in: year).isEmpty)
  }

  @Test("days to decide are told of ten, from the day on which the clock starts (R-1010)")
  func daysToDecide() throws {
    let year = try #require(ReportYear(2026, asOf: Self.day("2027-01-10")))
    var cases = (1...9).map { days in
      Self.complaint(
        received: "2026-03-01", decided: "2026-04-1\(days - 1)",
        [(.returned, "2026-03-05"), (.completed, "2026-04-09")])
    }
    #expect(
      CaseReport.rows(cases, in: year).first?.figures == [.received: 9, .decided: 9])
    cases.append(Self.complaint(received: "2026-03-01", decided: "2026-03-31"))
    #expect(
      CaseReport.rows(cases, in: year).first?.figures == [
        .received: 10, .decided: 10, .daysMedian: 5, .daysMost: 9,
      ])
    // Of an application for an entry it starts with the receipt.
    let entries = (1...10).map { _ in
      Self.complaint(
        received: "2026-03-01", decided: "2026-03-11",
        [(.returned, "2026-03-05"), (.completed, "2026-03-09")], kind: .entry, outcome: .entered)
    }
    let rows = CaseReport.rows(entries, in: year)
    #expect(rows.first?.figures[.daysMedian] == 10)
    #expect(rows.first?.figures[.overdue] == nil)
  }

  // MARK: What was filed

  private static func filed(_ rows: [YearReport.Row], asOf day: String = "2026-12-31")
    -> ReportFiled
  {
    ReportFiled(year: 2026, asOf: Self.day(day), size: 7, definitions: 1, rows: rows)
  }

  @Test("the same figures are filed once, and none of a day to come (R-1001)")
  func file() throws {
    let place = YearReport.Place(programme: 1, organisationID: 0)
    let rows = [YearReport.Row(place, [.certified: 1])]
    let today = Self.day("2027-01-10")
    let report = Self.filed(rows)
    #expect(try FileReport(report).decided(nil, on: today) == .reportFiled(report))
    #expect(
      try FileReport(report).decided(Self.filed([.init(place, [.certified: 2])]), on: today)
        == .reportFiled(report))
    var other = report
    other.definitions = 2
    #expect(try FileReport(report).decided(other, on: today) == .reportFiled(report))
    #expect(throws: Refusal(.nothingChanged, column: "year", value: "2026")) {
      try FileReport(report).decided(Self.filed(rows, asOf: "2027-01-01"), on: today)
    }
    #expect(throws: Refusal(.dateInFuture, column: "as_of", value: "2026-12-31")) {
      try FileReport(report).decided(nil, on: Self.day("2026-12-30"))
    }
    var next = report
    (next.year, next.asOf) = (2028, today)
    #expect(throws: Refusal(.dateInFuture, column: "as_of", value: "2027-01-10")) {
      try FileReport(next).decided(nil, on: today)
    }
  }

  @Test("what is counted stands beside what was filed, each where the other has none")
  func compared() {
    let (one, two) = (
      YearReport.Place(programme: 1, organisationID: 0),
      YearReport.Place(programme: 1, organisationID: 10)
    )
    let pairs = YearReport.compared(
      [.init(one, [.certified: 2, .revoked: 1])],
      [.init(two, [.adopted: 3]), .init(one, [.certified: 1])])
    #expect(pairs.map(\.place) == [one, two])
    #expect(
      pairs.map(\.figures) == [
        [.certified: .init(now: 2, filed: 1), .revoked: .init(now: 1, filed: nil)],
        [.adopted: .init(now: nil, filed: 3)],
      ])
  }

  // MARK: Certificates

  private static func certificate(
    _ serial: Int64 = 1, _ kind: CertificateKind = .programme, of person: Int64 = 100,
    issued: String = "2026-12-20", isReplacement: Bool = false, marks: [CertificateMark] = [],
    origin: ReportedCertificate.Origin? = nil
  ) throws -> ReportedCertificate {
    let issued = Self.day(issued)
    return ReportedCertificate(
      try #require(CertificateNumber(year: 2026, serial: serial)), kind, of: person,
      programme: kind == .school ? 0 : 1, by: origin ?? .training(in: 1, from: Self.place()),
      isReplacement: isReplacement,
      CertificateLife(
        issuedOn: issued, validity: Period(from: issued, until: nil),
        marks: marks.sorted(by: CertificateMark.precedes)))
  }

  private static func revoked(
    _ reason: RevocationReason, from day: String
  ) -> CertificateMark {
    CertificateMark(
      .revoked(reason), days: Period(from: Self.day(day), until: nil), sequence: 60)
  }

  private static func suspended(
    _ from: String, _ until: String? = nil, stays: [CertificateMark.Stay] = []
  ) -> CertificateMark {
    CertificateMark(
      .suspended(.investigation), days: Period(from: Self.day(from), until: until.map(Self.day)),
      sequence: 50, stays: stays)
  }

  @Test("20: certified is first issued in the year; what was an error never was (R-1007)")
  func certified() throws {
    let cases: [(String, ReportedCertificate, [Figure: Int])] = [
      ("issued", try Self.certificate(), [.certified: 1]),
      ("issued in another year", try Self.certificate(issued: "2025-12-31"), [:]),
      ("in place of another", try Self.certificate(isReplacement: true), [:]),
      (
        "revoked for fraud",
        try Self.certificate(marks: [Self.revoked(.fraud, from: "2027-01-05")]), [.certified: 1]
      ),
      (
        "revoked as an error after the year",
        try Self.certificate(marks: [Self.revoked(.error, from: "2027-01-10")]), [:]
      ),
      (
        "revoked as an error after the day that is asked about",
        try Self.certificate(marks: [Self.revoked(.error, from: "2027-01-11")]), [.certified: 1]
      ),
      (
        "of an old register",
        try Self.certificate(1, .adopted, origin: .issuer(10)), [.adopted: 1]
      ),
    ]
    for (name, certificate, figures) in cases {
      var report = try Self.report()
      report.add(certificate)
      #expect(Self.figures(report, at: 10) == figures, "\(name)")
    }
  }

  @Test("the School's own certificate is of no programme (R-1007)")
  func school() throws {
    var report = try Self.report()
    report.add(try Self.certificate(1, .school, origin: .issuer(1)))
    #expect(
      report.rows == [
        .init(.init(programme: 0, organisationID: 0), [.certified: 1]),
        .init(.init(programme: 0, organisationID: 1), [.certified: 1]),
      ])
  }

  @Test("revoked is what stands from a day of the year, suspended what was so on one (R-1008)")
  func marks() throws {
    let cases: [(String, [CertificateMark], [Figure: Int])] = [
      ("revoked", [Self.revoked(.fraud, from: "2026-12-31")], [.revoked: 1]),
      ("revoked after it", [Self.revoked(.fraud, from: "2027-01-01")], [:]),
      (
        "suspended to the end", [Self.suspended("2026-11-01")],
        [.suspended: 1, .suspendedLastDay: 1]
      ),
      ("suspended for a day", [Self.suspended("2026-11-01", "2026-11-01")], [.suspended: 1]),
      (
        "suspended before", [Self.suspended("2025-11-01", "2026-01-01")], [.suspended: 1]
      ),
      ("suspended long before", [Self.suspended("2025-11-01", "2025-12-31")], [:]),
      ("suspended after it", [Self.suspended("2027-01-01")], [:]),
      (
        "suspended, and revoked before that",
        [Self.suspended("2026-11-01"), Self.revoked(.fraud, from: "2026-10-01")], [.revoked: 1]
      ),
      (
        "suspended, then revoked",
        [Self.suspended("2026-11-01"), Self.revoked(.fraud, from: "2026-11-02")],
        [.revoked: 1, .suspended: 1]
      ),
      (
        "stayed on its first days",
        [
          Self.suspended(
            "2026-11-01",
            stays: [
              .init(
                in: 70, days: Period(from: Self.day("2026-11-01"), until: Self.day("2026-11-30")))
            ])
        ], [.suspended: 1, .suspendedLastDay: 1]
      ),
      (
        "stayed all the year",
        [
          Self.suspended(
            "2026-11-01",
            stays: [
              .init(
                in: 70, days: Period(from: Self.day("2026-11-01"), until: Self.day("2026-12-31")))
            ])
        ], [:]
      ),
    ]
    for (name, marks, figures) in cases {
      var report = try Self.report()
      report.add(try Self.certificate(issued: "2025-06-01", marks: marks))
      #expect(Self.figures(report) == figures, "\(name)")
    }
  }

  @Test("a year that is not over ends with the day that is asked about; one to come has nothing")
  func partOfYear() throws {
    var part = try Self.report(asOf: "2026-11-30")
    part.add(try Self.certificate())
    part.add(try Self.certificate(2, issued: "2026-11-30", marks: [Self.suspended("2026-11-30")]))
    part.add(try Self.certificate(3, issued: "2026-11-01", marks: [Self.suspended("2026-12-01")]))
    #expect(
      Self.figures(part) == [.certified: 2, .suspended: 1, .suspendedLastDay: 1])
    var later = try Self.report(2027, asOf: "2026-11-30")
    later.add(try Self.certificate(issued: "2026-11-01", marks: [Self.suspended("2026-11-02")]))
    #expect(later.rows == [])
  }

  @Test("the time to a certificate is told of ten, by nearest rank (R-1010)")
  func times() throws {
    #expect(YearReport.nearestRank(50, of: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == 5)
    #expect(YearReport.nearestRank(50, of: [1, 2, 3]) == 2)
    #expect(YearReport.nearestRank(90, of: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == 9)
    #expect(YearReport.nearestRank(90, of: Array(1...11)) == 10)
    var report = try Self.report()
    // Training began on 1 February: 10 days, 20 days, and so on to 90.
    for index in 1...9 {
      let day = CivilDate(dayNumber: Self.day("2026-02-01").dayNumber + 10 * index)
      report.add(try Self.certificate(Int64(index), issued: day.iso))
    }
    #expect(Self.figures(report) == [.certified: 9])
    report.add(try Self.certificate(10, issued: "2026-12-31"))
    #expect(
      Self.figures(report) == [.certified: 10, .daysMedian: 50, .daysMost: 90])
  }

  // MARK: Hours

  @Test(
    "hours are those of the year's classes that count; taught is the most anybody attended (R-1009)"
  )
  func hours() throws {
    let lost = TeachingDays(
      granted: [Period(from: Self.day("2026-01-01"), until: Self.day("2026-02-28"))],
      ended: [Period(from: Self.day("2026-01-01"), until: nil)],
      suspended: [Period(from: Self.day("2026-02-10"), until: Self.day("2026-02-11"))])
    var report = try Self.report(teaching: lost)
    report.add(
      Self.enrolment(
        Self.place(),
        hours: [
          Self.attended("2025-12-31", 9, 9), Self.attended("2026-02-03", 4, 1, lesson: 2),
          // Suspended, and not entitled any more.
          Self.attended("2026-02-10", 9, 9, lesson: 3),
          Self.attended("2026-03-01", 9, 9, lesson: 4),
        ]))
    report.add(
      Self.enrolment(
        Self.place(), of: 101, hours: [Self.attended("2026-02-03", 2, 2, lesson: 2)]))
    #expect(
      Self.figures(report, at: 10) == [
        .enrolled: 2, .theory: 6, .practice: 3, .taught: 6,
      ])
  }

  // MARK: Natural persons

  @Test("what one natural person did under two numbers counts once, where it was first (R-1001)")
  func merged() throws {
    for (links, count) in [([(Int64(101), Int64(100))], 1), ([], 2)] {
      var report = try Self.report(links: links)
      report.add(Self.enrolment(Self.place(from: "2026-02-10"), of: 100))
      report.add(Self.enrolment(Self.place(from: "2026-02-05"), of: 101))
      report.add(Self.enrolment(Self.place(3), of: 101))
      #expect(Self.figures(report)[.enrolled] == count)
      #expect(Self.figures(report, 2)[.enrolled] == 1)
    }
    // Twice under one number is twice.
    var twice = try Self.report(links: [(101, 100)])
    twice.add(Self.enrolment(Self.place(from: "2026-02-05"), of: 101))
    twice.add(Self.enrolment(Self.place(2, from: "2026-12-05"), of: 101))
    twice.add(Self.enrolment(Self.place(2, from: "2026-12-06"), of: 100))
    #expect(Self.figures(twice, at: 10) == [.enrolled: 1])
    #expect(Self.figures(twice, at: 20) == [.enrolled: 1])
    #expect(Self.figures(twice) == [.enrolled: 2])
  }

  @Test("links join numbers whatever their order")
  func links() {
    let persons = NaturalPersons(links: [(4, 3), (2, 1), (3, 2), (9, 8)])
    #expect(persons.numbers(of: 4) == [1, 2, 3, 4])
    #expect(persons.first(of: 9) == 8)
    #expect(!persons.isLinked(5))
  }
}
