import BitimDomain
import Testing

@Suite("Where an enrolment stands (R-623)")
struct EnrolmentStageTests {
  private static func dossier(
    _ results: [(outcome: ResultOutcome, isConfirmed: Bool, isAnnulled: Bool)],
    certificate: CertificateNumber? = nil
  ) -> Dossier {
    Dossier(
      edition: AttestationFacts.edition, startedOn: AttestationFacts.day("2026-02-02"),
      admission: Admission(
        birthDate: AttestationFacts.day("1991-12-31"), education: .higher, bars: [],
        held: []), hours: Hours(theory: 144, practice: 144), trained: nil,
      daysNotEntitled: [],
      results: results.enumerated().map { index, result in
        .init(
          id: Int64(index + 1), sessionID: Int64(index + 1), enrolmentID: 40,
          attempt: result.outcome == .absent ? 0 : index + 1, outcome: result.outcome, scores: [:],
          recordedBy: 5, confirmedBy: result.isConfirmed ? 3 : 0, isAnnulled: result.isAnnulled,
          heldOn: AttestationFacts.day("2026-03-1\(index)"), protocolNumber: "№ \(index)")
      }, hasLatinName: true, certificate: certificate)
  }

  private static func attestation(_ dossier: Dossier) -> [String: String]? {
    Eligibility.training(dossier).first { $0.rule == .attestation }?.arguments
  }

  @Test("an annulled result is shown as annulled until another attempt is confirmed")
  func stages() {
    let number = CertificateNumber(year: 2026, serial: 1)
    #expect(Self.dossier([]).stage == .enrolled)
    #expect(Self.dossier([(.passed, false, false)]).stage == .enrolled)
    #expect(Self.dossier([(.failed, false, false)]).stage == .enrolled)
    #expect(Self.dossier([(.failed, true, false)]).stage == .failed)
    #expect(Self.dossier([(.passed, true, false)]).stage == .passed)
    #expect(Self.dossier([(.passed, true, false)], certificate: number).stage == .certified)
    #expect(Self.dossier([(.passed, true, true)]).stage == .annulled)
    // A suspended certificate is still there when the pass under it is annulled.
    #expect(Self.dossier([(.passed, true, true)], certificate: number).stage == .annulled)
    #expect(Self.dossier([(.failed, true, false), (.passed, true, true)]).stage == .annulled)
    #expect(Self.dossier([(.failed, true, true), (.absent, true, false)]).stage == .annulled)
    #expect(Self.dossier([(.absent, true, true)]).stage == .enrolled)
    #expect(Self.dossier([(.absent, true, false)]).stage == .enrolled)
    #expect(Self.dossier([(.passed, true, true), (.passed, false, false)]).stage == .annulled)
    #expect(Self.dossier([(.passed, true, true), (.failed, true, false)]).stage == .failed)
    #expect(Self.dossier([(.failed, true, true), (.passed, true, false)]).stage == .passed)
  }

  @Test("another attempt waits after a failed one, while one is left and none is under way (R-010)")
  func retakes() {
    #expect(!Self.dossier([]).awaitsRetake)
    #expect(!Self.dossier([(.failed, false, false)]).awaitsRetake)
    #expect(Self.dossier([(.failed, true, false)]).awaitsRetake)
    #expect(!Self.dossier([(.failed, true, true)]).awaitsRetake)
    #expect(!Self.dossier([(.passed, true, false)]).awaitsRetake)
    #expect(!Self.dossier([(.failed, true, false), (.passed, true, false)]).awaitsRetake)
    // An absence is no attempt, confirmed or not.
    #expect(Self.dossier([(.failed, true, false), (.absent, true, false)]).awaitsRetake)
    #expect(Self.dossier([(.failed, true, false), (.absent, false, false)]).awaitsRetake)
    #expect(!Self.dossier([(.failed, true, false), (.failed, false, false)]).awaitsRetake)
    // The edition of these tests has two attempts; an annulled one is given back.
    #expect(!Self.dossier([(.failed, true, false), (.failed, true, false)]).awaitsRetake)
    #expect(Self.dossier([(.failed, true, true), (.failed, true, false)]).awaitsRetake)
  }

