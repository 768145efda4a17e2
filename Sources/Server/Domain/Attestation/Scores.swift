/// The points of each part of an attestation, as the commission agrees on them.
///
/// Three parts need no hashing: results come by the thousand.
package struct Scores: Equatable, Sendable {
  private var test: Int?
  private var rolePlay: Int?
  private var interview: Int?

  package init() {}

  /// Each part's points; of a part that stands twice, the last.
  package init(_ pairs: some Sequence<(component: Component, points: Int)>) {
    for (component, points) in pairs { self[component] = points }
  }

  /// A part's points; nil where it was not examined.
  package subscript(component: Component) -> Int? {
    get {
      switch component {
      case .test: self.test
      case .rolePlay: self.rolePlay
      case .interview: self.interview
      }
    }
    set {
      switch component {
      case .test: self.test = newValue
      case .rolePlay: self.rolePlay = newValue
      case .interview: self.interview = newValue
      }
    }
  }

  /// Whether no part was examined.
  package var isEmpty: Bool { self.test == nil && self.rolePlay == nil && self.interview == nil }
}

extension Scores: ExpressibleByDictionaryLiteral {
  /// The points that are written.
  package init(dictionaryLiteral elements: (Component, Int)...) {
    self.init(elements.map { (component: $0, points: $1) })
  }
}
