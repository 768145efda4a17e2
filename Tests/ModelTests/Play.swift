import BitimClient
import BitimProtocol
import BitimTestSupport
import Foundation

/// A School with the cast in it, founded once; every play gets a copy.
struct Stage: Sendable {
  let folder: URL
  /// The administrator's token.
  let secret: String
  /// The secret of each hand's token, and of one who only looks: in no play.
  let tokens: [String]
  /// The registry's number of each of the cast.
  let people: [Int64]

  init() async throws {
    let school = try TestSchool(on: Calendar.text(Cast.firstDay))
    (self.folder, self.secret) = (school.folder, school.secret)
    for centre in ["ALA-01", "AST-02"] { try await school.centre(centre) }
    var people: [Int64] = []
    let registration = PersonServiceClient(school.administrator)
    for person in Cast.people {
      var request = BitimV1.RegisterPersonRequest()
      request.person = Self.person(person)
      people.append(try await registration.registerPerson(request).person?.id ?? 0)
    }
    self.people = people
    let access = AccessServiceClient(school.administrator)
    var tokens: [String] = []
    for hand in Cast.hands {
      for role in hand.roles {
        var grant = BitimV1.GrantRoleRequest()
        (grant.personId, grant.organisation, grant.role) = (
          people[hand.person], hand.centre, role.word
        )
        _ = try await access.grantRole(grant)
      }
      var token = BitimV1.CreateTokenRequest()
      (token.personId, token.organisation) = (people[hand.person], hand.centre)
      token.roles = hand.roles.map(\.word)
      (token.name, token.days) = ("play", 365)
      tokens.append(try await access.createToken(token).secret)
    }
    let watcher = try await school.person("Watcher", "Alone")
    for role in [BitimV1.Role.registrar, .certifier] {
      var grant = BitimV1.GrantRoleRequest()
      (grant.personId, grant.organisation, grant.role) = (watcher, "SCHOOL", role)
      _ = try await access.grantRole(grant)
    }
    var token = BitimV1.CreateTokenRequest()
    (token.personId, token.organisation, token.roles) = (
      watcher, "SCHOOL", [.registrar, .certifier]
    )
    (token.name, token.days) = ("watcher", 365)
    tokens.append(try await access.createToken(token).secret)
    self.tokens = tokens
    try await Self.adoptEdition(school, tokens)
    school.halt()
  }

  /// Removes what is left of it.
  func close() {
    // What is left of a temporary folder harms no test.
    try? FileManager.default.removeItem(at: self.folder)
  }

  static func person(_ person: Cast.Person) -> BitimV1.Person {
    var message = BitimV1.Person()
    message.names = .latin(person.surname, person.given)
    message.birthDate = person.born
    message.education = person.isHigher ? .higher : .secondary
    var identifier = BitimV1.Identifier()
    (identifier.kind, identifier.number) = (.iin, person.iin)
    message.identifiers = [identifier]
    return message
  }

  /// The general course, made short: by the registrar and the certifier.
  private static func adoptEdition(_ school: TestSchool, _ tokens: [String]) async throws {
    let registrar = BitimClient(address: school.address, token: tokens[0])
    let certifier = BitimClient(address: school.address, token: tokens[10])
    let programmes = ProgrammeServiceClient(registrar)
    let first = try await programmes.listProgrammes(.init()).programmes[0].editions
    var edition = first.first { $0.code == "2025" } ?? .init()
    (edition.id, edition.code, edition.isDefault) = (0, Edition.code, false)
    (edition.validFrom, edition.validUntil) = (
      Calendar.text(Edition.from), Calendar.text(Edition.until)
    )
    edition.theoryQuarters?.value = Int32(Edition.theory)
    edition.practiceQuarters?.value = Int32(Edition.practice)
    edition.groupMax?.value = Int32(Edition.group)
    edition.attemptsMax?.value = Int32(Edition.attempts)
    edition.commissionMin?.value = Int32(Edition.commission)
    edition.retakeWaitDays?.value = Int32(Edition.wait)
    var adoption = BitimV1.AdoptEditionRequest()
    adoption.edition = edition
    let proposed = try await adoption.asShown(by: programmes.adoptEdition)
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposed.proposal, proposed.shownDigest)
    _ = try await ProposalServiceClient(certifier).approve(approval)
  }
}

extension Cast.Role {
  var word: BitimV1.Role {
    switch self {
    case .administrator: .administrator
    case .registrar: .registrar
    case .trainer: .trainer
    case .examiner: .examiner
    case .certifier: .certifier
    case .auditor: .auditor
    }
  }
}

