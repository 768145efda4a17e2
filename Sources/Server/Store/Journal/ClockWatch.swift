package import BitimDomain

/// Holds the wall clock against the journal, and against a clock that nobody sets: what is dated wrongly
/// stays so for ever.
package struct ClockWatch: Sendable {
  /// How far behind the last change the clock may be: two machines' clocks differ by less.
  package static let behindMaxMs: Int64 = 60_000
  /// How much more than the time that has passed the clock may have gone on since the start.
  package static let aheadMaxMs: Int64 = 86_400_000

  private let startedAt: Instant
  private let elapsedAtStart: Int64
  /// Whether the administrator has said that a clock behind the last change is right.
  private let isTrusted: Bool

  /// Begins to watch; what the clock says now can't be doubted by anything but the journal.
  package init(now: Instant, elapsed: Int64, isTrusted: Bool) {
    self.startedAt = now
    self.elapsedAtStart = elapsed
    self.isTrusted = isTrusted
  }

  /// Why a clock that says `now` is not to be believed.
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
  }

  /// What is doubtful about `now`; nil while nothing is.
  ///
  /// - Parameters:
  ///   - elapsed: What a clock says that nobody sets, in milliseconds.
  ///   - last: The instant of the last change.
  package func doubt(of now: Instant, elapsed: Int64, last: Instant) -> Doubt? {
    if !self.isTrusted, now.unixMilliseconds < last.unixMilliseconds - Self.behindMaxMs {
      return .behind(last)
    }
    let expected = self.startedAt.unixMilliseconds + elapsed - self.elapsedAtStart
    if now.unixMilliseconds > expected + Self.aheadMaxMs {
      return .ahead(Instant(unixMilliseconds: expected))
    }
    return nil
  }
}
