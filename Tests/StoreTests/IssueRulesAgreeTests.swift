import BitimDomain
import Testing

/// The same random facts, once as values for eligibility and the act and once as rows for the triggers of
/// `certificate`: what the one takes the other takes, and what the one refuses the other refuses.
@Suite("Domain and triggers agree on issue")
struct IssueRulesAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<String> = [
    // The file asked them of the place and of the result; only the act asks them as they stand now (R-703).
    "AGE", "EDUCATION", "NO_BAR", "PREREQUISITE", "HOURS_THEORY", "HOURS_PRACTICE",
    // Which days a class had, and what a name is written in, is no row of a certificate.
    "CENTRE_ENTITLED", "LATIN_NAME",
  ]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["certificate"])
    defer { rows.close() }
    var chance = Chance(seed: 703)
    var drawn: Set<String> = []
    var accepted: [CertificateKind: Int] = [:]
    for number in 0..<800 {
      rows.begin()
      defer { rows.undo() }
      let school = IssueSchool(&chance)
      school.settle(rows)
      switch school.decided() {
      case .success(let certificate):
        accepted[certificate.kind, default: 0] += 1
        #expect(rows.take(certificate, by: school.certifier), "case \(number): \(school)")
      case .failure(let refusal):
        drawn.insert(refusal.code)
        if !Self.toldOnce.contains(refusal.code) {
          let isTaken = rows.take(school.asTold, by: school.certifier)
          #expect(!isTaken, "case \(number): \(refusal.code) \(school)")
        }
      }
    }
    #expect(accepted[.programme, default: 0] > 50)
    #expect(accepted[.school, default: 0] > 10)
    #expect(
      drawn
        == Self.toldOnce.union([
          "ATTESTATION", "PROGRAMME_HELD", "there is one", Reason.decidesHimself.rawValue,
          Reason.decidesOwnTrainee.rawValue, Reason.decidesOwnCandidate.rawValue,
          Reason.notEntitledToIssue.rawValue, Reason.serialsExhausted.rawValue,
        ]))
  }
}

extension RuleRows {
  fileprivate func take(_ certificate: CertificatesIssued.Certificate, by person: Int64) -> Bool {
    self.take(
      certificate.number.value, certificate.kind, certificate.programme, certificate.enrolmentID,
      on: certificate.issuedOn, by: person)
  }

  fileprivate func take(_ told: IssueSchool.Told, by person: Int64) -> Bool {
    self.take(told.number, told.kind, told.programme, told.enrolment, on: told.day, by: person)
  }

  private func take(
    _ number: Int64, _ kind: CertificateKind, _ programme: Int, _ enrolment: Int64,
    on day: CivilDate, by person: Int64
  ) -> Bool {
    self.run(
      """
      INSERT INTO certificate VALUES (\(number), zeroblob(10), 8, '\(kind.rawValue)', \(programme),
        \(enrolment == 0 ? "NULL" : "\(enrolment)"), '\(day.iso)', '\(day.iso)', NULL, \(person), 90)
      """)
  }
}

/// Person 8, enrolled (40) in cohort 4 of programme 1 and examined there in session 11; and elsewhere (41,
/// session 12), where it is long ago.
private struct IssueSchool {
  /// A certificate that was asked for.
  struct Told {
    let number: Int64
    let kind: CertificateKind
    let programme: Int
    let enrolment: Int64
    let day: CivilDate
  }

  /// Why there is none.
  struct Why: Error {
    let code: String
  }

  /// A seat, and when and how it ended.
  private struct Seat {
    let session: Int64
    let person: Int64
    let ended: (sequence: Int64, how: String)?

    /// The result of the session was act 50.
    var examined: Bool { self.ended.map { $0.how == "replaced" && $0.sequence > 50 } ?? true }
  }

