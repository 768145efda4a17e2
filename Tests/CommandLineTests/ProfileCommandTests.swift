import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Profiles")
struct ProfileCommandTests {
  @Test("a profile is kept, named, asked who it is, and forgotten")
  func life() async throws {
    let office = try await Office(on: "2026-02-01")
    let config = office.school.folder.appendingPathComponent("config").path
    func bitim(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
      try Program.run(
        Repository.program("bitim"), words,
        environment: ["XDG_CONFIG_HOME": config, "BITIM_LANGUAGE": "en"])
    }
    let token = office.school.folder.appendingPathComponent("chair.token").path
    let server = "\(office.school.address)"
    for name in ["төраға", "default"] {
      let login = try bitim(
        "login", "--server", server, "--token-file", token, "--profile", name, "--language", "kk")
      #expect(login.status == 0, "\(login.errors)")
    }
    let listed = try bitim("profiles", "--output", "csv")
    #expect(
      listed.output
        == "profile,server,language,used\r\ndefault,\(server),kk,'*\r\nтөраға,\(server),kk,\r\n"
        .replacing("'*", with: "*"))
    #expect(
      try bitim("profiles", "--profile", "төраға", "--output", "json").output
        .split(separator: "\n").last.map(String.init)
        == "{\"language\":\"kk\",\"profile\":\"төраға\",\"server\":\"\(server)\",\"used\":\"*\"}")
    #expect(!listed.output.contains(try String(contentsOfFile: token, encoding: .utf8)))
    let who = try bitim("whoami", "--profile", "төраға", "--output", "csv")
    #expect(
      who.output
        == "person,organisation,roles,token,expires\r\nKim Yelena,SCHOOL,examiner,bitim,2027-03-08\r\n"
    )
    // Others can read its token: it is no profile any more, and can be forgotten.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: config + "/bitim/төраға.json")
    #expect(try bitim("whoami", "--profile", "төраға").status == 2)
    #expect(try bitim("profiles").errors.contains("others can read it"))
    let out = try bitim("logout", "--profile", "төраға")
    #expect(out.status == 0)
    #expect(
      out.errors
        == "төраға: is forgotten here; its token goes on until an administrator revokes it\n")
    #expect(try bitim("profiles", "--output", "csv").output.split(separator: "\r\n").count == 2)
    let again = try bitim("logout", "--profile", "төраға")
    #expect(again.status == 2)
    #expect(again.errors == "bitim: төраға: there is no such profile; see `bitim profiles`\n")
    // Nobody is logged out without having been in.
    #expect(try bitim("logout").status == 0)
    #expect(try bitim("whoami").status == 2)
    #expect(try bitim("logout").status == 2)
  }
}
