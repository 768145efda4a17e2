import BitimProtocol
import BitimSystem
import Synchronization

/// Says to another thread that nobody waits for an answer any more.
final class AbandonFlag: Sendable {
  private let value = Atomic<Bool>(false)
  /// Whether the call may have changed something when its deadline passes.
  let isOfChange: Bool

  init(isOfChange: Bool) { self.isOfChange = isOfChange }

  var isRaised: Bool { self.value.load(ordering: .acquiring) }
  func raise() { self.value.store(true, ordering: .releasing) }
}

/// A connection of one loop: its socket, its machine, and what could not be dealt with at once.
///
/// What it holds while it is idle is this object and nothing else: octets are kept only for a
/// frame that is not whole, and for an answer the socket has not taken.
final class Connection {
  let key: UInt64
  let descriptor: Descriptor
  var machine = ConnectionMachine()
  /// What the peer's address may do; nil where addresses are not counted.
  var allowance: Allowance?
  /// What must come before the first frame.
  var preamble: Preamble
  /// Who is at its other end, or stands behind the terminator there; nil where the network doesn't say.
  var peer: Peer?
  /// Octets of a frame that is not complete yet; empty most of the time.
  var pending: [UInt8] = []
  /// How many octets of an over-long frame are still to be dropped.
  var skipping = 0
  /// Octets that the socket has not taken yet, from ``sent`` on; empty most of the time.
  var output: [UInt8] = []
  var sent = 0
  /// Whether the poller watches for room to write.
  var awaitsRoom = false
  /// Whether reading is suspended because the peer doesn't read.
  var isPaused = false
  /// Whether whole frames may stand in ``pending`` because too much was unsent to serve them.
  var hasBacklog = false
  var hasEnded = false
  /// Whether the loop will look at it before it sleeps.
  var isTouched = false
  /// Raised when nobody waits for a change any more, by stream.
  var abandoned: [UInt32: AbandonFlag] = [:]
  /// Where tasks that serve this connection meet it, by stream.
  var ports: [UInt32: StreamPort] = [:]

  /// What the budget knows of ``held``, and since when it has been more than nothing.
  var accounted = 0
  var heldSince: Int64 = 0
  /// Whether it is not read from because memory is short.
  var isStarved = false

  /// How many octets are kept for it: of a frame that is not whole, of answers that are not taken,
  /// and for calls that run.
  var held: Int { self.pending.count + self.output.count + self.machine.held }

  /// What a connection begins with.
  enum Preamble {
    /// Frames, from the first octet on.
    case none
    /// A PROXY header of this user, that says who stands behind the terminator.
    case proxyHeader(of: UInt32)
    /// A terminator's own health check: it has nothing to ask.
    case healthCheck
  }

  /// Above so many unsent octets no more requests are read.
  static let outputMax = 8 << 20
  /// As much of a peer whose token is not known.
  static let strangerOutputMax = 256 << 10
  /// Up to so many unsent octets messages are taken from where they wait for their turn.
  static let turnMax = 256 << 10

  /// How long a connection may take to send its first frame, in nanoseconds.
  private static let firstFrameMax: Int64 = 10_000_000_000
  /// How long a frame that has begun may take to be whole, and a peer to take an octet.
  private static let progressMax: Int64 = 30_000_000_000
  /// How long a reader that takes nothing may keep a stock peer's other calls waiting.
  private static let blockedMax: Int64 = 1_000_000_000
  /// How long a peer may take to say that it has heard of the drain.
  private static let drainMax: Int64 = 2_000_000_000
  /// How long an extended peer may have no calls before it is let go: fifteen minutes.
  static let idleMax: Int64 = 900_000_000_000

  /// Whether a header has arrived.
  var hasSpoken = false
  /// Whether the loop watches the time for this connection.
  var isTimed = false
  private let openedAt: Int64
  private let crowd: Crowd
  private var frameBegunAt: Int64?
  private var stalledAt: Int64?
  private var blockedAt: Int64?
  private var announcedAt: Int64?
  /// When the last frame came or went, for peers that are let go when nothing happens.
  var heardAt: Int64
  private var unsentBefore = 0

  init(
    key: UInt64, descriptor: consuming Descriptor, openedAt: Int64, preamble: Preamble,
    peer: Peer?, allowance: Allowance?, crowd: Crowd
  ) {
    self.peer = peer
    self.key = key
    self.descriptor = descriptor
    self.openedAt = openedAt
    self.heardAt = openedAt
    self.crowd = crowd
    self.preamble = preamble
    self.allowance = allowance
  }

