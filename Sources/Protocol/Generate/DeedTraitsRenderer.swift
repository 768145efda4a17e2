/// Writes what the journal asks of a deed without looking into it: its kind, which is its field's
/// name, and what it changes besides its tables, as `(bitim.options.v1.changes)` says.
struct DeedTraitsRenderer {
  static let option = "(bitim.options.v1.changes)"
  private static let message = "bitim.journal.v1.Act"
  private static let oneof = "deed"

  /// The words of the option, with the property that each becomes.
  private static let traits = [
    (word: "authority", member: "changesAuthority", about: "Whether it changes who may do what."),
    (
      word: "certificate", member: "changesCertificate",
      about: "Whether it changes how certificates stand."
    ),
  ]

  /// The word of a deed that holds another, which says for it.
  private static let held = "its_deed"

  let schema: Schema

  /// - Throws: ``SchemaFault`` by the line of an option that no deed can have.
  func render() throws -> String {
    for file in self.schema.files {
      try Self.refuse(file.messages, scope: file.package, in: file)
    }
    let deeds = self.schema.messages[Self.message].map(Self.deeds) ?? []
    var text = Text()
    text.line("package import BitimDomain")
    text.line("")
    text.block("extension Deed") { text in
      text.line("/// What an entry of the journal calls it; never who or what it is about.")
      text.block("package var kind: String") { text in
        text.choice(of: "self", deeds.map { "case .\(SwiftNames.member($0.name)): \"\($0.name)\"" })
      }
      text.line("")
      text.line("/// Every kind there is.")
      text.line("package static let kinds: Set<String> = [")
      for deed in deeds { text.line("  \"\(deed.name)\",") }
      text.line("]")
      for trait in Self.traits {
        text.line("")
        text.line("/// \(trait.about)")
        text.block("package var \(trait.member): Bool") { text in
          let cases = deeds.map { deed in
            let words = Self.words(of: deed)
            let name = SwiftNames.member(deed.name)
            return words.contains(Self.held[...])
              ? "case .\(name)(let held): held.deed.\(trait.member)"
              : "case .\(name): \(words.contains(trait.word[...]))"
          }
          text.choice(of: "self", cases)
        }
      }
    }
    return SwiftRenderer.header(from: "bitim/journal/v1/act.proto") + text.joined
  }

  private static func deeds(of act: SchemaMessage) -> [SchemaField] {
    act.fields.filter { $0.oneof.map { act.oneofs[$0].name } == Self.oneof }
  }

  private static func words(of deed: SchemaField) -> [Substring] {
    let said = deed.options.first { $0.name == Self.option }?.value ?? ""
    return said.split(separator: " ", omittingEmptySubsequences: false)
  }

  private static func refuse(
    _ messages: [SchemaMessage], scope: String, in file: SchemaFile
  ) throws {
    for message in messages {
      let name = Schema.join(scope, message.name)
      let deeds = name == Self.message ? Self.deeds(of: message) : []
      for field in message.fields {
        let said = field.options.filter { $0.name == Self.option }
        guard let option = said.first else { continue }
        guard deeds.contains(field), said.count == 1 else {
          throw SchemaFault(
            file.path, option.place, "\(name).\(field.name): only a deed changes, and says so once")
        }
        for word in Self.words(of: field)
        where word != Self.held && !Self.traits.contains(where: { $0.word == word }) {
          throw SchemaFault(file.path, option.place, "'\(word)' is nothing that a deed changes")
        }
      }
      try Self.refuse(message.messages, scope: name, in: file)
    }
  }
}
