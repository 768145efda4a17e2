/// Lines that go beside a message: keys in lower case, in the order given; a key may come twice.
public struct Metadata: Equatable, Sendable {
  /// The lines.
  public private(set) var pairs: [Ttrpc.KeyValue] = []

  /// No lines.
  public init() {}

  /// The lines that came beside a message.
  public init(_ pairs: [Ttrpc.KeyValue]) { self.pairs = pairs }

  /// Adds a line.
  public mutating func add(_ key: String, _ value: String) {
    var pair = Ttrpc.KeyValue()
    pair.key = key
    pair.value = value
    self.pairs.append(pair)
  }

  /// Adds a line of octets; its key must end with `-bin`.
  public mutating func add(_ key: String, octets: [UInt8]) { self.add(key, Base64.text(octets)) }

  /// The first value under `key`.
  public subscript(key: String) -> String? { self.pairs.first { $0.key == key }?.value }

  /// The octets under `key`, which ends with `-bin`; nil when there are none or they are no base64.
  public func octets(_ key: String) -> [UInt8]? { self[key].flatMap { Base64.octets($0) } }

  /// Whether a key is one: lower-case letters, digits, `_`, `.` and `-`.
  public static func isKey(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { octet in
        octet >= 0x61 && octet <= 0x7A || octet >= 0x30 && octet <= 0x39 || octet == 0x5F
          || octet == 0x2E || octet == 0x2D
      }
  }
}
