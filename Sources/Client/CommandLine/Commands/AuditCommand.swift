import BitimClient
import BitimProtocol
import BitimSystem
import BitimTrust
import Foundation

/// `bitim audit`: the journal as a log that is signed. Checkpoints are saved, and the log is held against them.
enum AuditCommand {
  static let help = Help(
    summary: .helpAudit, usage: .helpAuditUsage,
    examples: [
      "bitim audit checkpoint --to 2026-11-29.note", "bitim audit key --to мектеп.vkey",
      "bitim audit verify --checkpoint 2026-11-29.note --trust мектеп.vkey",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "checkpoint": return try await Self.checkpoint(rest, desk)
    case "key": return try await Self.key(rest, desk)
    case "verify": return try await Self.verify(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded, arguments: ["what": "checkpoint | key | verify"])
    }
  }

  private static func checkpoint(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["to"])
    try arguments.atMost(0)
    let answer = try await AccessServiceClient(desk.client).getCheckpoint(.init())
    // What nobody could read later is not kept.
    guard let note = try? SignedNote(Array(answer.note.utf8)),
      let checkpoint = Checkpoint(text: note.text)
    else { throw CallFailure.malformedAnswer("no signed checkpoint") }
    if let file = arguments["to"] {
      try Self.save(answer.note, in: file)
      desk.output.note(.checkpointKept, ["file": file])
    }
    if !answer.trouble.isEmpty { desk.output.note(.auditNewestNone, ["what": answer.trouble]) }
    desk.output.facts(
      [
        (.origin, checkpoint.origin), (.size, "\(checkpoint.size)"),
        (.root, Base64.text(checkpoint.root)), (.signed, Desk.instant(answer.signedAt)),
        (.key, answer.key),
      ], message: answer)
    return .done
  }

  private static func key(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["to"])
    try arguments.atMost(0)
    let answer = try await AccessServiceClient(desk.client).getCheckpoint(.init())
    // The key of what an earlier run signed is not known while nothing is signed in this one.
    if answer.key.isEmpty, !answer.trouble.isEmpty {
      desk.output.note(.auditNewestNone, ["what": answer.trouble])
      return .failed
    }
    guard let key = NoteKey(answer.key) else { throw CallFailure.malformedAnswer("no key") }
    if let file = arguments["to"] {
      // The log's checkpoints are signed under one name, its certificates under another.
      try Self.save("\(key)\n\(key.forCertificates)\n", in: file)
      desk.output.note(.auditKeyKept, ["file": file])
    } else {
      desk.output.facts([(.key, answer.key)], message: answer)
    }
    return .done
  }

  /// A checkpoint, or a key, that was kept is evidence: no other is written over it.
  private static func save(_ text: String, in file: String) throws {
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(file, Array(text.utf8))
    } catch {
      throw Sheet.Fault(error, creating: file)
    }
  }

  /// What somebody kept in a file.
  static func octets(_ file: String) throws(Arguments.Fault) -> [UInt8] {
    guard let octets = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
      throw Arguments.Fault(text: .fileUnreadable, arguments: ["file": file])
    }
    return [UInt8](octets)
  }

  private static func verify(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["checkpoint", "trust"])
    try arguments.atMost(0)
    let file = try arguments.required("checkpoint")
    let trust = try arguments.required("trust")
    guard let keys = NoteKey.keys(file: try Self.octets(trust)) else {
      throw Arguments.Fault(text: .auditNoKeys, arguments: ["file": trust])
    }
    var audit = Audit(file: file, keys: keys, desk)
    if let kept = audit.opened(try Self.octets(file), trust: trust) {
      try await audit.holdKey()
      try await audit.readLog()
      audit.hold(kept)
      try await audit.holdNewest()
    }
    desk.output.rows([.check, .verdict, .note], audit.rows)
    guard audit.holds else {
      // Of a file that can't be used nothing follows for the log, which was not read.
      desk.output.note(audit.wasRead ? .auditFails : .auditUnread, ["file": file])
      return .refused
    }
    return .done
  }
}

/// The log of a registry, held against what was signed of it.
struct Audit {
  /// What was looked at, by a word that programs read.
  private enum Check: String { case signature, key, entries, history, newest }

