import BitimProtocol
import BitimTestSupport
import Testing

/// One line of `schema/vectors/protobuf/vectors.tsv`.
struct ProtobufVector: CustomTestStringConvertible {
  let name: String
  let input: [UInt8]
  /// Nil when the input must be refused.
  let output: [UInt8]?
  var testDescription: String { self.name }

  static let all: [ProtobufVector] = {
    guard let text = try? Repository.text("schema/vectors/protobuf/vectors.tsv") else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return ProtobufVector(
        name: parts[0], input: octets(hex: parts[1]),
        output: parts[2] == "ok" ? octets(hex: parts[3]) : nil)
    }
  }()
}

@Suite("The protobuf codec")
struct ProtobufVectorTests {
  @Test("has all 109 vectors to answer for")
  func count() { #expect(ProtobufVector.all.count == 109) }

  @Test("accepts, refuses and writes back as recorded", arguments: ProtobufVector.all)
  func verdict(_ vector: ProtobufVector) throws {
    if let output = vector.output {
      #expect(try Vectors.M(decoding: vector.input).encoded == output)
    } else {
      #expect(throws: WireFault.self) { try Vectors.M(decoding: vector.input) }
    }
  }

  @Test("never claims memory for a length that was only announced")
  func announcedLength() {
    #expect(throws: WireFault.lengthOutOfRange) {
      try Vectors.M(decoding: [0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x61])
    }
  }

  @Test("what can't be read is said in words: who sent it is told them")
  func words() {
    #expect("\(WireFault.notUTF8)" == "a string is not well-formed UTF-8")
    #expect("\(WireFault.nestedTooDeeply)" == "messages or groups are nested deeper than 100")
  }
}
