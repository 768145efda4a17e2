/// Corrects what is published of an entry in the register: an address, a field, languages, a contact.
package struct CorrectEntry: Equatable, Sendable {
  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var entry: RegisterEntry
    /// What is published of it.
    package var published: EntryApplication
    /// Since which day, where it was corrected before; nil of what was applied for.
    package var since: CivilDate?

    package init(entry: RegisterEntry, published: EntryApplication, since: CivilDate?) {
      self.entry = entry
      self.published = published
      self.since = since
    }
  }

  package let number: RegisterNumber
  package let from: CivilDate
  /// As it was typed; what is empty stays.
  package let changes: EntryApplication
  package let why: String

  /// Reads why.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    _ number: RegisterNumber, from: CivilDate, typed changes: EntryApplication, reading why: String
  ) throws(Refusal) {
    self.number = number
    self.from = from
    self.changes = changes
    self.why = try TextRule.read(why, column: "why")
  }

  /// - Throws: ``Refusals`` with ``Reason/actsOnHimself``, ``Reason/datesReversed`` before the entry or the
  ///   correction before, ``Reason/nothingChanged``, and as ``RegisterEntry/checkStands()`` and
  ///   ``EntryApplication/init(typed:)``.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusals) -> EntryCorrected {
    do throws(Refusal) {
      try self.check(facts, by: caller)
    } catch {
      throw Refusals(all: [error])
    }
    let published = try EntryApplication(typed: facts.published.with(self.changes))
    guard published != facts.published else {
      throw Refusals(all: [Refusal(.nothingChanged)])
    }
    return EntryCorrected(
      self.number, of: facts.entry.person, published: published, why: self.why)
  }

  private func check(_ facts: Facts, by caller: Int64) throws(Refusal) {
    guard caller != facts.entry.person else { throw Refusal(.actsOnHimself, column: "number") }
    try facts.entry.checkStands()
    guard self.from >= max(facts.entry.enteredOn, facts.since ?? facts.entry.enteredOn) else {
      throw Refusal(.datesReversed, column: "held_on", value: self.from.iso)
    }
  }
}

extension EntryApplication {
  /// This with what is changed of it.
  fileprivate func with(_ changes: EntryApplication) -> EntryApplication {
    EntryApplication(
      kk: self.kk.with(changes.kk), ru: self.ru.with(changes.ru),
      contact: changes.contact.isEmpty ? self.contact : changes.contact)
  }
}

extension EntryText {
  fileprivate func with(_ changes: EntryText) -> EntryText {
    EntryText(
      address: changes.address.isEmpty ? self.address : changes.address,
      field: changes.field.isEmpty ? self.field : changes.field,
      languages: changes.languages.isEmpty ? self.languages : changes.languages)
  }
}
