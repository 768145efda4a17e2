import BitimTestSupport
import Foundation
import Testing

/// What differed, in which step of a script.
struct Difference {
  var steps: [Step]
  var text: String
}

@Suite("The service against a model of the rule book")
struct ModelTests {
  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  /// How many plays there are, and of how many acts; scripts ask for more.
  private static let plays = Self.number("BITIM_PLAYS") ?? 60
  private static let acts = Int(Self.number("BITIM_ACTS") ?? 100)
  /// Where the seeds begin: one is tried again with a first and a count of 1.
  private static let first = Self.number("BITIM_SEED") ?? 1

  @Test("acts by all hands, right ones and wrong ones, are answered as the rule book says")
  func plays() async throws {
    let stage = try await Stage()
    defer { stage.close() }
    var told: [String: Int] = [:]
    // Side by side: most of a play's time is the disk's.
    try await withThrowingTaskGroup(of: (UInt64, [String: Int], Difference?).self) { group in
      var next = Self.first
      func begin() {
        guard next < Self.first + Self.plays else { return }
        let seed = next
        next += 1
        group.addTask { try await Self.play(seed, on: stage) }
      }
      for _ in 1...8 { begin() }
      while let (seed, counts, difference) = try await group.next() {
        begin()
        told.merge(counts, uniquingKeysWith: +)
        guard let difference else { continue }
        let script = try await Self.shrunk(difference, on: stage)
        Issue.record(
          """
          seed \(seed): \(script.text)
          (BITIM_SEED=\(seed) BITIM_PLAYS=1 BITIM_ACTS=\(Self.acts) plays it again)
          \(script.steps.map(\.description).joined(separator: "\n"))
          """)
      }
    }
    if Self.number("BITIM_TELL") != nil {
      print(told.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: "\n"))
    }
  }

  @Test("the model's calendar is the calendar")
  func calendar() {
    #expect(Calendar.text(0) == "1970-01-01")
    #expect(Calendar.text(Calendar.day("2024-02-29") + 1) == "2024-03-01")
    #expect(Calendar.text(Calendar.day("1969-12-31")) == "1969-12-31")
    // R-015, and example 11 of the rule book.
    #expect(Calendar.text(Calendar.yearsBack(2, from: Calendar.day("2026-06-15"))) == "2024-06-15")
    #expect(Calendar.text(Calendar.yearsBack(2, from: Calendar.day("2024-02-29"))) == "2022-02-28")
    // Example 1.
    let born = Calendar.day("2000-02-29")
    #expect(Calendar.age(on: Calendar.day("2025-02-28"), born: born) == 24)
    #expect(Calendar.age(on: Calendar.day("2025-03-01"), born: born) == 25)
  }

  @Test("an answer is as the rule book says where it names reasons of it, row by row")
  func answers() {
    let law = Answer.refused(["TOO_YOUNG", "BARRED"])
    #expect(law.allows(.refused(["BARRED"])))
    #expect(!law.allows(.refused(["BARRED", "GROUP_FULL"])))
    #expect(!law.allows(.refused([])))
    #expect(!law.allows(.done("")))
    #expect(!Answer.done("1 to 14").allows(.done("2 to 14")))
    let list = Answer.rows([.added, .refused(["BARRED"])], isRecorded: false)
    #expect(list.allows(list))
    #expect(!list.allows(.rows([.added, .refused(["BARRED"])], isRecorded: true)))
    #expect(!list.allows(.rows([.added, .added], isRecorded: false)))
    #expect(!list.allows(.rows([.added], isRecorded: false)))
  }

  /// Plays what a seed draws.
  private static func play(
    _ seed: UInt64, on stage: Stage
  ) async throws -> (UInt64, [String: Int], Difference?) {
    var deck = Deck(seed: seed)
    var told: [String: Int] = [:]
    var count = 0
    let difference = try await Self.play(
      stage, told: { told[$0, default: 0] += 1 },
      { law in
        count += 1
        return count > Self.acts ? nil : deck.next(law)
      })
    return (seed, told, difference)
  }

  /// Plays until nothing comes, or something differs.
  private static func play(
    _ stage: Stage, told: (String) -> Void = { _ in }, _ next: (Law) -> Step?
  ) async throws -> Difference? {
    let play = try Play(stage)
    defer { play.school.close() }
    var law = Law()
    var steps: [Step] = []
    while let step = next(law) {
      guard law.knows(step.act) else { continue }
      steps.append(step)
      let right = law.play(step)
      let answer = try await play.play(step)
      told("\(step.act)".prefix { $0 != "(" } + " " + answer.kind)
      guard right.allows(answer) else {
        return Difference(
          steps: steps,
          text: "step \(step.number): the rule book says: \(right), the service: \(answer)")
      }
      if let text = try await Self.compare(law, play, touchedBy: step.act) {
        return Difference(steps: steps, text: "after step \(step.number): \(text)")
      }
      if steps.count % 100 == 0, let text = try await Self.compare(law, play) {
        return Difference(steps: steps, text: "after step \(step.number), of all: \(text)")
      }
    }
    if steps.count % 100 != 0, let text = try await Self.compare(law, play) {
      return Difference(steps: steps, text: "at the end: \(text)")
    }
    return nil
  }

  private static func difference(_ what: String, _ right: [String], _ there: [String]) -> String? {
    right == there ? nil : "\(what): by the rule book \(right), at the service \(there)"
  }

  /// Compares what an act may have changed.
  private static func compare(_ law: Law, _ play: Play, touchedBy act: Act) async throws -> String?
  {
    switch act {
    case .wait, .grant, .withdrawRole, .openCohort, .assign, .openSession, .approve, .endProposal:
      return nil
    case .enrol(_, let code, _, _), .correct(_, let code, _, _, _, _), .withdraw(_, let code, _),
      .reinstate(_, let code, _), .undo(_, let code), .queue(_, let code, _),
      .offer(_, let code, _),
      .endWaiting(_, let code), .issue(let code, _):
      return try await Self.compare(law, play, cohort: code)
    case .hours(let lesson): return try await Self.compare(law, play, cohort: lesson.cohort)
    case .record(let code, _), .confirm(let code, _), .annul(let code, _):
      return Self.difference(
        "session \(code)", law.picture(session: code), try await play.picture(session: code))
    case .suspend(let paper, _, _), .reinstatePaper(let paper, _), .revoke(let paper, _),
      .withdrawMark(let paper, _):
      return Self.difference(
        "\(paper)", law.picture(paper: paper), try await play.picture(paper: paper))
    case .bar(let person, _, _), .endBar(_, let person, _), .withdrawBar(_, let person):
      return Self.difference(
        "bars of \(person)", law.picture(bars: person), try await play.picture(bars: person))
    }
  }

  private static func compare(_ law: Law, _ play: Play, cohort code: String) async throws -> String?
  {
    Self.difference(
      "cohort \(code)", law.picture(cohort: code), try await play.picture(cohort: code))
  }

  /// Compares everything, and folds the journal.
  private static func compare(_ law: Law, _ play: Play) async throws -> String? {
    for cohort in law.cohorts {
      if let text = try await Self.compare(law, play, cohort: cohort.code) { return text }
    }
    for session in law.sessions {
      let there = try await play.picture(session: session.code)
      if let text = Self.difference(
        "session \(session.code)", law.picture(session: session.code), there)
      {
        return text
      }
    }
    for paper in law.certificates.map(\.paper) {
      let there = try await play.picture(paper: paper)
      if let text = Self.difference("\(paper)", law.picture(paper: paper), there) { return text }
    }
    for person in Cast.people.indices where law.bars.contains(where: { $0.person == person }) {
      let there = try await play.picture(bars: person)
      if let text = Self.difference("bars of \(person)", law.picture(bars: person), there) {
        return text
      }
    }
    let problems = try play.school.problems()
    return problems.isEmpty ? nil : "the journal folds otherwise: \(problems)"
  }

  /// The shortest script that was found to differ: parts of it are left out for as long as it still does.
  private static func shrunk(_ found: Difference, on stage: Stage) async throws -> Difference {
    var best = found
    var size = max(1, best.steps.count / 2)
    var tries = 0
    while tries < 150 {
      var start = 0
      var isShorter = false
      while start < best.steps.count, tries < 150 {
        tries += 1
        var rest = best.steps
        rest.removeSubrange(start..<min(start + size, rest.count))
        var script = rest[...]
        if let shorter = try await Self.play(stage, { _ in script.popFirst() }) {
          best = shorter
          isShorter = true
        } else {
          start += size
        }
      }
      if size == 1, !isShorter { break }
      size = max(1, size / 2)
    }
    return best
  }
}

extension Answer {
  /// In short, for a count.
  fileprivate var kind: String {
    switch self {
    case .done: "done"
    case .refused(let reasons): reasons.sorted().joined(separator: "+")
    case .rows(_, let isRecorded) where isRecorded: "recorded"
    case .rows(let rows, _):
      rows.compactMap {
        if case .refused(let reasons) = $0 { reasons.sorted().joined(separator: "+") } else { nil }
      }
      .first ?? "unchanged"
    }
  }
}
