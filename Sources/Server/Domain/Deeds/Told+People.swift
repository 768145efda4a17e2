/// What deeds on people and their rights tell.
extension Names {
  func telling(of subject: Subject?) -> [Told] {
    [
      (Told.Field.fullNameKk, self.kk), (.fullNameRu, self.ru), (.fullNameLatin, self.latin),
    ].map { field, name in
      let parts = name?.parts.filter { !$0.isEmpty } ?? []
      return .fact(
        field, parts.isEmpty ? nil : .text(parts.joined(separator: " ")), of: subject)
    }
  }
}

extension Identifier {
  /// The number with what tells it from others.
  fileprivate var line: Told.Value {
    switch self.kind {
    case .iin: .text(self.number)
    case .document:
      .text(
        [self.country, self.documentType, self.number].filter { !$0.isEmpty }
          .joined(separator: " "))
    }
  }

  func telling(of person: Int64) -> Told {
    .fact(.identifier, self.line, of: .person(person), which: self.line, .office)
  }
}

extension CorrectionGround {
  var telling: [Told?] {
    [
      .said(.reason, .word(self.reason)), .said(.document, .text(self.document), .office),
      .said(.document, .text(self.number), .office), .said(.seenBy, .text(self.seenBy), .office),
      .said(.seenOn, .day(self.seenOn), .office),
    ]
  }
}

extension Person {
  var telling: [Told] {
    let person = Subject.person(self.id)
    let rest: [Told?] = [
      .fact(.birthDate, .day(self.birthDate), of: person, .office),
      .fact(.education, self.education.map { .word($0) }, of: person, .office),
      .said(.evidence, .text(self.evidence), of: person, .office),
    ]
    return self.names.telling(of: person) + rest.compactMap(\.self)
      + self.identifiers.map { $0.telling(of: self.id) }
  }
}

extension DismissedDouble {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.distinctFrom, .person(self.otherID), of: .person(self.personID)),
      .said(.distinctFrom, .person(self.personID), of: .person(self.otherID)),
      .said(.evidence, .text(self.evidence), of: .person(self.personID), .office),
      .said(.evidence, .text(self.evidence), of: .person(self.otherID), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension PersonRegistered {
  var telling: [Told] { self.person.telling + self.dismissed.flatMap(\.telling) }
}

extension PersonRenamed {
  var telling: [Told] {
    let rest: [Told?] = [
      .said(.from, .day(self.from)), .said(.reason, .text(self.reason)),
    ]
    return self.names.telling(of: .person(self.personID)) + rest.compactMap(\.self)
  }
}

extension IdentifierAdded {
  var telling: [Told] {
    [self.identifier.telling(of: self.personID)] + self.ground.telling.compactMap(\.self)
      + self.dismissed.flatMap(\.telling)
  }
}

extension IdentifierEnded {
  var telling: [Told] {
    [
      .fact(
        .lastDay, .day(self.lastDay), of: .person(self.personID), which: self.identifier.line,
        .office)
    ] + self.ground.telling.compactMap(\.self)
  }
}

extension IdentifierCorrected {
  var telling: [Told] {
    [.takesBack(of: .person(self.personID), which: self.wrong.line)]
      + (self.right.map { [$0.telling(of: self.personID)] } ?? [])
      + self.ground.telling.compactMap(\.self) + self.dismissed.flatMap(\.telling)
  }
}

extension PersonCorrected {
  var telling: [Told] {
    [
      .fact(
        .birthDate, .day(self.birthDate), of: .person(self.personID), wasError: self.wasError,
        .office),
      .fact(
        .education, self.education.map { .word($0) }, of: .person(self.personID),
        wasError: self.wasError, .office),
    ] + self.ground.telling.compactMap(\.self)
  }
}

extension Bar {
  /// A bar's days, and to the office why.
  func telling(of person: Int64, after: Int64? = nil) -> [Told] {
    let pieces: [Told?] = [
      .made(.bar, .days(self.days), of: .person(person), after: after),
      .said(.kind, .word(self.kind), .office), .said(.document, .text(self.document), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension PersonBarred {
  var telling: [Told] { self.bar.telling(of: self.personID) }
}

extension BarEnded {
  var telling: [Told] { self.bar.telling(of: self.personID, after: self.endsSequence) }
}

extension BarWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] = [
      .takesBack(self.endsSequence, of: .person(self.personID)),
      .said(.reason, .text(self.reason), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension PersonDied {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.diedOn, .day(self.death.day), of: .person(self.personID), .office),
      .said(.document, .text(self.death.document), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension DeathWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] = [
      .takesBack(self.endsSequence, of: .person(self.personID)),
      .said(.reason, .text(self.reason), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension PeopleMerged {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(.linked, .person(self.otherID), of: .person(self.personID)),
      .made(.linked, .person(self.personID), of: .person(self.otherID)),
      .said(.document, .text(self.document), .office),
    ]
    return pieces.compactMap(\.self)
  }
}

extension PeopleSplit {
  var telling: [Told] {
    let ends = [self.personID, self.otherID].map { person in
      self.how == .inError
        ? Told.takesBack(self.endsSequence, of: .person(person))
        : .made(.linked, nil, of: .person(person), after: self.endsSequence)
    }
    let rest: [Told?] = [
      .said(.reason, .word(self.how)), .said(.document, .text(self.document), .office),
    ]
    return ends + rest.compactMap(\.self)
  }
}

extension RoleGranted {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.role, .word(self.role), of: .organisation(self.organisationID)),
      .said(.person, .person(self.personID), of: .organisation(self.organisationID)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension RoleWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] =
      [
        .said(.role, .word(self.role), of: .organisation(self.organisationID)),
        .said(.person, .person(self.personID), of: .organisation(self.organisationID)),
      ] + self.tokenIDs.map { .said(.token, .number($0), of: .organisation(self.organisationID)) }
    return pieces.compactMap(\.self)
  }
}

extension TokenCreated {
  var telling: [Told] {
    let place = Subject.organisation(self.organisationID)
    let pieces: [Told?] = [
      .said(.token, .text("\(self.id) \(self.name)"), of: place),
      .said(.person, self.personID == 0 ? nil : .person(self.personID), of: place),
      .said(.role, .words(self.roles), of: place),
      .said(.expires, .instant(self.expiresAt), of: place),
      .said(.session, self.sessionID == 0 ? nil : .subject(.session(self.sessionID)), of: place),
    ]
    return pieces.compactMap(\.self)
  }
}

extension TokenRevoked {
  var telling: [Told] { [Told.said(.token, .number(self.id))].compactMap(\.self) }
}
