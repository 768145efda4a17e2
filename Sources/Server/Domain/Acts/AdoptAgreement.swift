/// Adopts an agreement with an organisation, under which its tokens work.
package struct AdoptAgreement: Equatable, Sendable {
  /// How many calls a day an agreement may allow.
  package static let calls: ClosedRange<Int64> = 1...10_000_000

  /// Where what is told stays in the country.
  private static let home = "KAZ"

  package let agreement: Agreement

  package init(_ agreement: Agreement) { self.agreement = agreement }

  /// What it comes to: one person's where it has verification and the watch alone, two persons' where it has more.
  ///
  /// - Parameter standing: The agreements with the organisation that stand.
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/notInList``, ``Reason/datesReversed``,
  ///   ``Reason/outOfRange`` or ``Reason/agreementThere``.
  package func decided(_ standing: [StandingAgreement]) throws(Refusal) -> Decision {
    if let missing = self.missing { throw Refusal(.missing, column: missing) }
    guard Country.isKnown(self.agreement.country) else {
      throw Refusal(.notInList, column: "country", value: self.agreement.country)
    }
    guard self.agreement.until >= self.agreement.from else {
      throw Refusal(.datesReversed, column: "valid_until", value: self.agreement.until.iso)
    }
    guard Self.calls.contains(self.agreement.callsPerDay) else {
      throw Refusal(
        .outOfRange, column: "calls_per_day", value: "\(self.agreement.callsPerDay)",
        ["low": "\(Self.calls.lowerBound)", "high": "\(Self.calls.upperBound)"])
    }
    if let there = standing.first(where: { $0.agreement.days.overlaps(self.agreement.days) }) {
      throw Refusal(
        .agreementThere,
        ["from": there.agreement.from.iso, "to": there.agreement.until.iso])
    }
    return Decision(
      .agreementAdopted(AgreementAdopted(agreement: self.agreement)),
      takesTwo: self.agreement.scope.contains(.reasons))
  }

  /// What an agreement must say and this one does not.
  private var missing: String? {
    if self.agreement.number.isEmpty { return "number" }
    if self.agreement.purpose.isEmpty { return "purpose" }
    if self.agreement.scope.isEmpty { return "scope" }
    let isAbroad = self.agreement.country != Self.home
    return isAbroad && self.agreement.transferGround.isEmpty ? "transfer_ground" : nil
  }
}
