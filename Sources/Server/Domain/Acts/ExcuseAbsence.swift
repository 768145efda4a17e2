/// Excuses a confirmed absence by a paper: it uses no attempt any more.
///
/// Before the confirmation the recorder says it in the row.
package struct ExcuseAbsence: Equatable, Sendable {
  /// How many days after the session the paper comes at the latest.
  package static let paperDays = 5

  package let session: SessionRecord
  /// Who was absent.
  package let candidate: Int64
  /// The paper, by its kind and number.
  package let paper: String
  package let datedOn: CivilDate
  /// The day on which it came.
  package let receivedOn: CivilDate

  /// Reads what the paper is.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    of candidate: Int64, in session: SessionRecord, reading paper: String, of datedOn: CivilDate,
    receivedOn: CivilDate
  ) throws(Refusal) {
    self.session = session
    self.candidate = candidate
    self.paper = try TextRule.read(paper, column: "paper")
    self.datedOn = datedOn
    self.receivedOn = receivedOn
  }

  /// The last day for a paper about an absence on `day`.
  package static func lastDay(after day: CivilDate) -> CivilDate {
    CivilDate(dayNumber: day.dayNumber + Self.paperDays)
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The candidate's results in the session that were not replaced.
    package var results: [ResultRecord]
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(results: [ResultRecord], persons: NaturalPersons = .apart) {
      self.results = results
      self.persons = persons
    }
  }

  /// Decides.
  ///
  /// - Throws: ``Refusal`` with ``Reason/resultUnknown``; ``Reason/actsOnHimself``;
  ///   ``Reason/notAbsent``, ``Reason/alreadyExcused``, ``Reason/datesReversed``,
  ///   ``Reason/excuseTooLate``.
  package func decided(_ facts: Facts, by registrar: Int64) throws(Refusal) -> Deed {
    guard let result = facts.results.last(where: { $0.isConfirmed && !$0.isAnnulled }) else {
      throw Refusal(.resultUnknown, column: "person", value: PersonNumber.text(self.candidate))
    }
    guard !facts.persons.areOne(registrar, self.candidate) else {
      throw Refusal(.actsOnHimself, column: "person", value: PersonNumber.text(self.candidate))
    }
    guard result.outcome == .absent else {
      throw Refusal(.notAbsent, column: "person", value: PersonNumber.text(self.candidate))
    }
    guard result.why.isEmpty else {
      throw Refusal(.alreadyExcused, column: "person", value: PersonNumber.text(self.candidate))
    }
    guard self.datedOn <= self.receivedOn else {
      throw Refusal(.datesReversed, column: "paper_date", value: self.datedOn.iso)
    }
    let last = Self.lastDay(after: self.session.heldOn)
    guard self.receivedOn <= last else {
      throw Refusal(
        .excuseTooLate, column: "date", value: self.receivedOn.iso, ["last": last.iso])
    }
    return .absenceExcused(
      AbsenceExcused(
        resultID: result.id, paper: self.paper, datedOn: self.datedOn, receivedOn: self.receivedOn))
  }
}
