/// Moments on the monotonic clock by which something must have happened.
///
/// Adding and removing cost one look into a table; the earliest is known without a search.
struct Expiries<Key: Hashable> {
  private var pending: [Key: Int64] = [:]
  /// The earliest of all; may be earlier than any that is left, which costs one look.
  private var earliest = Int64.max

  /// Whether nothing is waited for.
  var isEmpty: Bool { self.pending.isEmpty }

  /// Sets the moment of `key`, in nanoseconds.
  mutating func set(_ key: Key, at moment: Int64) {
    self.pending[key] = moment
    self.earliest = min(self.earliest, moment)
  }

  /// Forgets `key`.
  mutating func remove(_ key: Key) {
    guard !self.pending.isEmpty else { return }
    self.pending[key] = nil
    if self.pending.isEmpty { self.earliest = .max }
  }

  /// How long a loop may sleep at `now`, in milliseconds rounded up; nil for ever.
  func waitMs(_ now: Int64) -> Int32? {
    if self.earliest == .max { return nil }
    let left = max(0, self.earliest - now)
    return Int32(min((left + 999_999) / 1_000_000, 60_000))
  }

  /// Takes out the keys whose moment has passed at `now`.
  mutating func passed(_ now: Int64) -> [Key] {
    guard self.earliest <= now else { return [] }
    let late = self.pending.filter { $0.value <= now }.map(\.key)
    for key in late { self.pending[key] = nil }
    self.earliest = self.pending.values.min() ?? .max
    return late
  }
}
