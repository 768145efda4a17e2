package import BitimDomain

/// Cohorts, enrolments, classes and hours.
extension Snapshot {
  /// The cohort with this code.
  package func cohort(code: String) throws -> CohortRecord? {
    try self.database.first(
      """
      SELECT id, code, edition_id, organisation_id, language, form, starts_on, ends_on, place,
        (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = cohort.id),
        EXISTS (SELECT 1 FROM cohort_cancelled WHERE cohort_id = cohort.id)
      FROM cohort WHERE code = ?1
      """,
      [.text(code)], Self.cohort)
  }

  /// The cohort with this id.
  package func cohort(id: Int64) throws -> CohortRecord? {
    try self.database.cohorts.row(id) {
      try self.database.first(
        """
        SELECT id, code, edition_id, organisation_id, language, form, starts_on, ends_on, place,
          (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = cohort.id),
          EXISTS (SELECT 1 FROM cohort_cancelled WHERE cohort_id = cohort.id)
        FROM cohort WHERE id = ?1
        """,
        [.integer(id)], Self.cohort)
    }
  }

  /// Cohorts with codes that begin so, after `code`, in their order; of one organisation, or of
  /// all (0).
  package func cohorts(
    prefix: String, organisation: Int64, after code: String, limit: Int
  ) throws -> [CohortRecord] {
    try self.database.rows(
      """
      SELECT id, code, edition_id, organisation_id, language, form, starts_on, ends_on, place,
        (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = cohort.id),
        EXISTS (SELECT 1 FROM cohort_cancelled WHERE cohort_id = cohort.id)
      FROM cohort WHERE code >= ?1 AND code < ?2 AND code > ?3
        AND (?5 = 0 OR organisation_id = ?5) ORDER BY code LIMIT ?4
      """,
      Self.prefix(prefix) + [.text(code), .int(limit), .integer(organisation)], Self.cohort)
  }

  private static func cohort(_ row: Row) throws -> CohortRecord {
    CohortRecord(
      id: row.integer(0), code: row.text(1), editionID: row.integer(2),
      organisationID: row.integer(3), language: try row.noun(4), form: try row.noun(5),
      startsOn: try row.date(6), endsOn: try row.date(7), place: row.text(8),
      specialisationID: row.integer(9), isCancelled: row.integer(10) != 0)
  }

  /// A cohort as it was opened.
  package func opened(cohort id: Int64) throws -> CohortRecord? {
    try self.database.first(
      "SELECT a.record FROM cohort c JOIN act a ON a.seq = c.seq WHERE c.id = ?1", [.integer(id)]
    ) { row in
      guard case .cohortOpened(let deed) = try Record.act(in: row.blob(0)).deed else {
        throw StoreFailure.corrupt("cohort: its act opens nothing")
      }
      return deed.cohort
    }
  }

  /// The days on which a cohort has classes, in their order: those that make up another, or those that do not.
  package func classDays(
    ofCohort id: Int64, makingUp: Bool = false
  ) throws -> [CivilDate] {
    try self.database.rows(
      """
      SELECT DISTINCT held_on FROM class WHERE cohort_id = ?1 AND ended_seq IS NULL
        AND EXISTS (SELECT 1 FROM make_up WHERE class_id = class.id) = ?2 ORDER BY 1
      """, [.integer(id), .int(makingUp ? 1 : 0)]
    ) { try $0.date(0) }
  }

  /// The first day of an enrolment's first place, where that is in a cohort; nil where it is in another.
  package func beginning(ofEnrolment id: Int64, inCohort cohort: Int64) throws -> CivilDate? {
    try self.database.first(
      """
      SELECT enrolled_on, cohort_id FROM place WHERE enrolment_id = ?1 ORDER BY seq LIMIT 1
      """, [.integer(id)]
    ) { $0.integer(1) == cohort ? try $0.date(0) : nil } ?? nil
  }

