/// Reads the values that protobuf messages are made of.
///
/// Every function takes the octets and an offset that it moves past what it read; nothing is
/// allocated for a length that was only claimed. After a throw the offset is unspecified.
public enum Wire {
  /// How deep messages and groups may nest.
  ///
  /// One level costs a stack frame of a few hundred octets, so this bounds what a hostile message
  /// can make the stack grow to.
  public static let depthMax = 100

  /// The longest length a field may claim, in octets.
  @usableFromInline static let lengthMax: UInt64 = 0x7FFF_FFFF

  /// Reads a varint of at most ten octets; bits beyond the 64th are dropped.
  @inlinable
  public static func varint(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt64 {
    // Most tags, lengths and small numbers are one octet.
    if at < octets.count, octets[at] < 0x80 {
      at += 1
      return UInt64(octets[at - 1])
    }
    return try Self.longVarint(octets, &at)
  }

  @usableFromInline
  static func longVarint(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 70 {
      guard at < octets.count else { throw .truncated }
      let octet = octets[at]
      at += 1
      value |= UInt64(octet & 0x7F) << shift
      if octet < 0x80 { return value }
      shift += 7
    }
    throw .varintTooLong
  }

  /// Reads a tag: field number times eight plus wire type.
  @inlinable
  public static func tag(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt32 {
    let start = at
    let value = try Self.varint(octets, &at)
    guard at - start <= 5 else { throw .varintTooLong }
    guard let tag = UInt32(exactly: value), tag >= 8 else { throw .fieldNumberOutOfRange }
    guard tag & 7 <= 5 else { throw .wireTypeUnknown }
    return tag
  }

  /// Reads a length and returns the place of what it measures, after moving past it.
  @inlinable
  public static func range(
    _ octets: Span<UInt8>, _ at: inout Int
  ) throws(WireFault) -> Range<Int> {
    let length = try Self.varint(octets, &at)
    guard length <= Self.lengthMax, Int(length) <= octets.count - at else {
      throw .lengthOutOfRange
    }
    let start = at
    at += Int(length)
    return start..<at
  }

  /// Reads four octets, little-endian.
  public static func fixed32(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt32 {
    guard octets.count - at >= 4 else { throw .truncated }
    var value: UInt32 = 0
    for index in 0..<4 { value |= UInt32(octets[at + index]) << UInt32(8 * index) }
    at += 4
    return value
  }

  /// Reads eight octets, little-endian.
  public static func fixed64(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> UInt64 {
    guard octets.count - at >= 8 else { throw .truncated }
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(octets[at + index]) << UInt64(8 * index) }
    at += 8
    return value
  }

  /// How often a field stands in a message, which is not read for it.
  public static func count(of field: UInt32, in octets: Span<UInt8>) throws(WireFault) -> Int {
    var count = 0
    var at = 0
    while at < octets.count {
      let tag = try Self.tag(octets, &at)
      try Self.skip(tag, octets, &at, depth: 0)
      if tag >> 3 == field { count += 1 }
    }
    return count
  }

  /// Moves past one field whose tag has been read; groups are skipped whole.
  public static func skip(
    _ tag: UInt32, _ octets: Span<UInt8>, _ at: inout Int, depth: Int
  ) throws(WireFault) {
    switch tag & 7 {
    case 0: _ = try Self.varint(octets, &at)
    case 1: _ = try Self.fixed64(octets, &at)
    case 2: _ = try Self.range(octets, &at)
    case 3:
      guard depth < Self.depthMax else { throw .nestedTooDeeply }
      while true {
        guard at < octets.count else { throw .groupUnbalanced }
        let inner = try Self.tag(octets, &at)
        if inner & 7 == 4 {
          guard inner >> 3 == tag >> 3 else { throw .groupUnbalanced }
          return
        }
        try Self.skip(inner, octets, &at, depth: depth + 1)
      }
    case 4: throw .groupUnbalanced
    default: _ = try Self.fixed32(octets, &at)
    }
  }

  /// Skips a field and keeps its octets, tag included, so that they can be written back.
  public static func keep(
    _ tag: UInt32, from start: Int, _ octets: Span<UInt8>, _ at: inout Int, depth: Int,
    in kept: inout [UInt8]
  ) throws(WireFault) {
    try Self.skip(tag, octets, &at, depth: depth)
    Self.append(octets, start..<at, to: &kept)
  }

  /// Appends a part of `octets`.
  ///
  /// Without room made for it first: that would be room for just this, and each part that follows
  /// would move all that was there before.
  static func append(_ octets: Span<UInt8>, _ range: Range<Int>, to kept: inout [UInt8]) {
    for index in range { kept.append(octets[index]) }
  }
}
