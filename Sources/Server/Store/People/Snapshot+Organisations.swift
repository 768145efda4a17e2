package import BitimDomain

/// Organisations and their entitlements.
extension Snapshot {
  /// The organisation with this code.
  package func organisation(code: String) throws -> Organisation? {
    let found = try self.database.first(
      """
      SELECT id, code, kind, name_kk, name_ru, name_en, region, country FROM organisation
      WHERE code = ?1
      """,
      [.text(code)], Self.organisation)
    return try found.map { try self.withEntitlements($0) }
  }

  /// The organisation with this id.
  package func organisation(id: Int64) throws -> Organisation? {
    let found = try self.database.first(
      """
      SELECT id, code, kind, name_kk, name_ru, name_en, region, country FROM organisation
      WHERE id = ?1
      """,
      [.integer(id)], Self.organisation)
    return try found.map { try self.withEntitlements($0) }
  }

  /// The School itself.
  package func school() throws -> Organisation? {
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
  ) throws -> [Organisation] {
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
      SELECT basis FROM entitlement
      WHERE organisation_id = ?1 AND activity = ?2 AND ended_seq IS NULL
        AND valid_from <= ?3 AND (valid_until IS NULL OR valid_until >= ?3)
        AND NOT EXISTS (SELECT 1 FROM entitlement_suspension
          WHERE organisation_id = ?1 AND activity = ?2 AND ended_seq IS NULL
            AND valid_from <= ?3 AND (valid_until IS NULL OR valid_until >= ?3))
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

  /// The id the next entitlement gets.
  package func nextEntitlementID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM entitlement") {
      $0.integer(0)
    } ?? 1
  }

  /// Every period in which an organisation was ever granted an activity, in error or not.
  package func everGranted(to activity: Activity, by organisation: Int64) throws -> [Period] {
    try self.database.rows(
      """
      SELECT valid_from, valid_until FROM entitlement
      WHERE organisation_id = ?1 AND activity = ?2 ORDER BY id
      """,
      [.integer(organisation), .text(activity.rawValue)]
    ) { Period(from: try $0.date(0), until: try $0.optionalDate(1)) }
  }

  /// The id the next suspension of an entitlement gets.
  package func nextSuspensionID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM entitlement_suspension") {
      $0.integer(0)
    } ?? 1
  }

  /// Whether an organisation was ever entitled to anything, in error or not.
  package func wasEntitled(_ organisation: Int64) throws -> Bool {
    try self.database.first(
      "SELECT EXISTS (SELECT 1 FROM entitlement WHERE organisation_id = ?1)",
      [.integer(organisation)]
    ) { $0.integer(0) == 1 } ?? false
  }

  private static func organisation(_ row: Row) throws -> Organisation {
    Organisation(
      id: row.integer(0), code: row.text(1), kind: try row.noun(2),
      name: Trilingual(kk: row.text(3), ru: row.text(4), en: row.text(5)), region: row.text(6),
      country: row.text(7), entitlements: [])
  }

  private func withEntitlements(_ organisation: Organisation) throws -> Organisation {
    var organisation = organisation
    organisation.entitlements = try self.database.rows(
      """
      SELECT id, activity, valid_from, valid_until, basis FROM entitlement
      WHERE organisation_id = ?1 AND ended_seq IS NULL ORDER BY id
      """,
      [.integer(organisation.id)], Self.days)
    organisation.suspensions = try self.database.rows(
      """
      SELECT id, activity, valid_from, valid_until, basis FROM entitlement_suspension
      WHERE organisation_id = ?1 AND ended_seq IS NULL ORDER BY id
      """,
      [.integer(organisation.id)], Self.days)
    organisation.changes = try self.database.rows(
      """
      SELECT valid_from, name_kk, name_ru, name_en, region, document FROM organisation_name
      WHERE organisation_id = ?1 ORDER BY valid_from, seq
      """,
      [.integer(organisation.id)]
    ) { row in
      OrganisationNames(
        from: try row.date(0),
        name: Trilingual(kk: row.text(1), ru: row.text(2), en: row.text(3)), region: row.text(4),
        document: row.text(5))
    }
    return organisation
  }

  private static func days(_ row: Row) throws -> Entitlement {
    Entitlement(
      id: row.integer(0), activity: try row.noun(1),
      days: Period(from: try row.date(2), until: try row.optionalDate(3)), basis: row.text(4))
  }
}
