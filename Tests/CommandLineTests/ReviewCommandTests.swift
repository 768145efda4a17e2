import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("bitim session review")
struct ReviewCommandTests {
  @Test("an edition that asks for a review has none confirmed without it (R-621, R-302)")
  func whole() async throws {
    let office = try await Office(on: "2026-06-25")
    let old = try office.done("registrar", "edition", "show", "school", "--programme", "1")
    let file = office.school.folder.appendingPathComponent("редакция.txt").path
    let text = old.replacing("code = school", with: "code = reviewed")
      .replacing("reviews_min = 0", with: "reviews_min = 1")
    #expect(text.contains("reviews_min = 1 school\n"))
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try office.twoPersons("registrar", "edition", "propose", file, approver: "certifier")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: "reviewed")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    try office.session("S-1", of: "P1-ALA-01", on: "2026-06-10")
    func record(_ test: String) throws {
      try office.done(
        "examiner", "attest", "S-1", "--candidate", "Өтегенова", "--test", test, "--role-play",
        "75", "--interview", "90")
    }
    func due(_ name: String) throws -> String {
      try office.done(name, "due", "--output", "csv")
    }
    let waits = "review,2026-06-10,,P1-ALA-01,S-1,1,,,bitim session review S-1"
    #expect(try !due("member").contains(waits))
    try record("80")
    #expect(try due("member").contains(waits))
    #expect(try !due("examiner").contains(waits))
    #expect(try !due("chair").contains(waits))
    let digest = try #require(
      try office.bitim("chair", ["attest", "S-1", "--confirm"]).errors
        .firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
    try office.refused(
      "chair", "attest", "S-1", "--confirm", "--digest", String(digest),
      with: "0 of 1 have reviewed the results as they stand")
    try office.asShown("member", "session", "review", "S-1")
    #expect(try !due("member").contains(waits))
    #expect(
      try office.bitim("registrar", ["session", "show", "S-1"]).errors
        .contains("reviews of what waits for the chair: 1 – Petrov Ivan; the edition asks for 1")
    )
    // Recorded anew, it is reviewed anew.
    try record("81")
    #expect(
      try office.bitim("registrar", ["session", "show", "S-1"]).errors
        .contains("reviews of what waits for the chair: 0; the edition asks for 1\n"))
    try office.asShown("member", "session", "review", "S-1")
    try office.asShown("chair", "attest", "S-1", "--confirm")
  }
}
