/// How values stand in the lines of notes about certificates: each in one form alone.
///
/// Source: `schema/BUNDLE.md`, "Values".
enum NoteLines {
  /// What stands where there is nothing.
  static let nothing = "-"

  /// The lines of a text, each with its end; nil when the last has none.
  static func lines(of text: String) -> [Substring]? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.last == "" ? lines.dropLast() : nil
  }

  /// A number from 1 in decimal digits, without leading zeros.
  static func count(_ text: Substring) -> Int64? {
    guard let number = Int64(text), number > 0, String(number) == text else { return nil }
    return number
  }

  /// A certificate's number, as it is printed: its check digits are not looked at.
  static func isNumber(_ text: some StringProtocol) -> Bool {
    Self.hasForm(text, "0000-000000-00")
  }

  /// A day of the calendar, as ISO 8601 has it.
  static func isDay(_ text: some StringProtocol) -> Bool {
    guard Self.hasForm(text, "0000-00-00"), let year = Int(text.prefix(4)),
      let month = Int(text.dropFirst(5).prefix(2)), let day = Int(text.suffix(2)), 1...12 ~= month
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1...days[month - 1] ~= day
  }

  /// A line that people read: neither empty nor ``nothing``, without space at its ends.
  static func isSaid(_ text: String) -> Bool {
    text != Self.nothing && !text.isEmpty && text.utf8.first != 0x20 && text.utf8.last != 0x20
      && text.utf8.count <= 400 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  private static func hasForm(_ text: some StringProtocol, _ form: String) -> Bool {
    text.utf8.count == form.utf8.count
      && zip(text.utf8, form.utf8).allSatisfy { octet, place in
        place == UInt8(ascii: "0") ? (0x30...0x39).contains(octet) : octet == place
      }
  }
}

extension NoteKey {
  /// What follows a log's name in the name of the key that signs its certificates.
  private static let certificates = "/certificates"

  /// The same key under the name by which it signs a log's certificates: none of its signatures is one of the log.
  public var forCertificates: NoteKey {
    guard let key = NoteKey(name: self.name + Self.certificates, publicKey: self.publicKey) else {
      preconditionFailure("a name that is none with more letters")
    }
    return key
  }

  /// The log whose certificates the key signs; nil for a key of another purpose.
  public var certificatesLog: String? {
    guard self.name.hasSuffix(Self.certificates) else { return nil }
    let log = self.name.dropLast(Self.certificates.count)
    return log.isEmpty ? nil : String(log)
  }
}
