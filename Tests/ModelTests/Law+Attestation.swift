// Sessions and results.
extension Law {
  mutating func openSession(
    _ hand: Cast.Hand, _ code: String, _ cohortCode: String, _ day: Day, _ number: String,
    _ chair: Int?,
    _ members: [Int], _ invited: Set<Int>
  ) -> Answer {
    let cohort = self.cohort(cohortCode)
    var reasons = self.role(hand, .registrar).union(self.mine(hand, cohort.centre))
    let seats = (chair.map { [$0] } ?? []) + members
    if self.sessions.contains(where: { $0.code == code }) { reasons.insert("CODE_TAKEN") }
    let isTaken = self.sessions.contains {
      $0.number == number && self.cohort($0.cohort).centre == cohort.centre
        && Calendar.parts($0.day).year == Calendar.parts(day).year
    }
    if isTaken { reasons.insert("PROTOCOL_TAKEN") }
    if day < cohort.from { reasons.insert("OUTSIDE_COHORT_DATES") }
    if chair == nil { reasons.insert("COMMISSION_WITHOUT_CHAIR") }
    if seats.count < Edition.commission || Set(seats).count < seats.count {
      reasons.insert("COMMISSION_TOO_SMALL")
    }
    for seat in seats where !self.has(seat, .examiner) {
      if !self.knows(hand, seat) { reasons.insert("PERSON_UNKNOWN") }
      // by a letter, but for an administrator.
      if !invited.contains(seat) { reasons.insert("NOT_EXAMINER") }
      if self.has(seat, .administrator) { reasons.insert("ROLES_INCOMPATIBLE") }
    }
    for place in self.members(of: cohortCode) {
      let hasPass = self.results(place.enrolment).contains { $0.isPass && $0.stands }
      for seat in seats where !hasPass {
        reasons.formUnion(
          self.separated(seat, self.enrolments[place.enrolment].person, cohortCode, on: day))
      }
    }
    guard reasons.isEmpty, let chair else { return .refused(reasons) }
    self.sessions.append(
      Session(
        code: code, cohort: cohortCode, day: day, chair: chair, seats: Set(seats), number: number))
    return .done("")
  }

  /// whose business a session is.
  private func sees(_ hand: Cast.Hand, _ session: Session) -> Bool {
    hand.isSchool || session.seats.contains(hand.person)
      || self.cohort(session.cohort).centre == hand.centre
  }

  mutating func record(_ hand: Cast.Hand, _ code: String, _ rows: [Act.Row]) -> Answer {
    let session = self.session(code)
    var call = self.role(hand, .examiner)
    if !self.sees(hand, session) { call.insert("SESSION_UNKNOWN") }
    if !session.seats.contains(hand.person) { call.insert("NOT_IN_COMMISSION") }
    if session.chair == hand.person { call.insert("CHAIR_RECORDS") }
    if session.day > self.today { call.insert("DATE_IN_FUTURE") }
    guard call.isEmpty else { return .refused(call) }
    var answers: [Answer.Row] = []
    var new: [(result: Result, replaces: Int?)] = []
    for row in rows {
      guard let place = self.candidate(row.person, session) else {
        let isElsewhere = self.isElsewhere(row.person, on: session.day)
        answers.append(.refused([isElsewhere ? "CANDIDATE_NOT_ADMITTED" : "NOT_ENROLLED"]))
        continue
      }
      var reasons: Set<String> = []
      if !row.marks.isEmpty, row.marks.count < 3 { reasons.insert("SCORE_MISSING") }
      if row.marks.contains(where: { $0 < 0 || $0 > 100 }) { reasons.insert("VALUE_OUT_OF_RANGE") }
      let there = self.results.firstIndex {
        $0.session == code && $0.enrolment == place.enrolment && $0.stands
      }
      if let there {
        let standing = self.results[there]
        if standing.marks == row.marks, reasons.isEmpty {
          answers.append(.unchanged)
          continue
        }
        //
        if standing.confirmer != nil { reasons.insert("ALREADY_CONFIRMED") }
        if standing.recorder != hand.person { reasons.insert("NOT_YOUR_RECORD") }
      }
      // enrolled on the day of the session.
      if !self.isEnrolled(place.enrolment, on: session.day) { reasons.insert("NOT_ENROLLED") }
      for seat in session.seats {
        reasons.formUnion(self.separated(seat, row.person, place.cohort, on: session.day))
      }
      // An absence is as if there had been no session.
      let others = self.results.indices.filter {
        let other = self.results[$0]
        return other.enrolment == place.enrolment && other.stands && !other.isAbsent && $0 != there
      }.map { self.results[$0] }
      if !row.marks.isEmpty {
        if self.isShort(place.enrolment) { reasons.insert("HOURS_SHORT") }
        if let last = self.lastClass(place.enrolment), session.day < last {
          reasons.insert("BEFORE_LAST_CLASS")
        }
        if others.contains(where: \.isPass) { reasons.insert("ALREADY_PASSED") }
        if others.contains(where: { $0.confirmer == nil }) { reasons.insert("RESULT_PENDING") }
        if others.count >= Edition.attempts { reasons.insert("ATTEMPTS_USED") }
        let before = others.map { self.session($0.session) }
          .filter { $0.code != code && $0.day <= session.day }.map(\.day).max()
        if let before, session.day < before + Edition.wait { reasons.insert("RETAKE_TOO_EARLY") }
      }
      answers.append(reasons.isEmpty ? .added : .refused(reasons))
      // what is recorded in place of another takes its number, else the first that is free.
      let taken = Set(others.map(\.attempt))
      let earlier = self.results.last {
        $0.session == code && $0.enrolment == place.enrolment && !$0.isReplaced && $0.attempt > 0
          && !taken.contains($0.attempt)
      }
      let attempt =
        row.marks.isEmpty ? 0 : earlier?.attempt ?? Self.only((1...9).first { !taken.contains($0) })
      new.append(
        (
          Result(
            session: code, enrolment: place.enrolment, marks: row.marks, attempt: attempt,
            recorder: hand.person), there
        ))
    }
    let isRecorded =
      answers.contains(.added) && answers.allSatisfy { $0 == .added || $0 == .unchanged }
    for (result, there) in new where isRecorded {
      if let there { self.results[there].isReplaced = true }
      self.results.append(result)
    }
    return .rows(answers, isRecorded: isRecorded)
  }

