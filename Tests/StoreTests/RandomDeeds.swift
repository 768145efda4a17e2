import BitimDomain

/// Deeds of every kind with values drawn by chance, the same for the same seed; as deeds they mean nothing.
struct RandomDeeds {
  private var state: UInt64

  init(seed: UInt64) { self.state = seed }

  /// A deed of each kind, in the order of the schema.
  mutating func ofEachKind() -> [Deed] {
    [
      .organisationsRegistered(.init(self.some { $0.organisation() })),
      .personRegistered(.init(self.person(), dismissed: self.some { $0.double() })),
      .personRenamed(
        .init(
          personID: self.id(), names: self.names(), reason: self.text(),
          from: self.maybe { $0.day() })),
      .personBarred(.init(personID: self.id(), bar: self.bar())),
      .roleGranted(
        .init(personID: self.id(), role: self.word(), organisationID: self.id())),
      .roleWithdrawn(
        .init(
          personID: self.id(), role: self.word(), organisationID: self.id(),
          tokenIDs: self.some { $0.id() })),
      .tokenCreated(
        .init(
          id: self.id(), personID: self.id(), organisationID: self.id(), hash: self.octets(32),
          name: self.text(), roles: self.some { $0.word() }, expiresAt: self.instant(),
          sessionID: self.id())),
      .tokenRevoked(.init(id: self.id())),
      .cohortOpened(.init(self.cohort())),
      .trainerAssigned(
        .init(cohortID: self.id(), personID: self.id(), evidence: self.text())),
      .traineesEnrolled(
        .init(
          people: self.some { $0.person() },
          enrolments: self.some { some in
            EnrolmentRecord(
              id: some.id(), cohortID: some.id(), personID: some.id(), enrolledOn: some.day())
          }, dismissed: self.some { $0.double() },
          waiting: self.some { some in
            WaitingRecord(cohortID: some.id(), personID: some.id(), since: some.day())
          })),
      .hoursRecorded(self.hours()),
      .sessionOpened(.init(self.session())),
      .resultsRecorded(
        .init(
          sessionID: self.id(),
          results: self.some { some in
            let scores = some.scores()
            return .init(
              id: some.id(), enrolmentID: some.id(), attempt: some.number(4),
              outcome: some.word(), scores: scores,
              marks: Component.allCases.filter { scores[$0] != nil }.map {
                .init($0, by: some.id(), some.number(101))
              }, replacesID: some.id(), why: some.text())
          })),
      .candidateAdmitted(.init(sessionID: self.id(), enrolmentID: self.id())),
      .interestDeclared(
        .init(
          sessionID: self.id(), member: self.id(),
          interests: self.some { .init(in: $0.id(), $0.word()) }, withdrawn: self.some { $0.id() })),
      .resultsReviewed(.init(sessionID: self.id(), resultIDs: self.some { $0.id() })),
      .resultsConfirmed(.init(sessionID: self.id(), resultIDs: self.some { $0.id() })),
      .resultAnnulled(
        .init(resultID: self.id(), reason: self.text(), cites: self.id())),
      .certificatesIssued(.init(self.some { $0.certificate() })),
      .certificateRevoked(
        .init(
          number: self.certificateNumber(), since: self.day(), reason: self.word(),
          why: self.text(), cites: self.id())),
      .actRefused(
        .init(
          method: self.text(),
          findings: self.some { some in
            .init(
              reason: some.text(), column: some.text(), value: some.text(),
              arguments: ["day": some.text(), "limit": some.text()], count: some.number(2_000))
          }, personIDs: self.some { $0.id() },
          requestDigest: Array(self.text().utf8))),
      .recordsRestored(
        .init(
          lastSequence: self.id(), restoredTo: self.instant(),
          burned: self.some { some in
            let first = some.id() + 1
            return .init(year: 2_000 + some.number(100), serials: first...first + some.id())
          })),
      .readsCounted(
        .init(
          numbers: 8...8 + self.id(), count: self.id(), digest: Array(self.text().utf8),
          forgotten: self.id())),
      .certificateSuspended(
        .init(
          number: self.certificateNumber(), days: self.days(), ground: self.word(),
          why: self.text(), cites: self.id())),
      .certificateReinstated(
        .init(
          number: self.certificateNumber(), endsSequence: self.id(), reason: self.word(),
          why: self.text(), suspendedFrom: self.day(), suspendedUntil: self.day(),
          ground: self.word())),
      .barEnded(
        .init(
          personID: self.id(), endsSequence: self.id(), bar: self.bar())),
      .barWithdrawn(.init(personID: self.id(), endsSequence: self.id(), reason: self.text())),
      .proposed(
        .init(act: self.proposedAct(), digest: self.text(), lastDay: self.day())),
      .approved(
        .init(
          proposal: self.id(),
          deed: .barWithdrawn(
            .init(personID: self.id(), endsSequence: self.id(), reason: self.text())))),
      .proposalEnded(.init(proposal: self.id(), how: self.word(), reason: self.text())),
      .traineeWithdrawn(
        .init(
          enrolmentID: self.id(), lastDay: self.day(), reason: self.word(), why: self.text())),
      .traineeReinstated(
        .init(
          enrolmentID: self.id(), cohortID: self.id(), from: self.day(), why: self.text())),
      .traineeTransferred(
        .init(
          enrolmentID: self.id(), from: self.id(), to: self.id(), day: self.day(),
          why: self.text())),
      .cohortAmended(
        .init(
          cohortID: self.id(), startsOn: self.day(), endsOn: self.day(), form: self.word(),
          place: self.text(), why: self.text())),
      .cohortCancelled(
        .init(
          cohortID: self.id(), enrolmentIDs: self.some { $0.id() }, lastDay: self.day(),
          why: self.text())),
      .enrolmentUndone(.init(enrolmentID: self.id(), why: self.text())),
      .seatChanged(
        .init(
          sessionID: self.id(), seat: self.word(), goes: self.id(), comes: self.id(),
          invitation: self.maybe { $0.invitation() }, why: self.text())),
      .sessionMoved(.init(sessionID: self.id(), heldOn: self.day(), why: self.text())),
      .sessionCancelled(.init(sessionID: self.id(), why: self.text())),
      .hoursCorrected(
        .init(
          classID: self.id(), enrolmentID: self.id(),
          hours: Hours(theory: self.number(41), practice: self.number(41)), reason: self.word(),
          evidence: self.text())),
      .classCorrected(
        .init(
          classID: self.id(), trainerID: self.id(), told: self.hours(), reason: self.word(),
          evidence: self.text())),
      .classCancelled(
        .init(
          classID: self.id(), trainerID: self.id(), enrolmentIDs: self.some { $0.id() },
          reason: self.word(), evidence: self.text())),
      .markWithdrawn(
        .init(
          number: self.certificateNumber(), endsSequence: self.id(), reason: self.word(),
          why: self.text(),
          revokes: self.maybe { some in
            .init(
              number: some.certificateNumber(), since: some.day(), reason: some.word(),
              why: some.text())
          }, cites: self.id())),
      .doubleDismissed(self.double()),
      .identifierAdded(
        .init(
          personID: self.id(), identifier: self.identifier(), ground: self.ground(),
          dismissed: self.some { $0.double() })),
      .identifierEnded(
        .init(
          personID: self.id(), identifier: self.identifier(), lastDay: self.day(),
          ground: self.ground())),
      .identifierCorrected(
        .init(
          personID: self.id(), wrong: self.identifier(), hadEnded: self.number(2) == 0,
          right: self.maybe { $0.identifier() },
          ground: self.ground(), dismissed: self.some { $0.double() })),
      .personCorrected(
        .init(
          personID: self.id(), birthDate: self.day(), education: self.maybe { $0.word() },
          wasError: self.number(2) == 0, ground: self.ground())),
      .certificatesAdopted(
        .init(
          issuerID: self.id(), people: self.some { $0.person() },
          dismissed: self.some { $0.double() },
          certificates: self.some { some in
            .init(
              number: some.certificateNumber(), personID: some.id(), entry: some.oldEntry(),
              sheet: some.octets(some.number(20)))
          })),
      .certificateReplaced(
        .init(
          number: self.certificateNumber(), reason: self.word(), since: self.day(),
          evidence: self.text(), certificate: self.certificate())),
      .duplicateMade(
        .init(
          number: self.certificateNumber(), copy: self.number(9), reason: self.word(),
          statedOn: self.day(), madeOn: self.day())),
      .resultCorrected(
        .init(
          resultID: self.id(), scores: [.test: self.number(101)],
          marks: [.init(.test, by: self.id(), self.number(101))], why: self.text())),
      .cohortRepinned(.init(cohortID: self.id(), editionID: self.id(), why: self.text())),
      .specialisationDefined(.init(self.specialisation())),
      .absenceExcused(
        .init(
          resultID: self.id(), paper: self.text(), datedOn: self.day(), receivedOn: self.day())),
      .certificateRefused(.init(resultID: self.id(), refusedOn: self.day(), why: self.text())),
      .refusalWithdrawn(
        .init(
          resultID: self.id(), endsSequence: self.id(), reason: self.word(), why: self.text())),
      .editionAdopted(.init(self.edition())),
      .editionClosed(.init(edition: self.id(), lastDay: self.day())),
      .caseReceived(
        .init(
          kind: self.word(), person: self.id(), contested: self.some { $0.contested() },
          toldOn: self.maybe { $0.day() }, lateReason: self.text(),
          grounds: self.some { $0.text() }, papers: self.some { $0.paper() },
          application: self.maybe { $0.application() },
          recognition: self.maybe { $0.recognition() },
          entry: self.maybe {
            EntryApplication(kk: $0.entryText(), ru: $0.entryText(), contact: $0.text())
          })),
      .caseMoved(
        .init(
          case: self.id(), step: self.word(), why: self.text(), papers: self.some { $0.paper() },
          certificates: self.some { $0.certificateNumber() })),
      .caseDecided(
        .init(
          case: self.id(), outcome: self.word(), reasons: self.some { $0.text() },
          certificates: self.some { $0.certificateNumber() },
          checks: self.some { .init($0.word(), on: $0.paper()) },
          recognised: self.maybe { .init(enrolmentID: $0.id(), hours: $0.quarters()) },
          entry: self.maybe { RegisterNumber(year: 2026, serial: $0.id() + 1) })),
      .annulmentWithdrawn(
        .init(resultID: self.id(), endsSequence: self.id(), cites: self.id(), why: self.text())),
      .certificateLetStand(
        .init(
          number: self.certificateNumber(), doubt: self.word(), found: self.text(),
          why: self.text())),
      .arbiterAppointed(
        .init(case: self.id(), personID: self.id(), letter: self.invitation())),
      .peopleMerged(.init(personID: self.id(), otherID: self.id(), document: self.text())),
      .peopleSplit(
        .init(
          personID: self.id(), otherID: self.id(), endsSequence: self.id(), how: self.word(),
          document: self.text())),
      .entitlementGranted(
        .init(organisationID: self.id(), entitlement: self.entitlement())),
      .entitlementEnded(
        .init(
          organisationID: self.id(), activity: self.word(), lastDay: self.maybe { $0.day() },
          basis: self.text(), ends: self.some { $0.entitlementEnd() })),
      .entitlementSuspended(
        .init(organisationID: self.id(), suspension: self.entitlement())),
      .entitlementResumed(
        .init(
          organisationID: self.id(), activity: self.word(), lastDay: self.maybe { $0.day() },
          basis: self.text(), ends: self.some { $0.entitlementEnd() })),
      .trainerUnassigned(
        .init(cohortID: self.id(), personID: self.id(), lastDay: self.day(), why: self.text())),
      .trainerReplaced(
        .init(
          cohortID: self.id(), goes: self.id(), comes: self.id(), from: self.day(),
          evidence: self.text(), why: self.text())),
      .waitingEnded(.init(cohortID: self.id(), personID: self.id(), why: self.text())),
      .keyCertified(.init(key: self.key())),
      .keyRetired(
        .init(
          publicKey: self.octets(32), retirement: self.retirement(),
          ends: self.maybe { Int64($0.number(900) + 1) })),
      .settingChanged(.init(change: self.settingChange())),
      .reportFiled(
        .init(
          year: 2000 + self.number(100), asOf: self.day(), size: self.id(),
          definitions: self.number(9),
          rows: self.some {
            YearReport.Row(
              .init(programme: $0.number(4), organisationID: $0.id()),
              [$0.word(): $0.number(1_000)])
          })),
      .agreementAdopted(.init(agreement: self.agreement())),
      .agreementEnded(
        .init(
          organisationID: self.id(), ends: Int64(self.number(900) + 1), lastDay: self.day())),
      .entrySuspended(
        .init(
          RegisterNumber(value: self.id()), of: self.id(),
          days: Period(from: self.day(), until: self.maybe { $0.day() }), why: self.text(),
          cites: self.id())),
      .entryExcluded(
        .init(
          RegisterNumber(value: self.id()), of: self.id(), from: self.day(), ground: self.word(),
          why: self.text())),
      .entryCorrected(
        .init(
          RegisterNumber(value: self.id()), of: self.id(),
          published: EntryApplication(
            kk: self.entryText(), ru: self.entryText(), contact: self.text()),
          why: self.text())),
      .learningRecorded(
        .init(
          of: self.id(),
          Learning(
            on: self.day(), self.word(),
            self.number(2) == 0
              ? .quarters(self.number(900) + 1) : .points(self.number(900) + 1),
            isRelevant: self.number(2) == 0, provider: self.text(), evidence: self.text()))),
      .learningChecked(.init(of: self.id(), sequence: self.id())),
      .learningEnded(.init(of: self.id(), endsSequence: self.id(), why: self.text())),
      .practiceRecorded(
        .init(
          of: self.id(),
          Practice(
            year: 2_011 + self.number(90), self.word(), cases: self.number(900),
            settled: self.number(900)),
          endsSequence: self.maybe { Int64($0.number(900) + 1) })),
      .personDied(.init(personID: self.id(), death: .init(on: self.day(), document: self.text()))),
      .deathWithdrawn(.init(personID: self.id(), endsSequence: self.id(), reason: self.text())),
      .organisationChanged(
        .init(
          organisationID: self.id(),
          names: .init(
            from: self.day(), name: .init(kk: self.text(), ru: self.text(), en: self.text()),
            region: self.text(), document: self.text()))),
    ]
  }

