package import BitimProtocol

/// What a session of the commission is printed for: what candidates sign, and the protocol.
///
/// They are two values made of one answer, and the first reads nothing of results: what stands on it can't be
/// undone once it has gone round a room. Of the cohort both say its programme and place, where the reader may see it.
extension OfficePage {
  /// The sheet that candidates sign: names in their order, and room for a hand. Never a result, nor which attempt
  /// it is, whatever is recorded by then.
  package static func signIn(
    of session: BitimV1.GetSessionResponse, cohort: BitimV1.Cohort? = nil, in tongue: Tongue
  ) -> OfficePage {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    var page = OfficePage(tongue: tongue, way: .portrait, title: label(OfficeWords.signIn))
    if session.session?.isCancelled == true { page.warnings = [label(OfficeWords.cancelled)] }
    let seats = Self.seats(of: session, tongue)
    page.facts =
      Self.facts(of: session, cohort, tongue) + [
        (
          label(OfficeWords.commission),
          seats.map { "\($0.name) (\($0.seat.lowercased()))" }.joined(separator: ", ")
        )
      ]
    // One who has an annulled result and another is one who signs once.
    var seen: Set<Int64> = []
    let people = session.candidates.filter { seen.insert($0.personId).inserted }
    page.tables = [
      Table(
        columns: [
          Column(label(OfficeWords.row), .count), Column(label(OfficeWords.name), .text),
          Column(label(OfficeWords.number), .word), Column(label(OfficeWords.arrived), .blank),
          Column(label(OfficeWords.signed), .sign),
        ],
        rows: people.enumerated().map { index, person in
          [
            Cell("\(index + 1)"), Cell(OfficeWords.name(person.names, tongue)),
            Cell(person.displayId), Cell(""), Cell(""),
          ]
        })
    ]
    page.sums = [
      "\(label(OfficeWords.candidates)): \(people.count). "
        + "\(label(OfficeWords.came)): ________"
    ]
    // Who answers for the list; a secretary where there is one.
    page.places = seats.filter { $0.role == .chair || $0.role == .secretary }.map(\.place)
    page.foot = [OfficeWords.kept(session.session?.code ?? "").text(tongue)]
    return page
  }

  /// The protocol: who sat, how each candidate did, what the chair has confirmed and what not.
  package static func `protocol`(
    of session: BitimV1.GetSessionResponse, cohort: BitimV1.Cohort? = nil, in tongue: Tongue
  ) -> OfficePage {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    var page = OfficePage(
      tongue: tongue, way: .portrait,
      title: OfficeWords.title(
        ofProtocol: session.session?.protocolNumber ?? "", tongue))
    page.facts = Self.facts(of: session, cohort, tongue).filter {
      $0.name != label(OfficeWords.protocol)
    }
    let standing = session.candidates.filter { $0.outcome != .unspecified && !$0.isAnnulled }
    let open = standing.count { !$0.isConfirmed }
    let missing = session.candidates.count { $0.outcome == .unspecified }
    if session.session?.isCancelled == true { page.warnings.append(label(OfficeWords.cancelled)) }
    if open > 0 {
      page.warnings.append(label(OfficeWords.unconfirmed(open, of: standing.count)))
    }
    if missing > 0 { page.warnings.append(label(OfficeWords.unrecorded(missing))) }
    let seats = Self.seats(of: session, tongue)
    page.tables = [
      Self.commission(seats, tongue), Self.results(of: session, seats, tongue),
    ]
    page.sums = Self.sums(of: session, tongue)
    if open == 0, !standing.isEmpty { page.sums.append(label(OfficeWords.allConfirmed)) }
    page.places = seats.map(\.place)
    let digest = session.resultsDigest
    page.foot = [
      label(OfficeWords.kept(session.session?.code ?? ""))
        + (digest.isEmpty ? "" : " · \(label(OfficeWords.digest(digest)))")
    ]
    return page
  }

  /// Somebody of the commission.
  private struct Seat {
    let personID: Int64
    let role: BitimV1.Seat
    let seat: String
    let name: String
    /// By which letter he or she sits there; empty for examiners.
    let letter: String

    var place: Place { Place(seat: self.seat, name: self.name) }
  }

  /// The commission: chair, members, secretary, each in the order of the registry.
  private static func seats(of session: BitimV1.GetSessionResponse, _ tongue: Tongue) -> [Seat] {
    let seats = zip(session.session?.commission ?? [], session.members).map { place, member in
      let letter = place.invitation.map {
        "\(OfficeWords.invited.text(tongue)): \($0.document), "
          + "\(PaperDates.digits($0.datedOn, beside: tongue)), \($0.organisation)"
      }
      return Seat(
        personID: place.personId, role: place.seat,
        seat: OfficeWords.seat(place.seat).text(tongue),
        name: OfficeWords.name(member.names, tongue), letter: letter ?? "")
    }
    return [BitimV1.Seat.chair, .member, .secretary].flatMap { role in
      seats.filter { $0.role == role }
    }
  }

