import BitimClient
import BitimProtocol
import BitimSystem
import Foundation

/// `bitim attest SESSION` at a terminal, and `attest pack`, `fill` and `send` where there is no network: results
/// typed candidate by candidate, kept as they are typed, and recorded when the examiner has seen them all.
enum EveningCommand {
  /// Asks for each candidate who has no result, from where an earlier start left off, and sends.
  static func record(
    _ session: String, _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    guard desk.isInteractive else {
      throw Arguments.Fault(text: .usageWordNeeded, arguments: ["what": "FILE.csv"])
    }
    let shown = try await AttestCommand.look(session, service)
    let path = try Self.place(of: shown.session?.code ?? session)
    guard let file = try Self.file(at: path, shown, desk) else { return .refused }
    if file.plan.candidates.isEmpty {
      FileSystem.remove(path)
      desk.output.note(.attestNobody)
      return .done
    }
    guard try Self.ask(file, desk) else { return .refused }
    let end = try await Self.send(file, service, desk)
    if file.isSent { FileSystem.remove(path) }
    return end
  }

  /// Writes what is needed to record a session without a network.
  static func pack(
    _ session: String, into path: String, _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    let plan = EveningPlan(try await AttestCommand.look(session, service)) { desk.name($0.names) }
    guard !plan.candidates.isEmpty else {
      desk.output.note(.attestNobody)
      return .refused
    }
    _ = try EveningFile(creating: path, plan, seed: BitimClient.randomKey())
    desk.output.note(.eveningPacked, ["count": "\(plan.candidates.count)", "file": path])
    return .done
  }

  /// Asks for each candidate of a file; nothing is sent.
  static func fill(_ path: String, _ desk: Desk) throws -> Desk.End {
    guard desk.isInteractive else { throw Arguments.Fault(text: .eveningTerminal, arguments: [:]) }
    let file = try EveningFile(opening: path)
    let evening = Self.evening(file, desk)
    desk.output.note(.eveningExplain, ["parts": evening.parts])
    let isAsked = try evening.ask() == .asked
    Self.show(file, desk.aside)
    desk.output.note(.eveningFilled, ["file": path])
    return isAsked ? .done : .refused
  }

  /// Sends what was typed into a file; as often as one likes, it is recorded once.
  static func send(
    _ path: String, _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    let file = try EveningFile(opening: path)
    guard !file.typed.isEmpty else {
      desk.output.note(.attestNobody)
      return .refused
    }
    Self.show(file, desk.aside)
    return try await Self.send(file, service, desk)
  }

  /// Asks until the examiner says that it is to be sent; false when it stays where it is.
  private static func ask(_ file: EveningFile, _ desk: Desk) throws -> Bool {
    let evening = Self.evening(file, desk)
    desk.output.note(.eveningExplain, ["parts": evening.parts])
    var fromLast = false
    while true {
      guard try evening.ask(from: fromLast) == .asked else { break }
      if file.typed.isEmpty { break }
      Self.show(file, desk.aside)
      let answer = desk.ask(.eveningSend, ["count": "\(file.typed.count)"])
      if answer == "<" {
        fromLast = true
        continue
      }
      if let answer, Desk.yes.contains(answer.lowercased()) { return true }
      break
    }
    desk.output.note(.eveningLeft, ["file": file.path, "session": file.plan.session])
    return false
  }

  /// How the marks of members are typed, where each gives one.
  private static func marks(of markers: [EveningPlan.Marker], _ desk: Desk) -> String {
    if markers.isEmpty { return "" }
    return "; " + desk.output.say(.eveningMarks, ["list": markers.names])
  }

  private static func evening(_ file: EveningFile, _ desk: Desk) -> Evening {
    Evening(
      file: file,
      voice: .init(
        ask: { text, arguments in desk.ask(text, arguments) },
        note: { text, arguments in desk.output.note(text, arguments) }),
      parts: file.plan.parts.map { desk.part($0.component) }.joined(separator: ", ")
        + Self.marks(of: file.plan.markers, desk))
  }

  private static func send(
    _ file: EveningFile, _ service: AttestationServiceClient, _ desk: Desk
  ) async throws -> Desk.End {
    let request = file.request
    let response: BitimV1.RecordResultsResponse
    do throws(CallFailure) {
      response = try await service.recordResults(request, options: .init(idempotencyKey: file.key))
    } catch {
      desk.output.note(.eveningLeft, ["file": file.path, "session": file.plan.session])
      throw error
    }
    let end = AttestCommand.show(response, request, desk)
    if response.recorded {
      try file.noteSent()
    } else {
      desk.output.note(.eveningLeft, ["file": file.path, "session": file.plan.session])
    }
    return end
  }

  /// All that was typed, and who is left.
  private static func show(_ file: EveningFile, _ desk: Desk) {
    let plan = file.plan
    var isBelow = false
    let rows = plan.candidates.enumerated().map { index, candidate in
      let scores: String
      switch file.typed[candidate.displayID] {
      case nil: scores = ""
      case .instead(let outcome, let why):
        scores = [desk.outcome(outcome), why].filter { !$0.isEmpty }.joined(separator: ": ")
      case .scores(let points):
        scores = zip(plan.parts, points).map { part, points in
          // What members' marks come to is the registry's to say.
          let agreed = plan.markers.isEmpty ? points.points[0] : nil
          guard let agreed, agreed < part.passMark else { return points.text }
          isBelow = true
          return "\(points.text)*"
        }.joined(separator: " ")
      }
      return ["\(index + 1)", candidate.displayID, candidate.name, scores]
    }
    desk.output.rows([.line, .number, .name, .scores], rows, messages: [])
    if isBelow {
      let marks = plan.parts.map { "\($0.passMark)" }.joined(separator: " ")
      desk.output.note(.eveningBelow, ["marks": marks])
    }
    if !file.isSent { desk.output.note(.eveningUnrecorded) }
  }

