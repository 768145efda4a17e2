/// Writes whole data frames: the messages of a stream, and its ends.
public enum DataFrame {
  /// A frame that carries one message; nil if it would be longer than `lengthMax`.
  public static func message(
    _ message: some Message, stream: UInt32, lengthMax: UInt32 = FrameHeader.lengthMax
  ) -> [UInt8]? {
    var writer = WireWriter(frameReserving: 128)
    message.write(to: &writer)
    return writer.frame(of: stream, kind: FrameHeader.Kind.data, lengthMax: lengthMax)
  }

  /// A frame that carries one message's octets.
  public static func message(octets: [UInt8], stream: UInt32) -> [UInt8] {
    Self.header(stream, length: UInt32(octets.count)) + octets
  }

  /// A frame after which its sender sends no more on this stream.
  public static func close(stream: UInt32) -> [UInt8] {
    Self.header(stream, FrameHeader.Flag.remoteClosed | FrameHeader.Flag.noData)
  }

  private static func header(
    _ stream: UInt32, length: UInt32 = 0, _ flags: UInt8 = 0
  ) -> [UInt8] {
    FrameHeader(length: length, stream: stream, kind: FrameHeader.Kind.data, flags: flags).octets
  }
}