/// One play against the service: what the model calls by its numbers has the registry's there.
final class Play {
  let school: TestSchool
  private let stage: Stage
  private let clients: [BitimClient]
  private var watcher: BitimClient { self.clients[Cast.hands.count] }
  private var papers: [Act.Paper: String] = [:]
  /// The act that recorded a bar or proposed something, and the digest of what was shown of it.
  private var acts: [Int: (act: Int64, digest: String)] = [:]
  private var today = Cast.firstDay

  init(_ stage: Stage) throws {
    self.stage = stage
    let school = try TestSchool(
      copying: stage.folder, secret: stage.secret, on: Calendar.text(Cast.firstDay))
    self.school = school
    self.clients = stage.tokens.map { BitimClient(address: school.address, token: $0) }
  }

  private func id(_ person: Int) -> Int64 { self.stage.people[person] }
  private func person(_ id: Int64) -> Int { self.stage.people.firstIndex(of: id) ?? -1 }

  /// What the service answers.
  func play(_ step: Step) async throws -> Answer {
    do {
      return try await self.answer(step)
    } catch let failure as CallFailure {
      if failure.status?.code == .unauthenticated { return .refused(["TOKEN"]) }
      guard let status = failure.status else { throw failure }
      // A fault of the service's own has no reason; it differs from whatever the rule book says.
      let reasons = status.reasons.map(\.reason)
      return .refused(reasons.isEmpty ? ["\(status.code)"] : Set(reasons))
    }
  }

  private func answer(_ step: Step) async throws -> Answer {
    let client = self.clients[step.hand]
    switch step.act {
    case .wait(let days):
      self.today += days
      self.school.turn(to: Calendar.text(self.today))
      return .done("")
    case .grant(let person, let role, let centre):
      var request = BitimV1.GrantRoleRequest()
      (request.personId, request.role, request.organisation) = (self.id(person), role.word, centre)
      _ = try await AccessServiceClient(client).grantRole(request)
      return .done("")
    case .withdrawRole(let person, let role, let centre):
      var request = BitimV1.WithdrawRoleRequest()
      (request.personId, request.role, request.organisation) = (self.id(person), role.word, centre)
      _ = try await AccessServiceClient(client).withdrawRole(request)
      return .done("")
    case .openCohort, .assign, .enrol, .queue, .offer, .endWaiting, .hours, .correct, .withdraw,
      .reinstate, .undo:
      return try await self.training(step, CohortServiceClient(client))
    case .openSession, .record, .confirm, .annul:
      return try await self.attestation(step.act, AttestationServiceClient(client))
    case .issue, .suspend, .reinstatePaper, .revoke, .withdrawMark:
      return try await self.certificates(step, CertificateServiceClient(client))
    case .bar, .endBar, .withdrawBar, .approve, .endProposal:
      return try await self.rest(step, client)
    }
  }

