/// Somebody was refused an act that the journal must know of.
package struct ActRefused: Equatable, Sendable {
  /// A reason, without what was typed.
  package struct Finding: Hashable, Sendable {
    /// The reason's code: a text, since what an older program refused stays readable for ever.
    package var reason: String
    /// The column it concerns, by its English name; empty when it concerns the whole.
    package var column: String
    /// The value as received; empty in what is recorded now (typed text is nobody's record).
    package var value: String
    package var arguments: [String: String]
    /// How often it was met; 0 where an older program did not count.
    package var count: Int

    package init(
      reason: String, column: String, value: String = "", arguments: [String: String] = [:],
      count: Int
    ) {
      self.reason = reason
      self.column = column
      self.value = value
      self.arguments = arguments
      self.count = count
    }
  }

  /// The call, as `bitim.v1.AttestationService/RecordResults`.
  package var method: String
  package var findings: [Finding]
  /// The people it was about, as far as they are known; at most a hundred.
  package var personIDs: [Int64]
  /// SHA-256 of the call's name and the request; empty where an older program did not keep it.
  package var requestDigest: [UInt8]

  package init(
    method: String, findings: [Finding], personIDs: [Int64], requestDigest: [UInt8]
  ) {
    self.method = method
    self.findings = findings
    self.personIDs = personIDs
    self.requestDigest = requestDigest
  }
}

/// Records were restored from a copy that may have been behind.
package struct RecordsRestored: Equatable, Sendable {
  /// Serials of a year that no certificate will get.
  package struct Burned: Equatable, Sendable {
    package var year: Int
    package var serials: ClosedRange<Int64>

    package init(year: Int, serials: ClosedRange<Int64>) {
      self.year = year
      self.serials = serials
    }
  }

  /// The last act that the copy held.
  package var lastSequence: Int64
  /// The instant of that act: what was done later is lost.
  package var restoredTo: Instant
  package var burned: [Burned]

  package init(lastSequence: Int64, restoredTo: Instant, burned: [Burned]) {
    self.lastSequence = lastSequence
    self.restoredTo = restoredTo
    self.burned = burned
  }
}

/// What was read of people was counted: whoever strikes one of these rows out, or alters it, is found by the
/// digest.
package struct ReadsCounted: Equatable, Sendable {
  /// The numbers of the first and of the last; those of the next begin behind it.
  package var numbers: ClosedRange<Int64>
  package var count: Int64
  /// SHA-256 of the rows, a line each.
  package var digest: [UInt8]
  /// Up to which number rows are forgotten from then on; 0 for none.
  package var forgotten: Int64

  package init(numbers: ClosedRange<Int64>, count: Int64, digest: [UInt8], forgotten: Int64) {
    self.numbers = numbers
    self.count = count
    self.digest = digest
    self.forgotten = forgotten
  }
}
