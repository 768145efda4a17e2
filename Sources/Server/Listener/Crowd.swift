import Synchronization

/// How many connections there are on all loops, and how many there may be: each takes a descriptor.
final class Crowd: Sendable {
  private let most: Int
  private let count = Atomic<Int>(0)

  init(most: Int) { self.most = most }

  /// Counts a connection; true when somebody must go for it.
  func enter() -> Bool { self.count.add(1, ordering: .relaxed).newValue > self.most }

  /// A connection has ended.
  func leave() { self.count.subtract(1, ordering: .relaxed) }
}

/// Who goes when there are too many connections.
extension EventLoop {
  /// Closes the stranger who has been silent for longest; the newcomer is one too.
  ///
  /// All are looked at once for many who go: the next of those who were silent for longest then, and
  /// have said nothing since, is still the one.
  mutating func letOneGo() {
    while let (key, heardAt) = self.silent.popLast() {
      guard let connection = self.connection(key), self.mayGo(connection),
        connection.heardAt == heardAt
      else { continue }
      return self.close(connection)
    }
    let strangers = self.connections.compactMap(\.self).filter { self.mayGo($0) }
    let longest = strangers.sorted { $0.heardAt < $1.heardAt }.prefix(1 + strangers.count / 32)
    self.silent = longest.reversed().map { ($0.key, $0.heardAt) }
    if !self.silent.isEmpty { self.letOneGo() }
  }

  private func mayGo(_ connection: Connection) -> Bool {
    !connection.machine.isKnown || !self.switchboard.identifiesCallers
  }
}
