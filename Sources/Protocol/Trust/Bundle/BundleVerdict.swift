/// What somebody with nothing but a bundle and keys that he trusts may conclude of it.
///
/// Three answers: what could not be checked never makes ``Answer/valid``. Source: `schema/BUNDLE.md`, "Verifying".
public struct BundleVerdict: Equatable, Sendable {
  /// The answer.
  public enum Answer: Equatable, Sendable { case valid, notValid, unknown }

  /// What is looked at, in this order, by a word that programs read.
  public enum Check: String, CaseIterable, Sendable {
    case certificate, standing, checkpoint, acts, age, state
  }

  /// What was found where something was looked at.
  public enum Finding: Equatable, Sendable {
    /// A key that is trusted has signed it, by this name.
    case signed(by: String)
    /// No key that is trusted has.
    case unsigned
    /// A key that is trusted stands in a signature that does not hold, by this name.
    case forged(name: String)
    /// It says another thing than the certificate does, or is of another log, or of another size.
    case differs
    /// So many acts are in the log.
    case proven(acts: Int)
    /// This act is not shown to be in the log, or is none that could have done it.
    case notProven(act: Int64)
    /// So many days old, which is not more than are allowed.
    case fresh(days: Int64)
    /// So many days old, which is more.
    case old(days: Int64)
    /// It speaks of an instant that has not come: a clock is wrong.
    case future
    /// How the certificate stands.
    case stands(StandingNote.Standing)
    /// What it rests on does not hold, or is not known.
    case notLookedAt

    /// Whether it holds; nil where nothing follows.
    public var holds: Bool? {
      switch self {
      case .signed, .proven, .fresh, .stands(.valid): true
      case .forged, .differs, .notProven, .stands: false
      case .unsigned, .old, .future, .notLookedAt: nil
      }
    }
  }

  /// Each check with its finding, in their order.
  public private(set) var findings: [(check: Check, finding: Finding)] = []
  /// The answer.
  public private(set) var answer = Answer.unknown

  /// Which acts may have done what an event says; `approved` is any that two persons made.
  private static let kinds: [StandingNote.Event.Kind: Set<String>] = [
    .issued: ["certificates_issued", "certificates_adopted", "certificate_replaced", "approved"],
    .revoked: ["certificate_revoked", "mark_withdrawn", "approved"],
    .suspended: ["certificate_suspended", "certificate_reinstated", "approved"],
    .replaced: ["certificate_replaced", "approved"],
  ]
  private static let dayMs: Int64 = 86_400_000

  /// Checks a bundle.
  ///
  /// - Parameters:
  ///   - keys: Those that are trusted, and those that they introduce.
  ///   - disbelieved: Those that are not, whoever introduces them.
  ///   - atMs: The instant, in milliseconds since 1970.
  ///   - today: The day of the reader; the standing's own where that is later.
  ///   - maxAge: How many days old a standing may be that makes a certificate valid.
  public init(
    _ bundle: CertificateBundle, by keys: [NoteKey], butNot disbelieved: [NoteKey] = [],
    atMs: Int64, today: String, maxAge: Int64
  ) {
    let keys = keys + Self.introduced(bundle, by: keys, butNot: disbelieved)
    let certificate = Self.signed(bundle.certificateNote, by: keys)
    self.add(.certificate, certificate.finding)
    self.add(.standing, Self.standing(bundle, certificate.key, by: keys))
    self.add(.checkpoint, Self.checkpoint(bundle, certificate.key, by: keys))
    self.add(.acts, self.acts(bundle))
    let (age, isCurrent) = Self.age(bundle.standing, atMs, maxAge)
    let isTold = self.findings.allSatisfy { $0.finding.holds == true }
    let isForged = self.findings.contains { $0.finding.holds == false }
    self.add(.age, isTold ? age : .notLookedAt)
    let standing = bundle.standing.standing(on: max(today, bundle.standing.day))
    self.add(.state, isTold ? .stands(standing) : .notLookedAt)
    if isForged {
      self.answer = .notValid
    } else if isTold {
      self.answer = Self.answer(standing, isCurrent: isCurrent)
    }
  }

  /// Whether both have the same answer and findings.
  public static func == (left: BundleVerdict, right: BundleVerdict) -> Bool {
    left.answer == right.answer && left.findings.elementsEqual(right.findings) { $0 == $1 }
  }

  private mutating func add(_ check: Check, _ finding: Finding) {
    self.findings.append((check, finding))
  }

