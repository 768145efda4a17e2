/// An act of two persons, as one of them proposes it.
///
/// The act is proposed as it was read; its rules are asked when it is proposed and again when it is
/// approved, each time on the facts of then.
package enum ProposedAct: Equatable, Sendable {
  case renamePerson(RenamePerson)
  case addIdentifier(AddIdentifier)
  case endIdentifier(EndIdentifier)
  case correctIdentifier(CorrectIdentifier)
  case correctPerson(CorrectPerson)
  case withdrawBar(WithdrawBar)
  case withdrawDeath(WithdrawDeath)
  case withdrawMark(WithdrawMark)
  case adoptCertificates(AdoptCertificates)
  case replaceCertificate(ReplaceCertificate)
  case transferTrainee(TransferTrainee)
  case adoptEdition(AdoptEdition)
  case closeEdition(CloseEdition)
  case repinCohort(RepinCohort)
  case defineSpecialisation(DefineSpecialisation)
  case correctHours(CorrectHours)
  case withdrawRefusal(WithdrawRefusal)
  case correctResult(CorrectResult)
  case withdrawAnnulment(WithdrawAnnulment)
  case letStand(LetStand)
  case reinstateCertificate(ReinstateCertificate)
  case mergePeople(MergePeople)
  case splitPeople(SplitPeople)
  case changeEntitlement(ChangeEntitlement)
  case certifyKey(CertifyKey)
  case retireKey(RetireKey)
  case changeSetting(ChangeSetting)
  case adoptAgreement(AdoptAgreement)
  case decideRecognition(DecideRecognition)

  package var kind: ProposalKind {
    switch self {
    case .renamePerson: .renamePerson
    case .addIdentifier: .addIdentifier
    case .endIdentifier: .endIdentifier
    case .correctIdentifier: .correctIdentifier
    case .correctPerson: .correctPerson
    case .withdrawBar: .withdrawBar
    case .withdrawDeath: .withdrawDeath
    case .withdrawMark: .withdrawMark
    case .adoptCertificates: .adoptCertificates
    case .replaceCertificate: .replaceCertificate
    case .transferTrainee: .transferTrainee
    case .adoptEdition: .adoptEdition
    case .closeEdition: .closeEdition
    case .repinCohort: .repinCohort
    case .defineSpecialisation: .defineSpecialisation
    case .correctHours: .correctHours
    case .withdrawRefusal: .withdrawRefusal
    case .correctResult: .correctResult
    case .withdrawAnnulment: .withdrawAnnulment
    case .letStand: .letStand
    case .reinstateCertificate: .reinstateCertificate
    case .mergePeople: .mergePeople
    case .splitPeople: .splitPeople
    case .changeEntitlement: .changeEntitlement
    case .certifyKey: .certifyKey
    case .retireKey: .retireKey
    case .changeSetting: .changeSetting
    case .adoptAgreement: .adoptAgreement
    case .decideRecognition: .decideRecognition
    }
  }

  /// Whom it is about; nil where that is nobody, or a list, whose people the approval finds.
  package var person: Int64? {
    switch self {
    case .renamePerson(let act): act.person
    case .addIdentifier(let act): act.person
    case .endIdentifier(let act): act.person
    case .correctIdentifier(let act): act.person
    case .correctPerson(let act): act.person
    case .withdrawBar(let act): act.person
    case .withdrawDeath(let act): act.person
    case .withdrawMark(let act): act.holder
    case .correctHours(let act): act.person
    case .withdrawRefusal(let act): act.person
    case .correctResult(let act): act.person
    case .withdrawAnnulment(let act): act.person
    case .transferTrainee(let act): act.person
    case .adoptCertificates, .adoptEdition, .closeEdition, .repinCohort, .defineSpecialisation,
      .changeEntitlement,
      .certifyKey, .retireKey, .changeSetting, .adoptAgreement:
      nil
    case .replaceCertificate(let act): act.holder
    case .letStand(let act): act.holder
    case .reinstateCertificate(let act): act.holder
    case .mergePeople(let act): act.second
    case .splitPeople(let act): act.second
    case .decideRecognition(let act): act.person
    }
  }

  /// Everybody whom it is about, as far as it names them: of these nobody ends it.
  var people: [Int64] {
    switch self {
    case .mergePeople(let act): [act.first, act.second]
    case .splitPeople(let act): [act.first, act.second]
    case .renamePerson, .addIdentifier, .endIdentifier, .correctIdentifier, .correctPerson,
      .withdrawBar, .withdrawDeath, .withdrawMark, .adoptCertificates, .replaceCertificate,
      .transferTrainee,
      .adoptEdition, .closeEdition, .repinCohort, .defineSpecialisation, .correctHours,
      .withdrawRefusal, .correctResult,
      .withdrawAnnulment, .letStand, .reinstateCertificate, .changeEntitlement, .certifyKey,
      .retireKey, .changeSetting, .adoptAgreement, .decideRecognition:
      self.person.map { [$0] } ?? []
    }
  }

  /// As what it is approved, whatever rests on it: what decides on certificates, on training elsewhere, on keys, on
  /// partners, on settings, or on what programmes ask, a certifier alone approves, and no certifier what the
  /// certifiers let stand, nor what takes two for want of another.
  package var approvers: [Role] {
    switch self {
    case .adoptCertificates, .replaceCertificate, .adoptEdition, .closeEdition, .repinCohort,
      .defineSpecialisation, .correctResult, .changeEntitlement, .certifyKey, .retireKey,
      .changeSetting, .adoptAgreement,
      .decideRecognition:
      [.certifier]
    case .letStand, .reinstateCertificate: [.arbiter, .registrar]
    case .renamePerson, .addIdentifier, .endIdentifier, .correctIdentifier, .correctPerson,
      .withdrawBar, .withdrawDeath, .withdrawMark, .transferTrainee, .correctHours,
      .withdrawRefusal,
      .withdrawAnnulment, .mergePeople, .splitPeople:
      [.certifier, .registrar]
    }
  }
}

