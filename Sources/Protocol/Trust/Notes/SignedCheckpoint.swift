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
  /// The longest file of keys that is read, in octets.
  private static let fileMax = 65_536

  /// The keys of a file, one a line; lines that begin with `#` and empty lines say nothing.
  ///
  /// Nil when one of the others is no key, or there is none.
  public static func keys(file octets: [UInt8]) -> [NoteKey]? {
    guard octets.count <= Self.fileMax, let text = String(validating: octets, as: UTF8.self) else {
      return nil
    }
    var keys: [NoteKey] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let key = NoteKey(String(line)) else { return nil }
      keys.append(key)
    }
    return keys.isEmpty ? nil : keys
  }
}
