package import BitimDomain

/// People: names, identifiers, bars, search.
extension Snapshot {
  /// Whether there is a person with this id.
  package func hasPerson(_ id: Int64) throws -> Bool {
    try self.database.first("SELECT 1 FROM person WHERE id = ?1", [.integer(id)]) { _ in true }
      ?? false
  }

  /// The person with this id, everything known.
  package func person(_ id: Int64) throws -> PersonFile? {
    let found = try self.database.first(
      """
      SELECT d.birth_date, d.education, p.evidence
      FROM person p JOIN person_detail d ON d.person_id = p.id AND d.ended_seq IS NULL
      WHERE p.id = ?1
      """,
      [.integer(id)]
    ) { (try $0.date(0), $0.optionalText(1).flatMap(Education.init), $0.text(2)) }
    guard let found else { return nil }
    let identifiers = try Self.identifiers(of: id, in: self.database)
    let person = Person(
      id: id, names: try self.names(of: id), birthDate: found.0, education: found.1,
      identifiers: identifiers.all, evidence: found.2)
    return PersonFile(
      person: person, ended: identifiers.ended, formerNames: try self.formerNames(of: id),
      bars: try self.bars(of: id), death: try self.death(of: id))
  }

  /// What identifies a person, or did: a number that ended is his or hers still, one in error never was.
  static func identifiers(
    of id: Int64, in database: Database
  ) throws -> (all: [Identifier], ended: [EndedIdentifier]) {
    let rows = try database.rows(
      """
      SELECT kind, number, country, document_type, ended_on, ended_how FROM person_identifier
      WHERE person_id = ?1 ORDER BY seq, kind, number
      """,
      [.integer(id)]
    ) { row in
      (
        Identifier(
          kind: try row.noun(0), number: row.text(1), country: row.text(2),
          documentType: row.text(3)), try row.optionalDate(4),
        row.optionalText(5) == "in_error"
      )
    }
    var all: [Identifier] = []
    var ended: [EndedIdentifier] = []
    for (identifier, lastDay, isError) in rows {
      // What is known last of a number counts: one that ended may stand again, or be an error.
      all.removeAll { $0 == identifier }
      ended.removeAll { $0.identifier == identifier }
      if isError { continue }
      all.append(identifier)
      if let lastDay { ended.append(EndedIdentifier(identifier, lastDay: lastDay)) }
    }
    return (all, ended)
  }

  /// When a person was born; nil if there is none.
  package func birthDate(of id: Int64) throws -> CivilDate? {
    try Self.birthDate(of: id, in: self.database)
  }

  /// The same of a connection: the fold has no snapshot.
  static func birthDate(of id: Int64, in database: Database) throws -> CivilDate? {
    try database.first(
      "SELECT birth_date FROM person_detail WHERE person_id = ?1 AND ended_seq IS NULL",
      [.integer(id)]
    ) { try $0.date(0) }
  }

  /// The names a person bears; none where there is no such person.
  package func names(of id: Int64) throws -> Names { try self.allNames(of: id).last ?? Names() }

  /// The names a person bears and bore, those that stand last.
  package func allNames(of id: Int64) throws -> [Names] {
    try Self.allNames(of: id, in: self.database)
  }

  /// The same of a connection: the fold has no snapshot.
  static func allNames(of id: Int64, in database: Database) throws -> [Names] {
    try database.rows(
      """
      SELECT kk_surname, kk_given, kk_patronymic, ru_surname, ru_given, ru_patronymic,
        latin_surname, latin_given, latin_patronymic
      FROM person_name WHERE person_id = ?1 AND ended_how IS NOT 'in_error' ORDER BY seq
      """,
      [.integer(id)]
    ) { Self.names($0) }
  }