/// In what hand an act of two persons is that decides on certificates.
package enum Hand: Equatable, Sendable {
  /// Whoever proposes it is no holder.
  case registrar
  /// Whoever approves it is no holder, taught none and examined none within 24 months.
  case certifier

  /// Why `caller` may not have it in hand; nil if nothing is against it.
  ///
  /// - Parameters:
  ///   - hands: Who had a hand in the holder's training and attestation; nil where that is not asked.
  ///   - persons: Which numbers are one natural person's.
  func bar(
    _ caller: Int64, to holder: Int64, _ hands: IssueCertificates.Hands?, on today: CivilDate,
    _ persons: NaturalPersons = .apart
  ) -> Reason? {
    let isHimself = persons.areOne(holder, caller)
    return switch self {
    case .registrar: isHimself ? .actsOnHimself : nil
    case .certifier: isHimself ? .decidesHimself : hands?.separation(from: caller, on: today)
    }
  }
}

/// What an act comes to as things stand.
package struct Decision: Equatable, Sendable {
  /// What is done by it.
  package var deed: Deed
  /// Whether another person has to approve it first.
  package var takesTwo: Bool

  package init(_ deed: Deed, takesTwo: Bool) {
    self.deed = deed
    self.takesTwo = takesTwo
  }
}

/// A proposal that was made.
package struct Proposal: Equatable, Sendable {
  /// The act that made it.
  package var sequence: Int64
  package var act: ProposedAct
  /// Who proposes.
  package var proposer: Int64
  package var proposedOn: CivilDate
  /// Names what the proposer was shown.
  package var digest: String
  /// The last day on which it may be approved.
  package var lastDay: CivilDate
  /// How it ended; nil while it waits.
  package var end: ProposalEnd?

  package init(
    sequence: Int64, act: ProposedAct, proposer: Int64, proposedOn: CivilDate, digest: String,
    lastDay: CivilDate, end: ProposalEnd?
  ) {
    self.sequence = sequence
    self.act = act
    self.proposer = proposer
    self.proposedOn = proposedOn
    self.digest = digest
    self.lastDay = lastDay
    self.end = end
  }
}
