/// Why the server says no: the rows of `schema/reasons.tsv`.
///
/// Columns, with a tab between: the code that clients know; the domain's case, or `-` for what is
/// said of the machine and no rule; gRPC's status; whether the journal keeps the refusal; whether
/// services may say it, since it decides nothing; and what it means, in English.
struct ReasonTable: Equatable {
  static let path = "reasons.tsv"
  static let columns = ["code", "case", "status", "journaled", "services", "meaning"]
  static let statuses = [
    "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
    "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  struct Row: Equatable {
    var code: String
    /// The domain's case; nil for what is said of the machine.
    var member: String?
    var status: String
    var isJournaled: Bool
    var isFinding: Bool
    var meaning: String
  }

  var rows: [Row] = []

  /// - Throws: ``SchemaFault`` by the line that can't be.
  init(reading source: [UInt8]) throws {
    var lines = String(decoding: source, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.popLast() == "" else {
      throw Self.fault(max(lines.count, 1), "the last line is not ended")
    }
    guard lines.first == Self.columns.joined(separator: "\t") else {
      throw Self.fault(1, "the columns must be \(Self.columns.joined(separator: ", "))")
    }
    for (index, line) in lines.enumerated().dropFirst() {
      let row = try Self.row(line, at: index + 1)
      let isNew = self.rows.allSatisfy {
        $0.code != row.code && ($0.member == nil || $0.member != row.member)
      }
      guard isNew else { throw Self.fault(index + 1, "\(row.code) or its case stands twice") }
      self.rows.append(row)
    }
  }

  private static func row(_ line: String, at number: Int) throws -> Row {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == Self.columns.count, parts.allSatisfy({ !$0.isEmpty }) else {
      throw Self.fault(number, "a row has \(Self.columns.count) columns, none of them empty")
    }
    guard Self.statuses.contains(parts[2]) else {
      throw Self.fault(number, "'\(parts[2])' is no status")
    }
    let row = Row(
      code: parts[0], member: parts[1] == "-" ? nil : parts[1], status: parts[2],
      isJournaled: try Self.isYes(parts[3], at: number),
      isFinding: try Self.isYes(parts[4], at: number),
      meaning: parts[5])
    guard row.member != nil || !row.isJournaled && !row.isFinding else {
      throw Self.fault(number, "what has no case is neither journaled nor said by services")
    }
    return row
  }

  private static func isYes(_ text: String, at number: Int) throws -> Bool {
    guard text == "yes" || text == "no" else {
      throw Self.fault(number, "'\(text)' is neither yes nor no")
    }
    return text == "yes"
  }

  private static func fault(_ line: Int, _ problem: String) -> SchemaFault {
    SchemaFault(path: Self.path, line: line, column: 1, problem: problem)
  }
}
