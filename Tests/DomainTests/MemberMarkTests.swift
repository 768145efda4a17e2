@testable import BitimDomain
import Testing

@Suite("Marks by member (R-615)")
struct MemberMarkTests {
  @Test("mean, median and lowest, exactly: nothing is rounded before it is compared")
  func rules() {
    func marks(_ rule: MarkRule, _ marks: Int...) -> Fraction? { rule.mark(of: marks) }
    // Worked example 17.
    #expect(marks(.mean, 60, 60, 59) == Fraction(179, 3))
    #expect(marks(.mean, 60, 60, 59)?.floor == 59)
    #expect(marks(.median, 60, 60, 59) == Fraction(60))
    #expect(marks(.lowest, 60, 60, 59) == Fraction(59))
    // Of an even number, the mean of the middle two.
    #expect(marks(.median, 90, 59, 10, 60) == Fraction(119, 2))
    #expect(marks(.median, 90, 59, 10, 60)?.floor == 59)
    #expect(marks(.median, 7) == Fraction(7))
    #expect(marks(.mean) == nil)
    #expect(Fraction(2, 4) == Fraction(1, 2))
    #expect(Fraction(1, 3) < Fraction(1, 2))
    #expect(Fraction(1, 3) + Fraction(1, 6) == Fraction(1, 2))
    #expect(Fraction(0, 3).floor == 0)
    #expect(Fraction(6, 3).floor == 2)
  }

  private static func edition(_ rule: MarkRule?, overall: Int = 0) -> Edition {
    .of(
      id: 25,
      [
        .memberMarks: .init(rule == nil ? 0 : 1, .school),
        .markRule: .init(rule?.rawValue ?? 0, .school), .overallMark: .init(overall, .school),
      ], components: AttestationFacts.edition.components)
  }

  /// Marks of the members 1, 2 and so on; negative: none.
  private static func row(test: [Int], interview: [Int]) -> RecordResults.Row {
    func marks(_ component: Component, _ points: [Int]) -> [MemberMark] {
      points.enumerated().compactMap { index, points in
        points < 0 ? nil : MemberMark(component, by: Int64(index + 1), points)
      }
    }
    return RecordResults.Row(
      candidate: "Ахметова", scores: [], marks: marks(.interview, interview) + marks(.test, test))
  }

  private static let facts = RecordResults.Facts(
    place: .init(
      enrolment: EnrolmentRecord(
        id: 40, cohortID: 4, personID: 8, enrolledOn: AttestationFacts.day("2026-02-02")),
      cohort: AttestationFacts.cohort, results: []),
    hours: Hours(theory: 144, practice: 144), lastClass: nil, teachers: AttestationFacts.teachers)

  private static func recorded(
    _ row: RecordResults.Row, under edition: Edition, standing: ResultRecord? = nil,
    secretary: Int64? = nil
  ) throws(Refusal) -> ResultsRecorded.Result? {
    var session = AttestationFacts.session
    if let secretary { session.seats[secretary] = .secretary }
    var list = try RecordResults(
      in: session, of: AttestationFacts.cohort, under: edition, by: 2,
      on: AttestationFacts.day("2026-03-20"), firstID: 50)
    var facts = Self.facts
    facts.place.results = [standing].compactMap { $0 }
    _ = try list.add(row, facts)
    guard case .resultsRecorded(let deed) = list.deed else { return nil }
    return deed.results.first
  }

