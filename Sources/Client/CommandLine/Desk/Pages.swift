import BitimClient
import BitimProtocol

/// A request for a list that comes page after page.
protocol Paged: Message {
  var pageSize: Int32 { get set }
  var pageToken: String { get set }
}

/// One page of a list; empty of a token where it is the last.
protocol Page: Message {
  var nextPageToken: String { get }
}

extension Paged {
  /// The most that a page of the server holds.
  private static var pageMax: Int32 { 500 }

  /// The whole list, page after page.
  func pages<Answer: Page>(
    by call: (Self, CallOptions) async throws(CallFailure) -> Answer
  ) async throws(CallFailure) -> [Answer] {
    var request = self
    request.pageSize = Self.pageMax
    var pages: [Answer] = []
    repeat {
      let page = try await call(request, CallOptions())
      request.pageToken = page.nextPageToken
      pages.append(page)
    } while !request.pageToken.isEmpty
    return pages
  }
}

extension BitimV1.GetHistoryRequest: Paged {}
extension BitimV1.GetHistoryResponse: Page {}
extension BitimV1.ListAgreementsRequest: Paged {}
extension BitimV1.ListAgreementsResponse: Page {}
extension BitimV1.ListCasesRequest: Paged {}
extension BitimV1.ListCasesResponse: Page {}
extension BitimV1.ListEntriesRequest: Paged {}
extension BitimV1.ListEntriesResponse: Page {}
extension BitimV1.ListLearningRequest: Paged {}
extension BitimV1.ListLearningResponse: Page {}
extension BitimV1.ListPracticeRequest: Paged {}
extension BitimV1.ListPracticeResponse: Page {}
extension BitimV1.ListNoticesRequest: Paged {}
extension BitimV1.ListNoticesResponse: Page {}
extension BitimV1.ListCertificatesRequest: Paged {}
extension BitimV1.ListCertificatesResponse: Page {}
extension BitimV1.ListClassesRequest: Paged {}
extension BitimV1.ListClassesResponse: Page {}
extension BitimV1.ListCohortsRequest: Paged {}
extension BitimV1.ListCohortsResponse: Page {}
extension BitimV1.ListDoublesRequest: Paged {}
extension BitimV1.ListDoublesResponse: Page {}
extension BitimV1.ListDueRequest: Paged {}
extension BitimV1.ListDueResponse: Page {}
extension BitimV1.ListOrganisationsRequest: Paged {}
extension BitimV1.ListOrganisationsResponse: Page {}
extension BitimV1.ListProposalsRequest: Paged {}
extension BitimV1.ListProposalsResponse: Page {}
