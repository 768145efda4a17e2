import BitimTestSupport
import Foundation
import FuzzBodies
import Testing

@Suite("The fuzzers' seeds")
struct SeedTests {
  static let bodies: [(name: String, body: @Sendable ([UInt8]) -> Void)] = [
    ("frames", { FuzzBodies.frames($0) }), ("envelopes", { FuzzBodies.envelopes($0) }),
    ("messages", { FuzzBodies.messages($0) }), ("machines", { FuzzBodies.machines($0) }),
  ]

  @Test("each seed, and each with every octet changed or cut off, is taken without a trap")
  func replay() throws {
    for (name, body) in Self.bodies {
      let folder = Repository.root.appendingPathComponent("Tests/Fuzzing/seeds/\(name)")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(files.count >= 8)
      for file in files {
        let octets = try Repository.octets("Tests/Fuzzing/seeds/\(name)/\(file)")
        body(octets)
        for place in octets.indices.prefix(300) {
          var changed = octets
          changed[place] ^= 0x81
          body(changed)
          body(Array(octets[..<place]))
        }
      }
    }
  }
}
