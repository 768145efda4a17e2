/// Training elsewhere, as its paper says.
package struct Recognition: Equatable, Sendable {
  /// What was seen beside a paper from abroad.
  package struct Seen: Equatable, Sendable {
    package var translation: Bool
    /// An apostille, or a consul's legalisation.
    package var legalisation: Bool

    package init(translation: Bool, legalisation: Bool) {
      self.translation = translation
      self.legalisation = legalisation
    }
  }

  /// What rules ask of it: the rest is texts, which stand in the act.
  package struct Claim: Equatable, Sendable {
    /// For which programme it is to be recognised.
    package var programme: Int
    /// How many hours the paper has.
    package var hours: Hours

    package init(programme: Int, hours: Hours) {
      self.programme = programme
      self.hours = hours
    }
  }

  /// Who trained there and gave the paper.
  package let issuer: String
  /// ISO 3166-1 alpha-3.
  package let country: String
  /// What the training is called there.
  package let training: String
  package let claim: Claim
  /// The paper's number; empty where it has none.
  package let number: String
  package let issuedOn: CivilDate
  package let seen: Seen

  /// As it was recorded.
  package init(
    issuer: String, country: String, training: String, claim: Claim, number: String,
    issuedOn: CivilDate, seen: Seen
  ) {
    self.issuer = issuer
    self.country = country
    self.training = training
    self.claim = claim
    self.number = number
    self.issuedOn = issuedOn
    self.seen = seen
  }

  /// The most quarters of a kind that a paper may say: a thousand hours.
  private static let quartersMax = 4_000

  /// Reads what the paper says; a number it may lack.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    typedIssuer issuer: String, country: String, training: String, claim: Claim, number: String,
    issuedOn: String, seen: Seen, on today: CivilDate
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let issuer = refusals.noting { () throws(Refusal) in
      try TextRule.read(issuer, column: "issuer")
    }
    let training = refusals.noting { () throws(Refusal) in
      try TextRule.read(training, column: "training")
    }
    let number = TextRule.folded(number)
    refusals.noting { () throws(Refusal) in try TextRule.allow(number, column: "number") }
    if !Country.isKnown(country) {
      refusals.append(Refusal(.notInList, column: "country", value: country))
    }
    let hours = claim.hours
    for (column, value, most) in [
      ("programme", claim.programme, 1...3), ("theory", hours.theory, 0...Self.quartersMax),
      ("practice", hours.practice, 0...Self.quartersMax),
    ] where !most.contains(value) {
      let isHours = column != "programme"
      refusals.append(
        Refusal(
          .outOfRange, column: column, value: isHours ? "" : "\(value)",
          [
            "low": "\(most.lowerBound)",
            "high": "\(isHours ? most.upperBound / 4 : most.upperBound)",
          ]))
    }
    if hours.total == 0 { refusals.append(Refusal(.missing, column: "practice")) }
    let day = refusals.noting { () throws(Refusal) in
      try CivilDate(typed: issuedOn, column: "issued_on")
    }
    if let day, day > today {
      refusals.append(Refusal(.dateInFuture, column: "issued_on", value: day.iso))
    }
    guard let issuer, let training, let day, refusals.isEmpty else {
      throw Refusals(all: refusals)
    }
    self.init(
      issuer: issuer, country: country, training: training, claim: claim, number: number,
      issuedOn: day, seen: seen)
  }

  /// How many hundredths of an edition's hours may be recognised in one enrolment: as the School has it by
  /// default, of whatever edition.
  package static func percentMax(ofProgramme programme: Int) -> Int {
    programme == 3 ? 50 : 100
  }
}

/// Hours elsewhere that count in an enrolment: they are of no class.
package struct RecognisedHours: Equatable, Sendable {
  package var enrolmentID: Int64
  package var hours: Hours

  package init(enrolmentID: Int64, hours: Hours) {
    self.enrolmentID = enrolmentID
    self.hours = hours
  }
}
