import BitimDomain
import BitimProtocol
import BitimSystem
import BitimStore
import BitimTestSupport
import CSQLite
import Foundation
import Synchronization
import Testing

@Suite("The ledger")
struct LedgerTests {
  /// A ledger on a database of its own; its clock stands still.
  final class Fixture {
    let folder: URL
    let path: String
    let ledger: Ledger
    let reader: Reader

    init() throws {
      self.folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("bl-\(UUID().uuidString.prefix(12))")
      try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
      let path = self.folder.appendingPathComponent("db").path
      self.path = path
      let now = Instant(unixMilliseconds: 1_795_000_000_000)
      try Registry.create(path: path, at: now)
      self.ledger = try Ledger(
        path: path, now: { now }, random: { [UInt8](repeating: 7, count: $0) },
        report: { _, _ in })
      self.reader = try Reader(path: path, commits: self.ledger.commits)
    }

    deinit {
      self.ledger.close()
      // A temporary folder that stays harms no test.
      try? FileManager.default.removeItem(at: self.folder)
    }

    func codes() throws -> [String] {
      try self.reader.read { try $0.organisations(kind: nil, after: "", limit: 10).map(\.code) }
    }
  }

  /// Submits a change and waits for its answer.
  static func submit(
    _ ledger: Ledger, key: String, digest: [UInt8] = [1], isAbandoned: Bool = false,
    _ work: @escaping @Sendable (borrowing Transaction) throws -> Outcome
  ) async -> Result<[UInt8], Status> {
    await withCheckedContinuation { continuation in
      let accepted = ledger.submit(
        Change(
          principal: "person:1", key: key, digest: digest, work: work,
          isAbandoned: { isAbandoned }, answer: { continuation.resume(returning: $0) }))
      if !accepted { continuation.resume(returning: .failure(Status(.unavailable, "closed"))) }
    }
  }

  static func register(
    _ code: String, id: Int64, kind: OrganisationKind = .centre,
    _ transaction: borrowing Transaction
  ) throws {
    let organisation = Organisation(
      id: id, code: code, kind: kind,
      name: Trilingual(kk: "Орталық", ru: "Орталық", en: "Орталық"), region: "Алматы қаласы",
      country: "KAZ", entitlements: [])
    guard let day = CivilDate(iso: "2026-11-22") else { return }
    try transaction.record(
      .organisationsRegistered(.init([organisation])), by: .program, heldOn: day)
  }

  @Test("the writer answers a roll call when it gets to it, and not while a change holds it up")
  func rollCall() async throws {
    let fixture = try Fixture()
    let (held, holds) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    async let change = Self.submit(fixture.ledger, key: "1") { _ in
      holds.signal()
      held.wait()
      return .done([1], kept: [1])
    }
    await Self.wait(for: holds)
    let answered = DispatchSemaphore(value: 0)
    let isHeldUp = Atomic(true)
    fixture.ledger.rollCall {
      // What is answered before the change may go on was answered by another thread.
      if isHeldUp.load(ordering: .acquiring) { Issue.record("answered while a change was made") }
      answered.signal()
    }
    isHeldUp.store(false, ordering: .releasing)
    held.signal()
    await Self.wait(for: answered)
    #expect(try await change.get() == [1])
  }

