import BitimDomain
import BitimStore

/// Finds whom the rows of a list of results mean, and what the rules ask of them.
struct CandidateFinder {
  private let cohort: CohortRecord
  private let edition: Edition
  /// The day of the session.
  private let day: CivilDate
  private let persons: NaturalPersons
  /// The cohort's trainees, once somebody was named by a name.
  private var members: Candidates?
  /// How many rows may name somebody of another cohort by a name: each is looked for in the whole
  /// registry, for which the writer's other work waits.
  private static let strangersMax = 100
  private var strangers = 0

  /// Finds for a session of `cohort`, which follows `edition` as all do whom the session may examine.
  init(
    _ cohort: CohortRecord, under edition: Edition, on day: CivilDate, _ persons: NaturalPersons
  ) {
    self.persons = persons
    self.cohort = cohort
    self.day = day
    self.edition = edition
  }

  /// Whom a row means, and the enrolments that it may mean.
  ///
  /// - Throws: As ``person(_:_:)``.
  mutating func candidate(
    _ text: String, _ state: borrowing Snapshot
  ) throws -> (person: Int64, places: [RecordResults.Place]) {
    // A number with a place here is somebody's, who is looked for by nothing else: most rows have one.
    if let id = PersonNumber.id(typed: text),
      let own = try state.enrolment(ofPerson: id, inCohort: self.cohort.id)
    {
      return (id, [try self.place(own, in: self.cohort, state)])
    }
    let id = try self.person(text, state)
    return (id, try self.places(of: id, state))
  }

  /// Whom a row means: a name means somebody of this cohort before anybody else.
  ///
  /// - Throws: ``Refusal`` as ``PersonFinder`` and ``ListLimit``; ``StoreFailure``.
  private mutating func person(_ text: String, _ state: borrowing Snapshot) throws -> Int64 {
    if PersonFinder.isName(text) {
      var members =
        try self.members ?? Candidates(state.enrolments(inCohort: self.cohort.id).map(\.personID))
      defer { self.members = members }
      do {
        return try PersonFinder.person(text, among: &members, column: "candidate", state)
      } catch let refusal as Refusal where refusal.reason == .personUnknown {
        // Somebody of another cohort, perhaps, who sits a retake.
        self.strangers += 1
        try ListLimit.check(
          self.strangers, atMost: Self.strangersMax, column: "candidate", value: text)
      }
    }
    return try PersonFinder.person(text, column: "candidate", state)
  }

  /// The enrolments that a row about a person may mean: that in the session's cohort if there is one,
  /// since no other is meant then, else all.
  func places(of person: Int64, _ state: borrowing Snapshot) throws -> [RecordResults.Place] {
    if let own = try state.enrolment(ofPerson: person, inCohort: self.cohort.id) {
      return [try self.place(own, in: self.cohort, state)]
    }
    var places: [RecordResults.Place] = []
    for enrolment in try state.enrolments(ofPerson: person) {
      let cohort = try AttestationService.cohort(of: enrolment, state)
      places.append(try self.place(enrolment, in: cohort, state))
    }
    return places
  }

  private func place(
    _ enrolment: EnrolmentRecord, in cohort: CohortRecord, _ state: borrowing Snapshot
  ) throws -> RecordResults.Place {
    var results = try state.results(ofEnrolment: enrolment.id)
    if self.edition.markRule != nil { results = try results.map { try state.withMarks($0) } }
    return RecordResults.Place(
      enrolment: enrolment, cohort: cohort, results: results,
      // Earlier places are looked for where this one began after the session alone.
      coversSession: try enrolment.enrolledOn <= self.day
        || state.hadPlace(enrolment: enrolment.id, on: self.day))
  }

  /// What the rules ask of a candidate of a session.
  func facts(
    of place: RecordResults.Place, in session: Int64, _ state: borrowing Snapshot
  ) throws -> RecordResults.Facts {
    let (hours, lastClass) = try state.counted(
      underEnrolment: place.enrolment.id, towards: self.edition)
    let (lastTaught, assigned) = try state.teachers(of: place.enrolment, self.persons)
    return RecordResults.Facts(
      place: place, hours: hours, lastClass: lastClass,
      teachers: Teachers(
        lastTaught: lastTaught, cohort: place.cohort.code,
        barMonths: self.edition[.taughtBarMonths].value, assigned: assigned),
      linked: try self.linked(place, state),
      // Asked of whose result was annulled alone: of most there is none.
      anew: place.results.contains(where: \.isAnnulled)
        ? try state.reExamination(ofEnrolment: place.enrolment.id, in: session) : nil)
  }

  /// The results under other numbers of the natural person that are under way in the programme.
  private func linked(
    _ place: RecordResults.Place, _ state: borrowing Snapshot
  ) throws -> [ResultRecord] {
    guard self.persons.isLinked(place.enrolment.personID) else { return [] }
    let numbers = self.persons.numbers(of: place.enrolment.personID)
    var results: [ResultRecord] = []
    for number in numbers where number != place.enrolment.personID {
      let programme = try state.edition(of: place.cohort).programme
      for enrolment in try state.enrolments(ofPerson: number) {
        let cohort = try AttestationService.cohort(of: enrolment, state)
        guard try state.edition(of: cohort).programme == programme else { continue }
        results += try state.results(ofEnrolment: enrolment.id)
      }
    }
    return results
  }
}
