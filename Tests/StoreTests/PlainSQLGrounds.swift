import BitimTestSupport
import Foundation

/// One ground of a trigger an attempt: what is refused on several grounds is tried on each.
extension PlainSQLTests {
  /// In a registry with one certificate; the ids are those of ``attempts``.
  static var grounds: [Attempt] {
    [
      self.keys, self.roles, self.roleKeys, self.tokens, self.results, self.annulments,
      self.decisions, self.bars, self.marks, self.verification, self.head, self.references,
      self.replacements, self.sessions,
      self.taken, self.adopted, self.anew, self.duplicates, self.refusals, self.corrections,
      self.excuses, self.reviews, self.interests, self.admissions, self.repinned,
      self.entitlements, self.uncounted,
      self.cases, self.recognitions, self.register, self.learning, self.specialisations,
      self.seminars,
      self.letStands,
      self.memberMarks,
      self.trainers, self.waiting, self.signingKeys, self.settings, self.reports, self.agreements,
      self.reads,
    ].flatMap { $0 }
  }

  private static func attempts(
    _ what: String, _ parts: [String], in sql: (String) -> String = { $0 }, and more: [String] = [],
    refusal: String, but accepted: [Attempt] = []
  ) -> [Attempt] {
    let refused = (parts.map(sql) + more).map { text in
      Attempt(what: "\(what): \(text)", sql: text, refusal: refusal)
    }
    return refused + accepted
  }

  private static let keys: [Attempt] = [
    .init(
      what: "founds a second School",
      sql: "INSERT INTO organisation VALUES (9, 'S2', 'school', 'a', 'b', 'c', 'd', 'KZ', 1)",
      refusal: "organisation: there is one School"),
    .init(
      what: "seats a second chair",
      sql: "INSERT INTO commission_seat VALUES (1, 3, 'chair', 1, NULL, NULL)",
      refusal: "commission_seat: there is one chair"),
  ]

  /// Session 1 has one confirmed result, which the examiner, 5, recorded; 4 chairs, 6 is a member.
  private static var sessions: [Attempt] {
    let leaves = "UPDATE commission_seat SET ended_seq = 99, ended_how = 'replaced' WHERE person_id"
    let waiting =
      "DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;"
    let fresh = """
      INSERT INTO session VALUES (7, 'Z', 1, '2026-03-25', '2026-03-25', 'z', 50, NULL, NULL);
      INSERT INTO commission_seat VALUES (7, 6, 'member', 50, NULL, NULL);
      """
    let cancelled = "UPDATE session SET ended_seq = 60, ended_how = 'cancelled' WHERE id = 7;"
    let invites = "INSERT INTO invitation VALUES (7, 6, 50, '№ 14', '2026-03-01', 'Алқа');"
    let letters = self.attempts(
      "invites to a commission",
      [
        "\(fresh) INSERT INTO invitation VALUES (7, 5, 50, 'a', '2026-03-01', 'b')",
        "\(fresh) INSERT INTO invitation VALUES (7, 6, 51, 'a', '2026-03-01', 'b')",
        "INSERT INTO invitation VALUES (1, 99, 1, 'a', '2026-03-01', 'b')",
        """
        \(fresh) UPDATE commission_seat SET ended_seq = 60, ended_how = 'in_error'
        WHERE session_id = 7; \(invites)
        """,
        """
        \(fresh) INSERT INTO commission_seat VALUES (7, 1, 'member', 50, NULL, NULL);
        INSERT INTO invitation VALUES (7, 1, 50, 'a', '2026-03-01', 'b')
        """,
      ], refusal: "invitation: to no seat that is taken with it, or an administrator's",
      but: [.init(what: "invites", sql: "\(fresh) \(invites)", refusal: nil)])
    let token = """
      INSERT INTO token VALUES (90, 6, 1, randomblob(32), 'n', 0, 9, 50, NULL, 7);
      INSERT INTO token_role VALUES (90,
      """
    let tokens = self.attempts(
      "makes a session's token",
      [
        "\(fresh) \(token) 'invited')", "\(fresh) \(invites) \(token) 'examiner')",
        "\(fresh) \(invites) \(cancelled) \(token) 'invited')",
      ], refusal: "token_role: the role was not given",
      but: [
        .init(
          what: "makes an invited examiner's token", sql: "\(fresh) \(invites) \(token) 'invited')",
          refusal: nil)
      ])
    return letters + tokens
      + self.attempts(
        "leaves a commission",
        [
          "\(leaves) = 6", "\(waiting) \(leaves) = 5",
          "\(fresh) \(cancelled) \(leaves) = 6 AND session_id = 7",
        ], refusal: "commission_seat: its results are confirmed, or rest on who leaves",
        but: [
          .init(what: "leaves while a result waits", sql: "\(waiting) \(leaves) = 6", refusal: nil),
          .init(
            what: "leaves as seated in error",
            sql: "UPDATE commission_seat SET ended_seq = 99, ended_how = 'in_error'", refusal: nil),
          .init(
            what: "leaves a session that is not held",
            sql: "\(fresh) \(leaves) = 6 AND session_id = 7", refusal: nil),
          .init(
            what: "leaves where the own record was replaced",
            sql: """
              \(waiting) UPDATE result SET replaced_seq = 98;
              INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
                recorded_at_ms, seq) VALUES (99, 1, 1, 0, 'absent', 6, 0, 98);
              \(leaves) = 5
              """, refusal: nil),
          .init(
            what: "leaves where the own record was annulled",
            sql: """
              \(revoked)
              UPDATE result SET annulled_by = 99, annulled_seq = 98;
              INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
                recorded_at_ms, seq) VALUES (99, 1, 1, 0, 'absent', 6, 0, 98);
              \(leaves) = 5
              """, refusal: nil),
          .init(
            what: "leaves where all that was replaced was not confirmed",
            sql: """
              \(waiting) UPDATE result SET replaced_seq = 98; \(leaves) = 6
              """, refusal: nil),
        ])
      + self.attempts(
        "changes a session",
        [
          "UPDATE session SET held_on = '2026-03-26'",
          "UPDATE session SET ended_seq = 99, ended_how = 'cancelled'",
          "\(fresh) \(cancelled) UPDATE session SET held_on = '2026-03-26' WHERE id = 7",
        ], refusal: "session: was held or cancelled",
        but: [
          .init(
            what: "moves and cancels a session",
            sql: """
              \(fresh) UPDATE session SET held_on = '2026-03-26' WHERE id = 7; \(cancelled)
              """, refusal: nil),
          .init(
            what: "moves a session whose record was replaced",
            sql: """
              \(waiting) UPDATE result SET replaced_seq = 98;
              UPDATE session SET held_on = '2026-03-26'
              """, refusal: nil),
          .init(
            what: "begins a session on another day than planned",
            sql: """
              INSERT INTO session VALUES (7, 'Z', 1, '2026-03-25', '2026-03-26', 'z', 1, NULL, NULL)
              """, refusal: "session: begins on the day that is planned"),
        ])
  }

  private static var roles: [Attempt] {
    self.attempts(
      "changes a role",
      [
        "person_id = 99", "role = 'verifier'", "organisation_id = 99", "seq = seq + 1000",
        "granted_at_ms = granted_at_ms + 1",
      ], in: { "UPDATE role_grant SET ended_seq = 99, \($0) WHERE role = 'registrar'" },
      and: [
        "UPDATE role_grant SET ended_seq = NULL",
        """
        UPDATE role_grant SET ended_seq = 98 WHERE role = 'registrar';
        UPDATE role_grant SET ended_seq = 99 WHERE role = 'registrar'
        """,
      ], refusal: "role_grant: may be ended once, and nothing else",
      but: [
        .init(
          what: "withdraws a role",
          sql: "UPDATE role_grant SET ended_seq = 99 WHERE role = 'registrar'", refusal: nil)
      ])
  }

  private static var roleKeys: [Attempt] {
    self.attempts(
      "gives a role twice",
      [
        """
        INSERT INTO role_grant SELECT person_id, role, organisation_id, seq + 1000, granted_at_ms,
          NULL, NULL FROM role_grant WHERE role = 'registrar'
        """,
        """
        UPDATE role_grant SET ended_seq = 99 WHERE role = 'registrar';
        INSERT OR REPLACE INTO role_grant SELECT person_id, role, organisation_id, seq,
          granted_at_ms, NULL, NULL FROM role_grant WHERE role = 'registrar'
        """,
        "INSERT INTO role_grant VALUES (8, 'registrar', 1, 99, 0, 100, NULL)",
      ], refusal: "role_grant: the role is given already",
      but: [
        .init(
          what: "makes an auditor of the School at a centre",
          sql: "INSERT INTO role_grant VALUES (8, 'auditor', 2, 99, 0, NULL, NULL)",
          refusal: "role_grant: the role is given at the School alone"),
        .init(
          what: "makes an arbiter of the School at a centre",
          sql: "INSERT INTO role_grant VALUES (8, 'arbiter', 2, 99, 0, NULL, NULL)",
          refusal: "role_grant: the role is given at the School alone"),
        .init(
          what: "makes an arbiter of the administrator",
          sql: "INSERT INTO role_grant VALUES (1, 'arbiter', 1, 99, 0, NULL, NULL)",
          refusal: "role_grant: an administrator can neither teach, attest nor issue"),
        .init(
          what: "makes an administrator of an arbiter",
          sql: """
            INSERT INTO role_grant VALUES (8, 'arbiter', 1, 98, 0, NULL, NULL);
            INSERT INTO role_grant VALUES (8, 'administrator', 1, 99, 0, NULL, NULL)
            """,
          refusal: "role_grant: an administrator can neither teach, attest nor issue"),
        .init(
          what: "makes an administrator of the certifier",
          sql: "INSERT INTO role_grant VALUES (7, 'administrator', 1, 99, 0, NULL, NULL)",
          refusal: "role_grant: an administrator can neither teach, attest nor issue"),
      ])
  }

