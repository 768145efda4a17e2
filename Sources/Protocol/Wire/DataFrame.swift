/// Writes whole data frames: the messages of a stream, and its ends.
public enum DataFrame {
  /// A frame that carries one message; nil if it would be longer than `lengthMax`.
  public static func message(
    _ message: some Message, stream: UInt32, lengthMax: UInt32 = FrameHeader.lengthMax
  ) -> [UInt8]? {
    let count = message.encodedCount
    guard count <= Int(lengthMax) else { return nil }
    var writer = WireWriter(appendingTo: Self.header(stream, count, 0, reserving: count))
    message.write(to: &writer)
    return writer.written
  }

  /// A frame that carries one message's octets.
  public static func message(octets: [UInt8], stream: UInt32) -> [UInt8] {
    Self.header(stream, octets.count, 0, reserving: octets.count) + octets
  }

  /// A frame after which its sender sends no more on this stream.
  public static func close(stream: UInt32) -> [UInt8] {
    Self.header(stream, 0, FrameHeader.Flag.remoteClosed | FrameHeader.Flag.noData, reserving: 0)
  }

  private static func header(
    _ stream: UInt32, _ count: Int, _ flags: UInt8, reserving more: Int
  ) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(FrameHeader.octetCount + more)
    FrameHeader(
      length: UInt32(count), stream: stream, kind: FrameHeader.Kind.data, flags: flags
    ).append(to: &octets)
    return octets
  }
}
