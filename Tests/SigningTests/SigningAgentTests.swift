import BitimCrypto
import BitimSigning
import BitimSystem
import Foundation
import Glibc
import Testing

@Suite("The agent that signs")
struct SigningAgentTests {
  // RFC 8032, section 7.1, TEST 2: of the message 0x72; and the key of TEST 1.
  private static let key = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
  private static let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
  private static let signature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
  /// "ssh-ed25519" behind its length.
  private static let algorithm = "0000000b7373682d65643235353139"
  private static let keyBlob = "00000033" + algorithm + "00000020" + key
  private static let otherBlob = "00000033" + algorithm + "00000020" + other
  /// A key of another kind: its octets are nobody's business.
  private static let foreignBlob = "0000000b" + "000000077373682d727361"
  private static let answer = "0e00000053" + algorithm + "00000040" + signature

  private static func octets(_ hex: String) throws -> [UInt8] { try #require(Hex.octets(hex)) }

  private static func message(_ hex: String) throws -> FakeAgent.Answer {
    .message(try Self.octets(hex))
  }

  private static func agent(_ fake: FakeAgent, patienceMs: Int = 10_000) -> SigningAgent {
    SigningAgent(at: fake.address, patienceMs: patienceMs)
  }

  private static func signed(
    _ fake: FakeAgent, patienceMs: Int = 10_000
  ) throws -> [UInt8] {
    let key = try #require(Ed25519PublicKey(try Self.octets(Self.key)))
    return try Self.agent(fake, patienceMs: patienceMs).signature(of: [0x72], by: key)
  }

  @Test("lists its keys of Ed25519, in its order, and passes over all others")
  func keys() throws {
    let fake = try FakeAgent(
      try Self.message(
        "0c00000003" + Self.foreignBlob + "00000000" + Self.otherBlob + "00000001" + "61"
          + Self.keyBlob + "00000004" + "d29b6f67"))
    let keys = try Self.agent(fake).keys()
    #expect(keys.map { Hex.text($0.publicKey.octets) } == [Self.other, Self.key])
    #expect(keys.map(\.comment) == ["a", "қog"])
    #expect(fake.questions() == [[11]])
  }

  private static func publicKey(_ hex: String) throws -> Ed25519PublicKey {
    try #require(Ed25519PublicKey(try Self.octets(hex)))
  }

  @Test("is asked in the protocol's octets, and gives the signature")
  func signs() throws {
    let fake = try FakeAgent(try Self.message(Self.answer))
    #expect(Hex.text(try Self.signed(fake)) == Self.signature)
    // SSH_AGENTC_SIGN_REQUEST: key, data of one octet, no flags.
    #expect(
      fake.questions().map { Hex.text($0) } == [
        "0d" + Self.keyBlob + "00000001" + "72" + "00000000"
      ])
  }

