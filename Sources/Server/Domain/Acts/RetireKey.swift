/// Lets a key sign no more.
package struct RetireKey: Equatable, Sendable {
  package let publicKey: [UInt8]
  package let retirement: KeyRetirement

  package init(_ publicKey: [UInt8], _ retirement: KeyRetirement) {
    self.publicKey = publicKey
    self.retirement = retirement
  }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The key that is named.
    package var key: CertifiedKey
    /// All others of that use, retired or not.
    package var others: [CertifiedKey]
    /// How many acts the journal has.
    package var size: Int64

    package init(key: CertifiedKey, others: [CertifiedKey], size: Int64) {
      self.key = key
      self.others = others
      self.size = size
    }
  }

  /// What it comes to; it takes two persons.
  ///
  /// - Throws: ``Refusal`` with ``Reason/keyRetired``, ``Reason/missing``, ``Reason/outOfRange``,
  ///   ``Reason/datesReversed`` or ``Reason/lastLogKey``.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Decision {
    let isStolen = self.retirement.ground == .stolen
    if let there = facts.key.retirement, there.ground == .stolen || !isStolen {
      throw Refusal(.keyRetired, ["day": there.lastDay.iso])
    }
    if isStolen, self.retirement.believedSize == nil {
      throw Refusal(.missing, column: "believed_size")
    }
    // What nobody else had is believed in all that it has signed.
    if let size = self.retirement.believedSize, !isStolen || !(0...facts.size).contains(size) {
      throw Self.outOfRange(
        "believed_size", "\(size)", low: "0", high: isStolen ? "\(facts.size)" : "0")
    }
    // What is lost or stolen signs no more; another may take its place on a day to come.
    let isRotated = self.retirement.ground == .rotated
    let last = CivilDate(
      dayNumber: today.dayNumber + (isRotated ? CertifyKey.daysAheadMax : 0))
    guard self.retirement.lastDay <= last else {
      throw Self.outOfRange(
        "last_day", self.retirement.lastDay.iso, low: "2000-01-01", high: last.iso)
    }
    // A key whose first day is still to come never signs.
    guard self.retirement.lastDay >= min(facts.key.key.from, today) else {
      throw Refusal(.datesReversed, column: "last_day", value: self.retirement.lastDay.iso)
    }
    if facts.key.key.use == .log, isRotated, !facts.others.contains(where: self.follows) {
      throw Refusal(.lastLogKey)
    }
    return Decision(
      .keyRetired(
        KeyRetired(
          publicKey: self.publicKey, retirement: self.retirement, ends: facts.key.retiredBy)),
      takesTwo: true)
  }

  /// Whether a key stands on the day behind the last.
  private func follows(_ other: CertifiedKey) -> Bool {
    other.retirement == nil
      && other.key.from.dayNumber <= self.retirement.lastDay.dayNumber + 1
  }

  private static func outOfRange(
    _ column: String, _ value: String, low: String, high: String
  ) -> Refusal {
    Refusal(.outOfRange, column: column, value: value, ["low": low, "high": high])
  }
}
