/// The School by the rule book, and nothing else: lists of facts, gone through from end to end for every
/// question. It knows no table and no index, shares no code with the server, and is slow.
///
/// Each act gathers every reason that the rules give against it; where there is none, it is done.
struct Law {
  struct Cohort { var code, centre: String; var from, to: Day }
  struct Trainer { var cohort: String; var person: Int }
  struct Enrolment { var person: Int }
  /// Somebody who waits, or waited, for a place; in the order of recording.
  struct Waiting { var person: Int; var cohort: String; var from: Day; var stands = true }
  /// A place in a cohort under an enrolment; `last` once it was left.
  struct Place {
    var enrolment: Int; var cohort: String; var from: Day; var last: Day?; var isError = false
  }
  struct Class { var cohort: String; var day: Day; var start, end, trainer: Int }
  /// What was attended; a correction ends it.
  struct Attended { var lesson, enrolment, theory, practice: Int; var stands = true }
  struct Session {
    var code, cohort: String; var day: Day; var chair: Int; var seats: Set<Int>; var number: String
  }
  struct Result {
    var session: String, enrolment: Int, marks: [Int], attempt, recorder: Int
    var confirmer: Int?
    var isReplaced = false, isAnnulled = false

    var isAbsent: Bool { self.marks.isEmpty }
    var isPass: Bool { !self.isAbsent && self.marks.allSatisfy { $0 >= Edition.passMark } }
    var stands: Bool { !self.isReplaced && !self.isAnnulled }
    var word: String { self.isAbsent ? "absent" : self.isPass ? "passed" : "failed" }
  }
  struct Certificate { var paper: Act.Paper; var serial, enrolment: Int; var issued: Day }
  struct Mark {
    var paper: Act.Paper, isRevocation: Bool, from: Day, until: Day?, maker: Int, stands = true

    func covers(_ day: Day) -> Bool { self.stands && self.from <= day && day <= self.until ?? day }
  }
  /// A bar by the act that recorded it; to end it makes another one.
  struct Bar {
    var step, person: Int; var from: Day; var until: Day?; var maker: Int; var stands = true
  }
  struct Proposal {
    enum What: Equatable {
      case withdrawBar(Int)
      case withdrawMark(Act.Paper, mark: Int)
      case correct(person: Int, cohort: String, day: Day, start: Int, theory: Int, practice: Int)
    }
    var step, person, proposer: Int
    var lastDay: Day
    var what: What
    /// What was shown of it.
    var shown: String
    var isEnded = false
  }

  /// A role that somebody has in an organisation, or had.
  struct Holding { var person: Int; var role: Cast.Role; var centre: String; var stands = true }

  var today = Cast.firstDay
  var holdings = Cast.hands.flatMap { hand in
    hand.roles.map { Holding(person: hand.person, role: $0, centre: hand.centre) }
  }
  /// Tokens that ended with a role that they carried.
  var ended: Set<Int> = []
  var cohorts: [Cohort] = []
  var trainers: [Trainer] = []
  var enrolments: [Enrolment] = []
  var places: [Place] = []
  var waiting: [Waiting] = []
  /// Places in the order in which they were left.
  var leavings: [Int] = []
  var classes: [Class] = []
  var attended: [Attended] = []
  var sessions: [Session] = []
  var results: [Result] = []
  var certificates: [Certificate] = []
  var marks: [Mark] = []
  var bars: [Bar] = []
  var proposals: [Proposal] = []

