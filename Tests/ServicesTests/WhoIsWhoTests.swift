import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Who is who, through the services")
struct WhoIsWhoTests {
  private static let iin = "991231000014"

  /// A School whose cohort P1-ALA-01 has Ахметова Әйгерім, and a centre that knows nobody.
  private struct Setting {
    let school: TestSchool
    let cohort: TestCohort
    /// A registrar of ALA-01, which trains her.
    let own: BitimClient
    /// A registrar of AST-01, which has the cohort P1-AST-01.
    let stranger: BitimClient
    let herID: Int64

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      #expect(try await self.cohort.enrol([TestCohort.row(2, iin: WhoIsWhoTests.iin)]).recorded)
      try await self.school.centre("AST-01")
      self.own = try await self.school.client(
        self.school.person("Ospan", "Yerlan"), [.registrar], in: "ALA-01")
      self.stranger = try await self.school.client(
        self.school.person("Bekova", "Saule"), [.registrar], in: "AST-01")
      var open = BitimV1.OpenCohortRequest()
      // Both begin when her first cohort is over.
      open.cohort = Self.later("P1-AST-01")
      open.cohort?.organisation = "AST-01"
      _ = try await CohortServiceClient(self.stranger).openCohort(open)
      open.cohort = Self.later("P1-ALA-02")
      _ = try await CohortServiceClient(self.own).openCohort(open)
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = WhoIsWhoTests.iin
      let found = try await PersonServiceClient(self.cohort.registrar).findPeople(find).people
      self.herID = try #require(found.first).id
    }

    private static func later(_ code: String) -> BitimV1.Cohort {
      var cohort = TestCohort.cohort(code)
      (cohort.startsOn, cohort.endsOn) = ("2026-04-01", "2026-05-31")
      return cohort
    }

    var number: String { PersonNumber.text(self.herID) }

    /// Her row for another cohort, with a change.
    func row(
      _ cohort: String = "P1-ALA-02", _ change: (inout BitimV1.IntakeRow) -> Void = { _ in }
    ) -> BitimV1.IntakeRow {
      var row = TestCohort.row(2, iin: WhoIsWhoTests.iin, cohort: cohort)
      change(&row)
      return row
    }

    /// What a row meets: `column REASON name=value …`, or the verdict.
    func answer(
      _ row: BitimV1.IntakeRow, as client: BitimClient? = nil, validateOnly: Bool = true
    ) async throws -> [String] {
      var request = BitimV1.EnrolTraineesRequest()
      request.rows = [row]
      request.enrolledOn = row.cohort == "P1-ALA-01" ? "2026-02-02" : "2026-04-01"
      request.validateOnly = validateOnly
      let service = CohortServiceClient(client ?? self.cohort.registrar)
      let rows = try await service.enrolTrainees(request).rows
      return rows.flatMap { row in
        row.findings.map { finding in
          let arguments = finding.arguments.map { "\($0.name)=\($0.value)" }
          return ([finding.column, finding.reason] + arguments).filter { !$0.isEmpty }
            .joined(separator: " ")
        } + (row.verdict == .refused ? [] : ["\(row.verdict)"])
      }
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  private static func passport(_ number: String) -> BitimV1.Identifier {
    var identifier = BitimV1.Identifier()
    identifier.kind = .document
    identifier.number = number
    identifier.country = "KAZ"
    identifier.documentType = "passport"
    return identifier
  }

  @Test("one passport is one person, however it is typed")
  func passports() async throws {
    let setting = try await Setting()
    let typed = ["AB123456", "AB 123456", "ab-123456", "АВ123456", "AB\u{200B}123456"]
    var answers: [[String]] = []
    for number in typed {
      let row = setting.row {
        $0.person?.names = .latin("Smith", "John")
        $0.person?.birthDate = "1980-01-01"
        $0.person?.identifiers = [Self.passport(number)]
      }
      answers.append(try await setting.answer(row, validateOnly: false))
    }
    #expect(
      answers == [
        ["\(BitimV1.RowVerdict.added)"], ["\(BitimV1.RowVerdict.unchanged)"],
        ["\(BitimV1.RowVerdict.unchanged)"], ["\(BitimV1.RowVerdict.unchanged)"],
        ["\(BitimV1.RowVerdict.unchanged)"],
      ])
    try setting.end()
  }

