import BitimClient
import BitimPaper
import BitimProtocol
import BitimSystem
import Foundation

/// `bitim certificate sheet`: certificates as papers, each in a file of its own or all in one.
extension CertificateCommand {
  /// The form of a paper.
  private enum Format: String, CaseIterable {
    case pdf, html
  }

  /// Where Debian's package has the faces.
  private static let fonts = "/usr/share/fonts/truetype/paratype"

  /// Where papers go.
  private enum Place {
    /// A file each in a folder.
    case folder(String)
    /// One ZIP file.
    case zip(String)
    /// One PDF.
    case onePDF(String)
  }

  /// How papers are made.
  private struct Job {
    let format: Format
    let second: CertificatePaper.Second
    /// The page that verifies; empty where none is given.
    let page: String
    let form: CertificatePaper.Form
    let fonts: String
    let place: Place

    init(_ arguments: Arguments) throws(Arguments.Fault) {
      self.format = try CertificateCommand.word(arguments, "format", of: Format.self) ?? .pdf
      self.second =
        try CertificateCommand.word(arguments, "second", of: CertificatePaper.Second.self) ?? .ru
      self.page = try CertificateCommand.page(arguments)
      self.form = try CertificateCommand.form(arguments)
      self.fonts = arguments["fonts"] ?? CertificateCommand.fonts
      self.place =
        switch (arguments["folder"], arguments["zip"], arguments["one-pdf"]) {
        case (let folder, nil, nil): .folder(folder ?? ".")
        case (nil, let file?, nil): .zip(file)
        case (nil, nil, let file?): .onePDF(file)
        default:
          throw Arguments.Fault(
            text: .usageOneOf, arguments: ["list": "--folder, --zip, --one-pdf"])
        }
      if case .onePDF = self.place, self.format == .html {
        throw Arguments.Fault(text: .usageOneOf, arguments: ["list": "--one-pdf, --format html"])
      }
    }

    func paper(_ answer: BitimV1.GetCertificateResponse) throws(PaperFault) -> CertificatePaper {
      try CertificatePaper(answer, second: self.second, address: self.page, form: self.form)
    }
  }

