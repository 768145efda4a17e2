import BitimDomain
import Testing

/// The same random life of a certificate, once as values for the acts and once as rows for the triggers of
/// `certificate_mark`: what the one takes the other takes, and what the one refuses the other refuses.
@Suite("Domain and triggers agree on what stands against certificates")
struct MarkRulesAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<Reason> = [
    // The law sets no term: where the School sets one, its end is no rule of the file.
    .certificateExpired,
    // The file knows no today.
    .outOfRange, .missing,
    // Of a replacement they are asked when the new certificate comes: `certificate_replaces`.
    .certificateSuspended,
  ]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["certificate_mark"])
    defer { rows.close() }
    for person in 5...8 { rows.put("INSERT INTO person VALUES (\(person), '', 1)") }
    var chance = Chance(seed: 711)
    var drawn: Set<Reason> = []
    var accepted: [String: Int] = [:]
    for number in 0..<3_000 {
      rows.begin()
      defer { rows.undo() }
      var life = CertificateLife(
        issuedOn: ToldMark.issued,
        validity: Period(from: ToldMark.issued, until: chance.of([nil, nil, .of("2026-06-10")])),
        marks: [])
      rows.put(
        """
        INSERT INTO certificate VALUES (\(ToldMark.number.value), zeroblob(10), 8, 'programme', 1, 40,
          '\(life.issuedOn.iso)', '\(life.issuedOn.iso)', \(RuleRows.text(life.validity.until)), 7, 1)
        """)
      var makers: [Int64: Int64] = [:]
      var instead: (number: CertificateNumber, life: CertificateLife)?
      // The pass that it rests on, and another certificate on it that was issued since.
      let isPassed = chance.often(8)
      let successor = chance.often(4) ? nil : ToldMark.successor
      rows.put(
        """
        INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
          recorded_at_ms, seq, confirmed_by, confirmed_seq, annulled_by, annulled_seq)
        VALUES (1, 1, 40, 1, 'passed', 5, 0, 1, 6, 1, \(isPassed ? "NULL, NULL" : "6, 1"))
        """)
      if let successor {
        rows.put(
          """
          INSERT INTO certificate VALUES (\(successor.value), randomblob(10), 8, 'programme', 1, 40,
            '2026-03-10', '2026-03-10', NULL, 7, 1)
          """)
      }
      for sequence in Int64(2)...6 {
        let told = ToldMark(&chance)
        do throws(Refusal) {
          let deed = try told.decided(
            life, makers, isPassed: isPassed, successor ?? instead?.number, instead?.life,
            as: sequence)
          accepted[told.name, default: 0] += 1
          #expect(rows.take(told, life, sequence, deed), "case \(number): \(told)")
          switch deed {
          case .certificateReplaced(let deed):
            instead = (
              deed.certificate.number,
              CertificateLife(
                issuedOn: deed.certificate.issuedOn, validity: deed.certificate.validity, marks: []
              )
            )
          case .markWithdrawn(let deed) where deed.revokes != nil: instead = nil
          default: break
          }
          life = life.after(deed).numbered(sequence)
          makers[sequence] = told.by
          #expect(rows.marks == life.marks.map(ToldMark.text).sorted(), "case \(number): \(deed)")
        } catch {
          drawn.insert(error.reason)
          if !Self.toldOnce.contains(error.reason) {
            rows.run("SAVEPOINT told")
            #expect(!rows.take(told, life, sequence, nil), "case \(number): \(error) \(told)")
            rows.run("ROLLBACK TO told")
          }
        }
      }
    }
    #expect(Set(accepted.keys) == ["suspended", "reinstated", "revoked", "replaced", "withdrawn"])
    #expect(accepted.values.allSatisfy { $0 > 40 }, "\(accepted)")
    #expect(
      drawn == [
        .alreadyRevoked, .actsOnHimself, .suspendedBeforeIssue, .revokedBeforeIssue,
        .datesReversed, .certificateExpired, .alreadySuspended, .notSuspended, .endsOwnAct,
        .outOfRange, .missing, .nothingToEnd, .groundFailed, .certificateReplaced,
        .certificateSuspended, .decidesHimself,
      ])
  }
}

extension CertificateLife {
  /// With the number of the act that made the mark of a deed.
  fileprivate func numbered(_ sequence: Int64) -> CertificateLife {
    CertificateLife(
      issuedOn: self.issuedOn, validity: self.validity,
      marks: self.marks.map { mark in
        mark.sequence == .max
          ? CertificateMark(mark.cause, days: mark.days, sequence: sequence) : mark
      })
  }
}

