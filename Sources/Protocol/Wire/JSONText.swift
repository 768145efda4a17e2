/// Writes messages as proto3 JSON: the mapping of protobuf.dev, "ProtoJSON format".
///
/// Fields in the order of their numbers, `lowerCamelCase`, 64-bit integers as strings, bytes in
/// base64, enums by name. Fields that are not set are left out, but for empty lists when
/// ``showsDefaults`` is on. Unknown fields are left out. What nobody sees is escaped: no terminal obeys it.
public struct JSONText: Sendable {
  /// A message that can't be shown.
  public struct Fault: Error, Equatable, CustomStringConvertible {
    /// The names of the fields on the way to what can't be shown; none for the message itself.
    public let path: [String]
    /// What is wrong there.
    public let fault: WireFault

    /// The place, and what is wrong there in words.
    public var description: String {
      let place = self.path.isEmpty ? "the message" : self.path.joined(separator: ".")
      switch self.fault {
      case .noJSON: return "\(place): JSON can't say what it holds"
      case .notUTF8: return "\(place): is not UTF-8"
      case .nestedTooDeeply: return "\(place): is nested too deeply"
      case .truncated, .varintTooLong, .fieldNumberOutOfRange, .wireTypeUnknown, .lengthOutOfRange,
        .groupUnbalanced:
        return "\(place): is malformed"
      }
    }
  }

  private let pool: DescriptorPool
  private let showsDefaults: Bool

  /// Writes messages that `pool` describes.
  public init(pool: DescriptorPool = .own, showsDefaults: Bool = false) {
    self.pool = pool
    self.showsDefaults = showsDefaults
  }

  /// The JSON of `message`, on one line.
  ///
  /// - Throws: ``Fault``.
  public func text<M: Message>(_ message: M) throws(Fault) -> String {
    try self.text(message.encoded.span, as: M.protoName)
  }

  /// The JSON of the message `name` that `octets` encode, on one line.
  ///
  /// - Throws: ``Fault``.
  public func text(_ octets: Span<UInt8>, as name: String) throws(Fault) -> String {
    if let special = try self.special(octets, as: name) { return special }
    guard let shape = self.pool.messages[name] else { return "{}" }
    let found = try Self.fields(of: octets)
    var members: [String] = []
    for field in shape.fields {
      if let value = try self.named(field, found[field.number] ?? [], octets) {
        members.append("\(Self.quoted(field.jsonName)):\(value)")
      }
    }
    return "{\(members.joined(separator: ","))}"
  }

  /// A field's value; a fault of it says whose it is.
  private func named(
    _ field: DescriptorPool.Field, _ found: [Found], _ octets: Span<UInt8>
  ) throws(Fault) -> String? {
    do throws(Fault) {
      return try self.value(field, found, octets)
    } catch {
      throw Fault(path: [field.jsonName] + error.path, fault: error.fault)
    }
  }

  /// Whether `name` is a message of the pool.
  func knows(_ name: String) -> Bool { self.pool.messages[name] != nil }

