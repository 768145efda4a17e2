import BitimCrypto

/// A certificate in a file, with what shows how it stands: checked with no network.
///
/// ```
/// bitim.bundle/v1
/// certificate 10
/// …
/// standing 7
/// …
/// act 8
/// …
/// checkpoint 5
/// …
/// ```
///
/// Each section is a heading, its name and how many lines it has, and those lines. Source: `schema/BUNDLE.md`.
public struct CertificateBundle: Equatable, Sendable {
  /// Why octets are no bundle.
  public enum Fault: Error, Equatable, Sendable {
    /// Longer than ``octetsMax``.
    case tooLong
    /// Not UTF-8, or not this format, or another version of it.
    case notBundle
    /// A line, counted from 1, where something else must stand: a heading, or what it is the heading of.
    case badLine(Int)
  }

  /// An act of the journal, and what shows that it is in the log.
  public struct ProvenAct: Equatable, Sendable {
    /// The leaf.
    public let entry: JournalEntry
    /// Siblings, from the leaf upward.
    public let hashes: [[UInt8]]

    /// Puts them together; verifies nothing.
    public init(entry: JournalEntry, hashes: [[UInt8]]) {
      self.entry = entry
      self.hashes = hashes
    }
  }

  /// The longest file that is read, in octets.
  public static let octetsMax = 1_000_000
  private static let format = "bitim.bundle/v1"
  /// As many as a tree of 2^63 leaves is high.
  private static let hashesMax = 63
  /// How many notes of keys one may have.
  public static let keyNotesMax = 16

  /// The certificate's note, whose text is ``certificate``.
  public let certificateNote: SignedNote
  /// What it says.
  public let certificate: CertificateNote
  /// The standing's note, whose text is ``standing``.
  public let standingNote: SignedNote
  /// What it says.
  public let standing: StandingNote
  /// The acts of the standing's events, in their order.
  public let acts: [ProvenAct]
  /// The log's checkpoint.
  public let checkpoint: SignedNote
  /// Notes by which older keys of the log introduce newer ones, in whatever order.
  public let keyNotes: [SignedNote]

  /// Puts a bundle together, and verifies nothing; nil when the notes are none of a certificate and its standing.
  public init?(
    certificate: SignedNote, standing: SignedNote, acts: [ProvenAct], checkpoint: SignedNote,
    keyNotes: [SignedNote] = []
  ) {
    guard let said = CertificateNote(text: certificate.text),
      let stands = StandingNote(text: standing.text)
    else { return nil }
    self.certificateNote = certificate
    self.certificate = said
    self.standingNote = standing
    self.standing = stands
    self.acts = acts
    self.checkpoint = checkpoint
    self.keyNotes = keyNotes
  }

  /// Reads a bundle; verifies nothing.
  ///
  /// - Throws: ``Fault``.
  public init(_ octets: [UInt8]) throws(Fault) {
    guard octets.count <= Self.octetsMax else { throw .tooLong }
    guard let text = String(validating: octets, as: UTF8.self),
      text.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }), let lines = NoteLines.lines(of: text),
      lines.first == Self.format[...]
    else { throw .notBundle }
    var reading = Reading(lines: lines)
    (self.certificateNote, self.certificate) = try reading.note("certificate") {
      CertificateNote(text: $0.text)
    }
    (self.standingNote, self.standing) = try reading.note("standing") {
      StandingNote(text: $0.text)
    }
    var acts: [ProvenAct] = []
    while acts.count < StandingNote.eventsMax, let section = reading.section("act") {
      acts.append(try Self.act(section))
    }
    self.acts = acts
    (self.checkpoint, _) = try reading.note("checkpoint") { Checkpoint(text: $0.text) }
    var keyNotes: [SignedNote] = []
    while keyNotes.count < Self.keyNotesMax, reading.isAt("key") {
      keyNotes.append(try reading.note("key") { $0 }.note)
    }
    self.keyNotes = keyNotes
    // What no rule above has a place for is not passed over.
    guard reading.isAtEnd, self.octets == octets else { throw .badLine(reading.line) }
  }

  private static func act(_ section: Reading.Section) throws(Fault) -> ProvenAct {
    guard let entry = JournalEntry(Array(section.lines[section.lines.startIndex].utf8)),
      section.lines.count <= 1 + Self.hashesMax
    else { throw .badLine(section.first) }
    var hashes: [[UInt8]] = []
    for line in section.lines.dropFirst() {
      guard let hash = StrictBase64.octets(line.utf8), hash.count == SHA256.digestCount else {
        throw .badLine(section.first + 1 + hashes.count)
      }
      hashes.append(hash)
    }
    return ProvenAct(entry: entry, hashes: hashes)
  }

  /// The file as ``init(_:)`` reads it.
  public var octets: [UInt8] {
    var file = Self.format + "\n"
    func add(_ name: String, _ text: String) {
      file += "\(name) \(text.utf8.count { $0 == 0x0A })\n" + text
    }
    func add(_ name: String, _ note: SignedNote) {
      add(name, String(decoding: note.octets, as: UTF8.self))
    }
    add("certificate", self.certificateNote)
    add("standing", self.standingNote)
    for act in self.acts {
      let entry = String(decoding: act.entry.octets, as: UTF8.self)
      add("act", ([entry] + act.hashes.map(StrictBase64.text)).map { $0 + "\n" }.joined())
    }
    add("checkpoint", self.checkpoint)
    for note in self.keyNotes { add("key", note) }
    return Array(file.utf8)
  }

  /// The lines of a file, section after section.
  private struct Reading {
    /// What stands under a heading.
    struct Section {
      let lines: ArraySlice<Substring>
      /// The first of them, counted from 1.
      let first: Int
    }

    let lines: [Substring]
    /// Where the next heading stands, from 0.
    private var at = 1

    init(lines: some Sequence<Substring>) { self.lines = Array(lines) }

    /// The next line, counted from 1.
    var line: Int { self.at + 1 }
    var isAtEnd: Bool { self.at == self.lines.count }

    /// Whether the next section has this name.
    func isAt(_ name: String) -> Bool {
      self.at < self.lines.count && self.lines[self.at].hasPrefix(name + " ")
    }

    /// The next section, if it has this name and all its lines.
    mutating func section(_ name: String) -> Section? {
      guard self.isAt(name),
        let count = NoteLines.count(self.lines[self.at].dropFirst(name.count + 1)),
        count < self.lines.count - self.at
      else { return nil }
      let first = self.at + 1
      self.at = first + Int(count)
      return Section(lines: self.lines[first..<self.at], first: first + 1)
    }

    /// The next section as a note, and what its text says.
    mutating func note<Content>(
      _ name: String, _ content: (SignedNote) -> Content?
    ) throws(Fault) -> (note: SignedNote, content: Content) {
      let line = self.line
      guard let section = self.section(name) else { throw .badLine(line) }
      let octets = Array(section.lines.map { $0 + "\n" }.joined().utf8)
      guard let note = try? SignedNote(octets), let content = content(note) else {
        throw .badLine(line)
      }
      return (note, content)
    }
  }
}
