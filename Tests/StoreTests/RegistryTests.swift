import BitimDomain
import BitimProtocol
@testable import BitimStore
import BitimTestSupport
import BitimTrust
import CSQLite
import Foundation
import Testing

@Suite("A registry's file as a whole")
struct RegistryTests {
  @Test("a check finds nothing wrong with what is written while it looks")
  func checkBesideWriter() async throws {
    let fixture = try LedgerTests.Fixture()
    _ = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      try LedgerTests.register("A", id: 1, transaction)
      return .done([], kept: [])
    }
    let scratch = fixture.folder.appendingPathComponent("derived.db").path
    let findings = try Registry.check(path: fixture.path, scratch: scratch) { acts in
      let isMade = DispatchSemaphore(value: 0)
      _ = fixture.ledger.submit(
        Change(
          principal: "person:1", key: "beside \(acts)", digest: [1],
          work: { transaction in
            try LedgerTests.register("B", id: 2, transaction)
            return .done([], kept: [])
          }, answer: { _ in isMade.signal() }))
      isMade.wait()
    }
    #expect(findings.problems == [])
    #expect(findings.acts == 1)
    #expect(try fixture.codes() == ["A", "B"])
  }

  @Test("every table says what it is: a fold, reference data, the journal or operation")
  func tables() throws {
    let fixture = try LedgerTests.Fixture()
    var database: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &database) == SQLITE_OK)
    defer { unsafe sqlite3_close(database) }
    var statement: OpaquePointer?
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    #expect(unsafe sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK)
    defer { unsafe sqlite3_finalize(statement) }
    var names: [String] = []
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      names.append(unsafe String(cString: sqlite3_column_text(statement, 0)))
    }
    // What a database says of itself is in no registry.
    #expect(names == (RegistrySchema.tables.map(\.name) + ["schema_migration"]).sorted())
    #expect(
      RegistrySchema.tables.filter { $0.kind != .fold }.map(\.name) == [
        "act", "entry", "journal_head", "answer", "token_use", "inquiry", "clock", "reading",
        "programme",
      ])
    #expect(
      Registry.folded.sorted()
        == RegistrySchema.tables.map(\.name).filter {
          ![
            "act", "entry", "journal_head", "answer", "token_use", "inquiry", "clock", "reading",
          ].contains($0)
        }.sorted())
  }

  @Test("the digest that a start asks for is that of what SQLite makes of the schema, in any order")
  func objectsDigest() throws {
    let made = try RegistrySchema.made()
    #expect(RegistrySchema.digest(of: made) == RegistrySchema.objectsDigest)
    #expect(RegistrySchema.digest(of: made.reversed()) == RegistrySchema.objectsDigest)
    var other = made
    other[0][3] += " "
    #expect(RegistrySchema.digest(of: other) != RegistrySchema.objectsDigest)
  }

  @Test("what was recorded before a rule is folded all the same, by a check and by an upgrade")
  func beforeTheRule() async throws {
    let fixture = try LedgerTests.Fixture()
    // Today nobody is administrator and trainer: there was no such rule when this was recorded.
    #expect(Shell.refusal("DROP TRIGGER role_grant_administrator", in: fixture.path) == nil)
    let day = try #require(CivilDate(iso: "2026-11-22"))
    let answer = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      try LedgerTests.register("S", id: 1, kind: .school, transaction)
      let person = Person(
        id: 1, names: Names(), birthDate: day, education: nil, identifiers: [], evidence: "x")
      try transaction.record(.personRegistered(.init(person)), by: .program, heldOn: day)
      for role in [Role.trainer, .administrator] {
        try transaction.record(
          .roleGranted(.init(personID: 1, role: role, organisationID: 1)), by: .program,
          heldOn: day)
      }
      return .done([1], kept: [])
    }
    #expect(answer == .success([1]))
    fixture.ledger.close()
    func check(_ path: String, _ scratch: String) throws -> Registry.Findings {
      try Registry.check(
        path: path, scratch: fixture.folder.appendingPathComponent(scratch).path,
        progress: { _ in })
    }
    let before = try check(fixture.path, "scratch-1")
    #expect(before.acts == 4)
    #expect(before.problems == ["trigger role_grant_administrator: is missing or altered"])
    let fresh = fixture.folder.appendingPathComponent("fresh").path
    let (acts, root) = try Registry.upgrade(
      from: fixture.path, to: fresh, at: Instant(unixMilliseconds: 1), progress: { _ in })
    #expect(acts == 4)
    #expect(root == before.root)
    #expect(try check(fresh, "scratch-2").problems == [])
    // To what comes new it speaks.
    #expect(
      Shell.refusal(
        "INSERT INTO role_grant VALUES (1, 'certifier', 1, 99, 0, NULL, NULL)", in: fresh)
        == "role_grant: an administrator can neither teach, attest nor issue")
  }

  @Test("a database under whose path another lies is not taken for the one that is open")
  func movedAway() throws {
    let fixture = try LedgerTests.Fixture()
    fixture.ledger.close()
    let database = try Database(path: fixture.path, for: .reading)
    #expect(!database.isMoved)
    _ = try OpenFiles(of: fixture.path, open: database)
    try FileManager.default.moveItem(atPath: fixture.path, toPath: fixture.path + ".aside")
    #expect(database.isMoved)
    try FileManager.default.copyItem(atPath: fixture.path + ".aside", toPath: fixture.path)
    #expect(database.isMoved)
    let failure = #expect(throws: StoreFailure.self) {
      _ = try OpenFiles(of: fixture.path, open: database)
    }
    #expect(failure?.kind == .disk)
  }

  @Test("a database whose WAL can't be moved into it is not called settled")
  func settle() throws {
    let fixture = try LedgerTests.Fixture()
    fixture.ledger.close()
    // Somebody looks at a state from before the last change: it can't be moved past him.
    var other: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &other) == SQLITE_OK)
    for sql in [
      "BEGIN", "SELECT count(*) FROM person",
    ] {
      #expect(unsafe sqlite3_exec(other, sql, nil, nil, nil) == SQLITE_OK)
    }
    var writer: OpaquePointer?
    #expect(unsafe sqlite3_open(fixture.path, &writer) == SQLITE_OK)
    let sql = "INSERT INTO person VALUES (1, 'x', 1)"
    #expect(unsafe sqlite3_exec(writer, sql, nil, nil, nil) == SQLITE_OK)
    unsafe sqlite3_close(writer)
    let failure = #expect(throws: StoreFailure.self) { try Registry.settle(path: fixture.path) }
    #expect(failure?.kind == .disk)
    unsafe sqlite3_close(other)
    try Registry.settle(path: fixture.path)
    #expect(!FileManager.default.fileExists(atPath: fixture.path + "-wal"))
  }

  @Test(
    "a table that is gone, or has other columns, is named, and nothing is asked of it",
    arguments: [
      ("DROP TABLE answer", ["table answer"], 1),
      ("DROP TABLE entry", ["table entry"], 1),
      ("ALTER TABLE answer RENAME COLUMN seal TO mark", ["table answer"], 1),
      ("DROP TABLE journal_head", ["table journal_head"], 0),
      ("CREATE TABLE more (id INTEGER)", ["table more"], 1),
    ])
  func tableGone(_ behind: String, _ named: [String], _ acts: Int64) async throws {
    let fixture = try LedgerTests.Fixture()
    _ = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      try LedgerTests.register("A", id: 1, transaction)
      return .done([7], kept: [7])
    }
    fixture.ledger.close()
    #expect(Shell.refusal(behind, in: fixture.path) == nil)
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.acts == acts)
    let tables = findings.problems.filter { $0.hasPrefix("table ") }
      .map { String($0.prefix { $0 != ":" }) }
    #expect(tables == named)
    let isGone = named != ["table more"]
    #expect(
      findings.problems.filter {
        !$0.hasSuffix(": is missing or altered") && !$0.hasSuffix(": is not of this program")
      } == (isGone ? ["nothing else was looked at: rebuild it with `bitimd restore` first"] : []))
  }

  @Test("what the file says by itself and what the acts say are both told, in one order")
  func bothSides() async throws {
    let fixture = try LedgerTests.Fixture()
    _ = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      try LedgerTests.register("A", id: 1, transaction)
      return .done([7], kept: [7])
    }
    fixture.ledger.close()
    // As a plain shell does it, with foreign keys off.
    let behind = """
      INSERT INTO token_use VALUES (9, 0);
      UPDATE answer SET payload = x'08';
      DROP TRIGGER organisation_stays_u; UPDATE organisation SET region = 'Астана';
      """
    #expect(Shell.refusal(behind, in: fixture.path) == nil)
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.acts == 1)
    let kept = findings.problems.filter { $0.hasPrefix("answer of ") }
    #expect(kept.count == 1)
    #expect(
      findings.problems == ["token_use, row 9: refers to what is not there"] + kept + [
        "organisation 1: is there, but no act made it so",
        "organisation 1: should be there by the journal, but is not",
        "trigger organisation_stays_u: is missing or altered",
      ])
  }

  @Test("an act that can't be applied is named, and those behind it are folded without it")
  func unfit() async throws {
    let fixture = try LedgerTests.Fixture()
    let day = try #require(CivilDate(iso: "2026-11-22"))
    func register(_ organisations: (id: Int64, code: String)...) async {
      let answer = await LedgerTests.submit(fixture.ledger, key: organisations[0].code) {
        transaction in
        let registered = organisations.map { id, code in
          Organisation(
            id: id, code: code, kind: .centre,
            name: Trilingual(kk: "Орталық", ru: "Орталық", en: "Орталық"), region: "Алматы қаласы",
            country: "KAZ", entitlements: [])
        }
        try transaction.record(
          .organisationsRegistered(.init(registered)), by: .program, heldOn: day)
        return .done([1], kept: [])
      }
      #expect(answer == .success([1]))
    }
    await register((1, "A"))
    // Somebody takes the row away, so that its id is free for another act.
    let behind = "DROP TRIGGER organisation_stays_d; DELETE FROM organisation WHERE id = 1"
    #expect(Shell.refusal(behind, in: fixture.path) == nil)
    // Of this act one could be registered anew, but an act is all or nothing.
    await register((2, "Ғ"), (1, "B"))
    await register((3, "Ә"))
    fixture.ledger.close()
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.acts == 3)
    #expect(
      findings.problems == [
        "act 2: can't be applied: organisation: the key is there already",
        "organisation 1: is there, but no act made it so",
        "organisation 2: is there, but no act made it so",
        "organisation 1: should be there by the journal, but is not",
        "trigger organisation_stays_d: is missing or altered",
      ])
  }

  @Test("acts that were cut out are named, though the head was computed anew")
  func gap() async throws {
    let fixture = try LedgerTests.Fixture()
    for (id, code) in [(1, "A"), (2, "Ғ"), (3, "Ә"), (4, "Қ")] {
      _ = await LedgerTests.submit(fixture.ledger, key: code) { transaction in
        try LedgerTests.register(code, id: Int64(id), transaction)
        return .done([1], kept: [])
      }
    }
    fixture.ledger.close()
    /// Cuts an act out with all that it made, and leaves every trigger and the head as if it had never
    /// been.
    func cut(_ id: Int) {
      let triggers = Shell.texts(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", in: fixture.path)
      let names = Shell.texts(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'", in: fixture.path)
      let behind =
        names.map { "DROP TRIGGER \($0);" } + [
          "DELETE FROM act WHERE seq = \(id); DELETE FROM entry WHERE seq = \(id);",
          "DELETE FROM organisation WHERE id = \(id);",
        ]
      #expect(Shell.refusal(behind.joined(), in: fixture.path) == nil)
      var frontier = TreeFrontier()
      let entries = Shell.texts(
        "SELECT CAST(octets AS TEXT) FROM entry ORDER BY seq", in: fixture.path)
      for entry in entries { frontier.append(Array(entry.utf8)) }
      let octets = frontier.octets.map { String(format: "%02x", $0) }.joined()
      let head = "UPDATE journal_head SET size = \(frontier.size), frontier = x'\(octets)';"
      #expect(
        Shell.refusal(head + triggers.joined(separator: ";"), in: fixture.path) == nil)
    }
    func problems(_ scratch: String) throws -> [String] {
      try Registry.check(
        path: fixture.path, scratch: fixture.folder.appendingPathComponent(scratch).path,
        progress: { _ in }
      ).problems
    }
    cut(2)
    #expect(try problems("scratch-1") == ["act 2: is missing"])
    let copy = fixture.folder.appendingPathComponent("copy").path
    let failure = #expect(throws: StoreFailure.self) {
      try Registry.copy(from: fixture.path, to: copy)
    }
    #expect(failure?.kind == .corrupt)
    #expect(failure?.description == "the copy: act 2 is missing")
    cut(3)
    #expect(try problems("scratch-2") == ["acts 2 to 3: are missing"])
  }

  @Test("by what a thousand people are found is the same, folded act by act or all at once")
  func manyPeople() async throws {
    let fixture = try LedgerTests.Fixture()
    let day = try #require(CivilDate(iso: "1990-05-02"))
    let letters = Array("әбвгғдежзиікқлмнңоөпрстұүфхһшыі")
    let people = (0..<1_203).map { number in
      let surname = String([letters[number % 31], letters[number / 31 % 31], "ұ", "л", "ы"])
      return Person(
        id: Int64(number + 1),
        names: Names(kk: PersonName(surname: surname, given: "Өмірбек", patronymic: "")),
        birthDate: day, education: nil,
        identifiers: [
          Identifier(
            kind: .document, number: "N\(10_000 + number)", country: "KAZ",
            documentType: "passport")
        ], evidence: "")
    }
    let answer = await LedgerTests.submit(fixture.ledger, key: "1") { transaction in
      // One is alone, and comes first; the others come in one act.
      try transaction.record(.personRegistered(.init(people[0])), by: .program, heldOn: day)
      try transaction.record(
        .traineesEnrolled(.init(people: Array(people.dropFirst()))), by: .program, heldOn: day)
      return .done([1], kept: [])
    }
    #expect(answer == .success([1]))
    fixture.ledger.close()
    func check(_ path: String, _ scratch: String) throws -> [String] {
      try Registry.check(
        path: path, scratch: fixture.folder.appendingPathComponent(scratch).path,
        progress: { _ in }
      ).problems
    }
    #expect(try check(fixture.path, "scratch-1") == [])
    let fresh = fixture.folder.appendingPathComponent("fresh").path
    _ = try Registry.upgrade(
      from: fixture.path, to: fresh, at: Instant(unixMilliseconds: 1), progress: { _ in })
    #expect(try check(fresh, "scratch-2") == [])
    // What is gone of it is named by the person alone.
    let behind = """
      DELETE FROM person_word WHERE word = 'омирбек' AND person_id = 7;
      DELETE FROM person_trait WHERE person_id = 1203;
      """
    #expect(Shell.refusal(behind, in: fixture.path) == nil)
    // A document's number, its halves beside birth date and name, and the name beside the birth date.
    #expect(
      try check(fixture.path, "scratch-3")
        == ["person_word 7: should be there by the journal, but is not"]
        + Array(
          repeating: "person_trait 1203: should be there by the journal, but is not", count: 6))
  }

  @Test("one letter of the schema's own table is named, though no SQL says otherwise")
  func schemaLetter() throws {
    let fixture = try LedgerTests.Fixture()
    fixture.ledger.close()
    let flip = """
      PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'Index' WHERE name = 'answer_one'
      """
    #expect(Shell.refusal(flip, in: fixture.path) == nil)
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.problems.contains("index answer_one: is missing or altered"))
  }
}
