import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("The register of mediators (R-801 to R-808)")
struct RegisterTests {
  /// A School with one certified trainee who has names in both languages, and an arbiter.
  struct Scene {
    let school: TestSchool
    let cohort: TestCohort
    let paper: BitimV1.IssuedLine
    var person: Int64 { self.paper.person?.id ?? 0 }
    var registrar: RegisterServiceClient { RegisterServiceClient(self.cohort.registrar) }
    var certifier: RegisterServiceClient { RegisterServiceClient(self.cohort.certifier) }

    init(russian: Bool = true) async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      var row = TestCohort.row(1, iin: "991231000014")
      if russian {
        let kazakh = row.person?.names?.kk
        row.person?.names?.ru = kazakh
        row.person?.names?.ru?.given = "Айгерим"
        row.person?.names?.ru?.patronymic = "Кайратовна"
      }
      #expect(try await self.cohort.enrol([row]).recorded)
      try await self.cohort.allHours()
      try await self.cohort.session("S-014")
      _ = try await self.cohort.result("991231000014", [80, 75, 90], in: "S-014")
      _ = try await self.cohort.confirm("S-014")
      self.paper = try #require(try await self.cohort.issue().first)
    }

    func apply(
      _ change: (inout BitimV1.ApplyForEntryRequest) -> Void = { _ in }
    ) async throws -> BitimV1.Case {
      var request = Story.application(of: self.person)
      change(&request)
      return try #require(try await self.registrar.applyForEntry(request).found)
    }

    func enter(_ act: Int64, on day: String = "") async throws -> BitimV1.EntryResponse {
      var request = BitimV1.EnterRegisterRequest()
      (request.act, request.heldOn) = (act, day)
      return try await request.asShown(by: self.certifier.enterRegister)
    }

    /// A complaint about the mediator, decided by an arbiter.
    func complaint(
      _ outcome: BitimV1.CaseOutcome = .confirmed, by roles: [BitimV1.Role] = [.arbiter]
    ) async throws -> (act: Int64, arbiter: BitimClient) {
      let arbiter = try await self.school.client(
        self.school.person("Tursynov", "Askar"), roles)
      var request = BitimV1.ReceiveCaseRequest()
      (request.kind, request.personId, request.grounds) = (.complaint, self.person, ["бір ұпай"])
      let act =
        try await CaseServiceClient(self.cohort.registrar).receiveCase(request).found?.act ?? 0
      var decision = BitimV1.DecideCaseRequest()
      (decision.act, decision.outcome, decision.reasons) = (act, outcome, ["солай болған"])
      _ = try await CaseServiceClient(arbiter).decideCase(decision)
      return (act, arbiter)
    }

    func entry(_ number: String = "M-2026-1") async throws -> BitimV1.Entry {
      var request = BitimV1.GetEntryRequest()
      request.number = number
      return try #require(try await self.certifier.getEntry(request).entry)
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  @Test(
    "somebody applies with some papers, completes them, and is entered by the digest of what was shown"
  )
  func entered() async throws {
    let scene = try await Scene()
    let received = try await scene.apply { $0.papers.removeLast() }
    #expect(received.kind == .entry)
    #expect(received.lastDay == "2026-12-02")
    #expect(received.entry == Story.application(of: 0).entry)
    #expect(received.papers == Array(Story.entryPapers.dropLast()))
    await expectRefused(["CASE_INCOMPLETE"], .failedPrecondition) {
      _ = try await scene.enter(received.act)
    }
    let cases = CaseServiceClient(scene.cohort.registrar)
    var move = BitimV1.MoveCaseRequest()
    (move.act, move.step, move.why) = (received.act, .returned, "сертификаты жоқ")
    _ = try await cases.moveCase(move)
    (move.step, move.why, move.papers) = (.completed, "", [Story.entryPapers[5]])
    let complete = try await cases.moveCase(move).found
    #expect(complete?.papers == Story.entryPapers)

    var request = BitimV1.EnterRegisterRequest()
    (request.act, request.validateOnly) = (received.act, true)
    let look = try await scene.certifier.enterRegister(request)
    var shown = BitimV1.EntryShown()
    shown.displayId = scene.paper.person?.displayId ?? ""
    shown.names = scene.paper.person?.names
    (shown.caseAct, shown.number, shown.after) = (received.act, "M-2026-1", .entered)
    (shown.effectOn, shown.published) = ("2026-11-22", received.entry)
    #expect(look.shown == shown)
    #expect(!look.recorded)
    #expect(look.entry == nil)
    request.validateOnly = false
    let none = request
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await scene.certifier.enterRegister(none)
    }
    request.shownDigest = String(repeating: "0", count: 32)
    let other = request
    await expectRefused(["SHOWN_CHANGED"], .aborted) {
      _ = try await scene.certifier.enterRegister(other)
    }
    request.shownDigest = look.shownDigest
    let done = try await scene.certifier.enterRegister(request)
    var entry = BitimV1.Entry()
    (entry.number, entry.standing) = ("M-2026-1", .entered)
    entry.person = done.entry?.person
    (entry.since, entry.enteredOn) = ("2026-11-22", "2026-11-22")
    (entry.published, entry.hasCertificate, entry.caseAct) = (received.entry, true, received.act)
    #expect(done.entry == entry)
    #expect(done.recorded)
    #expect(done.entry?.person?.id == scene.person)
    #expect(try await scene.entry("м-2026-1") == entry)
    var get = BitimV1.GetCaseRequest()
    get.act = received.act
    let decided = try await cases.getCase(get).found
    #expect(decided?.outcome == .entered)
    #expect(decided?.entryNumber == "M-2026-1")
    // She stands there: another application enters her no second time.
    let again = try await scene.apply()
    await expectRefused(["ENTRY_THERE"], .alreadyExists) { _ = try await scene.enter(again.act) }
    await expectRefused(["ALREADY_THERE"], .alreadyExists) { _ = try await scene.apply() }
    try scene.end()
  }

