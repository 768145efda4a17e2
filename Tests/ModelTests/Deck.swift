/// Draws the next act: mostly one that leads on, by the right hand and on a fitting day; often enough one
/// that does not.
struct Deck {
  var chance: Chance
  private var count = 0

  init(seed: UInt64) { self.chance = Chance(seed: seed) }

  mutating func next(_ law: Law) -> Step {
    self.count += 1
    let (hand, act) = self.chance.happens(60) ? self.forward(law) : self.any(law)
    return Step(
      number: self.count,
      hand: self.chance.happens(92) ? hand : self.chance.number(0...Cast.hands.count - 1), act: act)
  }

  private mutating func cohort(_ law: Law) -> String {
    self.chance.one(of: law.cohorts)?.code ?? ""
  }
  private mutating func trainee() -> Int {
    self.chance.one(of: self.chance.happens(85) ? Cast.trainees : Cast.staff) ?? 14
  }
  private mutating func registrar() -> Int { self.chance.one(of: [0, 0, 1, 2]) ?? 0 }
  private mutating func examiner() -> Int { self.chance.one(of: [7, 8, 9, 6]) ?? 7 }
  private mutating func certifier() -> Int {
    self.chance.one(of: [10, 10, 10, 11, 11, 11, 9, 14]) ?? 10
  }

  /// A day within so many of today.
  private mutating func day(_ law: Law, _ range: ClosedRange<Int>) -> Day {
    law.today + self.chance.number(range)
  }

  /// What a cohort lacks most.
  private mutating func forward(_ law: Law) -> (hand: Int, act: Act) {
    if law.cohorts.isEmpty || (law.cohorts.count < 2 && self.chance.happens(4)) {
      return self.opening(law)
    }
    let code = self.cohort(law)
    if !law.trainers.contains(where: { $0.cohort == code }) {
      return (self.registrar(), .assign(person: self.chance.happens(75) ? 4 : 5, cohort: code))
    }
    let members = law.members(of: code)
    if members.count < 2, self.chance.happens(70) { return self.enrolment(law, code) }
    if members.contains(where: { law.isShort($0.enrolment) && law.pass($0.enrolment) == nil }),
      self.chance.happens(80)
    {
      return self.lesson(law, code)
    }
    if members.contains(where: {
      law.pass($0.enrolment) != nil && law.certificate($0.enrolment) == nil
    }),
      self.chance.happens(60)
    {
      return (self.certifier(), .issue(cohort: code, shown: self.shown()))
    }
    let open = law.sessions.filter { session in
      session.cohort == code
        && law.results.contains { $0.session == session.code && $0.stands && $0.confirmer == nil }
    }
    if let session = self.chance.one(of: open), self.chance.happens(80) {
      let chair = Cast.hands.firstIndex {
        $0.person == session.chair && $0.roles.contains(.examiner)
      }
      return (chair ?? 7, .confirm(session: session.code, shown: self.shown()))
    }
    let fresh = law.sessions.filter { session in
      session.cohort == code && !law.results.contains { $0.session == session.code }
    }
    if let session = self.chance.one(of: fresh), self.chance.happens(85) {
      return self.results(law, session)
    }
    if members.contains(where: { law.pass($0.enrolment) == nil }) { return self.session(law, code) }
    if law.cohorts.count < 3, self.chance.happens(10) { return self.opening(law) }
    return self.chance.happens(40) ? self.marking(law) : self.enrolment(law, code)
  }

