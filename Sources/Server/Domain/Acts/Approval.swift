/// Nothing final without the digest of what was shown.
package enum Approval {
  /// Refuses an approval of anything but what is there now.
  ///
  /// - Parameters:
  ///   - stated: The digest that whoever approves was shown.
  ///   - now: The digest of what would be shown now.
  ///   - column: The request's column of the digest, for the refusal.
  ///   - changed: The act's own reason for a digest that is another by now.
  /// - Throws: ``Refusal`` with ``Reason/missing`` or `changed`.
  package static func check(
    _ stated: String, is now: String, column: String, else changed: Reason = .shownChanged
  ) throws(Refusal) {
    guard !stated.isEmpty else { throw Refusal(.missing, column: column) }
    guard stated == now else { throw Refusal(changed, column: column) }
  }
}
