/// The agreements of a partner by which its tokens work, whatever the day.
package struct PartnerAgreements: Equatable, Sendable {
  /// Those that stand, each with days of its own.
  private let standing: [Agreement]

  package init(_ standing: [Agreement]) { self.standing = standing }

  /// What a token may do on a day: what the agreement says that is in force then; while none has begun yet,
  /// what every partner's token might do before agreements were kept.
  ///
  /// - Throws: ``Refusal`` with ``Reason/agreementEnded``.
  package func terms(on day: CivilDate) throws(Refusal) -> PartnerTerms {
    var ended: CivilDate?
    for agreement in self.standing where agreement.from <= day {
      if agreement.until >= day {
        return PartnerTerms(agreement.scope, callsPerDay: agreement.callsPerDay)
      }
      ended = max(ended ?? agreement.until, agreement.until)
    }
    if let ended { throw Refusal(.agreementEnded, ["day": ended.iso]) }
    return .before
  }
}

/// What a partner's token may do on a day.
package struct PartnerTerms: Equatable, Sendable {
  /// Of a token from before agreements were kept.
  static let before = PartnerTerms([.verifyNumber, .verifyBulk, .watch], callsPerDay: nil)

  /// A bit for each word: it is copied with each call.
  private let bits: UInt8
  /// nil for a token from before agreements were kept.
  package let callsPerDay: Int64?

  package init(_ scope: [AgreementScope], callsPerDay: Int64?) {
    self.bits = scope.reduce(0) { $0 | Self.bit($1) }
    self.callsPerDay = callsPerDay
  }

  /// Whether it is in the scope.
  package func has(_ word: AgreementScope) -> Bool { self.bits & Self.bit(word) != 0 }

  /// Refuses what is not in the scope.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInAgreement``.
  package func require(_ word: AgreementScope) throws(Refusal) {
    guard self.has(word) else { throw Refusal(.notInAgreement, ["scope": word.rawValue]) }
  }

  private static func bit(_ word: AgreementScope) -> UInt8 {
    switch word {
    case .verifyNumber: 1
    case .verifyBulk: 2
    case .watch: 4
    case .reasons: 8
    }
  }
}
