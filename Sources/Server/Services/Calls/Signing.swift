import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import Dispatch

/// Calls for which an agent is asked: on a queue of their own, since it may take seconds, and with nothing of the
/// registry in hand.
extension Visit {
  /// Where agents are waited for, one call after another, and no task's thread.
  private static let queue = DispatchQueue(label: "bitim.sign.calls")

  /// Has signed what is new of the journal, if it is time and nobody does so just now.
  ///
  /// - Parameter isDue: Whether the newest acts are waited for: then it is time.
  /// - Throws: ``Status``.
  func sign(isDue: Bool) async throws(Status) {
    try await self.aside { () throws(Status) in
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

  /// Runs what may wait for an agent on the queue of their own.
  func aside<Answer: Sendable>(
    _ body: @escaping @Sendable () throws(Status) -> Answer
  ) async throws(Status) -> Answer {
    let result: Result<Answer, Status> = await withCheckedContinuation { continuation in
      Self.queue.async { continuation.resume(returning: Result(catching: body)) }
    }
    return try result.get()
  }
}
