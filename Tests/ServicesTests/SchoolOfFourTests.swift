import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("A School of four (R-033)")
struct SchoolOfFourTests {
  @Test(
    "four people and two guests live a year: five groups, eight sessions, 44 papers, and what goes wrong"
  )
  func year() async throws {
    let school = try TestSchool(on: "2026-02-01")
    defer { school.close() }
    try await school.keepAdministrator()
    let year = try await SchoolOfFour(school)
    try await year.firstGroup()
    try await year.secondGroup()
    try await year.thirdGroup()
    try await year.higherProgrammes()
    school.turn(to: "2026-12-20")
    // Nothing is stuck: there is nothing that anybody of the four still ought to do.
    for client in [school.administrator, year.registrar, year.examiner, year.certifier] {
      #expect(try await DueServiceClient(client).listDue(.init()).items == [])
    }
    #expect(try await year.standing() == [.valid: 43, .revoked: 1])
    #expect(try await year.acts() == Self.acts)
    #expect(try school.problems() == [])
  }

  /// What such a year is: each step is one act, and each of two persons two.
  private static let acts: [String: Int] = [
    "cohort_opened": 5, "trainer_assigned": 5,
    // A list a group; the third waits for one, whose bar was on the wrong person.
    "trainees_enrolled": 6,
    // All classes of a group are one list.
    "hours_recorded": 5,
    "session_opened": 8,
    // One candidate is recorded and confirmed anew, whose appeal was right.
    "results_recorded": 9, "results_confirmed": 9, "result_annulled": 1,
    "case_received": 1, "case_decided": 1,
    "certificates_issued": 5,
    "person_barred": 1, "certificate_suspended": 1, "certificate_revoked": 2,
    // The hours of a class, the bar's end, the suspension's, and that of the wrong revocation: each by two.
    "proposed": 4, "approved": 4,
  ]
}

/// An administrator, a registrar who teaches too, and two examiners, of whom one certifies; two guests sit in
/// their commissions, and an arbiter from outside decides one appeal.
private struct SchoolOfFour {
  let school: TestSchool
  let teacherID: Int64
  let registrar: BitimClient
  let trainer: BitimClient
  let examinerID: Int64
  let examiner: BitimClient
  let certifierID: Int64
  let certifier: BitimClient
  let chairID: Int64
  let guestID: Int64

  init(_ school: TestSchool) async throws {
    self.school = school
    self.teacherID = try await school.person("Serikova", "Aliya")
    _ = try await school.client(self.teacherID, [.registrar, .trainer])
    self.registrar = try await Self.token(self.teacherID, [.registrar], school)
    self.trainer = try await Self.token(self.teacherID, [.trainer], school)
    self.examinerID = try await school.person("Kim", "Yelena")
    _ = try await school.client(self.examinerID, [.examiner])
    self.examiner = try await Self.token(self.examinerID, [.examiner], school)
    self.certifierID = try await school.person("Sadykova", "Dana")
    _ = try await school.client(self.certifierID, [.examiner, .certifier])
    self.certifier = try await Self.token(self.certifierID, [.certifier], school)
    self.chairID = try await school.person("Abenov", "Marat")
    self.guestID = try await school.person("Kassenova", "Guljan")
  }

  /// A token for the year.
  private static func token(
    _ person: Int64, _ roles: [BitimV1.Role], _ school: TestSchool
  ) async throws -> BitimClient {
    try await school.token(person, roles, in: "SCHOOL", days: 365)
  }

  // What they do.

  /// Synthetic IINs with the check digit of the first cycle.
  private static let iins: [String] = (0..<60).compactMap { number in
    let body = "90010140\(String(number + 1_000).suffix(3))"
    let digits = body.compactMap(\.wholeNumberValue)
    let check = zip(digits, 1...11).reduce(0) { $0 + $1.0 * $1.1 } % 11
    return check < 10 ? "\(body)\(check)" : nil
  }

