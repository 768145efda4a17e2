/// A text as glyphs: what PDF sets, and how wide that is.
struct GlyphRun {
  /// A glyph, and by how much the next stands nearer or further, in units of the face.
  struct Placed {
    let glyph: UInt16
    let scalar: Unicode.Scalar
    var kerning: Int
  }

  let placed: [Placed]
  let typeface: Typeface
  let unitsPerEm: Int
  private let units: Int

  init(_ run: TextBlock.Run, _ typefaces: Typefaces) {
    let face = typefaces[run.typeface]
    var placed: [Placed] = []
    var units = 0
    for scalar in run.text.unicodeScalars {
      // What is set was looked up when it was fitted.
      let glyph = face.glyph(of: scalar) ?? 0
      if let last = placed.indices.last {
        placed[last].kerning = face.kerning(placed[last].glyph, glyph)
        units += placed[last].kerning
      }
      // A space that does not break is a space to who copies the text.
      placed.append(
        Placed(glyph: glyph, scalar: scalar == "\u{A0}" ? " " : scalar, kerning: 0))
      units += face.advance(of: glyph)
    }
    self.placed = placed
    self.typeface = run.typeface
    self.unitsPerEm = face.unitsPerEm
    self.units = units
  }

  /// In millimetres at a size in points.
  func width(_ size: Double, tracking: Double) -> Double {
    (Double(self.units) / Double(self.unitsPerEm) + tracking * Double(self.placed.count))
      * size * Millimetres.perPoint
  }

  /// For `TJ`: glyphs in hexadecimal, and between them what kerning takes away, in 1/1000 of the size.
  var shown: String {
    var text = "[<"
    for place in self.placed {
      text += Self.hex(place.glyph)
      let back = -Int((Double(place.kerning) * 1_000 / Double(self.unitsPerEm)).rounded())
      if back != 0 { text += "> \(back) <" }
    }
    return text + ">] TJ"
  }

  /// A number of four digits.
  static func hex(_ number: UInt16) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
