/// Lets a key sign for the School.
package struct CertifyKey: Equatable, Sendable {
  /// How many days ahead its first day may be: so long its partners have to learn of it.
  package static let daysAheadMax = 30

  package let key: SigningKey

  package init(_ key: SigningKey) { self.key = key }

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The same key, if it was ever certified, by whatever name.
    package var known: CertifiedKey?
    /// The name of the log.
    package var log: String
    /// Whether a key of the log was certified before.
    package var hasLogKey: Bool

    package init(known: CertifiedKey?, log: String, hasLogKey: Bool = true) {
      self.hasLogKey = hasLogKey
      self.known = known
      self.log = log
    }
  }

  /// What it comes to; it takes two persons.
  ///
  /// - Throws: ``Refusal`` with ``Reason/keyCertified``, ``Reason/keyOtherName`` or ``Reason/outOfRange``.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Decision {
    if let known = facts.known {
      throw Refusal(.keyCertified, ["since": known.key.from.iso])
    }
    // By its name a key is believed for one thing alone.
    let name = self.key.use == .log ? facts.log : facts.log + "/certificates"
    guard self.key.name == name else {
      throw Refusal(.keyOtherName, column: "key", value: self.key.name, ["name": name])
    }
    // The first of the log signs from now on: until its day came nobody would, nor introduce it.
    let isFirst = self.key.use == .log && !facts.hasLogKey
    let last = isFirst ? today : CivilDate(dayNumber: today.dayNumber + Self.daysAheadMax)
    guard self.key.from <= last else {
      throw Refusal(
        .outOfRange, column: "valid_from", value: self.key.from.iso,
        ["low": "2000-01-01", "high": last.iso])
    }
    return Decision(.keyCertified(KeyCertified(key: self.key)), takesTwo: true)
  }
}
