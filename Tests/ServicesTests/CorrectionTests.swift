import BitimClient
import BitimDomain
import BitimProtocol
import BitimStore
import BitimTestSupport
import Testing

@Suite("Correcting what is known of people, through the services (R-113 to R-116)")
struct CorrectionTests {
  private static let iin = "991231000014"

  /// A School whose cohort P1-ALA-01 has Ахметова Әйгерім, and centres that train.
  private struct Setting {
    let school: TestSchool
    let cohort: TestCohort
    /// A registrar of ALA-01, which trains her.
    let own: PersonServiceClient
    /// A registrar of the School.
    let registrar: PersonServiceClient
    let herID: Int64

    init() async throws {
      self.school = try TestSchool()
      self.cohort = try await TestCohort(self.school)
      #expect(try await self.cohort.enrol([TestCohort.row(2, iin: CorrectionTests.iin)]).recorded)
      self.own = PersonServiceClient(
        try await self.school.client(
          self.school.person("Ospan", "Yerlan"), [.registrar], in: "ALA-01"))
      self.registrar = PersonServiceClient(self.cohort.registrar)
      self.herID = try await Self.id(CorrectionTests.iin, self.registrar)
    }

    static func id(_ query: String, _ people: PersonServiceClient) async throws -> Int64 {
      var find = BitimV1.FindPeopleRequest()
      find.purpose = .enrolment
      find.query = query
      return try #require(try await people.findPeople(find).people.first).id
    }

    /// Her as she is known.
    func her() async throws -> BitimV1.Person {
      var get = BitimV1.GetPersonRequest()
      get.purpose = .enrolment
      get.personId = self.herID
      return try #require(try await self.registrar.getPerson(get).person)
    }

    /// Her row for another cohort, by other identifiers.
    func row(_ identifiers: [BitimV1.Identifier], _ cohort: String) -> BitimV1.IntakeRow {
      var row = TestCohort.row(2, iin: CorrectionTests.iin, cohort: cohort)
      row.person?.identifiers = identifiers
      return row
    }

    func addition(_ identifier: BitimV1.Identifier, to person: Int64? = nil)
      -> BitimV1.AddIdentifierRequest
    {
      var request = BitimV1.AddIdentifierRequest()
      request.personId = person ?? self.herID
      request.identifier = identifier
      request.reason = .documentRenewed
      request.evidence = CorrectionTests.evidence
      return request
    }

    func correction(
      _ wrong: BitimV1.Identifier, to right: BitimV1.Identifier?
    ) -> BitimV1.CorrectIdentifierRequest {
      var request = BitimV1.CorrectIdentifierRequest()
      request.personId = self.herID
      request.wrong = wrong
      request.right = right
      request.reason = .typingError
      request.evidence = CorrectionTests.evidence
      return request
    }

    func end() throws {
      #expect(try self.school.check().problems == [])
      self.school.close()
    }
  }

  fileprivate static var evidence: BitimV1.Evidence {
    var evidence = BitimV1.Evidence()
    evidence.document = "жеке куәлік"
    evidence.number = "045123456"
    evidence.seenBy = "Әбілова Сәуле"
    evidence.seenOn = "2026-11-20"
    return evidence
  }

  private static func iin(_ number: String) -> BitimV1.Identifier {
    var identifier = BitimV1.Identifier()
    identifier.kind = .iin
    identifier.number = number
    identifier.country = "KAZ"
    return identifier
  }

  private static func passport(_ number: String) -> BitimV1.Identifier {
    var identifier = BitimV1.Identifier()
    identifier.kind = .document
    identifier.number = number
    identifier.country = "KAZ"
    identifier.documentType = "passport"
    return identifier
  }

