package import BitimDomain
package import BitimListener
import BitimSystem
import Synchronization

/// A clock that a test turns; it never goes by itself.
package final class ManualClock: Sendable {
  private let ms: Lock<Int64>

  /// Stands at 12:00 in Almaty on `day`.
  package init(on day: CivilDate) { self.ms = Lock(Self.noon(of: day)) }

  /// Turns the clock to 12:00 in Almaty on `day`.
  package func turn(to day: CivilDate) { self.ms.withLock { $0 = Self.noon(of: day) } }

  /// The time by this clock.
  package var now: Instant { Instant(unixMilliseconds: self.ms.withLock { $0 }) }

  /// The clocks of a loop: the wall clock is this one, deadlines stand still.
  package var loopClock: Clock {
    Clock(monotonicNanoseconds: { 0 }, unixMilliseconds: { self.now.unixMilliseconds })
  }

  private static func noon(of day: CivilDate) -> Int64 {
    Int64(day.dayNumber) * 86_400_000 + 25_200_000
  }
}
