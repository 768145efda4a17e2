import BitimDomain
import BitimListener
import BitimProtocol
import BitimSigning
import BitimStore
import BitimTrust

/// A certificate as a Verifiable Credential (W3C), made of what was frozen at its issue.
///
/// It is read, and signed aside, as a bundle is: no verification waits for an agent.
extension CertificateService {
  static func credential(
    _ visit: Visit, _ request: BitimV1.GetCredentialRequest
  ) async throws(Status) -> BitimV1.GetCredentialResponse {
    let signer = visit.services.signer
    // Whoever may not is told so before anything is signed for him.
    if try Self.isDeposed(visit, request) || signer.base == nil {
      try await visit.sign(isDue: true)
    }
    guard let base = signer.base else { throw Self.unsigned(signer.standing.trouble ?? .notYet) }
    let form = try Self.form(visit, request)
    let (credential, created) = try Self.said(visit, request, by: base.issuer)
    return try await visit.aside(.certificates) { () throws(Status) in
      do throws(LogSigner.Trouble) {
        let proof = credential.proof(form, created: created)
        var response = BitimV1.GetCredentialResponse()
        response.credential = try signer.signed([proof], on: base)[0].text
        return response
      } catch {
        throw Self.unsigned(error)
      }
    }
  }

  /// The form that is asked for.
  private static func form(
    _ visit: Visit, _ request: BitimV1.GetCredentialRequest
  ) throws(Status) -> CertificateCredential.Form {
    try visit.ask { _, _ in
      switch request.form {
      case .unspecified, .plain: return .plain
      case .openBadge: return .badge
      default:
        throw Refusal(finding: .notInList, column: "form", value: "\(request.form.rawValue)")
      }
    }
  }

  /// The certificate that is asked for, if it is for the caller and there can be a credential of it.
  ///
  /// - Throws: ``Refusal``.
  private static func number(
    _ request: BitimV1.GetCredentialRequest, _ caller: Caller, _ clerk: Clerk
  ) throws -> CertificateNumber {
    let number = try Self.number(caller, request.number, code: request.code, clerk)
    // What was read of the caller must not be what is answered from.
    clerk.settle()
    // Who is not the School's would have it sign that its lists lie where he likes.
    guard request.address.isEmpty || Self.isIssuer(caller) else {
      throw Refusal(finding: .notYourOrganisation, column: "address")
    }
    // Without a place in the lists nobody could ever call it back.
    guard !number.isAdopted else {
      throw Refusal(finding: .noCredential, column: "number", value: number.text)
    }
    return number
  }

  /// Whether the key that signed last may sign no more; the caller's call is counted.
  private static func isDeposed(
    _ visit: Visit, _ request: BitimV1.GetCredentialRequest
  ) throws(Status) -> Bool {
    try visit.ask { caller, clerk in
      try visit.services.takeAgreedCall(caller, visit.call)
      _ = try Self.number(request, caller, clerk)
      return try clerk.reader.read { state in
        _ = try Self.listPlace(request.address, state)
        return visit.services.signer.isDeposed(by: try LogSigner.keys(in: state, on: caller.today))
      }
    }
  }

  /// What is to be signed and when, from one snapshot; the caller is asked again.
  private static func said(
    _ visit: Visit, _ request: BitimV1.GetCredentialRequest, by issuer: DIDKey
  ) throws(Status) -> (CertificateCredential, created: String) {
    let zone = visit.services.zone
    return try visit.ask { caller, clerk in
      // What is signed with an instant must not have a wrong one.
      if let doubt = visit.services.ledger.doubt { throw doubt.status(at: caller.now) }
      let number = try Self.number(request, caller, clerk)
      return try clerk.reader.read { state in
        guard
          !visit.services.signer.isDeposed(by: try LogSigner.keys(in: state, on: caller.today))
        else { throw SigningQueue.busy("the next key is about to sign; come again") }
        guard let found = try state.certificate(number),
          let place = try Self.statusPlace(of: number, state)
        else { throw StoreFailure.corrupt("\(number.text): is verified, and not there") }
        let said = try Self.said(
          of: found, log: try state.logName(),
          lists: try Self.listPlace(request.address, state), place: place, by: issuer, zone)
        guard let said else {
          throw StoreFailure.corrupt("\(number.text): what it says can't be signed")
        }
        return (said, caller.now.text)
      }
    }
  }

