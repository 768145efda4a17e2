import BitimDomain

/// A refusal with words for the caller that the journal does not keep, as somebody's name.
struct WordedRefusal: Error {
  let refusal: Refusal
  let words: [String: String]

  /// The refusal as the caller reads it.
  var told: Refusal { self.refusal.told(with: self.words) }
}
