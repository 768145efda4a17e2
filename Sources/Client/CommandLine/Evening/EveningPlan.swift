import BitimProtocol

/// What an examiner needs of a session to record results without asking the registry: who is to be examined, in
/// which parts, and from which score each passes.
struct EveningPlan: Equatable {
  /// Somebody of whom no result stands.
  struct Candidate: Equatable {
    let displayID: String
    let name: String
  }

  /// A part of the attestation.
  struct Part: Equatable {
    let component: BitimV1.Component
    let passMark: Int32
  }

  /// A member of the commission who gives a mark of his or her own (R-615).
  struct Marker: Equatable {
    let personID: Int64
    let name: String
  }

  let session: String
  let heldOn: String
  let parts: [Part]
  /// In the order in which their marks are typed; nobody where the commission agrees on one mark.
  let markers: [Marker]
  let candidates: [Candidate]

  init(
    session: String, heldOn: String, parts: [Part], markers: [Marker] = [],
    candidates: [Candidate]
  ) {
    self.session = session
    self.heldOn = heldOn
    self.parts = parts
    self.markers = markers
    self.candidates = candidates
  }

  /// What the registry says of a session now.
  ///
  /// - Parameter name: A member's, as people are shown it.
  init(_ response: BitimV1.GetSessionResponse, naming name: (BitimV1.PersonLine) -> String) {
    self.init(
      session: response.session?.code ?? "", heldOn: response.session?.heldOn ?? "",
      parts: response.components.map {
        Part(component: $0.component, passMark: Int32(clamping: $0.passMark?.value ?? 0))
      },
      markers: Self.markers(response, naming: name),
      candidates: Self.open(response.candidates).map {
        Candidate(displayID: $0.displayId, name: $0.name)
      })
  }

  /// Who gives a mark in a session: the commission in its order, but for its secretary; nobody where it agrees.
  static func markers(
    _ response: BitimV1.GetSessionResponse, naming name: (BitimV1.PersonLine) -> String
  ) -> [Marker] {
    guard response.hasMemberMarks else { return [] }
    let seats = response.session?.commission ?? []
    return response.members.filter { member in
      seats.contains { $0.personId == member.id && $0.seat != .secretary }
    }.map { Marker(personID: $0.id, name: name($0)) }
  }

  /// Those of whom no result stands, each once: an annulled one may be recorded anew.
  static func open(_ candidates: [BitimV1.Candidate]) -> [BitimV1.Candidate] {
    func stands(_ candidate: BitimV1.Candidate) -> Bool {
      candidate.outcome != .unspecified && !candidate.isAnnulled
    }
    var asked = Set(candidates.filter(stands).map(\.personId))
    return candidates.filter { asked.insert($0.personId).inserted }
  }
}

extension [EveningPlan.Marker] {
  /// Who gives marks, in the order in which they are typed: `Ким Елена + Петров Иван`.
  var names: String { self.map(\.name).joined(separator: " + ") }
}

/// What was typed of a candidate in a part: one mark, or one of each member of the commission.
struct TypedScore: Equatable {
  /// nil for a member who gave none.
  let points: [Int32?]

  /// Reads `75`, or `60+75+80` of as many members as give marks, `-` for one who gave none; two at least do.
  init?(_ text: some StringProtocol, markers: Int) {
    let words = text.split(separator: "+", omittingEmptySubsequences: false).map { word in
      String(word.filter { !$0.isWhitespace })
    }
    let points = words.map { Int32($0) }
    let isRead = zip(words, points).allSatisfy { word, points in
      points.map { (0...100).contains($0) } ?? (word == "-" && markers > 0)
    }
    guard isRead, points.count == max(1, markers) else { return nil }
    if markers > 0, points.count(where: { $0 != nil }) < 2 { return nil }
    self.points = points
  }

  /// As it is typed, and kept.
  var text: String { self.points.map { $0.map { "\($0)" } ?? "-" }.joined(separator: "+") }
}

extension BitimV1.Score {
  /// What was typed in a part, by these members where each gives a mark.
  init(_ component: BitimV1.Component, _ typed: TypedScore, by markers: [EveningPlan.Marker]) {
    self.init(component, markers.isEmpty ? typed.points[0] ?? 0 : 0)
    self.marks = zip(markers, typed.points).compactMap { marker, points in
      guard let points else { return nil }
      var mark = BitimV1.MemberMark()
      (mark.personId, mark.points) = (marker.personID, points)
      return mark
    }
  }

  /// A mark, and of members what each gave: `59 (60+60+59)`.
  var text: String {
    if self.marks.isEmpty { return "\(self.points)" }
    return "\(self.points) (\(self.marks.map { "\($0.points)" }.joined(separator: "+")))"
  }
}

/// What was typed of a candidate.
enum TypedResult: Equatable {
  /// A score for each part, in the plan's order.
  case scores([TypedScore])
  /// Absent, excluded or interrupted, and why; empty for an absence without excuse.
  case instead(BitimV1.ResultOutcome, why: String)

  /// What begins an answer in place of scores.
  private static let signs: [(sign: Character, outcome: BitimV1.ResultOutcome)] = [
    ("-", .absent), ("!", .excluded), ("~", .interrupted),
  ]

  /// Reads what somebody typed: as many scores as there are parts, "-" for absent, "- PAPER" for absent with
  /// an excuse, "! WHY" for excluded, "~ WHY" for interrupted.
  ///
  /// Why has a letter, so that no mistyped scores are taken for it.
  ///
  /// - Parameter markers: How many members each give a mark; 0 where they agree on one.
  init?(_ text: String, parts: Int, markers: Int) {
    if text == "-" {
      self = .instead(.absent, why: "")
      return
    }
    if let said = Self.signs.first(where: { text.first == $0.sign }) {
      let rest = text.dropFirst()
      let why = rest.drop(while: \.isWhitespace)
      guard rest.first?.isWhitespace == true, why.contains(where: \.isLetter) else { return nil }
      self = .instead(said.outcome, why: String(why))
      return
    }
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
    let scores = words.compactMap { TypedScore($0, markers: markers) }
    guard words.count == parts, scores.count == parts else { return nil }
    self = .scores(scores)
  }

  /// As it is typed, and kept.
  var text: String {
    switch self {
    case .scores(let scores): scores.map(\.text).joined(separator: " ")
    case .instead(let outcome, let why):
      ([Self.signs.first { $0.outcome == outcome }.map { String($0.sign) } ?? ""] + [why])
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}
