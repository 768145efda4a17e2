/// One word of a closed list: a value of an enum, but the one that says nothing.
struct SchemaWord {
  /// As tables and audiences write it: `not_yet_valid`.
  var word: String
  /// As Swift writes it: `notYetValid`.
  var member: String
  var number: Int32
  var comment: String

  /// The words of `enumeration` in the schema's order.
  ///
  /// - Throws: ``SchemaFault`` by the line of a value that is not called as its enum is.
  static func words(of enumeration: SchemaEnum, in file: SchemaFile) throws -> [SchemaWord] {
    let prefix = SwiftNames.screamingSnake(enumeration.name) + "_"
    return try enumeration.values.filter { $0.number != 0 }.map { value in
      guard value.name.hasPrefix(prefix), value.name.count > prefix.count else {
        throw SchemaFault(file.path, value.place, "'\(value.name)' must begin with \(prefix)")
      }
      return SchemaWord(
        word: value.name.dropFirst(prefix.count).lowercased(),
        member: SwiftNames.value(value.name, of: enumeration.name), number: value.number,
        comment: value.comment)
    }
  }
}