  private static var tokens: [Attempt] {
    self.attempts(
      "changes a token",
      [
        "id = 99", "person_id = 99", "organisation_id = 99", "hash = zeroblob(32)", "name = 'x'",
        "created_at_ms = created_at_ms + 1", "expires_at_ms = expires_at_ms + 1",
        "seq = seq + 1000",
      ], in: { "UPDATE token SET ended_seq = 99, \($0) WHERE id = 1" },
      and: [
        "UPDATE token SET ended_seq = NULL",
        """
        UPDATE token SET ended_seq = 98 WHERE id = 1;
        UPDATE token SET ended_seq = 99 WHERE id = 1
        """,
      ], refusal: "token: may be ended once, and nothing else",
      but: [
        .init(
          what: "revokes a token", sql: "UPDATE token SET ended_seq = 99 WHERE id = 1",
          refusal: nil)
      ])
  }

  private static var bars: [Attempt] {
    let bar = """
      INSERT INTO person_bar
      VALUES (8, 99, 'conviction', '2026-03-02', '2026-12-31', '', 3, NULL, NULL, NULL);
      """
    return self.attempts(
      "changes a bar",
      [
        "person_id = 3", "seq = 98", "kind = 'prosecution'", "valid_from = '2026-03-01'",
        "valid_until = NULL", "document = 'x'", "made_by = 4",
      ], in: { "\(bar) UPDATE person_bar SET ended_seq = 100, ended_how = 'ended', \($0)" },
      and: [
        "\(bar) UPDATE person_bar SET ended_how = 'ended'",
        """
        \(bar) UPDATE person_bar SET ended_seq = 100, ended_how = 'ended';
        UPDATE person_bar SET ended_seq = 101
        """,
      ], refusal: "person_bar: may be ended once, and nothing else",
      but: [
        .init(
          what: "ends a bar",
          sql: "\(bar) UPDATE person_bar SET ended_seq = 100, ended_how = 'ended'", refusal: nil)
      ])
  }

  private static var results: [Attempt] {
    self.attempts(
      "changes a confirmed result",
      [
        "id = 99", "session_id = 99", "enrolment_id = 99", "attempt = 2", "test = 99",
        "role_play = 99", "interview = 99", "recorded_by = 6", "recorded_at_ms = 0", "seq = 99",
        "replaced_seq = 99", "confirmed_seq = 98", "confirmed_by = 6", "annulled_by = 1",
      ], in: { "UPDATE result SET \($0)" },
      and: [
        """
        \(self.revoked) UPDATE result SET annulled_by = 1, annulled_seq = 98;
        UPDATE result SET annulled_seq = 99
        """
      ], refusal: "result: replaced before, confirmed once, annulled after; else fixed")
  }

  // Person 4 confirmed the result that person 5 recorded; 6 sat with them.
  private static var annulments: [Attempt] {
    self.attempts(
      "annuls as one of the commission, as the candidate, or as nobody",
      ["4", "5", "6", "8", "NULL"],
      in: { "\(self.revoked) UPDATE result SET annulled_by = \($0), annulled_seq = 99" },
      refusal: "result: annulled by somebody outside the commission",
      but: [
        .init(
          what: "annuls when no certificate rests on it",
          sql: "\(self.revoked) UPDATE result SET annulled_by = 1, annulled_seq = 99",
          refusal: nil)
      ])
  }

  /// A mark of person 7 on a certificate.
  private static func marked(_ number: Int64, _ kind: String, _ reason: String) -> String {
    """
    INSERT INTO certificate_mark VALUES (\(number), 98, '\(kind)', '2026-11-22', NULL, '\(reason)',
      '', 7, NULL, NULL, NULL, NULL);
    """
  }

  private static let revoked = Self.marked(2_026_000_001, "revoked", "fraud")
  private static let suspended = Self.marked(2_026_000_001, "suspended", "court")

  private static var marks: [Attempt] {
    let ending = "ended_seq = 99, ended_by = 6, ended_how = 'mended'"
    return self.attempts(
      "changes what stands against a certificate",
      [
        "number = 2026000002", "seq = 97", "kind = 'revoked', reason = 'fraud'",
        "since = '2026-11-23'", "until = '2026-12-31'", "reason = 'investigation'", "why = 'x'",
        "made_by = 5", "other = 2026000002",
      ], in: { "\(self.suspended) UPDATE certificate_mark SET \(ending), \($0)" },
      and: [
        "\(self.suspended) UPDATE certificate_mark SET ended_by = 6",
        """
        \(self.suspended) UPDATE certificate_mark SET \(ending);
        UPDATE certificate_mark SET \(ending)
        """,
      ], refusal: "certificate_mark: may be ended once, and nothing else",
      but: [
        .init(
          what: "ends another's suspension",
          sql: "\(self.suspended) UPDATE certificate_mark SET \(ending)", refusal: nil),
        .init(
          what: "suspends behind a suspension",
          sql: """
            \(self.suspended.replacing("NULL, 'court'", with: "'2026-11-30', 'court'"))
            INSERT INTO certificate_mark VALUES (2026000001, 99, 'suspended', '2026-12-01', NULL,
              'court', '', 7, NULL, NULL, NULL, NULL)
            """, refusal: nil),
        .init(
          what: "suspends before a suspension",
          sql: """
            \(self.suspended.replacing("2026-11-22", with: "2026-12-01"))
            INSERT INTO certificate_mark VALUES (2026000001, 99, 'suspended', '2026-11-22',
              '2026-11-30', 'court', '', 7, NULL, NULL, NULL, NULL)
            """, refusal: nil),
        .init(
          what: "suspends again what was ended",
          sql: """
            \(self.suspended) UPDATE certificate_mark SET \(ending);
            \(self.suspended.replacing("98", with: "99"))
            """, refusal: nil),
        .init(
          what: "revokes a suspended certificate",
          sql: "\(self.suspended) \(self.revoked.replacing("98", with: "99"))", refusal: nil),
        .init(
          what: "annuls while the certificate is suspended (R-624)",
          sql: "\(self.suspended) UPDATE result SET annulled_by = 1, annulled_seq = 99",
          refusal: nil),
        .init(
          what: "annuls when the suspension has ended",
          sql: """
            \(self.suspended) UPDATE certificate_mark SET \(ending);
            UPDATE result SET annulled_by = 1, annulled_seq = 99
            """, refusal: "result: a certificate rests on it"),
      ]
        + ["ended_seq = 99", "ended_by = 6", "ended_how = 'mended'"].map { column in
          .init(
            what: "begins a mark with \(column)",
            sql: """
              PRAGMA ignore_check_constraints = ON;
              INSERT INTO certificate_mark (number, seq, kind, since, reason, why, made_by,
                \(column.split(separator: " ")[0]))
              VALUES (2026000001, 98, 'suspended', '2026-11-22', 'court', '', 7,
                \(column.split(separator: " ")[2]))
              """, refusal: "certificate_mark: begins ended")
        })
  }

  private static func reissued(by certifier: Int64) -> String {
    """
    \(self.revoked)
    INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, kind, programme,
      enrolment_id, issued_on, valid_from, valid_until, \(certifier), seq FROM certificate;
    """
  }

  /// Person 8 in another cohort of the programme, taught there by person 1, who also sat there.
  private static func elsewhere(taught: String, examined: String) -> String {
    """
    \(self.revoked)
    INSERT INTO cohort SELECT 9, 'X', 2, organisation_id, language, form, '2024-01-01',
      '2024-12-31', place, seq FROM cohort;
    \(Enrolled.sql(9, person: 8, cohort: 9, on: "2024-01-01"))
    INSERT INTO cohort_trainer VALUES (9, 1, 'x', 1, NULL, NULL, NULL, NULL);
    INSERT INTO class VALUES (99, 9, '\(taught)', 540, 600, 1, 1, NULL);
    INSERT INTO attendance VALUES (9, 99, 4, 0, 1, NULL);
    INSERT INTO session VALUES (9, 'A', 9, '\(examined)', '\(examined)', 'x', 1, NULL, NULL);
    INSERT INTO commission_seat VALUES (9, 2, 'chair', 1, NULL, NULL),
      (9, 6, 'member', 1, NULL, NULL);
    INSERT INTO result VALUES (9, 9, 9, 0, 'absent', NULL, NULL, NULL, 6, 0, 1, NULL, NULL, NULL,
      NULL, NULL, NULL);
    """
  }

  private static func issued(by certifier: Int64, _ kind: String = "programme") -> String {
    """
    INSERT INTO certificate SELECT number + 1, zeroblob(10), person_id, '\(kind)',
      \(kind == "school" ? "0, NULL" : "programme, enrolment_id"), issued_on, valid_from,
      valid_until, \(certifier), seq FROM certificate
    """
  }

