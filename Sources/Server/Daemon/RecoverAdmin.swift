import BitimDomain
import BitimServices
import BitimStore
import Foundation

/// `bitimd recover-admin`: a token for an administrator when nobody has one, with the server
/// stopped; the journal shows it.
enum RecoverAdmin {
  static func run(_ configuration: Configuration, _ options: [String: String]) throws {
    guard FileManager.default.fileExists(atPath: configuration.database) else {
      throw Configuration.Fault(description: "\(configuration.database): there is no database.")
    }
    guard let typed = options["person"], let person = PersonNumber.id(typed: typed) else {
      throw Configuration.Fault(
        description: "--person P-…: whose token? The number of the person, check digits included; "
          + "the first administrator's is \(PersonNumber.text(1)).")
    }
    let tokenFile = options["token-file"] ?? "admin.token"
    guard !FileManager.default.fileExists(atPath: tokenFile) else {
      throw Configuration.Fault(description: "\(tokenFile): is there already; name another file.")
    }
    umask(0o077)
    let lock = try DatabaseLock(beside: configuration.database)
    defer { withExtendedLifetime(lock) {} }
    let now = System.now()
    let today = System.day(in: configuration.zone)(now)
    let secret = try Offline.change(
      configuration.database, key: "recover-admin-\(now.unixMilliseconds)"
    ) { transaction in
      Array(try Founding.recover(person: person, on: today, transaction).utf8)
    }
    guard
      FileManager.default.createFile(
        atPath: tokenFile, contents: Data(secret + [0x0A]),
        attributes: [.posixPermissions: 0o600])
    else { throw Configuration.Fault(description: "\(tokenFile): can't be written.") }
    print("token     \(tokenFile) (mode 0600; ends in 7 days)")
    print("next      start the server, `bitim admin list`, and revoke the tokens you don't know")
  }
}
