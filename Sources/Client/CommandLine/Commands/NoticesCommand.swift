import BitimClient
import BitimProtocol

/// `bitim notices`: what ends soon, once for each of some days before. The office's own program sends it.
enum NoticesCommand {
  static let help = Help(
    summary: .helpNotices, usage: .helpNoticesUsage,
    examples: [
      "bitim notices",
      "bitim notices --output csv --after 2026-11-21/certificate/90/2026000001",
    ])

  static func run(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["day", "after"])
    try arguments.atMost(0)
    var request = BitimV1.ListNoticesRequest()
    request.day = Sheet.iso(arguments["day"] ?? "")
    request.after = arguments["after"] ?? ""
    let service = NoticeServiceClient(desk.client)
    let notices = try await request.pages(by: service.listNotices).flatMap(\.notices)
    switch desk.output.form {
    case .table where notices.isEmpty: desk.output.note(.noticesNone)
    case .table:
      Output.show(
        notices.map { Output.paragraph(desk.sentence(of: $0), hanging: 12) }.joined())
    case .csv, .json:
      desk.output.rows(
        [.key, .kind, .date, .until, .days, .number, .organisation, .activity],
        notices.map { notice in
          [
            notice.key, Self.word(notice.kind), notice.toldOn, notice.day, "\(notice.daysLeft)",
            notice.number, notice.organisation, notice.activity,
          ]
        }, messages: notices)
    }
    return .done
  }

  private static let kinds: [String: BitimV1.NoticeKind] = [
    "certificate": .certificate, "entitlement": .entitlement, "agreement": .agreement,
    "suspension": .suspension, "entry_suspension": .entrySuspension, "learning": .learning,
    "token": .token, "case": .case,
  ]

  private static func word(_ kind: BitimV1.NoticeKind) -> String {
    Self.kinds.first { $0.value == kind }?.key ?? ""
  }
}

extension Desk {
  /// What ends, in a sentence that begins with its last day.
  func sentence(of notice: BitimV1.Notice) -> String {
    let left = "\(notice.daysLeft)"
    switch notice.kind {
    case .certificate:
      return self.output.say(
        .noticeCertificate, ["day": notice.day, "left": left, "number": notice.number])
    case .entitlement where notice.activity == "issue":
      return self.output.say(
        .noticeIssue, ["day": notice.day, "left": left, "organisation": notice.organisation])
    case .entitlement:
      return self.output.say(
        .noticeTrain, ["day": notice.day, "left": left, "organisation": notice.organisation])
    case .agreement:
      return self.output.say(
        .noticeAgreement, ["day": notice.day, "left": left, "organisation": notice.organisation])
    case .suspension:
      return self.output.say(
        .noticeSuspension, ["day": notice.day, "left": left, "number": notice.number])
    case .entrySuspension:
      return self.output.say(
        .noticeEntrySuspension, ["day": notice.day, "left": left, "number": notice.number])
    case .learning:
      return self.output.say(
        .noticeLearning, ["day": notice.day, "left": left, "number": notice.number])
    case .token:
      return self.output.say(
        .noticeToken, ["day": notice.day, "left": left, "number": notice.number])
    case .case:
      return self.output.say(
        .noticeCase, ["day": notice.day, "left": left, "number": notice.number])
    default:
      return self.output.say(
        .noticeOther, ["day": notice.day, "left": left, "number": notice.number])
    }
  }
}
