package import BitimClient
import BitimDomain
package import BitimProtocol

/// A cohort of the general course at a centre, with everybody it takes to certify somebody.
package struct TestCohort {
  package let school: TestSchool
  package let code: String
  package let registrar: BitimClient
  package let trainerID: Int64
  package let trainer: BitimClient
  package let chairID: Int64
  package let chair: BitimClient
  package let examinerID: Int64
  package let examiner: BitimClient
  package let memberID: Int64
  package let certifierID: Int64
  package let certifier: BitimClient

  /// Opens a cohort from 2026-02-02 to 2026-03-31 and appoints its people.
  package init(
    _ school: TestSchool, code: String = "P1-ALA-01", programme: Int32 = 1
  ) async throws {
    self.school = school
    self.code = code
    try await school.centre("ALA-01")
    self.registrar = try await school.client(school.person("Serik", "Aliya"), [.registrar])
    self.trainerID = try await school.person("Omarov", "Nurlan")
    self.trainer = try await school.client(self.trainerID, [.trainer], in: "ALA-01")
    self.chairID = try await school.person("Kim", "Yelena")
    self.chair = try await school.client(self.chairID, [.examiner])
    self.examinerID = try await school.person("Garcia", "Lucia")
    self.examiner = try await school.client(self.examinerID, [.examiner])
    self.memberID = try await school.person("Petrov", "Ivan")
    _ = try await school.client(self.memberID, [.examiner])
    self.certifierID = try await school.person("Sadykova", "Dana")
    self.certifier = try await school.client(self.certifierID, [.certifier])
    try await self.open(programme)
  }

  private func open(_ programme: Int32) async throws {
    var request = BitimV1.OpenCohortRequest()
    request.cohort = Self.cohort(self.code)
    request.cohort?.programme = programme
    _ = try await CohortServiceClient(self.registrar).openCohort(request)
    try await self.assign(self.trainerID)
  }

  /// Assigns somebody to train in the cohort.
  package func assign(_ person: Int64) async throws {
    var assignment = BitimV1.AssignTrainerRequest()
    assignment.cohort = self.code
    assignment.personId = person
    assignment.evidence = "trainers' certificate of 2019"
    _ = try await CohortServiceClient(self.registrar).assignTrainer(assignment)
  }

  /// A cohort of the general course as a request asks for it.
  package static func cohort(_ code: String) -> BitimV1.Cohort {
    var cohort = BitimV1.Cohort()
    cohort.code = code
    cohort.programme = 1
    cohort.organisation = "ALA-01"
    cohort.language = .kk
    cohort.form = .inPerson
    cohort.startsOn = "2026-02-02"
    cohort.endsOn = "2026-03-31"
    cohort.place = "Алматы"
    return cohort
  }

  /// A row of an intake list that is in order.
  ///
  /// 991231000014 is Ахметова Әйгерім, born on 1991-12-31; who has another number has another given
  /// name and another birth date, so that nobody looks like somebody else.
  package static func row(_ line: Int32, iin: String, cohort: String = "P1-ALA-01")
    -> BitimV1.IntakeRow
  {
    var row = BitimV1.IntakeRow()
    row.line = line
    row.cohort = cohort
    row.person = .init()
    let isFirst = iin == "991231000014"
    let (kk, latin) = isFirst ? ("Әйгерім", "Aigerim") : Self.given(iin)
    row.person?.names = .latin("Akhmetova", latin)
    row.person?.names?.kk = .init()
    row.person?.names?.kk?.surname = "Ахметова"
    row.person?.names?.kk?.given = kk
    row.person?.names?.kk?.patronymic = "Қайратқызы"
    let days = isFirst ? 0 : Int((Int64(iin) ?? 0) % 3_001) + 1
    // 1991-12-31 is day 8034 after 1970-01-01.
    row.person?.birthDate = CivilDate(dayNumber: 8_034 - days).iso
    row.person?.education = .higher
    var identifier = BitimV1.Identifier()
    identifier.kind = .iin
    identifier.number = iin
    row.person?.identifiers = [identifier]
    return row
  }

  /// A given name that says a number in letters.
  private static func given(_ number: String) -> (kk: String, latin: String) {
    let (kk, latin) = (Array("абвгдежзик"), Array("abvgdejzik"))
    let digits = number.compactMap(\.wholeNumberValue)
    return ("А" + String(digits.map { kk[$0] }), "A" + String(digits.map { latin[$0] }))
  }

  /// Enrols by rows.
  package func enrol(
    _ rows: [BitimV1.IntakeRow], on day: String = "2026-02-02", validateOnly: Bool = false
  ) async throws -> BitimV1.EnrolTraineesResponse {
    var request = BitimV1.EnrolTraineesRequest()
    request.rows = rows
    request.enrolledOn = day
    request.validateOnly = validateOnly
    return try await CohortServiceClient(self.registrar).enrolTrainees(request)
  }

  /// One class for everybody in the cohort.
  package func hours(
    day: String, start: String = "09:00", theory: Int32 = 0, practice: Int32 = 0,
    by trainer: BitimClient? = nil
  ) async throws -> BitimV1.RecordHoursResponse {
    var row = BitimV1.HoursRow()
    row.line = 1
    row.cohort = self.code
    row.heldOn = day
    row.startsAt = start
    row.theoryQuarters = theory * 4
    row.practiceQuarters = practice * 4
    var request = BitimV1.RecordHoursRequest()
    request.rows = [row]
    return try await CohortServiceClient(trainer ?? self.trainer).recordHours(request)
  }

  /// All 72 hours, nine a day from 2026-02-03 on.
  package func allHours() async throws {
    for day in 0..<8 {
      let date = "2026-02-\(day < 7 ? "0" : "")\(day + 3)"
      let kind: (Int32, Int32) = day < 4 ? (9, 0) : (0, 9)
      _ = try await self.hours(day: date, theory: kind.0, practice: kind.1)
    }
  }

  /// Opens a session with the cohort's commission, and a protocol numbered as the session is called.
  package func session(
    _ code: String, on day: String = "2026-03-20", commission: [(Int64, BitimV1.Seat)]? = nil,
    of cohort: String? = nil, protocol number: String? = nil, by client: BitimClient? = nil
  ) async throws {
    var request = BitimV1.OpenSessionRequest()
    request.session = .init()
    request.session?.code = code
    request.session?.cohort = cohort ?? self.code
    request.session?.heldOn = day
    request.session?.protocolNumber = number ?? "№ \(code)"
    let seats =
      commission ?? [(self.chairID, .chair), (self.examinerID, .member), (self.memberID, .member)]
    request.session?.commission = seats.map { person, seat in
      var place = BitimV1.CommissionSeat()
      place.personId = person
      place.seat = seat
      return place
    }
    _ = try await AttestationServiceClient(client ?? self.registrar).openSession(request)
  }

  /// A letter that invites to a commission.
  package static var letter: BitimV1.Invitation {
    var letter = BitimV1.Invitation()
    letter.document = "№ 14 хат"
    letter.datedOn = "2026-03-01"
    letter.organisation = "Адвокаттар алқасы"
    return letter
  }

  /// Invites somebody to a session in place of a member, who gets a token for it.
  package func invite(
    to session: String, insteadOf goes: Int64, named surname: String = "Abenov"
  ) async throws -> (id: Int64, client: BitimClient) {
    let id = try await self.school.person(surname, "Marat")
    var change = BitimV1.ChangeSeatRequest()
    (change.session, change.goes, change.comes, change.why) = (session, goes, id, "ауырып қалды")
    change.invitation = Self.letter
    _ = try await AttestationServiceClient(self.registrar).changeSeat(change)
    return (id, try await self.school.token(id, [.invited], in: "ALA-01", at: session))
  }

  /// Somebody from outside, appointed to decide a complaint of today about `person`, or nobody.
  package func appoint(
    about person: Int64 = 0
  ) async throws -> (id: Int64, client: BitimClient, act: Int64) {
    var complaint = BitimV1.ReceiveCaseRequest()
    (complaint.kind, complaint.personId, complaint.grounds) = (
      .complaint, person, ["сабақ болмады"]
    )
    let received = try await CaseServiceClient(self.registrar).receiveCase(complaint)
    var request = BitimV1.AppointArbiterRequest()
    request.act = received.found?.act ?? 0
    request.personId = try await self.school.person("Abenova", "Saule")
    request.invitation = Self.letter
    _ = try await CaseServiceClient(self.school.administrator).appointArbiter(request)
    let client = try await self.school.token(request.personId, [.appointed], in: "SCHOOL")
    return (request.personId, client, request.act)
  }

  /// A certifier approves what waits.
  package func approve(_ act: Int64, by certifier: BitimClient? = nil) async throws {
    let service = ProposalServiceClient(certifier ?? self.certifier)
    var request = BitimV1.ApproveRequest()
    request.act = act
    request.shownDigest =
      try await service.listProposals(.init()).proposals.first { $0.act == act }?.shownDigest ?? ""
    _ = try await service.approve(request)
  }

  /// Records scores of one candidate by a commission's member.
  package func result(
    _ candidate: String, _ points: [Int32], in session: String, by recorder: BitimClient? = nil
  ) async throws -> BitimV1.RecordResultsResponse {
    var row = BitimV1.ResultRow()
    row.line = 2
    row.candidate = candidate
    row.isAbsent = points.isEmpty
    let components: [BitimV1.Component] = [.test, .rolePlay, .interview]
    row.scores = zip(components, points).map { component, points in
      var score = BitimV1.Score()
      score.component = component
      score.points = points
      return score
    }
    var request = BitimV1.RecordResultsRequest()
    request.session = session
    request.rows = [row]
    return try await AttestationServiceClient(recorder ?? self.examiner).recordResults(request)
  }

  /// Confirms a session's results as the chair.
  package func confirm(
    _ session: String, by confirmer: BitimClient? = nil
  ) async throws -> BitimV1.ConfirmResultsResponse {
    let service = AttestationServiceClient(confirmer ?? self.chair)
    var look = BitimV1.GetSessionRequest()
    look.code = session
    var request = BitimV1.ConfirmResultsRequest()
    request.session = session
    request.resultsDigest = try await service.getSession(look).resultsDigest
    return try await service.confirmResults(request)
  }

  /// Previews and approves; returns what was issued.
  package func issue(by certifier: BitimClient? = nil) async throws -> [BitimV1.IssuedLine] {
    let certificates = CertificateServiceClient(certifier ?? self.certifier)
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = self.code
    let shown = try await certificates.previewIssue(preview)
    var request = BitimV1.IssueCertificatesRequest()
    request.cohort = self.code
    request.previewDigest = shown.digest
    return try await certificates.issueCertificates(request).issued
  }

  /// The certificates that a preview says are there.
  package func certificates() async throws -> [String] {
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = self.code
    return try await CertificateServiceClient(self.certifier).previewIssue(preview).lines
      .map(\.certificateNumber)
  }

  /// Takes one trainee with all the hours to the open session S-014.
  package func ready(iin: String = "991231000014") async throws {
    _ = try await self.enrol([Self.row(2, iin: iin, cohort: self.code)])
    try await self.allHours()
    try await self.session("S-014")
  }

  /// Takes one trainee to a confirmed pass in session S-014.
  package func passed(iin: String = "991231000014") async throws {
    try await self.ready(iin: iin)
    let recorded = try await self.result(iin, [80, 75, 90], in: "S-014")
    precondition(recorded.passed == 1, "the result was not recorded")
    _ = try await self.confirm("S-014")
  }

  /// Takes one trainee all the way; returns the certificate.
  package func certified(iin: String = "991231000014") async throws -> BitimV1.IssuedLine {
    try await self.passed(iin: iin)
    guard let line = try await self.issue().first else {
      preconditionFailure("nobody was certified")
    }
    return line
  }

  /// Proposes to issue a certificate anew.
  package func replacement(
    of paper: BitimV1.IssuedLine, for reason: BitimV1.ReplacementReason
  ) async throws -> BitimV1.ReplaceCertificateResponse {
    var request = BitimV1.ReplaceCertificateRequest()
    request.number = paper.number
    request.reason = reason
    request.evidence = "неке куәлігі 45-1"
    return try await request.asShown(
      by: CertificateServiceClient(self.registrar).replaceCertificate)
  }

  /// Issues a certificate anew, as another person approves it; returns the new one.
  package func anew(
    _ paper: BitimV1.IssuedLine, for reason: BitimV1.ReplacementReason = .correction
  ) async throws -> BitimV1.IssuedLine {
    let proposed = try await self.replacement(of: paper, for: reason)
    var approval = BitimV1.ApproveRequest()
    approval.act = proposed.proposal
    approval.shownDigest = proposed.shownDigest
    _ = try await ProposalServiceClient(self.certifier).approve(approval)
    let certificates = CertificateServiceClient(self.certifier)
    var get = BitimV1.GetCertificateRequest()
    get.number = paper.number
    get.number = try await certificates.getCertificate(get).status?.successor ?? ""
    var line = BitimV1.IssuedLine()
    line.person = paper.person
    line.number = get.number
    line.code = try await certificates.getCertificate(get).code
    return line
  }
}

extension ShownFirst {
  /// Looks, and does what was shown.
  package func asShown<Answer: Showing>(
    by call: (Self, CallOptions) async throws(CallFailure) -> Answer
  ) async throws -> Answer {
    guard let done = try await self.done(by: call) else {
      preconditionFailure("what is always approved was not done")
    }
    return done.answer
  }
}
