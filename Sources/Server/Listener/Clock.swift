/// The two clocks a loop needs, handed in so that tests can turn them.
public final class Clock: Sendable {
  /// Nanoseconds that never go back; deadlines are on it alone.
  public let monotonicNanoseconds: @Sendable () -> Int64
  /// Milliseconds since 1970.
  public let unixMilliseconds: @Sendable () -> Int64

  /// Reads time through these closures.
  public init(
    monotonicNanoseconds: @escaping @Sendable () -> Int64,
    unixMilliseconds: @escaping @Sendable () -> Int64
  ) {
    self.monotonicNanoseconds = monotonicNanoseconds
    self.unixMilliseconds = unixMilliseconds
  }
}
