/// Which numbers are one natural person's: separation, bars, attempts and programmes are asked of
/// natural persons, and this is by what they are compared.
///
/// Nothing moves by a merge. What was recorded stays under its number, and whoever asks for a person asks for
/// all numbers that are linked.
package struct NaturalPersons: Equatable, Sendable {
  /// Nobody has more than one number.
  package static let apart = NaturalPersons(lowest: [:])

  /// The lowest of the linked numbers, by each of them; a number that is linked with none is not there. Nil
  /// where none is, as mostly: whoever compares two people carries this along.
  private let lowest: [Int64: Int64]?

  /// - Parameter lowest: The lowest of the linked numbers, by each of them.
  package init(lowest: [Int64: Int64]) { self.lowest = lowest.isEmpty ? nil : lowest }

  /// - Parameter links: Pairs of numbers that are one natural person's each, a later one before an earlier.
  package init(links: [(Int64, Int64)]) {
    var lowest: [Int64: Int64] = [:]
    for (left, right) in links {
      let (one, other) = (lowest[left] ?? left, lowest[right] ?? right)
      let first = min(one, other)
      for number in [left, right] + lowest.filter({ $0.value == one || $0.value == other }).keys {
        lowest[number] = first
      }
    }
    self.init(lowest: lowest)
  }

  /// All numbers of the natural person who has `number`, the lowest first.
  package func numbers(of number: Int64) -> [Int64] {
    guard let lowest, let first = lowest[number] else { return [number] }
    return lowest.filter { $0.value == first }.keys.sorted()
  }

  /// Whether the natural person who has `number` has others besides.
  package func isLinked(_ number: Int64) -> Bool { self.lowest?[number] != nil }

  /// The number under which the natural person who has `number` is shown.
  package func first(of number: Int64) -> Int64 { self.lowest?[number] ?? number }

  /// Whether two numbers are one natural person's.
  package func areOne(_ left: Int64, _ right: Int64) -> Bool {
    left == right || (self.lowest != nil && self.first(of: left) == self.first(of: right))
  }

  /// By which number `hand` is compared with `person`: that one, where both are one natural person's.
  package func number(of hand: Int64, beside person: Int64) -> Int64 {
    self.areOne(hand, person) ? person : hand
  }

  /// These people under all their numbers.
  package func all(_ people: Set<Int64>) -> Set<Int64> {
    self.lowest == nil ? people : Set(people.flatMap(self.numbers))
  }

  /// When each of these people did something last, under all their numbers.
  package func all(_ days: [Int64: CivilDate]) -> [Int64: CivilDate] {
    if self.lowest == nil { return days }
    var all = days
    for (person, day) in days {
      for number in self.numbers(of: person) { all[number] = max(all[number] ?? day, day) }
    }
    return all
  }
}
