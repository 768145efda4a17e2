/// JSON of texts, lists, objects, true and false, in the one form that is hashed (RFC 8785, JCS).
///
/// There are no numbers, so that nobody has to write one as ECMAScript does.
public indirect enum CanonicalJSON: Equatable, Sendable {
  /// A text.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// Values in their order.
  case list([CanonicalJSON])
  /// Members by their names, each once.
  case object([String: CanonicalJSON])

  /// The canonical form: members in the order of UTF-16, no white space.
  public var text: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        .map { Self.quoted($0.key) + ":" + $0.value.text }
        .joined(separator: ",") + "}"
    }
  }

  /// Reads what ``text`` writes; nil for anything else, JSON in another form too.
  public init?(_ octets: [UInt8]) {
    guard let text = String(validating: octets, as: UTF8.self) else { return nil }
    var reading = JSONValueReading(octets)
    guard let value = reading.value(depth: 0), reading.isAtEnd,
      // One value has one form, and what is hashed is what was read.
      value.text.utf8.elementsEqual(text.utf8)
    else { return nil }
    self = value
  }

  /// This object with a member more; itself where it is none.
  func with(_ name: String, _ value: CanonicalJSON) -> CanonicalJSON {
    guard case .object(var members) = self else { return self }
    members[name] = value
    return .object(members)
  }

  /// The member of this object with a name.
  subscript(_ name: String) -> CanonicalJSON? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// The text that it is; nil where it is none.
  var string: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += #"\""#
      case "\\": quoted += #"\\"#
      case "\u{8}": quoted += #"\b"#
      case "\u{9}": quoted += #"\t"#
      case "\u{A}": quoted += #"\n"#
      case "\u{C}": quoted += #"\f"#
      case "\u{D}": quoted += #"\r"#
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
