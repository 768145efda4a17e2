import BitimDomain

/// By what people are found whom acts have named: gathered while acts are folded, written at the end.
///
/// A word's or a trait's place in its table is as good as random. Rows that come in the order of their
/// keys, and eight to a statement, are written in a third of the time.
struct Finding {
  /// Somebody whom an act has named.
  struct Named: Sendable {
    let person: Int64
    let names: Names
    let birthDate: CivilDate
    let identifiers: [Identifier]
  }

  /// How many are worked out at once, beside the fold.
  private static let portion = 500
  /// How many are gathered at most: some 50 MiB.
  private static let most = 1 << 15

  private let isBeside: Bool
  private var named: [Named] = []
  private var works: [Aside<Rows>] = []

  /// - Parameter isBeside: Whether rows are worked out on threads of their own: worth it where many acts
  ///   are folded.
  init(isBeside: Bool) { self.isBeside = isBeside }

  /// Whether so many are gathered that they should be written.
  var isFull: Bool { self.works.count * Self.portion >= Self.most }

  /// Somebody is found by a name, too.
  mutating func add(_ named: Named) {
    self.named.append(named)
    guard self.isBeside, self.named.count == Self.portion else { return }
    let portion = self.named
    self.named = []
    self.works.append(Aside { Rows(of: portion) })
  }

  /// Writes what was gathered, but for what is there already, and forgets it.
  mutating func write(to database: Database) throws {
    // Most acts name nobody.
    if self.named.isEmpty, self.works.isEmpty { return }
    var rows = Rows(of: self.named)
    for work in self.works { rows.add(try work.value()) }
    self.named = []
    self.works = []
    try rows.write(to: database)
  }
}

/// Rows of `person_word` and `person_trait`, in the order of their keys.
private struct Rows: Sendable {
  private var words: [Word] = []
  private var traits: [(bits: Int64, person: Int64)] = []

  init(of named: [Finding.Named]) {
    for one in named {
      for word in one.names.words { self.words.append(Word(word, of: one.person)) }
      let traits = Likeness.traits(
        names: [one.names], birthDate: one.birthDate, identifiers: one.identifiers)
      for trait in traits { self.traits.append((Int64(bitPattern: trait.bits), one.person)) }
    }
    self.sort()
  }

  mutating func add(_ other: Rows) {
    self.words += other.words
    self.traits += other.traits
  }

  private mutating func sort() {
    self.words.sort(by: Word.precedes)
    self.traits.sort { ($0.bits, $0.person) < ($1.bits, $1.person) }
  }

  mutating func write(to database: Database) throws {
    self.sort()
    try Self.write(
      self.words.count,
      one: "INSERT INTO person_word (word, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
      eight: """
        INSERT INTO person_word (word, person_id) VALUES (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8),
          (?9, ?10), (?11, ?12), (?13, ?14), (?15, ?16) ON CONFLICT DO NOTHING
        """, to: database
    ) { (.text(self.words[$0].text), .integer(self.words[$0].person)) }
    try Self.write(
      self.traits.count,
      one: "INSERT INTO person_trait (trait, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
      eight: """
        INSERT INTO person_trait (trait, person_id) VALUES (?1, ?2), (?3, ?4), (?5, ?6), (?7, ?8),
          (?9, ?10), (?11, ?12), (?13, ?14), (?15, ?16) ON CONFLICT DO NOTHING
        """, to: database
    ) { (.integer(self.traits[$0].bits), .integer(self.traits[$0].person)) }
  }

  private static func write(
    _ count: Int, one: StaticString, eight: StaticString, to database: Database,
    _ row: (Int) -> (Value, Value)
  ) throws {
    var at = 0
    while at < count {
      let rows = count - at < 8 ? 1 : 8
      var values: [Value] = []
      values.reserveCapacity(2 * rows)
      for place in at..<at + rows {
        let (key, person) = row(place)
        values.append(key)
        values.append(person)
      }
      try database.execute(rows == 8 ? eight : one, values)
      at += rows
    }
  }
}

/// A word by which somebody is found.
private struct Word: Sendable {
  let text: String
  let person: Int64
  /// The first eight octets: they tell most words apart.
  private let start: UInt64

  init(_ text: String, of person: Int64) {
    self.text = text
    self.person = person
    var start: UInt64 = 0
    var room: UInt64 = 64
    for octet in text.utf8.prefix(8) {
      room -= 8
      start |= UInt64(octet) << room
    }
    self.start = start
  }

  /// The order of the table's keys.
  static func precedes(_ left: Word, _ right: Word) -> Bool {
    if left.start != right.start { return left.start < right.start }
    if left.text == right.text { return left.person < right.person }
    return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
