import BitimLab
import BitimListener
import BitimProtocol
import BitimSockets
import BitimTestSupport
import Foundation
import Testing

/// A server of `lab.v1.Lab` on a Unix socket of its own, by the real clock.
final class LabServer {
  let server: Server
  let address: Address
  private let folder: URL

  init(interceptors: [any Interceptor] = []) throws {
    self.folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lab-\(UUID().uuidString.prefix(12))")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    self.address = .unix(path: self.folder.appendingPathComponent("s").path)
    self.server = try Server(
      Server.Layout(addresses: [self.address], loops: 1, workers: 2), table: LabService.table,
      clock: Clock(
        monotonicNanoseconds: { Int64(DispatchTime.now().uptimeNanoseconds) },
        unixMilliseconds: { Int64(Date().timeIntervalSince1970 * 1_000) }), makeContext: { _ in },
      interceptors: interceptors)
  }

  deinit {
    self.server.stop(within: 5)
    // A temporary folder that stays harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }
}

@Suite("What was recorded between stock peers")
struct RecordedTests {
  @Test(
    "our server answers a Go client as Go's server did",
    arguments: ["schema/vectors/ttrpc/calls-go-1.2.4.txt"])
  func asServer(path: String) throws {
    var compared = 0
    for steps in try Recording.connections(path) {
      let lab = try LabServer()
      let peer = try RawPeer(to: lab.address)
      for step in steps {
        if step.isOfClient {
          peer.send(step.octets)
        } else {
          let frame = try #require(peer.frame())
          let said = try Meaning(frame.header, frame.data)
          #expect(try said == Meaning(step.header, step.data))
          compared += 1
        }
      }
    }
    #expect(compared == 23)
  }

  @Test("our server answers a Rust client as Go's server did, but never with a code nobody knows")
  func rust() throws {
    var compared = 0
    for steps in try Recording.connections("schema/vectors/ttrpc/calls-rust-client-0.5.2-to-go.txt")
    {
      let lab = try LabServer()
      let peer = try RawPeer(to: lab.address)
      for step in steps {
        if step.isOfClient {
          peer.send(step.octets)
          continue
        }
        let frame = try #require(peer.frame())
        let said = try Meaning(frame.header, frame.data)
        let recorded = try Meaning(step.header, step.data)
        if recorded.code == 77 {
          #expect(said.code == Status.Code.unknown.rawValue)
          #expect(said.message == recorded.message)
        } else {
          #expect(said == recorded)
        }
        compared += 1
      }
    }
    #expect(compared == 7)
  }

  @Test("our server says what the golden exchanges of PROTOCOL.md say, octet for octet")
  func golden() throws {
    var compared = 0
    for steps in try Recording.connections("schema/vectors/golden.txt") {
      let lab = try LabServer()
      let peer = try RawPeer(to: lab.address)
      for step in steps {
        if step.isOfClient {
          peer.send(step.octets)
        } else {
          let frame = try #require(peer.frame())
          #expect(frame.header.octets + frame.data == step.octets)
          compared += 1
        }
      }
    }
    #expect(compared == 17)
  }
}
