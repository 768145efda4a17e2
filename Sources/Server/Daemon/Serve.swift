import BitimDomain
import BitimListener
import BitimProtocol
import BitimServices
import BitimSigning
import BitimSystem
import BitimStore
import Foundation
import Synchronization

/// `bitimd serve`: opens the database, listens, and stops when it is told to.
enum Serve {
  /// What a supervisor sees when the state on disk is not known any more (sysexits' EX_IOERR).
  private static let diskFailedExit: Int32 = 74
  /// Threads that answer lists; enough that one long list does not hold up the next.
  private static let workers = 2

  /// Logs a failure of our own side; one that leaves the disk's state unknown ends the process, with
  /// this line as its last.
  private static func tell(
    _ event: String, _ failure: StoreFailure, _ fields: [String: String] = [:], isFatal: Bool
  ) {
    var fields = fields
    fields["code"] = "\(failure.code)"
    fields["what"] = failure.description
    if !failure.statement.isEmpty { fields["statement"] = failure.statement }
    // While the disk is full every change fails.
    if failure.kind == .full { return Log.seldom(.error, event, fields) }
    Log.line(.error, event, fields)
    // Not `exit`: nothing may be written, flushed or answered on the way out.
    if isFatal { _exit(Self.diskFailedExit) }
  }

  /// Takes as many descriptors as the system allows, and returns how many that are: each connection is
  /// one, and the usual limit of 1,024 is meant for programs that use select(2).
  private static func raiseDescriptorLimit() -> Int {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard unsafe getrlimit(kind, &limit) == 0 else { return 1_024 }
    var raised = limit
    raised.rlim_cur = limit.rlim_max
    // With the old limit the server serves too, just fewer at once.
    let isRaised = unsafe setrlimit(kind, &raised) == 0
    return Int(clamping: isRaised ? raised.rlim_cur : limit.rlim_cur)
  }

  /// Descriptors of a connection to the database: file, WAL and shared memory.
  private static let descriptorsOfReader = 3
  /// Fewer connections than this are not worth serving.
  private static let connectionsLeast = 12

  /// How many connections so many descriptors allow, beside what the server opens for itself.
  ///
  /// - Throws: ``Configuration/Fault`` when there are too few to serve.
  static func connections(_ configuration: Configuration, descriptors: Int) throws -> Int {
    // Standard input, output and error, lock, acceptor; the writer, the alarm for the copy and what is
    // signed, with the agent; for a while a backup, or files in which SQLite sorts.
    let readers = 3 + configuration.loops + 2 * Self.workers
    let own =
      3 + 1 + 2 + configuration.listen.count + 2 * configuration.loops
      + readers * Self.descriptorsOfReader + 8 + Signatures.descriptors
    guard descriptors - own >= Self.connectionsLeast else {
      throw Configuration.Fault(
        description: "this process may open \(descriptors) files and connections, and needs at "
          + "least \(own + Self.connectionsLeast) with \(configuration.loops) loops; raise the limit "
          + "(LimitNOFILE= in the unit, `ulimit -n` in a shell), or set fewer --loops.")
    }
    return descriptors - own
  }

  /// How the server is laid out by what is set.
  static func layout(_ configuration: Configuration, connections: Int) -> Server.Layout {
    Server.Layout(
      addresses: configuration.listen, loops: configuration.loops, workers: Self.workers,
      limits: AddressLimits(
        connections: configuration.addressConnections,
        callsPerSecond: configuration.addressCalls, burst: configuration.addressCalls * 5),
      terminators: configuration.terminators, connections: connections,
      memory: configuration.memoryMiB << 20)
  }

  /// How long calls that were begun may take when the server is told to stop, in seconds.
  static let drainSeconds = 30

  /// A promise to break on purpose; builds for release have none.
  private static var defect: Ledger.Defect? {
    #if DEBUG
      ProcessInfo.processInfo.environment["BITIMD_DEFECT"].flatMap { Ledger.Defect(rawValue: $0) }
    #else
      nil
    #endif
  }

