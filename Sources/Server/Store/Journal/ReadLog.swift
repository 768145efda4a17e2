import BitimCrypto
import BitimDomain
import BitimProtocol

/// Where it is kept who was shown whose personal data; belongs to the connection that writes.
struct ReadLog {
  private let database: Database
  /// The number of the last row; nil until it is asked for.
  private var last: Int64?
  /// The day of the last row, where no act has its digest yet; nil where all are counted.
  private(set) var open: CivilDate?

  init(_ database: Database) throws {
    self.database = database
    try self.load()
  }

  /// Reads anew where the rows end: the transaction is gone.
  mutating func load() throws {
    self.last = nil
    self.open = try self.database.first(
      """
      SELECT day FROM reading WHERE id > coalesce((SELECT max(last) FROM reads_counted), 0)
      ORDER BY id DESC LIMIT 1
      """
    ) { try $0.date(0) }
  }

  /// Writes rows behind all that are there.
  mutating func append(_ readings: [Reading]) throws {
    var number: Int64
    if let last { number = last } else { number = try Snapshot(database: self.database).lastRead() }
    for reading in readings {
      number += 1
      try Self.write(reading, number, to: self.database)
    }
    self.last = number
    self.open = readings.last?.day ?? self.open
  }

  static func write(_ reading: Reading, _ number: Int64, to database: Database) throws {
    try database.execute(
      """
      INSERT INTO reading (id, at_ms, day, reader_id, organisation_id, token_id, kind, person_id,
        about, fields, purpose)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """,
      [
        .integer(number), .integer(reading.at.unixMilliseconds), .date(reading.day),
        .integer(reading.readerID), .integer(reading.organisationID), .integer(reading.tokenID),
        .text(reading.kind.rawValue), .integer(reading.personID), .text(reading.about),
        .text(reading.fields.joined(separator: " ")), .text(reading.purpose.rawValue),
      ])
  }

  /// The change that counts the rows of which no act has a digest; nil where there are none.
  ///
  /// What it reads of the rows it is given: a change asks for nothing that no act derives.
  func counting() throws -> Change? {
    guard let open else { return nil }
    let state = Snapshot(database: self.database)
    let first = try state.lastCountedRead() + 1
    let last = try state.lastRead()
    guard first <= last else { return nil }
    let (count, digest) = try Self.digest(of: first...last, in: self.database)
    return Change(
      principal: "program", key: "reads-\(last)", digest: [],
      work: { transaction in
        let kept = Int64(Reading.keptDays) * 86_400_000
        let forgotten = try transaction.state.lastRead(
          countedBefore: transaction.instant.unixMilliseconds - kept)
        try transaction.record(
          .readsCounted(
            ReadsCounted(
              numbers: first...last, count: count, digest: digest, forgotten: forgotten)),
          by: .program, heldOn: open)
        try transaction.state.database.execute(
          "DELETE FROM reading WHERE id <= ?1", [.integer(forgotten)])
        return .done([], kept: [])
      }, answer: { _ in })
  }

  /// How many rows have these numbers, and the SHA-256 of them: of each its columns in their order, with a bar
  /// between two and the end of a line behind the last.
  static func digest(
    of numbers: ClosedRange<Int64>, in database: Database
  ) throws -> (count: Int64, digest: [UInt8]) {
    var (hash, count) = (SHA256(), Int64(0))
    try database.each(
      """
      SELECT id, at_ms, day, reader_id, organisation_id, token_id, kind, person_id, about, fields,
        purpose
      FROM reading WHERE id >= ?1 AND id <= ?2 ORDER BY id
      """, [.integer(numbers.lowerBound), .integer(numbers.upperBound)]
    ) { row in
      let line = (0..<11).map { row.text($0) }.joined(separator: "|") + "\n"
      hash.update(Array(line.utf8))
      count += 1
    }
    return (count, hash.finish())
  }

  /// What is other than acts say of the rows that are not forgotten, a sentence each.
  static func damaged(in database: Database) throws -> [String] {
    var damaged: [String] = []
    let counted = try database.rows(
      """
      SELECT seq, first, last, count, digest FROM reads_counted
      WHERE last > (SELECT max(forgotten) FROM reads_counted) ORDER BY last
      """
    ) {
      (
        seq: $0.integer(0), numbers: ($0.integer(1), $0.integer(2)), count: $0.integer(3),
        digest: $0.blob(4)
      )
    }
    for act in counted where act.numbers.0 <= act.numbers.1 {
      let (first, last) = act.numbers
      let found = try Self.digest(of: first...last, in: database)
      if found.count != act.count {
        damaged.append(
          "reading: act \(act.seq) counted \(act.count) reads from \(first) to \(last), and \(found.count) are there"
        )
      } else if found.digest != act.digest {
        damaged.append(
          "reading: reads \(first) to \(last) are not those that act \(act.seq) counted")
      }
    }
    return damaged
  }
}
