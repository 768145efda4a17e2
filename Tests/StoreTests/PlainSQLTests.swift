import BitimProtocol
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

/// What somebody can do to the file with another program.
enum Shell {
  /// Runs `sql` without foreign keys, as a plain shell does; nil when it was accepted.
  static func refusal(_ sql: String, in path: String) -> String? {
    self.refusals([sql], in: path)[0]
  }

  /// Runs `first`, and then each of `attempts`, which leaves nothing behind unless it shall; nil for one
  /// that was accepted.
  static func refusals(
    _ attempts: [String], after first: String, in path: String, isUndone: Bool = true
  ) -> [String?] {
    let framed = attempts.flatMap { ["BEGIN", $0, isUndone ? "ROLLBACK" : "COMMIT"] }
    let answers = self.refusals([first] + framed, in: path)
    return attempts.indices.map { answers[$0 * 3 + 2] }
  }

  /// What each of `attempts` is answered on the database at `path`; a mutant with which one would be answered in
  /// another way is noticed.
  ///
  /// What a mutant's table refused, or what names it, is tried first: most are noticed there, after some attempts and
  /// not after a thousand. Where there is none such, a mutant is passed over.
  static func answers(_ attempts: [String], in path: String) throws -> [String?] {
    let answers = self.refusals(attempts, after: TriggerMutant.sql, in: path)
    let mutated = path + "-mutated"
    try TriggerMutant.tryEach { sql, table in
      let all = Array(zip(attempts, answers))
      func isNear(_ attempt: (String, String?)) -> Bool {
        attempt.1?.hasPrefix(table + ":") == true || attempt.0.contains(table)
      }
      let near = all.filter(isNear)
      guard table.isEmpty || !near.isEmpty else { return false }
      defer { try? FileManager.default.removeItem(atPath: mutated) }
      try FileManager.default.copyItem(atPath: path, toPath: mutated)
      return self.isAnother(near + all.filter { !isNear($0) }, with: sql, in: mutated)
    }
    return answers
  }

  /// Whether one of `attempts` is answered in another way with `mutant` than it was.
  private static func isAnother(
    _ attempts: [(String, String?)], with mutant: String, in path: String
  ) -> Bool {
    var handle: OpaquePointer?
    unsafe sqlite3_open(path, &handle)
    defer { unsafe sqlite3_close(handle) }
    #expect(unsafe self.answer(mutant, of: handle) == nil, "\(mutant)")
    return attempts.contains { attempt, answer in
      unsafe sqlite3_exec(handle, "BEGIN", nil, nil, nil)
      defer { unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      return unsafe self.answer(attempt, of: handle) != answer
    }
  }

  private static func answer(_ sql: String, of handle: OpaquePointer?) -> String? {
    guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) != SQLITE_OK else { return nil }
    return unsafe String(cString: sqlite3_errmsg(handle))
  }

  /// A column of what `sql` finds.
  static func texts(_ sql: String, column: Int32 = 0, in path: String) -> [String] {
    var handle: OpaquePointer?
    unsafe sqlite3_open(path, &handle)
    defer { unsafe sqlite3_close(handle) }
    var statement: OpaquePointer?
    unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    defer { unsafe sqlite3_finalize(statement) }
    var texts: [String] = []
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      texts.append(unsafe String(cString: sqlite3_column_text(statement, column)))
    }
    return texts
  }

  private static func refusals(_ texts: [String], in path: String) -> [String?] {
    var handle: OpaquePointer?
    unsafe sqlite3_open(path, &handle)
    defer { unsafe sqlite3_close(handle) }
    return texts.map { unsafe self.answer($0, of: handle) }
  }
}

@Suite("The database refuses what the services refuse")
struct PlainSQLTests {
  struct Attempt: CustomTestStringConvertible {
    let what: String
    let sql: String
    /// Word for word; nil when it must be accepted.
    let refusal: String?
    var testDescription: String { self.what }
  }

  /// A revocation of the first certificate, so that another may be issued.
  private static let revoked = """
    INSERT INTO certificate_mark VALUES (2026000001, 99, 'revoked', '2026-11-22', NULL, 'fraud', '',
      7, NULL, NULL, NULL, NULL);
    """
  private static let again = Self.revoked.replacing("99", with: "96")
  private static let suspended = """
    INSERT INTO certificate_mark VALUES (2026000001, 98, 'suspended', '2026-11-22', NULL, 'court', '',
      7, NULL, NULL, NULL, NULL);
    """
  private static let ended =
    "UPDATE certificate_mark SET ended_seq = 100, ended_how = 'mended', ended_by = 6;"

