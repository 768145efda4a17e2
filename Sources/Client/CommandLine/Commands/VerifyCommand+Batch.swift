import BitimClient
import BitimProtocol

/// `bitim verify --batch`: papers of a list in, a row of CSV for each out.
extension VerifyCommand {
  /// The columns of an answer, for programs.
  static let batchColumns: [Column] = [
    .line, .number, .verdict, .standing, .since, .until, .successor, .date, .asOf, .clock,
    .holder, .holderLatin, .title, .issued, .validUntil, .problem,
  ]

  /// How many papers are asked about at once.
  private static let atOnce = 32

  /// What was answered of a paper; a refusal is one too, where it is of this paper alone.
  private enum Answer {
    case response(BitimV1.VerifyCertificateResponse)
    case refused(reason: String)
  }

  /// - Parameter day: The day that is asked about; empty for today.
  static func batch(
    _ list: String, _ arguments: Arguments, on day: String, _ desk: Desk
  ) async throws -> Desk.End {
    guard desk.output.form != .json else {
      throw Arguments.Fault(
        text: .usageValueNotInList,
        arguments: ["option": "--output", "value": "json", "list": "csv (--batch)"])
    }
    let papers = try PaperList(path: list, try ListOptions(arguments)).papers
    let header = Self.batchColumns.map(\.rawValue)
    var file: VerdictFile?
    if let path = arguments["to"] {
      file = try VerdictFile(path, columns: header, desk.output)
    }
    var rows = file?.rows ?? []
    try Self.refuse(rows, unlessOf: papers, on: day, file: file?.path ?? "")
    if file == nil { Output.write(desk.output.csvText([header])) }
    let answered = Set(rows.map { $0[0] })
    let rest = papers.filter { !answered.contains("\($0.line)") }
    if !answered.isEmpty {
      desk.output.note(
        .batchGoesOn, ["done": "\(answered.count)", "total": "\(papers.count)"])
    }
    var progress = Progress(of: papers.count, desk.output)
    defer { progress.end() }
    let service = CertificateServiceClient(desk.client)
    for start in stride(from: 0, to: rest.count, by: Self.atOnce) {
      let some = rest[start..<min(start + Self.atOnce, rest.count)]
      progress.tell(rows.count)
      let answers: [(PaperList.Paper, Answer)]
      do {
        answers = try await Self.ask(some, on: day, service)
      } catch {
        progress.end()
        desk.output.note(
          .batchStopped, ["done": "\(rows.count)", "total": "\(papers.count)"])
        throw error
      }
      let new = answers.map { Self.row($0, $1, on: day, desk) }
      let text = desk.output.csvText(new, isBeginning: false)
      if let file { try file.add(text) } else { Output.write(text) }
      rows += new
    }
    progress.end()
    return Self.end(rows, desk)
  }

  /// Refuses a file whose rows are answers about other papers, or about another day.
  private static func refuse(
    _ rows: [[String]], unlessOf papers: [PaperList.Paper], on day: String, file: String
  ) throws(Sheet.Fault) {
    let numbers = Dictionary(
      papers.map { ("\($0.line)", $0.number) }, uniquingKeysWith: { first, _ in first })
    let columns = Self.batchColumns
    guard let dayAt = columns.firstIndex(of: .date) else { return }
    guard rows.allSatisfy({ numbers[$0[0]] == $0[1] && $0[dayAt] == day }) else {
      throw Sheet.Fault(text: .batchOther, arguments: ["file": file])
    }
  }

