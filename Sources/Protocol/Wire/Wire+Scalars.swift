/// One reader per scalar type of proto3, named as the type is named there.
extension Wire {
  /// Reads an `int32`: the low 32 bits of a varint.
  public static func int32(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Int32 {
    Int32(truncatingIfNeeded: try Self.varint(octets, &at))
  }

  /// Reads an `int64`.
  public static func int64(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Int64 {
    Int64(bitPattern: try Self.varint(octets, &at))
  }

  /// Reads a `uint32`: the low 32 bits of a varint.
  public static func uint32(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt32 {
    UInt32(truncatingIfNeeded: try Self.varint(octets, &at))
  }

  /// Reads a `uint64`.
  public static func uint64(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt64 {
    try Self.varint(octets, &at)
  }

  /// Reads a `sint32`: the low 32 bits of a varint, unfolded.
  public static func sint32(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Int32 {
    let folded = UInt32(truncatingIfNeeded: try Self.varint(octets, &at))
    return Int32(bitPattern: folded >> 1) ^ -Int32(bitPattern: folded & 1)
  }

  /// Reads a `sint64`.
  public static func sint64(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Int64 {
    let folded = try Self.varint(octets, &at)
    return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
  }

  /// Reads a `bool`: any bit of all 64 makes it true.
  public static func bool(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Bool {
    try Self.varint(octets, &at) != 0
  }

  /// Reads an `sfixed32`.
  public static func sfixed32(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Int32 {
    Int32(bitPattern: try Self.fixed32(octets, &at))
  }

  /// Reads an `sfixed64`.
  public static func sfixed64(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Int64 {
    Int64(bitPattern: try Self.fixed64(octets, &at))
  }

  /// Reads a `float`, its bits kept.
  public static func float(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Float {
    Float(bitPattern: try Self.fixed32(octets, &at))
  }

  /// Reads a `double`, its bits kept.
  public static func double(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Double {
    Double(bitPattern: try Self.fixed64(octets, &at))
  }

  /// Reads a `bytes`.
  public static func bytes(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> [UInt8] {
    let range = try Self.range(octets, &at)
    return [UInt8](octets.extracting(range))
  }

  /// Reads a `string`; malformed UTF-8 is refused, never repaired.
  public static func string(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> String {
    let range = try Self.range(octets, &at)
    guard let text = String(utf8: octets.extracting(range)) else { throw .notUTF8 }
    return text
  }

  /// Reads an enum; values without a name are kept.
  public static func enumeration<E: ProtoEnum>(
    _ octets: Span<UInt8>, _ at: inout Int
  ) throws(WireFault) -> E {
    E(rawValue: try Self.int32(octets, &at))
  }
}

extension [UInt8] {
  /// Copies `octets`.
  public init(_ octets: Span<UInt8>) {
    self.init()
    self.reserveCapacity(octets.count)
    for index in octets.indices { self.append(octets[index]) }
  }
}

extension String {
  /// The text that `octets` spell; nil if they are not well-formed UTF-8.
  public init?(utf8 octets: Span<UInt8>) {
    // Several times cheaper than `validating:as:`, which is generic and builds its types for each call.
    guard let text = try? UTF8Span(validating: octets) else { return nil }
    self.init(copying: text)
  }
}
