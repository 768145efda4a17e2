import BitimCrypto
import BitimSystem
package import BitimTrust
import Synchronization

/// Signs checkpoints of the journal by an agent, and knows the newest.
///
/// It makes the journal's tree itself, of the entries it is given: what it signs is what it has read, and what it
/// has once read it never takes back. A journal that does not go on from the checkpoint that was signed last, here or
/// before the last start, gets no other signature. At most one thread signs at a time, and nobody waits for it.
package final class LogSigner: Sendable {
  /// Why nothing newer is signed.
  package enum Trouble: Error, Equatable, CustomStringConvertible {
    /// The operator wants no signatures.
    case off
    /// The server has not tried yet.
    case notYet
    /// The agent gives none.
    case agent(AgentFailure)
    /// Which of its keys is meant nobody says.
    case severalKeys([SigningAgent.Key])
    /// It has others than the one that is meant.
    case lacksKey(String, [SigningAgent.Key])
    /// It has none of the log's keys that the journal says stand today, but these.
    case lacksCertified([SigningAgent.Key])
    /// No key of the log that the journal knows stands today.
    case noneStands
    /// The agent of the server's own did not start, or its key is not to be used.
    case ownAgent(String)
    /// The journal is not the one of which a checkpoint was signed.
    case otherHistory(size: Int64, file: String)
    /// What is signed can't be kept, or what was kept can't be read: without it nobody would notice another history.
    case unkept(String)

    /// A sentence for everybody: keys and places are the operator's.
    package var outward: String {
      switch self {
      case .off, .notYet: self.description
      case .otherHistory(let size, _):
        "the journal is not the one of which a checkpoint of \(size) acts was signed"
      case .agent, .severalKeys, .lacksKey, .lacksCertified, .noneStands, .ownAgent, .unkept:
        "the server's administrator is told why"
      }
    }

    /// A sentence for the operator.
    package var description: String {
      func list(_ keys: [SigningAgent.Key]) -> String {
        keys.map { "\($0.fingerprint) “\($0.comment)”" }.joined(separator: ", ")
      }
      return switch self {
      case .off: "signing is off (signer = none)"
      case .notYet: "the server has just started"
      case .agent(let failure): failure.description
      case .severalKeys(let keys):
        "the agent holds several keys of Ed25519; name one with --signing-key: \(list(keys))"
      case .lacksKey(let wanted, let keys):
        "the agent does not hold the key \(wanted) of --signing-key, but \(list(keys))"
      case .lacksCertified(let keys):
        "the agent holds none of the log's keys that stand in the journal (`bitim key list`), but \(list(keys))"
      case .noneStands:
        "no key of the log stands in the journal today; certify the next one (`bitim key add`)"
      case .ownAgent(let words): words
      case .otherHistory(let size, let file):
        "the journal is not the one of which a checkpoint of \(size) acts was signed (\(file)): it was "
          + "changed, or brought back from an older copy; only whoever has found out which moves that file away"
      case .unkept(let words): words
      }
    }
  }

  /// A checkpoint that was signed.
  package struct Signed: Equatable, Sendable {
    /// The signed note, as C2SP has it.
    package let note: SignedNote
    /// What it says.
    package let checkpoint: Checkpoint
    /// When it was signed, in milliseconds since 1970; nil of one that was kept by an earlier run.
    package let atMs: Int64?
    /// The key that verifies it; nil of one that was kept by an earlier run.
    package let key: NoteKey?

    /// The note as it is given out.
    package var text: String { String(decoding: self.note.octets, as: UTF8.self) }
    /// The key as C2SP writes it; empty where it is not known.
    package var keyText: String { self.key?.description ?? "" }
    /// How many acts it has.
    package var size: Int64 { self.checkpoint.size }
  }

  /// A key of the School's, as two persons have said of it in the journal.
  package struct JournalKey: Equatable, Sendable {
    /// The key under its name.
    package let key: NoteKey
    /// What it signs.
    package let use: KeyNote.Use
    /// The first day: 2026-12-15.
    package let from: String
    /// Whether it may sign today.
    package let signs: Bool
    /// Whether it is retired, today or on a day to come.
    package let isRetired: Bool
    /// Whether it is a thief's as well: then nobody is told of it any more.
    package let isStolen: Bool

    /// Describes a key.
    package init(
      key: NoteKey, use: KeyNote.Use, from: String, signs: Bool, isRetired: Bool,
      isStolen: Bool = false
    ) {
      self.isStolen = isStolen
      self.key = key
      self.use = use
      self.from = from
      self.signs = signs
      self.isRetired = isRetired
    }
  }

  /// How signing goes.
  package struct Standing: Sendable {
    /// Whether the operator wants signatures.
    package let signs: Bool
    /// The newest, of an earlier run until there is one of this: where the journal does not go on from it, it is
    /// what proves that.
    package let newest: Signed?
    /// Why there is nothing newer; nil while all is well.
    package let trouble: Trouble?
    /// Whether the journal knew the key that signed last in this run.
    package let isCertified: Bool
    /// The notes that introduce keys.
    package let introductions: [NoteKey: SignedNote]

    /// The notes that introduce keys, as a bundle takes them: the oldest give way.
    package var notes: [SignedNote] {
      let notes = self.introductions.values.compactMap { note in
        KeyNote(text: note.text).map { (said: $0, note: note) }
      }
      return notes.sorted {
        ($0.said.from, $0.said.key.description) < ($1.said.from, $1.said.key.description)
      }.suffix(CertificateBundle.keyNotesMax).map(\.note)
    }
  }

  /// Where a key is asked for.
  package struct Source: Sendable {
    /// The agent; starts it where it is the server's own.
    package let agent: @Sendable () throws(Trouble) -> SigningAgent
    /// Told that the agent has failed.
    package let failed: @Sendable () -> Void
    /// Whether the first of its keys is meant where nobody says which.
    let isOwn: Bool

    /// An agent that others run.
    package init(_ agent: SigningAgent) {
      self.agent = { () throws(Trouble) in agent }
      self.failed = {}
      self.isOwn = false
    }

    /// An agent of the server's own.
    package init(
      _ agent: @escaping @Sendable () throws(Trouble) -> SigningAgent,
      failed: @escaping @Sendable () -> Void
    ) {
      self.agent = agent
      self.failed = failed
      self.isOwn = true
    }
  }

  /// What the journal is asked for: the entries behind a sequence number in their order, at least one where there
  /// is one.
  package typealias Entries = (_ after: Int64) throws -> [[UInt8]]

  /// Between two checkpoints, in nanoseconds.
  package static let pause: Int64 = 60_000_000_000
  /// After a failure, before the agent is asked again: it may take its whole time to fail once more.
  package static let pauseAfterFailure: Int64 = 10_000_000_000

  private struct State {
    /// The tree of what was read so far; nil while somebody works with it.
    var tree: TreeTiles? = TreeTiles()
    /// The tree of the newest that this run has signed.
    var signed = TreeTiles()
    var origin = ""
    /// Whether the journal was read once, and held against what was kept.
    var isReady = false
    var newest: Signed?
    /// The newest that was ever kept, by whatever key; the journal has to go on from it.
    var kept: Checkpoint?
    var trouble: Trouble?
    /// What signs certificates, beside the newest.
    var certificates: NoteKey?
    /// Whether the journal knew the key that signed the newest.
    var isCertified = false
    /// The notes that introduce keys, as far as they were made or found.
    var introductions: [NoteKey: SignedNote] = [:]
    /// When the next may be signed, on a clock that nobody sets.
    var nextAt = Int64.min
  }

  let source: Source?
  private let wanted: String?
  private let file: String
  private let nanoseconds: @Sendable () -> Int64
  private let state: Lock<State>
  /// Certificates' notes that were signed: the same text has the same signature.
  let certificates = Lock<[String: SignedNote]>([:])

  /// Describes what signs; asks nothing of it.
  ///
  /// - Parameters:
  ///   - source: Whom to ask; nil where nothing is to be signed.
  ///   - wanted: Which of its keys, by fingerprint or comment, while the journal knows none; nil where it has one.
  ///   - file: Where the newest is kept.
  ///   - nanoseconds: A clock that nobody sets.
  package init(
    _ source: Source?, key wanted: String? = nil, keeping file: String,
    nanoseconds: @escaping @Sendable () -> Int64
  ) {
    self.nanoseconds = nanoseconds
    self.source = source
    self.wanted = wanted
    self.file = file
    self.state = Lock(State(trouble: source == nil ? .off : .notYet))
  }

  /// How it goes.
  package var standing: Standing {
    let signs = self.source != nil
    return self.state.withLock {
      Standing(
        signs: signs, newest: $0.newest, trouble: $0.trouble, isCertified: $0.isCertified,
        introductions: $0.introductions)
    }
  }

  /// Signs the journal as it is, if there is something new and it is time.
  ///
  /// - Parameters:
  ///   - size: How many entries there are.
  ///   - keys: The keys that the journal knows, in the order in which they were certified.
  ///   - reads: Whether the caller has the time to read a journal from its beginning; who answers a call has not.
  ///   - isDue: Whether the pause is not waited for, where all is well: there will be no other turn, or somebody
  ///     waits for the newest acts.
  ///   - atMs: The instant, in milliseconds since 1970.
  /// - Throws: What `entries` throws.
  package func turn(
    size: Int64, keys: [JournalKey], reads: Bool = true, isDue: Bool = false, atMs: Int64,
    _ entries: Entries
  ) throws {
    guard let source = self.source else { return }
    let now = self.nanoseconds()
    let begun = self.state.withLock { state -> State? in
      // A key that signs no more is followed at once, whether or not there is anything new.
      let isDeposed = Self.isDeposed(state, by: keys)
      let isWell = state.isReady && state.trouble == nil
      let isTime = isDue ? isWell : (isDeposed && isWell) || now >= state.nextAt
      guard isTime, state.isReady || reads, let tree = state.tree,
        size > 0,
        !state.isReady || state.trouble != nil || isDeposed || size > Int64(tree.size)
      else { return nil }
      defer { state.tree = nil }
      return state
    }
    guard var work = begun else { return }
    let outcome: Result<Signed, Trouble>
    do {
      if let trouble = try self.read(&work, upTo: size, entries) {
        outcome = .failure(trouble)
      } else {
        outcome = self.signed(&work, keys, source, atMs)
      }
    } catch {
      // What was read of the journal is as it was.
      self.state.withLock { $0.tree = begun?.tree }
      throw error
    }
    self.end(work, outcome)
  }

  /// Whether a key by which something was signed last may sign no more.
  package func isDeposed(by keys: [JournalKey]) -> Bool {
    self.state.withLock { Self.isDeposed($0, by: keys) }
  }

  private static func isDeposed(_ state: State, by keys: [JournalKey]) -> Bool {
    let last = [state.newest?.key, state.certificates].compactMap { $0?.publicKey }
    return keys.contains { !$0.signs && $0.isRetired && last.contains($0.key.publicKey) }
  }

  /// Says why the journal could not be looked at.
  package func fail(_ trouble: Trouble) {
    self.state.withLock { $0.trouble = trouble }
  }

  /// Signing has failed out of turn: the next turn tries again.
  func fail(outOfTurn trouble: Trouble) {
    let now = self.nanoseconds()
    self.state.withLock {
      $0.trouble = trouble
      $0.nextAt = now + Self.pauseAfterFailure
    }
  }

  /// The newest checkpoint, with the tree that it is of; nil where there is none of this run, or nothing can be
  /// signed now.
  var proving: (newest: Signed, key: NoteKey, tree: TreeTiles)? {
    self.state.withLock { state in
      guard state.trouble == nil, let newest = state.newest, let key = state.certificates else {
        return nil
      }
      return (newest, key, state.signed)
    }
  }

  private func end(_ work: State, _ outcome: Result<Signed, Trouble>) {
    let now = self.nanoseconds()
    self.state.withLock { state in
      state = work
      switch outcome {
      case .success(let signed):
        (state.newest, state.kept, state.trouble) = (signed, signed.checkpoint, nil)
        if let tree = work.tree { state.signed = tree }
        state.nextAt = now + Self.pause
      case .failure(let trouble):
        state.trouble = trouble
        // A journal that is read in vain may be a long one.
        state.nextAt = now + (state.isReady ? Self.pauseAfterFailure : Self.pause)
      }
    }
  }

  /// Reads what is new of the journal; what is wrong with it, if anything is.
  private func read(
    _ work: inout State, upTo size: Int64, _ entries: Entries
  ) throws -> Trouble? {
    if !work.isReady {
      work.tree = TreeTiles()
      if let trouble = self.recall(&work) { return trouble }
    }
    var tree = work.tree ?? TreeTiles()
    while Int64(tree.size) < size {
      let page = try entries(Int64(tree.size))
      guard !page.isEmpty else {
        return .unkept("the journal says that it has \(size) entries, and has \(tree.size)")
      }
      for entry in page.prefix(Int(size) - Int(tree.size)) {
        if tree.size == 0 { work.origin = Checkpoint.origin(firstEntry: entry) }
        tree.append(entry)
        guard !work.isReady, let kept = work.kept, Int64(tree.size) == kept.size else { continue }
        guard kept.root == tree.root, kept.origin == work.origin else {
          return .otherHistory(size: kept.size, file: self.file)
        }
      }
    }
    if let kept = work.kept, kept.size > size {
      return .otherHistory(size: kept.size, file: self.file)
    }
    (work.tree, work.isReady) = (tree, true)
    return nil
  }

  /// Reads what was signed before the last start.
  private func recall(_ work: inout State) -> Trouble? {
    do throws(PublicFile.Failure) {
      guard let octets = try FileSystem.octets(of: self.file, most: SignedNote.octetsMax) else {
        work.kept = nil
        return nil
      }
      guard let note = try? SignedNote(octets), let kept = Checkpoint(text: note.text) else {
        return .unkept("\(self.file): is no signed checkpoint; move it away if you know why")
      }
      work.kept = kept
      work.newest = Signed(note: note, checkpoint: kept, atMs: nil, key: nil)
      return nil
    } catch {
      return .unkept("\(self.file): \(FileSystem.words(for: error.code))")
    }
  }

  /// Has the tree signed, and keeps what was signed before anybody gets it.
  private func signed(
    _ work: inout State, _ keys: [JournalKey], _ source: Source, _ atMs: Int64
  ) -> Result<Signed, Trouble> {
    let tree = work.tree ?? TreeTiles()
    let checkpoint = Checkpoint(origin: work.origin, size: Int64(tree.size), root: tree.root)
    do throws(Trouble) {
      let agent = try source.agent()
      let (key, note): (NoteKey, SignedNote)
      do throws(AgentFailure) {
        let held = try agent.keys()
        let log = keys.filter { $0.use == .log }
        let meant =
          log.isEmpty ? self.meant(held, source) : Self.meant(held, by: log)
        guard case .success(let publicKey) = meant else {
          // Whoever locked it, or took its key, may have done so to an agent of our own.
          source.failed()
          return meant.flatMap { _ in .failure(.agent(.holdsNoKey)) }
        }
        guard let named = NoteKey(name: work.origin, publicKey: publicKey),
          var unsigned = SignedNote(text: checkpoint.text)
        else { preconditionFailure("an origin of hexadecimal digits that names no key") }
        unsigned.add(try agent.signature(of: unsigned.message, by: publicKey), by: named)
        (key, note) = (named, unsigned)
        work.isCertified = !log.isEmpty
        work.certificates = Self.certificates(of: named, held, keys)
        self.introduce(keys, &work, by: agent, holding: held)
      } catch {
        source.failed()
        throw .agent(error)
      }
      try self.keep(note)
      return .success(Signed(note: note, checkpoint: checkpoint, atMs: atMs, key: key))
    } catch {
      return .failure(error)
    }
  }

  /// The key that the journal means, of those that an agent holds: of those that stand today the one whose first day
  /// is the latest.
  private static func meant(
    _ held: [SigningAgent.Key], by log: [JournalKey]
  ) -> Result<Ed25519PublicKey, Trouble> {
    guard !held.isEmpty else { return .failure(.agent(.holdsNoKey)) }
    let standing = log.filter(\.signs)
    guard !standing.isEmpty else { return .failure(.noneStands) }
    // Of one day the one that was certified later.
    let fitting = standing.enumerated()
      .filter { _, key in held.contains { $0.publicKey == key.key.publicKey } }
      .max { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
    guard let fitting else { return .failure(.lacksCertified(held)) }
    return .success(fitting.element.key.publicKey)
  }

  /// The key that signs certificates: one that was certified for that, or else the log's under its other name.
  private static func certificates(
    of log: NoteKey, _ held: [SigningAgent.Key], _ keys: [JournalKey]
  ) -> NoteKey {
    let own = keys.filter {
      $0.use == .certificates
        && $0.key.name.utf8.elementsEqual(log.forCertificates.name.utf8)
    }
    guard case .success(let key) = Self.meant(held, by: own) else { return log.forCertificates }
    return NoteKey(name: log.forCertificates.name, publicKey: key) ?? log.forCertificates
  }

  /// Has each key that the journal knows introduced, once, by the keys of the log that were certified before it and
  /// sign today. What fails is made at the next signature: no checkpoint waits for it.
  private func introduce(
    _ keys: [JournalKey], _ work: inout State, by agent: SigningAgent,
    holding held: [SigningAgent.Key]
  ) {
    func isHeld(_ key: JournalKey) -> Bool {
      held.contains { $0.publicKey == key.key.publicKey }
    }
    for one in keys where one.isStolen { work.introductions[one.key] = nil }
    for (index, one) in keys.enumerated()
    where work.introductions[one.key] == nil && !one.isStolen {
      guard
        let said = KeyNote(origin: work.origin, key: one.key, use: one.use, from: one.from),
        var note = SignedNote(text: said.text)
      else { continue }
      let file = self.introduction(of: one.key)
      if let octets = (try? FileSystem.octets(of: file, most: SignedNote.octetsMax)) ?? nil,
        let there = try? SignedNote(octets), there.text == said.text,
        (try? there.signers(among: keys.filter { $0.use == .log }.map(\.key))) != nil
      {
        work.introductions[one.key] = there
        continue
      }
      let elders = keys[..<index].filter { $0.use == .log && $0.signs && isHeld($0) }
      guard !one.isRetired, !elders.isEmpty else { continue }
      let signers = (elders + (isHeld(one) ? [one] : [])).map(\.key)
      let signatures = signers.compactMap {
        try? agent.signature(of: note.message, by: $0.publicKey)
      }
      guard signatures.count == signers.count else { continue }
      for (key, signature) in zip(signers, signatures) { note.add(signature, by: key) }
      guard (try? PublicFile.replace(file, with: note.octets)) != nil else { continue }
      work.introductions[one.key] = note
    }
  }

  /// Where the note lies that introduces a key.
  private func introduction(of key: NoteKey) -> String {
    "\(self.file)-key-\(Hex.text(key.id))"
  }

  /// The key that is meant, of those that an agent holds.
  private func meant(
    _ keys: [SigningAgent.Key], _ source: Source
  ) -> Result<Ed25519PublicKey, Trouble> {
    guard !keys.isEmpty else { return .failure(.agent(.holdsNoKey)) }
    guard let wanted else {
      return keys.count == 1 || source.isOwn
        ? .success(keys[0].publicKey) : .failure(.severalKeys(keys))
    }
    let fitting = keys.filter { $0.fingerprint == wanted || $0.comment == wanted }
    switch fitting.count {
    case 0: return .failure(.lacksKey(wanted, keys))
    case 1: return .success(fitting[0].publicKey)
    default: return .failure(.severalKeys(fitting))
    }
  }

  private func keep(_ note: SignedNote) throws(Trouble) {
    do throws(PublicFile.Failure) {
      try PublicFile.replace(self.file, with: note.octets)
      try PublicFile.settle(self.file)
    } catch {
      throw .unkept("\(self.file): \(FileSystem.words(for: error.code))")
    }
  }
}