  /// The names a person bore, each with its last day, oldest first.
  private func formerNames(of id: Int64) throws -> [FormerNames] {
    try self.database.rows(
      """
      SELECT kk_surname, kk_given, kk_patronymic, ru_surname, ru_given, ru_patronymic,
        latin_surname, latin_given, latin_patronymic, ended_on
      FROM person_name WHERE person_id = ?1 AND ended_how = 'ended' ORDER BY seq
      """,
      [.integer(id)]
    ) { FormerNames(Self.names($0), lastDay: try $0.date(9)) }
  }

  private static func names(_ row: borrowing Row) -> Names {
    func name(_ column: Int32) -> PersonName? {
      let name = PersonName(
        surname: row.text(column), given: row.text(column + 1), patronymic: row.text(column + 2))
      return name.parts.allSatisfy(\.isEmpty) ? nil : name
    }
    return Names(kk: name(0), ru: name(3), latin: name(6))
  }

  /// The first day of the names in force, or the birth date; nil if there is no such person.
  package func namesSince(of id: Int64) throws -> CivilDate? {
    let last = try self.database.first(
      "SELECT max(ended_on) FROM person_name WHERE person_id = ?1", [.integer(id)]
    ) { try $0.optionalDate(0) }
    guard let last = last ?? nil else { return try self.birthDate(of: id) }
    return CivilDate(dayNumber: last.dayNumber + 1)
  }

  /// What admission asks about.
  package func admission(of id: Int64) throws -> Admission? {
    let found = try self.database.first(
      """
      SELECT birth_date, education FROM person_detail WHERE person_id = ?1 AND ended_seq IS NULL
      """,
      [.integer(id)]
    ) { (try $0.date(0), $0.optionalText(1).flatMap(Education.init)) }
    guard let found else { return nil }
    // Bars and programmes are those of all numbers; birth date and education are the number's own.
    var bars: [Bar] = []
    var courses: [Course] = []
    var admittedTo: Set<AppliedFor> = []
    var recognised: [Int: Int64] = [:]
    for number in try self.persons().numbers(of: id) {
      admittedTo.formUnion(try self.admittedTo(number))
      for (programme, file) in try self.recognised(number) { recognised[programme] = file }
      bars += try self.bars(of: number).map(\.bar)
      courses += try self.courses(of: number)
    }
    let lives = Dictionary(grouping: try self.certificates(ofNaturalPerson: id), by: \.programme)
      .mapValues { $0.map(\.life) }
    return Admission(
      birthDate: found.0, education: found.1, bars: bars,
      held: Set(try self.held(by: id).keys), courses: courses,
      admittedTo: admittedTo, recognised: recognised, lives: lives)
  }

  /// Under which enrolments a number has a place, and nothing came of it yet.
  private func courses(of id: Int64) throws -> [Course] {
    let places = try self.database.rows(
      """
      SELECT p.enrolment_id, d.programme, c.code, max(p.enrolled_on, c.starts_on), c.ends_on,
        d.attempts_max, (SELECT specialisation_id FROM cohort_specialisation WHERE cohort_id = c.id),
        EXISTS (SELECT 1 FROM certificate t WHERE t.person_id = ?1 AND t.enrolment_id = p.enrolment_id)
        OR EXISTS (SELECT 1 FROM result r
          JOIN certificate_refusal f ON f.result_id = r.id AND f.ended_seq IS NULL
          WHERE r.enrolment_id = p.enrolment_id)
      FROM place p JOIN cohort c ON c.id = p.cohort_id JOIN edition d ON d.id = c.edition_id
      WHERE p.person_id = ?1 AND p.ended_seq IS NULL ORDER BY p.enrolment_id
      """,
      [.integer(id)]
    ) { row in
      let course = Course(
        enrolmentID: row.integer(0), study: Study(row.int(1), in: row.integer(6)),
        cohort: row.text(2), startsOn: try row.date(3), endsOn: try row.date(4), isPassed: false)
      return (course, attemptsMax: Int(row.integer(5)), isDecided: row.integer(7) != 0)
    }
    return try places.compactMap { place in
      guard !place.isDecided else { return nil }
      var course = place.0
      let results = try self.results(ofEnrolment: course.enrolmentID)
      course.isPassed = results.pass != nil
      return course.isPassed || results.attemptsUsed < place.attemptsMax ? course : nil
    }
  }

