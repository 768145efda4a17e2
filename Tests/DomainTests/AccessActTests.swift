@testable import BitimDomain
import Testing

@Suite("Giving a role (R-029)")
struct GrantRoleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let role: Role
    var administrator: Int64 = 1
    var isSchool = true
    var everywhere: Set<Role> = []
    var there: Set<Role> = []
    let refusal: Refusal?
    var testDescription: String { self.name }
  }

  private static func incompatible(_ role: Role) -> Refusal {
    Refusal(.rolesIncompatible, column: "role", value: role.rawValue)
  }
  private static func schoolOnly(_ role: Role) -> Refusal {
    Refusal(.roleOnlyAtSchool, column: "role", value: role.rawValue)
  }

  private static let cases: [Case] =
    [Role.administrator, .registrar, .trainer, .examiner, .certifier, .auditor, .arbiter].map {
      Case(name: "\($0) at the School", role: $0, refusal: nil)
    }
    + [Role.registrar, .trainer, .examiner].map {
      Case(name: "\($0) at a centre", role: $0, isSchool: false, refusal: nil)
    }
    + [Role.administrator, .certifier, .auditor, .arbiter].map {
      Case(
        name: "\($0) at a centre", role: $0, isSchool: false, refusal: Self.schoolOnly($0))
    }
    + [Role.trainer, .examiner, .certifier, .arbiter].flatMap { role in
      [
        Case(
          name: "\(role) to an administrator", role: role, everywhere: [.administrator],
          refusal: Self.incompatible(role)),
        Case(
          name: "administrator to a \(role)", role: .administrator, everywhere: [role],
          refusal: Self.incompatible(.administrator)),
      ]
    } + [
      Case(
        name: "registrar to an administrator", role: .registrar, everywhere: [.administrator],
        refusal: nil),
      Case(
        name: "administrator to a registrar", role: .administrator, everywhere: [.registrar],
        refusal: nil),
      Case(
        name: "examiner to a trainer", role: .examiner, everywhere: [.trainer], refusal: nil),
      Case(
        name: "verifier, which is a partner's", role: .verifier,
        refusal: Refusal(.notInList, column: "role")),
      Case(
        name: "invited, which is of a session's token (R-605)", role: .invited,
        refusal: Refusal(.notInList, column: "role")),
      Case(
        name: "appointed, which is of a case's token (R-631)", role: .appointed,
        refusal: Refusal(.notInList, column: "role")),
      Case(
        name: "what is given there already", role: .registrar, everywhere: [.registrar],
        there: [.registrar],
        refusal: Refusal(.alreadyThere, column: "role", value: "registrar")),
      Case(
        name: "what is given elsewhere", role: .registrar, everywhere: [.registrar],
        refusal: nil),
      Case(
        name: "to oneself (R-021)", role: .registrar, administrator: 7,
        refusal: Refusal(.actsOnHimself, column: "person")),
    ]

  @Test("gives what goes with the rest", arguments: Self.cases)
  func decided(_ given: Case) {
    let facts = GrantRole.Facts(
      isSchool: given.isSchool, everywhere: given.everywhere, there: given.there)
    let decided = Result { () throws(Refusal) in
      try GrantRole(given.role, to: 7, in: 2).decided(facts, by: given.administrator)
    }
    let deed = Deed.roleGranted(.init(personID: 7, role: given.role, organisationID: 2))
    #expect(decided == given.refusal.map { .failure($0) } ?? .success(deed))
  }
}

@Suite("Taking a role away (R-029)")
struct WithdrawRoleTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var role: Role = .registrar
    var administrator: Int64 = 1
    var there: Set<Role> = [.registrar, .administrator]
    var administrators = 2
    let refusal: Refusal?
    var testDescription: String { self.name }
  }

  private static let cases: [Case] = [
    Case(name: "with the tokens that carry it", refusal: nil),
    Case(
      name: "that was never given", role: .trainer,
      refusal: Refusal(.roleUnknown, column: "role", value: "trainer")),
    Case(name: "of the last administrator but one", role: .administrator, refusal: nil),
    Case(
      name: "of the last administrator", role: .administrator, administrators: 1,
      refusal: Refusal(.lastAdministrator, column: "role")),
    Case(name: "another one of the last administrator", administrators: 1, refusal: nil),
    Case(
      name: "from oneself (R-021)", administrator: 7,
      refusal: Refusal(.actsOnHimself, column: "person")),
  ]

  @Test("ends what stands", arguments: Self.cases)
  func decided(_ given: Case) {
    let facts = WithdrawRole.Facts(
      there: given.there, administrators: given.administrators, tokenIDs: [4, 9])
    let decided = Result { () throws(Refusal) in
      try WithdrawRole(given.role, from: 7, in: 2).decided(facts, by: given.administrator)
    }
    let deed = Deed.roleWithdrawn(
      .init(personID: 7, role: given.role, organisationID: 2, tokenIDs: [4, 9]))
    #expect(decided == given.refusal.map { .failure($0) } ?? .success(deed))
  }
}

