import BitimListener
import BitimServices
import BitimSystem
import BitimStore
import Foundation

/// What `bitimd` is told: flags over environment over file; nothing else is read anywhere.
struct Configuration: Equatable {
  /// What is wrong with what `bitimd` was told, and where.
  struct Fault: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// A setting: its name on the command line; in the file the same, in the environment
  /// `BITIMD_` and capitals.
  enum Setting: String, CaseIterable {
    /// The database file.
    case database
    /// The folder in which `bitim admin backup` leaves copies; `backups` beside the database.
    case backups
    /// Addresses, separated by commas.
    case listen
    /// How many event loops; one per core by default.
    case loops
    /// The School's time zone.
    case zone
    /// `yes` when a TLS terminator stands in front and other addresses than local ones are meant.
    case behindTerminator = "behind-terminator"
    /// Users whose connections to a Unix socket begin with a header of PROXY protocol version 2:
    /// numbers, separated by commas, or `none`.
    case terminators
    /// Calls a second that one network address may make.
    case addressCalls = "address-calls"
    /// Connections that one network address may have.
    case addressConnections = "address-connections"
    /// Calls a second that one token may make.
    case tokenCalls = "token-calls"
    /// Changes a minute that one token may ask for.
    case tokenChanges = "token-changes"
    /// Mebibytes of changes a day that one token may ask for.
    case tokenMebibytes = "token-mebibytes"
    /// Mebibytes that all that waits for peers may take, on all connections together.
    case memory
    /// The most changes in one commit; 1 to measure what grouping them gains.
    case commitGroup = "commit-group"
    /// Who signs checkpoints: `own`, an ssh-agent that the server starts; `unix://PATH`, another; or `none`.
    case signer
    /// Which key of that agent: its fingerprint, or its comment.
    case signingKey = "signing-key"

    /// What it is called in the environment.
    var variable: String {
      "BITIMD_" + self.rawValue.uppercased().replacing("-", with: "_")
    }
  }

  /// What begins with `BITIMD_` in the environment and is no setting.
  private static let otherVariables: Set<String> = {
    #if DEBUG
      ["BITIMD_DEFECT"]
    #else
      []
    #endif
  }()

  /// Who signs checkpoints of the journal.
  enum Signer: Equatable, CustomStringConvertible {
    case own, none
    case agent(Address)

    var description: String {
      switch self {
      case .own: "own"
      case .none: "none"
      case .agent(let address): address.description
      }
    }
  }

  var database = "bitim.db"
  private var namedBackups: String?
  var backups: String {
    if let named = self.namedBackups { return named }
    let folder = (self.database as NSString).deletingLastPathComponent
    return (folder as NSString).appendingPathComponent("backups")
  }
  var listen: [Address] = [.unix(path: "bitim.sock")]
  var loops = max(1, ProcessInfo.processInfo.activeProcessorCount)
  var zone = TimeZone(identifier: "Asia/Almaty") ?? .gmt
  var isBehindTerminator = false
  var terminators: Set<UInt32> = []
  var addressCalls = AddressLimits().callsPerSecond
  var addressConnections = AddressLimits().connections
  var token = TokenLimits()
  var memoryMiB = Server.Layout.memoryUsual >> 20
  var commitGroup = Ledger.groupMax
  var signer = Signer.own
  var signingKey: String?
  /// The folder of the log's key, the socket of the server's own agent, and what was signed last.
  var signing: String { self.database + "-signing" }
  /// What was signed last; the journal has to go on from it.
  var signedLast: String { self.signing + "/checkpoint" }

  /// Reads file, environment and flags, in that order.
  ///
  /// - Throws: ``Fault`` that names the setting, where it stands and what it takes.
  init(flags: [Setting: String], file: String?, environment: [String: String]) throws {
    if let file { try self.read(file: file) }
    for name in environment.keys.sorted() where name.hasPrefix("BITIMD_") {
      if Self.otherVariables.contains(name) { continue }
      guard let setting = Setting.allCases.first(where: { $0.variable == name }) else {
        let known = Setting.allCases.map(\.variable).joined(separator: ", ")
        throw Fault(description: "environment \(name): is no setting; there are: \(known)")
      }
      try self.set(setting, environment[name] ?? "", at: "environment \(name)")
    }
    for setting in Setting.allCases {
      if let value = flags[setting] { try self.set(setting, value, at: "--\(setting.rawValue)") }
    }
    for address in self.listen where !address.isLocal && !self.isBehindTerminator {
      throw Fault(
        description: "listen: \(address) is open to other machines, and bitimd speaks no TLS. "
          + "Listen on a Unix socket or on 127.0.0.1, with a TLS terminator in front; if one "
          + "stands in front of this very address, say behind-terminator = yes.")
    }
    if self.signingKey != nil {
      guard case .agent = self.signer else {
        throw Fault(
          description:
            "signing-key: names a key of an agent that others run; name it with signer = "
            + "unix://PATH.")
      }
    }
  }

