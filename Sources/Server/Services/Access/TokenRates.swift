import BitimListener
import BitimSystem
import Synchronization

/// How many calls each token may make; shared by all clerks, asked when one meets a token anew.
final class TokenRates: Sendable {
  private let perSecond: Int
  private let rates = Lock<[Int64: CallRate]>([:])

  /// Allows each token `perSecond` calls over time, and five times as many at once.
  init(perSecond: Int) { self.perSecond = perSecond }

  /// The rate of the token with this id.
  func rate(of token: Int64) -> CallRate {
    self.rates.withLock { rates in
      if let rate = rates[token] { return rate }
      let rate = CallRate(perSecond: self.perSecond, burst: self.perSecond * 5)
      rates[token] = rate
      return rate
    }
  }
}
