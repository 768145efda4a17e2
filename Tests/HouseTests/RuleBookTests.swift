import BitimTestSupport
import Testing

@testable import bitim_generate

// Numbers are put together here: one that is spelt out would be a citation.
@Suite("The rule book")
struct RuleBookTests {
  private static func number(_ value: Int) -> String {
    let digits = String(value)
    return "R-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  private static func table(_ rows: String...) -> [UInt8] {
    Array((["number\tbasis\trule"] + rows).map { $0 + "\n" }.joined().utf8)
  }

  private static func row(
    _ value: Int, _ rule: String = "Nobody.", _ basis: String = "D"
  ) -> String {
    "\(Self.number(value))\t\(basis)\t\(rule)"
  }

  private static func here() throws -> RuleBook {
    try SchemaFiles.generator(below: Repository.root).rules()
  }

  @Test("a number that code, schema or a test cites is a rule's")
  func strays() throws {
    for stray in try Self.here().strays {
      Issue.record("\(stray): schema/rules.tsv has no such rule")
    }
  }

  @Test("every rule is decided in the domain or a service, or held by a trigger")
  func decided() throws {
    for entry in try Self.here().entries where entry.deciders.isEmpty && entry.triggers.isEmpty {
      Issue.record("\(entry.row.number): no code that decides and no trigger cites it")
    }
  }

  @Test("every rule is cited by a test")
  func tested() throws {
    for entry in try Self.here().entries where entry.tests.isEmpty {
      Issue.record("\(entry.row.number): no test cites it")
    }
  }

