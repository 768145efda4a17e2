package import BitimDomain

/// Which acts a list is of; what is empty, 0 or nil asks for all.
package struct ActFilter: Sendable {
  /// What entries call them.
  package var kind = ""
  /// Who made them.
  package var actorID: Int64 = 0
  /// For whom they were made.
  package var organisationID: Int64 = 0
  /// Whom they were about.
  package var personID: Int64 = 0
  /// Recorded on this day or later.
  package var from: CivilDate?
  /// Recorded on this day or earlier.
  package var until: CivilDate?
  /// Whether they were refused, or were done.
  package var isRefused: Bool?
  /// A code of why they were refused.
  package var code = ""

  /// Asks for all.
  package init() {}
}

/// An act as lists and histories have it: what was done, by whom, and about what.
package struct ListedAct: Equatable, Sendable {
  /// What became of a call that was refused.
  package struct Refused: Equatable, Sendable {
    package let method: String
    /// Codes, each once.
    package let reasons: [String]
  }

  package let sequence: Int64
  package let deed: Deed
  package let actor: Actor
  package let heldOn: CivilDate
  package let recordedAt: Instant

  /// What its entry calls it.
  package var kind: String { self.deed.kind }

  /// What a second person approved by it, as entries call that, or the word of what it proposes; nil of all others.
  package var within: String? {
    if case .approved(let approved) = self.deed { return approved.deed.kind }
    if case .proposed(let proposed) = self.deed { return proposed.act.kind.rawValue }
    return nil
  }

  package var subjects: [Subject] { self.deed.subjects }

  /// Nil for what was done.
  package var refused: Refused? {
    guard case .actRefused(let deed) = self.deed else { return nil }
    var seen: Set<String> = []
    let reasons = deed.findings.map(\.reason).filter { seen.insert($0).inserted }
    return Refused(method: deed.method, reasons: reasons)
  }
}

/// What a subject is called, and who it is.
package struct SubjectLine: Hashable, Sendable {
  package enum Kind: Sendable {
    case person, organisation, cohort, session, certificate, token, edition
  }

  package let kind: Kind
  /// 0 where it is no person.
  package var personID: Int64 = 0
  /// The code of an organisation, cohort or session, the number of a certificate, the id of a token.
  package var code = ""
}

/// Acts as auditors read them.
extension Snapshot {
  /// How many acts are looked at for one page.
  package static var actsLookedAt: Int { 20_000 }

  /// Acts before `sequence` that fit, the newest first, at most `limit` of them.
  ///
  /// - Parameters:
  ///   - zone: The civil day of an instant.
  ///   - most: How many acts are looked at, but for the last few.
  ///   - atOnce: How many few are: one record may be long, and a page is soon full.
  /// - Returns: The acts, and before which one to go on; nil when there are no more.
  package func acts(
    _ filter: ActFilter, before sequence: Int64, limit: Int, most: Int = Snapshot.actsLookedAt,
    atOnce: Int = 100, zone: (Instant) -> CivilDate
  ) throws -> (acts: [ListedAct], next: Int64?) {
    let end = try self.journalSize() + 1
    var first: Int64 = 1
    if let day = filter.from { first = try self.first(below: end) { zone($0) >= day } }
    var before = min(sequence, end)
    if let day = filter.until {
      before = min(before, try self.first(below: end) { zone($0) > day })
    }
    var found: [ListedAct] = []
    var looked = 0
    while before > first, found.count < limit, looked < most {
      let sequences = try self.sequences(filter, from: first, before: before, limit: atOnce)
      for sequence in sequences where found.count < limit {
        if let act = try self.listed(sequence, filter) { found.append(act) }
        before = sequence
        looked += 1
      }
      if found.count < limit, sequences.count < atOnce { before = first }
    }
    return (found, before > first ? before : nil)
  }

