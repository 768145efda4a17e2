package import BitimDomain

/// A certificate as the registry keeps it.
package struct CertificateRecord: Sendable {
  package let number: CertificateNumber
  package let code: [UInt8]
  package let personID: Int64
  package let kind: CertificateKind
  /// What it is of: of the School's certificate programme 0.
  package let study: Study
  /// 0 for the School's certificate.
  package let enrolmentID: Int64
  package var life: CertificateLife
  /// Whether anything may stand against it.
  fileprivate let isMarked: Bool
  /// `bitim.v1.Sheet`, encoded: what verification answers, copied.
  package let sheet: [UInt8]

  /// 1 to 3; 0 of the School's certificate, ``Edition/seminar`` of attendance.
  package var programme: Int { self.study.programme }
}

/// Certificates.
extension Snapshot {
  /// The certificate with this number, as it was known before the act `sequence`: with what was recorded and
  /// not yet ended then; nil if it was not issued yet. As it is known now unless told otherwise.
  package func certificate(
    _ number: CertificateNumber, knownBefore sequence: Int64 = .max
  ) throws -> CertificateRecord? {
    try self.database.first(
      """
      SELECT c.number, c.code, c.person_id, c.kind, c.programme, c.enrolment_id, c.issued_on,
        c.valid_from, c.valid_until, v.mark IS NULL, v.sheet,
        (SELECT specialisation_id FROM enrolment_specialisation
          WHERE enrolment_id = c.enrolment_id LIMIT 1)
      FROM certificate c JOIN verification v ON v.number = c.number
      WHERE c.number = ?1 AND c.seq < ?2
      """,
      [.integer(number.value), .integer(sequence)], Self.certificate
    ).map { try self.marked($0, knownBefore: sequence) }
  }

  /// The act that issued a certificate, or adopted it, by its number in the journal.
  package func act(issuing number: CertificateNumber) throws -> Int64 {
    let act = try self.database.first(
      "SELECT seq FROM certificate WHERE number = ?1", [.integer(number.value)]
    ) { $0.integer(0) }
    guard let act else { throw StoreFailure.corrupt("\(number.text): is not there") }
    return act
  }

  /// The certificates of a person, oldest first.
  package func certificates(ofPerson id: Int64) throws -> [CertificateRecord] {
    try self.database.rows(
      """
      SELECT c.number, c.code, c.person_id, c.kind, c.programme, c.enrolment_id, c.issued_on,
        c.valid_from, c.valid_until, v.mark IS NULL, v.sheet,
        (SELECT specialisation_id FROM enrolment_specialisation
          WHERE enrolment_id = c.enrolment_id LIMIT 1)
      FROM certificate c JOIN verification v ON v.number = c.number
      WHERE c.person_id = ?1 ORDER BY c.number
      """,
      [.integer(id)], Self.certificate
    ).map { try self.marked($0) }
  }

  /// All certificates of somebody, under whatever number.
  package func certificates(ofNaturalPerson id: Int64) throws -> [CertificateRecord] {
    try self.persons().numbers(of: id).flatMap { try self.certificates(ofPerson: $0) }
  }

  /// A page of certificates after a number, of one year or of all (0).
  package func certificates(
    year: Int, after number: Int64, limit: Int
  ) throws -> [CertificateRecord] {
    let from = Int64(year) * 1_000_000
    let below = year == 0 ? Int64.max : Int64(year + 1) * 1_000_000
    let found = try self.database.rows(
      """
      SELECT c.number, c.code, c.person_id, c.kind, c.programme, c.enrolment_id, c.issued_on,
        c.valid_from, c.valid_until, v.mark IS NULL, v.sheet,
        (SELECT specialisation_id FROM enrolment_specialisation
          WHERE enrolment_id = c.enrolment_id LIMIT 1)
      FROM certificate c JOIN verification v ON v.number = c.number
      WHERE c.number >= ?1 AND c.number < ?2 AND c.number > ?4 ORDER BY c.number LIMIT ?3
      """,
      [.integer(from), .integer(below), .int(limit), .integer(number)], Self.certificate)
    return try found.map { try self.marked($0) }
  }

