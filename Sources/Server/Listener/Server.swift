public import BitimProtocol
public import BitimSystem
import Dispatch

/// Serves a table of calls on any number of addresses, with one event loop per thread.
///
/// Knows nothing of any registry: what a call means is the handlers' business.
public final class Server: Sendable {
  /// Whom a context is made for.
  public enum Place: Sendable {
    /// An event loop, whose callers wait for each other.
    case loop
    /// A worker, which may take its time.
    case worker
  }

  /// How a server is laid out.
  public struct Layout: Sendable {
    /// Where to listen.
    public var addresses: [Address]
    /// How many threads serve; at least 1.
    public var loops: Int
    /// How many threads answer lists, and how many more run tasks; 0 for a table that has neither.
    public var workers: Int
    /// What one network address may do; loopback and Unix sockets are not counted.
    public var limits: AddressLimits
    /// Users (of this system) whose connections to a Unix socket must begin with a header of PROXY
    /// protocol version 2; anybody else's must not.
    public var terminators: Set<UInt32>
    /// How many connections there may be; above it the stranger who has been silent for longest goes.
    public var connections: Int
    /// How many octets all that waits for peers may take, on all connections together.
    public var memory: Int
    /// As much as bitimd has unless told otherwise: 256 MiB.
    public static let memoryUsual = 256 << 20

    /// Describes a server.
    public init(
      addresses: [Address], loops: Int, workers: Int = 0,
      limits: AddressLimits = AddressLimits(), terminators: Set<UInt32> = [],
      connections: Int = .max, memory: Int = Layout.memoryUsual
    ) {
      self.addresses = addresses
      self.loops = loops
      self.workers = workers
      self.limits = limits
      self.terminators = terminators
      self.connections = connections
      self.memory = memory
    }
  }

  /// What whoever runs the server should hear of.
  public enum Notice: Sendable {
    /// It listens here, and answers nobody before this was told.
    case listening([Address])
    /// This user's connections must begin with a PROXY header, and one did not.
    case proxyHeaderRefused(user: UInt32, ProxyHeader.Fault)
    /// No descriptor was left for a connection that came.
    case descriptorsSpent
  }

  private let mailboxes: [Mailbox]
  /// The loops and the acceptor.
  private let loops = DispatchGroup()
  /// Those who work for the loops: workers, and the threads of tasks.
  private let threads = DispatchGroup()
  private let acceptor: Acceptor
  private let tasks: TaskThreads
  private let closeWorkers: @Sendable () -> Void

  /// Starts listening and serving.
  ///
  /// - Parameters:
  ///   - clock: The clocks deadlines and calls are told by.
  ///   - makeContext: Makes the context of one loop or worker, on the calling thread.
  ///   - settle: Called with a loop's context before the loop sleeps.
  ///   - interceptors: What is done around every call, in this order.
  ///   - agent: What peers are told of the program, for their logs.
  ///   - notice: Told of what should be known, as often as it happens.
  /// - Throws: ``SocketFailure``, or what `makeContext` throws.
  public init<Context>(
    _ layout: Layout, table: CallTable<Context>, clock: Clock,
    makeContext: (Place) throws -> sending Context,
    settle: @escaping @Sendable (borrowing Context) -> Void = { _ in },
    interceptors: [any Interceptor] = [], agent: String = "bitim-listener/1",
    notice: @escaping @Sendable (Notice) -> Void = { _ in }
  ) throws {
    var mailboxes: [Mailbox] = []
    for _ in 0..<max(1, layout.loops) { mailboxes.append(try Mailbox()) }
    self.mailboxes = mailboxes
    let visitors = Visitors(layout.limits)
    self.acceptor = try Acceptor(
      addresses: layout.addresses, mailboxes: mailboxes, visitors: visitors,
      crowd: Crowd(most: layout.connections), terminators: layout.terminators,
      notice: notice)
    let budget = Budget(layout.memory, mailboxes)
    let table = table.withHello
    let tasks = TaskThreads(count: layout.workers, in: self.threads)
    self.tasks = tasks
    let workers = layout.workers > 0 ? Workers<Context>(count: layout.workers) : nil
    self.closeWorkers = { workers?.close() }
    for _ in 0..<layout.workers { workers?.start(in: self.threads, try makeContext(.worker)) }
    for mailbox in mailboxes {
      let context = try makeContext(.loop)
      let loop = try EventLoop(
        mailbox: mailbox,
        switchboard: Switchboard(
          table, context: context, workers: workers, tasks: tasks, interceptors: interceptors),
        clock: clock, visitors: visitors, budget: budget, interceptors: interceptors, agent: agent,
        notice: notice,
        settleContext: { settle(context) })
      // The loop belongs to its thread from here on; nobody else holds it.
      nonisolated(unsafe) let owned = Held(loop)
      Thread.start(in: self.loops) { unsafe owned.loop.run() }
    }
    notice(.listening(self.acceptor.addresses))
    self.acceptor.start(in: self.loops)
  }

  /// Carries a loop, which can't be copied, to its thread.
  private final class Held {
    var loop: EventLoop
    init(_ loop: consuming EventLoop) { self.loop = loop }
  }

  /// Where the server listens, with the ports the kernel chose.
  public var addresses: [Address] { self.acceptor.addresses }

  /// One question for each loop, answered on its thread as soon as it gets to it: a loop that has ended,
  /// or hangs, answers nothing.
  public var rollCalls: [@Sendable (_ answer: @escaping @Sendable () -> Void) -> Void] {
    self.mailboxes.map { mailbox in { mailbox.post(.rollCall(answer: $0)) } }
  }

  /// Accepts no more connections or calls, finishes those that run, and returns when all threads
  /// have ended or `seconds` have passed; then what is left is cut off.
  public func stop(within seconds: Int) {
    self.acceptor.stop()
    for mailbox in self.mailboxes { mailbox.post(.drain) }
    let deadline = DispatchTime.now() + .seconds(seconds)
    if self.loops.wait(timeout: deadline) == .timedOut {
      for mailbox in self.mailboxes { mailbox.post(.stop) }
      self.loops.wait()
    }
    // Only now: what came while peers were being told was served yet.
    self.closeWorkers()
    self.tasks.close(by: max(deadline, .now() + .seconds(1)))
    // A handler that does not hear that it is cancelled can't be waited for.
    _ = self.threads.wait(timeout: max(deadline, .now() + .seconds(1)))
  }
}
