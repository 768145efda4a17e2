import BitimDomain
import BitimProtocol

// Organisations, people, roles and tokens, as records hold them.

extension BitimJournalV1.Text {
  init(_ text: Trilingual) {
    self.init()
    self.kk = text.kk
    self.ru = text.ru
    self.en = text.en
  }
}

extension Trilingual {
  init(_ text: BitimJournalV1.Text?) {
    self.init(kk: text?.kk ?? "", ru: text?.ru ?? "", en: text?.en ?? "")
  }
}

extension BitimJournalV1.Entitlement {
  init(_ entitlement: Entitlement) {
    self.init()
    self.id = entitlement.id
    self.activity = .init(entitlement.activity)
    self.validFrom = entitlement.days.from.iso
    self.validUntil = entitlement.days.until?.iso
    self.basis = entitlement.basis
  }
}

extension Entitlement {
  init(_ message: BitimJournalV1.Entitlement) throws {
    self.init(
      id: message.id, activity: try Record.word(message.activity),
      days: try Record.days(message.validFrom, message.validUntil), basis: message.basis)
  }
}

extension BitimJournalV1.Organisation {
  init(_ organisation: Organisation) {
    self.init()
    self.id = organisation.id
    self.code = organisation.code
    self.kind = .init(organisation.kind)
    self.name = .init(organisation.registeredName)
    self.region = organisation.registeredRegion
    self.country = organisation.country
    self.entitlements = organisation.entitlements.map { .init($0) }
  }
}

extension Organisation {
  init(_ message: BitimJournalV1.Organisation) throws {
    self.init(
      id: message.id, code: message.code, kind: try Record.word(message.kind),
      name: .init(message.name), region: message.region, country: message.country,
      entitlements: try message.entitlements.map { try .init($0) })
  }
}

extension BitimJournalV1.OrganisationsRegistered {
  init(_ deed: OrganisationsRegistered) {
    self.init()
    self.organisations = deed.organisations.map { .init($0) }
  }
}

extension OrganisationsRegistered {
  init(_ message: BitimJournalV1.OrganisationsRegistered) throws {
    self.init(try message.organisations.map { try Organisation($0) })
  }
}

extension BitimJournalV1.OrganisationChanged {
  init(_ deed: OrganisationChanged) {
    self.init()
    self.organisationId = deed.organisationID
    self.from = deed.names.from.iso
    self.name = .init(deed.names.name)
    self.region = deed.names.region
    self.document = deed.names.document
  }
}

extension OrganisationChanged {
  init(_ message: BitimJournalV1.OrganisationChanged) throws {
    self.init(
      organisationID: message.organisationId,
      names: OrganisationNames(
        from: try Record.day(message.from), name: .init(message.name), region: message.region,
        document: message.document))
  }
}

extension BitimJournalV1.Name {
  init(_ name: PersonName) {
    self.init()
    self.surname = name.surname
    self.given = name.given
    self.patronymic = name.patronymic
  }
}

extension PersonName {
  init(_ message: BitimJournalV1.Name) {
    self.init(
      surname: message.surname, given: message.given, patronymic: message.patronymic)
  }
}

extension BitimJournalV1.Names {
  init(_ names: Names) {
    self.init()
    self.kk = names.kk.map { .init($0) }
    self.ru = names.ru.map { .init($0) }
    self.latin = names.latin.map { .init($0) }
  }
}

extension Names {
  init(_ message: BitimJournalV1.Names?) {
    self.init(
      kk: message?.kk.map { PersonName($0) }, ru: message?.ru.map { PersonName($0) },
      latin: message?.latin.map { PersonName($0) })
  }
}

extension BitimJournalV1.Identifier {
  init(_ identifier: Identifier) {
    self.init()
    self.kind = .init(identifier.kind)
    self.number = identifier.number
    self.country = identifier.country
    self.documentType = identifier.documentType
  }
}

extension Identifier {
  init(_ message: BitimJournalV1.Identifier) throws {
    self.init(
      kind: try Record.word(message.kind), number: message.number, country: message.country,
      documentType: message.documentType)
  }
}

extension BitimJournalV1.Person {
  init(_ person: Person) {
    self.init()
    self.id = person.id
    self.names = .init(person.names)
    self.birthDate = person.birthDate.iso
    self.identifiers = person.identifiers.map { .init($0) }
    self.education = person.education.map { .init($0) } ?? .unspecified
    self.evidence = person.evidence
  }
}

extension Person {
  init(_ message: BitimJournalV1.Person?) throws {
    let message = message ?? .init()
    self.init(
      id: message.id, names: .init(message.names), birthDate: try Record.day(message.birthDate),
      // Before there was a rule, a word that nobody knew was recorded, and meant nothing.
      education: Education(number: message.education.rawValue),
      identifiers: try message.identifiers.map { try .init($0) }, evidence: message.evidence)
  }
}

extension BitimJournalV1.PersonRegistered {
  init(_ deed: PersonRegistered) {
    self.init()
    self.person = .init(deed.person)
    self.dismissed = deed.dismissed.map { .init($0) }
  }
}

