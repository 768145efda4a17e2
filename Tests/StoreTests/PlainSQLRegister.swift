import BitimTestSupport

/// What plain SQL can't do to the register of mediators, in a registry with one certificate, whose ids are those of
/// ``attempts``.
extension PlainSQLTests {
  /// Case 290: the application of a person for an entry, received by 2.
  static func applied(of person: Int = 8) -> String {
    """
    INSERT INTO case_file
    VALUES (290, 'entry', \(person), '2026-11-22', NULL, 2, 0, NULL, NULL, NULL, NULL);
    INSERT INTO case_entry VALUES (290, 'a', 'b', 'c', 'd', 'e', 'f', 'g');
    """
  }

  /// It is decided by 7, in the act 291, and the entry made by that.
  static func entered(
    of person: Int = 8, by certifier: Int = 7, how: String = "entered",
    entry: String = "2026000001, 8, 290, '2026-11-22', 7, 291"
  ) -> String {
    """
    \(self.applied(of: person))
    UPDATE case_file SET ended_seq = 291, ended_by = \(certifier), ended_on = '2026-11-22',
      ended_how = '\(how)' WHERE seq = 290;
    INSERT INTO register_entry VALUES (\(entry));
    """
  }

  /// Case 292: a complaint about a person, which 1 decided.
  private static func complaint(
    of person: Int = 8, how: String = "confirmed", kind: String = "complaint"
  ) -> String {
    """
    INSERT INTO case_file VALUES (292, '\(kind)', \(person), '2026-11-22', '2026-11-22', 2, 1, NULL, NULL,
      NULL, NULL);
    UPDATE case_file SET ended_seq = 293, ended_by = 1, ended_on = '2026-11-22', ended_how = '\(how)'
    WHERE seq = 292;
    """
  }

  private static func suspended(
    _ seq: Int = 294, from: String = "2026-11-22", until: String = "2027-05-21", by: Int = 7,
    complaint: Int = 292
  ) -> String {
    """
    INSERT INTO entry_mark VALUES (2026000001, \(seq), 'suspended', '\(from)', '\(until)', NULL,
      \(complaint), \(by));
    """
  }

  private static func excluded(
    _ seq: Int = 296, from: String = "2026-11-22", by: Int = 7
  ) -> String {
    "INSERT INTO entry_mark VALUES (2026000001, \(seq), 'excluded', '\(from)', NULL, 'decision', NULL, \(by));"
  }

  static var register: [Attempt] {
    self.entryApplications + self.entries + self.entryMarks + self.entryCorrections
      + self.changedCorrections
  }

  private static func corrected(_ seq: Int = 298, since: String = "2026-11-22", by: Int = 2)
    -> String
  {
    """
    INSERT INTO entry_published VALUES (2026000001, \(seq), '\(since)', 'a', 'b', 'c', 'd', 'e', 'f',
      'h', \(by), NULL);
    """
  }

  /// Each column but the end of it, and what it would be.
  private static let otherwise = [
    "number = 2026000009", "seq = 7", "since = '2026-11-23'", "address_kk = 'x'",
    "address_ru = 'x'", "field_kk = 'x'", "field_ru = 'x'", "languages_kk = 'x'",
    "languages_ru = 'x'", "contact = 'x'", "made_by = 1",
  ]

  private static var changedCorrections: [Attempt] {
    self.otherwise.map { column in
      Attempt(
        what: "the register: changes what is published: \(column)",
        sql: self.entered() + self.corrected()
          + "UPDATE entry_published SET \(column), ended_seq = 299;",
        refusal: "entry_published: may be ended once, and nothing else")
    }
  }

