/// Reads what is kept of somebody: a file, a history, or who has an identifier.
///
/// It changes nothing of anybody and is no act of the journal: what comes of it is a ``Reading``.
package struct ReadPersonalData: Sendable {
  package let kind: ReadKind
  package let purpose: ReadPurpose

  /// - Throws: ``Refusal`` with ``Reason/purposeMissing``: nobody reads without saying what for.
  package init(_ kind: ReadKind, for purpose: ReadPurpose?) throws(Refusal) {
    guard let purpose else { throw Refusal(.purposeMissing, column: "purpose") }
    self.kind = kind
    self.purpose = purpose
  }
}
