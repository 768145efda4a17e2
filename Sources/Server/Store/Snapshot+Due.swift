package import BitimDomain

/// What waits for somebody: each list in an order of its own, from where the last page ended, and by
/// an index that has little more in it than what waits.
extension Snapshot {
  /// A session whose results are not all confirmed.
  package struct UnconfirmedSession: Equatable, Sendable {
    package var id: Int64
    package var code: String
    package var cohort: String
    package var heldOn: CivilDate
    package var results: Int
    package var chair: Int64
  }

  /// Sessions behind a day and a session with results that are not confirmed, by day and number: of an
  /// organisation's cohorts, and those that somebody chairs.
  ///
  /// An index of what is not confirmed would cost each attestation one part in sixty.
  ///
  /// - Parameter organisation: 0 for all; nil for none.
  package func unconfirmedSessions(
    organisation: Int64?, chair: Int64, after day: CivilDate, _ id: Int64, limit: Int
  ) throws -> [UnconfirmedSession] {
    try self.database.rows(
      """
      SELECT s.id, s.code, c.code, s.held_on, count(*), (SELECT q.person_id
        FROM commission_seat q WHERE q.session_id = s.id AND q.seat = 'chair'
        AND q.ended_seq IS NULL)
      FROM session s JOIN result r ON r.session_id = s.id JOIN cohort c ON c.id = s.cohort_id
      WHERE s.held_on >= ?1 AND (s.held_on > ?1 OR s.id > ?2)
        AND r.confirmed_seq IS NULL AND r.replaced_seq IS NULL
        AND (?3 = 0 OR c.organisation_id = ?3 OR EXISTS (SELECT 1 FROM commission_seat q
          WHERE q.session_id = s.id AND q.person_id = ?4 AND q.seat = 'chair'
          AND q.ended_seq IS NULL))
      GROUP BY s.held_on, s.id ORDER BY s.held_on, s.id LIMIT ?5
      """,
      [
        .date(day), .integer(id), .integer(organisation ?? -1), .integer(chair), .int(limit),
      ]
    ) { row in
      UnconfirmedSession(
        id: row.integer(0), code: row.text(1), cohort: row.text(2), heldOn: try row.date(3),
        results: row.int(4), chair: row.integer(5))
    }
  }

  /// Cohorts behind a last day and a number, by last day and number.
  package func cohorts(
    endingAfter day: CivilDate, _ id: Int64, limit: Int
  ) throws -> [CohortRecord] {
    try self.database.rows(
      """
      SELECT id FROM cohort WHERE ends_on >= ?1 AND (ends_on > ?1 OR id > ?2)
      ORDER BY ends_on, id LIMIT ?3
      """, [.date(day), .integer(id), .int(limit)]
    ) { $0.integer(0) }.compactMap { try self.cohort(id: $0) }
  }

  /// Cohorts behind a number in which somebody waits for a place, by number.
  package func awaitedCohorts(after id: Int64, limit: Int) throws -> [CohortRecord] {
    try self.database.rows(
      """
      SELECT DISTINCT cohort_id FROM waiting WHERE cohort_id > ?1 AND ended_seq IS NULL
      ORDER BY cohort_id LIMIT ?2
      """, [.integer(id), .int(limit)]
    ) { $0.integer(0) }.compactMap { try self.cohort(id: $0) }
  }

  /// A cohort with people who have passed, and to whom nothing is issued.
  package struct UncertifiedCohort: Equatable, Sendable {
    package var id: Int64
    package var code: String
    /// When the first of them passed.
    package var since: CivilDate
    package var people: Int
  }

  /// Cohorts whose trainees have passed and wait for the certifier, by their numbers.
  ///
  /// CROSS JOIN is SQLite's for "in this order": it can't know how few wait, and would go through the places
  /// of all cohorts.
  package func uncertifiedCohorts(after id: Int64, limit: Int) throws -> [UncertifiedCohort] {
    try self.database.rows(
      """
      SELECT c.id, c.code, min(s.held_on), count(*)
      FROM uncertified u CROSS JOIN place p ON p.enrolment_id = u.enrolment_id AND p.ended_seq IS NULL
        JOIN cohort c ON c.id = p.cohort_id
        CROSS JOIN result r ON r.enrolment_id = u.enrolment_id AND r.outcome = 'passed'
          AND r.replaced_seq IS NULL AND r.annulled_seq IS NULL
        JOIN session s ON s.id = r.session_id
      WHERE c.id > ?1 AND NOT EXISTS (SELECT 1 FROM linked_number l
        JOIN person_death d ON d.person_id = l.number AND d.ended_seq IS NULL
        WHERE l.person_id = p.person_id)
      GROUP BY c.id ORDER BY c.id LIMIT ?2
      """,
      [.integer(id), .int(limit)]
    ) { row in
      UncertifiedCohort(
        id: row.integer(0), code: row.text(1), since: try row.date(2), people: row.int(3))
    }
  }

