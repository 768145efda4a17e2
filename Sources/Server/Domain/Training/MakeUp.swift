/// A class that another makes up for those who missed it.
package struct MakeUp: Equatable, Sendable {
  /// What it makes up.
  package var missed: ClassRecord
  /// The last day on which a class may make it up.
  package var lastDay: CivilDate

  package init(_ missed: ClassRecord, lastDay: CivilDate) {
    self.missed = missed
    self.lastDay = lastDay
  }

  /// The last day of such a class of a cohort: so many days after the cohort's own.
  package static func lastDay(of endsOn: CivilDate, days: Int) -> CivilDate {
    CivilDate(dayNumber: endsOn.dayNumber + days)
  }
}

/// What somebody missed of a class, and made up of it in others.
package struct Missed: Equatable, Sendable {
  /// What was taught in it: of each kind the most that anybody attended.
  package var taught: Hours
  /// What he or she attended of it.
  package var attended: Hours
  /// What he or she attended in classes that make it up.
  package var madeUp: Hours
  /// Whether he or she had a place in the cohort on its day.
  package var hadPlace: Bool

  package init(
    taught: Hours, attended: Hours = Hours.none,
    madeUp: Hours = Hours.none, hadPlace: Bool = true
  ) {
    self.taught = taught
    self.attended = attended
    self.madeUp = madeUp
    self.hadPlace = hadPlace
  }

  /// What may be made up of it yet: nothing by who had no place then.
  var left: Hours {
    func left(_ kind: (Hours) -> Int) -> Int {
      self.hadPlace ? max(0, kind(self.taught) - kind(self.attended) - kind(self.madeUp)) : 0
    }
    return Hours(theory: left(\.theory), practice: left(\.practice))
  }

  /// Refuses to make up more than was missed.
  ///
  /// - Parameter person: Whose hours they are.
  /// - Throws: ``Refusal`` with ``Reason/makeUpAboveMissed``.
  func check(makingUp hours: Hours, who person: Int64) throws(Refusal) {
    let left = self.left
    guard hours.theory <= left.theory, hours.practice <= left.practice else {
      throw Refusal(
        .makeUpAboveMissed, column: hours.theory > left.theory ? "theory" : "practice",
        value: Hours.text(hours.theory > left.theory ? hours.theory : hours.practice),
        ["limit": left.text, "who": PersonNumber.text(person)])
    }
  }

  /// Refuses hours of the class itself by which more of it would be made up than was missed.
  ///
  /// - Throws: ``Refusal`` with ``Reason/classMadeUp``.
  func check(attending hours: Hours, column: String) throws(Refusal) {
    let theory = max(self.taught.theory, hours.theory) - hours.theory
    let practice = max(self.taught.practice, hours.practice) - hours.practice
    guard self.madeUp.theory <= theory, self.madeUp.practice <= practice else {
      throw Refusal(.classMadeUp, column: column, ["hours": self.madeUp.text])
    }
  }
}
