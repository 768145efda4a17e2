import BitimDomain
import Testing

/// The same random enrolment that was ended, once as values for the act that gives it another place and once
/// as rows for the triggers of `place`: what the one takes the other takes.
@Suite("Domain and triggers agree on another place of an enrolment (R-420, R-423)")
struct PlacesAgreeTests {
  /// Refused by the domain alone: who acts stands in the act, and a cohort may get another last day.
  static let toldOnce: Set<Reason> = [.actsOnHimself, .enrolledAfterEnd]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["place"])
    defer { rows.close() }
    rows.put(
      edition: 90,
      [
        "programme": 2, "group_max": 3, "age_min": 25, "higher_education": 1, "prerequisite": 1,
        "attempts_max": 2,
      ])
    var chance = Chance(seed: 421)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<900 {
      rows.begin()
      defer { rows.undo() }
      let school = PlaceSchool(&chance)
      school.settle(rows)
      let from = CivilDate.of(
        chance.of(["2026-02-19", "2026-02-20", "2026-02-21", "2026-03-31", "2026-04-01"]))
      let place = """
        INSERT INTO place VALUES (40, 8, 4, '\(from.iso)', 9, NULL, NULL, NULL)
        """
      do throws(Refusal) {
        _ = try ReinstateTrainee(from: from, why: "қайтты").decided(
          school.facts, by: chance.often(25) ? 5 : 8, isSchool: true, on: .of("2026-05-01"))
        accepted += 1
        #expect(rows.run(place), "case \(number): \(school) \(from)")
      } catch {
        drawn.insert(error.reason)
        if !Self.toldOnce.contains(error.reason) {
          #expect(!rows.run(place), "case \(number): \(error) \(school) \(from)")
        }
      }
    }
    #expect(accepted > 60, "\(accepted)")
    #expect(
      drawn == [
        .actsOnHimself, .enrolledAfterEnd, .outOfRange, .groupFull, .trainsHimself,
        .attemptsUsed, .tooYoung, .educationTooLow, .barred, .prerequisiteMissing, .programmeHeld,
      ])
  }
}

/// Cohort 4 from 2 February 2026 on, which person 8 left on the 20th.
private struct PlaceSchool {
  let enrolledOn: CivilDate
  let birthDate: CivilDate
  let education: Education
  let bar: Bar?
  let held: Set<Int>
  let others: Int
  let trains: Bool
  let outcomes: [(outcome: ResultOutcome, isAnnulled: Bool)]

  init(_ chance: inout Chance) {
    self.enrolledOn = .of(chance.of(["2026-01-20", "2026-02-02", "2026-02-10"]))
    // 25 on the first start, or a day later.
    let start = max(self.enrolledOn, .of("2026-02-02"))
    self.birthDate =
      chance.often(6) ? .of("1990-07-04") : start.yearsBefore(25).plus(chance.of([0, 1]))
    self.education = chance.often(12) ? .higher : .secondary
    self.bar =
      chance.often(4)
      ? nil
      : Bar(
        .conviction, days: Period(from: start.plus(chance.of([-1, 0, 1])), until: nil))
    self.held = Set((chance.often(10) ? [1] : []) + (chance.often(12) ? [] : [2]))
    self.others = chance.of([0, 1, 2, 2, 3])
    self.trains = !chance.often(12)
    self.outcomes = (0..<chance.of([0, 0, 1, 2])).map { _ in
      (chance.of([.failed, .failed, .absent]), !chance.often(2))
    }
  }

  private static let cohort = CohortRecord(
    id: 4, code: "C4", editionID: 90, organisationID: 2, language: .kk, form: .inPerson,
    startsOn: .of("2026-02-02"), endsOn: .of("2026-03-31"), place: "Алматы")

  private static let edition = Edition.of(
    id: 90, programme: 2,
    [.groupMax: 3, .attemptsMax: 2, .prerequisite: 1, .ageMin: 25, .higherEducation: 1])

  var facts: ReinstateTrainee.Facts {
    .init(
      place: .withdrawn(
        EnrolmentRecord(id: 40, cohortID: 4, personID: 8, enrolledOn: self.enrolledOn),
        lastDay: .of("2026-02-20")),
      room: CohortRoom(
        cohort: Self.cohort, edition: Self.edition,
        enrolled: Set((0..<self.others).map { Int64(100 + $0) }), trainers: self.trains ? [8] : []),
      returner: Returner(
        admission: Admission(
          birthDate: self.birthDate, education: self.education,
          bars: self.bar.map { [$0] } ?? [], programmesHeld: self.held),
        start: max(self.enrolledOn, Self.cohort.startsOn),
        results: self.outcomes.enumerated().map { index, result in
          ResultRecord(
            id: Int64(index), sessionID: Int64(index), enrolmentID: 40, attempt: index,
            outcome: result.outcome, scores: [:], recordedBy: 5, confirmedBy: 6,
            isAnnulled: result.isAnnulled, heldOn: .of("2026-02-15"), protocolNumber: "1")
        }))
  }

  func settle(_ rows: RuleRows) {
    rows.put(
      """
      INSERT INTO cohort VALUES (4, 'C4', 90, 2, 'kk', 'in_person', '2026-02-02', '2026-03-31', 'x', 1);
      INSERT INTO person VALUES (5, '', 1), (6, '', 1), (8, '', 1);
      INSERT INTO person_detail VALUES (8, 2, '\(self.birthDate.iso)', '\(self.education.rawValue)',
        NULL, NULL);
      """)
    if self.trains { rows.put("INSERT INTO cohort_trainer VALUES (4, 8, 'x', 1, NULL, NULL)") }
    if let bar = self.bar {
      rows.put(
        """
        INSERT INTO person_bar VALUES (8, 1, 'conviction', '\(bar.days.from.iso)', NULL, '', 6, NULL,
          NULL, NULL)
        """)
    }
    for programme in self.held {
      rows.put(
        """
        INSERT INTO certificate VALUES (\(1_000_000_000 + programme), NULL, 8, 'adopted', \(programme),
          NULL, '2024-01-01', '2024-01-01', NULL, 6, 1)
        """)
    }
    for (index, result) in self.outcomes.enumerated() {
      rows.put(
        """
        INSERT INTO session VALUES (\(index), 'S\(index)', 4, '2026-02-15', '2026-02-15', '\(index)', 1,
          NULL, NULL);
        INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
          recorded_at_ms, seq, confirmed_by, confirmed_seq, annulled_by, annulled_seq)
        VALUES (\(index), \(index), 40, \(index), '\(result.outcome.rawValue)', 5, 0, 1, 6, 2,
          \(result.isAnnulled ? "5, 3" : "NULL, NULL"))
        """)
    }
    rows.putUnasked(
      Enrolled.sql(
        40, person: 8, cohort: 4, on: self.enrolledOn.iso, end: "2, 'withdrawn', '2026-02-20'")
        + (0..<self.others).map { Enrolled.sql(50 + $0, person: 100 + $0, cohort: 4) }.joined())
  }
}
