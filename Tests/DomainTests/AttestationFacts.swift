import BitimDomain

/// Facts of an attestation that are in order: session S-14 of cohort 4 on 2026-03-20; person 1 chairs,
/// 2 and 3 are members; 8 is the candidate, whom 6 trains.
enum AttestationFacts {
  static func day(_ text: String) -> CivilDate { CivilDate(iso: text) ?? .init(dayNumber: 0) }

  static let session = SessionRecord(
    id: 14, code: "S-14", cohortID: 4, heldOn: Self.day("2026-03-20"), protocolNumber: "№ 12",
    seats: [1: .chair, 2: .member, 3: .member])

  static let invitation = Invitation(
    document: "№ 14 хат", datedOn: Self.day("2026-03-01"), organisation: "Адвокаттар алқасы")

  static let cohort = Self.cohort(4, "P1-ALA-01")

  static func cohort(_ id: Int64, _ code: String, edition: Int64 = 25, organisation: Int64 = 7)
    -> CohortRecord
  {
    CohortRecord(
      id: id, code: code, editionID: edition, organisationID: organisation, language: .kk,
      form: .inPerson, startsOn: Self.day("2026-02-02"), endsOn: Self.day("2026-03-31"),
      place: "Алматы")
  }

  /// Thirty-six hours of each kind, two attempts, a commission of three, two components.
  static let edition = Edition.of(
    id: 25, from: "2025-12-30",
    [
      .theoryQuarters: .init(144, .reported), .practiceQuarters: .init(144, .reported),
      .groupMax: .init(10, .law), .attemptsMax: .init(2, .school), .ageMin: .init(25, .law),
      .higherEducation: .init(1, .law),
    ],
    components: [
      .init(component: .test, passMark: .init(60, .school)),
      .init(component: .interview, passMark: .init(70, .school)),
    ])

  static let teachers = Teachers(
    lastTaught: [6: Self.day("2026-02-10")], cohort: "P1-ALA-01", barMonths: 24,
    assigned: [6])

  /// A confirmed failure in session 13, the first attempt, recorded by 2.
  static func result(
    _ id: Int64, in session: Int64 = 13, attempt: Int = 1, _ outcome: ResultOutcome = .failed,
    scores: Scores = [.test: 59, .interview: 70], recordedBy: Int64 = 2,
    confirmedBy: Int64 = 1, isAnnulled: Bool = false
  ) -> ResultRecord {
    ResultRecord(
      id: id, sessionID: session, enrolmentID: 40, attempt: attempt, outcome: outcome,
      scores: scores, recordedBy: recordedBy, confirmedBy: confirmedBy, isAnnulled: isAnnulled,
      heldOn: Self.day("2026-03-10"), protocolNumber: "№ 11")
  }

  /// What an act decides: the deed, or why not.
  static func outcome<Value>(
    _ body: () throws(Refusal) -> Value
  ) -> Result<Value, Refusal> {
    do throws(Refusal) { return .success(try body()) } catch { return .failure(error) }
  }
}
