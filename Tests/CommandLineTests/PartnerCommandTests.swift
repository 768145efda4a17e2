import BitimClient
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@Suite("Partners, as they are typed")
struct PartnerCommandTests {
  private static func add(_ more: String...) -> [String] {
    [
      "admin", "partner", "add", "UGR", "--number", "№ 7", "--signed", "15.01.2026", "--from",
      "01.02.2026", "--until", "2026-12-31", "--purpose", "reconocer títulos", "--transfer",
      "94-V, 16-бап", "--calls", "500",
    ] + more
  }

  /// An office that knows the University of Granada.
  private static func office() async throws -> Office {
    let office = try await Office(on: "2026-02-01")
    let list = office.school.folder.appendingPathComponent("ұйым.csv").path
    try Data(
      "code,kind,name_kk,name_ru,name_en,region,country\nUGR,university,Гранада,Гранада,Granada,Granada,ESP\n"
        .utf8
    ).write(to: URL(fileURLWithPath: list))
    try office.done("administrator", "admin", "organisation", "add", list)
    return office
  }

  private static func token(_ office: Office) throws -> [String] {
    [
      "admin", "token", "make", "--partner", "--organisation", "UGR", "--name", "admisión",
      "--days", "400", "--file", office.school.folder.appendingPathComponent("ugr.token").path,
    ]
  }

  @Test("an agreement, a token by it; Granada verifies, is told no ground, and then it ends")
  func journey() async throws {
    let office = try await Self.office()
    let paper = try office.certificate()
    try office.refused(
      "administrator", try Self.token(office),
      with: "no agreement with this organisation is in force; see `bitim admin partner list`")
    let added = try office.bitim("administrator", Self.add("--scope", "verify_number"))
    #expect(added.status == 0)
    #expect(
      added.errors == """
        UGR  Granada
        agreement № 7 of 2026-01-15: 2026-02-01 – 2026-12-31, 500 calls a day
        may: verify_number
        for: reconocer títulos (ESP)
        may be told abroad by: 94-V, 16-бап
        UGR: the agreement № 7 is adopted

        """)
    try office.done("administrator", try Self.token(office))
    office.join("granada", by: office.school.folder.appendingPathComponent("ugr.token").path)
    #expect(try office.done("granada", "verify", paper.number).hasPrefix("VALID\n"))
    try office.asShown(
      "certifier", "certificate", "revoke", paper.number, "--reason", "fraud")
    let revoked = try office.bitim("granada", ["verify", paper.number])
    #expect(revoked.status == 6)
    #expect(revoked.output.hasPrefix("NOT VALID: revoked since 2026-02-01"))
    #expect(!(revoked.output + revoked.errors).contains("fraud"))
    let ended = try office.bitim(
      "administrator", ["admin", "partner", "end", "UGR", "--last-day", "01.02.2026"])
    #expect(ended.status == 0)
    #expect(ended.errors == "UGR: the agreement № 7 ends; its last day is 2026-02-01\n")
    try office.turn(to: "2026-02-02")
    try office.refused(
      "granada", "verify", paper.number,
      with: "the agreement under which this token works ended on 2026-02-01")
    #expect(
      try office.bitim("granada", ["verify", paper.number], in: "ru").errors
        == "соглашение, по которому работает этот токен, кончилось 2026-02-01; попросите у Школы новое\n"
    )
    #expect(
      try office.bitim("granada", ["verify", paper.number], in: "kk").errors
        == "осы токен жұмыс істейтін келісім 2026-02-01 күні аяқталды; Мектептен жаңасын сұраңыз\n")
    try office.refused(
      "administrator", "admin", "partner", "page", "UGR", "--contact", "x",
      with: "UGR: no agreement with this organisation is in force")
    let list = try office.done("administrator", "admin", "partner", "list", "--output", "csv")
    #expect(
      list.replacing("\r\n", with: "\n") == """
        organisation,number,state,from,until,scope,calls,signed,country,purpose,ground
        UGR,№ 7,ended,2026-02-01,2026-02-01,verify_number,500,2026-01-15,ESP,reconocer títulos,"94-V, 16-бап"

        """)
  }

  @Test("what tells whole grounds waits for a certifier, is listed, and told when it ends")
  func grounds() async throws {
    let office = try await Self.office()
    let proposed = try office.bitim(
      "administrator", Self.add("--scope", "verify_number,reasons"))
    #expect(proposed.errors.contains("may: verify_number, reasons\n"))
    let waiting = try office.done("certifier", "proposal", "list")
    #expect(waiting.contains("adopt an agreement with a partner"))
    #expect(waiting.contains("UGR"))
    // What waits is not about a person.
    #expect(waiting.contains("About"))
    #expect(!waiting.contains("Person"))
    try office.approved("certifier", proposed)
    #expect(
      try office.done("administrator", "admin", "partner", "list") == """
        Organisation  UGR
        Number        № 7
        State         in force
        From          2026-02-01
        Until         2026-12-31
        Scope         verify_number, reasons
        Calls a day   500
        Signed        2026-01-15
        Country       ESP
        Purpose       reconocer títulos
        Ground        94-V, 16-бап

        """)
    try office.turn(to: "2026-10-02")
    let due = try office.done("administrator", "due")
    #expect(due.contains("2026-12-31  the agreement with UGR ends, and none follows it\n"))
    #expect(due.contains("    bitim admin partner add UGR\n"))
    let csv = try office.done("administrator", "due", "--output", "csv")
    #expect(csv.contains("agreement_ending,,2026-12-31,"))
  }

  @Test("at a terminal it asks for what is left out, and for nothing else")
  func asks() async throws {
    let office = try await Self.office()
    let terminal = try TypingTerminal()
    let bitim = try office.program(
      "administrator",
      [
        "admin", "partner", "add", "UGR", "--number", "№ 7", "--signed", "15.01.2026", "--from",
        "01.02.2026", "--until", "2026-12-31", "--purpose", "тану",
      ], input: terminal.theirs, errors: terminal.theirs)
    for (question, answer) in [
      ("By what it may be told abroad (empty if it stays in Kazakhstan): ", "94-V, 16-бап"),
      (
        "What it may do (verify_number, verify_bulk, watch, reasons; commas between): ",
        "watch, verify_bulk"
      ),
      ("Calls a day at most: ", "500"),
    ] {
      // Nothing else was asked in between.
      #expect(try terminal.shown(upTo: ": ").suffix(question.count) == question)
      try terminal.type(answer)
    }
    _ = try terminal.shown(upTo: "UGR: the agreement № 7 is adopted")
    #expect(bitim.end() == 0)
    let list = try office.done("administrator", "admin", "partner", "list", "--output", "csv")
    #expect(list.contains(",\"verify_bulk, watch\",500,2026-01-15,ESP,тану,\"94-V, 16-бап\"\r\n"))
  }

  @Test("what is no word of a scope, no number and no command is said before anything is asked")
  func typed() async throws {
    let office = try await Self.office()
    for (words, said) in [
      (
        Self.add("--scope", "delegates"),
        "--scope: not 'delegates' but one of: reasons, verify_bulk, verify_number, watch"
      ),
      (Self.add(), "--scope is needed; see --help"),
      (["admin", "partner", "end", "UGR"], "--last-day is needed; see --help"),
    ] {
      let refused = try office.bitim("administrator", words)
      #expect(refused.status == 2, "\(words)")
      #expect(refused.errors == "bitim: \(said)\n", "\(words)")
    }
  }
}
