/// A number that is to be somebody's from now on.
package struct IdentifierClaim: Equatable, Sendable {
  package let identifier: Identifier
  /// Of whom it is said that they are others, though the number is near one of theirs.
  package let distinct: Distinct

  /// A claim as it was read before: out of a proposal.
  package init(_ identifier: Identifier, distinct: Distinct) {
    self.identifier = identifier
    self.distinct = distinct
  }

  /// Reads a number and whom it may be taken for, or adds everything that is wrong to `refusals`.
  init?(
    _ typed: PersonForm.Identifier, distinctFrom: [String], evidence: String,
    noting refusals: inout [Refusal]
  ) {
    let identifier = refusals.noting { () throws(Refusal) in try Identifier(typed) }
    let distinct = refusals.noting { () throws(Refusal) in
      try Distinct(from: distinctFrom, evidence: evidence)
    }
    guard let identifier, let distinct else { return nil }
    self.init(identifier, distinct: distinct)
  }

  /// By what those are found whose number it is, or is near.
  package func traits(with file: PersonFile) -> Set<Likeness.Trait> {
    Likeness.traits(
      names: [file.person.names] + file.formerNames.map(\.names), birthDate: file.person.birthDate,
      identifiers: [self.identifier])
  }

  /// What the number asks about somebody of `candidates` whom the caller doesn't know; nil for nobody.
  package func inquiry(for file: PersonFile, among candidates: [Candidate]) -> Inquiry? {
    let meant = self.owners(besides: file, candidates) + self.doubles(of: file, candidates)
    guard let exact = self.identifier.key.exact, !meant.allSatisfy(\.isKnownHere) else {
      return nil
    }
    return Inquiry(typed: [exact])
  }

  /// Refuses a number of somebody else, and one that makes a possible double of the
  /// person and somebody who was not told apart.
  ///
  /// - Returns: Whom the person resembles by it and is not.
  /// - Throws: ``Refusal`` with ``Reason/identifierTaken``, ``Reason/identityCheck`` or
  ///   ``Reason/possibleDouble``.
  func dismissed(
    for file: PersonFile, among candidates: [Candidate]
  ) throws(Refusal) -> [DismissedDouble] {
    if let owner = self.owners(besides: file, candidates).first {
      throw Refusal.taken(self.identifier, by: owner)
    }
    let doubles = self.doubles(of: file, candidates)
    guard doubles.allSatisfy(\.isKnownHere) else { throw Refusal(.identityCheck) }
    let open = doubles.filter { !self.distinct.names($0) }
    guard open.isEmpty else {
      throw Refusal(
        .possibleDouble, column: self.identifier.column, value: self.identifier.number,
        ["people": open.map(\.shown).joined(separator: ", ")])
    }
    return self.distinct.dismissed(doubles, by: file.person.id)
  }

  private func owners(besides file: PersonFile, _ candidates: [Candidate]) -> [Candidate] {
    candidates.filter { candidate in
      candidate.person.id != file.person.id
        && candidate.person.identifiers.contains { $0.key == self.identifier.key }
    }
  }

  /// Those whom the number makes a possible double: who is one without it, by names and birth date, is
  /// listed already.
  private func doubles(of file: PersonFile, _ candidates: [Candidate]) -> [Candidate] {
    var claimed = file.candidate(isKnownHere: true)
    claimed.person.identifiers = [self.identifier]
    return candidates.filter { candidate in
      let resemblance = Resemblance(claimed, candidate)
      return candidate.person.id != file.person.id && resemblance.identifier && resemblance.isDouble
    }
  }
}

extension Refusal {
  /// An identifier is somebody's already; whose is the School's to know, and who knows the person.
  static func taken(_ identifier: Identifier, by owner: Candidate) -> Refusal {
    Refusal(
      .identifierTaken, column: identifier.column,
      owner.isKnownHere ? ["person": owner.shown] : [:])
  }
}
