import BitimProtocol
import BitimSystem
import Synchronization

/// A connection on its way from the acceptor to a loop.
struct Arrival: Sendable {
  let descriptor: Int32
  let preamble: Connection.Preamble
  let address: RemoteAddress?
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
    case drain
    case stop
  }

  private let letters = Lock<[Letter]>([])
  let wakeUp: WakeUp

  init() throws(SocketFailure) { self.wakeUp = try WakeUp() }

  func post(_ letter: Letter) {
    let isFirst = self.letters.withLock { letters in
      letters.append(letter)
      return letters.count == 1
    }
    if isFirst { self.wakeUp.ring() }
  }

  func take() -> [Letter] {
    self.letters.withLock { letters in
      let taken = letters
      letters = []
      return taken
    }
  }
}
