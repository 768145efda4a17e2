import BitimClient
import BitimDomain
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

/// A School whose people type `bitim`; its clock is turned by hand.
final class Office {
  let school: TestSchool
  private var tokens: [String: String] = [:]

  /// Founds a School and a centre, ALA-01, with their people, on `day`.
  ///
  /// - Parameter signs: Whether an agent of its own signs.
  init(on day: String, signs: Bool = false) async throws {
    self.school = try TestSchool(on: day, signs: signs)
    try await self.school.centre("ALA-01")
    for (name, surname, given, role, organisation) in [
      ("registrar", "Serikova", "Aliya", BitimV1.Role.registrar, "SCHOOL"),
      ("administrator", "Kassymov", "Daniyar", .administrator, "SCHOOL"),
      ("trainer", "Omarov", "Nurlan", .trainer, "ALA-01"),
      ("chair", "Kim", "Yelena", .examiner, "SCHOOL"),
      ("examiner", "Garcia", "Lucia", .examiner, "SCHOOL"),
      ("member", "Petrov", "Ivan", .examiner, "SCHOOL"),
      ("second", "Zhunissova", "Gulnar", .examiner, "SCHOOL"),
      ("certifier", "Sadykova", "Dana", .certifier, "SCHOOL"),
      ("other", "Nurlanova", "Botagoz", .certifier, "SCHOOL"),
    ] {
      try await self.join(name, surname, given, role, organisation)
    }
  }

  /// Gives somebody a role, and a token by which `name` types.
  func join(
    _ name: String, _ surname: String, _ given: String, _ role: BitimV1.Role,
    _ organisation: String
  ) async throws {
    let person = try await self.school.person(surname, given)
    _ = try await self.school.client(person, [role], in: organisation)
    var request = BitimV1.CreateTokenRequest()
    (request.personId, request.organisation, request.roles) = (person, organisation, [role])
    (request.name, request.days) = ("bitim", 400)
    let access = AccessServiceClient(self.school.administrator)
    let file = self.school.folder.appendingPathComponent("\(name).token").path
    try PrivateFile.create(file, Array(try await access.createToken(request).secret.utf8))
    self.tokens[name] = file
  }

  /// Has `name` type by a token that is there already.
  func join(_ name: String, by file: String) { self.tokens[name] = file }

  deinit { self.school.close() }

  func turn(to day: String) throws {
    self.school.clock.turn(to: try #require(CivilDate(iso: day)))
  }

  /// What `bitim` says to one of them, data and the rest, and with which status it ends.
  func bitim(
    _ name: String?, _ words: [String], in language: String = "en", columns: Int? = nil
  ) throws -> (status: Int32, output: String, errors: String) {
    var environment = ["BITIM_LANGUAGE": language]
    if let columns { environment["COLUMNS"] = "\(columns)" }
    let token = name.flatMap { self.tokens[$0] }.map { ["--token-file", $0] } ?? []
    return try Program.run(
      Repository.program("bitim"), words + ["--server", "\(self.school.address)"] + token,
      environment: environment)
  }

  /// `bitim` of one of them, which goes on.
  func program(
    _ name: String, _ words: [String], environment: [String: String] = [:], input: FileHandle,
    errors: FileHandle
  ) throws -> Program {
    let token = try #require(self.tokens[name])
    return try Program(
      Repository.program("bitim"),
      words + ["--server", "\(self.school.address)", "--token-file", token],
      environment: environment.merging(["BITIM_LANGUAGE": "en"]) { $1 }, input: input,
      errors: errors)
  }

  /// Done, and without a word of refusal.
  @discardableResult
  func done(_ name: String?, _ words: String...) throws -> String { try self.done(name, words) }

  @discardableResult
  func done(_ name: String?, _ words: [String]) throws -> String {
    let (status, output, errors) = try self.bitim(name, words)
    #expect(status == 0, "\(words): \(errors)")
    return output
  }

  /// Refused, with these words.
  func refused(_ name: String, _ words: String..., with reason: String) throws {
    try self.refused(name, words, with: reason)
  }

  func refused(_ name: String, _ words: [String], with reason: String) throws {
    let (status, output, errors) = try self.bitim(name, words)
    #expect(status == 1, "\(words)")
    // Tables wrap what is wrong at spaces.
    let said = (output + errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(said.contains(reason), "\(words): \(output)\(errors)")
  }

  /// Done by the digest of what was shown.
  @discardableResult
  func asShown(_ name: String, _ words: String...) throws -> String {
    let shown = try self.bitim(name, words)
    #expect(shown.status == 1, "\(words): \(shown.errors)")
    let digest = try #require(
      shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1, "\(words): \(shown.errors)")
    let (status, output, errors) = try self.bitim(name, words + ["--digest", String(digest)])
    #expect(status == 0, "\(words): \(errors)")
    return output
  }

  /// What was just proposed is approved by another, as it is shown.
  func approved(
    _ name: String, _ proposed: (status: Int32, output: String, errors: String)
  ) throws {
    #expect(proposed.status == 7, "\(proposed.output)\(proposed.errors)")
    let number = try #require(
      proposed.errors.firstMatch(of: /bitim proposal approve (\d+)/)?.1, "\(proposed.errors)")
    try self.asShown(name, "proposal", "approve", String(number))
  }

