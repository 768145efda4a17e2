@testable import BitimDomain
import Testing

@Suite("A person as filled in")
struct PersonIntakeTests {
  @Test("is read into the domain's terms, without an id")
  func read() {
    let form = People.form {
      $0.names.ru = PersonName(surname: " Ахметова ", given: "Айгерим", patronymic: "")
      // A name of nothing is none.
      $0.names.latin = People.name("", " ")
      $0.identifiers.append(People.typed("АВ-123 456", " kaz", "Passport "))
      $0.evidence = " a  letter "
    }
    let intake = PersonIntake(form, on: People.today)
    var person = People.aigerim(
      0, [People.iin("991231000014"), People.passport("AB123456")])
    person.names.ru = People.name("Ахметова", "Айгерим")
    person.names.latin = nil
    person.evidence = "a letter"
    #expect(intake.person == person)
    #expect(intake.refusals == [])
    #expect(intake.warnings == [])
  }

  struct Wrong: CustomTestStringConvertible {
    let name: String
    let refusals: [Refusal]
    let isExpert: Bool
    let change: @Sendable (inout PersonForm) -> Void

    init(
      _ name: String, _ refusals: [Refusal], isExpert: Bool = false,
      _ change: @escaping @Sendable (inout PersonForm) -> Void
    ) {
      (self.name, self.refusals, self.isExpert, self.change) = (name, refusals, isExpert, change)
    }

    var testDescription: String { self.name }
  }

  static let wrong: [Wrong] = [
    .init("no names", [Refusal(.missing, column: "surname_kk")]) { $0.names = Names() },
    .init("names of nothing", [Refusal(.missing, column: "surname_kk")]) {
      $0.names = Names(kk: People.name(" ", ""))
    },
    .init("a patronymic alone", [Refusal(.missing, column: "surname_ru")]) {
      $0.names.ru = People.name("", " ", "Кайратовна")
    },
    .init(
      "each part with its fault",
      [
        Refusal(.nameHasDigits, column: "surname_kk", value: "1"),
        Refusal(.lettersLost, column: "given_kk", value: "?"),
        Refusal(.patronymicLeaveEmpty, column: "patronymic_kk", value: "-"),
        Refusal(.nameInWrongScript, column: "surname_ru", value: "a"),
        Refusal(.nameInWrongScript, column: "given_latin", value: "а"),
      ]
    ) {
      $0.names.kk = People.name("1", "?", "-")
      $0.names.ru = People.name("a", "")
      $0.names.latin = People.name("", "а")
    },
    .init("no birth date", [Refusal(.missing, column: "birth_date")]) { $0.birthDate = "" },
    .init(
      "a birth date that is no date",
      [Refusal(.notADate, column: "birth_date", value: "1991-02-29")]
    ) { $0.birthDate = "1991-02-29" },
    .init(
      "born today", [Refusal(.dateInFuture, column: "birth_date", value: "2026-11-22")]
    ) { $0.birthDate = "2026-11-22" },
    .init(
      "an education that is not in the list",
      [Refusal(.notInList, column: "education", value: "99")]
    ) { $0.education = 99 },
    .init("no identifier", [Refusal(.identifierMissing, column: "iin")]) { $0.identifiers = [] },
    .init("no identifier, but evidence", [Refusal(.identifierMissing, column: "iin")]) {
      $0.identifiers = []
      $0.evidence = "a letter"
    },
    .init(
      "an expert without evidence", [Refusal(.identifierMissing, column: "iin")], isExpert: true
    ) { $0.identifiers = [] },
    .init(
      "eleven identifiers",
      [
        Refusal(.tooManyRows, column: "document_number", ["limit": "10"]),
        Refusal(.identifierMissing, column: "iin"),
      ]
    ) { $0.identifiers = Array(repeating: $0.identifiers[0], count: 11) },
    .init(
      "a kind of identifier that is not in the list",
      [Refusal(.notInList, column: "identifier", value: "7")]
    ) { $0.identifiers[0].kind = 7 },
    .init("an identifier of no kind", [Refusal(.notInList, column: "identifier")]) {
      $0.identifiers[0].kind = 0
    },
    .init(
      "an IIN as a spreadsheet shows it",
      [Refusal(.iinExponent, column: "iin", value: "9,91231E+11")]
    ) { $0.identifiers[0].number = "9,91231E+11" },
    .init(
      "an IIN without its zeros",
      [Refusal(.iinZerosLost, column: "iin", value: "1231000014", ["digits": "10"])]
    ) { $0.identifiers[0].number = "1231000014" },
    .init(
      "an IIN that is none", [Refusal(.iinNotTwelveDigits, column: "iin", value: "99123100001O")]
    ) { $0.identifiers[0].number = "99123100001O" },
    .init("an empty IIN", [Refusal(.iinNotTwelveDigits, column: "iin")]) {
      $0.identifiers[0].number = ""
    },
    .init(
      "an IIN of dashes", [Refusal(.iinNotTwelveDigits, column: "iin", value: "--")]
    ) { $0.identifiers[0].number = "--" },
    .init("a wrong digit", [Refusal(.iinCheckDigit, column: "iin", value: "991231000015")]) {
      $0.identifiers[0].number = "991231000015"
    },
    .init("a document without a number", [Refusal(.missing, column: "document_number")]) {
      $0.identifiers = [People.typed(" -\u{200B}")]
    },
    .init(
      "a document's number that is too long",
      [
        Refusal(
          .textTooLong, column: "document_number", value: String(repeating: "1", count: 40),
          ["limit": "500"])
      ]
    ) { $0.identifiers = [People.typed(String(repeating: "1", count: 501))] },
    .init(
      "a country that is none", [Refusal(.notInList, column: "document_country", value: "KZ")]
    ) { $0.identifiers = [People.typed("N123", "kz")] },
    .init(
      "three letters that are no country's",
      [Refusal(.notInList, column: "document_country", value: "XXX")]
    ) { $0.identifiers = [People.typed("N123", "XXX")] },
    .init(
      "a type that is none", [Refusal(.notInList, column: "document_type", value: "licence")]
    ) { $0.identifiers = [People.typed("N123", "KAZ", "Licence")] },
    .init("evidence nobody can see", [Refusal(.invisibleCharacter, column: "evidence")]) {
      $0.evidence = "a\u{200B}"
    },
  ]

