@testable import BitimDomain
import Testing

/// Cohort P1-ALA-01 has ten places, from 2 February 2026; 6 trains in it.
@Suite("Waiting for a place in a cohort (R-417)")
struct WaitingTests {
  private static func day(_ text: String) -> CivilDate { People.day(text) }
  private static let today = Self.day("2026-02-02")
  private static let young = Admission(
    birthDate: Self.day("2004-01-01"), education: .higher, bars: [], held: [])

  private static func waiter(
    _ person: Int64, _ admission: Admission = ReinstateTraineeTests.adult
  ) -> Waiter {
    Waiter(personID: person, since: Self.today, admission: admission)
  }

  private static func room(taken: Int = 10, _ waiting: [Waiter] = []) -> CohortRoom {
    var room = ReinstateTraineeTests.room(enrolled: Set((100..<(100 + taken)).map { Int64($0) }))
    room.waiting = waiting
    return room
  }

  // MARK: Lists

  /// A list of rows of new people, one after the other, in this room.
  private func list(
    _ room: CohortRoom, rows: Int, waits: Bool = true, on day: CivilDate = Self.today,
    deedMax: Int = 2_000
  ) -> ([RowOutcome], [Deed]) {
    var list = EnrolTrainees(
      on: day, by: 9, isSchool: true, nextPerson: 77, nextEnrolment: 400, deedMax: deedMax,
      waits: waits)
    let outcomes = (0..<rows).map { index in
      var form = People.form()
      form.identifiers = [People.typed("N700\(index)")]
      form.names = Names(latin: People.name("Zh\(["a", "b", "d"][index])", "Talgat"))
      form.birthDate = "198\(index)-05-04"
      let row = EnrolTrainees.Row(
        line: index + 2, form, distinctFrom: [], evidence: "", on: People.today)
      return list.add(row, .init(place: room, candidates: [], admissions: [:]))
    }
    return (outcomes, list.deeds)
  }

  private func placed(_ deeds: [Deed]) -> [[String]] {
    deeds.map { deed in
      guard case .traineesEnrolled(let enrolled) = deed else { return [] }
      return enrolled.enrolments.map { "\($0.personID) has \($0.id)" }
        + enrolled.waiting.map { "\($0.personID) waits from \($0.since.iso)" }
    }
  }

  private static let full = Refusal(
    .groupFull, column: "cohort", value: "P1-ALA-01", ["limit": "10"])

  private static func order(_ person: Int64) -> Refusal {
    Refusal(
      .waitingOrder, column: "cohort", value: "P1-ALA-01",
      ["person": PersonNumber.text(person), "cohort": "P1-ALA-01"])
  }

