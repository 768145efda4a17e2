/// How names of the schema are spelt in Swift.
enum SwiftNames {
  private static let keywords: Set<String> = [
    "Any", "Protocol", "Self", "Type", "as", "associatedtype", "break", "case", "catch", "class",
    "continue", "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough",
    "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout",
    "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat",
    "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw",
    "throws", "true", "try", "typealias", "var", "where", "while",
  ]
  /// Members that every message has.
  private static let taken: Set<String> = [
    "encoded", "merge", "protoName", "unknownFields", "write",
  ]

  /// `bitim.v1` is `BitimV1`; the empty package is empty.
  static func namespace(_ package: String) -> String {
    package.split(separator: ".").map { Self.upperCamel(String($0)) }.joined()
  }

  /// A type's full name within its package: `Person.Name`.
  static func type(_ name: String, package: String) -> String {
    let inner = package.isEmpty ? Substring(name) : name.dropFirst(package.count + 1)
    let path = inner.split(separator: ".").map { Self.escapeType(String($0)) }
    return ([Self.namespace(package)].filter { !$0.isEmpty } + path).joined(separator: ".")
  }

  static func escapeType(_ name: String) -> String {
    ["Type", "Protocol", "Self", "Any"].contains(name) ? name + "Message" : name
  }

  /// `birth_date` is `birthDate`.
  static func member(_ name: String) -> String {
    let camel = Self.lowerCamel(name)
    if Self.taken.contains(camel) { return camel + "Field" }
    return Self.keywords.contains(camel) ? "`\(camel)`" : camel
  }

  /// `KIND_IIN` of enum `Kind` is `iin`.
  static func value(_ name: String, of enumeration: String) -> String {
    let prefix = Self.screamingSnake(enumeration) + "_"
    let short = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    let first = short.first
    let safe = first?.isNumber == true ? "_" + short : short
    return Self.member(safe.lowercased() == "none" ? "none_" : safe.lowercased())
  }

  static func upperCamel(_ name: String) -> String {
    name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  static func lowerCamel(_ name: String) -> String {
    var camel = ""
    var raises = false
    for character in name {
      if character == "_" {
        raises = !camel.isEmpty
        if camel.isEmpty { camel = "_" }
      } else {
        camel += raises ? character.uppercased() : String(character)
        raises = false
      }
    }
    guard let first = camel.first, first.isUppercase else { return camel }
    return first.lowercased() + camel.dropFirst()
  }

  /// protoc's rule for the name in JSON.
  static func json(_ name: String) -> String {
    var camel = ""
    var raises = false
    for character in name {
      if character == "_" {
        raises = true
      } else {
        camel += raises ? character.uppercased() : String(character)
        raises = false
      }
    }
    return camel
  }

  static func screamingSnake(_ name: String) -> String {
    var snake = ""
    var previousIsLower = false
    for character in name {
      if character.isUppercase, previousIsLower { snake += "_" }
      snake += character.uppercased()
      previousIsLower = character.isLowercase || character.isNumber
    }
    return snake
  }
}