  /// The bars of a person that stand, in the order in which they were recorded.
  package func bars(of id: Int64) throws -> [StandingBar] {
    try self.database.rows(
      """
      SELECT kind, valid_from, valid_until, document, seq, made_by FROM person_bar
      WHERE person_id = ?1 AND ended_seq IS NULL ORDER BY seq, valid_from
      """,
      [.integer(id)]
    ) { row in
      StandingBar(
        Bar(
          try row.noun(0), days: Period(from: try row.date(1), until: try row.optionalDate(2)),
          document: row.text(3)),
        sequence: row.integer(4), maker: row.integer(5))
    }
  }

  /// The death of a person that stands; nil of who lives, as far as is known.
  package func death(of id: Int64) throws -> StandingDeath? {
    try self.database.first(
      """
      SELECT died_on, document, seq, made_by FROM person_death
      WHERE person_id = ?1 AND ended_seq IS NULL
      """,
      [.integer(id)]
    ) { row in
      StandingDeath(
        Death(on: try row.date(0), document: row.text(1)), sequence: row.integer(2),
        maker: row.integer(3))
    }
  }

  /// The people with one of these traits, by id.
  package func people(withTraits traits: Set<Likeness.Trait>) throws -> [Int64] {
    var people: Set<Int64> = []
    for trait in traits {
      try self.database.each(
        "SELECT person_id FROM person_trait WHERE trait = ?1", [.bits(trait.bits)]
      ) { people.insert($0.integer(0)) }
    }
    return people.sorted()
  }

  /// The pairs of people behind one who share a trait and were neither merged nor told apart, each with who
  /// came first before who came later, and in that order: whoever is alike is among them, and others may be.
  package func pairs(behind last: (Int64, Int64)) throws -> [(first: Int64, second: Int64)] {
    try self.database.rows(
      """
      WITH shared AS MATERIALIZED (
        SELECT trait FROM person_trait GROUP BY trait HAVING count(*) > 1)
      SELECT DISTINCT a.person_id, b.person_id FROM shared s
      JOIN person_trait a ON a.trait = s.trait
      JOIN person_trait b ON b.trait = s.trait AND b.person_id > a.person_id
      WHERE (a.person_id, b.person_id) > (?1, ?2) AND NOT EXISTS (
        SELECT 1 FROM dismissed_pair d WHERE d.person_id = b.person_id AND d.other_id = a.person_id)
        AND NOT EXISTS (SELECT 1 FROM natural_person n JOIN natural_person o
          ON o.lowest_id = n.lowest_id WHERE n.person_id = a.person_id AND o.person_id = b.person_id)
      ORDER BY 1, 2
      """,
      [.integer(last.0), .integer(last.1)]
    ) { ($0.integer(0), $0.integer(1)) }
  }

  /// Whether two people were told apart, as they are known now.
  package func isDismissed(first: Int64, second: Int64) throws -> Bool {
    try self.database.first(
      "SELECT 1 FROM dismissed_pair WHERE person_id = ?1 AND other_id = ?2",
      [.integer(second), .integer(first)]
    ) { _ in true } ?? false
  }

  /// What binds a natural person, and so says whose the data are to correct.
  package func correctionFacts(of id: Int64) throws -> Correction.Facts {
    var facts = Correction.Facts(enrolledAt: [], hasCertificate: false, hasRole: false)
    for number in try self.persons().numbers(of: id) {
      try self.database.each(
        """
        SELECT DISTINCT c.organisation_id FROM place p JOIN cohort c ON c.id = p.cohort_id
        WHERE p.person_id = ?1 AND p.ended_seq IS NULL
        """,
        [.integer(number)]
      ) { facts.enrolledAt.insert($0.integer(0)) }
      try self.database.each(
        """
        SELECT EXISTS (SELECT 1 FROM certificate WHERE person_id = ?1),
          EXISTS (SELECT 1 FROM role_grant WHERE person_id = ?1 AND ended_seq IS NULL)
        """,
        [.integer(number)]
      ) { row in
        facts.hasCertificate = facts.hasCertificate || row.integer(0) == 1
        facts.hasRole = facts.hasRole || row.integer(1) == 1
      }
    }
    return facts
  }