  /// A failed attempt after which nobody was recorded to have sat again.
  package struct FailedAttempt: Equatable, Sendable {
    package var heldOn: CivilDate
    package var result: Int64
    package var enrolment: Int64
  }

  /// Failed attempts of sessions behind a day and a result, whose candidates have a place in a cohort and no
  /// later result; by day and result.
  ///
  /// In this order: SQLite would begin with the places of all cohorts, whatever the day.
  ///
  /// - Parameter organisation: Whose cohorts' alone; 0 for all.
  package func failedAttempts(
    organisation: Int64, after day: CivilDate, _ result: Int64, limit: Int
  ) throws -> [FailedAttempt] {
    try self.database.rows(
      """
      SELECT s.held_on, r.id, r.enrolment_id
      FROM session s CROSS JOIN result r ON r.session_id = s.id
        CROSS JOIN place p ON p.enrolment_id = r.enrolment_id AND p.ended_seq IS NULL
        JOIN cohort c ON c.id = p.cohort_id
      WHERE s.held_on >= ?1 AND (s.held_on > ?1 OR r.id > ?2) AND (?3 = 0 OR c.organisation_id = ?3)
        AND r.attempt > 0 AND r.outcome <> 'passed' AND r.confirmed_seq IS NOT NULL AND r.annulled_seq IS NULL
        AND NOT EXISTS (SELECT 1 FROM result o JOIN session t ON t.id = o.session_id
          WHERE o.enrolment_id = r.enrolment_id AND o.replaced_seq IS NULL
          AND o.annulled_seq IS NULL AND o.attempt > 0
          AND (t.held_on > s.held_on OR (t.held_on = s.held_on AND o.id > r.id)))
      ORDER BY s.held_on, r.id LIMIT ?4
      """,
      [.date(day), .integer(result), .integer(organisation), .int(limit)]
    ) { row in
      FailedAttempt(heldOn: try row.date(0), result: row.integer(1), enrolment: row.integer(2))
    }
  }

  /// Sessions behind a day and a session with results that are not confirmed, in which somebody has a seat and
  /// does not chair, under an edition that asks for reviews; by day and number.
  package func unreviewedSessions(
    seat person: Int64, after day: CivilDate, _ id: Int64, limit: Int
  ) throws -> [UnconfirmedSession] {
    try self.database.rows(
      """
      SELECT s.id, s.code, c.code, s.held_on, count(*)
      FROM session s CROSS JOIN commission_seat q ON q.session_id = s.id AND q.person_id = ?3
          AND q.seat <> 'chair' AND q.ended_seq IS NULL
        JOIN cohort c ON c.id = s.cohort_id JOIN edition d ON d.id = c.edition_id
        CROSS JOIN result r ON r.session_id = s.id
      WHERE s.held_on >= ?1 AND (s.held_on > ?1 OR s.id > ?2) AND d.reviews_min > 0
        AND r.confirmed_seq IS NULL AND r.replaced_seq IS NULL
      GROUP BY s.held_on, s.id ORDER BY s.held_on, s.id LIMIT ?4
      """,
      [.date(day), .integer(id), .integer(person), .int(limit)]
    ) { row in
      UnconfirmedSession(
        id: row.integer(0), code: row.text(1), cohort: row.text(2), heldOn: try row.date(3),
        results: row.int(4), chair: 0)
    }
  }

  /// A confirmed absence that uses an attempt.
  package struct Absence: Equatable, Sendable {
    package var heldOn: CivilDate
    package var result: Int64
    package var person: Int64
    package var session: String
    package var cohort: String
  }

  /// Absences that use an attempt, of sessions behind a day and a result; by day and result.
  ///
  /// - Parameter organisation: Whose cohorts' sessions alone; 0 for all.
  package func unexcusedAbsences(
    organisation: Int64, after day: CivilDate, _ result: Int64, limit: Int
  ) throws -> [Absence] {
    try self.database.rows(
      """
      SELECT s.held_on, r.id, e.person_id, s.code, c.code
      FROM session s CROSS JOIN result r ON r.session_id = s.id
        JOIN enrolment e ON e.id = r.enrolment_id JOIN cohort c ON c.id = s.cohort_id
      WHERE s.held_on >= ?1 AND (s.held_on > ?1 OR r.id > ?2) AND (?3 = 0 OR c.organisation_id = ?3)
        AND r.attempt > 0 AND r.outcome = 'absent' AND r.confirmed_seq IS NOT NULL AND r.annulled_seq IS NULL
      ORDER BY s.held_on, r.id LIMIT ?4
      """,
      [.date(day), .integer(result), .integer(organisation), .int(limit)]
    ) { row in
      Absence(
        heldOn: try row.date(0), result: row.integer(1), person: row.integer(2),
        session: row.text(3), cohort: row.text(4))
    }
  }