  /// The path of the registry that is there: whatever its schema, it has a School.
  ///
  /// Nothing is made of what is no registry: not even SQLite's own header in an empty file.
  ///
  /// - Throws: ``Fault`` with what it is instead.
  func existingRegistry() throws -> String {
    _ = try self.existing()
    return self.database
  }

  private func existing() throws -> (file: RegistryFile, standing: RegistrySchema.Standing) {
    let path = self.database
    let file: RegistryFile
    let standing: RegistrySchema.Standing
    guard FileSystem.isThere(path) else {
      throw Fault(
        description: FileSystem.absence(
          of: path,
          orElse: "there is no database; name it with --database, or make one with `bitimd init`."))
    }
    guard !Self.isBackupBesideWAL(path) else {
      throw Fault(
        description:
          "\(path): is a backup, and \(path)-wal beside it is another database's, which would be written "
          + "over it. Move that file away, and put the backup in place with `bitimd restore`.")
    }
    do {
      file = try RegistryFile(path: path)
      standing = try file.standing()
      switch standing {
      case .current, .older, .stranger: break
      case .none:
        throw Fault(
          description: "\(path): is empty; remove it, and make a registry with `bitimd init`.")
      case .foreign:
        throw Fault(
          description:
            "\(path): is another program's database; name the one that `bitimd init` made.")
      }
    } catch let failure as StoreFailure where failure.kind != .full {
      // Where there is no room a later start may find some: that is no fault of a setting.
      throw Fault(description: Told.words(for: failure, database: path))
    }
    guard file.acts() != 0 else {
      throw Fault(
        description: "\(path): is a registry without a School, of an `init` that was cut off; "
          + "remove it, and make one with `bitimd init`.")
    }
    return (file, standing)
  }

