import BitimClient
import BitimProtocol
import BitimSystem
import BitimTrust
import Foundation

/// `bitim admin`: organisations, roles, tokens, programmes, the journal's head.
enum AdminCommand {
  static let help = Help(
    summary: .helpAdmin, usage: .helpAdminUsage,
    examples: [
      "bitim admin appoint тағайындау.csv --days 180 --tokens tokens",
      "bitim admin role give 'Серікова Әлия' --role registrar --organisation SCHOOL",
      "bitim admin token make 'Серікова Әлия' --role registrar \\",
      "  --organisation SCHOOL --name 'кеңсе' --days 180 --file әлия.token",
    ], lists: .helpLists)

  private static let roles: [String: BitimV1.Role] = [
    "administrator": .administrator, "registrar": .registrar, "trainer": .trainer,
    "examiner": .examiner, "certifier": .certifier, "verifier": .verifier, "auditor": .auditor,
    "arbiter": .arbiter, "invited": .invited, "appointed": .appointed,
  ]

  /// A role's word, the same in every language: it is typed.
  static func word(_ role: BitimV1.Role) -> String {
    Self.roles.first { $0.value == role }?.key ?? "\(role.rawValue)"
  }

  /// The day of an instant in UTC.
  static func day(_ stamp: GoogleProtobuf.Timestamp?) -> String {
    String(Desk.instant(stamp).prefix(10))
  }

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let verb = words.prefix(2).joined(separator: " ")
    let rest = Array(words.dropFirst(2))
    switch verb {
    case "organisation add": return try await Self.addOrganisations(rest, desk)
    case "organisation list": return try await Self.listOrganisations(rest, desk)
    case "organisation change": return try await Self.changeOrganisation(rest, desk)
    case "organisation history": return try await Self.organisationHistory(rest, desk)
    case "role give": return try await Self.role(rest, desk, gives: true)
    case "role take": return try await Self.role(rest, desk, gives: false)
    case "token make": return try await Self.makeToken(rest, desk)
    case "token renew": return try await Self.renewToken(rest, desk)
    case "token revoke": return try await Self.revokeToken(rest, desk)
    case "entitlement grant", "entitlement end", "entitlement suspend", "entitlement resume",
      "entitlement withdraw", "entitlement list":
      return try await EntitlementCommand.run(words[1], rest, desk)
    case "setting list", "setting propose":
      return try await SettingCommand.run(words[1], rest, desk)
    case "partner add", "partner end", "partner list", "partner page":
      return try await PartnerCommand.run(words[1], rest, desk)
    default: break
    }
    let others = Array(words.dropFirst())
    switch words.first ?? "" {
    case "appoint": return try await Self.appoint(others, desk)
    case "list": return try await Self.list(others, desk)
    case "programmes": return try await EditionCommand.list(others, desk)
    case "journal": return try await Self.journal(others, desk)
    case "acts": return try await ActsCommand.run(others, desk)
    case "reads": return try await ReadsCommand.run(others, desk)
    case "leave": return try await LeaveCommand.run(others, desk)
    case "backup": return try await BackupCommand.backup(others, desk)
    case "status": return try await BackupCommand.status(others, desk)
    default:
      throw Arguments.Fault(
        text: .usageWordNeeded,
        arguments: [
          "what":
            "organisation | entitlement | appoint | role | token | partner | setting | leave | list | programmes | journal | acts | reads | backup | status"
        ])
    }
  }

  private static let kinds: [String: BitimV1.OrganisationKind] = [
    "school": .school, "centre": .centre, "university": .university, "sender": .sender,
  ]

  private static func addOrganisations(
    _ words: [String], _ desk: Desk
  ) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ListOptions.options, repeatable: ListOptions.repeatable,
      switches: ListOptions.switches)
    try arguments.atMost(1)
    let options = try ListOptions(arguments)
    let file = try arguments.position(0, "FILE.csv")
    let columns: Set<String> = [
      "code", "kind", "name_kk", "name_ru", "name_en", "region", "country", "activity",
      "valid_from", "valid_until", "basis",
    ]
    if options.guesses { return try Guess.write(for: file, columns: columns, desk) }
    let sheet = try Sheet(path: file, columns: columns, options)
    let rows = sheet.rows.map { row in
      var organisation = BitimV1.Organisation()
      organisation.code = row["code"]
      organisation.kind = Self.kinds[row["kind"]] ?? .unspecified
      organisation.name = .init()
      organisation.name?.kk = row["name_kk"]
      organisation.name?.ru = row["name_ru"]
      organisation.name?.en = row["name_en"]
      organisation.region = row["region"]
      organisation.country = row["country"]
      if !row["activity"].isEmpty {
        var entitlement = BitimV1.Entitlement()
        entitlement.activity =
          EntitlementCommand.activities[row["activity"]] ?? .unspecified
        entitlement.validFrom = Sheet.iso(row["valid_from"])
        let until = row["valid_until"]
        entitlement.validUntil = until.isEmpty ? nil : Sheet.iso(until)
        entitlement.basis = row["basis"]
        organisation.entitlements = [entitlement]
      }
      return (line: row.line, organisation: organisation)
    }
    return try await desk.take(sheet, options, rows, correction: Self.corrections) {
      rows, isDry in
      var request = BitimV1.RegisterOrganisationsRequest()
      (request.organisations, request.validateOnly) = (rows.map(\.organisation), isDry)
      var response = try await OrganisationServiceClient(desk.client)
        .registerOrganisations(request)
      // The server counts the rows it was sent; people count lines of their file.
      for index in response.rows.indices { response.rows[index].line = rows[index].line }
      return (response.rows, response.recorded)
    }
  }

  /// The commands that record what a row has otherwise: other days of an entitlement, other names, another region.
  private static func corrections(
    _ row: Sheet.Row, _ findings: [BitimV1.Finding]
  ) -> [String] {
    Self.change(row, findings) + Self.grant(row, findings)
  }

  /// Names and region are others from a day on, by a document: both only a person knows.
  private static func change(_ row: Sheet.Row, _ findings: [BitimV1.Finding]) -> [String] {
    let changed = ["name_kk", "name_ru", "name_en", "region"].filter { column in
      !row[column].isEmpty && findings.contains { $0.column == column }
    }
    guard !changed.isEmpty else { return [] }
    return [
      Shell.command(
        ["admin", "organisation", "change", row["code"]],
        changed.map { ($0.replacing("_", with: "-"), row[$0]) }
          + [("from", "…"), ("document", "…")])
    ]
  }

  /// An entitlement of other days is granted.
  private static func grant(_ row: Sheet.Row, _ findings: [BitimV1.Finding]) -> [String] {
    let days = ["activity", "valid_from", "valid_until", "basis"]
    guard !row["activity"].isEmpty, findings.contains(where: { days.contains($0.column) }) else {
      return []
    }
    var options = [("activity", row["activity"]), ("from", row["valid_from"])]
    let there = findings.first { $0.column == "valid_from" }.flatMap { finding in
      Desk.arguments(finding.arguments)["there"]
    }
    if let there, !there.isEmpty, row["valid_from"] < there, let before = DateText.dayBefore(there)
    {
      // The days before those that are recorded: an entitlement is granted once for a day.
      options.append(("until", before))
    } else if !row["valid_until"].isEmpty {
      options.append(("until", row["valid_until"]))
    }
    return [
      Shell.command(
        ["admin", "entitlement", "grant", row["code"]], options + [("basis", row["basis"])])
    ]
  }

  private static func listOrganisations(
    _ words: [String], _ desk: Desk
  ) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["kind", "date"])
    try arguments.atMost(0)
    var request = BitimV1.ListOrganisationsRequest()
    request.on = Sheet.iso(arguments["date"] ?? "")
    if arguments["kind"] != nil { request.kind = try desk.word(arguments, "kind", Self.kinds) }
    let service = OrganisationServiceClient(desk.client)
    let pages = try await request.pages(by: service.listOrganisations)
    let organisations = pages.flatMap(\.organisations)
    desk.output.rows(
      [.code, .kind, .name, .region],
      organisations.map { organisation in
        [
          organisation.code, Self.kinds.first { $0.value == organisation.kind }?.key ?? "",
          desk.text(organisation.name), organisation.region,
        ]
      }, messages: organisations)
    return .done
  }

  private static func role(
    _ words: [String], _ desk: Desk, gives: Bool
  ) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["role", "organisation"])
    try arguments.atMost(1)
    let person = try await desk.person(arguments.position(0, "NAME"))
    let role = try desk.word(arguments, "role", Self.roles)
    let service = AccessServiceClient(desk.client)
    if gives {
      var request = BitimV1.GrantRoleRequest()
      request.personId = person.id
      request.role = role
      request.organisation = try arguments.required("organisation")
      _ = try await service.grantRole(request)
    } else {
      var request = BitimV1.WithdrawRoleRequest()
      request.personId = person.id
      request.role = role
      request.organisation = try arguments.required("organisation")
      _ = try await service.withdrawRole(request)
    }
    desk.output.note(
      gives ? .roleGiven : .roleTaken,
      ["name": desk.name(person.names), "role": Self.word(role)])
    return .done
  }

  /// Gives roles and makes tokens row by row; what was done by an earlier run is skipped.
  private static func appoint(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["days", "tokens", "mapping"], repeatable: ListOptions.repeatable,
      switches: ["guess"])
    try arguments.atMost(1)
    let file = try arguments.position(0, "FILE.csv")
    let options = try ListOptions(arguments)
    let columns: Set<String> = ["person", "role", "organisation", "file"]
    if options.guesses { return try Guess.write(for: file, columns: columns, desk) }
    let days = try Self.days(arguments)
    let folder = try arguments.required("tokens")
    let sheet = try Sheet(path: file, columns: columns, options)
    for row in sheet.rows where !Self.isPlainName(row["file"]) {
      throw Sheet.Fault(
        text: .fileNoPlainName,
        arguments: ["file": file, "line": "\(row.line)", "value": row["file"]])
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Sheet.Fault(text: .profileUnwritable, arguments: ["file": folder])
    }
    let service = AccessServiceClient(desk.client)
    return try await desk.each(sheet) { row in
      let target = "\(folder)/\(row["file"])"
      if FileManager.default.fileExists(atPath: target) { return .unchanged }
      var request = BitimV1.CreateTokenRequest()
      request.organisation = row["organisation"]
      request.name = row["file"]
      request.days = days
      request.roles = [try desk.word(row["role"], option: "role", Self.roles)]
      if !row["person"].isEmpty {
        request.personId = try await desk.person(row["person"]).id
        var grant = BitimV1.GrantRoleRequest()
        grant.personId = request.personId
        grant.role = request.roles[0]
        grant.organisation = request.organisation
        do throws(CallFailure) {
          _ = try await service.grantRole(grant)
        } catch {
          guard error.status?.code == .alreadyExists else { throw error }
        }
      }
      _ = try await Self.makeToken(request, in: target, desk)
      return .added
    }
  }

  /// Whether a name is of a file in the folder beside it, and of none elsewhere.
  private static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && name != "." && name != ".." && !name.contains("/")
  }

  private static func days(_ arguments: Arguments) throws(Arguments.Fault) -> Int32 {
    let text = try arguments.required("days")
    guard let days = Int32(text) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--days", "value": text])
    }
    return days
  }

  private static func makeToken(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["organisation", "name", "days", "file", "session"], repeatable: ["role"],
      switches: ["partner"])
    try arguments.atMost(arguments.has("partner") ? 0 : 1)
    var request = BitimV1.CreateTokenRequest()
    if arguments.has("partner") {
      request.roles = [.verifier]
    } else if let session = arguments["session"] {
      request.personId = try await desk.person(arguments.position(0, "NAME")).id
      (request.session, request.roles) = (session, [.invited])
    } else {
      request.personId = try await desk.person(arguments.position(0, "NAME")).id
      request.roles = try arguments.all("role").map { text throws(Arguments.Fault) in
        try desk.word(text, option: "--role", Self.roles)
      }
    }
    request.organisation = try arguments.required("organisation")
    request.name = try arguments.required("name")
    request.days = try Self.days(arguments)
    return try await Self.makeToken(request, in: arguments.required("file"), desk)
  }

  /// Makes a token and leaves it in a file that only its owner can read.
  private static func makeToken(
    _ request: BitimV1.CreateTokenRequest, in file: String, _ desk: Desk
  ) async throws -> Desk.End {
    // The secret is shown once: make sure that it can be kept before it is made, and that no
    // other secret is written over.
    let kept: PrivateFile
    do throws(PrivateFile.Failure) {
      kept = try PrivateFile(creating: file)
    } catch {
      throw Sheet.Fault(error, creating: file)
    }
    let response: BitimV1.CreateTokenResponse
    do throws(CallFailure) {
      response = try await AccessServiceClient(desk.client).createToken(request)
    } catch {
      kept.remove()
      throw error
    }
    let id = "\(response.token?.id ?? 0)"
    guard !response.secret.isEmpty else {
      kept.remove()
      desk.output.note(.tokenLost, ["id": id])
      return .refused
    }
    do throws(PrivateFile.Failure) {
      try kept.write(Array((response.secret + "\n").utf8))
    } catch {
      kept.remove()
      desk.output.note(.tokenLost, ["id": id])
      return .failed
    }
    desk.output.note(.tokenMade, ["id": id, "file": file, "days": "\(request.days)"])
    return .done
  }

  private static func revokeToken(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    var request = BitimV1.RevokeTokenRequest()
    request.id = try Self.tokenID(arguments)
    _ = try await AccessServiceClient(desk.client).revokeToken(request)
    desk.output.note(.tokenRevoked, ["id": "\(request.id)"])
    return .done
  }

  /// Makes a token that carries what another one does; that one goes on until its own end.
  private static func renewToken(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["days", "file"])
    let id = try Self.tokenID(arguments)
    var request = BitimV1.CreateTokenRequest()
    request.days = try Self.days(arguments)
    let file = try arguments.required("file")
    let tokens = try await AccessServiceClient(desk.client).listAccess(.init()).tokens
    guard let old = tokens.first(where: { $0.id == id }) else {
      desk.output.note(.reasonTokenUnknown)
      return .refused
    }
    request.personId = old.personId
    request.organisation = old.organisation
    request.roles = old.roles
    request.name = old.name
    request.session = old.session
    return try await Self.makeToken(request, in: file, desk)
  }

  private static func tokenID(_ arguments: Arguments) throws -> Int64 {
    try arguments.atMost(1)
    return try arguments.number(at: 0, "ID")
  }

  private static func list(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let response = try await AccessServiceClient(desk.client).listAccess(.init())
    let names = Dictionary(
      response.grants.map { ($0.personId, $0.personName) }, uniquingKeysWith: { first, _ in first })
    // The program itself gives the first role and makes the first token.
    func by(_ person: Int64) -> String { person == 0 ? "bitimd" : names[person] ?? "\(person)" }
    desk.output.rows(
      [.name, .role, .organisation, .from, .by],
      response.grants.map {
        [
          $0.personName, Self.word($0.role), $0.organisation, Self.day($0.grantedAt),
          by($0.grantedBy),
        ]
      }, messages: [response])
    guard desk.output.form == .table else { return .done }
    Output.write("\n")
    desk.output.records(
      [.number, .token, .name, .role, .organisation, .session, .expires, .used, .by],
      response.tokens.map { token in
        [
          "\(token.id)", token.name, names[token.personId] ?? "",
          token.roles.map(Self.word).joined(separator: ", "),
          token.organisation, token.session, Self.day(token.expiresAt),
          Self.day(token.lastUsedAt),
          by(token.madeBy),
        ]
      })
    return .done
  }

  private static func journal(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["entries", "checkpoint", "against"])
    try arguments.atMost(0)
    let kept = try arguments["against"].map { try Self.checkpoint(file: $0) }
    var request = BitimV1.GetJournalRequest()
    request.earlierSize = kept?.size ?? 0
    let text = arguments["entries"] ?? "0"
    guard let entries = Int32(text) else {
      throw Arguments.Fault(
        text: .usageNotNumber, arguments: ["option": "--entries", "value": text])
    }
    request.entries = entries
    let response = try await AccessServiceClient(desk.client).getJournal(request)
    let holds = kept.map { response.earlierRoot == $0.root } ?? true
    if let kept, let file = arguments["against"] {
      let text: Text =
        if kept.size > response.size { .checkpointAhead } else if holds { .checkpointHolds } else {
          .checkpointDiffers
        }
      desk.output.note(
        text, ["file": file, "size": "\(kept.size)", "acts": "\(response.size)"])
    }
    // A registry that is not the kept one's gets no checkpoint: it might be written over the kept one.
    if holds, let file = arguments["checkpoint"] {
      // Not signed yet.
      let text = Checkpoint(size: response.size, root: response.root).text
      do {
        try PublicFile.replace(file, with: Array(text.utf8))
      } catch {
        throw Arguments.Fault(text: .profileUnwritable, arguments: ["file": file])
      }
      desk.output.note(.checkpointKept, ["file": file])
    }
    desk.output.facts(
      [(.size, "\(response.size)"), (.root, Base64.text(response.root))],
      message: response)
    if desk.output.form == .table {
      Output.show(response.entries.map { $0 + "\n" }.joined())
    }
    return holds ? .done : .refused
  }

  private static func checkpoint(file: String) throws -> Checkpoint {
    guard let checkpoint = Checkpoint(file: try AuditCommand.octets(file)) else {
      throw Arguments.Fault(text: .checkpointNone, arguments: ["file": file])
    }
    return checkpoint
  }
}
