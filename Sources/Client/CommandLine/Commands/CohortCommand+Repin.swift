import BitimClient
import BitimProtocol

/// `bitim cohort repin`: another edition for a cohort that has not begun.
extension CohortCommand {
  static func repin(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["edition", "why", "digest"])
    try arguments.atMost(1)
    var request = BitimV1.RepinCohortRequest()
    request.code = try arguments.position(0, "CODE")
    request.edition = try arguments.required("edition")
    request.why = try arguments.required("why")
    let service = CohortServiceClient(desk.client)
    let done = try await request.done(by: service.repinCohort) { look in
      let shown = look.shown ?? .init()
      desk.show(shown)
      // Nobody is asked to approve what would be refused.
      return shown.losers.allSatisfy(\.isWaiting)
        && desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(of: done.look.shown?.cohort ?? "", proposedAs: done.answer.proposal)
  }
}

extension Desk {
  /// Shows what another edition changes for a cohort: each value that differs, with its basis.
  func show(_ shown: BitimV1.RepinShown) {
    let (before, after) = (shown.before ?? .init(), shown.after ?? .init())
    self.output.note(
      .shownRepin,
      [
        "cohort": shown.cohort, "before": before.title, "after": after.title, "why": shown.why,
      ])
    let old = Dictionary(
      EditionFile.rows(before).map { ($0[0], Self.value($0)) }, uniquingKeysWith: { $1 })
    let new = EditionFile.rows(after).map { ($0[0], Self.value($0)) }
    let gone = old.keys.filter { key in !new.contains { $0.0 == key } }.sorted()
    for (key, value) in new + gone.map({ ($0, "–") }) where old[key, default: "–"] != value {
      Output.complain("\(key) = \(old[key, default: "–"]) -> \(value)")
    }
    for loser in shown.losers {
      for finding in loser.findings {
        self.output.note(
          loser.isWaiting ? .shownRepinWaits : .shownRepinRefused,
          ["person": loser.displayId, "problem": RowFinding(1, finding, nil, self).problem])
      }
    }
  }

  /// What an edition says by a key; a dash where it says nothing.
  private static func value(_ row: [String]) -> String {
    let words = row.dropFirst().filter { !$0.isEmpty }
    return words.isEmpty ? "–" : words.joined(separator: " ")
  }
}
