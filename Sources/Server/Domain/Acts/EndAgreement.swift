/// Ends an agreement with an organisation before its last day. One person does: it gives nothing to anybody.
package struct EndAgreement: Equatable, Sendable {
  package let organisation: Int64
  /// The new last day.
  package let lastDay: CivilDate

  package init(with organisation: Int64, lastDay: CivilDate) {
    self.organisation = organisation
    self.lastDay = lastDay
  }

  /// - Parameter standing: The agreements with the organisation that stand.
  /// - Throws: ``Refusal`` with ``Reason/agreementMissing``, also where it ends on that day anyway.
  package func decided(_ standing: [StandingAgreement]) throws(Refusal) -> Deed {
    let next = CivilDate(dayNumber: self.lastDay.dayNumber + 1)
    let found = standing.first {
      $0.agreement.days.contains(self.lastDay) && $0.agreement.days.contains(next)
    }
    guard let found else { throw Refusal(.agreementMissing, ["day": next.iso]) }
    return .agreementEnded(
      AgreementEnded(
        organisationID: self.organisation, ends: found.sequence, lastDay: self.lastDay))
  }
}
