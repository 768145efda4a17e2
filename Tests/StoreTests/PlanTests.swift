import BitimDomain
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Testing

/// What SQLite does for every statement of the server, and for every trigger that one of them fires.
///
/// The statements are the string literals of `Sources/Server/Store`: a statement that is prepared once and
/// kept is a `StaticString`, which the compiler makes of a literal alone. So none can be added that is not
/// asked about here.
@Suite("Plans of every statement")
struct PlanTests {
  /// A statement, or a trigger, that goes through more than an index gives it, and why it may.
  struct Allowed {
    /// Words of one statement alone, or a trigger's name.
    let words: String
    /// What it goes through, as SQLite tells it.
    let steps: [String]
    let why: String

    init(_ words: String, _ steps: [String], _ why: String) {
      (self.words, self.steps, self.why) = (words, steps, why)
    }
  }

  /// Tables that are as large in twenty years as they are today, and what is no table.
  static let small: Set<String> = [
    "journal_head", "programme", "edition", "specialisation", "organisation", "schema_migration",
    "sqlite_schema", "CONSTANT", "8",
    "pragma_table_info",
  ]

  static let allowed: [Allowed] = [
    // Pages: they begin where the last one ended, in the order of an index, and end after as many rows.
    Allowed(
      "SELECT octets FROM entry WHERE seq > ?1",
      ["SEARCH entry USING INTEGER PRIMARY KEY (rowid>?)"],
      "the log as an auditor hashes it, and what is to be signed, in portions"),
    Allowed(
      "FROM entry e JOIN act a ON a.seq = e.seq WHERE e.seq > ?1",
      ["SEARCH e USING INTEGER PRIMARY KEY (rowid>?)"], "what a second copy lacks, in portions"),
    Allowed(
      "(at_ms, principal, key) > (?1, ?2, ?3)",
      ["SEARCH answer USING INDEX answer_by_age (at_ms>?)"],
      "what a second copy lacks, in portions"),
    Allowed(
      "SELECT word FROM person_word WHERE word >= ?1 ORDER BY word LIMIT 1",
      ["SEARCH person_word USING PRIMARY KEY (word>?)"], "the next word there is: one row"),
    Allowed(
      "SELECT id FROM cohort WHERE ends_on >= ?1",
      ["SEARCH cohort USING COVERING INDEX cohort_ending (ends_on>?)"], "a page"),
    Allowed(
      "WHERE p.seq > ?1 AND p.ended_seq IS NULL ORDER BY p.seq LIMIT ?2",
      ["SEARCH p USING INDEX proposal_open (seq>?)"], "a page, by an index of what waits"),
    Allowed(
      "SELECT DISTINCT cohort_id FROM waiting WHERE cohort_id > ?1",
      ["SEARCH waiting USING INDEX waiting_standing (cohort_id>?)"],
      "a page, by an index of who waits"),
    Allowed(
      "SELECT seq FROM case_file WHERE seq > ?1 AND ended_seq IS NULL",
      ["SEARCH case_file USING INDEX case_file_open (seq>?)"], "a page, by an index of what is open"
    ),
    Allowed(
      "SELECT seq FROM case_file WHERE seq > ?1 ORDER BY seq",
      ["SEARCH case_file USING INTEGER PRIMARY KEY (rowid>?)"], "a page"),
    Allowed(
      "SELECT number FROM register_entry WHERE number > ?1 ORDER BY number",
      ["SEARCH register_entry USING INTEGER PRIMARY KEY (rowid>?)"], "a page"),
    Allowed(
      "FROM case_file f WHERE f.ended_how IN",
      ["SEARCH f USING INDEX case_file_changed (seq>?)"],
      "a page, by an index of decisions that change something"),
    Allowed(
      "AND r.confirmed_seq IS NULL AND r.replaced_seq IS NULL AND (?3 = 0",
      ["SEARCH s USING INDEX session_on (held_on>?)"], "a page of the last 12 months"),
    Allowed(
      "AND r.attempt > 0 AND r.outcome <> 'passed'",
      [
        "SEARCH s USING COVERING INDEX session_on (held_on>?)",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
      ], "a page of the last 12 months, sorted within a day"),
    Allowed(
      "AND d.reviews_min > 0 AND r.confirmed_seq IS NULL",
      ["SEARCH s USING INDEX session_on (held_on>?)"], "a page of the last 12 months"),
    Allowed(
      "AND r.attempt > 0 AND r.outcome = 'absent'",
      [
        "SEARCH s USING INDEX session_on (held_on>?)",
        "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
      ], "a page of the last five days, sorted within a day"),
    Allowed(
      "FROM uncertified u", ["SCAN u", "USE TEMP B-TREE FOR GROUP BY"],
      "the table holds those who wait for a certificate, and nobody else"),
    // Figures of a year.
    Allowed(
      "SELECT id FROM cohort WHERE seq < ?3",
      ["SEARCH cohort USING INDEX cohort_ending (ends_on>?)"],
      "figures: the cohorts of a year and of those since, by their last days"),
    Allowed(
      "SELECT cohort_id FROM cohort_former",
      ["SEARCH cohort_former USING INDEX cohort_former_ending (ends_on>?)"],
      "figures: the table holds cohorts that were changed, and nothing else"),
    Allowed(
      "SELECT p.enrolment_id, p.person_id, p.cohort_id",
      ["SCAN c", "USE TEMP B-TREE FOR ORDER BY"], "figures: goes through one cohort's people"),
    Allowed(
      "SELECT a.enrolment_id, a.class_id, k.cohort_id", ["SCAN c"],
      "figures: goes through one cohort's people"),
    Allowed(
      "SELECT h.enrolment_id, f.ended_on", ["SCAN c"],
      "figures: goes through one cohort's people"),
    Allowed(
      "SELECT person_id, other_id FROM person_link WHERE seq < ?1", ["SCAN person_link"],
      "figures: the table holds those who have two numbers, and nobody else"),
    Allowed(
      "SELECT seq FROM case_file WHERE ended_seq IS NULL AND received_on",
      ["SEARCH case_file USING INDEX case_file_open (seq<?)"],
      "figures: goes through an index of what is open"),
    Allowed(
      "SELECT seq FROM case_file WHERE ended_seq IS NOT NULL",
      ["SEARCH case_file USING INDEX case_file_by_end (ended_on>?)"],
      "figures: the cases of a year and those that ended since"),
    // The newest, from the end of a key.
    Allowed(
      "SELECT octets FROM entry ORDER BY seq DESC LIMIT ?1", ["SCAN entry"],
      "from the end, as many as are asked for"),
    Allowed(
      "SELECT record FROM act ORDER BY seq DESC LIMIT 1", ["SCAN act"], "from the end, one"),
    Allowed(
      "FROM verification WHERE number <= ?1",
      ["SEARCH verification USING INTEGER PRIMARY KEY (rowid<?)"],
      "from the number on, one row is read"),
    Allowed(
      "FROM act_subject WHERE person_id = ?1 ORDER BY seq",
      ["SCAN act_subject", "USE TEMP B-TREE FOR DISTINCT"],
      "a view: of each table it goes through what is of one person, by an index"),
    Allowed(
      "FROM act_subject WHERE person_id = ?1 AND seq >= ?2",
      ["SCAN act_subject", "USE TEMP B-TREE FOR DISTINCT", "USE TEMP B-TREE FOR ORDER BY"],
      "a view: of each table it goes through what is of one person, by an index"),
    Allowed(
      "FROM session_act WHERE session_id = ?1",
      ["SCAN session_act", "USE TEMP B-TREE FOR DISTINCT"],
      "a view: of each table it goes through what is of one session, by an index"),
    Allowed(
      "FROM organisation_act WHERE organisation_id = ?1",
      ["SCAN organisation_act", "USE TEMP B-TREE FOR DISTINCT"],
      "a view: of each table it goes through what is of one organisation, by an index"),
    Allowed(
      "WHERE kind IN ('change_entitlement', 'adopt_agreement')",
      ["SCAN proposal USING INDEX proposal_at"],
      "what was ever proposed of organisations, by an index of these alone"),
    // What is few.
    Allowed(
      "TRIGGER case_arbiter_appointed", ["SCAN g"],
      "the staff's few rows, once for a case"),
    Allowed(
      "SELECT count(DISTINCT person_id) FROM role_grant", ["SCAN role_grant"],
      "roles are the staff's, and asked when one is withdrawn"),
    Allowed(
      "SELECT person_id, organisation_id FROM role_grant WHERE role = ?1", ["SCAN role_grant"],
      "roles are the staff's, and asked where a cohort is shown"),
    Allowed(
      "WHERE g.ended_seq IS NULL AND (?1 = 0", ["SCAN g", "USE TEMP B-TREE FOR ORDER BY"],
      "roles are the staff's, and shown to the administrator alone"),
    Allowed(
      "WHERE t.ended_seq IS NULL AND (?1 = 0", ["SCAN t"],
      "tokens are the staff's and partners', and shown to the administrator alone"),
    Allowed("place_admitted", ["SCAN s"], "a query of one row"),
    Allowed(
      "calls_per_day FROM agreement WHERE seq > ?1",
      ["SEARCH agreement USING INTEGER PRIMARY KEY (rowid>?)"], "a page"),
    Allowed(
      "SELECT EXISTS (SELECT 1 FROM entitlement", ["SCAN entitlement"],
      "entitlements are the organisations', a few of each"),
    Allowed(
      "SELECT valid_from, valid_until FROM entitlement WHERE organisation_id = ?1 AND activity = ?2 ORDER BY id",
      ["SCAN entitlement"], "entitlements are the organisations', a few of each"),
    Allowed(
      "entitlement_is_lost", ["SCAN k"],
      "an organisation loses days once in years: its classes are looked for among all"),
    Allowed(
      "entitlement_is_suspended", ["SCAN k"],
      "an organisation loses days once in years: its classes are looked for among all"),
    Allowed(
      "entitlement_is_back", ["SCAN u"], "the table holds classes of lost days, and no other"),
    Allowed(
      "entitlement_is_resumed", ["SCAN u"], "the table holds classes of lost days, and no other"),
    Allowed(
      "SELECT person_id FROM person_death",
      ["SCAN person_death USING INDEX person_death_stands"],
      "who has died, few as they are: each connection asks once, and after each death"),
    Allowed(
      "SELECT person_id, lowest_id FROM natural_person", ["SCAN natural_person"],
      "the table holds those who have two numbers, and nobody else"),
    Allowed(
      "SELECT p.lowest_id, max(l.linked_on)",
      ["SEARCH p USING COVERING INDEX natural_person_of (lowest_id>?)"],
      "the table holds those who have two numbers, and nobody else"),
    Allowed(
      "SELECT e.person_id, max(u.seq) AS seq FROM class_uncounted u",
      [
        "SCAN u", "SCAN h", "USE TEMP B-TREE FOR GROUP BY", "USE TEMP B-TREE FOR ORDER BY",
      ], "the table holds classes of lost days, and no other"),
    Allowed(
      "SELECT person_id, max(seq) AS seq FROM person_bar",
      [
        "SEARCH person_bar USING PRIMARY KEY (person_id>?)", "SCAN h",
        "USE TEMP B-TREE FOR ORDER BY",
      ], "a page"),
    Allowed(
      "SELECT c.person_id, max(m.seq) AS seq FROM certificate_mark m",
      [
        "SCAN h", "USE TEMP B-TREE FOR GROUP BY", "USE TEMP B-TREE FOR ORDER BY",
      ], "goes through what was suspended or revoked, by an index, few as they are"),
    Allowed(
      "max(coalesce(r.annulled_seq, r.replaced_seq)) AS seq",
      [
        "SCAN h", "USE TEMP B-TREE FOR GROUP BY", "USE TEMP B-TREE FOR ORDER BY",
      ], "goes through what was suspended or revoked, by an index, few as they are"),
    Allowed(
      "FROM signing_key k LEFT JOIN key_retirement r", ["SCAN k", "USE TEMP B-TREE FOR ORDER BY"],
      "the School has one key for years"),
    Allowed("key_retirement_last", ["SCAN k"], "the School has one key for years"),
    Allowed("natural_person_agrees_i", ["SCAN j"], "goes through the numbers of one person"),
    Allowed("natural_person_agrees_u", ["SCAN j"], "goes through the numbers of one person"),
    Allowed(
      "person_link_joins", ["SCAN j", "SCAN joined"], "goes through the numbers of one person"),
    Allowed(
      "person_link_parts", ["SCAN j", "SCAN joined", "SCAN j", "SCAN joined"],
      "goes through the numbers of two people"),
    Allowed(
      "SELECT max(at_ms) FROM answer WHERE at_ms < ?1",
      ["SEARCH answer USING COVERING INDEX answer_by_age (at_ms<?)"], "takes the last of them alone"
    ),
    // What forgets, from the oldest on.
    Allowed(
      "DELETE FROM answer WHERE at_ms < ?1", ["SEARCH answer USING INDEX answer_by_age (at_ms<?)"],
      "goes through what it deletes"),
    Allowed(
      "DELETE FROM inquiry WHERE day < ?1", ["SEARCH inquiry USING PRIMARY KEY (day<?)"],
      "goes through what it deletes"),
    // Who read what (R-903).
    Allowed(
      "SELECT day FROM reading", ["SEARCH reading USING INTEGER PRIMARY KEY (rowid>?)"],
      "from the end, one"),
    Allowed(
      "FROM reading WHERE id > ?1 ORDER BY id",
      ["SEARCH reading USING INTEGER PRIMARY KEY (rowid>?)"],
      "what a second copy lacks, in portions"),
    Allowed(
      "WHERE last >= reading.id",
      ["SEARCH reads_counted USING COVERING INDEX reads_counted_up_to (last>?)"],
      "the first of them alone"),
    Allowed(
      "DELETE FROM reading WHERE id <= ?1",
      ["SEARCH reading USING INTEGER PRIMARY KEY (rowid<?)"], "goes through what it deletes"),
    Allowed(
      "SELECT seq, first, last, count, digest FROM reads_counted",
      ["SEARCH reads_counted USING INDEX reads_counted_up_to (last>?)"], "a check: a row a day"),
    // The whole, for who asks for the whole; no call of everyday work waits for it.
    Allowed(
      "WITH shared AS MATERIALIZED",
      ["SCAN person_trait", "SCAN s", "USE TEMP B-TREE FOR DISTINCT"],
      "the list of doubles compares all people: for the School alone, on a worker, within its steps"
    ),
    Allowed(
      "SELECT octets FROM entry WHERE seq <= ?1",
      ["SEARCH entry USING INTEGER PRIMARY KEY (rowid<?)"],
      "the journal's root of a size: computed of all entries up to it"),
    Allowed(
      "turn, seal, place FROM answer", ["SCAN answer"], "a check"),
    Allowed("SELECT octets, seq FROM entry ORDER BY seq", ["SCAN entry"], "a backup's check"),
    Allowed("WHERE erased_by IS NOT NULL", ["SCAN act"], "a check"),
    Allowed("FROM journal_head h LEFT JOIN answer a", ["SCAN h", "SCAN a LEFT-JOIN"], "a check"),
    Allowed("WHERE seq NOT IN (SELECT seq FROM entry)", ["SCAN act"], "a check"),
    Allowed(
      "FROM entry e LEFT JOIN act a", ["SEARCH e USING INTEGER PRIMARY KEY (rowid>?)"],
      "a check, a restore and an upgrade fold all acts, in portions"),
    Allowed(
      "SELECT n.name FROM pragma_table_info",
      ["SCAN n VIRTUAL TABLE INDEX 0:", "SCAN o VIRTUAL TABLE INDEX 0:"],
      "columns of a table, in an upgrade"),
  ]

