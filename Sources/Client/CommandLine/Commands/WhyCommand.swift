import BitimClient
import BitimProtocol

/// `bitim why`: each rule, the evidence, what is missing.
enum WhyCommand {
  static let help = Help(
    summary: .helpWhy, usage: .helpWhyUsage,
    examples: ["bitim why 'Өтегенова Ұлжан' --for 1", "bitim why P-7-93 --for school"])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["for"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    var request = BitimV1.ExplainEligibilityRequest()
    request.personId = person.id
    request.target = try Self.target(arguments.required("for"))
    let response = try await CertificateServiceClient(desk.client).explainEligibility(request)
    let rows = response.rules.map { rule in
      [
        desk.cells.rule(rule), desk.output.cells.say(rule.isMet ? .yes : .no),
        desk.cells.evidence(rule), desk.cells.basis(rule.basis),
      ]
    }
    desk.output.rows(
      [
        .rule, .met, .evidence,
        .basis,
      ], rows, messages: [response])
    let name = desk.name(person.names)
    if !response.certificateNumber.isEmpty {
      desk.output.note(.whyHas, ["name": name, "number": response.certificateNumber])
      return .done
    }
    let missing = response.rules.count { !$0.isMet }
    desk.output.note(
      response.isEligible ? .whyYes : .whyNo, ["name": name, "count": "\(missing)"])
    return response.isEligible ? .done : .refused
  }

  /// What a certificate is asked for, as people say it.
  static func target(_ text: String) throws(Arguments.Fault) -> BitimV1.Target {
    var target = BitimV1.Target()
    switch text {
    case "school": target.kind = .school
    case "seminar": target.kind = .attendance
    case "1", "2", "3":
      target.kind = .programme
      target.programme = Int32(text) ?? 0
    default:
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--for", "value": text, "list": "1, 2, 3, school, seminar"])
    }
    return target
  }
}

extension Desk {
  /// A rule's name.
  func rule(_ finding: BitimV1.RuleFinding) -> String {
    let arguments = Self.arguments(finding.arguments)
    let text: Text? =
      switch finding.rule {
      case "AGE": .ruleAge
      case "EDUCATION": .ruleEducation
      case "NO_BAR": .ruleNoBar
      case "PREREQUISITE": .rulePrerequisite
      case "CENTRE_ENTITLED": .ruleCentreEntitled
      case "HOURS_THEORY": .ruleHoursTheory
      case "HOURS_PRACTICE": .ruleHoursPractice
      case "ATTESTATION": .ruleAttestation
      case "LATIN_NAME": .ruleLatinName
      case "PROGRAMME_HELD": .ruleProgrammeHeld
      case "DECISION": .ruleDecision
      case "LIVING": .ruleLiving
      case "ENROLMENT": .ruleEnrolment
      default: nil
      }
    return text.map { self.output.say($0, sent: arguments) } ?? finding.rule
  }

  /// The names of the rules in what is found against a certificate.
  func rules(in found: String) -> String {
    found.split(separator: ";").map { part in
      var finding = BitimV1.RuleFinding()
      finding.rule = String(part.drop { $0 == " " }.prefix { $0 != " " })
      return self.rule(finding)
    }.joined(separator: ", ")
  }

  /// A rule's evidence, or what is missing.
  func evidence(_ finding: BitimV1.RuleFinding) -> String {
    let arguments = Self.arguments(finding.arguments)
    switch finding.rule {
    // The age is told to registrars and certifiers alone.
    case "AGE":
      return arguments["age"] == nil ? "" : self.output.say(.evidenceAge, sent: arguments)
    case "HOURS_THEORY", "HOURS_PRACTICE":
      return self.output.say(finding.isMet ? .evidenceHoursMet : .evidenceHours, sent: arguments)
    case "PREREQUISITE": return self.output.say(.evidenceProgramme, sent: arguments)
    case "PROGRAMME_HELD": return arguments["number"] ?? ""
    case "CENTRE_ENTITLED": return arguments["days"] ?? ""
    // The reasons are told to registrars and certifiers alone.
    case "DECISION":
      return arguments["why"] == nil
        ? arguments["day"] ?? "" : self.output.say(.evidenceRefused, sent: arguments)
    case "ATTESTATION":
      switch arguments["state"] {
      case nil: return self.output.say(.evidencePassed, sent: arguments)
      case "unconfirmed": return self.output.say(.evidenceUnconfirmed, sent: arguments)
      case "exhausted": return self.output.say(.evidenceExhausted, sent: arguments)
      case "annulled": return self.output.say(.evidenceAnnulled, sent: arguments)
      case "failed": return self.output.say(.evidenceFailed, sent: arguments)
      case "not_enrolled": return self.output.say(.evidenceNotEnrolled, sent: arguments)
      default: return self.output.say(.evidenceNone, sent: arguments)
      }
    default: return ""
    }
  }

  /// Where a rule or a number comes from.
  func basis(_ basis: BitimV1.Basis) -> String {
    switch basis {
    case .law: self.output.say(.basisLaw)
    case .reported: self.output.say(.basisReported)
    case .school: self.output.say(.basisSchool)
    default: ""
    }
  }
}
