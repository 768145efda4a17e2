import BitimStore
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@testable import bitim

@Suite("Specialisations at the command line (R-306)")
struct SpecialisationCommandTests {
  private static func define(_ code: String, _ kk: String, _ ru: String, _ en: String) -> [String] {
    [
      "edition", "specialise", code, "--name-kk", kk, "--name-ru", ru, "--name-en", en, "--from",
      "2026-01-01",
    ]
  }

  private static let family = Self.define(
    "family", "Отбасы медиациясы", "Семейная медиация", "Family mediation")

  /// A cohort of programme 2 with its trainer.
  private static func open(
    _ office: Office, _ code: String, from: String, until: String, _ specialisation: String = ""
  ) throws {
    try office.done("registrar", Self.opening(code, from: from, until: until, specialisation))
    try office.done(
      "registrar", "cohort", "trainer", code, "Omarov", "--evidence", "3-бағдарлама, 2019")
  }

  private static func opening(
    _ code: String, programme: String = "2", from: String, until: String, _ specialisation: String
  ) -> [String] {
    [
      "cohort", "open", code, "--programme", programme, "--organisation", "ALA-01", "--from",
      from, "--until", until, "--language", "kk", "--form", "in_person", "--place", "Алматы",
    ] + (specialisation.isEmpty ? [] : ["--specialisation", specialisation])
  }

  /// 25 hours of theory and as many of practice, in a week of a month.
  private static func certified(
    _ office: Office, _ cohort: String, session: String, month: String
  ) throws -> String {
    for (day, kind, hours) in [
      ("02", "--theory", "9"), ("03", "--theory", "9"), ("04", "--theory", "7"),
      ("05", "--practice", "9"), ("06", "--practice", "9"), ("07", "--practice", "7"),
    ] {
      try office.done(
        "trainer", "hours", cohort, "--date", "2026-\(month)-\(day)", "--start", "09:00", kind,
        hours)
    }
    try office.session(session, of: cohort, on: "2026-\(month)-20")
    try office.done(
      "examiner", "attest", session, "--candidate", "Өтегенова", "--test", "80", "--role-play",
      "75", "--interview", "90")
    try office.asShown("chair", "attest", session, "--confirm")
    let issued = try office.asShown(
      "certifier", "issue", "--cohort", cohort, "--approve", "--output", "csv")
    let line = try #require(issued.split(whereSeparator: \.isNewline).last)
    return line.split(separator: ",").prefix(2).joined(separator: " ")
  }

