/// Grants, ends, suspends or resumes what entitles an organisation to train or to issue.
package struct ChangeEntitlement: Equatable, Sendable {
  /// From how many days back on it takes two persons.
  package static let daysBackMax = 30

  /// Whose.
  package let organisation: Int64
  package let activity: Activity
  package let change: EntitlementChange
  /// Of what is granted, suspended or never was the first day; of what ends the last; of what is resumed the
  /// first on which the organisation is entitled again.
  package let day: CivilDate
  /// The last day of what is granted or suspended; nil while it is open.
  package let until: CivilDate?
  /// What it rests on, as the entry in the ministry's register.
  package let basis: String

  package init(
    _ change: EntitlementChange, of organisation: Int64, to activity: Activity, day: CivilDate,
    until: CivilDate?, basis: String
  ) {
    self.change = change
    self.organisation = organisation
    self.activity = activity
    self.day = day
    self.until = until
    self.basis = basis
  }

  /// Reads a change: the number of the activity in the schema, the days, and what it rests on.
  ///
  /// - Parameter column: What the request calls the day.
  /// - Throws: ``Refusal`` with ``Reason/notInList``, ``Reason/missing``, ``Reason/notADate`` or
  ///   ``Reason/datesReversed``, and as ``TextRule/read(_:column:)``.
  package init(
    _ change: EntitlementChange, of organisation: Int64, activity: Int32, day: String,
    column: String, until: String? = nil, basis: String
  ) throws(Refusal) {
    let activity = try Activity(typed: activity, column: "activity")
    let first = try CivilDate(typed: day, column: column)
    var last: CivilDate?
    if let until { last = try CivilDate(typed: until, column: "valid_until") }
    if let last { try Self.ordered(first, last, column: "valid_until", typed: last) }
    self.init(
      change, of: organisation, to: activity, day: first, until: last,
      basis: try TextRule.read(basis, column: "basis"))
  }

  /// What the rules ask of the registry: what stands of that organisation for that activity.
  package struct Facts: Equatable, Sendable {
    package var entitlements: [Entitlement]
    package var suspensions: [Entitlement]
    /// Whether the organisation was ever entitled to anything.
    package var wasEntitled: Bool
    package var nextEntitlement: Int64
    package var nextSuspension: Int64

    package init(
      entitlements: [Entitlement], suspensions: [Entitlement], wasEntitled: Bool,
      nextEntitlement: Int64, nextSuspension: Int64
    ) {
      self.entitlements = entitlements
      self.suspensions = suspensions
      self.wasEntitled = wasEntitled
      self.nextEntitlement = nextEntitlement
      self.nextSuspension = nextSuspension
    }
  }

  /// What it comes to: one person's where it is of days about now, two persons' where it is in error or lies
  /// more than thirty days back, but for an organisation's first entitlement.
  ///
  /// - Throws: ``Refusal`` with ``Reason/entitlementThere``, ``Reason/noEntitlement``,
  ///   ``Reason/entitlementSuspended``, ``Reason/entitlementInForce`` or ``Reason/datesReversed``.
  package func decided(_ facts: Facts, on today: CivilDate) throws(Refusal) -> Decision {
    let isLongAgo = self.day.dayNumber < today.dayNumber - Self.daysBackMax
    switch self.change {
    case .grant:
      return Decision(try self.granted(facts), takesTwo: isLongAgo && facts.wasEntitled)
    case .end, .withdraw:
      return Decision(try self.ended(facts), takesTwo: isLongAgo || self.change == .withdraw)
    case .suspend:
      return Decision(try self.suspended(facts), takesTwo: isLongAgo)
    case .resume, .withdrawSuspension:
      return Decision(try self.resumed(facts), takesTwo: isLongAgo || self.change != .resume)
    }
  }

  private var days: Period { Period(from: self.day, until: self.until) }

  private func granted(_ facts: Facts) throws(Refusal) -> Deed {
    if let there = facts.entitlements.first(where: { $0.days.overlaps(self.days) })?.days {
      var arguments = ["from": there.from.iso]
      arguments["to"] = there.until?.iso
      throw Refusal(.entitlementThere, arguments)
    }
    return .entitlementGranted(
      EntitlementGranted(
        organisationID: self.organisation, entitlement: self.entitlement(facts.nextEntitlement)))
  }

  /// What is granted for the last day and for the next ends; a grant that begins later is another.
  private func ended(_ facts: Facts) throws(Refusal) -> Deed {
    let isError = self.change == .withdraw
    let next = CivilDate(dayNumber: self.day.dayNumber + 1)
    let ends = facts.entitlements.filter {
      isError ? $0.days.from == self.day : $0.days.contains(self.day) && $0.days.contains(next)
    }
    try Self.granted(!ends.isEmpty, for: isError ? self.day : next)
    return .entitlementEnded(
      EntitlementEnded(
        organisationID: self.organisation, activity: self.activity,
        lastDay: isError ? nil : self.day, basis: self.basis,
        ends: Self.ends(ends, remaining: isError ? nil : facts.nextEntitlement)))
  }

  private func suspended(_ facts: Facts) throws(Refusal) -> Deed {
    try Self.granted(
      facts.entitlements.contains { $0.days.contains(self.day) }, for: self.day)
    if let there = facts.suspensions.first(where: { $0.days.overlaps(self.days) }) {
      throw Refusal(.entitlementSuspended, ["since": there.days.from.iso])
    }
    return .entitlementSuspended(
      EntitlementSuspended(
        organisationID: self.organisation, suspension: self.entitlement(facts.nextSuspension)))
  }

  /// What is suspended the day before and on the day itself ends the day before.
  private func resumed(_ facts: Facts) throws(Refusal) -> Deed {
    let isError = self.change == .withdrawSuspension
    let last = CivilDate(dayNumber: self.day.dayNumber - 1)
    let there = facts.suspensions.filter {
      isError ? $0.days.from == self.day : $0.days.contains(self.day)
    }
    guard !there.isEmpty else { throw Refusal(.entitlementInForce, ["day": self.day.iso]) }
    // A suspension of which no day is left never was, and that takes two persons.
    if !isError, let latest = there.map(\.days.from).max() {
      try Self.ordered(latest, last, column: "valid_from", typed: self.day)
    }
    return .entitlementResumed(
      EntitlementResumed(
        organisationID: self.organisation, activity: self.activity,
        lastDay: isError ? nil : last, basis: self.basis,
        ends: Self.ends(there, remaining: isError ? nil : facts.nextSuspension)))
  }

  private static func granted(_ isGranted: Bool, for day: CivilDate) throws(Refusal) {
    guard isGranted else { throw Refusal(.noEntitlement, ["day": day.iso]) }
  }

  /// Refuses a last day before the first.
  private static func ordered(
    _ first: CivilDate, _ last: CivilDate, column: String, typed: CivilDate
  ) throws(Refusal) {
    guard last >= first else {
      throw Refusal(.datesReversed, column: column, value: typed.iso)
    }
  }

  private func entitlement(_ id: Int64) -> Entitlement {
    Entitlement(id: id, activity: self.activity, days: self.days, basis: self.basis)
  }

  private static func ends(_ ended: [Entitlement], remaining first: Int64?) -> [EntitlementEnd] {
    ended.enumerated().map { index, one in
      EntitlementEnd(one.id, remains: first.map { $0 + Int64(index) })
    }
  }
}
