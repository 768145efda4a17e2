/// Somebody whom a row may mean: in the registry, or in an earlier row of the list.
package struct Candidate: Equatable, Sendable {
  /// What is known, the names in force among it.
  package var person: Person
  /// Names borne before, oldest first.
  package var formerNames: [Names]
  /// Whether the caller may know of the person: always at the School (R-207).
  package var isKnownHere: Bool
  /// The line that brings the person; nil for one who is in the registry.
  package var line: Int?
  /// The lowest number of the natural person (R-121); the person's own where there is no other.
  package var first: Int64

  package init(
    _ person: Person, formerNames: [Names] = [], isKnownHere: Bool, line: Int? = nil,
    first: Int64? = nil
  ) {
    self.first = first ?? person.id
    self.person = person
    self.formerNames = formerNames
    self.isKnownHere = isKnownHere
    self.line = line
  }

  /// How people see whom is meant: a number, or a line of the list as `#3`.
  var shown: String { self.line.map { "#\($0)" } ?? PersonNumber.text(self.person.id) }

  /// All names, those in force and former ones.
  var names: [Names] { [self.person.names] + self.formerNames }
}

/// By what people are told apart and found again (R-104 to R-112).
package enum Likeness {
  /// By what the registry finds whom a row may mean: 64 bits of a text that both have (FNV-1a).
  ///
  /// Equal ones are a reason to look closer, and nothing more; so two texts that happen to give the same
  /// bits do no harm, and a number is kept and found sooner than its text.
  package struct Trait: Hashable, Sendable {
    /// The bits.
    package private(set) var bits: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The bits of `text`.
    package init(_ text: String) {
      self = self.with(text)
    }

    /// The bits of the text with `more` behind it.
    func with(_ more: String) -> Trait {
      var trait = self
      for octet in more.utf8 { trait.bits = (trait.bits ^ UInt64(octet)) &* 0x100_0000_01B3 }
      return trait
    }
  }

  /// By what the registry finds everybody whom a row with these names, this birth date and these
  /// identifiers may mean: equal texts are a reason to look closer, and nothing more.
  package static func traits(
    names: [Names], birthDate: CivilDate, identifiers: [Identifier]
  ) -> Set<Trait> {
    let born = birthDate.iso
    let words = names.flatMap(Self.scripts).map {
      "\($0.script):\($0.words.joined(separator: " "))"
    }
    var traits = Set<Trait>(minimumCapacity: 16)
    let bornThen = Trait("n:\(born):")
    for name in words { traits.insert(bornThen.with(name)) }
    for key in identifiers.map(\.key) {
      if let exact = key.exact { traits.insert(Trait(exact)) }
      // A number that is near counts only beside the birth date or a name, and is sought with it: the
      // numbers of a country have too much in common.
      for half in key.halves {
        for beside in words + [born] { traits.insert(half.with(beside)) }
      }
    }
    return traits
  }

  /// Whether two people have names in one script, and so can be compared by them.
  static func areComparable(_ left: [Names], _ right: [Names]) -> Bool {
    !Set(left.flatMap { Self.scripts($0).map(\.script) })
      .isDisjoint(with: right.flatMap { Self.scripts($0).map(\.script) })
  }

  /// Whether names agree: the folded words of surname and given name, in any order, are equal in a
  /// script both have; patronymics count where both are there.
  static func agree(_ left: [Names], _ right: [Names]) -> Bool {
    left.flatMap(Self.scripts).contains { mine in
      right.flatMap(Self.scripts).contains { theirs in
        mine.script == theirs.script && Self.agree(mine, theirs)
      }
    }
  }

  private static func agree(_ mine: Written, _ theirs: Written) -> Bool {
    guard mine.words == theirs.words else { return false }
    let patronymics = [mine, theirs].map { NameText.searchWords($0.patronymic).joined() }
    return patronymics.contains("") || patronymics[0] == patronymics[1]
  }

  /// A name as it is compared: the folded words of surname and given name, in one order.
  private struct Written {
    let script: String
    let words: [String]
    let patronymic: String

    /// Nil where there is nothing to compare.
    init?(_ script: String, _ name: PersonName?) {
      guard let name else { return nil }
      let words = NameText.searchWords(name.surname) + NameText.searchWords(name.given)
      if words.isEmpty { return nil }
      self.script = script
      // Any order will do that is the same for all; this one asks no letter what it is.
      self.words = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      self.patronymic = name.patronymic
    }
  }

  /// Kazakh and Russian are one script here.
  private static func scripts(_ names: Names) -> [Written] {
    [Written("c", names.kk), Written("c", names.ru), Written("l", names.latin)].compactMap(\.self)
  }
}

