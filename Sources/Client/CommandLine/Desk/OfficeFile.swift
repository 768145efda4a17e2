import BitimPaper
import BitimProtocol

/// A page of the office that is asked for as a file.
struct OfficeFile {
  /// The form of a page; there may come others.
  private enum Format: String, CaseIterable {
    case html
  }

  /// What is typed to ask for one.
  static let options: Set<String> = ["format", "to"]

  private let path: String

  /// A page that a command always makes.
  ///
  /// - Parameter name: What its file is called where nobody says, in the folder that one is in: a code or a number
  ///   with what the page is, without its end.
  init(_ arguments: Arguments, called name: String) throws(Arguments.Fault) {
    _ = try CertificateCommand.word(arguments, "format", of: Format.self)
    // Codes have letters of every alphabet, and no file is to lie elsewhere because of one.
    let plain = name.filter { $0.isLetter || $0.isNumber || $0 == "-" }
    self.path = arguments["to"] ?? "\(plain).html"
  }

  /// A page that a command makes instead of rows, where `--format` asks for it; nil else.
  static func asked(
    _ arguments: Arguments, called name: String
  ) throws(Arguments.Fault) -> OfficeFile? {
    guard arguments["format"] != nil || arguments["to"] != nil else { return nil }
    _ = try arguments.required("format")
    return try OfficeFile(arguments, called: name)
  }

  /// Writes the page, its owner's alone, for it names people; the same page that lies there stays.
  func write(_ page: OfficePage, _ desk: Desk) throws(Sheet.Fault) -> Desk.End {
    try CertificateCommand.write(page.octets, to: self.path)
    desk.output.rows([.file], [[self.path]])
    return .done
  }
}

extension Desk {
  /// The reader's language, as papers know it.
  var tongue: Tongue { Tongue(rawValue: self.output.language.rawValue) ?? .en }
}
