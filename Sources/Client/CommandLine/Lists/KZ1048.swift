/// The two tables of eight bits in which Kazakhstan's offices save: KZ-1048 (STRK1048-2002) and Windows-1251,
/// which differ in sixteen places.
enum KZ1048 {
  /// The letters of the octets from 0x80 on. 0x98 stands for none.
  private static let letters: [Unicode.Scalar] = Array(
    """
    ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏ\
    ђ‘’“”•–—\u{FFFD}™љ›њқһџ\
    \u{A0}ҰұӘ¤Ө¦§Ё©Ғ«¬\u{AD}®Ү\
    °±Ііөµ¶·ё№ғ»әҢңү\
    АБВГДЕЖЗИЙКЛМНОП\
    РСТУФХЦЧШЩЪЫЬЭЮЯ\
    абвгдежзийклмноп\
    рстуфхцчшщъыьэюя
    """.unicodeScalars)

  /// What Windows-1251 has where KZ-1048 has another letter.
  private static let windows: [UInt8: Unicode.Scalar] = [
    0x8D: "Ќ", 0x8E: "Ћ", 0x9D: "ќ", 0x9E: "ћ", 0xA1: "Ў", 0xA2: "ў", 0xA3: "Ј", 0xA5: "Ґ",
    0xAA: "Є", 0xAF: "Ї", 0xB4: "ґ", 0xBA: "є", 0xBC: "ј", 0xBD: "Ѕ", 0xBE: "ѕ", 0xBF: "ї",
  ]

  private static let windowsOctets = Self.octets { octet in
    Self.windows[octet] ?? Self.letters[Int(octet) - 0x80]
  }
  private static let ownOctets = Self.octets { Self.letters[Int($0) - 0x80] }

  /// Whether an octet is one of those that the two tables read as different letters.
  ///
  /// Kazakh has letters there, Windows-1251 those of Ukrainian, Belarusian and Serbian: no name that the
  /// registry takes has them.
  static func isOwn(_ octet: UInt8) -> Bool { Self.windows[octet] != nil }

  /// The text of octets; nil if one of them stands for no letter.
  static func text(_ octets: [UInt8], asWindows: Bool) -> String? {
    var text = String.UnicodeScalarView()
    text.reserveCapacity(octets.count)
    for octet in octets {
      if octet < 0x80 {
        text.append(Unicode.Scalar(octet))
      } else {
        let own = Self.letters[Int(octet) - 0x80]
        guard own != "\u{FFFD}" else { return nil }
        text.append(asWindows ? Self.windows[octet] ?? own : own)
      }
    }
    return String(text)
  }

  /// The octets of a text in one of the tables; nil if it has a letter that is not there.
  static func octets(_ text: String, asWindows: Bool) -> [UInt8]? {
    let table = asWindows ? Self.windowsOctets : Self.ownOctets
    var octets: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let octet = scalar.isASCII ? UInt8(scalar.value) : table[scalar] else {
        return nil
      }
      octets.append(octet)
    }
    return octets
  }

  private static func octets(_ letter: (UInt8) -> Unicode.Scalar) -> [Unicode.Scalar: UInt8] {
    Dictionary((0x80...0xFF).map { (letter($0), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