  private mutating func any(_ law: Law) -> (hand: Int, act: Act) {
    if law.cohorts.isEmpty { return self.opening(law) }
    let code = self.cohort(law)
    let person = self.trainee()
    if !law.certificates.isEmpty, self.chance.happens(35) { return self.marking(law) }
    switch self.chance.number(1...30) {
    case 1: return self.opening(law)
    case 2:
      return (
        self.registrar(), .assign(person: self.chance.one(of: [4, 5, 5, 8, 14]) ?? 4, cohort: code)
      )
    case 3, 4: return self.enrolment(law, code)
    case 5, 6: return self.lesson(law, code)
    case 7, 8: return self.correction(law, code)
    case 9:
      let member = self.chance.one(of: law.members(of: code)).map {
        law.enrolments[$0.enrolment].person
      }
      return (
        self.registrar(),
        .withdraw(
          person: self.chance.happens(80) ? member ?? person : person, cohort: code,
          lastDay: self.day(law, -3...1))
      )
    case 10:
      let left = self.chance.one(of: law.leavings.filter { law.places[$0].cohort == code })
        .map { law.enrolments[law.places[$0].enrolment].person }
      return (
        self.registrar(),
        .reinstate(person: left ?? person, cohort: code, from: self.day(law, -2...1))
      )
    case 11: return (self.registrar(), .undo(person: person, cohort: code))
    case 12: return self.session(law, code)
    case 13, 14:
      guard let session = self.chance.one(of: law.sessions) else { return self.session(law, code) }
      return self.results(law, session)
    case 15:
      guard let session = self.chance.one(of: law.sessions) else { return self.session(law, code) }
      return (self.examiner(), .confirm(session: session.code, shown: self.shown()))
    case 16, 17:
      guard let result = self.chance.one(of: law.results) else { return self.enrolment(law, code) }
      return (
        self.chance.happens(70) ? self.certifier() : self.examiner(),
        .annul(session: result.session, person: law.enrolments[result.enrolment].person)
      )
    case 18: return (self.certifier(), .issue(cohort: code, shown: self.shown()))
    case 19, 20, 21: return self.marking(law)
    case 22, 23: return self.bar(law)
    case 24:
      guard let proposal = self.chance.one(of: law.proposals) else { return self.marking(law) }
      return (self.chance.one(of: [0, 1, 10, 11]) ?? 0, .approve(proposal.step))
    case 25:
      let waiting = law.proposals.filter { !$0.isEnded }
      guard let proposal = self.chance.one(of: waiting) else { return self.lesson(law, code) }
      return (
        self.chance.one(of: [0, 1, 10, 11]) ?? 0,
        self.chance.happens(80) ? .approve(proposal.step) : .endProposal(proposal.step)
      )
    case 26:
      let hand = self.chance.one(of: Cast.hands) ?? Cast.hands[0]
      let role =
        self.chance.happens(70) ? hand.roles.sorted { $0.rawValue < $1.rawValue }[0] : .trainer
      let centre = self.chance.happens(70) ? hand.centre : "ALA-01"
      return (
        13,
        self.chance.happens(40)
          ? .withdrawRole(hand.person, role, centre)
          : .grant(self.chance.happens(50) ? hand.person : person, role, centre)
      )
    case 27, 28: return self.waiting(law, code)
    default: return (0, .wait(days: self.chance.one(of: [1, 1, 2, 4, 8, 16]) ?? 1))
    }
  }

  /// Who waits, comes to wait, or gets the place.
  private mutating func waiting(_ law: Law, _ code: String) -> (hand: Int, act: Act) {
    let cohort = law.cohort(code)
    let day = self.chance.happens(85) ? min(cohort.from, law.today) : self.day(law, -8...1)
    let there = law.waiting.filter { $0.cohort == code && $0.stands }
    if let waiting = self.chance.one(of: there), self.chance.happens(60) {
      let person = self.chance.happens(90) ? waiting.person : self.trainee()
      return (
        self.registrar(),
        self.chance.happens(75)
          ? .offer(person: person, cohort: code, on: day)
          : .endWaiting(person: person, cohort: code)
      )
    }
    var people: [Int] = []
    for _ in 1...self.chance.number(1...4) {
      let person = self.trainee()
      if !people.contains(person) { people.append(person) }
    }
    return (self.registrar(), .queue(people, cohort: code, on: day))
  }

  private mutating func shown() -> Act.Shown {
    self.chance.happens(92) ? .truly : self.chance.happens(50) ? .nothing : .otherwise
  }

  private mutating func opening(_ law: Law) -> (hand: Int, act: Act) {
    let from = self.chance.happens(90) ? self.day(law, -20 ... -5) : self.day(law, -90...400)
    let to = from + (self.chance.happens(92) ? self.chance.number(25...60) : -1)
    let centre = self.chance.happens(80) ? "ALA-01" : "AST-02"
    let code = "P1-\(centre.prefix(3))-\(self.chance.number(1...4))"
    return (self.registrar(), .openCohort(code: code, centre: centre, from: from, to: to))
  }

