/// What deeds on attestations and certificates tell.
extension Scores {
  /// The points of each part; nil where there are none.
  var telling: Told.Value? {
    let parts = Component.allCases.compactMap { part in
      self[part].map { "\(part.rawValue) \($0)" }
    }
    return parts.isEmpty ? nil : .text(parts.joined(separator: ", "))
  }
}

extension [MemberMark] {
  /// What each member gave.
  func telling(of subject: Subject) -> [Told?] {
    self.map { mark in
      .fact(
        .marks, .text("\(mark.component.rawValue) \(mark.points)"), of: subject,
        which: .person(mark.member))
    }
  }
}

extension Invitation {
  var telling: Told? {
    .said(.letter, .text("\(self.document), \(self.datedOn.iso), \(self.organisation)"))
  }
}

extension SessionOpened {
  var telling: [Told] {
    let session = Subject.session(self.session.id)
    let seats: [Told?] = self.session.seats.sorted { $0.key < $1.key }.map { person, seat in
      .fact(.seat, .word(seat), of: session, which: .person(person))
    }
    let letters = self.session.invitations.sorted { $0.key < $1.key }.map(\.value.telling)
    let rest: [Told?] = [
      .said(.cohort, .cohort(self.session.cohortID), of: session),
      .fact(.heldOn, .day(self.session.heldOn), of: session),
      .said(.protocol, .text(self.session.protocolNumber), of: session),
    ]
    return (rest + seats + letters).compactMap(\.self)
  }
}

