/// Enters somebody in the register of mediators.
package struct EnterRegister: Equatable, Sendable {
  /// From which age on: Law On Mediation, article 9(4)(1).
  package static let ageMin = 25

  /// What the rules ask.
  package struct Facts: Equatable, Sendable {
    package var file: CaseRecord
    /// What the papers show that were handed in, at once or later.
    package var shown: Set<PaperMatter>
    /// Who has a hand in the case.
    package var hands: Set<Int64>
    package var names: Names
    /// Of the person: age, education and bars.
    package var admission: Admission
    /// The certificates of programme 1, under all numbers.
    package var certificates: [CertificateLife]
    /// The entries of the same natural person.
    package var entries: [RegisterEntry]
    /// The last serial of the year; 0 before the first.
    package var lastSerial: Int64

    package init(
      file: CaseRecord, shown: Set<PaperMatter>, hands: Set<Int64>, names: Names,
      admission: Admission, certificates: [CertificateLife], entries: [RegisterEntry],
      lastSerial: Int64
    ) {
      self.file = file
      self.shown = shown
      self.hands = hands
      self.names = names
      self.admission = admission
      self.certificates = certificates
      self.entries = entries
      self.lastSerial = lastSerial
    }
  }

  package let day: CivilDate

  package init(on day: CivilDate) { self.day = day }

  /// - Throws: ``Refusals`` as ``CaseRecord/checkEntry(by:hands:on:isRefused:)`` alone, or with every condition that
  ///   is not met on the day: ``Reason/caseIncomplete`` for each paper, ``Reason/namesMissing``,
  ///   ``Reason/certificateNotValid``, ``Reason/entryThere``, and as
  ///   ``Admission/refusals(ageMin:needsHigher:on:isSchool:)``.
  package func decided(_ facts: Facts, by caller: Int64) throws(Refusals) -> CaseDecided {
    do throws(Refusal) {
      try facts.file.checkEntry(by: caller, hands: facts.hands, on: self.day, isRefused: false)
    } catch {
      throw Refusals(all: [error])
    }
    var refusals: [Refusal] = []
    for matter in PaperMatter.allCases where !facts.shown.contains(matter) {
      refusals.append(Refusal(.caseIncomplete, column: matter.rawValue))
    }
    for (column, name) in [("surname_kk", facts.names.kk), ("surname_ru", facts.names.ru)]
    where name == nil {
      refusals.append(Refusal(.namesMissing, column: column))
    }
    refusals += facts.admission.refusals(
      ageMin: Self.ageMin, needsHigher: true, on: self.day, isSchool: true)
    if !facts.certificates.contains(where: { $0.standing(on: self.day) == .valid }) {
      refusals.append(Refusal(.certificateNotValid, ["day": self.day.iso]))
    }
    if let there = facts.entries.first(where: { $0.endsOn.map { $0 > self.day } ?? true }) {
      refusals.append(Refusal(.entryThere, column: "person", ["number": there.number.text]))
    }
    guard refusals.isEmpty else { throw Refusals(all: refusals) }
    return CaseDecided(
      case: facts.file.sequence, outcome: .entered, reasons: [],
      entry: RegisterNumber(year: self.day.parts.year, serial: facts.lastSerial + 1))
  }
}