  private func open(_ code: String, _ programme: Int32, _ from: String, _ to: String) async throws {
    var request = BitimV1.OpenCohortRequest()
    var cohort = TestCohort.cohort(code)
    (cohort.programme, cohort.organisation) = (programme, "SCHOOL")
    (cohort.startsOn, cohort.endsOn) = (from, to)
    request.cohort = cohort
    let cohorts = CohortServiceClient(self.registrar)
    _ = try await cohorts.openCohort(request)
    var assignment = BitimV1.AssignTrainerRequest()
    (assignment.cohort, assignment.personId) = (code, self.teacherID)
    assignment.evidence = "сертификат № 7, 2019"
    _ = try await cohorts.assignTrainer(assignment)
  }

  private func enrol(_ code: String, _ trainees: [String], on day: String) async throws
    -> BitimV1.EnrolTraineesResponse
  {
    var request = BitimV1.EnrolTraineesRequest()
    request.rows = trainees.enumerated().map {
      TestCohort.row(Int32($0 + 2), iin: $1, cohort: code)
    }
    request.enrolledOn = day
    return try await CohortServiceClient(self.registrar).enrolTrainees(request)
  }

  /// All classes, each of so many hours of theory and of practice.
  private func teach(_ code: String, _ classes: [(day: String, theory: Int32, practice: Int32)])
    async throws
  {
    var request = BitimV1.RecordHoursRequest()
    request.rows = classes.enumerated().map { line, lesson in
      var row = BitimV1.HoursRow()
      (row.line, row.cohort, row.heldOn) = (Int32(line + 2), code, lesson.day)
      row.startsAt = "09:00"
      (row.theoryQuarters, row.practiceQuarters) = (lesson.theory * 4, lesson.practice * 4)
      return row
    }
    #expect(try await CohortServiceClient(self.trainer).recordHours(request).recorded)
  }

  /// Eight days of nine hours from a day on.
  private static func general(_ month: String, from first: Int)
    -> [(day: String, theory: Int32, practice: Int32)]
  {
    (0..<8).map { day in
      let date = "\(month)-\(String(first + day + 100).suffix(2))"
      return day < 4 ? (date, 9, 0) : (date, 0, 9)
    }
  }

  private func session(_ code: String, of cohort: String, on day: String) async throws {
    var request = BitimV1.OpenSessionRequest()
    var session = BitimV1.Session()
    (session.code, session.cohort, session.heldOn) = (code, cohort, day)
    session.protocolNumber = "№ \(code)"
    for (person, seat) in [
      (self.chairID, BitimV1.Seat.chair), (self.examinerID, .member), (self.guestID, .member),
    ] {
      var place = BitimV1.CommissionSeat()
      (place.personId, place.seat) = (person, seat)
      if person != self.examinerID {
        place.invitation = TestCohort.letter
        place.invitation?.datedOn = "2026-01-20"
      }
      session.commission.append(place)
    }
    request.session = session
    _ = try await AttestationServiceClient(self.registrar).openSession(request)
  }

  /// Records what each candidate got; no points for whoever did not come.
  private func examine(_ session: String, _ results: [(candidate: String, points: [Int32])])
    async throws
  {
    var request = BitimV1.RecordResultsRequest()
    request.session = session
    request.rows = results.enumerated().map { line, result in
      var row = BitimV1.ResultRow()
      (row.line, row.candidate) = (Int32(line + 2), result.candidate)
      row.isAbsent = result.points.isEmpty
      row.scores = zip([BitimV1.Component.test, .rolePlay, .interview], result.points).map {
        var score = BitimV1.Score()
        (score.component, score.points) = ($0, $1)
        return score
      }
      return row
    }
    let recorded = try await AttestationServiceClient(self.examiner).recordResults(request)
    #expect(recorded.recorded)
    // The chair is a guest, with a token for this session alone.
    let chair = AttestationServiceClient(
      try await self.school.token(
        self.chairID, [.invited], in: "SCHOOL", days: 5, at: session))
    var look = BitimV1.GetSessionRequest()
    look.code = session
    var confirmation = BitimV1.ConfirmResultsRequest()
    confirmation.session = session
    confirmation.resultsDigest = try await chair.getSession(look).resultsDigest
    #expect(try await chair.confirmResults(confirmation).confirmed == Int32(results.count))
  }

