import BitimDomain
import BitimProtocol
import BitimStore

/// A call that takes a list: each row is decided, and the list is recorded as a whole or not at all.
struct WholeList {
  let method: MethodDescriptor
  /// Whether the caller only asked what would become of the list.
  let validateOnly: Bool
  /// Who has died: a row that is new is not about them.
  let living: Living
  /// What became of each row so far.
  private(set) var outcomes: [BitimV1.RowOutcome] = []
  /// Why rows were refused, without the words that are for the caller alone.
  private var refusals: [Refusal] = []
  /// Whom the refused rows are about, as far as it is known.
  private(set) var refusedPeople: [Int64] = []

  /// A list of which no row is decided yet.
  init(method: MethodDescriptor, validateOnly: Bool, living: Living) {
    self.method = method
    self.validateOnly = validateOnly
    self.living = living
  }

  /// Decides a row, and keeps what becomes of it.
  ///
  /// - Parameters:
  ///   - line: The row's line in the caller's file.
  ///   - decide: Says whom the row is about once it is known, and whether the row is new.
  /// - Throws: ``StoreFailure``; a refusal is kept with the row.
  mutating func take(line: Int32, _ decide: (inout Int64) throws -> Bool) throws {
    var outcome = BitimV1.RowOutcome()
    outcome.line = line
    do {
      outcome.verdict = try decide(&outcome.personId) ? .added : .unchanged
      if outcome.verdict == .added { try self.living.check([outcome.personId]) }
    } catch let refusal as Refusal {
      self.refuse(&outcome, refusal, told: refusal)
    } catch let worded as WordedRefusal {
      self.refuse(&outcome, worded.refusal, told: worded.told)
    }
    self.outcomes.append(outcome)
  }

  private mutating func refuse(
    _ outcome: inout BitimV1.RowOutcome, _ refusal: Refusal, told: Refusal
  ) {
    outcome.verdict = .refused
    outcome.findings = [BitimV1.Finding(told)]
    self.refusals.append(refusal)
    if outcome.personId != 0 { self.refusedPeople.append(outcome.personId) }
  }

  /// Keeps what was decided of a row.
  mutating func take(_ decided: BitimDomain.RowOutcome, line: Int32) {
    var decided = decided
    if [.added, .waiting].contains(decided.verdict),
      let refusal = decided.person.flatMap({ self.living.refusal(of: $0) })
    {
      (decided.verdict, decided.findings) = (.refused, [refusal])
    }
    self.outcomes.append(BitimV1.RowOutcome(decided, line: line))
    guard decided.verdict == .refused else { return }
    self.refusals += decided.findings
    if let person = decided.person { self.refusedPeople.append(person) }
  }

  /// Whether a row is refused, and so all of them.
  var isRefused: Bool { !self.refusals.isEmpty }

  /// Records the deeds of the rows taken, or the refusals that concern the journal; nothing if it was
  /// only asked, or if a row differs from the registry.
  ///
  /// - Parameter deeds: What the rows amount to; none if all of it stands in the registry already.
  /// - Returns: Whether the list was recorded.
  /// - Throws: ``StoreFailure``.
  func settle(
    _ deeds: [Deed], heldOn day: CivilDate, _ caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Bool {
    guard !self.validateOnly else { return false }
    guard !self.isRefused else {
      let refused = Services.journal(
        self.refusals, method: self.method, by: caller, people: self.refusedPeople)
      if let refused { try transaction.record(refused, by: caller.actor, heldOn: caller.today) }
      return false
    }
    if self.outcomes.contains(where: { $0.verdict == .differs }) { return false }
    for deed in deeds { try transaction.record(deed, by: caller.actor, heldOn: day) }
    return !deeds.isEmpty
  }
}

extension BitimV1.RowOutcome {
  /// What becomes of a row, as it is answered.
  init(_ outcome: BitimDomain.RowOutcome, line: Int32) {
    self.init()
    self.line = line
    self.personId = outcome.person ?? 0
    self.findings = outcome.findings.map { BitimV1.Finding($0) }
    switch outcome.verdict {
    case .added: self.verdict = .added
    case .unchanged: self.verdict = .unchanged
    case .differs: self.verdict = .differs
    case .refused: self.verdict = .refused
    case .waiting: self.verdict = .waiting
    }
  }
}
