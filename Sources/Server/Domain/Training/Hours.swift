/// Contact hours by kind, in quarters of an academic hour (45 minutes).
package struct Hours: Equatable, Sendable {
  /// Quarters of theory.
  package var theory: Int
  /// Quarters of practice.
  package var practice: Int

  /// None of either.
  package static let none = Hours(theory: 0, practice: 0)

  /// So many quarters of each.
  package init(theory: Int, practice: Int) {
    self.theory = theory
    self.practice = practice
  }

  /// Reads the hours of a row, which has some.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outOfRange`` or ``Reason/missing``.
  package init(typedTheory theory: Int, practice: Int) throws(Refusal) {
    guard theory >= 0, practice >= 0 else {
      throw Refusal(
        .outOfRange, column: theory < 0 ? "theory" : "practice", ["low": "0", "high": "10"])
    }
    guard theory + practice > 0 else { throw Refusal(.missing, column: "practice") }
    self.init(theory: theory, practice: practice)
  }

  /// Quarters of both together.
  package var total: Int { self.theory + self.practice }

  /// Quarters as academic hours: `4`, `1.25`.
  package static func text(_ quarters: Int) -> String {
    let parts = ["", ".25", ".5", ".75"]
    return "\(quarters / 4)\(parts[quarters % 4])"
  }

  /// Both kinds as academic hours, theory first: `4 + 1.25`.
  package var text: String { "\(Self.text(self.theory)) + \(Self.text(self.practice))" }

  /// Adds both kinds.
  static func += (left: inout Hours, right: Hours) { left = left + right }
  /// Adds both kinds.
  package static func + (left: Hours, right: Hours) -> Hours {
    Hours(theory: left.theory + right.theory, practice: left.practice + right.practice)
  }
}
