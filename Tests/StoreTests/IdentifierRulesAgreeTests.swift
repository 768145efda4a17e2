import BitimDomain
import Testing

/// The same random numbers of two people, once as values for the acts and once as rows: what the one takes
/// the other takes, and the same numbers stand then.
@Suite("Domain and triggers agree on identifiers")
struct IdentifierRulesAgreeTests {
  /// Refused by the domain alone: who acts stands in the act, and not in its rows (R-021); the file knows
  /// no today.
  static let toldOnce: Set<Reason> = [.actsOnHimself, .outOfRange]

  private static let today = CivilDate.of("2026-11-22")
  private static let numbers = ["AAAA1111", "BBBB2222", "CCCC3333"].map {
    Identifier(kind: .document, number: $0, country: "KAZ", documentType: "passport")
  }
  private static let ground = CorrectionGround(
    .typingError, document: "паспорт", number: "1", seenBy: "Әбілова", seenOn: today)

  /// 8 has come with a number, 9 as an invited expert with a letter.
  private static let people = [Self.file(8, "Ахметова", ""), Self.file(9, "Ким", "хат")]

  private static func file(_ id: Int64, _ surname: String, _ evidence: String) -> PersonFile {
    PersonFile(
      person: Person(
        id: id, names: Names(kk: PersonName(surname: surname, given: "Ұлжан", patronymic: "")),
        birthDate: CivilDate.of("199\(id)-01-01"), education: nil, identifiers: [],
        evidence: evidence), formerNames: [], bars: [])
  }

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["person_identifier"])
    defer { rows.close() }
    rows.put("INSERT INTO person VALUES (8, '', 1), (9, 'хат', 1)")
    var chance = Chance(seed: 113)
    var drawn: Set<Reason> = []
    var accepted: [String: Int] = [:]
    for number in 0..<300 {
      rows.begin()
      defer { rows.undo() }
      var files = Self.people
      for sequence in Int64(2)...9 {
        let told = Told(&chance)
        do throws(Refusal) {
          let before = files
          try told.apply(to: &files)
          accepted[told.name, default: 0] += 1
          #expect(rows.take(told, sequence, before), "case \(number): \(told)")
          #expect(rows.identifiers == Self.texts(files), "case \(number): \(told)")
        } catch {
          drawn.insert(error.reason)
          guard !Self.toldOnce.contains(error.reason) else { continue }
          rows.run("SAVEPOINT told")
          #expect(!rows.take(told, sequence, files), "case \(number): \(error) \(told)")
          rows.run("ROLLBACK TO told")
        }
      }
    }
    #expect(accepted.count == 3 && accepted.values.allSatisfy { $0 > 40 }, "\(accepted)")
    #expect(
      drawn == [
        .actsOnHimself, .outOfRange, .nothingChanged, .identifierTaken, .identifierUnknown,
        .identifierMissing,
      ])
  }

  private static func texts(_ files: [PersonFile]) -> [String] {
    files.flatMap { file in
      file.person.identifiers.map { identifier in
        let lastDay = file.ended.first { $0.identifier == identifier }?.lastDay.iso ?? "stands"
        return "\(file.person.id) \(identifier.number) \(lastDay)"
      }
    }.sorted()
  }

  /// An act of somebody, as it is asked.
  struct Told: CustomStringConvertible {
    let name: String
    /// The place in the files.
    let place: Int
    let number: Identifier
    let right: Identifier?
    let lastDay: CivilDate
    let caller: Int64

    init(_ chance: inout Chance) {
      self.name = chance.of(["add", "end", "correct"])
      self.place = chance.of([0, 1])
      let number = chance.of(IdentifierRulesAgreeTests.numbers)
      self.number = number
      // To itself nothing is corrected, and no rows are of that.
      self.right =
        chance.often(2)
        ? chance.of(IdentifierRulesAgreeTests.numbers.filter { $0 != number }) : nil
      self.lastDay = .of(chance.of(["2026-11-01", "2026-11-22", "2026-11-23"]))
      self.caller = chance.often(15) ? 97 : 8
    }

    var description: String {
      "\(self.name) \(self.place) \(self.number.number) \(self.right?.number ?? "–")"
    }

    /// Decides, and changes the files as the deed says.
    func apply(to files: inout [PersonFile]) throws(Refusal) {
      let question = Correction.Question(
        file: files[self.place],
        facts: .init(enrolledAt: [], hasCertificate: false, hasRole: false),
        corrector: .init(personID: self.caller, organisation: 1, isSchool: true))
      let candidates = files.map { Candidate($0.person, isKnownHere: true) }
      let id = question.file.person.id
      let ground = IdentifierRulesAgreeTests.ground
      switch self.name {
      case "add":
        _ = try AddIdentifier(id, Self.claim(self.number), for: ground)
          .decided(question, among: candidates)
        files[self.place].add(self.number)
      case "end":
        _ = try EndIdentifier(id, self.number, lastDay: self.lastDay, for: ground)
          .decided(question, on: IdentifierRulesAgreeTests.today)
        files[self.place].ended.append(EndedIdentifier(self.number, lastDay: self.lastDay))
      default:
        let deed = try CorrectIdentifier(
          id, self.number, to: self.right.map(Self.claim), for: ground
        ).decided(question, among: candidates).deed
        files[self.place].person.identifiers.removeAll { $0 == self.number }
        files[self.place].ended.removeAll { $0.identifier == self.number }
        if case .identifierCorrected(let deed) = deed, let right = deed.right {
          files[self.place].add(right)
        }
      }
    }

    private static func claim(_ identifier: Identifier) -> IdentifierClaim {
      IdentifierClaim(identifier, distinct: Distinct(people: [], evidence: ""))
    }
  }
}

