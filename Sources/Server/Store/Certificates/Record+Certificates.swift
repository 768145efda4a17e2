import BitimDomain
import BitimProtocol

// Certificates, refusals and restorations, as records hold them.

extension BitimJournalV1.CertificatesIssued {
  init(_ deed: CertificatesIssued) {
    self.init()
    self.certificates = deed.certificates.map { .init($0) }
  }
}

extension BitimJournalV1.CertificatesIssued.Certificate {
  init(_ certificate: CertificatesIssued.Certificate) {
    self.init()
    self.number = certificate.number.value
    self.code = certificate.code.octets
    self.personId = certificate.personID
    self.kind = .init(certificate.kind)
    self.programme = Int32(certificate.programme)
    self.enrolmentId = certificate.enrolmentID
    self.sheet = certificate.sheet
    self.issuedOn = certificate.issuedOn.iso
    self.validFrom = certificate.validity.from.iso
    self.validUntil = certificate.validity.until?.iso
  }
}

extension CertificatesIssued {
  init(_ message: BitimJournalV1.CertificatesIssued) throws {
    self.init(try message.certificates.map { try Certificate($0) })
  }
}

extension CertificatesIssued.Certificate {
  init(_ message: BitimJournalV1.CertificatesIssued.Certificate) throws {
    var message = message
    if message.issuedOn.isEmpty {
      // A record without a form: the sheet alone says when.
      let sheet = try BitimV1.Sheet(decoding: message.sheet)
      message.issuedOn = sheet.issuedOn
      message.validFrom = sheet.validFrom
      message.validUntil = sheet.validUntil
    }
    guard let code = CertificateCode(octets: message.code) else {
      throw StoreFailure.corrupt("a record: a certificate's code is not of ten octets")
    }
    self.init(
      number: try Record.number(message.number), code: code, personID: message.personId,
      kind: try Record.word(message.kind), programme: Int(message.programme),
      enrolmentID: message.enrolmentId, issuedOn: try Record.day(message.issuedOn),
      validity: try Record.days(message.validFrom, message.validUntil), sheet: message.sheet)
  }
}

extension BitimJournalV1.CertificateReplaced {
  init(_ deed: CertificateReplaced) {
    self.init()
    self.number = deed.number.value
    self.reason = .init(deed.reason)
    self.since = deed.since.iso
    self.evidence = deed.evidence
    self.certificate = .init(deed.certificate)
  }
}

extension CertificateReplaced {
  init(_ message: BitimJournalV1.CertificateReplaced) throws {
    self.init(
      number: try Record.number(message.number), reason: try Record.word(message.reason),
      since: try Record.day(message.since), evidence: message.evidence,
      certificate: try .init(message.certificate ?? .init()))
  }
}

extension BitimJournalV1.CertificateRefused {
  init(_ deed: CertificateRefused) {
    self.init()
    self.resultId = deed.resultID
    self.refusedOn = deed.refusedOn.iso
    self.why = deed.why
  }
}

extension CertificateRefused {
  init(_ message: BitimJournalV1.CertificateRefused) throws {
    self.init(
      resultID: message.resultId, refusedOn: try Record.day(message.refusedOn), why: message.why)
  }
}

extension BitimJournalV1.RefusalWithdrawn {
  init(_ deed: RefusalWithdrawn) {
    self.init()
    self.resultId = deed.resultID
    self.endsSequence = deed.endsSequence
    self.reason = .init(deed.reason)
    self.why = deed.why
  }
}

extension RefusalWithdrawn {
  init(_ message: BitimJournalV1.RefusalWithdrawn) throws {
    self.init(
      resultID: message.resultId, endsSequence: message.endsSequence,
      reason: try Record.word(message.reason), why: message.why)
  }
}

extension BitimJournalV1.CertificateLetStand {
  init(_ deed: CertificateLetStand) {
    self.init()
    self.number = deed.number.value
    self.doubt = .init(deed.doubt)
    self.found = deed.found
    self.why = deed.why
  }
}

extension CertificateLetStand {
  init(_ message: BitimJournalV1.CertificateLetStand) throws {
    self.init(
      number: try Record.number(message.number), doubt: try Record.word(message.doubt),
      found: message.found, why: message.why)
  }
}

extension BitimJournalV1.DuplicateMade {
  init(_ deed: DuplicateMade) {
    self.init()
    self.number = deed.number.value
    self.copy = Int32(deed.copy)
    self.reason = .init(deed.reason)
    self.statedOn = deed.statedOn.iso
    self.madeOn = deed.madeOn.iso
  }
}

extension DuplicateMade {
  init(_ message: BitimJournalV1.DuplicateMade) throws {
    self.init(
      number: try Record.number(message.number), copy: Int(message.copy),
      reason: try Record.word(message.reason), statedOn: try Record.day(message.statedOn),
      madeOn: try Record.day(message.madeOn))
  }
}

