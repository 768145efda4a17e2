import BitimClient
import BitimProtocol
import Foundation
import BitimSystem

/// `bitim login`: keeps server, token and language, and says who the server takes one for.
enum LoginCommand {
  static let help = Help(
    summary: .helpLogin, usage: .helpLoginUsage,
    examples: [
      "bitim login --server unix:///run/bitim/bitim.sock --token-file әлия.token \\",
      "  --language kk",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let server = Self.whole(try arguments.required("server"))
    let token = try Profile.token(in: arguments.required("token-file"))
    let response = try await AccessServiceClient(desk.client).whoAmI(.init())
    let name = arguments["profile"] ?? "default"
    let profile = Profile(server: server, token: token, language: desk.output.language.rawValue)
    let file = try profile.save(name)
    WhoAmICommand.show(response, desk)
    desk.output.note(.loginDone, ["name": name, "file": file])
    return .done
  }

  /// An address that is the same from every folder.
  private static func whole(_ server: String) -> String {
    let scheme = "unix://"
    guard server.hasPrefix(scheme), !server.hasPrefix("\(scheme)/") else { return server }
    let path = String(server.dropFirst(scheme.count))
    return scheme + URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
