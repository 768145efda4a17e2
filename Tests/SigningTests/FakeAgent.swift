import BitimSystem
import Dispatch
import Foundation
import Synchronization

/// An agent that answers as it is told: each connection sends one message and gets the next answer.
final class FakeAgent: Sendable {
  enum Answer: Sendable {
    /// A whole message.
    case message([UInt8])
    /// Octets as they are, and then the end.
    case octets([UInt8])
    /// Nothing, while the agent lives.
    case silence
  }

  let address: Address
  private let asked = Asked()

  /// What the agent's thread and the test meet at.
  private final class Asked: Sendable {
    let messages = Lock<[[UInt8]]>([])
  }

  private let ended = DispatchGroup()

  /// Starts one that answers so often, and then ends.
  init(_ answers: Answer...) throws {
    let folder = FileManager.default.temporaryDirectory.path
    let address = Address.unix(path: "\(folder)/bitim-agent-\(UUID().uuidString.prefix(8))")
    let listener = try Endpoint.listen(at: address)
    self.address = address
    let number = listener.relinquished()
    Thread.start(in: self.ended) { [asked] in
      let listener = Descriptor(owning: number)
      // Kept open as long as there is more to answer, silence among it.
      var silent: [Int32] = []
      for answer in answers {
        guard let connection = Self.accepted(from: listener) else { break }
        guard let message = Self.received(from: connection) else { break }
        asked.messages.withLock { $0.append(message) }
        switch answer {
        case .message(let octets): Self.send(Self.number(octets.count) + octets, to: connection)
        case .octets(let octets): Self.send(octets, to: connection)
        case .silence: silent.append(connection.relinquished())
        }
      }
      // A silent one ends when its peer does.
      for number in silent { _ = Self.received(from: Descriptor(owning: number)) }
    }
  }

  /// What it was asked, message for message, when it has ended.
  func questions() -> [[UInt8]] {
    self.ended.wait()
    return self.asked.messages.withLock { $0 }
  }

  deinit {
    if case .unix(let path) = self.address { unsafe unlink(path) }
  }

  static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  private static func isReady(_ number: Int32) -> Bool {
    guard var poller = try? Poller() else { return false }
    poller.watch(number, key: 0, reads: true, writes: false, isNew: true)
    return poller.wait(timeoutMs: 10_000) > 0
  }

  private static func accepted(from listener: borrowing Descriptor) -> Descriptor? {
    guard Self.isReady(listener.number), let accepted = Endpoint.accept(from: listener) else {
      return nil
    }
    return Descriptor(owning: accepted.relinquished())
  }

  /// A message without its length; nil when the peer ended first.
  private static func received(from connection: borrowing Descriptor) -> [UInt8]? {
    var octets: [UInt8] = []
    while octets.count < 4 || octets.count < 4 + octets.prefix(4).reduce(0, { $0 << 8 | Int($1) }) {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      switch connection.read(into: &buffer) {
      case .moved(let count): octets += buffer.prefix(count)
      case .wouldBlock: guard Self.isReady(connection.number) else { return nil }
      case .ended: return nil
      }
    }
    return Array(octets.dropFirst(4))
  }

  /// What tests send fits the kernel's buffer.
  private static func send(_ octets: [UInt8], to connection: borrowing Descriptor) {
    _ = connection.write(octets, from: 0)
  }
}
