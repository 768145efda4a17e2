/// A `ttrpc.Request` read in place: where its parts lie, without copying any.
///
/// Source: `schema/ttrpc/envelope.proto`. Unknown fields are ignored; of a field that comes twice
/// the last counts, but metadata adds up.
public struct RequestEnvelope: Equatable, Sendable {
  /// The most metadata a request may carry, in octets.
  public static let metadataMax = 16 << 10
  /// The most pairs of metadata a request may carry; above it no more are kept.
  public static let pairsMax = 64

  /// Where the service's name lies.
  public private(set) var service: Range<Int> = 0..<0
  /// Where the method's name lies.
  public private(set) var method: Range<Int> = 0..<0
  /// Where the request message lies.
  public private(set) var payload: Range<Int> = 0..<0
  /// How long the caller will wait, in nanoseconds; 0 means for ever.
  public private(set) var timeoutNano: Int64 = 0
  /// Where the encoded `KeyValue`s lie.
  public private(set) var metadata: [Range<Int>] = []

  /// Reads the envelope that fills `octets`.
  public init(_ octets: Span<UInt8>) throws(WireFault) {
    var at = 0
    while at < octets.count {
      let tag = try Wire.tag(octets, &at)
      switch tag {
      case 10: self.service = try Self.text(octets, &at)
      case 18: self.method = try Self.text(octets, &at)
      case 26: self.payload = try Wire.range(octets, &at)
      case 32: self.timeoutNano = try Wire.int64(octets, &at)
      case 42:
        let pair = try Wire.range(octets, &at)
        if self.metadata.count <= Self.pairsMax { self.metadata.append(pair) }
      default: try Wire.skip(tag, octets, &at, depth: 0)
      }
    }
    for range in self.metadata { _ = try Ttrpc.KeyValue(decoding: octets.extracting(range)) }
  }

  /// How many octets of metadata there are.
  public var metadataCount: Int { self.metadata.reduce(0) { $0 + $1.count } }

  /// The metadata in the order sent.
  public func pairs(in octets: Span<UInt8>) -> [(key: String, value: String)] {
    var pairs: [(key: String, value: String)] = []
    for range in self.metadata {
      // Each pair was read once by `init`, which refused what can't be read.
      guard let pair = try? Ttrpc.KeyValue(decoding: octets.extracting(range)) else { continue }
      pairs.append((pair.key, pair.value))
    }
    return pairs
  }

  private static func text(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) -> Range<Int> {
    let range = try Wire.range(octets, &at)
    guard String(utf8: octets.extracting(range)) != nil else { throw .notUTF8 }
    return range
  }
}
