/// Somebody who may sit an attestation, as a commission is asked about him or her.
package struct SessionCandidate: Equatable, Sendable {
  package var person: Int64
  /// The results of the enrolment.
  package var results: [ResultRecord]
  package var teachers: Teachers

  package init(person: Int64, results: [ResultRecord], teachers: Teachers) {
    self.person = person
    self.results = results
    self.teachers = teachers
  }

  /// Whether a commission would examine him or her: no pass stands, or one waits in this session to be
  /// confirmed.
  func isExamined(in session: Int64?) -> Bool {
    let passes = self.results.filter { $0.outcome == .passed && !$0.isAnnulled }
    return passes.isEmpty || passes.contains { $0.sessionID == session && !$0.isConfirmed }
  }
}

/// What the members of a commission are besides.
package struct MemberRoles: Equatable, Sendable {
  /// Those who have the role of an examiner.
  package var examiners: Set<Int64>
  /// Those who are administrators.
  package var administrators: Set<Int64>

  package init(examiners: Set<Int64>, administrators: Set<Int64> = []) {
    self.examiners = examiners
    self.administrators = administrators
  }
}

/// Who may sit in a commission.
enum Commission {
  /// Asks it of `members`: examiners, or invited and no administrators, and neither candidate nor teacher
  /// of one.
  ///
  /// Separation is tried for the candidates known now, so that nobody learns of it on the day.
  ///
  /// - Parameters:
  ///   - invitations: The letters of those who are invited.
  ///   - session: The session, once it has an id.
  ///   - persons: Which numbers are one natural person's.
  /// - Throws: ``Refusal`` with ``Reason/notExaminer``; ``Reason/rolesIncompatible``;
  ///   ``Reason/examinesHimself``;
  ///   ``Reason/examinerTaught``.
  static func check(
    _ members: [Int64], _ roles: MemberRoles, invited invitations: [Int64: Invitation],
    for candidates: [SessionCandidate], in session: Int64?, on day: CivilDate,
    _ persons: NaturalPersons
  ) throws(Refusal) {
    for member in members where !roles.examiners.contains(member) {
      let number = PersonNumber.text(member)
      guard invitations[member] != nil else {
        throw Refusal(.notExaminer, column: "member", value: number)
      }
      guard !roles.administrators.contains(member) else {
        throw Refusal(.rolesIncompatible, column: "member", value: number)
      }
    }
    for candidate in candidates where candidate.isExamined(in: session) {
      guard !members.contains(where: { persons.areOne($0, candidate.person) }) else {
        throw Refusal(
          .examinesHimself, column: "member", value: PersonNumber.text(candidate.person))
      }
      for member in members {
        if let bar = candidate.teachers.bar(member, from: day) {
          let number = PersonNumber.text(member)
          throw Refusal(
            .examinerTaught, column: "member", value: number,
            bar.arguments.merging(["examiner": number]) { $1 })
        }
      }
    }
  }
}

extension CohortRecord {
  /// Whether both are examined by the same rules for the same certificate: of one edition and specialisation.
  func isExaminedAlike(_ other: CohortRecord) -> Bool {
    self.editionID == other.editionID && self.specialisationID == other.specialisationID
  }

  /// Refuses an attestation before the first day.
  ///
  /// - Throws: ``Refusal`` with ``Reason/outsideCohort``.
  func checkSession(on day: CivilDate) throws(Refusal) {
    guard day >= self.startsOn else {
      throw Refusal(
        .outsideCohort, column: "date", value: day.iso,
        ["from": self.startsOn.iso, "until": ""])
    }
  }
}
