import BitimClient
import BitimProtocol

/// Takes lists, and shows what became of their rows.
extension Desk {
  /// What became of rows, and whether anything was recorded.
  typealias Outcome = (rows: [BitimV1.RowOutcome], recorded: Bool)

  /// Sends a list, whose rows are those of `sheet`, and shows what became of it.
  ///
  /// What is wrong with how it is written refuses it, and the server is asked all the same, for what else is:
  /// one round is enough.
  ///
  /// - Parameters:
  ///   - correction: The commands that record what differs in a row.
  ///   - send: Sends rows; the second says whether they are only to be checked.
  func take<Line>(
    _ sheet: Sheet, _ options: ListOptions, _ rows: [Line],
    correction: (Sheet.Row, [BitimV1.Finding]) -> [String] = { _, _ in [] },
    send: ([Line], Bool) async throws -> Outcome
  ) async throws -> End {
    let rejects = try options.rejects.map { path throws(Sheet.Fault) in try Rejects(path) }
    self.tell(sheet)
    func sent(_ rows: [Line], dry: Bool) async throws -> Outcome {
      do {
        let outcome: Outcome = rows.isEmpty ? ([], false) : try await send(rows, dry)
        return (sheet.judged(outcome.rows), outcome.recorded)
      } catch let failure as CallFailure where !sheet.flaws.isEmpty {
        // What is seen without the server is said all the same.
        _ = self.show(sheet.judged([]), of: sheet, recorded: false, dry: true)
        throw failure
      }
    }
    let looksFirst = options.isDry || options.takesGoodRows || !sheet.flaws.isEmpty
    var outcome = try await sent(rows, dry: looksFirst)
    if options.takesGoodRows {
      let bad = outcome.rows.filter { $0.verdict == .refused || $0.verdict == .differs }
      let isBad = Set(bad.map(\.line))
      if !options.isDry {
        let good = zip(sheet.rows, rows).filter { !isBad.contains($0.0.line) }.map(\.1)
        let recorded: Outcome = good.isEmpty ? ([], false) : try await send(good, false)
        outcome = ((recorded.rows + bad).sorted { $0.line < $1.line }, recorded.recorded)
        // What is refused now was good a moment ago; it is said, and nothing is kept back of it.
        let isWhole = recorded.rows.allSatisfy { $0.verdict != .refused && $0.verdict != .differs }
        if isWhole, !bad.isEmpty { try rejects?.write(bad, of: sheet, self) }
      }
    }
    return self.show(
      outcome.rows, of: sheet, recorded: outcome.recorded, dry: options.isDry,
      correction: correction)
  }

  /// Says once how a file was read, where that is no matter of course.
  func tell(_ sheet: Sheet) {
    if sheet.encoding != .utf8 || sheet.separator == "\t" {
      let separators: [Unicode.Scalar: String] = ["\t": "TAB"]
      self.output.note(
        .fileReadAs,
        [
          "file": sheet.path, "encoding": sheet.encoding.rawValue,
          "separator": separators[sheet.separator] ?? String(sheet.separator),
          "names": sheet.someNames.joined(separator: "; "),
        ])
    }
    if !sheet.taken.isEmpty {
      let kinds = sheet.taken.sorted { $0.key.rawValue < $1.key.rawValue }
      self.output.note(
        .listTaken,
        [
          "kinds": kinds.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        ])
    }
  }

  /// Prints what is wrong, different or odd, then the sum; says how the command ends.
  ///
  /// - Parameter sheet: The file, whose own titles and values are shown where it has them: the server saw
  ///   dates in ISO 8601 and texts in one normal form.
  func show(
    _ rows: [BitimV1.RowOutcome], of sheet: Sheet? = nil, recorded: Bool, dry: Bool,
    correction: (Sheet.Row, [BitimV1.Finding]) -> [String] = { _, _ in [] }
  ) -> End {
    let rows = rows.map(\.judgedAsDifferent)
    func count(_ verdict: BitimV1.RowVerdict) -> Int { rows.count { $0.verdict == verdict } }
    let sums = [
      "added": "\(count(.added))", "unchanged": "\(count(.unchanged))",
      "differs": "\(count(.differs))", "refused": "\(count(.refused))",
    ]
    // What is added or equal may have warnings.
    let findings = rows.flatMap { row in row.findings.map { RowFinding(row.line, $0, sheet, self) }
    }
    switch self.output.form {
    case .json: self.output.rows([], [], messages: rows)
    case .csv where !findings.isEmpty:
      self.output.rows(
        [.line, .column, .value, .problem],
        findings.map { ["\($0.line)", $0.column, $0.value, $0.problem] }, messages: [])
    case .csv: break
    case .table where !findings.isEmpty:
      self.output.table(
        [
          RowFinding.isElsewhere(findings) ? .columnRowAndLine : .columnRow, .columnColumn,
          .columnValue, .columnProblem,
        ], RowFinding.together(findings, self))
    case .table: break
    }
    self.showCorrections(rows, of: sheet, correction)
    if dry {
      self.output.note(.rowsDry, sums)
    } else if recorded, count(.refused) + count(.differs) > 0 {
      self.output.note(.rowsPartly, sums)
    } else if count(.refused) > 0 {
      self.output.note(.rowsRefused, sums)
    } else if recorded {
      self.output.note(.rowsDone, sums)
    } else {
      self.output.note(count(.differs) > 0 ? .rowsDiffer : .rowsNothing, sums)
    }
    let proposed = Set(findings.compactMap { $0.arguments["accept"] }).sorted()
    if self.output.form == .table, !recorded, proposed.count > 1 {
      self.output.note(.listAcceptAll, ["kinds": proposed.joined(separator: ",")])
    }
    if count(.waiting) > 0 { self.output.note(.rowsWaiting, ["count": "\(count(.waiting))"]) }
    // What the registry has otherwise was not done (R-018).
    return count(.refused) + count(.differs) > 0 ? .refused : .done
  }

