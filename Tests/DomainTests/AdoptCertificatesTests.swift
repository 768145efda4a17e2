@testable import BitimDomain
import Testing

@Suite("Adopting certificates of an old register (R-741, R-742)")
struct AdoptCertificatesTests {
  static let entry = OldEntry(
    ownNumber: "№ 45", book: "3", page: "", issuedOn: People.day("2013-05-20"), programme: 1,
    attestation: .unknown)

  static let form = OldEntryForm(
    ownNumber: " №  45 ", book: "3", page: "", issuedOn: "2013-05-20", programme: 1,
    attestation: 0)

  static func row(
    _ line: Int = 2, _ change: (inout AdoptCertificates.Row) -> Void = { _ in }
  ) -> AdoptCertificates.Row {
    var row = AdoptCertificates.Row(
      line: line, holder: People.aigerim(0), entry: Self.entry,
      distinct: Distinct(people: [], lines: [], evidence: ""))
    change(&row)
    return row
  }

  static func adoption(
    by caller: Int64 = 9, as hand: Hand = .registrar, lastSerial: Int64 = 0
  ) -> Adoption {
    Adoption(
      by: caller, as: hand, on: People.today, nextPerson: 70, lastSerial: lastSerial)
  }

  static func facts(
    _ change: (inout Adoption.Facts) -> Void = { _ in }
  ) -> Adoption.Facts {
    var facts = Adoption.Facts(candidates: [], taken: nil, hands: [:])
    change(&facts)
    return facts
  }

  static let known = Candidate(People.aigerim(), isKnownHere: true)

  private static func intake(
    _ change: (inout OldEntryForm) -> Void, holder: PersonForm = People.form(),
    distinctFrom: [String] = []
  ) -> AdoptionIntake {
    var form = Self.form
    change(&form)
    return AdoptionIntake(
      line: 2, form, holder: holder, distinctFrom: distinctFrom, evidence: "",
      on: People.today)
  }

