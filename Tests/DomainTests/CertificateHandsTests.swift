@testable import BitimDomain
import Testing

/// 8 passed on 2026-03-10, recorded by 2 and confirmed by 1, with 3 in the commission; 6 taught her last on
/// 2026-02-10, and 5 decided on 2026-06-20.
@Suite("Separation under what is final (R-030)")
struct CertificateHandsTests {
  private static let hands = CertificateHands(
    holder: 8, kind: .programme, decider: 5, issuedOn: People.day("2026-06-20"),
    pass: AttestationFacts.result(31, .passed), barMonths: 24,
    hands: .init(
      taughtHere: [6], taught: [6: People.day("2026-02-10")], examinedHere: [1, 2, 3],
      examined: [
        1: People.day("2026-03-10"), 2: People.day("2026-03-10"), 3: People.day("2026-03-10"),
      ]))

  private static func isBroken(
    _ lowest: [Int64: Int64], _ change: (inout CertificateHands) -> Void = { _ in }
  ) -> Bool { Self.found(lowest, change) != nil }

  /// As it is gathered: each hand under all numbers of its person.
  private static func found(
    _ lowest: [Int64: Int64], _ change: (inout CertificateHands) -> Void = { _ in }
  ) -> String? {
    let persons = NaturalPersons(lowest: lowest)
    var hands = Self.hands
    change(&hands)
    hands.hands.taughtHere = persons.all(hands.hands.taughtHere)
    hands.hands.taught = persons.all(hands.hands.taught)
    hands.hands.examinedHere = persons.all(hands.hands.examinedHere)
    hands.hands.examined = persons.all(hands.hands.examined)
    return hands.finding(persons)?.found
  }

  @Test("is not broken by different people, nor by those who are linked with nobody in it")
  func whole() {
    #expect(!Self.isBroken([:]))
    #expect(!Self.isBroken([5: 5, 30: 5]))
  }

  @Test("is broken where holder, trainer, commission and decider turn out to be one")
  func broken() {
    for hand in [5, 6, 3] as [Int64] {
      #expect(Self.isBroken([8: hand, hand: hand]), "\(hand) is the holder")
    }
    #expect(Self.isBroken([6: 3, 3: 3]), "who taught sat in the commission")
    #expect(Self.isBroken([2: 1, 1: 1]), "who recorded confirmed")
    #expect(Self.isBroken([6: 5, 5: 5]), "who taught decided")
    #expect(Self.isBroken([5: 3, 3: 3]), "who examined decided")
    #expect(Self.isBroken([5: 5, 40: 5]) { $0.hands.taught[40] = People.day("2024-06-20") })
    #expect(!Self.isBroken([5: 5, 40: 5]) { $0.hands.taught[40] = People.day("2024-06-19") })
  }

  @Test("what is found are the rules that were broken, with whose hand it was")
  func codes() {
    // 98 - n00 mod 97: of 1 it is 95, of 2 92, of 3 89, of 5 83, of 8 74.
    #expect(Self.found([8: 5, 5: 5]) == "DECIDES_HIMSELF P-5-83")
    #expect(Self.found([8: 3, 3: 3]) == "EXAMINES_HIMSELF P-3-89")
    #expect(Self.found([6: 5, 5: 5]) == "DECIDES_OWN_TRAINEE P-5-83")
    #expect(Self.found([5: 3, 3: 3]) == "DECIDES_OWN_CANDIDATE P-3-89")
    #expect(Self.found([2: 1, 1: 1]) == "CONFIRMS_OWN_RECORD P-1-95")
    #expect(Self.found([6: 3, 3: 3]) == "EXAMINER_TAUGHT_CANDIDATE P-3-89")
    #expect(Self.found([8: 6, 6: 6]) == "TRAINS_HIMSELF P-6-80")
    // Rules of separation are no law's: what is found may be let stand.
    #expect(Self.hands.finding(.init(lowest: [2: 1, 1: 1]))?.isOfLaw == false)
    #expect(
      Self.found([2: 1, 1: 1, 6: 3, 3: 3])
        == "CONFIRMS_OWN_RECORD P-1-95; EXAMINER_TAUGHT_CANDIDATE P-3-89")
  }

  @Test("teaching long before examining bars nobody")
  func longAgo() {
    func taught(_ day: String) -> Bool {
      Self.isBroken([40: 3, 3: 3]) { $0.hands.taught[40] = People.day(day) }
    }
    #expect(taught("2024-03-10"))
    #expect(!taught("2024-03-09"))
  }

  @Test("of the School's certificate the holder alone is asked, without a pass nothing of it is")
  func others() {
    #expect(!Self.isBroken([6: 5, 5: 5]) { $0.kind = .school })
    #expect(Self.isBroken([8: 5, 5: 5]) { $0.kind = .school })
    #expect(!Self.isBroken([2: 1, 1: 1]) { $0.pass = nil })
    #expect(Self.isBroken([8: 3, 3: 3]) { $0.pass = nil })
  }
}
