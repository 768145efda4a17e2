import BitimProtocol

/// One connection of the server's side, as a value: it takes frames' headers and says what to do.
///
/// It holds no socket, clock or task; identifiers only. What it decides is `schema/PROTOCOL.md`,
/// "Calls": rules towards stock peers, who repeat ids, flag oddly and send what nobody asked for.
struct ConnectionMachine {
  /// How many calls of one connection may run at once.
  static let callsMax = 1_024
  /// A frame announced longer than this closes the connection: nobody honest sends it.
  static let skippedMax: UInt32 = 16 << 20

  /// What to do with a frame.
  enum FrameAction: Equatable {
    /// Take its data, then ask ``requestArrived(on:)``.
    case request
    /// Take its data and drop it.
    case ignore
    /// Take its data, drop it and end the stream with this status.
    case refuse(Status)
    /// Close the connection.
    case close
  }

  /// What to do with a request.
  enum RequestAction: Equatable {
    case start
    case refuse(Status)
    case close
  }

  private enum Phase { case open, draining }

  private var phase = Phase.open
  /// Streams that run and have not been answered.
  private(set) var running: Set<UInt32> = []
  private var highest: UInt32 = 0
  /// Which of the 1,024 odd ids up to ``highest`` were used: bit 0 is ``highest`` itself.
  private var used = [UInt64](repeating: 0, count: 16)

  /// A header arrived.
  func headerArrived(_ header: FrameHeader) -> FrameAction {
    if header.length > FrameHeader.lengthMax {
      guard header.length <= Self.skippedMax else { return .close }
      guard header.kind == FrameHeader.Kind.request else { return .ignore }
      return .refuse(
        Status(
          .resourceExhausted,
          "message length \(header.length) exceed maximum message size of "
            + "\(FrameHeader.lengthMax)"))
    }
    switch header.kind {
    case FrameHeader.Kind.request:
      guard header.stream % 2 == 1 else {
        return .refuse(
          Status(.invalidArgument, "StreamID must be odd for client initiated streams"))
      }
      return .request
    case FrameHeader.Kind.data:
      if self.running.contains(header.stream) {
        return .refuse(Status(.invalidArgument, "the call takes no stream of messages"))
      }
      // Data for a stream that has ended is a natural race; for one never opened, a mistake.
      return self.wasUsed(header.stream)
        ? .ignore : .refuse(Status(.invalidArgument, "StreamID is no longer active"))
    default: return .ignore
    }
  }

  /// A whole request arrived on an odd stream.
  mutating func requestArrived(on stream: UInt32) -> RequestAction {
    // Anything answered on an id in use could end the call that runs: the peer is broken.
    if self.running.contains(stream) { return .close }
    guard !self.wasUsed(stream) else {
      return .refuse(
        Status(.invalidArgument, "StreamID cannot be re-used and must increment"))
    }
    self.use(stream)
    if self.phase == .draining {
      return .refuse(Status(.unavailable, reason: "DRAINING", "the server is stopping"))
    }
    guard self.running.count < Self.callsMax else {
      return .refuse(Status(.resourceExhausted, reason: "BUSY", "too many calls at once"))
    }
    self.running.insert(stream)
    return .start
  }

  /// An answer is to be sent; false if the stream has ended already.
  mutating func answered(_ stream: UInt32) -> Bool { self.running.remove(stream) != nil }

  /// No more calls are taken; those that run are finished.
  mutating func drain() { self.phase = .draining }

  /// Whether a drained connection has nothing left to do.
  var isDone: Bool { self.phase == .draining && self.running.isEmpty }

  private func wasUsed(_ stream: UInt32) -> Bool {
    guard stream <= self.highest else { return false }
    let distance = Int((self.highest - stream) / 2)
    // Below the window nothing is remembered; honest peers don't go back that far.
    guard distance < 1_024 else { return true }
    return self.used[distance / 64] & 1 << UInt64(distance % 64) != 0
  }

  private mutating func use(_ stream: UInt32) {
    if stream > self.highest {
      let step = Int((stream - self.highest) / 2) + (self.highest == 0 ? 1 : 0)
      self.shift(by: step)
      self.highest = stream
      self.used[0] |= 1
    } else {
      let distance = Int((self.highest - stream) / 2)
      self.used[distance / 64] |= 1 << UInt64(distance % 64)
    }
  }

  private mutating func shift(by step: Int) {
    guard step < 1_024 else {
      self.used = [UInt64](repeating: 0, count: 16)
      return
    }
    let words = step / 64
    let bits = UInt64(step % 64)
    for index in stride(from: 15, through: 0, by: -1) {
      let low = index - words
      var word: UInt64 = 0
      if low >= 0 { word = self.used[low] << bits }
      if bits > 0, low >= 1 { word |= self.used[low - 1] >> (64 - bits) }
      self.used[index] = word
    }
  }
}
