import BitimDomain
import BitimProtocol
import BitimServices
import BitimStore
import BitimTrust
import Foundation

/// The commands that own the database file while no server runs on it.
enum Offline {
  /// `bitimd check`: prints what is wrong; false if anything is.
  ///
  /// - Parameter checkpoint: A kept checkpoint, whose history the registry must have.
  static func check(_ configuration: Configuration, _ checkpoint: KeptCheckpoint?) throws -> Bool {
    let path = try configuration.existingRegistry()
    let kept = checkpoint?.checkpoint
    var findings = try Self.findings(path, "check")
    if let kept {
      if kept.size > findings.acts {
        findings.problems.append(
          "the checkpoint: has \(kept.size) acts, and the registry has \(findings.acts)")
      } else if try Registry.root(path: path, size: kept.size) != kept.root {
        findings.problems.append(
          "the checkpoint: has another history from some act up to \(kept.size) on")
      }
    }
    for problem in findings.problems { print("problem: \(problem.visible)") }
    if let checkpoint, checkpoint.isSigned {
      print("checkpoint: signed by a trusted key of \(checkpoint.checkpoint.origin)")
    }
    print("acts \(findings.acts)")
    print("root \(Base64.text(findings.root))")
    if try RegistryFile(path: path).isBackup() {
      print("backup: `bitimd restore` puts it in a registry's place")
    }
    guard !findings.problems.isEmpty else {
      print("clean")
      return true
    }
    print("NOT CLEAN: \(findings.problems.count) problems")
    print(
      "next: keep \(path) as it is; `bitimd restore` brings a backup or the second copy in its place"
    )
    return false
  }

  /// What a check of the database at `path` finds; the scratch database lies beside temporary files.
  /// How far it is, it tells as the command `event`.
  static func findings(_ path: String, _ event: String) throws -> Registry.Findings {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitim-check-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Configuration.Fault(
        description: "\(Told.words(for: error)); a check needs room for a second database: name "
          + "a folder that has it in TMPDIR.")
    }
    defer {
      // It holds personal data; a folder that can't be removed is the administrator's to see.
      do { try FileManager.default.removeItem(at: folder) } catch {
        Log.line(.warning, "check", ["what": "can't remove \(folder.path)"])
      }
    }
    let progress = Progress(event, step: "checking", of: Registry.head(path: path)?.size)
    do {
      return try Registry.check(
        path: path, scratch: folder.appendingPathComponent("derived.db").path,
        progress: progress.note)
    } catch let failure as StoreFailure where failure.kind == .full {
      // The database itself was opened before: it is the second one that has none.
      throw Failed(
        words:
          "\(folder.path): there is no room; a check needs it for a second database: name a folder "
          + "that has it in TMPDIR.")
    }
  }

  /// `bitimd init`: makes the database, the School, its first administrator and one token.
  static func found(_ configuration: Configuration, _ options: [String: String]) throws {
    let path = configuration.database
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Configuration.Fault(
        description: "\(path): is there already; init never touches a database that exists.")
    }
    umask(0o077)
    let lock = try DatabaseLock(beside: path)
    defer { withExtendedLifetime(lock) {} }
    let isAsked = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    let tokenFile =
      isAsked
      ? try InitQuestions(say: Log.write, read: { readLine() })
        .ask(beside: options) { try Self.make(path, $0, configuration) }
      : try Self.make(path, options, configuration)
    print("database  \(path)")
    print("token     \(tokenFile) (mode 0600; ends in 90 days)")
    print("next      bitimd serve --database \(path) --listen unix://bitim.sock")
  }

  /// Makes the registry, or nothing; returns where the administrator's token lies.
  private static func make(
    _ path: String, _ options: [String: String], _ configuration: Configuration
  ) throws -> String {
    let (school, administrator) = try Self.founders(options)
    do {
      return try TokenFile.leave(options) {
        try Registry.create(path: path, at: System.now())
        return try Self.found(path, school, administrator, configuration)
      }
    } catch {
      // A registry nobody has a token for is of no use, and would stand in the way of a second try.
      for suffix in ["", "-wal", "-shm"] {
        // What isn't there needs no removing.
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
      throw error
    }
  }

  private static func found(
    _ path: String, _ school: BitimV1.Organisation, _ administrator: BitimV1.Person,
    _ configuration: Configuration
  ) throws -> String {
    let today = System.day(in: configuration.zone)(System.now())
    let secret = try Self.change(path, key: "init") { transaction in
      Array(
        try Founding.found(
          school: school, administrator: administrator, on: today, transaction
        ).utf8)
    }
    return String(decoding: secret, as: UTF8.self)
  }

  /// Makes one change as the program itself, while no server runs; returns what `work` gives. It is
  /// on the disk when this returns.
  static func change(
    _ path: String, key: String,
    _ work: @escaping @Sendable (borrowing Transaction) throws -> [UInt8]
  ) throws -> [UInt8] {
    let ledger = try Ledger(
      path: path, now: System.now, random: System.random,
      report: { failure, _ in Log.line(.error, "store", ["what": failure.description]) })
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var answer: Result<[UInt8], Status> = .success([])
    let change = Change(
      principal: "program", key: key, digest: [],
      work: { transaction in
        do {
          return .done(try work(transaction), kept: [])
        } catch let failure as StoreFailure {
          throw failure
        } catch {
          return .refused(Status(reporting: error), journal: nil)
        }
      },
      answer: { result in
        // Written before the signal, read after the wait.
        unsafe answer = result
        done.signal()
      })
    guard ledger.submit(change) else {
      preconditionFailure("a ledger nobody uses has no room")
    }
    done.wait()
    ledger.close()
    return try unsafe answer.get()
  }

  /// Reads the School and its administrator from the options of `init`.
  private static func founders(
    _ options: [String: String]
  ) throws -> (BitimV1.Organisation, BitimV1.Person) {
    func option(_ name: String) throws -> String {
      guard let value = options[name], !value.isEmpty else {
        throw Configuration.Fault(description: "--\(name) is missing; see `bitimd init --help`.")
      }
      return value
    }
    var school = BitimV1.Organisation()
    school.code = options["code"] ?? "SCHOOL"
    school.kind = .school
    school.name = .init()
    school.name?.kk = try option("name-kk")
    school.name?.ru = try option("name-ru")
    school.name?.en = try option("name-en")
    school.region = try option("region")
    school.country = options["country"] ?? "KAZ"
    for activity in [BitimV1.Activity.train, .issue] {
      var entitlement = BitimV1.Entitlement()
      entitlement.activity = activity
      entitlement.validFrom = try option("entitled-from")
      entitlement.basis = try option("entitled-by")
      school.entitlements.append(entitlement)
    }
    var person = BitimV1.Person()
    person.names = .init()
    let words = try option("administrator").split(separator: " ").map(String.init)
    guard words.count >= 2 else {
      throw Configuration.Fault(
        description: "--administrator: 'SURNAME GIVEN [PATRONYMIC]' is needed.")
    }
    var name = BitimV1.Name()
    name.surname = words[0]
    name.given = words[1]
    name.patronymic = words.dropFirst(2).joined(separator: " ")
    // What is no name in Kazakh letters is refused with its place when it is read as a Latin one.
    let isCyrillic = (try? NameText.part(words[0], in: .kk, column: "administrator")) != nil
    if isCyrillic { person.names?.kk = name } else { person.names?.latin = name }
    person.birthDate = try option("born")
    person.evidence = "bitimd init"
    return (school, person)
  }
}
