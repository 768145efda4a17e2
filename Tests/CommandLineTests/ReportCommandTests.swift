import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Figures of a year at the command line")
struct ReportCommandTests {
  /// The figures of programme 1, all organisations together, as programs read them.
  private static func figures(
    _ office: Office, _ year: String, _ words: String...
  ) throws -> [String: String] {
    let text = try office.done(
      "registrar", ["report", "year", year, "--output", "csv"] + words)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines.first?.prefix(5) == ["year", "programme", "organisation", "figure", "value"])
    let own = lines.filter { $0[0] == year && $0[1] == "1" && $0[2] == "" }
    return Dictionary(uniqueKeysWithValues: own.map { ($0[3], $0[4]) })
  }

  @Test(
    "20: issued and filed, then revoked: for fraud 2026 stays 1, as an error it is 0, filed 1 (R-1001, R-1007)",
    arguments: ["fraud", "error"])
  func revoked(reason: String) async throws {
    let office = try await Office(on: "2026-02-01")
    try office.passed()
    try office.turn(to: "2026-12-20")
    let issued = try office.asShown(
      "certifier", "issue", "--cohort", "P1-ALA-01", "--approve", "--output", "csv")
    let number = String(
      try #require(issued.split(whereSeparator: \.isNewline).last?.split(separator: ",").first))
    try office.turn(to: "2027-01-10")
    #expect(try Self.figures(office, "2026")["certified"] == "1")
    let filed = try office.bitim("registrar", ["report", "file", "2026"])
    #expect(filed.status == 0, "\(filed.errors)")
    #expect(filed.errors.contains("the figures of 2026 are filed: act "))
    try office.refused("registrar", "report", "file", "2026", with: "it is so already")
    try office.refused("registrar", "report", "file", "2028", with: "that day has not come yet")
    try office.turn(to: "2027-01-15")
    try office.asShown("certifier", "certificate", "revoke", number, "--reason", reason)
    let now = reason == "fraud" ? "1" : "0"
    #expect(try Self.figures(office, "2026")["certified"] == now)
    let table = try office.bitim("registrar", ["report", "year", "2026"], columns: 80)
    let cells = table.output.split(separator: "\n").map {
      $0.split(separator: /[ ]{2,}/).map(String.init)
    }
    // Side by side where they differ, and nowhere else.
    #expect(
      cells.contains(["1", "all", "certificates issued", now] + (now == "0" ? ["1"] : [])),
      "\(table.output)")
    #expect(table.output.contains("Filed") == (now == "0"))
    #expect(table.errors.contains("filed on 2027-01-10, as of 2027-01-10: act "))
    #expect(try Self.figures(office, "2027") == ["revoked": "1"])
    // As it was known on the day of the first report, it was 1.
    #expect(try Self.figures(office, "2026", "--known", "2027-01-10")["certified"] == "1")
    #expect(try Self.figures(office, "2026", "--as-of", "2026-12-31")["certified"] == "1")
    #expect(try Self.figures(office, "2026", "--as-of", "2026-12-19")["certified"] == "0")
  }

  @Test("a table for people and what it is of, in three languages; JSON is one message")
  func told() async throws {
    let office = try await Office(on: "2026-02-01")
    try office.passed()
    let expected = [
      (
        "en", "enrolled", "all", "pass rate, %",
        "2026, as of 2026-02-01, as known at the end of 2026-02-01; acts: "
      ),
      (
        "kk", "қабылданды", "барлығы", "өту үлесі, %",
        "2026 жыл, 2026-02-01 күнгі жағдай, 2026-02-01 күннің соңында белгілі болғандай; актілер: "
      ),
      (
        "ru", "зачислено", "все", "доля сданных, %",
        "2026, по состоянию на 2026-02-01, как было известно к концу 2026-02-01; актов: "
      ),
    ]
    for (language, enrolled, all, rate, state) in expected {
      let said = try office.bitim(
        "registrar", ["report", "year", "2026"], in: language, columns: 80)
      #expect(said.status == 0, "\(said.errors)")
      let cells = said.output.split(separator: "\n").map {
        $0.split(separator: /[ ]{2,}/).map(String.init)
      }
      #expect(cells.contains(["1", all, enrolled, "1"]), "\(said.output)")
      #expect(cells.contains(["1", "ALA-01", rate, "100.0"]), "\(said.output)")
      #expect(
        said.errors.replacingOccurrences(of: "\n", with: " ").hasPrefix(state), "\(said.errors)")
    }
    let json = try office.done("registrar", "report", "year", "2026", "--output", "json")
    #expect(json.split(separator: "\n").count == 1)
    #expect(json.contains("\"asKnown\":\"2026-02-01\""))
    try office.refused("registrar", "report", "year", "1999", with: "1999")
    #expect(try office.bitim("registrar", ["report", "year", "x"]).status == 2)
    #expect(try office.bitim("registrar", ["report", "year"]).status == 2)
  }
}
