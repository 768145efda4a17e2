import BitimClient
import BitimDomain
import BitimProtocol
import BitimTestSupport
import Testing

@Suite("Histories, as the School's people read them (R-901)")
struct HistoryTests {
  private typealias Of = BitimV1.GetHistoryRequest.Of

  private static func history(
    _ of: BitimV1.GetHistoryRequest.Of, by client: BitimClient, size: Int32 = 500,
    byEffect: Bool = false
  ) async throws -> [BitimV1.HistoryAct] {
    var request = BitimV1.GetHistoryRequest()
    request.purpose = .audit
    (request.of, request.pageSize, request.byEffect) = (of, size, byEffect)
    var acts: [BitimV1.HistoryAct] = []
    repeat {
      let page = try await AccessServiceClient(client).getHistory(request)
      #expect(page.acts.count <= size)
      acts += page.acts
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return acts
  }

  private static func auditor(_ school: TestSchool) async throws -> BitimClient {
    try await school.client(school.person("Tursynova", "Zhanar"), [.auditor])
  }

  /// `field about (which): before > after`, by whatever act it was an error.
  private static func text(_ line: BitimV1.HistoryLine) -> String {
    let about = line.about.map { " \($0.name)\($0.code)" } ?? ""
    let which = line.which.isEmpty ? "" : " (\(line.which))"
    let before = line.before.isEmpty ? "" : "\(line.before) > "
    let struck = line.struckBy == 0 ? "" : " struck"
    return
      "\(line.field)\(about)\(which): \(before)\(line.after.isEmpty ? "-" : line.after)\(struck)"
  }

  @Test(
    "an act says both its days, by whom, as what, for whom and by which token, what it said and what stood before"
  )
  func act() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let person = try await school.person("Utegenova", "Ulzhan")
    var rename = BitimV1.RenamePersonRequest()
    (rename.personId, rename.reason) = (person, "неке")
    rename.names = .latin("Seitova", "Ulzhan")
    rename.from = "2026-11-20"
    _ = try await PersonServiceClient(cohort.registrar).renamePerson(rename)
    let auditor = try await Self.auditor(school)
    let acts = try await Self.history(.personId(person), by: auditor)
    #expect(acts.map { $0.act?.kind } == ["person_registered", "person_renamed"])
    var expected = BitimV1.HistoryAct()
    expected.act = BitimV1.ActLine()
    expected.act?.number = acts[1].act?.number ?? 0
    expected.act?.kind = "person_renamed"
    expected.act?.recordedAt = acts[1].act?.recordedAt
    expected.act?.actorId = acts[1].act?.actorId ?? 0
    expected.act?.actorName = "Serik Aliya"
    expected.act?.roles = [.registrar]
    expected.act?.organisation = "SCHOOL"
    expected.act?.subjects = [.init()]
    expected.act?.subjects[0].kind = .person
    expected.act?.subjects[0].personId = person
    expected.act?.subjects[0].name = "Seitova Ulzhan"
    expected.act?.subjectCount = 1
    expected.act?.outcome = .done
    expected.heldOn = "2026-11-22"
    expected.recordedOn = "2026-11-22"
    expected.tokenName = acts[1].tokenName
    #expect(!acts[1].tokenName.isEmpty)
    for (field, before, after) in [
      ("full_name_latin", "Utegenova Ulzhan", "Seitova Ulzhan"), ("from", "", "2026-11-20"),
      ("reason", "", "неке"),
    ] {
      var line = BitimV1.HistoryLine()
      (line.field, line.before, line.after) = (field, before, after)
      expected.lines.append(line)
    }
    expected.lineCount = 3
    #expect(acts[1] == expected)
    // What an auditor does not read, the office does.
    #expect(acts[0].lines.map(Self.text) == ["full_name_latin: Utegenova Ulzhan"])
    #expect(acts[0].personal == [])
    for office in [cohort.registrar, cohort.certifier] {
      let told = try await Self.history(.personId(person), by: office)
      #expect(told[0].personal.map(\.field).contains("birth_date"))
      #expect(Int(told[0].lineCount) == told[0].lines.count + told[0].personal.count)
    }
  }

