import BitimProtocol

/// What is wrong, different or odd in a row, as people and programs are told it.
struct RowFinding {
  let line: Int32
  /// The English name of the column.
  let column: String
  let value: String
  let problem: String
  private let reason: String
  let arguments: [String: String]
  /// The words of the file: the title of the column, the row of the sheet.
  private let title: String
  private let row: Int

  init(_ line: Int32, _ finding: BitimV1.Finding, _ sheet: Sheet?, _ desk: Desk) {
    var arguments = Desk.arguments(finding.arguments)
    arguments["value"] = finding.value
    // A line that the server names is one of the file; people look for a row.
    if let other = arguments["line"].flatMap({ Int32($0) }), let sheet {
      arguments["line"] = "\(sheet.row(ofLine: other))"
    }
    if let month = arguments["month"].flatMap(Int.init), (1...12).contains(month) {
      arguments["month"] = desk.output.say(Self.months[month - 1])
    }
    self.line = line
    self.column = finding.column
    self.value = sheet?.value(line: line, column: finding.column) ?? finding.value
    self.reason = finding.reason
    self.arguments = arguments
    self.problem = Self.words(finding.reason, arguments, desk)
    let title = sheet?.shownTitle(of: finding.column) ?? finding.column
    // A column that the file has is called as it is there.
    self.title =
      title != finding.column || sheet?.columns.contains(finding.column) == true
      ? title : desk.field(finding.column)
    self.row = sheet?.row(ofLine: line) ?? Int(line)
  }

  private static func words(
    _ reason: String, _ arguments: [String: String], _ desk: Desk
  ) -> String {
    let problem = desk.words(reason, arguments, place: false)
    guard let kind = arguments["accept"], let proposal = arguments["proposal"] else {
      return problem
    }
    return problem
      + (proposal.isEmpty
        ? desk.output.say(.listProposalEmpty, ["accept": kind])
        : desk.output.say(.listProposal, ["proposal": proposal, "accept": kind]))
  }

  /// Whom a row may mean and which other row it is like: another matter in each row, and one fault.
  private static let others = ["people", "person", "line"]

  /// What is the same in all rows that have one fault.
  private var kind: [String] {
    guard self.reason != "DIFFERS" else { return [self.title, self.problem] }
    let same = self.arguments.filter { name, _ in !Self.others.contains(name) && name != "value" }
    return [self.title, self.reason]
      + same.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
  }

  private static let months: [Text] = [
    .monthJanuary, .monthFebruary, .monthMarch, .monthApril, .monthMay, .monthJune, .monthJuly,
    .monthAugust, .monthSeptember, .monthOctober, .monthNovember, .monthDecember,
  ]

  /// Lines of a table in which what is wrong alike stands once, with all its rows.
  static func together(_ findings: [RowFinding], _ desk: Desk) -> [[String]] {
    var order: [[String]] = []
    var groups: [[String]: [RowFinding]] = [:]
    for finding in findings {
      if groups[finding.kind] == nil { order.append(finding.kind) }
      groups[finding.kind, default: []].append(finding)
    }
    return order.compactMap { kind in
      guard let group = groups[kind], let first = group.first else { return nil }
      var arguments = first.arguments
      for name in Self.others where arguments[name] != nil {
        arguments[name] = Self.some(group.compactMap { $0.arguments[name] })
      }
      return [
        Self.rows(group), first.title, Self.some(group.map(\.value)),
        Self.words(first.reason, arguments, desk),
      ]
    }
  }

  /// The first three of different values.
  private static func some(_ values: [String]) -> String {
    var different: [String] = []
    for value in values where !different.contains(value) { different.append(value) }
    return different.prefix(3).joined(separator: ", ") + (different.count > 3 ? ", …" : "")
  }

  /// Whether some row stands elsewhere in the file than in the sheet.
  static func isElsewhere(_ findings: [RowFinding]) -> Bool {
    findings.contains { Int($0.line) != $0.row }
  }

  /// `4, 7–9`, and where lines of the file are others than rows of the sheet, those too: `4 (6)`.
  private static func rows(_ findings: [RowFinding]) -> String {
    let rows = Self.ranges(findings.map(\.row))
    return Self.isElsewhere(findings)
      ? "\(rows) (\(Self.ranges(findings.map { Int($0.line) })))" : rows
  }

  private static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in Set(numbers).sorted() {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { range in
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
    }.joined(separator: ", ")
  }
}