  /// What the paper says, as far as it stands in a credential.
  private static func said(
    of certificate: CertificateRecord, log: String, lists: StatusList.Place, place: Int,
    by issuer: DIDKey, _ zone: (Instant) -> CivilDate
  ) throws -> CertificateCredential? {
    let sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    let days = certificate.life.validity.not(before: certificate.life.issuedOn)
    guard let holder = sheet.printedHolder else { return nil }
    let title = LocalTexts(sheet.title).specialised(in: LocalTexts(sheet.specialisation))
    let basis = LocalTexts(sheet.legalBasis).one
    let subject: CertificateCredential.Subject =
      switch certificate.kind {
      case .school: .school
      case .attendance: .attendance
      case .programme, .adopted: .programme(certificate.programme)
      }
    return CertificateCredential(
      log: log, number: certificate.number.text, subject: subject,
      title: title, summary: basis.isEmpty ? title.one : basis, criteria: sheet.criteria,
      edition: sheet.edition.isEmpty ? nil : sheet.edition, holder: holder.name,
      holderLatin: holder.latin, issuer: issuer, school: LocalTexts(sheet.issuer),
      validFrom: days.from.start(in: zone).text,
      validUntil: days.until.map { CivilDate(dayNumber: $0.dayNumber + 1).start(in: zone).text },
      lists: lists, place: place)
  }
}

extension LocalTexts {
  /// What a course is called with what it is specialised in (R-306).
  fileprivate func specialised(in other: LocalTexts) -> LocalTexts {
    func both(_ name: String, _ other: String) -> String {
      name.isEmpty || other.isEmpty ? name : "\(name): \(other)"
    }
    return LocalTexts(
      kk: both(self.kk, other.kk), ru: both(self.ru, other.ru), en: both(self.en, other.en))
  }
}

extension CivilDate {
  private static let dayMs: Int64 = 86_400_000

  /// The first instant of this day in a zone, to the second.
  func start(in zone: (Instant) -> CivilDate) -> Instant {
    // No zone is a day away from that of instants.
    var (before, after) = (Int64(self.dayNumber - 1) * 86_400, Int64(self.dayNumber + 1) * 86_400)
    while after - before > 1 {
      let middle = (before + after) / 2
      if zone(Instant(unixMilliseconds: middle * 1_000)) < self {
        before = middle
      } else {
        after = middle
      }
    }
    return Instant(unixMilliseconds: after * 1_000)
  }
}

extension LocalTexts {
  fileprivate init(_ text: BitimV1.Text?) {
    self.init(kk: text?.kk ?? "", ru: text?.ru ?? "", en: text?.en ?? "")
  }
}

extension BitimV1.Sheet {
  /// By what the certificate was earned: sentences for people, in the language that most of its readers share.
  var criteria: String {
    guard self.kind != .school else {
      return "All three programmes passed: certificates \(self.basedOn.joined(separator: ", "))."
    }
    func hours(_ theory: Int32, _ practice: Int32) -> String {
      "\(Self.hours(theory)) academic hours of theory and \(Self.hours(practice)) of practice"
    }
    let trainer = LocalTexts(self.trainedBy).one
    var text = trainer.isEmpty ? "Trained" : "Trained by \(trainer)"
    if !self.trainedFrom.isEmpty { text += " from \(self.trainedFrom) to \(self.trainedUntil)" }
    text += ": \(hours(self.theoryQuarters, self.practiceQuarters)) attended"
    let recognised = (self.recognisedTheoryQuarters, self.recognisedPracticeQuarters)
    if recognised != (0, 0) {
      text += "; \(hours(recognised.0, recognised.1)) of training elsewhere recognised"
    }
    text += "."
    if self.kind == .attendance {
      text += " Attended, without attestation: no certificate of a programme."
    }
    if !self.attestedOn.isEmpty {
      text += " Attestation passed on \(self.attestedOn), protocol \(self.protocolNumber)."
    }
    return text
  }

  /// Quarters as a number of hours: `65.5`.
  private static func hours(_ quarters: Int32) -> String {
    "\(quarters / 4)" + ["", ".25", ".5", ".75"][Int(quarters % 4)]
  }
}
