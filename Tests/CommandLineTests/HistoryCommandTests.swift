import BitimDomain
import BitimProtocol
import BitimStore
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Histories at the command line (R-901)")
struct HistoryCommandTests {
  /// Who was certified, had another name since, and whose certificate was revoked.
  private static func office() async throws -> (office: Office, number: String) {
    let office = try await Office(on: "2026-02-01")
    let number = try office.certificate().number
    try office.turn(to: "2026-03-05")
    let words = [
      "person", "rename", "Өтегенова", "--surname-kk", "Сейітова", "--given-kk", "Ұлжан",
      "--surname-latin", "Seitova", "--given-latin", "Ulzhan", "--reason", "неке", "--from",
      "2026-03-03",
    ]
    try office.approved("certifier", office.bitim("registrar", words))
    try await office.join("auditor", "Tursynova", "Zhanar", .auditor, "SCHOOL")
    return (office, number)
  }

  /// What a reader with 80 columns is told.
  private static func told(
    _ office: Office, _ words: [String], in language: String = "en"
  ) throws -> [String] {
    let said = try office.bitim("auditor", ["history"] + words, in: language, columns: 80)
    #expect(said.status == 0, "\(said.errors)")
    let lines = said.output.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.displayWidth <= 80 })
    return lines
  }

  @Test("a text is a certificate's number, a session's or an organisation's code, or a person")
  func meant() async throws {
    let (office, number) = try await Self.office()
    let kinds = [
      (number, "certificates issued"), ("S-014", "session opened"),
      ("ALA-01", "organisations registered"), ("Сейітова", "trainees enrolled"),
      ("SCHOOL", "organisations registered"),
    ]
    for (text, kind) in kinds {
      let first = try Self.told(office, [text])[0]
      #expect(first.hasSuffix(kind), "\(text): \(first)")
    }
    try office.refused("auditor", "history", "XXX-99", with: "there is no such person")
    try office.refused("auditor", "history", "2026-000417-29", with: "certificate")
    #expect(try office.bitim("auditor", ["history", "S-014", "--by", "day"]).status == 2)
  }

  @Test("what is told of a name is readable in three languages")
  func languages() async throws {
    let (office, _) = try await Self.office()
    let expected: [(String, [String])] = [
      (
        "en",
        [
          "2026-03-05  approved: person renamed", "Sadykova Dana, certifier, SCHOOL, token bitim",
          "proposed: № Serikova Aliya",
          "full name (kk): Өтегенова Ұлжан → Сейітова Ұлжан",
          "full name (latin): Utegenova Ulzhan → Seitova Ulzhan", "from: 2026-03-03",
          "reason: неке",
        ]
      ),
      (
        "kk",
        [
          "2026-03-05  бекітілді: адамның аты өзгерді",
          "Sadykova Dana, certifier, SCHOOL, токен bitim", "ұсынған: № Serikova Aliya",
          "толық аты (қазақша): Өтегенова Ұлжан → Сейітова Ұлжан",
          "толық аты (латынша): Utegenova Ulzhan → Seitova Ulzhan", "қай күннен: 2026-03-03",
          "себебі: неке",
        ]
      ),
      (
        "ru",
        [
          "2026-03-05  утверждено: изменено имя",
          "Sadykova Dana, certifier, SCHOOL, токен bitim", "предложено: № Serikova Aliya",
          "полное имя (каз.): Өтегенова Ұлжан → Сейітова Ұлжан",
          "полное имя (лат.): Utegenova Ulzhan → Seitova Ulzhan", "с какого дня: 2026-03-03",
          "причина: неке",
        ]
      ),
    ]
    for (language, lines) in expected {
      let told = try Self.told(office, ["Сейітова"], in: language)
      let renamed = told.suffix(lines.count).map { line in
        String(line.drop { $0 == " " }.replacing(/№\d+/, with: "№"))
      }
      #expect(Array(renamed.dropFirst()) == Array(lines.dropFirst()))
      #expect(renamed.first?.hasSuffix(lines[0]) == true)
    }
  }

  @Test("programs read a line of CSV for each thing that is told")
  func csv() async throws {
    let (office, _) = try await Self.office()
    let rows = try office.done("auditor", "history", "Сейітова", "--output", "csv")
      .replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    #expect(rows[0].hasPrefix("number,date,recorded,late,kind,within,proposal,proposed,actor,"))
    let last = rows.suffix(4).map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      last.map { [$0[1]] + $0[3...5] + $0[7...] } == [
        [
          "2026-03-05", "0", "approved", "person_renamed", "Serikova Aliya", "Sadykova Dana",
          "certifier", "SCHOOL", "bitim", "done", "", "full_name_kk", "", "", "Өтегенова Ұлжан",
          "Сейітова Ұлжан", "",
        ],
        [
          "2026-03-05", "0", "approved", "person_renamed", "Serikova Aliya", "Sadykova Dana",
          "certifier", "SCHOOL", "bitim", "done", "", "full_name_latin", "", "", "Utegenova Ulzhan",
          "Seitova Ulzhan", "",
        ],
        [
          "2026-03-05", "0", "approved", "person_renamed", "Serikova Aliya", "Sadykova Dana",
          "certifier", "SCHOOL", "bitim", "done", "", "from", "", "", "", "2026-03-03", "",
        ],
        [
          "2026-03-05", "0", "approved", "person_renamed", "Serikova Aliya", "Sadykova Dana",
          "certifier", "SCHOOL", "bitim", "done", "", "reason", "", "", "", "неке", "",
        ],
      ])
  }

  @Test("each field and each act of the journal is called something in every language")
  func texts() throws {
    let domain = try Repository.text("Sources/Server/Domain/Deeds/Told.swift")
    let list = try #require(
      domain.firstMatch(
        of: /enum Field[^{]*\{(.*?)\n  \}/.dotMatchesNewlines())?.1)
    var fields: [String] = []
    for line in list.split(separator: "\n") where line.contains("case ") {
      for word in line.replacing("case ", with: "").split(separator: ",") {
        let parts = word.split(separator: "=").map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: " `\""))
        }
        fields.append(parts.last ?? "")
      }
    }
    #expect(fields.count > 80)
    #expect(fields.filter { Text(field: $0) == nil } == [])
    #expect(Deed.kinds.filter { Text(act: $0) == nil } == [])
    #expect(ProposalKind.allCases.map(\.rawValue).filter { Text(proposed: $0) == nil } == [])
  }
}
