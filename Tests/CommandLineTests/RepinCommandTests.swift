import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("bitim cohort repin")
struct RepinCommandTests {
  @Test("shows what differs, takes two persons, admits anew, and ends with the first class (R-305)")
  func whole() async throws {
    let office = try await Office(on: "2026-06-25")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: "2025")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    let repin = ["cohort", "repin", "P1-ALA-01", "--why", "бұйрық өзгерді", "--edition"]
    let shown = try office.bitim("registrar", repin + ["school"])
    #expect(shown.status == 1)
    #expect(
      shown.errors.hasPrefix(
        """
        P1-ALA-01 would follow edition 1/school instead of 1/2025; why: бұйрық өзгерді
        code = 2025 -> school
        default = yes -> no

        """), "\(shown.errors)")
    #expect(shown.errors.contains("group_max = 10 reported -> 10 school\n"))
    #expect(!shown.errors.contains("age_min"))
    try office.twoPersons("registrar", repin + ["school"], approver: "certifier")
    func edition() throws -> String {
      try office.done("registrar", "cohort", "show", "P1-ALA-01", "--output", "json")
    }
    #expect(try edition().contains("\"edition\":\"school\""))
    try office.refused("registrar", repin + ["school"], with: "it is so already")
    try office.refused(
      "registrar", repin + ["2030"], with: "there is no such edition of programme 1")
    // Under another edition the trainee is too young.
    let old = try office.done("registrar", "edition", "show", "school", "--programme", "1")
    let file = office.school.folder.appendingPathComponent("редакция.txt").path
    let text = old.replacing("code = school", with: "code = old")
      .replacing("age_min = 25 law", with: "age_min = 90 law")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    try office.twoPersons("registrar", "edition", "propose", file, approver: "certifier")
    let young = try office.bitim("registrar", repin + ["old"])
    #expect(young.status == 1)
    #expect(
      young.errors.hasSuffix(
        """
        age_min = 25 law Law On Mediation, article 9(4)(1) -> 90 law Law On Mediation, article 9(4)(1)
        P-11-65 has a place and would not be admitted: is not yet 90 on 2026-01-05

        """), "\(young.errors)")
    try office.hours("P1-ALA-01")
    try office.refused("registrar", repin + ["2025"], with: "classes are recorded")
  }
}
