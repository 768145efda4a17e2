/// What deeds on cases and proposals tell.
extension CasePaper {
  /// The paper in one line.
  fileprivate var line: Told.Value {
    .text(
      [self.document, self.number, self.datedOn?.iso ?? "", self.seenBy, self.seenOn.iso]
        .filter { !$0.isEmpty }.joined(separator: ", "))
  }

  /// What it shows, where that was asked; a finding on health is read by who decides alone.
  fileprivate var telling: Told? {
    let isOfHealth = self.matter?.isOfHealth ?? false
    return .said(
      .paper, self.line, which: self.matter.map { .word($0) }, isOfHealth ? .office : .all)
  }
}

extension EntryApplication {
  fileprivate var telling: [Told?] {
    [
      .said(.addressKk, .text(self.kk.address)), .said(.addressRu, .text(self.ru.address)),
      .said(.fieldKk, .text(self.kk.field)), .said(.fieldRu, .text(self.ru.field)),
      .said(.languagesKk, .text(self.kk.languages)),
      .said(.languagesRu, .text(self.ru.languages)), .said(.contact, .text(self.contact)),
    ]
  }
}

extension EntryCorrected {
  var telling: [Told] {
    let person = Subject.person(self.personID)
    let (kk, ru) = (self.published.kk, self.published.ru)
    let pieces: [Told?] = [
      .said(.entry, .text(self.number.text), of: person), .said(.why, .text(self.why)),
      .fact(.addressKk, .text(kk.address), of: person),
      .fact(.addressRu, .text(ru.address), of: person),
      .fact(.fieldKk, .text(kk.field), of: person),
      .fact(.fieldRu, .text(ru.field), of: person),
      .fact(.languagesKk, .text(kk.languages), of: person),
      .fact(.languagesRu, .text(ru.languages), of: person),
      .fact(.contact, .text(self.published.contact), of: person),
    ]
    return pieces.compactMap(\.self)
  }
}

extension EntrySuspended {
  var telling: [Told] {
    let person = Subject.person(self.personID)
    let pieces: [Told?] = [
      .made(.suspended, .days(self.days), of: person),
      .said(.entry, .text(self.number.text), of: person), .said(.why, .text(self.why)),
      .said(.case, .act(self.cites)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension EntryExcluded {
  var telling: [Told] {
    let person = Subject.person(self.personID)
    let pieces: [Told?] = [
      .said(.entry, .text(self.number.text), of: person), .said(.from, .day(self.from)),
      .said(.ground, .word(self.ground)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension ContestedAct {
  fileprivate var telling: Told? {
    let sequence = Told.Value.number(self.sequence)
    switch self.subject {
    case .result(let id), .annulment(let id): return .said(.contested, sequence, of: .result(id))
    case .mark(let number): return .said(.contested, sequence, of: .certificate(number))
    case .application: return .said(.contested, sequence)
    }
  }
}

extension CaseReceived {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.case, .word(self.kind)), .said(.toldOn, .day(self.toldOn)),
      .said(.lateReason, .text(self.lateReason)), .said(.grounds, .texts(self.grounds)),
    ]
    let papers: [Told?] = self.papers.map(\.telling)
    return
      (pieces + self.contested.map(\.telling) + papers + (self.application?.telling ?? [])
      + (self.recognition?.telling ?? []) + (self.entry?.telling ?? [])).compactMap(\.self)
      + (self.application?.registered?.telling ?? [])
  }
}

extension Application {
  fileprivate var telling: [Told?] {
    [
      .said(.programme, .number(self.goal.programme)),
      .said(.to, .organisation(self.goal.organisation)),
      .said(.category, .text(self.category)), .said(.consent, .text(self.consent)),
      .said(.case, .act(self.cites)),
    ]
  }
}

extension Recognition {
  fileprivate var telling: [Told?] {
    [
      .said(.issuer, .text(self.issuer)), .said(.country, .text(self.country)),
      .said(.training, .text(self.training)), .said(.programme, .number(self.claim.programme)),
      .said(.hours, .hours(self.claim.hours)), .said(.ownNumber, .text(self.number)),
      .said(.issuedOn, .day(self.issuedOn)),
    ]
  }
}

extension CaseMoved {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.case, .act(self.caseSequence)), .said(.step, .word(self.step)),
      .said(.why, .text(self.why)),
    ]
    let papers: [Told?] = self.papers.map(\.telling)
    let certificates: [Told?] = self.certificates.map {
      .said(.certificate, .certificate($0), of: .certificate($0))
    }
    return (pieces + papers + certificates).compactMap(\.self)
  }
}

extension CaseDecided {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.case, .act(self.caseSequence)), .said(.outcome, .word(self.outcome)),
      .said(.grounds, .texts(self.reasons)),
    ]
    let certificates: [Told?] = self.certificates.map {
      .said(.certificate, .certificate($0), of: .certificate($0))
    }
    let checks: [Told?] = self.checks.map {
      .said(.check, $0.paper.line, which: .word($0.matter))
    }
    let hours: Told? = self.recognised.map {
      .made(.recognised, .hours($0.hours), of: .enrolment($0.enrolmentID))
    }
    let entry = self.entry.flatMap { Told.said(.entry, .text($0.text)) }
    return (pieces + certificates + checks + [hours, entry]).compactMap(\.self)
  }
}

extension ArbiterAppointed {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.case, .act(self.caseSequence)), .said(.person, .person(self.personID)),
      self.letter.telling,
    ]
    return pieces.compactMap(\.self)
  }
}