  private mutating func enrolment(_ law: Law, _ code: String) -> (hand: Int, act: Act) {
    var people: [Int] = []
    for _ in 1...self.chance.number(1...2) {
      let person =
        self.chance.happens(75) ? self.chance.one(of: [14, 15, 16]) ?? 14 : self.trainee()
      if !people.contains(person) { people.append(person) }
    }
    let twist: Act.Twist =
      self.chance.happens(92) ? .none : self.chance.happens(50) ? .otherBirthDate : .otherNames
    let cohort = law.cohort(code)
    let day = self.chance.happens(85) ? min(cohort.from, law.today) : self.day(law, -8...1)
    return (self.registrar(), .enrol(people, cohort: code, on: day, twist: twist))
  }

  private mutating func lesson(_ law: Law, _ code: String) -> (hand: Int, act: Act) {
    let cohort = law.cohort(code)
    let trainer = self.chance.one(of: law.trainers.filter { $0.cohort == code })?.person ?? 4
    let last = max(cohort.from, min(cohort.to, law.today))
    var lesson = Act.Lesson(
      cohort: code,
      day: self.chance.happens(94)
        ? self.chance.number(cohort.from...last) : self.day(law, -40...2),
      start: self.chance.one(of: [540, 540, 570, 840]) ?? 540, theory: 0, practice: 0, trainer: nil,
      absent: [])
    let quarters = self.chance.one(of: [36, 36, 18, 9, 40, 41]) ?? 36
    let isTheory = law.members(of: code).contains { law.sum($0.enrolment).theory < Edition.theory }
    if self.chance.happens(15) {
      (lesson.theory, lesson.practice) = (quarters / 2, quarters / 2)
    } else if isTheory != self.chance.happens(10) {
      lesson.theory = quarters
    } else {
      lesson.practice = quarters
    }
    if self.chance.happens(3) { (lesson.theory, lesson.practice) = (0, 0) }
    if let place = self.chance.one(of: law.members(of: code)), self.chance.happens(8) {
      lesson.absent = [law.enrolments[place.enrolment].person]
    }
    // Now and then a class that is recorded already, as it is or otherwise.
    let held = law.classes.indices.filter { law.classes[$0].cohort == code }
    if let index = self.chance.one(of: held), self.chance.happens(7) {
      let there = law.attended.first { $0.lesson == index && $0.stands }
      (lesson.day, lesson.start) = (law.classes[index].day, law.classes[index].start)
      if let there, self.chance.happens(70) {
        (lesson.theory, lesson.practice) = (there.theory, there.practice)
      }
    }
    if self.chance.happens(30) {
      lesson.trainer = trainer
      return (self.registrar(), .hours(lesson))
    }
    return (trainer == 5 ? 5 : 4, .hours(lesson))
  }

  private mutating func correction(_ law: Law, _ code: String) -> (hand: Int, act: Act) {
    let standing = law.attended.filter { $0.stands && law.classes[$0.lesson].cohort == code }
    guard let there = self.chance.one(of: standing) else { return self.lesson(law, code) }
    let held = law.classes[there.lesson]
    let add = self.chance.one(of: [-36, -9, -4, 0, 4]) ?? 0
    return (
      self.chance.happens(50) ? self.registrar() : held.trainer == 5 ? 5 : 4,
      .correct(
        person: law.enrolments[there.enrolment].person, cohort: code, day: held.day,
        start: held.start,
        theory: max(0, there.theory + (there.theory > 0 ? add : 0)),
        practice: max(0, there.practice + (there.practice > 0 ? add : 0)))
    )
  }

