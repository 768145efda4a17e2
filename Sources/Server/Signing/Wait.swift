import BitimSystem

/// A connection that is written to and read from until a deadline.
struct Wait: ~Copyable {
  private let connection: Descriptor
  private let deadline: ContinuousClock.Instant
  private var poller: Poller
  /// Whether the deadline has passed.
  private(set) var isOver = false

  init(
    for connection: consuming Descriptor, until deadline: ContinuousClock.Instant
  ) throws(SocketFailure) {
    self.poller = try Poller()
    self.poller.watch(connection.number, key: 0, reads: true, writes: false, isNew: true)
    self.connection = connection
    self.deadline = deadline
  }

  /// Gives the connection to another owner, who must close it.
  consuming func relinquished() -> Int32 { self.connection.relinquished() }

  /// Sends all of `octets`; false when the connection ended or the deadline came first.
  mutating func send(_ octets: [UInt8]) throws(SocketFailure) -> Bool {
    var sent = 0
    while sent < octets.count {
      switch self.connection.write(octets, from: sent) {
      case .moved(let count): sent += count
      case .wouldBlock: guard self.waited(writes: true) else { return false }
      case .ended: return false
      }
    }
    return true
  }

  /// The next `count` octets; nil when the connection ended or the deadline came first.
  mutating func receive(_ count: Int) throws(SocketFailure) -> [UInt8]? {
    var received: [UInt8] = []
    while received.count < count {
      var buffer = [UInt8](repeating: 0, count: count - received.count)
      switch self.connection.read(into: &buffer) {
      case .moved(let moved): received += buffer.prefix(moved)
      case .wouldBlock: guard self.waited(writes: false) else { return nil }
      case .ended: return nil
      }
    }
    return received
  }

  /// Waits until something happens; false once the deadline has passed.
  private mutating func waited(writes: Bool) -> Bool {
    self.poller.watch(
      self.connection.number, key: 0, reads: !writes, writes: writes, isNew: false)
    let left = (self.deadline - .now).components
    let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
    if left.seconds < 0 || left.attoseconds < 0 {
      self.isOver = true
      return false
    }
    _ = self.poller.wait(timeoutMs: Int32(clamping: milliseconds + 1))
    return true
  }
}
