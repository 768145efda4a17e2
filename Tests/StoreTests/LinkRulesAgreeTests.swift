import BitimDomain
import Testing

/// Random merges and splits among six numbers, once as values for the acts and once as rows: what the one takes
/// the other takes, and the same numbers are one natural person's then (R-121, R-122).
@Suite("Domain and triggers agree on linked numbers")
struct LinkRulesAgreeTests {
  /// A link as the test knows it.
  private struct Link {
    let person: Int64
    let other: Int64
    let sequence: Int64
    let maker: Int64
  }

  /// 1 and 2 have an IIN each; 7 and 8 have none.
  private static let numbers: [Int64] = [1, 2, 3, 4, 5, 6]

  /// Which numbers links join: each takes the lowest of its neighbours until nothing changes.
  private static func persons(_ links: [Link]) -> NaturalPersons {
    var lowest: [Int64: Int64] = [:]
    for link in links { (lowest[link.person], lowest[link.other]) = (link.person, link.other) }
    for _ in links {
      for link in links {
        let low = min(lowest[link.person] ?? 0, lowest[link.other] ?? 0)
        (lowest[link.person], lowest[link.other]) = (low, low)
      }
    }
    return NaturalPersons(lowest: lowest)
  }

  @Test("over random facts, every reason among them")
  func agree() throws {
    let rows = try RuleRows(of: ["person_link", "natural_person"])
    defer { rows.close() }
    for id in 1...8 { rows.put("INSERT INTO person VALUES (\(id), '', 1)") }
    for id in 1...2 {
      rows.put(
        "INSERT INTO person_identifier VALUES ('iin', 'KAZ', '', '\(id)', \(id), 1, NULL, NULL, NULL)"
      )
    }
    var chance = Chance(seed: 121)
    var drawn: Set<Reason> = []
    var (merged, split) = (0, 0)
    for number in 0..<150 {
      rows.begin()
      defer { rows.undo() }
      var links: [Link] = []
      for sequence in Int64(2)...12 {
        let persons = Self.persons(links)
        // Mostly by somebody who is none of them.
        let caller: Int64 = chance.often(4) ? chance.of([7, 8]) : chance.of(Self.numbers)
        do throws(Refusal) {
          if chance.often(1) || links.isEmpty {
            let (one, other) = (chance.of(Self.numbers), chance.of(Self.numbers))
            let iins = Set([one, other].flatMap(persons.numbers)).intersection([1, 2])
            let sql = """
              INSERT INTO person_link VALUES (\(max(one, other)), \(min(one, other)), \(sequence),
                '2026-11-22', 'x', \(caller), NULL, NULL, NULL, NULL)
              """
            let act = MergePeople(one, other, document: "x")
            _ = try Self.told(rows, sql, number, &drawn) { () throws(Refusal) in
              try act.decided(
                .init(persons: persons, iins: Set(iins.map { "\($0)" })), by: caller)
            }
            links.append(
              Link(
                person: act.second, other: act.first, sequence: sequence, maker: caller))
            merged += 1
          } else {
            let link = chance.of(links)
            let how: LinkEnd = chance.of(LinkEnd.allCases)
            let standing = StandingLink(sequence: link.sequence, maker: link.maker)
            let sql = """
              UPDATE person_link SET ended_seq = \(sequence), ended_by = \(caller),
                ended_how = '\(how.rawValue)', ended_on = \(how == .ended ? "'2026-11-22'" : "NULL")
              WHERE seq = \(link.sequence)
              """
            // What the approval of a proposal asks besides (R-028).
            if let maker = standing.maker(for: how), persons.areOne(maker, caller) {
              drawn.insert(.endsOwnAct)
              rows.run("SAVEPOINT told")
              #expect(!rows.change(sql), "case \(number): \(sql)")
              rows.run("ROLLBACK TO told")
              continue
            }
            _ = try Self.told(rows, sql, number, &drawn) { () throws(Refusal) in
              try SplitPeople(link.person, link.other, how, document: "x")
                .decided(standing, persons, by: caller)
            }
            links.removeAll { $0.sequence == link.sequence }
            split += 1
          }
        } catch { continue }
        let known = Self.persons(links)
        #expect(
          rows.texts("SELECT person_id || ' ' || lowest_id FROM natural_person ORDER BY person_id")
            == Self.numbers.filter { known.numbers(of: $0).count > 1 }
            .map { "\($0) \(known.first(of: $0))" }, "case \(number): \(links)")
        #expect(
          rows.texts(
            "SELECT person_id || ' ' || number FROM linked_number WHERE person_id < 7 ORDER BY 1")
            == Self.numbers.flatMap { one in known.numbers(of: one).map { "\(one) \($0)" } }
            .sorted())
      }
    }
    #expect(merged > 300)
    #expect(split > 100)
    #expect(drawn == [.actsOnHimself, .alreadyMerged, .mergeTwoIINs, .endsOwnAct])
  }

  /// Decides, and asks that the rows take just that.
  private static func told(
    _ rows: RuleRows, _ sql: String, _ number: Int, _ drawn: inout Set<Reason>,
    _ decide: () throws(Refusal) -> Decision
  ) throws(Refusal) -> Decision {
    do throws(Refusal) {
      let decision = try decide()
      #expect(rows.change(sql), "case \(number): \(sql)")
      return decision
    } catch {
      drawn.insert(error.reason)
      rows.run("SAVEPOINT told")
      #expect(!rows.change(sql), "case \(number): \(error) \(sql)")
      rows.run("ROLLBACK TO told")
      throw error
    }
  }
}
