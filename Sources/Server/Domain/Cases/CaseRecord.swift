/// A paper of a case, as somebody has seen it.
package struct CasePaper: Equatable, Sendable {
  /// Which paper, as an appeal or a power of attorney.
  package let document: String
  /// Its number; empty where it has none.
  package let number: String
  package let datedOn: CivilDate?
  /// Who has seen it, in words.
  package let seenBy: String
  package let seenOn: CivilDate
  /// What it shows, of an application for an entry in the register; nil where that is not asked.
  package let matter: PaperMatter?
  /// What it says; empty where that is not asked.
  package let result: String

  /// A paper as it was read before: out of a record.
  package init(
    document: String, number: String, datedOn: CivilDate?, seenBy: String, seenOn: CivilDate,
    matter: PaperMatter? = nil, result: String = ""
  ) {
    self.matter = matter
    self.result = result
    self.document = document
    self.number = number
    self.datedOn = datedOn
    self.seenBy = seenBy
    self.seenOn = seenOn
  }

  /// Reads a paper, in texts as they came. What it shows stands for what it is called, and is said of an application
  /// for an entry in the register alone; of a paper on health no number is kept, and one of the State says its day
  /// and its result.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing``, ``Reason/notADate``, ``Reason/dateInFuture``,
  ///   ``Reason/notInList`` or ``Reason/healthPaperNumber``, and as ``TextRule/allow(_:column:)``.
  package init(
    document: String, number: String, datedOn: String, seenBy: String, seenOn: String,
    matter: PaperMatter? = nil, result: String = "", of kind: CaseKind, on today: CivilDate
  ) throws(Refusal) {
    if matter == nil {
      self.document = try TextRule.read(document, column: "paper")
    } else {
      self.document = TextRule.folded(document)
      try TextRule.allow(self.document, column: "paper")
    }
    self.number = TextRule.folded(number)
    try TextRule.allow(self.number, column: "paper_number")
    guard matter == nil || kind == .entry else {
      throw Refusal(.notInList, column: "paper", value: matter?.rawValue ?? "")
    }
    if matter?.isOfHealth == true, !self.number.isEmpty {
      throw Refusal(.healthPaperNumber, column: "paper_number")
    }
    let isOfState = matter?.isOfState == true
    if isOfState, datedOn.isEmpty { throw Refusal(.missing, column: "dated_on") }
    self.result = TextRule.folded(result)
    if isOfState, self.result.isEmpty { throw Refusal(.missing, column: "result") }
    try TextRule.allow(self.result, column: "result")
    self.matter = matter
    var dated: CivilDate?
    if !datedOn.isEmpty { dated = try CivilDate(typed: datedOn, column: "dated_on") }
    self.datedOn = dated
    self.seenBy = try TextRule.read(seenBy, column: "seen_by")
    self.seenOn = try CivilDate(typed: seenOn, column: "seen_on")
    guard self.seenOn <= today else {
      throw Refusal(.dateInFuture, column: "seen_on", value: seenOn)
    }
  }
}

/// An act that a case contests.
package struct ContestedAct: Hashable, Sendable {
  /// What it did.
  package enum Subject: Hashable, Sendable {
    /// It confirmed this result.
    case result(Int64)
    /// It annulled this result.
    case annulment(Int64)
    /// It revoked or suspended this certificate.
    case mark(CertificateNumber)
    /// It refused this application.
    case application(Int64)
  }

  package let sequence: Int64
  package let subject: Subject

  package init(_ sequence: Int64, _ subject: Subject) {
    self.sequence = sequence
    self.subject = subject
  }
}

/// A step that was taken in a case.
package struct CaseMove: Equatable, Sendable {
  package let sequence: Int64
  package let step: CaseStep
  package let heldOn: CivilDate

  package init(_ step: CaseStep, on day: CivilDate, sequence: Int64) {
    self.sequence = sequence
    self.step = step
    self.heldOn = day
  }
}

