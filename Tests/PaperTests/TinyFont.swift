import BitimTestSupport

@testable import BitimPaper

extension TinyFont {
  /// Six of them as the faces of a paper.
  static func typefaces(_ font: TinyFont = TinyFont()) throws -> Typefaces {
    let octets = font.octets()
    return try Typefaces { _ in octets }
  }
}
