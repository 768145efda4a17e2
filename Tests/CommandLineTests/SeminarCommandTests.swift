import BitimProtocol
import BitimStore
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Seminars at the command line (R-307)")
struct SeminarCommandTests {
  private static let signs = FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")

  private static let file = """
    programme = seminar
    code = negotiation
    default = no
    from = 2026-01-01
    until =
    act_kk = Мектептің № 7 бұйрығы
    act_ru = Приказ Школы № 7
    act_en = Order No. 7 of the School
    name_kk = Келіссөз өнері
    name_ru = Искусство переговоров
    name_en = The art of negotiation
    theory_hours = 6 school
    practice_hours = 2 school

    """

  private static func file(_ text: String, _ name: String, _ office: Office) throws -> String {
    let path = office.school.folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private static func adopt(_ office: Office) throws {
    let path = try Self.file(Self.file, "семинар.txt", office)
    try office.twoPersons("registrar", "edition", "propose", path, approver: "certifier")
  }

  private static func opening(_ code: String, _ edition: String...) -> [String] {
    [
      "cohort", "open", code, "--programme", "seminar", "--organisation", "ALA-01", "--from",
      "2026-02-02", "--until", "2026-02-03", "--language", "kk", "--form", "in_person",
      "--place", "Алматы",
    ] + edition.flatMap { ["--edition", $0] }
  }

  /// A seminar that one has attended, on 10 February 2026.
  private static func attended(_ office: Office) throws {
    try Self.adopt(office)
    try office.done("registrar", Self.opening("SEM-01", "negotiation"))
    try office.done(
      "registrar", "cohort", "trainer", "SEM-01", "Omarov", "--evidence", "3-бағдарлама, 2019")
    try office.done("registrar", office.enrol("SEM-01", on: "2026-02-02"))
    for (day, kind, hours) in [("02", "--theory", "6"), ("03", "--practice", "2")] {
      try office.done(
        "trainer", "hours", "SEM-01", "--date", "2026-02-\(day)", "--start", "09:00", kind, hours)
    }
  }

  private static func stated(_ office: Office) throws -> (number: String, code: String) {
    let issued = try office.asShown(
      "registrar", "issue", "--cohort", "SEM-01", "--approve", "--output", "csv")
    let fields = try #require(issued.split(whereSeparator: \.isNewline).last)
      .split(separator: ",")
    return (String(fields[0]), String(fields[1]))
  }

  private static func plain(_ text: String) -> String { text.replacing("\r\n", with: "\n") }

  @Test("two persons adopt one, which is listed, prints itself, and has nothing of attestation")
  func adopted() async throws {
    let office = try await Office(on: "2026-02-10")
    let wrong = try Self.file(
      Self.file + "attempts_max = 3 school\nage_min = 25 law 9-бап\n", "қате.txt", office)
    try office.refused(
      "registrar", "edition", "propose", wrong,
      with:
        "attempts_max 3: a seminar has no such value, and a programme has its own name; leave it out"
    )
    try Self.adopt(office)
    let list = Self.plain(try office.done("registrar", "edition", "list", "--output", "csv"))
    #expect(
      list.hasSuffix(
        "\nseminar The art of negotiation,negotiation,2026-01-01,,6 *,2 *,0 *,,by name alone\n"),
      "\(list)")
    #expect(
      try office.done("registrar", "edition", "show", "negotiation", "--programme", "seminar")
        == Self.file.replacing(
          "practice_hours = 2 school\n",
          with: "practice_hours = 2 school\nday_hours = 10 school\ngroup_max = 0 school\n"))
    try office.twoPersons(
      "registrar", "edition", "close", "negotiation", "--last-day", "2026-12-31",
      approver: "certifier")
    let acts = Self.plain(try office.done("registrar", "edition", "list", "--output", "csv"))
    #expect(acts.contains("negotiation,2026-01-01,2026-12-31,"), "\(acts)")
    #expect(try office.school.check().problems == [])
  }

  @Test("it is attended by whoever likes, has no session, and a registrar of the School states it")
  func whole() async throws {
    let office = try await Office(on: "2026-02-10", signs: Self.signs)
    try await office.join("centre", "Nurbekov", "Askar", .registrar, "ALA-01")
    try Self.attended(office)
    try office.refused(
      "registrar", Self.opening("SEM-02"), with: "there is no such edition in force on 2026-02-02")
    let found = try office.done("registrar", "cohort", "find", "SEM", "--output", "csv")
    #expect(
      Self.plain(found) == """
        code,programme,edition,organisation,from,until,specialisation
        SEM-01,seminar,negotiation,ALA-01,2026-02-02,2026-02-03,

        """)
    let there = try office.bitim("registrar", ["cohort", "show", "SEM-01"])
    #expect(there.output.contains("6 / 6") && there.output.contains("2 / 2"), "\(there.output)")
    #expect(there.errors == "", "\(there.errors)")
    try office.refused(
      "registrar", "cohort", "session", "SEM-01", "--session", "S-1", "--date", "2026-02-05",
      "--protocol", "№ 1", "--chair", "Kim", "--member", "Garcia", "--member", "Petrov",
      with: "a seminar has no attestation: attendance is stated by its hours, "
        + "`bitim issue --cohort SEM-01 --preview`")
    let due = try office.done("registrar", "due")
    #expect(
      due.contains("2026-02-03  SEM-01: the seminar is over, and attendance is not stated: 1"),
      "\(due)")
    #expect(try !office.done("centre", "due").contains("SEM-01"))

    // Whose it is to state.
    for (name, reason) in [
      ("certifier", "your role does not allow this; needed: registrar"),
      ("centre", "this belongs to another organisation"),
    ] {
      let words = ["issue", "--cohort", "SEM-01", "--approve"]
      let shown = try office.bitim(name, words)
      let digest = try #require(shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
      try office.refused(name, words + ["--digest", String(digest)], with: reason)
    }
    let why = try office.done("registrar", "why", "Өтегенова", "--for", "seminar")
    #expect(!why.contains("Attestation") && !why.contains("Age"), "\(why)")
    try office.refused(
      "registrar", "why", "Kim", "--for", "seminar", with: "Enrolled in a seminar")
    let paper = try Self.stated(office)
    #expect(paper.number == "2026-000001-16")
    try office.done("registrar", "issue", "--cohort", "SEM-01", "--approve")
    #expect(try !office.done("registrar", "due").contains("SEM-01"))
    let after = try office.done("registrar", "cohort", "show", "SEM-01")
    #expect(after.contains("attended") && !after.contains("certified"), "\(after)")

    try Self.verified(paper, office)
    if Self.signs { try Self.offline(paper, office) }
    #expect(try office.school.check().problems == [])
  }

  /// That it is no certificate of a programme is said before all else, in each language.
  private static func verified(
    _ paper: (number: String, code: String), _ office: Office
  ) throws {
    for (language, valid, kind) in [
      ("en", "VALID", "attended a seminar, without attestation: no certificate of a programme"),
      ("ru", "ДЕЙСТВИТЕЛЕН", "участие в семинаре без аттестации: не сертификат программы"),
      ("kk", "ЖАРАМДЫ", "семинарға қатысты, аттестациясыз: бағдарлама сертификаты емес"),
    ] {
      let lines = try office.bitim(nil, ["verify", paper.number, paper.code], in: language)
        .output.split(separator: "\n").map(String.init)
      #expect(lines[0] == valid)
      #expect(lines.contains(kind), "\(lines)")
    }
    let csv = try office.done(nil, "verify", paper.number, paper.code, "--output", "csv")
    #expect(
      csv.contains("The art of negotiation (attended, without attestation)"), "\(csv)")
  }

  private static func offline(
    _ paper: (number: String, code: String), _ office: Office
  ) throws {
    try office.school.sign()
    let (folder, log) = (office.school.folder.path, "\(office.school.folder.path)/мектеп.vkey")
    try office.done("registrar", "audit", "key", "--to", log)
    for (command, name) in [("bundle", "анықтама.bitim"), ("credential", "анықтама.json")] {
      let file = "\(folder)/\(name)"
      try office.done("registrar", "certificate", command, paper.number, "--to", file)
      let read = try office.bitim(nil, ["verify", file, "--offline", "--trust", log])
      #expect(
        read.output.contains(
          "attendance at a seminar, without attestation: no certificate of a programme"),
        "\(read.output)\(read.errors)")
    }
  }

  @Test("it is suspended, reinstated, replaced and duplicated as others, and never a programme")
  func life() async throws {
    let office = try await Office(on: "2026-02-10")
    try Self.attended(office)
    let paper = try Self.stated(office)
    func standing() throws -> String {
      try office.bitim(nil, ["verify", paper.number, paper.code]).output
    }
    try office.asShown(
      "certifier", "certificate", "suspend", paper.number, "--ground", "investigation", "--why",
      "тексеру")
    #expect(try standing().hasPrefix("NOT VALID: suspended from 2026-02-10"))
    try office.turn(to: "2026-02-11")
    try office.asShown(
      "other", "certificate", "reinstate", paper.number, "--reason", "case_closed", "--why",
      "тексерілді")
    #expect(try standing().hasPrefix("VALID\n"))
    try office.done(
      "registrar", "certificate", "duplicate", paper.number, "--reason", "lost", "--date",
      "2026-02-11")
    try office.twoPersons(
      "registrar", "certificate", "replace", paper.number, "--reason", "correction", "--evidence",
      "№ 3 акт", approver: "certifier")
    #expect(try standing().hasPrefix("NOT VALID: replaced since 2026-02-11"))
    let person = try office.done("registrar", "person", "show", "Өтегенова")
    #expect(person.contains("seminar") && person.contains("2026-000002-13"), "\(person)")
    let history = try office.done("registrar", "history", "2026-000002-13")
    #expect(history.contains("attendance") && !history.contains("programme"), "\(history)")

    // It opens no programme, is none of the three, and is counted apart.
    try office.done(
      "registrar", "cohort", "open", "P2-ALA-01", "--programme", "2", "--organisation", "ALA-01",
      "--from", "2026-02-12", "--until", "2026-03-31", "--language", "kk", "--form", "in_person",
      "--place", "Алматы")
    try office.refused(
      "registrar", office.enrol("P2-ALA-01", on: "2026-02-11"),
      with: "a certificate of programme 1 that is valid on 2026-02-12 is needed first")
    try office.refused("certifier", "why", "Өтегенова", "--for", "school", with: "programme 1")
    let figures = try office.done("registrar", "report", "year", "2026", "--output", "csv")
    #expect(figures.contains("2026,seminar,,attendance,1,"), "\(figures)")
    #expect(!figures.contains("certified"), "\(figures)")
    for words in [["--year", "2026"], ["--cohort", "SEM-01"]] {
      let issued = try office.done(
        "registrar", ["report", "issued"] + words + ["--output", "csv"])
      #expect(issued.contains("2026-000002-13,seminar,"), "\(issued)")
    }

    // Revoked it may be stated anew, on the same hours.
    try office.asShown(
      "certifier", "certificate", "revoke", "2026-000002-13", "--reason", "error", "--why", "қате")
    #expect(try Self.stated(office).number == "2026-000003-10")
    try office.refused(
      "certifier", "certificate", "withdraw", "2026-000002-13", "--reason", "wrong_certificate",
      "--why", "қате нөмір", with: "2026-000003-10")
    #expect(try office.school.check().problems == [])
  }

  @Test("of several that somebody attended the first that waits is meant, and each has its own")
  func several() async throws {
    let office = try await Office(on: "2026-02-10")
    try Self.attended(office)
    var second = Self.opening("SEM-02", "negotiation")
    second[second.firstIndex(of: "2026-02-02") ?? 0] = "2026-02-05"
    second[second.firstIndex(of: "2026-02-03") ?? 0] = "2026-02-06"
    try office.done("registrar", second)
    try office.done(
      "registrar", "cohort", "trainer", "SEM-02", "Omarov", "--evidence", "3-бағдарлама, 2019")
    try office.done("registrar", office.enrol("SEM-02", on: "2026-02-05"))
    let words = ["issue", "--person", "Өтегенова", "--for", "seminar", "--approve"]
    func issue() throws -> String {
      let shown = try office.bitim("registrar", words)
      let digest = try #require(shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1)
      return try office.done("registrar", words + ["--digest", String(digest)])
    }
    #expect(try issue().contains("2026-000001-16"))
    // The other one is not attended yet.
    #expect(try office.bitim("registrar", words).errors.contains("0 new certificates"))
    for (day, kind, hours) in [("05", "--theory", "6"), ("06", "--practice", "2")] {
      try office.done(
        "trainer", "hours", "SEM-02", "--date", "2026-02-\(day)", "--start", "09:00", kind, hours)
    }
    #expect(try issue().contains("2026-000002-13"))
    for (code, number) in [("SEM-01", "2026-000001-16"), ("SEM-02", "2026-000002-13")] {
      let preview = try office.done("registrar", "issue", "--cohort", code, "--preview")
      #expect(preview.contains(number), "\(preview)")
    }
    #expect(try office.school.check().problems == [])
  }

  @Test("its hours corrected below the minimum afterwards are found, and take two persons")
  func ground() async throws {
    let office = try await Office(on: "2026-02-10")
    try Self.attended(office)
    _ = try Self.stated(office)
    let words = [
      "hours", "correct", "SEM-01", "Өтегенова", "--date", "2026-02-03", "--start", "09:00",
      "--practice", "1", "--reason", "typing_error", "--evidence", "журнал",
    ]
    let proposed = try office.bitim("registrar", words)
    try office.approved("certifier", proposed)
    let due = try office.done("certifier", "due")
    #expect(due.contains("2026-000001-16"), "\(due)")
    #expect(try office.school.check().problems == [])
  }
}
