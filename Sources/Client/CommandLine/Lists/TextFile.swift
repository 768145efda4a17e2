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
    // A mark says more than what somebody wrote of another file.
    if let asked, !octets.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard let text = Self.decoded(octets, asked) else { throw .not(asked) }
      return (text, asked)
    }
    if let sixteen = Self.sixteen(octets) {
      guard let text = Self.decoded(octets, sixteen) else { throw .not(sixteen) }
      return (text, sixteen)
    }
    if let text = Self.decoded(octets, .utf8) { return (text, .utf8) }
    // A file that is UTF-8 in most of its places was damaged in the others.
    let letters = String(decoding: octets, as: UTF8.self).unicodeScalars.filter { !$0.isASCII }
    let lost = letters.count { $0 == "\u{FFFD}" }
    guard lost * 2 > letters.count else { throw .notUTF8(line: Self.firstBadLine(octets)) }
    let encoding: Encoding = octets.contains(where: KZ1048.isOwn) ? .kz1048 : .windows1251
    guard let text = Self.decoded(octets, encoding) else { throw .not(encoding) }
    return (text, encoding)
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
  private static func sixteen(_ octets: [UInt8]) -> Encoding? {
    if octets.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if octets.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    let zeros = octets.indices.filter { octets[$0] == 0 }
    guard !zeros.isEmpty else { return nil }
    let odd = zeros.count { !$0.isMultiple(of: 2) }
    return odd * 2 > zeros.count ? .utf16LittleEndian : .utf16BigEndian
  }

  /// The kind of a workbook, by what it begins with and by the names of the files in it.
  private static func workbook(_ octets: [UInt8]) -> String? {
    // Compound files are of Excel up to 2003.
    if octets.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return ".xls" }
    guard octets.starts(with: Array("PK".utf8) + [3, 4]) else { return nil }
    // The first file of an .ods says what it is, and is not compressed.
    let head = String(decoding: octets.prefix(200), as: UTF8.self)
    if head.contains("opendocument.spreadsheet") { return ".ods" }
    // The list of files stands at the end.
    let names = String(decoding: octets.prefix(2_000) + octets.suffix(8_000), as: UTF8.self)
    return names.contains("xl/") ? ".xlsx" : ".zip"
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
