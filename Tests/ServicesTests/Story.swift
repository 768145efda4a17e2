import BitimClient
import BitimDomain
import BitimProtocol
import BitimTestSupport
import Testing

/// Somebody who calls, and the words of `schema/readers.tsv` that he or she is.
struct Reader {
  let name: String
  let client: BitimClient
  let words: Set<String>

  init(_ name: String, _ client: BitimClient, _ words: String) {
    self.name = name
    self.client = client
    self.words = Set(words.split(separator: " ").map(String.init))
  }
}

/// Four trainees of one cohort of ALA-01, examined in S-014: the first is certified, barred since, and suspended, her
/// certificate one that was issued anew, with a duplicate; the second's pass is annulled; the third's certificate is
/// revoked, and to be issued anew. The fourth's is refused. A fifth left before any class. Of the third an old
/// certificate is adopted, and another one waits for it.
struct Story {
  let cohort: TestCohort
  let trainees: [Int64]
  let left: Int64
  /// Who has died.
  let dead: Int64
  /// The act that received the second's appeal, upheld since, against the annulment.
  let appeal: Int64
  /// The refused application of the second.
  private(set) var application: Int64 = 0
  /// The recognition of the second's training, recognised in part.
  private(set) var recognition: Int64 = 0
  /// The application of the fourth for an entry in the register; the third was entered, and excluded.
  private(set) var entryApplication: Int64 = 0
  /// What the first learned, and nobody has checked.
  private(set) var learning: Int64 = 0
  let issued: [BitimV1.IssuedLine]
  /// What the first of them replaces.
  let replaced: BitimV1.IssuedLine
  var school: TestSchool { self.cohort.school }

  static let people = [
    ("Akhmetova", "Aigerim", "1991-12-31", "991231000014"),
    ("Bekov", "Talgat", "1970-01-01", "700101410009"),
    ("Ospanova", "Madina", "1988-07-06", "880706400016"),
    ("Esenov", "Daulet", "1985-03-04", "850304300019"),
  ]

