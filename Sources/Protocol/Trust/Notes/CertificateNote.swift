/// What a signed note says of one certificate, short enough for a QR code.
///
/// ```
/// bitim.certificate/v1
/// 2026-000417-29
/// programme 1
/// -
/// Әбілова Айгерім Серікқызы
/// Abilova Aigerim
/// 2026-03-20 -
/// 17
/// ```
///
/// Source: `schema/BUNDLE.md`, "The certificate".
public struct CertificateNote: Equatable, Sendable {
  /// What a certificate attests.
  public enum Subject: Equatable, Sendable {
    /// A programme passed, 1 to 3.
    case programme(Int)
    /// The School's certificate: all three.
    case school
    /// A programme, as a register from before this one has it.
    case adopted(Int)
    /// A seminar attended, without attestation.
    case attendance

    init?(_ text: Substring) {
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      switch (words.first, words.count) {
      case ("school", 1): self = .school
      case ("attendance", 1): self = .attendance
      case ("programme", 2), ("adopted", 2):
        guard let programme = NoteLines.count(words[1]), programme <= 3 else { return nil }
        self = words[0] == "adopted" ? .adopted(Int(programme)) : .programme(Int(programme))
      default: return nil
      }
    }

    /// The line that says it.
    var line: String {
      switch self {
      case .programme(let number): "programme \(number)"
      case .school: "school"
      case .adopted(let number): "adopted \(number)"
      case .attendance: "attendance"
      }
    }
  }

  private static let format = "bitim.certificate/v1"

  /// The number as it is printed.
  public let number: String
  /// What it attests.
  public let subject: Subject
  /// The specialisation; nil where none is printed.
  public let specialisation: String?
  /// The holder's name as it is printed.
  public let holder: String
  /// The holder's name in Latin letters; nil where none is printed.
  public let holderLatin: String?
  /// The day of issue.
  public let issuedOn: String
  /// The last day it is valid; nil when there is none.
  public let validUntil: String?
  /// The act that issued it, by its number in the journal.
  public let act: Int64

  /// Describes a certificate; nil when a value can't stand in a note.
  public init?(
    number: String, subject: Subject, specialisation: String? = nil, holder: String,
    holderLatin: String?, issuedOn: String, validUntil: String?, act: Int64
  ) {
    self.number = number
    self.subject = subject
    self.specialisation = specialisation
    self.holder = holder
    self.holderLatin = holderLatin
    self.issuedOn = issuedOn
    self.validUntil = validUntil
    self.act = act
    guard Self(text: self.text) == self else { return nil }
  }

  /// Reads the text of a note; nil when it is anything else.
  public init?(text: String) {
    guard let lines = NoteLines.lines(of: text), lines.count == 8, lines[0] == Self.format,
      NoteLines.isNumber(lines[1]), let subject = Subject(lines[2]),
      let act = NoteLines.count(lines[7])
    else { return nil }
    let days = lines[6].split(separator: " ", omittingEmptySubsequences: false)
    guard days.count == 2, NoteLines.isDay(days[0]),
      days[1] == NoteLines.nothing || NoteLines.isDay(days[1]) && days[0] <= days[1]
    else { return nil }
    func said(_ line: Substring) -> String? { line == NoteLines.nothing ? nil : String(line) }
    self.number = String(lines[1])
    self.subject = subject
    self.specialisation = said(lines[3])
    self.holder = String(lines[4])
    self.holderLatin = said(lines[5])
    self.issuedOn = String(days[0])
    self.validUntil = said(days[1])
    self.act = act
    let texts = [self.specialisation, self.holder, self.holderLatin].compactMap { $0 }
    guard texts.allSatisfy(NoteLines.isSaid) else { return nil }
  }

  /// The lines that ``init(text:)`` reads.
  public var text: String {
    """
    \(Self.format)
    \(self.number)
    \(self.subject.line)
    \(self.specialisation ?? NoteLines.nothing)
    \(self.holder)
    \(self.holderLatin ?? NoteLines.nothing)
    \(self.issuedOn) \(self.validUntil ?? NoteLines.nothing)
    \(self.act)

    """
  }
}
