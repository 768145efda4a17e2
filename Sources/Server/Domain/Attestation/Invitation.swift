/// The letter by which somebody without the role of an examiner is one in a session.
package struct Invitation: Equatable, Sendable {
  package let document: String
  package let datedOn: CivilDate
  /// Who sent it, or whose expert it is.
  package let organisation: String

  /// The letter as it was read before: out of the journal.
  package init(document: String, datedOn: CivilDate, organisation: String) {
    self.document = document
    self.datedOn = datedOn
    self.organisation = organisation
  }

  /// Reads the letter, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    reading document: String, of datedOn: CivilDate, from organisation: String
  ) throws(Refusal) {
    self.init(
      document: try TextRule.read(document, column: "letter"), datedOn: datedOn,
      organisation: try TextRule.read(organisation, column: "letter_organisation"))
  }
}
