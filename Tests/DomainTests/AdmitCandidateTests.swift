@testable import BitimDomain
import Testing

/// Session S-14 of cohort 4; candidate 8 is enrolled in another one, 41 of cohort 5.
@Suite("Admitting a candidate of another cohort (R-604)")
struct AdmitCandidateTests {
  private static func place(
    _ id: Int64, _ cohort: CohortRecord, covers: Bool = true
  ) -> RecordResults.Place {
    RecordResults.Place(
      enrolment: EnrolmentRecord(
        id: id, cohortID: cohort.id, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
      cohort: cohort, results: [], coversSession: covers)
  }

  private static let there = AttestationFacts.cohort(5, "P1-AST-01", organisation: 9)

  private static let facts = AdmitCandidate.Facts(
    session: AttestationFacts.session, cohort: AttestationFacts.cohort,
    places: [Self.place(41, Self.there)], roles: MemberRoles(examiners: [1, 2, 3]),
    teachers: [
      41: Teachers(lastTaught: [:], cohort: "P1-AST-01", barMonths: 24, assigned: []),
      42: Teachers(lastTaught: [:], cohort: "P1-AST-01", barMonths: 24, assigned: []),
    ])

  private static func refusal(
    _ reason: Reason, _ arguments: [String: String] = [:]
  ) -> Refusal {
    Refusal(reason, column: "person", value: "P-8-74", arguments)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Nil where it is decided.
    let expected: Refusal?
    let change: @Sendable (inout AdmitCandidate.Facts) -> Void
    var testDescription: String { self.name }

    init(
      _ name: String, _ refusal: Refusal? = nil,
      _ change: @escaping @Sendable (inout AdmitCandidate.Facts) -> Void = { _ in }
    ) {
      self.name = name
      self.expected = refusal
      self.change = change
    }
  }

  @Test(
    "is decided of who is enrolled elsewhere in the same edition, and whom the commission may examine",
    arguments: [
      Case("of another centre"),
      Case(
        "to a session that was cancelled",
        Refusal(.sessionCancelled, column: "session", value: "S-14")
      ) {
        $0.session.isCancelled = true
      },
      Case("who admits himself", Self.refusal(.actsOnHimself)) {
        $0.persons = NaturalPersons(lowest: [5: 5, 8: 5])
      },
      Case("where all is confirmed", Refusal(.sessionClosed, column: "session", value: "S-14")) {
        $0.isClosed = true
      },
      Case("who is enrolled nowhere", Self.refusal(.notEnrolled, ["cohort": "P1-ALA-01"])) {
        $0.places = []
      },
      Case("who was not on that day", Self.refusal(.notEnrolled, ["cohort": "P1-ALA-01"])) {
        $0.places[0].coversSession = false
      },
      Case("of the session's own cohort", Self.refusal(.nothingChanged)) {
        $0.places = [Self.place(41, AttestationFacts.cohort)]
      },
      Case("who is admitted", Self.refusal(.nothingChanged)) { $0.session.admitted = [41] },
      Case("where another is admitted") { $0.session.admitted = [43] },
      Case("of another edition", Refusal(.otherEdition, column: "cohort", value: "P1-ALA-07")) {
        $0.places = [Self.place(41, AttestationFacts.cohort(7, "P1-ALA-07", edition: 23))]
      },
      Case("of another edition too") {
        $0.places.append(Self.place(42, AttestationFacts.cohort(7, "P1-ALA-07", edition: 23)))
      },
      Case("of another specialisation too") {
        var other = Self.there
        other.specialisationID = 5
        $0.places.append(Self.place(42, other))
      },
      Case("whom a member taught, and who has passed") {
        $0.teachers[41]?.lastTaught[3] = AttestationFacts.day("2026-02-10")
        $0.places[0].results = [AttestationFacts.result(31, .passed)]
      },
      Case("where a guest sits by a letter") {
        $0.roles.examiners.remove(3)
        $0.session.invitations[3] = AttestationFacts.invitation
      },
      Case(
        "of another specialisation",
        Refusal(.otherSpecialisation, column: "cohort", value: "P1-AST-01")
      ) { $0.places[0].cohort.specialisationID = 5 },
      Case("of the same specialisation") {
        $0.places[0].cohort.specialisationID = 5
        $0.cohort.specialisationID = 5
      },
      Case(
        "whom a member taught",
        Refusal(
          .examinerTaught, column: "member", value: "P-3-89",
          ["day": "2026-02-10", "examiner": "P-3-89"])
      ) { $0.teachers[41]?.lastTaught[3] = AttestationFacts.day("2026-02-10") },
      Case("who is a member", Refusal(.examinesHimself, column: "member", value: "P-8-74")) {
        $0.session.seats = [1: .chair, 2: .member, 8: .member]
        $0.roles.examiners.insert(8)
      },
    ])
  func decided(_ tried: Case) {
    var facts = Self.facts
    tried.change(&facts)
    #expect(
      AttestationFacts.outcome { () throws(Refusal) in try AdmitCandidate(8).decided(facts, by: 5) }
        == tried.expected.map { .failure($0) }
        ?? .success(.candidateAdmitted(CandidateAdmitted(sessionID: 14, enrolmentID: 41))))
  }
}
