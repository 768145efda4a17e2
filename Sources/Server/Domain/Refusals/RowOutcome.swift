/// What becomes of a row of a list.
package struct RowOutcome: Equatable, Sendable {
  /// In one word.
  package enum Verdict: Equatable, Sendable { case added, unchanged, differs, refused, waiting }

  package var verdict: Verdict
  /// The person in the registry whom the row is about.
  package var person: Int64?
  /// Why it is refused, in what it differs, or what of it is not taken.
  package var findings: [Refusal]
  /// Whether it is refused for a doubt who it is about: the journal keeps that of dry runs too.
  package var isDoubt: Bool

  package init(
    _ verdict: Verdict, person: Int64? = nil, _ findings: [Refusal] = [], isDoubt: Bool = false
  ) {
    self.verdict = verdict
    self.person = person
    self.findings = findings
    self.isDoubt = isDoubt
  }
}
