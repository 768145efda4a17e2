/// Ends a number of a person: it was true until a day, and is nobody else's.
package struct EndIdentifier: Equatable, Sendable {
  /// Whose it is.
  package let person: Int64
  package let identifier: Identifier
  package let lastDay: CivilDate
  package let ground: CorrectionGround

  /// The act as it was read before: out of a proposal.
  package init(
    _ person: Int64, _ identifier: Identifier, lastDay: CivilDate, for ground: CorrectionGround
  ) {
    self.person = person
    self.identifier = identifier
    self.lastDay = lastDay
    self.ground = ground
  }

  /// Reads the number and what its end rests on.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    _ person: Int64, _ typed: PersonForm.Identifier, lastDay: CivilDate,
    for form: CorrectionGround.Form, on today: CivilDate
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let identifier = refusals.noting { () throws(Refusal) in try Identifier(typed) }
    let ground = CorrectionGround(form, on: today, noting: &refusals)
    guard let identifier, let ground else { throw Refusals(all: refusals) }
    self.init(person, identifier, lastDay: lastDay, for: ground)
  }

  /// Ends a number that stands.
  ///
  /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``, with ``Reason/identifierUnknown``, or
  ///   with ``Reason/outOfRange``: no number is anybody's before birth, and its end has come.
  package func decided(
    _ question: Correction.Question, on today: CivilDate
  ) throws(Refusal) -> Decision {
    let takesTwo = try question.takesTwo()
    guard let identifier = question.file.standing(self.identifier) else {
      throw Refusal.unknown(self.identifier)
    }
    let born = question.file.person.birthDate
    guard born <= self.lastDay, self.lastDay <= today else {
      throw Refusal(
        .outOfRange, column: "last_day", value: self.lastDay.iso,
        ["low": born.iso, "high": today.iso])
    }
    return Decision(
      .identifierEnded(
        IdentifierEnded(
          personID: self.person, identifier: identifier, lastDay: self.lastDay,
          ground: self.ground)),
      takesTwo: takesTwo)
  }
}

extension Refusal {
  /// A person has no such identifier.
  static func unknown(_ typed: Identifier) -> Refusal {
    Refusal(.identifierUnknown, column: typed.column, value: typed.number)
  }
}