  static func run(_ configuration: Configuration, trustsClock: Bool) throws {
    // Before the registry is opened and compared, which may take a while: HUP and USR1 end nothing.
    let stops = StopSignals()
    try DatabasePlace.refuseUnsafe(try configuration.currentRegistry())
    // A write to a closed pipe or beyond a file-size limit is an error to handle, not a death.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    FileSystem.endOnMappedFault(status: Self.diskFailedExit)
    FileSystem.returnMemoryAtOnce()
    let connections = try Self.connections(
      configuration, descriptors: Self.raiseDescriptorLimit())
    // Whatever the server makes, backups above all, is for its own user.
    umask(0o077)
    let lock = try DatabaseLock(beside: configuration.database)
    defer { withExtendedLifetime(lock) {} }
    let health = Lock<(health: Health, writing: Set<String>)?>(nil)
    let ledger = try Ledger(
      path: configuration.database, groupMax: configuration.commitGroup, defect: Self.defect,
      now: System.now, elapsed: System.elapsed, boot: System.boot,
      trustsClock: trustsClock, random: System.random,
      whenFull: { isFull in
        guard let (health, writing) = health.withLock({ $0 }) else { return }
        for service in writing { health.set(service, isFull ? .notServing : .serving) }
      },
      report: { failure, severity in Self.tell("store", failure, isFatal: severity == .fatal) })
    let signatures = Signatures(configuration)
    let services = Services(
      ledger: ledger, signer: signatures.signer,
      at: .init(database: configuration.database, backups: configuration.backups),
      limits: configuration.token, zone: System.day(in: configuration.zone),
      report: { failure, method in
        Self.tell("read", failure, ["method": method.path], isFatal: failure.isFatal)
      },
      refused: { why, address in
        Log.seldom(
          .warning, "token-\(why.rawValue)", ["address": address?.description ?? "this machine"])
      })
    try services.prepareStreams(Self.workers)
    let reader = try Reader(path: configuration.database, commits: ledger.commits)
    let standing = Health(services: services.names)
    health.withLock { $0 = (standing, services.writingNames) }
    let server = try Server(
      Self.layout(configuration, connections: connections), table: services.table(with: standing),
      clock: System.clock,
      makeContext: { _ in try services.clerk() },
      settle: { $0.settle() }, agent: "bitimd/1", notice: Self.tell)
    if FileSystem.isInMemory(configuration.database) { Log.line(.warning, "database-in-memory") }
    let alarm = Self.watch(services.follower, configuration, ledger, reader)
    let signing = signatures.begin(
      try Reader(path: configuration.database, commits: ledger.commits))
    let supervisor = Supervisor(environment: ProcessInfo.processInfo.environment)
    supervisor.tell("READY=1")
    let watchdog = Watchdog.start(supervisor, server, ledger)
    stops.wait { Log.line(.info, "nothing-to-reload", ["signal": "HUP"]) }
    watchdog?.cancel()
    alarm.cancel()
    supervisor.tell("STOPPING=1")
    Log.line(.info, "stopping")
    standing.stop()
    services.stopStreams()
    server.stop(within: Self.drainSeconds)
    signatures.end(signing)
    ledger.close()
    Log.line(.info, "stopped")
  }

  /// How old the second copy may be, in seconds, before the log says so.
  private static let copyLagMax = 60.0

  private static func tell(_ notice: Server.Notice) {
    switch notice {
    case .listening(let addresses):
      Log.line(
        .info, "started",
        ["version": Version.number, "commit": Version.commit, "schema": RegistrySchema.name])
      for address in addresses {
        Log.line(.info, "listening", ["address": address.description])
      }
    case .proxyHeaderRefused(let user, let fault):
      Log.seldom(.warning, "proxy-header-refused", ["user": "\(user)", "what": "\(fault)"])
    case .descriptorsSpent: Log.seldom(.warning, "descriptors-spent")
    }
  }

  /// Says when the clock begins to be doubtful, and when it is right again.
  private static func tell(_ doubt: ClockWatch.Doubt?, _ alarm: inout Alarm) {
    guard let isDoubtful = alarm.turn(doubt != nil) else { return }
    if let doubt {
      Log.line(.error, "clock-doubtful", ["known": doubt.instant.text])
    } else if !isDoubtful {
      Log.line(.info, "clock-right")
    }
  }

  /// Says when there begins to be little room on the disk, and when there is enough again.
  private static func tell(_ room: FileSystem.Room?, _ alarm: inout Alarm) {
    guard let room, let isLow = alarm.turn(room.isLow) else { return }
    Log.line(
      isLow ? .warning : .info, isLow ? "disk-low" : "disk-right",
      ["free": "\(room.free)", "whole": "\(room.whole)"])
  }

  /// Looks every fifteen seconds at clock, disk and second copy: that the clock is doubtful or the
  /// disk low is logged when it begins and when it ends, that the copy lags as long as it does.
  private static func watch(
    _ follower: Follower, _ configuration: Configuration, _ ledger: Ledger, _ reader: Reader
  ) -> any DispatchSourceTimer {
    // The reader is used on the timer's queue alone.
    nonisolated(unsafe) let reader = reader
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "bitim.watch"))
    timer.schedule(deadline: .now(), repeating: 15)
    let began = System.now()
    nonisolated(unsafe) var isMissed = false
    nonisolated(unsafe) var (clock, disk) = (Alarm(), Alarm())
    timer.setEventHandler {
      do {
        let now = System.now()
        unsafe Self.tell(ledger.doubt, &clock)
        unsafe Self.tell(FileSystem.room(at: configuration.database), &disk)
        let lag = try unsafe reader.read { try follower.lag($0, now: now) }
        guard let lag else {
          // Whoever kept the copy may have ended with the last server: nothing else would tell.
          let waited = Double(now.unixMilliseconds - began.unixMilliseconds) / 1_000
          if waited > Self.copyLagMax, unsafe !isMissed {
            unsafe isMissed = true
            Log.line(.warning, "copy-missing", ["seconds": "\(Int(waited))"])
          }
          return
        }
        guard lag.seconds > Self.copyLagMax else { return }
        Log.line(
          .warning, "copy-lags",
          ["seconds": "\(Int(lag.seconds))", "seen": "\(lag.seenAt.unixMilliseconds)"])
      } catch {
        Log.line(.error, "copy", ["what": "\(error)"])
      }
    }
    timer.resume()
    return timer
  }
}
