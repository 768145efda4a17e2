package import BitimDomain

/// What a token says of who shows it.
package struct TokenHolder: Equatable, Sendable {
  package let tokenID: Int64
  package let tokenName: String
  /// 0 for a partner's agreement.
  package let personID: Int64
  package let organisationID: Int64
  package let organisationCode: String
  /// Whether the organisation is the School, whose people act everywhere.
  package let isSchool: Bool
  /// What the token carries and the person still has.
  package let roles: Set<Role>
  package let expiresAt: Instant
  /// The session of which it is an invited examiner's; 0 for all others.
  package let sessionID: Int64
  /// Whether it is a guest's, invited to a session or appointed to a case: in force as long as that lasts.
  package let isGuest: Bool
  /// The agreements by which a partner's works; nil for all others.
  package let agreements: PartnerAgreements?
}

/// A role in force, as lists show it.
package struct RoleInForce: Equatable, Sendable {
  package let personID: Int64
  package let role: Role
  /// The organisation's code.
  package let organisation: String
  package let grantedAt: Instant
  /// Who gave it; 0 for the program itself.
  package let grantedBy: Int64
}

/// A token in force, as lists show it.
package struct TokenInForce: Equatable, Sendable {
  package let id: Int64
  package let name: String
  /// 0 for a partner's agreement.
  package let personID: Int64
  /// The organisation's code.
  package let organisation: String
  package fileprivate(set) var roles: [Role]
  package let createdAt: Instant
  package let expiresAt: Instant
  package let lastUsedAt: Instant?
  /// Who made it; 0 for the program itself.
  package let madeBy: Int64
  /// The code of the session of which it is an invited examiner's; empty for all others.
  package let session: String
}

/// Tokens and roles.
extension Snapshot {
  /// Whether a token with this hash was ever made, in force or not.
  package func hasToken(hash: [UInt8]) throws -> Bool {
    try self.database.first("SELECT 1 FROM token WHERE hash = ?1", [.blob(hash)]) { _ in true }
      ?? false
  }

  /// Who holds the token with this hash; nil if there is none, it is revoked, or the session or the
  /// case is over that it was for.
  package func tokenHolder(hash: [UInt8]) throws -> TokenHolder? {
    let row = try self.database.first(
      """
      SELECT t.id, t.name, t.person_id, o.id, o.code, o.kind, t.expires_at_ms, t.session_id
      FROM token t JOIN organisation o ON o.id = t.organisation_id
      WHERE t.hash = ?1 AND t.ended_seq IS NULL
      """,
      [.blob(hash)]
    ) {
      (
        id: $0.integer(0), name: $0.text(1), person: $0.optionalInteger(2) ?? 0,
        organisation: $0.integer(3), code: $0.text(4), kind: $0.text(5), expires: $0.integer(6),
        session: $0.optionalInteger(7) ?? 0
      )
    }
    guard let row else { return nil }
    if row.session != 0 {
      guard try self.isInvited(row.person, to: row.session, of: row.organisation) else {
        return nil
      }
      return TokenHolder(
        tokenID: row.id, tokenName: row.name, personID: row.person,
        organisationID: row.organisation, organisationCode: row.code,
        isSchool: row.kind == OrganisationKind.school.rawValue, roles: [.invited],
        expiresAt: Instant(unixMilliseconds: row.expires), sessionID: row.session, isGuest: true,
        agreements: nil)
    }
    // A partner's agreement carries what its token says; a person must have each role still.
    let roles: [Role] = try self.database.rows(
      """
      SELECT role FROM token_role r WHERE r.token_id = ?1 AND (?2 = 0 OR EXISTS (
        SELECT 1 FROM role_grant g WHERE g.person_id = ?2 AND g.role = r.role
        AND g.organisation_id = ?3 AND g.ended_seq IS NULL))
      """,
      [.integer(row.id), .integer(row.person), .integer(row.organisation)]
    ) { try $0.noun(0) }
    // Roles that act for the School as a whole mean nothing elsewhere, nor does any but
    // verification without a person.
    let isSchool = row.kind == OrganisationKind.school.rawValue
    let held = Set(roles).filter { role in
      row.person == 0 ? role == .verifier : isSchool || !Role.schoolOnly.contains(role)
    }
    let isAppointed = try held.isEmpty && self.isOfAppointed(row.id)
    if isAppointed, try !self.isAppointed(row.person) { return nil }
    return TokenHolder(
      tokenID: row.id, tokenName: row.name, personID: row.person,
      organisationID: row.organisation, organisationCode: row.code,
      isSchool: isSchool, roles: isAppointed ? [.appointed] : held,
      expiresAt: Instant(unixMilliseconds: row.expires), sessionID: 0, isGuest: isAppointed,
      agreements: row.person == 0
        ? PartnerAgreements(try self.agreements(of: row.organisation).map(\.agreement)) : nil)
  }

  /// Whether a token is for the cases to which its holder is appointed: it carries nothing else.
  private func isOfAppointed(_ token: Int64) throws -> Bool {
    try self.database.first(
      "SELECT 1 FROM token_role WHERE token_id = ?1 AND role = 'appointed'", [.integer(token)]
    ) { _ in true } ?? false
  }

  /// The roles a person has in an organisation.
  package func roles(of person: Int64, in organisation: Int64) throws -> Set<Role> {
    let roles: [Role] = try self.database.rows(
      """
      SELECT role FROM role_grant
      WHERE person_id = ?1 AND organisation_id = ?2 AND ended_seq IS NULL
      """,
      [.integer(person), .integer(organisation)]
    ) { try $0.noun(0) }
    return Set(roles)
  }

