import BitimClient
import BitimPaper
import BitimProtocol
import BitimSystem
import Foundation

/// `bitim publish`: a folder for a web server, with the page that verifies and an answer for each certificate, and the
/// register of mediators beside it.
enum PublishCommand {
  static let help = Help(
    summary: .helpPublish, usage: .helpPublishUsage,
    examples: [
      "bitim publish /srv/www/verify",
      "bitim publish /srv/www/verify --contact 'тел. +7 727 000-00-00'",
      "bitim publish /srv/www/verify --page https://mediators.example/verify.html",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["contact", "page"])
    try arguments.atMost(1)
    let folder = try PublishedFolder(try arguments.position(0, "DIR"))
    let service = CertificateServiceClient(desk.client)
    let address = try CertificateCommand.signedPage(arguments)
    let own = address.isEmpty ? nil : address
    try folder.prepare()
    guard let asOf = try await Self.instant(service, desk) else { return .failed }
    let answers = try await Self.publish(
      in: folder, asOf: asOf, lists: StatusFiles.folder(beside: own), service, desk)
    // Behind the answers: what they say of marks the lists have too.
    let status = try await Self.lists(of: answers.years, at: own, in: folder, service)
    let register = try await Self.register(of: answers.issuer, desk)
    var isChanged = false
    if let register { isChanged = try folder.put(register, changedOn: Self.day(of: asOf)) }
    let page = VerifyPage(
      answers.all, status: status.files, asOf: asOf, school: answers.issuer,
      contact: arguments["contact"] ?? "")
    let gone = try folder.removeAll(but: Set(answers.all.map(\.name)))
    // Last: what it says of its age is true of all that lies beside it.
    try folder.finish(page.octets)
    desk.output.note(
      .publishDone,
      [
        "folder": folder.path, "count": "\(answers.all.count)", "new": "\(answers.new)",
        "changed": "\(answers.changed)", "gone": "\(gone)",
      ])
    if answers.adopted > 0 { desk.output.note(.publishAdopted, ["count": "\(answers.adopted)"]) }
    // Whoever verifies can hold it against nothing else.
    if let key = status.files.first?.issuer { desk.output.note(.publishKey, ["key": key]) }
    if let what = status.trouble { desk.output.note(.publishUnsigned, ["what": what]) }
    if arguments["contact"] == nil { desk.output.note(.publishNoContact) }
    if let register { Self.tell(of: register, isChanged: isChanged, desk) }
    desk.output.note(.publishNext)
    return .done
  }

