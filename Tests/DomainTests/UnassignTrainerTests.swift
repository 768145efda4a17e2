@testable import BitimDomain
import Testing

@Suite("A trainer who goes, and one who comes (R-209, R-211)")
struct UnassignTrainerTests {
  private static func facts(
    since: String? = nil, lastClass: String? = "2026-03-10", trains: Bool = true
  ) -> UnassignTrainer.Facts {
    .init(
      term: trains ? TrainerTerm(7, since: since.map(People.day)) : nil,
      lastClass: lastClass.map(People.day))
  }

  private func ended(_ day: String, _ facts: UnassignTrainer.Facts) throws -> Deed {
    try UnassignTrainer(
      cohortID: 4, personID: 7, lastDay: People.day(day), why: " жұмыстан  кетті "
    )
    .decided(facts)
  }

  private static func deed(_ day: String) -> Deed {
    .trainerUnassigned(
      TrainerUnassigned(
        cohortID: 4, personID: 7, lastDay: People.day(day), why: "жұмыстан кетті"))
  }

  @Test("goes with a last day, that of the last class or later")
  func ends() throws {
    #expect(try self.ended("2026-03-10", Self.facts()) == Self.deed("2026-03-10"))
    #expect(try self.ended("2026-01-01", Self.facts(lastClass: nil)) == Self.deed("2026-01-01"))
    #expect(
      try self.ended("2026-03-11", Self.facts(since: "2026-03-11")) == Self.deed("2026-03-11"))
    #expect(
      throws: Refusal(
        .trainerTaught, column: "last_day", value: "2026-03-09", ["day": "2026-03-10"])
    ) { try self.ended("2026-03-09", Self.facts()) }
    #expect(throws: Refusal(.datesReversed, column: "last_day", value: "2026-03-10")) {
      try self.ended("2026-03-10", Self.facts(since: "2026-03-11"))
    }
    #expect(throws: Refusal(.notTrainerHere, column: "person")) {
      try self.ended("2026-03-10", Self.facts(trains: false))
    }
    #expect(throws: Refusal(.missing, column: "why")) {
      try UnassignTrainer(cohortID: 4, personID: 7, lastDay: People.day("2026-03-10"), why: " ")
    }
  }

  private func replaced(
    from day: String, _ going: UnassignTrainer.Facts = Self.facts(),
    trainers: Set<Int64> = [7], isTrainee: Bool = false
  ) throws -> Deed {
    try ReplaceTrainer(
      7,
      by: AssignTrainer(cohortID: 4, personID: 8, description: nil, evidence: "сертификат 2019"),
      from: People.day(day), why: " ауырды "
    )
    .decided(
      going,
      .init(
        candidate: .init(
          id: 8, birthDate: People.day("1975-06-01"), names: [], isTrainerThere: true,
          isTrainee: isTrainee, certificate: nil), holderID: nil, trainers: trainers,
        isBySchool: false))
  }

  @Test("is replaced from a day on: the one goes the day before, the other is assigned")
  func replaces() throws {
    #expect(
      try self.replaced(from: "2026-03-11")
        == .trainerReplaced(
          TrainerReplaced(
            cohortID: 4, goes: 7, comes: 8, from: People.day("2026-03-11"),
            evidence: "сертификат 2019", why: "ауырды")))
    #expect(
      throws: Refusal(.trainerTaught, column: "from", value: "2026-03-09", ["day": "2026-03-10"])
    ) { try self.replaced(from: "2026-03-10") }
    #expect(throws: Refusal(.notTrainerHere, column: "person")) {
      try self.replaced(from: "2026-03-11", Self.facts(trains: false))
    }
    #expect(throws: Refusal(.alreadyThere, column: "person")) {
      try self.replaced(from: "2026-03-11", trainers: [7, 8])
    }
    #expect(throws: Refusal(.trainsHimself, column: "person", value: PersonNumber.text(8))) {
      try self.replaced(from: "2026-03-11", isTrainee: true)
    }
    #expect(throws: Refusal(.missing, column: "why")) {
      try ReplaceTrainer(
        7, by: AssignTrainer(cohortID: 4, personID: 8, description: nil, evidence: ""),
        from: People.day("2026-03-11"), why: "")
    }
  }

  @Test("a class is held by who trains there on its day")
  func terms() {
    let terms = [
      TrainerTerm(5), TrainerTerm(7, lastDay: People.day("2026-03-10")),
      TrainerTerm(8, since: People.day("2026-03-11")),
      TrainerTerm(9, since: People.day("2026-03-11"), lastDay: People.day("2026-03-11")),
    ]
    func trainers(_ day: String) -> Set<Int64> {
      RecordHours.trainers(among: terms, on: People.day(day))
    }
    #expect(trainers("2026-03-10") == [5, 7])
    #expect(trainers("2026-03-11") == [5, 8, 9])
    #expect(trainers("2026-03-12") == [5, 8])
  }
}