  @Test("whose signature does not hold is thrown away", arguments: [21, 60, 85])
  func wrong(at octet: Int) throws {
    var answer = try Self.octets(Self.answer)
    answer[octet] ^= 1
    let fake = try FakeAgent(.message(answer))
    #expect(throws: octet < 24 ? AgentFailure.malformed : .wrongSignature) {
      try Self.signed(fake)
    }
  }

  struct Odd: CustomTestStringConvertible {
    let name, answer: String
    var testDescription: String { self.name }
  }

  @Test(
    "that speaks another language is told apart from one that says no",
    arguments: [
      Odd(name: "another kind", answer: "06"),
      Odd(name: "a failure with something behind it", answer: "0500"),
      Odd(
        name: "a signature of another algorithm", answer: "0e0000000b" + "000000077373682d727361"),
      Odd(name: "something behind the signature", answer: Self.answer + "00"),
      Odd(name: "a string longer than the message", answer: "0e00000054" + Self.algorithm),
      Odd(name: "a signature of 63 octets", answer: Self.cutAnswer),
    ])
  func malformed(_ odd: Odd) throws {
    let fake = try FakeAgent(try Self.message(odd.answer))
    #expect(throws: AgentFailure.malformed) { try Self.signed(fake) }
  }

  private static let cutAnswer =
    "0e00000052" + algorithm + "0000003f" + String(signature.dropLast(2))

  @Test("that announces nothing, or more than an agent gives, is not waited for")
  func lengths() throws {
    for head in ["00000000", "00040001", "ffffffff"] {
      let fake = try FakeAgent(.octets(try Self.octets(head)))
      #expect(throws: AgentFailure.malformed) { try Self.signed(fake) }
    }
  }

  @Test("that lists something else than keys speaks another language")
  func malformedLists() throws {
    for answer in ["05", "0c", "0c00000001", "0c0000000000", "0c00000001" + Self.keyBlob] {
      let fake = try FakeAgent(try Self.message(answer))
      #expect(throws: AgentFailure.malformed, "\(answer)") { try Self.agent(fake).keys() }
    }
  }

  @Test("that is locked, or empty, says no and lists nothing")
  func locked() throws {
    let fake = try FakeAgent(try Self.message("05"), try Self.message("0c00000000"))
    #expect(throws: AgentFailure.holdsNoKey) { try Self.signed(fake) }
    #expect(fake.questions().map(\.first) == [13, 11])
  }

  @Test("without the key names what it has")
  func lacksKey() throws {
    let fake = try FakeAgent(
      try Self.message("05"), try Self.message("0c00000001" + Self.otherBlob + "0000000161"))
    #expect(throws: AgentFailure.lacksKey(comment: "“a”")) { try Self.signed(fake) }
  }

  @Test("that has the key and says no has refused")
  func refused() throws {
    let fake = try FakeAgent(
      try Self.message("05"), try Self.message("0c00000001" + Self.keyBlob + "0000000161"))
    #expect(throws: AgentFailure.refused) { try Self.signed(fake) }
  }

  @Test(
    "that ends before its answer is whole is not taken for one that is slow",
    arguments: [0, 3, 4, 50, 86])
  func ends(after count: Int) throws {
    let whole = try Self.octets("00000058" + Self.answer)
    let fake = try FakeAgent(.octets(Array(whole.prefix(count))))
    #expect(throws: AgentFailure.ended) { try Self.signed(fake) }
  }

  @Test("that does not answer is waited for as long as was said")
  func slow() throws {
    let fake = try FakeAgent(.silence)
    #expect(throws: AgentFailure.slow(afterMs: 40)) { try Self.signed(fake, patienceMs: 40) }
    #expect(fake.questions().count == 1)
  }

  @Test("that takes no connection is waited for as long as was said")
  func stopped() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let address = Address.unix(path: "\(folder)/bitim-agent-\(UUID().uuidString.prefix(8))")
    let listener = try Endpoint.listen(at: address)
    // Of none that wait the kernel takes one more.
    #expect(Glibc.listen(listener.number, 0) == 0)
    let first = try Endpoint.connect(to: address, withinMs: 10_000)
    #expect(throws: AgentFailure.slow(afterMs: 40)) {
      try SigningAgent(at: address, patienceMs: 40).keys()
    }
    _ = consume first
  }

  @Test("that is not there is named with its place")
  func absent() throws {
    let agent = SigningAgent(at: .unix(path: "/nowhere/agent"), patienceMs: 40)
    let failure = #expect(throws: AgentFailure.self) { try agent.keys() }
    #expect(
      failure?.description
        == "the agent can't be reached: connect to unix:///nowhere/agent: No such file or directory"
    )
  }

  @Test("is not asked to sign more than an agent takes")
  func tooLong() throws {
    let key = try Self.publicKey(Self.key)
    let agent = SigningAgent(at: .unix(path: "/nowhere/agent"), patienceMs: 40)
    // 64 octets stand around the message: kind, key behind its length, two numbers.
    let most = 256 * 1_024 - 64
    #expect(throws: AgentFailure.tooLong(octets: most + 1)) {
      try agent.signature(of: [UInt8](repeating: 0, count: most + 1), by: key)
    }
    let failure = #expect(throws: AgentFailure.self) {
      try agent.signature(of: [UInt8](repeating: 0, count: most), by: key)
    }
    #expect(failure != .tooLong(octets: most))
  }
}
