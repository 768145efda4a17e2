import BitimProtocol
import BitimSystem
import Synchronization
import Testing

@testable import bitimd

@Suite("What init asks at a terminal")
struct InitQuestionsTests {
  /// Answers one line after the other, and keeps what was shown.
  private final class Terminal: Sendable {
    let lines: Lock<[String]>
    let shown = Lock("")

    init(_ lines: [String]) { self.lines = Lock(lines.reversed()) }

    var questions: InitQuestions {
      InitQuestions(
        say: { text in self.shown.withLock { $0 += text } },
        read: {
          let line = self.lines.withLock { $0.popLast() }
          // As a terminal shows what is typed.
          if let line { self.shown.withLock { $0 += line + "\n" } }
          return line
        })
    }
  }

  private static let school = [
    "name-kk": "Медиаторлар мектебі", "name-ru": "Школа медиаторов",
    "name-en": "School of Mediators", "region": "Алматы қаласы", "entitled-by": "Тізілім № 7",
  ]

  @Test(
    "it asks for what no option tells, and again for a day that is none and a name without a given name"
  )
  func asks() throws {
    let terminal = Terminal([
      "15.01.2020", "2020-01-15", "Әбенова", "  Әбенова Гүлнәр Өмірқызы ", "", "1980-05-02",
    ])
    let made = try terminal.questions.ask(beside: Self.school) { $0 }
    #expect(
      made
        == Self.school.merging([
          "entitled-from": "2020-01-15", "administrator": "Әбенова Гүлнәр Өмірқызы",
          "born": "1980-05-02",
        ]) { $1 })
    #expect(
      terminal.shown.withLock { $0 } == """
        Entitled to train and certify from (YYYY-MM-DD): 15.01.2020
        Entitled to train and certify from (YYYY-MM-DD): 2020-01-15
        First administrator: surname, given name, patronymic: Әбенова
        First administrator: surname, given name, patronymic:   Әбенова Гүлнәр Өмірқызы\u{20}
        Born on (YYYY-MM-DD):\u{20}
        Born on (YYYY-MM-DD): 1980-05-02

        """)
  }

  @Test("what is refused is said, and asked again with what was typed to be kept")
  func refused() throws {
    var told = Self.school
    (told["administrator"], told["entitled-from"]) = ("Әбенова Гүлнәр", "2020-01-15")
    let terminal = Terminal(["2080-05-02", "1980-05-02"])
    let made = try terminal.questions.ask(beside: told) { answers in
      guard answers["born"] == "1980-05-02" else {
        throw Status(.invalidArgument, "birth_date: 2080-05-02 has not come yet")
      }
      return answers["born"]
    }
    #expect(made == "1980-05-02")
    #expect(
      terminal.shown.withLock { $0 } == """
        Born on (YYYY-MM-DD): 2080-05-02
        birth_date: 2080-05-02 has not come yet. Once more; Enter keeps what stands in brackets.
        Born on (YYYY-MM-DD) [2080-05-02]: 1980-05-02

        """)
  }

  @Test("nothing is asked where all is told, and input that ends makes nothing")
  func ends() throws {
    var told = Self.school
    (told["administrator"], told["entitled-from"]) = ("Әбенова Гүлнәр", "2020-01-15")
    #expect(
      throws: Configuration.Fault(
        description: "init: input has ended before all was known; nothing was made.")
    ) {
      try Terminal([]).questions.ask(beside: told) { _ in Issue.record("made") }
    }
    told["born"] = "1980-05-02"
    let silent = Terminal([])
    #expect(try silent.questions.ask(beside: told) { $0 } == told)
    #expect(silent.shown.withLock { $0 } == "")
  }
}
