import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("What was done, read by an auditor (R-902)")
struct ListActsTests {
  private static func auditor(_ school: TestSchool) async throws -> AccessServiceClient {
    let person = try await school.person("Tursynova", "Zhanar")
    return AccessServiceClient(try await school.client(person, [.auditor]))
  }

  private static func request(
    _ change: (inout BitimV1.ListActsRequest) -> Void = { _ in }
  ) -> BitimV1.ListActsRequest {
    var request = BitimV1.ListActsRequest()
    request.pageSize = 500
    change(&request)
    return request
  }

  /// A line of 22 November 2026, 12:00 in Almaty, without its instant: others were before it.
  private static func line(
    _ act: BitimV1.ActLine, _ change: (inout BitimV1.ActLine) -> Void
  ) -> BitimV1.ActLine {
    var line = BitimV1.ActLine()
    line.number = act.number
    line.recordedAt = act.recordedAt
    line.outcome = .done
    change(&line)
    return line
  }

  private static func subject(
    _ kind: BitimV1.SubjectKind, _ code: String = "", person: Int64 = 0, _ name: String = ""
  ) -> BitimV1.ActSubject {
    var subject = BitimV1.ActSubject()
    subject.kind = kind
    subject.code = code
    subject.personId = person
    subject.name = name
    return subject
  }

  @Test("each act says who made it, as what and for whom, of what, and what became of it")
  func lines() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.session("S-014")
    // Without her hours: refused, and kept by the journal.
    let early = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    #expect(!early.recorded)
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let auditor = try await Self.auditor(school)
    let acts = try await auditor.listActs(Self.request()).acts
    #expect(acts.map(\.number) == (1...Int64(acts.count)).reversed())
    #expect(acts[0].recordedAt != nil)

