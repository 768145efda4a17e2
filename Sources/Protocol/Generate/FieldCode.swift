/// The Swift of one field: its property, and how it is read and written.
struct FieldCode {
  let field: SchemaField
  let member: String
  private let owner: String
  private let schema: Schema

  init(_ field: SchemaField, owner: String, schema: Schema) {
    self.field = field
    self.owner = owner
    self.schema = schema
    self.member = SwiftNames.member(field.name)
  }

  // Types.

  var valueType: String { self.swift(self.field.type) }
  var isBoxed: Bool {
    self.field.oneof == nil && self.schema.isRecursive(self.field, in: self.owner)
  }
  private var isMessage: Bool { self.isMessage(self.field.type) }
  private var isMap: Bool { if case .map = self.field.type { true } else { false } }

  var propertyType: String {
    if self.isMap { return self.valueType }
    switch self.field.label {
    case .repeated: return "[\(self.valueType)]"
    case .optional: return "\(self.valueType)?"
    case .implicit: return self.isMessage ? "\(self.valueType)?" : self.valueType
    }
  }

  var initialValue: String {
    if self.isMap { return " = [:]" }
    switch self.field.label {
    case .repeated: return " = []"
    case .optional: return ""
    case .implicit: return self.isMessage ? "" : " = \(self.zero(self.field.type))"
    }
  }

  private func isMessage(_ type: SchemaType) -> Bool {
    if case .named(let name) = type { self.schema.kinds[name] == .message } else { false }
  }

  private func swift(_ type: SchemaType) -> String {
    switch type {
    case .scalar(let name): Self.scalarTypes[name] ?? name
    case .named(let name):
      SwiftNames.type(
        name,
        package: self.schema.files.first { $0.path == self.schema.homes[name] }?.package ?? "")
    case .map(let key, let value): "[\(self.swift(.scalar(key))): \(self.swift(value))]"
    }
  }

  private func zero(_ type: SchemaType) -> String {
    switch type {
    case .scalar("string"): "\"\""
    case .scalar("bytes"): "[]"
    case .scalar("bool"): "false"
    case .scalar: "0"
    case .named: "\(self.swift(type))(rawValue: 0)"
    case .map: "[:]"
    }
  }

  private static let scalarTypes = [
    "double": "Double", "float": "Float", "int32": "Int32", "int64": "Int64", "uint32": "UInt32",
    "uint64": "UInt64", "sint32": "Int32", "sint64": "Int64", "fixed32": "UInt32",
    "fixed64": "UInt64", "sfixed32": "Int32", "sfixed64": "Int64", "bool": "Bool",
    "string": "String", "bytes": "[UInt8]",
  ]

  private func wireType(_ type: SchemaType) -> Int {
    switch type {
    case .scalar("double"), .scalar("fixed64"), .scalar("sfixed64"): 1
    case .scalar("float"), .scalar("fixed32"), .scalar("sfixed32"): 5
    case .scalar("string"), .scalar("bytes"), .map: 2
    case .scalar: 0
    case .named: self.isMessage(type) ? 2 : 0
    }
  }

  /// The function of `Wire` and of `WireWriter` for a scalar or enum.
  private func function(_ type: SchemaType) -> String {
    if case .scalar(let name) = type { name } else { "enumeration" }
  }

  private func tag(_ wireType: Int) -> Int { self.field.number * 8 + wireType }

  // Reading.

  func mergeCases(oneof: SchemaOneof?) -> [[String]] {
    let own = self.tag(self.wireType(self.field.type))
    if case .map(let key, let value) = self.field.type {
      return [self.mapCase(own, key: key, value: value)]
    }
    if self.isMessage { return [self.messageCase(own, oneof: oneof)] }
    let read = "try Wire.\(self.function(self.field.type))(octets, &at)"
    if self.field.label == .repeated {
      var cases = [["case \(own): self.\(self.member).append(\(read))"]]
      if self.wireType(self.field.type) != 2 {
        let function = self.function(self.field.type)
        cases.append([
          "case \(self.tag(2)): "
            + "try Wire.packed(octets, &at, into: &self.\(self.member), Wire.\(function))"
        ])
      }
      return cases
    }
    if let oneof {
      return [["case \(own): self.\(SwiftNames.member(oneof.name)) = .\(self.member)(\(read))"]]
    }
    return [["case \(own): self.\(self.member) = \(read)"]]
  }

