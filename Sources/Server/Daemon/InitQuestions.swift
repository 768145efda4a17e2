import BitimDomain
import BitimProtocol
import Foundation

/// What `bitimd init` has to know, asked at a terminal where it is not told by options.
struct InitQuestions {
  /// What must be known, by the option that tells it, how it is asked, and what an answer has to be.
  static let all: [(option: String, question: String, isFit: @Sendable (String) -> Bool)] = [
    ("name-kk", "The School's name in Kazakh", { _ in true }),
    ("name-ru", "The School's name in Russian", { _ in true }),
    ("name-en", "The School's name in English", { _ in true }),
    ("region", "Its region, as 'Алматы қаласы'", { _ in true }),
    ("entitled-from", "Entitled to train and certify from (YYYY-MM-DD)", Self.isDay),
    ("entitled-by", "Its entry in the ministry's register", { _ in true }),
    ("administrator", "First administrator: surname, given name, patronymic", Self.isName),
    ("born", "Born on (YYYY-MM-DD)", Self.isDay),
  ]

  @Sendable private static func isDay(_ text: String) -> Bool { CivilDate(iso: text) != nil }

  @Sendable private static func isName(_ text: String) -> Bool {
    text.split(separator: " ").count > 1
  }

  /// Shows a question or a reason.
  let say: (String) -> Void
  /// A line that was typed; nil at the end of input.
  let read: () -> String?

  /// Does `make` by the options and by what is asked for beside them; what `make` refuses is said, and
  /// everything is asked again, what was typed before standing as it is unless something else is typed.
  ///
  /// - Throws: ``Configuration/Fault`` when input ends, and what `make` throws that no answer mends.
  func ask<Made>(
    beside options: [String: String], _ make: ([String: String]) throws -> Made
  ) throws -> Made {
    let open = Self.all.filter { options[$0.option, default: ""].isEmpty }
    guard !open.isEmpty else { return try make(options) }
    var answers = options
    while true {
      for (option, question, isFit) in open {
        answers[option] = try self.answer(question, answers[option], isFit)
      }
      do {
        return try make(answers)
      } catch let status as Status where status.code == .invalidArgument {
        self.say("\(status.message). Once more; Enter keeps what stands in brackets.\n")
      }
    }
  }

  private func answer(
    _ question: String, _ before: String?, _ isFit: (String) -> Bool
  ) throws -> String {
    while true {
      self.say(before.map { "\(question) [\($0)]: " } ?? "\(question): ")
      guard let line = self.read() else {
        throw Configuration.Fault(
          description: "init: input has ended before all was known; nothing was made.")
      }
      let typed = line.trimmingCharacters(in: .whitespaces)
      if typed.isEmpty, let before { return before }
      if !typed.isEmpty, isFit(typed) { return typed }
    }
  }
}
