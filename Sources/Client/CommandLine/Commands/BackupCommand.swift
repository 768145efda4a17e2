import BitimClient
import BitimProtocol
import BitimTrust
import Foundation

/// `bitim admin backup`, `bitim admin status`: whole copies, the second copy that follows, and how
/// the server fares.
enum BackupCommand {
  static func backup(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: ["follow"], switches: ["once"])
    try arguments.atMost(0)
    if let place = arguments["follow"] {
      guard let place = CopyPlace(place) else {
        throw Arguments.Fault(text: .usageCopyPlace, arguments: ["value": place])
      }
      // An ssh that ends early is an error to tell, not an end without a word.
      signal(SIGPIPE, SIG_IGN)
      var follow = Follow(place, desk)
      return try await follow.run(once: arguments.has("once"))
    }
    // A large registry takes its time to be copied and verified.
    let made = try await BackupServiceClient(desk.client).makeBackup(
      .init(), options: CallOptions(timeout: .seconds(3_600)))
    desk.output.facts(
      [
        (.file, made.file), (.octets, "\(made.octets)"), (.acts, "\(made.acts)"),
        (.root, Base64.text(made.root)), (.asOf, Desk.instant(made.asOf)),
      ], message: made)
    return .done
  }

  static func status(_ words: [String], _ desk: Desk) async throws -> Desk.End {
    let arguments = try Arguments(words, options: [])
    try arguments.atMost(0)
    let status = try await BackupServiceClient(desk.client).getServerStatus(.init())
    var copy = desk.output.say(.copyNone)
    if let seconds = status.copyLagSeconds {
      copy = "\(Int(seconds)) s, \(Desk.instant(status.copySeenAt))"
    }
    desk.output.facts(
      [
        (.acts, "\(status.acts)"), (.waiting, "\(status.waiting)"),
        (.databaseOctets, "\(status.databaseOctets)"), (.walOctets, "\(status.walOctets)"),
        (.clock, desk.output.say(status.clockDoubtful ? .clockDoubtful : .clockRight)),
        (.copyLag, copy), (.freeOctets, Self.free(status, desk)), (.version, status.version),
        (.schema, status.schema), (.signed, Self.signed(status, desk)),
      ], message: status)
    // Of what an earlier run has signed the server does not say by which key.
    if desk.output.form == .table, status.signedAt != nil, !status.keyCertified {
      desk.output.note(.signingUncertified)
    }
    // The alarm of a script: exit status 3 while the clock is doubtful, there is little room, nothing is
    // signed that should be, or the second copy is too old or kept by nobody.
    let isKept = (status.copyLagSeconds ?? .infinity) <= Follow.lagMax
    let isSigned = !status.signs || status.signingTrouble.isEmpty
    return isKept && isSigned && !status.clockDoubtful && !status.diskLow ? .done : .unknown
  }

  /// What is signed of the journal, and why no more is.
  private static func signed(_ status: BitimV1.GetServerStatusResponse, _ desk: Desk) -> String {
    guard status.signs else { return desk.output.say(.signingOff) }
    let (acts, at) = ("\(status.signedActs)", Desk.instant(status.signedAt))
    let what = status.signingTrouble
    if what.isEmpty { return desk.output.say(.signingStands, ["acts": acts, "at": at]) }
    return status.signedActs == 0
      ? desk.output.say(.signingNone, ["what": what])
      : desk.output.say(.signingFails, ["acts": acts, "at": at, "what": what])
  }

  /// The free room; people are told that it is too little, programs have the number alone.
  private static func free(_ status: BitimV1.GetServerStatusResponse, _ desk: Desk) -> String {
    let free = "\(status.freeOctets)"
    guard status.diskLow, desk.output.form == .table else { return free }
    return desk.output.say(.roomLow, ["free": free])
  }
}

/// Keeps a second copy: fetches what is new, appends it where the copy grows, reads it back.
struct Follow {
  /// How old the copy may be, in seconds.
  static let lagMax = 60.0
  /// How long to wait when everything is there, and when the server can't be reached.
  private static let pause = Duration.seconds(5)

