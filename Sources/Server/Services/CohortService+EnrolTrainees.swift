import BitimDomain
import BitimProtocol
import BitimStore

/// Enrolment of a whole list: every error of it at once, then all or nothing.
extension CohortService {
  /// The most rows of one transaction; larger files are split by the caller.
  static let rowsMax = 2_000

  @Sendable static func enrol(
    _ caller: Caller, _ request: BitimV1.EnrolTraineesRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EnrolTraineesResponse {
    guard request.rows.count <= Self.rowsMax else {
      throw Refusal(.tooManyRows, ["limit": "\(Self.rowsMax)"])
    }
    return try Self.enrolAll(caller, request, transaction)
  }

  /// Enrols a list of any length.
  static func enrolAll(
    _ caller: Caller, _ request: BitimV1.EnrolTraineesRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EnrolTraineesResponse {
    let day = try caller.pastDateOrToday(request.enrolledOn, column: "enrolled_on")
    var plan = EnrolmentPlan(
      nextPerson: try transaction.state.nextPersonID(),
      nextEnrolment: try transaction.state.nextTrainingIDs().enrolment)
    var response = BitimV1.EnrolTraineesResponse()
    var refusals: [Refusal] = []
    for row in request.rows {
      let (outcome, refused) = try plan.add(row, on: day, caller, transaction.state)
      response.rows.append(outcome)
      refusals += refused
    }
    let list = WholeList(
      method: BitimV1.CohortService.enrolTrainees.descriptor, validateOnly: request.validateOnly)
    response.recorded = try list.settle(
      plan.deeds.map { .traineesEnrolled($0) },
      heldOn: day, refusals: refusals, caller, transaction)
    return response
  }
}

/// A list of trainees on its way into the registry.
private struct EnrolmentPlan {
  /// What is to be recorded: a list that is longer than one request makes several acts of one change,
  /// since whoever reads the journal must be able to take each act in one piece.
  private(set) var deeds: [TraineesEnrolled] = []
  private var nextPerson: Int64
  private var nextEnrolment: Int64
  /// What earlier rows have claimed.
  private var identifiers: [String: Int32] = [:]
  private var added: [Int64: Int] = [:]
  /// People new to the registry by their identifiers: id and date of birth.
  private var planned: [String: (id: Int64, birthDate: String)] = [:]
  private var cohorts: [String: CohortRecord] = [:]
  private var editions: [Int64: Edition] = [:]

  init(nextPerson: Int64, nextEnrolment: Int64) {
    self.nextPerson = nextPerson
    self.nextEnrolment = nextEnrolment
  }

  /// Checks one row, and plans it if nothing is wrong.
  mutating func add(
    _ row: BitimV1.IntakeRow, on day: CivilDate, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> (BitimV1.RowOutcome, [Refusal]) {
    var outcome = BitimV1.RowOutcome()
    outcome.line = row.line
    let intake = PersonIntake(row.person ?? .init(), today: caller.today)
    var refusals = intake.refusals
    let cohort: CohortRecord?
    do {
      cohort = try self.cohort(row.cohort, caller, state)
    } catch let refusal as Refusal {
      cohort = nil
      refusals.append(refusal)
    }
    var known: Int64?
    if refusals.isEmpty {
      do {
        known = try intake.known(in: state)
      } catch let refusal as Refusal {
        refusals.append(refusal)
      }
    }
    if let cohort, refusals.isEmpty {
      refusals += self.repeats(intake, known, cohort, line: row.line)
    }
    if let known, let cohort {
      outcome.personId = known
      let there = try state.enrolments(ofPerson: known).contains { $0.cohortID == cohort.id }
      if there, let person = try state.person(known) {
        let differences = intake.differences(from: person.person)
        outcome.verdict = differences.isEmpty ? .unchanged : .differs
        outcome.findings = differences.map { BitimV1.Finding($0) }
        return (outcome, [])
      }
    }
    if let cohort, refusals.isEmpty {
      refusals += try self.admit(intake, known, cohort, on: day, state)
    }
    outcome.findings = refusals.map { BitimV1.Finding($0) }
    outcome.verdict = refusals.isEmpty ? .added : .refused
    return (outcome, refusals)
  }

  private mutating func cohort(
    _ code: String, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> CohortRecord {
    if let known = self.cohorts[code] { return known }
    let cohort = try CohortService.cohort(code, state)
    do {
      try caller.mayAct(for: cohort.organisationID)
    } catch {
      throw Refusal(.notYourOrganisation, column: "cohort", value: code)
    }
    self.cohorts[code] = cohort
    return cohort
  }

  /// Whether an earlier row of the file has the same identifier in the same cohort.
  private mutating func repeats(
    _ intake: PersonIntake, _ known: Int64?, _ cohort: CohortRecord, line: Int32
  ) -> [Refusal] {
    if let known {
      let key = "\(cohort.id):person:\(known)"
      if let first = self.identifiers[key] {
        return [Refusal(.twiceInFile, column: "iin", ["line": "\(first)"])]
      }
      self.identifiers[key] = line
    }
    for identifier in intake.person.identifiers {
      let key = "\(cohort.id):\(Self.key(identifier))"
      if let first = self.identifiers[key] {
        return [
          Refusal(
            .twiceInFile, column: identifier.kind == .iin ? "iin" : "document_number",
            value: identifier.number, ["line": "\(first)"])
        ]
      }
      self.identifiers[key] = line
    }
    return []
  }

  /// Admits a person to a cohort, or says why not.
  private mutating func admit(
    _ intake: PersonIntake, _ known: Int64?, _ cohort: CohortRecord, on day: CivilDate,
    _ state: borrowing Snapshot
  ) throws -> [Refusal] {
    guard let edition = try self.edition(cohort.editionID, state), let born = intake.birthDate
    else { return [Refusal(.editionUnknown, column: "cohort", value: cohort.code)] }
    var refusals: [Refusal] = []
    if day > cohort.endsOn {
      refusals.append(
        Refusal(
          .enrolledAfterEnd, column: "cohort", value: cohort.code,
          ["ends": cohort.endsOn.iso]))
    }
    let fresh = Admission(
      birthDate: born, education: Education(number: intake.person.education.rawValue), bars: [],
      programmesHeld: [])
    let admission = try known.flatMap { try state.admission(of: $0) } ?? fresh
    refusals += admission.refusals(under: edition, on: max(day, cohort.startsOn))
    if admission.programmesHeld.contains(edition.programme) {
      refusals.append(Refusal(.programmeHeld, ["programme": "\(edition.programme)"]))
    }
    let count =
      try state.enrolments(inCohort: cohort.id).count + (self.added[cohort.id] ?? 0)
    if edition.groupMax.value > 0, count >= edition.groupMax.value {
      refusals.append(
        Refusal(
          .groupFull, column: "cohort", value: cohort.code,
          ["limit": "\(edition.groupMax.value)"]))
    }
    let planned = intake.person.identifiers.compactMap { self.planned[Self.key($0)] }
    if planned.contains(where: { $0.birthDate != intake.person.birthDate }) {
      refusals.append(Refusal(.otherBirthDate, column: "birth_date", value: born.iso))
    }
    if Set(planned.map(\.id) + (known.map { [$0] } ?? [])).count > 1 {
      refusals.append(Refusal(.identifiersDisagree, column: "iin"))
    }
    guard refusals.isEmpty else { return refusals }
    self.added[cohort.id, default: 0] += 1
    if self.deeds.last.map({ $0.enrolments.count == CohortService.rowsMax }) ?? true {
      self.deeds.append(.init())
    }
    let deed = self.deeds.count - 1
    // A person new to the registry may stand in the list once for each of several cohorts.
    var personID = known ?? planned.first?.id
    if personID == nil, var person = intake.checked {
      person.id = self.nextPerson
      self.nextPerson += 1
      self.deeds[deed].people.append(person)
      personID = person.id
    }
    guard let personID else { return [] }
    self.deeds[deed].enrolments.append(
      EnrolmentRecord(
        id: self.nextEnrolment, cohortID: cohort.id, personID: personID, enrolledOn: day))
    self.nextEnrolment += 1
    for identifier in intake.person.identifiers {
      self.planned[Self.key(identifier)] = (personID, intake.person.birthDate)
    }
    return []
  }

  /// What tells one identifier from another: a number alone belongs to many.
  private static func key(_ identifier: BitimV1.Identifier) -> String {
    "\(identifier.kind.rawValue):\(identifier.country):\(identifier.documentType):"
      + identifier.number
  }

  private mutating func edition(_ id: Int64, _ state: borrowing Snapshot) throws -> Edition? {
    if let known = self.editions[id] { return known }
    let edition = try state.edition(id: id)
    self.editions[id] = edition
    return edition
  }
}
