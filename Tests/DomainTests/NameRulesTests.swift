@testable import BitimDomain
import Testing

@Suite("Letters of names (R-101 to R-103)")
struct NameRulesTests {
  struct Part: CustomTestStringConvertible {
    let typed: String
    let alphabet: NameText.Alphabet
    let kept: String

    init(_ typed: String, _ alphabet: NameText.Alphabet, _ kept: String) {
      (self.typed, self.alphabet, self.kept) = (typed, alphabet, kept)
    }

    var testDescription: String { self.typed }
  }

  @Test(
    "keeps what documents give, one space between words, one kind of apostrophe",
    arguments: [
      Part("Өтегенова", .kk, "Өтегенова"), Part("Қожа-Ахмет", .kk, "Қожа-Ахмет"),
      Part("әғқңөұүһі ӘҒҚҢӨҰҮҺІ", .kk, "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"), Part("Ёлкин", .ru, "Ёлкин"),
      Part("ёжик", .kk, "ёжик"), Part("Ая", .ru, "Ая"), Part("аЯ", .ru, "аЯ"),
      Part("О'Нил", .ru, "О’Нил"), Part("ОʼНил", .ru, "О’Нил"), Part("О`Нил", .kk, "О’Нил"),
      Part("О’Нил", .kk, "О’Нил"), Part("Müller", .latin, "Müller"), Part("Əli", .latin, "Əli"),
      Part("əli", .latin, "əli"), Part("St. John", .latin, "St. John"),
      Part("ɏ", .latin, "ɏ"),
      Part(" \u{A0}Анна\u{2003} \t Мария\n", .ru, "Анна Мария"), Part("", .kk, ""),
    ])
  func kept(part: Part) throws {
    #expect(try NameText.part(part.typed, in: part.alphabet, column: "given_kk") == part.kept)
  }

  struct Wrong: CustomTestStringConvertible {
    let typed: String
    let alphabet: NameText.Alphabet
    let refusal: Refusal

    init(
      _ typed: String, _ alphabet: NameText.Alphabet, _ reason: Reason,
      _ arguments: [String: String] = [:], value: String? = nil
    ) {
      self.typed = typed
      self.alphabet = alphabet
      self.refusal = Refusal(reason, column: "given_kk", value: value ?? typed, arguments)
    }

    var testDescription: String { self.typed }
  }

