import BitimClient
import BitimProtocol

/// What waits for a second person, and what bars and names would be: as people are shown it.
extension Desk {
  /// Says that nothing is changed yet, and who goes on.
  func end(of person: String, proposedAs proposal: Int64) -> End {
    self.output.note(.proposed, ["number": person, "proposal": "\(proposal)"])
    return .waiting
  }

  /// What is proposed, and of whom, in a few words.
  func headline(_ proposal: BitimV1.Proposal) -> (kind: String, person: String) {
    switch proposal.shown {
    case .rename(let shown):
      (self.output.say(.proposalRename), "\(shown.displayId) \(self.name(shown.before))")
    case .identifier(let shown):
      (
        self.output.say(shown.headline), "\(shown.displayId) \(self.name(shown.names))"
      )
    case .person(let shown):
      (self.output.say(.proposalPerson), "\(shown.displayId) \(self.name(shown.names))")
    case .bar(let shown):
      (self.output.say(.proposalBar), "\(shown.displayId) \(self.name(shown.names))")
    case .death(let shown):
      (self.output.say(.proposalDeath), "\(shown.displayId) \(self.name(shown.names))")
    case .mark(let shown):
      (self.output.say(.proposalMark), "\(shown.number) \(self.name(shown.holder))")
    case .reinstatement(let shown):
      (self.output.say(.proposalReinstatement), "\(shown.number) \(self.name(shown.holder))")
    case .replacement(let shown):
      (
        self.output.say(.proposalReplacement),
        "\(shown.before?.number ?? "") \(self.name(shown.before?.holder))"
      )
    case .result(let shown):
      (
        self.output.say(.proposalResult),
        "\(shown.session) \(shown.displayId) \(self.name(shown.names))"
      )
    case .refusal(let shown):
      (self.output.say(.proposalRefusal), "\(shown.displayId) \(self.name(shown.names))")
    case .transfer(let shown):
      (self.output.say(.proposalTransfer), "\(shown.displayId) \(self.name(shown.names))")
    case .adoption(let shown):
      (
        self.output.say(.proposalAdoption),
        self.output.say(.adoptionCount, ["count": "\(shown.lines.count)"])
      )
    case .hours(let shown):
      (self.output.say(.proposalHours), "\(shown.displayId) \(self.name(shown.names))")
    case .edition(let shown):
      (
        self.output.say(shown.lastDay.isEmpty ? .proposalEdition : .proposalEditionClose),
        (shown.edition ?? .init()).title
      )
    case .repin(let shown): (self.output.say(.proposalRepin), shown.cohort)
    case .specialisation(let shown):
      (self.output.say(.proposalSpecialisation), shown.after?.code ?? "")
    case .annulment(let shown):
      (self.output.say(.proposalAnnulment), "\(shown.displayId) \(self.name(shown.names))")
    case .letStand(let shown):
      (self.output.say(.proposalLetStand), "\(shown.number) \(self.name(shown.holder))")
    case .link(let shown):
      (
        self.output.say(shown.headline),
        "\(shown.displayId), \(shown.otherDisplayId) \(self.name(shown.names))"
      )
    case .entitlement(let shown):
      (self.output.say(.proposalEntitlement), shown.organisation)
    case .key(let shown):
      (
        self.output.say(shown.lastDay.isEmpty ? .proposalKeyCertify : .proposalKeyRetire),
        shown.key
      )
    case .setting(let shown): (self.output.say(.proposalSetting), shown.line)
    case .agreement(let shown):
      (self.output.say(.proposalAgreement), shown.agreement?.organisation ?? "")
    case .recognition(let shown):
      (self.output.say(.proposalRecognition), "\(shown.displayId) \(self.name(shown.names))")
    case nil: ("", "")
    }
  }

  /// Why the caller can't approve it; nil where he or she can.
  func obstacle(_ proposal: BitimV1.Proposal) -> String? {
    if proposal.obstacle.isEmpty { return nil }
    let arguments = [
      "day": proposal.lastDay,
      "roles": [.letStand, .reinstateCertificate].contains(proposal.kind)
        ? "arbiter, registrar" : "certifier",
    ]
    return self.words(proposal.obstacle, arguments, place: false)
  }

