import BitimClient
import BitimProtocol

/// `bitim admin reads`: who was shown whose personal data, and what for; for auditors.
enum ReadsCommand {
  /// How many reads people are shown unless told otherwise; programs are given all.
  private static let last = 50
  /// Where what is told of a read stands, behind its number.
  private static let indent = 8

  private static let kinds: [String: BitimV1.ReadKind] = [
    "file": .file, "history": .history, "search": .search,
  ]

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["about", "by", "organisation", "purpose", "from", "until", "last"],
      switches: ["all"])
    try arguments.atMost(0)
    let last = try arguments.most(["last"], orAllFor: desk.output.form, few: Self.last)
    var request = BitimV1.ListReadsRequest()
    if let name = arguments["by"] { request.readerId = try await desk.person(name).id }
    if let name = arguments["about"] { request.personId = try await desk.person(name).id }
    request.organisation = arguments["organisation"] ?? ""
    if arguments["purpose"] != nil {
      request.purpose = try desk.word(arguments, "purpose", Desk.purposes)
    }
    request.from = Sheet.iso(arguments["from"] ?? "")
    request.until = Sheet.iso(arguments["until"] ?? "")
    var reads: [BitimV1.ReadLine] = []
    repeat {
      request.pageSize = Int32(clamping: min(500, last - reads.count))
      let page = try await AccessServiceClient(desk.client).listReads(request)
      reads += page.reads
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && reads.count < last
    switch desk.output.form {
    case .table where reads.isEmpty: desk.output.note(.nothingFound)
    case .table: Output.show(reads.map { Self.text(of: $0, desk) }.joined())
    case .csv, .json:
      desk.output.rows(
        [
          .number, .recorded, .actor, .organisation, .token, .kind, .person, .subject, .fields,
          .purpose, .digestAct,
        ],
        reads.map { read in
          [
            "\(read.number)", ActsCommand.instant(read.readAt), read.readerName,
            read.organisation, read.tokenName, Self.word(read.kind), read.personName, read.about,
            read.fields.joined(separator: ", "), Desk.word(read.purpose),
            read.digestAct == 0 ? "" : "\(read.digestAct)",
          ]
        }, messages: reads)
    }
    if !request.pageToken.isEmpty { desk.output.note(.actsMore) }
    return .done
  }

  /// A read as people read it, in a few lines.
  private static func text(of read: BitimV1.ReadLine, _ desk: Desk) -> String {
    let place = "\(read.number)".padded(to: Self.indent - 2)
    let kind = desk.output.say(Self.title(read.kind))
    let purpose = Desk.word(read.purpose)
    var by = [read.readerName, read.organisation]
    if !read.tokenName.isEmpty {
      by.append(desk.output.say(.historyToken, ["name": read.tokenName]))
    }
    let whose = [read.personName, read.about].filter { !$0.isEmpty }.joined(separator: ", ")
    let fields = read.fields.map { desk.field($0) }.joined(separator: ", ")
    let lines = [
      "\(place)  \(ActsCommand.instant(read.readAt))  \(kind)  \(purpose)",
      by.joined(separator: ", "), [whose, fields].filter { !$0.isEmpty }.joined(separator: ": "),
    ]
    return lines.enumerated().filter { !$0.element.isEmpty }.map { index, line in
      let indented = index == 0 ? line : String(repeating: " ", count: Self.indent) + line
      return Output.paragraph(indented, hanging: index == 0 ? Self.indent : 0)
    }.joined()
  }

  private static func word(_ kind: BitimV1.ReadKind) -> String {
    Self.kinds.first { $0.value == kind }?.key ?? ""
  }

  private static func title(_ kind: BitimV1.ReadKind) -> Text {
    switch kind {
    case .file: .readFile
    case .history: .readHistory
    case .search: .readSearch
    default: .readOther
    }
  }
}