  @Test(
    "the rule decides each component, and the overall mark all of them; the pass marks are 60 and 70",
    arguments: [
      (MarkRule.mean, 0, [60, 60, 59], [70, 70, 70], 59, 70, ResultOutcome.failed),
      (.mean, 0, [60, 61, 59], [70, 70, 70], 60, 70, .passed),
      (.median, 0, [60, 60, 59], [70, 70, 70], 60, 70, .passed),
      (.lowest, 0, [60, 60, 59], [70, 70, 70], 59, 70, .failed),
      (.mean, 0, [60, 60, -1], [-1, 70, 70], 60, 70, .passed),
      // 60 2/3 and 79 1/3 are 140 together, though what is whole of them is 139.
      (.mean, 70, [60, 61, 61], [79, 79, 80], 60, 79, .passed),
      (.mean, 70, [60, 61, 60], [79, 79, 80], 60, 79, .failed),
    ] as [(MarkRule, Int, [Int], [Int], Int, Int, ResultOutcome)])
  func outcome(
    _ rule: MarkRule, _ overall: Int, _ test: [Int], _ interview: [Int], _ first: Int,
    _ second: Int, _ outcome: ResultOutcome
  ) throws {
    let row = Self.row(test: test, interview: interview)
    let result = try Self.recorded(row, under: Self.edition(rule, overall: overall))
    #expect(result?.outcome == outcome)
    #expect(result?.scores == [.test: first, .interview: second])
    let marks = row.marks.filter { $0.component == .test }
    #expect(result?.marks == marks + row.marks.filter { $0.component == .interview })
  }

  @Test("an overall mark is asked of marks that were agreed on, too")
  func overall() throws {
    func outcome(_ test: Int, _ interview: Int) throws -> ResultOutcome? {
      try Self.recorded(
        .init(candidate: "Ахметова", scores: [(.test, test), (.interview, interview)]),
        under: Self.edition(nil, overall: 70))?.outcome
    }
    #expect(try outcome(60, 80) == .passed)
    #expect(try outcome(60, 79) == .failed)
    #expect(try outcome(59, 90) == .failed)
  }

