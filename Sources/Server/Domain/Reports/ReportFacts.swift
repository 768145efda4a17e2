/// A cohort, as the figures need it.
package struct ReportedCohort: Equatable, Sendable {
  package var id: Int64
  package var organisationID: Int64
  /// The programme, and what it is specialised in.
  package var study: Study
  package var startsOn: CivilDate
  /// The hours of its edition.
  package var minimum: Hours
  /// What its edition asks in each component.
  package var passMarks: [Component: Int]
  /// The act that cancelled it; nil for none.
  package var cancelledBy: Int64?

  package init(
    id: Int64, organisationID: Int64, study: Study, startsOn: CivilDate, minimum: Hours,
    passMarks: [Component: Int] = [:], cancelledBy: Int64? = nil
  ) {
    self.passMarks = passMarks
    self.id = id
    self.organisationID = organisationID
    self.study = study
    self.startsOn = startsOn
    self.minimum = minimum
    self.cancelledBy = cancelledBy
  }
}

/// A place that an enrolment has or had in a cohort, none of an error.
package struct ReportedPlace: Equatable, Sendable {
  /// How one came to its end.
  package enum Ending: Equatable, Sendable {
    case withdrawn(on: CivilDate, by: Int64)
    case transferred
  }

  package var cohortID: Int64
  /// The first day there.
  package var from: CivilDate
  /// Nil while it stands.
  package var ending: Ending?

  package init(in cohort: Int64, from day: CivilDate, ending: Ending? = nil) {
    self.cohortID = cohort
    self.from = day
    self.ending = ending
  }
}

/// Hours of a day: attended in a class, or recognised.
package struct ReportedHours: Equatable, Sendable {
  package var day: CivilDate
  package var hours: Hours
  /// The class and its cohort; nil of what is recognised.
  package var lesson: (id: Int64, cohortID: Int64)?

  package init(on day: CivilDate, _ hours: Hours, in lesson: (id: Int64, cohortID: Int64)? = nil) {
    self.day = day
    self.hours = hours
    self.lesson = lesson
  }

  package static func == (left: ReportedHours, right: ReportedHours) -> Bool {
    left.day == right.day && left.hours == right.hours && left.lesson?.id == right.lesson?.id
  }
}

/// One person's way through a programme.
package struct ReportedEnrolment: Equatable, Sendable {
  package var id: Int64
  package var personID: Int64
  /// In the order of the acts; none where it never was.
  package var places: [ReportedPlace]
  package var hours: [ReportedHours]

  package init(
    _ id: Int64, of person: Int64, places: [ReportedPlace], hours: [ReportedHours] = []
  ) {
    self.id = id
    self.personID = person
    self.places = places
    self.hours = hours
  }
}

/// A confirmed result that stands.
package struct ReportedResult: Equatable, Sendable {
  package var heldOn: CivilDate
  /// The cohort in which the candidate was on that day.
  package var cohortID: Int64
  /// From 1; 0 where it uses none.
  package var attempt: Int
  package var outcome: ResultOutcome
  /// The marks that it has.
  package var points: [Component: Int]
  /// Who had a seat.
  package var examiners: Set<Int64>

  package init(
    on day: CivilDate, from cohort: Int64, attempt: Int, _ outcome: ResultOutcome,
    points: [Component: Int] = [:], before examiners: Set<Int64> = []
  ) {
    self.points = points
    self.examiners = examiners
    self.heldOn = day
    self.cohortID = cohort
    self.attempt = attempt
    self.outcome = outcome
  }
}

/// A certificate, as the figures need it.
package struct ReportedCertificate: Equatable, Sendable {
  /// Where it comes from.
  package enum Origin: Equatable, Sendable {
    /// Training in a cohort, which began with a place in the same or another.
    case training(in: Int64, from: ReportedPlace)
    /// An organisation: of the School's own certificate, and of an old register.
    case issuer(Int64)
  }

  package var number: CertificateNumber
  package var kind: CertificateKind
  package var personID: Int64
  /// 1 to 3; 0 of the School's certificate, ``Edition/seminar`` of attendance.
  package var programme: Int
  package var origin: Origin
  /// Whether it was issued instead of another.
  package var isReplacement: Bool
  package var life: CertificateLife

  package init(
    _ number: CertificateNumber, _ kind: CertificateKind, of person: Int64, programme: Int,
    by origin: Origin, isReplacement: Bool = false, _ life: CertificateLife
  ) {
    self.number = number
    self.kind = kind
    self.personID = person
    self.programme = programme
    self.origin = origin
    self.isReplacement = isReplacement
    self.life = life
  }
}

/// On which days an organisation's classes count.
package struct TeachingDays: Equatable, Sendable {
  /// Grants that stand.
  package var granted: [Period]
  /// Grants that stood once.
  package var ended: [Period]
  /// Suspensions that stand.
  package var suspended: [Period]

  package init(granted: [Period] = [], ended: [Period] = [], suspended: [Period] = []) {
    self.granted = granted
    self.ended = ended
    self.suspended = suspended
  }

  /// Whether all days count that ever did.
  package var isWhole: Bool { self.ended.isEmpty && self.suspended.isEmpty }

  /// Whether a class of `day` counts: it was entitled when it was recorded, and is so still.
  package func count(_ day: CivilDate) -> Bool {
    if self.suspended.contains(where: { $0.contains(day) }) { return false }
    return !self.ended.contains { $0.contains(day) } || self.granted.contains { $0.contains(day) }
  }
}
