import BitimSystem
import Synchronization

/// What one address, or all that is unknown behind one, may do.
public struct AddressLimits: Equatable, Sendable {
  /// Connections at once.
  public var connections: Int
  /// Calls a second, over time.
  public var callsPerSecond: Int
  /// Calls at once, after a silence.
  public var burst: Int

  /// 64 connections, 200 calls a second, 1,000 at once.
  public init(connections: Int = 64, callsPerSecond: Int = 200, burst: Int = 1_000) {
    self.connections = connections
    self.callsPerSecond = callsPerSecond
    self.burst = burst
  }
}

/// How much of something somebody may still do, calls most of all: a bucket that fills with time.
///
/// One atomic holds the moment up to which everything is used up (GCRA), so that loops share it
/// without a lock.
public final class CallRate: Sendable {
  private let intervalNanoseconds: Int64
  private let burstNanoseconds: Int64
  private let usedUntil = Atomic<Int64>(0)

  /// Allows `perSecond` calls over time and `burst` at once.
  public init(perSecond: Int, burst: Int) {
    self.intervalNanoseconds = 1_000_000_000 / Int64(max(1, perSecond))
    self.burstNanoseconds = self.intervalNanoseconds * Int64(max(1, burst))
  }

  /// Allows `count` in a time of so many nanoseconds, all of them at once if need be.
  public init(_ count: Int, inNanoseconds time: Int64) {
    self.intervalNanoseconds = time / Int64(max(1, count))
    self.burstNanoseconds = time
  }

  /// Takes one at `now`; or says after how many nanoseconds there is one again.
  public func take(now: Int64) -> Int64? { self.take(1, now: now) }

  /// Takes `count` at `now`, which may be as many as there are at once; or says after how many
  /// nanoseconds there are so many again.
  public func take(_ count: Int, now: Int64) -> Int64? {
    var used = self.usedUntil.load(ordering: .relaxed)
    while true {
      let next = max(used, now) + self.intervalNanoseconds * Int64(count)
      if next - now > self.burstNanoseconds { return next - now - self.burstNanoseconds }
      let (exchanged, original) = self.usedUntil.weakCompareExchange(
        expected: used, desired: next, ordering: .relaxed)
      if exchanged { return nil }
      used = original
    }
  }
}

/// One address's share: how many connections it has, how many calls it may make, and how many frames
/// it may send that carry nothing.
final class Allowance: Sendable {
  /// How many frames that carry nothing go with a call: credit for what it is answered, most of all.
  private static let emptyFramesPerCall = 10

  let rate: CallRate
  let emptyFrames: CallRate
  private let limit: Int
  private let connections = Atomic<Int>(0)

  init(_ limits: AddressLimits) {
    self.rate = CallRate(perSecond: limits.callsPerSecond, burst: limits.burst)
    self.emptyFrames = CallRate(
      perSecond: limits.callsPerSecond * Self.emptyFramesPerCall,
      burst: limits.burst * Self.emptyFramesPerCall)
    self.limit = limits.connections
  }

  /// Counts a connection; false when there are too many.
  func enter() -> Bool {
    if self.connections.add(1, ordering: .relaxed).newValue <= self.limit { return true }
    self.connections.subtract(1, ordering: .relaxed)
    return false
  }

  /// A connection that had entered has ended.
  func leave() { self.connections.subtract(1, ordering: .relaxed) }

  /// Whether nobody is there.
  var isIdle: Bool { self.connections.load(ordering: .relaxed) == 0 }
}

/// The allowances of all addresses seen lately; asked once a connection, by any thread.
final class Visitors: Sendable {
  /// Above so many addresses those without a connection are forgotten.
  private static let keptMax = 10_000

  private let limits: AddressLimits
  private let known = Lock<[RemoteAddress: Allowance]>([:])

  init(_ limits: AddressLimits) { self.limits = limits }

  /// The allowance of `address` with one connection more; nil when it has too many.
  func enter(from address: RemoteAddress) -> Allowance? {
    self.known.withLock { known in
      if let allowance = known[address.network] {
        return allowance.enter() ? allowance : nil
      }
      if known.count >= Self.keptMax { known = known.filter { !$0.value.isIdle } }
      // An attack from more addresses than that shares one allowance among the newcomers.
      let key = known.count >= Self.keptMax ? RemoteAddress.unknown : address.network
      let allowance = known[key] ?? Allowance(self.limits)
      known[key] = allowance
      return allowance.enter() ? allowance : nil
    }
  }
}
