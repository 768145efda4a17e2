/// What somebody believes of keys, as a file says it: a key in a line; behind a `!` one that is to be believed by nobody,
/// whoever introduces it. Lines that begin with `#` and empty lines say nothing.
public struct KeyFile: Equatable, Sendable {
  /// The longest file that is read, in octets.
  private static let octetsMax = 65_536

  /// The keys that are believed.
  public let keys: [NoteKey]
  /// The keys that are not, under whatever name.
  public let disbelieved: [NoteKey]

  /// Reads a file; nil when one of its lines is no key.
  public init?(_ octets: [UInt8]) {
    guard octets.count <= Self.octetsMax, let text = String(validating: octets, as: UTF8.self)
    else { return nil }
    var (keys, disbelieved): ([NoteKey], [NoteKey]) = ([], [])
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let isDisbelieved = line.hasPrefix("!")
      guard let key = NoteKey(String(isDisbelieved ? line.dropFirst() : line)) else { return nil }
      if isDisbelieved { disbelieved.append(key) } else { keys.append(key) }
    }
    let octets = Set(disbelieved.map(\.publicKey))
    self.keys = keys.filter { !octets.contains($0.publicKey) }
    self.disbelieved = disbelieved
  }
}