  // Issued on 2026-11-22: 24 months before is 2024-11-22, and that day is within (R-015).
  private static var decisions: [Attempt] {
    let (within, before) = ("2024-11-22", "2024-11-21")
    let taught = self.elsewhere(taught: within, examined: before)
    let examined = self.elsewhere(taught: before, examined: within)
    return [
      .init(
        what: "decides as the holder", sql: self.reissued(by: 8),
        refusal: "certificate: decided by the holder"),
      .init(
        what: "decides as one of the commission", sql: self.reissued(by: 5),
        refusal: "certificate: decided by who examined the holder"),
      .init(
        what: "decides as who taught elsewhere within 24 months", sql: taught + self.issued(by: 1),
        refusal: "certificate: decided by who taught the holder"),
      .init(
        what: "decides as who taught elsewhere before that", sql: examined + self.issued(by: 1),
        refusal: nil),
      .init(
        what: "decides as who examined elsewhere within 24 months",
        sql: examined + self.issued(by: 2),
        refusal: "certificate: decided by who examined the holder"),
      .init(
        what: "decides as who examined elsewhere before that", sql: taught + self.issued(by: 2),
        refusal: nil),
      .init(what: "issues again after the revocation", sql: self.reissued(by: 7), refusal: nil),
    ]
      + [3, 5].map { certifier in
        .init(
          what: "decides on the School's certificate as \(certifier)",
          sql: "DROP TRIGGER certificate_school;" + self.issued(by: certifier, "school"),
          refusal: nil)
      }
  }

  private static var verification: [Attempt] {
    let reissued = self.reissued(by: 7)
    let fixed = self.attempts(
      "changes what verification answers",
      [
        "number = 2026000002", "code = zeroblob(10)", "sheet = x'00'",
        "valid_from_day = valid_from_day + 1", "valid_until_day = 99999",
      ],
      in: { "\(self.revoked) UPDATE verification SET mark = x'00', \($0)" },
      refusal: "verification: nothing but mark changes")
    return fixed
      + self.attempts(
        "says of marks in verification what is not so",
        [
          "\(self.revoked) UPDATE verification SET mark = NULL",
          "UPDATE verification SET mark = x'00'",
        ],
        refusal: "verification: changes with what stands against the certificate",
        but: [
          .init(
            what: "says in verification what was revoked",
            sql: "\(self.revoked) UPDATE verification SET mark = x'00'", refusal: nil),
          .init(
            what: "says in verification that a suspension has ended",
            sql: """
              \(self.suspended) UPDATE verification SET mark = x'00';
              UPDATE certificate_mark SET ended_seq = 99, ended_by = 6, ended_how = 'mended';
              UPDATE verification SET mark = NULL
              """, refusal: nil),
          .init(
            what: "begins verification as revoked",
            sql: """
              \(reissued)
              INSERT INTO verification SELECT number + 1, zeroblob(10), valid_from_day,
                valid_until_day, x'00', sheet FROM verification
              """, refusal: "verification: is not what the certificate says"),
        ])
  }

  /// The one certificate of 2026-11-22 is replaced by the next number from a day on.
  private static func replacing(
    for reason: String = "correction", since: String = "2026-11-22", seq: Int = 98,
    other: Int64 = 2_026_000_002
  ) -> String {
    """
    INSERT INTO certificate_mark VALUES (2026000001, \(seq), 'replaced', '\(since)', NULL, '\(reason)',
      'x', 7, NULL, NULL, NULL, \(other));
    """
  }

  /// What is issued instead: as the one that is there, but for what is named.
  private static func instead(
    person: String = "person_id", enrolment: String = "enrolment_id",
    on day: String = "issued_on", from: String = "valid_from", until: String = "valid_until",
    by certifier: Int = 7, seq: Int = 98
  ) -> String {
    """
    INSERT INTO certificate SELECT number + 1, randomblob(10), \(person), kind, programme, \(enrolment),
      \(day), \(from), \(until), \(certifier), \(seq) FROM certificate WHERE number = 2026000001;
    """
  }

  /// The one certificate with a last day, as no edition gives one yet.
  private static func limited(_ until: String) -> String {
    """
    DROP TRIGGER certificate_stays_u;
    UPDATE certificate SET valid_until = '\(until)';
    """
  }

  // R-714, R-721, R-722.
  private static var anew: [Attempt] {
    let renewing = self.limited("2026-11-30") + self.replacing(for: "renewal", since: "2026-12-01")
    let second = """
      INSERT INTO enrolment VALUES (99, 8, 1);
      DROP TRIGGER certificate_pass;
      """
    let taught = self.instead(by: 3)
    let ended = "UPDATE certificate_mark SET ended_seq = 99, ended_by = 6, ended_how = 'appeal'"
    return self.attempts(
      "issues something else instead",
      [
        self.replacing() + self.instead(by: 6), self.replacing() + self.instead(seq: 99),
        second + self.replacing() + self.instead(enrolment: "99"),
        "DROP TRIGGER certificate_pass;" + self.replacing() + self.instead(person: "9"),
        self.adopted()
          + self.replacing(seq: 99, other: 1_000_000_002)
          .replacing("2026000001", with: "1000000001")
          + self.adopted(1_000_000_002, own: "46"),
        self.adopted(programme: 2) + self.adopted(1_000_000_002, programme: 3, own: "46")
          + self.issued(by: 7, "school") + " WHERE kind = 'programme';"
          + self.replacing(seq: 99, other: 1_000_000_003).replacing(
            "2026000001", with: "2026000002")
          + self.adopted(1_000_000_003, own: "47"),
      ], refusal: "certificate: is not what it replaces",
      but: [
        .init(what: "issues another instead", sql: self.replacing() + self.instead(), refusal: nil),
        .init(
          what: "corrects by who taught the holder",
          sql: self.replacing().replacing("', 7, ", with: "', 3, ") + taught,
          refusal: "certificate: decided by who taught the holder"),
        .init(
          what: "changes the name by who taught the holder",
          sql: self.replacing(for: "name_change").replacing("'x', 7, ", with: "'x', 3, ") + taught,
          refusal: nil),
      ])
      + self.attempts(
        "issues instead with other days",
        [
          self.replacing() + self.instead(from: "'2026-11-23'"),
          self.replacing() + self.instead(until: "'2030-11-23'"),
          self.replacing(since: "2026-11-23") + self.instead(),
          self.limited("2026-11-30") + self.replacing(since: "2026-12-01")
            + self.instead(on: "'2026-12-01'"),
        ], refusal: "certificate: its days are not those of what it replaces",
        but: [
          .init(
            what: "issues instead on the last day",
            sql: self.limited("2026-11-30") + self.replacing(since: "2026-11-30")
              + self.instead(on: "'2026-11-30'"), refusal: nil)
        ])
      + self.attempts(
        "renews with other days",
        [
          renewing + self.instead(from: "'2026-12-02'"),
          renewing + self.instead(on: "'2026-12-02'", from: "'2026-12-01'"),
          renewing + self.instead(),
          renewing.replacing("2026-12-01", with: "2026-12-02") + self.instead(from: "'2026-12-01'"),
          self.replacing(for: "renewal", since: "2026-12-01") + self.instead(from: "'2026-12-01'"),
        ], refusal: "certificate: its days do not follow those of what it renews",
        but: [
          .init(
            what: "renews ahead",
            sql: renewing + self.instead(from: "'2026-12-01'", until: "'2029-11-30'"),
            refusal: nil),
          .init(
            what: "renews late",
            sql: self.limited("2026-11-30") + self.replacing(for: "renewal", since: "2026-12-05")
              + self.instead(on: "'2026-12-05'", from: "'2026-12-05'", until: "NULL"),
            refusal: nil),
        ])
      + self.attempts(
        "replaces what is suspended",
        [
          self.suspended + self.replacing(seq: 99) + self.instead(seq: 99),
          self.suspended.replacing("NULL, 'court'", with: "'2026-11-22', 'court'")
            + self.replacing(seq: 99) + self.instead(seq: 99),
        ], refusal: "certificate: what it replaces is suspended",
        but: [
          .init(
            what: "replaces what was suspended",
            sql: self.suspended + "\(ended);" + self.replacing(seq: 100) + self.instead(seq: 100),
            refusal: nil),
          .init(
            what: "replaces what will be suspended",
            sql: self.suspended.replacing("2026-11-22", with: "2026-11-23")
              + self.replacing(seq: 99) + self.instead(seq: 99), refusal: nil),
        ])
      + self.attempts(
        "marks what is replaced",
        [
          self.replacing() + self.instead() + self.replacing(seq: 99, other: 2_026_000_003),
          self.replacing() + self.instead() + self.suspended.replacing("98", with: "99"),
        ], refusal: "certificate_mark: the certificate is replaced",
        but: [
          .init(
            what: "revokes what is replaced",
            sql: self.replacing() + self.revoked.replacing("98", with: "99"), refusal: nil),
          .init(
            what: "replaces by what is there",
            sql: self.replacing(other: 2_026_000_001),
            refusal: "certificate_mark: what replaces it is there already"),
          .init(
            what: "replaces what is revoked",
            sql: self.revoked + self.replacing(seq: 99),
            refusal: "certificate_mark: the certificate is revoked"),
          .init(
            what: "says in verification that it is replaced by nothing",
            sql: self.replacing() + "UPDATE verification SET mark = x'00'",
            refusal: "verification: what replaces the certificate is not there"),
          .init(
            what: "says in verification that it is replaced",
            sql: self.replacing() + self.instead()
              + "UPDATE verification SET mark = x'00' WHERE number = 2026000001", refusal: nil),
          .init(
            what: "withdraws a replacement beside what was issued instead",
            sql: self.replacing() + self.instead() + ended,
            refusal: "certificate_mark: another certificate stands instead"),
          .init(
            what: "withdraws a replacement with what was issued instead",
            sql: self.replacing() + self.instead()
              + self.revoked.replacing("2026000001, 98", with: "2026000002, 99")
              + "\(ended) WHERE number = 2026000001", refusal: nil),
          .init(
            what: "replaces the School's certificate, whatever became of the three (R-723)",
            sql: self.adopted(programme: 2) + self.adopted(1_000_000_002, programme: 3, own: "46")
              + self.issued(by: 7, "school") + " WHERE kind = 'programme';"
              + self.marked(1_000_000_001, "revoked", "fraud")
              + self.replacing(other: 2_026_000_003).replacing("2026000001", with: "2026000002")
              + self.instead().replacing("2026000001", with: "2026000002"), refusal: nil),
          .init(
            what: "withdraws a revocation of what stays replaced",
            sql: self.replacing() + self.instead() + self.revoked.replacing("98", with: "99")
              + "\(ended) WHERE seq = 99", refusal: nil),
        ])
  }

