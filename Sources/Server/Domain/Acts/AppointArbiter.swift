/// Appoints somebody from outside to decide a case, where no arbiter of the School is free.
package struct AppointArbiter: Equatable, Sendable {
  package let person: Int64
  package let letter: Invitation

  package init(_ person: Int64, by letter: Invitation) {
    self.person = person
    self.letter = letter
  }

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var file: CaseRecord
    /// Who has a hand in what is contested.
    package var hands: Set<Int64>
    /// The School's arbiters.
    package var arbiters: Set<Int64>
    /// Whether the person has a role at the School.
    package var isOfSchool: Bool
    /// Who was appointed to the case before.
    package var appointed: Set<Int64>

    package init(
      file: CaseRecord, hands: Set<Int64>, arbiters: Set<Int64>, isOfSchool: Bool,
      appointed: Set<Int64>
    ) {
      self.file = file
      self.hands = hands
      self.arbiters = arbiters
      self.isOfSchool = isOfSchool
      self.appointed = appointed
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself`` or ``Reason/decidesHimself``,
  ///   ``Reason/decidesOwnAct``, ``Reason/caseUnfit`` of another kind, ``Reason/caseOutOfOrder``,
  ///   ``Reason/fromSchool``, ``Reason/arbiterFree`` or ``Reason/alreadyThere``.
  package func decided(
    _ facts: Facts, by administrator: Int64, on today: CivilDate
  ) throws(Refusal) -> Deed {
    let file = facts.file
    guard self.person != administrator else { throw Refusal(.actsOnHimself, column: "person") }
    guard self.person != file.person else { throw Refusal(.decidesHimself, column: "person") }
    guard !facts.hands.contains(self.person) else {
      throw Refusal(.decidesOwnAct, column: "person")
    }
    guard file.kind.isOfArbiter else {
      throw Refusal(.caseUnfit, column: "case", value: "\(file.sequence)")
    }
    let state = file.state(on: today)
    guard [.received, .acknowledged, .returned].contains(state) else {
      throw Refusal(.caseOutOfOrder, ["state": state.rawValue])
    }
    guard !facts.isOfSchool else { throw Refusal(.fromSchool, column: "person") }
    guard facts.arbiters.subtracting(facts.hands).isSubset(of: [file.person]) else {
      throw Refusal(.arbiterFree, column: "act")
    }
    guard !facts.appointed.contains(self.person) else {
      throw Refusal(.alreadyThere, column: "person")
    }
    return .arbiterAppointed(
      ArbiterAppointed(case: file.sequence, personID: self.person, letter: self.letter))
  }
}
