import BitimTestSupport

/// What plain SQL can't do to cases: in a registry with one certificate, whose ids are those of ``attempts``.
extension PlainSQLTests {
  /// Case 90, an appeal of 8 against the act 50, which confirmed the result 1.
  private static let filed = """
    INSERT INTO case_file
    VALUES (90, 'appeal', 8, '2026-11-22', '2026-11-20', 2, 1, NULL, NULL, NULL, NULL);
    INSERT INTO case_contested VALUES (90, 50, 'result', 1, NULL, NULL);
    """
  /// Case 90, an appeal of 8 against the act 98, by which 7 revoked the certificate.
  private static let against = """
    INSERT INTO certificate_mark VALUES (2026000001, 98, 'revoked', '2026-11-22', NULL, 'error', '', 7,
      NULL, NULL, NULL, NULL);
    INSERT INTO case_file
    VALUES (90, 'appeal', 8, '2026-11-22', '2026-11-20', 2, 1, NULL, NULL, NULL, NULL);
    INSERT INTO case_contested VALUES (90, 98, 'mark', NULL, 2026000001, NULL);
    """

  private static func ended(
    by person: String, on day: String = "'2026-11-22'", how: String = "decision_stands"
  ) -> String {
    """
    UPDATE case_file SET ended_seq = 99, ended_by = \(person), ended_on = \(day), ended_how = '\(how)';
    """
  }

  private static func step(
    _ seq: Int, _ step: String, on day: String = "2026-11-22", by person: Int = 2
  ) -> String {
    "INSERT INTO case_step VALUES (90, \(seq), '\(step)', '\(day)', \(person));"
  }

  static var cases: [Attempt] {
    self.received + self.endings + self.hands + self.steps + self.setAside + self.appointed
      + self.applications
  }

  private static let received: [Attempt] = [
    .init(what: "receives a case", sql: Self.filed, refusal: nil),
    .init(
      what: "receives a case of oneself",
      sql:
        "INSERT INTO case_file VALUES (90, 'complaint', 8, '2026-11-22', NULL, 8, 1, NULL, NULL, NULL, NULL)",
      refusal: "case_file: received by whom it is about, or before the person was told"),
    .init(
      what: "receives an appeal before the person was told",
      sql: Self.filed.replacing("2026-11-20", with: "2026-11-23"),
      refusal: "case_file: received by whom it is about, or before the person was told"),
    .init(
      what: "receives a complaint about nobody",
      sql:
        "INSERT INTO case_file VALUES (90, 'complaint', NULL, '2026-11-22', NULL, 8, 1, NULL, NULL, NULL, NULL)",
      refusal: nil),
  ]

  /// Case 90, an application of 8 to the centre for programme 1, and 92, an appeal against its refusal by 1.
  private static var applications: [Attempt] {
    let none = "case_application: the case is none"
    let filed = """
      INSERT INTO case_file
      VALUES (90, 'application', 8, '2026-11-22', NULL, 2, 0, NULL, NULL, NULL, NULL);
      INSERT INTO case_application VALUES (90, 1, 2);
      """
    let appealed = """
      \(filed) UPDATE case_file SET ended_seq = 91, ended_by = 1, ended_on = '2026-11-22', ended_how = 'refused';
      INSERT INTO case_file
      VALUES (92, 'appeal', 8, '2026-11-22', '2026-11-22', 2, 1, NULL, NULL, NULL, NULL);
      INSERT INTO case_contested VALUES (92, 91, 'application', NULL, NULL, 90);
      """
    func decided(by person: Int) -> String {
      """
      UPDATE case_file SET ended_seq = 99, ended_by = \(person), ended_on = '2026-11-22',
        ended_how = 'decision_changed' WHERE seq = 92;
      """
    }
    return [
      ("receives", filed, nil),
      ("admits", filed + self.ended(by: "1", how: "admitted"), nil),
      ("extends", filed + self.step(91, "extended"), "case_step: an application is not extended"),
      ("returns", filed + self.step(91, "returned"), nil),
      (
        "says of an appeal what it applies for",
        self.filed + "INSERT INTO case_application VALUES (90, 1, 2);", none
      ),
      ("applies by no case", "INSERT INTO case_application VALUES (90, 1, 2);", none),
      (
        "applies twice by one case", filed + "INSERT INTO case_application VALUES (90, 2, 2);",
        "case_application: the key is there already"
      ),
      (
        "applies to nobody", filed.replacing("VALUES (90, 1, 2)", with: "VALUES (90, 1, 99)"),
        "case_application: refers to what is not there"
      ),
      ("decides on the appeal", appealed + decided(by: 7), nil),
      (
        "decides on the appeal against a refusal of one's own", appealed + decided(by: 1),
        "case_file: decided by who has a hand in what it contests"
      ),
    ].map { Attempt(what: "an application: \($0)", sql: $1, refusal: $2) }
  }

