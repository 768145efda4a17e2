/// The text of a file, whatever program saved it.
enum TextFile {
  /// How the octets of a file stand for letters.
  enum Encoding: String, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case windows1251 = "Windows-1251"
    case kz1048 = "KZ-1048"

    /// The encoding that somebody names, however it is written.
    init?(typed name: String) {
      func folded(_ name: String) -> String { name.lowercased().filter { $0 != "-" } }
      guard let encoding = Self.allCases.first(where: { folded($0.rawValue) == folded(name) })
      else { return nil }
      self = encoding
    }
  }

  /// Why a file has no text.
  enum Fault: Error, Equatable {
    /// It is a workbook of this kind, no text.
    case workbook(String)
    /// It is no list but a file of this kind; empty where it is no text of any kind.
    case noList(String)
    /// Its letters are of none of the encodings that are read.
    case noEncoding
    /// It is UTF-8, but not on this line.
    case notUTF8(line: Int)
    /// It is not of the encoding it seems to be, or that was named.
    case not(Encoding)
  }

  /// Reads a text, and says how: as `asked`, or as the octets themselves show.
  static func read(
    _ octets: [UInt8], as asked: Encoding? = nil
  ) throws(Fault) -> (text: String, encoding: Encoding) {
    if let kind = Self.workbook(octets) { throw .workbook(kind) }
    if let kind = Self.otherKind(octets) { throw .noList(kind) }
    // A mark says more than what somebody wrote of another file.
    if let asked, !octets.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard let text = Self.decoded(octets, asked) else { throw .not(asked) }
      return (text, asked)
    }
    if let sixteen = try Self.sixteen(octets) {
      guard let text = Self.decoded(octets, sixteen) else { throw .not(sixteen) }
      return (text, sixteen)
    }
    if let text = Self.decoded(octets, .utf8) { return (text, .utf8) }
    // A file that is UTF-8 in most of its places was damaged in the others.
    let letters = String(decoding: octets, as: UTF8.self).unicodeScalars.filter { !$0.isASCII }
    let lost = letters.count { $0 == "\u{FFFD}" }
    guard lost * 2 > letters.count else { throw .notUTF8(line: Self.firstBadLine(octets)) }
    let encoding: Encoding = octets.contains(where: KZ1048.isOwn) ? .kz1048 : .windows1251
    guard let text = Self.decoded(octets, encoding), Self.isWritten(text) else { throw .noEncoding }
    return (text, encoding)
  }

  /// Whether the words of a text are such as people write: of Kazakh and Russian letters, and no capital
  /// behind a small letter. What was saved in KOI8-R or for DOS has few of these when it is read as
  /// Windows-1251.
  private static func isWritten(_ text: String) -> Bool {
    let words = text.unicodeScalars.split { !$0.properties.isAlphabetic }
      .filter { $0.contains { !$0.isASCII } }
    let odd = words.count { word in
      word.contains { !$0.isASCII && !NameScript.kk.has($0) }
        || zip(word, word.dropFirst()).contains {
          $0.properties.isLowercase && $1.properties.isUppercase
        }
    }
    return odd * 4 <= words.count
  }

  /// The text without any byte order mark before it; nil if the octets are not of the encoding.
  private static func decoded(_ octets: [UInt8], _ encoding: Encoding) -> String? {
    let text: String?
    switch encoding {
    case .utf8: text = String(validating: octets, as: UTF8.self)
    case .utf16LittleEndian, .utf16BigEndian:
      guard octets.count.isMultiple(of: 2) else { return nil }
      let (low, high) = encoding == .utf16LittleEndian ? (0, 1) : (1, 0)
      let units = stride(from: 0, to: octets.count, by: 2).map { place in
        UInt16(octets[place + high]) << 8 | UInt16(octets[place + low])
      }
      text = String(validating: units, as: UTF16.self)
    case .windows1251: text = KZ1048.text(octets, asWindows: true)
    case .kz1048: text = KZ1048.text(octets, asWindows: false)
    }
    guard let text else { return nil }
    return String(String.UnicodeScalarView(text.unicodeScalars.drop { $0 == "\u{FEFF}" }))
  }

  /// UTF-16 by its mark, or without one by its NUL octets, which no other text has.
  private static func sixteen(_ octets: [UInt8]) throws(Fault) -> Encoding? {
    if octets.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if octets.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    let zeros = octets.indices.filter { octets[$0] == 0 }
    guard !zeros.isEmpty else { return nil }
    let odd = zeros.count { !$0.isMultiple(of: 2) }
    // Signs of ASCII stand in each row, and have their NUL all on one side.
    guard zeros.count * 20 > octets.count, max(odd, zeros.count - odd) * 10 >= zeros.count * 9
    else { throw .noList("") }
    return odd * 2 > zeros.count ? .utf16LittleEndian : .utf16BigEndian
  }

  /// The kind of a file that is no list, by what it begins with; nil for what may be one.
  private static func otherKind(_ octets: [UInt8]) -> String? {
    let beginnings: [(octets: [UInt8], kind: String)] = [
      (Array("%PDF".utf8), ".pdf"), ([0x89] + Array("PNG".utf8), ".png"),
      ([0xFF, 0xD8, 0xFF], ".jpg"),
      ([0x1F, 0x8B], ".gz"), (Array("Rar!".utf8), ".rar"),
      (Array("7z".utf8) + [0xBC, 0xAF], ".7z"),
      (Array("{\\rtf".utf8), ".rtf"), ([0xFF, 0xFE, 0, 0], "UTF-32"),
      ([0, 0, 0xFE, 0xFF], "UTF-32"),
    ]
    if let known = beginnings.first(where: { octets.starts(with: $0.octets) }) { return known.kind }
    if octets.starts(with: Array("PK".utf8) + [3, 4]) { return Self.archive(octets) }
    // Programs save a page of tables and call it .xls.
    let text = String(decoding: octets.prefix(200), as: UTF8.self).lowercased()
      .drop { $0 == "\u{FEFF}" || $0.isWhitespace }
    if text.hasPrefix("<?xml") { return ".xml" }
    return ["<!doctype", "<html", "<table", "<head", "<meta"].contains(where: text.hasPrefix)
      ? ".html" : nil
  }

  /// The kind of an archive that is no workbook.
  private static func archive(_ octets: [UInt8]) -> String {
    if Self.holds(octets, "opendocument.text") { return ".odt" }
    return Self.holds(octets, "word/") ? ".docx" : ".zip"
  }

  /// The kind of a workbook, by what it begins with and by the names of the files in it.
  private static func workbook(_ octets: [UInt8]) -> String? {
    // Compound files are of Excel up to 2003.
    if octets.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return ".xls" }
    guard octets.starts(with: Array("PK".utf8) + [3, 4]) else { return nil }
    // The first file of an .ods says what it is, and is not compressed.
    if Self.holds(octets, "opendocument.spreadsheet") { return ".ods" }
    return Self.holds(octets, "xl/") ? ".xlsx" : nil
  }

  /// Whether an archive names something at its beginning or at its end, where the list of its files stands.
  private static func holds(_ octets: [UInt8], _ name: String) -> Bool {
    String(decoding: octets.prefix(2_000) + octets.suffix(8_000), as: UTF8.self).contains(name)
  }

  private static func firstBadLine(_ octets: [UInt8]) -> Int {
    var line = 1
    for part in octets.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}
