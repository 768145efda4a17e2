import BitimStore
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("bitim hours --makes-up")
struct MakeUpCommandTests {
  @Test("who missed a class makes it up, at most what was missed, and it is shown (R-507)")
  func whole() async throws {
    let office = try await Office(on: "2026-06-25")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.done(
      "registrar", "enrol", "--cohort", "P1-ALA-01", "--surname-kk", "Әбілов", "--given-kk",
      "Әлихан", "--surname-latin", "Abilov", "--given-latin", "Alikhan", "--birth-date",
      "1985-03-12", "--iin", "850312310001", "--education", "higher", "--date", "2026-01-05")
    let hours = ["hours", "P1-ALA-01", "--theory", "9", "--start", "09:00", "--date"]
    func told(_ words: [String]) throws -> String {
      let (status, output, errors) = try office.bitim("trainer", words)
      #expect(status == 0, "\(words): \(output)\(errors)")
      return output + errors
    }
    #expect(try told(hours + ["2026-01-06", "--absent", "Өтегенова"]).contains("1 new"))
    let makesUp = ["--makes-up", "06.01.2026 09:00"]
    let late = hours + ["2026-04-02"] + makesUp
    try office.refused("trainer", late, with: "2026-04-01")
    try office.refused(
      "trainer", hours + ["2026-01-07", "--trainee", "Әбілов"] + makesUp,
      with: "missed 0 + 0 of that class")
    try office.refused(
      "trainer", hours + ["2026-01-07", "--makes-up", "2026-01-06 10:00"],
      with: "no class of P1-ALA-01 began then")
    // The last of sixty days behind the cohort's last one.
    #expect(try told(hours + ["2026-04-01"] + makesUp).contains("1 new"))
    #expect(try told(hours + ["2026-04-01"] + makesUp).contains("1 equal"))
    try office.refused("trainer", hours + ["2026-04-01"], with: "outside the cohort's dates")
    try office.refused(
      "trainer", hours + ["2026-01-07"] + makesUp, with: "nobody missed anything of that class")
    try office.refused(
      "trainer", hours + ["2026-01-08", "--makes-up", "2026-04-01 09:00"],
      with: "that class makes up another itself")
    try office.refused(
      "registrar", "hours", "cancel-class", "P1-ALA-01", "--date", "2026-01-06", "--start", "09:00",
      "--reason", "in_error", "--evidence", "журнал",
      with: "the class of 2026-04-01 09:00 makes it up")
    try office.refused(
      "registrar", "hours", "correct", "P1-ALA-01", "Өтегенова", "--date", "2026-04-01", "--start",
      "09:00", "--theory", "9", "--practice", "1", "--reason", "dispute", "--evidence", "журнал",
      with: "missed 9 + 0 of that class")
    // Told anew it makes up the same.
    try office.done(
      "registrar", "hours", "correct-class", "P1-ALA-01", "--date", "2026-04-01", "--start",
      "09:00",
      "--new-date", "2026-03-30", "--reason", "wrong_day", "--evidence", "журнал")
    let shown = try office.bitim("registrar", ["cohort", "show", "P1-ALA-01"])
    #expect(
      shown.errors.contains("Utegenova Ulzhan: 9 of these hours made up what was missed\n"),
      "\(shown.errors)")
    #expect(!shown.errors.contains("Abilov Alikhan: "), "\(shown.errors)")
    let why = try office.bitim("registrar", ["why", "Өтегенова", "--for", "1"])
    #expect(
      why.output.contains("9 of 36, 9 of them made up; short by 27"), "\(why.output)")
    #expect(why.output.contains("0 of 36; short by 36"), "\(why.output)")
    let page = office.school.folder.appendingPathComponent("register.html").path
    try office.done("registrar", "cohort", "register", "P1-ALA-01", "--to", page)
    let register = try String(contentsOfFile: page, encoding: .utf8)
    #expect(register.contains("makes up: 2026-01-06 09:00"))
    try office.done(
      "registrar", "cohort", "amend", "P1-ALA-01", "--place", "Қонаев", "--why", "зал бос емес")
    let problems = try office.school.check().problems
    #expect(problems == [])
  }

  @Test("a list names the class in a column, in each language")
  func list() async throws {
    let office = try await Office(on: "2026-06-25")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.done(
      "trainer", "hours", "P1-ALA-01", "--date", "2026-01-06", "--start", "09:00", "--theory", "4",
      "--practice", "4")
    try office.done(
      "registrar", "hours", "correct", "P1-ALA-01", "Өтегенова", "--date", "2026-01-06", "--start",
      "09:00", "--theory", "4", "--practice", "2", "--reason", "dispute", "--evidence", "журнал")
    for title in ["makes_up", "Өтелетін сабақ", "Отработка занятия"] {
      let file = office.school.folder.appendingPathComponent("сағаттар.csv").path
      let text = """
        cohort;date;start;theory;practice;\(title)
        P1-ALA-01;07.01.2026;09:00;;1;06.01.2026 09:00

        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      try office.refused(
        "trainer", ["hours", file, "--dry-run"], with: "nobody missed anything of that class")
    }
  }
}