  let kind: CertificateKind
  let today: CivilDate
  let certifier: Int64
  private let result: ResultRecord?
  /// The rule that is not met although the pass is there; nil for none.
  private let flaw: String?
  private let seats: [Seat]
  /// The day of the session elsewhere.
  private let elsewhere: CivilDate
  /// Who taught elsewhere, and when last.
  private let taught: (person: Int64, day: CivilDate)
  /// Who taught the trainee here, by hours that stand; nil by hours that ended.
  private let taughtHere: Int64?
  /// A certificate there is: of a programme, of this enrolment or not, and what stands against it.
  private struct There {
    let kind: CertificateKind
    let programme: Int
    var here = false
    /// What the old register says, where it is adopted.
    var attestation = OldAttestation.unknown
    let mark: String?
  }

  private let certificates: [There]
  private let isEntitled: Bool
  private let isEnded: Bool
  private let lastBurned: Int64

  init(_ chance: inout Chance) {
    self.kind = chance.often(2) ? .programme : .school
    self.today = .of(chance.of(["2026-06-01", "2028-02-29"]))
    self.certifier = chance.often(2) ? 9 : chance.of([1, 2, 3, 4, 6, 7, 8])
    self.result =
      chance.often(8)
      ? ResultRecord(
        id: 30, sessionID: 11, enrolmentID: 40, attempt: 1,
        outcome: chance.often(8) ? .passed : .failed, scores: [:], recordedBy: 5,
        confirmedBy: chance.often(8) ? 5 : 0, isAnnulled: !chance.often(8),
        heldOn: .of("2026-03-20"), protocolNumber: "1") : nil
    self.flaw = chance.often(4) ? nil : chance.of(IssueRulesAgreeTests.toldOnce.sorted())
    let ends: [(Int64, String)?] = [
      nil, nil, nil, (40, "replaced"), (60, "replaced"), (60, "in_error"),
    ]
    self.seats = [(11, 1), (11, 2), (12, 3), (12, 4)].map { session, person in
      Seat(session: session, person: person, ended: chance.of(ends))
    }
    let bar = self.today.yearsBefore(2)
    self.elsewhere = bar.plus(chance.of([-1, 0, 1]))
    self.taught = (6, bar.plus(chance.of([-1, 0, 1])))
    self.taughtHere = chance.often(1) ? 7 : nil
    var certificates: [There] = []
    let marks = [nil, nil, "suspended", "revoked"]
    if !chance.often(4) {
      certificates.append(
        There(kind: .programme, programme: 1, here: true, mark: chance.of(marks)))
    }
    for programme in 1...3 where chance.often(3) {
      certificates.append(
        There(
          kind: chance.often(2) ? .programme : .adopted, programme: programme,
          attestation: chance.of([.yes, .yes, .no, .unknown]), mark: chance.of(marks)))
    }
    if !chance.often(6) {
      certificates.append(There(kind: .school, programme: 0, mark: chance.of(marks)))
    }
    self.certificates = certificates
    self.isEntitled = chance.often(8)
    self.isEnded = chance.often(1)
    self.lastBurned = chance.often(30) ? chance.of([0, 500]) : 999_999
  }

  /// Those that are not revoked.
  private var standing: [There] {
    self.certificates.filter { $0.mark != "revoked" }
  }

  private var year: Int { self.today.parts.year }
  /// Those that there are lie in the year 2026, but for the adopted.
  private var lastSerial: Int64 {
    let issued = self.certificates.count { $0.kind != .adopted }
    return max(self.lastBurned, self.year == 2026 ? Int64(issued) : 0)
  }

  private var hands: IssueCertificates.Hands {
    var examined: [Int64: CivilDate] = [:]
    // Nobody examines where no result is recorded.
    for seat in self.seats where seat.examined && (seat.session == 12 || self.result != nil) {
      examined[seat.person] = seat.session == 11 ? .of("2026-03-20") : self.elsewhere
    }
    let here = self.seats.filter { $0.examined && $0.session == 11 && self.result != nil }
    return .init(
      taughtHere: self.taughtHere.map { [$0] } ?? [],
      taught: [self.taught.person: self.taught.day],
      examinedHere: Set(here.map(\.person)), examined: examined)
  }

