@testable import BitimDomain
import Testing

@Suite("Telling a class anew, and taking it back (R-504)")
struct CorrectClassTests {
  private typealias Scene = RecordHoursTests

  private static let today = "2026-02-20"

  /// Four hours of practice from 09:00 to 12:00 by trainer 7, which persons 21 and 22 attended.
  private static func facts() throws -> CorrectClass.Facts {
    CorrectClass.Facts(
      held: try Scene.held(41, 540, 720),
      attended: [21, 22].map {
        .init(enrolmentID: $0 + 10, personID: $0, hours: Hours(theory: 0, practice: 16))
      }, isExamined: false)
  }

  /// The class as it is, a row for each of both.
  private static func told(
    _ row: RecordHours.Row, _ change: (inout RecordHours.Facts) throws -> Void = { _ in }
  ) throws -> [CorrectClass.Told] {
    try [Int64(21), 22].map { person in
      var facts = try Scene.facts()
      facts.whom = .one(person)
      facts.members = [try Scene.member(person)]
      try change(&facts)
      return CorrectClass.Told(row, facts)
    }
  }

  private static func outcome(
    _ facts: CorrectClass.Facts, becoming told: [CorrectClass.Told]?, by recorder: Int64 = 3,
    isRegistrar: Bool = true, on today: String = Self.today,
    persons: NaturalPersons = .apart
  ) throws -> Result<Deed, Refusal> {
    let act = try CorrectClass(for: .wrongDay, evidence: "сынып журналы")
    let recorder = RecordHours.Recorder(personID: recorder, isRegistrar: isRegistrar)
    let day = try Scene.day(today)
    do throws(Refusal) {
      guard let told else {
        return .success(try act.cancelled(facts, by: recorder, on: day, persons: persons))
      }
      return .success(
        try act.corrected(
          facts, told: told, by: recorder, on: day, firstClassID: 51, persons: persons))
    } catch {
      return .failure(error)
    }
  }

  private static func corrected(
    _ held: ClassRecord, _ hours: Hours = Hours(theory: 0, practice: 16)
  ) -> Result<Deed, Refusal> {
    .success(
      .classCorrected(
        ClassCorrected(
          classID: 41, trainerID: 7,
          told: HoursRecorded(
            classes: [held],
            attendances: [
              .init(classID: 51, enrolmentID: 31, hours: hours),
              .init(classID: 51, enrolmentID: 32, hours: hours),
            ]), reason: .wrongDay, evidence: "сынып журналы")))
  }

