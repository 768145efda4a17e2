/// Corrects a number of a person that was an error: it never was his or hers, and may be its true
/// owner's.
package struct CorrectIdentifier: Equatable, Sendable {
  /// Whose it is called.
  package let person: Int64
  package let wrong: Identifier
  /// What it should have been; nil where there is none.
  package let right: IdentifierClaim?
  package let ground: CorrectionGround

  /// The act as it was read before: out of a proposal.
  package init(
    _ person: Int64, _ wrong: Identifier, to right: IdentifierClaim?,
    for ground: CorrectionGround
  ) {
    self.person = person
    self.wrong = wrong
    self.right = right
    self.ground = ground
  }

  /// Reads both numbers, whom the right one may be taken for and is not, and what the correction
  /// rests on.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    _ person: Int64, _ wrong: PersonForm.Identifier, to right: PersonForm.Identifier?,
    distinctFrom: [String], evidence: String, for form: CorrectionGround.Form,
    on today: CivilDate
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let standing = refusals.noting { () throws(Refusal) in try Identifier(wrong) }
    // Nothing where there is no right number; nothing in it where that can't be read.
    let claim = right.map {
      IdentifierClaim(
        $0, distinctFrom: distinctFrom, evidence: evidence, noting: &refusals)
    }
    let ground = CorrectionGround(form, on: today, noting: &refusals)
    guard claim != .some(nil), let standing, let ground else { throw Refusals(all: refusals) }
    self.init(person, standing, to: claim ?? nil, for: ground)
  }

  /// Corrects a number that stands or has ended; what it should have been may stand already.
  ///
  /// - Parameter candidates: Everybody who shares one of ``IdentifierClaim/traits(with:)``.
  /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``, with ``Reason/identifierUnknown``,
  ///   ``Reason/nothingChanged`` or ``Reason/identifierMissing``, or as
  ///   ``IdentifierClaim/dismissed(for:among:)``.
  package func decided(
    _ question: Correction.Question, among candidates: [Candidate]
  ) throws(Refusal) -> Decision {
    let takesTwo = try question.takesTwo()
    let file = question.file
    guard let wrong = file.person.identifiers.first(where: { $0.key == self.wrong.key }) else {
      throw Refusal.unknown(self.wrong)
    }
    if let right = self.right, right.identifier.key == wrong.key {
      throw Refusal(.nothingChanged, column: wrong.column)
    }
    let others = file.person.identifiers.filter { $0.key != wrong.key }
    if self.right == nil, others.isEmpty, file.person.evidence.isEmpty {
      throw Refusal(.identifierMissing, column: "iin")
    }
    let added = self.right.flatMap { file.standing($0.identifier) == nil ? $0 : nil }
    return Decision(
      .identifierCorrected(
        IdentifierCorrected(
          personID: self.person, wrong: wrong, hadEnded: file.standing(wrong) == nil,
          right: added?.identifier, ground: self.ground,
          dismissed: try added?.dismissed(for: file, among: candidates) ?? [])),
      takesTwo: takesTwo)
  }
}
