public import BitimProtocol
public import BitimSockets
import Dispatch

/// Serves a table of calls on any number of addresses, with one event loop per thread.
///
/// Knows nothing of any registry: what a call means is the handlers' business.
public final class Server: Sendable {
  private let mailboxes: [Mailbox]
  private let threads = DispatchGroup()
  private let acceptor: Acceptor

  /// Starts listening and serving.
  ///
  /// - Parameters:
  ///   - addresses: Where to listen.
  ///   - loops: How many threads serve; at least 1.
  ///   - clock: The clocks deadlines and calls are told by.
  ///   - makeContext: Makes the context of one loop, on the calling thread.
  ///   - onCall: Told of every call that was not answered with success; any thread.
  /// - Throws: ``SocketFailure``, or what `makeContext` throws.
  public init<Context>(
    addresses: [Address], loops: Int, table: CallTable<Context>, clock: Clock,
    makeContext: () throws -> sending Context,
    onCall: @escaping @Sendable (MethodDescriptor, Status.Code?) -> Void = { _, _ in }
  ) throws {
    var mailboxes: [Mailbox] = []
    for _ in 0..<max(1, loops) { mailboxes.append(try Mailbox()) }
    self.mailboxes = mailboxes
    self.acceptor = try Acceptor(addresses: addresses, mailboxes: mailboxes)
    for mailbox in mailboxes {
      let loop = try EventLoop(
        mailbox: mailbox, table: table, context: makeContext(), clock: clock, onCall: onCall)
      // The loop belongs to its thread from here on; nobody else holds it.
      nonisolated(unsafe) let owned = loop
      Thread.start(in: self.threads) { unsafe owned.run() }
    }
    self.acceptor.start(in: self.threads)
  }

  /// Where the server listens, with the ports the kernel chose.
  public var addresses: [Address] { self.acceptor.addresses }

  /// Accepts no more connections or calls, finishes those that run, and returns when all threads
  /// have ended or `seconds` have passed; then what is left is cut off.
  public func stop(within seconds: Int) {
    self.acceptor.stop()
    for mailbox in self.mailboxes { mailbox.post(.drain) }
    if self.threads.wait(timeout: .now() + .seconds(seconds)) == .success { return }
    for mailbox in self.mailboxes { mailbox.post(.stop) }
    self.threads.wait()
  }
}
