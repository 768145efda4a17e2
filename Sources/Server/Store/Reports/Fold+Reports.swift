import BitimDomain

/// Figures of years, as they were filed.
extension Fold {
  func file(_ deed: ReportFiled, on day: CivilDate, by person: Int64, _ seq: Int64) throws {
    try self.database.execute(
      """
      INSERT INTO filed_report (seq, year, as_of, size, definitions, filed_on, filed_by)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      [
        .integer(seq), .int(deed.year), .date(deed.asOf), .integer(deed.size),
        .int(deed.definitions), .date(day), .integer(person),
      ])
    for row in deed.rows {
      for (figure, value) in row.figures {
        try self.database.execute(
          """
          INSERT INTO filed_figure (report_seq, programme, organisation_id, figure, value)
          VALUES (?1, ?2, ?3, ?4, ?5)
          """,
          [
            .integer(seq), .int(row.place.programme), .integer(row.place.organisationID),
            .text(figure.rawValue), .int(value),
          ])
      }
    }
  }
}
