import BitimDomain
import Testing

@Suite("Identity (R-111)")
struct IdentityTests {
  @Test("takes IINs of both cycles", arguments: ["991231000014", "123456789013", " 991231000014 "])
  func valid(text: String) throws { #expect(try IIN(text).digits == text.filter { $0 != " " }) }

  struct Wrong: CustomTestStringConvertible {
    let text: String
    let fault: IIN.Malformed
    var testDescription: String { self.text }
  }

  @Test(
    "refuses what spreadsheets make of an IIN, and says which",
    arguments: [
      Wrong(text: "9,91231E+11", fault: .exponent), Wrong(text: "9.91231e11", fault: .exponent),
      Wrong(text: "1231000014", fault: .zerosLost(digits: 10)),
      Wrong(text: "231000014", fault: .zerosLost(digits: 9)),
      Wrong(text: "99123100001", fault: .zerosLost(digits: 11)),
      Wrong(text: "99123100001O", fault: .notTwelveDigits),
      Wrong(text: "9912310000144", fault: .notTwelveDigits),
      Wrong(text: "", fault: .notTwelveDigits),
      Wrong(text: "991231000015", fault: .checkDigit),
      Wrong(text: "000000000000", fault: .checkDigit),
      Wrong(text: "000000002810", fault: .checkDigit),
    ])
  func wrong(_ wrong: Wrong) {
    #expect(throws: wrong.fault) { try IIN(wrong.text) }
  }

  @Test("shows a person's id with check digits and forgives how it is typed")
  func personNumber() {
    // ISO 7064 MOD 97-10 of 7: 98 - 700 mod 97 = 77.
    #expect(PersonNumber.text(7) == "P-7-77")
    for typed in ["P-7-77", "p777", "Р 7 77", "P–7–77"] {
      #expect(PersonNumber.id(typed: typed) == 7)
    }
    for typed in ["P-7-78", "7-77", "P-", "P-77", "Пётр"] {
      #expect(PersonNumber.id(typed: typed) == nil)
    }
  }
}

@Suite("Certificate number and code (R-705, R-750)")
struct CertificateNumberTests {
  // 2026-000417-29 is the architecture's own example.
  @Test(
    "forgives case, spaces, dashes and look-alikes",
    arguments: [
      "2026-000417-29", "202600041729", " 2026 000417 29", "2O26–OOO4I7–29", "2026.000417.29",
    ])
  func forgiven(text: String) throws {
    #expect(try CertificateNumber(typed: text).text == "2026-000417-29")
    #expect(try CertificateNumber(typed: Array(text.utf8).span).text == "2026-000417-29")
  }

  @Test(
    "is told apart when mistyped",
    arguments: [
      "2026-000418-29", "2026-000471-29", "2026-000417-92", "2026-000417", "", "abc",
      "1999-000001-11", "0202600041729", "+20260041729", "2026-OOOXYZ-29",
    ])
  func mistyped(text: String) {
    #expect(throws: CertificateNumber.Mistyped()) { try CertificateNumber(typed: text) }
    #expect(throws: CertificateNumber.Mistyped()) {
      try CertificateNumber(typed: Array(text.utf8).span)
    }
  }

  @Test("finds every single wrong digit and every swap of neighbours")
  func errors() throws {
    let digits = Array("202600041729")
    for index in digits.indices {
      for digit in "0123456789" where digit != digits[index] {
        var wrong = digits
        wrong[index] = digit
        #expect(throws: CertificateNumber.Mistyped()) {
          try CertificateNumber(typed: String(wrong))
        }
      }
      if index + 1 < digits.count, digits[index] != digits[index + 1] {
        var swapped = digits
        swapped.swapAt(index, index + 1)
        #expect(throws: CertificateNumber.Mistyped()) {
          try CertificateNumber(typed: String(swapped))
        }
      }
    }
  }

  @Test("a code is sixteen characters in four groups, and reads back however it is typed")
  func code() throws {
    // 80 bits: 0x00 44 32 14 C7 42 54 B6 35 CF is 0123456789ABCDEF in Crockford's base32.
    let octets: [UInt8] = [0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF]
    let code = try #require(CertificateCode(octets: octets))
    #expect(code.text == "0123-4567-89AB-CDEF")
    for typed in [
      "0123456789abcdef", "O123 4567 89AB CDEF", "o1234567-89ав-cdef", "01234567 89ab cdеf",
    ] {
      #expect(CertificateCode(typed: typed) == code)
    }
    for typed in ["0123-4567-89AB-CDE", "0123-4567-89AB-CDEU", ""] {
      #expect(CertificateCode(typed: typed) == nil)
    }
  }
}

