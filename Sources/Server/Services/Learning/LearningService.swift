import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps what mediators learn after they were certified, and what they did.
enum LearningService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.LearningService.recordLearning, Self.record),
      services.write(BitimV1.LearningService.checkLearning, Self.check),
      services.write(BitimV1.LearningService.endLearning, Self.end),
      services.list(BitimV1.LearningService.listLearning, Self.list),
      services.write(BitimV1.LearningService.recordPractice, Self.recordPractice),
      services.list(BitimV1.LearningService.listPractice, Self.listPractice),
    ]
  }

  @Sendable private static func record(
    _ caller: Caller, _ request: BitimV1.RecordLearningRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.LearningResponse {
    try caller.mayActOn(person: request.personId, column: "person", transaction.state)
    let amount: Learning.Amount? =
      switch request.amount {
      case .quarters(let quarters): .quarters(Int(quarters))
      case .points(let points): .points(Int(points))
      case nil: nil
      }
    let act = try RecordLearning(
      of: request.personId, on: try caller.pastDateOrToday(request.heldOn, column: "held_on"),
      try LearningKind(typed: request.kind.rawValue, column: "kind"), amount: amount,
      isRelevant: request.isRelevant, provider: request.provider.normal,
      evidence: request.evidence.normal)
    let there = try transaction.state.learning(of: act.person).filter {
      try caller.reads($0.person, beside: act.person, transaction.state)
    }
    let deed = try act.decided(
      there, by: caller.number(beside: act.person, transaction.state))
    let sequence = try transaction.record(deed, by: caller.actor, heldOn: act.learning.day)
    return Self.response(try Self.standing(sequence, caller, transaction.state))
  }

  @Sendable private static func check(
    _ caller: Caller, _ request: BitimV1.CheckLearningRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.LearningResponse {
    let act = CheckLearning(try Self.standing(request.act, caller, transaction.state))
    let deed = try act.decided(by: caller.personID, try transaction.state.persons())
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return Self.response(try Self.standing(request.act, caller, transaction.state))
  }

  @Sendable private static func end(
    _ caller: Caller, _ request: BitimV1.EndLearningRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.LearningResponse {
    let record = try Self.standing(request.act, caller, transaction.state)
    // What another person has checked counts, wherever it was recorded: the School alone takes it away.
    guard record.checkedOn == nil || caller.isSchool else {
      throw Refusal(finding: .notYourOrganisation)
    }
    let act = try EndLearning(record, reading: request.why.normal)
    let deed = try act.decided(by: caller.number(beside: act.record.person, transaction.state))
    try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    return Self.response(act.record)
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListLearningRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListLearningResponse {
    let size = try Pages.size(request.pageSize)
    let filter = "learning:\(request.personId)"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    try caller.mayActOn(person: request.personId, column: "person", state)
    let records = try state.learning(of: request.personId, after: after, limit: size + 1)
      .filter { try caller.reads($0.person, beside: request.personId, state) }
    var response = BitimV1.ListLearningResponse()
    response.lines = records.prefix(size).map { .init($0) }
    response.short = try .init(of: request.personId, caller, state)
    if records.count > size {
      response.nextPageToken = Pages.token(after: "\(records[size - 1].sequence)", filter: filter)
    }
    return response
  }

  @Sendable private static func recordPractice(
    _ caller: Caller, _ request: BitimV1.RecordPracticeRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.RecordPracticeResponse {
    try caller.mayActOn(person: request.personId, column: "person", transaction.state)
    let typed = request.practice ?? .init()
    let act = RecordPractice(
      of: request.personId,
      Practice(
        year: Int(typed.year), try PracticeField(typed: typed.field.rawValue, column: "field"),
        cases: Int(typed.cases), settled: Int(typed.settled)))
    let there = try transaction.state.practice(of: act.person).first { record in
      record.person == act.person && record.practice.year == act.practice.year
        && record.practice.field == act.practice.field
    }
    let deed = try act.decided(
      there, by: caller.number(beside: act.person, transaction.state), on: caller.today)
    let sequence = try transaction.record(deed, by: caller.actor, heldOn: caller.today)
    var response = BitimV1.RecordPracticeResponse()
    response.line = .init(PracticeRecord(sequence: sequence, of: act.person, act.practice))
    return response
  }

  @Sendable private static func listPractice(
    _ caller: Caller, _ request: BitimV1.ListPracticeRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListPracticeResponse {
    let size = try Pages.size(request.pageSize)
    let filter = "practice:\(request.personId)"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    try caller.mayActOn(person: request.personId, column: "person", state)
    let records = try state.practice(of: request.personId, after: after)
      .filter { try caller.reads($0.person, beside: request.personId, state) }
    var response = BitimV1.ListPracticeResponse()
    response.lines = records.prefix(size).map { .init($0) }
    if records.count > size {
      response.nextPageToken = Pages.token(after: "\(records[size - 1].sequence)", filter: filter)
    }
    return response
  }

  /// What an act recorded of somebody whom the caller knows.
  private static func standing(
    _ sequence: Int64, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> LearningRecord {
    guard let record = try state.learning(sequence), try caller.knows(record.person, state) else {
      throw Refusal(finding: .learningUnknown, column: "learning", value: "\(sequence)")
    }
    state.note(concerned: record.person)
    return record
  }

  private static func response(_ record: LearningRecord) -> BitimV1.LearningResponse {
    var response = BitimV1.LearningResponse()
    response.learning = .init(record)
    return response
  }
}

extension Caller {
  /// Whether what is recorded under a number is shown with a person's: of numbers that are one natural person's a centre
  /// reads those that it knows, and learns of no other.
  fileprivate func reads(
    _ number: Int64, beside person: Int64, _ state: borrowing Snapshot
  ) throws -> Bool {
    try number == person || self.knows(number, state)
  }
}

extension BitimV1.LearningLine {
  fileprivate init(_ record: LearningRecord) {
    self.init()
    let learning = record.learning
    self.act = record.sequence
    self.displayId = PersonNumber.text(record.person)
    self.heldOn = learning.day.iso
    self.kind = .init(learning.kind)
    switch learning.amount {
    case .quarters(let amount): self.quarters = Int32(amount)
    case .points(let amount): self.points = Int32(amount)
    }
    self.isRelevant = learning.isRelevant
    self.provider = learning.provider
    self.evidence = learning.evidence
    self.checkedOn = record.checkedOn?.iso ?? ""
  }
}

extension BitimV1.PracticeLine {
  fileprivate init(_ record: PracticeRecord) {
    self.init()
    self.act = record.sequence
    self.displayId = PersonNumber.text(record.person)
    var practice = BitimV1.Practice()
    practice.year = Int32(record.practice.year)
    practice.field = .init(record.practice.field)
    practice.cases = Int32(record.practice.cases)
    practice.settled = Int32(record.practice.settled)
    self.practice = practice
  }
}

extension BitimV1.LearningShort {
  /// What somebody learned, in short; nil where nothing is recorded and nothing is asked.
  init?(of person: Int64, _ caller: Caller, _ state: borrowing Snapshot) throws {
    let records = try state.learning(of: person)
      .filter { try caller.reads($0.person, beside: person, state) }
    let entry = try state.registerEntries(of: person).last
    let standing = LearningStanding(
      entry, under: try state.history(of: .learningScheme), records, on: caller.today)
    guard !records.isEmpty || standing != nil else { return nil }
    self.init()
    self.recorded = Int32(records.count)
    self.unchecked = Int32(records.count { $0.checkedOn == nil })
    self.window = standing.map { .init($0.window, of: entry) }
    self.missed = standing?.missed.map { .init($0, of: entry) }
  }
}

extension BitimV1.LearningWindow {
  fileprivate init(_ window: LearningWindow, of entry: RegisterEntry?) {
    self.init()
    self.entry = entry?.number.text ?? ""
    self.from = window.days.from.iso
    self.until = window.days.until?.iso ?? ""
    self.quarters = Int32(window.quarters)
    self.quartersNeeded = Int32(window.scheme.quarters)
    self.points = Int32(window.points)
    self.pointsNeeded = Int32(window.scheme.points)
    self.relevant = Int32(window.relevant)
    self.relevantNeeded = Int32(window.scheme.relevant)
    self.isFilled = window.isFilled
  }
}
