package import BitimDomain

/// What the figures of a year are made of, as it was known before an act `sequence`: what was recorded by then, and not
/// ended. So one report may be read in several snapshots, whatever is recorded meanwhile.
extension Snapshot {
  /// Cohorts in which somebody may have begun, been taught, had hours recognised, or left in the year.
  ///
  /// - Parameter sequences: The acts of the year's days.
  package func cohorts(
    reportedIn year: ReportYear, knownBefore sequence: Int64, actsOfYear sequences: Range<Int64>
  ) throws -> [Int64] {
    let days: [Value] = [.date(year.first), .date(year.last)]
    var found: Set<Int64> = []
    try self.database.each(
      "SELECT id FROM cohort WHERE seq < ?3 AND ends_on >= ?1 AND starts_on <= ?2",
      days + [.integer(sequence)]
    ) { found.insert($0.integer(0)) }
    try self.database.each(
      "SELECT cohort_id FROM cohort_former WHERE ends_on >= ?1 AND starts_on <= ?2", days
    ) { found.insert($0.integer(0)) }
    try self.database.each(
      "SELECT DISTINCT cohort_id FROM class WHERE held_on BETWEEN ?1 AND ?2", days
    ) { found.insert($0.integer(0)) }
    try self.database.each(
      """
      SELECT DISTINCT cohort_id FROM place
      WHERE ended_how = 'withdrawn' AND ended_on BETWEEN ?1 AND ?2
      """, days
    ) { found.insert($0.integer(0)) }
    try self.database.each(
      """
      SELECT DISTINCT p.cohort_id FROM recognised_hours h
      JOIN place p ON p.enrolment_id = h.enrolment_id WHERE h.seq BETWEEN ?1 AND ?2
      """, [.integer(sequences.lowerBound), .integer(sequences.upperBound - 1)]
    ) { found.insert($0.integer(0)) }
    return found.sorted()
  }

  /// A cohort as it was known.
  package func reportedCohort(
    _ id: Int64, knownBefore sequence: Int64
  ) throws -> ReportedCohort {
    guard let cohort = try self.cohort(id: id) else {
      throw StoreFailure.corrupt("cohort \(id): is not there")
    }
    // What stood until a later act.
    let former = try self.database.first(
      """
      SELECT edition_id, starts_on FROM cohort_former WHERE cohort_id = ?1 AND seq >= ?2
      ORDER BY seq LIMIT 1
      """, [.integer(id), .integer(sequence)]
    ) { (edition: $0.integer(0), startsOn: try $0.date(1)) }
    guard let edition = try self.edition(id: former?.edition ?? cohort.editionID) else {
      throw StoreFailure.corrupt("cohort \(id): its edition is not there")
    }
    let cancelledBy = try self.database.first(
      "SELECT seq FROM cohort_cancelled WHERE cohort_id = ?1 AND seq < ?2",
      [.integer(id), .integer(sequence)]
    ) { $0.integer(0) }
    return ReportedCohort(
      id: id, organisationID: cohort.organisationID,
      study: edition.study(in: cohort.specialisationID),
      startsOn: former?.startsOn ?? cohort.startsOn,
      minimum: Hours(
        theory: edition.theoryQuarters.value, practice: edition.practiceQuarters.value),
      passMarks: Dictionary(
        uniqueKeysWithValues: edition.components.map { ($0.component, $0.passMark.value) }),
      cancelledBy: cancelledBy)
  }

