import BitimProtocol
import BitimSystem
import BitimStore
import Foundation

/// `bitimd migrate`: folds the acts of a database of an older schema into a fresh one beside it, and puts
/// that in its place when it is checked whole.
struct Upgrade {
  private let path: String
  private let plansOnly: Bool

  /// - Throws: ``Configuration/Fault``.
  init(_ configuration: Configuration, plansOnly: Bool) throws {
    self.path = try configuration.existingRegistry()
    self.plansOnly = plansOnly
  }

  /// Upgrades, and prints what was done; says only what would be where that was asked.
  func run() throws {
    umask(0o077)
    let lock = try DatabaseLock(beside: self.path)
    defer { withExtendedLifetime(lock) {} }
    switch try RegistryFile(path: self.path).standing() {
    case .current: print("schema    \(RegistrySchema.name)")
    case .stranger(let why): throw Configuration.Fault(description: "\(self.path): \(why).")
    case .none, .foreign: preconditionFailure("what is no registry was refused before")
    case .older(let name):
      print("older     \(name) needs \(RegistrySchema.name): its acts are folded anew")
      // A backup that older programs made has no mark: a person has to know what it is.
      print("as of     \(try RegistryFile(path: self.path).asOf().text), the last act")
      print(
        try RegistryFile(path: self.path).isBackup()
          ? "backup    it stays one: `bitimd restore` puts it in a registry's place"
          : "note      is it a backup? One goes by `bitimd restore`, which burns numbers")
      if self.plansOnly { return }
      try self.upgrade()
    }
  }

  private func upgrade() throws {
    let replacement = Replacement(of: self.path, "upgrading")
    let kept = "\(self.path).before-\(RegistrySchema.shortDigest)"
    try replacement.freeName(kept)
    replacement.removeFresh()
    do {
      // What is in the WAL alone would not be under the name by which the old one is kept.
      try Registry.settle(path: self.path)
      let progress = Progress(
        "migrate", step: "folding", of: Registry.head(path: self.path)?.size)
      let (acts, root) = try Registry.upgrade(
        from: self.path, to: replacement.fresh, at: System.now(), progress: progress.note)
      let findings = try Offline.findings(replacement.fresh, "migrate")
      guard findings.problems.isEmpty, findings.acts == acts, findings.root == root else {
        for problem in findings.problems { print("problem: \(problem.visible)") }
        throw Configuration.Fault(
          description: "\(self.path): what its acts give is not whole; nothing was replaced.")
      }
      try Registry.settle(path: replacement.fresh)
      _ = try replacement.put(keeping: kept)
      print("upgraded  \(acts) acts")
      print("root      \(Base64.text(root))")
      print("before    \(kept) (delete it when the registry is in order)")
      print("schema    \(RegistrySchema.name)")
    } catch {
      replacement.removeFresh()
      throw error
    }
  }
}
