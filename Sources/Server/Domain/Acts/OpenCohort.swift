/// Opens a cohort: a group that takes one edition of a programme, or a seminar, together.
package struct OpenCohort: Equatable, Sendable {
  /// The code as the registry keeps codes: capitals, no white space.
  package let code: String
  /// 1 to 3, or ``Edition/seminar``, which a cohort names by its edition; anything else has no edition.
  package let programme: Int
  /// The edition's code; empty for the one in force on the first day.
  package let edition: String
  /// The specialisation's code, of programme 2; empty or `general` for none.
  package let specialisation: String
  /// The code of the organisation that trains.
  package let organisation: String
  package let language: Language
  package let form: CourseForm
  package let startsOn: CivilDate
  package let endsOn: CivilDate
  /// The place as written on papers.
  package let place: String

  package init(
    code: String, programme: Int, edition: String, specialisation: String = "",
    organisation: String, language: Language, form: CourseForm, from startsOn: CivilDate,
    until endsOn: CivilDate, place: String
  ) {
    self.code = code
    self.programme = programme
    self.edition = edition
    self.specialisation = specialisation
    self.organisation = organisation
    self.language = language
    self.form = form
    self.startsOn = startsOn
    self.endsOn = endsOn
    self.place = place
  }

  /// What the registry knows of it.
  package struct Facts: Equatable, Sendable {
    /// Whether another cohort has the code.
    package var isCodeTaken: Bool
    /// Who trains.
    package var organisationID: Int64
    /// The edition with the code that was given; without one, the one in force on the first day.
    package var edition: Edition?
    /// What has the specialisation's code.
    package var specialisation: Specialisation?
    /// What entitles the organisation to train on the first day; nil if nothing does.
    package var entitlement: String?
    /// The id the next cohort gets.
    package var nextID: Int64

    package init(
      isCodeTaken: Bool, organisationID: Int64, edition: Edition?,
      specialisation: Specialisation? = nil, entitlement: String?, nextID: Int64
    ) {
      self.specialisation = specialisation
      self.isCodeTaken = isCodeTaken
      self.organisationID = organisationID
      self.edition = edition
      self.entitlement = entitlement
      self.nextID = nextID
    }
  }

  /// The first day that anything done here may have.
  static let firstDay = CivilDate(dayNumber: 10_957)
  /// How many months ahead a cohort may begin.
  private static let monthsAheadMax = 24

  /// Refuses days that no cohort has.
  ///
  /// - Throws: ``Refusal`` with ``Reason/datesReversed`` or ``Reason/outOfRange``.
  static func checkDays(
    from startsOn: CivilDate, until endsOn: CivilDate, on today: CivilDate
  ) throws(Refusal) {
    guard endsOn >= startsOn else {
      throw Refusal(.datesReversed, column: "ends_on", value: endsOn.iso)
    }
    let latest = today.adding(months: Self.monthsAheadMax)
    guard startsOn >= Self.firstDay, startsOn <= latest else {
      throw Refusal(
        .outOfRange, column: "starts_on", value: startsOn.iso,
        ["low": Self.firstDay.iso, "high": latest.iso])
    }
  }

  /// Refuses an edition that is not in force on a cohort's first day.
  ///
  /// - Throws: ``Refusal`` with ``Reason/editionNotInForce``.
  static func checkInForce(_ edition: Edition, on startsOn: CivilDate) throws(Refusal) {
    guard edition.inForce.contains(startsOn) else {
      var arguments = ["day": startsOn.iso, "from": edition.inForce.from.iso]
      arguments["to"] = edition.inForce.until?.iso
      throw Refusal(.editionNotInForce, column: "edition", value: edition.code, arguments)
    }
  }

  /// Decides as of `today`.
  ///
  /// - Throws: ``Refusal`` with ``Reason/codeTaken``, ``Reason/datesReversed``,
  ///   ``Reason/outOfRange``, ``Reason/editionUnknown``, ``Reason/editionNotInForce``, as
  ///   ``Specialisation/named(_:_:programme:on:)`` or with ``Reason/notEntitledToTrain``.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Deed {
    if facts.isCodeTaken { throw Refusal(.codeTaken, column: "code", value: self.code) }
    try Self.checkDays(from: self.startsOn, until: self.endsOn, on: today)
    guard let edition = facts.edition else {
      var arguments = ["day": self.startsOn.iso]
      if self.programme != Edition.seminar { arguments["programme"] = "\(self.programme)" }
      throw Refusal(.editionUnknown, column: "edition", value: self.edition, arguments)
    }
    try Self.checkInForce(edition, on: self.startsOn)
    let specialisation = try Specialisation.named(
      self.specialisation, facts.specialisation, programme: self.programme, on: self.startsOn)
    guard facts.entitlement != nil else {
      throw Refusal(
        .notEntitledToTrain, column: "organisation", value: self.organisation,
        ["day": self.startsOn.iso])
    }
    return .cohortOpened(
      CohortOpened(
        CohortRecord(
          id: facts.nextID, code: self.code, editionID: edition.id,
          organisationID: facts.organisationID, language: self.language, form: self.form,
          startsOn: self.startsOn, endsOn: self.endsOn, place: self.place,
          specialisationID: specialisation?.id ?? 0)))
  }
}
