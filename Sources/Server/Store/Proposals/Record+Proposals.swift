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
      message.from = act.from?.iso ?? ""
      self.act = .renamePerson(message)
    case .addIdentifier(let act):
      var message = AddIdentifier()
      message.personId = act.person
      message.identifier = .init(act.claim.identifier)
      message.ground = .init(act.ground)
      message.distinctFrom = act.claim.distinct.people.sorted()
      message.distinctEvidence = act.claim.distinct.evidence
      self.act = .addIdentifier(message)
    case .endIdentifier(let act):
      var message = EndIdentifier()
      message.personId = act.person
      message.identifier = .init(act.identifier)
      message.lastDay = act.lastDay.iso
      message.ground = .init(act.ground)
      self.act = .endIdentifier(message)
    case .correctIdentifier(let act):
      var message = CorrectIdentifier()
      message.personId = act.person
      message.wrong = .init(act.wrong)
      message.ground = .init(act.ground)
      if let right = act.right {
        message.right = .init(right.identifier)
        message.distinctFrom = right.distinct.people.sorted()
        message.distinctEvidence = right.distinct.evidence
      }
      self.act = .correctIdentifier(message)
    case .correctPerson(let act):
      var message = CorrectPerson()
      message.personId = act.person
      message.birthDate = act.birthDate?.iso ?? ""
      message.education = act.education.map { .init($0) } ?? .unspecified
      message.ground = .init(act.ground)
      self.act = .correctPerson(message)
    case .withdrawBar(let act):
      var message = WithdrawBar()
      message.personId = act.person
      message.barSequence = act.bar
      message.reason = act.reason
      self.act = .withdrawBar(message)
    case .withdrawDeath(let act):
      var message = WithdrawDeath()
      message.personId = act.person
      message.reason = act.reason
      self.act = .withdrawDeath(message)
    case .decideRecognition(let act):
      var message = DecideRecognition()
      message.personId = act.person
      message.caseSequence = act.file
      message.outcome = .init(act.outcome)
      message.reasons = act.reasons
      message.cohortId = act.part?.cohort ?? 0
      message.theoryQuarters = Int32(act.part?.hours.theory ?? 0)
      message.practiceQuarters = Int32(act.part?.hours.practice ?? 0)
      self.act = .decideRecognition(message)
    case .withdrawMark(let act):
      var message = WithdrawMark()
      message.personId = act.holder
      message.number = act.number.value
      message.markSequence = act.mark
      message.reason = .init(act.reason)
      message.why = act.why
      message.caseSequence = act.cites
      self.act = .withdrawMark(message)
    case .reinstateCertificate(let act):
      var message = ReinstateCertificate()
      message.personId = act.holder
      message.number = act.number.value
      message.reason = .init(act.reason)
      message.from = act.from.iso
      message.why = act.why
      self.act = .reinstateCertificate(message)
    case .correctResult(let act):
      var message = CorrectResult()
      message.personId = act.person
      message.sessionId = act.session
      message.resultId = act.result
      message.scores = .init(act.scores, act.marks)
      message.why = act.why
      self.act = .correctResult(message)
    case .withdrawRefusal(let act):
      var message = WithdrawRefusal()
      message.personId = act.person
      message.programme = Int32(act.programme)
      message.resultId = act.result
      message.refusalSequence = act.refusal
      message.reason = .init(act.reason)
      message.why = act.why
      self.act = .withdrawRefusal(message)
    case .replaceCertificate(let act):
      var message = ReplaceCertificate()
      message.personId = act.holder
      message.number = act.number.value
      message.reason = .init(act.reason)
      message.evidence = act.evidence
      self.act = .replaceCertificate(message)
    case .adoptCertificates(let act): self.act = .adoptCertificates(.init(act))
    case .transferTrainee(let act):
      var message = TransferTrainee()
      message.personId = act.person
      message.fromCohortId = act.from
      message.toCohortId = act.to
      message.day = act.day.iso
      message.why = act.why
      self.act = .transferTrainee(message)
    case .adoptEdition(let act):
      var message = AdoptEdition()
      message.edition = .init(act.edition)
      self.act = .adoptEdition(message)
    case .closeEdition(let act):
      var message = CloseEdition()
      message.editionId = act.edition
      message.lastDay = act.lastDay.iso
      self.act = .closeEdition(message)
    case .defineSpecialisation(let act):
      var message = DefineSpecialisation()
      message.specialisation = .init(act.specialisation)
      self.act = .defineSpecialisation(message)
    case .repinCohort(let act):
      var message = RepinCohort()
      message.cohortId = act.cohort
      message.editionId = act.edition
      message.why = act.why
      self.act = .repinCohort(message)
    case .correctHours(let act):
      var message = CorrectHours()
      message.personId = act.person
      message.cohortId = act.cohort
      message.heldOn = act.heldOn.iso
      message.startsMinute = Int32(act.starts)
      message.theoryQuarters = Int32(act.hours.theory)
      message.practiceQuarters = Int32(act.hours.practice)
      message.reason = .init(act.reason)
      message.evidence = act.evidence
      self.act = .correctHours(message)
    case .withdrawAnnulment(let act):
      var message = WithdrawAnnulment()
      message.personId = act.person
      message.resultId = act.result
      message.annulmentSequence = act.annulment
      message.caseSequence = act.cites
      message.why = act.why
      self.act = .withdrawAnnulment(message)
    case .letStand(let act):
      var message = LetStand()
      message.personId = act.holder
      message.number = act.number.value
      message.doubt = .init(act.doubt)
      message.why = act.why
      self.act = .letStand(message)
    case .mergePeople(let act):
      var message = MergePeople()
      message.personId = act.second
      message.otherId = act.first
      message.document = act.document
      self.act = .mergePeople(message)
    case .splitPeople(let act):
      var message = SplitPeople()
      message.personId = act.second
      message.otherId = act.first
      message.how = .init(act.how)
      message.document = act.document
      self.act = .splitPeople(message)
    case .changeEntitlement(let act):
      var message = ChangeEntitlement()
      message.organisationId = act.organisation
      message.activity = .init(act.activity)
      message.change = .init(act.change)
      message.day = act.day.iso
      message.until = act.until?.iso
      message.basis = act.basis
      self.act = .changeEntitlement(message)
    case .certifyKey(let act):
      var message = CertifyKey()
      message.key = .init(act.key)
      self.act = .certifyKey(message)
    case .retireKey(let act):
      var message = RetireKey()
      message.publicKey = act.publicKey
      message.retirement = .init(act.retirement)
      self.act = .retireKey(message)
    case .changeSetting(let act):
      self.act = .changeSetting(.init(act.change))
    case .adoptAgreement(let act):
      var message = AdoptAgreement()
      message.agreement = .init(act.agreement)
      self.act = .adoptAgreement(message)
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
        RenamePerson(
          typed.personId, as: Names(typed.names), from: try Record.dayIfSaid(typed.from),
          for: typed.reason))
    case .addIdentifier(let typed):
      act = .addIdentifier(
        AddIdentifier(
          typed.personId,
          try Self.claim(typed.identifier, typed.distinctFrom, typed.distinctEvidence),
          for: try CorrectionGround(typed.ground)))
    case .endIdentifier(let typed):
      act = .endIdentifier(
        EndIdentifier(
          typed.personId, try Identifier(typed.identifier ?? .init()),
          lastDay: try Record.day(typed.lastDay), for: try CorrectionGround(typed.ground)))
    case .correctIdentifier(let typed):
      act = .correctIdentifier(
        CorrectIdentifier(
          typed.personId, try Identifier(typed.wrong ?? .init()),
          to: try typed.right.map {
            try Self.claim($0, typed.distinctFrom, typed.distinctEvidence)
          }, for: try CorrectionGround(typed.ground)))
    case .correctPerson(let typed):
      act = .correctPerson(
        CorrectPerson(
          typed.personId,
          birthDate: try Record.dayIfSaid(typed.birthDate),
          education: try Record.wordIfSaid(typed.education),
          for: try CorrectionGround(typed.ground)))
    case .withdrawBar(let typed):
      act = .withdrawBar(WithdrawBar(typed.personId, bar: typed.barSequence, for: typed.reason))
    case .withdrawDeath(let typed):
      act = .withdrawDeath(WithdrawDeath(typed.personId, for: typed.reason))
    case .decideRecognition(let typed):
      let hours = Hours(
        theory: Int(typed.theoryQuarters), practice: Int(typed.practiceQuarters))
      act = .decideRecognition(
        DecideRecognition(
          typed.caseSequence, of: typed.personId, try Record.word(typed.outcome),
          reasons: typed.reasons,
          part: typed.cohortId == 0 ? nil : .init(cohort: typed.cohortId, hours: hours)))
    case .withdrawMark(let typed):
      act = .withdrawMark(
        WithdrawMark(
          try Record.number(typed.number), of: typed.personId, mark: typed.markSequence,
          for: try Record.word(typed.reason), why: typed.why, cites: typed.caseSequence))
    case .reinstateCertificate(let typed):
      act = .reinstateCertificate(
        ReinstateCertificate(
          try Record.number(typed.number), of: typed.personId, for: try Record.word(typed.reason),
          from: try Record.day(typed.from), why: typed.why))
    case .correctResult(let typed):
      act = .correctResult(
        CorrectResult(
          of: typed.personId, in: typed.sessionId, result: typed.resultId,
          to: try Record.scores(typed.scores), marks: try Record.marks(typed.scores),
          why: typed.why))
    case .withdrawRefusal(let typed):
      act = .withdrawRefusal(
        WithdrawRefusal(
          typed.personId, of: Int(typed.programme), on: typed.resultId,
          refusal: typed.refusalSequence, for: try Record.word(typed.reason), why: typed.why))
    case .replaceCertificate(let typed):
      act = .replaceCertificate(
        ReplaceCertificate(
          try Record.number(typed.number), of: typed.personId,
          for: try Record.word(typed.reason), evidence: typed.evidence))
    case .adoptCertificates(let typed):
      act = .adoptCertificates(try AdoptCertificates(typed))
    case .transferTrainee(let typed):
      act = .transferTrainee(
        TransferTrainee(
          typed.personId, from: typed.fromCohortId, to: typed.toCohortId,
          on: try Record.day(typed.day), for: typed.why))
    case .adoptEdition(let typed):
      act = .adoptEdition(AdoptEdition(try Edition(typed.edition ?? .init())))
    case .closeEdition(let typed):
      act = .closeEdition(
        CloseEdition(typed.editionId, lastDay: try Record.day(typed.lastDay)))
    case .defineSpecialisation(let typed):
      act = .defineSpecialisation(
        DefineSpecialisation(try Specialisation(typed.specialisation)))
    case .repinCohort(let typed):
      act = .repinCohort(RepinCohort(typed.cohortId, to: typed.editionId, for: typed.why))
    case .correctHours(let typed):
      act = .correctHours(
        CorrectHours(
          of: typed.personId, in: typed.cohortId, heldOn: try Record.day(typed.heldOn),
          starts: Int(typed.startsMinute),
          hours: Hours(
            theory: Int(typed.theoryQuarters), practice: Int(typed.practiceQuarters)),
          for: try Record.word(typed.reason), evidence: typed.evidence))
    case .withdrawAnnulment(let typed):
      act = .withdrawAnnulment(
        WithdrawAnnulment(
          typed.resultId, of: typed.personId, annulledBy: typed.annulmentSequence,
          cites: typed.caseSequence, why: typed.why))
    case .letStand(let typed):
      act = .letStand(
        LetStand(
          try Record.number(typed.number), of: typed.personId,
          despite: try Record.word(typed.doubt), why: typed.why))
    case .mergePeople(let typed):
      act = .mergePeople(
        MergePeople(typed.personId, typed.otherId, document: typed.document))
    case .splitPeople(let typed):
      act = .splitPeople(
        SplitPeople(
          typed.personId, typed.otherId, try Record.word(typed.how), document: typed.document))
    case .changeEntitlement(let typed):
      let days = try Record.days(typed.day, typed.until)
      act = .changeEntitlement(
        ChangeEntitlement(
          try Record.word(typed.change), of: typed.organisationId,
          to: try Record.word(typed.activity), day: days.from, until: days.until,
          basis: typed.basis))
    case .certifyKey(let typed):
      act = .certifyKey(CertifyKey(try SigningKey(typed.key ?? .init())))
    case .retireKey(let typed):
      act = .retireKey(
        RetireKey(typed.publicKey, try KeyRetirement(typed.retirement ?? .init())))
    case .changeSetting(let typed):
      act = .changeSetting(ChangeSetting(try SettingChange(typed)))
    case .adoptAgreement(let typed):
      act = .adoptAgreement(AdoptAgreement(try Agreement(typed.agreement ?? .init())))
    case nil:
      throw StoreFailure(
        kind: .newer, "a proposal that this program does not know: it needs a later one")
    }
    self.init(act: act, digest: message.digest, lastDay: try Record.day(message.lastDay))
  }

  private static func claim(
    _ identifier: BitimJournalV1.Identifier?, _ people: [Int64], _ evidence: String
  ) throws -> IdentifierClaim {
    IdentifierClaim(
      try Identifier(identifier ?? .init()),
      distinct: Distinct(people: Set(people), evidence: evidence))
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