    // The auditor himself, his role and his token come last.
    #expect(
      acts.prefix(5).map(\.kind) == [
        "token_created", "role_granted", "person_registered", "hours_recorded", "act_refused",
      ])
    let (registered, hours, refused) = (acts[2], acts[3], acts[4])
    let administrator = "Abenova Gulnar"
    #expect(
      registered
        == Self.line(registered) {
          $0.kind = "person_registered"
          $0.actorId = 1
          $0.actorName = administrator
          $0.roles = [.administrator]
          $0.organisation = "SCHOOL"
          $0.subjects = [Self.subject(.person, person: 9, "Tursynova Zhanar")]
          $0.subjectCount = 1
        })
    #expect(
      hours
        == Self.line(hours) {
          $0.kind = "hours_recorded"
          $0.actorId = cohort.trainerID
          $0.actorName = "Omarov Nurlan"
          $0.roles = [.trainer]
          $0.organisation = "ALA-01"
          $0.subjects = [
            Self.subject(.cohort, "P1-ALA-01"),
            Self.subject(.person, person: cohort.trainerID, "Omarov Nurlan"),
            Self.subject(.person, person: 8, "Ахметова Әйгерім Қайратқызы"),
          ]
          $0.subjectCount = 3
        })
    #expect(
      refused
        == Self.line(refused) {
          $0.kind = "act_refused"
          $0.actorId = cohort.examinerID
          $0.actorName = "Garcia Lucia"
          $0.roles = [.examiner]
          $0.organisation = "SCHOOL"
          $0.subjects = [Self.subject(.person, person: 8, "Ахметова Әйгерім Қайратқызы")]
          $0.subjectCount = 1
          $0.outcome = .refused
          $0.call = "bitim.v1.AttestationService/RecordResults"
          $0.codes = ["HOURS_SHORT"]
        })
    // `bitimd init` has neither person nor organisation nor token.
    let founding = try #require(acts.last)
    #expect(
      founding
        == Self.line(founding) {
          $0.kind = "organisations_registered"
          $0.subjects = [Self.subject(.organisation, "SCHOOL")]
          $0.subjectCount = 1
        })
    // Who gave the auditor his role, and made his token.
    let token = try #require(
      try await AccessServiceClient(school.administrator).listAccess(.init()).tokens.last)
    #expect(
      acts[0]
        == Self.line(acts[0]) {
          $0.kind = "token_created"
          $0.actorId = 1
          $0.actorName = administrator
          $0.roles = [.administrator]
          $0.organisation = "SCHOOL"
          $0.subjects = [
            Self.subject(.organisation, "SCHOOL"), Self.subject(.token, "\(token.id)"),
            Self.subject(.person, person: 9, "Tursynova Zhanar"),
          ]
          $0.subjectCount = 3
        })
  }

  @Test("whom an act names and whose facts it made or ended are the same people")
  func subjects() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    // Roles and tokens that end, seats, hours that are refused, a double that is none.
    _ = try await story.readers()
    var back = BitimV1.ReinstateTraineeRequest()
    (back.cohort, back.why) = ("P1-ALA-01", "қайта оралды")
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "123456789013"
    back.personId = try #require(
      try await PersonServiceClient(story.cohort.registrar).findPeople(find).people.first
    ).id
    _ = try await CohortServiceClient(story.cohort.registrar).reinstateTrainee(back)
    try await story.cohort.session("S-015", on: "2026-03-27")
    #expect(try await !story.cohort.result("123456789013", [80, 75, 90], in: "S-015").recorded)
    var withdrawal = BitimV1.WithdrawRoleRequest()
    withdrawal.personId = story.cohort.memberID
    withdrawal.role = .examiner
    withdrawal.organisation = "SCHOOL"
    _ = try await AccessServiceClient(school.administrator).withdrawRole(withdrawal)
    let proposals = ProposalServiceClient(story.cohort.certifier)
    for proposal in try await proposals.listProposals(.init()).proposals {
      if proposal.kind == .renamePerson {
        var approval = BitimV1.ApproveRequest()
        approval.act = proposal.act
        approval.shownDigest = proposal.shownDigest
        _ = try await proposals.approve(approval)
      } else {
        var end = BitimV1.EndProposalRequest()
        end.act = proposal.act
        end.reason = "аты бірдей басқа адам"
        _ = try await proposals.endProposal(end)
      }
    }
    let auditor = try await Self.auditor(school)
    let all = try await auditor.listActs(Self.request()).acts
    #expect(all.allSatisfy { $0.subjectCount == $0.subjects.count })
    let kinds = Set(all.map(\.kind))
    #expect(
      Deed.kinds.subtracting(kinds).sorted() == [
        "agreement_ended", "annulment_withdrawn", "bar_ended", "bar_withdrawn",
        "candidate_admitted", "certificate_let_stand",
        "certificate_reinstated",
        "certificate_replaced",
        "certificates_adopted", "class_cancelled", "class_corrected", "cohort_amended",
        "cohort_cancelled", "cohort_repinned", "death_withdrawn",
        "double_dismissed", "edition_adopted", "edition_closed",
        "enrolment_undone", "entitlement_ended", "entitlement_granted", "entitlement_resumed",
        "entitlement_suspended", "entry_corrected", "entry_suspended", "identifier_corrected",
        "key_certified",
        "key_retired", "learning_ended", "mark_withdrawn", "organisation_changed",
        "people_merged", "people_split", "person_corrected", "reads_counted", "records_restored",
        "refusal_withdrawn", "report_filed", "result_corrected", "results_reviewed",
        "seat_changed",
        "session_cancelled",
        "session_moved", "setting_changed", "specialisation_defined", "token_revoked",
        "trainee_transferred",
        "trainer_replaced",
        "trainer_unassigned", "waiting_ended",
      ])
    // What a second person approved is found by what it did.
    let replaced = try await auditor.listActs(Self.request { $0.kind = "certificate_replaced" })
      .acts
    #expect(!replaced.isEmpty)
    #expect(replaced.allSatisfy { $0.kind == "approved" })
    let people = Set(all.flatMap(\.subjects).map(\.personId)).subtracting([0])
    #expect(people.count > 15)
    for person in people {
      let own = try await auditor.listActs(Self.request { $0.personId = person }).acts
      let named = all.filter { act in act.subjects.contains { $0.personId == person } }
      #expect(own == named, "\(person)")
    }
  }

  @Test("filters leave what fits, and pages go on where the last ended")
  func filters() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    let auditor = try await Self.auditor(school)
    let before = try await auditor.listActs(Self.request()).acts
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-24")))
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let all = try await auditor.listActs(Self.request()).acts
    func numbers(
      _ change: (inout BitimV1.ListActsRequest) -> Void
    ) async throws -> [Int64] {
      try await auditor.listActs(Self.request(change)).acts.map(\.number)
    }
    func those(_ fit: (BitimV1.ActLine) -> Bool) -> [Int64] { all.filter(fit).map(\.number) }
    #expect(try await numbers { $0.kind = "role_granted" } == those { $0.kind == "role_granted" })
    #expect(
      try await numbers { $0.actorId = cohort.trainerID } == those { $0.kind == "hours_recorded" })
    #expect(
      try await numbers {
        $0.actorId = 1
        $0.personId = cohort.chairID
        $0.kind = "token_created"
      }
        == those { act in
          act.kind == "token_created" && act.subjects.contains { $0.personId == cohort.chairID }
        })
    // On the 24th there are the hours; on the 22nd all else; between them nothing.
    let last = try #require(all.first?.number)
    let rest = before.map(\.number)
    #expect(try await numbers { $0.from = "2026-11-24" } == [last])
    #expect(try await numbers { $0.from = "2026-11-23" } == [last])
    #expect(try await numbers { $0.from = "2026-11-22" } == [last] + rest)
    #expect(try await numbers { $0.from = "2026-11-25" } == [])
    #expect(try await numbers { $0.until = "2026-11-24" } == [last] + rest)
    #expect(try await numbers { $0.until = "2026-11-23" } == rest)
    #expect(try await numbers { $0.until = "2026-11-21" } == [])
    #expect(
      try await numbers {
        $0.from = "2026-11-23"
        $0.until = "2026-11-23"
      } == [])
    for filtered in [Self.request(), Self.request { $0.personId = 8 }] {
      var request = filtered
      let whole = try await auditor.listActs(request).acts
      request.pageSize = 2
      var paged: [BitimV1.ActLine] = []
      repeat {
        let page = try await auditor.listActs(request)
        #expect(page.acts.count <= 2)
        paged += page.acts
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      #expect(paged == whole)
    }
  }

  @Test("what was refused, for what reason, and what was made for whom is asked for")
  func outcomes() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.session("S-014")
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let auditor = try await Self.auditor(school)
    func kinds(
      _ change: (inout BitimV1.ListActsRequest) -> Void
    ) async throws -> [String] {
      try await auditor.listActs(Self.request(change)).acts.map(\.kind)
    }
    let all = try await kinds { _ in }
    #expect(try await kinds { $0.outcome = .refused } == ["act_refused"])
    #expect(try await kinds { $0.outcome = .done } == all.filter { $0 != "act_refused" })
    #expect(try await kinds { $0.code = "HOURS_SHORT" } == ["act_refused"])
    #expect(try await kinds { $0.code = "POSSIBLE_DOUBLE" } == [])
    #expect(
      try await kinds {
        $0.outcome = .done
        $0.code = "HOURS_SHORT"
      } == [])
    // The trainer alone acts for the centre.
    #expect(try await kinds { $0.organisation = "ALA-01" } == ["hours_recorded"])
    // `bitimd init` acts for nobody: the School, its administrator, the role and the token.
    let ofSchool = try await kinds { $0.organisation = "SCHOOL" }
    #expect(ofSchool == all.dropLast(4).filter { $0 != "hours_recorded" })
  }

  @Test("a seed draws the acts in an order that sha256sum tells, page by page")
  func sample() async throws {
    let school = try TestSchool()
    defer { school.close() }
    // 1 the School, 2 to 4 its administrator with role and token, 5 to 7 the auditor.
    let auditor = try await Self.auditor(school)
    func pages(
      of size: Int32 = 500, _ seed: String,
      _ change: (inout BitimV1.ListActsRequest) -> Void = { _ in }
    ) async throws -> [[Int64]] {
      var request = Self.request(change)
      (request.seed, request.pageSize) = (seed, size)
      var pages: [[Int64]] = []
      repeat {
        let page = try await auditor.listActs(request)
        pages.append(page.acts.map(\.number))
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      return pages
    }
    // for n in $(seq 7); do echo "$(printf %s "Тұрсынова:$n" | sha256sum) $n"; done | sort
    #expect(try await pages("Тұрсынова") == [[5, 3, 2, 1, 7, 6, 4]])
    #expect(try await pages(of: 3, "Тұрсынова") == [[5, 3, 2], [1, 7, 6], [4]])
    #expect(try await pages(of: 7, "Тұрсынова") == [[5, 3, 2, 1, 7, 6, 4]])
    #expect(try await pages("қараша") == [[1, 6, 5, 3, 7, 4, 2]])
    // What fits is drawn in the same order.
    #expect(try await pages("Тұрсынова") { $0.personId = 2 } == [[5, 7, 6]])
    #expect(try await pages(of: 1, "Тұрсынова") { $0.personId = 2 } == [[5], [7], [6]])
    #expect(try await pages("Тұрсынова") { $0.kind = "role_granted" } == [[3, 6]])
    // What is recorded later takes a place of its own.
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-24")))
    _ = try await school.person("Omarov", "Nurlan")
    #expect(try await pages("Тұрсынова") == [[5, 8, 3, 2, 1, 7, 6, 4]])
    #expect(
      try await pages("Тұрсынова") { $0.until = "2026-11-23" } == [[5, 3, 2, 1, 7, 6, 4]])
    #expect(try await pages("Тұрсынова") { $0.from = "2026-11-23" } == [[8]])
    #expect(try await pages("Тұрсынова") { $0.from = "2026-11-25" } == [[]])
    // A page goes on in its own order alone; 50 letters are 100 octets.
    let page = try await auditor.listActs(
      Self.request {
        $0.seed = String(repeating: "ж", count: 50)
        $0.pageSize = 1
      })
    await expectRefused(["PAGE_TOKEN_FOREIGN"], .invalidArgument) {
      _ = try await auditor.listActs(
        Self.request {
          $0.pageToken = page.nextPageToken
          $0.seed = "ж"
        })
    }
  }

  @Test("what can't be asked for is refused")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let auditor = try await Self.auditor(school)
    let cases: [(String, Status.Code, (inout BitimV1.ListActsRequest) -> Void)] = [
      ("NOT_IN_LIST", .invalidArgument, { $0.kind = "роль" }),
      ("PERSON_UNKNOWN", .notFound, { $0.actorId = 99 }),
      ("PERSON_UNKNOWN", .notFound, { $0.personId = 99 }),
      ("ORGANISATION_UNKNOWN", .notFound, { $0.organisation = "ЖОҚ-01" }),
      ("NOT_IN_LIST", .invalidArgument, { $0.outcome = .init(rawValue: 3) }),
      ("NOT_IN_LIST", .invalidArgument, { $0.code = "САҒАТ" }),
      ("TEXT_TOO_LONG", .invalidArgument, { $0.seed = String(repeating: "ж", count: 51) }),
      ("NOT_A_DATE", .invalidArgument, { $0.from = "2026-02-30" }),
      ("NOT_A_DATE", .invalidArgument, { $0.until = "кеше" }),
      ("VALUE_OUT_OF_RANGE", .invalidArgument, { $0.pageSize = 501 }),
      ("PAGE_TOKEN_FOREIGN", .invalidArgument, { $0.pageToken = "x" }),
    ]
    for (reason, code, change) in cases {
      await expectRefused([reason], code) {
        _ = try await auditor.listActs(Self.request(change))
      }
    }
    let page = try await auditor.listActs(Self.request { $0.pageSize = 1 })
    await expectRefused(["PAGE_TOKEN_FOREIGN"], .invalidArgument) {
      _ = try await auditor.listActs(
        Self.request {
          $0.pageToken = page.nextPageToken
          $0.kind = "role_granted"
        })
    }
  }
}
