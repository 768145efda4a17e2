import BitimClient
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
    _ = try await CertificateServiceClient(cohort.certifier).revokeCertificate(revocation)
    let revoked = try await stranger.verifyCertificate(request)
    #expect(revoked.verdict == .notValid)
    #expect(revoked.status?.standing == .revoked)
    #expect(revoked.status?.since == "2026-11-22")
    #expect(revoked.status?.reason == .fraud)
    #expect(revoked.sheet == valid.sheet)

    #expect(try school.check().problems == [])
  }
}
