import BitimProtocol
import BitimTestSupport
import Foundation
import Testing

@testable import BitimPaper

@Suite("A certificate as a file")
struct FileTests {
  private static func paper(
    _ answer: BitimV1.GetCertificateResponse = Samples.programme(),
    address: String = "https://v.kz/"
  ) throws -> CertificatePaper {
    try CertificatePaper(answer, second: .ru, address: address)
  }

  private static func typefaces() throws -> Typefaces {
    try TinyFont.typefaces(TinyFont(advance: 480, pairs: [(2, 3, -40)]))
  }

  /// Octets as characters of their own number: what a PDF has in letters is seen.
  private static func latin(_ octets: [UInt8]) -> String {
    String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
  }

  @Test("the same certificate gives the same octets, another paper others")
  func same() throws {
    let faces = try Self.typefaces()
    let (pdf, html) = (try Self.paper().pdf(faces), try Self.paper().html(faces))
    #expect(try Self.paper().pdf(faces) == pdf)
    #expect(try Self.paper().html(faces) == html)
    var other = Samples.programme()
    other.sheet?.holder?.kk?.given = "Ұлдай"
    #expect(try Self.paper(other).pdf(faces) != pdf)
    #expect(try Self.paper(other).html(faces) != html)
  }

  @Test("each object of a PDF stands where its table says, and the end finds the table")
  func places() throws {
    let file = try Self.latin(Self.paper().pdf(Self.typefaces()))
    #expect(file.hasPrefix("%PDF-1.7\n%\u{D2}\u{A3}\u{D3}\u{99}\n"))
    let end = try #require(file.firstMatch(of: /\nstartxref\n(\d+)\n%%EOF\n$/))
    let scalars = Array(file.unicodeScalars)
    func text(_ start: Int, _ count: Int) -> String {
      String(String.UnicodeScalarView(scalars[start..<min(start + count, scalars.count)]))
    }
    let start = try #require(Int(end.1))
    let head = try #require(text(start, 40).firstMatch(of: /^xref\n0 (\d+)\n0000000000 65535 f \n/))
    let count = try #require(Int(head.1))
    let table = start + head.0.count
    for number in 1..<count {
      let line = text(table + 20 * (number - 1), 20)
      let place = try #require(Int(line.prefix(10)))
      #expect(line.hasSuffix(" 00000 n \n"))
      #expect(text(place, 12).hasPrefix("\(number) 0 obj\n"))
    }
    #expect(text(table + 20 * (count - 1), 8) == "trailer\n")
  }

  @Test("a PDF says language, title, profile and structure, and has neither clock nor author")
  func says() throws {
    let octets = try Self.paper().pdf(Self.typefaces())
    let file = Self.latin(octets)
    for part in [
      "/Type/Catalog", "/Lang(kk)", "/MarkInfo<</Marked true>>", "/DisplayDocTitle true",
      "/S/GTS_PDFA1", "<pdfaid:part>2</pdfaid:part>",
      "<pdfaid:conformance>U</pdfaid:conformance>",
      "<dc:identifier>https://v.kz/#2026-000417-29.7KQ2-M9XD-4TRA-0ZHC</dc:identifier>",
      "<xmp:CreateDate>2026-04-24</xmp:CreateDate>", "/S/H1/", "/S/Figure/", "/Tabs/S",
    ] { #expect(file.contains(part), "\(part)") }
    for part in ["/Info ", "/ModDate", "/Encrypt", "/JavaScript", "/SMask", "/CA "] {
      #expect(!file.contains(part), "\(part)")
    }
    let text = String(decoding: octets, as: UTF8.self)
    #expect(text.contains(">Сертификат № 2026-000417-29 · Өтегенова Ұлжан Ғабитқызы<"))
    let without = try Self.latin(Self.paper(address: "").pdf(Self.typefaces()))
    #expect(!without.contains("dc:identifier"))
    #expect(!without.contains("/S/Figure/"))
  }

  @Test("glyphs are kerned between, and each says its letter once")
  func glyphs() throws {
    let faces = try TinyFont.typefaces(
      TinyFont(characters: ["А", "В", " "], pairs: [(1, 2, -40), (2, 1, 25)]))
    let run = GlyphRun(.init(text: "АВА\u{A0}А", typeface: .serif), faces)
    #expect(run.shown == "[<0001> 40 <0002> -25 <000100030001>] TJ")
    // Five letters of half an em, 40 nearer and 25 further apart, of 1,000; at 72 points an inch an em.
    #expect(abs(run.width(72, tracking: 0) - 2.485 * 25.4) < 0.000_1)
    #expect(run.placed.map(\.scalar) == ["А", "В", "А", " ", "А"])
  }

  @Test("a line that goes on ends with a space, but behind a hyphen, and the last line does not")
  func ends() throws {
    let faces = try TinyFont.typefaces(TinyFont(characters: ["а", "-", " "]))
    func run(_ text: String) -> [TextBlock.Run] { [.init(text: text, typeface: .serif)] }
    let block = TextBlock(
      role: .paragraph, tongue: .kk, lines: [run("а"), run("а-"), run("аа")], size: 10, leading: 5,
      x: 25.4, top: 0, width: 50, alignment: .left, ink: .text)
    let page = PDFPage(
      Page(width: 297, height: 210, items: [.text(block)]), faces)
    let shown = page.content.matches(of: /\[<([0-9A-F]+)>\] TJ/).map { String($0.1) }
    #expect(shown == ["0001", "0003", "00010002", "00010001"])
    // An inch from the left; of 10 points half the line of 5 mm, and 0.371 of the size, from above:
    // 595.276 − 7.087 − 3.71.
    #expect(page.content.contains("1 0 0 1 72 584.48 Tm"))
    #expect(page.parts.map(\.role) == ["P"])
  }

  @Test("what stands on a page more than once is drawn once, and moved: down is less in PDF")
  func copies() throws {
    var path = Path()
    path.move(0, 210)
    path.line(25.4, 210)
    let drawing = Drawing(
      path: path, ink: .black, paint: .stroke(2.54, dash: []),
      copies: [Point(x: 0, y: 0), Point(x: 25.4, y: -50.8)])
    let page = PDFPage(
      Page(width: 297, height: 210, items: [.drawing(drawing)]), try Self.typefaces())
    #expect(page.forms == ["0 0 0 RG 7.2 w\n0 0 m\n72 0 l\nS\n"])
    #expect(
      page.content
        == "/Artifact BMC\nq\nq 1 0 0 1 0 0 cm /U0 Do Q\nq 1 0 0 1 72 144 cm /U0 Do Q\nQ\nEMC\n")
    let file = try Self.latin(Self.paper().pdf(Self.typefaces()))
    // Bands of 22 above and below, of 14 at both sides, of 23 on the supplement.
    #expect(file.matches(of: /cm \/U\d Do Q\n/).count == 22 + 22 + 14 + 14 + 23)
    let web = String(decoding: try Self.paper().html(Self.typefaces()), as: UTF8.self)
    #expect(web.matches(of: /stroke-width="0.42"/).count == 4)
  }

