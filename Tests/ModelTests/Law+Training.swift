// Roles, cohorts, enrolments and hours.
extension Law {
  mutating func grant(_ hand: Cast.Hand, _ person: Int, _ role: Cast.Role, _ centre: String)
    -> Answer
  {
    var reasons = self.role(hand, .administrator)
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    if centre != "SCHOOL", [.administrator, .certifier, .auditor].contains(role) {
      reasons.insert("ROLE_ONLY_AT_SCHOOL")
    }
    //
    let barred: [Cast.Role] = [.trainer, .examiner, .certifier]
    let isMixed =
      role == .administrator
      ? barred.contains { self.has(person, $0) }
      : barred.contains(role) && self.has(person, .administrator)
    if isMixed { reasons.insert("ROLES_INCOMPATIBLE") }
    if self.has(person, role, at: centre) { reasons.insert("ALREADY_THERE") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.holdings.append(Holding(person: person, role: role, centre: centre))
    return .done("")
  }

  mutating func withdraw(_ hand: Cast.Hand, _ person: Int, _ role: Cast.Role, _ centre: String)
    -> Answer
  {
    var reasons = self.role(hand, .administrator)
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    if !self.has(person, role, at: centre) { reasons.insert("ROLE_UNKNOWN") }
    guard reasons.isEmpty else { return .refused(reasons) }
    for index in self.holdings.indices
    where self.holdings[index].person == person && self.holdings[index].role == role
      && self.holdings[index].centre == centre
    {
      self.holdings[index].stands = false
    }
    for (index, other) in Cast.hands.enumerated()
    where other.person == person && other.centre == centre && other.roles.contains(role) {
      self.ended.insert(index)
    }
    return .done("")
  }

  mutating func openCohort(
    _ hand: Cast.Hand, _ code: String, _ centre: String, _ from: Day, _ to: Day
  ) -> Answer {
    var reasons = self.role(hand, .registrar).union(self.mine(hand, centre))
    if self.cohorts.contains(where: { $0.code == code }) { reasons.insert("CODE_TAKEN") }
    if to < from { reasons.insert("DATES_REVERSED") }
    if from < Edition.from || from > Edition.until { reasons.insert("EDITION_NOT_IN_FORCE") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.cohorts.append(Cohort(code: code, centre: centre, from: from, to: to))
    return .done("")
  }

  mutating func assign(_ hand: Cast.Hand, _ person: Int, _ code: String) -> Answer {
    let cohort = self.cohort(code)
    var reasons = self.role(hand, .registrar).union(self.mine(hand, cohort.centre))
    // a centre assigns its own trainers.
    let isItsTrainer = self.has(person, .trainer, at: cohort.centre)
    if !hand.isSchool, !isItsTrainer { reasons.insert("PERSON_UNKNOWN") }
    if self.isTrainer(person, of: code) { reasons.insert("ALREADY_THERE") }
    if self.standing(person, in: code) != nil { reasons.insert("TRAINS_HIMSELF") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.trainers.append(Trainer(cohort: code, person: person))
    return .done("")
  }

  mutating func enrol(
    _ hand: Cast.Hand, _ people: [Int], _ code: String, _ day: Day, _ twist: Act.Twist
  ) -> Answer {
    let cohort = self.cohort(code)
    var call = self.role(hand, .registrar)
    if day > self.today { call.insert("DATE_IN_FUTURE") }
    guard call.isEmpty else { return .refused(call) }
    var rows: [Answer.Row] = []
    var added: [Int] = []
    for person in people {
      var reasons = self.mine(hand, cohort.centre)
      if twist != .none, person == people[0] {
        //
        let told = twist == .otherBirthDate ? "OTHER_BIRTH_DATE" : "NAMES_DISAGREE"
        reasons.insert(self.knows(hand, person) ? told : "IDENTITY_CHECK")
      } else if self.standing(person, in: code) != nil {
        rows.append(reasons.isEmpty ? .unchanged : .refused(reasons))
        continue
      }
      if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
      if self.isTrainer(person, of: code) { reasons.insert("TRAINS_HIMSELF") }
      reasons.formUnion(self.admission(person, on: max(day, cohort.from)))
      reasons.formUnion(self.holds(person))
      reasons.formUnion(self.takes(person, from: day, in: code))
      reasons.formUnion(self.room(cohort, from: day, added: added.count))
      rows.append(reasons.isEmpty ? .added : .refused(reasons))
      if reasons.isEmpty { added.append(person) }
    }
    let isRecorded = !added.isEmpty && rows.allSatisfy { $0 == .added || $0 == .unchanged }
    for person in added where isRecorded {
      self.enrolments.append(Enrolment(person: person))
      self.place(self.enrolments.count - 1, in: code, from: day)
    }
    return .rows(rows, isRecorded: isRecorded)
  }

  /// Gives a place; who has one waits no more.
  private mutating func place(_ enrolment: Int, in code: String, from day: Day) {
    self.places.append(Place(enrolment: enrolment, cohort: code, from: day))
    self.stopWaiting(self.enrolments[enrolment].person, in: code)
  }

  private mutating func stopWaiting(_ person: Int, in code: String) {
    for index in self.waiting.indices
    where self.waiting[index].person == person && self.waiting[index].cohort == code {
      self.waiting[index].stands = false
    }
  }

  /// everything but the group's limit against a place for somebody from a day on.
  private func obstacles(_ person: Int, _ cohort: Cohort, from day: Day) -> Set<String> {
    var reasons = self.admission(person, on: max(day, cohort.from)).union(self.holds(person))
    reasons.formUnion(self.takes(person, from: day, in: cohort.code))
    if self.isTrainer(person, of: cohort.code) { reasons.insert("TRAINS_HIMSELF") }
    if day > cohort.to { reasons.insert("ENROLLED_AFTER_END") }
    return reasons
  }

  /// enrolled where more places are free than people wait before, and waiting behind them otherwise.
  mutating func queue(_ hand: Cast.Hand, _ people: [Int], _ code: String, _ day: Day) -> Answer {
    let cohort = self.cohort(code)
    var call = self.role(hand, .registrar)
    if day > self.today { call.insert("DATE_IN_FUTURE") }
    guard call.isEmpty else { return .refused(call) }
    let before = self.waiting.filter { $0.cohort == code && $0.stands }.map(\.person)
    var rows: [Answer.Row] = []
    var (added, waits): ([Int], [Int]) = ([], [])
    for person in people {
      var reasons = self.mine(hand, cohort.centre)
      if reasons.isEmpty, self.standing(person, in: code) != nil {
        rows.append(.unchanged)
        continue
      }
      if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
      reasons.formUnion(self.obstacles(person, cohort, from: day))
      let free = Edition.group - self.members(of: code).count - added.count
      let ahead = before.prefix { $0 != person }.filter {
        !added.contains($0) && self.obstacles($0, cohort, from: day).isEmpty
      }
      if !reasons.isEmpty {
        // Who is refused for more may be told of the limit, too.
        rows.append(.refused(free <= 0 ? reasons.union(["GROUP_FULL"]) : reasons))
      } else if free > ahead.count + waits.count {
        rows.append(.added)
        added.append(person)
      } else if before.contains(person) {
        rows.append(.unchanged)
      } else {
        rows.append(.waiting)
        waits.append(person)
      }
    }
    let isWhole = rows.allSatisfy { $0 == .added || $0 == .unchanged || $0 == .waiting }
    let isRecorded = isWhole && !(added + waits).isEmpty
    guard isRecorded else { return .rows(rows, isRecorded: false) }
    for person in added {
      self.enrolments.append(Enrolment(person: person))
      self.place(self.enrolments.count - 1, in: code, from: day)
    }
    self.waiting += waits.map { Waiting(person: $0, cohort: code, from: day) }
    return .rows(rows, isRecorded: true)
  }

  private func waits(_ person: Int, _ code: String) -> Bool {
    self.waiting.contains { $0.person == person && $0.cohort == code && $0.stands }
  }

  mutating func offer(_ hand: Cast.Hand, _ person: Int, _ code: String, _ day: Day) -> Answer {
    let cohort = self.cohort(code)
    var reasons = self.role(hand, .registrar).union(self.mine(hand, cohort.centre))
    reasons.formUnion(self.unknown(hand, person))
    if day > self.today { reasons.insert("DATE_IN_FUTURE") }
    if !self.waits(person, code) { reasons.insert("NOT_WAITING") }
    if let waiting = self.waiting.last(where: {
      $0.person == person && $0.cohort == code && $0.stands
    }),
      day < waiting.from
    {
      reasons.insert("VALUE_OUT_OF_RANGE")
    }
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    reasons.formUnion(self.obstacles(person, cohort, from: day))
    reasons.formUnion(self.room(cohort, from: day))
    guard reasons.isEmpty else { return .refused(reasons) }
    self.enrolments.append(Enrolment(person: person))
    self.place(self.enrolments.count - 1, in: code, from: day)
    return .done(Calendar.text(day))
  }

  mutating func endWaiting(_ hand: Cast.Hand, _ person: Int, _ code: String) -> Answer {
    var reasons = self.role(hand, .registrar).union(self.mine(hand, self.cohort(code).centre))
    reasons.formUnion(self.unknown(hand, person))
    if !self.waits(person, code) { reasons.insert("NOT_WAITING") }
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.stopWaiting(person, in: code)
    return .done("")
  }

  /// Whether a place under an enrolment covered a day in a cohort.
  private func isThere(_ enrolment: Int, _ cohort: String, on day: Day) -> Bool {
    self.places.contains {
      $0.enrolment == enrolment && $0.cohort == cohort && !$0.isError && $0.from <= day
        && day <= $0.last ?? day
    }
  }

  mutating func hours(_ hand: Cast.Hand, _ lesson: Act.Lesson) -> Answer {
    let call = self.role(hand, .registrar, .trainer)
    guard call.isEmpty else { return .refused(call) }
    let cohort = self.cohort(lesson.cohort)
    var reasons = self.mine(hand, cohort.centre)
    if lesson.day > self.today { reasons.insert("DATE_IN_FUTURE") }
    //
    if lesson.day < cohort.from || lesson.day > cohort.to { reasons.insert("OUTSIDE_COHORT_DATES") }
    let quarters = lesson.theory + lesson.practice
    if quarters == 0 { reasons.insert("VALUE_MISSING") }
    if quarters > Edition.day { reasons.insert("HOURS_ABOVE_DAY_LIMIT") }
    let minutes = (quarters * 45 + 3) / 4
    if lesson.start + minutes > 24 * 60 { reasons.insert("HOURS_ABOVE_CLASS") }
    // a trainer records own classes, a registrar says whose they are.
    let isRegistrar = hand.roles.contains(.registrar)
    let trainer = lesson.trainer ?? hand.person
    if !self.isTrainer(trainer, of: lesson.cohort) {
      reasons.formUnion(["NOT_TRAINER_HERE", "VALUE_MISSING", "PERSON_UNKNOWN"])
    }
    if !isRegistrar, trainer != hand.person { reasons.insert("NOT_TRAINER_HERE") }
    let members = self.members(of: lesson.cohort)
    let absent = members.filter { lesson.absent.contains(self.enrolments[$0.enrolment].person) }
    if absent.count < lesson.absent.count { reasons.insert("PERSON_UNKNOWN") }
    if lesson.absent.count > members.count { reasons.insert("TOO_MANY_ROWS") }
    let present = members.filter { place in
      !absent.contains { $0.enrolment == place.enrolment }
        && self.isThere(place.enrolment, lesson.cohort, on: lesson.day)
    }
    if present.isEmpty { reasons.insert("NOT_ENROLLED") }
    let there = self.classes.firstIndex {
      $0.cohort == lesson.cohort && $0.day == lesson.day && $0.start == lesson.start
    }
    if let there {
      // told again as it is recorded.
      let other = self.classes[there]
      func recorded(_ place: Place) -> Attended? {
        self.attended.first { $0.lesson == there && $0.enrolment == place.enrolment && $0.stands }
      }
      let isSame =
        other.trainer == trainer && absent.allSatisfy { recorded($0) == nil }
        && present.allSatisfy { place in
          recorded(place).map { ($0.theory, $0.practice) == (lesson.theory, lesson.practice) }
            ?? false
        }
      if !isSame { reasons.insert("DIFFERS") }
      if other.start + minutes > other.end { reasons.insert("HOURS_ABOVE_CLASS") }
      return .rows([reasons.isEmpty ? .unchanged : .refused(reasons)], isRecorded: false)
    }
    let new = Class(
      cohort: lesson.cohort, day: lesson.day, start: lesson.start, end: lesson.start + minutes,
      trainer: trainer)
    func overlaps(_ other: Class) -> Bool {
      other.day == new.day && other.start < new.end && new.start < other.end
    }
    let taught = self.classes.filter { $0.trainer == trainer && $0.day == lesson.day }
    if taught.contains(where: overlaps) { reasons.insert("CLASSES_OVERLAP") }
    // A trainer's day is measured by the clock.
    let clock = taught.reduce(minutes) { $0 + $1.end - $1.start }
    if clock * 4 > Edition.day * 45 { reasons.insert("HOURS_ABOVE_DAY_LIMIT") }
    for place in present {
      let person = self.enrolments[place.enrolment].person
      let passes = self.results(place.enrolment).contains { $0.isPass && $0.stands }
      if passes { reasons.insert("ALREADY_PASSED") }
      if self.examined(trainer, person, on: lesson.day) { reasons.insert("TRAINER_EXAMINED") }
      if person == trainer { reasons.insert("TRAINS_HIMSELF") }
      if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
      let others = self.attended.filter {
        $0.stands && self.enrolments[$0.enrolment].person == person
          && self.classes[$0.lesson].day == lesson.day
      }
      if others.contains(where: { overlaps(self.classes[$0.lesson]) }) {
        reasons.insert("CLASSES_OVERLAP")
      }
      if others.reduce(quarters, { $0 + $1.theory + $1.practice }) > Edition.day {
        reasons.insert("HOURS_ABOVE_DAY_LIMIT")
      }
    }
    guard reasons.isEmpty else { return .rows([.refused(reasons)], isRecorded: false) }
    self.classes.append(new)
    for place in present {
      self.attended.append(
        Attended(
          lesson: self.classes.count - 1, enrolment: place.enrolment, theory: lesson.theory,
          practice: lesson.practice))
    }
    return .rows([.added], isRecorded: true)
  }

  /// whether a trainer examined somebody in a session of which the day is within 24 months behind.
  private func examined(_ trainer: Int, _ person: Int, on day: Day) -> Bool {
    self.results.contains { result in
      let session = self.session(result.session)
      return result.stands && self.enrolments[result.enrolment].person == person
        && session.seats.contains(trainer) && day >= Calendar.yearsBack(2, from: session.day)
    }
  }

  /// What a correction of hours is about, and everything against it, but for the roles.
  private func correction(
    _ what: Proposal.What, _ person: Int
  ) -> (reasons: Set<String>, enrolment: Int, lesson: Int, there: Attended)? {
    guard
      case .correct(let trainee, let cohort, let day, let start, let theory, let practice) = what,
      let lesson = self.classes.firstIndex(where: {
        $0.cohort == cohort && $0.day == day && $0.start == start
      }), let place = self.standing(trainee, in: cohort),
      let there = self.attended.first(where: {
        $0.lesson == lesson && $0.enrolment == place.enrolment && $0.stands
      })
    else { return nil }
    var reasons: Set<String> = trainee == person ? ["ACTS_ON_HIMSELF"] : []
    if (there.theory, there.practice) == (theory, practice) { reasons.insert("NOTHING_CHANGED") }
    let hasPass = self.results(place.enrolment).contains { $0.isPass && $0.stands }
    if hasPass, theory > there.theory || practice > there.practice {
      reasons.insert("ALREADY_PASSED")
    }
    let held = self.classes[lesson]
    if held.start + ((theory + practice) * 45 + 3) / 4 > held.end {
      reasons.insert("HOURS_ABOVE_CLASS")
    }
    let others = self.attended.filter {
      $0.stands && $0.lesson != lesson && self.enrolments[$0.enrolment].person == trainee
        && self.classes[$0.lesson].day == day
    }
    if others.reduce(theory + practice, { $0 + $1.theory + $1.practice }) > Edition.day {
      reasons.insert("HOURS_ABOVE_DAY_LIMIT")
    }
    return (reasons, place.enrolment, lesson, there)
  }

  mutating func correct(_ hand: Cast.Hand, _ step: Int, _ what: Proposal.What) -> Answer {
    guard case .correct(let person, let code, let day, let start, let theory, let practice) = what
    else {
      return .refused([])
    }
    let cohort = self.cohort(code)
    var reasons = self.role(hand, .registrar, .trainer).union(self.mine(hand, cohort.centre))
    reasons.formUnion(self.unknown(hand, person))
    if day > self.today { reasons.insert("DATE_IN_FUTURE") }
    let held = self.classes.first { $0.cohort == code && $0.day == day && $0.start == start }
    if held == nil { reasons.insert("CLASS_UNKNOWN") }
    let isRegistrar = hand.roles.contains(.registrar)
    if !isRegistrar {
      //
      if held?.trainer != hand.person { reasons.insert("NOT_TRAINER_HERE") }
      if self.today - day > 30 { reasons.insert("CORRECTED_LATE") }
    }
    reasons.formUnion(self.mustStand(person, in: code, hand))
    let found = self.correction(what, hand.person)
    guard let found else { return .refused(reasons.union(["HOURS_NOT_THERE"])) }
    reasons.formUnion(found.reasons)
    let rests = !self.results(found.enrolment).filter(\.stands).isEmpty
    let isCertified = self.certificate(found.enrolment) != nil
    let takesTwo = rests || isCertified
    if takesTwo {
      if !isRegistrar { reasons.insert("HOURS_EXAMINED") }
      if isCertified, !hand.isSchool { reasons.insert("CORRECTION_AT_SCHOOL") }
      reasons.formUnion(self.isProposed(what, person))
    }
    guard reasons.isEmpty else { return .refused(reasons) }
    if takesTwo { return self.propose(hand, step, person, what) }
    self.set(found.lesson, found.enrolment, theory, practice)
    return .done("corrected")
  }

  /// What corrects hours two persons agreed on.
  mutating func approveCorrection(_ hand: Cast.Hand, _ what: Proposal.What) -> Set<String> {
    guard case .correct(let person, let code, _, _, let theory, let practice) = what else {
      return []
    }
    let missing = self.mustStand(person, in: code, hand)
    guard let found = self.correction(what, hand.person) else {
      return missing.union(["HOURS_NOT_THERE"])
    }
    var reasons = found.reasons.union(missing)
    if self.certificate(found.enrolment) != nil, !hand.roles.contains(.certifier) {
      reasons.insert("NOT_ALLOWED")
    }
    if reasons.isEmpty { self.set(found.lesson, found.enrolment, theory, practice) }
    return reasons
  }

  private mutating func set(_ lesson: Int, _ enrolment: Int, _ theory: Int, _ practice: Int) {
    for index in self.attended.indices
    where self.attended[index].lesson == lesson && self.attended[index].enrolment == enrolment {
      self.attended[index].stands = false
    }
    // Who was absent has no hours there.
    if theory + practice == 0 { return }
    self.attended.append(
      Attended(lesson: lesson, enrolment: enrolment, theory: theory, practice: practice))
  }

  mutating func withdraw(_ hand: Cast.Hand, _ person: Int, _ code: String, _ day: Day) -> Answer {
    var reasons = self.role(hand, .registrar).union(self.mine(hand, self.cohort(code).centre))
    reasons.formUnion(self.unknown(hand, person))
    reasons.formUnion(self.mustStand(person, in: code, hand))
    if let place = self.standing(person, in: code) {
      if self.pass(place.enrolment) != nil { reasons.insert("ALREADY_PASSED") }
      let own = self.results(place.enrolment).filter { !$0.isAnnulled }
      if own.contains(where: { $0.confirmer == nil }) { reasons.insert("RESULT_PENDING") }
      let days =
        own.map { self.session($0.session).day } + [self.lastClass(place.enrolment) ?? place.from]
      if day < max(place.from, days.max() ?? place.from) || day > self.today {
        reasons.insert("VALUE_OUT_OF_RANGE")
      }
    }
    guard reasons.isEmpty else { return .refused(reasons) }
    for index in self.places.indices
    where self.places[index].cohort == code && self.places[index].last == nil
      && !self.places[index].isError
      && self.enrolments[self.places[index].enrolment].person == person
    {
      self.places[index].last = day
      self.leavings.append(index)
    }
    return .done(Calendar.text(day))
  }

  mutating func reinstate(_ hand: Cast.Hand, _ person: Int, _ code: String, _ day: Day) -> Answer {
    let cohort = self.cohort(code)
    var reasons = self.role(hand, .registrar).union(self.mine(hand, cohort.centre))
    reasons.formUnion(self.unknown(hand, person))
    guard self.standing(person, in: code) == nil else {
      return .refused(reasons.union(["NOTHING_CHANGED"]))
    }
    guard let place = self.left(person, in: code), let last = place.last else {
      return .refused(reasons.union(["NOT_ENROLLED"]))
    }
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    if day < last || day > self.today { reasons.insert("VALUE_OUT_OF_RANGE") }
    if self.isTrainer(person, of: code) { reasons.insert("TRAINS_HIMSELF") }
    if self.used(place.enrolment).count >= Edition.attempts { reasons.insert("ATTEMPTS_USED") }
    reasons.formUnion(self.room(cohort, from: day))
    reasons.formUnion(self.admission(person, on: self.start(place.enrolment)))
    reasons.formUnion(self.holds(person))
    reasons.formUnion(
      self.takes(person, besides: place.enrolment, from: day, in: code))
    guard reasons.isEmpty else { return .refused(reasons) }
    self.place(place.enrolment, in: code, from: day)
    return .done(Calendar.text(day))
  }

  mutating func undo(_ hand: Cast.Hand, _ person: Int, _ code: String) -> Answer {
    var reasons = self.role(hand, .registrar).union(self.mine(hand, self.cohort(code).centre))
    reasons.formUnion(self.unknown(hand, person))
    reasons.formUnion(self.mustStand(person, in: code, hand))
    if let place = self.standing(person, in: code) {
      if self.lastClass(place.enrolment) != nil { reasons.insert("HOURS_THERE") }
      if !self.results(place.enrolment).isEmpty { reasons.insert("RESULT_THERE") }
    }
    guard reasons.isEmpty else { return .refused(reasons) }
    for index in self.places.indices
    where self.places[index].cohort == code && self.places[index].last == nil
      && self.enrolments[self.places[index].enrolment].person == person
    {
      self.places[index].isError = true
    }
    return .done("")
  }
}
