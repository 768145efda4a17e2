// Certificates, bars, and what takes two persons.
extension Law {
  /// The enrolment that a person's certificate of the programme would rest on, or does: one that has a
  /// certificate, else the first that is passed, else the last.
  private func deciding(_ person: Int) -> Place? {
    let own = self.places.filter {
      self.enrolments[$0.enrolment].person == person && $0.last == nil && !$0.isError
    }.sorted { $0.enrolment < $1.enrolment }
    return own.last { self.certificate($0.enrolment) != nil }
      ?? own.first { self.pass($0.enrolment) != nil } ?? own.last
  }

  /// R-703.
  private func isEligible(_ place: Place) -> Bool {
    let person = self.enrolments[place.enrolment].person
    return self.holds(person).isEmpty && self.pass(place.enrolment) != nil
      && !self.isShort(place.enrolment)
      && self.admission(person, on: self.start(place.enrolment)).isEmpty
  }

  /// R-025: why a certifier may not decide on the holder.
  private func decides(_ hand: Cast.Hand, _ place: Place) -> Set<String> {
    let person = self.enrolments[place.enrolment].person
    if person == hand.person { return ["DECIDES_HIMSELF"] }
    let since = Calendar.yearsBack(2, from: self.today)
    if self.lessons(of: person).contains(where: { $0.trainer == hand.person && $0.day >= since }) {
      return ["DECIDES_OWN_TRAINEE"]
    }
    let didExamine = self.results.contains {
      self.enrolments[$0.enrolment].person == person
        && self.session($0.session).seats.contains(hand.person)
    }
    return didExamine ? ["DECIDES_OWN_CANDIDATE"] : []
  }

  mutating func issue(_ hand: Cast.Hand, _ step: Int, _ code: String, _ shown: Act.Shown) -> Answer
  {
    var reasons = self.role(hand, .certifier)
    // A centre issues nothing, whatever it trained; a registrar of the School states attendance alone (R-307).
    if !hand.isSchool { reasons.insert("NOT_YOUR_ORGANISATION") }
    let eligible = self.members(of: code).compactMap {
      self.deciding(self.enrolments[$0.enrolment].person)
    }.filter(self.isEligible)
    if shown == .nothing { reasons.insert("VALUE_MISSING") }
    if shown == .otherwise { reasons.insert("PREVIEW_OUTDATED") }
    if eligible.isEmpty { reasons.insert("NOTHING_TO_ISSUE") }
    for place in eligible { reasons.formUnion(self.decides(hand, place)) }
    guard reasons.isEmpty else { return .refused(reasons) }
    for place in eligible {
      self.certificates.append(
        Certificate(
          paper: Act.Paper(step: step, person: self.enrolments[place.enrolment].person),
          serial: self.certificates.count + 1, enrolment: place.enrolment, issued: self.today))
    }
    let new = self.certificates.suffix(eligible.count)
    return .done(new.map { "\($0.serial) to \($0.paper.person)" }.joined(separator: ", "))
  }

  private func certificate(_ paper: Act.Paper) -> Certificate {
    Self.only(self.certificates.first { $0.paper == paper })
  }

  private func marks(on paper: Act.Paper) -> [Mark] {
    self.marks.filter { $0.paper == paper && $0.stands }
  }

  /// What every mark against a certificate is refused for.
  private func marking(_ hand: Cast.Hand, _ paper: Act.Paper) -> Set<String> {
    var reasons = self.role(hand, .certifier)
    if self.isRevoked(paper) { reasons.insert("ALREADY_REVOKED") }
    if paper.person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    return reasons
  }

  /// R-016.
  private func tooFar(_ day: Day) -> Set<String> {
    day > self.today + 30 ? ["VALUE_OUT_OF_RANGE"] : []
  }

