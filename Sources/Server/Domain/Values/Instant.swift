/// A moment by the server's clock, to the millisecond.
package struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let unixMilliseconds: Int64

  /// The moment so many milliseconds after 1970.
  package init(unixMilliseconds: Int64) { self.unixMilliseconds = unixMilliseconds }

  /// Whether the first is earlier.
  package static func < (left: Instant, right: Instant) -> Bool {
    left.unixMilliseconds < right.unixMilliseconds
  }
}
