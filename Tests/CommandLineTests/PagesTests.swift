import BitimClient
import BitimProtocol
import Testing

@testable import bitim

@Suite("A list that comes page after page")
struct PagesTests {
  @Test("is asked for by the token of the page before, until there is none")
  func whole() async throws {
    let days = ["2026-09-01", "2026-09-02", "2026-09-03"]
    var asked: [BitimV1.ListDueRequest] = []
    let pages = try await BitimV1.ListDueRequest().pages {
      (request, _) async throws(CallFailure) -> BitimV1.ListDueResponse in
      asked.append(request)
      var item = BitimV1.DueItem()
      item.since = days[asked.count - 1]
      var page = BitimV1.ListDueResponse()
      page.items = [item]
      page.nextPageToken = asked.count < days.count ? "қ\(asked.count)" : ""
      return page
    }
    #expect(pages.flatMap(\.items).map(\.since) == days)
    #expect(asked.map(\.pageToken) == ["", "қ1", "қ2"])
    #expect(asked.map(\.pageSize) == [500, 500, 500])
  }
}
