/// Registers a person.
package struct RegisterPerson: Sendable {
  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// Everybody who shares one of ``RegisterPerson/traits`` with the person.
    package var candidates: [Candidate]
    /// The id the person gets.
    package var nextPerson: Int64
    /// Whether the caller acts for the School.
    package var isSchool: Bool

    package init(candidates: [Candidate], nextPerson: Int64, isSchool: Bool) {
      self.candidates = candidates
      self.nextPerson = nextPerson
      self.isSchool = isSchool
    }
  }

  private let person: Person
  private let distinct: Distinct

  /// Reads a form, and whom it means not.
  ///
  /// - Throws: ``Refusals`` with everything that is filled in wrongly.
  package init(
    _ form: PersonForm, distinctFrom: [String], evidence: String, on today: CivilDate
  ) throws(Refusals) {
    let intake = PersonIntake(form, on: today, isExpert: true)
    var refusals = intake.refusals
    var distinct: Distinct?
    do throws(Refusal) {
      distinct = try Distinct(from: distinctFrom, evidence: evidence)
    } catch { refusals.append(error) }
    guard let person = intake.person, let distinct else {
      throw Refusals(all: refusals)
    }
    self.person = person
    self.distinct = distinct
  }

  /// By what those are found whom the form may mean.
  package var traits: Set<Likeness.Trait> { self.person.traits }

  /// What the form asks about somebody of `candidates` whom the caller doesn't know; nil for nobody.
  package func inquiry(among candidates: [Candidate]) -> Inquiry? {
    Identity(of: self.person, among: candidates).inquiry
  }

  /// Registers somebody who is new.
  ///
  /// - Throws: ``Refusal`` with ``Reason/identifierTaken``, and as ``Identity/person(distinctFrom:)``.
  package func decided(_ facts: Facts) throws(Refusal) -> Deed {
    let identity = Identity(of: self.person, among: facts.candidates)
    let known = try identity.person(self.distinct)
    if let known {
      // Whose a number is is the School's to know.
      throw Refusal(
        .identifierTaken, column: "iin",
        facts.isSchool || known.isKnownHere ? ["person": known.shown] : [:])
    }
    var person = self.person
    person.id = facts.nextPerson
    return .personRegistered(
      PersonRegistered(
        person, dismissed: self.distinct.dismissed(identity.doubles, by: person.id)))
  }
}

extension Person {
  /// By what those are found whom somebody with these data may be.
  package var traits: Set<Likeness.Trait> {
    Likeness.traits(
      names: [self.names], birthDate: self.birthDate, identifiers: self.identifiers)
  }
}
