/// Whether somebody may be enrolled: the conditions of the edition at the start of training (R-410,
///
///
/// Source: Law On Mediation, article 9(4)(1) and 9(7), for the general course; measured at the
/// start of training, the stricter reading. A bar that begins later is no hindrance.
package struct Admission: Equatable, Sendable {
  /// What is known of the person.
  package var birthDate: CivilDate
  package var education: Education?
  package var bars: [Bar]
  /// Of what the person holds a certificate that is not revoked.
  package var held: Set<Study>
  /// Under which enrolments the person takes a programme, or has passed in one.
  package var courses: [Course]
  /// For what it was decided to admit the person.
  package var admittedTo: Set<AppliedFor>
  /// The lives of the person's certificates, by programme: also of those that were revoked or replaced.
  package var lives: [Int: [CertificateLife]]
  /// Programmes for which training elsewhere is recognised in full, and by which case: neither a pass nor a
  /// certificate, and so not held.
  package var recognised: [Int: Int64]

  /// Gathers what admission asks about.
  package init(
    birthDate: CivilDate, education: Education?, bars: [Bar],
    held: Set<Study>, courses: [Course] = [],
    admittedTo: Set<AppliedFor> = [], recognised: [Int: Int64] = [:],
    lives: [Int: [CertificateLife]] = [:]
  ) {
    self.lives = lives
    self.recognised = recognised
    self.admittedTo = admittedTo
    self.courses = courses
    self.birthDate = birthDate
    self.education = education
    self.bars = bars
    self.held = held
  }

  /// Every condition of `edition` that is not met on `day`, in a fixed order.
  ///
  /// - Parameter isSchool: Whether the caller may read of what kind a bar is.
  package func refusals(
    under edition: Edition, on day: CivilDate, isSchool: Bool = true
  ) -> [Refusal] {
    var refusals = self.refusals(
      ageMin: edition.ageMin.value, needsHigher: edition.higherEducation.value == 1, on: day,
      isSchool: isSchool)
    let needed = edition.prerequisite.value
    // What is gone by now is not held, whenever it was valid: a place begins now.
    if needed > 0,
      !self.isMet(prerequisite: needed, on: day)
        || !(self.holds(needed) || self.recognised[needed] != nil)
    {
      refusals.append(
        Refusal(.prerequisiteMissing, ["programme": "\(needed)", "day": day.iso]))
    }
    return refusals
  }

  /// Whether what an edition asks for first stands on `day`, as what is known today has it, or full recognition does
  /// neither suspended, revoked nor expired then. One that was issued later counts, for training is told of
  /// after it was given, and the paper bears the day on which that was told.
  func isMet(prerequisite programme: Int, on day: CivilDate) -> Bool {
    self.recognised[programme] != nil
      || self.lives[programme, default: []].contains {
        [.valid, .notYetValid].contains($0.standing(on: day))
      }
  }

  /// What article 9 asks of the person and is not met on `day`: age, higher education, no bar.
  ///
  /// - Parameters:
  ///   - ageMin: From which age on; 0 asks for none.
  ///   - needsHigher: Whether higher education is needed.
  package func refusals(
    ageMin: Int, needsHigher: Bool, on day: CivilDate, isSchool: Bool
  ) -> [Refusal] {
    var refusals: [Refusal] = []
    if ageMin > 0, self.birthDate.years(until: day) < ageMin {
      refusals.append(
        Refusal(
          .tooYoung, column: "birth_date", value: self.birthDate.iso,
          ["age": "\(ageMin)", "day": day.iso]))
    }
    if needsHigher, self.education != .higher {
      refusals.append(
        Refusal(.educationTooLow, column: "education", value: self.education?.rawValue ?? ""))
    }
    for bar in self.bars where bar.days.contains(day) {
      var arguments = ["from": bar.days.from.iso]
      arguments["until"] = bar.days.until?.iso
      if isSchool { arguments["bar"] = bar.kind.rawValue }
      refusals.append(Refusal(.barred, arguments))
    }
    return refusals
  }

  /// Whether the person holds a certificate of a programme, specialised in whatever.
  func holds(_ programme: Int) -> Bool { self.held.contains { $0.programme == programme } }
}

/// An enrolment under which somebody has a place and nothing came of it yet: neither a certificate nor its refusal.
/// Nor are its attempts used up: such an enrolment is over.
package struct Course: Equatable, Sendable {
  package var enrolmentID: Int64
  package var study: Study
  /// Where the place is.
  package var cohort: String
  /// The first day of training there.
  package var startsOn: CivilDate
  /// The cohort's last day.
  package var endsOn: CivilDate
  /// Whether the attestation was passed.
  package var isPassed: Bool

  package init(
    enrolmentID: Int64, study: Study, cohort: String, startsOn: CivilDate, endsOn: CivilDate,
    isPassed: Bool
  ) {
    self.startsOn = startsOn
    self.enrolmentID = enrolmentID
    self.study = study
    self.cohort = cohort
    self.endsOn = endsOn
    self.isPassed = isPassed
  }
}
