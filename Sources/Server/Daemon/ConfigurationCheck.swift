import BitimStore
import BitimSystem
import Foundation

/// `bitimd config check`: the settings in force, what they name as it is found, and what `serve` would do.
///
/// It changes nothing: no file is made, no socket taken.
struct ConfigurationCheck {
  /// What was found of one thing that a setting names.
  struct Finding: Equatable {
    /// Whether `serve` would start with it.
    var isGood: Bool
    var text: String

    static func good(_ text: String) -> Finding { Finding(isGood: true, text: text) }
    static func bad(_ text: String) -> Finding { Finding(isGood: false, text: text) }
  }

  private let configuration: Configuration

  init(_ configuration: Configuration) { self.configuration = configuration }

  /// Prints settings and findings; false if `serve` would not start.
  func report() -> Bool {
    print(self.configuration.text)
    let findings = self.findings
    for finding in findings { print("# \(finding.isGood ? "ok " : "BAD") \(finding.text)") }
    let bad = findings.count { !$0.isGood }
    print("# serve would \(bad == 0 ? "start" : "not start: \(bad) of these")")
    return bad == 0
  }

  /// Everything that was looked at, in the order of the settings.
  var findings: [Finding] {
    let isServed = DatabaseLock.isTaken(beside: self.configuration.database)
    return [self.database(isServed: isServed), self.backups]
      + self.configuration.listen.map { self.address($0, isServed: isServed) } + [self.signer]
  }

  private func database(isServed: Bool) -> Finding {
    let path = self.configuration.database
    do {
      _ = try self.configuration.currentRegistry()
      try DatabasePlace.refuseUnsafe(path)
      try DatabasePlace.refuseStranger(path)
      let acts = Registry.head(path: path)?.size ?? 0
      let served = isServed ? ", a bitimd works on it now" : ""
      let memory = FileSystem.isInMemory(path) ? "; in memory, gone with the power" : ""
      return .good("\(path): \(RegistrySchema.name), \(acts) acts\(served)\(memory)")
    } catch let fault as Configuration.Fault {
      return .bad(fault.description)
    } catch {
      return .bad(Told.words(for: error, database: path))
    }
  }

  private var backups: Finding {
    let folder = self.configuration.backups
    if FileSystem.isThere(folder) {
      return FileSystem.hindrance(in: folder).map { .bad("\(folder): \($0).") }
        ?? .good("\(folder): is there, backups may be written")
    }
    let parent = FileSystem.folder(of: folder)
    return FileSystem.hindrance(in: parent).map {
      .bad("\(folder): is not there; \(parent): \($0).")
    }
      ?? .good("\(folder): is made with the first backup")
  }

  /// Whoever signs: without one the server serves too, and signs nothing.
  private var signer: Finding {
    switch self.configuration.signer {
    case .none: return .good("signer: none; checkpoints of the journal are signed by nobody")
    case .own:
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      let missing = ["ssh-agent", "ssh-add", "ssh-keygen"].filter { program in
        !path.split(separator: ":").contains { FileSystem.isThere("\($0)/\(program)") }
      }
      let folder = self.configuration.signing
      guard missing.isEmpty else {
        return .good(
          "signer: nothing is signed without \(missing.joined(separator: ", ")); install OpenSSH")
      }
      // Keys that others may read sign nothing; the server serves all the same.
      if let open = [folder, "\(folder)/log-key"].first(where: { path in
        FileSystem.mode(of: path).map { $0 & 0o077 != 0 } ?? false
      }) {
        return .good(
          "\(open): others may read it, and nothing is signed with it; "
            + "keep them out: chmod go= \(open)")
      }
      return .good(
        FileSystem.isThere("\(folder)/log-key")
          ? "\(folder)/log-key: is there, an ssh-agent of the server's own signs with it"
          : "\(folder): is made, with a key, when the server starts")
    case .agent(let address):
      return .good(
        (try? Endpoint.connect(to: address)) != nil
          ? "\(address): somebody answers there"
          : "\(address): nobody answers there; nothing is signed until an agent does")
    }
  }

  private func address(_ address: Address, isServed: Bool) -> Finding {
    if (try? Endpoint.connect(to: address)) != nil {
      // A server of this database is what is meant to be there.
      return isServed
        ? .good("\(address): the server that runs answers there")
        : .bad("\(address): another program answers there; name another address.")
    }
    switch address {
    case .unix(let path):
      let folder = FileSystem.folder(of: path)
      if let hindrance = FileSystem.hindrance(in: folder) {
        return .bad("\(address): no socket in \(folder): \(hindrance).")
      }
      return .good("\(address): is free")
    case .tcp:
      do {
        _ = try Endpoint.listen(at: address)
        return .good("\(address): is free")
      } catch {
        return .bad("\(error); name another address.")
      }
    }
  }
}
