/// Who may sit in a commission for the trainees of a cohort, who may decide on their certificates, and how many
/// are missing.
package struct Staffing: Equatable, Sendable {
  /// A trainee to whom nothing is issued yet.
  package struct Trainee: Equatable, Sendable {
    package var candidate: SessionCandidate
    package var hands: IssueCertificates.Hands

    package init(_ candidate: SessionCandidate, hands: IssueCertificates.Hands) {
      self.candidate = candidate
      self.hands = hands
    }
  }

  /// What it depends on.
  package struct Facts: Equatable, Sendable {
    /// Who has the role of an examiner at the School or in the organisation.
    package var examiners: [Int64]
    /// Who has the role of a certifier.
    package var certifiers: [Int64]
    /// Who trains the cohort.
    package var trainers: Set<Int64>
    package var trainees: [Trainee]
    /// How many a commission has, by the edition.
    package var seats: Int
    /// Whether a session of the cohort is to be held or confirmed: its commission is seated.
    package var isSeated: Bool
    /// Which numbers are one natural person's.
    package var persons: NaturalPersons

    package init(
      examiners: [Int64], certifiers: [Int64], trainers: Set<Int64>, trainees: [Trainee],
      seats: Int, isSeated: Bool, persons: NaturalPersons = .apart
    ) {
      self.examiners = examiners
      self.certifiers = certifiers
      self.trainers = trainers
      self.trainees = trainees
      self.seats = seats
      self.isSeated = isSeated
      self.persons = persons
    }
  }

  package let maySit: [Int64]
  package let mayDecide: [Int64]
  /// How many the next session takes beside those who may sit, one of them left to decide where nobody else may; 0
  /// where its commission is seated, or nobody is to be examined.
  package let toInvite: Int
  /// Whether somebody is to be certified, and nobody may decide on all of them: who decides is invited by no letter.
  package let lacksDecider: Bool

  /// How it is on a day.
  package init(_ facts: Facts, on day: CivilDate) {
    let candidates = facts.trainees.map(\.candidate)
    let sitters = facts.examiners.filter { one in
      guard !facts.trainers.contains(one) else { return false }
      let seat: Void? = try? Commission.check(
        [one], MemberRoles(examiners: [one]), invited: [:], for: candidates, in: nil, on: day,
        facts.persons)
      return seat != nil
    }
    let deciders = facts.certifiers.filter { one in
      !facts.trainers.contains(one)
        && facts.trainees.allSatisfy { trainee in
          !facts.persons.areOne(one, trainee.candidate.person)
            && trainee.hands.separation(from: one, on: day) == nil
        }
    }
    let seated = Set(sitters.map(facts.persons.first))
    let isDeciderSpared = deciders.contains { !seated.contains(facts.persons.first(of: $0)) }
    let free = seated.count - (isDeciderSpared || deciders.isEmpty ? 0 : 1)
    self.maySit = sitters
    self.mayDecide = deciders
    let isExamined = candidates.contains { $0.isExamined(in: nil) }
    self.toInvite = facts.isSeated || !isExamined ? 0 : max(0, facts.seats - free)
    self.lacksDecider = !facts.trainees.isEmpty && deciders.isEmpty
  }

  /// Whether people are short.
  package var isShort: Bool { self.toInvite > 0 || self.lacksDecider }
}