extension PersonRegistered {
  init(_ message: BitimJournalV1.PersonRegistered) throws {
    self.init(
      try Person(message.person), dismissed: message.dismissed.map { DismissedDouble($0) })
  }
}

extension BitimJournalV1.DismissedDouble {
  init(_ double: DismissedDouble) {
    self.init()
    self.personId = double.personID
    self.otherId = double.otherID
    self.evidence = double.evidence
  }
}

extension DismissedDouble {
  init(_ message: BitimJournalV1.DismissedDouble) {
    self.init(
      personID: message.personId, otherID: message.otherId, evidence: message.evidence)
  }
}

extension BitimJournalV1.PersonRenamed {
  init(_ deed: PersonRenamed) {
    self.init()
    self.personId = deed.personID
    self.names = .init(deed.names)
    self.reason = deed.reason
    self.from = deed.from?.iso ?? ""
  }
}

extension PersonRenamed {
  init(_ message: BitimJournalV1.PersonRenamed) throws {
    self.init(
      personID: message.personId, names: .init(message.names), reason: message.reason,
      from: try Record.dayIfSaid(message.from))
  }
}

extension BitimJournalV1.CorrectionGround {
  init(_ ground: CorrectionGround) {
    self.init()
    self.reason = .init(ground.reason)
    self.document = ground.document
    self.number = ground.number
    self.seenBy = ground.seenBy
    self.seenOn = ground.seenOn.iso
  }
}

extension CorrectionGround {
  init(_ message: BitimJournalV1.CorrectionGround?) throws {
    let message = message ?? .init()
    self.init(
      try Record.word(message.reason), document: message.document, number: message.number,
      seenBy: message.seenBy, seenOn: try Record.day(message.seenOn))
  }
}

extension BitimJournalV1.IdentifierAdded {
  init(_ deed: IdentifierAdded) {
    self.init()
    self.personId = deed.personID
    self.identifier = .init(deed.identifier)
    self.ground = .init(deed.ground)
    self.dismissed = deed.dismissed.map { .init($0) }
  }
}

extension IdentifierAdded {
  init(_ message: BitimJournalV1.IdentifierAdded) throws {
    self.init(
      personID: message.personId, identifier: try Identifier(message.identifier ?? .init()),
      ground: try CorrectionGround(message.ground),
      dismissed: message.dismissed.map { DismissedDouble($0) })
  }
}

extension BitimJournalV1.IdentifierEnded {
  init(_ deed: IdentifierEnded) {
    self.init()
    self.personId = deed.personID
    self.identifier = .init(deed.identifier)
    self.lastDay = deed.lastDay.iso
    self.ground = .init(deed.ground)
  }
}

extension IdentifierEnded {
  init(_ message: BitimJournalV1.IdentifierEnded) throws {
    self.init(
      personID: message.personId, identifier: try Identifier(message.identifier ?? .init()),
      lastDay: try Record.day(message.lastDay), ground: try CorrectionGround(message.ground))
  }
}

extension BitimJournalV1.IdentifierCorrected {
  init(_ deed: IdentifierCorrected) {
    self.init()
    self.personId = deed.personID
    self.wrong = .init(deed.wrong)
    self.right = deed.right.map { .init($0) }
    self.ground = .init(deed.ground)
    self.dismissed = deed.dismissed.map { .init($0) }
    self.hadEnded = deed.hadEnded
  }
}

extension IdentifierCorrected {
  init(_ message: BitimJournalV1.IdentifierCorrected) throws {
    self.init(
      personID: message.personId, wrong: try Identifier(message.wrong ?? .init()),
      hadEnded: message.hadEnded,
      right: try message.right.map { try Identifier($0) },
      ground: try CorrectionGround(message.ground),
      dismissed: message.dismissed.map { DismissedDouble($0) })
  }
}

extension BitimJournalV1.PersonCorrected {
  init(_ deed: PersonCorrected) {
    self.init()
    self.personId = deed.personID
    self.birthDate = deed.birthDate.iso
    self.education = deed.education.map { .init($0) } ?? .unspecified
    self.wasError = deed.wasError
    self.ground = .init(deed.ground)
  }
}

extension PersonCorrected {
  init(_ message: BitimJournalV1.PersonCorrected) throws {
    self.init(
      personID: message.personId, birthDate: try Record.day(message.birthDate),
      education: try Record.wordIfSaid(message.education), wasError: message.wasError,
      ground: try CorrectionGround(message.ground))
  }
}

extension BitimJournalV1.Bar {
  init(_ bar: Bar) {
    self.init()
    self.kind = .init(bar.kind)
    self.validFrom = bar.days.from.iso
    self.validUntil = bar.days.until?.iso
    self.document = bar.document
  }
}

extension Bar {
  init(_ message: BitimJournalV1.Bar?) throws {
    let message = message ?? .init()
    self.init(
      try Record.word(message.kind), days: try Record.days(message.validFrom, message.validUntil),
      document: message.document)
  }
}

