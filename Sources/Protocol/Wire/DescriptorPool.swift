/// What the schema says of every message and enum, read from descriptors.
///
/// The generator writes the descriptors of `schema/` into the library; a pool for other services
/// is made from the octets of their `FileDescriptorProto`s.
public struct DescriptorPool: Sendable {
  /// A field of a message.
  struct Field: Sendable {
    var name = ""
    var jsonName = ""
    var number: UInt32 = 0
    /// `google.protobuf.FieldDescriptorProto.Type`.
    var type: Int32 = 0
    var isRepeated = false
    /// The full name of its message or enum, without the leading dot.
    var typeName = ""
    var oneof: Int32?
    var hasPresence = false
  }

  /// A message.
  struct Shape: Sendable {
    var fields: [Field] = []
    var isMapEntry = false
  }

  private(set) var messages: [String: Shape] = [:]
  private(set) var enums: [String: [Int32: String]] = [:]

  /// Reads the descriptors in `files`.
  public init(files: [[UInt8]]) throws(WireFault) {
    for file in files { try self.readFile(file.span) }
  }

  /// The pool of this library's own schema.
  public static let own: DescriptorPool = {
    let files = Self.schema.map { text in
      Base64.octets(text.description) ?? []
    }
    guard let pool = try? DescriptorPool(files: files) else {
      preconditionFailure("the generated descriptors can't be read: run bitim-generate")
    }
    return pool
  }()

  private mutating func readFile(_ octets: Span<UInt8>) throws(WireFault) {
    let package = try Self.strings(octets, 2).first ?? ""
    for range in try Self.ranges(octets, 4) {
      try self.readMessage(octets.extracting(range), scope: package)
    }
    for range in try Self.ranges(octets, 5) {
      try self.readEnum(octets.extracting(range), scope: package)
    }
  }

  private mutating func readMessage(
    _ octets: Span<UInt8>, scope: String
  ) throws(WireFault) {
    let own = try Self.strings(octets, 1).first ?? ""
    let name = scope.isEmpty ? own : "\(scope).\(own)"
    var shape = Shape()
    for range in try Self.ranges(octets, 2) {
      shape.fields.append(try Self.field(octets.extracting(range)))
    }
    for range in try Self.ranges(octets, 7) {
      shape.isMapEntry = try Self.number(octets.extracting(range), 7) == 1
    }
    shape.fields.sort { $0.number < $1.number }
    self.messages[name] = shape
    for range in try Self.ranges(octets, 3) {
      try self.readMessage(octets.extracting(range), scope: name)
    }
    for range in try Self.ranges(octets, 4) {
      try self.readEnum(octets.extracting(range), scope: name)
    }
  }

  private mutating func readEnum(_ octets: Span<UInt8>, scope: String) throws(WireFault) {
    let own = try Self.strings(octets, 1).first ?? ""
    var values: [Int32: String] = [:]
    for range in try Self.ranges(octets, 2) {
      let value = octets.extracting(range)
      let number = Int32(truncatingIfNeeded: try Self.number(value, 2) ?? 0)
      // Of two names for one number the first is shown.
      if values[number] == nil { values[number] = try Self.strings(value, 1).first }
    }
    self.enums[scope.isEmpty ? own : "\(scope).\(own)"] = values
  }

  private static func field(_ octets: Span<UInt8>) throws(WireFault) -> Field {
    var field = Field()
    field.name = try Self.strings(octets, 1).first ?? ""
    field.jsonName = try Self.strings(octets, 10).first ?? field.name
    field.number = UInt32(truncatingIfNeeded: try Self.number(octets, 3) ?? 0)
    field.type = Int32(truncatingIfNeeded: try Self.number(octets, 5) ?? 0)
    field.isRepeated = try Self.number(octets, 4) == 3
    field.typeName = String((try Self.strings(octets, 6).first ?? "").drop { $0 == "." })
    field.oneof = try Self.number(octets, 9).map { Int32(truncatingIfNeeded: $0) }
    field.hasPresence = field.oneof != nil || field.type == 11
    return field
  }

  // The fields of a descriptor by number; descriptors are small, so each look-up walks them.

  private static func ranges(
    _ octets: Span<UInt8>, _ number: UInt32
  ) throws(WireFault) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var at = 0
    while at < octets.count {
      let tag = try Wire.tag(octets, &at)
      if tag == number << 3 | 2 {
        ranges.append(try Wire.range(octets, &at))
      } else {
        try Wire.skip(tag, octets, &at, depth: 0)
      }
    }
    return ranges
  }

  private static func strings(
    _ octets: Span<UInt8>, _ number: UInt32
  ) throws(WireFault) -> [String] {
    var strings: [String] = []
    for range in try Self.ranges(octets, number) {
      guard let text = String(utf8: octets.extracting(range)) else { throw .notUTF8 }
      strings.append(text)
    }
    return strings
  }

  private static func number(
    _ octets: Span<UInt8>, _ number: UInt32
  ) throws(WireFault) -> UInt64? {
    var value: UInt64?
    var at = 0
    while at < octets.count {
      let tag = try Wire.tag(octets, &at)
      if tag == number << 3 {
        value = try Wire.varint(octets, &at)
      } else {
        try Wire.skip(tag, octets, &at, depth: 0)
      }
    }
    return value
  }
}