  private func issue(_ code: String) async throws -> [BitimV1.IssuedLine] {
    let certificates = CertificateServiceClient(self.certifier)
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = code
    var request = BitimV1.IssueCertificatesRequest()
    request.cohort = code
    request.previewDigest = try await certificates.previewIssue(preview).digest
    return try await certificates.issueCertificates(request).issued
  }

  /// Approves the only thing that waits.
  private func approve(_ kind: BitimV1.ProposalKind, by client: BitimClient) async throws {
    let proposals = ProposalServiceClient(client)
    let waiting = try await proposals.listProposals(.init()).proposals
    #expect(waiting.map(\.kind) == [kind])
    #expect(waiting.map(\.obstacle) == [""])
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (waiting[0].act, waiting[0].shownDigest)
    _ = try await proposals.approve(approval)
  }

  private static let passed: [Int32] = [80, 75, 90]

  // The year.

  /// Ten; two fail at first. An hour too many is corrected under a confirmed result, a suspension ended early.
  func firstGroup() async throws {
    let trainees = Array(Self.iins[..<10])
    try await self.open("P1-01", 1, "2026-02-02", "2026-03-31")
    #expect(try await self.enrol("P1-01", trainees, on: "2026-02-01").recorded)
    self.school.turn(to: "2026-03-20")
    try await self.teach(
      "P1-01", Self.general("2026-02", from: 2) + [("2026-02-12", 0, 1)])
    try await self.session("S-1", of: "P1-01", on: "2026-03-20")
    try await self.examine(
      "S-1", trainees.enumerated().map { ($1, $0 < 8 ? Self.passed : [80, 40, 90]) })
    var hours = BitimV1.CorrectHoursRequest()
    (hours.cohort, hours.heldOn, hours.startsAt) = ("P1-01", "2026-02-12", "09:00")
    hours.personId = try await self.person(trainees[0], in: "S-1")
    (hours.reason, hours.evidence) = (.lateReport, "келу парағы")
    let proposed = try await CohortServiceClient(self.registrar).correctHours(hours)
    #expect(proposed.proposal != 0)
    try await self.approve(.correctHours, by: self.certifier)
    self.school.turn(to: "2026-03-30")
    try await self.session("S-2", of: "P1-01", on: "2026-03-30")
    try await self.examine("S-2", trainees[8...].map { ($0, Self.passed) })
    let papers = try await self.issue("P1-01")
    #expect(papers.count == 10)
    let certificates = CertificateServiceClient(self.certifier)
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (papers[0].number, .investigation)
    #expect(try await suspension.asShown(by: certificates.suspendCertificate).recorded)
    self.school.turn(to: "2026-04-02")
    var end = BitimV1.ReinstateCertificateRequest()
    (end.number, end.reason) = (papers[0].number, .caseClosed)
    #expect(try await end.asShown(by: certificates.reinstateCertificate).proposal != 0)
    try await self.approve(.reinstateCertificate, by: self.registrar)
  }

  /// Ten; one does not come at first. A revocation meets the wrong number.
  func secondGroup() async throws {
    let trainees = Array(Self.iins[10..<20])
    try await self.open("P1-02", 1, "2026-04-03", "2026-05-29")
    #expect(try await self.enrol("P1-02", trainees, on: "2026-04-02").recorded)
    self.school.turn(to: "2026-05-20")
    try await self.teach("P1-02", Self.general("2026-04", from: 6))
    try await self.session("S-3", of: "P1-02", on: "2026-05-20")
    try await self.examine(
      "S-3", trainees.enumerated().map { ($1, $0 == 0 ? [] : Self.passed) })
    try await self.session("S-4", of: "P1-02", on: "2026-05-20")
    try await self.examine("S-4", [(trainees[0], Self.passed)])
    let papers = try await self.issue("P1-02")
    #expect(papers.count == 10)
    let certificates = CertificateServiceClient(self.certifier)
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (papers[1].number, .holderRequest)
    #expect(try await revocation.asShown(by: certificates.revokeCertificate).recorded)
    var undoing = BitimV1.WithdrawMarkRequest()
    (undoing.number, undoing.reason) = (papers[1].number, .wrongCertificate)
    undoing.why = "өтініш \(papers[9].number) туралы болған"
    #expect(try await undoing.asShown(by: certificates.withdrawMark).proposal != 0)
    try await self.approve(.withdrawMark, by: self.registrar)
    revocation.number = papers[9].number
    #expect(try await revocation.asShown(by: certificates.revokeCertificate).recorded)
  }

