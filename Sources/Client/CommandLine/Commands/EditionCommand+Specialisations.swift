import BitimClient
import BitimProtocol

/// `bitim edition specialise`, `bitim edition specialisations`: what cohorts of programme 2 may be specialised in.
extension EditionCommand {
  static func specialisations(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let response = try await ProgrammeServiceClient(desk.client).listProgrammes(.init())
    desk.output.rows(
      [.code, .name, .from, .until],
      response.specialisations.map {
        [$0.code, desk.text($0.name), $0.validFrom, $0.validUntil ?? ""]
      }, messages: response.specialisations)
    return .done
  }

  static func specialise(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(
      words, options: ["name-kk", "name-ru", "name-en", "from", "until", "digest"])
    try arguments.atMost(1)
    var request = BitimV1.DefineSpecialisationRequest()
    var asked = BitimV1.Specialisation()
    asked.code = try arguments.position(0, "CODE")
    asked.name = .init()
    asked.name?.kk = try arguments.required("name-kk")
    asked.name?.ru = try arguments.required("name-ru")
    asked.name?.en = try arguments.required("name-en")
    asked.validFrom = Sheet.iso(try arguments.required("from"))
    asked.validUntil = arguments["until"].map(Sheet.iso)
    request.specialisation = asked
    let service = ProgrammeServiceClient(desk.client)
    let done = try await request.done(by: service.defineSpecialisation) { look in
      desk.show(look.shown ?? .init())
      return desk.isApproved(look.shownDigest, arguments)
    }
    guard let done else { return .refused }
    return desk.end(
      of: done.look.shown?.after?.code ?? "", proposedAs: done.answer.proposal)
  }
}

extension Desk {
  /// Shows what would be defined; of what is defined its last day, before and after.
  func show(_ shown: BitimV1.SpecialisationShown) {
    let after = shown.after ?? .init()
    let name = after.name ?? .init()
    self.output.note(
      .shownSpecialisation,
      [
        "code": after.code, "kk": name.kk, "ru": name.ru, "en": name.en, "from": after.validFrom,
        "until": after.validUntil ?? "–",
      ])
    if let before = shown.before {
      self.output.note(.shownSpecialisationThere, ["until": before.validUntil ?? "–"])
    }
  }
}
