import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Enrolment of a list that is longer than one request: gathered first, then recorded at once.
extension CohortService {
  /// The most rows of one import. Checking and recording them takes the writer a second or two, for
  /// which other changes wait.
  static let importMax = 20_000

  static func importing(_ services: Services) -> Route<Clerk> {
    .bidirectional(BitimV1.CohortService.importTrainees) {
      call, inbound, outbound throws(Status) in
      try await Self.importAll(services.visit(call), inbound, outbound)
    }
  }

  private static func importAll(
    _ visit: Visit, _ inbound: Inbound<BitimV1.ImportTraineesRequest>,
    _ outbound: Outbound<BitimV1.ImportTraineesResponse>
  ) async throws(Status) {
    try visit.ask { _, _ in }
    var list = BitimV1.EnrolTraineesRequest()
    var isFirst = true
    while let portion = try await inbound.next() {
      if isFirst {
        list.enrolledOn = portion.enrolledOn
        list.validateOnly = portion.validateOnly
        isFirst = false
      }
      guard portion.rows.count <= Self.rowsMax,
        list.rows.count + portion.rows.count <= Self.importMax
      else {
        throw Status(reporting: Refusal(finding: .tooManyRows, ["limit": "\(Self.importMax)"]))
      }
      list.rows += portion.rows
      var progress = BitimV1.ImportTraineesResponse()
      progress.received = Int32(list.rows.count)
      try await outbound.send(progress)
    }
    let response = try await visit.services.record(visit, list, Self.enrolAll) { response in
      // The rows are told as they come; what is kept for a repeat must stay short.
      var kept = BitimV1.EnrolTraineesResponse()
      kept.recorded = response.recorded
      return kept
    }
    for start in stride(from: 0, to: response.rows.count, by: 500) {
      var answer = BitimV1.ImportTraineesResponse()
      answer.received = Int32(list.rows.count)
      answer.rows = Array(response.rows[start..<min(start + 500, response.rows.count)])
      try await outbound.send(answer)
    }
    var last = BitimV1.ImportTraineesResponse()
    last.received = Int32(list.rows.count)
    last.recorded = response.recorded
    last.isLast = true
    try await outbound.send(last)
  }
}
