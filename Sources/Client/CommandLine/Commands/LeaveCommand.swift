import BitimClient
import BitimProtocol
import BitimTrust

/// `bitim admin leave`: somebody goes; roles and tokens end, and what stays empty is said.
enum LeaveCommand {
  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["digest"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    let leave = try await Leave(of: person, desk)
    if let obstacle = leave.obstacle {
      Output.complain(desk.output.say(obstacle))
      return .refused
    }
    leave.show(desk.aside)
    guard !leave.isNothing else {
      leave.showEmpty(desk)
      return .done
    }
    guard desk.isApproved(leave.digest, arguments) else { return .refused }
    try await leave.end(desk)
    leave.showEmpty(desk)
    return .done
  }
}

/// What ends when somebody goes, and which places are empty then.
private struct Leave {
  let person: BitimV1.PersonLine
  private let grants: [BitimV1.RoleGrant]
  private let tokens: [BitimV1.Token]
  /// Why nothing of it may be done, as far as that can be seen before.
  private(set) var obstacle: Text?
  /// Seats in sessions to come, or whose results are not all confirmed.
  private var seats: [(session: BitimV1.Session, seat: BitimV1.Seat)] = []
  /// Sessions whose seats this caller is not shown.
  private var unread: [(session: String, cohort: String, day: String)] = []
  /// Cohorts that he or she trains.
  private var cohorts: [BitimV1.Cohort] = []

  init(of person: BitimV1.PersonLine, _ desk: Desk) async throws {
    self.person = person
    let access = AccessServiceClient(desk.client)
    let caller = try await access.whoAmI(.init())
    let all = try await access.listAccess(.init())
    self.grants = all.grants.filter { $0.personId == person.id }
    self.tokens = all.tokens.filter { $0.personId == person.id }
    let administrators = Set(all.grants.filter { $0.role == .administrator }.map(\.personId))
    if caller.person?.id == person.id {
      self.obstacle = .reasonActsOnHimself
    } else if administrators == [person.id] {
      self.obstacle = .reasonLastAdministrator
    }
    try await self.look(on: AdminCommand.day(caller.asOf), desk)
  }

  /// Looks through the cohorts for seats and for those that are trained.
  private mutating func look(on today: String, _ desk: Desk) async throws {
    let service = CohortServiceClient(desk.client)
    let pages = try await BitimV1.ListCohortsRequest().pages(by: service.listCohorts)
    for cohort in pages.flatMap(\.cohorts) where !cohort.isCancelled {
      let shown = try await service.cohort(cohort.code)
      if cohort.endsOn >= today, shown.trainers.contains(where: { $0.id == self.person.id }) {
        self.cohorts.append(cohort)
      }
      for line in shown.sessions where !line.isCancelled {
        // One that was held, and of which nothing is recorded yet, waits for its commission too.
        guard line.heldOn >= today || line.recorded == 0 || line.confirmed < line.recorded else {
          continue
        }
        try await self.look(in: line, of: cohort.code, desk)
      }
    }
  }

  private mutating func look(
    in line: BitimV1.SessionLine, of cohort: String, _ desk: Desk
  ) async throws {
    var request = BitimV1.GetSessionRequest()
    request.code = line.code
    do throws(CallFailure) {
      let session = try await AttestationServiceClient(desk.client).getSession(request).session
      let seat = session?.commission.first { $0.personId == self.person.id }?.seat
      if let session, let seat { self.seats.append((session, seat)) }
    } catch {
      guard error.status?.reasons.first?.reason == "NOT_ALLOWED" else { throw error }
      self.unread.append((line.code, cohort, line.heldOn))
    }
  }

  /// Whether there is nothing to end.
  var isNothing: Bool { self.grants.isEmpty && self.tokens.isEmpty }

  /// Names exactly what would end.
  var digest: String {
    let ends =
      self.grants.map { "\($0.role.rawValue) \($0.organisation)" } + self.tokens.map { "\($0.id)" }
    let text = (["\(self.person.id)"] + ends).joined(separator: "\n")
    return MerkleTree.leaf(Array(text.utf8)).prefix(16)
      .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private func name(_ desk: Desk) -> String { desk.name(self.person.names) }

  /// What ends.
  func show(_ desk: Desk) {
    let (number, name) = (self.person.displayId, self.name(desk))
    guard !self.isNothing else {
      return desk.output.note(.leaveNothing, ["number": number, "name": name])
    }
    desk.output.note(.leaveShown, ["number": number, "name": name])
    if !self.grants.isEmpty {
      desk.output.rows(
        [.role, .organisation, .from],
        self.grants.map {
          [AdminCommand.word($0.role), $0.organisation, AdminCommand.day($0.grantedAt)]
        })
    }
    if !self.tokens.isEmpty {
      desk.output.rows(
        [.number, .token, .organisation, .expires],
        self.tokens.map {
          ["\($0.id)", $0.name, $0.organisation, AdminCommand.day($0.expiresAt)]
        })
    }
  }

  /// Ends the tokens, so that nothing more is done by them, and then the roles.
  ///
  /// Each is an act of its own: when one fails, it is said which are done, and how the others are typed.
  func end(_ desk: Desk) async throws {
    let service = AccessServiceClient(desk.client)
    var rest =
      self.tokens.map { Shell.command(["admin", "token", "revoke", "\($0.id)"], []) }
      + self.grants.map { grant in
        Shell.command(
          ["admin", "role", "take", self.person.displayId],
          [("role", AdminCommand.word(grant.role)), ("organisation", grant.organisation)])
      }
    let count = rest.count
    do throws(CallFailure) {
      for token in self.tokens {
        var request = BitimV1.RevokeTokenRequest()
        request.id = token.id
        _ = try await service.revokeToken(request)
        rest.removeFirst()
      }
      for grant in self.grants {
        var request = BitimV1.WithdrawRoleRequest()
        (request.personId, request.role) = (self.person.id, grant.role)
        request.organisation = grant.organisation
        _ = try await service.withdrawRole(request)
        rest.removeFirst()
      }
    } catch {
      desk.output.note(.leaveHalf, ["done": "\(count - rest.count)", "total": "\(count)"])
      for command in rest { Output.complain("  " + command) }
      throw error
    }
    desk.output.note(
      .leaveDone,
      [
        "name": self.name(desk), "roles": "\(self.grants.count)",
        "tokens": "\(self.tokens.count)",
      ])
  }

  /// Which places are empty, and the commands that fill them.
  func showEmpty(_ desk: Desk) {
    let who = self.person.displayId
    let commands =
      self.seats.map { session, seat in
        Shell.command(
          ["session", "seat", session.code],
          [("goes", who), ("comes", "…"), ("why", "…")])
          + "  # \(desk.seat(seat)), \(session.cohort), \(session.heldOn)"
      }
      + self.cohorts.map { cohort in
        Shell.command(
          ["cohort", "replace-trainer", cohort.code, who], [("by", "…"), ("why", "…")])
          + "  # \(cohort.startsOn) – \(cohort.endsOn)"
      }
    if !commands.isEmpty {
      desk.output.note(.leaveEmpty)
      for command in commands { Output.complain("  " + command) }
    }
    guard !self.unread.isEmpty else { return }
    desk.output.note(.leaveUnread)
    for session in self.unread {
      Output.complain(
        "  " + Shell.command(["session", "show", session.session], [])
          + "  # \(session.cohort), \(session.day)")
    }
  }
}
