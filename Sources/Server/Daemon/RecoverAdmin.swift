import BitimDomain
import BitimServices
import BitimStore
import Foundation

/// `bitimd recover-admin`: a token for an administrator when nobody has one, with the server
/// stopped; the journal shows it.
enum RecoverAdmin {
  static func run(_ configuration: Configuration, _ options: [String: String]) throws {
    let path = try configuration.currentRegistry()
    guard let typed = options["person"], let person = PersonNumber.id(typed: typed) else {
      throw Configuration.Fault(
        description: "--person P-…: whose token? The number of the person, check digits included; "
          + "the first administrator's is \(PersonNumber.text(1)).")
    }
    umask(0o077)
    let lock = try DatabaseLock(beside: path)
    defer { withExtendedLifetime(lock) {} }
    let now = System.now()
    let today = System.day(in: configuration.zone)(now)
    let tokenFile = try TokenFile.leave(options) {
      let secret = try Offline.change(path, key: "recover-admin-\(now.unixMilliseconds)") {
        transaction in
        Array(try Founding.recover(person: person, on: today, transaction).utf8)
      }
      return String(decoding: secret, as: UTF8.self)
    }
    print("token     \(tokenFile) (mode 0600; ends in 7 days)")
    print("next      start the server, `bitim admin list`, and revoke the tokens you don't know")
  }
}
