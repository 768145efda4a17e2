import Foundation

/// A chapter of `examples/year`: prose, files of the office, and what is typed with all that is answered.
struct Chapter {
  enum Step {
    /// A day begins, or somebody else sits down at the keys.
    case scene(day: String, speaker: String, language: String)
    /// A file that somebody has.
    case file(name: String, text: String)
    case command(Command)
  }

  struct Command {
    /// As it is typed, with blanks.
    let words: [String]
    /// What it answers, with blanks; its exit status is the last line if it is not 0.
    let answer: [String]
    /// Which lines of the chapter the answer is, counted from 0.
    let lines: Range<Int>
  }

  /// A line that is no chapter's.
  struct Fault: Error, CustomStringConvertible {
    let place: String
    let what: String
    var description: String { "\(self.place): \(self.what)" }
  }

  let name: String
  let source: [String]
  /// Each with the number of its line, counted from 1.
  private(set) var steps: [(line: Int, step: Step)] = []

  init(_ name: String, _ text: String) throws {
    self.name = name
    self.source = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var (day, next) = ("", 0)
    while next < self.source.count {
      let (line, number) = (self.source[next], next + 1)
      next += 1
      if line.hasPrefix("== ") {
        let scene = /== (?:(\d{4}-\d\d-\d\d) )?as ([a-z]+)(?: in (kk|ru))?/
        guard let match = line.wholeMatch(of: scene) else {
          throw self.fault(number, "is no scene: == DAY as NAME in LANGUAGE")
        }
        day = match.1.map(String.init) ?? day
        let language = match.3.map(String.init) ?? "en"
        let step = Step.scene(day: day, speaker: String(match.2), language: language)
        self.steps.append((number, step))
      } else if line.hasPrefix("> ") {
        let first = next
        while next < self.source.count, self.source[next].hasPrefix("|") { next += 1 }
        let rows = self.source[first..<next].map {
          String($0.dropFirst($0.hasPrefix("| ") ? 2 : 1))
        }
        let text = rows.map { "\($0)\n" }.joined()
        self.steps.append((number, .file(name: String(line.dropFirst(2)), text: text)))
      } else if line.hasPrefix("$ ") {
        var typed = String(line.dropFirst(2))
        while typed.hasSuffix("\\"), next < self.source.count {
          typed = String(typed.dropLast()) + String(self.source[next].drop { $0 == " " })
          next += 1
        }
        let first = next
        // An empty line is part of an answer that goes on behind it.
        while let last = self.source[next...].firstIndex(where: { !$0.isEmpty }),
          self.source[last].hasPrefix("  ")
        {
          next = last + 1
        }
        self.steps.append((number, .command(try self.command(typed, first..<next, number))))
      } else if line.hasPrefix("  ") || line.hasPrefix("|") {
        throw self.fault(number, "is an answer to nothing")
      }
    }
  }

  private func fault(_ line: Int, _ what: String) -> Fault {
    Fault(place: "\(self.name):\(line)", what: what)
  }

  private func command(_ typed: String, _ lines: Range<Int>, _ number: Int) throws -> Command {
    guard var words = Self.words(typed), words.first == "bitim" else {
      throw self.fault(number, "is no command: bitim WORD …, with '…' around spaces")
    }
    words.removeFirst()
    let answer = self.source[lines].map { String($0.dropFirst(2)) }
    return Command(words: words, answer: answer, lines: lines)
  }

  /// What a shell would make of it; nil where a quotation has no end.
  private static func words(_ typed: String) -> [String]? {
    var (words, word, isQuoted): ([String], String?, Bool) = ([], nil, false)
    for character in typed {
      if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return isQuoted ? nil : words + (word.map { [$0] } ?? [])
  }
}
