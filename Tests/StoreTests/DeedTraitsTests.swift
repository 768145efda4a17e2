import BitimDomain
import BitimStore
import Testing

@Suite("What the journal asks of a deed")
struct DeedTraitsTests {
  /// Kinds stand in entries that are hashed, so none of them may ever read otherwise.
  private static let kinds = [
    "organisations_registered", "person_registered", "person_renamed", "person_barred",
    "role_granted", "role_withdrawn", "token_created", "token_revoked", "cohort_opened",
    "trainer_assigned", "trainees_enrolled", "hours_recorded", "session_opened",
    "results_recorded", "candidate_admitted", "interest_declared", "results_reviewed",
    "results_confirmed",
    "result_annulled",
    "certificates_issued",
    "certificate_revoked", "act_refused", "records_restored", "reads_counted",
    "certificate_suspended",
    "certificate_reinstated", "bar_ended", "bar_withdrawn",
    "proposed", "approved", "proposal_ended", "trainee_withdrawn",
    "trainee_reinstated", "trainee_transferred", "cohort_amended", "cohort_cancelled",
    "enrolment_undone",
    "seat_changed", "session_moved", "session_cancelled", "hours_corrected",
    "class_corrected", "class_cancelled", "mark_withdrawn",
    "double_dismissed",
    "identifier_added", "identifier_ended", "identifier_corrected", "person_corrected",
    "certificates_adopted", "certificate_replaced", "duplicate_made", "result_corrected",
    "cohort_repinned", "specialisation_defined", "absence_excused",
    "certificate_refused",
    "refusal_withdrawn", "edition_adopted",
    "edition_closed", "case_received", "case_moved", "case_decided", "annulment_withdrawn",
    "certificate_let_stand", "arbiter_appointed",
    "people_merged", "people_split",
    "entitlement_granted", "entitlement_ended", "entitlement_suspended", "entitlement_resumed",
    "trainer_unassigned", "trainer_replaced", "waiting_ended", "key_certified", "key_retired",
    "setting_changed", "report_filed",
    "agreement_adopted", "agreement_ended", "entry_suspended", "entry_excluded",
    "entry_corrected", "learning_recorded", "learning_checked", "learning_ended",
    "practice_recorded",
    "person_died", "death_withdrawn", "organisation_changed",
  ]

  private var deeds: [Deed] {
    var some = RandomDeeds(seed: 7)
    return some.ofEachKind()
  }

  @Test("a deed's kind is what entries have always called it, and there is one of each kind")
  func kind() {
    #expect(self.deeds.map(\.kind) == Self.kinds)
    #expect(Deed.kinds == Set(Self.kinds))
  }

  @Test("what changes who may do what, and how certificates stand, is exactly this")
  func changes() {
    #expect(
      self.deeds.filter(\.changesAuthority).map(\.kind) == [
        "organisations_registered", "role_granted", "role_withdrawn", "token_created",
        "token_revoked", "agreement_adopted", "agreement_ended",
      ])
    #expect(
      self.deeds.filter(\.changesCertificate).map(\.kind) == [
        "certificates_issued", "certificate_revoked", "certificate_suspended",
        "certificate_reinstated", "mark_withdrawn", "certificates_adopted",
        "certificate_replaced", "case_moved", "case_decided",
      ])
  }

  @Test(
    "the certificates of a deed are those whose standing it changes, and of others there are none")
  func certificates() {
    for deed in self.deeds where !deed.changesCertificate { #expect(deed.certificates == []) }
    let number = CertificateNumber(year: 2026, serial: 417)!
    let day = CivilDate(iso: "2026-11-28")!
    let changes: [Deed] = [
      .certificateRevoked(.init(number: number, since: day, reason: .error, why: "")),
      .certificateSuspended(
        .init(number: number, days: Period(from: day, until: nil), ground: .court, why: "")),
      .certificateReinstated(
        .init(
          number: number, endsSequence: 3, reason: .mended, why: "", suspendedFrom: day,
          suspendedUntil: day, ground: .court)),
      .markWithdrawn(.init(number: number, endsSequence: 3, reason: .court, why: "x")),
      .caseMoved(.init(case: 3, step: .stayed, why: "x", papers: [], certificates: [number])),
      .caseDecided(
        .init(case: 3, outcome: .decisionStands, reasons: ["x"], certificates: [number])),
    ]
    for deed in changes { #expect(deed.certificates == [number]) }
    let entry = OldEntry(
      ownNumber: "45", book: "", page: "", issuedOn: day, programme: 1, attestation: .yes)
    let adopted = CertificatesAdopted(
      issuerID: 1, people: [], dismissed: [],
      certificates: [.init(number: number, personID: 8, entry: entry, sheet: [])])
    #expect(Deed.certificatesAdopted(adopted).certificates == [number])
    // Of a replacement and its withdrawal the other one, too.
    let other = CertificateNumber(year: 2026, serial: 418)!
    let replaced = CertificateReplaced(
      number: number, reason: .correction, since: day, evidence: "x",
      certificate: .init(
        number: other, code: CertificateCode(octets: Array(repeating: 0, count: 10))!, personID: 8,
        kind: .programme, programme: 1, enrolmentID: 40, issuedOn: day,
        validity: Period(from: day, until: nil), sheet: []))
    #expect(Deed.certificateReplaced(replaced).certificates == [number, other])
    let withdrawn = MarkWithdrawn(
      number: number, endsSequence: 3, reason: .court, why: "x",
      revokes: .init(number: other, since: day, reason: .error, why: "x"))
    #expect(Deed.markWithdrawn(withdrawn).certificates == [number, other])
  }
}