  /// What can't be prepared here, and why: by the words it begins with.
  static let elsewhere: [(words: String, why: String)] = [
    ("INSERT INTO main.\\(table.name)", "an upgrade copies each table of operation"),
    ("UPDATE main.journal_head", "an upgrade, of the database that it comes from"),
    (
      "SELECT principal, key, digest, status, payload, at_ms, seal, place FROM old.answer",
      "an upgrade"
    ),
    ("SELECT \\(key) FROM", "a check compares each table with the fold's"),
    ("SELECT 'another' WHERE", "a check compares each table with the fold's"),
  ]

  @Test("no statement goes through a table that grows, but for those that say why")
  func plans() throws {
    let registry = try EmptyRegistry()
    var found: [String: [String]] = [:]
    var count = 0
    // A pragma is none, and takes effect when it is prepared.
    for statement in try Self.literals() where !statement.hasPrefix("PRAGMA ") {
      guard let plan = registry.plan(of: statement) else {
        if Self.isSQL(statement), !Self.elsewhere.contains(where: { statement.hasPrefix($0.words) })
        {
          Issue.record("can't be prepared: \(statement)")
        }
        continue
      }
      count += 1
      for (name, steps) in plan {
        let large = Self.large(steps)
        if !large.isEmpty { found[name ?? statement] = large }
      }
    }
    #expect(count > 200)
    for (name, steps) in found.sorted(by: { $0.key < $1.key }) {
      let allowed = Self.allowed.filter { name.contains($0.words) }
      if allowed.count != 1 || allowed[0].steps != steps {
        Issue.record("\(name)\n  \(steps)")
      }
    }
    for entry in Self.allowed where !found.keys.contains(where: { $0.contains(entry.words) }) {
      Issue.record("is allowed, and does no such thing: \(entry.words)")
    }
  }

