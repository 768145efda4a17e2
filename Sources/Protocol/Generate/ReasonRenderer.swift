/// Writes the reasons as the domain has them, and their statuses as the services do.
struct ReasonRenderer {
  private let rows: [(row: ReasonTable.Row, member: String)]

  init(_ table: ReasonTable) {
    self.rows = table.rows.compactMap { row in row.member.map { (row, $0) } }
  }

  /// The domain's list.
  func reasons() -> String {
    var text = Text()
    text.line("/// Why the business says no.")
    text.block("package enum Reason: String, CaseIterable, Sendable") { text in
      for (row, member) in self.rows {
        text.doc(row.meaning, fallback: "")
        text.line("case \(member) = \"\(row.code)\"")
      }
      text.line("")
      text.line("/// Whether the journal must know that somebody tried: separation of duties,")
      text.line("/// entitlement, hours and numbers.")
      text.block("package var isJournaled: Bool") { text in
        text.choice(of: "self", self.rows.map { "case .\($0.member): \($0.row.isJournaled)" })
      }
      text.line("")
      let findings = self.rows.filter(\.row.isFinding)
      text.line(
        "/// What is found before any rule is asked: it is not there, not for this caller, or")
      text.line("/// can't be read.")
      text.block("package enum Finding: CaseIterable, Sendable") { text in
        for (row, member) in findings {
          text.doc(row.meaning, fallback: "")
          text.line("case \(member)")
        }
        text.line("")
        text.line("/// The reason that is told.")
        text.block("package var reason: Reason") { text in
          text.choice(of: "self", findings.map { "case .\($0.member): .\($0.member)" })
        }
      }
    }
    return SwiftRenderer.header(from: ReasonTable.path) + text.joined
  }

  /// The status of each.
  func codes() -> String {
    var text = Text()
    text.line("import BitimDomain")
    text.line("import BitimProtocol")
    text.line("")
    text.block("extension Reason") { text in
      text.line("/// What a program does next on this reason.")
      text.block("var code: Status.Code") { text in
        let codes = self.rows.map { row, member in
          "case .\(member): .\(SwiftNames.member(row.status.lowercased()))"
        }
        text.choice(of: "self", codes)
      }
    }
    return SwiftRenderer.header(from: ReasonTable.path) + text.joined
  }
}
