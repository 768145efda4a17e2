import BitimDomain

/// What mediators learn.
extension Fold {
  func learn(_ deed: LearningRecorded, by person: Int64, _ seq: Int64) throws {
    let learning = deed.learning
    var (quarters, points) = (0, 0)
    switch learning.amount {
    case .quarters(let amount): quarters = amount
    case .points(let amount): points = amount
    }
    try self.database.execute(
      """
      INSERT INTO learning (seq, person_id, held_on, kind, quarters, points, is_relevant, provider,
        evidence, recorded_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """,
      [
        .integer(seq), .integer(deed.personID), .date(learning.day), .text(learning.kind.rawValue),
        .int(quarters), .int(points), .int(learning.isRelevant ? 1 : 0), .text(learning.provider),
        .text(learning.evidence), .integer(person),
      ])
  }

  func check(_ deed: LearningChecked, _ act: Act, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO learning_check (learning_seq, seq, checked_on, checked_by) VALUES (?1, ?2, ?3, ?4)
      """,
      [
        .integer(deed.sequence), .integer(seq), .date(act.heldOn), .integer(act.actor.personID),
      ])
  }

  func end(_ deed: LearningEnded, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE learning SET ended_seq = ?2 WHERE seq = ?1 AND ended_seq IS NULL",
      [.integer(deed.endsSequence), .integer(seq)])
    try self.expectOneChange("learning")
  }

  func practise(_ deed: PracticeRecorded, by person: Int64, _ seq: Int64) throws {
    let practice = deed.practice
    if let ends = deed.endsSequence {
      try self.database.execute(
        """
        UPDATE practice SET ended_seq = ?5
        WHERE person_id = ?1 AND year = ?2 AND field = ?3 AND seq = ?4 AND ended_seq IS NULL
        """,
        [
          .integer(deed.personID), .int(practice.year), .text(practice.field.rawValue),
          .integer(ends), .integer(seq),
        ])
      try self.expectOneChange("practice")
    }
    try self.database.execute(
      """
      INSERT INTO practice (person_id, year, field, seq, cases, settled, recorded_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(deed.personID), .int(practice.year), .text(practice.field.rawValue),
        .integer(seq), .int(practice.cases), .int(practice.settled), .integer(person),
      ])
  }
}
