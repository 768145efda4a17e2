/// What stands in an answer and is known only when it was told, by names: `{digest}`, `{code-ainur}`.
///
/// A name with a part behind a hyphen keeps its value for the whole story, and must meet it again; one without
/// is of one answer and of the commands behind it.
struct Blanks {
  private var values: [String: String] = [:]

  /// What a blank may be, by the first part of its name.
  private static func shape(_ name: Substring) -> Regex<Substring>? {
    switch name.prefix(while: { $0 != "-" }) {
    case "digest": /[0-9a-f]{32}/
    case "act", "case", "days": /[0-9]+/
    case "code": /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/
    case "key", "root": /[^ \n,]+/
    case "log": /bitim\/[0-9a-f]{32}/
    default: nil
    }
  }

  /// Says what one is before any answer does.
  mutating func know(_ name: String, is value: String) { self.values[name] = value }

  private static var blank: Regex<(Substring, Substring)> { /\{([a-z]+(?:-[a-z0-9]+)*)\}/ }

  /// The text with what is known in it; nil and the name of what is not.
  func filled(_ text: String) -> (text: String?, missing: String?) {
    var filled = text
    for match in text.matches(of: Self.blank) where Self.shape(match.1) != nil {
      guard let value = self.values[String(match.1)] else { return (nil, String(match.1)) }
      filled = filled.replacing(String(match.0), with: value)
    }
    return (filled, nil)
  }

  /// Whether an answer is what was said; then its blanks are known.
  ///
  /// - Parameter typed: The command; what it tells, the answer tells alike.
  /// - Returns: The first line that differs, counted from 0; nil where none does.
  mutating func difference(_ answer: [String], _ said: [String], typed: [String]) -> Int? {
    var known = self
    for name in known.values.keys where !name.contains("-") {
      let blank = "{\(name)}"
      if typed.contains(where: { $0.contains(blank) }) { continue }
      if answer.contains(where: { $0.contains(blank) }) { known.values[name] = nil }
    }
    for index in 0..<max(answer.count, said.count) {
      guard index < answer.count, index < said.count, known.take(answer[index], said[index]) else {
        return index
      }
    }
    self = known
    return nil
  }

  private mutating func take(_ template: String, _ said: String) -> Bool {
    var (left, place) = (said[...], template.startIndex)
    for match in template.matches(of: Self.blank) {
      guard let shape = Self.shape(match.1) else { continue }
      let literal = template[place..<match.range.lowerBound]
      guard left.hasPrefix(literal) else { return false }
      left.removeFirst(literal.count)
      let name = String(match.1)
      if let value = self.values[name] {
        guard left.hasPrefix(value) else { return false }
        left.removeFirst(value.count)
      } else {
        guard let found = left.prefixMatch(of: shape) else { return false }
        self.values[name] = String(found.output)
        left = left[found.range.upperBound...]
      }
      place = match.range.upperBound
    }
    return left == template[place...]
  }

  /// What was said, as a chapter would have it: for somebody who reads it and says whether it is right.
  mutating func told(_ said: [String]) -> [String] {
    said.map { line in
      var line = line
      for (name, value) in self.values.sorted(by: { $0.value.count > $1.value.count })
      where name.contains("-") && value.count > 16 {
        line = line.replacing(value, with: "{\(name)}")
      }
      for match in line.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}/).reversed() {
        let name = "code-\(self.values.count)"
        self.values[name] = String(match.0)
        line.replaceSubrange(match.range, with: "{\(name)}")
      }
      if let match = line.firstMatch(of: /[0-9a-f]{32}/) {
        self.values["digest"] = String(match.0)
        line.replaceSubrange(match.range, with: "{digest}")
      }
      if let match = line.firstMatch(of: /approve ([0-9]+)/) {
        self.values["act"] = String(match.1)
        line.replaceSubrange(match.range, with: "approve {act}")
      }
      for (name, value) in self.values where value.count > 2 && Int(value) != nil {
        for match in line.matches(of: /\b[0-9]+\b/).reversed() where match.output == value {
          if name.contains("-") { line.replaceSubrange(match.range, with: "{\(name)}") }
        }
      }
      for name in ["act", "case"] {
        guard let value = self.values[name] else { continue }
        for word in ["No. ", "№ ", "proposal ", "case ", "ұсынысы ", "предложение ", "дело "] {
          line = line.replacing("\(word)\(value)", with: "\(word){\(name)}")
        }
        if line.hasPrefix("\(value) ") { line = "{\(name)}" + line.dropFirst(value.count) }
      }
      if let match = line.firstMatch(of: /case ([0-9]+): received/) {
        self.values["case"] = String(match.1)
        line.replaceSubrange(match.range, with: "case {case}: received")
      }
      return line
    }
  }
}