  private static func corrected(by person: Int = 7, at seq: Int = 97) -> String {
    """
    INSERT INTO result_correction SELECT id, \(seq), test, role_play, interview, \(person), 'x'
      FROM result WHERE id = 1;
    """
  }

  // R-625, R-026, R-021.
  private static var corrections: [Attempt] {
    let annulled = "\(self.revoked) UPDATE result SET annulled_by = 1, annulled_seq = 98;"
    let waiting =
      "DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;"
    let fixed = "result: replaced before, confirmed once, annulled after; else fixed"
    return self.attempts(
      "corrects what does not count",
      [
        annulled + self.corrected(), waiting + self.corrected(),
        "INSERT INTO result_correction VALUES (2, 97, 1, 1, 1, 7, 'x')",
      ],
      refusal: "result_correction: of no confirmed result that counts",
      but: [
        .init(
          what: "corrects marks, and again",
          sql: self.corrected() + "UPDATE result SET test = 81;" + self.corrected(at: 98)
            + "UPDATE result SET role_play = 76, interview = 91", refusal: nil)
      ])
      + self.attempts(
        "corrects as somebody of the commission, or the candidate",
        [
          self.corrected(by: 4), self.corrected(by: 5), self.corrected(by: 6),
          self.corrected(by: 8),
          "DROP TRIGGER result_once; UPDATE result SET recorded_by = 3;" + self.corrected(by: 3),
          "DROP TRIGGER result_once; UPDATE result SET confirmed_by = 3;" + self.corrected(by: 3),
        ], refusal: "result_correction: made by somebody of the commission, or the candidate",
        but: [
          .init(
            what: "corrects as who was seated in error",
            sql: """
              INSERT INTO commission_seat VALUES (1, 7, 'member', 50, NULL, NULL);
              UPDATE commission_seat SET ended_seq = 60, ended_how = 'in_error'
                WHERE person_id = 7;
              """ + self.corrected(), refusal: nil)
        ])
      + self.attempts(
        "changes marks of which none is kept",
        [
          "test = 81", "role_play = 76", "interview = 91",
        ], in: { "UPDATE result SET \($0)" },
        and: [
          self.corrected() + "UPDATE result SET test = 81; UPDATE result SET test = 82",
          self.corrected() + "UPDATE result SET role_play = 76; UPDATE result SET test = 82",
          self.corrected() + "UPDATE result SET interview = 91; UPDATE result SET test = 82",
          self.corrected() + "UPDATE result SET test = 81;" + self.corrected(at: 98)
            + "UPDATE result SET test = 80; UPDATE result SET test = 82",
        ], refusal: fixed)
  }

  // R-305: cohort 1, of edition 3, has a class and a session.
  private static var repinned: [Attempt] {
    let fresh = """
      INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form, starts_on, ends_on, place, seq
        FROM cohort WHERE id = 1;
      """
    let pins = "UPDATE cohort SET edition_id ="
    let session = """
      INSERT INTO session VALUES (9, 'Y', 9, '2026-03-25', '2026-03-25', 'y', 50, NULL, NULL);
      """
    let held = """
      INSERT INTO cohort_trainer SELECT 9, person_id, 'x', 1, NULL, NULL, NULL, NULL FROM cohort_trainer
        WHERE cohort_id = 1;
      INSERT INTO class SELECT 99, 9, '2026-03-29', 540, 720, person_id, 1, NULL FROM cohort_trainer
        WHERE cohort_id = 9;
      """
    return self.attempts(
      "gives another edition to a cohort with classes or a session",
      [
        "\(pins) 4 WHERE id = 1", "\(fresh) \(session) \(pins) 4 WHERE id = 9",
        "\(fresh) \(held) \(pins) 4 WHERE id = 9",
      ],
      refusal: "cohort: has a class or a session, and keeps its edition",
      but: [
        .init(what: "gives another edition", sql: "\(fresh) \(pins) 4 WHERE id = 9", refusal: nil)
      ])
      + self.attempts(
        "gives an edition that can't be",
        ["7", "2"], in: { "\(fresh) \(pins) \($0) WHERE id = 9" },
        and: [
          """
          DROP TRIGGER edition_stays_u; UPDATE edition SET valid_from = '2026-02-03' WHERE id = 4;
          \(fresh) \(pins) 4 WHERE id = 9
          """,
          """
          DROP TRIGGER edition_stays_u; UPDATE edition SET ended_seq = 9, ended_on = '2026-02-01' WHERE id = 4;
          \(fresh) \(pins) 4 WHERE id = 9
          """,
        ],
        refusal: "cohort: the other edition is of another programme, or not in force")
  }

  // R-621, R-024: 5 recorded, 4 chairs, 6 is a member.
  private static var reviews: [Attempt] {
    let waiting =
      "DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;"
    func review(by person: Int) -> String {
      "INSERT INTO result_review VALUES (1, \(person), 60);"
    }
    func asking(_ count: Int) -> String {
      "\(waiting) DROP TRIGGER edition_stays_u; UPDATE edition SET reviews_min = \(count);"
    }
    let confirms = "UPDATE result SET confirmed_by = 4, confirmed_seq = 98 WHERE id = 1"
    return self.attempts(
      "reviews what does not wait",
      [
        review(by: 6), "\(waiting) UPDATE result SET replaced_seq = 50; \(review(by: 6))",
        "INSERT INTO result_review VALUES (2, 6, 60)",
      ], refusal: "result_review: of nothing that waits for the chair",
      but: [.init(what: "reviews", sql: waiting + review(by: 6), refusal: nil)])
      + self.attempts(
        "confirms where no hours are kept",
        [
          """
          \(waiting) DROP TRIGGER enrolment_hours_stays_d; DELETE FROM enrolment_hours;
          \(confirms)
          """
        ],
        refusal: "result: the hours are not there any more")
      + self.attempts(
        "reviews as one who may not",
        [
          waiting + review(by: 5), waiting + review(by: 4), waiting + review(by: 7),
          """
          \(waiting) UPDATE commission_seat SET ended_seq = 59, ended_how = 'replaced'
            WHERE person_id = 6; \(review(by: 6))
          """,
        ], refusal: "result_review: by the recorder, or from no seat but the chair's")
      + self.attempts(
        "confirms unreviewed", [asking(1) + confirms, asking(2) + review(by: 6) + confirms],
        refusal: "result: fewer have reviewed it than the edition asks",
        but: [
          .init(
            what: "confirms what is reviewed", sql: asking(1) + review(by: 6) + confirms,
            refusal: nil)
        ])
  }

  // R-604.
  private static var admissions: [Attempt] {
    let other = """
      INSERT INTO cohort (id, code, edition_id, organisation_id, language, form, starts_on, ends_on, place, seq)
        SELECT 9, 'Z', edition_id, organisation_id, language, form, starts_on, ends_on, place, 50 FROM cohort
        WHERE id = 1;
      INSERT INTO session VALUES (7, 'Z', 9, '2026-03-25', '2026-03-25', 'z', 50, NULL, NULL);
      """
    let admits = "INSERT INTO session_admission VALUES (7, 1, 60);"
    return self.attempts(
      "admits to a session that was cancelled",
      [other + "UPDATE session SET ended_seq = 59, ended_how = 'cancelled' WHERE id = 7;" + admits],
      refusal: "session_admission: the session is cancelled",
      but: [.init(what: "admits", sql: other + admits, refusal: nil)])
      + self.attempts(
        "admits from no other cohort of the edition",
        [
          "INSERT INTO session_admission VALUES (1, 1, 60)",
          """
          \(other) DROP TRIGGER cohort_repinned; DROP TRIGGER cohort_stays_u;
          UPDATE cohort SET edition_id = 2 WHERE id = 9; \(admits)
          """,
          other + "INSERT INTO session_admission VALUES (7, 99, 60)",
        ], refusal: "session_admission: not from another cohort of the edition")
  }