  @Test("reads a rule with number, basis and sentence; chapters go by hundreds")
  func rows() throws {
    let source = Self.table(
      Self.row(7, "Nobody is two.", "K 9(4), 9(7); k"), Self.row(1_012, "Once a year."))
    #expect(
      try RuleTable(reading: source).rows == [
        .init(number: Self.number(7), basis: "K 9(4), 9(7); k", rule: "Nobody is two.", chapter: 0),
        .init(number: Self.number(1_012), basis: "D", rule: "Once a year.", chapter: 10),
      ])
  }

  struct Refused: CustomTestStringConvertible {
    let testDescription: String
    let source: [UInt8]

    init(_ description: String, _ source: [UInt8]) {
      self.testDescription = description
      self.source = source
    }
  }

  @Test(
    "refuses by its line a row that can't be",
    arguments: [
      Refused("rules.tsv:1:1: the columns must be number, basis, rule", Array("number\n".utf8)),
      Refused("rules.tsv:2:1: the last line is not ended", table(row(7)).dropLast()),
      Refused("rules.tsv:2:1: a row has 3 columns, none of them empty", table(row(7, ""))),
      Refused("rules.tsv:2:1: 'X-007' is no number of a rule", table("X-007\tD\tNobody.")),
      Refused("rules.tsv:2:1: '\(number(0))' is no number of a rule", table(row(0))),
      Refused("rules.tsv:2:1: '\(number(1_100))' is no number of a rule", table(row(1_100))),
      Refused("rules.tsv:2:1: 'R-\(70)' is no number of a rule", table("R-\(70)\tD\tNobody.")),
      Refused(
        "rules.tsv:2:1: 'Law' begins with no letter of a basis", table(row(7, "Nobody.", "Law"))),
      Refused(
        "rules.tsv:2:1: ' X 2' begins with no letter of a basis",
        table(row(7, "Nobody.", "K 9; X 2"))),
      Refused(
        "rules.tsv:2:1: a rule is a sentence with a full stop, without '|'",
        table(row(7, "Nobody"))),
      Refused(
        "rules.tsv:2:1: a rule is a sentence with a full stop, without '|'", table(row(7, "A|B."))),
      Refused(
        "rules.tsv:3:1: \(number(7)) must stand once, behind the lower numbers",
        table(row(7), row(7))),
      Refused(
        "rules.tsv:3:1: \(number(7)) must stand once, behind the lower numbers",
        table(row(21), row(7))),
    ])
  func refused(_ refused: Refused) throws {
    let fault = #expect(throws: SchemaFault.self) { try RuleTable(reading: refused.source) }
    #expect(fault?.description == refused.testDescription)
  }

  @Test("finds numbers that stand alone, by line, and those that reach to another")
  func citations() {
    let (seven, eight) = (Self.number(7), Self.number(8))
    let text = """
      /// Nobody (\(seven)), nor X\(seven), nor -\(eight), nor R-x.
      \(seven) to \(eight); \(eight) to R-
      /// \(eight)
      """
    func citation(_ number: String, to last: String? = nil, _ line: Int) -> RuleBook.Citation {
      .init(number: number, last: last ?? number, path: "a.swift", line: line)
    }
    #expect(
      RuleBook.citations(in: Array(text.utf8), of: "a.swift") == [
        citation(seven, 1), citation(seven, to: eight, 2), citation(eight, 2), citation(eight, 2),
        citation(eight, 3),
      ])
  }

  @Test("a trigger has what the comment right above it cites, and its own lines; no other's")
  func triggers() {
    let sql = """
      -- Of all that follows (\(Self.number(4))).

      -- Nobody (\(Self.number(7)),
      -- \(Self.number(8))).
      CREATE TRIGGER first BEFORE INSERT ON a
      BEGIN
        -- \(Self.number(9))
        SELECT RAISE(ABORT, 'a');
      END;
      CREATE TRIGGER second BEFORE INSERT ON a
      BEGIN SELECT RAISE(ABORT, 'a'); END;
      -- \(Self.number(10))
      CREATE TABLE b (c);
      CREATE TRIGGER third BEFORE INSERT ON a
      BEGIN SELECT RAISE(ABORT, 'a'); END;
      """
    let found = RuleBook.triggers(in: Array(sql.utf8))
    #expect(found.map(\.name) == ["first", "second", "third"])
    #expect(
      found.map { $0.citations.map(\.number) } == [
        [Self.number(7), Self.number(8), Self.number(9)], [], [],
      ])
  }

  @Test("the page says of each rule where it is decided, what holds it and what tries it")
  func page() throws {
    let table = try RuleTable(
      reading: Self.table(Self.row(7, "Nobody."), Self.row(8, "All."), Self.row(9, "Some.")))
    let book = RuleBook(
      table,
      citing: [
        "Sources/Server/Domain/Acts/B.swift": Array("\(Self.number(7)) to \(Self.number(9))".utf8),
        "Sources/Server/Services/A.swift": Array("\(Self.number(7)), \(Self.number(7))".utf8),
        "Sources/Server/Store/C.swift": Array("\n\(Self.number(8)), \(Self.number(13))".utf8),
        "schema/a/b.sql": Array("-- \(Self.number(8))\nCREATE TRIGGER b AFTER c\nEND;".utf8),
        "Tests/old.sql": Array("-- \(Self.number(8))\nCREATE TRIGGER d AFTER c\nEND;".utf8),
        "Tests/ATests/A.swift": Array("\(Self.number(9))".utf8),
        "Tests/allowed.tsv": Array("\(Self.number(8))".utf8),
      ])
    #expect(
      book.strays.map(\.description) == ["Sources/Server/Store/C.swift:2: \(Self.number(13))"])
    #expect(
      RulesPage(book: book).render().hasSuffix(
        """
        ## Every act

        | number | rule | basis | decided in | triggers | tests |
        |---|---|---|---|---|---|
        | \(Self.number(7)) | Nobody. | D | `Domain/Acts/B`, `Services/A` |  |  |
        | \(Self.number(8)) | All. | D | `Domain/Acts/B` | `b` |  |
        | \(Self.number(9)) | Some. | D | `Domain/Acts/B` |  | `ATests/A` |

        """))
  }
}
