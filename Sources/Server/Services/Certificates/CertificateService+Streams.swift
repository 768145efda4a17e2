import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Bulk verification, export, and the watch on what becomes of certificates.
extension CertificateService {
  static func verifyAll(
    _ visit: Visit, _ inbound: Inbound<BitimV1.VerifyCertificateRequest>,
    _ outbound: Outbound<BitimV1.VerifyCertificateResponse>
  ) async throws(Status) {
    // Before the first paper: who may not is told at once.
    try visit.ask { caller, _ in try caller.terms?.require(.verifyBulk) }
    while let request = try await inbound.next() {
      let payload = request.encoded
      let octets = try await visit.askInTurn { caller, clerk in
        try caller.terms?.require(.verifyBulk)
        try visit.services.takeAgreedCall(caller, visit.call.again())
        var output = Output()
        try Self.verify(caller, try Asked(payload.span), payload.span, clerk, &output)
        return output.octets
      }
      do {
        try await outbound.send(try BitimV1.VerifyCertificateResponse(decoding: octets))
      } catch let status as Status {
        throw status
      } catch {
        throw Status(.internal, "internal error")
      }
    }
  }

  /// How many certificates are read at once: a snapshot is not held while the caller takes them.
  private static let portion = 500

  static func export(
    _ visit: Visit, _ request: BitimV1.ExportCertificatesRequest,
    _ outbound: Outbound<BitimV1.CertificateLine>
  ) async throws(Status) {
    var after: Int64 = 0
    while true {
      let (lines, last) = try visit.read { caller, state in
        guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
        let records = try state.certificates(
          year: Int(request.year), after: after, limit: Self.portion)
        let lines = try records.map { try BitimV1.CertificateLine($0, on: caller.today) }
        return (lines, records.last?.number.value)
      }
      for line in lines { try await outbound.send(line) }
      guard let last, lines.count == Self.portion else { return }
      after = last
    }
  }

  static func watch(
    _ visit: Visit, _ request: BitimV1.WatchCertificatesRequest,
    _ outbound: Outbound<BitimV1.CertificateChange>
  ) async throws(Status) {
    let commits = visit.services.ledger.commits
    try visit.ask { caller, _ in
      try caller.terms?.require(.watch)
      try visit.services.takeAgreedCall(caller, visit.call)
    }
    var sequence = request.afterSequence
    var told = sequence
    while true {
      let seen = commits.value
      let (changes, upTo) = try visit.read { try Self.changes(after: sequence, $0, $1) }
      for change in changes {
        try await outbound.send(change)
        told = change.sequence
      }
      let isBehind = upTo > sequence
      sequence = upTo
      if isBehind { continue }
      if told < sequence {
        // Nothing here concerned a certificate: who resumes need not read it again.
        var place = BitimV1.CertificateChange()
        place.sequence = sequence
        try await outbound.send(place)
        told = sequence
      }
      if visit.services.streams.isStopping {
        throw Status(.unavailable, reason: "DRAINING", "the server is stopping")
      }
      await commits.changed(since: seen)
      if Task.isCancelled { throw Status(.cancelled, "nobody waits any more") }
    }
  }

  /// What the next acts did to certificates, and up to which act that is.
  private static func changes(
    after sequence: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> (changes: [BitimV1.CertificateChange], upTo: Int64) {
    // A stream may outlast the agreement.
    try caller.terms?.require(.watch)
    let size = try state.journalSize()
    guard (0...size).contains(sequence) else {
      // No mistake of the request's form, as elsewhere: the caller has seen more than there is.
      throw Status(
        .outOfRange, reason: Reason.outOfRange.rawValue,
        "after_sequence: the journal ends at \(size)",
        ["column": "after_sequence", "value": "\(sequence)", "low": "0", "high": "\(size)"])
    }
    let deeds = try state.deeds(after: sequence, limit: Self.portion)
    var changes: [BitimV1.CertificateChange] = []
    for act in deeds {
      for number in act.deed.certificates {
        guard let record = try state.certificate(number)
        else { throw StoreFailure.corrupt("act \(act.sequence): its certificate is not there") }
        guard try caller.watches(record, state) else { continue }
        var change = BitimV1.CertificateChange()
        change.sequence = act.sequence
        change.number = number.text
        change.status = .init(
          record.life, on: caller.today,
          to: caller.isOfSchool ? .school : caller.readsGrounds ? .partner : .anyone)
        changes.append(change)
      }
    }
    return (changes, deeds.last?.sequence ?? sequence)
  }
}