  /// Whether somebody came to a cohort from another, and has a place there or was withdrawn.
  package func hasTransferred(toCohort id: Int64) throws -> Bool {
    try self.database.first(
      """
      SELECT 1 FROM place p JOIN place q ON q.enrolment_id = p.enrolment_id AND q.seq < p.seq
      WHERE p.cohort_id = ?1 AND p.ended_seq IS NULL
        AND q.cohort_id <> p.cohort_id AND q.ended_how IS NOT 'in_error'
      UNION ALL
      SELECT 1 FROM place p JOIN place q ON q.enrolment_id = p.enrolment_id AND q.seq < p.seq
      WHERE p.cohort_id = ?1 AND p.ended_seq IS NOT NULL AND p.ended_how = 'withdrawn'
        AND q.cohort_id <> p.cohort_id AND q.ended_how IS NOT 'in_error'
      LIMIT 1
      """,
      [.integer(id)]
    ) { _ in true } ?? false
  }

  /// Who may train in a cohort.
  package func trainers(ofCohort id: Int64) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT person_id FROM cohort_trainer WHERE cohort_id = ?1 AND ended_seq IS NULL ORDER BY seq
      """,
      [.integer(id)]
    ) { $0.integer(0) }
  }

  /// Who trains in a cohort, or did, each on which days; of an error nobody did.
  package func trainerTerms(ofCohort id: Int64) throws -> [TrainerTerm] {
    try self.database.rows(
      """
      SELECT person_id, since, ended_on FROM cohort_trainer
      WHERE cohort_id = ?1 AND (ended_seq IS NULL OR ended_on IS NOT NULL) ORDER BY seq
      """,
      [.integer(id)]
    ) {
      TrainerTerm(
        $0.integer(0), since: try $0.optionalDate(1), lastDay: try $0.optionalDate(2))
    }
  }

  /// The day of the last class of a cohort that somebody held.
  package func lastClass(heldBy person: Int64, inCohort id: Int64) throws -> CivilDate? {
    try self.database.first(
      """
      SELECT max(held_on) FROM class
      WHERE trainer_id = ?1 AND cohort_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(person), .integer(id)]
    ) { try $0.optionalDate(0) } ?? nil
  }

  /// The enrolments of a cohort that stand, in their order.
  package func enrolments(inCohort id: Int64) throws -> [EnrolmentRecord] {
    try self.database.rows(
      """
      SELECT enrolment_id, cohort_id, person_id, enrolled_on FROM place
      WHERE cohort_id = ?1 AND ended_seq IS NULL ORDER BY enrolment_id
      """,
      [.integer(id)], Self.enrolment)
  }

  /// Who waits for a place in a cohort, in the order in which that was recorded.
  package func waiting(inCohort id: Int64) throws -> [WaitingRecord] {
    try self.database.rows(
      """
      SELECT cohort_id, person_id, since FROM waiting
      WHERE cohort_id = ?1 AND ended_seq IS NULL ORDER BY seq, ordinal
      """,
      [.integer(id)]
    ) {
      WaitingRecord(cohortID: $0.integer(0), personID: $0.integer(1), since: try $0.date(2))
    }
  }

  /// Who was taken off the list of those who wait for a place in a cohort.
  package func unlisted(inCohort id: Int64) throws -> Set<Int64> {
    Set(
      try self.database.rows(
        "SELECT person_id FROM waiting WHERE cohort_id = ?1 AND ended_how = 'withdrawn'",
        [.integer(id)]
      ) { $0.integer(0) })
  }

  /// A person's enrolment in a cohort, if one stands.
  package func enrolment(ofPerson person: Int64, inCohort id: Int64) throws -> EnrolmentRecord? {
    try self.database.first(
      """
      SELECT enrolment_id, cohort_id, person_id, enrolled_on FROM place
      WHERE cohort_id = ?1 AND person_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(id), .integer(person)], Self.enrolment)
  }

  /// What is there of a person in a cohort: what stands goes before what ended, the later before the
  /// earlier, and an error is nothing.
  package func place(ofPerson person: Int64, inCohort id: Int64) throws -> TraineePlace {
    try self.database.first(
      """
      SELECT p.enrolment_id, p.cohort_id, p.person_id, p.enrolled_on, p.ended_on, p.ended_how,
        (SELECT c.code FROM place q JOIN cohort c ON c.id = q.cohort_id
          WHERE q.enrolment_id = p.enrolment_id AND q.seq > p.seq AND q.ended_how IS NOT 'in_error'
          ORDER BY q.seq DESC LIMIT 1)
      FROM place p
      WHERE p.person_id = ?2 AND p.cohort_id = ?1 AND p.ended_how IS NOT 'in_error'
      ORDER BY p.ended_seq IS NULL DESC, p.ended_seq DESC LIMIT 1
      """,
      [.integer(id), .integer(person)]
    ) { row in
      let enrolment = try Self.enrolment(row)
      guard let lastDay = try row.optionalDate(4) else { return .enrolled(enrolment) }
      if let to = row.optionalText(6) {
        return .transferred(enrolment, to: to, lastDay: lastDay)
      }
      // Where the place that followed was an error, nothing follows.
      return row.text(5) == "withdrawn" ? .withdrawn(enrolment, lastDay: lastDay) : .never
    } ?? .never
  }

  /// The last place of each who had one in a cohort and has none.
  package func places(endedInCohort id: Int64) throws -> [TraineePlace] {
    let people = try self.database.rows(
      "SELECT DISTINCT person_id FROM place WHERE cohort_id = ?1 AND ended_seq IS NOT NULL",
      [.integer(id)]
    ) { $0.integer(0) }
    return try people.map { try self.place(ofPerson: $0, inCohort: id) }
      .filter { $0.enrolment == nil && $0 != .never }
  }

  /// The enrolment with this id, in the place that stands, or in its last.
  package func enrolment(id: Int64) throws -> EnrolmentRecord? {
    try self.database.first(
      """
      SELECT enrolment_id, cohort_id, person_id, enrolled_on FROM place
      WHERE enrolment_id = ?1 ORDER BY seq DESC LIMIT 1
      """,
      [.integer(id)], Self.enrolment)
  }

  /// The start of training under an enrolment: the later of its first day and of its first cohort's.
  package func start(ofEnrolment id: Int64) throws -> CivilDate? {
    try self.database.first(
      """
      SELECT max(p.enrolled_on, c.starts_on) FROM place p JOIN cohort c ON c.id = p.cohort_id
      WHERE p.enrolment_id = ?1 ORDER BY p.seq LIMIT 1
      """,
      [.integer(id)]
    ) { try $0.date(0) }
  }

  /// The enrolments of a person that stand, in their order.
  package func enrolments(ofPerson id: Int64) throws -> [EnrolmentRecord] {
    try self.database.rows(
      """
      SELECT enrolment_id, cohort_id, person_id, enrolled_on FROM place
      WHERE person_id = ?1 AND ended_seq IS NULL ORDER BY enrolment_id
      """,
      [.integer(id)], Self.enrolment)
  }

  /// The places that a person left and did not come back to, in their order, each with the last day and
  /// whether the enrolment has had another place since.
  package func formerPlaces(
    ofPerson id: Int64
  ) throws -> [(enrolment: EnrolmentRecord, lastDay: CivilDate, isTransferred: Bool)] {
    try self.database.rows(
      """
      SELECT enrolment_id, cohort_id, person_id, enrolled_on, ended_on, EXISTS (
        SELECT 1 FROM place WHERE enrolment_id = p.enrolment_id AND seq > p.seq)
      FROM place p
      WHERE person_id = ?1 AND ended_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM place
        WHERE enrolment_id = p.enrolment_id AND seq > p.seq AND cohort_id = p.cohort_id)
      ORDER BY enrolment_id, seq
      """,
      [.integer(id)]
    ) { (try Self.enrolment($0), try $0.date(4), $0.integer(5) == 1) }
  }

  /// The places in a cohort of all enrolments that stand, there or elsewhere: those of one enrolment in
  /// their order.
  package func stays(inCohort id: Int64) throws -> [RecordHours.Stay] {
    try self.database.rows(
      """
      SELECT enrolment_id, cohort_id, person_id, enrolled_on, ended_on, seq FROM place
      WHERE cohort_id = ?1 AND ended_seq IS NULL
      UNION ALL
      SELECT p.enrolment_id, p.cohort_id, p.person_id, p.enrolled_on, p.ended_on, p.seq FROM place p
      WHERE p.cohort_id = ?1 AND p.ended_seq IS NOT NULL AND p.ended_on IS NOT NULL AND EXISTS (
        SELECT 1 FROM place WHERE enrolment_id = p.enrolment_id AND ended_seq IS NULL)
      ORDER BY 1, 6
      """,
      [.integer(id)]
    ) { .init(try Self.enrolment($0), lastDay: try $0.optionalDate(4)) }
  }

  /// Whether an enrolment had a place on a day that it has left since.
  package func hadPlace(enrolment id: Int64, on day: CivilDate) throws -> Bool {
    try self.database.first(
      "SELECT 1 FROM place WHERE enrolment_id = ?1 AND enrolled_on <= ?2 AND ended_on >= ?2",
      [.integer(id), .date(day)]
    ) { _ in true } ?? false
  }

  /// Whose enrolment it is, or was.
  package func person(ofEnrolment id: Int64) throws -> Int64? {
    try self.database.first("SELECT person_id FROM enrolment WHERE id = ?1", [.integer(id)]) {
      $0.integer(0)
    }
  }

  /// The organisation that trains under an enrolment, or did last; nil if there is none.
  package func organisation(training enrolment: Int64) throws -> Int64? {
    try self.database.first(
      """
      SELECT c.organisation_id FROM place p JOIN cohort c ON c.id = p.cohort_id
      WHERE p.enrolment_id = ?1 ORDER BY p.seq DESC LIMIT 1
      """,
      [.integer(enrolment)]
    ) { $0.integer(0) }
  }

  private static func enrolment(_ row: Row) throws -> EnrolmentRecord {
    EnrolmentRecord(
      id: row.integer(0), cohortID: row.integer(1), personID: row.integer(2),
      enrolledOn: try row.date(3))
  }

  /// What was attended under an enrolment: the hours, and the day of the last class if there was one.
  package func attended(
    underEnrolment id: Int64
  ) throws -> (hours: Hours, lastClass: CivilDate?) {
    try self.database.first(
      """
      SELECT theory_quarters, practice_quarters, last_on FROM enrolment_hours WHERE enrolment_id = ?1
      """,
      [.integer(id)]
    ) { (Hours(theory: $0.int(0), practice: $0.int(1)), try $0.date(2)) }
      ?? (Hours.none, nil)
  }

  /// What counts of an enrolment towards the minimum of `edition`, and the day of the last class: what was
  /// attended, and beside it what is recognised, which is looked up where the other is short.
  package func counted(
    underEnrolment id: Int64, towards edition: Edition
  ) throws -> (hours: Hours, lastClass: CivilDate?) {
    let (hours, lastClass) = try self.attended(underEnrolment: id)
    guard Eligibility.hoursShort(hours, under: edition) != nil else { return (hours, lastClass) }
    return (hours + (try self.recognised(underEnrolment: id)), lastClass)
  }

  /// What is recognised in an enrolment, of training elsewhere.
  package func recognised(underEnrolment id: Int64) throws -> Hours {
    try self.database.rows(
      "SELECT theory_quarters, practice_quarters FROM recognised_hours WHERE enrolment_id = ?1",
      [.integer(id)]
    ) { Hours(theory: $0.int(0), practice: $0.int(1)) }.reduce(Hours.none, +)
  }

  /// What was attended under an enrolment in classes of one cohort.
  package func attended(
    underEnrolment id: Int64, inCohort cohort: Int64
  ) throws -> Hours {
    try self.database.first(
      """
      SELECT coalesce(sum(a.theory_quarters), 0), coalesce(sum(a.practice_quarters), 0)
      FROM attendance a JOIN class k ON k.id = a.class_id
      WHERE a.enrolment_id = ?1 AND a.ended_seq IS NULL AND k.cohort_id = ?2
        AND NOT EXISTS (SELECT 1 FROM class_uncounted WHERE class_id = k.id)
      """,
      [.integer(id), .integer(cohort)]
    ) { Hours(theory: $0.int(0), practice: $0.int(1)) } ?? Hours.none
  }

  /// The days of classes attended under an enrolment, in their order, each with who trained then.
  package func classDays(
    ofEnrolment id: Int64
  ) throws -> [(day: CivilDate, organisation: Int64)] {
    try self.database.rows(
      """
      SELECT DISTINCT k.held_on, c.organisation_id FROM attendance a JOIN class k ON k.id = a.class_id
      JOIN cohort c ON c.id = k.cohort_id
      WHERE a.enrolment_id = ?1 AND a.ended_seq IS NULL ORDER BY 1
      """,
      [.integer(id)]
    ) { (try $0.date(0), $0.integer(1)) }
  }

  /// What is recorded of an enrolment in a class.
  package func attendance(enrolment: Int64, inClass id: Int64) throws -> Hours? {
    try self.database.first(
      """
      SELECT theory_quarters, practice_quarters FROM attendance
      WHERE enrolment_id = ?1 AND class_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(enrolment), .integer(id)]
    ) { Hours(theory: $0.int(0), practice: $0.int(1)) }
  }

  /// What was attended in a class, in the order of enrolments.
  package func attended(inClass id: Int64) throws -> [CorrectClass.Attended] {
    try self.database.rows(
      """
      SELECT a.enrolment_id, e.person_id, a.theory_quarters, a.practice_quarters
      FROM attendance a JOIN enrolment e ON e.id = a.enrolment_id
      WHERE a.class_id = ?1 AND a.ended_seq IS NULL ORDER BY a.enrolment_id
      """,
      [.integer(id)]
    ) {
      .init(
        enrolmentID: $0.integer(0), personID: $0.integer(1),
        hours: Hours(theory: $0.int(2), practice: $0.int(3)))
    }
  }

  /// The class of a cohort that begins then.
  package func heldClass(cohort: Int64, day: CivilDate, starts: Int) throws -> ClassRecord? {
    try self.database.first(
      """
      SELECT id, cohort_id, held_on, starts_minute, ends_minute, trainer_id,
        (SELECT missed_id FROM make_up WHERE class_id = class.id)
      FROM class
      WHERE cohort_id = ?1 AND held_on = ?2 AND starts_minute = ?3 AND ended_seq IS NULL
      """,
      [.integer(cohort), .date(day), .int(starts)], Self.heldClass)
  }

  /// What a class makes up, standing or not; nil where it makes up none.
  package func madeUp(by held: ClassRecord?) throws -> ClassRecord? {
    guard let missed = held?.makesUp else { return nil }
    return try self.database.first(
      """
      SELECT id, cohort_id, held_on, starts_minute, ends_minute, trainer_id,
        (SELECT missed_id FROM make_up WHERE class_id = class.id)
      FROM class WHERE id = ?1
      """,
      [.integer(missed)], Self.heldClass)
  }

  /// A class that stands and makes up another.
  package func makeUp(ofClass id: Int64) throws -> ClassRecord? {
    try self.database.first(
      """
      SELECT k.id, k.cohort_id, k.held_on, k.starts_minute, k.ends_minute, k.trainer_id, m.missed_id
      FROM make_up m JOIN class k ON k.id = m.class_id
      WHERE m.missed_id = ?1 AND k.ended_seq IS NULL ORDER BY m.class_id LIMIT 1
      """,
      [.integer(id)], Self.heldClass)
  }

  /// What was missed of a class under an enrolment, and made up in classes but `besides`.
  package func missed(
    underEnrolment id: Int64, of held: ClassRecord, besides: Int64? = nil
  ) throws -> Missed {
    let taught = try self.database.first(
      """
      SELECT coalesce(max(theory_quarters), 0), coalesce(max(practice_quarters), 0) FROM attendance
      WHERE class_id = ?1 AND ended_seq IS NULL
      """,
      [.integer(held.id)]
    ) { Hours(theory: $0.int(0), practice: $0.int(1)) }
    let madeUp = try self.database.first(
      """
      SELECT coalesce(sum(a.theory_quarters), 0), coalesce(sum(a.practice_quarters), 0)
      FROM make_up m JOIN attendance a
        ON a.enrolment_id = ?2 AND a.class_id = m.class_id AND a.ended_seq IS NULL
      WHERE m.missed_id = ?1 AND m.class_id IS NOT ?3
      """,
      [.integer(held.id), .integer(id), .idOrNull(besides ?? 0)]
    ) { Hours(theory: $0.int(0), practice: $0.int(1)) }
    let hadPlace = try self.database.first(
      """
      SELECT 1 FROM place WHERE enrolment_id = ?1 AND cohort_id = ?2 AND ended_how IS NOT 'in_error'
        AND enrolled_on <= ?3 AND coalesce(ended_on, '9999') >= ?3
      """,
      [.integer(id), .integer(held.cohortID), .date(held.time.day)]
    ) { _ in true }
    return Missed(
      taught: taught ?? Hours.none,
      attended: try self.attendance(enrolment: id, inClass: held.id) ?? Hours.none,
      madeUp: madeUp ?? Hours.none, hadPlace: hadPlace ?? false)
  }

  /// What was attended under an enrolment in classes that make up others, as far as it counts.
  package func madeUp(underEnrolment id: Int64) throws -> Hours {
    try self.database.first(
      """
      SELECT coalesce(sum(a.theory_quarters), 0), coalesce(sum(a.practice_quarters), 0)
      FROM attendance a JOIN make_up m ON m.class_id = a.class_id
      WHERE a.enrolment_id = ?1 AND a.ended_seq IS NULL
        AND NOT EXISTS (SELECT 1 FROM class_uncounted WHERE class_id = a.class_id)
      """,
      [.integer(id)]
    ) { Hours(theory: $0.int(0), practice: $0.int(1)) } ?? Hours.none
  }

  /// Classes of a cohort that stand, behind one of them, by day and beginning.
  package func classes(
    ofCohort id: Int64, behind last: (day: String, starts: Int), limit: Int
  ) throws -> [ClassRecord] {
    try self.database.rows(
      """
      SELECT id, cohort_id, held_on, starts_minute, ends_minute, trainer_id,
        (SELECT missed_id FROM make_up WHERE class_id = class.id)
      FROM class
      WHERE cohort_id = ?1 AND (held_on, starts_minute) > (?2, ?3) AND ended_seq IS NULL
      ORDER BY held_on, starts_minute LIMIT ?4
      """,
      [.integer(id), .text(last.day), .int(last.starts), .int(limit)], Self.heldClass)
  }

  /// Classes a natural person teaches on a day, on the one before and on the one after: some go on past
  /// midnight.
  package func classes(taughtBy person: Int64, around day: CivilDate) throws -> [ClassRecord] {
    let days = ClassTime.days(around: day)
    var classes: [ClassRecord] = []
    for number in try self.persons().numbers(of: person) {
      classes += try self.database.rows(
        """
        SELECT id, cohort_id, held_on, starts_minute, ends_minute, trainer_id,
          (SELECT missed_id FROM make_up WHERE class_id = class.id)
        FROM class
        WHERE trainer_id = ?1 AND held_on BETWEEN ?2 AND ?3 AND ended_seq IS NULL
        ORDER BY held_on, starts_minute
        """,
        [.integer(number), .date(days.first), .date(days.last)], Self.heldClass)
    }
    return classes
  }

  /// Classes a natural person attends on a day, on the one before and on the one after, in any cohort, with the
  /// hours; also under enrolments that ended.
  package func classes(
    attendedBy person: Int64, around day: CivilDate
  ) throws -> [(held: ClassRecord, hours: Hours)] {
    let days = ClassTime.days(around: day)
    var classes: [(held: ClassRecord, hours: Hours)] = []
    for number in try self.persons().numbers(of: person) {
      classes += try self.database.rows(
        """
        SELECT k.id, k.cohort_id, k.held_on, k.starts_minute, k.ends_minute, k.trainer_id,
          (SELECT missed_id FROM make_up WHERE class_id = k.id),
          a.theory_quarters, a.practice_quarters
        FROM enrolment e JOIN attendance a ON a.enrolment_id = e.id AND a.ended_seq IS NULL
        JOIN class k ON k.id = a.class_id
        WHERE e.person_id = ?1 AND k.held_on BETWEEN ?2 AND ?3 ORDER BY k.held_on, k.starts_minute
        """,
        [.integer(number), .date(days.first), .date(days.last)]
      ) { (try Self.heldClass($0), Hours(theory: $0.int(7), practice: $0.int(8))) }
    }
    return classes
  }

  private static func heldClass(_ row: Row) throws -> ClassRecord {
    guard
      let time = ClassTime(day: try row.date(2), starts: row.int(3), ends: row.int(4))
    else { throw StoreFailure.corrupt("class: the times are reversed") }
    return ClassRecord(
      id: row.integer(0), cohortID: row.integer(1), time: time, trainerID: row.integer(5),
      makesUp: row.optionalInteger(6))
  }

  /// Who taught a natural person, in any cohort, and when last; under all numbers.
  package func lastTaught(person: Int64) throws -> [Int64: CivilDate] {
    try self.last("SELECT trainer_id, last_on FROM taught WHERE person_id = ?1", of: person)
  }

  /// Everybody who held a class that was attended under an enrolment, under all numbers.
  package func trainers(ofEnrolment id: Int64) throws -> Set<Int64> {
    try self.persons().all(
      Set(
        self.database.rows(
          """
          SELECT DISTINCT k.trainer_id FROM attendance a JOIN class k ON k.id = a.class_id
          WHERE a.enrolment_id = ?1 AND a.ended_seq IS NULL
          """,
          [.integer(id)]
        ) { $0.integer(0) }))
  }

  /// Who taught the natural person of an enrolment, in any cohort, and when last; and who is assigned to train
  /// in the enrolment's cohort; both under all numbers.
  ///
  /// - Parameter persons: Which numbers are one natural person's: ``persons()``.
  package func teachers(
    of enrolment: EnrolmentRecord, _ persons: NaturalPersons
  ) throws -> (lastTaught: [Int64: CivilDate], assigned: Set<Int64>) {
    var lastTaught: [Int64: CivilDate] = [:]
    var assigned: Set<Int64> = []
    try self.database.each(
      """
      SELECT trainer_id, last_on FROM taught WHERE person_id = ?1
      UNION ALL
      SELECT person_id, NULL FROM cohort_trainer WHERE cohort_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(enrolment.personID), .integer(enrolment.cohortID)]
    ) { row in
      if let day = try row.optionalDate(1) {
        lastTaught[row.integer(0)] = day
      } else {
        assigned.insert(row.integer(0))
      }
    }
    if persons.isLinked(enrolment.personID) {
      lastTaught = try self.lastTaught(person: enrolment.personID)
    }
    return (persons.all(lastTaught), persons.all(assigned))
  }

  /// Everybody who ever taught a person.
  package func trainers(ofPerson id: Int64) throws -> Set<Int64> {
    Set(try self.lastTaught(person: id).keys)
  }

  /// The id the next cohort, enrolment and class get.
  package func nextTrainingIDs() throws -> (cohort: Int64, enrolment: Int64, held: Int64) {
    try self.database.first(
      """
      SELECT (SELECT coalesce(max(id), 0) + 1 FROM cohort),
        (SELECT coalesce(max(id), 0) + 1 FROM enrolment),
        (SELECT coalesce(max(id), 0) + 1 FROM class)
      """
    ) { ($0.integer(0), $0.integer(1), $0.integer(2)) } ?? (1, 1, 1)
  }
}
