/// An organisation got other names or another region, from a day on.
package struct OrganisationChanged: Equatable, Sendable {
  package var organisationID: Int64
  package var names: OrganisationNames

  package init(organisationID: Int64, names: OrganisationNames) {
    self.organisationID = organisationID
    self.names = names
  }
}

/// An organisation is entitled to train or to issue on more days.
package struct EntitlementGranted: Equatable, Sendable {
  package var organisationID: Int64
  /// The id given.
  package var entitlement: Entitlement

  package init(organisationID: Int64, entitlement: Entitlement) {
    self.organisationID = organisationID
    self.entitlement = entitlement
  }
}

/// An entitlement, or a suspension of one, that stands no more.
package struct EntitlementEnd: Equatable, Sendable {
  package var id: Int64
  /// The id of what stands from now on: the same up to the last day; nil where it never was.
  package var remains: Int64?

  package init(_ id: Int64, remains: Int64?) {
    self.id = id
    self.remains = remains
  }
}

/// Entitlements of an organisation ended with a day, or never were.
package struct EntitlementEnded: Equatable, Sendable {
  package var organisationID: Int64
  package var activity: Activity
  /// nil where they never were.
  package var lastDay: CivilDate?
  /// What it rests on.
  package var basis: String
  package var ends: [EntitlementEnd]

  package init(
    organisationID: Int64, activity: Activity, lastDay: CivilDate?, basis: String,
    ends: [EntitlementEnd]
  ) {
    self.organisationID = organisationID
    self.activity = activity
    self.lastDay = lastDay
    self.basis = basis
    self.ends = ends
  }
}

/// An organisation is not entitled on days for which it was granted.
package struct EntitlementSuspended: Equatable, Sendable {
  package var organisationID: Int64
  /// What is suspended, on which days and by what; the id given.
  package var suspension: Entitlement

  package init(organisationID: Int64, suspension: Entitlement) {
    self.organisationID = organisationID
    self.suspension = suspension
  }
}

/// Suspensions of an organisation's entitlement ended with a day, or never were.
package struct EntitlementResumed: Equatable, Sendable {
  package var organisationID: Int64
  package var activity: Activity
  /// The last day of the suspension; nil where it never was.
  package var lastDay: CivilDate?
  /// What it rests on.
  package var basis: String
  package var ends: [EntitlementEnd]

  package init(
    organisationID: Int64, activity: Activity, lastDay: CivilDate?, basis: String,
    ends: [EntitlementEnd]
  ) {
    self.organisationID = organisationID
    self.activity = activity
    self.lastDay = lastDay
    self.basis = basis
    self.ends = ends
  }
}
