import BitimClient
import BitimProtocol

/// `bitim due`: what waits for whoever asks, each with the command that answers it.
enum DueCommand {
  static let help = Help(
    summary: .helpDue, usage: .helpDueUsage, examples: ["bitim due", "bitim due --output csv"])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    try Arguments(words, options: []).atMost(0)
    let items = try await Self.items(desk)
    switch desk.output.form {
    case .table where items.isEmpty: desk.output.note(.dueNothing)
    case .table:
      // Sentences begin with a day.
      let lines = items.map { item in
        Output.paragraph(desk.sentence(of: item), hanging: 12) + "    \(item.command.visible)\n"
      }
      Output.show(lines.joined())
    case .csv, .json:
      desk.output.rows(
        [.kind, .since, .until, .cohort, .session, .people, .person, .number, .command],
        items.map { item in
          [
            item.word, item.since, item.until, item.cohort, item.session,
            item.people == 0 ? "" : "\(item.people)", item.person?.displayId ?? "", item.number,
            item.command,
          ]
        }, messages: items)
    }
    return .done
  }

  /// Everything that waits.
  private static func items(_ desk: Desk) async throws -> [BitimV1.DueItem] {
    let service = DueServiceClient(desk.client)
    return try await BitimV1.ListDueRequest().pages(by: service.listDue).flatMap(\.items)
  }
}

extension Desk {
  /// What waits, in a sentence.
  fileprivate func sentence(of item: BitimV1.DueItem) -> String {
    let name = self.name(item.person?.names)
    switch item.kind {
    case .approve:
      return self.output.say(
        .dueApprove,
        ["proposal": "\(item.proposal)", "name": name, "day": item.since, "last": item.until])
    case .confirm:
      return self.output.say(
        .dueConfirm,
        [
          "day": item.since, "session": item.session, "cohort": item.cohort,
          "count": "\(item.people)", "name": name,
        ])
    case .issue:
      return self.output.say(
        .dueIssue, ["day": item.since, "cohort": item.cohort, "count": "\(item.people)"])
    case .attendance:
      return self.output.say(
        .dueAttendance, ["day": item.since, "cohort": item.cohort, "count": "\(item.people)"])
    case .retake:
      return self.output.say(
        .dueRetake, ["day": item.since, "cohort": item.cohort, "name": name])
    case .review:
      return self.output.say(
        .dueReview,
        [
          "day": item.since, "session": item.session, "cohort": item.cohort,
          "count": "\(item.people)",
        ])
    case .absenceUnexcused:
      return self.output.say(
        .dueAbsence,
        ["day": item.since, "session": item.session, "name": name, "last": item.until])
    case .suspensionEnding:
      return self.output.say(
        .dueSuspensionEnds, ["day": item.until, "number": item.certificate])
    case .groundFails:
      return self.output.say(
        .dueGroundFails,
        [
          "day": item.since, "number": item.certificate, "name": name, "last": item.until,
          "rules": self.rules(in: item.found),
        ])
    case .datumDiffers:
      return self.output.say(
        .dueDatumDiffers,
        [
          "day": item.since, "number": item.certificate, "name": name, "last": item.until,
        ])
    case .issuerNotEntitled:
      return self.output.say(
        .dueIssuerNotEntitled,
        ["day": item.since, "number": item.certificate, "name": name])
    case .tokenEnding:
      return self.output.say(
        .dueTokenEnds,
        [
          "day": item.until, "token": item.tokenName,
          "name": name.isEmpty ? item.organisation : name,
        ])
    case .case:
      return self.output.say(
        .dueCase, ["day": item.until, "case": "\(item.caseAct)", "name": name])
    case .application:
      return self.output.say(
        .dueApplication, ["day": item.until, "case": "\(item.caseAct)", "name": name])
    case .recognition:
      return self.output.say(
        .dueRecognition, ["day": item.until, "case": "\(item.caseAct)", "name": name])
    case .entry:
      return self.output.say(
        .dueEntry, ["day": item.until, "case": "\(item.caseAct)", "name": name])
    case .entryCondition:
      return self.output.say(
        .dueEntryCondition,
        ["day": item.since, "number": item.entry, "name": name, "last": item.until])
    case .learning:
      let isOver = item.until.isEmpty
      return self.output.say(
        isOver ? .dueLearningMissed : .dueLearning,
        ["day": isOver ? item.since : item.until, "number": item.entry, "name": name])
    case .caseExecution:
      return self.output.say(
        .dueCaseExecution, ["day": item.until, "case": "\(item.caseAct)", "name": name])
    case .separationBroken:
      return self.output.say(
        .dueSeparationBroken,
        ["day": item.since, "number": item.certificate, "name": name, "last": item.until])
    case .doubleCertificate:
      return self.output.say(
        .dueDoubleCertificate, ["day": item.since, "number": item.certificate, "name": name])
    case .placeFree:
      return self.output.say(
        .duePlaceFree,
        [
          "day": item.since, "cohort": item.cohort, "count": "\(item.people)", "name": name,
        ])
    case .agreementMissing:
      return self.output.say(
        .dueAgreementMissing,
        ["day": item.until, "token": item.tokenName, "organisation": item.organisation])
    case .agreementEnding:
      return self.output.say(
        .dueAgreementEnds, ["day": item.until, "organisation": item.organisation])
    case .peopleShort where item.people == 0:
      return self.output.say(.dueLacksDecider, ["day": item.until, "cohort": item.cohort])
    case .peopleShort:
      return self.output.say(
        .duePeopleShort,
        ["day": item.until, "cohort": item.cohort, "count": "\(item.people)"])
    default: return self.output.say(.dueOther, ["kind": "\(item.kind.rawValue)"])
    }
  }
}

