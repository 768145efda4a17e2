/// That somebody was shown personal data: by whom, of whom, what, when and what for.
package struct Reading: Equatable, Sendable {
  /// How long it is kept after it was counted: three years, in days.
  package static let keptDays = 1_096

  package var at: Instant
  /// The day of that instant in the School's zone.
  package var day: CivilDate
  package var readerID: Int64
  package var organisationID: Int64
  package var tokenID: Int64
  package var kind: ReadKind
  /// Whose data; 0 of a session or an organisation, and of an identifier that nobody has.
  package var personID: Int64
  /// The number of a certificate, the code of a session or an organisation whose history it was; empty of all others.
  package var about: String
  /// What was shown, by the names of fields.
  package var fields: [String]
  package var purpose: ReadPurpose

  package init(
    at: Instant, on day: CivilDate, by readerID: Int64, for organisationID: Int64,
    token tokenID: Int64, kind: ReadKind, of personID: Int64, about: String = "",
    fields: [String], purpose: ReadPurpose
  ) {
    self.at = at
    self.day = day
    self.readerID = readerID
    self.organisationID = organisationID
    self.tokenID = tokenID
    self.kind = kind
    self.personID = personID
    self.about = about
    self.fields = fields
    self.purpose = purpose
  }
}
