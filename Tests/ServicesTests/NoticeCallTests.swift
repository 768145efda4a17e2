import BitimClient
import BitimProtocol
import BitimTestSupport
import Testing

@Suite("Learning that is asked, and notices of what ends (R-810, R-820)")
struct NoticeCallTests {
  /// A School that asks for six hours a year, and a mediator who is entered today, 22 November 2026.
  private final class Scene {
    let register: RegisterTests.Scene
    /// Their tokens end in thirty days: they get new ones when the clock is turned.
    private(set) var registrar: BitimClient
    private(set) var certifier: BitimClient
    private let registrarID: Int64
    var school: TestSchool { self.register.school }
    var notices: NoticeServiceClient { NoticeServiceClient(self.registrar) }

    init(scheme: Int32 = 2) async throws {
      let register = try await RegisterTests.Scene()
      self.register = register
      try await register.school.keepAdministrator()
      self.registrarID = try await register.school.person("Other", "Registrar")
      self.registrar = try await register.school.client(self.registrarID, [.registrar])
      self.certifier = register.cohort.certifier
      _ = try await register.enter(register.apply().act)
      var request = BitimV1.ChangeSettingRequest()
      var setting = BitimV1.Setting()
      (setting.value, setting.basis) = (scheme, .school)
      (request.name, request.setting, request.why) = (.learningScheme, setting, "кеңес № 4")
      let proposal = try await SettingServiceClient(self.school.administrator)
        .changeSetting(request).proposal
      try await self.register.cohort.approve(proposal)
    }

    func turn(to day: String) async throws {
      self.school.turn(to: day)
      try await self.school.keepAdministrator()
      self.registrar = try await self.school.client(self.registrarID, [.registrar])
      self.certifier = try await self.school.client(
        self.register.cohort.certifierID, [.certifier])
    }

    /// Records and checks hours of a day.
    func learn(_ quarters: Int32, on day: String) async throws {
      var request = Story.learning(of: self.register.person)
      (request.heldOn, request.amount) = (day, .quarters(quarters))
      let line = try await LearningServiceClient(self.registrar)
        .recordLearning(request).learning
      var check = BitimV1.CheckLearningRequest()
      check.act = line?.act ?? 0
      _ = try await LearningServiceClient(self.certifier).checkLearning(check)
    }

    func short() async throws -> BitimV1.LearningShort? {
      var request = BitimV1.ListLearningRequest()
      request.personId = self.register.person
      return try await LearningServiceClient(self.certifier)
        .listLearning(request).short
    }

    func due() async throws -> [[String]] {
      try await DueServiceClient(self.registrar).listDue(.init()).items
        .filter { $0.kind == .learning }.map { [$0.since, $0.until, $0.entry] }
    }

    func keys(
      on day: String = "", after: String = "", of kind: BitimV1.NoticeKind? = nil
    ) async throws -> [String] {
      var request = BitimV1.ListNoticesRequest()
      (request.day, request.after) = (day, after)
      return try await self.notices.listNotices(request).notices
        .filter { kind == nil || $0.kind == kind }.map(\.key)
    }

    func end() throws { try self.register.end() }
  }

  private static func window(
    _ from: String, _ until: String, _ quarters: Int32
  ) -> BitimV1.LearningWindow {
    var window = BitimV1.LearningWindow()
    (window.entry, window.from, window.until) = ("M-2026-1", from, until)
    (window.quarters, window.quartersNeeded, window.isFilled) = (quarters, 24, quarters >= 24)
    return window
  }

  @Test("windows run on from the day of entry; one that ends soon, or ended short, is due (R-010)")
  func windows() async throws {
    let scene = try await Scene()
    var short = BitimV1.LearningShort()
    short.window = Self.window("2026-11-22", "2027-11-21", 0)
    #expect(try await scene.short() == short)
    #expect(try await scene.due() == [])
    try await scene.learn(20, on: "2026-11-22")
    short.recorded = 1
    short.window?.quarters = 20
    #expect(try await scene.short() == short)
    try await scene.turn(to: "2027-10-22")
    #expect(try await scene.due() == [["", "2027-11-21", "M-2026-1"]])
    try await scene.turn(to: "2027-11-22")
    #expect(try await scene.due() == [["2027-11-22", "", "M-2026-1"]])
    short.window = Self.window("2027-11-22", "2028-11-21", 0)
    short.missed = Self.window("2026-11-22", "2027-11-21", 20)
    #expect(try await scene.short() == short)
    // A centre's registrar is asked for nothing.
    let centre = try await scene.school.client(
      scene.school.person("Centre", "Registrar"), [.registrar], in: "ALA-01")
    let own = try await DueServiceClient(centre).listDue(.init()).items
    #expect(own.filter { $0.kind == .learning } == [])
    // What is shown late counts on its day.
    try await scene.learn(4, on: "2027-11-21")
    #expect(try await scene.due() == [])
    #expect(try await scene.short()?.missed == nil)
    try scene.end()
  }