@Suite("Making a token")
struct CreateTokenTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var person: Int64 = 7
    var roles: [Role] = [.registrar]
    var days = 30
    var session: Int64 = 0
    var isInvited = false
    var isAgreed = false
    let refusal: Refusal?
    var testDescription: String { self.name }
  }

  private static func range(_ days: Int) -> Refusal {
    Refusal(.outOfRange, column: "days", value: "\(days)", ["low": "1", "high": "400"])
  }
  private static func ungranted(_ role: Role) -> Refusal {
    Refusal(.roleNotGranted, column: "role", value: role.rawValue)
  }

  private static let cases: [Case] = [
    Case(name: "with what the person has", roles: [.registrar, .trainer], refusal: nil),
    Case(name: "for one day", days: 1, refusal: nil),
    Case(name: "for no day", days: 0, refusal: Self.range(0)),
    Case(name: "for 400 days", days: 400, refusal: nil),
    Case(name: "for 401 days", days: 401, refusal: Self.range(401)),
    Case(name: "without a role", roles: [], refusal: Refusal(.missing, column: "role")),
    Case(
      name: "with what the person lacks", roles: [.registrar, .examiner],
      refusal: Self.ungranted(.examiner)),
    Case(
      name: "R-206: of a partner, who verifies", person: 0, roles: [.verifier], isAgreed: true,
      refusal: nil),
    Case(
      name: "R-206: of a partner without an agreement", person: 0, roles: [.verifier],
      refusal: Refusal(.agreementMissing)),
    Case(
      name: "of a partner with another role", person: 0, roles: [.registrar], isAgreed: true,
      refusal: Self.ungranted(.registrar)),
    Case(
      name: "of a person who would verify", roles: [.verifier],
      refusal: Self.ungranted(.verifier)),
    Case(
      name: "R-605: of who is invited to a session", roles: [.invited], session: 14,
      isInvited: true, refusal: nil),
    Case(
      name: "R-605: of who is not", roles: [.invited], session: 14,
      refusal: Self.ungranted(.invited)),
    Case(
      name: "R-605: of who is invited, without a session", roles: [.invited], isInvited: true,
      refusal: Self.ungranted(.invited)),
    Case(
      name: "R-605: of who is invited, with what the person has besides",
      roles: [.invited, .trainer], session: 14, isInvited: true,
      refusal: Self.ungranted(.trainer)),
    Case(
      name: "R-605: of a partner", person: 0, roles: [.verifier], session: 14, isAgreed: true,
      refusal: Self.ungranted(.verifier)),
  ]

  @Test("carries what was given, for a time", arguments: Self.cases)
  func decided(_ given: Case) {
    let act = CreateToken(
      for: given.person, in: 2, named: "кеңсе", carrying: given.roles, days: given.days,
      at: given.session)
    let decided = Result { () throws(Refusal) in
      try act.decided(
        .init(
          granted: [.registrar, .trainer], isInvited: given.isInvited, isAgreed: given.isAgreed,
          nextID: 4),
        hash: [1, 2],
        at: Instant(unixMilliseconds: 1_000))
    }
    let deed = Deed.tokenCreated(
      .init(
        id: 4, personID: given.person, organisationID: 2, hash: [1, 2], name: "кеңсе",
        roles: given.roles,
        expiresAt: Instant(unixMilliseconds: 1_000 + Int64(given.days) * 86_400_000),
        sessionID: given.session))
    #expect(decided == given.refusal.map { .failure($0) } ?? .success(deed))
  }
}
