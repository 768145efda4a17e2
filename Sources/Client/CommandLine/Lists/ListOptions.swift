/// How somebody wants a list to be taken.
struct ListOptions {
  static let options: Set<String> = ["mapping", "rejects"]
  static let repeatable: Set<String> = ["accept", "leave-out"]
  static let switches: Set<String> = ["dry-run", "guess", "good-rows"]
  /// The mapping's file.
  let mapping: String?
  private(set) var accepted: Set<Proposal> = []
  private(set) var takesAsWritten = false
  let leftOut: [String]
  /// Whether a mapping is written and nothing else done.
  let guesses: Bool
  let isDry: Bool
  /// Whether good rows are recorded although others are wrong.
  let takesGoodRows: Bool
  /// Where the others go.
  let rejects: String?

  init(_ arguments: Arguments) throws(Arguments.Fault) {
    self.mapping = arguments["mapping"]
    self.leftOut = arguments.each("leave-out")
    self.guesses = arguments.has("guess")
    self.isDry = arguments.has("dry-run")
    self.takesGoodRows = arguments.has("good-rows")
    self.rejects = arguments["rejects"]
    for word in arguments.all("accept") {
      if word == Proposal.all {
        self.accepted.formUnion(Proposal.allCases)
      } else if word == Proposal.asWritten {
        self.takesAsWritten = true
      } else if let kind = Proposal(rawValue: word) {
        self.accepted.insert(kind)
      } else {
        throw Arguments.Fault(
          text: .usageValueNotInList,
          arguments: [
            "option": "--accept", "value": word, "list": Proposal.words.joined(separator: ", "),
          ])
      }
    }
    // Rows that are left out must be somewhere.
    if self.takesGoodRows, self.rejects == nil {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--rejects"])
    }
    if self.rejects != nil, !self.takesGoodRows {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--good-rows"])
    }
  }

  /// Refuses what says nothing where there is no list.
  static func refuse(_ arguments: Arguments) throws(Arguments.Fault) {
    let given =
      Self.options.filter { arguments[$0] != nil }
      + Self.repeatable.filter { !arguments.each($0).isEmpty }
      + ["guess", "good-rows"].filter(arguments.has)
    guard let first = given.min() else { return }
    throw Arguments.Fault(text: .usageOptionOfList, arguments: ["option": "--\(first)"])
  }

  /// How cells are read.
  func manner(_ mapping: Mapping) -> Cell.Manner {
    Cell.Manner(
      dateForm: mapping.dateForm, accepted: self.accepted, takesAsWritten: self.takesAsWritten)
  }
}
