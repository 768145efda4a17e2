import BitimDomain

/// Editions of programmes.
extension Fold {
  func adopt(_ edition: Edition, _ seq: Int64) throws {
    func value(_ value: EditionValue) -> Value { .int(edition[value].value) }
    try self.database.execute(
      """
      INSERT INTO edition (id, code, programme, is_default, valid_from, valid_until,
        theory_quarters, practice_quarters, group_max, attempts_max, commission_min, prerequisite,
        age_min, higher_education, retake_wait_days, absence_uses_attempt, taught_bar_months,
        day_quarters, validity_months, legal_basis_kk, legal_basis_ru, legal_basis_en, seq,
        member_marks, mark_rule, overall_mark, reviews_min)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)
      """,
      [
        .integer(edition.id), .text(edition.code), .int(edition.programme),
        .int(edition.isDefault ? 1 : 0), .date(edition.validity.from),
        .optional(edition.validity.until), value(.theoryQuarters), value(.practiceQuarters),
        value(.groupMax), value(.attemptsMax), value(.commissionMin), value(.prerequisite),
        value(.ageMin), value(.higherEducation), value(.retakeWaitDays),
        value(.absenceUsesAttempt), value(.taughtBarMonths), value(.dayQuarters),
        value(.validityMonths), .text(edition.legalBasis.kk), .text(edition.legalBasis.ru),
        .text(edition.legalBasis.en), .integer(seq), value(.memberMarks), value(.markRule),
        value(.overallMark), value(.reviewsMin),
      ])
    for value in edition.said {
      let setting = edition[value]
      try self.database.execute(
        """
        INSERT INTO edition_source (edition_id, setting, basis, article) VALUES (?1, ?2, ?3, ?4)
        """,
        [
          .integer(edition.id), .text(value.column), .text(setting.basis.rawValue),
          .text(setting.article),
        ])
    }
    if let name = edition.name {
      try self.database.execute(
        "INSERT INTO seminar (edition_id, name_kk, name_ru, name_en) VALUES (?1, ?2, ?3, ?4)",
        [.integer(edition.id), .text(name.kk), .text(name.ru), .text(name.en)])
    }
    for rule in edition.components {
      try self.database.execute(
        """
        INSERT INTO edition_component (edition_id, component, pass_mark, basis, article)
        VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(edition.id), .text(rule.component.rawValue), .int(rule.passMark.value),
          .text(rule.passMark.basis.rawValue), .text(rule.passMark.article),
        ])
    }
  }

  func close(_ deed: EditionClosed, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE edition SET ended_seq = ?2, ended_on = ?3 WHERE id = ?1 AND ended_seq IS NULL",
      [.integer(deed.edition), .integer(seq), .date(deed.lastDay)])
    try self.expectOneChange("edition")
  }

  /// What has its id already gets another last day, and nothing else.
  func define(_ specialisation: Specialisation, _ seq: Int64) throws {
    try self.database.execute(
      "UPDATE specialisation SET valid_until = ?2 WHERE id = ?1",
      [.integer(specialisation.id), .optional(specialisation.inForce.until)])
    guard self.database.changes == 0 else { return }
    try self.database.execute(
      """
      INSERT INTO specialisation (id, code, name_kk, name_ru, name_en, valid_from, valid_until, seq)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      [
        .integer(specialisation.id), .text(specialisation.code), .text(specialisation.name.kk),
        .text(specialisation.name.ru), .text(specialisation.name.en),
        .date(specialisation.inForce.from), .optional(specialisation.inForce.until),
        .integer(seq),
      ])
  }
}
