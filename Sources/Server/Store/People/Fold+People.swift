import BitimDomain

/// Organisations, people, roles and tokens.
extension Fold {
  func add(_ organisation: Organisation, _ seq: Int64) throws {
    let name = organisation.registeredName
    try self.database.execute(
      """
      INSERT INTO organisation (id, code, kind, name_kk, name_ru, name_en, region, country, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        .integer(organisation.id), .text(organisation.code),
        .text(organisation.kind.rawValue), .text(name.kk), .text(name.ru), .text(name.en),
        .text(organisation.registeredRegion), .text(organisation.country),
        .integer(seq),
      ])
    for entitlement in organisation.entitlements {
      try self.grant(entitlement, to: organisation.id, seq)
    }
  }

  mutating func add(_ person: Person, _ seq: Int64) throws {
    try self.database.execute(
      "INSERT INTO person (id, evidence, seq) VALUES (?1, ?2, ?3)",
      [.integer(person.id), .text(person.evidence), .integer(seq)])
    try self.detail(person.id, person.birthDate, person.education, seq)
    try self.name(person.id, person.names, reason: "", seq)
    self.finding.add(
      .init(
        person: person.id, names: person.names, birthDate: person.birthDate,
        identifiers: person.identifiers))
    for identifier in person.identifiers { try self.identify(person.id, identifier, seq) }
  }

  private func detail(
    _ id: Int64, _ birthDate: CivilDate, _ education: Education?, _ seq: Int64
  ) throws {
    try self.database.execute(
      "INSERT INTO person_detail (person_id, seq, birth_date, education) VALUES (?1, ?2, ?3, ?4)",
      [.integer(id), .integer(seq), .date(birthDate), .optional(education?.rawValue)])
  }

  private func identify(_ id: Int64, _ identifier: Identifier, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO person_identifier (kind, country, document_type, number, person_id, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      [
        .text(identifier.kind.rawValue), .text(identifier.country),
        .text(identifier.documentType), .text(identifier.number), .integer(id),
        .integer(seq),
      ])
  }

  /// A number is somebody's from now on; the person is found by it under all his or her names.
  mutating func add(_ identifier: Identifier, of id: Int64, _ seq: Int64) throws {
    try self.identify(id, identifier, seq)
    try self.find(id, by: [identifier])
  }

  /// A number stands no more: on its last day, or never, where there is none.
  func end(
    _ identifier: Identifier, of id: Int64, on lastDay: CivilDate?, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      UPDATE person_identifier SET ended_seq = ?6, ended_how = ?7, ended_on = ?8
      WHERE kind = ?1 AND country = ?2 AND document_type = ?3 AND number = ?4 AND person_id = ?5
        AND ended_seq IS NULL
      """,
      [
        .text(identifier.kind.rawValue), .text(identifier.country),
        .text(identifier.documentType), .text(identifier.number), .integer(id), .integer(seq),
        .text(lastDay == nil ? "in_error" : "ended"), .optional(lastDay),
      ])
    try self.expectOneChange("person_identifier")
  }

  /// The right number comes first: at no moment is a person without any.
  mutating func correct(_ deed: IdentifierCorrected, _ seq: Int64) throws {
    if let right = deed.right { try self.add(right, of: deed.personID, seq) }
    // A fact ends once: what had ended is called an error by a row that never stands.
    if deed.hadEnded { try self.identify(deed.personID, deed.wrong, seq) }
    try self.end(deed.wrong, of: deed.personID, on: nil, seq)
    try self.dismiss(deed.dismissed, seq)
  }