  /// What is answered to an act, and done by it.
  mutating func play(_ step: Step) -> Answer {
    let hand = Cast.hands[step.hand]
    if self.ended.contains(step.hand), !step.act.isWait { return .refused(["TOKEN"]) }
    switch step.act {
    case .wait(let days):
      self.today += days
      return .done("")
    case .grant(let person, let role, let centre): return self.grant(hand, person, role, centre)
    case .withdrawRole(let person, let role, let centre):
      return self.withdraw(hand, person, role, centre)
    case .openCohort(let code, let centre, let from, let to):
      return self.openCohort(hand, code, centre, from, to)
    case .assign(let person, let cohort): return self.assign(hand, person, cohort)
    case .enrol(let people, let cohort, let day, let twist):
      return self.enrol(hand, people, cohort, day, twist)
    case .queue(let people, let cohort, let day): return self.queue(hand, people, cohort, day)
    case .offer(let person, let cohort, let day): return self.offer(hand, person, cohort, day)
    case .endWaiting(let person, let cohort): return self.endWaiting(hand, person, cohort)
    case .hours(let lesson): return self.hours(hand, lesson)
    case .correct(let person, let cohort, let day, let start, let theory, let practice):
      let what = Proposal.What.correct(
        person: person, cohort: cohort, day: day, start: start, theory: theory, practice: practice)
      return self.correct(hand, step.number, what)
    case .withdraw(let person, let cohort, let day): return self.withdraw(hand, person, cohort, day)
    case .reinstate(let person, let cohort, let day):
      return self.reinstate(hand, person, cohort, day)
    case .undo(let person, let cohort): return self.undo(hand, person, cohort)
    case .openSession(
      let code, let cohort, let day, let number, let chair, let members, let invited):
      return self.openSession(hand, code, cohort, day, number, chair, members, invited)
    case .record(let session, let rows): return self.record(hand, session, rows)
    case .confirm(let session, let shown): return self.confirm(hand, session, shown)
    case .annul(let session, let person): return self.annul(hand, session, person)
    case .issue(let cohort, let shown): return self.issue(hand, step.number, cohort, shown)
    case .suspend(let paper, let from, let until): return self.suspend(hand, paper, from, until)
    case .reinstatePaper(let paper, let from): return self.reinstate(hand, paper, from)
    case .revoke(let paper, let from): return self.revoke(hand, paper, from)
    case .withdrawMark(let paper, let day): return self.withdrawMark(hand, step.number, paper, day)
    case .bar(let person, let from, let until):
      return self.bar(hand, step.number, person, from, until)
    case .endBar(let bar, let person, let day):
      return self.endBar(hand, step.number, bar, person, day)
    case .withdrawBar(let bar, let person): return self.withdrawBar(hand, step.number, bar, person)
    case .approve(let proposal): return self.approve(hand, step.number, proposal)
    case .endProposal(let proposal): return self.endProposal(hand, proposal)
    }
  }

  /// Whether everything that an act names is there: a script with acts left out may name what is not.
  func knows(_ act: Act) -> Bool {
    switch act {
    case .wait, .grant, .withdrawRole, .openCohort, .bar: return true
    case .assign(_, let code), .enrol(_, let code, _, _), .correct(_, let code, _, _, _, _),
      .withdraw(_, let code, _), .reinstate(_, let code, _), .undo(_, let code),
      .queue(_, let code, _), .offer(_, let code, _), .endWaiting(_, let code),
      .openSession(_, let code, _, _, _, _, _), .issue(let code, _):
      return self.cohorts.contains { $0.code == code }
    case .hours(let lesson): return self.cohorts.contains { $0.code == lesson.cohort }
    case .record(let code, _), .confirm(let code, _), .annul(let code, _):
      return self.sessions.contains { $0.code == code }
    case .suspend(let paper, _, _), .reinstatePaper(let paper, _), .revoke(let paper, _),
      .withdrawMark(let paper, _):
      return self.certificates.contains { $0.paper == paper }
    case .endBar(let step, _, _), .withdrawBar(let step, _):
      return self.bars.contains { $0.step == step }
    case .approve(let step), .endProposal(let step):
      return self.proposals.contains { $0.step == step }
    }
  }
}

// What the rules ask of the facts.
extension Law {
  func cohort(_ code: String) -> Cohort { Self.only(self.cohorts.first { $0.code == code }) }
  func session(_ code: String) -> Session { Self.only(self.sessions.first { $0.code == code }) }

  /// What is there: ``knows(_:)`` has been asked.
  static func only<Fact>(_ fact: Fact?) -> Fact {
    guard let fact else { preconditionFailure("the script names what is not there") }
    return fact
  }

  /// Roles, table (b).
  func role(_ hand: Cast.Hand, _ roles: Cast.Role...) -> Set<String> {
    hand.roles.isDisjoint(with: roles) ? ["NOT_ALLOWED"] : []
  }

