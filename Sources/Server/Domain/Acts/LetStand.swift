/// Lets a certificate stand although something is found against it, which takes two persons.
package struct LetStand: Equatable, Sendable {
  package let number: CertificateNumber
  /// Whose it is.
  package let holder: Int64
  package let doubt: CertificateDoubt
  /// Why it stands, in words.
  package let why: String

  /// The act as it was read before: out of a proposal.
  package init(
    _ number: CertificateNumber, of holder: Int64, despite doubt: CertificateDoubt, why: String
  ) {
    self.number = number
    self.holder = holder
    self.doubt = doubt
    self.why = why
  }

  /// Reads why, in the words of who proposes it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ number: CertificateNumber, of holder: Int64, despite doubt: CertificateDoubt,
    reading why: String
  ) throws(Refusal) {
    let why = try TextRule.read(why, column: "why")
    self.init(number, of: holder, despite: doubt, why: why)
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var life: CertificateLife
    /// What is found of the kind that the act names.
    package var finding: CertificateFinding?
    /// What was found when such was let stand last; nil where it never was.
    package var answered: String?

    package init(life: CertificateLife, finding: CertificateFinding?, answered: String?) {
      self.life = life
      self.finding = finding
      self.answered = answered
    }
  }

  /// Lets it stand.
  ///
  /// - Parameters:
  ///   - caller: Who proposes or approves it.
  ///   - hands: Who has a hand in the certificate, where that is asked: of who approves.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/decidesOwnAct``,
  ///   ``Reason/alreadyRevoked``, ``Reason/certificateReplaced``, ``Reason/ruleOfLaw`` or
  ///   ``Reason/nothingFound``.
  package func decided(
    _ facts: Facts, by caller: Int64, hands: Set<Int64> = []
  ) throws(Refusal) -> Decision {
    guard caller != self.holder else { throw Refusal(.actsOnHimself, column: "number") }
    guard !hands.contains(caller) else { throw Refusal(.decidesOwnAct, column: "number") }
    if let revocation = facts.life.revocation {
      throw Refusal(.alreadyRevoked, ["since": revocation.days.from.iso])
    }
    if let other = facts.life.replacement?.successor {
      throw Refusal(.certificateReplaced, column: "number", ["number": other.text])
    }
    // Who was not entitled to issue broke the law, whatever else is found.
    guard self.doubt != .issuerNotEntitled, facts.finding?.isOfLaw != true else {
      throw Refusal(.ruleOfLaw, column: "doubt")
    }
    guard let finding = facts.finding, finding.found != facts.answered else {
      throw Refusal(.nothingFound, column: "doubt", value: self.doubt.rawValue)
    }
    return Decision(
      .certificateLetStand(
        CertificateLetStand(
          number: self.number, doubt: self.doubt, found: finding.found, why: self.why)),
      takesTwo: true)
  }
}
