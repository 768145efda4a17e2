import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Calls of the registry that stream")
struct StreamTests {
  private func request(_ number: String, _ code: String = "") -> BitimV1.VerifyCertificateRequest {
    var request = BitimV1.VerifyCertificateRequest()
    request.number = number
    request.code = code
    return request
  }

  @Test("bulk verification answers each paper in its turn as the single call does")
  func verification() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let bulk = try await CertificateServiceClient(partner).verifyCertificates()
    let papers = [
      self.request(issued.number), self.request(issued.number, "0000-0000-0000-0000"),
      self.request("2026-000001-17"), self.request("2026-000417-29"),
    ]
    for paper in papers { try await bulk.send(paper) }
    bulk.finishSending()
    var answers: [BitimV1.VerifyCertificateResponse] = []
    for try await answer in bulk.answers { answers.append(answer) }
    #expect(answers.map(\.verdict) == [.valid, .unknown, .mistyped, .unknown])
    let single = try await CertificateServiceClient(partner).verifyCertificate(papers[0])
    #expect(answers[0].sheet == single.sheet)
    #expect(answers[0].sheet?.holder?.kk?.given == "Әйгерім")
  }

  @Test("a stranger may neither verify in bulk nor watch, and is told so at once")
  func stranger() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let certificates = CertificateServiceClient(school.stranger)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await certificates.verifyCertificates().answers.next()
    }
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await certificates.watchCertificates(.init()).next()
    }
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      _ = try await certificates.exportCertificates(.init()).next()
    }
  }

  @Test("an export gives what the pages give")
  func export() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    let certificates = CertificateServiceClient(cohort.registrar)
    var lines: [BitimV1.CertificateLine] = []
    for try await line in try await certificates.exportCertificates(.init()) { lines.append(line) }
    #expect(lines.map(\.number) == ["2026-000001-16"])
    #expect(try await certificates.listCertificates(.init()).certificates == lines)
  }

  @Test("a centre's registrar exports no more than lists")
  func centresExport() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    _ = try await cohort.certified()
    let person = try await school.person("Axmetov", "Daulet")
    let certificates = CertificateServiceClient(
      try await school.client(person, [.registrar], in: "ALA-01"))
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await certificates.listCertificates(.init())
    }
    await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
      _ = try await certificates.exportCertificates(.init()).next()
    }
  }

  @Test("a watch tells what was, waits for what comes, and is resumed where it ended")
  func watch() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let watched = try await CertificateServiceClient(partner).watchCertificates(.init())
    let first = try await watched.next()
    #expect(first?.number == issued.number)
    #expect(first?.status?.standing == .valid)
    // Up to here the journal says nothing more of certificates.
    let place = try await watched.next()
    #expect(place?.number == "")
    #expect((place?.sequence ?? 0) >= (first?.sequence ?? 0))
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = issued.number
    revocation.reason = .fraud
    _ = try await revocation.asShown(
      by: CertificateServiceClient(cohort.certifier).revokeCertificate)
    let second = try await watched.next()
    #expect(second?.number == issued.number)
    #expect(second?.status?.standing == .revoked)
    watched.cancel()

    var resumed = BitimV1.WatchCertificatesRequest()
    resumed.afterSequence = first?.sequence ?? 0
    let again = try await CertificateServiceClient(partner).watchCertificates(resumed)
    #expect(try await again.next() == second)
    resumed.afterSequence = 1_000_000
    await expectRefused(["VALUE_OUT_OF_RANGE"], .outOfRange) {
      _ = try await CertificateServiceClient(partner).watchCertificates(resumed).next()
    }
  }

  @Test("a watch ends when its token is withdrawn")
  func withdrawn() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let watched = try await CertificateServiceClient(partner).watchCertificates(.init())
    _ = try await watched.next()
    let access = AccessServiceClient(school.administrator)
    var revoke = BitimV1.RevokeTokenRequest()
    revoke.id = try #require(try await access.listAccess(.init()).tokens.last).id
    _ = try await access.revokeToken(revoke)
    await expectRefused(["NOT_AUTHENTICATED"], .unauthenticated) {
      while try await watched.next() != nil {}
    }
  }

  private func imported(
    _ client: BitimClient, _ portions: [[BitimV1.IntakeRow]], key: String,
    validateOnly: Bool = false
  ) async throws -> [BitimV1.ImportTraineesResponse] {
    let list = try await CohortServiceClient(client)
      .importTrainees(options: .init(timeout: nil, idempotencyKey: key))
    for rows in portions {
      var portion = BitimV1.ImportTraineesRequest()
      portion.enrolledOn = "2026-02-02"
      portion.validateOnly = validateOnly
      portion.rows = rows
      try await list.send(portion)
    }
    list.finishSending()
    var answers: [BitimV1.ImportTraineesResponse] = []
    for try await answer in list.answers { answers.append(answer) }
    return answers
  }

  @Test("an import tells how far it is, records all portions at once, and a repeat records nothing")
  func importing() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let portions = [
      [TestCohort.row(1, iin: "991231000014")], [TestCohort.row(2, iin: "991231000014")],
    ]
    // The same person twice in one file, though in two portions.
    let refused = try await self.imported(cohort.registrar, portions, key: "refused")
    #expect(refused.map(\.received) == [1, 2, 2, 2])
    #expect(refused[2].rows.map(\.verdict) == [.added, .refused])
    #expect(refused[2].rows[1].findings.map(\.reason) == ["TWICE_IN_FILE"])
    #expect(refused[3].isLast && !refused[3].recorded)

    let good = [[TestCohort.row(1, iin: "991231000014")], []]
    let dry = try await self.imported(cohort.registrar, good, key: "dry", validateOnly: true)
    #expect(dry.last?.recorded == false)
    let done = try await self.imported(cohort.registrar, good, key: "one")
    #expect(done[2].rows.map(\.verdict) == [.added])
    #expect(done[3].isLast && done[3].recorded)
    let repeated = try await self.imported(cohort.registrar, good, key: "one")
    var last = BitimV1.ImportTraineesResponse()
    last.received = 1
    last.recorded = true
    last.isLast = true
    #expect(repeated == [last])
    await expectRefused(["IDEMPOTENCY_KEY_REUSED"], .invalidArgument) {
      _ = try await self.imported(cohort.registrar, portions, key: "one")
    }
    #expect(try school.check().problems == [])
  }

  @Test(
    "an import without a key, or of more rows than one may have, is refused and records nothing")
  func tooMany() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let list = try await CohortServiceClient(cohort.registrar).importTrainees()
    list.finishSending()
    await expectRefused(["IDEMPOTENCY_KEY_MISSING"], .invalidArgument) {
      while try await list.answers.next() != nil {}
    }
    let rows = (0..<2_001).map { TestCohort.row(Int32($0), iin: "991231000014") }
    #expect(
      await self.limit { _ = try await self.imported(cohort.registrar, [rows], key: "many") }
        == "2000")
    #expect(try school.check().problems == [])
  }

  /// The limit that a list met, as it was told.
  private func limit(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch let failure as CallFailure {
      guard case .refused(let status) = failure, status.code == .invalidArgument,
        status.reasons.map(\.reason) == ["TOO_MANY_ROWS"]
      else { return "\(failure)" }
      return status.reasons.first?.metadata["limit"]
    } catch {
      return "\(error)"
    }
  }

  @Test("a client whose first call is longer than a stranger's makes itself known before")
  func firstCallIsLong() async throws {
    let school = try TestSchool()
    defer { school.close() }
    _ = try await TestCohort(school)
    let person = try await school.person("Axmetov", "Daulet")
    let registrar = try await school.client(person, [.registrar], in: "ALA-01")
    var list = BitimV1.EnrolTraineesRequest()
    list.enrolledOn = "2026-02-02"
    list.validateOnly = true
    list.rows = (0..<600).map { TestCohort.row(Int32($0), iin: "991231000014") }
    #expect(list.encoded.count > 64 << 10)
    let response = try await CohortServiceClient(registrar).enrolTrainees(list)
    #expect(response.rows.count == 600)
  }

  @Test("a list is refused by its octets too, before it is read, and told which limit it met")
  func tooLong() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    var long = TestCohort.row(1, iin: "991231000014")
    long.distinctEvidence = String(repeating: "ұ", count: 300_000)
    // One row of 600,000 octets is let in; with a second the portion is longer than a mebibyte.
    #expect(
      await self.limit {
        _ = try await self.imported(cohort.registrar, [[long, long]], key: "portion")
      } == "1 MiB")
    #expect(
      await self.limit {
        let portions = Array(repeating: [long], count: 18)
        _ = try await self.imported(cohort.registrar, portions, key: "whole")
      } == "10 MiB")
    let short = (0..<2_000).map { TestCohort.row(Int32($0), iin: "991231000014") }
    #expect(
      await self.limit {
        let portions = Array(repeating: short, count: 10) + [[short[0]]]
        _ = try await self.imported(cohort.registrar, portions, key: "rows")
      } == "20000")
    var list = BitimV1.EnrolTraineesRequest()
    list.enrolledOn = "2026-02-02"
    list.rows = [long, long]
    #expect(
      await self.limit { _ = try await CohortServiceClient(cohort.registrar).enrolTrainees(list) }
        == "1 MiB")
    list.rows = short + [short[0]]
    #expect(
      await self.limit { _ = try await CohortServiceClient(cohort.registrar).enrolTrainees(list) }
        == "2000")
    var hours = BitimV1.RecordHoursRequest()
    hours.rows = Array(repeating: .init(), count: 2_001)
    #expect(
      await self.limit { _ = try await CohortServiceClient(cohort.registrar).recordHours(hours) }
        == "2000")
    #expect(try school.check().problems == [])
  }
}
