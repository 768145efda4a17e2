package import BitimProtocol
package import BitimSystem

/// A peer that sends any octets and reads frames: what stock and hostile clients do.
package final class RawPeer {
  private let socket: Descriptor
  private var poller: Poller
  private var input: [UInt8] = []

  /// Connects to `address`.
  package init(to address: Address) throws {
    let poller = try Poller()
    let socket = try Endpoint.connect(to: address)
    poller.watch(socket.number, key: 1, reads: true, writes: false, isNew: true)
    self.poller = poller
    self.socket = socket
  }

  /// Sends octets as they are.
  package func send(_ octets: [UInt8]) {
    var sent = 0
    while sent < octets.count {
      switch self.socket.write(octets, from: sent) {
      case .moved(let count): sent += count
      case .ended: return
      case .wouldBlock:
        self.poller.watch(self.socket.number, key: 1, reads: false, writes: true, isNew: false)
        let isReady = self.poller.wait(timeoutMs: 10_000) > 0
        self.poller.watch(self.socket.number, key: 1, reads: true, writes: false, isNew: false)
        // A peer that takes nothing for so long takes nothing: the test sees that no answer comes.
        guard isReady else { return }
      }
    }
  }

  /// Sends nothing more.
  package func endSending() { self.socket.endSending() }

  /// A frame with its data.
  package struct Frame: Equatable {
    package let header: FrameHeader
    package let data: [UInt8]
  }

  /// Whether the last look for a frame ended because nothing came, and not because the connection
  /// ended.
  package private(set) var hasTimedOut = false

  /// The next frame; nil when the connection ends, or after ten seconds of nothing.
  package func frame() -> Frame? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let header = FrameHeader(peeking: self.input.span) {
        let end = FrameHeader.octetCount + Int(header.length)
        if self.input.count >= end {
          let data = Array(self.input[FrameHeader.octetCount..<end])
          self.input.removeFirst(end)
          return Frame(header: header, data: data)
        }
      }
      if self.poller.wait(timeoutMs: 10_000) == 0 {
        self.hasTimedOut = true
        return nil
      }
      switch self.socket.read(into: &buffer) {
      case .moved(let count): self.input += buffer[..<count]
      case .wouldBlock: break
      case .ended: return nil
      }
    }
  }

  /// The status of the next response; nil when it is a success or there is none.
  package func status() -> Status? {
    guard let frame = self.frame() else { return nil }
    return Status((try? Ttrpc.Response(decoding: frame.data))?.status)
  }
}

/// A request frame to send raw.
package func requestFrame(
  _ stream: UInt32, _ service: String, _ method: String, payload: [UInt8] = [],
  timeoutNano: Int64 = 0, flags: UInt8 = 0, token: String? = nil
) -> [UInt8] {
  var request = Ttrpc.Request()
  request.service = service
  request.method = method
  request.payload = payload
  request.timeoutNano = timeoutNano
  if let token {
    var pair = Ttrpc.KeyValue()
    pair.key = "authorization"
    pair.value = "Bearer \(token)"
    request.metadata = [pair]
  }
  let data = request.encoded
  let header = FrameHeader(length: UInt32(data.count), stream: stream, kind: 1, flags: flags)
  return header.octets + data
}

/// The octets that `hex` spells, two digits each.
package func octets(hex: String) -> [UInt8] {
  let digits = Array(hex.utf8)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
  }
}