  /// On which days an organisation's classes count.
  package func teachingDays(
    of organisation: Int64, knownBefore sequence: Int64
  ) throws -> TeachingDays {
    var days = TeachingDays()
    try self.database.each(
      """
      SELECT valid_from, valid_until, seq, ended_seq FROM entitlement
      WHERE organisation_id = ?1 AND activity = 'train' AND ended_seq IS NULL
      UNION ALL SELECT valid_from, valid_until, seq, ended_seq FROM entitlement
      WHERE organisation_id = ?1 AND activity = 'train' AND ended_seq IS NOT NULL
      """, [.integer(organisation)]
    ) { row in
      guard row.integer(2) < sequence else { return }
      let period = Period(from: try row.date(0), until: try row.optionalDate(1))
      let stands = row.optionalInteger(3).map { $0 >= sequence } ?? true
      if stands { days.granted.append(period) } else { days.ended.append(period) }
    }
    try self.database.each(
      """
      SELECT valid_from, valid_until, seq, ended_seq FROM entitlement_suspension
      WHERE organisation_id = ?1 AND activity = 'train' AND ended_seq IS NULL
      UNION ALL SELECT valid_from, valid_until, seq, ended_seq FROM entitlement_suspension
      WHERE organisation_id = ?1 AND activity = 'train' AND ended_seq IS NOT NULL
      """, [.integer(organisation)]
    ) { row in
      let stands = row.optionalInteger(3).map { $0 >= sequence } ?? true
      guard row.integer(2) < sequence, stands else { return }
      days.suspended.append(Period(from: try row.date(0), until: try row.optionalDate(1)))
    }
    return days
  }

  /// Everybody who has or had a place in a cohort, with all places and all hours up to the year's end.
  package func enrolments(
    ofCohort id: Int64, reportedIn year: ReportYear, knownBefore sequence: Int64
  ) throws -> [ReportedEnrolment] {
    var found: [ReportedEnrolment] = []
    var places: [Int64: Int] = [:]
    try self.database.each(
      """
      SELECT p.enrolment_id, p.person_id, p.cohort_id, p.enrolled_on, p.ended_seq, p.ended_how, p.ended_on
      FROM (SELECT enrolment_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NULL
        UNION SELECT enrolment_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NOT NULL) c
      JOIN place p ON p.enrolment_id = c.enrolment_id
      WHERE p.seq < ?2 ORDER BY p.enrolment_id, p.seq
      """, [.integer(id), .integer(sequence)]
    ) { row in
      guard let place = try Self.place(row, at: 2, knownBefore: sequence) else { return }
      let enrolment = row.integer(0)
      if let last = found.indices.last, found[last].id == enrolment {
        found[last].places.append(place)
      } else {
        places[enrolment] = found.count
        found.append(ReportedEnrolment(enrolment, of: row.integer(1), places: [place]))
      }
    }
    try self.database.each(
      """
      SELECT a.enrolment_id, a.class_id, k.cohort_id, k.held_on, a.theory_quarters, a.practice_quarters
      FROM (SELECT enrolment_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NULL
        UNION SELECT enrolment_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NOT NULL) c
      JOIN attendance a ON a.enrolment_id = c.enrolment_id JOIN class k ON k.id = a.class_id
      WHERE a.seq < ?2 AND (a.ended_seq IS NULL OR a.ended_seq >= ?2) AND k.held_on <= ?3
      """, [.integer(id), .integer(sequence), .date(year.last)]
    ) { row in
      guard let index = places[row.integer(0)] else { return }
      found[index].hours.append(
        ReportedHours(
          on: try row.date(3), Hours(theory: row.int(4), practice: row.int(5)),
          in: (id: row.integer(1), cohortID: row.integer(2))))
    }
    try self.database.each(
      """
      SELECT h.enrolment_id, f.ended_on, h.theory_quarters, h.practice_quarters
      FROM (SELECT enrolment_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NULL
        UNION SELECT enrolment_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NOT NULL) c
      JOIN recognised_hours h ON h.enrolment_id = c.enrolment_id
      JOIN case_file f ON f.seq = h.case_seq WHERE h.seq < ?2
      """, [.integer(id), .integer(sequence)]
    ) { row in
      guard let index = places[row.integer(0)] else { return }
      found[index].hours.append(
        ReportedHours(on: try row.date(1), Hours(theory: row.int(2), practice: row.int(3))))
    }
    return found
  }

