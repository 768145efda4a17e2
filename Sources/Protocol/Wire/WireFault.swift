/// What is wrong with octets that claim to be a protobuf message.
///
/// Source: `schema/PROTOCOL.md`, "Messages"; the accepted and refused inputs are pinned by
/// `schema/vectors/protobuf`.
public enum WireFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The octets end inside a value.
  case truncated
  /// A varint goes on past its tenth octet, or a tag past its fifth.
  case varintTooLong
  /// A field number is zero or above 2^29 - 1.
  case fieldNumberOutOfRange
  /// A wire type is 6 or 7.
  case wireTypeUnknown
  /// A length is above 2^31 - 1 or reaches beyond the enclosing message.
  case lengthOutOfRange
  /// A `string` is not well-formed UTF-8.
  case notUTF8
  /// A group ends that did not begin, or begins and does not end.
  case groupUnbalanced
  /// Messages or groups are nested deeper than ``Wire/depthMax``.
  case nestedTooDeeply
  /// A message of a kind with a form of its own in JSON holds what that form can't say.
  case noJSON

  /// What is wrong, as people read it.
  public var description: String {
    switch self {
    case .truncated: "the octets end inside a value"
    case .varintTooLong: "a varint goes on past its tenth octet, or a tag past its fifth"
    case .fieldNumberOutOfRange: "a field number is zero or above 2^29 - 1"
    case .wireTypeUnknown: "a wire type is 6 or 7"
    case .lengthOutOfRange: "a length is above 2^31 - 1 or reaches beyond the enclosing message"
    case .notUTF8: "a string is not well-formed UTF-8"
    case .groupUnbalanced: "a group ends that did not begin, or begins and does not end"
    case .nestedTooDeeply: "messages or groups are nested deeper than \(Wire.depthMax)"
    case .noJSON: "a message with a form of its own in JSON holds what that form can't say"
    }
  }
}
