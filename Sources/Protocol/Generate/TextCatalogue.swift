/// The texts of the command line: a file a language, and the English one says which there are.
struct TextCatalogue {
  /// Where the files are, below the repository.
  static let folder = "Sources/Client/CommandLine/Texts"
  /// The language whose keys all have.
  private static let model = "en"

  /// A text with its key, and the line of the file that has the key.
  struct Entry {
    var key: String
    var text: String
    var line: Int
  }

  /// A language with its texts in the order of the English file.
  struct Language {
    let code: String
    let texts: [String]
  }

  let keys: [String]
  let languages: [Language]

  /// Reads `files`, octets by language, and compares every language with the English one.
  ///
  /// - Throws: ``SchemaFault`` by file and line.
  init(_ files: [String: [UInt8]]) throws(SchemaFault) {
    guard let octets = files[Self.model] else {
      throw Self.fault(Self.model, 0, "there is no such file")
    }
    let model = try Self.entries(of: Self.model, octets)
    var members: [String: String] = [:]
    for entry in model {
      if let other = members.updateValue(entry.key, forKey: Self.member(entry.key)) {
        throw Self.fault(Self.model, entry.line, "'\(entry.key)' is '\(other)' in Swift")
      }
    }
    var languages: [Language] = []
    for code in files.keys.sorted() {
      let entries = try Self.entries(of: code, files[code] ?? [])
      languages.append(Language(code: code, texts: try Self.texts(entries, of: code, as: model)))
    }
    self.keys = model.map(\.key)
    self.languages = languages
  }

  /// The texts of a language in the order of `model`.
  private static func texts(
    _ entries: [Entry], of code: String, as model: [Entry]
  ) throws(SchemaFault) -> [String] {
    let english = Dictionary(uniqueKeysWithValues: model.map { ($0.key, $0) })
    var own: [String: String] = [:]
    for entry in entries {
      guard let other = english[entry.key] else {
        throw Self.fault(code, entry.line, "'\(entry.key)' is no key of \(Self.model).txt")
      }
      let names = try Self.names(entry, of: code)
      let asked = try Self.names(other, of: Self.model)
      guard names == asked else {
        throw Self.fault(
          code, entry.line,
          "'\(entry.key)' fills in \(Self.list(names)), in English \(Self.list(asked))")
      }
      own[entry.key] = entry.text
    }
    var texts: [String] = []
    for entry in model {
      guard let text = own[entry.key] else {
        throw Self.fault(code, 0, "'\(entry.key)' is missing")
      }
      texts.append(text)
    }
    return texts
  }

