import BitimDomain
import Testing

/// The same random enrolment, once as values for the acts that give it another place and once as rows for the
/// triggers of `place`: what the one takes the other takes.
@Suite("Domain and triggers agree on another place of an enrolment (R-420, R-421, R-423)")
struct PlacesAgreeTests {
  /// Refused by the domain alone: who acts stands in the act, and a cohort may get another last day.
  static let toldOnce: Set<Reason> = [.actsOnHimself, .enrolledAfterEnd]

  private func rows() throws -> RuleRows {
    let rows = try RuleRows(of: ["place"])
    for edition in Int64(90)...91 {
      rows.put(
        edition: edition,
        [
          "programme": 2, "group_max": 3, "age_min": 25, "higher_education": 1, "prerequisite": 1,
          "attempts_max": 2,
        ])
    }
    return rows
  }

  @Test("who goes to another cohort, over random facts, every reason among them")
  func transferred() throws {
    let rows = try self.rows()
    defer { rows.close() }
    var chance = Chance(seed: 422)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<1_200 {
      rows.begin()
      defer { rows.undo() }
      let school = PlaceSchool(&chance, to: 5)
      school.settle(rows)
      let day = CivilDate.of(
        chance.of(["2026-02-14", "2026-02-15", "2026-02-20", "2026-03-31", "2026-04-01"]))
      let change = """
        UPDATE place SET ended_seq = 9, ended_how = 'transferred', ended_on = '\(day.iso)'
          WHERE enrolment_id = 40;
        INSERT INTO place VALUES (40, 8, 5, '\(day.iso)', 9, NULL, NULL, NULL)
        """
      do throws(Refusal) {
        _ = try TransferTrainee(8, from: 4, to: 5, on: day, for: "көшті").decided(
          school.transfer, by: chance.often(25) ? 5 : 8, isSchool: true, on: .of("2026-05-01"))
        accepted += 1
        #expect(rows.run(change), "case \(number): \(school) \(day)")
      } catch {
        drawn.insert(error.reason)
        if !Self.toldOnce.contains(error.reason) {
          #expect(!rows.run(change), "case \(number): \(error) \(school) \(day)")
        }
      }
    }
    #expect(accepted > 60, "\(accepted)")
    #expect(
      drawn == [
        .actsOnHimself, .enrolledAfterEnd, .outOfRange, .groupFull, .cohortClosed, .trainsHimself,
        .otherEdition,
        .attemptsUsed, .alreadyPassed, .resultPending, .tooYoung, .educationTooLow, .barred,
        .prerequisiteMissing, .programmeHeld,
      ])
  }

  @Test("who comes back, over random facts, every reason among them")
  func reinstated() throws {
    let rows = try self.rows()
    defer { rows.close() }
    var chance = Chance(seed: 421)
    var drawn: Set<Reason> = []
    var accepted = 0
    for number in 0..<900 {
      rows.begin()
      defer { rows.undo() }
      let school = PlaceSchool(&chance, to: 4)
      school.settle(rows)
      let from = CivilDate.of(
        chance.of(["2026-02-19", "2026-02-20", "2026-02-21", "2026-03-31", "2026-04-01"]))
      let place = """
        INSERT INTO place VALUES (40, 8, 4, '\(from.iso)', 9, NULL, NULL, NULL)
        """
      do throws(Refusal) {
        _ = try ReinstateTrainee(from: from, why: "қайтты").decided(
          school.reinstatement, by: chance.often(25) ? 5 : 8, isSchool: true, on: .of("2026-05-01"))
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
        .actsOnHimself, .enrolledAfterEnd, .outOfRange, .groupFull, .cohortClosed, .trainsHimself,
        .attemptsUsed, .tooYoung, .educationTooLow, .barred, .prerequisiteMissing, .programmeHeld,
      ])
  }
}

/// Cohort 4 from 2 February 2026 on, which person 8 left on the 20th; or is in, and is to go to cohort 5.
private struct PlaceSchool {
  let enrolledOn: CivilDate
  let birthDate: CivilDate
  let education: Education
  let bar: Bar?
  let held: Set<Int>
  let others: Int
  let trains: Bool
  let results: [ResultRecord]
  /// The cohort that is asked for a place.
  let target: Int64
  /// Its edition.
  let edition: Int64
  let isCancelled: Bool

