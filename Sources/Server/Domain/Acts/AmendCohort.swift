/// Changes a cohort's days, form or place; what is not said stays.
package struct AmendCohort: Equatable, Sendable {
  /// How many months longer than it was opened a cohort may become, in sum.
  package static let monthsLongerMax = 12

  package let startsOn: CivilDate?
  package let endsOn: CivilDate?
  package let form: CourseForm?
  /// As written on papers.
  package let place: String?
  /// Why, in words.
  package let why: String

  /// Reads place and why, in the registrar's words.
  ///
  /// - Throws: ``Refusal`` as ``TextRule/read(_:column:)``.
  package init(
    from startsOn: CivilDate?, until endsOn: CivilDate?, form: CourseForm?, place: String,
    why: String
  ) throws(Refusal) {
    self.place = place.isEmpty ? nil : try TextRule.read(place, column: "place")
    self.why = try TextRule.read(why, column: "why")
    self.startsOn = startsOn
    self.endsOn = endsOn
    self.form = form
  }

  /// A trainee whose training begins with this cohort.
  package struct Beginner: Sendable {
    package var person: Int64
    package var enrolledOn: CivilDate
    package var admission: Admission

    package init(person: Int64, enrolledOn: CivilDate, admission: Admission) {
      self.person = person
      self.enrolledOn = enrolledOn
      self.admission = admission
    }
  }

  /// What the rules ask.
  package struct Facts: Sendable {
    package var cohort: CohortRecord
    /// The cohort as it was opened.
    package var opened: CohortRecord
    package var edition: Edition
    /// The days of its classes and of its sessions that are not cancelled.
    package var classDays: [CivilDate]
    /// The days of its classes that make up others, and on how many days after the last one they may be.
    package var makeUpDays: [CivilDate]
    package var makeUpDaysMax: Int
    package var sessionDays: [CivilDate]
    /// The last day on which somebody got the place that he or she has.
    package var lastEnrolledOn: CivilDate?
    /// Whether the organisation is entitled to train on the first day that is asked for.
    package var isEntitled: Bool
    package var beginners: [Beginner]

    package init(
      cohort: CohortRecord, opened: CohortRecord, edition: Edition, classDays: [CivilDate] = [],
      makeUpDays: [CivilDate] = [], makeUpDaysMax: Int = 0, sessionDays: [CivilDate] = [],
      lastEnrolledOn: CivilDate? = nil, isEntitled: Bool = true,
      beginners: [Beginner] = []
    ) {
      self.cohort = cohort
      self.opened = opened
      self.edition = edition
      self.classDays = classDays
      self.makeUpDays = makeUpDays
      self.makeUpDaysMax = makeUpDaysMax
      self.sessionDays = sessionDays
      self.lastEnrolledOn = lastEnrolledOn
      self.isEntitled = isEntitled
      self.beginners = beginners
    }
  }

  /// - Throws: ``Refusal`` with ``Reason/cohortClosed``, ``Reason/nothingChanged``, as
  ///   ``OpenCohort/checkDays(from:until:on:)``, with ``Reason/outOfRange``, ``Reason/classOutside``,
  ///   ``Reason/enrolledAfterEnd``, ``Reason/notEntitledToTrain``, or as
  ///   ``Admission/refusals(under:on:isSchool:)`` of the first who is not admitted.
  package func decided(
    _ facts: Facts, isSchool: Bool, on today: CivilDate
  ) throws(Refusal) -> Deed {
    try facts.cohort.checkStanding(column: "code")
    var cohort = facts.cohort
    cohort.startsOn = self.startsOn ?? cohort.startsOn
    cohort.endsOn = self.endsOn ?? cohort.endsOn
    cohort.form = self.form ?? cohort.form
    cohort.place = self.place ?? cohort.place
    guard cohort != facts.cohort else {
      throw Refusal(.nothingChanged, column: "code", value: cohort.code)
    }
    try OpenCohort.checkDays(from: cohort.startsOn, until: cohort.endsOn, on: today)
    try self.checkLength(cohort, facts.opened)
    let outside =
      facts.classDays.filter { $0 < cohort.startsOn || $0 > cohort.endsOn }
      + facts.makeUpDays.filter {
        $0 < cohort.startsOn || $0 > MakeUp.lastDay(of: cohort.endsOn, days: facts.makeUpDaysMax)
      }
      + facts.sessionDays.filter { $0 < cohort.startsOn }
    if let day = outside.min() {
      throw Refusal(
        .classOutside, column: day < cohort.startsOn ? "starts_on" : "ends_on",
        ["day": day.iso])
    }
    if let last = facts.lastEnrolledOn, last > cohort.endsOn {
      throw Refusal(
        .enrolledAfterEnd, column: "ends_on", value: last.iso, ["ends": cohort.endsOn.iso])
    }
    guard facts.isEntitled || cohort.startsOn == facts.cohort.startsOn else {
      throw Refusal(
        .notEntitledToTrain, column: "starts_on", value: cohort.startsOn.iso,
        ["day": cohort.startsOn.iso])
    }
    if cohort.startsOn < facts.cohort.startsOn {
      try self.checkAdmissions(of: facts.beginners, to: cohort, facts.edition, isSchool)
    }
    return .cohortAmended(
      CohortAmended(
        cohortID: cohort.id, startsOn: cohort.startsOn, endsOn: cohort.endsOn,
        form: cohort.form, place: cohort.place, why: self.why))
  }

  private func checkLength(
    _ cohort: CohortRecord, _ opened: CohortRecord
  ) throws(Refusal) {
    let longest =
      opened.endsOn.adding(months: Self.monthsLongerMax).dayNumber - opened.startsOn.dayNumber
    let last = CivilDate(dayNumber: cohort.startsOn.dayNumber + longest)
    guard cohort.endsOn <= last else {
      throw Refusal(
        .outOfRange, column: "ends_on", value: cohort.endsOn.iso,
        ["low": cohort.startsOn.iso, "high": last.iso])
    }
  }

  /// The start of training is earlier for whoever begins with the cohort.
  private func checkAdmissions(
    of beginners: [Beginner], to cohort: CohortRecord, _ edition: Edition, _ isSchool: Bool
  ) throws(Refusal) {
    for beginner in beginners {
      let start = max(beginner.enrolledOn, cohort.startsOn)
      let refusals = beginner.admission.refusals(under: edition, on: start, isSchool: isSchool)
      guard let first = refusals.first else { continue }
      throw Refusal(
        first.reason, column: "starts_on", value: PersonNumber.text(beginner.person),
        first.arguments)
    }
  }
}
