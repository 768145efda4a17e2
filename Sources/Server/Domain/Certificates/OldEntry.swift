/// What an old register says of a certificate that was issued before this one.
package struct OldEntry: Equatable, Sendable {
  /// The number that stands on the paper, as the register has it.
  package var ownNumber: String
  /// Empty where it is not recorded.
  package var book: String
  /// Empty where it is not recorded.
  package var page: String
  package var issuedOn: CivilDate
  /// 1 to 3.
  package var programme: Int
  package var attestation: OldAttestation

  package init(
    ownNumber: String, book: String, page: String, issuedOn: CivilDate, programme: Int,
    attestation: OldAttestation
  ) {
    self.ownNumber = ownNumber
    self.book = book
    self.page = page
    self.issuedOn = issuedOn
    self.programme = programme
    self.attestation = attestation
  }

  /// What is one certificate's for ever among those of one issuer.
  package var key: Key { Key(number: Self.folded(self.ownNumber), year: self.issuedOn.parts.year) }

  /// An own number and its year.
  package struct Key: Hashable, Sendable {
    /// The number, folded.
    package let number: String
    package let year: Int
  }

  /// An own number as it is compared: letters and digits in capitals, Cyrillic look-alikes Latin.
  static func folded(_ number: String) -> String { String(TypedText.folded(number)) }
}

/// A paper from before this registry, by what stands on it.
package struct OldPaper: Equatable, Sendable {
  /// Own number, day and surname, as they are compared; a digest of it finds the certificate.
  package let text: String

  /// The paper with this own number, this day of issue and this surname.
  package init(_ ownNumber: String, issuedOn day: CivilDate, surname: String) {
    let surname = NameText.searchWords(surname).joined(separator: " ")
    self.text = [OldEntry.folded(ownNumber), day.iso, surname].joined(separator: "\n")
  }

  /// Reads what somebody typed from a paper.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notADate``, and as ``TextRule/check(_:column:)``.
  package init(reading ownNumber: String, issuedOn day: String, surname: String) throws(Refusal) {
    try TextRule.check(ownNumber, column: "own_number")
    let day = try CivilDate(typed: day, column: "issued_on")
    try TextRule.check(surname, column: "surname")
    self.init(ownNumber, issuedOn: day, surname: surname)
  }

  /// The papers of a holder with `names`: one for each script's surname, each once; who has none in a script
  /// is called by the given name there.
  package static func all(of entry: OldEntry, holder names: Names) -> [OldPaper] {
    var papers: [OldPaper] = []
    for name in [names.kk, names.ru, names.latin].compactMap(\.self) {
      let surname = name.surname.isEmpty ? name.given : name.surname
      let paper = OldPaper(entry.ownNumber, issuedOn: entry.issuedOn, surname: surname)
      if !papers.contains(paper) { papers.append(paper) }
    }
    return papers
  }
}
