/// What somebody may have meant by a word that is none.
enum Nearest {
  /// The word that is least away, if that is little: a letter in three, two at most.
  static func word(to typed: String, among words: some Sequence<String>) -> String? {
    let near = words.map { ($0, Self.distance(typed, $0)) }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }
    guard let near, near.1 <= min(2, max(1, typed.count / 3)), near.1 < near.0.count else {
      // What was begun and not ended means the one that begins so.
      let begun = words.filter { typed.count > 1 && $0.hasPrefix(typed) }
      return begun.count == 1 ? begun.first : nil
    }
    return near.0
  }

  /// How many letters are to be put in, left out, changed or exchanged with the next.
  static func distance(_ one: String, _ other: String) -> Int {
    let (a, b) = (Array(one), Array(other))
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, before[j - 1] + 1)
        }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
