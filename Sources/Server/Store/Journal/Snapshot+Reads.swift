package import BitimDomain
package import BitimProtocol

/// Which reads a list is of; what is nil or 0 asks for all.
package struct ReadFilter: Sendable {
  /// Whose data was read.
  package var personID: Int64 = 0
  /// Who read it.
  package var readerID: Int64 = 0
  /// For whom.
  package var organisationID: Int64 = 0
  package var purpose: ReadPurpose?
  /// On this day or later.
  package var from: CivilDate?
  /// On this day or earlier.
  package var until: CivilDate?

  /// Asks for all.
  package init() {}
}

/// A read as auditors read it.
package struct ListedRead: Equatable, Sendable {
  package let number: Int64
  package let reading: Reading
  /// The act that has its digest; nil where none has yet.
  package let countedBy: Int64?
}

/// Who was shown whose personal data.
extension Snapshot {
  /// Reads behind a place in the list, the newest first, at most `limit` of them.
  ///
  /// - Parameter place: Day and number of the read that was listed last; nil at the beginning.
  package func reads(
    _ filter: ReadFilter, behind place: (day: CivilDate, number: Int64)?, limit: Int
  ) throws -> [ListedRead] {
    // No day is later than one that has no digit.
    let until = filter.until?.iso ?? "~"
    let values: [Value] = [
      .text(place?.day.iso ?? until), .integer(place?.number ?? .max),
      .text(filter.from?.iso ?? ""), .integer(filter.organisationID),
      .text(filter.purpose?.rawValue ?? ""), .int(limit), .integer(filter.readerID),
      .integer(filter.personID),
    ]
    if filter.personID != 0 {
      return try self.database.rows(
        """
        SELECT id, at_ms, day, reader_id, organisation_id, token_id, kind, person_id, about, fields,
          purpose,
          (SELECT seq FROM reads_counted WHERE last >= reading.id ORDER BY last LIMIT 1)
        FROM reading WHERE person_id = ?8 AND (day, id) < (?1, ?2) AND day >= ?3
          AND (?7 = 0 OR reader_id = ?7) AND (?4 = 0 OR organisation_id = ?4)
          AND (?5 = '' OR purpose = ?5)
        ORDER BY day DESC, id DESC LIMIT ?6
        """, values, Self.listed)
    }
    if filter.readerID != 0 {
      return try self.database.rows(
        """
        SELECT id, at_ms, day, reader_id, organisation_id, token_id, kind, person_id, about, fields,
          purpose,
          (SELECT seq FROM reads_counted WHERE last >= reading.id ORDER BY last LIMIT 1)
        FROM reading WHERE reader_id = ?7 AND (day, id) < (?1, ?2) AND day >= ?3
          AND (?8 = 0 OR person_id = ?8) AND (?4 = 0 OR organisation_id = ?4)
          AND (?5 = '' OR purpose = ?5)
        ORDER BY day DESC, id DESC LIMIT ?6
        """, values, Self.listed)
    }
    return try self.database.rows(
      """
      SELECT id, at_ms, day, reader_id, organisation_id, token_id, kind, person_id, about, fields,
        purpose,
        (SELECT seq FROM reads_counted WHERE last >= reading.id ORDER BY last LIMIT 1)
      FROM reading WHERE (day, id) < (?1, ?2) AND day >= ?3 AND ?7 = 0 AND ?8 = 0
        AND (?4 = 0 OR organisation_id = ?4) AND (?5 = '' OR purpose = ?5)
      ORDER BY day DESC, id DESC LIMIT ?6
      """, values, Self.listed)
  }

  private static func listed(_ row: Row) throws -> ListedRead {
    ListedRead(
      number: row.integer(0), reading: try Self.reading(row), countedBy: row.optionalInteger(11))
  }

  private static func reading(_ row: Row) throws -> Reading {
    Reading(
      at: Instant(unixMilliseconds: row.integer(1)), on: try row.date(2), by: row.integer(3),
      for: row.integer(4), token: row.integer(5), kind: try row.noun(6), of: row.integer(7),
      about: row.text(8), fields: row.text(9).split(separator: " ").map(String.init),
      purpose: try row.noun(10))
  }

  /// The number that was given to a read last, forgotten or not; 0 where none was.
  package func lastRead() throws -> Int64 {
    let last = try self.database.first("SELECT coalesce(max(id), 0) FROM reading") { $0.integer(0) }
    return max(last ?? 0, try self.lastCountedRead())
  }

  /// The last read of which an act has the digest; 0 where there is none.
  func lastCountedRead() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(last), 0) FROM reads_counted") { $0.integer(0) }
      ?? 0
  }

  /// The last read that was counted before an instant; 0 where none was.
  func lastRead(countedBefore ms: Int64) throws -> Int64 {
    try self.database.first(
      "SELECT coalesce(max(last), 0) FROM reads_counted WHERE at_ms < ?1", [.integer(ms)]
    ) { $0.integer(0) } ?? 0
  }

  /// Reads behind a number in their order, for a second copy.
  package func copiedReads(after number: Int64, limit: Int) throws -> [BitimV1.CopiedRead] {
    try self.database.rows(
      """
      SELECT id, at_ms, day, reader_id, organisation_id, token_id, kind, person_id, about, fields,
        purpose
      FROM reading WHERE id > ?1 ORDER BY id LIMIT ?2
      """, [.integer(number), .int(limit)]
    ) { row in
      let reading = try Self.reading(row)
      var read = BitimV1.CopiedRead()
      read.number = row.integer(0)
      read.atMs = reading.at.unixMilliseconds
      read.day = reading.day.iso
      read.readerId = reading.readerID
      read.organisationId = reading.organisationID
      read.tokenId = reading.tokenID
      read.kind = reading.kind.rawValue
      read.personId = reading.personID
      read.about = reading.about
      read.fields = reading.fields.joined(separator: " ")
      read.purpose = reading.purpose.rawValue
      return read
    }
  }
}

extension Reading {
  /// A read as a second copy has it.
  init(_ copied: BitimV1.CopiedRead) throws {
    guard let day = CivilDate(iso: copied.day), let kind = ReadKind(rawValue: copied.kind),
      let purpose = ReadPurpose(rawValue: copied.purpose)
    else { throw StoreFailure.corrupt("the copy: read \(copied.number) is malformed") }
    self.init(
      at: Instant(unixMilliseconds: copied.atMs), on: day, by: copied.readerId,
      for: copied.organisationId, token: copied.tokenId, kind: kind, of: copied.personId,
      about: copied.about, fields: copied.fields.split(separator: " ").map(String.init),
      purpose: purpose)
  }
}
