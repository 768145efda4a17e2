import BitimClient
@testable import BitimDomain
import BitimProtocol
import BitimStore
@testable import BitimServices
import BitimTestSupport
import Testing

@Suite("What the journal keeps of a refusal (R-031)")
struct RefusedPeopleTests {
  @Test("whom a call outside a list is about, and whom its words name, each once")
  func one() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let registrarID = try await school.person("Nurlanova", "Botagoz")
    let registrar = try await school.client(registrarID, [.registrar])
    var bar = BitimV1.BarPersonRequest()
    bar.personId = registrarID
    bar.bar = .init()
    bar.bar?.kind = .stateFunction
    bar.bar?.validFrom = "2026-01-10"
    bar.bar?.document = "үкім № 7"
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await PersonServiceClient(registrar).barPerson(bar)
    }
    let kept = try await school.lastRefusal()
    #expect(kept.method == "bitim.v1.PersonService/BarPerson")
    #expect(kept.findings.map(\.reason) == ["ACTS_ON_HIMSELF"])
    #expect(kept.findings.map(\.count) == [1])
    #expect(kept.personIds == [registrarID])
    #expect(kept.requestDigest.count == 32)
    #expect(try school.check().problems == [])
  }

  @Test("a hundred people at most, each once, and every finding counted")
  func hundred() throws {
    let caller = Caller(
      personID: 1, organisationID: 1, organisationCode: "SCHOOL", isSchool: true, roles: [],
      tokenID: 1, tokenName: "", expiresAt: Instant(unixMilliseconds: 0),
      today: try #require(CivilDate(iso: "2026-11-22")), now: Instant(unixMilliseconds: 0),
      isClockDoubtful: false, authority: 0, sessionID: 0, isGuest: false, terms: nil,
      requestDigest: [7])
    let refusals = (1...130).map { number in
      Refusal(.trainsHimself, column: "person", value: PersonNumber.text(Int64(number)))
    }
    // Numbers in other columns were typed, and name nobody.
    let typed = Refusal(.numberTaken, column: "own_number", value: PersonNumber.text(500))
    let deed = Services.journal(
      [typed] + refusals, method: BitimV1.CohortService.assignTrainer.descriptor, by: caller,
      people: [130, 7, 130])
    #expect(
      deed
        == .actRefused(
          ActRefused(
            method: "bitim.v1.CohortService/AssignTrainer",
            findings: [
              .init(reason: "NUMBER_TAKEN", column: "own_number", count: 1),
              .init(reason: "TRAINS_HIMSELF", column: "person", count: 130),
            ],
            personIDs: [130, 7] + (1...6).map { $0 } + (8...99).map { $0 },
            requestDigest: [7])))
  }
}