  /// The certificates of a year against which anything stands, whatever its days.
  package func certificatesMarked(inYear year: Int) throws -> [CertificateNumber] {
    try self.database.rows(
      """
      SELECT DISTINCT number FROM certificate_mark
      WHERE number >= ?1 AND number < ?2 AND ended_seq IS NULL ORDER BY number
      """,
      [.int(year * 1_000_000), .int((year + 1) * 1_000_000)]
    ) { try $0.certificateNumber(0) }
  }

  private static func certificate(_ row: Row) throws -> CertificateRecord {
    CertificateRecord(
      number: try row.certificateNumber(0), code: row.blob(1), personID: row.integer(2),
      kind: try row.noun(3), study: Study(row.int(4), in: row.integer(11)),
      enrolmentID: row.integer(5),
      life: CertificateLife(
        issuedOn: try row.date(6),
        validity: Period(from: try row.date(7), until: try row.optionalDate(8)), marks: []),
      isMarked: row.integer(9) == 0, sheet: row.blob(10))
  }

  /// The certificate with what stands against it; most have nothing, and cost no second look.
  private func marked(
    _ certificate: CertificateRecord, knownBefore sequence: Int64 = .max
  ) throws -> CertificateRecord {
    // What is unmarked now may have been marked then.
    guard certificate.isMarked || sequence < .max else { return certificate }
    var marked = certificate
    marked.life = CertificateLife(
      issuedOn: certificate.life.issuedOn, validity: certificate.life.validity,
      marks: try Self.marks(of: certificate.number, knownBefore: sequence, in: self.database))
    return marked
  }

  /// What stands against a certificate, in the order in which it is asked.
  package func marks(of number: CertificateNumber) throws -> [CertificateMark] {
    try Self.marks(of: number, in: self.database)
  }

  /// The same of a connection: the fold has no snapshot.
  static func marks(
    of number: CertificateNumber, knownBefore sequence: Int64 = .max, in database: Database
  ) throws -> [CertificateMark] {
    let marks: [CertificateMark] = try database.rows(
      """
      SELECT kind, reason, since, until, seq, other FROM certificate_mark
      WHERE number = ?1 AND seq < ?2 AND (ended_seq IS NULL OR ended_seq >= ?2)
      """,
      [.integer(number.value), .integer(sequence)]
    ) { row in
      let cause = CertificateMark.Cause(
        kind: row.text(0), reason: row.text(1),
        successor: CertificateNumber(value: row.integer(5)))
      guard let cause else {
        throw StoreFailure.corrupt("certificate_mark: a word is not known")
      }
      return CertificateMark(
        cause, days: Period(from: try row.date(2), until: try row.optionalDate(3)),
        sequence: row.integer(4))
    }
    return try marks.map { mark in
      CertificateMark(
        mark.cause, days: mark.days, sequence: mark.sequence,
        stays: try Self.stays(of: mark.sequence, on: number, knownBefore: sequence, in: database))
    }.sorted(by: CertificateMark.precedes)
  }

  /// On which days a mark is stayed: until the day before a case ends without a change. A suspension that was
  /// ended early is stayed as it was before: the act that ended it made it anew.
  private static func stays(
    of mark: Int64, on number: CertificateNumber, knownBefore sequence: Int64,
    in database: Database
  ) throws -> [CertificateMark.Stay] {
    var stays: [CertificateMark.Stay] = []
    var same: Int64? = mark
    while let act = same {
      stays += try Self.stays(of: act, knownBefore: sequence, in: database)
      same = try database.first(
        "SELECT seq FROM certificate_mark WHERE number = ?1 AND ended_seq = ?2",
        [.integer(number.value), .integer(act)]
      ) { $0.integer(0) }
    }
    return stays.sorted { ($0.caseSequence, $0.days.from) < ($1.caseSequence, $1.days.from) }
  }

