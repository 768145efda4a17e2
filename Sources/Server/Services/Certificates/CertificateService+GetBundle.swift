import BitimCrypto
import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import BitimTrust

/// The file by which a certificate is verified with no network: signed, and beside a signed checkpoint of the journal.
///
/// It is asked for in three steps, none of which waits for another's: what stands is read, on a task; it is signed on
/// a queue of its own, since an agent may take seconds; nothing is held of the registry meanwhile.
extension CertificateService {
  /// What a bundle says, before it is signed.
  private struct Said: Sendable {
    let base: LogSigner.Base
    let certificate: CertificateNote
    let standing: StandingNote
    let acts: [CertificateBundle.ProvenAct]
  }

  static func bundle(
    _ visit: Visit, _ request: BitimV1.GetBundleRequest
  ) async throws(Status) -> BitimV1.GetBundleResponse {
    // Whoever may not is told so before anything is signed for him.
    let last = try Self.lastAct(visit, request)
    let signer = visit.services.signer
    if (signer.base?.size ?? 0) < last {
      // It is not in the checkpoint yet: one more is signed.
      try await visit.sign(isDue: true)
    }
    guard let base = signer.base else { throw Self.unsigned(signer.standing.trouble ?? .notYet) }
    let said = try Self.said(visit, request, base)
    return try await visit.aside(.certificates) { () throws(Status) in
      do throws(LogSigner.Trouble) {
        let signed = try signer.signed(said.certificate, said.standing, on: said.base)
        let bundle = CertificateBundle(
          certificate: signed.certificate, standing: signed.standing, acts: said.acts,
          checkpoint: said.base.checkpoint, keyNotes: signer.standing.notes)
        guard let bundle else { throw .unkept("a note that says another thing than was signed") }
        var response = BitimV1.GetBundleResponse()
        response.bundle = String(decoding: bundle.octets, as: UTF8.self)
        return response
      } catch {
        throw Self.unsigned(error)
      }
    }
  }

  /// Why nothing is signed, to anybody: the operator is told more.
  static func unsigned(_ trouble: LogSigner.Trouble) -> Status {
    Status(
      .failedPrecondition, reason: "NOTHING_SIGNED", "nothing is signed",
      ["what": trouble.outward])
  }

  /// The certificate that is asked for, if it is for the caller: by number and code, or by number alone.
  ///
  /// - Throws: ``Refusal``: one and the same for an unknown number and a wrong code.
  static func number(
    _ caller: Caller, _ number: String, code: String, _ clerk: Clerk
  ) throws -> CertificateNumber {
    let number = try Self.number(number)
    let omitsCode = code.isEmpty && (caller.terms != nil || Self.isIssuer(caller))
    if omitsCode { try caller.terms?.require(.verifyNumber) }
    guard omitsCode || !code.isEmpty else {
      throw Refusal(finding: .codeNeeded, column: "code")
    }
    var typed = InlineArray<10, UInt8>(repeating: 0)
    let octets = Array(code.utf8)
    let isCode =
      octets.count <= Self.typedMax && CertificateCode.read(typed: octets.span, into: &typed)
    var isFound = false
    // As verification asks: an unknown number and a wrong code take one path to one answer.
    try clerk.reader.verification(of: number) { row in
      var fits = false
      row?.withCode { fits = ConstantTime.areEqual($0, typed.span) }
      guard let row, row.number == number.value, omitsCode || (fits && isCode) else { return }
      isFound = true
    }
    guard isFound else {
      throw Refusal(finding: .certificateUnknown, column: "number", value: number.text)
    }
    return number
  }

  /// Whether the caller is a registrar or certifier of the School.
  static func isIssuer(_ caller: Caller) -> Bool {
    caller.isSchool && !caller.roles.isDisjoint(with: [.registrar, .certifier])
  }

  /// The last act that did something to the certificate; none is signed far enough where the key may sign no more.
  private static func lastAct(
    _ visit: Visit, _ request: BitimV1.GetBundleRequest
  ) throws(Status) -> Int64 {
    try visit.ask { caller, clerk in
      try visit.services.takeAgreedCall(caller, visit.call)
      let number = try Self.number(caller, request.number, code: request.code, clerk)
      clerk.settle()
      return try clerk.reader.read { state in
        let isDeposed = visit.services.signer.isDeposed(
          by: try LogSigner.keys(in: state, on: caller.today))
        // Nothing that was signed goes on as long as who signed it may no more.
        return isDeposed ? .max : try state.lastAct(on: number)
      }
    }
  }