  /// What is decided.
  func decided() -> Result<CertificatesIssued.Certificate, Why> {
    let isSchool = self.kind == .school
    if isSchool {
      var held: [Int: CertificateNumber] = [:]
      for (index, one) in self.standing.enumerated()
      where one.kind == .programme || one.kind == .adopted && one.attestation == .yes {
        held[one.programme] = CertificateNumber(year: 2026, serial: Int64(index + 1))
      }
      if let missing = Eligibility.school(held: held).first(where: { !$0.isMet }) {
        return .failure(Why(code: missing.rule.rawValue))
      }
    } else if let unmet = self.unmet {
      return .failure(Why(code: unmet))
    }
    // One of a programme, under whatever enrolment (R-703).
    if self.standing.contains(where: {
      isSchool ? $0.kind == .school : $0.kind == .programme && $0.programme == 1
    }) {
      return .failure(Why(code: "there is one"))
    }
    let candidate = IssueCertificates.Candidate(
      personID: 8, kind: self.kind, programme: isSchool ? 0 : 1, enrolmentID: isSchool ? 0 : 40,
      hands: self.hands, validityMonths: 0)
    let facts = IssueCertificates.Facts(
      candidates: [candidate], isEntitled: self.isEntitled, lastSerial: self.lastSerial)
    do throws(Refusals) {
      let grants = try IssueCertificates(
        of: .programme, by: self.certifier, as: [.certifier], on: self.today
      ).decided(facts)
      guard let code = CertificateCode(octets: Array(repeating: 0, count: 10)) else {
        preconditionFailure("no code")
      }
      return .success(grants[0].certificate(code: code, sheet: []))
    } catch {
      return .failure(Why(code: error.all[0].reason.rawValue))
    }
  }

  /// The rule of a programme's certificate that is not met, the pass before all.
  private var unmet: String? {
    let edition = Edition.of(id: 90, [.prerequisite: 3, .ageMin: 25, .higherEducation: 1])
    let bar = Bar(.conviction, days: Period(from: .of("2026-01-01"), until: nil))
    let dossier = Dossier(
      edition: edition, startedOn: .of("2026-01-01"),
      admission: Admission(
        birthDate: .of(self.flaw == "AGE" ? "2001-01-02" : "2001-01-01"),
        education: self.flaw == "EDUCATION" ? .secondary : .higher,
        bars: self.flaw == "NO_BAR" ? [bar] : [],
        held: self.flaw == "PREREQUISITE" ? [] : [Study(3)],
        lives: .sinceLongAgo(self.flaw == "PREREQUISITE" ? [] : [3])),
      hours: Hours(
        theory: self.flaw == "HOURS_THEORY" ? 143 : 144,
        practice: self.flaw == "HOURS_PRACTICE" ? 143 : 144),
      trained: nil, daysNotEntitled: self.flaw == "CENTRE_ENTITLED" ? [.of("2026-02-01")] : [],
      results: self.result.map { [$0] } ?? [], hasLatinName: self.flaw != "LATIN_NAME",
      certificate: nil)
    let unmet = Eligibility.training(dossier).filter { !$0.isMet }.map(\.rule)
    return (unmet.contains(.attestation) ? .attestation : unmet.first)?.rawValue
  }

  /// The certificate as it is asked for, whatever speaks against it.
  var asTold: Told {
    Told(
      number: Int64(self.year) * 1_000_000 + self.lastSerial + 1, kind: self.kind,
      programme: self.kind == .school ? 0 : 1, enrolment: self.kind == .school ? 0 : 40,
      day: self.today)
  }

