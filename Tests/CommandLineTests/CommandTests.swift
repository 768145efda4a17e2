import BitimClient
import struct BitimDomain.CivilDate
import BitimProtocol
import BitimSystem
import BitimTestSupport
import Foundation
import Testing

@testable import bitim

@Suite("Commands against a real server")
struct CommandTests {
  private func desk(_ client: BitimClient) -> Desk {
    Desk(client: client, output: Output(form: .json, language: .en), isInteractive: false)
  }

  private func file(_ text: String, in school: TestSchool) throws -> String {
    let path = school.folder.appendingPathComponent("\(UUID().uuidString).csv").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func names(_ query: String, _ client: BitimClient) async throws -> [BitimV1.Names?] {
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = query
    return try await PersonServiceClient(client).findPeople(find).people.map(\.names)
  }

  @Test("renaming by one part keeps the others, and the former name still finds")
  func rename() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let end = try await PersonCommand.run(
      [
        "rename", "Ахметова", "--surname-kk", "Әбілова", "--from", "01.06.2026", "--reason", "неке",
      ], self.desk(cohort.registrar))
    #expect(end == .done)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    let people = PersonServiceClient(cohort.registrar)
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = try #require(try await people.findPeople(find).people.first).id
    #expect(try await people.getPerson(get).person?.formerNames.map(\.lastDay) == ["2026-05-31"])
    let found = try #require(try await self.names("Ахметова", cohort.registrar).first)
    #expect(found?.kk?.surname == "Әбілова")
    #expect(found?.kk?.given == "Әйгерім")
    #expect(found?.kk?.patronymic == "Қайратқызы")
    #expect(found?.latin?.surname == "Akhmetova")
  }

  @Test("an annulled result reads as annulled, and may be typed anew unless another stands")
  func annulled() {
    func candidate(
      _ person: Int64, _ outcome: BitimV1.ResultOutcome, annulled: Bool = false
    ) -> BitimV1.Candidate {
      var candidate = BitimV1.Candidate()
      candidate.personId = person
      candidate.outcome = outcome
      candidate.isAnnulled = annulled
      return candidate
    }
    let candidates = [
      candidate(1, .passed), candidate(2, .unspecified), candidate(3, .failed, annulled: true),
      candidate(3, .passed, annulled: true), candidate(4, .passed, annulled: true),
      candidate(4, .absent),
    ]
    let words: [Language: [String]] = [
      .en: ["passed", "", "annulled (failed)", "annulled (passed)", "annulled (passed)", "absent"],
      .ru: [
        "сдал", "", "аннулирован (не сдал)", "аннулирован (сдал)", "аннулирован (сдал)",
        "не явился",
      ],
      .kk: [
        "өтті", "", "күші жойылған (өтпеді)", "күші жойылған (өтті)", "күші жойылған (өтті)",
        "келмеді",
      ],
    ]
    for (language, expected) in words {
      let desk = Desk(
        client: BitimClient(address: .unix(path: "/nowhere")),
        output: Output(form: .table, language: language), isInteractive: false)
      #expect(candidates.map { desk.outcome($0) } == expected)
    }
    #expect(EveningPlan.open(candidates).map(\.personId) == [2, 3])
  }

