import BitimDomain
import Testing

/// The same random facts, once as values for the act and once as rows for the triggers of `certificate` and
/// `adopted_certificate`: what the one takes the other takes, and what the one refuses the other refuses.
@Suite("Domain and triggers agree on adoption (R-741, R-742)")
struct AdoptionRulesAgreeTests {
  /// Refused by the domain alone: the day of an approval is no column of a certificate.
  static let toldOnce: Set<Reason> = [.decidesOwnTrainee, .decidesOwnCandidate]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["certificate", "adopted_certificate"])
    defer { rows.close() }
    var chance = Chance(seed: 741)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<600 {
      rows.begin()
      defer { rows.undo() }
      let book = OldBook(&chance)
      book.settle(rows)
      let (refusal, grants) = try book.decided()
      if let refusal { drawn.insert(refusal) }
      if let refusal, Self.toldOnce.contains(refusal) { continue }
      var isTaken = true
      // What is refused is tried as it was asked for.
      for (index, entry) in book.asked.enumerated() where isTaken {
        isTaken = rows.take(
          grants.isEmpty
            ? 1_000_000_000 + book.lastSerial + Int64(index) + 1 : grants[index].number.value,
          entry, by: book.certifier)
      }
      #expect(isTaken == (refusal == nil), "case \(number): \(refusal as Any) \(book)")
      if refusal == nil { accepted += 1 }
    }
    #expect(accepted > 100)
    #expect(
      drawn
        == Self.toldOnce.union([
          .numberTaken, .twiceInFile, .decidesHimself, .serialsExhausted,
        ]))
  }
}

extension RuleRows {
  /// Whether a certificate of person 8 was taken, as the fold writes it.
  fileprivate func take(_ number: Int64, _ entry: OldEntry, by person: Int64) -> Bool {
    self.run(
      """
      INSERT INTO certificate VALUES (\(number), NULL, 8, 'adopted', \(entry.programme), NULL,
        '\(entry.issuedOn.iso)', '\(entry.issuedOn.iso)', NULL, \(person), 90);
      INSERT INTO adopted_certificate VALUES (\(number), 1, \(entry.key.year), '\(entry.key.number)',
        '\(entry.ownNumber)', '', '', '\(entry.attestation.rawValue)');
      """)
  }
}

/// A list of one or two certificates of person 8, and what was adopted before.
private struct OldBook {
  static let today = CivilDate.of("2026-06-01")

  let certifier: Int64
  let asked: [OldEntry]
  let lastSerial: Int64
  private let before: [OldEntry]
  /// The day on which the certifier taught or examined the holder last; nil for never.
  private let hand: (isTaught: Bool, day: CivilDate)?

  init(_ chance: inout Chance) {
    func entry(_ chance: inout Chance) -> OldEntry {
      // The first three are one number.
      OldEntry(
        ownNumber: chance.of(["А-45", "a 45", "№ A45", "46", "4 7", "48/2"]), book: "", page: "",
        issuedOn: .of(chance.of(["2013-05-20", "2013-12-31", "2014-01-01"])),
        programme: chance.of([1, 2, 3]), attestation: chance.of(OldAttestation.allCases))
    }
    self.certifier = chance.often(8) ? 9 : 8
    self.asked = (0..<(chance.often(1) ? 1 : 2)).map { _ in entry(&chance) }
    var before: [OldEntry] = []
    for _ in 0..<chance.of([0, 1, 3]) {
      let old = entry(&chance)
      if !before.contains(where: { $0.key == old.key }) { before.append(old) }
    }
    self.before = before
    self.lastSerial = chance.often(20) ? Int64(before.count) : 999_999
    let bar = Self.today.yearsBefore(2)
    self.hand = chance.often(6) ? nil : (chance.often(1), bar.plus(chance.of([-1, 0, 1])))
  }

  func settle(_ rows: RuleRows) {
    rows.put(
      """
      INSERT INTO organisation VALUES (1, 'S', 'school', 'a', 'b', 'c', 'd', 'KAZ', 1);
      INSERT INTO person VALUES (7, '', 1), (8, '', 1), (9, '', 1);
      """)
    for (index, entry) in self.before.enumerated() {
      #expect(rows.take(1_000_000_001 + Int64(index), entry, by: 7))
    }
    if self.lastSerial == 999_999 {
      rows.put("INSERT INTO burned_serials VALUES (1000, 900000, 999999, 0, 1)")
    }
  }

  /// The first reason against it, or what is granted.
  func decided() throws -> (refusal: Reason?, grants: [Adoption.Grant]) {
    let passport = Identifier(
      kind: .document, number: "N11112222", country: "KAZ", documentType: "passport")
    let latin = PersonName(surname: "Akhmetova", given: "Aigerim", patronymic: "")
    let holder = Person(
      id: 8, names: Names(latin: latin), birthDate: .of("1980-01-01"), education: nil,
      identifiers: [passport], evidence: "")
    var hands = IssueCertificates.Hands(
      taughtHere: [], taught: [:], examinedHere: [], examined: [:])
    if let hand {
      if hand.isTaught {
        hands.taught[self.certifier] = hand.day
      } else {
        hands.examined[self.certifier] = hand.day
      }
    }
    var adoption = Adoption(
      by: self.certifier, as: .certifier, on: Self.today, nextPerson: 70,
      lastSerial: self.lastSerial)
    for (index, entry) in self.asked.enumerated() {
      let taken = self.before.firstIndex { $0.key == entry.key }
      let outcome = adoption.add(
        .init(
          line: index + 2, holder: holder, entry: entry,
          distinct: Distinct(people: [], lines: [], evidence: "")),
        .init(
          candidates: [Candidate(holder, isKnownHere: true)],
          taken: taken.flatMap { CertificateNumber(adopted: Int64($0 + 1)) }, hands: [8: hands]))
      if let refusal = outcome.row.findings.first, outcome.row.verdict == .refused {
        return (refusal.reason, [])
      }
    }
    return (nil, adoption.grants)
  }
}
