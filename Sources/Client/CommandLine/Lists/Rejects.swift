import BitimProtocol
import BitimSystem

/// The file of the rows that were not taken: the office's own, with what is wrong beside each.
///
/// What stood above and below the list stands there again, so that the same mapping reads it.
struct Rejects: ~Copyable {
  private let path: String

  /// - Throws: ``Sheet/Fault`` when something lies under the name already.
  init(_ path: String) throws(Sheet.Fault) {
    guard !FileSystem.isThere(path) else {
      throw Sheet.Fault(text: .fileThere, arguments: ["file": path])
    }
    self.path = path
  }

  /// The columns that stand beside the office's own.
  private static let added = ["line", "column", "rule", "remedy"]

  /// How many columns are the office's own: what was added to an earlier file of this kind is written anew.
  private static func width(of titles: [String]) -> Int {
    titles.suffix(Self.added.count).elementsEqual(Self.added)
      ? titles.count - Self.added.count : titles.count
  }

  /// Writes the rows that were not taken.
  func write(
    _ rows: [BitimV1.RowOutcome], of sheet: Sheet, _ desk: Desk
  ) throws(Sheet.Fault) {
    var records: [[String]] = []
    let width = Self.width(of: sheet.layout.above.last?.fields ?? [])
    for (index, record) in sheet.layout.above.enumerated() {
      let isHeader = index == sheet.layout.above.count - 1
      records.append(Array(record.fields.prefix(width)) + (isHeader ? Self.added : []))
    }
    for outcome in rows {
      guard var fields = sheet.records[outcome.line]?.fields else { continue }
      fields = Array(fields.prefix(width))
      fields += Array(repeating: "", count: max(0, width - fields.count))
      let findings = outcome.findings.map { RowFinding(outcome.line, $0, sheet, desk) }
      let parts = findings.map { finding in
        finding.problem.split(separator: "; ", maxSplits: 1).map(String.init)
      }
      records.append(
        fields + [
          "\(outcome.line)",
          outcome.findings.map { sheet.shownTitle(of: $0.column) }.joined(separator: " | "),
          parts.map { $0.first ?? "" }.joined(separator: " | "),
          parts.map { $0.count > 1 ? $0[1] : "" }.joined(separator: " | "),
        ])
    }
    records += sheet.layout.below.map { Array($0.fields.prefix(width)) }
    let text = "\u{FEFF}" + CSV.text(records, separatedBy: sheet.separator)
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(self.path, Array(text.utf8))
    } catch {
      throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": self.path])
    }
    desk.output.note(.listRejects, ["file": self.path, "count": "\(rows.count)"])
  }
}
