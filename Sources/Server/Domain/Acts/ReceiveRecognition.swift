/// Receives a request to recognise training elsewhere.
package struct ReceiveRecognition: Equatable, Sendable {
  package let person: Int64
  package let recognition: Recognition
  package let receivedOn: CivilDate
  private let papers: [CasePaper]

  /// Reads who asks, and by which papers.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/tooManyRows``.
  package init(
    of person: Int64, _ recognition: Recognition, receivedOn: CivilDate, papers: [CasePaper]
  ) throws(Refusal) {
    let missing = person == 0 ? "person" : papers.isEmpty ? "paper" : nil
    if let missing { throw Refusal(.missing, column: missing) }
    guard papers.count <= ReceiveCase.listMax else {
      throw Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"])
    }
    self.person = person
    self.recognition = recognition
    self.receivedOn = receivedOn
    self.papers = papers
  }

  /// Receives it, unless the same person has one open for the same programme.
  ///
  /// - Parameter open: The case that has not ended; nil without one.
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself`` or ``Reason/alreadyThere``.
  package func decided(open: Int64?, by caller: Int64) throws(Refusal) -> Deed {
    guard caller != self.person else { throw Refusal(.actsOnHimself, column: "person") }
    if let open { throw Refusal(.alreadyThere, column: "person", value: "\(open)") }
    return .caseReceived(
      CaseReceived(
        kind: .recognition, person: self.person, contested: [], toldOn: nil, lateReason: "",
        grounds: [], papers: self.papers, recognition: self.recognition))
  }
}
