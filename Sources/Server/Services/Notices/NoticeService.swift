import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Says what ends soon, at the School: computed for a day, stored nowhere.
enum NoticeService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.list(BitimV1.NoticeService.listNotices) { caller, request, state in
        try Self.list(caller, request, services.zone, state)
      }
    ]
  }

  /// What ends, by the number that its key has; no notice where a rule says that there is none.
  private typealias Found = (place: Int64, notice: BitimV1.Notice?)

  /// What is asked once for all days.
  private struct Sources {
    var living: Living
    /// Nil until a round asks: it follows from all open cases.
    var lastDays: [Int64: CivilDate]?
    var zone: (Instant) -> CivilDate
  }

  private static func list(
    _ caller: Caller, _ request: BitimV1.ListNoticesRequest,
    _ zone: @escaping (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.ListNoticesResponse {
    guard caller.isSchool else { throw Refusal(finding: .notYourOrganisation) }
    let size = try Pages.size(request.pageSize)
    let day = try caller.dateOrToday(request.day, column: "day")
    let filter = "notices:\(day.iso):\(request.after)"
    let page = try Pages.key(request.pageToken, filter: filter)
    let last = try Self.last(page.isEmpty ? request.after : page)
    var sources = Sources(living: try state.living(), lastDays: nil, zone: zone)
    var response = BitimV1.ListNoticesResponse()
    for round in NoticeRound.rounds(of: day, behind: last) {
      if round.kind == .case, sources.lastDays == nil {
        sources.lastDays = try Self.lastDays(state)
      }
      var behind = last.map { round.isOf($0) ? $0.place : 0 } ?? 0
      while true {
        // One more than the page has: whether another page begins.
        let found = try Self.found(round, behind: behind, size + 1, sources, state)
        for (place, notice) in found {
          behind = place
          guard let notice else { continue }
          if response.notices.count == size {
            response.nextPageToken = Pages.token(
              after: response.notices.last?.key ?? "", filter: filter)
            return response
          }
          response.notices.append(notice.told(as: round.notice(of: place), on: round.day))
        }
        if found.count <= size { break }
      }
    }
    return response
  }

  private static func last(_ key: String) throws(Refusal) -> Notice? {
    if key.isEmpty { return nil }
    guard let notice = Notice(key: key) else {
      throw Refusal(finding: .pageTokenForeign, column: "after", value: key)
    }
    return notice
  }

  /// What open cases are to be decided until: it follows from several rows of each, and few are open.
  private static func lastDays(_ state: borrowing Snapshot) throws -> [Int64: CivilDate] {
    let open = try state.cases(after: 0, withEnded: false, limit: .max)
    return Dictionary(
      uniqueKeysWithValues: try open.map { ($0, try CaseService.record($0, state).lastDay) })
  }

  private static func found(
    _ round: NoticeRound, behind: Int64, _ limit: Int, _ sources: Sources,
    _ state: borrowing Snapshot
  ) throws -> [Found] {
    switch round.kind {
    case .certificate:
      try Self.certificates(round.day, behind: behind, limit, sources.living, state)
    case .entitlement: try Self.entitlements(round.day, behind: behind, limit, state)
    case .agreement: try Self.agreements(round.day, behind: behind, limit, state)
    case .suspension:
      try Self.suspensions(round.day, behind: behind, limit, sources.living, state)
    case .entrySuspension: try Self.entrySuspensions(round.day, behind: behind, limit, state)
    case .learning: try Self.learning(round.day, behind: behind, limit, state)
    case .token: try Self.tokens(round.day, behind: behind, limit, sources.zone, state)
    case .case:
      (sources.lastDays ?? [:]).filter { $0.value == round.day && $0.key > behind }.keys.sorted()
        .prefix(limit).map { ($0, .init(number: "\($0)")) }
    }
  }

  private static func certificates(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ living: Living, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.certificates(expiringOn: day, after: behind, limit: limit)
      .map { found in
        let lives = living.refusal(of: found.person) == nil
        return (found.number.value, lives ? .init(number: found.number.text) : nil)
      }
  }

  private static func entitlements(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.entitlements(endingOn: day, after: behind, limit: limit).map { found in
      var notice = BitimV1.Notice()
      notice.organisation = try state.organisation(id: found.organisation)?.code ?? ""
      notice.activity = found.activity.rawValue
      return (found.id, notice)
    }
  }

  private static func agreements(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let ending = try state.endingAgreements(
      after: day, behind, last: day, limit: limit)
    return try ending.map { standing in
      var notice = BitimV1.Notice(number: "\(standing.sequence)")
      notice.organisation =
        try state.organisation(id: standing.agreement.organisation)?.code ?? ""
      return (standing.sequence, notice)
    }
  }

  private static func suspensions(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ living: Living, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.endingSuspensions(after: day, behind, last: day, limit: limit).map { suspension in
      let certificate = try state.certificate(suspension.number)
      // What was revoked since keeps its suspension, and is none.
      let isTold =
        certificate?.life.standing(on: day) == .suspended
        && living.refusal(of: certificate?.personID ?? 0) == nil
      return (suspension.number.value, isTold ? .init(number: suspension.number.text) : nil)
    }
  }

  private static func entrySuspensions(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.registerNumbers(suspendedUntil: day, after: behind, limit: limit)
      .map { number in
        let state = try state.registerEntry(number)?.state(on: day)
        return (number.value, state?.standing == .suspended ? .init(number: number.text) : nil)
      }
  }

  /// Windows of the setting of the day that is told for: what becomes of it later nobody knows.
  private static func learning(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let setting = try state.history(of: .learningScheme)
    guard let scheme = LearningScheme.values[setting.setting(on: day).value] else {
      return []
    }
    var numbers: [RegisterNumber] = []
    for day in scheme.entryDays(ofWindowEndingOn: day) {
      numbers += try state.registerNumbers(enteredOn: day, after: behind, limit: limit)
    }
    return try numbers.sorted { $0.value < $1.value }.prefix(limit).map { number in
      guard let entry = try state.registerEntry(number),
        let standing = LearningStanding(
          entry, under: setting, try state.learning(of: entry.person), on: day),
        !standing.window.isFilled
      else { return (number.value, nil) }
      return (number.value, .init(number: number.text))
    }
  }

  private static func tokens(
    _ day: CivilDate, behind: Int64, _ limit: Int, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> [Found] {
    // A civil day in any zone lies within the two days around it.
    func midnight(_ days: Int) -> Instant {
      Instant(unixMilliseconds: Int64(day.dayNumber + days) * 86_400_000)
    }
    let tokens = try state.endingTokens(after: midnight(-1), 0, last: midnight(2), limit: .max)
    return try tokens.filter { zone($0.expiresAt) == day && $0.id > behind }
      .sorted { $0.id < $1.id }.prefix(limit).map { token in
        var notice = BitimV1.Notice(number: "\(token.id)")
        if token.personID == 0 {
          notice.organisation = try state.organisation(id: token.organisationID)?.code ?? ""
        }
        return (token.id, notice)
      }
  }
}

extension BitimV1.Notice {
  fileprivate init(number: String) {
    self.init()
    self.number = number
  }

  fileprivate func told(as notice: Notice, on day: CivilDate) -> BitimV1.Notice {
    var told = self
    told.key = notice.key
    told.kind = .init(notice.kind)
    told.toldOn = notice.toldOn.iso
    told.day = day.iso
    told.daysLeft = Int32(notice.daysLeft)
    return told
  }
}
