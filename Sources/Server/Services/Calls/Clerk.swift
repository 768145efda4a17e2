import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore
import BitimSystem

/// Why a token is not in force.
package enum RefusedToken: String, Sendable {
  /// It is none, or none that the registry has made.
  case unknown
  /// Its days are over.
  case expired
  /// It was revoked, or ended with its role.
  case revoked
}

/// Who serves callers on one loop or worker: reads the registry there, and remembers for a while
/// whom it knows and what day it is. Belongs to one thread.
package final class Clerk {
  /// How many tokens are remembered at once; above it all are forgotten.
  private static let knownMax = 1_024

  /// Who showed a token, and since when nobody's authority has changed.
  struct Known {
    let holder: TokenHolder
    let authority: UInt64
    let rate: CallRate
    /// The minute in which its use was last noted.
    var notedMinute: Int64
  }

  let reader: Reader
  private let ledger: Ledger
  private let rates: TokenRates
  private let zone: @Sendable (Instant) -> CivilDate
  private let refused: @Sendable (RefusedToken, RemoteAddress?) -> Void
  private var known: [String: Known] = [:]
  private var minute = Int64.min
  private var day = CivilDate(dayNumber: 0)
  /// Whether the clock by which ``today(_:)`` was told is to be believed.
  private(set) var isClockDoubtful = false
  private var stampedMs = Int64.min
  private var stamped: [UInt8] = []

  init(
    reader: Reader, ledger: Ledger, rates: TokenRates,
    zone: @escaping @Sendable (Instant) -> CivilDate,
    refused: @escaping @Sendable (RefusedToken, RemoteAddress?) -> Void
  ) {
    self.refused = refused
    self.reader = reader
    self.ledger = ledger
    self.rates = rates
    self.zone = zone
  }

  /// Ends the shared snapshot; the loop is about to sleep.
  package func settle() { self.reader.settle() }

  /// The civil day in the School's zone at `now`; asked of the zone, and the clock doubted, once
  /// a minute.
  func today(_ now: Instant) -> CivilDate {
    let minute = now.unixMilliseconds / 60_000
    if minute != self.minute {
      self.minute = minute
      self.day = self.zone(now)
      self.isClockDoubtful = self.ledger.doubt != nil
    }
    return self.day
  }

  /// `VerifyCertificateResponse.as_of` at `now`, encoded; the same for all calls of a wake-up.
  func stamp(_ now: Instant) -> [UInt8] {
    if now.unixMilliseconds != self.stampedMs {
      self.stampedMs = now.unixMilliseconds
      var response = BitimV1.VerifyCertificateResponse()
      response.asOf = .init(unixMilliseconds: now.unixMilliseconds)
      self.stamped = response.encoded
    }
    return self.stamped
  }

  /// Who shows the token in `header`, at which count of authorities that was so.
  ///
  /// - Parameter counts: Whether the call is counted towards the token's rate.
  /// - Throws: ``Refusal`` with ``Reason/notAuthenticated`` or ``Reason/tokenExpired``; ``Status``
  ///   when the token has made too many calls; ``StoreFailure``.
  func holder(
    _ header: String, _ call: Call, now: Instant, counts: Bool
  ) throws -> (holder: TokenHolder, authority: UInt64) {
    let authority = self.ledger.commits.authority
    var known: Known
    let found = self.known[header]
    // Of a guest it is asked at each call: his or her session or case may be over since.
    if let found, found.authority == authority, !found.holder.isGuest {
      known = found
    } else {
      known = try self.ask(header, authority, call)
      if let found { known.notedMinute = found.notedMinute }
      self.known[header] = known
    }
    guard known.holder.expiresAt > now else {
      self.refused(.expired, call.from)
      throw Refusal(finding: .tokenExpired)
    }
    if counts, let wait = known.rate.take(now: call.arrivedAtNanoseconds) {
      throw Status(tooManyCalls: "too many calls with one token", after: wait)
    }
    let minute = now.unixMilliseconds / 60_000
    if known.notedMinute != minute {
      // One write a minute, loop and token: noting each use would make every read a write.
      known.notedMinute = minute
      self.known[header] = known
      self.ledger.noteUse(ofToken: known.holder.tokenID, at: now)
    }
    return (known.holder, authority)
  }

  private func ask(_ header: String, _ authority: UInt64, _ call: Call) throws -> Known {
    guard let token = AccessToken(header: header) else {
      self.refused(.unknown, call.from)
      throw Refusal(finding: .notAuthenticated)
    }
    let holder = try self.reader.share { try $0.tokenHolder(hash: token.hash) }
    guard let holder else {
      let wasMade = try self.reader.share { try $0.hasToken(hash: token.hash) }
      self.refused(wasMade ? .revoked : .unknown, call.from)
      throw Refusal(finding: .notAuthenticated)
    }
    if self.known.count >= Self.knownMax { self.known.removeAll(keepingCapacity: true) }
    return Known(
      holder: holder, authority: authority, rate: self.rates.rate(of: holder.tokenID),
      notedMinute: .min)
  }
}