  /// Asks about some papers at once; the answers are in their order.
  private static func ask(
    _ papers: ArraySlice<PaperList.Paper>, on day: String, _ service: CertificateServiceClient
  ) async throws -> [(PaperList.Paper, Answer)] {
    try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
      for (index, paper) in papers.enumerated() {
        group.addTask { (index, try await Self.ask(paper, on: day, service)) }
      }
      var answers: [Int: Answer] = [:]
      for try await (index, answer) in group { answers[index] = answer }
      return papers.enumerated().compactMap { index, paper in
        answers[index].map { (paper, $0) }
      }
    }
  }

  /// Asks about one paper, and again when the server says that it was asked too often.
  private static func ask(
    _ paper: PaperList.Paper, on day: String, _ service: CertificateServiceClient
  ) async throws -> Answer {
    var request = BitimV1.VerifyCertificateRequest()
    (request.number, request.code, request.asOf) = (paper.number, paper.code, day)
    let asked = request
    do {
      return .response(
        try await Patience.ask { () async throws(CallFailure) in
          try await service.verifyCertificate(asked)
        })
    } catch let failure as CallFailure {
      guard let status = failure.status, let info = status.reasons.first,
        status.code == .invalidArgument, info.metadata["column"] != "as_of"
      else { throw failure }
      return .refused(reason: info.reason)
    }
  }

  private static func row(
    _ paper: PaperList.Paper, _ answer: Answer, on day: String, _ desk: Desk
  ) -> [String] {
    var cells: [Column: String] = [
      .line: "\(paper.line)", .number: paper.number, .date: day,
    ]
    switch answer {
    case .refused(let reason):
      cells[.verdict] = Self.refusedWord
      cells[.problem] = reason
    case .response(let response):
      cells[.verdict] = Self.verdictWord(response.verdict)
      cells[.asOf] = Desk.instant(response.asOf)
      cells[.clock] = response.clockDoubtful ? "Doubtful" : "Right"
      if let status = response.status {
        cells[.standing] = Self.standingWord(status.standing)
        (cells[.since], cells[.until]) = (status.since, status.until)
        cells[.successor] = status.successor
      }
      if response.restoredTo != nil { cells[.problem] = "RESTORED" }
      // Which language it is read in changes no row: a file is gone on with under another.
      cells[.title] = response.sheet?.title?.en
      for (column, value) in desk.facts(response.sheet) where cells[column] == nil {
        cells[column] = value
      }
    }
    return Self.batchColumns.map { cells[$0] ?? "" }
  }

  /// The word for a paper about which nothing could be asked.
  private static let refusedWord = "Refused"

  /// A verdict as programs read it.
  static func verdictWord(_ verdict: BitimV1.Verdict) -> String {
    switch verdict {
    case .valid: "Valid"
    case .notValid: "NotValid"
    case .mistyped: "Mistyped"
    default: "Unknown"
    }
  }

  /// A standing as programs read it.
  static func standingWord(_ standing: BitimV1.Standing) -> String {
    switch standing {
    case .valid: "Valid"
    case .revoked: "Revoked"
    case .expired: "Expired"
    case .notYetValid: "NotYetValid"
    case .suspended: "Suspended"
    case .replaced: "Replaced"
    default: ""
    }
  }

  /// Says how many there are of each, and ends by the worst: not valid, then not known, then not asked.
  private static func end(_ rows: [[String]], _ desk: Desk) -> Desk.End {
    guard let verdictAt = Self.batchColumns.firstIndex(of: .verdict) else { return .done }
    func count(_ word: String) -> Int { rows.count { $0[verdictAt] == word } }
    let (bad, unknown) = (count(Self.verdictWord(.notValid)), count(Self.verdictWord(.unknown)))
    let (mistyped, refused) = (count(Self.verdictWord(.mistyped)), count(Self.refusedWord))
    desk.output.note(
      .batchDone,
      [
        "total": "\(rows.count)", "valid": "\(count(Self.verdictWord(.valid)))", "bad": "\(bad)",
        "unknown": "\(unknown)", "mistyped": "\(mistyped)", "refused": "\(refused)",
      ])
    if bad > 0 { return .notValid }
    if unknown + mistyped > 0 { return .unknown }
    return refused > 0 ? .refused : .done
  }
}