  private static func stays(
    of mark: Int64, knownBefore sequence: Int64, in database: Database
  ) throws -> [CertificateMark.Stay] {
    try database.rows(
      """
      SELECT k.case_seq, s.held_on, CASE WHEN f.ended_seq < ?2
        AND f.ended_how NOT IN ('decision_changed', 'court') THEN date(f.ended_on, '-1 day') END
      FROM case_contested k JOIN case_step s ON s.case_seq = k.case_seq AND s.step = 'stayed'
        AND s.seq < ?2
      JOIN case_file f ON f.seq = k.case_seq
      WHERE k.act_seq = ?1 AND k.kind = 'mark' ORDER BY k.case_seq
      """, [.integer(mark), .integer(sequence)]
    ) {
      CertificateMark.Stay(
        in: $0.integer(0), days: Period(from: try $0.date(1), until: try $0.optionalDate(2)))
    }
    // One that was ordered on the day the case ended has no days.
    .filter { stay in stay.days.until.map { $0 >= stay.days.from } ?? true }
  }

  /// The last act on which rests how a certificate stands: of its issue, of a mark's beginning or end, of a stay's.
  package func lastAct(on number: CertificateNumber) throws -> Int64 {
    let marks =
      try self.database.first(
        """
        SELECT max(seq), max(coalesce(ended_seq, 0)) FROM certificate_mark WHERE number = ?1
        """, [.integer(number.value)]
      ) { max($0.optionalInteger(0) ?? 0, $0.optionalInteger(1) ?? 0) } ?? 0
    let stays =
      try self.database.first(
        """
        SELECT max(s.seq), max(coalesce(f.ended_seq, 0)) FROM certificate_mark m
        JOIN case_contested k ON k.act_seq = m.seq AND k.kind = 'mark'
        JOIN case_step s ON s.case_seq = k.case_seq AND s.step = 'stayed'
        JOIN case_file f ON f.seq = k.case_seq
        WHERE m.number = ?1
        """, [.integer(number.value)]
      ) { max($0.optionalInteger(0) ?? 0, $0.optionalInteger(1) ?? 0) } ?? 0
    return max(marks, stays, try self.act(issuing: number))
  }

  /// The refusal to certify that stands against a pass.
  package func refusal(ofPass result: Int64) throws -> CertificateRefusal? {
    try self.database.first(
      """
      SELECT seq, refused_on, why, made_by FROM certificate_refusal
      WHERE result_id = ?1 AND ended_seq IS NULL
      """, [.integer(result)]
    ) {
      CertificateRefusal(
        sequence: $0.integer(0), refusedOn: try $0.date(1), why: $0.text(2),
        maker: $0.integer(3))
    }
  }

  /// The last duplicate of a certificate's paper.
  package func duplicate(of number: CertificateNumber) throws -> CertificateDuplicate? {
    try Self.duplicate(of: number, in: self.database)
  }

  /// The same of a connection.
  static func duplicate(
    of number: CertificateNumber, in database: Database
  ) throws -> CertificateDuplicate? {
    try database.first(
      """
      SELECT copy, made_on FROM certificate_duplicate WHERE number = ?1 ORDER BY copy DESC LIMIT 1
      """, [.integer(number.value)]
    ) { CertificateDuplicate(copy: $0.int(0), madeOn: try $0.date(1)) }
  }