  // SplitMix64, in the public domain (Sebastiano Vigna).
  private mutating func next() -> UInt64 {
    self.state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = self.state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private mutating func number(_ below: Int) -> Int { Int(self.next() % UInt64(below)) }

  /// Often 0, which a message leaves out.
  mutating func id() -> Int64 {
    self.number(4) == 0 ? 0 : Int64(self.next() >> UInt64(20 + self.number(43)))
  }

  private mutating func some<Value>(_ make: (inout RandomDeeds) -> Value) -> [Value] {
    (0..<self.number(4)).map { _ in make(&self) }
  }

  private mutating func maybe<Value>(_ make: (inout RandomDeeds) -> Value) -> Value? {
    self.number(3) == 0 ? nil : make(&self)
  }

  private mutating func specialisation() -> Specialisation {
    .init(
      id: self.id(), code: self.text(),
      name: Trilingual(kk: self.text(), ru: self.text(), en: self.text()), inForce: self.days())
  }

  private mutating func bar() -> Bar {
    Bar(self.word(), days: self.days(), document: self.text())
  }

  private mutating func proposedAct() -> ProposedAct {
    switch self.number(29) {
    case 28: .defineSpecialisation(.init(self.specialisation()))
    case 26: .repinCohort(.init(self.id(), to: self.id(), for: self.text()))
    case 23: .changeSetting(.init(self.settingChange()))
    case 24: .adoptAgreement(.init(self.agreement()))
    case 25: .withdrawDeath(.init(self.id(), for: self.text()))
    case 27:
      .decideRecognition(
        .init(
          self.id(), of: self.id(), self.word(), reasons: self.some { $0.text() },
          part: self.maybe { .init(cohort: $0.id() + 1, hours: $0.quarters()) }))
    case 21: .certifyKey(.init(self.key()))
    case 22: .retireKey(.init(self.octets(32), self.retirement()))
    case 20:
      .reinstateCertificate(
        .init(
          self.certificateNumber(), of: self.id(), for: self.word(), from: self.day(),
          why: self.text()))
    case 3: .addIdentifier(.init(self.id(), self.claim(), for: self.ground()))
    case 4:
      .endIdentifier(
        .init(self.id(), self.identifier(), lastDay: self.day(), for: self.ground()))
    case 5:
      .correctIdentifier(
        .init(
          self.id(), self.identifier(), to: self.maybe { $0.claim() }, for: self.ground()))
    case 6:
      .correctPerson(
        .init(
          self.id(), birthDate: self.maybe { $0.day() }, education: self.maybe { $0.word() },
          for: self.ground()))
    case 0:
      .renamePerson(
        .init(
          self.id(), as: self.names(), from: self.maybe { $0.day() }, for: self.text()))
    case 1: .withdrawBar(.init(self.id(), bar: self.id(), for: self.text()))
    case 10:
      .replaceCertificate(
        .init(
          self.certificateNumber(), of: self.id(), for: self.word(), evidence: self.text()))
    case 12:
      .transferTrainee(
        .init(self.id(), from: self.id(), to: self.id(), on: self.day(), for: self.text()))
    case 14:
      .correctResult(
        .init(
          of: self.id(), in: self.id(), result: self.id(), to: [.interview: self.number(101)],
          why: self.text()))
    case 13:
      .withdrawRefusal(
        .init(
          self.id(), of: self.number(4), on: self.id(), refusal: self.id(), for: self.word(),
          why: self.text()))
    case 15:
      .withdrawAnnulment(
        .init(
          self.id(), of: self.id(), annulledBy: self.id(), cites: self.id(), why: self.text()))
    case 19:
      .letStand(
        .init(
          self.certificateNumber(), of: self.id(), despite: self.word(), why: self.text()))
    case 16: .mergePeople(.init(self.id(), self.id(), document: self.text()))
    case 17: .splitPeople(.init(self.id(), self.id(), self.word(), document: self.text()))
    case 7: .adoptCertificates(.init(self.some { $0.adoptionRow() }))
    case 8: .adoptEdition(.init(self.edition()))
    case 9: .closeEdition(.init(self.id(), lastDay: self.day()))
    case 18:
      .changeEntitlement(
        .init(
          self.word(), of: self.id(), to: self.word(), day: self.day(),
          until: self.maybe { $0.day() }, basis: self.text()))
    case 11:
      .correctHours(
        .init(
          of: self.id(), in: self.id(), heldOn: self.day(), starts: self.number(1440),
          hours: Hours(theory: self.number(40), practice: self.number(40)), for: self.word(),
          evidence: self.text()))
    default:
      .withdrawMark(
        .init(
          self.certificateNumber(), of: self.id(), mark: self.id(), for: self.word(),
          why: self.text(), cites: self.id()))
    }
  }

  private mutating func contested() -> ContestedAct {
    switch self.number(3) {
    case 0: ContestedAct(self.id(), .result(self.id()))
    case 1: ContestedAct(self.id(), .annulment(self.id()))
    default: ContestedAct(self.id(), .mark(self.certificateNumber()))
    }
  }

  private mutating func paper() -> CasePaper {
    CasePaper(
      document: self.text(), number: self.text(), datedOn: self.maybe { $0.day() },
      seenBy: self.text(), seenOn: self.day(), matter: self.maybe { $0.word() },
      result: self.text())
  }

  private mutating func entryText() -> EntryText {
    EntryText(address: self.text(), field: self.text(), languages: self.text())
  }

  private mutating func oldEntry() -> OldEntry {
    OldEntry(
      ownNumber: self.text(), book: self.text(), page: self.text(), issuedOn: self.day(),
      programme: self.number(4), attestation: self.word())
  }

  private mutating func adoptionRow() -> AdoptCertificates.Row {
    .init(
      line: self.number(900), holder: self.person(), entry: self.oldEntry(),
      distinct: Distinct(
        people: Set(self.some { $0.id() }), lines: Set(self.some { $0.number(900) }),
        evidence: self.text()))
  }

  private mutating func text() -> String {
    let texts = ["", "Әйгерім", "№ 12", "Ö", "қаулы 7-б", "x", "\u{1F393}", "а\u{301}"]
    return texts[self.number(texts.count)]
  }

  private mutating func octets(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: self.next()) }
  }

  private mutating func word<Word: Noun>() -> Word where Word.AllCases == [Word] {
    Word.allCases[self.number(Word.allCases.count)]
  }

  mutating func day() -> CivilDate { CivilDate(dayNumber: 10_000 + self.number(20_000)) }

  private mutating func days() -> Period {
    Period(from: self.day(), until: self.maybe { $0.day() })
  }

  mutating func instant() -> Instant {
    Instant(unixMilliseconds: Int64(self.number(2_000_000_000_000)))
  }

  private mutating func name() -> PersonName {
    PersonName(surname: self.text(), given: self.text(), patronymic: self.text())
  }

  private mutating func names() -> Names {
    Names(
      kk: self.maybe { $0.name() }, ru: self.maybe { $0.name() }, latin: self.maybe { $0.name() })
  }

  private mutating func person() -> Person {
    Person(
      id: self.id(), names: self.names(), birthDate: self.day(),
      education: self.maybe { $0.word() },
      identifiers: self.some { $0.identifier() }, evidence: self.text())
  }

  private mutating func identifier() -> Identifier {
    Identifier(
      kind: self.word(), number: self.text(), country: self.text(), documentType: self.text())
  }

  private mutating func claim() -> IdentifierClaim {
    IdentifierClaim(
      self.identifier(),
      distinct: Distinct(people: Set(self.some { $0.id() }), evidence: self.text()))
  }

  private mutating func ground() -> CorrectionGround {
    CorrectionGround(
      self.word(), document: self.text(), number: self.text(), seenBy: self.text(),
      seenOn: self.day())
  }

  private mutating func double() -> DismissedDouble {
    DismissedDouble(personID: self.id(), otherID: self.id(), evidence: self.text())
  }

  private mutating func organisation() -> Organisation {
    Organisation(
      id: self.id(), code: self.text(), kind: self.word(),
      name: Trilingual(kk: self.text(), ru: self.text(), en: self.text()), region: self.text(),
      country: self.text(),
      entitlements: self.some { $0.entitlement() })
  }

  private mutating func entitlement() -> Entitlement {
    Entitlement(id: self.id(), activity: self.word(), days: self.days(), basis: self.text())
  }

  private mutating func key() -> SigningKey {
    SigningKey(
      name: self.text(), publicKey: self.octets(32), use: self.word(), from: self.day(),
      kept: self.text())
  }

  private mutating func retirement() -> KeyRetirement {
    KeyRetirement(
      lastDay: self.day(), ground: self.word(), believedSize: self.maybe { Int64($0.number(900)) })
  }

  private mutating func application() -> Application {
    Application(
      goal: AppliedFor(programme: self.number(4), organisation: self.id()), category: self.text(),
      consent: self.text(),
      registered: self.maybe {
        PersonRegistered($0.person(), dismissed: $0.some { $0.double() })
      }, cites: self.id())
  }

  private mutating func quarters() -> Hours {
    Hours(theory: self.number(300), practice: self.number(300))
  }

  private mutating func recognition() -> Recognition {
    Recognition(
      issuer: self.text(), country: self.text(), training: self.text(),
      claim: .init(programme: self.number(4), hours: self.quarters()), number: self.text(),
      issuedOn: self.day(),
      seen: .init(translation: self.number(2) == 0, legalisation: self.number(2) == 0))
  }

  private mutating func settingChange() -> SettingChange {
    SettingChange(name: self.word(), setting: self.setting(), from: self.day(), why: self.text())
  }

  private mutating func agreement() -> Agreement {
    Agreement(
      organisation: self.id(), number: self.text(), signedOn: self.day(), from: self.day(),
      until: self.day(), country: self.text(), purpose: self.text(), transferGround: self.text(),
      scope: self.some { $0.word() }, callsPerDay: Int64(self.number(900) + 1))
  }

  private mutating func entitlementEnd() -> EntitlementEnd {
    EntitlementEnd(self.id(), remains: self.maybe { Int64($0.number(900) + 1) })
  }

  private mutating func cohort() -> CohortRecord {
    CohortRecord(
      id: self.id(), code: self.text(), editionID: self.id(), organisationID: self.id(),
      language: self.word(), form: self.word(), startsOn: self.day(), endsOn: self.day(),
      place: self.text())
  }

  private mutating func setting() -> Edition.Setting {
    Edition.Setting(self.number(200), self.word(), article: self.text())
  }

  private mutating func edition() -> Edition {
    var settings: [EditionValue: Edition.Setting] = [:]
    for value in EditionValue.allCases { settings[value] = self.setting() }
    guard
      let edition = Edition(
        id: self.id(), code: self.text(), programme: self.number(5),
        isDefault: self.number(2) == 1, validity: self.days(), settings: settings,
        components: self.some { .init(component: $0.word(), passMark: $0.setting()) },
        legalBasis: Trilingual(kk: self.text(), ru: self.text(), en: self.text()),
        name: self.maybe { Trilingual(kk: $0.text(), ru: $0.text(), en: $0.text()) })
    else { preconditionFailure("all values are there") }
    return edition
  }

  private mutating func hours() -> HoursRecorded {
    .init(
      classes: self.some { $0.held() },
      attendances: self.some { some in
        .init(
          classID: some.id(), enrolmentID: some.id(),
          hours: Hours(theory: some.number(41), practice: some.number(41)))
      })
  }

  private mutating func held() -> ClassRecord {
    let starts = self.number(1_400)
    guard let time = ClassTime(day: self.day(), starts: starts, ends: starts + 1 + self.number(40))
    else { preconditionFailure("a class of at least a minute within one day") }
    let missed = self.id()
    return ClassRecord(
      id: self.id(), cohortID: self.id(), time: time, trainerID: self.id(),
      makesUp: missed == 0 ? nil : missed)
  }

  private mutating func session() -> SessionRecord {
    var seats: [Int64: Seat] = [:]
    for _ in 0..<self.number(5) { seats[self.id()] = self.word() }
    return SessionRecord(
      id: self.id(), code: self.text(), cohortID: self.id(), heldOn: self.day(),
      protocolNumber: self.text(), seats: seats,
      invitations: seats.compactMapValues { _ in self.maybe { $0.invitation() } })
  }

  private mutating func invitation() -> Invitation {
    Invitation(document: self.text(), datedOn: self.day(), organisation: self.text())
  }

  private mutating func scores() -> Scores {
    var scores: Scores = [:]
    for component in Component.allCases { scores[component] = self.maybe { $0.number(101) } }
    return scores
  }

  private mutating func certificateNumber() -> CertificateNumber {
    let year = 2_000 + self.number(8_000)
    guard let number = CertificateNumber(year: year, serial: Int64(1 + self.number(999_999)))
    else { preconditionFailure("a serial of a year") }
    return number
  }

  private mutating func certificate() -> CertificatesIssued.Certificate {
    guard let code = CertificateCode(octets: self.octets(10)) else {
      preconditionFailure("ten octets")
    }
    return .init(
      number: self.certificateNumber(), code: code, personID: self.id(), kind: self.word(),
      programme: self.number(4), enrolmentID: self.id(), issuedOn: self.day(),
      validity: self.days(), sheet: self.octets(self.number(20)))
  }
}
