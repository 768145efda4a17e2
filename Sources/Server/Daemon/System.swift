import BitimDomain
import BitimListener
import BitimSystem
import Foundation

/// The one place where the system's clocks and randomness are read.
enum System {
  static let now: @Sendable () -> Instant = {
    Instant(unixMilliseconds: System.nanoseconds(CLOCK_REALTIME) / 1_000_000)
  }

  static let random: @Sendable (Int) -> [UInt8] = { Endpoint.randomOctets($0) }

  static let clock = Clock(
    monotonicNanoseconds: { System.nanoseconds(CLOCK_MONOTONIC) },
    unixMilliseconds: { System.now().unixMilliseconds })

  /// Milliseconds on a clock that nobody sets, and that goes on while the machine sleeps.
  static let elapsed: @Sendable () -> Int64 = { System.nanoseconds(CLOCK_BOOTTIME) / 1_000_000 }

  /// The kernel's name for this boot, in which ``elapsed`` counts; nil where it doesn't say.
  static let boot =
    (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))
    .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }

  private static func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The civil day in a time zone at an instant.
  static func day(in zone: TimeZone) -> @Sendable (Instant) -> CivilDate {
    { instant in
      let seconds = Double(instant.unixMilliseconds) / 1_000
      let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
      let day = ((seconds + Double(offset)) / 86_400).rounded(.down)
      return CivilDate(dayNumber: Int(day))
    }
  }
}