  /// The instant before which all is known, by the server's clock; nil, and said so, where that is doubtful.
  private static func instant(
    _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> String? {
    // Nobody's number: what is answered is the instant, and whether it can be trusted.
    var request = BitimV1.VerifyCertificateRequest()
    (request.number, request.code) = ("0", "0")
    let answer = try await service.verifyCertificate(request)
    let instant = Desk.instant(answer.asOf)
    // Without it the page would never grow old.
    guard !answer.clockDoubtful, !instant.isEmpty else {
      desk.output.note(.publishClock)
      return nil
    }
    return instant
  }

  /// What was published, and how much of it is other than it was.
  private struct Published {
    var all: [PublishedAnswer] = []
    /// The School, as the last certificate names it.
    var issuer = BitimV1.Text()
    var new = 0
    var changed = 0
    var adopted = 0
    /// Years of which there are status lists.
    var years: [Int] { Set(self.all.filter { $0.place != nil }.map(\.year)).sorted() }
  }

  /// What is answered of a certificate; where it is valid and something is decided for a day to come, that.
  ///
  /// - Parameter horizon: The last day for which something may be decided.
  private static func answer(
    _ number: String, _ service: CertificateServiceClient, until horizon: String
  ) async throws -> PublishedAnswer? {
    var request = BitimV1.GetCertificateRequest()
    request.number = number
    let today = request
    let certificate = try await Patience.ask { () async throws(CallFailure) in
      try await service.getCertificate(today)
    }
    guard [.valid, .notYetValid].contains(certificate.status?.standing) else {
      return PublishedAnswer(certificate)
    }
    request.asOf = horizon
    let later = request
    let ahead = try await Patience.ask { () async throws(CallFailure) in
      try await service.getCertificate(later)
    }.status
    let isDecided = [.revoked, .suspended].contains(ahead?.standing)
    return PublishedAnswer(certificate, ahead: isDecided ? ahead : nil)
  }

  /// The status lists of years, put where others fetch them; none, and why, where nobody signs.
  ///
  /// - Parameter page: The page's address; nil where nobody knows it.
  private static func lists(
    of years: [Int], at page: String?, in folder: borrowing PublishedFolder,
    _ service: CertificateServiceClient
  ) async throws -> (files: [StatusFiles], trouble: String?) {
    var lists: [StatusFiles] = []
    for year in years {
      var request = BitimV1.GetStatusListsRequest()
      request.year = Int32(year)
      request.address = page.map { StatusFiles.address(beside: $0) } ?? ""
      let answer: BitimV1.GetStatusListsResponse
      do {
        answer = try await Patience.ask { [request] () async throws(CallFailure) in
          try await service.getStatusLists(request)
        }
      } catch {
        let reason = (error as? CallFailure)?.status?.reasons.first
        guard let reason, reason.reason == "NOTHING_SIGNED" else { throw error }
        return ([], reason.metadata["what"] ?? "")
      }
      lists.append(
        StatusFiles(year: year, revocation: answer.revocation, suspension: answer.suspension))
    }
    for list in lists { try folder.put(list) }
    return (lists, nil)
  }

  /// The register of mediators; nil where the School never entered anybody.
  private static func register(
    of school: BitimV1.Text, _ desk: Desk
  ) async throws -> MediatorsPage? {
    var request = BitimV1.ListEntriesRequest()
    // The last that is excluded leaves a register in which nobody stands.
    request.withExcluded = true
    let entries = try await request.pages(by: RegisterServiceClient(desk.client).listEntries)
      .flatMap(\.entries)
    return entries.isEmpty ? nil : MediatorsPage(entries, school: school)
  }

  private static func tell(of register: MediatorsPage, isChanged: Bool, _ desk: Desk) {
    desk.output.note(.publishRegister, ["count": "\(register.count)"])
    for number in register.nameless { desk.output.note(.publishNameless, ["number": number]) }
    if isChanged { desk.output.note(.publishRegisterChanged) }
  }

  /// The day of an instant in the School's zone.
  private static func day(of instant: String) throws -> String {
    let zone = TimeZone(identifier: "Asia/Almaty") ?? .gmt
    let day = Date.ISO8601FormatStyle(timeZone: zone).year().month().day()
    return try Date(String(instant.prefix(19)) + "Z", strategy: .iso8601).formatted(day)
  }

  /// The last day for which something may be decided: thirty days ahead, of a day that has begun in the
  /// School's zone before it does in that of instants.
  private static func horizon(_ instant: String) throws -> String {
    let day = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
    return try Date(String(instant.prefix(10)), strategy: day)
      .addingTimeInterval(31 * 86_400).formatted(day)
  }

  private static func publish(
    in folder: borrowing PublishedFolder, asOf instant: String, lists: String,
    _ service: CertificateServiceClient, _ desk: Desk
  ) async throws -> Published {
    let horizon = try Self.horizon(instant)
    var published = Published()
    var numbers: [String] = []
    for try await line in try await service.exportCertificates(.init()) {
      // A paper of an old register has no code: it is verified by what stands on it.
      if line.kind == .adopted { published.adopted += 1 } else { numbers.append(line.number) }
    }
    var progress = Progress(of: numbers.count, desk.output)
    defer { progress.end() }
    for number in numbers {
      guard let answer = try await Self.answer(number, service, until: horizon) else { continue }
      switch try folder.put(try answer.octets(lists: lists), as: answer.name) {
      case .new: published.new += 1
      case .changed: published.changed += 1
      case .same: break
      }
      published.issuer = answer.issuer ?? published.issuer
      published.all.append(answer)
      progress.tell(published.all.count)
    }
    return published
  }
}

/// The folder that a web server shows.
struct PublishedFolder: ~Copyable {
  /// What became of an answer's file.
  enum Outcome { case new, changed, same }

  let path: String
  private let answers: String
  private let lock: FolderLock

  /// Makes the folder where it is missing, and keeps it for itself.
  ///
  /// - Throws: ``Sheet/Fault``.
  init(_ path: String) throws(Sheet.Fault) {
    self.path = path
    self.answers = "\(path)/\(VerifyPage.folder)"
    self.lock = try Self.locked(path, self.answers)
  }

  /// Removes what a publication that was cut off left unfinished, and lays the cover over the answers.
  func prepare() throws(Sheet.Fault) {
    try self.remove(self.names().filter { $0.hasSuffix(PublicFile.unfinished) })
    _ = try self.write(Array(VerifyPage.cover.utf8), to: "\(self.answers)/index.html")
  }

