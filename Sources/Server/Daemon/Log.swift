import BitimDomain
import BitimProtocol
import Foundation

/// Log lines on standard error: one JSON object a line, nothing personal in any.
enum Log {
  enum Level: String { case info, warning, error }

  /// Writes `text` to standard error. A text that nobody can take stops nothing: `FileHandle`'s own
  /// `write(_:)` would end the process.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// An instant as people and programs read it: `2026-11-24T22:30:00.125Z`.
  static func stamp(_ instant: Instant) -> String {
    let stamp = GoogleProtobuf.Timestamp.with(milliseconds: instant.unixMilliseconds)
    // A timestamp's JSON is its text in quotes.
    return String((try? JSONText().text(stamp))?.dropFirst().dropLast() ?? "")
  }

  /// Writes one line; `fields` in the order of their names behind time, level and event.
  static func line(_ level: Level, _ event: String, _ fields: [String: String] = [:]) {
    let at = JSONText.quoted(Self.stamp(System.now()))
    var text = "{\"at\":\(at),\"level\":\"\(level.rawValue)\",\"event\":\(JSONText.quoted(event))"
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      text += ",\(JSONText.quoted(name)):\(JSONText.quoted(value))"
    }
    Self.write(text + "}\n")
  }
}

extension GoogleProtobuf.Timestamp {
  fileprivate static func with(milliseconds: Int64) -> Self {
    var stamp = Self()
    stamp.seconds = milliseconds / 1_000
    stamp.nanos = Int32(milliseconds % 1_000) * 1_000_000
    return stamp
  }
}
