import BitimClient
import BitimProtocol
import BitimSystem
import Foundation

/// `bitim whoami`: whom the server takes one for, by which token and until when.
enum WhoAmICommand {
  static let help = Help(
    summary: .helpWhoami, usage: .helpWhoamiUsage,
    examples: ["bitim whoami", "bitim whoami --profile chair"])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    try Arguments(words, options: []).atMost(0)
    Self.show(try await AccessServiceClient(desk.client).whoAmI(.init()), desk)
    return .done
  }

  /// Says whom the server takes one for.
  static func show(_ response: BitimV1.WhoAmIResponse, _ desk: Desk) {
    desk.output.facts(
      [
        (.person, desk.name(response.person?.names)), (.organisation, response.organisation),
        (.roles, response.roles.map(AdminCommand.word).joined(separator: ", ")),
        (.token, response.tokenName), (.expires, AdminCommand.day(response.expiresAt)),
      ], message: response)
  }
}

/// `bitim profiles`: the servers and people that are kept here, without their tokens.
enum ProfilesCommand {
  static let help = Help(
    summary: .helpProfiles, usage: .helpProfilesUsage, examples: ["bitim profiles"])

  static func run(_ words: [String], _ output: Output, used: String) throws -> Desk.End {
    try Arguments(words, options: []).atMost(0)
    let columns: [Column] = [.profile, .server, .language, .used]
    let rows = Profile.names().map { name in
      do throws(Profile.Fault) {
        let profile = try Profile.load(name)
        return [
          name, profile?.server ?? "", profile?.language ?? "", name == used ? "*" : "",
        ]
      } catch {
        // One that can't be read is there all the same.
        output.note(error.text, error.arguments)
        return [name, "", "", name == used ? "*" : ""]
      }
    }
    output.rows(columns, rows)
    return .done
  }
}

/// `bitim logout`: forgets a profile, token and all.
enum LogoutCommand {
  static let help = Help(
    summary: .helpLogout, usage: .helpLogoutUsage,
    examples: ["bitim logout", "bitim logout --profile chair"])

  static func run(_ words: [String], _ output: Output, used: String) throws -> Desk.End {
    try Arguments(words, options: []).atMost(0)
    guard try Profile.remove(used) else {
      throw Profile.Fault(text: .profileNone, arguments: ["name": used])
    }
    output.note(.logoutDone, ["name": used])
    return .done
  }
}
