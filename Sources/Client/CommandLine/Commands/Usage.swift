/// How commands are typed, read from what `--help` shows of them: so that completion and man pages know
/// what help knows, and nothing else.
struct Usage: Sendable {
  /// What an option takes.
  enum Value: Equatable, Sendable {
    case none
    case any
    case oneOf([String])
  }

  /// A line of usage: the words behind the command, each one of some, and the options.
  struct Form: Equatable, Sendable {
    let path: [[String]]
    let options: [String: Value]

    /// Whether it may go on as these words begin.
    func fits(_ words: ArraySlice<String>) -> Bool {
      zip(self.path, words).allSatisfy { $0.contains($1) }
    }
  }

  let forms: [Form]

  /// The usage of a command; what is typed is the same in every language.
  init(of command: Command) {
    let help = command.help
    let forms = Self.blocks(of: help.usage, .en)
    let lists =
      help.lists.map { $0.filled(.en).split(separator: "\n").joined(separator: " ") } ?? ""
    let words = Self.words(in: help.usage.filled(.en))
    self.forms = forms.flatMap { block in
      let text = Self.joined(block)
      var options = Self.options(in: text, words)
      if block[0].contains("FILE.csv") {
        // Good rows are picked out of what can be looked at first.
        let whole: Set<String> = options["dry-run"] == nil ? ["good-rows", "rejects"] : []
        let more = Self.options(in: lists, words).filter { !whole.contains($0.key) }
        options.merge(more) { Self.better($0, $1) }
      }
      return Self.paths(of: block[0], command).map { Form(path: $0, options: options) }
    }
  }

  /// Lines of a usage, those of a form together: the first names it, the others are indented.
  static func blocks(of usage: Text, _ language: Language) -> [[String]] {
    var blocks: [[String]] = []
    for line in usage.filled(language).split(separator: "\n").map(String.init) {
      if line.hasPrefix("bitim ") || blocks.isEmpty {
        blocks.append([line])
      } else {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks
  }

  /// What follows words that were typed, at the place behind them.
  func next(behind typed: [String]) -> [String] {
    let words = self.forms.filter { $0.fits(typed[...]) && $0.path.count > typed.count }
      .flatMap { $0.path[typed.count] }
    return Array(Set(words)).sorted()
  }

  /// The options that may stand beside words that were typed.
  func options(beside typed: [String]) -> [String: Value] {
    let named = self.forms.filter { form in
      form.path.count <= typed.count && form.fits(typed[...])
    }
    // The most words say it best: beside `hours correct` stands nothing of `hours` alone.
    let most = named.map(\.path.count).max() ?? 0
    let forms = named.isEmpty ? self.forms : named.filter { $0.path.count == most }
    return forms.reduce(into: [:]) { all, form in
      all.merge(form.options) { Self.better($0, $1) }
    }
  }

  /// Refuses a word that stands where only some may, and names the nearest.
  func check(_ typed: [String]) throws(Arguments.Fault) {
    for (index, word) in typed.enumerated() {
      let before = Array(typed[..<index])
      let here = self.forms.filter { $0.fits(before[...]) }
      guard !here.isEmpty, here.allSatisfy({ $0.path.count > index }) else { return }
      let known = self.next(behind: before)
      guard !known.contains(word) else { continue }
      guard let near = Nearest.word(to: word, among: known) else {
        throw Arguments.Fault(
          text: .usageWordUnknown,
          arguments: ["word": word, "list": known.joined(separator: ", ")])
      }
      throw Arguments.Fault(text: .usageWordNear, arguments: ["word": word, "near": near])
    }
  }

  private static func better(_ one: Value, _ other: Value) -> Value {
    if case .oneOf = one { return one }
    return one == .none ? other : (other == .none ? one : other)
  }

  /// The text of a form in one line; a list of words that goes on in the next line is one again.
  private static func joined(_ lines: [String]) -> String {
    let text = lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    return text.replacing(/\|\ +(?=[a-z_]+\b)/, with: "|")
  }

  /// The ways a form's first line begins: `case acknowledge|complete NUMBER`, `attest fill FILE | send FILE`.
  private static func paths(of line: String, _ command: Command) -> [[[String]]] {
    var paths: [[[String]]] = [[]]
    var isOpen = true
    let tokens = line.split(separator: " ").dropFirst().map(String.init)
    for (index, token) in tokens.enumerated() {
      if index == 0 {
        guard token == command.rawValue else { return [] }
        continue
      }
      if token == "|", index + 1 < tokens.count, Self.isWord(tokens[index + 1]) {
        paths.append([])
        isOpen = true
        continue
      }
      let words = token.split(separator: "|").map(String.init)
      isOpen = isOpen && words.allSatisfy(Self.isWord)
      if isOpen { paths[paths.count - 1].append(words) }
    }
    return paths
  }

  private static func isWord(_ text: String) -> Bool { text.wholeMatch(of: /[a-z][a-z-]*/) != nil }

  /// What stands for words that are listed elsewhere: `REASON: typing_error …`.
  private static func words(in usage: String) -> [String: [String]] {
    var words = ["KIND,…": Proposal.words]
    var open: (name: String, indent: Int)?
    for line in usage.split(separator: "\n") {
      let indent = line.prefix { $0 == " " }.count
      let tokens = line.split(separator: " ").map(String.init)
      if let first = tokens.first, first.wholeMatch(of: /[A-Z]+:/) != nil {
        open = (String(first.dropLast()), indent)
        words[String(first.dropLast())] = Array(tokens.dropFirst())
      } else if let name = open?.name, indent > open?.indent ?? 0 {
        words[name, default: []] += tokens
      } else {
        open = nil
      }
    }
    return words
  }

  private static func options(
    in text: String, _ words: [String: [String]]
  ) -> [String: Value] {
    var options: [String: Value] = [:]
    // One of two options is an option: `FOLDER|--zip FILE`.
    let text = text.replacing("|--", with: " --")
    for match in text.matches(of: /--([a-z][a-z-]*[a-z])(?: (?!--)([^\s\[\]]+))?/) {
      let name = String(match.1)
      let value = match.2.map { Self.value(String($0), words) } ?? .none
      options[name] = options[name].map { Self.better($0, value) } ?? value
    }
    // A closed list of one word: `[--format html]`.
    for match in text.matches(of: /\[--([a-z][a-z-]*[a-z]) ([a-z]+)\]/) {
      options[String(match.1)] = .oneOf([String(match.2)])
    }
    return options
  }

  private static func value(_ token: String, _ words: [String: [String]]) -> Value {
    let bare = token.hasSuffix(",…") ? String(token.dropLast(2)) : token
    if let known = words[token] ?? words[bare] { return .oneOf(known) }
    let parts = token.split(separator: "|").map(String.init)
    if parts.count > 1, parts.allSatisfy({ $0.wholeMatch(of: /[a-z0-9_]+/) != nil }) {
      return .oneOf(parts)
    }
    guard let first = token.unicodeScalars.first else { return .none }
    let isPlaceholder =
      first == "…" || first == "'" || ("0"..."9").contains(first) || ("A"..."Z").contains(first)
      || token.contains("://")
    return isPlaceholder ? .any : .none
  }
}
