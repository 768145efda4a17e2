import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Examined anew by an arbiter's decision (R-633)")
struct ReExaminationTests {
  @Test("the result is annulled by who carries it out, and others examine, without a wait, once")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    let (iin, low, high) = ("991231000014", [10, 10, 10] as [Int32], [80, 75, 90] as [Int32])
    #expect(try await cohort.result(iin, low, in: "S-014").failed == 1)
    _ = try await cohort.confirm("S-014")
    var get = BitimV1.GetCohortRequest()
    get.code = cohort.code
    let trainee =
      try await CohortServiceClient(cohort.registrar).getCohort(get).trainees.first?.person?.id ?? 0
    let auditor = AccessServiceClient(
      try await school.client(school.person("Tursynova", "Zhanar"), [.auditor]))
    let cases = CaseServiceClient(
      try await school.client(school.person("Tursynov", "Askar"), [.arbiter]))
    var acts = BitimV1.ListActsRequest()
    acts.kind = "results_confirmed"
    var appeal = BitimV1.ReceiveCaseRequest()
    (appeal.kind, appeal.personId, appeal.toldOn) = (.appeal, trainee, "2026-11-20")
    appeal.contested = try await auditor.listActs(acts).acts.map(\.number)
    appeal.grounds = ["комиссия асықты"]
    let act = try await cases.receiveCase(appeal).found?.act ?? 0
    var decision = BitimV1.DecideCaseRequest()
    (decision.act, decision.outcome, decision.reasons) = (act, .reExamination, ["рас"])
    #expect(try await cases.decideCase(decision).found?.state == .decided)
    let due = DueServiceClient(cohort.certifier)
    #expect(try await due.listDue(.init()).items.map(\.caseAct) == [act])

    var annulment = BitimV1.AnnulResultRequest()
    (annulment.session, annulment.personId, annulment.reason) = ("S-014", trainee, "appeal")
    annulment.caseAct = act
    _ = try await AttestationServiceClient(cohort.certifier).annulResult(annulment)
    #expect(try await due.listDue(.init()).items == [])
    var look = BitimV1.GetCaseRequest()
    look.act = act
    #expect(try await cases.getCase(look).found?.state == .executed)

    // Who sat then, and whoever is one with somebody who did, examines nobody anew.
    try await cohort.session("S-015", on: "2026-11-22")
    let known = try await cohort.result(iin, high, in: "S-015")
    #expect(known.rows.reasons == ["COMMISSION_NOT_NEW"])
    var others: [Int64] = []
    for given in ["Aru", "Bota", "Gulim"] {
      let person = try await school.person("Ospanova", given)
      _ = try await school.client(person, [.examiner])
      others.append(person)
    }
    try await cohort.session(
      "S-016", on: "2026-11-22",
      commission: [(others[0], .chair), (others[1], .member), (others[2], .member)])
    let recorder = try await school.client(others[1], [.examiner])
    #expect(try await cohort.result(iin, low, in: "S-016", by: recorder).failed == 1)
    // Recorded anew while it waits for the chair, it is the same attempt.
    #expect(try await cohort.result(iin, [20, 10, 10], in: "S-016", by: recorder).failed == 1)
    _ = try await cohort.confirm("S-016", by: try await school.client(others[0], [.examiner]))
    // Then the ordinary rules hold: anybody examines.
    #expect(try await cohort.result(iin, high, in: "S-015").passed == 1)
    #expect(try school.check().problems == [])
  }
}
