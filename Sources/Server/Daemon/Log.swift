import BitimDomain
import BitimProtocol
import BitimStore
import Foundation

/// Log lines on standard error: one JSON object a line, nothing personal in any.
enum Log {
  enum Level: String { case info, warning, error }

  /// Writes `text` to standard error. A text that nobody can take stops nothing: `FileHandle`'s own
  /// `write(_:)` would end the process.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Writes one line; `fields` in the order of their names behind time, level and event.
  static func line(_ level: Level, _ event: String, _ fields: [String: String] = [:]) {
    let at = JSONText.quoted(System.now().text)
    var text = "{\"at\":\(at),\"level\":\"\(level.rawValue)\",\"event\":\(JSONText.quoted(event))"
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      text += ",\(JSONText.quoted(name)):\(JSONText.quoted(value))"
    }
    Self.write(text + "}\n")
  }
}
