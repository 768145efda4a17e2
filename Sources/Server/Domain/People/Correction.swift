/// Whose a person's data are to correct, and what a correction rests on.
package enum Correction {
  /// What it takes.
  package enum Authority: Equatable, Sendable {
    /// One person of the organisation may.
    case alone
    /// The School alone may.
    case atSchool
    /// Two people of the School may.
    case twoPersons
  }

  /// What binds a person.
  package struct Facts: Equatable, Sendable {
    /// The organisations where the person is enrolled.
    package var enrolledAt: Set<Int64>
    package var hasCertificate: Bool
    package var hasRole: Bool

    package init(enrolledAt: Set<Int64>, hasCertificate: Bool, hasRole: Bool) {
      self.enrolledAt = enrolledAt
      self.hasCertificate = hasCertificate
      self.hasRole = hasRole
    }
  }

  /// Who corrects.
  package struct Corrector: Equatable, Sendable {
    package var personID: Int64
    package var organisation: Int64
    /// Whether that is the School.
    package var isSchool: Bool

    package init(personID: Int64, organisation: Int64, isSchool: Bool) {
      self.personID = personID
      self.organisation = organisation
      self.isSchool = isSchool
    }
  }

  /// What every correction asks of the registry: whose data they are, what binds the person, and who
  /// corrects.
  package struct Question: Equatable, Sendable {
    package var file: PersonFile
    package var facts: Facts
    package var corrector: Corrector

    package init(file: PersonFile, facts: Facts, corrector: Corrector) {
      self.file = file
      self.facts = facts
      self.corrector = corrector
    }

    /// Whether another person has to approve the correction.
    ///
    /// - Throws: ``Refusal`` as ``Correction/takesTwo(of:by:_:)``.
    func takesTwo() throws(Refusal) -> Bool {
      try Correction.takesTwo(of: self.file.person.id, by: self.corrector, self.facts)
    }
  }

  /// What it takes that somebody of `organisation` corrects the data of a person.
  ///
  /// - Parameter isSchool: Whether the organisation is the School.
  package static func authority(
    of organisation: Int64, isSchool: Bool, _ facts: Facts
  ) -> Authority {
    let isBound = facts.hasCertificate || facts.hasRole
    if isSchool { return isBound ? .twoPersons : .alone }
    return !isBound && facts.enrolledAt == [organisation] ? .alone : .atSchool
  }

  /// Whether another person has to approve that `corrector` corrects the data of `person`.
  ///
  /// - Throws: ``Refusal`` with ``Reason/actsOnHimself`` or ``Reason/correctionAtSchool``.
  package static func takesTwo(
    of person: Int64, by corrector: Corrector, _ facts: Facts
  ) throws(Refusal) -> Bool {
    guard corrector.personID != person else { throw Refusal(.actsOnHimself) }
    let authority = Self.authority(
      of: corrector.organisation, isSchool: corrector.isSchool, facts)
    guard authority != .atSchool else { throw Refusal(.correctionAtSchool) }
    return authority == .twoPersons
  }
}

/// Why what is known of a person is corrected, and the paper that shows it.
package struct CorrectionGround: Equatable, Sendable {
  package let reason: CorrectionReason
  /// Which paper, as a passport or a court's decision.
  package let document: String
  package let number: String
  /// Who has seen it, in words.
  package let seenBy: String
  package let seenOn: CivilDate

  /// A ground as it was read before: out of a record.
  package init(
    _ reason: CorrectionReason, document: String, number: String, seenBy: String,
    seenOn: CivilDate
  ) {
    self.reason = reason
    self.document = document
    self.number = number
    self.seenBy = seenBy
    self.seenOn = seenOn
  }

  /// A ground as somebody filled it in: texts as they came, in Unicode's normal form C.
  package struct Form: Equatable, Sendable {
    /// The word's number in the schema.
    package var reason: Int32
    package var document: String
    package var number: String
    package var seenBy: String
    package var seenOn: String

    package init(
      reason: Int32, document: String, number: String, seenBy: String, seenOn: String
    ) {
      self.reason = reason
      self.document = document
      self.number = number
      self.seenBy = seenBy
      self.seenOn = seenOn
    }
  }

  /// Reads a ground, or adds everything that is wrong with it to `refusals`: ``Reason/notInList``,
  /// ``Reason/evidenceMissing``, ``Reason/notADate``, ``Reason/dateInFuture``, and as
  /// ``TextRule/allow(_:column:)``.
  init?(_ form: Form, on today: CivilDate, noting refusals: inout [Refusal]) {
    let reason = refusals.noting { () throws(Refusal) in
      try CorrectionReason(typed: form.reason, column: "reason")
    }
    var texts: [String] = []
    let columns = ["evidence", "evidence_number", "seen_by"]
    for (column, typed) in zip(columns, [form.document, form.number, form.seenBy]) {
      let text = refusals.noting { () throws(Refusal) in try Self.text(typed, column) }
      if let text { texts.append(text) }
    }
    let day = refusals.noting { () throws(Refusal) in try Self.day(form.seenOn, today) }
    guard let reason, texts.count == columns.count, let day else { return nil }
    self.init(
      reason, document: texts[0], number: texts[1], seenBy: texts[2], seenOn: day)
  }

  private static func text(_ typed: String, _ column: String) throws(Refusal) -> String {
    let text = TextRule.folded(typed)
    guard !text.isEmpty else { throw Refusal(.evidenceMissing, column: column) }
    try TextRule.allow(text, column: column)
    return text
  }

  private static func day(_ typed: String, _ today: CivilDate) throws(Refusal) -> CivilDate {
    guard !typed.isEmpty else { throw Refusal(.evidenceMissing, column: "seen_on") }
    let day = try CivilDate(typed: typed, column: "seen_on")
    guard day <= today else { throw Refusal(.dateInFuture, column: "seen_on", value: typed) }
    return day
  }
}
