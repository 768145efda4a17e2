import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

/// Who is who, told through `bitim`; and what hangs on a day.
extension WorkedExamplesTests {
  @Test("2: from 22:00 to 24:00 there are ten quarters, and no eleventh (R-501)")
  func lateClass() async throws {
    let office = try await Office(on: "2026-02-27")
    try office.cohort("P1-ALA-01", from: "2026-02-02", until: "2026-04-30")
    _ = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-02-02"))
    func hours(_ theory: String) -> [String] {
      [
        "hours", "P1-ALA-01", "--date", "2026-02-26", "--start", "22:00", "--end", "24:00",
        "--theory", theory,
      ]
    }
    try office.refused("trainer", hours("2.75"), with: "2.75 hours don't fit the class")
    try office.done("trainer", hours("2.5"))
  }

  @Test(
    "8: a new passport of somebody known is her number added, or somebody else by evidence (R-109)")
  func newPassport() async throws {
    let office = try await Office(on: "2026-02-02")
    try await office.school.centre("AST-02")
    try await office.join("centre", "Akhmediyarova", "Saltanat", .registrar, "AST-02")
    try office.cohort("P1-ALA-01", from: "2026-02-02", until: "2026-04-30")
    let known = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-02-02"))
    #expect(known.status == 0, "\(known.errors)")
    try office.done(
      "registrar", "cohort", "open", "P1-AST-01", "--programme", "1", "--organisation", "AST-02",
      "--from", "2026-05-04", "--until", "2026-07-31", "--language", "kk", "--form", "in_person",
      "--place", "Астана")
    let row = [
      "enrol", "--cohort", "P1-AST-01", "--surname-kk", "Өтегенова", "--given-kk", "Ұлжан",
      "--surname-latin", "Utegenova", "--given-latin", "Ulzhan", "--birth-date", "1990-07-04",
      "--document-number", "N12345678", "--document-country", "KAZ", "--document-type",
      "passport", "--education", "higher", "--date", "2026-02-02",
    ]
    // A centre that does not know her learns nothing; the School is told whom it may be.
    try office.refused("centre", row, with: "the School must check who this is")
    let asked = try office.bitim("registrar", row)
    let number = String(
      try #require((asked.output + asked.errors).firstMatch(of: /P-\d+-\d\d/)?.0, "\(asked)"))
    try office.refused("registrar", row, with: "may be somebody who is there already (\(number))")
    // If it is she: the number first.
    try office.done(
      "registrar", "person", "add-identifier", number, "--document-number", "N12345678",
      "--document-country", "KAZ", "--document-type", "passport", "--reason", "document_renewed",
      "--evidence", "төлқұжат", "--evidence-number", "N12345678", "--seen-by", "Серікова Әлия",
      "--seen-on", "2026-01-30")
    try office.done("registrar", row)
    #expect(try office.done("registrar", "cohort", "show", "P1-AST-01").contains(number))
    // If it is not: somebody else, and why.
    let other = row.map { $0 == "N12345678" ? "N87654321" : $0 }
    try office.refused("registrar", other, with: "may be somebody who is there already")
    try office.done(
      "registrar",
      other + ["--distinct-from", number, "--distinct-evidence", "екі төлқұжат, егіз апалы-сіңлі"])
    let both = try office.done("registrar", "person", "find", "Utegenova", "--output", "csv")
    #expect(both.split(whereSeparator: \.isNewline).count == 3, "\(both)")
  }

  @Test("9: a known IIN with other names is refused until she is renamed (R-106)")
  func otherNames() async throws {
    let office = try await Office(on: "2026-02-02")
    try office.cohort("P1-ALA-01", from: "2026-02-02", until: "2026-04-30")
    try office.cohort("P1-ALA-02", from: "2026-05-04", until: "2026-07-31")
    let known = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-02-02"))
    #expect(known.status == 0, "\(known.errors)")
    let married = office.enrol("P1-ALA-02", on: "2026-02-01").map {
      $0 == "Өтегенова" ? "Әлімқұлова" : $0 == "Utegenova" ? "Alimkulova" : $0
    }
    try office.refused("registrar", married, with: "of other names; check the document")
    try office.done(
      "registrar", "person", "rename", "Өтегенова", "--surname-kk", "Әлімқұлова", "--given-kk",
      "Ұлжан", "--surname-latin", "Alimkulova", "--given-latin", "Ulzhan", "--reason",
      "неке куәлігі 45-1")
    try office.done("registrar", married)
  }

  @Test("9: Cyrillic letters, a hyphen and a space make no other passport (R-102)")
  func samePassport() async throws {
    let office = try await Office(on: "2026-02-02")
    func add(_ passport: String) throws -> (status: Int32, output: String, errors: String) {
      try office.bitim(
        "registrar",
        [
          "person", "add", "--surname-kk", "Қоңырбаев", "--given-kk", "Нұрғиса", "--surname-latin",
          "Konyrbayev", "--given-latin", "Nurgisa", "--birth-date", "1985-03-04",
          "--document-number", passport, "--document-country", "KAZ", "--document-type",
          "passport",
        ])
    }
    #expect(try add("АВ-123 456").status == 0)
    // The same again is the same person.
    _ = try add("AB123456")
    let list = try office.done("registrar", "person", "find", "Konyrbayev", "--output", "csv")
    #expect(list.split(whereSeparator: \.isNewline).count == 2, "\(list)")
  }

  @Test("11: who taught the candidate 24 months before to the day may not examine, a day later may")
  func taughtTwoYearsAgo() async throws {
    let office = try await Office(on: "2026-06-10")
    let teacher = try await office.school.person("Suleimenova", "Aida")
    _ = try await office.school.client(teacher, [.trainer], in: "ALA-01")
    _ = try await office.school.client(teacher, [.examiner])
    try office.done(
      "registrar", "cohort", "open", "P1-ALA-00", "--programme", "1", "--organisation", "ALA-01",
      "--from", "2024-06-01", "--until", "2024-07-31", "--language", "kk", "--form", "in_person",
      "--place", "Алматы")
    try office.done(
      "registrar", "cohort", "trainer", "P1-ALA-00", "Suleimenova", "--evidence",
      "3-бағдарлама, 2019")
    let first = try office.bitim("registrar", office.enrol("P1-ALA-00", on: "2024-06-01"))
    #expect(first.status == 0, "\(first.errors)")
    try office.done(
      "registrar", "hours", "P1-ALA-00", "--date", "2024-06-15", "--start", "09:00", "--theory",
      "9", "--trainer", "Suleimenova")
    try office.cohort("P1-ALA-01", from: "2026-05-04", until: "2026-07-31")
    let again = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-05-04"))
    #expect(again.status == 0, "\(again.errors)")
    func session(_ code: String, on day: String) -> [String] {
      [
        "cohort", "session", "P1-ALA-01", "--session", code, "--date", day, "--protocol",
        "№ \(code)", "--chair", "Kim", "--member", "Garcia", "--member", "Suleimenova",
      ]
    }
    try office.refused(
      "registrar", session("S-015", on: "2026-06-15"), with: "last on 2024-06-15")
    try office.done("registrar", session("S-016", on: "2026-06-16"))
  }

  @Test("19: adopted, a prerequisite, not for the School's, once, and verified (R-742, R-743)")
  func adopted() async throws {
    let office = try await Office(on: "2026-02-02")
    try office.cohort("P1-ALA-01", from: "2026-02-02", until: "2026-04-30")
    let known = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-02-02"))
    #expect(known.status == 0, "\(known.errors)")
    let path = office.school.folder.appendingPathComponent("ескі-кітап.csv").path
    let list = """
      Кітап;Бет;Өз нөмірі;Берілген күні;Тегі;Аты;Туған күні;ЖСН;Бағдарлама;Аттестация
      3;;45;20.05.2013;Өтегенова;Ұлжан;04.07.1990;900704400011;1;белгісіз

      """
    try Data(list.utf8).write(to: URL(fileURLWithPath: path))
    let adopt = ["certificate", "adopt", path]
    try office.twoPersons("registrar", adopt, approver: "certifier")
    try office.refused("registrar", adopt, with: "this number of 2013 is adopted already")
    try office.done(
      "registrar", "cohort", "open", "P2-ALA-01", "--programme", "2", "--organisation", "ALA-01",
      "--from", "2026-02-02", "--until", "2026-04-30", "--language", "kk", "--form", "in_person",
      "--place", "Алматы")
    let enrolled = try office.bitim(
      "registrar", office.enrol("P2-ALA-01", on: "2026-02-02"))
    #expect(enrolled.status == 0, "\(enrolled.output)\(enrolled.errors)")
    try office.refused(
      "certifier", "why", "Өтегенова", "--for", "school", with: "Certificate of programme 1")
    let verified = try office.done(
      nil, "verify", "--adopted", "45", "--date", "2013-05-20", "--surname", "Өтегенова")
    #expect(verified.contains("VALID"), "\(verified)")
    #expect(verified.contains("ADOPTED"), "\(verified)")
  }
}
