/// Reads JSON of texts, lists, objects, true and false that has no white space.
///
/// It takes more than ``CanonicalJSON/text`` writes, as members in any order: who calls it compares the two.
struct JSONValueReading {
  /// How deep lists and objects may lie in one another.
  private static let depthMax = 16

  private var rest: ArraySlice<UInt8>

  init(_ octets: [UInt8]) { self.rest = octets[...] }

  /// Whether nothing is left.
  var isAtEnd: Bool { self.rest.isEmpty }

  /// The next value; nil where none begins.
  mutating func value(depth: Int) -> CanonicalJSON? {
    guard depth < Self.depthMax else { return nil }
    switch self.rest.first {
    case UInt8(ascii: "\""): return self.quoted().map(CanonicalJSON.text)
    case UInt8(ascii: "{"): return self.object(depth)
    case UInt8(ascii: "["): return self.list(depth)
    case UInt8(ascii: "t"): return self.takes("true") ? .flag(true) : nil
    case UInt8(ascii: "f"): return self.takes("false") ? .flag(false) : nil
    default: return nil
    }
  }

  private mutating func takes(_ word: StaticString) -> Bool {
    let octets = Array(word.description.utf8)
    guard self.rest.starts(with: octets) else { return false }
    self.rest = self.rest.dropFirst(octets.count)
    return true
  }

  private mutating func list(_ depth: Int) -> CanonicalJSON? {
    guard self.takes("[") else { return nil }
    var values: [CanonicalJSON] = []
    if self.takes("]") { return .list(values) }
    repeat {
      guard let value = self.value(depth: depth + 1) else { return nil }
      values.append(value)
    } while self.takes(",")
    return self.takes("]") ? .list(values) : nil
  }

  private mutating func object(_ depth: Int) -> CanonicalJSON? {
    guard self.takes("{") else { return nil }
    var members: [String: CanonicalJSON] = [:]
    if self.takes("}") { return .object(members) }
    repeat {
      guard let name = self.quoted(), self.takes(":"), let value = self.value(depth: depth + 1),
        members.updateValue(value, forKey: name) == nil
      else { return nil }
    } while self.takes(",")
    return self.takes("}") ? .object(members) : nil
  }

  private mutating func quoted() -> String? {
    guard self.takes("\"") else { return nil }
    var octets: [UInt8] = []
    while let octet = self.rest.popFirst() {
      switch octet {
      case UInt8(ascii: "\""): return String(validating: octets, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = self.escaped() else { return nil }
        octets.append(escaped)
      default: octets.append(octet)
      }
    }
    return nil
  }

  /// What stands behind a reverse solidus: no more is ever written so than a canonical form has.
  private mutating func escaped() -> UInt8? {
    switch self.rest.popFirst() {
    case UInt8(ascii: "\""): return UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"):
      let digits = String(decoding: self.rest.prefix(4), as: UTF8.self)
      self.rest = self.rest.dropFirst(4)
      return digits.count == 4 ? UInt8(digits, radix: 16) : nil
    default: return nil
    }
  }
}