@Suite("Civil dates")
struct CivilDateTests {
  @Test(
    "agrees with the calendar",
    arguments: [
      ("1970-01-01", 0), ("2000-02-29", 11_016), ("2024-02-29", 19_782), ("2026-11-22", 20_779),
    ])
  func dayNumbers(text: String, dayNumber: Int) throws {
    let date = try #require(CivilDate(iso: text))
    #expect(date.dayNumber == dayNumber)
    #expect(date.iso == text)
  }

  @Test(
    "refuses days that don't exist",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "22.11.2026", "1899-12-31", "",
      "２０２６-01-01",
    ])
  func refused(text: String) { #expect(CivilDate(iso: text) == nil) }

  @Test("counts whole years; who is born on 29 February is older on 1 March (R-015)")
  func years() throws {
    let leap = try #require(CivilDate(iso: "2000-02-29"))
    #expect(leap.years(until: try #require(CivilDate(iso: "2025-02-28"))) == 24)
    #expect(leap.years(until: try #require(CivilDate(iso: "2025-03-01"))) == 25)
  }

  // R-015; SQLite's date(…, '-2 years') makes 2026-03-01 of the first.
  @Test(
    "looks back to the same-numbered day, or that month's last",
    arguments: [
      ("2028-02-29", "2026-02-28"), ("2028-03-01", "2026-03-01"), ("2026-02-28", "2024-02-28"),
      ("2026-03-31", "2024-03-31"),
    ])
  func lookingBack(from: String, to: String) throws {
    #expect(try #require(CivilDate(iso: from)).yearsBefore(2).iso == to)
  }

  @Test(
    "goes by months to the same-numbered day, or to the month's last (R-014, R-015)",
    arguments: [
      ("2026-06-15", -24, "2024-06-15"), ("2024-02-29", -24, "2022-02-28"),
      ("2024-02-29", -48, "2020-02-29"), ("2024-03-31", -1, "2024-02-29"),
      ("2026-03-31", -1, "2026-02-28"), ("2026-01-31", 1, "2026-02-28"),
      ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
      ("2024-02-29", 24, "2026-02-28"), ("2026-05-31", 0, "2026-05-31"),
      ("1900-01-31", -1, "1900-01-31"), ("9999-11-30", 24, "9999-12-30"),
    ])
  func months(from: String, months: Int, to: String) throws {
    #expect(try #require(CivilDate(iso: from)).adding(months: months).iso == to)
  }
}

@Suite("Names and separation")
struct NameAndSeparationTests {
  @Test("folds every Kazakh letter for search")
  func folding() {
    #expect(NameText.searchWords("Әңгіме Ғұмыр, ҚӨҮһ") == ["ангиме", "гумыр", "коух"])
    #expect(NameText.searchWords("Ёлкин-Müller") == ["елкин", "muller"])
    // A capital whose small letter is two, one that no table folds, and letters of another alphabet.
    #expect(NameText.searchWords("İsmet Őry, ქართ7") == ["ismet", "őry", "ქართ7"])
    #expect(NameText.searchWords("Объём 'Ім’ям' – д\u{301}а") == ["обем", "имям", "да"])
  }

  @Test(
    "bars who taught within two years, to the day (R-015, R-022)",
    arguments: [
      ("2026-03-20", "2024-03-20", "2024-03-19"),
      // Two years before 29 February is 28 February.
      ("2024-02-29", "2022-02-28", "2022-02-27"), ("2024-02-28", "2022-02-28", "2022-02-27"),
      ("2024-03-01", "2022-03-01", "2022-02-28"), ("2026-02-28", "2024-02-28", "2024-02-27"),
    ])
  func taught(session: String, within: String, before: String) throws {
    let examined = try #require(CivilDate(iso: session))
    for (taught, bars) in [(within, true), (before, false)] {
      let day = try #require(CivilDate(iso: taught))
      #expect(Separation.bars(taught: day, examined: examined, within: 24) == bars)
    }
  }

  @Test("bars as long as the edition says (R-302)")
  func months() {
    let day = People.day("2026-03-31")
    for (months, within, before) in [
      (6, "2025-09-30", "2025-09-29"), (1, "2026-02-28", "2026-02-27"),
      (0, "2026-03-31", "2026-03-30"),
    ] {
      #expect(Separation.bars(taught: People.day(within), examined: day, within: months))
      #expect(!Separation.bars(taught: People.day(before), examined: day, within: months))
    }
  }
}
