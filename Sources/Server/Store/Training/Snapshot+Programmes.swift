package import BitimDomain

/// Programmes and editions.
extension Snapshot {
  /// The names of the three programmes, in their order.
  package func programmes() throws -> [Trilingual] {
    try self.database.rows(
      "SELECT name_kk, name_ru, name_en FROM programme ORDER BY number"
    ) { row in Trilingual(kk: row.text(0), ru: row.text(1), en: row.text(2)) }
  }

  /// Every edition as it stands, oldest first.
  package func editions() throws -> [Edition] {
    let rows = try self.database.rows(
      "SELECT id, ended_on FROM edition ORDER BY programme, valid_from, id"
    ) { ($0.integer(0), try $0.optionalDate(1)) }
    return try rows.compactMap { try self.edition(id: $0, closedOn: $1) }
  }

  /// The edition with this id as it was adopted: what it says never changes, and so each is read once by
  /// a connection. Whether it was closed is not said.
  package func edition(id: Int64) throws -> Edition? {
    try self.database.editions.row(id) { try self.readEdition(id) }
  }

  /// The edition that a cohort follows.
  ///
  /// - Throws: ``StoreFailure``.
  package func edition(of cohort: CohortRecord) throws -> Edition {
    guard let edition = try self.edition(id: cohort.editionID) else {
      throw StoreFailure.corrupt("cohort: its edition is not there")
    }
    return edition
  }

  /// The edition with this id as it stands.
  ///
  /// - Throws: ``StoreFailure`` where there is none.
  package func editionAsItStands(_ id: Int64) throws -> Edition {
    let day = try self.database.first("SELECT ended_on FROM edition WHERE id = ?1", [.integer(id)])
    {
      try $0.optionalDate(0)
    }
    guard let edition = try self.edition(id: id, closedOn: day ?? nil) else {
      throw StoreFailure.corrupt("edition \(id): is not there")
    }
    return edition
  }

  private func edition(id: Int64, closedOn day: CivilDate?) throws -> Edition? {
    var edition = try self.edition(id: id)
    edition?.closedOn = day
    return edition
  }

  private func readEdition(_ id: Int64) throws -> Edition? {
    let components = try self.database.rows(
      """
      SELECT component, pass_mark, basis, article FROM edition_component WHERE edition_id = ?1
      """,
      [.integer(id)]
    ) { row in
      Edition.ComponentRule(
        component: try row.noun(0),
        passMark: .init(row.int(1), try row.noun(2), article: row.text(3)))
    }
    let sources = try self.database.rows(
      "SELECT setting, basis, article FROM edition_source WHERE edition_id = ?1", [.integer(id)]
    ) { row in (setting: row.text(0), basis: try row.noun(1) as Basis, article: row.text(2)) }
    let name = try self.database.first(
      "SELECT name_kk, name_ru, name_en FROM seminar WHERE edition_id = ?1", [.integer(id)]
    ) { row in Trilingual(kk: row.text(0), ru: row.text(1), en: row.text(2)) }
    // The values in the order of `EditionValue`.
    return try self.database.first(
      """
      SELECT id, code, programme, is_default, valid_from, valid_until, legal_basis_kk,
        legal_basis_ru, legal_basis_en, theory_quarters, practice_quarters, group_max,
        attempts_max, commission_min, prerequisite, age_min, higher_education, retake_wait_days,
        absence_uses_attempt, taught_bar_months, day_quarters, validity_months, member_marks,
        mark_rule, overall_mark, reviews_min
      FROM edition WHERE id = ?1
      """,
      [.integer(id)]
    ) { row in
      var settings: [EditionValue: Edition.Setting] = [:]
      for (index, value) in EditionValue.allCases.enumerated() {
        guard let source = sources.first(where: { $0.setting == value.column }) else { continue }
        settings[value] = Edition.Setting(
          row.int(Int32(9 + index)), source.basis, article: source.article)
      }
      let edition = Edition(
        id: row.integer(0), code: row.text(1), programme: row.int(2), isDefault: row.int(3) == 1,
        validity: Period(from: try row.date(4), until: try row.optionalDate(5)),
        settings: settings,
        components: components.sorted { $0.component.number < $1.component.number },
        legalBasis: Trilingual(kk: row.text(6), ru: row.text(7), en: row.text(8)), name: name)
      guard let edition else { throw StoreFailure.corrupt("edition: a value has no source") }
      return edition
    }
  }

  /// The edition of a programme with this code, as it stands.
  package func edition(programme: Int, code: String) throws -> Edition? {
    let row = try self.database.first(
      "SELECT id, ended_on FROM edition WHERE programme = ?1 AND code = ?2",
      [.int(programme), .text(code)]
    ) { ($0.integer(0), try $0.optionalDate(1)) }
    return try row.flatMap { try self.edition(id: $0, closedOn: $1) }
  }

  /// The edition of a programme with this code; without a code, the default one in force on a day.
  package func edition(
    programme: Int, code: String, orInForceOn day: CivilDate
  ) throws -> Edition? {
    code.isEmpty
      ? try self.editions().first {
        $0.programme == programme && $0.isDefault && $0.inForce.contains(day)
      }
      : try self.edition(programme: programme, code: code)
  }

  /// What a cohort is specialised in; nil where it is general.
  package func specialisation(of cohort: CohortRecord) throws -> Specialisation? {
    guard cohort.specialisationID != 0 else { return nil }
    return try self.database.first(
      """
      SELECT id, code, name_kk, name_ru, name_en, valid_from, valid_until FROM specialisation
      WHERE id = ?1
      """, [.integer(cohort.specialisationID)], Self.specialisation)
  }

  /// The specialisation with this code.
  package func specialisation(code: String) throws -> Specialisation? {
    try self.database.first(
      """
      SELECT id, code, name_kk, name_ru, name_en, valid_from, valid_until FROM specialisation
      WHERE code = ?1
      """, [.text(code)], Self.specialisation)
  }

  /// Every specialisation, by its code.
  package func specialisations() throws -> [Specialisation] {
    try self.database.rows(
      """
      SELECT id, code, name_kk, name_ru, name_en, valid_from, valid_until FROM specialisation
      ORDER BY code
      """, [], Self.specialisation)
  }

  private static func specialisation(_ row: Row) throws -> Specialisation {
    Specialisation(
      id: row.integer(0), code: row.text(1),
      name: Trilingual(kk: row.text(2), ru: row.text(3), en: row.text(4)),
      inForce: Period(from: try row.date(5), until: try row.optionalDate(6)))
  }

  /// The id that the next specialisation gets.
  package func nextSpecialisationID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM specialisation") {
      $0.integer(0)
    } ?? 1
  }

  /// The id that the next edition gets; up to 100 are those that came with the program.
  package func nextEditionID() throws -> Int64 {
    try self.database.first("SELECT max(100, max(id)) + 1 FROM edition") { $0.integer(0) } ?? 101
  }
}
