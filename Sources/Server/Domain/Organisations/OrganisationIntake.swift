/// An organisation as somebody filled in: texts as they came, in Unicode's normal form C.
package struct OrganisationForm: Equatable, Sendable {
  /// What it may do, as it was typed.
  package struct Entitlement: Equatable, Sendable {
    /// The word's number in the schema.
    package var activity: Int32
    package var validFrom: String
    /// nil where it has no end.
    package var validUntil: String?
    package var basis: String

    package init(activity: Int32, validFrom: String, validUntil: String?, basis: String) {
      self.activity = activity
      self.validFrom = validFrom
      self.validUntil = validUntil
      self.basis = basis
    }
  }

  package var code: String
  /// The word's number in the schema.
  package var kind: Int32
  package var name: Trilingual
  package var region: String
  package var country: String
  package var entitlements: [Entitlement]

  package init(
    code: String, kind: Int32, name: Trilingual, region: String, country: String,
    entitlements: [Entitlement]
  ) {
    self.code = code
    self.kind = kind
    self.name = name
    self.region = region
    self.country = country
    self.entitlements = entitlements
  }
}

/// A form that was read: the organisation, ids not given yet, and everything that is wrong at once.
package struct OrganisationIntake: Equatable, Sendable {
  /// As it was typed, readable or not.
  package let code: String
  /// nil if it is no word of the list.
  package let kind: OrganisationKind?
  /// nil if anything is wrong.
  package private(set) var organisation: Organisation?
  /// What is wrong, in the order of columns.
  package private(set) var refusals: [Refusal] = []

  package init(_ form: OrganisationForm) {
    self.code = form.code
    self.kind = OrganisationKind(number: form.kind)
    for (column, text) in [
      ("code", form.code), ("name_kk", form.name.kk), ("name_ru", form.name.ru),
      ("name_en", form.name.en), ("region", form.region),
    ] {
      self.refusals.noting { () throws(Refusal) in try Self.check(text, column: column) }
    }
    self.refusals.noting { () throws(Refusal) in
      _ = try OrganisationKind(typed: form.kind, column: "kind")
    }
    if !Country.isKnown(form.country) {
      self.refusals.append(Refusal(.notInList, column: "country", value: form.country))
    }
    let entitlements = form.entitlements.compactMap { self.entitlement($0) }
    guard let kind = self.kind, self.refusals.isEmpty else { return }
    self.organisation = Organisation(
      id: 0, code: form.code, kind: kind, name: form.name, region: form.region,
      country: form.country, entitlements: entitlements)
  }

  private mutating func entitlement(_ form: OrganisationForm.Entitlement) -> Entitlement? {
    let activity = self.refusals.noting { () throws(Refusal) in
      try Activity(typed: form.activity, column: "activity")
    }
    self.refusals.noting { () throws(Refusal) in try Self.check(form.basis, column: "basis") }
    let days = self.refusals.noting { () throws(Refusal) -> Period in
      let from = try CivilDate(typed: form.validFrom, column: "valid_from")
      guard let text = form.validUntil else { return Period(from: from, until: nil) }
      let until = try CivilDate(typed: text, column: "valid_until")
      guard until >= from else {
        throw Refusal(.datesReversed, column: "valid_until", value: text)
      }
      return Period(from: from, until: until)
    }
    guard let activity, let days else { return nil }
    return Entitlement(id: 0, activity: activity, days: days, basis: form.basis)
  }

  private static func check(_ text: String, column: String) throws(Refusal) {
    try TextRule.check(text, column: column)
    try TextRule.whole(text, column: column)
  }
}
