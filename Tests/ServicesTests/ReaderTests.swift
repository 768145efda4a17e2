import BitimClient
import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@Suite("Who is shown what (R-125, R-207, R-626, R-751, R-752)")
struct ReaderTests {
  /// Answers to acts that only their audience may do at all, and to whose actor they tell what he or
  /// she said; ``AuthorityTests`` holds the audience.
  private static let ofActs: Set<String> = [
    "AssignTrainerResponse.names", "CreateTokenResponse.secret", "Finding.arguments",
    "ReplaceTrainerResponse.names",
    "Finding.value", "IssuedLine.code",
    "WhoAmIResponse.person",
  ]

  @Test("each caller is shown the personal fields of his line in readers.tsv, and no other")
  func list() async throws {
    // A file of a certificate is signed, or there is none.
    let signs = FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")
    let school = try TestSchool(signs: signs)
    defer { school.close() }
    let story = try await Story(school)
    if signs { try school.sign() }
    let unseen = Self.ofActs.union(
      signs ? [] : ["GetBundleResponse.bundle", "GetCredentialResponse.credential"])
    let rows = try ReaderTable().rows.filter {
      $0.isPersonal && $0.readers != ["within"] && !unseen.contains($0.name)
    }
    for reader in try await story.readers() {
      let seen = try await story.exposure(to: reader.client).fields
      let personal = Set(rows.map(\.name)).intersection(seen)
      let allowed = Set(rows.filter { !reader.words.isDisjoint(with: $0.readers) }.map(\.name))
      #expect(
        personal.subtracting(allowed).sorted() == [], "\(reader.name) is shown what is not his")
      #expect(allowed.subtracting(personal).sorted() == [], "\(reader.name) is not shown what is")
    }
  }

  @Test("trainers and examiners read name and number; of birth the year alone where that is listed")
  func lines() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "Bekov"
    var line = BitimV1.PersonLine()
    line.id = story.trainees[1]
    line.displayId =
      try await PersonServiceClient(school.administrator).findPeople(find)
      .people.first?.displayId ?? ""
    line.names = .latin("Bekov", "Talgat")
    var dated = line
    dated.birthYear = 1970
    for (client, expected) in [
      (story.cohort.trainer, line), (story.cohort.examiner, line), (school.administrator, line),
      (story.cohort.registrar, dated), (story.cohort.certifier, dated),
    ] {
      // To the centre's trainer: of the same people the cohort shows.
      #expect(try await PersonServiceClient(client).findPeople(find).people == [expected])
      let own = try await AccessServiceClient(client).whoAmI(.init()).person
      #expect(own?.birthYear == (expected.birthYear == 0 ? 0 : 1985))
    }
  }

  @Test("an explanation tells trainer and commission neither age nor education (R-125)")
  func explanation() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    var why = BitimV1.ExplainEligibilityRequest()
    why.personId = story.trainees[1]
    why.target = .init()
    why.target?.kind = .programme
    why.target?.programme = 1
    for (client, arguments) in [
      (story.cohort.registrar, ["age", "day", "education", "needed"]),
      (story.cohort.trainer, ["day", "needed"]), (story.cohort.chair, ["day", "needed"]),
    ] {
      let rules = try await CertificateServiceClient(client).explainEligibility(why).rules
      #expect(rules.count == 8)
      let told = rules.filter { $0.rule == "AGE" || $0.rule == "EDUCATION" }
      #expect(told.flatMap(\.arguments).map(\.name).sorted() == arguments)
    }
  }

  /// A registrar of a centre.
  private func registrar(of centre: String, _ school: TestSchool) async throws -> BitimClient {
    try await school.client(
      school.person("Registrar", centre == "ALA-01" ? "First" : "Second"), [.registrar], in: centre)
  }

  @Test("two centres that know a person read each its own enrolments, and both the numbers (R-207)")
  func twoCentres() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    let person = try #require(issued.person).id
    try await school.centre("AST-02")
    var request = BitimV1.OpenCohortRequest()
    request.cohort = TestCohort.cohort("P2-AST-01")
    request.cohort?.programme = 2
    request.cohort?.organisation = "AST-02"
    request.cohort?.startsOn = "2026-11-22"
    request.cohort?.endsOn = "2026-12-20"
    _ = try await CohortServiceClient(cohort.registrar).openCohort(request)
    let row = TestCohort.row(1, iin: "991231000014", cohort: "P2-AST-01")
    #expect(try await cohort.enrol([row], on: "2026-11-22").recorded)

    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = person
    var why = BitimV1.ExplainEligibilityRequest()
    why.personId = person
    why.target = .init()
    why.target?.kind = .programme
    why.target?.programme = 1
    var preview = BitimV1.PreviewIssueRequest()
    preview.personId = person
    preview.target = why.target
    let first = try await self.registrar(of: "ALA-01", school)
    let second = try await self.registrar(of: "AST-02", school)
    for (client, cohorts, certificate) in [
      (cohort.registrar, ["P1-ALA-01", "P2-AST-01"], issued.number),
      (first, ["P1-ALA-01"], issued.number), (second, ["P2-AST-01"], ""),
    ] {
      let shown = try await PersonServiceClient(client).getPerson(get)
      #expect(shown.enrolments.map(\.cohort) == cohorts)
      #expect(shown.certificateNumbers == [issued.number])
      let certificates = CertificateServiceClient(client)
      let explained = try await certificates.explainEligibility(why)
      #expect(explained.certificateNumber == certificate)
      #expect(explained.rules.count == (certificate.isEmpty ? 1 : 8))
      let lines = try await certificates.previewIssue(preview).lines
      #expect(lines.map(\.certificateNumber) == [certificate])
    }
    // A centre watches those it trained for, and resumes from where it has read to.
    #expect(try await Story.changes(first).map(\.number) == [issued.number])
    #expect(try await Story.changes(second).map(\.number) == [])
    #expect(try await Story.changes(cohort.registrar).map(\.number) == [issued.number])
  }

  @Test("a centre's watch goes past what is not its own, and tells what is when it comes")
  func watch() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    try await school.centre("AST-02")
    let first = try await self.registrar(of: "ALA-01", school)
    let second = try await self.registrar(of: "AST-02", school)
    let own = try await CertificateServiceClient(first).watchCertificates(.init())
    let foreign = try await CertificateServiceClient(second).watchCertificates(.init())
    #expect(try await own.next()?.number == issued.number)
    #expect(try await own.next()?.number == "")
    #expect(try await foreign.next()?.number == "")
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = issued.number
    revocation.reason = .fraud
    _ = try await revocation.asShown(
      by: CertificateServiceClient(cohort.certifier).revokeCertificate)
    let told = try await own.next()
    let place = try await foreign.next()
    #expect(told?.number == issued.number)
    #expect(told?.status?.standing == .revoked)
    #expect(place?.number == "")
    #expect(place?.status == nil)
    #expect(place?.sequence == told?.sequence)
    own.cancel()
    foreign.cancel()
    // A client that nobody holds any more closes its connection, and with it the watch.
    withExtendedLifetime((first, second)) {}
  }

  @Test("a centre does not know a trainer by the cohort: the name is shown, no file is (R-209)")
  func lentTrainer() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var assignment = BitimV1.AssignTrainerRequest()
    assignment.cohort = cohort.code
    assignment.personId = cohort.memberID
    assignment.evidence = "trainers' certificate of 2019"
    _ = try await CohortServiceClient(cohort.registrar).assignTrainer(assignment)
    let centre = try await self.registrar(of: "ALA-01", school)
    var look = BitimV1.GetCohortRequest()
    look.code = cohort.code
    let shown = try await CohortServiceClient(centre).getCohort(look).trainers
    #expect(shown.map(\.id) == [cohort.trainerID, cohort.memberID])
    #expect(shown.map(\.names) == [.latin("Omarov", "Nurlan"), .latin("Petrov", "Ivan")])
    #expect(shown.map(\.birthYear) == [1985, 0])
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = cohort.memberID
    await #expect(throws: CallFailure.self) {
      _ = try await PersonServiceClient(centre).getPerson(get)
    }
    get.personId = cohort.trainerID
    #expect(try await PersonServiceClient(centre).getPerson(get).person?.birthDate == "1985-03-05")
  }

  @Test("a number without its code is verified for partners and the School's own people alone")
  func withoutCode() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    var verify = BitimV1.VerifyCertificateRequest()
    verify.number = story.issued[0].number
    let asked = verify
    for reader in try await story.readers() {
      let certificates = CertificateServiceClient(reader.client)
      let words: Set = ["verifier", "registrar@school", "certifier"]
      if reader.words.isDisjoint(with: words) {
        await expectRefused(["CODE_NEEDED"], .invalidArgument) {
          _ = try await certificates.verifyCertificate(asked)
        }
      } else {
        #expect(try await certificates.verifyCertificate(asked).verdict == .notValid)
      }
      var bundle = BitimV1.GetBundleRequest()
      bundle.number = asked.number
      // Where nothing is signed, whoever may is told so.
      let isFor = !reader.words.isDisjoint(with: words)
      await expectRefused(
        [isFor ? "NOTHING_SIGNED" : "CODE_NEEDED"], isFor ? .failedPrecondition : .invalidArgument
      ) {
        [bundle] in _ = try await certificates.getBundle(bundle)
      }
      var credential = BitimV1.GetCredentialRequest()
      credential.number = asked.number
      await expectRefused(
        [isFor ? "NOTHING_SIGNED" : "CODE_NEEDED"], isFor ? .failedPrecondition : .invalidArgument
      ) {
        [credential] in _ = try await certificates.getCredential(credential)
      }
    }
  }
}
