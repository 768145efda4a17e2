/// Ends the link of two numbers, or calls it an error.
package struct SplitPeople: Equatable, Sendable {
  /// The number that came first to the registry.
  package let first: Int64
  /// The number that came later.
  package let second: Int64
  package let how: LinkEnd
  /// What shows it.
  package let document: String

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, _ other: Int64, _ how: LinkEnd, document: String) {
    self.first = min(person, other)
    self.second = max(person, other)
    self.how = how
    self.document = document
  }

  /// Reads what shows it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ person: Int64, _ other: Int64, _ how: LinkEnd, reading document: String
  ) throws(Refusal) {
    self.init(person, other, how, document: try TextRule.read(document, column: "document"))
  }

  /// Ends a link that stands, which takes two persons; that it was an error another approves than who
  /// approved the link, which ``ApproveProposal`` asks.
  ///
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``.
  package func decided(
    _ standing: StandingLink, _ persons: NaturalPersons, by caller: Int64
  ) throws(Refusal) -> Decision {
    // While the link stands the two are one.
    guard !persons.areOne(caller, self.first) else { throw Refusal(.actsOnHimself) }
    return Decision(
      .peopleSplit(
        PeopleSplit(
          personID: self.second, otherID: self.first, endsSequence: standing.sequence,
          how: self.how, document: self.document)), takesTwo: true)
  }
}

/// A link of two numbers that stands.
package struct StandingLink: Equatable, Sendable {
  /// The act that made it.
  package var sequence: Int64
  /// Who approved it.
  package var maker: Int64

  package init(sequence: Int64, maker: Int64) {
    self.sequence = sequence
    self.maker = maker
  }

  /// Who may not approve its end: of an error who made it; of what was true nobody for that.
  package func maker(for how: LinkEnd) -> Int64? {
    switch how {
    case .ended: nil
    case .inError: self.maker
    }
  }
}
