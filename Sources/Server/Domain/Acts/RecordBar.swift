/// Records a period in which a person may not be a mediator: Law On Mediation, article 9(7).
package struct RecordBar: Sendable {
  /// Who is barred.
  package let person: Int64
  /// What would stand.
  package let bar: Bar

  /// Reads a bar: the number of its kind in the schema, the first day, the last if there is one, and
  /// what it rests on.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``, ``Reason/missing``, ``Reason/notADate`` or
  ///   ``Reason/datesReversed``, and as ``TextRule/read(_:column:)``.
  package init(
    _ person: Int64, kind: Int32, from: String, until: String?, document: String
  ) throws(Refusal) {
    self.person = person
    let kind = try BarKind(typed: kind, column: "kind")
    let first = try CivilDate(typed: from, column: "valid_from")
    var last: CivilDate?
    if let until { last = try CivilDate(typed: until, column: "valid_until") }
    if let last, last < first {
      throw Refusal(.datesReversed, column: "valid_until", value: last.iso)
    }
    let document = try TextRule.read(document, column: "document")
    self.bar = Bar(kind, days: Period(from: first, until: last), document: document)
  }

  /// Records the bar.
  ///
  /// - Parameters:
  ///   - standing: The bars that stand.
  ///   - caller: Who records it.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself``, or ``Reason/nothingChanged`` where the same
  ///   bar stands already.
  package func decided(
    beside standing: [StandingBar], by caller: Int64
  ) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself) }
    guard !standing.contains(where: { $0.bar == self.bar }) else {
      throw Refusal(.nothingChanged)
    }
    return .personBarred(PersonBarred(personID: self.person, bar: self.bar))
  }
}

/// A bar that stands.
package struct StandingBar: Equatable, Sendable {
  /// The act that made it.
  package var sequence: Int64
  package var bar: Bar
  /// Who recorded it.
  package var maker: Int64

  package init(_ bar: Bar, sequence: Int64, maker: Int64) {
    self.bar = bar
    self.sequence = sequence
    self.maker = maker
  }
}
