package import BitimDomain

/// Who has died, and whether a deed is done of one of them.
extension Snapshot {
  /// Who has died, under all their numbers. Read once by a connection, and again when a death was
  /// recorded or withdrawn: every deed asks for it, and of a deed there is mostly none.
  package func living() throws -> Living {
    let dead = try self.dead()
    return Living(dead: dead.isEmpty ? dead : try self.persons().all(dead))
  }

  private func dead() throws -> Set<Int64> {
    if let known = self.database.dead { return known }
    let dead = Set(
      try self.database.rows(
        "SELECT person_id FROM person_death WHERE ended_seq IS NULL", []
      ) { $0.integer(0) })
    self.database.dead = dead
    return dead
  }

  /// Refuses a deed that is done of somebody who has died.
  ///
  /// - Throws: ``Refusal`` as ``Living/check(_:)``; ``StoreFailure``.
  package func mustLive(for deed: Deed) throws {
    let living = try self.living()
    if living.isEverybody { return }
    try living.check(deed.ofTheLiving.compactMap { try self.person(who: $0) })
  }

  /// Whose this is.
  private func person(who subject: Subject) throws -> Int64? {
    switch subject {
    case .person(let id): id
    case .enrolment(let id): try self.enrolment(id: id)?.personID
    case .result(let id):
      try self.result(id: id).flatMap { try self.enrolment(id: $0.enrolmentID)?.personID }
    case .certificate(let number): try self.certificate(number)?.personID
    case .caseFile(let sequence): try self.caseRecord(sequence)?.person
    case .organisation, .cohort, .session, .token, .edition, .proposal: nil
    }
  }
}
