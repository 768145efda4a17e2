/// The messages that JSON shows in a form of their own.
extension JSONReading {
  private static let wrapped: [String: Int32] = [
    "google.protobuf.DoubleValue": 1, "google.protobuf.FloatValue": 2,
    "google.protobuf.Int64Value": 3, "google.protobuf.UInt64Value": 4,
    "google.protobuf.Int32Value": 5, "google.protobuf.BoolValue": 8,
    "google.protobuf.StringValue": 9, "google.protobuf.BytesValue": 12,
    "google.protobuf.UInt32Value": 13,
  ]

  /// The octets of a well-known type; nil for every other message.
  func special(
    _ value: JSONValue, as name: String, at place: String
  ) throws(Fault) -> [UInt8]? {
    if let type = Self.wrapped[name] {
      var writer = WireWriter(capacity: 16)
      writer.tag(1, DescriptorPool.Field.wireType(of: type))
      try self.scalar(value, type, at: place, into: &writer)
      return writer.written
    }
    switch name {
    case "google.protobuf.Timestamp": return try self.timestamp(value, at: place)
    case "google.protobuf.Duration": return try self.duration(value, at: place)
    case "google.protobuf.FieldMask": return try self.mask(value, at: place)
    case "google.protobuf.Any": return try self.any(value, at: place)
    case "google.protobuf.Value": return try self.value(value, at: place).encoded
    case "google.protobuf.ListValue":
      guard case .list(let elements) = value else {
        throw Fault(problem: "a list should stand here", place: place)
      }
      return try self.list(elements, at: place).encoded
    case "google.protobuf.Struct":
      guard case .object(let members) = value else {
        throw Fault(problem: "an object should stand here", place: place)
      }
      return try self.structure(members, at: place).encoded
    default: return nil
    }
  }

  private func text(_ value: JSONValue, _ what: String, at place: String) throws(Fault) -> String {
    guard case .text(let text) = value else {
      throw Fault(problem: "\(what) should stand here", place: place)
    }
    return text
  }

  private func timestamp(_ value: JSONValue, at place: String) throws(Fault) -> [UInt8] {
    let text = try self.text(value, "an instant", at: place)
    guard let stamp = RFC3339.instant(text) else {
      throw Fault(
        problem: "an instant should stand here, as 2026-11-20T09:00:00Z", place: place)
    }
    return stamp.encoded
  }

  private func duration(_ value: JSONValue, at place: String) throws(Fault) -> [UInt8] {
    let text = try self.text(value, "a duration", at: place)
    let fault = Fault(problem: "a duration should stand here, as 1.5s", place: place)
    guard text.hasSuffix("s") else { throw fault }
    let isNegative = text.hasPrefix("-")
    let sides = text.dropLast().drop { $0 == "-" }
      .split(separator: ".", omittingEmptySubsequences: false)
    guard sides.count <= 2, let seconds = Int64(sides[0]), seconds <= 315_576_000_000,
      sides[0].allSatisfy(\.isASCIIDigit),
      let nanos = RFC3339.nanoseconds(sides.count == 2 ? sides[1] : "0")
    else { throw fault }
    var duration = GoogleProtobuf.Duration()
    duration.seconds = isNegative ? -seconds : seconds
    duration.nanos = isNegative ? -nanos : nanos
    return duration.encoded
  }

  private func mask(_ value: JSONValue, at place: String) throws(Fault) -> [UInt8] {
    let text = try self.text(value, "names with commas", at: place)
    var mask = GoogleProtobuf.FieldMask()
    for path in text.split(separator: ",") {
      guard !path.contains("_") else {
        throw Fault(problem: "names are written in lowerCamelCase", place: place)
      }
      mask.paths.append(
        path.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined())
    }
    return mask.encoded
  }

  private func any(_ value: JSONValue, at place: String) throws(Fault) -> [UInt8] {
    guard case .object(var members) = value else {
      throw Fault(problem: "an object should stand here", place: place)
    }
    if members.isEmpty { return [] }
    guard let index = members.firstIndex(where: { $0.name == "@type" }),
      case .text(let url) = members[index].value,
      let name = url.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init),
      url.contains("/"), self.pool.messages[name] != nil
    else {
      throw Fault(problem: "\"@type\" should name a known message", place: place)
    }
    members.remove(at: index)
    var any = GoogleProtobuf.AnyMessage()
    any.typeUrl = url
    if Self.hasOwnForm(name) {
      guard let inside = members.first(where: { $0.name == "value" }), members.count == 1 else {
        throw Fault(problem: "\"value\" should stand beside \"@type\"", place: place)
      }
      any.value = try self.octets(inside.value, as: name, at: "\(place).value")
    } else {
      any.value = try self.octets(.object(members), as: name, at: place)
    }
    return any.encoded
  }

  /// Whether a message has a form of its own in JSON, and so a member `value` inside an `Any`.
  static func hasOwnForm(_ name: String) -> Bool {
    Self.wrapped[name] != nil
      || [
        "Any", "Duration", "FieldMask", "ListValue", "Struct", "Timestamp", "Value",
      ].contains { name == "google.protobuf.\($0)" }
  }

  private func value(
    _ value: JSONValue, at place: String
  ) throws(Fault) -> GoogleProtobuf.Value {
    var made = GoogleProtobuf.Value()
    switch value {
    case .null: made.kind = .nullValue(.init(rawValue: 0))
    case .bool(let bool): made.kind = .boolValue(bool)
    case .number: made.kind = .numberValue(try self.double(value, at: place))
    case .text(let text): made.kind = .stringValue(text)
    case .list(let elements): made.kind = .listValue(try self.list(elements, at: place))
    case .object(let members): made.kind = .structValue(try self.structure(members, at: place))
    }
    return made
  }

  private func list(
    _ elements: [JSONValue], at place: String
  ) throws(Fault) -> GoogleProtobuf.ListValue {
    var list = GoogleProtobuf.ListValue()
    for (index, element) in elements.enumerated() {
      list.values.append(try self.value(element, at: "\(place)[\(index)]"))
    }
    return list
  }

  private func structure(
    _ members: [JSONValue.Member], at place: String
  ) throws(Fault) -> GoogleProtobuf.Struct {
    var structure = GoogleProtobuf.Struct()
    for member in members {
      structure.fields[member.name] = try self.value(member.value, at: "\(place).\(member.name)")
    }
    return structure
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { self >= "0" && self <= "9" && self.isASCII }
}