  @Test("who finds no place waits where the list says so, and is refused where it does not")
  func full() {
    let (outcomes, deeds) = self.list(Self.room(taken: 9), rows: 3)
    #expect(outcomes == [.init(.added), .init(.waiting), .init(.waiting)])
    #expect(
      self.placed(deeds) == [
        ["77 has 400", "78 waits from 2026-02-02", "79 waits from 2026-02-02"]
      ])
    let (refused, none) = self.list(Self.room(taken: 9), rows: 2, waits: false)
    #expect(refused == [.init(.added), .init(.refused, [Self.full])])
    #expect(self.placed(none) == [["77 has 400"]])
  }

  @Test("a list that waits goes behind those who wait; one that does not is told of the first")
  func behind() {
    let room = Self.room(taken: 9, [Self.waiter(8)])
    let (waiting, deeds) = self.list(room, rows: 1)
    #expect(waiting == [.init(.waiting)])
    #expect(self.placed(deeds) == [["77 waits from 2026-02-02"]])
    #expect(
      self.list(room, rows: 1, waits: false).0 == [.init(.added, [Self.order(8)])])
    // For two places one waits: the first row has the other, and the second waits.
    let two = Self.room(taken: 8, [Self.waiter(8)])
    #expect(
      self.list(two, rows: 3).0
        == [.init(.added, [Self.order(8)]), .init(.waiting), .init(.waiting)])
  }

  @Test("in strict order nobody is enrolled while somebody waits longer who is admitted (R-019)")
  func strict() throws {
    func room(_ taken: Int, _ waiting: Waiter...) -> CohortRoom {
      var room = Self.room(taken: taken, waiting)
      room.isStrict = true
      return room
    }
    #expect(
      self.list(room(9, Self.waiter(8)), rows: 1, waits: false).0
        == [.init(.refused, [Self.order(8)])])
    // A second place makes no difference; a list that waits goes behind.
    let two = room(8, Self.waiter(8))
    #expect(self.list(two, rows: 1, waits: false).0 == [.init(.refused, [Self.order(8)])])
    #expect(self.list(two, rows: 2).0 == [.init(.waiting), .init(.waiting)])
    // That the cohort is full says enough.
    #expect(
      self.list(room(10, Self.waiter(8)), rows: 1, waits: false).0
        == [.init(.refused, [Self.full])])
    #expect(self.list(room(9, Self.waiter(8, Self.young)), rows: 1).0 == [.init(.added)])
    #expect(self.list(room(8), rows: 1).0 == [.init(.added)])
    // Who comes first has the place.
    #expect(
      self.known(room(8, Self.waiter(51), Self.waiter(8)), waits: false).0
        == .init(.added, person: 51))
    #expect(throws: Self.order(7)) {
      try self.offered(room(9, Self.waiter(7), Self.waiter(8)))
    }
    #expect(
      try self.offered(room(9, Self.waiter(7, Self.young), Self.waiter(8))).warnings == [])
  }

  @Test("who waits and is not admitted now keeps nobody back", arguments: [8, 6, 100])
  func passed(_ person: Int64) {
    let admission = person == 8 ? Self.young : ReinstateTraineeTests.adult
    let room = Self.room(taken: 9, [Self.waiter(person, admission)])
    #expect(self.list(room, rows: 1).0 == [.init(.added)])
    #expect(self.list(room, rows: 1, waits: false).0 == [.init(.added)])
    let second = Self.room(taken: 9, [Self.waiter(person, admission), Self.waiter(9)])
    #expect(
      self.list(second, rows: 1, waits: false).0 == [.init(.added, [Self.order(9)])])
  }

  @Test("who has the place under another number keeps nobody back (R-122)")
  func passedByNumber() {
    var waiter = Self.waiter(8)
    waiter.numbers = [8, 100]
    #expect(self.list(Self.room(taken: 9, [waiter]), rows: 1).0 == [.init(.added)])
    #expect(
      self.list(Self.room(taken: 9, [waiter]), rows: 1, waits: false).0 == [.init(.added)])
  }

  @Test(
    "who was withdrawn from the cohort neither waits for a place in it nor keeps anybody back (R-420)"
  )
  func departed() {
    let left = EnrolmentRecord(id: 300, cohortID: 4, personID: 8, enrolledOn: Self.today)
    var room = Self.room(taken: 9, [Self.waiter(8)])
    room.left = [.withdrawn(left, lastDay: Self.today)]
    #expect(self.list(room, rows: 1).0 == [.init(.added)])
    #expect(self.list(room, rows: 1, waits: false).0 == [.init(.added)])
    #expect(throws: Self.departure) { try self.offered(to: 8, room) }
  }

  private static let departure = Refusal(
    .traineeWithdrawn, column: "person_id",
    ["cohort": "P1-ALA-01", "day": "2026-02-02", "person": PersonNumber.text(8)])

  private func offered(to person: Int64, _ room: CohortRoom) throws(Refusal) {
    _ = try OfferPlace(to: person, on: Self.today).decided(
      .init(room: room, persons: .apart), by: 9, isSchool: true, nextEnrolment: 400)
  }

  @Test("who takes the programme elsewhere meanwhile keeps nobody back (R-412)")
  func elsewhere() {
    var admission = ReinstateTraineeTests.adult
    admission.courses = [
      Course(
        enrolmentID: 300, study: Study(1), cohort: "P1-AST-01", startsOn: Self.today,
        endsOn: Self.today,
        isPassed: false)
    ]
    let room = Self.room(taken: 9, [Self.waiter(8, admission)])
    #expect(self.list(room, rows: 1).0 == [.init(.added)])
    #expect(
      throws: Refusal(
        .alreadyEnrolled, column: "person_id", ["programme": "1", "cohort": "P1-AST-01"])
    ) { try self.offered(to: 8, room) }
  }

  @Test("who was taken off the list and is told to wait again stands at its end, with a warning")
  func again() {
    var room = Self.room(taken: 10, [Self.waiter(9)])
    room.unlisted = [8]
    var list = EnrolTrainees(
      on: Self.today, by: 7, isSchool: true, nextPerson: 77, nextEnrolment: 400, waits: true)
    var setting = EnrolTraineesTests.Setting()
    setting.known()
    setting.candidates[0].person.id = 8
    setting.admissions = [8: ReinstateTraineeTests.adult]
    let warning = Refusal(
      .waitedBefore, column: "cohort", value: "P1-ALA-01", ["cohort": "P1-ALA-01"])
    #expect(
      list.add(
        setting.row(),
        .init(place: room, candidates: setting.candidates, admissions: setting.admissions))
        == .init(.waiting, person: 8, [warning]))
  }

  @Test("where no group is limited nobody waits")
  func unlimited() {
    var room = Self.room(taken: 30)
    room.edition = EnrolTraineesTests.edition(groupMax: 0)
    #expect(self.list(room, rows: 1).0 == [.init(.added)])
    #expect(room.free() == nil)
  }

  @Test("who is not admitted does not wait, and is told why")
  func refused() {
    let (outcomes, deeds) = self.list(Self.room(), rows: 1, on: Self.day("2026-12-31"))
    #expect(
      outcomes == [
        .init(
          .refused,
          [
            Refusal(
              .enrolledAfterEnd, column: "cohort", value: "P1-ALA-01",
              ["ends": AttestationFacts.cohort.endsOn.iso]), Self.full,
          ])
      ])
    #expect(deeds == [])
  }

  @Test("those who wait count for the length of a deed")
  func deeds() {
    let (_, deeds) = self.list(Self.room(taken: 9), rows: 3, deedMax: 2)
    #expect(
      self.placed(deeds) == [
        ["77 has 400", "78 waits from 2026-02-02"], ["79 waits from 2026-02-02"],
      ])
  }

  /// A row of P-51, who is in the registry.
  private func known(
    _ room: CohortRoom, waits: Bool = true, persons: NaturalPersons = .apart
  ) -> (RowOutcome, [Deed]) {
    var list = EnrolTrainees(
      on: Self.today, by: 9, isSchool: true, nextPerson: 77, nextEnrolment: 400,
      persons: persons, waits: waits)
    let row = EnrolTrainees.Row(
      line: 2, People.form(), distinctFrom: [], evidence: "", on: People.today)
    let outcome = list.add(
      row,
      .init(
        place: room, candidates: [Candidate(People.aigerim(), isKnownHere: true)],
        admissions: [51: ReinstateTraineeTests.adult]))
    return (outcome, list.deeds)
  }

  @Test("who waits already waits on, and has a place once it is the turn")
  func turn() {
    let first = [Self.waiter(51), Self.waiter(8)]
    let second = [Self.waiter(8), Self.waiter(51)]
    #expect(self.known(Self.room(first)).0 == .init(.unchanged, person: 51))
    #expect(self.known(Self.room(first)).1 == [])
    #expect(self.known(Self.room(taken: 9, first)).0 == .init(.added, person: 51))
    #expect(self.known(Self.room(taken: 9, second)).0 == .init(.unchanged, person: 51))
    #expect(
      self.known(Self.room(taken: 9, second), waits: false).0
        == .init(.added, person: 51, [Self.order(8)]))
    // Two numbers of one natural person wait once (R-122).
    let linked = NaturalPersons(lowest: [40: 40, 51: 40])
    #expect(
      self.known(Self.room([Self.waiter(40)]), persons: linked).0 == .init(.unchanged, person: 51))
  }

  // MARK: Acts

  private func offered(
    _ room: CohortRoom, to person: Int64 = 8, by caller: Int64 = 9,
    _ persons: NaturalPersons = .apart, on day: CivilDate = Self.today
  ) throws -> OfferPlace.Decision {
    try OfferPlace(to: person, on: day).decided(
      .init(room: room, persons: persons), by: caller, isSchool: true, nextEnrolment: 400)
  }

  @Test("a place is given to who waits; of who waits longer it is warned")
  func offers() throws {
    let deed = Deed.traineesEnrolled(
      TraineesEnrolled(
        enrolments: [
          EnrolmentRecord(
            id: 400, cohortID: AttestationFacts.cohort.id, personID: 8, enrolledOn: Self.today)
        ]))
    #expect(
      try self.offered(Self.room(taken: 9, [Self.waiter(8)]))
        == .init(deed: deed, warnings: []))
    #expect(
      try self.offered(Self.room(taken: 9, [Self.waiter(7), Self.waiter(8), Self.waiter(5)]))
        == .init(deed: deed, warnings: [Self.order(7)]))
    #expect(
      try self.offered(Self.room(taken: 9, [Self.waiter(7, Self.young), Self.waiter(8)]))
        == .init(deed: deed, warnings: []))
  }

  @Test(
    "no place is given to who does not wait, nor without one, nor against the rules of admission")
  func offersNone() {
    #expect(throws: Refusal(.notWaiting, column: "person_id", ["cohort": "P1-ALA-01"])) {
      try self.offered(Self.room(taken: 9, [Self.waiter(7)]))
    }
    let waits = Self.room(taken: 9, [Self.waiter(8)])
    #expect(throws: Refusal(.actsOnHimself, column: "person_id")) {
      try self.offered(waits, by: 8)
    }
    #expect(throws: Refusal(.actsOnHimself, column: "person_id")) {
      try self.offered(waits, by: 3, NaturalPersons(lowest: [3: 3, 8: 3]))
    }
    #expect(throws: Refusal(.alreadyThere, column: "person_id")) {
      try self.offered(waits, NaturalPersons(lowest: [8: 8, 100: 8]))
    }
    #expect(throws: Refusal(.trainsHimself, column: "cohort", value: "P1-ALA-01")) {
      try self.offered(Self.room(taken: 9, [Self.waiter(6)]), to: 6)
    }
    #expect(throws: Self.full) { try self.offered(Self.room([Self.waiter(8)])) }
    // Not from before it was asked for: somebody else may have been the first then.
    #expect(
      throws: Refusal(
        .outOfRange, column: "enrolled_on", value: "2026-02-01",
        ["low": "2026-02-02", "high": AttestationFacts.cohort.endsOn.iso])
    ) { try self.offered(waits, on: Self.day("2026-02-01")) }
    #expect(
      throws: Refusal(.tooYoung, column: "person_id", ["age": "25", "day": "2026-02-02"])
    ) { try self.offered(Self.room(taken: 9, [Self.waiter(8, Self.young)])) }
  }

  @Test("waiting ends by an act that says why, and not by who waits")
  func ends() throws {
    func ended(_ waiting: [Int64], by caller: Int64 = 9, why: String = " басқа жаққа  кетті ")
      throws
      -> Deed
    {
      try EndWaiting(of: 8, why: why).decided(
        in: AttestationFacts.cohort, waiting: waiting, by: caller)
    }
    #expect(
      try ended([7, 8])
        == .waitingEnded(
          WaitingEnded(
            cohortID: AttestationFacts.cohort.id, personID: 8, why: "басқа жаққа кетті")))
    #expect(throws: Refusal(.notWaiting, column: "person_id", ["cohort": "P1-ALA-01"])) {
      try ended([7])
    }
    #expect(throws: Refusal(.actsOnHimself, column: "person_id")) { try ended([8], by: 8) }
    #expect(throws: Refusal(.missing, column: "why")) { try ended([8], why: " ") }
  }
}
