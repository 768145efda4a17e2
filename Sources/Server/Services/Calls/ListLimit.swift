import BitimDomain

/// How long what is asked may be: the writer's other work waits for it.
enum ListLimit {
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
