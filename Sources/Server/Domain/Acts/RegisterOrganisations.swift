/// Registers a list of organisations, as a whole or not at all.
package struct RegisterOrganisations: Sendable {
  /// The most organisations of one list.
  package static let rowsMax = 500

  /// What the rules ask of the registry.
  package struct Facts: Equatable, Sendable {
    /// The organisations of the list that are registered, by code.
    package var known: [String: Organisation]
    package var hasSchool: Bool
    package var nextOrganisation: Int64
    package var nextEntitlement: Int64

    package init(
      known: [String: Organisation], hasSchool: Bool, nextOrganisation: Int64,
      nextEntitlement: Int64
    ) {
      self.known = known
      self.hasSchool = hasSchool
      self.nextOrganisation = nextOrganisation
      self.nextEntitlement = nextEntitlement
    }
  }

  package let rows: [OrganisationIntake]

  /// - Throws: ``Refusal`` with ``Reason/tooManyRows``.
  package init(_ forms: [OrganisationForm]) throws(Refusal) {
    guard forms.count <= Self.rowsMax else {
      throw Refusal(.tooManyRows, ["limit": "\(Self.rowsMax)"])
    }
    self.rows = forms.map { OrganisationIntake($0) }
  }

  /// What becomes of each row, and the deed: nil where a row is refused or differs, and where
  /// everything stands already.
  package func decided(_ facts: Facts, on today: CivilDate) -> (rows: [RowOutcome], deed: Deed?) {
    var outcomes: [RowOutcome] = []
    var added: [Organisation] = []
    var (hasSchool, nextEntitlement) = (facts.hasSchool, facts.nextEntitlement)
    var lines: [String: Int] = [:]
    for (index, row) in self.rows.enumerated() {
      if let first = lines[row.code] {
        let twice = Refusal(.twiceInFile, column: "code", value: row.code, ["line": "\(first)"])
        outcomes.append(RowOutcome(.refused, row.refusals + [twice]))
        continue
      }
      if !row.code.isEmpty { lines[row.code] = index + 1 }
      if let known = facts.known[row.code], let organisation = row.organisation {
        let differences = organisation.differences(from: known, on: today)
        outcomes.append(RowOutcome(differences.isEmpty ? .unchanged : .differs, differences))
        continue
      }
      let isSecondSchool = row.kind == .school && hasSchool
      let refusals = row.refusals + (isSecondSchool ? [Refusal(.schoolExists, column: "kind")] : [])
      guard var organisation = row.organisation, refusals.isEmpty else {
        outcomes.append(RowOutcome(.refused, refusals))
        continue
      }
      hasSchool = hasSchool || organisation.kind == .school
      organisation.id = facts.nextOrganisation + Int64(added.count)
      for entitlement in organisation.entitlements.indices {
        organisation.entitlements[entitlement].id = nextEntitlement
        nextEntitlement += 1
      }
      added.append(organisation)
      outcomes.append(RowOutcome(.added))
    }
    let isWhole = outcomes.allSatisfy { $0.verdict == .added || $0.verdict == .unchanged }
    let isRecorded = isWhole && !added.isEmpty
    return (outcomes, isRecorded ? .organisationsRegistered(.init(added)) : nil)
  }
}

extension Organisation {
  /// In what a row differs from the organisation that has its code, column by column.
  fileprivate func differences(from known: Organisation, on day: CivilDate) -> [Refusal] {
    zip(self.columns(on: day), known.columns(on: day)).compactMap { mine, known in
      if mine.text == known.text { return nil }
      return Refusal(.differs, column: mine.name, value: mine.text, ["there": known.text])
    }
  }

  /// What is typed of it, besides the code, as it is on a day.
  private func columns(on day: CivilDate) -> [(name: String, text: String)] {
    let name = self.name(on: day)
    func list(_ text: (Entitlement) -> String) -> String {
      self.entitlements.map(text).joined(separator: "; ")
    }
    return [
      ("kind", self.kind.rawValue), ("name_kk", name.kk), ("name_ru", name.ru),
      ("name_en", name.en), ("region", self.region(on: day)), ("country", self.country),
      ("activity", list { $0.activity.rawValue }),
      ("valid_from", list { $0.days.from.iso }),
      ("valid_until", list { $0.days.until?.iso ?? "" }),
      ("basis", list { $0.basis }),
    ]
  }
}
