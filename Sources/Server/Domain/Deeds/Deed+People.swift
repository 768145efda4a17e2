/// Organisations were registered.
package struct OrganisationsRegistered: Equatable, Sendable {
  /// The organisations, ids given.
  package var organisations: [Organisation]

  package init(_ organisations: [Organisation]) { self.organisations = organisations }
}

/// Two people who look like one, and are not.
package struct DismissedDouble: Equatable, Sendable {
  /// The person who came later to the registry.
  package var personID: Int64
  /// The person who was there before.
  package var otherID: Int64
  /// What shows that they are two.
  package var evidence: String

  package init(personID: Int64, otherID: Int64, evidence: String) {
    self.personID = personID
    self.otherID = otherID
    self.evidence = evidence
  }
}

/// A person was registered.
package struct PersonRegistered: Equatable, Sendable {
  /// The person, the id given.
  package var person: Person
  /// Whom the person resembles and is not.
  package var dismissed: [DismissedDouble]

  package init(_ person: Person, dismissed: [DismissedDouble] = []) {
    self.person = person
    self.dismissed = dismissed
  }
}

/// A person bears other names from a day on.
package struct PersonRenamed: Equatable, Sendable {
  package var personID: Int64
  /// All that are in force from then on.
  package var names: Names
  /// Why, in the registrar's words.
  package var reason: String
  /// The first day; nil where it was recorded before that was asked: the day the act was held on.
  package var from: CivilDate?

  package init(personID: Int64, names: Names, reason: String, from: CivilDate?) {
    self.personID = personID
    self.names = names
    self.reason = reason
    self.from = from
  }
}

/// A bar was recorded.
package struct PersonBarred: Equatable, Sendable {
  package var personID: Int64
  package var bar: Bar

  package init(personID: Int64, bar: Bar) {
    self.personID = personID
    self.bar = bar
  }
}

/// A bar was ended: it stands no more, and one with this last day stands instead.
package struct BarEnded: Equatable, Sendable {
  package var personID: Int64
  /// The act that made the bar.
  package var endsSequence: Int64
  /// What stands from now on: the same bar up to its last day.
  package var bar: Bar

  package init(personID: Int64, endsSequence: Int64, bar: Bar) {
    self.personID = personID
    self.endsSequence = endsSequence
    self.bar = bar
  }
}

/// A bar was withdrawn, as it was recorded in error: it was never true.
package struct BarWithdrawn: Equatable, Sendable {
  package var personID: Int64
  /// The act that made the bar.
  package var endsSequence: Int64
  /// Why, in the words of who withdraws it.
  package var reason: String

  package init(personID: Int64, endsSequence: Int64, reason: String) {
    self.personID = personID
    self.endsSequence = endsSequence
    self.reason = reason
  }
}

/// Somebody died.
package struct PersonDied: Equatable, Sendable {
  package var personID: Int64
  package var death: Death

  package init(personID: Int64, death: Death) {
    self.personID = personID
    self.death = death
  }
}

/// A death was withdrawn, as it was recorded in error: the person lives.
package struct DeathWithdrawn: Equatable, Sendable {
  package var personID: Int64
  /// The act that recorded the death.
  package var endsSequence: Int64
  /// Why, in the words of who withdraws it.
  package var reason: String

  package init(personID: Int64, endsSequence: Int64, reason: String) {
    self.personID = personID
    self.endsSequence = endsSequence
    self.reason = reason
  }
}

/// A number is somebody's from now on.
package struct IdentifierAdded: Equatable, Sendable {
  package var personID: Int64
  package var identifier: Identifier
  package var ground: CorrectionGround
  /// Whom the person resembles by it and is not.
  package var dismissed: [DismissedDouble]

  package init(
    personID: Int64, identifier: Identifier, ground: CorrectionGround,
    dismissed: [DismissedDouble]
  ) {
    self.personID = personID
    self.identifier = identifier
    self.ground = ground
    self.dismissed = dismissed
  }
}

/// A number was somebody's until a day.
package struct IdentifierEnded: Equatable, Sendable {
  package var personID: Int64
  package var identifier: Identifier
  package var lastDay: CivilDate
  package var ground: CorrectionGround

  package init(
    personID: Int64, identifier: Identifier, lastDay: CivilDate, ground: CorrectionGround
  ) {
    self.personID = personID
    self.identifier = identifier
    self.lastDay = lastDay
    self.ground = ground
  }
}

/// A number never was somebody's.
package struct IdentifierCorrected: Equatable, Sendable {
  package var personID: Int64
  package var wrong: Identifier
  /// Whether it had ended before.
  package var hadEnded: Bool
  /// What stands from now on instead; nil where nothing does, or where it stands already.
  package var right: Identifier?
  package var ground: CorrectionGround
  /// Whom the person resembles by it and is not.
  package var dismissed: [DismissedDouble]

  package init(
    personID: Int64, wrong: Identifier, hadEnded: Bool, right: Identifier?,
    ground: CorrectionGround, dismissed: [DismissedDouble]
  ) {
    self.personID = personID
    self.wrong = wrong
    self.hadEnded = hadEnded
    self.right = right
    self.ground = ground
    self.dismissed = dismissed
  }
}

/// Birth date and education are these from now on.
package struct PersonCorrected: Equatable, Sendable {
  package var personID: Int64
  package var birthDate: CivilDate
  /// Nil where it is not known.
  package var education: Education?
  /// Whether what stood before was never true.
  package var wasError: Bool
  package var ground: CorrectionGround

  package init(
    personID: Int64, birthDate: CivilDate, education: Education?, wasError: Bool,
    ground: CorrectionGround
  ) {
    self.personID = personID
    self.birthDate = birthDate
    self.education = education
    self.wasError = wasError
    self.ground = ground
  }
}

/// Two numbers are one natural person's from now on.
package struct PeopleMerged: Equatable, Sendable {
  /// The number that came later to the registry.
  package var personID: Int64
  /// The number that came first.
  package var otherID: Int64
  /// What shows it.
  package var document: String

  package init(personID: Int64, otherID: Int64, document: String) {
    self.personID = personID
    self.otherID = otherID
    self.document = document
  }
}

/// A link of two numbers stands no more.
package struct PeopleSplit: Equatable, Sendable {
  /// The number that came later to the registry.
  package var personID: Int64
  /// The number that came first.
  package var otherID: Int64
  /// The act that made the link.
  package var endsSequence: Int64
  package var how: LinkEnd
  /// What shows it.
  package var document: String

  package init(
    personID: Int64, otherID: Int64, endsSequence: Int64, how: LinkEnd, document: String
  ) {
    self.personID = personID
    self.otherID = otherID
    self.endsSequence = endsSequence
    self.how = how
    self.document = document
  }
}