/// What somebody tells of certificate 1 of 2026, issued to person 8 on 10 March, on 1 June.
private struct ToldMark {
  enum Act {
    case suspend(SuspensionGround, until: CivilDate?)
    case reinstate
    case revoke
    case replace
    case withdraw
  }

  static let number: CertificateNumber = {
    guard let number = CertificateNumber(year: 2026, serial: 1) else {
      preconditionFailure("no number")
    }
    return number
  }()
  static let successor = CertificateNumber(year: 2026, serial: 2)
  static let issued = CivilDate.of("2026-03-10")
  private static let today = CivilDate.of("2026-06-01")

  let act: Act
  let from: CivilDate
  let why: String
  let by: Int64

  init(_ chance: inout Chance) {
    let from = CivilDate.of(
      chance.of([
        "2026-03-09", "2026-03-10", "2026-04-01", "2026-05-01", "2026-05-02", "2026-05-20",
        "2026-06-01", "2026-06-11", "2026-07-01", "2026-07-02",
      ]))
    self.from = from
    self.why = chance.often(3) ? "тексеру" : ""
    self.by = chance.often(15) ? chance.of([5, 6, 7]) : 8
    if !chance.often(10) {
      self.act = .revoke
    } else if !chance.often(11) {
      self.act = .replace
    } else if !chance.often(6) {
      self.act = .withdraw
    } else if chance.often(1) {
      self.act = .suspend(
        chance.of([.investigation, .court]),
        until: chance.of([nil, from, from.plus(10), from.plus(10), from.plus(-1)]))
    } else {
      self.act = .reinstate
    }
  }

  var name: String {
    switch self.act {
    case .suspend: "suspended"
    case .reinstate: "reinstated"
    case .revoke: "revoked"
    case .replace: "replaced"
    case .withdraw: "withdrawn"
    }
  }

  private var suspension: SuspendCertificate? {
    guard case .suspend(let ground, let until) = self.act else { return nil }
    return SuspendCertificate(
      Self.number, for: ground, from: self.from, until: until, why: self.why)
  }

  /// As two persons decide it: whoever approves a withdrawal is not who made what is withdrawn.
  private func withdrawn(
    _ life: CertificateLife, _ makers: [Int64: Int64], isPassed: Bool,
    _ successor: CertificateNumber?, _ instead: CertificateLife?
  ) throws(Refusal) -> Deed {
    let mark = life.mark(on: self.from)?.sequence ?? 0
    let act = WithdrawMark(Self.number, of: 8, mark: mark, for: .court, why: self.why)
    let decision = try act.decided(
      .init(life: life, isPassed: isPassed, successor: successor, replacement: instead),
      by: self.by, on: self.from)
    let proposal = Proposal(
      sequence: 1, act: .withdrawMark(act), proposer: 4, proposedOn: Self.today, digest: "ab",
      lastDay: Self.today, end: nil)
    let approved = try ApproveProposal(
      proposal, digest: "ab", by: self.by, roles: [.certifier], on: Self.today
    )
    .decided(.init(deed: decision.deed, digest: "ab", maker: makers[mark]))
    guard case .approved(let approval) = approved else { return approved }
    return approval.deed
  }

  /// Certificate 1000 and so many of 2026, in place of the first.
  private func replaced(_ life: CertificateLife, _ sequence: Int64) throws(Refusal) -> Deed {
    let names = Names(latin: PersonName(surname: "Utegenova", given: "Ulzhan", patronymic: ""))
    let act = ReplaceCertificate(Self.number, of: 8, for: .correction, evidence: self.why)
    let grant = try act.decided(
      .init(
        candidate: .init(
          personID: 8, kind: .programme, programme: 1, enrolmentID: 40,
          hands: .init(taughtHere: [], taught: [:], examinedHere: [], examined: [:]),
          validityMonths: 0),
        life: CertificateLife(
          issuedOn: life.issuedOn, validity: Period(from: life.validity.from, until: nil),
          marks: life.marks), printed: names, names: names, isGrounded: true, isEntitled: true,
        lastSerial: 1_000 + sequence),
      by: self.by, as: .certifier, on: Self.today)
    guard let code = CertificateCode(octets: Array(repeating: 0, count: 10)) else {
      preconditionFailure("no code")
    }
    return .certificateReplaced(act.deed(grant.certificate(code: code, sheet: [])))
  }

