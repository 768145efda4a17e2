/// The figures of a year (R-1002 to R-1010), by programme and organisation.
///
/// Told fact after fact, as whoever gathers them reads them. What each figure means stands here and nowhere else;
/// where that changes, ``definitions`` is counted up.
package struct YearReport: Sendable {
  /// The version of what the figures mean.
  package static let definitions = 1
  /// Of how many a rate of time is told at least (R-1010).
  package static let timesMin = 10

  /// Where something is counted.
  package struct Place: Hashable, Sendable {
    /// 1 to 3; 0 of the School's certificate, ``Edition/seminar`` of all seminars.
    package var programme: Int
    /// 0: all organisations together.
    package var organisationID: Int64

    package init(programme: Int, organisationID: Int64) {
      self.programme = programme
      self.organisationID = organisationID
    }
  }

  /// Who examined, under the lowest number, and in which programme.
  package struct Examiner: Hashable, Sendable {
    package var programme: Int
    package var personID: Int64

    package init(programme: Int, personID: Int64) {
      self.programme = programme
      self.personID = personID
    }
  }

  /// Figures of a programme and an organisation.
  package struct Row: Equatable, Sendable {
    package var place: Place
    package var figures: [Figure: Int]

    package init(_ place: Place, _ figures: [Figure: Int]) {
      self.place = place
      self.figures = figures
    }
  }

  /// What one of several numbers of a natural person did.
  private struct Once: Sendable {
    var figure: Figure
    var study: Study
    var place: Place
    var person: Int64
    var day: CivilDate
  }

  private let year: ReportYear
  private let persons: NaturalPersons
  private var cohorts: [Int64: ReportedCohort] = [:]
  private var teaching: [Int64: TeachingDays] = [:]
  private var counts: [Place: [Figure: Int]] = [:]
  private var onces: [Once] = []
  private var taught: [Int64: (place: Place, hours: Hours)] = [:]
  private var times: [Place: [Int]] = [:]
  /// Marks that were given, and those of them that pass.
  private var marks: [Place: [Component: (all: Int, passed: Int)]] = [:]
  private var examined: [Examiner: (all: Int, passed: Int)] = [:]

  /// - Parameter persons: Which numbers are one natural person's.
  package init(_ year: ReportYear, _ persons: NaturalPersons) {
    self.year = year
    self.persons = persons
  }

  /// Whether a cohort is known already.
  package func knows(cohort id: Int64) -> Bool { self.cohorts[id] != nil }

  /// Tells of a cohort, before of anything in it, and on which days its organisation might teach.
  package mutating func know(_ cohort: ReportedCohort, _ teaching: TeachingDays) {
    self.cohorts[cohort.id] = cohort
    if !teaching.isWhole { self.teaching[cohort.organisationID] = teaching }
  }

  // MARK: What is told

  /// Counts an enrolment: each is told once, wherever its places are.
  package mutating func add(_ enrolment: ReportedEnrolment) {
    guard let first = enrolment.places.first, let cohort = self.cohorts[first.cohortID] else {
      return
    }
    // R-1002: a transfer counts once, at the first start.
    let start = max(first.from, cohort.startsOn)
    if self.year.has(start) { self.count(.enrolled, enrolment, in: cohort, on: start) }
    self.addTraining(of: enrolment)
    self.addEnd(of: enrolment)
  }

  /// Hours of the year (R-1009), and the day on which the minimum is reached (R-1003).
  private mutating func addTraining(of enrolment: ReportedEnrolment) {
    guard let last = enrolment.places.last, let minimum = self.cohorts[last.cohortID]?.minimum
    else { return }
    let counted = enrolment.hours.filter { self.counts($0) }.sorted { $0.day < $1.day }
    var sum = Hours.none
    var isReached = minimum.total == 0
    for piece in counted {
      let there = piece.lesson?.cohortID ?? Self.place(of: enrolment, on: piece.day)?.cohortID
      guard let cohort = there.flatMap({ self.cohorts[$0] }) else { continue }
      if let lesson = piece.lesson, self.year.has(piece.day) {
        self.count(.theory, piece.hours.theory, Self.place(of: cohort))
        self.count(.practice, piece.hours.practice, Self.place(of: cohort))
        // What was taught of each kind is the most that anybody attended.
        var most = self.taught[lesson.id] ?? (Self.place(of: cohort), Hours.none)
        most.hours.theory = max(most.hours.theory, piece.hours.theory)
        most.hours.practice = max(most.hours.practice, piece.hours.practice)
        self.taught[lesson.id] = most
      }
      sum += piece.hours
      guard !isReached, sum.theory >= minimum.theory, sum.practice >= minimum.practice else {
        continue
      }
      isReached = true
      if self.year.has(piece.day) { self.count(.trained, enrolment, in: cohort, on: piece.day) }
    }
  }

  private func counts(_ piece: ReportedHours) -> Bool {
    guard piece.day <= self.year.last else { return false }
    guard let lesson = piece.lesson, let cohort = self.cohorts[lesson.cohortID] else { return true }
    return self.teaching[cohort.organisationID]?.count(piece.day) ?? true
  }

  /// R-1004: who came back, or went to another cohort, is there still.
  private mutating func addEnd(of enrolment: ReportedEnrolment) {
    let last = enrolment.places.last { $0.from <= self.year.asOf }
    guard case .withdrawn(let day, let act) = last?.ending, self.year.has(day),
      let cohort = last.flatMap({ self.cohorts[$0.cohortID] })
    else { return }
    let figure: Figure = cohort.cancelledBy == act ? .cohortCancelled : .withdrawn
    self.count(figure, enrolment, in: cohort, on: day)
  }

  /// Counts a result (R-1005). An attempt that was not passed failed, be it that somebody was excluded or stayed away.
  package mutating func add(_ result: ReportedResult) {
    guard self.year.has(result.heldOn), result.attempt > 0,
      let cohort = self.cohorts[result.cohortID]
    else { return }
    let place = Self.place(of: cohort)
    let isPassed = result.outcome == .passed
    self.count(.attempts, 1, place)
    self.count(isPassed ? .passed : .failed, 1, place)
    for (component, points) in result.points {
      guard let passMark = cohort.passMarks[component] else { continue }
      for place in [place, Place(programme: place.programme, organisationID: 0)] {
        self.marks[place, default: [:]][component, default: (0, 0)].all += 1
        if points >= passMark {
          self.marks[place, default: [:]][component, default: (0, 0)].passed += 1
        }
      }
    }
    for person in Set(result.examiners.map(self.persons.first(of:))) {
      let examiner = Examiner(programme: place.programme, personID: person)
      self.examined[examiner, default: (0, 0)].all += 1
      if isPassed { self.examined[examiner, default: (0, 0)].passed += 1 }
    }
    guard result.attempt == 1 else { return }
    self.count(.firstAttempts, 1, place)
    if isPassed { self.count(.firstPassed, 1, place) }
  }

  /// Counts a certificate: when it was issued (R-1007, R-1010), and what stands against it (R-1008).
  package mutating func add(_ certificate: ReportedCertificate) {
    var place = Place(programme: certificate.programme, organisationID: 0)
    var study = Study(certificate.programme)
    var began: CivilDate?
    switch certificate.origin {
    case .issuer(let organisation): place.organisationID = organisation
    case .training(let id, let first):
      guard let cohort = self.cohorts[id], let start = self.cohorts[first.cohortID]?.startsOn
      else { return }
      place = Self.place(of: cohort)
      study = cohort.study
      began = max(first.from, start)
    }
    let life = certificate.life
    if self.year.has(life.issuedOn), !certificate.isReplacement, !self.isError(life) {
      self.count(
        Self.figure(of: certificate.kind), by: certificate.personID, study, place, on: life.issuedOn
      )
      if let began, certificate.kind == .programme {
        self.times[place, default: []].append(life.issuedOn.dayNumber - began.dayNumber)
      }
    }
    if let revocation = life.revocation, self.year.has(revocation.days.from) {
      self.count(.revoked, 1, place)
    }
    if self.isSuspended(life) { self.count(.suspended, 1, place) }
    if self.year.first <= self.year.last, life.standing(on: self.year.last) == .suspended {
      self.count(.suspendedLastDay, 1, place)
    }
  }

  /// Adopted and attendance are counted apart (R-1007, R-307).
  private static func figure(of kind: CertificateKind) -> Figure {
    switch kind {
    case .programme, .school: .certified
    case .adopted: .adopted
    case .attendance: .attendance
    }
  }

  /// Whether it should never have been: such a certificate was not issued.
  private func isError(_ life: CertificateLife) -> Bool {
    life.marks.contains { mark in
      guard case .revoked(.error) = mark.cause else { return false }
      return mark.days.from <= self.year.asOf
    }
  }

  /// Whether it was suspended on any day of the year: then on a first day of a mark's effect, or behind one.
  private func isSuspended(_ life: CertificateLife) -> Bool {
    life.marks.flatMap(\.effect).flatMap { period in
      [max(period.from, self.year.first)]
        + (period.until.map { [CivilDate(dayNumber: $0.dayNumber + 1)] } ?? [])
    }.contains { self.year.has($0) && life.standing(on: $0) == .suspended }
  }

  // MARK: What is counted

  /// The place on a day: the last one that had begun, or the first.
  package static func place(
    of enrolment: ReportedEnrolment, on day: CivilDate
  ) -> ReportedPlace? {
    enrolment.places.last { $0.from <= day } ?? enrolment.places.first
  }

  private static func place(of cohort: ReportedCohort) -> Place {
    Place(programme: cohort.study.programme, organisationID: cohort.organisationID)
  }

  private mutating func count(_ figure: Figure, _ value: Int, _ place: Place) {
    guard value != 0 else { return }
    self.counts[place, default: [:]][figure, default: 0] += value
    self.counts[Place(programme: place.programme, organisationID: 0), default: [:]][
      figure, default: 0] += value
  }

  private mutating func count(
    _ figure: Figure, _ enrolment: ReportedEnrolment, in cohort: ReportedCohort, on day: CivilDate
  ) {
    self.count(figure, by: enrolment.personID, cohort.study, Self.place(of: cohort), on: day)
  }

  private mutating func count(
    _ figure: Figure, by person: Int64, _ study: Study, _ place: Place, on day: CivilDate
  ) {
    guard self.persons.isLinked(person) else { return self.count(figure, 1, place) }
    self.onces.append(
      Once(figure: figure, study: study, place: place, person: person, day: day))
  }

  /// Counts what somebody did under several numbers as it was done first (R-1001): the rest is the same, recorded
  /// once more.
  private mutating func settle() {
    struct Key: Hashable {
      var figure: Figure
      var study: Study
      var person: Int64
    }
    let groups = Dictionary(grouping: self.onces) {
      Key(figure: $0.figure, study: $0.study, person: self.persons.first(of: $0.person))
    }
    for group in groups.values {
      let first = group.min { ($0.day, $0.person) < ($1.day, $1.person) }
      for once in group where once.person == first?.person {
        self.count(once.figure, 1, once.place)
      }
    }
    self.onces = []
  }

  // MARK: What is answered

  /// A figure as it is now and as it was filed; nil where it is not there.
  package struct Pair: Equatable, Sendable {
    package var now: Int?
    package var filed: Int?

    package init(now: Int?, filed: Int?) {
      self.now = now
      self.filed = filed
    }
  }

  /// What is counted beside what was filed, by programme and organisation.
  package static func compared(
    _ rows: [Row], _ filed: [Row]
  ) -> [(place: Place, figures: [Figure: Pair])] {
    let now = Dictionary(uniqueKeysWithValues: rows.map { ($0.place, $0.figures) })
    let then = Dictionary(uniqueKeysWithValues: filed.map { ($0.place, $0.figures) })
    return Set(now.keys).union(then.keys).sorted(by: Self.precedes).map { place in
      let (new, old) = (now[place] ?? [:], then[place] ?? [:])
      let names = Set(new.keys).union(old.keys)
      return (
        place,
        Dictionary(uniqueKeysWithValues: names.map { ($0, Pair(now: new[$0], filed: old[$0])) })
      )
    }
  }

  private static func precedes(_ left: Place, _ right: Place) -> Bool {
    (left.programme, left.organisationID) < (right.programme, right.organisationID)
  }

  /// By programme, all organisations together first, the others by their ids; what has no figure is not there.
  package var rows: [Row] {
    var all = self
    all.settle()
    for (place, hours) in self.taught.values { all.count(.taught, hours.total, place) }
    for (place, days) in self.times {
      let together = Place(programme: place.programme, organisationID: 0)
      all.times[together, default: []] += days
    }
    return all.counts.map { place, counts in
      var figures = counts
      figures[.passRate] = Self.rate(counts[.passed], of: counts[.attempts])
      figures[.firstPassRate] = Self.rate(counts[.firstPassed], of: counts[.firstAttempts])
      for (component, marks) in self.marks[place] ?? [:] {
        figures[component.passRate] = Self.rate(marks.passed, of: marks.all)
      }
      let times = (all.times[place] ?? []).sorted()
      if times.count >= Self.timesMin {
        figures[.daysMedian] = Self.nearestRank(50, of: times)
        figures[.daysMost] = Self.nearestRank(90, of: times)
      }
      return Row(place, figures)
    }.sorted { Self.precedes($0.place, $1.place) }
  }

  /// How candidates passed before each examiner, by programme and number (R-1006).
  package var examiners: [(examiner: Examiner, figures: [Figure: Int])] {
    self.examined.map { examiner, results in
      var figures: [Figure: Int] = [:]
      figures[.attempts] = results.all
      figures[.passed] = results.passed
      figures[.failed] = results.all - results.passed
      figures[.passRate] = Self.rate(results.passed, of: results.all)
      return (examiner, figures)
    }.sorted {
      ($0.examiner.programme, $0.examiner.personID) < ($1.examiner.programme, $1.examiner.personID)
    }
  }

  /// A part in tenths of a per cent, half of one rounded up (R-1006); nil of none.
  package static func rate(_ part: Int?, of whole: Int?) -> Int? {
    guard let whole, whole > 0 else { return nil }
    return ((part ?? 0) * 2_000 + whole) / (whole * 2)
  }

  /// The least value that so many per cent of all do not exceed (R-1010).
  package static func nearestRank(_ percent: Int, of sorted: [Int]) -> Int {
    sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
  }
}

extension Component {
  /// The rate of those who passed it.
  fileprivate var passRate: Figure {
    switch self {
    case .test: .testPassRate
    case .rolePlay: .rolePlayPassRate
    case .interview: .interviewPassRate
    }
  }
}