extension SeatChanged {
  var telling: [Told] {
    let session = Subject.session(self.sessionID)
    let pieces: [Told?] = [
      .fact(.seat, nil, of: session, which: .person(self.goes)),
      .fact(.seat, .word(self.seat), of: session, which: .person(self.comes)),
      self.invitation?.telling, .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension SessionMoved {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.heldOn, .day(self.heldOn), of: .session(self.sessionID)),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension SessionCancelled {
  var telling: [Told] {
    let pieces: [Told?] = [
      .fact(.heldOn, nil, of: .session(self.sessionID)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension ResultsRecorded {
  var telling: [Told] { self.results.flatMap(\.telling) }
}

extension ResultsRecorded.Result {
  fileprivate var telling: [Told] {
    let result = Subject.result(self.id)
    let replaced = self.replacesID == 0 ? nil : Subject.result(self.replacesID)
    let pieces: [Told?] = [
      .fact(.outcome, .word(self.outcome), of: result, follows: replaced),
      .fact(.scores, self.scores.telling, of: result, follows: replaced),
      .fact(.attempt, .number(self.attempt), of: result, follows: replaced),
      .said(.why, .text(self.why), of: result),
    ]
    return (pieces + self.marks.telling(of: result)).compactMap(\.self)
  }
}

extension ResultsReviewed {
  var telling: [Told] {
    let results: [Told?] = self.resultIDs.map {
      .said(.reviewed, .subject(.session(self.sessionID)), of: .result($0))
    }
    return results.compactMap(\.self)
  }
}

extension CandidateAdmitted {
  var telling: [Told] {
    [.said(.admitted, .subject(.session(self.sessionID)), of: .enrolment(self.enrolmentID))]
      .compactMap(\.self)
  }
}

extension InterestDeclared {
  var telling: [Told] {
    let session = Subject.session(self.sessionID)
    let declared: [Told?] =
      self.interests.isEmpty
      ? [.said(.interest, .subject(.person(self.member)), of: session)]
      : self.interests.map { .said(.interest, .word($0.kind), of: .person($0.candidate)) }
    let withdrawn: [Told?] = self.withdrawn.map { .fact(.outcome, nil, of: .result($0)) }
    return ([.said(.seat, .subject(.person(self.member)), of: session)] + declared + withdrawn)
      .compactMap(\.self)
  }
}

extension ResultsConfirmed {
  var telling: [Told] {
    self.resultIDs.map {
      .fact(.confirmed, .subject(.session(self.sessionID)), of: .result($0))
    }
  }
}

extension ResultAnnulled {
  var telling: [Told] {
    let result = Subject.result(self.resultID)
    let pieces: [Told?] = [
      .made(.annulled, .text(self.reason), of: result), .said(.case, .act(self.cites)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension AnnulmentWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] = [
      .takesBack(self.endsSequence, of: .result(self.resultID)),
      .said(.case, .act(self.cites)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension ResultCorrected {
  var telling: [Told] {
    let result = Subject.result(self.resultID)
    let pieces: [Told?] = [
      self.scores.telling.map { .fact(.scores, $0, of: result) }, .said(.why, .text(self.why)),
    ]
    return (pieces + self.marks.telling(of: result)).compactMap(\.self)
  }
}

extension AbsenceExcused {
  var telling: [Told] {
    let result = Subject.result(self.resultID)
    let pieces: [Told?] = [
      .fact(.attempt, .number(0), of: result), .said(.paper, .text(self.paper), of: result),
      .said(.datedOn, .day(self.datedOn), of: result),
      .said(.receivedOn, .day(self.receivedOn), of: result),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CertificatesIssued {
  var telling: [Told] { self.certificates.flatMap(\.telling) }
}

extension CertificatesIssued.Certificate {
  fileprivate var telling: [Told] {
    let certificate = Subject.certificate(self.number)
    let pieces: [Told?] = [
      .fact(.certificate, .word(self.kind), of: certificate),
      .said(
        .programme, (1...3).contains(self.programme) ? .number(self.programme) : nil,
        of: certificate),
      .fact(.issuedOn, .day(self.issuedOn), of: certificate),
      .fact(.validFrom, .day(self.validity.from), of: certificate),
      .fact(.validUntil, .day(self.validity.until), of: certificate),
    ]
    return pieces.compactMap(\.self)
  }
}

extension OldEntry {
  func telling(of subject: Subject?) -> [Told?] {
    [
      .said(.ownNumber, .text(self.ownNumber), of: subject),
      .said(.programme, .number(self.programme), of: subject),
      .said(.issuedOn, .day(self.issuedOn), of: subject),
    ]
  }
}

extension CertificatesAdopted {
  var telling: [Told] {
    let issuer = Told.Value.organisation(self.issuerID)
    let certificates = self.certificates.flatMap { adopted -> [Told?] in
      let certificate = Subject.certificate(adopted.number)
      return [
        .fact(.certificate, .word(CertificateKind.adopted), of: certificate),
        .said(.issuer, issuer, of: certificate),
      ] + adopted.entry.telling(of: certificate)
    }
    return self.people.flatMap(\.telling) + certificates.compactMap(\.self)
      + self.dismissed.flatMap(\.telling)
  }
}

extension CertificateReplaced {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(
        .replaced, .certificate(self.certificate.number), of: .certificate(self.number)),
      .said(.from, .day(self.since)), .said(.reason, .word(self.reason)),
      .said(.evidence, .text(self.evidence)),
    ]
    return pieces.compactMap(\.self) + self.certificate.telling
  }
}

extension DuplicateMade {
  var telling: [Told] {
    let pieces: [Told?] = [
      .said(.duplicate, .number(self.copy), of: .certificate(self.number)),
      .said(.reason, .word(self.reason)), .said(.statedOn, .day(self.statedOn)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CertificateRevoked {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(.revoked, .day(self.since), of: .certificate(self.number)),
      .said(.reason, .word(self.reason)), .said(.why, .text(self.why)),
      .said(.case, .act(self.cites)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CertificateSuspended {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(.suspended, .days(self.days), of: .certificate(self.number)),
      .said(.ground, .word(self.ground)), .said(.why, .text(self.why)),
      .said(.case, .act(self.cites)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CertificateReinstated {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(
        .suspended, .days(Period(from: self.suspendedFrom, until: self.suspendedUntil)),
        of: .certificate(self.number), after: self.endsSequence),
      .said(.reason, .word(self.reason)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension MarkWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] = [
      .takesBack(self.endsSequence, of: .certificate(self.number)),
      .said(.reason, .word(self.reason)), .said(.why, .text(self.why)),
      .said(.case, .act(self.cites)),
    ]
    return pieces.compactMap(\.self) + (self.revokes?.telling ?? [])
  }
}

extension CertificateRefused {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(.refused, .day(self.refusedOn), of: .result(self.resultID)),
      .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension RefusalWithdrawn {
  var telling: [Told] {
    let pieces: [Told?] = [
      .made(.refused, nil, of: .result(self.resultID), after: self.endsSequence),
      .said(.reason, .word(self.reason)), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}

extension CertificateLetStand {
  var telling: [Told] {
    let certificate = Subject.certificate(self.number)
    let pieces: [Told?] = [
      .said(.doubt, .word(self.doubt), of: certificate),
      .said(.found, .text(self.found), of: certificate), .said(.why, .text(self.why)),
    ]
    return pieces.compactMap(\.self)
  }
}
