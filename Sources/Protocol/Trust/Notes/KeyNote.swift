/// That a key signs for a log's registry from a day on, as the text of a ``SignedNote``: who has the older key of the
/// log learns the newer by it, without asking anybody.
///
/// ```
/// bitim key succession v1
/// bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d
/// bitim/c2f21ad3fcd91b4f03eeaae0ac4b3d2d+f934b0f2+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU
/// log
/// 2026-12-15
/// ```
///
/// No checkpoint reads like it, nor it like one: a log is not called what the first line says.
public struct KeyNote: Equatable, Sendable {
  /// What a key signs.
  public enum Use: String, Sendable {
    /// Checkpoints of the log, and which keys come after: it has the log's name.
    case log
    /// Certificates, and what is said of them: it has another name.
    case certificates
  }

  /// The first line.
  private static let head = "bitim key succession v1"

  /// The name of the log.
  public let origin: String
  /// The key that is introduced.
  public let key: NoteKey
  /// What it signs.
  public let use: Use
  /// The first day: 2026-12-15.
  public let from: String

  /// Introduces a key; nil where its name is not one for that use, or the day is no day.
  public init?(origin: String, key: NoteKey, use: Use, from: String) {
    guard key.name.utf8.elementsEqual(origin.utf8) == (use == .log), NoteLines.isDay(from),
      !origin.utf8.contains(0x0A)
    else { return nil }
    self.origin = origin
    self.key = key
    self.use = use
    self.from = from
  }

  /// Reads the text of a note; nil when it is none that introduces a key.
  public init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 6, lines[0] == Self.head, lines[5].isEmpty,
      let key = NoteKey(lines[2]), let use = Use(rawValue: lines[3])
    else { return nil }
    self.init(origin: lines[1], key: key, use: use, from: lines[4])
    // What is signed is octets: a text that Unicode calls equal is another.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  /// The lines that ``init(text:)`` reads.
  public var text: String {
    "\(Self.head)\n\(self.origin)\n\(self.key)\n\(self.use.rawValue)\n\(self.from)\n"
  }
}