  /// Shows a proposal whole.
  func show(_ proposal: BitimV1.Proposal) {
    self.output.note(
      .proposalStanding,
      [
        "proposal": "\(proposal.act)", "name": self.name(proposal.proposer?.names),
        "day": proposal.proposedOn, "last": proposal.lastDay,
      ])
    switch proposal.shown {
    case .rename(let shown): self.show(shown)
    case .identifier(let shown): self.show(shown)
    case .person(let shown): self.show(shown)
    case .bar(let shown): self.show(shown)
    case .death(let shown): self.show(shown)
    case .mark(let shown), .reinstatement(let shown): self.show(shown)
    case .replacement(let shown): self.show(shown)
    case .adoption(let shown): self.show(shown)
    case .hours(let shown): self.show(shown)
    case .result(let shown): self.show(shown)
    case .refusal(let shown): self.show(shown)
    case .transfer(let shown): self.show(shown)
    case .edition(let shown): self.show(shown)
    case .repin(let shown): self.show(shown)
    case .specialisation(let shown): self.show(shown)
    case .annulment(let shown): self.show(shown)
    case .letStand(let shown): self.show(shown)
    case .link(let shown): self.show(shown)
    case .entitlement(let shown): self.show(shown)
    case .key(let shown): self.show(shown)
    case .setting(let shown): self.show(shown)
    case .agreement(let shown): self.show(shown)
    case .recognition(let shown): self.show(shown)
    case nil: break
    }
  }

  /// Shows the hours that would change, and of which class.
  func show(_ shown: BitimV1.HoursShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    self.output.note(
      .shownClass,
      ["cohort": shown.cohort, "day": shown.heldOn, "start": shown.startsAt])
    self.output.note(
      .shownChange,
      [
        "before": Self.hours(shown.theoryQuartersBefore, shown.practiceQuartersBefore),
        "after": Self.hours(shown.theoryQuartersAfter, shown.practiceQuartersAfter),
      ])
    let word = HoursCommand.corrections.first { $0.value == shown.reason }?.key
    self.output.note(.shownWhy, ["why": "\(word ?? "–"), \(shown.evidence)"])
  }

  /// Shows a result that would stand again, and by which case.
  func show(_ shown: BitimV1.AnnulmentShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    self.output.note(
      .shownAnnulment,
      [
        "session": shown.session, "day": shown.heldOn, "act": "\(shown.annulledBy)",
        "case": "\(shown.caseAct)",
      ])
    self.output.note(.shownWhy, ["why": shown.why])
  }

  /// Shows a certificate that would stand, and what is found against it.
  func show(_ shown: BitimV1.LetStandShown) {
    Output.complain("\(shown.number)  \(self.name(shown.holder))")
    Output.complain(self.text(shown.title))
    let word = CertificateCommand.doubts.first { $0.value == shown.doubt }?.key
    self.output.note(.shownFound, ["doubt": word ?? "–", "found": shown.found])
    self.output.note(.shownWhy, ["why": shown.why])
  }

  /// Shows the names that would change, script by script.
  func show(_ shown: BitimV1.RenameShown) {
    Output.complain(shown.displayId)
    let scripts = [
      (shown.before?.kk, shown.after?.kk), (shown.before?.ru, shown.after?.ru),
      (shown.before?.latin, shown.after?.latin),
    ]
    for (before, after) in scripts where before != after {
      self.output.note(
        .shownChange, ["before": before?.whole ?? "–", "after": after?.whole ?? "–"])
    }
    if !shown.from.isEmpty { self.output.note(.shownFrom, ["day": shown.from]) }
    self.output.note(.shownWhy, ["why": shown.reason])
  }

  /// Shows who would go where, with what.
  func show(_ shown: BitimV1.TransferShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    self.output.note(
      .shownTransfer,
      [
        "code": shown.cohort, "organisation": shown.organisation, "to": shown.to,
        "other": shown.toOrganisation, "day": shown.day,
      ])
    self.output.note(
      .shownEarned,
      [
        "hours": Self.hours(shown.theoryQuarters, shown.practiceQuarters),
        "attempts": "\(shown.attemptsLeft)",
      ])
    self.output.note(.shownWhy, ["why": shown.why])
  }