  /// How what differs is recorded, ready to be pasted.
  private func showCorrections(
    _ rows: [BitimV1.RowOutcome], of sheet: Sheet?,
    _ correction: (Sheet.Row, [BitimV1.Finding]) -> [String]
  ) {
    let lines = Dictionary(
      (sheet?.rows ?? []).map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    let commands = rows.flatMap { outcome -> [String] in
      let differing = outcome.findings.filter { $0.reason == "DIFFERS" }
      guard let row = lines[outcome.line], !differing.isEmpty else { return [] }
      return correction(row, differing)
    }
    guard !commands.isEmpty else { return }
    self.output.note(.listCorrections)
    for command in commands { Output.complain("  " + command) }
  }
}

extension Sheet {
  private static let hours: Set<String> = ["theory", "practice"]

  /// What the server says of rows, and what is seen of how they are written: that comes first, and what the
  /// server says of the same cell is left out.
  func judged(_ outcomes: [BitimV1.RowOutcome]) -> [BitimV1.RowOutcome] {
    var rest = self.flaws
    var judged = outcomes.map { outcome in
      var outcome = outcome
      let flaws = rest.removeValue(forKey: outcome.line) ?? []
      var columns = Set(flaws.map { self.title(of: $0.column).column })
      // Hours that can't be read are sent as none, and the others beside them are not to blame.
      if !columns.isDisjoint(with: Self.hours) { columns.formUnion(Self.hours) }
      let said = outcome.findings.filter { !columns.contains(self.title(of: $0.column).column) }
      outcome.findings = flaws.map(\.finding) + said
      if !flaws.isEmpty { outcome.verdict = .refused }
      return outcome
    }
    for (line, flaws) in rest {
      var outcome = BitimV1.RowOutcome()
      outcome.line = line
      outcome.verdict = .refused
      outcome.findings = flaws.map(\.finding)
      judged.append(outcome)
    }
    return judged.sorted { $0.line < $1.line }
  }

  /// The names of the first rows, for the eye to confirm how the file was read.
  var someNames: [String] {
    self.rows.prefix(3).map { row in
      let names = ["kk", "ru", "latin"].map { "\(row["surname_\($0)"]) \(row["given_\($0)"])" }
      let others = ["candidate", "trainee", "person", "trainer", "name_kk", "name_ru"].map {
        row[$0]
      }
      return (names + others).map(\.withSingleSpaces).first { !$0.isEmpty } ?? row["iin"]
    }.filter { !$0.isEmpty }
  }
}

extension BitimV1.RowOutcome {
  /// The same, but where a row is refused for nothing but what the registry has otherwise, it differs.
  fileprivate var judgedAsDifferent: Self {
    var outcome = self
    let isDifferent =
      !self.findings.isEmpty && self.findings.allSatisfy { $0.reason == "DIFFERS" }
    if self.verdict == .refused, isDifferent { outcome.verdict = .differs }
    return outcome
  }
}

extension Sheet.Flawed {
  /// The same as a finding of the server.
  var finding: BitimV1.Finding {
    var arguments = self.flaw.arguments
    if let proposal = self.flaw.proposal {
      arguments["proposal"] = proposal.value
      arguments["accept"] = proposal.kind.rawValue
    }
    return BitimV1.Finding(
      self.flaw.text.rawValue.replacing("cell.", with: ""), self.column, self.typed, arguments)
  }
}

extension BitimV1.Finding {
  /// What this program finds itself, as the server says what it finds.
  init(
    _ reason: String, _ column: String, _ value: String, _ arguments: [String: String] = [:]
  ) {
    self.init()
    (self.reason, self.column, self.value) = (reason, column, value)
    self.arguments = arguments.sorted { $0.key < $1.key }.map { name, text in
      var argument = BitimV1.Argument()
      (argument.name, argument.value) = (name, text)
      return argument
    }
  }
}