  /// Acts behind `sequence` that fit, in the order that `seed` draws, at most `limit` of them.
  ///
  /// - Parameters:
  ///   - sequence: The act that was looked at last; nil at the beginning.
  ///   - most: How many acts are looked at.
  ///   - zone: The civil day of an instant.
  /// - Returns: The acts, and behind which one to go on; nil when there are no more.
  package func acts(
    _ filter: ActFilter, drawnBy seed: String, behind sequence: Int64?, limit: Int,
    most: Int = Snapshot.actsLookedAt, zone: (Instant) -> CivilDate
  ) throws -> (acts: [ListedAct], next: Int64?) {
    let end = try self.journalSize() + 1
    var (first, before) = (Int64(1), end)
    if let day = filter.from { first = try self.first(below: end) { zone($0) >= day } }
    if let day = filter.until { before = try self.first(below: end) { zone($0) > day } }
    guard first < before else { return ([], nil) }
    // Numbers have no gaps, so that nothing is read but what is looked at.
    let numbers =
      filter.personID == 0
      ? Array(first..<before)
      : try self.sequences(filter, from: first, before: before, limit: .max)
    var drawn = numbers.map { DrawnAct($0, by: seed) }
    if let sequence {
      let last = DrawnAct(sequence, by: seed)
      drawn.removeAll { $0 <= last }
    }
    drawn.sort()
    var found: [ListedAct] = []
    for (index, act) in drawn.prefix(most).enumerated() {
      if let act = try self.listed(act.number, filter) { found.append(act) }
      if found.count == limit {
        return (found, index + 1 < drawn.count ? act.number : nil)
      }
    }
    return (found, drawn.count > most ? drawn[most - 1].number : nil)
  }

  /// The first act that was recorded after `day`; the one that comes next if none was.
  package func firstAct(after day: CivilDate, zone: (Instant) -> CivilDate) throws -> Int64 {
    try self.first(below: try self.journalSize() + 1) { zone($0) > day }
  }

  /// The next acts before `sequence` that may fit, the newest first.
  private func sequences(
    _ filter: ActFilter, from first: Int64, before sequence: Int64, limit: Int
  ) throws -> [Int64] {
    if filter.personID != 0 {
      return try self.database.rows(
        """
        SELECT DISTINCT seq FROM act_subject WHERE person_id = ?1 AND seq >= ?2 AND seq < ?3
        ORDER BY seq DESC LIMIT ?4
        """,
        [.integer(filter.personID), .integer(first), .integer(sequence), .int(limit)]
      ) { $0.integer(0) }
    }
    return try self.database.rows(
      "SELECT seq FROM act WHERE seq >= ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
      [.integer(first), .integer(sequence), .int(limit)]
    ) { $0.integer(0) }
  }

  /// An act, if it is one that the filter asks for.
  private func listed(_ sequence: Int64, _ filter: ActFilter) throws -> ListedAct? {
    let act = try self.act(sequence)
    guard filter.kind.isEmpty || act.deed.isOf(kind: filter.kind),
      filter.actorID == 0 || act.actor.personID == filter.actorID,
      filter.organisationID == 0 || act.actor.organisationID == filter.organisationID,
      filter.isRefused == nil || filter.isRefused == (act.refused != nil),
      filter.code.isEmpty || act.refused?.reasons.contains(filter.code) == true
    else { return nil }
    return act
  }

  /// The act with this number.
  func act(_ sequence: Int64) throws -> ListedAct {
    let record = try self.database.first(
      "SELECT record FROM act WHERE seq = ?1", [.integer(sequence)]
    ) { $0.blob(0) }
    guard let record else { throw StoreFailure.corrupt("act \(sequence): is not there") }
    let act = try Record.act(in: record)
    return ListedAct(
      sequence: sequence, deed: act.deed, actor: act.actor, heldOn: act.heldOn,
      recordedAt: act.recordedAt)
  }

