import BitimDomain
import Testing

/// The same random bars, once as values for the acts and once as rows: what the one takes the other takes,
/// and the same bars stand then.
@Suite("Domain and triggers agree on bars")
struct BarRulesAgreeTests {
  /// Refused by the domain alone, each for a reason.
  static let toldOnce: Set<Reason> = [
    // Who acts stands in the act, and not in its rows.
    .actsOnHimself,
    // What ends and what stands instead are two rows, and the one does not know the other's days.
    .nothingChanged, .outOfRange,
  ]

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["person_bar"])
    defer { rows.close() }
    // Bars are recorded by 97 and ended by 98, who is another: that a third proposes is a proposal's.
    for person in [8, 97, 98] { rows.put("INSERT INTO person VALUES (\(person), '', 1)") }
    var chance = Chance(seed: 118)
    var drawn: Set<Reason> = []
    var accepted: [String: Int] = [:]
    for number in 0..<500 {
      rows.begin()
      defer { rows.undo() }
      var standing: [StandingBar] = []
      for sequence in Int64(2)...7 {
        let told = ToldBar(standing, &chance)
        do throws(Refusal) {
          let deed = try told.decided()
          accepted[told.name, default: 0] += 1
          #expect(rows.take(told, sequence), "case \(number): \(told)")
          told.apply(deed, sequence, to: &standing)
          #expect(rows.bars == standing.map(ToldBar.text).sorted(), "case \(number): \(deed)")
        } catch {
          drawn.insert(error.reason)
          if !Self.toldOnce.contains(error.reason) {
            rows.run("SAVEPOINT told")
            #expect(!rows.take(told, sequence), "case \(number): \(error) \(told)")
            rows.run("ROLLBACK TO told")
          }
        }
      }
    }
    #expect(Set(accepted.keys) == ["recorded", "ended", "withdrawn"])
    #expect(accepted.values.allSatisfy { $0 > 40 }, "\(accepted)")
    #expect(drawn == [.actsOnHimself, .datesReversed, .nothingChanged, .outOfRange])
  }
}

/// What somebody tells of the bars of person 8.
private enum ToldBar {
  case recorded(
    kind: Int32, from: CivilDate, until: CivilDate?, by: Int64, beside: [StandingBar])
  case ended(StandingBar, last: CivilDate, by: Int64)
  case withdrawn(StandingBar, by: Int64)

  init(_ standing: [StandingBar], _ chance: inout Chance) {
    let day = CivilDate.of("2026-02-28").plus(chance.of([-20, -1, 0, 1, 20]))
    let caller: Int64 = chance.often(12) ? 99 : 8
    guard chance.often(1), !standing.isEmpty else {
      self = .recorded(
        kind: chance.of([1, 2, 3, 4]), from: day,
        until: chance.of([nil, day, day.plus(20), day.plus(-1)]), by: caller, beside: standing)
      return
    }
    let bar = chance.of(standing)
    self =
      chance.often(1)
      ? .withdrawn(bar, by: caller)
      : .ended(bar, last: chance.of([day, bar.bar.days.until ?? day]), by: caller)
  }

  var name: String {
    switch self {
    case .recorded: "recorded"
    case .ended: "ended"
    case .withdrawn: "withdrawn"
    }
  }

  func decided() throws(Refusal) -> Deed {
    switch self {
    case .recorded(let kind, let from, let until, let caller, let standing):
      try RecordBar(8, kind: kind, from: from.iso, until: until?.iso, document: "үкім")
        .decided(beside: standing, by: caller)
    case .ended(let bar, let last, let caller):
      .barEnded(try EndBar(8, lastDay: last.iso).decided(bar, by: caller))
    case .withdrawn(let bar, let caller):
      try WithdrawBar(8, bar: bar.sequence, reason: "шатасу").decided(bar, by: caller).deed
    }
  }

  /// What stands after a deed.
  func apply(_ deed: Deed, _ sequence: Int64, to standing: inout [StandingBar]) {
    switch self {
    case .recorded: break
    case .ended(let bar, _, _), .withdrawn(let bar, _):
      standing.removeAll { $0.sequence == bar.sequence }
    }
    if case .personBarred(let barred) = deed {
      standing.append(StandingBar(barred.bar, sequence: sequence, maker: 97))
    }
    if case .barEnded(let ended) = deed {
      standing.append(StandingBar(ended.bar, sequence: sequence, maker: 97))
    }
  }

  static func text(_ bar: StandingBar) -> String {
    "\(bar.sequence) \(bar.bar.kind.rawValue) \(bar.bar.days.from.iso) "
      + (bar.bar.days.until?.iso ?? "open")
  }
}

extension RuleRows {
  /// The bars that stand.
  fileprivate var bars: [String] {
    self.texts(
      """
      SELECT seq || ' ' || kind || ' ' || valid_from || ' ' || coalesce(valid_until, 'open') AS bar
      FROM person_bar WHERE ended_seq IS NULL ORDER BY bar
      """)
  }

  /// Whether what is told is taken just as it is told.
  fileprivate func take(_ told: ToldBar, _ sequence: Int64) -> Bool {
    func stand(_ kind: BarKind, _ from: CivilDate, _ until: CivilDate?) -> Bool {
      self.run(
        """
        INSERT INTO person_bar VALUES (8, \(sequence), '\(kind.rawValue)', '\(from.iso)',
          \(RuleRows.text(until)), 'үкім', 97, NULL, NULL, NULL)
        """)
    }
    func end(_ bar: StandingBar, _ how: String) -> Bool {
      self.change(
        """
        UPDATE person_bar SET ended_seq = \(sequence), ended_by = 98, ended_how = '\(how)'
        WHERE person_id = 8 AND seq = \(bar.sequence) AND ended_seq IS NULL
        """)
    }
    switch told {
    case .recorded(let kind, let from, let until, _, _):
      guard let kind = BarKind(number: kind) else { return false }
      return stand(kind, from, until)
    case .ended(let bar, let last, _):
      return end(bar, "ended") && stand(bar.bar.kind, bar.bar.days.from, last)
    case .withdrawn(let bar, _): return end(bar, "in_error")
    }
  }
}
