/// Lets a person train in a cohort.
package struct AssignTrainer: Equatable, Sendable {
  /// Somebody described by what an organisation knows of a trainer that it invites.
  package struct Description: Equatable, Sendable {
    package let identifier: Identifier
    package let birthDate: CivilDate
    package let names: Names

    /// All of it: a part alone describes nobody.
    package init(identifier: Identifier, birthDate: CivilDate, names: Names) {
      self.identifier = identifier
      self.birthDate = birthDate
      self.names = names
    }

    /// What it asks where the identifier is somebody's; nil if the organisation knows its holder.
    package func inquiry(isHolderKnown: Bool) -> Inquiry? {
      isHolderKnown ? nil : Inquiry(typed: Set([self.identifier.key.exact].compactMap { $0 }))
    }
  }

  package let cohortID: Int64
  /// The person's id; 0 if the description alone says who is meant.
  package let personID: Int64
  /// Nil if the number alone says who is meant.
  package let description: Description?
  /// What entitles the trainer; empty takes a trainers' certificate of ours.
  package let evidence: String

  package init(cohortID: Int64, personID: Int64, description: Description?, evidence: String) {
    self.cohortID = cohortID
    self.personID = personID
    self.description = description
    self.evidence = evidence
  }

  /// Who is meant, as far as the registry has such a person.
  package struct Candidate: Equatable, Sendable {
    package var id: Int64
    package var birthDate: CivilDate
    /// The names borne now and before.
    package var names: [Names]
    /// Whether the person has role trainer in the cohort's organisation.
    package var isTrainerThere: Bool
    /// Whether the person is enrolled in the cohort.
    package var isTrainee: Bool
    /// The number of a trainers' certificate that stands; nil without one.
    package var certificate: String?

    package init(
      id: Int64, birthDate: CivilDate, names: [Names], isTrainerThere: Bool, isTrainee: Bool,
      certificate: String?
    ) {
      self.id = id
      self.birthDate = birthDate
      self.names = names
      self.isTrainerThere = isTrainerThere
      self.isTrainee = isTrainee
      self.certificate = certificate
    }
  }

  /// What the registry knows.
  package struct Facts: Equatable, Sendable {
    /// The person with the number or, without one, the holder of the identifier; nil if there is
    /// none.
    package var candidate: Candidate?
    /// To whom the identifier of the description belongs; nil for nobody and without one.
    package var holderID: Int64?
    /// Who trains in the cohort already.
    package var trainers: Set<Int64>
    /// Whether the School's own registrar asks, who knows everybody.
    package var isBySchool: Bool

    package init(
      candidate: Candidate?, holderID: Int64?, trainers: Set<Int64>, isBySchool: Bool
    ) {
      self.candidate = candidate
      self.holderID = holderID
      self.trainers = trainers
      self.isBySchool = isBySchool
    }
  }

  /// Decides; whom the organisation may not mean and who is not there get one answer.
  ///
  /// - Throws: ``Refusal`` with ``Reason/personUnknown``, ``Reason/alreadyThere``,
  ///   ``Reason/trainsHimself`` or ``Reason/trainerNotEntitled``.
  package func decided(_ facts: Facts) throws(Refusal) -> Deed {
    .trainerAssigned(try self.assignment(facts))
  }

  /// The assignment, by the same rules.
  func assignment(_ facts: Facts) throws(Refusal) -> TrainerAssigned {
    guard let candidate = facts.candidate, self.means(candidate, facts) else {
      throw Refusal(.personUnknown, column: "person")
    }
    if facts.trainers.contains(candidate.id) { throw Refusal(.alreadyThere, column: "person") }
    if candidate.isTrainee {
      throw Refusal(.trainsHimself, column: "person", value: PersonNumber.text(candidate.id))
    }
    // Who may teach is not confirmed in law: a trainers' certificate of ours entitles, anything
    // else is evidence that the registrar answers for.
    let evidence = self.evidence.isEmpty ? candidate.certificate ?? "" : self.evidence
    guard !evidence.isEmpty else { throw Refusal(.trainerNotEntitled, column: "evidence") }
    return TrainerAssigned(
      cohortID: self.cohortID, personID: candidate.id, evidence: evidence)
  }

  /// Whether the request may mean `candidate`: by a description that fits in all its parts, by the
  /// number of one of the organisation's own trainers, or by any number at the School.
  private func means(_ candidate: Candidate, _ facts: Facts) -> Bool {
    guard let description = self.description else {
      return facts.isBySchool || candidate.isTrainerThere
    }
    return facts.holderID == candidate.id && description.birthDate == candidate.birthDate
      && candidate.names.contains { description.names.agree(with: $0) }
  }
}
