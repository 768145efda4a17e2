import BitimCrypto

/// A text of lines, and who signed it.
///
/// ```
/// the text,
/// whatever it says
///
/// — name base64
/// ```
///
/// Signature lines have four octets of the key's ``NoteKey/id`` and the signature; those of keys that a reader
/// does not know mean nothing to him. Source: C2SP signed-note.
public struct SignedNote: Equatable, Sendable {
  /// Why octets are no note.
  public enum Fault: Error, Equatable, Sendable {
    /// Longer than ``octetsMax``.
    case tooLong
    /// Not UTF-8, or with a control character besides the end of a line.
    case notText
    /// No empty line with signature lines and nothing else behind it.
    case withoutSignatures
    /// A line, counted from 1 behind the empty one, that is no signature line.
    case badLine(Int)
    /// More than ``signaturesMax``.
    case tooManySignatures
  }

  /// Why a note is not to be believed.
  public enum Distrust: Error, Equatable, Sendable {
    /// No key that is trusted has signed it.
    case unsigned
    /// A key that is trusted stands in a signature that does not hold, by this name.
    case forged(name: String)
  }

  /// A line behind the text.
  public struct Signature: Equatable, Sendable {
    /// Who says that he signed.
    public let name: String
    /// Of the key: four octets.
    public let keyID: [UInt8]
    /// The signature, of whatever kind the key is.
    public let octets: [UInt8]
  }

  /// The longest note that is read, in octets.
  public static let octetsMax = 1_000_000
  /// How many signatures a note may have.
  public static let signaturesMax = 100
  /// What begins a signature line: an em dash and a space.
  private static let mark = Array("— ".utf8)

  /// What is signed: lines, each with its end.
  public let text: String
  /// In their order.
  public private(set) var signatures: [Signature]

  /// A note that nobody has signed yet; nil when the text does not end its last line, or has a control character.
  public init?(text: String) {
    guard text.utf8.last == 0x0A, Self.isText(text) else { return nil }
    self.text = text
    self.signatures = []
  }

  /// Reads a note; verifies nothing.
  ///
  /// - Throws: ``Fault``.
  public init(_ octets: [UInt8]) throws(Fault) {
    guard octets.count <= Self.octetsMax else { throw .tooLong }
    guard let whole = String(validating: octets, as: UTF8.self), Self.isText(whole) else {
      throw .notText
    }
    // The last empty line: the text may have some of its own.
    let ends = octets.indices.dropFirst().filter { octets[$0] == 0x0A && octets[$0 - 1] == 0x0A }
    guard let end = ends.last, end + 1 < octets.count, octets.last == 0x0A else {
      throw .withoutSignatures
    }
    self.text = String(decoding: octets[..<end], as: UTF8.self)
    self.signatures = []
    let lines = octets[(end + 1)...].dropLast().split(
      separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count <= Self.signaturesMax else { throw .tooManySignatures }
    for (index, line) in lines.enumerated() {
      guard let signature = Self.signature(line) else { throw .badLine(index + 1) }
      self.signatures.append(signature)
    }
  }

  private static func isText(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A }
  }

  private static func signature(_ line: ArraySlice<UInt8>) -> Signature? {
    guard line.starts(with: Self.mark) else { return nil }
    let parts = line.dropFirst(Self.mark.count).split(
      separator: 0x20, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let octets = StrictBase64.octets(parts[1]), octets.count > 4 else {
      return nil
    }
    let name = String(decoding: parts[0], as: UTF8.self)
    guard NoteKey.isName(name) else { return nil }
    return Signature(name: name, keyID: Array(octets.prefix(4)), octets: Array(octets.dropFirst(4)))
  }

  /// The note as ``init(_:)`` reads it.
  public var octets: [UInt8] {
    var note = self.text + "\n"
    for signature in self.signatures {
      note += "— \(signature.name) \(StrictBase64.text(signature.keyID + signature.octets))\n"
    }
    return Array(note.utf8)
  }

  /// What is to be signed by keys of Ed25519.
  public var message: [UInt8] { Array(self.text.utf8) }

  /// Adds the signature of ``message`` by `key`.
  ///
  /// It must hold: a note with one that does not is believed by nobody who knows the key.
  public mutating func add(_ signature: [UInt8], by key: NoteKey) {
    precondition(
      key.publicKey.verifies(signature, of: self.message), "a signature that does not hold")
    self.signatures.append(Signature(name: key.name, keyID: key.id, octets: signature))
  }

  /// Which of `keys` have signed it, in the order of their lines; at least one.
  ///
  /// A key is known by name and id together; of several lines of one key the first is looked at.
  ///
  /// - Throws: ``Distrust``.
  public func signers(among keys: [NoteKey]) throws(Distrust) -> [NoteKey] {
    var signers: [NoteKey] = []
    for signature in self.signatures {
      let known = keys.first {
        $0.name.utf8.elementsEqual(signature.name.utf8) && $0.id == signature.keyID
      }
      guard let known, !signers.contains(known) else { continue }
      guard known.publicKey.verifies(signature.octets, of: self.message) else {
        throw .forged(name: known.name)
      }
      signers.append(known)
    }
    guard !signers.isEmpty else { throw .unsigned }
    return signers
  }
}