  // R-603: 6 of the commission has an interest in the candidate, 8.
  private static var interests: [Attempt] {
    func declares(_ person: Int, in candidate: Int = 8, seq: Int = 60) -> String {
      """
      INSERT INTO interest_declaration VALUES (1, \(person), 60);
      INSERT INTO interest VALUES (1, \(person), \(candidate), 'kin', \(seq));
      """
    }
    let open =
      "DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;"
    let withdrawn = open + "UPDATE result SET replaced_seq = 59;"
    let late = "DROP TRIGGER interest_begins;" + open
    let confirms = "UPDATE result SET confirmed_by = 4, confirmed_seq = 98 WHERE id = 1"
    return self.attempts(
      "declares of nobody who sits there",
      [
        declares(7),
        """
        DROP TRIGGER commission_seat_leaves;
        UPDATE commission_seat SET ended_seq = 59, ended_how = 'replaced' WHERE person_id = 6;
        \(declares(6))
        """,
      ], refusal: "interest_declaration: of nobody who sits there",
      but: [.init(what: "declares", sql: withdrawn + declares(6), refusal: nil)])
      + self.attempts(
        "has an interest that nobody declared",
        [withdrawn + declares(6, seq: 61), "INSERT INTO interest VALUES (1, 6, 8, 'kin', 60)"],
        refusal: "interest: not of this declaration")
      + self.attempts(
        "declares of whom a result stands", [declares(6), open + declares(6)],
        refusal: "interest: a result of the candidate stands",
        but: [.init(what: "declares of another", sql: declares(6, in: 3), refusal: nil)])
      + self.attempts(
        "confirms with an interest",
        [late + declares(4) + confirms, late + declares(5) + confirms],
        refusal: "result: its chair or recorder has declared an interest",
        but: [
          .init(
            what: "confirms where a member has one", sql: late + declares(6) + confirms,
            refusal: nil)
        ])
  }

  /// An absence of the trainee in a session of its own, attempt 1 unless said.
  private static func absence(attempt: Int = 1, why: String = "NULL") -> String {
    """
    DROP TRIGGER result_begins;
    INSERT INTO session VALUES (7, 'Z', 1, '2026-03-25', '2026-03-25', 'z', 50, NULL, NULL);
    INSERT INTO commission_seat VALUES (7, 4, 'chair', 50, NULL, NULL), (7, 5, 'member', 50, NULL, NULL);
    INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by, recorded_at_ms, seq, why)
      VALUES (2, 7, 1, \(attempt), 'absent', 5, 0, 50, \(why));
    """
  }

  private static func excused(_ result: Int = 2, attempt: Int = 1, by person: Int = 7) -> String {
    """
    INSERT INTO result_excuse
      VALUES (\(result), 60, \(attempt), '№ 12', '2026-03-26', '2026-03-27', \(person));
    """
  }

  // R-616, R-021.
  private static var excuses: [Attempt] {
    let confirmed = "UPDATE result SET confirmed_by = 4, confirmed_seq = 51 WHERE id = 2;"
    let whole = self.absence() + confirmed
    let change = "UPDATE result SET"
    return self.attempts(
      "excuses what is no confirmed absence",
      [
        self.absence() + self.excused(), self.excused(1), whole + self.excused(attempt: 2),
        "DROP TRIGGER result_certified;" + whole
          + "\(change) annulled_by = 1, annulled_seq = 52 WHERE id = 2;" + self.excused(),
        self.absence(attempt: 0, why: "'x'") + confirmed + self.excused(attempt: 0),
      ], refusal: "result_excuse: of no confirmed absence without excuse",
      but: [
        .init(
          what: "excuses an absence",
          sql: "\(whole) \(self.excused()) \(change) attempt = 0, why = '№ 12' WHERE id = 2",
          refusal: nil)
      ])
      + self.attempts(
        "excuses as who was absent", [whole + self.excused(by: 8)],
        refusal: "result_excuse: made by who was absent")
      + self.attempts(
        "frees an attempt otherwise than by its paper",
        [
          "\(change) attempt = 0 WHERE id = 2", "\(change) attempt = 2 WHERE id = 2",
          "\(change) why = 'x' WHERE id = 2",
          self.excused() + "\(change) attempt = 2, why = '№ 12' WHERE id = 2",
          self.excused() + "\(change) attempt = 0, why = '№ 13' WHERE id = 2",
          self.excused() + "\(change) attempt = 0 WHERE id = 2",
        ], in: { whole + $0 },
        refusal: "result: replaced before, confirmed once, annulled after; else fixed")
  }

  private static func refused(_ result: Int = 1, by person: Int = 7, at seq: Int = 97) -> String {
    """
    INSERT INTO certificate_refusal VALUES (\(result), \(seq), '2026-11-22', 'x', \(person), NULL,
      NULL, NULL);
    """
  }

  // R-704, R-021, R-028.
  private static var refusals: [Attempt] {
    let ends = "UPDATE certificate_refusal SET ended_seq = 99, ended_how = 'appeal', ended_by ="
    let waiting =
      "DROP TRIGGER result_once; UPDATE result SET confirmed_seq = NULL, confirmed_by = NULL;"
    let pass = "certificate_refusal: of no pass that stands"
    return self.attempts(
      "refuses what is no pass",
      [
        self.refused(2), waiting + self.refused(),
        "DROP TRIGGER result_once; UPDATE result SET outcome = 'failed';" + self.refused(),
        "UPDATE result SET annulled_by = 1, annulled_seq = 98;" + self.refused(),
        "DROP TRIGGER result_once; UPDATE result SET replaced_seq = 98;" + self.refused(),
      ], in: { self.revoked + $0 }, refusal: pass,
      but: [
        .init(what: "refuses a pass", sql: self.revoked + self.refused(), refusal: nil),
        .init(
          what: "refuses one's own pass", sql: self.revoked + self.refused(by: 8),
          refusal: "certificate_refusal: made by who passed"),
        .init(
          what: "refuses beside a certificate", sql: self.refused(),
          refusal: "certificate_refusal: there is a certificate"),
        .init(
          what: "issues what is refused",
          sql: self.revoked + self.refused() + self.instead(),
          refusal: "certificate: it is refused"),
        .init(
          what: "issues what was refused",
          sql: self.revoked + self.refused() + "\(ends) 6;" + self.instead(), refusal: nil),
        .init(
          what: "issues on a pass beside one that was refused and annulled",
          sql: self.revoked + self.refused()
            + """
            UPDATE result SET annulled_by = 1, annulled_seq = 98;
            DROP TRIGGER certificate_pass;
            """ + self.instead(), refusal: nil),
        .init(
          what: "ends one's own refusal", sql: self.revoked + self.refused() + "\(ends) 7",
          refusal: "certificate_refusal: ended by who made it"),
        .init(
          what: "ends a refusal against oneself",
          sql: self.revoked + self.refused() + "\(ends) 8",
          refusal: "certificate_refusal: ended by who was refused"),
        .init(
          what: "refuses what is refused",
          sql: self.revoked + self.refused() + self.refused(at: 98),
          refusal: "certificate_refusal: result_id is taken"),
      ])
      + self.attempts(
        "changes a refusal as it ends",
        [
          "result_id = 2", "seq = 96", "refused_on = '2026-11-23'", "why = 'y'", "made_by = 5",
        ],
        in: { "\(self.revoked) \(self.refused()) \(ends) 6, \($0)" },
        and: [
          "\(self.revoked) \(self.refused()) UPDATE certificate_refusal SET why = 'y'",
          "\(self.revoked) \(self.refused()) \(ends) 6; \(ends) 6",
        ], refusal: "certificate_refusal: may be ended once, and nothing else")
  }

  private static func duplicate(
    _ copy: Int = 1, of number: Int64 = 2_026_000_001, stated: String = "2026-11-22",
    made: String = "2026-11-22", by person: Int = 6
  ) -> String {
    """
    INSERT INTO certificate_duplicate VALUES (\(number), \(copy), 'lost', '\(stated)', '\(made)',
      \(person), 97);
    """
  }

  // R-716.
  private static var duplicates: [Attempt] {
    let verified = "UPDATE verification SET mark ="
    return self.attempts(
      "makes a duplicate",
      [
        self.duplicate(made: "2026-11-23").replacing("2026-11-22', '", with: "2026-11-21', '"),
        self.duplicate(by: 8), self.limited("2026-11-30") + self.duplicate(made: "2026-12-01"),
        self.adopted() + self.duplicate(of: 1_000_000_001),
      ],
      refusal:
        "certificate_duplicate: is of no paper of ours, not in its days, or made by the holder",
      but: [
        .init(
          what: "makes two duplicates, and says so in verification",
          sql: self.duplicate() + self.duplicate(2) + "\(verified) x'00'", refusal: nil),
        .init(
          what: "makes a duplicate on the last day",
          sql: self.limited("2026-11-30") + self.duplicate(made: "2026-11-30"), refusal: nil),
        .init(
          what: "makes a duplicate and says nothing in verification",
          sql: self.duplicate() + "\(verified) NULL",
          refusal: "verification: changes with what stands against the certificate"),
        .init(
          what: "makes a duplicate before it is suspended",
          sql: self.suspended
            + self.duplicate(stated: "2026-11-22", made: "2026-11-22")
            .replacing(
              "INSERT",
              with: "UPDATE certificate_mark SET ended_seq = 99, ended_by = 6, "
                + "ended_how = 'mended'; INSERT"), refusal: nil),
      ])
      + self.attempts(
        "makes a duplicate out of turn", [self.duplicate(2), self.duplicate() + self.duplicate(3)],
        refusal: "certificate_duplicate: does not follow the last")
      + self.attempts(
        "makes a duplicate of what does not stand",
        [
          self.suspended + self.duplicate(),
          self.replacing() + self.instead() + self.duplicate(),
          self.revoked.replacing("2026-11-22", with: "2026-12-22") + self.duplicate(),
          self.suspended.replacing("NULL, 'court'", with: "'2026-11-30', 'court'")
            + self.duplicate(made: "2026-11-30"),
        ], refusal: "certificate_duplicate: the certificate does not stand",
        but: [
          .init(
            what: "makes a duplicate behind a suspension",
            sql: self.suspended.replacing("NULL, 'court'", with: "'2026-11-30', 'court'")
              + self.duplicate(made: "2026-12-01"), refusal: nil),
          .init(
            what: "makes a duplicate before a suspension",
            sql: self.suspended.replacing("2026-11-22", with: "2026-11-23") + self.duplicate(),
            refusal: nil),
        ])
  }

