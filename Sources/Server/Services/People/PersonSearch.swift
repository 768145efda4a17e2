import BitimDomain
import BitimStore

/// Who is meant by what somebody knows of a person: parts of names, a day of birth, numbers, a cohort.
struct PersonSearch {
  /// Who was found.
  struct Found {
    /// Who has such words as they were typed: whole words before beginnings, then in the order of ids.
    var people: [Int64] = []
    /// Whether there are more than were looked at.
    var isMore = false
    /// Others whom the words may mean, the nearest first.
    var similar: [Int64] = []
  }

  /// A beginning that so many rows have tells nobody apart.
  private static let rowsMax = 5_000
  /// The names of so many people are read and compared.
  private static let peopleMax = 1_000
  /// The names of so few are read sooner than all who have another word.
  private static let peopleFew = 300
  /// Where fewer were found as was typed, others are looked for.
  private static let enough = 5
  /// Others that are answered.
  private static let similarMax = 10

  private let caller: Caller
  private let guesses: [NameGuess]
  /// Who is left of everybody by all that is no name; nil where there was nothing else.
  private let chosen: Set<Int64>?
  /// Whether somebody's identifier was looked for: a word that has a digit, and is neither a number of the registry, a
  /// day nor a cohort's code.
  let isByIdentifier: Bool

  /// Reads what was typed.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/textTooLong``; ``StoreFailure``.
  init(_ query: String, _ caller: Caller, _ state: borrowing Snapshot) throws {
    guard !query.isEmpty else { throw Refusal(finding: .missing, column: "query") }
    self.caller = caller
    // A document's number may have spaces in it.
    if let whole = try Self.numbered(query, state) {
      (self.chosen, self.guesses, self.isByIdentifier) = (whole.people, [], whole.isIdentifier)
      return
    }
    var (chosen, isByIdentifier): (Set<Int64>?, Bool) = (nil, false)
    var names: [Substring] = []
    for token in query.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
      guard let some = try Self.people(by: String(token), caller, state) else {
        names.append(token)
        continue
      }
      chosen = chosen?.intersection(some.people) ?? some.people
      if some.isIdentifier { isByIdentifier = true }
    }
    self.chosen = chosen
    self.isByIdentifier = isByIdentifier
    self.guesses = try PersonFinder.words(names.joined(separator: " "), column: "query")
      .map(NameGuess.init)
  }

  /// Whom a word means that is no name, and whether it is looked for among identifiers.
  private typealias Meant = (people: Set<Int64>, isIdentifier: Bool)

  /// Whom a word means that is no name; nil if it is one.
  private static func people(
    by token: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Meant? {
    guard token.contains(where: \.isNumber) else { return nil }
    if let day = Self.day(token) {
      let born = try state.people(bornOn: day, limit: Self.peopleMax)
      // Whoever may not read when somebody was born does not find it out by asking for each day.
      return (Set(try born.filter { try caller.readsBirthYear(of: $0, state) }), false)
    }
    if let some = try Self.numbered(token, state) { return some }
    if let cohort = try state.cohort(code: token), caller.isOf(cohort.organisationID) {
      return (Set(try state.people(enrolledIn: cohort.id)), false)
    }
    // Nobody's identifier is asked for as somebody's is.
    return ([], true)
  }

  /// Whose number or identifier `text` is; nil if it is neither.
  private static func numbered(
    _ text: String, _ state: borrowing Snapshot
  ) throws -> Meant? {
    if let id = PersonNumber.id(typed: text) {
      return (try state.hasPerson(id) ? [id] : [], false)
    }
    let number = IdentifierKey.reduced(text)
    let people = number.isEmpty ? [] : try state.people(numbered: number)
    return people.isEmpty ? nil : (Set(people), true)
  }

  /// A day as it is typed: 2001-03-09 or 09.03.2001.
  private static func day(_ token: String) -> CivilDate? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return try? CivilDate(typed: token, column: "query") }
    return try? CivilDate(typed: "\(parts[2])-\(parts[1])-\(parts[0])", column: "query")
  }

  /// Looks; where few have such words, for others whom they may mean too.
  func found(_ state: borrowing Snapshot) throws -> Found {
    var found = Found()
    if self.guesses.isEmpty {
      let people = (self.chosen ?? []).sorted()
      for id in people where try self.caller.knows(id, state) { found.people.append(id) }
      return found
    }
    let typed = try self.fitting(state, further: false)
    found.isMore = typed.isMore
    found.people = typed.people
    guard !typed.isMore, typed.people.count < Self.enough else { return found }
    let others = try self.fitting(state, further: true)
    let there = Set(found.people)
    found.similar = Array(others.people.filter { !there.contains($0) }.prefix(Self.similarMax))
    return found
  }

  /// People the caller knows of whom each word of the query has a beginning, those whom it fits best first.
  ///
  /// - Parameter further: Whether what the words may mean counts too.
  private func fitting(
    _ state: borrowing Snapshot, further: Bool
  ) throws -> (people: [Int64], isMore: Bool) {
    var scores: [Int64: Int]?
    if let chosen = self.chosen {
      scores = Dictionary(uniqueKeysWithValues: chosen.map { ($0, 0) })
    }
    var left: [NameGuess] = []
    // Fewer have a longer word.
    for guess in self.guesses.sorted(by: { $0.typed.text.count > $1.typed.text.count }) {
      let sought = further ? guess.all : [guess.typed]
      if let scores, scores.count <= Self.peopleFew {
        left.append(guess)
        continue
      }
      guard let people = try state.people(withWords: sought, most: Self.rowsMax) else {
        left.append(guess)
        continue
      }
      guard let there = scores else {
        scores = people.mapValues(\.rawValue)
        continue
      }
      scores = [:]
      for (id, score) in there {
        if let likeness = people[id] { scores?[id] = score + likeness.rawValue }
      }
    }
    var isMore = false
    var ordered: [(score: Int, id: Int64)]
    if let scores {
      ordered = scores.map { (score: $0.value, id: $0.key) }.sorted {
        ($0.score, $0.id) < ($1.score, $1.id)
      }
    } else {
      // Nothing but beginnings that thousands have: some of those who have the first.
      let some = try state.somePeople(
        withWord: self.guesses.map(\.typed.text).max { $0.count < $1.count } ?? "",
        limit: Self.rowsMax)
      ordered = Set(some).sorted().map { (score: 0, id: $0) }
      isMore = true
    }
    if !left.isEmpty {
      if ordered.count > Self.peopleMax {
        ordered = Array(ordered.prefix(Self.peopleMax))
        isMore = true
      }
      let comparisons = left.map { NameGuess.Comparison(further ? $0.all : [$0.typed]) }
      ordered = try ordered.compactMap { one in
        let words = try state.nameWords(of: one.id)
        var score = one.score
        for comparison in comparisons {
          guard let likeness = words.compactMap(comparison.likeness(of:)).min() else { return nil }
          score += likeness.rawValue
        }
        return (score: score, id: one.id)
      }.sorted { ($0.score, $0.id) < ($1.score, $1.id) }
    }
    var known: [Int64] = []
    for (_, id) in ordered {
      guard try self.caller.knows(id, state) else { continue }
      guard known.count < Self.peopleMax else { return (known, true) }
      known.append(id)
    }
    return (known, isMore)
  }
}
