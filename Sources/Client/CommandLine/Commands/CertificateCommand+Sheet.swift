import BitimClient
import BitimPaper
import BitimProtocol
import BitimSystem
import Foundation

/// `bitim certificate sheet`: certificates as papers, each in a file of its own.
extension CertificateCommand {
  /// The form of a paper.
  private enum Format: String, CaseIterable {
    case pdf, html
  }

  /// Where Debian's package has the faces.
  private static let fonts = "/usr/share/fonts/truetype/paratype"

  static func sheet(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["format", "second", "page", "folder", "fonts"])
    _ = try arguments.position(0, "NUMBER")
    let format = try Self.word(arguments, "format", of: Format.self) ?? .pdf
    let second = try Self.word(arguments, "second", of: CertificatePaper.Second.self) ?? .ru
    let page = try Self.page(arguments)
    let folder = arguments["folder"] ?? "."
    let service = CertificateServiceClient(desk.client)
    var answers: [BitimV1.GetCertificateResponse] = []
    for number in arguments.positions {
      var request = BitimV1.GetCertificateRequest()
      request.number = number
      answers.append(try await service.getCertificate(request))
    }
    // All of them, or none: whoever prints a list does not look for the one that is missing.
    let fonts = arguments["fonts"] ?? Self.fonts
    guard let typefaces = Self.typefaces(in: fonts, desk) else { return .failed }
    var papers: [(path: String, octets: [UInt8])] = []
    for answer in answers {
      let number = answer.sheet?.number ?? ""
      do throws(PaperFault) {
        let paper = try CertificatePaper(answer, second: second, address: page)
        let octets = try format == .pdf ? paper.pdf(typefaces) : paper.html(typefaces)
        papers.append(("\(folder)/\(Self.plain(number)).\(format.rawValue)", octets))
      } catch {
        desk.complain(error, number: number, fonts: fonts)
        return .refused
      }
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": folder])
    }
    for paper in papers { try Self.write(paper.octets, to: paper.path) }
    desk.output.rows(
      [.number, .file],
      zip(answers, papers).map { [$0.sheet?.number ?? "", $1.path] }, messages: answers)
    if page.isEmpty { desk.output.note(.paperNoPage) }
    return .done
  }

  /// The value of an option that is one of a few words; nil where it is not given.
  private static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ arguments: Arguments, _ option: String, of words: Word.Type
  ) throws(Arguments.Fault) -> Word? {
    guard let value = arguments[option] else { return nil }
    guard let word = Word(rawValue: value) else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: [
          "option": "--\(option)", "value": value,
          "list": words.allCases.map(\.rawValue).joined(separator: ", "),
        ])
    }
    return word
  }

  /// The page that verifies; empty where none is given.
  private static func page(_ arguments: Arguments) throws(Arguments.Fault) -> String {
    guard let page = arguments["page"] else { return "" }
    // What stands behind # is the paper's; and what a phone can't open is no page.
    let isPage = page.wholeMatch(of: /https?:\/\/[^\s#\/]+(\/[^\s#]*)?/) != nil
    guard isPage else { throw Arguments.Fault(text: .usagePage, arguments: ["value": page]) }
    return page
  }

  /// The faces that are in a folder; says which is missing or can't be used.
  private static func typefaces(in folder: String, _ desk: Desk) -> Typefaces? {
    do throws(PaperFault) {
      return try Typefaces { file in
        FileManager.default.contents(atPath: "\(folder)/\(file)").map { Array($0) }
      }
    } catch {
      desk.complain(error, number: "", fonts: folder)
      return nil
    }
  }

  /// A number as a file's name: whatever a server says, the file is in its folder.
  private static func plain(_ number: String) -> String {
    number.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  /// Writes a paper that is its owner's alone, for it names a person. One that is there with the same
  /// octets stays; another is never written over.
  private static func write(_ octets: [UInt8], to path: String) throws(Sheet.Fault) {
    do throws(PrivateFile.Failure) {
      try PrivateFile.create(path, octets)
    } catch .isThere {
      if FileManager.default.contents(atPath: path).map({ Array($0) }) == octets { return }
      throw Sheet.Fault(text: .fileThere, arguments: ["file": path])
    } catch {
      throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": path])
    }
  }
}

extension Desk {
  /// Says why there is no paper.
  fileprivate func complain(_ fault: PaperFault, number: String, fonts: String) {
    switch fault {
    case .faceMissing(let file):
      self.output.note(.paperFaceMissing, ["file": file, "folder": fonts])
    case .faceUnusable(let file, let table):
      self.output.note(.paperFaceUnusable, ["file": "\(fonts)/\(file)", "table": table])
    case .letterMissing(let field, let letter, let file):
      let code = String(letter.value, radix: 16, uppercase: true)
      self.output.note(
        .paperLetterMissing,
        [
          "number": number, "field": self.output.say(field.title), "letter": String(letter),
          "code": "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code,
          "file": file,
        ])
    case .tooLong(let field):
      self.output.note(
        .paperTooLong, ["number": number, "field": self.output.say(field.title)])
    case .addressTooLong: self.output.note(.paperPageTooLong)
    case .notOurs: self.output.note(.paperNotOurs, ["number": number])
    }
  }
}

extension PaperField {
  /// What people call it.
  fileprivate var title: Text {
    switch self {
    case .issuer: .columnIssuer
    case .title: .columnTitle
    case .number: .columnNumber
    case .holder: .columnHolder
    case .hours: .columnHours
    case .trained: .columnTrained
    case .attested: .columnAttested
    case .decided: .columnDecided
    case .trainedBy: .columnTrainedBy
    case .legalBasis: .columnLegalBasis
    case .entitlement: .columnEntitlement
    case .basedOn: .columnBasedOn
    case .issued: .columnIssued
    case .place: .columnPlace
    case .validity: .columnValidUntil
    case .signatoryPost, .signatory: .columnSignatory
    case .code: .columnCode
    case .duplicate: .columnDuplicate
    case .words: .paperWords
    }
  }
}
