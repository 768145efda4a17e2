import BitimClient
import BitimCrypto
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import BitimTrust
import Testing

@Suite("Keys that sign for the School, by two persons (R-920, R-921)")
struct KeyTests {
  /// Public keys of RFC 8032, section 7.1, tests 1 to 3.
  private static let octets = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
  ]

  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let service: KeyServiceClient
    let log: String

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.service = KeyServiceClient(self.school.administrator)
      var request = BitimV1.GetJournalRequest()
      (request.entries, request.afterSequence) = (1, 0)
      let first = try await AccessServiceClient(self.school.administrator).getJournal(request)
      self.log = Checkpoint.origin(firstEntry: Array(try #require(first.entries.first).utf8))
    }

    /// The key `index` of RFC 8032 as C2SP writes it.
    func key(_ index: Int, named name: String? = nil) throws -> String {
      let octets = try #require(Hex.octets(KeyTests.octets[index]))
      let key = try #require(Ed25519PublicKey(octets))
      return try #require(NoteKey(name: name ?? self.log, publicKey: key)).description
    }

    func certify(
      _ key: String, _ use: BitimV1.KeyUse = .log, from day: String = "", kept: String = ""
    ) async throws -> BitimV1.KeyResponse {
      var request = BitimV1.CertifyKeyRequest()
      (request.key, request.use, request.validFrom, request.kept) = (key, use, day, kept)
      return try await self.service.certifyKey(request)
    }

    func retire(
      _ key: String, _ ground: BitimV1.RetirementGround, _ lastDay: String = "", size: Int64? = nil
    ) async throws -> BitimV1.KeyResponse {
      var request = BitimV1.RetireKeyRequest()
      (request.key, request.ground, request.lastDay) = (key, ground, lastDay)
      request.believedSize = size
      return try await self.service.retireKey(request)
    }

    /// Approves as certifier; what he was shown.
    @discardableResult
    func approve(_ act: Int64) async throws -> BitimV1.Proposal {
      let service = ProposalServiceClient(self.cohort.certifier)
      let waiting = try await service.listProposals(.init()).proposals
      let proposal = try #require(waiting.first { $0.act == act })
      #expect(proposal.obstacle == "")
      var approval = BitimV1.ApproveRequest()
      (approval.act, approval.shownDigest) = (act, proposal.shownDigest)
      return try #require(try await service.approve(approval).proposal)
    }

    /// All keys, to a partner.
    func keys(of client: BitimClient? = nil) async throws -> [BitimV1.SigningKey] {
      try await KeyServiceClient(client ?? self.cohort.trainer).listKeys(.init()).keys
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("a key is proposed by an administrator, approved by a certifier, and then stands")
  func certified() async throws {
    let scene = try await Scene()
    let key = try scene.key(0)
    let response = try await scene.certify(key, from: "2026-11-01", kept: "сейф № 2")
    var shown = BitimV1.KeyShown()
    (shown.use, shown.key, shown.validFrom, shown.kept) = (.log, key, "2026-11-01", "сейф № 2")
    #expect(response.shown == shown)
    #expect(try await scene.keys() == [])
    let proposal = try await scene.approve(response.proposal)
    #expect(proposal.kind == .certifyKey)
    #expect(proposal.shown == .key(shown))
    var stands = BitimV1.SigningKey()
    (stands.use, stands.key, stands.validFrom) = (.log, key, "2026-11-01")
    #expect(try await scene.keys() == [stands])
    #expect(try await scene.keys(of: scene.cohort.certifier) == [stands])
    // Who certified it, and where it is kept, is the administrator's and the auditor's to read.
    let auditor = try await scene.school.client(
      scene.school.person("Auditor", "Aigul"), [.auditor])
    for client in [scene.school.administrator, auditor] {
      let read = try #require(try await scene.keys(of: client).first)
      #expect(read.kept == "сейф № 2")
      #expect(read.certified?.act == response.proposal + 1)
      #expect(read.certified?.proposedBy?.names == proposal.proposer?.names)
      #expect(read.certified?.approvedBy?.id == scene.cohort.certifierID)
      #expect(read.retired == nil)
    }
    await #expect(throws: CallFailure.self) { try await scene.keys(of: scene.school.stranger) }
    try scene.end()
  }

  @Test(
    "what is no key, a weak one, another's name, and one that was certified are refused by name")
  func refused() async throws {
    let scene = try await Scene()
    let key = try scene.key(0)
    await expectRefused(["VALUE_MISSING"], .invalidArgument) { _ = try await scene.certify("") }
    for text in ["x", String(key.dropLast()), key + "=", key.replacing("+", with: "-"), " " + key] {
      await expectRefused(["KEY_UNREADABLE"], .invalidArgument) {
        _ = try await scene.certify(text)
      }
    }
    // The neutral element, a point of order four, y above p, and no point of the curve.
    for octets in [
      [1] + [UInt8](repeating: 0, count: 31), [UInt8](repeating: 0, count: 32),
      [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0x7F], [2] + [UInt8](repeating: 0, count: 31),
    ] as [[UInt8]] {
      let id = SHA256.digest(Array(scene.log.utf8) + [0x0A, 1] + octets).prefix(4)
      let text = "\(scene.log)+\(Hex.text(Array(id)))+\(Base64.text([1] + octets))"
      await expectRefused(["KEY_WEAK"], .invalidArgument) { _ = try await scene.certify(text) }
    }
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await scene.certify(key, .unspecified)
    }
    await expectRefused(["KEY_OTHER_NAME"], .failedPrecondition) {
      _ = try await scene.certify(key, .certificates)
    }
    await expectRefused(["KEY_UNKNOWN"], .notFound) { _ = try await scene.retire(key, .lost) }
    try await scene.approve(scene.certify(key).proposal)
    await expectRefused(["KEY_CERTIFIED"], .alreadyExists) { _ = try await scene.certify(key) }
    // The same octets under another name are the same key; to retire one it is named as it was certified.
    let other = try scene.key(0, named: "mediators.kz")
    await expectRefused(["KEY_CERTIFIED"], .alreadyExists) {
      _ = try await scene.certify(other, .certificates)
    }
    await expectRefused(["KEY_UNKNOWN"], .notFound) { _ = try await scene.retire(other, .lost) }
    await expectRefused(["LAST_LOG_KEY"], .failedPrecondition) {
      _ = try await scene.retire(key, .rotated)
    }
    try scene.end()
  }

  @Test("a key is rotated, and what was rotated turns out to be stolen")
  func retired() async throws {
    let scene = try await Scene()
    let (old, next) = (try scene.key(0), try scene.key(1))
    try await scene.approve(scene.certify(old, from: "2026-11-01").proposal)
    let proposed = try await scene.certify(next, from: "2026-12-01")
    #expect(proposed.shown?.standing == [old])
    try await scene.approve(proposed.proposal)
    let rotation = try await scene.retire(old, .rotated, "2026-11-30")
    var shown = BitimV1.KeyShown()
    (shown.use, shown.key, shown.validFrom, shown.lastDay) =
      (.log, old, "2026-11-01", "2026-11-30")
    (shown.ground, shown.standing) = (.rotated, [old, next])
    #expect(rotation.shown == shown)
    let approved = try await scene.approve(rotation.proposal)
    #expect(approved.kind == .retireKey)
    var expected = BitimV1.SigningKey()
    (expected.use, expected.key, expected.validFrom) = (.log, old, "2026-11-01")
    (expected.lastDay, expected.ground) = ("2026-11-30", .rotated)
    #expect(try await scene.keys().first == expected)
    await expectRefused(["KEY_RETIRED"], .failedPrecondition) {
      _ = try await scene.retire(old, .lost)
    }
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await scene.retire(old, .stolen, size: 1_000_000)
    }
    let theft = try await scene.retire(old, .stolen, "2026-11-20", size: 7)
    #expect(theft.shown?.believedSize == 7)
    #expect(theft.shown?.standing == [next])
    try await scene.approve(theft.proposal)
    (expected.lastDay, expected.ground, expected.believedSize) = ("2026-11-20", .stolen, 7)
    #expect(try await scene.keys().map(\.key) == [old, next])
    #expect(try await scene.keys().first == expected)
    let read = try await scene.keys(of: scene.school.administrator)
    #expect(read.map(\.certified?.act) == [proposed.proposal - 1, proposed.proposal + 1])
    #expect(read.map(\.retired?.act) == [theft.proposal + 1, nil])
    await expectRefused(["KEY_RETIRED"], .failedPrecondition) {
      _ = try await scene.retire(old, .stolen, size: 7)
    }
    try scene.end()
  }

  @Test("two proposals of one key: what the first brought, the second can't bring again")
  func twice() async throws {
    let scene = try await Scene()
    let key = try scene.key(2)
    let first = try await scene.certify(key).proposal
    await expectRefused(["ALREADY_PROPOSED"], .alreadyExists) { _ = try await scene.certify(key) }
    let second = try await scene.certify(key, kept: "сейф").proposal
    try await scene.approve(first)
    let service = ProposalServiceClient(scene.cohort.certifier)
    let waiting = try await service.listProposals(.init()).proposals
    #expect(waiting.map(\.act) == [second])
    #expect(waiting.map(\.obstacle) == ["KEY_CERTIFIED"])
    // The administrator sees it too, and may not approve.
    let own = try await ProposalServiceClient(scene.school.administrator).listProposals(.init())
    #expect(own.proposals.map(\.obstacle) == ["APPROVES_OWN_PROPOSAL"])
    try scene.end()
  }
}
