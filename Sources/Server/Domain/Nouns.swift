/// A closed list of words of the schema; `Generated/Words.swift` has them, and here is what is said
/// of them besides.
///
/// The raw values are what the tables hold.
package protocol Noun: CaseIterable, Hashable, Sendable, RawRepresentable<String> {
  /// The word with this number in the schema; nil for 0 and numbers of later versions.
  init?(number: Int32)

  /// The word's number in the schema.
  var number: Int32 { get }
}

extension Noun {
  // What a raw value brings would hash the word's letters at every look into a set or a dictionary.
  package func hash(into hasher: inout Hasher) { hasher.combine(self.number) }
}

extension Role {
  /// The roles that act for the School as a whole, and are given there alone.
  package static let schoolOnly: Set<Role> = [.administrator, .certifier, .auditor, .arbiter]

  /// The roles that one person may not have beside the administrator's: who gives roles and
  /// tokens can neither teach, attest, issue nor decide on cases.
  package static let barredToAdministrators: Set<Role> = [
    .trainer, .examiner, .certifier, .arbiter,
  ]
}
