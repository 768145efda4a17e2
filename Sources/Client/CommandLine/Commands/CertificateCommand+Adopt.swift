import BitimClient
import BitimProtocol

/// `bitim certificate adopt`: certificates from before this registry, as an old register has them.
extension CertificateCommand {
  private static let columns: Set<String> = Set(
    PersonFields.columns + PersonFields.distinctColumns + [
      "own_number", "book", "page", "issued_on", "programme", "attestation",
    ])

  /// The words of a file in the three languages.
  private static let attestations: [String: BitimV1.OldAttestation] = [
    "": .unknown, "yes": .yes, "иә": .yes, "да": .yes, "no": .no, "жоқ": .no, "нет": .no,
    "unknown": .unknown, "белгісіз": .unknown, "неизвестно": .unknown,
  ]

  static func adopt(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["digest", "mapping"], repeatable: ListOptions.repeatable,
      switches: ["guess"])
    try arguments.atMost(1)
    let service = CertificateServiceClient(desk.client)
    let options = try ListOptions(arguments)
    let file = try arguments.position(0, "FILE")
    if options.guesses { return try Guess.write(for: file, columns: Self.columns, desk) }
    let sheet = try Sheet(path: file, columns: Self.columns, options)
    desk.tell(sheet)
    var request = BitimV1.AdoptCertificatesRequest()
    request.rows = sheet.rows.map(Self.row)
    var refused: [BitimV1.RowOutcome] = []
    let done = try await request.done(by: service.adoptCertificates) { look in
      guard let shown = look.shown, sheet.flaws.isEmpty else {
        refused = look.rows
        return false
      }
      desk.show(shown)
      return desk.isApproved(look.shownDigest, arguments)
    }
    if !refused.isEmpty || !sheet.flaws.isEmpty {
      return desk.show(sheet.judged(refused), of: sheet, recorded: false, dry: false)
    }
    guard let done else { return .refused }
    let count = desk.output.say(.adoptionCount, ["count": "\(request.rows.count)"])
    return desk.end(of: count, proposedAs: done.answer.proposal)
  }

  private static func row(_ row: Sheet.Row) -> BitimV1.AdoptionRow {
    var message = BitimV1.AdoptionRow()
    message.line = row.line
    message.holder = PersonFields.person { row[$0] }
    message.issuedOn = Sheet.iso(row["issued_on"])
    // What is no number is sent as one that no programme has, and refused as such.
    message.programme = Int32(row["programme"]) ?? -1
    message.distinctFrom = PersonFields.numbers(row["distinct_from"])
    message.distinctEvidence = row["distinct_evidence"]
    var entry = BitimV1.OldEntry()
    entry.ownNumber = row["own_number"]
    entry.book = row["book"]
    entry.page = row["page"]
    entry.attestation =
      Self.attestations[row["attestation"].lowercased()] ?? BitimV1.OldAttestation(rawValue: -1)
    message.entry = entry
    return message
  }
}

extension Desk {
  /// Shows certificates that are to be adopted: what the register says, and whom each row means.
  func show(_ shown: BitimV1.AdoptionShown) {
    for line in shown.lines {
      let (row, entry) = (line.row ?? .init(), line.row?.entry)
      self.output.note(
        .shownAdopted,
        [
          "line": "\(row.line)", "number": entry?.ownNumber ?? "", "day": row.issuedOn,
          "programme": "\(row.programme)", "book": self.recorded(entry?.book),
          "page": self.recorded(entry?.page),
          "attestation": self.attestation(entry?.attestation),
        ])
      let names = [line.names?.kk, line.names?.ru, line.names?.latin].compactMap { $0?.whole }
      let identifiers = row.holder?.identifiers.map(\.number) ?? []
      let holder = self.output.say(
        .shownAdoptedHolder,
        [
          "names": names.joined(separator: " / "), "born": row.holder?.birthDate ?? "",
          "identifiers": self.recorded(identifiers.joined(separator: ", ")),
        ])
      let isNew = line.displayId.isEmpty
      let person = self.output.say(
        .shownAdoptedPerson,
        ["person": isNew ? self.output.say(.shownAdoptedNew) : line.displayId])
      Output.complain("  \(holder)\n  \(person)")
      for finding in line.findings {
        var arguments = Self.arguments(finding.arguments)
        arguments["column"] = finding.column
        if !finding.value.isEmpty { arguments["value"] = finding.value }
        Output.complain("  " + self.words(finding.reason, arguments, place: true))
      }
    }
  }

  /// What an old register says; where it says nothing, that.
  func recorded(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return self.output.say(.notRecorded) }
    return text
  }

  /// Whether an old register says that the attestation was passed.
  func attestation(_ word: BitimV1.OldAttestation?) -> String {
    switch word {
    case .yes: self.output.say(.attestationYes)
    case .no: self.output.say(.attestationNo)
    default: self.output.say(.notRecorded)
    }
  }

  /// What an adopted certificate says besides.
  func facts(_ entry: BitimV1.OldEntry) -> [(Column, String)] {
    [
      (.ownNumber, entry.ownNumber), (.book, self.recorded(entry.book)),
      (.page, self.recorded(entry.page)), (.attestation, self.attestation(entry.attestation)),
      (.note, self.output.say(.noteAdopted)),
    ]
  }
}