  /// The person whose identifier it is or was; a document's number alone is not enough.
  package func person(
    identifier kind: IdentifierKind, country: String, type: String, number: String
  ) throws -> Int64? {
    try self.database.first(
      """
      SELECT person_id FROM identifier_owner
      WHERE kind = ?1 AND country = ?2 AND document_type = ?3 AND number = ?4
      """,
      [.text(kind.rawValue), .text(country), .text(type), .text(number)]
    ) { $0.integer(0) }
  }

  /// The words by which a person is found, of all names he or she ever had.
  package func nameWords(of id: Int64) throws -> Set<String> {
    Set(try self.allNames(of: id).flatMap(\.words))
  }

  /// People with a name for each of `words` that begins so, by id; at most `limit`.
  package func people(nameWords words: [String], limit: Int) throws -> [Int64] {
    guard let longest = words.max(by: { $0.count < $1.count }) else { return [] }
    // The longest word is the most selective; the rest are asked of those it finds.
    let found = try self.database.rows(
      "SELECT DISTINCT person_id FROM person_word WHERE word >= ?1 AND word < ?2 ORDER BY 1",
      Self.prefix(longest)
    ) { $0.integer(0) }
    let others = words.filter { $0 != longest }
    var fitting: [Int64] = []
    for id in found {
      // Thousands may have a word that begins like an initial: a person's own words are few.
      let own = others.isEmpty ? [] : try self.nameWords(of: id)
      let fits = others.allSatisfy { word in own.contains { $0.utf8.starts(with: word.utf8) } }
      if fits { fitting.append(id) }
      if fitting.count == limit { break }
    }
    return fitting
  }

  /// What makes an organisation know a person.
  package func acquaintance(of person: Int64, with organisation: Int64) throws -> Acquaintance {
    try self.database.first(
      """
      SELECT (SELECT max(ended_seq IS NULL) FROM role_grant
          WHERE person_id = ?1 AND organisation_id = ?2),
        (SELECT max(ended_on) FROM role_grant WHERE person_id = ?1 AND organisation_id = ?2),
        (SELECT max(day) FROM (
          SELECT max(c.ends_on, coalesce((SELECT max(s.held_on) FROM result r
            JOIN session s ON s.id = r.session_id WHERE r.enrolment_id = p.enrolment_id), '')) AS day
          FROM place p JOIN cohort c ON c.id = p.cohort_id
          WHERE p.person_id = ?1 AND p.ended_how IS NOT 'in_error' AND c.organisation_id = ?2
          UNION ALL
          SELECT c.ends_on FROM waiting w JOIN cohort c ON c.id = w.cohort_id
          WHERE w.person_id = ?1 AND c.organisation_id = ?2
          UNION ALL
          SELECT coalesce(f.ended_on, f.received_on) FROM case_file f
          JOIN case_application a ON a.case_seq = f.seq
          WHERE f.person_id = ?1 AND a.organisation_id = ?2))
      """,
      [.integer(person), .integer(organisation)]
    ) { row in
      Acquaintance(
        hasRole: row.optionalInteger(0) == 1, roleEndedOn: try row.optionalDate(1),
        enrolledUntil: try row.optionalDate(2))
    } ?? Acquaintance(hasRole: false, roleEndedOn: nil, enrolledUntil: nil)
  }

  /// The bounds of every text that begins with `word`.
  static func prefix(_ word: String) -> [Value] { [.text(word), .text(word + "\u{10FFFF}")] }

  /// The id the next person gets.
  package func nextPersonID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM person") { $0.integer(0) } ?? 1
  }
}
