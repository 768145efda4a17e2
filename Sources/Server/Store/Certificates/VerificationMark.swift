package import BitimDomain
package import BitimProtocol

/// What stands against a certificate, in one column of `verification`: each mark's days and its
/// answer, so that a paper that is shown costs one look-up whatever became of it.
///
/// A mark is four octets of its first day and four of its last, both since 1970 and big-endian, one of
/// the answer's length, and the answer: `bitim.v1.CertificateStatus`. They lie in the order in which
/// they are asked. What holds on no day, and so answers none, is the note of the last duplicate:
/// `bitim.v1.Duplicate`; it lies last. A mark that is stayed lies there once for each span of days on which
/// it has effect, and with no answer where that is none.
enum VerificationMark {
  /// The last day of what has none.
  private static let open = Int(Int32.max)

  /// The first day of what holds on none: none is later, and its last is before.
  private static let never = Int(Int32.max)

  static func octets(
    of marks: [CertificateMark], _ duplicate: CertificateDuplicate?
  ) -> [UInt8] {
    var octets: [UInt8] = []
    func add(_ from: Int, _ until: Int, _ answer: [UInt8]) {
      octets += Self.octets(from) + Self.octets(until) + [UInt8(answer.count)] + answer
    }
    for mark in marks {
      let effect = mark.effect
      if effect.isEmpty { add(Self.never, 0, []) }
      for days in effect {
        add(
          days.from.dayNumber, days.until?.dayNumber ?? Self.open,
          Self.status(of: mark, on: days).encoded)
      }
    }
    if let duplicate { add(Self.never, 0, BitimV1.Duplicate(duplicate).encoded) }
    return octets
  }

  /// How a certificate is answered on days of `mark`; grounds are nobody's business but the School's
  ///
  private static func status(
    of mark: CertificateMark, on days: Period
  ) -> BitimV1.CertificateStatus {
    var status = BitimV1.CertificateStatus()
    status.standing = .init(mark.cause.standing)
    status.since = days.from.iso
    status.until = days.until?.iso ?? ""
    switch mark.cause {
    case .revoked(let reason): status.told = .init(reason.told)
    case .suspended: break
    case .replaced(_, let successor): status.successor = successor.text
    }
    return status
  }

  private static func octets(_ day: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: day >> (24 - 8 * $0)) }
  }

  /// Where the answer lies of the first mark that covers `day`; nil if none does.
  static func answer(on day: CivilDate, in octets: Span<UInt8>) -> Range<Int>? {
    var at = 0
    while at + 9 <= octets.count {
      let start = at + 9
      let end = start + Int(octets[at + 8])
      guard end <= octets.count else { return nil }
      let from = Self.day(octets, at)
      if day.dayNumber >= from, day.dayNumber <= Self.day(octets, at + 4) { return start..<end }
      at = end
    }
    return nil
  }

  /// Where the note of a duplicate lies; nil if there is none.
  static func duplicate(in octets: Span<UInt8>) -> Range<Int>? {
    var at = 0
    while at + 9 <= octets.count {
      let start = at + 9
      let end = start + Int(octets[at + 8])
      guard end <= octets.count else { return nil }
      let isNote = start < end && Self.day(octets, at) > Self.day(octets, at + 4)
      if isNote { return start..<end }
      at = end
    }
    return nil
  }

  private static func day(_ octets: Span<UInt8>, _ at: Int) -> Int {
    var day: UInt32 = 0
    for index in at..<at + 4 { day = day << 8 | UInt32(octets[index]) }
    return Int(Int32(bitPattern: day))
  }
}

extension BitimV1.Duplicate {
  /// A duplicate as it is answered.
  package init(_ duplicate: CertificateDuplicate) {
    self.init()
    self.copy = Int32(duplicate.copy)
    self.madeOn = duplicate.madeOn.iso
  }
}