  /// What stands of a certificate's story, in the order of the acts.
  private static func events(
    of certificate: CertificateRecord, _ state: borrowing Snapshot
  ) throws -> [StandingNote.Event] {
    let life = certificate.life
    let days = life.validity.not(before: life.issuedOn)
    let issued = StandingNote.Event(
      .issued, from: days.from.iso, until: days.until?.iso,
      act: try state.act(issuing: certificate.number))
    // On days on which an arbiter stays it a mark has no effect.
    let marks = life.marks.sorted { $0.sequence < $1.sequence }.flatMap { mark in
      let kind: StandingNote.Event.Kind =
        switch mark.cause {
        case .revoked: .revoked
        case .suspended: .suspended
        case .replaced: .replaced
        }
      return mark.effect.map { days in
        StandingNote.Event(
          kind, from: days.from.iso, until: days.until?.iso, act: mark.sequence,
          successor: mark.successor?.text)
      }
    }
    return [issued] + marks
  }

  /// What is to be signed, from one snapshot; the caller is asked again.
  private static func said(
    _ visit: Visit, _ request: BitimV1.GetBundleRequest, _ base: LogSigner.Base
  ) throws(Status) -> Said {
    try visit.ask { caller, clerk in
      // What is signed with an instant must not have a wrong one.
      if let doubt = visit.services.ledger.doubt { throw doubt.status(at: caller.now) }
      let number = try Self.number(caller, request.number, code: request.code, clerk)
      clerk.settle()
      return try clerk.reader.read { state in
        guard let found = try state.certificate(number) else {
          throw StoreFailure.corrupt("\(number.text): is verified, and not there")
        }
        let events = try Self.events(of: found, state)
        let keys = try LogSigner.keys(in: state, on: caller.today)
        guard try state.lastAct(on: number) <= base.size, !visit.services.signer.isDeposed(by: keys)
        else {
          throw SigningQueue.busy("the newest act is being signed; come again")
        }
        let acts = try events.map { event in
          try base.proof(ofAct: event.act) { try state.entries(after: $0, limit: $1) }
        }
        let certificate = try Self.note(of: found, events[0])
        let standing = StandingNote(
          number: number.text, day: caller.today.iso, atMs: caller.now.unixMilliseconds,
          size: base.size, events: events)
        guard let standing, let certificate, !acts.contains(nil) else {
          throw StoreFailure.corrupt(
            "\(number.text): the journal does not have its acts as they were signed")
        }
        return Said(
          base: base, certificate: certificate, standing: standing, acts: acts.compactMap { $0 })
      }
    }
  }

  /// What the paper says, as far as it stands in a note.
  private static func note(
    of certificate: CertificateRecord, _ issued: StandingNote.Event
  ) throws -> CertificateNote? {
    let sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    let subject: CertificateNote.Subject =
      switch certificate.kind {
      case .school: .school
      case .programme: .programme(certificate.programme)
      case .adopted: .adopted(certificate.programme)
      case .attendance: .attendance
      }
    guard let holder = sheet.printedHolder else { return nil }
    return CertificateNote(
      number: certificate.number.text, subject: subject, holder: holder.name,
      holderLatin: holder.latin, issuedOn: certificate.life.issuedOn.iso, validUntil: issued.until,
      act: issued.act)
  }
}

extension BitimV1.Sheet {
  /// The holder's name as it is printed, in Kazakh, or in Russian where there is none, and in Latin letters.
  var printedHolder: (name: String, latin: String?)? {
    func printed(_ name: BitimV1.Name?) -> String? {
      guard let name else { return nil }
      let parts = [name.surname, name.given, name.patronymic].filter { !$0.isEmpty }
      return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
    let latin = printed(self.holder?.latin)
    guard let name = printed(self.holder?.kk) ?? printed(self.holder?.ru) ?? latin else {
      return nil
    }
    return (name, latin)
  }
}