  static func sheet(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words,
      options: [
        "format", "second", "page", "folder", "fonts", "zip", "one-pdf", "cohort", "from", "offset",
      ], switches: ["front-only"])
    let job = try Job(arguments)
    let answers = try await Self.answers(arguments, desk)
    guard !answers.isEmpty else { return .refused }
    guard let typefaces = Self.typefaces(in: job.fonts, desk) else { return .failed }
    let files: [String]?
    switch job.place {
    case .folder(let folder): files = try Self.papers(job, answers, in: folder, typefaces, desk)
    case .zip(let file): files = try Self.zipped(job, answers, file, typefaces, desk)
    case .onePDF(let file): files = try Self.onePDF(job, answers, file, typefaces, desk)
    }
    guard let files else { return .refused }
    desk.output.rows(
      [.number, .file],
      zip(answers, files).map { [$0.sheet?.number ?? "", $1] }, messages: answers)
    if job.page.isEmpty { desk.output.note(.paperNoPage) }
    return .done
  }

  /// The certificates that are asked for, each once, in their order; none, and said so, where there are none.
  private static func answers(
    _ arguments: Arguments, _ desk: Desk
  ) async throws -> [BitimV1.GetCertificateResponse] {
    let service = CertificateServiceClient(desk.client)
    var numbers = arguments.positions
    if let cohort = arguments["cohort"] {
      try arguments.atMost(0)
      numbers = try await Self.numbers(ofCohort: cohort, service)
      if numbers.isEmpty { desk.output.note(.paperCohortNone, ["cohort": cohort]) }
    } else {
      _ = try arguments.position(0, "NUMBER")
    }
    var answers: [BitimV1.GetCertificateResponse] = []
    var seen: Set<String> = []
    for number in numbers {
      var request = BitimV1.GetCertificateRequest()
      request.number = number
      let answer = try await service.getCertificate(request)
      if seen.insert(answer.sheet?.number ?? "").inserted { answers.append(answer) }
    }
    // After the sheets that came out whole; whoever counts them counts from one.
    return Array(answers.dropFirst(try Self.skipped(arguments, of: answers.count)))
  }

  /// The certificates of a cohort, in its order.
  private static func numbers(
    ofCohort cohort: String, _ service: CertificateServiceClient
  ) async throws(CallFailure) -> [String] {
    var request = BitimV1.PreviewIssueRequest()
    request.cohort = cohort
    return try await service.previewIssue(request).lines.map(\.certificateNumber).filter {
      !$0.isEmpty
    }
  }

  /// How many sheets of so many `--from` passes over.
  private static func skipped(
    _ arguments: Arguments, of count: Int
  ) throws(Arguments.Fault) -> Int {
    guard let text = arguments["from"] else { return 0 }
    guard count > 0 else { return 0 }
    guard let from = Int(text), (1...count).contains(from) else {
      throw Arguments.Fault(
        text: .usageSheetFrom, arguments: ["value": text, "count": "\(count)"])
    }
    return from - 1
  }

  /// How much is printed, and where.
  private static func form(_ arguments: Arguments) throws(Arguments.Fault) -> CertificatePaper.Form
  {
    var form = CertificatePaper.Form(isFrontOnly: arguments.has("front-only"))
    guard let text = arguments["offset"] else { return form }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let parts = words.compactMap {
      $0.wholeMatch(of: /-?\d{1,2}(\.\d{1,2})?/).flatMap { Double($0.0) }
    }
    let most = CertificatePaper.Form.offsetMax
    guard words.count == 2, parts.count == 2, parts.allSatisfy({ abs($0) <= most })
    else {
      throw Arguments.Fault(
        text: .usageOffset, arguments: ["value": text, "most": "\(Int(most))"])
    }
    (form.right, form.down) = (parts[0], parts[1])
    return form
  }

  /// All papers, each in a file of its own, or none: whoever prints a list does not look for the one that is
  /// missing. Nil, and said so, where one is refused.
  private static func papers(
    _ job: Job, _ answers: [BitimV1.GetCertificateResponse], in folder: String,
    _ typefaces: Typefaces, _ desk: Desk
  ) throws -> [String]? {
    var papers: [(path: String, octets: [UInt8])] = []
    let isDone = Self.each(job, answers, desk) { paper, name throws(PaperFault) in
      papers.append(("\(folder)/\(name)", try Self.octets(of: paper, job, typefaces)))
    }
    guard isDone else { return nil }
    try Self.write(papers, in: folder)
    return papers.map(\.path)
  }

  private static func octets(
    of paper: CertificatePaper, _ job: Job, _ typefaces: Typefaces
  ) throws(PaperFault) -> [UInt8] {
    try job.format == .pdf ? paper.pdf(typefaces) : paper.html(typefaces)
  }

  /// All papers in one ZIP file, or no file.
  private static func zipped(
    _ job: Job, _ answers: [BitimV1.GetCertificateResponse], _ path: String,
    _ typefaces: Typefaces, _ desk: Desk
  ) throws -> [String]? {
    var zip = ZIPFile()
    var names: [String] = []
    let file = try Self.new(path)
    // A piece at a time: a year's papers are more than a program should hold.
    var piece: [UInt8] = []
    var fault: Sheet.Fault?
    let isDone = Self.each(job, answers, desk) { paper, name throws(PaperFault) in
      guard fault == nil else { return }
      let octets = try Self.octets(of: paper, job, typefaces)
      do throws(Sheet.Fault) {
        piece += try Self.member(name, octets, of: &zip, path)
        names.append("\(path)/\(name)")
        if piece.count >= 1 << 24 { try Self.flush(&piece, to: file, path) }
      } catch {
        fault = error
      }
    }
    if isDone, fault == nil {
      do throws(Sheet.Fault) {
        piece += zip.finish()
        try Self.flush(&piece, to: file, path)
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    // What is not finished is gone.
    guard isDone else { return nil }
    do throws(PrivateFile.Failure) {
      try file.finish()
    } catch {
      throw Sheet.Fault(error, creating: path)
    }
    return names
  }

  private static func member(
    _ name: String, _ octets: [UInt8], of zip: inout ZIPFile, _ path: String
  ) throws(Sheet.Fault) -> [UInt8] {
    do throws(ZIPFile.TooLarge) {
      return try zip.member(name, octets)
    } catch {
      throw Sheet.Fault(
        text: .paperZIPTooLarge, arguments: ["file": path, "count": "\(zip.count)"])
    }
  }

  private static func flush(
    _ piece: inout [UInt8], to file: borrowing WholeFile, _ path: String
  ) throws(Sheet.Fault) {
    do throws(PrivateFile.Failure) {
      try file.write(piece)
    } catch {
      throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": path])
    }
    piece = []
  }

  /// All papers in one PDF, or no file.
  private static func onePDF(
    _ job: Job, _ answers: [BitimV1.GetCertificateResponse], _ path: String,
    _ typefaces: Typefaces, _ desk: Desk
  ) throws -> [String]? {
    // What lies there is told before the work, not after it.
    let file = try Self.new(path)
    var pdf = PDFFile(typefaces, isOfSeveral: answers.count > 1)
    let isDone = Self.each(job, answers, desk) { paper, _ throws(PaperFault) in
      try pdf.add(paper)
    }
    // What is not finished is gone.
    guard isDone else { return nil }
    let octets: [UInt8]
    do throws(PaperFault) {
      octets = try pdf.finish()
    } catch {
      desk.complain(error, number: "", fonts: job.fonts)
      return nil
    }
    do throws(PrivateFile.Failure) {
      try file.write(octets)
      try file.finish()
    } catch {
      throw Sheet.Fault(error, creating: path)
    }
    return answers.map { _ in path }
  }

  /// A new file of its owner's own, which has its name when it is whole.
  private static func new(_ path: String) throws(Sheet.Fault) -> WholeFile {
    do throws(PrivateFile.Failure) {
      return try WholeFile(path)
    } catch {
      throw Sheet.Fault(error, creating: path)
    }
  }

  /// Makes paper after paper, and says how far it has come; false, and said so, where one is refused.
  private static func each(
    _ job: Job, _ answers: [BitimV1.GetCertificateResponse], _ desk: Desk,
    _ make: (CertificatePaper, _ name: String) throws(PaperFault) -> Void
  ) -> Bool {
    var progress = Progress(of: answers.count, desk.output)
    defer { progress.end() }
    for (index, answer) in answers.enumerated() {
      let number = answer.sheet?.number ?? ""
      do throws(PaperFault) {
        try make(try job.paper(answer), "\(Self.plain(number)).\(job.format.rawValue)")
      } catch {
        progress.end()
        desk.complain(error, number: number, fonts: job.fonts)
        return false
      }
      progress.tell(index + 1)
    }
    return true
  }

  /// The value of an option that is one of a few words; nil where it is not given.
  static func word<Word: RawRepresentable<String> & CaseIterable>(
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
  static func page(_ arguments: Arguments) throws(Arguments.Fault) -> String {
    guard let page = arguments["page"] else { return "" }
    // What stands behind # is the paper's; and what a phone can't open is no page.
    let isPage = page.wholeMatch(of: /https?:\/\/[^\s#\/]+(\/[^\s#]*)?/) != nil
    guard isPage else { throw Arguments.Fault(text: .usagePage, arguments: ["value": page]) }
    return page
  }

  /// What the certificates of a preview would look like, each in a PDF that is called as its holder is numbered; all
  /// or none.
  static func specimens(
    of lines: [BitimV1.PreviewLine], in folder: String, fonts: String?, _ desk: Desk
  ) throws -> Desk.End {
    let fonts = fonts ?? Self.fonts
    guard let typefaces = Self.typefaces(in: fonts, desk) else { return .failed }
    var papers: [(path: String, octets: [UInt8])] = []
    for line in lines {
      guard let sheet = line.sheet else { continue }
      let number = line.person?.displayId ?? ""
      do throws(PaperFault) {
        let octets = try CertificatePaper(specimen: sheet, second: .ru).pdf(typefaces)
        papers.append(("\(folder)/\(Self.plain(number)).pdf", octets))
      } catch {
        desk.complain(error, number: number, fonts: fonts)
        return .refused
      }
    }
    try Self.write(papers, in: folder)
    desk.output.note(.previewSpecimens, ["count": "\(papers.count)", "folder": folder])
    return .done
  }

  /// Writes papers into a folder, which is made where it is not there.
  private static func write(
    _ papers: [(path: String, octets: [UInt8])], in folder: String
  ) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": folder])
    }
    for paper in papers { try Self.write(paper.octets, to: paper.path) }
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
  static func plain(_ number: String) -> String {
    number.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }

  /// Writes a paper that is its owner's alone, for it names a person. One that is there with the same
  /// octets stays; another is never written over.
  static func write(_ octets: [UInt8], to path: String) throws(Sheet.Fault) {
    do throws(PrivateFile.Failure) {
      try WholeFile.create(path, octets)
    } catch .isThere {
      if FileManager.default.contents(atPath: path).map({ Array($0) }) == octets { return }
      throw Sheet.Fault(.isThere, creating: path)
    } catch {
      throw Sheet.Fault(error, creating: path)
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
    case .specialisation: .columnSpecialisation
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