  private static var endings: [Attempt] {
    let wrong = "case_file: ended by whom it is about, or before it was received"
    let missing = "case_file: decided while something is missing"
    let returned = self.filed + self.step(91, "returned")
    return [
      ("nobody decides", self.filed + self.ended(by: "NULL"), wrong),
      ("decides on oneself", self.filed + self.ended(by: "8"), wrong),
      ("decides on no day", self.filed + self.ended(by: "1", on: "NULL"), wrong),
      ("decides before the receipt", self.filed + self.ended(by: "1", on: "'2026-11-21'"), wrong),
      ("decides", self.filed + self.ended(by: "1"), nil),
      ("has a result examined anew", self.filed + self.ended(by: "1", how: "re_examination"), nil),
      (
        "has a revocation examined anew", self.against + self.ended(by: "1", how: "re_examination"),
        "case_file: examined anew without a result that is contested"
      ),
      ("decides on what is incomplete", returned + self.ended(by: "1"), missing),
      (
        "decides on what was returned once more",
        returned + self.step(92, "completed") + self.step(93, "returned") + self.ended(by: "1"),
        missing
      ),
      (
        "decides on what is complete", returned + self.step(92, "completed") + self.ended(by: "1"),
        nil
      ),
      ("withdraws what is incomplete", returned + self.ended(by: "1", how: "withdrawn"), nil),
      (
        "decides twice", self.filed + self.ended(by: "1") + self.ended(by: "1"),
        "case_file: may be ended once, and nothing else"
      ),
    ].map { Attempt(what: $0, sql: $1, refusal: $2) }
      + [
        "seq = 91", "kind = 'complaint'", "person_id = 3", "received_on = '2026-11-21'",
        "told_on = NULL", "received_by = 4", "grounds = 2",
      ].map { change in
        Attempt(
          what: "changes a case: \(change)",
          sql: self.filed
            + self.ended(by: "1").replacing(
              "UPDATE case_file SET", with: "UPDATE case_file SET \(change),"),
          refusal: "case_file: may be ended once, and nothing else")
      } + [
        Attempt(
          what: "opens a case anew",
          sql: self.filed + self.ended(by: "1") + "UPDATE case_file SET ended_seq = NULL",
          refusal: "case_file: may be ended once, and nothing else")
      ]
  }

