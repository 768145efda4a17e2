/// A person as somebody filled in: texts as they came, in Unicode's normal form C.
package struct PersonForm: Equatable, Sendable {
  /// An identifier as it was typed.
  package struct Identifier: Equatable, Sendable {
    /// The word's number in the schema.
    package var kind: Int32
    package var number: String
    package var country: String
    package var documentType: String

    package init(kind: Int32, number: String, country: String, documentType: String) {
      self.kind = kind
      self.number = number
      self.country = country
      self.documentType = documentType
    }
  }

  package var names: Names
  package var birthDate: String
  /// The word's number in the schema; 0 where nothing is said.
  package var education: Int32
  package var identifiers: [Identifier]
  package var evidence: String

  package init(
    names: Names, birthDate: String, education: Int32, identifiers: [Identifier], evidence: String
  ) {
    self.names = names
    self.birthDate = birthDate
    self.education = education
    self.identifiers = identifiers
    self.evidence = evidence
  }
}

/// A form that was read: the person in the domain's terms, and everything that is wrong at once.
package struct PersonIntake: Equatable, Sendable {
  /// The most identifiers of one form.
  package static let identifiersMax = 10

  /// The person, without an id; nil if anything is wrong.
  package private(set) var person: Person?
  /// What is wrong, in the order of columns.
  package private(set) var refusals: [Refusal] = []
  /// What is odd and refuses nothing.
  package private(set) var warnings: [Refusal] = []

  /// Reads a form.
  ///
  /// - Parameters:
  ///   - today: A birth date is before it.
  ///   - isExpert: An invited expert may come with evidence instead of an identifier.
  ///   - needsIdentifier: A holder of an adopted certificate may come without one.
  package init(
    _ form: PersonForm, on today: CivilDate, isExpert: Bool = false, needsIdentifier: Bool = true
  ) {
    let names = NamesIntake(form.names)
    self.refusals = names.refusals
    self.warnings = names.warnings
    let birthDate = self.refusals.noting { () throws(Refusal) in
      try Self.birthDate(form.birthDate, on: today)
    }
    let education = self.refusals.noting { () throws(Refusal) -> Education? in
      form.education == 0 ? nil : try Education(typed: form.education, column: "education")
    }
    var identifiers: [Identifier] = []
    if form.identifiers.count > Self.identifiersMax {
      self.refusals.append(
        Refusal(
          .tooManyRows, column: "document_number", ["limit": "\(Self.identifiersMax)"]))
    } else {
      for typed in form.identifiers {
        let read = self.refusals.noting { () throws(Refusal) in try Identifier(typed) }
        if let read, !identifiers.contains(where: { $0.key == read.key }) {
          identifiers.append(read)
        }
      }
    }
    let evidence = TextRule.folded(form.evidence)
    self.refusals.noting { () throws(Refusal) in try TextRule.allow(evidence, column: "evidence") }
    let isTooMany = form.identifiers.count > Self.identifiersMax
    let isMissing = form.identifiers.isEmpty && needsIdentifier
    if isMissing || isTooMany, !isExpert || evidence.isEmpty {
      self.refusals.append(Refusal(.identifierMissing, column: "iin"))
    }
    guard self.refusals.isEmpty, let birthDate, let education else { return }
    self.person = Person(
      id: 0, names: names.names, birthDate: birthDate, education: education,
      identifiers: identifiers, evidence: evidence)
  }

  /// Reads a birth date, which is before today.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/notADate`` or ``Reason/dateInFuture``.
  static func birthDate(
    _ text: String, on today: CivilDate
  ) throws(Refusal) -> CivilDate {
    let date = try CivilDate(typed: text, column: "birth_date")
    guard date < today else {
      throw Refusal(.dateInFuture, column: "birth_date", value: text)
    }
    return date
  }
}

/// Names that were filled in: in their normal form, and everything that is wrong at once.
package struct NamesIntake: Equatable, Sendable {
  /// The names; what couldn't be read is missing.
  package private(set) var names = Names()
  /// What is wrong, in the order of columns.
  package private(set) var refusals: [Refusal] = []
  /// What is odd and refuses nothing.
  package private(set) var warnings: [Refusal] = []

  /// Reads names in Unicode's normal form C; at least one is there.
  package init(_ typed: Names) {
    self.names.kk = self.name(typed.kk, "kk", .kk)
    self.names.ru = self.name(typed.ru, "ru", .ru)
    self.names.latin = self.name(typed.latin, "latin", .latin)
    if self.names == Names(), self.refusals.isEmpty { self.missing("surname_kk") }
  }

  private mutating func missing(_ column: String) {
    self.refusals.append(Refusal(.missing, column: column))
  }

  private mutating func name(
    _ typed: PersonName?, _ suffix: String, _ alphabet: NameText.Alphabet
  ) -> PersonName? {
    guard let typed else { return nil }
    var name = PersonName(surname: "", given: "", patronymic: "")
    name.surname =
      self.refusals.noting { () throws(Refusal) in
        try NameText.part(typed.surname, in: alphabet, column: "surname_\(suffix)")
      } ?? ""
    name.given =
      self.refusals.noting { () throws(Refusal) in
        try NameText.part(typed.given, in: alphabet, column: "given_\(suffix)")
      } ?? ""
    name.patronymic =
      self.refusals.noting { () throws(Refusal) in
        try NameText.patronymic(
          typed.patronymic, in: alphabet, column: "patronymic_\(suffix)")
      } ?? ""
    if alphabet != .latin {
      for (column, text) in zip(["surname", "given", "patronymic"], name.parts)
      where NameText.isInOneCase(text) {
        self.warnings.append(
          Refusal(.nameInCapitals, column: "\(column)_\(suffix)", value: text))
      }
    }
    let isWithout = TextRule.folded(typed.surname + typed.given).isEmpty
    if isWithout, !name.patronymic.isEmpty { self.missing("surname_\(suffix)") }
    return name.parts.allSatisfy(\.isEmpty) ? nil : name
  }
}
