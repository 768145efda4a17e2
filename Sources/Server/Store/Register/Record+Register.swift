import BitimDomain
import BitimProtocol

// The register of mediators, as records hold it.

extension BitimJournalV1.EntrySuspended {
  init(_ deed: EntrySuspended) {
    self.init()
    self.number = deed.number.value
    self.personId = deed.personID
    self.from = deed.days.from.iso
    self.until = deed.days.until?.iso ?? ""
    self.why = deed.why
    self.caseSequence = deed.cites
  }
}

extension EntrySuspended {
  init(_ message: BitimJournalV1.EntrySuspended) throws {
    self.init(
      RegisterNumber(value: message.number), of: message.personId,
      days: Period(
        from: try Record.day(message.from), until: try Record.dayIfSaid(message.until)),
      why: message.why, cites: message.caseSequence)
  }
}

extension BitimJournalV1.EntryExcluded {
  init(_ deed: EntryExcluded) {
    self.init()
    self.number = deed.number.value
    self.personId = deed.personID
    self.from = deed.from.iso
    self.ground = .init(deed.ground)
    self.why = deed.why
  }
}

extension EntryExcluded {
  init(_ message: BitimJournalV1.EntryExcluded) throws {
    self.init(
      RegisterNumber(value: message.number), of: message.personId,
      from: try Record.day(message.from), ground: try Record.word(message.ground),
      why: message.why)
  }
}

extension BitimJournalV1.EntryCorrected {
  init(_ deed: EntryCorrected) {
    self.init()
    self.number = deed.number.value
    self.personId = deed.personID
    self.published = .init(deed.published)
    self.why = deed.why
  }
}

extension EntryCorrected {
  init(_ message: BitimJournalV1.EntryCorrected) throws {
    self.init(
      RegisterNumber(value: message.number), of: message.personId,
      published: EntryApplication(message.published ?? .init()), why: message.why)
  }
}
