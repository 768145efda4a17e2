import BitimDomain
import BitimProtocol
import BitimStore

/// Corrects marks of a confirmed result: the chair is shown both, and proposes.
extension AttestationService {
  @Sendable static func correct(
    _ caller: Caller, _ request: BitimV1.CorrectResultRequest,
    _ transaction: borrowing Transaction
  ) throws -> BitimV1.CorrectResultResponse {
    let session = try Self.session(request.session, for: caller, transaction.state)
    let (_, edition) = try Self.frame(of: session, transaction.state)
    let read = try request.scores.read()
    let act = try CorrectResult(
      of: request.personId, in: session.id,
      try Self.confirmed(request.personId, in: session.id, transaction.state),
      reading: read.agreed, read.members, under: edition, why: request.why.normal)
    _ = try act.decided(
      try Self.facts(of: act, transaction.state),
      by: caller.number(beside: act.person, transaction.state))
    let shown = try BitimV1.ResultShown(correcting: act, transaction.state)
    var response = BitimV1.CorrectResultResponse()
    response.shown = shown
    (response.shownDigest, response.proposal) = try ProposedAct.correctResult(act).propose(
      .result(shown), approved: request.shownDigest, validateOnly: request.validateOnly,
      by: caller, transaction)
    return response
  }

  /// What the rules of a correction ask, as things stand.
  static func facts(
    of act: CorrectResult, _ state: borrowing Snapshot
  ) throws -> CorrectResult.Facts {
    guard let session = try state.session(id: act.session) else {
      throw StoreFailure.corrupt("a correction of marks: its session is not there")
    }
    let (_, edition) = try Self.frame(of: session, state)
    let result = try Self.confirmed(act.person, in: session.id, state)
    return CorrectResult.Facts(
      session: session, edition: edition, result: result?.id == act.result ? result : nil,
      seated: try state.seated(inSession: session.id))
  }

  /// Somebody's confirmed result in a session, unless it was annulled.
  private static func confirmed(
    _ person: Int64, in session: Int64, _ state: borrowing Snapshot
  ) throws -> ResultRecord? {
    try Self.results(of: person, in: session, state).last { $0.isConfirmed && !$0.isAnnulled }
      .map { try state.withMarks($0) }
  }
}

extension BitimV1.ResultShown {
  /// The marks that stand, and those that would.
  init(correcting act: CorrectResult, _ state: borrowing Snapshot) throws {
    self.init()
    self.displayId = PersonNumber.text(act.person)
    self.names = .init(try state.names(of: act.person))
    self.session = try state.session(id: act.session)?.code ?? ""
    if let result = try state.result(id: act.result).map({ try state.withMarks($0) }) {
      self.outcome = .init(rawValue: result.outcome.number)
      self.before = .init(result.scores, result.marks)
    }
    self.after = .init(act.scores, act.marks)
    self.why = act.why
  }
}

extension [BitimV1.Score] {
  /// Marks in the order of the components, with what each member gave.
  init(_ scores: Scores, _ marks: [MemberMark]) {
    self = Component.allCases.compactMap { component in
      scores[component].map { points in
        var score = BitimV1.Score()
        score.component = .init(rawValue: component.number)
        score.points = Int32(points)
        score.marks = marks.filter { $0.component == component }.map {
          var mark = BitimV1.MemberMark()
          (mark.personId, mark.points) = ($0.member, Int32($0.points))
          return mark
        }
        return score
      }
    }
  }

  /// The marks on which a commission agreed, and what members gave: each of a score has one or the others.
  ///
  /// - Throws: ``Refusal`` with ``Reason/notInList``.
  func read() throws(Refusal) -> (
    agreed: [(component: Component, points: Int)], members: [MemberMark]
  ) {
    var agreed: [(component: Component, points: Int)] = []
    var members: [MemberMark] = []
    agreed.reserveCapacity(self.count)
    for score in self {
      let component = try Component(typed: score.component.rawValue, column: "component")
      if score.marks.isEmpty {
        agreed.append((component, Int(score.points)))
      } else {
        members += score.marks.map { MemberMark(component, by: $0.personId, Int($0.points)) }
      }
    }
    return (agreed, members)
  }
}
