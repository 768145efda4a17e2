import BitimProtocol
import BitimSockets
import Synchronization

/// Says to another thread that nobody waits for an answer any more.
final class AbandonFlag: Sendable {
  private let value = Atomic<Bool>(false)

  var isRaised: Bool { self.value.load(ordering: .acquiring) }
  func raise() { self.value.store(true, ordering: .releasing) }
}

/// A connection of one loop: its socket, its machine, and what could not be dealt with at once.
final class Connection {
  let key: UInt64
  let descriptor: Descriptor
  var machine = ConnectionMachine()
  /// Octets of a frame that is not complete yet; empty most of the time.
  var pending: [UInt8] = []
  /// How many octets of an over-long frame are still to be dropped.
  var skipping = 0
  /// Octets that the socket has not taken yet, from ``sent`` on.
  var output: [UInt8] = []
  var sent = 0
  /// Whether the poller watches for room to write.
  var awaitsRoom = false
  /// Whether reading is suspended because the peer doesn't read.
  var isPaused = false
  /// Whether whole frames may stand in ``pending`` because too much was unsent to serve them.
  var hasBacklog = false
  var hasEnded = false
  /// Raised when nobody waits for a change any more, by stream.
  var abandoned: [UInt32: AbandonFlag] = [:]

  /// Above so many unsent octets no more requests are read.
  static let outputMax = 8 << 20

  /// How long a connection may take to send its first frame, in nanoseconds.
  private static let firstFrameMax: Int64 = 10_000_000_000
  /// How long a frame that has begun may take to be whole, and a peer to take an octet.
  private static let progressMax: Int64 = 30_000_000_000

  /// Whether a header has arrived.
  var hasSpoken = false
  /// Whether the loop watches the time for this connection.
  var isTimed = false
  private let openedAt: Int64
  private var frameBegunAt: Int64?
  private var stalledAt: Int64?
  private var unsentBefore = 0

  init(key: UInt64, descriptor: consuming Descriptor, openedAt: Int64) {
    self.key = key
    self.descriptor = descriptor
    self.openedAt = openedAt
  }

  /// When this connection is given up unless it does what it owes; nil if it owes nothing.
  ///
  /// It owes a first frame, the rest of a frame that has begun, and to take what waits for it.
  /// Source: `schema/PROTOCOL.md`, "Calls".
  func givenUpAt(now: () -> Int64) -> Int64? {
    var moment = Int64.max
    if !self.hasSpoken { moment = self.openedAt + Self.firstFrameMax }
    if self.pending.isEmpty && self.skipping == 0 {
      self.frameBegunAt = nil
    } else {
      let begun = self.frameBegunAt ?? now()
      self.frameBegunAt = begun
      if !self.isPaused { moment = min(moment, begun + Self.progressMax) }
    }
    if self.unsent == 0 {
      self.stalledAt = nil
    } else {
      let hasMoved = self.unsent < self.unsentBefore
      let stalled = hasMoved ? now() : self.stalledAt ?? now()
      self.stalledAt = stalled
      moment = min(moment, stalled + Self.progressMax)
    }
    self.unsentBefore = self.unsent
    return moment == .max ? nil : moment
  }

  var unsent: Int { self.output.count - self.sent }

  /// Sends what it can; false when the connection is broken.
  func flush() -> Bool {
    while self.unsent > 0 {
      switch self.descriptor.write(self.output, from: self.sent) {
      case .moved(let count): self.sent += count
      case .wouldBlock:
        // A peer that always leaves a rest must not make what it took pile up here.
        if self.sent >= 1 << 16 {
          self.output.removeFirst(self.sent)
          self.sent = 0
        }
        return true
      case .ended: return false
      }
    }
    self.output.removeAll(keepingCapacity: self.output.capacity <= 1 << 16)
    self.sent = 0
    return true
  }
}
