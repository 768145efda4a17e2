import BitimCrypto
import BitimProtocol

/// A PDF by the rules of PDF/A-2u, with tags: the same octets for the same papers in the same order.
///
/// Papers are added one by one, and only their marks are kept; the letters that any of them uses are embedded at the
/// end, once for all, as is what stands on many pages.
package struct PDFFile {
  /// Objects by number, from 1.
  private var objects: [[UInt8]] = []
  /// What the file's identity is made of: the pages' marks, what is said of them, and of each font its
  /// directory, which has the sums of its tables. The outlines themselves are most of a file.
  private var identity = SHA256()
  private let typefaces: Typefaces
  private let isOfSeveral: Bool
  private var papers: [CertificatePaper] = []
  private var (catalog, tree, faces, structure, document) = (0, 0, 0, 0, 0)
  /// Pages, what their marks are in the order in which they are read, and the same page by page.
  private var (pages, elements, parents): ([Int], [Int], [String]) = ([], [], [])
  private var used: [Typeface: [UInt16: Unicode.Scalar]] = [:]
  /// What is drawn more than once, with its object.
  private var forms: [String: Int] = [:]

  /// A file without pages yet.
  ///
  /// - Parameter isOfSeveral: Whether each paper is a section of the document, or the one paper is the document.
  package init(_ typefaces: Typefaces, isOfSeveral: Bool) {
    self.typefaces = typefaces
    self.isOfSeveral = isOfSeveral
    self.catalog = self.reserve()
    self.tree = self.reserve()
    self.faces = self.reserve()
    self.structure = self.reserve()
    self.document = self.reserve()
  }

  /// Keeps a number for an object that is written later.
  private mutating func reserve() -> Int {
    self.objects.append([])
    return self.objects.count
  }

  private mutating func add(_ text: String) -> Int {
    self.objects.append(Array(text.utf8))
    return self.objects.count
  }

  private mutating func set(_ number: Int, _ text: String) {
    self.objects[number - 1] = Array(text.utf8)
  }

  private mutating func add(stream: [UInt8], _ entries: String = "") -> Int {
    let head = "<<\(entries)/Length \(stream.count)>>\nstream\n"
    self.objects.append(Array(head.utf8) + stream + Array("\nendstream".utf8))
    return self.objects.count
  }

  /// Adds the pages of a paper; nothing of it where it is refused.
  ///
  /// - Throws: ``PaperFault``.
  package mutating func add(_ paper: CertificatePaper) throws(PaperFault) {
    let pages = try paper.pages(self.typefaces)
    for (typeface, glyphs) in pages.glyphs(self.typefaces) {
      self.used[typeface, default: [:]].merge(glyphs) { first, _ in first }
    }
    let section = self.isOfSeveral ? self.reserve() : self.document
    var own: [Int] = []
    for page in pages { own += self.add(page, to: section) }
    if self.isOfSeveral {
      self.set(
        section,
        "<</Type/StructElem/S/Sect/P \(self.document) 0 R/K[\(Self.references(own))]/Lang(kk)>>")
      own = [section]
    }
    self.elements += own
    self.papers.append(paper)
  }

  /// Adds a page; returns what its marks are.
  private mutating func add(_ page: Page, to section: Int) -> [Int] {
    let drawn = PDFPage(page, self.typefaces)
    let marks = Array(drawn.content.utf8)
    self.identity.update(marks)
    let content = self.add(stream: marks)
    let (width, height) = (page.width / Millimetres.perPoint, page.height / Millimetres.perPoint)
    let box = "[0 0 \(Decimal.text(width)) \(Decimal.text(height))]"
    var forms = ""
    for (place, form) in drawn.forms.enumerated() {
      forms += "/U\(place) \(self.form(form, box)) 0 R"
    }
    let number = self.reserve()
    var own: [Int] = []
    for (place, part) in drawn.parts.enumerated() {
      var text =
        "<</Type/StructElem/S/\(part.role)/P \(section) 0 R/Pg \(number) 0 R/K \(place)"
        + "/Lang(\(part.tongue.rawValue))"
      if let figure = part.figure {
        let box = figure.box.map { Decimal.text($0) }.joined(separator: " ")
        text += "/Alt\(Self.text(figure.told))/A<</O/Layout/BBox[\(box)]>>"
      }
      own.append(self.add(text + ">>"))
    }
    self.set(
      number,
      "<</Type/Page/Parent \(self.tree) 0 R/MediaBox\(box)"
        + "/Resources<</Font \(self.faces) 0 R/XObject<<\(forms)>>>>/Contents \(content) 0 R"
        + "/StructParents \(self.pages.count)/Tabs/S>>")
    self.parents.append("\(self.pages.count) [\(Self.references(own))]")
    self.pages.append(number)
    return own
  }

  /// The object of what is drawn more than once: one for all pages.
  private mutating func form(_ form: String, _ box: String) -> Int {
    if let number = self.forms[form] { return number }
    let marks = Array(form.utf8)
    self.identity.update(marks)
    let number = self.add(
      stream: marks, "/Type/XObject/Subtype/Form/BBox\(box)/Resources<<>>")
    self.forms[form] = number
    return number
  }

  /// The file's octets.
  ///
  /// - Throws: ``PaperFault`` for a face whose letters can't be embedded.
  package consuming func finish() throws(PaperFault) -> [UInt8] {
    let fonts = try self.fonts()
    self.set(self.faces, "<<\(fonts)>>")
    self.set(
      self.tree, "<</Type/Pages/Kids[\(Self.references(self.pages))]/Count \(self.pages.count)>>")
    self.set(
      self.document,
      "<</Type/StructElem/S/Document/P \(self.structure) 0 R"
        + "/K[\(Self.references(self.elements))]/Lang(kk)>>")
    let parentTree = self.add("<</Nums[\(self.parents.joined(separator: " "))]>>")
    self.set(
      self.structure,
      "<</Type/StructTreeRoot/K \(self.document) 0 R/ParentTree \(parentTree) 0 R"
        + "/ParentTreeNextKey \(self.pages.count)>>")
    let known = self.metadata()
    self.identity.update(known)
    let metadata = self.add(stream: known, "/Type/Metadata/Subtype/XML")
    let profile = self.add(stream: ColourProfile.octets, "/N 3")
    let intent = self.add(
      "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
        + "/DestOutputProfile \(profile) 0 R>>")
    self.set(
      self.catalog,
      "<</Type/Catalog/Pages \(self.tree) 0 R/Lang(kk)/MarkInfo<</Marked true>>"
        + "/StructTreeRoot \(self.structure) 0 R/Metadata \(metadata) 0 R"
        + "/OutputIntents[\(intent) 0 R]/ViewerPreferences<</DisplayDocTitle true>>>>")
    return self.file()
  }

  private static func references(_ numbers: [Int]) -> String {
    numbers.map { "\($0) 0 R" }.joined(separator: " ")
  }

  /// A text as UTF-16 in hexadecimal.
  static func text(_ text: String) -> String {
    "<FEFF" + text.utf16.map(GlyphRun.hex).joined() + ">"
  }

  /// Head, objects, their places, and an identity made of all before it.
  private func file() -> [UInt8] {
    // Four octets above 127 tell programs that the file is not text.
    var file = Array("%PDF-1.7\n%".utf8) + [0xD2, 0xA3, 0xD3, 0x99, 0x0A]
    var places: [Int] = []
    for (index, object) in self.objects.enumerated() {
      places.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8)
      file += object
      file += Array("\nendobj\n".utf8)
    }
    let identity = Hex.text(self.identity.finish().prefix(16))
    let start = file.count
    var end = "xref\n0 \(places.count + 1)\n0000000000 65535 f \n"
    for place in places {
      let digits = String(place)
      end += String(repeating: "0", count: 10 - digits.count) + "\(digits) 00000 n \n"
    }
    end +=
      "trailer\n<</Size \(places.count + 1)/Root \(self.catalog) 0 R/ID[<\(identity)><\(identity)>]>>\n"
      + "startxref\n\(start)\n%%EOF\n"
    return file + Array(end.utf8)
  }

  /// Embeds the letters that the pages use; returns the pages' names for the fonts.
  private mutating func fonts() throws(PaperFault) -> String {
    var names = ""
    for typeface in Typeface.allCases {
      guard let glyphs = self.used[typeface] else { continue }
      names += "/\(typeface.resource) \(try self.font(typeface, glyphs)) 0 R"
    }
    return names
  }

  private mutating func font(
    _ typeface: Typeface, _ glyphs: [UInt16: Unicode.Scalar]
  ) throws(PaperFault) -> Int {
    let face = self.typefaces[typeface]
    let octets = try face.embedded(glyphs, typeface, for: .pdf)
    let sums = Self.directory(of: octets)
    self.identity.update(sums)
    // Six letters tell this subset from others.
    let tag = SHA256.digest(sums).prefix(6).map { String(UnicodeScalar(65 + $0 % 26)) }.joined()
    let name = "\(tag)+\(typeface.name)"
    func scaled(_ units: Int) -> Int {
      Int((Double(units) * 1_000 / Double(face.unitsPerEm)).rounded())
    }
    let file = self.add(stream: octets, "/Length1 \(octets.count)")
    let box = face.box.map { "\(scaled($0))" }.joined(separator: " ")
    let descriptor = self.add(
      "<</Type/FontDescriptor/FontName/\(name)/Flags 4/FontBBox[\(box)]"
        + "/ItalicAngle \(Decimal.text(Double(face.italicAngle) / 65_536))"
        + "/Ascent \(scaled(face.ascent))/Descent \(scaled(face.descent))"
        + "/CapHeight \(scaled(face.capHeight))/StemV 80/FontFile2 \(file) 0 R>>")
    let sorted = glyphs.keys.sorted()
    let widths = sorted.map { "\($0)[\(scaled(face.advance(of: $0)))]" }.joined()
    let descendant = self.add(
      "<</Type/Font/Subtype/CIDFontType2/BaseFont/\(name)/CIDSystemInfo<</Registry(Adobe)"
        + "/Ordering(Identity)/Supplement 0>>/FontDescriptor \(descriptor) 0 R/DW 0"
        + "/W[\(widths)]/CIDToGIDMap/Identity>>")
    let unicode = self.add(stream: Self.toUnicode(glyphs))
    return self.add(
      "<</Type/Font/Subtype/Type0/BaseFont/\(name)/Encoding/Identity-H"
        + "/DescendantFonts[\(descendant) 0 R]/ToUnicode \(unicode) 0 R>>")
  }

  /// The directory of a font: the sum, place and length of each of its tables.
  private static func directory(of font: [UInt8]) -> [UInt8] {
    let count = font.count < 6 ? 0 : Int(font[4]) << 8 | Int(font[5])
    return Array(font.prefix(12 + 16 * count))
  }

  /// What each glyph says.
  static func toUnicode(_ glyphs: [UInt16: Unicode.Scalar]) -> [UInt8] {
    var text = """
      /CIDInit /ProcSet findresource begin
      12 dict begin
      begincmap
      /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
      /CMapName /Adobe-Identity-UCS def
      /CMapType 2 def
      1 begincodespacerange
      <0000> <FFFF>
      endcodespacerange

      """
    let sorted = glyphs.sorted { $0.key < $1.key }
    // A block has at most a hundred.
    for start in stride(from: 0, to: sorted.count, by: 100) {
      let block = sorted[start..<min(start + 100, sorted.count)]
      text += "\(block.count) beginbfchar\n"
      for (glyph, scalar) in block {
        let units = String(scalar).utf16.map(GlyphRun.hex).joined()
        text += "<\(GlyphRun.hex(glyph))> <\(units)>\n"
      }
      text += "endbfchar\n"
    }
    text += """
      endcmap
      CMapName currentdict /CMap defineresource pop
      end
      end

      """
    return Array(text.utf8)
  }

  /// What the document is, uncompressed: of one paper a page that verifies finds what the QR code says by a search.
  private func metadata() -> [UInt8] {
    let only = self.isOfSeveral ? nil : self.papers.first
    let link = only?.link.map { "<dc:identifier>\(Markup.text($0))</dc:identifier>\n" }
    let seconds = Set(self.papers.map(\.second.rawValue)).sorted()
    let languages = (["kk"] + seconds).map { "<rdf:li>\($0)</rdf:li>" }.joined()
    let title = only?.title ?? "Сертификат № \(self.papers.map(\.sheet.number).ends)"
    let issued = self.papers.map(\.sheet.issuedOn).max() ?? ""
    let text = """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(Markup.text(title))</rdf:li></rdf:Alt></dc:title>
      <dc:language><rdf:Bag>\(languages)</rdf:Bag></dc:language>
      \(link ?? "")<xmp:CreateDate>\(issued)</xmp:CreateDate>
      <pdfaid:part>2</pdfaid:part>
      <pdfaid:conformance>U</pdfaid:conformance>
      </rdf:Description>
      </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="w"?>
      """
    return Array(text.utf8)
  }
}

