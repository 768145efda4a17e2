import BitimProtocol
import BitimTestSupport
import Testing

@testable import BitimPaper

@Suite("Certificates in one file")
struct SeveralTests {
  private static func typefaces() throws -> Typefaces {
    try TinyFont.typefaces(TinyFont(advance: 480))
  }

  private static func paper(
    _ answer: BitimV1.GetCertificateResponse = Samples.programme(),
    form: CertificatePaper.Form = .init()
  ) throws -> CertificatePaper {
    try CertificatePaper(answer, second: .ru, address: "https://v.kz/", form: form)
  }

  private static func pdf(_ papers: [CertificatePaper]) throws -> String {
    var file = PDFFile(try Self.typefaces(), isOfSeveral: papers.count > 1)
    for paper in papers { try file.add(paper) }
    return String(String.UnicodeScalarView(try file.finish().map { Unicode.Scalar($0) }))
  }

  @Test("papers in one PDF are its sections in their order, with their letters and ornament once")
  func several() throws {
    let papers = [try Self.paper(), try Self.paper(Samples.school())]
    let file = try Self.pdf(papers)
    #expect(try Self.pdf(papers) == file)
    #expect(try Self.pdf(papers.reversed()) != file)
    #expect(file.contains("/Count 4>>"))
    #expect(file.matches(of: #//S/Sect/P /#).count == 2)
    // Bold PT Sans stands on duplicates alone.
    #expect(file.matches(of: #//Type/Font/Subtype/Type0/#).count == 5)
    // Four bands of each ink on a front, of programme's on its supplement, of School's on that.
    let one = try Self.pdf([try Self.paper()])
    let forms = #//Subtype/Form/#
    #expect(one.matches(of: forms).count == 5)
    #expect(try Self.pdf([try Self.paper(), try Self.paper()]).matches(of: forms).count == 5)
    #expect(!one.contains("/S/Sect/"))
    // A page of several is no one's link.
    #expect(one.contains("<dc:identifier>") && !file.contains("<dc:identifier>"))
  }

  @Test("a paper may be its front alone, and stand elsewhere by what is asked")
  func form() throws {
    let faces = try Self.typefaces()
    let whole = try Self.paper().pages(faces)
    let front = try Self.paper(form: .init(isFrontOnly: true)).pages(faces)
    #expect(whole.count == 2)
    #expect(front == [whole[0]])
    let moved = try Self.paper(form: .init(right: 1.5, down: -2)).pages(faces)
    #expect(moved != whole)
    #expect(
      moved.map { $0.moved(by: Point(x: -1.5, y: 2)).items.count } == whole.map(\.items.count))
    for (before, after) in zip(whole[0].items, moved[0].items) {
      switch (before, after) {
      case (.text(let before), .text(let after)):
        #expect(after.x == before.x + 1.5 && after.top == before.top - 2)
        #expect(after.lines == before.lines)
      case (.code(let before), .code(let after)):
        #expect(after.corner == before.corner + Point(x: 1.5, y: -2))
      case (.drawing(let before), .drawing(let after)):
        #expect(after.path == before.path.mapped { $0 + Point(x: 1.5, y: -2) })
        #expect(after.copies == before.copies)
      default: Issue.record("another item")
      }
    }
  }

  @Test("a ZIP file of one member is what the specification says, octet for octet")
  func zipOfOne() throws {
    var zip = ZIPFile()
    let member = try zip.member("ә", Array("123456789".utf8))
    // CRC-32 of 123456789 is CBF43926; the name has two octets, 1980-01-01 is 0x0021.
    let facts: [UInt8] = [
      20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0, 0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0, 9, 0, 0, 0, 2, 0, 0, 0,
    ]
    #expect(
      member == [0x50, 0x4B, 3, 4] + facts + [0xD3, 0x99] + Array("123456789".utf8))
    let directory: [UInt8] =
      [0x50, 0x4B, 1, 2, 20, 3] + facts + [0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x81, 0, 0, 0, 0]
      + [0xD3, 0x99]
    #expect(
      zip.finish()
        == directory + [
          0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 48, 0, 0, 0, 41, 0, 0, 0, 0, 0,
        ])
  }

  @Test("a ZIP file has at most 65,535 members")
  func zipMost() throws {
    var zip = ZIPFile()
    for _ in 0..<65_535 { _ = try zip.member("", []) }
    #expect(throws: ZIPFile.TooLarge()) { try zip.member("", []) }
    #expect(zip.count == 65_535)
  }
}
