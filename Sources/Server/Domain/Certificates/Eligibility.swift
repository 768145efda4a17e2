/// One rule, and how it stands.
package struct RuleFinding: Equatable, Sendable {
  /// A rule of certification; the raw value is the stable code.
  package enum Rule: String, CaseIterable, Sendable {
    case age = "AGE"
    case education = "EDUCATION"
    case noBar = "NO_BAR"
    case prerequisite = "PREREQUISITE"
    case centreEntitled = "CENTRE_ENTITLED"
    case hoursTheory = "HOURS_THEORY"
    case hoursPractice = "HOURS_PRACTICE"
    case attestation = "ATTESTATION"
    case latinName = "LATIN_NAME"
    case programmeHeld = "PROGRAMME_HELD"
    case decision = "DECISION"
    case living = "LIVING"
    case enrolment = "ENROLMENT"
  }

  package let rule: Rule
  package let isMet: Bool
  /// The evidence, or what is missing, by name.
  package let arguments: [String: String]
  package let basis: Basis

  /// States how a rule stands.
  package init(_ rule: Rule, isMet: Bool, _ arguments: [String: String], basis: Basis) {
    self.rule = rule
    self.isMet = isMet
    self.arguments = arguments
    self.basis = basis
  }
}

/// Who may be certified, explained rule by rule.
package enum Eligibility {
  /// That the holder lives: said where he or she does not, as nothing is issued to the dead.
  package static func living(_ isDead: Bool) -> [RuleFinding] {
    isDead ? [RuleFinding(.living, isMet: false, [:], basis: .school)] : []
  }

  /// What is said of who has no enrolment that a certificate of this kind could rest on.
  package static func notEnrolled(for kind: CertificateKind) -> [RuleFinding] {
    switch kind {
    case .attendance: [RuleFinding(.enrolment, isMet: false, [:], basis: .school)]
    case .programme, .school, .adopted:
      [
        RuleFinding(
          .attestation, isMet: false, ["state": "not_enrolled", "attempts": "0", "limit": "0"],
          basis: .reported)
      ]
    }
  }

  /// The rules of a programme's certificate, in a fixed order; those of attendance, which has no attestation,
  /// are the same without it.
  package static func training(_ dossier: Dossier) -> [RuleFinding] {
    var findings = Self.admission(dossier)
    findings.append(
      RuleFinding(
        .centreEntitled, isMet: dossier.daysNotEntitled.isEmpty,
        ["days": dossier.daysNotEntitled.map(\.iso).joined(separator: ", ")], basis: .law))
    findings += Self.hourRules(
      dossier.counted, dossier.edition, madeUp: dossier.madeUp, recognised: dossier.recognised
    ).map(\.finding)
    findings += Self.attestation(dossier)
    findings.append(
      RuleFinding(.latinName, isMet: dossier.hasLatinName, [:], basis: .school))
    // The certifier's decision: it is said where it was, that nothing is issued.
    if let refusal = dossier.refusal {
      findings.append(
        RuleFinding(
          .decision, isMet: false, ["day": refusal.refusedOn.iso, "why": refusal.why],
          basis: .school))
    }
    return findings
  }

  /// What a certificate rests on, in the same order: admission, the minimum, the pass.
  static func ground(_ dossier: Dossier) -> [RuleFinding] {
    Self.admission(dossier) + Self.hourRules(dossier.counted, dossier.edition).map(\.finding)
      + Self.attestation(dossier)
  }

  /// The rules of admission, for the start of training as facts stand now.
  private static func admission(_ dossier: Dossier) -> [RuleFinding] {
    let edition = dossier.edition
    let start = dossier.startedOn
    let refusals = dossier.admission.refusals(under: edition, on: start)
    var findings: [RuleFinding] = []
    if edition.ageMin.value > 0 {
      let age = dossier.admission.birthDate.years(until: start)
      findings.append(
        RuleFinding(
          .age, isMet: !refusals.contains { $0.reason == .tooYoung },
          ["age": "\(age)", "needed": "\(edition.ageMin.value)", "day": start.iso],
          basis: edition.ageMin.basis))
    }
    if edition.higherEducation.value == 1 {
      findings.append(
        RuleFinding(
          .education, isMet: !refusals.contains { $0.reason == .educationTooLow },
          ["education": dossier.admission.education?.rawValue ?? ""],
          basis: edition.higherEducation.basis))
    }
    findings.append(
      RuleFinding(
        .noBar, isMet: !refusals.contains { $0.reason == .barred }, ["day": start.iso],
        basis: .law))
    if edition.prerequisite.value > 0 {
      let programme = edition.prerequisite.value
      var arguments = ["programme": "\(programme)", "day": start.iso]
      // Where there is no certificate, the recognition stands for one.
      if !dossier.admission.holds(programme) {
        arguments["case"] = dossier.admission.recognised[programme].map { "\($0)" }
      }
      findings.append(
        RuleFinding(
          .prerequisite, isMet: dossier.admission.isMet(prerequisite: programme, on: start),
          arguments, basis: edition.prerequisite.basis))
    }
    return findings
  }

  /// The first rule about hours that is not met: what an attestation asks first.
  package static func hoursShort(_ hours: Hours, under edition: Edition) -> RuleFinding? {
    Self.hourRules(hours, edition).first { !$0.isMet }?.finding
  }

  /// Refuses a candidate whose hours are not there: asked when an attempt is recorded, and when it is
  /// confirmed.
  ///
  /// - Throws: ``Refusal`` with ``Reason/hoursShort``.
  static func checkHours(
    _ hours: Hours, of candidate: String, under edition: Edition
  ) throws(Refusal) {
    guard let short = Self.hoursShort(hours, under: edition) else { return }
    throw Refusal(
      .hoursShort, column: "candidate", value: candidate,
      [
        "kind": short.rule == .hoursTheory ? "theory" : "practice",
        "got": short.arguments["got"] ?? "", "needed": short.arguments["needed"] ?? "",
      ])
  }

  /// A rule about hours; the finding's texts are made when somebody reads them.
  private struct HourRule {
    let rule: RuleFinding.Rule
    let got: Int
    let needed: Edition.Setting
    let madeUp: Int
    /// How many of what counts are recognised, and were attended in no class here.
    let recognised: Int

    var isMet: Bool { self.got >= self.needed.value }
    var finding: RuleFinding {
      var arguments = [
        "got": Hours.text(self.got), "needed": Hours.text(self.needed.value),
        "short": Hours.text(max(0, self.needed.value - self.got)),
      ]
      // Where nothing was made up or recognised nothing is said of it.
      if self.madeUp > 0 { arguments["made_up"] = Hours.text(self.madeUp) }
      if self.recognised > 0 { arguments["recognised"] = Hours.text(self.recognised) }
      return RuleFinding(self.rule, isMet: self.isMet, arguments, basis: self.needed.basis)
    }
  }

  /// The minimum: theory and practice each, as the hours stand now.
  ///
  /// - Parameters:
  ///   - madeUp: How many of them made up what was missed.
  ///   - recognised: How many of them are recognised.
  private static func hourRules(
    _ hours: Hours, _ edition: Edition, madeUp: Hours = Hours.none,
    recognised: Hours = Hours.none
  ) -> [HourRule] {
    [
      HourRule(
        rule: .hoursTheory, got: hours.theory, needed: edition.theoryQuarters,
        madeUp: madeUp.theory, recognised: recognised.theory),
      HourRule(
        rule: .hoursPractice, got: hours.practice, needed: edition.practiceQuarters,
        madeUp: madeUp.practice, recognised: recognised.practice),
    ]
  }

  private static func attestation(_ dossier: Dossier) -> [RuleFinding] {
    guard !dossier.edition.isSeminar else { return [] }
    var arguments = [
      "attempts": "\(dossier.attemptsUsed)", "limit": "\(dossier.edition.attemptsMax.value)",
    ]
    if let pass = dossier.pass {
      arguments["day"] = pass.heldOn.iso
      arguments["protocol"] = pass.protocolNumber
    } else if dossier.results.contains(where: { !$0.isConfirmed && !$0.isAnnulled }) {
      arguments["state"] = "unconfirmed"
    } else if dossier.attemptsUsed >= dossier.edition.attemptsMax.value {
      arguments["state"] = "exhausted"
    } else if let annulled = dossier.annulled {
      arguments["day"] = annulled.heldOn.iso
      arguments["protocol"] = annulled.protocolNumber
      arguments["state"] = "annulled"
    } else {
      arguments["state"] = dossier.attemptsUsed > 0 ? "failed" : "none"
    }
    return [RuleFinding(.attestation, isMet: dossier.pass != nil, arguments, basis: .reported)]
  }

  /// The rules of the School's certificate: three distinct programmes, each by a certificate that
  /// is not revoked. The School's own rule, not the law's.
  package static func school(held: [Int: CertificateNumber]) -> [RuleFinding] {
    (1...3).map { programme in
      RuleFinding(
        .programmeHeld, isMet: held[programme] != nil,
        ["programme": "\(programme)", "number": held[programme]?.text ?? ""], basis: .school)
    }
  }
}
