import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import BitimTrust
import Foundation
import Testing

@testable import BitimServices

@Suite(
  "A certificate's credential",
  .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/ssh-agent")))
struct CredentialCallTests {
  private static func request(
    _ number: String, _ code: String = "", at address: String = "",
    _ form: BitimV1.CredentialForm = .unspecified
  ) -> BitimV1.GetCredentialRequest {
    var request = BitimV1.GetCredentialRequest()
    (request.number, request.code, request.address, request.form) = (number, code, address, form)
    return request
  }

  private static func credential(
    _ client: BitimClient, _ request: BitimV1.GetCredentialRequest
  ) async throws -> SignedCredential {
    let answer = try await CertificateServiceClient(client).getCredential(request)
    return try #require(SignedCredential(Array(answer.credential.utf8)))
  }

  private static func place(_ client: BitimClient, _ number: String) async throws -> Int {
    var request = BitimV1.GetCertificateRequest()
    request.number = number
    let answer = try await CertificateServiceClient(client).getCertificate(request)
    return Int(try #require(answer.statusIndex))
  }

  // who holds the paper, a partner and the School's own people have it.
  @Test(
    "is given to who may verify it, says what was frozen at the issue, and is signed by the School's key"
  )
  func given() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    try school.sign()
    let text = try await AccessServiceClient(school.administrator).getCheckpoint(.init()).key
    let key = try #require(NoteKey(text)).forCertificates
    let log = String(key.name.dropLast("/certificates".count))
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let signed = try await Self.credential(
      school.stranger, Self.request(issued.number, issued.code))
    #expect(signed.holds)
    #expect(signed.form == .plain)
    // 12:00 in Almaty.
    #expect(signed.created == "2026-11-22T07:00:00Z")
    let expected = CertificateCredential(
      log: log, number: issued.number, subject: .programme(1),
      title: LocalTexts(
        kk: "Медиацияның жалпы курсы", ru: "Общий курс медиации", en: "General Mediation Course"),
      summary:
        "Order of the Deputy Prime Minister – Minister of Culture and Information of 30 December 2025",
      criteria:
        "Trained by Орталық ALA-01 from 2026-02-03 to 2026-02-10: 36 academic hours of theory and 36 of "
        + "practice attended. Attestation passed on 2026-03-20, protocol № S-014.",
      edition: "2025", holder: "Ахметова Әйгерім Қайратқызы", holderLatin: "Akhmetova Aigerim",
      issuer: DIDKey(key.publicKey),
      school: LocalTexts(
        kk: "Медиаторлар мектебі", ru: "Медиаторлар мектебі", en: "Медиаторлар мектебі"),
      // The day begins five hours before it does in Greenwich.
      validFrom: "2026-11-21T19:00:00Z", validUntil: nil, lists: .log(log),
      place: try await Self.place(cohort.registrar, issued.number))
    #expect(signed.credential == expected)
    for client in [partner, cohort.registrar, cohort.certifier] {
      #expect(try await Self.credential(client, Self.request(issued.number)) == signed)
    }
  }

  @Test("the School's own people say where the lists lie; a badge says the same in one language")
  func badge() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    try school.sign()
    let address = "https://mediators.example/status"
    for client in [cohort.registrar, cohort.certifier] {
      let plain = try await Self.credential(
        client, Self.request(issued.number, at: address, .plain))
      let badge = try await Self.credential(
        client, Self.request(issued.number, at: address, .openBadge))
      #expect(plain.holds && badge.holds)
      #expect(plain.form == .plain && badge.form == .badge)
      #expect(plain.credential.lists == .web(address) && badge.credential.lists == .web(address))
      #expect(badge.credential.criteria == plain.credential.criteria)
      #expect(badge.credential.place == plain.credential.place)
      #expect(badge.credential.title.en == plain.credential.title.one)
    }
  }

  @Test("nobody else says where they lie, and what is no address or form is refused")
  func addresses() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    try school.sign()
    let partner = try await school.token(0, [.verifier], in: "SCHOOL")
    let address = "https://mediators.example/status"
    for (client, code) in [(school.stranger, issued.code), (partner, "")] {
      await expectRefused(["NOT_YOUR_ORGANISATION"], .permissionDenied) {
        _ = try await Self.credential(client, Self.request(issued.number, code, at: address))
      }
    }
    for address in [
      "mediators.example", "https://mediators.example/", "https://mediators.example/a|b",
    ] {
      await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
        _ = try await Self.credential(
          cohort.registrar, Self.request(issued.number, at: address))
      }
    }
    await expectRefused(["NOT_IN_LIST"], .invalidArgument) {
      _ = try await Self.credential(
        school.stranger,
        Self.request(issued.number, issued.code, BitimV1.CredentialForm(rawValue: 9)))
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
      ("2026-000417-29", issued.code),
    ] {
      await expectRefused(["CERTIFICATE_UNKNOWN"], .notFound) {
        _ = try await Self.credential(school.stranger, Self.request(number, code))
      }
    }
    await expectRefused(["CODE_NEEDED"], .invalidArgument) {
      _ = try await Self.credential(school.stranger, Self.request(issued.number))
    }
  }

  @Test("there is none of an adopted one, which is in no list")
  func adopted() async throws {
    let school = try TestSchool(signs: true)
    defer { school.close() }
    let story = try await Story(school)
    try school.sign()
    await expectRefused(["NO_CREDENTIAL"], .failedPrecondition) {
      _ = try await Self.credential(story.cohort.registrar, Self.request("1000-000001-90"))
    }
  }

  @Test("is not there while nobody signs, and says so; what is not his nobody learns even that of")
  func unsigned() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let issued = try await TestCohort(school).certified()
    await expectRefused(["NOTHING_SIGNED"], .failedPrecondition) {
      _ = try await Self.credential(school.stranger, Self.request(issued.number, issued.code))
    }
    await expectRefused(["CERTIFICATE_UNKNOWN"], .notFound) {
      _ = try await Self.credential(
        school.stranger, Self.request(issued.number, "0000-0000-0000-0000"))
    }
  }
}