extension BitimV1.DueItem {
  /// What it is, in a word for programs; empty of a kind of later versions.
  fileprivate var word: String {
    switch self.kind {
    case .approve: "approve"
    case .confirm: "confirm"
    case .issue: "issue"
    case .attendance: "attendance"
    case .retake: "retake"
    case .suspensionEnding: "suspension_ending"
    case .tokenEnding: "token_ending"
    case .groundFails: "ground_fails"
    case .datumDiffers: "datum_differs"
    case .case: "case"
    case .application: "application"
    case .recognition: "recognition"
    case .entry: "entry"
    case .entryCondition: "entry_condition"
    case .learning: "learning"
    case .caseExecution: "case_execution"
    case .separationBroken: "separation_broken"
    case .doubleCertificate: "double_certificate"
    case .issuerNotEntitled: "issuer_not_entitled"
    case .peopleShort: "people_short"
    case .placeFree: "place_free"
    case .agreementMissing: "agreement_missing"
    case .agreementEnding: "agreement_ending"
    case .absenceUnexcused: "absence_unexcused"
    case .review: "review"
    default: ""
    }
  }

  /// The number by which it is called: a proposal's act, a certificate's, a token's.
  fileprivate var number: String {
    switch self.kind {
    case .approve: "\(self.proposal)"
    case .suspensionEnding, .groundFails, .datumDiffers, .separationBroken, .doubleCertificate,
      .issuerNotEntitled:
      self.certificate
    case .tokenEnding, .agreementMissing: "\(self.tokenId)"
    case .case, .caseExecution, .recognition, .entry: "\(self.caseAct)"
    case .entryCondition, .learning: self.entry
    default: ""
    }
  }

  /// The command that answers it, or shows what would.
  fileprivate var command: String {
    switch self.kind {
    case .approve: "bitim proposal approve \(self.proposal)"
    case .confirm: "bitim attest \(self.session) --confirm"
    case .issue, .attendance: "bitim issue --cohort \(self.cohort) --preview"
    case .retake, .peopleShort: "bitim cohort show \(self.cohort)"
    case .review: "bitim session review \(self.session)"
    case .absenceUnexcused:
      "bitim attest \(self.session) --excuse \(self.person?.displayId ?? "") --paper TEXT --paper-date DATE"
    case .placeFree: "bitim cohort offer \(self.cohort) \(self.person?.displayId ?? "")"
    case .suspensionEnding, .groundFails, .datumDiffers, .separationBroken, .doubleCertificate:
      "bitim certificate show \(self.certificate)"
    case .issuerNotEntitled:
      "bitim certificate suspend \(self.certificate) --ground entitlement"
    case .tokenEnding: "bitim admin token renew \(self.tokenId) --days 365 --file FILE"
    case .case, .caseExecution: "bitim case show \(self.caseAct)"
    case .entry: "bitim register show \(self.caseAct)"
    case .entryCondition: "bitim register show \(self.entry)"
    case .learning: "bitim learning list \(self.person?.displayId ?? "")"
    case .recognition: "bitim recognition show \(self.caseAct)"
    case .agreementMissing, .agreementEnding: "bitim admin partner add \(self.organisation)"
    default: ""
    }
  }
}