  private mutating func session(_ law: Law, _ code: String) -> (hand: Int, act: Act) {
    let number = law.sessions.count + 1
    let people = [6, 7, 8].shuffled(using: &self.chance)
    var (chair, members): (Int?, [Int]) = (people[0], [people[1]])
    if self.chance.happens(10) { members = [5] }
    if self.chance.happens(4) { chair = nil }
    if self.chance.happens(4) { members = [] }
    if self.chance.happens(4) { members.append(self.chance.one(of: [9, 14, 17, 6]) ?? 9) }
    return (
      self.registrar(),
      .openSession(
        code: self.chance.happens(95) ? "S-\(number)" : "S-1", cohort: code,
        day: self.chance.happens(85) ? law.today : self.day(law, -6...3),
        protocolNumber: self.chance.happens(95) ? "№ \(number)" : "№ 1", chair: chair,
        members: members,
        // A letter invites who has no role, and now and then who needs none.
        invited: self.chance.happens(30)
          ? Set([self.chance.one(of: [5, 9, 14, 17] + members) ?? 9]) : [])
    )
  }

  private mutating func results(_ law: Law, _ session: Law.Session) -> (hand: Int, act: Act) {
    let members = law.members(of: session.cohort)
    let waiting = members.filter { law.pass($0.enrolment) == nil && !law.isShort($0.enrolment) }
    var people = (waiting.isEmpty || self.chance.happens(15) ? members : waiting)
      .map { law.enrolments[$0.enrolment].person }
    if self.chance.happens(40), !people.isEmpty { people = [self.chance.one(of: people) ?? 14] }
    if people.isEmpty || self.chance.happens(4) { people = [self.trainee()] }
    let rows = people.map { person in
      var marks = [80, 75, 90]
      if self.chance.happens(25) { marks[self.chance.number(0...2)] = self.chance.number(40...60) }
      if self.chance.happens(10) { marks = [] }
      if self.chance.happens(3) { marks = [80, 75] }
      if self.chance.happens(3) { marks = [80, 75, 101] }
      return Act.Row(person: person, marks: marks)
    }
    let recorder = session.seats.sorted().first { $0 != session.chair }
    let hand = Cast.hands.firstIndex { $0.person == recorder && $0.roles.contains(.examiner) }
    return (
      self.chance.happens(92) ? hand ?? 7 : self.examiner(), .record(session: session.code, rows)
    )
  }

  private mutating func marking(_ law: Law) -> (hand: Int, act: Act) {
    guard let paper = self.chance.one(of: law.certificates)?.paper else { return self.bar(law) }
    // Days of a mark that is there, more often than any day.
    let mark = self.chance.one(of: law.marks.filter { $0.paper == paper && $0.stands })
    let within = mark.map { $0.from + self.chance.number(0...4) }
    switch self.chance.number(1...10) {
    case 1...3:
      let from = self.day(law, -6...8)
      let until = self.chance.happens(60) ? from + self.chance.number(-1...12) : nil
      return (self.certifier(), .suspend(paper, from: from, until: until))
    case 4, 5:
      return (self.certifier(), .reinstatePaper(paper, from: within ?? self.day(law, -3...8)))
    case 6: return (self.certifier(), .revoke(paper, from: self.day(law, -4...34)))
    case 7, 8:
      let waiting = law.proposals.filter { !$0.isEnded }
      if let proposal = self.chance.one(of: waiting) {
        return (self.chance.one(of: [0, 1, 10, 11]) ?? 0, .approve(proposal.step))
      }
    case 9:
      let passes = law.results.filter { $0.isPass && $0.stands }
      if let result = self.chance.one(of: passes) {
        return (
          self.certifier(),
          .annul(session: result.session, person: law.enrolments[result.enrolment].person)
        )
      }
    default: break
    }
    return (self.certifier(), .withdrawMark(paper, day: within ?? self.day(law, -3...8)))
  }

  private mutating func bar(_ law: Law) -> (hand: Int, act: Act) {
    let hand = self.chance.one(of: [0, 1, 2, 10]) ?? 0
    guard let bar = self.chance.one(of: law.bars), self.chance.happens(60) else {
      let from = self.day(law, -30...5)
      let until = self.chance.happens(70) ? from + self.chance.number(-1...20) : nil
      return (hand, .bar(person: self.trainee(), from: from, until: until))
    }
    if self.chance.happens(50) {
      return (
        hand, .endBar(bar.step, person: bar.person, lastDay: bar.from + self.chance.number(-1...15))
      )
    }
    return (hand, .withdrawBar(bar.step, person: bar.person))
  }
}