@Suite("What a credential says of a sheet")
struct CredentialSheetTests {
  private static func sheet() -> BitimV1.Sheet {
    var sheet = BitimV1.Sheet()
    sheet.kind = .programme
    (sheet.theoryQuarters, sheet.practiceQuarters) = (97, 98)
    (sheet.trainedFrom, sheet.trainedUntil) = ("2026-02-02", "2026-03-18")
    var trainer = BitimV1.Text()
    (trainer.kk, trainer.ru) = ("Орталық", "Центр")
    sheet.trainedBy = trainer
    (sheet.attestedOn, sheet.protocolNumber) = ("2026-03-20", "№ 14")
    return sheet
  }

  @Test("by what it was earned, in sentences that leave out what is not on it")
  func criteria() {
    var sheet = Self.sheet()
    #expect(
      sheet.criteria
        == "Trained by Орталық from 2026-02-02 to 2026-03-18: 24.25 academic hours of theory and 24.5 of "
        + "practice attended. Attestation passed on 2026-03-20, protocol № 14.")
    (sheet.recognisedTheoryQuarters, sheet.recognisedPracticeQuarters) = (0, 11)
    #expect(
      sheet.criteria
        == "Trained by Орталық from 2026-02-02 to 2026-03-18: 24.25 academic hours of theory and 24.5 of "
        + "practice attended; 0 academic hours of theory and 2.75 of practice of training elsewhere recognised. "
        + "Attestation passed on 2026-03-20, protocol № 14.")
    (sheet.recognisedPracticeQuarters, sheet.trainedBy, sheet.trainedFrom) = (0, nil, "")
    sheet.attestedOn = ""
    #expect(
      sheet.criteria
        == "Trained: 24.25 academic hours of theory and 24.5 of practice attended.")
    sheet.kind = .school
    sheet.basedOn = ["2026-000001-16", "2026-000002-13", "2026-000003-10"]
    #expect(
      sheet.criteria
        == "All three programmes passed: certificates 2026-000001-16, 2026-000002-13, 2026-000003-10."
    )
  }

  @Test("a day begins when its zone says so, east and west of Greenwich")
  func days() throws {
    let day = try #require(CivilDate(iso: "2024-03-01"))
    func zone(_ hours: Int64) -> (Instant) -> CivilDate {
      { CivilDate(dayNumber: Int(($0.unixMilliseconds + hours * 3_600_000) / 86_400_000)) }
    }
    #expect(day.start(in: zone(0)).text == "2024-03-01T00:00:00Z")
    #expect(day.start(in: zone(5)).text == "2024-02-29T19:00:00Z")
    #expect(day.start(in: zone(14)).text == "2024-02-29T10:00:00Z")
    #expect(day.start(in: zone(-12)).text == "2024-03-01T12:00:00Z")
  }
}
