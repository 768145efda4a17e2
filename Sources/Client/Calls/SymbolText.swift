import BitimProtocol

/// Symbols of a schema as programs read them, and requests to fill in.
struct SymbolText {
  let pool: DescriptorPool

  private func type(_ field: DescriptorPool.Field) -> String {
    if let entry = self.pool.messages[field.typeName], entry.isMapEntry, entry.fields.count == 2 {
      return "map<\(self.type(entry.fields[0])), \(self.type(entry.fields[1]))>"
    }
    let name = Self.scalars[field.type] ?? field.typeName
    return field.isRepeated ? "repeated \(name)" : name
  }

  static let scalars: [Int32: String] = [
    1: "double", 2: "float", 3: "int64", 4: "uint64", 5: "int32", 6: "fixed64", 7: "fixed32",
    8: "bool", 9: "string", 12: "bytes", 13: "uint32", 15: "sfixed32", 16: "sfixed64",
    17: "sint32", 18: "sint64",
  ]

  /// The symbol as one line of JSON; nil if there is none.
  func json(of symbol: String) -> String? {
    let quoted = JSONText.quoted
    if let service = self.pool.services[symbol] {
      let calls = service.methods.map(Self.json)
      return "{\"service\":\(quoted(symbol)),\"methods\":[\(calls.joined(separator: ","))]}"
    }
    if let (_, method) = try? self.pool.method(symbol) { return Self.json(method) }
    if let shape = self.pool.messages[symbol] {
      let fields = shape.fields.map { field in
        let oneof = field.isOptional ? nil : field.oneof.map { shape.oneofs[Int($0)] }
        return "{\"name\":\(quoted(field.name)),\"jsonName\":\(quoted(field.jsonName)),"
          + "\"number\":\(field.number),\"type\":\(quoted(self.type(field)))"
          + (oneof.map { ",\"oneof\":\(quoted($0))" } ?? "") + "}"
      }
      return "{\"message\":\(quoted(symbol)),\"fields\":[\(fields.joined(separator: ","))]}"
    }
    guard let values = self.pool.enums[symbol] else { return nil }
    let all = values.sorted { $0.key < $1.key }.map {
      "{\"name\":\(quoted($0.value)),\"number\":\($0.key)}"
    }
    return "{\"enum\":\(quoted(symbol)),\"values\":[\(all.joined(separator: ","))]}"
  }

  private static func json(_ method: DescriptorPool.ServiceMethod) -> String {
    "{\"method\":\(JSONText.quoted(method.name)),\"input\":\(JSONText.quoted(method.input)),"
      + "\"output\":\(JSONText.quoted(method.output)),"
      + "\"clientStreaming\":\(method.shape.clientStreams),"
      + "\"serverStreaming\":\(method.shape.serverStreams)}"
  }

  /// A message of the kind `name` with every field at its default, to be filled in.
  func template(of name: String) -> String { self.template(of: name, within: []) }

  private func template(of name: String, within outer: [String]) -> String {
    switch name {
    case "google.protobuf.Timestamp": return "\"2026-11-25T09:00:00Z\""
    case "google.protobuf.Duration": return "\"1s\""
    case "google.protobuf.Empty", "google.protobuf.Struct": return "{}"
    case "google.protobuf.Any": return "{\"@type\":\"type.googleapis.com/\"}"
    case "google.protobuf.FieldMask", "google.protobuf.StringValue", "google.protobuf.BytesValue":
      return "\"\""
    case "google.protobuf.BoolValue": return "false"
    case "google.protobuf.Int64Value", "google.protobuf.UInt64Value": return "\"0\""
    case "google.protobuf.Value": return "null"
    case "google.protobuf.ListValue": return "[]"
    default: break
    }
    if name.hasPrefix("google.protobuf."), name.hasSuffix("Value") { return "0" }
    guard let shape = self.pool.messages[name], !outer.contains(name) else { return "{}" }
    var shown: Set<Int32> = []
    let members = shape.fields.compactMap { field -> String? in
      // Of a oneof the first: they can't all be there.
      if let oneof = field.oneof, !field.isOptional, !shown.insert(oneof).inserted { return nil }
      let value = self.value(of: field, within: outer + [name])
      return "\(JSONText.quoted(field.jsonName)):\(value)"
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func value(of field: DescriptorPool.Field, within outer: [String]) -> String {
    if self.pool.messages[field.typeName]?.isMapEntry == true { return "{}" }
    let one: String
    switch field.type {
    case 3, 4, 6, 16, 18: one = "\"0\""
    case 8: one = "false"
    case 9, 12: one = "\"\""
    case 11: one = self.template(of: field.typeName, within: outer)
    case 14: one = self.pool.enums[field.typeName]?[0].map(JSONText.quoted) ?? "0"
    default: one = "0"
    }
    return field.isRepeated ? "[\(one)]" : one
  }
}
