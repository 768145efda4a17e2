/// What extended peers say to each other beside calls, about a call or the connection.
///
/// Only ever sent after a Hello was answered. Source: `schema/PROTOCOL.md`, "Extensions".
public enum ExtensionFrame: Equatable, Sendable {
  /// Whether the other end is there; the answer carries the same eight octets.
  case ping(UInt64, isAnswer: Bool)
  /// Calls above `last` did not run and may be made again elsewhere; the others finish.
  case goAway(last: UInt32, code: Departure, text: String)
  /// The caller does not wait any more.
  case cancel(stream: UInt32, code: UInt32)
  /// So many octets more may be sent; stream 0 is the whole connection.
  case credit(stream: UInt32, octets: UInt32)

  /// Why an end goes away. Other numbers may come and mean no more than that it does.
  public struct Departure: RawRepresentable, Equatable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt32
    /// The reason with this number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// It is being shut down.
    public static let stopping = Self(rawValue: 0)
    /// The other end broke the protocol.
    public static let protocolError = Self(rawValue: 1)
    /// The other end pings too often.
    public static let tooManyPings = Self(rawValue: 2)
    /// Nothing happened for long.
    public static let idle = Self(rawValue: 3)
    /// The connection is old.
    public static let age = Self(rawValue: 4)
  }

  /// A frame of a known kind that is not made as it must be.
  public struct Malformed: Error, Equatable, Sendable {}

  /// The longest text of a GOAWAY, in octets.
  public static let textMax = 1_024

  /// Reads a frame; nil if it is of another kind.
  ///
  /// - Throws: ``Malformed`` when its length or its stream can't be.
  public init?(_ header: FrameHeader, _ data: Span<UInt8>) throws(Malformed) {
    switch header.kind {
    case FrameHeader.Kind.ping:
      guard header.stream == 0, data.count == 8 else { throw Malformed() }
      let word = (0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(data[$1]) }
      self = .ping(word, isAnswer: header.flags & FrameHeader.Flag.answer != 0)
    case FrameHeader.Kind.goAway:
      guard header.stream == 0, (8...8 + Self.textMax).contains(data.count),
        let text = String(utf8: data.extracting(8...))
      else { throw Malformed() }
      self = .goAway(
        last: FrameHeader.bigEndian(data, 0),
        code: Departure(rawValue: FrameHeader.bigEndian(data, 4)), text: text)
    case FrameHeader.Kind.cancel:
      guard header.stream != 0, data.count == 4 else { throw Malformed() }
      self = .cancel(stream: header.stream, code: FrameHeader.bigEndian(data, 0))
    case FrameHeader.Kind.credit:
      guard data.count == 4, FrameHeader.bigEndian(data, 0) != 0 else { throw Malformed() }
      self = .credit(stream: header.stream, octets: FrameHeader.bigEndian(data, 0))
    default: return nil
    }
  }

  /// The whole frame.
  public var octets: [UInt8] {
    switch self {
    case .ping(let word, let isAnswer):
      let flags = isAnswer ? FrameHeader.Flag.answer : 0
      return Self.frame(
        FrameHeader.Kind.ping, 0, flags, [UInt32(word >> 32), UInt32(truncatingIfNeeded: word)])
    case .goAway(let last, let code, let text):
      return Self.frame(
        FrameHeader.Kind.goAway, 0, 0, [last, code.rawValue],
        Array(text.utf8.prefix(Self.textMax)))
    case .cancel(let stream, let code):
      return Self.frame(FrameHeader.Kind.cancel, stream, 0, [code])
    case .credit(let stream, let octets):
      return Self.frame(FrameHeader.Kind.credit, stream, 0, [octets])
    }
  }

  private static func frame(
    _ kind: UInt8, _ stream: UInt32, _ flags: UInt8, _ words: [UInt32], _ text: [UInt8] = []
  ) -> [UInt8] {
    let count = UInt32(4 * words.count + text.count)
    var octets = FrameHeader(length: count, stream: stream, kind: kind, flags: flags).octets
    for word in words {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        octets.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return octets + text
  }
}
