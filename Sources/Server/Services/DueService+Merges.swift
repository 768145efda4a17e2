import BitimDomain
import BitimProtocol
import BitimStore

/// What merges show of certificates that were issued: for the certifiers to answer.
extension DueService {
  /// Certificates under which separation was broken, one natural person after another; a suspended one is
  /// answered for now.
  static func broken(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try Self.linked(behind: place, limit, state) { lowest, linkedOn in
      var items: [(Int64, BitimV1.DueItem)] = []
      for number in try state.certificates(inHandsOf: lowest) {
        let certificate = try CertificateService.certificate(number, state)
        guard certificate.life.standing(on: caller.today) != .suspended,
          try state.isOpen(certificate.finding(.separationBroken, state), of: number)
        else { continue }
        var item = BitimV1.DueItem(.separationBroken)
        item.since = linkedOn.iso
        item.until = CivilDate(dayNumber: linkedOn.dayNumber + DueKind.answerDays).iso
        item.person = try state.line(certificate.personID, to: caller)
        item.certificate = number.text
        items.append((number.value, item))
      }
      return items
    }
  }

  /// Certificates beside another of the same programme and specialisation, both valid and one natural
  /// person's: all but the first of each.
  static func doubled(
    _ caller: Caller, behind place: Place, _ limit: Int, _ state: borrowing Snapshot
  ) throws -> [Found] {
    try Self.linked(behind: place, limit, state) { lowest, linkedOn in
      let valid = try state.certificates(ofNaturalPerson: lowest).filter {
        // A seminar is attended as often as one likes.
        $0.kind != .attendance && $0.life.standing(on: caller.today) == .valid
      }
      var seen: Set<Study> = []
      var items: [(Int64, BitimV1.DueItem)] = []
      for certificate in valid.sorted(by: { $0.number.value < $1.number.value })
      where !seen.insert(certificate.study).inserted {
        var item = BitimV1.DueItem(.doubleCertificate)
        item.since = linkedOn.iso
        item.person = try state.line(certificate.personID, to: caller)
        item.certificate = certificate.number.text
        items.append((certificate.number.value, item))
      }
      return items
    }
  }

  /// What waits of natural persons with several numbers, in the order of their lowest and of certificates.
  private static func linked(
    behind place: Place, _ limit: Int, _ state: borrowing Snapshot,
    _ items: (Int64, CivilDate) throws -> [(Int64, BitimV1.DueItem)]
  ) throws -> [Found] {
    var found: [Found] = []
    for (lowest, linkedOn) in try state.linkedPersons(from: place.first) {
      for (number, item) in try items(lowest, linkedOn)
      where lowest > place.first || number > place.second {
        found.append(((lowest, number), item))
      }
      if found.count >= limit { break }
    }
    return Array(found.prefix(limit))
  }
}

extension CertificateHands {
  /// Gathers them: each number of everybody.
  init(of certificate: CertificateRecord, _ state: borrowing Snapshot) throws {
    let (person, day) = (certificate.personID, certificate.life.issuedOn)
    let enrolment = certificate.enrolmentID
    let cohort = try state.enrolment(id: enrolment).flatMap { try state.cohort(id: $0.cohortID) }
    self.init(
      holder: person, kind: certificate.kind, decider: try state.decider(of: certificate.number),
      issuedOn: day, pass: try state.results(ofEnrolment: enrolment).pass,
      barMonths: try cohort.map { try state.edition(of: $0)[.taughtBarMonths].value } ?? 0,
      hands: .init(
        taughtHere: try state.trainers(ofEnrolment: enrolment),
        taught: try state.lastTaught(person: person, until: day),
        examinedHere: try state.examiners(ofEnrolment: enrolment),
        examined: try state.lastExamined(person: person, until: day)))
  }
}
