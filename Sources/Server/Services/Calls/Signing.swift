import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import BitimSystem
import Dispatch
import Synchronization

/// Where agents are waited for: one call after another, and no task's thread. So many wait and no more.
final class SigningQueue: Sendable {
  /// What is new of the journal.
  static let journal = SigningQueue("bitim.sign.journal")
  /// Certificates' notes: who waits for many of them keeps nobody from a checkpoint.
  static let certificates = SigningQueue("bitim.sign.certificates")

  static let waitingMax = 16
  /// After how long who met a full queue should come again.
  private static let busyMs: Int64 = 1_000

  private let queue: DispatchQueue
  private let waiting = Lock(0)

  init(_ label: String) { self.queue = DispatchQueue(label: label) }

  /// What somebody is told whom a signature would keep waiting.
  static func busy(_ words: String) -> Status {
    Status(.resourceExhausted, reason: Reason.busy.rawValue, words, afterMs: Self.busyMs)
  }

  /// Runs `body` when its turn has come.
  ///
  /// - Throws: ``Status`` with BUSY where too many wait.
  func run<Answer: Sendable>(
    _ body: @escaping @Sendable () throws(Status) -> Answer
  ) async throws(Status) -> Answer {
    let isFull = self.waiting.withLock { waiting in
      guard waiting < Self.waitingMax else { return true }
      waiting += 1
      return false
    }
    guard !isFull else {
      throw Self.busy("others wait for a signature; come again")
    }
    defer { self.waiting.withLock { $0 -= 1 } }
    let result: Result<Answer, Status> = await withCheckedContinuation { continuation in
      self.queue.async { continuation.resume(returning: Result(catching: body)) }
    }
    return try result.get()
  }
}

/// Calls for which an agent is asked: it may take seconds, and nothing of the registry is in hand meanwhile.
extension Visit {
  /// Has signed what is new of the journal, if it is time and nobody does so just now.
  ///
  /// - Parameter isDue: Whether the newest acts are waited for: then it is time.
  /// - Throws: ``Status``.
  func sign(isDue: Bool) async throws(Status) {
    try await self.aside(.journal) { () throws(Status) in
      let (size, keys) = try self.read { caller, state in
        (try state.journalSize(), try LogSigner.keys(in: state, on: caller.today))
      }
      do {
        // A long journal that nobody has read yet is not read here: others wait.
        try self.services.signer.turn(
          size: size, keys: keys, reads: false, isDue: isDue,
          atMs: self.call.again().arrivedAtMs
        ) { after in try self.read { try $1.entries(after: after) } }
      } catch {
        throw self.services.status(of: error, self.call.method)
      }
    }
  }

  /// Runs what may wait for an agent.
  func aside<Answer: Sendable>(
    _ queue: SigningQueue, _ body: @escaping @Sendable () throws(Status) -> Answer
  ) async throws(Status) -> Answer {
    try await queue.run(body)
  }
}
