/// Who there is: the same in every play.
enum Cast {
  enum Role: String { case administrator, registrar, trainer, examiner, certifier, auditor }

  /// Somebody with roles in an organisation, as one token has them.
  struct Hand {
    let name: String
    let person: Int
    let centre: String
    let roles: Set<Role>
    var isSchool: Bool { self.centre == "SCHOOL" }
  }

  struct Person {
    let surname: String
    let given: String
    let born: String
    let iin: String
    let isHigher: Bool
  }

  /// The first day of every play.
  static let firstDay = Calendar.day("2026-03-02")

  /// Registered in this order. Nobody's birth date, names or number are like another's. The twelfth is 25 on
  /// 15 March 2026, the thirteenth has no higher education.
  static let people: [Person] = [
    Person(
      surname: "Abdrakhmanova", given: "Botagoz", born: "1971-02-11", iin: "710211310377",
      isHigher: true),
    Person(
      surname: "Volkov", given: "Timofei", born: "1973-05-23", iin: "730523316507", isHigher: true),
    Person(
      surname: "Zhaksylykova", given: "Inkar", born: "1975-08-09", iin: "750809322639",
      isHigher: true),
    Person(
      surname: "Dosov", given: "Ruslan", born: "1977-11-30", iin: "771130328762", isHigher: true),
    Person(
      surname: "Ergalieva", given: "Svetlana", born: "1979-01-17", iin: "790117334896",
      isHigher: true),
    Person(
      surname: "Fedorchuk", given: "Maxim", born: "1981-04-02", iin: "810402341021", isHigher: true),
    Person(
      surname: "Gabitov", given: "Yerlan", born: "1983-07-14", iin: "830714347158", isHigher: true),
    Person(
      surname: "Hasenova", given: "Dinara", born: "1985-10-26", iin: "851026353288", isHigher: true),
    Person(
      surname: "Ivanchenko", given: "Pavel", born: "1987-12-08", iin: "871208359417", isHigher: true
    ),
    Person(
      surname: "Kaliyeva", given: "Zere", born: "1989-03-19", iin: "890319365548", isHigher: true),
    Person(
      surname: "Lomova", given: "Uliana", born: "1991-06-27", iin: "910627371672", isHigher: true),
    Person(
      surname: "Mukanov", given: "Olzhas", born: "2001-03-15", iin: "010315577808", isHigher: true),
    Person(
      surname: "Nurpeisova", given: "Kamila", born: "1993-09-04", iin: "930904383932",
      isHigher: false),
    Person(
      surname: "Orazov", given: "Wiktor", born: "1995-01-29", iin: "950129390064", isHigher: true),
    Person(surname: "Pak", given: "Xenia", born: "1996-05-06", iin: "960506396193", isHigher: true),
    Person(
      surname: "Rakhimova", given: "Jibek", born: "1997-08-21", iin: "970821302338", isHigher: true),
    Person(
      surname: "Tulegenov", given: "Qanat", born: "1998-11-12", iin: "981112308466", isHigher: true),
    Person(
      surname: "Umarova", given: "Nazym", born: "1968-09-21", iin: "680921481238", isHigher: true),
  ]

  static let hands: [Hand] = [
    Hand(name: "registrar", person: 0, centre: "SCHOOL", roles: [.registrar]),
    Hand(name: "second registrar", person: 1, centre: "SCHOOL", roles: [.registrar]),
    Hand(name: "centre's registrar", person: 2, centre: "ALA-01", roles: [.registrar]),
    Hand(name: "other centre's registrar", person: 3, centre: "AST-02", roles: [.registrar]),
    Hand(name: "trainer", person: 4, centre: "ALA-01", roles: [.trainer]),
    Hand(name: "second trainer", person: 5, centre: "ALA-01", roles: [.trainer]),
    Hand(name: "second trainer as examiner", person: 5, centre: "SCHOOL", roles: [.examiner]),
    Hand(name: "examiner", person: 6, centre: "SCHOOL", roles: [.examiner]),
    Hand(name: "second examiner", person: 7, centre: "SCHOOL", roles: [.examiner]),
    Hand(name: "third examiner", person: 8, centre: "SCHOOL", roles: [.examiner, .certifier]),
    Hand(name: "certifier", person: 9, centre: "SCHOOL", roles: [.certifier]),
    Hand(name: "second certifier", person: 10, centre: "SCHOOL", roles: [.certifier]),
    Hand(name: "auditor", person: 13, centre: "SCHOOL", roles: [.auditor]),
    Hand(name: "administrator", person: 17, centre: "SCHOOL", roles: [.administrator]),
    Hand(name: "trainer as certifier", person: 4, centre: "SCHOOL", roles: [.certifier]),
  ]

  /// Who is enrolled: mostly trainees, now and then one of the staff.
  static let trainees = [14, 15, 16, 11, 12]
  static let staff = [0, 4, 7, 9, 2]
}

/// What the edition asks that every cohort follows: the general course, made short.
enum Edition {
  static let code = "short"
  static let from = Calendar.day("2026-01-01")
  static let until = Calendar.day("2026-12-31")
  /// Quarters of an academic hour.
  static let theory = 36
  static let practice = 36
  static let group = 3
  static let attempts = 2
  static let commission = 2
  static let age = 25
  static let wait = 5
  static let day = 40
  static let passMark = 60
}
