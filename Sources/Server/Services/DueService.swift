import BitimDomain
import BitimListener
import BitimProtocol
import BitimStore

/// Says what waits for the caller: kind after kind, each by a list of its own.
enum DueService {
  static func routes(_ services: Services) -> [Route<Clerk>] {
    [
      services.list(BitimV1.DueService.listDue) { caller, request, state in
        try Self.list(caller, request, services.zone, state)
      }
    ]
  }

  /// Where in its kind's order an item is.
  typealias Place = (first: Int64, second: Int64)

  /// What a kind has at a place; no item where a rule says that nothing waits there.
  typealias Found = (place: Place, item: BitimV1.DueItem?)

  private static let filter = "due"

  private static func list(
    _ caller: Caller, _ request: BitimV1.ListDueRequest, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.ListDueResponse {
    let size = try Pages.size(request.pageSize)
    let key = try Pages.key(request.pageToken, filter: Self.filter)
    let words = key.split(separator: " ").compactMap { Int64($0) }
    let kinds = DueKind.kinds(for: caller.roles)
    let living = try state.living()
    var response = BitimV1.ListDueResponse()
    var last = words.count == 3 ? words : [0, 0, 0]
    for kind in kinds where Int64(kind.number) >= last[0] {
      var place = Int64(kind.number) == last[0] ? (last[1], last[2]) : Self.start(of: kind, caller)
      while true {
        // One more than the page has: whether another page begins.
        let limit = size + 1
        let found = try Self.found(kind, caller, behind: place, limit, zone, state)
        for (at, item) in found {
          // What was due of somebody who has died is due no more.
          if let item, !kind.isOfPerson || living.refusal(of: item.person?.id ?? 0) == nil {
            if response.items.count == size {
              let key = last.map(String.init).joined(separator: " ")
              response.nextPageToken = Pages.token(after: key, filter: Self.filter)
              return response
            }
            response.items.append(item)
          }
          (place, last) = (at, [Int64(kind.number), at.first, at.second])
        }
        if found.count < limit { break }
      }
    }
    return response
  }

  /// Where a kind's list begins.
  private static func start(of kind: DueKind, _ caller: Caller) -> Place {
    switch kind {
    case .approve, .issue, .groundFails, .datumDiffers, .case, .caseExecution, .separationBroken,
      .doubleCertificate, .issuerNotEntitled, .placeFree, .agreementMissing, .application,
      .recognition, .entry, .entryCondition, .learning:
      (0, 0)
    case .confirm, .retake, .peopleShort, .review, .attendance:
      (Int64(caller.today.adding(months: -DueKind.monthsBack).dayNumber), 0)
    case .suspensionEnding, .agreementEnding: (Int64(caller.today.dayNumber), 0)
    case .absenceUnexcused: (Int64(caller.today.dayNumber - ExcuseAbsence.paperDays), 0)
    case .tokenEnding: (caller.now.unixMilliseconds, 0)
    }
  }

  private static func found(
    _ kind: DueKind, _ caller: Caller, behind place: Place, _ limit: Int,
    _ zone: (Instant) -> CivilDate, _ state: borrowing Snapshot
  ) throws -> [Found] {
    switch kind {
    case .approve: try Self.proposals(caller, behind: place, limit, state)
    case .confirm: try Self.sessions(caller, behind: place, limit, state)
    case .issue: try Self.cohorts(behind: place, limit, state)
    case .retake: try Self.retakes(caller, behind: place, limit, state)
    case .suspensionEnding: try Self.suspensions(caller, behind: place, limit, state)
    case .groundFails: try Self.findings(.groundFails, caller, behind: place, limit, zone, state)
    case .datumDiffers: try Self.findings(.datumDiffers, caller, behind: place, limit, zone, state)
    case .issuerNotEntitled: try Self.unentitled(caller, behind: place, limit, state)
    case .tokenEnding: try Self.tokens(caller, behind: place, limit, zone, state)
    case .case: try Self.cases(caller, behind: place, limit, state)
    case .caseExecution: try Self.executions(caller, behind: place, limit, state)
    case .separationBroken: try Self.broken(caller, behind: place, limit, state)
    case .doubleCertificate: try Self.doubled(caller, behind: place, limit, state)
    case .peopleShort: try Self.short(caller, behind: place, limit, state)
    case .placeFree: try Self.freePlaces(caller, behind: place, limit, state)
    case .agreementMissing: try Self.unagreed(caller, behind: place, limit, zone, state)
    case .agreementEnding: try Self.agreements(caller, behind: place, limit, state)
    case .application: try Self.applications(caller, behind: place, limit, state)
    case .recognition: try Self.recognitions(caller, behind: place, limit, state)
    case .entry: try Self.entries(caller, behind: place, limit, state)
    case .entryCondition: try Self.entryConditions(caller, behind: place, limit, state)
    case .learning: try Self.learning(caller, behind: place, limit, state)
    case .absenceUnexcused: try Self.absences(caller, behind: place, limit, state)
    case .review: try Self.reviews(caller, behind: place, limit, state)
    case .attendance: try Self.attended(caller, behind: place, limit, state)
    }
  }

  /// Proposals that the caller could approve.
  private static func proposals(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    var found: [Found] = []
    for proposal in try state.proposals(after: place.second, limit: limit) {
      guard try caller.sees(proposal, state) else {
        found.append(((0, proposal.sequence), nil))
        continue
      }
      let digest = try proposal.act.shown(state).digest
      let obstacle = try ProposalService.obstacle(to: proposal, shown: digest, caller, state)
      guard obstacle == nil else {
        found.append(((0, proposal.sequence), nil))
        continue
      }
      var item = BitimV1.DueItem(.approve)
      item.since = proposal.proposedOn.iso
      item.until = proposal.lastDay.iso
      item.person = try state.line(proposal.proposer, to: caller)
      item.proposal = proposal.sequence
      item.proposed = .init(proposal.act.kind)
      found.append(((0, proposal.sequence), item))
    }
    return found
  }

  /// Sessions that are the caller's to confirm, or the caller's cohorts'.
  private static func sessions(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let sessions = try state.unconfirmedSessions(
      organisation: caller.ownOrganisation, chair: caller.personID,
      after: CivilDate(dayNumber: Int(place.first)), place.second, limit: limit)
    return try sessions.map { session in
      var item = BitimV1.DueItem(.confirm)
      item.since = session.heldOn.iso
      item.cohort = session.cohort
      item.session = session.code
      item.people = Int32(session.results)
      item.person = try state.line(session.chair, to: caller)
      return ((Int64(session.heldOn.dayNumber), session.id), item)
    }
  }

  private static func cohorts(
    behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.uncertifiedCohorts(after: place.second, limit: limit).map { cohort in
      var item = BitimV1.DueItem(.issue)
      item.since = cohort.since.iso
      item.cohort = cohort.code
      item.people = Int32(cohort.people)
      return ((0, cohort.id), item)
    }
  }

  /// Cohorts for whose next session or certificates people are missing.
  private static func short(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let cohorts = try state.cohorts(
      endingAfter: CivilDate(dayNumber: Int(place.first)), place.second, limit: limit)
    return try cohorts.map { cohort in
      let at = (Int64(cohort.endsOn.dayNumber), cohort.id)
      guard caller.isOf(cohort.organisationID), !cohort.isCancelled,
        cohort.startsOn.dayNumber <= caller.today.dayNumber + DueKind.daysBefore
      else { return (at, nil) }
      let staffing = try Staffing(of: cohort, on: caller.today, state)
      guard staffing.isShort else { return (at, nil) }
      var item = BitimV1.DueItem(.peopleShort)
      item.until = cohort.endsOn.iso
      item.cohort = cohort.code
      item.people = Int32(staffing.toInvite)
      item.lacksDecider = staffing.lacksDecider
      return (at, item)
    }
  }

  /// Seminars that ended, and whose attendance is not stated yet: a registrar's of the School.
  private static func attended(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let cohorts = try state.cohorts(
      endingAfter: CivilDate(dayNumber: Int(place.first)), place.second, limit: limit)
    return try cohorts.map { cohort in
      let at = (Int64(cohort.endsOn.dayNumber), cohort.id)
      guard caller.isSchool, cohort.endsOn < caller.today, try state.edition(of: cohort).isSeminar
      else { return (at, nil) }
      let people = try state.enrolments(inCohort: cohort.id).count {
        try EnrolmentFile($0, state).dossier.awaitsAttendance
      }
      guard people > 0 else { return (at, nil) }
      var item = BitimV1.DueItem(.attendance)
      item.since = cohort.endsOn.iso
      item.cohort = cohort.code
      item.people = Int32(people)
      return (at, item)
    }
  }

  /// Cohorts in which a place is free while somebody waits who is admitted.
  private static func freePlaces(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.awaitedCohorts(after: place.second, limit: limit).map { cohort in
      guard caller.isOf(cohort.organisationID) else { return ((0, cohort.id), nil) }
      let room = try CohortService.room(of: cohort, from: caller.today, state)
      guard room.free() != 0, let first = room.ahead(from: caller.today).first else {
        return ((0, cohort.id), nil)
      }
      var item = BitimV1.DueItem(.placeFree)
      item.since = room.waiting.first { $0.personID == first }?.since.iso ?? ""
      item.until = cohort.endsOn.iso
      item.cohort = cohort.code
      item.people = Int32(room.waiting.count)
      item.person = try state.line(first, to: caller)
      return ((0, cohort.id), item)
    }
  }

  private static func retakes(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    var found: [Found] = []
    let attempts = try state.failedAttempts(
      organisation: caller.ownOrganisation ?? 0,
      after: CivilDate(dayNumber: Int(place.first)), place.second, limit: limit)
    for attempt in attempts {
      var item: BitimV1.DueItem?
      if let enrolment = try state.enrolment(id: attempt.enrolment) {
        let file = try EnrolmentFile(enrolment, state)
        if file.dossier.awaitsRetake {
          var retake = BitimV1.DueItem(.retake)
          retake.since = attempt.heldOn.iso
          retake.cohort = file.cohort.code
          retake.person = try state.line(enrolment.personID, to: caller)
          item = retake
        }
      }
      found.append(((Int64(attempt.heldOn.dayNumber), attempt.result), item))
    }
    return found
  }

  /// Results that wait for a review by the caller.
  private static func reviews(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let sessions = try state.unreviewedSessions(
      seat: caller.personID, after: CivilDate(dayNumber: Int(place.first)), place.second,
      limit: limit)
    let persons = try state.persons()
    return try sessions.map { session in
      let at = (Int64(session.heldOn.dayNumber), session.id)
      guard let record = try state.session(id: session.id),
        ReviewResults.isDue(
          by: caller.personID, of: try state.results(ofSession: session.id),
          reviewedBy: Set(try state.reviewers(ofSession: session.id)),
          under: try AttestationService.frame(of: record, state).edition, persons)
      else { return (at, nil) }
      var item = BitimV1.DueItem(.review)
      item.since = session.heldOn.iso
      (item.cohort, item.session) = (session.cohort, session.code)
      item.people = Int32(session.results)
      return (at, item)
    }
  }

  /// Absences of which a paper may still come.
  private static func absences(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let absences = try state.unexcusedAbsences(
      organisation: caller.ownOrganisation ?? 0,
      after: CivilDate(dayNumber: Int(place.first)), place.second, limit: limit)
    return try absences.map { absence in
      var item = BitimV1.DueItem(.absenceUnexcused)
      item.since = absence.heldOn.iso
      item.until = ExcuseAbsence.lastDay(after: absence.heldOn).iso
      (item.cohort, item.session) = (absence.cohort, absence.session)
      item.person = try state.line(absence.person, to: caller)
      return ((Int64(absence.heldOn.dayNumber), absence.result), item)
    }
  }

  private static func suspensions(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let living = try state.living()
    let suspensions = try state.endingSuspensions(
      after: CivilDate(dayNumber: Int(place.first)), place.second,
      last: CivilDate(dayNumber: caller.today.dayNumber + DueKind.daysBefore), limit: limit)
    return try suspensions.map { suspension in
      var item = BitimV1.DueItem(.suspensionEnding)
      let certificate = try state.certificate(suspension.number)
      // What was revoked since keeps its suspension, and is none.
      guard certificate?.life.standing(on: suspension.until) == .suspended,
        living.refusal(of: certificate?.personID ?? 0) == nil
      else { return ((Int64(suspension.until.dayNumber), suspension.number.value), nil) }
      item.until = suspension.until.iso
      item.certificate = suspension.number.text
      return ((Int64(suspension.until.dayNumber), suspension.number.value), item)
    }
  }

  /// A list of holders of whom something came to be known, and the rules that it may break.
  private typealias Source = (
    rules: Set<RuleFinding.Rule>,
    list: @Sendable (borrowing Snapshot, _ after: Int64, _ limit: Int) throws -> [Snapshot.Doubted]
  )

  /// In this order, so that a place tells of which it is. What breaks several rules is listed where the first of them
  /// is: each finding once.
  private static let sources: [Source] = [
    ([.hoursTheory, .hoursPractice], { try $0.corrected(.correctHours, after: $1, limit: $2) }),
    // By entitlements that were lost.
    ([.hoursTheory, .hoursPractice], { try $0.uncountedHours(after: $1, limit: $2) }),
    ([.age, .education], { try $0.corrected(.correctPerson, after: $1, limit: $2) }),
    ([.noBar], { try $0.barred(after: $1, limit: $2) }),
    ([.prerequisite, .programmeHeld], { try $0.marked(after: $1, limit: $2) }),
    ([.attestation], { try $0.passless(after: $1, limit: $2) }),
  ]

  /// Certificates that rest on what holds no more, or say other than what holds now; one at a time of a person and
  /// of what came to be known.
  private static func findings(
    _ doubt: CertificateDoubt, _ caller: Caller, behind place: Place, _ limit: Int,
    _ zone: (Instant) -> CivilDate, _ state: borrowing Snapshot
  ) throws -> [Found] {
    var all: [Found] = []
    for (index, source) in Self.sources.enumerated() where Int64(index) >= place.first {
      let after = Int64(index) == place.first ? place.second : 0
      for known in try source.list(state, after, limit - all.count) {
        var found: Found = ((Int64(index), known.place), nil)
        // A bar and a certificate are the natural person's, whatever number they are of.
        for certificate in try state.certificates(ofNaturalPerson: known.person) {
          guard let finding = try certificate.finding(doubt, state),
            try state.isOpen(finding, of: certificate.number),
            finding.rules.first.map(source.rules.contains) ?? true
          else { continue }
          // What is suspended was answered, unless its pass was taken away since.
          let isPassless = finding.rules.contains(.attestation)
          guard isPassless || certificate.life.standing(on: caller.today) != .suspended
          else { continue }
          var item = BitimV1.DueItem(doubt == .groundFails ? .groundFails : .datumDiffers)
          let since = zone(known.at)
          let days = isPassless ? DueKind.passlessDays : DueKind.answerDays
          (item.since, item.until) = (since.iso, CivilDate(dayNumber: since.dayNumber + days).iso)
          if let enrolment = try state.enrolment(id: certificate.enrolmentID) {
            item.cohort = try state.cohort(id: enrolment.cohortID)?.code ?? ""
          }
          item.person = try state.line(certificate.personID, to: caller)
          item.certificate = certificate.number.text
          item.found = finding.found
          found.item = item
          break
        }
        all.append(found)
      }
      if all.count >= limit { break }
    }
    return all
  }

  /// Cases near their last day or past it; who has a hand in what is contested decides none. Who was
  /// appointed to some from outside sees those, whenever they are due.
  private static func cases(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let open = try state.cases(after: place.second, withEnded: false, limit: limit)
    return try Self.open(open, .case, caller, state) { file in
      try file.kind.isOfArbiter
        && (caller.isGuest
          ? state.isAppointed(caller.personID, to: file.sequence) : file.isDue(on: caller.today))
        && !state.hands(in: file.sequence).contains(caller.personID)
    }
  }

  /// Applications near their last day or past it: the School's registrars have all, a centre's those to it.
  private static func applications(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let open =
      caller.isSchool
      ? try state.cases(after: place.second, withEnded: false, limit: limit)
      : try state.applications(
        to: caller.organisationID, after: place.second, withEnded: false, limit: limit)
    return try Self.open(open, .application, caller, state) {
      $0.kind == .application && $0.isDue(on: caller.today)
    }
  }

  /// Recognitions near their last day or past it: the registrars' of the School.
  private static func recognitions(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    guard caller.isSchool else { return [] }
    let open = try state.cases(after: place.second, withEnded: false, limit: limit)
    return try Self.open(open, .recognition, caller, state) {
      $0.kind == .recognition && $0.isDue(on: caller.today)
    }
  }

  /// Applications for an entry in the register near their last day or past it, complete or not: who received one
  /// decides on none.
  private static func entries(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let open = try state.cases(after: place.second, withEnded: false, limit: limit)
    return try Self.open(open, .entry, caller, state) { file in
      try file.kind == .entry && file.isDue(on: caller.today)
        && !state.hands(in: file.sequence).contains(caller.personID)
    }
  }

  /// Entries in the register of whom a condition of article 9 is lost.
  private static func entryConditions(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.registerNumbers(after: place.second, limit: limit).map { number in
      let at = (Int64(0), number.value)
      guard let entry = try state.registerEntry(number), entry.endsOn == nil,
        try caller.number(beside: entry.person, state) != entry.person,
        let admission = try state.admission(of: entry.person),
        let lost = RegisterEntry.lostOn(
          admission.bars, admission.lives[1] ?? [], on: caller.today)
      else { return (at, nil) }
      var item = BitimV1.DueItem(.entryCondition)
      item.since = lost.iso
      item.until = CivilDate(dayNumber: lost.dayNumber + RegisterEntry.answerDays).iso
      item.person = try state.line(entry.person, to: caller)
      item.entry = number.text
      return (at, item)
    }
  }

  /// Entries in the register whose mediators did not learn what the School asks, or have little time to.
  private static func learning(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let setting = try state.history(of: .learningScheme)
    guard caller.isSchool, LearningScheme.values[setting.setting(on: caller.today).value] != nil
    else { return [] }
    return try state.registerNumbers(after: place.second, limit: limit).map { number in
      let at = (Int64(0), number.value)
      guard let entry = try state.registerEntry(number),
        try caller.number(beside: entry.person, state) != entry.person,
        let standing = LearningStanding(
          entry, under: setting, try state.learning(of: entry.person), on: caller.today),
        let due = standing.due(on: caller.today)
      else { return (at, nil) }
      var item = BitimV1.DueItem(.learning)
      item.since = due.since?.iso ?? ""
      item.until = due.until?.iso ?? ""
      item.person = try state.line(entry.person, to: caller)
      item.entry = number.text
      return (at, item)
    }
  }

  /// Those of open cases that are meant, but the caller's own.
  private static func open(
    _ cases: [Int64], _ kind: DueKind, _ caller: Caller, _ state: borrowing Snapshot,
    _ isMeant: (CaseRecord) throws -> Bool
  ) throws -> [Found] {
    try cases.map { sequence in
      let file = try CaseService.record(sequence, state)
      guard try isMeant(file), try caller.number(beside: file.person, state) != file.person
      else { return ((0, sequence), nil) }
      return (
        (0, sequence),
        try Self.item(
          kind, file, since: file.completeOn ?? file.receivedOn, until: file.lastDay, caller, state)
      )
    }
  }

  /// Decisions that nobody has carried out yet: a certifier's, and where it was refused to admit somebody a
  /// registrar's of the School.
  private static func executions(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.unexecutedCases(after: place.second, limit: limit).map { sequence in
      let file = try CaseService.record(sequence, state)
      let isOfAdmission = file.contested.contains { act in
        if case .application = act.subject { true } else { false }
      }
      guard caller.isSchool, caller.roles.contains(isOfAdmission ? .registrar : .certifier) else {
        return ((0, sequence), nil)
      }
      let decided = file.end?.on ?? file.lastDone
      let last = CivilDate(dayNumber: decided.dayNumber + CaseRecord.executionDays)
      return (
        (0, sequence),
        try Self.item(.caseExecution, file, since: decided, until: last, caller, state)
      )
    }
  }

  private static func item(
    _ kind: DueKind, _ file: CaseRecord, since: CivilDate?, until: CivilDate, _ caller: Caller,
    _ state: borrowing Snapshot
  ) throws -> BitimV1.DueItem {
    var item = BitimV1.DueItem(kind)
    item.since = since?.iso ?? ""
    item.until = until.iso
    item.person = try state.line(file.person, to: caller)
    item.caseAct = file.sequence
    return item
  }

  /// Certificates issued on days that the School has lost since.
  private static func unentitled(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    guard let school = try state.school() else { return [] }
    let lost = Entitlement.lostDays(
      of: try state.everGranted(to: .issue, by: school.id),
      granted: school.entitlements.filter { $0.activity == .issue }.map(\.days),
      suspended: school.suspensions.filter { $0.activity == .issue }.map(\.days))
    var numbers: [CertificateNumber] = []
    for days in lost {
      numbers += try state.certificates(
        unmarkedIssuedIn: days, after: place.second, limit: limit)
    }
    return try numbers.sorted { $0.value < $1.value }.prefix(limit).map { number in
      var item = BitimV1.DueItem(.issuerNotEntitled)
      item.certificate = number.text
      if let record = try state.certificate(number) {
        item.since = record.life.issuedOn.iso
        item.person = try state.line(record.personID, to: caller)
      }
      return ((0, number.value), item)
    }
  }

  /// Partners' tokens that work without an agreement, as all did before.
  private static func unagreed(
    _ caller: Caller, behind place: Place, _ limit: Int, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> [Found] {
    try state.unagreedTokens(after: place.second, at: caller.now, limit: limit).map { token in
      var item = BitimV1.DueItem(.agreementMissing)
      item.until = zone(token.expiresAt).iso
      item.organisation = token.organisation
      item.tokenId = token.id
      item.tokenName = token.name
      return ((0, token.id), item)
    }
  }

  /// Agreements near their end that none follows.
  private static func agreements(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    let ending = try state.endingAgreements(
      after: CivilDate(dayNumber: Int(place.first)), place.second,
      last: CivilDate(dayNumber: caller.today.dayNumber + Agreement.endingDays), limit: limit)
    return try ending.map { standing in
      let agreement = standing.agreement
      let at = (Int64(agreement.until.dayNumber), standing.sequence)
      guard agreement.from <= caller.today else { return (at, nil) }
      var item = BitimV1.DueItem(.agreementEnding)
      item.until = agreement.until.iso
      item.organisation = try state.organisation(id: agreement.organisation)?.code ?? ""
      return (at, item)
    }
  }

  private static func tokens(
    _ caller: Caller, behind place: Place, _ limit: Int, _ zone: (Instant) -> CivilDate,
    _ state: borrowing Snapshot
  ) throws -> [Found] {
    let last = caller.now.unixMilliseconds + Int64(DueKind.daysBefore) * 86_400_000
    let tokens = try state.endingTokens(
      after: Instant(unixMilliseconds: place.first), place.second,
      last: Instant(unixMilliseconds: last), limit: limit)
    return try tokens.map { token in
      var item = BitimV1.DueItem(.tokenEnding)
      item.until = zone(token.expiresAt).iso
      item.tokenId = token.id
      item.tokenName = token.name
      item.person = try state.line(token.personID, to: caller)
      if token.personID == 0 {
        item.organisation = try state.organisation(id: token.organisationID)?.code ?? ""
      }
      return ((token.expiresAt.unixMilliseconds, token.id), item)
    }
  }
}

extension Caller {
  /// Whose cohorts are the caller's as a registrar: 0 for all, of the School's; nil who is none.
  fileprivate var ownOrganisation: Int64? {
    guard self.roles.contains(.registrar) else { return nil }
    return self.isSchool ? 0 : self.organisationID
  }
}

extension BitimV1.DueItem {
  init(_ kind: DueKind) {
    self.init()
    self.kind = .init(kind)
  }
}