  /// The first act below `end` whose instant fits, and with it all behind it; `end` if none does.
  private func first(below end: Int64, fits: (Instant) -> Bool) throws -> Int64 {
    var (low, high) = (Int64(1), end)
    while low < high {
      let middle = low + (high - low) / 2
      guard let instant = try self.recordedAt(middle) else {
        throw StoreFailure.corrupt("act \(middle): is not there")
      }
      if fits(instant) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Who and what subjects are, each once.
  package func lines(ofAll subjects: [Subject]) throws -> [SubjectLine] {
    var seen: Set<SubjectLine> = []
    var lines: [SubjectLine] = []
    for subject in subjects {
      for line in try self.lines(of: subject) where seen.insert(line).inserted {
        lines.append(line)
      }
    }
    return lines
  }

  package func lines(of subject: Subject) throws -> [SubjectLine] {
    switch subject {
    case .person(let id): return Self.line(of: id)
    case .organisation(let id):
      return [SubjectLine(kind: .organisation, code: try self.organisation(id: id)?.code ?? "")]
    case .cohort(let id):
      return [SubjectLine(kind: .cohort, code: try self.cohort(id: id)?.code ?? "")]
    case .enrolment(let id): return Self.line(of: try self.person(ofEnrolment: id))
    case .session(let id):
      return [SubjectLine(kind: .session, code: try self.code(ofSession: id) ?? "")]
    case .result(let id):
      guard let place = try self.place(ofResult: id) else { return [] }
      var lines = try self.lines(of: Subject.session(place.session))
      lines += try self.lines(of: Subject.enrolment(place.enrolment))
      return lines
    case .certificate(let number):
      var lines = [SubjectLine(kind: .certificate, code: number.text)]
      lines += Self.line(of: try self.certificate(number)?.personID)
      return lines
    case .token(let id):
      var lines = [SubjectLine(kind: .token, code: "\(id)")]
      lines += Self.line(of: try self.person(ofToken: id))
      return lines
    case .edition(let id):
      guard let edition = try self.edition(id: id) else { return [] }
      let programme = edition.isSeminar ? "seminar" : "\(edition.programme)"
      return [SubjectLine(kind: .edition, code: "\(programme)/\(edition.code)")]
    case .proposal(let sequence): return Self.line(of: try self.person(ofProposal: sequence))
    case .caseFile(let sequence): return Self.line(of: try self.person(ofCase: sequence))
    }
  }

  private static func line(of person: Int64?) -> [SubjectLine] {
    guard let person else { return [] }
    return [SubjectLine(kind: .person, personID: person)]
  }

  private func code(ofSession id: Int64) throws -> String? {
    try self.database.first("SELECT code FROM session WHERE id = ?1", [.integer(id)]) { $0.text(0) }
  }

  private func place(ofResult id: Int64) throws -> (session: Int64, enrolment: Int64)? {
    try self.database.first(
      "SELECT session_id, enrolment_id FROM result WHERE id = ?1", [.integer(id)]
    ) { ($0.integer(0), $0.integer(1)) }
  }

  /// Whose token it is, or was; nil for a partner's.
  private func person(ofToken id: Int64) throws -> Int64? {
    try self.database.first("SELECT person_id FROM token WHERE id = ?1", [.integer(id)]) {
      $0.optionalInteger(0)
    } ?? nil
  }

  /// Whom a proposal is about.
  private func person(ofProposal sequence: Int64) throws -> Int64? {
    try self.database.first(
      "SELECT person_id FROM proposal WHERE seq = ?1", [.integer(sequence)]
    ) { $0.optionalInteger(0) } ?? nil
  }

  /// Whom a case concerns.
  private func person(ofCase sequence: Int64) throws -> Int64? {
    try self.database.first(
      "SELECT person_id FROM case_file WHERE seq = ?1", [.integer(sequence)]
    ) { $0.optionalInteger(0) } ?? nil
  }

  /// What a token carries, or carried.
  package func roles(ofToken id: Int64) throws -> [Role] {
    try self.database.rows(
      "SELECT role FROM token_role WHERE token_id = ?1", [.integer(id)]
    ) { try $0.noun(0) }
  }
}

extension Deed {
  /// Whether it is of a kind; what a second person approved is of its own, too.
  fileprivate func isOf(kind: String) -> Bool {
    if case .approved(let approved) = self, approved.deed.isOf(kind: kind) { return true }
    return self.kind == kind
  }
}
