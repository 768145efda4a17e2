/// A profile of sRGB (IEC 61966-2-1) of our own: three primaries and one curve, as ICC.1:2004 has them.
enum ColourProfile {
  static let octets: [UInt8] = {
    let tags: [(name: String, octets: [UInt8])] = [
      ("desc", Self.text("sRGB")),
      ("cprt", Self.text("No rights reserved")),
      // Seen under D50; primaries and white brought there by Bradford's matrix.
      ("wtpt", Self.numbers("XYZ ", [0.964_2, 1, 0.824_9])),
      (
        "chad",
        Self.numbers(
          "sf32",
          [
            1.047_88, 0.022_92, -0.050_22, 0.029_59, 0.990_48, -0.017_06, -0.009_25, 0.015_08,
            0.751_68,
          ])
      ),
      ("rXYZ", Self.numbers("XYZ ", [0.436_07, 0.222_49, 0.013_92])),
      ("gXYZ", Self.numbers("XYZ ", [0.385_15, 0.716_87, 0.097_08])),
      ("bXYZ", Self.numbers("XYZ ", [0.143_07, 0.060_61, 0.714_1])),
      ("rTRC", Self.curve), ("gTRC", Self.curve), ("bTRC", Self.curve),
    ]
    var body: [UInt8] = []
    var directory: [UInt8] = []
    directory.append(number: tags.count, octets: 4)
    let start = 128 + 4 + 12 * tags.count
    var curve: Int?
    for (name, octets) in tags {
      // The three curves are one.
      let isCurve = name.hasSuffix("TRC")
      let place = isCurve ? curve ?? start + body.count : start + body.count
      directory += Array(name.utf8)
      directory.append(number: place, octets: 4)
      directory.append(number: octets.count, octets: 4)
      if isCurve, curve != nil { continue }
      if isCurve { curve = place }
      body += octets + Array(repeating: 0, count: (4 - octets.count % 4) % 4)
    }
    var head: [UInt8] = []
    head.append(number: start + body.count, octets: 4)
    head += [0, 0, 0, 0, 4, 0x20, 0, 0] + Array("mntrRGB XYZ ".utf8)
    for part in [2026, 1, 1, 0, 0, 0] { head.append(number: part, octets: 2) }
    head += Array("acsp".utf8) + Array(repeating: 0, count: 28)
    head += Self.fixed(0.964_2) + Self.fixed(1) + Self.fixed(0.824_9)
    head += Array(repeating: 0, count: 128 - head.count)
    return head + directory + body
  }()

  /// The curve of sRGB: a straight line near black, a power of 2.4 from there.
  private static let curve: [UInt8] =
    Array("para".utf8) + [0, 0, 0, 0, 0, 3, 0, 0]
    + [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.040_45].flatMap(Self.fixed)

  private static func numbers(_ kind: String, _ numbers: [Double]) -> [UInt8] {
    Array(kind.utf8) + [0, 0, 0, 0] + numbers.flatMap(Self.fixed)
  }

  /// A number with 16 bits behind the point.
  private static func fixed(_ number: Double) -> [UInt8] {
    var octets: [UInt8] = []
    octets.append(number: Int((number * 65_536).rounded()), octets: 4)
    return octets
  }

  /// A text, in English.
  private static func text(_ text: String) -> [UInt8] {
    var octets = Array("mluc".utf8)
    for number in [0, 1, 12] { octets.append(number: number, octets: 4) }
    octets += Array("enUS".utf8)
    octets.append(number: 2 * text.utf16.count, octets: 4)
    octets.append(number: 28, octets: 4)
    for unit in text.utf16 { octets.append(number: Int(unit), octets: 2) }
    return octets
  }
}