  /// The steps that take more than what an index gives for a value: a scan, a range without an end that
  /// grows with the table, an index that SQLite makes for this once. Where there is one, also what is
  /// sorted.
  static func large(_ steps: [String]) -> [String] {
    let wide = steps.filter { step in
      let words = step.split(separator: " ").map(String.init)
      guard words.count > 1, !Self.small.contains(words[1]) else { return false }
      if words[0] == "SCAN" || step.contains("AUTOMATIC") { return true }
      return words[0] == "SEARCH" && Self.isOpen(step)
    }
    return wide.isEmpty ? [] : wide + steps.filter { $0.hasPrefix("USE TEMP B-TREE") }
  }

  /// Whether a search has one bound alone, and no value.
  private static func isOpen(_ step: String) -> Bool {
    let bounds = step.split(separator: "(").last?.split(separator: " AND ") ?? []
    return bounds.count == 1 && (bounds[0].hasSuffix(">?)") || bounds[0].hasSuffix("<?)"))
  }

  @Test("a scan, an open range and an index made for once are seen, in a trigger too")
  func isSeen() throws {
    let registry = try EmptyRegistry()
    func large(_ sql: String) -> [String: [String]] {
      var all: [String: [String]] = [:]
      for (name, steps) in registry.plan(of: sql) ?? [] {
        let steps = Self.large(steps)
        if !steps.isEmpty { all[name ?? ""] = steps }
      }
      return all
    }
    #expect(large("SELECT 1 FROM place WHERE enrolment_id = 1") == [:])
    #expect(large("SELECT count(*) FROM cohort_cancelled") == ["": ["SCAN cohort_cancelled"]])
    #expect(
      large("SELECT 1 FROM place WHERE enrolled_on = '2026-01-01' ORDER BY person_id, seq")
        == ["": ["SCAN place USING INDEX place_of", "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"]])
    #expect(
      large("SELECT 1 FROM act WHERE seq > 7")
        == ["": ["SEARCH act USING INTEGER PRIMARY KEY (rowid>?)"]])
    #expect(
      large("SELECT 1 FROM place p JOIN cohort c ON c.place = p.enrolled_on")
        == [
          "": [
            "SCAN p",
            "SEARCH c USING AUTOMATIC COVERING INDEX (place=?)",
          ]
        ])
    registry.run(
      """
      CREATE TRIGGER through BEFORE INSERT ON cohort_cancelled
      WHEN EXISTS (SELECT 1 FROM place WHERE enrolled_on = '2026-01-01')
      BEGIN SELECT RAISE(ABORT, 'no'); END
      """)
    #expect(
      large("INSERT INTO cohort_cancelled (cohort_id, seq) VALUES (1, 1)")
        == ["TRIGGER through": ["SCAN place"]])
  }

  private static func isSQL(_ text: String) -> Bool {
    ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "REPLACE "].contains {
      text.hasPrefix($0)
    }
  }

  /// Every string literal of the room that has SQL, white space made single; but for what is generated of
  /// `schema/registry`, which makes the database itself.
  private static func literals() throws -> [String] {
    let folder = Repository.root.appendingPathComponent("Sources/Server/Store")
    let files =
      FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var literals: [String] = []
    for file in files.sorted() where file.hasSuffix(".swift") && !file.hasPrefix("Generated/") {
      literals += Self.literals(in: try Repository.text("Sources/Server/Store/\(file)"))
    }
    return literals.map { text in text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  /// The string literals of a source, without their quotation marks and with their escapes.
  static func literals(in source: String) -> [String] {
    let text = Array(source)
    var literals: [String] = []
    var place = 0
    func begins(_ words: String, at place: Int) -> Bool { text[place...].starts(with: words) }
    while place < text.count {
      if begins("//", at: place) {
        place = text[place...].firstIndex(of: "\n") ?? text.count
      } else if text[place] == "\"" {
        let mark = begins("\"\"\"", at: place) ? "\"\"\"" : "\""
        place += mark.count
        let start = place
        while place < text.count, !begins(mark, at: place) { place += text[place] == "\\" ? 2 : 1 }
        literals.append(String(text[start..<min(place, text.count)]))
        place += mark.count
      } else {
        place += 1
      }
    }
    return literals
  }

  @Test("literals are found in one line and in many, and not in comments")
  func scanner() {
    let source = #"""
      // "no literal"
      let one = "SELECT 1", quoted = "a \"b\""
      let many = """
        SELECT 2
        """
      """#
    #expect(
      Self.literals(in: source).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        == ["SELECT 1", #"a \"b\""#, "SELECT 2"])
  }
}

/// An empty registry, as the server makes it, which says how it would do what it is asked.
@safe
private final class EmptyRegistry {
  private let handle: OpaquePointer?
  private let path: String

  init() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("plans-\(UUID().uuidString.prefix(12)).db").path
    try Registry.create(path: path, at: Instant(unixMilliseconds: 0))
    var handle: OpaquePointer?
    #expect(unsafe sqlite3_open(path, &handle) == SQLITE_OK)
    unsafe self.handle = handle
    self.path = path
    #expect(unsafe csqlite_explain_triggers(handle) == SQLITE_OK)
    // With foreign keys a plan also has what is done while one is broken, which is never: they are not
    // deferred.
    self.run("PRAGMA foreign_keys = OFF")
  }

  deinit {
    unsafe sqlite3_close(self.handle)
    for suffix in ["", "-wal", "-shm"] {
      // What is left in a temporary folder harms no test.
      try? FileManager.default.removeItem(atPath: self.path + suffix)
    }
  }

  func run(_ sql: String) {
    #expect(unsafe sqlite3_exec(self.handle, sql, nil, nil, nil) == SQLITE_OK)
  }

  /// The steps of a statement, and of each trigger that it fires; nil where SQLite can't prepare it.
  func plan(of sql: String) -> [(trigger: String?, steps: [String])]? {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(
      self.handle, "EXPLAIN QUERY PLAN " + sql, -1, &statement, nil)
    defer { unsafe sqlite3_finalize(statement) }
    guard code == SQLITE_OK, unsafe statement != nil else { return nil }
    var plan: [(trigger: String?, steps: [String])] = [(nil, [])]
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      let step = unsafe String(cString: sqlite3_column_text(statement, 3))
      if step.hasPrefix("-- ") {
        plan.append((String(step.dropFirst(3)), []))
      } else {
        plan[plan.count - 1].steps.append(step)
      }
    }
    return plan
  }
}
