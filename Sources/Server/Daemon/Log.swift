import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore
import BitimSystem
import Foundation
import Synchronization

/// Log lines on standard error: one JSON object a line, nothing personal in any.
enum Log {
  enum Level: String {
    case info, warning, error

    /// As journald takes a level from the head of a line: sd-daemon(3).
    var prefix: String {
      switch self {
      case .info: "<6>"
      case .warning: "<4>"
      case .error: "<3>"
      }
    }
  }

  /// Whether standard error is the journal's, as `JOURNAL_STREAM` says: systemd.exec(5).
  private static let isJournal =
    ProcessInfo.processInfo.environment["JOURNAL_STREAM"].map {
      $0 == FileSystem.identity(of: FileHandle.standardError.fileDescriptor)?.text
    } ?? false

  private static let pace = Lock(Pace())

  /// Writes `text` to standard error. A text that nobody can take stops nothing: `FileHandle`'s own
  /// `write(_:)` would end the process.
  static func write(_ text: String) {
    // Paths, settings and what a file says may hold what a terminal would obey.
    try? FileHandle.standardError.write(contentsOf: Data(text.visibleLines.utf8))
  }

  /// Writes one line; `fields` in the order of their names behind time, level and event.
  static func line(_ level: Level, _ event: String, _ fields: [String: String] = [:]) {
    let at = JSONText.quoted(System.now().text)
    var text = "{\"at\":\(at),\"level\":\"\(level.rawValue)\",\"event\":\(JSONText.quoted(event))"
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      text += ",\(JSONText.quoted(name)):\(JSONText.quoted(value))"
    }
    Self.write((Self.isJournal ? level.prefix : "") + text + "}\n")
  }

  /// Writes a line of what others may bring about as often as they like: of each event one in ten
  /// seconds, with how many were left out since the last (`more`).
  static func seldom(_ level: Level, _ event: String, _ fields: [String: String] = [:]) {
    let now = System.clock.monotonicNanoseconds()
    guard let more = Self.pace.withLock({ $0.take(event, now: now) }) else { return }
    Self.line(level, event, fields.merging(["more": "\(more)"]) { given, _ in given })
  }
}

/// Lets one line of each event through in ten seconds.
struct Pace {
  private static let pause: Int64 = 10_000_000_000
  private var events: [String: (at: Int64, more: Int)] = [:]

  /// How many were left out since the last that was let through; nil if this one is left out.
  mutating func take(_ event: String, now: Int64) -> Int? {
    if let last = self.events[event], now < last.at + Self.pause {
      self.events[event] = (last.at, last.more + 1)
      return nil
    }
    defer { self.events[event] = (now, 0) }
    return self.events[event]?.more ?? 0
  }
}

/// Something that may be wrong for a while: told when it begins and when it ends.
struct Alarm {
  private var isOn = false

  /// What `isWrong` changes; nil while all is as it was.
  mutating func turn(_ isWrong: Bool) -> Bool? {
    defer { self.isOn = isWrong }
    return isWrong == self.isOn ? nil : isWrong
  }
}

/// Says a line to who typed a command, for the whole program: what a terminal would obey is shown, not done.
func print(_ line: String) { Swift.print(line.visibleLines) }
