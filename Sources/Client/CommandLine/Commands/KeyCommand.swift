import BitimClient
import BitimProtocol
import BitimSystem
import BitimTrust

/// `bitim key`: which keys sign for the School, and what two persons say of them.
enum KeyCommand {
  static let help = Help(
    summary: .helpKey, usage: .helpKeyUsage,
    examples: [
      "bitim key list --to мектеп.pub",
      "bitim key add next.vkey --use log --from 2026-12-15 --kept 'сейф № 2'",
      "bitim key retire 12345678 --ground stolen --believed 417",
    ])

  static let uses: [String: BitimV1.KeyUse] = ["log": .log, "certificates": .certificates]
  static let grounds: [String: BitimV1.RetirementGround] = [
    "rotated": .rotated, "lost": .lost, "stolen": .stolen,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "list": return try await Self.list(rest, desk)
    case "add": return try await Self.add(rest, desk)
    case "retire": return try await Self.retire(rest, desk)
    default:
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "list | add | retire"])
    }
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["to"])
    try arguments.atMost(0)
    let keys = try await KeyServiceClient(desk.client).listKeys(.init()).keys
    if let file = arguments["to"] { return try Self.save(keys, in: file, desk) }
    let columns: [Column] = [
      .key, .use, .from, .until, .ground, .size, .kept, .proposer, .approved,
    ]
    let rows = keys.map { key in
      [
        key.key, Self.word(key.use), key.validFrom, key.lastDay,
        key.ground == .unspecified ? "" : Self.word(key.ground),
        key.believedSize.map { "\($0)" } ?? "", key.kept,
        key.certified.map { desk.name($0.proposedBy?.names) } ?? "",
        key.certified.map { desk.name($0.approvedBy?.names) } ?? "",
      ]
    }
    // A key alone is wider than a screen.
    if desk.output.form == .table, !keys.isEmpty {
      desk.output.records(columns, rows)
    } else {
      desk.output.rows(columns, rows, messages: keys)
    }
    return .done
  }

  /// Saves what verifies without a word more: a line has no place for up to when a stolen key is believed, so that
  /// one is to be believed by nobody, whoever has introduced it.
  private static func save(
    _ keys: [BitimV1.SigningKey], in file: String, _ desk: Desk
  ) throws -> Desk.End {
    let believed = keys.filter { $0.ground != .stolen }
    guard !believed.isEmpty else {
      desk.output.note(.keyNone)
      return .refused
    }
    do throws(PrivateFile.Failure) {
      let stolen = keys.filter { $0.ground == .stolen }.map { "!\($0.key)\n" }
      try PrivateFile.create(file, Array((believed.map(Self.lines) + stolen).joined().utf8))
    } catch {
      throw Sheet.Fault(error, creating: file)
    }
    for key in keys where key.ground == .stolen {
      desk.output.note(
        .keyLeftOut, ["key": key.key, "day": key.lastDay, "size": "\(key.believedSize ?? 0)"])
    }
    desk.output.note(.keysKept, ["count": "\(believed.count)", "file": file])
    return .done
  }

  /// A key of the log signs certificates too, under its other name.
  private static func lines(_ key: BitimV1.SigningKey) -> String {
    let other = key.use == .log ? NoteKey(key.key)?.forCertificates : nil
    return key.key + "\n" + (other.map { "\($0)\n" } ?? "")
  }

  private static func add(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["use", "from", "kept"])
    try arguments.atMost(1)
    var request = BitimV1.CertifyKeyRequest()
    request.key = try Self.key(arguments)
    request.use = try desk.word(arguments, "use", Self.uses)
    request.validFrom = Sheet.iso(arguments["from"] ?? "")
    request.kept = arguments["kept"] ?? ""
    return desk.end(of: try await KeyServiceClient(desk.client).certifyKey(request))
  }

  private static func retire(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["ground", "last-day", "believed"])
    try arguments.atMost(1)
    var request = BitimV1.RetireKeyRequest()
    request.ground = try desk.word(arguments, "ground", Self.grounds)
    request.lastDay = Sheet.iso(arguments["last-day"] ?? "")
    request.believedSize = try arguments["believed"].map { try desk.act($0, of: "--believed") }
    let service = KeyServiceClient(desk.client)
    request.key = try Self.key(arguments)
    // The eight digits in the middle name a key too, where one has them.
    let named = try await service.listKeys(.init()).keys.filter {
      $0.key.contains("+\(request.key)+")
    }
    if named.count == 1 { request.key = named[0].key }
    return desk.end(of: try await service.retireKey(request))
  }

  /// The key that is named: by itself, or by a file that has it alone.
  private static func key(_ arguments: Arguments) throws -> String {
    let word = try arguments.position(0, "KEY")
    guard FileSystem.isThere(word) else { return Self.named(word, arguments) }
    let keys = NoteKey.keys(file: try AuditCommand.octets(word)) ?? []
    // A file that has one key is as good as the key.
    if keys.count == 1 { return Self.named("\(keys[0])", arguments) }
    // It may have one under both its names.
    let isLog = arguments["use"] == "log"
    let fitting = keys.filter { ($0.certificatesLog == nil) == isLog }
    guard fitting.count == 1 else {
      throw Arguments.Fault(text: .auditNoKeys, arguments: ["file": word])
    }
    return "\(fitting[0])"
  }

  /// What `bitimd key new` says has the log's name: it is told for what the key is to be.
  private static func named(_ word: String, _ arguments: Arguments) -> String {
    guard arguments["use"] == "certificates", let key = NoteKey(word), key.certificatesLog == nil
    else { return word }
    return "\(key.forCertificates)"
  }

  fileprivate static func word(_ use: BitimV1.KeyUse) -> String {
    Self.uses.first { $0.value == use }?.key ?? ""
  }

  static func word(_ ground: BitimV1.RetirementGround) -> String {
    Self.grounds.first { $0.value == ground }?.key ?? ""
  }
}

extension Desk {
  /// Shows what was proposed, and says who goes on.
  fileprivate func end(of response: BitimV1.KeyResponse) -> End {
    let shown = response.shown ?? .init()
    self.show(shown)
    return self.end(of: shown.key, proposedAs: response.proposal)
  }

  /// Shows a key that is to be certified or retired, and those that stand.
  func show(_ shown: BitimV1.KeyShown) {
    Output.complain(shown.key)
    let use = KeyCommand.word(shown.use)
    if shown.lastDay.isEmpty {
      self.output.note(.shownKeyCertified, ["use": use, "day": shown.validFrom])
    } else {
      self.output.note(
        .shownKeyRetired,
        ["use": use, "day": shown.lastDay, "ground": KeyCommand.word(shown.ground)])
      if let size = shown.believedSize {
        self.output.note(.shownKeyBelieved, ["size": "\(size)"])
      }
    }
    if !shown.kept.isEmpty { self.output.note(.shownKeyKept, ["place": shown.kept]) }
    for key in shown.standing { self.output.note(.shownKeyStands, ["key": key]) }
  }
}
