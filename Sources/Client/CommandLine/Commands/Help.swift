/// What `--help` teaches: what a command is for, how it is typed, examples with Kazakh names.
struct Help: Sendable {
  let summary: Text
  /// How the command is typed, a line a form.
  let usage: Text
  /// What is typed is the same in every language.
  let examples: [String]
  /// What lists are taken with, where the command takes any.
  var lists: Text?

  /// The page of one command.
  func page(_ language: Language) -> String {
    var lines = [self.summary.filled(language), ""]
    lines += self.usage.filled(language).split(separator: "\n").map { "  " + $0 }
    if let lists = self.lists {
      let words = Proposal.words
      let kinds = [words.prefix(5), words.dropFirst(5)].map {
        "  " + $0.joined(separator: " ")
      }
      let text = "\(lists.filled(language))\n\(Text.helpListKinds.filled(language))"
      lines += [""] + (text.split(separator: "\n").map(String.init) + kinds).map { "  " + $0 }
    }
    lines += ["", Text.helpExamples.filled(language)]
    lines += self.examples.map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The page of all commands.
  static func overview(_ language: Language) -> String {
    let width = Command.allCases.map(\.rawValue.count).max() ?? 0
    var lines = [Text.helpTitle.filled(language), ""]
    for command in Command.allCases {
      let gap = String(repeating: " ", count: width - command.rawValue.count + 2)
      lines.append("  bitim \(command.rawValue)\(gap)\(command.help.summary.filled(language))")
    }
    let languages = Language.allCases.map(\.rawValue).joined(separator: "|")
    lines += ["", Text.helpOptions.filled(language, ["languages": languages])]
    return lines.joined(separator: "\n") + "\n"
  }
}