  deinit {
    self.allowance?.leave()
    self.crowd.leave()
  }

  /// A frame that had begun is whole: what is left is the beginning of another.
  func frameEnded() { self.frameBegunAt = nil }

  /// Whether it owes nothing that a timer would have to watch.
  var isQuiet: Bool {
    self.hasSpoken && self.pending.isEmpty && self.skipping == 0 && self.output.isEmpty
      && self.frameBegunAt == nil && self.stalledAt == nil && self.machine.extensions.isEmpty
      && self.machine.running.isEmpty && !self.machine.isAnnounced
  }

  /// When this connection is given up unless it does what it owes; nil if it owes nothing.
  ///
  /// It owes a first frame, the rest of a frame that has begun, and to take what waits for it.
  /// Source: `schema/PROTOCOL.md`, "Calls".
  func givenUpAt(now: Int64) -> Int64? {
    var moment = Int64.max
    if !self.hasSpoken { moment = self.openedAt + Self.firstFrameMax }
    if (self.pending.isEmpty && self.skipping == 0) || self.isPaused {
      // While we do not read, the rest can't arrive.
      self.frameBegunAt = nil
    } else {
      let begun = self.frameBegunAt ?? now
      self.frameBegunAt = begun
      moment = min(moment, begun + Self.progressMax)
    }
    if self.unsent == 0 {
      self.stalledAt = nil
    } else {
      let hasMoved = self.unsent < self.unsentBefore
      let stalled = hasMoved ? now : self.stalledAt ?? now
      self.stalledAt = stalled
      moment = min(moment, stalled + Self.progressMax)
    }
    self.unsentBefore = self.unsent
    return moment == .max ? nil : moment
  }

  /// When the loop must look at this connection again; nil if nothing is to be expected.
  func dueAt(now: Int64) -> Int64? {
    self.blockedAt = self.machine.isBlocked ? self.blockedAt ?? now : nil
    self.announcedAt = self.machine.isAnnounced ? self.announcedAt ?? now : nil
    let isIdle = !self.machine.extensions.isEmpty && self.machine.running.isEmpty
    return [
      self.givenUpAt(now: now), self.blockedAt.map { $0 + Self.blockedMax },
      self.announcedAt.map { $0 + Self.drainMax },
      isIdle ? self.heardAt + Self.idleMax : nil,
    ].compactMap { $0 }.min()
  }

  /// What is due when ``dueAt(now:)`` has come.
  enum Due {
    /// Nothing yet.
    case nothing
    /// The connection is given up.
    case close
    /// The connection is let go, and told why.
    case leave
    /// The calls whose readers keep the others waiting are ended.
    case endBlocked
    /// The drain goes on without a sign of the peer.
    case settleDrain
  }

  func due(now: Int64) -> Due {
    if let moment = self.givenUpAt(now: now), moment <= now { return .close }
    if let blockedAt = self.blockedAt, blockedAt + Self.blockedMax <= now { return .endBlocked }
    if let announcedAt = self.announcedAt, announcedAt + Self.drainMax <= now {
      return .settleDrain
    }
    let isIdle = !self.machine.extensions.isEmpty && self.machine.running.isEmpty
    return isIdle && self.heardAt + Self.idleMax <= now ? .leave : .nothing
  }

  var unsent: Int { self.output.count - self.sent }

  /// Sends `fresh` behind what waits, as much as the socket takes; keeps the rest. False when the
  /// connection is broken.
  func flush(_ fresh: borrowing Output) -> Bool {
    var from = 0
    if self.output.isEmpty {
      while from < fresh.count {
        switch fresh.withOctets(from: from, { self.descriptor.write($0) }) {
        case .moved(let count): from += count
        case .ended: return false
        case .wouldBlock:
          fresh.withOctets(from: from) { self.keep($0) }
          return true
        }
      }
      return true
    }
    fresh.withOctets(from: 0) { self.keep($0) }
    return self.flushKept()
  }

  private func keep(_ octets: Span<UInt8>) {
    for index in octets.indices { self.output.append(octets[index]) }
  }

  private func flushKept() -> Bool {
    while self.unsent > 0 {
      switch self.descriptor.write(self.output.span.extracting(self.sent...)) {
      case .moved(let count): self.sent += count
      case .wouldBlock:
        // A peer that always leaves a rest must not make what it took pile up here.
        if self.sent >= 1 << 16 {
          self.output.removeFirst(self.sent)
          self.sent = 0
        }
        return true
      case .ended: return false
      }
    }
    self.output = []
    self.sent = 0
    return true
  }
}