  func decided(
    _ life: CertificateLife, _ makers: [Int64: Int64], isPassed: Bool,
    _ successor: CertificateNumber?, _ instead: CertificateLife?, as sequence: Int64
  ) throws(Refusal) -> Deed {
    let facts = CertificateFacts(holder: 8, life: life)
    if let suspension = self.suspension {
      return try suspension.decided(facts, by: self.by, on: Self.today)
    }
    if case .revoke = self.act {
      return try RevokeCertificate(Self.number, for: .fraud, since: self.from, why: self.why)
        .decided(facts, by: self.by, on: Self.today)
    }
    if case .withdraw = self.act {
      return try self.withdrawn(life, makers, isPassed: isPassed, successor, instead)
    }
    if case .replace = self.act { return try self.replaced(life, sequence) }
    // There are two certifiers: whoever made it is not alone.
    return try ReinstateCertificate(
      Self.number, of: 8, for: .mended, from: self.from, why: self.why
    )
    .decided(
      .init(certificate: facts, makers: makers, isPassed: isPassed, certifiers: [3, 4, 5]),
      by: self.by, on: Self.today
    ).deed
  }

  /// What would end and what would stand, just as it is told; a reinstatement leaves the days before it
  /// of the suspension that covers its day.
  func mark(_ life: CertificateLife) -> (ends: Int64?, mark: CertificateMark?)? {
    if case .withdraw = self.act { return life.mark(on: self.from).map { ($0.sequence, nil) } }
    if let suspension = self.suspension {
      return (
        nil, CertificateMark(.suspended(suspension.ground), days: suspension.days, sequence: 0)
      )
    }
    if case .revoke = self.act {
      return (
        nil,
        CertificateMark(.revoked(.fraud), days: Period(from: self.from, until: nil), sequence: 0)
      )
    }
    if case .replace = self.act {
      let other = CertificateNumber(year: 2026, serial: 900) ?? Self.number
      return (
        nil,
        CertificateMark(
          .replaced(.correction, by: other), days: Period(from: Self.today, until: nil),
          sequence: 0)
      )
    }
    let covering = life.marks.first {
      $0.days.contains(self.from) && $0.cause.standing == .suspended
    }
    return covering.map { mark in
      let days = Period(from: mark.days.from, until: self.from.plus(-1))
      return (mark.sequence, CertificateMark(mark.cause, days: days, sequence: 0))
    }
  }

  static func text(_ mark: CertificateMark) -> String {
    "\(mark.sequence) \(mark.cause.kind) \(mark.cause.reason) \(mark.days.from.iso) "
      + (mark.days.until?.iso ?? "open")
  }
}

extension RuleRows {
  /// The marks that stand.
  fileprivate var marks: [String] {
    self.texts(
      """
      SELECT seq || ' ' || kind || ' ' || reason || ' ' || since || ' ' || coalesce(until, 'open')
        AS mark
      FROM certificate_mark WHERE ended_seq IS NULL AND number = \(ToldMark.number.value)
      ORDER BY mark
      """)
  }

  /// Whether what is told is taken just as it is told.
  fileprivate func take(
    _ told: ToldMark, _ life: CertificateLife, _ sequence: Int64, _ deed: Deed?
  ) -> Bool {
    guard let (ends, mark) = told.mark(life) else { return false }
    if case .markWithdrawn(let withdrawn) = deed, let revocation = withdrawn.revokes {
      let other = revocation.number.value
      let isRevoked = self.run(
        """
        INSERT INTO certificate_mark VALUES (\(other), \(sequence), 'revoked',
          '\(revocation.since.iso)', NULL, 'error', '', \(told.by), NULL, NULL, NULL, NULL)
        """)
      guard isRevoked else { return false }
    }
    if let ends {
      let isEnded = self.change(
        """
        UPDATE certificate_mark SET ended_seq = \(sequence), ended_how = 'mended',
          ended_by = \(told.by) WHERE number = \(ToldMark.number.value) AND seq = \(ends) AND ended_seq IS NULL
        """)
      guard isEnded else { return false }
    }
    guard let mark else { return true }
    var other = mark.successor
    if case .certificateReplaced(let replaced) = deed { other = replaced.certificate.number }
    let isTaken = self.run(
      """
      INSERT INTO certificate_mark VALUES (\(ToldMark.number.value), \(sequence),
        '\(mark.cause.kind)', '\(mark.days.from.iso)', \(RuleRows.text(mark.days.until)),
        '\(mark.cause.reason)', '\(told.why)', \(told.by), NULL, NULL, NULL,
        \(other.map { "\($0.value)" } ?? "NULL"))
      """)
    guard isTaken, let other, deed != nil else { return isTaken }
    self.put(
      """
      INSERT INTO certificate VALUES (\(other.value), randomblob(10), 8, 'programme', 1, 40,
        '2026-06-01', '2026-03-10', NULL, 7, \(sequence))
      """)
    return true
  }
}
