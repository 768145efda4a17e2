import BitimClient
import BitimProtocol

/// `bitim verify`: is this paper genuine and valid, and what must stand on it.
enum VerifyCommand {
  static let help = Help(
    summary: .init(
      "сертификатты нөмірі мен коды бойынша тексеру", "проверить сертификат по номеру и коду",
      "verify a certificate by number and code"),
    usage: [
      "bitim verify NUMBER CODE           anybody",
      "bitim verify NUMBER                partners, with their token",
    ],
    examples: [
      "bitim verify 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC",
      "bitim verify 2026-000417-29 --output json",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(2)
    var request = BitimV1.VerifyCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    if arguments.positions.count == 2 { request.code = arguments.positions[1] }
    let response = try await CertificateServiceClient(desk.client).verifyCertificate(request)
    let verdict: Text
    let end: Desk.End
    switch response.verdict {
    case .valid: (verdict, end) = (.verifyValid, .done)
    case .notValid: (verdict, end) = (.verifyNotValid, .refused)
    case .mistyped: (verdict, end) = (.verifyMistyped, .usage)
    default: (verdict, end) = (.verifyUnknown, .unknown)
    }
    if desk.output.form == .table {
      var line = desk.output.say(verdict)
      if response.verdict == .notValid { line += ": " + desk.standing(response.status) }
      Output.write(line + "\n")
      if let stamp = response.asOf {
        Output.write(desk.output.say(.verifyAsOf, ["instant": Desk.instant(stamp)]) + "\n")
      }
      if let stamp = response.restoredTo {
        Output.write(desk.output.say(.verifyRestored, ["instant": Desk.instant(stamp)]) + "\n")
      }
    }
    guard desk.output.form != .table || response.sheet != nil else { return end }
    var facts = desk.facts(response.sheet)
    if desk.output.form == .csv {
      // A row for programs says the verdict itself, whatever the exit status is used for.
      let word = "\(verdict)".dropFirst("verify".count)
      facts =
        [
          (.factVerdict, String(word)), (.factAsOf, Desk.instant(response.asOf)),
          (.factStanding, desk.standing(response.status)),
        ] + facts
    }
    desk.output.facts(facts, message: response)
    if response.sheet != nil { desk.output.note(.verifyCompare) }
    return end
  }
}

extension Desk {
  /// An instant as RFC 3339 in UTC; nothing for none.
  static func instant(_ stamp: GoogleProtobuf.Timestamp?) -> String {
    // What was decoded can be encoded.
    guard let stamp, let text = try? JSONText().text(stamp) else { return "" }
    return text.replacing("\"", with: "")
  }

  /// How a certificate stands, in words.
  func standing(_ status: BitimV1.CertificateStatus?) -> String {
    guard let status else { return "" }
    switch status.standing {
    case .valid: return self.output.say(.standingValid)
    case .expired: return self.output.say(.standingExpired)
    case .notYetValid: return self.output.say(.standingNotYetValid)
    default:
      return self.output.say(
        .standingRevoked, ["since": status.since, "reason": self.reason(status.reason)])
    }
  }

  /// Why a certificate is revoked, in words.
  func reason(_ reason: BitimV1.RevocationReason) -> String {
    switch reason {
    case .fraud: self.output.say(.reasonFraud)
    case .error: self.output.say(.reasonError)
    case .attestationAnnulled: self.output.say(.reasonAttestationAnnulled)
    case .misconduct: self.output.say(.reasonMisconduct)
    case .holderRequest: self.output.say(.reasonHolderRequest)
    default: ""
    }
  }

  /// Every line of a sheet, as it must stand on the paper.
  func facts(_ sheet: BitimV1.Sheet?) -> [(Text, String)] {
    guard let sheet else { return [] }
    func name(_ name: BitimV1.Name?) -> String {
      [name?.surname, name?.given, name?.patronymic].compactMap { $0 }
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
    let holder = [name(sheet.holder?.kk), name(sheet.holder?.ru)].filter { !$0.isEmpty }
    let hours =
      sheet.kind == .school
      ? "" : "\(Self.hours(sheet.theoryQuarters)) + \(Self.hours(sheet.practiceQuarters))"
    let trained = sheet.trainedFrom.isEmpty ? "" : "\(sheet.trainedFrom) – \(sheet.trainedUntil)"
    let attested =
      sheet.attestedOn.isEmpty ? "" : "\(sheet.attestedOn), \(sheet.protocolNumber)"
    return [
      (.columnNumber, sheet.number), (.factHolder, holder.joined(separator: " / ")),
      (.factHolderLatin, name(sheet.holder?.latin)), (.factTitle, self.text(sheet.title)),
      (.columnEdition, sheet.edition), (.factLegalBasis, self.text(sheet.legalBasis)),
      (.factHours, hours), (.factTrained, trained), (.factTrainedBy, self.text(sheet.trainedBy)),
      (.factAttested, attested), (.factDecided, sheet.decidedOn),
      (.factIssued, sheet.issuedOn), (.factValidFrom, sheet.validFrom),
      (.factValidUntil, sheet.validUntil ?? ""), (.factIssuer, self.text(sheet.issuer)),
      (.factEntitlement, sheet.issuerEntitlement), (.factPlace, sheet.place),
      (.factSignatory, "\(sheet.signatory), \(self.text(sheet.signatoryPost))"),
      (.factBasedOn, sheet.basedOn.joined(separator: ", ")),
    ]
  }
}
