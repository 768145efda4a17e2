/// In what two people are alike of the three that make a possible double.
package struct Resemblance: Equatable, Sendable {
  /// They were born on one day.
  package let birthDate: Bool
  /// Their names agree, former ones too; asked only where one of the others holds.
  package let names: Bool
  /// An identifier of one is near one of the other.
  package let identifier: Bool
  /// Whether two of three hold.
  package let isDouble: Bool

  /// Compares two people.
  package init(_ left: Candidate, _ right: Candidate) {
    let isBornThen = left.person.birthDate == right.person.birthDate
    var (isNear, isNearBeside) = (false, false)
    for mine in left.person.identifiers.map(\.key) {
      for theirs in right.person.identifiers.map(\.key) where mine.isNear(theirs) {
        isNear = true
        if mine.isNear(theirs, bornOnOneDay: isBornThen) { isNearBeside = true }
      }
    }
    self.birthDate = isBornThen
    self.identifier = isNear
    // Names cost most to compare.
    self.names = (isBornThen || isNear) && Likeness.agree(left.names, right.names)
    self.isDouble = self.names || (isBornThen && isNearBeside)
  }
}
