/// A name in one script, as the holder's documents give it.
package struct PersonName: Hashable, Sendable {
  /// May be empty if the given name is not.
  package var surname: String
  package var given: String
  /// Empty where the documents show none.
  package var patronymic: String

  package init(surname: String, given: String, patronymic: String) {
    self.surname = surname
    self.given = given
    self.patronymic = patronymic
  }

  /// Surname, given name and patronymic.
  package var parts: [String] { [self.surname, self.given, self.patronymic] }
}

/// A person's names in three scripts, at least one; never derived from one another.
package struct Names: Hashable, Sendable {
  package var kk: PersonName?
  package var ru: PersonName?
  package var latin: PersonName?

  package init(kk: PersonName? = nil, ru: PersonName? = nil, latin: PersonName? = nil) {
    self.kk = kk
    self.ru = ru
    self.latin = latin
  }

  /// The nine parts in the order of scripts; empty where there is none.
  package var parts: [String] {
    [self.kk, self.ru, self.latin].flatMap { $0?.parts ?? ["", "", ""] }
  }

  /// The words by which somebody of these names is found, each once.
  package var words: [String] {
    // They are few, and a set would ask of each letter what it is.
    var words: [String] = []
    for part in self.parts where !part.isEmpty {
      for word in NameText.searchWords(part)
      where !words.contains(where: { $0.utf8.elementsEqual(word.utf8) }) {
        words.append(word)
      }
    }
    return words
  }
}

/// A period in which a person may not be a mediator: Law On Mediation, article 9(7).
package struct Bar: Equatable, Sendable {
  package var kind: BarKind
  package var days: Period
  /// What it rests on, as a court's decision; empty where it was recorded before that was asked.
  package var document: String

  package init(_ kind: BarKind, days: Period, document: String = "") {
    self.kind = kind
    self.days = days
    self.document = document
  }
}

/// That a person has died.
package struct Death: Equatable, Sendable {
  package var day: CivilDate
  /// What shows it, as a certificate of death.
  package var document: String

  package init(on day: CivilDate, document: String) {
    self.day = day
    self.document = document
  }
}

/// A natural person, as registered.
package struct Person: Equatable, Sendable {
  package var id: Int64
  package var names: Names
  package var birthDate: CivilDate
  /// Nil where it is not known.
  package var education: Education?
  package var identifiers: [Identifier]
  /// For an invited expert without the papers asked of others; empty otherwise.
  package var evidence: String

  package init(
    id: Int64, names: Names, birthDate: CivilDate, education: Education?,
    identifiers: [Identifier], evidence: String
  ) {
    self.id = id
    self.names = names
    self.birthDate = birthDate
    self.education = education
    self.identifiers = identifiers
    self.evidence = evidence
  }
}

/// Names that somebody bore until a day.
package struct FormerNames: Equatable, Sendable {
  package var names: Names
  package var lastDay: CivilDate

  package init(_ names: Names, lastDay: CivilDate) {
    self.names = names
    self.lastDay = lastDay
  }
}

/// A number that was somebody's until a day.
package struct EndedIdentifier: Equatable, Sendable {
  package var identifier: Identifier
  package var lastDay: CivilDate

  package init(_ identifier: Identifier, lastDay: CivilDate) {
    self.identifier = identifier
    self.lastDay = lastDay
  }
}

/// A person with all that is kept beside.
package struct PersonFile: Equatable, Sendable {
  /// With all identifiers that are not in error: what ended is his or hers still.
  package var person: Person
  /// Those of the identifiers that stand no more.
  package var ended: [EndedIdentifier]
  /// Names borne before, oldest first.
  package var formerNames: [FormerNames]
  /// The bars that stand.
  package var bars: [StandingBar]
  /// Nil of who lives.
  package var death: StandingDeath?

  package init(
    person: Person, ended: [EndedIdentifier] = [], formerNames: [FormerNames],
    bars: [StandingBar], death: StandingDeath? = nil
  ) {
    self.death = death
    self.person = person
    self.ended = ended
    self.formerNames = formerNames
    self.bars = bars
  }

  /// The person as one whom a row may mean.
  ///
  /// - Parameters:
  ///   - isKnownHere: Whether the caller may know of the person.
  ///   - first: The lowest number of the natural person; nil where there is no other than the person's.
  package func candidate(isKnownHere: Bool, first: Int64? = nil) -> Candidate {
    Candidate(
      self.person, formerNames: self.formerNames.map(\.names), isKnownHere: isKnownHere,
      first: first)
  }

  /// The identifiers that stand.
  package var standing: [Identifier] {
    self.person.identifiers.filter { one in !self.ended.contains { $0.identifier == one } }
  }

  /// The identifier that stands and is `typed`, as it is recorded; nil for none.
  func standing(_ typed: Identifier) -> Identifier? {
    self.standing.first { $0.key == typed.key }
  }
}
