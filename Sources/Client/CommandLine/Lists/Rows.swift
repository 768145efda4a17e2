import BitimProtocol

/// Shows what became of the rows of a file.
extension Desk {
  /// Prints what is wrong, different or odd, row by row, then the sum; says how the command ends.
  ///
  /// - Parameter sheet: The file, whose own values are shown where it has them: the server saw
  ///   dates in ISO 8601 and texts in one normal form.
  func show(
    _ rows: [BitimV1.RowOutcome], of sheet: Sheet? = nil, recorded: Bool, dry: Bool
  ) -> End {
    func count(_ verdict: BitimV1.RowVerdict) -> Int { rows.count { $0.verdict == verdict } }
    let sums = [
      "added": "\(count(.added))", "unchanged": "\(count(.unchanged))",
      "differs": "\(count(.differs))", "refused": "\(count(.refused))",
    ]
    var lines: [[String]] = []
    // What is added or equal may have warnings.
    for row in rows {
      for finding in row.findings {
        var arguments = Self.arguments(finding.arguments)
        arguments["value"] = finding.value
        let words = self.words(finding.reason, arguments, place: false)
        let typed = sheet?.value(line: row.line, column: finding.column) ?? finding.value
        lines.append(["\(row.line)", finding.column, typed, words])
      }
    }
    let columns: [Column] = [.line, .column, .value, .problem]
    if self.output.form == .json {
      self.output.rows([], [], messages: rows)
    } else if !lines.isEmpty {
      self.output.rows(columns, lines, messages: [])
    }
    if dry {
      self.output.note(.rowsDry, sums)
    } else if count(.refused) > 0 {
      self.output.note(.rowsRefused, sums)
    } else if recorded {
      self.output.note(.rowsDone, sums)
    } else {
      self.output.note(count(.differs) > 0 ? .rowsDiffer : .rowsNothing, sums)
    }
    // What the registry has otherwise was not done.
    return count(.refused) + count(.differs) > 0 ? .refused : .done
  }
}