  /// Makes both folders, and keeps others out.
  private static func locked(
    _ path: String, _ answers: String
  ) throws(Sheet.Fault) -> FolderLock {
    do throws(PublicFile.Failure) {
      try PublicFile.makeFolder(path, mayBeLink: true)
      try PublicFile.makeFolder(answers)
      return try FolderLock(path)
    } catch {
      throw Sheet.Fault(error)
    }
  }

  /// Does something to files, and says in words what the system says against it.
  private static func doing(
    _ work: () throws(PublicFile.Failure) -> Void
  ) throws(Sheet.Fault) {
    do throws(PublicFile.Failure) { try work() } catch { throw Sheet.Fault(error) }
  }

  /// Names in the folder of the answers.
  private func names() throws(Sheet.Fault) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: self.answers)
    } catch {
      let code = (error as? CocoaError)?.underlying as? POSIXError
      throw Sheet.Fault(PublicFile.Failure(path: self.answers, code: code?.code.rawValue ?? EIO))
    }
  }

  /// Writes what is other than it was: who fetches what is the same is told so by the web server.
  private func write(_ octets: [UInt8], to path: String) throws(Sheet.Fault) -> Outcome {
    let old = FileManager.default.contents(atPath: path)
    if let old, old.elementsEqual(octets) { return .same }
    try Self.doing { () throws(PublicFile.Failure) in try PublicFile.replace(path, with: octets) }
    return old == nil ? .new : .changed
  }

  /// Puts an answer's file there.
  func put(_ octets: [UInt8], as name: String) throws(Sheet.Fault) -> Outcome {
    try self.write(octets, to: "\(self.answers)/\(name)")
  }

  /// Puts a year's status lists there.
  func put(_ status: StatusFiles) throws(Sheet.Fault) {
    let folder = "\(self.path)/\(StatusFiles.folder)"
    try Self.doing { () throws(PublicFile.Failure) in try PublicFile.makeFolder(folder) }
    for (purpose, file) in zip(StatusFiles.purposes, status.files) {
      _ = try self.write(
        Array((file + "\n").utf8), to: "\(folder)/\(StatusFiles.name(status.year, purpose))")
    }
  }

  /// Puts the register of mediators there; a page that says the same stays, with the day on which it began to.
  ///
  /// - Returns: Whether the list is another than it was.
  func put(_ register: MediatorsPage, changedOn day: String) throws(Sheet.Fault) -> Bool {
    for tongue in MediatorsPage.tongues {
      let path = "\(self.path)/\(MediatorsPage.file(tongue))"
      let old = FileManager.default.contents(atPath: path).map { [UInt8]($0) }
      let since = old.flatMap(MediatorsPage.day)
      if let old, let since, old == register.octets(tongue, changedOn: since) { continue }
      _ = try self.write(register.octets(tongue, changedOn: day), to: path)
    }
    let list = Array(CSV.text(register.records).utf8)
    return try self.write(list, to: "\(self.path)/\(MediatorsPage.list)") != .same
  }

  /// Puts the page there, when all answers are.
  func finish(_ page: [UInt8]) throws(Sheet.Fault) {
    let file = "\(self.path)/verify.html"
    try Self.doing { () throws(PublicFile.Failure) in
      try PublicFile.settle("\(self.answers)/index.html")
    }
    _ = try self.write(page, to: file)
    try Self.doing { () throws(PublicFile.Failure) in try PublicFile.settle(file) }
  }

  /// Takes names out of the folder of the answers.
  private func remove(_ names: [String]) throws(Sheet.Fault) {
    try Self.doing { () throws(PublicFile.Failure) in
      for name in names { try PublicFile.remove("\(self.answers)/\(name)") }
    }
  }

  /// Removes answers of which the registry knows nothing any more; returns how many there were.
  func removeAll(but kept: Set<String>) throws(Sheet.Fault) -> Int {
    let gone = try self.names().filter {
      $0.wholeMatch(of: /[0-9a-f]{64}\.json/) != nil && !kept.contains($0)
    }
    try self.remove(gone)
    return gone.count
  }
}

extension Sheet.Fault {
  /// Why nothing is published.
  fileprivate init(_ failure: PublicFile.Failure) {
    if failure.isBusy {
      self.init(.publishBusy, ["folder": failure.path])
    } else {
      self.init(
        .publishUnwritable,
        ["file": failure.path, "what": FileSystem.words(for: failure.code)])
    }
  }
}
