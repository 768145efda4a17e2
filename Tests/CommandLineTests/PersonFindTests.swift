import BitimTestSupport
import Testing

@Suite("bitim person find")
struct PersonFindTests {
  @Test(
    "shows people who is called similarly, programs nobody, and takes none of them for whom was named"
  )
  func similar() async throws {
    let office = try await Office(on: "2026-02-02")
    for (given, latin, born) in [
      ("Нұрғиса", "Nurgisa", "1985-03-04"), ("Әйгерім", "Aigerim", "1990-05-06"),
    ] {
      try office.done(
        "registrar", "person", "add", "--surname-kk", "Қоңырбаев", "--given-kk", given,
        "--surname-latin", "Konyrbayev", "--given-latin", latin, "--birth-date", born,
        "--evidence", "шақыру № 3")
    }
    let seen = try office.bitim("registrar", ["person", "find", "Коңырбав", "Нұрғиса"])
    #expect(seen.status == 1)
    #expect(seen.output.contains("Nurgisa") && !seen.output.contains("Aigerim"))
    #expect(seen.errors == "nobody is called so; these are called similarly\n")
    let read = try office.bitim(
      "registrar", ["person", "find", "Коңырбав", "Нұрғиса", "--output", "csv"])
    #expect(read.status == 1)
    #expect(read.output.split(whereSeparator: \.isNewline) == ["number,name,born"])
    let taken = try office.bitim("registrar", ["person", "show", "Коңырбав Нұрғиса"])
    #expect(taken.status == 1)
    #expect(taken.output == "")
    #expect(taken.errors.contains("called similarly; give the number of whom you mean:\n  P-"))
    // A day of birth helps, and must fit.
    let born = try office.bitim("registrar", ["person", "find", "Qonyrbayev", "1985-03-04"])
    #expect(born.output.contains("Nurgisa"))
    let other = try office.bitim("registrar", ["person", "find", "Конырбаев", "1985-03-05"])
    #expect(other.status == 1)
    #expect(!other.output.contains("Nurgisa"))
  }

  @Test("says how many there are, and shows as many as are asked for")
  func limited() async throws {
    let office = try await Office(on: "2026-02-02")
    for (number, (given, latin)) in [
      ("Ақмарал", "Akmaral"), ("Ақбота", "Akbota"), ("Ақжан", "Akzhan"),
    ].enumerated() {
      try office.done(
        "registrar", "person", "add", "--surname-kk", "Қоңырбаева", "--given-kk", given,
        "--surname-latin", "Konyrbayeva", "--given-latin", latin,
        "--birth-date", "199\(number)-05-06", "--evidence", "шақыру № 3")
    }
    let some = try office.bitim("registrar", ["person", "find", "Қоңыр", "--limit", "2"])
    #expect(some.status == 0)
    #expect(
      some.errors
        == "2 of 3; --limit shows more, a day of birth or more of the name fewer\n")
    let one = try office.bitim("registrar", ["person", "find", "Қоңыр", "1991-05-06"])
    #expect(one.output.contains("Akbota") && !one.output.contains("Akmaral"))
    #expect(one.errors == "")
    let none = try office.bitim("registrar", ["person", "find", "Қоңыр", "--limit", "0"])
    #expect(none.status == 2)
    #expect(none.errors.contains("--limit: '0' is not a number from 1 to 500"))
  }
}
