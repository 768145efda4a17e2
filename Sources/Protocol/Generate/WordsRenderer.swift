/// Writes the domain's closed lists of words: the enums that say `(bitim.options.v1.words) = true`.
struct WordsRenderer {
  static let option = "(bitim.options.v1.words)"

  let schema: Schema

  /// - Throws: ``SchemaFault`` by the line of a value that is not called as its enum is, or of an
  ///   enum that stands in a message.
  func render() throws -> String {
    var text = Text()
    for file in self.schema.files {
      try Self.refuseNested(file.messages, in: file)
      for enumeration in file.enums where Self.option(of: enumeration)?.value == "true" {
        let words = try SchemaWord.words(of: enumeration, in: file)
        if !text.lines.isEmpty { text.line("") }
        Self.write(enumeration, words, &text)
      }
    }
    return SwiftRenderer.header(from: "bitim/v1/*.proto") + text.joined
  }

  private static func option(of enumeration: SchemaEnum) -> SchemaOption? {
    enumeration.options.first { $0.name == Self.option }
  }

  private static func refuseNested(_ messages: [SchemaMessage], in file: SchemaFile) throws {
    for message in messages {
      for case let option? in message.enums.map(Self.option) {
        throw SchemaFault(file.path, option.place, "an enum of words stands in no message")
      }
      try Self.refuseNested(message.messages, in: file)
    }
  }

  private static func write(_ enumeration: SchemaEnum, _ words: [SchemaWord], _ text: inout Text) {
    let name = SwiftNames.escapeType(enumeration.name)
    text.doc(enumeration.comment, fallback: "The words of `\(enumeration.name)`.")
    text.block("package enum \(name): String, Noun") { text in
      for word in words {
        text.doc(word.comment, fallback: "`\(word.word)`.")
        let isSaid = word.member.filter { $0 != "`" } == word.word
        text.line("case \(word.member)" + (isSaid ? "" : " = \"\(word.word)\""))
      }
      text.line("")
      text.line(
        "/// The word with this number in the schema; nil for 0 and numbers of later versions.")
      text.block("@inlinable package init?(number: Int32)") { text in
        let known = words.map { "case \($0.number): self = .\($0.member)" }
        text.choice(of: "number", known + ["default: return nil"])
      }
      text.line("")
      text.line("/// The word's number in the schema.")
      text.block("@inlinable package var number: Int32") { text in
        text.choice(of: "self", words.map { "case .\($0.member): \($0.number)" })
      }
    }
  }
}
