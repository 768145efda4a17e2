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
  /// The most octets of one import: ten portions of the longest.
  private static let importMebibytes = 10

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
    var isRepeat = false
    let share = visit.services.streams.gathered.begin()
    while let portion = try await inbound.next({ octets throws(Status) in
      try Self.admit(octets, to: share)
    }) {
      if isFirst {
        list.enrolledOn = portion.enrolledOn
        list.validateOnly = portion.validateOnly
        list.waits = portion.waits
        isFirst = false
        // A repeat is told its answer alone.
        isRepeat = try visit.hasAnswer()
      }
      list.rows += portion.rows
      if isRepeat { continue }
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

  /// Lets a portion in before it is read, or refuses it with the limit that was met.
  private static func admit(
    _ octets: Span<UInt8>, to share: Gathered.Share
  ) throws(Status) {
    do throws(Refusal) {
      try ListLimit(field: 3, rows: Self.rowsMax).check(octets)
      let rows = (try? Wire.count(of: 3, in: octets)) ?? 0
      try ListLimit.check(share.rows + rows, atMost: Self.importMax)
      guard share.octets + octets.count <= Self.importMebibytes << 20 else {
        throw Refusal(finding: .tooManyRows, ["limit": "\(Self.importMebibytes) MiB"])
      }
      if share.add(octets: octets.count, rows: rows) { return }
    } catch {
      throw Status(reporting: error)
    }
    throw Status(
      .resourceExhausted, reason: Reason.busy.rawValue, "too many lists are gathered; come again",
      afterMs: 1_000)
  }
}