  /// A place as it was known; nil for one that never was.
  private static func place(
    _ row: Row, at column: Int32, knownBefore sequence: Int64
  ) throws -> ReportedPlace? {
    var place = ReportedPlace(in: row.integer(column), from: try row.date(column + 1))
    guard let ended = row.optionalInteger(column + 2), ended < sequence else { return place }
    switch PlaceEnd(rawValue: row.text(column + 3)) {
    case .withdrawn: place.ending = .withdrawn(on: try row.date(column + 4), by: ended)
    case .transferred: place.ending = .transferred
    case .inError: return nil
    case nil: throw StoreFailure.corrupt("place: how it ended is not known")
    }
    return place
  }

  /// How a place ends, in the words of its table.
  private enum PlaceEnd: String {
    case withdrawn, transferred
    case inError = "in_error"
  }

  /// The sessions of the year's days, in their order.
  package func sessions(reportedIn year: ReportYear) throws -> [Int64] {
    try self.database.rows(
      "SELECT id FROM session WHERE held_on BETWEEN ?1 AND ?2",
      [.date(year.first), .date(year.last)]
    ) { $0.integer(0) }
  }

  /// The results of a session that were confirmed, and stood.
  package func results(
    reportedInSession id: Int64, knownBefore sequence: Int64
  ) throws -> [ReportedResult] {
    let seats = try self.database.rows(
      """
      SELECT person_id, ended_seq, ended_how FROM commission_seat WHERE session_id = ?1 AND seq < ?2
      """, [.integer(id), .integer(sequence)]
    ) { (person: $0.integer(0), ended: $0.optionalInteger(1), how: $0.text(2)) }
    // Where something was recorded, a session's day stays what it is.
    return try self.database.rows(
      """
      SELECT s.held_on, r.attempt, r.outcome, x.attempt,
        coalesce((SELECT p.cohort_id FROM place p WHERE p.enrolment_id = r.enrolment_id AND p.seq < ?2
          AND p.ended_how IS NOT 'in_error' AND p.enrolled_on <= s.held_on
          ORDER BY p.seq DESC LIMIT 1), s.cohort_id),
        r.seq, iif(c.seq IS NULL, r.test, c.test), iif(c.seq IS NULL, r.role_play, c.role_play),
        iif(c.seq IS NULL, r.interview, c.interview)
      FROM session s JOIN result r ON r.session_id = s.id
      LEFT JOIN result_correction c ON c.result_id = r.id AND c.seq = (
        SELECT min(seq) FROM result_correction WHERE result_id = r.id AND seq >= ?2)
      LEFT JOIN result_excuse x ON x.result_id = r.id AND x.seq >= ?2
      WHERE s.id = ?1 AND r.confirmed_seq < ?2
        AND (r.replaced_seq IS NULL OR r.replaced_seq >= ?2)
        AND (r.annulled_seq IS NULL OR r.annulled_seq >= ?2)
        AND NOT EXISTS (SELECT 1 FROM annulment_withdrawn w
          WHERE w.result_id = r.id AND w.annulled_seq < ?2 AND w.seq >= ?2)
      """, [.integer(id), .integer(sequence)]
    ) { row in
      let recorded = row.integer(5)
      let examiners = seats.filter { seat in
        // Who had left when it was recorded has no part in it.
        guard let ended = seat.ended, ended < sequence else { return true }
        return seat.how == "replaced" && ended > recorded
      }
      var points: [Component: Int] = [:]
      points[.test] = row.optionalInteger(6).map { Int($0) }
      points[.rolePlay] = row.optionalInteger(7).map { Int($0) }
      points[.interview] = row.optionalInteger(8).map { Int($0) }
      return ReportedResult(
        on: try row.date(0), from: row.integer(4),
        attempt: Int(row.optionalInteger(3) ?? row.integer(1)), try row.noun(2), points: points,
        before: Set(examiners.map(\.person)))
    }
  }

