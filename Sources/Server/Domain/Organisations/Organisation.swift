/// One text in the School's three languages.
package struct Trilingual: Hashable, Sendable {
  package var kk: String
  package var ru: String
  package var en: String

  package init(kk: String, ru: String, en: String) {
    self.kk = kk
    self.ru = ru
    self.en = en
  }
}

/// What an organisation may do, and when.
package struct Entitlement: Equatable, Sendable {
  /// 0 in acts recorded before ids were in the deed: then it follows the last.
  package var id: Int64
  package var activity: Activity
  package var days: Period
  /// What it rests on, as the entry in the ministry's register.
  package var basis: String

  package init(id: Int64, activity: Activity, days: Period, basis: String) {
    self.id = id
    self.activity = activity
    self.days = days
    self.basis = basis
  }
}

/// How an organisation is called, and where it works, from a day on.
package struct OrganisationNames: Equatable, Sendable {
  package var from: CivilDate
  package var name: Trilingual
  /// The region as written on papers.
  package var region: String
  /// What the change rests on.
  package var document: String

  package init(from: CivilDate, name: Trilingual, region: String, document: String) {
    self.from = from
    self.name = name
    self.region = region
    self.document = document
  }
}

/// The School, a training centre, a university or whoever sends trainees.
package struct Organisation: Equatable, Sendable {
  package var id: Int64
  /// The short code that people use, as `ALA-03`.
  package var code: String
  package var kind: OrganisationKind
  /// As it was registered; what it is called on a day says ``name(on:)``.
  package var registeredName: Trilingual
  /// The region as it was registered.
  package var registeredRegion: String
  /// What was changed since, in the order of first days, and of one day in that of recording.
  package var changes: [OrganisationNames]
  /// ISO 3166-1 alpha-3.
  package var country: String
  package var entitlements: [Entitlement]
  /// On which days what it may do is suspended.
  package var suspensions: [Entitlement]

  package init(
    id: Int64, code: String, kind: OrganisationKind, name: Trilingual, region: String,
    country: String, entitlements: [Entitlement], suspensions: [Entitlement] = [],
    changes: [OrganisationNames] = []
  ) {
    self.changes = changes
    self.id = id
    self.code = code
    self.kind = kind
    self.registeredName = name
    self.registeredRegion = region
    self.country = country
    self.entitlements = entitlements
    self.suspensions = suspensions
  }
}

extension Organisation {
  /// The change in force on a day; nil before the first.
  private func change(on day: CivilDate) -> OrganisationNames? {
    self.changes.last { $0.from <= day }
  }

  /// What it is called on a day.
  package func name(on day: CivilDate) -> Trilingual {
    self.change(on: day)?.name ?? self.registeredName
  }

  /// Where it works on a day.
  package func region(on day: CivilDate) -> String {
    self.change(on: day)?.region ?? self.registeredRegion
  }
}

extension Entitlement {
  /// The days that were granted once and are not in force by now, apart and in their order.
  ///
  /// - Parameters:
  ///   - ever: Every period that was ever granted.
  ///   - granted: Those that stand.
  ///   - suspended: The periods on which that is suspended.
  package static func lostDays(
    of ever: [Period], granted: [Period], suspended: [Period]
  ) -> [Period] {
    // Between two of these days nothing changes.
    var turns: Set<CivilDate> = []
    for period in ever + granted + suspended {
      turns.insert(period.from)
      if let until = period.until { turns.insert(CivilDate(dayNumber: until.dayNumber + 1)) }
    }
    func holds(_ periods: [Period], _ day: CivilDate) -> Bool {
      periods.contains { $0.contains(day) }
    }
    let days = turns.sorted()
    return days.indices.compactMap { index in
      let day = days[index]
      let isLost =
        holds(ever, day) && (holds(suspended, day) || !holds(granted, day))
      guard isLost else { return nil }
      let next = index + 1 < days.count ? days[index + 1] : nil
      return Period(from: day, until: next.map { CivilDate(dayNumber: $0.dayNumber - 1) })
    }
  }
}
