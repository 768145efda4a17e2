import BitimDomain

/// Numbers of one natural person: a link is a fact like any other, and nothing moves by it.
extension Fold {
  func merge(_ deed: PeopleMerged, _ act: Act, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO person_link (person_id, other_id, seq, linked_on, document, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(deed.personID), .integer(deed.otherID), .integer(seq), .date(act.heldOn),
        .text(deed.document), .integer(act.actor.personID),
      ])
    self.database.persons = nil
  }

  func split(_ deed: PeopleSplit, _ act: Act, _ seq: Int64) throws {
    let lastDay: CivilDate? =
      switch deed.how {
      case .ended: act.heldOn
      case .inError: nil
      }
    try self.database.execute(
      """
      UPDATE person_link SET ended_seq = ?4, ended_by = ?5, ended_how = ?6, ended_on = ?7
      WHERE person_id = ?1 AND other_id = ?2 AND seq = ?3 AND ended_seq IS NULL
      """,
      [
        .integer(deed.personID), .integer(deed.otherID), .integer(deed.endsSequence),
        .integer(seq), .integer(act.actor.personID), .text(deed.how.rawValue),
        .optional(lastDay),
      ])
    try self.expectOneChange("person_link")
    self.database.persons = nil
  }
}
