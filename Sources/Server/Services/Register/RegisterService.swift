import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Keeps the register of mediators, at the School. Applications are cases, which `CaseService` shows
/// and moves.
enum RegisterService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.write(BitimV1.RegisterService.applyForEntry, Self.apply),
      services.write(BitimV1.RegisterService.enterRegister, Self.enter),
      services.write(BitimV1.RegisterService.refuseEntry, Self.refuse),
      services.write(BitimV1.RegisterService.suspendEntry, Self.suspend),
      services.write(BitimV1.RegisterService.excludeEntry, Self.exclude),
      services.write(BitimV1.RegisterService.correctEntry, Self.correct),
      services.list(BitimV1.RegisterService.getEntry, Self.get),
      services.list(BitimV1.RegisterService.listEntries, Self.list),
    ]
  }

  @Sendable private static func apply(
    _ caller: Caller, _ request: BitimV1.ApplyForEntryRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CaseResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let act = try ApplyForEntry(
      of: request.personId, try EntryApplication(typed: .init(request.entry ?? .init())),
      receivedOn: try caller.pastDateOrToday(request.receivedOn, column: "received_on"),
      papers: try CaseService.papers(request.papers, of: .entry, caller))
    try caller.mayActOn(person: act.person, column: "person", transaction.state)
    let deed = try act.decided(
      open: try transaction.state.openEntryApplications(of: act.person).first,
      by: caller.number(beside: act.person, transaction.state))
    let sequence = try transaction.record(deed, by: caller.actor, heldOn: act.receivedOn)
    return try CaseService.response(sequence, caller, transaction.state)
  }

  @Sendable private static func enter(
    _ caller: Caller, _ request: BitimV1.EnterRegisterRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntryResponse {
    let act = EnterRegister(on: try caller.pastDateOrToday(request.heldOn, column: "held_on"))
    let file = try CaseService.record(request.act, transaction.state)
    let deed = try act.decided(
      Self.facts(file, on: act.day, transaction.state),
      by: caller.number(beside: file.person, transaction.state))
    var shown = try BitimV1.EntryShown(of: file.person, on: act.day, transaction.state)
    shown.caseAct = file.sequence
    shown.number = deed.entry?.text ?? ""
    shown.after = .entered
    shown.published = try transaction.state.entryApplication(file.sequence).map { .init($0) }
    return try Self.settle(
      .caseDecided(deed), as: "EnterRegister", shown, request.shownDigest,
      validateOnly: request.validateOnly, on: act.day, of: deed.entry, caller, transaction)
  }

  /// What the rules of an entry ask.
  private static func facts(
    _ file: CaseRecord, on day: CivilDate, _ state: borrowing Snapshot
  ) throws -> EnterRegister.Facts {
    guard let admission = try state.admission(of: file.person) else {
      throw Refusal(finding: .caseUnknown, column: "case", value: "\(file.sequence)")
    }
    let papers = try state.caseFile(file.sequence).map { found in
      found.received.papers + found.moves.values.flatMap(\.papers)
    }
    return EnterRegister.Facts(
      file: file, shown: Set((papers ?? []).compactMap(\.matter)),
      hands: try state.hands(in: file.sequence), names: try state.names(of: file.person),
      admission: admission, certificates: admission.lives[1] ?? [],
      entries: try state.registerEntries(of: file.person),
      lastSerial: try state.lastRegisterSerial(year: day.parts.year))
  }

  @Sendable private static func refuse(
    _ caller: Caller, _ request: BitimV1.RefuseEntryRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntryResponse {
    let act = try RefuseEntry(
      on: try caller.pastDateOrToday(request.heldOn, column: "held_on"),
      reading: request.reasons.map(\.normal))
    let file = try CaseService.record(request.act, transaction.state)
    let deed = try act.decided(
      file, hands: try transaction.state.hands(in: file.sequence),
      by: caller.number(beside: file.person, transaction.state))
    var shown = try BitimV1.EntryShown(of: file.person, on: act.day, transaction.state)
    shown.caseAct = file.sequence
    shown.reasons = act.reasons
    return try Self.settle(
      deed, as: "RefuseEntry", shown, request.shownDigest, validateOnly: request.validateOnly,
      on: act.day, of: nil, caller, transaction)
  }

  @Sendable private static func suspend(
    _ caller: Caller, _ request: BitimV1.SuspendEntryRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntryResponse {
    let act = SuspendEntry(
      try Self.number(request.number),
      from: try caller.dateOrToday(request.heldOn, column: "held_on"), cites: request.caseAct,
      why: try TextRule.read(request.why, column: "why"))
    let entry = try Self.entry(act.number, transaction.state)
    let file = try CaseService.cited(act.cites, transaction.state)
    let persons = try transaction.state.persons()
    let deed = try act.decided(
      .init(
        entry: entry, cited: file,
        hands: try transaction.state.handsInDecision(on: act.cites),
        accused: persons.number(of: file?.person ?? 0, beside: entry.person)),
      by: caller.number(beside: entry.person, transaction.state), on: caller.today)
    var shown = try BitimV1.EntryShown(of: entry.person, on: act.from, transaction.state)
    shown.compare(entry, entry.with(.suspended(complaint: act.cites), on: deed.days), on: act.from)
    shown.caseAct = act.cites
    shown.until = deed.days.until?.iso ?? ""
    shown.reasons = act.why.isEmpty ? [] : [act.why]
    return try Self.settle(
      .entrySuspended(deed), as: "SuspendEntry", shown, request.shownDigest,
      validateOnly: request.validateOnly, on: act.from, of: act.number, caller, transaction)
  }

  @Sendable private static func exclude(
    _ caller: Caller, _ request: BitimV1.ExcludeEntryRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntryResponse {
    let act = try ExcludeEntry(
      try Self.number(request.number),
      from: try caller.dateOrToday(request.heldOn, column: "held_on"),
      for: try ExclusionGround(typed: request.ground.rawValue, column: "ground"),
      reading: request.why.normal)
    let entry = try Self.entry(act.number, transaction.state)
    let deed = try act.decided(
      entry, by: caller.number(beside: entry.person, transaction.state), on: caller.today)
    var shown = try BitimV1.EntryShown(of: entry.person, on: act.from, transaction.state)
    shown.compare(
      entry, entry.with(.excluded(act.ground), on: Period(from: act.from, until: nil)),
      on: act.from)
    shown.ground = .init(act.ground)
    shown.reasons = [act.why]
    return try Self.settle(
      .entryExcluded(deed), as: "ExcludeEntry", shown, request.shownDigest,
      validateOnly: request.validateOnly, on: act.from, of: act.number, caller, transaction)
  }

  @Sendable private static func correct(
    _ caller: Caller, _ request: BitimV1.CorrectEntryRequest, _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectEntryResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let act = try CorrectEntry(
      try Self.number(request.number),
      from: try caller.pastDateOrToday(request.heldOn, column: "held_on"),
      typed: .init(request.published ?? .init()), reading: request.why.normal)
    let entry = try Self.entry(act.number, transaction.state)
    let there = try Self.published(entry, transaction.state)
    let deed = try act.decided(
      .init(entry: entry, published: there.text, since: there.since),
      by: caller.number(beside: entry.person, transaction.state))
    try transaction.record(.entryCorrected(deed), by: caller.actor, heldOn: act.from)
    var response = BitimV1.CorrectEntryResponse()
    response.entry = try .init(entry, to: caller, transaction.state)
    return response
  }

  @Sendable private static func get(
    _ caller: Caller, _ request: BitimV1.GetEntryRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.GetEntryResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    var response = BitimV1.GetEntryResponse()
    let number = try Self.number(request.number)
    response.entry = try .init(Self.entry(number, state), to: caller, state)
    return response
  }

  @Sendable private static func list(
    _ caller: Caller, _ request: BitimV1.ListEntriesRequest, _ state: borrowing Snapshot
  ) throws -> BitimV1.ListEntriesResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let size = try Pages.size(request.pageSize)
    let filter = "entries:\(request.withExcluded)"
    let after = Int64(try Pages.key(request.pageToken, filter: filter)) ?? 0
    var response = BitimV1.ListEntriesResponse()
    let numbers = try state.registerNumbers(after: after, limit: size + 1)
    for number in numbers.prefix(size) {
      let entry = try Self.entry(number, state)
      if let end = entry.endsOn, end <= caller.today, !request.withExcluded { continue }
      response.entries.append(try .init(entry, to: caller, state))
    }
    if numbers.count > size {
      response.nextPageToken = Pages.token(after: "\(numbers[size - 1].value)", filter: filter)
    }
    return response
  }

  private static func number(_ text: String) throws(Refusal) -> RegisterNumber {
    guard let number = RegisterNumber(typed: text) else {
      throw Refusal(finding: .entryUnknown, column: "number", value: text)
    }
    return number
  }

  private static func entry(
    _ number: RegisterNumber, _ state: borrowing Snapshot
  ) throws -> RegisterEntry {
    guard let entry = try state.registerEntry(number) else {
      throw Refusal(finding: .entryUnknown, column: "number", value: number.text)
    }
    return entry
  }

  fileprivate static func published(
    _ entry: RegisterEntry, _ state: borrowing Snapshot
  ) throws -> (text: EntryApplication, since: CivilDate?) {
    guard let found = try state.published(entry) else {
      throw StoreFailure(kind: .corrupt, "register_entry: nothing is published of it")
    }
    return found
  }

  /// Records what was shown, unless it is only asked, and answers.
  private static func settle(
    _ deed: Deed, as act: String, _ shown: BitimV1.EntryShown, _ stated: String,
    validateOnly: Bool, on day: CivilDate, of number: RegisterNumber?, _ caller: Caller,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.EntryResponse {
    var response = BitimV1.EntryResponse()
    response.shown = shown
    response.shownDigest = ShownDigest.text(of: act, shown)
    response.recorded = try ShownDigest.isApproved(
      stated, is: response.shownDigest, validateOnly: validateOnly)
    if response.recorded { try transaction.record(deed, by: caller.actor, heldOn: day) }
    if let number, let entry = try transaction.state.registerEntry(number) {
      response.entry = try .init(entry, to: caller, transaction.state)
    }
    return response
  }
}

extension BitimV1.EntryShown {
  fileprivate init(of person: Int64, on day: CivilDate, _ state: borrowing Snapshot) throws {
    self.init()
    self.displayId = PersonNumber.text(person)
    self.names = .init(try state.names(of: person))
    self.effectOn = day.iso
  }

  /// Says how an entry stands on a day, and would.
  fileprivate mutating func compare(
    _ before: RegisterEntry, _ after: RegisterEntry, on day: CivilDate
  ) {
    self.number = before.number.text
    if let state = before.state(on: day) { self.before = .init(state.standing) }
    if let state = after.state(on: day) { self.after = .init(state.standing) }
  }
}

extension BitimV1.EntryApplication {
  init(_ entry: EntryApplication) {
    self.init()
    self.kk = .init(entry.kk)
    self.ru = .init(entry.ru)
    self.contact = entry.contact
  }
}

extension BitimV1.EntryText {
  fileprivate init(_ text: EntryText) {
    self.init()
    self.address = text.address
    self.field = text.field
    self.languages = text.languages
  }
}

extension EntryApplication {
  /// What is asked for, in texts as they came.
  fileprivate init(_ message: BitimV1.EntryApplication) {
    self.init(
      kk: EntryText(message.kk ?? .init()), ru: EntryText(message.ru ?? .init()),
      contact: message.contact.normal)
  }
}

extension EntryText {
  fileprivate init(_ message: BitimV1.EntryText) {
    self.init(
      address: message.address.normal, field: message.field.normal,
      languages: message.languages.normal)
  }
}

extension BitimV1.Entry {
  /// An entry as it stands today.
  fileprivate init(
    _ entry: RegisterEntry, to caller: Caller, _ state: borrowing Snapshot
  ) throws {
    self.init()
    self.number = entry.number.text
    self.person = try state.line(entry.person, to: caller)
    if let stands = entry.state(on: caller.today) {
      self.standing = .init(stands.standing)
      self.since = stands.days.from.iso
      self.until = stands.days.until?.iso ?? ""
    }
    self.enteredOn = entry.enteredOn.iso
    self.published = .init(try RegisterService.published(entry, state).text)
    self.hasCertificate = try state.certificates(ofNaturalPerson: entry.person).contains {
      $0.programme == 1 && $0.life.standing(on: caller.today) == .valid
    }
    self.caseAct = entry.application
    for mark in entry.marks {
      var line = BitimV1.EntryMark()
      line.act = mark.sequence
      line.from = mark.days.from.iso
      line.until = mark.days.until?.iso ?? ""
      switch mark.cause {
      case .suspended(let complaint):
        line.standing = .suspended
        line.caseAct = complaint
      case .excluded(let ground):
        line.standing = .excluded
        line.ground = .init(ground)
      }
      line.why = try state.why(ofEntryMark: mark.sequence)
      self.marks.append(line)
    }
  }
}
