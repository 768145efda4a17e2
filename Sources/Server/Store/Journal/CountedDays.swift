/// How long answers are kept for repeats: thirty days on which the journal went on.
///
/// Days that pass while nothing is recorded don't count, nor those that a wrong clock leaps over: a leap of
/// years is one day like any other, and no answer is forgotten for it. The days are those of the answers
/// themselves, in UTC, so that every copy forgets the same.
struct CountedDays {
  /// How many days an answer is kept at least.
  private static let kept = 30
  private static let dayMs: Int64 = 86_400_000

  /// The day of the head that was counted from last, and the first day whose answers are kept, each by the
  /// instant it begins at.
  private var counted: (head: Int64, first: Int64?)?

  /// Forgets the answers that are too old at `headMs`, the instant of the journal's head.
  mutating func prune(_ database: Database, at headMs: Int64) throws {
    let head = headMs - headMs % Self.dayMs
    if self.counted?.head != head {
      self.counted = (head, try Self.first(before: head, in: database))
    }
    guard let first = self.counted?.first else { return }
    // Of its first day as many hours as have passed of this one: a whole day at once would hold up a change.
    try database.execute(
      "DELETE FROM answer WHERE at_ms < ?1", [.integer(first + headMs - head)])
  }

  /// The last of thirty days with answers, counted back from `head`; nil where there are fewer.
  private static func first(before head: Int64, in database: Database) throws -> Int64? {
    var day = head
    for _ in 0..<Self.kept {
      let before = try database.first(
        "SELECT max(at_ms) FROM answer WHERE at_ms < ?1", [.integer(day)]
      ) { $0.optionalInteger(0) }
      guard let before, let before else { return nil }
      day = before - before % Self.dayMs
    }
    return day
  }
}