  @Test("a row is read; what the register does not say stays empty, and nothing said is unknown")
  func read() throws {
    let intake = Self.intake { _ in }
    #expect(intake.refusals == [])
    #expect(intake.row == Self.row())
    var bare = People.form { $0.identifiers = [] }
    #expect(Self.intake({ _ in }, holder: bare).row?.holder == People.aigerim(0, []))
    bare.identifiers = Array(repeating: People.typed("N1"), count: 11)
    #expect(
      Self.intake({ _ in }, holder: bare).refusals.map(\.reason) == [
        .tooManyRows, .identifierMissing,
      ])
    #expect(Self.intake { $0.issuedOn = "2026-11-22" }.row != nil)
    #expect(Self.intake { $0.attestation = 1 }.row?.entry.attestation == .yes)
  }

  @Test("a row says all that is wrong with it at once")
  func refusals() {
    let wrong = Self.intake(
      {
        $0 = OldEntryForm(
          ownNumber: "— .", book: "\u{200B}", page: "\u{200B}", issuedOn: "2026-11-23",
          programme: 0, attestation: 4)
      }, holder: People.form { $0.birthDate = "" }, distinctFrom: ["P-51"])
    #expect(wrong.row == nil)
    #expect(
      wrong.refusals == [
        Refusal(.missing, column: "birth_date"),
        Refusal(.numberMistyped, column: "distinct_from", value: "P-51"),
        Refusal(.missing, column: "own_number"),
        Refusal(.invisibleCharacter, column: "book"),
        Refusal(.invisibleCharacter, column: "page"),
        Refusal(.dateInFuture, column: "issued_on", value: "2026-11-23"),
        Refusal(.notInList, column: "programme", value: "0"),
        Refusal(.notInList, column: "attestation", value: "4"),
      ])
    #expect(
      Self.intake { $0.programme = 4 }.refusals == [
        Refusal(.notInList, column: "programme", value: "4")
      ])
    #expect(
      Self.intake { $0.ownNumber = " " }.refusals == [
        Refusal(.missing, column: "own_number")
      ])
    #expect(
      Self.intake { $0.issuedOn = "мамыр" }.refusals == [
        Refusal(.notADate, column: "issued_on", value: "мамыр")
      ])
  }

  @Test("a list has from one to five hundred rows")
  func count() throws {
    try AdoptCertificates.check(count: 1)
    try AdoptCertificates.check(count: 500)
    #expect(throws: Refusal(.missing, column: "rows")) { try AdoptCertificates.check(count: 0) }
    #expect(throws: Refusal(.tooManyRows, ["limit": "500"])) {
      try AdoptCertificates.check(count: 501)
    }
  }

  @Test("somebody new is registered; an own number is one certificate's, however it is written")
  func new() throws {
    var adoption = Self.adoption()
    let first = adoption.add(Self.row(), Self.facts())
    #expect(first == .init(row: RowOutcome(.added), names: People.aigerim().names, holder: ""))
    var person = People.aigerim(70)
    person.id = 70
    #expect(adoption.people == [person])
    #expect(
      adoption.grants == [
        .init(
          number: try #require(CertificateNumber(adopted: 1)), holder: 70,
          names: person.names, entry: Self.entry)
      ])
    // Cyrillic А is Latin A; the programme makes no difference.
    let second = adoption.add(
      Self.row(3) {
        $0.entry.ownNumber = "А-45"
        $0.entry.programme = 2
      }, Self.facts())
    #expect(second.row == RowOutcome(.added))
    #expect(second.holder == "#2")
    #expect(adoption.people.count == 1)
    #expect(adoption.grants.map(\.number.text) == ["1000-000001-90", "1000-000002-87"])
    let twice = adoption.add(Self.row(4) { $0.entry.ownNumber = "a 45" }, Self.facts())
    #expect(
      twice.row
        == RowOutcome(
          .refused, [Refusal(.twiceInFile, column: "own_number", value: "a 45", ["line": "3"])]))
    // Another year's is another's.
    let other = adoption.add(
      Self.row(5) { $0.entry.issuedOn = People.day("2014-05-20") }, Self.facts())
    #expect(other.row.verdict == .added)
    #expect(adoption.grants.count == 3)
  }

  @Test("R-742: a number that was adopted is taken for ever")
  func taken() throws {
    var adoption = Self.adoption()
    let number = try #require(CertificateNumber(adopted: 1))
    let outcome = adoption.add(Self.row(), Self.facts { $0.taken = number })
    #expect(
      outcome.row
        == RowOutcome(
          .refused,
          [
            Refusal(
              .numberTaken, column: "own_number", value: "№ 45",
              ["year": "2013", "number": "1000-000001-90"])
          ]))
    #expect(adoption.grants == [])
    var last = Self.adoption(lastSerial: 999_999)
    #expect(
      last.add(Self.row(), Self.facts()).row
        == RowOutcome(.refused, [Refusal(.serialsExhausted, ["year": "1000"])]))
  }

  @Test("a known holder is meant by an identifier; other scripts are the registry's")
  func known() throws {
    var adoption = Self.adoption()
    let row = Self.row {
      $0.holder.names = Names(ru: People.name("Ахметова", "Айгерим"))
      $0.holder.identifiers.append(People.passport("N1"))
    }
    let outcome = adoption.add(row, Self.facts { $0.candidates = [Self.known] })
    #expect(
      outcome.row
        == RowOutcome(
          .added, person: 51,
          [Refusal(.identifierNotTaken, column: "document_number", value: "N1")]))
    #expect(outcome.holder == "P-51-42")
    var names = People.aigerim().names
    names.ru = People.name("Ахметова", "Айгерим")
    #expect(outcome.names == names)
    #expect(adoption.people == [])
    #expect(adoption.grants.map(\.holder) == [51])
    var wrong = Self.adoption()
    let other = wrong.add(
      Self.row { $0.holder.birthDate = People.day("1990-01-01") },
      Self.facts { $0.candidates = [Self.known] })
    #expect(other.row.isDoubt)
    #expect(other.row.findings.map(\.reason) == [.otherBirthDate])
  }

  @Test("R-741: without an identifier birth date and names mean the one person who has them")
  func unidentified() throws {
    let bare = Self.row { $0.holder.identifiers = [] }
    let warning = Refusal(.adoptedUnidentified, column: "iin")
    var adoption = Self.adoption()
    #expect(
      adoption.add(bare, Self.facts { $0.candidates = [Self.known] }).row
        == RowOutcome(.added, person: 51, [warning]))
    var new = Self.adoption()
    #expect(new.add(bare, Self.facts()).row == RowOutcome(.added, [warning]))
    let twin = Candidate(People.aigerim(52, [People.passport("N2")]), isKnownHere: true)
    var two = Self.adoption()
    #expect(
      two.add(bare, Self.facts { $0.candidates = [Self.known, twin] }).row.findings == [
        Refusal(.possibleDouble, ["people": "P-51-42, P-52-39"])
      ])
    // One of them is named as somebody else, or both are.
    let one = Self.row {
      $0.holder.identifiers = []
      $0.distinct = Distinct(people: [52], lines: [], evidence: "екі паспорт")
    }
    var told = Self.adoption()
    #expect(
      told.add(one, Self.facts { $0.candidates = [Self.known, twin] }).row
        == RowOutcome(.added, person: 51, [warning]))
    let neither = Self.row {
      $0.holder.identifiers = []
      $0.distinct = Distinct(people: [51, 52], lines: [], evidence: "екі паспорт")
    }
    var third = Self.adoption()
    _ = third.add(neither, Self.facts { $0.candidates = [Self.known, twin] })
    #expect(
      third.dismissed == [
        DismissedDouble(personID: 70, otherID: 51, evidence: "екі паспорт"),
        DismissedDouble(personID: 70, otherID: 52, evidence: "екі паспорт"),
      ])
  }

  @Test("R-021, R-025: nobody adopts his own; the certifier neither taught nor examined the holder")
  func separation() {
    func reasons(
      by caller: Int64, as hand: Hand, taught: [Int64: CivilDate] = [:],
      examined: [Int64: CivilDate] = [:]
    ) -> [Refusal] {
      var adoption = Self.adoption(by: caller, as: hand)
      return adoption.add(
        Self.row(),
        Self.facts {
          $0.candidates = [Self.known]
          $0.hands[51] = .init(
            taughtHere: [], taught: taught, examinedHere: [], examined: examined)
        }
      ).row.findings
    }
    let who = ["who": "P-51-42"]
    #expect(reasons(by: 51, as: .registrar) == [Refusal(.actsOnHimself, who)])
    #expect(reasons(by: 51, as: .certifier) == [Refusal(.decidesHimself, who)])
    let (within, before) = (People.day("2024-11-22"), People.day("2024-11-21"))
    #expect(
      reasons(by: 9, as: .certifier, taught: [9: within]) == [Refusal(.decidesOwnTrainee, who)])
    #expect(
      reasons(by: 9, as: .certifier, examined: [9: within])
        == [Refusal(.decidesOwnCandidate, who)])
    #expect(reasons(by: 9, as: .certifier, taught: [9: before], examined: [9: before]) == [])
    #expect(reasons(by: 9, as: .registrar, taught: [9: within], examined: [9: within]) == [])
  }

  @Test("R-743: a paper is its own number, day and surname, as people type them")
  func paper() throws {
    let papers = OldPaper.all(of: Self.entry, holder: People.aigerim().names)
    #expect(papers.map(\.text) == ["45\n2013-05-20\nахметова", "45\n2013-05-20\nakhmetova"])
    // What is one surname in two scripts is one paper.
    let twice = Names(kk: People.name("Ким", "Әсел"), ru: People.name("Ким", "Асель"))
    #expect(OldPaper.all(of: Self.entry, holder: twice).count == 1)
    #expect(
      OldPaper.all(of: Self.entry, holder: Names(kk: People.name("", "Әсел"))).map(\.text) == [
        "45\n2013-05-20\nасел"
      ])
    #expect(
      try OldPaper(reading: " 45", issuedOn: "2013-05-20", surname: "АХМЕТОВА") == papers[0])
    #expect(throws: Refusal(.missing, column: "own_number")) {
      try OldPaper(reading: "", issuedOn: "2013-05-20", surname: "Ким")
    }
    #expect(throws: Refusal(.notADate, column: "issued_on", value: "2013")) {
      try OldPaper(reading: "45", issuedOn: "2013", surname: "Ким")
    }
    #expect(throws: Refusal(.missing, column: "surname")) {
      try OldPaper(reading: "45", issuedOn: "2013-05-20", surname: "")
    }
  }

  @Test("the series of adopted certificates is of a year of its own")
  func series() throws {
    let number = try #require(CertificateNumber(adopted: 1))
    #expect(number.value == 1_000_000_001)
    #expect(try CertificateNumber(typed: "1000-000001-90") == number)
    #expect(CertificateNumber(year: 999, serial: 1) == nil)
    #expect(CertificateNumber(year: 1_001, serial: 1) == nil)
    #expect(CertificateNumber(year: 1_999, serial: 1) == nil)
    for value in [
      999_999_999, 1_000_000_000, 1_001_000_000, 1_001_000_001, 1_999_999_999, 2_000_000_000,
      2_026_000_000, 9_999_000_000, 10_000_000_001,
    ] as [Int64] { #expect(CertificateNumber(value: value) == nil) }
    for value in [
      1_000_000_001, 1_000_999_999, 2_000_000_001, 2_026_999_999, 9_999_999_999,
    ] as [Int64] { #expect(CertificateNumber(value: value)?.value == value) }
    #expect(CertificateNumber(adopted: 0) == nil)
    #expect(CertificateNumber(adopted: 1_000_000) == nil)
    // A sign leaves eleven digits, which no year has.
    #expect(throws: CertificateNumber.Mistyped()) {
      try CertificateNumber(typed: "+10000000190")
    }
  }
}