  @Test("a number of somebody else born that day enrols nobody silently")
  func mistyped() async throws {
    let setting = try await Setting()
    let other = setting.row {
      $0.person?.names = .latin("Smith", "John")
      $0.person?.names?.kk = .init()
      $0.person?.names?.kk?.surname = "Оспан"
      $0.person?.names?.kk?.given = "Ерлан"
    }
    #expect(try await setting.answer(other) == ["NAMES_DISAGREE person=\(setting.number)"])
    let russian = setting.row {
      $0.person?.names = .init()
      $0.person?.names?.ru = .init()
      $0.person?.names?.ru?.surname = "Ахметова"
      $0.person?.names?.ru?.given = "Айгерим"
    }
    // In another script of the same letters it is she; what is new in it is not taken silently.
    #expect(
      try await setting.answer(russian) == [
        "surname_ru DIFFERS there=", "given_ru DIFFERS there=",
      ])
    let more = setting.row { $0.person?.identifiers.append(Self.passport("N1")) }
    #expect(
      try await setting.answer(more, validateOnly: false) == [
        "document_number IDENTIFIER_NOT_TAKEN", "\(BitimV1.RowVerdict.added)",
      ])
    try setting.end()
  }

  @Test("R-109: who looks like somebody is told apart with evidence, and that is recorded")
  func doubles() async throws {
    let setting = try await Setting()
    var row = setting.row { $0.person?.identifiers = [Self.passport("N1234567")] }
    #expect(try await setting.answer(row) == ["POSSIBLE_DOUBLE people=\(setting.number)"])
    row.distinctFrom = [setting.number]
    #expect(try await setting.answer(row) == ["distinct_evidence EVIDENCE_MISSING"])
    row.distinctEvidence = "two passports, seen on 2026-02-01"
    #expect(
      try await setting.answer(row, validateOnly: false) == ["\(BitimV1.RowVerdict.added)"])
    // One mistyped character of the IIN, and birth date or names.
    let near = setting.row { $0.person?.identifiers[0].number = "991231000024" }
    #expect(
      try await setting.answer(near) == [
        "POSSIBLE_DOUBLE people=\(setting.number), \(PersonNumber.text(setting.herID + 3))"
      ])
    var register = BitimV1.RegisterPersonRequest()
    register.person = near.person
    let people = PersonServiceClient(setting.cohort.registrar)
    await expectRefused(["POSSIBLE_DOUBLE"], .failedPrecondition) {
      _ = try await people.registerPerson(register)
    }
    register.distinctFrom = [setting.number, PersonNumber.text(setting.herID + 3)]
    register.distinctEvidence = "twins"
    #expect(try await people.registerPerson(register).person?.id == setting.herID + 4)
    try setting.end()
  }

  @Test("R-109: twins come in one list, the second told apart by the first's line")
  func twins() async throws {
    let setting = try await Setting()
    let first = setting.row { $0.person?.identifiers = [Self.passport("N1234567")] }
    var second = setting.row { $0.person?.identifiers = [Self.passport("N7654321")] }
    second.line = 3
    let both = setting.number
    var list = [first, second].map { row in
      var row = row
      row.distinctFrom = [both]
      row.distinctEvidence = "екі паспорт көрдім"
      return row
    }
    let refused = try await setting.cohort.enrol(list, validateOnly: true).rows
    #expect(refused[1].findings.map(\.reason) == ["POSSIBLE_DOUBLE"])
    #expect(refused[1].findings.flatMap(\.arguments).map(\.value) == ["#2"])
    list[1].distinctFrom.append("#2")
    #expect(try await setting.cohort.enrol(list).recorded)
    let people = PersonServiceClient(setting.cohort.registrar)
    #expect(try await people.listDoubles(.init()).doubles == [])
    try setting.end()
  }

  @Test("R-110: a centre that doesn't know a person gets one answer, and no number, name or hint")
  func strangers() async throws {
    let setting = try await Setting()
    let rows = [
      setting.row("P1-AST-01") { $0.person?.birthDate = "1991-12-30" },
      setting.row("P1-AST-01") { $0.person?.names = .latin("Smith", "John") },
      setting.row("P1-AST-01") { $0.person?.identifiers = [Self.passport("N1234567")] },
      setting.row("P1-AST-01") {
        $0.person?.birthDate = "1991-12-30"
        $0.person?.identifiers[0].number = "991231000024"
      },
      setting.row("P1-AST-01") {
        $0.person?.identifiers = [Self.passport("N1234567")]
        $0.distinctFrom = [setting.number]
        $0.distinctEvidence = "a guess"
      },
    ]
    for row in rows {
      #expect(try await setting.answer(row, as: setting.stranger) == ["IDENTITY_CHECK"])
    }
    // The dry runs are in the journal.
    var request = BitimV1.GetJournalRequest()
    request.entries = 5
    let journal = try await AccessServiceClient(setting.school.administrator).getJournal(request)
    #expect(journal.entries.allSatisfy { $0.contains("\"kind\":\"act_refused\"") })
    var register = BitimV1.RegisterPersonRequest()
    register.person = setting.row().person
    await expectRefused(["IDENTIFIER_TAKEN"], .alreadyExists) {
      _ = try await PersonServiceClient(setting.stranger).registerPerson(register)
    }
    // Who has her number, birth date and names has seen her document.
    #expect(
      try await setting.answer(
        setting.row("P1-AST-01"), as: setting.stranger, validateOnly: false)
        == ["\(BitimV1.RowVerdict.added)"])
    try setting.end()
  }

  @Test("R-207: a centre knows a trainee, and who had a role there, for three years after")
  func threeYears() async throws {
    let setting = try await Setting()
    let cohorts = CohortServiceClient(setting.cohort.registrar)
    // Today is 2026-11-22.
    for (code, until) in [("P1-ALA-21", "2023-11-21"), ("P1-ALA-22", "2023-11-22")] {
      var open = BitimV1.OpenCohortRequest()
      open.cohort = TestCohort.cohort(code)
      open.cohort?.startsOn = "2023-09-01"
      open.cohort?.endsOn = until
      _ = try await cohorts.openCohort(open)
    }
    let enrolled = try await setting.cohort.enrol(
      [
        TestCohort.row(2, iin: "700101410009", cohort: "P1-ALA-21"),
        TestCohort.row(3, iin: "123456789013", cohort: "P1-ALA-21"),
        TestCohort.row(4, iin: "880706400016", cohort: "P1-ALA-22"),
      ], on: "2023-09-01")
    #expect(enrolled.recorded)
    let former = try await setting.school.person("Seit", "Dana")
    _ = try await setting.school.client(former, [.trainer], in: "ALA-01")
    func known() async throws -> [Bool] {
      var known: [Bool] = []
      for query in ["700101410009", "123456789013", "880706400016", "Seit"] {
        var find = BitimV1.FindPeopleRequest()
        find.purpose = .enrolment
        find.query = query
        let people = try await PersonServiceClient(setting.own).findPeople(find).people
        known.append(!people.isEmpty)
      }
      return known
    }
    #expect(try await known() == [false, false, true, true])
    // Who was expected at a later session is known from its day on.
    try await setting.cohort.session("S-021", on: "2023-11-25", of: "P1-ALA-21")
    _ = try await setting.cohort.result("123456789013", [], in: "S-021")
    #expect(try await known() == [false, true, true, true])
    var withdrawal = BitimV1.WithdrawRoleRequest()
    withdrawal.personId = former
    withdrawal.role = .trainer
    withdrawal.organisation = "ALA-01"
    _ = try await AccessServiceClient(setting.school.administrator).withdrawRole(withdrawal)
    #expect(try await known() == [false, true, true, true])
    try setting.end()
  }

  @Test("R-101 to R-103: letters are the documents', whatever a keyboard adds")
  func letters() async throws {
    let setting = try await Setting()
    func given(_ text: String) async throws -> [String] {
      try await setting.answer(
        setting.row("P1-ALA-01") {
          $0.person?.names?.kk?.given = text
          $0.person?.names?.latin = nil
        })
    }
    // Decomposed letters and a space that doesn't break are the same name.
    #expect(
      try await given("\u{A0}Әи\u{306}герім ").last == "\(BitimV1.RowVerdict.unchanged)")
    #expect(try await given("Әйг\u{200B}ерім") == ["given_kk INVISIBLE_CHARACTER"])
    #expect(
      try await given("Әйгерїм") == ["given_kk NAME_CHARACTER character=ї place=6"])
    let patronymic = setting.row { $0.person?.names?.kk?.patronymic = "нет" }
    #expect(try await setting.answer(patronymic) == ["patronymic_kk PATRONYMIC_LEAVE_EMPTY"])
    let capitals = setting.row("P1-ALA-01") { $0.person?.names?.kk?.given = "ӘЙГЕРІМ" }
    #expect(
      try await setting.answer(capitals) == [
        "given_kk DIFFERS there=Әйгерім", "given_kk NAME_IN_CAPITALS",
        "\(BitimV1.RowVerdict.differs)",
      ])
    try setting.end()
  }

  @Test("an education that is in no list is not in the list, and not too low")
  func education() async throws {
    let setting = try await Setting()
    let row = setting.row { $0.person?.education = .init(rawValue: 99) }
    #expect(try await setting.answer(row) == ["education NOT_IN_LIST"])
    try setting.end()
  }

  @Test("nobody enrols himself or his trainer, renames or bars himself (R-021, R-211)")
  func himself() async throws {
    let setting = try await Setting()
    let people = PersonServiceClient(setting.cohort.registrar)
    func trainee(_ iin: String, _ surname: String) async throws -> Int64 {
      var register = BitimV1.RegisterPersonRequest()
      register.person = TestCohort.row(2, iin: iin).person
      register.person?.names = .latin(surname, "Dana")
      return try #require(try await people.registerPerson(register).person).id
    }
    let registrar = try await trainee("123456789013", "Abdi")
    let client = try await setting.school.client(registrar, [.registrar])
    let own = setting.row {
      $0.person = TestCohort.row(2, iin: "123456789013").person
      $0.person?.names = .latin("Abdi", "Dana")
    }
    #expect(try await setting.answer(own, as: client) == ["ACTS_ON_HIMSELF"])
    let trainer = try await trainee("700101410009", "Seit")
    _ = try await setting.school.client(trainer, [.trainer], in: "ALA-01")
    var assignment = BitimV1.AssignTrainerRequest()
    assignment.cohort = setting.cohort.code
    assignment.personId = trainer
    assignment.evidence = "trainers' certificate of 2019"
    _ = try await CohortServiceClient(setting.cohort.registrar).assignTrainer(assignment)
    let taught = setting.row("P1-ALA-01") {
      $0.person = TestCohort.row(2, iin: "700101410009").person
      $0.person?.names = .latin("Seit", "Dana")
    }
    #expect(try await setting.answer(taught) == ["cohort TRAINS_HIMSELF"])
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = registrar
    rename.names = .latin("Abdiyeva", "Dana")
    rename.reason = "marriage"
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await PersonServiceClient(client).renamePerson(rename)
    }
    var bar = BitimV1.BarPersonRequest()
    bar.personId = registrar
    bar.bar = .init()
    bar.bar?.kind = .prosecution
    bar.bar?.validFrom = "2026-01-15"
    bar.bar?.document = "an order"
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      _ = try await PersonServiceClient(client).barPerson(bar)
    }
    try setting.end()
  }

  @Test("R-114: a centre renames who is enrolled there alone, and nobody it doesn't know")
  func renaming() async throws {
    let setting = try await Setting()
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = setting.herID
    rename.names = setting.row().person?.names
    rename.names?.kk?.surname = "Әбілова"
    rename.reason = "marriage"
    let own = PersonServiceClient(setting.own)
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await PersonServiceClient(setting.stranger).renamePerson(rename)
    }
    #expect(try await own.renamePerson(rename).person?.names == rename.names)
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await own.renamePerson(rename)
    }
    // She is found by her former name, and is the same; whoever trains here is not known by that.
    #expect(
      try await setting.answer(
        setting.row("P1-ALA-01") { $0.person?.names?.latin = nil }
      ).last
        == "\(BitimV1.RowVerdict.differs)")
    rename.personId = setting.cohort.certifierID
    var assignment = BitimV1.AssignTrainerRequest()
    assignment.cohort = setting.cohort.code
    assignment.personId = setting.cohort.certifierID
    assignment.evidence = "trainers' certificate"
    _ = try await CohortServiceClient(setting.cohort.registrar).assignTrainer(assignment)
    await expectRefused(["PERSON_UNKNOWN"], .notFound) { _ = try await own.renamePerson(rename) }
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = setting.cohort.certifierID
    await expectRefused(["PERSON_UNKNOWN"], .notFound) { _ = try await own.getPerson(get) }
    // Enrolled elsewhere too, she is the School's to rename.
    var row = setting.row("P1-AST-01")
    row.person?.names?.kk?.surname = "Әбілова"
    #expect(
      try await setting.answer(row, validateOnly: false) == ["\(BitimV1.RowVerdict.added)"])
    rename.personId = setting.herID
    rename.names?.kk?.surname = "Ахметова"
    await expectRefused(["CORRECTION_AT_SCHOOL"], .permissionDenied) {
      _ = try await own.renamePerson(rename)
    }
    #expect(
      try await PersonServiceClient(setting.cohort.registrar).renamePerson(rename).person?.names
        == rename.names)
    try setting.end()
  }

  @Test("R-118: a bar is ended or withdrawn at the School; a centre reads from when to when")
  func bars() async throws {
    let setting = try await Setting()
    let (school, own) = (
      PersonServiceClient(setting.cohort.registrar), PersonServiceClient(setting.own)
    )
    var request = BitimV1.BarPersonRequest()
    request.personId = setting.herID
    request.bar = .init()
    request.bar?.kind = .prosecution
    request.bar?.validFrom = "2026-01-15"
    request.bar?.document = "an order of 15 January"
    let barred = try #require(try await request.asShown(by: school.barPerson).person?.bars.first)
    #expect(barred.kind == .prosecution)
    #expect(barred.document == "an order of 15 January")
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = setting.herID
    let read = try #require(try await own.getPerson(get).person?.bars.first)
    #expect(read.kind == .unspecified)
    #expect(read.document == "")
    #expect(read.validFrom == "2026-01-15")
    #expect(
      try await setting.answer(setting.row()) == ["BARRED bar=prosecution from=2026-01-15"])
    #expect(
      try await setting.answer(setting.row(), as: setting.own) == ["BARRED from=2026-01-15"])
    var end = BitimV1.EndBarRequest()
    end.personId = setting.herID
    end.act = barred.act
    end.lastDay = "2026-02-01"
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await own.endBar(end)
    }
    let ended = try #require(try await end.asShown(by: school.endBar).person?.bars)
    #expect(ended.map(\.validUntil) == ["2026-02-01"])
    await expectRefused(["BAR_UNKNOWN"], .notFound) { _ = try await school.endBar(end) }
    #expect(try await setting.answer(setting.row()) == ["\(BitimV1.RowVerdict.added)"])
    _ = try await request.asShown(by: school.barPerson)
    let again = try #require(try await school.getPerson(get).person?.bars.last)
    var withdraw = BitimV1.WithdrawBarRequest()
    withdraw.personId = setting.herID
    withdraw.act = again.act
    withdraw.reason = "another person of that name"
    // Proposed, it stands yet; another person, who did not record it, approves.
    let proposed = try await withdraw.asShown(by: school.withdrawBar)
    #expect(proposed.person?.bars == ended + [again])
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    _ = try await ProposalServiceClient(setting.cohort.certifier).approve(approval)
    #expect(try await school.getPerson(get).person?.bars == ended)
    #expect(
      try await setting.answer(setting.row(), validateOnly: false)
        == ["\(BitimV1.RowVerdict.added)"])
    try setting.end()
  }
}