  private func training(_ step: Step, _ service: CohortServiceClient) async throws -> Answer {
    switch step.act {
    case .openCohort(let code, let centre, let from, let to):
      var request = BitimV1.OpenCohortRequest()
      request.cohort = TestCohort.cohort(code)
      request.cohort?.organisation = centre
      request.cohort?.edition = Edition.code
      request.cohort?.startsOn = Calendar.text(from)
      request.cohort?.endsOn = Calendar.text(to)
      _ = try await service.openCohort(request)
      return .done("")
    case .assign(let person, let cohort):
      var request = BitimV1.AssignTrainerRequest()
      (request.cohort, request.personId) = (cohort, self.id(person))
      request.evidence = "a diploma"
      _ = try await service.assignTrainer(request)
      return .done("")
    case .enrol(let people, let cohort, let day, let twist):
      var request = BitimV1.EnrolTraineesRequest()
      request.enrolledOn = Calendar.text(day)
      for (index, person) in people.enumerated() {
        var row = BitimV1.IntakeRow()
        (row.line, row.cohort) = (Int32(index + 2), cohort)
        row.person = Stage.person(Cast.people[person])
        if index == 0, twist == .otherBirthDate { row.person?.birthDate = "1969-07-20" }
        if index == 0, twist == .otherNames { row.person?.names = .latin("Somebody", "Else") }
        request.rows.append(row)
      }
      let answer = try await service.enrolTrainees(request)
      return Self.rows(answer.rows, answer.recorded)
    case .queue(let people, let cohort, let day):
      var request = BitimV1.EnrolTraineesRequest()
      (request.enrolledOn, request.waits) = (Calendar.text(day), true)
      request.rows = people.enumerated().map { index, person in
        var row = BitimV1.IntakeRow()
        (row.line, row.cohort) = (Int32(index + 2), cohort)
        row.person = Stage.person(Cast.people[person])
        return row
      }
      let answer = try await service.enrolTrainees(request)
      return Self.rows(answer.rows, answer.recorded)
    case .offer(let person, let cohort, let day):
      var request = BitimV1.OfferPlaceRequest()
      (request.cohort, request.personId, request.enrolledOn) = (
        cohort, self.id(person), Calendar.text(day)
      )
      return .done(try await service.offerPlace(request).enrolledOn)
    case .endWaiting(let person, let cohort):
      var request = BitimV1.EndWaitingRequest()
      (request.cohort, request.personId, request.why) = (cohort, self.id(person), "went elsewhere")
      _ = try await service.endWaiting(request)
      return .done("")
    case .hours(let lesson):
      var request = BitimV1.RecordHoursRequest()
      var row = BitimV1.HoursRow()
      (row.line, row.cohort, row.heldOn) = (2, lesson.cohort, Calendar.text(lesson.day))
      row.startsAt = Self.time(lesson.start)
      (row.theoryQuarters, row.practiceQuarters) = (Int32(lesson.theory), Int32(lesson.practice))
      row.trainer = lesson.trainer.map { Cast.people[$0].iin } ?? ""
      row.absent = lesson.absent.map { Cast.people[$0].iin }
      request.rows = [row]
      let answer = try await service.recordHours(request)
      return Self.rows(answer.rows, answer.recorded)
    case .correct(let person, let cohort, let day, let start, let theory, let practice):
      var request = BitimV1.CorrectHoursRequest()
      (request.cohort, request.personId, request.heldOn) = (
        cohort, self.id(person), Calendar.text(day)
      )
      request.startsAt = Self.time(start)
      (request.theoryQuarters, request.practiceQuarters) = (Int32(theory), Int32(practice))
      (request.reason, request.evidence) = (.typingError, "the sheet of that day")
      let answer = try await service.correctHours(request)
      if answer.proposal == 0 { return .done("corrected") }
      self.acts[step.number] = (answer.proposal, try await self.digest(of: answer.proposal))
      return .done("proposed")
    case .withdraw(let person, let cohort, let day):
      var request = BitimV1.WithdrawTraineeRequest()
      (request.cohort, request.personId, request.lastDay) = (
        cohort, self.id(person), Calendar.text(day)
      )
      request.reason = .ownRequest
      return .done(try await service.withdrawTrainee(request).lastDay)
    case .reinstate(let person, let cohort, let day):
      var request = BitimV1.ReinstateTraineeRequest()
      (request.cohort, request.personId, request.from) = (
        cohort, self.id(person), Calendar.text(day)
      )
      request.why = "came back"
      return .done(try await service.reinstateTrainee(request).from)
    case .undo(let person, let cohort):
      var request = BitimV1.UndoEnrolmentRequest()
      (request.cohort, request.personId, request.why) = (cohort, self.id(person), "the wrong list")
      _ = try await service.undoEnrolment(request)
      return .done("")
    default: return .done("?")
    }
  }

