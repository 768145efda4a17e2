import BitimDomain
import BitimProtocol

// What entitles organisations, as records hold it.

extension BitimJournalV1.EntitlementGranted {
  init(_ deed: EntitlementGranted) {
    self.init()
    self.organisationId = deed.organisationID
    self.entitlement = .init(deed.entitlement)
  }
}

extension EntitlementGranted {
  init(_ message: BitimJournalV1.EntitlementGranted) throws {
    self.init(
      organisationID: message.organisationId,
      entitlement: try Entitlement(message.entitlement ?? .init()))
  }
}

extension BitimJournalV1.EntitlementEnd {
  fileprivate init(_ end: EntitlementEnd) {
    self.init()
    self.id = end.id
    self.remainsId = end.remains ?? 0
  }
}

extension EntitlementEnd {
  fileprivate init(_ message: BitimJournalV1.EntitlementEnd) {
    self.init(message.id, remains: message.remainsId == 0 ? nil : message.remainsId)
  }
}

extension BitimJournalV1.EntitlementEnded {
  init(_ deed: EntitlementEnded) {
    self.init()
    self.organisationId = deed.organisationID
    self.activity = .init(deed.activity)
    self.lastDay = deed.lastDay?.iso ?? ""
    self.basis = deed.basis
    self.ends = deed.ends.map { .init($0) }
  }
}

extension EntitlementEnded {
  init(_ message: BitimJournalV1.EntitlementEnded) throws {
    self.init(
      organisationID: message.organisationId, activity: try Record.word(message.activity),
      lastDay: try Record.dayIfSaid(message.lastDay), basis: message.basis,
      ends: message.ends.map { .init($0) })
  }
}

extension BitimJournalV1.EntitlementSuspended {
  init(_ deed: EntitlementSuspended) {
    self.init()
    self.organisationId = deed.organisationID
    self.suspension = .init(deed.suspension)
  }
}

extension EntitlementSuspended {
  init(_ message: BitimJournalV1.EntitlementSuspended) throws {
    self.init(
      organisationID: message.organisationId,
      suspension: try Entitlement(message.suspension ?? .init()))
  }
}

extension BitimJournalV1.EntitlementResumed {
  init(_ deed: EntitlementResumed) {
    self.init()
    self.organisationId = deed.organisationID
    self.activity = .init(deed.activity)
    self.lastDay = deed.lastDay?.iso ?? ""
    self.basis = deed.basis
    self.ends = deed.ends.map { .init($0) }
  }
}

extension EntitlementResumed {
  init(_ message: BitimJournalV1.EntitlementResumed) throws {
    self.init(
      organisationID: message.organisationId, activity: try Record.word(message.activity),
      lastDay: try Record.dayIfSaid(message.lastDay), basis: message.basis,
      ends: message.ends.map { .init($0) })
  }
}