  private static var entryCorrections: [Attempt] {
    let begins = "entry_published: before the entry, or made by whom it is about"
    let ended = "UPDATE entry_published SET ended_seq = 299 WHERE number = 2026000001;"
    return [
      ("corrects", self.corrected(), nil),
      ("corrects before the entry", self.corrected(since: "2026-11-21"), begins),
      ("corrects oneself", self.corrected(by: 8), begins),
      (
        "corrects who is excluded", self.excluded() + self.corrected(),
        "entry_published: the entry is ended"
      ),
      (
        "corrects twice", self.corrected() + self.corrected(299),
        "entry_published: number is taken"
      ),
      ("corrects anew", self.corrected() + ended + self.corrected(299), nil),
      (
        "corrects anew from a day before",
        self.corrected(since: "2026-11-23") + ended + self.corrected(299),
        "entry_published: before the correction that it follows"
      ),
      (
        "ends a correction twice", self.corrected() + ended + ended,
        "entry_published: may be ended once, and nothing else"
      ),
      (
        "takes an end back",
        self.corrected() + ended + "UPDATE entry_published SET ended_seq = NULL;",
        "entry_published: may be ended once, and nothing else"
      ),
      (
        "corrects and ends at once",
        self.corrected().replacing("NULL", with: "299"), "entry_published: begins ended"
      ),
      (
        "corrects no entry", self.corrected().replacing("2026000001", with: "2026000009"),
        "entry_published: refers to what is not there"
      ),
      (
        "takes a correction away", self.corrected() + "DELETE FROM entry_published;",
        "entry_published: rows are never deleted"
      ),
    ].map { Attempt(what: "the register: \($0)", sql: self.entered() + $1, refusal: $2) }
  }

  private static var entryApplications: [Attempt] {
    let none = "case_entry: the case is none"
    let returned = """
      \(self.applied()) INSERT INTO case_step VALUES (290, 295, 'returned', '2026-11-22', 2);
      """
    func ended(_ how: String, by person: Int = 7) -> String {
      """
      UPDATE case_file SET ended_seq = 299, ended_by = \(person), ended_on = '2026-11-22',
        ended_how = '\(how)' WHERE seq = 290;
      """
    }
    return [
      ("applies", self.applied(), nil),
      ("refuses what is incomplete", returned + ended("refused"), nil),
      (
        "enters what is incomplete", returned + ended("entered"),
        "case_file: decided while something is missing"
      ),
      (
        "refuses as who received it", self.applied() + ended("refused", by: 2),
        "case_file: decided by who has a hand in what it contests"
      ),
      ("withdraws as who received it", self.applied() + ended("withdrawn", by: 2), nil),
      (
        "extends",
        "\(self.applied()) INSERT INTO case_step VALUES (290, 295, 'extended', '2026-11-22', 2);",
        "case_step: an application is not extended"
      ),
      (
        "says of a complaint what is published",
        self.complaint()
          + "INSERT INTO case_entry VALUES (292, 'a', 'b', 'c', 'd', 'e', 'f', 'g');",
        none
      ),
      (
        "publishes of no case",
        "INSERT INTO case_entry VALUES (292, 'a', 'b', 'c', 'd', 'e', 'f', 'g');",
        none
      ),
      (
        "publishes twice of one case",
        self.applied() + "INSERT INTO case_entry VALUES (290, 'a', 'b', 'c', 'd', 'e', 'f', 'g');",
        "case_entry: the key is there already"
      ),
    ].map { Attempt(what: "the register: \($0)", sql: $1, refusal: $2) }
  }

