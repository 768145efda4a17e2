import BitimCrypto
package import BitimProtocol

/// What anybody is answered who has a certificate's number and code, as a file that a web server gives out.
///
/// Its name can be told from the paper and from nothing else: SHA-256 of `NUMBER:CODE`, as both are printed. It
/// says no instant, so that it is the same as long as the answer is.
package struct PublishedAnswer: Sendable {
  /// SHA-256 of `NUMBER:CODE`.
  let digest: [UInt8]
  /// Whether what is told of it is of a day to come.
  private let isAhead: Bool
  private let answer: BitimV1.VerifyCertificateResponse
  /// Its place in the status lists of its year; nil where the server tells none.
  package let place: Int?

  /// What is answered of a certificate; nil for one of an old register, which has no code.
  ///
  /// - Parameter ahead: The same of a day to come, where something is decided for that: the page judges by its
  ///   reader's calendar, and has to know.
  package init?(
    _ certificate: BitimV1.GetCertificateResponse,
    ahead: BitimV1.CertificateStatus? = nil
  ) {
    guard let sheet = certificate.sheet, sheet.kind != .adopted, !certificate.code.isEmpty else {
      return nil
    }
    self.isAhead = ahead != nil
    self.place = certificate.statusIndex.map(Int.init)
    self.digest = SHA256.digest(Array("\(sheet.number):\(certificate.code)".utf8))
    var answer = BitimV1.VerifyCertificateResponse()
    answer.status = ahead ?? certificate.status
    // Grounds and cases are nobody's business but the School's.
    answer.status?.reason = .unspecified
    answer.status?.ground = .unspecified
    answer.status?.stayedIn = 0
    answer.sheet = sheet
    answer.duplicate = certificate.duplicate
    self.answer = answer
  }

  /// The name of its file.
  package var name: String { Hex.text(self.digest) + ".json" }

  /// The issuer, as the certificate names it.
  package var issuer: BitimV1.Text? { self.answer.sheet?.issuer }

  /// The year that begins its number, by which its status lists are called.
  package var year: Int { Int(self.answer.sheet?.number.prefix(4) ?? "") ?? 0 }

  /// The file: JSON, legible where a browser shows it as it is.
  ///
  /// `answer` is `bitim.v1.VerifyCertificateResponse` without verdict and instant, which hang on the day: the page
  /// has the instant. `credentialStatus` is where in the status lists it stands.
  ///
  /// - Parameter lists: Where those lie, see ``StatusFiles/folder(beside:)``.
  /// - Throws: ``JSONText/Fault`` for what JSON can't say.
  package func octets(lists: String = "") throws(JSONText.Fault) -> [UInt8] {
    let told = [
      "Қол қойылмаған: қайдан алғаныңызға сенгендей ғана сеніңіз.",
      "Не подписано: доверяйте настолько, насколько доверяете источнику.",
      "Not signed: trust it as far as you trust where you got it.",
    ].map(JSONText.quoted).joined(separator: ",")
    let text = try JSONText().text(self.answer)
    let places = self.entries(lists).map { ",\"credentialStatus\":[\($0)]" } ?? ""
    return Array(
      Self.legible("{\"signed\":false,\"told\":[\(told)],\"answer\":\(text)\(places)}").utf8)
  }

  /// Where it stands in the lists, as W3C Bitstring Status List says it.
  private func entries(_ lists: String) -> String? {
    self.place.map { place in
      StatusFiles.purposes.map { purpose in
        let list = JSONText.quoted("\(lists)/\(StatusFiles.name(self.year, purpose))")
        return "{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"\(purpose)\","
          + "\"statusListIndex\":\"\(place)\",\"statusListCredential\":\(list)}"
      }.joined(separator: ",")
    }
  }

  /// JSON with a line a member.
  private static func legible(_ json: String) -> String {
    var text = ""
    var depth = 0
    var isText = false
    var isEscaped = false
    func line() { text += "\n" + String(repeating: " ", count: 2 * depth) }
    // By scalars: a quotation mark and an accent behind it are one character.
    for character in json.unicodeScalars {
      if isText {
        text.unicodeScalars.append(character)
        if character == "\"" && !isEscaped { isText = false }
        isEscaped = character == "\\" && !isEscaped
        continue
      }
      switch character {
      case "{", "[":
        text.unicodeScalars.append(character)
        depth += 1
        line()
      case "}", "]":
        depth -= 1
        line()
        text.unicodeScalars.append(character)
      case ",":
        text.unicodeScalars.append(character)
        line()
      case ":": text += ": "
      default:
        text.unicodeScalars.append(character)
        isText = character == "\""
      }
    }
    return text + "\n"
  }

  /// What the page itself keeps of it: sixteen octets. Thirteen of the digest, how it stands, and a day since 1970.
  var entry: [UInt8] {
    let status = self.answer.status
    let sheet = self.answer.sheet
    let (standing, day): (Standing, String?)
    switch status?.standing {
    case .revoked: (standing, day) = (.revoked, status?.since)
    case .replaced: (standing, day) = (.replaced, status?.since)
    case .suspended:
      // One that is ahead is told by its first day, and so is one whose last is beyond sixteen bits.
      let until = Days.number(status?.until ?? "")
      (standing, day) =
        self.isAhead || until == 0
        ? (.suspended, status?.since) : (.suspendedUntil, status?.until)
    case .notYetValid: (standing, day) = (.validFrom, Self.begin(of: sheet))
    case .valid, .expired:
      let until = sheet?.validUntil.flatMap { Days.number($0) == 0 ? nil : $0 }
      (standing, day) = until.map { (.validUntil, $0) } ?? (.valid, nil)
    default: (standing, day) = (.unknown, nil)
    }
    let number = Days.number(day ?? "")
    return self.digest.prefix(13) + [
      standing.rawValue, UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number),
    ]
  }

  /// What the page keeps of its place: three octets, of which the last number is none.
  var placeEntry: [UInt8] {
    let place = self.place ?? 0xFF_FFFF
    return [16, 8, 0].map { UInt8(truncatingIfNeeded: place >> $0) }
  }

  /// The first day on which it is valid.
  private static func begin(of sheet: BitimV1.Sheet?) -> String? {
    sheet.map { max($0.validFrom, $0.issuedOn) }
  }

  /// How a certificate stands, in an entry; what the day says of it.
  private enum Standing: UInt8 {
    /// Not known to this program.
    case unknown = 0
    /// Valid without end.
    case valid = 1
    /// Its last day.
    case validUntil = 2
    /// Its first.
    case validFrom = 3
    /// Since when.
    case revoked = 4, suspended = 5
    /// The last day of a suspension.
    case suspendedUntil = 6
    /// Since when.
    case replaced = 7
  }
}

/// Days of the calendar as numbers.
enum Days {
  /// Days from 1970-01-01 to a day like `2026-04-22`; 0 for what is none, and outside sixteen bits.
  static func number(_ day: String) -> Int {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]), (1970...2148).contains(parts[0]) else {
      return 0
    }
    return Int(RFC3339.dayNumber(Int64(parts[0]), Int64(parts[1]), Int64(parts[2])))
  }
}
