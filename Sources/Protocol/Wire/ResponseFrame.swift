/// Writes whole response frames: header and `ttrpc.Response` together.
public enum ResponseFrame {
  /// A frame that answers `stream` with `payload`.
  ///
  /// A success carries no status at all, as ttrpc for Go writes it. Nil if the frame would be
  /// longer than ``FrameHeader/lengthMax``.
  public static func success(stream: UInt32, payload: [UInt8]) -> [UInt8]? {
    var sizer = WireSizer()
    Self.put(payload, in: &sizer)
    guard sizer.count <= Int(FrameHeader.lengthMax) else { return nil }
    var writer = WireWriter(appendingTo: Self.header(stream, sizer.count))
    Self.put(payload, in: &writer)
    return writer.written
  }

  /// A frame that answers `stream` with `payload`, and trailers beside it; an end of a stream has
  /// `flags` of its own. Nil if the frame would be longer than ``FrameHeader/lengthMax``.
  public static func success(
    stream: UInt32, payload: [UInt8], trailers: Metadata, flags: UInt8 = 0
  ) -> [UInt8]? {
    var response = Ttrpc.Response()
    response.payload = payload
    response.trailers = trailers.pairs
    let count = response.encodedCount
    guard count <= Int(FrameHeader.lengthMax) else { return nil }
    var writer = WireWriter(appendingTo: Self.header(stream, count, flags))
    response.write(to: &writer)
    return writer.written
  }

  /// The longest status with its details, in octets; a longer one leaves its details out.
  private static let failureMax = 64 << 10

  /// A frame that ends `stream` with `status` and no payload.
  public static func failure(
    stream: UInt32, status: Status, trailers: Metadata = .init()
  ) -> [UInt8] {
    var response = Ttrpc.Response()
    response.status = status.wire
    response.trailers = trailers.pairs
    if response.encodedCount > Self.failureMax {
      response.status = Status(status.code, String(status.message.prefix(200))).wire
      response.trailers = []
    }
    var writer = WireWriter(appendingTo: Self.header(stream, response.encodedCount))
    response.write(to: &writer)
    return writer.written
  }

  private static func header(
    _ stream: UInt32, _ count: Int, _ flags: UInt8 = 0
  ) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(FrameHeader.octetCount + count)
    FrameHeader(
      length: UInt32(count), stream: stream, kind: FrameHeader.Kind.response, flags: flags
    ).append(to: &octets)
    return octets
  }

  private static func put<Sink: WireSink>(_ payload: [UInt8], in sink: inout Sink) {
    guard !payload.isEmpty else { return }
    sink.tag(2, 2)
    sink.bytes(payload)
  }
}