  /// The roles a person has anywhere.
  package func roles(of person: Int64) throws -> Set<Role> {
    let roles: [Role] = try self.database.rows(
      "SELECT DISTINCT role FROM role_grant WHERE person_id = ?1 AND ended_seq IS NULL",
      [.integer(person)]
    ) { try $0.noun(0) }
    return Set(roles)
  }

  /// Who has a role in one of these organisations, by number.
  package func people(with role: Role, in organisations: Set<Int64>) throws -> [Int64] {
    let held = try self.database.rows(
      "SELECT person_id, organisation_id FROM role_grant WHERE role = ?1 AND ended_seq IS NULL",
      [.text(role.rawValue)]
    ) { (person: $0.integer(0), organisation: $0.integer(1)) }
    return Set(held.filter { organisations.contains($0.organisation) }.map(\.person)).sorted()
  }

  /// How many people are administrators.
  package func administratorCount() throws -> Int {
    try self.database.first(
      """
      SELECT count(DISTINCT person_id) FROM role_grant
      WHERE role = 'administrator' AND ended_seq IS NULL
      """
    ) { $0.int(0) } ?? 0
  }

  /// Roles in force, in the order they were given; at most 500.
  package func grants(of person: Int64) throws -> [RoleInForce] {
    try self.database.rows(
      """
      SELECT g.person_id, g.role, o.code, g.granted_at_ms, a.record
      FROM role_grant g JOIN organisation o ON o.id = g.organisation_id JOIN act a ON a.seq = g.seq
      WHERE g.ended_seq IS NULL AND (?1 = 0 OR g.person_id = ?1)
      ORDER BY g.seq LIMIT 500
      """,
      [.integer(person)]
    ) { row in
      RoleInForce(
        personID: row.integer(0), role: try row.noun(1), organisation: row.text(2),
        grantedAt: Instant(unixMilliseconds: row.integer(3)),
        grantedBy: try Record.act(in: row.blob(4)).actor.personID)
    }
  }

  /// Tokens in force, in the order they were made; at most 500.
  package func tokens(of person: Int64) throws -> [TokenInForce] {
    var tokens = try self.database.rows(
      """
      SELECT t.id, t.name, t.person_id, o.code, t.created_at_ms, t.expires_at_ms,
        u.last_used_at_ms, a.record, s.code
      FROM token t JOIN organisation o ON o.id = t.organisation_id JOIN act a ON a.seq = t.seq
      LEFT JOIN token_use u ON u.token_id = t.id LEFT JOIN session s ON s.id = t.session_id
      WHERE t.ended_seq IS NULL AND (?1 = 0 OR t.person_id = ?1)
        AND (t.session_id IS NULL OR EXISTS (SELECT 1 FROM invited_examiner i
          WHERE i.session_id = t.session_id AND i.person_id = t.person_id))
        AND (NOT EXISTS (SELECT 1 FROM token_role r WHERE r.token_id = t.id AND r.role = 'appointed')
          OR EXISTS (SELECT 1 FROM appointed_arbiter a WHERE a.person_id = t.person_id))
      ORDER BY t.id LIMIT 500
      """,
      [.integer(person)]
    ) { row in
      TokenInForce(
        id: row.integer(0), name: row.text(1), personID: row.optionalInteger(2) ?? 0,
        organisation: row.text(3), roles: [],
        createdAt: Instant(unixMilliseconds: row.integer(4)),
        expiresAt: Instant(unixMilliseconds: row.integer(5)),
        lastUsedAt: row.optionalInteger(6).map(Instant.init),
        madeBy: try Record.act(in: row.blob(7)).actor.personID,
        session: row.optionalText(8) ?? "")
    }
    for index in tokens.indices {
      tokens[index].roles = try self.database.rows(
        "SELECT role FROM token_role WHERE token_id = ?1", [.integer(tokens[index].id)]
      ) { try $0.noun(0) }
    }
    return tokens
  }

  /// The tokens in force that carry a role of a person in an organisation: they end with it.
  package func tokens(
    carrying role: Role, of person: Int64, in organisation: Int64
  ) throws -> [Int64] {
    try self.database.rows(
      """
      SELECT t.id FROM token t JOIN token_role r ON r.token_id = t.id AND r.role = ?2
      WHERE t.person_id = ?1 AND t.organisation_id = ?3 AND t.ended_seq IS NULL ORDER BY t.id
      """,
      [.integer(person), .text(role.rawValue), .integer(organisation)]
    ) { $0.integer(0) }
  }

  /// Whom a token asked about on a day without its organisation knowing them, by what nobody can read.
  package func inquiries(of token: Int64, on day: CivilDate) throws -> Set<[UInt8]> {
    Set(
      try self.database.rows(
        "SELECT person FROM inquiry WHERE day = ?1 AND token_id = ?2",
        [.date(day), .integer(token)]
      ) { $0.blob(0) })
  }

  /// The id the next token gets.
  package func nextTokenID() throws -> Int64 {
    try self.database.first("SELECT coalesce(max(id), 0) + 1 FROM token") { $0.integer(0) } ?? 1
  }

  /// Whether a token is there and in force.
  package func hasToken(_ id: Int64) throws -> Bool {
    try self.database.first(
      "SELECT 1 FROM token WHERE id = ?1 AND ended_seq IS NULL", [.integer(id)]
    ) { _ in true } ?? false
  }
}
