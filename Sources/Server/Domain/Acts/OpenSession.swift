/// Opens an attestation session with its commission.
package struct OpenSession: Sendable {
  /// A place in the commission.
  package struct Place: Equatable, Sendable {
    package var person: Int64
    package var seat: Seat

    package init(_ person: Int64, _ seat: Seat) {
      self.person = person
      self.seat = seat
    }
  }

  /// Somebody of the cohort, who may sit the attestation.
  package struct Candidate: Equatable, Sendable {
    package var person: Int64
    /// The results of the enrolment.
    package var results: [ResultRecord]
    package var teachers: Teachers

    package init(person: Int64, results: [ResultRecord], teachers: Teachers) {
      self.person = person
      self.results = results
      self.teachers = teachers
    }

    /// Whether a pass stands, so that there is nothing to examine.
    var hasPassed: Bool { self.results.contains { $0.outcome == .passed && !$0.isAnnulled } }
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// Whether a session has this code already.
    package var isCodeTaken: Bool
    /// Whether a session of the organisation in that year has this protocol's number.
    package var isProtocolTaken: Bool
    package var cohort: CohortRecord
    package var edition: Edition
    /// Those of the commission who have the role of an examiner.
    package var examiners: Set<Int64>
    /// The cohort's trainees.
    package var candidates: [Candidate]

    package init(
      isCodeTaken: Bool, isProtocolTaken: Bool, cohort: CohortRecord, edition: Edition,
      examiners: Set<Int64>, candidates: [Candidate]
    ) {
      self.isCodeTaken = isCodeTaken
      self.isProtocolTaken = isProtocolTaken
      self.cohort = cohort
      self.edition = edition
      self.examiners = examiners
      self.candidates = candidates
    }
  }

  package let code: String
  package let heldOn: CivilDate
  package let protocolNumber: String
  package let commission: [Place]

  /// Asks for a session.
  package init(code: String, heldOn: CivilDate, protocolNumber: String, commission: [Place]) {
    self.code = code
    self.heldOn = heldOn
    self.protocolNumber = protocolNumber
    self.commission = commission
  }

  /// Decides with the id that the session gets.
  ///
  /// Separation is tried for the candidates known now, so that nobody learns of it on the day.
  ///
  /// - Throws: ``Refusal`` with ``Reason/codeTaken``; ``Reason/protocolTaken``; ``Reason/outsideCohort``;
  ///   ``Reason/commissionWithoutChair`` unless there is one chair;
  ///   ``Reason/commissionTooSmall`` under the edition's number of different persons;
  ///   ``Reason/notExaminer``; ``Reason/examinesHimself``; ``Reason/examinerTaught``
  ///
  package func decided(_ facts: Facts, id: Int64) throws(Refusal) -> Deed {
    guard !facts.isCodeTaken else {
      throw Refusal(.codeTaken, column: "code", value: self.code)
    }
    guard !facts.isProtocolTaken else {
      throw Refusal(
        .protocolTaken, column: "protocol", value: self.protocolNumber,
        ["year": "\(self.heldOn.parts.year)"])
    }
    guard self.heldOn >= facts.cohort.startsOn else {
      throw Refusal(
        .outsideCohort, column: "date", value: self.heldOn.iso,
        ["from": facts.cohort.startsOn.iso, "until": ""])
    }
    guard self.commission.count(where: { $0.seat == .chair }) == 1 else {
      throw Refusal(.commissionWithoutChair, column: "chair")
    }
    let members = Set(self.commission.map(\.person))
    let needed = facts.edition.commissionMin.value
    guard members.count >= needed, members.count == self.commission.count else {
      throw Refusal(
        .commissionTooSmall, column: "member", value: "\(self.commission.count)",
        ["needed": "\(needed)"])
    }
    for place in self.commission {
      guard facts.examiners.contains(place.person) else {
        throw Refusal(.notExaminer, column: "member", value: PersonNumber.text(place.person))
      }
    }
    for candidate in facts.candidates where !candidate.hasPassed {
      guard !members.contains(candidate.person) else {
        throw Refusal(
          .examinesHimself, column: "member", value: PersonNumber.text(candidate.person))
      }
      for place in self.commission {
        if let bar = candidate.teachers.bar(place.person, from: self.heldOn) {
          let number = PersonNumber.text(place.person)
          throw Refusal(
            .examinerTaught, column: "member", value: number,
            bar.arguments.merging(["examiner": number]) { $1 })
        }
      }
    }
    let seats = self.commission.map { ($0.person, $0.seat) }
    return .sessionOpened(
      SessionOpened(
        SessionRecord(
          id: id, code: self.code, cohortID: facts.cohort.id, heldOn: self.heldOn,
          protocolNumber: self.protocolNumber,
          seats: Dictionary(seats, uniquingKeysWith: { first, _ in first }))))
  }
}
