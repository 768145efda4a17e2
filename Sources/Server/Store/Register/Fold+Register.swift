import BitimDomain

/// The register of mediators.
extension Fold {
  func apply(for entry: EntryApplication, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO case_entry (case_seq, address_kk, address_ru, field_kk, field_ru, languages_kk,
        languages_ru, contact)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        .integer(seq), .text(entry.kk.address), .text(entry.ru.address), .text(entry.kk.field),
        .text(entry.ru.field), .text(entry.kk.languages), .text(entry.ru.languages),
        .text(entry.contact),
      ])
  }

  /// Whose entry it is the application says.
  func enter(_ number: RegisterNumber, _ application: Int64, _ act: Act, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO register_entry (number, person_id, case_seq, entered_on, entered_by, seq)
      SELECT ?1, person_id, seq, ?3, ?4, ?5 FROM case_file WHERE seq = ?2
      """,
      [
        .integer(number.value), .integer(application), .date(act.heldOn),
        .integer(act.actor.personID), .integer(seq),
      ])
    try self.expectOneChange("register_entry")
  }

  func suspend(_ deed: EntrySuspended, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO entry_mark (number, seq, kind, since, until, case_seq, made_by)
      VALUES (?1, ?2, 'suspended', ?3, ?4, ?5, ?6)
      """,
      [
        .integer(deed.number.value), .integer(seq), .date(deed.days.from),
        .optional(deed.days.until), .integer(deed.cites), .integer(person),
      ])
    try self.cite(deed.cites, seq)
  }

  func exclude(_ deed: EntryExcluded, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO entry_mark (number, seq, kind, since, ground, made_by)
      VALUES (?1, ?2, 'excluded', ?3, ?4, ?5)
      """,
      [
        .integer(deed.number.value), .integer(seq), .date(deed.from),
        .text(deed.ground.rawValue), .integer(person),
      ])
  }

  func correct(_ deed: EntryCorrected, _ act: Act, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE entry_published SET ended_seq = ?2 WHERE number = ?1 AND ended_seq IS NULL",
      [.integer(deed.number.value), .integer(seq)])
    let (kk, ru) = (deed.published.kk, deed.published.ru)
    try self.database.execute(
      """
      INSERT INTO entry_published (number, seq, since, address_kk, address_ru, field_kk, field_ru,
        languages_kk, languages_ru, contact, made_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """,
      [
        .integer(deed.number.value), .integer(seq), .date(act.heldOn), .text(kk.address),
        .text(ru.address), .text(kk.field), .text(ru.field), .text(kk.languages),
        .text(ru.languages), .text(deed.published.contact), .integer(act.actor.personID),
      ])
  }
}
