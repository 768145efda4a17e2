import BitimClient
import BitimProtocol

/// `bitim verify`: is this paper genuine and valid, and what must stand on it.
enum VerifyCommand {
  static let help = Help(
    summary: .helpVerify, usage: .helpVerifyUsage,
    examples: [
      "bitim verify 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC",
      "bitim verify 2026-000417-29 7KQ2-M9XD-4TRA-0ZHC --on 2026-07-10",
      "bitim verify 2026-000417-29 --output json",
      "bitim verify --adopted 45 --date 20.05.2013 --surname Өтегенова",
      "bitim verify --batch нөмірлер.csv --to жауап.csv",
      "bitim verify --offline өтегенова.bitim --trust мектеп.vkey",
      "bitim verify --offline ұлжан.vc.json --trust мектеп.vkey --status күй",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    if Self.isOffline(words) { return try Self.offline(words, desk.output) }
    let old: Set<String> = ["adopted", "date", "surname"]
    let arguments = try Arguments(
      words, options: old.union(["on", "batch", "to", "mapping", "trust", "max-age", "status"]),
      repeatable: ["leave-out"])
    for option in ["trust", "max-age", "status"] where arguments[option] != nil {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--offline"])
    }
    let service = CertificateServiceClient(desk.client)
    let day = Sheet.iso(arguments["on"] ?? "")
    if let list = arguments["batch"] {
      try arguments.atMost(0)
      try arguments.refuse(old)
      return try await Self.batch(list, arguments, on: day, desk)
    }
    for option in ["to", "mapping", "leave-out"] where !arguments.each(option).isEmpty {
      throw Arguments.Fault(text: .usageOptionOfList, arguments: ["option": "--\(option)"])
    }
    if arguments["adopted"] != nil {
      try arguments.atMost(0)
      var request = BitimV1.VerifyAdoptedRequest()
      request.ownNumber = try arguments.required("adopted")
      request.issuedOn = Sheet.iso(try arguments.required("date"))
      request.surname = try arguments.required("surname")
      request.asOf = day
      return Self.show(
        try await service.verifyAdopted(request), on: day, unknown: .verifyUnknownAdopted, desk)
    }
    guard old.allSatisfy({ arguments[$0] == nil }) else {
      throw Arguments.Fault(text: .usageOptionNeeded, arguments: ["option": "--adopted"])
    }
    try arguments.atMost(2)
    var request = BitimV1.VerifyCertificateRequest()
    request.number = try arguments.position(0, "NUMBER")
    if arguments.positions.count == 2 { request.code = arguments.positions[1] }
    request.asOf = day
    return Self.show(
      try await service.verifyCertificate(request), on: day, unknown: .verifyUnknown, desk)
  }

  /// Says what verification answered.
  ///
  /// - Parameter day: The day that was asked about; empty for today.
  private static func show(
    _ response: BitimV1.VerifyCertificateResponse, on day: String, unknown: Text, _ desk: Desk
  ) -> Desk.End {
    let verdict: Text
    let end: Desk.End
    let colour: Screen.Colour
    switch response.verdict {
    case .valid: (verdict, end, colour) = (.verifyValid, .done, .good)
    case .notValid: (verdict, end, colour) = (.verifyNotValid, .notValid, .bad)
    case .mistyped: (verdict, end, colour) = (.verifyMistyped, .unknown, .unknown)
    default: (verdict, end, colour) = (unknown, .unknown, .unknown)
    }
    if desk.output.form == .table {
      var line = desk.output.coloured(desk.output.say(verdict), colour)
      if response.verdict == .notValid { line += ": " + desk.standing(response.status) }
      if !day.isEmpty { line = desk.output.say(.verifyOn, ["day": day, "answer": line]) }
      Output.write(line + "\n")
      if let stamp = response.asOf {
        Output.write(desk.output.say(.verifyAsOf, ["instant": Desk.instant(stamp)]) + "\n")
      }
      if let stamp = response.restoredTo {
        Output.write(desk.output.say(.verifyRestored, ["instant": Desk.instant(stamp)]) + "\n")
      }
      if response.clockDoubtful { Output.write(desk.output.say(.verifyClock) + "\n") }
      if !response.basedOnNotValid.isEmpty {
        let list = response.basedOnNotValid.joined(separator: ", ")
        Output.write(desk.output.say(.verifyBasedOn, ["list": list]) + "\n")
      }
    }
    guard desk.output.form != .table || response.sheet != nil else { return end }
    // That a paper is none of a programme comes before what is on it.
    if desk.output.form == .table, response.sheet?.kind == .attendance {
      Output.write(desk.output.say(.verifyAttendance) + "\n")
    }
    var facts = desk.facts(response.sheet)
    if response.sheet != nil { facts.insert((.duplicate, desk.line(response.duplicate)), at: 0) }
    if desk.output.form == .csv {
      // A row for programs says the verdict itself, whatever the exit status is used for.
      facts =
        [
          (.verdict, Self.verdictWord(response.verdict)), (.asOf, Desk.instant(response.asOf)),
          (.standing, response.status.map { Self.standingWord($0.standing) } ?? ""),
          (.clock, response.clockDoubtful ? "Doubtful" : "Right"),
        ] + facts
    }
    desk.output.facts(facts, message: response)
    if let sheet = response.sheet {
      // The registry's number stands on no adopted paper.
      desk.output.note(sheet.kind == .adopted ? .verifyCompareAdopted : .verifyCompare)
    }
    return end
  }
}

extension Desk {
  /// An instant as RFC 3339 in UTC; nothing for none, nor for one that no calendar has.
  static func instant(_ stamp: GoogleProtobuf.Timestamp?) -> String {
    guard let stamp, stamp.isWithinYears else { return "" }
    return stamp.text
  }