  /// 3 taught 8, 4 chaired and confirmed, 5 recorded, 6 sat beside them.
  private static var hands: [Attempt] {
    let own = "case_file: decided by who has a hand in what it contests"
    let unseated = "DROP TRIGGER commission_seat_stays_d; DELETE FROM commission_seat;"
    let error = """
      UPDATE commission_seat SET ended_seq = 97, ended_how = 'in_error' WHERE person_id = 6;
      """
    let annulled = """
      INSERT INTO certificate_mark VALUES (2026000001, 98, 'revoked', '2026-11-22', NULL, 'error', '', 7,
        NULL, NULL, NULL, NULL);
      UPDATE result SET annulled_by = 1, annulled_seq = 97;
      """
    let proposed = """
      INSERT INTO proposal VALUES (96, 'withdraw_mark', 8, 6, '2026-11-22', '2026-12-06', NULL, NULL,
        NULL, NULL);
      UPDATE proposal SET ended_seq = 98, ended_by = 2, ended_on = '2026-11-22', ended_how =
      """
    let refused: [(String, String)] =
      ["3", "4", "5", "6"].map { ("\($0) decides on that result", self.filed + self.ended(by: $0)) }
      + [
        ("the recorder, who has no seat", unseated + self.filed + self.ended(by: "5")),
        ("who confirmed, and has no seat", unseated + self.filed + self.ended(by: "4")),
        ("who annulled", annulled + self.filed + self.ended(by: "1")),
        ("who revoked", self.against + self.ended(by: "7")),
        ("who proposed it", self.against + proposed + " 'approved';" + self.ended(by: "6")),
      ]
    let taken: [(String, String)] = [
      ("who had a seat in error", error + self.filed + self.ended(by: "6")),
      ("another's hand, of a revocation", self.against + self.ended(by: "5")),
      (
        "who proposed what was declined",
        self.against + proposed + " 'declined';" + self.ended(by: "6")
      ),
      ("withdraws it", self.filed + self.ended(by: "4", how: "withdrawn")),
    ]
    return refused.map { Attempt(what: "decides, \($0)", sql: $1, refusal: own) }
      + taken.map { Attempt(what: "decides, \($0)", sql: $1, refusal: nil) }
  }

  private static var steps: [Attempt] {
    let side = "case_step: before the receipt, or on the wrong side of the end"
    let order = "case_step: what was returned is completed, and nothing else"
    let once = "case_step: is taken once"
    let (told, returned) = (self.step(92, "acknowledged"), self.step(92, "returned"))
    let tries: [(String, String, String?)] = [
      (
        "by whom it is about", self.step(91, "acknowledged", by: 8),
        "case_step: taken by whom the case is about"
      ),
      ("before the receipt", self.step(91, "acknowledged", on: "2026-11-21"), side),
      ("after the end", self.ended(by: "1") + told, side),
      ("tells what is not decided", self.step(91, "notified"), side),
      ("completes what was not returned", self.step(91, "completed"), order),
      ("acknowledges what was returned", returned + self.step(93, "acknowledged"), order),
      ("returns twice", returned + self.step(93, "returned"), order),
      ("acknowledges twice", told + self.step(93, "acknowledged"), once),
      ("extends twice", self.step(91, "extended") + self.step(92, "extended"), once),
      (
        "tells twice", self.ended(by: "1") + self.step(91, "notified") + self.step(92, "notified"),
        once
      ),
      (
        "all of them, twice returned and completed",
        told + self.step(93, "returned") + self.step(94, "completed") + self.step(95, "returned")
          + self.step(96, "completed") + self.step(97, "extended") + self.ended(by: "1")
          + self.step(98, "notified"), nil
      ),
    ]
    return tries.map { Attempt(what: "takes a step: \($0)", sql: self.filed + $1, refusal: $2) }
      + self.stays
  }

