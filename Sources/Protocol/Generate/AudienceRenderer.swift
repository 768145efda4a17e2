/// Writes who may make which call of the registry, as `(bitim.options.v1.audience)` says.
struct AudienceRenderer {
  static let option = "(bitim.options.v1.audience)"
  /// The package whose calls need an audience; what serves the runtime itself asks nobody who he is.
  private static let package = "bitim.v1"

  let schema: Schema

  /// - Throws: ``SchemaFault`` by the line of a call that says no audience, or of one that can't be.
  func render() throws -> String {
    let roles = try self.roles()
    var rows: [String] = []
    for file in self.schema.files {
      for service in file.services {
        for call in service.calls {
          let audience = try Self.audience(of: call, in: file, roles)
          guard let audience else { continue }
          let path = "\(Schema.join(file.package, service.name))/\(call.name)"
          rows.append("  \"\(path)\": \(audience),")
        }
      }
    }
    var text = Text()
    text.line("import BitimDomain")
    text.line("")
    text.block("extension Authority") { text in
      text.line("/// The audience of each call of the registry, by its path.")
      text.line("static let audiences: [String: Audience] = [")
      for row in rows { text.line(row) }
      text.line("]")
    }
    return SwiftRenderer.header(from: "bitim/v1/*.proto") + text.joined
  }

  private func roles() throws -> [SchemaWord] {
    for file in self.schema.files where file.package == Self.package {
      for enumeration in file.enums where enumeration.name == "Role" {
        return try SchemaWord.words(of: enumeration, in: file)
      }
    }
    return []
  }

  /// The Swift of a call's audience; nil for a call that needs none.
  private static func audience(
    of call: SchemaService.Call, in file: SchemaFile, _ roles: [SchemaWord]
  ) throws -> String? {
    let said = call.options.filter { $0.name == Self.option }
    guard file.package == Self.package else {
      guard let option = said.first else { return nil }
      throw SchemaFault(file.path, option.place, "only calls of \(Self.package) have an audience")
    }
    guard let option = said.first, said.count == 1 else {
      throw SchemaFault(file.path, call.place, "call \(call.name) must say one \(Self.option)")
    }
    let words = option.value.split(separator: " ", omittingEmptySubsequences: false)
    if words == ["anyone"] { return ".anyone" }
    if words == ["any_token"] { return ".anyToken" }
    for word in words where !roles.contains(where: { $0.word == word }) {
      throw SchemaFault(file.path, option.place, "'\(word)' is no word of Role")
    }
    guard Set(words).count == words.count else {
      throw SchemaFault(file.path, option.place, "a role is named twice")
    }
    let members = roles.filter { words.contains($0.word[...]) }.map { ".\($0.member)" }
    return ".roles([\(members.joined(separator: ", "))])"
  }
}