  @Test("a window that is not filled is told 90, 60, 30 and 7 days before it ends, and each once")
  func learning() async throws {
    let scene = try await Scene()
    var request = BitimV1.ListNoticesRequest()
    request.day = "2027-08-23"
    var notice = BitimV1.Notice()
    (notice.key, notice.kind) = ("2027-08-23/learning/90/2026000001", .learning)
    (notice.toldOn, notice.day, notice.daysLeft) = ("2027-08-23", "2027-11-21", 90)
    notice.number = "M-2026-1"
    let asked = request
    let told = try await scene.notices.listNotices(asked).notices
    #expect(told.filter { $0.kind == .learning } == [notice])
    for (day, left) in [("2027-09-22", 60), ("2027-10-22", 30), ("2027-11-14", 7)] {
      #expect(
        try await scene.keys(on: day, of: .learning) == ["\(day)/learning/\(left)/2026000001"])
    }
    for day in ["2027-08-22", "2027-08-24", "2027-11-21", "2027-11-22"] {
      #expect(try await scene.keys(on: day, of: .learning) == [])
    }
    try await scene.learn(24, on: "2026-11-22")
    #expect(try await scene.keys(on: "2027-08-23", of: .learning) == [])
    // The next window is told of in its own time.
    #expect(
      try await scene.keys(on: "2028-08-23", of: .learning)
        == ["2028-08-23/learning/90/2026000001"])
    try scene.end()
  }

  @Test("a suspension, an agreement, a token and a case are told before their last day")
  func others() async throws {
    let scene = try await Scene()
    let cohort = scene.register.cohort
    try await scene.school.centre("AST-02")
    try await scene.school.agree(with: "AST-02", [.watch], until: "2027-02-20")
    let agreements = try await scene.keys(of: .agreement)
    #expect(agreements.map { $0.prefix(24) } == ["2026-11-22/agreement/90/"])
    var suspend = BitimV1.SuspendCertificateRequest()
    (suspend.number, suspend.ground) = (scene.register.paper.number, .investigation)
    (suspend.until, suspend.why) = ("2026-12-22", "тексеру")
    let certificates = CertificateServiceClient(cohort.certifier)
    _ = try await suspend.asShown(by: certificates.suspendCertificate)
    #expect(
      try await scene.keys(of: .suspension) == ["2026-11-22/suspension/30/2026000001"])
    let complaint = try await scene.register.complaint()
    var entry = BitimV1.SuspendEntryRequest()
    (entry.number, entry.caseAct, entry.why) = ("M-2026-1", complaint.act, "шағым")
    _ = try await entry.asShown(by: scene.register.certifier.suspendEntry)
    #expect(
      try await scene.keys(on: "2027-05-14", of: .entrySuspension)
        == ["2027-05-14/entry_suspension/7/2026000001"])
    var receive = BitimV1.ReceiveCaseRequest()
    (receive.kind, receive.personId) = (.complaint, scene.register.person)
    receive.grounds = ["бір ұпай"]
    let file = try await CaseServiceClient(cohort.registrar).receiveCase(receive).found
    let last = try #require(file?.lastDay)
    #expect(
      try await scene.keys(on: last, of: .case) == ["\(last)/case/0/\(file?.act ?? 0)"])
    _ = try await scene.school.token(cohort.certifierID, [.certifier], in: "SCHOOL", days: 7)
    let tokens = try await scene.keys(of: .token).map { $0.split(separator: "/") }
    #expect(tokens.filter { $0[2] == "7" }.count == 1)
    // What is revoked since keeps its suspension, and is none.
    var revoke = BitimV1.RevokeCertificateRequest()
    (revoke.number, revoke.reason) = (scene.register.paper.number, .fraud)
    _ = try await revoke.asShown(by: certificates.revokeCertificate)
    #expect(try await scene.keys(of: .suspension) == [])
    let due = try await DueServiceClient(cohort.certifier).listDue(.init()).items
    #expect(!due.contains { $0.kind == .suspensionEnding })
    try scene.end()
  }

  @Test("who comes back goes on behind the last key, page after page, and nothing comes twice")
  func resumed() async throws {
    let scene = try await Scene()
    var all: [String] = []
    for code in ["AST-02", "AST-03", "AST-04"] {
      try await scene.school.centre(code)
      try await scene.school.agree(with: code, [.watch], until: "2027-02-20")
    }
    let first = try await scene.keys(of: .agreement)
    #expect(first.count == 3)
    all += first
    // A month later: what was told in between, and nothing again.
    let later = try await scene.keys(on: "2026-12-22", after: first[2], of: .agreement)
    #expect(later.map { $0.prefix(24) } == Array(repeating: "2026-12-22/agreement/60/", count: 3))
    #expect(
      try await scene.keys(on: "2026-12-22", after: first[1], of: .agreement)
        == [first[2]] + later)
    var request = BitimV1.ListNoticesRequest()
    (request.day, request.after, request.pageSize) = ("2026-12-22", first[0], 1)
    var paged: [String] = []
    repeat {
      let asked = request
      let page = try await scene.notices.listNotices(asked)
      #expect(page.notices.count <= 1)
      paged += page.notices.map(\.key)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(paged.filter { $0.contains("agreement") } == Array(first[1...]) + later)
    #expect(Set(paged).count == paged.count)
    let wrong = BitimV1.ListNoticesRequest.with("2026-11-22/agreement/31/1")
    await expectRefused(["PAGE_TOKEN_FOREIGN"], .invalidArgument) {
      _ = try await scene.notices.listNotices(wrong)
    }
    let centre = NoticeServiceClient(
      try await scene.school.client(
        scene.school.person("Centre", "Registrar"), [.registrar], in: "ALA-01"))
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await centre.listNotices(.init())
    }
    try scene.end()
  }
}

extension BitimV1.ListNoticesRequest {
  fileprivate static func with(_ after: String) -> Self {
    var request = Self()
    request.after = after
    return request
  }
}
