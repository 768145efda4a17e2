/// `bitim completion`: what a shell needs to end words, options, profiles and words of closed lists.
///
/// The shell's part only asks: what may follow is said by this program, which reads it in its own help.
enum CompletionCommand {
  static let help = Help(
    summary: .helpCompletion, usage: .helpCompletionUsage,
    examples: [
      "source <(bitim completion bash)",
      "bitim completion fish > ~/.config/fish/completions/bitim.fish",
    ])

  static func run(_ words: [String]) throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let shells = ["bash": Self.bash, "zsh": Self.zsh, "fish": Self.fish]
    let list = shells.keys.sorted()
    let word = try arguments.position(0, list.joined(separator: " | "))
    guard let script = shells[word] else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "completion", "value": word, "list": list.joined(separator: ", ")])
    }
    Output.write(script)
    return .done
  }

  /// The words by which the shell's part asks.
  static let asking = ["completion", "words", "--"]

  private static let bash = """
    _bitim() {
      mapfile -t COMPREPLY < <("$1" completion words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    }
    complete -o default -F _bitim bitim

    """

  private static let zsh = """
    #compdef bitim
    _bitim() {
      local -a found
      found=("${(@f)$("${words[1]}" completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
      if [[ -n "${found[1]}" ]]; then compadd -a found; else _files; fi
    }
    if [ "$funcstack[1]" = "_bitim" ]; then _bitim; else compdef _bitim bitim; fi

    """

  private static let fish = """
    function __bitim_words
      set -l typed (commandline -opc)
      bitim completion words -- $typed[2..-1] (commandline -ct) 2>/dev/null
    end
    complete -c bitim -a '(__bitim_words)'

    """

  /// What may stand in place of the last of `typed`, which is begun or empty; nothing where it may be
  /// anything, as the name of a file.
  static func words(for typed: [String], profiles: () -> [String]) -> [String] {
    let begun = typed.last ?? ""
    let line = Line(typed.dropLast())
    let found: [String] =
      if let option = line.open {
        line.values(of: option, profiles)
      } else if begun.hasPrefix("-") {
        line.options.map { "--\($0)" }
      } else {
        line.next
      }
    return found.filter { $0.hasPrefix(begun) }.sorted()
  }

  /// The words before the one that is completed.
  private struct Line {
    /// The option whose value comes next.
    private(set) var open: String?
    private var positions: [String] = []

    init(_ typed: some Sequence<String>) {
      for word in typed {
        if self.open != nil {
          self.open = nil
        } else if word.hasPrefix("--"), word.count > 2 {
          let name = String(word.dropFirst(2))
          if !name.contains("="), self.value(of: name) != .none { self.open = name }
        } else if word != "-h" {
          self.positions.append(word)
        }
      }
    }

    private var usage: Usage? {
      self.positions.first.flatMap(Command.init(rawValue:)).map { Usage(of: $0) }
    }

    private func value(of option: String) -> Usage.Value {
      if Arguments.global.contains(option) { return .any }
      return self.usage?.options(beside: Array(self.positions.dropFirst()))[option] ?? .none
    }

    func values(of option: String, _ profiles: () -> [String]) -> [String] {
      // `cohort open --language` has a list of its own.
      if case .oneOf(let words) = self.usage?.options(
        beside: Array(self.positions.dropFirst()))[option] ?? .none
      {
        return words
      }
      return switch option {
      case "profile": profiles()
      case "language": Language.allCases.map(\.rawValue)
      case "output": Output.Form.allCases.map(\.rawValue)
      default: []
      }
    }

    var options: [String] {
      let own = self.usage?.options(beside: Array(self.positions.dropFirst())) ?? [:]
      return Array(Set(own.keys).union(Arguments.global).union([Arguments.forExcel, "help"]))
        + (self.positions.isEmpty ? ["version"] : [])
    }

    var next: [String] {
      let commands = Command.allCases.map(\.rawValue)
      if self.positions.isEmpty { return commands + ["help"] }
      if self.positions == ["help"] { return commands }
      let words = self.positions.first == "help" ? self.positions.dropFirst() : self.positions[...]
      guard let command = words.first.flatMap(Command.init(rawValue:)) else { return [] }
      return Usage(of: command).next(behind: Array(words.dropFirst()))
    }
  }
}
