import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("The life of a certificate")
struct LifeOfACertificateTests {
  @Test("goes from enrolment to a verified and then a revoked certificate over a real socket")
  func life() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    #expect(issued.number == "2026-000001-16")

    var request = BitimV1.VerifyCertificateRequest()
    request.number = issued.number
    request.code = issued.code
    let stranger = CertificateServiceClient(school.stranger)
    let valid = try await stranger.verifyCertificate(request)
    #expect(valid.verdict == .valid)
    #expect(valid.status?.standing == .valid)
    #expect(valid.sheet?.holder?.kk?.surname == "Ахметова")
    #expect(valid.sheet?.theoryQuarters == 144)
    #expect(valid.sheet?.practiceQuarters == 144)
    #expect(valid.sheet?.trainedFrom == "2026-02-03")
    #expect(valid.sheet?.trainedUntil == "2026-02-10")
    #expect(valid.sheet?.attestedOn == "2026-03-20")
    #expect(valid.sheet?.issuedOn == "2026-11-22")
    #expect(valid.sheet?.title?.kk == "Медиацияның жалпы курсы")

    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = issued.number
    revocation.reason = .fraud
    revocation.heldOn = "2026-11-22"
    _ = try await revocation.asShown(
      by: CertificateServiceClient(cohort.certifier).revokeCertificate)
    let revoked = try await stranger.verifyCertificate(request)
    #expect(revoked.verdict == .notValid)
    #expect(revoked.status?.standing == .revoked)
    #expect(revoked.status?.since == "2026-11-22")
    // A stranger is told that it was decided, and not what of the holder.
    #expect(revoked.status?.told == .decision)
    #expect(revoked.status?.reason == .unspecified)
    #expect(revoked.sheet == valid.sheet)

    #expect(try school.check().problems == [])
  }

  /// What verification answers a stranger, as it came.
  private func answer(
    of school: TestSchool, _ number: String, _ code: String, on day: String = ""
  ) throws -> [UInt8] {
    var request = BitimV1.VerifyCertificateRequest()
    request.number = number
    request.code = code
    request.asOf = day
    let peer = try RawPeer(to: school.address)
    peer.send(
      requestFrame(1, "bitim.v1.CertificateService", "VerifyCertificate", payload: request.encoded))
    return try Ttrpc.Response(decoding: #require(peer.frame()).data).payload
  }

  @Test("verification answers octet for octet what the generated code would write")
  func octets() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    func answer(_ number: String, _ code: String) throws -> [UInt8] {
      try self.answer(of: school, number, code)
    }
    func expectCanonical(_ octets: [UInt8], _ verdict: BitimV1.Verdict) throws {
      let message = try BitimV1.VerifyCertificateResponse(decoding: octets)
      #expect(message.verdict == verdict)
      #expect(message.encoded == octets)
      #expect(message.asOf?.seconds == school.clock.now.unixMilliseconds / 1_000)
    }
    try expectCanonical(try answer(issued.number, issued.code), .valid)
    // As people type it: no dashes, small letters, a Cyrillic look-alike, spaces.
    let typed = issued.number.replacing("-", with: "")
    #expect(try answer(typed, issued.code.lowercased()) == answer(issued.number, issued.code))
    #expect(
      try answer(" " + issued.number.replacing("0", with: "О"), issued.code)
        == answer(issued.number, issued.code))
    try expectCanonical(try answer(issued.number, "0000-0000-0000-0000"), .unknown)
    try expectCanonical(try answer("2026-000002-13", issued.code), .unknown)
    try expectCanonical(try answer("2026-000001-17", issued.code), .mistyped)
    // What a stranger sends is not read, letter by letter, while others wait.
    let long = String(repeating: "О", count: 20_000)
    try expectCanonical(try answer(long, issued.code), .mistyped)
    try expectCanonical(try answer(issued.number, long), .unknown)
    try expectCanonical(try answer("2025-999999-22", issued.code), .unknown)
    var revocation = BitimV1.RevokeCertificateRequest()
    revocation.number = issued.number
    revocation.reason = .misconduct
    // No day means today, in the School's zone.
    _ = try await revocation.asShown(
      by: CertificateServiceClient(cohort.certifier).revokeCertificate)
    let revoked = try answer(issued.number, issued.code)
    try expectCanonical(revoked, .notValid)
    let status = try BitimV1.VerifyCertificateResponse(decoding: revoked).status
    #expect(status?.since == "2026-11-22")
  }

  /// What the test of the clock compares of an answer.
  private struct Answered: Equatable {
    let verdict: BitimV1.Verdict
    let isDoubtful: Bool
  }

  @Test(
    "verification says that its clock is doubtful, whatever it answers, and no more when it is right"
  )
  func doubtfulClock() async throws {
    let founded = try TestSchool()
    let issued = try await TestCohort(founded).certified()
    founded.halt()
    founded.clock.turn(to: try #require(CivilDate(iso: "2026-11-20")))
    let school = try TestSchool(reopening: founded, trustsClock: false)
    defer { school.close() }
    let verifier = CertificateServiceClient(school.stranger)
    func asked(_ number: String, on day: String = "") throws -> Answered {
      let octets = try self.answer(of: school, number, issued.code, on: day)
      let answer = try BitimV1.VerifyCertificateResponse(decoding: octets)
      #expect(answer.encoded == octets)
      return Answered(verdict: answer.verdict, isDoubtful: answer.clockDoubtful)
    }
    var old = BitimV1.VerifyAdoptedRequest()
    old.ownNumber = "45"
    old.issuedOn = "2013-05-20"
    old.surname = "Өтегенова"
    #expect(try asked(issued.number) == Answered(verdict: .notValid, isDoubtful: true))
    #expect(
      try asked(issued.number, on: "2026-11-22") == Answered(verdict: .valid, isDoubtful: true))
    #expect(try asked("2026-000002-13") == Answered(verdict: .unknown, isDoubtful: true))
    #expect(try asked("2026-000001-17") == Answered(verdict: .mistyped, isDoubtful: true))
    #expect(try await verifier.verifyAdopted(old).clockDoubtful)
    school.clock.turn(to: try #require(CivilDate(iso: "2026-11-23")))
    #expect(try asked(issued.number) == Answered(verdict: .valid, isDoubtful: false))
    #expect(try await verifier.verifyAdopted(old).clockDoubtful == false)
  }
}
