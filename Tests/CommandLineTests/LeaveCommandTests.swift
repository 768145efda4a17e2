import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Somebody who goes")
struct LeaveCommandTests {
  /// What of roles and tokens is in force, a line each.
  private func access(_ office: Office, of name: String) throws -> [String] {
    try office.done("administrator", "admin", "list", "--output", "csv").split(separator: "\r\n")
      .map(String.init).filter { $0.hasPrefix(name) }
  }

  @Test("shows what ends, asks, ends all of it, and says what is to be filled")
  func leave() async throws {
    let office = try await Office(on: "2026-01-05")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-30")
    #expect(try self.access(office, of: "Garcia Lucia").count == 1)
    let shown = try office.bitim("administrator", ["admin", "leave", "Garcia"])
    #expect(shown.status == 1)
    #expect(shown.errors.contains("Garcia Lucia (P-"))
    #expect(shown.errors.contains("examiner  SCHOOL"))
    #expect(try self.access(office, of: "Garcia Lucia").count == 1)
    let digest = try #require(shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
    let other = try office.bitim(
      "administrator", ["admin", "leave", "Garcia", "--digest", String(repeating: "0", count: 32)])
    #expect(other.status == 1)
    #expect(try self.access(office, of: "Garcia Lucia").count == 1)
    let done = try office.bitim(
      "administrator", ["admin", "leave", "Garcia", "--digest", String(digest)])
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.errors.contains("Garcia Lucia: ended; roles: 1, tokens: "))
    // An administrator is not shown who sits where; the session is named all the same.
    #expect(
      done.errors.contains(
        "a registrar looks at the sessions to come:\n"
          + "  bitim session show S-014  # P1-ALA-01, 2026-01-30\n"))
    #expect(try self.access(office, of: "Garcia Lucia").isEmpty)
    #expect(try office.bitim("examiner", ["whoami"]).status == 1)
    let again = try office.bitim("administrator", ["admin", "leave", "Garcia"])
    #expect(again.status == 0)
    #expect(again.errors.contains("no role and no token is in force"))
  }

  @Test("of a trainer the cohorts are named, with the command that replaces")
  func trainer() async throws {
    let office = try await Office(on: "2026-01-05")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    try office.asShown("administrator", "admin", "leave", "Omarov")
    let after = try office.bitim("administrator", ["admin", "leave", "Omarov"])
    #expect(
      after.errors.contains(
        /bitim cohort replace-trainer P1-ALA-01 P-\d+-\d\d --by '…' --why '…'  # 2026-01-05 – 2026-01-31/
      ))
    let classes = [
      "hours", "P1-ALA-01", "--date", "2026-01-05", "--start", "09:00", "--theory", "4",
    ]
    #expect(try office.bitim("trainer", classes).status == 1)
  }

  @Test("nobody leaves by his own hand, and the last administrator stays")
  func stays() async throws {
    let office = try await Office(on: "2026-01-05")
    let own = try office.bitim("administrator", ["admin", "leave", "Kassymov"])
    #expect(own.status == 1)
    #expect(own.errors.contains("nobody acts on himself"))
    #expect(try self.access(office, of: "Kassymov").count == 1)
  }

  @Test("who is registrar too is told which seat it is")
  func seats() async throws {
    let office = try await Office(on: "2026-01-05")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-30")
    let file = office.school.folder.appendingPathComponent("both.token").path
    try office.done(
      "administrator", "admin", "role", "give", "Serikova", "--role", "administrator",
      "--organisation", "SCHOOL")
    try office.done(
      "administrator", "admin", "token", "make", "Serikova", "--role", "administrator,registrar",
      "--organisation", "SCHOOL", "--name", "екеуі", "--days", "30", "--file", file)
    office.join("both", by: file)
    let shown = try office.bitim("both", ["admin", "leave", "Petrov"])
    let digest = try #require(
      shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1, "\(shown.errors)")
    let done = try office.bitim("both", ["admin", "leave", "Petrov", "--digest", String(digest)])
    #expect(done.status == 0, "\(done.errors)")
    #expect(
      done.errors.contains(
        /bitim session seat S-014 --goes P-\d+-\d\d --comes '…' --why '…'  # member, P1-ALA-01, 2026-01-30/
      ))
  }
}