  private static func time(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  private static func rows(_ rows: [BitimV1.RowOutcome], _ isRecorded: Bool) -> Answer {
    .rows(
      rows.map { row in
        switch row.verdict {
        case .added: .added
        case .unchanged: .unchanged
        case .waiting: .waiting
        default: .refused(Set(row.findings.map(\.reason)))
        }
      }, isRecorded: isRecorded)
  }

  private func attestation(_ act: Act, _ service: AttestationServiceClient) async throws -> Answer {
    switch act {
    case .openSession(
      let code, let cohort, let day, let number, let chair, let members, let invited):
      var request = BitimV1.OpenSessionRequest()
      var session = BitimV1.Session()
      (session.code, session.cohort, session.heldOn) = (code, cohort, Calendar.text(day))
      session.protocolNumber = number
      let seats = (chair.map { [($0, BitimV1.Seat.chair)] } ?? []) + members.map { ($0, .member) }
      for (person, seat) in seats {
        var place = BitimV1.CommissionSeat()
        (place.personId, place.seat) = (self.id(person), seat)
        if invited.contains(person) {
          place.invitation = .init()
          place.invitation?.document = "№ 14 хат"
          place.invitation?.datedOn = "2025-12-01"
          place.invitation?.organisation = "Адвокаттар алқасы"
        }
        session.commission.append(place)
      }
      request.session = session
      _ = try await service.openSession(request)
      return .done("")
    case .record(let session, let rows):
      var request = BitimV1.RecordResultsRequest()
      request.session = session
      for (index, told) in rows.enumerated() {
        var row = BitimV1.ResultRow()
        (row.line, row.candidate) = (Int32(index + 2), Cast.people[told.person].iin)
        row.isAbsent = told.marks.isEmpty
        row.scores = zip([BitimV1.Component.test, .rolePlay, .interview], told.marks).map {
          component, points in
          var score = BitimV1.Score()
          (score.component, score.points) = (component, Int32(points))
          return score
        }
        request.rows.append(row)
      }
      let answer = try await service.recordResults(request)
      return Self.rows(answer.rows, answer.recorded)
    case .confirm(let code, let shown):
      var request = BitimV1.ConfirmResultsRequest()
      request.session = code
      var look = BitimV1.GetSessionRequest()
      look.code = code
      switch shown {
      case .truly:
        request.resultsDigest = try await AttestationServiceClient(self.watcher).getSession(look)
          .resultsDigest
      case .nothing: break
      case .otherwise: request.resultsDigest = "00112233445566778899aabbccddeeff"
      }
      return .done("\(try await service.confirmResults(request).confirmed)")
    case .annul(let session, let person):
      var request = BitimV1.AnnulResultRequest()
      (request.session, request.personId, request.reason) = (session, self.id(person), "procedure")
      _ = try await service.annulResult(request)
      return .done("")
    default: return .done("?")
    }
  }

  private func certificates(_ step: Step, _ service: CertificateServiceClient) async throws
    -> Answer
  {
    let why = "by decision 7"
    switch step.act {
    case .issue(let cohort, let shown):
      var preview = BitimV1.PreviewIssueRequest()
      preview.cohort = cohort
      var request = BitimV1.IssueCertificatesRequest()
      request.cohort = cohort
      switch shown {
      case .truly:
        request.previewDigest = try await CertificateServiceClient(self.watcher).previewIssue(
          preview
        ).digest
      case .nothing: break
      case .otherwise: request.previewDigest = "00112233445566778899aabbccddeeff"
      }
      let issued = try await service.issueCertificates(request).issued
      var words: [String] = []
      for line in issued {
        let person = self.person(line.person?.id ?? 0)
        self.papers[Act.Paper(step: step.number, person: person)] = line.number
        words.append("\(Int(line.number.dropFirst(5).prefix(6)) ?? 0) to \(person)")
      }
      return .done(words.joined(separator: ", "))
    case .suspend(let paper, let from, let until):
      var request = BitimV1.SuspendCertificateRequest()
      (request.number, request.heldOn) = (self.papers[paper] ?? "", Calendar.text(from))
      (request.ground, request.why) = (.holderRequest, why)
      request.until = until.map(Calendar.text) ?? ""
      return Self.standing(try await request.asShown(by: service.suspendCertificate))
    case .reinstatePaper(let paper, let from):
      var request = BitimV1.ReinstateCertificateRequest()
      (request.number, request.heldOn) = (self.papers[paper] ?? "", Calendar.text(from))
      (request.reason, request.why) = (.caseClosed, why)
      return Self.standing(try await request.asShown(by: service.reinstateCertificate))
    case .revoke(let paper, let from):
      var request = BitimV1.RevokeCertificateRequest()
      (request.number, request.heldOn) = (self.papers[paper] ?? "", Calendar.text(from))
      (request.reason, request.why) = (.holderRequest, why)
      return Self.standing(try await request.asShown(by: service.revokeCertificate))
    case .withdrawMark(let paper, let day):
      var request = BitimV1.WithdrawMarkRequest()
      (request.number, request.heldOn) = (self.papers[paper] ?? "", Calendar.text(day))
      (request.reason, request.why) = (.wrongPerson, why)
      let answer = try await request.asShown(by: service.withdrawMark)
      self.acts[step.number] = (answer.proposal, answer.shownDigest)
      return .done("proposed")
    default: return .done("?")
    }
  }

  private static func standing(_ answer: BitimV1.MarkResponse) -> Answer {
    .done(Self.word(answer.status?.standing))
  }

  private static func word(_ standing: BitimV1.Standing?) -> String {
    switch standing {
    case .valid: "valid"
    case .revoked: "revoked"
    case .suspended: "suspended"
    case .notYetValid: "not yet valid"
    default: "\(String(describing: standing))"
    }
  }

  private func rest(_ step: Step, _ client: BitimClient) async throws -> Answer {
    let people = PersonServiceClient(client)
    switch step.act {
    case .bar(let person, let from, let until):
      var request = BitimV1.BarPersonRequest()
      request.personId = self.id(person)
      request.bar = .init()
      request.bar?.kind = .conviction
      request.bar?.validFrom = Calendar.text(from)
      request.bar?.validUntil = until.map(Calendar.text)
      request.bar?.document = "a sentence"
      self.acts[step.number] = (
        Self.last(try await request.asShown(by: people.barPerson).person), ""
      )
      return .done("")
    case .endBar(let bar, let person, let day):
      var request = BitimV1.EndBarRequest()
      (request.personId, request.act) = (self.id(person), self.acts[bar]?.act ?? 0)
      request.lastDay = Calendar.text(day)
      self.acts[step.number] = (Self.last(try await request.asShown(by: people.endBar).person), "")
      return .done("")
    case .withdrawBar(let bar, let person):
      var request = BitimV1.WithdrawBarRequest()
      (request.personId, request.act) = (self.id(person), self.acts[bar]?.act ?? 0)
      request.reason = "a namesake"
      let answer = try await request.asShown(by: people.withdrawBar)
      self.acts[step.number] = (answer.proposal, answer.shownDigest)
      return .done("proposed")
    case .approve(let proposal):
      var request = BitimV1.ApproveRequest()
      (request.act, request.shownDigest) = self.acts[proposal] ?? (0, "")
      _ = try await ProposalServiceClient(client).approve(request)
      return .done("")
    case .endProposal(let proposal):
      var request = BitimV1.EndProposalRequest()
      (request.act, request.reason) = (self.acts[proposal]?.act ?? 0, "not so")
      _ = try await ProposalServiceClient(client).endProposal(request)
      return .done("")
    default: return .done("?")
    }
  }

  /// The act that recorded the newest bar.
  private static func last(_ person: BitimV1.Person?) -> Int64 {
    person?.bars.map(\.act).max() ?? 0
  }

  private func digest(of proposal: Int64) async throws -> String {
    let waiting = try await ProposalServiceClient(self.watcher).listProposals(.init()).proposals
    return waiting.first { $0.act == proposal }?.shownDigest ?? ""
  }
}

// What everybody may look at, by the School's registrar.
extension Play {
  func picture(cohort code: String) async throws -> [String] {
    var request = BitimV1.GetCohortRequest()
    request.code = code
    let shown = try await CohortServiceClient(self.watcher).getCohort(request)
    let trainees = shown.trainees.map { trainee in
      "\(self.person(trainee.person?.id ?? 0)) from \(trainee.enrolledOn): "
        + "\(trainee.theoryQuarters)+\(trainee.practiceQuarters) \(trainee.state)"
    }
    let waiting = shown.waiting.map {
      "\(self.person($0.person?.id ?? 0)) waits from \($0.since)"
    }
    return trainees + waiting
  }

