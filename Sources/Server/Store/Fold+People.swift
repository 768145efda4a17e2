import BitimDomain
import BitimProtocol

/// Organisations, people, roles and tokens.
extension Fold {
  func add(_ organisation: BitimV1.Organisation, _ seq: Int64) throws {
    let name = organisation.name ?? .init()
    try self.database.execute(
      """
      INSERT INTO organisation (id, code, kind, name_kk, name_ru, name_en, region, country, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        .integer(organisation.id), .text(organisation.code),
        .text(try self.word(organisation.kind.rawValue, OrganisationKind.self)), .text(name.kk),
        .text(name.ru), .text(name.en), .text(organisation.region), .text(organisation.country),
        .integer(seq),
      ])
    for entitlement in organisation.entitlements {
      try self.database.execute(
        """
        INSERT INTO entitlement
          (id, organisation_id, activity, valid_from, valid_until, basis, seq)
        VALUES ((SELECT coalesce(max(id), 0) + 1 FROM entitlement), ?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .integer(organisation.id),
          .text(try self.word(entitlement.activity.rawValue, Activity.self)),
          .text(entitlement.validFrom), .optional(entitlement.validUntil),
          .text(entitlement.basis), .integer(seq),
        ])
    }
  }

  func add(_ person: BitimV1.Person, _ seq: Int64) throws {
    let education = Education(number: person.education.rawValue)?.rawValue
    try self.database.execute(
      "INSERT INTO person (id, birth_date, education, evidence, seq) VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .integer(person.id), .text(person.birthDate), .optional(education),
        .text(person.evidence), .integer(seq),
      ])
    try self.name(person.id, person.names ?? .init(), reason: "", seq)
    for identifier in person.identifiers {
      try self.database.execute(
        """
        INSERT INTO person_identifier (kind, country, document_type, number, person_id, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        [
          .text(try self.word(identifier.kind.rawValue, IdentifierKind.self)),
          .text(identifier.country), .text(identifier.documentType), .text(identifier.number),
          .integer(person.id), .integer(seq),
        ])
    }
    for bar in person.bars { try self.bar(person.id, bar, seq) }
  }

  func name(_ id: Int64, _ names: BitimV1.Names, reason: String, _ seq: Int64) throws {
    let parts = names.parts
    try self.database.execute(
      """
      INSERT INTO person_name (person_id, seq, kk_surname, kk_given, kk_patronymic, ru_surname,
        ru_given, ru_patronymic, latin_surname, latin_given, latin_patronymic, reason)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      """,
      [.integer(id), .integer(seq)] + parts.map(Value.text) + [.text(reason)])
    for word in names.words.sorted() {
      try self.database.execute(
        "INSERT INTO person_word (word, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        [.text(word), .integer(id)])
    }
  }

  func bar(_ id: Int64, _ bar: BitimV1.Bar, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO person_bar (person_id, seq, kind, valid_from, valid_until)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(id), .integer(seq), .text(try self.word(bar.kind.rawValue, BarKind.self)),
        .text(bar.validFrom), .optional(bar.validUntil),
      ])
  }

  func grant(_ deed: BitimJournalV1.RoleGranted, at instantMs: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO role_grant (person_id, role, organisation_id, seq, granted_at_ms)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(deed.personId), .text(try self.word(deed.role.rawValue, Role.self)),
        .integer(deed.organisationId), .integer(seq), .integer(instantMs),
      ])
  }

  func withdraw(_ deed: BitimJournalV1.RoleWithdrawn, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE role_grant SET ended_seq = ?4
      WHERE person_id = ?1 AND role = ?2 AND organisation_id = ?3 AND ended_seq IS NULL
      """,
      [
        .integer(deed.personId), .text(try self.word(deed.role.rawValue, Role.self)),
        .integer(deed.organisationId), .integer(seq),
      ])
    try self.expectOneChange("role_grant")
  }

  func add(_ deed: BitimJournalV1.TokenCreated, at instantMs: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO token
        (id, person_id, organisation_id, hash, name, created_at_ms, expires_at_ms, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        .integer(deed.id), .idOrNull(deed.personId), .integer(deed.organisationId),
        .blob(deed.hash), .text(deed.name), .integer(instantMs), .integer(deed.expiresAtMs),
        .integer(seq),
      ])
    for role in deed.roles {
      try self.database.execute(
        "INSERT INTO token_role (token_id, role) VALUES (?1, ?2)",
        [.integer(deed.id), .text(try self.word(role.rawValue, Role.self))])
    }
  }

  func revokeToken(_ id: Int64, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE token SET ended_seq = ?2 WHERE id = ?1 AND ended_seq IS NULL",
      [.integer(id), .integer(seq)])
    try self.expectOneChange("token")
  }

  /// An act that should have changed a row and didn't was recorded against another state.
  func expectOneChange(_ table: String) throws {
    guard self.database.changes == 1 else {
      throw StoreFailure.corrupt("\(table): the act fits no row")
    }
  }
}

extension BitimV1.Names {
  /// Surname, given name and patronymic, in Kazakh, Russian and Latin letters; empty where there is none.
  fileprivate var parts: [String] {
    [self.kk ?? .init(), self.ru ?? .init(), self.latin ?? .init()]
      .flatMap { [$0.surname, $0.given, $0.patronymic] }
  }

  /// The words by which somebody of this name is found.
  var words: Set<String> { Set(self.parts.flatMap(NameText.searchWords)) }
}
