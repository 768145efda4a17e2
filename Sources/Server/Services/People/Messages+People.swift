import BitimDomain
package import BitimProtocol
import BitimStore

// People, organisations and access, between messages and the domain's values.

extension GoogleProtobuf.Timestamp {
  /// An instant as it is answered.
  init(_ instant: Instant) { self.init(unixMilliseconds: instant.unixMilliseconds) }
}

extension ProtoEnum {
  /// A word as it is answered.
  init<Word: Noun>(_ word: Word) where Word.AllCases == [Word] {
    self.init(rawValue: word.number)
  }
}

extension BitimV1.Text {
  /// A text as it is answered.
  init(_ text: Trilingual) {
    self.init()
    self.kk = text.kk
    self.ru = text.ru
    self.en = text.en
  }

  /// One text in three languages.
  package init(kk: String, ru: String, en: String) {
    self.init()
    self.kk = kk
    self.ru = ru
    self.en = en
  }
}

extension BitimV1.Name {
  /// A name as it is answered.
  init(_ name: PersonName) {
    self.init()
    self.surname = name.surname
    self.given = name.given
    self.patronymic = name.patronymic
  }
}

extension BitimV1.Names {
  /// Names as they are answered.
  init(_ names: Names) {
    self.init()
    self.kk = names.kk.map { .init($0) }
    self.ru = names.ru.map { .init($0) }
    self.latin = names.latin.map { .init($0) }
  }
}

extension PersonName {
  /// A name as a request says it, in Unicode's normal form C.
  init(_ message: BitimV1.Name) {
    self.init(
      surname: message.surname.normal, given: message.given.normal,
      patronymic: message.patronymic.normal)
  }
}

extension Names {
  /// Names as a request says them.
  init(_ message: BitimV1.Names?) {
    self.init(
      kk: message?.kk.map { PersonName($0) }, ru: message?.ru.map { PersonName($0) },
      latin: message?.latin.map { PersonName($0) })
  }
}

extension PersonForm {
  /// A person as a request says him or her: what it may not say (an id, bars, former names) is left
  /// out, since there are acts of their own for it.
  init(_ message: BitimV1.Person) {
    self.init(
      names: Names(message.names), birthDate: message.birthDate,
      education: message.education.rawValue,
      identifiers: message.identifiers.map { PersonForm.Identifier($0) },
      evidence: message.evidence.normal)
  }
}

extension PersonForm.Identifier {
  /// A number as a request says it, in Unicode's normal form C.
  init(_ message: BitimV1.Identifier?) {
    self.init(
      kind: message?.kind.rawValue ?? 0, number: message?.number.normal ?? "",
      country: message?.country.normal ?? "", documentType: message?.documentType.normal ?? "")
  }
}

extension BitimV1.Identifier {
  /// A number as it is answered.
  init(_ identifier: Identifier) {
    self.init()
    self.kind = .init(identifier.kind)
    self.number = identifier.number
    self.country = identifier.country
    self.documentType = identifier.documentType
  }
}

extension BitimV1.EndedIdentifier {
  /// A number that ended, as it is answered.
  init(_ ended: EndedIdentifier) {
    self.init()
    self.identifier = .init(ended.identifier)
    self.lastDay = ended.lastDay.iso
  }
}

extension BitimV1.Bar {
  /// A bar that stands, as it is answered.
  init(_ standing: StandingBar, toSchool: Bool) {
    self.init(standing.bar, toSchool: toSchool)
    self.act = standing.sequence
  }

  /// A bar as it is answered: a centre reads from when to when, not why.
  init(_ bar: Bar, toSchool: Bool) {
    self.init()
    if toSchool {
      self.kind = .init(bar.kind)
      self.document = bar.document
    }
    self.validFrom = bar.days.from.iso
    self.validUntil = bar.days.until?.iso
  }
}

extension BitimV1.Person {
  /// A person as somebody filled in, or as registered first.
  init(_ person: Person) {
    self.init()
    self.id = person.id
    self.names = .init(person.names)
    self.birthDate = person.birthDate.iso
    self.education = person.education.map { .init($0) } ?? .unspecified
    self.evidence = person.evidence
    self.identifiers = person.identifiers.map { .init($0) }
  }

