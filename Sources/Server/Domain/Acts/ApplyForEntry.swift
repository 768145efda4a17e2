/// Receives an application for an entry in the register of mediators.
package struct ApplyForEntry: Equatable, Sendable {
  package let person: Int64
  package let receivedOn: CivilDate
  private let application: EntryApplication
  private let papers: [CasePaper]

  /// Reads who applies, and by which papers: what is missing may come later.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/tooManyRows``, and as ``CasePaper/checkAge(_:on:)``.
  package init(
    of person: Int64, _ application: EntryApplication, receivedOn: CivilDate, papers: [CasePaper]
  ) throws(Refusal) {
    let missing = person == 0 ? "person" : papers.isEmpty ? "paper" : nil
    if let missing { throw Refusal(.missing, column: missing) }
    guard papers.count <= ReceiveCase.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"])
    }
    try CasePaper.checkAge(papers, on: receivedOn)
    self.person = person
    self.application = application
    self.receivedOn = receivedOn
    self.papers = papers
  }

  /// Receives it, unless the same person has one that is open.
  ///
  /// - Parameter open: That one; nil without one.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself`` or ``Reason/alreadyThere``.
  package func decided(open: Int64?, by caller: Int64) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    if let open { throw Refusal(.alreadyThere, column: "person", value: "\(open)") }
    return .caseReceived(
      CaseReceived(
        kind: .entry, person: self.person, contested: [], toldOn: nil, lateReason: "",
        grounds: [], papers: self.papers, entry: self.application))
  }
}