  @Test("who comes with a new passport is possibly a double, until it is added to her (R-109)")
  func newPassport() async throws {
    let setting = try await Setting()
    var open = BitimV1.OpenCohortRequest()
    open.cohort = TestCohort.cohort("P2-ALA-01")
    open.cohort?.programme = 2
    _ = try await CohortServiceClient(setting.cohort.registrar).openCohort(open)
    let row = setting.row([Self.passport("N12345678")], "P1-ALA-01")
    let before = try await setting.cohort.enrol([row], validateOnly: true).rows
    #expect(before.flatMap(\.findings).map(\.reason) == ["POSSIBLE_DOUBLE"])
    let added = try await setting.own.addIdentifier(setting.addition(Self.passport("n 12345678")))
    #expect(added.proposal == 0)
    #expect(added.person?.identifiers == [Self.iin(Self.iin), Self.passport("N12345678")])
    #expect(try await setting.her() == added.person)
    let after = try await setting.cohort.enrol([row], validateOnly: true).rows
    #expect(after.map(\.verdict) == [.unchanged])
    #expect(after.map(\.personId) == [setting.herID])
    // By a number near the added one she is found as well.
    var near = row
    near.person?.names = .latin("Smith", "John")
    near.person?.identifiers = [Self.passport("N12345679")]
    let mistyped = try await setting.cohort.enrol([near], validateOnly: true).rows
    #expect(mistyped.flatMap(\.findings).map(\.reason) == ["POSSIBLE_DOUBLE"])
    try setting.end()
  }

  @Test("a number that ended finds her still, and is nobody else's; it is told with its last day")
  func ended() async throws {
    let setting = try await Setting()
    _ = try await setting.own.addIdentifier(setting.addition(Self.passport("N12345678")))
    var end = BitimV1.EndIdentifierRequest()
    end.personId = setting.herID
    end.identifier = Self.passport("N12345678")
    end.lastDay = "2026-11-01"
    end.reason = .documentLost
    end.evidence = Self.evidence
    let asked = end
    let person = try #require(try await setting.own.endIdentifier(asked).person)
    var ended = BitimV1.EndedIdentifier()
    ended.identifier = Self.passport("N12345678")
    ended.lastDay = "2026-11-01"
    #expect(person.identifiers == [Self.iin(Self.iin)])
    #expect(person.endedIdentifiers == [ended])
    await expectRefused(["IDENTIFIER_UNKNOWN"], .notFound) {
      _ = try await setting.own.endIdentifier(asked)
    }
    let row = setting.row([Self.passport("N12345678")], "P1-ALA-01")
    let rows = try await setting.cohort.enrol([row], validateOnly: true).rows
    #expect(rows.map(\.personId) == [setting.herID])
    await expectRefused(["IDENTIFIER_TAKEN"], .alreadyExists) {
      // The examiner has a role, and so two persons would have to; the rule is asked before that.
      _ = try await setting.registrar.addIdentifier(
        setting.addition(Self.passport("N12345678"), to: setting.cohort.examinerID))
    }
    // Found again, it stands again; without a day it ends today.
    _ = try await setting.own.addIdentifier(setting.addition(Self.passport("N12345678")))
    #expect(try await setting.her().endedIdentifiers == [])
    end.lastDay = ""
    _ = try await setting.own.endIdentifier(end)
    #expect(try await setting.her().endedIdentifiers.map(\.lastDay) == ["2026-11-22"])
    try setting.end()
  }

