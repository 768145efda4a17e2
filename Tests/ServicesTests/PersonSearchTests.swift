import BitimClient
import BitimDomain
import BitimProtocol
import BitimTestSupport
import Testing

/// People of `Tests/Golden/find`, made by rule by `Tests/Benchmarks/people.py`.
@Suite("Finding whom somebody means")
struct PersonSearchTests {
  /// A School with the 400 people, and who asks there.
  private struct Setting {
    let school: TestSchool
    let people: PersonServiceClient
    /// Ids by IIN.
    var ids: [String: Int64] = [:]

    init() async throws {
      self.school = try TestSchool()
      self.people = PersonServiceClient(
        try await self.school.client(self.school.person("Ospan", "Yerlan"), [.registrar]))
      let lines = try Repository.text("Tests/Golden/find/people.csv").split(separator: "\n")
      for line in lines.dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var request = BitimV1.RegisterPersonRequest()
        var person = BitimV1.Person()
        person.names = .init()
        person.names?.kk = Self.name(cells[0...2])
        person.names?.ru = Self.name(cells[3...5])
        person.names?.latin = Self.name(cells[6...8])
        person.birthDate = cells[9]
        var identifier = BitimV1.Identifier()
        identifier.kind = .iin
        identifier.number = cells[10]
        person.identifiers = [identifier]
        request.person = person
        self.ids[cells[10]] = try await self.people.registerPerson(request).person?.id
      }
    }

    private static func name(_ cells: ArraySlice<String>) -> BitimV1.Name? {
      let parts = Array(cells)
      guard !parts[0].isEmpty else { return nil }
      var name = BitimV1.Name()
      (name.surname, name.given, name.patronymic) = (parts[0], parts[1], parts[2])
      return name
    }

    func found(
      _ query: String, by people: PersonServiceClient? = nil, size: Int32 = 0
    ) async throws -> BitimV1.FindPeopleResponse {
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = query
      find.pageSize = size
      return try await (people ?? self.people).findPeople(find)
    }
  }

  @Test("whom a query made by rule from a true name means is among the first five")
  func queries() async throws {
    let setting = try await Setting()
    defer { setting.school.close() }
    let queries = try Repository.text("Tests/Golden/find/queries.tsv").split(separator: "\n")
    #expect(queries.count == 200)
    // Each of the ten rules three times; `Tests/Benchmarks/find.py` asks all, of 200,000 people.
    for line in queries.prefix(30) {
      let cells = line.split(separator: "\t").map(String.init)
      let found = try await setting.found(cells[1])
      let first = (found.people + found.similar).prefix(5).map(\.id)
      #expect(setting.ids[cells[2]].map(first.contains) == true, "\(cells[0]): \(cells[1])")
    }
  }

  @Test("words as typed come first, and others whom they may mean stand apart")
  func apart() async throws {
    let setting = try await Setting()
    defer { setting.school.close() }
    // Of the 400: Сәбитова Нұрсұлу Асанқызы, whose passport has Sabitova Nursulu Asankyzy, is one.
    let her = setting.ids["940120000009"] ?? 0
    let typed = try await setting.found("сәбитова нұрсұлу")
    #expect(typed.people.map(\.id) == [her])
    #expect(typed.total == 1)
    #expect(!typed.hasMore)
    #expect(!typed.similar.map(\.id).contains(her))
    let mistaken = try await setting.found("сәбтова нұрсұлу")
    #expect(mistaken.people == [])
    #expect(mistaken.total == 0)
    #expect(mistaken.similar.map(\.id) == [her])
    // A day of birth and a number are as they are, or nobody's.
    #expect(try await setting.found("сәбитова 1994-01-20").people.map(\.id) == [her])
    #expect(try await setting.found("20.01.1994 сәбитова").people.map(\.id) == [her])
    #expect(try await setting.found("сәбтова 1994-01-20").similar.map(\.id) == [her])
    let other = try await setting.found("сәбитова 1994-01-21")
    #expect(other.people == [] && other.similar == [])
    #expect(try await setting.found("940120000009").people.map(\.id) == [her])
    #expect(try await setting.found("940120 000009").people.map(\.id) == [her])
    #expect(try await setting.found(PersonNumber.text(her)).people.map(\.id) == [her])
    #expect(try await setting.found("940120000003").people == [])
  }

  @Test("a page has as many as were asked for, and says how many there are")
  func counted() async throws {
    let setting = try await Setting()
    defer { setting.school.close() }
    let all = try await setting.found("нұр", size: 500)
    #expect(!all.hasMore)
    #expect(Int(all.total) == all.people.count)
    let few = try await setting.found("нұр", size: 3)
    #expect(few.people == Array(all.people.prefix(3)))
    #expect(few.total == all.total)
    #expect(few.hasMore)
  }

  @Test(
    "a centre finds whom it knows alone, however near another's name is, and no cohort but its own")
  func centre() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    #expect(try await cohort.enrol([TestCohort.row(2, iin: "991231000014")]).recorded)
    try await school.centre("AST-02")
    let own = PersonServiceClient(
      try await school.client(school.person("Ospan", "Yerlan"), [.registrar], in: "ALA-01"))
    let other = PersonServiceClient(
      try await school.client(school.person("Esen", "Marat"), [.registrar], in: "AST-02"))
    func found(_ query: String, _ people: PersonServiceClient) async throws -> [[String]] {
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = query
      let found = try await people.findPeople(find)
      return [found.people, found.similar].map { $0.map { $0.names?.latin?.given ?? "" } }
    }
    #expect(try await found("Ахметова", own) == [["Aigerim"], []])
    #expect(try await found("Ахмтова", own) == [[], ["Aigerim"]])
    #expect(try await found(cohort.code, own) == [["Aigerim"], []])
    #expect(try await found("Ахметова \(cohort.code)", own) == [["Aigerim"], []])
    for query in ["Ахметова", "Ахмтова", cohort.code, "Ахметова \(cohort.code)", "991231000014"] {
      #expect(try await found(query, other) == [[], []], "\(query)")
    }
    // Whoever may not read when she was born does not find it out by asking.
    let examiner = PersonServiceClient(
      try await school.client(school.person("Sadyk", "Anar"), [.examiner]))
    #expect(try await found("Ахметова 1991-12-31", examiner) == [[], []])
    #expect(try await found("Ахметова", examiner) == [["Aigerim"], []])
  }
}