  private let place: CopyPlace
  private let desk: Desk
  private var stored: Int64 = 0
  private var lastAnswer = BitimV1.CopiedAnswer()
  private var lastRead: Int64 = 0
  private var frontier = TreeFrontier()

  init(_ place: CopyPlace, _ desk: Desk) {
    self.place = place
    self.desk = desk
  }

  /// Follows until it is told to stop; once, until it has everything.
  mutating func run(once: Bool) async throws -> Desk.End {
    try self.place.prepare()
    try self.readBack()
    self.desk.output.note(.copyBegins, ["acts": "\(self.stored)"])
    var isTold = false
    while true {
      do throws(CallFailure) {
        let page = try await self.next()
        isTold = false
        guard page.acts.isEmpty && page.answers.isEmpty && page.reads.isEmpty else {
          guard try self.append(page) else { return .failed }
          continue
        }
        guard self.stored == page.size, self.frontier.root == page.root else {
          self.desk.output.note(.copyDiffers)
          return .failed
        }
        if once {
          self.desk.output.note(.copyWhole, ["acts": "\(self.stored)"])
          return .done
        }
      } catch {
        if case .refused(let status) = error {
          // A server that has fewer acts than the copy was restored since, or is another.
          if status.reasons.contains(where: { $0.reason == "VALUE_OUT_OF_RANGE" }) {
            self.desk.output.note(.copyDiffers)
            return .failed
          }
          // What the server refuses it will refuse again; one that is busy or gone may come back.
          if status.code != .unavailable, status.code != .resourceExhausted { throw error }
        }
        if once { throw error }
        if !isTold { _ = self.desk.end(error) }
        isTold = true
      }
      try await Task.sleep(for: Self.pause)
    }
  }

  /// Reads the copy as it stands, and with it how far it has come.
  private mutating func readBack() throws {
    var at = 0
    let octets = try self.place.octets()
    while true {
      let piece: [UInt8]?
      do throws(CopyRecord.Damaged) {
        piece = try CopyRecord.next(octets.span, &at)
      } catch {
        self.desk.output.note(.copyDamaged, ["octet": "\(at)"])
        throw Desk.End.failed
      }
      guard let piece else { break }
      _ = self.take(try BitimV1.FollowActsResponse(decoding: piece))
    }
    // What was cut off was never finished: the next piece takes its place.
    if at < octets.count { try self.place.cut(to: at) }
  }

  private func next() async throws(CallFailure) -> BitimV1.FollowActsResponse {
    var request = BitimV1.FollowActsRequest()
    request.afterSequence = self.stored
    request.storedSequence = self.stored
    request.answersAfterMs = self.lastAnswer.atMs
    request.answersAfterPrincipal = self.lastAnswer.principal
    request.answersAfterKey = self.lastAnswer.key
    request.readsAfter = self.lastRead
    return try await BackupServiceClient(self.desk.client).followActs(
      request, options: CallOptions(timeout: .seconds(60)))
  }

  /// Stores a page; false when it does not follow what is there.
  private mutating func append(_ page: BitimV1.FollowActsResponse) throws(CallFailure) -> Bool {
    var copy = self
    guard copy.take(page) else {
      self.desk.output.note(.copyDiffers)
      return false
    }
    if page.size == copy.stored, copy.frontier.root != page.root {
      self.desk.output.note(.copyDiffers)
      return false
    }
    do {
      try self.place.append(CopyRecord.sealed(page.encoded))
    } catch {
      let what = (error as? CopyPlace.Failure)?.said(self.desk.output.language) ?? "\(error)"
      self.desk.output.note(.copyUnwritable, ["what": what])
      return false
    }
    self = copy
    return true
  }

  /// Takes a page's acts into account; false when one does not follow the last.
  private mutating func take(_ page: BitimV1.FollowActsResponse) -> Bool {
    for act in page.acts {
      guard act.sequence == self.stored + 1 else { return false }
      self.frontier.append(act.entry)
      self.stored = act.sequence
    }
    self.lastAnswer = page.answers.last ?? self.lastAnswer
    self.lastRead = page.reads.last?.number ?? self.lastRead
    return true
  }
}
