/// Writes whole response frames: header and `ttrpc.Response` together.
public enum ResponseFrame {
  /// A frame that answers `stream` with `payload`.
  ///
  /// A success carries no status at all, as ttrpc for Go writes it. Nil if the frame would be
  /// longer than ``FrameHeader/lengthMax``.
  public static func success(stream: UInt32, payload: [UInt8]) -> [UInt8]? {
    var writer = WireWriter(frameReserving: payload.count + 8)
    if !payload.isEmpty {
      writer.tag(2, 2)
      writer.bytes(payload)
    }
    return writer.frame(of: stream, kind: FrameHeader.Kind.response)
  }

  /// A frame that answers `stream` with `payload`, and trailers beside it; an end of a stream has
  /// `flags` of its own. Nil if the frame would be longer than ``FrameHeader/lengthMax``.
  public static func success(
    stream: UInt32, payload: [UInt8], trailers: Metadata, flags: UInt8 = 0
  ) -> [UInt8]? {
    var response = Ttrpc.Response()
    response.payload = payload
    response.trailers = trailers.pairs
    return Self.frame(stream, response, flags: flags)
  }

  /// The longest status with its details, in octets; a longer one leaves its details out.
  private static let failureMax: UInt32 = 64 << 10

  /// A frame that ends `stream` with `status` and no payload.
  public static func failure(
    stream: UInt32, status: Status, trailers: Metadata = .init()
  ) -> [UInt8] {
    var response = Ttrpc.Response()
    response.status = status.wire
    response.trailers = trailers.pairs
    if let frame = Self.frame(stream, response, lengthMax: Self.failureMax) { return frame }
    // By scalars: one character may be of any number of them.
    let start = String(String.UnicodeScalarView(status.message.unicodeScalars.prefix(200)))
    response.status = Status(status.code, start).wire
    response.trailers = []
    guard let frame = Self.frame(stream, response) else {
      preconditionFailure("200 scalars are longer than a frame")
    }
    return frame
  }

  private static func frame(
    _ stream: UInt32, _ response: Ttrpc.Response, flags: UInt8 = 0,
    lengthMax: UInt32 = FrameHeader.lengthMax
  ) -> [UInt8]? {
    var writer = WireWriter(frameReserving: 128)
    response.write(to: &writer)
    return writer.frame(
      of: stream, kind: FrameHeader.Kind.response, flags: flags, lengthMax: lengthMax)
  }
}
