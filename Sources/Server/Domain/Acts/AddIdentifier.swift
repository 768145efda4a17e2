/// Adds a number to a person who is known by others.
package struct AddIdentifier: Equatable, Sendable {
  /// Whose it is.
  package let person: Int64
  package let claim: IdentifierClaim
  package let ground: CorrectionGround

  /// The act as it was read before: out of a proposal.
  package init(_ person: Int64, _ claim: IdentifierClaim, for ground: CorrectionGround) {
    self.person = person
    self.claim = claim
    self.ground = ground
  }

  /// Reads the number, whom it may be taken for and is not, and what the addition rests on.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    _ person: Int64, _ typed: PersonForm.Identifier, distinctFrom: [String], evidence: String,
    for form: CorrectionGround.Form, on today: CivilDate
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let claim = IdentifierClaim(
      typed, distinctFrom: distinctFrom, evidence: evidence, noting: &refusals)
    let ground = CorrectionGround(form, on: today, noting: &refusals)
    guard let claim, let ground else { throw Refusals(all: refusals) }
    self.init(person, claim, for: ground)
  }

  /// Adds a number that is nobody's: a number that ended may stand again.
  ///
  /// - Parameter candidates: Everybody who shares one of ``IdentifierClaim/traits(with:)``.
  /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``, with ``Reason/nothingChanged``, or as
  ///   ``IdentifierClaim/dismissed(for:among:)``.
  package func decided(
    _ question: Correction.Question, among candidates: [Candidate]
  ) throws(Refusal) -> Decision {
    let takesTwo = try question.takesTwo()
    let identifier = self.claim.identifier
    guard question.file.standing(identifier) == nil else {
      throw Refusal(.nothingChanged, column: identifier.column)
    }
    return Decision(
      .identifierAdded(
        IdentifierAdded(
          personID: self.person, identifier: identifier, ground: self.ground,
          dismissed: try self.claim.dismissed(for: question.file, among: candidates))),
      takesTwo: takesTwo)
  }
}
