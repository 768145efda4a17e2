import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Empty lists")
struct NewListTests {
  @Test("the titles of a new list are known again, each as its own column")
  func titles() {
    for language in bitim.Language.allCases {
      for kind in ListKind.allCases {
        let columns = kind.columns(language).map(\.name)
        let titles = kind.records(language)[0]
        #expect(titles.map { Columns.name(of: $0) } == columns, "\(language) \(kind)")
        #expect(Set(titles).count == titles.count)
      }
    }
    #expect(
      ListKind.staff.records(.kk)
        == [
          ["Адам", "Рөл", "Ұйым", "Файл", "Ескерту"],
          ["МЫСАЛ", "examiner", "SCHOOL", "kim.token", "мысал: бұл жолды өшіріңіз"],
        ])
    #expect(
      ListKind.results.records(.en)[0]
        == [
          "Candidate", "Test", "Role play", "Interview", "Absent", "Excluded", "Interrupted", "Why",
          "Note",
        ])
  }

  /// Each list with the command that reads it, and the column that the example is refused for.
  private static let lists: [(kind: String, words: [String], column: String)] = [
    ("enrol", ["enrol", "FILE", "--dry-run"], "cohort"),
    ("results", ["attest", "S-014", "FILE", "--dry-run"], "candidate"),
    ("hours", ["hours", "FILE", "--dry-run"], "cohort"),
    ("staff", ["admin", "appoint", "FILE", "--days", "30", "--tokens", "FOLDER"], "person"),
    ("centres", ["admin", "organisation", "add", "FILE"], "kind"),
  ]

  @Test(
    "each new list is read by its command, and refused for its example alone",
    arguments: ["kk", "ru", "en"])
  func read(language: String) async throws {
    let office = try await Office(on: "2026-02-01")
    try office.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31")
    try office.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    let folder = office.school.folder.appendingPathComponent("t").path
    for (kind, words, column) in Self.lists {
      let example = Text.listExampleName.filled(bitim.Language(rawValue: language) ?? .en)
      for options in [[], ["--for-excel"]] {
        let made = try Program.run(
          Repository.program("bitim"), ["list", "new", kind] + options,
          environment: ["BITIM_LANGUAGE": language])
        #expect(made.status == 0, "\(made.errors)")
        let path = office.school.folder.appendingPathComponent("\(kind).csv").path
        try Data(made.output.utf8).write(to: URL(fileURLWithPath: path))
        let (status, output, errors) = try office.bitim(
          kind == "staff" || kind == "centres"
            ? "administrator" : kind == "results" ? "examiner" : "registrar",
          words.map { $0 == "FILE" ? path : $0 == "FOLDER" ? folder : $0 } + ["--output", "csv"],
          in: language)
        #expect(status == 1, "\(kind): \(output)\(errors)")
        let findings = output.split(separator: "\r\n").dropFirst().map {
          $0.split(separator: ",", omittingEmptySubsequences: false).prefix(3).map(String.init)
        }
        let value = kind == "centres" ? "centre | university | sender" : example
        #expect(findings == [["2", column, value]], "\(kind): \(output)\(errors)")
      }
    }
  }

  @Test("another word than a list's is named, with those there are")
  func unknown() throws {
    let (status, _, errors) = try Program.run(
      Repository.program("bitim"), ["list", "new", "people"],
      environment: ["BITIM_LANGUAGE": "en"])
    #expect(status == 2)
    #expect(
      errors
        == "bitim: people: there is no such word, but: centres, enrol, hours, results, staff\n")
  }
}
