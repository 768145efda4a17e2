import BitimDomain

/// Acts of two persons. What is proposed stays in its act; the table says that it waits.
extension Fold {
  func propose(_ deed: Proposed, _ act: Act, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO proposal (seq, kind, person_id, proposed_by, proposed_on, last_day)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .integer(seq), .text(deed.act.kind.rawValue), .idOrNull(deed.act.person ?? 0),
        .integer(act.actor.personID), .date(act.heldOn), .date(deed.lastDay),
      ])
  }

  /// The proposal waits no more.
  func endProposal(_ sequence: Int64, _ how: ProposalEnd, _ act: Act, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE proposal SET ended_seq = ?2, ended_by = ?3, ended_on = ?4, ended_how = ?5
      WHERE seq = ?1 AND ended_seq IS NULL
      """,
      [
        .integer(sequence), .integer(seq), .integer(act.actor.personID), .date(act.heldOn),
        .text(how.rawValue),
      ])
    try self.expectOneChange("proposal")
  }
}
