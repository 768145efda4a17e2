import BitimDomain
import BitimProtocol

// Cases, as records hold them.

extension BitimJournalV1.CasePaper {
  init(_ paper: CasePaper) {
    self.init()
    self.document = paper.document
    self.number = paper.number
    self.datedOn = paper.datedOn?.iso ?? ""
    self.seenBy = paper.seenBy
    self.seenOn = paper.seenOn.iso
    if let matter = paper.matter { self.matter = .init(matter) }
    self.result = paper.result
  }
}

extension CasePaper {
  init(_ message: BitimJournalV1.CasePaper) throws {
    self.init(
      document: message.document, number: message.number,
      datedOn: try Record.dayIfSaid(message.datedOn), seenBy: message.seenBy,
      seenOn: try Record.day(message.seenOn), matter: try Record.wordIfSaid(message.matter),
      result: message.result)
  }
}

extension BitimJournalV1.CaseReceived {
  init(_ deed: CaseReceived) {
    self.init()
    self.kind = .init(deed.kind)
    self.personId = deed.person
    self.contested = deed.contested.map { act in
      var message = Contested()
      message.actSequence = act.sequence
      switch act.subject {
      case .result(let id): message.resultId = id
      case .annulment(let id):
        message.resultId = id
        message.isAnnulment = true
      case .mark(let number): message.number = number.value
      case .application(let sequence): message.applicationSequence = sequence
      }
      return message
    }
    self.toldOn = deed.toldOn?.iso ?? ""
    self.lateReason = deed.lateReason
    self.grounds = deed.grounds
    self.papers = deed.papers.map { .init($0) }
    self.application = deed.application.map { application in
      var message = Application()
      message.programme = Int32(application.goal.programme)
      message.organisationId = application.goal.organisation
      message.category = application.category
      message.consentVersion = application.consent
      message.registered = application.registered.map { .init($0) }
      message.caseSequence = application.cites
      return message
    }
    self.recognition = deed.recognition.map { recognition in
      var message = Recognition()
      message.issuer = recognition.issuer
      message.country = recognition.country
      message.training = recognition.training
      message.programme = Int32(recognition.claim.programme)
      message.theoryQuarters = Int32(recognition.claim.hours.theory)
      message.practiceQuarters = Int32(recognition.claim.hours.practice)
      message.number = recognition.number
      message.issuedOn = recognition.issuedOn.iso
      message.translationSeen = recognition.seen.translation
      message.legalisationSeen = recognition.seen.legalisation
      return message
    }
    self.entry = deed.entry.map { Entry($0) }
  }
}

extension BitimJournalV1.CaseReceived.Entry {
  init(_ entry: EntryApplication) {
    self.init()
    (self.addressKk, self.addressRu) = (entry.kk.address, entry.ru.address)
    (self.fieldKk, self.fieldRu) = (entry.kk.field, entry.ru.field)
    (self.languagesKk, self.languagesRu) = (entry.kk.languages, entry.ru.languages)
    self.contact = entry.contact
  }
}

extension EntryApplication {
  init(_ message: BitimJournalV1.CaseReceived.Entry) {
    self.init(
      kk: EntryText(
        address: message.addressKk, field: message.fieldKk, languages: message.languagesKk),
      ru: EntryText(
        address: message.addressRu, field: message.fieldRu, languages: message.languagesRu),
      contact: message.contact)
  }
}

extension Recognition {
  init(_ message: BitimJournalV1.CaseReceived.Recognition) throws {
    self.init(
      issuer: message.issuer, country: message.country, training: message.training,
      claim: Claim(
        programme: Int(message.programme),
        hours: Hours(
          theory: Int(message.theoryQuarters), practice: Int(message.practiceQuarters))),
      number: message.number, issuedOn: try Record.day(message.issuedOn),
      seen: Seen(translation: message.translationSeen, legalisation: message.legalisationSeen))
  }
}

extension Application {
  init(_ message: BitimJournalV1.CaseReceived.Application) throws {
    self.init(
      goal: AppliedFor(
        programme: Int(message.programme), organisation: message.organisationId),
      category: message.category, consent: message.consentVersion,
      registered: try message.registered.map { try PersonRegistered($0) },
      cites: message.caseSequence)
  }
}