  /// An old certificate of person 8, number 45 of 2013.
  private static func adopted(
    _ number: Int64 = 1_000_000_001, programme: Int = 1, own: String = "45",
    said attestation: String = "yes", by person: Int64 = 7
  ) -> String {
    """
    INSERT INTO certificate VALUES (\(number), NULL, 8, 'adopted', \(programme), NULL, '2013-05-20',
      '2013-05-20', NULL, \(person), 99);
    INSERT INTO adopted_certificate VALUES (\(number), 1, 2013, '\(own)', '№ \(own)', '', '',
      '\(attestation)');
    """
  }

  // R-741, R-742.
  private static var adopted: [Attempt] {
    let three = self.adopted(1_000_000_002, programme: 2, own: "46")
    let second = """
      INSERT INTO cohort SELECT 9, 'X', (SELECT id FROM edition WHERE programme = 2
          AND code = '2025'), organisation_id, language, form, starts_on, ends_on, place, seq
        FROM cohort;
      \(Enrolled.sql(99, person: 8, cohort: 9))
      """
    let revoked = Self.marked(1_000_000_001, "revoked", "fraud")
    let withdrawn = "UPDATE certificate_mark SET ended_seq = 99, ended_by = 6, ended_how = 'appeal'"
    return self.attempts(
      "takes an old certificate's number",
      [
        self.adopted(1_000_000_002),
        self.adopted(1_000_000_002).replacing(
          "INSERT INTO adopted", with: "INSERT OR REPLACE INTO adopted"),
      ], in: { self.adopted() + $0 },
      refusal: "adopted_certificate: issuer_id and own_key and year are taken",
      but: [
        .init(
          what: "adopts two of one programme beside what is held",
          sql: self.adopted() + self.adopted(1_000_000_002, own: "46"), refusal: nil),
        .init(
          what: "adopts as the holder", sql: self.adopted(by: 8),
          refusal: "certificate: decided by the holder"),
        .init(
          what: "leaves a gap in the series of adopted ones", sql: self.adopted(1_000_000_002),
          refusal: "certificate: the serial does not follow the last"),
        .init(
          what: "says that an issued certificate is adopted",
          sql: """
            INSERT INTO adopted_certificate VALUES (2026000001, 1, 2026, '45', '45', '', '', 'yes')
            """, refusal: "adopted_certificate: is not what the certificate says"),
        .init(
          what: "says another year of an adopted certificate",
          sql: self.adopted().replacing("1, 2013,", with: "1, 2014,"),
          refusal: "adopted_certificate: is not what the certificate says"),
        .init(
          what: "gives the School's certificate for two passed and one not known",
          sql: self.revoked + self.adopted(programme: 1, said: "unknown") + three
            + self.adopted(1_000_000_003, programme: 3, own: "47") + self.issued(by: 7, "school")
            + " WHERE kind = 'programme'",
          refusal: "certificate: three programmes are needed"),
        .init(
          what: "gives the School's certificate for three that were passed",
          sql: self.revoked + self.adopted(programme: 1) + three
            + self.adopted(1_000_000_003, programme: 3, own: "47")
            + self.issued(by: 7, "school") + " WHERE kind = 'programme'",
          refusal: nil),
        .init(
          what: "enrols on an adopted prerequisite",
          sql: self.revoked + self.adopted(said: "unknown") + second, refusal: nil),
        .init(
          what: "enrols on an adopted prerequisite that is revoked",
          sql: self.revoked + self.adopted() + revoked + second,
          refusal: "place: not admitted"),
        .init(
          what: "withdraws an adopted certificate's revocation beside another adopted one",
          sql: self.adopted() + three + revoked + withdrawn, refusal: nil),
        .init(
          what: "changes what the old register says",
          sql: self.adopted() + "UPDATE adopted_certificate SET attestation = 'no'",
          refusal: "adopted_certificate: rows are never changed"),
        .init(
          what: "gives an adopted certificate's paper to nothing",
          sql: "INSERT INTO adopted_paper VALUES (zeroblob(32), 1000000001)",
          refusal: "adopted_paper: refers to what is not there"),
      ])
  }

  private static var head: [Attempt] {
    self.attempts(
      "moves the journal's head",
      ["UPDATE journal_head SET frontier = x''", "UPDATE journal_head SET size = size + 1"],
      refusal: "journal_head: follows the last entry")
  }

  // Where another trigger of the table refuses first, it is dropped: each must hold alone.
  private static var references: [Attempt] {
    let dangling: [(String, String, String)] = [
      ("entitlement", "VALUES (99, 99, 'train', '2026-01-01', NULL, 'x', 1, NULL, NULL)", ""),
      (
        "entitlement_suspension",
        "VALUES (99, 99, 'train', '2026-01-01', NULL, 'x', 1, NULL, NULL)",
        "entitlement_suspension_begins"
      ),
      (
        "agreement",
        "VALUES (99, 99, '7', '2026-05-01', '2026-05-01', '2026-06-01', 'ESP', 'x', 'x', 'watch', 10, NULL)",
        ""
      ),
      (
        "person_name", "VALUES (99, 1, '', '', '', '', '', '', '', '', '', '', NULL, NULL, NULL)",
        ""
      ),
      ("person_identifier", "VALUES ('document', 'KZ', 'x', '1', 99, 1, NULL, NULL, NULL)", ""),
      ("person_bar", "VALUES (99, 1, 'conviction', '', NULL, '', 3, NULL, NULL, NULL)", ""),
      ("person_bar", "VALUES (3, 1, 'conviction', '', NULL, '', 99, NULL, NULL, NULL)", ""),
      ("proposal", "VALUES (1, 'rename_person', 99, 3, '', '', NULL, NULL, NULL, NULL)", ""),
      ("proposal", "VALUES (1, 'rename_person', 4, 99, '', '', NULL, NULL, NULL, NULL)", ""),
      ("dismissed_double", "VALUES (99, 3, 1, 'x', NULL)", ""),
      ("dismissed_double", "VALUES (3, 99, 1, 'x', NULL)", ""),
      ("role_grant", "VALUES (99, 'registrar', 1, 99, 0, NULL, NULL)", ""),
      ("role_grant", "VALUES (8, 'registrar', 99, 99, 0, NULL, NULL)", ""),
      ("cohort", "SELECT 9, 'X', 99, 1, 'kk', 'remote', '2026-01-01', '2026-01-01', '', 1", ""),
      ("cohort", "SELECT 9, 'X', 3, 99, 'kk', 'remote', '2026-01-01', '2026-01-01', '', 1", ""),
      ("cohort_trainer", "VALUES (99, 3, 'x', 1, NULL, NULL, NULL, NULL)", ""),
      ("cohort_trainer", "VALUES (1, 99, 'x', 1, NULL, NULL, NULL, NULL)", ""),
      ("enrolment", "VALUES (99, 99, 1)", ""),
      ("place", "VALUES (98, 8, 99, '2026-02-02', 9, NULL, NULL, NULL)", ""),
      ("place", "VALUES (98, 99, 1, '2026-02-02', 9, NULL, NULL, NULL)", "place_person"),
      ("place", "VALUES (99, 6, 1, '2026-02-02', 9, NULL, NULL, NULL)", "place_admitted"),
      ("waiting", "VALUES (99, 6, '2026-02-02', 9, 0, NULL, NULL)", "waiting_begins"),
      ("waiting", "VALUES (1, 99, '2026-02-02', 9, 0, NULL, NULL)", "waiting_begins"),
      ("class", "VALUES (99, 99, '2026-03-25', 540, 600, 3, 1, NULL)", "class_trainer"),
      ("class", "VALUES (99, 1, '2026-03-25', 540, 600, 99, 1, NULL)", "class_trainer"),
      ("attendance", "VALUES (99, 1, 4, 0, 1, NULL)", "attendance_cohort, attendance_order"),
      (
        "attendance", "VALUES (1, 99, 4, 0, 1, NULL)",
        "attendance_cohort, attendance_order, attendance_passed"
      ),
      ("cohort_cancelled", "VALUES (99, 1)", ""),
      ("session", "VALUES (99, 'A', 99, '2026-03-20', '2026-03-20', 'x', 1, NULL, NULL)", ""),
      ("commission_seat", "VALUES (99, 3, 'member', 1, NULL, NULL)", ""),
      ("commission_seat", "VALUES (1, 99, 'member', 1, NULL, NULL)", ""),
      (
        "certificate_mark",
        "VALUES (2026000009, 1, 'revoked', '2026-11-22', NULL, 'fraud', '', 7, NULL, NULL, NULL, NULL)",
        ""
      ),
      (
        "certificate_duplicate",
        "VALUES (2026000009, 1, 'lost', '2026-11-22', '2026-11-22', 6, 9)", ""
      ),
      (
        "certificate_duplicate",
        "VALUES (2026000001, 1, 'lost', '2026-11-22', '2026-11-22', 99, 9)", ""
      ), ("refused_act", "VALUES (1, 99)", ""),
      ("token", "VALUES (99, NULL, 99, zeroblob(32), 'x', 0, 0, 1, NULL, NULL)", ""),
    ]
    let refused = dangling.map { table, row, dropped in
      Attempt(
        what: "refers to nothing: \(table) \(row)",
        sql: self.without(dropped)
          + "INSERT INTO enrolment VALUES (98, 8, 1); INSERT INTO \(table) \(row)",
        refusal: "\(table): refers to what is not there")
    }
    return refused + [
      Attempt(
        what: "issues by nobody", sql: self.reissued(by: 99),
        refusal: "certificate: refers to what is not there")
    ]
  }