  @Test("a certificate's hours are short by a quarter of theory or of practice (R-532)")
  func short() throws {
    let number = try #require(CertificateNumber(year: 2026, serial: 1))
    var dossier = Self.dossier([(.passed, true, false)], certificate: number)
    #expect(dossier.groundFinding == nil)
    dossier.hours = Hours(theory: 143, practice: 144)
    // The edition of these tests has both from a secondary source of the law.
    #expect(
      dossier.groundFinding
        == CertificateFinding(.groundFails, ["HOURS_THEORY 35.75 / 36"], isOfLaw: true))
    dossier.hours = Hours(theory: 142, practice: 140)
    #expect(dossier.groundFinding?.found == "HOURS_THEORY 35.5 / 36; HOURS_PRACTICE 35 / 36")
    dossier.edition = .of([.practiceQuarters: .init(144, .law)])
    dossier.hours = Hours(theory: 140, practice: 144)
    #expect(
      dossier.groundFinding == CertificateFinding(.groundFails, ["HOURS_THEORY 35 / 36"]))
    dossier.hours = Hours(theory: 144, practice: 143)
    #expect(dossier.groundFinding?.isOfLaw == true)
    dossier.certificate = nil
    #expect(dossier.groundFinding == nil)
  }

  @Test("of what a certificate rests on each may hold no more, as facts stand now (R-731)")
  func ground() throws {
    let number = try #require(CertificateNumber(year: 2026, serial: 1))
    let whole = try CertificateLife.of(from: "2025-06-20")
    func found(_ change: (inout Dossier) throws -> Void) rethrows -> CertificateFinding? {
      var dossier = Self.dossier([(.passed, true, false)], certificate: number)
      dossier.edition = Edition.of(
        programme: 2,
        [
          .ageMin: .init(25, .law), .higherEducation: .init(1, .law),
          .prerequisite: .init(1, .school),
        ])
      dossier.admission.lives = [1: [whole]]
      try change(&dossier)
      return dossier.groundFinding
    }
    func fails(_ what: String, isOfLaw: Bool = true) -> CertificateFinding? {
      CertificateFinding(.groundFails, [what], isOfLaw: isOfLaw)
    }
    #expect(found { _ in } == nil)
    // 25 two days after training began; the day before would do.
    #expect(
      found { $0.admission.birthDate = AttestationFacts.day("2001-02-03") } == fails("AGE 24 / 25"))
    #expect(found { $0.admission.birthDate = AttestationFacts.day("2001-02-02") } == nil)
    #expect(found { $0.admission.education = .secondary } == fails("EDUCATION secondary"))
    func bar(_ day: String) -> Bar {
      Bar(.conviction, days: Period(from: AttestationFacts.day(day), until: nil))
    }
    #expect(found { $0.admission.bars = [bar("2026-02-02")] } == fails("NO_BAR 2026-02-02"))
    // A bar that began later concerns the register, not the paper.
    #expect(found { $0.admission.bars = [bar("2026-02-03")] } == nil)
    let revoked = CertificateMark(
      .revoked(.fraud),
      days: Period(from: AttestationFacts.day("2026-02-03"), until: nil), sequence: 9)
    // What was valid when training began was enough, whatever came later.
    #expect(
      try found {
        $0.admission.lives = [1: [try CertificateLife.of(from: "2025-06-20", marks: [revoked])]]
      } == nil)
    #expect(
      try found {
        $0.admission.lives = [1: [try CertificateLife.of(from: "2023-02-02", until: "2026-02-01")]]
      }
        == fails("PREREQUISITE 1 2026-02-02", isOfLaw: false))
    #expect(
      found { $0.results = Self.dossier([(.passed, true, true)]).results }
        == fails("ATTESTATION annulled"))
    let both = found {
      $0.admission.education = nil
      $0.hours = Hours(theory: 143, practice: 144)
    }
    #expect(both?.found == "EDUCATION; HOURS_THEORY 35.75 / 36")
    #expect(both?.rules == [.education, .hoursTheory])
  }

  @Test("hours that are enough differ from what is printed, those that are short fail (R-533)")
  func differs() throws {
    let number = try #require(CertificateNumber(year: 2026, serial: 1))
    var dossier = Self.dossier([(.passed, true, false)], certificate: number)
    func finding(_ theory: Int, _ practice: Int) -> CertificateFinding? {
      dossier.datumFinding(printed: Hours(theory: theory, practice: practice))
    }
    #expect(finding(144, 144) == nil)
    #expect(
      finding(144, 160) == CertificateFinding(.datumDiffers, ["HOURS_PRACTICE 40 -> 36"]))
    #expect(finding(145, 144)?.found == "HOURS_THEORY 36.25 -> 36")
    dossier.hours = Hours(theory: 144, practice: 143)
    #expect(finding(144, 160) == nil)
    dossier.hours = Hours(theory: 144, practice: 144)
    dossier.certificate = nil
    #expect(finding(144, 160) == nil)
  }

  @Test("what waits is listed for the roles whose work it is (R-010)")
  func kinds() {
    // Pages go on behind the number of the last kind.
    #expect(DueKind.allCases.map(\.number) == DueKind.allCases.map(\.number).sorted())
    func kinds(_ roles: Set<Role>) -> [DueKind] { DueKind.kinds(for: roles) }
    #expect(kinds([.administrator]) == [.tokenEnding, .agreementMissing, .agreementEnding])
    #expect(
      kinds([.registrar]) == [
        .approve, .confirm, .retake, .caseExecution, .peopleShort, .placeFree, .application,
        .absenceUnexcused, .recognition, .learning, .attendance,
      ])
    #expect(kinds([.arbiter]) == [.approve, .case])
    #expect(kinds([.appointed]) == [.case])
    #expect(kinds([.examiner]) == [.confirm, .review])
    #expect(kinds([.invited]) == [.confirm, .review])
    #expect(
      kinds([.certifier])
        == [
          .approve, .issue, .suspensionEnding, .groundFails, .issuerNotEntitled, .caseExecution,
          .datumDiffers,
          .separationBroken,
          .doubleCertificate, .entry, .entryCondition,
        ])
    #expect(kinds([.trainer]) == [])
    #expect(kinds([.auditor, .verifier]) == [])
    #expect(
      kinds([.registrar, .certifier, .examiner])
        == [
          .approve, .confirm, .issue, .retake, .suspensionEnding, .groundFails, .issuerNotEntitled,
          .caseExecution, .datumDiffers, .separationBroken, .doubleCertificate, .peopleShort,
          .placeFree, .application, .absenceUnexcused, .review, .recognition, .entry,
          .entryCondition, .learning, .attendance,
        ])
  }

  @Test("the rule about the attestation says that a result was annulled, and which")
  func explained() {
    #expect(
      Self.attestation(Self.dossier([(.failed, true, false), (.passed, true, true)])) == [
        "state": "annulled", "attempts": "1", "limit": "2", "day": "2026-03-11",
        "protocol": "№ 1",
      ])
    #expect(
      Self.attestation(Self.dossier([(.passed, true, true), (.passed, false, false)])) == [
        "state": "unconfirmed", "attempts": "1", "limit": "2",
      ])
    #expect(
      Self.attestation(Self.dossier([(.failed, true, false)])) == [
        "state": "failed", "attempts": "1", "limit": "2",
      ])
  }
}