  private static var entries: [Attempt] {
    let wrong = "register_entry: not what was decided"
    let number = "register_entry: not the next number of its year"
    func again(_ entry: String, of person: Int = 8) -> String {
      """
      INSERT INTO case_file
      VALUES (390, 'entry', \(person), '2026-11-22', NULL, 2, 0, NULL, NULL, NULL, NULL);
      INSERT INTO case_entry VALUES (390, 'a', 'b', 'c', 'd', 'e', 'f', 'g');
      UPDATE case_file SET ended_seq = 391, ended_by = 7, ended_on = '2026-11-22', ended_how = 'entered'
      WHERE seq = 390;
      INSERT INTO register_entry VALUES (\(entry));
      """
    }
    let next = "2026000002, 8, 390, '2026-11-22', 7, 391"
    return [
      ("enters", self.entered(), nil),
      ("enters who was refused", self.entered(how: "refused"), wrong),
      ("enters another", self.entered(entry: "2026000001, 6, 290, '2026-11-22', 7, 291"), wrong),
      (
        "enters by another act", self.entered(entry: "2026000001, 8, 290, '2026-11-22', 7, 292"),
        wrong
      ),
      (
        "enters on another day", self.entered(entry: "2026000001, 8, 290, '2026-11-21', 7, 291"),
        wrong
      ),
      ("enters as another", self.entered(entry: "2026000001, 8, 290, '2026-11-22', 1, 291"), wrong),
      (
        "leaves a number out", self.entered(entry: "2026000002, 8, 290, '2026-11-22', 7, 291"),
        number
      ),
      (
        "gives a number of another year",
        self.entered(entry: "2025000001, 8, 290, '2026-11-22', 7, 291"), number
      ),
      (
        "gives a number twice",
        "\(self.entered()) \(again("2026000001, 6, 390, '2026-11-22', 7, 391", of: 6))", number
      ),
      (
        "gives the next",
        "\(self.entered()) \(again("2026000002, 6, 390, '2026-11-22', 7, 391", of: 6))",
        nil
      ),
      (
        "enters twice", self.entered() + again(next),
        "register_entry: stands in the register already"
      ),
      (
        "enters beside one that ends later",
        self.entered() + self.excluded(from: "2026-11-23") + again(next),
        "register_entry: stands in the register already"
      ),
      ("enters anew", self.entered() + self.excluded() + again(next), nil),
    ].map { Attempt(what: "the register: \($0)", sql: $1, refusal: $2) }
  }

  private static var entryMarks: [Attempt] {
    let begins = "entry_mark: before the entry, or made by whom it is about"
    let ended = "entry_mark: the entry is ended"
    let twice = "entry_mark: is suspended on such a day, or on this complaint"
    let unfit = "entry_mark: no complaint of the mediator was confirmed"
    let other = """
      INSERT INTO case_file VALUES (492, 'complaint', 8, '2026-11-22', NULL, 2, 1, NULL, NULL, NULL, NULL);
      UPDATE case_file SET ended_seq = 493, ended_by = 1, ended_on = '2026-11-22', ended_how = 'confirmed'
      WHERE seq = 492;
      """
    let before = self.entered() + self.complaint()
    return [
      ("suspends", before + self.suspended(), nil),
      ("excludes", before + self.excluded(), nil),
      ("excludes who is suspended", before + self.suspended() + self.excluded(), nil),
      ("suspends before the entry", before + self.suspended(from: "2026-11-21"), begins),
      ("suspends oneself", before + self.suspended(by: 8), begins),
      ("excludes oneself", before + self.excluded(by: 8), begins),
      ("suspends who is excluded", before + self.excluded() + self.suspended(), ended),
      ("excludes twice", before + self.excluded() + self.excluded(297), ended),
      (
        "suspends twice", before + other + self.suspended() + self.suspended(495, complaint: 492),
        twice
      ),
      (
        "suspends twice on one complaint",
        before + self.suspended()
          + self.suspended(495, from: "2027-05-22", until: "2027-11-21"), twice
      ),
      (
        "suspends once more after the first",
        before + other + self.suspended()
          + self.suspended(495, from: "2027-05-22", until: "2027-11-21", complaint: 492), nil
      ),
      (
        "suspends on no complaint",
        self.entered() + self.complaint(how: "not_confirmed") + self.suspended(), unfit
      ),
      (
        "suspends on an appeal",
        self.entered() + self.complaint(how: "decision_changed", kind: "appeal") + self.suspended(),
        unfit
      ),
      (
        "suspends on a complaint of another",
        self.entered() + self.complaint(of: 6) + self.suspended(), unfit
      ),
      ("suspends as who decided the complaint", before + self.suspended(by: 1), unfit),
    ].map { Attempt(what: "the register: \($0)", sql: $1, refusal: $2) }
  }
}
