import BitimClient
import BitimProtocol

/// Lists whose rows are calls of their own.
extension Desk {
  /// What became of one row.
  enum RowEnd {
    case added
    /// It is there already; in what it differs, and what is there.
    case there([(column: String, there: String)])

    static var unchanged: Self { .there([]) }
  }

  /// Makes a call for each row, and shows what became of all of them: what is refused keeps no other row
  /// back, and what is there already is not made again, so that a corrected file can be given once more.
  ///
  /// What is wrong with how the list is written refuses it as a whole, before anything is done.
  func each(
    _ sheet: Sheet, correction: (Sheet.Row, [BitimV1.Finding]) -> [String] = { _, _ in [] },
    _ body: (Sheet.Row) async throws -> RowEnd
  ) async throws -> End {
    self.tell(sheet)
    guard sheet.flaws.isEmpty else {
      return self.show(sheet.judged([]), of: sheet, recorded: false, dry: false)
    }
    var outcomes: [BitimV1.RowOutcome] = []
    for (index, row) in sheet.rows.enumerated() {
      if self.isInteractive, index % 10 == 0 {
        self.output.note(.fileProgress, ["done": "\(index)", "total": "\(sheet.rows.count)"])
      }
      var outcome = BitimV1.RowOutcome()
      (outcome.line, outcome.verdict) = (row.line, .refused)
      do {
        switch try await body(row) {
        case .added: outcome.verdict = .added
        case .there(let differences):
          outcome.verdict = differences.isEmpty ? .unchanged : .differs
          outcome.findings = differences.map { column, there in
            BitimV1.Finding("DIFFERS", column, row[column], ["there": there])
          }
        }
      } catch let fault as Arguments.Fault {
        let column = fault.arguments["option"] ?? ""
        outcome.findings = [
          BitimV1.Finding("NOT_IN_LIST", column, fault.arguments["value"] ?? "")
        ]
      } catch is End {
        outcome.findings = [BitimV1.Finding("PERSON_UNKNOWN", "person", row["person"])]
      } catch let failure as CallFailure where failure.status?.code == .alreadyExists {
        outcome.verdict = .unchanged
      } catch let failure as CallFailure {
        guard let reasons = failure.status?.reasons, !reasons.isEmpty else { throw failure }
        outcome.findings = reasons.map { info in
          BitimV1.Finding(
            info.reason, info.metadata["column"] ?? "", info.metadata["value"] ?? "",
            info.metadata)
        }
      }
      outcomes.append(outcome)
    }
    let isRecorded = outcomes.contains { $0.verdict == .added }
    return self.show(
      outcomes, of: sheet, recorded: isRecorded, dry: false, correction: correction)
  }
}