  /// How a certificate stands, in a cell: a word for programs.
  func standingCell(_ status: BitimV1.CertificateStatus?) -> String {
    guard self.output.isForPrograms else { return self.standing(status) }
    return status.map { VerifyCommand.standingWord($0.standing) } ?? ""
  }

  /// How a certificate stands, in words, and in which case what stands against it is stayed.
  func standing(_ status: BitimV1.CertificateStatus?) -> String {
    guard let status else { return "" }
    let standing = self.unstayed(status)
    guard status.stayedIn != 0 else { return standing }
    return self.output.say(
      .standingStayed, ["standing": standing, "case": "\(status.stayedIn)"])
  }

  private func unstayed(_ status: BitimV1.CertificateStatus) -> String {
    switch status.standing {
    case .valid: return self.output.say(.standingValid)
    case .expired: return self.output.say(.standingExpired)
    case .notYetValid: return self.output.say(.standingNotYetValid)
    case .suspended:
      let ground = self.ground(status.ground)
      return status.until.isEmpty
        ? self.output.say(
          .standingSuspendedOpen, sent: ["since": status.since, "ground": ground])
        : self.output.say(
          .standingSuspended,
          sent: ["since": status.since, "until": status.until, "ground": ground])
    case .replaced:
      return self.output.say(
        .standingReplaced, ["since": status.since, "successor": status.successor])
    default:
      return self.output.say(
        .standingRevoked, ["since": status.since, "reason": self.reason(of: status)])
    }
  }

  /// The last duplicate of a paper, as it stands on it; nothing for none.
  func line(_ duplicate: BitimV1.Duplicate?) -> String {
    guard let duplicate else { return "" }
    return self.output.say(
      .paperDuplicate, ["copy": "\(duplicate.copy)", "day": duplicate.madeOn])
  }

  /// Why a certificate is revoked, in words, as far as the caller is told.
  private func reason(of status: BitimV1.CertificateStatus) -> String {
    if status.reason != .unspecified { return self.reason(status.reason) }
    return switch status.told {
    case .issuedInError: self.output.say(.reasonError)
    case .atHoldersRequest: self.output.say(.reasonHolderRequest)
    default: self.output.say(.reasonDecision)
    }
  }