  /// Another birth date or education from now on; the person is found by both birth dates.
  mutating func correct(_ deed: PersonCorrected, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE person_detail SET ended_seq = ?2, ended_how = ?3
      WHERE person_id = ?1 AND ended_seq IS NULL
      """,
      [
        .integer(deed.personID), .integer(seq), .text(deed.wasError ? "in_error" : "ended"),
      ])
    try self.expectOneChange("person_detail")
    try self.detail(deed.personID, deed.birthDate, deed.education, seq)
    try self.find(
      deed.personID, by: Snapshot.identifiers(of: deed.personID, in: self.database).all)
  }

  /// Somebody is found by these numbers, beside all names and the birth date that stands.
  private mutating func find(_ id: Int64, by identifiers: [Identifier]) throws {
    guard let birthDate = try Snapshot.birthDate(of: id, in: self.database) else {
      throw StoreFailure.corrupt("person: the act fits no row")
    }
    for names in try Snapshot.allNames(of: id, in: self.database) {
      self.finding.add(
        .init(person: id, names: names, birthDate: birthDate, identifiers: identifiers))
    }
  }

  func name(_ id: Int64, _ names: Names, reason: String, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO person_name (person_id, seq, kk_surname, kk_given, kk_patronymic, ru_surname,
        ru_given, ru_patronymic, latin_surname, latin_given, latin_patronymic, reason)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      """,
      [.integer(id), .integer(seq)] + names.parts.map(Value.text) + [.text(reason)])
  }

  /// Other names from a day on; the person is found by both.
  mutating func rename(_ deed: PersonRenamed, on heldOn: CivilDate, _ seq: Int64) throws {
    let lastDay = CivilDate(dayNumber: (deed.from ?? heldOn).dayNumber - 1)
    try self.database.execute(
      """
      UPDATE person_name SET ended_seq = ?2, ended_how = 'ended', ended_on = ?3
      WHERE person_id = ?1 AND ended_seq IS NULL
      """,
      [.integer(deed.personID), .integer(seq), .date(lastDay)])
    try self.expectOneChange("person_name")
    try self.name(deed.personID, deed.names, reason: deed.reason, seq)
    let birthDate = try Snapshot.birthDate(of: deed.personID, in: self.database)
    guard let birthDate else { throw StoreFailure.corrupt("person: the act fits no row") }
    let identifiers = try Snapshot.identifiers(of: deed.personID, in: self.database).all
    self.finding.add(
      .init(
        person: deed.personID, names: deed.names, birthDate: birthDate, identifiers: identifiers))
  }

  func dismiss(_ doubles: [DismissedDouble], _ seq: Int64) throws {
    for double in doubles {
      try self.database.execute(
        """
        INSERT INTO dismissed_double (person_id, other_id, seq, evidence)
        VALUES (?1, ?2, ?3, ?4)
        """,
        [
          .integer(double.personID), .integer(double.otherID), .integer(seq),
          .text(double.evidence),
        ])
    }
  }

  /// The bar that an act made stands no more.
  func endBar(
    _ id: Int64, _ sequence: Int64, _ how: String, by actor: Int64, _ seq: Int64
  ) throws {
    try self.database.execute(
      """
      UPDATE person_bar SET ended_seq = ?3, ended_by = ?4, ended_how = ?5
      WHERE person_id = ?1 AND seq = ?2 AND ended_seq IS NULL
      """,
      [.integer(id), .integer(sequence), .integer(seq), .integer(actor), .text(how)])
    try self.expectOneChange("person_bar")
  }

  func bar(_ id: Int64, _ bar: Bar, by actor: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO person_bar (person_id, seq, kind, valid_from, valid_until, document, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(id), .integer(seq), .text(bar.kind.rawValue), .date(bar.days.from),
        .optional(bar.days.until), .text(bar.document), .integer(actor),
      ])
  }

  func die(_ deed: PersonDied, by actor: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO person_death (person_id, seq, died_on, document, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(deed.personID), .integer(seq), .date(deed.death.day), .text(deed.death.document),
        .integer(actor),
      ])
    self.database.dead = nil
  }

  func withdraw(_ deed: DeathWithdrawn, by actor: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE person_death SET ended_seq = ?3, ended_by = ?4
      WHERE person_id = ?1 AND seq = ?2 AND ended_seq IS NULL
      """,
      [
        .integer(deed.personID), .integer(deed.endsSequence), .integer(seq), .integer(actor),
      ])
    try self.expectOneChange("person_death")
    self.database.dead = nil
  }

  func grant(_ deed: RoleGranted, at instant: Instant, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO role_grant (person_id, role, organisation_id, seq, granted_at_ms)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """,
      [
        .integer(deed.personID), .text(deed.role.rawValue), .integer(deed.organisationID),
        .integer(seq), .integer(instant.unixMilliseconds),
      ])
  }

  func withdraw(_ deed: RoleWithdrawn, on day: CivilDate, _ seq: Int64) throws {
    try self.database.execute(
      """
      UPDATE role_grant SET ended_seq = ?4, ended_on = ?5
      WHERE person_id = ?1 AND role = ?2 AND organisation_id = ?3 AND ended_seq IS NULL
      """,
      [
        .integer(deed.personID), .text(deed.role.rawValue), .integer(deed.organisationID),
        .integer(seq), .date(day),
      ])
    try self.expectOneChange("role_grant")
    for token in deed.tokenIDs { try self.revokeToken(token, seq) }
  }

  func add(_ deed: TokenCreated, at instant: Instant, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO token
        (id, person_id, organisation_id, hash, name, created_at_ms, expires_at_ms, seq, session_id)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """,
      [
        .integer(deed.id), .idOrNull(deed.personID), .integer(deed.organisationID),
        .blob(deed.hash), .text(deed.name), .integer(instant.unixMilliseconds),
        .integer(deed.expiresAt.unixMilliseconds), .integer(seq), .idOrNull(deed.sessionID),
      ])
    for role in deed.roles {
      try self.database.execute(
        "INSERT INTO token_role (token_id, role) VALUES (?1, ?2)",
        [.integer(deed.id), .text(role.rawValue)])
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
