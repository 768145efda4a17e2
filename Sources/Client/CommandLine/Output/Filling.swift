import BitimProtocol

/// How a text is filled in. What is filled in may be of a server, a file or the command line: it is shown,
/// and moves no terminal.
extension Text {
  /// The text in a language with its arguments filled in.
  ///
  /// Every name outside brackets must be among `arguments`: this program knows its own texts.
  func filled(_ language: Language, _ arguments: [String: String] = [:]) -> String {
    let (text, missing) = self.filling(language, arguments)
    assert(missing.isEmpty, "\(self.rawValue) lacks \(missing)")
    return text
  }

  /// The text in a language with what a server sent filled in.
  ///
  /// A name that was not sent is never shown: the brackets around it are left out, and where there are
  /// none `…` stands for it.
  func filled(_ language: Language, sent arguments: [String: String]) -> String {
    self.filling(language, arguments).text
  }

  /// What a reason of the server means; nil for one that this program doesn't know.
  init?(reason: String) { self.init(rawValue: "reason.\(reason)") }

  /// What a field of a call, or a column of a list, is called; nil for one that this program doesn't know.
  init?(field: String) { self.init(rawValue: "field.\(field)") }

  /// What an act is called, by the kind that entries of the journal have; nil for one that this program doesn't know.
  init?(act: String) { self.init(rawValue: "act.\(act)") }

  /// What is wrong with how a value is written; nil for what is no such code.
  init?(flaw: String) { self.init(rawValue: "cell.\(flaw)") }

  /// Fills in every name once; what is filled in is not read again.
  private func filling(
    _ language: Language, _ arguments: [String: String]
  ) -> (text: String, missing: [String]) {
    let pattern = self.pattern(language)
    var missing: [String] = []
    var text = ""
    var rest = pattern[...]
    // A bracket with names in it, or a name; brackets without names are brackets.
    while let match = rest.firstMatch(of: /\[([^\[\]{}]*\{[^\[\]]*)\]|\{([a-z_]+)\}/) {
      text += rest[..<match.range.lowerBound]
      rest = rest[match.range.upperBound...]
      if let name = match.2 {
        if arguments[String(name)] == nil { missing.append(String(name)) }
        text += arguments[String(name)]?.visible ?? "…"
      } else if let part = match.1 {
        text += Self.part(part, arguments) ?? ""
      }
    }
    return (text + rest, missing)
  }

  /// What a bracket holds, filled in; nil when a name of it is not known or empty.
  private static func part(_ part: Substring, _ arguments: [String: String]) -> String? {
    var text = ""
    var rest = part
    while let match = rest.firstMatch(of: /\{([a-z_]+)\}/) {
      guard let value = arguments[String(match.1)], !value.isEmpty else { return nil }
      text += rest[..<match.range.lowerBound] + value.visible
      rest = rest[match.range.upperBound...]
    }
    return text + rest
  }
}
