/// Octets of the agent's protocol: numbers are big-endian, a string is its length in four octets and itself.
///
/// Source: draft-ietf-sshm-ssh-agent, and for keys and signatures RFC 8709.
enum AgentMessage {
  /// A message's first octet.
  enum Kind {
    static let failure: UInt8 = 5
    static let requestIdentities: UInt8 = 11
    static let identities: UInt8 = 12
    static let signRequest: UInt8 = 13
    static let signature: UInt8 = 14
  }

  /// The longest message, in octets: what OpenSSH's agent takes and gives.
  static let octetsMax = 256 * 1_024
  /// What plain Ed25519 is called.
  static let algorithm = Array("ssh-ed25519".utf8)

  /// `value` in four octets.
  static func number(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  /// `octets` behind their length.
  static func string(_ octets: [UInt8]) -> [UInt8] { Self.number(octets.count) + octets }

  /// A key, or a signature, as SSH writes it: what it is of, then itself.
  static func blob(_ octets: [UInt8]) -> [UInt8] {
    Self.string(Self.algorithm) + Self.string(octets)
  }

  /// Reads one message from its beginning; each question answers nil where nothing of the kind stands.
  struct Reading {
    private let octets: [UInt8]
    private var at = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { self.at == self.octets.count }

    mutating func octet() -> UInt8? {
      guard self.at < self.octets.count else { return nil }
      self.at += 1
      return self.octets[self.at - 1]
    }

    mutating func number() -> Int? {
      guard self.octets.count - self.at >= 4 else { return nil }
      self.at += 4
      return self.octets[self.at - 4..<self.at].reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func string() -> [UInt8]? {
      guard let count = self.number(), count <= self.octets.count - self.at else { return nil }
      self.at += count
      return Array(self.octets[self.at - count..<self.at])
    }
  }

  /// What a blob of plain Ed25519 holds; nil for one of anything else.
  static func unwrapped(_ blob: [UInt8]) -> [UInt8]? {
    var reading = Reading(blob)
    guard reading.string() == Self.algorithm, let octets = reading.string(), reading.isAtEnd
    else { return nil }
    return octets
  }
}
