/// What somebody asks for. People are the numbers of the cast, hands those of ``Cast/hands``; what an act
/// made is named by that act's own number in the script, so that a script with acts left out still means
/// the same.
enum Act: Equatable {
  case wait(days: Int)
  case grant(Int, Cast.Role, String)
  case withdrawRole(Int, Cast.Role, String)
  case openCohort(code: String, centre: String, from: Day, to: Day)
  case assign(person: Int, cohort: String)
  case enrol([Int], cohort: String, on: Day, twist: Twist)
  /// A list that waits where there is no place.
  case queue([Int], cohort: String, on: Day)
  case offer(person: Int, cohort: String, on: Day)
  case endWaiting(person: Int, cohort: String)
  case hours(Lesson)
  case correct(person: Int, cohort: String, day: Day, start: Int, theory: Int, practice: Int)
  case withdraw(person: Int, cohort: String, lastDay: Day)
  case reinstate(person: Int, cohort: String, from: Day)
  case undo(person: Int, cohort: String)
  case openSession(
    code: String, cohort: String, day: Day, protocolNumber: String, chair: Int?, members: [Int],
    invited: Set<Int>)
  case record(session: String, [Row])
  case confirm(session: String, shown: Shown)
  case annul(session: String, person: Int)
  case issue(cohort: String, shown: Shown)
  case suspend(Paper, from: Day, until: Day?)
  case reinstatePaper(Paper, from: Day)
  case revoke(Paper, from: Day)
  case withdrawMark(Paper, day: Day)
  case bar(person: Int, from: Day, until: Day?)
  case endBar(Int, person: Int, lastDay: Day)
  case withdrawBar(Int, person: Int)
  case approve(Int)
  case endProposal(Int)

  /// What of a row of a list of trainees is not so.
  enum Twist: Equatable { case none, otherBirthDate, otherNames }

  /// What the caller says that he or she was shown.
  enum Shown: Equatable { case truly, nothing, otherwise }

  /// A class, told for the whole cohort.
  struct Lesson: Equatable {
    var cohort: String
    var day: Day
    /// Minutes after midnight.
    var start: Int
    var theory: Int
    var practice: Int
    var trainer: Int?
    var absent: [Int]
  }

  /// How a candidate did: marks of test, role play and interview, or absent without any.
  struct Row: Equatable {
    var person: Int
    var marks: [Int]
  }

  /// A certificate, by the act that issued it and its holder.
  struct Paper: Hashable {
    var step: Int
    var person: Int
  }
}

extension Act {
  /// Whether it is nobody's, but the clock's.
  var isWait: Bool { if case .wait = self { true } else { false } }
}

/// An act, in whose hands it is, and its number in the script.
struct Step: Equatable, CustomStringConvertible {
  var number: Int
  var hand: Int
  var act: Act

  var description: String { "\(self.number). \(Cast.hands[self.hand].name): \(self.act)" }
}

/// What is answered.
enum Answer: Equatable, CustomStringConvertible {
  /// It is done, and this is what the answer says.
  case done(String)
  /// It is refused, for one of these reasons or for several.
  case refused(Set<String>)
  /// A list, row by row, and whether it was recorded.
  case rows([Row], isRecorded: Bool)

  enum Row: Equatable { case added, unchanged, waiting, refused(Set<String>) }

  var description: String {
    switch self {
    case .done(let text): "done \(text)"
    case .refused(let reasons): "refused: \(reasons.sorted().joined(separator: " or "))"
    case .rows(let rows, let isRecorded):
      rows.map { row in
        switch row {
        case .added: "added"
        case .unchanged: "unchanged"
        case .waiting: "waiting"
        case .refused(let reasons): reasons.sorted().joined(separator: " or ")
        }
      }.joined(separator: "; ") + (isRecorded ? " recorded" : " not recorded")
    }
  }

  /// Whether the service may answer `other` where the law says this: it refuses what the law refuses, and
  /// names reasons that the law has; which of several it names first is its own affair.
  func allows(_ other: Answer) -> Bool {
    switch (self, other) {
    case (.refused(let law), .refused(let told)): return !told.isEmpty && told.isSubset(of: law)
    case (.rows(let law, let isRecorded), .rows(let told, let wasRecorded)):
      guard isRecorded == wasRecorded, law.count == told.count else { return false }
      return zip(law, told).allSatisfy { law, told in
        guard case .refused(let reasons) = law, case .refused(let named) = told else {
          return law == told
        }
        return !named.isEmpty && named.isSubset(of: reasons)
      }
    default: return self == other
    }
  }
}
