import BitimDomain
import BitimProtocol
import BitimStore

/// Reviews of what is recorded, before the chair confirms it.
extension AttestationService {
  @Sendable static func review(
    _ caller: Caller, _ request: BitimV1.ReviewResultsRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.ReviewResultsResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let (cohort, edition) = try Self.frame(of: session, transaction.state)
    let preview = try Self.preview(of: session, cohort, edition, transaction.state)
    let facts = ReviewResults.Facts(
      results: try transaction.state.results(ofSession: session.id),
      reviewers: Set(try transaction.state.reviewers(ofSession: session.id)),
      digest: Self.digest(of: preview), persons: try transaction.state.persons())
    let act = ReviewResults(session, shown: request.resultsDigest)
    try transaction.record(
      try act.decided(facts, by: caller.personID), by: caller.actor, heldOn: caller.today)
    var response = BitimV1.ReviewResultsResponse()
    response.reviews = Int32(try transaction.state.reviewers(ofSession: session.id).count)
    response.reviewsMin = Int32(edition[.reviewsMin].value)
    return response
  }
}