  private static func without(_ triggers: String) -> String {
    triggers.split(separator: ", ").map { "DROP TRIGGER \($0);" }.joined()
  }

  private static var replacements: [Attempt] {
    let replaced: [(String, String, String)] = [
      ("organisation", "VALUES (1, 'X', 'centre', 'a', 'b', 'c', 'd', 'KZ', 1)", ""),
      ("cohort", "SELECT 1, 'X', 3, 2, 'kk', 'remote', '2026-01-01', '2026-01-01', '', 1", ""),
      ("enrolment", "VALUES (1, 99, 1)", ""),
      ("class", "VALUES (1, 1, '2026-03-25', 540, 600, 3, 1, NULL)", ""),
      ("session", "VALUES (1, 'X', 1, '2026-03-20', '2026-03-20', 'x', 1, NULL, NULL)", ""),
      (
        "certificate",
        """
        SELECT number, zeroblob(10), person_id, kind, programme, enrolment_id, issued_on,
          valid_from, valid_until, decided_by, seq FROM certificate
        """, "certificate_serial"
      ),
    ]
    return replaced.map { table, row, dropped in
      Attempt(
        what: "replaces by the key: \(table)",
        sql: """
          \(self.without(dropped)) \(self.revoked)
          INSERT INTO person VALUES (99, '', 1);
          INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
          INSERT OR REPLACE INTO \(table) \(row)
          """, refusal: "\(table): the key is there already")
    }
  }

  private static var taken: [Attempt] {
    let twice: [(String, String, String)] = [
      ("organisation", "code is", "VALUES (9, 'ALA-01', 'centre', 'a', 'b', 'c', 'd', 'KZ', 1)"),
      (
        "cohort", "code is",
        "SELECT 9, code, 3, 2, 'kk', 'remote', '2026-01-01', '2026-01-01', '', 1 FROM cohort"
      ),
      (
        "session", "code is",
        "VALUES (99, 'S-014', 1, '2026-03-20', '2026-03-20', 'x', 1, NULL, NULL)"
      ),
      (
        "place", "cohort_id and person_id are",
        "SELECT 99, 8, 1, '2026-02-02', 1, NULL, NULL, NULL"
      ),
      (
        "class", "cohort_id and held_on and starts_minute are",
        "VALUES (99, 1, '2026-02-03', 540, 600, 6, 1, NULL)"
      ),
      (
        "certificate", "code is",
        """
        SELECT number + 1, code, person_id, kind, programme, enrolment_id, issued_on, valid_from,
          valid_until, decided_by, seq FROM certificate
        """
      ),
      (
        "token", "hash is",
        """
        SELECT 99, person_id, organisation_id, hash, 'x', 0, 0, 1, NULL, NULL FROM token WHERE id = 1
        """
      ),
    ]
    return twice.map { table, key, row in
      Attempt(
        what: "takes what \(key) of another \(table)",
        sql: """
          \(self.revoked) INSERT INTO cohort_trainer VALUES (1, 6, 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO \(table) \(row)
          """, refusal: "\(table): \(key) taken")
    }
  }

  /// Tables whose rows are never deleted, and a column of those that are never changed either.
  static let kept: [(table: String, column: String?)] = [
    ("programme", "number"), ("edition", nil), ("edition_source", "basis"),
    ("edition_component", "pass_mark"),
    ("organisation", "id"), ("entitlement", nil), ("entitlement_suspension", nil),
    ("agreement", nil),
    ("person", "id"),
    ("person_detail", nil),
    ("person_name", nil), ("person_identifier", nil), ("person_bar", nil),
    ("dismissed_double", nil), ("cohort", nil), ("cohort_cancelled", "seq"),
    ("cohort_trainer", nil), ("enrolment", "seq"),
    ("place", nil), ("waiting", nil), ("class", nil), ("attendance", nil), ("session", nil),
    ("commission_seat", nil),
    ("certificate", "number"),
    ("burned_serials", "seq"), ("certificate_mark", nil), ("certificate_duplicate", "made_on"),
    ("refused_act", "seq"),
    ("token_role", "role"), ("act", "salt"),
    ("entry", "octets"), ("role_grant", nil), ("token", nil), ("result", nil),
    ("enrolment_hours", nil), ("taught", nil), ("verification", nil),
    ("signing_key", "name"), ("key_retirement", nil), ("school_setting", "value"),
    ("filed_report", "size"), ("filed_figure", "value"),
    ("case_application", "programme"), ("case_recognition", "programme"),
    ("recognised_hours", "theory_quarters"),
    ("reads_counted", "digest"),
    ("case_entry", "contact"), ("register_entry", "person_id"), ("entry_mark", "since"),
    ("learning_check", "checked_on"),
    ("proposal", nil), ("adopted_certificate", "own_key"), ("adopted_paper", "key"),
  ]

  /// What attendance adds up to: it goes where attendance ends, and may be said again as it is.
  static let sums: Set<String> = ["enrolment_hours", "taught"]

  /// What is not in a registry with one certificate, so that each table has a row.
  static let oneOfEach: String = """
    INSERT INTO person_bar VALUES (3, 1, 'conviction', '2026-02-02', NULL, '', 4, NULL, NULL, NULL);
    INSERT INTO proposal VALUES (1, 'rename_person', 3, 4, '', '', NULL, NULL, NULL, NULL);
    INSERT INTO dismissed_double VALUES (3, 4, 1, 'x', NULL);
    INSERT INTO burned_serials VALUES (2026, 10, 20, 1, 1);
    INSERT INTO cohort SELECT 9, 'X9', edition_id, organisation_id, language, form, starts_on, ends_on,
      place, seq FROM cohort;
    INSERT INTO cohort_cancelled VALUES (9, 1);
    DROP TRIGGER waiting_begins; DROP TRIGGER waiting_admitted;
    INSERT INTO waiting VALUES (1, 6, '2026-02-02', 1, 0, NULL, NULL);
    INSERT INTO entitlement_suspension VALUES (9, 2, 'train', '2026-05-01', NULL, 'x', 1, NULL, NULL);
    INSERT INTO agreement VALUES (9, 2, '7', '2026-05-01', '2026-05-01', '2026-06-01', 'ESP', 'x', 'x',
      'watch', 10, NULL);
    INSERT INTO reads_counted VALUES (1, 1, 2, 2, zeroblob(32), 0, 5);
    INSERT INTO refused_act VALUES (1, 7); \(duplicate()) \(revoked) \(adopted()) \(oneKey) \(oneSetting) \(oneReport)
    INSERT INTO case_file VALUES (190, 'application', 3, '2026-11-22', NULL, 4, 0, NULL, NULL, NULL, NULL);
    INSERT INTO case_application VALUES (190, 1, 2);
    DROP TRIGGER recognised_hours_begin; \(recognised()) \(entered())
    INSERT INTO entry_mark VALUES (2026000001, 299, 'excluded', '2026-11-22', NULL, 'decision', NULL, 7);
    \(learned()) \(checkedLearning())
    INSERT INTO adopted_paper VALUES (zeroblob(32), 1000000001);
    """

  /// An act 99 by which another person approved what one proposed of a trainee; person 8 has the only
  /// certificate.
  static func agreed(
    of person: Int64 = 8, kind: String = "correct_hours", how: String = "approved"
  ) -> String {
    """
    INSERT INTO proposal VALUES (50, '\(kind)', \(person), 3, '2026-11-22', '2026-12-06', NULL,
      NULL, NULL, NULL);
    UPDATE proposal SET ended_seq = 99, ended_by = 5, ended_on = '2026-11-22', ended_how = '\(how)';
    """
  }