  // One registry with one certificate: ids are those of `TestCohort.certified()`. Person 8 is the
  // trainee, 3 the trainer, 4 the chair, 5 the examiner, 7 the certifier.
  static let attempts: [Attempt] = [
    .init(
      what: "changes a certificate", sql: "UPDATE certificate SET issued_on = '2020-01-01'",
      refusal: "certificate: rows are never changed"),
    .init(
      what: "deletes a certificate", sql: "DELETE FROM certificate",
      refusal: "certificate: rows are never deleted"),
    .init(
      what: "replaces a certificate",
      sql: "INSERT OR REPLACE INTO certificate SELECT * FROM certificate",
      refusal: "certificate: the serial does not follow the last"),
    .init(
      what: "issues without a pass",
      sql: """
        INSERT INTO certificate SELECT number + 1, zeroblob(10), 3, kind, programme, enrolment_id,
          issued_on, valid_from, valid_until, decided_by, seq FROM certificate
        """, refusal: "certificate: no confirmed pass"),
    .init(
      what: "issues twice",
      sql: """
        INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, kind, programme,
          enrolment_id, issued_on, valid_from, valid_until, decided_by, seq FROM certificate
        """, refusal: "certificate: there is one already"),
    .init(
      what: "leaves a gap in the serials",
      sql: """
        \(Self.revoked)
        INSERT INTO certificate SELECT number + 2, zeroblob(10), person_id, kind, programme,
          enrolment_id, issued_on, valid_from, valid_until, decided_by, seq FROM certificate
        """, refusal: "certificate: the serial does not follow the last"),
    .init(
      what: "decides on her own trainee",
      sql: """
        \(Self.revoked)
        INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, kind, programme,
          enrolment_id, issued_on, valid_from, valid_until, 3, seq FROM certificate
        """, refusal: "certificate: decided by who taught the holder"),
    .init(
      what: "gives the School's certificate for one programme",
      sql: """
        INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, 'school', 0, NULL,
          issued_on, valid_from, valid_until, decided_by, seq FROM certificate
        """, refusal: "certificate: three programmes are needed"),
    .init(
      what: "says why of a confirmed result", sql: "UPDATE result SET why = 'x'",
      refusal: "result: replaced before, confirmed once, annulled after; else fixed"),
    .init(
      what: "gives an enrolment that was an error a place",
      sql: """
        INSERT INTO person VALUES (99, '', 1);
        INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
        \(Enrolled.sql(99, person: 99, cohort: 1))
        UPDATE place SET ended_seq = 99, ended_how = 'in_error' WHERE enrolment_id = 99;
        INSERT INTO place VALUES (99, 99, 1, '2026-03-01', 100, NULL, NULL, NULL)
        """, refusal: "place: before the last one ended"),
    .init(
      what: "takes back anew behind a return that was an error",
      sql: """
        INSERT INTO person VALUES (99, '', 1);
        INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
        \(Enrolled.sql(99, person: 99, cohort: 1))
        UPDATE place SET ended_seq = 99, ended_how = 'withdrawn', ended_on = '2026-02-20'
          WHERE enrolment_id = 99;
        INSERT INTO place VALUES (99, 99, 1, '2026-02-21', 100, NULL, NULL, NULL);
        UPDATE place SET ended_seq = 101, ended_how = 'in_error' WHERE seq = 100;
        INSERT INTO place VALUES (99, 99, 1, '2026-02-21', 102, NULL, NULL, NULL)
        """, refusal: nil),
    .init(
      what: "takes back before the withdrawal, behind a return that was an error",
      sql: """
        INSERT INTO person VALUES (99, '', 1);
        INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
        \(Enrolled.sql(99, person: 99, cohort: 1))
        UPDATE place SET ended_seq = 99, ended_how = 'withdrawn', ended_on = '2026-02-20'
          WHERE enrolment_id = 99;
        INSERT INTO place VALUES (99, 99, 1, '2026-02-21', 100, NULL, NULL, NULL);
        UPDATE place SET ended_seq = 101, ended_how = 'in_error' WHERE seq = 100;
        INSERT INTO place VALUES (99, 99, 1, '2026-02-19', 102, NULL, NULL, NULL)
        """, refusal: "place: before the last one ended"),
    .init(
      what: "changes a confirmed result", sql: "UPDATE result SET outcome = 'failed'",
      refusal: "result: replaced before, confirmed once, annulled after; else fixed"),
    .init(
      what: "annuls a pass a certificate rests on",
      sql: "UPDATE result SET annulled_by = 1, annulled_seq = 99",
      refusal: "result: a certificate rests on it"),
    .init(
      what: "replaces a result by the back door",
      sql: """
        INSERT OR REPLACE INTO result SELECT 99, session_id, enrolment_id, 1, 'failed', 1, 1, 1,
          recorded_by, recorded_at_ms, seq, NULL, NULL, NULL, NULL, NULL, NULL FROM result
        """, refusal: "result: begins unconfirmed, where none stands"),
    .init(
      what: "replaces a result by an absence, by the back door",
      sql: """
        INSERT OR REPLACE INTO result SELECT 99, session_id, enrolment_id, 0, 'absent', NULL, NULL,
          NULL, recorded_by, recorded_at_ms, seq, NULL, NULL, NULL, NULL, NULL, NULL FROM result
        """, refusal: "result: begins unconfirmed, where none stands"),
    .init(
      what: "records another pass, confirmed at once",
      sql: """
        INSERT INTO result SELECT 99, session_id, enrolment_id, 2, 'failed', 1, 1, 1, recorded_by,
          recorded_at_ms, seq, NULL, 4, 99, NULL, NULL, NULL FROM result
        """, refusal: "result: begins unconfirmed, where none stands"),
    .init(
      what: "gives a protocol's number twice in a year",
      sql: """
        INSERT INTO session SELECT 99, 'A', cohort_id, '2026-12-31', '2026-12-31', protocol_number, 1, NULL, NULL FROM session
        """, refusal: "session: the protocol's number is taken in that year"),
    .init(
      what: "gives a protocol's number again in another year",
      sql: """
        INSERT INTO session SELECT 99, 'A', cohort_id, '2027-01-01', '2027-01-01', protocol_number, 1, NULL, NULL FROM session
        """, refusal: nil),
    .init(
      what: "teaches after the pass",
      sql: """
        INSERT INTO class VALUES (99, 1, '2026-03-25', 540, 945, 3, 1, NULL);
        INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)
        """, refusal: "attendance: has passed already"),
    .init(
      what: "corrects hours on which a result rests (R-506)",
      sql: "UPDATE attendance SET ended_seq = 99 WHERE class_id = 1",
      refusal: "attendance: a result rests on it"),
    .init(
      what: "corrects them by an act that two persons did",
      sql: "\(Self.agreed()) UPDATE attendance SET ended_seq = 99 WHERE class_id = 1", refusal: nil),
    .init(
      what: "corrects them by an act of two persons on somebody else",
      sql: "\(Self.agreed(of: 4)) UPDATE attendance SET ended_seq = 99 WHERE class_id = 1",
      refusal: "attendance: a result rests on it"),
    .init(
      what: "corrects them by another act of two persons",
      sql: """
        \(Self.agreed(kind: "correct_person"))
        UPDATE attendance SET ended_seq = 99 WHERE class_id = 1
        """, refusal: "attendance: a result rests on it"),
    .init(
      what: "corrects them by a proposal that was declined",
      sql: """
        \(Self.agreed(how: "declined")) UPDATE attendance SET ended_seq = 99 WHERE class_id = 1
        """, refusal: "attendance: a result rests on it"),
    .init(
      what: "corrects hours to fewer beside a pass (R-508)",
      sql: """
        \(Self.agreed()) UPDATE attendance SET ended_seq = 99 WHERE class_id = 1;
        INSERT INTO attendance VALUES (1, 1, 35, 0, 99, NULL)
        """, refusal: nil),
    .init(
      what: "corrects theory to practice beside a pass",
      sql: """
        \(Self.agreed()) UPDATE attendance SET ended_seq = 99 WHERE class_id = 1;
        INSERT INTO attendance VALUES (1, 1, 35, 1, 99, NULL)
        """, refusal: "attendance: has passed already"),
    .init(
      what: "corrects hours to more beside a pass",
      sql: """
        \(Self.agreed()) UPDATE attendance SET ended_seq = 99 WHERE class_id IN (1, 2);
        INSERT INTO attendance VALUES (1, 1, 35, 0, 99, NULL);
        INSERT INTO attendance VALUES (1, 2, 37, 0, 99, NULL)
        """, refusal: "attendance: has passed already"),
    .init(
      what: "corrects hours beside a pass in another act",
      sql: """
        \(Self.agreed()) UPDATE attendance SET ended_seq = 99 WHERE class_id = 1;
        INSERT INTO attendance VALUES (1, 1, 35, 0, 98, NULL)
        """, refusal: "attendance: has passed already"),
    .init(
      what: "teaches two classes at once",
      sql: "INSERT INTO class VALUES (99, 1, '2026-02-03', 600, 700, 3, 1, NULL)",
      refusal: "class: the trainer teaches elsewhere then"),
    .init(
      what: "teaches more than ten hours of the clock",
      sql: "INSERT INTO class VALUES (99, 1, '2026-02-03', 945, 991, 3, 1, NULL)",
      refusal: "class: above the hours of a day for the trainer"),
    .init(
      what: "ends a class that was attended",
      sql: "UPDATE class SET ended_seq = 99 WHERE id = 1",
      refusal: "class: what was attended in it stands"),
    .init(
      what: "makes a trainee the trainer",
      sql: "INSERT INTO cohort_trainer VALUES (1, 8, 'x', 1, NULL, NULL, NULL, NULL)",
      refusal: "cohort_trainer: is a trainee of the cohort"),
    .init(
      what: "teaches without being the cohort's trainer",
      sql: "INSERT INTO class VALUES (99, 1, '2026-03-25', 540, 945, 5, 1, NULL)",
      refusal: "class: not a trainer of the cohort"),
    .init(
      what: "enrols somebody who is not there",
      sql: "INSERT INTO enrolment VALUES (99, 999, 1)",
      refusal: "enrolment: refers to what is not there"),
    .init(
      what: "gives one IIN to two people",
      sql: """
        INSERT OR REPLACE INTO person_identifier
          SELECT kind, country, document_type, number, 3, seq, NULL, NULL, NULL FROM person_identifier
        """, refusal: "person_identifier: is another person's"),
    .init(
      what: "makes a certifier of the administrator",
      sql: "INSERT INTO role_grant VALUES (1, 'certifier', 1, 99, 0, NULL, NULL)",
      refusal: "role_grant: an administrator can neither teach, attest nor issue"),
    .init(
      what: "adds a role to a token",
      sql: "INSERT INTO token_role VALUES (1, 'certifier')",
      refusal: "token_role: the role was not given"),
    .init(
      what: "moves a cohort to another organisation", sql: "UPDATE cohort SET organisation_id = 99",
      refusal: "cohort: nothing but form and starts_on and ends_on and place and edition_id changes"
    ),
    .init(
      what: "begins a cohort after its first class",
      sql: "UPDATE cohort SET starts_on = '2026-02-04'",
      refusal: "cohort: a class or an attestation would be outside"),
    .init(
      what: "ends a cohort before its last class",
      sql: "UPDATE cohort SET ends_on = '2026-02-09'",
      refusal: "cohort: a class or an attestation would be outside"),
    .init(
      what: "begins a cohort after its attestation",
      sql: """
        INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        INSERT INTO session VALUES (9, 'S9', 9, '2026-03-20', '2026-03-20', '9', 1, NULL, NULL);
        UPDATE cohort SET starts_on = '2026-03-21' WHERE id = 9
        """, refusal: "cohort: a class or an attestation would be outside"),
    .init(
      what: "changes a cohort that is cancelled",
      sql: """
        INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        INSERT INTO cohort_cancelled VALUES (9, 99);
        UPDATE cohort SET ends_on = '2026-04-30' WHERE id = 9
        """, refusal: "cohort: is cancelled"),
    .init(
      what: "cancels a cohort with a trainee",
      sql: """
        INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        INSERT INTO person VALUES (99, '', 1);
        \(Enrolled.sql(99, person: 99, cohort: 9))
        INSERT INTO cohort_cancelled VALUES (9, 99)
        """, refusal: "cohort_cancelled: a session or a trainee is there"),
    .init(
      what: "cancels a cohort with a session",
      sql: """
        INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        INSERT INTO session VALUES (9, 'S9', 9, '2026-03-20', '2026-03-20', '9', 1, NULL, NULL);
        INSERT INTO cohort_cancelled VALUES (9, 99)
        """, refusal: "cohort_cancelled: a session or a trainee is there"),
    .init(
      what: "enrols in a programme that is held",
      sql: """
        INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on,
          ends_on, place, seq FROM cohort;
        \(Enrolled.sql(99, person: 8, cohort: 9))
        """, refusal: "place: not admitted"),
    .init(
      what: "issues before the attestation",
      sql: """
        \(Self.revoked)
        INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, kind, programme,
          enrolment_id, '2026-03-19', valid_from, valid_until, decided_by, seq
          FROM certificate
        """, refusal: "certificate: no confirmed pass"),
    .init(
      what: "makes verification answer what no certificate says",
      sql: "INSERT INTO verification VALUES (2026000002, zeroblob(10), 0, NULL, NULL, x'00')",
      refusal: "verification: is not what the certificate says"),
    .init(
      what: "changes a sheet", sql: "UPDATE verification SET sheet = x'00'",
      refusal: "verification: nothing but mark changes"),
    .init(
      what: "revokes in verification alone", sql: "UPDATE verification SET mark = x'0802'",
      refusal: "verification: changes with what stands against the certificate"),
    .init(
      what: "revokes twice", sql: "\(Self.revoked) \(Self.again)",
      refusal: "certificate_mark: the certificate is revoked"),
    .init(
      what: "suspends a revoked certificate", sql: "\(Self.revoked) \(Self.suspended)",
      refusal: "certificate_mark: the certificate is revoked"),
    .init(
      what: "suspends twice on one day",
      sql: "\(Self.suspended) \(Self.suspended.replacing("98", with: "97"))",
      refusal: "certificate_mark: is suspended on such a day"),
    .init(
      what: "revokes before the issue",
      sql: Self.revoked.replacing("2026-11-22", with: "2026-11-21"),
      refusal: "certificate_mark: before the issue"),
    .init(
      what: "makes a mark that has ended",
      sql: Self.suspended.replacing("7, NULL, NULL, NULL", with: "7, 99, 6, 'mended'"),
      refusal: "certificate_mark: begins ended"),
    .init(
      what: "ends one's own suspension (R-028)",
      sql: "\(Self.suspended) \(Self.ended.replacing("6", with: "7"))",
      refusal: "certificate_mark: ended by who made it"),
    .init(
      what: "ends a suspension as nobody",
      sql: "\(Self.suspended) \(Self.ended.replacing("6", with: "NULL"))",
      refusal: "certificate_mark: ended by who made it"),
    .init(
      what: "ends a suspension twice", sql: "\(Self.suspended) \(Self.ended) \(Self.ended)",
      refusal: "certificate_mark: may be ended once, and nothing else"),
    .init(
      what: "moves a suspension",
      sql: "\(Self.suspended) UPDATE certificate_mark SET until = '2026-12-31'",
      refusal: "certificate_mark: may be ended once, and nothing else"),
    .init(
      what: "forgets a suspension", sql: "\(Self.suspended) DELETE FROM certificate_mark",
      refusal: "certificate_mark: rows are never deleted"),
    .init(
      what: "marks what was never issued",
      sql: Self.suspended.replacing("2026000001", with: "2026000009"),
      refusal: "certificate_mark: refers to what is not there"),
    .init(
      what: "answers valid for a suspended certificate",
      sql: """
        \(Self.suspended) UPDATE verification SET mark = x'00';
        UPDATE verification SET mark = NULL
        """, refusal: "verification: changes with what stands against the certificate"),
    .init(
      what: "says that somebody was refused who is not there",
      sql: "INSERT INTO refused_act VALUES (1, 999)",
      refusal: "refused_act: refers to what is not there"),
    .init(
      what: "forgets who was refused",
      sql: "INSERT INTO refused_act VALUES (1, 7); DELETE FROM refused_act",
      refusal: "refused_act: rows are never deleted"),
    .init(
      what: "takes a certificate out of verification", sql: "DELETE FROM verification",
      refusal: "verification: rows are never deleted"),
    .init(
      what: "puts another sheet in its place",
      sql: "INSERT OR REPLACE INTO verification SELECT * FROM verification",
      refusal: "verification: the key is there already"),
    .init(
      what: "burns serials twice",
      sql: """
        INSERT INTO burned_serials VALUES (2026, 10, 20, 1, 1);
        INSERT INTO burned_serials VALUES (2026, 20, 30, 1, 1)
        """, refusal: "burned_serials: overlaps what is there"),
    .init(
      what: "gives a burned serial out",
      sql: """
        INSERT INTO burned_serials VALUES (2026, 2, 20, 1, 1);
        \(Self.revoked)
        INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, kind, programme,
          enrolment_id, issued_on, valid_from, valid_until, decided_by, seq FROM certificate
        """, refusal: "certificate: the serial does not follow the last"),
    .init(
      what: "rewrites the journal", sql: "UPDATE entry SET octets = x'00'",
      refusal: "entry: rows are never changed"),
    .init(
      what: "cuts the journal", sql: "DELETE FROM act", refusal: "act: rows are never deleted"),
    .init(
      what: "turns the journal's head back",
      sql: "UPDATE journal_head SET size = size - 1, turn = turn + 1, at_ms = at_ms + 1",
      refusal: "journal_head: follows the last entry"),
    .init(
      what: "gives the journal's head another key",
      sql: "UPDATE journal_head SET id = 2, turn = turn + 1, at_ms = at_ms + 1",
      refusal: "journal_head: follows the last entry"),
    .init(
      what: "leaves a turn out", sql: "UPDATE journal_head SET turn = turn + 2, at_ms = at_ms + 1",
      refusal: "journal_head: follows the last entry"),
    .init(
      what: "takes a turn at the instant of the last",
      sql: "UPDATE journal_head SET turn = turn + 1",
      refusal: "journal_head: follows the last entry"),
    .init(
      what: "puts an entry in another's place",
      sql: "INSERT OR REPLACE INTO entry SELECT seq, x'00' FROM entry",
      refusal: "entry: the sequence has a gap"),
    .init(
      what: "gives a trainee more hours than were attended",
      sql: "UPDATE enrolment_hours SET theory_quarters = theory_quarters + 1",
      refusal: "enrolment_hours: is not what attendance adds up to"),
    .init(
      what: "puts other hours in their place",
      sql: "INSERT OR REPLACE INTO enrolment_hours VALUES (1, 400, 400, '2026-02-10')",
      refusal: "enrolment_hours: is not what attendance adds up to"),
    .init(
      what: "forgets the hours", sql: "DELETE FROM enrolment_hours",
      refusal: "enrolment_hours: is not what attendance adds up to"),
    .init(
      what: "says that nobody taught the trainee lately",
      sql: "UPDATE taught SET last_on = '2020-01-01'",
      refusal: "taught: is not what attendance says"),
    .init(
      what: "says that an examiner taught the trainee",
      sql: "INSERT INTO taught SELECT person_id, 5, last_on FROM taught",
      refusal: "taught: is not what attendance says"),
    .init(
      what: "moves a day to another trainee",
      sql: "UPDATE taught SET person_id = 5",
      refusal: "taught: is not what attendance says"),
    .init(
      what: "forgets who taught", sql: "DELETE FROM taught",
      refusal: "taught: is not what attendance says"),
    .init(
      what: "changes an edition", sql: "UPDATE edition SET group_max = 100",
      refusal: "edition: may be ended once, and nothing else"),
    .init(
      what: "adopts a second default edition",
      sql: Self.edition("id = 99, code = 'x', valid_from = '2030-01-01'"),
      refusal: "edition: another default is in force then"),
    .init(
      what: "adopts one by name beside it",
      sql: Self.edition("id = 99, code = 'x', is_default = 0"), refusal: nil),
    .init(
      what: "adopts an edition that ends before it begins",
      sql: Self.edition(
        "id = 99, code = 'x', is_default = 0, valid_until = '2025-12-29'"),
      refusal: "edition: ends before it begins"),
    .init(
      what: "adopts an edition under another's code",
      sql: Self.edition("id = 99, is_default = 0"),
      refusal: "edition: programme and code are taken"),
    .init(
      what: "closes an edition",
      sql: "UPDATE edition SET ended_seq = 99, ended_on = '2026-12-31' WHERE id = 3", refusal: nil),
    .init(
      what: "closes an edition two days before it begins",
      sql: "UPDATE edition SET ended_seq = 99, ended_on = '2025-12-28' WHERE id = 3",
      refusal: "edition: closed on a day that is none of its days"),
    .init(
      what: "closes an edition on its last day",
      sql: "UPDATE edition SET ended_seq = 99, ended_on = '2025-12-29' WHERE id = 2",
      refusal: "edition: closed on a day that is none of its days"),
    .init(
      what: "opens a cohort under an edition that is not in force",
      sql: """
        INSERT INTO cohort VALUES (99, 'x', 2, 2, 'kk', 'in_person', '2025-12-30', '2025-12-31',
          'x', 1)
        """, refusal: "cohort: the edition is not in force"),
    .init(
      what: "opens a cohort under an edition that was closed",
      sql: """
        UPDATE edition SET ended_seq = 99, ended_on = '2025-12-30' WHERE id = 3;
        INSERT INTO cohort VALUES (99, 'x', 3, 2, 'kk', 'in_person', '2025-12-31', '2025-12-31',
          'x', 1)
        """, refusal: "cohort: the edition is not in force"),
  ]

