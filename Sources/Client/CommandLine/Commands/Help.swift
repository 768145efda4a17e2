/// What `--help` teaches: what a command is for, how it is typed, examples with Kazakh names.
struct Help: Sendable {
  let summary: Text
  /// How the command is typed, a line a form.
  let usage: Text
  /// What is typed is the same in every language.
  let examples: [String]
  /// What lists are taken with, where the command takes any.
  var lists: Text?

  /// The page of one command, or of what of it begins with more words.
  func page(_ language: Language, beside words: [String] = []) -> String {
    var lines = [self.summary.filled(language), ""]
    lines += self.usageLines(language, beside: words).map { $0.isEmpty ? "" : "  " + $0 }
    let examples = self.examples(beside: words)
    if !examples.isEmpty {
      lines += ["", Text.helpExamples.filled(language)] + examples.map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How the command is typed, and what lists are taken with.
  func usageLines(_ language: Language, beside words: [String] = []) -> [String] {
    let blocks = Usage.blocks(of: self.usage, language)
    let asked = blocks.filter { block in
      block[0].split(separator: " ").dropFirst(2).starts(with: words) { typed, word in
        typed.split(separator: "|").contains { $0 == word }
      }
    }
    var lines = (asked.isEmpty ? blocks : asked).flatMap { $0 }
    if let lists = self.lists, words.isEmpty {
      let kinds = Proposal.words
      let text = "\(lists.filled(language))\n\(Text.helpListKinds.filled(language))"
      lines += [""] + text.split(separator: "\n").map(String.init)
      lines += [kinds.prefix(5), kinds.dropFirst(5)].map { "  " + $0.joined(separator: " ") }
    }
    return lines
  }

  /// The examples that begin so, all of them where none does; one may take several lines.
  private func examples(beside words: [String]) -> [String] {
    guard !words.isEmpty else { return self.examples }
    var isAsked = false
    return self.examples.filter { line in
      if line.hasPrefix("bitim ") {
        isAsked = line.split(separator: " ").dropFirst(2).starts(with: words) { $0 == $1 }
      }
      return isAsked
    }
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