  /// The paper of a certificate, as the School shows it.
  func paper(_ number: String) throws -> (number: String, code: String) {
    let shown = try self.done("certifier", "certificate", "show", number)
    return (number, String(try #require(shown.firstMatch(of: /Code +(\S+)\n/)?.1)))
  }

  /// Proposed by one of them as it was shown, and approved by another.
  func twoPersons(_ name: String, _ words: String..., approver: String) throws {
    try self.twoPersons(name, words, approver: approver)
  }

  func twoPersons(_ name: String, _ words: [String], approver: String) throws {
    let shown = try self.bitim(name, words)
    let digest = try #require(
      shown.errors.firstMatch(of: /--digest ([0-9a-f]{32})/)?.1, "\(words): \(shown.errors)")
    let proposed = try self.bitim(name, words + ["--digest", String(digest)])
    #expect(proposed.status == 7, "\(words): \(proposed.errors)")
    let number = try #require(
      proposed.errors.firstMatch(of: /bitim proposal approve (\d+)/)?.1, "\(proposed.errors)")
    try self.asShown(approver, "proposal", "approve", String(number))
  }

  /// A cohort of programme 1 at the centre.
  func cohort(
    _ code: String, from: String, until: String, under edition: String = ""
  ) throws {
    try self.done(
      "registrar", "cohort", "open", code, "--programme", "1", "--organisation", "ALA-01",
      "--from", from, "--until", until, "--language", "kk", "--form", "in_person", "--place",
      "Алматы", "--edition", edition)
    try self.done(
      "registrar", "cohort", "trainer", code, "Omarov", "--evidence", "3-бағдарлама, 2019")
  }

  func enrol(_ cohort: String, on day: String, born: String = "1990-07-04") -> [String] {
    [
      "enrol", "--cohort", cohort, "--surname-kk", "Өтегенова", "--given-kk", "Ұлжан",
      "--surname-latin", "Utegenova", "--given-latin", "Ulzhan", "--birth-date", born, "--iin",
      "900704400011", "--education", "higher", "--date", day,
    ]
  }

  /// All 72 hours, nine a day from the 6th of January 2026 on.
  func hours(_ cohort: String) throws {
    for day in 0..<8 {
      try self.done(
        "trainer", "hours", cohort, "--date", "2026-01-\(day < 4 ? "0" : "")\(day + 6)",
        "--start", "09:00", day < 4 ? "--theory" : "--practice", "9")
    }
  }

  func session(_ code: String, of cohort: String, on day: String) throws {
    try self.done(
      "registrar", "cohort", "session", cohort, "--session", code, "--date", day, "--protocol",
      "№ \(code)", "--chair", "Kim", "--member", "Garcia", "--member", "Petrov")
  }

  /// One who has passed, and is not certified.
  func passed(under edition: String = "") throws {
    try self.cohort("P1-ALA-01", from: "2026-01-05", until: "2026-01-31", under: edition)
    let enrolled = try self.bitim("registrar", self.enrol("P1-ALA-01", on: "2026-01-05"))
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    try self.hours("P1-ALA-01")
    try self.session("S-014", of: "P1-ALA-01", on: "2026-01-20")
    try self.done(
      "examiner", "attest", "S-014", "--candidate", "Өтегенова", "--test", "80", "--role-play",
      "75", "--interview", "90")
    try self.asShown("chair", "attest", "S-014", "--confirm")
  }

  /// One who is certified on 2026-02-01; number and code.
  func certificate(under edition: String = "") throws -> (number: String, code: String) {
    try self.passed(under: edition)
    let issued = try self.asShown(
      "certifier", "issue", "--cohort", "P1-ALA-01", "--approve", "--output", "csv")
    let fields = try #require(issued.split(whereSeparator: \.isNewline).last).split(
      separator: ",")
    return (String(fields[0]), String(fields[1]))
  }

  /// The first line of what anybody is answered of a paper on a day.
  func verified(_ paper: (number: String, code: String), on day: String) throws -> String {
    let words = ["verify", paper.number, paper.code, "--on", day]
    return try self.bitim(nil, words).output.split(separator: "\n").first.map(String.init) ?? ""
  }

  /// How it stood on `day`, as the School knew it at the end of `known`.
  func standing(_ number: String, on day: String, known: String) throws -> String {
    let text = try self.done(
      "certifier", "certificate", "show", number, "--on", day, "--known", known)
    return try String(#require(text.firstMatch(of: /Standing +(.+)\n/)?.1))
  }
}
