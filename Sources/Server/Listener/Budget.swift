import BitimProtocol
import Synchronization

/// How much memory all that waits for peers may take, in and out, on all connections together.
///
/// One atomic word, which the loops add to when what a connection holds has changed: an idle
/// connection, and one whose calls are answered at once, never touches it.
final class Budget: Sendable {
  /// Above it room is made at once.
  private let most: Int
  /// Above it memory is short, and strangers wait.
  private let mark: Int
  /// Down to it room is made.
  private let relief: Int
  private let held = Atomic<Int>(0)
  private let mailboxes: [Mailbox]

  /// - Parameters:
  ///   - most: How many octets.
  ///   - mailboxes: Of the loops that share the budget: all are told when memory runs short.
  init(_ most: Int, _ mailboxes: [Mailbox]) {
    // What is held costs more than its octets, and what is given back is not at once of use to another
    // thread: a quarter is kept for that.
    self.most = most / 8 * 6
    self.mark = most / 8 * 5
    self.relief = most / 8 * 4
    self.mailboxes = mailboxes
  }

  /// So many octets more are held, or fewer.
  func add(_ octets: Int) {
    let (before, after) = self.held.add(octets, ordering: .relaxed)
    // Whoever holds most may be on a loop that sleeps.
    if before <= self.mark, after > self.mark { for box in self.mailboxes { box.post(.short) } }
  }

  /// What is held, and what lies in the loops' mailboxes for connections to hold.
  private var total: Int {
    self.mailboxes.reduce(self.held.load(ordering: .relaxed)) { $0 + $1.octets }
  }

  /// Little is left.
  var isShort: Bool { self.total > self.mark }
  /// Nothing is left.
  var isOver: Bool { self.total > self.most }

  /// Whether a loop that holds so many octets has to make room: there is not enough yet, and no
  /// other loop holds more.
  func wantsRoom(ofLoopWith octets: Int) -> Bool {
    let held = self.held.load(ordering: .relaxed)
    return self.total > self.relief && octets * self.mailboxes.count >= held
  }
}

/// What a loop does when memory is short.
extension EventLoop {
  /// How long strangers wait, in nanoseconds, before whoever keeps them waiting goes.
  private static var patience: Int64 { 1_000_000_000 }

  /// Tells the budget what a connection holds now.
  mutating func account(_ connection: Connection) {
    let held = connection.held
    let before = connection.accounted
    guard held != before else { return }
    connection.accounted = held
    if before == 0 { connection.heldSince = self.now }
    self.held += held - before
    self.budget.add(held - before)
  }

  /// Whether a connection is not read from because memory is short: what a stranger sends waits
  /// where it is, unless nothing of it is kept here.
  mutating func starves(_ connection: Connection) -> Bool {
    guard self.budget.isShort, !connection.machine.isKnown, connection.accounted > 0 else {
      return false
    }
    if !connection.isStarved {
      connection.isStarved = true
      self.starved.append(connection.key)
    }
    return true
  }

  /// Makes room when nothing is left, or little for a second; then lets strangers go on.
  mutating func mindMemory() {
    if self.budget.isShort {
      let since = self.shortSince ?? self.now
      self.shortSince = since
      if self.budget.isOver || self.now - since >= Self.patience { self.makeRoom() }
    }
    guard !self.budget.isShort else { return }
    self.shortSince = nil
    let starved = self.starved
    self.starved = []
    for key in starved {
      guard let connection = self.connection(key) else { continue }
      connection.isStarved = false
      self.settle(connection)
    }
  }

  /// Closes whoever has held most for longest, and then the next, until there is room.
  private mutating func makeRoom() {
    guard self.budget.wantsRoom(ofLoopWith: self.held) else { return }
    let weighed = self.connections.compactMap { connection -> (Connection, Double)? in
      guard let connection, connection.accounted > 0 else { return nil }
      let milliseconds = Double(self.now - connection.heldSince) / 1_000_000 + 1
      return (connection, Double(connection.accounted) * milliseconds)
    }
    for (connection, _) in weighed.sorted(by: { $0.1 > $1.1 }) {
      guard self.budget.wantsRoom(ofLoopWith: self.held) else { return }
      self.close(connection)
    }
  }
}

extension Status {
  /// A stranger's call would have to be kept, and memory is short.
  static var memoryShort: Status {
    Status(.resourceExhausted, reason: "BUSY", "the server is busy; come again", afterMs: 500)
  }
}
