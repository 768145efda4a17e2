import BitimDomain
import BitimSigning
import BitimStore

/// `bitimd key new`: the next key of the log beside the present one, for the agent of the server's own.
///
/// It signs nothing before two persons have certified it; a server that runs gives it to its agent by itself.
enum NextKey {
  static func run(_ configuration: Configuration) throws {
    guard configuration.signer == .own else {
      throw Configuration.Fault(
        description:
          "--signer \(configuration.signer): make the next key where that agent is, and give its "
          + "public half to `bitim key add`.")
    }
    let reader = try Reader(path: configuration.currentRegistry(), commits: CommitCount())
    let log = try reader.read { try $0.logName() }
    do throws(LogSigner.Trouble) {
      let (file, key) = try OwnAgent(in: configuration.signing, patienceMs: 0, tell: { _ in })
        .makeNext(of: log)
      print("file      \(file) (mode 0600; keep a copy where no backup of the database lies)")
      print("key       \(key)")
      print("next      an administrator: bitim key add '\(key)' --use log")
    } catch {
      throw Configuration.Fault(description: "\(error).")
    }
  }
}
