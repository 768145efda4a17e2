/// What somebody with nothing but a credential, status lists and keys that he trusts may conclude of it.
///
/// Three answers: what could not be checked never makes it valid. Source: `schema/CREDENTIAL.md`, "Verifying".
public struct CredentialVerdict: Equatable, Sendable {
  /// What is looked at, in this order, by a word that programs read.
  public enum Check: String, CaseIterable, Sendable {
    case credential, lists, age, state
  }

  /// How a certificate stands.
  public enum State: String, Sendable {
    case valid, notYetValid, expired
    /// Or replaced: a list has one bit for both.
    case revoked
    case suspended
  }

  /// What was found where something was looked at.
  public enum Finding: Equatable, Sendable {
    /// A key that is trusted has signed it, by this name.
    case signed(by: String)
    /// No key that is trusted has.
    case unsigned
    /// The signature does not hold, by the key that it names.
    case forged(key: String)
    /// There is no list of this purpose.
    case absent(StatusList.Purpose)
    /// So many days old, which is not more than are allowed.
    case fresh(days: Int64)
    /// So many days old, which is more.
    case old(days: Int64)
    /// It speaks of an instant that has not come: a clock is wrong.
    case future
    /// How the certificate stands.
    case stands(State)
    /// What it rests on does not hold, or is not known.
    case notLookedAt
  }

  private static let dayMs: Int64 = 86_400_000

  /// Each check with its finding, in their order.
  public private(set) var findings: [(check: Check, finding: Finding)] = []
  /// The answer.
  public private(set) var answer = BundleVerdict.Answer.unknown
  /// The instant of which the older list tells, in milliseconds since 1970; nil where the lists can't be believed.
  public private(set) var asOfMs: Int64?

  /// Checks a credential.
  ///
  /// - Parameters:
  ///   - lists: Status lists, of whatever years.
  ///   - keys: Those that are trusted.
  ///   - atMs: The instant, in milliseconds since 1970.
  ///   - maxAge: How many days old lists may be by which a certificate is valid.
  public init(
    _ signed: SignedCredential, lists: [SignedStatusList], by keys: [NoteKey], atMs: Int64,
    maxAge: Int64
  ) {
    let credential = signed.credential
    let own = keys.filter { $0.certificatesLog == credential.log }
    let whole = Self.signature(signed.holds, signed.credential.issuer, own)
    self.add(.credential, whole)
    guard whole.holds == true else {
      for check in [Check.lists, .age, .state] { self.add(check, .notLookedAt) }
      if whole.holds == false { self.answer = .notValid }
      return
    }
    let (finding, found) = Self.found(lists, for: credential, own)
    self.add(.lists, finding)
    let asOf = found.map(\.fromMs).min()
    let (age, isCurrent) = asOf.map { Self.age($0, atMs, maxAge) } ?? (.notLookedAt, false)
    self.add(.age, age)
    self.asOfMs = asOf
    let marked = found.filter { $0.list.isSet(credential.place) }.map(\.purpose)
    let state = Self.state(of: credential, marked, at: max(atMs, asOf ?? atMs))
    // Days are signed with it; that nothing stands against it only lists say.
    let isKnown = asOf != nil || state == .expired || state == .notYetValid
    self.add(.state, isKnown ? .stands(state) : .notLookedAt)
    guard isKnown else { return }
    switch state {
    case .valid: self.answer = isCurrent ? .valid : .unknown
    // It may be over since.
    case .suspended: self.answer = isCurrent ? .notValid : .unknown
    case .revoked, .expired, .notYetValid: self.answer = .notValid
    }
  }

  /// Whether both have the same answer and findings.
  public static func == (left: CredentialVerdict, right: CredentialVerdict) -> Bool {
    left.answer == right.answer && left.asOfMs == right.asOfMs
      && left.findings.elementsEqual(right.findings) { $0 == $1 }
  }

  private mutating func add(_ check: Check, _ finding: Finding) {
    self.findings.append((check, finding))
  }

  private static func signature(_ holds: Bool, _ issuer: DIDKey, _ keys: [NoteKey]) -> Finding {
    guard holds else { return .forged(key: "\(issuer)") }
    return keys.first { $0.publicKey == issuer.publicKey }.map { .signed(by: $0.name) }
      ?? .unsigned
  }

  /// The lists of the certificate's year, the newest of each purpose; none where one of them can't be believed.
  private static func found(
    _ lists: [SignedStatusList], for credential: CertificateCredential, _ keys: [NoteKey]
  ) -> (finding: Finding, lists: [SignedStatusList]) {
    var found: [SignedStatusList] = []
    var names: [String] = []
    for purpose in StatusList.Purpose.allCases {
      let own = lists.filter {
        $0.purpose == purpose && $0.isOf(credential.year, log: credential.log)
      }
      guard let list = own.max(by: { $0.fromMs < $1.fromMs }) else { return (.absent(purpose), []) }
      let finding = Self.signature(list.holds, list.issuer, keys)
      guard case .signed(let name) = finding else { return (finding, []) }
      found.append(list)
      names.append(name)
    }
    return (.signed(by: names[0]), found)
  }

  /// How old lists are, and whether that is not too old.
  private static func age(
    _ fromMs: Int64, _ atMs: Int64, _ maxAge: Int64
  ) -> (finding: Finding, isCurrent: Bool) {
    // Two clocks may differ.
    guard atMs > fromMs - Self.dayMs else { return (.future, false) }
    let days = max(0, atMs - fromMs) / Self.dayMs
    return days <= maxAge ? (.fresh(days: days), true) : (.old(days: days), false)
  }

  /// Revoked before suspended before expired before not yet valid.
  private static func state(
    of credential: CertificateCredential, _ marked: [StatusList.Purpose], at ms: Int64
  ) -> State {
    if marked.contains(.revocation) { return .revoked }
    if marked.contains(.suspension) { return .suspended }
    if let until = credential.validUntil.flatMap(InstantText.milliseconds), ms >= until {
      return .expired
    }
    if let from = InstantText.milliseconds(credential.validFrom), ms < from { return .notYetValid }
    return .valid
  }
}

extension CredentialVerdict.Finding {
  /// Whether it holds; nil where nothing follows.
  public var holds: Bool? {
    switch self {
    case .signed, .fresh, .stands(.valid): true
    case .forged, .stands: false
    case .unsigned, .absent, .old, .future, .notLookedAt: nil
    }
  }
}
