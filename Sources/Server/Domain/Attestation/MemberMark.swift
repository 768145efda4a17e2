/// What one member of a commission gave a candidate in a component.
package struct MemberMark: Equatable, Hashable, Sendable {
  package let component: Component
  package let member: Int64
  /// From 0 to 100.
  package let points: Int

  package init(_ component: Component, by member: Int64, _ points: Int) {
    self.component = component
    self.member = member
    self.points = points
  }

  /// By component, then by member: the order in which they are kept and told.
  package static func precedes(_ left: MemberMark, _ right: MemberMark) -> Bool {
    (left.component.number, left.member) < (right.component.number, right.member)
  }
}

/// How the marks of a commission's members make one.
package enum MarkRule: Int, CaseIterable, Sendable {
  case mean
  /// The middle one; of an even number the mean of the middle two.
  case median
  case lowest

  /// What marks come to, exactly; nil where there are none.
  package func mark(of marks: [Int]) -> Fraction? {
    guard !marks.isEmpty else { return nil }
    let sorted = marks.sorted()
    let middle = sorted.count / 2
    return switch self {
    case .mean: Fraction(marks.reduce(0, +), marks.count)
    case .median where sorted.count.isMultiple(of: 2):
      Fraction(sorted[middle - 1] + sorted[middle], 2)
    case .median: Fraction(sorted[middle])
    case .lowest: Fraction(sorted[0])
    }
  }
}

extension MarkRule {
  /// What the marks of a row come to: of each component asked two at least, each once, whole, from 0 to 100,
  /// of who may give one.
  ///
  /// - Parameters:
  ///   - components: What is asked; nothing of whom another outcome is said.
  ///   - members: Who may give a mark.
  /// - Throws: ``Refusal`` with ``Reason/marksByMember``, ``Reason/scoreNotAsked``, ``Reason/scoreTwice``,
  ///   ``Reason/outOfRange``, ``Reason/markNotOfMember`` or ``Reason/scoreMissing``.
  func scores(
    of row: RecordResults.Row, asked components: [Component], members: Set<Int64>
  ) throws(Refusal) -> Scores {
    if let agreed = row.scores.first {
      if let instead = row.instead {
        throw Refusal(.scoreNotAsked, column: instead.rawValue, value: row.candidate)
      }
      throw Refusal(
        .marksByMember, column: agreed.component.rawValue, value: "\(agreed.points)")
    }
    var seen: Set<[Int64]> = []
    for mark in row.marks {
      let (column, value) = (mark.component.rawValue, "\(mark.points)")
      guard row.instead == nil, components.contains(mark.component) else {
        throw Refusal(.scoreNotAsked, column: row.instead?.rawValue ?? column, value: value)
      }
      guard members.contains(mark.member) else {
        throw Refusal(.markNotOfMember, column: column, value: PersonNumber.text(mark.member))
      }
      guard seen.insert([Int64(mark.component.number), mark.member]).inserted else {
        throw Refusal(.scoreTwice, column: column, value: value)
      }
      guard (0...100).contains(mark.points) else {
        throw Refusal(.outOfRange, column: column, value: value, ["low": "0", "high": "100"])
      }
    }
    if row.instead != nil { return [:] }
    var scores: Scores = [:]
    for component in components {
      let points = row.marks.filter { $0.component == component }.map(\.points)
      guard let mark = self.mark(of: points) else {
        throw Refusal(.scoreMissing, column: component.rawValue)
      }
      guard points.count > 1 else {
        throw Refusal(.marksByMember, column: component.rawValue, value: "\(points[0])")
      }
      scores[component] = mark.floor
    }
    return scores
  }
}

/// A mark that need not be whole, as it is: nothing is rounded before it is compared.
package struct Fraction: Equatable, Comparable, Sendable {
  private let numerator: Int
  /// Above 0.
  private let denominator: Int

  /// - Parameter denominator: Above 0.
  package init(_ numerator: Int, _ denominator: Int = 1) {
    precondition(denominator > 0, "a mark is of somebody")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The greatest whole number that is not above it: no mark is rounded up.
  package var floor: Int {
    (self.numerator - (self.numerator % self.denominator + self.denominator) % self.denominator)
      / self.denominator
  }

  package static func + (left: Fraction, right: Fraction) -> Fraction {
    Fraction(
      left.numerator * right.denominator + right.numerator * left.denominator,
      left.denominator * right.denominator)
  }

  package static func == (left: Fraction, right: Fraction) -> Bool {
    left.numerator * right.denominator == right.numerator * left.denominator
  }

  package static func < (left: Fraction, right: Fraction) -> Bool {
    left.numerator * right.denominator < right.numerator * left.denominator
  }
}