  /// Around `result`, a passed result 1 of session 1 that nobody has confirmed.
  static func unconfirmed(_ result: String, _ cohort: TestCohort) -> [Attempt] {
    let fixed = "result: replaced before, confirmed once, annulled after; else fixed"
    let chair = "result: confirmed by the chair, another person than the recorder"
    let outside = "result: annulled by somebody outside the commission"
    let confirmed = "UPDATE result SET confirmed_by = \(cohort.chairID), confirmed_seq = 99"
    let waits = "uncertified: is not what waits"
    let short = "result: the hours are not there any more"
    // Classes 1 to 4 are theory, 5 to 8 practice.
    func fewer(_ held: Int) -> String {
      "\(agreed()) UPDATE attendance SET ended_seq = 99 WHERE class_id = \(held);"
    }
    let absence = result.replacingOccurrences(
      of: "1, 'passed', 80, 80, 80", with: "0, 'absent', NULL, NULL, NULL")
    // What one trigger holds must hold without the other, so that either may be mended.
    func recorded(by person: Int64) -> String {
      "DROP TRIGGER result_begins;"
        + result.replacingOccurrences(of: "\(cohort.examinerID), 0", with: "\(person), 0")
    }
    return [
      .init(what: "confirms as the chair", sql: "\(result); \(confirmed)", refusal: nil),
      .init(
        what: "replaces twice",
        sql: """
          \(result); UPDATE result SET replaced_seq = 98; UPDATE result SET replaced_seq = 99
          """, refusal: fixed),
      .init(
        what: "confirms what is replaced",
        sql: "\(result); UPDATE result SET replaced_seq = 98; \(confirmed)", refusal: fixed),
      .init(
        what: "annuls what is not confirmed",
        sql: "\(result); UPDATE result SET annulled_by = 1, annulled_seq = 99", refusal: fixed),
      .init(
        what: "confirms as nobody", sql: "\(result); UPDATE result SET confirmed_seq = 99",
        refusal: chair),
      .init(
        what: "confirms as a member",
        sql: """
          \(result);
          UPDATE result SET confirmed_by = \(cohort.memberID), confirmed_seq = 99
          """, refusal: chair),
      .init(
        what: "confirms as the chair who recorded",
        sql: "\(recorded(by: cohort.chairID)); \(confirmed)", refusal: chair),
      .init(
        what: "annuls as who recorded, without a seat",
        sql: """
          \(recorded(by: cohort.trainerID)); \(confirmed);
          UPDATE result SET annulled_by = \(cohort.trainerID), annulled_seq = 100
          """, refusal: outside),
      .init(
        what: "confirms where the theory is not there any more (R-530)",
        sql: "\(result); \(fewer(1)) \(confirmed)", refusal: short),
      .init(
        what: "confirms where the practice is not there any more",
        sql: "\(result); \(fewer(5)) \(confirmed)", refusal: short),
      .init(
        what: "confirms an absence without the hours",
        sql: """
          \(absence); \(fewer(1)) \(confirmed)
          """, refusal: nil),
      .init(
        what: "says that a pass waits that nobody confirmed",
        sql: "\(result); INSERT INTO uncertified VALUES (1)", refusal: waits),
      .init(
        what: "says twice that a pass waits",
        sql: "\(result); \(confirmed); INSERT OR REPLACE INTO uncertified VALUES (1)",
        refusal: waits),
      .init(
        what: "has another pass wait",
        sql: "\(result); \(confirmed); UPDATE uncertified SET enrolment_id = 1", refusal: waits),
      .init(
        what: "forgets a pass that waits",
        sql: "\(result); \(confirmed); DELETE FROM uncertified", refusal: waits),
      .init(
        what: "lets an annulled pass wait no more",
        sql: """
          \(result); \(confirmed);
          UPDATE result SET annulled_by = \(cohort.certifierID), annulled_seq = 100;
          DELETE FROM uncertified
          """, refusal: nil),
      .init(
        what: "teaches whom he examined",
        sql: """
          \(result.replacingOccurrences(of: "passed", with: "failed"));
          INSERT INTO cohort_trainer VALUES (1, \(cohort.examinerID), 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO class VALUES (99, 1, '2026-03-25', 540, 600, \(cohort.examinerID), 1, NULL);
          INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)
          """, refusal: "attendance: the trainer examined the trainee"),
    ]
  }

  /// Somebody else who attended all classes but one, or none.
  static func short(_ result: String) -> [Attempt] {
    // Classes 1 to 4 are theory, 5 to 8 practice.
    ["class_id <> 2", "class_id <> 5", "0"].map { attended in
      .init(
        what: "records a pass before the hours: \(attended)",
        sql: """
          INSERT INTO person VALUES (99, '', 1);
          INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
          \(Enrolled.sql(99, person: 99, cohort: 1))
          INSERT INTO attendance SELECT 99, class_id, theory_quarters, practice_quarters, 1,
            NULL FROM attendance WHERE enrolment_id = 1 AND \(attended);
          \(result.replacingOccurrences(of: "(1, 1, 1, 1,", with: "(1, 1, 99, 1,"))
          """, refusal: "result: before the hours are there")
    }
  }

  /// Results that begin as what they may only become, and a second pass.
  static func beginnings(_ result: String, _ cohort: TestCohort) -> [Attempt] {
    let refusal = "result: begins unconfirmed, where none stands"
    let columns = [
      "replaced_seq", "confirmed_by", "confirmed_seq", "annulled_by", "annulled_seq",
    ]
    let begun = columns.map { column in
      Attempt(
        what: "begins with \(column)",
        sql: result.replacingOccurrences(of: "seq)", with: "seq, \(column))")
          .replacingOccurrences(of: "0, 1)", with: "0, 1, \(cohort.chairID))"),
        refusal: refusal)
    }
    return begun + [
      .init(
        what: "passes twice, in two sessions",
        sql: """
          \(result); \(result.replacingOccurrences(of: "(1, 1, 1, 1,", with: "(2, 2, 1, 2,"))
          """, refusal: refusal)
    ]
  }

  /// One trainee (person 8, enrolment 1) had nine hours of theory on 2026-02-03.
  static func attended(trainer: Int64, other: Int64) -> [Attempt] {
    let hours = "enrolment_hours: is not what attendance adds up to"
    let taught = "taught: is not what attendance says"
    let later = """
      INSERT INTO class VALUES (99, 1, '2026-02-04', 540, 720, \(trainer), 1, NULL);
      INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL);
      """
    let second = """
      INSERT INTO person VALUES (99, '', 1);
      INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
      \(Enrolled.sql(2, person: 99, cohort: 1))
      INSERT INTO attendance VALUES (2, 1, 36, 0, 1, NULL);
      """
    return [
      .init(
        what: "adds up the hours",
        sql: "\(later) UPDATE enrolment_hours SET theory_quarters = theory_quarters",
        refusal: nil),
      .init(
        what: "keeps who taught last", sql: "\(later) UPDATE taught SET last_on = last_on",
        refusal: nil),
      .init(
        what: "puts the hours in another's place",
        sql: "\(second) UPDATE OR REPLACE enrolment_hours SET enrolment_id = 2", refusal: hours),
      .init(
        what: "puts who taught one in another's place",
        sql: "\(second) UPDATE OR REPLACE taught SET person_id = 99", refusal: taught),
      .init(
        what: "puts one trainer in another's place",
        sql: """
          INSERT INTO cohort_trainer VALUES (1, \(other), 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO class VALUES (99, 1, '2026-02-03', 1020, 1080, \(other), 1, NULL);
          INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL);
          UPDATE OR REPLACE taught SET trainer_id = \(other)
          """, refusal: taught),
      .init(
        what: "attends another cohort's class",
        sql: """
          INSERT INTO cohort SELECT 9, 'X', edition_id, organisation_id, language, form,
            starts_on, ends_on, place, seq FROM cohort;
          INSERT INTO cohort_trainer VALUES (9, \(trainer), 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO class VALUES (99, 9, '2026-02-04', 540, 720, \(trainer), 1, NULL);
          INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)
          """, refusal: "attendance: no such class of the cohort stands"),
      .init(
        what: "attends a class that goes on past midnight, and one that begins then",
        sql: """
          INSERT INTO cohort_trainer VALUES (1, \(other), 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO class VALUES (98, 1, '2026-02-07', 1380, 1530, \(trainer), 1, NULL);
          INSERT INTO attendance VALUES (1, 98, 4, 0, 1, NULL);
          INSERT INTO class VALUES (99, 1, '2026-02-08', 60, 150, \(other), 1, NULL);
          INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)
          """, refusal: "attendance: two classes at once"),
      .init(
        what: "attends a class that begins at night, and one before that goes on into it",
        sql: """
          INSERT INTO cohort_trainer VALUES (1, \(other), 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO class VALUES (99, 1, '2026-02-08', 60, 150, \(other), 1, NULL);
          INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL);
          INSERT INTO class VALUES (98, 1, '2026-02-07', 1380, 1530, \(trainer), 1, NULL);
          INSERT INTO attendance VALUES (1, 98, 4, 0, 1, NULL)
          """, refusal: "attendance: two classes at once"),
      .init(
        what: "teaches past midnight, and at night elsewhere",
        sql: """
          INSERT INTO class VALUES (98, 1, '2026-02-07', 1380, 1530, \(trainer), 1, NULL);
          INSERT INTO class VALUES (99, 1, '2026-02-08', 89, 150, \(trainer), 1, NULL)
          """, refusal: "class: the trainer teaches elsewhere then"),
      .init(
        what: "teaches at night, and past midnight before it",
        sql: """
          INSERT INTO class VALUES (99, 1, '2026-02-08', 89, 150, \(trainer), 1, NULL);
          INSERT INTO class VALUES (98, 1, '2026-02-07', 1380, 1530, \(trainer), 1, NULL)
          """, refusal: "class: the trainer teaches elsewhere then"),
      .init(
        what: "attends two classes at once",
        sql: """
          INSERT INTO cohort_trainer VALUES (1, \(other), 'x', 1, NULL, NULL, NULL, NULL);
          INSERT INTO class VALUES (99, 1, '2026-02-03', 600, 660, \(other), 1, NULL);
          INSERT INTO attendance VALUES (1, 99, 4, 0, 1, NULL)
          """, refusal: "attendance: two classes at once"),
      .init(
        what: "teaches himself",
        sql: """
          DROP TRIGGER place_not_trainer;
          INSERT INTO person VALUES (99, '', 1);
          INSERT INTO person_detail VALUES (99, 1, '1980-01-01', 'higher', NULL, NULL);
          INSERT INTO cohort_trainer VALUES (1, 99, 'x', 1, NULL, NULL, NULL, NULL);
          \(Enrolled.sql(2, person: 99, cohort: 1))
          INSERT INTO class VALUES (99, 1, '2026-02-04', 540, 720, 99, 1, NULL);
          INSERT INTO attendance VALUES (2, 99, 4, 0, 1, NULL)
          """, refusal: "attendance: nobody teaches himself"),
    ]
  }
}
