import BitimDomain
import Testing

@Suite("Whom an organisation knows (R-207)")
struct AcquaintanceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let isKnown: Bool
    var hasRole = false
    var roleEndedOn: String?
    var enrolledUntil: String?
    var day = "2026-11-22"
    var testDescription: String { self.name }
  }

  @Test(
    "while a role or an enrolment stands, and three years after",
    arguments: [
      Case(name: "nothing", isKnown: false),
      Case(name: "a role", isKnown: true, hasRole: true),
      Case(name: "a cohort that lasts", isKnown: true, enrolledUntil: "2027-01-31"),
      Case(name: "on the cohort's last day", isKnown: true, enrolledUntil: "2026-11-22"),
      Case(name: "three years after", isKnown: true, enrolledUntil: "2023-11-22"),
      Case(name: "a day later", isKnown: false, enrolledUntil: "2023-11-21"),
      Case(name: "a role three years after", isKnown: true, roleEndedOn: "2023-11-22"),
      Case(name: "a role, a day later", isKnown: false, roleEndedOn: "2023-11-21"),
      Case(
        name: "a role once more", isKnown: true, hasRole: true, roleEndedOn: "2013-01-01",
        enrolledUntil: "2014-01-01"),
      Case(
        name: "the later of the two counts", isKnown: true, roleEndedOn: "2013-01-01",
        enrolledUntil: "2024-06-30"),
      // Three years after 29 February is 28 February, its end included.
      Case(
        name: "from a 29 February", isKnown: true, enrolledUntil: "2024-02-29", day: "2027-02-28"),
      Case(
        name: "from a 29 February, a day later", isKnown: false, enrolledUntil: "2024-02-29",
        day: "2027-03-01"),
    ])
  func holds(_ test: Case) throws {
    func day(_ text: String?) -> CivilDate? { text.flatMap { CivilDate(iso: $0) } }
    let acquaintance = Acquaintance(
      hasRole: test.hasRole, roleEndedOn: day(test.roleEndedOn),
      enrolledUntil: day(test.enrolledUntil))
    #expect(acquaintance.holds(on: try #require(day(test.day))) == test.isKnown)
  }
}