  /// Waits without holding up other tests' threads.
  private static func wait(for semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        semaphore.wait()
        continuation.resume()
      }
    }
  }

  //
  @Test("a refused change leaves nothing, those beside it are made, and the journal grows by them")
  func refused() async throws {
    let fixture = try Fixture()
    let ledger = fixture.ledger
    let refusal = Status(.failedPrecondition, reason: "GROUP_FULL", "no")
    async let first = Self.submit(ledger, key: "1") { transaction in
      try Self.register("A", id: 1, transaction)
      return .done([1], kept: [1])
    }
    async let second = Self.submit(ledger, key: "2") { transaction in
      try Self.register("B", id: 2, transaction)
      return .refused(refusal, journal: nil)
    }
    async let third = Self.submit(ledger, key: "3") { transaction in
      try Self.register("C", id: 3, transaction)
      throw refusal
    }
    let answers = await [first, second, third]
    #expect(answers == [.success([1]), .failure(refusal), .failure(refusal)])
    #expect(try fixture.codes() == ["A"])
    #expect(try fixture.reader.read { try $0.journal(last: 10).size } == 1)
  }

  @Test("of one commit's changes, what wrote and then failed is gone, and each other is made once")
  func setBack() async throws {
    let fixture = try Fixture()
    let gate = DispatchSemaphore(value: 0)
    let runs = Lock<[Int: Int]>([:])
    let (answers, heard) = AsyncStream.makeStream(of: (Int, Result<[UInt8], Status>).self)
    func put(_ id: Int, _ work: @escaping @Sendable (borrowing Transaction) throws -> Outcome) {
      _ = fixture.ledger.submit(
        Change(
          principal: "person:1", key: "\(id)", digest: [1],
          work: { transaction in
            runs.withLock { $0[id, default: 0] += 1 }
            return try work(transaction)
          }, answer: { heard.yield((id, $0)) }))
    }
    func make(_ code: String, _ id: Int) {
      put(id) { transaction in
        try Self.register(code, id: Int64(id), transaction)
        return .done([UInt8(id)], kept: [])
      }
    }
    // While the first is at work, alone in its commit, the rest gather, and make one commit.
    let (beginnings, began) = AsyncStream.makeStream(of: Void.self)
    put(1) { transaction in
      began.yield()
      gate.wait()
      try Self.register("A", id: 1, transaction)
      return .done([1], kept: [])
    }
    for await _ in beginnings { break }
    let refusal = Status(.failedPrecondition, reason: "GROUP_FULL", "no")
    make("B", 2)
    put(3) { transaction in
      try Self.register("C", id: 3, transaction)
      throw refusal
    }
    make("D", 4)
    put(5) { transaction in
      try Self.register("E", id: 5, transaction)
      // The id is taken: the second act fails in the middle of the change.
      try Self.register("F", id: 1, transaction)
      return .done([5], kept: [])
    }
    make("G", 6)
    gate.signal()
    var heardOf: [Int: Result<[UInt8], Status>] = [:]
    for await (id, answer) in answers {
      heardOf[id] = answer
      if heardOf.count == 6 { break }
    }
    #expect(
      heardOf == [
        1: .success([1]), 2: .success([2]), 3: .failure(refusal), 4: .success([4]),
        5: .failure(Status(.internal, "internal error")), 6: .success([6]),
      ])
    #expect(try fixture.codes() == ["A", "B", "D", "G"])
    #expect(try fixture.reader.read { try $0.journal(last: 10).size } == 4)
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.acts == 4)
    #expect(findings.problems == [])
    // The one that came first in its commit ran before anybody had to be set back, and again after.
    #expect(runs.withLock { $0[2] } == 2)
    #expect(
      await Self.submit(fixture.ledger, key: "2") { _ in .done([9], kept: [9]) } == .success([]))
  }

  @Test("what a change made and read before it was set back is not known to the next")
  func forgotten() async throws {
    let fixture = try Fixture()
    let refusal = Status(.failedPrecondition, reason: "GROUP_FULL", "no")
    let before = await Self.submit(fixture.ledger, key: "1") { transaction in
      try Self.register("A", id: 1, transaction)
      guard let day = CivilDate(iso: "2026-11-22") else { return .done([], kept: []) }
      let cohort = CohortRecord(
        id: 1, code: "ӘДІЛ-1", editionID: 3, organisationID: 1, language: .kk, form: .inPerson,
        startsOn: day, endsOn: day, place: "Алматы")
      try transaction.record(.cohortOpened(.init(cohort)), by: .program, heldOn: day)
      #expect(try transaction.state.cohort(id: 1)?.code == "ӘДІЛ-1")
      throw refusal
    }
    #expect(before == .failure(refusal))
    let after = await Self.submit(fixture.ledger, key: "2") { transaction in
      .done(try transaction.state.cohort(id: 1) == nil ? [0] : [1], kept: [])
    }
    #expect(after == .success([0]))
  }

  @Test("a change that breaks an invariant fails alone, and may be repeated once it is mended")
  func broken() async throws {
    let fixture = try Fixture()
    for key in ["1", "2"] {
      _ = await Self.submit(fixture.ledger, key: key) { transaction in
        try Self.register("A", id: 1, transaction)
        return .done([], kept: [])
      }
    }
    let answer = await Self.submit(fixture.ledger, key: "2") { transaction in
      try Self.register("B", id: 2, transaction)
      return .done([2], kept: [2])
    }
    #expect(answer == .success([2]))
    #expect(try fixture.codes() == ["A", "B"])
  }

  @Test("a repeat gets the first answer, refusals too; another request under its key none")
  func repeated() async throws {
    let fixture = try Fixture()
    let calls = Lock(0)
    let work: @Sendable (borrowing Transaction) throws -> Outcome = { _ in
      calls.withLock { $0 += 1 }
      return .done([9, 9], kept: [9])
    }
    #expect(await Self.submit(fixture.ledger, key: "1", work) == .success([9, 9]))
    #expect(await Self.submit(fixture.ledger, key: "1", work) == .success([9]))
    let other = await Self.submit(fixture.ledger, key: "1", digest: [2], work)
    guard case .failure(let status) = other else {
      Issue.record("\(other)")
      return
    }
    #expect(status.reasons.map(\.reason) == ["IDEMPOTENCY_KEY_REUSED"])
    #expect(calls.withLock { $0 } == 1)
  }

  @Test("what nobody waits for any more is not begun, and says so")
  func abandoned() async throws {
    let fixture = try Fixture()
    let answer = await Self.submit(fixture.ledger, key: "1", isAbandoned: true) { transaction in
      try Self.register("A", id: 1, transaction)
      return .done([], kept: [])
    }
    guard case .failure(let status) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(status.code == .cancelled)
    #expect(status.reasons.map(\.reason) == ["NOT_EXECUTED"])
    #expect(try fixture.codes() == [])
  }

  @Test("turns are counted and instants go on from the journal's head, whatever the clock says")
  func headOfTime() async throws {
    let fixture = try Fixture()
    fixture.ledger.close()
    let start: Int64 = 1_795_000_000_000
    let day: Int64 = 86_400_000
    func head() throws -> [Int64] {
      var database: OpaquePointer?
      var statement: OpaquePointer?
      #expect(unsafe sqlite3_open(fixture.path, &database) == SQLITE_OK)
      defer { unsafe sqlite3_close(database) }
      let sql = "SELECT turn, at_ms, (SELECT count(*) FROM answer) FROM journal_head"
      #expect(unsafe sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK)
      defer { unsafe sqlite3_finalize(statement) }
      #expect(unsafe sqlite3_step(statement) == SQLITE_ROW)
      return (0..<3).map { unsafe sqlite3_column_int64(statement, $0) }
    }
    /// Makes a change with a clock that stands at `milliseconds`; returns the change's instant, or 0 where
    /// it was not made anew.
    func change(_ key: String, at milliseconds: Int64) async throws -> Int64 {
      let ledger = try Ledger(
        path: fixture.path, now: { Instant(unixMilliseconds: milliseconds) }, trustsClock: true,
        random: { [UInt8](repeating: 7, count: $0) }, report: { _, _ in })
      defer { ledger.close() }
      let instant = Lock<Int64>(0)
      let answer = await Self.submit(ledger, key: key) { transaction in
        instant.withLock { $0 = transaction.instant.unixMilliseconds }
        return .done([1], kept: [1])
      }
      #expect(answer == .success([1]))
      return instant.withLock { $0 }
    }
    #expect(try await change("1", at: start) == start)
    #expect(try await change("2", at: start - day) == start + 1)
    #expect(try head() == [2, start + 1, 2])
    // A repeat keeps nothing: no turn, and nothing is forgotten, however late the clock says it is.
    #expect(try await change("1", at: start + 31 * day) == 0)
    #expect(try head() == [2, start + 1, 2])
    #expect(try await change("3", at: start + 31 * day) == start + 31 * day)
    #expect(try head() == [3, start + 31 * day, 3])
    #expect(try await change("4", at: start) == start + 31 * day + 1)
    #expect(try head() == [4, start + 31 * day + 1, 4])
    #expect(
      Shell.refusal(
        "INSERT INTO answer SELECT 99, place, principal, key, digest, status, payload, at_ms, turn,"
          + " seal FROM answer LIMIT 1", in: fixture.path)
        == "UNIQUE constraint failed: answer.place, answer.principal, answer.key")
    let findings = try Registry.check(
      path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch").path,
      progress: { _ in })
    #expect(findings.problems == [])
    #expect(
      Shell.refusal(
        "DROP TRIGGER journal_head_follows; UPDATE journal_head SET turn = 9", in: fixture.path)
        == nil)
    #expect(
      try Registry.check(
        path: fixture.path, scratch: fixture.folder.appendingPathComponent("scratch-2").path,
        progress: { _ in }
      ).problems == [
        "journal_head: turn and instant are not those of the last change",
        "trigger journal_head_follows: is missing or altered",
      ])
  }

  @Test("a closed ledger takes nothing more")
  func closed() async throws {
    let fixture = try Fixture()
    fixture.ledger.close()
    let answer = await Self.submit(fixture.ledger, key: "1") { _ in .done([], kept: []) }
    #expect(answer == .failure(Status(.unavailable, "closed")))
  }

  @Test("an act, or an answer to keep, that no copy could take is refused, and nothing of it stays")
  func tooLong() async throws {
    let fixture = try Fixture()
    let refusal = Status(
      .invalidArgument, reason: "TOO_MANY_ROWS",
      "the list is too long to be recorded in one piece; send it in parts", ["limit": "1.5 MiB"])
    let act = await Self.submit(fixture.ledger, key: "1") { transaction in
      try Self.register(String(repeating: "Қ", count: 1 << 20), id: 1, transaction)
      return .done([], kept: [])
    }
    #expect(act == .failure(refusal))
    let answer = await Self.submit(fixture.ledger, key: "2") { transaction in
      try Self.register("A", id: 1, transaction)
      let octets = [UInt8](repeating: 1, count: 2 << 20)
      return .done(octets, kept: octets)
    }
    #expect(answer == .failure(refusal))
    #expect(try fixture.codes() == [])
    #expect(try fixture.reader.read { try $0.journal(last: 10).size } == 0)
  }

  @Test(
    "acts and the answers to them are copied up to one instant, whichever fill the portion",
    arguments: [(10, 500), (5_000, 204)])
  func copied(answerOctets: Int, first: Int) async throws {
    let fixture = try Fixture()
    for number in 1...510 {
      _ = await Self.submit(fixture.ledger, key: "\(number)") { transaction in
        try Self.register("C\(number)", id: Int64(number), transaction)
        let octets = [UInt8](repeating: 7, count: answerOctets)
        return .done(octets, kept: octets)
      }
    }
    var (sequence, atMs, key) = (Int64(0), Int64(0), "")
    var counts: [Int] = []
    while sequence < 510 {
      let (acts, answers) = try fixture.reader.read {
        try $0.portion(after: sequence, answersAfterMs: atMs, principal: "person:1", key: key)
      }
      #expect(acts.map { "\($0.sequence)" } == answers.map(\.key))
      counts.append(acts.count)
      let (act, answer) = (try #require(acts.last), try #require(answers.last))
      (sequence, atMs, key) = (act.sequence, answer.atMs, answer.key)
    }
    #expect(counts.first == first)
    #expect(counts.reduce(0, +) == 510)
  }

  @Test("what a doubtful clock would date is not made; a repeat, and what is read, is answered")
  func clock() async throws {
    let fixture = try Fixture()
    fixture.ledger.close()
    let start: Int64 = 1_795_000_000_000
    let wall = Lock(start)
    let elapsed = Lock<Int64>(5_000)
    func open(trustsClock: Bool = false) throws -> Ledger {
      try Ledger(
        path: fixture.path, now: { Instant(unixMilliseconds: wall.withLock { $0 }) },
        elapsed: { elapsed.withLock { $0 } }, trustsClock: trustsClock,
        random: { [UInt8](repeating: 7, count: $0) }, report: { _, _ in })
    }
    func change(_ key: String, _ ledger: Ledger) async -> Result<[UInt8], Status> {
      await Self.submit(ledger, key: key) { _ in .done([1], kept: [1]) }
    }
    func doubtful(_ clock: String, _ known: String) -> Result<[UInt8], Status> {
      .failure(
        Status(
          .failedPrecondition, reason: "CLOCK_DOUBTFUL",
          "the server's clock is doubtful, and nothing is dated by it",
          ["clock": clock, "known": known]))
    }
    var ledger = try open()
    #expect(await change("1", ledger) == .success([1]))
    // A minute behind the last change two clocks may be, more they are not.
    wall.withLock { $0 = start - 60_000 }
    #expect(await change("2", ledger) == .success([1]))
    wall.withLock { $0 = start - 60_001 }
    #expect(
      await change("3", ledger)
        == doubtful("2026-11-18T11:05:39.999Z", "2026-11-18T11:06:40.001Z"))
    #expect(await change("1", ledger) == .success([1]))
    #expect(ledger.doubt == .behind(Instant(unixMilliseconds: start + 1)))
    // A day more than has passed is too much; when it has passed, it is right.
    wall.withLock { $0 = start + 86_400_000 + 1 }
    #expect(
      await change("4", ledger)
        == doubtful("2026-11-19T11:06:40.001Z", "2026-11-18T11:06:40Z"))
    elapsed.withLock { $0 += 1 }
    #expect(await change("4", ledger) == .success([1]))
    #expect(ledger.doubt == nil)
    ledger.close()
    // A machine without a battery starts in 1970; the administrator may say that it is right.
    wall.withLock { $0 = 1_000 }
    ledger = try open()
    #expect(
      await change("5", ledger)
        == doubtful("1970-01-01T00:00:01Z", "2026-11-19T11:06:40.001Z"))
    // Set right, it is right: what it said before counts for nothing.
    wall.withLock { $0 = start + 2 * 86_400_000 }
    #expect(ledger.doubt == nil)
    #expect(await change("6", ledger) == .success([1]))
    ledger.close()
    wall.withLock { $0 = 1_000 }
    ledger = try open(trustsClock: true)
    #expect(await change("5", ledger) == .success([1]))
    ledger.close()
  }

  @Test("a clock that leapt ahead is doubted after a restart too, in the same boot")
  func leap() async throws {
    let fixture = try Fixture()
    fixture.ledger.close()
    let start: Int64 = 1_795_000_000_000
    let day: Int64 = 86_400_000
    /// The doubt of a ledger that is opened in a boot, at so many days by the two clocks.
    func doubt(in boot: String?, wall: Int64, elapsed: Int64, trusts: Bool = false) async throws
      -> ClockWatch.Doubt?
    {
      let ledger = try Ledger(
        path: fixture.path, now: { Instant(unixMilliseconds: start + wall * day) },
        elapsed: { elapsed * day }, boot: boot, trustsClock: trusts,
        random: { [UInt8](repeating: 7, count: $0) }, report: { _, _ in })
      defer { ledger.close() }
      let doubt = ledger.doubt
      await withCheckedContinuation { moved in ledger.rollCall { moved.resume() } }
      return doubt
    }
    #expect(try await doubt(in: "қар", wall: 0, elapsed: 3) == nil)
    #expect(try await doubt(in: "қар", wall: 2, elapsed: 5) == nil)
    let expected = Instant(unixMilliseconds: start + 2 * day)
    #expect(try await doubt(in: "қар", wall: 40, elapsed: 5) == .ahead(expected))
    #expect(try await doubt(in: "қар", wall: 40, elapsed: 5) == .ahead(expected))
    // Nothing of another boot can be held against it, and nothing where the kernel does not name it.
    #expect(try await doubt(in: nil, wall: 40, elapsed: 5) == nil)
    #expect(try await doubt(in: "жел", wall: 40, elapsed: 1) == nil)
    #expect(try await doubt(in: "жел", wall: 80, elapsed: 2) != nil)
    // What the administrator says is right is believed from then on.
    #expect(try await doubt(in: "жел", wall: 80, elapsed: 2, trusts: true) == nil)
    #expect(try await doubt(in: "жел", wall: 81, elapsed: 3) == nil)
  }

  @Test(
    "an answer is kept for thirty days on which something was recorded, whatever the clock leaps over"
  )
  func keptDays() async throws {
    let fixture = try Fixture()
    fixture.ledger.close()
    let day: Int64 = 86_400_000
    /// Makes a change at so many milliseconds; false where it had been made before.
    func isNew(_ key: String, at milliseconds: Int64) async throws -> Bool {
      let ledger = try Ledger(
        path: fixture.path, now: { Instant(unixMilliseconds: milliseconds) },
        random: { [UInt8](repeating: 7, count: $0) }, report: { _, _ in })
      defer { ledger.close() }
      let isMade = Lock(false)
      let answer = await Self.submit(ledger, key: key) { _ in
        isMade.withLock { $0 = true }
        return .done([1], kept: [1])
      }
      #expect(answer == .success([1]))
      return isMade.withLock { $0 }
    }
    // Day 20,000 at six, then years later: a leap is one day.
    let six: Int64 = 6 * 3_600_000
    #expect(try await isNew("Ә", at: 20_000 * day + six))
    for count in 1...29 {
      #expect(try await isNew("\(count)", at: (21_000 + Int64(count) * 7) * day))
    }
    #expect(try await isNew("Ә", at: 21_203 * day) == false)
    // The thirtieth day after its own: until six of the clock it is kept.
    #expect(try await isNew("30", at: 21_210 * day + six))
    #expect(try await isNew("Ә", at: 21_210 * day + six + 1) == false)
    #expect(try await isNew("31", at: 21_210 * day + six + 2))
    #expect(try await isNew("Ә", at: 21_210 * day + six + 3))
    #expect(try await isNew("1", at: 21_210 * day + six + 4) == false)
  }

  @Test("whoever asks is told when there is no room for changes, and when there is some again")
  func full() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bl-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What is left of a temporary folder harms no test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("db").path
    let now = Instant(unixMilliseconds: 1_795_000_000_000)
    try Registry.create(path: path, at: now)
    let told = Lock<[Bool]>([])
    let room = Lock<Int64>((8 << 20) - 1)
    let ledger = try Ledger(
      path: path, now: { now }, random: { [UInt8](repeating: 7, count: $0) },
      whenFull: { isFull in told.withLock { $0.append(isFull) } },
      freeRoom: { room.withLock { $0 } }, report: { _, _ in })
    for (key, isFull) in [
      ("1", false), ("2", true), ("3", true), ("4", false), ("5", true), ("6", true),
    ] {
      // A note of a page finds room where no change does: that says nothing.
      if key == "6" {
        ledger.noteInquiries(of: 1, on: CivilDate(dayNumber: 20_000), [])
        await withCheckedContinuation { noted in ledger.rollCall { noted.resume() } }
      }
      let answer = await Self.submit(ledger, key: key) { _ in
        if isFull { throw StoreFailure(kind: .full, code: SQLITE_FULL, "no room") }
        return .done([], kept: [])
      }
      if isFull {
        let status = #expect(throws: Status.self) { try answer.get() }
        #expect(status?.reasons.map(\.reason) == ["DISK_FULL"])
      }
    }
    // Nobody asks for a change; what is noted beside them shows that there is room.
    room.withLock { $0 = 8 << 20 }
    ledger.noteInquiries(of: 1, on: CivilDate(dayNumber: 20_000), [])
    ledger.close()
    #expect(told.withLock { $0 } == [true, false, true, false])
  }
}