  init(_ chance: inout Chance, to target: Int64) {
    self.target = target
    self.edition = target == 4 || chance.often(12) ? 90 : 91
    self.isCancelled = !chance.often(15)
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
    let count: Int64 = chance.of([0, 0, 1, 2])
    self.results = (0..<count).map { index in
      // Who left had neither passed nor was there a result that waited.
      let isLast = target == 5 && index == count - 1
      let isConfirmed = !isLast || chance.often(4)
      let outcome: ResultOutcome =
        isLast ? chance.of([.failed, .failed, .passed]) : chance.of([.failed, .failed, .absent])
      return ResultRecord(
        id: index, sessionID: index, enrolmentID: 40,
        attempt: outcome == .absent ? 0 : Int(index) + 1, outcome: outcome, scores: [:],
        recordedBy: 5, confirmedBy: isConfirmed ? 6 : 0,
        isAnnulled: isConfirmed && !chance.often(2), heldOn: .of("2026-02-15"),
        protocolNumber: "1")
    }
  }

  private static func cohort(_ id: Int64, under edition: Int64 = 90) -> CohortRecord {
    CohortRecord(
      id: id, code: "C\(id)", editionID: edition, organisationID: 2, language: .kk,
      form: .inPerson, startsOn: .of("2026-02-02"), endsOn: .of("2026-03-31"), place: "Алматы")
  }

  private static let edition = Edition.of(
    id: 90, programme: 2,
    [.groupMax: 3, .attemptsMax: 2, .prerequisite: 1, .ageMin: 25, .higherEducation: 1])

  private var place: EnrolmentRecord {
    EnrolmentRecord(id: 40, cohortID: 4, personID: 8, enrolledOn: self.enrolledOn)
  }

  private var room: CohortRoom {
    var cohort = Self.cohort(self.target, under: self.edition)
    cohort.isCancelled = self.isCancelled
    return CohortRoom(
      cohort: cohort, edition: Self.edition,
      enrolled: Set((0..<self.others).map { Int64(100 + $0) }), trainers: self.trains ? [8] : [],
      isEntitled: true)
  }

  private var returner: Returner {
    Returner(
      40,
      admission: Admission(
        birthDate: self.birthDate, education: self.education,
        bars: self.bar.map { [$0] } ?? [], held: Set(self.held.map { Study($0) }),
        lives: .sinceLongAgo(self.held)),
      start: max(self.enrolledOn, .of("2026-02-02")), results: self.results)
  }

  var reinstatement: ReinstateTrainee.Facts {
    .init(
      place: .withdrawn(self.place, lastDay: .of("2026-02-20")), room: self.room,
      returner: self.returner)
  }

  var transfer: TransferTrainee.Facts {
    .init(
      place: .enrolled(self.place), sender: Self.cohort(4),
      departure: Departure(lastClass: nil, results: self.results), room: self.room,
      returner: self.returner)
  }

  func settle(_ rows: RuleRows) {
    rows.put(
      """
      INSERT INTO cohort VALUES
        (4, 'C4', 90, 2, 'kk', 'in_person', '2026-02-02', '2026-03-31', 'x', 1),
        (5, 'C5', \(self.edition), 2, 'kk', 'in_person', '2026-02-02', '2026-03-31', 'x', 1);
      INSERT INTO person VALUES (5, '', 1), (6, '', 1), (8, '', 1);
      INSERT INTO person_detail VALUES (8, 2, '\(self.birthDate.iso)', '\(self.education.rawValue)',
        NULL, NULL);
      """)
    if self.isCancelled { rows.put("INSERT INTO cohort_cancelled VALUES (\(self.target), 1)") }
    if self.trains {
      rows.put(
        "INSERT INTO cohort_trainer VALUES (\(self.target), 8, 'x', 1, NULL, NULL, NULL, NULL)")
    }
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
    for result in self.results {
      rows.put(
        """
        INSERT INTO session VALUES (\(result.id), 'S\(result.id)', 4, '2026-02-15', '2026-02-15',
          '\(result.id)', 1, NULL, NULL);
        INSERT INTO result (id, session_id, enrolment_id, attempt, outcome, recorded_by,
          recorded_at_ms, seq, confirmed_by, confirmed_seq, annulled_by, annulled_seq)
        VALUES (\(result.id), \(result.id), 40, \(result.attempt), '\(result.outcome.rawValue)', 5, 0, 1,
          \(result.isConfirmed ? "6, 2" : "NULL, NULL"), \(result.isAnnulled ? "5, 3" : "NULL, NULL"))
        """)
    }
    let end = self.target == 4 ? "2, 'withdrawn', '2026-02-20'" : "NULL, NULL, NULL"
    rows.putUnasked(
      Enrolled.sql(40, person: 8, cohort: 4, on: self.enrolledOn.iso, end: end)
        + (0..<self.others).map {
          Enrolled.sql(50 + $0, person: 100 + $0, cohort: self.target)
        }.joined())
  }
}
