import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

/// how many people of the registry a centre may ask about in a day.
@Suite("Asking about people whom a centre does not know")
struct InquiryTests {
  /// A School that knows Өмірова Дана, born on 1990-01-01, and so on, whom the centre AST-01 doesn't know.
  private struct Setting {
    let school: TestSchool
    let registrarID: Int64
    /// A registrar of AST-01, which has the cohort P1-AST-01.
    let registrar: BitimClient

    init() async throws {
      self.school = try TestSchool()
      try await self.school.centre("AST-01")
      self.registrarID = try await self.school.person("Bekova", "Saule")
      self.registrar = try await self.school.client(self.registrarID, [.registrar], in: "AST-01")
      var open = BitimV1.OpenCohortRequest()
      open.cohort = TestCohort.cohort("P1-AST-01")
      open.cohort?.organisation = "AST-01"
      _ = try await CohortServiceClient(self.registrar).openCohort(open)
      // The School's own trainees, in groups of ten: nine, ten and two of them.
      try await self.school.centre("ALA-01")
      let registrar = try await self.school.client(
        self.school.person("Serik", "Aliya"), [.registrar])
      for group in 0...2 {
        open.cohort = TestCohort.cohort("P1-ALA-0\(group)")
        _ = try await CohortServiceClient(registrar).openCohort(open)
      }
      var enrol = BitimV1.EnrolTraineesRequest()
      enrol.enrolledOn = "2026-02-02"
      enrol.rows = (1...21).map { number in
        var row = InquiryTests.row(number)
        row.cohort = "P1-ALA-0\(number / 10)"
        row.person?.identifiers[0].number += "K"
        return row
      }
      let enrolled = try await CohortServiceClient(registrar).enrolTrainees(enrol)
      #expect(enrolled.recorded)
    }

    /// What each of `rows` meets in a dry run: reasons, or the verdict.
    func answers(
      _ rows: [BitimV1.IntakeRow], as client: BitimClient? = nil
    ) async throws -> [String] {
      try await self.ask(rows, client).rows.map { row in
        row.findings.map(\.reason).joined(separator: " ")
          + (row.verdict == .refused ? "" : "\(row.verdict)")
      }
    }

    /// Whether rows are refused as too many people asked about.
    func isRefused(
      _ rows: [BitimV1.IntakeRow], as client: BitimClient? = nil
    ) async throws -> Bool {
      do throws(CallFailure) {
        _ = try await self.ask(rows, client)
        return false
      } catch {
        let info = error.status?.reasons ?? []
        #expect(error.status?.code == .resourceExhausted)
        #expect(info.map(\.reason) == ["TOO_MANY_CALLS"])
        #expect(info.first?.metadata == ["people": "20"])
        return true
      }
    }

    private func ask(
      _ rows: [BitimV1.IntakeRow], _ client: BitimClient?
    ) async throws(CallFailure) -> BitimV1.EnrolTraineesResponse {
      try await CohortServiceClient(client ?? self.registrar)
        .enrolTrainees(InquiryTests.dryRun(rows))
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  private static func dryRun(_ rows: [BitimV1.IntakeRow]) -> BitimV1.EnrolTraineesRequest {
    var request = BitimV1.EnrolTraineesRequest()
    request.rows = rows
    request.enrolledOn = "2026-02-02"
    request.validateOnly = true
    return request
  }

  /// A row for somebody of the registry's name and birth date, and a passport that nobody has.
  private static func row(_ number: Int) -> BitimV1.IntakeRow {
    var row = TestCohort.row(Int32(number), iin: "991231000014", cohort: "P1-AST-01")
    row.person?.names = .init()
    row.person?.names?.kk = .init()
    row.person?.names?.kk?.surname = "Өмірова"
    // Дана, Данаә, Данаәә: each of them another name.
    row.person?.names?.kk?.given = "Дана" + String(repeating: "ә", count: number)
    row.person?.birthDate = CivilDate(dayNumber: 7_304 + number).iso
    var passport = BitimV1.Identifier()
    passport.kind = .document
    passport.number = "N\(number)\(number)\(number)\(number)"
    passport.country = "KAZ"
    passport.documentType = "passport"
    row.person?.identifiers = [passport]
    return row
  }

  @Test("R-110: a token that asks about the 21st is told nothing more of anybody that day")
  func closed() async throws {
    let setting = try await Setting()
    let twenty = (1...20).map(Self.row)
    // Asked twice, dry runs both, they are twenty people still.
    for _ in 0..<2 {
      #expect(
        try await setting.answers(twenty) == Array(repeating: "IDENTITY_CHECK", count: 20))
    }
    // Whom nobody knows it may bring.
    #expect(try await setting.answers([Self.row(30)]) == ["\(BitimV1.RowVerdict.added)"])
    #expect(try await setting.isRefused([Self.row(21)]))
    // From now on not even that: else a refusal would say who is there.
    #expect(try await setting.isRefused([Self.row(30)]))
    #expect(try await setting.isRefused([Self.row(1)]))
    var register = BitimV1.RegisterPersonRequest()
    register.person = Self.row(30).person
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await PersonServiceClient(setting.registrar).registerPerson(register)
    }
    var assignment = BitimV1.AssignTrainerRequest()
    assignment.cohort = "P1-AST-01"
    assignment.identifier = Self.row(30).person?.identifiers.first
    assignment.birthDate = "1990-01-31"
    assignment.names = Self.row(30).person?.names
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await CohortServiceClient(setting.registrar).assignTrainer(assignment)
    }
    // Other calls of the token are served, another token asks for itself, and so does a new day.
    _ = try await AccessServiceClient(setting.registrar).whoAmI(.init())
    let other = try await setting.school.token(
      setting.registrarID, [.registrar], in: "AST-01")
    #expect(try await setting.answers([Self.row(21)], as: other) == ["IDENTITY_CHECK"])
    setting.school.clock.turn(to: try #require(CivilDate(iso: "2026-11-23")))
    #expect(try await setting.answers([Self.row(21)]) == ["IDENTITY_CHECK"])
    try setting.end()
  }

