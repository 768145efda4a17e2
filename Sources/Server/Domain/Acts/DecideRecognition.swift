/// Decides on training elsewhere, which takes two persons: it is recognised in full, in part, or not.
package struct DecideRecognition: Equatable, Sendable {
  /// What counts, and where: of a recognition in part.
  package struct Part: Equatable, Sendable {
    package let cohort: Int64
    package let hours: Hours

    package init(cohort: Int64, hours: Hours) {
      self.cohort = cohort
      self.hours = hours
    }
  }

  /// The act that received the case.
  package let file: Int64
  /// Who was trained.
  package let person: Int64
  package let outcome: CaseOutcome
  package let reasons: [String]
  package let part: Part?

  /// The act as it was read before: out of a proposal.
  package init(
    _ file: Int64, of person: Int64, _ outcome: CaseOutcome, reasons: [String], part: Part?
  ) {
    self.file = file
    self.person = person
    self.outcome = outcome
    self.reasons = reasons
    self.part = part
  }

  /// Reads how and why: a reason at least, and of a recognition in part alone what counts where.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``, ``Reason/missing`` or ``Reason/tooManyRows``, and as
  ///   ``TextRule/read(_:column:)``.
  package init(
    _ file: Int64, of person: Int64, _ outcome: CaseOutcome, reading reasons: [String],
    part: Part?
  ) throws(Refusal) {
    let isOne = [.recognised, .recognisedPart, .refused].contains(outcome)
    guard isOne, part == nil || outcome == .recognisedPart else {
      throw Refusal(.notInList, column: "outcome", value: outcome.rawValue)
    }
    let missing =
      reasons.isEmpty
      ? "reason"
      : outcome != .recognisedPart
        ? nil : part == nil ? "cohort" : part?.hours.total == 0 ? "practice" : nil
    if let missing { throw Refusal(.missing, column: missing) }
    guard reasons.count <= ReceiveCase.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"])
    }
    var read: [String] = []
    for reason in reasons { read.append(try TextRule.read(reason, column: "reason")) }
    self.init(file, of: person, outcome, reasons: read, part: part)
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    /// The enrolment in which hours would count.
    package struct Training: Equatable, Sendable {
      package var place: TraineePlace
      /// The code of its cohort.
      package var cohort: String
      /// The edition that the cohort follows.
      package var edition: Edition
      /// What is recognised there already.
      package var recognised: Hours
      /// Whether a pass stands, confirmed or not.
      package var hasPass: Bool

      package init(
        place: TraineePlace, cohort: String, edition: Edition, recognised: Hours, hasPass: Bool
      ) {
        self.place = place
        self.cohort = cohort
        self.edition = edition
        self.recognised = recognised
        self.hasPass = hasPass
      }
    }

    package var file: CaseRecord
    /// Who taught and examined the person: in that enrolment, and in any.
    package var hands: IssueCertificates.Hands
    /// Nil where no hours would count anywhere.
    package var training: Training?

    package init(file: CaseRecord, hands: IssueCertificates.Hands, training: Training?) {
      self.file = file
      self.hands = hands
      self.training = training
    }
  }

  /// What it comes to in the hand of whoever proposes or approves it.
  ///
  /// - Throws: ``Refusal`` of the caller as ``Hand`` says; ``Reason/caseUnfit`` of another kind of case, or
  ///   of another programme than the enrolment's; as ``CaseRecord/checkDecidable(on:)``; of a recognition in part as
  ///   ``TraineePlace/standing(in:actedOnBy:)``, ``Reason/alreadyPassed``, ``Reason/outOfRange`` above what
  ///   the paper has, or ``Reason/recognisedAbove``.
  package func decided(
    _ facts: Facts, by caller: Int64, as hand: Hand, on today: CivilDate
  ) throws(Refusal) -> Decision {
    if let bar = hand.bar(caller, to: self.person, facts.hands, on: today) {
      throw Refusal(bar, column: "act", ["who": PersonNumber.text(self.person)])
    }
    guard let claim = facts.file.claim,
      facts.training.map({ $0.edition.programme == claim.programme }) ?? true
    else { throw Refusal(.caseUnfit, column: "case", value: "\(facts.file.sequence)") }
    try facts.file.checkDecidable(on: today)
    var recognised: RecognisedHours?
    if let part = self.part, let training = facts.training {
      recognised = RecognisedHours(
        enrolmentID: try training.place.standing(in: training.cohort, actedOnBy: caller).id,
        hours: part.hours)
      try Self.check(part.hours, of: claim, in: training)
    }
    return Decision(
      .caseDecided(
        CaseDecided(
          case: self.file, outcome: self.outcome, reasons: self.reasons, recognised: recognised)),
      takesTwo: true)
  }

  /// Refuses hours that the paper does not have, and more in the enrolment than may be recognised.
  private static func check(
    _ hours: Hours, of claim: Recognition.Claim, in training: Facts.Training
  ) throws(Refusal) {
    if training.hasPass { throw Refusal(.alreadyPassed, column: "cohort") }
    let kinds = [
      ("theory", hours.theory, claim.hours.theory),
      ("practice", hours.practice, claim.hours.practice),
    ]
    if let (column, _, most) = kinds.first(where: { !(0...$0.2).contains($0.1) }) {
      throw Refusal(.outOfRange, column: column, ["low": "0", "high": Hours.text(most)])
    }
    let edition = training.edition
    let percent = Recognition.percentMax(ofProgramme: edition.programme)
    let whole = edition.theoryQuarters.value + edition.practiceQuarters.value
    let most = whole * percent / 100
    guard training.recognised.total + hours.total <= most else {
      throw Refusal(
        .recognisedAbove, column: "practice",
        [
          "limit": Hours.text(most), "percent": "\(percent)",
          "there": Hours.text(training.recognised.total),
        ])
    }
  }
}
