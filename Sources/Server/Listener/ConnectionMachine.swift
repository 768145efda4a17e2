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
  /// Which of the last 1,024 odd ids up to ``highest`` were used: a ring, a bit an id.
  private var used = InlineArray<16, UInt64>(repeating: 0)

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
    if !self.running.isEmpty, self.running.contains(stream) { return .close }
    guard self.use(stream) else {
      return .refuse(
        Status(.invalidArgument, "StreamID cannot be re-used and must increment"))
    }
    if self.phase == .draining {
      return .refuse(Status(.unavailable, reason: "DRAINING", "the server is stopping"))
    }
    guard self.running.count < Self.callsMax else {
      return .refuse(Status(.resourceExhausted, reason: "BUSY", "too many calls at once"))
    }
    return .start
  }

  /// A call is not answered at once: it runs until ``answered(_:)``.
  mutating func began(_ stream: UInt32) { self.running.insert(stream) }

  /// An answer is to be sent; false if the stream has ended already.
  mutating func answered(_ stream: UInt32) -> Bool { self.running.remove(stream) != nil }

  /// No more calls are taken; those that run are finished.
  mutating func drain() { self.phase = .draining }

  /// Whether a drained connection has nothing left to do.
  var isDone: Bool { self.phase == .draining && self.running.isEmpty }

  private func wasUsed(_ stream: UInt32) -> Bool {
    guard stream <= self.highest else { return false }
    // Below the window nothing is remembered; honest peers don't go back that far.
    guard (self.highest - stream) / 2 < Self.window else { return true }
    return self.used[Self.word(stream)] & Self.bit(stream) != 0
  }

  /// Marks an id as used; false if it was.
  private mutating func use(_ stream: UInt32) -> Bool {
    if stream > self.highest {
      // The ring forgets what falls out of its window as the window moves on.
      var next = self.highest == 0 ? 1 : self.highest + 2
      if (stream - next) / 2 >= Self.window { next = stream - 2 * (Self.window - 1) }
      while next < stream {
        self.used[Self.word(next)] &= ~Self.bit(next)
        next += 2
      }
      self.highest = stream
    } else if self.wasUsed(stream) {
      return false
    }
    self.used[Self.word(stream)] |= Self.bit(stream)
    return true
  }

  /// How many odd ids are remembered.
  private static let window: UInt32 = 1_024

  private static func word(_ stream: UInt32) -> Int { Int(stream / 128 % 16) }
  private static func bit(_ stream: UInt32) -> UInt64 { 1 << UInt64(stream / 2 % 64) }
}
