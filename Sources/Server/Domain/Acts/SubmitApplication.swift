/// Receives an application for training.
package struct SubmitApplication: Sendable {
  /// Who applies.
  package enum Applicant: Sendable {
    /// Somebody who is known to the caller.
    case known(Int64)
    /// Whom the papers say: found, or registered by it.
    case form(PersonIntake, Distinct)
  }

  /// What the rules ask of the registry.
  package struct Facts: Sendable {
    /// Everybody who shares one of ``SubmitApplication/traits`` with the form.
    package var candidates: [Candidate]
    /// The id that somebody new gets.
    package var nextPerson: Int64
    /// The open application of that person for the same; nil without one.
    package var open: Int64?
    /// The appeal that is cited; nil where none is.
    package var appeal: CaseRecord?
    /// For what the applications were that the appeal is about.
    package var refused: [Int64: AppliedFor]

    package init(
      candidates: [Candidate], nextPerson: Int64, open: Int64? = nil, appeal: CaseRecord? = nil,
      refused: [Int64: AppliedFor] = [:]
    ) {
      self.candidates = candidates
      self.nextPerson = nextPerson
      self.open = open
      self.appeal = appeal
      self.refused = refused
    }
  }

  /// What is decided, and what is to be said of it.
  package struct Outcome: Equatable, Sendable {
    package var deed: Deed
    package var warnings: [Refusal]
  }

  package let applicant: Applicant
  package let goal: AppliedFor
  package let receivedOn: CivilDate
  private let category: String
  private let consent: String
  private let papers: [CasePaper]

  /// Reads an application.
  ///
  /// - Parameters:
  ///   - person: Who applies; 0 where `form` says it.
  ///   - form: Who applies, as the papers say; nil where `person` says it.
  ///   - consent: Which text of consent was signed.
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    of person: Int64, _ form: PersonForm?, distinctFrom: [String], evidence: String,
    for goal: AppliedFor, category: String, consent: String, receivedOn: CivilDate,
    papers: [CasePaper], on today: CivilDate
  ) throws(Refusals) {
    var refusals: [Refusal] = []
    let needed = [("person", (person == 0) != (form == nil)), ("paper", !papers.isEmpty)]
    for (column, isThere) in needed where !isThere {
      refusals.append(Refusal(.missing, column: column))
    }
    if papers.count > ReceiveCase.listMax {
      refusals.append(Refusal(.tooManyRows, ["limit": "\(ReceiveCase.listMax)"]))
    }
    if !(1...3).contains(goal.programme) {
      refusals.append(
        Refusal(
          .outOfRange, column: "programme", value: "\(goal.programme)", ["low": "1", "high": "3"])
      )
    }
    let words = TextRule.folded(category)
    refusals.noting { () throws(Refusal) in try TextRule.allow(words, column: "category") }
    let version = refusals.noting { () throws(Refusal) in
      try TextRule.read(consent, column: "consent")
    }
    var applicant = Applicant.known(person)
    if let form {
      let intake = PersonIntake(form, on: today)
      refusals += intake.refusals
      let distinct = refusals.noting { () throws(Refusal) in
        try Distinct(from: distinctFrom, evidence: evidence)
      }
      if let distinct { applicant = .form(intake, distinct) }
    }
    guard let version, refusals.isEmpty else { throw Refusals(all: refusals) }
    self.applicant = applicant
    self.goal = goal
    self.category = words
    self.consent = version
    self.receivedOn = receivedOn
    self.papers = papers
  }

  /// By what those are found whom the form may mean.
  package var traits: Set<Likeness.Trait> { self.form?.traits ?? [] }

  /// What the form asks about somebody of `candidates` whom the caller doesn't know; nil for nobody.
  package func inquiry(among candidates: [Candidate]) -> Inquiry? {
    self.form.flatMap { Identity(of: $0, among: candidates).inquiry }
  }

  private var form: Person? {
    guard case .form(let intake, _) = self.applicant else { return nil }
    return intake.person
  }

  /// Who of those who are known applies; nil for somebody new.
  ///
  /// - Throws: ``Refusal`` as ``Identity/person(_:takesUnidentified:)``.
  package func known(among candidates: [Candidate]) throws(Refusal) -> Int64? {
    switch self.applicant {
    case .known(let person): person
    case .form(let intake, let distinct):
      if let person = intake.person {
        try Identity(of: person, among: candidates).person(distinct)?.person.id
      } else {
        nil
      }
    }
  }

  /// Receives it.
  ///
  /// - Throws: ``Refusal`` as ``known(among:)``, with ``Reason/differs``, ``Reason/actsOnHimself``,
  ///   ``Reason/alreadyThere`` or ``Reason/caseUnfit``.
  package func decided(
    _ facts: Facts, by caller: Int64, persons: NaturalPersons
  ) throws(Refusal) -> Outcome {
    let known = try self.known(among: facts.candidates)
    let id = known ?? facts.nextPerson
    var warnings: [Refusal] = []
    var registered: PersonRegistered?
    if case .form(let intake, let distinct) = self.applicant, let row = intake.person {
      warnings = intake.warnings
      let identity = Identity(of: row, among: facts.candidates)
      if let there = facts.candidates.first(where: { $0.person.id == known }) {
        if let difference = row.differences(from: there.person).first { throw difference }
        warnings += identity.notTaken.map {
          Refusal(.identifierNotTaken, column: $0.column, value: $0.number)
        }
      } else {
        var person = row
        person.id = id
        registered = PersonRegistered(
          person, dismissed: distinct.dismissed(identity.doubles, by: id))
      }
    }
    guard !persons.areOne(id, caller) else {
      throw Refusal(.actsOnHimself, column: "person")
    }
    if let open = facts.open {
      throw Refusal(.alreadyThere, column: "person", value: "\(open)")
    }
    try Citation.check(facts.appeal, isNeeded: false) { file in
      persons.areOne(file.person, id) && file.admits(to: self.goal, facts.refused)
    }
    let application = Application(
      goal: self.goal, category: self.category, consent: self.consent, registered: registered,
      cites: facts.appeal?.sequence ?? 0)
    return Outcome(
      deed: .caseReceived(
        CaseReceived(
          kind: .application, person: id, contested: [], toldOn: nil, lateReason: "", grounds: [],
          papers: self.papers, application: application)),
      warnings: warnings)
  }
}