  /// A person with all that is kept beside, as it is answered.
  init(_ file: PersonFile, toSchool: Bool) {
    self.init(file.person)
    self.identifiers = file.standing.map { .init($0) }
    self.endedIdentifiers = file.ended.map { .init($0) }
    self.formerNames = file.formerNames.map { former in
      var names = BitimV1.Names(former.names)
      names.lastDay = former.lastDay.iso
      return names
    }
    self.bars = file.bars.map { .init($0, toSchool: toSchool) }
    // Nobody but the School is told.
    if toSchool { self.death = file.death.map { .init($0) } }
  }
}

extension Snapshot {
  /// A person as lists show one to a caller; nil if there is none. The one place where a line is made,
  /// and so where it is settled who reads the year of birth.
  func line(_ id: Int64, to caller: Caller) throws -> BitimV1.PersonLine? {
    guard let birthDate = try self.birthDate(of: id) else { return nil }
    var line = try self.line(naming: id)
    if try caller.readsBirthYear(of: id, self) {
      line.birthYear = Int32(birthDate.parts.year)
    }
    return line
  }

  /// A person by number and names, which whoever may see the seat may know.
  func line(naming id: Int64) throws -> BitimV1.PersonLine {
    var line = BitimV1.PersonLine()
    line.id = id
    line.displayId = PersonNumber.text(id)
    line.names = .init(try self.names(of: id))
    return line
  }

  /// A person of the staff: of another's the name is answered, and the number that hours are recorded by.
  func line(ofStaff id: Int64, to caller: Caller) throws -> BitimV1.PersonLine? {
    guard var line = try self.line(id, to: caller) else { return nil }
    if try !caller.knows(id, self) { line.birthYear = 0 }
    return line
  }
}

extension BitimV1.Organisation {
  /// An organisation as it is answered, called as it is on a day.
  init(_ organisation: Organisation, on day: CivilDate) {
    self.init()
    self.id = organisation.id
    self.code = organisation.code
    self.kind = .init(organisation.kind)
    self.name = .init(organisation.name(on: day))
    self.region = organisation.region(on: day)
    if !organisation.changes.isEmpty {
      var registered = BitimV1.OrganisationNames()
      registered.name = .init(organisation.registeredName)
      registered.region = organisation.registeredRegion
      self.history = [registered] + organisation.changes.map { .init($0) }
    }
    self.country = organisation.country
    self.entitlements = organisation.entitlements.map { .init($0) }
    self.suspensions = organisation.suspensions.map { .init($0) }
  }
}

extension BitimV1.OrganisationNames {
  /// How an organisation is called from a day on.
  fileprivate init(_ names: OrganisationNames) {
    self.init()
    self.from = names.from.iso
    self.name = .init(names.name)
    self.region = names.region
    self.document = names.document
  }
}

extension BitimV1.Entitlement {
  /// Days as they are answered.
  init(_ entitlement: Entitlement) {
    self.init()
    self.activity = .init(entitlement.activity)
    self.validFrom = entitlement.days.from.iso
    self.validUntil = entitlement.days.until?.iso
    self.basis = entitlement.basis
  }
}

extension BitimV1.RoleGrant {
  /// A role as lists show it.
  init(_ grant: RoleInForce) {
    self.init()
    self.personId = grant.personID
    self.role = .init(grant.role)
    self.organisation = grant.organisation
    self.grantedAt = .init(grant.grantedAt)
    self.grantedBy = grant.grantedBy
  }
}

extension BitimV1.Token {
  /// A token as lists show it.
  init(_ token: TokenInForce) {
    self.init()
    self.id = token.id
    self.name = token.name
    self.personId = token.personID
    self.organisation = token.organisation
    self.roles = token.roles.map(\.number).sorted().map { BitimV1.Role(rawValue: $0) }
    self.createdAt = .init(token.createdAt)
    self.expiresAt = .init(token.expiresAt)
    self.lastUsedAt = token.lastUsedAt.map { .init($0) }
    self.madeBy = token.madeBy
    self.session = token.session
  }
}
