import BitimProtocol

/// The questions of an examiner's evening: a candidate after another, forth and back, each answer kept before the
/// next question.
struct Evening {
  /// What the examiner is told and asked.
  struct Voice {
    /// Puts a question; nil when the input has ended.
    var ask: (Text, [String: String]) -> String?
    var note: (Text, [String: String]) -> Void
  }

  /// How the questions ended.
  enum End: Equatable {
    /// All were asked, or the examiner said that it is enough.
    case asked
    /// The input ended: whoever typed is gone.
    case leftOff
  }

  let file: EveningFile
  let voice: Voice
  /// The names of the parts, in the order in which their scores are typed.
  let parts: String

  /// Asks from the first of whom nothing was typed.
  ///
  /// - Parameter last: Whether to begin with the last candidate, to go back from there.
  func ask(from last: Bool = false) throws(EveningFile.Fault) -> End {
    let candidates = self.file.plan.candidates
    var index =
      last
      ? candidates.count - 1
      : candidates.firstIndex { self.file.typed[$0.displayID] == nil } ?? candidates.count
    while candidates.indices.contains(index) {
      let candidate = candidates[index]
      let typed = self.file.typed[candidate.displayID]
      let (row, count) = ("\(index + 1)", "\(candidates.count)")
      let answer =
        if let typed {
          self.voice.ask(
            .eveningAskAgain,
            [
              "row": row, "count": count, "name": candidate.name, "id": candidate.displayID,
              "typed": typed.text,
            ])
        } else {
          self.voice.ask(
            .eveningAsk,
            ["row": row, "count": count, "name": candidate.name, "id": candidate.displayID])
        }
      switch answer {
      case nil: return .leftOff
      case "": index += 1
      case "<": index = max(0, index - 1)
      case ".": return .asked
      case "?":
        self.voice.note(.eveningExplain, ["parts": self.parts])
      case "x", "х":
        if typed != nil { try self.file.type(nil, of: candidate.displayID) }
        index += 1
      case .some(let text):
        let plan = self.file.plan
        let read = TypedResult(text, parts: plan.parts.count, markers: plan.markers.count)
        guard let result = read else {
          self.voice.note(.eveningUnread, ["parts": self.parts])
          continue
        }
        if result != typed { try self.file.type(result, of: candidate.displayID) }
        index += 1
      }
    }
    return .asked
  }
}
