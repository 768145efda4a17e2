/// Nothing final without the digest of what was shown.
extension Desk {
  /// What people answer for yes, in any of the languages.
  static let yes: Set<String> = ["yes", "y", "иә", "ия", "да", "д"]

  /// Whether what was just shown is approved: by its digest, or by whoever sits at the terminal.
  ///
  /// Elsewhere nobody can be asked: then the digest is said, and how to give it.
  func isApproved(_ digest: String, _ arguments: Arguments) -> Bool {
    if let stated = arguments["digest"] {
      if stated == digest { return true }
      self.output.note(.approvalOther, ["digest": digest])
      return false
    }
    guard self.isInteractive else {
      self.output.note(.approvalNeeded, ["digest": digest])
      return false
    }
    if let answer = self.ask(.approvalQuestion), Self.yes.contains(answer.lowercased()) {
      return true
    }
    self.output.note(.approvalNone)
    return false
  }
}
