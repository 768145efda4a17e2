/// Names what a person was shown, so that what he or she then approves is that and nothing else
///
package struct ShownDigest: Equatable, Sendable {
  /// Thirty-two hexadecimal digits, as they are shown and stated.
  package let text: String

  /// The digest that the registry makes of a preview.
  package init(made text: String) { self.text = text }

  /// The digest that an approval states.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``: nobody approves what he or she was not shown.
  package init(stated text: String, column: String) throws(Refusal) {
    guard !text.isEmpty else { throw Refusal(.missing, column: column) }
    self.text = text
  }
}