  @Test("what is missing is said at once: papers, names in Russian, a certificate that is valid")
  func conditions() async throws {
    let scene = try await Scene(russian: false)
    let received = try await scene.apply { $0.papers = Array($0.papers.prefix(4)) }
    var suspension = BitimV1.SuspendCertificateRequest()
    (suspension.number, suspension.ground) = (scene.paper.number, .investigation)
    _ = try await suspension.asShown(
      by: CertificateServiceClient(scene.cohort.certifier).suspendCertificate)
    await expectRefused(
      ["CASE_INCOMPLETE", "CASE_INCOMPLETE", "NAMES_MISSING", "CERTIFICATE_NOT_VALID"],
      .failedPrecondition
    ) { _ = try await scene.enter(received.act) }
    try scene.end()
  }

  @Test(
    "an entry is refused with reasons, incomplete or not, by another than who received it (R-027, R-043)"
  )
  func refused() async throws {
    let scene = try await Scene()
    let received = try await scene.apply { $0.papers = Array($0.papers.prefix(1)) }
    var move = BitimV1.MoveCaseRequest()
    (move.act, move.step, move.why) = (received.act, .returned, "бес қағаз жоқ")
    _ = try await CaseServiceClient(scene.cohort.registrar).moveCase(move)
    var request = BitimV1.RefuseEntryRequest()
    (request.act, request.reasons) = (received.act, ["бес қағаз жоқ"])
    let done = try await request.asShown(by: scene.certifier.refuseEntry)
    #expect(done.recorded)
    #expect(done.entry == nil)
    #expect(done.shown?.reasons == ["бес қағаз жоқ"])
    #expect(done.shown?.number == "")
    #expect(try await scene.certifier.listEntries(.init()).entries == [])
    // Who has both roles decides on no application that he or she received.
    let both = try await scene.school.client(
      scene.school.person("Staff", "Both"), [.registrar, .certifier])
    let own = try #require(
      try await RegisterServiceClient(both).applyForEntry(Story.application(of: scene.person))
        .found)
    var refusal = BitimV1.RefuseEntryRequest()
    (refusal.act, refusal.reasons, refusal.validateOnly) = (own.act, ["x"], true)
    let asked = refusal
    await expectRefused(["DECIDES_OWN_ACT"], .permissionDenied) {
      _ = try await RegisterServiceClient(both).refuseEntry(asked)
    }
    try scene.end()
  }

  @Test("is suspended on a confirmed complaint for six months, and ended at her own request")
  func marks() async throws {
    let scene = try await Scene()
    let number = try #require(try await scene.enter(scene.apply().act).entry?.number)
    let (act, arbiter) = try await scene.complaint()
    var request = BitimV1.SuspendEntryRequest()
    (request.number, request.validateOnly) = (number, true)
    let bare = request
    await expectRefused(["CASE_MISSING"], .failedPrecondition) {
      _ = try await scene.certifier.suspendEntry(bare)
    }
    (request.caseAct, request.validateOnly) = (act, false)
    let done = try await request.asShown(by: scene.certifier.suspendEntry)
    #expect(done.shown?.before == .entered)
    #expect(done.shown?.after == .suspended)
    #expect(done.shown?.until == "2027-05-21")
    #expect(done.entry?.standing == .suspended)
    #expect(done.entry?.until == "2027-05-21")
    #expect(done.entry?.marks.map(\.caseAct) == [act])
    var get = BitimV1.GetCaseRequest()
    get.act = act
    let file = try await CaseServiceClient(arbiter).getCase(get).found
    #expect(file?.state == .executed)
    #expect(file?.carriedOutBy == done.entry?.marks.map(\.act))

    var exclusion = BitimV1.ExcludeEntryRequest()
    (exclusion.number, exclusion.ground, exclusion.why) = (number, .ownRequest, "12-өтініш")
    let ended = try await exclusion.asShown(by: scene.certifier.excludeEntry)
    #expect(ended.entry?.standing == .excluded)
    #expect(ended.entry?.marks.map(\.why) == ["", "12-өтініш"])
    #expect(ended.entry?.marks.map(\.ground) == [.unspecified, .ownRequest])
    exclusion.validateOnly = true
    let twice = exclusion
    await expectRefused(["ENTRY_EXCLUDED"], .failedPrecondition) {
      _ = try await scene.certifier.excludeEntry(twice)
    }
    #expect(try await scene.certifier.listEntries(.init()).entries == [])
    var all = BitimV1.ListEntriesRequest()
    all.withExcluded = true
    #expect(try await scene.certifier.listEntries(all).entries == [try await scene.entry()])
    // A new entry has a new number.
    #expect(try await scene.enter(scene.apply().act).entry?.number == "M-2026-2")
    all.pageSize = 1
    let first = try await scene.certifier.listEntries(all)
    #expect(first.entries.map(\.number) == ["M-2026-1"])
    all.pageToken = first.nextPageToken
    let second = try await scene.certifier.listEntries(all)
    #expect(second.entries.map(\.number) == ["M-2026-2"])
    #expect(second.nextPageToken == "")
    try scene.end()
  }

  @Test("who decided the complaint suspends nothing on it (R-027)")
  func hands() async throws {
    let scene = try await Scene()
    let number = try #require(try await scene.enter(scene.apply().act).entry?.number)
    let (act, both) = try await scene.complaint(by: [.arbiter, .certifier])
    var request = BitimV1.SuspendEntryRequest()
    (request.number, request.caseAct, request.validateOnly) = (number, act, true)
    let asked = request
    await expectRefused(["DECIDES_OWN_ACT"], .permissionDenied) {
      _ = try await RegisterServiceClient(both).suspendEntry(asked)
    }
    try scene.end()
  }

  @Test(
    "a registrar of the School corrects what is published of it, and the application stays (R-809)")
  func corrected() async throws {
    let scene = try await Scene()
    let received = try await scene.apply()
    let number = try #require(try await scene.enter(received.act).entry?.number)
    var request = BitimV1.CorrectEntryRequest()
    (request.number, request.why, request.published) = (number, "14-өтініш", .init())
    let same = request
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await scene.registrar.correctEntry(same)
    }
    request.published?.contact = "+7 701 000 00 01"
    var entry = try await scene.entry()
    entry.published?.contact = "+7 701 000 00 01"
    #expect(try await scene.registrar.correctEntry(request).entry == entry)
    #expect(try await scene.entry() == entry)
    // Once more on the same day: what stood before stands no more.
    request.published = .init()
    request.published?.ru = .init()
    request.published?.ru?.address = "Алматы, ул. Төле би 5"
    entry.published?.ru?.address = "Алматы, ул. Төле би 5"
    #expect(try await scene.registrar.correctEntry(request).entry == entry)
    #expect(try await scene.certifier.listEntries(.init()).entries == [entry])
    var get = BitimV1.GetCaseRequest()
    get.act = received.act
    #expect(
      try await CaseServiceClient(scene.cohort.registrar).getCase(get).found?.entry
        == received.entry)
    request.heldOn = "2026-11-21"
    let early = request
    await expectRefused(["DATES_REVERSED"], .invalidArgument) {
      _ = try await scene.registrar.correctEntry(early)
    }
    let centre = try await scene.school.client(
      scene.school.person("Registrar", "First"), [.registrar], in: "ALA-01")
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await RegisterServiceClient(centre).correctEntry(early)
    }
    request.number = "M-2026-9"
    let unknown = request
    await expectRefused(["ENTRY_UNKNOWN"], .notFound) {
      _ = try await scene.registrar.correctEntry(unknown)
    }
    var history = BitimV1.GetHistoryRequest()
    history.of = .personId(scene.person)
    history.purpose = .audit
    let acts = try await AccessServiceClient(scene.cohort.certifier).getHistory(history).acts
      .filter { $0.act?.kind == "entry_corrected" }
    #expect(acts.count == 2)
    #expect(
      acts.last?.lines.filter { $0.before != $0.after && !$0.before.isEmpty }
        .map { [$0.field, $0.before, $0.after] } == [
          ["address_ru", "Алматы, пр. Абая 1", "Алматы, ул. Төле би 5"]
        ])
    try scene.end()
  }

  @Test("it ends with its mediator, and then nothing is done to it (R-124)")
  func death() async throws {
    let scene = try await Scene()
    let number = try #require(try await scene.enter(scene.apply().act).entry?.number)
    var death = BitimV1.RecordDeathRequest()
    (death.personId, death.diedOn, death.document) = (scene.person, "2026-11-22", "куәлік 5")
    _ = try await death.asShown(by: PersonServiceClient(scene.cohort.registrar).recordDeath)
    let entry = try await scene.entry()
    #expect(entry.standing == .excluded)
    #expect(entry.since == "2026-11-22")
    var exclusion = BitimV1.ExcludeEntryRequest()
    (exclusion.number, exclusion.ground, exclusion.why) = (number, .decision, "x")
    exclusion.validateOnly = true
    let asked = exclusion
    await expectRefused(["ENTRY_EXCLUDED"], .failedPrecondition) {
      _ = try await scene.certifier.excludeEntry(asked)
    }
    try scene.end()
  }

  @Test(
    "an application waits for the certifiers from the third day on, a lost condition for ten days (R-010)"
  )
  func due() async throws {
    let scene = try await Scene()
    let received = try await scene.apply {
      ($0.receivedOn, $0.papers) = ("2026-11-19", Array($0.papers.prefix(1)))
    }
    func items(_ client: BitimClient, _ kind: BitimV1.DueKind) async throws -> [BitimV1.DueItem] {
      try await DueServiceClient(client).listDue(.init()).items.filter { $0.kind == kind }
    }
    var item = BitimV1.DueItem()
    (item.kind, item.since, item.until) = (.entry, "2026-11-19", "2026-11-29")
    (item.person, item.caseAct) = (received.person, received.act)
    #expect(try await items(scene.cohort.certifier, .entry) == [item])
    #expect(try await items(scene.cohort.registrar, .entry) == [])
    var refusal = BitimV1.RefuseEntryRequest()
    (refusal.act, refusal.reasons) = (received.act, ["бес қағаз жоқ"])
    _ = try await refusal.asShown(by: scene.certifier.refuseEntry)
    #expect(try await items(scene.cohort.certifier, .entry) == [])

    _ = try await scene.enter(scene.apply().act)
    #expect(try await items(scene.cohort.certifier, .entryCondition) == [])
    var bar = BitimV1.BarPersonRequest()
    (bar.personId, bar.bar) = (scene.person, .init())
    bar.bar?.kind = .stateFunction
    bar.bar?.validFrom = "2026-11-20"
    bar.bar?.document = "бұйрық 7"
    _ = try await bar.asShown(by: PersonServiceClient(scene.cohort.registrar).barPerson)
    var lost = BitimV1.DueItem()
    (lost.kind, lost.since, lost.until) = (.entryCondition, "2026-11-20", "2026-11-30")
    (lost.person, lost.entry) = (received.person, "M-2026-1")
    #expect(try await items(scene.cohort.certifier, .entryCondition) == [lost])
    try scene.end()
  }

  @Test(
    "papers on health are read by registrars of the School and certifiers alone; a centre reads nothing (R-802)"
  )
  func readers() async throws {
    let scene = try await Scene()
    let received = try await scene.apply()
    let arbiter = try await scene.school.client(
      scene.school.person("Tursynov", "Askar"), [.arbiter])
    var get = BitimV1.GetCaseRequest()
    get.act = received.act
    let asked = get
    for client in [scene.cohort.registrar, scene.cohort.certifier] {
      #expect(try await CaseServiceClient(client).getCase(asked).found?.papers == Story.entryPapers)
    }
    var others = Story.entryPapers.filter { ![.narcology, .psychoneurology].contains($0.matter) }
    for index in others.indices { others[index].result = "" }
    #expect(try await CaseServiceClient(arbiter).getCase(asked).found?.papers == others)
    let centre = RegisterServiceClient(
      try await scene.school.client(
        scene.school.person("Registrar", "First"), [.registrar], in: "ALA-01"))
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await centre.applyForEntry(Story.application(of: scene.person))
    }
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await centre.listEntries(.init())
    }
    var one = BitimV1.GetEntryRequest()
    one.number = "M-2026-9"
    let unknown = one
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await centre.getEntry(unknown)
    }
    await expectRefused(["ENTRY_UNKNOWN"], .notFound) {
      _ = try await scene.certifier.getEntry(unknown)
    }
    one.number = "2026-9"
    let mistyped = one
    await expectRefused(["ENTRY_UNKNOWN"], .notFound) {
      _ = try await scene.certifier.getEntry(mistyped)
    }
    try scene.end()
  }
}