  /// A holder of whom something came to be known that a certificate may rest on.
  package struct Doubted: Equatable, Sendable {
    /// Where in its list's order he or she stands.
    package var place: Int64
    package var person: Int64
    /// When it came to be known.
    package var at: Instant
  }

  /// People of whom two persons corrected something, by the last proposal of each: hours although a result rested on
  /// them, or the birth date or the education.
  package func corrected(
    _ kind: ProposalKind, after proposal: Int64, limit: Int
  ) throws -> [Doubted] {
    try self.database.rows(
      """
      SELECT p.seq, p.person_id, a.record FROM proposal p JOIN act a ON a.seq = p.ended_seq
      WHERE p.kind = ?3 AND p.ended_how = 'approved' AND p.seq > ?1
        AND NOT EXISTS (SELECT 1 FROM proposal o WHERE o.person_id = p.person_id
          AND o.kind = p.kind AND o.ended_how = p.ended_how AND o.seq > p.seq)
      ORDER BY p.seq LIMIT ?2
      """,
      [.integer(proposal), .int(limit), .text(kind.rawValue)], Self.doubted)
  }

  private static func doubted(_ row: Row) throws -> Doubted {
    Doubted(
      place: row.integer(0), person: row.integer(1), at: try Record.instant(in: row.blob(2)))
  }

  /// Holders who attended classes that don't count any more, by their numbers, each with the day on which
  /// that was last known; those aside whose hours two persons corrected.
  package func uncountedHours(after person: Int64, limit: Int) throws -> [Doubted] {
    try self.database.rows(
      """
      SELECT h.person_id, h.person_id, a.record FROM (
        SELECT e.person_id, max(u.seq) AS seq FROM class_uncounted u
        CROSS JOIN attendance d ON d.class_id = u.class_id AND d.ended_seq IS NULL
        CROSS JOIN enrolment e ON e.id = d.enrolment_id
        WHERE e.person_id > ?1
          AND EXISTS (SELECT 1 FROM certificate_standing c
            WHERE c.person_id = e.person_id AND c.enrolment_id = e.id)
          AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.person_id = e.person_id
            AND p.kind = 'correct_hours' AND p.ended_how = 'approved')
        GROUP BY e.person_id ORDER BY e.person_id LIMIT ?2) h
      JOIN act a ON a.seq = h.seq ORDER BY h.person_id
      """,
      [.integer(person), .int(limit)], Self.doubted)
  }

  /// People of whom a bar stands, by their numbers.
  package func barred(after person: Int64, limit: Int) throws -> [Doubted] {
    try self.database.rows(
      """
      SELECT h.person_id, h.person_id, a.record FROM (
        SELECT person_id, max(seq) AS seq FROM person_bar
        WHERE ended_seq IS NULL AND person_id > ?1
        GROUP BY person_id ORDER BY person_id LIMIT ?2) h
      JOIN act a ON a.seq = h.seq ORDER BY h.person_id
      """,
      [.integer(person), .int(limit)], Self.doubted)
  }

  /// People of whom a certificate was suspended or revoked, by their numbers.
  package func marked(after person: Int64, limit: Int) throws -> [Doubted] {
    try self.database.rows(
      """
      SELECT h.person_id, h.person_id, a.record FROM (
        SELECT c.person_id, max(m.seq) AS seq FROM certificate_mark m
        CROSS JOIN certificate c ON c.number = m.number
        WHERE m.kind IN ('revoked', 'suspended') AND m.ended_seq IS NULL AND c.person_id > ?1
        GROUP BY c.person_id ORDER BY c.person_id LIMIT ?2) h
      JOIN act a ON a.seq = h.seq ORDER BY h.person_id
      """,
      [.integer(person), .int(limit)], Self.doubted)
  }