  ///
  func mine(_ hand: Cast.Hand, _ centre: String) -> Set<String> {
    hand.isSchool || hand.centre == centre ? [] : ["NOT_YOUR_ORGANISATION"]
  }

  /// by a role there, or by an enrolment that was no error (none is three years past here).
  func knows(_ hand: Cast.Hand, _ person: Int) -> Bool {
    hand.isSchool || self.holdings.contains { $0.person == person && $0.centre == hand.centre }
      || self.places.contains {
        !$0.isError && self.enrolments[$0.enrolment].person == person
          && self.cohort($0.cohort).centre == hand.centre
      }
      || self.waiting.contains {
        $0.person == person && self.cohort($0.cohort).centre == hand.centre
      }
  }

  /// Whether somebody has a role, in an organisation or anywhere.
  func has(_ person: Int, _ role: Cast.Role, at centre: String? = nil) -> Bool {
    self.holdings.contains {
      $0.person == person && $0.role == role && $0.stands && $0.centre == centre ?? $0.centre
    }
  }

  func unknown(_ hand: Cast.Hand, _ person: Int) -> Set<String> {
    self.knows(hand, person) ? [] : ["PERSON_UNKNOWN"]
  }

  func isTrainer(_ person: Int, of cohort: String) -> Bool {
    self.trainers.contains { $0.person == person && $0.cohort == cohort }
  }

  /// The place that somebody has in a cohort.
  func standing(_ person: Int, in cohort: String) -> Place? {
    self.places.first {
      $0.cohort == cohort && $0.last == nil && !$0.isError
        && self.enrolments[$0.enrolment].person == person
    }
  }

  /// The place that somebody left last, where none stands.
  func left(_ person: Int, in cohort: String) -> Place? {
    guard self.standing(person, in: cohort) == nil else { return nil }
    return self.leavings.last {
      let place = self.places[$0]
      return place.cohort == cohort && !place.isError
        && self.enrolments[place.enrolment].person == person
    }.map { self.places[$0] }
  }

  /// Those who have a place in a cohort, in the order of their enrolments.
  func members(of cohort: String) -> [Place] {
    self.places.filter { $0.cohort == cohort && $0.last == nil && !$0.isError }
      .sorted { $0.enrolment < $1.enrolment }
  }

  /// What somebody must be enrolled for to act on: the reasons where there is no place.
  func mustStand(_ person: Int, in cohort: String, _ hand: Cast.Hand) -> Set<String> {
    if self.standing(person, in: cohort) != nil {
      return person == hand.person ? ["ACTS_ON_HIMSELF"] : []
    }
    return self.left(person, in: cohort) != nil ? ["TRAINEE_WITHDRAWN"] : ["NOT_ENROLLED"]
  }

  /// Quarters that were attended under an enrolment.
  func sum(_ enrolment: Int) -> (theory: Int, practice: Int) {
    let own = self.attended.filter { $0.enrolment == enrolment && $0.stands }
    return (own.reduce(0) { $0 + $1.theory }, own.reduce(0) { $0 + $1.practice })
  }

  ///
  func isShort(_ enrolment: Int) -> Bool {
    let sum = self.sum(enrolment)
    return sum.theory < Edition.theory || sum.practice < Edition.practice
  }

  /// Classes that somebody attended, under whatever enrolment.
  func lessons(of person: Int) -> [Class] {
    self.attended.filter {
      $0.stands && $0.theory + $0.practice > 0 && self.enrolments[$0.enrolment].person == person
    }.map { self.classes[$0.lesson] }
  }

  func lastClass(_ enrolment: Int) -> Day? {
    self.attended.filter { $0.enrolment == enrolment && $0.stands && $0.theory + $0.practice > 0 }
      .map { self.classes[$0.lesson].day }.max()
  }

  /// Those of an enrolment that were not replaced.
  func results(_ enrolment: Int) -> [Result] {
    self.results.filter { $0.enrolment == enrolment && !$0.isReplaced }
  }

  /// The pass that counts.
  func pass(_ enrolment: Int) -> Result? {
    self.results(enrolment).first { $0.isPass && $0.stands && $0.confirmer != nil }
  }

