import BitimDomain
import Foundation

extension TextRule {
  /// The text, which may be empty, if nothing is wrong with it.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/allow(_:column:)``.
  static func read(_ text: String, column: String) throws(Refusal) -> String {
    try Self.allow(text, column: column)
    return text
  }
}

extension String {
  /// The text in Unicode's normal form C, which the domain is given and can't make. Of a text that is not
  /// there Foundation would make it as dearly as of any other.
  var normal: String { self.isEmpty ? "" : self.precomposedStringWithCanonicalMapping }
}