  func settle(_ rows: RuleRows) {
    rows.put(edition: 90, ["programme": 1])
    rows.put(
      """
      INSERT INTO organisation VALUES (1, 'S', 'school', 'a', 'b', 'c', 'd', 'KAZ', 1),
        (2, 'C', 'centre', 'a', 'b', 'c', 'd', 'KAZ', 1);
      INSERT INTO entitlement VALUES
        (1, 2, 'issue', '2020-01-01', NULL, 'x', 1, NULL, NULL),
        (2, 1, 'train', '2020-01-01', NULL, 'x', 1, NULL, NULL),
        (3, 1, 'issue', '2020-01-01', \(self.isEntitled || self.isEnded ? "NULL" : "'2026-05-31'"), 'x',
          1, \(self.isEntitled || !self.isEnded ? "NULL, NULL" : "2, 'in_error'"));
      INSERT INTO burned_serials VALUES (\(self.year), 1, \(max(1, self.lastBurned)), 0, 1);
      """)
    if self.lastBurned == 0 { rows.put("DELETE FROM burned_serials") }
    for person in 1...9 { rows.put("INSERT INTO person VALUES (\(person), '', 1)") }
    for (cohort, enrolment, session, day) in [
      (4, 40, 11, "2026-03-20"), (5, 41, 12, self.elsewhere.iso),
    ] {
      rows.put(
        """
        INSERT INTO cohort VALUES (\(cohort), 'C\(cohort)', 90, 2, 'kk', 'in_person', '2024-01-01',
          '2026-12-31', 'x', 1);
        \(Enrolled.sql(enrolment, person: 8, cohort: cohort, on: "2024-01-01"))
        INSERT INTO session VALUES (\(session), 'S\(session)', \(cohort), '\(day)', '\(day)', '1', 1,
          NULL, NULL);
        """)
    }
    for seat in self.seats {
      let ended = seat.ended.map { "\($0.sequence), '\($0.how)'" } ?? "NULL, NULL"
      rows.put(
        """
        INSERT INTO commission_seat VALUES (\(seat.session), \(seat.person), 'member', 1, \(ended))
        """)
    }
    self.settleTraining(rows)
    var certificates = ""
    var issued = 0
    for (index, one) in self.certificates.enumerated() {
      let isAdopted = one.kind == .adopted
      if !isAdopted { issued += 1 }
      let number = isAdopted ? 1_000_000_001 + index : 2_026_000_000 + issued
      // Of programme 1 elsewhere: under the other enrolment.
      let enrolment = one.kind != .programme ? "NULL" : one.here ? "40" : "41"
      let code = isAdopted ? "NULL" : "CAST(printf('%10d', \(number)) AS BLOB)"
      certificates += """
        INSERT INTO certificate VALUES (\(number), \(code), 8,
          '\(one.kind.rawValue)', \(one.programme), \(enrolment), '2026-03-21', '2026-03-21', NULL, 7,
          1);
        """
      if isAdopted {
        certificates += """
          INSERT INTO adopted_certificate VALUES (\(number), 1, 2026, 'N\(number)', '', '', '',
            '\(one.attestation.rawValue)');
          """
      }
      guard let mark = one.mark else { continue }
      certificates += """
        INSERT INTO certificate_mark VALUES (\(number), 2, '\(mark)', '2026-03-21', NULL,
          '\(mark == "revoked" ? "fraud" : "court")', '', 7, NULL, NULL, NULL, NULL);
        """
    }
    if !certificates.isEmpty { rows.putUnasked(certificates) }
  }

  private func settleTraining(_ rows: RuleRows) {
    let ended = self.taughtHere == nil ? "9" : "NULL"
    rows.put(
      """
      INSERT INTO taught VALUES (8, \(self.taught.person), '\(self.taught.day.iso)');
      INSERT INTO class VALUES (1, 4, '2024-01-02', 540, 600, 7, 1, NULL);
      INSERT INTO attendance VALUES (40, 1, 4, 0, 1, \(ended));
      INSERT INTO result VALUES (31, 12, 41, 1, 'failed', NULL, NULL, NULL, 5, 0, 50, NULL, 5, 51, NULL,
        NULL, NULL);
      """)
    guard let result = self.result else { return }
    rows.put(
      """
      INSERT INTO result VALUES (30, 11, 40, 1, '\(result.outcome.rawValue)', NULL, NULL, NULL, 5, 0, 50,
        NULL, \(result.isConfirmed ? "5, 51" : "NULL, NULL"),
        \(result.isAnnulled ? "5, 52" : "NULL, NULL"), NULL)
      """)
  }
}

extension [Int: [CertificateLife]] {
  /// Certificates of programmes that were always valid: the database does not ask on which days (R-411).
  static func sinceLongAgo(_ programmes: some Sequence<Int>) -> Self {
    let from = CivilDate.of("1990-01-01")
    let life = CertificateLife(
      issuedOn: from, validity: Period(from: from, until: nil), marks: [])
    return Dictionary(programmes.map { ($0, [life]) }, uniquingKeysWith: { first, _ in first })
  }
}
