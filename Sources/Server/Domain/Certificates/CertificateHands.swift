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

  /// Whether a rule of separation was broken under it: nobody knew that two numbers are one person's, and
  /// what is final stays.
  ///
  /// - Parameter persons: Which numbers are one natural person's.
  package func isBroken(_ persons: NaturalPersons) -> Bool {
    if persons.areOne(self.holder, self.decider) { return true }
    guard self.kind == .programme else { return false }
    let own = Set(persons.numbers(of: self.holder))
    if !own.isDisjoint(with: self.hands.taughtHere.union(self.hands.examinedHere)) { return true }
    if self.hands.separation(from: self.decider, on: self.issuedOn) != nil { return true }
    guard let pass = self.pass else { return false }
    if persons.areOne(pass.recordedBy, pass.confirmedBy) { return true }
    return self.hands.examinedHere.contains { examiner in
      self.hands.taught[examiner].map {
        Separation.bars(taught: $0, examined: pass.heldOn, within: self.barMonths)
      } ?? false
    }
  }
}
