/// Writers of bare values, one per scalar type of proto3, named as the type is named there.
extension WireWriter {
  /// Writes an `int32`; a negative one takes ten octets.
  public mutating func int32(_ value: Int32) { self.varint(UInt64(bitPattern: Int64(value))) }
  /// Writes an `int64`.
  public mutating func int64(_ value: Int64) { self.varint(UInt64(bitPattern: value)) }
  /// Writes a `uint32`.
  public mutating func uint32(_ value: UInt32) { self.varint(UInt64(value)) }
  /// Writes a `uint64`.
  public mutating func uint64(_ value: UInt64) { self.varint(value) }
  /// Writes a `sint32`, folded so that small negative numbers stay short.
  public mutating func sint32(_ value: Int32) {
    self.varint(UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31))))
  }
  /// Writes a `sint64`, folded.
  public mutating func sint64(_ value: Int64) {
    self.varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }
  /// Writes a `bool`.
  public mutating func bool(_ value: Bool) { self.octet(value ? 1 : 0) }
  /// Writes a `fixed32`.
  public mutating func fixed32(_ value: UInt32) { self.little(value) }
  /// Writes a `fixed64`.
  public mutating func fixed64(_ value: UInt64) { self.little(value) }
  /// Writes an `sfixed32`.
  public mutating func sfixed32(_ value: Int32) { self.little(UInt32(bitPattern: value)) }
  /// Writes an `sfixed64`.
  public mutating func sfixed64(_ value: Int64) { self.little(UInt64(bitPattern: value)) }
  /// Writes a `float`.
  public mutating func float(_ value: Float) { self.little(value.bitPattern) }
  /// Writes a `double`.
  public mutating func double(_ value: Double) { self.little(value.bitPattern) }
  /// Writes an enum's number.
  public mutating func enumeration(_ value: some ProtoEnum) { self.int32(value.rawValue) }
  /// Writes a text behind its length.
  public mutating func string(_ value: String) {
    self.varint(UInt64(value.utf8.count))
    self.utf8(value)
  }
  /// Writes octets behind their length.
  public mutating func bytes(_ value: [UInt8]) {
    self.varint(UInt64(value.count))
    self.octets(value)
  }
}
