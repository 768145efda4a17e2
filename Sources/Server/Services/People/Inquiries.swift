import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore
import BitimSystem
import Synchronization

/// Whom one call asks about without its organisation knowing them.
///
/// Whom it met is read when its change is over: a change that runs anew begins with none.
final class Inquiries: Sendable {
  fileprivate let token: Int64
  fileprivate let day: CivilDate
  /// About whom the token asked on that day before the call.
  private let before: Set<[UInt8]>
  private let secret: [UInt8]
  private let met = Lock<Set<[UInt8]>>([])

  fileprivate init(token: Int64, on day: CivilDate, before: Set<[UInt8]>, secret: String) {
    self.token = token
    self.day = day
    self.before = before
    self.secret = Array(secret.utf8)
  }

  /// The change begins, perhaps anew.
  func begin() { self.met.withLock { $0 = [] } }

  /// Counts somebody.
  ///
  /// - Throws: ``Refusal`` as ``Inquiry/allow(_:)``.
  func add(_ inquiry: Inquiry) throws(Refusal) {
    // Keyed by the token's secret, which no table has: the database alone tells nobody who was meant.
    let person = HMAC.sha256(
      key: self.secret, message: Array(inquiry.typed.sorted().joined(separator: "\n").utf8))
    let count = self.met.withLock { met in
      met.insert(person)
      return self.before.union(met).count
    }
    try Inquiry.allow(count)
  }

  /// Whom the call added to those of the day.
  fileprivate var added: Set<[UInt8]> { self.met.withLock { $0.subtracting(self.before) } }
}

/// How many people each token of a centre asked about today; shared by all clerks. It is asked before a
/// change, which may read no table of operation.
final class InquiryLimit: Sendable {
  private struct Today {
    let day: CivilDate
    var people: Set<[UInt8]>
    var isUnderWay = false
  }

  /// After how long who asks twice at once should come again.
  private static let underWayNanoseconds: Int64 = 100_000_000

  private let tokens = Lock<[Int64: Today]>([:])

  /// Begins a call of a centre that may ask about people: one of a token at a time, since only its end
  /// says about whom it asked.
  ///
  /// - Throws: ``Refusal`` as ``Inquiry/allow(_:)``: who has asked about too many is told nothing more
  ///   of anybody that day; ``Status`` while another call of the token is under way; ``StoreFailure``.
  func begin(_ caller: Caller, secret: String, _ reader: Reader) throws -> Inquiries {
    let (token, day) = (caller.tokenID, caller.today)
    let isKnown = self.tokens.withLock { tokens in
      tokens[token].map { $0.day >= day } ?? false
    }
    let kept: Set<[UInt8]> =
      isKnown ? [] : try reader.share { try $0.inquiries(of: token, on: day) }
    return try self.tokens.withLock { tokens in
      var today = tokens[token] ?? Today(day: day, people: kept)
      if today.day < day { today = Today(day: day, people: kept) }
      try Inquiry.allow(today.people.count)
      guard !today.isUnderWay else {
        throw Status(
          tooManyCalls: "another call of this token asks about people",
          after: Self.underWayNanoseconds)
      }
      today.isUnderWay = true
      tokens[token] = today
      return Inquiries(token: token, on: today.day, before: today.people, secret: secret)
    }
  }

  /// The call is over, whatever became of it.
  func end(_ inquiries: Inquiries, _ ledger: Ledger) {
    let added = inquiries.added
    self.tokens.withLock { tokens in
      guard tokens[inquiries.token]?.day == inquiries.day else { return }
      tokens[inquiries.token]?.people.formUnion(added)
      tokens[inquiries.token]?.isUnderWay = false
    }
    guard !added.isEmpty else { return }
    ledger.noteInquiries(of: inquiries.token, on: inquiries.day, added)
  }
}
