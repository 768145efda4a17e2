import BitimTestSupport
import Testing

@Suite("Acts of sessions and organisations, as they are looked up (R-901)")
struct HistoryPlanTests {
  /// The look-ups of a view asked by its first column, in the order of its branches.
  private static func searches(_ view: String, _ column: String) throws -> [String] {
    let school = try TestSchool()
    defer { school.close() }
    let steps = Shell.texts(
      """
      EXPLAIN QUERY PLAN
      SELECT DISTINCT seq FROM \(view) WHERE \(column) = 8 ORDER BY seq
      """, column: 3, in: school.database)
    // What the branches found is gone through; no table is.
    #expect(steps.filter { $0.hasPrefix("SCAN ") } == ["SCAN \(view)"])
    return steps.filter { $0.hasPrefix("SEARCH ") }.map { String($0.dropFirst(7)) }
  }

  @Test("every branch of a session's acts is a look-up by an index")
  func session() throws {
    #expect(
      try Self.searches("session_act", "session_id") == [
        "session USING INTEGER PRIMARY KEY (rowid=?)",
        "session USING INTEGER PRIMARY KEY (rowid=?)",
        "session_move USING PRIMARY KEY (session_id=?)",
        "commission_seat USING PRIMARY KEY (session_id=?)",
        "commission_seat USING PRIMARY KEY (session_id=?)",
        "session_admission USING PRIMARY KEY (session_id=?)",
        "interest_declaration USING PRIMARY KEY (session_id=?)",
        "result USING INDEX result_in (session_id=?)",
        "result USING INDEX result_in (session_id=?)",
        "result USING INDEX result_in (session_id=?)",
        "result USING INDEX result_in (session_id=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "x USING PRIMARY KEY (result_id=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "x USING INTEGER PRIMARY KEY (rowid=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "v USING PRIMARY KEY (result_id=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "f USING PRIMARY KEY (result_id=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "f USING PRIMARY KEY (result_id=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "w USING PRIMARY KEY (result_id=?)",
        "r USING COVERING INDEX result_in (session_id=?)",
        "w USING PRIMARY KEY (result_id=?)",
      ])
  }

  @Test("every branch of an organisation's acts is a look-up by an index")
  func organisation() throws {
    #expect(
      try Self.searches("organisation_act", "organisation_id") == [
        "organisation USING INTEGER PRIMARY KEY (rowid=?)",
        "organisation_name USING PRIMARY KEY (organisation_id=?)",
        "entitlement USING INDEX entitlement_of (organisation_id=?)",
        "entitlement USING INDEX entitlement_ended (organisation_id=?)",
        "entitlement USING INDEX entitlement_ended (organisation_id=?)",
        "entitlement_suspension USING INDEX entitlement_suspension_of (organisation_id=?)",
        "entitlement_suspension USING INDEX entitlement_suspension_ended (organisation_id=?)",
        "entitlement_suspension USING INDEX entitlement_suspension_ended (organisation_id=?)",
        "agreement USING COVERING INDEX agreement_of (organisation_id=?)",
        "agreement USING INDEX agreement_of (organisation_id=?)",
        "role_grant USING COVERING INDEX role_grant_at (organisation_id=?)",
        "role_grant USING INDEX role_grant_at (organisation_id=?)",
        "token USING INDEX token_at (organisation_id=?)",
        "token USING INDEX token_at (organisation_id=?)",
        "cohort USING INDEX cohort_at (organisation_id=?)",
        "c USING COVERING INDEX cohort_at (organisation_id=?)",
        "x USING INTEGER PRIMARY KEY (rowid=?)",
      ])
  }
}
