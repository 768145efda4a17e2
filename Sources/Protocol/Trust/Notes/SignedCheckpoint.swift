/// A checkpoint that a trusted key has signed under the log's own name.
public struct SignedCheckpoint: Equatable, Sendable {
  /// Why octets are not to be believed.
  public enum Fault: Error, Equatable, Sendable {
    /// No signed note.
    case notNote(SignedNote.Fault)
    /// No key that is trusted has signed it.
    case unsigned
    /// A key that is trusted stands in a signature that does not hold, by this name.
    case forged(name: String)
    /// What is signed is no checkpoint.
    case noCheckpoint
    /// It is of another log than its signer's: this one.
    case otherOrigin(String)
  }

  /// What it says.
  public let checkpoint: Checkpoint
  /// The key that has signed it.
  public let key: NoteKey

  /// Reads a signed note, and believes it by one of `keys` alone.
  ///
  /// - Throws: ``Fault``.
  public init(_ octets: [UInt8], by keys: [NoteKey]) throws(Fault) {
    let note: SignedNote
    do throws(SignedNote.Fault) { note = try SignedNote(octets) } catch { throw .notNote(error) }
    let signers: [NoteKey]
    do throws(SignedNote.Distrust) {
      signers = try note.signers(among: keys)
    } catch {
      switch error {
      case .unsigned: throw .unsigned
      case .forged(let name): throw .forged(name: name)
      }
    }
    guard let checkpoint = Checkpoint(text: note.text) else { throw .noCheckpoint }
    guard let key = signers.first(where: { $0.name.utf8.elementsEqual(checkpoint.origin.utf8) })
    else { throw .otherOrigin(checkpoint.origin) }
    self.checkpoint = checkpoint
    self.key = key
  }
}

extension NoteKey {
  /// The keys of a file that are to be believed; nil when it is none, or has none of them.
  public static func keys(file octets: [UInt8]) -> [NoteKey]? {
    KeyFile(octets).flatMap { $0.keys.isEmpty ? nil : $0.keys }
  }
}
