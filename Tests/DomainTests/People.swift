import BitimDomain

/// People of the tables: P-51 (`P-51-42`) is Ахметова Әйгерім, born on 1991-12-31.
enum People {
  static let today = People.day("2026-11-22")

  static func day(_ iso: String) -> CivilDate {
    guard let day = CivilDate(iso: iso) else { preconditionFailure("\(iso) is no day") }
    return day
  }

  static func name(_ surname: String, _ given: String, _ patronymic: String = "") -> PersonName {
    PersonName(surname: surname, given: given, patronymic: patronymic)
  }

  static func iin(_ number: String) -> Identifier {
    Identifier(kind: .iin, number: number, country: "KAZ", documentType: "")
  }

  static func passport(
    _ number: String, country: String = "KAZ", type: String = "passport"
  ) -> Identifier {
    Identifier(kind: .document, number: number, country: country, documentType: type)
  }

  /// Ахметова Әйгерім Қайратқызы with the IIN 991231000014 and higher education.
  static func aigerim(_ id: Int64 = 51, _ identifiers: [Identifier]? = nil) -> Person {
    Person(
      id: id,
      names: Names(
        kk: Self.name("Ахметова", "Әйгерім", "Қайратқызы"),
        latin: Self.name("Akhmetova", "Aigerim")),
      birthDate: Self.day("1991-12-31"), education: .higher,
      identifiers: identifiers ?? [Self.iin("991231000014")], evidence: "")
  }

  /// The same person as somebody fills her in.
  static func form(
    _ change: (inout PersonForm) -> Void = { _ in }
  ) -> PersonForm {
    var form = PersonForm(
      names: Self.aigerim().names, birthDate: "1991-12-31", education: 2,
      identifiers: [.init(kind: 1, number: "991231000014", country: "", documentType: "")],
      evidence: "")
    change(&form)
    return form
  }

  /// A passport as somebody fills it in.
  static func typed(
    _ number: String, _ country: String = "KAZ", _ type: String = "passport"
  ) -> PersonForm.Identifier {
    .init(kind: 2, number: number, country: country, documentType: type)
  }
}
