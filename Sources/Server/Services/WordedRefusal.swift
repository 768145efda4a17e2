import BitimDomain

/// A refusal with words for the caller that the journal does not keep, as somebody's name.
struct WordedRefusal: Error {
  let refusal: Refusal
  let words: [String: String]

  /// The refusal as the caller reads it.
  var told: Refusal {
    Refusal(
      self.refusal.reason, column: self.refusal.column, value: self.refusal.value,
      self.refusal.arguments.merging(self.words) { told, _ in told })
  }
}
