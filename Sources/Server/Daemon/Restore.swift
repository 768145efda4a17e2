import BitimDomain
import BitimProtocol
import BitimSystem
import BitimStore
import BitimTrust
import Foundation

/// `bitimd restore`: verifies a copy, and only then puts it in the database's place.
///
/// The serials that may have been given out since are burned, the gap is journaled, and what stood
/// there before is kept beside it.
struct Restore {
  private let configuration: Configuration
  private let source: String
  private let burn: Int64
  /// How many acts of what is known to have been are given up; `unknown` where nobody can count them.
  private let givesUp: String
  private let checkpoint: Checkpoint?
  /// What the registry that was here had signed last; nil where nothing was.
  private let signed: Checkpoint?
  private let files = FileManager.default

  private var path: String { self.configuration.database }
  private var replacement: Replacement { Replacement(of: self.path, "restoring") }
  private var fresh: String { self.replacement.fresh }

  /// Reads the options of `restore`.
  ///
  /// - Throws: ``Configuration/Fault``.
  init(_ configuration: Configuration, _ options: [String: String]) throws {
    guard let source = options["from"] else {
      throw Configuration.Fault(
        description: "--from: name a backup, or the folder of a second copy.")
    }
    guard let burn = options["burn"].flatMap(Int64.init), (0...999_999).contains(burn) else {
      throw Configuration.Fault(
        description:
          "--burn N: how many serials after the copy's last may have been given out, at most, those "
          + "counted that an earlier restoration burned? They are never given out again; 0 if none."
      )
    }
    let givesUp = options["give-up"] ?? "0"
    guard givesUp == "unknown" || Int64(givesUp).map({ $0 >= 0 }) == true else {
      throw Configuration.Fault(description: "--give-up: not a number of acts, nor 'unknown'.")
    }
    self.configuration = configuration
    self.source = source
    self.burn = burn
    self.givesUp = givesUp
    self.checkpoint = try KeptCheckpoint(options)?.checkpoint
    self.signed = try Self.signed(configuration.signedLast)
  }

  private static func signed(_ file: String) throws -> Checkpoint? {
    guard FileSystem.isThere(file) else { return nil }
    guard let octets = try? FileSystem.octets(of: file, most: SignedNote.octetsMax),
      let checkpoint = Checkpoint(file: octets)
    else {
      throw Configuration.Fault(
        description:
          "\(file): is no signed checkpoint, or can't be read; move it away if you know why. "
          + "Nothing was replaced.")
    }
    return checkpoint
  }

  /// Restores, and prints what was done and what no copy holds.
  func run() throws {
    umask(0o077)
    let lock = try DatabaseLock(beside: self.path)
    defer { withExtendedLifetime(lock) {} }
    try self.refuseForeign()
    self.replacement.removeFresh()
    do {
      let (unused, findings) = try self.ofCopy { (try self.build(), try self.verify()) }
      let restoredTo = try RegistryFile(path: self.fresh).asOf()
      try self.refuseUnknown(findings, restoredTo)
      try self.refuseOlder(findings)
      try Registry.unmark(path: self.fresh)
      let burned = try self.burnSerials(acts: findings.acts, restoredTo)
      try Registry.settle(path: self.fresh)
      let kept = try self.replace()
      self.tell(findings, restoredTo, unused: unused, burned, kept)
    } catch {
      self.replacement.removeFresh()
      throw error
    }
  }

