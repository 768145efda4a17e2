import BitimDomain
import BitimListener
import BitimProtocol
import BitimSystem
import BitimStore
import Synchronization

/// What calls that stream share: clerks to ask, and the word that the server stops.
package final class Streams: Sendable {
  /// A clerk that nobody uses. Unchecked, since whoever takes it out of the pool holds it alone.
  private struct Idle: @unchecked Sendable { let clerk: Clerk }

  /// What imports that are under way have gathered.
  let gathered = Gathered(most: 64 << 20)
  private let idle = Lock<[Idle]>([])
  private let stopping = Atomic<Bool>(false)
  private let commits: CommitCount

  /// - Parameter commits: What streams without an end of their own wait for.
  init(commits: CommitCount) { self.commits = commits }

  /// Whether the server is about to stop.
  var isStopping: Bool { self.stopping.load(ordering: .acquiring) }

  /// The server is about to stop: streams that have no end of their own end now.
  package func stop() {
    self.stopping.store(true, ordering: .releasing)
    self.commits.end()
  }

  /// Makes so many clerks before anybody streams, so that none is wanting when no descriptor is left.
  func prepare(_ count: Int, _ make: () throws -> sending Clerk) throws {
    for _ in 0..<count {
      let made = Idle(clerk: try make())
      self.idle.withLock { $0.append(made) }
    }
  }

  /// Lends a clerk; one more is made when all are in use.
  func lend<Answer>(
    _ make: () throws -> sending Clerk, _ body: (Clerk) throws -> Answer
  ) throws -> Answer {
    let found = self.idle.withLock { $0.popLast() }
    let lent = try found ?? Idle(clerk: make())
    defer { self.idle.withLock { $0.append(lent) } }
    return try body(lent.clerk)
  }
}

/// One call that streams, as its service sees it: who asks is asked anew each time, since a token may
/// be withdrawn while a stream goes on.
struct Visit: Sendable {
  let call: Call
  let services: Services

  /// Lends a snapshot to `body`, if the caller may still ask.
  ///
  /// - Throws: ``Status``.
  func read<Answer>(
    _ body: (Caller, borrowing Snapshot) throws -> Answer
  ) throws(Status) -> Answer {
    try self.ask { caller, clerk in
      // What was read of the caller must not be what is answered from.
      clerk.settle()
      return try clerk.reader.read { try body(caller, $0) }
    }
  }

  /// Whether an answer is kept under the caller's key: then the call is a repeat.
  ///
  /// - Throws: ``Status``.
  func hasAnswer() throws(Status) -> Bool {
    guard let key = self.call.value(of: "idempotency-key") else { return false }
    return try self.read { try $1.hasAnswer(of: $0.principal, key: key) }
  }

  /// Lends a clerk to `body`, if the caller may still ask.
  ///
  /// - Throws: ``Status``.
  func ask<Answer>(_ body: (Caller, Clerk) throws -> Answer) throws(Status) -> Answer {
    do {
      return try self.services.streams.lend(self.services.clerk) { clerk in
        defer { clerk.settle() }
        let audience = Authority.audience(of: self.call.method)
        return try body(
          try self.services.caller(of: self.call.again(), audience, clerk), clerk)
      }
    } catch {
      throw self.services.status(of: error, self.call.method)
    }
  }

  /// As ``ask(_:)``, but waits when the caller has asked too often.
  ///
  /// - Throws: ``Status``.
  func askInTurn<Answer>(
    _ body: (Caller, Clerk) throws -> Answer
  ) async throws(Status) -> Answer {
    while true {
      do throws(Status) {
        return try self.ask(body)
      } catch {
        let info = error.reasons.first
        guard info?.reason == "TOO_MANY_CALLS",
          let ms = info?.metadata["after_ms"].flatMap(Int.init)
        else { throw error }
        do {
          try await Task.sleep(for: .milliseconds(min(max(ms, 1), 1_000)))
        } catch {
          throw Status(.cancelled, "nobody waits any more")
        }
      }
    }
  }
}

extension Services {
  /// A call that streams.
  func visit(_ call: Call) -> Visit { Visit(call: call, services: self) }
}