  /// Why a certificate is revoked, in words.
  private func reason(_ reason: BitimV1.RevocationReason) -> String {
    switch reason {
    case .fraud: self.output.say(.reasonFraud)
    case .error: self.output.say(.reasonError)
    case .attestationAnnulled: self.output.say(.reasonAttestationAnnulled)
    case .misconduct: self.output.say(.reasonMisconduct)
    case .holderRequest: self.output.say(.reasonHolderRequest)
    case .hoursMissing: self.output.say(.reasonHoursMissing)
    case .issuerNotEntitled: self.output.say(.reasonIssuerNotEntitled)
    case .court: self.output.say(.groundCourt)
    default: ""
    }
  }

  /// Why a certificate is suspended, in words; nothing where it is not said.
  func ground(_ ground: BitimV1.SuspensionGround) -> String {
    switch ground {
    case .investigation: self.output.say(.groundInvestigation)
    case .complaint: self.output.say(.groundComplaint)
    case .groundFails: self.output.say(.groundGroundFails)
    case .entitlement: self.output.say(.groundEntitlement)
    case .court: self.output.say(.groundCourt)
    case .holderRequest: self.output.say(.reasonHolderRequest)
    default: ""
    }
  }

  /// Every line of a sheet, as it must stand on the paper.
  func facts(_ sheet: BitimV1.Sheet?) -> [(Column, String)] {
    guard let sheet else { return [] }
    func name(_ name: BitimV1.Name?) -> String {
      [name?.surname, name?.given, name?.patronymic].compactMap { $0 }
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
    let holder = [name(sheet.holder?.kk), name(sheet.holder?.ru)].filter { !$0.isEmpty }
    let hours =
      sheet.kind == .school
      ? ""
      : sheet.kind == .adopted
        ? self.output.say(.notRecorded)
        : "\(Self.hours(sheet.theoryQuarters)) + \(Self.hours(sheet.practiceQuarters))"
    // Wherever a paper's lines are shown, nobody takes attendance for a programme.
    let title =
      sheet.kind == .attendance
      ? self.output.say(.titleAttendance, ["title": self.text(sheet.title)])
      : self.text(sheet.title)
    let trained = sheet.trainedFrom.isEmpty ? "" : "\(sheet.trainedFrom) – \(sheet.trainedUntil)"
    let attested =
      sheet.attestedOn.isEmpty ? "" : "\(sheet.attestedOn), \(sheet.protocolNumber)"
    return [
      (.number, sheet.number), (.holder, holder.joined(separator: " / ")),
      (.holderLatin, name(sheet.holder?.latin)), (.title, title),
      (.edition, sheet.edition), (.specialisation, self.text(sheet.specialisation)),
      (.legalBasis, self.text(sheet.legalBasis)),
      (.hours, hours),
      (
        .recognised,
        Self.recognised(sheet.recognisedTheoryQuarters, sheet.recognisedPracticeQuarters)
      ), (.trained, trained), (.trainedBy, self.text(sheet.trainedBy)),
      (.attested, attested), (.decided, sheet.decidedOn),
      (.issued, sheet.issuedOn), (.firstIssued, sheet.firstIssuedOn),
      (.replaces, sheet.replaces), (.validFrom, sheet.validFrom),
      (.validUntil, sheet.validUntil ?? ""), (.issuer, self.text(sheet.issuer)),
      (.entitlement, sheet.issuerEntitlement), (.place, sheet.place),
      (
        .signatory,
        sheet.kind == .adopted
          ? self.output.say(.notRecorded)
          : [sheet.signatory, self.text(sheet.signatoryPost)].filter { !$0.isEmpty }
            .joined(separator: ", ")
      ),
      (.basedOn, sheet.basedOn.joined(separator: ", ")),
    ] + (sheet.entry.map { self.facts($0) } ?? [])
  }
}