  /// Holders whose pass was taken away while their certificate was suspended, by their numbers.
  package func passless(after person: Int64, limit: Int) throws -> [Doubted] {
    try self.database.rows(
      """
      SELECT h.person_id, h.person_id, a.record FROM (
        SELECT c.person_id, max(coalesce(r.annulled_seq, r.replaced_seq)) AS seq
        FROM certificate_mark m
        CROSS JOIN certificate_standing c ON c.number = m.number
        CROSS JOIN result r ON r.enrolment_id = c.enrolment_id AND r.outcome = 'passed'
        WHERE m.kind IN ('revoked', 'suspended') AND c.person_id > ?1
          AND NOT EXISTS (SELECT 1 FROM result p
            WHERE p.enrolment_id = c.enrolment_id AND p.outcome = 'passed'
              AND p.replaced_seq IS NULL AND p.annulled_seq IS NULL)
        GROUP BY c.person_id ORDER BY c.person_id LIMIT ?2) h
      JOIN act a ON a.seq = h.seq ORDER BY h.person_id
      """,
      [.integer(person), .int(limit)], Self.doubted)
  }

  /// Certificates of our own issue in a period, behind a number, by number; those aside against which
  /// something stands.
  package func certificates(
    unmarkedIssuedIn days: Period, after number: Int64, limit: Int
  ) throws -> [CertificateNumber] {
    // Serials are of years: so little more is looked through than was issued then.
    let first = Int64(days.from.parts.year) * 1_000_000
    let last = Int64((days.until?.parts.year ?? 9_999) + 1) * 1_000_000
    return try self.database.rows(
      """
      SELECT c.number FROM certificate c
      WHERE c.number > ?1 AND c.number BETWEEN ?2 AND ?3 AND c.kind <> 'adopted'
        AND c.issued_on >= ?4 AND (?5 IS NULL OR c.issued_on <= ?5)
        AND NOT EXISTS (SELECT 1 FROM certificate_mark m WHERE m.number = c.number
          AND m.ended_seq IS NULL)
      ORDER BY c.number LIMIT ?6
      """,
      [
        .integer(number), .integer(first), .integer(last), .date(days.from),
        .optional(days.until), .int(limit),
      ]
    ) { try $0.certificateNumber(0) }
  }

  /// A suspension that ends by itself.
  package struct EndingSuspension: Equatable, Sendable {
    package var until: CivilDate
    package var number: CertificateNumber
  }

  /// Suspensions that end from a day behind `until` and a number on to `last`, by day and number.
  package func endingSuspensions(
    after until: CivilDate, _ number: Int64, last: CivilDate, limit: Int
  ) throws -> [EndingSuspension] {
    try self.database.rows(
      """
      SELECT until, number FROM certificate_mark
      WHERE kind = 'suspended' AND until IS NOT NULL AND ended_seq IS NULL
        AND until >= ?1 AND (until > ?1 OR number > ?2) AND until <= ?3
      ORDER BY until, number LIMIT ?4
      """,
      [.date(until), .integer(number), .date(last), .int(limit)]
    ) {
      EndingSuspension(
        until: try $0.date(0), number: try $0.certificateNumber(1, of: "certificate_mark"))
    }
  }

  /// A token that ends.
  package struct EndingToken: Equatable, Sendable {
    package var id: Int64
    package var name: String
    /// 0 for a partner's agreement.
    package var personID: Int64
    package var organisationID: Int64
    package var expiresAt: Instant
  }

  /// Tokens in force that end behind an instant and a token and not behind `last`, by instant and number.
  package func endingTokens(
    after instant: Instant, _ id: Int64, last: Instant, limit: Int
  ) throws -> [EndingToken] {
    try self.database.rows(
      """
      SELECT id, name, coalesce(person_id, 0), organisation_id, expires_at_ms FROM token t
      WHERE ended_seq IS NULL AND expires_at_ms >= ?1 AND (expires_at_ms > ?1 OR id > ?2)
        AND expires_at_ms <= ?3
        AND (session_id IS NULL OR EXISTS (SELECT 1 FROM invited_examiner i
          WHERE i.session_id = t.session_id AND i.person_id = t.person_id))
        AND (NOT EXISTS (SELECT 1 FROM token_role r WHERE r.token_id = t.id AND r.role = 'appointed')
          OR EXISTS (SELECT 1 FROM appointed_arbiter a WHERE a.person_id = t.person_id))
      ORDER BY expires_at_ms, id LIMIT ?4
      """,
      [
        .integer(instant.unixMilliseconds), .integer(id), .integer(last.unixMilliseconds),
        .int(limit),
      ]
    ) { row in
      EndingToken(
        id: row.integer(0), name: row.text(1), personID: row.integer(2),
        organisationID: row.integer(3), expiresAt: Instant(unixMilliseconds: row.integer(4)))
    }
  }
}
