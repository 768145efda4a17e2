import BitimProtocol
import BitimSystem
import Foundation

/// What an examiner has typed of a session, on the disk from the moment at which it was typed.
///
/// A text that people can read: a line for each thing, its fields apart by tabs, the first its word. Lines are only
/// added, and each is synced before the next question; of two about one candidate the later counts. What a program
/// that was killed has left of a last line is not read, and written over. One program at a time has it open.
final class EveningFile {
  typealias Fault = Sheet.Fault

  private static let head = "bitim-evening\t1"

  let plan: EveningPlan
  private let file: GrowingFile
  /// What its lines say so far.
  private var reading: Reading

  var path: String { self.file.path }
  /// What was typed, by the candidate's id as people see it.
  var typed: [String: TypedResult] { self.reading.typed }
  /// Whether the registry has said that all of it is recorded.
  var isSent: Bool { self.reading.isSent }

  /// Makes one that its owner alone can read, with nobody's result.
  ///
  /// - Parameter seed: Letters and digits that no other file has.
  convenience init(
    creating path: String, _ plan: EveningPlan, seed: String
  ) throws(Fault) {
    let records =
      [
        Self.head, ["session", plan.session, plan.heldOn].joined(separator: "\t"), "seed\t\(seed)",
      ]
      + plan.parts.map { "part\t\(Self.column(of: $0.component))\t\($0.passMark)" }
      + plan.markers.map { "marker\t\($0.personID)\t\($0.name)" }
      + plan.candidates.map { "candidate\t\($0.displayID)\t\($0.name)" }
    do {
      try PrivateFile.create(path, Array(records.map { $0 + "\n" }.joined().utf8))
    } catch {
      throw Fault(error, creating: path)
    }
    guard FileSystem.syncFolder(of: path) else { throw Fault(.profileUnwritable, ["file": path]) }
    try self.init(opening: path)
  }

  /// Opens one that is there.
  init(opening path: String) throws(Fault) {
    let file = try GrowingFile(opening: path)
    guard let text = String(data: file.octets, encoding: .utf8) else {
      throw Fault(.eveningForeign, ["file": path, "line": "1"])
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    guard lines.first.map(String.init) == Self.head else {
      throw Fault(.eveningForeign, ["file": path, "line": "1"])
    }
    lines.removeFirst()
    var reading = Reading()
    for (index, line) in lines.enumerated() {
      guard reading.take(line) else {
        throw Fault(.eveningForeign, ["file": path, "line": "\(index + 2)"])
      }
    }
    guard let session = reading.session, !reading.seed.isEmpty, !reading.parts.isEmpty else {
      throw Fault(.eveningForeign, ["file": path, "line": "\(lines.count + 1)"])
    }
    // Not before: nothing is taken off a file of somebody else's.
    try file.cutOff()
    self.file = file
    self.reading = reading
    self.plan = EveningPlan(
      session: session.code, heldOn: session.heldOn, parts: reading.parts,
      markers: reading.markers, candidates: reading.candidates)
  }

  /// What lines say, one after another.
  private struct Reading {
    var session: (code: String, heldOn: String)?
    var seed = ""
    var parts: [EveningPlan.Part] = []
    var markers: [EveningPlan.Marker] = []
    var candidates: [EveningPlan.Candidate] = []
    var typed: [String: TypedResult] = [:]
    /// How many lines were typed: with the seed it names what is sent.
    var count = 0
    var isSent = false

    /// False for a line that none of ours has.
    mutating func take(_ line: Substring) -> Bool {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        .map(String.init)
      switch (fields[0], fields.count) {
      case ("session", 3) where self.session == nil: self.session = (fields[1], fields[2])
      case ("seed", 2): self.seed = fields[1]
      case ("part", 3):
        guard let component = EveningFile.component(of: fields[1]), let mark = Int32(fields[2])
        else {
          return false
        }
        self.parts.append(.init(component: component, passMark: mark))
      case ("marker", 3):
        guard let id = Int64(fields[1]) else { return false }
        self.markers.append(.init(personID: id, name: fields[2]))
      case ("candidate", 3): self.candidates.append(.init(displayID: fields[1], name: fields[2]))
      case ("typed", 3):
        guard self.candidates.contains(where: { $0.displayID == fields[1] }) else { return false }
        if fields[2].isEmpty {
          self.typed[fields[1]] = nil
        } else {
          let result = TypedResult(
            fields[2], parts: self.parts.count, markers: self.markers.count)
          guard let result else { return false }
          self.typed[fields[1]] = result
        }
        self.count += 1
        self.isSent = false
      case ("sent", 1): self.isSent = true
      default: return false
      }
      return true
    }
  }

  /// Keeps what was typed of a candidate; nil takes it back. It is on the disk when this returns.
  func type(_ result: TypedResult?, of displayID: String) throws(Fault) {
    try self.add("typed\t\(displayID)\t\(result?.text ?? "")")
  }

  /// Keeps that the registry has recorded it.
  func noteSent() throws(Fault) {
    try self.add("sent")
  }

  private func add(_ line: String) throws(Fault) {
    try self.file.add(line + "\n")
    let isOurs = self.reading.take(line[...])
    precondition(isOurs, "a line was written that is not read")
  }

  /// What is sent: those of whom something was typed, in the plan's order.
  var request: BitimV1.RecordResultsRequest {
    var request = BitimV1.RecordResultsRequest()
    request.session = self.plan.session
    for (index, candidate) in self.plan.candidates.enumerated() {
      guard let result = self.typed[candidate.displayID] else { continue }
      var row = BitimV1.ResultRow()
      row.line = Int32(clamping: index + 1)
      row.candidate = candidate.displayID
      switch result {
      case .instead(let outcome, let why): (row.outcome, row.why) = (outcome, why)
      case .scores(let scores):
        row.scores = zip(self.plan.parts, scores).map { part, points in
          BitimV1.Score(part.component, points, by: self.plan.markers)
        }
      }
      request.rows.append(row)
    }
    return request
  }

  /// Under which key it is sent: the same as long as nothing else is typed, so that it is recorded once however
  /// often it is sent.
  var key: String { "\(self.reading.seed)-\(self.reading.count)" }

  private static func column(of component: BitimV1.Component) -> String {
    AttestCommand.components.first { $0.component == component }?.column
      ?? "\(component.rawValue)"
  }

  private static func component(of word: String) -> BitimV1.Component? {
    AttestCommand.components.first { $0.column == word }?.component
      ?? Int32(word).map { BitimV1.Component(rawValue: $0) }
  }
}
