/// A number that identifies a person; never public.
package struct Identifier: Hashable, Sendable {
  package var kind: IdentifierKind
  package var number: String
  /// The issuing country, ISO 3166-1 alpha-3.
  package var country: String
  /// `passport`, `id` or `permit`; empty for an IIN.
  package var documentType: String

  package init(kind: IdentifierKind, number: String, country: String, documentType: String) {
    self.kind = kind
    self.number = number
    self.country = country
    self.documentType = documentType
  }

  /// Reads what was typed: an IIN by its digits, a document as its key is made.
  ///
  /// - Throws: ``Refusal`` that says what is wrong with an IIN; with ``Reason/missing`` or
  ///   ``Reason/notInList`` of a document.
  package init(_ typed: PersonForm.Identifier) throws(Refusal) {
    let kind = try IdentifierKind(typed: typed.kind, column: "identifier")
    switch kind {
    case .iin:
      self.init(
        kind: kind, number: try Self.iin(typed.number), country: "KAZ", documentType: "")
    case .document:
      let number = IdentifierKey.reduced(typed.number)
      guard !number.isEmpty else { throw Refusal(.missing, column: "document_number") }
      guard number.utf8.count <= TextRule.octetsMax else {
        throw Refusal(
          .textTooLong, column: "document_number", value: String(typed.number.prefix(40)),
          ["limit": "\(TextRule.octetsMax)"])
      }
      let country = TextRule.folded(typed.country).uppercased()
      let type = TextRule.folded(typed.documentType).lowercased()
      self.init(
        kind: kind, number: number,
        country: try Listed.one(
          Country.isKnown(country) ? country : nil, column: "document_country", value: country),
        documentType: try Listed.one(
          Self.documentTypes.contains(type) ? type : nil, column: "document_type", value: type))
    }
  }

  /// The column of a list in which it stands.
  package var column: String { self.kind == .iin ? "iin" : "document_number" }

  /// What tells it from all others, however it was typed.
  package var key: IdentifierKey { IdentifierKey(self) }

  private static let documentTypes = ["passport", "id", "permit"]

  /// The twelve digits of what was typed with spaces, dashes or characters nobody can see.
  private static func iin(_ typed: String) throws(Refusal) -> String {
    let reduced = IdentifierKey.reduced(typed)
    let isDigits = !reduced.isEmpty && reduced.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    do throws(IIN.Malformed) {
      return try IIN(isDigits ? reduced : typed).digits
    } catch {
      switch error {
      case .exponent: throw Refusal(.iinExponent, column: "iin", value: typed)
      case .zerosLost(let digits):
        throw Refusal(.iinZerosLost, column: "iin", value: typed, ["digits": "\(digits)"])
      case .notTwelveDigits: throw Refusal(.iinNotTwelveDigits, column: "iin", value: typed)
      case .checkDigit: throw Refusal(.iinCheckDigit, column: "iin", value: typed)
      }
    }
  }
}

/// What an identifier is compared by: country, type, and the number in capitals, its letters and
/// digits alone, Cyrillic look-alikes as Latin.
///
/// What was recorded before numbers were kept so is compared by the same key.
package struct IdentifierKey: Hashable, Sendable {
  package let country: String
  /// The document's type; `iin` for an IIN.
  package let type: String
  package let number: String

  /// The key of `identifier`.
  package init(_ identifier: Identifier) {
    self.country = identifier.country.uppercased()
    self.type = identifier.kind == .iin ? "iin" : identifier.documentType.lowercased()
    self.number = Self.reduced(identifier.number)
  }

  /// Whether one may be the other, mistyped: equal but for one character, an IIN's check
  /// digit not counted; equal with O as 0 and I, L as 1; or of another type.
  package func isNear(_ other: IdentifierKey) -> Bool {
    guard self.country == other.country else { return false }
    guard self.type == other.type else { return self.number == other.number }
    if Self.asDigits(self.number) == Self.asDigits(other.number) { return true }
    let (mine, theirs) = (self.counted(self.number), other.counted(other.number))
    guard mine.count == theirs.count else { return false }
    return zip(mine, theirs).count { $0 != $1 } <= 1
  }

  /// Whether it is near `other`, and by more than one birth date explains.
  ///
  /// The six digits an IIN begins with are a birth date: who is born on one day has them in common, and
  /// two people born then often have IINs of which one digit differs. So beside the birth date what
  /// stands behind them must be the same; a document's number says nothing of a birth.
  package func isNear(_ other: IdentifierKey, bornOnOneDay: Bool) -> Bool {
    guard self.isNear(other) else { return false }
    guard bornOnOneDay, self.type == "iin", other.type == "iin" else { return true }
    return self.counted(self.number).dropFirst(6) == other.counted(other.number).dropFirst(6)
  }

  /// The letters and digits of `text` in capitals, Cyrillic look-alikes as Latin.
  package static func reduced(_ text: String) -> String {
    // Nearly all numbers are so, and stay as they are.
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) {
      return text
    }
    let folded = String(TypedText.folded(text))
    var reduced = String.UnicodeScalarView()
    for scalar in folded.unicodeScalars {
      if scalar.isASCII {
        let isKept = ("0"..."9").contains(scalar) || ("A"..."Z").contains(scalar)
        if isKept || ("a"..."z").contains(scalar) { reduced.append(scalar) }
      } else if scalar.properties.numericType == .decimal,
        let value = scalar.properties.numericValue
      {
        reduced.append(contentsOf: "\(Int(value))".unicodeScalars)
      } else if scalar.properties.isAlphabetic {
        reduced.append(scalar)
      }
    }
    return String(reduced)
  }

  /// The characters of `number` that tell it apart: the check digit of an IIN follows from the others.
  private func counted(_ number: String) -> [Unicode.Scalar] {
    Array(self.type == "iin" ? number.unicodeScalars.dropLast() : number.unicodeScalars[...])
  }

  private static func asDigits(_ number: String) -> String {
    var digits = String.UnicodeScalarView()
    for scalar in number.unicodeScalars {
      switch scalar {
      case "O": digits.append("0")
      case "I", "L": digits.append("1")
      default: digits.append(scalar)
      }
    }
    return String(digits)
  }

  /// By what the registry finds everybody who has this number, as whatever document; nil for none.
  var exact: String? { self.number.isEmpty ? nil : "k:\(self.country):\(self.number)" }

  /// What a number near this one shares with it: one wrong character leaves every second one right,
  /// and so one of two texts; that of another type has both. What it is sought with comes behind.
  var halves: [Likeness.Trait] {
    guard !self.number.isEmpty else { return [] }
    let counted = self.counted(Self.asDigits(self.number))
    return [0, 1].map { first in
      var half = "\(first):\(self.country):\(counted.count):"
      for place in stride(from: first, to: counted.count, by: 2) {
        half.unicodeScalars.append(counted[place])
      }
      return Likeness.Trait(half).with(":")
    }
  }
}
