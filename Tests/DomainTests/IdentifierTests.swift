import BitimDomain
import Testing

@Suite("Keys of identifiers (R-104 to R-109)")
struct IdentifierTests {
  @Test(
    "one passport is one, however it is typed",
    arguments: [
      "AB123456", "ab123456", "АВ-123 456", "аb 123-456", "AB\u{200B}123456", " AB 123456\u{A0}",
      "AB.123/456", "AB123²456", "AB№123456", "AB١٢٣٤٥٦",
    ])
  func one(typed: String) throws {
    let read = try Identifier(People.typed(typed))
    #expect(read == People.passport("AB123456"))
    // What was recorded as it was typed has the same key.
    #expect(People.passport(typed).key == People.passport("AB123456").key)
  }

  @Test(
    "an IIN is read by its digits",
    arguments: ["991231000014", " 9912 3100-0014", "991231\u{200B}000014", "９９1231000014"])
  func iin(typed: String) throws {
    let read = try Identifier(
      PersonForm.Identifier(kind: 1, number: typed, country: "USA", documentType: "id"))
    #expect(read == People.iin("991231000014"))
  }

  @Test("country, type and number tell keys apart")
  func apart() {
    let keys = [
      People.passport("AB1"), People.passport("AB1", country: "UZB"),
      People.passport("AB1", type: "id"), People.passport("AB2"), People.iin("AB1"),
    ].map(\.key)
    #expect(Set(keys).count == 5)
    #expect(People.passport("ab1", country: "kaz", type: "Passport").key == keys[0])
  }

  @Test(
    "every country's documents are taken, and those of people without one",
    arguments: ["KAZ", "UZB", "ABW", "ZWE", "SXM", "XXA", "XXB", "XXC"])
  func countries(code: String) throws {
    #expect(try Identifier(People.typed("N1", code)).country == code)
  }

  struct Pair: CustomTestStringConvertible {
    let left: Identifier
    let right: Identifier
    let isNear: Bool

    init(_ left: Identifier, _ right: Identifier, _ isNear: Bool) {
      (self.left, self.right, self.isNear) = (left, right, isNear)
    }

    var testDescription: String { "\(self.left.number) \(self.right.number)" }
  }

  @Test(
    "near is one character, a letter like a digit, or another type; never another country",
    arguments: [
      Pair(People.passport("AB123456"), People.passport("AB123457"), true),
      Pair(People.passport("AB123456"), People.passport("AC123456"), true),
      Pair(People.passport("AB123456"), People.passport("AC123457"), false),
      Pair(People.passport("AB123456"), People.passport("AB12345"), false),
      Pair(People.passport("ABO0IL1"), People.passport("AB00111"), true),
      Pair(People.passport("ABO0I"), People.passport("AB001"), true),
      Pair(People.passport("AB123456"), People.passport("AB123456", type: "id"), true),
      Pair(People.passport("AB123456"), People.passport("AB123457", type: "id"), false),
      Pair(People.passport("991231000014"), People.iin("991231000014"), true),
      Pair(
        People.passport("AB123456"), People.passport("AB123456", country: "UZB", type: "id"),
        false),
      Pair(People.passport("AB123456"), People.passport("AB123457", country: "UZB"), false),
      // The check digit follows from the others: 99123100001|4 and 99123100002|4 differ in one,
      // 911231450|01|1 and 991231000|31|1 in many, 99123100101|2 and 99123100001|4 in one.
      Pair(People.iin("991231000014"), People.iin("991231000024"), true),
      Pair(People.iin("991231000014"), People.iin("991231001012"), true),
      Pair(People.iin("991231000014"), People.iin("991231000123"), false),
      // A document's last character does count.
      Pair(People.passport("991231000014"), People.passport("991231001012"), false),
    ])
  func near(pair: Pair) {
    #expect(pair.left.key.isNear(pair.right.key) == pair.isNear)
    #expect(pair.right.key.isNear(pair.left.key) == pair.isNear)
    // Whoever is near is found: they share a trait.
    func traits(_ identifier: Identifier) -> Set<Likeness.Trait> {
      Likeness.traits(names: [], birthDate: People.today, identifiers: [identifier])
    }
    if pair.isNear {
      #expect(!traits(pair.left).isDisjoint(with: traits(pair.right)))
    }
  }

  @Test(
    "R-109: beside one birth date an IIN is near by its first six digits alone",
    arguments: [
      // Behind them 00000|1 and 00000|2 differ, the rest is the same.
      Pair(People.iin("991231000014"), People.iin("991231000024"), false),
      Pair(People.iin("991231000014"), People.iin("991231100013"), false),
      Pair(People.iin("991231000014"), People.iin("981231000015"), true),
      Pair(People.iin("991231000014"), People.iin("991232000011"), true),
      Pair(People.iin("991231000014"), People.iin("981232000011"), false),
      Pair(People.iin("991231000014"), People.passport("991231000014"), true),
      Pair(People.passport("991231000014"), People.passport("991231000024"), true),
    ])
  func bornOnOneDay(pair: Pair) {
    #expect(pair.left.key.isNear(pair.right.key, bornOnOneDay: true) == pair.isNear)
    #expect(pair.right.key.isNear(pair.left.key, bornOnOneDay: true) == pair.isNear)
  }

  @Test("every wrong character of a number shares a trait with the right one")
  func traits() {
    let right = People.passport("N01234567")
    let traits = Likeness.traits(names: [], birthDate: People.today, identifiers: [right])
    #expect(
      traits
        == Self.traits(
          of:
            "k:KAZ:N01234567", "0:KAZ:9:N1357:2026-11-22", "1:KAZ:9:0246:2026-11-22"))
    for place in 0..<9 {
      var characters = Array("N01234567")
      characters[place] = "X"
      let wrong = People.passport(String(characters))
      #expect(wrong.key.isNear(right.key))
      #expect(
        !Likeness.traits(names: [], birthDate: People.today, identifiers: [wrong])
          .isDisjoint(with: traits))
    }
    #expect(
      Likeness.traits(names: [], birthDate: People.today, identifiers: [People.passport("-")])
        == [])
    #expect(
      Likeness.traits(
        names: [People.aigerim().names], birthDate: People.day("1991-12-31"), identifiers: [])
        == Self.traits(of: "n:1991-12-31:c:аигерим ахметова", "n:1991-12-31:l:aigerim akhmetova"))
    // Beside another birth date, a number near is found by the name.
    #expect(
      Likeness.traits(
        names: [Names(latin: People.name("Smith", "John"))], birthDate: People.today,
        identifiers: [People.iin("991231000014")])
        == Self.traits(
          of:
            "n:2026-11-22:l:john smith", "k:KAZ:991231000014", "0:KAZ:11:913001:2026-11-22",
          "1:KAZ:11:92100:2026-11-22", "0:KAZ:11:913001:l:john smith",
          "1:KAZ:11:92100:l:john smith"))
  }

  private static func traits(of texts: String...) -> Set<Likeness.Trait> {
    Set(texts.map { Likeness.Trait($0) })
  }

  @Test("a trait is 64 bits of its text, FNV-1a")
  func traitBits() {
    // Of draft-eastlake-fnv, appendix C: "", "a" and "foobar".
    #expect(
      ["", "a", "foobar"].map { Likeness.Trait($0).bits }
        == [0xCBF2_9CE4_8422_2325, 0xAF63_DC4C_8601_EC8C, 0x8594_4171_F739_67E8])
  }
}
