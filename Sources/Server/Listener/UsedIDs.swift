/// Which ids of streams were used: the highest, and which of the last 1,024 below it.
///
/// Clients may send ids out of order, since some take an id before they queue the frame.
struct UsedIDs {
  /// How many odd ids are remembered.
  private static let window: UInt32 = 1_024

  private(set) var highest: UInt32 = 0
  /// A ring, a bit an id.
  private var used = InlineArray<16, UInt64>(repeating: 0)

  func wasUsed(_ stream: UInt32) -> Bool {
    guard stream <= self.highest else { return false }
    // Below the window nothing is remembered; honest peers don't go back that far.
    guard (self.highest - stream) / 2 < Self.window else { return true }
    return self.used[Self.word(stream)] & Self.bit(stream) != 0
  }

  /// Marks an id as used; false if it was.
  mutating func use(_ stream: UInt32) -> Bool {
    if stream > self.highest {
      // The ring forgets what falls out of its window as the window moves on.
      var next = self.highest == 0 ? 1 : self.highest + 2
      if (stream - next) / 2 >= Self.window { next = stream - 2 * (Self.window - 1) }
      while next < stream {
        self.used[Self.word(next)] &= ~Self.bit(next)
        next += 2
      }
      self.highest = stream
    } else if self.wasUsed(stream) {
      return false
    }
    self.used[Self.word(stream)] |= Self.bit(stream)
    return true
  }

  private static func word(_ stream: UInt32) -> Int { Int(stream / 128 % 16) }
  private static func bit(_ stream: UInt32) -> UInt64 { 1 << UInt64(stream / 2 % 64) }
}