extension ProposalEnded {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.act, .act(self.proposal)), .said(.outcome, .word(self.how)),
      .said(.reason, .text(self.reason)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension Proposed {
  /// What it would be: nothing stands by it.
  var telling: [Told] {
    self.act.telling.compactMap(\.self).filter { $0.value != nil }.map { piece in
      var proposed = piece
      proposed.part = .said
      return proposed
    } + [Told.said(.lastDay, .day(self.lastDay))].compactMap(\.self)
  }
}

extension ProposedAct {
  fileprivate var telling: [Told?] {
    switch self {
    case .renamePerson(let act):
      return act.names.telling(of: .person(act.person))
        + [.said(.from, .day(act.from)), .said(.reason, .text(act.reason))]
    case .addIdentifier(let act):
      return [act.claim.identifier.telling(of: act.person)] + act.ground.telling
    case .endIdentifier(let act):
      return [act.identifier.telling(of: act.person), .said(.lastDay, .day(act.lastDay), .office)]
        + act.ground.telling
    case .correctIdentifier(let act):
      return [act.wrong.telling(of: act.person), act.right?.identifier.telling(of: act.person)]
        + act.ground.telling
    case .correctPerson(let act):
      return [
        .said(.birthDate, .day(act.birthDate), of: .person(act.person), .office),
        .said(.education, act.education.map { .word($0) }, of: .person(act.person), .office),
      ] + act.ground.telling
    case .withdrawBar(let act):
      return [.said(.act, .act(act.bar)), .said(.reason, .text(act.reason), .office)]
    case .withdrawDeath(let act): return [.said(.reason, .text(act.reason), .office)]
    case .withdrawMark(let act):
      return [
        .said(.act, .act(act.mark), of: .certificate(act.number)),
        .said(.reason, .word(act.reason)), .said(.why, .text(act.why)),
        .said(.case, .act(act.cites)),
      ]
    case .adoptCertificates(let act):
      return act.rows.flatMap { $0.entry.telling(of: nil) }
    case .replaceCertificate(let act):
      return [
        .said(.reason, .word(act.reason), of: .certificate(act.number)),
        .said(.evidence, .text(act.evidence)),
      ]
    case .transferTrainee(let act):
      return [
        .said(.from, .cohort(act.from), of: .person(act.person)),
        .said(.to, .cohort(act.to), of: .person(act.person)), .said(.day, .day(act.day)),
        .said(.why, .text(act.why)),
      ]
    case .adoptEdition(let act): return act.edition.telling(of: nil)
    case .closeEdition(let act):
      return [
        .said(.edition, .subject(.edition(act.edition))), .said(.lastDay, .day(act.lastDay)),
      ]
    case .defineSpecialisation(let act): return act.specialisation.telling
    case .repinCohort(let act):
      return [
        .said(.edition, .subject(.edition(act.edition)), of: .cohort(act.cohort)),
        .said(.why, .text(act.why)),
      ]
    case .correctHours(let act):
      return [
        .said(.cohort, .cohort(act.cohort), of: .person(act.person)),
        .said(.heldOn, .text("\(act.heldOn.iso) \(ClassTime.text(act.starts))")),
        .said(.hours, .hours(act.hours)), .said(.reason, .word(act.reason)),
        .said(.evidence, .text(act.evidence)),
      ]
    case .withdrawRefusal(let act):
      return [
        .said(.act, .act(act.refusal), of: .result(act.result)),
        .said(.reason, .word(act.reason)), .said(.why, .text(act.why)),
      ]
    case .correctResult(let act):
      return [
        act.scores.telling.map { .fact(.scores, $0, of: .result(act.result)) },
        .said(.why, .text(act.why)),
      ] + act.marks.telling(of: .result(act.result))
    case .withdrawAnnulment(let act):
      return [
        .said(.act, .act(act.annulment), of: .result(act.result)),
        .said(.case, .act(act.cites)), .said(.why, .text(act.why)),
      ]
    case .letStand(let act):
      return [
        .said(.doubt, .word(act.doubt), of: .certificate(act.number)),
        .said(.why, .text(act.why)),
      ]
    case .reinstateCertificate(let act):
      return [
        .said(.from, .day(act.from), of: .certificate(act.number)),
        .said(.reason, .word(act.reason)), .said(.why, .text(act.why)),
      ]
    case .mergePeople(let act):
      return [
        .said(.linked, .person(act.first), of: .person(act.second)),
        .said(.linked, .person(act.second), of: .person(act.first)),
        .said(.document, .text(act.document), .office),
      ]
    case .splitPeople(let act):
      return [
        .said(.linked, .person(act.first), of: .person(act.second)),
        .said(.linked, .person(act.second), of: .person(act.first)),
        .said(.reason, .word(act.how)), .said(.document, .text(act.document), .office),
      ]
    case .changeEntitlement(let act):
      let subject = Subject.organisation(act.organisation)
      return [
        .said(.activity, .word(act.activity), of: subject),
        .said(.reason, .word(act.change), of: subject), .said(.day, .day(act.day), of: subject),
        .said(.validUntil, .day(act.until), of: subject),
        .said(.basis, .text(act.basis), of: subject),
      ]
    case .certifyKey(let act): return act.key.telling
    case .retireKey(let act): return act.retirement.telling
    case .changeSetting(let act): return act.change.telling
    case .adoptAgreement(let act): return act.agreement.telling
    case .decideRecognition(let act):
      return [
        .said(.case, .act(act.file)), .said(.outcome, .word(act.outcome)),
        .said(.grounds, .texts(act.reasons)),
        .said(.cohort, act.part.map { .cohort($0.cohort) }),
        .said(.recognised, act.part.map { .hours($0.hours) }),
      ]
    }
  }
}
