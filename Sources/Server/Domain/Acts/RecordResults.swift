/// Records how the candidates of a session did: a list, told row after row, that is recorded as a whole
/// or not at all.
///
/// Facts of a row are the registry before the list; what the list itself adds, this value remembers.
package struct RecordResults: Sendable {
  /// How one candidate did.
  package struct Row: Sendable {
    /// The candidate as typed.
    package var candidate: String
    /// Absent, excluded or interrupted; nil where the scores say how it went.
    package var instead: ResultOutcome?
    package var scores: [(component: Component, points: Int)]
    /// What each member of the commission gave, where the edition keeps that.
    package var marks: [MemberMark]
    /// Why excluded or interrupted, or what excuses an absence; empty without.
    package var why: String

    package init(
      candidate: String, instead: ResultOutcome? = nil,
      scores: [(component: Component, points: Int)], marks: [MemberMark] = [], why: String = ""
    ) {
      self.candidate = candidate
      self.instead = instead
      self.scores = scores
      self.marks = marks
      self.why = why
    }
  }

  /// An enrolment of the candidate, with its results.
  package struct Place: Equatable, Sendable {
    package var enrolment: EnrolmentRecord
    package var cohort: CohortRecord
    /// Those that were not replaced, the annulled ones too, in the order of their days.
    package var results: [ResultRecord]
    /// Whether the candidate had this place, or an earlier one under the enrolment, on the session's day.
    package var coversSession: Bool

    package init(
      enrolment: EnrolmentRecord, cohort: CohortRecord, results: [ResultRecord],
      coversSession: Bool = true
    ) {
      self.enrolment = enrolment
      self.cohort = cohort
      self.results = results
      self.coversSession = coversSession
    }
  }

  /// What the rules ask of the registry for one row.
  package struct Facts: Equatable, Sendable {
    /// The enrolment that the row means, by ``RecordResults/place(of:among:)``.
    package var place: Place
    package var hours: Hours
    /// The day of the last class attended.
    package var lastClass: CivilDate?
    package var teachers: Teachers
    /// The results of the natural person under other numbers that are under way in the programme.
    package var linked: [ResultRecord]
    /// That the candidate is examined anew; nil for most.
    package var anew: ReExamination?

    package init(
      place: Place, hours: Hours, lastClass: CivilDate?, teachers: Teachers,
      linked: [ResultRecord] = [], anew: ReExamination? = nil
    ) {
      self.linked = linked
      self.anew = anew
      self.place = place
      self.hours = hours
      self.lastClass = lastClass
      self.teachers = teachers
    }
  }

  private let session: SessionRecord
  private let cohort: CohortRecord
  private let edition: Edition
  private let recorder: Int64
  /// The commission, in the order in which it is asked.
  private let members: [Int64]
  private let persons: NaturalPersons
  private var nextID: Int64
  private var seen: Set<Int64> = []
  private var results: [ResultsRecorded.Result] = []

  /// Begins a list.
  ///
  /// - Parameters:
  ///   - cohort: The session's.
  ///   - edition: The cohort's.
  ///   - firstID: The id that the first result gets.
  ///   - persons: Which numbers are one natural person's.
  /// - Throws: ``Refusal`` with ``Reason/notInCommission``; ``Reason/chairRecords``: recorder and chair
  ///   are different persons; ``Reason/sessionCancelled``;
  ///   ``Reason/dateInFuture``.
  package init(
    in session: SessionRecord, of cohort: CohortRecord, under edition: Edition,
    by recorder: Int64, on today: CivilDate, firstID: Int64, persons: NaturalPersons = .apart
  ) throws(Refusal) {
    guard session.seats[recorder] != nil else {
      throw Refusal(.notInCommission, column: "session", value: session.code)
    }
    guard session.chair.map({ !persons.areOne($0, recorder) }) ?? true else {
      throw Refusal(.chairRecords, column: "session", value: session.code)
    }
    try session.checkStanding()
    guard session.heldOn <= today else {
      throw Refusal(.dateInFuture, column: "session", value: session.heldOn.iso)
    }
    self.session = session
    self.cohort = cohort
    self.edition = edition
    self.recorder = recorder
    self.members = session.seats.keys.sorted()
    self.persons = persons
    self.nextID = firstID
  }

  /// What the rows so far amount to; nil if nothing of it is new.
  package var deed: Deed? {
    guard !self.results.isEmpty else { return nil }
    return .resultsRecorded(ResultsRecorded(sessionID: self.session.id, results: self.results))
  }

  /// How many of the new results have this outcome.
  package func count(_ outcome: ResultOutcome) -> Int {
    self.results.count { $0.outcome == outcome }
  }

  /// Which of the candidate's enrolments a row means: that in the session's cohort, else one that is admitted, else
  /// the last in another of the same edition, specialisation and organisation that was tried before, as a
  /// retake.
  ///
  /// - Throws: ``Refusal`` with ``Reason/candidateNotAdmitted``: enrolled in another cohort of the edition;
  ///   ``Reason/notEnrolled``: neither there nor here, or not on that day.
  package func place(of row: Row, among places: [Place]) throws(Refusal) -> Place {
    let own = places.last { $0.cohort.id == self.cohort.id }
    let other = places.last { place in
      place.cohort.isExaminedAlike(self.cohort)
        && place.cohort.organisationID == self.cohort.organisationID
        && place.results.contains { $0.outcome != .absent }
    }
    let admitted = places.last { place in
      self.session.admitted.contains(place.enrolment.id)
        && place.cohort.isExaminedAlike(self.cohort)
    }
    guard let place = own ?? admitted ?? other, place.coversSession else {
      let isElsewhere = places.contains {
        $0.cohort.editionID == self.edition.id && $0.coversSession
      }
      throw Refusal(
        isElsewhere ? .candidateNotAdmitted : .notEnrolled, column: "candidate",
        value: row.candidate, ["cohort": self.cohort.code])
    }
    return place
  }

  /// Whether somebody with these enrolments may sit in a session: of its cohort, admitted, or tried before in the
  /// same organisation.
  package static func mayBeMeant(
    among places: [Place], in session: SessionRecord, of cohort: CohortRecord
  ) -> Bool {
    places.contains { place in
      place.cohort.id == cohort.id || session.admitted.contains(place.enrolment.id)
        || place.cohort.isExaminedAlike(cohort)
          && place.cohort.organisationID == cohort.organisationID
    }
  }

  /// Adds one candidate's result.
  ///
  /// - Returns: Whether it is new; false if exactly this is recorded already.
  /// - Throws: ``Refusal``. Of the row: ``Reason/twiceInFile``, ``Reason/scoreTwice``,
  ///   ``Reason/scoreNotAsked``, ``Reason/outOfRange``, ``Reason/scoreMissing``,
  ///   ``Reason/notInList`` and as ``TextRule/check(_:column:)``. Of what is
  ///   recorded: ``Reason/alreadyConfirmed``, ``Reason/notYourRecord``. Of separation:
  ///   ``Reason/examinesHimself``, ``Reason/examinerTaught``, and as
  ///   ``SessionRecord/checkImpartial(towards:column:value:recordedBy:needed:_:)``. Of who was there:
  ///   ``Reason/hoursShort``, ``Reason/beforeLastClass``, ``Reason/alreadyPassed``,
  ///   ``Reason/resultPending``, ``Reason/attemptsUsed``, ``Reason/retakeTooEarly``,
  ///   ``Reason/commissionNotNew``.
  package mutating func add(_ row: Row, _ facts: Facts) throws(Refusal) -> Bool {
    let person = facts.place.enrolment.personID
    guard self.seen.insert(person).inserted else {
      throw Refusal(.twiceInFile, column: "candidate", value: row.candidate)
    }
    let standing = facts.place.results.first {
      $0.sessionID == self.session.id && !$0.isAnnulled
    }
    // Whose seat another took since has marked all the same.
    let scores = try Self.scores(
      of: row, under: self.edition,
      // Who has an interest gives this candidate no mark.
      members: self.session.markers.union((standing?.marks ?? []).map(\.member))
        .subtracting(self.session.concerned(in: person, self.persons)))
    let marks = row.marks.isEmpty ? [] : row.marks.sorted(by: MemberMark.precedes)
    let why = try Self.why(of: row)
    let outcome =
      row.instead
      ?? (self.edition.isPassed(with: scores, marks) ? ResultOutcome.passed : .failed)
    if let standing {
      if (standing.outcome, standing.scores, standing.marks, standing.why)
        == (outcome, scores, marks, why)
      {
        return false
      }
      guard !standing.isConfirmed else {
        throw Refusal(.alreadyConfirmed, column: "candidate", value: row.candidate)
      }
      guard standing.recordedBy == self.recorder else {
        throw Refusal(.notYourRecord, column: "candidate", value: row.candidate)
      }
    }
    try self.checkCommission(person, row, facts.teachers)
    // Nor has anybody of them declared an interest who would be needed.
    try self.session.checkImpartial(
      towards: person, column: "candidate", value: row.candidate, recordedBy: self.recorder,
      needed: self.edition.commissionMin.value, self.persons)
    let usesAttempt = self.usesAttempt(outcome, why)
    let known =
      facts.linked.isEmpty ? facts.place.results : facts.place.results + facts.linked
    let others = known.filter {
      !$0.isMereAbsence && !$0.isAnnulled && $0.id != standing?.id
    }
    let used = others.filter(\.usesAttempt)
    if outcome != .absent || usesAttempt {
      try self.checkAdmission(row, facts, others: others, used: used)
    }
    self.results.append(
      .init(
        id: self.nextID, enrolmentID: facts.place.enrolment.id,
        attempt: usesAttempt ? self.attempt(facts.place.results, used: used) : 0,
        outcome: outcome, scores: scores, marks: marks, replacesID: standing?.id ?? 0, why: why))
    self.nextID += 1
    return true
  }

  /// Whether a result uses an attempt.
  private func usesAttempt(_ outcome: ResultOutcome, _ why: String) -> Bool {
    switch outcome {
    case .passed, .failed, .excluded: true
    case .interrupted: false
    case .absent: self.edition[.absenceUsesAttempt].value == 1 && why.isEmpty
    }
  }

  /// Why, in words: of who was excluded or interrupted it is said, of scores nothing is.
  private static func why(of row: Row) throws(Refusal) -> String {
    let why = row.why.isEmpty ? "" : TextRule.folded(row.why)
    switch row.instead {
    case .excluded, .interrupted: try TextRule.check(why, column: "why")
    case .absent: try TextRule.allow(why, column: "why")
    case .passed, .failed: throw Self.noWord("outcome", row)
    case nil: if !why.isEmpty { throw Self.noWord("why", row) }
    }
    return why
  }

  private static func noWord(_ column: String, _ row: Row) -> Refusal {
    Refusal(.notInList, column: column, value: row.candidate)
  }

  /// The scores of a row: each component asked has one, whole, from 0 to 100, and none other has; of
  /// whom another outcome is said none is asked.
  ///
  /// - Parameter members: Who may give a mark, where the edition keeps each member's.
  static func scores(
    of row: Row, under edition: Edition, members: @autoclosure () -> Set<Int64>
  ) throws(Refusal) -> Scores {
    let components = edition.components
    if let rule = edition.markRule {
      return try rule.scores(of: row, asked: components.map(\.component), members: members())
    }
    var missing: Component?
    // What members gave is asked of nobody where a commission agrees on one mark.
    let given =
      row.marks.isEmpty ? row.scores : row.scores + row.marks.map { ($0.component, $0.points) }
    for (index, (component, points)) in given.enumerated() {
      let isTwice = row.marks.isEmpty && given[..<index].contains { $0.component == component }
      if isTwice { throw Refusal(.scoreTwice, column: component.rawValue, value: "\(points)") }
    }
    for component in Component.allCases {
      let points = given.first { $0.component == component }?.points
      let isAsked =
        row.instead == nil && row.marks.isEmpty && components.contains { $0.component == component }
      switch (points, isAsked) {
      case (nil, false): continue
      case (nil, true): missing = missing ?? component
      case (let points?, false):
        throw Refusal(
          .scoreNotAsked, column: row.instead?.rawValue ?? component.rawValue,
          value: row.instead == nil ? "\(points)" : row.candidate)
      case (let points?, true):
        guard (0...100).contains(points) else {
          throw Refusal(
            .outOfRange, column: component.rawValue, value: "\(points)",
            ["low": "0", "high": "100"])
        }
      }
    }
    if let missing { throw Refusal(.scoreMissing, column: missing.rawValue) }
    return Scores(row.scores)
  }

  /// Nobody in the commission is the candidate, taught him or her, or trains the cohort.
  private func checkCommission(
    _ person: Int64, _ row: Row, _ teachers: Teachers
  ) throws(Refusal) {
    guard !self.members.contains(where: { self.persons.areOne($0, person) }) else {
      throw Refusal(.examinesHimself, column: "candidate", value: row.candidate)
    }
    for member in self.members {
      if let bar = teachers.bar(member, from: self.session.heldOn) {
        throw Refusal(
          .examinerTaught, column: "candidate", value: row.candidate,
          bar.arguments.merging(["examiner": PersonNumber.text(member)]) { $1 })
      }
    }
  }

  /// The rules of sitting an attestation at all.
  private func checkAdmission(
    _ row: Row, _ facts: Facts, others: [ResultRecord], used: [ResultRecord]
  ) throws(Refusal) {
    try Eligibility.checkHours(facts.hours, of: row.candidate, under: self.edition)
    if let last = facts.lastClass, self.session.heldOn < last {
      throw Refusal(
        .beforeLastClass, column: "candidate", value: row.candidate, ["last": last.iso])
    }
    guard !others.contains(where: { $0.outcome == .passed }) else {
      throw Refusal(.alreadyPassed, column: "candidate", value: row.candidate)
    }
    guard !others.contains(where: { !$0.isConfirmed }) else {
      throw Refusal(.resultPending, column: "candidate", value: row.candidate)
    }
    let anew = facts.anew.flatMap { $0.covers(self.session.heldOn) ? $0 : nil }
    if let anew, let member = self.members.first(where: anew.commission.contains) {
      throw Refusal(
        .commissionNotNew, column: "candidate", value: row.candidate,
        ["examiner": PersonNumber.text(member), "last": anew.lastDay.iso])
    }
    guard used.count < self.edition.attemptsMax.value + (anew == nil ? 0 : 1) else {
      throw Refusal(
        .attemptsUsed, column: "candidate", value: row.candidate,
        ["limit": "\(self.edition.attemptsMax.value)"])
    }
    if anew != nil { return }
    let before = used.filter {
      $0.sessionID != self.session.id && $0.heldOn <= self.session.heldOn
    }.map(\.heldOn).max()
    guard let before else { return }
    let wait = self.edition[.retakeWaitDays].value
    let earliest = CivilDate(dayNumber: before.dayNumber + wait)
    guard self.session.heldOn >= earliest else {
      throw Refusal(
        .retakeTooEarly, column: "candidate", value: row.candidate, ["day": earliest.iso])
    }
  }

  /// The attempt that a result is: that of what it replaces or of what was annulled in this session,
  /// else the first that is free.
  private func attempt(_ results: [ResultRecord], used: [ResultRecord]) -> Int {
    let taken = used.map(\.attempt)
    let before = results.last {
      $0.sessionID == self.session.id && $0.attempt > 0 && !taken.contains($0.attempt)
    }
    if let before { return before.attempt }
    var free = 1
    while taken.contains(free) { free += 1 }
    return free
  }
}
