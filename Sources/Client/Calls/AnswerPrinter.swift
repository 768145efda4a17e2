import BitimClient
import BitimProtocol
import Foundation

/// Prints answers as they come: JSON, one line each.
final class AnswerPrinter {
  private let words: Words
  private let json: JSONText
  private let output: String
  private let started = ContinuousClock.now
  private var answers: [String] = []
  /// What the server added beside the end.
  var trailers = Metadata()

  init(_ words: Words, _ pool: DescriptorPool, _ method: DescriptorPool.ServiceMethod) {
    self.words = words
    self.json = JSONText(pool: pool, showsDefaults: words.showsDefaults)
    self.output = method.output
  }

  /// - Throws: ``CallFailure/malformedAnswer(_:)`` for an answer that can't be printed.
  func say(_ octets: [UInt8]) throws(CallFailure) {
    let text: String
    do throws(JSONText.Fault) {
      text = try self.json.text(octets.span, as: self.output)
    } catch {
      throw .malformedAnswer("\(error)")
    }
    if self.words.form == .envelope { self.answers.append(text) } else { Terminal.say(text) }
  }

  /// With `-o envelope`: everything about the call in one object.
  func end(_ failure: CallFailure?) {
    guard self.words.form == .envelope else { return }
    let took = ContinuousClock.now - self.started
    let ms = Double(took.components.seconds) * 1e3 + Double(took.components.attoseconds) / 1e15
    Terminal.say(
      "{\"messages\":[\(self.answers.joined(separator: ","))],"
        + "\"trailers\":\(Self.lines(self.trailers)),"
        + "\"status\":\(failure.map(FailureReport.json) ?? "{\"code\":0}"),"
        + "\"milliseconds\":\((ms * 1_000).rounded() / 1_000)}")
  }

  private static func lines(_ metadata: Metadata) -> String {
    let pairs = metadata.pairs.map {
      "{\"key\":\(JSONText.quoted($0.key)),\"value\":\(JSONText.quoted($0.value))}"
    }
    return "[\(pairs.joined(separator: ","))]"
  }
}

/// A failed call as people and programs read it.
struct FailureReport {
  private let words: Words
  private let failure: CallFailure

  init(_ words: Words, _ failure: CallFailure) {
    self.words = words
    self.failure = failure
  }

  /// Prints it to standard error, and says what to exit with.
  func print() -> Int32 {
    if self.words.form == .text {
      Terminal.complain("bitim-rpc: \(Self.text(self.failure))")
    } else if self.words.form == .json {
      Terminal.complain(Self.json(self.failure))
    }
    return 64 + Self.status(of: self.failure).code.rawValue
  }

  private static func status(of failure: CallFailure) -> Status {
    switch failure {
    case .refused(let status): status
    case .unreachable(let why): Status(.unavailable, why)
    case .deadlinePassed: Status(.deadlineExceeded, "the deadline passed here")
    case .cancelled: Status(.cancelled, "cancelled here")
    case .malformedAnswer(let why): Status(.internal, "no answer to this call: \(why)")
    }
  }

  /// `google.rpc.Status` as JSON, details decoded.
  static func json(_ failure: CallFailure) -> String {
    (try? JSONText().text(Self.status(of: failure).wire)) ?? "{}"
  }

  private static func text(_ failure: CallFailure) -> String {
    let status = Self.status(of: failure)
    let details = status.details.map { any -> String in
      let json = (try? JSONText().text(any)) ?? any.typeUrl.visible
      return "\n  \(json)"
    }
    return "\(status.code.name): \(status.message.visible)\(details.joined())"
  }
}
