import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@Suite("Examined anew, at the command line (R-633)")
struct ReExaminationCommandTests {
  @Test("an arbiter decides it, a certifier annuls, and others than those who failed her examine")
  func whole() async throws {
    let office = try await Office(on: "2026-02-01")
    try await office.join("arbiter", "Tursynov", "Askar", .arbiter, "SCHOOL")
    try await office.join("auditor", "Tursynova", "Zhanar", .auditor, "SCHOOL")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.hours("P1-ALA-01")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    func attest(_ session: String, _ test: String) -> [String] {
      [
        "attest", session, "--candidate", "Өтегенова", "--test", test, "--role-play", "75",
        "--interview", "90",
      ]
    }
    try office.done("examiner", attest("S-014", "59"))
    try office.asShown("chair", "attest", "S-014", "--confirm")
    let acts = try office.done(
      "auditor", "admin", "acts", "--kind", "results_confirmed", "--last", "1", "--output", "csv")
    let line = try #require(acts.split(whereSeparator: \.isNewline).dropFirst().first)
    let confirmed = String(try #require(line.split(separator: ",").first))
    let received = try office.bitim(
      "registrar",
      [
        "case", "receive", "--kind", "appeal", "--person", "Өтегенова", "--act", confirmed,
        "--told", "2026-01-25", "--ground", "комиссия асықты",
      ])
    #expect(received.status == 0, "\(received.errors)")
    let number = String(
      try #require(received.errors.firstMatch(of: /case (\d+): received/)?.1, "\(received.errors)"))
    try office.done(
      "arbiter", "case", "decide", number, "--outcome", "re_examination", "--reason", "рас")
    #expect(
      try office.done("certifier", "due").contains(
        "2026-02-11  case \(number) is decided, and not carried out"))
    #expect(
      try office.done("arbiter", "case", "show", number).contains("to be examined anew"))
    try office.done(
      "certifier", "attest", "S-014", "--annul", "Өтегенова", "--reason", "appeal", "--case",
      number)
    #expect(try office.done("certifier", "due") == "")

    // The first of February and sixty days are the second of April.
    try office.session("S-015", of: "P1-ALA-01", on: "2026-02-01")
    try office.refused(
      "examiner", attest("S-015", "80"),
      with: "sat in the commission whose result was annulled; whom an arbiter sent to be "
        + "examined anew until 2026-04-02 examine others")
    for (name, surname) in [("third", "Ospanova"), ("fourth", "Bekova"), ("fifth", "Dosova")] {
      try await office.join(name, surname, "Aru", .examiner, "SCHOOL")
    }
    try office.done(
      "registrar", "cohort", "session", "P1-ALA-01", "--session", "S-016", "--date", "2026-02-01",
      "--protocol", "№ S-016", "--chair", "Ospanova", "--member", "Bekova", "--member", "Dosova")
    try office.done("fourth", attest("S-016", "80"))
    try office.asShown("third", "attest", "S-016", "--confirm")
    #expect(
      try office.done("certifier", "due").contains("P1-ALA-01: passed, and nothing is issued: 1"))
  }
}
