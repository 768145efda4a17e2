import BitimProtocol
import BitimTestSupport
import Testing

@testable import bitim

@Suite("Reads of personal data at the command line (R-903)")
struct ReadsCommandTests {
  /// An office in which a file was read as it is, a history for a complaint, and an identifier was looked for.
  private static func office() async throws -> Office {
    let office = try await Office(on: "2026-02-01")
    try await office.join("auditor", "Tursynova", "Zhanar", .auditor, "SCHOOL")
    for (who, words) in [
      ("registrar", ["person", "show", "Omarov"]),
      ("auditor", ["history", "Omarov", "--purpose", "complaint"]),
    ] {
      let said = try office.bitim(who, words)
      #expect(said.status == 0, "\(said.errors)")
    }
    // Nobody has it.
    #expect(try office.bitim("registrar", ["person", "find", "N7654321"]).output == "")
    return office
  }

  @Test(
    "an auditor reads who was shown whose data, and what for; the job says it unless somebody does")
  func listed() async throws {
    let office = try await Self.office()
    let csv = try office.bitim("auditor", ["admin", "reads", "--output", "csv"])
    #expect(csv.status == 0, "\(csv.errors)")
    let at = "2026-02-01T07:00:00Z"
    #expect(
      csv.output.split(separator: "\r\n").map(String.init) == [
        "number,recorded,actor,organisation,token,kind,person,subject,fields,purpose,digest_act",
        "3,\(at),Serikova Aliya,SCHOOL,bitim,search,,,,enrolment,",
        "2,\(at),Tursynova Zhanar,SCHOOL,bitim,history,Omarov Nurlan,,acts,complaint,",
        "1,\(at),Serikova Aliya,SCHOOL,bitim,file,Omarov Nurlan,,\"names, birth_date, evidence\",enrolment,",
      ])
    for (language, expected) in [
      (
        "en",
        [
          "2       \(at)  a history  complaint",
          "        Tursynova Zhanar, SCHOOL, token bitim", "        Omarov Nurlan: acts",
        ]
      ),
      (
        "kk",
        [
          "2       \(at)  тарих  complaint", "        Tursynova Zhanar, SCHOOL, токен bitim",
          "        Omarov Nurlan: актілер",
        ]
      ),
      (
        "ru",
        [
          "2       \(at)  история  complaint", "        Tursynova Zhanar, SCHOOL, токен bitim",
          "        Omarov Nurlan: акты",
        ]
      ),
    ] {
      let said = try office.bitim(
        "auditor", ["admin", "reads", "--by", "Tursynova"], in: language, columns: 80)
      #expect(said.output.split(separator: "\n").map(String.init) == expected)
    }
    // The next day's first call counts them.
    try office.turn(to: "2026-02-02")
    #expect(try office.bitim("registrar", ["person", "show", "Omarov"]).status == 0)
    let counted = try office.bitim(
      "auditor", ["admin", "acts", "--kind", "reads_counted", "--output", "csv"])
    let act = try #require(
      counted.output.split(separator: "\r\n").last?.split(separator: ",").first)
    let one = try office.bitim(
      "auditor",
      ["admin", "reads", "--about", "Omarov", "--until", "2026-02-01", "--output", "csv"])
    #expect(
      one.output.split(separator: "\r\n").map { $0.hasSuffix(",\(act)") } == [false, true, true])
    #expect(try office.school.problems() == [])
  }

  @Test("a purpose is one of eight; as many reads are shown as are asked for")
  func asked() async throws {
    let office = try await Self.office()
    let wrong = try office.bitim(
      "registrar", ["person", "show", "Omarov", "--purpose", "curiosity"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("subject_request"))
    #expect(try office.bitim("auditor", ["admin", "reads", "--purpose", "x"]).status == 2)
    #expect(try office.bitim("auditor", ["admin", "reads", "--last", "0"]).status == 2)
    #expect(try office.bitim("auditor", ["admin", "reads", "--last", "1", "--all"]).status == 2)
    let few = try office.bitim("auditor", ["admin", "reads", "--last", "2"])
    #expect(few.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.count == 2)
    #expect(few.errors.contains("--last N"))
    let none = try office.bitim("auditor", ["admin", "reads", "--purpose", "correction"])
    #expect((none.status, none.output) == (0, ""))
    try office.refused("registrar", "admin", "reads", with: "your role does not allow this")
  }

  @Test("each command reads for its job")
  func jobs() {
    let jobs: [(Command, [String], BitimV1.ReadPurpose)] = [
      (.person, ["show"], .enrolment), (.person, ["rename"], .correction),
      (.person, ["correct-identifier"], .correction), (.enrol, [], .enrolment),
      (.attest, [], .attestation), (.issue, [], .certification), (.case, [], .complaint),
      (.history, [], .audit), (.admin, ["acts"], .audit), (.report, [], .certification),
    ]
    for (command, words, purpose) in jobs { #expect(command.purpose(words) == purpose) }
  }
}
