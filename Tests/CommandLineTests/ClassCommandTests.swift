import Testing

@Suite("A class told anew and taken back, at the command line (R-504)")
struct ClassCommandTests {
  @Test("past midnight, tried first, on another day, and taken back")
  func whole() async throws {
    let office = try await Office(on: "2026-02-10")
    try office.cohort("P1-ALA-01", from: "2026-02-02", until: "2026-04-30")
    let enrolled = try office.bitim("registrar", office.enrol("P1-ALA-01", on: "2026-02-02"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try office.done(
      "registrar", "hours", "P1-ALA-01", "--date", "2026-02-03", "--start", "22:00", "--practice",
      "4", "--trainer", "Omarov")
    let ground = ["--reason", "wrong_day", "--evidence", "сынып журналы"]
    func said(_ words: String...) throws -> String {
      let (status, output, errors) = try office.bitim("registrar", ["hours"] + words + ground)
      #expect(status == 0, "\(errors)")
      #expect(output == "")
      return errors
    }
    let correct = [
      "correct-class", "P1-ALA-01", "--date", "03.02.2026", "--start", "22:00", "--new-date",
      "04.02.2026",
    ]
    let tried = try office.bitim("registrar", ["hours"] + correct + ground + ["--dry-run"])
    #expect(tried.status == 0)
    #expect(
      tried.errors == """
        P1-ALA-01: 2026-02-03 22:00–01:00 would be 2026-02-04 22:00–01:00; trainees: 1; nothing is recorded

        """)
    let done = try office.bitim("registrar", ["hours"] + correct + ground)
    #expect(done.status == 0)
    #expect(
      done.errors == """
        P1-ALA-01: 2026-02-03 22:00–01:00 is now 2026-02-04 22:00–01:00; trainees: 1

        """)
    #expect(
      try said(
        "correct-class", "P1-ALA-01", "--date", "2026-02-04", "--start", "22:00", "--new-start",
        "14:00", "--new-end", "16:00", "--practice", "2") == """
          P1-ALA-01: 2026-02-04 22:00–01:00 is now 2026-02-04 14:00–16:00; trainees: 1

          """)
    try office.refused(
      "registrar",
      ["hours", "cancel-class", "P1-ALA-01", "--date", "2026-02-03", "--start", "22:00"]
        + ground, with: "no class of P1-ALA-01 began then")
    #expect(
      try said(
        "cancel-class", "P1-ALA-01", "--date", "2026-02-04", "--start", "14:00", "--dry-run") == """
          P1-ALA-01: 2026-02-04 14:00–16:00 would be taken back, with the hours of trainees: 1; nothing is recorded

          """)
    #expect(
      try said("cancel-class", "P1-ALA-01", "--date", "2026-02-04", "--start", "14:00") == """
        P1-ALA-01: 2026-02-04 14:00–16:00 is taken back, with the hours of trainees: 1

        """)
  }
}
