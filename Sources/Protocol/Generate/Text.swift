/// Lines under construction, indented by depth.
struct Text {
  private(set) var lines: [String] = []
  private var depth = 0

  mutating func line(_ text: String) {
    self.lines.append(text.isEmpty ? "" : String(repeating: "  ", count: self.depth) + text)
  }

  /// `opening {`, what `body` adds, `}`.
  mutating func block(_ opening: String, _ body: (inout Text) -> Void) {
    self.line(opening + " {")
    self.depth += 1
    body(&self)
    self.depth -= 1
    self.line("}")
  }

  /// `switch subject {`, the cases, `}`.
  mutating func choice(of subject: String, _ cases: [String]) {
    self.line("switch \(subject) {")
    for line in cases { self.line(line) }
    self.line("}")
  }

  /// A documentation comment; `fallback` where the schema has none.
  mutating func doc(_ comment: String, fallback: String) {
    let text = comment.isEmpty ? fallback : comment
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      self.line(line.isEmpty ? "///" : "/// \(line)")
    }
  }

  var joined: String { self.lines.joined(separator: "\n") + "\n" }
}