  /// The keys that the trusted ones introduce: who trusts a log for its certificates trusts its next keys for them.
  private static func introduced(
    _ bundle: CertificateBundle, by keys: [NoteKey], butNot disbelieved: [NoteKey]
  ) -> [NoteKey] {
    let thieves = Set(disbelieved.map(\.publicKey))
    let notes = bundle.keyNotes.filter { note in
      KeyNote(text: note.text).map { !thieves.contains($0.key.publicKey) } ?? false
    }
    var found: [NoteKey] = []
    for log in Set(keys.compactMap(\.certificatesLog)).sorted() where !notes.isEmpty {
      let chain = KeyChain(log: log, pinned: keys, notes: notes.map(\.octets))
      for link in chain.links where link.by != nil {
        switch link.use {
        case .log: found += [link.key, link.key.forCertificates]
        // By another name it would be another log's.
        case .certificates where link.key.certificatesLog == log: found.append(link.key)
        case .certificates: break
        }
      }
    }
    return found.filter { !keys.contains($0) }
  }

  /// What ends a certificate for good is true however old the news is; a suspension may be over since.
  private static func answer(_ standing: StandingNote.Standing, isCurrent: Bool) -> Answer {
    switch standing {
    case .valid: isCurrent ? .valid : .unknown
    case .ended(let event) where event.kind == .suspended: isCurrent ? .notValid : .unknown
    case .ended, .expired, .notYetValid: .notValid
    }
  }

  /// Whether a key for certificates has signed a note, and which.
  private static func signed(
    _ note: SignedNote, by keys: [NoteKey]
  ) -> (finding: Finding, key: NoteKey?) {
    do throws(SignedNote.Distrust) {
      let signers = try note.signers(among: keys.filter { $0.certificatesLog != nil })
      return (.signed(by: signers[0].name), signers[0])
    } catch {
      switch error {
      case .unsigned: return (.unsigned, nil)
      case .forged(let name): return (.forged(name: name), nil)
      }
    }
  }

  private static func standing(
    _ bundle: CertificateBundle, _ key: NoteKey?, by keys: [NoteKey]
  ) -> Finding {
    let (finding, signer) = Self.signed(bundle.standingNote, by: keys)
    guard let signer, let key else { return finding }
    let (certificate, standing) = (bundle.certificate, bundle.standing)
    let issued = standing.events[0]
    guard signer.name.utf8.elementsEqual(key.name.utf8), certificate.number == standing.number,
      issued.act == certificate.act, issued.until == certificate.validUntil,
      issued.from >= certificate.issuedOn
    else { return .differs }
    return finding
  }

  private static func checkpoint(
    _ bundle: CertificateBundle, _ key: NoteKey?, by keys: [NoteKey]
  ) -> Finding {
    let signed: SignedCheckpoint
    do throws(SignedCheckpoint.Fault) {
      signed = try SignedCheckpoint(bundle.checkpoint.octets, by: keys)
    } catch {
      switch error {
      case .unsigned: return .unsigned
      case .forged(let name): return .forged(name: name)
      case .notNote, .noCheckpoint, .otherOrigin: return .differs
      }
    }
    let checkpoint = signed.checkpoint
    guard checkpoint.size == bundle.standing.size,
      key?.certificatesLog.map({ $0.utf8.elementsEqual(checkpoint.origin.utf8) }) ?? true
    else { return .differs }
    return .signed(by: signed.key.name)
  }

  /// Whether each event has its act, in the log that was signed.
  private func acts(_ bundle: CertificateBundle) -> Finding {
    let rests = self.findings.filter { $0.check == .standing || $0.check == .checkpoint }
    guard rests.allSatisfy({ $0.finding.holds == true }),
      let checkpoint = Checkpoint(text: bundle.checkpoint.text)
    else { return .notLookedAt }
    for (index, event) in bundle.standing.events.enumerated() {
      guard index < bundle.acts.count else { return .notProven(act: event.act) }
      let act = bundle.acts[index]
      let isShown = MerkleTree.verifyInclusion(
        leafHash: MerkleTree.leaf(act.entry.octets), index: UInt64(event.act - 1),
        size: UInt64(checkpoint.size), proof: act.hashes, root: checkpoint.root)
      guard isShown, act.entry.sequence == event.act,
        Self.kinds[event.kind]?.contains(act.entry.kind) == true
      else { return .notProven(act: event.act) }
    }
    let count = bundle.standing.events.count
    // One more would be an act of something that nobody says.
    guard bundle.acts.count == count else {
      return .notProven(act: bundle.acts[count].entry.sequence)
    }
    return .proven(acts: count)
  }

  /// How old the standing is, and whether that is not too old.
  private static func age(
    _ standing: StandingNote, _ atMs: Int64, _ maxAge: Int64
  ) -> (finding: Finding, isCurrent: Bool) {
    // Two clocks may differ, and days begin at another instant elsewhere.
    guard atMs > standing.atMs - Self.dayMs else { return (.future, false) }
    let days = max(0, atMs - standing.atMs) / Self.dayMs
    return days <= maxAge ? (.fresh(days: days), true) : (.old(days: days), false)
  }
}