extension BitimJournalV1.CertificateRevoked {
  init(_ deed: CertificateRevoked) {
    self.init()
    self.number = deed.number.value
    self.reason = .init(deed.reason)
    self.since = deed.since.iso
    self.why = deed.why
    self.caseSequence = deed.cites
  }
}

extension CertificateRevoked {
  /// - Parameter heldOn: The day from which a revocation stands that is recorded without a form; else not
  ///   asked.
  init(_ message: BitimJournalV1.CertificateRevoked, heldOn: String) throws {
    self.init(
      number: try Record.number(message.number),
      since: try Record.day(message.since.isEmpty ? heldOn : message.since),
      reason: try Record.word(message.reason), why: message.why, cites: message.caseSequence)
  }
}

extension BitimJournalV1.CertificateSuspended {
  init(_ deed: CertificateSuspended) {
    self.init()
    self.number = deed.number.value
    self.ground = .init(deed.ground)
    self.from = deed.days.from.iso
    self.until = deed.days.until?.iso
    self.why = deed.why
    self.caseSequence = deed.cites
  }
}

extension CertificateSuspended {
  init(_ message: BitimJournalV1.CertificateSuspended) throws {
    self.init(
      number: try Record.number(message.number),
      days: try Record.days(message.from, message.until), ground: try Record.word(message.ground),
      why: message.why, cites: message.caseSequence)
  }
}

extension BitimJournalV1.CertificateReinstated {
  init(_ deed: CertificateReinstated) {
    self.init()
    self.number = deed.number.value
    self.endsSequence = deed.endsSequence
    self.reason = .init(deed.reason)
    self.why = deed.why
    self.suspendedFrom = deed.suspendedFrom.iso
    self.suspendedUntil = deed.suspendedUntil.iso
    self.ground = .init(deed.ground)
  }
}

extension CertificateReinstated {
  init(_ message: BitimJournalV1.CertificateReinstated) throws {
    self.init(
      number: try Record.number(message.number), endsSequence: message.endsSequence,
      reason: try Record.word(message.reason), why: message.why,
      suspendedFrom: try Record.day(message.suspendedFrom),
      suspendedUntil: try Record.day(message.suspendedUntil),
      ground: try Record.word(message.ground))
  }
}

extension BitimJournalV1.MarkWithdrawn {
  init(_ deed: MarkWithdrawn) {
    self.init()
    self.number = deed.number.value
    self.endsSequence = deed.endsSequence
    self.reason = .init(deed.reason)
    self.why = deed.why
    self.caseSequence = deed.cites
    self.revokes = deed.revokes.map { .init($0) }
  }
}

extension MarkWithdrawn {
  init(_ message: BitimJournalV1.MarkWithdrawn) throws {
    self.init(
      number: try Record.number(message.number), endsSequence: message.endsSequence,
      reason: try Record.word(message.reason), why: message.why,
      revokes: try message.revokes.map { try .init($0, heldOn: "") }, cites: message.caseSequence)
  }
}

extension BitimJournalV1.ActRefused {
  init(_ deed: ActRefused) {
    self.init()
    self.method = deed.method
    self.findings = deed.findings.map { finding in
      var message = BitimJournalV1.Finding()
      message.reason = finding.reason
      message.column = finding.column
      message.value = finding.value
      message.arguments = finding.arguments.sorted { $0.key < $1.key }.map { name, value in
        var argument = BitimJournalV1.Argument()
        argument.name = name
        argument.value = value
        return argument
      }
      message.count = Int32(finding.count)
      return message
    }
    self.personIds = deed.personIDs
    self.requestDigest = deed.requestDigest
  }
}

extension ActRefused {
  init(_ message: BitimJournalV1.ActRefused) {
    self.init(
      method: message.method,
      findings: message.findings.map { finding in
        Finding(
          reason: finding.reason, column: finding.column, value: finding.value,
          arguments: Dictionary(
            finding.arguments.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
          count: Int(finding.count))
      }, personIDs: message.personIds, requestDigest: message.requestDigest)
  }
}

extension BitimJournalV1.RecordsRestored {
  init(_ deed: RecordsRestored) {
    self.init()
    self.lastSequence = deed.lastSequence
    self.restoredToMs = deed.restoredTo.unixMilliseconds
    self.burned = deed.burned.map { burned in
      var message = Serials()
      message.year = Int32(burned.year)
      message.first = burned.serials.lowerBound
      message.last = burned.serials.upperBound
      return message
    }
  }
}

extension RecordsRestored {
  init(_ message: BitimJournalV1.RecordsRestored) throws {
    self.init(
      lastSequence: message.lastSequence,
      restoredTo: Instant(unixMilliseconds: message.restoredToMs),
      burned: try message.burned.map { serials in
        guard serials.first <= serials.last else {
          throw StoreFailure.corrupt("a record: burned serials end before they begin")
        }
        return Burned(year: Int(serials.year), serials: serials.first...serials.last)
      })
  }
}
