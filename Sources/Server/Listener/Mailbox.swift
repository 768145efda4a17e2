import BitimProtocol
import BitimSystem
import Synchronization

/// A connection on its way from the acceptor to a loop.
struct Arrival: Sendable {
  let descriptor: Int32
  let preamble: Connection.Preamble
  let peer: Peer?
  /// What the peer's address may do; nil where addresses are not counted.
  let allowance: Allowance?
  /// Where the connection is counted.
  let crowd: Crowd
}

/// What other threads ask of a loop; the only state a loop shares.
final class Mailbox: Sendable {
  enum Letter: Sendable {
    case connection(Arrival)
    /// The whole frame: whoever answers makes it, so that the loop has only to send it.
    case answer(connection: UInt64, stream: UInt32, frame: [UInt8])
    /// A message to be sent in its stream's turn.
    case message(connection: UInt64, stream: UInt32, frame: [UInt8])
    /// How a task ended its call.
    case finish(
      connection: UInt64, stream: UInt32, result: Result<[UInt8], Status>, trailers: Metadata)
    /// A task has taken messages.
    case taken(connection: UInt64, stream: UInt32, octets: Int, messages: Int)
    /// There are too many connections.
    case crowded
    /// Memory has run short.
    case short
    /// Somebody wants to know whether the loop still moves.
    case rollCall(answer: @Sendable () -> Void)
    case drain
    case stop
  }

  private let letters = Lock<[Letter]>([])
  private let unopened = Atomic<Int>(0)
  let wakeUp: WakeUp

  init() throws(SocketFailure) { self.wakeUp = try WakeUp() }

  func post(_ letter: Letter) {
    if case .message(_, _, let frame) = letter {
      self.unopened.add(frame.capacity, ordering: .relaxed)
    }
    let isFirst = self.letters.withLock { letters in
      letters.append(letter)
      return letters.count == 1
    }
    if isFirst { self.wakeUp.ring() }
  }

  /// How much memory the messages take that nobody has opened yet.
  var octets: Int { self.unopened.load(ordering: .relaxed) }

  /// A message is its connection's from now on.
  func opened(_ frame: [UInt8]) { self.unopened.subtract(frame.capacity, ordering: .relaxed) }

  func take() -> [Letter] {
    self.letters.withLock { letters in
      let taken = letters
      letters = []
      return taken
    }
  }
}