  @Test("a row is refused that is not two members' marks at least, each once, of who may give one")
  func refused() {
    let rule = Self.edition(.mean)
    func refusal(
      _ edition: Edition = rule, _ change: (inout RecordResults.Row) -> Void
    ) -> Refusal? {
      var row = Self.row(test: [60, 60, 60], interview: [70, 70, 70])
      change(&row)
      do throws(Refusal) {
        _ = try Self.recorded(row, under: edition, secretary: 4)
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal { _ in } == nil)
    #expect(
      refusal { $0 = .init(candidate: "Ахметова", scores: [(.test, 60), (.interview, 70)]) }
        == Refusal(.marksByMember, column: "test", value: "60"))
    #expect(
      refusal { $0 = Self.row(test: [60, -1, -1], interview: [70, 70, 70]) }
        == Refusal(.marksByMember, column: "test", value: "60"))
    #expect(
      refusal { $0 = Self.row(test: [], interview: [70, 70, 70]) }
        == Refusal(.scoreMissing, column: "test"))
    #expect(
      refusal { $0.marks.append(.init(.test, by: 1, 70)) }
        == Refusal(.scoreTwice, column: "test", value: "70"))
    for stranger in [Int64(4), 9] {
      #expect(
        refusal { $0.marks.append(.init(.test, by: stranger, 70)) }
          == Refusal(.markNotOfMember, column: "test", value: PersonNumber.text(stranger)))
    }
    #expect(
      refusal { $0.marks.append(.init(.rolePlay, by: 1, 70)) }
        == Refusal(.scoreNotAsked, column: "role_play", value: "70"))
    #expect(
      refusal { $0 = Self.row(test: [60, 101, 60], interview: [70, 70, 70]) }
        == Refusal(
          .outOfRange, column: "test", value: "101", ["low": "0", "high": "100"]))
    #expect(
      refusal { $0.instead = .absent }
        == Refusal(.scoreNotAsked, column: "absent", value: "70"))
    #expect(
      refusal {
        $0 = .init(
          candidate: "Ахметова", instead: .absent, scores: [(.test, 75)], why: "№ 12 анықтама")
      } == Refusal(.scoreNotAsked, column: "absent", value: "Ахметова"))
    // Where a commission agrees on one mark, none of a member is asked.
    #expect(
      refusal(Self.edition(nil)) { _ in }
        == Refusal(.scoreNotAsked, column: "test", value: "60"))
    #expect(
      refusal {
        $0 = .init(candidate: "Ахметова", instead: .absent, scores: [], why: "№ 12 анықтама")
      } == nil)
  }

  @Test("the same marks are recorded once; other marks that come to the same are others (R-018)")
  func again() throws {
    var standing = AttestationFacts.result(
      31, in: 14, .passed, scores: [.test: 60, .interview: 70], confirmedBy: 0)
    let row = Self.row(test: [60, 60, 60], interview: [70, 70, 70])
    standing.marks = row.marks.sorted(by: MemberMark.precedes)
    #expect(try Self.recorded(row, under: Self.edition(.mean), standing: standing) == nil)
    // Whose seat another took since has marked all the same.
    var replaced = standing
    replaced.marks = Self.row(test: [60, 60, -1, -1, 61], interview: [70, 70, 70]).marks
      .sorted(by: MemberMark.precedes)
    let mended = Self.row(test: [60, 61, -1, -1, 61], interview: [70, 70, 70])
    #expect(
      try Self.recorded(mended, under: Self.edition(.mean), standing: replaced)?.replacesID == 31)
    #expect(throws: Refusal(.markNotOfMember, column: "test", value: PersonNumber.text(5))) {
      _ = try Self.recorded(mended, under: Self.edition(.mean), standing: standing)
    }
    let other = Self.row(test: [59, 61, 60], interview: [70, 70, 70])
    let result = try Self.recorded(other, under: Self.edition(.mean), standing: standing)
    #expect(result?.replacesID == 31)
  }

  @Test("marks are corrected of who gave them, where the outcome stays (R-625)")
  func corrected() throws {
    var standing = AttestationFacts.result(
      31, in: 14, .passed, scores: [.test: 60, .interview: 70], confirmedBy: 1)
    standing.marks = Self.row(test: [60, 60], interview: [70, 70]).marks
      .sorted(by: MemberMark.precedes)
    func corrected(_ row: RecordResults.Row) throws(Refusal) -> Deed {
      let act = try CorrectResult(
        of: 8, in: 14, standing, reading: row.scores, row.marks, under: Self.edition(.mean),
        why: "парақта 80")
      return try act.decided(
        .init(
          session: AttestationFacts.session, edition: Self.edition(.mean), result: standing,
          seated: [1, 2, 3]), by: 1
      ).deed
    }
    let other = Self.row(test: [60, 62], interview: [70, 70])
    #expect(
      try corrected(other)
        == .resultCorrected(
          ResultCorrected(
            resultID: 31, scores: [.test: 61, .interview: 70],
            marks: other.marks.sorted(by: MemberMark.precedes), why: "парақта 80")))
    #expect(throws: Refusal(.nothingChanged, column: "scores")) {
      try corrected(Self.row(test: [60, 60], interview: [70, 70]))
    }
    #expect(throws: Refusal(.outcomeChanges, column: "scores")) {
      try corrected(Self.row(test: [60, 59], interview: [70, 70]))
    }
    // Who was absent has no marks to be corrected: that is what is said, and not who may give them.
    let absent = AttestationFacts.result(31, in: 14, .absent, scores: [:], confirmedBy: 1)
    let row = Self.row(test: [60, 62], interview: [70, 70])
    let act = try CorrectResult(
      of: 8, in: 14, absent, reading: row.scores, row.marks, under: Self.edition(.mean),
      why: "парақта 80")
    #expect(throws: Refusal(.outcomeChanges, column: "scores")) {
      try act.decided(
        .init(
          session: AttestationFacts.session, edition: Self.edition(.mean), result: absent,
          seated: [1, 2, 3]), by: 1)
    }
    #expect(
      throws: Refusal(.markNotOfMember, column: "test", value: PersonNumber.text(3))
    ) {
      try corrected(Self.row(test: [60, 60, 60], interview: [70, 70]))
    }
  }
}
