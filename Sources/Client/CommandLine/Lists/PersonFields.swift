import BitimProtocol

/// A person from the columns of a file or the options of a command, which have the same names.
enum PersonFields {
  static let names: [String] = [
    "surname_kk", "given_kk", "patronymic_kk", "surname_ru", "given_ru", "patronymic_ru",
    "surname_latin", "given_latin", "patronymic_latin",
  ]
  static let identifierColumns = [
    "iin", "document_country", "document_type", "document_number",
  ]
  static let columns: [String] =
    names + ["birth_date"] + identifierColumns + ["education", "evidence"]

  /// What says that the row means somebody else than a person it resembles.
  static let distinctColumns = ["distinct_from", "distinct_evidence"]

  /// The same as options: `--surname-kk`.
  static let options = Self.options(columns + distinctColumns)
  /// The names alone as options.
  static let nameOptions = Self.options(names)

  private static func options(_ columns: [String]) -> Set<String> {
    Set(columns.map { $0.replacing("_", with: "-") })
  }

  /// The numbers of people in a text that separates them as people do.
  static func numbers(_ text: String) -> [String] {
    text.split { ",;".contains($0) || $0.isWhitespace }.map(String.init)
  }

  /// The words of education that options take; files may have them in Kazakh and Russian too.
  static let educations: [String: BitimV1.Education] = [
    "higher": .higher, "высшее": .higher, "жоғары": .higher, "secondary": .secondary,
    "среднее": .secondary, "орта": .secondary,
  ]

  /// In what a row differs from the person who is there; what it does not say is no difference (R-018).
  static func differences(
    _ row: Sheet.Row, from there: BitimV1.Person
  ) -> [(column: String, there: String)] {
    let known: [String: String] = Dictionary(
      uniqueKeysWithValues: [
        ("kk", there.names?.kk), ("ru", there.names?.ru), ("latin", there.names?.latin),
      ]
      .flatMap { script, name in
        [
          ("surname_\(script)", name?.surname ?? ""), ("given_\(script)", name?.given ?? ""),
          ("patronymic_\(script)", name?.patronymic ?? ""),
        ]
      } + [("education", there.education == .unspecified ? "" : Self.word(there.education))])
    return (Self.names + ["education"]).compactMap { column in
      let (mine, theirs) = (row[column], known[column] ?? "")
      return mine.isEmpty || mine == theirs ? nil : (column, theirs)
    }
  }

  /// The commands that record what differs in a row about a person.
  static func corrections(_ row: Sheet.Row, _ findings: [BitimV1.Finding]) -> [String] {
    let names = ["kk", "latin", "ru"].map { "\(row["surname_\($0)"]) \(row["given_\($0)"])" }
    let who = [row["iin"], row["document_number"]] + names.map(\.withSingleSpaces)
    let person = who.first { !$0.isEmpty } ?? ""
    let columns = findings.map(\.column)
    let changed = Self.names.filter(columns.contains).map { column in
      (column.replacing("_", with: "-"), row[column])
    }
    var commands: [String] = []
    if !changed.isEmpty {
      commands.append(Shell.command(["person", "rename", person], changed + [("reason", "…")]))
    }
    let data = ["birth_date", "education"].filter(columns.contains).map { column in
      (column.replacing("_", with: "-"), row[column])
    }
    if !data.isEmpty {
      commands.append(
        Shell.command(
          ["person", "correct", person],
          data + [
            ("reason", "typing_error"), ("evidence", "…"), ("evidence-number", "…"),
            ("seen-by", "…"), ("seen-on", "…"),
          ]))
    }
    return commands
  }

  /// The person that `value` describes column by column.
  static func person(_ value: (String) -> String) -> BitimV1.Person {
    var person = BitimV1.Person()
    person.names = Self.names(value)
    person.birthDate = Sheet.iso(value("birth_date"))
    person.education = Self.education(value("education"))
    person.evidence = value("evidence")
    person.identifiers = Self.identifiers(value)
    return person
  }

  /// The IIN and the document that are there.
  static func identifiers(_ value: (String) -> String) -> [BitimV1.Identifier] {
    var identifiers: [BitimV1.Identifier] = []
    if !value("iin").isEmpty {
      var identifier = BitimV1.Identifier()
      identifier.kind = .iin
      identifier.number = value("iin")
      identifiers.append(identifier)
    }
    if !value("document_number").isEmpty {
      var identifier = BitimV1.Identifier()
      identifier.kind = .document
      identifier.number = value("document_number")
      identifier.country = value("document_country")
      identifier.documentType = value("document_type")
      identifiers.append(identifier)
    }
    return identifiers
  }

  /// The word of an education; a dash where none is known.
  static func word(_ education: BitimV1.Education?) -> String {
    switch education {
    case .higher: "higher"
    case .secondary: "secondary"
    default: "–"
    }
  }

  /// The names in the scripts that have any.
  static func names(_ value: (String) -> String) -> BitimV1.Names {
    func name(_ script: String) -> BitimV1.Name? {
      var name = BitimV1.Name()
      name.surname = value("surname_\(script)")
      name.given = value("given_\(script)")
      name.patronymic = value("patronymic_\(script)")
      return name == BitimV1.Name() ? nil : name
    }
    var names = BitimV1.Names()
    names.kk = name("kk")
    names.ru = name("ru")
    names.latin = name("latin")
    return names
  }

  /// A word that nobody knows is sent as one that is in no list, and refused as such.
  private static func education(_ text: String) -> BitimV1.Education {
    text.isEmpty
      ? .unspecified : EducationWords.education(text) ?? BitimV1.Education(rawValue: -1)
  }
}

extension Desk {
  /// An education in the reader's language; a dash where none is known.
  func education(_ education: BitimV1.Education?) -> String {
    switch education {
    case .higher: self.output.say(.educationHigher)
    case .secondary: self.output.say(.educationSecondary)
    default: "–"
    }
  }
}