  mutating func suspend(_ hand: Cast.Hand, _ paper: Act.Paper, _ from: Day, _ until: Day?) -> Answer
  {
    var reasons = self.marking(hand, paper).union(self.tooFar(from))
    if from < self.certificate(paper).issued { reasons.insert("SUSPENDED_BEFORE_ISSUE") }
    if let until, until < from { reasons.insert("DATES_REVERSED") }
    let overlaps = self.marks(on: paper).contains {
      !$0.isRevocation && $0.from <= until ?? $0.from && from <= $0.until ?? from
    }
    if overlaps { reasons.insert("ALREADY_SUSPENDED") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.marks.append(
      Mark(paper: paper, isRevocation: false, from: from, until: until, maker: hand.person))
    return .done(self.standing(self.certificate(paper), on: self.today))
  }

  mutating func reinstate(_ hand: Cast.Hand, _ paper: Act.Paper, _ from: Day) -> Answer {
    var reasons = self.marking(hand, paper).union(self.tooFar(from))
    let index = self.marks.firstIndex { $0.paper == paper && !$0.isRevocation && $0.covers(from) }
    guard let index else { return .refused(reasons.union(["NOT_SUSPENDED"])) }
    if from <= self.marks[index].from { reasons.insert("DATES_REVERSED") }
    if self.marks[index].maker == hand.person { reasons.insert("ENDS_OWN_ACT") }
    if self.pass(self.certificate(paper).enrolment) == nil { reasons.insert("GROUND_FAILED") }
    guard reasons.isEmpty else { return .refused(reasons) }
    let old = self.marks[index]
    self.marks[index].stands = false
    self.marks.append(
      Mark(paper: paper, isRevocation: false, from: old.from, until: from - 1, maker: hand.person))
    return .done(self.standing(self.certificate(paper), on: self.today))
  }

  mutating func revoke(_ hand: Cast.Hand, _ paper: Act.Paper, _ from: Day) -> Answer {
    var reasons = self.marking(hand, paper).union(self.tooFar(from))
    if from < self.certificate(paper).issued { reasons.insert("REVOKED_BEFORE_ISSUE") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.marks.append(
      Mark(paper: paper, isRevocation: true, from: from, until: nil, maker: hand.person))
    return .done(self.standing(self.certificate(paper), on: self.today))
  }

  /// The mark by which a certificate stands on a day: a revocation before a suspension.
  private func mark(on paper: Act.Paper, _ day: Day) -> Int? {
    let covering = self.marks.indices.filter {
      self.marks[$0].paper == paper && self.marks[$0].covers(day)
    }
    return covering.first { self.marks[$0].isRevocation } ?? covering.first
  }

  /// Everything against the withdrawal of a mark (R-715).
  private func withdrawal(_ paper: Act.Paper, _ mark: Int?, _ person: Int) -> Set<String> {
    var reasons: Set<String> = paper.person == person ? ["ACTS_ON_HIMSELF"] : []
    guard let mark, self.marks[mark].stands else { return reasons.union(["NOTHING_TO_END"]) }
    let enrolment = self.certificate(paper).enrolment
    if self.pass(enrolment) == nil { reasons.insert("GROUND_FAILED") }
    if self.marks[mark].isRevocation, !self.holds(paper.person).isEmpty {
      reasons.insert("CERTIFICATE_REPLACED")
    }
    return reasons
  }

  mutating func withdrawMark(_ hand: Cast.Hand, _ step: Int, _ paper: Act.Paper, _ day: Day)
    -> Answer
  {
    let mark = self.mark(on: paper, day)
    var reasons = self.role(hand, .certifier).union(self.withdrawal(paper, mark, hand.person))
    let what = Proposal.What.withdrawMark(paper, mark: mark ?? -1)
    reasons.formUnion(self.isProposed(what, paper.person))
    guard reasons.isEmpty else { return .refused(reasons) }
    return self.propose(hand, step, paper.person, what)
  }

  mutating func bar(_ hand: Cast.Hand, _ step: Int, _ person: Int, _ from: Day, _ until: Day?)
    -> Answer
  {
    var reasons = self.role(hand, .registrar, .certifier).union(self.unknown(hand, person))
    if let until, until < from { reasons.insert("DATES_REVERSED") }
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    if self.bars.contains(where: {
      $0.person == person && $0.stands && $0.from == from && $0.until == until
    }) {
      reasons.insert("NOTHING_CHANGED")
    }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.bars.append(Bar(step: step, person: person, from: from, until: until, maker: hand.person))
    return .done("")
  }

  /// What every end of a bar is refused for: bars are the School's to end (R-118).
  private func ending(_ hand: Cast.Hand, _ bar: Int, _ person: Int) -> Set<String> {
    var reasons = self.role(hand, .registrar, .certifier)
    if !hand.isSchool { reasons.insert("NOT_YOUR_ORGANISATION") }
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    if !self.bars.contains(where: { $0.step == bar && $0.stands && $0.person == person }) {
      reasons.insert("BAR_UNKNOWN")
    }
    return reasons
  }

  mutating func endBar(_ hand: Cast.Hand, _ step: Int, _ bar: Int, _ person: Int, _ day: Day)
    -> Answer
  {
    var reasons = self.ending(hand, bar, person)
    if let there = self.bars.first(where: { $0.step == bar }) {
      if day < there.from { reasons.insert("DATES_REVERSED") }
      if day == there.until { reasons.insert("NOTHING_CHANGED") }
      if let until = there.until, day > until { reasons.insert("VALUE_OUT_OF_RANGE") }
    }
    guard reasons.isEmpty, let index = self.bars.firstIndex(where: { $0.step == bar }) else {
      return .refused(reasons)
    }
    self.bars[index].stands = false
    self.bars.append(
      Bar(step: step, person: person, from: self.bars[index].from, until: day, maker: hand.person))
    return .done("")
  }

  mutating func withdrawBar(_ hand: Cast.Hand, _ step: Int, _ bar: Int, _ person: Int) -> Answer {
    let what = Proposal.What.withdrawBar(bar)
    let reasons = self.ending(hand, bar, person).union(self.isProposed(what, person))
    guard reasons.isEmpty else { return .refused(reasons) }
    return self.propose(hand, step, person, what)
  }
}

// R-006.
extension Law {
  /// Whether two proposals are of one kind.
  private static func isAlike(_ one: Proposal.What, _ other: Proposal.What) -> Bool {
    switch (one, other) {
    case (.withdrawBar, .withdrawBar), (.withdrawMark, .withdrawMark), (.correct, .correct): true
    default: false
    }
  }

  func isProposed(_ what: Proposal.What, _ person: Int) -> Set<String> {
    self.proposals.contains {
      $0.person == person && !$0.isEnded && $0.lastDay >= self.today && Self.isAlike($0.what, what)
    } ? ["ALREADY_PROPOSED"] : []
  }

  /// What is shown of a proposal, as far as acts may change it.
  private func shown(_ what: Proposal.What) -> String {
    switch what {
    case .withdrawBar(let bar):
      return "\(self.bars.contains { $0.step == bar && $0.stands })"
    case .withdrawMark(let paper, let mark):
      guard self.marks[mark].stands else { return "" }
      // How it stands on the mark's first day, and by which days.
      return self.mark(on: paper, self.marks[mark].from).map { "\(self.marks[$0])" } ?? ""
    case .correct(let person, let cohort, let day, let start, _, _):
      let there = self.attended.first {
        let held = self.classes[$0.lesson]
        return $0.stands && self.enrolments[$0.enrolment].person == person && held.cohort == cohort
          && held.day == day && held.start == start
      }
      return "\(there?.theory ?? 0) \(there?.practice ?? 0)"
    }
  }

  mutating func propose(
    _ hand: Cast.Hand, _ step: Int, _ person: Int, _ what: Proposal.What
  ) -> Answer {
    self.proposals.append(
      Proposal(
        step: step, person: person, proposer: hand.person, lastDay: self.today + 14, what: what,
        shown: self.shown(what)))
    return .done("proposed")
  }

  mutating func approve(_ hand: Cast.Hand, _ step: Int, _ number: Int) -> Answer {
    let index = Self.only(self.proposals.firstIndex { $0.step == number })
    let proposal = self.proposals[index]
    var reasons = self.role(hand, .registrar, .certifier)
    if !hand.isSchool { reasons.insert("NOT_YOUR_ORGANISATION") }
    if proposal.isEnded { reasons.insert("PROPOSAL_ENDED") }
    if proposal.proposer == hand.person { reasons.insert("APPROVES_OWN_PROPOSAL") }
    if self.today > proposal.lastDay { reasons.insert("PROPOSAL_LAPSED") }
    if self.shown(proposal.what) != proposal.shown { reasons.insert("PROPOSAL_CHANGED") }
    switch proposal.what {
    case .withdrawBar(let step):
      let bar = self.bars.first { $0.step == step && $0.stands }
      if bar == nil { reasons.insert("BAR_UNKNOWN") }
      if bar?.maker == hand.person { reasons.insert("ENDS_OWN_ACT") }
      if proposal.person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
      guard reasons.isEmpty else { return .refused(reasons) }
      for index in self.bars.indices where self.bars[index].step == step {
        self.bars[index].stands = false
      }
    case .withdrawMark(let paper, let mark):
      reasons.formUnion(self.withdrawal(paper, mark, hand.person))
      if self.marks[mark].maker == hand.person { reasons.insert("ENDS_OWN_ACT") }
      guard reasons.isEmpty else { return .refused(reasons) }
      self.marks[mark].stands = false
    case .correct:
      guard reasons.isEmpty else {
        // What the hours themselves speak against may be told first.
        var trial = self
        return .refused(reasons.union(trial.approveCorrection(hand, proposal.what)))
      }
      let more = self.approveCorrection(hand, proposal.what)
      guard more.isEmpty else { return .refused(more) }
    }
    self.proposals[index].isEnded = true
    return .done("")
  }

  mutating func endProposal(_ hand: Cast.Hand, _ number: Int) -> Answer {
    let index = Self.only(self.proposals.firstIndex { $0.step == number })
    var reasons = self.role(hand, .registrar, .certifier, .examiner, .administrator)
    if !reasons.isEmpty { return .refused(reasons) }
    if !hand.isSchool { return .refused(["NOT_YOUR_ORGANISATION"]) }
    // To examiners and administrators a proposal that is none of theirs is one that is not there.
    if self.role(hand, .registrar, .certifier) != [] { return .refused(["PROPOSAL_UNKNOWN"]) }
    if self.proposals[index].isEnded { reasons.insert("PROPOSAL_ENDED") }
    if self.proposals[index].person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.proposals[index].isEnded = true
    return .done("")
  }
}

// What everybody may look at.
extension Law {
  /// A cohort's trainees with their hours and how far they are.
  func picture(cohort code: String) -> [String] {
    self.members(of: code).map { place in
      let sum = self.sum(place.enrolment)
      return "\(self.enrolments[place.enrolment].person) from \(Calendar.text(place.from)): "
        + "\(sum.theory)+\(sum.practice) \(self.stage(place.enrolment))"
    }
      + self.waiting.filter { $0.cohort == code && $0.stands }
      .map { "\($0.person) waits from \(Calendar.text($0.from))" }
  }

  private func stage(_ enrolment: Int) -> String {
    if self.pass(enrolment) != nil {
      return self.certificate(enrolment) == nil ? "passed" : "certified"
    }
    let attempts = self.results(enrolment).filter { $0.attempt > 0 && $0.confirmer != nil }
    // The last by the day of the session, and by recording within a day.
    let last = attempts.enumerated().max {
      (self.session($0.element.session).day, $0.offset) < (
        self.session($1.element.session).day, $1.offset
      )
    }
    guard let last = last?.element else { return "enrolled" }
    return last.isAnnulled ? "annulled" : "failed"
  }

  /// A session's results, as they stand.
  func picture(session code: String) -> [String] {
    self.results.filter { $0.session == code && !$0.isReplaced }.map { result in
      "\(self.enrolments[result.enrolment].person) \(result.word) \(result.marks) "
        + "attempt \(result.attempt) \(result.confirmer == nil ? "recorded" : "confirmed")"
        + (result.isAnnulled ? " annulled" : "")
    }.sorted()
  }

  /// How a certificate stands, ten days ago, today, and in ten days.
  func picture(paper: Act.Paper) -> [String] {
    [-10, 0, 10].map { self.standing(self.certificate(paper), on: self.today + $0) }
  }

  /// The bars of a person.
  func picture(bars person: Int) -> [String] {
    self.bars.filter { $0.person == person && $0.stands }.map {
      "\(Calendar.text($0.from)) \($0.until.map(Calendar.text) ?? "-")"
    }.sorted()
  }
}