  /// Certificates of the year's series behind a number, in their order, at most so many.
  ///
  /// - Parameter school: The School's own id.
  package func certificates(
    reportedIn year: ReportYear, after number: Int64, knownBefore sequence: Int64, limit: Int,
    school: Int64
  ) throws -> [ReportedCertificate] {
    try self.database.rows(
      """
      SELECT c.number, c.kind, c.programme, c.person_id, c.issued_on, c.valid_from, c.valid_until,
        EXISTS (SELECT 1 FROM certificate_mark m WHERE m.other = c.number),
        EXISTS (SELECT 1 FROM certificate_mark m WHERE m.number = c.number),
        (SELECT p.cohort_id FROM place p WHERE p.enrolment_id = c.enrolment_id AND p.seq < c.seq
          AND p.ended_how IS NOT 'in_error' ORDER BY p.seq DESC LIMIT 1),
        f.cohort_id, f.enrolled_on, NULL
      FROM certificate c LEFT JOIN place f ON f.enrolment_id = c.enrolment_id
        AND f.seq = (SELECT min(p.seq) FROM place p WHERE p.enrolment_id = c.enrolment_id
          AND p.ended_how IS NOT 'in_error')
      WHERE c.number > ?1 AND c.number < ?2 AND c.seq < ?3 ORDER BY c.number LIMIT ?4
      """,
      [
        .integer(max(number, Int64(year.year) * 1_000_000)),
        .integer(Int64(year.year + 1) * 1_000_000), .integer(sequence), .int(limit),
      ]
    ) { try Self.reported($0, school: school) }.map { try self.told($0, knownBefore: sequence) }
  }

  /// Certificates of other series that the figures are of besides: adopted ones of the year's days, and those that
  /// were revoked or suspended on them.
  package func otherCertificates(
    reportedIn year: ReportYear, knownBefore sequence: Int64, school: Int64
  ) throws -> [ReportedCertificate] {
    let days: [Value] = [.date(year.first), .date(year.last)]
    var numbers: Set<Int64> = []
    try self.database.each(
      """
      SELECT number FROM certificate
      WHERE kind = 'adopted' AND issued_on BETWEEN ?1 AND ?2
      """, days
    ) { numbers.insert($0.integer(0)) }
    try self.database.each(
      "SELECT number FROM certificate_mark WHERE kind = 'revoked' AND since BETWEEN ?1 AND ?2", days
    ) { numbers.insert($0.integer(0)) }
    try self.database.each(
      """
      SELECT number FROM certificate_mark
      WHERE kind = 'suspended' AND since <= ?2 AND (until IS NULL OR until >= ?1)
      """, days
    ) { numbers.insert($0.integer(0)) }
    return try numbers.filter { $0 / 1_000_000 != Int64(year.year) }.sorted().flatMap { number in
      try self.database.rows(
        """
        SELECT c.number, c.kind, c.programme, c.person_id, c.issued_on, c.valid_from, c.valid_until,
          EXISTS (SELECT 1 FROM certificate_mark m WHERE m.other = c.number),
          EXISTS (SELECT 1 FROM certificate_mark m WHERE m.number = c.number),
          (SELECT p.cohort_id FROM place p WHERE p.enrolment_id = c.enrolment_id AND p.seq < c.seq
            AND p.ended_how IS NOT 'in_error' ORDER BY p.seq DESC LIMIT 1),
          f.cohort_id, f.enrolled_on,
          (SELECT issuer_id FROM adopted_certificate WHERE number = c.number)
        FROM certificate c LEFT JOIN place f ON f.enrolment_id = c.enrolment_id
          AND f.seq = (SELECT min(p.seq) FROM place p WHERE p.enrolment_id = c.enrolment_id
            AND p.ended_how IS NOT 'in_error')
        WHERE c.number = ?1 AND c.seq < ?2
        """, [.integer(number), .integer(sequence)]
      ) { try Self.reported($0, school: school) }
    }.map { try self.told($0, knownBefore: sequence) }
  }

