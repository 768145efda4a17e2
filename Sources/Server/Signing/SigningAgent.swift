package import BitimCrypto
package import BitimSystem
import BitimTrust

/// An SSH agent that signs: the key is with it, and never comes here.
///
/// An agent signs whatever it is given, so its socket is for the service's user alone, it has a key for each
/// purpose, and every message begins with what it is. Each question is a connection of its own: an agent that
/// was restarted is met at the next. Every call waits in the kernel, on the calling thread, and is not for a loop.
package struct SigningAgent: Sendable {
  /// A key that the agent can sign with.
  package struct Key: Equatable, Sendable {
    /// What verifies its signatures.
    package let publicKey: Ed25519PublicKey
    /// What its owner called it; whatever the agent says.
    package let comment: String

    /// What `ssh-add -l` calls it.
    package var fingerprint: String {
      let digest = SHA256.digest(AgentMessage.blob(self.publicKey.octets))
      return "SHA256:" + StrictBase64.text(digest).prefix { $0 != "=" }
    }
  }

  /// Where the agent listens.
  package let address: Address
  /// How long a call waits, in milliseconds: from connecting to the last octet of the answer.
  package let patienceMs: Int

  /// Describes the agent at a Unix socket; asks nothing of it.
  package init(at address: Address, patienceMs: Int) {
    self.address = address
    self.patienceMs = patienceMs
  }

  /// The keys of plain Ed25519 that it lists, in its order; others are passed over.
  ///
  /// - Throws: ``AgentFailure/unreachable(_:)``, ``AgentFailure/slow(afterMs:)``, ``AgentFailure/ended``,
  ///   ``AgentFailure/malformed``. A locked agent lists none.
  package func keys() throws(AgentFailure) -> [Key] {
    let answer = try self.ask([AgentMessage.Kind.requestIdentities])
    var reading = AgentMessage.Reading(answer)
    guard reading.octet() == AgentMessage.Kind.identities, let count = reading.number() else {
      throw .malformed
    }
    var keys: [Key] = []
    for _ in 0..<count {
      guard let blob = reading.string(), let comment = reading.string() else { throw .malformed }
      guard let octets = AgentMessage.unwrapped(blob), let key = Ed25519PublicKey(octets) else {
        continue
      }
      keys.append(Key(publicKey: key, comment: String(decoding: comment, as: UTF8.self)))
    }
    guard reading.isAtEnd else { throw .malformed }
    return keys
  }

  /// The signature of `message` by `key`, 64 octets, which was verified before it is returned.
  ///
  /// - Throws: Each ``AgentFailure``. After ``AgentFailure/slow(afterMs:)`` the agent may have signed.
  package func signature(
    of message: [UInt8], by key: Ed25519PublicKey
  ) throws(AgentFailure) -> [UInt8] {
    let request =
      [AgentMessage.Kind.signRequest] + AgentMessage.string(AgentMessage.blob(key.octets))
      + AgentMessage.string(message) + AgentMessage.number(0)
    guard request.count <= AgentMessage.octetsMax else { throw .tooLong(octets: message.count) }
    let answer = try self.ask(request)
    var reading = AgentMessage.Reading(answer)
    switch reading.octet() {
    case AgentMessage.Kind.failure where reading.isAtEnd: throw try self.refusal(of: key)
    case AgentMessage.Kind.signature: break
    default: throw .malformed
    }
    guard let blob = reading.string(), reading.isAtEnd,
      let signature = AgentMessage.unwrapped(blob), signature.count == 64
    else { throw .malformed }
    // A fault of the agent's machine, or of whoever answers in its place, ends here.
    guard key.verifies(signature, of: message) else { throw .wrongSignature }
    return signature
  }

  /// Why it said no: the protocol has one word for all.
  private func refusal(of key: Ed25519PublicKey) throws(AgentFailure) -> AgentFailure {
    let keys = try self.keys()
    if keys.isEmpty { return .holdsNoKey }
    if keys.contains(where: { $0.publicKey == key }) { return .refused }
    return .lacksKey(comment: keys.map { "“\($0.comment)”" }.joined(separator: ", "))
  }

  /// The answer to one message, without its length.
  private func ask(_ message: [UInt8]) throws(AgentFailure) -> [UInt8] {
    let deadline = ContinuousClock.now + .milliseconds(self.patienceMs)
    do {
      let connection = try Endpoint.connect(to: self.address, withinMs: self.patienceMs)
      var wait = try Wait(for: connection, until: deadline)
      guard try wait.send(AgentMessage.string(message)) else { throw self.failure(wait) }
      guard let head = try wait.receive(4) else { throw self.failure(wait) }
      let count = head.reduce(0) { $0 << 8 | Int($1) }
      guard 1...AgentMessage.octetsMax ~= count else { throw AgentFailure.malformed }
      guard let answer = try wait.receive(count) else { throw self.failure(wait) }
      return answer
    } catch let failure as AgentFailure {
      throw failure
    } catch let failure as SocketFailure where failure.isTimeout {
      throw .slow(afterMs: self.patienceMs)
    } catch let failure as SocketFailure {
      throw .unreachable(failure)
    } catch {
      preconditionFailure("a connection fails with what is no SocketFailure")
    }
  }

  private func failure(_ wait: borrowing Wait) -> AgentFailure {
    wait.isOver ? .slow(afterMs: self.patienceMs) : .ended
  }
}
