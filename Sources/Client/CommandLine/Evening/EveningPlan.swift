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

  let session: String
  let heldOn: String
  let parts: [Part]
  let candidates: [Candidate]

  init(session: String, heldOn: String, parts: [Part], candidates: [Candidate]) {
    self.session = session
    self.heldOn = heldOn
    self.parts = parts
    self.candidates = candidates
  }

  /// What the registry says of a session now.
  init(_ response: BitimV1.GetSessionResponse) {
    self.init(
      session: response.session?.code ?? "", heldOn: response.session?.heldOn ?? "",
      parts: response.components.map {
        Part(component: $0.component, passMark: Int32(clamping: $0.passMark?.value ?? 0))
      },
      candidates: Self.open(response.candidates).map {
        Candidate(displayID: $0.displayId, name: $0.name)
      })
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

/// What was typed of a candidate.
enum TypedResult: Equatable {
  /// A score for each part, in the plan's order.
  case scores([Int32])
  case absent

  /// Reads what somebody typed: as many scores as there are parts, or "-".
  init?(_ text: String, parts: Int) {
    if text == "-" {
      self = .absent
      return
    }
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == ";" }
    let scores = words.compactMap { Int32($0) }
    guard words.count == parts, scores.count == parts, scores.allSatisfy({ (0...100).contains($0) })
    else { return nil }
    self = .scores(scores)
  }

  /// As it is typed, and kept.
  var text: String {
    switch self {
    case .scores(let scores): scores.map { "\($0)" }.joined(separator: " ")
    case .absent: "-"
    }
  }
}