extension Names {
  /// Whether these may be the names of who bears `other` (R-104).
  package func agree(with other: Names) -> Bool { Likeness.agree([self], [other]) }
}

/// Whom a row means (R-104 to R-110).
package struct Identity: Sendable {
  private let row: Person
  /// The identifiers of the row that belong to somebody.
  private let owned: [Identifier]
  /// Those with an identifier of the row.
  package let owners: [Candidate]
  /// Where nobody has one: those for whom two of three hold, birth date, names, an identifier near.
  package let doubles: [Candidate]

  /// Asks who of `candidates` a row means.
  ///
  /// - Parameter candidates: Everybody who shares one of ``Likeness/traits(names:birthDate:identifiers:)``
  ///   with the row; others may be there.
  package init(of row: Person, among candidates: [Candidate]) {
    let mine = row.identifiers.map(\.key)
    var owned: Set<IdentifierKey> = []
    var owners: [Candidate] = []
    var doubles: [Candidate] = []
    for candidate in candidates {
      let theirs = candidate.person.identifiers.map(\.key)
      let shared = mine.filter(theirs.contains)
      owned.formUnion(shared)
      if !shared.isEmpty { owners.append(candidate) }
      if Resemblance(Candidate(row, isKnownHere: true), candidate).isDouble {
        doubles.append(candidate)
      }
    }
    self.row = row
    self.owned = row.identifiers.filter { owned.contains($0.key) }
    self.owners = owners
    self.doubles = owners.isEmpty ? doubles : []
  }

  /// Who it is; nil for somebody new.
  ///
  /// - Parameters:
  ///   - distinct: Of whom the row says that it means somebody else; nil of nobody.
  ///   - takesUnidentified: Whether a row without an identifier means the one person who has its birth date
  ///     and names (R-741).
  /// - Throws: ``Refusal`` with ``Reason/identityCheck``, ``Reason/identifiersDisagree``,
  ///   ``Reason/otherBirthDate``, ``Reason/namesNotComparable``, ``Reason/namesDisagree`` or
  ///   ``Reason/possibleDouble``.
  package func person(
    _ distinct: Distinct? = nil, takesUnidentified: Bool = false
  ) throws(Refusal) -> Candidate? {
    // Who doesn't know a person learns from no answer that there is one (R-110).
    let isOne = Set(self.owners.map(\.first)).count <= 1
    let doubtful = self.doubles + self.owners.filter { !isOne || !self.fits($0) }
    guard doubtful.allSatisfy(\.isKnownHere) else { throw Refusal(.identityCheck) }
    guard isOne else {
      throw Refusal(
        .identifiersDisagree, column: self.owned[self.owned.count - 1].column,
        value: self.owned[self.owned.count - 1].number,
        ["people": self.owners.map(\.shown).joined(separator: ", ")])
    }
    // Of linked numbers the one is meant that is known as the row has it (R-121).
    guard let owner = self.owners.first(where: self.fits) ?? self.owners.first else {
      let open = self.doubles.filter { distinct?.names($0) != true }
      if takesUnidentified, self.row.identifiers.isEmpty, open.count == 1 { return open[0] }
      guard open.isEmpty else {
        throw Refusal(
          .possibleDouble, ["people": open.map(\.shown).joined(separator: ", ")])
      }
      return nil
    }
    guard owner.person.birthDate == self.row.birthDate else {
      throw Refusal(
        .otherBirthDate, column: self.owned[0].column, value: self.owned[0].number,
        ["person": owner.shown])
    }
    guard Likeness.areComparable([self.row.names], owner.names) else {
      throw Refusal(.namesNotComparable, ["person": owner.shown])
    }
    guard Likeness.agree([self.row.names], owner.names) else {
      throw Refusal(.namesDisagree, ["person": owner.shown])
    }
    return owner
  }

  /// What the row asks about somebody whom the caller doesn't know (R-110); nil if it may mean nobody,
  /// or those alone whom the caller knows.
  package var inquiry: Inquiry? {
    if (self.owners + self.doubles).allSatisfy(\.isKnownHere) { return nil }
    let numbers = Set(self.row.identifiers.compactMap(\.key.exact))
    guard self.owners.isEmpty else { return Inquiry(typed: numbers) }
    return Inquiry(typed: numbers.union(self.row.traits.map { "t:\($0.bits)" }))
  }

  /// The identifiers of the row that are nobody's: they are not taken for whom it means (R-104).
  var notTaken: [Identifier] { self.row.identifiers.filter { !self.owned.contains($0) } }

  private func fits(_ owner: Candidate) -> Bool {
    owner.person.birthDate == self.row.birthDate
      && Likeness.agree([self.row.names], owner.names)
  }
}
