/// Writes a message's octets, in one walk: a length that stands before what it measures is written
/// when that is there.
public struct WireWriter {
  /// The octets written so far.
  public private(set) var written: [UInt8] = []

  /// Starts empty, with room for `capacity` octets.
  public init(capacity: Int) { self.written.reserveCapacity(capacity) }

  /// Takes one octet.
  public mutating func octet(_ value: UInt8) { self.written.append(value) }
  /// Takes octets as they are.
  public mutating func octets(_ values: [UInt8]) { self.written.append(contentsOf: values) }
  /// Takes the octets of a text.
  public mutating func utf8(_ text: String) { self.written.append(contentsOf: text.utf8) }
  /// Takes a message behind its length.
  public mutating func message(_ message: some Message) {
    self.delimited { message.write(to: &$0) }
  }

  /// Takes what `write` puts, behind its length.
  public mutating func delimited(_ write: (inout WireWriter) -> Void) {
    let place = self.written.count
    // Most lengths take one octet; behind a longer one what is there moves on.
    self.written.append(0)
    write(&self)
    let count = self.written.count - place - 1
    if count < 0x80 {
      self.written[place] = UInt8(count)
    } else {
      var length = WireWriter(capacity: 10)
      length.varint(UInt64(count))
      self.written.replaceSubrange(place...place, with: length.written)
    }
  }

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

extension WireWriter {
  /// Starts a frame, with room for its header and `more` octets.
  init(frameReserving more: Int) {
    self.init(capacity: FrameHeader.octetCount + more)
    for _ in 0..<FrameHeader.octetCount { self.octet(0) }
  }

  /// The frame that was started; nil if it is longer than `lengthMax` without its header.
  consuming func frame(
    of stream: UInt32, kind: UInt8, flags: UInt8 = 0, lengthMax: UInt32 = FrameHeader.lengthMax
  ) -> [UInt8]? {
    let length = self.written.count - FrameHeader.octetCount
    guard length <= Int(lengthMax) else { return nil }
    let header = FrameHeader(length: UInt32(length), stream: stream, kind: kind, flags: flags)
    self.written.replaceSubrange(..<FrameHeader.octetCount, with: header.octets)
    return self.written
  }
}
