/// What is found against a certificate that was issued, as things stand now: computed from facts, and
/// stored where it was let stand alone.
package struct CertificateFinding: Equatable, Sendable {
  package let doubt: CertificateDoubt
  /// What is found, as codes of rules with what they say, the same in every language: while this is the same,
  /// so is what was let stand.
  package let found: String
  /// Whether a rule of the law is broken, read or reported.
  package let isOfLaw: Bool
  /// The rules of certification that it names.
  package var rules: [RuleFinding.Rule] {
    self.found.split(separator: ";").compactMap { part in
      .init(rawValue: String(part.drop { $0 == " " }.prefix { $0 != " " }))
    }
  }

  /// States what is found; nil where nothing is.
  package init?(_ doubt: CertificateDoubt, _ found: [String], isOfLaw: Bool = false) {
    if found.isEmpty { return nil }
    self.doubt = doubt
    self.found = found.joined(separator: "; ")
    self.isOfLaw = isOfLaw
  }
}

extension RuleFinding {
  /// What was found, the same in every language.
  fileprivate var found: String {
    let said = self.arguments
    let words: [String?] =
      switch self.rule {
      case .age, .hoursTheory, .hoursPractice: [said["age"] ?? said["got"], "/", said["needed"]]
      case .education: [said["education"]]
      case .noBar: [said["day"]]
      case .prerequisite: [said["programme"], said["day"]]
      case .attestation: [said["state"]]
      case .centreEntitled: [said["days"]]
      case .programmeHeld: [said["programme"]]
      case .latinName, .decision, .living, .enrolment: []
      }
    return ([self.rule.rawValue] + words.compactMap { $0 }.filter { !$0.isEmpty })
      .joined(separator: " ")
  }
}

extension CertificateFinding {
  /// What is found against a School's certificate: of those that it is based on, what is there no more.
  package static func ground(basedOn held: [Int: CertificateNumber]) -> CertificateFinding? {
    CertificateFinding(
      .groundFails, Eligibility.school(held: held).filter { !$0.isMet }.map(\.found))
  }
}

extension Dossier {
  /// What is found against the certificate as things stand now: of what it rests on, what holds no more (R-532,
  ///
  ///
  /// A bar that began after the start of training is none: admission asks for that day.
  package var groundFinding: CertificateFinding? {
    if self.certificate == nil { return nil }
    let broken = Eligibility.ground(self).filter { !$0.isMet }
    return CertificateFinding(
      .groundFails, broken.map(\.found), isOfLaw: broken.contains { $0.basis != .school })
  }

  /// What is found where the hours are enough and others than are printed.
  package func datumFinding(printed: Hours) -> CertificateFinding? {
    if self.certificate == nil || self.groundFinding != nil { return nil }
    let kinds: [(RuleFinding.Rule, Int, Int)] = [
      (.hoursTheory, printed.theory, self.hours.theory),
      (.hoursPractice, printed.practice, self.hours.practice),
    ]
    return CertificateFinding(
      .datumDiffers,
      kinds.filter { $1 != $2 }.map { rule, before, now in
        "\(rule.rawValue) \(Hours.text(before)) -> \(Hours.text(now))"
      })
  }
}
