import BitimCrypto
package import BitimTrust
import Synchronization

/// Signs what a bundle says of one certificate, with the key and beside the tree of the newest checkpoint.
///
/// It signs under another name than the log's, so that nothing of it passes for a checkpoint. Each signature is an
/// agent's answer: it is for no loop, and whoever asks holds no snapshot.
extension LogSigner {
  /// A signed checkpoint, and what of the log is to be shown with it.
  package struct Base: Sendable {
    /// The checkpoint's note.
    package let checkpoint: SignedNote
    /// How many acts it has.
    package let size: Int64
    fileprivate let root: [UInt8]
    /// What signs certificates beside it.
    fileprivate let key: NoteKey
    fileprivate let tree: TreeTiles

    /// Who signs certificates beside it, by a name that is the key itself.
    package var issuer: DIDKey { DIDKey(self.key.publicKey) }

    /// What shows that an act is in the log; nil when it is not, or the journal has by now another than was signed.
    ///
    /// - Parameter entries: Gives entries behind a number, as many as are asked for.
    /// - Throws: What `entries` throws.
    package func proof(
      ofAct number: Int64, _ entries: (_ after: Int64, _ count: Int) throws -> [[UInt8]]
    ) throws -> CertificateBundle.ProvenAct? {
      guard 1...self.size ~= number, let octets = try entries(number - 1, 1).first,
        let entry = JournalEntry(octets)
      else { return nil }
      let (index, size) = (UInt64(number - 1), UInt64(self.size))
      let hashes = try self.tree.inclusion(of: index, in: size) {
        try entries(Int64($0.lowerBound), $0.count)
      }
      guard let hashes,
        MerkleTree.verifyInclusion(
          leafHash: MerkleTree.leaf(octets), index: index, size: size, proof: hashes,
          root: self.root)
      else { return nil }
      return CertificateBundle.ProvenAct(entry: entry, hashes: hashes)
    }
  }

  /// How many certificates' notes are kept; above it all are forgotten.
  private static let keptMax = 1_024

  /// The newest checkpoint to rest on; nil while nothing can be signed, as ``standing`` says.
  package var base: Base? {
    self.proving.map { newest, key, tree in
      Base(
        checkpoint: newest.note, size: newest.size, root: newest.checkpoint.root, key: key,
        tree: tree)
    }
  }

  /// Signs what is said of one certificate.
  ///
  /// - Throws: ``Trouble``; the next turn asks the agent anew.
  package func signed(
    _ certificate: CertificateNote, _ standing: StandingNote, on base: Base
  ) throws(Trouble) -> (certificate: SignedNote, standing: SignedNote) {
    try self.asked(base) { (agent, key) throws(AgentFailure) in
      let kept = "\(key)\n\(certificate.text)"
      let signed: SignedNote
      if let known = self.certificates.withLock({ $0[kept] }) {
        signed = known
      } else {
        signed = try Self.note(certificate.text, agent, key)
        self.certificates.withLock { notes in
          if notes.count >= Self.keptMax { notes.removeAll(keepingCapacity: true) }
          notes[kept] = signed
        }
      }
      return (signed, try Self.note(standing.text, agent, key))
    }
  }

  /// Signs documents of ``Base/issuer``.
  ///
  /// - Throws: ``Trouble``; the next turn asks the agent anew.
  package func signed(
    _ proofs: [DataIntegrityProof], on base: Base
  ) throws(Trouble) -> [CanonicalJSON] {
    try self.asked(base) { (agent, key) throws(AgentFailure) in
      var documents: [CanonicalJSON] = []
      for proof in proofs {
        documents.append(
          proof.signed(try agent.signature(of: proof.message, by: key.publicKey)))
      }
      return documents
    }
  }

  /// Asks the agent for what is signed with the key of `base`.
  private func asked<Answer>(
    _ base: Base, _ body: (SigningAgent, NoteKey) throws(AgentFailure) -> Answer
  ) throws(Trouble) -> Answer {
    // Who failed a moment ago is not asked for each that waits here.
    if let trouble = self.standing.trouble { throw trouble }
    guard let source = self.source else { throw .off }
    let agent: SigningAgent
    do throws(Trouble) {
      agent = try source.agent()
    } catch {
      self.fail(outOfTurn: error)
      throw error
    }
    do throws(AgentFailure) {
      return try body(agent, base.key)
    } catch {
      source.failed()
      self.fail(outOfTurn: .agent(error))
      throw .agent(error)
    }
  }

  private static func note(
    _ text: String, _ agent: SigningAgent, _ key: NoteKey
  ) throws(AgentFailure) -> SignedNote {
    guard var note = SignedNote(text: text) else {
      preconditionFailure("the text of a note that is none")
    }
    note.add(try agent.signature(of: note.message, by: key.publicKey), by: key)
    return note
  }
}