  @Test("renaming takes names alone: what it would not change it doesn't take")
  func renameTakesNames() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    await #expect(
      throws: Arguments.Fault(
        text: .usageUnknownOption, arguments: ["option": "--birth-date"])
    ) {
      try await PersonCommand.run(
        ["rename", "Ахметова", "--birth-date", "1990-01-01", "--reason", "x"],
        self.desk(cohort.registrar))
    }
    await #expect(throws: CallFailure.self) {
      try await PersonCommand.run(
        ["rename", "Ахметова", "--surname-kk", "Ахметова", "--reason", "x"],
        self.desk(cohort.registrar))
    }
  }

  private static let ground = [
    "--evidence", "жеке куәлік", "--evidence-number", "045123456", "--seen-by", "Әбілова Сәуле",
    "--seen-on", "20.11.2026",
  ]

  @Test(
    "R-113: numbers, birth date and education are corrected by name, with a paper that was seen")
  func correct() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let desk = self.desk(cohort.registrar)
    func run(_ verb: String, _ words: [String], _ reason: String) async throws -> Desk.End {
      try await PersonCommand.run(
        [verb, "Ахметова"] + words + ["--reason", reason] + Self.ground, desk)
    }
    func known() async throws -> [String] {
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = "Ахметова"
      let people = PersonServiceClient(cohort.registrar)
      var get = BitimV1.GetPersonRequest()
      get.purpose = .enrolment
      get.personId = try #require(try await people.findPeople(find).people.first).id
      let person = try #require(try await people.getPerson(get).person)
      return person.identifiers.map(\.line)
        + person.endedIdentifiers.map { "\($0.identifier?.line ?? "") – \($0.lastDay)" }
        + [person.birthDate, "\(person.education)"]
    }
    let document = ["--document-country", "kaz", "--document-type", "passport"]
    func passport(_ number: String) -> [String] { ["--document-number", number] + document }
    #expect(try await run("add-identifier", passport("n 1234567"), "document_renewed") == .done)
    #expect(try await run("add-identifier", passport("N7777777"), "document_renewed") == .done)
    #expect(
      try await run(
        "end-identifier", ["--identifier", "n1234567", "--last-day", "01.11.2026"],
        "document_lost") == .done)
    #expect(
      try await run(
        "correct-identifier", ["--identifier", "KAZ passport N7777777"] + passport("N7777770"),
        "typing_error") == .done)
    #expect(
      try await run(
        "correct", ["--birth-date", "30.12.1991", "--education", "secondary"], "typing_error")
        == .done)
    let secondary = "\(BitimV1.Education.secondary)"
    #expect(
      try await known() == [
        "KAZ 991231000014", "KAZ passport N7777770", "KAZ passport N1234567 – 2026-11-01",
        "1991-12-30", secondary,
      ])
    // An error without a right number beside it takes nothing else.
    #expect(
      try await run("correct-identifier", ["--identifier", "N7777770"], "typing_error") == .done)
    #expect(try await known().first == "KAZ 991231000014")
    await #expect(throws: Desk.End.refused) {
      _ = try await run("end-identifier", ["--identifier", "N7777770"], "document_lost")
    }
    // Nor need it stand: what had ended was never hers either.
    #expect(
      try await run("correct-identifier", ["--identifier", "N1234567"], "typing_error") == .done)
    #expect(try await known() == ["KAZ 991231000014", "1991-12-30", secondary])
    #expect(try await PersonCommand.run(["show", "Ахметова"], desk) == .done)
  }

  @Test("a correction without a number, a reason of the list or a paper is not begun")
  func correctionWords() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let desk = self.desk(cohort.registrar)
    func fault(_ words: [String]) async -> Arguments.Fault? {
      do {
        _ = try await PersonCommand.run(words, desk)
        return nil
      } catch { return error as? Arguments.Fault }
    }
    let list = ["list": "--iin | --document-number"]
    let two = ["--iin", "991231000024", "--document-number", "N1"]
    for numbers in [[], two] {
      #expect(
        await fault(["add-identifier", "Ахметова", "--reason", "court"] + Self.ground + numbers)
          == Arguments.Fault(text: .usageOneOf, arguments: list))
    }
    #expect(
      await fault(["add-identifier", "Ахметова", "--iin", "991231000024", "--reason", "court"])
        == Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--evidence"]))
    #expect(
      await fault(["correct", "Ахметова", "--reason", "court"] + Self.ground)
        == Arguments.Fault(
          text: .usageWordNeeded, arguments: ["what": "--birth-date | --education"]))
    let unknown = await fault(
      ["correct", "Ахметова", "--education", "higher", "--reason", "x"] + Self.ground)
    #expect(unknown?.text == .usageValueNotInList)
  }

  @Test("R-114: of who is certified another person approves what was shown")
  func correctionProposed() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    let registrar = self.desk(cohort.registrar)
    let waits: [(verb: String, words: [String])] = [
      ("add-identifier", ["--iin", "991231000024"]),
      ("end-identifier", ["--identifier", "991231000014"]),
      ("correct-identifier", ["--identifier", "991231000014", "--iin", "991231000024"]),
      ("correct", ["--birth-date", "1991-12-30"]),
    ]
    for (verb, words) in waits {
      let all = [verb, "Ахметова"] + words + ["--reason", "typing_error"] + Self.ground
      #expect(try await PersonCommand.run(all, registrar) == .waiting, "\(verb)")
    }
    let proposals = ProposalServiceClient(cohort.certifier)
    let waiting = try await proposals.listProposals(.init()).proposals
    let headlines = waiting.map { registrar.headline($0) }
    #expect(
      headlines.map(\.kind) == [
        "add a number", "end a number", "correct a number", "other birth date or education",
      ])
    #expect(Set(headlines.map(\.person)).count == 1)
    let certifier = self.desk(cohort.certifier)
    #expect(try await ProposalCommand.run(["list"], certifier) == .done)
    let first = try #require(waiting.first)
    #expect(
      try await ProposalCommand.run(
        ["approve", "\(first.act)", "--digest", first.shownDigest], certifier) == .done)
  }

  @Test("R-112: two people who look like one are told apart by name or number, with evidence")
  func toldApart() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let people = PersonServiceClient(cohort.registrar)
    var register = BitimV1.RegisterPersonRequest()
    register.person = TestCohort.row(2, iin: "991231000014").person
    _ = try await people.registerPerson(register)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    let first = try #require(try await people.findPeople(find).people.first).displayId
    register.person?.identifiers[0].number = "991231000024"
    register.distinctFrom = [first]
    register.distinctEvidence = "екі куәлік"
    let second = try #require(try await people.registerPerson(register).person).id
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = second
    rename.names = .latin("Serikova", "Aigerim")
    rename.reason = "неке"
    _ = try await people.renamePerson(rename)
    let pairs = try await people.listDoubles(.init()).doubles
    #expect(pairs.map(\.otherId) == [second])
    let words: [Language: String] = [
      .en: "birth date, names, an identifier", .ru: "дата рождения, имя, номер",
      .kk: "туған күні, аты-жөні, нөмірі",
    ]
    for (language, expected) in words {
      let desk = Desk(
        client: cohort.registrar, output: Output(form: .table, language: language),
        isInteractive: false)
      #expect(pairs.map { desk.alike($0) } == [expected])
    }
    let desk = self.desk(cohort.registrar)
    #expect(try await PersonCommand.run(["doubles"], desk) == .done)
    let numbers = [first] + pairs.map(\.otherDisplayId)
    await #expect(
      throws: Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--evidence"])
    ) {
      try await PersonCommand.run(["distinct"] + numbers, desk)
    }
    let told = ["distinct"] + numbers + ["--evidence", "екі куәлік"]
    #expect(try await PersonCommand.run(told, desk) == .done)
    #expect(try await people.listDoubles(.init()).doubles == [])
  }

  @Test("a row that differs, or whose education nobody knows, ends a list with a status not 0")
  func rowsThatDiffer() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let desk = self.desk(cohort.registrar)
    let head = "cohort,surname_latin,given_latin,birth_date,iin,education\n"
    func enrol(_ given: String, _ education: String) async throws -> Desk.End {
      let list = try self.file(
        head + "P1-ALA-01,Utegenova,\(given),1990-07-04,991231000014,\(education)\n", in: school)
      return try await EnrolCommand.run([list, "--date", "2026-02-02"], desk)
    }
    #expect(try await enrol("Ulzhan", "doctor") == .refused)
    #expect(try await self.names("Utegenova", cohort.registrar).isEmpty)
    #expect(try await enrol("Ulzhan", "жоғары") == .done)
    #expect(try await enrol("Ulzhan", "higher") == .done)
    #expect(try await enrol("Ulzhan", "secondary") == .refused)
    await #expect(
      throws: Arguments.Fault(
        text: .usageValueNotInList,
        arguments: [
          "option": "--education", "value": "doctor",
          "list": "higher, secondary, высшее, жоғары, орта, среднее",
        ])
    ) {
      try await EnrolCommand.run(["--cohort", "P1-ALA-01", "--education", "Doctor"], desk)
    }
  }

  @Test("who looks like somebody is told apart by a column of the list")
  func distinct() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let desk = self.desk(cohort.registrar)
    let head =
      "cohort,surname_latin,given_latin,birth_date,document_country,document_type,document_number,"
      + "education,distinct_from,distinct_evidence\n"
    func enrol(_ number: String, _ distinct: String) async throws -> Desk.End {
      let list = try self.file(
        head + "P1-ALA-01,Smith,John,1980-01-01,USA,passport,\(number),higher,\(distinct)\n",
        in: school)
      return try await EnrolCommand.run([list, "--date", "2026-02-02"], desk)
    }
    #expect(try await enrol("777123", ",") == .done)
    #expect(try await enrol("888456", ",") == .refused)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Smith"
    let people = PersonServiceClient(cohort.registrar)
    let there = try #require(try await people.findPeople(find).people.first).displayId
    #expect(try await enrol("888456", "\(there),two passports") == .done)
    #expect(try await people.findPeople(find).people.count == 2)
  }

  @Test(
    "what is shown before anybody is asked is a table beside the data, whatever form the data has")
  func shownAside() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    func bitim(
      _ words: [String], as person: Int64, _ role: BitimV1.Role
    ) async throws -> (status: Int32, output: String, errors: String) {
      var request = BitimV1.CreateTokenRequest()
      (request.personId, request.organisation, request.roles) = (person, "SCHOOL", [role])
      (request.name, request.days) = ("test", 30)
      let secret = try await AccessServiceClient(school.administrator).createToken(request).secret
      let token = school.folder.appendingPathComponent("\(role).token")
      try PrivateFile.create(token.path, Array((secret + "\n").utf8))
      return try Program.run(
        Repository.program("bitim"),
        words + [
          "--output", "csv", "--server", "\(school.address)", "--token-file", token.path,
        ], environment: ["BITIM_LANGUAGE": "kk"])
    }
    let confirm = try await bitim(
      ["attest", "S-014", "--confirm"], as: cohort.chairID, .examiner)
    #expect(confirm.status == 1)
    #expect(confirm.output == "")
    #expect(confirm.errors.contains("Ахметова"))
    #expect(confirm.errors.contains("80 75 90"))
    // The commission too, which is part of what is confirmed.
    #expect(confirm.errors.contains("S-014, P1-ALA-01 тобы, 2026-03-20, хаттама № S-014\n"))
    #expect(confirm.errors.contains(/төраға +P-4-86 +Kim Yelena\n/))
    _ = try await cohort.confirm("S-014")
    let issue = try await bitim(
      ["issue", "--cohort", "P1-ALA-01", "--approve"], as: cohort.certifierID, .certifier)
    #expect(issue.status == 1)
    #expect(issue.output == "")
    #expect(issue.errors.contains("Ахметова"))
  }

  /// What `bitim` would show, so that a program can approve it.
  private func digest(
    of bar: BitimV1.Bar, _ person: Int64, _ people: PersonServiceClient
  ) async throws -> String {
    var request = BitimV1.BarPersonRequest()
    request.personId = person
    request.bar = bar
    request.validateOnly = true
    return try await people.barPerson(request).shownDigest
  }

  @Test("a bar is recorded as shown, ended by its number, and withdrawn by two people")
  func bars() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let desk = self.desk(cohort.registrar)
    let people = PersonServiceClient(cohort.registrar)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Ахметова"
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = try #require(try await people.findPeople(find).people.first).id
    func bars() async throws -> [BitimV1.Bar] {
      try #require(try await people.getPerson(get).person).bars
    }
    let words = [
      "bar", "Ахметова", "--kind", "conviction", "--from", "15.01.2026", "--document", "№7 үкім",
    ]
    // Nobody sits at the terminal: nothing is done without the digest of what was shown.
    #expect(try await PersonCommand.run(words, desk) == .refused)
    #expect(try await bars() == [])
    var bar = BitimV1.Bar()
    bar.kind = .conviction
    bar.validFrom = "2026-01-15"
    bar.document = "№7 үкім"
    let digest = try await self.digest(of: bar, get.personId, people)
    #expect(try await PersonCommand.run(words + ["--digest", digest], desk) == .done)
    bar.act = try #require(try await bars().first).act
    #expect(try await bars() == [bar])
    var end = BitimV1.EndBarRequest()
    end.personId = get.personId
    end.act = bar.act
    end.lastDay = "2026-02-01"
    end.validateOnly = true
    let ending = try await people.endBar(end).shownDigest
    let last = ["end-bar", "Ахметова", "--bar", "№\(bar.act)", "--last-day", "01.02.2026"]
    #expect(try await PersonCommand.run(last, desk) == .refused)
    #expect(try await PersonCommand.run(last + ["--digest", ending], desk) == .done)
    let ended = try #require(try await bars().first)
    #expect(ended.validUntil == "2026-02-01")
    try await self.withdraw(ended, of: get.personId, cohort)
    #expect(try await bars() == [])
    await #expect(throws: Arguments.Fault.self) {
      try await PersonCommand.run(
        ["withdraw-bar", "Ахметова", "--bar", "x", "--reason", "another person"], desk)
    }
  }

  /// The registrar proposes that a bar was an error; the certifier looks, and approves.
  private func withdraw(
    _ bar: BitimV1.Bar, of person: Int64, _ cohort: TestCohort
  ) async throws {
    let (registrar, certifier) = (self.desk(cohort.registrar), self.desk(cohort.certifier))
    var request = BitimV1.WithdrawBarRequest()
    request.personId = person
    request.act = bar.act
    request.reason = "басқа адам"
    request.validateOnly = true
    let digest = try await PersonServiceClient(cohort.registrar).withdrawBar(request).shownDigest
    let words = [
      "withdraw-bar", "Ахметова", "--bar", "\(bar.act)", "--reason", "басқа адам",
    ]
    #expect(try await PersonCommand.run(words, registrar) == .refused)
    #expect(try await PersonCommand.run(words + ["--digest", digest], registrar) == .waiting)
    let proposals = ProposalServiceClient(cohort.certifier)
    let proposal = try #require(try await proposals.listProposals(.init()).proposals.first)
    let approval = ["approve", "\(proposal.act)"]
    #expect(try await ProposalCommand.run(["list"], certifier) == .done)
    #expect(
      try await ProposalCommand.run(approval + ["--digest", digest], registrar) == .refused)
    #expect(try await ProposalCommand.run(approval, certifier) == .refused)
    #expect(try await ProposalCommand.run(approval + ["--digest", digest], certifier) == .done)
    await #expect(throws: CallFailure.self) {
      try await ProposalCommand.run(approval + ["--digest", digest], certifier)
    }
  }

  @Test("a list longer than one request goes in portions, and is recorded as a whole or not at all")
  func longList() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let head = "cohort,surname_kk,given_kk,surname_latin,given_latin,birth_date,iin,education\n"
    let row = "P1-ALA-01,Өтегенова,Ұлжан,Utegenova,Ulzhan,1990-07-04,991231000014,higher\n"
    // One too many for a request; all but the first repeat the first.
    let list = try self.file(head + String(repeating: row, count: 2_001), in: school)
    let end = try await EnrolCommand.run(
      [list, "--date", "2026-02-02"], self.desk(cohort.registrar))
    #expect(end == .refused)
    #expect(try await self.names("Өтегенова", cohort.registrar).isEmpty)
  }

  @Test("a list in Kazakh columns and both kinds of dates enrols; the same again changes nothing")
  func enrol() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let list = try self.file(
      "Топ;Тегі;Аты;surname_latin;given_latin;Туған күні;ЖСН;Білімі\r\n"
        + "P1-ALA-01;Өтегенова;Ұлжан;Utegenova;Ulzhan;04.07.1990;991231000014;жоғары\r\n"
        + "p1-ala-01;Ғабдуллин;Нұрсұлтан;Gabdullin;Nursultan;1985-03-02;123456789013;высшее\r\n",
      in: school)
    let desk = self.desk(cohort.registrar)
    #expect(
      try await EnrolCommand.run([list, "--date", "02.02.2026", "--dry-run"], desk) == .done)
    #expect(try await self.names("Өтегенова", cohort.registrar).isEmpty)
    #expect(try await EnrolCommand.run([list, "--date", "02.02.2026"], desk) == .done)
    #expect(try await self.names("отеген", cohort.registrar).count == 1)
    #expect(try await EnrolCommand.run([list, "--date", "02.02.2026"], desk) == .done)
    #expect(try await self.names("габд", cohort.registrar).count == 1)
  }

  @Test("a column nobody reads, and a cohort that contradicts the option, are refused by name")
  func strictFiles() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let desk = self.desk(cohort.registrar)
    let stray = try self.file("cohort,date,start,test\nP1-ALA-01,2026-02-03,09:00,4\n", in: school)
    await #expect(
      throws: Sheet.Fault(
        text: .fileColumnsUnknown,
        arguments: ["file": stray, "columns": "\"test\"", "flag": "--leave-out test"])
    ) {
      try await HoursCommand.run([stray], desk)
    }
    let other = try self.file("cohort,surname_kk\nP1-ALA-02,Өтегенова\n", in: school)
    let sheet = try Sheet(
      path: other, columns: ["cohort", "surname_kk"], cohort: "P1-ALA-01", needsCohort: true)
    #expect(
      sheet.flaws[2]?.map(\.flaw) == [
        .init(.cellCohortDiffers, ["cohort": "P1-ALA-02", "option": "P1-ALA-01"])
      ])
    #expect(try await EnrolCommand.run([other, "--cohort", "P1-ALA-01"], desk) == .refused)
  }

  @Test("hours of a file leave out who was absent")
  func absent() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([
      TestCohort.row(2, iin: "991231000014"), TestCohort.row(3, iin: "123456789013"),
    ])
    let list = try self.file(
      "cohort,date,start,practice,absent\nP1-ALA-01,2026-02-03,09:00,\"1,5\",991231000014\n",
      in: school)
    #expect(try await HoursCommand.run([list], self.desk(cohort.trainer)) == .done)
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-01"
    let trainees = try await CohortServiceClient(cohort.registrar).getCohort(get).trainees
    #expect(trainees.map(\.practiceQuarters) == [0, 6])
    // Told again it is nothing to do; told otherwise it is not done, and the status says so.
    #expect(try await HoursCommand.run([list], self.desk(cohort.trainer)) == .done)
    let late = try self.file(
      "cohort,date,start,practice,absent\nP1-ALA-01,2026-02-03,09:00,\"1,5\",123456789013\n",
      in: school)
    #expect(try await HoursCommand.run([late], self.desk(cohort.trainer)) == .refused)
    #expect(
      try await HoursCommand.run(
        [
          "P1-ALA-01", "--date", "2026-02-03", "--start", "09:00", "--practice", "1.5",
        ], self.desk(cohort.trainer)) == .refused)
  }

  @Test("a list with rows that differ ends with the status of what was not done")
  func listDiffers() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let head = "cohort,surname_kk,given_kk,birth_date,iin,education\n"
    func enrol(_ surname: String) async throws -> Desk.End {
      let list = try self.file(
        head + "P1-ALA-01,\(surname),Ұлжан,1990-07-04,991231000014,higher\n"
          + "P1-ALA-01,Серік,Асхат,1991-07-04,123456789013,higher\n", in: school)
      return try await EnrolCommand.run(
        [list, "--date", "2026-02-02"], self.desk(cohort.registrar))
    }
    #expect(try await enrol("Өтегенова") == .done)
    #expect(try await enrol("Өтегенова") == .done)
    #expect(try await enrol("Әбілова") == .refused)
  }

  @Test("a trainer whom the centre does not know is described, not named")
  func describedTrainer() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var register = BitimV1.RegisterPersonRequest()
    register.person = TestCohort.row(1, iin: "991231000014").person
    _ = try await PersonServiceClient(school.administrator).registerPerson(register)
    let centre = self.desk(
      try await school.client(school.person("Bekova", "Saule"), [.registrar], in: "ALA-01"))
    let words = [
      "trainer", cohort.code, "--iin", "991231000014", "--birth-date", "1991-12-31",
      "--surname-kk", "Ахметова", "--given-kk", "Әйгерім", "--evidence", "certificate of 2019",
    ]
    #expect(try await CohortCommand.run(words, centre) == .done)
    await #expect(throws: CallFailure.self) { try await CohortCommand.run(words, centre) }
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    let trainers = try await CohortServiceClient(cohort.registrar).getCohort(get).trainers
    #expect(trainers.map(\.names?.kk?.surname) == [nil, "Ахметова"])
  }

  @Test("a token never overwrites a file, and a refused one leaves none behind")
  func tokens() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let desk = self.desk(school.administrator)
    let kept = try self.file("precious", in: school)
    func make(_ role: String, _ file: String) -> [String] {
      [
        "token", "make", "Abenova", "--role", role, "--organisation", "SCHOOL", "--name", "x",
        "--days", "1", "--file", file,
      ]
    }
    await #expect(throws: Sheet.Fault(text: .fileThere, arguments: ["file": kept])) {
      try await AdminCommand.run(make("administrator", kept), desk)
    }
    #expect(try Repository.octets(absolute: kept) == Array("precious".utf8))
    let fresh = school.folder.appendingPathComponent("fresh.token").path
    await #expect(throws: CallFailure.self) {
      try await AdminCommand.run(make("registrar", fresh), desk)
    }
    #expect(!FileManager.default.fileExists(atPath: fresh))
    #expect(try await AdminCommand.run(make("administrator", fresh), desk) == .done)
    let mode = try FileManager.default.attributesOfItem(atPath: fresh)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("appoint leaves tokens in its folder and nowhere else, whatever the list says")
  func appointsInFolder() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let desk = self.desk(school.administrator)
    let folder = school.folder.appendingPathComponent("tokens").path
    for name in ["../outside", "a/b", "..", ".", "", "/etc/x"] {
      let list = try self.file(
        "person,role,organisation,file\n,verifier,SCHOOL,first\n,verifier,SCHOOL,\(name)\n",
        in: school)
      let words = ["appoint", list, "--days", "9", "--tokens", folder]
      let fault = Sheet.Fault(
        text: .fileNoPlainName, arguments: ["file": list, "line": "3", "value": name])
      await #expect(throws: fault, "\(name)") { try await AdminCommand.run(words, desk) }
    }
    // Nothing was begun, not even of the row before.
    #expect(!FileManager.default.fileExists(atPath: folder))
    let tokens = try await AccessServiceClient(school.administrator).listAccess(.init()).tokens
    #expect(tokens.count == 1)
  }

  /// Runs `bitim` as the administrator, or as whose secret it is.
  private func bitim(
    _ words: [String], in school: TestSchool, as secret: String? = nil
  ) throws -> (status: Int32, output: String, errors: String) {
    let token = school.folder.appendingPathComponent("\(UUID().uuidString).token").path
    #expect(
      FileManager.default.createFile(
        atPath: token, contents: Data((secret ?? school.secret).utf8),
        attributes: [.posixPermissions: 0o600]))
    return try Repository.run(
      "bitim", words + ["--server", school.address.description, "--token-file", token],
      in: school.folder)
  }

  @Test(
    "a row that differs is told in words, whatever the server says of it",
    arguments: [
      ("kk", "тізілімде басқаша: Алматы; ештеңе өзгертілмеді"),
      ("ru", "в реестре иначе: Алматы; ничего не изменено"),
      ("en", "the registry says otherwise: Алматы; nothing was changed"),
    ])
  func differs(language: String, problem: String) throws {
    let school = try TestSchool()
    defer { school.close() }
    func add(_ region: String) throws -> String {
      let list = try self.file(
        "code,kind,name_kk,name_ru,name_en,region,country\n"
          + "ALA-09,centre,Орталық,Центр,Centre,\(region),KAZ\n", in: school)
      return try self.bitim(
        ["admin", "organisation", "add", list, "--output", "csv", "--language", language],
        in: school
      ).output
    }
    #expect(try add("Алматы") == "")
    #expect(
      try add("Астана") == "line,column,value,problem\r\n2,region,Астана,\(problem)\r\n")
    // A person is told by which command another region is recorded, too.
    let list = try self.file(
      "code,kind,name_kk,name_ru,name_en,region,country\n"
        + "ALA-09,centre,Орталық,Центр,Centre,Астана,KAZ\n", in: school)
    let told = try self.bitim(
      ["admin", "organisation", "add", list, "--language", language], in: school)
    #expect(
      (told.output + told.errors).contains(
        "bitim admin organisation change ALA-09 --region Астана --from"))
  }

  @Test(
    "a refusal names the field that it is about in the reader's language",
    arguments: [
      ("kk", "қайтыс болған күні 2099-01-01: "), ("ru", "день смерти 2099-01-01: "),
      ("en", "day of death 2099-01-01: "),
    ])
  func field(language: String, place: String) async throws {
    let school = try TestSchool()
    defer { school.close() }
    let person = try await school.person("Ahmetova", "Aigerim")
    _ = try await school.client(person, [.registrar])
    var create = BitimV1.CreateTokenRequest()
    (create.personId, create.organisation, create.roles) = (person, "SCHOOL", [.registrar])
    (create.name, create.days) = ("кеңсе", 30)
    let secret = try await AccessServiceClient(school.administrator).createToken(create).secret
    let told = try self.bitim(
      [
        "person", "death", "Ahmetova", "--date", "2099-01-01", "--document", "№ 7",
        "--language", language,
      ], in: school, as: secret)
    #expect(told.status == 1)
    #expect(told.errors.contains(place), "\(told.errors)")
  }

  @Test(
    "an auditor is shown acts, what was refused in words, and that there are more",
    arguments: ["kk", "ru", "en"])
  func acts(language: String) async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.session("S-014")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let auditor = try await school.person("Tursynova", "Zhanar")
    _ = try await school.client(auditor, [.auditor])
    var create = BitimV1.CreateTokenRequest()
    create.personId = auditor
    create.organisation = "SCHOOL"
    create.roles = [.auditor]
    create.name = "аудит"
    create.days = 30
    let secret = try await AccessServiceClient(school.administrator).createToken(create).secret
    func acts(_ words: String...) throws -> (rows: [Substring], errors: String) {
      let ran = try self.bitim(
        ["admin", "acts"] + words + ["--output", "csv", "--language", language], in: school,
        as: secret)
      #expect(ran.status == 0)
      let rows = ran.output.split(separator: "\r\n")
      #expect(
        rows.first == "number,recorded,kind,actor,role,organisation,subject,outcome,reason")
      // Behind the number of the act.
      return (rows.dropFirst().map { $0.drop { $0 != "," } }, ran.errors)
    }
    let kept = try acts("--kind", "act_refused", "--about", "Ахметова", "--by", "Garcia")
    #expect(
      kept.rows == [
        """
        ,2026-11-22T07:00:00Z,act_refused,Garcia Lucia,examiner,SCHOOL,\
        Ахметова Әйгерім Қайратқызы,refused: RecordResults,HOURS_SHORT
        """
      ])
    #expect(kept.errors == "")
    // Token 9: before it are the administrator's, six of the cohort's people and the auditor's first.
    let last = try acts("--last", "1", "--from", "22.11.2026", "--until", "2026-11-22")
    #expect(
      last.rows == [
        """
        ,2026-11-22T07:00:00Z,token_created,Abenova Gulnar,administrator,SCHOOL,\
        "SCHOOL, 9, Tursynova Zhanar",done,
        """
      ])
    #expect(last.errors != "")
    #expect(try acts("--from", "2026-11-23").rows == [])
  }

  @Test("an auditor draws a sample of acts by a seed, and filters it")
  func sample() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let auditor = try await school.person("Tursynova", "Zhanar")
    _ = try await school.client(auditor, [.auditor])
    var create = BitimV1.CreateTokenRequest()
    (create.personId, create.organisation, create.roles) = (auditor, "SCHOOL", [.auditor])
    (create.name, create.days) = ("аудит", 30)
    let secret = try await AccessServiceClient(school.administrator).createToken(create).secret
    func numbers(_ words: String...) throws -> [String] {
      let ran = try self.bitim(
        ["admin", "acts"] + words + ["--output", "csv", "--language", "en"], in: school, as: secret)
      #expect(ran.status == 0, "\(words): \(ran.errors)")
      #expect(ran.errors == "", "\(words)")
      return ran.output.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    }
    // for n in $(seq 8); do echo "$(printf %s "Тұрсынова:$n" | sha256sum) $n"; done | sort
    #expect(try numbers("--sample", "3", "--seed", "Тұрсынова") == ["5", "8", "3"])
    #expect(
      try numbers("--sample", "99", "--seed", "Тұрсынова")
        == ["5", "8", "3", "2", "1", "7", "6", "4"])
    #expect(
      try numbers("--sample", "2", "--seed", "Тұрсынова", "--kind", "token_created") == ["8", "7"])
    #expect(try numbers("--organisation", "SCHOOL", "--outcome", "done") == ["8", "7", "6", "5"])
    #expect(try numbers("--outcome", "refused") == [])
    #expect(try numbers("--code", "HOURS_SHORT") == [])
    let wrong = [
      (["--sample", "3"], "--seed is needed"),
      (["--sample", "3", "--seed", ""], "--seed is needed"),
      (["--seed", "ж"], "--sample is needed"), (["--sample", "0", "--seed", "ж"], "--sample: '0'"),
      (["--sample", "3", "--seed", "ж", "--last", "3"], "--last, --sample, --all"),
      (["--sample", "3", "--seed", "ж", "--all"], "--last, --sample, --all"),
      (["--outcome", "kept"], "done, refused"),
    ]
    for (words, what) in wrong {
      let ran = try self.bitim(
        ["admin", "acts"] + words + ["--language", "en"], in: school, as: secret)
      #expect(ran.status == 2, "\(words)")
      #expect(ran.errors.contains(what), "\(words): \(ran.errors)")
    }
  }

  @Test("the columns of one thing are the same in every language", arguments: ["kk", "ru", "en"])
  func csv(language: String) throws {
    let school = try TestSchool()
    defer { school.close() }
    func header(_ words: [String]) throws -> String? {
      try self.bitim(words + ["--output", "csv", "--language", language], in: school).output
        .split(separator: "\r\n").first.map(String.init)
    }
    #expect(try header(["admin", "journal"]) == "size,root")
    #expect(
      try header(["admin", "status"])
        == "acts,waiting,database_octets,wal_octets,clock,copy_lag,free_octets,version,schema,signed"
    )
    #expect(
      try header(["verify", "2026-000001-17", "0000-0000-0000-0000"])
        == "verdict,as_of,standing,clock")
  }

  @Test(
    "a kept checkpoint is held against the living registry",
    arguments: [
      (
        "kk", "kept: тізілімнің тарихы осы бақылау нүктесімен бірдей (5 әрекеттің 4)",
        "other: тізілімнің тарихы осы бақылау нүктесінен басқа, 4 дейінгі бір әрекеттен бастап; "
          + "тоқтап, кім өзгерткенін сұраңыз",
        "other: мұнда 6 әрекет, ал тізілімде 5: әрекеттер жоғалған, не бұл басқа тізілім"
      ),
      (
        "ru", "kept: история реестра та же, что у этой контрольной точки (4 из 5 действий)",
        "other: история реестра иная, чем у этой контрольной точки, с какого-то действия до 4; "
          + "остановитесь и спросите, кто её изменил",
        "other: здесь действий 6, а в реестре 5: действия утрачены, или это другой реестр"
      ),
      (
        "en", "kept: the registry has the history of this checkpoint (4 of 5 acts)",
        "other: the registry has another history than this checkpoint, from some act up to 4 on; "
          + "stop, and ask who changed it",
        "other: has 6 acts, and the registry has 5: acts are lost, or it is another registry"
      ),
    ])
  func against(language: String, holds: String, differs: String, ahead: String) async throws {
    let school = try TestSchool()
    defer { school.close() }
    func journal(_ words: String...) throws -> (status: Int32, output: String, errors: String) {
      try self.bitim(
        ["admin", "journal", "--language", language, "--output", "csv"] + words, in: school)
    }
    func other(_ text: String) throws {
      try Data(text.utf8).write(to: school.folder.appendingPathComponent("other"))
    }
    #expect(try journal("--checkpoint", "kept").status == 0)
    let kept = try String(
      contentsOf: school.folder.appendingPathComponent("kept"), encoding: .utf8)
    #expect(kept.hasPrefix("bitim\n4\n"))
    _ = try await school.person("Abilova", "Zhuldyz")
    let now = try journal("--against", "kept")
    #expect(now.status == 0)
    #expect(now.output.hasPrefix("size,root\r\n5,"))
    #expect(now.errors == holds + "\n")
    let root = Base64.text([UInt8](repeating: 1, count: 32))
    try other("bitim\n4\n\(root)\n")
    let forked = try journal("--against", "other", "--checkpoint", "kept")
    #expect(forked.status == 1)
    #expect(forked.errors == differs + "\n")
    // A checkpoint that was kept is not written over by the registry that is not its own.
    #expect(
      try String(contentsOf: school.folder.appendingPathComponent("kept"), encoding: .utf8) == kept)
    try other(kept.replacingOccurrences(of: "\n4\n", with: "\n6\n"))
    let lost = try journal("--against", "other")
    #expect(lost.status == 1)
    #expect(lost.errors == ahead + "\n")
    for text in [
      "", "bitim\n4\n", "өзге\n4\n\(root)\n", "bitim\n+4\n\(root)\n", "bitim\n4\nAQ==\n",
    ] {
      try other(text)
      #expect(try journal("--against", "other").status == 2)
    }
  }

  @Test(
    "a token's holder is warned for its last fourteen days, and it is renewed beside the old one",
    arguments: [
      (
        "kk",
        "бұл токен 2026-12-12 күні аяқталады; оны әкімші жаңартады: bitim admin token renew ID"
      ),
      (
        "ru",
        "этот токен заканчивается 2026-12-12; его продлевает администратор: bitim admin token renew ID"
      ),
      (
        "en",
        "this token ends on 2026-12-12; an administrator renews it: bitim admin token renew ID"
      ),
    ])
  func renew(language: String, warning: String) async throws {
    let school = try TestSchool()
    defer { school.close() }
    let person = try await school.person("Serik", "Aliya")
    _ = try await school.client(person, [.auditor])
    let access = AccessServiceClient(school.administrator)
    var create = BitimV1.CreateTokenRequest()
    create.personId = person
    create.organisation = "SCHOOL"
    create.roles = [.auditor]
    create.name = "кеңсе үстелі"
    create.days = 20
    let old = try await access.createToken(create)
    let look = ["admin", "journal", "--output", "csv", "--language", language]
    #expect(try self.bitim(look, in: school, as: old.secret).errors == "")
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-28")))
    #expect(try self.bitim(look, in: school, as: old.secret).errors == "")
    // 14 days before its end less some hours.
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-29")))
    let warned = try self.bitim(look, in: school, as: old.secret)
    #expect(warned.status == 0)
    #expect(warned.errors == warning + "\n")

    let id = try #require(old.token).id
    let words = [
      "admin", "token", "renew", "--days", "400", "--file", "new.token", "--language", "en",
    ]
    let none = try self.bitim(words + ["\(id + 1)"], in: school)
    #expect(none.status == 1)
    #expect(none.errors == "there is no such token in force\n")
    let renewed = try self.bitim(words + ["\(id)"], in: school)
    #expect(renewed.status == 0)
    #expect(
      renewed.errors
        == "token \(id + 1) is in new.token (0600) for 400 days. It is shown nowhere else\n")
    let tokens = try await access.listAccess(.init()).tokens
    var new = try #require(tokens.first { $0.id == id + 1 })
    #expect(AdminCommand.day(new.expiresAt) == "2028-01-03")
    var kept = try #require(tokens.first { $0.id == id })
    for token in [\BitimV1.Token.createdAt, \.expiresAt, \.lastUsedAt] {
      new[keyPath: token] = nil
      kept[keyPath: token] = nil
    }
    new.id = id
    #expect(new == kept)
    let secret = try String(
      contentsOf: school.folder.appendingPathComponent("new.token"), encoding: .utf8
    ).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try self.bitim(look, in: school, as: secret).errors == "")
    #expect(try self.bitim(look, in: school, as: old.secret).status == 0)
  }

  @Test("verification ends with the status its verdict has")
  func verify() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    let desk = self.desk(school.stranger)
    #expect(try await VerifyCommand.run([issued.number, issued.code], desk) == .done)
    #expect(try await VerifyCommand.run([issued.number, "0000-0000-0000-0000"], desk) == .unknown)
    #expect(try await VerifyCommand.run(["2026-000001-17", issued.code], desk) == .unknown)
  }

  @Test(
    "verification by a doubtful clock says so, to people and to programs",
    arguments: [
      ("en", "The registry's clock is doubtful: ask about a day (--on), or again later"),
      ("kk", "Тізілімнің сағаты күмәнді: нақты күнді сұраңыз (--on) немесе кейінірек қайталаңыз"),
      ("ru", "Часы реестра сомнительны: спросите на определённый день (--on) или позже"),
    ])
  func doubtfulClock(language: String, words: String) throws {
    let founded = try TestSchool()
    founded.halt()
    founded.clock.turn(to: try #require(CivilDate(iso: "2026-11-20")))
    let school = try TestSchool(reopening: founded, trustsClock: false)
    defer { school.close() }
    let paper = ["verify", "2026-000002-13", "0000-0000-0000-0000", "--language", language]
    let told = try self.bitim(paper, in: school)
    #expect(told.output.split(separator: "\n").last.map(String.init) == words)
    let row = try self.bitim(paper + ["--output", "csv"], in: school).output
    #expect(row.split(separator: "\r\n").last?.hasSuffix(",Doubtful") == true)
  }
}
