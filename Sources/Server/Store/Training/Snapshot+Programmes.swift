package import BitimDomain

/// Programmes and editions.
extension Snapshot {
  /// The names of the three programmes, in their order.
  package func programmes() throws -> [Trilingual] {
    try self.database.rows(
      "SELECT name_kk, name_ru, name_en FROM programme ORDER BY number"
    ) { row in Trilingual(kk: row.text(0), ru: row.text(1), en: row.text(2)) }
  }

  /// Every edition, oldest first, with its legal basis.
  package func editions() throws -> [(edition: Edition, legalBasis: Trilingual)] {
    let ids = try self.database.rows("SELECT id FROM edition ORDER BY programme, id") {
      $0.integer(0)
    }
    return try ids.compactMap { id in
      guard let edition = try self.edition(id: id) else { return nil }
      return (edition, try self.legalBasis(ofEdition: id))
    }
  }

  /// The edition with this id.
  ///
  /// Editions change with a release, never by an act: each is read once by a connection.
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

  private func readEdition(_ id: Int64) throws -> Edition? {
    let components = try self.database.rows(
      "SELECT component, pass_mark, basis FROM edition_component WHERE edition_id = ?1",
      [.integer(id)]
    ) { row in
      Edition.ComponentRule(
        component: try row.noun(0), passMark: .init(row.int(1), try row.noun(2)))
    }
    return try self.database.first(
      """
      SELECT id, code, programme, valid_from, valid_until, theory_quarters, theory_basis,
        practice_quarters, practice_basis, group_max, group_basis, attempts_max, attempts_basis,
        commission_min, commission_basis, prerequisite, prerequisite_basis, age_min, age_basis,
        higher_education, higher_education_basis, validity_months, validity_basis
      FROM edition WHERE id = ?1
      """,
      [.integer(id)]
    ) { row in
      func setting(_ column: Int32) throws -> Edition.Setting {
        Edition.Setting(row.int(column), try row.noun(column + 1))
      }
      return Edition(
        id: row.integer(0), code: row.text(1), programme: row.int(2),
        validity: Period(from: try row.date(3), until: try row.optionalDate(4)),
        theoryQuarters: try setting(5), practiceQuarters: try setting(7),
        groupMax: try setting(9), attemptsMax: try setting(11), commissionMin: try setting(13),
        prerequisite: try setting(15), ageMin: try setting(17), higherEducation: try setting(19),
        validityMonths: try setting(21),
        components: components.sorted { $0.component.number < $1.component.number })
    }
  }

  /// The edition of a programme with this code.
  package func edition(programme: Int, code: String) throws -> Edition? {
    let id = try self.database.first(
      "SELECT id FROM edition WHERE programme = ?1 AND code = ?2", [.int(programme), .text(code)]
    ) { $0.integer(0) }
    return try id.flatMap { try self.edition(id: $0) }
  }

  /// The state's edition of a programme in force on a day; never the School's own.
  package func editionInForce(programme: Int, on day: CivilDate) throws -> Edition? {
    let id = try self.database.first(
      """
      SELECT id FROM edition WHERE programme = ?1 AND code <> 'school' AND valid_from <= ?2
        AND (valid_until IS NULL OR valid_until >= ?2)
      """,
      [.int(programme), .date(day)]
    ) { $0.integer(0) }
    return try id.flatMap { try self.edition(id: $0) }
  }

  /// The edition of a programme with this code; without a code, the one in force on a day.
  package func edition(
    programme: Int, code: String, orInForceOn day: CivilDate
  ) throws -> Edition? {
    code.isEmpty
      ? try self.editionInForce(programme: programme, on: day)
      : try self.edition(programme: programme, code: code)
  }

  /// The act an edition rests on.
  package func legalBasis(ofEdition id: Int64) throws -> Trilingual {
    try self.database.first(
      "SELECT legal_basis_kk, legal_basis_ru, legal_basis_en FROM edition WHERE id = ?1",
      [.integer(id)]
    ) { Trilingual(kk: $0.text(0), ru: $0.text(1), en: $0.text(2)) }
      ?? Trilingual(kk: "", ru: "", en: "")
  }
}