  ///
  func used(_ enrolment: Int) -> [Result] {
    self.results(enrolment).filter { !$0.isAnnulled && $0.attempt > 0 }
  }

  /// The start of training: the later of the first day and the cohort's.
  func start(_ enrolment: Int) -> Day {
    let first = Self.only(self.places.first { $0.enrolment == enrolment })
    return max(first.from, self.cohort(first.cohort).from)
  }

  /// Whether somebody taught a person within 24 months before a day, or later.
  func taught(_ trainer: Int, _ person: Int, before day: Day) -> Bool {
    self.lessons(of: person).contains {
      $0.trainer == trainer && $0.day >= Calendar.yearsBack(2, from: day)
    }
  }

  /// why somebody may not examine whoever has a place in a cohort.
  func separated(_ examiner: Int, _ person: Int, _ cohort: String, on day: Day) -> Set<String> {
    if examiner == person { return ["EXAMINES_HIMSELF"] }
    return self.taught(examiner, person, before: day) || self.isTrainer(examiner, of: cohort)
      ? ["EXAMINER_TAUGHT_CANDIDATE"] : []
  }

  /// A certificate that neither was revoked nor replaced, of an enrolment.
  func certificate(_ enrolment: Int) -> Certificate? {
    self.certificates.first { paper in paper.enrolment == enrolment && !self.isRevoked(paper.paper)
    }
  }

  func isRevoked(_ paper: Act.Paper) -> Bool {
    self.marks.contains { $0.paper == paper && $0.stands && $0.isRevocation }
  }

  /// on the start of training.
  func admission(_ person: Int, on start: Day) -> Set<String> {
    var reasons: Set<String> = []
    let who = Cast.people[person]
    if Calendar.age(on: start, born: Calendar.day(who.born)) < Edition.age {
      reasons.insert("TOO_YOUNG")
    }
    if !who.isHigher { reasons.insert("EDUCATION_TOO_LOW") }
    let isBarred = self.bars.contains {
      $0.person == person && $0.stands && $0.from <= start && start <= $0.until ?? start
    }
    if isBarred { reasons.insert("BARRED") }
    return reasons
  }

  ///
  func holds(_ person: Int) -> Set<String> {
    self.certificates.contains { $0.paper.person == person && !self.isRevoked($0.paper) }
      ? ["PROGRAMME_HELD"] : []
  }

  /// against a place in a cohort for who has had one there, or takes or has passed the programme under
  /// another enrolment than this.
  func takes(
    _ person: Int, besides enrolment: Int? = nil, from day: Day, in code: String
  ) -> Set<String> {
    var reasons: Set<String> = []
    if enrolment == nil, self.left(person, in: code) != nil { reasons.insert("TRAINEE_WITHDRAWN") }
    let others = self.places.filter { place in
      self.enrolments[place.enrolment].person == person && place.enrolment != enrolment
        && place.last == nil && !place.isError
        && !self.certificates.contains { $0.enrolment == place.enrolment }
    }
    if others.contains(where: { self.pass($0.enrolment) != nil }) {
      return reasons.union(["ALREADY_PASSED"])
    }
    let isTaken = others.contains {
      let other = self.cohort($0.cohort)
      return self.used($0.enrolment).count < Edition.attempts
        && max(day, self.cohort(code).from) <= other.to
        && max($0.from, other.from) <= self.cohort(code).to
    }
    return isTaken ? reasons.union(["ALREADY_ENROLLED"]) : reasons
  }

  /// for a place from a day on.
  func room(_ cohort: Cohort, from day: Day, added: Int = 0) -> Set<String> {
    var reasons: Set<String> = []
    if day > cohort.to { reasons.insert("ENROLLED_AFTER_END") }
    if self.members(of: cohort.code).count + added >= Edition.group { reasons.insert("GROUP_FULL") }
    return reasons
  }

  /// how a certificate stands on a day.
  func standing(_ paper: Certificate, on day: Day) -> String {
    let own = self.marks.filter { $0.paper == paper.paper && $0.covers(day) }
    if own.contains(where: \.isRevocation) { return "revoked" }
    if !own.isEmpty { return "suspended" }
    return day < paper.issued ? "not yet valid" : "valid"
  }
}
