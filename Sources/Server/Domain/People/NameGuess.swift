/// What somebody may mean who types a word of a name otherwise than it is written: its beginning, in the letters of
/// another script, or with one mistake of the fingers.
///
/// All words here are folded as ``NameText/searchWords(_:)`` folds them. It serves search alone: a name is never derived
/// from another.
package struct NameGuess: Sendable {
  /// How a word may stand for what was typed, the nearest first.
  package enum Likeness: Int, Comparable, Sendable {
    case typed
    case typedBeginning
    case spelling
    case spellingBeginning
    case slip
    case slipBeginning

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// A beginning of words to look for.
  package struct Beginning: Sendable {
    package let text: String
    /// How a word that is no longer stands for what was typed.
    package let whole: Likeness
    /// The same of a longer word; nil where only a whole word counts.
    package let longer: Likeness?

    /// How `word`, which begins so, stands for what was typed.
    package func likeness(of word: String) -> Likeness? {
      word.utf8.count == self.text.utf8.count ? self.whole : self.longer
    }
  }

  /// The word as it was typed.
  package let typed: Beginning
  /// The same in letters of the other script, as people write them.
  package let spellings: [Beginning]
  /// What it is with one letter left out, put in, changed, or changed with its neighbour.
  package let slips: [Beginning]

  /// At most so many ways to write a word in other letters are tried.
  private static let spellingsMax = 8
  /// A mistake in fewer letters makes another word.
  private static let slipMin = 3
  /// Behind a mistake in fewer letters no more letters are supposed.
  private static let slipBeginningMin = 5

  /// What the folded `word` may stand for.
  package init(_ word: String) {
    self.typed = Beginning(text: word, whole: .typed, longer: .typedBeginning)
    var spellings = Self.spellings(of: word)
    // Latin letters are written in several ways: through the Cyrillic ones they come to those that passports have.
    if word.utf8.allSatisfy({ $0 < 0x80 }), let commonest = spellings.first {
      let again = Self.spellings(of: commonest)
      spellings += again.filter { $0 != word }
    }
    self.spellings = spellings.map {
      Beginning(text: $0, whole: .spelling, longer: .spellingBeginning)
    }
    var seen = Set(spellings)
    seen.insert(word)
    var slips: [Beginning] = []
    // Mistakes are made in either script; of the ways to write it in the other, in the commonest.
    for base in [word] + spellings.prefix(1) {
      for text in Self.slips(of: base) where seen.insert(text).inserted {
        let isLong = text.unicodeScalars.count >= Self.slipBeginningMin
        slips.append(Beginning(text: text, whole: .slip, longer: isLong ? .slipBeginning : nil))
      }
    }
    self.slips = slips
  }

  /// How nearly `word` stands for what was typed; nil if it does not.
  package func likeness(of word: String) -> Likeness? { Comparison(self.all).likeness(of: word) }

  /// Everything that is looked for.
  package var all: [Beginning] { [self.typed] + self.spellings + self.slips }

  /// Compares many words with the same beginnings.
  package struct Comparison {
    private let beginnings: [Substring: Beginning]
    private let lengths: ClosedRange<Int>

    /// Prepares to compare with `beginnings`, of which none is there twice.
    package init(_ beginnings: [Beginning]) {
      self.beginnings = Dictionary(
        beginnings.map { (Substring($0.text), $0) }, uniquingKeysWith: { first, _ in first })
      let counts = beginnings.map(\.text.count)
      self.lengths = (counts.min() ?? 0)...(counts.max() ?? 0)
    }

    /// How nearly `word` stands for what was typed; nil if it does not.
    package func likeness(of word: String) -> Likeness? {
      self.lengths.prefix { $0 <= word.count }
        .compactMap { self.beginnings[word.prefix($0)]?.likeness(of: word) }.min()
    }
  }

  /// Letters that stand for one another, longer ones before their beginnings; the commonest of several first.
  private static let toCyrillic: [(from: String, to: [String])] = [
    ("shch", ["щ"]), ("sch", ["щ", "ш"]), ("zh", ["ж"]), ("kh", ["х"]), ("gh", ["г"]),
    ("ch", ["ч"]), ("sh", ["ш"]), ("ts", ["ц"]), ("ph", ["ф"]), ("th", ["т"]), ("ck", ["к"]),
    ("iya", ["ия"]), ("iia", ["ия"]), ("yu", ["ю"]), ("iu", ["ю", "иу"]), ("ju", ["ю", "жу"]),
    ("ya", ["я"]), ("ia", ["ия", "я"]), ("ja", ["я", "жа"]), ("yo", ["е"]), ("ye", ["е"]),
    ("je", ["е", "же"]), ("a", ["а"]), ("b", ["б"]), ("c", ["к", "с", "ц"]), ("d", ["д"]),
    ("e", ["е", "э"]), ("f", ["ф"]), ("g", ["г"]), ("h", ["х"]), ("i", ["и", "ы"]),
    ("j", ["ж", "дж", "и"]), ("k", ["к"]), ("l", ["л"]), ("m", ["м"]), ("n", ["н"]), ("o", ["о"]),
    ("p", ["п"]), ("q", ["к"]), ("r", ["р"]), ("s", ["с"]), ("t", ["т"]), ("u", ["у", "о"]),
    ("v", ["в"]), ("w", ["у", "в"]), ("x", ["кс", "х"]), ("y", ["ы", "и"]), ("z", ["з"]),
  ]
  private static let toLatin: [(from: String, to: [String])] = [
    ("дж", ["j", "dzh"]), ("кс", ["ks", "x"]), ("ия", ["iya", "ia"]), ("а", ["a"]), ("б", ["b"]),
    ("в", ["v", "w"]), ("г", ["g", "gh"]), ("д", ["d"]), ("е", ["e", "ye"]), ("ж", ["zh", "j"]),
    ("з", ["z"]), ("и", ["i", "y"]), ("к", ["k", "q"]), ("л", ["l"]), ("м", ["m"]), ("н", ["n"]),
    ("о", ["o", "u"]), ("п", ["p"]), ("р", ["r"]), ("с", ["s"]), ("т", ["t"]), ("у", ["u", "w"]),
    ("ф", ["f"]), ("х", ["kh", "h"]), ("ц", ["ts", "c"]), ("ч", ["ch"]), ("ш", ["sh"]),
    ("щ", ["shch"]), ("ы", ["y", "i"]), ("э", ["e"]), ("ю", ["yu", "iu", "ju"]),
    ("я", ["ya", "ia", "ja"]),
  ]

  /// Ways to write `word` in the other script: each group of letters as it is commonest, then one group after the
  /// other in its other ways, wherever it stands.
  private static func spellings(of word: String) -> [String] {
    let table = word.utf8.contains(where: { $0 >= 0x80 }) ? Self.toLatin : Self.toCyrillic
    var groups: [(from: String, to: [String])] = []
    var rest = Substring(word)
    while !rest.isEmpty {
      guard let group = table.first(where: { rest.utf8.starts(with: $0.from.utf8) }) else {
        return []
      }
      groups.append(group)
      rest = rest.dropFirst(group.from.count)
    }
    var spellings = [groups.map { $0.to[0] }.joined()]
    for group in groups where group.to.count > 1 {
      for other in group.to.dropFirst() {
        let spelling = groups.map { $0.from == group.from ? other : $0.to[0] }.joined()
        if !spellings.contains(spelling) { spellings.append(spelling) }
      }
    }
    return Array(spellings.prefix(Self.spellingsMax))
  }

  private static let cyrillic = Array("абвгдежзиклмнопрстуфхцчшщыэюя".unicodeScalars)
  private static let latin = Array("abcdefghijklmnopqrstuvwxyz".unicodeScalars)

  /// The words that one mistake makes of `word`, or from which it makes `word`.
  private static func slips(of word: String) -> [String] {
    let letters = Array(word.unicodeScalars)
    guard letters.count >= Self.slipMin else { return [] }
    let alphabet = letters.allSatisfy(\.isASCII) ? Self.latin : Self.cyrillic
    var slips: [String] = []
    func add(_ slip: [Unicode.Scalar]) {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: slip)
      slips.append(String(text))
    }
    for place in letters.indices {
      add(Array(letters[..<place] + letters[(place + 1)...]))
      if place + 1 < letters.count {
        var swapped = letters
        swapped.swapAt(place, place + 1)
        add(swapped)
      }
      for letter in alphabet {
        var changed = letters
        changed[place] = letter
        add(changed)
        add(Array(letters[..<place] + [letter] + letters[place...]))
      }
    }
    for letter in alphabet { add(letters + [letter]) }
    return slips
  }
}
