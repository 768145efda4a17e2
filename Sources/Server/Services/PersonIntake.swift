import BitimDomain
import BitimProtocol
import BitimStore
import Foundation

/// A person as somebody filled in: checked, in one normal form, and found if known already.
struct PersonIntake {
  /// The person with texts in Unicode's normal form C, without white space at their ends.
  let person: BitimV1.Person
  /// What is wrong, in the order of columns.
  let refusals: [Refusal]
  /// The birth date, if it can be read.
  let birthDate: CivilDate?

  /// The person as the registry would hold it, the id not given yet; nil if anything is wrong.
  var checked: Person? {
    guard self.refusals.isEmpty, let birthDate = self.birthDate else { return nil }
    return Person(
      id: 0, names: Names(self.person.names), birthDate: birthDate,
      education: Education(number: self.person.education.rawValue),
      identifiers: self.person.identifiers.compactMap { identifier in
        IdentifierKind(number: identifier.kind.rawValue).map { kind in
          Identifier(
            kind: kind, number: identifier.number, country: identifier.country,
            documentType: identifier.documentType)
        }
      }, evidence: self.person.evidence)
  }

  /// Checks what a list or a form says of a person.
  ///
  /// - Parameter isExpert: An invited expert may come with evidence instead of an identifier.
  init(_ raw: BitimV1.Person, today: CivilDate, isExpert: Bool = false) {
    var person = raw
    // What an intake may not say: bars and former names have acts of their own.
    person.id = 0
    person.bars = []
    person.formerNames = []
    var refusals: [Refusal] = []
    var names = raw.names ?? .init()
    names.kk = Self.name(names.kk, "kk", .cyrillic, &refusals)
    names.ru = Self.name(names.ru, "ru", .cyrillic, &refusals)
    names.latin = Self.name(names.latin, "latin", .latin, &refusals)
    if names.kk == nil, names.ru == nil, names.latin == nil {
      refusals.append(Refusal(.missing, column: "surname_kk"))
    }
    person.names = names
    var birthDate: CivilDate?
    do throws(Refusal) {
      let date = try CivilDate(parsing: person.birthDate, column: "birth_date")
      guard date < today else {
        throw Refusal(.dateInFuture, column: "birth_date", value: person.birthDate)
      }
      birthDate = date
    } catch {
      refusals.append(error)
    }
    if person.identifiers.count > 10 {
      refusals.append(Refusal(.tooManyRows, column: "document_number", ["limit": "10"]))
      person.identifiers = []
    }
    for index in person.identifiers.indices {
      if let refusal = Self.normalise(&person.identifiers[index]) { refusals.append(refusal) }
    }
    person.evidence = Self.normal(person.evidence)
    if let refusal = TextRule.fault(person.evidence, column: "evidence") {
      refusals.append(refusal)
    }
    if person.identifiers.isEmpty, !(isExpert && !person.evidence.isEmpty) {
      refusals.append(Refusal(.identifierMissing, column: "iin"))
    }
    self.person = person
    self.refusals = refusals
    self.birthDate = birthDate
  }

  private static func normal(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
  }

  private static func name(
    _ raw: BitimV1.Name?, _ suffix: String, _ script: NameText.Script,
    _ refusals: inout [Refusal]
  ) -> BitimV1.Name? {
    guard var name = raw else { return nil }
    name.surname = Self.normal(name.surname)
    name.given = Self.normal(name.given)
    name.patronymic = Self.normal(name.patronymic)
    let parts = [
      ("surname", name.surname), ("given", name.given), ("patronymic", name.patronymic),
    ]
    for (column, text) in parts {
      if let refusal = TextRule.fault(text, column: "\(column)_\(suffix)") {
        refusals.append(refusal)
      } else if let reason = NameText.fault(text, in: script) {
        refusals.append(Refusal(reason, column: "\(column)_\(suffix)", value: text))
      }
    }
    return name == BitimV1.Name() ? nil : name
  }