extension BitimJournalV1.ApplicationCheck {
  init(_ check: ApplicationCheck) {
    self.init()
    self.matter = .init(check.matter)
    self.paper = .init(check.paper)
  }
}

extension ApplicationCheck {
  init(_ message: BitimJournalV1.ApplicationCheck) throws {
    self.init(
      try Record.word(message.matter), on: try CasePaper(message.paper ?? .init()))
  }
}

extension CaseReceived {
  init(_ message: BitimJournalV1.CaseReceived) throws {
    self.init(
      kind: try Record.word(message.kind), person: message.personId,
      contested: try message.contested.map { act in
        let subject: ContestedAct.Subject =
          if act.number != 0 {
            .mark(try Record.number(act.number))
          } else if act.applicationSequence != 0 {
            .application(act.applicationSequence)
          } else if act.isAnnulment {
            .annulment(act.resultId)
          } else {
            .result(act.resultId)
          }
        return ContestedAct(act.actSequence, subject)
      }, toldOn: try Record.dayIfSaid(message.toldOn), lateReason: message.lateReason,
      grounds: message.grounds, papers: try message.papers.map { try CasePaper($0) },
      application: try message.application.map { try Application($0) },
      recognition: try message.recognition.map { try Recognition($0) },
      entry: message.entry.map { EntryApplication($0) })
  }
}

extension BitimJournalV1.CaseMoved {
  init(_ deed: CaseMoved) {
    self.init()
    self.caseSequence = deed.caseSequence
    self.step = .init(deed.step)
    self.why = deed.why
    self.papers = deed.papers.map { .init($0) }
    self.numbers = deed.certificates.map(\.value)
  }
}

extension CaseMoved {
  init(_ message: BitimJournalV1.CaseMoved) throws {
    self.init(
      case: message.caseSequence, step: try Record.word(message.step), why: message.why,
      papers: try message.papers.map { try CasePaper($0) },
      certificates: try message.numbers.map { try Record.number($0) })
  }
}

extension BitimJournalV1.CaseDecided {
  init(_ deed: CaseDecided) {
    self.init()
    self.caseSequence = deed.caseSequence
    self.outcome = .init(deed.outcome)
    self.reasons = deed.reasons
    self.numbers = deed.certificates.map(\.value)
    self.checks = deed.checks.map { .init($0) }
    self.recognised = deed.recognised.map { recognised in
      var message = Recognised()
      message.enrolmentId = recognised.enrolmentID
      message.theoryQuarters = Int32(recognised.hours.theory)
      message.practiceQuarters = Int32(recognised.hours.practice)
      return message
    }
    self.entryNumber = deed.entry?.value ?? 0
  }
}

extension CaseDecided {
  init(_ message: BitimJournalV1.CaseDecided) throws {
    self.init(
      case: message.caseSequence, outcome: try Record.word(message.outcome),
      reasons: message.reasons,
      certificates: try message.numbers.map { try Record.number($0) },
      checks: try message.checks.map { try ApplicationCheck($0) },
      recognised: message.recognised.map { recognised in
        RecognisedHours(
          enrolmentID: recognised.enrolmentId,
          hours: Hours(
            theory: Int(recognised.theoryQuarters), practice: Int(recognised.practiceQuarters)))
      }, entry: message.entryNumber == 0 ? nil : RegisterNumber(value: message.entryNumber))
  }
}

extension BitimJournalV1.AnnulmentWithdrawn {
  init(_ deed: AnnulmentWithdrawn) {
    self.init()
    self.resultId = deed.resultID
    self.endsSequence = deed.endsSequence
    self.caseSequence = deed.cites
    self.why = deed.why
  }
}

extension AnnulmentWithdrawn {
  init(_ message: BitimJournalV1.AnnulmentWithdrawn) {
    self.init(
      resultID: message.resultId, endsSequence: message.endsSequence, cites: message.caseSequence,
      why: message.why)
  }
}

extension BitimJournalV1.ArbiterAppointed {
  init(_ deed: ArbiterAppointed) {
    self.init()
    self.caseSequence = deed.caseSequence
    self.personId = deed.personID
    self.invitation = .init(deed.letter)
  }
}

extension ArbiterAppointed {
  init(_ message: BitimJournalV1.ArbiterAppointed) throws {
    self.init(
      case: message.caseSequence, personID: message.personId,
      letter: try Invitation(message.invitation ?? .init()))
  }
}
