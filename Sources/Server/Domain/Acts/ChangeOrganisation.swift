/// Gives an organisation other names or another region from a day on.
package struct ChangeOrganisation: Equatable, Sendable {
  /// How many days ahead the first day may lie.
  package static let daysAheadMax = 30

  private let from: CivilDate
  /// Empty texts stay as they are.
  private let name: Trilingual
  private let region: String
  private let document: String

  /// Reads what is changed.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)`` and ``TextRule/whole(_:column:)``.
  package init(
    from: CivilDate, name: Trilingual, region: String, document: String
  ) throws(Refusal) {
    func read(_ text: String, _ column: String) throws(Refusal) -> String {
      if text.isEmpty { return text }
      let text = try TextRule.read(text, column: column)
      try TextRule.whole(text, column: column)
      return text
    }
    self.from = from
    self.name = Trilingual(
      kk: try read(name.kk, "name_kk"), ru: try read(name.ru, "name_ru"),
      en: try read(name.en, "name_en"))
    self.region = try read(region, "region")
    self.document = try TextRule.read(document, column: "document")
  }

  /// Changes it from the day on, up to the next change that is known.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outOfRange``, or ``Reason/nothingChanged`` where it is called so on
  ///   that day.
  package func decided(
    _ organisation: Organisation, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let last = CivilDate(dayNumber: today.dayNumber + Self.daysAheadMax)
    guard self.from.parts.year >= 2000, self.from <= last else {
      throw Refusal(
        .outOfRange, column: "from", value: self.from.iso,
        ["low": "2000-01-01", "high": last.iso])
    }
    let before = organisation.name(on: self.from)
    func text(_ typed: String, _ before: String) -> String { typed.isEmpty ? before : typed }
    let names = OrganisationNames(
      from: self.from,
      name: Trilingual(
        kk: text(self.name.kk, before.kk), ru: text(self.name.ru, before.ru),
        en: text(self.name.en, before.en)),
      region: text(self.region, organisation.region(on: self.from)), document: self.document)
    guard names.name != before || names.region != organisation.region(on: self.from) else {
      throw Refusal(.nothingChanged)
    }
    return .organisationChanged(
      OrganisationChanged(organisationID: organisation.id, names: names))
  }
}
