/// The ten octets before every message on a connection, integers big-endian.
///
/// | Octets | Field    | Meaning                                         |
/// |--------|----------|-------------------------------------------------|
/// | 0–3    | `length` | Octets of data that follow                      |
/// | 4–7    | `stream` | The call; odd when the client opened it         |
/// | 8      | `kind`   | 1 request, 2 response, 3 data                   |
/// | 9      | `flags`  | 1 remote closed, 2 remote open, 4 no data       |
///
/// Source: `schema/PROTOCOL.md`, "Frames"; octet for octet that of ttrpc 1.2.
public struct FrameHeader: Equatable, Sendable {
  /// How long a header is, in octets.
  public static let octetCount = 10
  /// The most data a frame may carry, in octets (4 MiB, envelope included).
  ///
  /// One frame per connection is held while it is incomplete, so this times the number of
  /// connections bounds what a hostile crowd can make the server hold.
  public static let lengthMax: UInt32 = 4 << 20

  /// What a frame is. Other numbers exist on the wire and are ignored.
  public enum Kind {
    /// Starts a call.
    public static let request: UInt8 = 1
    /// Ends a call.
    public static let response: UInt8 = 2
    /// Carries one message of a stream.
    public static let data: UInt8 = 3
    /// Asks whether the other end is there; an extension, as are those below.
    public static let ping: UInt8 = 0xC1
    /// Says that no more calls are taken.
    public static let goAway: UInt8 = 0xC2
    /// Asks the server to stop a call.
    public static let cancel: UInt8 = 0xC3
    /// Lets the other end send more messages.
    public static let credit: UInt8 = 0xC4
  }

  /// What a frame says beside its data: a set of bits.
  public enum Flag {
    /// The sender sends no more on this stream.
    public static let remoteClosed: UInt8 = 1
    /// The sender will send more on this stream.
    public static let remoteOpen: UInt8 = 2
    /// There is no message, not even an empty one.
    public static let noData: UInt8 = 4
    /// A response that ends a stream and carries no message; an extension.
    public static let end: UInt8 = 0x10
    /// A ping that answers one.
    public static let answer: UInt8 = 1
  }

  /// How many octets of data follow.
  public var length: UInt32
  /// The call the frame belongs to.
  public var stream: UInt32
  /// See ``Kind``.
  public var kind: UInt8
  /// See ``Flag``; a unary call has none.
  public var flags: UInt8

  /// Describes a frame.
  public init(length: UInt32, stream: UInt32, kind: UInt8, flags: UInt8 = 0) {
    self.length = length
    self.stream = stream
    self.kind = kind
    self.flags = flags
  }

  /// Reads the header at `start`; nil while it is incomplete.
  @inlinable
  public init?(peeking octets: Span<UInt8>, at start: Int = 0) {
    guard octets.count - start >= Self.octetCount else { return nil }
    self.length = Self.bigEndian(octets, start)
    self.stream = Self.bigEndian(octets, start + 4)
    self.kind = octets[start + 8]
    self.flags = octets[start + 9]
  }

  /// The header's ten octets.
  public var octets: [UInt8] {
    var octets: [UInt8] = []
    self.append(to: &octets)
    return octets
  }

  /// Appends the header's ten octets to `octets`.
  public func append(to octets: inout [UInt8]) {
    for word in [self.length, self.stream] {
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        octets.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    octets.append(self.kind)
    octets.append(self.flags)
  }

  @inlinable
  static func bigEndian(_ octets: Span<UInt8>, _ at: Int) -> UInt32 {
    UInt32(octets[at]) << 24 | UInt32(octets[at + 1]) << 16 | UInt32(octets[at + 2]) << 8
      | UInt32(octets[at + 3])
  }
}
