/// Adopts certificates that were issued before this registry, as an old register has them: a
/// list whole, which takes two persons.
package struct AdoptCertificates: Equatable, Sendable {
  /// The most certificates of one list.
  package static let rowsMax = 500

  /// A row that was read.
  package struct Row: Equatable, Sendable {
    package var line: Int
    /// The holder as the register has him or her, without an id.
    package var holder: Person
    package var entry: OldEntry
    /// Whom the row means not.
    package var distinct: Distinct

    package init(line: Int, holder: Person, entry: OldEntry, distinct: Distinct) {
      self.line = line
      self.holder = holder
      self.entry = entry
      self.distinct = distinct
    }
  }

  /// In the order of the file.
  package var rows: [Row]

  package init(_ rows: [Row] = []) { self.rows = rows }

  /// Refuses a list that is empty or too long.
  ///
  /// - Throws: ``Refusal`` with ``Reason/missing`` or ``Reason/tooManyRows``.
  package static func check(count: Int) throws(Refusal) {
    if count == 0 { throw Refusal(.missing, column: "rows") }
    if count > Self.rowsMax { throw Refusal(.tooManyRows, ["limit": "\(Self.rowsMax)"]) }
  }
}

/// The decision on a list, told row after row.
///
/// What an earlier row brings, later rows meet: one holder may have several certificates.
package struct Adoption: Sendable {
  /// What the rules ask of the registry for a row, as it is before the list.
  package struct Facts: Sendable {
    /// Everybody who shares a trait with the holder.
    package var candidates: [Candidate]
    /// The certificate that has the row's own number of that year.
    package var taken: CertificateNumber?
    /// Who had a hand in the training and attestation of those of the candidates who may be meant.
    package var hands: [Int64: IssueCertificates.Hands]

    package init(
      candidates: [Candidate], taken: CertificateNumber?,
      hands: [Int64: IssueCertificates.Hands]
    ) {
      self.candidates = candidates
      self.taken = taken
      self.hands = hands
    }
  }

  /// What was decided of a row: only the sheet is missing, which has the number on it.
  package struct Grant: Equatable, Sendable {
    package let number: CertificateNumber
    package let holder: Int64
    /// The names that are answered: the register's, in other scripts the holder's own.
    package let names: Names
    package let entry: OldEntry

    /// The certificate with its sheet, as it is frozen.
    package func certificate(sheet: [UInt8]) -> CertificatesAdopted.Certificate {
      .init(number: self.number, personID: self.holder, entry: self.entry, sheet: sheet)
    }
  }

  /// What becomes of a row.
  package struct Outcome: Equatable, Sendable {
    package var row: RowOutcome
    /// The names that would be answered.
    package var names: Names
    /// Whom it means, as people see it: a number, or the earlier line that brings the holder; empty for
    /// somebody new.
    package var holder: String
  }

  /// What is granted so far, in the order of the rows.
  package private(set) var grants: [Grant] = []
  /// Holders new to the registry.
  package private(set) var people: [Person] = []
  /// Whom they resemble and are not.
  package private(set) var dismissed: [DismissedDouble] = []

  private let caller: Int64
  private let hand: Hand
  private let today: CivilDate
  private let persons: NaturalPersons
  private var nextPerson: Int64
  private var lastSerial: Int64
  private var lines: [OldEntry.Key: Int] = [:]
  private var brought: [Candidate] = []

  /// Begins a list.
  ///
  /// - Parameters:
  ///   - lastSerial: The last serial of adopted certificates that was given out or burned.
  ///   - persons: Which numbers are one natural person's.
  package init(
    by caller: Int64, as hand: Hand, on today: CivilDate, nextPerson: Int64, lastSerial: Int64,
    persons: NaturalPersons = .apart
  ) {
    self.persons = persons
    self.caller = caller
    self.hand = hand
    self.today = today
    self.nextPerson = nextPerson
    self.lastSerial = lastSerial
  }

  /// Grants a row, or says what speaks against it: ``Reason/twiceInFile``, ``Reason/numberTaken``
  /// as ``Identity/person(_:)``, ``Reason/actsOnHimself`` and
  /// ``Reason/decidesHimself``, ``Reason/decidesOwnTrainee`` and
  /// ``Reason/decidesOwnCandidate``, ``Reason/serialsExhausted``. A warning is
  /// ``Reason/adoptedUnidentified``.
  package mutating func add(_ row: AdoptCertificates.Row, _ facts: Facts) -> Outcome {
    var outcome = Outcome(row: RowOutcome(.refused), names: row.holder.names, holder: "")
    var refusals: [Refusal] = []
    let ownNumber = row.entry.ownNumber
    if let first = self.lines[row.entry.key] {
      refusals.append(
        Refusal(.twiceInFile, column: "own_number", value: ownNumber, ["line": "\(first)"]))
    } else {
      self.lines[row.entry.key] = row.line
    }
    if let taken = facts.taken {
      refusals.append(
        Refusal(
          .numberTaken, column: "own_number", value: ownNumber,
          ["year": "\(row.entry.key.year)", "number": taken.text]))
    }
    let identity = Identity(of: row.holder, among: facts.candidates + self.brought)
    let holder: Candidate?
    do throws(Refusal) {
      holder = try identity.person(row.distinct, takesUnidentified: true)
    } catch {
      outcome.row = RowOutcome(.refused, refusals + [error], isDoubt: true)
      return outcome
    }
    outcome.holder = holder?.shown ?? ""
    outcome.names = row.holder.names.filled(from: holder?.person.names)
    outcome.row.person = holder?.line == nil ? holder?.person.id : nil
    if let id = outcome.row.person,
      let bar = self.hand.bar(
        self.caller, to: id, facts.hands[id], on: self.today, self.persons)
    {
      refusals.append(Refusal(bar, ["who": PersonNumber.text(id)]))
    }
    let number = CertificateNumber(adopted: self.lastSerial + 1)
    if number == nil {
      refusals.append(Refusal(.serialsExhausted, ["year": "\(CertificateNumber.adoptedYear)"]))
    }
    outcome.row.findings = refusals
    guard refusals.isEmpty, let number else { return outcome }
    outcome.row.verdict = .added
    outcome.row.findings = Self.warnings(row, identity, holder)
    self.grant(row, holder, identity, number, outcome.names)
    return outcome
  }

  private static func warnings(
    _ row: AdoptCertificates.Row, _ identity: Identity, _ holder: Candidate?
  ) -> [Refusal] {
    if row.holder.identifiers.isEmpty { return [Refusal(.adoptedUnidentified, column: "iin")] }
    return (holder == nil ? [] : identity.notTaken).map {
      Refusal(.identifierNotTaken, column: $0.column, value: $0.number)
    }
  }

  private mutating func grant(
    _ row: AdoptCertificates.Row, _ holder: Candidate?, _ identity: Identity,
    _ number: CertificateNumber, _ names: Names
  ) {
    let id = holder?.person.id ?? self.nextPerson
    if holder == nil {
      var person = row.holder
      person.id = id
      self.nextPerson += 1
      self.people.append(person)
      self.dismissed += row.distinct.dismissed(identity.doubles, by: id)
      self.brought.append(Candidate(person, isKnownHere: true, line: row.line))
    }
    self.lastSerial += 1
    self.grants.append(Grant(number: number, holder: id, names: names, entry: row.entry))
  }
}

extension Names {
  /// These names, in scripts that they lack those of `other`.
  fileprivate func filled(from other: Names?) -> Names {
    Names(
      kk: self.kk ?? other?.kk, ru: self.ru ?? other?.ru, latin: self.latin ?? other?.latin)
  }
}
