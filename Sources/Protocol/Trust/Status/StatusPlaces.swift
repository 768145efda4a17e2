import BitimCrypto

/// Where a certificate's bit is in the lists of its year: a place that tells nobody who came before whom.
///
/// The serials of a year are put in another order by a secret that never leaves the journal's keepers: a permutation
/// of 2^20 places in ten rounds (Luby and Rackoff), each by HMAC. So no table is needed, no two have one place, and
/// whoever folds the same acts finds the same places.
///
/// Source: `schema/STATUS.md`, "The place".
public struct StatusPlaces: Sendable {
  private static let rounds: UInt8 = 10
  /// How many bits of a place are on either side.
  static let half = 10

  private let key: [UInt8]

  /// The places of a year.
  ///
  /// - Parameter secret: The salt of the journal's first act.
  public init(secret: [UInt8], year: Int) {
    self.key = HMAC.sha256(key: secret, message: Array("bitim.status/v1\n\(year)\n".utf8))
  }

  /// The place of a serial: of 0 to ``StatusList/count`` less 1 each one has another.
  public func place(of serial: Int) -> Int {
    precondition(0..<StatusList.count ~= serial, "a serial of no year")
    var (left, right) = (serial >> Self.half, Self.low(serial))
    for round in 0..<Self.rounds {
      (left, right) = (right, left ^ self.turned(right, in: round))
    }
    return left << Self.half | right
  }

  private func turned(_ half: Int, in round: UInt8) -> Int {
    let message = [round, UInt8(half >> 8), UInt8(half & 255)]
    let code = HMAC.sha256(key: self.key, message: message)
    return Self.low(Int(code[0]) << 8 | Int(code[1]))
  }

  private static func low(_ value: Int) -> Int { value & (1 << Self.half - 1) }
}