  /// A string literal of JSON.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.isInvisible:
        // Above the sixteen bits of an escape as two of them.
        for unit in String(scalar).utf16 {
          let hex = String(unit, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A field as it lies in the octets: its tag and where its value begins.
  private typealias Found = (wireType: UInt32, start: Int)

  private static func fields(of octets: Span<UInt8>) throws(Fault) -> [UInt32: [Found]] {
    var found: [UInt32: [Found]] = [:]
    var at = 0
    do throws(WireFault) {
      while at < octets.count {
        let tag = try Wire.tag(octets, &at)
        found[tag >> 3, default: []].append((tag & 7, at))
        try Wire.skip(tag, octets, &at, depth: 0)
      }
    } catch {
      throw Fault(path: [], fault: error)
    }
    return found
  }

  private func value(
    _ field: DescriptorPool.Field, _ found: [Found], _ octets: Span<UInt8>
  ) throws(Fault) -> String? {
    var values: [String] = []
    for place in found {
      var at = place.start
      if place.wireType == 2, !field.isDelimited {
        // A singular field takes none, as when it is decoded.
        guard field.isRepeated else { continue }
        let range = try Self.range(octets, &at)
        let packed = octets.extracting(range)
        var offset = 0
        while offset < packed.count { values.append(try self.scalar(field, packed, &offset)) }
      } else if place.wireType == field.wireType {
        values.append(try self.scalar(field, octets, &at))
      }
    }
    let isMap = self.pool.messages[field.typeName]?.isMapEntry == true
    if isMap {
      if values.isEmpty, !self.showsDefaults { return nil }
      return "{\(values.joined(separator: ","))}"
    }
    if field.isRepeated {
      if values.isEmpty, !self.showsDefaults { return nil }
      return "[\(values.joined(separator: ","))]"
    }
    if let last = values.last { return last }
    return self.showsDefaults && !field.hasPresence ? self.zero(field) : nil
  }

  private func scalar(
    _ field: DescriptorPool.Field, _ octets: Span<UInt8>, _ at: inout Int
  ) throws(Fault) -> String {
    if field.type == 11 || field.type == 10 { return try self.inner(field, octets, &at) }
    do throws(WireFault) {
      return try self.simple(field, octets, &at)
    } catch {
      throw Fault(path: [], fault: error)
    }
  }

  /// A message within a message, or a map's entry.
  private func inner(
    _ field: DescriptorPool.Field, _ octets: Span<UInt8>, _ at: inout Int
  ) throws(Fault) -> String {
    let range = try Self.range(octets, &at)
    let inner = octets.extracting(range)
    if self.pool.messages[field.typeName]?.isMapEntry == true {
      return try self.entry(field.typeName, inner)
    }
    return try self.text(inner, as: field.typeName)
  }

  private static func range(_ octets: Span<UInt8>, _ at: inout Int) throws(Fault) -> Range<Int> {
    do throws(WireFault) {
      return try Wire.range(octets, &at)
    } catch {
      throw Fault(path: [], fault: error)
    }
  }

  private func simple(
    _ field: DescriptorPool.Field, _ octets: Span<UInt8>, _ at: inout Int
  ) throws(WireFault) -> String {
    switch field.type {
    case 1: return Self.number(try Wire.double(octets, &at))
    case 2: return Self.number(try Wire.float(octets, &at))
    case 3: return "\"\(try Wire.int64(octets, &at))\""
    case 4: return "\"\(try Wire.uint64(octets, &at))\""
    case 5: return "\(try Wire.int32(octets, &at))"
    case 6: return "\"\(try Wire.fixed64(octets, &at))\""
    case 7: return "\(try Wire.fixed32(octets, &at))"
    case 8: return try Wire.bool(octets, &at) ? "true" : "false"
    case 9: return Self.quoted(try Wire.string(octets, &at))
    case 12: return "\"\(Base64.text(try Wire.bytes(octets, &at)))\""
    case 13: return "\(try Wire.uint32(octets, &at))"
    case 14 where field.typeName == "google.protobuf.NullValue":
      _ = try Wire.int32(octets, &at)
      return "null"
    case 14:
      let number = try Wire.int32(octets, &at)
      return self.pool.enums[field.typeName]?[number].map(Self.quoted) ?? "\(number)"
    case 15: return "\(try Wire.sfixed32(octets, &at))"
    case 16: return "\"\(try Wire.sfixed64(octets, &at))\""
    case 17: return "\(try Wire.sint32(octets, &at))"
    case 18: return "\"\(try Wire.sint64(octets, &at))\""
    // A kind of field that this library does not know.
    default: throw .noJSON
    }
  }

  private func entry(_ name: String, _ octets: Span<UInt8>) throws(Fault) -> String {
    guard let fields = self.pool.messages[name]?.fields, fields.count == 2 else { return "" }
    let found = try Self.fields(of: octets)
    let key = try self.value(fields[0], found[1] ?? [], octets) ?? self.zero(fields[0])
    let value = try self.value(fields[1], found[2] ?? [], octets) ?? self.zero(fields[1])
    return key.hasPrefix("\"") ? "\(key):\(value)" : "\"\(key)\":\(value)"
  }

  private func zero(_ field: DescriptorPool.Field) -> String {
    switch field.type {
    case 3, 4, 6, 16, 18: "\"0\""
    case 8: "false"
    case 9, 12: "\"\""
    case 11: "{}"
    case 14: self.pool.enums[field.typeName]?[0].map(Self.quoted) ?? "0"
    default: "0"
    }
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "\"NaN\"" }
    if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
    return value == value.rounded() && abs(value) < 1e15
      ? (value.sign == .minus && value == 0 ? "-0" : "\(Int64(value))") : "\(value)"
  }

  static func number(_ value: Float) -> String {
    if value.isNaN || value.isInfinite { return Self.number(Double(value)) }
    return value == value.rounded() && abs(value) < 1e7
      ? Self.number(Double(value)) : "\(value)"
  }
}

extension DescriptorPool.Field {
  var isDelimited: Bool { self.type == 9 || self.type == 11 || self.type == 12 }

  var wireType: UInt32 { Self.wireType(of: self.type) }

  static func wireType(of type: Int32) -> UInt32 {
    switch type {
    case 1, 6, 16: 1
    case 2, 7, 15: 5
    case 9, 11, 12: 2
    default: 0
    }
  }
}
