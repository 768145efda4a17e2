import BitimLab
import BitimListener
import BitimProtocol
import BitimSystem
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
  /// Plays the client of every connection of a recording; hands over each frame of our server's with
  /// the recorded one. Returns how many there were.
  private func replay(
    _ path: String, _ compare: (RawPeer.Frame, Recording.Step) throws -> Void
  ) throws -> Int {
    var compared = 0
    for steps in try Recording.connections(path) {
      let lab = try LabServer()
      let peer = try RawPeer(to: lab.address)
      for step in steps {
        if step.isOfClient {
          peer.send(step.octets)
        } else {
          try compare(try #require(peer.frame()), step)
          compared += 1
        }
      }
    }
    return compared
  }

  @Test("our server answers a Go client as Go's server did")
  func asServer() throws {
    let compared = try self.replay("schema/vectors/ttrpc/calls-go-1.2.4.txt") { frame, step in
      let said = try Meaning(frame.header, frame.data)
      #expect(try said == Meaning(step.header, step.data))
    }
    #expect(compared == 23)
  }

  @Test("our server answers a Rust client as Go's server did, but never with a code nobody knows")
  func rust() throws {
    let path = "schema/vectors/ttrpc/calls-rust-client-0.5.2-to-go.txt"
    let compared = try self.replay(path) { frame, step in
      let said = try Meaning(frame.header, frame.data)
      let recorded = try Meaning(step.header, step.data)
      if recorded.code == 77 {
        #expect(said.code == Status.Code.unknown.rawValue)
        #expect(said.message == recorded.message)
      } else {
        #expect(said == recorded)
      }
    }
    #expect(compared == 7)
  }

  @Test("our server says what the golden exchanges of PROTOCOL.md say, octet for octet")
  func golden() throws {
    let compared = try self.replay("schema/vectors/golden.txt") { frame, step in
      #expect(frame.header.octets + frame.data == step.octets)
    }
    #expect(compared == 17)
  }

  @Test("our server says what the worked exchanges of PROTOCOL.md say, octet for octet")
  func worked() throws {
    let connections = try WorkedExchanges.connections(of: "Worked exchanges")
    for steps in connections {
      let lab = try LabServer()
      let peer = try RawPeer(to: lab.address)
      for step in steps {
        if step.isOfClient {
          peer.send(step.octets)
        } else {
          let frame = try #require(peer.frame())
          #expect(frame.header.octets + frame.data == step.octets)
        }
      }
      guard steps.last?.isOfClient == true else { continue }
      // The client's GOAWAY is the last that is said.
      #expect(peer.frame() == nil)
      #expect(!peer.hasTimedOut)
    }
    #expect(connections.map(\.count) == [18, 11])
  }
}