  /// Who made each mark that stands, by the act that made it.
  package func makers(ofMarksOn number: CertificateNumber) throws -> [Int64: Int64] {
    let rows = try self.database.rows(
      "SELECT seq, made_by FROM certificate_mark WHERE number = ?1 AND ended_seq IS NULL",
      [.integer(number.value)]
    ) { ($0.integer(0), $0.integer(1)) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Of what a person holds a certificate that is neither revoked nor replaced, with its number: attendance is nothing that
  /// is held.
  package func held(by person: Int64) throws -> [Study: CertificateNumber] {
    try self.studies(
      """
      SELECT c.programme, c.specialisation_id, c.number FROM certificate_standing c
      WHERE c.person_id = ?1 AND c.kind NOT IN ('school', 'attendance')
      ORDER BY c.number
      """, of: person)
  }

  /// The same of certificates that say that the attestation was passed: an adopted one where the old
  /// register says so.
  package func passed(by person: Int64) throws -> [Study: CertificateNumber] {
    try self.studies(
      """
      SELECT c.programme, c.specialisation_id, c.number FROM certificate_standing c
      LEFT JOIN adopted_certificate a ON a.number = c.number
      WHERE c.person_id = ?1 AND (c.kind = 'programme' OR a.attestation = 'yes')
      ORDER BY c.number
      """, of: person)
  }

  /// Of each programme the last certificate that stands valid on `day` and says that the attestation was passed, under
  /// whatever number.
  package func validPasses(
    of person: Int64, on day: CivilDate
  ) throws -> [Int: CertificateNumber] {
    let valid = try self.certificates(ofNaturalPerson: person).filter {
      $0.kind != .school && $0.life.standing(on: day) == .valid
    }
    let passed = try valid.filter { try $0.kind == .programme || self.saysPassed($0.number) }
    return Dictionary(
      passed.map { ($0.programme, $0.number) }, uniquingKeysWith: { max($0, $1) })
  }

  /// Whether an old register says of an adopted certificate that the attestation was passed.
  private func saysPassed(_ number: CertificateNumber) throws -> Bool {
    try self.database.first(
      "SELECT attestation FROM adopted_certificate WHERE number = ?1", [.integer(number.value)]
    ) { $0.text(0) } == "yes"
  }

  /// The last certificate of each, under whatever number of the natural person.
  private func studies(
    _ sql: StaticString, of person: Int64
  ) throws -> [Study: CertificateNumber] {
    var held: [Study: CertificateNumber] = [:]
    for number in try self.persons().numbers(of: person) {
      try self.database.each(sql, [.integer(number)]) { row in
        let study = Study(row.int(0), in: row.integer(1))
        if row.integer(2) > held[study]?.value ?? 0 {
          held[study] = CertificateNumber(value: row.integer(2))
        }
      }
    }
    return held
  }

  /// The adopted certificate that has an own number of a year, whatever became of it.
  package func adopted(_ key: OldEntry.Key, by issuer: Int64) throws -> CertificateNumber? {
    try self.database.first(
      """
      SELECT number FROM adopted_certificate WHERE issuer_id = ?1 AND own_key = ?2 AND year = ?3
      """,
      [.integer(issuer), .text(key.number), .int(key.year)]
    ) { CertificateNumber(value: $0.integer(0)) } ?? nil
  }

  /// The adopted certificate that a paper is of.
  package func adopted(_ paper: OldPaper) throws -> CertificateNumber? {
    try self.database.first(
      "SELECT number FROM adopted_paper WHERE key = ?1", [.blob(paper.key)]
    ) { CertificateNumber(value: $0.integer(0)) } ?? nil
  }

  /// The certificate of an enrolment, or of a natural person for the School's, that is neither revoked nor
  /// replaced; an adopted one is of none.
  package func standingCertificate(
    person: Int64, kind: CertificateKind, enrolment: Int64
  ) throws -> CertificateNumber? {
    for number in try self.persons().numbers(of: person) {
      let found = try self.database.first(
        """
        SELECT c.number FROM certificate_standing c WHERE c.person_id = ?1 AND c.kind = ?2
          AND c.kind <> 'adopted' AND c.enrolment_id IS ?3
        """,
        [.integer(number), .text(kind.rawValue), .idOrNull(enrolment)]
      ) { CertificateNumber(value: $0.integer(0)) }
      if let found { return found }
    }
    return nil
  }

  /// The certificate of the same that a person has from us, under whatever enrolment, neither revoked nor replaced;
  /// another than this one.
  package func standingCertificate(
    person: Int64, of study: Study, besides number: CertificateNumber
  ) throws -> CertificateNumber? {
    try self.database.first(
      """
      SELECT c.number FROM certificate_standing c
      WHERE c.person_id = ?1 AND c.programme = ?2 AND c.specialisation_id IS ?4
        AND c.kind <> 'adopted' AND c.number <> ?3
      """,
      [
        .integer(person), .int(study.programme), .integer(number.value),
        .idOrNull(study.specialisation),
      ]
    ) { CertificateNumber(value: $0.integer(0)) } ?? nil
  }

  /// The last serial of a year that was given out, or burned; 0 if none.
  package func lastSerial(year: Int) throws -> Int64 {
    try self.database.first(
      """
      SELECT max(
        (SELECT coalesce(max(number), 0) % 1000000 FROM certificate
          WHERE number >= ?1 AND number < ?2),
        (SELECT coalesce(max(last), 0) FROM burned_serials WHERE year = ?3))
      """,
      [.int(year * 1_000_000), .int((year + 1) * 1_000_000), .int(year)]
    ) { $0.integer(0) } ?? 0
  }

  /// The instant up to which records were restored, if a number is among the burned.
  package func burned(_ number: CertificateNumber) throws -> Instant? {
    try self.database.first(
      "SELECT restored_to_ms FROM burned_serials WHERE year = ?1 AND first <= ?2 AND last >= ?2",
      [.int(number.year), .integer(number.serial)]
    ) { Instant(unixMilliseconds: $0.integer(0)) }
  }

  /// Serials of a year below the last that neither a certificate has nor a restoration burned; at
  /// most 100.
  package func missingSerials(year: Int) throws -> [Int32] {
    // The usual answer by two numbers; the rows are walked only where something is missing.
    let count = try self.database.first(
      "SELECT count(*) FROM certificate WHERE number >= ?1 AND number < ?2",
      [.int(year * 1_000_000), .int((year + 1) * 1_000_000)]
    ) { $0.integer(0) }
    if try count == self.lastSerial(year: year) { return [] }
    let burned = try self.database.rows(
      "SELECT first, last FROM burned_serials WHERE year = ?1", [.int(year)]
    ) { Int32($0.integer(0))...Int32($0.integer(1)) }
    let present = try self.database.rows(
      """
      SELECT number FROM certificate WHERE number >= ?1 AND number < ?2 ORDER BY number
      """,
      [.int(year * 1_000_000), .int((year + 1) * 1_000_000)]
    ) { Int32($0.integer(0) % 1_000_000) }
    var missing: [Int32] = []
    var expected: Int32 = 1
    for serial in present {
      while expected < serial, missing.count < 100 {
        if !burned.contains(where: { $0.contains(expected) }) { missing.append(expected) }
        expected += 1
      }
      expected = serial + 1
    }
    return missing
  }
}

/// What is found against certificates, and was let stand.
extension Snapshot {
  /// What was found when a certificate was last let stand despite `doubt`; nil where it never was.
  package func letStand(_ number: CertificateNumber, despite doubt: CertificateDoubt) throws
    -> String?
  {
    try self.database.first(
      "SELECT found FROM let_stand WHERE number = ?1 AND doubt = ?2 ORDER BY seq DESC LIMIT 1",
      [.integer(number.value), .text(doubt.rawValue)]
    ) { $0.text(0) }
  }

  /// Who has a hand in a certificate: who decided, taught, examined, recorded or confirmed, or had its
  /// hours corrected; each under all numbers.
  package func hands(inCertificate number: CertificateNumber) throws -> Set<Int64> {
    let hands = try self.database.rows(
      "SELECT person_id FROM certificate_hand WHERE number = ?1", [.integer(number.value)]
    ) { $0.integer(0) }
    return try self.persons().all(Set(hands))
  }
}
