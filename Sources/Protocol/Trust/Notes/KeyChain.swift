/// The keys that may be believed of one log: those that somebody pinned, and those that they introduce.
///
/// A ``KeyNote`` counts when a key that is believed for the log has signed it. A key of certificates introduces none,
/// and a key that nobody who is believed has introduced is believed by nobody, whatever it says of itself. Days are not
/// judged: that a key was retired or stolen since no note says.
public struct KeyChain: Equatable, Sendable {
  /// Why a note does not count.
  public enum Fault: Equatable, Sendable {
    /// No signed note that introduces a key.
    case notKeyNote
    /// It is of another log.
    case otherLog(String)
    /// No key that is believed for the log has signed it.
    case unsigned
    /// A key that is believed, or the one that it introduces, stands in a signature that does not hold.
    case forged(name: String)
    /// Behind ``notesMax`` others.
    case tooMany
  }

  /// A key that may be believed.
  public struct Link: Equatable, Sendable {
    /// The key.
    public let key: NoteKey
    /// What it signs.
    public let use: KeyNote.Use
    /// The first day; nil of a key that was pinned.
    public let from: String?
    /// Who introduced it; nil of a key that was pinned.
    public let by: NoteKey?
  }

  /// How many notes are read: each may cost a verification by each key.
  public static let notesMax = 64

  /// The name of the log.
  public let origin: String
  /// What may be believed: those that were pinned, then the others as they were introduced.
  public private(set) var links: [Link] = []
  /// The notes that do not count, by their place, and why.
  public private(set) var faults: [Int: Fault] = [:]

  /// Follows `notes`, in whatever order, from the keys that are pinned.
  ///
  /// - Parameters:
  ///   - origin: The name of the log: what is pinned under it is a key of the log, and all else one of certificates.
  ///   - pinned: The keys that somebody believes, by whatever way they came.
  ///   - notes: Signed notes.
  public init(log origin: String, pinned: [NoteKey], notes: [[UInt8]]) {
    self.origin = origin
    for key in pinned where !self.links.contains(where: { $0.key == key }) {
      let isLog = key.name.utf8.elementsEqual(origin.utf8)
      self.links.append(Link(key: key, use: isLog ? .log : .certificates, from: nil, by: nil))
    }
    var waiting: [(place: Int, note: SignedNote, said: KeyNote)] = []
    for (place, octets) in notes.enumerated() {
      guard place < Self.notesMax else {
        self.faults[place] = .tooMany
        continue
      }
      guard let note = try? SignedNote(octets), let said = KeyNote(text: note.text) else {
        self.faults[place] = .notKeyNote
        continue
      }
      guard said.origin.utf8.elementsEqual(origin.utf8) else {
        self.faults[place] = .otherLog(said.origin)
        continue
      }
      waiting.append((place, note, said))
    }
    // Each turn believes one key more, or is the last.
    var goesOn = true
    while goesOn {
      goesOn = false
      for (place, note, said) in waiting {
        switch self.introducer(of: said, note) {
        case .failure(.unsigned):
          self.faults[place] = .unsigned
        case .failure(let fault):
          // Somebody has changed it: no later key makes it whole.
          waiting.removeAll { $0.place == place }
          self.faults[place] = fault
        case .success(let key):
          waiting.removeAll { $0.place == place }
          self.faults[place] = nil
          goesOn = true
          guard !self.links.contains(where: { $0.key == said.key }) else { continue }
          self.links.append(Link(key: said.key, use: said.use, from: said.from, by: key))
        }
      }
    }
  }

  /// The keys of the log that may be believed.
  public var logKeys: [NoteKey] { self.links.filter { $0.use == .log }.map(\.key) }
  /// The keys of certificates that may be believed.
  public var certificateKeys: [NoteKey] {
    self.links.filter { $0.use == .certificates }.map(\.key)
  }

  private enum Outcome {
    case success(NoteKey)
    case failure(Fault)
  }

  /// The key that is believed for the log and has signed a note.
  private func introducer(of said: KeyNote, _ note: SignedNote) -> Outcome {
    let believed = self.logKeys
    do throws(SignedNote.Distrust) {
      // What the new key signs with it must hold too; it introduces nobody by that.
      let signers = try note.signers(among: believed + [said.key])
      guard let key = signers.first(where: believed.contains) else { return .failure(.unsigned) }
      return .success(key)
    } catch {
      switch error {
      case .unsigned: return .failure(.unsigned)
      case .forged(let name): return .failure(.forged(name: name))
      }
    }
  }
}
