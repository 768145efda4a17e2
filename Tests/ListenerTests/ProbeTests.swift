import BitimListener
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Testing

@Suite("What our server says to odd and hostile frames")
struct ProbeTests {
  /// A probe: what is sent, our verdict, and why it departs from Go's where it does.
  struct Probe: CustomTestStringConvertible {
    let name: String
    let sent: [[UInt8]]
    let ends: Bool
    let answers: [String]
    let closes: Bool
    var testDescription: String { self.name }

    static let all: [Probe] = {
      let text = (try? Repository.text("schema/vectors/probes.tsv")) ?? ""
      return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        return Probe(
          name: columns[0],
          sent: columns[1].split(separator: "|").map { octets(hex: String($0)) },
          ends: columns[1].hasSuffix("|EOF"),
          answers: columns[2] == "-" ? [] : columns[2].split(separator: " ").map(String.init),
          closes: columns[3] == "closed")
      }
    }()
  }

  private func token(_ frame: RawPeer.Frame) -> String {
    let hex = { (octets: [UInt8]) in
      octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    guard frame.header.kind == FrameHeader.Kind.response else {
      return "\(frame.header.stream):data:\(frame.header.flags):\(hex(frame.data))"
    }
    let response = (try? Ttrpc.Response(decoding: frame.data)) ?? .init()
    return "\(frame.header.stream):response:\(response.status?.code ?? 0):\(hex(response.payload))"
  }

  @Test("all probes are there")
  func count() { #expect(Probe.all.count == 50) }

  @Test("each probe gets the verdict of schema/vectors/probes.tsv", arguments: Probe.all)
  func verdict(probe: Probe) throws {
    let lab = try LabServer()
    let peer = try RawPeer(to: lab.address)
    var said: [String] = []
    for octets in probe.sent { peer.send(octets) }
    if probe.ends { peer.endSending() }
    while said.count < probe.answers.count, let frame = peer.frame() {
      said.append(self.token(frame))
    }
    // Nothing more is on its way when the server has answered what is sent behind; 2^31+1 is used by
    // no probe. A server that has closed answers nothing.
    if !probe.ends { peer.send(requestFrame(0x8000_0001, "lab.v1.Lab", "Nothing")) }
    var last = probe.closes ? peer.frame() : nil
    while !probe.closes {
      last = peer.frame()
      guard let frame = last, frame.header.stream != 0x8000_0001 else { break }
      said.append(self.token(frame))
    }
    #expect(said.sorted() == probe.answers.sorted())
    #expect((last == nil) == probe.closes)
    #expect(!peer.hasTimedOut)
  }
}
