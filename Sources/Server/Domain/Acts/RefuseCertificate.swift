/// Refuses the certificate of a programme to who passed: the certifier's decision, with reasons.
package struct RefuseCertificate: Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The confirmed pass that stands; nil without one.
    package var pass: ResultRecord?
    /// The certificate that rests on it.
    package var certificate: CertificateNumber?
    /// The refusal that stands against it.
    package var refusal: CertificateRefusal?
    package var hands: IssueCertificates.Hands

    package init(
      pass: ResultRecord?, certificate: CertificateNumber?, refusal: CertificateRefusal?,
      hands: IssueCertificates.Hands
    ) {
      self.pass = pass
      self.certificate = certificate
      self.refusal = refusal
      self.hands = hands
    }
  }

  package let person: Int64
  /// 1 to 3.
  package let programme: Int
  /// The reasons, which the person is told.
  package let why: String

  /// Reads the reasons, in the certifier's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(to person: Int64, of programme: Int, reading why: String) throws(Refusal) {
    self.person = person
    self.programme = programme
    self.why = try TextRule.read(why, column: "why")
  }

  /// Decides, in the hand of who could issue it: what was not issued was decided on, too.
  ///
  /// - Throws: ``Refusal`` with ``Reason/nothingToRefuse``, ``Reason/alreadyRefused``;
  ///   ``Reason/decidesHimself``, ``Reason/decidesOwnTrainee`` or
  ///   ``Reason/decidesOwnCandidate``.
  package func decided(
    _ facts: Facts, by certifier: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let number = PersonNumber.text(self.person)
    guard let pass = facts.pass, facts.certificate == nil else {
      throw Refusal(
        .nothingToRefuse, column: "person", value: number, ["programme": "\(self.programme)"])
    }
    if let refusal = facts.refusal {
      throw Refusal(
        .alreadyRefused, column: "person", value: number, ["day": refusal.refusedOn.iso])
    }
    guard certifier != self.person else { throw Refusal(.decidesHimself, ["who": number]) }
    if let separation = facts.hands.separation(from: certifier, on: today) {
      throw Refusal(separation, ["who": number])
    }
    return .certificateRefused(
      CertificateRefused(resultID: pass.id, refusedOn: today, why: self.why))
  }
}