extension BitimJournalV1.PersonBarred {
  init(_ deed: PersonBarred) {
    self.init()
    self.personId = deed.personID
    self.bar = .init(deed.bar)
  }
}

extension PersonBarred {
  init(_ message: BitimJournalV1.PersonBarred) throws {
    self.init(personID: message.personId, bar: try Bar(message.bar))
  }
}

extension BitimJournalV1.BarEnded {
  init(_ deed: BarEnded) {
    self.init()
    self.personId = deed.personID
    self.endsSequence = deed.endsSequence
    self.bar = .init(deed.bar)
  }
}

extension BarEnded {
  init(_ message: BitimJournalV1.BarEnded) throws {
    self.init(
      personID: message.personId, endsSequence: message.endsSequence, bar: try Bar(message.bar))
  }
}

extension BitimJournalV1.BarWithdrawn {
  init(_ deed: BarWithdrawn) {
    self.init()
    self.personId = deed.personID
    self.endsSequence = deed.endsSequence
    self.reason = deed.reason
  }
}

extension BarWithdrawn {
  init(_ message: BitimJournalV1.BarWithdrawn) {
    self.init(
      personID: message.personId, endsSequence: message.endsSequence, reason: message.reason)
  }
}

extension BitimJournalV1.PersonDied {
  init(_ deed: PersonDied) {
    self.init()
    self.personId = deed.personID
    self.diedOn = deed.death.day.iso
    self.document = deed.death.document
  }
}

extension PersonDied {
  init(_ message: BitimJournalV1.PersonDied) throws {
    self.init(
      personID: message.personId,
      death: Death(on: try Record.day(message.diedOn), document: message.document))
  }
}

extension BitimJournalV1.DeathWithdrawn {
  init(_ deed: DeathWithdrawn) {
    self.init()
    self.personId = deed.personID
    self.endsSequence = deed.endsSequence
    self.reason = deed.reason
  }
}

extension DeathWithdrawn {
  init(_ message: BitimJournalV1.DeathWithdrawn) {
    self.init(
      personID: message.personId, endsSequence: message.endsSequence, reason: message.reason)
  }
}

extension BitimJournalV1.RoleGranted {
  init(_ deed: RoleGranted) {
    self.init()
    self.personId = deed.personID
    self.role = .init(deed.role)
    self.organisationId = deed.organisationID
  }
}

extension RoleGranted {
  init(_ message: BitimJournalV1.RoleGranted) throws {
    self.init(
      personID: message.personId, role: try Record.word(message.role),
      organisationID: message.organisationId)
  }
}

extension BitimJournalV1.RoleWithdrawn {
  init(_ deed: RoleWithdrawn) {
    self.init()
    self.personId = deed.personID
    self.role = .init(deed.role)
    self.organisationId = deed.organisationID
    self.tokenIds = deed.tokenIDs
  }
}

extension RoleWithdrawn {
  init(_ message: BitimJournalV1.RoleWithdrawn) throws {
    self.init(
      personID: message.personId, role: try Record.word(message.role),
      organisationID: message.organisationId, tokenIDs: message.tokenIds)
  }
}

extension BitimJournalV1.TokenCreated {
  init(_ deed: TokenCreated) {
    self.init()
    self.id = deed.id
    self.personId = deed.personID
    self.organisationId = deed.organisationID
    self.hash = deed.hash
    self.name = deed.name
    self.roles = deed.roles.map { .init($0) }
    self.expiresAtMs = deed.expiresAt.unixMilliseconds
    self.sessionId = deed.sessionID
  }
}

extension TokenCreated {
  init(_ message: BitimJournalV1.TokenCreated) throws {
    self.init(
      id: message.id, personID: message.personId, organisationID: message.organisationId,
      hash: message.hash, name: message.name, roles: try message.roles.map { try Record.word($0) },
      expiresAt: Instant(unixMilliseconds: message.expiresAtMs), sessionID: message.sessionId)
  }
}

extension BitimJournalV1.TokenRevoked {
  init(_ deed: TokenRevoked) {
    self.init()
    self.id = deed.id
  }
}

extension BitimJournalV1.PeopleMerged {
  init(_ deed: PeopleMerged) {
    self.init()
    self.personId = deed.personID
    self.otherId = deed.otherID
    self.document = deed.document
  }
}

extension PeopleMerged {
  init(_ message: BitimJournalV1.PeopleMerged) {
    self.init(
      personID: message.personId, otherID: message.otherId, document: message.document)
  }
}

extension BitimJournalV1.PeopleSplit {
  init(_ deed: PeopleSplit) {
    self.init()
    self.personId = deed.personID
    self.otherId = deed.otherID
    self.endsSequence = deed.endsSequence
    self.how = .init(deed.how)
    self.document = deed.document
  }
}

extension PeopleSplit {
  init(_ message: BitimJournalV1.PeopleSplit) throws {
    self.init(
      personID: message.personId, otherID: message.otherId, endsSequence: message.endsSequence,
      how: try Record.word(message.how), document: message.document)
  }
}
