/// What was typed of one person of the registry whom the organisation that asks does not know.
package struct Inquiry: Equatable, Sendable {
  /// About how many different people one token may ask in a day.
  package static let peopleMax = 20

  /// What tells the one who is meant from others: the identifiers and, where they are nobody's, what
  /// else was typed.
  package let typed: Set<String>

  /// Refuses more people than a token may ask about in a day.
  ///
  /// - Parameter count: How many there are, the last among them.
  /// - Throws: ``Refusal`` with ``Reason/tooManyCalls``.
  package static func allow(_ count: Int) throws(Refusal) {
    guard count <= Self.peopleMax else {
      throw Refusal(.tooManyCalls, ["people": "\(Self.peopleMax)"])
    }
  }
}