  /// 7 revoked the certificate.
  private static var stays: [Attempt] {
    let nothing = "case_step: nothing that is contested stands"
    let ended = """
      UPDATE certificate_mark SET ended_seq = 89, ended_by = 6, ended_how = 'court' WHERE seq = 98;
      """
    let stayed = self.against + self.step(91, "stayed")
    let suspended = self.against.replacing("'revoked'", with: "'suspended'")
      .replacing("'error'", with: "'court'")
    let duplicate = """
      INSERT INTO certificate_duplicate
      VALUES (2026000001, 1, 'lost', '2026-11-22', '2026-11-22', 2, 99);
      """
    let unfit = "certificate_duplicate: the certificate does not stand"
    let decided = self.ended(by: "1").replacing("= 99", with: "= 95")
    let annul = "UPDATE result SET annulled_by = 1, annulled_seq = 97;"
    let rests = "result: a certificate rests on it"
    let tries: [(String, String, String?)] = [
      ("a revocation", stayed, nil),
      ("a result", self.filed + self.step(91, "stayed"), nothing),
      ("what stands no more", self.against + ended + self.step(91, "stayed"), nothing),
      (
        "who made it", self.against + self.step(91, "stayed", by: 7),
        "case_step: stayed by who has a hand in what is contested"
      ),
      ("nothing, who made it", self.against + self.step(91, "extended", by: 7), nil),
      ("twice", stayed + self.step(92, "stayed"), "case_step: is taken once"),
      (
        "and returns it", stayed + self.step(92, "returned"),
        "case_step: what is stayed is not returned"
      ),
      ("and makes a duplicate of what is revoked", stayed + duplicate, unfit),
      (
        "and makes a duplicate of what is suspended",
        suspended + self.step(91, "stayed") + duplicate,
        nil
      ),
      ("nothing, and makes a duplicate", suspended + duplicate, unfit),
      (
        "from another day, and makes a duplicate",
        suspended + self.step(91, "stayed", on: "2026-11-23") + duplicate, unfit
      ),
      (
        "and decides that it stands, and makes a duplicate",
        suspended + self.step(91, "stayed") + decided + duplicate, unfit
      ),
      ("nothing, and annuls the pass", self.against + annul, nil),
      ("and annuls the pass", stayed + annul, rests),
    ]
    return tries.map { Attempt(what: "stays \($0)", sql: $1, refusal: $2) }
  }

  /// 9 is a registrar's new person, from outside; 1 is the administrator.
  private static var appointed: [Attempt] {
    let outsider = "INSERT INTO person VALUES (70, '', 1);"
    func appoint(_ person: Int = 70, by administrator: Int = 1) -> String {
      """
      INSERT INTO case_arbiter
      VALUES (90, \(person), 91, '№ 7', '2026-11-22', 'Алқа', \(administrator));
      """
    }
    func role(_ person: Int, _ role: String, _ organisation: Int = 1) -> String {
      "INSERT INTO role_grant VALUES (\(person), '\(role)', \(organisation), 92, 0, NULL, NULL);"
    }
    let token = """
      INSERT INTO token VALUES (90, 70, 1, randomblob(32), 'n', 0, 9, 93, NULL, NULL);
      INSERT INTO token_role VALUES (90, 'appointed');
      """
    let wrong = "case_arbiter: whom the case is about, or oneself, or the case has ended"
    let free = "case_arbiter: an arbiter of the School is free"
    let ungiven = "token_role: the role was not given"
    let tries: [(String, String, String?)] = [
      ("somebody from outside", appoint(), nil),
      ("whom it is about", appoint(8), wrong),
      ("oneself", appoint(by: 70), wrong),
      ("to what has ended", self.ended(by: "1") + appoint(), wrong),
      ("who has a hand in it", appoint(3), "case_arbiter: has a hand in what is contested"),
      (
        "one of the School", role(70, "trainer") + appoint(),
        "case_arbiter: has a role at the School"
      ),
      ("one of a centre", role(70, "trainer", 2) + appoint(), nil),
      ("beside one who is free", role(2, "arbiter") + appoint(), free),
      ("beside one with a hand in it", role(4, "arbiter") + appoint(), nil),
      ("beside one whom it is about", role(8, "arbiter") + appoint(), nil),
      ("and makes a token", appoint() + token, nil),
      (
        "and makes a token of a centre",
        appoint() + token.replacing("(90, 70, 1,", with: "(90, 70, 2,"),
        ungiven
      ),
      ("nobody, and makes a token", token, ungiven),
      ("and makes a token after the end", appoint() + self.ended(by: "1") + token, ungiven),
    ]
    return tries.map {
      Attempt(what: "appoints \($0)", sql: outsider + self.filed + $1, refusal: $2)
    }
  }