  init(_ school: TestSchool) async throws {
    self.cohort = try await TestCohort(school)
    let registrar = PersonServiceClient(self.cohort.registrar)
    var trainees: [Int64] = []
    var rows: [BitimV1.IntakeRow] = []
    for (index, person) in Self.people.enumerated() {
      var row = TestCohort.row(Int32(index + 1), iin: person.3)
      row.person?.names = .latin(person.0, person.1)
      if index == 2 {
        for (script, given) in [(\BitimV1.Names.kk, "Мәдина"), (\BitimV1.Names.ru, "Мадина")] {
          row.person?.names?[keyPath: script] = .init()
          row.person?.names?[keyPath: script]?.surname = "Оспанова"
          row.person?.names?[keyPath: script]?.given = given
        }
      }
      row.person?.birthDate = person.2
      var known = BitimV1.RegisterPersonRequest()
      known.person = row.person
      known.person?.evidence = "a letter"
      trainees.append(try await registrar.registerPerson(known).person?.id ?? 0)
      rows.append(row)
    }
    self.trainees = trainees
    // Somebody like the first in all three, told apart from her until she is renamed.
    var like = BitimV1.RegisterPersonRequest()
    like.person = rows[0].person
    like.person?.identifiers[0].number = "991231000024"
    like.distinctFrom = [PersonNumber.text(trainees[0])]
    like.distinctEvidence = "two passports"
    _ = try await registrar.registerPerson(like)
    #expect(try await self.cohort.enrol(rows).recorded)
    self.left = try await Self.left(self.cohort)
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = trainees[0]
    rename.names = .latin("Serikova", "Aigerim")
    rename.reason = "marriage"
    _ = try await registrar.renamePerson(rename)
    try await self.cohort.allHours()
    try await Self.makeUp(trainees[3], self.cohort)
    // Of the first and the second hours elsewhere are recognised, beside all that are needed.
    _ = try await Self.recognised(trainees[0], self.cohort)
    let recognised = try await Self.recognised(trainees[1], self.cohort)
    // Who did not come a day earlier, and had an excuse.
    try await self.cohort.session("S-013", on: "2026-03-19")
    var absence = BitimV1.RecordResultsRequest()
    absence.session = "S-013"
    absence.rows = [.init()]
    absence.rows[0].candidate = Self.people[0].3
    absence.rows[0].outcome = .absent
    absence.rows[0].why = "certificate No. 12"
    #expect(
      try await AttestationServiceClient(self.cohort.examiner).recordResults(absence).recorded)
    // Who did not come the day before that, and whose paper came after the confirmation.
    try await self.cohort.session("S-012", on: "2026-03-18")
    _ = try await self.cohort.result(Self.people[2].3, [], in: "S-012")
    _ = try await self.cohort.confirm("S-012")
    var excuse = BitimV1.ExcuseAbsenceRequest()
    (excuse.session, excuse.personId, excuse.paper) = ("S-012", trainees[2], "certificate No. 14")
    (excuse.datedOn, excuse.heldOn) = ("2026-03-18", "2026-03-23")
    _ = try await AttestationServiceClient(self.cohort.registrar).excuseAbsence(excuse)
    try await self.cohort.session("S-014")
    for person in Self.people {
      _ = try await self.cohort.result(person.3, [80, 75, 90], in: "S-014")
    }
    _ = try await self.cohort.confirm("S-014")
    var annulment = BitimV1.AnnulResultRequest()
    annulment.session = "S-014"
    annulment.personId = trainees[1]
    annulment.reason = "procedure"
    _ = try await AttestationServiceClient(self.cohort.certifier).annulResult(annulment)
    // A member is kin of whose result was annulled.
    var declaration = BitimV1.DeclareInterestRequest()
    (declaration.session, declaration.memberId) = ("S-014", self.cohort.memberID)
    declaration.interests = [.init()]
    (declaration.interests[0].candidate, declaration.interests[0].kind) = (Self.people[1].3, .kin)
    _ = try await AttestationServiceClient(self.cohort.examiner).declareInterest(declaration)
    try await Self.refuse(trainees[3], self.cohort)
    try await Self.correct(trainees[0], self.cohort)
    _ = try await self.cohort.appoint(about: trainees[1])
    self.appeal = try await Self.appealed(self.cohort, trainees[1])
    let issued = try await self.cohort.issue()
    #expect(issued.count == 2)
    self.recognition = recognised
    self.replaced = issued[0]
    self.dead = try await school.person("Nurgaliev", "Asan")
    self.issued = [try await self.cohort.anew(issued[0]), issued[1]]
    var duplicate = BitimV1.MakeDuplicateRequest()
    (duplicate.number, duplicate.reason) = (self.issued[0].number, .damaged)
    let papers = CertificateServiceClient(self.cohort.registrar)
    #expect(try await papers.makeDuplicate(duplicate).duplicate?.copy == 1)
    #expect(try await self.cohort.replacement(of: issued[1], for: .correction).proposal != 0)
    try await self.mark()
    var bar = BitimV1.BarPersonRequest()
    bar.personId = trainees[0]
    bar.bar = .init()
    bar.bar?.kind = .stateFunction
    bar.bar?.validFrom = "2026-11-01"
    bar.bar?.validUntil = "2026-12-31"
    bar.bar?.document = "a decree of 1 November"
    let barred = try await bar.asShown(by: registrar.barPerson)
    // Much waits for a second person: the annulled pass again, a certificate anew, other names of whom is
    // certified, the bar's end, another IIN, the end of the one there is, another birth date, hours of two,
    // a transfer of the second, two numbers to be one, the suspension's end, and the revocation's.
    rename.names = .latin("Akhmetova", "Aigerim")
    rename.from = "2026-11-22"
    #expect(try await registrar.renamePerson(rename).proposal != 0)
    var withdrawal = BitimV1.WithdrawBarRequest()
    withdrawal.personId = trainees[0]
    withdrawal.act = barred.person?.bars.first?.act ?? 0
    withdrawal.reason = "a namesake"
    #expect(try await withdrawal.asShown(by: registrar.withdrawBar).proposal != 0)
    try await self.correct(registrar)
    try await self.link(registrar)
    try await self.transfer()
    try await Self.waits(self.cohort)
    var undoing = BitimV1.WithdrawMarkRequest()
    undoing.number = self.issued[1].number
    undoing.reason = .wrongCertificate
    undoing.why = "the decision was on another"
    let certificates = CertificateServiceClient(self.cohort.certifier)
    #expect(try await undoing.asShown(by: certificates.withdrawMark).proposal != 0)
    var again = BitimV1.WithdrawAnnulmentRequest()
    (again.session, again.personId, again.caseAct) = ("S-014", trainees[1], self.appeal)
    again.why = "the appeal is upheld"
    let attestation = AttestationServiceClient(self.cohort.certifier)
    #expect(try await again.asShown(by: attestation.withdrawAnnulment).proposal != 0)
    try await self.stay()
    try await self.apply()
    _ = try await Self.recognised(trainees[1], self.cohort, waits: true)
    try await self.adopt()
    try await self.enter()
    try await self.die(registrar)
  }

  /// Somebody has died; that was an error, says another.
  private func die(_ registrar: PersonServiceClient) async throws {
    var death = BitimV1.RecordDeathRequest()
    (death.personId, death.diedOn, death.document) = (self.dead, "2026-11-20", "a certificate")
    #expect(try await death.asShown(by: registrar.recordDeath).recorded)
    var withdrawal = BitimV1.WithdrawDeathRequest()
    (withdrawal.personId, withdrawal.reason) = (self.dead, "a namesake")
    #expect(try await withdrawal.asShown(by: registrar.withdrawDeath).proposal != 0)
  }

  /// The second applies for the next programme, is asked for a paper, and is refused.
  private mutating func apply() async throws {
    let cases = CaseServiceClient(self.cohort.registrar)
    var request = BitimV1.SubmitApplicationRequest()
    (request.personId, request.organisation, request.programme) = (self.trainees[1], "ALA-01", 2)
    (request.category, request.consentVersion) = ("at own cost", "2026-01")
    request.papers = [CaseScene.paper]
    self.application = try await cases.submitApplication(request).found?.act ?? 0
    var move = BitimV1.MoveCaseRequest()
    (move.act, move.step, move.why) = (self.application, .returned, "no diploma")
    _ = try await cases.moveCase(move)
    move.step = .completed
    _ = try await cases.moveCase(move)
    var decision = BitimV1.DecideApplicationRequest()
    (decision.act, decision.outcome) = (self.application, .refused)
    (decision.reasons, decision.checks) = (["no certificate"], [.init()])
    (decision.checks[0].matter, decision.checks[0].paper) = (.education, CaseScene.paper)
    #expect(try await cases.decideApplication(decision).found?.outcome == .refused)
  }

  /// The papers that an entry in the register asks for.
  static var entryPapers: [BitimV1.CasePaper] {
    let matters: [(BitimV1.PaperMatter, String)] = [
      (.identity, "045123456"), (.narcology, ""), (.psychoneurology, ""), (.criminalRecord, "7"),
      (.diploma, "ЖБ 0012"), (.certificate, "45"),
    ]
    return matters.map { matter, number in
      var paper = CaseScene.paper
      (paper.document, paper.number, paper.matter, paper.result) = ("", number, matter, "жарайды")
      return paper
    }
  }

  /// Somebody's application for an entry in the register, as it is received.
  static func application(of person: Int64) -> BitimV1.ApplyForEntryRequest {
    func text(_ address: String, _ field: String, _ languages: String) -> BitimV1.EntryText {
      var text = BitimV1.EntryText()
      (text.address, text.field, text.languages) = (address, field, languages)
      return text
    }
    var entry = BitimV1.EntryApplication()
    entry.kk = text("Алматы, Абай даңғылы 1", "отбасылық", "қазақ, орыс")
    entry.ru = text("Алматы, пр. Абая 1", "семейная", "казахский, русский")
    entry.contact = "+7 701 000 00 00"
    var request = BitimV1.ApplyForEntryRequest()
    (request.personId, request.entry, request.papers) = (person, entry, Self.entryPapers)
    return request
  }

  /// The third is entered in the register by the certificate that was adopted, and excluded; the fourth waits.
  private mutating func enter() async throws {
    let registrar = RegisterServiceClient(self.cohort.registrar)
    let certifier = RegisterServiceClient(self.cohort.certifier)
    var entering = BitimV1.EnterRegisterRequest()
    entering.act =
      try await registrar.applyForEntry(Self.application(of: self.trainees[2])).found?.act ?? 0
    let entered = try await entering.asShown(by: certifier.enterRegister)
    var exclusion = BitimV1.ExcludeEntryRequest()
    exclusion.number = entered.entry?.number ?? ""
    (exclusion.ground, exclusion.why) = (.ownRequest, "a letter")
    #expect(try await exclusion.asShown(by: certifier.excludeEntry).recorded)
    self.entryApplication =
      try await registrar.applyForEntry(Self.application(of: self.trainees[3])).found?.act ?? 0
    try await self.learn()
  }

  /// The first has learned since, in hours that are checked and in points that are not, and says what he or she did.
  private mutating func learn() async throws {
    let registrar = LearningServiceClient(self.cohort.registrar)
    var check = BitimV1.CheckLearningRequest()
    check.act =
      try await registrar.recordLearning(Self.learning(of: self.trainees[0])).learning?.act ?? 0
    _ = try await LearningServiceClient(self.cohort.certifier).checkLearning(check)
    var points = Self.learning(of: self.trainees[0])
    (points.kind, points.amount, points.isRelevant) = (.conference, .points(10), true)
    self.learning = try await registrar.recordLearning(points).learning?.act ?? 0
    var practice = BitimV1.RecordPracticeRequest()
    var done = BitimV1.Practice()
    (done.year, done.field, done.cases, done.settled) = (2026, .family, 12, 9)
    (practice.personId, practice.practice) = (self.trainees[0], done)
    _ = try await registrar.recordPractice(practice)
  }

  /// What somebody learned, as it is recorded.
  static func learning(of person: Int64) -> BitimV1.RecordLearningRequest {
    var request = BitimV1.RecordLearningRequest()
    (request.personId, request.heldOn, request.kind) = (person, "2026-10-12", .course)
    (request.amount, request.provider) = (.quarters(24), "Әділет академиясы")
    request.evidence = "№ 7 куәлік"
    return request
  }

  /// Training elsewhere of somebody, as it is received.
  static func recognition(of person: Int64) -> BitimV1.ReceiveRecognitionRequest {
    var request = BitimV1.ReceiveRecognitionRequest()
    var asked = BitimV1.Recognition()
    (asked.issuer, asked.country, asked.training) = ("Centro", "ESP", "Curso de mediación")
    (asked.programme, asked.theoryQuarters, asked.practiceQuarters) = (1, 40, 20)
    (asked.number, asked.issuedOn) = ("77", "2024-05-31")
    (asked.translationSeen, asked.legalisationSeen) = (true, true)
    (request.personId, request.recognition, request.papers) = (person, asked, [CaseScene.paper])
    return request
  }

  /// Recognises a part of it in the cohort; returns the case.
  ///
  /// - Parameter waits: Whether nobody approves it.
  private static func recognised(
    _ person: Int64, _ cohort: TestCohort, waits: Bool = false
  ) async throws -> Int64 {
    let cases = CaseServiceClient(cohort.registrar)
    let file = try await cases.receiveRecognition(Self.recognition(of: person)).found?.act ?? 0
    var decision = BitimV1.DecideRecognitionRequest()
    (decision.act, decision.outcome, decision.reasons) = (file, .recognisedPart, ["the same"])
    decision.part = .init()
    decision.part?.cohort = cohort.code
    // A quarter alone: what is corrected below the minimum stays there.
    decision.part?.theoryQuarters = 1
    decision.part?.practiceQuarters = 8
    let act = try await cases.decideRecognition(decision).proposal
    if !waits { try await cohort.approve(act) }
    return file
  }

  /// The first's certificate, suspended as it is, is revoked as well, and an arbiter stays that.
  private func stay() async throws {
    var revocation = BitimV1.RevokeCertificateRequest()
    (revocation.number, revocation.reason) = (self.issued[0].number, .misconduct)
    _ = try await revocation.asShown(
      by: CertificateServiceClient(self.cohort.certifier).revokeCertificate)
    let auditor = AccessServiceClient(
      try await self.school.client(self.school.person("Tursynova", "Aru"), [.auditor]))
    var acts = BitimV1.ListActsRequest()
    (acts.kind, acts.pageSize) = ("certificate_revoked", 1)
    var request = BitimV1.ReceiveCaseRequest()
    (request.kind, request.personId, request.toldOn) = (.appeal, self.trainees[0], "2026-11-22")
    request.contested = try await auditor.listActs(acts).acts.map(\.number)
    request.grounds = ["the decision was on another"]
    let arbiter = CaseServiceClient(
      try await self.school.client(self.school.person("Tursynov", "Murat"), [.arbiter]))
    var move = BitimV1.MoveCaseRequest()
    move.act = try await arbiter.receiveCase(request).found?.act ?? 0
    (move.step, move.why) = (.stayed, "she would lose her work")
    #expect(try await arbiter.moveCase(move).found?.steps.count == 1)
  }

  /// Of the first's result another mark is proposed, once it is confirmed.
  private static func correct(_ person: Int64, _ cohort: TestCohort) async throws {
    var request = BitimV1.CorrectResultRequest()
    (request.session, request.personId, request.why) = ("S-014", person, "the sheet says 81")
    request.scores = [(BitimV1.Component.test, 81), (.rolePlay, 75), (.interview, 90)].map {
      var score = BitimV1.Score()
      (score.component, score.points) = ($0.0, Int32($0.1))
      return score
    }
    let chair = AttestationServiceClient(cohort.chair)
    #expect(try await request.asShown(by: chair.correctResult).proposal != 0)
  }

  /// The fourth's pass is refused, and that is to be ended.
  private static func refuse(_ person: Int64, _ cohort: TestCohort) async throws {
    let certificates = CertificateServiceClient(cohort.certifier)
    var refusal = BitimV1.RefuseCertificateRequest()
    (refusal.personId, refusal.programme) = (person, 1)
    refusal.why = "the diploma is not recognised"
    #expect(try await refusal.asShown(by: certificates.refuseCertificate).recorded)
    var end = BitimV1.WithdrawRefusalRequest()
    (end.personId, end.programme, end.reason) = (person, 1, .mended)
    end.why = "it is recognised"
    #expect(try await end.asShown(by: certificates.withdrawRefusal).proposal != 0)
  }

  /// A row of the old register: the third trainee's.
  static func oldPaper(_ ownNumber: String) -> BitimV1.AdoptionRow {
    var row = BitimV1.AdoptionRow()
    row.line = 2
    row.holder = TestCohort.row(1, iin: Self.people[2].3).person
    row.holder?.names = .latin(Self.people[2].0, Self.people[2].1)
    row.holder?.birthDate = Self.people[2].2
    row.issuedOn = "2013-05-20"
    row.programme = 1
    row.entry = .init()
    row.entry?.ownNumber = ownNumber
    return row
  }

  private func adopt() async throws {
    let registrar = CertificateServiceClient(self.cohort.registrar)
    for number in ["45", "46"] {
      var request = BitimV1.AdoptCertificatesRequest()
      request.rows = [Self.oldPaper(number)]
      request.rows[0].distinctFrom = [PersonNumber.text(self.trainees[0])]
      request.rows[0].distinctEvidence = "two books"
      let proposed = try await request.asShown(by: registrar.adoptCertificates)
      guard number == "45" else { return }
      var approval = BitimV1.ApproveRequest()
      approval.act = proposed.proposal
      approval.shownDigest = proposed.shownDigest
      _ = try await ProposalServiceClient(self.cohort.certifier).approve(approval)
    }
  }

  /// A paper that somebody has seen.
  static var evidence: BitimV1.Evidence {
    var evidence = BitimV1.Evidence()
    evidence.document = "identity card"
    evidence.number = "045123456"
    evidence.seenBy = "Serik Aliya"
    evidence.seenOn = "2026-11-20"
    return evidence
  }

  /// The second had a passport until a day; of the first three corrections are proposed.
  private func correct(_ registrar: PersonServiceClient) async throws {
    var addition = BitimV1.AddIdentifierRequest()
    addition.personId = self.trainees[1]
    addition.identifier = .init()
    addition.identifier?.kind = .document
    addition.identifier?.number = "N12345678"
    addition.identifier?.country = "KAZ"
    addition.identifier?.documentType = "passport"
    addition.reason = .documentRenewed
    addition.evidence = Self.evidence
    #expect(try await registrar.addIdentifier(addition).proposal == 0)
    var end = BitimV1.EndIdentifierRequest()
    end.personId = self.trainees[1]
    end.identifier = addition.identifier
    end.reason = .documentLost
    end.evidence = Self.evidence
    #expect(try await registrar.endIdentifier(end).proposal == 0)
    var error = BitimV1.CorrectIdentifierRequest()
    error.personId = self.trainees[0]
    error.wrong = .init()
    error.wrong?.kind = .iin
    error.wrong?.number = Self.people[0].3
    error.right = error.wrong
    error.right?.number = "850505300011"
    error.reason = .typingError
    error.evidence = Self.evidence
    error.distinctFrom = [PersonNumber.text(self.trainees[2])]
    error.distinctEvidence = "two identity cards"
    #expect(try await registrar.correctIdentifier(error).proposal != 0)
    end.personId = self.trainees[0]
    end.identifier = error.wrong
    #expect(try await registrar.endIdentifier(end).proposal != 0)
    var correction = BitimV1.CorrectPersonRequest()
    correction.personId = self.trainees[0]
    correction.birthDate = "1991-12-30"
    correction.reason = .typingError
    correction.evidence = Self.evidence
    #expect(try await registrar.correctPerson(correction).proposal != 0)
    // Of the first the theory of one class is proposed to be less, of the third the practice of another.
    let service = CohortServiceClient(self.cohort.registrar)
    var hours = BitimV1.CorrectHoursRequest()
    hours.cohort = self.cohort.code
    hours.startsAt = "09:00"
    hours.reason = .dispute
    hours.evidence = "the attendance sheet"
    (hours.personId, hours.heldOn, hours.theoryQuarters) = (self.trainees[0], "2026-02-03", 32)
    #expect(try await service.correctHours(hours).proposal != 0)
    (hours.personId, hours.heldOn, hours.theoryQuarters) = (self.trainees[2], "2026-02-07", 0)
    hours.practiceQuarters = 32
    #expect(try await service.correctHours(hours).proposal != 0)
  }

  /// Who left is to be one with a member of the commission.
  private func link(_ registrar: PersonServiceClient) async throws {
    var merge = BitimV1.MergePeopleRequest()
    merge.personId = self.left
    merge.otherId = self.cohort.memberID
    merge.document = "an identity card"
    #expect(try await merge.asShown(by: registrar.mergePeople).proposal != 0)
  }

  /// Somebody waits for a place in another cohort, which is full (R-417).
  private static func waits(_ cohort: TestCohort) async throws {
    let service = CohortServiceClient(cohort.registrar)
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-ALA-09")
    open.cohort?.endsOn = "2026-12-31"
    _ = try await service.openCohort(open)
    let enrolled = try await WaitingTests.enrol(
      WaitingTests.rows(0..<11, cohort: "P1-ALA-09"), waits: true, by: cohort.registrar)
    #expect(enrolled.rows.last?.verdict == .waiting)
    // It is to follow another edition, under which one who is barred since would not be admitted.
    var repin = BitimV1.RepinCohortRequest()
    (repin.code, repin.edition, repin.why) = ("P1-ALA-09", "school", "a letter")
    #expect(try await repin.asShown(by: service.repinCohort).proposal != 0)
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-09"
    let trainee = try await service.getCohort(get).trainees.first?.person?.id
    var bar = BitimV1.BarPersonRequest()
    (bar.personId, bar.bar) = (trainee ?? 0, .init())
    bar.bar?.kind = .stateFunction
    bar.bar?.validFrom = "2026-02-01"
    bar.bar?.document = "a decree of 1 February"
    _ = try await bar.asShown(by: PersonServiceClient(cohort.registrar).barPerson)
  }

  /// The second is to go to another centre.
  private func transfer() async throws {
    try await self.school.centre("SHY-03")
    let service = CohortServiceClient(self.cohort.registrar)
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P1-SHY-01")
    open.cohort?.organisation = "SHY-03"
    open.cohort?.endsOn = "2026-12-31"
    _ = try await service.openCohort(open)
    var request = BitimV1.TransferTraineeRequest()
    request.cohort = "P1-ALA-01"
    request.personId = self.trainees[1]
    request.to = "P1-SHY-01"
    request.why = "Шымкентке көшті"
    #expect(try await service.transferTrainee(request).proposal != 0)
  }

  /// The fourth missed the last class, and made it up.
  private static func makeUp(_ person: Int64, _ cohort: TestCohort) async throws {
    var hours = BitimV1.CorrectHoursRequest()
    (hours.cohort, hours.personId, hours.heldOn) = (cohort.code, person, "2026-02-10")
    (hours.startsAt, hours.reason, hours.evidence) = ("09:00", .dispute, "the attendance sheet")
    _ = try await CohortServiceClient(cohort.registrar).correctHours(hours)
    var row = BitimV1.HoursRow()
    (row.line, row.cohort, row.heldOn, row.startsAt) = (1, cohort.code, "2026-02-11", "09:00")
    (row.practiceQuarters, row.makesUp) = (36, "2026-02-10 09:00")
    var request = BitimV1.RecordHoursRequest()
    request.rows = [row]
    let service = CohortServiceClient(cohort.trainer)
    #expect(try await service.recordHours(request).attendances == 1)
  }

  private static func left(_ cohort: TestCohort) async throws -> Int64 {
    #expect(try await cohort.enrol([TestCohort.row(4, iin: "123456789013")]).recorded)
    let service = CohortServiceClient(cohort.registrar)
    var get = BitimV1.GetCohortRequest()
    get.code = "P1-ALA-01"
    var leave = BitimV1.WithdrawTraineeRequest()
    leave.cohort = "P1-ALA-01"
    leave.personId = try await service.getCohort(get).trainees.last?.person?.id ?? 0
    leave.reason = .moved
    _ = try await service.withdrawTrainee(leave)
    // She came back, and left again.
    var back = BitimV1.ReinstateTraineeRequest()
    back.cohort = "P1-ALA-01"
    back.personId = leave.personId
    back.why = "қайта оралды"
    _ = try await service.reinstateTrainee(back)
    _ = try await service.withdrawTrainee(leave)
    return leave.personId
  }

  /// Her appeal against the annulment was late, returned for completion, and is upheld.
  private static func appealed(_ cohort: TestCohort, _ person: Int64) async throws -> Int64 {
    let school = cohort.school
    let auditor = AccessServiceClient(
      try await school.client(school.person("Tursynova", "Zhanar"), [.auditor]))
    let arbiter = CaseServiceClient(
      try await school.client(school.person("Tursynov", "Askar"), [.arbiter]))
    var acts = BitimV1.ListActsRequest()
    acts.kind = "result_annulled"
    var request = BitimV1.ReceiveCaseRequest()
    (request.kind, request.personId, request.toldOn) = (.appeal, person, "2026-10-01")
    request.contested = try await auditor.listActs(acts).acts.map(\.number)
    (request.grounds, request.lateReason) = (["the procedure was kept"], "she was abroad")
    request.papers = [CaseScene.paper]
    let act = try await arbiter.receiveCase(request).found?.act ?? 0
    var move = BitimV1.MoveCaseRequest()
    (move.act, move.step, move.why) = (act, .returned, "no power of attorney")
    _ = try await arbiter.moveCase(move)
    move.step = .completed
    _ = try await arbiter.moveCase(move)
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome, decision.reasons) = (act, .decisionChanged, ["so it was"])
    #expect(try await arbiter.decideCase(decision).found?.state == .decided)
    return act
  }

  private func mark() async throws {
    let certifier = CertificateServiceClient(self.cohort.certifier)
    var suspension = BitimV1.SuspendCertificateRequest()
    suspension.number = self.issued[0].number
    suspension.ground = .investigation
    _ = try await suspension.asShown(by: certifier.suspendCertificate)
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = self.issued[1].number
    revocation.reason = .misconduct
    _ = try await revocation.asShown(by: certifier.revokeCertificate)
    try await self.letStand(certifier)
  }

  /// The first attended an hour less of one class, and her certificate is to stand although.
  private func letStand(_ certifier: CertificateServiceClient) async throws {
    var hours = BitimV1.CorrectHoursRequest()
    (hours.cohort, hours.personId, hours.heldOn) = (
      self.cohort.code, self.trainees[0], "2026-02-04"
    )
    (hours.startsAt, hours.theoryQuarters) = ("09:00", 32)
    (hours.reason, hours.evidence) = (.dispute, "the attendance sheet")
    #expect(
      try await CohortServiceClient(self.cohort.registrar).correctHours(hours).proposal != 0)
    let proposals = ProposalServiceClient(self.cohort.certifier)
    let waiting = try await proposals.listProposals(.init()).proposals
    let proposal = try #require(waiting.first { $0.kind == .correctHours })
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (proposal.act, proposal.shownDigest)
    _ = try await proposals.approve(approval)
    var request = BitimV1.LetStandRequest()
    (request.number, request.doubt) = (self.issued[0].number, .groundFails)
    request.why = "the sheet was lost"
    #expect(try await request.asShown(by: certifier.letStand).proposal != 0)
    // Who suspended it is the only certifier there.
    var end = BitimV1.ReinstateCertificateRequest()
    (end.number, end.reason, end.why) = (self.issued[0].number, .mended, "the inquiry is over")
    end.heldOn = "2026-11-23"
    #expect(try await end.asShown(by: certifier.reinstateCertificate).proposal != 0)
  }

  /// A caller of each role at the School, at the centre that trained, at a foreign one, and those
  /// who have none. All of them hold the papers.
  func readers() async throws -> [Reader] {
    try await self.school.centre("AST-02")
    try await self.school.centre("AST-03")
    let agreement = try await self.school.agree(with: "AST-03", [.verifyNumber, .watch, .reasons])
    try await self.approve(agreement)
    var readers = [
      Reader("the administrator", self.school.administrator, "paper administrator"),
      Reader("a registrar", self.cohort.registrar, "paper registrar registrar@school"),
      Reader("the chair", self.cohort.chair, "paper examiner examiner@seat"),
      Reader("a certifier", self.cohort.certifier, "paper certifier"),
      Reader("the cohort's trainer", self.cohort.trainer, "paper trainer trainer@cohort"),
      Reader(
        "an arbiter",
        try await self.school.client(self.school.person("Staff", "NumberD"), [.arbiter]),
        "paper arbiter"),
      Reader("a stranger", self.school.stranger, "paper"),
      Reader(
        "a partner", try await self.school.token(0, [.verifier], in: "SCHOOL"),
        "paper verifier"),
      Reader(
        "a foreign partner", try await self.school.token(0, [.verifier], in: "AST-02"),
        "paper verifier"),
      Reader(
        "a partner who is told grounds", try await self.school.token(0, [.verifier], in: "AST-03"),
        "paper verifier verifier@reasons"),
    ]
    let more: [(BitimV1.Role, String, String)] = [
      (.trainer, "SCHOOL", "paper trainer"), (.examiner, "SCHOOL", "paper examiner"),
      (.auditor, "SCHOOL", "paper auditor"), (.registrar, "ALA-01", "paper registrar"),
      (.trainer, "ALA-01", "paper trainer"), (.examiner, "ALA-01", "paper examiner"),
      (.registrar, "AST-02", "paper"), (.trainer, "AST-02", "paper"),
      (.examiner, "AST-02", "paper"),
    ]
    for (index, (role, place, words)) in more.enumerated() {
      let person = try await self.school.person("Staff", "Number\(["A", "B", "C"][index % 3])")
      let client = try await self.school.client(person, [role], in: place)
      readers.append(Reader("\(role) of \(place)", client, words))
    }
    return readers
  }

  /// The certifier approves what waits.
  private func approve(_ act: Int64) async throws {
    let service = ProposalServiceClient(self.cohort.certifier)
    let proposal = try #require(
      try await service.listProposals(.init()).proposals.first { $0.act == act })
    var approval = BitimV1.ApproveRequest()
    (approval.act, approval.shownDigest) = (act, proposal.shownDigest)
    _ = try await service.approve(approval)
  }

  /// What a caller is shown of the three by every call that answers something of somebody.
  func exposure(to client: BitimClient) async throws -> Exposure {
    var seen = Exposure()
    try await self.notePeople(&seen, client)
    try await self.noteCertificates(&seen, client)
    try await self.noteStreams(&seen, client)
    try await seen.note { () throws(CallFailure) in
      try await ProposalServiceClient(client).listProposals(.init())
    }
    var cases = BitimV1.ListCasesRequest()
    cases.withEnded = true
    let all = cases
    try await seen.note { () throws(CallFailure) in
      try await CaseServiceClient(client).listCases(all)
    }
    try await self.noteRegister(&seen, client)
    try await self.noteLearning(&seen, LearningServiceClient(client))
    try await seen.note { () throws(CallFailure) in
      try await NoticeServiceClient(client).listNotices(.init())
    }
    let access = AccessServiceClient(client)
    try await seen.note { () throws(CallFailure) in try await access.listAccess(.init()) }
    try await seen.note { () throws(CallFailure) in try await access.listActs(.init()) }
    try await self.noteHistories(&seen, access)
    var report = BitimV1.GetYearReportRequest()
    (report.year, report.byExaminer, report.withCases) = (2026, true, true)
    let year = report
    try await seen.note { () throws(CallFailure) in
      try await ReportServiceClient(client).getYearReport(year)
    }
    try await seen.note { () throws(CallFailure) in try await access.listReads(.init()) }
    var follow = BitimV1.FollowActsRequest()
    follow.readsAfter = 0
    let followed = follow
    try await seen.note { () throws(CallFailure) in
      try await BackupServiceClient(client).followActs(followed)
    }
    return seen
  }

  private func noteHistories(_ seen: inout Exposure, _ access: AccessServiceClient) async throws {
    let of: [BitimV1.GetHistoryRequest.Of] =
      self.trainees.map { .personId($0) } + self.issued.map { .certificate($0.number) }
      + [.session("S-014"), .organisation("ALA-01")]
    for of in of {
      var request = BitimV1.GetHistoryRequest()
      request.purpose = .audit
      request.of = of
      let asked = request
      try await seen.note { () throws(CallFailure) in try await access.getHistory(asked) }
    }
  }

  private func notePeople(_ seen: inout Exposure, _ client: BitimClient) async throws {
    let people = PersonServiceClient(client)
    for (id, person) in zip(self.trainees, Self.people) {
      let mistyped = String(person.0.prefix(2) + person.0.dropFirst(3))
      for query in [person.0, person.3, mistyped] {
        var find = BitimV1.FindPeopleRequest()
        find.purpose = .enrolment
        find.query = query
        let asked = find
        try await seen.note { () throws(CallFailure) in try await people.findPeople(asked) }
      }
      var get = BitimV1.GetPersonRequest()
      get.purpose = .enrolment
      get.personId = id
      let asked = get
      try await seen.note { () throws(CallFailure) in try await people.getPerson(asked) }
    }
    var left = BitimV1.GetPersonRequest()
    left.purpose = .enrolment
    left.personId = self.left
    let gone = left
    try await seen.note { () throws(CallFailure) in try await people.getPerson(gone) }
    left.personId = self.dead
    let late = left
    try await seen.note { () throws(CallFailure) in try await people.getPerson(late) }
    var death = BitimV1.RecordDeathRequest()
    (death.personId, death.diedOn) = (self.trainees[3], "2026-11-20")
    (death.document, death.validateOnly) = ("a certificate", true)
    let dead = death
    try await seen.note { () throws(CallFailure) in try await people.recordDeath(dead) }
    var withdrawal = BitimV1.WithdrawDeathRequest()
    (withdrawal.personId, withdrawal.reason) = (self.dead, "a namesake")
    withdrawal.validateOnly = true
    let lives = withdrawal
    try await seen.note { () throws(CallFailure) in try await people.withdrawDeath(lives) }
    var bar = BitimV1.BarPersonRequest()
    bar.personId = self.trainees[0]
    bar.bar = .init()
    bar.bar?.kind = .conviction
    bar.bar?.validFrom = "2026-11-02"
    bar.bar?.document = "a ruling"
    bar.validateOnly = true
    let barred = bar
    try await seen.note { () throws(CallFailure) in try await people.barPerson(barred) }
    try await seen.note { () throws(CallFailure) in try await people.listDoubles(.init()) }
    for code in [self.cohort.code, "P1-ALA-09"] {
      var cohort = BitimV1.GetCohortRequest()
      cohort.code = code
      let asked = cohort
      try await seen.note { () throws(CallFailure) in
        try await CohortServiceClient(client).getCohort(asked)
      }
    }
    var classes = BitimV1.ListClassesRequest()
    classes.cohort = self.cohort.code
    let register = classes
    try await seen.note { () throws(CallFailure) in
      try await CohortServiceClient(client).listClasses(register)
    }
    for code in ["S-012", "S-013", "S-014"] {
      var session = BitimV1.GetSessionRequest()
      session.code = code
      let look = session
      try await seen.note { () throws(CallFailure) in
        try await AttestationServiceClient(client).getSession(look)
      }
    }
  }

  private func noteRegister(_ seen: inout Exposure, _ client: BitimClient) async throws {
    let register = RegisterServiceClient(client)
    var list = BitimV1.ListEntriesRequest()
    list.withExcluded = true
    let all = list
    try await seen.note { () throws(CallFailure) in try await register.listEntries(all) }
    var refusal = BitimV1.RefuseEntryRequest()
    (refusal.act, refusal.reasons) = (self.entryApplication, ["no certificate"])
    refusal.validateOnly = true
    let asked = refusal
    try await seen.note { () throws(CallFailure) in try await register.refuseEntry(asked) }
  }

  private func noteLearning(_ seen: inout Exposure, _ service: LearningServiceClient) async throws {
    var list = BitimV1.ListLearningRequest()
    list.personId = self.trainees[0]
    let learned = list
    try await seen.note { () throws(CallFailure) in try await service.listLearning(learned) }
    var practice = BitimV1.ListPracticeRequest()
    practice.personId = self.trainees[0]
    let done = practice
    try await seen.note { () throws(CallFailure) in try await service.listPractice(done) }
  }

  private func noteCertificates(_ seen: inout Exposure, _ client: BitimClient) async throws {
    let certificates = CertificateServiceClient(client)
    for id in self.trainees {
      var why = BitimV1.ExplainEligibilityRequest()
      why.personId = id
      why.target = .init()
      why.target?.kind = .programme
      why.target?.programme = 1
      let asked = why
      try await seen.note { () throws(CallFailure) in
        try await certificates.explainEligibility(asked)
      }
    }
    var preview = BitimV1.PreviewIssueRequest()
    preview.cohort = self.cohort.code
    let previewed = preview
    try await seen.note { () throws(CallFailure) in
      try await certificates.previewIssue(previewed)
    }
    try await seen.note { () throws(CallFailure) in
      try await certificates.listCertificates(.init())
    }
    for paper in self.issued + [self.replaced] {
      var get = BitimV1.GetCertificateRequest()
      get.number = paper.number
      let asked = get
      try await seen.note { () throws(CallFailure) in
        try await certificates.getCertificate(asked)
      }
      var verify = BitimV1.VerifyCertificateRequest()
      verify.number = paper.number
      verify.code = paper.code
      let held = verify
      try await seen.note { () throws(CallFailure) in
        try await certificates.verifyCertificate(held)
      }
      var carried = BitimV1.GetBundleRequest()
      carried.number = paper.number
      carried.code = paper.code
      let file = carried
      try await seen.note { () throws(CallFailure) in try await certificates.getBundle(file) }
      var credential = BitimV1.GetCredentialRequest()
      credential.number = paper.number
      credential.code = paper.code
      let shown = credential
      try await seen.note { () throws(CallFailure) in
        try await certificates.getCredential(shown)
      }
    }
    var old = BitimV1.VerifyAdoptedRequest()
    old.ownNumber = "45"
    old.issuedOn = "2013-05-20"
    old.surname = Self.people[2].0
    let shown = old
    try await seen.note { () throws(CallFailure) in try await certificates.verifyAdopted(shown) }
    var revoke = BitimV1.RevokeCertificateRequest()
    revoke.number = self.issued[0].number
    revoke.reason = .error
    revoke.why = "asked"
    revoke.validateOnly = true
    let asked = revoke
    try await seen.note { () throws(CallFailure) in
      try await certificates.revokeCertificate(asked)
    }
  }

  private func noteStreams(_ seen: inout Exposure, _ client: BitimClient) async throws {
    let certificates = CertificateServiceClient(client)
    var exported: [BitimV1.CertificateLine] = []
    do throws(CallFailure) {
      let lines = try await certificates.exportCertificates(.init())
      while let line = try await lines.next() { exported.append(line) }
    } catch {
      guard error.status != nil else { throw error }
    }
    for line in exported { try seen.note(line) }
    for change in try await Self.changes(client) { try seen.note(change) }
  }

  /// What a watch tells of the journal as it is; nothing if it is refused.
  static func changes(_ client: BitimClient) async throws -> [BitimV1.CertificateChange] {
    var changes: [BitimV1.CertificateChange] = []
    do throws(CallFailure) {
      let watched = try await CertificateServiceClient(client).watchCertificates(.init())
      // Acts after the last that concerned a certificate end with one without a number.
      while let change = try await watched.next(), !change.number.isEmpty {
        changes.append(change)
      }
      watched.cancel()
    } catch {
      guard error.status != nil else { throw error }
    }
    return changes
  }
}
