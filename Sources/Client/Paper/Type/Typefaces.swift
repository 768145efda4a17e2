/// The faces of a sheet: PT Serif for what it says, PT Sans for labels, PT Mono for number and code.
package enum Typeface: String, CaseIterable, Sendable {
  case serif = "PTF55F.ttf"
  case serifBold = "PTF75F.ttf"
  case serifItalic = "PTF56F.ttf"
  case sans = "PTS55F.ttf"
  case sansBold = "PTS75F.ttf"
  case monoBold = "PTM75F.ttf"

  /// The file that has it.
  package var file: String { self.rawValue }

  /// How far below the middle of a line its letters stand, in ems.
  var drop: Double { self == .monoBold ? 0.325 : 0.371 }
}

/// The faces as they were found on this machine.
package struct Typefaces: Sendable {
  private let faces: [Typeface: Face]

  /// Takes what `read` gives for each file.
  ///
  /// - Parameter read: The octets of a file; nil where it is not there.
  package init(_ read: (String) -> [UInt8]?) throws(PaperFault) {
    var faces: [Typeface: Face] = [:]
    for typeface in Typeface.allCases {
      guard let octets = read(typeface.file) else {
        throw PaperFault.faceMissing(file: typeface.file)
      }
      do {
        faces[typeface] = try Face(octets)
      } catch {
        throw PaperFault.faceUnusable(file: typeface.file, table: error.table)
      }
    }
    self.faces = faces
  }

  /// A face; each is there since ``init(_:)``.
  subscript(_ typeface: Typeface) -> Face {
    guard let face = self.faces[typeface] else { preconditionFailure("\(typeface) was not read") }
    return face
  }

  /// How wide a text is in millimetres at a size in points, without kerning.
  ///
  /// - Parameter tracking: What stands between letters besides, in ems.
  func width(of text: String, _ typeface: Typeface, _ size: Double, tracking: Double = 0) -> Double
  {
    let face = self[typeface]
    let units = text.unicodeScalars.reduce(0) { sum, scalar in
      sum + (face.glyph(of: scalar).map(face.advance) ?? 0)
    }
    let between = tracking * Double(max(0, text.unicodeScalars.count - 1))
    return (Double(units) / Double(face.unitsPerEm) + between) * size * Millimetres.perPoint
  }

  /// The first letter of a text that a face lacks; nil where it has all.
  func missing(in text: String, _ typeface: Typeface) -> Unicode.Scalar? {
    text.unicodeScalars.first { self[typeface].glyph(of: $0) == nil }
  }
}

/// Why there is no paper.
package enum PaperFault: Error, Equatable {
  /// A file of the fonts is not there.
  case faceMissing(file: String)
  /// A file of the fonts is no face that can be used, by this table of it.
  case faceUnusable(file: String, table: String)
  /// A letter that the face lacks.
  case letterMissing(PaperField, letter: Unicode.Scalar, file: String)
  /// A text that does not fit its place at its smallest size.
  case tooLong(PaperField)
  /// The address and all that stands behind it is more than a QR code holds.
  case addressTooLong
  /// A certificate that this School did not print: an old register's.
  case notOurs
}

/// What a text on a paper is, where one of them is refused.
package enum PaperField: String, CaseIterable, Sendable {
  case issuer, title, specialisation, number, holder, hours, trained, attested, decided, trainedBy,
    legalBasis
  case entitlement, basedOn, issued, place, validity, signatoryPost, signatory, code, duplicate
  /// What each paper says: labels, and how to verify it.
  case words
}
