import BitimDomain
import BitimProtocol
import BitimStore

/// The history of somebody or something, as the School's people read it.
extension AccessService {
  static func history(
    _ caller: Caller, _ request: BitimV1.GetHistoryRequest, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> (BitimV1.GetHistoryResponse, [Reading]) {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let reading = try ReadPersonalData(.history, for: request.purpose)
    let size = try Pages.size(request.pageSize)
    let subject = try Self.subject(request, caller, state)
    let filter = "history:\(subject):\(request.byEffect)"
    let after = try Pages.key(request.pageToken, filter: filter)
    let told = try ToldActs(subject, state)
    let places = told.acts.indices.sorted { told.key($0, request) < told.key($1, request) }
    let rest = places.filter { after.isEmpty || told.key($0, request) > after }
    let isOffice = !caller.roles.isDisjoint(with: [.registrar, .certifier])
    var response = BitimV1.GetHistoryResponse()
    for place in rest.prefix(size) {
      response.acts.append(try told.message(at: place, toOffice: isOffice, zone, state))
    }
    if rest.count > size {
      response.nextPageToken = Pages.token(after: told.key(rest[size - 1], request), filter: filter)
    }
    let (person, about) = try Self.read(subject, state)
    let shown = [
      ("acts", !response.acts.isEmpty),
      ("personal", response.acts.contains { !$0.personal.isEmpty }),
    ]
    return (response, [reading.reading(of: person, about: about, showing: shown, by: caller)])
  }

  /// Whose data a history is, and by what number or code it is kept who read it.
  private static func read(
    _ subject: HistorySubject, _ state: borrowing Snapshot
  ) throws -> (person: Int64, about: String) {
    switch subject {
    case .person(let id): (id, "")
    case .certificate(let number, let holder): (holder, number.text)
    case .session(let id): (0, try state.lines(of: Subject.session(id)).first?.code ?? "")
    case .organisation(let id):
      (0, try state.lines(of: Subject.organisation(id)).first?.code ?? "")
    }
  }

  /// Finds whose history is asked for.
  private static func subject(
    _ request: BitimV1.GetHistoryRequest, _ caller: Caller, _ state: borrowing Snapshot
  ) throws -> HistorySubject {
    switch request.of {
    case .personId(let id):
      try caller.mayActOn(person: id, column: "person_id", state)
      return .person(id)
    case .certificate(let text):
      let number = try CertificateService.number(text)
      guard let certificate = try state.certificate(number) else {
        throw Refusal(finding: .certificateUnknown, column: "number", value: text)
      }
      return .certificate(number, holder: certificate.personID)
    case .session(let code):
      return .session(try AttestationService.session(code, for: caller, state).id)
    case .organisation(let code):
      return .organisation(try OrganisationService.organisation(code, state).id)
    case nil: throw Refusal(finding: .missing, column: "person")
    }
  }
}

/// The acts that concern somebody or something, and what is told of them.
private struct ToldActs {
  /// How many lines of an act are told of each kind; how many there are is told besides.
  private static let linesMax = 100

  private let subject: HistorySubject
  let acts: [ListedAct]
  private let history: History

  init(_ subject: HistorySubject, _ state: borrowing Snapshot) throws {
    let own = try state.subjects(of: subject)
    let acts = try state.acts(of: subject)
    var history = History()
    for act in acts {
      history.add(act.sequence, act.deed.telling.filter { $0.of == nil || $0.concerns(own) })
    }
    self.subject = subject
    self.acts = acts
    self.history = history
  }

  /// In which order an act comes, as a text that sorts.
  func key(_ place: Int, _ request: BitimV1.GetHistoryRequest) -> String {
    let act = self.acts[place]
    let digits = "\(act.sequence)"
    let padded = String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    return request.byEffect ? "\(act.heldOn.iso):\(padded)" : padded
  }

  func message(
    at place: Int, toOffice isOffice: Bool, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.HistoryAct {
    let act = self.acts[place]
    var message = BitimV1.HistoryAct()
    message.act = try AccessService.line(of: act, state)
    message.heldOn = act.heldOn.iso
    let recordedOn = zone(act.recordedAt)
    message.recordedOn = recordedOn.iso
    message.daysLate = Int32(clamping: max(0, recordedOn.dayNumber - act.heldOn.dayNumber))
    message.tokenName = try state.tokenName(act.actor.tokenID) ?? ""
    message.within = act.within ?? ""
    if case .approved(let approved) = act.deed {
      message.proposal = approved.proposal
      if let proposer = try state.proposal(approved.proposal)?.proposer {
        message.proposerId = proposer
        message.proposerName = try PersonFinder.name(of: proposer, in: .kk, state)
      }
    }
    for line in self.history.entries[place].lines {
      switch line.reach {
      case .all:
        message.lineCount += 1
        if message.lines.count < Self.linesMax {
          message.lines.append(try self.message(of: line, zone, state))
        }
      case .office where isOffice:
        message.lineCount += 1
        if message.personal.count < Self.linesMax {
          message.personal.append(try self.message(of: line, zone, state))
        }
      case .office: break
      }
    }
    return message
  }

  private func message(
    of line: History.Line, _ zone: (Instant) -> CivilDate, _ state: borrowing Snapshot
  ) throws -> BitimV1.HistoryLine {
    var message = BitimV1.HistoryLine()
    message.field = line.field.rawValue
    message.about = try line.of.flatMap { try self.other($0, state) }.map {
      try AccessService.subject($0, state)
    }
    message.which = try line.which.map { try Self.text(of: $0, zone, state) } ?? ""
    message.before = try line.before.map { try Self.text(of: $0, zone, state) } ?? ""
    message.after = try line.after.map { try Self.text(of: $0, zone, state) } ?? ""
    message.struckBy = line.struckBy ?? 0
    return message
  }

  /// Who or what a line is about besides the history's own: of a result in a person's the session, in a session's the
  /// person.
  private func other(
    _ subject: Subject, _ state: borrowing Snapshot
  ) throws -> SubjectLine? {
    let lines = try state.lines(of: subject)
    switch self.subject {
    case .person(let id): return lines.first { $0.personID != id }
    case .session: return lines.first { $0.kind != .session }
    case .organisation: return lines.first { $0.kind != .organisation }
    case .certificate(let number, holder: _):
      return subject == .certificate(number) ? nil : lines.first
    }
  }

  private static func text(
    of value: Told.Value, _ zone: (Instant) -> CivilDate, _ state: borrowing Snapshot
  ) throws -> String {
    switch value {
    case .text(let text): return text
    case .instant(let instant): return zone(instant).iso
    case .lesson(let id):
      guard let lesson = try state.lesson(id) else { return "" }
      let cohort = try state.cohort(id: lesson.cohort)?.code ?? ""
      return "\(cohort) \(lesson.day.iso) \(ClassTime.text(lesson.starts))"
    case .subject(let subject):
      guard let line = try state.lines(of: subject).first else { return "" }
      guard line.kind == .person else { return line.code }
      let name = try PersonFinder.name(of: line.personID, in: .kk, state)
      return "\(PersonNumber.text(line.personID)) \(name)"
    }
  }
}
