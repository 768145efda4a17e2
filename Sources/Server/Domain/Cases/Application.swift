/// For what somebody applies: training in a programme by an organisation.
package struct AppliedFor: Hashable, Sendable {
  package let programme: Int
  package let organisation: Int64

  package init(programme: Int, organisation: Int64) {
    self.programme = programme
    self.organisation = organisation
  }
}

/// An application, as it was made.
package struct Application: Equatable, Sendable {
  package var goal: AppliedFor
  /// As what the person applies, in the office's words; empty where that is not said.
  package var category: String
  /// Which text of consent the person has signed.
  package var consent: String
  /// Who is registered by it; nil where the person was known.
  package var registered: PersonRegistered?
  /// The appeal that it carries out; 0 for none.
  package var cites: Int64

  package init(
    goal: AppliedFor, category: String, consent: String, registered: PersonRegistered? = nil,
    cites: Int64 = 0
  ) {
    self.goal = goal
    self.category = category
    self.consent = consent
    self.registered = registered
    self.cites = cites
  }
}

/// A paper on which something was checked, by whom and when.
package struct ApplicationCheck: Equatable, Sendable {
  package let matter: CheckedMatter
  package let paper: CasePaper

  package init(_ matter: CheckedMatter, on paper: CasePaper) {
    self.matter = matter
    self.paper = paper
  }
}

extension CaseRecord {
  /// Whether its decision changes that an application for this was refused.
  func admits(to goal: AppliedFor, _ refused: [Int64: AppliedFor]) -> Bool {
    self.changesDecision
      && self.contested.contains { act in
        guard case .application(let sequence) = act.subject else { return false }
        return refused[sequence] == goal
      }
  }

  /// Refuses a decision where the case can't be decided on that day.
  ///
  /// - Parameter isRefused: Whether an entry in the register is refused, although something is missing.
  /// - Throws: ``Refusal`` with ``Reason/datesReversed``, ``Reason/caseIncomplete`` or
  ///   ``Reason/caseOutOfOrder``.
  func checkDecidable(on day: CivilDate, isRefused: Bool = false) throws(Refusal) {
    guard day >= self.lastDone else {
      throw Refusal(.datesReversed, column: "held_on", value: day.iso)
    }
    let state = self.state(on: day)
    if state == .returned, !isRefused {
      throw Refusal(.caseIncomplete, ["last": self.lastDay.iso])
    }
    guard state == .received || state == .acknowledged || state == .returned else {
      throw Refusal(.caseOutOfOrder, ["state": state.rawValue])
    }
  }
}