  @Test("R-110: a list that asks about more is refused as a whole; journal and server remember it")
  func whole() async throws {
    let setting = try await Setting()
    #expect(try await setting.isRefused((1...21).map(Self.row)))
    var request = BitimV1.GetJournalRequest()
    request.entries = 1
    let journal = try await AccessServiceClient(setting.school.administrator).getJournal(request)
    #expect(journal.entries.allSatisfy { $0.contains("\"kind\":\"act_refused\"") })
    setting.school.halt()
    // What it remembers outlasts the server.
    let school = try TestSchool(reopening: setting.school)
    defer { school.close() }
    #expect(try await setting.isRefused([Self.row(30)]))
    #expect(try school.check().problems == [])
  }

  @Test("R-110: whom registering asks about counts, and the School may ask about everybody")
  func registering() async throws {
    let setting = try await Setting()
    let people = PersonServiceClient(setting.registrar)
    var register = BitimV1.RegisterPersonRequest()
    for number in 1...20 {
      register.person = Self.row(number).person
      await expectRefused(["IDENTITY_CHECK"], .failedPrecondition) {
        _ = try await people.registerPerson(register)
      }
    }
    #expect(try await setting.isRefused([Self.row(21)]))
    let school = try await setting.school.client(
      setting.school.person("Serik", "Aliya"), [.registrar])
    #expect(
      try await setting.answers((1...21).map(Self.row), as: school)
        == Array(repeating: "POSSIBLE_DOUBLE", count: 21))
    try setting.end()
  }

  @Test("R-110: whose number a centre adds to a trainee of its own it asks about, too")
  func adding() async throws {
    let setting = try await Setting()
    let people = PersonServiceClient(setting.registrar)
    var enrol = Self.dryRun([Self.row(30)])
    enrol.validateOnly = false
    _ = try await CohortServiceClient(setting.registrar).enrolTrainees(enrol)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Өмірова"
    var addition = BitimV1.AddIdentifierRequest()
    addition.personId = try #require(try await people.findPeople(find).people.first).id
    addition.reason = .documentRenewed
    addition.evidence = Story.evidence
    // Whose number it is, and that one may be somebody's, are both asked of one whom it doesn't know.
    for number in 1...20 {
      addition.identifier = Self.row(number).person?.identifiers.first
      addition.identifier?.number += "K"
      let asked = addition
      await expectRefused(["IDENTIFIER_TAKEN"], .alreadyExists) {
        _ = try await people.addIdentifier(asked)
      }
    }
    addition.identifier = Self.row(31).person?.identifiers.first
    var error = BitimV1.CorrectIdentifierRequest()
    error.personId = addition.personId
    error.wrong = Self.row(30).person?.identifiers.first
    error.right = Self.row(21).person?.identifiers.first
    error.right?.number += "K"
    error.reason = .typingError
    error.evidence = Story.evidence
    let (asked, corrected) = (addition, error)
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await people.correctIdentifier(corrected)
    }
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await people.addIdentifier(asked)
    }
    try setting.end()
  }

  @Test("R-110: a token asks about people once at a time, or it would ask about all at once")
  func together() async throws {
    let setting = try await Setting()
    let cohorts = CohortServiceClient(setting.registrar)
    let (one, other) = (Self.dryRun([Self.row(1)]), Self.dryRun([Self.row(2)]))
    _ = try await AccessServiceClient(setting.registrar).whoAmI(.init())
    let resume = await setting.school.holdWriter()
    async let first = cohorts.enrolTrainees(one)
    while setting.school.waitingCount < 1 { await Task.yield() }
    await expectRefused(["TOO_MANY_CALLS"], .resourceExhausted) {
      _ = try await cohorts.enrolTrainees(other)
    }
    resume()
    #expect(try await first.rows.flatMap(\.findings).map(\.reason) == ["IDENTITY_CHECK"])
    #expect(try await setting.answers([Self.row(2)]) == ["IDENTITY_CHECK"])
    try setting.end()
  }
}
