/// A protobuf message.
///
/// Values: copying one copies it, comparing two compares every field, unknown ones included.
public protocol Message: Equatable, Sendable {
  /// The full name in the schema, as `bitim.v1.Person`.
  static var protoName: String { get }
  /// The fields this version of the schema doesn't know, as they came.
  var unknownFields: [UInt8] { get set }
  /// A message with no field set.
  init()
  /// Merges the fields in `octets` into this message; after a throw it holds those before the
  /// fault.
  mutating func merge(_ octets: Span<UInt8>, depth: Int) throws(WireFault)
  /// Writes every set field in the order of numbers, then the unknown ones.
  func write(to writer: inout WireWriter)
}

extension Message {
  /// Reads a message from all of `octets`.
  public init(decoding octets: Span<UInt8>) throws(WireFault) {
    self.init()
    try self.merge(octets, depth: 0)
  }

  /// Reads a message from all of `octets`.
  public init(decoding octets: [UInt8]) throws(WireFault) {
    try self.init(decoding: octets.span)
  }

  /// The message's octets; equal messages give equal octets.
  public var encoded: [UInt8] {
    var writer = WireWriter(capacity: 128)
    self.write(to: &writer)
    return writer.written
  }
}

/// An enum of the schema: open, so that numbers a later version names survive.
public protocol ProtoEnum: RawRepresentable, Hashable, Sendable where RawValue == Int32 {
  /// The value with this number, named or not.
  init(rawValue: Int32)
}

/// Holds a message inside a message of its own kind, which a struct can't do by itself.
public final class Box<Value: Equatable & Sendable>: Equatable, Sendable {
  /// What is held.
  public let value: Value

  /// Holds `value`.
  public init(_ value: Value) { self.value = value }

  /// Whether both hold equal values.
  public static func == (left: Box<Value>, right: Box<Value>) -> Bool { left.value == right.value }
}
