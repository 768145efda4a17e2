/// What deeds on organisations, keys and settings tell.
extension Trilingual {
  fileprivate func telling(of subject: Subject) -> [Told] {
    [
      .fact(.nameKk, .text(self.kk), of: subject), .fact(.nameRu, .text(self.ru), of: subject),
      .fact(.nameEn, .text(self.en), of: subject),
    ]
  }
}

extension OrganisationsRegistered {
  var telling: [Told] {
    self.organisations.flatMap { organisation -> [Told] in
      let subject = Subject.organisation(organisation.id)
      let rest: [Told?] = [
        .said(.kind, .word(organisation.kind), of: subject),
        .fact(.region, .text(organisation.registeredRegion), of: subject),
        .said(.country, .text(organisation.country), of: subject),
      ]
      return organisation.registeredName.telling(of: subject) + rest.compactMap(\.self)
        + organisation.entitlements.flatMap { $0.telling(.entitlement, of: organisation.id) }
    }
  }
}

extension OrganisationChanged {
  var telling: [Told] {
    let subject = Subject.organisation(self.organisationID)
    let rest: [Told?] = [
      .fact(.region, .text(self.names.region), of: subject),
      .said(.from, .day(self.names.from)), .said(.document, .text(self.names.document)),
    ]
    return self.names.name.telling(of: subject) + rest.compactMap(\.self)
  }
}

extension Entitlement {
  /// The days under what it allows, and what that rests on.
  fileprivate func telling(_ field: Told.Field, of organisation: Int64) -> [Told] {
    let subject = Subject.organisation(organisation)
    let which = Told.Value.text("\(self.activity.rawValue) \(self.id)")
    let pieces: [Told?] = [
      .fact(field, .days(self.days), of: subject, which: which),
      .said(.basis, .text(self.basis), of: subject, which: which),
    ]
    return pieces.compactMap(\.self)
  }
}

extension EntitlementGranted {
  var telling: [Told] { self.entitlement.telling(.entitlement, of: self.organisationID) }
}

extension EntitlementSuspended {
  var telling: [Told] { self.suspension.telling(.entitlementSuspended, of: self.organisationID) }
}

extension EntitlementEnded {
  var telling: [Told] {
    self.ends.telling(
      .entitlement, self.activity, of: self.organisationID, on: self.lastDay, self.basis)
  }
}

extension EntitlementResumed {
  var telling: [Told] {
    self.ends.telling(
      .entitlementSuspended, self.activity, of: self.organisationID, on: self.lastDay, self.basis)
  }
}

extension [EntitlementEnd] {
  /// What ended, with its last day; taken back where it never was.
  fileprivate func telling(
    _ field: Told.Field, _ activity: Activity, of organisation: Int64, on lastDay: CivilDate?,
    _ basis: String
  ) -> [Told] {
    let subject = Subject.organisation(organisation)
    let ends: [Told?] = self.map { end in
      let which = Told.Value.text("\(activity.rawValue) \(end.id)")
      guard let lastDay else { return .takesBack(of: subject, which: which) }
      return .fact(field, .text("– \(lastDay.iso)"), of: subject, which: which)
    }
    let rest: [Told?] = [
      .said(.activity, .word(activity), of: subject), .said(.basis, .text(basis), of: subject),
    ]
    return (ends + rest).compactMap(\.self)
  }
}

extension Agreement {
  var telling: [Told] {
    let subject = Subject.organisation(self.organisation)
    let pieces: [Told?] = [
      .made(.agreement, .days(Period(from: self.from, until: self.until)), of: subject),
      .said(.name, .text(self.number), of: subject),
      .said(.signedOn, .day(self.signedOn), of: subject),
      .said(.purpose, .text(self.purpose), of: subject),
      .said(.country, .text(self.country), of: subject),
      .said(.transferGround, .text(self.transferGround), of: subject),
      .said(.scope, .words(self.scope), of: subject),
      .said(.callsPerDay, .number(self.callsPerDay), of: subject),
    ]
    return pieces.compactMap(\.self)
  }
}

extension AgreementAdopted {
  var telling: [Told] { self.agreement.telling }
}

extension AgreementEnded {
  var telling: [Told] {
    [
      .made(
        .agreement, .text("– \(self.lastDay.iso)"), of: .organisation(self.organisationID),
        after: self.ends)
    ]
  }
}

extension SigningKey {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.key, .text(self.name)), .said(.use, .word(self.use)),
      .said(.validFrom, .day(self.from)), .said(.kept, .text(self.kept)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension KeyRetirement {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.lastDay, .day(self.lastDay)), .said(.ground, .word(self.ground)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension KeyCertified {
  var telling: [Told] { self.key.telling }
}

extension KeyRetired {
  var telling: [Told] { self.retirement.telling }
}

extension SettingChange {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.setting, .number(self.setting.value), of: nil, which: .word(self.name)),
      .said(.from, .day(self.from)), .said(.basis, .word(self.setting.basis)),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension SettingChanged {
  var telling: [Told] { self.change.telling }
}

extension ReportFiled {
  var telling: [Told] {
    [Told.said(.year, .number(self.year)), .said(.day, .day(self.asOf))].compactMap(\.self)
  }
}

extension RecordsRestored {
  var telling: [Told] { [Told.said(.from, .number(self.lastSequence))].compactMap(\.self) }
}
