/// Text that was saved in one encoding and read in another before it came here.
enum Misreading {
  /// `text` read the other way; nil where that makes no better sense of it.
  static func undone(_ text: String) -> String? {
    // Kazakh and Russian text that was read right has no letter of these.
    guard text.unicodeScalars.contains(where: Self.isForeign) else { return nil }
    let undone = Self.utf8(text) ?? Self.cyrillic(text) ?? Self.kazakh(text)
    guard let undone, undone != text else { return nil }
    // It may have happened twice.
    return Self.undone(undone) ?? undone
  }

  /// A Spanish name in Windows-1252 that was read as Windows-1251: `García` is `Garcнa` there.
  ///
  /// Of other letters nobody can tell whether they were misread or typed in the wrong alphabet.
  static func latin(_ text: String) -> String? {
    guard text.contains(where: { $0.isASCII && $0.isLetter }),
      let octets = KZ1048.octets(text, asWindows: true)
    else { return nil }
    let latin = octets.map { octet in
      (0x80...0x9F).contains(octet) ? Self.western[Int(octet) - 0x80] : Unicode.Scalar(octet)
    }
    let isName = latin.allSatisfy { $0.isASCII || Self.spanish.contains($0) }
    let undone = String(String.UnicodeScalarView(latin))
    return isName && undone != text ? undone : nil
  }

  private static let spanish = "áéíóúñüÁÉÍÓÚÑÜ".unicodeScalars

  /// UTF-8 that was read as Windows-1251, KZ-1048 or Windows-1252.
  private static func utf8(_ text: String) -> String? {
    for octets in [
      KZ1048.octets(text, asWindows: true), KZ1048.octets(text, asWindows: false),
      Self.westernOctets(text),
    ] {
      if let octets, let undone = String(validating: octets, as: UTF8.self) { return undone }
    }
    return nil
  }

  /// Windows-1251 or KZ-1048 that was read as Windows-1252: then no Latin letter is in it.
  private static func cyrillic(_ text: String) -> String? {
    guard !text.contains(where: { $0.isASCII && $0.isLetter }),
      let octets = Self.westernOctets(text), let undone = KZ1048.text(octets, asWindows: false)
    else { return nil }
    return undone.unicodeScalars.allSatisfy(Self.isPlain) ? undone : nil
  }

  /// KZ-1048 that was read as Windows-1251.
  private static func kazakh(_ text: String) -> String? {
    guard let octets = KZ1048.octets(text, asWindows: true),
      let undone = KZ1048.text(octets, asWindows: false)
    else { return nil }
    return undone.unicodeScalars.allSatisfy(Self.isPlain) ? undone : nil
  }

  /// The octets of a text in Windows-1252; what has none there stands for itself, as programs have it.
  private static func westernOctets(_ text: String) -> [UInt8]? {
    var octets: [UInt8] = []
    for scalar in text.unicodeScalars {
      if let place = Self.western.firstIndex(of: scalar) {
        octets.append(UInt8(0x80 + place))
      } else if scalar.value <= 0xFF {
        octets.append(UInt8(scalar.value))
      } else {
        return nil
      }
    }
    return octets
  }

  /// What Windows-1252 has from 0x80 to 0x9F; elsewhere it is Latin-1.
  private static let western: [Unicode.Scalar] = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  /// Whether a character is a letter or a sign that stands in no Kazakh or Russian text.
  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && !Self.isPlain(scalar)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII || NameScript.kk.has(scalar)
      || "№«»–—’\u{A0}".unicodeScalars.contains(scalar)
  }
}