  /// Shows a number that comes, ends or was an error.
  func show(_ shown: BitimV1.IdentifierShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    if let before = shown.before {
      if shown.lastDay.isEmpty {
        self.output.note(.shownIdentifierWrong, ["identifier": before.line])
      } else {
        self.output.note(
          .shownIdentifierEnds, ["identifier": before.line, "day": shown.lastDay])
      }
    }
    if let after = shown.after {
      self.output.note(.shownIdentifierNew, ["identifier": after.line])
    }
    if !shown.distinctFrom.isEmpty {
      self.output.note(
        .shownDistinct,
        [
          "people": shown.distinctFrom.joined(separator: ", "),
          "evidence": shown.distinctEvidence,
        ])
    }
    self.show(shown.reason, shown.evidence)
  }

  /// Shows the birth date and the education that would change.
  func show(_ shown: BitimV1.PersonShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    let changes = [
      (shown.birthDateBefore, shown.birthDateAfter),
      (self.education(shown.educationBefore), self.education(shown.educationAfter)),
    ]
    for (before, after) in changes where before != after {
      self.output.note(.shownChange, ["before": before, "after": after])
    }
    self.show(shown.reason, shown.evidence)
  }

  /// Shows why something is corrected, and the paper that was seen.
  private func show(_ reason: BitimV1.CorrectionReason, _ evidence: BitimV1.Evidence?) {
    let word = BitimV1.CorrectionReason.words.first { $0.value == reason }?.key
    self.output.note(.shownWhy, ["why": word ?? "–"])
    guard let evidence else { return }
    self.output.note(
      .shownEvidence,
      [
        "document": evidence.document, "number": evidence.number, "who": evidence.seenBy,
        "day": evidence.seenOn,
      ])
  }

  /// Shows whom a bar is of, and what would become of it.
  func show(_ shown: BitimV1.BarShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    switch (shown.before, shown.after) {
    case (nil, let after?): self.output.note(.shownBarNew, ["bar": after.line])
    case (let before?, let after?):
      self.output.note(.shownBarEnds, ["before": before.line, "after": after.line])
    case (let before?, nil): self.output.note(.shownBarWithdrawn, ["bar": before.line])
    case (nil, nil): self.output.note(.shownBarGone)
    }
    if !shown.reason.isEmpty { self.output.note(.shownWhy, ["why": shown.reason]) }
  }

