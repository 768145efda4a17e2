import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Two numbers of one natural person, through the services (R-121, R-122, R-123)")
struct MergeTests {
  /// A cohort with its people; the registrar proposes, the certifier or another registrar approves.
  private struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let people: PersonServiceClient
    let proposals: ProposalServiceClient

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      self.people = PersonServiceClient(self.cohort.registrar)
      self.proposals = ProposalServiceClient(self.cohort.certifier)
    }

    func id(_ query: String) async throws -> Int64 {
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = query
      return try #require(try await self.people.findPeople(find).people.first).id
    }

    func propose(_ one: Int64, _ other: Int64) async throws -> BitimV1.MergePeopleResponse {
      var request = BitimV1.MergePeopleRequest()
      (request.personId, request.otherId) = (one, other)
      request.document = "жеке куәлік № 045123456"
      return try await request.asShown(by: self.people.mergePeople)
    }

    func approve(
      _ act: Int64, _ digest: String, by client: ProposalServiceClient? = nil
    ) async throws {
      var request = BitimV1.ApproveRequest()
      (request.act, request.shownDigest) = (act, digest)
      _ = try await (client ?? self.proposals).approve(request)
    }

    func merge(_ one: Int64, _ other: Int64) async throws {
      let proposed = try await self.propose(one, other)
      try await self.approve(proposed.proposal, proposed.shownDigest)
    }

    func split(_ one: Int64, _ other: Int64, _ how: BitimV1.LinkEnd) async throws
      -> BitimV1.SplitPeopleResponse
    {
      var request = BitimV1.SplitPeopleRequest()
      (request.personId, request.otherId, request.how) = (one, other, how)
      request.document = "сот шешімі"
      return try await request.asShown(by: self.people.splitPeople)
    }

    func numbers(_ id: Int64, _ client: BitimClient? = nil) async throws -> [String] {
      var get = BitimV1.GetPersonRequest()
      get.purpose = .enrolment
      get.personId = id
      let people = client.map { PersonServiceClient($0) } ?? self.people
      return try await people.getPerson(get).numbers
    }

    func trainees() async throws -> [Int64] {
      var get = BitimV1.GetCohortRequest()
      get.code = self.cohort.code
      return try await CohortServiceClient(self.cohort.registrar).getCohort(get).trainees
        .compactMap(\.person?.id)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test("two numbers are linked by two persons, shown with each other, and parted by two")
  func linked() async throws {
    let scene = try await Scene()
    let (one, other) = (scene.cohort.memberID, scene.cohort.examinerID)
    let numbers = [other, one].map { PersonNumber.text($0) }
    let proposed = try await scene.propose(one, other)
    var shown = BitimV1.MergeShown()
    (shown.displayId, shown.names) = (numbers[0], .latin("Garcia", "Lucia"))
    (shown.otherDisplayId, shown.otherNames) = (numbers[1], .latin("Petrov", "Ivan"))
    shown.birthDate = try #require(proposed.shown).birthDate
    shown.otherBirthDate = try #require(proposed.shown).otherBirthDate
    shown.document = "жеке куәлік № 045123456"
    shown.numbers = numbers
    #expect(proposed.shown == shown)
    // Nothing is in effect before.
    #expect(try await scene.numbers(one) == [])
    let own = ProposalServiceClient(scene.cohort.registrar)
    await expectRefused(["APPROVES_OWN_PROPOSAL"], .permissionDenied) {
      try await scene.approve(proposed.proposal, proposed.shownDigest, by: own)
    }
    try await scene.approve(proposed.proposal, proposed.shownDigest)
    #expect(try await scene.numbers(one) == numbers)
    #expect(try await scene.numbers(other) == numbers)
    await expectRefused(["ALREADY_MERGED"], .failedPrecondition) {
      _ = try await scene.propose(other, one)
    }
    // That it was an error another approves than who approved it.
    let error = try await scene.split(one, other, .inError)
    #expect(error.shown?.how == .inError)
    await expectRefused(["ENDS_OWN_ACT"], .permissionDenied) {
      try await scene.approve(error.proposal, error.shownDigest)
    }
    let second = try await scene.school.client(
      scene.school.person("Second", "Certifier"), [.certifier])
    try await scene.approve(
      error.proposal, error.shownDigest, by: ProposalServiceClient(second))
    #expect(try await scene.numbers(one) == [])
    await expectRefused(["MERGE_UNKNOWN"], .notFound) {
      _ = try await scene.split(one, other, .ended)
    }
    // Linked anew, and ended: whoever made it may.
    try await scene.merge(one, other)
    let end = try await scene.split(one, other, .ended)
    try await scene.approve(end.proposal, end.shownDigest)
    #expect(try await scene.numbers(one) == [])
    try scene.end()
  }

  @Test(
    "two standing IINs are no one person's (R-122); a pair that is merged is listed no more (R-112)"
  )
  func doubles() async throws {
    let scene = try await Scene()
    _ = try await scene.cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let first = try await scene.id("991231000014")
    var like = BitimV1.RegisterPersonRequest()
    like.person = TestCohort.row(2, iin: "991231000014").person
    like.person?.identifiers[0].number = "991231000024"
    like.distinctFrom = [PersonNumber.text(first)]
    like.distinctEvidence = "екі паспорт көрдім"
    let second = try #require(try await scene.people.registerPerson(like).person).id
    await expectRefused(["MERGE_TWO_IINS"], .failedPrecondition) {
      _ = try await scene.propose(first, second)
    }
    var end = BitimV1.EndIdentifierRequest()
    end.personId = second
    end.identifier = like.person?.identifiers[0]
    end.reason = .typingError
    end.evidence = Story.evidence
    _ = try await scene.people.endIdentifier(end)
    var rename = BitimV1.RenamePersonRequest()
    (rename.personId, rename.names, rename.reason) = (second, .latin("Akhmetova", "Aigerim"), "x")
    _ = try await scene.people.renamePerson(rename)
    #expect(try await scene.people.listDoubles(.init()).doubles.map(\.otherId) == [second])
    try await scene.merge(first, second)
    #expect(try await scene.people.listDoubles(.init()).doubles == [])
    var dismissal = BitimV1.DismissDoubleRequest()
    (dismissal.personId, dismissal.otherId, dismissal.evidence) = (first, second, "x")
    let asked = dismissal
    await expectRefused(["ALREADY_MERGED"], .failedPrecondition) {
      _ = try await scene.people.dismissDouble(asked)
    }
    // A centre that knows the one alone reads nothing of the other.
    let centre = try await scene.school.client(
      scene.school.person("Staff", "Centre"), [.registrar], in: "ALA-01")
    #expect(try await scene.numbers(first, centre) == [])
    #expect(try await scene.numbers(first).count == 2)
    try scene.end()
  }

  @Test("bars and programmes of one number are the other's from the approval on (R-410, R-412)")
  func admission() async throws {
    let scene = try await Scene()
    let staff = scene.cohort.memberID
    _ = try await scene.cohort.enrol([TestCohort.row(2, iin: "123456789013")])
    let known = try await scene.id("123456789013")
    var bar = BitimV1.BarPersonRequest()
    bar.personId = staff
    bar.bar = .init()
    bar.bar?.kind = .conviction
    bar.bar?.validFrom = "2026-01-01"
    bar.bar?.document = "№7 үкім"
    _ = try await bar.asShown(by: scene.people.barPerson)
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-ALA-02")
    open.cohort?.startsOn = "2026-04-01"
    open.cohort?.endsOn = "2026-05-31"
    let cohorts = CohortServiceClient(scene.cohort.registrar)
    _ = try await cohorts.openCohort(open)
    let row = TestCohort.row(2, iin: "123456789013", cohort: "P1-ALA-02")
    func reasons() async throws -> [String] {
      try await scene.cohort.enrol([row], on: "2026-04-01", validateOnly: true).rows.flatMap(
        \.findings
      ).map(\.reason)
    }
    #expect(try await reasons() == [])
    try await scene.merge(staff, known)
    #expect(try await reasons() == ["BARRED"])
    // Who is an examiner here examines no number of himself: he would sit before himself.
    await expectRefused(["EXAMINES_HIMSELF"], .failedPrecondition) {
      try await scene.cohort.session("S-014")
    }
    try scene.end()
  }

  @Test(
    "two valid certificates of one programme are the certifier's to answer, until one is revoked (R-123)"
  )
  func double() async throws {
    let scene = try await Scene()
    let first = try await scene.cohort.certified()
    let registrar = CertificateServiceClient(scene.cohort.registrar)
    var adoption = BitimV1.AdoptCertificatesRequest()
    adoption.rows = [Story.oldPaper("45")]
    adoption.rows[0].holder?.identifiers[0].kind = .document
    adoption.rows[0].holder?.identifiers[0].number = "N12345678"
    adoption.rows[0].holder?.identifiers[0].country = "KAZ"
    adoption.rows[0].holder?.identifiers[0].documentType = "passport"
    let proposed = try await adoption.asShown(by: registrar.adoptCertificates)
    try await scene.approve(proposed.proposal, proposed.shownDigest)
    let (old, own) = (try await scene.id("Ospanova"), try #require(first.person).id)
    let due = DueServiceClient(scene.cohort.certifier)
    #expect(try await due.listDue(.init()).items == [])
    try await scene.merge(own, old)
    var item = BitimV1.DueItem()
    item.kind = .doubleCertificate
    item.since = "2026-11-22"
    item.person = first.person
    item.certificate = first.number
    #expect(try await due.listDue(.init()).items == [item])
    #expect(try await DueServiceClient(scene.cohort.registrar).listDue(.init()).items == [])
    // Both are listed of the person, whichever number is asked for.
    var get = BitimV1.GetPersonRequest()
    get.purpose = .enrolment
    get.personId = own
    #expect(try await scene.people.getPerson(get).certificateNumbers.count == 2)
    var revoke = BitimV1.RevokeCertificateRequest()
    (revoke.number, revoke.reason) = (first.number, .error)
    _ = try await revoke.asShown(
      by: CertificateServiceClient(scene.cohort.certifier).revokeCertificate)
    #expect(try await due.listDue(.init()).items == [])
    try scene.end()
  }

  @Test("who holds the programme under another number is issued no second (R-703)")
  func notTwice() async throws {
    let scene = try await Scene()
    try await scene.cohort.passed()
    let own = try await scene.id("991231000014")
    let registrar = CertificateServiceClient(scene.cohort.registrar)
    var adoption = BitimV1.AdoptCertificatesRequest()
    adoption.rows = [Story.oldPaper("45")]
    adoption.rows[0].holder?.identifiers[0].kind = .document
    adoption.rows[0].holder?.identifiers[0].number = "N12345678"
    adoption.rows[0].holder?.identifiers[0].country = "KAZ"
    adoption.rows[0].holder?.identifiers[0].documentType = "passport"
    let proposed = try await adoption.asShown(by: registrar.adoptCertificates)
    try await scene.approve(proposed.proposal, proposed.shownDigest)
    try await scene.merge(own, try await scene.id("Ospanova"))
    #expect(try await scene.cohort.certificates() == ["1000-000001-90"])
    await expectRefused(["NOTHING_TO_ISSUE"], .failedPrecondition) {
      _ = try await scene.cohort.issue()
    }
    try scene.end()
  }

  @Test("a hand of one number is the person's, recorded or not (R-022, R-024, R-030)")
  func hands() async throws {
    let scene = try await Scene()
    let cohort = scene.cohort
    try await cohort.ready()
    // The trainer is also known as the member: she examines nobody whom she taught.
    try await scene.merge(cohort.trainerID, cohort.memberID)
    let taught = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    #expect(taught.rows.reasons == ["EXAMINER_TAUGHT_CANDIDATE"])
    let end = try await scene.split(cohort.trainerID, cohort.memberID, .ended)
    try await scene.approve(end.proposal, end.shownDigest)
    #expect(try await cohort.result("991231000014", [80, 75, 90], in: "S-014").passed == 1)
    // Recorded, not confirmed: whoever recorded it is the chair, as it turns out.
    try await scene.merge(cohort.chairID, cohort.examinerID)
    await expectRefused(["CONFIRMS_OWN_RECORD"], .permissionDenied) {
      _ = try await cohort.confirm("S-014")
    }
    try scene.end()
  }

  @Test("attempts of all numbers that are under way in the programme count (R-617)")
  func attempts() async throws {
    let scene = try await Scene()
    let cohort = scene.cohort
    // The edition has three attempts. The same trainee twice, once by a passport.
    var other = TestCohort.row(3, iin: "123456789013")
    other.person?.identifiers[0].kind = .document
    other.person?.identifiers[0].number = "N12345678"
    other.person?.identifiers[0].country = "KAZ"
    other.person?.identifiers[0].documentType = "passport"
    #expect(try await cohort.enrol([TestCohort.row(2, iin: "991231000014"), other]).recorded)
    try await cohort.allHours()
    let one = try await scene.id("991231000014")
    let two = try #require(try await scene.trainees().first { $0 != one })
    let failed: [Int32] = [10, 10, 10]
    for (session, number) in [("S-014", one), ("S-015", one), ("S-016", two)] {
      try await cohort.session(session)
      if number == two { try await scene.merge(one, two) }
      let recorded = try await cohort.result(PersonNumber.text(number), failed, in: session)
      #expect(recorded.failed == 1)
      _ = try await cohort.confirm(session)
    }
    try await cohort.session("S-017")
    for number in [one, two] {
      let refused = try await cohort.result(PersonNumber.text(number), failed, in: "S-017")
      #expect(refused.rows.reasons == ["ATTEMPTS_USED"])
    }
    try scene.end()
  }
}
