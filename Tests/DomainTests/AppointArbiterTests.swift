@testable import BitimDomain
import Testing

@Suite("Appointing an arbiter from outside (R-021, R-027, R-631)")
struct AppointArbiterTests {
  private static let letter = Invitation(
    document: "хат № 7", datedOn: People.day("2026-08-01"), organisation: "Медиаторлар алқасы")

  /// 4 and 5 have a hand in what case 60 of person 8 contests; 11 is to decide it.
  private static func decided(
    _ person: Int64 = 11, by administrator: Int64 = 1, arbiters: Set<Int64> = [5],
    isOfSchool: Bool = false, appointed: Set<Int64> = [], file: CaseRecord = CaseFacts.appeal()
  ) -> Result<Deed, Refusal> {
    Result { () throws(Refusal) in
      try AppointArbiter(person, by: Self.letter).decided(
        .init(
          file: file, hands: [4, 5], arbiters: arbiters, isOfSchool: isOfSchool,
          appointed: appointed), by: administrator, on: People.day("2026-08-10"))
    }
  }

  @Test(
    "while the case is open and no arbiter is free: nobody, one with a hand in it, one it is about")
  func whole() {
    let deed = Result<Deed, Refusal>.success(
      .arbiterAppointed(ArbiterAppointed(case: 60, personID: 11, letter: Self.letter)))
    for arbiters: Set<Int64> in [[], [5], [4, 5], [8], [5, 8]] {
      #expect(Self.decided(arbiters: arbiters) == deed)
    }
    for arbiters: Set<Int64> in [[10], [5, 10], [8, 10]] {
      #expect(
        Self.decided(arbiters: arbiters) == .failure(Refusal(.arbiterFree, column: "act")))
    }
    let returned = CaseFacts.appeal { $0.moves = CaseFacts.moves([(.returned, "2026-08-02")]) }
    #expect(Self.decided(file: returned) == deed)
    #expect(Self.decided(appointed: [12]) == deed)
    for (outcome, state) in [(CaseOutcome.court, "decided"), (nil, "withdrawn")] {
      let ended = CaseFacts.appeal { $0.end = .init(outcome, on: People.day("2026-08-02")) }
      #expect(
        Self.decided(file: ended) == .failure(Refusal(.caseOutOfOrder, ["state": state])))
    }
  }

  @Test("another than who appoints, whom it is about, who has a hand in it, or is of the School")
  func others() {
    #expect(
      Self.decided(by: 11) == .failure(Refusal(.actsOnHimself, column: "person")))
    #expect(Self.decided(8) == .failure(Refusal(.decidesHimself, column: "person")))
    #expect(Self.decided(4) == .failure(Refusal(.decidesOwnAct, column: "person")))
    #expect(
      Self.decided(isOfSchool: true) == .failure(Refusal(.fromSchool, column: "person")))
    #expect(
      Self.decided(appointed: [11]) == .failure(Refusal(.alreadyThere, column: "person")))
    // An application is decided by a registrar, a recognition by two.
    let recognition = CaseRecord(
      sequence: 60, kind: .recognition, person: 8, receivedOn: People.day("2026-08-01"),
      toldOn: nil, grounds: 0, contested: [])
    #expect(
      Self.decided(file: recognition)
        == .failure(Refusal(.caseUnfit, column: "case", value: "60")))
    let application = CaseRecord(
      sequence: 60, kind: .application, person: 8, receivedOn: People.day("2026-08-01"),
      toldOn: nil, grounds: 0, contested: [],
      appliedFor: AppliedFor(programme: 1, organisation: 2))
    #expect(
      Self.decided(file: application)
        == .failure(Refusal(.caseUnfit, column: "case", value: "60")))
  }

  @Test("who is appointed has a token for that alone")
  func token() throws {
    func decided(_ roles: [Role], isAppointed: Bool) -> Refusal? {
      do throws(Refusal) {
        _ = try CreateToken(for: 11, in: 1, named: "қонақ", carrying: roles, days: 5).decided(
          .init(granted: [.trainer], isAppointed: isAppointed, nextID: 4), hash: [],
          at: Instant(unixMilliseconds: 0))
        return nil
      } catch {
        return error
      }
    }
    func ungranted(_ role: Role) -> Refusal {
      Refusal(.roleNotGranted, column: "role", value: role.rawValue)
    }
    #expect(decided([.appointed], isAppointed: true) == nil)
    #expect(decided([.appointed], isAppointed: false) == ungranted(.appointed))
    #expect(decided([.appointed, .trainer], isAppointed: true) == ungranted(.trainer))
    #expect(decided([.arbiter], isAppointed: true) == ungranted(.arbiter))
  }
}