  private let file: String
  private let keys: [NoteKey]
  private let desk: Desk
  /// A line for each check: its word, `holds`, `fails` or `unknown`, and what that means.
  private(set) var rows: [[String]] = []
  /// Whether nothing differs.
  private(set) var holds = true
  private var tree = TreeHashes()
  /// Whether the log was looked at.
  private(set) var wasRead = false
  private var origin = ""
  /// The checkpoint that was kept, and which of the keys has signed it.
  private var kept: SignedCheckpoint?

  init(file: String, keys: [NoteKey], _ desk: Desk) {
    self.file = file
    self.keys = keys
    self.desk = desk
  }

  private mutating func say(_ check: Check, holds: Bool?, _ sentence: String) {
    let word = holds.map { $0 ? "holds" : "fails" } ?? "unknown"
    self.rows.append([check.rawValue, word, sentence])
    if holds == false { self.holds = false }
  }

  /// The kept checkpoint, if a key that is trusted has signed it.
  mutating func opened(_ octets: [UInt8], trust: String) -> Checkpoint? {
    let output = self.desk.output
    do throws(SignedCheckpoint.Fault) {
      let kept = try SignedCheckpoint(octets, by: self.keys)
      self.say(
        .signature, holds: true,
        output.say(.auditSigned, ["file": self.file, "key": "\(kept.key)"]))
      self.kept = kept
      return kept.checkpoint
    } catch {
      let sentence =
        switch error {
        case .notNote: output.say(.auditNotNote, ["file": self.file])
        case .noCheckpoint: output.say(.auditNoCheckpoint, ["file": self.file])
        case .unsigned: output.say(.auditUnsigned, ["file": self.file, "trust": trust])
        case .forged(let name): output.say(.auditForged, ["file": self.file, "name": name])
        case .otherOrigin(let origin):
          output.say(.auditOtherOrigin, ["file": self.file, "origin": origin])
        }
      self.say(.signature, holds: false, sentence)
      return nil
    }
  }

  /// Says what the School has said since of the key that signed: nothing while it stands.
  mutating func holdKey() async throws {
    guard let kept = self.kept else { return }
    let keys = try await KeyServiceClient(self.desk.client).listKeys(.init()).keys
    guard let key = keys.first(where: { $0.key == "\(kept.key)" }), key.ground != .unspecified
    else { return }
    var sums = ["key": key.key, "day": key.lastDay, "ground": KeyCommand.word(key.ground)]
    guard let size = key.believedSize else {
      return self.say(.key, holds: true, self.desk.output.say(.auditKeyRetired, sums))
    }
    sums["size"] = "\(size)"
    let isBelieved = kept.checkpoint.size <= size
    self.say(
      .key, holds: isBelieved,
      self.desk.output.say(isBelieved ? .auditKeyStolen : .auditKeyDisbelieved, sums))
  }

  /// Reads all entries, and makes their tree: what the server says of its root is not believed.
  mutating func readLog() async throws {
    self.wasRead = true
    let service = AccessServiceClient(self.desk.client)
    var request = BitimV1.GetJournalRequest()
    (request.entries, request.afterSequence) = (1_000, 0)
    let first = try await Patience.ask { [request] () async throws(CallFailure) in
      try await service.getJournal(request)
    }
    guard first.size >= 0 else { throw CallFailure.malformedAnswer("a log of \(first.size) acts") }
    var page = first.entries
    var progress = Progress(of: Int(first.size), self.desk.output)
    defer { progress.end() }
    var before: Int64 = 0
    var bad: String?
    while self.tree.size < UInt64(first.size), !page.isEmpty {
      // The log may have grown meanwhile: it is read as it was at first.
      for entry in page.prefix(Int(first.size) - Int(self.tree.size)) {
        if self.tree.size == 0 { self.origin = Checkpoint.origin(firstEntry: Array(entry.utf8)) }
        bad = bad ?? self.fault(of: entry, &before)
        self.tree.append(Array(entry.utf8))
      }
      progress.tell(Int(self.tree.size))
      request.afterSequence = Int64(self.tree.size)
      page = try await Patience.ask { [request] () async throws(CallFailure) in
        try await service.getJournal(request)
      }.entries
    }
    let acts = "\(first.size)"
    if let bad {
      self.say(.entries, holds: false, bad)
    } else if self.root(first.size) == first.root {
      self.say(.entries, holds: true, self.desk.output.say(.auditEntries, ["acts": acts]))
    } else {
      self.say(.entries, holds: false, self.desk.output.say(.auditRootDiffers, ["acts": acts]))
    }
  }

