package import BitimDomain
package import BitimProtocol
import BitimSystem
import Synchronization

/// Holds the wall clock against the journal, and against a clock that nobody sets: what is dated wrongly
/// stays so for ever.
package final class ClockWatch: Sendable {
  /// How far behind the last change the clock may be: two machines' clocks differ by less.
  package static let behindMaxMs: Int64 = 60_000
  /// How much more than the time that has passed the clock may have gone on.
  package static let aheadMaxMs: Int64 = 86_400_000

  /// Both clocks, read at once, when the wall clock was believed.
  struct Pair: Equatable, Sendable {
    let wallMs: Int64
    let elapsedMs: Int64

    /// What the wall clock says if nobody has set it since.
    func wall(at elapsedMs: Int64) -> Int64 { self.wallMs + elapsedMs - self.elapsedMs }
  }

  /// Why a clock is not to be believed.
  package enum Doubt: Equatable, Sendable {
    /// It is behind the last change, which was at this instant.
    case behind(Instant)
    /// It went on by more than a day beyond the time that has passed; by that it would be this instant.
    case ahead(Instant)

    /// By what the clock is doubted: about when it is.
    package var instant: Instant {
      switch self {
      case .behind(let last): last
      case .ahead(let expected): expected
      }
    }

    /// Why nothing is dated by the clock, at the instant that it says.
    package func status(at now: Instant) -> Status {
      Status(
        .failedPrecondition, reason: "CLOCK_DOUBTFUL",
        "the server's clock is doubtful, and nothing is dated by it",
        ["clock": now.text, "known": self.instant.text])
    }
  }

  private struct State {
    var lastMs: Int64
    /// nil until the clock is believed for the first time.
    var believed: Pair?
    /// Whether the administrator has said that a clock behind the last change is right.
    let isTrusted: Bool
  }

  private let now: @Sendable () -> Instant
  private let elapsed: @Sendable () -> Int64
  private let boot: String?
  private let state: Lock<State>

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - now: The wall clock.
  ///   - elapsed: A clock that nobody sets, in milliseconds; it goes on while the machine sleeps, and begins
  ///     anew with each boot.
  ///   - boot: Which boot of which machine this is; nil where that isn't known.
  ///   - last: The instant of the last change, in milliseconds.
  ///   - believed: What was believed in this boot before; nil if nothing was.
  ///   - isTrusted: Whether the administrator says that the clock is right, whatever speaks against it.
  init(
    now: @escaping @Sendable () -> Instant, elapsed: @escaping @Sendable () -> Int64, boot: String?,
    last: Int64, believed: Pair?, isTrusted: Bool
  ) {
    self.now = now
    self.elapsed = elapsed
    self.boot = boot
    let believed = isTrusted ? nil : believed
    self.state = Lock(State(lastMs: last, believed: believed, isTrusted: isTrusted))
  }

  /// What is doubtful about the clock as it stands; nil while nothing is.
  package var doubt: Doubt? {
    let (now, elapsed) = (self.now(), self.elapsed())
    return self.state.withLock { state in
      if !state.isTrusted, now.unixMilliseconds < state.lastMs - Self.behindMaxMs {
        return .behind(Instant(unixMilliseconds: state.lastMs))
      }
      guard let believed = state.believed else {
        // The first time that nothing speaks against it: a clock that was behind and came right is as good as
        // one that never was.
        state.believed = Pair(wallMs: now.unixMilliseconds, elapsedMs: elapsed)
        return nil
      }
      let expected = believed.wall(at: elapsed)
      guard now.unixMilliseconds > expected + Self.aheadMaxMs else { return nil }
      return .ahead(Instant(unixMilliseconds: expected))
    }
  }

  /// What is believed, and in which boot; nil while nothing is, or where the boot isn't known.
  var belief: (boot: String, pair: Pair)? {
    guard let boot, let pair = self.state.withLock({ $0.believed }) else { return nil }
    return (boot, pair)
  }

  /// Notes that the last change is of this instant, in milliseconds.
  func noteChange(at milliseconds: Int64) { self.state.withLock { $0.lastMs = milliseconds } }
}
