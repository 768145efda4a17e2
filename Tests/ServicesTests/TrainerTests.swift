import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Trainers of a cohort")
struct TrainerTests {
  /// Somebody whom no organisation knows, born on 1991-12-31, with IIN 991231000014.
  private func expert(_ school: TestSchool) async throws -> Int64 {
    var request = BitimV1.RegisterPersonRequest()
    request.person = TestCohort.row(1, iin: "991231000014").person
    let people = PersonServiceClient(school.administrator)
    return try #require(try await people.registerPerson(request).person).id
  }

  private func centre(_ school: TestSchool) async throws -> BitimClient {
    try await school.client(school.person("Bekova", "Saule"), [.registrar], in: "ALA-01")
  }

  /// A request that describes the expert.
  private func description(_ cohort: TestCohort) -> BitimV1.AssignTrainerRequest {
    var request = BitimV1.AssignTrainerRequest()
    request.cohort = cohort.code
    request.evidence = "certificate of 2019"
    request.identifier = .init()
    request.identifier?.kind = .iin
    request.identifier?.number = "991231000014"
    request.birthDate = "1991-12-31"
    request.names = .latin("Akhmetova", "Aigerim")
    return request
  }

  @Test("a centre assigns who has the role there, or whom it describes, and knows nobody by it")
  func knowsNobody() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let registrar = try await self.centre(school)
    let expert = try await self.expert(school)
    let service = CohortServiceClient(registrar)
    var number = BitimV1.AssignTrainerRequest()
    number.cohort = cohort.code
    number.personId = expert
    number.evidence = "certificate of 2019"
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      _ = try await service.assignTrainer(number)
    }
    let answer = try await service.assignTrainer(self.description(cohort))
    var expected = BitimV1.AssignTrainerResponse()
    expected.names = TestCohort.row(1, iin: "991231000014").person?.names
    #expect(answer == expected)
    // Whom it assigned it neither reads nor renames nor bars.
    let people = PersonServiceClient(registrar)
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      var request = BitimV1.GetPersonRequest()
      request.purpose = .enrolment
      request.personId = expert
      _ = try await people.getPerson(request)
    }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      var request = BitimV1.RenamePersonRequest()
      request.personId = expert
      request.names = .latin("Other", "Name")
      request.reason = "marriage"
      _ = try await people.renamePerson(request)
    }
    await expectRefused(["PERSON_UNKNOWN"], .notFound) {
      var request = BitimV1.BarPersonRequest()
      request.personId = expert
      request.bar = .init()
      request.bar?.kind = .prosecution
      request.bar?.validFrom = "2026-01-01"
      _ = try await people.barPerson(request)
    }
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Akhmetova"
    #expect(try await people.findPeople(find).people.isEmpty)
    // Of its own trainer it sees the year of birth, of the other's not.
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    let trainers = try await service.getCohort(get).trainers
    #expect(trainers.map(\.birthYear) == [1985, 0])
    #expect(trainers.map(\.id) == [cohort.trainerID, expert])
    let seen = try await CohortServiceClient(cohort.registrar).getCohort(get).trainers
    #expect(seen.map(\.birthYear) == [1985, 1991])
    #expect(try school.check().problems == [])
  }

  @Test("a centre assigns its own trainer by number")
  func own() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let registrar = try await self.centre(school)
    let trainer = try await school.person("Esenov", "Marat")
    _ = try await school.client(trainer, [.trainer], in: "ALA-01")
    var request = BitimV1.AssignTrainerRequest()
    request.cohort = cohort.code
    request.personId = trainer
    request.evidence = "certificate of 2019"
    let answer = try await CohortServiceClient(registrar).assignTrainer(request)
    #expect(answer.names == .latin("Esenov", "Marat"))
  }

  @Test("a description that does not fit and one of nobody get one answer (R-020, R-209)")
  func oneAnswer() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let registrar = try await self.centre(school)
    let changes: [(inout BitimV1.AssignTrainerRequest) -> Void] = [
      { _ in }, { $0.birthDate = "1991-12-30" }, { $0.names = .latin("Akhmetova", "Dinara") },
    ]
    func answers() async -> [Status?] {
      var answers: [Status?] = []
      for change in changes {
        var request = self.description(cohort)
        change(&request)
        do throws(CallFailure) {
          _ = try await CohortServiceClient(registrar).assignTrainer(request)
          answers.append(nil)
        } catch {
          answers.append(error.status)
        }
      }
      return answers
    }
    let before = await answers()
    #expect(before[0]?.reasons.map(\.reason) == ["PERSON_UNKNOWN"])
    #expect(before[1] == before[0])
    #expect(before[2] == before[0])
    _ = try await self.expert(school)
    let after = await answers()
    #expect(after == [nil, before[0], before[0]])
  }

  @Test("of a description no part may be missing")
  func parts() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let service = CohortServiceClient(cohort.registrar)
    await expectRefused(["IDENTIFIER_MISSING"], .invalidArgument) {
      var request = self.description(cohort)
      request.identifier = nil
      _ = try await service.assignTrainer(request)
    }
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      var request = self.description(cohort)
      request.birthDate = ""
      _ = try await service.assignTrainer(request)
    }
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      var request = self.description(cohort)
      request.names = nil
      _ = try await service.assignTrainer(request)
    }
  }

  @Test("the School assigns anybody by number, but no trainee of the cohort (R-211)")
  func trainee() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let enrolled = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "991231000014"
    let trainee = try #require(
      try await PersonServiceClient(cohort.registrar).findPeople(find).people.first)
    #expect(enrolled.recorded)
    var request = BitimV1.AssignTrainerRequest()
    request.cohort = cohort.code
    request.personId = trainee.id
    request.evidence = "certificate of 2019"
    let service = CohortServiceClient(cohort.registrar)
    await expectRefused(["TRAINS_HIMSELF"], .failedPrecondition) {
      _ = try await service.assignTrainer(request)
    }
    request.personId = cohort.certifierID
    let answer = try await service.assignTrainer(request)
    #expect(answer.names == .latin("Sadykova", "Dana"))
    #expect(try school.check().problems == [])
  }
}