  private static func normalise(_ identifier: inout BitimV1.Identifier) -> Refusal? {
    switch IdentifierKind(number: identifier.kind.rawValue) {
    case .iin:
      let value = identifier.number
      do throws(IIN.Malformed) {
        identifier.number = try IIN(value).digits
        identifier.country = "KAZ"
        identifier.documentType = ""
        return nil
      } catch {
        switch error {
        case .exponent: return Refusal(.iinExponent, column: "iin", value: value)
        case .zerosLost(let digits):
          return Refusal(.iinZerosLost, column: "iin", value: value, ["digits": "\(digits)"])
        case .notTwelveDigits: return Refusal(.iinNotTwelveDigits, column: "iin", value: value)
        case .checkDigit: return Refusal(.iinCheckDigit, column: "iin", value: value)
        }
      }
    case .document:
      identifier.number = Self.normal(identifier.number).uppercased()
      identifier.country = Self.normal(identifier.country).uppercased()
      identifier.documentType = Self.normal(identifier.documentType).lowercased()
      if let refusal = TextRule.fault(identifier.number, column: "document_number") {
        return refusal
      }
      if identifier.number.isEmpty { return Refusal(.missing, column: "document_number") }
      if identifier.country.utf8.count != 3 {
        return Refusal(.notInList, column: "document_country", value: identifier.country)
      }
      if !["passport", "id", "permit"].contains(identifier.documentType) {
        return Refusal(.notInList, column: "document_type", value: identifier.documentType)
      }
      return nil
    case nil: return Refusal(.notInList, column: "identifier")
    }
  }

  /// The person in the registry with one of these identifiers.
  ///
  /// A number counts only beside the same birth date: a check digit proves nobody's identity, and
  /// a wrong number that belongs to somebody else would enrol that person.
  ///
  /// - Throws: ``Refusal`` with ``Reason/otherBirthDate`` or ``Reason/identifiersDisagree``.
  func known(in state: borrowing Snapshot) throws -> Int64? {
    var known: Int64?
    for identifier in self.person.identifiers {
      guard let kind = IdentifierKind(number: identifier.kind.rawValue) else { continue }
      let found = try state.person(
        identifier: kind, country: identifier.country, type: identifier.documentType,
        number: identifier.number)
      guard let found else { continue }
      let column = kind == .iin ? "iin" : "document_number"
      guard known == nil || known == found else {
        throw Refusal(.identifiersDisagree, column: column, value: identifier.number)
      }
      guard try state.birthDate(of: found) == self.birthDate else {
        throw Refusal(
          .otherBirthDate, column: column, value: identifier.number,
          ["person": PersonNumber.text(found)])
      }
      known = found
    }
    return known
  }

  /// In what the list differs from the person in the registry, column by column.
  func differences(from known: Person) -> [Refusal] {
    var differences: [Refusal] = []
    func compare(_ column: String, _ mine: String, _ theirs: String) {
      if mine != theirs, !mine.isEmpty {
        differences.append(Refusal(.differs, column: column, value: mine, ["there": theirs]))
      }
    }
    let (mine, theirs) = (Names(self.person.names), known.names)
    for (suffix, left, right) in [
      ("kk", mine.kk, theirs.kk), ("ru", mine.ru, theirs.ru), ("latin", mine.latin, theirs.latin),
    ] {
      compare("surname_\(suffix)", left?.surname ?? "", right?.surname ?? "")
      compare("given_\(suffix)", left?.given ?? "", right?.given ?? "")
      compare("patronymic_\(suffix)", left?.patronymic ?? "", right?.patronymic ?? "")
    }
    compare("birth_date", self.person.birthDate, known.birthDate.iso)
    let education = Education(number: self.person.education.rawValue)?.rawValue ?? ""
    compare("education", education, known.education?.rawValue ?? "")
    return differences
  }
}
