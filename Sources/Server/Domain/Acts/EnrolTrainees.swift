/// Enrols a list of trainees, row after row: who is new is registered with it. Where the list says so, who is
/// admitted but for the group's limit waits.
///
/// A row that is refused refuses the list; what an earlier row brings, later rows meet.
package struct EnrolTrainees: Sendable {
  /// A row that was read.
  package struct Row: Sendable {
    package var line: Int
    package var intake: PersonIntake
    /// Whom the row says it doesn't mean; nil where that can't be read.
    package var distinct: Distinct?
    /// What is filled in wrongly.
    package var refusals: [Refusal]
    /// By what those are found whom the row may mean.
    package var traits: Set<Likeness.Trait>

    /// Reads a form, and whom it means not.
    package init(
      line: Int, _ form: PersonForm, distinctFrom: [String], evidence: String, on today: CivilDate
    ) {
      self.line = line
      self.intake = PersonIntake(form, on: today)
      self.refusals = self.intake.refusals
      self.traits = self.intake.person?.traits ?? []
      self.distinct = self.refusals.noting { () throws(Refusal) in
        try Distinct(from: distinctFrom, evidence: evidence, inList: true)
      }
    }

    /// What the row asks about somebody of `candidates` whom the caller doesn't know; nil for nobody.
    package func inquiry(among candidates: [Candidate]) -> Inquiry? {
      guard let person = self.intake.person, self.distinct != nil else { return nil }
      return Identity(of: person, among: candidates).inquiry
    }

    /// Those of `candidates` who have an identifier of the row: admission asks about them.
    package func owners(among candidates: [Candidate]) -> [Int64] {
      self.intake.person.map { Identity(of: $0, among: candidates).owners.map(\.person.id) } ?? []
    }
  }

  package typealias Place = CohortRoom

  /// What the rules ask of the registry for a row, as it is before the list.
  package struct Facts: Sendable {
    /// The cohort; nil where there is none for the caller, and then nobody is enrolled.
    package var place: Place?
    /// Everybody who shares a trait with the row.
    package var candidates: [Candidate]
    /// What admission asks about those of the candidates who have an identifier of the row.
    package var admissions: [Int64: Admission]

    package init(place: Place?, candidates: [Candidate], admissions: [Int64: Admission]) {
      self.place = place
      self.candidates = candidates
      self.admissions = admissions
    }
  }

  /// What is to be recorded; empty where everything stands already.
  package var deeds: [Deed] { self.planned.map(Deed.traineesEnrolled) }

  package let day: CivilDate
  private let deedMax: Int
  private let caller: Int64
  private let isSchool: Bool
  private let persons: NaturalPersons
  private let waits: Bool
  private var nextPerson: Int64
  private var nextEnrolment: Int64
  private var planned: [TraineesEnrolled] = []
  /// The line that claimed a person or an identifier in a cohort.
  private var claims: [Claim: Int] = [:]
  /// How many were enrolled in a cohort by the list.
  private var added: [Int64: Int] = [:]
  /// How many wait for a place in a cohort since the list.
  private var waiting: [Int64: Int] = [:]
  /// What those who got a place by the list take by it, under each of their numbers.
  private var courses: [Int64: [Course]] = [:]
  /// The people whom the list brings, and by what they are found.
  private var people: [Int64: Candidate] = [:]
  private var traits: [Likeness.Trait: [Int64]] = [:]

  private enum Claim: Hashable {
    case person(Int64, cohort: Int64)
    case identifier(IdentifierKey, cohort: Int64)
  }

  /// Begins a list.
  ///
  /// - Parameters:
  ///   - day: The day of enrolment.
  ///   - caller: Who enrols.
  ///   - isSchool: Whether the caller acts for the School.
  ///   - deedMax: The most enrolments of one deed: whoever reads the journal takes each act in one
  ///     piece.
  ///   - persons: Which numbers are one natural person's.
  ///   - waits: Whether who is admitted but for the group's limit waits, behind those who wait already.
  package init(
    on day: CivilDate, by caller: Int64, isSchool: Bool, nextPerson: Int64, nextEnrolment: Int64,
    deedMax: Int = 2_000, persons: NaturalPersons = .apart, waits: Bool = false
  ) {
    self.waits = waits
    self.persons = persons
    self.day = day
    self.deedMax = deedMax
    self.caller = caller
    self.isSchool = isSchool
    self.nextPerson = nextPerson
    self.nextEnrolment = nextEnrolment
  }

  /// Enrols a row's trainee, or says everything that speaks against it.
  package mutating func add(_ row: Row, _ facts: Facts) -> RowOutcome {
    guard let person = row.intake.person, let distinct = row.distinct, let place = facts.place
    else { return RowOutcome(.refused, row.refusals) }
    // The registry first, then what the list brings.
    let known: Candidate?
    do throws(Refusal) {
      known = try Identity(of: person, among: facts.candidates)
        .person(distinct)
    } catch { return RowOutcome(.refused, [error], isDoubt: true) }
    if let claimed = self.claim(person, known, in: place.cohort, line: row.line) {
      return RowOutcome(
        .refused,
        [
          Refusal(
            .twiceInFile, column: claimed.column, value: claimed.value,
            ["line": "\(claimed.first)"])
        ])
    }
    let met = (known.map { [$0] } ?? facts.candidates) + self.brought(row.traits)
    let identity = Identity(of: person, among: met)
    let there: Candidate?
    do throws(Refusal) {
      there = try identity.person(distinct)
    } catch { return RowOutcome(.refused, [error], isDoubt: true) }
    var warnings = row.intake.warnings
    for identifier in there == nil ? [] : identity.notTaken {
      warnings.append(
        Refusal(.identifierNotTaken, column: identifier.column, value: identifier.number))
    }
    let registered = there?.line == nil ? there?.person.id : nil
    let differences = there.map { person.differences(from: $0.person) } ?? []
    if let registered, self.persons.numbers(of: registered).contains(where: place.enrolled.contains)
    {
      return RowOutcome(
        differences.isEmpty ? .unchanged : .differs, person: registered, differences + warnings)
    }
    var refusals =
      self.separation(of: there?.person.id, place) + differences
      + self.admission(of: there?.person ?? person, facts.admissions, place)
    let numbers = Set(there.map { self.persons.numbers(of: $0.person.id) } ?? [])
    let departure = place.departure(numbers)
    if let departure { refusals.append(departure) }
    let ahead = place.ahead(of: numbers, from: self.day) { number in
      self.courses[number, default: []].contains { $0.study == place.study }
    }
    let isToWait = self.waits && refusals.isEmpty && self.isTaken(place, ahead.count)
    if isToWait, place.waiting.contains(where: { numbers.contains($0.personID) }) {
      return RowOutcome(.unchanged, person: registered, warnings)
    }
    let passing = place.passing(ahead)
    // Who comes back takes no new place, and waits for none.
    if !isToWait, departure == nil {
      let fullness = place.fullness(added: self.added[place.cohort.id] ?? 0)
      refusals += fullness.isEmpty ? passing.refusals : fullness
    }
    guard refusals.isEmpty else { return RowOutcome(.refused, person: registered, refusals) }
    let id = self.plan(
      person, there, distinct.dismissed(identity.doubles, by: self.nextPerson), row)
    if isToWait {
      self.wait(id, place)
      if !place.unlisted.isDisjoint(with: numbers) {
        warnings.append(
          Refusal(
            .waitedBefore, column: "cohort", value: place.cohort.code,
            ["cohort": place.cohort.code]))
      }
      return RowOutcome(.waiting, person: registered, warnings)
    }
    self.enrol(id, place)
    return RowOutcome(
      .added, person: registered, warnings + passing.warnings + place.lateness(from: self.day))
  }

  /// Whether no more places are left than people wait before a row: `ahead` since before the list. In strict order
  /// one who waits before is enough.
  private func isTaken(_ place: Place, _ ahead: Int) -> Bool {
    guard let free = place.free(added: self.added[place.cohort.id] ?? 0) else { return false }
    let before = ahead + (self.waiting[place.cohort.id] ?? 0)
    return free <= before || place.isStrict && before > 0
  }

  /// Nobody enrols himself, and nobody is trained where he trains.
  private func separation(of person: Int64?, _ place: Place) -> [Refusal] {
    var refusals: [Refusal] = []
    guard let person else { return refusals }
    if self.persons.areOne(person, self.caller) { refusals.append(Refusal(.actsOnHimself)) }
    if place.trainers.contains(person) {
      refusals.append(Refusal(.trainsHimself, column: "cohort", value: place.cohort.code))
    }
    return refusals
  }

  /// Everything that speaks against admission but the group's limit.
  private func admission(
    of person: Person, _ known: [Int64: Admission], _ place: Place
  ) -> [Refusal] {
    var admission =
      known[person.id]
      ?? Admission(
        birthDate: person.birthDate, education: person.education, bars: [], held: [])
    admission.courses += self.courses[person.id] ?? []
    return place.obstacles(admission, from: self.day, isSchool: self.isSchool)
  }

  /// Claims a row's person and identifiers for its line; the claim that an earlier line has.
  private mutating func claim(
    _ person: Person, _ known: Candidate?, in cohort: CohortRecord, line: Int
  ) -> (first: Int, column: String, value: String)? {
    if let known {
      let claim = Claim.person(known.person.id, cohort: cohort.id)
      if let first = self.claims[claim] { return (first, "iin", "") }
      self.claims[claim] = line
    }
    for identifier in person.identifiers {
      let claim = Claim.identifier(identifier.key, cohort: cohort.id)
      if let first = self.claims[claim] { return (first, identifier.column, identifier.number) }
      self.claims[claim] = line
    }
    return nil
  }

  /// The people of the list who may be the one a row means.
  private func brought(_ traits: Set<Likeness.Trait>) -> [Candidate] {
    let ids = Set(traits.flatMap { self.traits[$0] ?? [] })
    return ids.sorted().compactMap { self.people[$0] }
  }

  /// Begins a deed where the last one is full, and registers who is new.
  ///
  /// - Returns: Who the row is about.
  private mutating func plan(
    _ person: Person, _ there: Candidate?, _ dismissed: [DismissedDouble], _ row: Row
  ) -> Int64 {
    let isFull = self.planned.last.map {
      $0.enrolments.count + $0.waiting.count == self.deedMax
    }
    if isFull ?? true { self.planned.append(TraineesEnrolled()) }
    let last = self.planned.count - 1
    // Somebody new to the registry may stand in the list once for each of several cohorts.
    let id = there?.person.id ?? self.nextPerson
    if there == nil {
      var person = person
      person.id = id
      self.nextPerson += 1
      self.planned[last].people.append(person)
      self.planned[last].dismissed += dismissed
      self.people[id] = Candidate(person, isKnownHere: true, line: row.line)
      for trait in row.traits { self.traits[trait, default: []].append(id) }
    }
    return id
  }

  private mutating func enrol(_ person: Int64, _ place: Place) {
    self.added[place.cohort.id, default: 0] += 1
    for number in self.persons.numbers(of: person) {
      self.courses[number, default: []].append(
        Course(
          enrolmentID: self.nextEnrolment, study: place.study, cohort: place.cohort.code,
          startsOn: place.cohort.trainingDay(from: self.day),
          endsOn: place.cohort.endsOn, isPassed: false))
    }
    self.planned[self.planned.count - 1].enrolments.append(
      EnrolmentRecord(
        id: self.nextEnrolment, cohortID: place.cohort.id, personID: person,
        enrolledOn: self.day))
    self.nextEnrolment += 1
  }

  private mutating func wait(_ person: Int64, _ place: Place) {
    self.waiting[place.cohort.id, default: 0] += 1
    self.planned[self.planned.count - 1].waiting.append(
      WaitingRecord(cohortID: place.cohort.id, personID: person, since: self.day))
  }
}

extension Person {
  /// In what a row differs from the person it means, column by column; what it doesn't say is no
  /// difference.
  func differences(from known: Person) -> [Refusal] {
    let columns = ["kk", "ru", "latin"].flatMap { suffix in
      ["surname", "given", "patronymic"].map { "\($0)_\(suffix)" }
    }
    let mine = self.names.parts + [self.education?.rawValue ?? ""]
    let theirs = known.names.parts + [known.education?.rawValue ?? ""]
    var differences: [Refusal] = []
    for (column, (mine, theirs)) in zip(columns + ["education"], zip(mine, theirs)) {
      if !mine.isEmpty, mine != theirs {
        differences.append(Refusal(.differs, column: column, value: mine, ["there": theirs]))
      }
    }
    return differences
  }
}
