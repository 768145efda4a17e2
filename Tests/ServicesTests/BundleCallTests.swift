import BitimClient
import BitimDomain
import BitimProtocol
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@Suite(
  "A certificate as a file",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct BundleCallTests {
  /// 12:00 in Almaty on 2026-11-22.
  private static let noonMs: Int64 = 1_795_330_800_000

  private static func bundle(
    _ client: BitimClient, _ number: String, _ code: String = ""
  ) async throws -> CertificateBundle {
    var request = BitimV1.GetBundleRequest()
    (request.number, request.code) = (number, code)
    let answer = try await CertificateServiceClient(client).getBundle(request)
    return try CertificateBundle(Array(answer.bundle.utf8))
  }

  private static func keys(_ school: TestSchool) async throws -> [NoteKey] {
    let answer = try await AccessServiceClient(school.administrator).getCheckpoint(.init())
    let key = try #require(NoteKey(answer.key))
    return [key, key.forCertificates]
  }

  private static func verdict(
    _ bundle: CertificateBundle, _ keys: [NoteKey], on day: String = "2026-11-22"
  ) -> BundleVerdict {
    BundleVerdict(bundle, by: keys, atMs: Self.noonMs, today: day, maxAge: 30)
  }

  // who holds the paper, a partner and the School's own people have it.
  @Test(
    "is given to who may verify it, says what stands on the paper, and is valid by the School's keys"
  )
  func given() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    try school.sign()
    let keys = try await Self.keys(school)
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let bundle = try await Self.bundle(school.stranger, issued.number, issued.code)
    #expect(
      bundle.certificate
        == CertificateNote(
          number: issued.number, subject: .programme(1), holder: "Ахметова Әйгерім Қайратқызы",
          holderLatin: "Akhmetova Aigerim", issuedOn: "2026-11-22", validUntil: nil,
          act: bundle.certificate.act))
    #expect(bundle.standing.day == "2026-11-22")
    #expect(bundle.standing.atMs == Self.noonMs)
    #expect(
      bundle.standing.events
        == [.init(.issued, from: "2026-11-22", until: nil, act: bundle.certificate.act)])
    #expect(bundle.acts.map(\.entry.kind) == ["certificates_issued"])
    #expect(bundle.acts.map(\.entry.sequence) == [bundle.certificate.act])
    let verdict = Self.verdict(bundle, keys)
    #expect(verdict.answer == .valid)
    #expect(verdict.findings.map { $0.finding.holds } == [true, true, true, true, true, true])
    // The same text has the same signature, whoever asks.
    for client in [partner, cohort.registrar, cohort.certifier] {
      #expect(try await Self.bundle(client, issued.number) == bundle)
    }
  }

  @Test("is of nobody's for an unknown number and a wrong code, with one and the same answer")
  func unknown() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    try school.sign()
    for (number, code) in [
      (issued.number, "0000-0000-0000-0000"), (issued.number, "x"),
      (issued.number, String(repeating: "7", count: 4_096)), ("2026-000417-29", issued.code),
    ] {
      await expectRefused(["CERTIFICATE_UNKNOWN"], .notFound) {
        _ = try await Self.bundle(school.stranger, number, code)
      }
    }
    await expectRefused(["NUMBER_MISTYPED"], .invalidArgument) {
      _ = try await Self.bundle(school.stranger, "2026-000417-28", issued.code)
    }
    await expectRefused(["CODE_NEEDED"], .invalidArgument) {
      _ = try await Self.bundle(school.stranger, issued.number)
    }
  }

  // a suspension has its days and no ground.
  @Test(
    "has what stands against the certificate, acts of this minute too, and what was withdrawn not")
  func story() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    try school.sign()
    let keys = try await Self.keys(school)
    let service = CertificateServiceClient(cohort.certifier)
    var suspend = BitimV1.SuspendCertificateRequest()
    (suspend.number, suspend.ground) = (issued.number, .investigation)
    (suspend.heldOn, suspend.until) = ("2026-11-22", "2026-11-26")
    _ = try await suspend.asShown(by: service.suspendCertificate)
    // Nothing was signed since: the newest act is, before the file is given.
    let suspended = try await Self.bundle(school.stranger, issued.number, issued.code)
    let act = try #require(suspended.standing.events.last?.act)
    #expect(suspended.standing.size >= act)
    #expect(
      suspended.standing.events.dropFirst()
        == [.init(.suspended, from: "2026-11-22", until: "2026-11-26", act: act)])
    #expect(
      suspended.acts.map(\.entry.kind) == ["certificates_issued", "certificate_suspended"])
    #expect(Self.verdict(suspended, keys).answer == .notValid)
    #expect(Self.verdict(suspended, keys, on: "2026-11-27").answer == .valid)
    var revoke = BitimV1.RevokeCertificateRequest()
    (revoke.number, revoke.reason, revoke.why) = (issued.number, .fraud, "a letter")
    _ = try await revoke.asShown(by: service.revokeCertificate)
    let revoked = try await Self.bundle(school.stranger, issued.number, issued.code)
    #expect(revoked.standing.events.map(\.kind) == [.issued, .suspended, .revoked])
    #expect(Self.verdict(revoked, keys, on: "2026-11-27").answer == .notValid)
    // Whoever carries the file can't take the revocation out of it.
    let cut = try #require(
      CertificateBundle(
        certificate: revoked.certificateNote, standing: suspended.standingNote,
        acts: suspended.acts, checkpoint: revoked.checkpoint))
    #expect(Self.verdict(cut, keys, on: "2026-11-27").answer == .notValid)
  }

  @Test("is not there while nobody signs, and says so; verification goes on")
  func unsigned() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    await expectRefused(["NOTHING_SIGNED"], .failedPrecondition) {
      _ = try await Self.bundle(school.stranger, issued.number, issued.code)
    }
    // Of a certificate that is not his nobody learns even that.
    await expectRefused(["CERTIFICATE_UNKNOWN"], .notFound) {
      _ = try await Self.bundle(school.stranger, issued.number, "0000-0000-0000-0000")
    }
    var verify = BitimV1.VerifyCertificateRequest()
    (verify.number, verify.code) = (issued.number, issued.code)
    #expect(
      try await CertificateServiceClient(school.stranger).verifyCertificate(verify).verdict
        == .valid)
  }
}
