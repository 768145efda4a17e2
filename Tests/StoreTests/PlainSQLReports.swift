import BitimTestSupport

/// What plain SQL can't say of filed figures (R-1001): act 95 files those of 2026.
extension PlainSQLTests {
  private static func filed(_ act: Int = 95, size: Int = 94, by person: Int = 6) -> String {
    """
    INSERT INTO filed_report VALUES (\(act), 2026, '2026-11-22', \(size), 1, '2026-11-22', \(person));
    """
  }

  private static func figure(_ act: Int = 95) -> String {
    "INSERT INTO filed_figure VALUES (\(act), 1, 0, 'certified', 1);"
  }

  static let oneReport = filed() + figure()

  static var reports: [Attempt] {
    let tries: [(String, String, String?)] = [
      ("files them", self.oneReport, nil),
      ("files them anew", self.oneReport + self.filed(96, size: 95) + self.figure(96), nil),
      (
        "files twice by one act", self.filed() + self.filed(),
        "filed_report: the key is there already"
      ),
      (
        "files by nobody", self.filed(by: 999),
        "filed_report: refers to what is not there"
      ),
      (
        "moves a day", self.filed() + "UPDATE filed_report SET as_of = '2026-12-31';",
        "filed_report: rows are never changed"
      ),
      (
        "takes a report back", self.filed() + "DELETE FROM filed_report;",
        "filed_report: rows are never deleted"
      ),
      (
        "says a figure twice", self.oneReport + self.figure(),
        "filed_figure: the key is there already"
      ),
      (
        "says a figure of no report", self.figure(),
        "filed_figure: refers to what is not there"
      ),
      (
        "changes a figure", self.oneReport + "UPDATE filed_figure SET value = 2;",
        "filed_figure: rows are never changed"
      ),
      (
        "takes a figure back", self.oneReport + "DELETE FROM filed_figure;",
        "filed_figure: rows are never deleted"
      ),
    ]
    return tries.map { Attempt(what: "filed figures: \($0)", sql: $1, refusal: $2) }
  }
}
