/// Whose hands are in a certificate that was issued, as it is known now.
package struct CertificateHands: Equatable, Sendable {
  package var holder: Int64
  package var kind: CertificateKind
  package var decider: Int64
  package var issuedOn: CivilDate
  /// The pass that it rests on; nil where none stands, or it rests on none of its own.
  package var pass: ResultRecord?
  /// For how many months teaching bars from examining, by the edition.
  package var barMonths: Int
  /// Who taught and examined the holder up to the issue, each under all numbers.
  package var hands: IssueCertificates.Hands

  package init(
    holder: Int64, kind: CertificateKind, decider: Int64, issuedOn: CivilDate,
    pass: ResultRecord?, barMonths: Int, hands: IssueCertificates.Hands
  ) {
    self.holder = holder
    self.kind = kind
    self.decider = decider
    self.issuedOn = issuedOn
    self.pass = pass
    self.barMonths = barMonths
    self.hands = hands
  }

  /// What was broken under it of the rules of separation: nobody knew that two numbers are one person's, and
  /// what is final stays.
  ///
  /// - Parameter persons: Which numbers are one natural person's.
  package func finding(_ persons: NaturalPersons) -> CertificateFinding? {
    CertificateFinding(
      .separationBroken,
      self.broken(persons).map { code, hand in
        "\(code) \(PersonNumber.text(persons.first(of: hand)))"
      })
  }

  /// What is found, called as the refusal that it would have been, had it been known in time.
  private enum Breach: String {
    case holderDecides = "DECIDES_HIMSELF"
    case holderTrains = "TRAINS_HIMSELF"
    case holderExamines = "EXAMINES_HIMSELF"
    case recorderConfirms = "CONFIRMS_OWN_RECORD"
    case teacherExamines = "EXAMINER_TAUGHT_CANDIDATE"
  }

  /// The rules that were broken, each with whose hand it was.
  private func broken(_ persons: NaturalPersons) -> [(code: String, hand: Int64)] {
    var broken: [(code: String, hand: Int64)] = []
    func add(_ breach: Breach, _ hand: Int64) { broken.append((breach.rawValue, hand)) }
    if persons.areOne(self.holder, self.decider) { add(.holderDecides, self.decider) }
    guard self.kind == .programme else { return broken }
    let own = Set(persons.numbers(of: self.holder))
    if !own.isDisjoint(with: self.hands.taughtHere) { add(.holderTrains, self.holder) }
    if !own.isDisjoint(with: self.hands.examinedHere) { add(.holderExamines, self.holder) }
    if let reason = self.hands.separation(from: self.decider, on: self.issuedOn) {
      broken.append((reason.rawValue, self.decider))
    }
    guard let pass = self.pass else { return broken }
    if persons.areOne(pass.recordedBy, pass.confirmedBy) { add(.recorderConfirms, pass.recordedBy) }
    let examiners = self.hands.examinedHere.filter { examiner in
      self.hands.taught[examiner].map {
        Separation.bars(taught: $0, examined: pass.heldOn, within: self.barMonths)
      } ?? false
    }
    for examiner in Set(examiners.map(persons.first)).sorted() { add(.teacherExamines, examiner) }
    return broken
  }
}