  @Test(
    "refuses what is no letter of its alphabet, with character and place",
    arguments: [
      Wrong("?тегенова", .kk, .lettersLost), Wrong("\u{FFFD}тегенова", .kk, .lettersLost),
      Wrong("Өтегенова2", .kk, .nameHasDigits), Wrong("0тегенова", .ru, .nameHasDigits),
      Wrong("Aхметова", .kk, .nameInWrongScript), Wrong("Aхметова", .ru, .nameInWrongScript),
      Wrong("Аkhmetova", .latin, .nameInWrongScript),
      // A letter of the other alphabet, of no alphabet, and of neither script.
      Wrong("Әлия", .ru, .nameCharacter, ["character": "Ә", "place": "1"]),
      Wrong("Юлїя", .kk, .nameCharacter, ["character": "ї", "place": "3"]),
      Wrong("Αλεξ", .latin, .nameCharacter, ["character": "Α", "place": "1"]),
      // U+024F is the last letter, U+0250 no more one.
      Wrong("aɏɐ", .latin, .nameCharacter, ["character": "ɐ", "place": "3"]),
      Wrong("a×b", .latin, .nameCharacter, ["character": "×", "place": "2"]),
      Wrong("Анна_Мария", .ru, .nameCharacter, ["character": "_", "place": "5"]),
      Wrong("Анна–Мария", .ru, .nameCharacter, ["character": "–", "place": "5"]),
      // A part begins with a letter.
      Wrong("-Анна", .ru, .nameCharacter, ["character": "-", "place": "1"]),
      Wrong(".Анна", .ru, .nameCharacter, ["character": ".", "place": "1"]),
      Wrong("’Анна", .ru, .nameCharacter, ["character": "’", "place": "1"]),
      Wrong("Ан\u{7}на", .ru, .controlCharacter, value: ""),
      Wrong("Ан\u{200B}на", .ru, .invisibleCharacter, value: ""),
      Wrong("Ан\u{AD}на", .ru, .invisibleCharacter, value: ""),
      Wrong("Ан\u{2028}на", .ru, .invisibleCharacter, value: ""),
      Wrong("Ан\u{2029}на", .ru, .invisibleCharacter, value: ""),
      Wrong("Ан\u{E000}на", .ru, .invisibleCharacter, value: ""),
      Wrong("Ан\u{378}на", .ru, .invisibleCharacter, value: ""),
      Wrong(
        String(repeating: "а", count: 101), .ru, .textTooLong, ["limit": "100"],
        value: String(repeating: "а", count: 40)),
      Wrong(
        String(repeating: "a", count: 101), .latin, .textTooLong, ["limit": "100"],
        value: String(repeating: "a", count: 40)),
    ])
  func refused(wrong: Wrong) {
    #expect(throws: wrong.refusal) {
      try NameText.part(wrong.typed, in: wrong.alphabet, column: "given_kk")
    }
  }

  @Test("takes a part of a hundred characters")
  func longest() throws {
    let text = String(repeating: "ә", count: 100)
    #expect(try NameText.part(text, in: .kk, column: "given_kk") == text)
  }

  @Test(
    "wants no sign where the document shows no patronymic",
    arguments: ["-", "—", ".", "нет", "жоқ", "б/о", "none", "n/a", "Нет", " НЕТ ", "N/A", "ЖОҚ"])
  func emptyPatronymic(typed: String) {
    let refusal = Refusal(.patronymicLeaveEmpty, column: "patronymic_kk", value: typed)
    #expect(throws: refusal) {
      try NameText.patronymic(typed, in: .kk, column: "patronymic_kk")
    }
  }

  @Test("takes a patronymic, and none, and judges it as other parts")
  func patronymic() throws {
    #expect(
      try NameText.patronymic("Қайратқызы", in: .kk, column: "patronymic_kk") == "Қайратқызы")
    #expect(try NameText.patronymic("", in: .kk, column: "patronymic_kk") == "")
    #expect(throws: Refusal(.nameHasDigits, column: "patronymic_kk", value: "2")) {
      try NameText.patronymic("2", in: .kk, column: "patronymic_kk")
    }
  }

  @Test("sees a part in one case, of two letters or more")
  func oneCase() {
    #expect(NameText.isInOneCase("АХМЕТОВА"))
    #expect(NameText.isInOneCase("ахметова"))
    #expect(NameText.isInOneCase("АХМЕТОВА-ҚАСЫМ"))
    #expect(!NameText.isInOneCase("Ахметова"))
    #expect(!NameText.isInOneCase("Ә"))
    #expect(!NameText.isInOneCase("Ә."))
    #expect(!NameText.isInOneCase(""))
  }

  @Test("lets other texts be short and visible, and there where they must be")
  func texts() throws {
    try TextRule.check(String(repeating: "a", count: 500), column: "reason")
    try TextRule.allow("", column: "reason")
    #expect(throws: Refusal(.missing, column: "reason")) {
      try TextRule.check("", column: "reason")
    }
    for mayBeEmpty in [false, true] {
      func judge(_ text: String) throws {
        if mayBeEmpty {
          try TextRule.allow(text, column: "reason")
        } else {
          try TextRule.check(text, column: "reason")
        }
      }
      let long = String(repeating: "a", count: 501)
      #expect(
        throws: Refusal(
          .textTooLong, column: "reason", value: String(repeating: "a", count: 40),
          ["limit": "500"])
      ) { try judge(long) }
      #expect(throws: Refusal(.controlCharacter, column: "reason")) {
        try judge("a\u{0}")
      }
      #expect(throws: Refusal(.invisibleCharacter, column: "reason")) {
        try judge("a\u{202E}")
      }
    }
  }
}
