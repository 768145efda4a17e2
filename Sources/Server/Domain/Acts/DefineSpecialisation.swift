/// What a specialisation says as it was typed, before it is read.
package struct SpecialisationForm: Sendable {
  package var code: String
  package var name: Trilingual
  package var from: String
  package var until: String?

  package init(code: String, name: Trilingual, from: String, until: String?) {
    self.code = code
    self.name = name
    self.from = from
    self.until = until
  }
}

/// Defines what a specialised course may be about; or gives what is defined another last day, and nothing else
/// . Cohorts that are open keep theirs.
package struct DefineSpecialisation: Equatable, Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// What has the code.
    package var there: Specialisation?
    /// The id the next one gets.
    package var nextID: Int64

    package init(there: Specialisation?, nextID: Int64) {
      self.there = there
      self.nextID = nextID
    }
  }

  /// What would be defined, without an id.
  package let specialisation: Specialisation

  /// The act as it was read before: out of a proposal.
  package init(_ specialisation: Specialisation) { self.specialisation = specialisation }

  /// Reads a specialisation: its code, its names in three languages, its days.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(reading form: SpecialisationForm, on today: CivilDate) throws(Refusals) {
    var refusals: [Refusal] = []
    let code = refusals.noting { () throws(Refusal) in try AdoptEdition.code(form.code) }
    if code == Specialisation.general {
      refusals.append(Refusal(.codeTaken, column: "code", value: Specialisation.general))
    }
    let name = AdoptEdition.text(
      form.name, ["name_kk", "name_ru", "name_en"], &refusals)
    let inForce = refusals.noting { () throws(Refusal) in
      try AdoptEdition.validity(from: form.from, until: form.until, on: today)
    }
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    guard let code, let name, let inForce else {
      preconditionFailure("what is not there was refused")
    }
    self.specialisation = Specialisation(id: 0, code: code, name: name, inForce: inForce)
  }

  /// Defines it, or moves its last day, which takes two persons.
  ///
  /// - Throws: ``Refusal`` with ``Reason/differs`` where the code has other names or another first day, or
  ///   ``Reason/nothingChanged``.
  package func decided(_ facts: Facts) throws(Refusal) -> Decision {
    var defined = self.specialisation
    defined.id = facts.nextID
    if let there = facts.there {
      try self.check(sameAs: there)
      defined.id = there.id
    }
    return Decision(.specialisationDefined(SpecialisationDefined(defined)), takesTwo: true)
  }

  /// Refuses what would change more than the last day of what is there, and what would change nothing.
  private func check(sameAs there: Specialisation) throws(Refusal) {
    let mine = self.specialisation
    let pairs = [
      ("valid_from", mine.inForce.from.iso, there.inForce.from.iso),
      ("name_kk", mine.name.kk, there.name.kk), ("name_ru", mine.name.ru, there.name.ru),
      ("name_en", mine.name.en, there.name.en),
    ]
    for (column, mine, there) in pairs where mine != there {
      throw Refusal(.differs, column: column, value: mine, ["there": there])
    }
    guard mine.inForce.until != there.inForce.until else {
      throw Refusal(.nothingChanged, column: "valid_until", value: mine.inForce.until?.iso ?? "")
    }
  }
}