  private static func reported(
    _ row: Row, school: Int64
  ) throws -> (certificate: ReportedCertificate, isMarked: Bool) {
    let life = CertificateLife(
      issuedOn: try row.date(4),
      validity: Period(from: try row.date(5), until: try row.optionalDate(6)), marks: [])
    var origin = ReportedCertificate.Origin.issuer(row.optionalInteger(12) ?? school)
    if let cohort = row.optionalInteger(9) {
      origin = .training(
        in: cohort, from: ReportedPlace(in: row.integer(10), from: try row.date(11)))
    }
    let certificate = ReportedCertificate(
      try row.certificateNumber(0), try row.noun(1), of: row.integer(3), programme: row.int(2),
      by: origin, isReplacement: row.integer(7) != 0, life)
    return (certificate, row.integer(8) != 0)
  }

  /// A certificate with what stood against it; most have nothing, and cost no second look.
  private func told(
    _ found: (certificate: ReportedCertificate, isMarked: Bool), knownBefore sequence: Int64
  ) throws -> ReportedCertificate {
    guard found.isMarked else { return found.certificate }
    var certificate = found.certificate
    certificate.life = CertificateLife(
      issuedOn: certificate.life.issuedOn, validity: certificate.life.validity,
      marks: try Self.marks(of: certificate.number, knownBefore: sequence, in: self.database))
    return certificate
  }

  /// Which numbers were known to be one natural person's.
  package func persons(knownBefore sequence: Int64) throws -> NaturalPersons {
    NaturalPersons(
      links: try self.database.rows(
        """
        SELECT person_id, other_id FROM person_link
        WHERE seq < ?1 AND (ended_seq IS NULL OR ended_seq >= ?1)
        """, [.integer(sequence)]
      ) { ($0.integer(0), $0.integer(1)) })
  }

  /// Cases that were open in the year or ended since, as they were known.
  package func cases(
    reportedIn year: ReportYear, knownBefore sequence: Int64
  ) throws -> [CaseRecord] {
    let open = try self.database.rows(
      "SELECT seq FROM case_file WHERE ended_seq IS NULL AND received_on <= ?1 AND seq < ?2",
      [.date(year.last), .integer(sequence)]
    ) { $0.integer(0) }
    let ended = try self.database.rows(
      """
      SELECT seq FROM case_file
      WHERE ended_seq IS NOT NULL AND ended_on >= ?1 AND received_on <= ?2 AND seq < ?3
      """, [.date(year.first), .date(year.last), .integer(sequence)]
    ) { $0.integer(0) }
    return try (open + ended).compactMap { try self.caseRecord($0, knownBefore: sequence) }
  }

  /// What was filed last of a year before an act, which act filed it, and on which day; nil for nothing.
  package func filedReport(
    _ year: Int, before sequence: Int64
  ) throws -> (act: Int64, filedOn: CivilDate, report: ReportFiled)? {
    let found = try self.database.first(
      """
      SELECT seq, filed_on, as_of, size, definitions FROM filed_report
      WHERE year = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 1
      """, [.int(year), .integer(sequence)]
    ) { row in
      (
        act: row.integer(0), filedOn: try row.date(1),
        report: ReportFiled(
          year: year, asOf: try row.date(2), size: row.integer(3), definitions: row.int(4),
          rows: [])
      )
    }
    guard var found else { return nil }
    try self.database.each(
      """
      SELECT programme, organisation_id, figure, value FROM filed_figure
      WHERE report_seq = ?1 ORDER BY programme, organisation_id
      """, [.integer(found.act)]
    ) { row in
      let place = YearReport.Place(programme: row.int(0), organisationID: row.integer(1))
      if found.report.rows.last?.place != place { found.report.rows.append(.init(place, [:])) }
      let figure: Figure = try row.noun(2)
      found.report.rows[found.report.rows.count - 1].figures[figure] = row.int(3)
    }
    return found
  }
}
