import BitimSystem
import Foundation

/// `bitim man`: the pages of help as man pages, in every language.
enum ManCommand {
  static let help = Help(
    summary: .helpMan, usage: .helpManUsage,
    examples: ["bitim man ~/.local/share/man", "man bitim-enrol"])

  static func run(_ words: [String], _ output: Output) throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let folder = try arguments.position(0, "DIR")
    for language in Language.allCases {
      // What is in no folder of a language is in English.
      let place = language == .en ? "\(folder)/man1" : "\(folder)/\(language.rawValue)/man1"
      do {
        try FileManager.default.createDirectory(
          atPath: place, withIntermediateDirectories: true)
        for (name, text) in Self.pages(language) {
          try Data(text.utf8).write(
            to: URL(fileURLWithPath: "\(place)/\(name).1"), options: .atomic)
        }
      } catch {
        throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": place])
      }
    }
    output.note(.manDone, ["folder": folder])
    return .done
  }

  /// The pages of a language by their names.
  static func pages(_ language: Language) -> [(name: String, text: String)] {
    let title = Text.helpTitle.filled(language)
    let summary = title.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? title
    let overview = Help.overview(language).split(
      separator: "\n", omittingEmptySubsequences: false)
    let pages = [
      ("bitim", summary, [(Text.manUsage, overview.dropFirst(2).map(String.init))])
    ]
    let commands = Command.allCases.map { command in
      let help = command.help
      let usage = help.usageLines(language)
      return (
        "bitim-\(command.rawValue)", help.summary.filled(language),
        [(Text.manUsage, usage), (.manExamples, help.examples)]
      )
    }
    return (pages + commands).map { name, summary, sections in
      (name, Self.page(name, summary, sections, language))
    }
  }

  private static func page(
    _ name: String, _ summary: String, _ sections: [(Text, [String])], _ language: Language
  ) -> String {
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"bitim \(Version.text)\" \"Bitim\"",
      ".SH " + Text.manName.filled(language),
      Self.escaped(name) + " \\- " + Self.escaped(summary),
    ]
    for (title, text) in sections {
      // As it is typed, line by line, from the screen's edge: our lines take all of its 80 columns.
      lines.append(".SH " + title.filled(language))
      lines += [".in 0", ".nf"]
      for line in text { lines.append(Self.escaped(line)) }
      lines.append(".fi")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line as roff shows it unchanged.
  private static func escaped(_ line: String) -> String {
    let text = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }
}