extension PersonFile {
  /// A number that stands from now on, again or for the first time.
  fileprivate mutating func add(_ identifier: Identifier) {
    self.ended.removeAll { $0.identifier == identifier }
    if !self.person.identifiers.contains(identifier) {
      self.person.identifiers.append(identifier)
    }
  }
}

extension RuleRows {
  /// The numbers that are somebody's, and until when.
  fileprivate var identifiers: [String] {
    self.texts(
      """
      SELECT person_id || ' ' || number || ' ' || CASE WHEN count(ended_seq) = count(*)
        THEN (SELECT ended_on FROM person_identifier l WHERE l.person_id = i.person_id
          AND l.number = i.number AND l.ended_how = 'ended' ORDER BY seq DESC LIMIT 1)
        ELSE 'stands' END FROM person_identifier i
      WHERE EXISTS (SELECT 1 FROM identifier_owner o
        WHERE o.person_id = i.person_id AND o.number = i.number)
      GROUP BY person_id, number ORDER BY 1
      """)
  }

  /// Whether the rows of an act are taken.
  ///
  /// - Parameter files: What is known before the act.
  fileprivate func take(
    _ told: IdentifierRulesAgreeTests.Told, _ sequence: Int64, _ files: [PersonFile]
  ) -> Bool {
    let id = files[told.place].person.id
    func insert(_ identifier: Identifier) -> Bool {
      self.run(
        """
        INSERT INTO person_identifier (kind, country, document_type, number, person_id, seq)
        VALUES ('document', 'KAZ', 'passport', '\(identifier.number)', \(id), \(sequence))
        """)
    }
    func end(_ how: String, _ day: String) -> Bool {
      self.change(
        """
        UPDATE person_identifier SET ended_seq = \(sequence), ended_how = '\(how)',
          ended_on = \(day)
        WHERE number = '\(told.number.number)' AND person_id = \(id) AND ended_seq IS NULL
        """)
    }
    switch told.name {
    case "add": return insert(told.number)
    case "end": return end("ended", "'\(told.lastDay.iso)'")
    default:
      let stands = self.texts(
        """
        SELECT 1 FROM person_identifier WHERE number = '\(told.right?.number ?? "")'
          AND person_id = \(id) AND ended_seq IS NULL
        """
      )
      // What it should have been may stand already.
      if let right = told.right, stands.isEmpty, !insert(right) { return false }
      let had = files[told.place].ended.contains { $0.identifier == told.number }
      if had, !insert(told.number) { return false }
      return end("in_error", "NULL")
    }
  }
}