  @Test(
    "a certificate's history is its own: what was proposed, approved, suspended, and withdrawn as an error"
  )
  func certificate() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    let auditor = try await Self.auditor(school)
    let first = try await Self.history(.certificate(story.issued[0].number), by: auditor)
    #expect(
      first.map { "\($0.act?.kind ?? "") \($0.within)" } == [
        "approved certificate_replaced", "duplicate_made ", "certificate_suspended ",
        "proposed let_stand", "proposed reinstate_certificate", "certificate_revoked ",
        "case_received ", "case_moved ",
      ])
    #expect(first[0].proposal != 0)
    #expect(first[0].proposerName == "Serik Aliya")
    let replaced = try await Self.history(.certificate(story.replaced.number), by: auditor)
    #expect(
      replaced.map { "\($0.act?.kind ?? "") \($0.within)" } == [
        "certificates_issued ", "proposed replace_certificate", "approved certificate_replaced",
      ])
    #expect(
      replaced[2].lines.map(Self.text).contains("replaced: \(story.issued[0].number)"))
    // Of the revocation that somebody would withdraw.
    let second = try await Self.history(.certificate(story.issued[1].number), by: auditor)
    #expect(
      second.map { "\($0.act?.kind ?? "") \($0.within)" } == [
        "certificates_issued ", "proposed replace_certificate", "certificate_revoked ",
        "proposed withdraw_mark",
      ])
    try await story.cohort.approve(second[3].act?.number ?? 0, by: story.cohort.registrar)
    let after = try await Self.history(.certificate(story.issued[1].number), by: auditor)
    #expect(after[2].lines.map(Self.text) == ["revoked: 2026-11-22 struck", "reason: misconduct"])
    #expect(after[2].lines[0].struckBy == after[4].act?.number)
    #expect(
      after[4].lines.map(Self.text) == [
        "revoked: 2026-11-22 > -", "reason: wrong_certificate",
        "why: the decision was on another",
      ])
  }

  @Test(
    "the histories of people, sessions and organisations have the acts that name them, and no other"
  )
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let story = try await Story(school)
    _ = try await story.readers()
    var move = BitimV1.AmendSessionRequest()
    try await story.cohort.session("S-020", on: "2026-11-23")
    (move.session, move.heldOn, move.why) = ("S-020", "2026-11-24", "зал бос емес")
    _ = try await AttestationServiceClient(story.cohort.registrar).amendSession(move)
    let auditor = try await Self.auditor(school)
    var all = BitimV1.ListActsRequest()
    all.pageSize = 500
    let acts = try await AccessServiceClient(auditor).listActs(all).acts.reversed()
    func named(_ fits: (BitimV1.ActSubject) -> Bool) -> [Int64] {
      acts.filter { $0.subjects.contains(where: fits) }.map(\.number)
    }
    func numbers(_ of: BitimV1.GetHistoryRequest.Of) async throws -> [Int64] {
      try await Self.history(of, by: auditor).map { $0.act?.number ?? 0 }
    }
    for person in story.trainees + [story.left, story.dead, story.cohort.trainerID] {
      #expect(try await numbers(.personId(person)) == named { $0.personId == person })
    }
    for session in ["S-012", "S-013", "S-014", "S-020"] {
      #expect(
        try await numbers(.session(session)) == named { $0.kind == .session && $0.code == session },
        "\(session)")
    }
    for organisation in ["SCHOOL", "ALA-01", "AST-03"] {
      let own = named { $0.kind == .organisation && $0.code == organisation }
      let told = try await Self.history(.organisation(organisation), by: auditor)
      let more = told.filter { !own.contains($0.act?.number ?? 0) }
      #expect(Set(own).isSubset(of: told.map { $0.act?.number ?? 0 }), "\(organisation)")
      #expect(
        Set(more.map { "\($0.act?.kind ?? "") \($0.within)" })
          .subtracting(["cohort_opened ", "proposed adopt_agreement"]) == [])
    }
    // Of a trainee's pass: in her history the session is named, in the session's she is.
    let hers = try await Self.history(.personId(story.trainees[2]), by: auditor)
    let recorded = try #require(hers.last { $0.act?.kind == "results_recorded" })
    #expect(
      recorded.lines.map(Self.text) == [
        "outcome S-014: passed", "scores S-014: test 80, role_play 75, interview 90",
        "attempt S-014: 1",
      ])
    // From 23 March to 22 November.
    let excused = try #require(hers.last { $0.act?.kind == "absence_excused" })
    #expect(excused.heldOn == "2026-03-23")
    #expect(excused.recordedOn == "2026-11-22")
    #expect(excused.daysLate == 244)
    let theirs = try await Self.history(.session("S-014"), by: auditor)
    #expect(
      theirs.flatMap(\.lines).map(Self.text).contains(
        "scores Оспанова Мәдина: test 80, role_play 75, interview 90"))
    let moved = try await Self.history(.session("S-020"), by: auditor)
    #expect(
      moved.last?.lines.map(Self.text) == ["held_on: 2026-11-23 > 2026-11-24", "why: зал бос емес"])
  }

  @Test("what was tried and refused is in a person's history, with the call and why")
  func refused() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    try await cohort.session("S-014")
    #expect(try await !cohort.result("991231000014", [80, 75, 90], in: "S-014").recorded)
    let auditor = try await Self.auditor(school)
    var find = BitimV1.FindPeopleRequest()
    find.purpose = .enrolment
    find.query = "991231000014"
    let person = try #require(
      try await PersonServiceClient(cohort.registrar).findPeople(find).people.first
    ).id
    let acts = try await Self.history(.personId(person), by: auditor)
    #expect(acts.map { $0.act?.kind } == ["trainees_enrolled", "act_refused"])
    #expect(acts[1].act?.outcome == .refused)
    #expect(acts[1].act?.call == "bitim.v1.AttestationService/RecordResults")
    #expect(acts[1].act?.codes == ["HOURS_SHORT"])
    #expect(acts[1].lines == [])
  }

  @Test("pages go on where the last ended, in the order of recording or of the days")
  func pages() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.enrol([TestCohort.row(2, iin: "991231000014")])
    _ = try await cohort.hours(day: "2026-02-05", theory: 9)
    _ = try await cohort.hours(day: "2026-02-03", theory: 9)
    let auditor = try await Self.auditor(school)
    let of = Of.personId(cohort.trainerID)
    let whole = try await Self.history(of, by: auditor)
    #expect(whole.count > 4)
    #expect(try await Self.history(of, by: auditor, size: 2) == whole)
    let days = try await Self.history(of, by: auditor, size: 2, byEffect: true)
    #expect(days.map(\.heldOn) == whole.map(\.heldOn).sorted())
    #expect(Set(days.map { $0.act?.number ?? 0 }) == Set(whole.map { $0.act?.number ?? 0 }))
    var request = BitimV1.GetHistoryRequest()
    request.purpose = .audit
    (request.of, request.pageSize) = (of, 1)
    let page = try await AccessServiceClient(auditor).getHistory(request)
    request.pageToken = page.nextPageToken
    request.byEffect = true
    let foreign = request
    await expectRefused(["PAGE_TOKEN_FOREIGN"], .invalidArgument) {
      _ = try await AccessServiceClient(auditor).getHistory(foreign)
    }
  }

  @Test("what is not there, and whoever is not of the School, is refused")
  func unknown() async throws {
    let school = try TestSchool()
    defer { school.close() }
    try await school.centre("ALA-01")
    let auditor = try await Self.auditor(school)
    let cases: [(String, Status.Code, BitimV1.GetHistoryRequest.Of?)] = [
      ("VALUE_MISSING", .invalidArgument, nil), ("PERSON_UNKNOWN", .notFound, .personId(99)),
      ("NUMBER_MISTYPED", .invalidArgument, .certificate("2026-000001-00")),
      ("CERTIFICATE_UNKNOWN", .notFound, .certificate("2026-000417-29")),
      ("SESSION_UNKNOWN", .notFound, .session("S-99")),
      ("ORGANISATION_UNKNOWN", .notFound, .organisation("XXX-99")),
    ]
    for (reason, code, of) in cases {
      var request = BitimV1.GetHistoryRequest()
      request.purpose = .audit
      request.of = of
      let asked = request
      await expectRefused([reason], code) {
        _ = try await AccessServiceClient(auditor).getHistory(asked)
      }
    }
    let centre = try await school.client(
      school.person("Zere", "Omirbekova"), [.registrar], in: "ALA-01")
    // Of somebody who is there as of nobody.
    for person: Int64 in [1, 99] {
      var request = BitimV1.GetHistoryRequest()
      request.purpose = .audit
      request.of = .personId(person)
      let asked = request
      await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
        _ = try await AccessServiceClient(centre).getHistory(asked)
      }
    }
  }
}
