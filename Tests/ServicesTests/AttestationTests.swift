import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Attestations, through the services")
struct AttestationTests {
  private static let iin = "991231000014"

  private static func shown(
    _ code: String, by client: BitimClient
  ) async throws -> BitimV1.GetSessionResponse {
    var request = BitimV1.GetSessionRequest()
    request.code = code
    return try await AttestationServiceClient(client).getSession(request)
  }

  private static func confirm(
    _ code: String, _ digest: String, by client: BitimClient
  ) async throws -> Int32 {
    var request = BitimV1.ConfirmResultsRequest()
    request.session = code
    request.resultsDigest = digest
    return try await AttestationServiceClient(client).confirmResults(request).confirmed
  }

  private static func annul(
    _ person: Int64, in code: String, by client: BitimClient
  ) async throws {
    var request = BitimV1.AnnulResultRequest()
    request.session = code
    request.personId = person
    request.reason = "the protocol was lost"
    _ = try await AttestationServiceClient(client).annulResult(request)
  }

  @Test("who is renamed between showing and confirming is confirmed by no digest shown before")
  func renamed() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result(Self.iin, [80, 80, 80], in: "S-014")
    let before = try await Self.shown("S-014", by: cohort.chair)
    // The session's language is Kazakh: the name in Latin letters is shown, but not in its column.
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = before.candidates[0].personId
    rename.names = before.candidates[0].names
    rename.names?.latin?.surname = "Abilova"
    rename.reason = "marriage"
    _ = try await PersonServiceClient(cohort.registrar).renamePerson(rename)
    await expectRefused(["RESULTS_CHANGED"], .aborted) {
      _ = try await Self.confirm("S-014", before.resultsDigest, by: cohort.chair)
    }
    let after = try await Self.shown("S-014", by: cohort.chair)
    #expect(after.candidates[0].name == before.candidates[0].name)
    #expect(after.candidates[0].names?.latin?.surname == "Abilova")
    #expect(try await Self.confirm("S-014", after.resultsDigest, by: cohort.chair) == 1)
    #expect(try school.check().problems == [])
  }

  @Test("what is annulled between showing and confirming is confirmed by no digest shown before")
  func annulledBetween() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([
      TestCohort.row(2, iin: Self.iin), TestCohort.row(3, iin: "123456789013"),
    ])
    try await cohort.allHours()
    try await cohort.session("S-014")
    _ = try await cohort.result(Self.iin, [80, 80, 80], in: "S-014")
    _ = try await cohort.confirm("S-014")
    _ = try await cohort.result("123456789013", [80, 80, 80], in: "S-014")
    let before = try await Self.shown("S-014", by: cohort.chair)
    try await Self.annul(before.candidates[0].personId, in: "S-014", by: cohort.certifier)
    await expectRefused(["RESULTS_CHANGED"], .aborted) {
      _ = try await Self.confirm("S-014", before.resultsDigest, by: cohort.chair)
    }
    #expect(try await cohort.confirm("S-014").confirmed == 1)
    #expect(try school.check().problems == [])
  }

  @Test("nobody confirms without saying what was shown")
  func blind() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result(Self.iin, [80, 80, 80], in: "S-014")
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await Self.confirm("S-014", "", by: cohort.chair)
    }
    await expectRefused(["RESULTS_CHANGED"], .aborted) {
      _ = try await Self.confirm("S-014", String(repeating: "0", count: 32), by: cohort.chair)
    }
    #expect(try school.check().problems == [])
  }

  @Test("a trainer of the cohort sits in no commission that examines it, before any class is held")
  func ownCommission() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: Self.iin)])
    try await cohort.allHours()
    try await cohort.session("S-014")
    _ = try await school.client(cohort.memberID, [.trainer], in: "ALA-01")
    try await cohort.assign(cohort.memberID)
    await expectRefused(["EXAMINER_TAUGHT_CANDIDATE"], .failedPrecondition) {
      try await cohort.session("S-015")
    }
    // The session that was opened before takes no result of hers either, nor an absence.
    for points: [Int32] in [[80, 80, 80], []] {
      let recorded = try await cohort.result(Self.iin, points, in: "S-014")
      #expect(recorded.rows.reasons == ["EXAMINER_TAUGHT_CANDIDATE"])
      #expect(
        recorded.rows[0].findings[0].arguments.map { "\($0.name)=\($0.value)" } == [
          "cohort=P1-ALA-01", "examiner=\(PersonNumber.text(cohort.memberID))",
          "name=Petrov Ivan",
        ])
    }
    #expect(try school.check().problems == [])
  }

  @Test("R-030: results are not confirmed where somebody of the commission trains the cohort since")
  func trainsSince() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    #expect(try await cohort.result(Self.iin, [80, 80, 80], in: "S-014").recorded)
    _ = try await school.client(cohort.memberID, [.trainer], in: "ALA-01")
    try await cohort.assign(cohort.memberID)
    do throws(CallFailure) {
      _ = try await Self.confirmed("S-014", cohort)
      Issue.record("was confirmed")
    } catch {
      #expect(error.status?.reasons.map(\.reason) == ["EXAMINER_TAUGHT_CANDIDATE"])
      let metadata = error.status?.reasons.first?.metadata ?? [:]
      #expect(metadata["cohort"] == "P1-ALA-01")
      #expect(metadata["examiner"] == PersonNumber.text(cohort.memberID))
      #expect(metadata["name"] == "Petrov Ivan")
    }
    #expect(try school.check().problems == [])
  }

  /// Confirms what a session shows, as its chair.
  private static func confirmed(
    _ session: String, _ cohort: TestCohort
  ) async throws(CallFailure) -> BitimV1.ConfirmResultsResponse {
    let service = AttestationServiceClient(cohort.chair)
    var look = BitimV1.GetSessionRequest()
    look.code = session
    var request = BitimV1.ConfirmResultsRequest()
    request.session = session
    request.resultsDigest = try await service.getSession(look).resultsDigest
    return try await service.confirmResults(request)
  }

  @Test("R-601: a protocol's number is given once in a year of an organisation")
  func protocolTaken() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await school.centre("AST-01")
    let cohorts = CohortServiceClient(cohort.registrar)
    for (code, centre) in [("P1-ALA-02", "ALA-01"), ("P1-AST-01", "AST-01")] {
      var open = BitimV1.OpenCohortRequest()
      open.cohort = TestCohort.cohort(code)
      open.cohort?.organisation = centre
      _ = try await cohorts.openCohort(open)
    }
    func session(_ code: String, _ of: String, _ day: String) async throws {
      try await cohort.session(code, on: day, of: of, protocol: "№ 7")
    }
    try await session("S-1", "P1-ALA-01", "2026-03-20")
    await expectRefused(["PROTOCOL_TAKEN"], .alreadyExists) {
      try await session("S-2", "P1-ALA-02", "2026-12-31")
    }
    // Who repeats the call learns that the session is there.
    await expectRefused(["CODE_TAKEN"], .alreadyExists) {
      try await session("S-1", "P1-ALA-01", "2026-03-20")
    }
    try await session("S-3", "P1-ALA-02", "2027-01-01")
    try await session("S-4", "P1-AST-01", "2026-03-20")
    #expect(try school.check().problems == [])
  }

  @Test("R-020: a centre is told of a seat one thing, whether the person is there or not")
  func seats() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let centre = try await school.client(
      school.person("Ospan", "Yerlan"), [.registrar], in: "ALA-01")
    func session(_ member: Int64, by client: BitimClient) async throws {
      try await cohort.session(
        "S-014",
        commission: [(cohort.chairID, .chair), (cohort.examinerID, .member), (member, .member)],
        by: client)
    }
    // The certifier is no examiner and the School's, the trainer is no examiner and the centre's own.
    for (client, member, reason, code) in [
      (centre, 999, "PERSON_UNKNOWN", BitimProtocol.Status.Code.notFound),
      (centre, cohort.certifierID, "PERSON_UNKNOWN", .notFound),
      (centre, cohort.trainerID, "NOT_EXAMINER", .failedPrecondition),
      (cohort.registrar, 999, "PERSON_UNKNOWN", .notFound),
      (cohort.registrar, cohort.certifierID, "NOT_EXAMINER", .failedPrecondition),
    ] {
      await expectRefused([reason], code) {
        try await session(member, by: client)
      }
    }
    // An examiner whom the centre doesn't know is seated: that is what they are named for.
    try await session(cohort.memberID, by: centre)
    #expect(try school.check().problems == [])
  }

  @Test("the journal keeps why a seat was refused and about whom, and nobody's name")
  func nameless() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: Self.iin)])
    try await cohort.allHours()
    try await cohort.session("S-014")
    try await cohort.assign(cohort.memberID)
    let recorded = try await cohort.result(Self.iin, [80, 80, 80], in: "S-014")
    let candidate = recorded.rows[0].personId
    let refused = try await school.lastRefusal()
    #expect(refused.findings.map(\.reason) == ["EXAMINER_TAUGHT_CANDIDATE"])
    #expect(refused.findings.flatMap(\.arguments).map(\.name) == ["cohort", "examiner"])
    #expect(refused.personIds == [candidate, cohort.memberID])
    await expectRefused(["EXAMINER_TAUGHT_CANDIDATE"], .failedPrecondition) {
      try await cohort.session("S-015")
    }
    #expect(
      try await school.lastRefusal().findings.flatMap(\.arguments).map(\.name)
        == ["cohort", "examiner"])
    #expect(try await school.lastRefusal().findings.map(\.count) == [1])
    #expect(try await school.lastRefusal().requestDigest.count == 32)
    #expect(try school.check().problems == [])
  }

  @Test("a person with two tokens is one person: chair, recorder, candidate")
  func twoTokens() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let chair = try await school.token(cohort.chairID, [.examiner], in: "SCHOOL")
    await expectRefused(["CHAIR_RECORDS"], .permissionDenied) {
      _ = try await cohort.result(Self.iin, [80, 80, 80], in: "S-014", by: chair)
    }
    let recorder = try await school.token(cohort.examinerID, [.examiner], in: "SCHOOL")
    #expect(try await cohort.result(Self.iin, [80, 80, 80], in: "S-014").recorded)
    // The same recorder corrects by another token, and confirms by none.
    #expect(
      try await cohort.result(Self.iin, [85, 80, 80], in: "S-014", by: recorder).recorded)
    await expectRefused(["NOT_CHAIR"], .permissionDenied) {
      _ = try await cohort.confirm("S-014", by: recorder)
    }
    #expect(try await cohort.confirm("S-014", by: chair).confirmed == 1)
    let candidate = try await Self.shown("S-014", by: cohort.chair).candidates[0].personId
    for member in [cohort.chairID, cohort.examinerID, cohort.memberID, cohort.trainerID] {
      let token = try await school.client(member, [.certifier])
      await expectRefused(["ANNULS_OWN_RESULT"], .permissionDenied) {
        try await Self.annul(candidate, in: "S-014", by: token)
      }
    }
    let own = try await school.client(candidate, [.certifier])
    await expectRefused(["ACTS_ON_HIMSELF"], .permissionDenied) {
      try await Self.annul(candidate, in: "S-014", by: own)
    }
    #expect(try school.check().problems == [])
  }

  @Test("an examiner of a centre annuls nothing, and learns of nobody whether there is a result")
  func centre() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let examiner = try await school.client(
      school.person("Bekova", "Saule"), [.examiner], in: "ALA-01")
    try await cohort.ready()
    // The same of somebody with a result and of somebody without.
    let candidate = try await cohort.result(Self.iin, [80, 80, 80], in: "S-014").rows[0].personId
    _ = try await cohort.confirm("S-014")
    for person in [candidate, cohort.memberID, 404] {
      await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
        try await Self.annul(person, in: "S-014", by: examiner)
      }
    }
    await expectRefused(["SESSION_UNKNOWN"], .notFound) {
      try await Self.annul(candidate, in: "S-404", by: examiner)
    }
  }

  @Test("an annulled result is shown as annulled, and beside it the one in its place")
  func annulled() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let candidate = try await Self.shown("S-014", by: cohort.chair).candidates[0].personId
    try await Self.annul(candidate, in: "S-014", by: cohort.certifier)
    func marks() async throws -> [String] {
      try await Self.shown("S-014", by: cohort.chair).candidates.map {
        "\($0.outcome == .passed) \($0.attempt) \($0.isConfirmed) \($0.isAnnulled)"
      }
    }
    func state() async throws -> [String] {
      var request = BitimV1.GetPersonRequest()
      request.purpose = .enrolment
      request.personId = candidate
      return try await PersonServiceClient(cohort.registrar).getPerson(request)
        .enrolments.map(\.state)
    }
    func why() async throws -> [String] {
      var request = BitimV1.ExplainEligibilityRequest()
      request.personId = candidate
      request.target = .init()
      request.target?.kind = .programme
      request.target?.programme = 1
      let rules = try await CertificateServiceClient(cohort.certifier)
        .explainEligibility(request).rules
      return rules.filter { $0.rule == "ATTESTATION" }
        .flatMap { $0.arguments.map { "\($0.name)=\($0.value)" } }
    }
    #expect(try await marks() == ["true 1 true true"])
    #expect(try await state() == ["annulled"])
    #expect(
      try await why() == [
        "attempts=0", "day=2026-03-20", "limit=3", "protocol=№ S-014", "state=annulled",
      ])
    // The same scores are no "unchanged": what is recorded is annulled.
    let again = try await cohort.result(Self.iin, [80, 75, 90], in: "S-014")
    #expect(again.rows.map(\.verdict) == [.added])
    #expect(try await marks() == ["true 1 true true", "true 1 false false"])
    #expect(try await state() == ["annulled"])
    _ = try await cohort.confirm("S-014")
    #expect(try await state() == ["passed"])
    #expect(try school.check().problems == [])
  }

  @Test("nobody is recorded in a session of a day on which he or she was not enrolled (R-610)")
  func notThatDay() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: Self.iin)])
    let person = try await Self.person(cohort)
    try await cohort.session("S-1", on: "2026-02-10")
    try await cohort.session("S-2", on: "2026-02-20")
    try await Self.leave(person, cohort, lastDay: "2026-02-12", back: "2026-02-25")
    // In between, with hours or without; the first stay is one, though it has ended.
    #expect(try await cohort.result(Self.iin, [], in: "S-2").rows.reasons == ["NOT_ENROLLED"])
    #expect(try await cohort.result(Self.iin, [], in: "S-1").absent == 1)
    #expect(try school.check().problems == [])
  }

  private static func person(_ cohort: TestCohort) async throws -> Int64 {
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = Self.iin
    let people = try await PersonServiceClient(cohort.registrar).findPeople(find).people
    return try #require(people.first).id
  }

  private static func leave(
    _ person: Int64, _ cohort: TestCohort, lastDay: String, back: String
  ) async throws {
    let service = CohortServiceClient(cohort.registrar)
    var withdrawal = BitimV1.WithdrawTraineeRequest()
    (withdrawal.cohort, withdrawal.personId) = (cohort.code, person)
    (withdrawal.lastDay, withdrawal.reason) = (lastDay, .illness)
    _ = try await service.withdrawTrainee(withdrawal)
    var reinstatement = BitimV1.ReinstateTraineeRequest()
    (reinstatement.cohort, reinstatement.personId) = (cohort.code, person)
    (reinstatement.from, reinstatement.why) = (back, "well again")
    _ = try await service.reinstateTrainee(reinstatement)
  }

  @Test(
    "a bar on the first day of training is found before the issue, one that begins later is none (R-119, R-703)"
  )
  func barred() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.passed()
    let person = try await Self.person(cohort)
    // Training began on 2 February, the first class was on the 3rd.
    func bar(_ from: String, _ until: String) async throws {
      var bar = BitimV1.BarPersonRequest()
      bar.personId = person
      bar.bar = .init()
      bar.bar?.kind = .prosecution
      bar.bar?.validFrom = from
      bar.bar?.validUntil = until
      bar.bar?.document = "an order"
      _ = try await bar.asShown(by: PersonServiceClient(cohort.registrar).barPerson)
    }
    func isEligible() async throws -> Bool? {
      var preview = BitimV1.PreviewIssueRequest()
      preview.cohort = cohort.code
      return try await CertificateServiceClient(cohort.certifier).previewIssue(preview).lines.first?
        .isEligible
    }
    try await bar("2026-02-03", "2026-03-01")
    #expect(try await isEligible() == true)
    try await bar("2026-01-10", "2026-02-02")
    #expect(try await isEligible() == false)
    await expectRefused(["NOTHING_TO_ISSUE"], .failedPrecondition) { _ = try await cohort.issue() }
  }

  /// Takes the trainee to a confirmed pass in a second cohort of the same programme.
  private static func passedAgain(_ cohort: TestCohort, in code: String) async throws {
    let service = CohortServiceClient(cohort.registrar)
    var hours = BitimV1.RecordHoursRequest()
    for day in 0..<8 {
      var row = BitimV1.HoursRow()
      (row.line, row.cohort, row.heldOn) = (Int32(day + 1), code, "2026-04-\(day + 13)")
      (row.startsAt, row.trainer) = ("09:00", PersonNumber.text(cohort.trainerID))
      (row.theoryQuarters, row.practiceQuarters) = day < 4 ? (36, 0) : (0, 36)
      hours.rows.append(row)
    }
    #expect(try await service.recordHours(hours).recorded)
    try await cohort.session("S-2", on: "2026-05-21", of: code)
    #expect(try await cohort.result(Self.iin, [80, 80, 80], in: "S-2").passed == 1)
    _ = try await cohort.confirm("S-2")
  }

  @Test("of one programme there is one certificate, under whatever enrolment (R-703)")
  func oneOfAProgramme() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let service = CohortServiceClient(cohort.registrar)
    var opening = BitimV1.OpenCohortRequest()
    opening.cohort = TestCohort.cohort("P1-ALA-02")
    opening.cohort?.startsOn = "2026-03-31"
    opening.cohort?.endsOn = "2026-05-31"
    _ = try await service.openCohort(opening)
    var assignment = BitimV1.AssignTrainerRequest()
    (assignment.cohort, assignment.personId) = ("P1-ALA-02", cohort.trainerID)
    assignment.evidence = "trainers' certificate of 2019"
    _ = try await service.assignTrainer(assignment)
    #expect(try await cohort.enrol([TestCohort.row(2, iin: Self.iin)]).recorded)
    // Nobody takes a programme twice at a time: the second begins when the first cohort is over.
    let again = TestCohort.row(2, iin: Self.iin, cohort: "P1-ALA-02")
    let early = try await cohort.enrol([again], on: "2026-03-31")
    #expect(early.rows.first?.findings.map(\.reason) == ["ALREADY_ENROLLED"])
    #expect(try await cohort.enrol([again], on: "2026-04-01").recorded)
    try await cohort.allHours()
    try await cohort.session("S-1")
    _ = try await cohort.result(Self.iin, [80, 80, 80], in: "S-1")
    _ = try await cohort.confirm("S-1")
    let first = try #require(try await cohort.issue().first)
    try await Self.passedAgain(cohort, in: "P1-ALA-02")
    // Suspended, and its pass annulled: it is there yet, whatever was passed elsewhere.
    let certificates = CertificateServiceClient(cohort.certifier)
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (first.number, .holderRequest)
    suspension.why = "a letter"
    _ = try await suspension.asShown(by: certificates.suspendCertificate)
    let person = try #require(first.person).id
    try await Self.annul(person, in: "S-1", by: cohort.certifier)
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = "P1-ALA-02"
    func line() async throws -> BitimV1.PreviewLine {
      try #require(try await certificates.previewIssue(preview).lines.first)
    }
    #expect(try await line().certificateNumber == first.number)
    #expect(try await !line().isEligible)
    // Once it is revoked, another may be issued.
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason, revocation.why) = (first.number, .error, "a letter")
    _ = try await revocation.asShown(by: certificates.revokeCertificate)
    #expect(try await line().isEligible)
    var issue = BitimV1.IssueCertificatesRequest()
    issue.cohort = "P1-ALA-02"
    issue.previewDigest = try await certificates.previewIssue(preview).digest
    #expect(try await certificates.issueCertificates(issue).issued.count == 1)
    #expect(try school.check().problems == [])
  }
}
