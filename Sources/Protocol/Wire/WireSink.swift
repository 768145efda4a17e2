/// Where a message puts its fields: into a buffer, or into a sum of lengths.
///
/// A message is walked twice, once by ``WireSizer`` and once by ``WireWriter``, so that one
/// allocation of the exact size serves it and the two walks can never disagree.
public protocol WireSink {
  /// Takes one octet.
  mutating func octet(_ value: UInt8)
  /// Takes octets as they are.
  mutating func octets(_ values: [UInt8])
  /// Takes the octets of a text.
  mutating func utf8(_ text: String)
  /// Takes a message behind its length.
  mutating func message(_ message: some Message)
  /// Takes what `measure` and `write`, which are the same, put behind its length.
  mutating func delimited(
    _ measure: (inout WireSizer) -> Void, _ write: (inout Self) -> Void)
}

/// Counts the octets a message will take.
public struct WireSizer: WireSink {
  /// The octets counted so far.
  public private(set) var count = 0

  /// Starts from nothing.
  public init() {}
  /// Takes one octet.
  public mutating func octet(_ value: UInt8) { self.count += 1 }
  /// Takes octets as they are.
  public mutating func octets(_ values: [UInt8]) { self.count += values.count }
  /// Takes the octets of a text.
  public mutating func utf8(_ text: String) { self.count += text.utf8.count }
  // What is inside is walked once: twice at each level would double with the depth.
  /// Takes a message behind its length.
  public mutating func message(_ message: some Message) {
    let inside = message.encodedCount
    self.varint(UInt64(inside))
    self.count += inside
  }
  /// Takes what both closures put, behind its length.
  public mutating func delimited(
    _ measure: (inout WireSizer) -> Void, _ write: (inout WireSizer) -> Void
  ) {
    var sizer = WireSizer()
    measure(&sizer)
    self.varint(UInt64(sizer.count))
    self.count += sizer.count
  }
}

/// Writes a message's octets.
public struct WireWriter: WireSink {
  /// The octets written so far.
  public private(set) var written: [UInt8]

  /// Starts empty, with room for `capacity` octets.
  public init(capacity: Int) {
    self.written = []
    self.written.reserveCapacity(capacity)
  }

  /// Starts behind what is in `octets` already.
  public init(appendingTo octets: consuming [UInt8]) { self.written = octets }
  /// Takes one octet.
  public mutating func octet(_ value: UInt8) { self.written.append(value) }
  /// Takes octets as they are.
  public mutating func octets(_ values: [UInt8]) { self.written.append(contentsOf: values) }
  /// Takes the octets of a text.
  public mutating func utf8(_ text: String) { self.written.append(contentsOf: text.utf8) }
  /// Takes a message behind its length.
  public mutating func message(_ message: some Message) {
    self.varint(UInt64(message.encodedCount))
    message.write(to: &self)
  }
  /// Takes what both closures put, behind its length.
  public mutating func delimited(
    _ measure: (inout WireSizer) -> Void, _ write: (inout WireWriter) -> Void
  ) {
    var sizer = WireSizer()
    measure(&sizer)
    self.varint(UInt64(sizer.count))
    write(&self)
  }
}

extension WireSink {
  /// Writes a varint in as few octets as it needs.
  public mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      self.octet(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    self.octet(UInt8(rest))
  }

  /// Writes a tag.
  public mutating func tag(_ number: UInt32, _ wireType: UInt32) {
    self.varint(UInt64(number << 3 | wireType))
  }

  /// Writes four octets, little-endian.
  public mutating func little(_ value: UInt32) {
    for shift in 0..<4 { self.octet(UInt8(truncatingIfNeeded: value >> UInt32(8 * shift))) }
  }

  /// Writes eight octets, little-endian.
  public mutating func little(_ value: UInt64) {
    for shift in 0..<8 { self.octet(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
  }
}