  @Test("is refused with everything that is wrong at once", arguments: Self.wrong)
  func refused(wrong: Wrong) {
    let intake = PersonIntake(
      People.form(wrong.change), on: People.today, isExpert: wrong.isExpert)
    #expect(intake.refusals == wrong.refusals)
    #expect(intake.person == nil)
  }

  @Test("names all columns at once, in their order")
  func all() {
    let form = People.form {
      $0.names = Names()
      $0.birthDate = ""
      $0.education = 3
      $0.identifiers[0].number = ""
      $0.evidence = "\u{7}"
    }
    #expect(
      PersonIntake(form, on: People.today).refusals == [
        Refusal(.missing, column: "surname_kk"), Refusal(.missing, column: "birth_date"),
        Refusal(.notInList, column: "education", value: "3"),
        Refusal(.iinNotTwelveDigits, column: "iin"), Refusal(.controlCharacter, column: "evidence"),
      ])
  }

  @Test("of an expert needs evidence and no identifier; education may be unsaid")
  func expert() {
    let form = People.form {
      $0.identifiers = []
      $0.evidence = "founder"
      $0.education = 0
    }
    var person = People.aigerim(0, [])
    person.evidence = "founder"
    person.education = nil
    #expect(PersonIntake(form, on: People.today, isExpert: true).person == person)
  }

  @Test("takes who was born yesterday, ten identifiers, and one that is typed twice once")
  func bounds() {
    let form = People.form {
      $0.birthDate = "2026-11-21"
      $0.identifiers = (0..<9).map { People.typed("N\($0)") } + [People.typed("N-0")]
    }
    let person = PersonIntake(form, on: People.today).person
    #expect(person?.birthDate == People.day("2026-11-21"))
    #expect(person?.identifiers == (0..<9).map { People.passport("N\($0)") })
  }

  @Test("warns of names in one case, Latin ones excepted (R-102)")
  func capitals() {
    let form = People.form {
      $0.names.kk = People.name("АХМЕТОВА", "әйгерім", "Қайратқызы")
      $0.names.ru = People.name("АХМЕТОВА", "Айгерим")
      $0.names.latin = People.name("AKHMETOVA", "AIGERIM")
    }
    let intake = PersonIntake(form, on: People.today)
    #expect(intake.refusals == [])
    #expect(
      intake.warnings == [
        Refusal(.nameInCapitals, column: "surname_kk", value: "АХМЕТОВА"),
        Refusal(.nameInCapitals, column: "given_kk", value: "әйгерім"),
        Refusal(.nameInCapitals, column: "surname_ru", value: "АХМЕТОВА"),
      ])
  }
}