  /// Whether the file says that it is a backup and has a WAL beside it: a backup is made without one, so that
  /// it is what a killed server left under this name. Asked of the file's own header, not of SQLite: opened, the
  /// WAL would already lie over the backup, and over its mark.
  private static func isBackupBesideWAL(_ path: String) -> Bool {
    guard let wal = FileHandle(forReadingAtPath: path + "-wal"), (try? wal.seekToEnd()) ?? 0 > 0,
      let header = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 64),
      header.count == 64
    else { return false }
    // The number of the file's user, at octet 60 (SQLite's file format, 1.3.14).
    return header.suffix(4).elementsEqual([0, 0, 0, 1])
  }

  /// The path of the registry that is there, of this program's schema.
  ///
  /// - Throws: ``Fault`` as ``existingRegistry()``, and with the way out of another schema, of a backup,
  ///   and of a schema that somebody changed.
  func currentRegistry() throws -> String {
    let path = self.database
    let (file, standing) = try self.existing()
    guard try !file.isBackup() else {
      throw Fault(
        description:
          "\(path): is a backup, as of \(try file.asOf().text): numbers may "
          + "have been given out since. Put it in place with `bitimd restore --from \(path) --burn N`, "
          + "which burns them.")
    }
    switch standing {
    case .current, .none, .foreign: break
    case .older(let name):
      throw Fault(
        description:
          "\(path): has \(name), an older schema; bring it forward with `bitimd migrate`.")
    case .stranger(let why): throw Fault(description: "\(path): \(why).")
    }
    let differences = try file.differences()
    guard let first = differences.first else { return path }
    let others = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
    throw Fault(
      description:
        "\(path): \(first)\(others): something changed the database behind the program's "
        + "back. `bitimd check` names all of it; rebuild it with `bitimd restore` of a second copy."
    )
  }

  private mutating func read(file: String) throws {
    guard let octets = FileManager.default.contents(atPath: file) else {
      let what =
        FileSystem.isThere(file)
        ? "can't be read; name a file of settings." : "there is no such file of settings."
      throw Fault(description: FileSystem.absence(of: file, orElse: what))
    }
    guard let text = String(bytes: octets, encoding: .utf8) else {
      throw Fault(description: "\(file): is not UTF-8; save it as UTF-8.")
    }
    // What an editor of another system leaves: a mark at the beginning, and lines that end in two.
    let lines = text.trimmingPrefix("\u{FEFF}").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var told: [Setting: Int] = [:]
    for (index, line) in lines.enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      let parts = trimmed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      let place = "\(file), line \(index + 1)"
      guard parts.count == 2, let setting = Setting(rawValue: parts[0]) else {
        let known = Setting.allCases.map(\.rawValue).joined(separator: ", ")
        throw Fault(description: "\(place): '\(trimmed)' is not NAME = VALUE with one of: \(known)")
      }
      if let before = told.updateValue(index + 1, forKey: setting) {
        let takesSeveral = setting == .listen || setting == .terminators
        throw Fault(
          description: "\(place): \(setting.rawValue) is set in line \(before) already; say it once"
            + (takesSeveral ? ", several values with commas between" : ""))
      }
      try self.set(setting, Self.unquoted(parts[1], at: place), at: place)
    }
  }

  /// A value without the quotes around it.
  ///
  /// - Throws: ``Fault`` for a quote that nothing closes.
  private static func unquoted(_ value: String, at place: String) throws -> String {
    guard let quote = value.first, quote == "\"" || quote == "'" else { return value }
    let inside = value.dropFirst().dropLast()
    guard value.count >= 2, value.last == quote, !inside.contains(quote) else {
      throw Fault(description: "\(place): \(value) begins with a quote that nothing closes")
    }
    return String(inside)
  }

  private mutating func set(_ setting: Setting, _ value: String, at place: String) throws {
    switch setting {
    case .database:
      guard !value.isEmpty else { throw Fault(description: "\(place): a path is missing") }
      self.database = value
    case .backups:
      guard !value.isEmpty else { throw Fault(description: "\(place): a path is missing") }
      self.namedBackups = value
    case .listen:
      self.listen = try value.split(separator: ",").map { part in
        let text = part.trimmingCharacters(in: .whitespaces)
        guard let address = Address(text) else {
          let isLong = text.hasPrefix("unix://") && text.utf8.count > "unix://".utf8.count
          throw Fault(
            description: isLong
              ? "\(place): '\(text)' is longer than the 107 octets a socket's path may have"
              : "\(place): '\(text)' is not tcp://HOST:PORT or unix://PATH")
        }
        return address
      }
      if self.listen.isEmpty { throw Fault(description: "\(place): an address is missing") }
    case .loops:
      self.loops = try Self.number(value, 1...64, at: place)
    case .zone:
      guard let zone = TimeZone(identifier: value) else {
        throw Fault(description: "\(place): '\(value)' is not a time zone as Asia/Almaty")
      }
      self.zone = zone
    case .behindTerminator:
      guard ["yes", "no"].contains(value) else {
        throw Fault(description: "\(place): '\(value)' is not yes or no")
      }
      self.isBehindTerminator = value == "yes"
    case .terminators:
      let parts = value == "none" ? [] : value.split(separator: ",")
      self.terminators = try Set(
        parts.map { part in
          let text = part.trimmingCharacters(in: .whitespaces)
          guard let user = UInt32(text) else {
            throw Fault(
              description: "\(place): '\(text)' is not a user's number; `id -u NAME` says it")
          }
          return user
        })
    case .addressCalls: self.addressCalls = try Self.number(value, 1...1_000_000, at: place)
    case .addressConnections:
      self.addressConnections = try Self.number(value, 1...100_000, at: place)
    case .tokenCalls: self.token.callsPerSecond = try Self.number(value, 1...1_000_000, at: place)
    case .tokenChanges:
      self.token.changesPerMinute = try Self.number(value, 1...10_000_000, at: place)
    case .tokenMebibytes:
      self.token.octetsPerDay = try Self.number(value, 1...1_048_576, at: place) << 20
    case .memory: self.memoryMiB = try Self.number(value, 16...1_048_576, at: place)
    case .commitGroup: self.commitGroup = try Self.number(value, 1...4_096, at: place)
    case .signer: self.signer = try Self.signer(value, at: place)
    case .signingKey:
      guard !value.isEmpty else {
        throw Fault(description: "\(place): a key's fingerprint or comment is missing")
      }
      self.signingKey = value
    }
  }

  private static func signer(_ value: String, at place: String) throws -> Signer {
    switch value {
    case "own": return .own
    case "none": return .none
    default:
      guard let address = Address(value), case .unix = address else {
        throw Fault(
          description: "\(place): '\(value)' is not own, none, or an agent's socket, unix://PATH")
      }
      return .agent(address)
    }
  }

  private static func number(
    _ value: String, _ range: ClosedRange<Int>, at place: String
  ) throws -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw Fault(
        description: "\(place): '\(value)' is not a number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return number
  }

  /// The settings in force, one a line, as the file takes them.
  var text: String {
    let users = self.terminators.sorted().map(String.init).joined(separator: ", ")
    return """
      database = \(self.database)
      backups = \(self.backups)
      listen = \(self.listen.map(\.description).joined(separator: ", "))
      loops = \(self.loops)
      zone = \(self.zone.identifier)
      behind-terminator = \(self.isBehindTerminator ? "yes" : "no")
      terminators = \(self.terminators.isEmpty ? "none" : users)
      address-calls = \(self.addressCalls)
      address-connections = \(self.addressConnections)
      token-calls = \(self.token.callsPerSecond)
      token-changes = \(self.token.changesPerMinute)
      token-mebibytes = \(self.token.octetsPerDay >> 20)
      memory = \(self.memoryMiB)
      commit-group = \(self.commitGroup)
      signer = \(self.signer)
      """ + (self.signingKey.map { "\nsigning-key = \($0)" } ?? "")
  }
}