  /// Does what reads the copy: what fails then is the copy's, not the database's.
  private func ofCopy<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let failure as StoreFailure where failure.kind == .full {
      throw Failed(
        words:
          "\(FileSystem.folder(of: self.fresh)): there is no room for what the copy holds; make some. "
          + "Nothing was replaced.")
    } catch let failure as StoreFailure {
      throw Configuration.Fault(
        description: "\(Told.words(for: failure, database: self.source)) Nothing was replaced.")
    }
  }

  /// Rebuilds the copy beside the database; returns how many octets at its end were cut off.
  private func build() throws -> Int {
    var isFolder: ObjCBool = false
    guard unsafe self.files.fileExists(atPath: self.source, isDirectory: &isFolder) else {
      throw Configuration.Fault(
        description: self.source.hasPrefix("ssh://")
          ? "\(self.source): fetch its folder to this machine first (scp -r), then name that."
          : FileSystem.absence(of: self.source, orElse: "is not there."))
    }
    Log.line(.info, "restore", ["step": "reading the copy"])
    guard isFolder.boolValue else {
      // A copy that nobody has open may be copied as a file. What was saved from a broken machine may
      // have its newest acts in the WAL beside it.
      do {
        for suffix in ["", "-wal"] where self.files.fileExists(atPath: self.source + suffix) {
          try self.files.copyItem(atPath: self.source + suffix, toPath: self.fresh + suffix)
        }
        try self.files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: self.fresh)
      } catch {
        throw Configuration.Fault(
          description: "\(self.source): can't be copied to \(self.fresh); is it readable for this "
            + "user, and is there room for it?")
      }
      try self.bringForward()
      return 0
    }
    let file = self.source + "/" + CopyRecord.fileName
    guard let mapped = try? Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped)
    else {
      throw Configuration.Fault(
        description: "\(file): can't be read; is it there, and readable for this user?")
    }
    let octets = [UInt8](mapped)
    var at = 0
    let progress = Progress("restore", step: "folding")
    try Registry.rebuild(at: self.fresh, instant: System.now(), progress: progress.note) {
      do {
        guard let piece = try CopyRecord.next(octets.span, &at) else { return nil }
        return try BitimV1.FollowActsResponse(decoding: piece)
      } catch {
        throw Configuration.Fault(
          description: "\(file): is damaged at octet \(at); restore from another copy.")
      }
    }
    return octets.count - at
  }

  /// Folds the acts of a backup that an older program made anew; any other is left as it is.
  private func bringForward() throws {
    guard case .older = try RegistryFile(path: self.fresh).standing() else { return }
    let older = Replacement(of: self.fresh, "older")
    older.removeFresh()
    defer { older.removeFresh() }
    try Registry.settle(path: self.fresh)
    guard FileSystem.rename(self.fresh, to: older.fresh) else {
      throw Configuration.Fault(
        description: "\(older.fresh): can't be made; see its folder. Nothing was replaced.")
    }
    let progress = Progress("restore", step: "folding", of: Registry.head(path: older.fresh)?.size)
    _ = try Registry.upgrade(
      from: older.fresh, to: self.fresh, at: System.now(), progress: progress.note)
  }

  private func verify() throws -> Registry.Findings {
    Log.line(.info, "restore", ["step": "verifying the copy"])
    switch try RegistryFile(path: self.fresh).standing() {
    case .current: break
    case .none:
      throw Configuration.Fault(
        description:
          "\(self.source): holds no act; nothing was replaced. Restore from another copy.")
    case .older: preconditionFailure("an older copy was brought forward before")
    case .foreign:
      throw Configuration.Fault(
        description: "\(self.source): is another program's database; name a copy of the registry.")
    case .stranger(let why): throw Configuration.Fault(description: "\(self.source): \(why).")
    }
    let findings = try Offline.findings(self.fresh, "restore")
    guard findings.problems.isEmpty else {
      for problem in findings.problems { print("problem: \(problem.visible)") }
      throw Configuration.Fault(
        description:
          "\(self.source): is not whole, \(findings.problems.count) problems; nothing was "
          + "replaced. Restore from another copy.")
    }
    guard findings.acts > 0 else {
      throw Configuration.Fault(
        description:
          "\(self.source): holds no act; nothing was replaced. Restore from another copy.")
    }
    return findings
  }

  /// Refuses a place where something else lies: whatever is given up, it is not the registry's.
  private func refuseForeign() throws {
    // What has a journal's head may be what is left of a registry.
    guard FileSystem.isThere(self.path), Registry.head(path: self.path) == nil,
      case .foreign? = try? RegistryFile(path: self.path).standing()
    else { return }
    throw Configuration.Fault(
      description:
        "\(self.path): is another program's database; name with --database where the registry "
        + "is to be. Nothing was replaced.")
  }

  /// Refuses a copy beside which nothing says whose it is and how far it went, unless told to.
  private func refuseUnknown(_ copy: Registry.Findings, _ asOf: Instant) throws {
    if self.checkpoint != nil || self.givesUp == "unknown" { return }
    // A backup that somebody put there says no more than the copy.
    let isBackup = try? RegistryFile(path: self.path).isBackup()
    if FileSystem.isThere(self.path), isBackup != true { return }
    throw Configuration.Fault(
      description:
        "\(self.path): there is no registry, and no --checkpoint was given, so nobody can say "
        + "whether the copy is this registry's, nor how many acts it lacks. It has \(copy.acts) acts up "
        + "to \(asOf.text), with the root \(Base64.text(copy.root)). To take it as it is, say "
        + "--give-up unknown.")
  }

  /// Refuses a copy of another history, whatever is given up; and one that is behind what is known to
  /// have been, unless told how much is given up.
  private func refuseOlder(_ copy: Registry.Findings) throws {
    let acts = copy.acts
    var known: [(what: String, size: Int64, root: [UInt8])] = []
    if let checkpoint { known.append(("the checkpoint", checkpoint.size, checkpoint.root)) }
    let head = Registry.head(path: self.path)
    if let head {
      known.append(("the database that is there", head.size, head.root))
    }
    for (what, size, root) in known where size <= acts {
      try self.refuseFork(what, size, root)
    }
    var isRead = head != nil
    // What has more must have had the copy's root when it had as many.
    if let head, head.size > acts {
      // Entries that nobody can read say nothing of their history.
      let root = (try? Registry.root(path: self.path, size: acts)) ?? nil
      isRead = root != nil
      guard !isRead || root == copy.root else {
        throw self.fork("the database that is there", upTo: acts)
      }
    }
    try self.refuseOtherLog()
    if let signed {
      let what = "what was signed here last (\(self.configuration.signedLast))"
      known.append((what, signed.size, signed.root))
      if signed.size <= acts { try self.refuseFork(what, signed.size, signed.root) }
    }
    if !isRead, FileSystem.isThere(self.path) {
      guard self.givesUp == "unknown" else {
        throw Configuration.Fault(
          description: "\(self.path): can't be read, so nobody can say how many acts it has beyond "
            + "the copy's \(acts). To give them up for ever, say --give-up unknown; the file is kept."
        )
      }
      return
    }
    // Of all that is known, what has most: one word gives up what lies between.
    guard let (what, size, _) = known.max(by: { $0.size < $1.size }), size > acts else { return }
    // A checkpoint proves copies that are at least as long; of a shorter one it can't say whose it is.
    guard head != nil || self.givesUp == "unknown" else {
      throw Configuration.Fault(
        description:
          "\(what) has \(size) acts, the copy \(acts): nobody can say whether the copy is of the "
          + "same registry. It has the root \(Base64.text(copy.root)). To take it as it is, and give up what "
          + "it lacks for ever, say --give-up unknown.")
    }
    guard self.givesUp == "\(size - acts)" || self.givesUp == "unknown" else {
      throw Configuration.Fault(
        description: "\(what) has \(size) acts, the copy \(acts). To give up \(size - acts) acts "
          + "for ever, say --give-up \(size - acts).")
    }
  }

  /// Refuses a copy of another log than the one of which a note was signed: a longer note has no root to compare.
  private func refuseOtherLog() throws {
    let notes = [("the checkpoint", self.checkpoint), (self.configuration.signedLast, self.signed)]
    let log = try Registry.firstEntry(path: self.fresh).map(Checkpoint.origin(firstEntry:))
    for case (let what, let note?) in notes
    where note.origin != Checkpoint.unsignedOrigin && note.origin != log {
      throw Configuration.Fault(
        description: "\(what): was signed of another registry, \(note.origin); the copy's is "
          + "\(log ?? "empty"). Nothing was replaced.")
    }
  }

  /// Refuses a copy that had another root when it had as many acts as something that is known.
  private func refuseFork(_ what: String, _ size: Int64, _ root: [UInt8]) throws {
    guard try Registry.root(path: self.fresh, size: size) == root else {
      throw self.fork(what, upTo: size)
    }
  }

  private func fork(_ what: String, upTo size: Int64) -> Configuration.Fault {
    Configuration.Fault(
      description: "\(what) and the copy have another history from some act up to \(size) on; "
        + "one of them is not this registry's. Nothing was replaced.")
  }

  private func burnSerials(
    acts: Int64, _ restoredTo: Instant
  ) throws -> [RecordsRestored.Burned] {
    let now = System.now()
    let day = System.day(in: self.configuration.zone)
    // From the year of the last act to this one, whichever is later: a machine that was just set up
    // may not know what year it is.
    let both = [day(restoredTo).parts.year, day(now).parts.year].sorted()
    let years = both[0]...both[1]
    let last = try Registry.lastSerials(path: self.fresh, years: years)
    // Numbers that the database there shows as given out are burned whatever was said.
    let shown = try self.shownSerials(years: years)
    let burned = last.sorted { $0.key < $1.key }.compactMap {
      year, serial -> RecordsRestored.Burned? in
      let until = min(max(serial + self.burn, shown[year] ?? 0), CertificateNumber.serialMax)
      guard until > serial else { return nil }
      return .init(year: year, serials: serial + 1...until)
    }
    let deed = RecordsRestored(lastSequence: acts, restoredTo: restoredTo, burned: burned)
    let today = day(now)
    _ = try Offline.change(self.fresh, key: "restore-\(now.unixMilliseconds)") { transaction in
      try transaction.record(.recordsRestored(deed), by: .program, heldOn: today)
      return []
    }
    return burned
  }

  /// The last serials that the database there shows as given out.
  private func shownSerials(years: ClosedRange<Int>) throws -> [Int: Int64] {
    guard FileSystem.isThere(self.path) else { return [:] }
    if let shown = try? Registry.lastSerials(path: self.path, years: years) { return shown }
    guard self.givesUp == "unknown" else {
      throw Configuration.Fault(
        description:
          "\(self.path): which numbers it gave out can't be read. Count them into --burn N, "
          + "be generous, and say --give-up unknown; the file is kept.")
    }
    return [:]
  }

  /// Puts the copy in its place; returns where the old database is kept, if there was one.
  private func replace() throws -> String? {
    let kept = "\(self.path).before-restore-\(System.now().unixMilliseconds)"
    return try self.replacement.put(keeping: kept) ? kept : nil
  }

  private func tell(
    _ findings: Registry.Findings, _ restoredTo: Instant, unused: Int,
    _ burned: [RecordsRestored.Burned], _ kept: String?
  ) {
    print("restored  \(findings.acts) acts from \(self.source)")
    print("as of     \(restoredTo.text)")
    if unused > 0 {
      print(
        "cut off   the copy ends in the middle of a piece: its last \(unused) octets are not used")
    }
    print("root      \(Base64.text(findings.root))")
    for serials in burned {
      print(
        "burned    serials \(serials.serials.lowerBound) to \(serials.serials.upperBound) of \(serials.year)"
      )
    }
    if let kept { print("before    \(kept) (delete it when the registry is in order)") }
    if let signed, signed.size > findings.acts {
      print(
        "unsigned  \(self.configuration.signedLast) has \(signed.size) acts, which others may have kept: "
          + "nothing is signed until you move it away")
    }
    print(
      """

      No copy of the registry holds, look for these where you keep them:
        the server's settings      the file of --config, the unit of the service
        tokens in people's hands   \(
          "~/.config/bitim/*.json; who lost his gets another: bitim admin token make")
        keys and certificates      of the TLS terminator and of the SSH agent
        backups and second copies  the folder of --backups, the folder of --follow
      """)
  }
}