  /// Why an entry can't stand where it does; nil for one that can.
  private func fault(of entry: String, _ before: inout Int64) -> String? {
    let number = self.tree.size + 1
    let form =
      /\{"at":(0|[1-9][0-9]{0,17}),"commitment":"[0-9a-f]{64}","kind":"[a-z_]+","seq":([1-9][0-9]{0,17}),"v":1\}/
    guard let match = entry.wholeMatch(of: form), let at = Int64(match.output.1) else {
      return self.desk.output.say(.auditEntryForm, ["number": "\(number)"])
    }
    guard match.output.2 == "\(number)" else {
      return self.desk.output.say(.auditEntryNumber, ["number": "\(number)"])
    }
    guard at >= before else {
      return self.desk.output.say(.auditEntryTime, ["number": "\(number)"])
    }
    before = at
    return nil
  }

  /// The root of the first `size` entries; nil where there are fewer.
  private func root(_ size: Int64) -> [UInt8]? {
    guard size >= 0, UInt64(size) <= self.tree.size else { return nil }
    return TreeProof.root(of: UInt64(size), self.tree.complete)
  }

  /// Holds the log against the checkpoint that was kept.
  mutating func hold(_ kept: Checkpoint) {
    let output = self.desk.output
    let (size, acts) = ("\(kept.size)", "\(self.tree.size)")
    if kept.origin != self.origin {
      self.say(
        .history, holds: false,
        output.say(
          .auditOriginDiffers,
          ["file": self.file, "origin": kept.origin, "here": self.origin]))
    } else if UInt64(kept.size) > self.tree.size {
      self.say(
        .history, holds: false,
        output.say(.auditHistoryShort, ["file": self.file, "size": size, "acts": acts]))
    } else if self.root(kept.size) == kept.root {
      self.say(
        .history, holds: true,
        output.say(.auditHistory, ["file": self.file, "size": size, "acts": acts]))
    } else {
      self.say(
        .history, holds: false,
        output.say(.auditHistoryDiffers, ["file": self.file, "size": size]))
    }
  }

  /// Holds the log against what the server gives out as signed: who gives out what its log does not have
  /// proves it against itself.
  mutating func holdNewest() async throws {
    let output = self.desk.output
    let answer: BitimV1.GetCheckpointResponse
    do throws(CallFailure) {
      answer = try await AccessServiceClient(self.desk.client).getCheckpoint(.init())
    } catch {
      guard let reason = error.status?.reasons.first, reason.reason == "NOTHING_SIGNED" else {
        throw error
      }
      let what = reason.metadata["what"] ?? ""
      return self.say(.newest, holds: nil, output.say(.auditNewestNone, ["what": what]))
    }
    let newest: Checkpoint
    do throws(SignedCheckpoint.Fault) {
      newest = try SignedCheckpoint(Array(answer.note.utf8), by: self.keys).checkpoint
    } catch {
      return self.say(
        .newest, holds: false, output.say(.auditNewestForeign, ["key": answer.key]))
    }
    let size = "\(newest.size)"
    if UInt64(newest.size) > self.tree.size {
      // It was signed after the log was read, unless the log that was read is short: one page tells.
      var request = BitimV1.GetJournalRequest()
      request.earlierSize = newest.size
      let root = try await AccessServiceClient(self.desk.client).getJournal(request).earlierRoot
      return root == newest.root && newest.origin == self.origin
        ? self.say(.newest, holds: true, output.say(.auditNewest, ["size": size]))
        : self.say(.newest, holds: false, output.say(.auditNewestDiffers, ["size": size]))
    }
    if newest.origin == self.origin, self.root(newest.size) == newest.root {
      self.say(.newest, holds: true, output.say(.auditNewest, ["size": size]))
    } else {
      self.say(.newest, holds: false, output.say(.auditNewestDiffers, ["size": size]))
    }
    if !answer.trouble.isEmpty {
      self.say(.newest, holds: nil, output.say(.auditNewestNone, ["what": answer.trouble]))
    }
  }
}
