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
  var hasEnded = false
  /// Raised when nobody waits for a change any more, by stream.
  var abandoned: [UInt32: AbandonFlag] = [:]

  /// Above so many unsent octets no more requests are read.
  static let outputMax = 8 << 20

  init(key: UInt64, descriptor: consuming Descriptor) {
    self.key = key
    self.descriptor = descriptor
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
