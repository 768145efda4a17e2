/// What stands against an entry in the register.
package struct EntryMark: Equatable, Sendable {
  /// What it is, and why.
  package enum Cause: Equatable, Sendable {
    /// On the complaint that this act received.
    case suspended(complaint: Int64)
    case excluded(ExclusionGround)
  }

  package let cause: Cause
  package let days: Period
  /// The act that made it.
  package let sequence: Int64

  package init(_ cause: Cause, days: Period, sequence: Int64) {
    self.cause = cause
    self.days = days
    self.sequence = sequence
  }
}

/// An entry in the register of mediators: a story, as a certificate is.
package struct RegisterEntry: Equatable, Sendable {
  /// How it stands on a day.
  package struct State: Equatable, Sendable {
    package let standing: EntryStanding
    /// Since when, and of a suspension until when.
    package let days: Period

    package init(_ standing: EntryStanding, _ days: Period) {
      self.standing = standing
      self.days = days
    }
  }

  package let number: RegisterNumber
  package let person: Int64
  /// The act that received the application.
  package let application: Int64
  package let enteredOn: CivilDate
  /// In the order of their acts.
  package let marks: [EntryMark]
  /// The day on which its mediator died, which ends it; nil of who lives.
  package let diedOn: CivilDate?

  package init(
    _ number: RegisterNumber, of person: Int64, application: Int64, enteredOn: CivilDate,
    marks: [EntryMark], diedOn: CivilDate?
  ) {
    self.number = number
    self.person = person
    self.application = application
    self.enteredOn = enteredOn
    self.marks = marks
    self.diedOn = diedOn
  }

  /// The day from which it is ended, by an exclusion or a death; nil while neither is known.
  package var endsOn: CivilDate? {
    let exclusion = self.marks.first { if case .excluded = $0.cause { true } else { false } }
    return [exclusion?.days.from, self.diedOn].compactMap(\.self).min()
  }

  /// Its suspensions, in the order of their acts.
  package var suspensions: [EntryMark] {
    self.marks.filter { if case .suspended = $0.cause { true } else { false } }
  }

  /// How it stands on `day`: excluded before suspended before entered; nil before its first day.
  package func state(on day: CivilDate) -> State? {
    guard day >= self.enteredOn else { return nil }
    if let end = self.endsOn, day >= end {
      return State(.excluded, Period(from: end, until: nil))
    }
    if let mark = self.suspensions.first(where: { $0.days.contains(day) }) {
      return State(.suspended, mark.days)
    }
    let lasts = self.suspensions.compactMap(\.days.until).filter { $0 < day }
    let again = lasts.max().map { CivilDate(dayNumber: $0.dayNumber + 1) }
    return State(.entered, Period(from: again ?? self.enteredOn, until: nil))
  }

  /// This entry with what would stand against it, as it is shown before anything is recorded.
  package func with(_ cause: EntryMark.Cause, on days: Period) -> RegisterEntry {
    RegisterEntry(
      self.number, of: self.person, application: self.application, enteredOn: self.enteredOn,
      marks: self.marks + [EntryMark(cause, days: days, sequence: .max)], diedOn: self.diedOn)
  }

  /// In how many days a lost condition is answered.
  package static let answerDays = 10

  /// The day since which a condition of article 9 is lost that may be lost after the entry: no bar, and a certificate
  /// of programme 1 that is valid; nil while both are met on `day`.
  package static func lostOn(
    _ bars: [Bar], _ certificates: [CertificateLife], on day: CivilDate
  ) -> CivilDate? {
    let barred = bars.map(\.days).filter { $0.contains(day) }.map(\.from).min()
    let isValid = certificates.contains { $0.standing(on: day) == .valid }
    let ceased = certificates.compactMap { $0.ceasedOn(by: day) }.max()
    return [barred, isValid ? nil : ceased ?? day].compactMap(\.self).min()
  }
}

extension CertificateLife {
  /// Since when it is not valid on `day`; nil where it is, or never was.
  fileprivate func ceasedOn(by day: CivilDate) -> CivilDate? {
    if let mark = self.mark(on: day) { return mark.days.from }
    guard let last = self.validity.until, last < day else { return nil }
    return CivilDate(dayNumber: last.dayNumber + 1)
  }
}
