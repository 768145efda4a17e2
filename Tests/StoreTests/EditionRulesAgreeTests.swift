@testable import BitimDomain
import BitimStore
import Testing

@Suite("Domain and triggers agree on editions (R-301, R-304)")
struct EditionRulesAgreeTests {
  private static let today = CivilDate.of("2026-11-22")

  /// One edition that is there, as somebody may have adopted and closed it.
  private static func there(_ chance: inout Chance) -> Edition {
    let from = CivilDate.of("2026-11-01").plus(chance.of([0, 5, 10]))
    let until = chance.often(2) ? from.plus(chance.of([0, 5, 10])) : nil
    var edition = Self.edition(id: 90, from: from, until: until, isDefault: chance.often(4))
    if chance.often(1) {
      let last = from.plus(chance.of([-1, 0, 4]))
      if until.map({ last < $0 }) ?? true { edition.closedOn = last }
    }
    return edition
  }

  private static func edition(
    id: Int64, from: CivilDate, until: CivilDate?, isDefault: Bool
  ) -> Edition {
    let like = Edition.of(id: id, [:])
    guard
      let edition = Edition(
        id: id, code: like.code, programme: 1, isDefault: isDefault,
        validity: Period(from: from, until: until),
        settings: Dictionary(
          uniqueKeysWithValues: EditionValue.allCases.map { ($0, like[$0]) }),
        components: [], legalBasis: like.legalBasis)
    else { preconditionFailure("all values are there") }
    return edition
  }

  private static func sql(_ edition: Edition) -> String {
    """
    CREATE TEMP TABLE another AS SELECT * FROM edition WHERE id = 1;
    UPDATE another SET id = \(edition.id), code = '\(edition.code)',
      is_default = \(edition.isDefault ? 1 : 0), valid_from = '\(edition.validity.from.iso)',
      valid_until = \(RuleRows.text(edition.validity.until));
    INSERT INTO edition SELECT * FROM another;
    """
  }

  private static func decides(_ decide: () throws(Refusal) -> Decision) -> Bool {
    do throws(Refusal) {
      _ = try decide()
      return true
    } catch {
      return false
    }
  }

  @Test("over random days of two editions, both adopt, close and begin a cohort, or neither does")
  func random() throws {
    let rows = try RuleRows(of: ["edition", "cohort"])
    defer { rows.close() }
    // Those that came with the program are in nobody's way here.
    rows.put("DROP TRIGGER cohort_stays_i")
    rows.put("DROP TRIGGER edition_stays_d; DELETE FROM edition WHERE programme > 1 OR id > 1")
    var chance = Chance(seed: 20_261_128)
    var counts: [String: Int] = [:]
    for _ in 0..<600 {
      let there = Self.there(&chance)
      let day = CivilDate.of("2026-10-30").plus(chance.of(Array(0...30)))
      let until = chance.often(2) ? day.plus(chance.of([-1, 0, 7])) : nil
      let comes = Self.edition(id: 91, from: day, until: until, isDefault: chance.often(4))
      rows.begin()
      rows.put(Self.sql(there) + "DROP TABLE another;")
      if let closed = there.closedOn {
        rows.put("UPDATE edition SET ended_seq = 7, ended_on = '\(closed.iso)' WHERE id = 90")
      }
      let isInOrder = until.map { $0 >= day } ?? true
      let adopts =
        isInOrder
        && Self.decides { () throws(Refusal) in
          try AdoptEdition(comes).decided(.init(editions: [there], nextID: 91))
        }
      #expect(rows.run(Self.sql(comes)) == adopts, "\(there.inForce) \(comes.validity)")
      counts["adopts \(adopts)", default: 0] += 1
      rows.undo()

      rows.begin()
      rows.put(Self.sql(there) + "DROP TABLE another;")
      if let closed = there.closedOn {
        rows.put("UPDATE edition SET ended_seq = 7, ended_on = '\(closed.iso)' WHERE id = 90")
      }
      // A cohort that begins on the day.
      let begins = there.inForce.contains(day)
      #expect(
        rows.run(
          """
          INSERT INTO cohort VALUES (9, 'C9', 90, 1, 'kk', 'in_person', '\(day.iso)', '\(day.iso)',
            'x', 1)
          """) == begins, "\(there.inForce) \(day)")
      counts["begins \(begins)", default: 0] += 1
      let closes = Self.decides { () throws(Refusal) in
        try CloseEdition(90, lastDay: day).decided(there, on: Self.today)
      }
      #expect(
        rows.change("UPDATE edition SET ended_seq = 8, ended_on = '\(day.iso)' WHERE id = 90")
          == closes, "\(there.validity) \(day)")
      counts["closes \(closes)", default: 0] += 1
      rows.undo()
    }
    #expect(counts.count == 6 && counts.values.allSatisfy { $0 > 30 }, "\(counts)")
  }
}
