import BitimDomain
import Testing

@Suite("The history of somebody or something (R-901)")
struct HistoryTests {
  private static func day(_ iso: String) -> CivilDate {
    CivilDate(iso: iso) ?? CivilDate(dayNumber: 0)
  }

  /// Deeds in the order of their acts, from 1: what is told of each.
  private static func told(_ deeds: [Deed]) -> [[String]] {
    var history = History()
    for (index, deed) in deeds.enumerated() { history.add(Int64(index + 1), deed.telling) }
    #expect(history.entries.map(\.sequence) == deeds.indices.map { Int64($0 + 1) })
    return history.entries.map { $0.lines.map(Self.text) }
  }

  /// `field: before > after`, with what it is of several, the office's marked, and by which act it was an error.
  private static func text(_ line: History.Line) -> String {
    func say(_ value: Told.Value?) -> String {
      switch value {
      case nil: "-"
      case .text(let text): text
      case .subject(.person(let id)): "person \(id)"
      case .subject(.cohort(let id)): "cohort \(id)"
      case .subject(.session(let id)): "session \(id)"
      case .subject(.certificate(let number)): number.text
      case .subject(let subject): "\(subject)"
      case .lesson(let id): "class \(id)"
      case .instant(let instant): "\(instant.unixMilliseconds)"
      }
    }
    let which = line.which.map { " (\(say($0)))" } ?? ""
    let before = line.before.map { "\(say($0)) > " } ?? ""
    let struck = line.struckBy.map { " struck by \($0)" } ?? ""
    let office = line.reach == .office ? "* " : ""
    return "\(office)\(line.field.rawValue)\(which): \(before)\(say(line.after))\(struck)"
  }

  private static func name(_ surname: String) -> Names {
    Names(
      kk: PersonName(surname: surname, given: "Ұлжан", patronymic: ""), ru: nil,
      latin: PersonName(surname: "Utegenova", given: "Ulzhan", patronymic: ""))
  }

  private static let iin = Identifier(
    kind: .iin, number: "900704400011", country: "KAZ", documentType: "")
  private static let person = Person(
    id: 7, names: HistoryTests.name("Өтегенова"), birthDate: HistoryTests.day("1990-07-04"),
    education: .higher, identifiers: [HistoryTests.iin], evidence: "")
  private static let ground = CorrectionGround(
    .typingError, document: "куәлік", number: "12", seenBy: "Әлия Серікова",
    seenOn: HistoryTests.day("2026-02-01"))

