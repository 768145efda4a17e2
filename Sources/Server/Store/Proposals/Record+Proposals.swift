import BitimDomain
import BitimProtocol

// Acts of two persons, as records hold them.

extension BitimJournalV1.Proposed {
  init(_ deed: Proposed) {
    self.init()
    switch deed.act {
    case .renamePerson(let act):
      var message = RenamePerson()
      message.personId = act.person
      message.names = .init(act.names)
      message.reason = act.reason
      self.act = .renamePerson(message)
    case .withdrawBar(let act):
      var message = WithdrawBar()
      message.personId = act.person
      message.barSequence = act.bar
      message.reason = act.reason
      self.act = .withdrawBar(message)
    case .withdrawMark(let act):
      var message = WithdrawMark()
      message.personId = act.holder
      message.number = act.number.value
      message.markSequence = act.mark
      message.reason = .init(act.reason)
      message.why = act.why
      self.act = .withdrawMark(message)
    case .adoptCertificates(let act): self.act = .adoptCertificates(.init(act))
    }
    self.digest = deed.digest
    self.lastDay = deed.lastDay.iso
  }
}

extension Proposed {
  init(_ message: BitimJournalV1.Proposed) throws {
    let act: ProposedAct
    switch message.act {
    case .renamePerson(let typed):
      act = .renamePerson(
        RenamePerson(typed.personId, as: Names(typed.names), for: typed.reason))
    case .withdrawBar(let typed):
      act = .withdrawBar(WithdrawBar(typed.personId, bar: typed.barSequence, for: typed.reason))
    case .withdrawMark(let typed):
      act = .withdrawMark(
        WithdrawMark(
          try Record.number(typed.number), of: typed.personId, mark: typed.markSequence,
          for: try Record.word(typed.reason), why: typed.why))
    case .adoptCertificates(let typed):
      act = .adoptCertificates(try AdoptCertificates(typed))
    case nil:
      throw StoreFailure(
        kind: .newer, "a proposal that this program does not know: it needs a later one")
    }
    self.init(act: act, digest: message.digest, lastDay: try Record.day(message.lastDay))
  }
}

extension BitimJournalV1.ProposalEnded {
  init(_ deed: ProposalEnded) {
    self.init()
    self.proposalSequence = deed.proposal
    self.how = .init(deed.how)
    self.reason = deed.reason
  }
}

extension ProposalEnded {
  init(_ message: BitimJournalV1.ProposalEnded) throws {
    self.init(
      proposal: message.proposalSequence, how: try Record.word(message.how),
      reason: message.reason)
  }
}
