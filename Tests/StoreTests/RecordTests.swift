import BitimDomain
import BitimProtocol
import Testing

@testable import BitimStore

@Suite("Records of the journal")
struct RecordTests {
  private static func act(_ deed: Deed, _ some: inout RandomDeeds) -> Act {
    Act(
      deed: deed,
      actor: Actor(personID: some.id(), organisationID: some.id(), tokenID: some.id()),
      heldOn: some.day(), recordedAt: some.instant())
  }

  @Test("a deed of any kind comes back from its record as it was")
  func bothWays() throws {
    var some = RandomDeeds(seed: 1)
    for _ in 0..<300 {
      for deed in some.ofEachKind() {
        let act = Self.act(deed, &some)
        #expect(try Record.act(in: Record.octets(of: act)) == act)
      }
    }
  }

  @Test("a record with a field that this program doesn't know is a newer one's, at any depth")
  func unknownField() throws {
    var some = RandomDeeds(seed: 2)
    let deed = Deed.personRegistered(
      .init(
        Person(
          id: 7, names: Names(), birthDate: some.day(), education: nil, identifiers: [],
          evidence: "x")))
    let octets = Record.octets(of: Self.act(deed, &some))
    // Field 90, a varint of 1.
    let field: [UInt8] = [0xD0, 0x05, 0x01]
    for message in try Self.adding(field, to: octets) {
      let failure = #expect(throws: StoreFailure.self) { try Record.act(in: message) }
      #expect(failure?.kind == .newer)
    }
  }

  /// The act with a field more: in itself, in its deed, in the deed's person.
  private static func adding(_ field: [UInt8], to octets: [UInt8]) throws -> [[UInt8]] {
    var outer = try BitimJournalV1.Act(decoding: octets)
    outer.unknownFields = field
    guard case .personRegistered(var deed) = outer.deed else { return [] }
    var inDeed = try BitimJournalV1.Act(decoding: octets)
    deed.unknownFields = field
    inDeed.deed = .personRegistered(deed)
    var inPerson = inDeed
    deed.unknownFields = []
    deed.person?.unknownFields = field
    inPerson.deed = .personRegistered(deed)
    return [outer.encoded, inDeed.encoded, inPerson.encoded]
  }

  @Test("a deed or a form of a later program is a newer one's, and no deed is no record")
  func later() throws {
    var act = BitimJournalV1.Act()
    act.heldOn = "2026-11-28"
    act.form = 1
    // Field 99, a message without fields: a deed to come.
    act.unknownFields = [0x9A, 0x06, 0x00]
    #expect(throws: StoreFailure.self) { try Record.act(in: act.encoded) }
    var some = RandomDeeds(seed: 3)
    var later = try BitimJournalV1.Act(
      decoding: Record.octets(of: Self.act(.tokenRevoked(.init(id: 3)), &some)))
    later.form = 2
    let failure = #expect(throws: StoreFailure.self) { try Record.act(in: later.encoded) }
    #expect(failure?.kind == .newer)
  }

  @Test("what no program writes is corrupt: a malformed date, a word without a number, no message")
  func corrupt() throws {
    func fault(_ deed: BitimJournalV1.Act.Deed) -> StoreFailure? {
      var act = BitimJournalV1.Act()
      act.heldOn = "2026-11-28"
      act.deed = deed
      return #expect(throws: StoreFailure.self) { try Record.act(in: act.encoded) }
    }
    var barred = BitimJournalV1.PersonBarred()
    barred.bar = .init()
    barred.bar?.kind = .conviction
    barred.bar?.validFrom = "2026-02-30"
    #expect(fault(.personBarred(barred)) == .corrupt("a record: a date is malformed"))
    var granted = BitimJournalV1.RoleGranted()
    granted.role = .init(rawValue: 99)
    #expect(fault(.roleGranted(granted)) == .corrupt("a record: Role has no number 99"))
    var revoked = BitimJournalV1.CertificateRevoked()
    revoked.number = 17
    revoked.reason = .fraud
    #expect(
      fault(.certificateRevoked(revoked))
        == .corrupt("a record: a certificate's number is out of range"))
    #expect(throws: StoreFailure.corrupt("a record is malformed")) { try Record.act(in: [0x0A]) }
  }

  @Test("a record without a form is read as it was: unknown fields passed over, its octets no rule")
  func withoutForm() throws {
    var revoked = BitimJournalV1.CertificateRevoked()
    revoked.number = 2_026_000_417
    revoked.reason = .error
    revoked.unknownFields = [0x98, 0x06, 0x01]
    var act = BitimJournalV1.Act()
    act.actorPersonId = 5
    act.heldOn = "2026-11-20"
    act.recordedAtMs = 1_795_000_000_000
    act.deed = .certificateRevoked(revoked)
    let number = try #require(CertificateNumber(value: 2_026_000_417))
    let day = try #require(CivilDate(iso: "2026-11-20"))
    #expect(
      try Record.act(in: act.encoded)
        == Act(
          deed: .certificateRevoked(.init(number: number, since: day, reason: .error, why: "")),
          actor: Actor(personID: 5, organisationID: 0, tokenID: 0), heldOn: day,
          recordedAt: Instant(unixMilliseconds: 1_795_000_000_000)))
  }
}
