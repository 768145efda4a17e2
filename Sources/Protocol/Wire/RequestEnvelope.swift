/// A `ttrpc.Request` read in place: where its parts lie, without copying any.
///
/// Source: `schema/ttrpc/envelope.proto`. Unknown fields are ignored; of a field that comes twice
/// the last counts, but metadata adds up.
public struct RequestEnvelope: Equatable, Sendable {
  /// The most metadata a request may carry, in octets.
  public static let metadataMax = 16 << 10
  /// The most pairs of metadata a request may carry; above it no more are kept.
  public static let pairsMax = 64

  /// Where the service's name lies; not known to be UTF-8.
  public private(set) var service: Range<Int> = 0..<0
  /// Where the method's name lies; not known to be UTF-8.
  public private(set) var method: Range<Int> = 0..<0
  /// Where the request message lies.
  public private(set) var payload: Range<Int> = 0..<0
  /// How long the caller will wait, in nanoseconds; 0 means for ever.
  public private(set) var timeoutNano: Int64 = 0
  /// Where the encoded `KeyValue`s lie; not known to be well-formed.
  public private(set) var metadata: [Range<Int>] = []

  /// Reads the envelope that fills `octets`.
  public init(_ octets: Span<UInt8>) throws(WireFault) {
    var at = 0
    while at < octets.count {
      let first = octets[at]
      // The fields of the schema have tags of one octet; anything else takes the long way.
      switch first {
      case 10:
        at += 1
        self.service = try Wire.range(octets, &at)
      case 18:
        at += 1
        self.method = try Wire.range(octets, &at)
      case 26:
        at += 1
        self.payload = try Wire.range(octets, &at)
      case 32:
        at += 1
        self.timeoutNano = try Wire.int64(octets, &at)
      case 42:
        at += 1
        let pair = try Wire.range(octets, &at)
        if self.metadata.count <= Self.pairsMax { self.metadata.append(pair) }
      default: try self.other(octets, &at)
      }
    }
  }

  /// Reads a field whose tag is written in more octets than it needs, or is not of the schema.
  private mutating func other(_ octets: Span<UInt8>, _ at: inout Int) throws(WireFault) {
    let tag = try Wire.tag(octets, &at)
    switch tag {
    case 10: self.service = try Wire.range(octets, &at)
    case 18: self.method = try Wire.range(octets, &at)
    case 26: self.payload = try Wire.range(octets, &at)
    case 32: self.timeoutNano = try Wire.int64(octets, &at)
    case 42:
      let pair = try Wire.range(octets, &at)
      if self.metadata.count <= Self.pairsMax { self.metadata.append(pair) }
    default: try Wire.skip(tag, octets, &at, depth: 0)
    }
  }

  /// Refuses names that are not UTF-8, which ``init(_:)`` lets pass: a name that equals one of a
  /// table's is UTF-8 without a look.
  public func checkNames(in octets: Span<UInt8>) throws(WireFault) {
    guard String(utf8: octets.extracting(self.service)) != nil,
      String(utf8: octets.extracting(self.method)) != nil
    else { throw .notUTF8 }
  }

  /// Whether there is a message, be it an empty one.
  public var hasPayload: Bool { self.payload.lowerBound > 0 }

  /// How many octets of metadata there are.
  public var metadataCount: Int { self.metadata.reduce(0) { $0 + $1.count } }

  /// The metadata in the order sent.
  public func pairs(
    in octets: Span<UInt8>
  ) throws(WireFault) -> Metadata {
    var pairs: [Ttrpc.KeyValue] = []
    pairs.reserveCapacity(self.metadata.count)
    for range in self.metadata {
      pairs.append(try Ttrpc.KeyValue(decoding: octets.extracting(range)))
    }
    return Metadata(pairs)
  }
}
