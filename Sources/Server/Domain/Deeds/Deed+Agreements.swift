/// An organisation's tokens work under an agreement.
package struct AgreementAdopted: Equatable, Sendable {
  package var agreement: Agreement

  package init(agreement: Agreement) { self.agreement = agreement }
}

/// An agreement has another last day, before the one it had.
package struct AgreementEnded: Equatable, Sendable {
  package var organisationID: Int64
  /// The act since which it stood as it did.
  package var ends: Int64
  package var lastDay: CivilDate

  package init(organisationID: Int64, ends: Int64, lastDay: CivilDate) {
    self.organisationID = organisationID
    self.ends = ends
    self.lastDay = lastDay
  }
}
