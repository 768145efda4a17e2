public import BitimProtocol

/// A frame on its way, as it is shown to who looks on.
public struct TracedFrame: Equatable, Sendable {
  /// Whether it goes to the server, and does not come from there.
  public let isSent: Bool
  /// Its header.
  public let header: FrameHeader
  /// Its data.
  public let data: [UInt8]

  /// Hands over each whole frame in `octets`.
  static func each(in octets: [UInt8], isSent: Bool, _ body: (TracedFrame) -> Void) {
    var at = 0
    while let header = FrameHeader(peeking: octets.span, at: at) {
      let start = at + FrameHeader.octetCount
      let end = start + Int(header.length)
      // A frame above the limit is dropped as it comes, and shown without its data.
      guard end <= octets.count else {
        return body(TracedFrame(isSent: isSent, header: header, data: []))
      }
      body(TracedFrame(isSent: isSent, header: header, data: Array(octets[start..<end])))
      at = end
    }
  }
}
