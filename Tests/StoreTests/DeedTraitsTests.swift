import BitimProtocol
import BitimStore
import Testing

@Suite("What the journal asks of a deed")
struct DeedTraitsTests {
  typealias Deed = BitimJournalV1.Act.Deed

  /// Kinds stand in entries that are hashed, so none of them may ever read otherwise.
  private static let kinds: [(deed: Deed, kind: String)] = [
    (.organisationsRegistered(.init()), "organisations_registered"),
    (.personRegistered(.init()), "person_registered"),
    (.personRenamed(.init()), "person_renamed"),
    (.personBarred(.init()), "person_barred"),
    (.roleGranted(.init()), "role_granted"),
    (.roleWithdrawn(.init()), "role_withdrawn"),
    (.tokenCreated(.init()), "token_created"),
    (.tokenRevoked(.init()), "token_revoked"),
    (.cohortOpened(.init()), "cohort_opened"),
    (.trainerAssigned(.init()), "trainer_assigned"),
    (.traineesEnrolled(.init()), "trainees_enrolled"),
    (.hoursRecorded(.init()), "hours_recorded"),
    (.sessionOpened(.init()), "session_opened"),
    (.resultsRecorded(.init()), "results_recorded"),
    (.resultsConfirmed(.init()), "results_confirmed"),
    (.resultAnnulled(.init()), "result_annulled"),
    (.certificatesIssued(.init()), "certificates_issued"),
    (.certificateRevoked(.init()), "certificate_revoked"),
    (.actRefused(.init()), "act_refused"),
    (.recordsRestored(.init()), "records_restored"),
  ]

  @Test("a deed's kind is what entries have always called it")
  func kind() {
    for (deed, kind) in Self.kinds { #expect(deed.kind == kind) }
  }

  @Test("what changes who may do what, and how certificates stand, is exactly this")
  func changes() {
    let deeds = Self.kinds.map(\.deed)
    #expect(
      deeds.filter(\.changesAuthority).map(\.kind) == [
        "organisations_registered", "role_granted", "role_withdrawn", "token_created",
        "token_revoked",
      ])
    #expect(
      deeds.filter(\.changesCertificate).map(\.kind) == [
        "certificates_issued", "certificate_revoked",
      ])
  }
}