  /// Eight; a bar on the wrong person keeps one out, and an appeal against a mark is right.
  func thirdGroup() async throws {
    let trainees = Array(Self.iins[20..<28])
    self.school.turn(to: "2026-06-01")
    try await self.open("P1-03", 1, "2026-06-02", "2026-07-31")
    #expect(
      try await self.enrol("P1-03", Array(trainees.dropLast()), on: "2026-06-01").recorded)
    try await self.enrolBarred(trainees[7])
    self.school.turn(to: "2026-07-10")
    try await self.teach("P1-03", Self.general("2026-06", from: 8))
    try await self.session("S-5", of: "P1-03", on: "2026-07-10")
    try await self.examine(
      "S-5", trainees.enumerated().map { ($1, $0 < 6 ? Self.passed : [80, 58, 90]) })
    let told = try await self.last("results_confirmed")
    self.school.turn(to: "2026-07-13")
    try await self.appeal(trainees[6], against: told)
    self.school.turn(to: "2026-07-20")
    try await self.session("S-6", of: "P1-03", on: "2026-07-20")
    try await self.examine("S-6", [(trainees[7], Self.passed)])
    #expect(try await self.issue("P1-03").count == 8)
  }

  /// A bar meets somebody of the same name; two persons withdraw it, and she is enrolled.
  private func enrolBarred(_ trainee: String) async throws {
    let people = PersonServiceClient(self.registrar)
    var registration = BitimV1.RegisterPersonRequest()
    registration.person = TestCohort.row(2, iin: trainee).person
    let person = try await people.registerPerson(registration).person?.id ?? 0
    var bar = BitimV1.BarPersonRequest()
    bar.personId = person
    bar.bar = .init()
    bar.bar?.kind = .stateFunction
    bar.bar?.validFrom = "2026-05-20"
    bar.bar?.document = "бұйрық 14"
    let barred = try await bar.asShown(by: people.barPerson)
    let refused = try await self.enrol("P1-03", [trainee], on: "2026-06-01")
    #expect(refused.rows.reasons == ["BARRED"])
    var withdrawal = BitimV1.WithdrawBarRequest()
    withdrawal.personId = person
    withdrawal.act = barred.person?.bars.first?.act ?? 0
    withdrawal.reason = "аттас адам"
    #expect(try await withdrawal.asShown(by: people.withdrawBar).proposal != 0)
    try await self.approve(.withdrawBar, by: self.certifier)
    #expect(try await self.enrol("P1-03", [trainee], on: "2026-06-01").recorded)
  }

  /// Somebody from outside decides for her; her result is annulled, and recorded as it should have been.
  private func appeal(_ trainee: String, against act: Int64) async throws {
    var request = BitimV1.ReceiveCaseRequest()
    request.kind = .appeal
    request.personId = try await self.person(trainee, in: "S-5")
    (request.contested, request.toldOn) = ([act], "2026-07-10")
    request.grounds = ["рөлдік ойынның бағасы қате көшірілген"]
    request.papers = [CaseScene.paper]
    request.papers[0].seenOn = "2026-07-13"
    request.papers[0].datedOn = "2026-07-12"
    let found = try await CaseServiceClient(self.registrar).receiveCase(request).found
    let arbiterID = try await self.school.person("Tursynov", "Askar")
    let arbiter = CaseServiceClient(try await self.school.client(arbiterID, [.arbiter]))
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome) = (found?.act ?? 0, .decisionChanged)
    decision.reasons = ["хаттамада 85 тұр"]
    #expect(try await arbiter.decideCase(decision).found?.state == .decided)
    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId) = ("S-5", request.personId)
    (annulment.reason, annulment.caseAct) = ("appeal", found?.act ?? 0)
    _ = try await AttestationServiceClient(self.certifier).annulResult(annulment)
    try await self.examine("S-5", [(trainee, [80, 85, 90])])
  }

  /// Nine of the first group specialise, and seven of these learn to train others.
  func higherProgrammes() async throws {
    let trainees = Array(Self.iins[..<9])
    self.school.turn(to: "2026-08-31")
    try await self.open("P2-01", 2, "2026-09-01", "2026-10-30")
    #expect(try await self.enrol("P2-01", trainees, on: "2026-08-31").recorded)
    self.school.turn(to: "2026-10-02")
    try await self.teach(
      "P2-01",
      [
        ("2026-09-02", 10, 0), ("2026-09-03", 10, 0), ("2026-09-04", 5, 5),
        ("2026-09-05", 0, 10), ("2026-09-06", 0, 10),
      ])
    try await self.session("S-7", of: "P2-01", on: "2026-10-02")
    try await self.examine("S-7", trainees.map { ($0, Self.passed) })
    #expect(try await self.issue("P2-01").count == 9)
    self.school.turn(to: "2026-11-01")
    try await self.open("P3-01", 3, "2026-11-02", "2026-12-18")
    let trainers = Array(trainees.prefix(7))
    #expect(try await self.enrol("P3-01", trainers, on: "2026-11-01").recorded)
    self.school.turn(to: "2026-12-04")
    try await self.teach(
      "P3-01",
      [
        ("2026-11-03", 8, 0), ("2026-11-04", 8, 0), ("2026-11-05", 0, 8), ("2026-11-06", 0, 8),
      ])
    try await self.session("S-8", of: "P3-01", on: "2026-12-04")
    try await self.examine("S-8", trainers.map { ($0, Self.passed) })
    #expect(try await self.issue("P3-01").count == 7)
  }

  // What is there.

  /// The number of a candidate.
  private func person(_ iin: String, in session: String) async throws -> Int64 {
    var request = BitimV1.GetSessionRequest()
    request.code = session
    let names = TestCohort.row(2, iin: iin).person?.names
    let candidates = try await AttestationServiceClient(self.registrar).getSession(request)
      .candidates
    return candidates.first { $0.names?.latin == names?.latin }?.personId ?? 0
  }

  private func auditor() async throws -> AccessServiceClient {
    AccessServiceClient(
      try await self.school.client(self.school.person("Tursynova", "Zhanar"), [.auditor]))
  }

  private func last(_ kind: String) async throws -> Int64 {
    var request = BitimV1.ListActsRequest()
    (request.kind, request.pageSize) = (kind, 1)
    return try await self.auditor().listActs(request).acts.first?.number ?? 0
  }

  /// How many acts there are of each kind, but for what sets people up and what was refused; of an approval
  /// what was done by it.
  func acts() async throws -> [String: Int] {
    let auditor = try await self.auditor()
    var (counts, request): ([String: Int], BitimV1.ListActsRequest) = ([:], .init())
    request.pageSize = 500
    repeat {
      let page = try await auditor.listActs(request)
      for act in page.acts { counts[act.kind, default: 0] += 1 }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    let apart: Set = [
      "organisations_registered", "person_registered", "role_granted", "token_created",
      "act_refused",
    ]
    return counts.filter { !apart.contains($0.key) }
  }

  /// How many certificates stand how.
  func standing() async throws -> [BitimV1.Standing: Int] {
    let stream = try await CertificateServiceClient(self.registrar).exportCertificates(.init())
    var counts: [BitimV1.Standing: Int] = [:]
    while let line = try await stream.next() {
      counts[line.status?.standing ?? .unspecified, default: 0] += 1
    }
    return counts
  }
}
