import BitimDomain
import BitimProtocol

/// How long what is asked may be: the writer's other work waits for it, and memory too.
struct ListLimit {
  /// The field of the request that has the rows.
  let field: UInt32
  /// The most rows.
  let rows: Int
  /// The most octets of a list: room for 500 a row of the longest.
  static let mebibytes = 1

  /// Refuses a list that is too long, by its octets: nothing of it is made before. What can't be read
  /// is left to whoever reads it.
  ///
  /// - Throws: ``Refusal`` with ``Reason/tooManyRows`` and the limit that was met.
  func check(_ octets: Span<UInt8>) throws(Refusal) {
    guard octets.count <= Self.mebibytes << 20 else {
      throw Refusal(finding: .tooManyRows, ["limit": "\(Self.mebibytes) MiB"])
    }
    guard let count = try? Wire.count(of: self.field, in: octets) else { return }
    try Self.check(count, atMost: self.rows)
  }

  /// Refuses more than `limit`.
  ///
  /// - Throws: ``Refusal`` with ``Reason/tooManyRows``.
  static func check(
    _ count: Int, atMost limit: Int, column: String = "", value: String = ""
  ) throws(Refusal) {
    guard count <= limit else {
      throw Refusal(finding: .tooManyRows, column: column, value: value, ["limit": "\(limit)"])
    }
  }
}
