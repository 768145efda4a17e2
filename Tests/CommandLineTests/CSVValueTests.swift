import BitimTestSupport
import Testing

/// Words in cells of CSV are for programs: a script that a colleague runs in another language reads the same.
@Suite("Values of CSV")
struct CSVValueTests {
  @Test("words in cells are English whatever the reader's language; names are the reader's")
  func words() async throws {
    let office = try await Office(on: "2026-02-02")
    try office.passed()
    func rows(_ name: String, _ words: String..., in language: String) throws -> String {
      try office.bitim(name, words + ["--output", "csv"], in: language).output
        .replacing("\r\n", with: "\n")
    }
    for (language, name) in [
      ("kk", "Өтегенова Ұлжан"), ("ru", "Өтегенова Ұлжан"), ("en", "Utegenova Ulzhan"),
    ] {
      let results = try rows("registrar", "attest", "S-014", "--show", in: language)
      #expect(
        results == """
          number,name,result,scores,confirmed,reason
          P-11-65,\(name),passed,80 75 90,yes,

          """)
      let seats = try rows("registrar", "session", "show", "S-014", in: language)
      #expect(
        seats == """
          seat,number,name
          chair,P-5-83,Kim Yelena
          member,P-6-80,Garcia Lucia
          member,P-7-77,Petrov Ivan

          """)
      let trainees = try rows("registrar", "cohort", "show", "P1-ALA-01", in: language)
      #expect(
        trainees == """
          number,name,enrolled,theory,practice,state,recognised
          P-11-65,\(name),2026-01-05,36 / 36,36 / 36,passed,

          """)
      let preview = try rows(
        "certifier", "issue", "--cohort", "P1-ALA-01", "--preview", in: language)
      #expect(
        preview == """
          number,name,state
          P-11-65,\(name),may be certified

          """)
    }
    try office.asShown("certifier", "issue", "--cohort", "P1-ALA-01", "--approve")
    for language in ["kk", "ru", "en"] {
      let issued = try rows("registrar", "report", "issued", "--year", "2026", in: language)
      let standings = issued.split(separator: "\n").map { $0.split(separator: ",").last }
      #expect(standings == ["standing", "Valid"])
    }
  }
}
