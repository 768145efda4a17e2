package import BitimDomain

/// Acts of two persons.
extension Snapshot {
  /// The proposal that an act made; nil if that act made none.
  package func proposal(_ sequence: Int64) throws -> Proposal? {
    try self.database.first(
      """
      SELECT p.seq, p.proposed_by, p.proposed_on, p.ended_how, a.record
      FROM proposal p JOIN act a ON a.seq = p.seq WHERE p.seq = ?1
      """, [.integer(sequence)]
    ) { try Self.proposal($0) }
  }

  /// Proposals that nobody has approved or ended, oldest first, those behind the act `sequence`; at
  /// most `limit`.
  package func proposals(after sequence: Int64, limit: Int) throws -> [Proposal] {
    try self.database.rows(
      """
      SELECT p.seq, p.proposed_by, p.proposed_on, p.ended_how, a.record
      FROM proposal p JOIN act a ON a.seq = p.seq
      WHERE p.seq > ?1 AND p.ended_seq IS NULL ORDER BY p.seq LIMIT ?2
      """, [.integer(sequence), .int(limit)]
    ) { try Self.proposal($0) }
  }

  /// The act of a proposal like `act` that may be approved on `day`: of the same kind for the same person,
  /// or of the same list.
  package func proposal(waitingLike act: ProposedAct, on day: CivilDate) throws -> Int64? {
    guard let person = act.person else {
      return try self.proposals(after: 0, limit: .max).first {
        $0.act == act && $0.lastDay >= day
      }?.sequence
    }
    return try self.database.first(
      """
      SELECT seq FROM proposal
      WHERE person_id = ?1 AND kind = ?2 AND ended_seq IS NULL AND last_day >= ?3
      """,
      [.integer(person), .text(act.kind.rawValue), .date(day)]
    ) { $0.integer(0) }
  }

  private static func proposal(_ row: borrowing Row) throws -> Proposal {
    guard case .proposed(let deed) = try Record.act(in: row.blob(4)).deed else {
      throw StoreFailure.corrupt("proposal: its act proposes nothing")
    }
    return Proposal(
      sequence: row.integer(0), act: deed.act, proposer: row.integer(1),
      proposedOn: try row.date(2), digest: deed.digest, lastDay: deed.lastDay,
      end: row.optionalText(3).flatMap(ProposalEnd.init))
  }
}