extension [Page] {
  /// The glyphs of each face that the pages use, with what each says; the faces in a fixed order.
  func glyphs(_ typefaces: Typefaces) -> [(Typeface, [UInt16: Unicode.Scalar])] {
    var used: [Typeface: [UInt16: Unicode.Scalar]] = [:]
    for page in self {
      for case .text(let block) in page.items {
        for run in block.lines.joined() {
          for place in GlyphRun(run, typefaces).placed {
            used[run.typeface, default: [:]][place.glyph] = place.scalar
          }
          // The space at the end of a line that goes on.
          if block.lines.count > 1, let space = typefaces[run.typeface].glyph(of: " ") {
            used[run.typeface, default: [:]][space] = " "
          }
        }
      }
    }
    return Typeface.allCases.compactMap { typeface in used[typeface].map { (typeface, $0) } }
  }
}

extension Face {
  /// The subset of a face, or whose file can't be used.
  func embedded(
    _ glyphs: [UInt16: Unicode.Scalar], _ typeface: Typeface, for use: Use
  ) throws(PaperFault) -> [UInt8] {
    do {
      return try self.subset(Set(glyphs.keys), for: use)
    } catch {
      throw PaperFault.faceUnusable(file: typeface.file, table: error.table)
    }
  }
}

extension CertificatePaper {
  /// The certificate as a PDF.
  package func pdf(_ typefaces: Typefaces) throws(PaperFault) -> [UInt8] {
    var file = PDFFile(typefaces, isOfSeveral: false)
    try file.add(self)
    return try file.finish()
  }
}

extension [String] {
  /// The first and the last.
  fileprivate var ends: String {
    guard let first = self.first, let last = self.last else { return "" }
    return self.count == 1 ? first : "\(first) … \(last)"
  }
}