  /// Shows who has died, or lives after all.
  func show(_ shown: BitimV1.DeathShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))  \(shown.birthDate)")
    switch (shown.before, shown.after) {
    case (_, let after?): self.output.note(.shownDeathNew, ["death": after.line])
    case (let before?, nil): self.output.note(.shownDeathWithdrawn, ["death": before.line])
    case (nil, nil): self.output.note(.shownDeathGone)
    }
    if !shown.reason.isEmpty { self.output.note(.shownWhy, ["why": shown.reason]) }
  }

  /// Shows a certificate, and how it would stand.
  func show(_ shown: BitimV1.MarkShown) {
    Output.complain("\(shown.number)  \(self.name(shown.holder))")
    Output.complain(self.text(shown.title))
    if let withdrawn = shown.withdrawn {
      self.output.note(.markWithdrawn, ["mark": self.standing(withdrawn)])
    }
    if !shown.effectOn.isEmpty {
      self.output.note(
        .markShown,
        [
          "day": shown.effectOn, "before": self.standing(shown.before),
          "after": self.standing(shown.after),
        ])
    }
    if !shown.revokes.isEmpty { self.output.note(.markRevokes, ["number": shown.revokes]) }
    if shown.caseAct != 0 { self.output.note(.shownCase, ["case": "\(shown.caseAct)"]) }
    if !shown.why.isEmpty { self.output.note(.shownWhy, ["why": shown.why]) }
  }

  /// Shows the marks that stand and those that would, in the order of the components.
  func show(_ shown: BitimV1.ResultShown) {
    Output.complain("\(shown.session)  \(shown.displayId)  \(self.name(shown.names))")
    func marks(_ scores: [BitimV1.Score]) -> String {
      scores.map(\.text).joined(separator: " ")
    }
    self.output.note(
      .shownMarks,
      [
        "before": marks(shown.before), "after": marks(shown.after),
        "outcome": self.outcome(shown.outcome),
      ])
    self.output.note(.shownWhy, ["why": shown.why])
  }

  /// Shows on which pass nothing is issued, and why; or why that is to end.
  func show(_ shown: BitimV1.RefusalShown) {
    Output.complain("\(shown.displayId)  \(self.name(shown.names))")
    self.output.note(
      .shownPass,
      [
        "programme": "\(shown.programme)", "day": shown.attestedOn,
        "protocol": shown.protocolNumber,
      ])
    self.output.note(.shownRefusal, ["day": shown.refusedOn, "why": shown.why])
    if shown.end != .unspecified {
      let word = IssueCommand.ends.first { $0.value == shown.end }?.key
      self.output.note(.shownRefusalEnds, ["reason": "\(word ?? "–"), \(shown.endWhy)"])
    }
  }

  /// Shows a certificate that would be issued anew, and each line of it that would be another.
  func show(_ shown: BitimV1.ReplacementShown) {
    Output.complain("\(shown.before?.number ?? "")  \(self.name(shown.before?.holder))")
    Output.complain(self.text(shown.before?.title))
    let before = Dictionary(self.facts(shown.before), uniquingKeysWith: { first, _ in first })
    // What only the day of issue brings is said on that day.
    let new: Set<Column> = [.firstIssued, .replaces]
    let others = self.facts(shown.after).filter { column, after in
      !new.contains(column) && !after.isEmpty && after != before[column] ?? ""
    }
    if others.isEmpty { self.output.note(.shownSame) }
    for (column, after) in others {
      let there = before[column] ?? ""
      self.output.note(
        .shownLine,
        [
          "column": self.output.say(column.title), "before": there.isEmpty ? "–" : there,
          "after": after,
        ])
    }
    if shown.reason == .renewal {
      self.output.note(
        .shownRenewal,
        [
          "until": shown.before?.validUntil ?? "",
          "months": shown.validityMonths == 0 ? "–" : "\(shown.validityMonths)",
        ])
    }
    self.output.note(.shownWhy, ["why": shown.evidence])
  }

  /// The number of an act that an option names.
  func act(_ arguments: Arguments, _ option: String) throws(Arguments.Fault) -> Int64 {
    try self.act(arguments.required(option), of: "--\(option)")
  }

  /// The number of an act, as lists have it.
  func act(_ text: String, of option: String) throws(Arguments.Fault) -> Int64 {
    guard let act = Int64(text.hasPrefix("№") ? text.dropFirst() : text[...]) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": option, "value": text])
    }
    return act
  }
}

extension BitimV1.IdentifierShown {
  /// What is proposed, in a few words.
  var headline: Text {
    if !self.lastDay.isEmpty { return .proposalEndIdentifier }
    return self.before == nil ? .proposalAddIdentifier : .proposalCorrectIdentifier
  }
}

extension BitimV1.Name {
  /// All its parts in a row.
  var whole: String {
    [self.surname, self.given, self.patronymic].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension BitimV1.Death {
  /// A death in one line: the act once it is recorded, the day, and what shows it.
  var line: String {
    [self.act == 0 ? "" : "№\(self.act)", self.diedOn, "(\(self.document))"]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension BitimV1.Bar {
  /// The words of why.
  static let kinds: [String: BitimV1.BarKind] = [
    "state_function": .stateFunction, "incapacity": .incapacity, "prosecution": .prosecution,
    "conviction": .conviction,
  ]

  /// A bar in one line: its number once it has one, why and on what where that may be read, from when
  /// until when.
  var line: String {
    let kind = Self.kinds.first { $0.value == self.kind }?.key ?? ""
    return [
      self.act == 0 ? "" : "№\(self.act)", kind, self.validFrom, "–", self.validUntil ?? "…",
      self.document.isEmpty ? "" : "(\(self.document))",
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
