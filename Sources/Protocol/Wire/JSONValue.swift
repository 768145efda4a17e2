/// A JSON document (RFC 8259) as it stands: numbers keep their digits, members their order.
///
/// Strict: no comments, no trailing commas, one document, well-formed Unicode.
public indirect enum JSONValue: Equatable, Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number, as written.
  case number(String)
  /// A text.
  case text(String)
  /// A list.
  case list([JSONValue])
  /// Members, in the order written; a name may stand twice.
  case object([Member])

  /// A name with its value.
  public struct Member: Equatable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: JSONValue
  }

  /// What is wrong with a text, and where.
  public struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let problem: String
    /// Where, as `.names.kk` for a member, or the octet's place for a text that is no JSON.
    public let place: String

    /// Where and what.
    public var description: String { "\(self.place): \(self.problem)" }
  }

  /// The deepest nesting.
  static let depthMax = 100

  /// Reads a document.
  ///
  /// - Throws: ``Fault``.
  public init(_ text: String) throws(Fault) {
    var reader = Reader(octets: Array(text.utf8))
    self = try reader.document()
  }

  private struct Reader {
    let octets: [UInt8]
    var at = 0

    init(octets: [UInt8]) { self.octets = octets }

    func fault(_ problem: String) -> Fault { Fault(problem: problem, place: "octet \(self.at)") }

    var next: UInt8? { self.at < self.octets.count ? self.octets[self.at] : nil }

    mutating func skipSpace() {
      while let octet = self.next, octet == 0x20 || octet == 0x0A || octet == 0x0D || octet == 9 {
        self.at += 1
      }
    }

    mutating func document() throws(Fault) -> JSONValue {
      let value = try self.value(depth: 0)
      self.skipSpace()
      guard self.next == nil else { throw self.fault("something stands behind the document") }
      return value
    }

    mutating func value(depth: Int) throws(Fault) -> JSONValue {
      guard depth <= JSONValue.depthMax else { throw self.fault("nested too deeply") }
      self.skipSpace()
      switch self.next {
      case UInt8(ascii: "{"): return try self.object(depth: depth)
      case UInt8(ascii: "["): return try self.list(depth: depth)
      case UInt8(ascii: "\""): return .text(try self.string())
      case UInt8(ascii: "t"): return try self.word("true", .bool(true))
      case UInt8(ascii: "f"): return try self.word("false", .bool(false))
      case UInt8(ascii: "n"): return try self.word("null", .null)
      case nil: throw self.fault("the text ends where a value should stand")
      default: return .number(try self.number())
      }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
      let octets = Array(word.utf8)
      guard self.octets[self.at...].starts(with: octets) else {
        throw self.fault("no value begins so")
      }
      self.at += octets.count
      return value
    }

    private mutating func take(_ character: Unicode.Scalar) throws(Fault) {
      self.skipSpace()
      guard self.next == UInt8(ascii: character) else {
        throw self.fault("'\(character)' should stand here")
      }
      self.at += 1
    }

    /// Whether another element follows; takes the comma, or the end.
    private mutating func goesOn(until end: Unicode.Scalar) throws(Fault) -> Bool {
      self.skipSpace()
      if self.next == UInt8(ascii: ",") {
        self.at += 1
        return true
      }
      try self.take(end)
      return false
    }

    private mutating func object(depth: Int) throws(Fault) -> JSONValue {
      try self.take("{")
      self.skipSpace()
      if self.next == UInt8(ascii: "}") {
        self.at += 1
        return .object([])
      }
      var members: [Member] = []
      repeat {
        self.skipSpace()
        guard self.next == UInt8(ascii: "\"") else {
          throw self.fault("a member's name should stand here")
        }
        let name = try self.string()
        try self.take(":")
        members.append(Member(name: name, value: try self.value(depth: depth + 1)))
      } while try self.goesOn(until: "}")
      return .object(members)
    }

    private mutating func list(depth: Int) throws(Fault) -> JSONValue {
      try self.take("[")
      self.skipSpace()
      if self.next == UInt8(ascii: "]") {
        self.at += 1
        return .list([])
      }
      var elements: [JSONValue] = []
      repeat { elements.append(try self.value(depth: depth + 1)) } while try self.goesOn(until: "]")
      return .list(elements)
    }

    private mutating func digits() -> Int {
      let start = self.at
      while let octet = self.next, octet >= 0x30, octet <= 0x39 { self.at += 1 }
      return self.at - start
    }

    private mutating func number() throws(Fault) -> String {
      let start = self.at
      if self.next == UInt8(ascii: "-") { self.at += 1 }
      let first = self.next
      let whole = self.digits()
      guard whole > 0, whole == 1 || first != UInt8(ascii: "0") else {
        throw self.fault("no value begins so")
      }
      if self.next == UInt8(ascii: ".") {
        self.at += 1
        guard self.digits() > 0 else { throw self.fault("digits should stand here") }
      }
      if self.next == UInt8(ascii: "e") || self.next == UInt8(ascii: "E") {
        self.at += 1
        if self.next == UInt8(ascii: "+") || self.next == UInt8(ascii: "-") { self.at += 1 }
        guard self.digits() > 0 else { throw self.fault("digits should stand here") }
      }
      return String(decoding: self.octets[start..<self.at], as: UTF8.self)
    }

    private mutating func string() throws(Fault) -> String {
      self.at += 1
      var text: [UInt8] = []
      while let octet = self.next {
        self.at += 1
        switch octet {
        case UInt8(ascii: "\""):
          // The whole text was a String, so its octets are well-formed; escapes are made so.
          return String(decoding: text, as: UTF8.self)
        case UInt8(ascii: "\\"): text += try self.escape()
        case 0..<0x20: throw self.fault("a control character must be escaped")
        default: text.append(octet)
        }
      }
      throw self.fault("the text ends inside a string")
    }

    private mutating func escape() throws(Fault) -> [UInt8] {
      guard let octet = self.next else { throw self.fault("the text ends inside a string") }
      self.at += 1
      switch octet {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [octet]
      case UInt8(ascii: "b"): return [8]
      case UInt8(ascii: "f"): return [12]
      case UInt8(ascii: "n"): return [10]
      case UInt8(ascii: "r"): return [13]
      case UInt8(ascii: "t"): return [9]
      case UInt8(ascii: "u"):
        var code = try self.hexadecimal()
        if (0xD800..<0xDC00).contains(code) {
          guard self.octets[self.at...].starts(with: Array("\\u".utf8)) else {
            throw self.fault("half of a pair of surrogates")
          }
          self.at += 2
          let low = try self.hexadecimal()
          guard (0xDC00..<0xE000).contains(low) else {
            throw self.fault("half of a pair of surrogates")
          }
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else {
          throw self.fault("half of a pair of surrogates")
        }
        return Array(String(Character(scalar)).utf8)
      default: throw self.fault("no such escape")
      }
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
      var code: UInt32 = 0
      for _ in 0..<4 {
        guard let octet = self.next, let digit = Character(Unicode.Scalar(octet)).hexDigitValue
        else { throw self.fault("four hexadecimal digits should stand here") }
        code = code << 4 | UInt32(digit)
        self.at += 1
      }
      return code
    }
  }
}