  @Test("another day, another time, another trainer, other hours: one class for all")
  func anew() throws {
    let facts = try Self.facts()
    #expect(
      try Self.outcome(facts, becoming: Self.told(Scene.row(on: "2026-02-04")))
        == Self.corrected(
          ClassRecord(
            id: 51, cohortID: 4, time: try Scene.time(540, 720, on: "2026-02-04"), trainerID: 7)))
    #expect(
      try Self.outcome(facts, becoming: Self.told(Scene.row("10:00")))
        == Self.corrected(try Scene.held(51, 600, 780)))
    #expect(
      try Self.outcome(facts, becoming: Self.told(Scene.row()) { $0.trainerID = 8 })
        == Self.corrected(try Scene.held(51, 540, 720, trainer: 8)))
    #expect(
      try Self.outcome(facts, becoming: Self.told(Scene.row(until: "12:00", practice: 12)))
        == Self.corrected(try Scene.held(51, 540, 720), Hours(theory: 0, practice: 12)))
  }

  @Test("told as it is recorded it changes nothing (R-018)")
  func same() throws {
    #expect(
      try Self.outcome(Self.facts(), becoming: Self.told(Scene.row()))
        == .failure(Refusal(.nothingChanged)))
  }

  @Test("what holds for a record holds for each who attended, and one refuses all (R-501)")
  func rules() throws {
    // The second was elsewhere then.
    var told = try Self.told(Scene.row("10:00"))
    var busy = told[1].facts
    busy.members[0].attended = [
      .init(try Scene.held(9, 720, 780, cohort: 5), Hours(theory: 1, practice: 0))
    ]
    told[1] = CorrectClass.Told(told[1].row, busy)
    #expect(
      try Self.outcome(Self.facts(), becoming: told)
        == .failure(
          Refusal(
            .classesOverlap, column: "start", value: "10:00",
            ["who": PersonNumber.text(22), "other": "12:00"])))
    // Another class of the cohort begins then, by whomever.
    let taken = try Self.told(Scene.row("14:00")) {
      $0.held = try Scene.held(42, 840, 900, trainer: 8)
    }
    #expect(
      try Self.outcome(Self.facts(), becoming: taken)
        == .failure(
          Refusal(
            .classesOverlap, column: "start", value: "14:00",
            ["who": "P1-ALA-04", "other": "14:00"])))
    let nobody = CorrectClass.Facts(
      held: try Scene.held(41, 540, 720), attended: [], isExamined: false)
    #expect(
      try Self.outcome(nobody, becoming: [])
        == .failure(Refusal(.hoursNotThere, column: "starts_at")))
  }

  @Test("taken back, with all that was attended in it")
  func back() throws {
    #expect(
      try Self.outcome(Self.facts(), becoming: nil)
        == .success(
          .classCancelled(
            ClassCancelled(
              classID: 41, trainerID: 7, enrolmentIDs: [31, 32], reason: .wrongDay,
              evidence: "сынып журналы"))))
    let nobody = CorrectClass.Facts(
      held: try Scene.held(41, 540, 720), attended: [], isExamined: false)
    #expect(
      try Self.outcome(nobody, becoming: nil)
        == .success(
          .classCancelled(
            ClassCancelled(
              classID: 41, trainerID: 7, enrolmentIDs: [], reason: .wrongDay,
              evidence: "сынып журналы"))))
  }

  @Test("by its trainer for thirty days, by a registrar later, on nobody's own, under no result")
  func who() throws {
    for isCancelled in [false, true] {
      func refusal(
        _ facts: CorrectClass.Facts, by recorder: Int64 = 3, isRegistrar: Bool = true,
        on today: String = Self.today, persons: NaturalPersons = .apart
      ) throws -> Refusal? {
        let outcome = try Self.outcome(
          facts, becoming: isCancelled ? nil : Self.told(Scene.row("10:00")), by: recorder,
          isRegistrar: isRegistrar, on: today, persons: persons)
        switch outcome {
        case .success: return nil
        case .failure(let refusal): return refusal
        }
      }
      let facts = try Self.facts()
      #expect(try refusal(facts, by: 7, isRegistrar: false, on: "2026-03-05") == nil)
      #expect(
        try refusal(facts, by: 7, isRegistrar: false, on: "2026-03-06")
          == Refusal(.correctedLate, column: "held_on", ["days": "30"]))
      #expect(try refusal(facts, on: "2026-03-06") == nil)
      #expect(
        try refusal(facts, by: 8, isRegistrar: false)
          == Refusal(.notTrainerHere, column: "starts_at"))
      #expect(
        try refusal(facts, by: 22) == Refusal(.actsOnHimself, column: "starts_at"))
      #expect(
        try refusal(facts, by: 3, persons: NaturalPersons(lowest: [3: 3, 22: 3]))
          == Refusal(.actsOnHimself, column: "starts_at"))
      var examined = facts
      examined.isExamined = true
      #expect(try refusal(examined) == Refusal(.hoursExamined, column: "starts_at"))
    }
  }

  @Test("a reason and what it rests on are there (R-505)")
  func evidence() {
    #expect(throws: Refusal(.missing, column: "evidence")) {
      try CorrectClass(for: .inError, evidence: "")
    }
  }
}
