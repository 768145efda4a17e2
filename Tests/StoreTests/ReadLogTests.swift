import BitimClient
import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import BitimStore

@Suite("What is kept of reads of personal data (R-903)")
struct ReadLogTests {
  /// A School where three files were read on 22 November and one on the 24th.
  private static func school() async throws -> (school: TestSchool, cohort: TestCohort) {
    let school = try TestSchool()
    let cohort = try await TestCohort(school)
    for person in [cohort.trainerID, cohort.chairID, cohort.memberID] {
      try await Self.read(person, cohort)
    }
    school.turn(to: "2026-11-24")
    try await Self.read(cohort.trainerID, cohort)
    return (school, cohort)
  }

  private static func read(_ person: Int64, _ cohort: TestCohort) async throws {
    var request = BitimV1.GetPersonRequest()
    (request.personId, request.purpose) = (person, .audit)
    _ = try await PersonServiceClient(cohort.registrar).getPerson(request)
  }

  private static let columns = """
    id || '|' || at_ms || '|' || day || '|' || reader_id || '|' || organisation_id || '|' || token_id
      || '|' || kind || '|' || person_id || '|' || about || '|' || fields || '|' || purpose
    """

  @Test("an act's digest is the SHA-256 of the lines that a plain shell prints of the rows")
  func digest() async throws {
    let (school, _) = try await Self.school()
    defer { school.close() }
    let lines = Shell.texts(
      "SELECT \(Self.columns) FROM reading WHERE id <= 3 ORDER BY id", in: school.database)
    let staff = Shell.texts(
      "SELECT reader_id || '|1|' || token_id FROM reading", in: school.database)
    #expect(lines.count == 3)
    #expect(
      lines.first
        == "1|1795330800000|2026-11-22|\(staff[0])|file|\(Shell.texts("SELECT person_id FROM reading", in: school.database)[0])||names birth_date evidence|audit"
    )
    let digest = SHA256.digest(Array(lines.map { $0 + "\n" }.joined().utf8))
    #expect(
      Shell.texts(
        "SELECT first || ' ' || last || ' ' || count || ' ' || lower(hex(digest)) || ' ' || forgotten FROM reads_counted",
        in: school.database) == ["1 3 3 \(Hex.text(digest)) 0"])
  }

  @Test("whoever strikes out, alters or adds a row that was counted is found by the check")
  func struckOut() async throws {
    let (school, _) = try await Self.school()
    defer { school.close() }
    let act = Shell.texts("SELECT seq FROM reads_counted", in: school.database)[0]
    #expect(try school.problems() == [])
    let open =
      "DROP TRIGGER reading_kept; DROP TRIGGER reading_stays; DROP TRIGGER reading_numbered;"
    func found(_ sql: String) throws -> [String] {
      let copy = school.folder.appendingPathComponent("\(UUID().uuidString).db").path
      #expect(Shell.refusal("VACUUM INTO '\(copy)'", in: school.database) == nil)
      #expect(Shell.refusals([sql], after: open, in: copy, isUndone: false) == [nil])
      return try Registry.check(path: copy, scratch: copy + ".derived") { _ in }.problems
        .filter { $0.hasPrefix("reading:") }
    }
    let altered = "reading: reads 1 to 3 are not those that act \(act) counted"
    #expect(
      try found("DELETE FROM reading WHERE id = 2") == [
        "reading: act \(act) counted 3 reads from 1 to 3, and 2 are there"
      ])
    #expect(try found("UPDATE reading SET purpose = 'enrolment' WHERE id = 1") == [altered])
    #expect(try found("UPDATE reading SET person_id = 1 WHERE id = 3") == [altered])
    // Of what no act has counted yet nobody can say.
    #expect(try found("DELETE FROM reading WHERE id = 4") == [])
  }

  @Test("what was counted more than three years ago is forgotten, and the act that forgets says so")
  func forgotten() async throws {
    let (school, cohort) = try await Self.school()
    defer { school.close() }
    school.halt()
    let clock = ManualClock(on: try #require(CivilDate(iso: "2026-11-24")))
    let ledger = try Ledger(
      path: school.database, now: { clock.now }, trustsClock: true,
      random: { [UInt8](repeating: 7, count: $0) }, report: { failure, _ in Issue.record(failure) })
    let staff = Shell.texts("SELECT reader_id FROM reading", in: school.database)[0]
    let token = Shell.texts("SELECT token_id FROM reading", in: school.database)[0]
    let (reader, shown) = (try #require(Int64(staff)), try #require(Int64(token)))
    // The first act counted on 24 November 2026, 1,096 days before 24 November 2029.
    for (day, numbers, forgotten) in [
      ("2029-11-23", "1 2 3 4 5", "0"), ("2029-11-24", "1 2 3 4 5 6", "0"),
      ("2029-11-25", "4 5 6 7", "3"),
    ] {
      let date = try #require(CivilDate(iso: day))
      clock.turn(to: date)
      try ledger.keep([
        Reading(
          at: clock.now, on: date, by: reader, for: 1, token: shown, kind: .file,
          of: cohort.trainerID, fields: ["names"], purpose: .audit)
      ])
      let rows = Shell.texts("SELECT id FROM reading ORDER BY id", in: school.database)
      #expect(rows.joined(separator: " ") == numbers)
      let said = Shell.texts(
        "SELECT forgotten FROM reads_counted ORDER BY seq DESC LIMIT 1", in: school.database)
      #expect(said == [forgotten])
    }
    ledger.close()
    #expect(try school.problems() == [])
  }

  @Test("an upgrade takes reads along as they are, and numbers go on behind them")
  func upgraded() async throws {
    let (school, _) = try await Self.school()
    defer { school.close() }
    school.halt()
    let fresh = school.folder.appendingPathComponent("fresh.db").path
    _ = try Registry.upgrade(
      from: school.database, to: fresh, at: Instant(unixMilliseconds: 0)
    ) { _ in }
    let rows = "SELECT \(Self.columns) FROM reading ORDER BY id"
    #expect(Shell.texts(rows, in: fresh) == Shell.texts(rows, in: school.database))
    #expect(Shell.texts("SELECT count(*) FROM reading", in: fresh) == ["4"])
    #expect(try Registry.check(path: fresh, scratch: fresh + ".derived") { _ in }.problems == [])
  }
}
