import BitimListener
import BitimSystem
import Synchronization

/// What one token may do.
package struct TokenLimits: Equatable, Sendable {
  /// Calls a second over time, five times as many at once.
  package var callsPerSecond = 1_000
  /// Changes asked for in a minute.
  package var changesPerMinute = 1_000
  /// Octets of changes asked for in a day: what is recorded is never removed.
  package var octetsPerDay = 256 << 20

  /// What a token may do unless told otherwise.
  package init() {}
}

/// How much each token may still do; shared by all clerks.
final class TokenRates: Sendable {
  private let limits: TokenLimits
  private let rates = Lock<[Int64: CallRate]>([:])
  private let writings = Lock<[Int64: WritingRate]>([:])
  private let agreed = Lock<[Agreed: CallRate]>([:])

  /// What an organisation may ask in a day by its agreement: another number, and it begins anew.
  private struct Agreed: Hashable {
    let organisation: Int64
    let calls: Int64
  }

  init(_ limits: TokenLimits) { self.limits = limits }

  /// The rate of the token with this id; asked when a clerk meets one anew.
  func rate(of token: Int64) -> CallRate {
    self.rates.withLock { rates in
      if let rate = rates[token] { return rate }
      let perSecond = self.limits.callsPerSecond
      let rate = CallRate(perSecond: perSecond, burst: perSecond * 5)
      rates[token] = rate
      return rate
    }
  }

  /// How many calls all tokens of a partner may make in a day.
  func agreed(_ calls: Int64, of organisation: Int64) -> CallRate {
    self.agreed.withLock { agreed in
      let key = Agreed(organisation: organisation, calls: calls)
      if let rate = agreed[key] { return rate }
      let rate = CallRate(Int(calls), inNanoseconds: 86_400_000_000_000)
      agreed[key] = rate
      return rate
    }
  }

  /// How much the token with this id may write.
  func writing(of token: Int64) -> WritingRate {
    self.writings.withLock { writings in
      if let writing = writings[token] { return writing }
      let writing = WritingRate(self.limits)
      writings[token] = writing
      return writing
    }
  }
}

/// How much one token may still write.
final class WritingRate: Sendable {
  private static let minute: Int64 = 60_000_000_000
  private static let day: Int64 = 1_440 * minute

  private let changes: CallRate
  private let octets: CallRate
  private let tellings = CallRate(1, inNanoseconds: day)

  init(_ limits: TokenLimits) {
    self.changes = CallRate(limits.changesPerMinute, inNanoseconds: Self.minute)
    self.octets = CallRate(limits.octetsPerDay, inNanoseconds: Self.day)
  }

  /// Takes a change of so many octets; or says after how many nanoseconds it may be asked for again.
  func take(octets: Int, now: Int64) -> Int64? {
    self.changes.take(now: now) ?? self.octets.take(octets, now: now)
  }

  /// Whether the journal is to be told that the limit was met: once a day, or it would fill the disk
  /// itself.
  func isToBeTold(now: Int64) -> Bool { self.tellings.take(now: now) == nil }
}
