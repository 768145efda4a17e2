/// Withdraws a revocation, a suspension or a replacement that was made in error or set aside: it never
/// stood.
package struct WithdrawMark: Equatable, Sendable {
  package let number: CertificateNumber
  /// Whose certificate it is.
  package let holder: Int64
  /// The act that made it; 0 where nothing stands against the certificate.
  package let mark: Int64
  package let reason: WithdrawalReason
  /// Why, in words.
  package let why: String
  /// The case that it carries out; 0 where none is named.
  package let cites: Int64

  /// The act as it was read before: out of a proposal.
  package init(
    _ number: CertificateNumber, of holder: Int64, mark: Int64, for reason: WithdrawalReason,
    why: String, cites: Int64 = 0
  ) {
    self.number = number
    self.holder = holder
    self.mark = mark
    self.reason = reason
    self.why = why
    self.cites = cites
  }

  /// Reads why, in the words of who proposes it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ number: CertificateNumber, of holder: Int64, mark: Int64, for reason: WithdrawalReason,
    reading why: String, cites: Int64 = 0
  ) throws(Refusal) {
    let why = try TextRule.read(why, column: "why")
    self.init(number, of: holder, mark: mark, for: reason, why: why, cites: cites)
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var life: CertificateLife
    /// Whether the pass that it rests on stands; a School's certificate rests on none of its own.
    package var isPassed: Bool
    /// Another certificate of the same that stands by now.
    package var successor: CertificateNumber?
    /// Of a replacement: the life of what was issued instead.
    package var replacement: CertificateLife?
    /// The case that is cited.
    package var cited: CaseRecord?

    package init(
      life: CertificateLife, isPassed: Bool, successor: CertificateNumber?,
      replacement: CertificateLife?, cited: CaseRecord? = nil
    ) {
      self.life = life
      self.isPassed = isPassed
      self.successor = successor
      self.replacement = replacement
      self.cited = cited
    }
  }

  /// Withdraws what stands, which takes two persons.
  ///
  /// - Parameter day: The day that was asked for, for the refusal.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, ``Reason/nothingToEnd``,
  ///   ``Reason/caseMissing`` or ``Reason/caseUnfit``, ``Reason/groundFailed`` or
  ///   ``Reason/certificateReplaced``.
  package func decided(
    _ facts: Facts, by caller: Int64, on day: CivilDate
  ) throws(Refusal) -> Decision {
    guard caller != self.holder else { throw Refusal(.actsOnHimself, column: "number") }
    guard let mark = facts.life.marks.first(where: { $0.sequence == self.mark }) else {
      throw Refusal(.nothingToEnd, column: "held_on", value: day.iso, ["day": day.iso])
    }
    try Citation.check(facts.cited, isNeeded: self.reason == .appeal) {
      $0.changes(.mark(self.number), by: self.mark)
    }
    guard facts.isPassed else { throw Refusal(.groundFailed, column: "number") }
    let stands = facts.life.marks.allSatisfy { $0.sequence == self.mark || !$0.cause.isForGood }
    if mark.cause.isForGood, stands, let other = facts.successor, other != mark.successor {
      throw Refusal(.certificateReplaced, column: "number", ["number": other.text])
    }
    return Decision(
      .markWithdrawn(self.deed(of: mark, facts.replacement)), takesTwo: true)
  }

  /// What it comes to, where its rules let it pass: what was issued instead is revoked as an error.
  package func deed(of mark: CertificateMark, _ replacement: CertificateLife?) -> MarkWithdrawn {
    var revocation: CertificateRevoked?
    if let number = mark.successor, let replacement, replacement.revocation == nil {
      revocation = CertificateRevoked(
        number: number, since: replacement.issuedOn, reason: .error, why: self.why)
    }
    return MarkWithdrawn(
      number: self.number, endsSequence: self.mark, reason: self.reason, why: self.why,
      revokes: revocation, cites: self.cites)
  }
}
