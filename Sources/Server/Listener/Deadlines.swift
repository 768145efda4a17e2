import BitimProtocol

/// When callers stop waiting for the changes they asked for.
struct Deadlines {
  private struct Key: Hashable {
    let connection: UInt64
    let stream: UInt32
  }

  private var pending: [Key: Int64] = [:]
  /// The earliest of all; may be earlier than any that is left, which costs one look.
  private var earliest = Int64.max

  mutating func add(_ connection: UInt64, _ stream: UInt32, at deadline: Int64) {
    self.pending[Key(connection: connection, stream: stream)] = deadline
    self.earliest = min(self.earliest, deadline)
  }

  mutating func remove(_ connection: UInt64, _ stream: UInt32) {
    self.pending[Key(connection: connection, stream: stream)] = nil
    if self.pending.isEmpty { self.earliest = .max }
  }

  /// How long a loop may sleep, in milliseconds rounded up; nil for ever.
  func waitMs(_ clock: Clock) -> Int32? {
    if self.earliest == .max { return nil }
    let left = max(0, self.earliest - clock.monotonicNanoseconds())
    return Int32(min((left + 999_999) / 1_000_000, 60_000))
  }

  /// Takes out those that have passed, with the status their callers get.
  ///
  /// The change may be under way: only a repeat with the same key can tell.
  mutating func passed(
    _ clock: Clock
  ) -> [(connection: UInt64, stream: UInt32, status: Status)] {
    if self.earliest == .max { return [] }
    let now = clock.monotonicNanoseconds()
    guard self.earliest <= now else { return [] }
    let late = self.pending.filter { $0.value <= now }
    for key in late.keys { self.pending[key] = nil }
    self.earliest = self.pending.values.min() ?? .max
    return late.keys.map { key in
      (
        key.connection, key.stream,
        Status(
          .deadlineExceeded, reason: "OUTCOME_UNKNOWN",
          "the deadline passed; repeat the call with the same idempotency key")
      )
    }
  }
}