  /// Reads a file: `key = text`, and lines behind two spaces that go on with it.
  private static func entries(
    of code: String, _ octets: [UInt8]
  ) throws(SchemaFault) -> [Entry] {
    guard let source = String(validating: octets, as: UTF8.self) else {
      throw Self.fault(code, 0, "the file is not UTF-8")
    }
    var entries: [Entry] = []
    var keys: Set<String> = []
    var number = 0
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard line.last != " ", line.allSatisfy({ $0 != "\t" && $0 != "\r" && $0 != "\r\n" }) else {
        throw Self.fault(code, number, "a space at the end, a tab or a carriage return")
      }
      if line.hasPrefix("  "), let last = entries.indices.last {
        if !entries[last].text.isEmpty { entries[last].text += "\n" }
        entries[last].text += line.dropFirst(2)
        continue
      }
      let key = line.prefix { $0 != " " && $0 != "=" }
      guard key.wholeMatch(of: /[a-z][A-Za-z0-9]*(\.[A-Za-z0-9_]+)*/) != nil else {
        throw Self.fault(code, number, "'\(key)' can't be a key")
      }
      let rest = line.dropFirst(key.count)
      guard rest == " =" || rest.hasPrefix(" = ") else {
        throw Self.fault(code, number, "' = ' is expected behind '\(key)'")
      }
      guard keys.insert(String(key)).inserted else {
        throw Self.fault(code, number, "'\(key)' is there twice")
      }
      entries.append(Entry(key: String(key), text: String(rest.dropFirst(3)), line: number))
    }
    if let empty = entries.first(where: \.text.isEmpty) {
      throw Self.fault(code, empty.line, "'\(empty.key)' has no text")
    }
    return entries
  }

  /// The names a text fills in; those that may be left out end with `?`.
  private static func names(_ entry: Entry, of code: String) throws(SchemaFault) -> Set<String> {
    var names: Set<String> = []
    var rest = entry.text[...]
    var isOptional = false
    while let character = rest.first {
      switch character {
      case "[":
        let inner = rest.dropFirst().prefix { $0 != "]" }
        isOptional = inner.contains("{")
        if isOptional, inner.contains("[") || inner.endIndex == rest.endIndex {
          throw Self.fault(code, entry.line, "'\(entry.key)': a bracket is not closed")
        }
      case "]": isOptional = false
      case "{":
        guard let match = rest.prefixMatch(of: /\{([a-z_]+)\}/) else {
          throw Self.fault(code, entry.line, "'\(entry.key)': a brace holds no name")
        }
        names.insert(match.1 + (isOptional ? "?" : ""))
        rest = rest[match.range.upperBound...]
        continue
      case "}": throw Self.fault(code, entry.line, "'\(entry.key)': a brace holds no name")
      default: break
      }
      rest = rest.dropFirst()
    }
    return names
  }

  private static func list(_ names: Set<String>) -> String {
    names.isEmpty ? "nothing" : names.sorted().joined(separator: ", ")
  }

  private static func fault(_ code: String, _ line: Int, _ problem: String) -> SchemaFault {
    SchemaFault(path: "\(Self.folder)/\(code).txt", line: line, column: 1, problem: problem)
  }

  /// `reason.GROUP_FULL` is `reasonGroupFull`; a key without a dot is itself.
  static func member(_ key: String) -> String {
    let parts = key.split(separator: ".")
    let tail = parts.dropFirst().map { part in
      SwiftNames.upperCamel(part.contains { $0.isLowercase } ? String(part) : part.lowercased())
    }
    return SwiftNames.member((parts.prefix(1).map(String.init) + tail).joined())
  }

  /// The Swift file: the languages, the keys, and a switch a language.
  func output() -> Generator.Output {
    var text = Text()
    text.line("/// The reader's language: a file of texts each.")
    text.block("enum Language: String, CaseIterable, Sendable") { text in
      let codes = self.languages.map { SwiftNames.member($0.code) }
      text.line("case " + codes.joined(separator: ", "))
    }
    text.line("")
    text.line("/// Every text a person sees, by its key.")
    text.block("enum Text: String, CaseIterable, Sendable") { text in
      for key in self.keys {
        let member = Self.member(key)
        text.line("case \(member)" + (member == key ? "" : " = \"\(key)\""))
      }
    }
    text.line("")
    text.block("extension Text") { text in
      text.line("/// The text as its file has it, with `{name}` where something is filled in.")
      text.block("func pattern(_ language: Language) -> String") { text in
        text.block("switch language") { text in
          for language in self.languages {
            let member = SwiftNames.member(language.code)
            text.line("case .\(member): self.\(Self.property(language))")
          }
        }
      }
      for language in self.languages {
        text.line("")
        text.block("private var \(Self.property(language)): String") { text in
          text.block("switch self") { text in
            for (key, value) in zip(self.keys, language.texts) {
              text.line("case .\(Self.member(key)): return \(Self.literal(value))")
            }
          }
        }
      }
    }
    let header =
      "// Generated by bitim-generate from \(Self.folder)/*.txt. Edits are lost.\n"
    return Generator.Output(
      path: "Sources/Client/CommandLine/Generated/Texts.swift",
      text: header + "// swift-format-ignore-file\n\n" + text.joined)
  }

  private static func property(_ language: Language) -> String {
    "in" + SwiftNames.upperCamel(language.code)
  }

  private static func literal(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }
}
