package import BitimDomain

/// What mediators learn.
extension Snapshot {
  /// What an act recorded; nil where it recorded nothing, or that does not stand.
  package func learning(_ sequence: Int64) throws -> LearningRecord? {
    try self.database.first(
      """
      SELECT l.seq, l.person_id, l.held_on, l.kind, l.quarters, l.points, l.is_relevant, l.provider,
        l.evidence, l.recorded_by, k.checked_on
      FROM learning l LEFT JOIN learning_check k ON k.learning_seq = l.seq
      WHERE l.seq = ?1 AND l.ended_seq IS NULL
      """, [.integer(sequence)], Self.learning)
  }

  /// What stands of a natural person, under all numbers, behind an act and in the order of the acts; at most
  /// `limit` of each number.
  package func learning(
    of person: Int64, after sequence: Int64 = 0, limit: Int = .max
  ) throws -> [LearningRecord] {
    var found: [LearningRecord] = []
    for number in try self.persons().numbers(of: person) {
      found += try self.database.rows(
        """
        SELECT l.seq, l.person_id, l.held_on, l.kind, l.quarters, l.points, l.is_relevant, l.provider,
          l.evidence, l.recorded_by, k.checked_on
        FROM learning l LEFT JOIN learning_check k ON k.learning_seq = l.seq
        WHERE l.person_id = ?1 AND l.seq > ?2 AND l.ended_seq IS NULL ORDER BY l.seq LIMIT ?3
        """, [.integer(number), .integer(sequence), .int(limit)], Self.learning)
    }
    return found.sorted { $0.sequence < $1.sequence }
  }

  private static func learning(_ row: borrowing Row) throws -> LearningRecord {
    let points = row.int(5)
    return LearningRecord(
      sequence: row.integer(0), of: row.integer(1),
      Learning(
        on: try row.date(2), try row.noun(3), points == 0 ? .quarters(row.int(4)) : .points(points),
        isRelevant: row.int(6) == 1, provider: row.text(7), evidence: row.text(8)),
      recordedBy: row.integer(9), checkedOn: try row.optionalDate(10))
  }

  /// What stands of a natural person's practice, under all numbers, behind an act and in the order of the acts.
  package func practice(
    of person: Int64, after sequence: Int64 = 0
  ) throws -> [PracticeRecord] {
    var found: [PracticeRecord] = []
    for number in try self.persons().numbers(of: person) {
      found += try self.database.rows(
        """
        SELECT seq, year, field, cases, settled FROM practice
        WHERE person_id = ?1 AND seq > ?2 AND ended_seq IS NULL
        """, [.integer(number), .integer(sequence)]
      ) { row in
        PracticeRecord(
          sequence: row.integer(0), of: number,
          Practice(
            year: row.int(1), try row.noun(2), cases: row.int(3), settled: row.int(4)))
      }
    }
    return found.sorted { $0.sequence < $1.sequence }
  }
}
