import BitimProtocol
import Testing

/// Whoever sends a message chooses its fields: none may cost more for those that came before it.
///
/// The limit is far from what a linear reader takes, and far below what a quadratic one would.
@Suite("Reading grows with what is read", .serialized)
struct GrowthTests {
  private static func repeated(_ piece: [UInt8], _ times: Int) -> [UInt8] {
    var octets: [UInt8] = []
    for _ in 0..<times { octets += piece }
    return octets
  }

  @Test("unknown fields are kept one after another", .timeLimit(.minutes(1)))
  func unknown() throws {
    // Field 1000, empty, three million times.
    let octets = Self.repeated([0xC2, 0x3E, 0], 3_000_000)
    #expect(try BitimRpcV1.DescribeRequest(decoding: octets).encoded == octets)
  }

  @Test("a message that comes in pieces is merged in its place", .timeLimit(.minutes(1)))
  func pieces() throws {
    var request = BitimV1.RegisterPersonRequest()
    request.person = .init()
    request.person?.identifiers = [.init()]
    let piece = request.encoded
    let merged = try BitimV1.RegisterPersonRequest(decoding: Self.repeated(piece, 200_000))
    #expect(merged.person?.identifiers.count == 200_000)
  }

  @Test("so is one of several that exclude each other", .timeLimit(.minutes(1)))
  func oneof() throws {
    var deed = BitimJournalV1.ResultsRecorded()
    deed.results = [.init()]
    var act = BitimJournalV1.Act()
    act.deed = .resultsRecorded(deed)
    let piece = act.encoded
    let merged = try BitimJournalV1.Act(decoding: Self.repeated(piece, 200_000))
    deed.results = Array(repeating: .init(), count: 200_000)
    #expect(merged.deed == .resultsRecorded(deed))
  }
}