  @Test("other names follow those that stood, and a name that stays is not told again")
  func names() {
    #expect(
      Self.told([
        .personRegistered(PersonRegistered(Self.person)),
        .personRenamed(
          PersonRenamed(
            personID: 7, names: Self.name("Сейітова"), reason: "неке",
            from: Self.day("2026-03-03"))),
      ]) == [
        [
          "full_name_kk: Өтегенова Ұлжан", "full_name_latin: Utegenova Ulzhan",
          "* birth_date: 1990-07-04", "* education: higher",
          "* identifier (900704400011): 900704400011",
        ],
        ["full_name_kk: Өтегенова Ұлжан > Сейітова Ұлжан", "from: 2026-03-03", "reason: неке"],
      ])
  }

  @Test(
    "what was never true is struck out where it was told, and told once more by whom it is called so"
  )
  func errors() {
    let bar = Bar(
      .stateFunction, days: Period(from: Self.day("2026-02-01"), until: nil),
      document: "бұйрық")
    let until = Bar(
      .stateFunction,
      days: Period(from: Self.day("2026-02-01"), until: Self.day("2026-02-28")),
      document: "бұйрық")
    #expect(
      Self.told([
        .personRegistered(PersonRegistered(Self.person)),
        .personBarred(PersonBarred(personID: 7, bar: bar)),
        .barEnded(BarEnded(personID: 7, endsSequence: 2, bar: until)),
        .barWithdrawn(BarWithdrawn(personID: 7, endsSequence: 3, reason: "аттас адам")),
        .personCorrected(
          PersonCorrected(
            personID: 7, birthDate: Self.day("1990-07-05"), education: .higher, wasError: true,
            ground: Self.ground)),
        .identifierCorrected(
          IdentifierCorrected(
            personID: 7, wrong: Self.iin, hadEnded: false, right: nil, ground: Self.ground,
            dismissed: [])),
      ]) == [
        [
          "full_name_kk: Өтегенова Ұлжан", "full_name_latin: Utegenova Ulzhan",
          "* birth_date: 1990-07-04 struck by 5", "* education: higher",
          "* identifier (900704400011): 900704400011 struck by 6",
        ],
        ["bar: 2026-02-01 – …", "* kind: state_function", "* document: бұйрық"],
        [
          "bar: 2026-02-01 – … > 2026-02-01 – 2026-02-28 struck by 4", "* kind: state_function",
          "* document: бұйрық",
        ],
        ["bar: 2026-02-01 – 2026-02-28 > -", "* reason: аттас адам"],
        [
          "* birth_date: 1990-07-04 > 1990-07-05", "reason: typing_error", "* document: куәлік",
          "* document: 12", "* seen_by: Әлия Серікова", "* seen_on: 2026-02-01",
        ],
        [
          "* identifier (900704400011): 900704400011 > -", "reason: typing_error",
          "* document: куәлік", "* document: 12", "* seen_by: Әлия Серікова",
          "* seen_on: 2026-02-01",
        ],
      ])
  }

  @Test(
    "hours that are corrected are an error, a class told anew strikes its hours, places follow one another"
  )
  func training() throws {
    func lesson(_ id: Int64, _ start: Int) throws -> ClassRecord {
      ClassRecord(
        id: id, cohortID: 3,
        time: try #require(
          ClassTime(day: Self.day("2026-02-03"), starts: start, ends: start + 90)),
        trainerID: 5)
    }
    func hours(_ theory: Int) -> Hours { Hours(theory: theory, practice: 0) }
    let enrolment = EnrolmentRecord(
      id: 11, cohortID: 3, personID: 7, enrolledOn: Self.day("2026-02-02"))
    #expect(
      Self.told([
        .traineesEnrolled(TraineesEnrolled(enrolments: [enrolment])),
        .hoursRecorded(
          HoursRecorded(
            classes: [try lesson(1, 540)],
            attendances: [.init(classID: 1, enrolmentID: 11, hours: hours(8))])),
        .hoursCorrected(
          HoursCorrected(
            classID: 1, enrolmentID: 11, hours: hours(6), reason: .typingError,
            evidence: "журнал")),
        .classCorrected(
          ClassCorrected(
            classID: 1, trainerID: 5,
            told: HoursRecorded(
              classes: [try lesson(2, 600)],
              attendances: [.init(classID: 2, enrolmentID: 11, hours: hours(6))]),
            reason: .typingError, evidence: "журнал")),
        .traineeTransferred(
          TraineeTransferred(
            enrolmentID: 11, from: 3, to: 4, day: Self.day("2026-02-10"), why: "көшті")),
        .traineeWithdrawn(
          TraineeWithdrawn(
            enrolmentID: 11, lastDay: Self.day("2026-02-12"), reason: .moved, why: "")),
        .traineeReinstated(
          TraineeReinstated(
            enrolmentID: 11, cohortID: 4, from: Self.day("2026-02-14"), why: "оралды")),
        .enrolmentUndone(EnrolmentUndone(enrolmentID: 11, why: "басқа адам")),
      ]) == [
        ["cohort: cohort 3", "enrolled_on: 2026-02-02 struck by 8"],
        ["trainer (class 1): person 5 struck by 4", "hours (class 1): 2 + 0 struck by 3"],
        [
          "hours (class 1): 2 + 0 > 1.5 + 0 struck by 4", "reason: typing_error",
          "evidence: журнал",
        ],
        [
          "trainer (class 1): person 5 > -", "hours (class 1): 1.5 + 0 > -",
          "reason: typing_error", "evidence: журнал", "trainer (class 2): person 5",
          "hours (class 2): 1.5 + 0 struck by 8",
        ],
        ["cohort: cohort 3 > cohort 4 struck by 8", "day: 2026-02-10", "why: көшті"],
        ["last_day: 2026-02-12", "reason: moved"],
        ["last_day: 2026-02-12 > -", "from: 2026-02-14", "why: оралды"],
        [
          "enrolled_on: 2026-02-02 > -", "hours (class 2): 1.5 + 0 > -", "cohort: cohort 4 > -",
          "why: басқа адам",
        ],
      ])
  }

  @Test(
    "a result follows the one that it replaces, corrected marks those that stood, and an annulment may be none"
  )
  func results() {
    func recorded(_ id: Int64, _ test: Int, replaces: Int64) -> Deed {
      .resultsRecorded(
        ResultsRecorded(
          sessionID: 9,
          results: [
            .init(
              id: id, enrolmentID: 11, attempt: 1, outcome: .passed,
              scores: [.test: test, .interview: 90], replacesID: replaces)
          ]))
    }
    #expect(
      Self.told([
        recorded(1, 80, replaces: 0), recorded(2, 81, replaces: 1),
        .resultsConfirmed(ResultsConfirmed(sessionID: 9, resultIDs: [2])),
        .resultCorrected(
          ResultCorrected(resultID: 2, scores: [.test: 82, .interview: 90], why: "қосу қатесі")),
        .resultAnnulled(ResultAnnulled(resultID: 2, reason: "тәртіп бұзылды")),
        .annulmentWithdrawn(
          AnnulmentWithdrawn(resultID: 2, endsSequence: 5, cites: 40, why: "апелляция")),
      ]) == [
        ["outcome: passed", "scores: test 80, interview 90", "attempt: 1"],
        ["scores: test 80, interview 90 > test 81, interview 90"],
        ["confirmed: session 9"],
        ["scores: test 81, interview 90 > test 82, interview 90", "why: қосу қатесі"],
        ["annulled: тәртіп бұзылды struck by 6"],
        ["annulled: тәртіп бұзылды > -", "case: 40", "why: апелляция"],
      ])
  }

  @Test(
    "a suspension that ends earlier follows itself; a revocation that is withdrawn never was; proposals change nothing"
  )
  func marks() throws {
    let number = try #require(CertificateNumber(year: 2026, serial: 417))
    let proposal = Proposed(
      act: .withdrawMark(
        WithdrawMark(
          number, of: 7, mark: 4, for: .wrongCertificate, why: "басқасы туралы")),
      digest: "", lastDay: Self.day("2026-04-14"))
    let withdrawn = MarkWithdrawn(
      number: number, endsSequence: 3, reason: .wrongCertificate, why: "басқасы туралы")
    #expect(
      Self.told([
        .certificateSuspended(
          CertificateSuspended(
            number: number, days: Period(from: Self.day("2026-03-01"), until: nil),
            ground: .investigation, why: "")),
        .certificateReinstated(
          CertificateReinstated(
            number: number, endsSequence: 1, reason: .mended, why: "",
            suspendedFrom: Self.day("2026-03-01"), suspendedUntil: Self.day("2026-03-09"),
            ground: .investigation)),
        .certificateRevoked(
          CertificateRevoked(
            number: number, since: Self.day("2026-04-01"), reason: .misconduct, why: "шағым")),
        .proposed(proposal),
        .approved(Approved(proposal: 4, deed: .markWithdrawn(withdrawn))),
      ]) == [
        ["suspended: 2026-03-01 – …", "ground: investigation"],
        ["suspended: 2026-03-01 – … > 2026-03-01 – 2026-03-09", "reason: mended"],
        ["revoked: 2026-04-01 struck by 5", "reason: misconduct", "why: шағым"],
        ["act: 4", "reason: wrong_certificate", "why: басқасы туралы", "last_day: 2026-04-14"],
        ["revoked: 2026-04-01 > -", "reason: wrong_certificate", "why: басқасы туралы"],
      ])
  }

  @Test("what is proposed says what would be, and nothing of what would not be there")
  func proposed() {
    let act = RenamePerson(7, as: Self.name("Сейітова"), from: nil, for: "неке")
    #expect(
      Self.told([
        .personRegistered(PersonRegistered(Self.person)),
        .proposed(
          Proposed(act: .renamePerson(act), digest: "", lastDay: Self.day("2026-03-17"))),
      ])[1] == [
        "full_name_kk: Сейітова Ұлжан", "full_name_latin: Utegenova Ulzhan", "reason: неке",
        "last_day: 2026-03-17",
      ])
  }

  @Test("an entitlement ends on a day, or never was; a session moves from a day to another")
  func organisations() {
    let granted = Entitlement(
      id: 4, activity: .train, days: Period(from: Self.day("2026-01-01"), until: nil),
      basis: "тізілім № 10")
    func ended(_ day: CivilDate?) -> Deed {
      .entitlementEnded(
        EntitlementEnded(
          organisationID: 2, activity: .train, lastDay: day, basis: "бұйрық",
          ends: [EntitlementEnd(4, remains: nil)]))
    }
    #expect(
      Self.told([
        .entitlementGranted(EntitlementGranted(organisationID: 2, entitlement: granted)),
        ended(Self.day("2026-05-01")), ended(nil),
        .sessionOpened(
          SessionOpened(
            SessionRecord(
              id: 9, code: "S-9", cohortID: 3, heldOn: Self.day("2026-03-20"),
              protocolNumber: "№ 9", seats: [5: .chair, 6: .member], isCancelled: false))),
        .seatChanged(SeatChanged(sessionID: 9, seat: .member, goes: 6, comes: 8, why: "ауырды")),
        .sessionMoved(
          SessionMoved(sessionID: 9, heldOn: Self.day("2026-03-27"), why: "зал бос емес")),
      ]) == [
        ["entitlement (train 4): 2026-01-01 – …", "basis (train 4): тізілім № 10"],
        [
          "entitlement (train 4): 2026-01-01 – … > – 2026-05-01 struck by 3", "activity: train",
          "basis: бұйрық",
        ],
        ["entitlement (train 4): – 2026-05-01 > -", "activity: train", "basis: бұйрық"],
        [
          "cohort: cohort 3", "held_on: 2026-03-20", "protocol: № 9", "seat (person 5): chair",
          "seat (person 6): member",
        ],
        ["seat (person 6): member > -", "seat (person 8): member", "why: ауырды"],
        ["held_on: 2026-03-20 > 2026-03-27", "why: зал бос емес"],
      ])
  }
}
