/// Splits a `.proto` file into words, numbers, strings and signs.
struct Lexer {
  struct Token: Equatable {
    enum Kind: Equatable { case word, number, string, sign, end }
    var kind: Kind
    var text: String
    /// The comment block that ends on the line before, without its signs.
    var comment: String
    var line: Int
    var column: Int
  }

  private let path: String
  private let source: [UInt8]
  private var at = 0
  private var line = 1
  private var lineStart = 0

  init(path: String, source: [UInt8]) {
    self.path = path
    self.source = source
  }

  static func tokens(path: String, source: [UInt8]) throws -> [Token] {
    var lexer = Lexer(path: path, source: source)
    var tokens: [Token] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private func peek(_ ahead: Int = 0) -> UInt8 {
    self.at + ahead < self.source.count ? self.source[self.at + ahead] : 0
  }

  private mutating func advance() {
    if self.peek() == UInt8(ascii: "\n") {
      self.line += 1
      self.lineStart = self.at + 1
    }
    self.at += 1
  }

  private func text(from start: Int) -> String {
    String(decoding: self.source[start..<self.at], as: UTF8.self)
  }

  private mutating func next() throws -> Token {
    let comment = try self.skipSpace()
    let (line, column) = (self.line, self.at - self.lineStart + 1)
    func token(_ kind: Token.Kind, _ text: String) -> Token {
      Token(kind: kind, text: text, comment: comment, line: line, column: column)
    }
    guard self.at < self.source.count else { return token(.end, "") }
    let first = self.peek()
    let start = self.at
    if first.isWordStart {
      while self.peek().isWordStart || self.peek().isDigit { self.advance() }
      return token(.word, self.text(from: start))
    }
    if first.isDigit || (first == UInt8(ascii: ".") && self.peek(1).isDigit) {
      while self.peek().isWordStart || self.peek().isDigit || self.peek() == UInt8(ascii: ".") {
        self.advance()
      }
      return token(.number, self.text(from: start))
    }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      return token(.string, try self.string(quote: first))
    }
    self.advance()
    return token(.sign, self.text(from: start))
  }

  private mutating func string(quote: UInt8) throws -> String {
    var octets: [UInt8] = []
    self.advance()
    while self.peek() != quote {
      guard self.at < self.source.count, self.peek() != UInt8(ascii: "\n") else {
        throw self.fault("a string is not closed on its line")
      }
      if self.peek() == UInt8(ascii: "\\") {
        self.advance()
        switch self.peek() {
        case UInt8(ascii: "n"): octets.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): octets.append(UInt8(ascii: "\t"))
        default: octets.append(self.peek())
        }
      } else {
        octets.append(self.peek())
      }
      self.advance()
    }
    self.advance()
    return String(decoding: octets, as: UTF8.self)
  }

  /// Skips white space and comments; returns the comment that touches what follows.
  private mutating func skipSpace() throws -> String {
    var lines: [String] = []
    var newlines = 0
    while self.at < self.source.count {
      let octet = self.peek()
      if octet == UInt8(ascii: "\n") {
        newlines += 1
        if newlines > 1 { lines = [] }
        self.advance()
      } else if octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t") || octet == 13 {
        self.advance()
      } else if octet == UInt8(ascii: "/"), self.peek(1) == UInt8(ascii: "/") {
        let trails = newlines == 0 && lines.isEmpty && self.at > 0
        let start = self.at + 2
        while self.at < self.source.count, self.peek() != UInt8(ascii: "\n") { self.advance() }
        // A comment behind something on the same line belongs to that, not to what follows.
        if !trails || self.line == 1 { lines.append(self.text(from: start)) }
        newlines = 0
      } else if octet == UInt8(ascii: "/"), self.peek(1) == UInt8(ascii: "*") {
        while !(self.peek() == UInt8(ascii: "*") && self.peek(1) == UInt8(ascii: "/")) {
          guard self.at < self.source.count else { throw self.fault("a comment is not closed") }
          self.advance()
        }
        self.advance()
        self.advance()
        newlines = 0
      } else {
        break
      }
    }
    return lines.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }.joined(separator: "\n")
  }

  private func fault(_ problem: String) -> SchemaFault {
    SchemaFault(
      path: self.path, line: self.line, column: self.at - self.lineStart + 1, problem: problem)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  fileprivate var isWordStart: Bool {
    (self >= 0x41 && self <= 0x5A) || (self >= 0x61 && self <= 0x7A) || self == 0x5F
  }
}
