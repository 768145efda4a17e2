import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Certificates from before this registry: adopted by two persons, and verified by what stands on the
/// paper.
extension CertificateService {
  @Sendable static func adopt(
    _ caller: Caller, _ request: BitimV1.AdoptCertificatesRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.AdoptCertificatesResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    try AdoptCertificates.check(count: request.rows.count)
    var list = WholeList(
      method: BitimV1.CertificateService.adoptCertificates.descriptor,
      validateOnly: request.validateOnly,
      living: try transaction.state.living())
    var act = AdoptCertificates()
    var adoption = try Adoption(by: caller, as: .registrar, transaction.state)
    let issuer = try transaction.state.issuer()
    var doubts: [Refusal] = []
    for message in request.rows {
      let intake = AdoptionIntake(message, on: caller.today)
      guard let row = intake.row else {
        list.take(RowOutcome(.refused, intake.refusals), line: message.line)
        continue
      }
      act.rows.append(row)
      var decided = adoption.add(row, try row.facts(issuer, transaction.state)).row
      if decided.isDoubt { doubts += decided.findings }
      decided.findings += intake.warnings
      list.take(decided, line: message.line)
    }
    var response = BitimV1.AdoptCertificatesResponse()
    response.rows = list.outcomes
    guard !list.isRefused else {
      _ = try list.settle([], heldOn: caller.today, caller, transaction)
      // Whoever asks who somebody is leaves a trace, dry run or not.
      if request.validateOnly,
        let kept = Services.journal(
          doubts, method: list.method, by: caller, people: list.refusedPeople)
      {
        try transaction.record(kept, by: caller.actor, heldOn: caller.today)
      }
      return response
    }
    let shown = try BitimV1.AdoptionShown(act, transaction.state)
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.adoptCertificates(act).propose(
      .adoption(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What an adoption comes to as things stand, in the hand of whoever approves.
  ///
  /// - Throws: ``Refusal`` of the first row that is refused.
  static func decision(
    _ act: AdoptCertificates, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> Decision {
    var adoption = try Adoption(by: caller, as: .certifier, state)
    let issuer = try state.issuer()
    for row in act.rows {
      let outcome = adoption.add(row, try row.facts(issuer, state, withHands: true))
      if outcome.row.verdict == .refused, let first = outcome.row.findings.first { throw first }
    }
    let programmes = try state.programmes()
    let certificates = adoption.grants.map { grant in
      grant.certificate(sheet: BitimV1.Sheet(grant, by: issuer, programmes).encoded)
    }
    return Decision(
      .certificatesAdopted(
        .init(
          issuerID: issuer.id, people: adoption.people, dismissed: adoption.dismissed,
          certificates: certificates)), takesTwo: true)
  }

  /// Verifies a paper from before this registry: by anyone, and to everyone the same. Whatever of
  /// the three does not fit, one look-up finds nothing and says nothing else.
  @Sendable static func verifyAdopted(
    _ caller: Caller, _ request: BitimV1.VerifyAdoptedRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.VerifyCertificateResponse {
    let paper = try OldPaper(
      reading: request.ownNumber.normal, issuedOn: request.issuedOn,
      surname: request.surname.normal)
    let day = try CivilDate(typedIfThere: request.asOf, column: "as_of") ?? caller.today
    var response = BitimV1.VerifyCertificateResponse()
    response.asOf = .init(caller.now)
    response.clockDoubtful = caller.isClockDoubtful
    guard let number = try state.adopted(paper) else {
      response.verdict = .unknown
      return response
    }
    let certificate = try Self.certificate(number, state)
    let isValid = certificate.life.standing(on: day) == .valid
    response.verdict = isValid ? .valid : .notValid
    response.status = .init(certificate.life, on: day, to: .anyone)
    response.sheet = try BitimV1.Sheet(decoding: certificate.sheet)
    return response
  }
}

extension Adoption {
  /// Begins a list of `caller`.
  fileprivate init(by caller: Caller, as hand: Hand, _ state: borrowing Snapshot) throws {
    try self.init(by: caller.personID, as: hand, on: caller.today, state)
  }

  fileprivate init(
    by caller: Int64, as hand: Hand, on today: CivilDate, _ state: borrowing Snapshot
  ) throws {
    self.init(
      by: caller, as: hand, on: today, nextPerson: try state.nextPersonID(),
      lastSerial: try state.lastSerial(year: CertificateNumber.adoptedYear),
      persons: try state.persons())
  }
}

extension AdoptionIntake {
  /// Reads a row as it came.
  fileprivate init(_ message: BitimV1.AdoptionRow, on today: CivilDate) {
    let entry = message.entry ?? .init()
    self.init(
      line: Int(message.line),
      OldEntryForm(
        ownNumber: entry.ownNumber.normal, book: entry.book.normal, page: entry.page.normal,
        issuedOn: message.issuedOn, programme: Int(message.programme),
        attestation: entry.attestation.rawValue),
      holder: PersonForm(message.holder ?? .init()), distinctFrom: message.distinctFrom,
      evidence: message.distinctEvidence.normal, on: today)
  }
}

extension AdoptCertificates.Row {
  /// What the rules ask of it.
  fileprivate func facts(
    _ issuer: Organisation, _ state: borrowing Snapshot, withHands: Bool = false
  ) throws -> Adoption.Facts {
    var facts = Adoption.Facts(
      candidates: [], taken: try state.adopted(self.entry.key, by: issuer.id), hands: [:])
    for id in try state.people(withTraits: self.holder.traits) {
      guard let file = try state.person(id) else { continue }
      // The School knows everybody.
      facts.candidates.append(
        file.candidate(isKnownHere: true, first: try state.persons().first(of: id)))
      guard withHands else { continue }
      facts.hands[id] = try .init(of: id, in: 0, state)
    }
    return facts
  }
}

extension Snapshot {
  /// Who issued what is adopted: the School, before this registry.
  fileprivate func issuer() throws -> Organisation {
    guard let school = try self.school() else {
      throw StoreFailure.corrupt("organisation: there is no School")
    }
    return school
  }
}

extension BitimV1.AdoptionShown {
  /// What is shown of a list, as things stand.
  init(_ act: AdoptCertificates, _ state: borrowing Snapshot) throws {
    self.init()
    // Whoever looks: what speaks against a caller is said to the caller alone. The day is asked by what
    // does alone.
    var adoption = try Adoption(
      by: 0, as: .registrar, on: CivilDate(dayNumber: 0), state)
    let issuer = try state.issuer()
    for row in act.rows {
      let outcome = adoption.add(row, try row.facts(issuer, state))
      var line = BitimV1.AdoptionLine()
      line.row = .init(row)
      line.names = .init(outcome.names)
      line.displayId = outcome.holder
      line.findings = outcome.row.findings.map { BitimV1.Finding($0) }
      self.lines.append(line)
    }
  }
}

extension BitimV1.AdoptionRow {
  /// A row as it was read.
  fileprivate init(_ row: AdoptCertificates.Row) {
    self.init()
    self.line = Int32(row.line)
    self.holder = .init(row.holder)
    self.issuedOn = row.entry.issuedOn.iso
    self.programme = Int32(row.entry.programme)
    self.entry = .init(row.entry)
    self.distinctFrom =
      row.distinct.people.sorted().map { PersonNumber.text($0) }
      + row.distinct.lines.sorted().map { "#\($0)" }
    self.distinctEvidence = row.distinct.evidence
  }
}

extension BitimV1.OldEntry {
  /// What an old register says, as it is answered.
  fileprivate init(_ entry: OldEntry) {
    self.init()
    self.ownNumber = entry.ownNumber
    self.book = entry.book
    self.page = entry.page
    self.attestation = .init(entry.attestation)
  }
}

extension BitimV1.Sheet {
  /// What an adopted certificate says: what the old register does, and nothing that it does not.
  fileprivate init(
    _ grant: Adoption.Grant, by issuer: Organisation, _ programmes: [Trilingual]
  ) {
    self.init()
    self.number = grant.number.text
    self.kind = .adopted
    self.holder = .init(grant.names)
    self.programme = Int32(grant.entry.programme)
    self.title = .init(programmes[grant.entry.programme - 1])
    self.issuedOn = grant.entry.issuedOn.iso
    self.validFrom = grant.entry.issuedOn.iso
    self.issuer = .init(issuer.name(on: grant.entry.issuedOn))
    self.entry = .init(grant.entry)
  }
}
