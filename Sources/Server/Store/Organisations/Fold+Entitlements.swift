import BitimDomain

extension Fold {
  /// An organisation is called otherwise from a day on.
  func change(_ deed: OrganisationChanged, _ seq: Int64) throws {
    let names = deed.names
    try self.database.execute(
      """
      INSERT INTO organisation_name
        (organisation_id, valid_from, seq, name_kk, name_ru, name_en, region, document)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        .integer(deed.organisationID), .date(names.from), .integer(seq), .text(names.name.kk),
        .text(names.name.ru), .text(names.name.en), .text(names.region), .text(names.document),
      ])
  }
}

/// What entitles organisations.
extension Fold {
  func grant(_ entitlement: Entitlement, to organisation: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO entitlement
        (id, organisation_id, activity, valid_from, valid_until, basis, seq)
      VALUES (coalesce(?1, (SELECT coalesce(max(id), 0) + 1 FROM entitlement)),
        ?2, ?3, ?4, ?5, ?6, ?7)
      """, Self.values(entitlement, organisation, seq))
  }

  func suspend(_ suspension: Entitlement, of organisation: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO entitlement_suspension
        (id, organisation_id, activity, valid_from, valid_until, basis, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """, Self.values(suspension, organisation, seq))
  }

  /// Entitlements stand no more; what is left of each up to a last day stands instead.
  func end(entitlements ends: [EntitlementEnd], on lastDay: CivilDate?, _ seq: Int64) throws {
    try self.end(
      ends, on: lastDay, seq, of: "entitlement",
      remaining: """
        INSERT INTO entitlement
          (id, organisation_id, activity, valid_from, valid_until, basis, seq)
        SELECT ?2, organisation_id, activity, valid_from, ?3, basis, ?4
        FROM entitlement WHERE id = ?1
        """,
      ending: """
        UPDATE entitlement SET ended_seq = ?2, ended_how = ?3 WHERE id = ?1 AND ended_seq IS NULL
        """)
  }

  /// The same of suspensions.
  func end(suspensions ends: [EntitlementEnd], on lastDay: CivilDate?, _ seq: Int64) throws {
    try self.end(
      ends, on: lastDay, seq, of: "entitlement_suspension",
      remaining: """
        INSERT INTO entitlement_suspension
          (id, organisation_id, activity, valid_from, valid_until, basis, seq)
        SELECT ?2, organisation_id, activity, valid_from, ?3, basis, ?4
        FROM entitlement_suspension WHERE id = ?1
        """,
      ending: """
        UPDATE entitlement_suspension SET ended_seq = ?2, ended_how = ?3
        WHERE id = ?1 AND ended_seq IS NULL
        """)
  }

  private func end(
    _ ends: [EntitlementEnd], on lastDay: CivilDate?, _ seq: Int64, of table: String,
    remaining: StaticString, ending: StaticString
  ) throws {
    for end in ends {
      // First what remains, so that of no day that stays anything is taken off and added again.
      if let remains = end.remains {
        try self.database.execute(
          remaining, [.integer(end.id), .integer(remains), .optional(lastDay), .integer(seq)])
      }
      try self.database.execute(ending, Self.ended(end, on: lastDay, seq))
      try self.expectOneChange(table)
    }
  }

  private static func ended(
    _ end: EntitlementEnd, on lastDay: CivilDate?, _ seq: Int64
  ) -> [Value] {
    [.integer(end.id), .integer(seq), .text(lastDay == nil ? "in_error" : "ended")]
  }

  private static func values(
    _ entitlement: Entitlement, _ organisation: Int64, _ seq: Int64
  ) -> [Value] {
    [
      .idOrNull(entitlement.id), .integer(organisation), .text(entitlement.activity.rawValue),
      .date(entitlement.days.from), .optional(entitlement.days.until), .text(entitlement.basis),
      .integer(seq),
    ]
  }
}