  /// Whom a session may examine: who has a place in its cohort, or in another of the same centre and was
  /// examined before (a retake).
  private func candidate(_ person: Int, _ session: Session) -> Place? {
    if let place = self.standing(person, in: session.cohort) { return place }
    return self.places.filter { place in
      self.enrolments[place.enrolment].person == person && place.last == nil && !place.isError
        && self.cohort(place.cohort).centre == self.cohort(session.cohort).centre
        && self.results(place.enrolment).contains { !$0.isAbsent }
    }.max { $0.enrolment < $1.enrolment }
  }

  /// Enrolled in another cohort on that day: nobody admits candidates here.
  private func isElsewhere(_ person: Int, on day: Day) -> Bool {
    self.places.contains {
      self.enrolments[$0.enrolment].person == person && $0.last == nil && !$0.isError
        && self.isEnrolled($0.enrolment, on: day)
    }
  }

  private func isEnrolled(_ enrolment: Int, on day: Day) -> Bool {
    self.places.contains {
      $0.enrolment == enrolment && !$0.isError && $0.from <= day && day <= $0.last ?? day
    }
  }

  mutating func confirm(_ hand: Cast.Hand, _ code: String, _ shown: Act.Shown) -> Answer {
    let session = self.session(code)
    var reasons = self.role(hand, .examiner)
    if !self.sees(hand, session) { reasons.insert("SESSION_UNKNOWN") }
    if session.chair != hand.person { reasons.insert("NOT_CHAIR") }
    let open = self.results.indices.filter {
      self.results[$0].session == code && self.results[$0].stands
        && self.results[$0].confirmer == nil
    }
    if open.isEmpty { reasons.insert("NOTHING_TO_CONFIRM") }
    if shown == .nothing { reasons.insert("VALUE_MISSING") }
    if shown == .otherwise { reasons.insert("RESULTS_CHANGED") }
    for index in open {
      let result = self.results[index]
      let person = self.enrolments[result.enrolment].person
      if result.recorder == hand.person { reasons.insert("CONFIRMS_OWN_RECORD") }
      if !result.isAbsent, self.isShort(result.enrolment) { reasons.insert("HOURS_SHORT") }
      // Of the cohort where the candidate has a place by now.
      let cohort = Self.only(self.places.last { $0.enrolment == result.enrolment }).cohort
      for seat in session.seats {
        reasons.formUnion(self.separated(seat, person, cohort, on: session.day))
      }
    }
    guard reasons.isEmpty else { return .refused(reasons) }
    for index in open { self.results[index].confirmer = hand.person }
    return .done("\(open.count)")
  }

  mutating func annul(_ hand: Cast.Hand, _ code: String, _ person: Int) -> Answer {
    let session = self.session(code)
    var reasons = self.role(hand, .examiner, .certifier)
    if !self.sees(hand, session) { reasons.insert("SESSION_UNKNOWN") }
    if !hand.isSchool { reasons.insert("NOT_YOUR_ORGANISATION") }
    let index = self.results.lastIndex {
      $0.session == code && $0.stands && $0.confirmer != nil
        && self.enrolments[$0.enrolment].person == person
    }
    guard let index else { return .refused(reasons.union(["RESULT_UNKNOWN"])) }
    let result = self.results[index]
    if person == hand.person { reasons.insert("ACTS_ON_HIMSELF") }
    //
    let didTeach = self.lessons(of: person).contains { $0.trainer == hand.person }
    if session.seats.contains(hand.person) || result.recorder == hand.person || didTeach {
      reasons.insert("ANNULS_OWN_RESULT")
    }
    //
    let isSuspended = self.certificate(result.enrolment).map { paper in
      self.marks.contains { $0.paper == paper.paper && $0.covers(self.today) }
    }
    if isSuspended == false { reasons.insert("CERTIFICATE_STANDS") }
    guard reasons.isEmpty else { return .refused(reasons) }
    self.results[index].isAnnulled = true
    return .done("")
  }
}