  private func messageCase(_ tag: Int, oneof: SchemaOneof?) -> [String] {
    if let oneof {
      let name = SwiftNames.member(oneof.name)
      return [
        "case \(tag):",
        "  var message: \(self.valueType)?",
        "  if case .\(self.member)(let there)? = self.\(name) { message = there }",
        "  self.\(name) = nil",
        "  try Wire.message(octets, &at, depth: depth, into: &message)",
        "  self.\(name) = message.map { .\(self.member)($0) }",
      ]
    }
    let label = self.field.label == .repeated ? "appendingTo" : "into"
    return [
      "case \(tag): try Wire.message(octets, &at, depth: depth, \(label): &self.\(self.member))"
    ]
  }

  private func mapCase(_ tag: Int, key: String, value: SchemaType) -> [String] {
    let keyPart =
      "key: (\(self.wireType(.scalar(key))), Wire.\(key)), defaultKey: \(self.zero(.scalar(key)))"
    let start =
      "case \(tag): try Wire.entry(octets, &at, from: start, depth: depth, "
      + "into: &self.\(self.member), keeping: &self.unknownFields"
    if self.isMessage(value) { return ["\(start), \(keyPart))"] }
    let valuePart =
      "value: (\(self.wireType(value)), Wire.\(self.function(value))), "
      + "defaultValue: \(self.zero(value))"
    return ["\(start), \(keyPart), \(valuePart))"]
  }

  // Writing.

  func writeLines(oneof: SchemaOneof?) -> [String] {
    let type = self.field.type
    if case .map(let key, let value) = type { return self.mapLines(key: key, value: value) }
    let number = self.field.number
    let put = self.isMessage ? "message" : self.function(type)
    let tag = "writer.tag(\(number), \(self.wireType(type)))"
    if self.field.label == .repeated {
      guard self.isPacked else {
        return ["for value in self.\(self.member) { \(tag); writer.\(put)(value) }"]
      }
      return [
        "if !self.\(self.member).isEmpty {",
        "  writer.tag(\(number), 2)",
        "  writer.delimited { for value in self.\(self.member) { $0.\(put)(value) } }",
        "}",
      ]
    }
    if let oneof {
      let name = SwiftNames.member(oneof.name)
      return ["if case .\(self.member)(let value)? = self.\(name) { \(tag); writer.\(put)(value) }"]
    }
    if self.field.label == .optional || self.isMessage {
      return ["if let value = self.\(self.member) { \(tag); writer.\(put)(value) }"]
    }
    return ["if \(self.isSet) { \(tag); writer.\(put)(self.\(self.member)) }"]
  }

  private var isPacked: Bool {
    self.wireType(self.field.type) != 2
      && !self.field.options.contains { $0.name == "packed" && $0.value == "false" }
  }

  private var isSet: String {
    switch self.field.type {
    case .scalar("string"), .scalar("bytes"): "!self.\(self.member).isEmpty"
    case .scalar("bool"): "self.\(self.member)"
    // Minus zero is not the default.
    case .scalar("double"), .scalar("float"): "self.\(self.member).bitPattern != 0"
    case .named: "self.\(self.member).rawValue != 0"
    default: "self.\(self.member) != 0"
    }
  }

  private func mapLines(key: String, value: SchemaType) -> [String] {
    // `true` sorts after `false`; every other key has an order of its own.
    let order = key == "bool" ? "{ !$0.key && $1.key }" : "{ $0.key < $1.key }"
    let put = self.isMessage(value) ? "message" : self.function(value)
    let body =
      "$0.tag(1, \(self.wireType(.scalar(key)))); $0.\(key)(key); "
      + "$0.tag(2, \(self.wireType(value))); $0.\(put)(value)"
    return [
      "for (key, value) in self.\(self.member).sorted(by: \(order)) {",
      "  writer.tag(\(self.field.number), 2)",
      "  writer.delimited { \(body) }",
      "}",
    ]
  }
}
