/// What is found against a certificate that was issued, as things stand now: computed from facts, and
/// stored where it was let stand alone.
package struct CertificateFinding: Equatable, Sendable {
  package let doubt: CertificateDoubt
  /// What is found, as codes of rules with what they say, the same in every language: while this is the same,
  /// so is what was let stand.
  package let found: String
  /// Whether a rule of the law is broken, read or reported.
  package let isOfLaw: Bool

  /// States what is found; nil where nothing is.
  package init?(_ doubt: CertificateDoubt, _ found: [String], isOfLaw: Bool = false) {
    if found.isEmpty { return nil }
    self.doubt = doubt
    self.found = found.joined(separator: "; ")
    self.isOfLaw = isOfLaw
  }
}

extension Dossier {
  /// What is found against the certificate as its hours stand now: each minimum that they are below (R-532,
  ///
  package var groundFinding: CertificateFinding? {
    if self.certificate == nil { return nil }
    let short = Eligibility.hoursFindings(self.counted, under: self.edition).filter { !$0.isMet }
    return CertificateFinding(
      .groundFails,
      short.map { finding in
        let (got, needed) = (finding.arguments["got"] ?? "", finding.arguments["needed"] ?? "")
        return "\(finding.rule.rawValue) \(got) / \(needed)"
      }, isOfLaw: short.contains { $0.basis != .school })
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
