/// Ends a refusal to certify: what was missing is there, it was an error, or it was set aside.
package struct WithdrawRefusal: Equatable, Sendable {
  package let person: Int64
  /// 1 to 3.
  package let programme: Int
  /// The pass on which nothing was issued.
  package let result: Int64
  /// The act that refused.
  package let refusal: Int64
  package let reason: RefusalEnd
  /// Why, in words.
  package let why: String

  /// The act as it was read before: out of a proposal.
  package init(
    _ person: Int64, of programme: Int, on result: Int64, refusal: Int64, for reason: RefusalEnd,
    why: String
  ) {
    self.person = person
    self.programme = programme
    self.result = result
    self.refusal = refusal
    self.reason = reason
    self.why = why
  }

  /// Ends what stands, which takes two persons.
  ///
  /// - Parameter there: The refusal that stands now against the person's pass in the programme.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself`` or ``Reason/notRefused``.
  package func decided(
    _ there: CertificateRefusal?, by caller: Int64
  ) throws(Refusal) -> Decision {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    guard let there, there.sequence == self.refusal else {
      throw Refusal(.notRefused, column: "person", ["programme": "\(self.programme)"])
    }
    return Decision(
      .refusalWithdrawn(
        RefusalWithdrawn(
          resultID: self.result, endsSequence: self.refusal, reason: self.reason, why: self.why)),
      takesTwo: true)
  }
}
