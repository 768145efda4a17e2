package import BitimDomain
package import BitimProtocol

/// Organisations and their entitlements.
extension Snapshot {
  /// The organisation with this code.
  package func organisation(code: String) throws -> BitimV1.Organisation? {
    let found = try self.database.first(
      """
      SELECT id, code, kind, name_kk, name_ru, name_en, region, country FROM organisation
      WHERE code = ?1
      """,
      [.text(code)], Self.organisation)
    return try found.map { try self.withEntitlements($0) }
  }

  /// The organisation with this id.
  package func organisation(id: Int64) throws -> BitimV1.Organisation? {
    let found = try self.database.first(
      """
      SELECT id, code, kind, name_kk, name_ru, name_en, region, country FROM organisation
      WHERE id = ?1
      """,
      [.integer(id)], Self.organisation)
    return try found.map { try self.withEntitlements($0) }
  }

  /// The School itself.
  package func school() throws -> BitimV1.Organisation? {
    let found = try self.database.first(
      """
      SELECT id, code, kind, name_kk, name_ru, name_en, region, country FROM organisation
      WHERE kind = 'school'
      """,
      [], Self.organisation)
    return try found.map { try self.withEntitlements($0) }
  }

  /// Organisations with codes after `code`, in their order.
  package func organisations(
    kind: OrganisationKind?, after code: String, limit: Int
  ) throws -> [BitimV1.Organisation] {
    let page = try self.database.rows(
      """
      SELECT id, code, kind, name_kk, name_ru, name_en, region, country FROM organisation
      WHERE code > ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY code LIMIT ?3
      """,
      [.text(code), .optional(kind?.rawValue), .int(limit)], Self.organisation)
    return try page.map { try self.withEntitlements($0) }
  }

  /// What entitled an organisation to an activity on a day; nil if nothing did.
  package func entitlement(
    of organisation: Int64, to activity: Activity, on day: CivilDate
  ) throws -> String? {
    try self.database.first(
      """
      SELECT basis FROM entitlement WHERE organisation_id = ?1 AND activity = ?2
        AND valid_from <= ?3 AND (valid_until IS NULL OR valid_until >= ?3)
      ORDER BY valid_from DESC LIMIT 1
      """,
      [.integer(organisation), .text(activity.rawValue), .date(day)]
    ) { $0.text(0) }
  }

  /// The id the next organisation gets.
  package func nextOrganisationID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM organisation") {
      $0.integer(0)
    } ?? 1
  }

  private static func organisation(_ row: Row) throws -> BitimV1.Organisation {
    var organisation = BitimV1.Organisation()
    organisation.id = row.integer(0)
    organisation.code = row.text(1)
    organisation.kind = .init(rawValue: (try row.noun(2) as OrganisationKind).number)
    organisation.name = .init(kk: row.text(3), ru: row.text(4), en: row.text(5))
    organisation.region = row.text(6)
    organisation.country = row.text(7)
    return organisation
  }

  private func withEntitlements(
    _ organisation: BitimV1.Organisation
  ) throws -> BitimV1.Organisation {
    var organisation = organisation
    organisation.entitlements = try self.database.rows(
      """
      SELECT activity, valid_from, valid_until, basis FROM entitlement
      WHERE organisation_id = ?1 ORDER BY id
      """,
      [.integer(organisation.id)]
    ) { row in
      var entitlement = BitimV1.Entitlement()
      entitlement.activity = .init(rawValue: (try row.noun(0) as Activity).number)
      entitlement.validFrom = row.text(1)
      entitlement.validUntil = row.optionalText(2)
      entitlement.basis = row.text(3)
      return entitlement
    }
    return organisation
  }
}

extension BitimV1.Text {
  /// One text in three languages.
  package init(kk: String, ru: String, en: String) {
    self.init()
    self.kk = kk
    self.ru = ru
    self.en = en
  }
}
