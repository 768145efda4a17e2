/// Readers of fields that hold other fields.
extension Wire {
  /// Reads packed values and appends them; a value cut off at the end is refused.
  public static func packed<Value>(
    _ octets: Span<UInt8>, _ at: inout Int, into values: inout [Value],
    _ read: (Span<UInt8>, inout Int) throws(WireFault) -> Value
  ) throws(WireFault) {
    let range = try Self.range(octets, &at)
    let packed = octets.extracting(range)
    var offset = 0
    while offset < packed.count { values.append(try read(packed, &offset)) }
  }

  /// Reads a message and merges it into the one that is there, which is gone if it can't be read.
  public static func message<M: Message>(
    _ octets: Span<UInt8>, _ at: inout Int, depth: Int, into message: inout M?
  ) throws(WireFault) {
    guard depth < Self.depthMax else { throw .nestedTooDeeply }
    let range = try Self.range(octets, &at)
    // Taken out, so that nobody else holds its lists: they would be copied each time it is merged.
    var merged = message.take() ?? M()
    try merged.merge(octets.extracting(range), depth: depth + 1)
    message = merged
  }

  /// Reads a message and appends it.
  public static func message<M: Message>(
    _ octets: Span<UInt8>, _ at: inout Int, depth: Int, appendingTo messages: inout [M]
  ) throws(WireFault) {
    var message: M?
    try Self.message(octets, &at, depth: depth, into: &message)
    messages.append(message ?? M())
  }

  /// Reads a map entry whose value is a scalar or an enum.
  ///
  /// An entry with a field nobody knows is kept whole in `kept`, as upb does, so that an old server
  /// does not lose a new client's entry.
  ///
  /// - Parameters:
  ///   - start: Where the entry's tag begins.
  ///   - key: The wire type and reader of the key.
  ///   - value: The wire type and reader of the value.
  public static func entry<Key: Hashable, Value>(
    _ octets: Span<UInt8>, _ at: inout Int, from start: Int, depth: Int,
    into map: inout [Key: Value], keeping kept: inout [UInt8],
    key: (UInt32, (Span<UInt8>, inout Int) throws(WireFault) -> Key), defaultKey: Key,
    value: (UInt32, (Span<UInt8>, inout Int) throws(WireFault) -> Value), defaultValue: Value
  ) throws(WireFault) {
    let range = try Self.range(octets, &at)
    let entry = octets.extracting(range)
    var (foundKey, foundValue) = (defaultKey, defaultValue)
    var isWhole = true
    var offset = 0
    while offset < entry.count {
      let tag = try Self.tag(entry, &offset)
      if tag == 8 | key.0 {
        foundKey = try key.1(entry, &offset)
      } else if tag == 16 | value.0 {
        foundValue = try value.1(entry, &offset)
      } else {
        try Self.skip(tag, entry, &offset, depth: depth + 1)
        isWhole = false
      }
    }
    guard isWhole else { return Self.append(octets, start..<at, to: &kept) }
    map[foundKey] = foundValue
  }

  /// Reads a map entry whose value is a message; otherwise as the other `entry`.
  public static func entry<Key: Hashable, M: Message>(
    _ octets: Span<UInt8>, _ at: inout Int, from start: Int, depth: Int,
    into map: inout [Key: M], keeping kept: inout [UInt8],
    key: (UInt32, (Span<UInt8>, inout Int) throws(WireFault) -> Key), defaultKey: Key
  ) throws(WireFault) {
    guard depth < Self.depthMax else { throw .nestedTooDeeply }
    let range = try Self.range(octets, &at)
    let entry = octets.extracting(range)
    var foundKey = defaultKey
    var foundValue: M?
    var isWhole = true
    var offset = 0
    while offset < entry.count {
      let tag = try Self.tag(entry, &offset)
      if tag == 8 | key.0 {
        foundKey = try key.1(entry, &offset)
      } else if tag == 18 {
        try Self.message(entry, &offset, depth: depth + 1, into: &foundValue)
      } else {
        try Self.skip(tag, entry, &offset, depth: depth + 1)
        isWhole = false
      }
    }
    guard isWhole else { return Self.append(octets, start..<at, to: &kept) }
    map[foundKey] = foundValue ?? M()
  }
}
