package import BitimSystem

/// Why an SSH agent gave no signature. None of them says anything about the registry itself.
package enum AgentFailure: Error, Equatable, CustomStringConvertible {
  /// Nobody answers at the socket: no agent runs there, or it is not for this user.
  case unreachable(SocketFailure)
  /// It had not answered in time, in milliseconds: it waits for somebody, or hangs.
  case slow(afterMs: Int)
  /// It closed the connection before its answer was whole: it ended, or was ended.
  case ended
  /// What it sent is no answer of the protocol to what it was asked.
  case malformed
  /// It says no, and lists no key that signs: it is locked, or empty.
  case holdsNoKey
  /// It says no, and lists keys without the one that was asked for.
  case lacksKey(comment: String)
  /// It says no and lists the key: whoever must agree did not, or its hardware is away.
  case refused
  /// The signature does not hold. It did not leave.
  case wrongSignature
  /// The message is longer than an agent takes, in octets.
  case tooLong(octets: Int)

  /// A sentence for the operator.
  package var description: String {
    switch self {
    case .unreachable(let failure): "the agent can't be reached: \(failure)"
    case .slow(let ms): "the agent has not answered within \(ms) ms"
    case .ended: "the agent closed the connection before it had answered"
    case .malformed: "what answers at the agent's socket does not speak an agent's protocol"
    case .holdsNoKey: "the agent holds no key of Ed25519: it is locked, or empty"
    case .lacksKey(let comment):
      "the agent does not hold the key that was asked for, but \(comment)"
    case .refused: "the agent holds the key, and refuses to sign with it"
    case .wrongSignature: "the agent's signature does not hold, and was thrown away"
    case .tooLong(let octets): "a message of \(octets) octets is more than an agent takes"
    }
  }
}
