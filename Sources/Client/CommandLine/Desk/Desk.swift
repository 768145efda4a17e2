import BitimClient
import BitimProtocol
import BitimSystem
import Foundation

/// What every command works with: the connection, the reader's language, where output goes.
struct Desk: Sendable {
  let client: BitimClient
  let output: Output
  /// Whether somebody sits at a terminal and can be asked.
  let isInteractive: Bool
  /// What personal data is read for, by the job at hand (R-903).
  var purpose = BitimV1.ReadPurpose.enrolment

  /// How a command ended; the number is the exit status.
  enum End: Int32, Error {
    case done = 0
    case refused = 1
    case usage = 2
    case unknown = 3
    case unreachable = 4
    case failed = 5
    /// A paper was verified, and is not valid.
    case notValid = 6
    /// It is proposed; another person has to approve.
    case waiting = 7
  }

  /// For how many days before its end a token's holder is warned.
  private static let warningDays: Int64 = 14

  /// Says when the token ends, if that is soon; by the server's clock, which ends it.
  func warnOfTokensEnd() async {
    // The command is done: that nothing more can be asked is no failure of it.
    guard
      let response = try? await AccessServiceClient(self.client).whoAmI(
        .init(), options: .init(timeout: .seconds(3))),
      let now = response.asOf, let end = response.expiresAt,
      end.seconds - now.seconds < Self.warningDays * 86_400
    else { return }
    self.output.note(.tokenEnds, ["day": AdminCommand.day(end)])
  }

  /// The same desk for what is shown before somebody is asked: see ``Output/aside``.
  var aside: Desk {
    Desk(
      client: self.client, output: self.output.aside, isInteractive: self.isInteractive,
      purpose: self.purpose)
  }

  /// The same desk for words in cells: see ``Output/cells``. Names stay as the reader reads them.
  var cells: Desk {
    Desk(
      client: self.client, output: self.output.cells, isInteractive: self.isInteractive,
      purpose: self.purpose)
  }

  /// Asks the person at the terminal.
  func ask(_ text: Text, _ arguments: [String: String] = [:]) -> String? {
    let question = self.output.say(text, arguments)
      .wrapped(to: Screen.width(of: STDERR_FILENO).map { $0 - 1 })
    try? FileHandle.standardError.write(contentsOf: Data((question + " ").utf8))
    guard let answer = readLine() else {
      // Nobody ended the line of the question.
      Output.complain("")
      return nil
    }
    return answer.trimmingCharacters(in: .whitespaces)
  }

  /// Says what a failed call means and how the command ends.
  func end(_ failure: CallFailure) -> End {
    switch failure {
    case .refused(let status):
      if status.code == .internal || status.code == .dataLoss || status.reasons.isEmpty {
        self.output.note(.failureInternal, ["what": "\(status.code.name): \(status.message)"])
        return .failed
      }
      for info in status.reasons {
        Output.complain(self.words(info.reason, info.metadata, place: true))
      }
      return status.code == .unavailable || status.code == .resourceExhausted
        ? .unreachable : .refused
    case .unreachable(let what): self.output.note(.failureUnreachable, ["what": what])
    case .deadlinePassed, .cancelled: self.output.note(.failureDeadline)
    case .malformedAnswer(let what):
      self.output.note(.failureMalformed, ["what": what])
      return .failed
    }
    return .unreachable
  }

  /// A reason in words, after the column and value it concerns.
  func words(_ reason: String, _ arguments: [String: String], place: Bool) -> String {
    let known = Text(reason: reason) ?? Text(flaw: reason)
    let text = known.map { self.output.say($0, sent: arguments) } ?? reason
    guard place else { return text }
    // Nobody types a `person_id`: people name somebody, and the value says whom.
    let column = arguments["column"].flatMap { $0 == "person_id" ? nil : self.field($0) }
    let parts = [column, arguments["value"]].compactMap { $0 }
    return parts.isEmpty ? text : "\(parts.joined(separator: " ")): \(text)"
  }

  /// What a field of a call, or a column of a list, is called.
  func field(_ column: String) -> String {
    Text(field: column.replacing("-", with: "_")).map { self.output.say($0) } ?? column
  }

  /// The name of a person as people in this language read it.
  func name(_ names: BitimV1.Names?) -> String {
    let order = self.output.language.order(of: names ?? .init())
    return order.compactMap { $0 }.first.map(Self.name) ?? ""
  }

  /// A name in one line.
  static func name(_ name: BitimV1.Name) -> String {
    [name.surname, name.given, name.patronymic].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// A text of the registry in the reader's language.
  func text(_ text: BitimV1.Text?) -> String {
    text.map { self.output.language.text(of: $0) } ?? ""
  }

  /// The one person a text means; asks when several fit and somebody can be asked.
  ///
  /// - Parameter known: Who may be meant where a search finds nobody.
  func person(
    _ text: String, among known: [BitimV1.PersonLine] = []
  ) async throws -> BitimV1.PersonLine {
    var request = BitimV1.FindPeopleRequest()
    request.query = text
    request.purpose = self.purpose
    request.pageSize = 10
    let found = try await PersonServiceClient(self.client).findPeople(request)
    if let only = found.people.first, found.people.count == 1, !found.hasMore { return only }
    guard !found.people.isEmpty else {
      let meant = known.filter { Self.isMeant($0, by: text) }
      if let only = meant.first, meant.count == 1 { return only }
      Output.complain(self.words("PERSON_UNKNOWN", ["value": text], place: true))
      // Somebody similar is never taken for whom was named.
      if !found.similar.isEmpty { self.output.note(.personNear) }
      for line in found.similar {
        Output.complain("  \(self.told(line))")
      }
      throw End.refused
    }
    self.output.note(.ambiguous, ["text": text])
    for (index, line) in found.people.enumerated() {
      Output.complain("  \(index + 1)  \(self.told(line))")
    }
    if found.hasMore { self.output.note(.moreFound) }
    guard self.isInteractive,
      let answer = self.ask(.chooseOne, ["count": "\(found.people.count)"]),
      let choice = Int(answer), (1...found.people.count).contains(choice)
    else { throw End.refused }
    return found.people[choice - 1]
  }

  /// Who it is, to be told apart from others.
  private func told(_ line: BitimV1.PersonLine) -> String {
    [line.displayId, self.name(line.names), Self.born(line)].filter { !$0.isEmpty }
      .joined(separator: "  ")
  }

  /// The year of birth, to whom the registry tells it.
  static func born(_ line: BitimV1.PersonLine) -> String {
    line.birthYear == 0 ? "" : "\(line.birthYear)"
  }

  /// Hours as people write them.
  static func hours(_ quarters: Int32) -> String {
    let parts = ["", ".25", ".5", ".75"]
    return "\(quarters / 4)\(parts[Int(quarters % 4)])"
  }

  /// Theory and practice as people write them.
  static func hours(_ theory: Int32, _ practice: Int32) -> String {
    "\(Self.hours(theory)) + \(Self.hours(practice))"
  }

  /// The arguments of a finding by name.
  static func arguments(_ list: [BitimV1.Argument]) -> [String: String] {
    Dictionary(list.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
