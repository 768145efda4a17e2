import BitimClient
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Results are reviewed before the chair confirms them (R-621)")
struct ReviewTests {
  private static func shown(
    _ client: BitimClient
  ) async throws -> BitimV1.GetSessionResponse {
    var look = BitimV1.GetSessionRequest()
    look.code = "S-014"
    return try await AttestationServiceClient(client).getSession(look)
  }

  private static func review(
    _ client: BitimClient, _ digest: String
  ) async throws(CallFailure) -> BitimV1.ReviewResultsResponse {
    var request = BitimV1.ReviewResultsRequest()
    (request.session, request.resultsDigest) = ("S-014", digest)
    return try await AttestationServiceClient(client).reviewResults(request)
  }

  @Test("by a member, of what was shown; what is recorded anew is reviewed anew (R-620)")
  func whole() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    try await cohort.ready()
    _ = try await cohort.result("991231000014", [80, 75, 90], in: "S-014")
    let member = try await school.client(cohort.memberID, [.examiner])
    let first = try await Self.shown(member)
    #expect(first.reviewers == [] && first.reviewsMin == 0)
    await expectRefused(["VALUE_MISSING"], .invalidArgument) {
      _ = try await Self.review(member, "")
    }
    await expectRefused(["CHAIR_REVIEWS"], .permissionDenied) {
      _ = try await Self.review(cohort.chair, first.resultsDigest)
    }
    await expectRefused(["REVIEWS_OWN_RECORD"], .permissionDenied) {
      _ = try await Self.review(cohort.examiner, first.resultsDigest)
    }
    await expectRefused(["NOT_ALLOWED"], .permissionDenied) {
      _ = try await Self.review(cohort.registrar, first.resultsDigest)
    }
    #expect(try await Self.review(member, first.resultsDigest).reviews == 1)
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await Self.review(member, first.resultsDigest)
    }
    // A review changes nothing of what the chair confirms, and is shown.
    let reviewed = try await Self.shown(cohort.chair)
    #expect(reviewed.resultsDigest == first.resultsDigest)
    #expect(reviewed.reviewers.map(\.id) == [cohort.memberID])
    _ = try await cohort.result("991231000014", [80, 75, 91], in: "S-014")
    #expect(try await Self.shown(cohort.chair).reviewers == [])
    await expectRefused(["RESULTS_CHANGED"], .aborted) {
      _ = try await Self.review(member, first.resultsDigest)
    }
    let again = try await Self.shown(member)
    #expect(try await Self.review(member, again.resultsDigest).reviews == 1)
    #expect(try await cohort.confirm("S-014").confirmed == 1)
    #expect(try await Self.shown(cohort.chair).reviewers == [])
    await expectRefused(["NOTHING_TO_CONFIRM"], .failedPrecondition) {
      _ = try await Self.review(member, again.resultsDigest)
    }
    #expect(try school.check().problems == [])
  }
}