  @Test("a number in error goes to its true owner (R-115)")
  func trueOwner() async throws {
    let setting = try await Setting()
    let other = TestCohort.row(3, iin: "880706400016")
    #expect(try await setting.cohort.enrol([other]).recorded)
    let owner = try await Setting.id("880706400016", setting.registrar)
    _ = try await setting.own.addIdentifier(setting.addition(Self.passport("N12345678")))
    let taken = setting.addition(Self.passport("N12345678"), to: owner)
    await expectRefused(["IDENTIFIER_TAKEN"], .alreadyExists) {
      _ = try await setting.own.addIdentifier(taken)
    }
    let corrected = try await setting.own.correctIdentifier(
      setting.correction(Self.passport("N12345678"), to: Self.passport("N87654321")))
    #expect(
      corrected.person?.identifiers == [Self.iin(Self.iin), Self.passport("N87654321")])
    #expect(corrected.person?.endedIdentifiers == [])
    #expect(
      try await setting.own.addIdentifier(taken).person?.identifiers
        == [Self.iin("880706400016"), Self.passport("N12345678")])
    // what is left is not taken away.
    _ = try await setting.own.correctIdentifier(
      setting.correction(Self.passport("N87654321"), to: nil))
    await expectRefused(["IDENTIFIER_MISSING"], .invalidArgument) {
      _ = try await setting.own.correctIdentifier(
        setting.correction(Self.iin(Self.iin), to: nil))
    }
    try setting.end()
  }

  @Test("a number that had ended may be an error, too, and goes to its true owner (R-115)")
  func endedInError() async throws {
    let setting = try await Setting()
    #expect(try await setting.cohort.enrol([TestCohort.row(3, iin: "880706400016")]).recorded)
    let owner = try await Setting.id("880706400016", setting.registrar)
    // Ended and added again: whatever was known of it is an error.
    let passport = Self.passport("N12345678")
    for _ in 0..<2 {
      _ = try await setting.own.addIdentifier(setting.addition(passport))
      var end = BitimV1.EndIdentifierRequest()
      end.personId = setting.herID
      end.identifier = passport
      end.reason = .documentLost
      end.evidence = Self.evidence
      _ = try await setting.own.endIdentifier(end)
    }
    let person = try await setting.own.correctIdentifier(
      setting.correction(passport, to: nil)
    ).person
    #expect(person?.identifiers == [Self.iin(Self.iin)])
    #expect(person?.endedIdentifiers == [])
    await expectRefused(["IDENTIFIER_UNKNOWN"], .notFound) {
      _ = try await setting.own.correctIdentifier(setting.correction(passport, to: nil))
    }
    let added = try await setting.own.addIdentifier(setting.addition(passport, to: owner))
    #expect(added.person?.identifiers == [Self.iin("880706400016"), passport])
    try setting.end()
  }

  @Test(
    "a number near somebody's is told apart with evidence, and is so in the list of doubles (R-112)"
  )
  func near() async throws {
    let setting = try await Setting()
    var other = TestCohort.row(3, iin: "880706400016")
    other.person?.birthDate = TestCohort.row(2, iin: Self.iin).person?.birthDate ?? ""
    other.person?.identifiers = [Self.passport("N12345678")]
    #expect(try await setting.cohort.enrol([other]).recorded)
    let given = other.person?.names?.latin?.given ?? ""
    let otherID = try await Setting.id(given, setting.registrar)
    var addition = setting.addition(Self.passport("N12345679"))
    let bare = addition
    await expectRefused(["POSSIBLE_DOUBLE"], .failedPrecondition) {
      _ = try await setting.own.addIdentifier(bare)
    }
    addition.distinctFrom = [PersonNumber.text(otherID)]
    addition.distinctEvidence = "екі паспорт көрдім"
    _ = try await setting.own.addIdentifier(addition)
    #expect(try await setting.registrar.listDoubles(.init()).doubles == [])
    // Another birth date of hers is something else again.
    var correction = BitimV1.CorrectPersonRequest()
    correction.personId = setting.herID
    correction.education = .secondary
    correction.reason = .typingError
    correction.evidence = Self.evidence
    _ = try await setting.own.correctPerson(correction)
    #expect(
      try await setting.registrar.listDoubles(.init()).doubles.map(\.otherId) == [otherID])
    try setting.end()
  }

  @Test("R-116: what is not issued follows a corrected birth date, and rows mean her by that alone")
  func birthDate() async throws {
    let setting = try await Setting()
    try await setting.cohort.allHours()
    try await setting.cohort.session("S-001")
    _ = try await setting.cohort.result(Self.iin, [80, 75, 90], in: "S-001")
    _ = try await setting.cohort.confirm("S-001")
    var correction = BitimV1.CorrectPersonRequest()
    correction.personId = setting.herID
    // 24 years old on 2 February 2026 is who was born up to 2 February 2002.
    correction.birthDate = "2002-02-03"
    correction.reason = .typingError
    correction.evidence = Self.evidence
    let young = correction
    let person = try await setting.own.correctPerson(young).person
    #expect(person?.birthDate == "2002-02-03")
    #expect(person?.education == .higher)
    await expectRefused(["NOTHING_CHANGED"], .failedPrecondition) {
      _ = try await setting.own.correctPerson(young)
    }
    var why = BitimV1.ExplainEligibilityRequest()
    why.personId = setting.herID
    why.target = .init()
    why.target?.kind = .programme
    why.target?.programme = 1
    let certificates = CertificateServiceClient(setting.cohort.registrar)
    func unmet() async throws -> [String] {
      try await certificates.explainEligibility(why).rules.filter { !$0.isMet }.map(\.rule)
    }
    #expect(try await unmet() == ["AGE"])
    let row = TestCohort.row(2, iin: Self.iin)
    let rows = try await setting.cohort.enrol([row], validateOnly: true).rows
    #expect(rows.flatMap(\.findings).map(\.reason) == ["OTHER_BIRTH_DATE"])
    // By the corrected one she is found without an identifier of hers.
    var newcomer = row
    newcomer.person?.birthDate = "2002-02-03"
    newcomer.person?.identifiers = [Self.passport("N12345678")]
    let alike = try await setting.cohort.enrol([newcomer], validateOnly: true).rows
    #expect(alike.flatMap(\.findings).map(\.reason).contains("POSSIBLE_DOUBLE"))
    correction.birthDate = "1991-12-30"
    correction.education = .higher
    _ = try await setting.own.correctPerson(correction)
    #expect(try await unmet() == [])
    try setting.end()
  }

  @Test("R-113: names begin on a day, and former ones are told with their last")
  func names() async throws {
    let setting = try await Setting()
    var rename = BitimV1.RenamePersonRequest()
    rename.personId = setting.herID
    rename.names = .latin("Abilova", "Aigerim")
    rename.reason = "неке"
    rename.from = "2026-06-01"
    let first = try await setting.own.renamePerson(rename).person
    var maiden = try #require(TestCohort.row(2, iin: Self.iin).person?.names)
    maiden.lastDay = "2026-05-31"
    #expect(first?.names == rename.names)
    #expect(first?.formerNames == [maiden])
    // The next begin no earlier; unsaid they begin today, which is 22 November.
    rename.names = .latin("Serikova", "Aigerim")
    rename.from = "2026-05-31"
    let early = rename
    await expectRefused(["VALUE_OUT_OF_RANGE"], .invalidArgument) {
      _ = try await setting.own.renamePerson(early)
    }
    rename.from = ""
    let second = try await setting.own.renamePerson(rename).person
    var married = BitimV1.Names.latin("Abilova", "Aigerim")
    married.lastDay = "2026-11-21"
    #expect(second?.formerNames == [maiden, married])
    try setting.end()
  }

  @Test("R-114, R-116: of who is certified two persons do it, and what is issued stays as it is")
  func twoPersons() async throws {
    let school = try TestSchool()
    defer { school.close() }
    let cohort = try await TestCohort(school)
    let issued = try await cohort.certified()
    let person = try #require(issued.person).id
    let registrar = PersonServiceClient(cohort.registrar)
    var get = BitimV1.GetCertificateRequest()
    get.number = issued.number
    let certifier = CertificateServiceClient(cohort.certifier)
    let sheet = try await certifier.getCertificate(get)
    var addition = BitimV1.AddIdentifierRequest()
    addition.personId = person
    addition.identifier = Self.passport("N12345678")
    addition.reason = .documentRenewed
    addition.evidence = Self.evidence
    var correction = BitimV1.CorrectPersonRequest()
    correction.personId = person
    correction.birthDate = "1991-12-30"
    correction.reason = .typingError
    correction.evidence = Self.evidence
    var end = BitimV1.EndIdentifierRequest()
    end.personId = person
    end.identifier = Self.iin(Self.iin)
    end.reason = .court
    end.evidence = Self.evidence
    var error = BitimV1.CorrectIdentifierRequest()
    error.personId = person
    error.wrong = Self.iin(Self.iin)
    error.right = Self.iin("991231000024")
    error.distinctFrom = [PersonNumber.text(cohort.examinerID)]
    error.distinctEvidence = "екі куәлік"
    error.reason = .typingError
    error.evidence = Self.evidence
    let own = PersonServiceClient(
      try await school.client(school.person("Ospan", "Yerlan"), [.registrar], in: "ALA-01"))
    let atCentre = addition
    await expectRefused(["CORRECTION_AT_SCHOOL"], .permissionDenied) {
      _ = try await own.addIdentifier(atCentre)
    }
    #expect(try await registrar.addIdentifier(addition).proposal != 0)
    #expect(try await registrar.correctPerson(correction).proposal != 0)
    #expect(try await registrar.endIdentifier(end).proposal != 0)
    let unchanged = try await registrar.correctIdentifier(error)
    #expect(unchanged.proposal != 0)
    #expect(unchanged.person?.identifiers == [Self.iin(Self.iin)])

    let proposals = ProposalServiceClient(cohort.certifier)
    let waiting = try await proposals.listProposals(.init()).proposals
    #expect(
      waiting.map(\.kind) == [
        .addIdentifier, .correctPerson, .endIdentifier, .correctIdentifier,
      ])
    #expect(
      waiting.map(\.shown) == Self.shown(of: person, cohort.examinerID))
    #expect(Set(waiting.map(\.shownDigest)).count == 4)
    for proposal in waiting.reversed() {
      var approval = BitimV1.ApproveRequest()
      approval.act = proposal.act
      approval.shownDigest = proposal.shownDigest
      let asked = approval
      if proposal.kind == .endIdentifier {
        // It was called an error meanwhile.
        await expectRefused(["IDENTIFIER_UNKNOWN"], .notFound) {
          _ = try await proposals.approve(asked)
        }
      } else {
        #expect(proposal.obstacle == "")
        _ = try await proposals.approve(asked)
      }
    }
    var file = BitimV1.GetPersonRequest()
    file.purpose = .enrolment
    file.personId = person
    let now = try #require(try await registrar.getPerson(file).person)
    #expect(now.birthDate == "1991-12-30")
    #expect(now.identifiers == [Self.iin("991231000024"), Self.passport("N12345678")])
    #expect(now.endedIdentifiers == [])
    let after = try await certifier.getCertificate(get)
    #expect(after.sheet == sheet.sheet)
    #expect(after.status?.standing == .valid)
    #expect(try school.check().problems == [])
  }

  /// What is shown of the four proposals.
  private static func shown(of person: Int64, _ other: Int64) -> [BitimV1.Proposal.Shown] {
    let names = TestCohort.row(1, iin: Self.iin).person?.names
    func identifier(
      _ reason: BitimV1.CorrectionReason, _ change: (inout BitimV1.IdentifierShown) -> Void
    ) -> BitimV1.Proposal.Shown {
      var shown = BitimV1.IdentifierShown()
      shown.displayId = PersonNumber.text(person)
      shown.names = names
      shown.reason = reason
      shown.evidence = Self.evidence
      change(&shown)
      return .identifier(shown)
    }
    var corrected = BitimV1.PersonShown()
    corrected.displayId = PersonNumber.text(person)
    corrected.names = names
    corrected.birthDateBefore = "1991-12-31"
    corrected.birthDateAfter = "1991-12-30"
    corrected.educationBefore = .higher
    corrected.educationAfter = .higher
    corrected.reason = .typingError
    corrected.evidence = Self.evidence
    return [
      identifier(.documentRenewed) { $0.after = Self.passport("N12345678") },
      .person(corrected),
      identifier(.court) {
        $0.before = Self.iin(Self.iin)
        $0.lastDay = "2026-11-22"
      },
      identifier(.typingError) {
        $0.before = Self.iin(Self.iin)
        $0.after = Self.iin("991231000024")
        $0.distinctFrom = [PersonNumber.text(other)]
        $0.distinctEvidence = "екі куәлік"
      },
    ]
  }
}
