/// A case was received; the act is its number, and the day it was held on the day of receipt.
package struct CaseReceived: Equatable, Sendable {
  package var kind: CaseKind
  /// Whom it concerns; 0 where nobody is known.
  package var person: Int64
  package var contested: [ContestedAct]
  /// The day the person was told of what is contested.
  package var toldOn: CivilDate?
  /// Why it came late, as it was accepted; empty where it did not.
  package var lateReason: String
  package var grounds: [String]
  package var papers: [CasePaper]
  /// What is applied for; nil of other kinds.
  package var application: Application?
  /// What is to be recognised; nil of other kinds.
  package var recognition: Recognition?
  /// What is to stand in the register; nil of other kinds.
  package var entry: EntryApplication?

  package init(
    kind: CaseKind, person: Int64, contested: [ContestedAct], toldOn: CivilDate?,
    lateReason: String, grounds: [String], papers: [CasePaper], application: Application? = nil,
    recognition: Recognition? = nil, entry: EntryApplication? = nil
  ) {
    self.entry = entry
    self.recognition = recognition
    self.application = application
    self.kind = kind
    self.person = person
    self.contested = contested
    self.toldOn = toldOn
    self.lateReason = lateReason
    self.grounds = grounds
    self.papers = papers
  }
}

/// A step was taken in a case, on the day the act was held on.
package struct CaseMoved: Equatable, Sendable {
  package var caseSequence: Int64
  package var step: CaseStep
  /// Why, in words; empty where the step says it all.
  package var why: String
  package var papers: [CasePaper]
  /// The certificates against which what stands lost its effect by it, or got it back.
  package var certificates: [CertificateNumber]

  package init(
    case sequence: Int64, step: CaseStep, why: String, papers: [CasePaper],
    certificates: [CertificateNumber] = []
  ) {
    self.caseSequence = sequence
    self.step = step
    self.why = why
    self.papers = papers
    self.certificates = certificates
  }
}

/// A case was decided, on the day the act was held on.
package struct CaseDecided: Equatable, Sendable {
  package var caseSequence: Int64
  package var outcome: CaseOutcome
  /// Why, ground by ground.
  package var reasons: [String]
  /// The certificates against which what was stayed has effect again.
  package var certificates: [CertificateNumber]
  /// Of an application: who checked what.
  package var checks: [ApplicationCheck]
  /// Of a recognition in part: what counts where; nil else.
  package var recognised: RecognisedHours?
  /// Of an application for an entry: the number in the register; nil else.
  package var entry: RegisterNumber?

  package init(
    case sequence: Int64, outcome: CaseOutcome, reasons: [String],
    certificates: [CertificateNumber] = [], checks: [ApplicationCheck] = [],
    recognised: RecognisedHours? = nil, entry: RegisterNumber? = nil
  ) {
    self.entry = entry
    self.recognised = recognised
    self.checks = checks
    self.caseSequence = sequence
    self.outcome = outcome
    self.reasons = reasons
    self.certificates = certificates
  }
}

/// Somebody from outside was appointed to decide a case.
package struct ArbiterAppointed: Equatable, Sendable {
  package var caseSequence: Int64
  package var personID: Int64
  package var letter: Invitation

  package init(case sequence: Int64, personID: Int64, letter: Invitation) {
    self.caseSequence = sequence
    self.personID = personID
    self.letter = letter
  }
}