  @Test("a font says its letters in blocks of a hundred at most")
  func blocks() {
    let glyphs = Dictionary(
      uniqueKeysWithValues: (0..<230).map { (UInt16($0), Unicode.Scalar(UInt8($0 % 90 + 33))) })
    let text = String(decoding: PDFFile.toUnicode(glyphs), as: UTF8.self)
    let counts = text.matches(of: /(\d+) beginbfchar\n/).compactMap { Int($0.1) }
    #expect(counts == [100, 100, 30])
    #expect(text.contains("<0000> <0021>\n<0001> <0022>\n"))
  }

  @Test("numbers have a point and no more places than are seen")
  func decimals() {
    for (value, text) in [
      (0, "0"), (1, "1"), (-1.5, "-1.5"), (2.004, "2"), (2.006, "2.01"), (0.049, "0.05"),
      (841.8898, "841.89"), (-0.001, "0"), (10.1, "10.1"),
    ] { #expect(Decimal.text(value) == text, "\(value)") }
    #expect(Decimal.text(0.0074, places: 3) == "0.007")
  }

  @Test("the profile's tags lie within it, its length is said, and white is white")
  func profile() throws {
    let octets = ColourProfile.octets
    let file = FontTable(name: "icc", octets: octets)
    #expect(try file.uint32(0) == octets.count)
    #expect(Array(octets[36..<40]) == Array("acsp".utf8))
    let count = try file.uint32(128)
    var places: [String: Int] = [:]
    for tag in 0..<count {
      let entry = 132 + 12 * tag
      let name = String(decoding: octets[entry..<entry + 4], as: UTF8.self)
      places[name] = try file.uint32(entry + 4)
      #expect(try file.uint32(entry + 4) + file.uint32(entry + 8) <= octets.count)
    }
    #expect(
      places.keys.sorted() == [
        "bTRC", "bXYZ", "chad", "cprt", "desc", "gTRC", "gXYZ", "rTRC", "rXYZ", "wtpt",
      ])
    // Red, green and blue together are the white that the profile names.
    for axis in 0..<3 {
      func number(_ name: String) throws -> Double {
        Double(try file.uint32(try #require(places[name]) + 8 + 4 * axis)) / 65_536
      }
      let sum = try number("rXYZ") + number("gXYZ") + number("bXYZ")
      #expect(abs(sum - (try number("wtpt"))) < 0.000_2)
    }
  }

  @Test("the web page fetches nothing, and says of each text which language it is")
  func web() throws {
    let page = String(decoding: try Self.paper().html(Self.typefaces()), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"kk\">"))
    for part in ["<script", "<link", "src=", "href", "@import"] {
      #expect(!page.contains(part), "\(part)")
    }
    // What it addresses it carries along; the QR code's address is a picture.
    #expect(
      page.matches(of: /url\(/).count == page.matches(of: /url\(data:font\/ttf;base64,/).count)
    #expect(!page.contains("https:"))
    #expect(page.contains("@page{size:297mm 210mm;margin:0}"))
    let expected = #/<h2 lang="kk" style="[^"]*">Өтегенова Ұлжан Ғабитқызы</h2>/#
    #expect(page.contains(expected))
    #expect(page.contains(#/<p lang="und-Latn" style="[^"]*">Utegenova Ulzhan</p>/#))
    #expect(page.contains(#/<p lang="ru" style="[^"]*">Дата решения</p>/#))
    // A letter's space behind the last one is no part of the line: 0.2 of 32 points more than 247 mm.
    let title = #/<h1 lang="kk" style="left:25mm;[^"]*width:249.258mm;[^"]*">СЕРТИФИКАТ</h1>/#
    #expect(page.contains(title))
    #expect(page.matches(of: /<section>/).count == 2)
    #expect(page.matches(of: /<svg role="img" lang="ru" aria-label="QR-код/).count == 1)
  }

  @Test("what markup would take for its own is written out")
  func markup() throws {
    var answer = Samples.programme()
    answer.sheet?.place = "<b>\"А\" & Ә"
    let page = String(decoding: try Self.paper(answer).html(Self.typefaces()), as: UTF8.self)
    #expect(page.contains(">&lt;b&gt;&quot;А&quot; &amp; Ә</p>"))
  }
}
