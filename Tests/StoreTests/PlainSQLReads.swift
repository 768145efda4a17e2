import BitimTestSupport

/// What plain SQL can't do to what is kept of reads: 3 read on 22 November of whom 8 is.
extension PlainSQLTests {
  private static func read(_ number: Int, of person: Int = 8) -> String {
    """
    INSERT INTO reading VALUES (\(number), 1, '2026-11-22', 3, 1, 1, 'file', \(person), '', 'names', 'audit');
    """
  }

  private static func counted(
    _ seq: Int, _ first: Int, _ last: Int, forgotten: Int = 0
  ) -> String {
    "INSERT INTO reads_counted VALUES (\(seq), \(first), \(last), 1, zeroblob(32), \(forgotten), 5);"
  }

  static var reads: [Attempt] {
    let given = "reading: its number was given already"
    let stays = "reading: what was read stays as it is"
    let kept = "reading: no act says that it is forgotten"
    let both = self.read(1) + self.read(2)
    return [
      ("is kept behind the last", both, nil),
      ("takes the number of another", both + self.read(2), given),
      (
        "takes the place of another",
        both + self.read(2, of: 7).replacing("INSERT", with: "INSERT OR REPLACE"), given
      ),
      ("comes before another", self.read(2) + self.read(1), given),
      ("comes before what was counted", self.counted(300, 1, 4) + self.read(4), given),
      ("comes behind what was counted", self.counted(300, 1, 4) + self.read(5), nil),
      ("is of somebody else", both + "UPDATE reading SET person_id = 7 WHERE id = 1", stays),
      ("is struck out", both + "DELETE FROM reading WHERE id = 1", kept),
      (
        "is struck out before its act forgets it",
        both + self.counted(300, 1, 1) + self.counted(301, 2, 2, forgotten: 1)
          + "DELETE FROM reading WHERE id = 2", kept
      ),
      (
        "is forgotten by an act",
        both + self.counted(300, 1, 1) + self.counted(301, 2, 2, forgotten: 1)
          + "DELETE FROM reading WHERE id = 1", nil
      ),
      (
        "is counted twice", self.counted(300, 1, 4) + self.counted(301, 4, 5),
        "reads_counted: were counted already"
      ),
      ("is counted once", self.counted(300, 1, 4) + self.counted(301, 5, 5), nil),
    ].map { Attempt(what: "a read: \($0)", sql: $1, refusal: $2) }
  }
}
