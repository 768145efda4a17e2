/// Reads messages from proto3 JSON: the mapping of protobuf.dev, "ProtoJSON format".
///
/// Names in `lowerCamelCase` or as in the schema, 64-bit integers as texts or numbers, bytes in
/// base64 of either alphabet, enums by name or number. Unknown names are refused unless told
/// otherwise.
public struct JSONReading: Sendable {
  /// What is wrong with a document, and where.
  public typealias Fault = JSONValue.Fault

  let pool: DescriptorPool
  private let passesOverUnknown: Bool

  /// Reads messages that `pool` describes.
  public init(pool: DescriptorPool = .own, passesOverUnknown: Bool = false) {
    self.pool = pool
    self.passesOverUnknown = passesOverUnknown
  }

  /// The octets of the message `name` that `text` describes.
  ///
  /// - Throws: ``Fault``.
  public func octets(_ text: String, as name: String) throws(Fault) -> [UInt8] {
    try self.octets(try JSONValue(text), as: name, at: "")
  }

  /// The octets of the message `name` that `value` describes.
  ///
  /// - Throws: ``Fault``.
  public func octets(
    _ value: JSONValue, as name: String, at place: String
  ) throws(Fault) -> [UInt8] {
    if let special = try self.special(value, as: name, at: place) { return special }
    guard let shape = self.pool.messages[name] else {
      throw Fault(problem: "no message is called \(name)", place: place)
    }
    guard case .object(let members) = value else {
      throw Fault(problem: "an object should stand here", place: place)
    }
    return try self.object(members, shape, at: place)
  }

  func object(
    _ members: [JSONValue.Member], _ shape: DescriptorPool.Shape, at place: String
  ) throws(Fault) -> [UInt8] {
    var writer = WireWriter(capacity: 64)
    var seen: Set<UInt32> = []
    var oneofs: Set<Int32> = []
    for member in members {
      let here = "\(place).\(member.name)"
      let found = shape.fields.first { $0.jsonName == member.name || $0.name == member.name }
      guard let field = found else {
        if self.passesOverUnknown { continue }
        throw Fault(problem: "there is no such field", place: here)
      }
      guard seen.insert(field.number).inserted else {
        throw Fault(problem: "stands twice", place: here)
      }
      if member.value == .null, !self.takesNull(field) { continue }
      if let oneof = field.oneof, !oneofs.insert(oneof).inserted {
        throw Fault(problem: "another of the same oneof is there already", place: here)
      }
      try self.put(member.value, field, at: here, into: &writer)
    }
    return writer.written
  }

  /// Whether `null` is a value of the field, and not its absence.
  private func takesNull(_ field: DescriptorPool.Field) -> Bool {
    !field.isRepeated
      && (field.typeName == "google.protobuf.Value"
        || field.typeName == "google.protobuf.NullValue")
  }

  private func put(
    _ value: JSONValue, _ field: DescriptorPool.Field, at place: String,
    into writer: inout WireWriter
  ) throws(Fault) {
    guard field.isRepeated else {
      return try self.single(value, field, at: place, isAlways: field.hasPresence, into: &writer)
    }
    if let entry = self.pool.messages[field.typeName], entry.isMapEntry {
      guard case .object(let members) = value else {
        throw Fault(problem: "an object should stand here", place: place)
      }
      return try self.map(members, field, entry, at: place, into: &writer)
    }
    guard case .list(let elements) = value else {
      throw Fault(problem: "a list should stand here", place: place)
    }
    for (index, element) in elements.enumerated() {
      let here = "\(place)[\(index)]"
      let isNullValue =
        field.typeName == "google.protobuf.Value" || field.typeName == "google.protobuf.NullValue"
      guard element != .null || isNullValue else {
        throw Fault(problem: "null can't be an element", place: here)
      }
      try self.single(element, field, at: here, isAlways: true, into: &writer)
    }
  }

