/// Corrects the birth date or the education of a person.
///
/// What is not issued follows: rules ask for what stands. What is issued stays.
package struct CorrectPerson: Equatable, Sendable {
  package let person: Int64
  /// Nil where it stays as it is.
  package let birthDate: CivilDate?
  /// Nil where it stays as it is.
  package let education: Education?
  package let ground: CorrectionGround

  /// The act as it was read before: out of a proposal.
  package init(
    _ person: Int64, birthDate: CivilDate?, education: Education?, for ground: CorrectionGround
  ) {
    self.person = person
    self.birthDate = birthDate
    self.education = education
    self.ground = ground
  }

  /// Reads what is corrected and what the correction rests on.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    _ person: Int64, birthDate: String, education: Int32, for form: CorrectionGround.Form,
    on today: CivilDate
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let birth = refusals.noting { () throws(Refusal) -> CivilDate? in
      birthDate.isEmpty ? nil : try PersonIntake.birthDate(birthDate, on: today)
    }
    let learned = refusals.noting { () throws(Refusal) -> Education? in
      education == 0 ? nil : try Education(typed: education, column: "education")
    }
    let ground = CorrectionGround(form, on: today, noting: &refusals)
    guard let birth, let learned, let ground else { throw Refusals(all: refusals) }
    self.init(person, birthDate: birth, education: learned, for: ground)
  }

  /// Corrects what is not so already. An education that was completed ends another that was true; what
  /// else stood was an error.
  ///
  /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``, or with ``Reason/nothingChanged``.
  package func decided(_ question: Correction.Question) throws(Refusal) -> Decision {
    let takesTwo = try question.takesTwo()
    let known = question.file.person
    let birthDate = self.birthDate ?? known.birthDate
    let education = self.education ?? known.education
    guard birthDate != known.birthDate || education != known.education else {
      throw Refusal(.nothingChanged)
    }
    let wasTrue = birthDate == known.birthDate && self.ground.reason == .educationCompleted
    return Decision(
      .personCorrected(
        PersonCorrected(
          personID: self.person, birthDate: birthDate, education: education,
          wasError: !wasTrue, ground: self.ground)),
      takesTwo: takesTwo)
  }
}
