import BitimClient
import BitimPaper
import BitimProtocol

/// `bitim cohort`: open, find, show, its class register, its trainers and sessions; trainees withdrawn, taken
/// back and transferred, enrolments undone; who waits for a place.
enum CohortCommand {
  static let help = Help(
    summary: .helpCohort, usage: .helpCohortUsage,
    examples: [
      "bitim cohort open P1-ALA-01 --programme 1 --organisation ALA-01 \\",
      "  --from 2026-02-02 --until 2026-03-31 --language kk --form in_person \\",
      "  --place Алматы",
      "bitim cohort register P1-ALA-01 --language ru --to 'журнал P1-ALA-01.html'",
      "bitim cohort session P1-ALA-01 --session S-014 --date 2026-03-20 \\",
      "  --protocol '№ 12' --chair Ким --member García --member Жүнісова",
    ], lists: .helpListsOfRows)

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let rest = Array(words.dropFirst())
    switch words.first ?? "" {
    case "open": return try await Self.open(rest, desk)
    case "find": return try await Self.find(rest, desk)
    case "show": return try await Self.show(rest, desk)
    case "register": return try await Self.register(rest, desk)
    case "amend": return try await Self.amend(rest, desk)
    case "repin": return try await Self.repin(rest, desk)
    case "cancel": return try await Self.cancel(rest, desk)
    case "trainer": return try await Self.trainer(rest, desk)
    case "end-trainer": return try await Self.endTrainer(rest, desk)
    case "replace-trainer": return try await Self.replaceTrainer(rest, desk)
    case "withdraw": return try await Self.withdraw(rest, desk)
    case "reinstate": return try await Self.reinstate(rest, desk)
    case "transfer": return try await Self.transfer(rest, desk)
    case "undo": return try await Self.undo(rest, desk)
    case "waiting": return try await Self.waiting(rest, desk)
    case "offer": return try await Self.offer(rest, desk)
    case "end-waiting": return try await Self.endWaiting(rest, desk)
    case "session": return try await Self.session(rest, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what": "open | find | show | register | amend | repin | cancel | trainer | end-trainer "
            + "| replace-trainer | withdraw | reinstate | transfer | undo | waiting | offer "
            + "| end-waiting | session"
        ])
    }
  }

  private static let options: Set<String> = [
    "programme", "organisation", "from", "until", "language", "form", "place", "edition",
    "specialisation",
  ]
  private static let forms: [String: BitimV1.CourseForm] = [
    "in_person": .inPerson, "remote": .remote, "blended": .blended,
  ]
  private static let languages: [String: BitimV1.Language] = ["kk": .kk, "ru": .ru, "en": .en]
  private static let columns = options.union(["code", "trainer", "evidence"])

  private static func open(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: Self.options.union(["mapping"]), repeatable: ListOptions.repeatable,
      switches: ["guess"])
    try arguments.atMost(1)
    let first = try arguments.position(0, "CODE | FILE.csv")
    let service = CohortServiceClient(desk.client)
    guard Sheet.isNamed(by: first) else {
      try ListOptions.refuse(arguments)
      for name in ["programme", "organisation", "from", "until", "language", "form", "place"] {
        _ = try arguments.required(name)
      }
      var request = BitimV1.OpenCohortRequest()
      request.cohort = try Self.cohort(first, desk) { arguments[$0] ?? "" }
      let cohort = try await service.openCohort(request).cohort ?? .init()
      desk.output.note(
        cohort.programme == Desk.seminar ? .cohortOpenedSeminar : .cohortOpened,
        [
          "code": cohort.code, "programme": "\(cohort.programme)", "edition": cohort.edition,
          "specialisation": cohort.specialisation,
        ])
      return .done
    }
    try arguments.refuse(Self.options)
    let listOptions = try ListOptions(arguments)
    if listOptions.guesses { return try Guess.write(for: first, columns: Self.columns, desk) }
    let sheet = try Sheet(path: first, columns: Self.columns, listOptions)
    return try await desk.each(sheet, correction: Self.corrections) { row in
      var end = Desk.RowEnd.added
      var request = BitimV1.OpenCohortRequest()
      request.cohort = try Self.cohort(row["code"], desk) { row[$0] }
      do throws(CallFailure) {
        _ = try await service.openCohort(request)
      } catch {
        guard error.status?.code == .alreadyExists else { throw error }
        let there = try await service.cohort(row["code"]).cohort ?? .init()
        end = .there(Self.differences(request.cohort ?? .init(), from: there))
      }
      if !row["trainer"].isEmpty {
        var request = BitimV1.AssignTrainerRequest()
        request.cohort = row["code"]
        request.personId = try await desk.person(row["trainer"]).id
        request.evidence = row["evidence"]
        do throws(CallFailure) {
          _ = try await service.assignTrainer(request)
          // What differs is said all the same.
          if case .there(let differences) = end, differences.isEmpty { end = .added }
        } catch {
          guard error.status?.code == .alreadyExists else { throw error }
        }
      }
      return end
    }
  }

  /// In what a row differs from the cohort of its code (R-018).
  private static func differences(
    _ row: BitimV1.Cohort, from there: BitimV1.Cohort
  ) -> [(column: String, there: String)] {
    func form(_ cohort: BitimV1.Cohort) -> String {
      Self.forms.first { $0.value == cohort.form }?.key ?? ""
    }
    func language(_ cohort: BitimV1.Cohort) -> String {
      Self.languages.first { $0.value == cohort.language }?.key ?? ""
    }
    let pairs = [
      ("programme", Desk.programme(row.programme), Desk.programme(there.programme)),
      ("edition", row.edition, there.edition),
      ("specialisation", row.specialisation, there.specialisation),
      ("organisation", row.organisation, there.organisation),
      ("language", language(row), language(there)), ("form", form(row), form(there)),
      ("from", row.startsOn, there.startsOn), ("until", row.endsOn, there.endsOn),
      ("place", row.place, there.place),
    ]
    return pairs.compactMap { column, mine, theirs in
      mine.isEmpty || mine == theirs ? nil : (column, theirs)
    }
  }

  /// The command that records other days, another place or form of a cohort.
  private static func corrections(
    _ row: Sheet.Row, _ findings: [BitimV1.Finding]
  ) -> [String] {
    let changed = ["from", "until", "place", "form"].filter { column in
      findings.contains { $0.column == column }
    }
    guard !changed.isEmpty else { return [] }
    return [
      Shell.command(
        ["cohort", "amend", row["code"]], changed.map { ($0, row[$0]) } + [("why", "…")])
    ]
  }

  private static func cohort(
    _ code: String, _ desk: Desk, _ value: (String) -> String
  ) throws(Arguments.Fault) -> BitimV1.Cohort {
    var cohort = BitimV1.Cohort()
    cohort.code = code
    cohort.programme = try desk.word(
      value("programme"), option: "programme",
      ["1": Int32(1), "2": 2, "3": 3, "seminar": Desk.seminar])
    cohort.edition = value("edition")
    cohort.specialisation = value("specialisation")
    cohort.organisation = value("organisation")
    cohort.language = try desk.word(
      value("language"), option: "language", Self.languages)
    cohort.form = try desk.word(
      value("form"), option: "form", Self.forms)
    cohort.startsOn = Sheet.iso(value("from"))
    cohort.endsOn = Sheet.iso(value("until"))
    cohort.place = value("place")
    return cohort
  }

  private static func find(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    var request = BitimV1.ListCohortsRequest()
    request.prefix = arguments.positions.first ?? ""
    let service = CohortServiceClient(desk.client)
    let pages = try await request.pages(by: service.listCohorts)
    let cohorts = pages.flatMap(\.cohorts)
    desk.output.rows(
      [.code, .programme, .edition, .organisation, .from, .until, .specialisation],
      cohorts.map {
        [
          $0.code, Desk.programme($0.programme), $0.edition, $0.organisation, $0.startsOn,
          $0.endsOn,
          $0.specialisation,
        ]
      }, messages: cohorts, isLastRare: true)
    return cohorts.isEmpty ? .refused : .done
  }

  /// Who may examine and certify, and who is missing.
  private static func show(_ staffing: BitimV1.Staffing, _ desk: Desk) {
    func names(_ people: [BitimV1.PersonLine]) -> String {
      people.isEmpty ? "–" : people.map { desk.name($0.names) }.joined(separator: ", ")
    }
    desk.output.note(
      .cohortStaffing,
      ["sit": names(staffing.maySit), "decide": names(staffing.mayDecide)])
    if staffing.toInvite > 0 {
      desk.output.note(.cohortToInvite, ["count": "\(staffing.toInvite)"])
    }
    if staffing.lacksDecider { desk.output.note(.cohortLacksDecider) }
  }

  private static func show(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(1)
    let response = try await CohortServiceClient(desk.client)
      .cohort(arguments.position(0, "CODE"))
    let needed = [response.theoryQuartersMin, response.practiceQuartersMin].map(Desk.hours)
    desk.output.rows(
      [.number, .name, .enrolled, .theory, .practice, .state, .recognised],
      response.trainees.map { trainee in
        [
          trainee.person?.displayId ?? "", desk.name(trainee.person?.names),
          trainee.enrolledOn, "\(Desk.hours(trainee.theoryQuarters)) / \(needed[0])",
          "\(Desk.hours(trainee.practiceQuarters)) / \(needed[1])", desk.cells.state(trainee.state),
          Desk.recognised(trainee.recognisedTheoryQuarters, trainee.recognisedPracticeQuarters),
        ]
      }, messages: [response], isLastRare: true)
    for trainee in response.trainees where trainee.madeUpQuarters > 0 {
      desk.output.note(
        .cohortMadeUp,
        [
          "name": desk.name(trainee.person?.names),
          "hours": Desk.hours(trainee.madeUpQuarters),
        ])
    }
    if let specialisation = response.cohort?.specialisation, !specialisation.isEmpty {
      desk.output.note(.cohortSpecialised, ["specialisation": specialisation])
    }
    if response.cohort?.isCancelled == true { desk.output.note(.cohortIsCancelled) }
    if response.isInterrupted { desk.output.note(.cohortIsInterrupted) }
    if !response.waiting.isEmpty {
      desk.output.note(
        .cohortWaiting,
        ["code": response.cohort?.code ?? "", "count": "\(response.waiting.count)"])
    }
    // Nobody examines at a seminar.
    if let staffing = response.staffing { Self.show(staffing, desk) }
    guard desk.output.form == .table, !response.sessions.isEmpty else { return .done }
    Output.write("\n")
    desk.output.rows(
      [.code, .date, .results, .confirmed],
      response.sessions.map { [$0.code, $0.heldOn, "\($0.recorded)", "\($0.confirmed)"] },
      messages: [])
    return .done
  }

  /// The class register as a page to print.
  private static func register(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: OfficeFile.options)
    try arguments.atMost(1)
    let code = try arguments.position(0, "CODE")
    let file = try OfficeFile(arguments, called: "\(code)-register")
    let service = CohortServiceClient(desk.client)
    let cohort = try await service.cohort(code)
    var list = BitimV1.ListClassesRequest()
    list.cohort = code
    let pages = try await list.pages(by: service.listClasses)
    // Who attended classes of two pages is named on both.
    var seen: Set<Int64> = []
    let people = pages.flatMap(\.people).filter { seen.insert($0.id).inserted }
    return try file.write(
      .register(
        of: cohort, classes: pages.flatMap(\.classes), people: people, in: desk.tongue), desk)
  }

  private static func amend(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["from", "until", "place", "form", "why"])
    try arguments.atMost(1)
    var request = BitimV1.AmendCohortRequest()
    request.code = try arguments.position(0, "CODE")
    request.why = try arguments.required("why")
    request.startsOn = Sheet.iso(arguments["from"] ?? "")
    request.endsOn = Sheet.iso(arguments["until"] ?? "")
    request.place = arguments["place"] ?? ""
    if let form = arguments["form"] {
      request.form = try desk.word(form, option: "form", Self.forms)
    }
    let cohort =
      try await CohortServiceClient(desk.client).amendCohort(request).cohort ?? .init()
    desk.output.note(
      .cohortAmended,
      [
        "code": cohort.code, "from": cohort.startsOn, "until": cohort.endsOn,
        "place": cohort.place,
      ])
    return .done
  }

  private static func cancel(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["why"])
    try arguments.atMost(1)
    var request = BitimV1.CancelCohortRequest()
    request.code = try arguments.position(0, "CODE")
    request.why = try arguments.required("why")
    let service = CohortServiceClient(desk.client)
    // Who waits is read before: the office has to tell them.
    let waiting = try await service.cohort(request.code).waiting
    let done = try await service.cancelCohort(request)
    desk.output.note(
      .cohortWasCancelled, ["code": request.code, "count": "\(done.withdrawn)"])
    if !waiting.isEmpty {
      let names = waiting.map { line in
        "\(line.person?.displayId ?? "") \(desk.name(line.person?.names))"
      }
      desk.output.note(
        .cohortCancelledWaiting,
        ["count": "\(waiting.count)", "names": names.joined(separator: ", ")])
    }
    return .done
  }

  private static func trainer(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let description = PersonFields.options.subtracting(["education", "evidence"])
    let arguments = try Arguments(words, options: description.union(["evidence"]))
    try arguments.atMost(2)
    var request = BitimV1.AssignTrainerRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.evidence = arguments["evidence"] ?? ""
    // Whom the caller's organisation does not know it describes.
    if description.contains(where: { arguments[$0] != nil }) {
      try arguments.atMost(1)
      let person = PersonFields.person { arguments[$0.replacing("_", with: "-")] ?? "" }
      request.identifier = person.identifiers.first
      request.birthDate = person.birthDate
      request.names = person.names
    } else {
      request.personId = try await desk.person(arguments.position(1, "NAME")).id
    }
    let assigned = try await CohortServiceClient(desk.client).assignTrainer(request)
    desk.output.note(
      .cohortTrainer, ["code": request.cohort, "name": desk.name(assigned.names)])
    return .done
  }

  private static func endTrainer(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["last-day", "why"])
    try arguments.atMost(2)
    var request = BitimV1.UnassignTrainerRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.lastDay = Sheet.iso(arguments["last-day"] ?? "")
    request.why = try arguments.required("why")
    let person = try await desk.person(
      arguments.position(1, "NAME"), among: desk.trainers(of: request.cohort))
    request.personId = person.id
    let done = try await CohortServiceClient(desk.client).unassignTrainer(request)
    desk.output.note(
      .cohortTrainerEnds,
      ["code": request.cohort, "name": desk.name(person.names), "day": done.lastDay])
    return .done
  }

  private static func replaceTrainer(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let description = PersonFields.options.subtracting(["education", "evidence"])
    let arguments = try Arguments(
      words, options: description.union(["by", "from", "evidence", "why"]))
    try arguments.atMost(2)
    var request = BitimV1.ReplaceTrainerRequest()
    request.from = Sheet.iso(arguments["from"] ?? "")
    request.why = try arguments.required("why")
    var comes = BitimV1.AssignTrainerRequest()
    comes.cohort = try arguments.position(0, "CODE")
    comes.evidence = arguments["evidence"] ?? ""
    request.goes = try await desk.person(
      arguments.position(1, "NAME"), among: desk.trainers(of: comes.cohort)
    ).id
    if description.contains(where: { arguments[$0] != nil }) {
      let person = PersonFields.person { arguments[$0.replacing("_", with: "-")] ?? "" }
      comes.identifier = person.identifiers.first
      comes.birthDate = person.birthDate
      comes.names = person.names
    } else {
      comes.personId = try await desk.person(arguments.required("by")).id
    }
    request.comes = comes
    let done = try await CohortServiceClient(desk.client).replaceTrainer(request)
    desk.output.note(
      .cohortTrainerFrom,
      ["code": comes.cohort, "name": desk.name(done.names), "day": done.from])
    return .done
  }

  private static let withdrawals: [String: BitimV1.TraineeWithdrawal] = [
    "own_request": .ownRequest, "illness": .illness, "excluded": .excluded, "moved": .moved,
    "other": .other,
  ]

  private static func withdraw(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["reason", "last-day", "why"])
    try arguments.atMost(2)
    var request = BitimV1.WithdrawTraineeRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.reason = try desk.word(arguments, "reason", Self.withdrawals)
    request.lastDay = Sheet.iso(arguments["last-day"] ?? "")
    request.why = arguments["why"] ?? ""
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    let done = try await CohortServiceClient(desk.client).withdrawTrainee(request)
    desk.output.note(
      .cohortWithdrawn,
      ["code": request.cohort, "name": desk.name(person.names), "day": done.lastDay])
    return .done
  }

  private static func reinstate(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["from", "why"])
    try arguments.atMost(2)
    var request = BitimV1.ReinstateTraineeRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.why = try arguments.required("why")
    request.from = Sheet.iso(arguments["from"] ?? "")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    let done = try await CohortServiceClient(desk.client).reinstateTrainee(request)
    desk.output.note(
      .cohortReinstated,
      ["code": request.cohort, "name": desk.name(person.names), "day": done.from])
    return .done
  }

  private static func transfer(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["to", "date", "why"])
    try arguments.atMost(2)
    var request = BitimV1.TransferTraineeRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.to = try arguments.required("to")
    request.why = try arguments.required("why")
    request.day = Sheet.iso(arguments["date"] ?? "")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    let done = try await CohortServiceClient(desk.client).transferTrainee(request)
    if done.proposal != 0 {
      desk.output.note(
        .cohortTransferProposed,
        ["number": person.displayId, "to": request.to, "proposal": "\(done.proposal)"])
      return .waiting
    }
    desk.output.note(
      .cohortTransferred,
      [
        "code": request.cohort, "name": desk.name(person.names), "to": request.to,
        "day": done.day,
      ])
    return .done
  }

  private static func undo(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["why"])
    try arguments.atMost(2)
    var request = BitimV1.UndoEnrolmentRequest()
    request.cohort = try arguments.position(0, "CODE")
    request.why = try arguments.required("why")
    let person = try await desk.person(arguments.position(1, "NAME"))
    request.personId = person.id
    _ = try await CohortServiceClient(desk.client).undoEnrolment(request)
    desk.output.note(
      .cohortUndone, ["code": request.cohort, "name": desk.name(person.names)])
    return .done
  }

  private static func session(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["session", "date", "protocol", "chair", "secretary"],
      repeatable: ["member", "letter"])
    try arguments.atMost(1)
    var letters = try arguments.each("letter").map { text throws(Arguments.Fault) in
      try Letter(text, named: true)
    }
    var session = BitimV1.Session()
    session.cohort = try arguments.position(0, "CODE")
    session.code = try arguments.required("session")
    session.heldOn = Sheet.iso(try arguments.required("date"))
    session.protocolNumber = try arguments.required("protocol")
    var seats: [(String, BitimV1.Seat)] = [(try arguments.required("chair"), .chair)]
    seats += arguments.all("member").map { ($0, .member) }
    seats += arguments.all("secretary").map { ($0, .secretary) }
    let sitters = try await desk.sitters(of: session.cohort)
    for (name, seat) in seats {
      var place = BitimV1.CommissionSeat()
      place.personId = try await desk.person(name, among: sitters).id
      place.seat = seat
      if let index = letters.firstIndex(where: { $0.name == name }) {
        place.invitation = letters.remove(at: index).invitation
      }
      session.commission.append(place)
    }
    if let letter = letters.first {
      throw Arguments.Fault(text: .usageLetterOfNobody, arguments: ["name": letter.name])
    }
    var request = BitimV1.OpenSessionRequest()
    request.session = session
    _ = try await AttestationServiceClient(desk.client).openSession(request)
    desk.output.note(.cohortSession, ["code": session.code])
    return .done
  }
}
