/// An entry in the register was suspended.
package struct EntrySuspended: Equatable, Sendable {
  package var number: RegisterNumber
  /// Whose it is.
  package var personID: Int64
  /// The first and the last day.
  package var days: Period
  package var why: String
  /// The act that received the complaint.
  package var cites: Int64

  package init(
    _ number: RegisterNumber, of person: Int64, days: Period, why: String, cites: Int64
  ) {
    self.number = number
    self.personID = person
    self.days = days
    self.why = why
    self.cites = cites
  }
}

/// An entry in the register was ended.
package struct EntryExcluded: Equatable, Sendable {
  package var number: RegisterNumber
  /// Whose it is.
  package var personID: Int64
  /// The first day on which it is none.
  package var from: CivilDate
  package var ground: ExclusionGround
  package var why: String

  package init(
    _ number: RegisterNumber, of person: Int64, from: CivilDate, ground: ExclusionGround,
    why: String
  ) {
    self.number = number
    self.personID = person
    self.from = from
    self.ground = ground
    self.why = why
  }
}

/// What is published of an entry in the register was corrected, from the day the act was held on.
package struct EntryCorrected: Equatable, Sendable {
  package var number: RegisterNumber
  /// Whose it is.
  package var personID: Int64
  /// All that is published from then on.
  package var published: EntryApplication
  package var why: String

  package init(
    _ number: RegisterNumber, of person: Int64, published: EntryApplication, why: String
  ) {
    self.number = number
    self.personID = person
    self.published = published
    self.why = why
  }
}