  /// Puts an edition like that of 2025 of the general course, but for `change`.
  private static func edition(_ change: String) -> String {
    """
    CREATE TEMP TABLE another AS SELECT * FROM edition WHERE id = 3;
    UPDATE another SET \(change); INSERT INTO edition SELECT * FROM another
    """
  }

  @Test("whatever is tried with plain SQL")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    _ = try await TestCohort(school).certified()
    try self.expect(Self.attempts, in: school)
    try self.expect(Self.grounds, in: school)
  }

  @Test("no row that is kept is changed, deleted or replaced (R-004)")
  func kept() async throws {
    let school = try TestSchool()
    defer { school.close() }
    _ = try await TestCohort(school).certified()
    let deletions = Self.kept.filter { !Self.sums.contains($0.table) }.map { table, _ in
      Attempt(
        what: "deletes \(table)", sql: "\(Self.oneOfEach) DELETE FROM \(table)",
        refusal: "\(table): rows are never deleted")
    }
    let changes = Self.kept.compactMap { table, column in
      column.map {
        Attempt(
          what: "changes \(table)", sql: "\(Self.oneOfEach) UPDATE \(table) SET \($0) = \($0)",
          refusal: "\(table): rows are never changed")
      }
    }
    try self.expect(deletions + changes, in: school)
    let replacements = try self.answers(
      Self.kept.map {
        "\(Self.oneOfEach) INSERT OR REPLACE INTO \($0.table) SELECT * FROM \($0.table)"
      },
      in: school)
    for ((table, _), answer) in zip(Self.kept, replacements) {
      let isSum = Self.sums.contains(table)
      #expect(answer?.hasPrefix("\(table): ") == (isSum ? nil : true), "replaces \(table)")
    }
    try self.expect(
      [
        .init(
          what: "deletes the head", sql: "DELETE FROM journal_head",
          refusal: "journal_head: never deleted"),
        .init(
          what: "adds a head", sql: "INSERT OR REPLACE INTO journal_head VALUES (1, 0, x'', 0, 0)",
          refusal: "journal_head: there is one"),
      ], in: school)
  }

  /// Tries each on a copy of the database as it is, and asks for its refusal.
  private func expect(_ attempts: [Attempt], in school: TestSchool) throws {
    let answers = try self.answers(attempts.map(\.sql), in: school)
    for (attempt, answer) in zip(attempts, answers) {
      #expect(answer == attempt.refusal, "\(attempt.what)")
    }
  }

  /// Copies a database, tries `sql` on the copy and says how it was refused.
  private func attempt(_ sql: String, in school: TestSchool) throws -> String? {
    try self.answers([sql], in: school)[0]
  }

  private func answers(_ attempts: [String], in school: TestSchool) throws -> [String?] {
    let copy = school.folder.appendingPathComponent("copy.db").path
    defer { try? FileManager.default.removeItem(atPath: copy) }
    #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
    return try Shell.answers(attempts, in: copy)
  }

  @Test("a result before the hours, by a commission that taught, or beyond the attempts (R-610)")
  func results() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    try await cohort.session("S-014")
    try await cohort.session("S-015", on: "2026-03-21")
    let result = """
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, test, role_play,
        interview, recorded_by, recorded_at_ms, seq)
      VALUES (1, 1, 1, 1, 'passed', 80, 80, 80, \(cohort.examinerID), 0, 1)
      """
    #expect(try self.attempt(result, in: school) == "result: before the hours are there")
    for day in 4...10 {
      let date = "2026-02-\(day < 10 ? "0" : "")\(day)"
      _ = try await cohort.hours(day: date, theory: day < 7 ? 9 : 0, practice: day < 7 ? 0 : 9)
    }
    let chair = result.replacingOccurrences(
      of: "80, \(cohort.examinerID), 0", with: "80, \(cohort.chairID), 0")
    #expect(
      try self.attempt(chair, in: school)
        == "result: recorded by a member of the commission, not the chair")
    let nobody = result.replacingOccurrences(of: "(1, 1, 1, 1,", with: "(1, 1, 99, 1,")
    #expect(
      try self.attempt(nobody, in: school) == "result: refers to what is not there")
    let early =
      "INSERT INTO session VALUES (3, 'A', 1, '2026-02-09', '2026-02-09', 'x', 1, NULL, NULL);"
    let seats =
      """
      INSERT INTO commission_seat SELECT 3, person_id, seat, seq, NULL, NULL FROM commission_seat
        WHERE session_id = 1;
      """
    let before = result.replacingOccurrences(of: "(1, 1, 1, 1,", with: "(1, 3, 1, 1,")
    #expect(
      try self.attempt(early + seats + before, in: school) == "result: before the last class")
    let other = """
      INSERT INTO cohort SELECT 9, 'X', (SELECT id FROM edition WHERE programme = 2 AND code = '2025'),
        organisation_id, language, form, starts_on, ends_on, place, seq FROM cohort;
      INSERT INTO session VALUES (3, 'A', 9, '2026-03-20', '2026-03-20', 'x', 1, NULL, NULL);
      """
    #expect(
      try self.attempt(other + seats + before, in: school)
        == "result: the session is of another edition")
    let twice = result + ";" + result.replacingOccurrences(of: "(1, 1, 1, 1,", with: "(1, 2, 1, 2,")
    #expect(try self.attempt(twice, in: school) == "result: id is taken")
    #expect(try self.attempt(result, in: school) == nil)
    try self.expect(
      Self.unconfirmed(result, cohort) + Self.short(result) + Self.beginnings(result, cohort)
        + Self.recognisedHours(result),
      in: school)
    let taught =
      "INSERT INTO commission_seat VALUES (1, \(cohort.trainerID), 'secretary', 1, NULL, NULL);"
      + result
    #expect(
      try self.attempt(taught, in: school)
        == "result: a member of the commission taught the candidate")
    let himself =
      "INSERT INTO commission_seat SELECT 1, person_id, 'secretary', 1, NULL, NULL FROM enrolment;"
      + result
    #expect(
      try self.attempt(himself, in: school)
        == "result: a member of the commission is the candidate")
    let sessions = """
      INSERT INTO session VALUES (3, 'A', 1, '2026-03-22', '2026-03-22', 'x', 1, NULL, NULL), (4, 'B', 1, '2026-03-22', '2026-03-22', 'y', 1, NULL, NULL);
      INSERT INTO commission_seat SELECT 3, person_id, seat, seq, NULL, NULL FROM commission_seat
        WHERE session_id = 1;
      INSERT INTO commission_seat SELECT 4, person_id, seat, seq, NULL, NULL FROM commission_seat
        WHERE session_id = 1;
      """
    let many = (1...4).map { number in
      result.replacingOccurrences(of: "VALUES (1, 1,", with: "VALUES (\(number), \(number),")
        .replacingOccurrences(of: "passed", with: "failed")
    }
    // An attempt that waits for its chair lets no other begin.
    #expect(
      try self.attempt(sessions + many.joined(separator: ";"), in: school)
        == "result: begins unconfirmed, where none stands")
    let confirmed = many.map {
      "\($0); UPDATE result SET confirmed_by = \(cohort.chairID), confirmed_seq = 99 "
        + "WHERE confirmed_seq IS NULL"
    }
    #expect(
      try self.attempt(sessions + confirmed.joined(separator: ";"), in: school)
        == "result: out of attempts")
    // The edition is asked of wait and absence (R-611, R-616).
    func under(_ values: String) -> String {
      "DROP TRIGGER edition_stays_u; UPDATE edition SET \(values) WHERE id = 3;"
    }
    let second = confirmed[0] + ";" + many[1]
    #expect(try self.attempt(sessions + under("retake_wait_days = 1") + second, in: school) == nil)
    #expect(
      try self.attempt(sessions + under("retake_wait_days = 2") + second, in: school)
        == "result: before the wait is over")
    // Examined anew nobody waits (R-633): before others, in sixty days, and once.
    let others = """
      INSERT INTO session VALUES (5, 'C', 1, '2026-03-22', '2026-03-22', 'z', 1, NULL, NULL);
      INSERT INTO commission_seat VALUES (5, 1, 'chair', 1, NULL, NULL),
        (5, \(cohort.certifierID), 'member', 1, NULL, NULL);
      """
    func again(decided day: String = "2026-03-21", how: String = "re_examination") -> String {
      """
      INSERT INTO case_file SELECT 90, 'appeal', person_id, '2026-01-02', '2026-01-01', \(cohort.certifierID),
        1, NULL, NULL, NULL, NULL FROM enrolment;
      INSERT INTO case_contested VALUES (90, 99, 'result', 1, NULL, NULL);
      UPDATE case_file SET ended_seq = 91, ended_by = \(cohort.certifierID), ended_on = '\(day)',
        ended_how = '\(how)';
      INSERT INTO case_citation VALUES (92, 90);
      UPDATE result SET annulled_by = \(cohort.certifierID), annulled_seq = 92 WHERE id = 1;
      """
    }
    let third = many[2].replacingOccurrences(of: "VALUES (3, 3,", with: "VALUES (3, 5,")
      .replacingOccurrences(
        of: "80, \(cohort.examinerID), 0", with: "80, \(cohort.certifierID), 0")
    let waits =
      others + confirmed[0] + ";" + confirmed[1] + ";" + under("retake_wait_days = 2")
    let since = waits + "DROP TRIGGER result_once; UPDATE result SET seq = 93 WHERE id = 2;"
    let seated =
      "INSERT INTO commission_seat VALUES (5, \(cohort.memberID), 'member', 1, NULL, NULL);"
    for (given, outcome) in [
      (waits + again(), nil),
      (waits + again(decided: "2026-01-21"), nil),
      (waits + again(decided: "2026-01-20"), "result: before the wait is over"),
      (waits + again(decided: "2026-03-23"), "result: before the wait is over"),
      (waits + again(how: "decision_changed"), "result: before the wait is over"),
      (waits + again() + seated, "result: before the wait is over"),
      (since + again(), "result: before the wait is over"),
    ] as [(String, String?)] {
      #expect(try self.attempt(given + third, in: school) == outcome, "\(given)")
    }
    let absent = result.replacingOccurrences(
      of: "'passed', 80, 80, 80", with: "'absent', NULL, NULL, NULL")
    #expect(
      try self.attempt(absent, in: school) == "result: the absence uses no attempt")
    #expect(try self.attempt(under("absence_uses_attempt = 1") + absent, in: school) == nil)
    let excused = absent.replacingOccurrences(of: "seq)", with: "seq, why)")
      .replacingOccurrences(of: "0, 1)", with: "0, 1, 'анықтама')")
    #expect(
      try self.attempt(under("absence_uses_attempt = 1") + excused, in: school)
        == "result: the absence uses no attempt")
    let free = excused.replacingOccurrences(of: "1, 'absent'", with: "0, 'absent'")
    #expect(try self.attempt(free, in: school) == nil)
    // Whoever came to train or taught since is in the way of what waits for the chair (R-030).
    let confirms =
      "UPDATE result SET confirmed_by = \(cohort.chairID), confirmed_seq = 99 WHERE id = 1;"
    for since in [
      "INSERT INTO cohort_trainer VALUES (1, \(cohort.examinerID), 'x', 1, NULL, NULL, NULL, NULL);",
      "INSERT INTO commission_seat VALUES (1, \(cohort.trainerID), 'secretary', 1, NULL, NULL);",
    ] {
      #expect(
        try self.attempt("\(result); \(since) \(confirms)", in: school)
          == "result: somebody of the commission taught the candidate")
    }
    #expect(try self.attempt("\(result); \(confirms)", in: school) == nil)
    let passed =
      "\(result); UPDATE result SET confirmed_by = \(cohort.chairID), confirmed_seq = 99;"
    #expect(
      try self.attempt(sessions + passed + many[1], in: school)
        == "result: begins unconfirmed, where none stands")
  }

  @Test("who is too young, without higher education, barred, or lacks the programme (R-410)")
  func admission() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    func enrol(_ person: String, _ more: String = "", cohort: Int64 = 1) -> String {
      "INSERT INTO person VALUES (99, '', 1);"
        + "INSERT INTO person_detail VALUES (99, 1, \(person), NULL, NULL); \(more)"
        + Enrolled.sql(99, person: 99, cohort: cohort, on: "2026-01-02")
    }
    #expect(
      try self.attempt(enrol("'2001-02-03', 'higher'"), in: school) == "place: not admitted")
    #expect(try self.attempt(enrol("'2001-02-02', 'higher'"), in: school) == nil)
    #expect(
      try self.attempt(enrol("'2000-02-29', 'secondary'"), in: school)
        == "place: not admitted")
    let bar = """
      INSERT INTO person_bar
      VALUES (99, 1, 'conviction', '2026-02-02', NULL, '', 3, NULL, NULL, NULL);
      """
    #expect(
      try self.attempt(enrol("'1980-01-01', 'higher'", bar), in: school)
        == "place: not admitted")
    let last = """
      INSERT INTO person_bar
      VALUES (99, 1, 'conviction', '2026-01-02', '2026-02-02', '', 3, NULL, NULL, NULL);
      """
    #expect(
      try self.attempt(enrol("'1980-01-01', 'higher'", last), in: school)
        == "place: not admitted")
    let ended = "\(bar) UPDATE person_bar SET ended_seq = 2, ended_by = 4, ended_how = 'in_error';"
    #expect(try self.attempt(enrol("'1980-01-01', 'higher'", ended), in: school) == nil)
    #expect(
      try self.attempt(
        enrol(
          "'1980-01-01', 'higher'",
          "INSERT INTO cohort_trainer VALUES (1, 99, 'x', 1, NULL, NULL, NULL, NULL);"),
        in: school) == "place: the trainer of the cohort")
    let second = """
      INSERT INTO cohort SELECT 9, 'X', (SELECT id FROM edition WHERE programme = 2 AND code = '2025'),
        organisation_id, language, form, starts_on, ends_on, place, seq FROM cohort;
      """
    #expect(
      try self.attempt(second + enrol("'1980-01-01', 'higher'", cohort: 9), in: school)
        == "place: not admitted")
    withExtendedLifetime(cohort) {}
  }

  @Test("a certificate of a School that was not entitled to issue that day (R-203)")
  func entitled() async throws {
    let school = try TestSchool(issuesUntil: "2026-11-21")
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    func issue(_ day: String) -> String {
      """
      INSERT INTO certificate VALUES (2026000001, zeroblob(10), 8, 'programme', 1, 1, '\(day)',
        '\(day)', NULL, \(cohort.certifierID), 1000)
      """
    }
    #expect(
      try self.attempt(issue("2026-11-22"), in: school)
        == "certificate: the School was not entitled to issue")
    #expect(try self.attempt(issue("2026-11-21"), in: school) == nil)
  }

  @Test("who taught or examined in the enrolment decides on it never, however late (R-025)")
  func decider() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    func issue(by person: Int64) -> String {
      """
      INSERT INTO certificate VALUES (2029000001, zeroblob(10), 8, 'programme', 1, 1, '2029-01-01',
        '2029-01-01', NULL, \(person), 1000)
      """
    }
    #expect(
      try self.attempt(issue(by: cohort.trainerID), in: school)
        == "certificate: decided by who taught the holder")
    #expect(
      try self.attempt(issue(by: cohort.examinerID), in: school)
        == "certificate: decided by who examined the holder")
    #expect(try self.attempt(issue(by: cohort.certifierID), in: school) == nil)
  }

  @Test("an eleventh trainee of a group of ten, more than ten hours a day, or before enrolling")
  func groupAndDay() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let rows = "WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < 109)"
    let people = """
      \(rows) INSERT INTO person SELECT i, '', 1 FROM n;
      \(rows) INSERT INTO person_detail SELECT i, 1, '1980-01-01', 'higher', NULL, NULL FROM n;
      """
    let enrolments = """
      \(rows) INSERT INTO enrolment SELECT i, i, 1 FROM n;
      \(rows) INSERT INTO place SELECT i, i, 1, '2026-02-02', 1, NULL, NULL, NULL FROM n
      """
    #expect(try self.attempt(people + enrolments, in: school) == "place: the group is full")
    // By another trainer: who taught nine hours may not teach two more.
    let day = """
      INSERT INTO cohort_trainer VALUES (1, 1, 'x', 1, NULL, NULL, NULL, NULL);
      INSERT INTO class VALUES (99, 1, '2026-02-03', 1020, 1200, 1, 1, NULL);
      INSERT INTO attendance VALUES (1, 99, 8, 0, 1, NULL)
      """
    #expect(try self.attempt(day, in: school) == "attendance: above the hours of a day")
    let early = """
      INSERT INTO class VALUES (99, 1, '2026-02-01', 540, 720, \(cohort.trainerID), 1, NULL);
      INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)
      """
    #expect(try self.attempt(early, in: school) == "attendance: not on the days of the place")
    func class60(_ quarters: Int) -> String {
      """
      INSERT INTO class VALUES (99, 1, '2026-02-04', 540, 600, \(cohort.trainerID), 1, NULL);
      INSERT INTO attendance VALUES (1, 99, \(quarters), 0, 1, NULL)
      """
    }
    #expect(
      try self.attempt(class60(6), in: school)
        == "attendance: more hours than the class is long")
    #expect(try self.attempt(class60(5), in: school) == nil)
    try self.expect(Self.attended(trainer: cohort.trainerID, other: cohort.memberID), in: school)
    try self.expect(Self.makeUps(by: cohort.trainerID), in: school)
  }

  @Test("what somebody hides by dropping a trigger, the check names")
  func tampered() async throws {
    let school = try TestSchool()
    defer { school.close() }
    _ = try await TestCohort(school).certified()
    #expect(try school.check().problems == [])
    try FileManager.default.removeItem(
      at: school.folder.appendingPathComponent("derived.db"))
    let sql = """
      DROP TRIGGER result_once;
      UPDATE result SET test = 99;
      DROP TRIGGER act_stays_u;
      UPDATE act SET salt = zeroblob(32) WHERE seq = 2;
      UPDATE act SET erased_by = 4 WHERE seq = 3;
      """
    #expect(Shell.refusal(sql, in: school.database) == nil)
    let problems = try school.check().problems
    #expect(
      problems == [
        "act 2: the record is not the one the entry commits to",
        "act 3: is marked as erased, and no act did it",
        "result 1: is there, but no act made it so",
        "result 1: should be there by the journal, but is not",
        "trigger act_stays_u: is missing or altered",
        "trigger result_once: is missing or altered",
      ])
  }

  // R-006, R-021, R-028.
  @Test("proposals are approved by another, in time; who recorded a bar does not call it an error")
  func twoPersons() throws {
    let school = try TestSchool()
    defer { school.close() }
    // The administrator is person 1.
    let people = """
      INSERT INTO person VALUES (2, '', 1);
      INSERT INTO person VALUES (3, '', 1);
      """
    func propose(_ sequence: Int, by person: Int = 1, of subject: Int = 2, on day: Int) -> String {
      """
      INSERT INTO proposal VALUES (\(sequence), 'rename_person', \(subject), \(person),
        '2026-11-\(day)', '2026-11-\(day + 7)', NULL, NULL, NULL, NULL);
      """
    }
    func attempt(_ statements: String...) throws -> String? {
      try self.attempt(people + statements.joined(), in: school)
    }
    let waits = "proposal: of oneself, or one waits already"
    #expect(try attempt(propose(1, by: 2, on: 10)) == waits)
    #expect(try attempt(propose(1, on: 10), propose(2, on: 17)) == waits)
    #expect(try attempt(propose(1, on: 10), propose(2, on: 18)) == nil)
    #expect(try attempt(propose(1, on: 10), propose(2, of: 3, on: 10)) == nil)
    func end(_ how: String, by person: String, on day: Int) -> String {
      """
      UPDATE proposal SET ended_seq = 9, ended_by = \(person), ended_on = '2026-11-\(day)',
        ended_how = '\(how)' WHERE seq = 1;
      """
    }
    let approved = "proposal: approved by another person, in time"
    let first = propose(1, on: 10)
    #expect(try attempt(first, end("approved", by: "1", on: 11)) == approved)
    #expect(try attempt(first, end("approved", by: "2", on: 11)) == approved)
    #expect(try attempt(first, end("approved", by: "NULL", on: 11)) == approved)
    #expect(try attempt(first, end("approved", by: "3", on: 18)) == approved)
    #expect(try attempt(first, end("approved", by: "3", on: 17)) == nil)
    #expect(try attempt(first, end("withdrawn", by: "1", on: 18), propose(2, on: 12)) == nil)
    let bar = """
      INSERT INTO person_bar
      VALUES (2, 5, 'conviction', '2026-01-02', NULL, '', 1, NULL, NULL, NULL);
      """
    func withdraw(by person: String, _ how: String = "in_error") -> String {
      "UPDATE person_bar SET ended_seq = 9, ended_by = \(person), ended_how = '\(how)';"
    }
    let withdrawn = "person_bar: withdrawn by who recorded it"
    #expect(try attempt(bar, withdraw(by: "1")) == withdrawn)
    #expect(try attempt(bar, withdraw(by: "NULL")) == withdrawn)
    #expect(try attempt(bar, withdraw(by: "3")) == nil)
    #expect(try attempt(bar, withdraw(by: "1", "ended")) == nil)
    let death = "INSERT INTO person_death VALUES (2, 5, '2026-11-20', 'x', 1, NULL, NULL);"
    func lives(_ person: String) -> String {
      "UPDATE person_death SET ended_seq = 9, ended_by = \(person);"
    }
    let alive = "person_death: withdrawn by who recorded it"
    #expect(try attempt(death, lives("1")) == alive)
    #expect(try attempt(death, lives("NULL")) == alive)
    #expect(try attempt(death, lives("3")) == nil)
    #expect(
      try attempt(death, death.replacing("5", with: "6")) == "person_death: person_id is taken")
  }
}