  func picture(session code: String) async throws -> [String] {
    var request = BitimV1.GetSessionRequest()
    request.code = code
    let candidates = try await AttestationServiceClient(self.watcher).getSession(request)
      .candidates
    return candidates.filter { $0.outcome != .unspecified }.map { candidate in
      let word =
        candidate.outcome == .passed ? "passed" : candidate.outcome == .failed ? "failed" : "absent"
      return "\(self.person(candidate.personId)) \(word) \(candidate.scores.map(\.points)) "
        + "attempt \(candidate.attempt) \(candidate.isConfirmed ? "confirmed" : "recorded")"
        + (candidate.isAnnulled ? " annulled" : "")
    }.sorted()
  }

  func picture(paper: Act.Paper) async throws -> [String] {
    var words: [String] = []
    for days in [-10, 0, 10] {
      var request = BitimV1.GetCertificateRequest()
      (request.number, request.asOf) = (self.papers[paper] ?? "", Calendar.text(self.today + days))
      let answer = try await CertificateServiceClient(self.watcher).getCertificate(request)
      words.append(Self.word(answer.status?.standing))
    }
    return words
  }

  func picture(bars person: Int) async throws -> [String] {
    var request = BitimV1.GetPersonRequest()
    request.purpose = .enrolment
    request.personId = self.id(person)
    let bars = try await PersonServiceClient(self.watcher).getPerson(request).person?.bars ?? []
    return bars.map { "\($0.validFrom) \($0.validUntil ?? "-")" }.sorted()
  }
}
