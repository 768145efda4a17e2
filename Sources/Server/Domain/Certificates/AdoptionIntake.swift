/// A row of an old register as somebody filled it in.
package struct OldEntryForm: Equatable, Sendable {
  package var ownNumber: String
  package var book: String
  package var page: String
  package var issuedOn: String
  package var programme: Int
  /// The word's number in the schema; 0 where nothing is said, which is what `unknown` says too.
  package var attestation: Int32

  package init(
    ownNumber: String, book: String, page: String, issuedOn: String, programme: Int,
    attestation: Int32
  ) {
    self.ownNumber = ownNumber
    self.book = book
    self.page = page
    self.issuedOn = issuedOn
    self.programme = programme
    self.attestation = attestation
  }
}

/// A row that is read: everything that is wrong with it at once.
package struct AdoptionIntake: Sendable {
  /// Nil if anything is wrong.
  package private(set) var row: AdoptCertificates.Row?
  /// What is wrong, in the order of columns.
  package private(set) var refusals: [Refusal]
  /// What is odd and refuses nothing.
  package let warnings: [Refusal]

  /// Reads a row; an identifier need not be there.
  package init(
    line: Int, _ form: OldEntryForm, holder: PersonForm, distinctFrom: [String], evidence: String,
    on today: CivilDate
  ) {
    let intake = PersonIntake(holder, on: today, needsIdentifier: false)
    self.refusals = intake.refusals
    self.warnings = intake.warnings
    let distinct = self.refusals.noting { () throws(Refusal) in
      try Distinct(from: distinctFrom, evidence: evidence, inList: true)
    }
    let entry = Self.entry(form, on: today, &self.refusals)
    guard self.refusals.isEmpty, let holder = intake.person, let distinct, let entry else {
      return
    }
    self.row = .init(line: line, holder: holder, entry: entry, distinct: distinct)
  }

  private static func entry(
    _ form: OldEntryForm, on today: CivilDate, _ refusals: inout [Refusal]
  ) -> OldEntry? {
    let ownNumber = TextRule.folded(form.ownNumber)
    refusals.noting { () throws(Refusal) in
      try TextRule.check(ownNumber, column: "own_number")
      // Nothing is left of a number of dashes alone.
      guard !OldEntry.folded(ownNumber).isEmpty else {
        throw Refusal(.missing, column: "own_number")
      }
    }
    let (book, page) = (TextRule.folded(form.book), TextRule.folded(form.page))
    refusals.noting { () throws(Refusal) in try TextRule.allow(book, column: "book") }
    refusals.noting { () throws(Refusal) in try TextRule.allow(page, column: "page") }
    let issuedOn = refusals.noting { () throws(Refusal) in
      let day = try CivilDate(typed: form.issuedOn, column: "issued_on")
      guard day <= today else {
        throw Refusal(.dateInFuture, column: "issued_on", value: form.issuedOn)
      }
      return day
    }
    if !(1...3).contains(form.programme) {
      refusals.append(Refusal(.notInList, column: "programme", value: "\(form.programme)"))
    }
    let attestation = refusals.noting { () throws(Refusal) in
      form.attestation == 0
        ? .unknown : try OldAttestation(typed: form.attestation, column: "attestation")
    }
    guard let issuedOn, let attestation else { return nil }
    return OldEntry(
      ownNumber: ownNumber, book: book, page: page, issuedOn: issuedOn,
      programme: form.programme, attestation: attestation)
  }
}
