/// What a signed note says of how one certificate stands: all that stood at an instant of it in the log so far.
///
/// ```
/// bitim.standing/v1
/// 2026-000417-29
/// 2026-11-29 1795968245123
/// 100
/// issued 2026-03-20 - 17
/// suspended 2026-05-01 2026-05-20 52
/// ```
///
/// Source: `schema/BUNDLE.md`, "The standing".
public struct StandingNote: Equatable, Sendable {
  /// What an act did to the certificate, as it stands.
  public struct Event: Equatable, Sendable {
    /// What it is.
    public enum Kind: String, Sendable {
      /// It is valid on the event's days.
      case issued
      /// It is not, for good.
      case revoked
      /// It is not valid on the event's days.
      case suspended
      /// Another is valid in its place.
      case replaced
    }

    /// What was done.
    public let kind: Kind
    /// The first day.
    public let from: String
    /// The last day; nil when there is none.
    public let until: String?
    /// The act, by its number in the journal.
    public let act: Int64
    /// The number of the certificate in its place; nil where it is not replaced.
    public let successor: String?

    /// Describes an event.
    public init(
      _ kind: Kind, from: String, until: String?, act: Int64, successor: String? = nil
    ) {
      self.kind = kind
      self.from = from
      self.until = until
      self.act = act
      self.successor = successor
    }

    init?(_ line: Substring) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count >= 4, let kind = Kind(rawValue: String(words[0])),
        words.count == (kind == .replaced ? 5 : 4), NoteLines.isDay(words[1]),
        words[2] == NoteLines.nothing || NoteLines.isDay(words[2]) && words[1] <= words[2],
        let act = NoteLines.count(words[3])
      else { return nil }
      if kind == .replaced, !NoteLines.isNumber(words[4]) { return nil }
      self.init(
        kind, from: String(words[1]), until: words[2] == "-" ? nil : String(words[2]), act: act,
        successor: kind == .replaced ? String(words[4]) : nil)
    }

    /// The line that says it.
    var line: String {
      let words = [
        self.kind.rawValue, self.from, self.until ?? NoteLines.nothing, "\(self.act)",
        self.successor,
      ]
      return words.compactMap { $0 }.joined(separator: " ")
    }

    /// Whether it may stand behind another: by a later act, or by the same, of which an arbiter stayed days between.
    func follows(_ other: Event) -> Bool {
      guard self.act == other.act else { return other.act < self.act }
      return self.kind == other.kind && self.successor == other.successor
        && other.until.map { $0 < self.from } ?? false
    }

    /// Whether a day is one of the event's.
    func covers(_ day: String) -> Bool { self.from <= day && self.until.map { day <= $0 } ?? true }
  }

  /// How a certificate stands on a day.
  public enum Standing: Equatable, Sendable {
    case valid
    case notYetValid(from: String)
    case expired(since: String)
    /// By this event.
    case ended(Event)
  }

  private static let format = "bitim.standing/v1"
  /// How many events one may have.
  static let eventsMax = 100

  /// The number as it is printed.
  public let number: String
  /// The School's day at the instant.
  public let day: String
  /// The instant, in milliseconds since 1970.
  public let atMs: Int64
  /// Of how many acts in the journal these are all events.
  public let size: Int64
  /// Its issue, and what stands against it, in the order of the acts.
  public let events: [Event]

  /// Describes how a certificate stands; nil when a value can't stand in a note.
  public init?(number: String, day: String, atMs: Int64, size: Int64, events: [Event]) {
    self.number = number
    self.day = day
    self.atMs = atMs
    self.size = size
    self.events = events
    guard Self(text: self.text) == self else { return nil }
  }

  /// Reads the text of a note; nil when it is anything else.
  public init?(text: String) {
    guard let lines = NoteLines.lines(of: text), 5...(4 + Self.eventsMax) ~= lines.count,
      lines[0] == Self.format, NoteLines.isNumber(lines[1]), let size = NoteLines.count(lines[3])
    else { return nil }
    let words = lines[2].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, NoteLines.isDay(words[0]), let atMs = NoteLines.count(words[1]) else {
      return nil
    }
    let events = lines[4...].compactMap(Event.init)
    guard events.count == lines.count - 4, events[0].kind == .issued,
      events.dropFirst().allSatisfy({ $0.kind != .issued }),
      zip(events, events.dropFirst()).allSatisfy({ $1.follows($0) }),
      events.allSatisfy({ $0.act <= size })
    else { return nil }
    self.number = String(lines[1])
    self.day = String(words[0])
    self.atMs = atMs
    self.size = size
    self.events = events
  }

  /// The lines that ``init(text:)`` reads.
  public var text: String {
    let head = [Self.format, self.number, "\(self.day) \(self.atMs)", "\(self.size)"]
    return (head + self.events.map(\.line)).map { $0 + "\n" }.joined()
  }

  /// How the certificate stands on a day: revoked before suspended before replaced before expired before not yet
  /// valid, as the registry itself answers.
  public func standing(on day: String) -> Standing {
    for kind in [Event.Kind.revoked, .suspended, .replaced] {
      let covering = self.events.filter { $0.kind == kind && $0.covers(day) }
      if let first = covering.min(by: { ($0.from, $0.act) < ($1.from, $1.act) }) {
        return .ended(first)
      }
    }
    let issued = self.events[0]
    if let until = issued.until, day > until { return .expired(since: until) }
    return day < issued.from ? .notYetValid(from: issued.from) : .valid
  }
}