/// A case: an appeal, a complaint, an application, a recognition or an application for an entry in the register, and
/// what was done in it. All kinds are this one record.
package struct CaseRecord: Equatable, Sendable {
  /// How it ended.
  package struct End: Equatable, Sendable {
    /// Nil where it was withdrawn.
    package var outcome: CaseOutcome?
    package var on: CivilDate

    package init(_ outcome: CaseOutcome?, on day: CivilDate) {
      self.outcome = outcome
      self.on = day
    }
  }

  /// For how many days it is returned for completion.
  package static let completionDays = 14
  /// In how many days after it is complete it is decided, and by how many that may be extended; an application is
  /// not, nor is one for an entry in the register, which is decided in ten days after its receipt.
  package static func decisionDays(of kind: CaseKind) -> Int {
    switch kind {
    case .appeal, .complaint, .recognition: 30
    case .application, .entry: 10
    }
  }
  /// In how many days a decision is carried out.
  package static let executionDays = 10
  /// In how many days after the person was told an appeal is in time.
  package static let appealDays = 30

  /// The act that received it: its number.
  package var sequence: Int64
  package var kind: CaseKind
  /// Whom it concerns; 0 where nobody is known.
  package var person: Int64
  package var receivedOn: CivilDate
  /// The day the person was told of what is contested.
  package var toldOn: CivilDate?
  /// How many grounds it has.
  package var grounds: Int
  package var contested: [ContestedAct]
  /// In the order of their acts.
  package var moves: [CaseMove]
  /// Nil while it is open.
  package var end: End?
  /// The acts that cite it since it was decided.
  package var carriedOutBy: [Int64]
  /// Of an application: for what; nil of other kinds.
  package var appliedFor: AppliedFor?
  /// Of a recognition: what is to be recognised; nil of other kinds.
  package var claim: Recognition.Claim?

  package init(
    sequence: Int64, kind: CaseKind, person: Int64, receivedOn: CivilDate, toldOn: CivilDate?,
    grounds: Int, contested: [ContestedAct], moves: [CaseMove] = [], end: End? = nil,
    carriedOutBy: [Int64] = [], appliedFor: AppliedFor? = nil, claim: Recognition.Claim? = nil
  ) {
    self.claim = claim
    self.appliedFor = appliedFor
    self.sequence = sequence
    self.kind = kind
    self.person = person
    self.receivedOn = receivedOn
    self.toldOn = toldOn
    self.grounds = grounds
    self.contested = contested
    self.moves = moves
    self.end = end
    self.carriedOutBy = carriedOutBy
  }

  /// How it stands on `day`: that it has lapsed no act says.
  package func state(on day: CivilDate) -> CaseState {
    if let end = self.end {
      switch end.outcome {
      case nil: return .withdrawn
      case .notAdmitted: return .notAdmitted
      case .decisionStands, .decisionChanged, .confirmed, .notConfirmed, .court, .reExamination,
        .admitted, .refused, .recognised, .recognisedPart, .entered:
        return self.carriedOutBy.isEmpty ? .decided : .executed
      }
    }
    // An application for an entry does not lapse: on the tenth day a refusal is due.
    if self.completeOn == nil {
      return day > self.lastDay && self.kind != .entry ? .lapsed : .returned
    }
    return self.moves.contains { $0.step == .acknowledged } ? .acknowledged : .received
  }

  /// The day since which it is complete; nil while something is missing.
  package var completeOn: CivilDate? {
    guard let check = self.lastCheck else { return self.receivedOn }
    return check.step == .completed ? check.heldOn : nil
  }

  /// The last day for what is missing, and else for the decision.
  package var lastDay: CivilDate {
    if self.kind == .entry {
      return CivilDate(
        dayNumber: self.receivedOn.dayNumber + Self.decisionDays(of: self.kind))
    }
    guard let complete = self.completeOn else {
      let returned = self.lastCheck?.heldOn ?? self.receivedOn
      return CivilDate(dayNumber: returned.dayNumber + Self.completionDays)
    }
    let days = Self.decisionDays(of: self.kind) * (self.isExtended ? 2 : 1)
    return CivilDate(dayNumber: complete.dayNumber + days)
  }

  /// Whether its deadline was extended.
  package var isExtended: Bool { self.moves.contains { $0.step == .extended } }

  /// The day its person was told of the decision; nil before.
  package var notifiedOn: CivilDate? { self.moves.last { $0.step == .notified }?.heldOn }

  /// The day from which an arbiter stays what it contests; nil where that has effect.
  package var stayedOn: CivilDate? { self.moves.first { $0.step == .stayed }?.heldOn }

  /// The day of the last that was done in it.
  package var lastDone: CivilDate {
    max(self.moves.map(\.heldOn).max() ?? self.receivedOn, self.end?.on ?? self.receivedOn)
  }

  /// When it was last found to be incomplete, or complete again.
  private var lastCheck: CaseMove? {
    self.moves.last { $0.step == .returned || $0.step == .completed }
  }

  /// Whether it is to be decided soon, or was to be: what is incomplete waits for others, but for an
  /// application for an entry.
  package func isDue(on day: CivilDate) -> Bool {
    guard self.end == nil, self.completeOn != nil || self.kind == .entry else { return false }
    return day.dayNumber >= self.lastDay.dayNumber - DueKind.caseDays
  }

  /// Whether its decision changes what it contests; that of a court does alike.
  package var changesDecision: Bool { self.end?.outcome?.changesDecision ?? false }
}

extension CaseKind {
  /// Whether an arbiter decides it: applications, recognitions and entries wait for none.
  package var isOfArbiter: Bool {
    switch self {
    case .appeal, .complaint: true
    case .application, .recognition, .entry: false
    }
  }
}

extension CaseOutcome {
  /// Whether what is contested is changed by it.
  package var changesDecision: Bool {
    switch self {
    case .decisionChanged, .court: true
    case .decisionStands, .confirmed, .notConfirmed, .notAdmitted, .reExamination, .admitted,
      .refused, .recognised, .recognisedPart, .entered:
      false
    }
  }
}

/// That somebody is examined anew, by an arbiter's decision: the result was annulled, and no attempt was
/// made since.
package struct ReExamination: Equatable, Sendable {
  /// In how many days after the decision it is held.
  package static let days = 60

  package var decidedOn: CivilDate
  /// Who sat in the commission of the result that was annulled, under all numbers.
  package var commission: Set<Int64>

  package init(decidedOn: CivilDate, commission: Set<Int64>) {
    self.decidedOn = decidedOn
    self.commission = commission
  }

  package var lastDay: CivilDate {
    CivilDate(dayNumber: self.decidedOn.dayNumber + Self.days)
  }

  /// Whether a session on `day` is one for it: later the ordinary rules alone hold.
  func covers(_ day: CivilDate) -> Bool { (self.decidedOn...self.lastDay).contains(day) }
}