  /// Where what is typed of a session is kept until it is recorded.
  private static func place(of session: String) throws(Profile.Fault) -> String {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_STATE_HOME"].map { URL(fileURLWithPath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/state")
    let folder = base.appendingPathComponent("bitim")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Profile.Fault(text: .profileUnwritable, arguments: ["file": folder.path])
    }
    let name = session.filter { $0.isLetter || $0.isNumber || $0 == "-" }
    return folder.appendingPathComponent("attest-\(name).txt").path
  }

  /// The file of a session: a new one, or one that an earlier start has left, when the examiner goes on with it.
  /// nil where the input ends before that is known.
  private static func file(
    at path: String, _ shown: BitimV1.GetSessionResponse, _ desk: Desk
  ) throws -> EveningFile? {
    let plan = EveningPlan(shown) { desk.name($0.names) }
    guard FileSystem.isThere(path) else {
      return try EveningFile(creating: path, plan, seed: BitimClient.randomKey())
    }
    let kept = try EveningFile(opening: path)
    let recorded = Self.recorded(kept, shown)
    if recorded == Set(kept.typed.keys) {
      // It was sent, and the answer was lost; or nothing was typed.
      if !recorded.isEmpty { desk.output.note(.eveningThere, ["count": "\(recorded.count)"]) }
      FileSystem.remove(path)
      return try EveningFile(creating: path, plan, seed: BitimClient.randomKey())
    }
    let left = kept.typed.filter { !recorded.contains($0.key) }
    guard let answer = desk.ask(.eveningGoOn, ["count": "\(left.count)", "file": path]) else {
      return nil
    }
    let goesOn = Desk.yes.contains(answer.lowercased())
    if goesOn, kept.plan == plan { return kept }
    // Others are to be examined by now: what was typed of those who still are goes with them.
    let carried = goesOn ? left.filter { typed in kept.stillAsks(typed.key, in: plan) } : [:]
    if carried.count < left.count {
      let aside = try Self.copyAside(path)
      desk.output.note(.eveningAside, ["count": "\(left.count - carried.count)", "file": aside])
    }
    let fresh = path + ".new"
    // Of a start that was cut off here.
    FileSystem.remove(fresh)
    let file = try EveningFile(creating: fresh, plan, seed: BitimClient.randomKey())
    for (displayID, result) in carried { try file.type(result, of: displayID) }
    guard FileSystem.rename(fresh, to: path) else {
      throw EveningFile.Fault(.profileUnwritable, ["file": path])
    }
    return file
  }

  /// Those of whom the registry has what was typed.
  private static func recorded(_ file: EveningFile, _ shown: BitimV1.GetSessionResponse) -> Set<
    String
  > {
    var recorded: Set<String> = []
    for candidate in shown.candidates
    where candidate.outcome != .unspecified && !candidate.isAnnulled {
      switch file.typed[candidate.displayId] {
      case nil: break
      case .instead(let outcome, let why):
        if candidate.outcome == outcome, candidate.why == why {
          recorded.insert(candidate.displayId)
        }
      case .scores(let points):
        let sent = zip(file.plan.parts, points).map { part, points in
          BitimV1.Score(part.component, points, by: file.plan.markers)
        }
        let isThere = sent.allSatisfy { score in
          candidate.scores.contains {
            $0.component == score.component && $0.marks == score.marks
              && (!$0.marks.isEmpty || $0.points == score.points)
          }
        }
        if isThere, sent.count == candidate.scores.count { recorded.insert(candidate.displayId) }
      }
    }
    return recorded
  }

  /// Copies a file under the first name beside it that is free; returns that.
  private static func copyAside(_ path: String) throws(EveningFile.Fault) -> String {
    guard let octets = FileManager.default.contents(atPath: path) else {
      throw EveningFile.Fault(.fileUnreadable, ["file": path])
    }
    for number in 1...999 {
      let aside = "\(path).\(number)"
      do throws(PrivateFile.Failure) {
        try PrivateFile.create(aside, [UInt8](octets))
        return aside
      } catch {
        guard error == .isThere else { break }
      }
    }
    throw EveningFile.Fault(.profileUnwritable, ["file": "\(path).999"])
  }
}

extension Desk {
  /// A part of an attestation.
  fileprivate func part(_ component: BitimV1.Component) -> String {
    switch component {
    case .test: self.output.say(.partTest)
    case .rolePlay: self.output.say(.partRolePlay)
    case .interview: self.output.say(.partInterview)
    default: "\(component.rawValue)"
    }
  }
}

extension EveningFile {
  /// Whether who stands here under an id is still to be examined, under the same name.
  fileprivate func stillAsks(_ displayID: String, in plan: EveningPlan) -> Bool {
    // What was typed is by place: of others it would be another's.
    guard self.plan.parts == plan.parts, self.plan.markers == plan.markers else { return false }
    return self.plan.candidates.first { $0.displayID == displayID }.map(plan.candidates.contains)
      ?? false
  }
}
