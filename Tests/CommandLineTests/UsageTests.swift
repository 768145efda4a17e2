import BitimClient
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("How commands are typed")
struct UsageTests {
  private func typed(
    _ words: String..., in language: String = "en"
  ) throws -> (status: Int32, output: String, errors: String) {
    try Program.run(
      Repository.program("bitim"), words,
      environment: [
        "BITIM_LANGUAGE": language, "XDG_CONFIG_HOME": "/nowhere", "BITIM_PROFILE": "",
      ].filter { !$0.value.isEmpty })
  }

  @Test("help is asked for in four ways, of all, of one command and of a part of it")
  func help() throws {
    let overview = try self.typed("--help")
    #expect(overview.status == 0)
    for word in ["-h", "help"] { #expect(try self.typed(word).output == overview.output) }
    #expect(try self.typed("help", "help").output == overview.output)
    let page = try self.typed("verify", "--help", in: "kk")
    #expect(page.output == VerifyCommand.help.page(.kk))
    #expect(try self.typed("help", "verify", in: "kk").output == page.output)
    #expect(try self.typed("verify", "-h", in: "kk").output == page.output)
    #expect(
      try self.typed("help", "certificate", "duplicate").output == """
        show, print, revoke, suspend, replace, adopt; undo an error

          bitim certificate duplicate NUMBER --reason lost|stolen|damaged
                 [--date DATE]
                 the same number and code, once more; DATE: of the holder's statement

        Examples:
          bitim certificate duplicate 2026-000417-29 --reason lost --date 2027-03-01

        """)
    #expect(
      try self.typed("case", "complete", "--help").output.contains(
        "bitim case acknowledge|complete|notify NUMBER"))
    #expect(try self.typed("--version").output.hasPrefix("bitim "))
  }

  @Test("a mistyped word or option gets the nearest, and one like none gets the list")
  func mistyped() throws {
    for (words, said) in [
      (["verfy", "1"], "verfy: there is no such word; verify? See --help"),
      (["person", "fnid", "x"], "fnid: there is no such word; find? See --help"),
      (["admin", "tokne", "make"], "tokne: there is no such word; token? See --help"),
      (["admin", "token", "mak"], "mak: there is no such word; make? See --help"),
      (
        ["report", "abc"],
        "abc: there is no such word, but: adopted, cases, file, hours, issued, passes, times, year"
      ),
      (["completion", "bsh"], "bsh: there is no such word; bash? See --help"),
      (["--verison"], "--verison: there is no such option; --version? See --help"),
      (["quux"], "quux: there is no such command; see `bitim --help`"),
    ] {
      let (status, _, errors) = try Program.run(
        Repository.program("bitim"), words, environment: ["BITIM_LANGUAGE": "en"])
      #expect(status == 2)
      #expect(errors == "bitim: \(said)\n")
    }
    #expect(
      throws: Arguments.Fault(
        text: .usageOptionNear, arguments: ["option": "--cohrt", "near": "--cohort"])
    ) { try Arguments(["--cohrt", "1"], options: ["cohort", "date"]) }
    #expect(throws: Arguments.Fault(text: .usageUnknownOption, arguments: ["option": "--zz"])) {
      try Arguments(["--zz"], options: ["cohort"])
    }
  }

  @Test("distance counts letters put in, left out, changed and exchanged")
  func distance() {
    for (one, other, count) in [
      ("", "", 0), ("a", "", 1), ("verify", "verfiy", 1), ("verify", "vrfy", 2), ("ab", "cd", 2),
    ] { #expect(Nearest.distance(one, other) == count, "\(one) \(other)") }
  }

  @Test("every form of help is read, with its words, options and closed lists")
  func forms() throws {
    let session = Usage(of: .session)
    #expect(
      session.forms.map(\.path) == [
        [["show"]], [["sign-in"]], [["protocol"]], [["admit"]], [["review"]], [["interest"]],
        [["seat"]], [["move"]], [["cancel"]],
      ])
    #expect(session.options(beside: ["sign-in"]) == ["format": .oneOf(["html"]), "to": .any])
    // One of two options is an option.
    let issued = Usage(of: .report).options(beside: ["issued"])
    #expect(issued.keys.sorted() == ["cohort", "format", "from", "to", "until", "year"])
    #expect(
      session.options(beside: ["seat"]) == [
        "goes": .any, "comes": .any, "why": .any, "letter": .any,
      ])
    #expect(
      Usage(of: .attest).forms.map(\.path).prefix(5) == [
        [], [], [["pack"]], [["fill"]], [["send"]],
      ])
    #expect(Usage(of: .case).next(behind: []).count == 12)
    #expect(
      Usage(of: .hours).options(beside: ["correct"])["reason"]
        == .oneOf([
          "late_report", "typing_error", "wrong_person", "wrong_day", "dispute", "in_error",
        ]))
    #expect(
      Usage(of: .person).options(beside: ["correct"])["reason"]
        == .oneOf([
          "typing_error", "document_renewed", "document_lost", "court", "marriage", "divorce",
          "own_wish", "spelling", "education_completed",
        ]))
    #expect(Usage(of: .enrol).options(beside: [])["accept"] == .oneOf(Proposal.words))
    #expect(Usage(of: .enrol).options(beside: [])["dry-run"] == Usage.Value.none)
    // In every language the same is typed.
    for command in Command.allCases {
      for language in [bitim.Language.kk, .ru] {
        let own = Usage.blocks(of: command.help.usage, language)
        #expect(
          own.count == Usage.blocks(of: command.help.usage, .en).count, "\(command) \(language)")
      }
    }
  }

  @Test("no command refuses an option that its help names")
  func known() async {
    let desk = Desk(
      client: BitimClient(address: .unix(path: "/nowhere")),
      output: Output(form: .table, language: .en), isInteractive: false)
    for command in Command.allCases {
      for form in Usage(of: command).forms {
        let path = form.path.compactMap(\.first)
        for (name, value) in form.options where !Arguments.global.contains(name) {
          let given = value == .none ? ["--\(name)"] : ["--\(name)="]
          do {
            // What is wrong with all else is told later than an option that nobody knows.
            _ = try await command.run(path + given + ["--zz"], desk)
            if desk.isInteractive { Issue.record("\(path)") }
          } catch let fault as Arguments.Fault {
            let isOther = fault.arguments["option"] == "--zz" || fault.text != .usageUnknownOption
            #expect(
              isOther && fault.arguments["option"] != "--\(name)"
                || fault.text == .usageOptionNeeded || fault.text == .usageOptionOfList,
              "\(command) \(path) --\(name): \(fault)")
          } catch {}
        }
      }
    }
  }

  @Test(
    "completion knows words, options, profiles and closed lists",
    arguments: [
      (["ver"], ["verify"]),
      (
        ["session", ""],
        [
          "admit", "cancel", "interest", "move", "protocol", "review", "seat", "show", "sign-in",
        ]
      ),
      (["admin", "token", "r"], ["renew", "revoke"]),
      (["help", "ver"], ["verify"]),
      (
        ["help", "report", ""],
        ["adopted", "cases", "file", "hours", "issued", "passes", "times", "year"]
      ),
      (["cohort", "withdraw", "P1", "x", "--reason", "o"], ["other", "own_request"]),
      (["verify", "--output", ""], ["csv", "json", "table"]),
      (["--language", ""], ["en", "kk", "ru"]),
      (["whoami", "--profile", "ч"], ["четвёртый"]),
      (["--profile", "chair", "whoa"], ["whoami"]),
      (["session", "seat", "S-014", "--co"], ["--comes"]),
      (["verify", "--batch", ""], []),
      (["list", "new", ""], ["centres", "enrol", "hours", "results", "staff"]),
      (["nothing", ""], []),
    ])
  func completion(typed: [String], found: [String]) {
    #expect(
      CompletionCommand.words(for: typed) { ["chair", "default", "четвёртый"] } == found)
  }

  @Test("bash completes by what bitim says, and leaves names of files to itself")
  func bash() throws {
    let script = """
      PATH="$(dirname "$BITIM"):$PATH"; source <(bitim completion bash)
      COMP_WORDS=(bitim session se); COMP_CWORD=2; _bitim bitim; echo "${COMPREPLY[*]}"
      COMP_WORDS=(bitim certificate duplicate 1 --reason ""); COMP_CWORD=5; _bitim bitim
      echo "${COMPREPLY[*]}"
      COMP_WORDS=(bitim enrol ""); COMP_CWORD=2; _bitim bitim; echo "${#COMPREPLY[@]}"
      complete -p bitim
      """
    let (status, output, errors) = try Program.run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", script],
      environment: ["BITIM": Repository.program("bitim").path])
    #expect(status == 0, "\(errors)")
    #expect(
      output == "seat\ndamaged lost stolen\n0\ncomplete -o default -F _bitim bitim\n")
  }

  @Test("man pages say what help says, in every language")
  func man() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "bitim-man-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try self.typed("man", folder.path).status == 0)
    for (language, place) in [(bitim.Language.en, "man1"), (.kk, "kk/man1"), (.ru, "ru/man1")] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent(place).path)
      #expect(names.count == Command.allCases.count + 1)
      let page = try String(
        contentsOf: folder.appendingPathComponent("\(place)/bitim-verify.1"), encoding: .utf8)
      #expect(page.hasPrefix(".TH BITIM-VERIFY 1 "))
      let shown = page.replacing("\\-", with: "-")
      #expect(shown.contains("bitim-verify - \(Text.helpVerify.filled(language))\n"))
      for line in VerifyCommand.help.usageLines(language) + VerifyCommand.help.examples {
        #expect(shown.contains("\n\(line)\n"))
      }
    }
  }
}