  @Test(
    "two persons define one, a cohort names it, the certificate says it, and each is taken once")
  func whole() async throws {
    let signs = FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")
    let office = try await Office(on: "2026-06-25", signs: signs)
    let shown = try office.bitim("registrar", Self.family)
    #expect(shown.status == 1)
    #expect(
      shown.errors.hasPrefix(
        """
        family: Отбасы медиациясы / Семейная медиация / Family mediation; cohorts that name it may \
        begin from 2026-01-01 until –

        """), "\(shown.errors)")
    try office.twoPersons("registrar", Self.family, approver: "certifier")
    try office.twoPersons(
      "registrar", Self.define("labour", "Еңбек дауы", "Трудовые споры", "Labour disputes"),
      approver: "certifier")
    let list = try office.done("registrar", "edition", "specialisations", "--output", "csv")
    #expect(
      list.replacing("\r\n", with: "\n") == """
        code,name,from,until
        family,Family mediation,2026-01-01,
        labour,Labour disputes,2026-01-01,

        """)
    try office.refused("registrar", Self.family, with: "it is so already")
    try office.refused(
      "registrar", Self.define("family", "Отбасы", "Семейная медиация", "Family mediation"),
      with: "name (kk) Отбасы: the registry says otherwise: Отбасы медиациясы; nothing was changed")

    // Programme 1 is asked first.
    _ = try office.certificate()
    try office.turn(to: "2026-10-01")
    try office.refused(
      "registrar",
      Self.opening("P1-ALA-02", programme: "1", from: "2026-02-02", until: "2026-04-30", "family"),
      with: "programme 2 alone is specialised; leave it out")
    try office.refused(
      "registrar", Self.opening("P2-ALA-01", from: "2026-02-02", until: "2026-04-30", "sport"),
      with: "there is no such specialisation; look with `bitim edition specialisations`")
    try office.refused(
      "registrar", Self.opening("P2-ALA-01", from: "2025-12-31", until: "2026-04-30", "family"),
      with: "the specialisation is in force from 2026-01-01, and not on 2025-12-31")
    try Self.open(office, "P2-ALA-01", from: "2026-07-02", until: "2026-07-28", "family")
    let there = try office.bitim("registrar", ["cohort", "show", "P2-ALA-01"])
    #expect(there.errors.contains("specialised in family\n"), "\(there.errors)")
    try office.done("registrar", office.enrol("P2-ALA-01", on: "2026-07-02"))
    let first = try Self.certified(office, "P2-ALA-01", session: "S-021", month: "07")
    let verified = try office.done(nil, ["verify"] + first.split(separator: " ").map(String.init))
    #expect(verified.contains("Family mediation"), "\(verified)")
    if signs {
      try office.school.sign()
      let file = office.school.folder.appendingPathComponent("куәлік.json").path
      try office.done(
        "registrar", ["certificate", "credential", String(first.prefix(14)), "--to", file])
      let read = try #require(SignedCredential(try Repository.octets(absolute: file)))
      #expect(
        read.credential.title
          == LocalTexts(
            kk: "Медиацияның мамандандырылған курсы: Отбасы медиациясы",
            ru: "Специализированный курс медиации: Семейная медиация",
            en: "Specialised Mediation Course: Family mediation"))
    }

    // The same again is refused; another, and the general course, are not.
    try Self.open(office, "P2-ALA-02", from: "2026-08-02", until: "2026-08-31", "family")
    try Self.open(office, "P2-ALA-03", from: "2026-08-02", until: "2026-08-31", "labour")
    try Self.open(office, "P2-ALA-04", from: "2026-09-01", until: "2026-09-30")
    try office.refused(
      "registrar", office.enrol("P2-ALA-02", on: "2026-08-02"),
      with: "holds a certificate of programme 2 already")
    try office.done("registrar", office.enrol("P2-ALA-03", on: "2026-08-02"))
    let second = try Self.certified(office, "P2-ALA-03", session: "S-022", month: "08")
    #expect(second.prefix(16) != first.prefix(16))
    try office.done("registrar", office.enrol("P2-ALA-04", on: "2026-09-01"))
    try office.refused(
      "registrar", "cohort", "transfer", "P2-ALA-04", "--to", "P2-ALA-02", "Өтегенова", "--why",
      "кесте", with: "the cohort has another specialisation")
    let found = try office.done("registrar", "cohort", "find", "P2-", "--output", "csv")
    #expect(
      found.replacing("\r\n", with: "\n") == """
        code,programme,edition,organisation,from,until,specialisation
        P2-ALA-01,2,2025,ALA-01,2026-07-02,2026-07-28,family
        P2-ALA-02,2,2025,ALA-01,2026-08-02,2026-08-31,family
        P2-ALA-03,2,2025,ALA-01,2026-08-02,2026-08-31,labour
        P2-ALA-04,2,2025,ALA-01,2026-09-01,2026-09-30,

        """)

    // A last day is moved; cohorts that are open keep theirs.
    try office.twoPersons(
      "registrar", Self.family + ["--until", "2026-08-31"], approver: "certifier")
    try office.refused(
      "registrar", Self.opening("P2-ALA-05", from: "2026-09-01", until: "2026-09-30", "family"),
      with: "in force from 2026-01-01 to 2026-08-31, and not on 2026-09-01")
    #expect(try office.school.check().problems == [])
  }
}