  private static func facts(
    of session: BitimV1.GetSessionResponse, _ cohort: BitimV1.Cohort?, _ tongue: Tongue
  ) -> [(name: String, value: String)] {
    let of = session.session ?? .init()
    let facts = [
      (OfficeWords.protocol.text(tongue), OfficeWords.number(of.protocolNumber, tongue)),
      (OfficeWords.day.text(tongue), PaperDates.words(of.heldOn, tongue)),
      (OfficeWords.cohort.text(tongue), of.cohort),
    ]
    guard let cohort else { return facts }
    return facts
      + [
        (OfficeWords.programme.text(tongue), OfficeWords.programme(of: cohort, tongue)),
        (OfficeWords.organisation.text(tongue), cohort.organisation),
        (OfficeWords.place.text(tongue), cohort.place),
      ].filter { !$0.1.isEmpty }
  }

  private static func commission(_ seats: [Seat], _ tongue: Tongue) -> Table {
    Table(
      caption: OfficeWords.commission.text(tongue),
      columns: [
        Column(OfficeWords.row.text(tongue), .count), Column(OfficeWords.name.text(tongue), .text),
        Column(
          PaperWords.Label(kk: "Комиссиядағы міндеті", ru: "Роль в комиссии", en: "Seat").text(
            tongue), .word),
      ],
      rows: seats.enumerated().map { index, seat in
        [Cell("\(index + 1)"), Cell(seat.name, beneath: seat.letter), Cell(seat.seat)]
      })
  }

  private static func results(
    of session: BitimV1.GetSessionResponse, _ seats: [Seat], _ tongue: Tongue
  ) -> Table {
    let label = { (label: PaperWords.Label) in label.text(tongue) }
    let parts = session.components.map { rule in
      let mark = rule.passMark.map { "\(label(OfficeWords.passMark)) \($0.value)" } ?? ""
      return Column(
        OfficeWords.component(rule.component)?.text(tongue) ?? "", .count, beneath: mark)
    }
    let rows = session.candidates.enumerated().map { index, candidate in
      [
        Cell("\(index + 1)"),
        Cell(OfficeWords.name(candidate.names, tongue), beneath: candidate.displayId),
      ] + session.components.map { Self.mark($0, of: candidate, seats) } + [
        Cell(candidate.attempt == 0 ? "–" : "\(candidate.attempt)"),
        Cell(Self.outcome(of: candidate, tongue), beneath: candidate.why),
        Self.confirmed(candidate, tongue),
      ]
    }
    return Table(
      caption: label(OfficeWords.result),
      columns: [
        Column(label(OfficeWords.row), .count), Column(label(OfficeWords.name), .text),
      ] + parts + [
        Column(label(OfficeWords.attempt), .count), Column(label(OfficeWords.result), .words),
        Column(label(OfficeWords.confirmed), .word),
      ], rows: rows)
  }

  /// The mark of a part, and what the members gave; one that is too low has a star, for copies without grey.
  private static func mark(
    _ rule: BitimV1.ComponentRule, of candidate: BitimV1.Candidate, _ seats: [Seat]
  ) -> Cell {
    guard let score = candidate.scores.first(where: { $0.component == rule.component }) else {
      return Cell("–")
    }
    let isBelow = score.points < rule.passMark?.value ?? 0
    let members = seats.compactMap { seat in
      score.marks.first { $0.personId == seat.personID }.map { "\($0.points)" }
    }
    return Cell(
      "\(score.points)" + (isBelow ? "*" : ""), beneath: members.joined(separator: " + "),
      isStrong: isBelow)
  }

  private static func outcome(of candidate: BitimV1.Candidate, _ tongue: Tongue) -> String {
    let outcome = OfficeWords.outcome(candidate.outcome).text(tongue)
    return candidate.isAnnulled ? "\(OfficeWords.annulled.text(tongue)) (\(outcome))" : outcome
  }

  private static func confirmed(_ candidate: BitimV1.Candidate, _ tongue: Tongue) -> Cell {
    if candidate.outcome == .unspecified { return Cell("–") }
    return candidate.isConfirmed
      ? Cell(OfficeWords.yes.text(tongue)) : Cell(OfficeWords.no.text(tongue), isStrong: true)
  }

  /// How many did how, and what signs mean.
  private static func sums(
    of session: BitimV1.GetSessionResponse, _ tongue: Tongue
  ) -> [String] {
    let outcomes: [BitimV1.ResultOutcome] = [
      .passed, .failed, .absent, .excluded, .interrupted, .unspecified,
    ]
    var counts = outcomes.compactMap { outcome -> String? in
      let count = session.candidates.count { $0.outcome == outcome && !$0.isAnnulled }
      return count == 0 ? nil : "\(OfficeWords.outcome(outcome).text(tongue)) – \(count)"
    }
    let annulled = session.candidates.count(where: \.isAnnulled)
    if annulled > 0 { counts.append("\(OfficeWords.annulled.text(tongue)) – \(annulled)") }
    let rows = session.candidates.count
    var lines = [
      "\(OfficeWords.count.text(tongue)): \(rows)"
        + (counts.isEmpty ? "." : "; \(counts.joined(separator: ", ")).")
    ]
    let isBelow = session.candidates.contains { candidate in
      session.components.contains { Self.mark($0, of: candidate, []).isStrong }
    }
    if isBelow { lines.append(OfficeWords.below.text(tongue)) }
    if session.candidates.contains(where: { $0.scores.contains { !$0.marks.isEmpty } }) {
      lines.append(OfficeWords.marks.text(tongue))
    }
    return lines
  }
}