  /// The pass was annulled by 1, in the act 97; 8 appealed, and that was changed.
  private static var setAside: [Attempt] {
    let annulled = """
      INSERT INTO certificate_mark VALUES (2026000001, 80, 'revoked', '2026-11-22', NULL, 'error', '', 7,
        NULL, NULL, NULL, NULL);
      UPDATE result SET annulled_by = 1, annulled_seq = 97;
      """
    func changed(_ kind: String = "annulment", _ act: Int = 97, how: String = "decision_changed")
      -> String
    {
      """
      INSERT INTO case_file
      VALUES (98, 'appeal', 8, '2026-11-22', '2026-11-20', 2, 1, NULL, NULL, NULL, NULL);
      INSERT INTO case_contested VALUES (98, \(act), '\(kind)', 1, NULL, NULL);
      UPDATE case_file SET ended_seq = 99, ended_by = 2, ended_on = '2026-11-22', ended_how = '\(how)'
      WHERE seq = 98;
      """
    }
    func withdraw(_ act: Int = 97, _ annuller: Int = 1, by person: Int = 7) -> String {
      "INSERT INTO annulment_withdrawn VALUES (1, \(act), \(annuller), 100, \(person));"
    }
    let again = "UPDATE result SET annulled_by = NULL, annulled_seq = NULL;"
    let none = "annulment_withdrawn: is none that stands, or withdrawn by who made it"
    let undecided = "annulment_withdrawn: no decision sets it aside"
    let fixed = "result: replaced before, confirmed once, annulled after; else fixed"
    let recorded = """
      INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by, recorded_at_ms,
        seq) VALUES (99, 1, 1, 0, 'absent', 6, 0, 98);
      """
    let tries: [(String, String, String?)] = [
      ("as a decision says", annulled + changed() + withdraw() + again, nil),
      ("as a court says", annulled + changed(how: "court") + withdraw() + again, nil),
      ("of another act", annulled + changed() + withdraw(96), none),
      ("of another's", annulled + changed() + withdraw(97, 2), none),
      ("which was not annulled", changed() + withdraw(), none),
      ("by who annulled", annulled + changed() + withdraw(by: 1), none),
      (
        "by the candidate", annulled + changed() + withdraw(by: 8),
        "annulment_withdrawn: withdrawn by whose result it is"
      ),
      ("without a case", annulled + withdraw(), undecided),
      ("which stands", annulled + changed(how: "decision_stands") + withdraw(), undecided),
      (
        "of which another act is contested", annulled + changed("annulment", 96) + withdraw(),
        undecided
      ),
      ("whose result is contested", annulled + changed("result", 97) + withdraw(), undecided),
      (
        "where another result stands", annulled + changed() + recorded + withdraw(),
        "annulment_withdrawn: another result stands since"
      ),
      (
        "where another result was replaced",
        annulled + changed() + recorded + "UPDATE result SET replaced_seq = 99 WHERE id = 99;"
          + withdraw(), nil
      ),
      ("and nothing is said of it", annulled + changed() + again, fixed),
      (
        "and the one who did it is kept",
        annulled + changed() + withdraw() + "UPDATE result SET annulled_seq = NULL", fixed
      ),
      (
        "by another act",
        annulled + changed() + withdraw()
          + "UPDATE result SET annulled_seq = 101, annulled_by = NULL",
        fixed
      ),
      (
        "and annuls it again",
        annulled + changed() + withdraw() + again
          + "UPDATE result SET annulled_by = 2, annulled_seq = 101", nil
      ),
    ]
    return tries.map { Attempt(what: "sets an annulment aside \($0)", sql: $1, refusal: $2) }
  }
}