  private func map(
    _ members: [JSONValue.Member], _ field: DescriptorPool.Field, _ entry: DescriptorPool.Shape,
    at place: String, into writer: inout WireWriter
  ) throws(Fault) {
    guard entry.fields.count == 2 else { return }
    var seen: Set<String> = []
    for member in members {
      let here = "\(place).\(member.name)"
      guard seen.insert(member.name).inserted else {
        throw Fault(problem: "stands twice", place: here)
      }
      let takesNull = self.takesNull(entry.fields[1])
      guard member.value != .null || takesNull else {
        throw Fault(problem: "null can't be a value here", place: here)
      }
      var inside = WireWriter(capacity: 32)
      // A key is a text always, whatever its type.
      let key: JSONValue =
        entry.fields[0].type == 8 && (member.name == "true" || member.name == "false")
        ? .bool(member.name == "true") : .text(member.name)
      try self.single(key, entry.fields[0], at: here, isAlways: true, into: &inside)
      var value = WireWriter(capacity: 32)
      try self.single(
        member.value, entry.fields[1], at: here, isAlways: true, into: &value)
      // An enum's name that is passed over takes its entry with it.
      if value.written.isEmpty { continue }
      inside.octets(value.written)
      writer.tag(field.number, 2)
      writer.bytes(inside.written)
    }
  }

  private func single(
    _ value: JSONValue, _ field: DescriptorPool.Field, at place: String, isAlways: Bool,
    into writer: inout WireWriter
  ) throws(Fault) {
    if field.type == 11 {
      let inside = try self.octets(value, as: field.typeName, at: place)
      writer.tag(field.number, 2)
      writer.bytes(inside)
      return
    }
    var inside = WireWriter(capacity: 16)
    if field.type == 14 {
      guard let number = try self.number(ofEnum: field.typeName, value, at: place) else { return }
      inside.int32(number)
    } else {
      try self.scalar(value, field.type, at: place, into: &inside)
    }
    // A default is not written where nobody could tell it from absence.
    let isDefault =
      field.isDelimited ? inside.written == [0] : inside.written.allSatisfy { $0 == 0 }
    if isDefault, !isAlways { return }
    writer.tag(field.number, field.wireType)
    writer.octets(inside.written)
  }

  private func number(
    ofEnum name: String, _ value: JSONValue, at place: String
  ) throws(Fault) -> Int32? {
    switch value {
    case .null where name == "google.protobuf.NullValue": return 0
    case .number: return Int32(try self.integer(value, -0x8000_0000...0x7FFF_FFFF, at: place))
    case .text(let word):
      if let number = self.pool.enumNumbers[name]?[word] { return number }
      if self.passesOverUnknown { return nil }
      throw Fault(problem: "\(name) has no \(word)", place: place)
    default: throw Fault(problem: "a name or a number should stand here", place: place)
    }
  }

  /// Writes a scalar of this `FieldDescriptorProto.Type`, without its tag.
  func scalar(
    _ value: JSONValue, _ type: Int32, at place: String, into writer: inout WireWriter
  ) throws(Fault) {
    let int32: ClosedRange<Int64> = -0x8000_0000...0x7FFF_FFFF
    switch type {
    case 1: writer.double(try self.double(value, at: place))
    case 2: writer.float(try self.float(value, at: place))
    case 3: writer.int64(try self.integer(value, .min...(.max), at: place))
    case 4: writer.uint64(try self.unsigned(value, at: place))
    case 5: writer.int32(Int32(try self.integer(value, int32, at: place)))
    case 6: writer.fixed64(try self.unsigned(value, at: place))
    case 7: writer.fixed32(UInt32(try self.integer(value, 0...0xFFFF_FFFF, at: place)))
    case 8:
      guard case .bool(let bool) = value else {
        throw Fault(problem: "true or false should stand here", place: place)
      }
      writer.bool(bool)
    case 9:
      guard case .text(let text) = value else {
        throw Fault(problem: "a text should stand here", place: place)
      }
      writer.string(text)
    case 12:
      guard case .text(let text) = value, let octets = Base64.octets(text) else {
        throw Fault(problem: "base64 should stand here", place: place)
      }
      writer.bytes(octets)
    case 13: writer.uint32(UInt32(try self.integer(value, 0...0xFFFF_FFFF, at: place)))
    case 15: writer.sfixed32(Int32(try self.integer(value, int32, at: place)))
    case 16: writer.sfixed64(try self.integer(value, .min...(.max), at: place))
    case 17: writer.sint32(Int32(try self.integer(value, int32, at: place)))
    case 18: writer.sint64(try self.integer(value, .min...(.max), at: place))
    default: throw Fault(problem: "groups have no JSON", place: place)
    }
  }
}
