/// What the School and an organisation have agreed on: what its tokens may do, on which days and how often.
package struct Agreement: Equatable, Sendable {
  /// How many days before its last day an agreement is listed as one that ends.
  package static let endingDays = 90

  package var organisation: Int64
  package var number: String
  package var signedOn: CivilDate
  package var from: CivilDate
  package var until: CivilDate
  /// The country in which the partner has what it is told: ISO 3166-1 alpha-3.
  package var country: String
  /// What the partner needs it for.
  package var purpose: String
  /// What lets it be told abroad; empty where nothing goes there.
  package var transferGround: String
  /// Each once, in the order of their numbers.
  package var scope: [AgreementScope]
  /// How many calls all tokens of the organisation may make in a day.
  package var callsPerDay: Int64

  package init(
    organisation: Int64, number: String, signedOn: CivilDate, from: CivilDate, until: CivilDate,
    country: String, purpose: String, transferGround: String, scope: [AgreementScope],
    callsPerDay: Int64
  ) {
    self.organisation = organisation
    self.number = number
    self.signedOn = signedOn
    self.from = from
    self.until = until
    self.country = country
    self.purpose = purpose
    self.transferGround = transferGround
    self.scope = Array(Set(scope)).sorted { $0.number < $1.number }
    self.callsPerDay = callsPerDay
  }

  package var days: Period { Period(from: self.from, until: self.until) }

  package func standing(on day: CivilDate) -> AgreementStanding {
    if day < self.from { return .toCome }
    if day > self.until { return .ended }
    return self.until.dayNumber - day.dayNumber <= Self.endingDays ? .ending : .inForce
  }
}

/// An agreement that stands, with the act since which it stands so.
package struct StandingAgreement: Equatable, Sendable {
  package var agreement: Agreement
  package var sequence: Int64

  package init(_ agreement: Agreement, sequence: Int64) {
    self.agreement = agreement
    self.sequence = sequence
  }
}
